/* Setting the parts of a grid that stand on one page. */
#include "layout/grid.h"

#include "layout/block.h"

#define CELL(g, i) (&g_array_index((g)->cells, GridCell, (i)))
#define ROW(g, i) (&g_array_index((g)->rows, GridRow, (i)))

typedef struct {
	Placer *placer;
	Grid *grid;
	guint from, to; /* steps */
	Area *parent;
	int x, y;
	Area **rows;    /* areas of the rows that stand on the page; the parent where they have none */
} Setting;

/* Where a height of the unbroken grid comes to stand. */
static int map(const Setting *g, int height)
{
	int begin = g->grid->heights[g->from];
	return height <= begin ? g->y : g->y + height - begin + g->grid->post[g->from];
}

static gboolean is_row_here(const Setting *g, guint r)
{
	const int *tops = g->grid->tops, *heights = g->grid->heights;
	return tops[r] < heights[g->to] && (tops[r + 1] > heights[g->from] || (heights[g->from] == 0 && tops[r + 1] == 0));
}

static void tell_row(const Setting *g, guint r, Area *a)
{
	const Grid *grid = g->grid;
	if (!grid->owner->row)
		return;
	GridPlaced row = {.number = grid->first_row + r, .area = a, .y = map(g, grid->tops[r])};
	row.begins = grid->tops[r] >= grid->heights[g->from];
	row.ends = grid->tops[r + 1] <= grid->heights[g->to];
	row.end = map(g, MIN(grid->tops[r + 1], grid->heights[g->to]));
	grid->owner->row(grid->user, &row);
}

static void place_row(Setting *g, guint r)
{
	const GridRow *row = ROW(g->grid, r);
	g->rows[r] = g->parent;
	if (!is_row_here(g, r))
		return;
	if (!row->frame) {
		tell_row(g, r, NULL);
		return;
	}
	Placer *p = g->placer;
	Area *a = area_new(p->layout->c.areas, AREA_BLOCK, row->frame->name);
	int end = MIN(g->grid->tops[r + 1], g->grid->heights[g->to]);
	a->x = g->x + row->frame->x;
	a->y = map(g, g->grid->tops[r]);
	a->ipd = row->frame->ipd;
	a->bpd = MAX(map(g, end) - a->y, 0);
	tell_row(g, r, a);
	a->box = row->frame->box;
	a->structure = p->copy ? NULL : row->frame->structure;
	a->order = row->frame->node->order;
	a->at = row->frame->node->at;
	area_append(g->parent, a);
	g->rows[r] = a;
	page_note_frame(p, row->frame->node, a, g->grid->tops[r] >= g->grid->heights[g->from]);
}

/* Between the content of a cell and the end of its row. */
static int after_edge(const GridCell *c, const Area *a)
{
	int border = a->box ? a->box->border[SIDE_AFTER] : 0, padding = a->box ? a->box->padding[SIDE_AFTER] : 0;
	return (c->frame->cut ? border / 2 : border) + padding + c->frame->outside[SIDE_AFTER];
}

static void align(const GridCell *c, Area *a, int free_height)
{
	int shift = c->align == FO_K_AFTER ? free_height : c->align == FO_K_CENTER ? free_height / 2 : 0;
	if (shift <= 0)
		return;
	for (Area *child = a->first; child; child = child->next)
		area_move(child, 0, shift);
}

static void place_cell(Setting *g, GridCell *c)
{
	guint from = c->reached[g->from], to = c->reached[g->to];
	int top = g->grid->tops[c->row], bottom = g->grid->tops[c->row + c->rows];
	int begin = g->grid->heights[g->from];
	if (top >= g->grid->heights[g->to] && !(top == 0 && begin == 0))
		return;
	if (begin > 0 && bottom <= begin)
		return;
	guint r = c->row;
	while (r + 1 < c->row + c->rows && !is_row_here(g, r))
		r++;
	int y = map(g, top), end = map(g, MIN(bottom, g->grid->heights[g->to]));
	Stretch stretch = {.from = from, .to = to, .measure = c->measure};
	if (from == to)
		stream_place_rest(g->placer, c->stream, &stretch, g->rows[r], g->x + c->x, y);
	else
		stream_place(g->placer, c->stream, &stretch, g->rows[r], g->x + c->x, y);
	if (!c->frame || !c->frame->area)
		return;
	Area *a = c->frame->area;
	gboolean goes_on = bottom > g->grid->heights[g->to];
	if (from == to && from > 0)
		a->box = block_cut_box(g->placer->layout, c->frame, SIDE_BEFORE, c->frame->box);
	if (goes_on && to == stream_last(c->stream))
		a->box = block_cut_box(g->placer->layout, c->frame, SIDE_AFTER, a->box);
	int height = MAX(end - a->y - after_edge(c, a), 0), free_height = height - a->bpd;
	if (from == 0 && to == stream_last(c->stream))
		align(c, a, free_height);
	a->bpd = MAX(height, a->bpd);
	if (g->grid->owner->cell)
		g->grid->owner->cell(g->grid->user, a, g->grid->first_row + c->row, c->rows);
}

int grid_place(Placer *p, Stream *s, guint *number, guint to, Area *parent, int x, int y)
{
	Grid *grid = stream_item(s, *number)->u.grid;
	Setting g = {.placer = p, .grid = grid, .from = stream_item(s, *number)->part, .parent = parent, .x = x, .y = y};
	for (guint i = *number; i < to; i++) {
		const Item *item = stream_item(s, i);
		if (item->kind == ITEM_BOX && item->box == BOX_GRID && item->u.grid == grid) {
			g.to = item->part + 1;
			*number = i;
		} else if (item->kind != ITEM_BREAK) {
			break;
		}
	}
	g.rows = g_new0(Area *, grid->rows->len + 1);
	for (guint r = 0; r < grid->rows->len; r++)
		place_row(&g, r);
	for (guint i = 0; i < grid->cells->len; i++)
		place_cell(&g, CELL(grid, i));
	g_free(g.rows);
	return map(&g, grid->heights[g.to]) - y;
}
