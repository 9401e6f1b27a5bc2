/* A part of a word as it is shown at the end or the start of a line: with a hyphen, and with the spelling that changes at it. */
#include "layout/paragraph.h"

#include <string.h>

static gboolean changes(const LineHyphen *h)
{
	return h && h->point;
}

static guint shown_length(const LinePart *part)
{
	guint length = part->to - part->from;
	if (part->hyphen && !part->hyphen->bare)
		length++;
	if (changes(part->hyphen))
		length += part->hyphen->point->before_length;
	if (changes(part->carried))
		length += part->carried->point->after_length;
	return length;
}

static void add(LineShown *s, gunichar c, guint origin)
{
	s->own[s->length] = c;
	s->origin[s->length++] = origin;
}

static void show_changed(const LinePart *part, const gunichar *chars, gunichar hyphen, LineShown *s)
{
	const HyphenPoint *after = changes(part->carried) ? part->carried->point : NULL, *before = changes(part->hyphen) ? part->hyphen->point : NULL;
	guint length = part->to - part->from, start = after ? MIN(after->after_cut, length) : 0;
	guint end = before ? length - MIN(before->before_cut, length) : length;
	for (guint i = 0; after && i < after->after_length; i++)
		add(s, after->after[i], MIN(i, start > 0 ? start - 1 : 0));
	for (guint i = start; i < end; i++)
		add(s, chars[i], i);
	guint next = end;
	for (guint i = 0; before && i < before->before_length; i++) {
		add(s, before->before[i], MIN(next, length > 0 ? length - 1 : 0));
		next += next < length;
	}
	if (part->hyphen && !part->hyphen->bare)
		add(s, hyphen, next);
}

void line_show(const LineParagraph *p, const LineAtom *a, const LinePart *part, LineShown *shown)
{
	const gunichar *chars = &g_array_index(p->chars, gunichar, part->from);
	gboolean plain = (!part->hyphen || part->hyphen->bare) && !changes(part->carried);
	*shown = (LineShown){.chars = chars, .length = part->to - part->from};
	if (plain)
		return;
	guint length = shown_length(part);
	shown->own = g_new(gunichar, length);
	shown->origin = g_new(guint, length);
	shown->length = 0;
	show_changed(part, chars, g_array_index(p->pieces, LinePiece, a->piece).style->hyphen, shown);
	shown->chars = shown->own;
}

void line_shown_clear(LineShown *shown)
{
	g_free(shown->own);
	g_free(shown->origin);
}
