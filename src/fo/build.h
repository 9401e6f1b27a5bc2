/* Inside the FO room: what building a tree shares. tree.c walks the elements; for each, property.c reads its attributes into the
 * draft (expressions: expression.c, words of several values: shorthand.c), corresponding.c settles margins, indents and sides, and
 * the draft is frozen into the node's values. */
#ifndef ROTONDE_FO_BUILD_H
#define ROTONDE_FO_BUILD_H

#include "fo/values.h"

/* The values of the object at hand. */
typedef struct {
	FoNode *node;
	const FoValues *parent;
	FoSet specified;                     /* written on the object, shorthands' longhands included */
	FoSet present;                       /* has a value below */
	FoSet direct;                        /* written by itself, not by a shorthand */
	gboolean in_shorthand, only_optimum; /* how the attribute at hand is written */
	FoValue value[FO_PROPERTY_COUNT];
} FoDraft;

typedef struct {
	const char *text;
	gsize length;
} FoSpan;

typedef struct {
	int rank; /* order of reading */
	FoProperty p;
	gboolean only_optimum;
	FoSpan text;
} FoAttribute;

typedef struct FoBuilder {
	FoTree *tree;
	FoStore *store;
	Diagnostics *d;
	const char *name;            /* of the document, for positions */
	GHashTable *properties;      /* name -> row number + 1 */
	GHashTable *elements;        /* name -> FoKind + 1 */
	struct FoNameCache *names;   /* attribute names by address */
	struct FoValueCache *values; /* what a text means for a property, where that does not depend on the object */
	GHashTable *reported;        /* "unsupported" messages that were given */
	FoDraft draft;
	GArray *attributes; /* FoAttribute: of the object at hand */
	FoOwn *packed;
	guint order;      /* the last one given out */
	guint retrieving; /* the order that a marker's copied content gets, or 0 */
} FoBuilder;

/* property.c */
void fo_properties_start(FoBuilder *b);
void fo_properties_stop(FoBuilder *b);
/* The values of node, from its element's attributes. */
void fo_properties_read(FoBuilder *b, FoNode *node, const FoValues *parent);
/* Values of a node that has no attributes of its own (text, anonymous blocks). */
const FoValues *fo_values_inherit(FoBuilder *b, const FoValues *parent);
const FoValues *fo_values_initial(FoBuilder *b);
/* Reads text as a value of p into the draft; FALSE, unreported, when it is none. */
gboolean fo_property_read(FoBuilder *b, FoProperty p, FoSpan text, gboolean *unsupported);
const char *fo_whole_function(FoProperty p, FoSpan text);
void fo_draft_set(FoBuilder *b, FoProperty p, const FoValue *v);
const FoValue *fo_draft_peek(const FoDraft *d, FoProperty p);

/* expression.c. contextual: the value depends on the object, not on the text alone. */
typedef struct {
	FoBuilder *b;
	FoProperty p;
	FoSpan text;
	gboolean contextual;
	gboolean unsupported; /* set on failure: valid, but not taken */
} FoReading;
gboolean fo_expression_read(FoReading *r, FoValue *out);
gboolean fo_colour_lookup(const char *name, gsize length, guint32 *colour);

/* shorthand.c */
gboolean fo_shorthand_read(FoBuilder *b, FoProperty p, FoSpan text, gboolean *unsupported);
int fo_shorthand_rank(FoProperty p); /* less specific ones have lower ranks and are read first */

/* access.c: the relative row of an absolute border or padding row. */
FoProperty fo_side_home(FoProperty p, gboolean rtl);

/* check.c: what only the finished tree can tell. */
void fo_check_tree(FoBuilder *b, const FoNode *root, GHashTable *ids);

/* corresponding.c */
void fo_corresponding_settle(FoBuilder *b);

/* columns.c: the fo:table-column of the cell that the draft's object is or stands in; NULL when none describes it. */
const FoNode *fo_table_column_of(const FoDraft *d);

int fo_length_round(double millipoints);

#endif
