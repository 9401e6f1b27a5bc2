/* Definitions of links, "[label]: address": which there are, and whether anything uses them. */
#include "source/markdown.h"

#include "base/text.h"

#include <string.h>

/* Labels match without regard to case and to how many spaces there are. */
static char *normalise(const char *label, gsize length)
{
	g_autofree char *copy = g_strndup(label, length);
	g_auto(GStrv) words = g_strsplit_set(copy, " \t\n", -1);
	g_autofree char *joined = NULL;
	guint k = 0;

	for (guint i = 0; words[i] != NULL; i++) {
		if (*words[i] != '\0')
			words[k++] = words[i];
		else
			g_free(words[i]);
	}
	words[k] = NULL;
	joined = g_strjoinv(" ", words);
	return g_utf8_casefold(joined, -1);
}

/* Length of the label in "[label]:" at text, brackets not counted; 0: there is none. */
gsize references_label(const char *text, gsize length)
{
	gsize n = 1;

	if (length < 4 || text[0] != '[' || text[1] == '^')
		return 0;
	while (n < MIN(length, 500) && text[n] != ']' && text[n] != '[')
		n += text[n] == '\\' && n + 1 < length ? 2 : 1;
	return n > 1 && n + 1 < length && text[n] == ']' && text[n + 1] == ':' ? n - 1 : 0;
}

typedef void (*UseFunction)(char *label, gpointer data); /* takes label over */

/* Every bracketed text but those that begin a definition. */
static void find_uses(const char *text, gsize size, UseFunction use, gpointer data)
{
	const char *end = text + size, *open = NULL;

	for (const char *p = text; p < end; p++) {
		if (*p == '[') {
			open = p;
		} else if (*p == ']' && open != NULL) {
			if (p - open < 500 && (p + 1 >= end || p[1] != ':' || (open > text && open[-1] != '\n')))
				use(normalise(open + 1, (gsize)(p - open) - 1), data);
			open = NULL;
		}
	}
}

typedef struct {
	int line;
	char *label; /* as written: "[label]:" */
	char *text;  /* the whole line */
} Definition;

static void definition_free(gpointer data)
{
	Definition *d = data;

	g_free(d->label);
	g_free(d->text);
	g_free(d);
}

static void mark_used(char *label, gpointer data)
{
	g_hash_table_add(data, label);
}

static void check_uses(Body *b, const char *text, gsize size)
{
	g_autoptr(GHashTable) uses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GHashTableIter i;
	gpointer label, value;

	find_uses(text, size, mark_used, uses);
	g_hash_table_iter_init(&i, b->references);
	while (g_hash_table_iter_next(&i, &label, &value)) {
		const Definition *d = value;
		if (!g_hash_table_contains(uses, label))
			grumble(b, MSG_BODY_REFERENCE_UNUSED, d->line, d->label, d->label);
	}
}

static void add_definition(Body *b, const char *text, gsize length, gsize label, int line)
{
	char *name = normalise(text + 1, label);
	Definition *d;

	g_hash_table_add(b->defining, GINT_TO_POINTER(line));
	d = g_hash_table_lookup(b->references, name);
	if (d != NULL) { /* the first holds */
		g_autofree char *own = g_strndup(text, label + 3), *earlier = g_strdup_printf("%d", d->line);
		grumble(b, MSG_BODY_REFERENCE_TWICE, line, own, own, earlier);
		g_free(name);
		return;
	}
	d = g_new0(Definition, 1);
	d->line = line;
	d->label = g_strndup(text, label + 3);
	d->text = g_strndup(text, length);
	g_hash_table_insert(b->references, name, d);
}

void references_collect(Body *b, const char *text, const char *whole, gsize size, const gboolean *opaque)
{
	const char *end = text + size;
	gboolean may_begin = TRUE; /* a definition cannot interrupt a paragraph */

	b->references = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, definition_free);
	b->defining = g_hash_table_new(NULL, NULL);
	for (int line = 1; text < end; line++) {
		const char *stop = memchr(text, '\n', (gsize)(end - text));
		gsize length = (gsize)((stop != NULL ? stop : end) - text), space = strspn(text, " ");
		gsize label = may_begin && !opaque[line] && space < MIN(length, 4) ? references_label(text + space, length - space) : 0;
		if (label > 0)
			add_definition(b, text + space, length - space, label, line + b->offset);
		may_begin = label > 0 || space >= length || text[space] == '\r' || text[space] == '\n';
		text += length + 1;
	}
	check_uses(b, whole, size);
}

typedef struct {
	const Body *b;
	GHashTable *done;
	GString *out;
} Appending;

static void append_used(char *label, gpointer data)
{
	Appending *a = data;
	const Definition *d = g_hash_table_lookup(a->b->references, label);

	if (d != NULL && g_hash_table_add(a->done, (gpointer)d))
		g_string_append_printf(a->out, "%s\n", d->text);
	g_free(label);
}

void references_append(const Body *b, GString *text)
{
	g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
	g_autoptr(GString) out = g_string_new("\n");
	Appending a = {b, done, out};

	if (b->references == NULL || g_hash_table_size(b->references) == 0)
		return;
	find_uses(text->str, text->len, append_used, &a);
	if (out->len > 1)
		g_string_append_len(text, out->str, (gssize)out->len);
}

/* ---- what cmark would take for a definition where it is none of ours: in a quote, a list, a note, right under a heading ---- */

/* Where the words of a line begin, behind the marks of quotes and lists. */
static const char *skip_marks(const char *line, const char *end)
{
	while (line < end && strchr(" \t>-+*0123456789.)", *line) != NULL && *line != '\0')
		line++;
	return line;
}

/* Nothing follows it on its line; its end may be on a later one. */
static gboolean is_title(const char *p, const char *end)
{
	const char *stop = memchr(p, '\n', (gsize)(end - p)), *close;

	if (strchr("\"'(", *p) == NULL)
		return FALSE;
	stop = stop != NULL ? stop : end;
	close = memchr(p + 1, *p == '(' ? ')' : *p, (gsize)(stop - p - 1));
	while (close != NULL && ++close < stop && g_ascii_isspace(*close))
		;
	return close == NULL || close >= stop;
}

/* Behind the colon: one word, on this line or the next, and a title at most. Where more follows cmark finds no definition. */
static gboolean is_address(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
		p++;
	if (p < end && *p == '\n')
		for (p++; p < end && strchr(" \t>", *p) != NULL;)
			p++;
	if (p < end && *p == '<')
		while (p < end && *p != '>' && *p != '\n')
			p++;
	while (p < end && !g_ascii_isspace(*p))
		p++;
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
		p++;
	return p >= end || *p == '\n' || is_title(p, end);
}

/* The ] of the label whose [ is at open, on a later line perhaps: cmark looks no further than a thousand bytes and no empty line. NULL: there is none.
 * Only blank space and the marks of quotes in it are no label. */
static const char *label_close(const char *open, const char *end)
{
	enum { LABEL_LIMIT = 1000 };
	const char *p = open + 1, *limit = end - open > LABEL_LIMIT ? open + LABEL_LIMIT : end;
	gboolean words = FALSE, line = TRUE; /* in it, and on this line */

	for (; p < limit && *p != ']' && *p != '['; p++) {
		if (*p == '\n' && !line)
			return NULL;
		line = *p == '\n' ? FALSE : line || !(g_ascii_isspace(*p) || *p == '>');
		words = words || !(g_ascii_isspace(*p) || *p == '>');
		p += *p == '\\' && p + 1 < limit && p[1] != '\n';
	}
	return words && p < limit && *p == ']' ? p : NULL;
}

/* The text with a backslash before what may begin a definition; its lines are added to lines. NULL: there is nothing of the kind. */
static GString *hide_definitions(const Body *b, const char *text, gsize size, GHashTable *lines)
{
	GString *out = NULL;
	const char *end = text + size, *done = text, *stop;

	for (int line = 1; text < end; line++, text = stop + 1) {
		const char *words, *close;
		stop = memchr(text, '\n', (gsize)(end - text));
		stop = stop != NULL ? stop : end;
		words = skip_marks(text, stop);
		close = words < stop && *words == '[' ? label_close(words, end) : NULL;
		if (close == NULL || close + 1 >= end || close[1] != ':' || !is_address(close + 2, end))
			continue;
		if (!b->in_note && close < stop && b->defining != NULL && g_hash_table_contains(b->defining, GINT_TO_POINTER(line + b->offset)))
			continue; /* one of ours */
		out = out != NULL ? out : g_string_new(NULL);
		g_string_append_len(out, done, (gssize)(words - done));
		g_string_append_c(out, '\\');
		done = words;
		g_hash_table_add(lines, GINT_TO_POINTER(line));
	}
	if (out != NULL)
		g_string_append_len(out, done, (gssize)(end - done));
	return out;
}

static void report_place(Body *b, const char *literal, int line)
{
	gsize length = strcspn(literal, "]");
	g_autofree char *rest = g_strndup(literal, length);
	g_autofree char *shown = NULL;

	escape_show(rest, FALSE);
	shown = literal[length] == ']' ? g_strconcat(rest, "]:", NULL) : g_strdup(g_strchomp(rest));
	grumble(b, rest[1] == '^' ? MSG_BODY_NOTE_PLACE : MSG_BODY_REFERENCE_PLACE, line, shown, shown);
}

/* Definitions stand at the beginning of a paragraph, a line each. */
static void check_paragraph(Body *b, cmark_node *paragraph, GHashTable *lines)
{
	int line = cmark_node_get_start_line(paragraph);
	cmark_node *child = cmark_node_first_child(paragraph);

	while (child != NULL && g_hash_table_contains(lines, GINT_TO_POINTER(line))) {
		if (cmark_node_get_type(child) == CMARK_NODE_TEXT)
			report_place(b, cmark_node_get_literal(child), line + b->offset);
		while (child != NULL && cmark_node_get_type(child) != CMARK_NODE_SOFTBREAK)
			child = cmark_node_next(child);
		child = child != NULL ? cmark_node_next(child) : NULL;
		line++;
	}
}

void references_check_place(Body *b, const char *text, gsize size)
{
	g_autoptr(GHashTable) lines = NULL;
	g_autoptr(GString) hidden = NULL;
	cmark_node *document;
	cmark_iter *i;

	if (text_find(text, size, "]:") == NULL)
		return;
	lines = g_hash_table_new(NULL, NULL);
	hidden = hide_definitions(b, text, size, lines);
	if (hidden == NULL)
		return;
	document = body_parse(hidden->str, hidden->len);
	i = cmark_iter_new(document);
	for (cmark_event_type e; (e = cmark_iter_next(i)) != CMARK_EVENT_DONE;)
		if (e == CMARK_EVENT_ENTER && cmark_node_get_type(cmark_iter_get_node(i)) == CMARK_NODE_PARAGRAPH)
			check_paragraph(b, cmark_iter_get_node(i), lines);
	cmark_iter_free(i);
	cmark_node_free(document);
}
