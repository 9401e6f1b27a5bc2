/* Which cell of a table stands where: rows, columns, spans, and cells that are given without rows. */
#include "layout/table.h"

#include "layout/text.h"

enum { COLUMN_LIMIT = 1000 };

static int positive(const FoNode *n, FoProperty p)
{
	return CLAMP(fo_integer(n, p), 1, COLUMN_LIMIT);
}

/* ---- how many columns ---- */

static guint cells_in_row(const FoNode *first, const FoNode *end)
{
	guint at = 0, most = 0;
	for (const FoNode *n = first; n && n != end; n = n->next) {
		if (n->kind != FO_TABLE_CELL)
			continue;
		int number = fo_integer(n, FO_P_COLUMN_NUMBER);
		if (number > 0 && number <= COLUMN_LIMIT && fo_is_specified(n, FO_P_COLUMN_NUMBER))
			at = (guint)number - 1;
		at += (guint)positive(n, FO_P_NUMBER_COLUMNS_SPANNED);
		most = MAX(most, at);
		if (fo_keyword(n, FO_P_ENDS_ROW) == FO_K_TRUE || (n->next && fo_keyword(n->next, FO_P_STARTS_ROW) == FO_K_TRUE))
			at = 0;
	}
	return most;
}

guint table_count_columns(const FoNode *table)
{
	guint at = 0, most = 0;
	for (const FoNode *n = table->first; n; n = n->next) {
		if (n->kind == FO_TABLE_COLUMN) {
			int number = fo_integer(n, FO_P_COLUMN_NUMBER);
			if (number > 0 && number <= COLUMN_LIMIT)
				at = (guint)number - 1;
			at += (guint)positive(n, FO_P_NUMBER_COLUMNS_REPEATED);
			most = MAX(most, at);
		} else if (n->kind == FO_TABLE_BODY || n->kind == FO_TABLE_HEADER || n->kind == FO_TABLE_FOOTER) {
			most = MAX(most, cells_in_row(n->first, NULL));
			for (const FoNode *row = n->first; row; row = row->next)
				if (row->kind == FO_TABLE_ROW)
					most = MAX(most, cells_in_row(row->first, NULL));
		}
	}
	return MIN(most, (guint)COLUMN_LIMIT);
}

/* ---- placing cells ---- */

typedef struct {
	Table *table;
	TablePart *part;
	guint *taken; /* by column: rows that a cell from above still takes, this one included */
	guint column;
	gboolean open; /* a row is begun */
} Walk;

static void start_row(Walk *w, const FoNode *node)
{
	TableRow row = {.node = node, .first_cell = w->part->cells->len, .end_cell = w->part->cells->len};
	row.hidden = fo_keyword(node ? node : w->part->node, FO_P_VISIBILITY) == FO_K_COLLAPSE;
	g_array_append_val(w->part->rows, row);
	w->column = 0;
	w->open = TRUE;
}

static void end_row(Walk *w)
{
	if (!w->open)
		return;
	g_array_index(w->part->rows, TableRow, w->part->rows->len - 1).end_cell = w->part->cells->len;
	for (guint i = 0; i < w->table->all_columns; i++)
		if (w->taken[i] > 0)
			w->taken[i]--;
	w->open = FALSE;
}

static void add_cell(Walk *w, const FoNode *n)
{
	int number = fo_is_specified(n, FO_P_COLUMN_NUMBER) ? fo_integer(n, FO_P_COLUMN_NUMBER) : 0;
	if (number > 0 && (guint)number <= w->table->all_columns)
		w->column = (guint)number - 1;
	while (w->column < w->table->all_columns && w->taken[w->column] > 0)
		w->column++;
	guint column = MIN(w->column, w->table->all_columns - 1);
	TableCell c = {.node = n, .row = w->part->rows->len - 1, .column = column};
	c.columns = MIN((guint)positive(n, FO_P_NUMBER_COLUMNS_SPANNED), w->table->all_columns - column);
	c.rows = (guint)positive(n, FO_P_NUMBER_ROWS_SPANNED);
	for (guint i = 0; i < c.columns; i++)
		w->taken[column + i] = MAX(w->taken[column + i], c.rows);
	w->column = column + c.columns;
	g_array_append_val(w->part->cells, c);
}

static void walk_cells(Walk *w, const FoNode *n)
{
	if (fo_keyword(n, FO_P_STARTS_ROW) == FO_K_TRUE)
		end_row(w);
	if (!w->open)
		start_row(w, NULL);
	add_cell(w, n);
	if (fo_keyword(n, FO_P_ENDS_ROW) == FO_K_TRUE)
		end_row(w);
}

static void walk_row(Walk *w, const FoNode *row)
{
	end_row(w);
	start_row(w, row);
	for (const FoNode *n = row->first; n; n = n->next)
		if (n->kind == FO_TABLE_CELL)
			add_cell(w, n);
	end_row(w);
}

/* No cell spans further than the part goes. */
static void clip_spans(TablePart *p)
{
	for (guint i = 0; i < p->cells->len; i++) {
		TableCell *c = &g_array_index(p->cells, TableCell, i);
		c->rows = MIN(c->rows, p->rows->len - c->row);
	}
}

/* ---- rows and columns that are not shown ---- */

/* How many of the rows before each are shown; NULL: all. */
static guint *map_rows(const TablePart *p)
{
	guint *map = g_new0(guint, p->rows->len + 1);
	for (guint r = 0; r < p->rows->len; r++)
		map[r + 1] = map[r] + !g_array_index(p->rows, TableRow, r).hidden;
	if (map[p->rows->len] == p->rows->len)
		g_clear_pointer(&map, g_free);
	return map;
}

static void squeeze(guint *at, guint *span, const guint *map)
{
	guint from = map ? map[*at] : *at, to = map ? map[*at + *span] : *at + *span;
	*at = from;
	*span = to - from;
}

/* Said once, so that nobody looks in vain for what is not there. */
static void leave_out(Layout *l, const FoNode *n)
{
	Diagnostics *d = text_fonts_once(l->c.fonts, "collapsed");
	if (d)
		diagnose(d, MSG_LAYOUT_COLLAPSED, &n->at);
	g_hash_table_add(l->c.areas->left_out, GUINT_TO_POINTER(n->order));
}

/* A cell that is left with no row or column goes with them. Of others nothing is cut off: their rows are as high as they need. */
static void squeeze_cells(TablePart *p, const guint *rows)
{
	guint kept = 0;
	for (guint i = 0; i < p->cells->len; i++) {
		TableCell c = g_array_index(p->cells, TableCell, i);
		squeeze(&c.row, &c.rows, rows);
		squeeze(&c.column, &c.columns, p->table->map);
		if (c.rows == 0 || c.columns == 0)
			leave_out(p->table->layout, c.node);
		else
			g_array_index(p->cells, TableCell, kept++) = c;
	}
	g_array_set_size(p->cells, kept);
}

static int compare_cells(gconstpointer a, gconstpointer b)
{
	const TableCell *c = a, *d = b;
	return c->row != d->row ? (c->row > d->row) - (c->row < d->row) : (c->column > d->column) - (c->column < d->column);
}

/* Cells that begin in a hidden row and reach out of it stand in the next. */
static void squeeze_rows(TablePart *p)
{
	guint kept = 0, cell = 0;
	g_array_sort(p->cells, compare_cells);
	for (guint r = 0; r < p->rows->len; r++) {
		TableRow row = g_array_index(p->rows, TableRow, r);
		if (row.hidden)
			continue;
		row.first_cell = cell;
		while (cell < p->cells->len && g_array_index(p->cells, TableCell, cell).row == kept)
			cell++;
		row.end_cell = cell;
		g_array_index(p->rows, TableRow, kept++) = row;
	}
	g_array_set_size(p->rows, kept);
}

static void drop_hidden(TablePart *p)
{
	g_autofree guint *rows = map_rows(p);
	if (!rows && !p->table->map)
		return;
	squeeze_cells(p, rows);
	squeeze_rows(p);
}

TablePart *table_part_new(Table *t, const FoNode *node)
{
	TablePart *p = layout_alloc(t->layout, sizeof *p);
	p->table = t;
	p->node = node;
	p->rows = area_own(t->layout->scratch, g_array_new(FALSE, TRUE, sizeof(TableRow)), (GDestroyNotify)g_array_unref);
	p->cells = area_own(t->layout->scratch, g_array_new(FALSE, TRUE, sizeof(TableCell)), (GDestroyNotify)g_array_unref);
	Walk w = {.table = t, .part = p, .taken = g_new0(guint, t->all_columns + 1)};
	for (const FoNode *n = node->first; n; n = n->next) {
		if (n->kind == FO_TABLE_ROW)
			walk_row(&w, n);
		else if (n->kind == FO_TABLE_CELL)
			walk_cells(&w, n);
	}
	end_row(&w);
	clip_spans(p);
	drop_hidden(p);
	g_free(w.taken);
	return p;
}
