/* Measuring a grid and finding the heights at which it can be cut. */
#include "layout/grid.h"

#include "layout/break.h"
#include "layout/page.h"

#include <string.h>

enum { LAG = 60000 }; /* how far a cell may stay behind for the sake of a better break */

#define CELL(g, i) (&g_array_index((g)->cells, GridCell, (i)))
#define ROW(g, i) (&g_array_index((g)->rows, GridRow, (i)))

Grid *grid_new(Layout *l, const GridOwner *owner, gpointer user)
{
	Grid *g = layout_alloc(l, sizeof *g);
	g->layout = l;
	g->owner = owner;
	g->user = user;
	g->rows = area_own(l->scratch, g_array_new(FALSE, TRUE, sizeof(GridRow)), (GDestroyNotify)g_array_unref);
	g->cells = area_own(l->scratch, g_array_new(FALSE, TRUE, sizeof(GridCell)), (GDestroyNotify)g_array_unref);
	return g;
}

void grid_add_row(Grid *g, GridRow row)
{
	g_array_append_val(g->rows, row);
}

void grid_add_cell(Grid *g, GridCell cell)
{
	Layout *l = g->layout;
	cell.measure = stream_flow_measure(cell.stream);
	if (l->refilling > 0) {
		l->refilled += cell.stream->items->len;
		l->refilled_all += cell.stream->items->len;
	}
	g_array_append_val(g->cells, cell);
}

/* ---- heights of rows ---- */

/* What a break at item leaves behind it on its page, from the stream's start. */
static int reach(const GridCell *c, guint item)
{
	return item == 0 ? 0 : (int)stream_height(c->stream, 0, item);
}

static int full_height(const GridCell *c)
{
	return reach(c, stream_last(c->stream));
}

/* Where it begins, measured from the start of what stands before it. */
static int start_of(const Grid *g)
{
	return g->before ? g->before->heights[g->before->taken] : 0;
}

static void measure_rows(Grid *g)
{
	guint n = g->rows->len;
	int start = start_of(g), least = g->before ? start + 1 : start; /* what is left takes up something */
	for (guint r = 0; r < n; r++) {
		if (g->before && g->before->tops[r + 1] <= start) {
			g->tops[r + 1] = g->before->tops[r + 1];
			continue;
		}
		int height = ROW(g, r)->minimum;
		for (guint i = 0; i < g->cells->len; i++) {
			const GridCell *c = CELL(g, i);
			if (c->row + c->rows - 1 == r)
				height = MAX(height, MAX(full_height(c), c->minimum) - (g->tops[r] - g->tops[c->row]));
		}
		g->tops[r + 1] = MAX(g->tops[r] + height + ROW(g, r)->fill, least);
	}
}

/* ---- where it can be cut ---- */

static int compare_ints(gconstpointer a, gconstpointer b)
{
	int x = *(const int *)a, y = *(const int *)b;
	return (x > y) - (x < y);
}

static GArray *candidate_heights(const Grid *g)
{
	GArray *heights = g_array_new(FALSE, FALSE, sizeof(int));
	for (guint r = 1; r < g->rows->len; r++)
		g_array_append_val(heights, g->tops[r]);
	for (guint i = 0; i < g->cells->len; i++) {
		const GridCell *c = CELL(g, i);
		for (guint k = 1; k < stream_last(c->stream); k++) {
			const Item *item = stream_item(c->stream, k);
			if (item->kind != ITEM_BREAK || item->cost >= BREAK_NEVER)
				continue;
			int height = g->tops[c->row] + reach(c, k);
			g_array_append_val(heights, height);
		}
	}
	g_array_sort(heights, compare_ints);
	return heights;
}

/* The break of a cell for a cut at height y below its top: the furthest good one, or when that lags too far behind, any. 0: none. */
static guint furthest(const GridCell *c, guint from, int y)
{
	guint any = from, good = from;
	gboolean fits = full_height(c) <= y; /* as a whole: a break on the way may take more, for what a table repeats there */
	gboolean has_good = from > 0 && stream_item(c->stream, from)->cost < COST_WIDOW;
	for (guint i = from + 1; i <= stream_last(c->stream); i++) {
		const Item *item = stream_item(c->stream, i);
		if (item->kind != ITEM_BREAK || (item->cost >= BREAK_NEVER && i < stream_last(c->stream)))
			continue;
		if (reach(c, i) > y && !fits)
			break;
		if (reach(c, i) > y && !item->force)
			continue;
		if (item->force && i < stream_last(c->stream))
			return i;
		any = i;
		if (item->cost < COST_WIDOW || i == stream_last(c->stream)) {
			good = i;
			has_good = TRUE;
		}
	}
	return has_good && y - reach(c, good) <= LAG ? good : any;
}

typedef struct {
	guint *reached;
	int height, post, cost;
	guint8 force;
	gboolean possible, moved;
} Cut;

static void cut_cell(const Grid *g, guint index, guint from, int y, Cut *cut)
{
	const GridCell *c = CELL(g, index);
	int top = g->tops[c->row];
	guint last = stream_last(c->stream);
	if (top >= y) {
		cut->reached[index] = 0;
		return;
	}
	guint at = furthest(c, from, y - top);
	cut->reached[index] = at;
	cut->moved |= at != from;
	if (at == 0)
		cut->possible = FALSE;
	if (at == 0 || at == last)
		return;
	const Item *item = stream_item(c->stream, at);
	if (at != from)
		cut->force = MAX(cut->force, item->force);
	cut->cost = MAX(cut->cost, item->cost);
	cut->height = MAX(cut->height, top + reach(c, at));
}

/* How much higher the rest is because cells stay behind the cut, and for what they repeat. */
static int post_of(const Grid *g, const Cut *cut)
{
	int post = G_MININT;
	for (guint i = 0; i < g->cells->len; i++) {
		const GridCell *c = CELL(g, i);
		guint at = cut->reached[i];
		if (at == 0 && g->tops[c->row] < cut->height) /* a break was forced before it could begin */
			post = MAX(post, full_height(c) - (g->tops[c->row + c->rows] - cut->height));
		if (at == 0 || at == stream_last(c->stream))
			continue;
		const Item *item = stream_item(c->stream, at);
		post = MAX(post, cut->height - g->tops[c->row] - (reach(c, at) - item->before) + item->after);
	}
	return post == G_MININT ? 0 : post;
}

static Cut cut_at(const Grid *g, int y, const guint *from, guint *reached)
{
	Cut cut = {.reached = reached, .possible = TRUE};
	for (guint i = 0; i < g->cells->len; i++)
		cut_cell(g, i, from[i], y, &cut);
	for (guint r = 0; r < g->rows->len; r++) {
		if (g->tops[r] < y && g->tops[r + 1] > y)
			cut.cost = MAX(cut.cost, ROW(g, r)->keep);
		if (g->tops[r] == y) {
			cut.height = MAX(cut.height, y);
			cut.moved = TRUE;
			cut.cost = MAX(cut.cost, ROW(g, r)->keep_before);
		}
	}
	for (guint i = 0; i < g->cells->len; i++)
		if (reached[i] == stream_last(CELL(g, i)->stream))
			cut.height = MAX(cut.height, MIN(y, g->tops[CELL(g, i)->row] + full_height(CELL(g, i))));
	cut.post = post_of(g, &cut);
	return cut;
}

static void store_start(Grid *g, guint *from)
{
	Cut cut = {.reached = from, .height = start_of(g)};
	g->heights[0] = cut.height;
	if (!g->before)
		return;
	g->post[0] = post_of(g, &cut);
	g->costs[0] = g->before->costs[g->before->taken];
	g->forces[0] = g->before->forces[g->before->taken];
	for (guint i = 0; i < g->cells->len; i++)
		CELL(g, i)->reached[0] = from[i];
}

static void store_steps(Grid *g, const GArray *steps, guint *from)
{
	Layout *l = g->layout;
	g->steps = steps->len;
	g->heights = layout_alloc(l, sizeof(int) * (g->steps + 1));
	g->post = layout_alloc(l, sizeof(int) * (g->steps + 1));
	g->costs = layout_alloc(l, sizeof(int) * (g->steps + 1));
	g->forces = layout_alloc(l, g->steps + 1);
	for (guint i = 0; i < g->cells->len; i++)
		CELL(g, i)->reached = layout_alloc(l, sizeof(guint) * (g->steps + 1));
	store_start(g, from);
	for (guint k = 0; k < g->steps; k++) {
		const Cut *cut = &g_array_index(steps, Cut, k);
		g->heights[k + 1] = cut->height;
		g->post[k + 1] = cut->post;
		g->costs[k + 1] = cut->cost;
		g->forces[k + 1] = cut->force;
		for (guint i = 0; i < g->cells->len; i++)
			CELL(g, i)->reached[k + 1] = cut->reached[i];
	}
}

static void find_steps(Grid *g)
{
	guint n = g->cells->len;
	g_autoptr(GArray) heights = candidate_heights(g);
	g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(Cut));
	g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
	guint *from = g_new0(guint, n + 1), *first = from;
	g_ptr_array_add(memory, from);
	if (g->from)
		memcpy(from, g->from, n * sizeof *from);
	int end = g->tops[g->rows->len], height = start_of(g);
	for (guint k = 0; k < heights->len; k++) {
		int y = g_array_index(heights, int, k);
		if (y >= end || y <= height)
			continue;
		guint *reached = g_new0(guint, n + 1);
		g_ptr_array_add(memory, reached);
		Cut cut = cut_at(g, y, from, reached);
		if ((!cut.possible && !cut.force) || !cut.moved || cut.height <= height)
			continue;
		g_array_append_val(steps, cut);
		from = reached;
		height = cut.height;
	}
	guint *all = g_new0(guint, n + 1);
	g_ptr_array_add(memory, all);
	for (guint i = 0; i < n; i++)
		all[i] = stream_last(CELL(g, i)->stream);
	Cut whole = {.reached = all, .height = end};
	g_array_append_val(steps, whole);
	store_steps(g, steps, first);
}

static void measure(Grid *g)
{
	g->tops = layout_alloc(g->layout, sizeof(int) * (g->rows->len + 1));
	measure_rows(g);
	find_steps(g);
}

/* A break before the first or after the last block of a cell is one before or after its rows. */
static ForceKind force_at(const Grid *g, gboolean end)
{
	guint8 force = FORCE_NONE;
	for (guint i = 0; i < g->cells->len; i++) {
		const GridCell *c = CELL(g, i);
		if (end ? c->row + c->rows == g->rows->len : c->row == 0)
			force = MAX(force, stream_item(c->stream, end ? stream_last(c->stream) : 0)->force);
	}
	return (ForceKind)force;
}

static const BreakEdges *edges_at(const Grid *g, guint step)
{
	if (!g->owner->edges)
		return NULL;
	guint r = 0;
	while (r + 1 < g->rows->len && g->tops[r + 1] < g->heights[step])
		r++;
	gboolean between = g->tops[r + 1] == g->heights[step];
	return g->owner->edges(g->user, g->first_row + r, g->first_row + r + between);
}

static void begin_part(Stream *s, const Grid *g, guint part)
{
	stream_sibling(s, g->costs[part]);
	s->post = g->post[part];
	s->edges = edges_at(g, part);
	if (g->forces[part])
		stream_force(s, (ForceKind)g->forces[part], FALSE);
}

/* Its parts, up to where the flow comes to a page of another width: then what is left is returned. measure: what they are set to. */
static Grid *emit_parts(Grid *g, Stream *s, int measure_of_flow, const FoNode *where)
{
	for (guint k = 0; k < g->steps; k++) {
		guint changed = s->changed;
		int height = g->heights[k + 1] - g->heights[k];
		if (k > 0 || g->before)
			begin_part(s, g, k);
		Item box = {.kind = ITEM_BOX, .box = BOX_GRID, .part = k, .size = {height, height, height}, .u.grid = g, .where = where};
		box.measure = measure_of_flow;
		stream_box(s, box);
		Grid *rest = s->changed > changed && k + 1 < g->steps ? grid_rest(g, s, k + 1) : NULL;
		if (rest)
			return rest;
	}
	return NULL;
}

void grid_emit(Grid *g, Stream *s, const FoNode *where)
{
	g->owner->fill(g, s);
	if (force_at(g, FALSE))
		stream_force(s, force_at(g, FALSE), FALSE);
	for (Grid *parts = g; parts;) {
		g = parts;
		measure(g);
		parts = emit_parts(g, s, stream_kept_measure(s), where);
	}
	if (force_at(g, TRUE))
		stream_force(s, force_at(g, TRUE), TRUE);
}

void grid_each(Grid *g, guint part, GridVisitor visit, gpointer user)
{
	for (guint i = 0; i < g->cells->len; i++) {
		const GridCell *c = CELL(g, i);
		if (c->reached[part + 1] > c->reached[part])
			visit(user, c->stream, c->reached[part], c->reached[part + 1]);
	}
}
