/* Change bars: where the lines of a page hold something that stands between a fo:change-bar-begin and the end of its class, a rule stands beside
 * the column, from the first such line to the last. */
#include "layout/block.h"

#include <string.h>

/* ---- which there are ---- */

static gboolean matches(const FoNode *begin, const FoNode *end)
{
	return g_strcmp0(fo_string(begin, FO_P_CHANGE_BAR_CLASS), fo_string(end, FO_P_CHANGE_BAR_CLASS)) == 0;
}

/* That one has no class is reported already. */
static void report(const Layout *l, MessageId id, const FoNode *point)
{
	const char *class = fo_string(point, FO_P_CHANGE_BAR_CLASS);
	if (class)
		diagnose(l->c.d, id, &point->at, class);
}

/* The innermost bar of that class that is open. */
static void end_bar(const Layout *l, GArray *bars, GArray *open, const FoNode *end)
{
	for (guint i = open->len; i-- > 0;) {
		ChangeBar *bar = &g_array_index(bars, ChangeBar, g_array_index(open, guint, i));
		if (!matches(bar->begin, end))
			continue;
		bar->to = end->order;
		g_array_remove_index(open, i);
		return;
	}
	report(l, MSG_FO_CHANGE_BAR_END, end);
}

GArray *change_bars_new(Layout *l)
{
	GArray *bars = area_own(l->scratch, g_array_new(FALSE, TRUE, sizeof(ChangeBar)), (GDestroyNotify)g_array_unref);
	g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(guint));
	const GPtrArray *points = fo_tree_points(l->c.tree);
	for (guint i = 0; i < points->len; i++) {
		const FoNode *n = g_ptr_array_index(points, i);
		if (n->kind == FO_CHANGE_BAR_END) {
			end_bar(l, bars, open, n);
			continue;
		}
		ChangeBar bar = {.begin = n, .to = G_MAXUINT};
		g_array_append_val(open, bars->len);
		g_array_append_val(bars, bar);
	}
	for (guint i = 0; i < open->len; i++)
		report(l, MSG_FO_CHANGE_BAR_BEGIN, g_array_index(bars, ChangeBar, g_array_index(open, guint, i)).begin);
	return bars;
}

/* ---- one page ---- */

/* A bar on the page at hand: the lines beside which it goes on. */
typedef struct {
	const ChangeBar *bar;
	Area *column; /* NULL: it does not */
	int top, bottom;
} Run;

typedef struct {
	Layout *layout;
	const PageRecord *page;
	Area *column;
	GArray *runs; /* Run */
} Bars;

static guint column_index(const Area *column)
{
	guint index = 0;
	for (const Area *a = column->parent ? column->parent->first : column; a != column; a = a->next)
		index++;
	return index;
}

static gboolean is_flow(const Area *a)
{
	return a->kind == AREA_BLOCK && strcmp(a->name, "flow") == 0;
}

static gboolean stands_left(const Bars *b, const FoNode *begin, const Area *column)
{
	gboolean rtl = block_is_rtl(b->page->master->node), odd = b->page->page->number % 2 != 0;
	switch (fo_keyword(begin, FO_P_CHANGE_BAR_PLACEMENT)) {
	case FO_K_LEFT:
		return TRUE;
	case FO_K_RIGHT:
		return FALSE;
	case FO_K_END:
		return rtl;
	case FO_K_INSIDE:
		return odd;
	case FO_K_OUTSIDE:
		return !odd;
	case FO_K_ALTERNATE:
		if (is_flow(column) && column->parent->first != column->parent->last)
			return (column_index(column) == 0) != rtl;
		return !odd;
	default:
		return !rtl;
	}
}

static AreaBox *make_rule(const Bars *b, const FoNode *begin)
{
	AreaBox *box = area_alloc(b->layout->c.areas, sizeof *box);
	box->border[SIDE_START] = fo_length(begin, FO_P_CHANGE_BAR_WIDTH, 0);
	box->border_style[SIDE_START] = area_border_style(fo_keyword(begin, FO_P_CHANGE_BAR_STYLE));
	box->border_colour[SIDE_START] = fo_colour(begin, FO_P_CHANGE_BAR_COLOR);
	return box;
}

/* Its middle stands change-bar-offset away from the column. */
static void end_run(const Bars *b, Run *r)
{
	Area *column = r->column;
	if (!column)
		return;
	r->column = NULL;
	const FoNode *begin = r->bar->begin;
	Area *a = area_new(b->layout->c.areas, AREA_BLOCK, "change-bar");
	a->box = make_rule(b, begin);
	int width = a->box->border[SIDE_START], offset = fo_length(begin, FO_P_CHANGE_BAR_OFFSET, 0);
	a->x = (stands_left(b, begin, column) ? column->x - offset : column->x + column->ipd + offset) + width - width / 2;
	a->y = r->top;
	a->bpd = r->bottom - r->top;
	a->order = begin->order;
	a->at = begin->at;
	a->parent = column;
	a->next = column->first;
	column->first = a;
	if (!column->last)
		column->last = a;
}

static gboolean holds(const Area *a, const ChangeBar *bar)
{
	gboolean leaf = a->kind == AREA_TEXT || a->kind == AREA_IMAGE || a->kind == AREA_LEADER;
	if (leaf && a->order > bar->begin->order && a->order < bar->to)
		return TRUE;
	for (const Area *c = a->first; c; c = c->next)
		if (holds(c, bar))
			return TRUE;
	return FALSE;
}

static void see_line(const Bars *b, const Area *line)
{
	for (guint i = 0; i < b->runs->len; i++) {
		Run *r = &g_array_index(b->runs, Run, i);
		gboolean in = holds(line, r->bar);
		if (!in || r->column != b->column)
			end_run(b, r);
		if (!in)
			continue;
		if (!r->column)
			*r = (Run){r->bar, b->column, line->y, line->y};
		r->top = MIN(r->top, line->y);
		r->bottom = MAX(r->bottom, line->y + line->bpd);
	}
}

static void see_areas(Bars *b, const Area *parent)
{
	for (Area *a = parent->first; a; a = a->next) {
		gboolean turned = a->kind == AREA_VIEWPORT && a->u.viewport.rotate != 0;
		if (a->kind == AREA_LINE || a->kind == AREA_IMAGE || turned) {
			see_line(b, a);
			continue;
		}
		Area *around = b->column;
		if (is_flow(a))
			b->column = a;
		see_areas(b, a);
		b->column = around;
	}
}

/* The orders of what stands on the page. */
static void see_orders(const Area *parent, guint *least, guint *most)
{
	for (const Area *a = parent->first; a; a = a->next) {
		if (a->order > 0) {
			*least = MIN(*least, a->order);
			*most = MAX(*most, a->order);
		}
		see_orders(a, least, most);
	}
}

void change_bars_set(Layout *l, PageRecord *r)
{
	if (l->bars->len == 0)
		return;
	Bars b = {.layout = l, .page = r, .column = r->body.area};
	guint least = G_MAXUINT, most = 0;
	see_orders(r->body.area, &least, &most);
	b.runs = g_array_new(FALSE, FALSE, sizeof(Run));
	for (guint i = 0; i < l->bars->len; i++) {
		Run run = {.bar = &g_array_index(l->bars, ChangeBar, i)};
		if (run.bar->begin->order < most && run.bar->to > least && fo_keyword(run.bar->begin, FO_P_CHANGE_BAR_STYLE) != FO_K_NONE)
			g_array_append_val(b.runs, run);
	}
	see_areas(&b, r->body.area);
	for (guint i = 0; i < b.runs->len; i++)
		end_run(&b, &g_array_index(b.runs, Run, i));
	g_array_unref(b.runs);
}
