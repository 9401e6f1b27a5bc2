/* What is left of a grid where the flow comes to a page of another width. Its cells are filled once more, along both widths, so that of each what
 * stands on the pages before stays there and the rest begins behind it. Then the parts before are those of the cells as they are filled now. */
#include "layout/grid.h"

#include "layout/page.h"

#define CELL(g, i) (&g_array_index((g)->cells, GridCell, (i)))

enum { MOST_ITEMS = 4000 }; /* of cells that are filled again for one object of the flow at a time */

/* ---- filling its cells ---- */

static void add_change(GArray *changes, guint boxes, const FlowMeasure *measure)
{
	const MeasureChange change = {boxes, *measure, 0};
	g_array_append_val(changes, change);
}

/* Boxes of a cell on the pages before. */
static guint boxes_before(const Grid *before, guint cell)
{
	const GridCell *c = CELL(before, cell);
	return stream_count_boxes(c->stream, c->reached[before->taken]);
}

void grid_follow(const Grid *g, Stream *s)
{
	guint cell = g->cells->len, boxes = g->before ? boxes_before(g->before, cell) : 0;
	if (boxes == 0)
		return;
	const Stream *before = CELL(g->before, cell)->stream;
	const FlowMeasure measure = s->measure;
	GArray *changes = area_own(g->layout->scratch, g_array_new(FALSE, TRUE, sizeof(MeasureChange)), (GDestroyNotify)g_array_unref);
	if (before->changes)
		g_array_append_vals(changes, before->changes->data, before->changes->len);
	else
		add_change(changes, 0, &before->measure);
	add_change(changes, boxes, &measure);
	stream_set_changes(s, changes);
}

/* ---- what they replace ---- */

/* The break behind so many boxes. */
static guint break_behind(const Stream *s, guint boxes)
{
	guint i = 0;
	for (guint count = 0; i < stream_last(s); i++) {
		const Item *item = stream_item(s, i);
		count += item->kind == ITEM_BOX;
		if (item->kind == ITEM_BREAK && count == boxes)
			break;
	}
	return i;
}

static guint same_break(const Stream *before, guint at, const Stream *now)
{
	if (at == 0)
		return 0;
	return at == stream_last(before) ? stream_last(now) : break_behind(now, stream_count_boxes(before, at));
}

static void replace(Grid *g, guint cell, const GridCell *now)
{
	GridCell *c = CELL(g, cell);
	for (guint k = 0; k <= g->taken; k++)
		c->reached[k] = same_break(c->stream, c->reached[k], now->stream);
	c->stream = now->stream;
	c->frame = now->frame;
}

/* As far as something of it stands there. */
static void take_over(Grid *rest, guint cell)
{
	const GridCell *now = CELL(rest, cell), *c = CELL(rest->before, cell);
	rest->from[cell] = same_break(c->stream, c->reached[rest->before->taken], now->stream);
	for (Grid *g = rest->before; g && CELL(g, cell)->reached[g->taken] > 0; g = g->before)
		replace(g, cell, now);
}

/* Between columns of several numbers it keeps its width, too. */
static gboolean stays(const Layout *l)
{
	return l->flow->columns || l->refilled > MOST_ITEMS || (l->last_refilled > 0 && l->flow->changed > l->last_refilled);
}

Grid *grid_rest(Grid *g, Stream *s, guint step)
{
	const FlowMeasure measure = s->measure;
	guint cells = g->cells->len;
	Grid *rest = grid_new(g->layout, g->owner, g->user);
	g->taken = step;
	rest->before = g;
	g->layout->refilling++;
	if (!stays(g->layout))
		g->owner->fill(rest, s);
	g->layout->refilling--;
	stream_turn(s, &measure);
	if (stays(g->layout)) /* or what is nested in its cells does, and is not all as it was */
		return NULL;
	rest->from = layout_alloc(g->layout, sizeof(guint) * (cells + 1));
	for (guint i = 0; i < cells; i++)
		take_over(rest, i);
	return rest;
}
