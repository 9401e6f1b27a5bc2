/* Setting a stretch of a stream: its items become areas, one under the other; blocks that go on from the page before open again, and what
 * goes on to the next page is closed. */
#include "layout/block.h"
#include "layout/float.h"
#include "layout/grid.h"

/* A float at a side. */
typedef struct {
	Area *area;
	const Frame *owner;
} Aside;

typedef struct {
	Placer *placer;
	Stream *stream;
	const Stretch *stretch;
	Area *outer;      /* where areas go that are in no frame */
	Frame *top;       /* innermost open frame */
	int x, y, start;  /* corner of the reference area; where the next item goes; where the stretch begins */
	GArray *asides;   /* Aside; NULL: none */
	gint64 room;      /* stretch or shrink of all spaces in the stretch */
	gint64 passed;    /* of those set so far */
	int given;        /* of stretch.extra so far */
} Setting;

static Area *current(const Setting *g)
{
	return !g->top ? g->outer : g->top->view ? g->top->view : g->top->area;
}

/* ---- frames ---- */

AreaBox *block_cut_box(Layout *l, const Frame *f, int side, AreaBox *box)
{
	if (!box || (box->border[side] == 0 && box->padding[side] == 0))
		return box;
	AreaBox *cut = area_alloc(l->c.areas, sizeof *cut);
	*cut = *box;
	gboolean border = f->cut || fo_space(f->node, FO_P_BORDER_BEFORE_WIDTH + 2 * side, 0).retain;
	gboolean padding = fo_space(f->node, FO_P_PADDING_BEFORE + 2 * side, 0).retain;
	if (f->cut)
		cut->border[side] = f->cut[side];
	if (!border)
		cut->border[side] = 0;
	if (!padding)
		cut->padding[side] = 0;
	if (!border && side == SIDE_BEFORE)
		cut->radius[0] = cut->radius[1] = 0;
	if (!border && side == SIDE_AFTER)
		cut->radius[2] = cut->radius[3] = 0;
	return cut;
}

void stream_tell_width(Layout *l, const FoNode *where)
{
	if (layout_tells(l, where, TOLD_MEASURE))
		diagnose(l->c.d, MSG_LAYOUT_WIDTHS, &where->at);
}

static void start_area(Setting *g, Frame *f)
{
	Placer *p = g->placer;
	Area *a = area_new(p->layout->c.areas, AREA_BLOCK, f->name);
	a->x = g->x + f->x;
	a->y = g->y;
	a->ipd = f->ipd;
	a->box = f->box;
	a->structure = p->copy ? NULL : f->structure;
	a->link = p->copy ? NULL : f->link;
	a->order = f->node->order;
	a->at = f->node->at;
	a->u.block.space_before = f->space[0];
	a->u.block.space_after = f->space[1];
	area_append(current(g), a);
	f->area = a;
	f->view = f->clip ? area_add_view(p->layout->c.areas, a) : NULL;
	if (f->clip)
		f->view->u.viewport.clip = TRUE;
	g->top = f;
}

static void end_area(Setting *g, const Frame *f)
{
	f->area->bpd = g->y - f->area->y;
	if (f->view)
		f->view->bpd = f->area->bpd;
}

static void place_repeat(Setting *g, Frame *f, int which)
{
	Layout *l = g->placer->layout;
	const FrameRepeat *r = &f->repeat[which];
	if (r->unrepeated && layout_tells(l, r->unrepeated, TOLD_UNREPEATED))
		diagnose(l->c.d, MSG_TABLE_UNREPEATED, &r->unrepeated->at);
	if (!r->set)
		return;
	if (!r->stream) {
		running_stands(f->running, which, TRUE, g->y);
		g->y += r->height;
		return;
	}
	Placer again = *g->placer;
	again.copy = TRUE;
	again.quiet = TRUE;
	again.scope = NULL;
	Stretch whole = {.from = 0, .to = stream_last(r->stream)};
	g->y += stream_place(&again, r->stream, &whole, f->area, g->x + f->x, g->y);
}

/* To the width of the page at hand. */
static void turn(const Setting *g, Frame *f)
{
	if (g->stretch->measure != 0)
		frame_turn(f, g->stretch->measure);
}

static void open_frame(Setting *g, Frame *f)
{
	turn(g, f);
	g->y += f->edge[SIDE_BEFORE];
	start_area(g, f);
	f->begun = TRUE;
	f->edges[0] = f->edges[1] = NULL;
	running_begin(g->placer, f);
	page_note_frame(g->placer, f->node, f->area, TRUE);
	page_note_turned(g->placer, f->node);
}

/* Those of the break at item when they are of this table. */
static const BreakEdges *edges_of(const Setting *g, guint item, const Frame *f)
{
	const BreakEdges *e = stream_item(g->stream, item)->edges;
	return e && e->frame == f ? e : NULL;
}

static void reopen_frames(Setting *g, Frame *f)
{
	if (!f)
		return;
	reopen_frames(g, f->parent);
	turn(g, f);
	g->y += f->retained[SIDE_BEFORE];
	start_area(g, f);
	f->area->box = block_cut_box(g->placer->layout, f, SIDE_BEFORE, f->box);
	running_begin(g->placer, f);
	page_note_frame(g->placer, f->node, f->area, FALSE);
	place_repeat(g, f, 0);
	f->edges[0] = edges_of(g, g->stretch->from, f);
	f->edges[1] = NULL;
	g->y += f->edges[0] ? f->edges[0]->head[0] + f->edges[0]->head[1] : 0;
}

/* They stand over the backgrounds of all blocks that they stand beside. */
static void append_asides(Setting *g, const Frame *owner, Area *to)
{
	for (guint i = 0; g->asides && i < g->asides->len; i++) {
		Aside *aside = &g_array_index(g->asides, Aside, i);
		if (aside->owner == owner)
			area_append(to, aside->area);
	}
}

/* relative-position: drawn elsewhere, while its place stays its own. */
static void shift_relative(const Frame *f)
{
	if (f->shift[0] || f->shift[1])
		area_move(f->area, f->shift[0], f->shift[1]);
	f->area->u.block.shift = f->shift[1];
}

static void close_frame(Setting *g)
{
	Frame *f = g->top;
	g->y += running_end(g->placer, f, g->x + f->x);
	table_lines_set(g->placer, f, FALSE);
	end_area(g, f);
	append_asides(g, f, current(g));
	shift_relative(f);
	g->y += f->edge[SIDE_AFTER];
	g->top = f->parent;
	marker_note_end(g->placer, f->node);
}

static void suspend_frames(Setting *g)
{
	while (g->top) {
		Frame *f = g->top;
		f->edges[1] = edges_of(g, g->stretch->to, f);
		g->y += f->edges[1] ? f->edges[1]->foot[0] + f->edges[1]->foot[1] : 0;
		place_repeat(g, f, 1);
		g->y += running_end(g->placer, f, g->x + f->x);
		table_lines_set(g->placer, f, TRUE);
		end_area(g, f);
		f->area->box = block_cut_box(g->placer->layout, f, SIDE_AFTER, f->area->box);
		g->y += f->retained[SIDE_AFTER];
		append_asides(g, f, current(g));
		shift_relative(f);
		g->top = f->parent;
	}
}

/* ---- items ---- */

static Extent space_size(const Setting *g, const Item *item)
{
	gboolean broken = item->brk != G_MAXUINT && ((item->brk == g->stretch->from && !g->stretch->joined) || item->brk == g->stretch->to);
	return broken ? (Extent){item->broken.optimum, item->broken.optimum, item->broken.optimum} : item->size;
}

static gint64 room_of(const Setting *g, const Extent *size)
{
	return g->stretch->extra >= 0 ? size->maximum - size->optimum : size->optimum - size->minimum;
}

static void place_space(Setting *g, const Item *item)
{
	Extent size = space_size(g, item);
	g->y += size.optimum;
	if (g->room <= 0)
		return;
	g->passed += room_of(g, &size);
	int given = (int)(g->stretch->extra * g->passed / g->room);
	g->y += given - g->given;
	g->given = given;
}

static void place_line(Setting *g, const Item *item)
{
	Placer *p = g->placer;
	LayoutLine *line = item->u.line;
	Area *a = line->area;
	int x = g->x + (g->top ? g->top->x : 0) + line->x;
	if (p->copy)
		a = area_copy(p->layout->c.areas, a);
	area_move(a, x - a->x, g->y - a->y);
	area_append(current(g), a);
	if (item->label && !p->quiet)
		page_note_label(p, item->label);
	for (guint i = 0; line->ids && i < line->ids->len; i++)
		page_note_inline(p, g_ptr_array_index(line->ids, i), a);
}

static void place_box(Setting *g, guint number)
{
	Item *item = stream_item(g->stream, number);
	switch ((BoxKind)item->box) {
	case BOX_LINE:
		place_line(g, item);
		break;
	case BOX_CONTAINER:
		container_place(g->placer, item->u.container, current(g));
		break;
	case BOX_RUNNING:
		running_stands(item->u.running, (int)item->part, FALSE, g->y);
		break;
	case BOX_EMPTY:
	case BOX_GRID:
		break;
	}
	g->y += item->size.optimum;
}

static void place_aside(Setting *g, const SideFloat *f)
{
	Placer *p = g->placer;
	Area *a = area_new(p->layout->c.areas, AREA_BLOCK, "side-float");
	a->x = g->x + f->x;
	a->y = MAX(g->y + f->below, g->start); /* above the next line there may be no more room at the top of a page */
	a->ipd = f->width;
	a->bpd = f->height;
	a->order = f->node->order;
	a->at = f->node->at;
	page_note_turned(p, f->node);
	Aside aside = {a, f->owner};
	if (!g->asides)
		g->asides = g_array_new(FALSE, FALSE, sizeof(Aside));
	g_array_append_val(g->asides, aside);
	stream_place(p, f->stream, &(Stretch){.from = 0, .to = stream_last(f->stream)}, a, a->x, a->y);
}

static void place_anchor(Setting *g, const Item *item)
{
	Placer *p = g->placer;
	if (item->absolute) {
		container_place_absolute(p, item->absolute, current(g), g->outer, g->x, g->y);
	} else if (item->beside) {
		Stretch whole = {.from = 0, .to = stream_last(item->beside), .joined = TRUE};
		stream_place(p, item->beside, &whole, current(g), g->x + item->shift, g->y);
	} else if (item->aside) {
		place_aside(g, item->aside);
	} else if (!item->note) {
		page_note_point(p, item->u.node, g->x + (g->top ? g->top->x : 0), g->y);
	}
}

static void place_item(Setting *g, guint *number)
{
	Item *item = stream_item(g->stream, *number);
	if (item->measure != 0 && g->stretch->measure != 0 && item->measure != g->stretch->measure)
		stream_tell_width(g->placer->layout, item->where);
	switch ((ItemKind)item->kind) {
	case ITEM_OPEN:
		open_frame(g, item->u.frame);
		break;
	case ITEM_CLOSE:
		close_frame(g);
		break;
	case ITEM_SPACE:
		place_space(g, item);
		break;
	case ITEM_ANCHOR:
		place_anchor(g, item);
		break;
	case ITEM_BOX:
		if (item->box == BOX_GRID)
			g->y += grid_place(g->placer, g->stream, number, g->stretch->to, current(g), g->x, g->y);
		else
			place_box(g, *number);
		break;
	case ITEM_BREAK:
		break;
	}
}

int stream_place(Placer *p, Stream *s, const Stretch *stretch, Area *parent, int x, int y)
{
	Setting g = {.placer = p, .stream = s, .stretch = stretch, .outer = parent, .x = x, .y = y, .start = y};
	if (stretch->from >= stretch->to)
		return 0;
	for (guint i = stretch->from + 1; i < stretch->to; i++) {
		const Item *item = stream_item(s, i);
		if (item->kind == ITEM_SPACE) {
			Extent size = space_size(&g, item);
			g.room += room_of(&g, &size);
		}
	}
	reopen_frames(&g, stream_item(s, stretch->from)->u.frame);
	for (guint i = stretch->from + 1; i < stretch->to; i++)
		place_item(&g, &i);
	suspend_frames(&g);
	append_asides(&g, NULL, parent);
	g_clear_pointer(&g.asides, g_array_unref);
	return g.y - y;
}

void stream_place_rest(Placer *p, Stream *s, const Stretch *nothing, Area *parent, int x, int y)
{
	guint at = nothing->from;
	Setting g = {.placer = p, .stream = s, .stretch = nothing, .outer = parent, .x = x, .y = y, .start = y};
	Frame *open = stream_item(s, at)->u.frame;
	if (at == 0 || at == stream_last(s)) { /* nothing is open there: what is outermost stands for the rest */
		for (guint i = 0; i < s->items->len && !open; i++)
			if (stream_item(s, i)->kind == ITEM_OPEN)
				open = stream_item(s, i)->u.frame;
	}
	reopen_frames(&g, open);
	suspend_frames(&g);
}
