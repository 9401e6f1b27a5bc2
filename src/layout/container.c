/* Block-containers. One without a height of its own goes into the stream as a block with its own measure; one with a height, or turned, or
 * placed absolutely, is set as a whole. */
#include "layout/block.h"
#include "layout/float.h"
#include "layout/grid.h"

static int definite(int length)
{
	return length == FO_AUTO ? 0 : length;
}

static gboolean clips(const FoNode *n)
{
	FoKeyword overflow = fo_keyword(n, FO_P_OVERFLOW);
	return overflow == FO_K_HIDDEN || overflow == FO_K_SCROLL;
}

static int quarter_turns(const FoNode *n)
{
	int degrees = fo_integer(n, FO_P_REFERENCE_ORIENTATION) % 360;
	return degrees < 0 ? degrees + 360 : degrees;
}

/* ---- in the flow ---- */

/* Not wider than its most, and rather that than not as wide as its least (CSS 2, 10.4). */
static int limited_width(const FoNode *n, int width, int base)
{
	FoSpace limits = fo_space(n, FO_P_INLINE_PROGRESSION_DIMENSION, base);
	if (limits.maximum != FO_AUTO)
		width = MIN(width, limits.maximum);
	return limits.minimum == FO_AUTO ? width : MAX(width, limits.minimum);
}

static void apply_width(Frame *f, int base)
{
	const FoNode *n = f->node;
	int width = fo_length(n, FO_P_WIDTH, base);
	width = limited_width(n, width == FO_AUTO ? f->ipd : width, base);
	f->sized = fo_length(n, FO_P_WIDTH, base) != FO_AUTO;
	if (width == f->ipd)
		return;
	if (block_is_rtl(n))
		f->x += f->ipd - width;
	f->ipd = width;
}

static void turned(Frame *f)
{
	apply_width(f, block_frame_room(f));
}

/* The content of a container in the same stream, with its own reference area. */
static void add_content(Stream *s, Frame *f, const FoNode *n)
{
	int bpd = s->bpd;
	const Narrowing narrowed = s->narrowed;
	Frame *reference = s->reference;
	s->bpd = FO_AUTO;
	s->narrowed = (Narrowing){0};
	s->reference = f;
	stream_refer(s);
	guint floats = float_count(s);
	block_children(s, n);
	float_end(s, floats);
	s->bpd = bpd;
	s->narrowed = narrowed;
	s->reference = reference;
	stream_refer(s);
}

static void finish_content(Container *c, Layout *l, const FoNode *n, int ipd, int bpd)
{
	c->stream = layout_stream(l, ipd, bpd);
	block_children(c->stream, n);
	stream_finish(c->stream);
	c->content = (int)stream_height(c->stream, 0, stream_last(c->stream));
}

static Container *new_container(Stream *s, const FoNode *n)
{
	Container *c = layout_alloc(s->layout, sizeof *c);
	c->rotate = quarter_turns(n);
	c->clip = clips(n);
	c->align = fo_keyword(n, FO_P_DISPLAY_ALIGN);
	c->position = fo_keyword(n, FO_P_ABSOLUTE_POSITION);
	c->left = c->right = c->top = c->bottom = FO_AUTO;
	return c;
}

/* A share of a height that is not known says nothing. */
static FoSpace height_range(const Stream *s, const FoNode *n)
{
	static const FoProperty said[] = {FO_P_BLOCK_PROGRESSION_DIMENSION, FO_P_HEIGHT, FO_P_MIN_HEIGHT, FO_P_MAX_HEIGHT};
	for (guint i = 0; i < G_N_ELEMENTS(said) && s->bpd == FO_AUTO; i++)
		if (fo_is_percentage(n, said[i]))
			return (FoSpace){.minimum = FO_AUTO, .optimum = FO_AUTO, .maximum = FO_AUTO};
	return fo_space(n, FO_P_BLOCK_PROGRESSION_DIMENSION, definite(s->bpd));
}

static int within(FoSpace range, int height)
{
	return MAX(range.maximum == FO_AUTO ? height : MIN(height, range.maximum), definite(range.minimum));
}

/* Lays out the content ipd wide and bpd high, as the content itself sees it; FO_AUTO: as high as it comes to be. */
static void fill(Container *c, Stream *s, const FoNode *n, int ipd, int bpd)
{
	finish_content(c, s->layout, n, ipd, bpd);
	c->room = bpd == FO_AUTO ? within(height_range(s, n), c->content) : bpd;
	gboolean turned = c->rotate % 180 != 0;
	c->width = turned ? c->room : ipd;
	c->height = turned ? ipd : c->room;
	if (c->content > c->room + 10)
		layout_report_overfull(s->layout, n, c->content - c->room);
}

/* The measure of turned content without a width: what there is of height. */
static int turned_measure(const Stream *s)
{
	return s->bpd != FO_AUTO ? s->bpd : s->layout->body_height;
}

static void add_whole(Stream *s, Frame *f, const FoNode *n, int height)
{
	Container *c = new_container(s, n);
	c->frame = f;
	gboolean measured = c->rotate % 180 == 0 || fo_length(n, FO_P_WIDTH, s->ipd) != FO_AUTO;
	fill(c, s, n, measured ? f->ipd : turned_measure(s), height);
	f->sized |= !measured;
	f->ipd = c->width;
	stream_open(s, f);
	Item box = {.kind = ITEM_BOX, .box = BOX_CONTAINER, .measure = stream_kept_measure(s), .size = {c->height, c->height, c->height}, .u.container = c, .where = n};
	stream_box(s, box);
	stream_close(s);
}

typedef struct {
	const Frame *frame;
	int minimum;
} Minimum;

static void fill_minimum(Grid *g, Stream *s)
{
	const Minimum *m = g->user;
	Stream *own = layout_stream(s->layout, m->frame->ipd, FO_AUTO);
	grid_follow(g, own);
	block_children(own, m->frame->node);
	stream_finish(own);
	grid_add_row(g, (GridRow){.minimum = m->minimum});
	grid_add_cell(g, (GridCell){.stream = own, .x = m->frame->x, .rows = 1});
}

/* At least so high, and still broken over pages: a grid of one cell. */
static void add_minimum(Stream *s, Frame *f, int minimum)
{
	static const GridOwner owner = {.fill = fill_minimum};
	Minimum *m = layout_alloc(s->layout, sizeof *m);
	*m = (Minimum){f, minimum};
	stream_open(s, f);
	grid_emit(grid_new(s->layout, &owner, m), s, f->node);
	stream_close(s);
}

/* ---- out of the flow ---- */

static void add_absolute(Stream *s, const FoNode *n)
{
	Container *c = new_container(s, n);
	gboolean fixed = c->position == FO_K_FIXED;
	int base = fixed ? s->layout->page_width : s->ipd, base_bpd = fixed ? s->layout->page_height : s->bpd;
	c->frame = block_frame(s, n, fixed ? "fixed-container" : "absolute-container");
	c->reference = s->reference;
	c->left = fo_length(n, FO_P_LEFT, base);
	c->right = fo_length(n, FO_P_RIGHT, base);
	c->top = fo_length(n, FO_P_TOP, definite(base_bpd));
	c->bottom = fo_length(n, FO_P_BOTTOM, definite(base_bpd));
	const AreaBox *b = c->frame->box;
	int across = b ? b->border[SIDE_START] + b->border[SIDE_END] + b->padding[SIDE_START] + b->padding[SIDE_END] : 0;
	int width = fo_length(n, FO_P_WIDTH, base), height = fo_length(n, FO_P_HEIGHT, definite(base_bpd));
	if (c->rotate % 180 == 0) {
		if (width == FO_AUTO)
			width = MAX(base - definite(c->left) - definite(c->right) - across, 0);
		if (height == FO_AUTO && c->top != FO_AUTO && c->bottom != FO_AUTO && base_bpd != FO_AUTO)
			height = MAX(base_bpd - c->top - c->bottom - c->frame->edge[0] - c->frame->edge[1], 0);
	} else if (width == FO_AUTO) {
		width = MAX((base_bpd != FO_AUTO ? base_bpd : s->layout->body_height) - definite(c->top) - definite(c->bottom), 0);
	}
	fill(c, s, n, width, height);
	c->frame->ipd = c->width;
	stream_anchor(s, n, c);
}

void container_add(Stream *s, const FoNode *n)
{
	FoKeyword position = fo_keyword(n, FO_P_ABSOLUTE_POSITION);
	if (position == FO_K_ABSOLUTE || position == FO_K_FIXED) {
		add_absolute(s, n);
		return;
	}
	int height = fo_length(n, FO_P_HEIGHT, definite(s->bpd));
	if (s->bpd == FO_AUTO && fo_is_percentage(n, FO_P_HEIGHT))
		height = FO_AUTO;
	FoSpace range = height_range(s, n);
	gboolean breaks = height == FO_AUTO && range.maximum == FO_AUTO && quarter_turns(n) == 0, grows = definite(range.minimum) > 0;
	FloatScope outside;
	block_begin(s, n);
	float_enter(s, n, !breaks || grows || fo_keyword(n, FO_P_INTRUSION_DISPLACE) == FO_K_AUTO ? FLOAT_USUAL : FLOAT_LINES, &outside);
	Frame *f = block_frame(s, n, "block-container");
	f->reference = TRUE;
	f->turned = turned;
	f->clip = breaks && clips(n);
	f->measure = breaks ? f->measure : 0;
	apply_width(f, stream_measure(s));
	if (breaks && grows) {
		add_minimum(s, f, range.minimum);
	} else if (breaks) {
		stream_open(s, f);
		add_content(s, f, n);
		stream_close(s);
	} else {
		add_whole(s, f, n, height);
	}
	float_leave(s, &outside);
	block_end(s, n);
}

/* ---- setting ---- */

static int aligned(const Container *c)
{
	int free_height = c->room - c->content;
	if (free_height <= 0)
		return 0;
	return c->align == FO_K_AFTER ? free_height : c->align == FO_K_CENTER ? free_height / 2 : 0;
}

void container_place(Placer *p, Container *c, Area *frame)
{
	Area *to = frame;
	int x = frame->x, y = frame->y;
	if (c->clip || c->rotate) {
		to = area_add_view(p->layout->c.areas, frame);
		to->ipd = c->width;
		to->bpd = c->height;
		to->u.viewport.clip = c->clip;
		to->u.viewport.rotate = c->rotate;
		to->id = frame->id;
		frame->id = NULL;
		if (c->rotate)
			x = y = 0;
	}
	Stretch whole = {.from = 0, .to = stream_last(c->stream)};
	stream_place(p, c->stream, &whole, to, x, y + aligned(c));
}

/* Content rectangle of what an absolute container is placed by. */
typedef struct {
	int x, y, ipd, bpd;
} Base;

static int place_along(int start, int end, int base, int size, int here)
{
	if (start != FO_AUTO)
		return start;
	return end != FO_AUTO ? base - end - size : here;
}

void container_place_absolute(Placer *p, Container *c, Area *parent, Area *outer, int x, int y)
{
	gboolean turned = outer->kind == AREA_VIEWPORT && outer->u.viewport.rotate != 0, upright = !turned || outer->u.viewport.rotate == 180;
	Base base = {turned ? 0 : outer->x, turned ? 0 : outer->y, upright ? outer->ipd : outer->bpd, upright ? outer->bpd : outer->ipd};
	if (c->position == FO_K_FIXED)
		base = (Base){0, 0, p->page->page->width, p->page->page->height};
	else if (c->reference && c->reference->area)
		base = (Base){c->reference->area->x, c->reference->area->y, c->reference->area->ipd, c->reference->area->bpd};
	Frame *f = c->frame;
	Area *a = area_new(p->layout->c.areas, AREA_BLOCK, f->name);
	const AreaBox *b = f->box;
	int before = b ? b->border[SIDE_START] + b->padding[SIDE_START] : 0, after = b ? b->border[SIDE_END] + b->padding[SIDE_END] : 0;
	a->x = base.x + before + place_along(c->left, c->right, base.ipd, c->width + before + after, x + f->x - base.x - before);
	a->y = base.y + f->edge[0] + place_along(c->top, c->bottom, base.bpd, c->height + f->edge[0] + f->edge[1], y - base.y);
	a->ipd = c->width;
	a->bpd = c->height;
	a->box = f->box;
	a->structure = p->copy ? NULL : f->structure;
	a->link = f->link;
	a->order = f->node->order;
	a->at = f->node->at;
	area_append(parent, a);
	page_note_frame(p, f->node, a, TRUE);
	container_place(p, c, a);
}
