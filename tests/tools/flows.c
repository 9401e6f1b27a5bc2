/* Two settings of one publication, line by line: flows FILE.fo OTHER.xml OURS.xml, both area trees (Apache FOP's, and ours).
 *
 * Publications are long, and one line that is broken otherwise moves all that follow. So lines are held against each other by the
 * text that they hold, wherever they stand, and places by what comes before them on the page. Whatever differs must meet a
 * condition, else it is told, and the exit status is 1.
 *
 * A paragraph in other lines: ours have fewer demerits (Knuth and Plass, with the measures of layout/items.c and hyphens.c); or as
 * many but for the rounding of the other's letters' widths, by which a line of its fits, too; or the other divides a word where our dictionary does
 * not, in an address, in an inline that is not to be hyphenated (it looks at blocks alone), or between signs that belong together
 * (Unicode Annex 14).
 *
 * A sequence that begins pages elsewhere: ours leaves less room below (squared, over all pages but the last); or its facing pages
 * end closer to each other; or its last page holds more lines.
 *
 * A line closer to what comes before it: its page is full, for its spaces were made smaller so that it holds a line more.
 *
 * A line under a picture: lower or higher by as much as the picture's line is of another height (what its font's ascender and
 * descender are said to be).
 *
 * Text that only one has where it stands: it stands elsewhere, too, as what a table repeats on each of its pages; or on the other side of that. */
#include "flow.h"
#include "layout/hyphenate.h"

#include <libxml/parser.h>
#include <math.h>

typedef enum {
	WHY_DEMERITS,
	WHY_ROUNDING,
	WHY_DICTIONARY,
	WHY_ADDRESS,
	WHY_WHOLE,
	WHY_SIGNS,
	WHY_PAGES,
	WHY_PICTURE,
	WHY_FULL,
	WHY_REPEATED,
	WHY_NONE,
	WHYS
} Why;

#define ROUNDED 0.005 /* what the rounding of letters' widths makes of demerits */
enum { HEADER = 60 }; /* characters of a table's header */

static int counts[WHYS], same_lines;
static Hyphenation *hyphenation;
static GString *source; /* the text of the FO document ... */
static GString *whole;  /* ... and of its inlines that are not to be hyphenated */

/* Something stands in a text no further from there than it is long, and a header that a table repeats. */
static gboolean stands_near(const GString *text, gsize at, const char *piece, gsize length)
{
	gsize near = length + HEADER, from = at > near ? at - near : 0;
	g_autofree char *around = g_strndup(text->str + from, at + near - from);

	return strstr(around, piece) != NULL;
}

static void leave_out(const LeftOut *l)
{
	g_autofree char *piece = g_strndup(l->text->str + l->from, l->length);
	const char *first = strstr(l->text->str, piece);

	if (l->length == 0)
		return;
	if (first != l->text->str + l->from || strstr(first + 1, piece) || stands_near(l->other, l->at, piece, l->length)) {
		counts[WHY_REPEATED]++;
		return;
	}
	counts[WHY_NONE]++;
	printf("text: only %s has '%.60s'\n", l->whose, piece);
}

/* ---- lines ---- */

static gboolean ends_block(const Flow *f, guint i)
{
	return i + 1 >= f->lines->len || g_array_index(f->lines, Line, i + 1).block != g_array_index(f->lines, Line, i).block;
}

typedef struct {
	gunichar letters[64];
	guint at, length; /* where it is divided */
	gboolean written; /* its hyphen is the document's own */
	gboolean address; /* not a word, or not alone */
	gboolean whole;   /* not to be hyphenated */
} Divided;

static char *text_of(const Line *l)
{
	GString *text = g_string_new(NULL);

	for (const xmlNode *n = l->node->children; n; n = xml_following(n, l->node)) {
		xmlChar *piece = xml_is(n, "word") || xml_is(n, "space") ? xmlNodeGetContent(n) : NULL;
		g_string_append(text, piece ? (const char *)piece : "");
		xmlFree(piece);
	}
	return g_string_free(text, FALSE);
}

static gboolean is_address(gunichar c)
{
	return c > 0 && c < 128 && strchr("/@_.~#=&?\\:", (int)c) != NULL;
}

/* The word at the end of line i, divided by its hyphen. */
static Divided divided(const Flow *f, guint i)
{
	g_autofree char *line = g_strchomp(text_of(&g_array_index(f->lines, Line, i)));
	g_autofree char *next = i + 1 < f->lines->len ? text_of(&g_array_index(f->lines, Line, i + 1)) : g_strdup("");
	const char *end = *line ? g_utf8_prev_char(line + strlen(line)) : line, *start = end, *rest = next;
	Divided d = {.at = 0};

	while (start > line && g_unichar_isalpha(g_utf8_get_char(g_utf8_prev_char(start))))
		start = g_utf8_prev_char(start);
	while (g_unichar_isalpha(g_utf8_get_char(rest)))
		rest = g_utf8_next_char(rest);
	g_autofree char *before = g_strndup(start, (gsize)(end - start)), *after = g_strndup(next, (gsize)(rest - next)),
			*with = g_strconcat(before, "-", after, NULL), *without = g_strconcat(before, after, NULL);
	for (const char *p = before; *p && d.length < 60; p = g_utf8_next_char(p))
		d.letters[d.length++] = g_utf8_get_char(p);
	d.at = d.length;
	for (const char *p = after; *p && d.length < 60; p = g_utf8_next_char(p))
		d.letters[d.length++] = g_utf8_get_char(p);
	d.written = strstr(source->str, with) != NULL;
	d.whole = strstr(whole->str, without) != NULL;
	d.address = is_address(g_utf8_get_char(rest)) || (start > line && is_address(g_utf8_get_char(g_utf8_prev_char(start))));
	return d;
}

static gboolean in_dictionary(const Divided *d)
{
	const HyphenWord *w = hyphenate_word(hyphenation, "nl", d->letters, d->length);

	for (guint i = 0; i < w->length; i++)
		if (w->points[i].at == d->at)
			return TRUE;
	return FALSE;
}

/* As in layout/hyphens.c and items.c. */
static int break_penalty(const Flow *f, guint i)
{
	const Line *l = &g_array_index(f->lines, Line, i);
	g_autofree char *text = g_strchomp(text_of(l));

	if (!l->hyphenated)
		return g_str_has_suffix(text, "/") || g_str_has_suffix(text, "\u2013") ? 20 : 0;
	Divided d = divided(f, i);
	if (d.written)
		return 50;
	return (d.length > 0 && g_unichar_isupper(d.letters[0]) ? 150 : 50) + (d.at < 3 || d.length - d.at < 3 ? 60 : 0);
}

typedef struct {
	double demerits;
	int fitness;      /* of the line before, -1: none */
	gboolean flagged; /* it was */
} Sum;

/* As in layout/break.c. last: of its paragraph. */
static void add_line(Sum *s, const Flow *f, guint i, gboolean last)
{
	const Line *l = &g_array_index(f->lines, Line, i);
	double stretch = MIN(4 * l->size, l->measure / 3), ratio = last || stretch <= 0 ? 0 : MAX(l->room, 0) / stretch;
	double badness = 10 + 100 * ratio * ratio * ratio;
	int fitness = ratio <= 0.5 ? 1 : ratio <= 1 ? 2 : 3, penalty = last ? 0 : break_penalty(f, i);

	s->demerits += badness * badness + penalty * penalty;
	if (s->flagged)
		s->demerits += penalty >= 50 ? 60000 : last ? 5000 : 0;
	int least = l->measure > 12 * l->size ? MAX(3 * l->size, l->measure / 8) : l->measure > 6 * l->size ? 2 * l->size : 0, width = l->measure - l->room;
	if (last && width < least)
		s->demerits += 7500 + 15000.0 * (least - width) / least;
	if (s->fitness >= 0 && ABS(s->fitness - fitness) > 1)
		s->demerits += 10000;
	s->fitness = fitness;
	s->flagged = penalty >= 50;
}

/* Lines of a paragraph, or of as much of it as ends with a page in both. */
typedef struct {
	const Flow *flow;
	guint from, to;
} Group;

static const Line *line_of(const Group *g, guint i)
{
	return &g_array_index(g->flow->lines, Line, i);
}

static double demerits_of(const Group *g)
{
	Sum s = {.fitness = -1};

	for (guint i = g->from; i < g->to; i++)
		if (line_of(g, i)->end > line_of(g, i)->start)
			add_line(&s, g->flow, i, i + 1 == g->to);
	return s.demerits;
}

/* FOP rounds the width of every letter: what fits it then may be too wide. */
static gboolean fits_by_rounding(const Group *g)
{
	for (guint i = g->from; i < g->to; i++)
		if (line_of(g, i)->room < (int)(line_of(g, i)->end - line_of(g, i)->start))
			return TRUE;
	return FALSE;
}

/* Line i ends between two signs. */
static gboolean divides_signs(const Flow *f, guint i)
{
	g_autofree char *line = g_strchomp(text_of(&g_array_index(f->lines, Line, i))),
			*next = text_of(&g_array_index(f->lines, Line, i + 1));
	const char *word = strrchr(line, ' ');
	g_autofree char *together = g_strconcat(word ? word + 1 : line, next, NULL);

	together[strcspn(together, " ")] = '\0';
	return *line && !g_unichar_isalnum(g_utf8_get_char(g_utf8_prev_char(line + strlen(line)))) &&
	       !g_unichar_isalnum(g_utf8_get_char(next)) && strstr(source->str, together) != NULL;
}

static Why why_divided(const Group *g)
{
	for (guint i = g->from; i + 1 < g->to; i++) {
		if (!line_of(g, i)->hyphenated && divides_signs(g->flow, i))
			return WHY_SIGNS;
		if (!line_of(g, i)->hyphenated)
			continue;
		Divided d = divided(g->flow, i);
		if (!d.written && (d.address || d.whole || !in_dictionary(&d)))
			return d.address ? WHY_ADDRESS : d.whole ? WHY_WHOLE : WHY_DICTIONARY;
	}
	return WHY_NONE;
}

static void print_group(const char *whose, const Group *g)
{
	printf("      %s:", whose);
	for (guint i = g->from; i < g->to; i++) {
		const Line *l = &g_array_index(g->flow->lines, Line, i);
		printf(" %d", l->room);
	}
	printf(" (demerits %.0f)\n", demerits_of(g));
}

static void judge_lines(const Group *a, const Group *b)
{
	double other = demerits_of(a), ours = demerits_of(b);
	Why why = ours <= other ? WHY_DEMERITS : ours <= other * (1 + ROUNDED) || fits_by_rounding(a) ? WHY_ROUNDING : why_divided(a);

	counts[why]++;
	if (why != WHY_NONE)
		return;
	printf("line: page %d: from '%.40s' on\n", line_of(a, a->from)->page, a->flow->text->str + line_of(a, a->from)->start);
	print_group("Apache FOP", a);
	print_group("ours", b);
}

/* ---- places ---- */

enum { LINE = 14600 }; /* of the house style */

typedef struct {
	const Line *a, *b;
} Pair;

/* No line of text stands between: what a table repeats in one of them, or what stands before that in the other. */
static gboolean is_next(const Line *from, const Line *to)
{
	do
		from++;
	while (from < to && from->end == from->start);
	return from == to;
}

/* What the pictures between are higher in ours. */
static int pictures_between(const Pair *from, const Pair *to)
{
	int higher = 0;

	for (const Line *l = from->a + 1; l < to->a; l++)
		higher -= l->picture ? l->height : 0;
	for (const Line *l = from->b + 1; l < to->b; l++)
		higher += l->picture ? l->height : 0;
	return higher;
}

static void judge_place(const Flow *a, const Flow *b, const Pair *before, const Pair *p)
{
	gboolean mirrored = (p->a->page - p->b->page) % 2 != 0,
		 follows = before->a && before->a->page == p->a->page && before->b->page == p->b->page && is_next(before->a, p->a) && is_next(before->b, p->b);
	int right = mirrored ? 0 : p->b->x - p->a->x, lower = follows ? (p->b->y - before->b->y) - (p->a->y - before->a->y) : 0;
	int pictures = follows ? pictures_between(before, p) : 0;

	if (ABS(right) <= 600 && ABS(lower) <= 500)
		return;
	if (ABS(right) <= 600 && pictures && ABS(lower - pictures) <= 1000) {
		counts[WHY_PICTURE]++;
		return;
	}
	if (ABS(right) <= 600 && ABS(lower) <= LINE && flow_is_full(lower > 0 ? a : b, lower > 0 ? p->a->page : p->b->page)) {
		counts[WHY_FULL]++;
		return;
	}
	counts[WHY_NONE]++;
	printf("place: page %d: '%.40s' %.1f pt to the right, %.1f pt lower than what comes before it says\n", p->a->page,
	       a->text->str + p->a->start, right / 1000.0, lower / 1000.0);
}

/* ---- pages ---- */

typedef struct {
	int first, last; /* pages */
	double room;     /* squared, of all pages but the last; in points */
	double unlike;   /* how far the ends of facing pages are apart, together */
	int on_last;     /* lines */
} Pages;

static Pages read_pages(const Flow *f, int bottom)
{
	Pages p = {0};
	g_autoptr(GArray) ends = g_array_new(FALSE, TRUE, sizeof(int));

	for (guint i = 0; i < f->lines->len; i++) {
		const Line *l = &g_array_index(f->lines, Line, i);
		p.first = i == 0 ? l->page : p.first;
		p.on_last = l->page == p.last ? p.on_last + 1 : 1;
		p.last = l->page;
		if (ends->len <= (guint)(l->page - p.first))
			g_array_set_size(ends, (guint)(l->page - p.first) + 1);
		int *end = &g_array_index(ends, int, l->page - p.first);
		*end = MAX(*end, l->y);
	}
	for (guint i = 0; i + 1 < ends->len; i++) {
		double room = (bottom - g_array_index(ends, int, i)) / 1000.0;
		p.room += room * room;
		if ((p.first + (int)i) % 2 == 0 && i + 2 < ends->len)
			p.unlike += ABS(g_array_index(ends, int, i) - g_array_index(ends, int, i + 1)) / 1000.0;
	}
	return p;
}

static int lowest(const Flow *f)
{
	int bottom = 0;

	for (guint i = 0; i < f->lines->len; i++)
		bottom = MAX(bottom, g_array_index(f->lines, Line, i).y);
	return bottom;
}

static void judge_pages(const Flow *a, const Flow *b)
{
	int bottom = MAX(lowest(a), lowest(b));
	Pages other = read_pages(a, bottom), ours = read_pages(b, bottom);

	if (ours.room <= other.room || ours.unlike < other.unlike || ours.on_last > other.on_last) {
		counts[WHY_PAGES]++;
		return;
	}
	counts[WHY_NONE]++;
	printf(
	    "pages: %d to %d: Apache FOP leaves %.0f (facing pages differ by %.0f, %d lines on the last), ours %.0f (%.0f, %d)\n",
	    other.first, other.last, other.room, other.unlike, other.on_last, ours.room, ours.unlike, ours.on_last);
}

/* ---- the whole ---- */

static guint line_at(const Flow *f, gsize start)
{
	for (guint i = 0; i < f->lines->len; i++) {
		const Line *l = &g_array_index(f->lines, Line, i);
		if (l->start == start && l->end > start)
			return i;
	}
	return f->lines->len;
}

/* Where lines of both begin: in the first text. */
static GArray *common_starts(const Flow *a, const Flow *b, const GArray *segments, GHashTable *second)
{
	GArray *starts = g_array_new(FALSE, FALSE, sizeof(gsize));

	for (guint i = 0; i < b->lines->len; i++) {
		const Line *l = &g_array_index(b->lines, Line, i);
		gsize at = l->end > l->start ? in_first(segments, l->start) : G_MAXSIZE;
		if (at != G_MAXSIZE)
			g_hash_table_insert(second, GSIZE_TO_POINTER(at + 1), GUINT_TO_POINTER(i + 1));
	}
	for (guint i = 0; i < a->lines->len; i++) {
		const Line *l = &g_array_index(a->lines, Line, i);
		if (l->end > l->start && g_hash_table_contains(second, GSIZE_TO_POINTER(l->start + 1)))
			g_array_append_val(starts, l->start);
	}
	return starts;
}

/* Where the lines from this one on that hold text of both, up to next, end. Pictures at their end belong to neither. */
static guint group_end(const Flow *f, guint from, const GArray *segments, gsize next)
{
	guint to = from + 1;

	for (guint i = to; i < f->lines->len; i++) {
		const Line *l = &g_array_index(f->lines, Line, i);
		if (l->end == l->start)
			continue;
		gboolean there = segments ? in_first(segments, l->start) < next : l->start < next;
		if (!there)
			break;
		to = i + 1;
	}
	return to;
}

/* What was seen of the paragraph at hand. */
typedef struct {
	Group a, b;
	gboolean open, differs;
} Paragraph;

static void add_group(Paragraph *p, const Group *a, const Group *b)
{
	if (!p->open)
		*p = (Paragraph){*a, *b, TRUE, FALSE};
	p->a.to = a->to;
	p->b.to = b->to;
	p->differs |= a->to - a->from > 1 || b->to - b->from > 1;
	if (!ends_block(a->flow, a->to - 1) || !ends_block(b->flow, b->to - 1))
		return;
	if (p->differs)
		judge_lines(&p->a, &p->b);
	p->open = FALSE;
}

static void compare_flows(const Flow *a, const Flow *b)
{
	g_autoptr(GArray) segments = align(a, b, leave_out);
	g_autoptr(GHashTable) second = g_hash_table_new(NULL, NULL);
	g_autoptr(GArray) starts = common_starts(a, b, segments, second);
	gboolean elsewhere = FALSE;
	Pair before = {NULL, NULL};
	Paragraph paragraph = {.open = FALSE};

	for (guint i = 0; i < starts->len; i++) {
		gsize start = g_array_index(starts, gsize, i),
		      next = i + 1 < starts->len ? g_array_index(starts, gsize, i + 1) : a->text->len;
		guint from = line_at(a, start),
		      from_b = GPOINTER_TO_UINT(g_hash_table_lookup(second, GSIZE_TO_POINTER(start + 1))) - 1;
		while (next > start + 1 && !in_both(segments, next - 1)) /* what only the first has */
			next--;
		Group g = {a, from, group_end(a, from, NULL, next)}, h = {b, from_b, group_end(b, from_b, segments, next)};
		Pair p = {line_of(&g, g.from), line_of(&h, h.from)};
		gboolean same = g.to - g.from == 1 && h.to - h.from == 1;
		elsewhere |= p.a->page != p.b->page;
		judge_place(a, b, &before, &p);
		add_group(&paragraph, &g, &h);
		before = same ? p : (Pair){NULL, NULL};
		same_lines += same;
	}
	if (elsewhere)
		judge_pages(a, b);
}

static void summarise(void)
{
	static const char *const whys[] = {"paragraphs in other lines have fewer demerits in ours",
					   "are as good, or fit Apache FOP, by the rounding of widths",
					   "are divided by Apache FOP where our dictionary does not",
					   "are divided by Apache FOP in an address or a name of the computer's",
					   "are divided by Apache FOP in an inline that is not to be hyphenated",
					   "are divided by Apache FOP between signs that belong together",
					   "sequences begin pages elsewhere, more evenly filled",
					   "lines are under a picture in a line of other height",
					   "lines are closer to what comes before them, on a page made full by that",
					   "texts are repeated at other pages",
					   "NOT EXPLAINED"};

	printf("%d lines the same", same_lines);
	for (int i = 0; i < WHYS; i++)
		if (counts[i] > 0)
			printf("; %d %s", counts[i], whys[i]);
	puts("");
}

static void read_source(const xmlDoc *fo)
{
	xmlNode *root = xmlDocGetRootElement(fo);
	xmlChar *all = xmlNodeGetContent(root);

	source = g_string_new((const char *)all);
	whole = g_string_new(NULL);
	xmlFree(all);
	for (const xmlNode *n = root; n; n = xml_following(n, (const xmlNode *)fo)) {
		if (!xml_is(n, "inline") || !stacking_is(n, "hyphenate", "false"))
			continue;
		xmlChar *text = xmlNodeGetContent(n);
		g_string_append_printf(whole, "%s\n", text);
		xmlFree(text);
	}
}

static xmlDoc *load(const char *path)
{
	xmlDoc *doc = xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_HUGE);

	if (!doc)
		exit(2);
	return doc;
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	read_source(load(argv[1]));
	hyphenation_load("nl");
	hyphenation = hyphenation_new(arena_new());
	GPtrArray *a = read_flows(load(argv[2])), *b = read_flows(load(argv[3]));
	if (a->len != b->len) {
		printf("sequences of pages: %u, ours %u\n", a->len, b->len);
		return 1;
	}
	for (guint i = 0; i < a->len; i++)
		compare_flows(g_ptr_array_index(a, i), g_ptr_array_index(b, i));
	summarise();
	return counts[WHY_NONE] > 0;
}
