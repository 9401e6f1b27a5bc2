/* Pages of several widths: from the break on where a page begins whose columns are wider or narrower, the flow is set again. What stands before it stays
 * as it is, so the pages up to there do, too. Behind it the flow is set as far as the pages need that follow: further on it changes again. */
#include "layout/page.h"

#include "layout/float.h"

enum {
	TRIES = 3,         /* to find the width of one page: of the last, it depends on what is left for it */
	MOST_NODES = 60000, /* that may be set again for pages of other widths */
	FLOAT_NODES = 200, /* one at a side takes as much time as so many */
	KEPT_NODES = 100,  /* so many take as much time as one where their lines are kept */
	HORIZON = 250,     /* boxes: some pages of lines */
	MOST_ITEMS = 50000, /* of cells that are filled again for pages of other widths */
};

ColumnGrid page_grid(const Region *body)
{
	return (ColumnGrid){body->columns, body->column_ipd, body->columns > 1 ? body->gap : 0, body->ipd};
}

gboolean page_is_same_grid(const ColumnGrid *a, const ColumnGrid *b)
{
	return a->count == b->count && a->ipd == b->ipd && a->gap == b->gap && a->span == b->span;
}

gboolean page_is_set(const Sequence *s, guint from, const Region *body)
{
	const ColumnGrid grid = page_grid(body);
	return page_is_same_grid(&grid, &s->grid) && !stream_item(s->stream, from)->parts;
}

static void count_nodes(const FoNode *n, WidthTries *w)
{
	w->nodes++;
	w->floats += float_place(n) == FLOAT_SIDE;
	for (const FoNode *k = n->first; k; k = k->next)
		count_nodes(k, w);
}

gboolean page_takes_long(const Sequence *s, WidthTries *w)
{
	if (w->nodes == 0)
		count_nodes(s->flow, w);
	return (guint64)s->changes->len * ((guint64)FLOAT_NODES * w->floats + (w->far ? w->nodes : w->nodes / KEPT_NODES)) > MOST_NODES;
}

/* What is set from a change of measure on is set again in the same way, so where filling cells again comes to an end it does so between two changes. */
static void set_flow(Layout *l, Sequence *s, guint boxes)
{
	flow_set(l, s, boxes);
	if (l->refilled_all > MOST_ITEMS && l->last_refilled == 0)
		l->last_refilled = s->changes->len;
}

static MeasureChange *last_change(const Sequence *s)
{
	return s->changes->len > 0 ? &g_array_index(s->changes, MeasureChange, s->changes->len - 1) : NULL;
}

gboolean page_set_width(Layout *l, Sequence *s, WidthTries *w, guint from, const Region *body)
{
	const ColumnGrid grid = page_grid(body);
	const MeasureChange change = {stream_count_boxes(s->stream, from), {grid.ipd, grid.span, grid.count > 1}, 0};
	MeasureChange *before = last_change(s);
	w->tries = before && before->boxes == change.boxes ? w->tries + 1 : 0;
	if (w->tries == TRIES || page_takes_long(s, w))
		return FALSE;
	if (w->tries > 0)
		*before = change;
	else
		g_array_append_val(s->changes, change);
	s->grid = grid;
	s->horizon = w->far ? 0 : change.boxes + HORIZON;
	set_flow(l, s, change.boxes);
	return TRUE;
}

void page_see_further(Layout *l, Sequence *s, guint from, gboolean all)
{
	guint boxes = stream_count_boxes(s->stream, from), ahead = s->horizon > boxes ? s->horizon - boxes : 0; /* what began before it may go on behind it */
	s->horizon = all ? 0 : boxes + MAX(HORIZON, 2 * ahead);
	set_flow(l, s, boxes);
}
