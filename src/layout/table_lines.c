/* Drawing collapsed borders: of the rows of a table that stand on a page, every edge is a line; where lines meet the strongest covers the crossing, and
 * the others end at it. */
#include "layout/table.h"

/* ---- what stands on the page ---- */

void table_note_row(gpointer user, const GridPlaced *row)
{
	const TableGroup *group = user;
	TablePart *part = group->part;
	TablePiece p = {.part = part, .width = group->width, .row = row->number, .begins = row->begins, .ends = row->ends, .y = row->y, .end = row->end, .area = row->area};
	p.number = part->table->pieces->len;
	g_array_append_val(part->table->pieces, p);
}

void table_note_cell(gpointer user, Area *area, guint row, guint rows)
{
	TablePart *part = ((const TableGroup *)user)->part;
	TablePlacedCell c = {part, area, row, row + rows - 1};
	g_array_append_val(part->table->placed, c);
}

static int rank(const TablePiece *p)
{
	FoKind kind = p->part->node->kind;
	return kind == FO_TABLE_HEADER ? 0 : kind == FO_TABLE_BODY ? 1 : 2;
}

/* Running headers are set after the rows. */
static int compare_pieces(gconstpointer a, gconstpointer b)
{
	const TablePiece *p = a, *q = b;
	int order = rank(p) - rank(q);
	return order != 0 ? order : p->number < q->number ? -1 : p->number > q->number;
}

/* ---- the lines ---- */

/* Of rows that are set to one width. */
typedef struct {
	Placer *placer;
	Table *table;
	Area *area;
	guint first;                 /* row, of those on the page */
	guint rows, columns;
	TableBorder *across, *along; /* (rows + 1) x columns; rows x (columns + 1) */
	int *x, *y;
	Area *last;                  /* the line that may go on */
} Lines;

static TableBorder none(void)
{
	return (TableBorder){.style = FO_K_NONE};
}

static TableBorder across(const Lines *l, guint row, gint64 column)
{
	return column < 0 || column >= l->columns ? none() : l->across[row * l->columns + (guint)column];
}

static TableBorder along(const Lines *l, gint64 row, guint line)
{
	return row < 0 || row >= l->rows ? none() : l->along[(guint)row * (l->columns + 1) + line];
}

/* Of those that meet in a point: before, after, start, end. */
typedef struct {
	TableBorder arm[4];
	int width, height; /* of the crossing */
	int winner;        /* -1: nothing */
} Joint;

static Joint joint_at(const Lines *l, guint row, guint line)
{
	Joint j = {.arm = {along(l, (gint64)row - 1, line), along(l, row, line), across(l, row, (gint64)line - 1), across(l, row, line)}, .winner = -1};
	static const int order[] = {SIDE_START, SIDE_END, SIDE_BEFORE, SIDE_AFTER};
	for (int i = 0; i < 4; i++) {
		const TableBorder *b = &j.arm[order[i]];
		if (b->width > 0 && (j.winner < 0 || table_border_beats(b, &j.arm[j.winner], l->table->by_precedence)))
			j.winner = order[i];
	}
	j.width = MAX(j.arm[SIDE_BEFORE].width, j.arm[SIDE_AFTER].width);
	j.height = MAX(j.arm[SIDE_START].width, j.arm[SIDE_END].width);
	return j;
}

static const int opposite[4] = {SIDE_AFTER, SIDE_BEFORE, SIDE_END, SIDE_START};

/* How far an arm goes beyond the middle of the crossing, negative: it ends before it. */
static int reach(const Joint *j, int arm)
{
	int half = (arm >= SIDE_START ? j->width : j->height) / 2;
	return j->winner == arm ? half : -half;
}

/* The same of one of the thin lines of a double arm, the one towards side: it turns the corner with another double line. */
static int reach_of_thin(const Joint *j, int arm, int side)
{
	int half = (arm >= SIDE_START ? j->width : j->height) / 2;
	if (j->arm[side].style == FO_K_DOUBLE)
		return j->arm[side].width / 3 - half;
	return j->arm[opposite[side]].style == FO_K_DOUBLE ? half : reach(j, arm);
}

static gboolean goes_on(const Area *last, const Area *a, int side)
{
	if (!last || last->box->border[side] != a->box->border[side] || last->box->border_style[side] != a->box->border_style[side] ||
	    last->box->border_colour[side] != a->box->border_colour[side])
		return FALSE;
	return side == SIDE_BEFORE ? last->y == a->y && last->x + last->ipd >= a->x : last->x == a->x && last->y + last->bpd >= a->y;
}

/* Neither side of a line is the inside. */
static BorderStyle line_style(FoKeyword style)
{
	return area_border_style(style == FO_K_INSET ? FO_K_RIDGE : style == FO_K_OUTSET ? FO_K_GROOVE : style);
}

/* A box of no size whose border is the line. */
static void add_line(Lines *l, const TableBorder *b, int side, const int from[2], int length)
{
	AreaTree *t = l->placer->layout->c.areas;
	Area *a = area_new(t, AREA_BLOCK, "table-border");
	a->box = area_alloc(t, sizeof *a->box);
	a->box->border[side] = b->width;
	a->box->border_style[side] = line_style(b->style);
	a->box->border_colour[side] = b->colour;
	a->at = l->table->node->at;
	a->x = from[0] + (side == SIDE_START ? b->width : 0);
	a->y = from[1] + (side == SIDE_BEFORE ? b->width : 0);
	*(side == SIDE_BEFORE ? &a->ipd : &a->bpd) = length;
	if (length <= 0)
		return;
	if (goes_on(l->last, a, side)) {
		if (side == SIDE_BEFORE)
			l->last->ipd = MAX(l->last->ipd, a->x + length - l->last->x);
		else
			l->last->bpd = MAX(l->last->bpd, a->y + length - l->last->y);
		return;
	}
	area_append(l->area, a);
	l->last = a;
}

/* One edge of the grid: an arm of the joints at both its ends, or thin: that line of a double one which lies towards a side. */
typedef struct {
	TableBorder border;
	Joint from, to;
	int start, end, middle; /* along it, and across */
	gboolean flat;
} Edge;

static void add_edge(Lines *l, const Edge *e, int thin)
{
	int arm_from = e->flat ? SIDE_END : SIDE_AFTER, arm_to = opposite[arm_from], corner = e->middle - e->border.width / 2;
	TableBorder b = e->border;
	int start = e->start - (thin < 0 ? reach(&e->from, arm_from) : reach_of_thin(&e->from, arm_from, thin));
	int end = e->end + (thin < 0 ? reach(&e->to, arm_to) : reach_of_thin(&e->to, arm_to, thin));
	if (thin >= 0) {
		b.width /= 3;
		b.style = FO_K_SOLID;
		corner += thin == SIDE_AFTER || thin == SIDE_END ? e->border.width - b.width : 0;
	}
	const int from[2] = {e->flat ? start : corner, e->flat ? corner : start};
	add_line(l, &b, e->flat ? SIDE_BEFORE : SIDE_START, from, end - start);
}

/* A run of edges, thin: of double ones the line towards that side, else all others. */
static void add_edges(Lines *l, gboolean flat, guint line, int thin)
{
	guint count = flat ? l->columns : l->rows;
	l->last = NULL;
	for (guint k = 0; k < count; k++) {
		Edge e = {.flat = flat, .border = flat ? across(l, line, k) : along(l, k, line)};
		if (e.border.width == 0 || (e.border.style == FO_K_DOUBLE) != (thin >= 0))
			continue;
		e.from = flat ? joint_at(l, line, k) : joint_at(l, k, line);
		e.to = flat ? joint_at(l, line, k + 1) : joint_at(l, k + 1, line);
		e.start = flat ? l->x[k] : l->y[k];
		e.end = flat ? l->x[k + 1] : l->y[k + 1];
		e.middle = flat ? l->y[line] : l->x[line];
		add_edge(l, &e, thin);
	}
}

static void add_all(Lines *l)
{
	for (guint i = 0; i <= l->rows; i++)
		for (int thin = -1; thin <= SIDE_AFTER; thin++)
			add_edges(l, TRUE, i, thin);
	for (guint j = 0; j <= l->columns; j++) {
		add_edges(l, FALSE, j, -1);
		add_edges(l, FALSE, j, SIDE_START);
		add_edges(l, FALSE, j, SIDE_END);
	}
}

/* ---- from the rows ---- */

static void grow_area(AreaTree *t, Area *a, int side, int by, gboolean boxed)
{
	if (!a || by == 0)
		return;
	if (boxed) {
		AreaBox *box = area_alloc(t, sizeof *box);
		if (a->box)
			*box = *a->box;
		box->padding[side] += by;
		a->box = box;
		return;
	}
	a->bpd += by;
	a->y -= side == SIDE_BEFORE ? by : 0;
}

/* A row at a break reaches to the line that is drawn there, with its cells. */
static void grow(Table *t, TablePiece *p, int side, int by)
{
	if (by == 0)
		return;
	AreaTree *areas = t->layout->c.areas;
	p->y -= side == SIDE_BEFORE ? by : 0;
	p->end += side == SIDE_AFTER ? by : 0;
	grow_area(areas, p->area, side, by, FALSE);
	for (guint i = 0; i < t->placed->len; i++) {
		const TablePlacedCell *c = &g_array_index(t->placed, TablePlacedCell, i);
		if (c->part == p->part && c->first <= p->row && p->row <= c->last)
			grow_area(areas, c->area, side, by, TRUE);
	}
}

static void grow_at_breaks(Table *t, const Frame *f)
{
	TablePiece *pieces = (TablePiece *)(gpointer)t->pieces->data;
	guint count = t->pieces->len, first = 0, last = count;
	while (first < count && rank(&pieces[first]) == 0)
		first++;
	while (last > first && rank(&pieces[last - 1]) == 2)
		last--;
	if (first == last)
		return;
	if (f->edges[0]) {
		grow(t, &pieces[first], SIDE_BEFORE, f->edges[0]->head[1]);
		if (first > 0)
			grow(t, &pieces[first - 1], SIDE_AFTER, f->edges[0]->head[0]);
	}
	if (f->edges[1]) {
		grow(t, &pieces[last - 1], SIDE_AFTER, f->edges[1]->foot[0]);
		if (last < count)
			grow(t, &pieces[last], SIDE_BEFORE, f->edges[1]->foot[1]);
	}
}

static void resolve(Lines *l)
{
	Table *t = l->table;
	TablePiece *pieces = (TablePiece *)(gpointer)t->pieces->data;
	for (guint i = 0; i <= l->rows; i++) {
		guint r = l->first + i;
		l->y[i] = i < l->rows ? pieces[r].y : pieces[r - 1].end;
		const TablePiece *above = r > 0 ? &pieces[r - 1] : NULL, *below = r < t->pieces->len ? &pieces[r] : NULL;
		TableBorder *row = l->across + (gsize)i * l->columns;
		for (guint k = 0; k < l->columns; k++)
			row[k] = table_border_repeats(t, above, below, k) ? row[k - 1] : table_border_across(t, above, below, k);
		for (guint k = 0; i < l->rows && k <= l->columns; k++)
			l->along[i * (l->columns + 1) + k] = table_border_along(t, below, k);
	}
}

/* Where writing runs from right to left, so do the columns. */
static void set_columns(Lines *l)
{
	const Table *t = l->table;
	const TableWidth *w = g_array_index(t->pieces, TablePiece, l->first).width;
	gboolean rtl = block_is_rtl(t->node);
	for (guint k = 0; k <= l->columns; k++)
		l->x[k] = l->area->x + w->x - t->frame->x + (rtl ? w->ipd - w->edges[l->columns - k] : w->edges[k]);
	for (guint i = 0; rtl && i < l->rows; i++) {
		for (guint a = 0, b = l->columns; a < b; a++, b--) {
			TableBorder kept = l->along[i * (l->columns + 1) + a];
			l->along[i * (l->columns + 1) + a] = l->along[i * (l->columns + 1) + b];
			l->along[i * (l->columns + 1) + b] = kept;
		}
	}
	for (guint i = 0; rtl && i <= l->rows; i++) {
		for (guint a = 0, b = l->columns - 1; a < b; a++, b--) {
			TableBorder kept = l->across[i * l->columns + a];
			l->across[i * l->columns + a] = l->across[i * l->columns + b];
			l->across[i * l->columns + b] = kept;
		}
	}
}

static void set_lines(Lines *l)
{
	l->across = g_new0(TableBorder, (gsize)(l->rows + 1) * l->columns);
	l->along = g_new0(TableBorder, (gsize)l->rows * (l->columns + 1));
	l->x = g_new(int, l->columns + 1);
	l->y = g_new(int, l->rows + 1);
	resolve(l);
	set_columns(l);
	add_all(l);
	g_free(l->across);
	g_free(l->along);
	g_free(l->x);
	g_free(l->y);
}

/* A row that keeps the width of a page before has its own. */
static guint same_width(const Table *t, guint first)
{
	const TablePiece *pieces = (const TablePiece *)(gpointer)t->pieces->data;
	guint end = first + 1;
	while (end < t->pieces->len && pieces[end].width == pieces[first].width)
		end++;
	return end - first;
}

void table_lines_set(Placer *p, Frame *f, gboolean broken)
{
	Table *t = f->table;
	if (!t)
		return;
	guint rows = t->pieces->len;
	if (rows > 0) {
		g_array_sort(t->pieces, compare_pieces);
		g_array_index(t->pieces, TablePiece, 0).broken[0] = t->broken;
		g_array_index(t->pieces, TablePiece, rows - 1).broken[1] = broken;
		grow_at_breaks(t, f);
	}
	for (Lines l = {.placer = p, .table = t, .area = f->area, .columns = t->columns}; l.first < rows; l.first += l.rows) {
		l.rows = same_width(t, l.first);
		set_lines(&l);
	}
	t->broken = broken;
	g_array_set_size(t->pieces, 0);
	g_array_set_size(t->placed, 0);
}
