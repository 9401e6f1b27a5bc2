/* The floats at the sides of a stream while it is built: their places, and what they leave of those beside them. */
#include "layout/float.h"

#include "layout/block.h"

static SideFloat *at(const Stream *s, guint i)
{
	return &g_array_index(s->floats->all, SideFloat, i);
}

guint float_count(const Stream *s)
{
	return s->floats ? s->floats->all->len : 0;
}

static guint first(const Stream *s)
{
	return s->floats ? MAX(s->floats->live, s->floats->turned) : 0;
}

static gint64 bottom(const SideFloat *f)
{
	return f->top + MAX(f->height, 1);
}

/* Something can stand beside it. */
static gboolean counts(const SideFloat *f)
{
	return f->top != FLOAT_NOWHERE && !f->ended;
}

guint float_push(Stream *s, const SideFloat *f)
{
	if (!s->floats) {
		s->floats = g_new0(FloatList, 1);
		s->floats->due = FLOAT_NOWHERE;
		s->floats->all = g_array_new(FALSE, TRUE, sizeof(SideFloat));
	}
	g_array_append_vals(s->floats->all, f, 1);
	return s->floats->all->len - 1;
}

void float_drop(Stream *s, const FoNode *n)
{
	guint i = first(s);
	while (i < float_count(s) && (at(s, i)->set || at(s, i)->node != n))
		i++;
	if (i < float_count(s))
		g_array_set_size(s->floats->all, i);
}

void float_list_free(FloatList *list)
{
	if (!list)
		return;
	g_array_unref(list->all);
	g_free(list);
}

/* ---- places ---- */

LineInset float_inset(const Stream *s, gint64 y, gint64 height, int x, int ipd)
{
	LineInset inset = {0, 0};
	for (guint i = first(s); i < float_count(s); i++) {
		const SideFloat *f = at(s, i);
		if (!counts(f) || f->top >= y + MAX(height, 1) || bottom(f) <= y || f->x >= x + ipd || f->x + f->width <= x)
			continue;
		if (f->side == FLOAT_LEFT)
			inset.left = MAX(inset.left, f->x + f->width - x);
		else
			inset.right = MAX(inset.right, x + ipd - f->x);
	}
	return inset;
}

gint64 float_bottom(const Stream *s, int sides)
{
	gint64 y = FLOAT_NOWHERE;
	for (guint i = first(s); i < float_count(s); i++)
		if (counts(at(s, i)) && (at(s, i)->side & sides))
			y = MAX(y, bottom(at(s, i)));
	return y;
}

gint64 float_next_end(const Stream *s, gint64 y)
{
	gint64 next = G_MAXINT64;
	for (guint i = first(s); i < float_count(s); i++)
		if (counts(at(s, i)) && bottom(at(s, i)) > y)
			next = MIN(next, bottom(at(s, i)));
	return next == G_MAXINT64 ? y : next;
}

void float_place_at(Stream *s, guint number, gint64 y)
{
	SideFloat *f = at(s, number);
	f->top = FLOAT_NOWHERE;
	y = MAX(y, float_bottom(s, float_sides(s, f->node, FO_P_CLEAR)));
	for (guint i = first(s); i < number; i++)
		if (counts(at(s, i)))
			y = MAX(y, at(s, i)->top);
	LineInset inset = float_inset(s, y, f->height, f->from, f->room);
	for (gint64 next; inset.left + inset.right > 0 && inset.left + inset.right + f->width > f->room; y = next) {
		next = float_next_end(s, y);
		if (next == y)
			break;
		inset = float_inset(s, next, f->height, f->from, f->room);
	}
	f->top = y;
	f->x = f->side == FLOAT_LEFT ? f->from + inset.left : MAX(f->from + f->room - inset.right - f->width, f->from);
}

void float_settle(Stream *s, gint64 y)
{
	for (guint i = first(s); i < float_count(s); i++) {
		SideFloat *f = at(s, i);
		if (f->set || (f->top != FLOAT_NOWHERE && (!f->follows || f->top >= y)))
			continue;
		float_place_at(s, i, y);
		f->follows = f->top == y;
	}
}

/* ---- in the stream ---- */

static void emit(Stream *s, SideFloat *f)
{
	f->set = TRUE;
	f->below = (int)(f->top - s->height);
	SideFloat *aside = layout_alloc(s->layout, sizeof *aside);
	*aside = *f;
	Item item = {.kind = ITEM_ANCHOR, .brk = G_MAXUINT, .u.node = f->node, .aside = aside, .where = f->node};
	g_array_append_val(s->items, item);
}

void float_emit(Stream *s, const Item *box)
{
	gint64 due = MAX(s->floats->due, s->height + MAX(box->size.optimum, 1));
	for (guint i = first(s); i < float_count(s); i++)
		if (!at(s, i)->set && at(s, i)->top < due)
			emit(s, at(s, i));
	while (s->floats->live < float_count(s) && at(s, s->floats->live)->set && bottom(at(s, s->floats->live)) <= s->height)
		s->floats->live++;
}

gboolean float_stands_beside(const Stream *s)
{
	for (guint i = s->floats ? s->floats->live : 0; i < float_count(s); i++)
		if (counts(at(s, i)) && bottom(at(s, i)) > s->height)
			return TRUE;
	return FALSE;
}

void float_at_break(const Stream *s, Item *brk, gint64 next)
{
	for (guint i = s->floats->live; i < float_count(s); i++) {
		const SideFloat *f = at(s, i);
		if (!f->set)
			continue;
		brk->before = (int)MAX(brk->before, f->top + f->height - s->height);
		if (!f->ended && bottom(f) > next && brk->force == FORCE_NONE)
			brk->cost = MAX(brk->cost, COST_ALWAYS);
	}
}

static guint count_set(const Stream *s)
{
	guint i = s->floats->live;
	while (i < float_count(s) && at(s, i)->set)
		i++;
	return i;
}

void float_break_written(Stream *s, gboolean forced)
{
	s->floats->live = forced ? count_set(s) : first(s);
}

/* Those that are still to come do so on the next page. */
void float_turn(Stream *s, int flow, int reference)
{
	if (!s->floats)
		return;
	s->floats->turned = count_set(s);
	for (guint i = s->floats->turned; i < float_count(s); i++) {
		SideFloat *f = at(s, i);
		f->top = FLOAT_NOWHERE;
		f->room = MAX(f->room + (f->owner && f->owner == s->reference ? reference : flow), 0);
	}
}

/* ---- what keeps clear of them ---- */

/* Writes those from a number on that begin above y, before a box of nothing. FALSE: they have been written. */
static gboolean emit_above(Stream *s, guint number, gint64 y)
{
	guint i = MAX(first(s), number);
	while (i < float_count(s) && (at(s, i)->set || at(s, i)->top >= y))
		i++;
	if (i == float_count(s))
		return FALSE;
	s->floats->due = y;
	stream_empty_box(s);
	s->floats->due = FLOAT_NOWHERE;
	return TRUE;
}

/* A page may end between the floats and what stands below them. */
void float_keep_clear(Stream *s, gint64 y)
{
	gint64 next = stream_next(s);
	float_settle(s, next);
	if (y <= next)
		return;
	guint changed = s->changed;
	if (emit_above(s, 0, y))
		stream_sibling(s, 0);
	if (s->changed == changed) /* else it is known that the page ends there */
		stream_clear(s, y);
}

void float_below(Stream *s, int sides)
{
	if (!s->floats)
		return;
	float_settle(s, stream_next(s));
	float_keep_clear(s, float_bottom(s, sides));
}

void float_clear(Stream *s, const FoNode *n)
{
	int sides = float_sides(s, n, FO_P_CLEAR);
	if (sides)
		float_below(s, sides);
}

void float_end(Stream *s, guint number)
{
	if (!s->floats)
		return;
	emit_above(s, number, G_MAXINT64);
	gint64 y = s->height;
	for (guint i = MAX(s->floats->live, number); i < float_count(s); i++) {
		y = MAX(y, at(s, i)->top + at(s, i)->height);
		at(s, i)->ended = TRUE;
	}
	if (y > s->height)
		stream_clear(s, y);
}

/* As narrow as something may become. */
static int least_width(const Stream *s, const FoNode *n, int ipd)
{
	int width = n->kind == FO_BLOCK_CONTAINER ? fo_length(n, FO_P_WIDTH, s->ipd) : FO_AUTO;
	return width != FO_AUTO ? width : MIN(ipd, MAX(ipd / 3, 8 * fo_length(n, FO_P_FONT_SIZE, 0)));
}

void float_avoid(Stream *s, const FoNode *n)
{
	if (fo_keyword(n, FO_P_INTRUSION_DISPLACE) != FO_K_NONE)
		float_below(s, FLOAT_SIDES);
}

void float_enter(Stream *s, const FoNode *n, int needs, FloatScope *before)
{
	FoKeyword displace = fo_keyword(n, FO_P_INTRUSION_DISPLACE);
	*before = (FloatScope){s->shifted, s->narrowed};
	if (!s->floats || displace == FO_K_NONE || (needs == FLOAT_LINES && displace != FO_K_BLOCK))
		return;
	int x, ipd;
	block_indents(s, n, &x, &ipd);
	gint64 y = stream_next(s);
	float_settle(s, y);
	LineInset inset = float_inset(s, y, G_MAXINT / 2, x, ipd);
	if (inset.left + inset.right == 0)
		return;
	if (ipd - inset.left - inset.right < (needs > 0 ? needs : least_width(s, n, ipd))) {
		float_below(s, FLOAT_SIDES);
		return;
	}
	s->shifted += inset.left;
	s->narrowed += inset.left + inset.right;
	stream_refer(s);
}

gboolean float_meets_start(Stream *s, const FoNode *n)
{
	if (!s->floats)
		return FALSE;
	int x, ipd;
	block_indents(s, n, &x, &ipd);
	gint64 y = stream_next(s);
	float_settle(s, y);
	LineInset inset = float_inset(s, y, G_MAXINT / 2, x, ipd);
	return (block_is_rtl(n) ? inset.right : inset.left) > 0;
}

void float_leave(Stream *s, const FloatScope *before)
{
	s->shifted = before->shifted;
	s->narrowed = before->narrowed;
	stream_refer(s);
}
