/* Inside lay-out: page sequences, their masters, and the pages they become. */
#ifndef ROTONDE_LAYOUT_PAGE_H
#define ROTONDE_LAYOUT_PAGE_H

#include "layout/break.h"
#include "layout/note.h"
#include "layout/stream.h"

typedef enum { REGION_BODY, REGION_BEFORE, REGION_AFTER, REGION_START, REGION_END, REGION_COUNT } RegionKind;

/* A region of a simple-page-master. */
typedef struct {
	const FoNode *node; /* NULL: there is none */
	const char *name;
	int x, y, width, height; /* the content rectangle on the page */
	int ipd, bpd;            /* the same as its content sees it */
	int rotate;              /* 0 90 180 270: how its content is turned */
	AreaBox *box;
	guint columns;           /* of a body */
	int column_ipd, gap;
} Region;

typedef struct {
	const FoNode *node;
	const char *name;
	int width, height;
	Region regions[REGION_COUNT];
} PageMaster;

/* What the choice of a master depends on. */
typedef struct {
	guint index; /* of the page in its sequence, from 0 */
	int number;  /* folio */
	gboolean last, blank;
	gboolean guess; /* it may be another yet: what is wrong is not said */
} PageSituation;

typedef struct PageMasters PageMasters;
PageMasters *page_masters_new(Layout *l);
void page_masters_free(PageMasters *m);
/* The master for a page of a sequence whose master-reference is given; never NULL (what is missing is reported once). */
const PageMaster *page_master_choose(PageMasters *m, const FoNode *sequence, const PageSituation *at);

/* The height of the lowest page that a page sequence may put text on; G_MAXINT: none that is known. */
int page_masters_lowest(const PageMasters *m, const FoNode *sequence);

/* Columns of one width beside one another, and the width of all. */
typedef struct {
	guint count;
	int ipd, gap, span;
} ColumnGrid;

/* One page of the flow: what the breaker decided. */
typedef struct {
	guint from, to;      /* breaks of the flow's stream; equal: no text (blank, or notes or floats only) */
	NoteRange notes, floats;
	gboolean blank, overfull, ragged;   /* ragged: it may end short */
	gboolean late;                      /* not all notes that it calls begin on it */
	ColumnGrid grid;                    /* that its text is set to */
	guint columns_from, columns_to;     /* of the sequence's columns; none: it is one */
} PageBreak;

/* A stretch of the flow in one column of a page, or across all of them. */
typedef struct {
	guint from, to;      /* breaks of the flow's stream */
	guint index, count;  /* which column of how many: 0 of 1 spans all */
	int top, room;       /* from the top of the body; what it may take */
	gboolean overfull, ragged;
} ColumnBreak;


typedef struct Sequence {
	const FoNode *node;
	guint index;
	const FoNode *flow;
	struct Layout *own;       /* what it is set in: it can be set while others are */
	const PageMaster *master; /* of its first page */
	Stream *stream;
	struct FlowMarks *marks; /* flow.c; NULL: nothing is set */
	NoteList *notes, *floats;
	ColumnGrid grid;     /* that text is set to where pages are being added */
	GArray *changes;     /* MeasureChange: where the flow comes to a page of another width */
	guint horizon;       /* the flow is set for so many boxes from its start, as far as the pages at hand need it; 0: all of it */
	int first_number;
	guint first_page;    /* in the document */
	guint page_count;
	GArray *breaks;      /* PageBreak */
	GArray *columns;     /* ColumnBreak, of the pages that have several */
	GPtrArray *bodies;   /* Region, in pairs: of page i, not last and last; as far as they were asked for since its pages began to be broken */
	gboolean cites;      /* what it becomes depends on other pages: it holds page numbers, citations, markers retrieved in tables, or what stands at the inside or outside */
} Sequence;

/* Where content goes: an area, and the rectangle in its co-ordinates. */
typedef struct {
	Area *area;
	int x, y, ipd, bpd;
} PageField;

/* A page that is filled. */
struct PageRecord {
	AreaPage *page;
	guint number;        /* among all pages, from 0 */
	Sequence *sequence;
	const PageMaster *master;
	GHashTable *markers; /* class -> MarkerSet; NULL: none */
	Area *region;        /* of the body */
	PageField body;      /* where its content goes */
};

typedef struct {
	guint first, last; /* pages */
	const char *first_label, *last_label;
	int x, y;
} PagePlace;

typedef struct Ahead Ahead;
typedef struct Abreast Abreast;

/* What is said once about an object; that one of them was said keeps none of the others back. */
typedef enum { TOLD_HIGH = 1, TOLD_WIDE = 2, TOLD_MEASURE = 4, TOLD_UNREPEATED = 8 } Told;

/* One lay-out run; or a part of it that is set by itself (Sequence.own), with memory, links, paragraphs, running and reported of its own. */
struct Layout {
	LayoutContext c;      /* must be first */
	AreaTree *scratch;    /* memory that goes when the run is over */
	PageMasters *masters;
	GPtrArray *sequences; /* Sequence */
	GPtrArray *pages;     /* PageRecord, of the pass at hand */
	guint pass;           /* from 0 */
	gboolean artifact;    /* what is set now is page furniture */
	Stream *flow;         /* that is being set, or was last */
	guint refilling;      /* cells are being filled again, for a page of another width; in cells where that is done, too */
	guint refilled, refilled_all; /* items of such cells: in the object of the flow at hand, and in the whole */
	guint last_refilled;  /* the last change of measure for which some are; 0: there is no such limit yet */
	int body_height, page_width, page_height; /* of the sequence at hand: what fixed positions refer to while they are laid out */
	int lowest_page;        /* ... and the lowest of its pages: what is set again on each of them is to leave room there, too */
	AreaStructure **structures;  /* by FoNode.order */
	GHashTable *roles;      /* roles that were reported */
	guint note_count;
	GHashTable *links;      /* basic-link -> AreaLink */
	GHashTable *paragraphs; /* first node of a run of inlines -> its lines */
	GPtrArray *spent;       /* GPtrArray of lines that were set again: a stream of the sequence at hand may hold them (a repeated header) */
	Ahead *ahead;           /* block.h: paragraphs being made; NULL: none any more */
	Abreast *abreast;       /* sequences being made; NULL: none any more */
	GHashTable *places;     /* id -> PagePlace, of the pass at hand */
	GHashTable *cited;      /* the same of the pass before; NULL: this is the first */
	GHashTable *citations;  /* ids that a flow cites */
	GHashTable *turned;     /* what names the inside or outside of its page and stands on an even one, of those in sided */
	GHashTable *sided;
	GHashTable *reported;   /* object -> Told, of what was said about it */
	GHashTable *running;    /* table-header or -footer -> what table_running.c keeps of it from pass to pass */
	GHashTable *carried;    /* marker-class -> Carried: the last one of all pages before */
	gboolean unsettled;     /* a page number in the text, or the side of something, has changed in this pass */
	GArray *bars;           /* ChangeBar */
	PageRecord *at;         /* static content: the page it is set for */
};

static inline void *layout_alloc(Layout *l, gsize size)
{
	return area_alloc(l->scratch, size);
}
Stream *layout_stream(Layout *l, int ipd, int bpd); /* freed with the run */
gboolean layout_tells(Layout *l, const FoNode *n, Told what); /* FALSE: that was said before */
void layout_report_overfull(Layout *l, const FoNode *n, int excess);

/* layout.c: new tables for what is set by itself. */
void layout_own(Layout *l);

/* sequence.c */
void sequences_collect(Layout *l, const FoNode *parent);
void sequences_branch(Layout *l); /* once all that they share is there: each gets its own */
int sequence_first_number(const Layout *l, const Sequence *s); /* after the pages so far */
void sequence_stream(Sequence *s, const PageMaster *master); /* for a first page of that master; in own, with own's fonts and diagnostics */
void sequence_set(Layout *l, Sequence *s); /* its pages, from first_number on, after those so far */
void sequence_finish(Layout *l, Sequence *s); /* no pass follows: what it has to say, and has left out */

/* abreast.c */
Abreast *abreast_new(Layout *l); /* NULL: it is not worth it */
void abreast_free(Abreast *a);
/* FALSE: its stream is not made, or for pages of another size. */
gboolean abreast_take(Abreast *a, Sequence *s, const PageMaster *master);

/* page_list.c: the stretch of a stream between two breaks, as break.h takes it. */
typedef struct {
	Stream *stream;
	guint from;
	GArray *items;       /* BreakItem */
	GArray *numbers;     /* guint: the stream's item of each */
} PageList;
PageList *page_list_new(Stream *s, guint from, guint to);
void page_list_free(PageList *p);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PageList, page_list_free)
static inline guint page_list_number(const PageList *p, gssize position)
{
	return position < 0 ? p->from : g_array_index(p->numbers, guint, position);
}
/* One an item: the least height of all that follows it. NULL: something may take less than no room. The caller's. */
gint64 *page_list_left(const PageList *p);
/* One an item: of a break, what its page takes up more when it goes on to the next place where one may well end, and that place. The caller's. */
typedef struct {
	gint64 height;
	guint to; /* the stream's item */
} PageMore;
PageMore *page_list_more(const PageList *p);
BreakSettings page_list_settings(int measure); /* what is left to say is how a page is weighed */
GArray *page_list_break(const PageList *p, const BreakSettings *settings);
int page_emptiness(const BreakSpan *span); /* per cent */

/* page_break.c: decides the pages of a sequence; fills s->breaks and s->columns. */
void page_break(Layout *l, Sequence *s);
/* Where the pages go on that are still to be found. */
typedef struct {
	guint from; /* break */
	NotePoint notes, floats;
} PageStart;
/* flow.c: the flow's stream, notes and floats, with its changes of measure as they are known. What stands before so many boxes was set before, and stays
 * as it is. */
typedef struct FlowMarks FlowMarks;
void flow_set(Layout *l, Sequence *s, guint boxes);
void flow_drop(gpointer sequence);
Stream *page_separator(Layout *l, const Sequence *s, int ipd, FoKind notes); /* what stands before notes or floats; NULL: nothing */
const Region *page_body(Layout *l, const Sequence *s, guint index, gboolean last);
void page_add(Sequence *s, PageBreak page);
gboolean page_needs_blank(const Sequence *s, guint from, guint page); /* before the page that begins with break from */
void page_add_rest(Layout *l, Sequence *s, NotePoint notes, NotePoint floats); /* pages for those that the flow's end left over */
/* page_float.c: pages that hold nothing but floats which are due: those that leave too little room for text, and all where they must. */
typedef struct {
	guint from;          /* break: what is anchored before it is due */
	guint page;          /* number of the first of these pages */
	gboolean all;        /* all that are due */
	NotePoint notes;     /* where notes stand */
} FloatPages;
/* How many, up to where they take the floats. page_float_add adds them, too. */
guint page_float_count(Layout *l, const Sequence *s, const FloatPages *at, NotePoint *floats);
guint page_float_add(Layout *l, Sequence *s, const FloatPages *at, NotePoint *floats);
/* page_width.c: the columns of a page; whether the text from a break on is set to them, and stands beside nothing from the page before. */
ColumnGrid page_grid(const Region *body);
gboolean page_is_same_grid(const ColumnGrid *a, const ColumnGrid *b);
gboolean page_is_set(const Sequence *s, guint from, const Region *body);
/* Sets the flow again: from a break on to the columns of a page that begins there. FALSE: it stays as it is, because that takes too long. */
typedef struct {
	gboolean far;         /* always to its end */
	guint tries;          /* for the page at hand, without the first */
	guint nodes, floats;  /* in the flow, for the time that setting it takes; 0 nodes: not yet counted */
} WidthTries;
gboolean page_takes_long(const Sequence *s, WidthTries *w); /* to set it once more for another change */
gboolean page_set_width(Layout *l, Sequence *s, WidthTries *w, guint from, const Region *body);
/* Sets more of it, for pages from a break on; all: to its end. */
void page_see_further(Layout *l, Sequence *s, guint from, gboolean all);
/* column_break.c: adds the pages from one of several columns on. */
void column_break(Layout *l, Sequence *s, const PageStart *start);
/* column_fill.c: sets the columns of a page, so far below its top; the height that they take. */
void column_fill(Placer *p, Sequence *s, const PageBreak *b, int shift);
int column_height(const Sequence *s, const PageBreak *b);
/* page_fill.c: sets the areas of the pages that were decided. */
void page_fill(Layout *l, Sequence *s);
/* What the spaces of a stretch take up so that it fills the room, unless it may end short, or give up so that it fits. */
int page_extra(const Sequence *s, guint from, guint to, int room, gboolean ragged);
void page_report_overfull(Layout *l, Sequence *s);
/* The area of a region, and where its content goes. */
Area *page_region_area(Layout *l, const Region *region, PageField *field);
/* static.c: regions beside the body, once all pages are known. */
void static_fill(Layout *l, PageRecord *r);
const FoNode *static_lookup(const FoNode *sequence, const char *flow_name);
/* area_copy.c: an area with all below it, as an artifact. */
Area *area_copy(AreaTree *t, const Area *a);

/* marker.c: what is noted while pages are filled, and what a static content retrieves. */
void marker_note(Placer *p, const FoNode *parent, gboolean starts); /* on its page, and in the tables around it */
void marker_note_end(Placer *p, const FoNode *parent);
void marker_set_note(GHashTable **markers, const FoNode *parent, gboolean starts); /* class -> MarkerSet; made when there is a first */
void marker_set_note_end(GHashTable **markers, const FoNode *parent);
const FoNode *marker_choose(GHashTable *markers, const char *class, FoKeyword position); /* NULL: none */
const FoNode *marker_find(LayoutContext *c, const FoNode *retrieve); /* on or before the page at hand */
void marker_carry(Layout *l, const PageRecord *page); /* the page at hand is done */

/* change_bar.c: bars beside what stands between a change-bar-begin and its -end, once all pages are filled. */
typedef struct {
	const FoNode *begin;
	guint to;            /* order of its end */
} ChangeBar;
GArray *change_bars_new(Layout *l); /* ChangeBar, by place; of the run */
void change_bars_set(Layout *l, PageRecord *r);

/* page_number.c */
char *page_label(Layout *l, const FoNode *sequence, int number); /* lives as long as the areas */
const char *page_of(LayoutContext *c, const char *id, gboolean last);
void page_places_settle(Layout *l);         /* the labels of all places, once all pages are there */
gboolean page_places_agree(const Layout *l); /* no citation has changed since the pass before */
void page_places_report(const Layout *l);    /* what is cited and stands on no page */
/* An object's area is set: its id and markers are on this page. starts: it is its first. */
void page_note_frame(Placer *p, const FoNode *n, Area *area, gboolean starts);
void page_note_inline(Placer *p, const FoNode *n, Area *line);
void page_note_label(Placer *p, PageLabel *label);
/* Whether something that names the inside or outside of a page stands on an even one: as far as the pass before knows. */
gboolean page_turned(Layout *l, const FoNode *n);
void page_note_turned(Placer *p, const FoNode *n); /* where it does stand */
void page_note_point(Placer *p, const FoNode *n, int x, int y);

/* structure.c */
void structure_make(Layout *l);
AreaStructure *structure_of(LayoutContext *c, const FoNode *n);
AreaLink *structure_link(LayoutContext *c, const FoNode *n);
AreaLink *structure_link_around(Layout *l, const FoNode *n); /* the basic-link that n stands in; NULL: none */

/* outline.c: bookmarks, destinations, metadata; the ids whose pages the flows cite. */
void outline_make(Layout *l);
void outline_collect_citations(Layout *l, const FoNode *parent);

#endif
