/* Markers: which ones a page holds, and the one that a running head asks for. */
#include "layout/page.h"

typedef struct {
	const FoNode *first_start, *first, *last_start, *last, *last_end;
} MarkerSet;

typedef struct {
	const FoNode *marker;
	const Sequence *sequence;
} Carried;

/* ---- noting ---- */

static MarkerSet *set_of(PageRecord *page, const FoNode *marker)
{
	const char *class = fo_string(marker, FO_P_MARKER_CLASS_NAME);
	if (!class)
		return NULL;
	if (!page->markers)
		page->markers = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	MarkerSet *set = g_hash_table_lookup(page->markers, class);
	if (!set) {
		set = g_new0(MarkerSet, 1);
		g_hash_table_insert(page->markers, (gpointer)class, set);
	}
	return set;
}

static const FoNode *first_marker(const FoNode *parent)
{
	const FoNode *n = parent->first;
	if (n && n->kind == FO_TEXT)
		n = n->next;
	return n && n->kind == FO_MARKER ? n : NULL;
}

static const FoNode *next_marker(const FoNode *n)
{
	n = n->next;
	if (n && n->kind == FO_TEXT)
		n = n->next;
	return n && n->kind == FO_MARKER ? n : NULL;
}

void marker_note(PageRecord *page, const FoNode *parent, gboolean starts)
{
	for (const FoNode *n = first_marker(parent); n; n = next_marker(n)) {
		MarkerSet *set = set_of(page, n);
		if (!set)
			continue;
		if (!set->first)
			set->first = n;
		set->last = n;
		if (!starts)
			continue;
		if (!set->first_start)
			set->first_start = n;
		set->last_start = n;
	}
}

void marker_note_end(PageRecord *page, const FoNode *parent)
{
	for (const FoNode *n = first_marker(parent); n; n = next_marker(n)) {
		MarkerSet *set = set_of(page, n);
		if (set && (!set->last_end || n->order > set->last_end->order))
			set->last_end = n;
	}
}

/* ---- finding ---- */

static const FoNode *choose(const MarkerSet *set, FoKeyword position)
{
	switch (position) {
	case FO_K_FIRST_INCLUDING_CARRYOVER:
		return set->first;
	case FO_K_LAST_STARTING_WITHIN_PAGE:
		return set->last_start ? set->last_start : set->last;
	case FO_K_LAST_ENDING_WITHIN_PAGE:
		return set->last_end ? set->last_end : set->last;
	default:
		return set->first_start ? set->first_start : set->first;
	}
}

const FoNode *marker_find(LayoutContext *c, const FoNode *retrieve)
{
	Layout *l = (Layout *)c;
	const char *class = fo_string(retrieve, FO_P_RETRIEVE_CLASS_NAME);
	if (!class || !l->at)
		return NULL;
	const MarkerSet *set = l->at->markers ? g_hash_table_lookup(l->at->markers, class) : NULL;
	const FoNode *found = set ? choose(set, fo_keyword(retrieve, FO_P_RETRIEVE_POSITION)) : NULL;
	FoKeyword boundary = fo_keyword(retrieve, FO_P_RETRIEVE_BOUNDARY);
	if (!found && boundary != FO_K_PAGE) {
		const Carried *carried = g_hash_table_lookup(l->carried, class);
		if (carried && (boundary == FO_K_DOCUMENT || carried->sequence == l->at->sequence))
			found = carried->marker;
	}
	return found ? fo_marker_retrieve(c->tree, found, retrieve) : NULL;
}

void marker_carry(Layout *l, const PageRecord *page)
{
	if (!page->markers)
		return;
	GHashTableIter i;
	gpointer class, value;
	g_hash_table_iter_init(&i, page->markers);
	while (g_hash_table_iter_next(&i, &class, &value)) {
		const MarkerSet *set = value;
		Carried *carried = layout_alloc(l, sizeof *carried);
		carried->marker = choose(set, FO_K_LAST_ENDING_WITHIN_PAGE);
		carried->sequence = page->sequence;
		g_hash_table_insert(l->carried, class, carried);
	}
}
