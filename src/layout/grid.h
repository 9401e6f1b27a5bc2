/* Inside lay-out: cells side by side (the rows of a table that belong together, a label and its body), cut over pages at a common height. */
#ifndef ROTONDE_LAYOUT_GRID_H
#define ROTONDE_LAYOUT_GRID_H

#include "layout/stream.h"

typedef struct {
	Stream *stream;
	Frame *frame;      /* its outermost, stretched to the height of the rows; NULL: none */
	int x, width;      /* of the stream's reference area, from the corner of the grid's */
	guint row, rows;   /* where it begins, how many it spans */
	int minimum;       /* its height at least, borders and padding included */
	FoKeyword align;   /* display-align */
	guint *reached;    /* by step: the break of its stream */
} GridCell;

typedef struct {
	Frame *frame;      /* NULL: rows without areas (lists) */
	int minimum;       /* its height at least */
	int fill;          /* added to it */
	int keep;          /* cost of breaking inside it */
	int keep_before;   /* ... before it */
} GridRow;

/* A row, or what of it stands on a page. */
typedef struct {
	guint number;
	gboolean begins, ends; /* it does not go on over the page before, after */
	int y, end;
	Area *area;            /* NULL: none */
} GridPlaced;

/* Whose rows they are, where it wants to know. */
typedef struct {
	void (*row)(gpointer user, const GridPlaced *row);
	void (*cell)(gpointer user, Area *area, guint row, guint rows);
	/* Of a page that ends behind one row and before another, or in a row, which then neither ends nor begins there. */
	const BreakEdges *(*edges)(gpointer user, guint above, guint below);
} GridOwner;

struct Grid {
	const GridOwner *owner; /* NULL: none */
	gpointer user;
	guint first_row;      /* number of the first row there */
	GArray *rows, *cells; /* GridRow, GridCell */
	int *tops;            /* rows + 1: where each row begins when nothing breaks */
	guint steps;          /* heights at which it can be cut, the last being its end */
	int *heights;         /* steps + 1 */
	int *post;            /* what the rest is higher by when cut there */
	int *costs;
	guint8 *forces;       /* a break in a cell breaks its rows */
};

Grid *grid_new(Layout *l);
void grid_add_row(Grid *g, GridRow row);
void grid_add_cell(Grid *g, GridCell cell);
/* Measures it and adds it to a stream: one box a part. */
void grid_emit(Grid *g, Stream *s, const FoNode *where);

typedef void (*GridVisitor)(gpointer user, Stream *s, guint from, guint to);
/* The items of all cells that stand in a part. */
void grid_each(Grid *g, guint part, GridVisitor visit, gpointer user);

/* Sets all parts of the grid from item *number on that come before item to, and leaves *number at the last. Returns their height. */
int grid_place(Placer *p, Stream *s, guint *number, guint to, Area *parent, int x, int y);

#endif
