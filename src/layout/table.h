/* Inside lay-out: tables. table.c: columns and parts; table_rows.c: which cell stands where; table_border.c: collapsing borders; table_lines.c:
 * drawing them; table_cell.c: cells to streams, rows to grids; table_running.c: headers and footers that retrieve markers;
 * table_caption.c: where the caption goes. */
#ifndef ROTONDE_LAYOUT_TABLE_H
#define ROTONDE_LAYOUT_TABLE_H

#include "layout/block.h"
#include "layout/grid.h"

typedef struct {
	int width;
	FoKeyword style; /* FO_K_NONE: no border; FO_K_HIDDEN: none, whatever else meets there */
	FoColour colour;
	int precedence;
} TableBorder;

typedef struct {
	const FoNode *node;
	guint row, rows, column, columns;
	TableBorder border[4]; /* by SIDE_; collapsed: the widest of the edges along it */
	int cut[2];            /* collapsed: widths where a page ends or begins in it */
} TableCell;

/* The table where it stands on pages of one width. */
typedef struct {
	int measure;            /* of the flow; 0: any */
	int x, ipd;             /* of its frame */
	int *edges;             /* columns + 1: offsets from the content rectangle's left */
	FrameRepeat repeat[2];
} TableWidth;

typedef struct {
	const FoNode *node; /* NULL: cells without a row */
	guint first_cell, end_cell;
	gboolean hidden; /* while the part is made: visibility="collapse" */
} TableRow;

/* A header, footer or body. */
typedef struct {
	struct Table *table;
	const FoNode *node;
	GArray *rows;  /* TableRow */
	GArray *cells; /* TableCell, by row and column */
	guint *matrix; /* collapsed: by row and column: index of the cell + 1; 0: none */
} TablePart;

/* Rows that are bound by spans, on pages of one width. */
typedef struct {
	TablePart *part;
	guint row, end;
	const TableWidth *width;
} TableGroup;

/* A row, or what of it stands on a page. */
typedef struct {
	TablePart *part;
	const TableWidth *width;
	guint row;
	gboolean begins, ends; /* it does not go on over the page before, after */
	gboolean broken[2];    /* before, after it: the table is */
	int y, end;            /* on the page */
	Area *area;            /* NULL: none */
	guint number;          /* in the order of setting */
} TablePiece;

typedef struct {
	TablePart *part;
	Area *area;
	guint first, last; /* rows */
} TablePlacedCell;

typedef struct Table {
	Layout *layout;
	const FoNode *node;
	Frame *frame;
	guint columns, all_columns; /* shown, and with those that are not */
	guint *map;             /* how many are shown before each of all, and in all; NULL: all are */
	TableWidth *width;      /* at hand */
	GPtrArray *widths;      /* TableWidth: all so far */
	const FoNode **all_described, **described; /* columns: the table-column, NULL: none */
	int page;               /* height of its pages */
	gboolean collapse, by_precedence;
	int separation[2];      /* block- and inline-progression-direction */
	TablePart *at_break[2]; /* header, footer: as they stand where it is broken; NULL: they do not, or are empty */
	GArray *pieces;         /* TablePiece, of what is being set */
	GArray *placed;         /* TablePlacedCell */
	gboolean broken;        /* what is being set has a part on the page before */
	const FoNode *ends[2];  /* header, footer; NULL: none */
	GPtrArray *parts;       /* TablePart, of the run */
	int fill;               /* while a part is made: so much higher is its last row */
	Narrowing outside;      /* of what it stands in */
	gboolean fills;         /* it is as wide as there is room */
} Table;

/* table.c */
enum { TABLE_LEAST_COLUMN = 5 }; /* ems that one without a width must have beside a float; so must a caption */
const FoNode *table_child(const FoNode *n, FoKind kind); /* the first; NULL: none */
int table_needs(Stream *s, const FoNode *table); /* what it must have beside a float (float_enter) */
int table_width(const FoNode *table, int room); /* FO_AUTO: as wide as there is room, or as its columns */
void table_add_bare(Stream *s, const FoNode *table, gboolean fills); /* without its caption; fills: it is as wide as there is room */
Stream *table_part_stream(Table *t, TablePart *part, int which); /* 0 header, 1 footer */

/* table_running.c: NULL when neither header nor footer retrieves markers; else ends become what they would be if the table were not broken. */
Running *running_new(Table *t);
void running_stop(Running *r); /* they are set as if the table were not broken */
void running_measure(Running *r); /* the parts are there */
int running_room(const Running *r, int which, gboolean repeated, int page); /* kept for it; -1: it is not one of these, or too high for such a page */

/* table_rows.c */
TablePart *table_part_new(Table *t, const FoNode *part);
guint table_count_columns(const FoNode *table);

/* table_border.c: the edges between two rows, and before a column line of a row (by number; the last is the table's end). NULL: nothing there. */
gboolean table_border_beats(const TableBorder *b, const TableBorder *other, gboolean by_precedence); /* of equal ones the other, that was there first, stays */
TableBorder table_border_across(const Table *t, const TablePiece *above, const TablePiece *below, guint column);
gboolean table_border_repeats(const Table *t, const TablePiece *above, const TablePiece *below, guint column); /* as across the column before */
TableBorder table_border_along(const Table *t, const TablePiece *p, guint line);
TablePiece table_piece(TablePart *p, guint row); /* a whole row */
void table_collapse(Table *t, TablePart *p, TablePart *before, TablePart *after); /* the parts around it, not empty; NULL: none */
const BreakEdges *table_break_edges(Table *t, TablePiece above, TablePiece below); /* a page ends between them; NULL: they take nothing more there */

/* table_lines.c: what stands on a page is noted; its edges are drawn when all of it is there (block.h). */
void table_note_row(gpointer group, const GridPlaced *row);
void table_note_cell(gpointer group, Area *area, guint row, guint rows);

/* table_cell.c */
void table_add_part(Table *t, Stream *s, TablePart *p, int cost);

#endif
