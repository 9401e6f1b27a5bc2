/* Cells to streams, rows that are bound by spans to one grid, grids into the table's stream. */
#include "layout/float.h"
#include "layout/table.h"

#define CELL(p, i) (&g_array_index((p)->cells, TableCell, (i)))
#define ROW(p, i) (&g_array_index((p)->rows, TableRow, (i)))

static int definite(int length)
{
	return length == FO_AUTO ? 0 : length;
}

/* ---- boxes ---- */

/* The box of a cell whose borders collapse: the winners, of which half lies on either side of the edge. */
static AreaBox *collapsed_box(Table *t, const TableCell *c, const AreaBox *own)
{
	AreaBox *box = area_alloc(t->layout->c.areas, sizeof *box);
	if (own)
		*box = *own;
	gboolean rtl = block_is_rtl(t->node);
	box->collapsed = TRUE;
	for (int side = 0; side < 4; side++) {
		const TableBorder *b = &c->border[side >= SIDE_START && rtl ? SIDE_START + SIDE_END - side : side];
		box->border[side] = b->width;
		box->border_style[side] = area_border_style(b->style);
		box->border_colour[side] = b->colour;
	}
	return box;
}

static gboolean has_background(const FoNode *n)
{
	const char *uri = fo_string(n, FO_P_BACKGROUND_IMAGE);
	return (fo_colour(n, FO_P_BACKGROUND_COLOR) & 0xff) != 0 || (uri && *uri);
}

/* The column's, where neither the cell nor its row or part lies over it with one of its own. */
static AreaBox *column_background(Table *t, const TableCell *c, AreaBox *box)
{
	const FoNode *column = t->described[c->column];
	FoColour colour = column ? fo_colour(column, FO_P_BACKGROUND_COLOR) : 0;
	if ((colour & 0xff) == 0 || (box && box->background) || fo_keyword(c->node, FO_P_VISIBILITY) != FO_K_VISIBLE)
		return box;
	for (const FoNode *n = c->node->parent; n && n != t->node; n = n->parent)
		if (has_background(n))
			return box;
	if (!box)
		box = area_alloc(t->layout->c.areas, sizeof *box);
	box->background = colour;
	return box;
}

/* What lies between the edge of the cell's columns and its content, on each side. */
static void insets(const Table *t, const AreaBox *box, int inset[4])
{
	for (int side = 0; side < 4; side++) {
		int border = box ? box->border[side] : 0, padding = box ? box->padding[side] : 0;
		int half = t->separation[side >= SIDE_START] / 2;
		inset[side] = (t->collapse ? border / 2 : border + half) + padding;
	}
}

static AreaBox *cell_box(Table *t, const TableCell *c)
{
	AreaBox *box = area_box_new(&t->layout->c, c->node, t->width->edges[c->column + c->columns] - t->width->edges[c->column]);
	if (t->collapse)
		box = collapsed_box(t, c, box);
	return column_background(t, c, box);
}

/* ---- cells ---- */

static void cell_turned(Frame *f)
{
	f->x = 0;
	f->ipd = f->measure;
}

static Frame *cell_frame(Stream *s, const TableCell *c, AreaBox *box, const int inset[4])
{
	gboolean collapsed = box && box->collapsed;
	Frame *f = block_frame(s, c->node, "table-cell");
	f->x = 0;
	f->ipd = s->ipd;
	f->turned = cell_turned;
	f->box = box;
	f->reference = TRUE;
	for (int side = 0; side < 2; side++) {
		f->edge[side] = inset[side];
		f->retained[side] = MIN(f->retained[side], inset[side]);
		int border_padding = box ? box->border[side] + box->padding[side] : 0;
		if (collapsed)
			f->retained[side] = c->cut[side] / 2 + (fo_space(c->node, FO_P_PADDING_BEFORE + 2 * side, 0).retain ? box->padding[side] : 0);
		else
			f->outside[side] = inset[side] - border_padding;
	}
	f->cut = collapsed ? c->cut : NULL;
	return f;
}

static int cell_minimum(const FoNode *n, const int inset[4])
{
	FoSpace height = fo_space(n, FO_P_BLOCK_PROGRESSION_DIMENSION, 0);
	int minimum = fo_is_percentage(n, FO_P_BLOCK_PROGRESSION_DIMENSION) ? 0 : MAX(definite(height.minimum), definite(fo_length(n, FO_P_HEIGHT, 0)));
	return minimum > 0 ? minimum + inset[SIDE_BEFORE] + inset[SIDE_AFTER] : 0;
}

static gboolean shows_something(Stream *s)
{
	for (guint i = 0; i < s->items->len; i++) {
		const Item *item = stream_item(s, i);
		if (item->kind == ITEM_OPEN && item->u.frame->parent && item->u.frame->box)
			return TRUE;
		if ((item->kind == ITEM_BOX && item->box != BOX_EMPTY) || (item->kind == ITEM_ANCHOR && (item->absolute || item->beside)))
			return TRUE;
	}
	return FALSE;
}

/* Its borders and its background are not drawn (CSS 2, 17.6.1.1): they keep their room. */
static AreaBox *blank_box(Table *t, const AreaBox *box)
{
	AreaBox *blank = area_alloc(t->layout->c.areas, sizeof *blank);
	for (int side = 0; box && side < 4; side++)
		blank->padding[side] = box->border[side] + box->padding[side];
	return blank;
}

static void add_cell(Table *t, Grid *g, const TableCell *c, guint first_row)
{
	AreaBox *box = cell_box(t, c);
	int inset[4], left = t->width->edges[c->column], right = t->width->edges[c->column + c->columns];
	if (block_is_rtl(t->node)) {
		int mirrored = t->frame->ipd - right;
		right = t->frame->ipd - left;
		left = mirrored;
	}
	insets(t, box, inset);
	int ipd = MAX(right - left - inset[SIDE_START] - inset[SIDE_END], 0);
	Stream *s = layout_stream(t->layout, ipd, FO_AUTO);
	grid_follow(g, s);
	Frame *f = cell_frame(s, c, box, inset);
	stream_open(s, f);
	block_children(s, c->node);
	float_end(s, 0);
	stream_close(s);
	stream_finish(s);
	if (!t->collapse && fo_keyword(c->node, FO_P_EMPTY_CELLS) == FO_K_HIDE && !shows_something(s))
		f->box = blank_box(t, f->box);
	GridCell cell = {
	    .stream = s,
	    .frame = f,
	    .x = t->frame->x + left + inset[SIDE_START],
	    .row = c->row - first_row,
	    .rows = c->rows,
	    .align = fo_keyword(c->node, FO_P_DISPLAY_ALIGN),
	    .minimum = cell_minimum(c->node, inset),
	};
	grid_add_cell(g, cell);
}

/* ---- rows ---- */

static int keep_of(const FoNode *n, FoProperty p)
{
	return n ? stream_keep_cost(MAX(fo_keep(n, p + 2), fo_keep(n, p + 3))) : 0;
}

static int keep_between(const TablePart *p, guint row)
{
	const FoNode *before = ROW(p, row - 1)->node, *after = ROW(p, row)->node;
	return MAX(keep_of(before, FO_P_KEEP_WITH_NEXT), keep_of(after, FO_P_KEEP_WITH_PREVIOUS));
}

static void add_row(Grid *g, Stream *s, TablePart *p, guint row)
{
	const Table *t = p->table;
	const FoNode *n = ROW(p, row)->node;
	GridRow r = {.keep = MAX(keep_of(n, FO_P_KEEP_TOGETHER), COST_ROW), .keep_before = row > 0 ? keep_between(p, row) : 0};
	r.fill = row + 1 == p->rows->len ? t->fill : 0;
	if (n) {
		r.frame = block_frame(s, n, "table-row");
		r.frame->x = t->frame->x;
		r.frame->ipd = t->frame->ipd;
		if (r.frame->box)
			for (int side = 0; side < 4; side++)
				r.frame->box->border[side] = r.frame->box->padding[side] = 0;
		FoSpace height = fo_space(n, FO_P_BLOCK_PROGRESSION_DIMENSION, 0);
		if (!fo_is_percentage(n, FO_P_BLOCK_PROGRESSION_DIMENSION))
			r.minimum = MAX(definite(height.minimum), definite(fo_length(n, FO_P_HEIGHT, 0)));
	}
	grid_add_row(g, r);
}

/* The row after the last that cells which begin in row reach into. */
static guint group_end(const TablePart *p, guint row)
{
	guint end = row + 1;
	for (guint r = row; r < end; r++)
		for (guint i = ROW(p, r)->first_cell; i < ROW(p, r)->end_cell; i++)
			end = MAX(end, CELL(p, i)->row + CELL(p, i)->rows);
	return MIN(end, p->rows->len);
}

/* ---- where pages end between rows ---- */

/* Of a row and the next, or in one row. */
static const BreakEdges *edges_between(TablePart *p, guint row, guint next)
{
	TablePiece above = table_piece(p, row), below = table_piece(p, next);
	above.ends = below.begins = row != next;
	return table_break_edges(p->table, above, below);
}

/* The part before a body when it is one, too. */
static TablePart *body_before(const Table *t, const TablePart *p)
{
	for (guint i = 1; i < t->parts->len; i++) {
		TablePart *before = g_ptr_array_index(t->parts, i - 1);
		if (g_ptr_array_index(t->parts, i) == p && before->node->kind == FO_TABLE_BODY && before->rows->len > 0)
			return before;
	}
	return NULL;
}

static const BreakEdges *edges_before(Table *t, TablePart *p, guint row)
{
	if (!t->collapse || p->node->kind != FO_TABLE_BODY)
		return NULL;
	if (row > 0)
		return edges_between(p, row - 1, row);
	TablePart *before = body_before(t, p);
	return before ? table_break_edges(t, table_piece(before, before->rows->len - 1), table_piece(p, row)) : NULL;
}

static void begin_group(Stream *s, TablePart *p, guint row, int cost)
{
	const FoNode *n = ROW(p, row)->node;
	stream_sibling(s, MAX(cost, row > 0 ? keep_between(p, row) : 0));
	s->edges = edges_before(p->table, p, row);
	if (n)
		block_force_before(s, n);
}

static void fill_group(Grid *g, Stream *s)
{
	TableGroup *group = layout_alloc(g->layout, sizeof *group);
	*group = *(const TableGroup *)g->user;
	TablePart *p = group->part;
	group->width = p->table->width;
	g->user = group;
	g->first_row = group->row;
	for (guint r = group->row; r < group->end; r++)
		add_row(g, s, p, r);
	for (guint r = group->row; r < group->end; r++)
		for (guint i = ROW(p, r)->first_cell; i < ROW(p, r)->end_cell; i++)
			add_cell(p->table, g, CELL(p, i), group->row);
}

static const BreakEdges *edges_at(gpointer group, guint row, guint next)
{
	return edges_between(((TableGroup *)group)->part, row, next);
}

static void add_group(Table *t, Stream *s, TablePart *p, guint row, guint end)
{
	static const GridOwner separate = {.fill = fill_group}, collapsed = {fill_group, table_note_row, table_note_cell, edges_at};
	TableGroup group = {.part = p, .row = row, .end = end};
	const FoNode *where = ROW(p, row)->node;
	grid_emit(grid_new(t->layout, t->collapse ? &collapsed : &separate, &group), s, where ? where : p->node);
	const FoNode *last = ROW(p, end - 1)->node;
	if (last)
		block_force_after(s, last);
}

static void part_turned(Frame *f)
{
	const Table *t = f->user;
	f->x = t->frame->x;
	f->ipd = t->frame->ipd;
}

void table_add_part(Table *t, Stream *s, TablePart *p, int cost)
{
	const char *name = p->node->kind == FO_TABLE_HEADER ? "table-header" : p->node->kind == FO_TABLE_FOOTER ? "table-footer" : "table-body";
	gboolean whole = p->node->kind != FO_TABLE_BODY;
	Frame *f = block_frame(s, p->node, name);
	f->turned = part_turned;
	f->user = t;
	part_turned(f);
	f->edge[0] = f->edge[1] = f->retained[0] = f->retained[1] = 0;
	for (int side = 0; f->box && side < 4; side++)
		f->box->border[side] = f->box->padding[side] = 0;
	stream_sibling(s, cost);
	stream_open(s, f);
	for (guint row = 0, end; row < p->rows->len; row = end) {
		end = group_end(p, row);
		begin_group(s, p, row, whole ? COST_ALWAYS : 0);
		add_group(t, s, p, row, end);
	}
	stream_close(s);
}
