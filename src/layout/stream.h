/* Inside lay-out: block content as one list of boxes, spaces and breaks, and setting a stretch of it as areas.
 *
 * A stream holds what stands in one reference area: the flow in a region's column, a static content, a block-container, a table cell, the
 * body of a footnote. Blocks inside it (frames) open and close in the list, so that a block that breaks over pages is nothing special. The
 * first and the last item are breaks; a stretch of a stream runs from one break to another. */
#ifndef ROTONDE_LAYOUT_STREAM_H
#define ROTONDE_LAYOUT_STREAM_H

#include "layout/line.h"

typedef struct Layout Layout;
typedef struct Stream Stream;
typedef struct Frame Frame;
typedef struct Grid Grid;
typedef struct Running Running; /* block.h */
typedef struct SideFloat SideFloat; /* float.h */
typedef struct FloatList FloatList;
typedef struct FloatItem FloatItem;

typedef struct {
	int minimum, optimum, maximum;
} Extent;

typedef enum { ITEM_BOX, ITEM_SPACE, ITEM_BREAK, ITEM_OPEN, ITEM_CLOSE, ITEM_ANCHOR } ItemKind;
typedef enum { BOX_EMPTY, BOX_LINE, BOX_CONTAINER, BOX_GRID, BOX_RUNNING } BoxKind;
typedef enum { FORCE_NONE, FORCE_COLUMN, FORCE_SPAN, FORCE_PAGE, FORCE_EVEN, FORCE_ODD } ForceKind;

/* Penalties of breaks (break.h): what is below BREAK_NEVER can be broken when nothing else is possible. */
enum { COST_ROW = 30, COST_NAME = 5000, COST_BESIDE = 30, COST_KEEP = 70, COST_KEEP_STEP = 10, COST_KEEP_LIMIT = 3000, COST_WIDOW = 9000, COST_ALWAYS = 9990 };

/* A block-container that is set as a whole, in a viewport of its own. */
typedef struct Container {
	Frame *frame;
	Stream *stream;
	int width, height; /* of the content rectangle, as the page sees it */
	int room, content; /* in the direction in which its blocks follow each other: what there is, what they take */
	int rotate;        /* 0 90 180 270 */
	gboolean clip;
	FoKeyword align;   /* display-align */
	FoKeyword position; /* FO_K_AUTO, FO_K_ABSOLUTE, FO_K_FIXED */
	int left, right, top, bottom; /* FO_AUTO: not given */
	Frame *reference;  /* absolute: what it is placed by; NULL: the stream's own reference area */
} Container;

/* The label of the page that something stands on, noted while pages are filled. */
typedef struct {
	const char *text; /* NULL: not yet known */
} PageLabel;

/* Collapsed borders where a page ends: what they take between the last row and its edge and between that and the repeated footer, and between the
 * repeated header and the edge of the first row and between that and the row, more than the cells have left free for them. */
typedef struct {
	Frame *frame;   /* of the table */
	int foot[2], head[2];
} BreakEdges;

typedef struct {
	guint8 kind;    /* ItemKind */
	guint8 box;     /* BoxKind */
	guint8 force;   /* ForceKind, of a break */
	gboolean hyphen; /* break: after a line that ends in a hyphen */
	gboolean spans;  /* break: what follows stands across all columns */
	gboolean parts;  /* break: what follows stands beside a float that is set before it; when a page ends here it is set again */
	gboolean kept;   /* break: forced, and what stands on both sides of it should share a page */
	int cost;       /* break: penalty */
	Extent size;    /* box, open, close: its height, all three equal; space: when no page ends at its break */
	Extent broken;  /* space: when a page does */
	int before, after; /* break: what it adds to the page that ends there and to the one that begins there, spaces included */
	guint brk;      /* space: item number of the break that changes it, G_MAXUINT: none */
	int measure;    /* BOX_GRID, BOX_CONTAINER: of the flow that it was set for, which it keeps; 0: of any */
	guint part;     /* BOX_GRID: number of the part; BOX_RUNNING: 0 header, 1 footer */
	union {
		LayoutLine *line;
		Container *container;
		Grid *grid;
		Running *running;
		Frame *frame;       /* open, close; break: the innermost frame that is open there */
		const FoNode *node; /* anchor: an object with an id or marker and without an area of its own */
	} u;
	Container *absolute; /* anchor: set at its own place */
	const FoNode *note;  /* anchor: a float, set at the top of a page */
	SideFloat *aside;    /* anchor: a float at a side, set beside what follows */
	Stream *beside;      /* anchor: a label, set beside what follows ... */
	int shift;           /* ... so far to the right of its place */
	PageLabel *label;    /* line: to be noted; NULL: need not */
	const BreakEdges *edges; /* break: in a table; NULL: none */
	const FoNode *where; /* what a message about this item points at */
} Item;

/* What of a table is set again where it breaks. */
typedef struct {
	gboolean set;
	Stream *stream;     /* this; NULL: none, or the running one */
	int height;
	const FoNode *unrepeated; /* it is too high to be set again; NULL: it is not */
} FrameRepeat;

/* What floats take of a reference area from something that keeps clear of them as a whole. Where it goes on on a page that is too narrow for that, they
 * take nothing: they stand on the page before. */
typedef struct {
	int shift, width;   /* at its start, and in all */
	int least;          /* room that is to be left */
} Narrowing;

/* An object with areas of its own that stands open over a stretch of items. */
struct Frame {
	Frame *parent;
	const FoNode *node;
	const char *name;
	int x, ipd;         /* content rectangle, from the corner of the stream's reference area */
	int measure;        /* of the flow, for which it has its place: frame_turn; 0: it keeps it on pages of every width */
	Frame *within;      /* the block-container whose content it is; NULL: the flow's ... */
	Narrowing beside;   /* ... of which floats take so much */
	void (*turned)(Frame *f); /* its place is another: what follows from that; NULL: nothing */
	gpointer user;      /* of turned */
	AreaBox *box;       /* NULL: none */
	Layout *shares;     /* its padding is in part a share of its room, in this run; NULL: it is not */
	int edge[2];        /* border and padding: before, after ... */
	int edge_before_turn; /* ... and after, on pages of the width before */
	int retained[2];    /* what of them stays at a page break */
	int outside[2];     /* what of them lies outside the box (a cell's share of the separation) */
	const int *cut;     /* widths of its collapsed borders where a page ends or begins in it: before, after; NULL: it has borders of its own */
	int end;            /* between it and the right of the reference area that it stands in; may be more when it is sized */
	gboolean sized;     /* its width is given */
	int keep_cost;      /* of breaking inside it, and with stream_open inside those around it */
	AreaStructure *structure;
	AreaLink *link;
	FrameRepeat repeat[2]; /* table header and footer */
	int at_break[2];    /* what a page adds that begins or ends in it: what is retained and what is repeated */
	Running *running;   /* its header or footer holds what the rows on the page say; NULL: none does */
	int space[2];       /* for the area tree only */
	int shift[2];       /* relative-position: right and down */
	struct Table *table; /* whose collapsed borders are drawn over it; NULL: none */
	gboolean filled;    /* something stands in it */
	gboolean reference; /* it is a reference area: spaces at its edges vanish */
	gboolean clip;      /* what is wider than it is cut off */
	/* while it is set */
	Area *area;
	Area *view;         /* in it, what is cut off where it ends; NULL: nothing is */
	gboolean begun;
	const BreakEdges *edges[2]; /* at the break before and after what is set */
};

/* What the flow is set to on a page: the measure of its columns, and of what stands across all of them. */
typedef struct {
	int column, span;
	gboolean several; /* there are several columns */
} FlowMeasure;

/* From a page on it is another: for what stands behind so many boxes of the flow. */
typedef struct {
	guint boxes;
	FlowMeasure measure;
	guint item; /* the first one behind them; noted while the stream is built */
} MeasureChange;

struct Stream {
	Layout *layout;
	GArray *items;       /* Item */
	int ipd;             /* of the reference area: while it is built, of the innermost block-container's, without what narrows it */
	int bpd;             /* of it, where it is known; else FO_AUTO */
	GArray *changes;     /* MeasureChange, of a flow over pages of several widths; NULL: none. Not its own */
	guint boxes, changed; /* while it is built: boxes so far; changes that are behind */
	guint horizon;       /* from so many boxes on nothing begins any more; 0: all is there */
	gboolean cut;        /* something was left out: its end is not that of the flow */
	FlowMeasure measure; /* while it is built */
	gboolean spans;      /* while it is built: what is added now stands across all columns */
	gboolean turned;     /* the measure changes in the gap */
	gboolean columns;    /* while it is built: it has stood in several columns */
	Narrowing narrowed;  /* while it is built: of ipd */
	int *indented;       /* while it is built: so much all lines are indented by floats that keep their places to one another; NULL: they do not */
	int reference_x;     /* while it is built: where ipd begins */
	Stream *around;      /* while it is built: the one whose frames it stands in, which follow its changes; NULL: none */
	Frame *reference;    /* the innermost block-container; NULL: none */
	GArray *sums;        /* gint64: height of all items before, as if nothing breaks; made by stream_finish */
	/* while it is built */
	GArray *gap;         /* GapPart: what came after the last box */
	Frame *top;          /* innermost frame open after the gap */
	Frame *open;         /* innermost frame open before the gap */
	int opening, closing; /* retained edges of all that is open before the gap */
	int keep, cost;      /* of the gap */
	int post;            /* height that a break in the gap adds to what follows */
	const BreakEdges *edges; /* of a break in the gap */
	guint8 force;
	gboolean hyphen, begun;
	gboolean filled;     /* something stands in it, outside any frame */
	gint64 height;       /* of all items */
	FloatList *floats;   /* at the sides; NULL: there were none */
	FloatItem *item;     /* while it is built: the innermost list item; NULL: none */
};

/* Building. */
Stream *stream_new(Layout *l, int ipd, int bpd);
void stream_free(Stream *s);
void stream_set_changes(Stream *s, GArray *changes); /* before anything is added; lent */
gboolean stream_stops(Stream *s);             /* what would begin now stands behind the horizon */
void stream_open(Stream *s, Frame *f);
void stream_close(Stream *s);
void stream_space(Stream *s, FoSpace space);
void stream_sibling(Stream *s, int cost);     /* the next child begins: a break is possible before it, unless it is the first; cost 0 or a COST_ */
void stream_keep(Stream *s, int strength);    /* the break in the gap at hand is kept together this strongly */
void stream_force(Stream *s, ForceKind force, gboolean after); /* a new page before what begins now, or after what has ended */
void stream_span(Stream *s, gboolean all);    /* what begins now stands across all columns, or in one of them */
void stream_anchor(Stream *s, const FoNode *node, Container *absolute);
void stream_note(Stream *s, const FoNode *before_float);
void stream_beside(Stream *s, Stream *label, const FoNode *where);
void stream_clear(Stream *s, gint64 place);    /* what begins now does not stand before this place, from the start of the stream */
gint64 stream_next(Stream *s);                 /* how far from the start the next box will stand when nothing breaks */
void stream_box(Stream *s, Item box);          /* kind, size and content */
void stream_empty_box(Stream *s);
void stream_empty_box_above(Stream *s, gboolean breaks); /* above what begins now: a label that is to stand beside that waits for it. breaks: a break is possible between them */
void stream_finish(Stream *s);

int stream_keep_cost(int strength);

/* Item numbers of breaks. */
guint stream_last(const Stream *s);
static inline Item *stream_item(const Stream *s, guint i)
{
	return &g_array_index(s->items, Item, i);
}
/* While it is built: the width of what is added now, and what it would be behind the change of that number. */
int stream_measure(const Stream *s);
int stream_measure_behind(Stream *s, guint change);
/* It is set to another measure: so are the frames that are open. */
void stream_turn(Stream *s, const FlowMeasure *measure);
guint stream_count_boxes(const Stream *s, guint end); /* before this item */
/* Its reference area, or what narrows that, is another. */
void stream_refer(Stream *s);
static inline int stream_flow_measure(const Stream *s)
{
	return s->spans ? s->measure.span : s->measure.column;
}
/* For Item.measure. */
static inline int stream_kept_measure(const Stream *s)
{
	return s->changes ? stream_flow_measure(s) : 0;
}
void stream_turned(Stream *s); /* the gap in which the measure changed is written */
/* What the flow is set to from this item on, across all columns; ipd: at its start. */
int stream_span_at(const Stream *s, guint item, int ipd);
/* block_frame.c: gives a frame its place on pages of a measure; what it stands in has its own. */
void frame_turn(Frame *f, int measure);
static inline void narrow(const Narrowing *n, int *x, int *ipd)
{
	if (n->width <= 0 || *ipd - n->width < n->least)
		return;
	*x += n->shift;
	*ipd -= n->width;
}
/* Natural height from one break to another. */
gint64 stream_height(const Stream *s, guint from, guint to);

/* Setting. */
typedef struct PageRecord PageRecord;
/* The markers of the part of a table that stands on a page. */
typedef struct MarkerScope {
	struct MarkerScope *outer; /* of the table around it; NULL: none */
	GHashTable *markers; /* NULL: none */
} MarkerScope;

typedef struct {
	Layout *layout;
	PageRecord *page;
	MarkerScope *scope; /* of the innermost table that retrieves markers; NULL: none */
	gboolean quiet;   /* ids and markers are not noted */
	gboolean copy;    /* set once more (a repeated header): copies, and artifacts */
} Placer;

typedef struct {
	guint from, to;   /* breaks */
	int extra;        /* height to share out over the spaces, negative: to take from them */
	int measure;      /* of the page; 0: that of the stream */
	gboolean joined;  /* something stands directly before it: spaces at its start are kept */
} Stretch;

/* Sets a stretch into parent, with the corner of the reference area at x, y. Returns its height. */
int stream_place(Placer *p, Stream *s, const Stretch *stretch, Area *parent, int x, int y);
void stream_tell_width(Layout *l, const FoNode *where); /* that it keeps the width of another page; once */
/* Sets what is left of the frames that are open at a break when nothing more of the stream follows or nothing stands between two breaks. */
void stream_place_rest(Placer *p, Stream *s, const Stretch *nothing, Area *parent, int x, int y);
/* How far a stretch can grow and shrink. */
void stream_room(const Stream *s, guint from, guint to, gint64 *stretch, gint64 *shrink);

#endif
