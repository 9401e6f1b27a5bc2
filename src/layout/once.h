/* Inside lay-out: what is said once a document (a font, a character, a picture that is not there), where the document first gives reason to. Parts of a
 * document that are made side by side keep what they have to say; it is told in the order of the document, whoever was first. */
#ifndef ROTONDE_LAYOUT_ONCE_H
#define ROTONDE_LAYOUT_ONCE_H

#include "base/diagnostic.h"

/* Belongs to a run; its threads have a Teller each. */
typedef struct Once Once;
Once *once_new(void);
void once_free(Once *o);

typedef struct {
	Once *once;
	Diagnostics *d;
	GPtrArray *kept;   /* Kept; NULL: what is said is said at once */
	GHashTable *told;  /* keys of what is kept */
} Teller;

void teller_init(Teller *t, Once *o, Diagnostics *d);
void teller_clear(Teller *t);
/* From now on what is said is kept, to be told by once_tell; NULL: it is said at once. */
void teller_keep(Teller *t, GPtrArray *kept);
GPtrArray *kept_new(void);
/* Says what was kept and was not said before. */
void once_tell(Once *o, GPtrArray *kept, Diagnostics *d);

/* Where to say what has this key; NULL: it was said. Takes key over. */
Diagnostics *teller_once(Teller *t, char *key);

#endif
