/* Inside lay-out's line files: a paragraph between its formatting objects and its lines.
 *
 * collect.c flattens the inline content into characters and pieces (white space treated, text transformed), itemise.c cuts those into atoms of one font,
 * script and direction and shapes them, items.c makes boxes, glue and penalties of them, ranges.c has those broken, set.c makes each line's areas. */
#ifndef ROTONDE_LAYOUT_PARAGRAPH_H
#define ROTONDE_LAYOUT_PARAGRAPH_H

#include "base/arena.h"
#include "layout/break.h"
#include "layout/graphic.h"
#include "layout/hyphenate.h"
#include "layout/line.h"
#include "layout/text.h"

enum {
	CHAR_OBJECT = 0xfffc, /* stands for a graphic or a leader among the characters */
	CHAR_LINEFEED = '\n',
	CHAR_NO_BREAK_SPACE = 0xa0,
	CHAR_SOFT_HYPHEN = 0xad,
	CHAR_ZERO_WIDTH_SPACE = 0x200b,
};

/* What an inline object says about the text in it. Lengths are millipoints. */
typedef struct LineStyle {
	const FoNode *node;
	const struct LineStyle *parent; /* NULL: the block's */
	TextFontSet *fonts;
	AreaFont *font; /* the primary one; NULL only on a machine without fonts */
	int size;
	guint32 colour;
	unsigned decoration;       /* FO_UNDERLINE ... */
	int letter_spacing, word_spacing;
	gboolean spaced;     /* letter-spacing is a length: letters are not stretched any more (XSL 1.1, 7.17.2) */
	int shift;                 /* of its baseline above the block's */
	int ascent, descent;       /* of the primary font */
	int line_height;
	FoKeyword edge;            /* BEFORE_EDGE, AFTER_EDGE: aligned with the line's top or bottom; else NONE */
	FoKeyword transform, linefeed, treatment;
	gboolean collapse, wrap, keep, small_caps, hidden;
	gboolean hyphenate;
	int remain, push;
	gunichar hyphen;
	const char *language;      /* "nl-NL"; NULL: unknown */
	hb_language_t hb_language;
} LineStyle;

/* An inline that may have a box of its own: fo:inline, fo:basic-link. */
typedef struct LineInline {
	const FoNode *node;
	struct LineInline *parent;
	const LineStyle *style;
	const AreaBox *box;          /* as on a line that holds all of it; NULL: none */
	FoSpace space[2];            /* before and after it */
	guint start, end;            /* characters */
} LineInline;

typedef enum { PIECE_TEXT, PIECE_GRAPHIC, PIECE_LEADER, PIECE_OPEN, PIECE_CLOSE } PieceKind;

typedef struct {
	PieceKind kind;
	gboolean generated;  /* text that does not stand in the document: a page number */
	guint start, end;    /* characters; OPEN and CLOSE have none */
	const FoNode *node;
	const LineStyle *style;
	LineInline *within;  /* NULL: the block itself. OPEN, CLOSE: the inline that begins or ends */
	AreaStructure *structure;
	AreaLink *link;
	struct LineParagraph *content; /* leader with use-content: its inside */
} LinePiece;

typedef enum { MARK_ID, MARK_NOTE, MARK_SOFT_HYPHEN, MARK_BREAK, MARK_NO_BREAK } MarkKind;

/* Something at a place between characters. */
typedef struct {
	MarkKind kind;
	guint at;
	const FoNode *node;
} LineMark;

typedef enum { ATOM_WORD, ATOM_SPACE, ATOM_FIXED_SPACE, ATOM_LINEFEED, ATOM_GRAPHIC, ATOM_LEADER, ATOM_EDGE } AtomKind;

/* A stretch of characters of one piece, font, script and direction; a word, a space, or an object. */
typedef struct {
	guint8 kind;          /* AtomKind */
	guint8 level;         /* of bidirectional embedding: odd is right to left */
	guint8 upper;         /* small capitals made of capitals */
	guint start, end;     /* characters; EDGE: none */
	guint piece;
	int size;
	int width;            /* unbroken; with letter and word spacing */
	TextShape shape;
	const TextWord *word; /* WORD, FIXED_SPACE, SPACE */
	const Graphic *graphic;
} LineAtom;

/* A place where a word may be hyphenated, by its character in the paragraph. */
typedef struct LineHyphen {
	guint at;
	int penalty;
	const HyphenPoint *point; /* NULL: nothing changes but the hyphen */
	gboolean bare;            /* no hyphen either: in an address on the web */
	gboolean name;            /* the word has a capital */
} LineHyphen;

/* What an item is of: an atom and a character in it. */
typedef struct {
	guint atom, at;
	const LineHyphen *hyphen;
} LineItemRef;

/* Boxes, glue and penalties. */
typedef struct {
	GArray *all, *refs;      /* BreakItem, LineItemRef; NULL: none yet */
	int measure;             /* that they were made for, and with */
	const GArray *hyphens;
} LineItems;

struct LineParagraph {
	LayoutContext *c;
	const FoNode *block;
	Arena *arena;
	const LineStyle *style;  /* the block's */
	GArray *chars;           /* gunichar; this and the others are in the arena once the paragraph is made */
	GArray *pieces, *atoms;
	GArray *marks;           /* LineMark, by place */
	GArray *hyphens;         /* LineHyphen, by place; NULL until it is broken */
	GArray *all_hyphens;     /* those of all words, asked for or not; NULL until a word does not fit */
	gboolean all;            /* it was broken with those */
	LineItems items;
	guint8 *breaks;          /* by character: 1: a line may begin before it */
	gboolean rtl;            /* base direction */
	gboolean reported;       /* overfull */
};

/* A line's part of the paragraph. */
typedef struct {
	guint first_atom, start;    /* first atom, and character in it */
	guint end, next;            /* behind the last character that is set; where the next line starts */
	guint end_atom;             /* behind the last atom */
	const LineHyphen *hyphen;   /* it ends in; NULL: none */
	const LineHyphen *carried;  /* the line before ended in */
	guint next_atom;            /* where the next line starts ... */
	int added;                  /* ... and what comes to that at its start */
	gboolean first, forced, last, overfull;
	double ratio;
} LineRange;

/* style.c */
const LineStyle *line_style_new(LayoutContext *c, Arena *arena, const FoNode *n, const LineStyle *parent);

/* How far the baseline of something in text of parent's style stands above that text's. ascent, descent: of the thing itself. */
int line_baseline_shift(const FoNode *n, const LineStyle *parent, int ascent, int descent);

/* collect.c */
void line_collect(LineParagraph *p, const FoNode *first, const FoNode *end);

/* segment.c: where UAX 14 lets a line begin. */
void line_find_breaks(const gunichar *chars, guint length, const char *language, guint8 *breaks);

/* itemise.c */
void line_itemise(LineParagraph *p);
int line_atom_width(LineParagraph *p, const LineAtom *a, const TextWord *word);
const TextWord *line_atom_shape(LineParagraph *p, const LineAtom *a, const gunichar *chars, guint length);

/* inline_space.c. An edge is a piece where an inline begins or ends: its space, and border and padding, which fence it off. */
int line_edge_fence(const LinePiece *edge);
const FoSpace *line_edge_space(const LinePiece *edge);
/* Widths of edges that follow each other, fences included. at: they begin, they end a line. */
void line_edges_resolve(const LinePiece *const *edges, guint count, const gboolean at[2], int *widths);
void line_settle_edges(LineParagraph *p); /* the atoms' widths within a line */

/* hyphens.c: LineHyphen, by place. all: of all words, whatever their properties say. The paragraph's. */
GArray *line_find_hyphens(LineParagraph *p, gboolean all);

/* items.c: all items with those hyphens, kept until others are asked for. */
void line_build_items(LineParagraph *p, int measure, const GArray *hyphens);
void line_clear_items(LineParagraph *p);

/* ranges.c: LineRange. The caller's. */
typedef struct {
	const GArray *measures; /* LineMeasure */
	const GArray *insets;   /* LineInset: what is taken of the first lines; NULL: nothing */
	const LineEnd *after;   /* the lines behind this one only; NULL: all */
	guint most;             /* lines, or somewhat more; 0: all */
} LineShape;
GArray *line_find_ranges(LineParagraph *p, const LineShape *shape);

/* part.c: a part of a word atom as it is shown, with its hyphen and the spelling that goes with it. */
typedef struct {
	guint from, to;            /* characters */
	const LineHyphen *hyphen;  /* it ends in; NULL: none */
	const LineHyphen *carried; /* the part before ended in */
} LinePart;

typedef struct {
	const gunichar *chars;
	guint length;
	guint *origin; /* what character of the part each is of, the added hyphen being the one behind the last; NULL: all are their own */
	gunichar *own; /* chars, when they are not the paragraph's */
} LineShown;

void line_show(const LineParagraph *p, const LineAtom *a, const LinePart *part, LineShown *shown);
void line_shown_clear(LineShown *shown);

/* align.c: what the block says about its lines. */
typedef enum { ALIGN_START, ALIGN_CENTER, ALIGN_END, ALIGN_JUSTIFY } LineAlign;
LineAlign line_align(const FoNode *block, gboolean last);
int line_indent(const FoNode *block, FoProperty indent, int measure);
gboolean line_is_balanced(const FoNode *block);
#define LINE_STRETCH(space) ((space) / 2)
#define LINE_SHRINK(space) ((space) / 4)

/* leader.c */
FoSpace line_leader_length(const LineParagraph *p, const LineAtom *a, int measure);
/* Adds what a leader shows between x and x + width; end: where its pattern is aligned to. */
void line_leader_add(LineParagraph *p, const LineAtom *a, Area *parent, const Area *place, int end);

#endif
