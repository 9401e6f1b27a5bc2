/* A flow's items as the breaker of pages and columns takes them. */
#include "layout/page.h"

#include "layout/break.h"

enum {
	ALTERNATIVES = 4,
	FIRST_LEAST = 45, /* per cent of a page that are filled at least, as long as there is a way without breaking what is kept together */
};

static void add(PageList *p, BreakItem item, guint number)
{
	g_array_append_val(p->items, item);
	g_array_append_val(p->numbers, number);
}

static gboolean ends_in_box(const PageList *p)
{
	return p->items->len == 0 || g_array_index(p->items, BreakItem, p->items->len - 1).kind == BREAK_BOX;
}

static void add_glue(PageList *p, const Extent *size, guint number)
{
	add(p, (BreakItem){.kind = BREAK_PENALTY, .penalty = BREAK_NEVER}, number);
	add(p, (BreakItem){.kind = BREAK_GLUE, .width = size->optimum, .stretch = size->maximum - size->optimum, .shrink = size->optimum - size->minimum},
	    number);
}

/* A space that is there whether a page ends beside it or not: the breaker does not drop what stands behind a box. */
static void add_space(PageList *p, const Item *item, guint number)
{
	if (!ends_in_box(p))
		add(p, (BreakItem){.kind = BREAK_BOX}, number);
	add_glue(p, &item->size, number);
}

/* The spaces on one side of a break (step: 1 behind it, -1 before it) that are others when a page ends there. */
static Extent sum_spaces(const Stream *s, guint number, int step)
{
	Extent sum = {0, 0, 0};
	for (guint i = number + (guint)step; i < s->items->len; i += (guint)step) {
		const Item *item = stream_item(s, i);
		if (item->kind == ITEM_BOX || item->kind == ITEM_BREAK)
			break;
		if (item->kind != ITEM_SPACE || item->brk != number)
			continue;
		sum.minimum += item->size.minimum;
		sum.optimum += item->size.optimum;
		sum.maximum += item->size.maximum;
	}
	return sum;
}

/* What the spaces around a break become is in what it adds to both pages: they themselves follow it, where the breaker drops them. */
static void add_break(PageList *p, const Item *item, guint number)
{
	Extent before = sum_spaces(p->stream, number, -1), behind = sum_spaces(p->stream, number, 1);
	add(p,
	    (BreakItem){.kind = BREAK_PENALTY, .width = item->before + before.optimum, .after = item->after + behind.optimum, .penalty = item->cost},
	    number);
	const Extent both = {before.minimum + behind.minimum, before.optimum + behind.optimum, before.maximum + behind.maximum};
	if (both.minimum != 0 || both.maximum != 0)
		add_glue(p, &both, number);
}

static void fill_list(PageList *p, guint from, guint to)
{
	Stream *s = p->stream;
	add(p, (BreakItem){.kind = BREAK_BOX, .width = stream_item(s, from)->after + sum_spaces(s, from, 1).optimum}, from);
	for (guint i = from + 1; i < to; i++) {
		const Item *item = stream_item(s, i);
		if (item->kind == ITEM_BREAK)
			add_break(p, item, i);
		else if (item->kind == ITEM_SPACE && item->brk == G_MAXUINT)
			add_space(p, item, i);
		else if (item->kind == ITEM_BOX || (item->kind != ITEM_SPACE && item->size.optimum != 0))
			add(p, (BreakItem){.kind = BREAK_BOX, .width = item->size.optimum}, i);
	}
	add(p, (BreakItem){.kind = BREAK_PENALTY, .penalty = BREAK_FORCED, .width = stream_item(s, to)->before + sum_spaces(s, to, -1).optimum}, to);
}

PageList *page_list_new(Stream *s, guint from, guint to)
{
	PageList *p = g_new0(PageList, 1);
	p->stream = s;
	p->from = from;
	p->items = g_array_new(FALSE, TRUE, sizeof(BreakItem));
	p->numbers = g_array_new(FALSE, FALSE, sizeof(guint));
	fill_list(p, from, to);
	return p;
}

void page_list_free(PageList *p)
{
	g_array_unref(p->items);
	g_array_unref(p->numbers);
	g_free(p);
}

gint64 *page_list_left(const PageList *p)
{
	gint64 *left = g_new0(gint64, p->items->len);
	for (guint i = p->items->len - 1; i > 0; i--) {
		const BreakItem *item = &g_array_index(p->items, BreakItem, i);
		gboolean less = item->kind == BREAK_PENALTY ? item->after < 0 : item->kind == BREAK_GLUE && item->shrink > item->width;
		if (item->width < 0 || less) {
			g_free(left);
			return NULL;
		}
		left[i - 1] = left[i] + (item->kind == BREAK_BOX ? item->width : 0);
	}
	return left;
}

/* From behind: where the next place is, and the height of all before. A page's own spaces at a break are in the break's width. */
PageMore *page_list_more(const PageList *p)
{
	PageMore *more = g_new0(PageMore, p->items->len), next = {.height = G_MAXINT64 / 2};
	for (guint i = p->items->len; i-- > 0;) {
		const BreakItem *item = &g_array_index(p->items, BreakItem, i);
		if (item->kind != BREAK_PENALTY) {
			next.height += item->width;
			continue;
		}
		more[i] = next;
		more[i].height -= item->width;
		if (item->penalty < COST_KEEP)
			next = (PageMore){.height = item->width, .to = g_array_index(p->numbers, guint, i)};
	}
	return more;
}

BreakSettings page_list_settings(int measure)
{
	return (BreakSettings){
	    .measure = measure,
	    .emergency_stretch = -1,
	    .tolerance = 100,
	    .fitness_demerits = -1,
	    .flagged_demerits = -1,
	    .final_demerits = -1,
	    .by_line = G_MAXUINT,
	    .most = ALTERNATIVES,
	    .first_least = measure / 100 * FIRST_LEAST,
	    .first_penalty = COST_KEEP,
	};
}

GArray *page_list_break(const PageList *p, const BreakSettings *settings)
{
	return break_find((const BreakItem *)(gpointer)p->items->data, p->items->len, settings, NULL);
}

int page_emptiness(const BreakSpan *span)
{
	gint64 empty = span->measure - span->width;
	if (empty >= 0 && empty <= span->stretch)
		return span->stretch > 0 ? (int)(10 * empty * empty / span->stretch / span->stretch) : 0;
	if (empty < 0)
		return span->shrink > 0 ? (int)MIN(15 * empty * empty / span->shrink / span->shrink, 100) : 100;
	return (int)MIN(100 * (empty - span->stretch) / MAX(span->measure, 1), 100);
}
