/* What is no name and still tells who somebody is: numbers. */
#include "privacy/patterns.h"

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

gboolean pattern_is_between(const char *digits, guint count, int low, int high)
{
	int value = 0;

	for (guint i = 0; i < count; i++)
		value = value * 10 + digits[i] - '0';
	return value >= low && value <= high;
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

/* "1234 AB" alone: two capitals that are no unit or country behind four digits that are no year. */
static gboolean is_loose_postcode(const Search *s, gsize start)
{
	static const char others[][3] = {"km", "kg", "mb", "gb", "kb", "mm", "cm", "ml", "pk", "eu", "nl", "be", "de", "uk", "us", "vs", "vn", "bc", "ad", "kw", "cc"};
	static const char *const forms[] = {"form=", NULL};
	const Normal *n = s->n;
	const char *digits = (const char *)n->units + start;

	if ((n->marks[start + 4] & UNIT_CAPITAL) == 0 || (n->marks[start + 5] & UNIT_CAPITAL) == 0 || memcmp(digits, "19", 2) == 0 || memcmp(digits, "20", 2) == 0)
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(others); i++)
		if (memcmp(digits + 4, others[i], 2) == 0)
			return FALSE;
	return strchr(" \t\n\r(,:;>*_|\"", before(s, start)) != NULL && !pattern_has_context(s, start, forms);
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
	if (!said && !has_house_number(s, start, end) && !is_loose_postcode(s, start))
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
	if (!pattern_is_between(d->digits, 3, 507, 536) || !pattern_is_between(lon.digits, 2, 33, 73))
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

	if (d->groups[0] != 2 || !pattern_is_between(d->digits, 2, 50, 53) || s->size - at < 4 || memcmp(rest, degree, 2) != 0)
		return FALSE;
	other = g_strstr_len(rest + 2, (gssize)MIN(24, s->size - at - 2), degree);
	if (other == NULL || other[-1] < '3' || other[-1] > '7')
		return FALSE;
	pattern_add(s, PRIVACY_COORDINATES, d->starts[0], d->starts[0] + d->groups[0]);
	return TRUE;
}

/* ---- words beside which something is told ---- */

static const char *const sites[] = {"instagram", "insta", "tiktok", "snapchat", "snap", "facebook", "twitter", "telegram", "discord", "twitch", "roblox", "linkedin"};
static const char *const births[] = {"geboren", "geboorte", "jarig op", "verjaardag", "ter wereld"};

void pattern_expand_told(NameTable *t)
{
	for (guint i = 0; i < G_N_ELEMENTS(sites); i++)
		expand_told(sites[i], TOLD_SITE, t->patterns, t->store);
	for (guint i = 0; i < G_N_ELEMENTS(births); i++)
		expand_told(births[i], TOLD_BIRTH, t->patterns, t->store);
}

static gpointer make_told(gpointer unused)
{
	NameTable *t = name_table_new();

	(void)unused;
	pattern_expand_told(t);
	name_table_seal(t);
	return t;
}

const NameTable *pattern_told_table(void)
{
	static GOnce once = G_ONCE_INIT;

	return g_once(&once, make_told, NULL);
}

static void find_told(Search *s, const GArray *told)
{
	for (guint i = 0; i < told->len; i++) {
		const Told *t = &g_array_index(told, Told, i);
		if (t->what == TOLD_BIRTH)
			date_find_spelled(s, t->start);
		else if (match_is_boundary(s->n, t->end))
			account_find_told(s, t->start, t->end);
	}
}

void match_patterns(const Normal *n, const char *text, gsize size, const GArray *told, GArray *hits)
{
	static gboolean (*const finders[])(Search *, const Digits *) = {find_bsn,     date_find_birth, trace_account, trace_address, find_telephone, find_coordinates,
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
	account_find(&s);
	find_told(&s, told);
}
