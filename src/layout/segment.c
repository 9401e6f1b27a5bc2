/* Where a line may begin (UAX 14). Pango knows; but most of a text is plain words between spaces, where there is nothing to know, and Pango takes ten times
 * as long as all else that is done for a character. So only chunks that hold anything else are shown to it, each with its neighbours. */
#include "layout/paragraph.h"

#include <pango/pango.h>

typedef enum { OTHER, LETTER, OPENER, QUOTE, CLOSER, SPACE } Class;

/* LETTER: what never breaks from another of its kind (AL, NU and, between or after those, IS). */
static Class class_of(gunichar c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
		return LETTER;
	switch (c) {
	case ' ':
		return SPACE;
	case '.':
	case ',':
	case ':':
	case ';':
	case '!':
	case '?':
	case ')':
	case 0x2026:
		return CLOSER;
	case '(':
	case 0x201e:
		return OPENER;
	case '\'':
	case '"':
	case 0x2018:
	case 0x2019:
	case 0x201c:
	case 0x201d:
		return QUOTE;
	default:
		return c >= 0xc0 && c < 0x250 && c != 0xd7 && c != 0xf7 ? LETTER : OTHER;
	}
}

static gboolean is_stop(gunichar c)
{
	return c == '.' || c == ',' || c == ':' || c == ';';
}

static gboolean is_digit(gunichar c)
{
	return c >= '0' && c <= '9';
}

/* Openers and quotes, then letters (with quotes and . , : ; inside), then closers and quotes. */
static gboolean is_plain(const gunichar *chars, guint start, guint end)
{
	guint i = start;
	while (i < end && (class_of(chars[i]) == OPENER || class_of(chars[i]) == QUOTE))
		i++;
	if (i == end || class_of(chars[i]) != LETTER)
		return FALSE;
	for (; i < end; i++) {
		Class c = class_of(chars[i]);
		if (c != LETTER && c != QUOTE && !is_stop(chars[i]))
			break;
		if (is_stop(chars[i]) && i + 1 < end && is_digit(chars[i + 1]) && !is_digit(chars[i - 1]))
			return FALSE;
	}
	while (i < end && (class_of(chars[i]) == CLOSER || class_of(chars[i]) == QUOTE))
		i++;
	return i == end;
}

static void ask_pango(const gunichar *chars, guint start, guint end, const char *language, guint8 *attributes)
{
	glong size = 0;
	g_autofree char *text = g_ucs4_to_utf8(chars + start, end - start, NULL, &size, NULL);
	guint count = end - start + 1;
	g_autofree PangoLogAttr *attrs = g_new0(PangoLogAttr, count);
	pango_get_log_attrs(text, (int)size, -1, pango_language_from_string(language ? language : "en"), attrs, (int)count);
	for (guint i = 0; i + 1 < count; i++)
		attributes[i] = attrs[i].is_line_break;
}

static guint chunk_end(const gunichar *chars, guint length, guint i)
{
	while (i < length && chars[i] != ' ')
		i++;
	return i;
}

static guint skip_spaces(const gunichar *chars, guint length, guint i)
{
	while (i < length && chars[i] == ' ')
		i++;
	return i;
}

/* A chunk before or after this one that Pango must look at as well. before: index of the last character before the space, or -1. */
static gboolean depends_on_last(const gunichar *chars, guint start, gboolean first)
{
	if (first || class_of(chars[start]) != OPENER)
		return FALSE;
	guint i = start;
	while (i > 0 && chars[i - 1] == ' ')
		i--;
	return i > 0 && class_of(chars[i - 1]) == QUOTE;
}

typedef struct {
	const gunichar *chars;
	guint length;
	const char *language;
	guint8 *breaks;
} Text;

static gboolean is_hyphen(gunichar c)
{
	return c == '-' || c == 0x2010;
}

/* A hyphen that a word begins with stays with it (-tje, --help): rule LB20a of UAX 14 since Unicode 15.1, here for several and behind openers, too. */
static gboolean is_initial_hyphen(const gunichar *chars, guint i)
{
	if (!is_hyphen(chars[i - 1]) || !g_unichar_isalnum(chars[i]))
		return FALSE;
	while (i > 0 && is_hyphen(chars[i - 1]))
		i--;
	while (i > 0 && (class_of(chars[i - 1]) == OPENER || class_of(chars[i - 1]) == QUOTE))
		i--;
	return i == 0 || class_of(chars[i - 1]) == SPACE;
}

/* start: of the first chunk that is not plain; context: of the chunk before it. Gives where the first plain chunk after it begins. */
static guint break_hard_chunks(const Text *t, guint context, guint start)
{
	guint end = start, next = start;
	do {
		end = chunk_end(t->chars, t->length, next);
		next = skip_spaces(t->chars, t->length, end);
	} while (next < t->length && !is_plain(t->chars, next, chunk_end(t->chars, t->length, next)));
	guint until = next < t->length ? chunk_end(t->chars, t->length, next) : t->length;
	g_autofree guint8 *found = g_malloc0(until - context + 1);
	ask_pango(t->chars, context, until, t->language, found);
	for (guint i = MAX(start, 1); i <= MIN(next, t->length - 1); i++)
		t->breaks[i] = found[i - context] && !is_initial_hyphen(t->chars, i);
	return next;
}

void line_find_breaks(const gunichar *chars, guint length, const char *language, guint8 *breaks)
{
	Text t = {chars, length, language, breaks};
	guint before = 0, i = skip_spaces(chars, length, 0);
	gboolean decided = i == 0; /* whether a line may begin with this chunk */
	while (i < length) {
		guint end = chunk_end(chars, length, i);
		if (is_plain(chars, i, end) && !depends_on_last(chars, i, i == 0)) {
			if (!decided)
				breaks[i] = i > 0;
			decided = FALSE;
			before = i;
			i = skip_spaces(chars, length, end);
		} else {
			guint start = i;
			i = break_hard_chunks(&t, before, start);
			decided = TRUE;
			before = start;
		}
	}
}
