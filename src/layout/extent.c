/* The height of a line and where its baseline is (XSL 1.1, 4.5 and 7.16.4 to 7.16.6). */
#include "layout/set.h"

typedef struct {
	int above, below;
} Extent;

/* The rectangle of a bit around its own baseline. half: half-leading, for the strategy that counts it an inline. */
static Extent bit_extent(const LineBit *b, gboolean leading)
{
	const LineStyle *s = b->piece->style;
	if (b->atom->kind == ATOM_GRAPHIC) {
		const Graphic *g = b->atom->graphic;
		return (Extent){g->bpd + g->edge[SIDE_BEFORE] + g->edge[SIDE_AFTER], 0};
	}
	int half = leading ? (s->line_height - s->ascent - s->descent) / 2 : 0;
	return (Extent){s->ascent + half, leading ? s->line_height - s->ascent - half : s->descent};
}

static FoKeyword edge_of(const LineBit *b)
{
	if (b->atom->kind != ATOM_GRAPHIC)
		return b->piece->style->edge;
	FoKeyword align = fo_keyword(b->piece->node, FO_P_ALIGNMENT_BASELINE);
	return align == FO_K_BEFORE_EDGE || align == FO_K_AFTER_EDGE ? align : b->piece->style->edge;
}

static void shift_graphic(LineBit *b)
{
	Extent e = bit_extent(b, FALSE);
	b->shift += line_baseline_shift(b->piece->node, b->piece->style, e.above, e.below);
}

static gboolean counts(const LineSetting *s, const LineBit *b)
{
	if (b->trailing)
		return FALSE;
	return b->shift == 0 || fo_keyword(s->p->block, FO_P_LINE_HEIGHT_SHIFT_ADJUSTMENT) != FO_K_DISREGARD_SHIFTS || b->atom->kind == ATOM_GRAPHIC;
}

static void enclose(LineSetting *s, const LineBit *b, gboolean leading)
{
	Extent e = bit_extent(b, leading);
	s->above = MAX(s->above, e.above + b->shift);
	s->below = MAX(s->below, e.below - b->shift);
}

/* What is aligned to the line's top or bottom comes last, and makes room on the other side. */
static void align_edge(LineSetting *s, LineBit *b, gboolean leading)
{
	Extent e = bit_extent(b, leading);
	gboolean top = edge_of(b) == FO_K_BEFORE_EDGE;
	int more = e.above + e.below - s->above - s->below;
	if (more > 0 && top)
		s->below += more;
	else if (more > 0)
		s->above += more;
	b->shift = top ? s->above - e.above : e.below - s->below;
}

void set_extent(LineSetting *s)
{
	const LineStyle *root = s->p->style;
	FoKeyword strategy = fo_keyword(s->p->block, FO_P_LINE_STACKING_STRATEGY);
	gboolean leading = strategy == FO_K_LINE_HEIGHT;
	int half = (root->line_height - root->ascent - root->descent) / 2, other = root->line_height - root->ascent - root->descent - half;
	s->above = root->ascent + (leading ? half : 0);
	s->below = root->descent + (leading ? other : 0);
	for (guint i = 0; i < s->bits->len; i++) {
		LineBit *b = &g_array_index(s->bits, LineBit, i);
		if (b->atom->kind == ATOM_GRAPHIC)
			shift_graphic(b);
		if (strategy != FO_K_FONT_HEIGHT && edge_of(b) == FO_K_NONE && counts(s, b))
			enclose(s, b, leading);
	}
	for (guint i = 0; i < s->bits->len; i++) {
		LineBit *b = &g_array_index(s->bits, LineBit, i);
		if (edge_of(b) != FO_K_NONE)
			align_edge(s, b, leading);
	}
	if (!leading) {
		s->above += half;
		s->below += other;
	}
	s->line->bpd = s->above + s->below;
	s->line->area->bpd = s->line->bpd;
	s->line->area->u.block.baseline = s->above;
}
