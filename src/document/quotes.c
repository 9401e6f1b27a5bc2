/* What was said: the quotes of a set of files, each once, with what is known of it, and the choosing among them. */
#include "document/room.h"

#include <string.h>

static void quote_free(gpointer data)
{
	Quote *q = data;

	g_free(q->codes);
	g_free(q);
}

/* Most letters are ASCII's, for which no tables are needed. */
static gboolean is_ascii(const char *p)
{
	return (guchar)*p < 0x80;
}

static gboolean is_counted(const char *p)
{
	return is_ascii(p) ? g_ascii_isalnum(*p) : g_unichar_isalnum(g_utf8_get_char(p));
}

static gboolean is_space(const char *p)
{
	return is_ascii(p) ? g_ascii_isspace(*p) : g_unichar_isspace(g_utf8_get_char(p));
}

static void append_folded(GString *key, const char *p)
{
	g_autofree char *folded = g_utf8_casefold(p, g_utf8_next_char(p) - p);

	for (const char *f = folded; *f != '\0'; f = g_utf8_next_char(f))
		if (is_counted(f))
			g_string_append_unichar(key, g_utf8_get_char(f));
}

/* The same words of the same person are one quote, however they are spaced, marked or capitalised. */
char *quote_key(const xmlNode *quote)
{
	g_autofree char *words = node_text(quote);
	GString *key = g_string_new(xml_attribute(quote, "speaker"));

	g_string_append_c(key, '\n');
	for (const char *p = words; *p != '\0'; p = g_utf8_next_char(p)) {
		if (!is_ascii(p))
			append_folded(key, p);
		else if (g_ascii_isalnum(*p))
			g_string_append_c(key, g_ascii_tolower(*p));
	}
	return g_string_free(key, FALSE);
}

/* Words between spaces that hold a letter or a digit. */
guint quote_words(const xmlNode *quote)
{
	g_autofree char *text = node_text(quote);
	gboolean counted = FALSE;
	guint n = 0;

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gboolean first = !counted && is_counted(p);
		n += first;
		counted = (counted || first) && !is_space(p);
	}
	return n;
}

gboolean word_in(const char *list, const char *word)
{
	gsize length = word != NULL ? strlen(word) : 0;

	for (const char *p = list != NULL ? list : ""; length > 0 && *p != '\0';) {
		gsize n = strcspn(p, " \t\r\n");
		if (n == length && strncmp(p, word, n) == 0)
			return TRUE;
		p += n + strspn(p + n, " \t\r\n");
	}
	return FALSE;
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
