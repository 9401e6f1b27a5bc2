/* Definitions of links, "[label]: address": which there are, and whether anything uses them. */
#include "source/markdown.h"

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

	if (g_hash_table_contains(b->references, name)) { /* the first holds */
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
