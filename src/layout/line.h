/* Inside lay-out: inline content to lines. Blocks and pages (the rest of the room) call this; it calls text.h (fonts, shaping, hyphenation). */
#ifndef ROTONDE_LAYOUT_LINE_H
#define ROTONDE_LAYOUT_LINE_H

#include "layout/layout.h"

/* What one lay-out run shares. Made by layout_document. */
typedef struct LayoutContext {
	const FoTree *tree;
	const LayoutOptions *options;
	Diagnostics *d;
	AreaTree *areas;               /* memory and fonts come from here */
	GHashTable *wide;              /* "object word": those that were said to be too wide for their column; NULL: all are told */
	struct TextFonts *fonts;       /* text.h: faces, word cache, hyphenation dictionaries */
	/* The label of the page that an object (first or last area) is on, from the pass before; NULL in the first pass: then "00" is set. */
	const char *(*page_of)(struct LayoutContext *c, const char *id, gboolean last);
	const char *page_label;        /* for fo:page-number: the page being filled; NULL in the flow's first pass: "00" */
	AreaStructure *(*structure_of)(struct LayoutContext *c, const FoNode *n); /* the structure element to hang content of n under, or NULL: artifact */
	AreaLink *(*link_of)(struct LayoutContext *c, const FoNode *basic_link);
	const FoNode *(*marker_of)(struct LayoutContext *c, const FoNode *retrieve_marker); /* for static content */
} LayoutContext;

/* Where in its paragraph a line ends: for the breaking of what comes behind it. */
typedef struct {
	guint atom, at; /* where the next one begins */
	int added;      /* at its start */
	const struct LineHyphen *hyphen;
	gboolean all;
} LineEnd;

/* One line, set at x = 0, y = 0 of its own (the caller moves it: area_move). */
typedef struct {
	Area *area;            /* AREA_LINE; ipd is the measure */
	int x;                 /* where it begins in the block's content rectangle: behind what stands beside it */
	gint64 top;            /* of one that was set beside floats: where it stands in its stream (float.h); else 0 */
	int width;             /* what its content takes of the measure, indents included; more: it is overfull */
	int bpd;               /* line height by the stacking strategy */
	gboolean hyphenated;   /* ends in a hyphen that was added */
	gboolean name;         /* and that in a word with a capital: no place to end a page */
	LineEnd end;
	gboolean forced;       /* ends a paragraph or at a preserved line feed */
	gboolean last;         /* ends its paragraph */
	GPtrArray *notes;      /* const FoNode (fo:footnote, fo:float) with their mark on this line, in order; NULL: none */
	GPtrArray *ids;        /* const FoNode with an id, or fo:marker parents, that begin on this line; NULL: none */
} LayoutLine;

/* float.c: where a float goes. NONE: nowhere, its content stands where it is written, or it is none. */
typedef enum { FLOAT_NONE, FLOAT_BEFORE, FLOAT_SIDE } FloatPlace;
FloatPlace float_place(const FoNode *n);
gboolean note_has_foot(const FoNode *n); /* FALSE: its text stands where it is written, too */

typedef struct LineParagraph LineParagraph;

/* What is taken of a line by what stands beside it. */
typedef struct {
	int left, right;
} LineInset;

/* The lines before line until (numbered from 0) that no earlier entry tells of. */
typedef struct {
	guint until;
	int measure; /* millipoints */
} LineMeasure;

/* The inline content from first up to but not including end (siblings inside block; NULL end: to the last). Text is itemised, shaped once, and
 * kept as boxes, glue and penalties; breaking it at another measure is cheap. The caller frees it. NULL when there is nothing to set (white space only). */
LineParagraph *line_paragraph_new(LayoutContext *c, const FoNode *block, const FoNode *first, const FoNode *end);
void line_paragraph_free(LineParagraph *p);
/* From now on it belongs to c's thread and makes its areas there. NULL is fine. */
void line_paragraph_adopt(LineParagraph *p, LayoutContext *c);

/* Breaks into lines of measure millipoints by total fit, honouring the block's text-align, text-align-last, text-indent, last-line-end-indent,
 * line-height, hyphenation and wrap properties. Returns LayoutLine; the array is the caller's (its free function is set). A word wider than the measure is set overfull and reported once. */
GPtrArray *line_paragraph_break(LineParagraph *p, int measure);
/* The same for a paragraph that goes on on a page of another width. measures: LineMeasure, the last until G_MAXUINT. The lines of an entry are broken as if
 * all that follow had its measure too: what entries follow changes nothing in them. */
GPtrArray *line_paragraph_break_along(LineParagraph *p, const GArray *measures);
/* The same with lines that are narrower at their ends, from that behind after on (NULL: from the first on). insets: LineInset, of the first lines of those;
 * what comes behind has the whole measure. most: of about so many lines, when there are more (0: of all); those at their end may stand otherwise when more are
 * asked for. */
GPtrArray *line_paragraph_break_beside(LineParagraph *p, const LayoutLine *after, int measure, const GArray *insets, guint most);
/* The first lines of from go to the end of to; NULL: to a new array. Returns it. */
GPtrArray *line_array_take(GPtrArray *to, GPtrArray *from, guint count);
enum { LINE_TOLERANCE = 500 }; /* a line that is this much too wide is not reported; in one with an inset nothing is */

/* One measure for all lines; another from a line on. */
GArray *line_measures_new(int measure);
void line_measures_change(GArray *measures, guint line, int measure);

/* Widths without breaking: the widest unbreakable piece, and all on one line. */
void line_paragraph_widths(LineParagraph *p, int *minimum, int *maximum);

/* box.c: border, padding and background of any object, SIDE_START being the left; NULL when it has none of them. ipd: what percentages refer to. */
AreaBox *area_box_new(LayoutContext *c, const FoNode *n, int ipd);
BorderStyle area_border_style(FoKeyword k);

/* areas.c: memory of the tree. */
AreaTree *area_tree_new(void);
Area *area_new(AreaTree *t, AreaKind kind, const char *name);
void area_append(Area *parent, Area *child);
Area *area_add_view(AreaTree *t, Area *a); /* a viewport in it, as large as it is, that may cut off or turn what stands in that */
void area_move(Area *a, int dx, int dy); /* a and all below it, but not below a rotated viewport */
void *area_alloc(AreaTree *t, gsize size); /* zeroed; lives as long as the tree */
char *area_strdup(AreaTree *t, const char *s);
gpointer area_own(AreaTree *t, gpointer object, GDestroyNotify release); /* released with the tree; returns object */

#endif
