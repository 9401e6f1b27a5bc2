/* The box of a formatting object: its place between the indents, borders, padding, background. */
#include "layout/block.h"

BorderStyle block_border_style(FoKeyword k)
{
	switch (k) {
	case FO_K_SOLID:
		return BORDER_SOLID;
	case FO_K_DASHED:
		return BORDER_DASHED;
	case FO_K_DOTTED:
		return BORDER_DOTTED;
	case FO_K_DOUBLE:
		return BORDER_DOUBLE;
	case FO_K_GROOVE:
		return BORDER_GROOVE;
	case FO_K_RIDGE:
		return BORDER_RIDGE;
	case FO_K_INSET:
		return BORDER_INSET;
	case FO_K_OUTSET:
		return BORDER_OUTSET;
	default:
		return BORDER_NONE;
	}
}

gboolean block_is_rtl(const FoNode *n)
{
	FoKeyword mode = fo_keyword(n, FO_P_WRITING_MODE);
	return mode == FO_K_RL_TB || mode == FO_K_RL;
}

static int definite(int length)
{
	return length == FO_AUTO ? 0 : length;
}

/* Where the FO's side (before after start end) is drawn: SIDE_START is the left. */
static int drawn_side(const FoNode *n, int side)
{
	return side >= SIDE_START && block_is_rtl(n) ? SIDE_START + SIDE_END - side : side;
}

static gboolean read_radii(AreaBox *box, const FoNode *n, int ipd)
{
	static const FoProperty rows[4] = {FO_P_BORDER_BEFORE_START_RADIUS, FO_P_BORDER_BEFORE_END_RADIUS, FO_P_BORDER_AFTER_END_RADIUS,
	                                   FO_P_BORDER_AFTER_START_RADIUS};
	gboolean any = FALSE;
	for (int i = 0; i < 4; i++) {
		box->radius[i] = definite(fo_length(n, rows[i], ipd));
		any |= box->radius[i] != 0;
	}
	return any;
}

AreaBox *block_box(Layout *l, const FoNode *n, int ipd)
{
	AreaBox box = {.background = 0};
	gboolean any = read_radii(&box, n, ipd);
	for (int side = 0; side < 4; side++) {
		int to = drawn_side(n, side);
		box.border[to] = definite(fo_length(n, FO_P_BORDER_BEFORE_WIDTH + 2 * side, ipd));
		box.padding[to] = definite(fo_length(n, FO_P_PADDING_BEFORE + 2 * side, ipd));
		if (box.border[to] != 0) {
			box.border_style[to] = block_border_style(fo_keyword(n, FO_P_BORDER_BEFORE_STYLE + side));
			box.border_colour[to] = fo_colour(n, FO_P_BORDER_BEFORE_COLOR + side);
		}
		any |= box.border[to] != 0 || box.padding[to] != 0;
	}
	box.background = fo_colour(n, FO_P_BACKGROUND_COLOR);
	if ((box.background & 0xff) == 0)
		box.background = 0;
	if (!any && !box.background && !box.background_picture)
		return NULL;
	AreaBox *kept = area_alloc(l->c.areas, sizeof box);
	*kept = box;
	return kept;
}

static void read_edges(Frame *f, int ipd)
{
	if (!f->box)
		return;
	for (int side = SIDE_BEFORE; side <= SIDE_AFTER; side++) {
		f->edge[side] = f->box->border[side] + f->box->padding[side];
		if (fo_space(f->node, FO_P_BORDER_BEFORE_WIDTH + 2 * side, ipd).retain)
			f->retained[side] += f->box->border[side];
		if (fo_space(f->node, FO_P_PADDING_BEFORE + 2 * side, ipd).retain)
			f->retained[side] += f->box->padding[side];
	}
}

Frame *block_frame(Stream *s, const FoNode *n, const char *name)
{
	Layout *l = s->layout;
	Frame *f = layout_alloc(l, sizeof *f);
	f->node = n;
	f->name = name;
	int start = definite(fo_length(n, FO_P_START_INDENT, s->ipd)), end = definite(fo_length(n, FO_P_END_INDENT, s->ipd));
	f->x = s->reference_x + (block_is_rtl(n) ? end : start);
	f->ipd = MAX(s->ipd - start - end, 0);
	f->box = block_box(l, n, s->top ? s->top->ipd : s->ipd);
	read_edges(f, s->ipd);
	f->keep_cost = stream_keep_cost(MAX(fo_keep(n, FO_P_KEEP_TOGETHER_WITHIN_PAGE), fo_keep(n, FO_P_KEEP_TOGETHER_WITHIN_COLUMN)));
	f->structure = structure_of(&l->c, n);
	f->link = structure_link_around(l, n);
	f->space[0] = fo_space(n, FO_P_SPACE_BEFORE, s->ipd).optimum;
	f->space[1] = fo_space(n, FO_P_SPACE_AFTER, s->ipd).optimum;
	return f;
}
