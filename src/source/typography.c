/* The rules: one walk over the characters. A rule sees what stands before as it has become, what follows as it was written. */
#include "source/typography.h"

#include "source/tongue.h"

#include <string.h>

enum {
	LEFT_SINGLE = 0x2018,
	RIGHT_SINGLE = 0x2019,
	LEFT_DOUBLE = 0x201C,
	RIGHT_DOUBLE = 0x201D,
	LOW_DOUBLE = 0x201E,
	PRIME = 0x2032,
	DOUBLE_PRIME = 0x2033,
	EN_DASH = 0x2013,
	EM_DASH = 0x2014,
	ELLIPSIS = 0x2026,
	ACUTE = 0x00B4,
	EURO = 0x20AC,
	SECTION = 0x00A7,
	WORD_LIMIT = 16, /* no word in our lists is longer, */
	TITLE_LIMIT = 5, /* no title */
	LOOK_AHEAD = 400,
};

static void put(Typography *t, guint i, gunichar c)
{
	t->c[i] = c;
	t->first = MIN(t->first, i);
	t->last = MAX(t->last, i);
}

static gunichar before(const Typography *t, guint i)
{
	while (i > 0 && t->c[i - 1] == GONE)
		i--;
	return i > 0 ? t->c[i - 1] : 0;
}

static gunichar after(const Typography *t, guint i)
{
	return i + 1 < t->n ? t->c[i + 1] : 0;
}

static gboolean is_space(gunichar c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == NO_BREAK || c == NARROW || c == '\r';
}

static gboolean is_digit(gunichar c)
{
	return c >= '0' && c <= '9';
}

static gboolean is_letter(gunichar c)
{
	return c < 0x80 ? g_ascii_isalpha((char)c) : c != OBJECT && c < GONE && g_unichar_isalpha(c);
}

static gboolean is_word(gunichar c)
{
	return is_letter(c) || is_digit(c);
}

static gboolean opens(gunichar c)
{
	return c == 0 || is_space(c) || c == LEFT_SINGLE || c == LEFT_DOUBLE || c == LOW_DOUBLE || c == EN_DASH || c == EM_DASH ||
	       c == 0xAB || (c < 0x80 && strchr("([{-/", (int)c) != NULL);
}

static gboolean ends_word(gunichar c)
{
	return is_space(c) || c == '(' || c == '[' || c == '{' || c == LEFT_DOUBLE || c == LEFT_SINGLE;
}

static gboolean is_unit(gunichar c)
{
	return is_letter(c) || c == '%' || c == 0x2030 || c == 0xB0 || c == 0xB2 || c == EURO;
}

/* c[start, end) in lower case; FALSE when it is longer than any word that interests us. */
static gboolean copy_word(const Typography *t, guint start, guint end, char *word)
{
	if (end - start > WORD_LIMIT || end == start)
		return FALSE;
	for (guint k = start; k < end; k++) {
		gunichar c = t->c[k];
		if (c < 0x80)
			*word++ = g_ascii_tolower((char)c);
		else if (c < GONE)
			word += g_unichar_to_utf8(g_unichar_tolower(c), word);
	}
	*word = '\0';
	return TRUE;
}

static gboolean take_word_after(const Typography *t, guint i, char *word)
{
	guint end = i + 1;

	while (end < t->n && end - i <= WORD_LIMIT + 1 && is_unit(t->c[end]))
		end++;
	return copy_word(t, i + 1, end, word);
}

/* The word that ends before i, points and all, when it has no more than limit characters. */
static gboolean take_word_before(const Typography *t, guint i, guint limit, char *word)
{
	guint start = i;

	while (start > 0 && i - start <= limit && !ends_word(t->c[start - 1]))
		start--;
	return i - start <= limit && copy_word(t, start, i, word);
}

static gboolean is_elided(const Typography *t, guint i)
{
	char word[6 * WORD_LIMIT + 8];
	gunichar next;

	if (!take_word_after(t, i, word) || !g_strv_contains(t->tongue->elided, word))
		return FALSE;
	next = after(t, i + (guint)g_utf8_strlen(word, -1));
	return next != '\'' && next != RIGHT_SINGLE; /* 's' is a letter being named */
}

static gboolean closes(const Typography *t, guint i)
{
	return t->c[i] == '\'' && i > 0 && !opens(t->c[i - 1]) && !is_word(after(t, i));
}

static gboolean is_year(const Typography *t, guint i)
{
	return i + 2 < t->n && is_digit(t->c[i + 1]) && is_digit(t->c[i + 2]) && !is_digit(after(t, i + 2));
}

/* Whether a quotation that begins at i is closed further on; quotations in between are passed over. */
static gboolean has_close(const Typography *t, guint i)
{
	int depth = 0;

	for (guint k = i + 1; k < t->n && k < i + LOOK_AHEAD; k++) {
		if (t->c[k] != '\'')
			continue;
		if (closes(t, k) && depth-- == 0)
			return TRUE;
		if (opens(t->c[k - 1]) && !is_space(after(t, k)) && !is_elided(t, k) && !is_year(t, k))
			depth++;
	}
	return FALSE;
}

/* A number, and nothing but that, ends before i: feet and inches, minutes and seconds. */
static gboolean follows_number(const Typography *t, guint i)
{
	guint k = i;

	while (k > 0 && i - k < WORD_LIMIT && (is_digit(t->c[k - 1]) || t->c[k - 1] == ',' || t->c[k - 1] == '.'))
		k--;
	return k < i && is_digit(t->c[i - 1]) && (k == 0 || is_space(t->c[k - 1]) || t->c[k - 1] == '(' || t->c[k - 1] == PRIME);
}

static void set_single(Typography *t, guint i)
{
	gunichar last = before(t, i), next = after(t, i);
	gboolean opening = FALSE;

	if (opens(last) && next != 0 && !is_space(next) && !is_elided(t, i))
		opening = !is_year(t, i) || (!t->single_open && has_close(t, i));
	if (opening) {
		t->single_open = TRUE;
		put(t, i, LEFT_SINGLE);
	} else if (!t->single_open && !is_word(next) && follows_number(t, i)) {
		put(t, i, PRIME);
	} else {
		if (!opens(last) && !is_word(next))
			t->single_open = FALSE;
		put(t, i, RIGHT_SINGLE);
	}
}

static void set_double(Typography *t, guint i)
{
	gunichar last = before(t, i), next = after(t, i);
	gboolean opening = opens(last) && ((next != 0 && !is_space(next)) || !t->double_open);

	if (opening && last == '-' && t->double_open)
		opening = FALSE;
	if (!opening && !t->double_open && follows_number(t, i)) {
		put(t, i, DOUBLE_PRIME);
		return;
	}
	t->double_open = opening;
	put(t, i, opening ? LEFT_DOUBLE : RIGHT_DOUBLE);
}

/* Marks that are right already, or that a word processor turned the wrong way: ‘s avonds. */
static void see_curly(Typography *t, guint i)
{
	switch (t->c[i]) {
	case LEFT_SINGLE:
		if (is_elided(t, i) || (is_year(t, i) && !has_close(t, i)))
			put(t, i, RIGHT_SINGLE);
		else
			t->single_open = TRUE;
		break;
	case RIGHT_SINGLE:
		if (!opens(before(t, i)) && !is_word(after(t, i)))
			t->single_open = FALSE;
		break;
	case LEFT_DOUBLE:
	case LOW_DOUBLE:
		t->double_open = TRUE;
		break;
	default:
		t->double_open = FALSE;
	}
}

static guint run_length(const Typography *t, guint i)
{
	guint n = 1;

	while (i + n < t->n && t->c[i + n] == t->c[i])
		n++;
	return n;
}

static void replace_run(Typography *t, guint i, guint n, gunichar with)
{
	put(t, i, with);
	for (guint k = 1; k < n; k++)
		put(t, i + k, GONE);
}

/* The space before i keeps what stands there from beginning a line. */
static void bind_before(Typography *t, guint i)
{
	if (i > 1 && (t->c[i - 1] == ' ' || t->c[i - 1] == '\n') && !is_space(t->c[i - 2]))
		put(t, i - 1, NO_BREAK);
}

/* Returns how many characters were dealt with. */
static guint set_dash(Typography *t, guint i)
{
	guint n = run_length(t, i);
	gunichar last = before(t, i), next = after(t, i + n - 1);
	gboolean spaced = is_space(last) && (n > 1 ? !is_word(next) : is_space(next));

	if (n > 3 || (n == 1 && !spaced))
		return n;
	if (n > 1 && last == 0 && next == 0)
		return n;
	replace_run(t, i, n, t->tongue->dash[n == 2 && !spaced && !is_digit(last) ? 2 : n == 1 ? 0 : n == 2 ? 1 : 3]);
	if (spaced)
		bind_before(t, i);
	return n;
}

static guint set_points(Typography *t, guint i)
{
	guint n = run_length(t, i);

	if (n == 3 || n == 4) {
		replace_run(t, i, 3, ELLIPSIS);
		bind_before(t, i);
	}
	return n;
}

static gboolean is_initial(const Typography *t, guint end)
{
	return end >= 2 && t->c[end - 1] == '.' && t->c[end - 2] < GONE && g_unichar_isupper(t->c[end - 2]) &&
	       (end == 2 || !is_word(t->c[end - 3]));
}

static gunichar space_before_number(const Typography *t, guint i)
{
	char word[6 * WORD_LIMIT + 8];
	gunichar last = before(t, i);

	if (last == EURO || last == '$' || last == 0xA3 || last == SECTION)
		return NARROW;
	return take_word_before(t, i, WORD_LIMIT, word) && g_strv_contains(t->tongue->before_number, word) ? NO_BREAK : 0;
}

static gunichar space_after_number(const Typography *t, guint i)
{
	char word[6 * WORD_LIMIT + 8];

	if (!take_word_after(t, i, word))
		return 0;
	if (g_strv_contains(t->tongue->units, word))
		return NARROW;
	return g_strv_contains(t->tongue->after_number, word) ? NO_BREAK : 0;
}

static gunichar space_before_name(const Typography *t, guint i)
{
	char word[6 * WORD_LIMIT + 8];
	gunichar next = after(t, i);

	if (i == 0)
		return 0;
	if (is_initial(t, i)) {
		if (g_unichar_isupper(next))
			return after(t, i + 1) == '.' ? NARROW : NO_BREAK;
		return take_word_after(t, i, word) && g_strv_contains(t->tongue->particles, word) ? NO_BREAK : 0;
	}
	if ((t->c[i - 1] == '.' || t->tongue->bare_titles) && g_unichar_isupper(next) && take_word_before(t, i, TITLE_LIMIT, word) && g_strv_contains(t->tongue->titles, word))
		return NO_BREAK;
	return 0;
}

static void set_space(Typography *t, guint i)
{
	gunichar last = before(t, i), next = after(t, i), with = 0;

	if (is_digit(next) || (next == '\'' && is_digit(after(t, i + 1))))
		with = space_before_number(t, i);
	if (with == 0 && is_digit(last))
		with = space_after_number(t, i);
	if (with == 0 && (last == '.' || (next < 0x80 && g_ascii_isupper((char)next))))
		with = space_before_name(t, i);
	if (with != 0)
		put(t, i, with);
}

static gboolean is_small(gunichar c)
{
	return c - 'a' < 26;
}

/* Applies the rule for the character at i. Returns how many characters were dealt with. */
static guint set_character(Typography *t, guint i)
{
	switch (t->c[i]) {
	case ' ':
	case '\n':
		set_space(t, i);
		return 1;
	case '\'':
	case ACUTE:
		set_single(t, i);
		return 1;
	case '"':
		set_double(t, i);
		return 1;
	case LEFT_SINGLE:
	case RIGHT_SINGLE:
	case LEFT_DOUBLE:
	case RIGHT_DOUBLE:
	case LOW_DOUBLE:
		see_curly(t, i);
		return 1;
	case '-':
		return set_dash(t, i);
	case EN_DASH:
	case EM_DASH:
		if (is_space(after(t, i)))
			bind_before(t, i);
		return 1;
	case '.':
		return set_points(t, i);
	case ELLIPSIS:
		bind_before(t, i);
		return 1;
	default:
		return 1;
	}
}

void typography_apply(Typography *t)
{
	const gunichar *c = t->c;
	guint n = t->n;

	t->first = n;
	t->last = 0;
	for (guint i = 0; i < n;) {
		gboolean plain = c[i] < 0x80 && c[i] > '.'; /* letters and digits, mostly */
		gboolean between = c[i] == ' ' && i > 0 && i + 1 < n && is_small(c[i - 1]) && is_small(c[i + 1]);
		if (plain || between || (t->fixed != NULL && t->fixed[i]))
			i++;
		else
			i += set_character(t, i);
	}
}
