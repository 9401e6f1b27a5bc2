/* Offsets in a text as lines and columns. */
#include "base/locator.h"

#include <string.h>

void locator_init(Locator *l, const char *text, gsize size, const char *file)
{
	guint32 start = 0;

	*l = (Locator){.text = text, .size = size, .file = file, .last_line = 1, .last_column = 1};
	l->lines = g_array_sized_new(FALSE, FALSE, sizeof start, (guint)(size / 64 + 8));
	g_array_append_val(l->lines, start);
	for (const char *p = text; (p = memchr(p, '\n', size - (gsize)(p - text))) != NULL;) {
		start = (guint32)(++p - text);
		g_array_append_val(l->lines, start);
	}
}

void locator_clear(Locator *l)
{
	g_clear_pointer(&l->lines, g_array_unref);
}

static gsize line_offset(const Locator *l, int line)
{
	return g_array_index(l->lines, guint32, line - 1);
}

static int find_line(const Locator *l, gsize offset)
{
	int low = 1, high = (int)l->lines->len;

	while (low < high) {
		int middle = (low + high + 1) / 2;
		if (line_offset(l, middle) <= offset)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

Position locator_position(Locator *l, gsize offset, const char *focus)
{
	gsize from;
	int line, column = 1;

	offset = MIN(offset, l->size);
	line = find_line(l, offset);
	from = line_offset(l, line);
	if (line == l->last_line && l->last >= from && l->last <= offset) {
		from = l->last;
		column = l->last_column;
	}
	for (gsize i = from; i < offset; i++)
		column += ((guchar)l->text[i] & 0xC0) != 0x80;
	l->last = offset;
	l->last_line = line;
	l->last_column = column;
	return (Position){l->file, line, column, focus};
}

gsize locator_line_start(const Locator *l, int line)
{
	return line < 1 || line > (int)l->lines->len ? l->size : line_offset(l, line);
}

gsize locator_line_end(const Locator *l, int line)
{
	gsize end;

	if (line < 1 || line >= (int)l->lines->len)
		return l->size;
	end = line_offset(l, line + 1) - 1;
	if (end > line_offset(l, line) && l->text[end - 1] == '\r')
		end--;
	return end;
}

int locator_line_count(const Locator *l)
{
	return (int)l->lines->len;
}

gboolean locator_is_first(Locator *l, gsize offset)
{
	for (gsize i = offset; i > 0; i--) {
		char c = l->text[i - 1];
		if (c == '\n')
			return TRUE;
		if (c != ' ' && c != '\t')
			return FALSE;
	}
	return TRUE;
}
