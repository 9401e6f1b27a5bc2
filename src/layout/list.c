/* Lists: a label beside its body. Nearly always the label is one line that stands beside the body's first: then the body's lines go straight
 * into the stream and the label is carried along; else the two are a grid. */
#include "layout/block.h"
#include "layout/float.h"
#include "layout/grid.h"

static const FoNode *child_of(const FoNode *n, FoKind kind)
{
	for (const FoNode *k = n->first; k; k = k->next)
		if (k->kind == kind)
			return k;
	return NULL;
}

/* Spaces at the edges of labels and bodies vanish, as in Apache FOP, so that the two stand side by side. */
static Frame *side_frame(Stream *s, const FoNode *n, const char *name)
{
	Frame *f = block_frame(s, n, name);
	f->reference = TRUE;
	return f;
}

/* g: the grid that it is a cell of; NULL: none yet. */
static Stream *side_stream(Stream *s, const Grid *g, const FoNode *n, Frame **frame)
{
	Stream *own = layout_stream(s->layout, s->ipd, FO_AUTO);
	own->bpd = s->bpd;
	own->measure = s->measure;
	own->spans = s->spans;
	own->reference = s->reference;
	own->narrowed = s->narrowed;
	own->around = s;
	if (g)
		grid_follow(g, own);
	stream_refer(own);
	if (n) {
		*frame = side_frame(own, n, n->kind == FO_LIST_ITEM_LABEL ? "list-item-label" : "list-item-body");
		stream_open(own, *frame);
		block_children(own, n);
		float_end(own, 0);
		stream_close(own);
	}
	stream_finish(own);
	return own;
}

static gboolean holds_notes(Stream *s)
{
	for (guint i = 0; i < s->items->len; i++) {
		const Item *item = stream_item(s, i);
		if (item->note || item->aside || (item->kind == ITEM_BOX && (item->box != BOX_LINE || item->u.line->notes)))
			return TRUE;
	}
	return FALSE;
}

static void add_beside(Stream *s, Stream *label, const FoNode *body)
{
	stream_beside(s, label, body);
	stream_open(s, side_frame(s, body, "list-item-body"));
	block_children(s, body);
	stream_close(s);
}

static void add_side(Grid *g, Stream *s, const FoNode *n)
{
	GridCell cell = {.rows = 1};
	cell.stream = side_stream(s, g, n, &cell.frame);
	grid_add_cell(g, cell);
}

static void fill_grid(Grid *g, Stream *s)
{
	const FoNode *item = g->user;
	grid_add_row(g, (GridRow){.keep = 0});
	add_side(g, s, child_of(item, FO_LIST_ITEM_LABEL));
	add_side(g, s, child_of(item, FO_LIST_ITEM_BODY));
}

static void add_grid(Stream *s, const FoNode *item)
{
	static const GridOwner owner = {.fill = fill_grid};
	FloatScope outside;
	float_enter(s, item, FLOAT_USUAL, &outside);
	grid_emit(grid_new(s->layout, &owner, (gpointer)item), s, item);
	float_leave(s, &outside);
}

static void add_item(Stream *s, const FoNode *n)
{
	const FoNode *label = child_of(n, FO_LIST_ITEM_LABEL), *body = child_of(n, FO_LIST_ITEM_BODY);
	FloatScope outside;
	block_begin(s, n);
	float_enter(s, n, FLOAT_LINES, &outside);
	FloatItem self = {float_count(s), block_frame(s, n, "list-item"), s->indented ? *s->indented : 0, s->item};
	s->item = &self;
	stream_open(s, self.frame);
	Frame *frame = NULL;
	Stream *left = side_stream(s, NULL, label, &frame);
	int height = (int)stream_height(left, 0, stream_last(left));
	if (body && !holds_notes(left) && height <= block_first_line(s, body))
		add_beside(s, left, body);
	else
		add_grid(s, n);
	s->item = self.outer;
	float_leave(s, &outside);
	stream_close(s);
	block_end(s, n);
}

void list_add(Stream *s, const FoNode *n)
{
	FloatScope outside;
	block_begin(s, n);
	float_enter(s, n, FLOAT_LINES, &outside);
	stream_open(s, block_frame(s, n, "list-block"));
	for (const FoNode *k = n->first; k; k = k->next)
		if (k->kind == FO_LIST_ITEM && !stream_stops(s))
			add_item(s, k);
	float_leave(s, &outside);
	stream_close(s);
	block_end(s, n);
}
