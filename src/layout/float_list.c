/* The floats at the sides of a stream while it is built: their places, and what they leave of those beside them. */
#include "layout/float.h"

#include "layout/block.h"

enum { EMPTY_STEP = 1200 }; /* a page that ends beside a float costs one more for so much that stands empty beside it */

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

/* Number of one that is not yet set; that of floats: it is not there. */
static guint find(const Stream *s, const FoNode *n)
{
	guint i = first(s);
	while (i < float_count(s) && (at(s, i)->set || at(s, i)->node != n))
		i++;
	return i;
}

gboolean float_stands(const Stream *s, const FoNode *n)
{
	return find(s, n) < float_count(s);
}

void float_drop(Stream *s, const FoNode *n)
{
	if (float_stands(s, n))
		g_array_set_size(s->floats->all, find(s, n));
}

void float_list_free(FloatList *list)
{
	if (!list)
		return;
	g_array_unref(list->all);
	g_free(list);
}

/* ---- places ---- */

/* What a float takes of what stands at x is measured from there, or at its start from the edge of a list item that began behind the float: label and body
 * stand in as much. */
static void find_edges(const Stream *s, guint number, int *left, int *right)
{
	for (const FloatItem *i = s->item; i; i = i->outer) {
		if (number >= i->floats)
			continue;
		if (block_is_rtl(i->frame->node))
			*right = i->frame->x + i->frame->ipd;
		else
			*left = i->frame->x;
	}
}

/* Of those before number end. */
static LineInset inset_among(const Stream *s, guint end, gint64 y, gint64 height, int x, int ipd)
{
	LineInset inset = {0, 0};
	for (guint i = first(s); i < end; i++) {
		const SideFloat *f = at(s, i);
		int left = x, right = x + ipd;
		find_edges(s, i, &left, &right);
		if (!counts(f) || f->top >= y + MAX(height, 1) || bottom(f) <= y || f->x >= right || f->x + f->width <= left)
			continue;
		if (f->side == FLOAT_LEFT)
			inset.left = MAX(inset.left, f->x + f->width - left);
		else
			inset.right = MAX(inset.right, right - f->x);
	}
	return inset;
}

LineInset float_inset(const Stream *s, gint64 y, gint64 height, int x, int ipd)
{
	return inset_among(s, float_count(s), y, height, x, ipd);
}

int float_label_shift(const Stream *s, const Stream *label)
{
	const FloatItem *i = s->item;
	if (!s->floats || !i || fo_keyword(i->frame->node, FO_P_INTRUSION_DISPLACE) == FO_K_NONE)
		return 0;
	LineInset inset = inset_among(s, i->floats, s->height, stream_height(label, 0, stream_last(label)), i->frame->x, i->frame->ipd);
	return block_is_rtl(i->frame->node) ? -MAX(inset.right, i->indent) : MAX(inset.left, i->indent);
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

/* What follows can be set again: nothing that goes on there is narrowed as a whole. */
static gboolean is_set_again(const Stream *s, const Item *brk)
{
	for (const Frame *f = brk->u.frame; f; f = f->parent)
		if (f->beside.width > 0)
			return FALSE;
	return s == s->layout->flow && !s->columns;
}

void float_at_break(const Stream *s, Item *brk, gint64 next)
{
	for (guint i = s->floats->live; i < float_count(s); i++) {
		const SideFloat *f = at(s, i);
		if (!f->set)
			continue;
		brk->before = (int)MAX(brk->before, f->top + f->height - s->height);
		if (i < s->floats->turned || f->ended || bottom(f) <= next || brk->force != FORCE_NONE)
			continue;
		brk->parts |= is_set_again(s, brk);
		int cost = (int)MIN(COST_BESIDE + (bottom(f) - next) / EMPTY_STEP, COST_KEEP_LIMIT);
		brk->cost = MAX(brk->cost, brk->parts ? cost : COST_ALWAYS);
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

/* Writes those from a number on that begin above y, before a box of nothing. breaks: a page may end behind that. */
static void emit_above(Stream *s, guint number, gint64 y, gboolean breaks)
{
	guint i = MAX(first(s), number);
	while (i < float_count(s) && (at(s, i)->set || at(s, i)->top >= y))
		i++;
	if (i == float_count(s))
		return;
	s->floats->due = y;
	stream_empty_box_above(s, breaks);
	s->floats->due = FLOAT_NOWHERE;
}

/* A page may end between the floats and what stands below them. */
void float_keep_clear(Stream *s, gint64 y)
{
	gint64 next = stream_next(s);
	float_settle(s, next);
	if (y <= next)
		return;
	guint changed = s->changed;
	emit_above(s, 0, y, TRUE);
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
	emit_above(s, number, G_MAXINT64, FALSE);
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

void float_enter(Stream *s, const FoNode *n, int needs, FloatScope *before)
{
	FoKeyword displace = fo_keyword(n, FO_P_INTRUSION_DISPLACE);
	gboolean lines = needs == FLOAT_LINES && displace != FO_K_BLOCK;
	*before = (FloatScope){s->narrowed, s->indented, 0};
	s->indented = !lines || displace != FO_K_INDENT ? NULL : s->indented ? s->indented : &before->indent;
	if (!s->floats || displace == FO_K_NONE || lines)
		return;
	int x, ipd;
	block_indents(s, n, &x, &ipd);
	gint64 y = stream_next(s);
	float_settle(s, y);
	LineInset inset = float_inset(s, y, G_MAXINT / 2, x, ipd);
	if (inset.left + inset.right == 0)
		return;
	const int least = needs > 0 ? needs : least_width(s, n, ipd);
	if (ipd - inset.left - inset.right < least) {
		float_below(s, FLOAT_SIDES);
		return;
	}
	const int indents = s->ipd - ipd;
	s->narrowed.shift += inset.left;
	s->narrowed.width += inset.left + inset.right;
	s->narrowed.least = least + indents;
	stream_refer(s);
}

void float_leave(Stream *s, const FloatScope *before)
{
	s->narrowed = before->narrowed;
	s->indented = before->indented;
	stream_refer(s);
}
