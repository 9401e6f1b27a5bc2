/* Areas: what lay-out makes and what the PDF writer draws. Plain data; the PDF room knows nothing else of lay-out, and nothing of FO.
 *
 * Lengths are millipoints. Coordinates are absolute on the page as it is read: x from the left edge, y down from the top edge; for areas
 * inside an AREA_VIEWPORT that is rotated, they are those of its own unrotated content, from its content rectangle's corner. All is owned by the AreaTree. */
#ifndef ROTONDE_LAYOUT_AREA_H
#define ROTONDE_LAYOUT_AREA_H

#include "base/diagnostic.h"

#include <hb.h>

typedef enum {
	AREA_REGION,       /* region-body, -before, -after, -start, -end: name tells */
	AREA_BLOCK,        /* blocks, tables, cells, list items: anything with a box */
	AREA_LINE,
	AREA_INLINE,       /* an inline with its own box, baseline at y + the line's */
	AREA_TEXT,
	AREA_LEADER,       /* rule or dots drawn as a line; a dot leader that is text is AREA_TEXT */
	AREA_IMAGE,
	AREA_VIEWPORT,     /* clips and (quarter turns) rotates its children */
} AreaKind;

typedef enum { BORDER_NONE, BORDER_SOLID, BORDER_DASHED, BORDER_DOTTED, BORDER_DOUBLE, BORDER_GROOVE, BORDER_RIDGE, BORDER_INSET, BORDER_OUTSET } BorderStyle;
enum { SIDE_BEFORE, SIDE_AFTER, SIDE_START, SIDE_END };

typedef struct {
	int border[4];  /* widths by SIDE_; a side cut by a page break has 0 unless it is retained */
	int padding[4];
	gboolean collapsed; /* half of every border lies outside the box; they are drawn by areas of their own */
	guint32 border_colour[4]; /* 0xRRGGBBAA */
	BorderStyle border_style[4];
	int radius[4];  /* before-start, before-end, after-end, after-start */
	guint32 background; /* alpha 0: none */
	struct AreaPicture *background_picture;
	int background_x, background_y; /* of its corner from the box's, and ... */
	int background_share_x, background_share_y; /* ... this many millionths of the room that it leaves there */
	gboolean background_repeat_x, background_repeat_y;
} AreaBox;

/* One face of one font file. Shared by all text set in it at any size. */
typedef struct {
	char *file;         /* path */
	unsigned index;     /* face in a collection */
	char *family;       /* for reports */
	int weight;         /* 100-900 */
	gboolean italic;
	hb_face_t *face;
	unsigned upem;
	int ascender, descender; /* font units, descender negative; OS/2 typo or hhea, whichever the font says to use */
	int cap_height, x_height;
	int underline_position, underline_thickness;
} AreaFont;

typedef struct {
	guint32 id;     /* glyph */
	int advance;    /* with kerning, letter and word spacing and justification already in it */
	int dx, dy;     /* offset of drawing, y up */
	guint cluster;  /* byte offset into AreaText.text of what it stands for */
} AreaGlyph;

typedef struct {
	AreaFont *font;
	int size;         /* font size */
	guint32 colour;
	gboolean underline, overline, line_through;
	int baseline_shift; /* already in y; here for decoration */
	gboolean rtl;     /* clusters descend */
	char *text;       /* UTF-8, what a reader copies: a hyphen that line breaking added is U+00AD */
	AreaGlyph *glyphs; /* in visual order */
	guint length;
} AreaText;

typedef enum { PICTURE_JPEG, PICTURE_PNG, PICTURE_SVG } PictureFormat;
typedef struct AreaPicture {
	PictureFormat format;
	GBytes *data;     /* the whole file, or the serialised SVG */
	char *name;       /* path as the document says it */
	char *digest;     /* equal pictures are written once */
} AreaPicture;

/* An element of the PDF's structure tree, made from the role and kind of a formatting object. Children in document order. */
typedef struct AreaStructure {
	const char *type; /* standard structure type: Document Part Sect P H1.. L LI Lbl LBody Table TR TH TD Figure Note Link Span ... */
	struct AreaStructure *parent;
	GPtrArray *children; /* AreaStructure, borrowed */
	guint order;      /* place in document order, shared with Area.order: sort content and children by it */
	char *alt, *language, *id, *title;
	int colspan, rowspan; /* 0: does not apply */
	const char *scope;    /* TH: "Row", "Column", "Both" */
	const char *numbering; /* L: "Disc", "Decimal", "None" ... */
	int role_placement;   /* 0 inline, 1 block: Figure, Note, Link in block position */
} AreaStructure;

typedef struct {
	char *uri;          /* one of the two */
	char *destination;  /* id of an object in this document */
	AreaStructure *structure; /* the Link element */
	char *contents;     /* text for /Contents */
} AreaLink;

typedef struct Area Area;
struct Area {
	AreaKind kind;
	const char *name;   /* for the area tree's XML: "region-body", "block", "table-cell", "list-item-label" ... (static) */
	Area *parent, *first, *last, *next;
	int x, y;           /* top left of the content rectangle; for text: x of its start, y of its baseline */
	int ipd, bpd;       /* content rectangle (text: advance, ascender+descender) */
	AreaBox *box;       /* NULL: none */
	AreaStructure *structure; /* NULL: an artifact (page furniture, decoration) */
	guint order;        /* of the formatting object (and then of the piece of text in it) in the document */
	AreaLink *link;     /* NULL: none */
	const char *id;     /* of the formatting object, when this is its first area */
	Position at;        /* the author's place */
	union {
		AreaText *text;
		struct { AreaPicture *picture; int x, y, width, height; } image; /* where the picture itself is drawn (clipped to the area) */
		struct { BorderStyle style; int thickness; guint32 colour; } leader;
		struct { gboolean clip; int rotate; } viewport; /* degrees, anticlockwise, 0 90 180 270 */
		struct { int columns, gap; } span; /* of name "span": its columns are its children, as far as the text reaches */
		struct { int baseline, space_before, space_after, shift; } block; /* for the XML only; shift: how much relative-position moved it down */
	} u;
};

typedef struct {
	int width, height;
	int number;         /* folio */
	char *label;        /* as printed: "iv" */
	gboolean blank;
	gboolean rtl;       /* its text and its columns run from right to left */
	Area *first, *last; /* regions, in drawing order */
	const char *master; /* simple-page-master's name */
	guint sequence;     /* index of its page-sequence */
} AreaPage;

typedef struct { guint page; int x, y; } AreaDestination;

typedef struct AreaOutline {
	char *title;
	char *destination; /* id */
	char *uri;
	gboolean open;
	GPtrArray *children; /* AreaOutline */
} AreaOutline;

typedef struct AreaTree {
	GPtrArray *pages;        /* AreaPage */
	GPtrArray *fonts;        /* AreaFont */
	AreaStructure *structure; /* the Document element */
	GHashTable *destinations; /* id -> AreaDestination */
	GHashTable *left_out;    /* orders of objects that the document itself asks to leave out (visibility="collapse") */
	GPtrArray *outline;      /* AreaOutline: top level */
	char *language;          /* of the document */
	char *title, *author, *subject, *keywords, *version;
	char *xmp;               /* the RDF from fo:declarations, NULL: none */
	struct AreaStore *store; /* private to lay-out: the memory of all this */
} AreaTree;

void area_tree_free(AreaTree *t);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AreaTree, area_tree_free)

#endif
