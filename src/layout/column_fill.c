/* The columns of a page that were decided: spans as areas one under the other, in each the columns beside one another. */
#include "layout/block.h"

static Area *add_area(Layout *l, Area *parent, const char *name)
{
	Area *a = area_new(l->c.areas, AREA_BLOCK, name);
	a->order = parent->order;
	a->at = parent->at;
	area_append(parent, a);
	return a;
}

static gint64 full_height(const Sequence *s, const ColumnBreak *b)
{
	return stream_height(s->stream, b->from, b->to);
}

int column_height(const Sequence *s, const PageBreak *b)
{
	gint64 height = 0;
	for (guint i = b->columns_from; i < b->columns_to; i++) {
		const ColumnBreak *c = &g_array_index(s->columns, ColumnBreak, i);
		height = MAX(height, c->top + MIN(full_height(s, c), c->room));
	}
	return (int)height;
}

static Area *add_span(Layout *l, const PageField *body, int y)
{
	Area *span = add_area(l, body->area, "span");
	span->x = body->x;
	span->y = y;
	span->ipd = body->ipd;
	return span;
}

static void place_column(Placer *p, Sequence *s, const ColumnGrid *grid, const ColumnBreak *b, Area *span)
{
	guint place = block_is_rtl(p->page->master->node) ? b->count - 1 - b->index : b->index;
	Area *flow = add_area(p->layout, span, "flow");
	span->u.span.columns = (int)b->count;
	span->u.span.gap = grid->gap;
	flow->x = span->x + (int)place * (grid->ipd + grid->gap);
	flow->y = span->y;
	flow->ipd = b->count == 1 ? grid->span : grid->ipd;
	Stretch stretch = {.from = b->from, .to = b->to, .extra = page_extra(s, b->from, b->to, b->room, b->ragged), .measure = flow->ipd};
	flow->bpd = stream_place(p, s->stream, &stretch, flow, flow->x, flow->y);
	span->bpd = MAX(span->bpd, flow->bpd);
}

void column_fill(Placer *p, Sequence *s, const PageBreak *b, int shift)
{
	const PageField *body = &p->page->body;
	Area *span = NULL;
	for (guint i = b->columns_from; i < b->columns_to; i++) {
		const ColumnBreak *c = &g_array_index(s->columns, ColumnBreak, i);
		if (c->index == 0)
			span = add_span(p->layout, body, body->y + shift + c->top);
		place_column(p, s, &b->grid, c, span);
	}
}
