/* Which column a table cell stands in, for from-table-column(): cells are counted as they were built, row spans from above
 * included. */
#include "fo/build.h"

enum { COLUMNS = 256 };

typedef struct {
	int left[COLUMNS]; /* rows that a cell from above still takes, by column */
	int next;          /* first column not yet looked at in this row */
} Grid;

static int first_free(const Grid *g, int column)
{
	while (column < COLUMNS - 1 && g->left[column] > 0)
		column++;
	return column;
}

static void place(Grid *g, const FoNode *cell)
{
	int number = fo_integer(cell, FO_P_COLUMN_NUMBER);
	int column = number > 0 ? MIN(number - 1, COLUMNS - 1) : first_free(g, g->next);
	g->next = MIN(column + MIN(fo_integer(cell, FO_P_NUMBER_COLUMNS_SPANNED), COLUMNS), COLUMNS - 1);
	for (int c = column; c < g->next; c++)
		g->left[c] = fo_integer(cell, FO_P_NUMBER_ROWS_SPANNED);
}

static void end_row(Grid *g)
{
	for (int c = 0; c < COLUMNS; c++)
		g->left[c] -= g->left[c] > 0;
	g->next = 0;
}

static gboolean starts_row(const FoNode *n)
{
	return n && n->values && fo_keyword(n, FO_P_STARTS_ROW) == FO_K_TRUE;
}

/* Counts the cells before cell in its table-header, -footer or -body. */
static int count_columns(const FoNode *cell)
{
	Grid g = {.next = 0};
	const FoNode *row = cell->parent->kind == FO_TABLE_ROW ? cell->parent : cell;
	for (const FoNode *n = row->parent->first; n && n != row; n = n->next) {
		if (n->kind == FO_TABLE_CELL)
			place(&g, n);
		for (const FoNode *c = n->kind == FO_TABLE_ROW ? n->first : NULL; c; c = c->next)
			if (c->kind == FO_TABLE_CELL)
				place(&g, c);
		if (n->kind == FO_TABLE_ROW || fo_keyword(n, FO_P_ENDS_ROW) == FO_K_TRUE || starts_row(n->next))
			end_row(&g);
	}
	for (const FoNode *c = row != cell ? row->first : cell; c && c != cell; c = c->next)
		if (c->kind == FO_TABLE_CELL)
			place(&g, c);
	return first_free(&g, g.next) + 1;
}

static const FoNode *find_column(const FoNode *table, int number, int span)
{
	const FoNode *found = NULL;
	int next = 1;
	for (const FoNode *n = table->first; n; n = n->next) {
		if (n->kind != FO_TABLE_COLUMN)
			continue;
		int from = fo_integer(n, FO_P_COLUMN_NUMBER), spanned = fo_integer(n, FO_P_NUMBER_COLUMNS_SPANNED);
		from = from > 0 ? from : next;
		next = from + fo_integer(n, FO_P_NUMBER_COLUMNS_REPEATED);
		if (number < from || number >= next)
			continue;
		if (spanned == span)
			return n;
		found = spanned == 1 ? n : found;
	}
	return found;
}

const FoNode *fo_table_column_of(const FoDraft *d)
{
	const FoNode *cell = d->node, *table;
	while (cell && cell->kind != FO_TABLE_CELL)
		cell = cell->parent;
	for (table = cell; table && table->kind != FO_TABLE;)
		table = table->parent;
	if (!cell || !table)
		return NULL;
	gboolean own = cell == d->node;
	const FoValue *number = own ? fo_draft_peek(d, FO_P_COLUMN_NUMBER) : fo_values_peek(cell->values, FO_P_COLUMN_NUMBER);
	const FoValue *span =
	    own ? fo_draft_peek(d, FO_P_NUMBER_COLUMNS_SPANNED) : fo_values_peek(cell->values, FO_P_NUMBER_COLUMNS_SPANNED);
	int column = number->type == V_NUMBER ? (int)number->u.number : count_columns(cell);
	return find_column(table, column, span->type == V_NUMBER ? (int)span->u.number : 1);
}
