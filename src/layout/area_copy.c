/* A copy of an area with all below it, for what is set again on the next page: an artifact, without ids and links. Texts, pictures and boxes
 * are shared. */
#include "layout/page.h"

static Area *copy_one(AreaTree *t, const Area *a)
{
	Area *copy = area_new(t, a->kind, a->name);
	*copy = *a;
	copy->parent = copy->first = copy->last = copy->next = NULL;
	copy->structure = NULL;
	copy->link = NULL;
	copy->id = NULL;
	copy->order = 0;
	return copy;
}

Area *area_copy(AreaTree *t, const Area *a)
{
	Area *top = copy_one(t, a), *to = top;
	for (const Area *at = a;;) {
		if (at->first) {
			at = at->first;
		} else {
			while (at != a && !at->next) {
				at = at->parent;
				to = to->parent;
			}
			if (at == a)
				return top;
			at = at->next;
			to = to->parent;
		}
		Area *copy = copy_one(t, at);
		area_append(to, copy);
		to = copy;
	}
}
