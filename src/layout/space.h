/* Inside lay-out: which of the spaces that follow each other count (XSL 1.1, 4.3.1). */
#ifndef ROTONDE_LAYOUT_SPACE_H
#define ROTONDE_LAYOUT_SPACE_H

#include "layout/stream.h"

/* spaces[i] stands for out[i]; those that lose get nothing. at_start, at_end: the sequence begins or ends a reference area. */
void space_resolve(const FoSpace *const *spaces, guint count, gboolean at_start, gboolean at_end, Extent **out);

/* It takes room, or decides about the spaces that it meets: one without width can push them out, or keep them from being discarded. */
static inline gboolean space_counts(const FoSpace *s)
{
	return s->minimum != 0 || s->optimum != 0 || s->maximum != 0 || s->precedence != 0 || s->retain;
}

#endif
