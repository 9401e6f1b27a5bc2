/* Suggestions to be less exact: places and kinds of institutions by one automaton, dates and ages around their numbers. */
#include "privacy/coarse.h"

#include "privacy/prose.h"
#include "privacy/room.h"

#include <string.h>

typedef enum { TERM_PLACE, TERM_INSTITUTION, TERM_YEARS } TermKind;

typedef struct {
	const char *name;
	TermKind kind;
	gboolean special; /* a place: also a word; an institution: also the end of a longer name */
} Term;

static const Term terms[] = {
#define PLACE(name, word) {name, TERM_PLACE, word},
#include "privacy/places.def"
#undef PLACE
#define INSTITUTION(name, inside) {name, TERM_INSTITUTION, inside},
#include "privacy/institutions.def"
#undef INSTITUTION
    {"jaar", TERM_YEARS, FALSE},
};

typedef struct {
	CoarseKind kind;
	gsize first, end; /* units */
	guint term;       /* of a place; else 0 */
} Hit;

struct CoarseScanner {
	const NameTable *table;
	Normal normal;
	GArray *hits;     /* Hit */
	const char *text; /* the prose */
	gsize size;
};

const char *coarse_kind_name(CoarseKind kind, Language language)
{
	static const char *const names[COARSE_KINDS][2] = {{"place", "plaats"}, {"institution", "instelling"}, {"date", "datum"}, {"age", "leeftijd"}};

	return names[kind][language];
}

/* ---- the lists ---- */

/* Bit i: unit i of the name is a capital. */
static guint64 capitals[G_N_ELEMENTS(terms)];

static gpointer make_table(gpointer unused)
{
	NameTable *t = name_table_new();
	Normal n;

	(void)unused;
	normal_init(&n);
	for (guint i = 0; i < G_N_ELEMENTS(terms); i++) {
		expand_allowed(terms[i].name, i, t->patterns, t->store);
		normal_read(&n, terms[i].name, strlen(terms[i].name), FALSE);
		for (gsize k = 0; k < MIN(n.length, PATTERN_LIMIT) && terms[i].kind == TERM_PLACE; k++)
			capitals[i] |= (guint64)((n.marks[k] & UNIT_CAPITAL) != 0) << k;
	}
	normal_clear(&n);
	name_table_seal(t);
	return t;
}

CoarseScanner *coarse_scanner_new(void)
{
	static GOnce once = G_ONCE_INIT;
	CoarseScanner *s = g_new0(CoarseScanner, 1);

	s->table = g_once(&once, make_table, NULL);
	normal_init(&s->normal);
	s->hits = g_array_new(FALSE, FALSE, sizeof(Hit));
	return s;
}

void coarse_scanner_free(CoarseScanner *s)
{
	if (s == NULL)
		return;
	normal_clear(&s->normal);
	g_array_unref(s->hits);
	g_free(s);
}

/* ---- around a word ---- */

static gboolean is_capital(const CoarseScanner *s, gsize i)
{
	return i < s->normal.length && (s->normal.marks[i] & UNIT_CAPITAL) != 0;
}

static Gap gap_before(const CoarseScanner *s, gsize i)
{
	return s->normal.marks[i] & UNIT_GAP;
}

static gsize unit_end(const CoarseScanner *s, gsize unit)
{
	gsize last = s->normal.from[unit - 1];

	return last + normal_width(s->text, s->size, last);
}

static gsize word_end(const CoarseScanner *s, gsize i)
{
	if (i < s->normal.length)
		i++;
	while (i < s->normal.length && !match_is_boundary(&s->normal, i))
		i++;
	return i;
}

static gsize word_start(const CoarseScanner *s, gsize i)
{
	while (i > 0 && !match_is_boundary(&s->normal, i))
		i--;
	return i;
}

/* Nothing but blanks, emphasis, quotation marks or a hyphen, on one line or over one line end. */
static gboolean stands_beside(const CoarseScanner *s, gsize unit)
{
	static const char between[] = " \t\r\n*_\"'`-";
	static const char *const marks[] = {"\xe2\x80\x9c", "\xe2\x80\x98", "\xe2\x80\x9e", "\xe2\x80\x99", "\xe2\x80\x9d", "\xc2\xa0"};
	guint lines = 0;

	if (unit == 0 || unit >= s->normal.length)
		return FALSE;
	for (gsize at = unit_end(s, unit); at < s->normal.from[unit];) {
		gsize length = strchr(between, s->text[at]) != NULL ? 1 : 0;
		lines += s->text[at] == '\n';
		for (guint i = 0; i < G_N_ELEMENTS(marks) && length == 0; i++)
			if (g_str_has_prefix(s->text + at, marks[i]))
				length = strlen(marks[i]);
		if (length == 0 || lines > 1)
			return FALSE;
		at += length;
	}
	return TRUE;
}

/* The first word of a sentence, a heading, an item or a cell: its capital tells nothing. */
static gboolean starts_sentence(const CoarseScanner *s, gsize unit)
{
	gsize at = s->normal.from[unit];
	guint lines = 0;

	while (at > 0) {
		char c = s->text[at - 1];
		lines += c == '\n';
		if (lines > 1)
			return TRUE;
		if (strchr(" \t\r\n*_\"'(`>", c) == NULL && !((guchar)c >= 0x80 && at >= 3 && memcmp(s->text + at - 3, "\xe2\x80", 2) == 0))
			return strchr(".!?:;|#=", c) != NULL || (c == '-' && at < s->normal.from[unit] && s->text[at] == ' ');
		at--;
	}
	return TRUE;
}

static gboolean word_is(const CoarseScanner *s, gsize first, gsize end, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strlen(*words) == end - first && memcmp(s->normal.units + first, *words, end - first) == 0)
			return TRUE;
	return FALSE;
}

static void add_hit(CoarseScanner *s, CoarseKind kind, gsize first, gsize end, guint term)
{
	const Hit hit = {kind, first, end, term};

	g_array_append_val(s->hits, hit);
}

/* ---- places ---- */

/* As the list writes it: capitals where it has them, spaces or hyphens between its words, nothing within them. */
static gboolean is_written_so(const CoarseScanner *s, gsize start, const NamePattern *p)
{
	for (guint i = 0; i < p->length; i++) {
		if (((capitals[p->entry] >> i) & 1) != 0 && !is_capital(s, start + i))
			return FALSE;
		if (i > 0 && ((p->breaks >> i) & 1) == 0 && gap_before(s, start + i) > GAP_LINE)
			return FALSE;
		if (i > 0 && ((p->breaks >> i) & 1) != 0 && (gap_before(s, start + i) < GAP_MARKUP || gap_before(s, start + i) == GAP_STOP))
			return FALSE;
	}
	return TRUE;
}

static void judge_place(CoarseScanner *s, gsize start, gsize end, const NamePattern *p)
{
	static const char *const endings[] = {"s", "se", "er", "ers", NULL}, *const surname[] = {"van", "der", "den", "de", NULL};
	gboolean word = terms[p->entry].special;
	gsize stop = end, before;

	if (!match_is_boundary(&s->normal, start) || !is_written_so(s, start, p))
		return;
	if (!match_is_boundary(&s->normal, end))
		stop = word_end(s, end);
	if (stop > end && (word || p->length < 4 || !word_is(s, end, stop, endings)))
		return;
	if (word && starts_sentence(s, start))
		return;
	before = start > 0 ? word_start(s, start - 1) : 0;
	if (word && start > 0 && is_capital(s, before) && word_is(s, before, start, surname) && stands_beside(s, start)) /* mevrouw Van Buren */
		return;
	add_hit(s, COARSE_PLACE, start, stop, p->entry);
}

/* ---- institutions ---- */

/* The end of a name that begins with this word; article and saint take the next word along. */
static gsize name_end(const CoarseScanner *s, gsize first)
{
	static const char *const openers[] = {"de", "het", "t", "den", "sint", "st", "van", "op", "in", "ons", "onze", NULL};
	gsize end = word_end(s, first);

	while (end < s->normal.length && word_is(s, first, end, openers) && stands_beside(s, end)) {
		first = end;
		end = word_end(s, end);
	}
	return end;
}

static void judge_institution(CoarseScanner *s, gsize start, gsize end, const NamePattern *p)
{
	static const char *const no_names[] = {"nederland", "nederlandse", "ik", "i", "u", NULL};
	gsize first, before;

	if (!match_is_boundary(&s->normal, end))
		return;
	first = word_start(s, start);
	if (first < start && !terms[p->entry].special)
		return;
	for (guint i = 1; i < p->length; i++)
		if (gap_before(s, start + i) > GAP_LINE && ((p->breaks >> i) & 1) == 0)
			return;
	if (is_capital(s, end) && stands_beside(s, end) && !word_is(s, end, word_end(s, end), no_names)) {
		add_hit(s, COARSE_INSTITUTION, first, name_end(s, end), 0);
		return;
	}
	if (!terms[p->entry].special || !is_capital(s, first) || starts_sentence(s, first))
		return;
	before = first > 0 ? word_start(s, first - 1) : 0;
	if (first < start)
		add_hit(s, COARSE_INSTITUTION, first, end, 0);
	else if (first > 0 && is_capital(s, before) && stands_beside(s, first) && !starts_sentence(s, before))
		add_hit(s, COARSE_INSTITUTION, before, end, 0);
}

/* ---- ages ---- */

static gboolean is_number(const CoarseScanner *s, gsize first, gsize end)
{
	static const char *const words[] = {"een",   "twee",   "drie",    "vier",    "vijf",    "zes",     "zeven",    "acht",     "negen",   "tien", "elf",
	                                    "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig", NULL};
	gboolean digits = end > first && end - first <= 2;

	for (gsize i = first; i < end; i++)
		digits = digits && (s->normal.marks[i] & UNIT_DIGIT) != 0;
	return digits || word_is(s, first, end, words);
}

/* 14 jaar en 3 maanden, veertien jaar, drie maanden. */
static void judge_years(CoarseScanner *s, gsize start, gsize end)
{
	static const char *const and[] = {"en", NULL}, *const parts[] = {"maand", "maanden", "week", "weken", "dag", "dagen", NULL};
	gsize first, number = end, unit, stop;

	if (start == 0 || !match_is_boundary(&s->normal, start) || !match_is_boundary(&s->normal, end))
		return;
	first = word_start(s, start - 1);
	if (!is_number(s, first, start))
		return;
	if (word_is(s, number, word_end(s, number), and))
		number = word_end(s, number);
	unit = word_end(s, number);
	stop = word_end(s, unit);
	if (stop > unit && is_number(s, number, unit) && word_is(s, unit, stop, parts))
		add_hit(s, COARSE_AGE, first, stop, 0);
}

/* ---- looking ---- */

static void judge(CoarseScanner *s, gsize end, const NamePattern *p)
{
	gsize start = end - p->length;

	switch (terms[p->entry].kind) {
	case TERM_PLACE:
		judge_place(s, start, end, p);
		break;
	case TERM_INSTITUTION:
		judge_institution(s, start, end, p);
		break;
	case TERM_YEARS:
		judge_years(s, start, end);
		break;
	}
}

static void find_words(CoarseScanner *s)
{
	const Automaton *a = s->table->automaton;
	guint32 state = 0;
	gsize end = 0;

	while (automaton_find(a, s->normal.units, s->normal.length, &end, &state)) {
		guint32 at = state;
		guint first, last;
		while (automaton_next(a, &at, &first, &last))
			for (guint k = first; k < last; k++)
				judge(s, end, &g_array_index(s->table->patterns, NamePattern, k));
	}
}

static void find_dates(CoarseScanner *s)
{
	gsize done = 0;

	for (guint i = 0; i < s->normal.numbers->len; i++) {
		gsize start = g_array_index(s->normal.numbers, guint32, i), end, first;
		if (start < done)
			continue;
		end = match_date(&s->normal, s->text, s->size, start, &first);
		if (end > 0) {
			add_hit(s, COARSE_DATE, first, end, 0);
			done = end;
		}
	}
}

/* Where several begin, the longest; what stands within another is left out. */
static int compare_hits(gconstpointer a, gconstpointer b)
{
	const Hit *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->end != y->end ? (x->end > y->end ? -1 : 1) : (int)x->kind - (int)y->kind;
}

static void settle(CoarseScanner *s)
{
	guint kept = 0;
	gsize end = 0;

	g_array_sort(s->hits, compare_hits);
	for (guint i = 0; i < s->hits->len; i++) {
		const Hit hit = g_array_index(s->hits, Hit, i);
		if (hit.first < end)
			continue;
		end = hit.end;
		g_array_index(s->hits, Hit, kept++) = hit;
	}
	g_array_set_size(s->hits, kept);
}

/* ---- telling ---- */

typedef struct {
	CoarseScanner *s;
	Locator *locator;
	GArray *allowances;
	GHashTable *seen; /* what was told -> how often it comes again */
	Diagnostics *d;
} Telling;

static gboolean is_allowed(const Telling *t, const Hit *hit, int line)
{
	gboolean allowed = FALSE;

	for (guint i = 0; i < t->allowances->len; i++) {
		Allowance *a = &g_array_index(t->allowances, Allowance, i);
		if (a->line == line && ((a->kinds >> hit->kind) & 1) != 0)
			allowed = a->used[hit->kind] = TRUE;
	}
	return allowed;
}

/* The words as they stand, on one line; of a place its name. The caller's. */
static char *hit_text(const CoarseScanner *s, const Hit *hit)
{
	gsize from = s->normal.from[hit->first];

	if (hit->kind == COARSE_PLACE)
		return g_strdup(terms[hit->term].name);
	char *text = g_strndup(s->text + from, unit_end(s, hit->end) - from);

	return g_strdelimit(text, "\r\n\t", ' ');
}

/* The same place or words: one key. The caller's. */
static char *hit_key(const CoarseScanner *s, const Hit *hit)
{
	if (hit->kind == COARSE_PLACE)
		return g_strdup(terms[hit->term].name);
	return g_strndup((const char *)s->normal.units + hit->first, hit->end - hit->first);
}

/* Counts first, so that the first can tell how many follow. */
static GArray *open_hits(Telling *t)
{
	GArray *open = g_array_new(FALSE, FALSE, sizeof(Hit));

	for (guint i = 0; i < t->s->hits->len; i++) {
		const Hit *hit = &g_array_index(t->s->hits, Hit, i);
		int line = locator_position(t->locator, t->s->normal.from[hit->first], NULL).line;
		char *key = hit_key(t->s, hit);
		guint count;
		if (is_allowed(t, hit, line)) {
			g_free(key);
			continue;
		}
		count = GPOINTER_TO_UINT(g_hash_table_lookup(t->seen, key));
		if (count == 0)
			g_array_append_val(open, *hit);
		g_hash_table_insert(t->seen, key, GUINT_TO_POINTER(count + 1));
	}
	return open;
}

static void tell(const Telling *t, const Hit *hit)
{
	static const MessageId messages[] = {MSG_COARSE_PLACE, MSG_COARSE_INSTITUTION, MSG_COARSE_DATE, MSG_COARSE_AGE};
	g_autofree char *text = hit_text(t->s, hit), *key = hit_key(t->s, hit);
	const Position at = locator_position(t->locator, t->s->normal.from[hit->first], NULL);
	guint more = GPOINTER_TO_UINT(g_hash_table_lookup(t->seen, key)) - 1;
	g_autofree char *en = more > 0 ? g_strdup_printf(" (%u more in this file)", more) : g_strdup("");
	g_autofree char *nl = more > 0 ? g_strdup_printf(" (en nog %u keer in dit bestand)", more) : g_strdup("");
	const char *const english[] = {text, en, NULL}, *const dutch[] = {text, nl, NULL};
	const char *const *const both[2] = {[LANGUAGE_EN] = english, [LANGUAGE_NL] = dutch};

	diagnostics_add_each(t->d, messages[hit->kind], &at, both);
}

static void settle_allowances(const Telling *t, guint allowed[COARSE_KINDS])
{
	for (guint i = 0; i < t->allowances->len; i++) {
		const Allowance *a = &g_array_index(t->allowances, Allowance, i);
		const Position at = locator_position(t->locator, a->offset, NULL);
		for (guint kind = 0; kind < COARSE_KINDS; kind++) {
			if (((a->kinds >> kind) & 1) == 0)
				continue;
			if (allowed != NULL)
				allowed[kind] += a->used[kind] != 0;
			if (!a->used[kind]) {
				const char *const english[] = {coarse_kind_name(kind, LANGUAGE_EN), NULL}, *const dutch[] = {coarse_kind_name(kind, LANGUAGE_NL), NULL};
				const char *const *const both[2] = {[LANGUAGE_EN] = english, [LANGUAGE_NL] = dutch};
				diagnostics_add_each(t->d, MSG_ALLOWANCE_UNUSED, &at, both);
			}
		}
	}
}

void coarse_check(CoarseScanner *s, const char *file, GBytes *bytes, guint allowed[COARSE_KINDS], Diagnostics *d)
{
	g_autoptr(GArray) comments = g_array_new(FALSE, FALSE, sizeof(ProseComment));
	gsize size;
	const char *text = g_bytes_get_data(bytes, &size);
	g_autofree char *prose = size > 0 ? prose_read(text, size, comments) : g_strdup("");
	Locator locator;

	s->text = prose;
	s->size = size;
	g_array_set_size(s->hits, 0);
	normal_read(&s->normal, prose, size, FALSE);
	find_words(s);
	find_dates(s);
	settle(s);
	if (s->hits->len == 0 && comments->len == 0)
		return;
	locator_init(&locator, text, size, file);
	g_autoptr(GArray) allowances = prose_allowances(text, size, comments, &locator, d);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Telling t = {s, &locator, allowances, seen, d};
	g_autoptr(GArray) open = open_hits(&t);
	for (guint i = 0; i < open->len; i++)
		tell(&t, &g_array_index(open, Hit, i));
	settle_allowances(&t, allowed);
	locator_clear(&locator);
}
