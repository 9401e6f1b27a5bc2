/* Inside the FO room: values, where they are kept, and the tables.
 *
 * A node's values are the inherited ones, in chunks of CHUNK rows that it shares with its parent until it sets one of them, and its
 * own ones for properties that are not inherited, sparse. Equal chunks and equal sets are stored once for the whole tree. */
#ifndef ROTONDE_FO_VALUES_H
#define ROTONDE_FO_VALUES_H

#include "fo/fo.h"

typedef enum { V_KEYWORD, V_LENGTH, V_PROPORTION, V_NUMBER, V_COLOUR, V_STRING, V_STRINGS } FoValueType;

/* 16 bytes without holes: compared and hashed as bytes. */
typedef struct {
	guint16 type;
	guint16 keyword;
	gint32 length; /* millipoints; V_LENGTH, V_PROPORTION */
	union {
		double number; /* V_LENGTH: plus this times the base; V_PROPORTION: plus this many shares; V_NUMBER */
		const char *string;
		const char *const *strings;
		guint64 colour;
	} u;
} FoValue;
G_STATIC_ASSERT(sizeof(FoValue) == 16);

/* What a property takes: beside the keywords of its row. */
enum {
	T_LENGTH = 1 << 0,
	T_NUMBER = 1 << 1,
	T_INTEGER = 1 << 2,
	T_COLOUR = 1 << 3,
	T_STRING = 1 << 4, /* the attribute as it stands */
	T_URI = 1 << 5,
	T_FAMILY = 1 << 6,
	T_DECORATION = 1 << 7,
	T_POSITIVE = 1 << 8, /* not below 0 */
	T_ANGLE = 1 << 9,    /* a multiple of 90 */
	T_CHARACTER = 1 << 10,
	T_EDGE = 1 << 11, /* left, center, right ... are 0%, 50%, 100% */
	T_PROPORTION = 1 << 12,
	T_SPACE = 1 << 13, /* compounds: how many rows follow, and which */
	T_RANGE = 1 << 14,
	T_CONDITIONAL = 1 << 15,
	T_KEEP = 1 << 16,
	T_PAIR = 1 << 17,
	T_SHORTHAND = 1 << 18,
	T_UNSUPPORTED = 1 << 19,
	T_AURAL = 1 << 20, /* not for print: passed over in silence */
	T_COMPOUND = T_SPACE | T_RANGE | T_CONDITIONAL | T_KEEP | T_PAIR,
};

typedef enum {
	OF_NOTHING,
	OF_FONT,
	OF_CONTAINING_IPD,
	OF_CONTAINING_BPD,
	OF_REFERENCE_IPD,
	OF_REGION_IPD,
	OF_LINE_HEIGHT,
	OF_BOX,
	OF_INTRINSIC,
	OF_PAGE
} FoBase;

typedef struct {
	const char *name;
	guint32 type;
	FoValue initial;
	gboolean inherited;
	FoBase percent;
	const char *keywords;
} PropertyRow;

/* Categories of elements.def. */
enum {
	IS_ROOT = 1 << 0,
	IS_DECLARATIONS = 1 << 1,
	IS_PROFILE = 1 << 2,
	IS_SEQUENCE = 1 << 3,
	IS_MASTERS = 1 << 4,
	IS_MASTER = 1 << 5,
	IS_SUBSEQUENCE = 1 << 6,
	IS_ALTERNATIVE = 1 << 7,
	IS_REGION = 1 << 8,
	IS_FLOW = 1 << 9,
	IS_STATIC = 1 << 10,
	IS_TITLE = 1 << 11,
	IS_FLOW_MAP = 1 << 12,
	IS_ASSIGNMENT = 1 << 13,
	IS_BLOCK = 1 << 14,
	IS_INLINE = 1 << 15,
	IS_PROPERTY_SET = 1 << 16,
	IS_FOLIO = 1 << 17,
	IS_TABLE = 1 << 18,
	IS_COLUMN = 1 << 19,
	IS_CAPTION = 1 << 20,
	IS_HEADER = 1 << 21,
	IS_BODY = 1 << 22,
	IS_ROW = 1 << 23,
	IS_CELL = 1 << 24,
	IS_LIST_ITEM = 1 << 25,
	IS_LIST_LABEL = 1 << 26,
	IS_LIST_BODY = 1 << 27,
	IS_NEUTRAL = 1 << 28,
	IS_OUT_OF_LINE = 1 << 29,
	IS_MARKER = 1 << 30,
};
#define IS_FOREIGN (G_GUINT64_CONSTANT(1) << 31)
#define IS_TEXT (G_GUINT64_CONSTANT(1) << 32)
#define IS_BOOKMARKS (G_GUINT64_CONSTANT(1) << 33)
#define IS_BOOKMARK (G_GUINT64_CONSTANT(1) << 34)
#define IS_BOOKMARK_TITLE (G_GUINT64_CONSTANT(1) << 35)
#define IS_FOOTNOTE_BODY (G_GUINT64_CONSTANT(1) << 36)
#define IS_POINT (G_GUINT64_CONSTANT(1) << 37) /* allowed everywhere */
#define IS_CASE (G_GUINT64_CONSTANT(1) << 38)
#define TAKES_BLOCKS (IS_BLOCK | IS_NEUTRAL | IS_OUT_OF_LINE)
#define TAKES_INLINES (IS_INLINE | IS_NEUTRAL | IS_OUT_OF_LINE | IS_TEXT)
enum { REFERENCE = 1, TRANSPARENT = 2, DROPPED = 4, LIKE_PARENT = 8, ASIDE = 16 /* no child of its parent: fo_tree_points */ };

typedef struct {
	const char *name;
	guint64 is, takes;
	guint how;
} ElementRow;

extern const ElementRow fo_elements[];
extern const PropertyRow fo_properties[];
const char *fo_keyword_name(FoKeyword k);
gboolean fo_keyword_lookup(const char *name, gsize length, FoKeyword *found);
/* Rows that follow a compound's own: 4 for a space, 2 for a range, 1 for a conditional length or pair, 3 for a keep. */
guint fo_property_components(FoProperty p);

#define INHERITED_COUNT FO_P_BORDER_BEFORE_WIDTH
enum { CHUNK = 16, CHUNK_COUNT = (INHERITED_COUNT + CHUNK - 1) / CHUNK, WORDS = (FO_PROPERTY_COUNT + 63) / 64 };

typedef struct {
	guint64 word[WORDS];
} FoSet;
static inline gboolean fo_set_has(const FoSet *s, FoProperty p)
{
	return (s->word[p / 64] >> (p % 64)) & 1;
}
static inline void fo_set_add(FoSet *s, FoProperty p)
{
	s->word[p / 64] |= G_GUINT64_CONSTANT(1) << (p % 64);
}

typedef struct {
	FoValue row[CHUNK];
} FoChunk;
typedef struct {
	FoSet specified; /* on the object itself */
	FoSet present;   /* rows that are not inherited and have a value below, in order */
	guint16 before[WORDS]; /* how many of them are in the words before */
	FoValue value[];
} FoOwn;
typedef struct FoValues {
	const FoChunk *chunk[CHUNK_COUNT];
	const FoOwn *own;
} FoValues;

/* Memory that lives as long as the tree. */
typedef struct FoStore FoStore;
FoStore *fo_store_new(void);
void fo_store_free(FoStore *s);
void *fo_store_alloc(FoStore *s, gsize size); /* zeroed */
void *fo_store_copy(FoStore *s, const void *data, gsize size);
const void *fo_store_intern(FoStore *s, const void *data, gsize size); /* equal bytes: the same address */
const char *fo_store_string(FoStore *s, const char *text, gsize length);

/* The value of p on n: by reference into its own values, the inherited ones, or the initial ones. */
const FoValue *fo_values_peek(const FoValues *v, FoProperty p);
/* A value as a reader writes it: "12pt", "100%-3.5pt", "2*", "#ff0000". The caller's. */
char *fo_value_describe(const FoValue *v);
/* The row that holds a property that has none of its own: margin-free absolute sides, width and height. */
FoProperty fo_property_home(const FoValues *v, FoProperty p);

#endif
