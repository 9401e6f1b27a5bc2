/* Space resolution: conditional spaces vanish at the edges of a reference area, forcing ones push out all others and add up, then the
 * highest precedence wins, then the largest optimum. */
#include "layout/space.h"

typedef struct {
	guint first, end; /* what is not discarded */
	gboolean forcing;
	int precedence, optimum;
	int minimum, maximum;
	guint winner;
} Resolution;

static void find_candidates(Resolution *r, const FoSpace *const *spaces)
{
	for (guint i = r->first; i < r->end; i++) {
		const FoSpace *s = spaces[i];
		if (s->precedence == FO_FORCE)
			r->forcing = TRUE;
		gboolean better = s->precedence > r->precedence || (s->precedence == r->precedence && s->optimum > r->optimum);
		if (i == r->first || better) {
			r->precedence = s->precedence;
			r->optimum = s->optimum;
			r->minimum = s->minimum;
			r->maximum = s->maximum;
			r->winner = i;
		} else if (s->precedence == r->precedence && s->optimum == r->optimum) {
			r->minimum = MAX(r->minimum, s->minimum);
			r->maximum = MIN(r->maximum, s->maximum);
			r->winner = i;
		}
	}
}

void space_resolve(const FoSpace *const *spaces, guint count, gboolean at_start, gboolean at_end, Extent **out)
{
	Resolution r = {.end = count};
	while (at_start && r.first < r.end && !spaces[r.first]->retain)
		r.first++;
	while (at_end && r.end > r.first && !spaces[r.end - 1]->retain)
		r.end--;
	find_candidates(&r, spaces);
	for (guint i = 0; i < count; i++) {
		*out[i] = (Extent){0, 0, 0};
		if (i < r.first || i >= r.end)
			continue;
		if (r.forcing && spaces[i]->precedence == FO_FORCE)
			*out[i] = (Extent){spaces[i]->minimum, spaces[i]->optimum, spaces[i]->maximum};
		else if (!r.forcing && i == r.winner)
			*out[i] = (Extent){MIN(r.minimum, r.optimum), r.optimum, MAX(r.maximum, r.optimum)};
	}
}
