/* A table with its caption above, below or beside it. */
#include "layout/float.h"
#include "layout/table.h"

static void add_caption(Stream *s, const FoNode *n)
{
	stream_sibling(s, 0);
	stream_open(s, block_frame(s, n, "table-caption"));
	block_children(s, n);
	stream_close(s);
}

/* ---- beside it ---- */

/* From the left of what both stand in. */
typedef struct {
	int x, width;
} Place;

/* A caption without a width gets what the table leaves, or else a quarter; a table without one the rest. */
static void find_places(const FoNode *caption, const FoNode *table, int room, Place place[2])
{
	int own = fo_length(caption, FO_P_WIDTH, room), width = table ? table_width(table, room) : FO_AUTO;
	if (own == FO_AUTO)
		own = width != FO_AUTO && width < room ? room - width : room / 4;
	own = CLAMP(own, 0, room);
	place[0].width = own;
	place[1].width = width == FO_AUTO ? room - own : width;
}

static gboolean is_left(const FoNode *n)
{
	FoKeyword side = fo_keyword(n, FO_P_CAPTION_SIDE);
	return side == FO_K_LEFT || side == (block_is_rtl(n) ? FO_K_END : FO_K_START);
}

static void set_places(const FoNode *n, int room, Place place[2])
{
	int both = place[0].width + place[1].width, x = block_is_rtl(n) ? room - both : 0;
	gboolean left = is_left(n);
	place[0].x = left ? x : x + place[1].width;
	place[1].x = left ? x + place[0].width : x;
}

static Stream *own_stream(const Stream *s, const Grid *g, int width)
{
	Stream *own = layout_stream(s->layout, width, FO_AUTO);
	own->bpd = s->bpd;
	grid_follow(g, own);
	return own;
}

static void add_cell(Grid *g, Stream *own, int x)
{
	stream_finish(own);
	grid_add_cell(g, (GridCell){.stream = own, .x = x, .rows = 1});
}

static void fill_beside(Grid *g, Stream *s)
{
	const FoNode *caption = g->user, *table = table_child(caption->parent, FO_TABLE);
	Place place[2];
	int room = stream_measure(s), left = s->top ? s->top->x : 0;
	find_places(caption, table, room, place);
	set_places(caption->parent, room, place);
	grid_add_row(g, (GridRow){.keep = 0});
	Stream *own = own_stream(s, g, place[0].width);
	add_caption(own, caption);
	add_cell(g, own, left + place[0].x);
	own = own_stream(s, g, place[1].width);
	if (table)
		table_add_bare(own, table, TRUE);
	add_cell(g, own, left + place[1].x);
}

static void add_beside(Stream *s, const FoNode *caption)
{
	static const GridOwner owner = {.fill = fill_beside};
	stream_sibling(s, 0);
	grid_emit(grid_new(s->layout, &owner, (gpointer)caption), s, caption);
}

/* ---- beside floats ---- */

static gboolean is_beside(const FoNode *n)
{
	FoKeyword side = fo_keyword(n, FO_P_CAPTION_SIDE);
	return side == FO_K_START || side == FO_K_END || side == FO_K_LEFT || side == FO_K_RIGHT;
}

static int needed_width(Stream *s, const FoNode *caption, const FoNode *table)
{
	int needs = table ? table_needs(s, table) : FLOAT_USUAL;
	if (!caption || !is_beside(caption->parent))
		return needs;
	int own = fo_length(caption, FO_P_WIDTH, stream_measure(s)), least = TABLE_LEAST_COLUMN * fo_length(caption, FO_P_FONT_SIZE, 0);
	return (int)MIN((gint64)needs + (own == FO_AUTO ? least : own), G_MAXINT);
}

/* ---- above or below ---- */

static void add_bare(Stream *s, const FoNode *table)
{
	if (table)
		table_add_bare(s, table, FALSE);
}

static void add_stacked(Stream *s, const FoNode *caption, const FoNode *table)
{
	FoKeyword side = fo_keyword(caption->parent, FO_P_CAPTION_SIDE);
	gboolean after = side == FO_K_AFTER || side == FO_K_BOTTOM;
	if (!after)
		add_caption(s, caption);
	else
		add_bare(s, table);
	stream_keep(s, FO_KEEP_ALWAYS);
	if (after)
		add_caption(s, caption);
	else
		add_bare(s, table);
}

void table_add(Stream *s, const FoNode *n)
{
	if (n->kind == FO_TABLE) {
		add_bare(s, n);
		return;
	}
	const FoNode *caption = table_child(n, FO_TABLE_CAPTION), *table = table_child(n, FO_TABLE);
	FloatScope outside;
	block_begin(s, n);
	float_enter(s, n, s->floats ? needed_width(s, caption, table) : FLOAT_USUAL, &outside);
	stream_open(s, block_frame(s, n, "table-and-caption"));
	if (!caption)
		add_bare(s, table);
	else if (is_beside(n))
		add_beside(s, caption);
	else
		add_stacked(s, caption, table);
	float_leave(s, &outside);
	stream_close(s);
	block_end(s, n);
}
