/* What is no name and still tells who somebody is: numbers and addresses. */
#include "privacy/patterns.h"

#include "base/text.h"

#include <string.h>

static gboolean is_digit(const Normal *n, gsize i)
{
	return i < n->length && (n->marks[i] & UNIT_DIGIT) != 0;
}

static Gap gap_before(const Normal *n, gsize i)
{
	return n->marks[i] & UNIT_GAP;
}

Digits pattern_read_digits(const Normal *n, gsize start)
{
	Digits d = {.end = start};

	while (is_digit(n, d.end) && d.count < sizeof d.digits - 1) {
		Gap gap = d.count == 0 ? GAP_SPACE : gap_before(n, d.end);
		if (d.count > 0 && gap > GAP_SPACE)
			break;
		if (gap >= GAP_JOIN) {
			if (d.group_count == PATTERN_GROUPS)
				break;
			d.starts[d.group_count] = d.end;
			d.groups[d.group_count++] = 0;
		}
		d.groups[d.group_count - 1]++;
		d.digits[d.count++] = (char)n->units[d.end++];
	}
	return d;
}

gsize pattern_unit_end(const Search *s, gsize unit)
{
	gsize last = s->n->from[unit - 1];

	return last + normal_width(s->text, s->size, last);
}

void pattern_add(Search *s, PrivacyKind kind, gsize first, gsize end)
{
	gsize offset = s->n->from[first];
	PrivacyHit hit = {kind, 0, offset, pattern_unit_end(s, end) - offset};

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
	gsize at = pattern_unit_end(s, unit);

	return at < s->size ? s->text[at] : ' ';
}

gboolean pattern_has_context(const Search *s, gsize unit, const char *const *words)
{
	gsize at = s->n->from[unit], from = at > PATTERN_CONTEXT ? at - PATTERN_CONTEXT : 0;
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

	if (d->count == 8 && d->group_count == 1 && pattern_has_context(s, start, words)) { /* its nought left out */
		char whole[10] = "0";
		memcpy(whole + 1, d->digits, 8);
		if (!passes_eleven(whole))
			return FALSE;
		pattern_add(s, PRIVACY_BSN, start, d->end);
		return TRUE;
	}
	if (d->count != 9 || !passes_eleven(d->digits) || before(s, start) == '+' || before(s, start) == ',' || behind(s, d->end) == ',')
		return FALSE;
	for (guint i = 1; i < d->group_count; i++)
		if (d->groups[i] < 2 || d->groups[i] > 4 || gap_before(s->n, d->starts[i]) > (pattern_has_context(s, start, words) ? GAP_SPACE : GAP_JOIN))
			return FALSE;
	pattern_add(s, PRIVACY_BSN, start, d->end);
	return TRUE;
}

/* Nothing but spaces and hyphens between the groups. */
static gboolean all_spaces_or_joins(const Search *s, const Digits *d, guint last)
{
	for (guint i = 1; i < last; i++) {
		for (gsize at = pattern_unit_end(s, d->starts[i]); at < s->n->from[d->starts[i]]; at++)
			if (strchr(" -()/.", s->text[at]) == NULL && (guchar)s->text[at] < 0x80)
				return FALSE;
	}
	return TRUE;
}

/* Nothing but a space or a hyphen between the groups: no amount of money. */
static gboolean all_spaces(const Search *s, const Digits *d)
{
	for (guint i = 1; i < d->group_count; i++)
		for (gsize at = pattern_unit_end(s, d->starts[i]); at < s->n->from[d->starts[i]]; at++)
			if (s->text[at] != ' ' && s->text[at] != '-')
				return FALSE;
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

	if (before(s, start) == '+' && !plus && d->digits[0] != '0' && d->groups[0] <= 3 && d->group_count > 1 && d->count >= 9 && d->count <= 14 && all_spaces(s, d)) { /* another country's */
		pattern_add(s, PRIVACY_TELEPHONE, start, d->end);
		return TRUE;
	}
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
	pattern_add(s, PRIVACY_TELEPHONE, start, d->end);
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
	const Normal *n = s->n;
	gsize start = unit;

	while (start > 0 && unit - start < 12 && !is_digit(n, start - 1) && (start == unit || gap_before(n, start) < GAP_JOIN))
		start--;
	for (guint k = 0; months[k] != NULL; k++)
		if (unit - start >= strlen(months[k]) && memcmp(n->units + start, months[k], strlen(months[k])) == 0)
			return TRUE;
	return FALSE;
}

/* What is a date beside a word for birth only: 3 mrt 08, 20080303, March 3, 2008, and the day alone: jarig op 3 maart. 0: nothing. */
static gsize birth_date(const Search *s, const Digits *d)
{
	static const char *const day_words[] = {" jarig op", "verjaardag", "geboren op", "geboortedag", "birthday", NULL};
	const Normal *n = s->n;
	gsize i = d->end, letters = 0;

	if (d->group_count == 1 && d->count == 8 && is_year(d->digits) && is_between(d->digits + 4, 2, 1, 12) && is_between(d->digits + 6, 2, 1, 31))
		return d->end;
	if (d->group_count == 2 && d->groups[0] <= 2 && d->groups[1] == 4 && is_year(d->digits + d->groups[0]) && follows_month(s, d->starts[0]))
		return d->end;
	if (d->group_count != 1 || d->count > 2 || !is_between(d->digits, d->count, 1, 31))
		return 0;
	while (i + letters < n->length && !is_digit(n, i + letters) && (letters == 0 || gap_before(n, i + letters) < GAP_JOIN) && letters < 12)
		letters++;
	for (guint k = 0; months[k] != NULL; k++) {
		if (letters < strlen(months[k]) || memcmp(n->units + i, months[k], strlen(months[k])) != 0)
			continue;
		i += letters;
		if (is_digit(n, i) && is_digit(n, i + 1) && !is_digit(n, i + 2))
			return i + 2;
		return pattern_has_context(s, d->starts[0], day_words) ? i : 0;
	}
	return 0;
}

static gboolean find_birth_date(Search *s, const Digits *d)
{
	gsize start = d->starts[0], end = whole_date(s, d);
	gboolean before_it = pattern_has_context(s, start, birth_words);

	if (end == 0 && before_it)
		end = birth_date(s, d);
	if (end == 0 || !(before_it || has_birth_behind(s, end)))
		return FALSE;
	pattern_add(s, PRIVACY_BIRTH_DATE, start, end);
	return TRUE;
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

gsize match_date(const Normal *n, const char *text, gsize size, gsize start, gboolean *birth)
{
	const Search s = {.n = n, .text = text, .size = size};
	const Digits d = pattern_read_digits(n, start);
	gsize end = d.group_count > 0 ? whole_date(&s, &d) : 0;

	*birth = end > 0 && pattern_has_context(&s, start, birth_words);
	if (end == 0 || d.group_count < 3 || end != d.starts[2] + d.groups[2])
		return end;
	/* with two digits of a year it may as well be the number of a paragraph */
	return (d.groups[0] == 4 || d.groups[2] == 4) && is_divided_by_marks(&s, &d) ? end : 0;
}

/* A house number within a few characters behind the postcode, or before it ("Dorpsstraat 12, 1234 AB"). */
static gboolean has_house_number(const Search *s, gsize start, gsize end)
{
	static const char *const words[] = {"nr", "no", "nummer", "huisnummer"};
	const Normal *n = s->n;

	if (is_digit(n, end) && gap_before(n, end) <= GAP_SPACE && n->from[end] - pattern_unit_end(s, end) <= 12)
		return TRUE;
	for (guint k = 0; k < G_N_ELEMENTS(words); k++) {
		gsize length = strlen(words[k]);
		if (end + length < n->length && memcmp(n->units + end, words[k], length) == 0 && is_digit(n, end + length))
			return TRUE;
	}
	for (gsize i = start; i > 0 && start - i < 6; i--)
		if (is_digit(n, i - 1))
			return n->from[start] - n->from[i - 1] <= 8;
	return FALSE;
}

static gboolean find_postcode(Search *s, const Digits *d)
{
	static const char *const words[] = {"postcode", NULL};
	const Normal *n = s->n;
	guint last = d->group_count - 1;
	gsize start = d->starts[last], end = start + 6;

	if (d->groups[last] != 4 || n->units[start] == '0' || end > n->length)
		return FALSE;
	gboolean said = pattern_has_context(s, start, words), joined = gap_before(n, start + 4) <= GAP_FORMAT; /* 1234ab: a row of small letters is no word then */
	for (gsize i = start + 4; i < end; i++)
		if (((n->marks[i] & UNIT_CAPITAL) == 0 && !said && !joined) || is_digit(n, i) || gap_before(n, i) > (i == start + 4 ? GAP_SPACE : GAP_FORMAT))
			return FALSE;
	if (end < n->length && gap_before(n, end) < GAP_MARKUP && !is_digit(n, end))
		return FALSE;
	if (n->units[start + 4] == 's' && strchr("ads", n->units[start + 5]) != NULL) /* SA, SD and SS are not given out */
		return FALSE;
	if (!said && !has_house_number(s, start, end))
		return FALSE;
	pattern_add(s, PRIVACY_POSTCODE, start, end);
	return TRUE;
}

/* 52.0907, 5.1214: latitude 50.7 to 53.6 and longitude 3.3 to 7.3 hold the Netherlands (RDNAPTRANS2018's area). */
static gboolean find_coordinates(Search *s, const Digits *d)
{
	Digits lon;
	gsize next = d->end;
	const char *between;

	if (d->group_count >= 4) { /* a map's address has the scale behind them */
		lon = (Digits){.group_count = 2, .groups = {d->groups[2], d->groups[3]}, .starts = {d->starts[2], d->starts[3]}, .end = d->starts[3] + d->groups[3]};
		memcpy(lon.digits, d->digits + d->groups[0] + d->groups[1], d->groups[2] + d->groups[3]);
	} else if (d->group_count == 2) {
		while (next < s->n->length && next - d->end < 4 && !is_digit(s->n, next))
			next++;
		lon = pattern_read_digits(s->n, next);
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
	pattern_add(s, PRIVACY_COORDINATES, d->starts[0], lon.end);
	return TRUE;
}

/* 52°05'26"N 5°07'17"E */
static gboolean find_degrees(Search *s, const Digits *d)
{
	static const char degree[] = "\xC2\xB0";
	gsize at = pattern_unit_end(s, d->starts[0] + d->groups[0]);
	const char *rest = s->text + at, *other;

	if (d->groups[0] != 2 || !is_between(d->digits, 2, 50, 53) || s->size - at < 4 || memcmp(rest, degree, 2) != 0)
		return FALSE;
	other = g_strstr_len(rest + 2, (gssize)MIN(24, s->size - at - 2), degree);
	if (other == NULL || other[-1] < '3' || other[-1] > '7')
		return FALSE;
	pattern_add(s, PRIVACY_COORDINATES, d->starts[0], d->starts[0] + d->groups[0]);
	return TRUE;
}

/* ---- e-mail ---- */

static gboolean is_local(char c)
{
	return g_ascii_isalnum(c) || strchr("._%+-", c) != NULL || (guchar)c >= 0x80;
}

/* What an author puts around the sign, or else a space by mistake; back: before it. */
static gsize skip_around(const Search *s, gsize at, gboolean back)
{
	static const char marks[] = {'\\', '*'};
	gsize from = at;

	while ((back ? at > 0 : at < s->size) && memchr(marks, s->text[back ? at - 1 : at], sizeof marks) != NULL)
		at = back ? at - 1 : at + 1;
	if (at == from && (back ? at > 0 : at < s->size) && s->text[back ? at - 1 : at] == ' ')
		at = back ? at - 1 : at + 1;
	return at;
}

/* [sign, behind_it) stands for the @. */
static void find_email(Search *s, gsize sign, gsize behind_it)
{
	const char *text = s->text;
	gsize at = skip_around(s, sign, TRUE), from = skip_around(s, behind_it, FALSE), start = at, end = from, dot = 0;

	while (start > 0 && at - start < 64 && text[start - 1] != '\0' && is_local(text[start - 1]))
		start--;
	while (end < s->size && text[end] != '\0' && (g_ascii_isalnum(text[end]) || text[end] == '.' || text[end] == '-')) {
		dot = text[end] == '.' ? end : dot;
		end++;
	}
	if (dot == end - 1 && dot > 0) { /* the full stop of the sentence */
		end--;
		for (dot = end - 1; dot > from && text[dot] != '.';)
			dot--;
	}
	if (start == at || dot <= from || end - dot < 3 || !g_ascii_isalpha(text[dot + 1]))
		return;
	if ((at != sign && text[at] == ' ') != (from != behind_it && text[from - 1] == ' ')) /* one space only: "kom @ school.nl" */
		return;
	PrivacyHit hit = {PRIVACY_EMAIL, 0, start, end - start};
	g_array_append_val(s->hits, hit);
}

/* "lisa (at) voorbeeld.nl" */
static void find_written_email(Search *s)
{
	static const char *const signs[] = {"(at)", "[at]", "{at}", "(apenstaartje)", "[apenstaartje]"};

	for (guint i = 0; i < G_N_ELEMENTS(signs); i++) {
		const char *end = s->text + s->size;
		for (const char *hit = s->text; (hit = text_find(hit, (gsize)(end - hit), signs[i])) != NULL; hit += strlen(signs[i]))
			find_email(s, (gsize)(hit - s->text), (gsize)(hit - s->text) + strlen(signs[i]));
	}
}

void match_patterns(const Normal *n, const char *text, gsize size, GArray *hits)
{
	static gboolean (*const finders[])(Search *, const Digits *) = {find_bsn,     find_birth_date, trace_account, trace_address, find_telephone, find_coordinates,
	                                                               find_degrees, find_postcode,   trace_plate,   trace_file};
	Search s = {.n = n, .text = text, .size = size, .hits = hits};

	for (guint i = 0; i < n->numbers->len; i++) {
		gsize start = g_array_index(n->numbers, guint32, i);
		Digits d;
		if (start < s.done)
			continue;
		d = pattern_read_digits(n, start);
		for (guint k = 0; k < G_N_ELEMENTS(finders); k++)
			if (finders[k](&s, &d))
				break;
	}
	for (guint i = 0; i < n->ats->len; i++) {
		gsize at = g_array_index(n->ats, guint32, i);
		find_email(&s, at, at + normal_width(text, size, at));
	}
	find_written_email(&s);
}
