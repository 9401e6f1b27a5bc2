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

static void add_glue(PageList *p, const Item *item, guint number)
{
	add(p, (BreakItem){.kind = BREAK_PENALTY, .penalty = BREAK_NEVER}, number);
	add(p,
	    (BreakItem){.kind = BREAK_GLUE, .width = item->size.optimum, .stretch = item->size.maximum - item->size.optimum,
	                .shrink = item->size.optimum - item->size.minimum},
	    number);
}

/* The breaker drops the spaces that follow a break; ours know themselves what is left of them. */
static int dropped_after(const Stream *s, guint number)
{
	int sum = 0;
	for (guint i = number + 1; i < s->items->len; i++) {
		const Item *item = stream_item(s, i);
		if (item->kind == ITEM_BOX || item->kind == ITEM_BREAK || item->size.optimum != 0)
			if (item->kind != ITEM_SPACE)
				break;
		if (item->kind == ITEM_SPACE)
			sum += item->size.optimum;
	}
	return sum;
}

static void add_break(PageList *p, const Item *item, guint number)
{
	add(p,
	    (BreakItem){.kind = BREAK_PENALTY, .width = item->before, .after = item->after + dropped_after(p->stream, number),
	                .penalty = item->cost},
	    number);
}

static void fill_list(PageList *p, guint from, guint to)
{
	Stream *s = p->stream;
	add(p, (BreakItem){.kind = BREAK_BOX, .width = stream_item(s, from)->after + dropped_after(s, from)}, from);
	for (guint i = from + 1; i < to; i++) {
		const Item *item = stream_item(s, i);
		if (item->kind == ITEM_BREAK)
			add_break(p, item, i);
		else if (item->kind == ITEM_SPACE)
			add_glue(p, item, i);
		else if (item->kind == ITEM_BOX || item->size.optimum != 0)
			add(p, (BreakItem){.kind = BREAK_BOX, .width = item->size.optimum}, i);
	}
	add(p, (BreakItem){.kind = BREAK_PENALTY, .penalty = BREAK_FORCED, .width = stream_item(s, to)->before}, to);
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

BreakSettings page_list_settings(int measure)
{
	return (BreakSettings){
	    .measure = measure,
	    .emergency_stretch = -1,
	    .tolerance = 100,
	    .fitness_demerits = -1,
	    .flagged_demerits = -1,
	    .final_demerits = -1,
	    .by_line = TRUE,
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
