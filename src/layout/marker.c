/* Markers: which ones a page or a part of a table on it holds, and the one that a running head or the table's header asks for. */
#include "layout/page.h"

typedef struct {
	const FoNode *first_start, *first, *last_start, *last, *last_end;
} MarkerSet;

typedef struct {
	const FoNode *marker;
	const Sequence *sequence;
} Carried;

/* ---- noting ---- */

static MarkerSet *set_of(GHashTable **markers, const FoNode *marker)
{
	const char *class = fo_string(marker, FO_P_MARKER_CLASS_NAME);
	if (!class)
		return NULL;
	if (!*markers)
		*markers = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	MarkerSet *set = g_hash_table_lookup(*markers, class);
	if (!set) {
		set = g_new0(MarkerSet, 1);
		g_hash_table_insert(*markers, (gpointer)class, set);
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

void marker_set_note(GHashTable **markers, const FoNode *parent, gboolean starts)
{
	for (const FoNode *n = first_marker(parent); n; n = next_marker(n)) {
		MarkerSet *set = set_of(markers, n);
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

void marker_set_note_end(GHashTable **markers, const FoNode *parent)
{
	for (const FoNode *n = first_marker(parent); n; n = next_marker(n)) {
		MarkerSet *set = set_of(markers, n);
		if (set && (!set->last_end || n->order > set->last_end->order))
			set->last_end = n;
	}
}

void marker_note(Placer *p, const FoNode *parent, gboolean starts)
{
	if (!p->quiet)
		marker_set_note(&p->page->markers, parent, starts);
	for (MarkerScope *s = p->scope; s; s = s->outer)
		marker_set_note(&s->markers, parent, starts);
}

void marker_note_end(Placer *p, const FoNode *parent)
{
	if (!p->quiet)
		marker_set_note_end(&p->page->markers, parent);
	for (MarkerScope *s = p->scope; s; s = s->outer)
		marker_set_note_end(&s->markers, parent);
}

/* ---- finding ---- */

static const FoNode *choose(const MarkerSet *set, FoKeyword position)
{
	switch (position) {
	case FO_K_FIRST_INCLUDING_CARRYOVER:
		return set->first;
	case FO_K_LAST_STARTING_WITHIN_PAGE:
	case FO_K_LAST_STARTING:
		return set->last_start ? set->last_start : set->last;
	case FO_K_LAST_ENDING_WITHIN_PAGE:
	case FO_K_LAST_ENDING:
		return set->last_end ? set->last_end : set->last;
	default:
		return set->first_start ? set->first_start : set->first;
	}
}

const FoNode *marker_choose(GHashTable *markers, const char *class, FoKeyword position)
{
	const MarkerSet *set = markers && class ? g_hash_table_lookup(markers, class) : NULL;
	return set ? choose(set, position) : NULL;
}

const FoNode *marker_find(LayoutContext *c, const FoNode *retrieve)
{
	Layout *l = (Layout *)c;
	const char *class = fo_string(retrieve, FO_P_RETRIEVE_CLASS_NAME);
	if (!class || !l->at)
		return NULL;
	const FoNode *found = marker_choose(l->at->markers, class, fo_keyword(retrieve, FO_P_RETRIEVE_POSITION));
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
