/* Before-floats stand at the top of the page of their anchor, or, where there is no room, of a page after it. Those that would leave too little
 * room for text get a page without text; so do those that are due before a forced break and at the end, and where waiting would take too long. */
#include "layout/page.h"

enum { MOST = 80 }; /* per cent of a page that a float may take from the text of the page after that of its anchor */

/* Where the floats of a page without text end that begins with start; start: the next one leaves room for text. One that is higher than a page goes on
 * on the next. */
static NotePoint fill(const NoteList *floats, NotePoint start, guint due, int height, gboolean all)
{
	gboolean begun = start.item > 0;
	if (start.note >= due ||
	    (!begun && !all && note_list_fit_whole(floats, start, start.note + 1, (int)((gint64)height * MOST / 100)).end.note > start.note))
		return start;
	NoteFit whole = note_list_fit_whole(floats, start, begun ? start.note + 1 : due, height);
	return whole.end.note > start.note ? whole.end : note_list_fill(floats, start, height).end;
}

static guint float_pages(Layout *l, Sequence *s, const FloatPages *at, NotePoint *floats, gboolean add)
{
	guint count = 0;
	if (note_list_length(s->floats) == 0)
		return count;
	guint due = note_list_before(s->floats, at->from);
	gboolean all = at->all || stream_item(s->stream, at->from)->force != FORCE_NONE || at->from == stream_last(s->stream);
	while (floats->note < due) {
		int height = page_body(l, s, at->page + count, FALSE)->bpd;
		NotePoint end = fill(s->floats, *floats, due, height, all);
		if (end.note == floats->note && end.item == floats->item)
			break;
		if (add)
			page_add(s, (PageBreak){.from = at->from, .to = at->from, .notes = {at->notes, at->notes}, .floats = {*floats, end}, .ragged = TRUE});
		*floats = end;
		count++;
	}
	return count;
}

guint page_float_count(Layout *l, const Sequence *s, const FloatPages *at, NotePoint *floats)
{
	return float_pages(l, (Sequence *)s, at, floats, FALSE);
}

guint page_float_add(Layout *l, Sequence *s, const FloatPages *at, NotePoint *floats)
{
	return float_pages(l, s, at, floats, TRUE);
}
