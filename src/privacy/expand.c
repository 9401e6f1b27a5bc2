/* The variants of a name, from its words. */
#include "privacy/expand.h"

#include "privacy/normal.h"

#include <string.h>

enum { WORDS = 12, SHORT_WORD = 3, ANYWHERE_LENGTH = 9, KIN_LENGTH = 4 };

typedef struct {
	guint8 bytes[PATTERN_LIMIT];
	guint length;
	guint64 breaks; /* inside it: a hyphen, an apostrophe */
	gboolean initials; /* "D.E." */
} Word;

typedef struct {
	Word words[WORDS];
	guint count;
	guint given;     /* [0, given) are given names */
	guint surname;   /* [given, surname) are particles, [surname, count) the surname's core */
	guint entry;
	GArray *patterns;
	GStringChunk *store;
} Name;

static gpointer make_words(gpointer unused)
{
	GHashTable *table = g_hash_table_new(g_str_hash, g_str_equal);

	(void)unused;
#define WORD(word) g_hash_table_add(table, (gpointer)(word));
#include "privacy/words.def"
#undef WORD
	return table;
}

gboolean expand_is_word(const guint8 *bytes, gsize length)
{
	static GOnce once = G_ONCE_INIT;
	GHashTable *table = g_once(&once, make_words, NULL);
	char word[PATTERN_LIMIT + 1];

	if (length <= SHORT_WORD || length > PATTERN_LIMIT)
		return length <= SHORT_WORD;
	memcpy(word, bytes, length);
	word[length] = '\0';
	return g_hash_table_contains(table, word);
}

static gboolean is_particle_bytes(const guint8 *bytes, guint length)
{
	static const char *const particles[] = {"van", "de",  "den", "der", "het", "t",  "ter", "ten", "te",  "op",  "in", "aan", "bij",  "onder", "over", "uit", "voor",
	                                        "la",  "le",  "du",  "des", "el",  "al", "ben", "bin", "von", "zu",  "da", "dos", "di",   "della", "do",   "af",  "tot",
	                                        "s",   "van't", "d", "las", "los", "ait", "ould", "bint", "abu", "y", NULL};

	for (guint i = 0; particles[i] != NULL; i++)
		if (strlen(particles[i]) == length && memcmp(particles[i], bytes, length) == 0)
			return TRUE;
	return FALSE;
}

/* first: of the whole name, where Ben is a given name. */
static gboolean is_particle(const Word *w, gboolean first)
{
	static const char *const given[] = {"ben", "bin", "do", "da", "di", "y", "abu", "in", "af", "al"};

	for (guint i = 0; first && i < G_N_ELEMENTS(given); i++)
		if (strlen(given[i]) == w->length && memcmp(given[i], w->bytes, w->length) == 0)
			return FALSE;
	return is_particle_bytes(w->bytes, w->length);
}

/* ---- reading ---- */

static void read_words(Name *name, const char *text)
{
	Normal n;
	Word *w = NULL;

	normal_init(&n);
	normal_read(&n, text, strlen(text), FALSE);
	for (gsize i = 0; i < n.length; i++) {
		guint gap = n.marks[i] & UNIT_GAP;
		if (w == NULL || gap >= GAP_SPACE) {
			if (name->count == WORDS)
				break;
			w = &name->words[name->count++];
			*w = (Word){.initials = TRUE};
		}
		if (w->length == PATTERN_LIMIT)
			continue;
		if (w->length > 0 && gap >= GAP_JOIN)
			w->breaks |= G_GUINT64_CONSTANT(1) << w->length;
		else if (w->length > 0)
			w->initials = FALSE;
		w->bytes[w->length++] = n.units[i];
	}
	normal_clear(&n);
}

/* "Jansen-de" of a double surname. */
static gboolean ends_in_particle(const Word *w)
{
	guint start = w->length - 1;

	while (start > 0 && ((w->breaks >> start) & 1) == 0)
		start--;
	return start > 0 && is_particle_bytes(w->bytes + start, w->length - start);
}

static void divide(Name *name)
{
	guint i = 0;

	while (i < name->count && !is_particle(&name->words[i], i == 0) && !(i > 0 && ends_in_particle(&name->words[i])))
		i++;
	if (i == name->count) { /* no particle: the last word is the surname */
		name->given = name->count > 1 ? name->count - 1 : name->count;
		name->surname = name->given;
		return;
	}
	name->given = i;
	while (i < name->count - 1 && is_particle(&name->words[i], i == 0))
		i++;
	name->surname = i;
}

/* ---- one pattern ---- */

typedef struct {
	guint8 bytes[PATTERN_LIMIT + 8];
	guint length, words;
	guint64 breaks;
	guint8 capital;
	guint8 flags;
	gboolean whole; /* nothing was left out for want of room */
} Draft;

static void draft_start(Draft *d)
{
	*d = (Draft){.capital = PATTERN_NO_CAPITAL, .whole = TRUE};
}

static void draft_bytes(Draft *d, const guint8 *bytes, guint length, guint64 breaks)
{
	if (length == 0 || !d->whole)
		return;
	d->whole = d->length + length <= PATTERN_LIMIT;
	if (!d->whole)
		return;
	d->breaks |= breaks << d->length;
	if (d->length > 0)
		d->breaks |= G_GUINT64_CONSTANT(1) << d->length;
	memcpy(d->bytes + d->length, bytes, length);
	d->length += length;
	d->words++;
}

static void draft_word(Draft *d, const Word *w)
{
	draft_bytes(d, w->bytes, w->length, w->breaks);
}

static void draft_words(Draft *d, const Name *name, guint first, guint last)
{
	for (guint i = first; i < last; i++)
		draft_word(d, &name->words[i]);
}

static void draft_end(Draft *d, const Name *name)
{
	NamePattern p = {.entry = name->entry, .length = d->length, .breaks = d->breaks, .capital = d->capital, .flags = d->flags};

	if (!d->whole || d->length < 2)
		return;
	p.bytes = (const guint8 *)g_string_chunk_insert_len(name->store, (const char *)d->bytes, d->length);
	g_array_append_val(name->patterns, p);
}

/* ---- the variants ---- */

/* The ways to write the particles: 0 in full, 1 by first letters ("v d"), 2 the first one by its letter ("v den"), 3 all but the first by
 * theirs ("van d"), 4 left out. */
enum { PARTICLE_WAYS = 5, PARTICLES_FULL = 0, PARTICLES_ABSENT = 4 };

static gboolean draft_particles(Draft *d, const Name *name, guint way)
{
	guint count = name->surname - name->given;

	if ((count == 0 && way != PARTICLES_FULL) || (count == 1 && (way == 2 || way == 3)))
		return FALSE;
	for (guint i = 0; i < count && way != PARTICLES_ABSENT; i++) {
		const Word *w = &name->words[name->given + i];
		gboolean letter = way == 1 || (way == 2 && i == 0) || (way == 3 && i > 0);
		draft_bytes(d, w->bytes, letter ? 1 : w->length, 0);
	}
	return TRUE;
}

static gboolean core_is_word(const Name *name)
{
	for (guint i = name->surname; i < name->count; i++)
		if (!expand_is_word(name->words[i].bytes, name->words[i].length))
			return FALSE;
	return TRUE;
}

static void draft_core(Draft *d, const Name *name, gboolean capital)
{
	guint at = d->length;

	draft_words(d, name, name->surname, name->count);
	if (capital && core_is_word(name))
		d->capital = (guint8)at;
}

/* "van den Berg" is no word, though "berg" is. */
static void draft_kin(Draft *d)
{
	if (d->whole && d->length >= KIN_LENGTH && !expand_is_word(d->bytes, d->length))
		d->flags |= PATTERN_KIN;
}

/* What stands between the hyphens of a word, from so many letters on; whole: the word itself, too, where it has none. */
static void add_parts(const Name *name, const Word *w, guint least, gboolean whole)
{
	for (guint start = 0, k = 1; k <= w->length; k++) {
		const guint length = k - start;
		Draft d;
		if (k < w->length && ((w->breaks >> k) & 1) == 0)
			continue;
		draft_start(&d);
		draft_bytes(&d, w->bytes + start, length, 0);
		if (expand_is_word(w->bytes + start, length))
			d.capital = 0;
		draft_kin(&d);
		if (length >= least && (length < w->length || whole) && !is_particle_bytes(w->bytes + start, length))
			draft_end(&d, name);
		start = k;
	}
}

static void add_given(const Name *name)
{
	for (guint i = 0; i < name->given; i++) {
		const Word *w = &name->words[i];
		Draft d;
		if (w->initials && w->breaks != 0)
			continue;
		draft_start(&d);
		draft_word(&d, w);
		if (expand_is_word(w->bytes, w->length))
			d.capital = 0;
		draft_kin(&d);
		draft_end(&d, name);
		add_parts(name, w, 4, FALSE); /* "Bella" of "Anna-Bella" */
	}
	if (name->given > 1) {
		Draft d;
		draft_start(&d);
		draft_words(&d, name, 0, name->given);
		draft_end(&d, name);
	}
}

static void add_surname(const Name *name)
{
	if (name->surname == name->count)
		return;
	for (guint way = 0; way < PARTICLE_WAYS; way++) {
		Draft d;
		draft_start(&d);
		if (!draft_particles(&d, name, way))
			continue;
		draft_core(&d, name, way == PARTICLES_FULL || way == PARTICLES_ABSENT);
		draft_kin(&d);
		draft_end(&d, name);
	}
	for (guint i = name->surname; i < name->count; i++) /* "Jansen" of "Jansen-de Boer" */
		add_parts(name, &name->words[i], 3, name->count - name->surname > 1);
}

static gboolean is_anywhere(const Draft *d)
{
	return d->words > 1 && d->length >= ANYWHERE_LENGTH;
}

/* Given names [0, given) with the surname behind them, and before them. */
static void add_full(const Name *name, guint given)
{
	for (guint way = 0; way < PARTICLE_WAYS; way++) {
		Draft d;
		draft_start(&d);
		draft_words(&d, name, 0, given);
		if (draft_particles(&d, name, way)) {
			draft_core(&d, name, FALSE);
			d.flags = is_anywhere(&d) ? PATTERN_ANYWHERE : 0;
			draft_end(&d, name);
		}
		draft_start(&d);
		if ((way == PARTICLES_FULL || way == PARTICLES_ABSENT) && draft_particles(&d, name, way)) {
			draft_core(&d, name, FALSE);
			draft_words(&d, name, 0, given);
			d.flags = is_anywhere(&d) ? PATTERN_ANYWHERE : 0;
			draft_end(&d, name);
		}
	}
}

static guint initials_of(const Name *name, guint given, guint8 *letters)
{
	guint count = 0;

	for (guint i = 0; i < given; i++) {
		const Word *w = &name->words[i];
		for (guint k = 0; k < w->length && count < WORDS; k++)
			if (k == 0 || (w->initials && ((w->breaks >> k) & 1)))
				letters[count++] = w->bytes[k];
	}
	return count;
}

static void draft_initials(Draft *d, const guint8 *letters, guint count)
{
	for (guint i = 0; i < count; i++)
		draft_bytes(d, letters + i, 1, 0);
}

/* "D.E.": of all given names, when there are several. */
static void add_given_initials(const Name *name)
{
	guint8 letters[WORDS];
	guint count = initials_of(name, name->given, letters);
	Draft d;

	if (count < 2)
		return;
	draft_start(&d);
	draft_initials(&d, letters, count);
	d.flags = PATTERN_DOTTED;
	draft_end(&d, name);
}

/* "P.J." of Pieter Jansen, "P.d.J." and "P.J." of Pieter de Jong. */
static void add_short_initials(const Name *name, guint given)
{
	static const char others[][3] = {"bv", "nv", "vs", "vn", "ps", "nb", "eu", "dc", "id", "iq", "tv", "cd", "pc", "im", "ad", "vc"};
	guint8 letters[WORDS];
	guint count = initials_of(name, given, letters);
	Draft d;

	draft_start(&d);
	draft_initials(&d, letters, count);
	draft_bytes(&d, name->words[name->surname].bytes, 1, 0);
	for (guint i = 0; d.length == 2 && i < G_N_ELEMENTS(others); i++)
		if (memcmp(d.bytes, others[i], 2) == 0)
			return;
	d.flags = PATTERN_DOTTED | PATTERN_ALONE;
	draft_end(&d, name);
}

/* Initials with the surname, or with its first letter. */
static void add_initials(const Name *name, guint given)
{
	guint8 letters[WORDS];
	guint count = initials_of(name, given, letters);

	for (guint way = 0; way < PARTICLE_WAYS; way++) {
		Draft d;
		draft_start(&d);
		draft_initials(&d, letters, count);
		if (!draft_particles(&d, name, way))
			continue;
		draft_core(&d, name, TRUE);
		draft_end(&d, name);
		draft_start(&d);
		draft_initials(&d, letters, count);
		draft_particles(&d, name, way);
		draft_bytes(&d, name->words[name->surname].bytes, 1, 0);
		d.flags = PATTERN_INITIALS;
		d.capital = 0;
		if (d.words > 2)
			draft_end(&d, name);
	}
}

/* "vermeulend": a word and a letter, never apart. */
static void add_joined(const Name *name, const Word *w, guint8 letter)
{
	Draft d;

	if (w->length < 5 || expand_is_word(w->bytes, w->length))
		return;
	draft_start(&d);
	draft_word(&d, w);
	draft_bytes(&d, &letter, 1, 0);
	d.flags = PATTERN_JOINED;
	draft_end(&d, name);
}

/* "denisevdb" */
static void add_handle(const Name *name)
{
	Draft d;

	add_joined(name, &name->words[0], name->words[name->surname].bytes[0]);
	add_joined(name, &name->words[name->count - 1], name->words[0].bytes[0]);
	draft_start(&d);
	draft_word(&d, &name->words[0]);
	draft_particles(&d, name, 1);
	draft_bytes(&d, name->words[name->surname].bytes, 1, 0);
	if (d.words > 2 && name->words[0].length > 2)
		draft_end(&d, name);
}

static gboolean expand_as_written(const char *text, guint entry, GArray *patterns, GStringChunk *store)
{
	Name name = {.entry = entry, .patterns = patterns, .store = store};

	read_words(&name, text);
	if (name.count == 0)
		return FALSE;
	divide(&name);
	add_given(&name);
	add_given_initials(&name);
	add_surname(&name);
	if (name.given == 0 || name.surname == name.count)
		return TRUE;
	add_full(&name, name.given);
	add_initials(&name, name.given);
	add_short_initials(&name, name.given);
	if (name.given > 1) {
		add_full(&name, 1);
		add_initials(&name, 1);
		add_short_initials(&name, 1);
	}
	add_handle(&name);
	return TRUE;
}

/* In the letters of somebody who has not got the right ones: Müller as Mueller, Đorđević as Djordjević, Wijs as Wys. NULL: there is no such way. The caller's. */
static char *spell_out(const char *text)
{
	static const struct {
		const char *letter, *instead;
	} ways[] = {{"ä", "ae"}, {"ö", "oe"}, {"đ", "dj"}, {"Đ", "Dj"}, {"ü", "ue"}, {"å", "aa"}, {"Ä", "Ae"}, {"Ö", "Oe"}, {"Ü", "Ue"}, {"Å", "Aa"}, {"ij", "y"}, {"IJ", "Y"}, {"Ij", "Y"}, {"ĳ", "y"}, {"Ĳ", "Y"}};
	char *out = g_utf8_normalize(text, -1, G_NORMALIZE_DEFAULT_COMPOSE);

	for (guint i = 0; out != NULL && i < G_N_ELEMENTS(ways); i++) {
		g_auto(GStrv) parts = g_strsplit(out, ways[i].letter, -1);
		g_free(out);
		out = g_strjoinv(ways[i].instead, parts);
	}
	if (out != NULL && strcmp(out, text) == 0)
		g_clear_pointer(&out, g_free);
	return out;
}

/* Whether all the words are particles: "van den". */
static gboolean is_all_particles(const char *text)
{
	Name name = {0};

	read_words(&name, text);
	for (guint i = 0; i < name.count; i++)
		if (!is_particle_bytes(name.words[i].bytes, name.words[i].length))
			return FALSE;
	return name.count > 0;
}

/* As registers have it: "Berg, Denise van den", "Berg, van den, Denise" or "Berg, Denise, van den", surname last. NULL: there is no comma. The caller's. */
static char *surname_last(const char *text)
{
	g_auto(GStrv) parts = g_strsplit(text, ",", 3);

	switch (g_strv_length(parts)) {
	case 2:
		return g_strdup_printf("%s %s", parts[1], parts[0]);
	case 3:
		return is_all_particles(parts[1]) ? g_strdup_printf("%s %s %s", parts[2], parts[1], parts[0]) : g_strdup_printf("%s %s %s", parts[1], parts[2], parts[0]);
	default:
		return NULL;
	}
}

gboolean expand_name(const char *text, guint entry, GArray *patterns, GStringChunk *store)
{
	g_autofree char *turned = surname_last(text), *other = spell_out(turned != NULL ? turned : text);

	if (other != NULL)
		expand_as_written(other, entry, patterns, store);
	return expand_as_written(turned != NULL ? turned : text, entry, patterns, store);
}

static gboolean expand_words(const char *words, guint8 flags, guint entry, GArray *patterns, GStringChunk *store)
{
	Name name = {.entry = entry, .patterns = patterns, .store = store};
	Draft d;

	read_words(&name, words);
	draft_start(&d);
	draft_words(&d, &name, 0, name.count);
	d.flags = flags;
	draft_end(&d, &name);
	return name.count > 0 && d.whole;
}

gboolean expand_allowed(const char *words, guint entry, GArray *patterns, GStringChunk *store)
{
	return expand_words(words, PATTERN_ALLOW, entry, patterns, store);
}

void expand_told(const char *word, guint what, GArray *patterns, GStringChunk *store)
{
	expand_words(word, PATTERN_TOLD, what, patterns, store);
}
