/* Building a stream. Between two boxes stands a gap: spaces, blocks that end, a place to break, blocks that begin. What it comes to is known
 * when the next box arrives; then it is settled twice, as it is when the page goes on and when it ends there. */
#include "layout/space.h"

#include "layout/break.h"

typedef enum { GAP_SPACE, GAP_OPEN, GAP_CLOSE, GAP_SIBLING, GAP_ANCHOR } GapKind;

typedef struct {
	GapKind kind;
	FoSpace space;
	Extent normal, broken;
	Frame *frame;
	const FoNode *node;
	Container *absolute;
	const FoNode *note;
	Stream *beside;
} GapPart;

#define PART(s, i) (&g_array_index((s)->gap, GapPart, (i)))

Stream *stream_new(Layout *l, int ipd, int bpd)
{
	Stream *s = g_new0(Stream, 1);
	s->layout = l;
	s->ipd = ipd;
	s->bpd = bpd;
	s->items = g_array_new(FALSE, TRUE, sizeof(Item));
	s->gap = g_array_new(FALSE, TRUE, sizeof(GapPart));
	return s;
}

void stream_free(Stream *s)
{
	if (!s)
		return;
	g_array_unref(s->items);
	g_array_unref(s->gap);
	if (s->sums)
		g_array_unref(s->sums);
	g_free(s);
}

static Item *add_item(Stream *s, ItemKind kind)
{
	guint i = s->items->len;
	g_array_set_size(s->items, i + 1);
	Item *item = stream_item(s, i);
	item->kind = (guint8)kind;
	item->brk = G_MAXUINT;
	return item;
}

/* ---- settling a gap ---- */

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
		GapPart *p = PART(s, i);
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
	gboolean begins = from > 0 && is_reference(PART(s, from - 1), GAP_OPEN), ends = to < s->gap->len && is_reference(PART(s, to), GAP_CLOSE);
	const Settlement whole = {.at_start = begins, .at_end = ends};
	resolve_range(s, from, to, &whole, FALSE);
	if (!how->has_break || how->split < from || how->split > to) {
		for (guint i = from; i < to; i++)
			PART(s, i)->broken = PART(s, i)->normal;
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
		if (i < s->gap->len && !is_fence(PART(s, i)))
			continue;
		settle_run(s, from, i, how);
		from = i + 1;
	}
}

/* Where the page may end: at the last place before something new begins. */
static guint find_split(const Stream *s)
{
	guint found = G_MAXUINT;
	for (guint i = 0; i < s->gap->len; i++) {
		const GapPart *p = PART(s, i);
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
		const GapPart *p = PART(s, i);
		int sign = p->kind == GAP_OPEN ? 1 : p->kind == GAP_CLOSE ? -1 : 0;
		if (sign == 0)
			continue;
		*opening += sign * (p->frame->retained[0] + p->frame->repeat_height[0]);
		*closing += sign * (p->frame->retained[1] + p->frame->repeat_height[1]);
	}
}

/* ---- writing it out ---- */

static void emit_break(Stream *s, guint first_left)
{
	guint number = s->items->len;
	Item *b = add_item(s, ITEM_BREAK);
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
	Item *item = add_item(s, ITEM_SPACE);
	item->size = p->normal;
	item->broken = p->broken;
	item->brk = same ? G_MAXUINT : brk;
	if (!same && brk < s->items->len - 1)
		stream_item(s, brk)->after += p->broken.optimum - p->normal.optimum;
}

static void emit_edge(Stream *s, const GapPart *p)
{
	gboolean opens = p->kind == GAP_OPEN;
	int edge = p->frame->edge[opens ? 0 : 1], sign = opens ? 1 : -1;
	Item *item = add_item(s, opens ? ITEM_OPEN : ITEM_CLOSE);
	item->size = (Extent){edge, edge, edge};
	item->u.frame = p->frame;
	item->where = p->frame->node;
	s->open = opens ? p->frame : p->frame->parent;
	s->opening += sign * (p->frame->retained[0] + p->frame->repeat_height[0]);
	s->closing += sign * (p->frame->retained[1] + p->frame->repeat_height[1]);
}

static void emit_part(Stream *s, const GapPart *p, guint brk)
{
	if (p->kind == GAP_SPACE) {
		emit_space(s, p, brk);
	} else if (p->kind == GAP_OPEN || p->kind == GAP_CLOSE) {
		emit_edge(s, p);
	} else if (p->kind == GAP_ANCHOR) {
		Item *item = add_item(s, ITEM_ANCHOR);
		item->u.node = item->where = p->node;
		item->absolute = p->absolute;
		item->note = p->note;
		item->beside = p->beside;
	}
}

static guint count_emitted(const Stream *s, guint to)
{
	guint count = 0;
	for (guint i = 0; i < to; i++) {
		const GapPart *p = PART(s, i);
		gboolean nothing = p->kind == GAP_SPACE && same_extent(&p->normal, &p->broken) && p->normal.optimum == 0 &&
		                   p->normal.maximum == 0 && p->normal.minimum == 0;
		count += p->kind != GAP_SIBLING && !nothing;
	}
	return count;
}

static void clear_gap(Stream *s)
{
	g_array_set_size(s->gap, 0);
	s->keep = s->cost = s->post = 0;
	s->edges = NULL;
	s->force = FORCE_NONE;
	s->hyphen = FALSE;
	s->begun = TRUE;
}

/* Writes out the gap; at_end: nothing follows it. */
static void flush(Stream *s, gboolean at_end)
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
	guint first = s->items->len, brk = how.has_break ? first + count_emitted(s, how.split) : G_MAXUINT;
	for (guint i = 0; i < s->gap->len; i++) {
		if (i == how.split)
			emit_break(s, first);
		emit_part(s, PART(s, i), brk);
	}
	if (how.has_break && how.split == s->gap->len)
		emit_break(s, first);
	clear_gap(s);
}

/* ---- what the builders of blocks call ---- */

void stream_space(Stream *s, FoSpace space)
{
	if (!space_counts(&space))
		return;
	GapPart p = {.kind = GAP_SPACE, .space = space};
	g_array_append_val(s->gap, p);
}

void stream_open(Stream *s, Frame *f)
{
	f->parent = s->top;
	f->keep_cost = MAX(f->keep_cost, s->top ? s->top->keep_cost : 0);
	s->top = f;
	GapPart p = {.kind = GAP_OPEN, .frame = f};
	g_array_append_val(s->gap, p);
}

/* The frame on top was opened in this gap: it has no content. */
static gboolean is_empty(const Stream *s)
{
	for (guint i = s->gap->len; i > 0; i--)
		if (PART(s, i - 1)->kind == GAP_OPEN && PART(s, i - 1)->frame == s->top)
			return TRUE;
	return FALSE;
}

static void add_empty_box(Stream *s)
{
	Item box = {.kind = ITEM_BOX, .box = BOX_EMPTY, .where = s->top ? s->top->node : NULL};
	stream_box(s, box);
}

void stream_close(Stream *s)
{
	Frame *f = s->top;
	g_return_if_fail(f);
	if ((f->edge[0] || f->edge[1]) && is_empty(s)) /* without, the spaces before and after it meet (4.2.5) */
		add_empty_box(s);
	GapPart p = {.kind = GAP_CLOSE, .frame = f};
	g_array_append_val(s->gap, p);
	s->top = f->parent;
}

void stream_sibling(Stream *s, int cost)
{
	gboolean *filled = s->top ? &s->top->filled : &s->filled;
	if (*filled) {
		GapPart p = {.kind = GAP_SIBLING};
		g_array_append_val(s->gap, p);
		s->cost = MAX(s->cost, cost);
		s->keep = MAX(s->keep, s->top ? s->top->keep_cost : 0);
	}
	*filled = TRUE;
}

int stream_keep_cost(int strength)
{
	if (strength == FO_KEEP_ALWAYS)
		return COST_ALWAYS;
	return strength <= 0 ? 0 : (int)MIN((gint64)COST_KEEP + (gint64)(strength - 1) * COST_KEEP_STEP, COST_KEEP_LIMIT);
}

void stream_keep(Stream *s, int strength)
{
	s->keep = MAX(s->keep, stream_keep_cost(strength));
}

/* An empty block stands in the gap: between two forced breaks it has a page of its own. */
static gboolean has_empty_block(const Stream *s)
{
	gboolean opened = FALSE;
	for (guint i = 0; i < s->gap->len; i++) {
		opened |= PART(s, i)->kind == GAP_OPEN || PART(s, i)->kind == GAP_ANCHOR;
		if (opened && PART(s, i)->kind == GAP_CLOSE)
			return TRUE;
	}
	return FALSE;
}

void stream_force(Stream *s, ForceKind force, gboolean after)
{
	if (has_empty_block(s) && (after || s->force != FORCE_NONE))
		add_empty_box(s);
	gboolean possible = !s->begun && !after;
	for (guint i = 0; i < s->gap->len && !possible; i++)
		possible = PART(s, i)->kind == GAP_SIBLING;
	if (after || !possible) {
		GapPart p = {.kind = GAP_SIBLING};
		g_array_append_val(s->gap, p);
	}
	s->force = (guint8)MAX(s->force, (guint8)force);
}

void stream_span(Stream *s, gboolean all)
{
	if (s->spans == all)
		return;
	s->spans = all;
	s->ipd = all ? s->span_ipd : s->column_ipd;
	if (s->begun)
		stream_force(s, FORCE_SPAN, FALSE);
}

void stream_anchor(Stream *s, const FoNode *node, Container *absolute)
{
	GapPart p = {.kind = GAP_ANCHOR, .node = node, .absolute = absolute};
	g_array_append_val(s->gap, p);
}

void stream_note(Stream *s, const FoNode *before_float)
{
	GapPart p = {.kind = GAP_ANCHOR, .node = before_float, .note = before_float};
	g_array_append_val(s->gap, p);
}

void stream_beside(Stream *s, Stream *label, const FoNode *where)
{
	GapPart p = {.kind = GAP_ANCHOR, .node = where, .beside = label};
	g_array_append_val(s->gap, p);
}

/* ---- pages of several widths ---- */

static MeasureChange *change_at(const Stream *s, guint i)
{
	return s->changes && i < s->changes->len ? &g_array_index(s->changes, MeasureChange, i) : NULL;
}

int stream_flow_ipd(const Stream *s, int ipd)
{
	return s->changed > 0 ? change_at(s, s->changed - 1)->ipd : ipd;
}

int stream_ipd_at(const Stream *s, guint item, int ipd)
{
	const MeasureChange *c;
	for (guint i = 0; (c = change_at(s, i)) && c->item <= item; i++)
		ipd = c->ipd;
	return ipd;
}

int stream_measure(const Stream *s)
{
	if (!s->top)
		return s->ipd;
	return s->top->ipd + (s->top->measure != 0 ? s->ipd - s->top->measure : 0);
}

/* A change that is reached; within a block-container its measure stays. */
static void change_measure(Stream *s)
{
	MeasureChange *c;
	for (; (c = change_at(s, s->changed)) && c->boxes <= s->boxes; s->changed++) {
		c->item = s->items->len;
		if (!s->reference)
			s->ipd = c->ipd;
	}
}

void stream_set_changes(Stream *s, GArray *changes)
{
	s->changes = changes;
	change_measure(s);
}

/* ---- boxes, and the end ---- */

void stream_box(Stream *s, Item box)
{
	flush(s, FALSE);
	box.brk = G_MAXUINT;
	g_array_append_val(s->items, box);
	s->boxes++;
	change_measure(s);
}

void stream_finish(Stream *s)
{
	if (!s->begun)
		flush(s, FALSE);
	flush(s, TRUE);
	gint64 sum = 0;
	s->sums = g_array_sized_new(FALSE, FALSE, sizeof(gint64), s->items->len + 1);
	for (guint i = 0; i <= s->items->len; i++) {
		g_array_append_val(s->sums, sum);
		if (i < s->items->len)
			sum += stream_item(s, i)->size.optimum;
	}
}

guint stream_last(const Stream *s)
{
	return s->items->len - 1;
}

gint64 stream_height(const Stream *s, guint from, guint to)
{
	const gint64 *sums = (const gint64 *)(gpointer)s->sums->data;
	return sums[to] - sums[from + 1] + stream_item(s, from)->after + stream_item(s, to)->before;
}

void stream_room(const Stream *s, guint from, guint to, gint64 *stretch, gint64 *shrink)
{
	*stretch = *shrink = 0;
	for (guint i = from + 1; i < to; i++) {
		const Item *item = stream_item(s, i);
		if (item->kind != ITEM_SPACE || item->brk == from || item->brk == to)
			continue;
		*stretch += item->size.maximum - item->size.optimum;
		*shrink += item->size.optimum - item->size.minimum;
	}
}
