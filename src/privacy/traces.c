/* What leads to a person by way of something else: a street with a number, a car, an account, a file at an office. */
#include "privacy/patterns.h"

#include <string.h>

enum { WORD_LIMIT = 40, ACCOUNT_LIMIT = 34, PLATE_LENGTH = 8 };

/* ---- a street and its number ---- */

/* The word that ends at a byte; its first byte. */
static gsize word_start(const Search *s, gsize end)
{
	gsize start = end;

	while (start > 0 && end - start < WORD_LIMIT && (g_ascii_isalpha(s->text[start - 1]) || (guchar)s->text[start - 1] >= 0x80 || s->text[start - 1] == '-'))
		start--;
	return start;
}

static gboolean ends_in(const char *word, gsize length, const char *const *endings)
{
	for (; *endings != NULL; endings++) {
		gsize n = strlen(*endings);
		if (length >= n + 3 && memcmp(word + length - n, *endings, n) == 0)
			return TRUE;
	}
	return FALSE;
}

/* "Lange Voorhout": two words with a capital, the first as streets have it; at a word that ends at end. */
static gboolean is_old_street(const Search *s, gsize start, gsize end, gsize *first)
{
	static const char *const before[] = {"Lange", "Korte", "Oude", "Nieuwe", "Grote", "Kleine", "Hoge", "Lage", "Brede", "Smalle", "Verlengde", "Voorste", "Achterste", "Groene", "Rode", "Witte", "Zwarte", NULL};
	static const char *const no_streets[] = {"Testament", "Wereld", "Oosten", "Jeugdwet", "Wet", "Methode", "Versie", "Beer", NULL};
	g_autofree char *last = g_strndup(s->text + start, end - start), *word = NULL;
	gsize from = start > 0 ? word_start(s, start - 1) : start;

	if (end - start < 4 || !g_ascii_isupper(*last) || g_strv_contains(no_streets, last) || from + 1 >= start || s->text[start - 1] != ' ')
		return FALSE;
	word = g_strndup(s->text + from, start - 1 - from);
	*first = from;
	return g_strv_contains(before, word);
}

/* "Dorpsstraat", "kerkstraat"; roads and dikes with a capital only, for there are other words that end so. */
static gboolean is_street(const char *text, gsize length)
{
	static const char *const sure[] = {"straat", "laan", "gracht", "singel", "plantsoen", "dreef", "kade", "steeg", "str", "str.", NULL};
	static const char *const capital[] = {"weg", "dijk", "plein", "hof", "pad", "erf", "markt", "wal", "meent", "akker", "weide", NULL};
	static const char *const not[] = {"onderweg", "omweg", "uitweg", "terugweg", "heenweg", "snelweg", "leerweg", "zijweg", "barricade", "balustrade", NULL};
	g_autofree char *word = g_ascii_strdown(text, (gssize)length);

	if (g_strv_contains(not, word))
		return FALSE;
	return ends_in(word, length, sure) || (g_ascii_isupper(*text) && ends_in(word, length, capital));
}

/* "nr. ", "nummer " and the like between street and number: where they begin. */
static gsize skip_number_word(const Search *s, gsize end)
{
	static const char *const words[] = {"nr.", "nr", "nummer", "huisnummer", "no.", ","};

	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		gsize n = strlen(words[i]);
		if (end > n && memcmp(s->text + end - n, words[i], n) == 0 && (s->text[end - n - 1] == ' ' || *words[i] == ',')) {
			end -= n;
			while (end > 0 && s->text[end - 1] == ' ')
				end--;
			break;
		}
	}
	return end;
}

gboolean trace_address(Search *s, const Digits *d)
{
	gsize at = s->n->from[d->starts[0]], behind = pattern_unit_end(s, d->starts[0] + d->groups[0]), end = at, start;
	gboolean year = d->groups[0] == 4 && (memcmp(d->digits, "19", 2) == 0 || memcmp(d->digits, "20", 2) == 0);

	if (d->groups[0] > 4 || d->digits[0] == '0' || year || at == 0 || s->text[at - 1] != ' ')
		return FALSE;
	if (behind + 1 < s->size && (s->text[behind] == '%' || (strchr(",.:", s->text[behind]) != NULL && g_ascii_isdigit(s->text[behind + 1]))))
		return FALSE;
	while (end > 0 && (s->text[end - 1] == ' ' || s->text[end - 1] == '*'))
		end--;
	end = skip_number_word(s, end);
	start = word_start(s, end - (end > 0 && s->text[end - 1] == '.'));
	if (start == end || !(is_street(s->text + start, end - start) || is_old_street(s, start, end, &start)))
		return FALSE;
	PrivacyHit hit = {PRIVACY_ADDRESS, 0, start, behind - start};
	g_array_append_val(s->hits, hit);
	s->done = d->starts[0] + d->groups[0];
	return TRUE;
}

/* ---- an account ---- */

/* IBAN (ISO 13616): two letters, two check digits, the rest; as a number with letters as 10 to 35, and its first four characters last, 1 modulo 97. */
static gboolean is_account(const char *characters, gsize length)
{
	guint rest = 0;

	for (gsize i = 0; i < length; i++) {
		char c = characters[(i + 4) % length];
		guint value = g_ascii_isdigit(c) ? (guint)(c - '0') : (guint)(c - 'A') + 10;
		rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
	}
	return rest == 1;
}

gboolean trace_account(Search *s, const Digits *d)
{
	gsize at = s->n->from[d->starts[0]], i = at - 2, length = 0;
	char characters[ACCOUNT_LIMIT + 1];

	if (d->groups[0] < 2 || at < 2 || !g_ascii_isupper(s->text[at - 1]) || !g_ascii_isupper(s->text[at - 2]) || (at > 2 && g_ascii_isalnum(s->text[at - 3])))
		return FALSE;
	for (; i < s->size && length < ACCOUNT_LIMIT; i++) {
		if (g_ascii_isdigit(s->text[i]) || g_ascii_isupper(s->text[i]))
			characters[length++] = s->text[i];
		else if (s->text[i] != ' ' || i + 1 >= s->size || !(g_ascii_isdigit(s->text[i + 1]) || g_ascii_isupper(s->text[i + 1])))
			break;
		if (length >= 15 && is_account(characters, length)) {
			PrivacyHit hit = {PRIVACY_NUMBER, 0, at - 2, i + 1 - (at - 2)};
			g_array_append_val(s->hits, hit);
			while (s->done < s->n->length && s->n->from[s->done] <= i)
				s->done++;
			return TRUE;
		}
	}
	return FALSE;
}

/* ---- a car ---- */

static gboolean in_plate(char c)
{
	return g_ascii_isdigit(c) || g_ascii_isupper(c) || c == '-';
}

/* The fourteen ways in which the RDW gives out numbers (sidecodes), A a letter, 9 a digit. */
static gboolean is_plate(const char *text)
{
	static const char *const ways[] = {"AA-99-99", "99-99-AA", "99-AA-99", "AA-99-AA", "AA-AA-99", "99-AA-AA", "99-AAA-9", "9-AAA-99", "AA-999-A", "A-999-AA", "AAA-99-A", "A-99-AAA", "9-AA-999", "999-AA-9", NULL};
	char way[PLATE_LENGTH + 1] = "";

	for (guint i = 0; i < PLATE_LENGTH; i++)
		way[i] = g_ascii_isdigit(text[i]) ? '9' : text[i] == '-' ? '-' : 'A';
	return g_strv_contains(ways, way);
}

gboolean trace_plate(Search *s, const Digits *d)
{
	static const char *const forms[] = {"form=", NULL};
	gsize start = s->n->from[d->starts[0]], end = start;

	while (start > 0 && in_plate(s->text[start - 1]))
		start--;
	while (end < s->size && in_plate(s->text[end]))
		end++;
	if (end - start != PLATE_LENGTH || (start > 0 && g_ascii_islower(s->text[start - 1])) || (end < s->size && g_ascii_islower(s->text[end])) || !is_plate(s->text + start) ||
	    pattern_has_context(s, d->starts[0], forms)) /* of a consent: a number of our own */
		return FALSE;
	PrivacyHit hit = {PRIVACY_NUMBER, 0, start, end - start};
	g_array_append_val(s->hits, hit);
	while (s->done < s->n->length && s->n->from[s->done] < end)
		s->done++;
	return TRUE;
}

/* ---- a file at an office ---- */

gboolean trace_file(Search *s, const Digits *d)
{
	static const char *const words[] = {"dossiernummer", "dossiernr", "ntnummer", "ntnr", "zaaknummer", "zaaknr", "rekestnummer", "parketnummer", "v-nummer",
	                                    "paspoortnummer", "rijbewijsnummer", "polisnummer", "leerlingnummer", "case number", "file number", NULL};

	if (d->count < 5 || !pattern_has_context(s, d->starts[0], words))
		return FALSE;
	pattern_add(s, PRIVACY_NUMBER, d->starts[0], d->end);
	return TRUE;
}
