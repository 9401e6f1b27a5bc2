/* Inside lay-out: floats at a side of their reference area, and what stands beside them (XSL 1.1, 6.12.2 and 4.4).
 *
 * A float belongs to the stream of its anchor and stands directly before a box in it: that with its anchor, or a later one. Where everything beside it
 * stands is known while the stream is built, and with it what is left there of the measure: where a page ends beside it, the flow is set again from there
 * on, as for a page of another width; where that cannot be, such a break costs as much as a break can. All places are measured from the start of the
 * stream, as if nothing broke. A float is as wide as its content. */
#ifndef ROTONDE_LAYOUT_FLOAT_H
#define ROTONDE_LAYOUT_FLOAT_H

#include "layout/page.h"

enum { FLOAT_LEFT = 1, FLOAT_RIGHT = 2, FLOAT_SIDES = FLOAT_LEFT | FLOAT_RIGHT };

struct SideFloat {
	const FoNode *node;
	Stream *stream;
	Frame *owner;      /* the block-container, table-cell or label that it stands in; NULL: the reference area of the stream */
	int side;          /* FLOAT_LEFT, FLOAT_RIGHT */
	int from, room;    /* the reference area: where it begins, and how wide it is */
	int x, width;      /* x from the corner of the stream's reference area */
	int height;
	gint64 top;        /* FLOAT_NOWHERE: it comes beside the next box */
	int below;         /* the top of the box that it is set before */
	gboolean follows;  /* it comes beside the next box, wherever that stands */
	gboolean set;      /* its item is written */
	gboolean ended;    /* nothing more stands beside it */
};

#define FLOAT_NOWHERE G_MININT64

/* A list item that is open. */
struct FloatItem {
	guint floats;      /* so many began before it */
	Frame *frame;
	int indent;        /* of its lines, at least */
	FloatItem *outer;  /* NULL: none */
};

struct FloatList {
	GArray *all;       /* SideFloat */
	guint live;        /* those before it stand above everything that is still to come */
	gint64 due;        /* what begins above it is written before the next box, however high that is */
	guint turned;      /* those before it stand on a page before that of what is still to come */
};

/* The sides that an object's float or clear names. */
int float_sides(const Stream *s, const FoNode *n, FoProperty p);
/* A float in a stream, set as wide as its content but not placed. FALSE: it is higher than a page. */
gboolean float_make(Stream *s, const FoNode *n, SideFloat *f);

/* float_list.c */
/* Adds one that comes beside the next box. Returns its number. */
guint float_push(Stream *s, const SideFloat *f);
guint float_count(const Stream *s);
void float_list_free(FloatList *list);

/* One that is not yet set is among them. */
gboolean float_stands(const Stream *s, const FoNode *n);
/* Forgets one that was pushed and is not set, with those after it. */
void float_drop(Stream *s, const FoNode *n);

/* A place for float number i, at y or below. */
void float_place_at(Stream *s, guint i, gint64 y);
/* One for all that have none, beside the next box; again where that has come to stand lower. */
void float_settle(Stream *s, gint64 y);
/* What they take at both ends of what stands at x, so wide; never negative. */
LineInset float_inset(const Stream *s, gint64 y, gint64 height, int x, int ipd);
/* How far a label that is written now is moved to the right by those that began before its list item. */
int float_label_shift(const Stream *s, const Stream *label);
/* Where the lowest one at these sides ends. */
gint64 float_bottom(const Stream *s, int sides);
/* Where the first of those ends that stand beside y; y: none does. */
gint64 float_next_end(const Stream *s, gint64 y);

/* Writes the items of those that begin beside the next box. */
void float_emit(Stream *s, const Item *box);
/* A break: the page that ends there is as high as the floats on it, and does not like to end where the next box stands beside one (Item.parts). */
void float_at_break(const Stream *s, Item *brk, gint64 next);
/* A break was written. Behind one that is forced nothing stands beside those before it. */
void float_break_written(Stream *s, gboolean forced);
/* The last box is the last of its page, and the text of the next one is set so much wider in the flow, and in the block-container at hand. */
void float_turn(Stream *s, int flow, int reference);
/* Something stands beside one now. */
gboolean float_stands_beside(const Stream *s);

/* A block-level object begins: clear. */
void float_clear(Stream *s, const FoNode *n);
/* What begins now does not stand above y, where some of them end. */
void float_keep_clear(Stream *s, gint64 y);
/* ... stands below those at these sides. */
void float_below(Stream *s, int sides);
/* ... below all from number on, as does all that follows. */
void float_end(Stream *s, guint number);

/* Something that keeps clear of floats as a whole, unless it is not to be displaced: it is narrowed where that leaves it as much as it needs, else it
 * stands below them. needs: millipoints, or one of these: its lines keep clear, unless it says otherwise; as much as something usually does. */
enum { FLOAT_LINES = -1, FLOAT_USUAL = 0 };
typedef struct {
	Narrowing narrowed; /* of the stream, before */
	int *indented;
	int indent;
} FloatScope; /* stays where it is until float_leave */
void float_enter(Stream *s, const FoNode *n, int needs, FloatScope *before);
void float_leave(Stream *s, const FloatScope *before);

/* beside.c: the lines of a run beside floats, or with floats in them; where they should stand is in line->x and line->top. Floats that stand beside
 * none of them, and those that cannot float, are left for what comes behind. */
typedef struct {
	const FoNode *block;
	LineParagraph *p;
	GPtrArray *behind;   /* FoNode */
} BesideRun;
/* Those behind after, the last that is set of the run (NULL: none is yet). */
GPtrArray *beside_break(Stream *s, const BesideRun *run, const LayoutLine *after);
/* Lines (LayoutLine) that were set are to be set again, elsewhere: the floats in them have no place any more. */
void beside_take_back(Stream *s, const BesideRun *run, const GPtrArray *lines, guint from);

#endif
