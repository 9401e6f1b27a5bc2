/* What Markdown swallows within a sentence: the sign that a broken line begins with, asterisks between words and figures, the numbers of a list. */
#include "source/markdown.h"

#include <stdlib.h>
#include <string.h>

enum { NUMBER_LIMIT = 9, PLAIN_START = 99 /* a list that begins higher is none: it is a year */ };

/* ---- asterisks ---- */

static gunichar last_character(const char *text)
{
	gsize length = text != NULL ? strlen(text) : 0;
	const char *last = length > 0 ? g_utf8_find_prev_char(text, text + length) : NULL;

	return last != NULL ? g_utf8_get_char(last) : ' ';
}

static gunichar first_character(const char *text)
{
	return text != NULL && *text != '\0' ? g_utf8_get_char(text) : ' ';
}

static const char *literal_of(cmark_node *node)
{
	return node != NULL && cmark_node_get_type(node) == CMARK_NODE_TEXT ? cmark_node_get_literal(node) : NULL;
}

void swallow_stars(Body *b, cmark_node *node, int line)
{
	gboolean strong = cmark_node_get_type(node) == CMARK_NODE_STRONG;
	gunichar before = last_character(literal_of(cmark_node_previous(node))), after = first_character(literal_of(cmark_node_next(node)));
	g_autofree char *inside = NULL, *focus = NULL;

	if (!g_unichar_isalnum(before))
		return;
	inside = body_plain(node);
	if (strpbrk(inside, " \n") == NULL &&
	    !(g_unichar_isdigit(before) && g_unichar_isdigit(after) && g_unichar_isdigit(first_character(inside)) && g_unichar_isdigit(last_character(inside))))
		return;
	focus = g_strdup_printf("%s%.*s", strong ? "**" : "*", (int)strcspn(inside, " \n"), inside);
	grumble(b, MSG_BODY_STARS_SWALLOWED, line, focus, strong ? "**" : "*", strong ? "\\*\\*" : "\\*");
}

/* ---- numbers of lists ---- */

/* The number that an item's line begins with; -1: it cannot be told. */
static long item_number(const Body *b, cmark_node *item)
{
	gsize length, column = (gsize)MAX(cmark_node_get_start_column(item), 1) - 1;
	const char *line = b->exact && b->lines == NULL ? body_raw_line(b, body_line(b, item), &length) : body_bare_line(b, body_line(b, item), &length);
	char digits[NUMBER_LIMIT + 1] = "";
	gsize n = 0;

	if (!b->exact || b->lines != NULL)
		column = 0;
	while (n < NUMBER_LIMIT && column + n < length && g_ascii_isdigit(line[column + n])) {
		digits[n] = line[column + n];
		n++;
	}
	return n > 0 ? strtol(digits, NULL, 10) : -1;
}

/* Markdown counts on from the first number, whatever the others are. A list of ones or noughts asks for that. */
static gboolean check_numbers(Body *b, cmark_node *list)
{
	long expected = cmark_node_get_list_start(list), first = expected;
	gboolean same = first <= 1;

	for (cmark_node *item = cmark_node_first_child(list); item != NULL; item = cmark_node_next(item), expected++) {
		long number = item_number(b, item);
		same = same && number == first;
		if (number < 0 || number == expected || same)
			continue;
		g_autofree char *written = g_strdup_printf("%ld", number), *printed = g_strdup_printf("%ld", expected);
		grumble(b, number > expected ? MSG_BODY_LIST_SKIPS : MSG_BODY_LIST_COUNTS, body_line(b, item), written, written, printed);
		return FALSE;
	}
	return TRUE;
}

void swallow_numbers(Body *b, cmark_node *list)
{
	int start = cmark_node_get_list_start(list);

	if (check_numbers(b, list) && start > PLAIN_START) {
		g_autofree char *number = g_strdup_printf("%d", start);
		grumble(b, MSG_BODY_LIST_YEAR, body_line(b, list), number, number);
	}
}

/* ---- the sign that a line begins with ---- */

/* The line above belongs to a sentence that is not at its end. */
static gboolean goes_on(const Body *b, int line)
{
	gsize length;
	const char *text = line > 1 ? body_bare_line(b, line - 1, &length) : "";

	if (*text == '\0')
		return FALSE;
	while (length > 0 && g_ascii_isspace(text[length - 1]))
		length--;
	return length > 0 && (g_ascii_isalnum(text[length - 1]) || text[length - 1] == ',' || (guchar)text[length - 1] >= 0x80) && strchr("#-+*|<", *text) == NULL;
}

/* The sign with which a line begins, as in "> 3 uur" and "1. Daarna"; its length, 0: none before a figure. ordered: a number and its dot. */
static gsize sign_length(const char *text, gsize length, gboolean ordered)
{
	gsize n = 0, blank;

	while (ordered && n < length && g_ascii_isdigit(text[n]))
		n++;
	n += n < length && strchr(ordered ? ".)" : "-+*>#", text[n]) != NULL;
	blank = n;
	while (blank < length && text[blank] == ' ')
		blank++;
	return n > 0 && blank < length && (ordered || g_ascii_isdigit(text[blank])) ? n : 0;
}

void swallow_sign(Body *b, cmark_node *node)
{
	cmark_node *above = cmark_node_previous(node), *item = cmark_node_first_child(node);
	gboolean list = cmark_node_get_type(node) == CMARK_NODE_LIST, ordered = list && cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int line = body_line(b, node);
	gsize length, n;
	const char *text;

	if (!b->exact || b->lines != NULL || above == NULL || cmark_node_get_type(above) != CMARK_NODE_PARAGRAPH || !goes_on(b, line))
		return;
	if (list && (item == NULL || cmark_node_next(item) != NULL))
		return;
	text = body_raw_line(b, line, &length);
	while (length > 0 && *text == ' ')
		text++, length--;
	n = sign_length(text, length, ordered);
	if (n == 0)
		return;
	g_autofree char *sign = g_strndup(text, n), *escaped = ordered ? g_strdup_printf("%.*s\\%c", (int)n - 1, text, text[n - 1]) : g_strdup_printf("\\%s", sign);
	grumble(b, MSG_BODY_SIGN_SWALLOWED, line, sign, sign, escaped);
}
