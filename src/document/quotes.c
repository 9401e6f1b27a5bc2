/* What was said: the quotes of a set of files, each once, with what is known of it, and the choosing among them. */
#include "document/room.h"

#include <string.h>

static void quote_free(gpointer data)
{
	Quote *q = data;

	g_free(q->codes);
	g_free(q);
}

/* The same words of the same person are one quote, however they are spaced, marked or capitalised. */
char *quote_key(const xmlNode *quote)
{
	g_autofree char *words = node_text(quote), *folded = g_utf8_casefold(words, -1);
	GString *key = g_string_new(xml_attribute(quote, "speaker"));

	g_string_append_c(key, '\n');
	for (const char *p = folded; *p != '\0'; p = g_utf8_next_char(p))
		if (g_unichar_isalnum(g_utf8_get_char(p)))
			g_string_append_unichar(key, g_utf8_get_char(p));
	return g_string_free(key, FALSE);
}

/* Words between spaces that hold a letter or a digit. */
guint quote_words(const xmlNode *quote)
{
	g_autofree char *text = node_text(quote);
	gboolean inside = FALSE, counted = FALSE;
	guint n = 0;

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		inside = !g_unichar_isspace(c);
		counted = counted && inside;
		if (inside && !counted && g_unichar_isalnum(c)) {
			counted = TRUE;
			n++;
		}
	}
	return n;
}

gboolean word_in(const char *list, const char *word)
{
	g_auto(GStrv) words = split_words(list);

	return word != NULL && g_strv_contains((const char *const *)words, word);
}

gboolean word_listed(const char *list, const char *word)
{
	return list == NULL || word_in(list, word);
}

/* Whether one of the codes is among those asked for. */
static gboolean any_listed(const char *wanted, const char *codes)
{
	g_auto(GStrv) words = split_words(wanted);

	if (wanted == NULL)
		return TRUE;
	for (char **word = words; *word != NULL; word++)
		if (word_in(codes, *word))
			return TRUE;
	return FALSE;
}

const char *kind_code(const char *kind)
{
	if (kind == NULL)
		return NULL;
	return strcmp(kind, "helping") == 0 ? "helpend" : strcmp(kind, "not-helping") == 0 ? "niet-helpend" : kind;
}

gboolean quote_is_chosen(const Quote *q, const DocumentSelection *s)
{
	return word_listed(s->cases, xml_attribute(q->node, "case")) && any_listed(s->threads, q->codes) && any_listed(s->rotondes, q->codes) &&
	       any_listed(kind_code(s->kind), q->codes) && word_listed(s->speakers, xml_attribute(q->node, "speaker")) &&
	       word_listed(s->roles, xml_attribute(q->node, "role")) && word_listed(s->sessions, xml_attribute(q->node, "session"));
}

static void add_codes(Quote *q, const char *more)
{
	g_auto(GStrv) words = split_words(more);

	for (char **word = words; *word != NULL; word++) {
		if (word_in(q->codes, *word))
			continue;
		char *all = q->codes != NULL ? g_strconcat(q->codes, " ", *word, NULL) : g_strdup(*word);
		g_free(q->codes);
		q->codes = all;
	}
}

/* here: what stands in this file is marked so (NULL: none). */
GPtrArray *quotes_collect(Assembly *a, const GPtrArray *files, GHashTable *case_ids, const DocumentFile *here)
{
	GPtrArray *quotes = g_ptr_array_new_with_free_func(quote_free);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < files->len; i++) {
		const Unit *unit = island_consult(a, files->pdata[i]);
		for (const xmlNode *n = unit->node; n != NULL; n = unit_following(n, unit)) {
			const char *of = xml_is(n, "quote") && xml_attribute(n, "speaker") != NULL ? xml_attribute(n, "case") : NULL;
			if (of == NULL || !g_hash_table_contains(case_ids, of))
				continue;
			char *key = quote_key(n);
			Quote *q = g_hash_table_lookup(seen, key);
			if (q == NULL) {
				q = g_new0(Quote, 1);
				*q = (Quote){.node = n, .file = unit->file, .words = quote_words(n)};
				g_ptr_array_add(quotes, q);
				g_hash_table_insert(seen, key, q);
			} else {
				g_free(key);
			}
			q->here = q->here || unit->file == here;
			add_codes(q, xml_attribute(n, "codes"));
		}
	}
	return quotes;
}
