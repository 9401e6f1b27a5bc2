/* Settling the gap before a box, and writing it out as items. */
#include "layout/gap.h"

#include "layout/break.h"
#include "layout/float.h"
#include "layout/space.h"

Item *gap_add_item(Stream *s, ItemKind kind)
{
	guint i = s->items->len;
	g_array_set_size(s->items, i + 1);
	Item *item = stream_item(s, i);
	item->kind = (guint8)kind;
	item->brk = G_MAXUINT;
	return item;
}

/* ---- settling a gap ---- */

static gboolean is_space(const GapPart *p)
{
	return p->kind == GAP_SPACE || p->kind == GAP_CLEAR;
}

static gboolean is_reference(const GapPart *p, GapKind kind)
{
	return p->kind == kind && p->frame->reference;
}

static gboolean is_fence(const GapPart *p)
{
	return (p->kind == GAP_OPEN && (p->frame->edge[0] != 0 || p->frame->reference)) ||
	       (p->kind == GAP_CLOSE && (p->frame->edge[1] != 0 || p->frame->reference));
}

typedef struct {
	guint split;         /* the break stands before this part */
	gboolean at_start, at_end; /* of the whole stream */
	gboolean has_break;
	gboolean keeps_before, keeps_after; /* edges are retained there, so that spaces stay */
} Settlement;

static void resolve_range(Stream *s, guint from, guint to, const Settlement *how, gboolean broken)
{
	g_autofree const FoSpace **spaces = g_new(const FoSpace *, to - from + 1);
	g_autofree Extent **out = g_new(Extent *, to - from + 1);
	guint count = 0;
	for (guint i = from; i < to; i++) {
		GapPart *p = gap_part(s, i);
		if (p->kind != GAP_SPACE)
			continue;
		spaces[count] = &p->space;
		out[count++] = broken ? &p->broken : &p->normal;
	}
	if (count > 0)
		space_resolve(spaces, count, how->at_start, how->at_end, out);
}

/* One run of spaces between two fences, both ways. */
static void settle_run(Stream *s, guint from, guint to, const Settlement *how)
{
	/* within a reference area of its own, which begins or ends here whether or not a page does */
	gboolean begins = from > 0 && is_reference(gap_part(s, from - 1), GAP_OPEN), ends = to < s->gap->len && is_reference(gap_part(s, to), GAP_CLOSE);
	const Settlement whole = {.at_start = begins, .at_end = ends};
	resolve_range(s, from, to, &whole, FALSE);
	if (!how->has_break || how->split < from || how->split > to) {
		for (guint i = from; i < to; i++)
			gap_part(s, i)->broken = gap_part(s, i)->normal;
		return;
	}
	Settlement left = {.at_start = begins, .at_end = !how->keeps_before}, right = {.at_start = !how->keeps_after, .at_end = ends};
	resolve_range(s, from, how->split, &left, TRUE);
	resolve_range(s, how->split, to, &right, TRUE);
}

static void settle_spaces(Stream *s, const Settlement *how)
{
	guint from = 0;
	for (guint i = 0; i <= s->gap->len; i++) {
		if (i < s->gap->len && !is_fence(gap_part(s, i)))
			continue;
		settle_run(s, from, i, how);
		from = i + 1;
	}
}

/* What ends in the gap in which the measure changes stands on the page before. */
static int edge_of(const Stream *s, const GapPart *p)
{
	if (p->kind == GAP_CLOSE && s->turned && p->frame->shares)
		return p->frame->edge_before_turn;
	return p->kind == GAP_OPEN || p->kind == GAP_CLOSE ? p->frame->edge[p->kind == GAP_OPEN ? 0 : 1] : 0;
}

/* When a page ends in the gap nothing keeps clear of anything: what stood before it is on another page. */
static gint64 settle_clearance(Stream *s)
{
	gint64 y = s->height;
	for (guint i = 0; i < s->gap->len; i++) {
		GapPart *p = gap_part(s, i);
		if (p->kind == GAP_CLEAR) {
			int room = (int)CLAMP(p->clear - y, 0, G_MAXINT / 4);
			p->normal = (Extent){room, room, room};
			p->broken = (Extent){0, 0, 0};
		}
		y += is_space(p) ? p->normal.optimum : edge_of(s, p);
	}
	return y;
}

gint64 gap_end(Stream *s)
{
	settle_spaces(s, &(Settlement){.split = G_MAXUINT});
	return settle_clearance(s);
}

/* Where the page may end: at the last place before something new begins. */
static guint find_split(const Stream *s)
{
	guint found = G_MAXUINT;
	for (guint i = 0; i < s->gap->len; i++) {
		const GapPart *p = gap_part(s, i);
		if (p->kind == GAP_SIBLING)
			found = i;
		else if ((p->kind == GAP_OPEN || p->kind == GAP_ANCHOR) && found != G_MAXUINT)
			break;
	}
	return found;
}

static void sum_retained(const Stream *s, guint split, int *opening, int *closing)
{
	*opening = s->opening;
	*closing = s->closing;
	for (guint i = 0; i < split && i < s->gap->len; i++) {
		const GapPart *p = gap_part(s, i);
		int sign = p->kind == GAP_OPEN ? 1 : p->kind == GAP_CLOSE ? -1 : 0;
		if (sign == 0)
			continue;
		*opening += sign * p->frame->at_break[0];
		*closing += sign * p->frame->at_break[1];
	}
}

/* ---- writing it out ---- */

/* next: where the next box stands when no page ends here. */
static void emit_break(Stream *s, guint first_left, gint64 next)
{
	guint number = s->items->len;
	Item *b = gap_add_item(s, ITEM_BREAK);
	b->cost = s->force ? BREAK_FORCED : MIN(MAX(s->keep, s->cost), BREAK_NEVER);
	b->force = s->force;
	b->spans = s->spans;
	b->kept = s->force && s->keep >= COST_KEEP;
	b->hyphen = s->hyphen;
	b->u.frame = s->open;
	b->edges = s->edges;
	b->before = s->closing + (s->edges ? s->edges->foot[0] + s->edges->foot[1] : 0);
	b->after = s->opening + s->post + (s->edges ? s->edges->head[0] + s->edges->head[1] : 0);
	for (guint i = first_left; i < number; i++) {
		Item *item = stream_item(s, i);
		if (item->kind == ITEM_SPACE && item->brk == number)
			stream_item(s, number)->before += item->broken.optimum - item->size.optimum;
	}
	if (s->floats)
		float_at_break(s, stream_item(s, number), next);
}

static gboolean same_extent(const Extent *a, const Extent *b)
{
	return a->minimum == b->minimum && a->optimum == b->optimum && a->maximum == b->maximum;
}

static void emit_space(Stream *s, const GapPart *p, guint brk)
{
	gboolean same = same_extent(&p->normal, &p->broken);
	if (same && p->normal.optimum == 0 && p->normal.maximum == 0 && p->normal.minimum == 0)
		return;
	Item *item = gap_add_item(s, ITEM_SPACE);
	item->size = p->normal;
	item->broken = p->broken;
	if (float_stands_beside(s)) /* what stands beside a float keeps its place */
		item->size.minimum = item->size.maximum = item->size.optimum;
	s->height += p->normal.optimum;
	item->brk = same ? G_MAXUINT : brk;
	if (!same && brk < s->items->len - 1)
		stream_item(s, brk)->after += p->broken.optimum - p->normal.optimum;
}

static void emit_edge(Stream *s, const GapPart *p)
{
	gboolean opens = p->kind == GAP_OPEN;
	int edge = edge_of(s, p), sign = opens ? 1 : -1;
	Item *item = gap_add_item(s, opens ? ITEM_OPEN : ITEM_CLOSE);
	item->size = (Extent){edge, edge, edge};
	s->height += edge;
	item->u.frame = p->frame;
	item->where = p->frame->node;
	s->open = opens ? p->frame : p->frame->parent;
	s->opening += sign * p->frame->at_break[0];
	s->closing += sign * p->frame->at_break[1];
}

static void emit_part(Stream *s, const GapPart *p, guint brk)
{
	if (is_space(p)) {
		emit_space(s, p, brk);
	} else if (p->kind == GAP_OPEN || p->kind == GAP_CLOSE) {
		emit_edge(s, p);
	} else if (p->kind == GAP_ANCHOR) {
		Item *item = gap_add_item(s, ITEM_ANCHOR);
		item->u.node = item->where = p->node;
		item->absolute = p->absolute;
		item->note = p->note;
		item->beside = p->beside;
		item->shift = p->beside ? float_label_shift(s, p->beside) : 0;
	}
}

static guint count_emitted(const Stream *s, guint to)
{
	guint count = 0;
	for (guint i = 0; i < to; i++) {
		const GapPart *p = gap_part(s, i);
		gboolean nothing = is_space(p) && same_extent(&p->normal, &p->broken) && p->normal.optimum == 0 &&
		                   p->normal.maximum == 0 && p->normal.minimum == 0;
		count += p->kind != GAP_SIBLING && !nothing;
	}
	return count;
}

static void clear_gap(Stream *s)
{
	if (s->floats)
		float_break_written(s, s->force != FORCE_NONE);
	if (s->turned)
		stream_turned(s);
	g_array_set_size(s->gap, 0);
	s->keep = s->cost = s->post = 0;
	s->edges = NULL;
	s->force = FORCE_NONE;
	s->hyphen = FALSE;
	s->begun = TRUE;
}

void gap_flush(Stream *s, gboolean at_end)
{
	Settlement how = {.at_start = !s->begun, .at_end = at_end};
	how.split = how.at_start ? 0 : at_end ? s->gap->len : find_split(s);
	how.has_break = how.split != G_MAXUINT;
	int opening = 0, closing = 0;
	if (how.has_break) {
		sum_retained(s, how.split, &opening, &closing);
		how.keeps_before = closing > 0;
		how.keeps_after = opening > 0;
	}
	settle_spaces(s, &how);
	gint64 next = settle_clearance(s);
	guint first = s->items->len, brk = how.has_break ? first + count_emitted(s, how.split) : G_MAXUINT;
	for (guint i = 0; i < s->gap->len; i++) {
		if (i == how.split)
			emit_break(s, first, next);
		emit_part(s, gap_part(s, i), brk);
	}
	if (how.has_break && how.split == s->gap->len)
		emit_break(s, first, next);
	clear_gap(s);
}
