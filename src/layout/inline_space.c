/* Spaces around inlines that meet: resolved as those between blocks are (XSL 1.1, 4.3.1). A border or padding keeps them apart. */
#include "layout/space.h"

#include "layout/paragraph.h"

static gboolean opens(const LinePiece *edge)
{
	return edge->kind == PIECE_OPEN;
}

int line_edge_fence(const LinePiece *edge)
{
	const AreaBox *box = edge->within->box;
	int side = opens(edge) ? SIDE_START : SIDE_END;
	return box ? box->border[side] + box->padding[side] : 0;
}

const FoSpace *line_edge_space(const LinePiece *edge)
{
	return &edge->within->space[opens(edge) ? 0 : 1];
}

/* Something stands between the space of this edge and what comes before it, or after it. */
static gboolean is_fenced(const LinePiece *edge, gboolean before)
{
	return opens(edge) != before && line_edge_fence(edge) != 0;
}

static void resolve_group(const LinePiece *const *edges, guint count, const gboolean at[2], int *widths)
{
	g_autofree const FoSpace **spaces = g_new(const FoSpace *, count);
	g_autofree Extent *extents = g_new(Extent, count);
	g_autofree Extent **out = g_new(Extent *, count);
	for (guint i = 0; i < count; i++) {
		spaces[i] = line_edge_space(edges[i]);
		out[i] = &extents[i];
	}
	space_resolve(spaces, count, at[0], at[1], out);
	for (guint i = 0; i < count; i++)
		widths[i] = line_edge_fence(edges[i]) + extents[i].optimum;
}

void line_edges_resolve(const LinePiece *const *edges, guint count, const gboolean at[2], int *widths)
{
	for (guint from = 0, to; from < count; from = to) {
		to = from + 1;
		while (to < count && !is_fenced(edges[to - 1], FALSE) && !is_fenced(edges[to], TRUE))
			to++;
		const gboolean group[2] = {at[0] && from == 0 && !is_fenced(edges[0], TRUE), at[1] && to == count && !is_fenced(edges[count - 1], FALSE)};
		resolve_group(edges + from, to - from, group, widths + from);
	}
}

/* The edges from first up to but not including end meet, whichever line they stand on. */
static void settle_run(LineParagraph *p, guint first, guint end)
{
	static const gboolean nowhere[2] = {FALSE, FALSE};
	guint count = end - first;
	g_autofree const LinePiece **edges = g_new(const LinePiece *, count);
	g_autofree int *widths = g_new(int, count);
	for (guint i = 0; i < count; i++)
		edges[i] = &g_array_index(p->pieces, LinePiece, g_array_index(p->atoms, LineAtom, first + i).piece);
	line_edges_resolve(edges, count, nowhere, widths);
	for (guint i = 0; i < count; i++)
		g_array_index(p->atoms, LineAtom, first + i).width = widths[i];
}

void line_settle_edges(LineParagraph *p)
{
	for (guint i = 0; i < p->atoms->len; i++) {
		guint first = i;
		while (i < p->atoms->len && g_array_index(p->atoms, LineAtom, i).kind == ATOM_EDGE)
			i++;
		if (i > first + 1)
			settle_run(p, first, i);
	}
}
