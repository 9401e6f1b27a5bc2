/* Inside lay-out: tables. table.c: columns and parts; table_rows.c: which cell stands where; table_border.c: collapsing borders; table_cell.c:
 * cells to streams, rows to grids; table_running.c: headers and footers that retrieve markers. */
#ifndef ROTONDE_LAYOUT_TABLE_H
#define ROTONDE_LAYOUT_TABLE_H

#include "layout/block.h"
#include "layout/grid.h"

typedef struct {
	int width;
	FoKeyword style; /* FO_K_NONE: no border */
	FoColour colour;
} TableBorder;

typedef struct {
	const FoNode *node;
	guint row, rows, column, columns;
	TableBorder border[4]; /* by SIDE_; collapsed */
} TableCell;

typedef struct {
	const FoNode *node; /* NULL: cells without a row */
	guint first_cell, end_cell;
} TableRow;

/* A header, footer or body. */
typedef struct {
	const FoNode *node;
	GArray *rows;  /* TableRow */
	GArray *cells; /* TableCell, by row and column */
} TablePart;

typedef struct {
	Layout *layout;
	const FoNode *node;
	Frame *frame;
	guint columns;
	int *edges;             /* columns + 1: offsets from the content rectangle's left */
	const FoNode **described; /* columns: the table-column, NULL: none */
	gboolean collapse;
	int separation[2];      /* block- and inline-progression-direction */
	const FoNode *ends[2];  /* header, footer; NULL: none */
	GPtrArray *parts;       /* TablePart, of the run */
	int fill;               /* while a part is made: so much higher is its last row */
} Table;

/* table.c */
Stream *table_part_stream(Table *t, TablePart *part, int which); /* 0 header, 1 footer */

/* table_running.c: NULL when neither header nor footer retrieves markers; else ends become what they would be if the table were not broken. */
Running *running_new(Table *t);
void running_stop(Running *r); /* they are set as if the table were not broken */
void running_measure(Running *r); /* the parts are there */
int running_room(const Running *r, int which, gboolean repeated, const Stream *s); /* kept for it; -1: it is not one of these, or too high for s */

/* table_rows.c */
TablePart *table_part_new(Table *t, const FoNode *part);
guint table_count_columns(const FoNode *table);

/* table_border.c */
void table_collapse(Table *t, TablePart *p, TablePart *before, TablePart *after); /* the parts around it; NULL: none */

/* table_cell.c */
void table_add_part(Table *t, Stream *s, TablePart *p, int cost);

#endif
