/* Inside the preview: what the browser is told of a publication as it was last built. */
#ifndef ROTONDE_PREVIEW_STATE_H
#define ROTONDE_PREVIEW_STATE_H

#include "preview/target.h"

/* An object: serial, publications (an array, or null while it is not known), and of t, unless it is NULL, id, profile, a digest of each view, looks of the
 * pages, errors, warnings, milliseconds, building, old, failure, diagnostics (as rotonde check --format json has them, with a link that opens the editor). */
GBytes *state_json(guint serial, JsonNode *publications, const Target *t);

/* How a page (from 1, of those there are) looks, as a text that is another when it looks otherwise. The caller's. */
char *state_page_look(const Target *t, guint page);

#endif
