/* A block that brings what follows it back to the lines of the text (rotonde:block-step): its space after is changed so that the block and its
 * spaces together are a multiple of the step, as heights of pictures and tables seldom are. */
#include "layout/block.h"
#include "layout/gap.h"

/* Height of a frame that has just been closed: what was written of it, and the edges in the gap. */
static gint64 frame_height(const Stream *s, const Frame *f, guint from)
{
	gint64 height = 0;
	gboolean within = FALSE;
	for (guint i = from; i < s->items->len; i++) {
		const Item *item = stream_item(s, i);
		within |= item->kind == ITEM_OPEN && item->u.frame == f;
		if (within)
			height += item->size.optimum;
	}
	for (guint i = 0; within && i < s->gap->len; i++) {
		const GapPart *p = gap_part(s, i);
		height += p->kind == GAP_CLOSE ? p->frame->edge[1] : 0;
	}
	return height;
}

/* To the nearest multiple, or the next one where the space would be less than its minimum. */
FoSpace block_step_space(const Stream *s, const Frame *f, guint from, int step)
{
	FoSpace before = fo_space(f->node, FO_P_SPACE_BEFORE, stream_measure(s)), after = fo_space(f->node, FO_P_SPACE_AFTER, stream_measure(s));
	gint64 height = frame_height(s, f, from);
	if (step == 0 || height == 0)
		return after;
	int over = (int)((before.optimum + height + after.optimum) % step);
	if (over == 0)
		return after;
	after.optimum += over <= MIN(step / 2, after.optimum - after.minimum) ? -over : step - over;
	after.minimum = after.maximum = after.optimum;
	after.precedence = FO_FORCE;
	return after;
}
