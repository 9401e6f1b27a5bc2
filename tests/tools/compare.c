/* What differs between two settings of one document: compare OTHER.bbox OURS.bbox [TOLERANCE]
 *
 * Both are what "pdftotext -raw -bbox" says of a PDF. A line a difference:
 *   pages: 3, ours 2
 *   text: page 2: 'woord' is on page 3            (or: is missing, or: is too much)
 *   line: page 2: a line begins with 'woord', ours does not      (and the other way about)
 *   place: page 2: 'woord' 3.5 pt to the right, 2 pt lower
 * Words of a page are paired by their text, the first with the first from the top. Where the baseline lies in a word's box depends on what a
 * writer says of the font, so that heights are compared from word to word of one size of type. TOLERANCE is in points (0.5 without it).
 * Exit status 0: none; 1: some. At most SHOWN of a kind are printed, then their number. */
#include "base/xml.h"

#include <libxml/parser.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define SHOWN 3

typedef struct {
	char *text;
	int page; /* from 1 */
	double x, y, height; /* left edge, top and height of the box, in points from the top left corner of the page */
	gboolean first;      /* of its line */
	gboolean paired;
} Word;

typedef struct {
	GArray *words; /* Word, by page, from top to bottom, from left to right */
	int pages;
} Setting;

typedef enum { KIND_TEXT, KIND_LINE, KIND_PLACE, KINDS } Kind;

typedef struct {
	GString *lines[KINDS];
	int count[KINDS];
} Report;

static double number(const xmlNode *n, const char *name)
{
	const char *text = xml_attribute(n, name);

	return text != NULL ? g_ascii_strtod(text, NULL) : 0;
}

static int compare_words(gconstpointer a, gconstpointer b)
{
	const Word *l = a, *r = b;

	if (l->page != r->page)
		return l->page - r->page;
	if (fabs(l->y - r->y) > 2)
		return l->y < r->y ? -1 : 1;
	return l->x < r->x ? -1 : l->x > r->x;
}

/* A hyphen that stands for a division is a soft hyphen in the one and a hyphen in the other. */
static char *plain_text(const char *text)
{
	g_auto(GStrv) parts = g_strsplit(text, "\302\255", -1);

	return g_strjoinv("-", parts);
}

static Setting read_setting(const char *path)
{
	Setting s = {.words = g_array_new(FALSE, FALSE, sizeof(Word))};
	xmlDoc *doc = xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	double before = -1, right = 0;

	for (const xmlNode *n = xmlDocGetRootElement(doc); n != NULL; n = xml_following(n, (const xmlNode *)doc)) {
		if (xml_is(n, "page")) {
			s.pages++;
			before = -1;
		}
		if (!xml_is(n, "word"))
			continue;
		Word w = {.page = s.pages, .x = number(n, "xMin"), .y = number(n, "yMin"), .height = number(n, "yMax") - number(n, "yMin")};
		xmlChar *text = xmlNodeGetContent(n);
		w.text = plain_text((const char *)text);
		xmlFree(text);
		w.first = before < 0 || fabs(w.y - before) > w.height / 2 || w.x < right - w.height;
		before = w.y;
		right = number(n, "xMax");
		g_array_append_val(s.words, w);
	}
	xmlFreeDoc(doc);
	g_array_sort(s.words, compare_words);
	return s;
}

static void note(Report *r, Kind kind, const char *format, ...) G_GNUC_PRINTF(3, 4);
static void note(Report *r, Kind kind, const char *format, ...)
{
	va_list arguments;

	if (r->count[kind]++ >= SHOWN)
		return;
	va_start(arguments, format);
	g_string_append_vprintf(r->lines[kind], format, arguments);
	va_end(arguments);
	g_string_append_c(r->lines[kind], '\n');
}

static Word *find(const Setting *s, const Word *like, gboolean same_page)
{
	for (guint i = 0; i < s->words->len; i++) {
		Word *w = &g_array_index(s->words, Word, i);
		if (!w->paired && (!same_page || w->page == like->page) && strcmp(w->text, like->text) == 0)
			return w;
	}
	return NULL;
}

typedef struct {
	const Word *a, *b;
} Pair;

static int compare_doubles(gconstpointer a, gconstpointer b)
{
	double l = *(const double *)a, r = *(const double *)b;

	return l < r ? -1 : l > r;
}

/* How much lower words of this pair's size of type are in ours, in the middle of all of them. */
static double usual_drop(const GArray *pairs, const Pair *like)
{
	g_autoptr(GArray) drops = g_array_new(FALSE, FALSE, sizeof(double));

	for (guint i = 0; i < pairs->len; i++) {
		const Pair *p = &g_array_index(pairs, Pair, i);
		double drop = p->b->y - p->a->y;
		if (fabs(p->a->height - like->a->height) < 0.01 && fabs(p->b->height - like->b->height) < 0.01)
			g_array_append_val(drops, drop);
	}
	g_array_sort(drops, compare_doubles);
	return g_array_index(drops, double, drops->len / 2);
}

static void compare_pair(Report *r, const GArray *pairs, const Pair *p, double tolerance)
{
	double right = p->b->x - p->a->x, lower = p->b->y - p->a->y - usual_drop(pairs, p);

	if (p->a->first != p->b->first)
		note(r, KIND_LINE, p->a->first ? "line: page %d: a line begins with '%s', ours does not" : "line: page %d: '%s' begins a line in ours only",
		     p->a->page, p->a->text);
	else if (fabs(right) > tolerance || fabs(lower) > tolerance)
		note(r, KIND_PLACE, "place: page %d: '%s' %.1f pt to the %s, %.1f pt %s", p->a->page, p->a->text, fabs(right), right < 0 ? "left" : "right",
		     fabs(lower), lower < 0 ? "higher" : "lower");
}

static void compare_settings(Report *r, const Setting *a, const Setting *b, double tolerance)
{
	g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(Pair));

	for (guint i = 0; i < a->words->len; i++) {
		Word *w = &g_array_index(a->words, Word, i), *other = find(b, w, TRUE);
		if (other == NULL)
			continue;
		Pair p = {w, other};
		w->paired = other->paired = TRUE;
		g_array_append_val(pairs, p);
	}
	for (guint i = 0; i < a->words->len; i++) {
		Word *w = &g_array_index(a->words, Word, i), *other = w->paired ? NULL : find(b, w, FALSE);
		if (w->paired)
			continue;
		if (other != NULL) {
			note(r, KIND_TEXT, "text: page %d: '%s' is on page %d", w->page, w->text, other->page);
			other->paired = TRUE;
		} else {
			note(r, KIND_TEXT, "text: page %d: '%s' is missing", w->page, w->text);
		}
	}
	for (guint i = 0; i < b->words->len; i++)
		if (!g_array_index(b->words, Word, i).paired)
			note(r, KIND_TEXT, "text: page %d: '%s' is too much", g_array_index(b->words, Word, i).page, g_array_index(b->words, Word, i).text);
	for (guint i = 0; i < pairs->len; i++)
		compare_pair(r, pairs, &g_array_index(pairs, Pair, i), tolerance);
}

static void free_setting(Setting *s)
{
	for (guint i = 0; i < s->words->len; i++)
		g_free(g_array_index(s->words, Word, i).text);
	g_array_unref(s->words);
}

int main(int argc, char **argv)
{
	Report r = {0};
	gboolean differs;

	if (argc < 3 || argc > 4)
		return 2;
	Setting a = read_setting(argv[1]), b = read_setting(argv[2]);
	for (int i = 0; i < KINDS; i++)
		r.lines[i] = g_string_new(NULL);
	compare_settings(&r, &a, &b, argc == 4 ? g_ascii_strtod(argv[3], NULL) : 0.5);
	differs = a.pages != b.pages;
	if (differs)
		printf("pages: %d, ours %d\n", a.pages, b.pages);
	for (int i = 0; i < KINDS; i++) {
		fputs(r.lines[i]->str, stdout);
		if (r.count[i] > SHOWN)
			printf("  and %d more of these\n", r.count[i] - SHOWN);
		differs |= r.count[i] > 0;
		g_string_free(r.lines[i], TRUE);
	}
	free_setting(&a);
	free_setting(&b);
	return differs;
}
