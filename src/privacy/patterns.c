/* What is no name and still tells who somebody is: numbers and addresses. */
#include "privacy/room.h"

#include <string.h>

enum { CONTEXT = 48 /* bytes before a number in which a word says what it is */, GROUPS = 12 };

/* A row of digits with what divides it, from a unit on. */
typedef struct {
	char digits[40];
	guint count;          /* of digits */
	guint groups[GROUPS]; /* digits of each */
	gsize starts[GROUPS]; /* unit at which each begins */
	guint group_count;
	gsize end;            /* unit behind the last digit */
} Digits;

typedef struct {
	const Normal *n;
	const char *text;
	gsize size;
	GArray *hits;
	gsize done; /* units before this one are in a hit already */
} Search;

static gboolean is_digit(const Normal *n, gsize i)
{
	return i < n->length && (n->marks[i] & UNIT_DIGIT) != 0;
}

static Gap gap_before(const Normal *n, gsize i)
{
	return n->marks[i] & UNIT_GAP;
}

static Digits read_digits(const Normal *n, gsize start)
{
	Digits d = {.end = start};

	while (is_digit(n, d.end) && d.count < sizeof d.digits - 1) {
		Gap gap = d.count == 0 ? GAP_SPACE : gap_before(n, d.end);
		if (d.count > 0 && gap > GAP_SPACE)
			break;
		if (gap >= GAP_JOIN) {
			if (d.group_count == GROUPS)
				break;
			d.starts[d.group_count] = d.end;
			d.groups[d.group_count++] = 0;
		}
		d.groups[d.group_count - 1]++;
		d.digits[d.count++] = (char)n->units[d.end++];
	}
	return d;
}

static gsize unit_end(const Search *s, gsize unit)
{
	gsize last = s->n->from[unit - 1];

	return last + normal_width(s->text, s->size, last);
}

static void add_hit(Search *s, PrivacyKind kind, gsize first, gsize end)
{
	gsize offset = s->n->from[first];
	PrivacyHit hit = {kind, 0, offset, unit_end(s, end) - offset};

	g_array_append_val(s->hits, hit);
	s->done = end;
}

static char before(const Search *s, gsize unit)
{
	gsize at = s->n->from[unit];

	return at > 0 ? s->text[at - 1] : ' ';
}

static char behind(const Search *s, gsize unit)
{
	gsize at = unit_end(s, unit);

	return at < s->size ? s->text[at] : ' ';
}

/* One of the words stands shortly before the unit, on the line or the one before. */
static gboolean has_context(const Search *s, gsize unit, const char *const *words)
{
	gsize at = s->n->from[unit], from = at > CONTEXT ? at - CONTEXT : 0;
	g_autofree char *part = g_ascii_strdown(s->text + from, (gssize)(at - from));

	for (; *words != NULL; words++)
		if (g_strstr_len(part, (gssize)(at - from), *words) != NULL)
			return TRUE;
	return FALSE;
}

/* The 11-test: 9a + 8b + ... + 2h - i is a multiple of 11 (Besluit burgerservicenummer, explanatory note). */
static gboolean passes_eleven(const char *digits)
{
	int sum = 0, any = 0;

	for (int i = 0; i < 9; i++) {
		int digit = digits[i] - '0';
		any |= digit;
		sum += digit * (i < 8 ? 9 - i : -1);
	}
	return any != 0 && sum % 11 == 0;
}

static gboolean find_bsn(Search *s, const Digits *d)
{
	static const char *const words[] = {"bsn", "burgerservice", "sofi", NULL};
	gsize start = d->starts[0];

	if (d->count != 9 || !passes_eleven(d->digits) || before(s, start) == '+' || before(s, start) == ',' || behind(s, d->end) == ',')
		return FALSE;
	for (guint i = 1; i < d->group_count; i++)
		if (d->groups[i] < 2 || d->groups[i] > 4 || gap_before(s->n, d->starts[i]) > (has_context(s, start, words) ? GAP_SPACE : GAP_JOIN))
			return FALSE;
	add_hit(s, PRIVACY_BSN, start, d->end);
	return TRUE;
}

/* Nothing but spaces and hyphens between the groups. */
static gboolean all_spaces_or_joins(const Search *s, const Digits *d, guint last)
{
	for (guint i = 1; i < last; i++) {
		for (gsize at = unit_end(s, d->starts[i]); at < s->n->from[d->starts[i]]; at++)
			if (strchr(" -()/.", s->text[at]) == NULL && (guchar)s->text[at] < 0x80)
				return FALSE;
	}
	return TRUE;
}

/* 06 12345678, 020-123 45 67, +31 6 ..., 0031 ... Not 0800 and 0900, which are nobody's. */
static gboolean find_telephone(Search *s, const Digits *d)
{
	gsize start = d->starts[0];
	gboolean plus = before(s, start) == '+' && d->count >= 11 && memcmp(d->digits, "31", 2) == 0;
	gboolean zeros = d->count >= 13 && memcmp(d->digits, "0031", 4) == 0;
	guint wanted = zeros ? 13 : plus ? 11 : 10, count = 0, used = 0;
	const char *rest = d->digits + (zeros ? 4 : plus ? 2 : 0);

	if ((plus || zeros) && *rest == '0' && d->count == wanted + 1) /* +31 (0)6 ... */
		wanted++;
	while (used < d->group_count && count < wanted)
		count += d->groups[used++];
	if (count != wanted || used > 6 || !all_spaces_or_joins(s, d, used))
		return FALSE;
	if (!plus && !zeros && (d->digits[0] != '0' || d->digits[1] == '0' || d->groups[0] == 1 || (d->groups[0] > 4 && used > 1)))
		return FALSE;
	if (memcmp(d->digits, "0800", 4) == 0 || memcmp(d->digits, "0900", 4) == 0 || used != d->group_count)
		return FALSE;
	add_hit(s, PRIVACY_TELEPHONE, start, d->end);
	return TRUE;
}

static const char *const months[] = {"jan", "feb", "mrt", "maart", "mar", "apr", "mei", "may", "jun", "jul", "aug", "sep", "okt", "oct", "nov", "dec", NULL};

static gboolean is_year(const char *digits)
{
	return memcmp(digits, "19", 2) == 0 || memcmp(digits, "20", 2) == 0;
}

static gboolean is_between(const char *digits, guint count, int low, int high)
{
	int value = 0;

	for (guint i = 0; i < count; i++)
		value = value * 10 + digits[i] - '0';
	return value >= low && value <= high;
}

/* 3 maart 2008: a number, a month's name, a year. */
static gsize written_date(const Search *s, const Digits *d)
{
	const Normal *n = s->n;
	gsize i = d->end, letters = 0;
	gboolean month = FALSE;

	if (d->group_count == 0 || d->groups[d->group_count - 1] > 2 || !is_between(d->digits + d->count - d->groups[d->group_count - 1], d->groups[d->group_count - 1], 1, 31))
		return 0;
	while (i + letters < n->length && !is_digit(n, i + letters) && (letters == 0 || gap_before(n, i + letters) < GAP_JOIN) && letters < 12)
		letters++;
	for (guint k = 0; months[k] != NULL; k++)
		month |= letters >= strlen(months[k]) && memcmp(n->units + i, months[k], strlen(months[k])) == 0;
	i += letters;
	if (!month || i + 4 > n->length || !is_digit(n, i + 3) || !is_year((const char *)n->units + i))
		return 0;
	return i + 4;
}

/* The unit behind a whole date: 3-4-2008, 3/4/08, 2008-04-03, 3 april 2008; 0: there is none. */
static gsize whole_date(const Search *s, const Digits *d)
{
	const guint *g = d->groups;

	if (d->group_count >= 3 && g[0] <= 2 && g[1] <= 2 && (g[2] == 4 || g[2] == 2) && is_between(d->digits, g[0], 1, 31) && is_between(d->digits + g[0], g[1], 1, 12) &&
	    (g[2] == 2 || is_year(d->digits + g[0] + g[1])))
		return d->starts[2] + g[2];
	if (d->group_count >= 3 && g[0] == 4 && g[1] <= 2 && g[2] <= 2 && is_year(d->digits) && is_between(d->digits + 4, g[1], 1, 12))
		return d->starts[2] + g[2];
	return written_date(s, d);
}

static const char *const birth_words[] = {"gebor", "geb.", "geboorte", "birth", "born", "verjaar", "jarig", "dob", NULL};

static gboolean find_birth_date(Search *s, const Digits *d)
{
	gsize start = d->starts[0], end = whole_date(s, d);

	if (end == 0 || !has_context(s, start, birth_words))
		return FALSE;
	add_hit(s, PRIVACY_BIRTH_DATE, start, end);
	return TRUE;
}

/* A hyphen, slash or dot, with or without spaces, between each of the first three groups. */
static gboolean is_divided_by_marks(const Search *s, const Digits *d)
{
	for (guint i = 1; i < 3; i++) {
		guint marks = 0;
		for (gsize at = unit_end(s, d->starts[i]); at < s->n->from[d->starts[i]]; at++) {
			if (strchr("-/. ", s->text[at]) == NULL)
				return FALSE;
			marks += s->text[at] != ' ';
		}
		if (marks != 1)
			return FALSE;
	}
	return TRUE;
}

gsize match_date(const Normal *n, const char *text, gsize size, gsize start, gboolean *birth)
{
	const Search s = {.n = n, .text = text, .size = size};
	const Digits d = read_digits(n, start);
	gsize end = d.group_count > 0 ? whole_date(&s, &d) : 0;

	*birth = end > 0 && has_context(&s, start, birth_words);
	if (end == 0 || d.group_count < 3 || end != d.starts[2] + d.groups[2])
		return end;
	/* with two digits of a year it may as well be the number of a paragraph */
	return (d.groups[0] == 4 || d.groups[2] == 4) && is_divided_by_marks(&s, &d) ? end : 0;
}

/* A house number within a few characters behind the postcode, or before it ("Dorpsstraat 12, 1234 AB"). */
static gboolean has_house_number(const Search *s, gsize start, gsize end)
{
	const Normal *n = s->n;

	if (is_digit(n, end) && gap_before(n, end) <= GAP_SPACE && n->from[end] - unit_end(s, end) <= 12)
		return TRUE;
	if (end + 2 < n->length && n->units[end] == 'n' && n->units[end + 1] == 'r' && is_digit(n, end + 2))
		return TRUE;
	for (gsize i = start; i > 0 && start - i < 6; i--)
		if (is_digit(n, i - 1))
			return n->from[start] - n->from[i - 1] <= 8;
	return FALSE;
}

static gboolean find_postcode(Search *s, const Digits *d)
{
	const Normal *n = s->n;
	guint last = d->group_count - 1;
	gsize start = d->starts[last], end = start + 6;

	if (d->groups[last] != 4 || n->units[start] == '0' || end > n->length)
		return FALSE;
	for (gsize i = start + 4; i < end; i++)
		if ((n->marks[i] & UNIT_CAPITAL) == 0 || gap_before(n, i) > (i == start + 4 ? GAP_SPACE : GAP_FORMAT))
			return FALSE;
	if (end < n->length && gap_before(n, end) < GAP_MARKUP && !is_digit(n, end))
		return FALSE;
	if (n->units[start + 4] == 's' && strchr("ads", n->units[start + 5]) != NULL) /* SA, SD and SS are not given out */
		return FALSE;
	if (!has_house_number(s, start, end))
		return FALSE;
	add_hit(s, PRIVACY_POSTCODE, start, end);
	return TRUE;
}

/* 52.0907, 5.1214: latitude 50.7 to 53.6 and longitude 3.3 to 7.3 hold the Netherlands (RDNAPTRANS2018's area). */
static gboolean find_coordinates(Search *s, const Digits *d)
{
	Digits lon;
	gsize next = d->end;
	const char *between;

	if (d->group_count == 4) {
		lon = (Digits){.group_count = 2, .groups = {d->groups[2], d->groups[3]}, .starts = {d->starts[2], d->starts[3]}, .end = d->end};
		memcpy(lon.digits, d->digits + d->groups[0] + d->groups[1], d->groups[2] + d->groups[3]);
	} else if (d->group_count == 2) {
		while (next < s->n->length && next - d->end < 4 && !is_digit(s->n, next))
			next++;
		lon = read_digits(s->n, next);
	} else {
		return FALSE;
	}
	if (lon.group_count != 2 || d->groups[0] != 2 || d->groups[1] < 3 || lon.groups[0] != 1 || lon.groups[1] < 3)
		return FALSE;
	if (!is_between(d->digits, 3, 507, 536) || !is_between(lon.digits, 2, 33, 73))
		return FALSE;
	between = s->text + s->n->from[d->starts[0]];
	if (memchr(between, ',', s->n->from[lon.starts[0]] - s->n->from[d->starts[0]]) == NULL && next == d->end)
		return FALSE;
	add_hit(s, PRIVACY_COORDINATES, d->starts[0], lon.end);
	return TRUE;
}

/* ---- e-mail ---- */

static gboolean is_local(char c)
{
	return g_ascii_isalnum(c) || strchr("._%+-", c) != NULL || (guchar)c >= 0x80;
}

static void find_email(Search *s, gsize at)
{
	const char *text = s->text;
	gsize start = at, end = at + 1, dot = 0;

	while (start > 0 && at - start < 64 && text[start - 1] != '\0' && is_local(text[start - 1]))
		start--;
	while (end < s->size && text[end] != '\0' && (g_ascii_isalnum(text[end]) || text[end] == '.' || text[end] == '-')) {
		dot = text[end] == '.' ? end : dot;
		end++;
	}
	if (dot == end - 1 && dot > 0) { /* the full stop of the sentence */
		end--;
		for (dot = end - 1; dot > at && text[dot] != '.';)
			dot--;
	}
	if (start == at || dot <= at + 1 || end - dot < 3 || !g_ascii_isalpha(text[dot + 1]))
		return;
	PrivacyHit hit = {PRIVACY_EMAIL, 0, start, end - start};
	g_array_append_val(s->hits, hit);
}

void match_patterns(const Normal *n, const char *text, gsize size, GArray *hits)
{
	static gboolean (*const finders[])(Search *, const Digits *) = {find_bsn, find_birth_date, find_telephone, find_coordinates, find_postcode};
	Search s = {.n = n, .text = text, .size = size, .hits = hits};

	for (guint i = 0; i < n->numbers->len; i++) {
		gsize start = g_array_index(n->numbers, guint32, i);
		Digits d;
		if (start < s.done)
			continue;
		d = read_digits(n, start);
		for (guint k = 0; k < G_N_ELEMENTS(finders); k++)
			if (finders[k](&s, &d))
				break;
	}
	for (guint i = 0; i < n->ats->len; i++)
		find_email(&s, g_array_index(n->ats, guint32, i));
}
