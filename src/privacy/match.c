/* Names in a normal form: what the automaton finds is judged by what stands before it, in it and behind it. */
#include "privacy/room.h"

#include <string.h>

enum { ENDING_LIMIT = 6, HYPHEN_LENGTH = 4 /* units a word must have to be seen when hyphens or spaces divide it */ };

static gboolean is_capital(const Normal *n, gsize i)
{
	return (n->marks[i] & UNIT_CAPITAL) != 0;
}

static Gap gap_before(const Normal *n, gsize i)
{
	return n->marks[i] & UNIT_GAP;
}

gboolean match_is_boundary(const Normal *n, gsize i)
{
	if (i == 0 || i >= n->length || gap_before(n, i) >= GAP_MARKUP)
		return TRUE;
	if ((n->marks[i] & UNIT_DIGIT) != (n->marks[i - 1] & UNIT_DIGIT))
		return TRUE;
	return is_capital(n, i) && !is_capital(n, i - 1);
}

/* What may stand between a name's last letter and the end of the word: genitive and diminutive, the last letter doubled before etje
 * (Bram, Brammetje), a vowel doubled before tje (Emma, Emmaatje). */
static gboolean is_ending(const guint8 *ending, gsize length, guint8 last)
{
	static const char *const endings[] = {"s", "je", "tje", "pje", "etje", "kje", "ke", "ie"};

	if (length > 1 && ending[0] == last) {
		if (length >= 5 && memcmp(ending + 1, "etje", 4) == 0)
			return length == 5 || (length == 6 && ending[5] == 's');
		ending++;
		length--;
		if (!(length >= 3 && memcmp(ending, "tje", 3) == 0))
			return FALSE;
	}
	for (guint i = 0; i < G_N_ELEMENTS(endings); i++) {
		gsize k = strlen(endings[i]);
		if (length >= k && memcmp(ending, endings[i], k) == 0 && (length == k || (k > 1 && length == k + 1 && ending[k] == 's')))
			return TRUE;
	}
	return FALSE;
}

/* The unit behind the name and its ending, or 0: the word goes on otherwise. */
static gsize name_end(const Normal *n, gsize end)
{
	gsize stop = end;

	if (match_is_boundary(n, end))
		return end;
	while (stop < n->length && stop - end <= ENDING_LIMIT && !match_is_boundary(n, stop))
		stop++;
	if (stop - end > ENDING_LIMIT || !is_ending(n->units + end, stop - end, n->units[end - 1]))
		return 0;
	return end;
}

/* A word for kin at unit i, whatever follows it ("gezin", "gezinslid"); or, before, one that ends there. */
static gboolean is_kin(const Normal *n, gsize i, gboolean before)
{
	static const char *const words[] = {"gezin", "familie", "fam", "kind", "huis", "broer", "broertje", "broers", "zus", "zusje", "zussen", "moeder", "vader", "ouder", "ouders", "kinderen",
	                                    "oma", "opa", "oom", "tante", "neef", "nicht", "zoon", "dochter", "jongen", "meisje", "tweeling", "dossier", "casus", "zaak", "meneer", "mevrouw"};

	for (guint k = 0; k < G_N_ELEMENTS(words); k++) {
		gsize length = strlen(words[k]);
		if (before ? i >= length && memcmp(n->units + i - length, words[k], length) == 0 : i + length <= n->length && memcmp(n->units + i, words[k], length) == 0)
			return TRUE;
	}
	return FALSE;
}

/* "Jansengezin", "Jansensgezin", "familiejansen". */
static gboolean is_among_kin(const Normal *n, gsize start, gsize end)
{
	gboolean opens = match_is_boundary(n, start), closes = name_end(n, end) != 0;

	opens = opens || is_kin(n, start, TRUE);
	closes = closes || is_kin(n, end, FALSE) || (end < n->length && n->units[end] == 's' && is_capital(n, start) && is_kin(n, end + 1, FALSE));
	return opens && closes;
}

/* A row of single capitals (D E N I S E) or of hyphens within words: every gap alike. */
static gboolean is_spread(const Normal *n, gsize start, const NamePattern *p)
{
	for (guint i = 1; i < p->length; i++)
		if (((p->breaks >> i) & 1) == 0 && gap_before(n, start + i) != GAP_SPACE)
			return FALSE;
	return p->length >= HYPHEN_LENGTH;
}

/* "DvdB": nothing in between, a capital at either end and at no other place. */
static gboolean is_monogram(const Normal *n, gsize start, const NamePattern *p)
{
	for (guint i = 1; i < p->length; i++)
		if (gap_before(n, start + i) != GAP_NONE || is_capital(n, start + i) != (i + 1 == p->length))
			return FALSE;
	return is_capital(n, start);
}

/* One of the words is the whole word at unit i: its length; 0: none is. */
static gsize word_among(const Normal *n, gsize i, const char *const *words)
{
	for (; *words != NULL; words++) {
		gsize length = strlen(*words);
		if (i + length <= n->length && memcmp(n->units + i, *words, length) == 0 && (i + length == n->length || gap_before(n, i + length) >= GAP_JOIN))
			return length;
	}
	return 0;
}

/* A surname, perhaps with particles before it: "P.J. Boer", "P.J. van der Boer"; no word with which a sentence may begin: "P.J. Hij zei". */
static gboolean is_before_surname(const Normal *n, gsize end)
{
	static const char *const particles[] = {"van", "de", "den", "der", "ter", "ten", "te", "t", "el", NULL};
	static const char *const others[] = {"hij",  "zij",   "ze",   "ik",  "we",   "wij",   "je",   "jij",  "het",    "een",  "er",   "dat", "die",  "dit",  "deze", "toen",
	                                     "daar", "daarna", "later", "nu", "maar", "en",    "of",   "want", "omdat", "als",  "in",   "op",  "na",   "voor", "met",  "bij",
	                                     "ook",  "wat",   "wie",  "waar", "hoe", "haar",  "zijn", "mijn", "onze",  "dan",  "niet", "geen", "volgens", "tijdens", NULL};
	gsize i = end, length;

	if (i < n->length && is_capital(n, i) && word_among(n, i, others) > 0)
		return FALSE;
	while (i < n->length && gap_before(n, i) <= GAP_SPACE && (length = word_among(n, i, particles)) > 0)
		i += length;
	return i + 1 < n->length && gap_before(n, i) <= GAP_SPACE && is_capital(n, i) && gap_before(n, i + 1) == GAP_NONE && !is_capital(n, i + 1);
}

/* "D.E." and "D. E.": not a part of more initials. */
static gboolean is_dotted(const Normal *n, gsize end, const NamePattern *p, const char *text, gsize size)
{
	gsize start = end - p->length;

	for (gsize i = start; i < end; i++) {
		gsize stop = n->from[i] + normal_width(text, size, n->from[i]);
		if (!is_capital(n, i) || stop >= size || text[stop] != '.' || (i > start && gap_before(n, i) == GAP_STOP))
			return FALSE;
	}
	if ((p->flags & PATTERN_ALONE) != 0 && is_before_surname(n, end))
		return FALSE;
	if (n->from[start] > 1 && text[n->from[start] - 1] == '.' && g_ascii_isupper(text[n->from[start] - 2]))
		return FALSE;
	return match_is_boundary(n, start) && (end == n->length || gap_before(n, end) != GAP_JOIN || !is_capital(n, end));
}

static gboolean gaps_fit(const Normal *n, gsize start, const NamePattern *p)
{
	if ((p->flags & PATTERN_INITIALS) != 0 && is_monogram(n, start, p))
		return TRUE;
	if ((p->flags & PATTERN_JOINED) != 0 && gap_before(n, start + p->length - 1) > GAP_FORMAT)
		return FALSE;
	for (guint i = 1; i < p->length; i++) {
		Gap gap = gap_before(n, start + i);
		gboolean word = (p->breaks >> i) & 1;
		if (gap == GAP_STOP)
			return FALSE;
		if ((p->flags & PATTERN_INITIALS) != 0) {
			if (word && gap < GAP_JOIN && !match_is_boundary(n, start + i))
				return FALSE;
			if (!word && gap != GAP_NONE)
				return FALSE;
			continue;
		}
		if (word || gap <= GAP_LINE)
			continue;
		if (gap == GAP_JOIN && p->length >= HYPHEN_LENGTH)
			continue;
		if (gap == GAP_SPACE && is_spread(n, start, p))
			return TRUE;
		return FALSE;
	}
	return TRUE;
}

/* "van-den-berg": hyphens, dots or nothing between all of its words, as in the name of a file. */
static gboolean is_joined(const Normal *n, gsize start, const NamePattern *p)
{
	for (guint i = 1; i < p->length; i++)
		if (gap_before(n, start + i) > GAP_JOIN)
			return FALSE;
	return TRUE;
}

/* Written as one word a surname with its particles is no phrase: no capital is asked then. */
static gboolean capital_fits(const Normal *n, gsize start, const NamePattern *p)
{
	gsize at = start + p->capital;

	if (p->capital == PATTERN_NO_CAPITAL || is_capital(n, at))
		return TRUE;
	return p->capital > 1 && (gap_before(n, at) < GAP_MARKUP || is_joined(n, start, p));
}

static gboolean fits(const Normal *n, gsize end, const NamePattern *p)
{
	gsize start = end - p->length;

	if ((p->flags & PATTERN_ANYWHERE) == 0 && (!match_is_boundary(n, start) || name_end(n, end) == 0) &&
	    ((p->flags & PATTERN_KIN) == 0 || !is_among_kin(n, start, end)))
		return FALSE;
	if ((p->flags & PATTERN_INITIALS) != 0 && (!match_is_boundary(n, end) || !is_capital(n, end - 1)))
		return FALSE;
	return capital_fits(n, start, p) && gaps_fit(n, start, p);
}

static void add_hit(const Normal *n, gsize end, const NamePattern *p, const char *text, gsize size, GArray *hits)
{
	gsize first = n->from[end - p->length], last = n->from[end - 1];
	PrivacyHit hit = {PRIVACY_NAME, (p->flags & PATTERN_ALLOW) != 0 ? 0 : p->entry, first, last + normal_width(text, size, last) - first};

	g_array_append_val(hits, hit);
}

void match_names(const NameTable *table, const Normal *n, const char *text, gsize size, GArray *told, GArray *hits)
{
	guint32 state = 0;
	gsize end = 0;

	while (automaton_find(table->automaton, n->units, n->length, &end, &state)) {
		guint32 at = state;
		guint first, last;
		while (automaton_next(table->automaton, &at, &first, &last)) {
			for (guint k = first; k < last; k++) {
				const NamePattern *p = &g_array_index(table->patterns, NamePattern, k);
				const Told word = {p->entry, end - p->length, end};
				if ((p->flags & PATTERN_TOLD) != 0) {
					if (match_is_boundary(n, word.start))
						g_array_append_val(told, word);
					continue;
				}
				if ((p->flags & PATTERN_DOTTED) != 0 ? !is_dotted(n, end, p, text, size) : !fits(n, end, p))
					continue;
				add_hit(n, end, p, text, size, hits);
				if ((p->flags & PATTERN_ALLOW) == 0)
					break; /* the first entry that has this name stands for all */
			}
		}
	}
}
