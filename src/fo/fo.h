/* XSL-FO: the document as a tree of formatting objects with computed values (XSL 1.1, sections 4 to 7).
 *
 * Lengths are integers in millipoints (1/1000 pt) from here on. Corresponding properties (margin-left, border-left ... for
 * start/end/before/after), shorthands, inheritance, expressions and from-*() are done here; what is left for lay-out is a
 * percentage of something that only lay-out knows. Property rows: props.def; formatting objects: elements.def; keywords:
 * keywords.def. */
#ifndef ROTONDE_FO_FO_H
#define ROTONDE_FO_FO_H

#include "base/diagnostic.h"
#include "base/xml.h"

#include <limits.h>

/* Attributes of our own, which other formatters pass over: rotonde:text-wrap="balance" evens the lines of a heading;
 * rotonde:block-step="14.6pt" makes a block and its spaces a multiple of that together, by its space after (no less than its minimum), so that text returns to its lines. */
#define FO_EXTENSION_NS "urn:rotonde:fo"

typedef enum {
#define ELEMENT(id, ...) FO_##id,
#include "fo/elements.def"
#undef ELEMENT
	FO_TEXT,    /* character data, as in the document: white space is lay-out's to treat */
	FO_FOREIGN, /* the root of another vocabulary inside instream-foreign-object (SVG) */
	FO_KIND_COUNT
} FoKind;

typedef enum {
#define PROPERTY(id, ...) FO_P_##id,
#include "fo/props.def"
#undef PROPERTY
	FO_PROPERTY_COUNT
} FoProperty;

typedef enum {
	FO_K_NONE, /* "none", and what fo_keyword gives for a value that is no keyword */
#define KEYWORD(id, name) FO_K_##id,
#include "fo/keywords.def"
#undef KEYWORD
	FO_KEYWORD_COUNT
} FoKeyword;

enum {
	FO_AUTO = INT_MIN,        /* fo_length: any keyword ("auto", "normal" ...), see fo_keyword */
	FO_KEEP_ALWAYS = INT_MAX, /* fo_keep; 0 is auto */
	FO_FORCE = INT_MAX,       /* FoSpace.precedence; fo_integer: "force", "no-limit" */
};

enum {
	FO_UNDERLINE = 1,
	FO_OVERLINE = 2,
	FO_LINE_THROUGH = 4
}; /* fo_integer of FO_P_TEXT_DECORATION: what holds here, ancestors' included */

typedef struct FoTree FoTree;
typedef struct FoNode FoNode;

struct FoNode {
	FoKind kind;
	FoNode *parent, *first, *last, *next, *previous;
	const char *text;       /* FO_TEXT: UTF-8; else NULL */
	const xmlNode *foreign; /* FO_FOREIGN: the element itself, in the tree's document */
	Position at;            /* the author's place when the FO carries it (XML_SOURCE_NS), else the FO's own file and line */
	guint order;            /* 1, 2, 3 ... in document order */
	const xmlNode *element; /* the FO's own element (text: its parent), in the tree's document */
	const struct FoValues *values; /* private to this room */
};

typedef struct {
	int minimum, optimum, maximum; /* millipoints */
	int precedence;                /* FO_FORCE or a number */
	gboolean retain;               /* conditionality */
} FoSpace;

typedef guint32 FoColour; /* 0xRRGGBBAA; alpha 0 is transparent */

/* Builds the tree. name: what messages call the document where it carries no author's positions. Reports what is unsupported (once
 * each: MSG_FO_UNSUPPORTED_...) and what is wrong (a warning, the initial value is taken). NULL, reported, when the root is not
 * fo:root or the structure is impossible (no layout-master-set, no page-sequence). doc is borrowed and must outlive the tree. */
FoTree *fo_tree_new(xmlDoc *doc, const char *name, Diagnostics *d);
void fo_tree_free(FoTree *t);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FoTree, fo_tree_free)

FoNode *fo_tree_root(const FoTree *t);
FoNode *fo_tree_lookup(const FoTree *t, const char *id); /* the object with that id, or NULL */
const GPtrArray *fo_tree_points(const FoTree *t);        /* change-bar-begin and -end, in document order; their parents do not hold them */
guint fo_tree_count(const FoTree *t);                    /* highest FoNode.order + 1 */

/* The content of a marker as it stands in place of a fo:retrieve-marker: a FO_WRAPPER whose parent is that of retrieve and whose
 * children are the marker's, made anew, with values inherited there. All have retrieve's order; none is found by fo_tree_lookup.
 * Made once a pair, owned by the tree. */
FoNode *fo_marker_retrieve(const FoTree *t, const FoNode *marker, const FoNode *retrieve);

/* Whether content of markers belongs in a table's header or footer: a fo:retrieve-table-marker that asks the table itself, not one inside. */
gboolean fo_table_part_retrieves(const FoNode *part);
/* That header or footer with the children of what find names (NULL: nothing) in the place of each of those. Copies of its objects have their orders;
 * what markers held has the order of what retrieved it. None is found by fo_tree_lookup. Made once for the same markers, owned by the tree. */
typedef const FoNode *(*FoMarkerFinder)(gpointer user, const FoNode *retrieve);
FoNode *fo_table_part_retrieve(const FoTree *t, const FoNode *part, FoMarkerFinder find, gpointer user);

const char *fo_kind_name(FoKind kind);
gboolean fo_kind_is_block(FoKind kind);  /* block-level: block, block-container, table-and-caption, table, list-block ... */
gboolean fo_kind_is_inline(FoKind kind); /* inline-level, text included */

/* Computed values. base, in millipoints, is what a percentage refers to (ignored when the value is not one). */
int fo_length(const FoNode *n, FoProperty p, int base);
FoSpace fo_space(const FoNode *n, FoProperty p,
		 int base);                          /* p: the shorthand's row, e.g. FO_P_SPACE_BEFORE; for length-ranges too */
int fo_keep(const FoNode *n, FoProperty p);          /* p: e.g. FO_P_KEEP_TOGETHER_WITHIN_PAGE */
FoKeyword fo_keyword(const FoNode *n, FoProperty p); /* FO_K_NONE when the value is no keyword */
int fo_integer(const FoNode *n, FoProperty p);
FoColour fo_colour(const FoNode *n, FoProperty p);
const char *fo_string(const FoNode *n, FoProperty p);         /* NULL when absent; uri() already unwrapped */
const char *const *fo_strings(const FoNode *n, FoProperty p); /* font-family: NULL-terminated */
gboolean fo_is_percentage(const FoNode *n, FoProperty p);
gboolean fo_is_specified(const FoNode *n, FoProperty p); /* on this very object */
/* proportional-column-width(n) on a table-column: n, or 0. */
double fo_proportion(const FoNode *n, FoProperty p);

#endif
