/* Collapsing borders (XSL 1.1, 6.7.3; CSS 2, 17.6.2): of the borders that meet on an edge the widest is drawn, by the cells on both sides. */
#include "layout/table.h"

/* A part with the row of the one before that it follows, and the row of the one after. */
typedef struct {
	Table *table;
	TablePart *part, *before, *after; /* NULL: the edge of the table */
	guint *cells; /* by row and column: index of the cell + 1; 0: none */
} Matrix;

static TableBorder border_of(const FoNode *n, int side)
{
	TableBorder b = {.style = FO_K_NONE};
	int width = fo_length(n, FO_P_BORDER_BEFORE_WIDTH + 2 * side, 0);
	b.style = fo_keyword(n, FO_P_BORDER_BEFORE_STYLE + side);
	b.width = width == FO_AUTO || b.style == FO_K_NONE || b.style == FO_K_HIDDEN ? 0 : width;
	b.colour = fo_colour(n, FO_P_BORDER_BEFORE_COLOR + side);
	return b;
}

static int style_rank(FoKeyword style)
{
	static const FoKeyword ranks[] = {FO_K_NONE,   FO_K_INSET, FO_K_GROOVE, FO_K_OUTSET, FO_K_RIDGE,
	                                  FO_K_DOTTED, FO_K_DASHED, FO_K_SOLID,  FO_K_DOUBLE};
	for (int i = 0; i < (int)G_N_ELEMENTS(ranks); i++)
		if (ranks[i] == style)
			return i;
	return 0;
}

/* "hidden" beats all, then the wider, then the more striking style; else what was there first. */
static void contest(TableBorder *winner, TableBorder other)
{
	if (winner->style == FO_K_HIDDEN)
		return;
	gboolean wins = other.style == FO_K_HIDDEN || other.width > winner->width ||
	                (other.width == winner->width && style_rank(other.style) > style_rank(winner->style));
	if (wins)
		*winner = other;
}

static TableCell *cell_at(const Matrix *m, guint row, guint column)
{
	guint index = m->cells[row * m->table->columns + column];
	return index ? &g_array_index(m->part->cells, TableCell, index - 1) : NULL;
}

/* The cell of another part that reaches into one of its rows at a column. */
static TableCell *cell_of(TablePart *p, guint row, guint column)
{
	for (guint i = 0; i < p->cells->len; i++) {
		TableCell *c = &g_array_index(p->cells, TableCell, i);
		if (c->row <= row && row < c->row + c->rows && c->column <= column && column < c->column + c->columns)
			return c;
	}
	return NULL;
}

static void fill_matrix(Matrix *m)
{
	for (guint i = 0; i < m->part->cells->len; i++) {
		const TableCell *c = &g_array_index(m->part->cells, TableCell, i);
		for (guint r = 0; r < c->rows; r++)
			for (guint k = 0; k < c->columns; k++)
				m->cells[(c->row + r) * m->table->columns + c->column + k] = i + 1;
	}
}

static const FoNode *row_node(const Matrix *m, guint row)
{
	return g_array_index(m->part->rows, TableRow, row).node;
}

/* Borders of rows, columns, part and table that lie on a side of a cell. */
static void contest_containers(const Matrix *m, TableCell *c, int side, gboolean at_table_edge)
{
	Table *t = m->table;
	guint last_row = c->row + c->rows - 1, last_column = c->column + c->columns - 1;
	TableBorder *b = &c->border[side];
	const FoNode *row = row_node(m, side == SIDE_BEFORE ? c->row : last_row);
	gboolean row_edge = side == SIDE_BEFORE || side == SIDE_AFTER || (side == SIDE_START ? c->column == 0 : last_column + 1 == t->columns);
	if (row && row_edge)
		contest(b, border_of(row, side));
	gboolean part_edge = side == SIDE_BEFORE  ? c->row == 0
	                     : side == SIDE_AFTER ? last_row + 1 == m->part->rows->len
	                     : side == SIDE_START ? c->column == 0
	                                          : last_column + 1 == t->columns;
	if (part_edge)
		contest(b, border_of(m->part->node, side));
	const FoNode *column = t->described[side == SIDE_END ? last_column : c->column];
	if (column && (side >= SIDE_START || at_table_edge))
		contest(b, border_of(column, side));
	if (part_edge && (side >= SIDE_START || at_table_edge))
		contest(b, border_of(t->node, side));
}

static const int opposite[4] = {SIDE_AFTER, SIDE_BEFORE, SIDE_END, SIDE_START};

/* The cells beyond a side, one by one. */
static void contest_neighbours(const Matrix *m, TableCell *c, int side)
{
	gboolean along_row = side == SIDE_BEFORE || side == SIDE_AFTER;
	guint count = along_row ? c->columns : c->rows;
	if ((side == SIDE_BEFORE && c->row == 0) || (side == SIDE_START && c->column == 0) ||
	    (side == SIDE_AFTER && c->row + c->rows >= m->part->rows->len) || (side == SIDE_END && c->column + c->columns >= m->table->columns))
		return;
	for (guint i = 0; i < count; i++) {
		guint row = side == SIDE_BEFORE ? c->row - 1 : side == SIDE_AFTER ? c->row + c->rows : c->row + i;
		guint column = side == SIDE_START ? c->column - 1 : side == SIDE_END ? c->column + c->columns : c->column + i;
		const TableCell *other = cell_at(m, row, column);
		if (other)
			contest(&c->border[side], border_of(other->node, opposite[side]));
		if (along_row && row_node(m, row))
			contest(&c->border[side], border_of(row_node(m, row), opposite[side]));
	}
}

/* The same where header, body and footer meet. */
static void contest_parts(const Matrix *m, TableCell *c, int side)
{
	gboolean at_edge = side == SIDE_BEFORE ? c->row == 0 : side == SIDE_AFTER && c->row + c->rows == m->part->rows->len;
	TablePart *p = side == SIDE_BEFORE ? m->before : m->after;
	if (!at_edge || !p || p->rows->len == 0)
		return;
	guint row = side == SIDE_BEFORE ? p->rows->len - 1 : 0;
	const FoNode *node = g_array_index(p->rows, TableRow, row).node;
	for (guint i = 0; i < c->columns; i++) {
		const TableCell *other = cell_of(p, row, c->column + i);
		if (other)
			contest(&c->border[side], border_of(other->node, opposite[side]));
	}
	if (node)
		contest(&c->border[side], border_of(node, opposite[side]));
	contest(&c->border[side], border_of(p->node, opposite[side]));
}

void table_collapse(Table *t, TablePart *p, TablePart *before, TablePart *after)
{
	Matrix m = {.table = t, .part = p, .before = before, .after = after, .cells = g_new0(guint, (gsize)(p->rows->len + 1) * t->columns)};
	fill_matrix(&m);
	for (guint i = 0; i < p->cells->len; i++) {
		TableCell *c = &g_array_index(p->cells, TableCell, i);
		for (int side = 0; side < 4; side++) {
			c->border[side] = border_of(c->node, side);
			gboolean edge = side == SIDE_BEFORE ? !before && c->row == 0 : side == SIDE_AFTER && !after && c->row + c->rows == p->rows->len;
			contest_neighbours(&m, c, side);
			contest_parts(&m, c, side);
			contest_containers(&m, c, side, edge);
		}
	}
	g_free(m.cells);
}
