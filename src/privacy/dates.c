/* Whole dates, and which of them is somebody's birth: in numbers, with a month's name, in words. */
#include "privacy/patterns.h"

#include <string.h>

enum { MONTH_LENGTH = 12, WORD_LENGTH = 24 };

static gboolean is_digit(const Normal *n, gsize i)
{
	return i < n->length && (n->marks[i] & UNIT_DIGIT) != 0;
}

static Gap gap_before(const Normal *n, gsize i)
{
	return n->marks[i] & UNIT_GAP;
}

/* ---- words ---- */

/* The unit behind the word that begins here; from, when no letter stands there. */
static gsize word_end(const Normal *n, gsize from, gsize limit)
{
	gsize end = from;

	while (end < n->length && end - from < limit && !is_digit(n, end) && (end == from || gap_before(n, end) < GAP_JOIN))
		end++;
	return end;
}

/* The unit at which the word begins that ends here. */
static gsize word_start(const Normal *n, gsize end, gsize limit)
{
	gsize start = end;

	while (start > 0 && end - start < limit && !is_digit(n, start - 1) && (start == end || gap_before(n, start) < GAP_JOIN))
		start--;
	return start;
}

/* A month's name or the first letters of it: three at least. */
static gboolean is_month(const Normal *n, gsize start, gsize end)
{
	static const char *const months[] = {"januari", "februari", "maart", "april", "mei",  "juni", "juli",   "augustus", "september", "oktober", "november", "december",
	                                     "january", "february", "march", "may",   "june", "july", "august", "october",  "mrt"};
	gsize length = end - start;

	for (guint k = 0; length >= 3 && k < G_N_ELEMENTS(months); k++)
		if (length <= strlen(months[k]) && memcmp(n->units + start, months[k], length) == 0)
			return TRUE;
	return FALSE;
}

/* "derde", "drie": the day of a month. */
static gboolean is_day(const Normal *n, gsize start, gsize end)
{
	static const char *const days[] = {"eerste",       "derde",        "een",             "twee",            "drie",            "vier",            "vijf",            "zes",
	                                   "zeven",        "acht",         "negen",           "tien",            "elf",             "twaalf",          "dertien",         "veertien",
	                                   "vijftien",     "zestien",      "zeventien",       "achttien",        "negentien",       "twintig",         "eenentwintig",    "tweeentwintig",
	                                   "drieentwintig", "vierentwintig", "vijfentwintig", "zesentwintig",    "zevenentwintig",  "achtentwintig",   "negenentwintig",  "dertig",
	                                   "eenendertig"};
	const char *word = (const char *)n->units + start;
	gsize length = end - start;

	for (guint k = 0; k < G_N_ELEMENTS(days); k++) {
		gsize stem = strlen(days[k]);
		if (length < stem || memcmp(word, days[k], stem) != 0)
			continue;
		if (length == stem || (length == stem + 2 && memcmp(word + stem, "de", 2) == 0) || (length == stem + 3 && memcmp(word + stem, "ste", 3) == 0))
			return TRUE;
	}
	return FALSE;
}

/* ---- dates ---- */

static gboolean is_year(const char *digits)
{
	return memcmp(digits, "19", 2) == 0 || memcmp(digits, "20", 2) == 0;
}

/* 3 maart 2008: a number, a month's name, a year. */
static gsize written_date(const Search *s, const Digits *d)
{
	const Normal *n = s->n;
	gsize month = d->end, end = word_end(n, month, MONTH_LENGTH);
	guint last = d->group_count > 0 ? d->groups[d->group_count - 1] : 0;

	if (last == 0 || last > 2 || !pattern_is_between(d->digits + d->count - last, last, 1, 31))
		return 0;
	if (!is_month(n, month, end) || end + 4 > n->length || !is_digit(n, end + 3) || !is_year((const char *)n->units + end))
		return 0;
	return end + 4;
}

/* Where "derde maart 2008" begins, from its year on. */
static gboolean spelled_day(const Search *s, const Digits *d, gsize *first)
{
	const Normal *n = s->n;
	gsize year = d->starts[0], month = word_start(n, year, MONTH_LENGTH), day = word_start(n, month, WORD_LENGTH);

	if (d->groups[0] != 4 || !is_year(d->digits) || month == year || day == month || gap_before(n, month) > GAP_SPACE || gap_before(n, year) > GAP_SPACE)
		return FALSE;
	*first = day;
	return is_month(n, month, year) && is_day(n, day, month);
}

/* The unit behind a whole date: 3-4-2008, 3/4/08, 2008-04-03, 3 april 2008; 0: there is none. */
static gsize whole_date(const Search *s, const Digits *d)
{
	const guint *g = d->groups;

	if (d->group_count >= 3 && g[0] <= 2 && g[1] <= 2 && (g[2] == 4 || g[2] == 2) && pattern_is_between(d->digits, g[0], 1, 31) &&
	    pattern_is_between(d->digits + g[0], g[1], 1, 12) && (g[2] == 2 || is_year(d->digits + g[0] + g[1])))
		return d->starts[2] + g[2];
	if (d->group_count >= 3 && g[0] == 4 && g[1] <= 2 && g[2] <= 2 && is_year(d->digits) && pattern_is_between(d->digits + 4, g[1], 1, 12))
		return d->starts[2] + g[2];
	return written_date(s, d);
}

static const char *const birth_words[] = {"gebor", "geb.", "geb ", "geboorte", "ter wereld", "birth", "born", "verjaar", " jarig", "dob", NULL};

/* The same behind it, in its sentence: "op 3 maart 2008 werd zij geboren". */
static gboolean has_birth_behind(const Search *s, gsize unit)
{
	static const char *const words[] = {"gebor", "ter wereld", "geboorte", " jarig", "verjaardag", "born", "birth"};
	gsize at = pattern_unit_end(s, unit);
	g_autofree char *part = g_ascii_strdown(s->text + at, (gssize)MIN(PATTERN_CONTEXT, s->size - at));
	char *stop = strstr(part, ". ");

	if (stop != NULL)
		*stop = '\0';
	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		if (strstr(part, words[i]) != NULL)
			return TRUE;
	return FALSE;
}

/* "March 3" */
static gboolean follows_month(const Search *s, gsize unit)
{
	gsize start = word_start(s->n, unit, MONTH_LENGTH);

	return start < unit && is_month(s->n, start, unit);
}

static const char *const day_words[] = {" jarig op", "verjaardag", "geboren op", "geboortedag", "birthday", NULL};

/* What is a date beside a word for birth only: 3 mrt 08, 20080303, March 3, 2008, and the day alone: jarig op 3 maart. 0: nothing. */
static gsize birth_date(const Search *s, const Digits *d)
{
	const Normal *n = s->n;
	gsize month = d->end, end = word_end(n, month, MONTH_LENGTH);

	if (d->group_count == 1 && d->count == 8 && is_year(d->digits) && pattern_is_between(d->digits + 4, 2, 1, 12) && pattern_is_between(d->digits + 6, 2, 1, 31))
		return d->end;
	if (d->group_count == 2 && d->groups[0] <= 2 && d->groups[1] == 4 && is_year(d->digits + d->groups[0]) && follows_month(s, d->starts[0]))
		return d->end;
	if (d->group_count != 1 || d->count > 2 || !pattern_is_between(d->digits, d->count, 1, 31) || !is_month(n, month, end))
		return 0;
	if (is_digit(n, end) && is_digit(n, end + 1) && !is_digit(n, end + 2))
		return end + 2;
	return pattern_has_context(s, d->starts[0], day_words) ? end : 0;
}

/* "Lisa (3-3-2008)": alone between brackets behind a word with a capital that is none of those for a meeting or a law. */
static gboolean is_beside_name(const Search *s, gsize first, gsize end)
{
	static const char *const others[] = {"bijeenkomst", "sessie", "gesprek", "overleg", "evaluatie", "versie", "editie", "wet", "besluit", "brief", "verslag", "uitgave", NULL};
	gsize at = s->n->from[first], behind = pattern_unit_end(s, end), stop, start;

	if (at < 2 || behind >= s->size || s->text[behind] != ')' || s->text[at - 1] != '(')
		return FALSE;
	for (stop = at - 1; stop > 0 && strchr(" *_", s->text[stop - 1]) != NULL;)
		stop--;
	for (start = stop; start > 0 && stop - start < WORD_LENGTH && (g_ascii_isalpha(s->text[start - 1]) || (guchar)s->text[start - 1] >= 0x80);)
		start--;
	g_autofree char *word = g_ascii_strdown(s->text + start, (gssize)(stop - start));
	for (const char *const *other = others; *other != NULL; other++)
		if (g_str_has_suffix(word, *other))
			return FALSE;
	return stop - start > 1 && g_ascii_isupper(s->text[start]);
}

gboolean date_find_birth(Search *s, const Digits *d)
{
	gsize start = d->starts[0], end = whole_date(s, d);
	gboolean numbers = end > 0 && d->group_count >= 3 && end == d->starts[2] + d->groups[2] && (d->groups[0] == 4 || d->groups[2] == 4);
	gboolean whole, before_it;

	if (end == 0 && spelled_day(s, d, &start))
		end = d->starts[0] + d->groups[0];
	whole = end > 0;
	if (!whole)
		end = birth_date(s, d);
	if (end == 0) /* most numbers: what stands around them need not be read */
		return FALSE;
	before_it = pattern_has_context(s, d->starts[0], birth_words);
	if (!(before_it || (whole && (has_birth_behind(s, end) || (numbers && is_beside_name(s, start, end))))))
		return FALSE;
	pattern_add(s, PRIVACY_BIRTH_DATE, start, end);
	return TRUE;
}

/* ---- a date without a number ---- */

/* The unit that the first character at or behind a byte makes. */
static gsize unit_at(const Normal *n, gsize byte)
{
	gsize low = 0, high = n->length;

	while (low < high) {
		gsize middle = (low + high) / 2;
		if (n->from[middle] < byte)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The unit behind "tweeduizend acht", in one word or two; from: there is no year. */
static gsize spelled_year(const Normal *n, gsize from)
{
	static const char *const centuries[] = {"negentienhonderd", "tweeduizend", "negentien"};
	gsize end = word_end(n, from, WORD_LENGTH + 16);

	for (guint i = 0; i < G_N_ELEMENTS(centuries); i++) {
		gsize length = strlen(centuries[i]);
		if (end - from < length || memcmp(n->units + from, centuries[i], length) != 0)
			continue;
		gsize next = word_end(n, end, WORD_LENGTH);
		return end - from == length && is_day(n, end, next) ? next : end;
	}
	return from;
}

/* Between two units: a day and a month in words, as "drie maart", with a year in words or after "jarig op" without. */
static void find_spelled(Search *s, gsize first, gsize last)
{
	const Normal *n = s->n;

	for (gsize i = MAX(first, s->done), next; i < last; i = next) {
		gsize month = word_end(n, i, WORD_LENGTH), end = word_end(n, month, MONTH_LENGTH), year;
		next = MAX(month, i + 1);
		if (end == month || !is_day(n, i, month) || !is_month(n, month, end) || gap_before(n, month) > GAP_SPACE)
			continue;
		year = spelled_year(n, end);
		if (year == end && !pattern_has_context(s, i, day_words) && !has_birth_behind(s, end))
			continue;
		pattern_add(s, PRIVACY_BIRTH_DATE, i, year);
		return;
	}
}

void date_find_spelled(Search *s, gsize unit)
{
	gsize at = s->n->from[unit], done = s->done;

	s->done = 0;
	find_spelled(s, unit_at(s->n, at > PATTERN_CONTEXT ? at - PATTERN_CONTEXT : 0), unit_at(s->n, at + PATTERN_CONTEXT));
	s->done = done;
}

/* A hyphen, slash or dot, with or without spaces, between each of the first three groups. */
static gboolean is_divided_by_marks(const Search *s, const Digits *d)
{
	for (guint i = 1; i < 3; i++) {
		guint marks = 0;
		for (gsize at = pattern_unit_end(s, d->starts[i]); at < s->n->from[d->starts[i]]; at++) {
			if (strchr("-/. ", s->text[at]) == NULL)
				return FALSE;
			marks += s->text[at] != ' ';
		}
		if (marks != 1)
			return FALSE;
	}
	return TRUE;
}

gsize match_date(const Normal *n, const char *text, gsize size, gsize start, gsize *first)
{
	const Search s = {.n = n, .text = text, .size = size};
	const Digits d = pattern_read_digits(n, start);
	gsize end = d.group_count > 0 ? whole_date(&s, &d) : 0;

	*first = start;
	if (end == 0 && d.group_count > 0 && spelled_day(&s, &d, first))
		return start + d.groups[0];
	if (end == 0 || d.group_count < 3 || end != d.starts[2] + d.groups[2])
		return end;
	/* with two digits of a year it may as well be the number of a paragraph */
	return (d.groups[0] == 4 || d.groups[2] == 4) && is_divided_by_marks(&s, &d) ? end : 0;
}
