/* Collapsing borders (XSL 1.1, 6.7.3 and 7.28; CSS 2.1, 17.6.2.1). The edges between the cells of a grid are contested one by one by all that meets
 * there; on a page that a table is broken over, the rows that meet are those that stand there, and what is broken counts where it is retained. */
#include "layout/table.h"

typedef struct {
	TableBorder winner;
	gboolean by_precedence;
} Contest;

static int style_rank(FoKeyword style)
{
	static const FoKeyword ranks[] = {FO_K_NONE,   FO_K_INSET, FO_K_GROOVE, FO_K_OUTSET, FO_K_RIDGE,
	                                  FO_K_DOTTED, FO_K_DASHED, FO_K_SOLID,  FO_K_DOUBLE};
	for (int i = 0; i < (int)G_N_ELEMENTS(ranks); i++)
		if (ranks[i] == style)
			return i;
	return 0;
}

gboolean table_border_beats(const TableBorder *b, const TableBorder *other, gboolean by_precedence)
{
	if (b->style == FO_K_NONE || other->style == FO_K_NONE)
		return b->style != FO_K_NONE;
	if (by_precedence && b->precedence != other->precedence)
		return b->precedence > other->precedence;
	if (b->style == FO_K_HIDDEN || other->style == FO_K_HIDDEN)
		return other->style != FO_K_HIDDEN;
	if (b->width != other->width)
		return b->width > other->width;
	return style_rank(b->style) > style_rank(other->style);
}

/* cut: n goes on beyond a page break at that side. */
static void contest(Contest *c, const FoNode *n, int side, gboolean cut)
{
	if (!n)
		return;
	FoKeyword style = fo_keyword(n, FO_P_BORDER_BEFORE_STYLE + side);
	if (style == FO_K_NONE || (cut && !fo_space(n, FO_P_BORDER_BEFORE_WIDTH + 2 * side, 0).retain))
		return;
	TableBorder b = {.style = style, .colour = fo_colour(n, FO_P_BORDER_BEFORE_COLOR + side)};
	b.width = MAX(fo_length(n, FO_P_BORDER_BEFORE_WIDTH + 2 * side, 0), 0);
	b.precedence = c->by_precedence ? fo_integer(n, FO_P_BORDER_BEFORE_PRECEDENCE + side) : 0;
	if (b.width == 0 && style != FO_K_HIDDEN)
		return;
	if (table_border_beats(&b, &c->winner, c->by_precedence))
		c->winner = b;
}

/* ---- the edges of the grid ---- */

static TableCell *cell_at(const TablePart *p, guint row, guint column)
{
	guint index = p->matrix[row * p->table->columns + column];
	return index ? &g_array_index(p->cells, TableCell, index - 1) : NULL;
}

static TableCell *cell_of(const TablePiece *p, guint column)
{
	return p ? cell_at(p->part, p->row, column) : NULL;
}

gboolean table_border_repeats(const Table *t, const TablePiece *above, const TablePiece *below, guint column)
{
	return column > 0 && cell_of(above, column) == cell_of(above, column - 1) && cell_of(below, column) == cell_of(below, column - 1) &&
	       t->described[column] == t->described[column - 1];
}

static const FoNode *node_of(const TableCell *c)
{
	return c ? c->node : NULL;
}

static const FoNode *row_of(const TablePiece *p)
{
	return g_array_index(p->part->rows, TableRow, p->row).node;
}

static gboolean begins(const TableCell *c, const TablePiece *p)
{
	return p->begins && c->row == p->row;
}

static gboolean ends(const TableCell *c, const TablePiece *p)
{
	return p->ends && c->row + c->rows == p->row + 1;
}

TableBorder table_border_across(const Table *t, const TablePiece *above, const TablePiece *below, guint column)
{
	const TableCell *a = cell_of(above, column), *b = cell_of(below, column);
	gboolean joined = above && below && above->part == below->part;
	Contest c = {.by_precedence = t->by_precedence};
	if (joined && a && a == b)
		return c.winner;
	contest(&c, node_of(a), SIDE_AFTER, a && !ends(a, above));
	contest(&c, node_of(b), SIDE_BEFORE, b && !begins(b, below));
	if (above)
		contest(&c, row_of(above), SIDE_AFTER, !above->ends);
	if (below)
		contest(&c, row_of(below), SIDE_BEFORE, !below->begins);
	if (above && !joined)
		contest(&c, above->part->node, SIDE_AFTER, !above->ends || above->row + 1 < above->part->rows->len);
	if (below && !joined)
		contest(&c, below->part->node, SIDE_BEFORE, !below->begins || below->row > 0);
	if (above && below)
		return c.winner;
	int side = above ? SIDE_AFTER : SIDE_BEFORE;
	gboolean cut = above ? above->broken[1] : below->broken[0];
	contest(&c, t->described[column], side, cut);
	contest(&c, t->node, side, cut);
	return c.winner;
}

/* Before column line, or after the last. */
TableBorder table_border_along(const Table *t, const TablePiece *p, guint line)
{
	const TableCell *a = line > 0 ? cell_of(p, line - 1) : NULL, *b = line < t->columns ? cell_of(p, line) : NULL;
	Contest c = {.by_precedence = t->by_precedence};
	if (a && a == b)
		return c.winner;
	gboolean edge = line == 0 || line == t->columns;
	int side = line == 0 ? SIDE_START : SIDE_END;
	contest(&c, node_of(a), SIDE_END, FALSE);
	contest(&c, node_of(b), SIDE_START, FALSE);
	if (edge)
		contest(&c, row_of(p), side, FALSE);
	if (edge)
		contest(&c, p->part->node, side, FALSE);
	contest(&c, line > 0 ? t->described[line - 1] : NULL, SIDE_END, FALSE);
	contest(&c, line < t->columns ? t->described[line] : NULL, SIDE_START, FALSE);
	if (edge)
		contest(&c, t->node, side, FALSE);
	return c.winner;
}

/* ---- what they come to for a cell ---- */

static void fill_matrix(TablePart *p)
{
	guint columns = p->table->columns;
	p->matrix = layout_alloc(p->table->layout, sizeof(guint) * (p->rows->len + 1) * columns);
	for (guint i = 0; i < p->cells->len; i++) {
		const TableCell *c = &g_array_index(p->cells, TableCell, i);
		for (guint r = 0; r < c->rows; r++)
			for (guint k = 0; k < c->columns; k++)
				p->matrix[(c->row + r) * columns + c->column + k] = i + 1;
	}
}

static void widen(TableBorder *b, TableBorder other)
{
	if (other.width > b->width)
		*b = other;
}

TablePiece table_piece(TablePart *p, guint row)
{
	return (TablePiece){.part = p, .row = row, .begins = TRUE, .ends = TRUE};
}

/* The widest of the edges along each side, and of those where a page ends or begins in it. */
static void measure_cell(const Table *t, TablePart *p, TableCell *c, const TablePiece *before, const TablePiece *after)
{
	TablePiece first = table_piece(p, c->row), last = table_piece(p, c->row + c->rows - 1), cut = {.part = p, .row = c->row, .broken = {TRUE, TRUE}};
	TablePiece row_above = table_piece(p, first.row - 1), row_below = table_piece(p, last.row + 1);
	const TablePiece *above = first.row > 0 ? &row_above : before, *below = row_below.row < p->rows->len ? &row_below : after;
	for (guint k = c->column; k < c->column + c->columns; k++) {
		if (k > c->column && table_border_repeats(t, above, &first, k) && table_border_repeats(t, &last, below, k))
			continue;
		widen(&c->border[SIDE_BEFORE], table_border_across(t, above, &first, k));
		widen(&c->border[SIDE_AFTER], table_border_across(t, &last, below, k));
		c->cut[SIDE_BEFORE] = MAX(c->cut[SIDE_BEFORE], table_border_across(t, NULL, &cut, k).width);
		c->cut[SIDE_AFTER] = MAX(c->cut[SIDE_AFTER], table_border_across(t, &cut, NULL, k).width);
	}
	for (guint r = first.row; r <= last.row; r++) {
		const TablePiece piece = table_piece(p, r);
		widen(&c->border[SIDE_START], table_border_along(t, &piece, c->column));
		widen(&c->border[SIDE_END], table_border_along(t, &piece, c->column + c->columns));
	}
}

void table_collapse(Table *t, TablePart *p, TablePart *before, TablePart *after)
{
	TablePiece above = {.part = before}, below = {.part = after};
	if (before)
		above = table_piece(before, before->rows->len - 1);
	if (after)
		below = table_piece(after, 0);
	if (before && !before->matrix)
		fill_matrix(before);
	if (after && !after->matrix)
		fill_matrix(after);
	if (!p->matrix)
		fill_matrix(p);
	for (guint i = 0; i < p->cells->len; i++)
		measure_cell(t, p, &g_array_index(p->cells, TableCell, i), before ? &above : NULL, after ? &below : NULL);
}

/* ---- where a page ends between rows, or in one ---- */

/* How much more the half of an edge takes than the cells at it have left free. */
static int excess(const Table *t, const TablePiece *above, const TablePiece *below, int side)
{
	int most = 0;
	for (guint k = 0; k < t->columns; k++) {
		const TablePiece *p = side == SIDE_AFTER ? above : below;
		const TableCell *c = cell_of(p, k);
		if (!c || table_border_repeats(t, above, below, k))
			continue;
		gboolean whole = side == SIDE_AFTER ? ends(c, p) : begins(c, p);
		int free_half = (whole ? c->border[side].width : c->cut[side]) / 2;
		most = MAX(most, table_border_across(t, above, below, k).width / 2 - free_half);
	}
	return most;
}

const BreakEdges *table_break_edges(Table *t, TablePiece above, TablePiece below)
{
	TablePart *header = t->at_break[0], *footer = t->at_break[1];
	TablePiece over = {.part = header}, under = {.part = footer};
	if (header)
		over = table_piece(header, header->rows->len - 1);
	if (footer)
		under = table_piece(footer, 0);
	above.broken[1] = below.broken[0] = TRUE;
	const TablePiece *o = header ? &over : NULL, *u = footer ? &under : NULL;
	BreakEdges e = {.frame = t->frame, .foot = {excess(t, &above, u, SIDE_AFTER), excess(t, &above, u, SIDE_BEFORE)},
	                .head = {excess(t, o, &below, SIDE_AFTER), excess(t, o, &below, SIDE_BEFORE)}};
	if (!e.foot[0] && !e.foot[1] && !e.head[0] && !e.head[1])
		return NULL;
	BreakEdges *kept = layout_alloc(t->layout, sizeof *kept);
	*kept = e;
	return kept;
}
