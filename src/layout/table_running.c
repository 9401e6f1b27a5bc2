/* Headers and footers that hold what the rows on their page say (fo:retrieve-table-marker; XSL 1.1, 6.13.7).
 *
 * Which markers those are is known when the rows stand on the page. Before that, when pages are broken, room is kept: as much as the highest one took
 * in the passes before (in the first: with the markers of the whole table), for the table's own beginning and end apart from where it is broken. What
 * is lower is stretched to that; what turns out higher pushes the rows down, and asks for another pass. */
#include "layout/table.h"

/* Of a header or footer, kept from pass to pass. */
typedef struct {
	int room[2]; /* at the table's own edge, at a break; -1: not yet known */
} Kept;

typedef struct {
	const FoNode *node; /* NULL: it retrieves nothing */
	Kept *kept;
	Stream *first;      /* as it would stand with the markers of the whole table: has its notes */
	gboolean here, repeated; /* in the part of the table that is being set */
	int y;
} RunningPart;

typedef struct {
	const FoNode *marker;
	guint page;
} Carried;

struct Running {
	Table *table;
	RunningPart part[2];
	MarkerScope scope;   /* of the part of the table that is being set */
	guint page;          /* it stands on this one */
	GHashTable *carried; /* class -> Carried: the last of all parts before */
	gboolean late;       /* guess: what stands at a break */
};

/* ---- which marker ---- */

static const FoNode *find_marker(gpointer user, const FoNode *retrieve)
{
	const Running *r = user;
	const char *class = fo_string(retrieve, FO_P_RETRIEVE_CLASS_NAME);
	FoKeyword boundary = fo_keyword(retrieve, FO_P_RETRIEVE_BOUNDARY_WITHIN_TABLE);
	FoKeyword position = r->late ? FO_K_LAST_STARTING : fo_keyword(retrieve, FO_P_RETRIEVE_POSITION_WITHIN_TABLE);
	const FoNode *found = marker_choose(r->scope.markers, class, position);
	if (found || !class || boundary == FO_K_TABLE_FRAGMENT)
		return found;
	const Carried *carried = g_hash_table_lookup(r->carried, class);
	return carried && (boundary != FO_K_PAGE || carried->page == r->page) ? carried->marker : NULL;
}

static void carry(Running *r)
{
	GHashTableIter i;
	gpointer class;
	if (!r->scope.markers)
		return;
	g_hash_table_iter_init(&i, r->scope.markers);
	while (g_hash_table_iter_next(&i, &class, NULL)) {
		Carried *carried = layout_alloc(r->table->layout, sizeof *carried);
		*carried = (Carried){marker_choose(r->scope.markers, class, FO_K_LAST_ENDING), r->page};
		g_hash_table_insert(r->carried, class, carried);
	}
	g_clear_pointer(&r->scope.markers, g_hash_table_unref);
}

static void note_all(GHashTable **markers, const FoNode *parent)
{
	for (const FoNode *n = parent->first; n; n = n->next) {
		if (n->kind == FO_MARKER)
			continue;
		marker_set_note(markers, n, TRUE);
		note_all(markers, n);
		marker_set_note_end(markers, n);
	}
}

/* ---- setting one ---- */

static const FoNode *content_of(Running *r, int which)
{
	return fo_table_part_retrieve(r->table->layout->c.tree, r->part[which].node, find_marker, r);
}

static int height_of(const Stream *s)
{
	return (int)stream_height(s, 0, stream_last(s));
}

static Stream *set_part(Running *r, int which, int fill)
{
	Table *t = r->table;
	t->fill = fill;
	Stream *s = table_part_stream(t, table_part_new(t, content_of(r, which)), which);
	t->fill = 0;
	return s;
}

/* What is kept for it, with the markers of the whole table, the first time. */
static void guess(Running *r, int which)
{
	RunningPart *p = &r->part[which];
	p->first = set_part(r, which, 0);
	p->kept->room[0] = MAX(p->kept->room[0], height_of(p->first));
	r->late = TRUE;
	if (p->kept->room[1] < 0)
		p->kept->room[1] = height_of(set_part(r, which, 0));
	r->late = FALSE;
}

static Kept *kept_of(Layout *l, const FoNode *part)
{
	Kept *kept = g_hash_table_lookup(l->running, part);
	if (!kept) {
		kept = layout_alloc(l, sizeof *kept);
		*kept = (Kept){{-1, -1}};
		g_hash_table_insert(l->running, (gpointer)part, kept);
	}
	return kept;
}

/* ---- what the table asks ---- */

Running *running_new(Table *t)
{
	Layout *l = t->layout;
	Running *r = layout_alloc(l, sizeof *r);
	r->table = t;
	gboolean any = FALSE;
	for (int which = 0; which < 2; which++) {
		const FoNode *node = t->ends[which];
		if (!node || !fo_table_part_retrieves(node))
			continue;
		r->part[which].node = node;
		r->part[which].kept = kept_of(l, node);
		any = TRUE;
	}
	if (!any)
		return NULL;
	r->carried = area_own(l->scratch, g_hash_table_new(g_str_hash, g_str_equal), (GDestroyNotify)g_hash_table_unref);
	marker_set_note(&r->scope.markers, t->node, TRUE);
	note_all(&r->scope.markers, t->node);
	marker_set_note_end(&r->scope.markers, t->node);
	for (int which = 0; which < 2; which++)
		if (r->part[which].node)
			t->ends[which] = content_of(r, which);
	return r;
}

void running_stop(Running *r)
{
	g_clear_pointer(&r->scope.markers, g_hash_table_unref);
}

void running_measure(Running *r)
{
	for (int which = 0; which < 2; which++)
		if (r->part[which].node)
			guess(r, which);
	running_stop(r);
}

int running_room(const Running *r, int which, gboolean repeated, int page)
{
	const RunningPart *p = &r->part[which];
	int room = p->node ? p->kept->room[repeated] : 0;
	return p->node && room <= page / 2 ? room : -1;
}

/* ---- while pages are filled ---- */

void running_each(Running *r, int which, RunningVisitor visit, gpointer user)
{
	Stream *s = r->part[which].first;
	visit(user, s, 0, stream_last(s));
}

void running_begin(Placer *p, Frame *f)
{
	Running *r = f->running;
	if (!r)
		return;
	r->page = p->page->number;
	r->scope.outer = p->scope;
	p->scope = &r->scope;
}

void running_stands(Running *r, int which, gboolean repeated, int y)
{
	r->part[which].here = TRUE;
	r->part[which].repeated = repeated;
	r->part[which].y = y;
}

/* What was set after its child last goes before all others. */
static void move_to_front(Area *a, Area *last)
{
	if (!last || last == a->last)
		return;
	a->last->next = a->first;
	a->first = last->next;
	last->next = NULL;
	a->last = last;
}

/* Returns how much higher it is than the room that was kept for it. */
static int place_part(Placer *p, Frame *f, int which, int x)
{
	Running *r = f->running;
	RunningPart *part = &r->part[which];
	int *room = &part->kept->room[part->repeated];
	Stream *s = set_part(r, which, 0);
	int height = height_of(s), excess = MAX(height - *room, 0);
	if (height < *room)
		s = set_part(r, which, *room - height);
	if (excess > 0) {
		*room = height;
		p->layout->unsettled = TRUE;
	}
	Area *last = f->area->last;
	for (Area *a = which == 0 ? f->area->first : NULL; a; a = a->next)
		area_move(a, 0, excess);
	Placer own = *p;
	own.copy |= part->repeated;
	own.quiet |= part->repeated;
	Stretch whole = {.from = 0, .to = stream_last(s)};
	stream_place(&own, s, &whole, f->area, x, part->y);
	if (which == 0)
		move_to_front(f->area, last);
	part->here = FALSE;
	return excess;
}

int running_end(Placer *p, Frame *f, int x)
{
	Running *r = f->running;
	if (!r)
		return 0;
	int excess = 0;
	p->scope = r->scope.outer;
	for (int which = 0; which < 2; which++) {
		r->part[which].y += excess;
		if (r->part[which].here)
			excess += place_part(p, f, which, x);
	}
	carry(r);
	return excess;
}
