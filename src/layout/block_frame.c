/* The frame of a formatting object: its place between the indents, and what its borders and padding take. */
#include "layout/block.h"

#include <string.h>

gboolean block_is_rtl(const FoNode *n)
{
	FoKeyword mode = fo_keyword(n, FO_P_WRITING_MODE);
	return mode == FO_K_RL_TB || mode == FO_K_RL;
}

static int definite(int length)
{
	return length == FO_AUTO ? 0 : length;
}

static void read_edges(Frame *f, int ipd)
{
	if (!f->box)
		return;
	for (int side = SIDE_BEFORE; side <= SIDE_AFTER; side++) {
		f->retained[side] = 0;
		f->edge[side] = f->box->border[side] + f->box->padding[side];
		if (fo_space(f->node, FO_P_BORDER_BEFORE_WIDTH + 2 * side, ipd).retain)
			f->retained[side] += f->box->border[side];
		if (fo_space(f->node, FO_P_PADDING_BEFORE + 2 * side, ipd).retain)
			f->retained[side] += f->box->padding[side];
	}
}

/* One of two opposite offsets, the first if both are given. */
static int offset(const FoNode *n, FoProperty p, FoProperty opposite, int base)
{
	int one = fo_length(n, p, base), other = fo_length(n, opposite, base);
	return one != FO_AUTO ? one : other != FO_AUTO ? -other : 0;
}

static void read_shift(Frame *f, const Stream *s)
{
	if (fo_keyword(f->node, FO_P_RELATIVE_POSITION) != FO_K_RELATIVE)
		return;
	f->shift[0] = offset(f->node, FO_P_LEFT, FO_P_RIGHT, s->ipd);
	f->shift[1] = offset(f->node, FO_P_TOP, FO_P_BOTTOM, s->bpd == FO_AUTO ? 0 : s->bpd);
}

/* A reference area, without what narrows it. */
typedef struct {
	int x, ipd;
} Base;

static void find_indents(const Base *base, const FoNode *n, int *x, int *ipd)
{
	int start = definite(fo_length(n, FO_P_START_INDENT, base->ipd)), end = definite(fo_length(n, FO_P_END_INDENT, base->ipd));
	*x = base->x + (block_is_rtl(n) ? end : start);
	*ipd = MAX(base->ipd - start - end, 0);
}

void block_indents(const Stream *s, const FoNode *n, int *x, int *ipd)
{
	find_indents(&(Base){s->reference_x, s->ipd}, n, x, ipd);
}

static void find_place(Frame *f, const Base *base)
{
	find_indents(base, f->node, &f->x, &f->ipd);
	f->end = base->x + base->ipd - f->x - f->ipd;
}

/* What a cell, a row, or rows together have of padding is not a matter of frames. */
static gboolean has_shares(const FoNode *n)
{
	gboolean within = n->kind == FO_TABLE_CELL || n->kind == FO_TABLE_ROW || n->kind == FO_TABLE_HEADER || n->kind == FO_TABLE_BODY || n->kind == FO_TABLE_FOOTER;
	for (FoProperty side = 0; side < 4 && !within; side++)
		if (fo_is_percentage(n, FO_P_PADDING_BEFORE + 2 * side))
			return TRUE;
	return FALSE;
}

static void turn_box(Frame *f)
{
	const AreaBox *here = area_box_new(&f->shares->c, f->node, block_frame_room(f));
	AreaBox *box = area_alloc(f->shares->c.areas, sizeof *box);
	*box = *f->box;
	memcpy(box->padding, here->padding, sizeof here->padding);
	f->box = box;
	f->edge_before_turn = f->edge[1];
	read_edges(f, f->measure);
}

void frame_turn(Frame *f, int measure)
{
	if (f->measure == 0 || f->measure == measure)
		return;
	f->measure = measure;
	Base base = {f->within ? f->within->x : 0, f->within ? f->within->ipd : measure};
	narrow(&f->beside, &base.x, &base.ipd);
	find_place(f, &base);
	if (f->turned)
		f->turned(f);
	if (f->shares)
		turn_box(f);
}

int block_room_beside(const Frame *f, const Narrowing *n)
{
	int x = 0, ipd = f->within ? f->within->ipd : f->measure;
	if (f->parent)
		return f->parent->ipd;
	narrow(n, &x, &ipd);
	return ipd;
}

int block_frame_room(const Frame *f)
{
	return block_room_beside(f, &f->beside);
}

Frame *block_frame(Stream *s, const FoNode *n, const char *name)
{
	Layout *l = s->layout;
	Frame *f = layout_alloc(l, sizeof *f);
	f->node = n;
	f->name = name;
	find_place(f, &(Base){s->reference_x, s->ipd});
	f->measure = s->changes ? stream_flow_measure(s) : 0;
	f->within = s->reference;
	f->beside = s->narrowed;
	f->box = area_box_new(&l->c, n, stream_measure(s));
	f->shares = f->box && has_shares(n) ? l : NULL;
	read_edges(f, s->ipd);
	read_shift(f, s);
	f->keep_cost = stream_keep_cost(MAX(fo_keep(n, FO_P_KEEP_TOGETHER_WITHIN_PAGE), fo_keep(n, FO_P_KEEP_TOGETHER_WITHIN_COLUMN)));
	f->structure = structure_of(&l->c, n);
	f->link = structure_link_around(l, n);
	f->space[0] = fo_space(n, FO_P_SPACE_BEFORE, s->ipd).optimum;
	f->space[1] = fo_space(n, FO_P_SPACE_AFTER, s->ipd).optimum;
	return f;
}
