/* Building a stream, box by box. */
#include "layout/float.h"
#include "layout/gap.h"
#include "layout/space.h"

Stream *stream_new(Layout *l, int ipd, int bpd)
{
	Stream *s = g_new0(Stream, 1);
	s->layout = l;
	s->ipd = ipd;
	s->measure = (FlowMeasure){ipd, ipd, FALSE};
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
	float_list_free(s->floats);
	if (s->sums)
		g_array_unref(s->sums);
	g_free(s);
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
	for (int side = 0; side < 2; side++)
		f->at_break[side] = f->retained[side] + f->repeat[side].height;
	f->keep_cost = MAX(f->keep_cost, s->top ? s->top->keep_cost : 0);
	s->top = f;
	GapPart p = {.kind = GAP_OPEN, .frame = f};
	g_array_append_val(s->gap, p);
}

/* The frame on top was opened in this gap: it has no content. */
static gboolean is_empty(const Stream *s)
{
	for (guint i = s->gap->len; i > 0; i--)
		if (gap_part(s, i - 1)->kind == GAP_OPEN && gap_part(s, i - 1)->frame == s->top)
			return TRUE;
	return FALSE;
}

void stream_empty_box(Stream *s)
{
	Item box = {.kind = ITEM_BOX, .box = BOX_EMPTY, .where = s->top ? s->top->node : NULL};
	stream_box(s, box);
}

void stream_close(Stream *s)
{
	Frame *f = s->top;
	g_return_if_fail(f);
	if ((f->edge[0] || f->edge[1]) && is_empty(s)) /* without, the spaces before and after it meet (4.2.5) */
		stream_empty_box(s);
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
		opened |= gap_part(s, i)->kind == GAP_OPEN || gap_part(s, i)->kind == GAP_ANCHOR;
		if (opened && gap_part(s, i)->kind == GAP_CLOSE)
			return TRUE;
	}
	return FALSE;
}

void stream_force(Stream *s, ForceKind force, gboolean after)
{
	float_end(s, 0);
	if (has_empty_block(s) && (after || s->force != FORCE_NONE))
		stream_empty_box(s);
	gboolean possible = !s->begun && !after;
	for (guint i = 0; i < s->gap->len && !possible; i++)
		possible = gap_part(s, i)->kind == GAP_SIBLING;
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
	if (s->measure.several)
		float_end(s, 0);
	s->spans = all;
	if (!s->measure.several)
		return;
	stream_refer(s);
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

int stream_span_at(const Stream *s, guint item, int ipd)
{
	guint before = 0; /* so many changes stand before the item */
	for (guint end = s->changed; before < end;) {
		guint i = before + (end - before) / 2;
		if (change_at(s, i)->item <= item)
			before = i + 1;
		else
			end = i;
	}
	return before > 0 ? change_at(s, before - 1)->measure.span : ipd;
}

int stream_measure(const Stream *s)
{
	return s->top ? s->top->ipd : s->ipd;
}

void stream_refer(Stream *s)
{
	const Frame *f = s->reference;
	s->ipd = f ? f->ipd : stream_flow_measure(s);
	s->reference_x = f ? f->x : 0;
	narrow(&s->narrowed, &s->reference_x, &s->ipd);
}

static void turn_frames(Frame *f, int measure)
{
	if (!f)
		return;
	turn_frames(f->parent, measure);
	frame_turn(f, measure);
}

void stream_turn(Stream *s, const FlowMeasure *measure)
{
	if (s->around)
		stream_turn(s->around, measure);
	s->measure = *measure;
	turn_frames(s->top, stream_flow_measure(s));
	stream_refer(s);
}

int stream_measure_behind(Stream *s, guint change)
{
	const FlowMeasure now = s->measure;
	stream_turn(s, &change_at(s, change)->measure);
	int measure = stream_measure(s);
	stream_turn(s, &now);
	return measure;
}

/* What page breaks add that come after this one, on this side. */
static int sum_at_break(Frame *open, int side)
{
	int sum = 0;
	for (Frame *f = open; f; f = f->parent) {
		f->at_break[side] = f->retained[side] + f->repeat[side].height;
		sum += f->at_break[side];
	}
	return sum;
}

/* What is open ends on a page of the measure before. */
void stream_turned(Stream *s)
{
	s->closing = sum_at_break(s->open, 1);
	s->turned = FALSE;
}

/* Changes that are reached. */
static void change_measure(Stream *s)
{
	MeasureChange *c;
	guint changed = s->changed;
	for (; (c = change_at(s, s->changed)) && c->boxes <= s->boxes; s->changed++)
		c->item = s->items->len;
	if (s->changed == changed)
		return;
	int flow = stream_flow_measure(s), ipd = s->ipd;
	s->columns |= change_at(s, s->changed - 1)->measure.several;
	stream_turn(s, &change_at(s, s->changed - 1)->measure);
	s->opening = sum_at_break(s->open, 0);
	s->turned = TRUE;
	float_turn(s, stream_flow_measure(s) - flow, s->ipd - ipd);
}

void stream_set_changes(Stream *s, GArray *changes)
{
	s->changes = changes;
	change_measure(s);
}

guint stream_count_boxes(const Stream *s, guint end)
{
	guint boxes = 0;
	for (guint i = 0; i < end; i++)
		boxes += stream_item(s, i)->kind == ITEM_BOX;
	return boxes;
}

gboolean stream_stops(Stream *s)
{
	gboolean stops = s->horizon > 0 && s->boxes >= s->horizon;
	s->cut |= stops;
	return stops;
}

/* ---- boxes, and the end ---- */

/* A label in the gap stands beside what begins now, unless an edge between them keeps them apart. */
static guint label_in_gap(const Stream *s)
{
	guint at = s->gap->len;
	for (guint i = s->gap->len; i > 0; i--) {
		const GapPart *p = gap_part(s, i - 1);
		if (p->kind == GAP_OPEN ? p->frame->edge[0] != 0 : p->kind == GAP_CLOSE || p->kind == GAP_CLEAR)
			break;
		if (p->kind == GAP_ANCHOR && p->beside)
			at = i - 1;
	}
	return at;
}

void stream_clear(Stream *s, gint64 place)
{
	GapPart p = {.kind = GAP_CLEAR, .clear = place};
	g_array_insert_val(s->gap, label_in_gap(s), p);
}

void stream_empty_box_above(Stream *s, gboolean breaks)
{
	g_autoptr(GArray) labels = g_array_new(FALSE, FALSE, sizeof(GapPart));
	for (guint i = label_in_gap(s); i < s->gap->len;) {
		if (gap_part(s, i)->kind == GAP_ANCHOR && gap_part(s, i)->beside) {
			g_array_append_vals(labels, gap_part(s, i), 1);
			g_array_remove_index(s->gap, i);
		} else {
			i++;
		}
	}
	stream_empty_box(s);
	if (breaks)
		stream_sibling(s, 0);
	g_array_append_vals(s->gap, labels->data, labels->len);
}

gint64 stream_next(Stream *s)
{
	return gap_end(s);
}

void stream_box(Stream *s, Item box)
{
	if (s->floats)
		float_settle(s, stream_next(s));
	gap_flush(s, FALSE);
	box.brk = G_MAXUINT;
	if (s->floats)
		float_emit(s, &box);
	g_array_append_val(s->items, box);
	s->height += box.size.optimum;
	s->boxes++;
	change_measure(s);
}

void stream_finish(Stream *s)
{
	float_end(s, 0);
	if (!s->begun)
		gap_flush(s, FALSE);
	gap_flush(s, TRUE);
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
