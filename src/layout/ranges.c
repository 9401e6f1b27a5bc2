/* The breaks that the breaker finds in a paragraph's items, as lines. */
#include "layout/paragraph.h"

#include <string.h>

enum { MOST_WAYS = 8 }; /* to one break beside floats, where lines of each number are kept apart */

typedef struct {
	LineParagraph *p;
	const LineShape *shape;
	gboolean justify;
} Finder;

/* The items that lines are made of. */
typedef struct {
	gsize first, end;
	int added; /* width at the start of the first line */
} Part;

static const BreakItem *items_of(const LineParagraph *p)
{
	return (const BreakItem *)(const void *)p->items.all->data;
}

static const LineItemRef *ref_at(const LineParagraph *p, gssize i)
{
	return &g_array_index(p->items.refs, LineItemRef, i);
}

static gboolean is_forced(const BreakItem *item)
{
	return item->kind == BREAK_PENALTY && item->penalty <= BREAK_FORCED;
}

/* ---- breaks to lines ---- */

static LineRange range_of(LineParagraph *p, const BreakPoint *point)
{
	const BreakItem *item = &items_of(p)[point->position];
	const LineItemRef *end = ref_at(p, point->position), *start = point->first <= point->position ? ref_at(p, point->first) : end;
	LineRange r = {.first_atom = start->atom, .start = start->at, .end = end->at, .end_atom = end->atom, .ratio = point->ratio};
	r.overfull = point->overfull;
	r.forced = is_forced(item);
	r.hyphen = end->hyphen;
	r.added = item->kind == BREAK_PENALTY ? item->after : 0;
	if (end->atom < p->atoms->len && item->kind == BREAK_PENALTY && end->at > g_array_index(p->atoms, LineAtom, end->atom).start)
		r.end_atom++;
	return r;
}

static GArray *ranges_of(const Finder *f, const GArray *points)
{
	const LineEnd *after = f->shape->after;
	GArray *ranges = g_array_sized_new(FALSE, FALSE, sizeof(LineRange), points->len);
	for (guint i = 0; i < points->len; i++) {
		LineRange r = range_of(f->p, &g_array_index(points, BreakPoint, i));
		g_array_append_val(ranges, r);
	}
	for (guint i = 0; i < ranges->len; i++) {
		LineRange *r = &g_array_index(ranges, LineRange, i), *next = i + 1 < ranges->len ? r + 1 : NULL;
		r->last = !next;
		r->next = next ? next->start : f->p->chars->len;
		r->next_atom = next ? next->first_atom : f->p->atoms->len;
		r->carried = i > 0 ? (r - 1)->hyphen : after ? after->hyphen : NULL;
		r->first = i == 0 && !after;
	}
	return ranges;
}

static gboolean any_overfull(const GArray *points)
{
	for (guint i = 0; i < points->len; i++)
		if (g_array_index(points, BreakPoint, i).overfull)
			return TRUE;
	return FALSE;
}

/* ---- finding them ---- */

static BreakSettings settings_of(const Finder *f, int measure)
{
	const LineParagraph *p = f->p;
	int ladder = fo_integer(p->block, FO_P_HYPHENATION_LADDER_COUNT), size = p->style->size;
	BreakSettings s = {
	    .measure = measure,
	    .ladder = ladder == FO_FORCE || p->all ? 0 : ladder, /* all: a ladder is better than a word that runs out of its column */
	    .last_minimum = measure > 12 * size ? MAX(3 * size, measure / 8) : measure > 6 * size ? 2 * size : 0,
	    .last_demerits = 15000,
	    .flagged_demerits = 60000,
	};
	if (!f->justify)
		s.line_stretch = MIN(4 * size, measure / 3);
	return s;
}

static GArray *find(const Finder *f, const BreakSettings *s)
{
	return break_find(items_of(f->p), f->p->items.all->len, s, NULL);
}

/* As if the paragraph were nothing but that part. */
static GArray *find_part(const Finder *f, const BreakSettings *s, const Part *part)
{
	gsize length = part->end - part->first;
	g_autofree BreakItem *items = g_new(BreakItem, length + 4);
	items[0] = (BreakItem){.kind = BREAK_BOX, .width = part->added};
	memcpy(items + 1, items_of(f->p) + part->first, length++ * sizeof *items);
	if (part->end < f->p->items.all->len) {
		items[length++] = (BreakItem){.kind = BREAK_PENALTY, .penalty = BREAK_NEVER};
		items[length++] = (BreakItem){.kind = BREAK_GLUE, .stretch = BREAK_FILL};
		items[length++] = (BreakItem){.kind = BREAK_PENALTY, .penalty = BREAK_FORCED};
	}
	GArray *points = break_find(items, length, s, NULL);
	for (guint i = 0; i < points->len; i++) {
		BreakPoint *point = &g_array_index(points, BreakPoint, i);
		point->position = MIN(point->position - 1 + (gssize)part->first, (gssize)part->end);
		point->first = MAX(point->first - 1, 0) + (gssize)part->first;
	}
	return points;
}

/* The narrowest measure that takes no more lines: no word stands alone on the last one then. */
static GArray *find_balanced(const Finder *f, BreakSettings s)
{
	GArray *best = find(f, &s);
	guint lines = best->len;
	int low = s.measure / (int)MAX(lines, 1), high = s.measure;
	s.tolerance = BREAK_UNLIMITED;
	s.last_minimum = 0;
	while (lines > 1 && high - low > 500) {
		s.measure = low + (high - low) / 2;
		GArray *points = find(f, &s);
		if (points->len <= lines && !any_overfull(points)) {
			g_array_unref(best);
			best = points;
			high = s.measure;
		} else {
			g_array_unref(points);
			low = s.measure;
		}
	}
	return best;
}

/* ---- lines of several measures ---- */

/* The lines before until stay, those from it on are found again. */
static void find_rest(const Finder *f, GArray *points, guint until, int measure)
{
	const BreakSettings s = settings_of(f, measure);
	const BreakItem *end = &items_of(f->p)[g_array_index(points, BreakPoint, until - 1).position];
	const Part part = {
	    .first = (gsize)g_array_index(points, BreakPoint, until).first,
	    .end = f->p->items.all->len,
	    .added = end->kind == BREAK_PENALTY ? end->after : 0,
	};
	g_autoptr(GArray) rest = find_part(f, &s, &part);
	g_array_set_size(points, until);
	g_array_append_vals(points, rest->data, rest->len);
}

static void find_along(const Finder *f, GArray *points)
{
	const GArray *measures = f->shape->measures;
	for (guint i = 1; i < measures->len; i++) {
		guint until = g_array_index(measures, LineMeasure, i - 1).until;
		if (until > 0 && until < points->len)
			find_rest(f, points, until, g_array_index(measures, LineMeasure, i).measure);
	}
}

/* ---- lines beside floats ---- */

/* The measure of each line, by its number. */
static gboolean narrow_line(void *user, const BreakNode *from, gssize to, int alternative, BreakSpan *span)
{
	const GArray *insets = user;
	(void)to, (void)alternative;
	if (from->line < insets->len) {
		const LineInset *inset = &g_array_index(insets, LineInset, from->line);
		span->measure = MAX(span->measure - inset->left - inset->right, 1);
	}
	return TRUE;
}

/* Each line as wide as what stands beside it leaves. */
static void narrow_lines(const GArray *insets, BreakSettings *s)
{
	if (!insets || insets->len == 0)
		return;
	s->adjust = narrow_line;
	s->user = (gpointer)insets;
	s->most = MOST_WAYS;
	s->measures = TRUE;
	s->narrowest = s->measure;
	for (guint i = 0; i < insets->len; i++) {
		const LineInset *inset = &g_array_index(insets, LineInset, i);
		s->narrowest = MIN(s->narrowest, MAX(s->measure - inset->left - inset->right, 1));
		if (inset->left + inset->right > 0)
			s->by_line = i + 1;
	}
}

/* The item that a line begins with. */
static gsize find_start(const LineParagraph *p, const LineEnd *after)
{
	gsize low = 0, high = p->items.all->len - 1;
	while (low < high) {
		gsize middle = (low + high) / 2;
		const LineItemRef *ref = ref_at(p, (gssize)middle);
		if (ref->atom < after->atom || (ref->atom == after->atom && ref->at < after->at))
			low = middle + 1;
		else
			high = middle;
	}
	while (low + 1 < p->items.all->len && items_of(p)[low].kind != BREAK_BOX && !is_forced(&items_of(p)[low]))
		low++;
	return low;
}

/* A place to break behind so much text, no word being divided for it; else the end of the paragraph. */
static gsize find_end(const LineParagraph *p, gsize first, gint64 width)
{
	const BreakItem *items = items_of(p);
	gsize length = p->items.all->len;
	gint64 sum = 0;
	for (gsize i = first; i + 1 < length; i++) {
		if (items[i].kind != BREAK_PENALTY)
			sum += items[i].width;
		if (sum > width && (is_forced(&items[i]) || (items[i].kind == BREAK_GLUE && items[i - 1].kind == BREAK_BOX)))
			return i;
	}
	return length;
}

static Part part_of(const LineParagraph *p, const LineShape *shape, int measure)
{
	Part part = {.end = p->items.all->len};
	if (shape->after) {
		part.first = find_start(p, shape->after);
		part.added = shape->after->added;
	}
	if (shape->most > 0)
		part.end = find_end(p, part.first, (gint64)measure * shape->most);
	return part;
}

/* ---- all of it ---- */

static GArray *find_points(const Finder *f, const BreakSettings *s, const Part *part)
{
	if (f->shape->after || part->end < f->p->items.all->len)
		return find_part(f, s, part);
	return line_is_balanced(f->p->block) && !f->justify ? find_balanced(f, *s) : find(f, s);
}

/* all: with all hyphens that there are. */
static GArray *try_ranges(LineParagraph *p, const LineShape *shape, gboolean all, gboolean *overfull)
{
	GArray **hyphens = all ? &p->all_hyphens : &p->hyphens;
	if (!*hyphens)
		*hyphens = line_find_hyphens(p, all);
	p->all = all;
	int measure = g_array_index(shape->measures, LineMeasure, 0).measure;
	line_build_items(p, measure, *hyphens);
	const Finder f = {p, shape, line_align(p->block, FALSE) == ALIGN_JUSTIFY};
	BreakSettings s = settings_of(&f, measure);
	narrow_lines(shape->insets, &s);
	Part part = part_of(p, shape, measure);
	g_autoptr(GArray) points = find_points(&f, &s, &part);
	if (points->len < 2 && part.end < p->items.all->len) {
		part.end = p->items.all->len;
		g_array_unref(points);
		points = find_points(&f, &s, &part);
	}
	find_along(&f, points);
	*overfull = any_overfull(points);
	GArray *ranges = ranges_of(&f, points);
	if (part.end < p->items.all->len) /* where its last line ends is of no meaning */
		g_array_set_size(ranges, ranges->len - 1);
	return ranges;
}

GArray *line_find_ranges(LineParagraph *p, const LineShape *shape)
{
	gboolean overfull, all = shape->after && shape->after->all;
	GArray *ranges = try_ranges(p, shape, all, &overfull);
	if (!overfull || all)
		return ranges;
	g_array_unref(ranges);
	return try_ranges(p, shape, TRUE, &overfull);
}
