/* Total-fit breaking (Knuth and Plass, 1981) of a list of boxes, glue and penalties into lines, or into pages: the same algorithm.
 *
 * A break is legal at a penalty below BREAK_NEVER and at glue that follows a box. What stands at a break and is discardable (glue, penalties)
 * is dropped up to the next box or forced break. All lengths are millipoints. Never fails: when nothing fits, the least bad line is overfull. */
#ifndef ROTONDE_LAYOUT_BREAK_H
#define ROTONDE_LAYOUT_BREAK_H

#include <glib.h>

enum {
	BREAK_NEVER = 10000,       /* penalty: no break here */
	BREAK_FORCED = -10000,     /* penalty: break here */
	BREAK_FILL = 1 << 30,      /* stretch that takes up all there is (more than one: shared) */
	BREAK_UNLIMITED = 1000000, /* badness of a line that cannot be worse; tolerance: anything goes */
};

typedef enum { BREAK_BOX, BREAK_GLUE, BREAK_PENALTY } BreakKind;

typedef struct {
	guint8 kind;           /* BreakKind */
	guint8 flagged;        /* penalty: a hyphen; two running, or too many, cost */
	int width;             /* box, glue: natural width. penalty: what is added to the line (page) that ends here (a hyphen, bottom padding) */
	union { int stretch, after; }; /* glue: stretch. penalty: what is added at the start of the line that begins here (repeated header, top padding); may be negative */
	union { int shrink, penalty; };
	guint insert;          /* the caller's: e.g. index of a run, of a footnote */
} BreakItem;

/* A break that may be part of the solution. The first one, line 0, is the start: position -1. */
typedef struct BreakNode BreakNode;
struct BreakNode {
	const BreakNode *previous; /* the break before it */
	gssize position;           /* index of the item broken at */
	guint line;                /* number of lines up to here, from 1 */
	int fitness;               /* 0 tight, 1 normal, 2 loose, 3 very loose */
	int ladder;                /* flagged breaks running, this one included */
	double ratio;              /* of the line that ends here: -1 shrunk, 0 natural, 1 stretched by all its stretch */
	int shortfall;             /* measure less natural width; negative: shrunk, or overfull */
	gboolean overfull;
	gint64 state[2];           /* the caller's, from BreakSpan */
	gint64 demerits;           /* up to here */
	/* private */
	gint64 width, stretch, shrink;
	gssize start;
	BreakNode *next;
};

/* One candidate line, between from and the item at to. The breaker fills it, BreakSettings.adjust may change it. */
typedef struct {
	gint64 width, stretch, shrink; /* natural width with the penalties' additions at both ends */
	int measure;
	guint lines;      /* how many line numbers it takes: 1, or 2 when a blank page comes in between */
	gint64 state[2];  /* from's; may be changed: breaks with different states are kept apart */
	gint64 demerits;  /* added to the total */
	int badness;      /* -1: computed from the ratio */
	gssize first;     /* first item of the line, after the discarded ones */
	gboolean forced;  /* the break is */
	gboolean more;    /* set by adjust: call again for this pair with alternative + 1 (a footnote that can be split in several ways) */
} BreakSpan;

typedef struct {
	int measure;             /* width of every line */
	int line_stretch;        /* added to every line's stretch: ragged setting */
	int emergency_stretch;   /* the same, when all else failed; 0: a tenth of the measure */
	int tolerance;           /* largest badness (100 ratio^3) accepted at first; grows when it cannot be met. 0: 200 */
	int line_demerits;       /* 0: 10; fewer lines are better */
	int fitness_demerits;    /* a tight line beside a loose one. 0: 10000; negative: none */
	int flagged_demerits;    /* two flagged breaks running. 0: 10000; negative: none */
	int final_demerits;      /* the last line but one ends flagged. 0: 5000; negative: none */
	int ladder;              /* most flagged breaks running; 0: no limit */
	int last_minimum;        /* last line of less natural width than this costs half of last_demerits, and up to all of it more the shorter it is: 0 none */
	gint64 last_demerits;
	int first_least;         /* while the first pass lasts: a line is not ended before it is so wide, unless it must */
	int first_penalty;       /* ... nor at a penalty from this on. 0: anywhere */
	guint most;              /* ways to get to one break that are kept, the cheapest ones; 0: all */
	gint64 state[2];         /* the start's */
	guint by_line;           /* breaks on different line numbers are kept apart up to this one: as far as adjust looks at the number. 0: they are not */
	/* NULL, or: looks at a candidate and changes it. FALSE: not possible (unless nothing else is). */
	gboolean (*adjust)(void *user, const BreakNode *from, gssize to, int alternative, BreakSpan *span);
	void *user;
	gboolean measures;       /* adjust changes the measure, and nothing else ... */
	int narrowest;           /* ... and to no less than this */
} BreakSettings;

typedef struct {
	gssize position; /* index of the item broken at; the last is the last item */
	gssize first;    /* first item of the line that ends here */
	guint line;      /* its number, from 1 */
	double ratio;
	int shortfall;
	gboolean overfull;
	gint64 state[2];
} BreakPoint;

/* The best breaks, one a line. The list must end in a penalty of BREAK_FORCED; it is usually preceded by glue of BREAK_FILL. The array (of BreakPoint)
 * is the caller's. demerits, when not NULL, receives the total. */
GArray *break_find(const BreakItem *items, gsize length, const BreakSettings *settings, gint64 *demerits);

#endif
