/* Inside lay-out: cells side by side (the rows of a table that belong together, a label and its body), cut over pages at a common height. Where the flow
 * comes to a page of another width, what is left of them is a grid of its own, whose cells are set along both widths. */
#ifndef ROTONDE_LAYOUT_GRID_H
#define ROTONDE_LAYOUT_GRID_H

#include "layout/stream.h"

typedef struct {
	Stream *stream;
	Frame *frame;      /* its outermost, stretched to the height of the rows; NULL: none */
	int x;             /* of the stream's reference area, from the corner of the grid's */
	guint row, rows;   /* where it begins, how many it spans */
	int minimum;       /* its height at least, borders and padding included */
	FoKeyword align;   /* display-align */
	guint *reached;    /* by step: the break of its stream */
	int measure;       /* that the stream is set to here; made by grid_add_cell */
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

/* Whose rows they are. */
typedef struct {
	/* Adds the rows and cells of a grid that goes into a stream; the same ones to what is left of it, with user as that before it left it. */
	void (*fill)(Grid *g, Stream *s);
	/* NULL, all three of them: it need not know. */
	void (*row)(gpointer user, const GridPlaced *row);
	void (*cell)(gpointer user, Area *area, guint row, guint rows);
	/* Of a page that ends behind one row and before another, or in a row, which then neither ends nor begins there. */
	const BreakEdges *(*edges)(gpointer user, guint above, guint below);
} GridOwner;

struct Grid {
	Layout *layout;
	const GridOwner *owner;
	gpointer user;        /* fill may change it */
	Grid *before;         /* what of it stands on pages before, of another width; NULL: it is all there */
	guint taken;          /* steps of it that are set; the others are those of what is left */
	guint *from;          /* by cell: the break that it begins with; NULL: the first */
	guint first_row;      /* number of the first row there */
	GArray *rows, *cells; /* GridRow, GridCell */
	int *tops;            /* rows + 1: where each row begins when nothing breaks */
	guint steps;          /* heights at which it can be cut, the last being its end */
	int *heights;         /* steps + 1 */
	int *post;            /* what is left is higher by when cut there */
	int *costs;
	guint8 *forces;       /* a break in a cell breaks its rows */
};

Grid *grid_new(Layout *l, const GridOwner *owner, gpointer user);
void grid_add_row(Grid *g, GridRow row);
void grid_add_cell(Grid *g, GridCell cell);
/* The content of the next cell is to be set in this stream, which is new: along the widths that it had on the pages before. */
void grid_follow(const Grid *g, Stream *s);
/* Fills it, measures it and adds it to a stream: one box a part. */
void grid_emit(Grid *g, Stream *s, const FoNode *where);
/* grid_rest.c: what is left of it behind a step, on a page of another width. Not measured. NULL: it keeps its width, for that takes too long, or it stands in columns. */
Grid *grid_rest(Grid *g, Stream *s, guint step);

typedef void (*GridVisitor)(gpointer user, Stream *s, guint from, guint to);
/* The items of all cells that stand in a part. */
void grid_each(Grid *g, guint part, GridVisitor visit, gpointer user);

/* Sets all parts of the grid from item *number on that come before item to, and leaves *number at the last. Returns their height. */
int grid_place(Placer *p, Stream *s, guint *number, guint to, Area *parent, int x, int y);

#endif
