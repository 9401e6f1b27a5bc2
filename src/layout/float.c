/* Floats and footnotes: where they go, and how wide a float at a side is. */
#include "layout/float.h"

#include "layout/block.h"

/* XSL 1.1, 6.12.2: none inside another, in a note, in a running head, in a marker, or in what is placed absolutely. */
static gboolean may_float(const FoNode *n)
{
	for (n = n->parent; n && n->kind != FO_FLOW; n = n->parent) {
		FoKeyword position = n->kind == FO_BLOCK_CONTAINER ? fo_keyword(n, FO_P_ABSOLUTE_POSITION) : FO_K_AUTO;
		if (n->kind == FO_FLOAT || n->kind == FO_FOOTNOTE || n->kind == FO_STATIC_CONTENT || n->kind == FO_MARKER || n->kind == FO_LEADER ||
		    position == FO_K_ABSOLUTE || position == FO_K_FIXED)
			return FALSE;
	}
	return TRUE;
}

FloatPlace float_place(const FoNode *n)
{
	FoKeyword place = n->kind == FO_FLOAT ? fo_keyword(n, FO_P_FLOAT) : FO_K_NONE;
	if (place == FO_K_NONE || !may_float(n))
		return FLOAT_NONE;
	return place == FO_K_BEFORE ? FLOAT_BEFORE : FLOAT_SIDE;
}

/* XSL 1.1, 6.12.3: none inside another, or in a running head; nor in a leader, which is set as often as it fits. */
gboolean note_has_foot(const FoNode *n)
{
	for (n = n->parent; n && n->kind != FO_FLOW; n = n->parent)
		if (n->kind == FO_FOOTNOTE_BODY || n->kind == FO_STATIC_CONTENT || n->kind == FO_LEADER)
			return FALSE;
	return TRUE;
}

int float_sides(const Stream *s, const FoNode *n, FoProperty p)
{
	int start = block_is_rtl(n) ? FLOAT_RIGHT : FLOAT_LEFT, end = FLOAT_SIDES - start;
	switch (fo_keyword(n, p)) {
	case FO_K_LEFT:
		return FLOAT_LEFT;
	case FO_K_RIGHT:
		return FLOAT_RIGHT;
	case FO_K_START:
		return start;
	case FO_K_END:
		return end;
	case FO_K_INSIDE: /* where the page is bound: at the start of an odd one */
		return page_turned(s->layout, n) ? end : start;
	case FO_K_OUTSIDE:
		return page_turned(s->layout, n) ? start : end;
	case FO_K_BOTH:
		return FLOAT_SIDES;
	default:
		return 0;
	}
}

/* ---- how wide it is ---- */

typedef struct {
	const Stream *stream;
	const Frame *top;
	const Frame *sized;  /* what stands in it does not count */
	int left;            /* where the first of it begins */
	int width, fixed;    /* what it takes; what of it has a width that is given */
	gboolean share;      /* some width is a part of that of the reference area */
} Measure;

static int right_edge(const Frame *f)
{
	return f->box ? f->box->border[SIDE_END] + f->box->padding[SIDE_END] : 0;
}

/* What lies at the right of the reference area that something in a frame stands in. */
static int beyond_reference(const Stream *s, const Frame *f)
{
	while (f && f->node->kind != FO_BLOCK_CONTAINER)
		f = f->parent;
	return f ? s->ipd - f->x - f->ipd : 0;
}

static void open_frame(Measure *m, const Frame *f)
{
	m->top = f;
	if (m->sized || !f->sized)
		return;
	m->sized = f;
	m->share |= fo_is_percentage(f->node, FO_P_WIDTH);
	m->fixed = MAX(m->fixed, f->x + f->ipd + MAX(f->end, right_edge(f)) + beyond_reference(m->stream, f->parent));
	m->left = MIN(m->left, f->x);
}

static void close_frame(Measure *m, const Frame *f)
{
	m->top = f->parent;
	if (m->sized == f)
		m->sized = NULL;
}

static void measure_box(Measure *m, const Item *box)
{
	if (m->sized || box->box == BOX_EMPTY)
		return;
	int width = m->stream->ipd;
	if (box->box == BOX_LINE)
		width = box->u.line->width + (m->top ? m->top->x + m->stream->ipd - m->top->x - m->top->ipd : 0);
	m->width = MAX(m->width, width);
	m->left = MIN(m->left, m->top ? m->top->x : 0);
}

static Measure measure(Stream *s)
{
	Measure m = {.stream = s, .left = s->ipd};
	for (guint i = 0; i < s->items->len; i++) {
		const Item *item = stream_item(s, i);
		if (item->kind == ITEM_OPEN)
			open_frame(&m, item->u.frame);
		else if (item->kind == ITEM_CLOSE)
			close_frame(&m, item->u.frame);
		else if (item->kind == ITEM_BOX)
			measure_box(&m, item);
	}
	m.width = MAX(m.width, m.fixed);
	return m;
}

static Stream *content(Stream *s, const FoNode *n, int ipd)
{
	Stream *own = layout_stream(s->layout, ipd, FO_AUTO);
	block_content(own, n);
	stream_finish(own);
	return own;
}

static gboolean is_owner(const Frame *f)
{
	return f->node->kind == FO_BLOCK_CONTAINER || f->node->kind == FO_TABLE_CELL || f->node->kind == FO_LIST_ITEM_LABEL;
}

static Frame *owner_of(const Stream *s)
{
	Frame *f = s->top;
	while (f && !is_owner(f))
		f = f->parent;
	return f;
}

/* The label or body of a list item that it stands in: then it does not stand over the other one. */
static const Frame *item_part(const Stream *s)
{
	const Frame *f = s->top;
	while (f && f->node->kind != FO_LIST_ITEM_BODY && !is_owner(f))
		f = f->parent;
	return f && (f->node->kind == FO_LIST_ITEM_BODY || f->node->kind == FO_LIST_ITEM_LABEL) ? f : NULL;
}

/* left: where its content begins. */
static void find_room(const Stream *s, SideFloat *f, int left)
{
	const Frame *part = item_part(s);
	f->from = s->reference_x;
	f->room = s->ipd;
	if (!part)
		return;
	f->from += MAX(part->x - s->reference_x - left, 0);
	int end = part->node->kind == FO_LIST_ITEM_LABEL ? part->x + part->ipd : s->reference_x + s->ipd;
	f->room = MAX(end - f->from, 0);
}

gboolean float_make(Stream *s, const FoNode *n, SideFloat *f)
{
	*f = (SideFloat){.node = n, .owner = owner_of(s), .top = FLOAT_NOWHERE};
	f->side = float_sides(s, n, FO_P_FLOAT);
	f->stream = content(s, n, s->ipd);
	Measure m = measure(f->stream);
	find_room(s, f, m.left);
	f->width = MAX(MIN(m.width, f->room), m.fixed);
	if (f->width < s->ipd && !m.share)
		f->stream = content(s, n, f->width);
	f->height = (int)stream_height(f->stream, 0, stream_last(f->stream));
	return f->height <= s->layout->body_height;
}
