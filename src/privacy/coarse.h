/* What is more exact than a story needs: a place by its name, an institution by its name, a whole date, an age in years and months. None of them is a name,
 * and each may tell who somebody is. They are suggestions; what must stay is allowed at its line, with the reason, in a note between editors:
 *
 *     <!-- toegestaan: plaats: de gemeente vroeg om genoemd te worden -->     or allowed: place, date: ...
 *
 * A note at the end of a line allows what is on that line; a note on a line of its own, what is on the line below. Kinds: plaats, instelling, datum,
 * leeftijd (place, institution, date, age).
 *
 * Prose is looked at: not tags and their attributes, comments, addresses of links, nor what front matter says as data (prose.h). */
#ifndef ROTONDE_PRIVACY_COARSE_H
#define ROTONDE_PRIVACY_COARSE_H

#include "base/diagnostic.h"

typedef enum { COARSE_PLACE, COARSE_INSTITUTION, COARSE_DATE, COARSE_AGE, COARSE_KINDS } CoarseKind;

/* "place" and "plaats". */
const char *coarse_kind_name(CoarseKind kind, Language language);

/* What a thread looks with; the lists of words are shared by all. */
typedef struct CoarseScanner CoarseScanner;
CoarseScanner *coarse_scanner_new(void);
void coarse_scanner_free(CoarseScanner *s);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CoarseScanner, coarse_scanner_free)

/* Reports what is in an author's file, a place or institution once with how often it comes again; an allowance without a reason or of an unknown kind
 * (errors), and one that allows nothing (a note). allowed, when not NULL, is added to: allowances that were used. */
void coarse_check(CoarseScanner *s, const char *file, GBytes *text, guint allowed[COARSE_KINDS], Diagnostics *d);

#endif
