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

/* Every bracketed text but those that begin a definition. */
static GHashTable *find_uses(const char *text, gsize size)
{
	GHashTable *uses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const char *end = text + size, *open = NULL;

	for (const char *p = text; p < end; p++) {
		if (*p == '[') {
			open = p;
		} else if (*p == ']' && open != NULL) {
			if (p - open < 500 && (p + 1 >= end || p[1] != ':' || (open > text && open[-1] != '\n')))
				g_hash_table_add(uses, normalise(open + 1, (gsize)(p - open) - 1));
			open = NULL;
		}
	}
	return uses;
}

typedef struct {
	char *label;
	int line;
	char *focus;
} Definition;

static void clear_definition(gpointer data)
{
	g_free(((Definition *)data)->label);
	g_free(((Definition *)data)->focus);
}

static void check_uses(Body *b, const char *text, gsize size, const GArray *found)
{
	g_autoptr(GHashTable) uses = find_uses(text, size);

	for (guint i = 0; i < found->len; i++) {
		const Definition *d = &g_array_index(found, Definition, i);
		if (!g_hash_table_contains(uses, d->label))
			grumble(b, MSG_BODY_REFERENCE_UNUSED, d->line, d->focus, d->focus);
	}
}

char *references_collect(Body *b, const char *text, const char *whole, gsize size, const gboolean *opaque)
{
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Definition));
	GString *out = g_string_new(NULL);
	const char *end = text + size;
	gboolean may_begin = TRUE; /* a definition cannot interrupt a paragraph */

	g_array_set_clear_func(found, clear_definition);
	for (int line = 1; text < end; line++) {
		const char *stop = memchr(text, '\n', (gsize)(end - text));
		gsize length = (gsize)((stop != NULL ? stop : end) - text), space = strspn(text, " ");
		gsize label = may_begin && !opaque[line] && space < MIN(length, 4) ? references_label(text + space, length - space) : 0;
		if (label > 0) {
			Definition d = {normalise(text + space + 1, label), line + b->offset, g_strndup(text + space, label + 3)};
			g_array_append_val(found, d);
			g_string_append_len(out, text, (gssize)length);
			g_string_append_c(out, '\n');
		}
		may_begin = label > 0 || space >= length || text[space] == '\r' || text[space] == '\n';
		text += length + 1;
	}
	check_uses(b, whole, size, found);
	if (out->len > 0)
		return g_string_free(out, FALSE);
	g_string_free(out, TRUE);
	return NULL;
}
