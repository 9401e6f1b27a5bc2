/* Prose and what surrounds it. */
#include "privacy/prose.h"

#include "base/text.h"

#include <string.h>

enum { TAG_LIMIT = 4096 /* bytes */ };

/* Elements of front matter that are data: dates, names of organisations under their pseudonym, labels, addresses of the publisher. */
#define WORD(text) {text, sizeof text - 1}
typedef struct {
	const char *text;
	gsize length;
} Word;

static gboolean is_data(const char *name, gsize length)
{
	static const Word data[] = {WORD("date"),   WORD("edition"), WORD("organisation"), WORD("label"), WORD("name"),    WORD("function"), WORD("author"),
	                            WORD("address"), WORD("telephone"), WORD("email"),      WORD("website"), WORD("isbn"), WORD("keyword")};

	for (guint i = 0; i < G_N_ELEMENTS(data); i++)
		if (data[i].length == length && memcmp(data[i].text, name, length) == 0)
			return TRUE;
	return FALSE;
}

typedef struct {
	const char *text, *end;
	char *out;
	GArray *comments;
} Reader;

static void blank(const Reader *r, const char *from, const char *to)
{
	for (const char *p = from; p < to; p++)
		if (*p != '\n')
			r->out[p - r->text] = ' ';
}

static const char *find(const Reader *r, const char *from, const char *what)
{
	const char *hit = text_find(from, (gsize)(r->end - from), what);

	return hit != NULL ? hit + strlen(what) : r->end;
}

/* The end of a tag: a > outside quotation marks. NULL: it is none. */
static const char *tag_end(const Reader *r, const char *p)
{
	const char *last = r->end - p > TAG_LIMIT ? p + TAG_LIMIT : r->end;
	char quote = '\0';

	for (p++; p < last; p++) {
		if (quote != '\0')
			quote = *p == quote ? '\0' : quote;
		else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (*p == '>')
			return p + 1;
		else if (*p == '<')
			return NULL;
	}
	return NULL;
}

/* What stands before such a tag and behind it is not one sentence: all tags but those within a sentence. */
static gboolean is_wall(const char *p, const char *stop)
{
	static const Word within[] = {WORD("em"), WORD("strong"), WORD("q")};
	const char *name = p + 1 + (stop - p > 1 && p[1] == '/');

	if (*p != '<' || p[1] == '!')
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(within); i++)
		if (strncmp(name, within[i].text, within[i].length) == 0 && !g_ascii_isalnum(name[within[i].length]))
			return FALSE;
	return TRUE;
}

/* Behind a comment, a tag or an element of data; NULL: < is only a sign. */
static const char *read_angle(const Reader *r, const char *p)
{
	const char *stop, *name = p + 1;
	gsize length = 0;

	if (r->end - p >= 4 && memcmp(p, "<!--", 4) == 0) {
		const ProseComment comment = {(gsize)(p - r->text), (gsize)(find(r, p + 4, "-->") - r->text)};
		g_array_append_val(r->comments, comment);
		return r->text + comment.end;
	}
	if (name >= r->end || !(g_ascii_isalpha(*name) || strchr("/?!", *name) != NULL))
		return NULL;
	stop = tag_end(r, p);
	while (name + length < r->end && (g_ascii_isalnum(name[length]) || name[length] == '-'))
		length++;
	if (stop != NULL && is_data(name, length) && stop[-2] != '/' && (p == r->text || p[-1] != '`')) {
		g_autofree char *close = g_strdup_printf("</%.*s>", (int)length, name);
		const char *end = text_find(stop, (gsize)(r->end - stop), close);
		if (end != NULL && text_find(stop, (gsize)(end - stop), "\n\n") == NULL) /* else it is not front matter, or not whole */
			return end + length + 3;
	}
	return stop;
}

/* Whether the ] at p ends the label of "[label]: address". */
static gboolean ends_label(const Reader *r, const char *p)
{
	const char *start = p;

	while (start > r->text && start[-1] != '\n')
		start--;
	while (*start == ' ')
		start++;
	return *start == '[' && memchr(start, ']', (gsize)(p - start)) == NULL;
}

/* The end of an address. */
static const char *address_end(const Reader *r, const char *p)
{
	while (p < r->end && strchr(" \t\r\n)>", *p) == NULL)
		p++;
	return p;
}

/* Behind the address in "](address" or, at the beginning of a line, "[x]: address". NULL: there is none. */
static const char *read_target(const Reader *r, const char *p)
{
	if (r->end - p > 2 && (p[1] == '(' || (p[1] == ':' && p[2] == ' ' && ends_label(r, p))))
		return address_end(r, p + 2 + (p[1] == ':'));
	return NULL;
}

/* Where the address that has this colon begins; NULL: it is a colon. */
static const char *scheme_start(const Reader *r, const char *p, const char *from)
{
	if (r->end - p < 4 || p[1] != '/' || p[2] != '/')
		return NULL;
	if (p - from >= 5 && memcmp(p - 5, "https", 5) == 0)
		return p - 5;
	return p - from >= 4 && memcmp(p - 4, "http", 4) == 0 ? p - 4 : NULL;
}

char *prose_read(const char *text, gsize size, GArray *comments)
{
	Reader r = {text, text + size, g_malloc(size + 1), comments};
	const char *p = text, *done = text;

	memcpy(r.out, text, size);
	r.out[size] = '\0';
	for (p += strcspn(r.out, "<]:"); p < r.end; p += strcspn(r.out + (p - text), "<]:")) {
		const char *start = *p == ':' ? scheme_start(&r, p, done) : p;
		const char *stop = start == NULL ? NULL : *p == '<' ? read_angle(&r, p) : *p == ']' ? read_target(&r, p) : address_end(&r, p);
		if (stop != NULL)
			blank(&r, start, stop);
		if (stop != NULL && is_wall(p, stop))
			r.out[p - text] = '|';
		p = done = stop != NULL ? stop : p + 1;
	}
	return r.out;
}

/* ---- allowances ---- */

/* "toegestaan:" or "allowed:" at the beginning: what stands behind it; NULL: it is another comment. */
static const char *allowed_part(const char *comment)
{
	static const char *const words[] = {"toegestaan", "allowed"};
	const char *p = comment;

	while (g_ascii_isspace(*p))
		p++;
	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		const char *behind = p + strlen(words[i]);
		if (g_ascii_strncasecmp(p, words[i], strlen(words[i])) != 0)
			continue;
		while (*behind == ' ')
			behind++;
		if (*behind == ':')
			return behind + 1;
	}
	return NULL;
}

static gboolean read_kind(const char *word, guint *kinds)
{
	for (guint kind = 0; kind < COARSE_KINDS; kind++)
		for (guint language = 0; language < 2; language++)
			if (g_ascii_strcasecmp(word, coarse_kind_name(kind, language)) == 0) {
				*kinds |= 1u << kind;
				return TRUE;
			}
	return FALSE;
}

/* FALSE after reporting. */
static gboolean read_kinds(const char *text, guint *kinds, const Position *at, Diagnostics *d)
{
	g_auto(GStrv) words = g_strsplit_set(text, ",+", -1);
	gboolean good = TRUE;

	for (char **word = words; *word != NULL; word++)
		if (!read_kind(g_strstrip(*word), kinds)) {
			diagnose(d, MSG_ALLOWANCE_KIND, at, *word);
			good = FALSE;
		}
	return good;
}

static gboolean has_words(const char *text)
{
	for (; text != NULL && *text != '\0'; text = g_utf8_next_char(text))
		if (g_unichar_isalpha(g_utf8_get_char(text)))
			return TRUE;
	return FALSE;
}

static gboolean is_bare(char c)
{
	return strchr(" \t\r>", c) != NULL; /* > : within a quotation */
}

/* Nothing else stands on the lines of the comment. */
static gboolean stands_alone(const char *text, gsize size, const ProseComment *c)
{
	gsize before = c->start, behind = c->end;

	while (before > 0 && text[before - 1] != '\n')
		if (!is_bare(text[--before]))
			return FALSE;
	while (behind < size && text[behind] != '\n')
		if (!is_bare(text[behind++]))
			return FALSE;
	return TRUE;
}

/* kinds stays 0: it is another comment, or wrong, which is reported. */
static void read_allowance(const char *text, const ProseComment *c, Allowance *a, Locator *locator, Diagnostics *d)
{
	g_autofree char *inner = g_strndup(text + c->start + 4, c->end - c->start >= 7 ? c->end - c->start - 7 : 0);
	const char *said = allowed_part(inner), *colon = said != NULL ? strchr(said, ':') : NULL;
	Position at;

	if (said == NULL)
		return;
	g_autofree char *kinds = colon != NULL ? g_strndup(said, (gsize)(colon - said)) : g_strdup(said);
	at = locator_position(locator, c->start, NULL);
	a->first = at.line;
	if (!read_kinds(kinds, &a->kinds, &at, d))
		a->kinds = 0;
	else if (!has_words(colon)) {
		diagnose(d, MSG_ALLOWANCE_REASON, &at);
		a->kinds = 0;
	}
}

/* What stands on a line of its own allows what is on the first line below that holds no such note. */
static void settle(GArray *list)
{
	const Allowance *below = NULL;

	for (guint i = list->len; i > 0; i--) {
		Allowance *a = &g_array_index(list, Allowance, i - 1);
		if (!a->alone)
			continue;
		a->line = below != NULL && below->first == a->line ? below->line : a->line;
		below = a;
	}
}

GArray *prose_allowances(const char *text, gsize size, const GArray *comments, Locator *locator, Diagnostics *d)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(Allowance));

	for (guint i = 0; i < comments->len; i++) {
		const ProseComment *c = &g_array_index(comments, ProseComment, i);
		Allowance a = {.offset = c->start};
		read_allowance(text, c, &a, locator, d);
		if (a.kinds == 0)
			continue;
		a.alone = stands_alone(text, size, c);
		a.line = a.alone ? locator_position(locator, c->end, NULL).line + 1 : a.first;
		g_array_append_val(list, a);
	}
	settle(list);
	return list;
}
