/* Hyphenation with libhyphen. The Dutch dictionary is in ISO 8859-1: words are converted, so that accented ones are hyphenated right. */
#include "layout/hyphenate.h"

#include <hyphen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "/usr/share/hyphen"

enum { SHORTEST = 4, LONGEST = 100, LEAST = 2 };

typedef struct {
	HyphenDict *dict;
	gboolean latin1, dutch;
} Dictionary;

typedef struct {
	const Dictionary *dictionary;
	guint length;
	const gunichar *chars;
} Key;

struct Hyphenation {
	Arena *arena;
	GHashTable *languages; /* name -> Dictionary */
	GHashTable *words;
};

/* ---- dictionaries ---- */

static char *dictionary_path(const char *language, const char *country)
{
	char *path = country ? g_strdup_printf(FOLDER "/hyph_%s_%s.dic", language, country) : g_strdup_printf(FOLDER "/hyph_%s.dic", language);
	if (access(path, R_OK) == 0)
		return path;
	g_free(path);
	return NULL;
}

static char *find_dictionary(const char *language)
{
	g_auto(GStrv) parts = g_strsplit_set(language, "-_", 0);
	if (!parts[0] || !g_ascii_isalpha(*parts[0]) || strlen(parts[0]) > 3 || strchr(language, '/'))
		return NULL;
	g_autofree char *name = g_ascii_strdown(parts[0], -1);
	g_autofree char *country = NULL;
	for (char **p = parts + 1; *p; p++)
		if (strlen(*p) == 2 && !country)
			country = g_ascii_strup(*p, -1);
	if (!country && strcmp(name, "en") == 0)
		country = g_strdup("GB");
	char *path = country ? dictionary_path(name, country) : NULL;
	return path ? path : dictionary_path(name, NULL);
}

static Dictionary *load_dictionary(const char *language, const char *path)
{
	HyphenDict *dict = path ? hnj_hyphen_load(path) : NULL;
	if (!dict)
		return NULL;
	Dictionary *d = g_new0(Dictionary, 1);
	d->dict = dict;
	d->latin1 = strcmp(dict->cset, "ISO8859-1") == 0;
	d->dutch = g_ascii_strncasecmp(language, "nl", 2) == 0;
	return d;
}

/* Shared by all threads and never changed once loaded; the lock also makes the second who wants one wait for the first. */
static Dictionary *open_dictionary(const char *language, const char *path)
{
	static GMutex lock;
	static GHashTable *open;
	g_mutex_lock(&lock);
	if (!open)
		open = g_hash_table_new(g_str_hash, g_str_equal);
	gpointer d = NULL;
	if (!g_hash_table_lookup_extended(open, language, NULL, &d)) {
		g_autofree char *found = path ? g_strdup(path) : find_dictionary(language);
		d = load_dictionary(language, found);
		g_hash_table_insert(open, g_strdup(language), d);
	}
	g_mutex_unlock(&lock);
	return d;
}

gboolean hyphenation_load(const char *language)
{
	return language && open_dictionary(language, NULL) != NULL;
}

gboolean hyphenation_load_file(const char *language, const char *path)
{
	return open_dictionary(language, path) != NULL;
}

/* ---- a run's results ---- */

static guint hash_key(gconstpointer key)
{
	const Key *k = key;
	guint64 h = (guintptr)k->dictionary;
	for (guint i = 0; i < k->length; i++)
		h = (h ^ k->chars[i]) * G_GUINT64_CONSTANT(0x100000001b3);
	return (guint)(h ^ h >> 32);
}

static gboolean equal_keys(gconstpointer a, gconstpointer b)
{
	const Key *x = a, *y = b;
	return x->dictionary == y->dictionary && x->length == y->length && memcmp(x->chars, y->chars, x->length * sizeof(gunichar)) == 0;
}

Hyphenation *hyphenation_new(Arena *arena)
{
	Hyphenation *h = g_new0(Hyphenation, 1);
	h->arena = arena;
	h->languages = g_hash_table_new(g_str_hash, g_str_equal);
	h->words = g_hash_table_new(hash_key, equal_keys);
	return h;
}

void hyphenation_free(Hyphenation *h)
{
	if (!h)
		return;
	g_hash_table_unref(h->languages);
	g_hash_table_unref(h->words);
	g_free(h);
}

static const Dictionary *run_dictionary(Hyphenation *h, const char *language)
{
	gpointer d = NULL;
	if (!g_hash_table_lookup_extended(h->languages, language, NULL, &d)) {
		d = open_dictionary(language, NULL);
		g_hash_table_insert(h->languages, arena_strdup(h->arena, language), d);
	}
	return d;
}

/* ---- a word ---- */

static gunichar plain(gunichar c)
{
	return c == 0x2019 ? '\'' : g_unichar_tolower(c);
}

/* The word in the dictionary's encoding, one character an element of libhyphen's results; FALSE when it cannot be written in it. */
static gboolean encode(const Dictionary *d, const gunichar *chars, guint length, GString *out)
{
	for (guint i = 0; i < length; i++) {
		gunichar c = plain(chars[i]);
		if (d->latin1 && c > 0xff)
			return FALSE;
		if (d->latin1)
			g_string_append_c(out, (char)c);
		else
			g_string_append_unichar(out, c);
	}
	if (d->latin1 || d->dict->utf8)
		return TRUE;
	g_autofree char *other = g_convert(out->str, (gssize)out->len, d->dict->cset, "UTF-8", NULL, NULL, NULL);
	if (!other || strlen(other) != length)
		return FALSE;
	g_string_assign(out, other);
	return TRUE;
}

static gunichar decode(const Dictionary *d, const char **p)
{
	gunichar c;
	if (d->latin1)
		return (guchar) * (*p)++;
	c = g_utf8_get_char_validated(*p, -1);
	if (c >= (gunichar)-2)
		return *(*p)++ & 0x7f;
	*p = g_utf8_next_char(*p);
	return c;
}

/* "a=t" with the characters from `from` on, cut of them replaced: what comes before the sign, what after. FALSE when it does not fit. */
static gboolean read_change(const Dictionary *d, const char *rep, guint from, guint cut, HyphenPoint *p)
{
	while (*rep && *rep != '=') {
		if (p->before_length == HYPHEN_CHANGE)
			return FALSE;
		p->before[p->before_length++] = decode(d, &rep);
	}
	if (*rep++ != '=')
		return FALSE;
	while (*rep) {
		if (p->after_length == HYPHEN_CHANGE)
			return FALSE;
		p->after[p->after_length++] = decode(d, &rep);
	}
	guint before = p->after_length == 0 ? cut : MIN(cut, p->before_length);
	p->before_cut = (guint8)before;
	p->after_cut = (guint8)(cut - before);
	p->at = from + before;
	return TRUE;
}

/* Dutch drops the diaeresis at a break: reünie, re-unie. */
static void drop_diaeresis(HyphenPoint *p, const gunichar *chars)
{
	static const struct {
		gunichar with, without;
	} vowels[] = {{0xe4, 'a'}, {0xeb, 'e'}, {0xef, 'i'}, {0xf6, 'o'}, {0xfc, 'u'}};
	for (guint i = 0; i < G_N_ELEMENTS(vowels); i++) {
		if (chars[p->at] != vowels[i].with)
			continue;
		p->after_cut = p->after_length = 1;
		p->after[0] = vowels[i].without;
	}
}

static gboolean ends_in(const gunichar *chars, guint length, const char *ending)
{
	guint n = (guint)strlen(ending);
	if (n > length)
		return FALSE;
	for (guint i = 0; i < n; i++)
		if (plain(chars[length - n + i]) != (guchar)ending[i])
			return FALSE;
	return TRUE;
}

/* The diminutive of a word that ends in an open vowel doubles it, and gives it back at a break: omaatje, oma-tje. The dictionary cannot know these
 * from straat-je and boot-je, and breaks neither; these are the common ones. */
static gboolean find_diminutive(const gunichar *chars, guint length, HyphenPoint *p)
{
	static const char *const stems[] = {"agenda", "auto", "bistro", "chocola", "cola",  "demo", "drama", "euro",    "firma", "foto",
	                                    "info",   "kassa", "kilo",  "lama",    "logo",  "mama", "memo",  "menu",    "oma",   "opa",
	                                    "papa",   "paraplu", "pasta", "piano", "pizza", "radio", "sofa", "thema",   "video", "villa",
	                                    "zebra"};
	length -= length > 0 && plain(chars[length - 1]) == 's';
	if (length < 6 || !ends_in(chars, length, "tje") || plain(chars[length - 4]) != plain(chars[length - 5]))
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(stems); i++) {
		if (!ends_in(chars, length - 4, stems[i]))
			continue;
		*p = (HyphenPoint){.at = length - 3, .before_cut = 1};
		return TRUE;
	}
	return FALSE;
}

static gboolean is_possible(const HyphenPoint *p, guint length)
{
	return p->at >= LEAST && p->at + LEAST <= length && p->before_cut <= p->at && p->after_cut <= length - p->at;
}

static void add_point(const Dictionary *d, GArray *points, HyphenPoint *p, const gunichar *chars, guint length)
{
	if (!is_possible(p, length))
		return;
	if (d->dutch && !p->after_length)
		drop_diaeresis(p, chars);
	g_array_append_val(points, *p);
}

static int compare_points(gconstpointer a, gconstpointer b)
{
	return (int)((const HyphenPoint *)a)->at - (int)((const HyphenPoint *)b)->at;
}

/* What stands before an apostrophe is the word: collega's. */
static guint stem_length(const gunichar *chars, guint length)
{
	for (guint i = 0; i < length; i++)
		if (plain(chars[i]) == '\'')
			return i;
	return length;
}

static void find_points(const Dictionary *d, const gunichar *chars, guint length, GArray *points)
{
	length = stem_length(chars, length);
	g_autoptr(GString) word = g_string_sized_new(128);
	if (!encode(d, chars, length, word))
		return;
	g_autofree char *hyphens = g_malloc0(word->len + 5);
	char **rep = NULL;
	int *pos = NULL, *cut = NULL;
	int failed = hnj_hyphen_hyphenate3(d->dict, word->str, (int)word->len, hyphens, NULL, &rep, &pos, &cut, LEAST, LEAST, LEAST, LEAST);
	for (guint i = 0; !failed && i + 1 < length; i++) {
		if (!(hyphens[i] & 1))
			continue;
		HyphenPoint p = {.at = i + 1};
		if (!rep || !rep[i])
			add_point(d, points, &p, chars, length);
		else if (pos[i] <= (int)i + 1 && cut[i] >= 0 && read_change(d, rep[i], i + 1 - (guint)pos[i], (guint)cut[i], &p))
			add_point(d, points, &p, chars, length);
	}
	for (guint i = 0; rep && i < word->len; i++)
		free(rep[i]);
	free(rep);
	free(pos);
	free(cut);
	HyphenPoint p;
	if (d->dutch && find_diminutive(chars, length, &p)) {
		g_array_append_val(points, p);
		g_array_sort(points, compare_points);
	}
}

const HyphenWord *hyphenate_word(Hyphenation *h, const char *language, const gunichar *chars, guint length)
{
	static const HyphenWord none = {NULL, 0};
	if (length < SHORTEST || length > LONGEST)
		return &none;
	const Dictionary *d = run_dictionary(h, language);
	Key key = {d, length, chars};
	if (!d)
		return &none;
	HyphenWord *w = g_hash_table_lookup(h->words, &key);
	if (w)
		return w;
	g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(HyphenPoint));
	find_points(d, chars, length, points);
	w = arena_alloc(h->arena, sizeof *w);
	w->length = points->len;
	w->points = arena_copy(h->arena, points->data, points->len * sizeof(HyphenPoint));
	key.chars = arena_copy(h->arena, chars, length * sizeof(gunichar));
	g_hash_table_insert(h->words, arena_copy(h->arena, &key, sizeof key), w);
	return w;
}
