/* Pages of several widths: from the break on where a page begins whose columns are wider or narrower, the flow is set again. What stands before it stays
 * as it is, so the pages up to there do, too. */
#include "layout/page.h"

#include "layout/float.h"

enum {
	TRIES = 3,         /* to find the width of one page: of the last, it depends on what is left for it */
	MOST_NODES = 60000, /* that may be set again for pages of other widths */
	FLOAT_NODES = 200, /* one at a side takes as much time as so many */
};

ColumnGrid page_grid(const Region *body)
{
	return (ColumnGrid){body->columns, body->column_ipd, body->columns > 1 ? body->gap : 0, body->ipd};
}

gboolean page_is_same_grid(const ColumnGrid *a, const ColumnGrid *b)
{
	return a->count == b->count && a->ipd == b->ipd && a->gap == b->gap && a->span == b->span;
}

gboolean page_is_set(const Sequence *s, const Region *body)
{
	const ColumnGrid grid = page_grid(body);
	return page_is_same_grid(&grid, &s->grid);
}

static guint count_boxes(const Stream *s, guint end)
{
	guint boxes = 0;
	for (guint i = 0; i < end; i++)
		boxes += stream_item(s, i)->kind == ITEM_BOX;
	return boxes;
}

static guint count_nodes(const FoNode *n)
{
	guint count = float_place(n) == FLOAT_SIDE ? FLOAT_NODES : 1;
	for (const FoNode *k = n->first; k; k = k->next)
		count += count_nodes(k);
	return count;
}

/* Setting the flow once more for another change takes too long. */
static gboolean takes_long(const Sequence *s, WidthTries *w)
{
	if (w->nodes == 0)
		w->nodes = count_nodes(s->flow);
	return (guint64)s->changes->len * w->nodes > MOST_NODES;
}

static MeasureChange *last_change(const Sequence *s)
{
	return s->changes->len > 0 ? &g_array_index(s->changes, MeasureChange, s->changes->len - 1) : NULL;
}

gboolean page_set_width(Layout *l, Sequence *s, WidthTries *w, guint from, const Region *body)
{
	const ColumnGrid grid = page_grid(body);
	const MeasureChange change = {count_boxes(s->stream, from), {grid.ipd, grid.span, grid.count > 1}, 0};
	MeasureChange *before = last_change(s);
	w->tries = before && before->boxes == change.boxes ? w->tries + 1 : 0;
	if (w->tries == TRIES || takes_long(s, w))
		return FALSE;
	if (w->tries > 0)
		*before = change;
	else
		g_array_append_val(s->changes, change);
	s->grid = grid;
	page_stream(l, s);
	return TRUE;
}
