/* Where pages end: the flow's items go to the breaker that also breaks lines, with notes as insertions. What is weighed: emptiness at a page's
 * foot, split notes, a hyphen at the foot, facing pages that end at different heights, a last page with next to nothing on it. */
#include "layout/page.h"

#include "layout/break.h"
#include "layout/note.h"

enum {
	LINE = 12000,            /* a nominal line: the unit in which differences in height are weighed */
	CLASS_RAGGED = 15,       /* a page that ends before a forced break: its height compares with nothing */
	CLASS_LIMIT = 7,
	DEMERITS_SPLIT = 1600,   /* (10 + per cent of emptiness) squared is what an empty foot costs */
	DEMERITS_HYPHEN = 400,   /* a word is divided at the foot of a page */
	DEMERITS_TURN = 900,     /* ... where the reader turns it */
	DEMERITS_FACING = 40,    /* times the difference in lines, squared */
	DEMERITS_SCRAP = 2500,   /* a last page with very little on it, where pages are of a usual height */
	SCRAP = 4 * LINE,
	USUAL_HEIGHT = 25 * LINE,
	ALTERNATIVES = 4,
	FIRST_LEAST = 45,        /* per cent of a page that are filled at least, as long as there is a way without breaking what is kept together */
};

typedef struct {
	Layout *layout;
	Sequence *sequence;
	Stream *stream;
	GArray *items;    /* BreakItem */
	GArray *numbers;  /* guint: the stream's item of each */
	NoteList *notes;
	GArray *measures; /* int pairs: of page i, not last and last */
} Pager;

/* ---- the list ---- */

static void add(Pager *p, BreakItem item, guint number)
{
	g_array_append_val(p->items, item);
	g_array_append_val(p->numbers, number);
}

static void add_glue(Pager *p, const Item *item, guint number)
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

static void add_break(Pager *p, const Item *item, guint number)
{
	add(p,
	    (BreakItem){.kind = BREAK_PENALTY, .width = item->before, .after = item->after + dropped_after(p->stream, number),
	                .penalty = item->cost},
	    number);
}

static void make_list(Pager *p)
{
	Stream *s = p->stream;
	guint last = stream_last(s);
	add(p, (BreakItem){.kind = BREAK_BOX, .width = stream_item(s, 0)->after + dropped_after(s, 0)}, 0);
	for (guint i = 1; i < last; i++) {
		const Item *item = stream_item(s, i);
		if (item->kind == ITEM_BREAK)
			add_break(p, item, i);
		else if (item->kind == ITEM_SPACE)
			add_glue(p, item, i);
		else if (item->kind == ITEM_BOX || item->size.optimum != 0)
			add(p, (BreakItem){.kind = BREAK_BOX, .width = item->size.optimum}, i);
	}
	add(p, (BreakItem){.kind = BREAK_PENALTY, .penalty = BREAK_FORCED, .width = stream_item(s, last)->before}, last);
}

/* ---- the pages it runs through ---- */

static int measure_of(Pager *p, guint page, gboolean last)
{
	while (p->measures->len <= 2 * page + 1) {
		guint index = p->measures->len / 2;
		PageSituation at = {.index = index, .number = p->sequence->first_number + (int)index, .last = p->measures->len % 2 != 0};
		int bpd = page_master_choose(p->layout->masters, p->sequence->node, &at)->regions[REGION_BODY].bpd;
		g_array_append_val(p->measures, bpd);
	}
	return g_array_index(p->measures, int, 2 * page + (last ? 1 : 0));
}

static guint number_at(const Pager *p, gssize position)
{
	return position < 0 ? 0 : g_array_index(p->numbers, guint, position);
}

static gboolean needs_blank(const Pager *p, guint from, guint page)
{
	ForceKind force = (ForceKind)stream_item(p->stream, from)->force;
	gboolean odd = (p->sequence->first_number + (int)page) % 2 != 0;
	return (force == FORCE_ODD && !odd) || (force == FORCE_EVEN && odd);
}

/* ---- what a page costs ---- */

static gint64 pack_state(NotePoint at, int class)
{
	return (gint64)at.note << 36 | (gint64)at.item << 8 | class;
}

static NotePoint unpack_notes(gint64 state)
{
	return (NotePoint){(guint)(state >> 36), (guint)(state >> 8) & 0xfffffff};
}

static int emptiness(const BreakSpan *span)
{
	gint64 empty = span->measure - span->width;
	if (empty >= 0 && empty <= span->stretch)
		return span->stretch > 0 ? (int)(10 * empty * empty / span->stretch / span->stretch) : 0;
	if (empty < 0)
		return span->shrink > 0 ? (int)MIN(15 * empty * empty / span->shrink / span->shrink, 100) : 100;
	return (int)MIN(100 * (empty - span->stretch) / MAX(span->measure, 1), 100);
}

static int depth_class(const BreakSpan *span)
{
	gint64 empty = span->measure - span->width;
	if (empty <= span->stretch)
		return 0;
	return (int)MIN((empty + LINE / 2) / LINE, CLASS_LIMIT);
}

static void weigh_height(const Pager *p, const BreakNode *from, guint to, BreakSpan *span, int *class)
{
	int number = p->sequence->first_number + (int)(from->line + span->lines - 1), before = (int)(from->state & 15);
	gboolean begins = from->position < 0 || stream_item(p->stream, number_at(p, from->position))->force != FORCE_NONE;
	if (span->forced) {
		*class = CLASS_RAGGED;
		span->badness = 0;
		if (!begins && span->width < SCRAP && span->measure > USUAL_HEIGHT)
			span->demerits += DEMERITS_SCRAP;
		return;
	}
	*class = depth_class(span);
	span->badness = emptiness(span);
	if (number % 2 != 0 && !begins && before != CLASS_RAGGED)
		span->demerits += DEMERITS_FACING * (*class - before) * (*class - before);
	if (stream_item(p->stream, to)->hyphen)
		span->demerits += number % 2 != 0 ? DEMERITS_TURN : DEMERITS_HYPHEN;
}

static gboolean weigh_page(void *user, const BreakNode *from, gssize to, int alternative, BreakSpan *span)
{
	Pager *p = user;
	(void)alternative;
	guint a = number_at(p, from->position), b = number_at(p, to);
	gboolean last = b == stream_last(p->stream);
	span->lines = needs_blank(p, a, from->line) ? 2 : 1;
	span->measure = measure_of(p, from->line + span->lines - 1, last);
	NotePoint start = unpack_notes(from->state);
	NoteFit fit = note_list_fit(p->notes, start, b, span->measure - (int)(span->width - span->shrink));
	gboolean possible = fit.possible;
	span->width += possible ? fit.height : MAX(fit.height, span->measure + span->shrink + 1 - span->width);
	if (fit.split)
		span->demerits += DEMERITS_SPLIT + (gint64)fit.cost * fit.cost;
	int class = 0;
	weigh_height(p, from, b, span, &class);
	if (fit.split && span->badness > 0 && span->width <= span->measure)
		span->badness = 0;
	span->state = pack_state(fit.end, class);
	return possible;
}

/* ---- the outcome ---- */

static void add_page(Pager *p, PageBreak page)
{
	g_array_append_val(p->sequence->breaks, page);
}

/* Notes that the flow's end left over get pages of their own. */
static void add_note_pages(Pager *p, NotePoint at)
{
	while (at.note < note_list_length(p->notes)) {
		guint index = p->sequence->breaks->len, last = stream_last(p->stream);
		NoteFit fit = note_list_fill(p->notes, at, measure_of(p, index, FALSE));
		add_page(p, (PageBreak){.from = last, .to = last, .notes_from = at, .notes_to = fit.end, .overfull = !fit.possible, .ragged = TRUE});
		at = fit.end;
	}
}

static void take_points(Pager *p, const GArray *points)
{
	guint from = 0;
	NotePoint notes = {0, 0};
	for (guint i = 0; i < points->len; i++) {
		const BreakPoint *point = &g_array_index(points, BreakPoint, i);
		guint to = number_at(p, point->position);
		NotePoint after = unpack_notes(point->state);
		if (needs_blank(p, from, p->sequence->breaks->len))
			add_page(p, (PageBreak){.from = from, .to = from, .notes_from = notes, .notes_to = notes, .blank = TRUE});
		gboolean ragged = stream_item(p->stream, to)->force != FORCE_NONE || to == stream_last(p->stream);
		add_page(p, (PageBreak){.from = from, .to = to, .notes_from = notes, .notes_to = after, .overfull = point->overfull, .ragged = ragged});
		from = to;
		notes = after;
	}
	add_note_pages(p, notes);
}

void page_break(Layout *l, Sequence *s)
{
	Pager p = {.layout = l, .sequence = s, .stream = s->stream, .notes = s->notes};
	p.items = g_array_new(FALSE, TRUE, sizeof(BreakItem));
	p.numbers = g_array_new(FALSE, FALSE, sizeof(guint));
	p.measures = g_array_new(FALSE, FALSE, sizeof(int));
	make_list(&p);
	BreakSettings settings = {
	    .measure = measure_of(&p, 0, FALSE),
	    .emergency_stretch = -1,
	    .tolerance = 100,
	    .fitness_demerits = -1,
	    .flagged_demerits = -1,
	    .final_demerits = -1,
	    .by_line = TRUE,
	    .most = ALTERNATIVES,
	    .first_least = measure_of(&p, 0, FALSE) / 100 * FIRST_LEAST,
	    .first_penalty = COST_KEEP,
	    .adjust = weigh_page,
	    .user = &p,
	};
	g_autoptr(GArray) points = break_find((const BreakItem *)(gpointer)p.items->data, p.items->len, &settings, NULL);
	g_array_set_size(s->breaks, 0);
	take_points(&p, points);
	g_array_unref(p.items);
	g_array_unref(p.numbers);
	g_array_unref(p.measures);
}
