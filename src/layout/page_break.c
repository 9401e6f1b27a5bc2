/* Where pages end: the flow's items go to the breaker that also breaks lines, with notes as insertions. What is weighed: emptiness at a page's
 * foot, split notes, a hyphen at the foot, facing pages that end at different heights, a last page with next to nothing on it. */
#include "layout/page.h"

#include "layout/break.h"
#include "layout/note.h"

enum {
	WITHOUT = 16,            /* in a state, beside the class: the floats that were due had pages without text */
	LINE = 12000,            /* a nominal line: the unit in which differences in height are weighed */
	CLASS_RAGGED = 15,       /* a page that ends before a forced break: its height compares with nothing */
	CLASS_LIMIT = 7,
	DEMERITS_SPLIT = 1600,   /* (10 + per cent of emptiness) squared is what an empty foot costs */
	DEMERITS_LATE = 100,     /* a float does not stand on the page of its anchor */
	DEMERITS_LATER = 1600,   /* ... and not on the one after that */
	DEMERITS_WITHOUT = 2500, /* a page of floats alone, where they could wait */
	DEMERITS_HYPHEN = 400,   /* a word is divided at the foot of a page */
	DEMERITS_TURN = 900,     /* ... where the reader turns it */
	DEMERITS_FACING = 40,    /* times the difference in lines, squared */
	DEMERITS_SCRAP = 2500,   /* a last page with very little on it, where pages are of a usual height */
	SCRAP = 4 * LINE,
	USUAL_HEIGHT = 25 * LINE,
};

typedef struct {
	Layout *layout;
	Sequence *sequence;
	Stream *stream;
	PageList *list;
	NoteList *notes, *floats;
	GArray *measures; /* int pairs: of page i, not last and last */
} Pager;

/* ---- the pages it runs through ---- */

const Region *page_body(Layout *l, const Sequence *s, guint index, gboolean last)
{
	PageSituation at = {.index = index, .number = s->first_number + (int)index, .last = last};
	return &page_master_choose(l->masters, s->node, &at)->regions[REGION_BODY];
}

void page_add(Sequence *s, PageBreak page)
{
	g_array_append_val(s->breaks, page);
}

static int measure_of(Pager *p, guint page, gboolean last)
{
	while (p->measures->len <= 2 * page + 1) {
		gboolean is_last = p->measures->len % 2 != 0;
		g_array_append_val(p->measures, page_body(p->layout, p->sequence, p->measures->len / 2, is_last)->bpd);
	}
	return g_array_index(p->measures, int, 2 * page + (last ? 1 : 0));
}

gboolean page_needs_blank(const Sequence *s, guint from, guint page)
{
	ForceKind force = (ForceKind)stream_item(s->stream, from)->force;
	gboolean odd = (s->first_number + (int)page) % 2 != 0;
	return (force == FORCE_ODD && !odd) || (force == FORCE_EVEN && odd);
}

/* ---- what a page costs ---- */

/* How far notes and floats are set, and the class of the page's height. */
static void pack_state(gint64 *state, NotePoint notes, NotePoint floats, int class)
{
	state[0] = (gint64)notes.note << 32 | notes.item;
	state[1] = (gint64)floats.note << 8 | class;
}

static NotePoint unpack_notes(const gint64 *state)
{
	return (NotePoint){(guint)(state[0] >> 32), (guint)(state[0] & 0xffffffff)};
}

static NotePoint unpack_floats(const gint64 *state)
{
	return (NotePoint){(guint)(state[1] >> 8), 0};
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
	int number = p->sequence->first_number + (int)(from->line + span->lines - 1), before = (int)(from->state[1] & 15);
	gboolean begins = from->position < 0 || stream_item(p->stream, page_list_number(p->list, from->position))->force != FORCE_NONE;
	if (span->forced) {
		*class = CLASS_RAGGED;
		span->badness = 0;
		if (!begins && span->width < SCRAP && span->measure > USUAL_HEIGHT)
			span->demerits += DEMERITS_SCRAP;
		return;
	}
	*class = depth_class(span);
	span->badness = page_emptiness(span);
	if (number % 2 != 0 && !begins && before != CLASS_RAGGED)
		span->demerits += DEMERITS_FACING * (*class - before) * (*class - before);
	if (stream_item(p->stream, to)->hyphen)
		span->demerits += number % 2 != 0 ? DEMERITS_TURN : DEMERITS_HYPHEN;
}

static void weigh_floats(const Pager *p, const BreakNode *from, guint to, BreakSpan *span, NotePoint *floats)
{
	guint due = note_list_before(p->floats, page_list_number(p->list, from->position)), anchored = note_list_before(p->floats, to);
	NoteFit fit = note_list_fit_whole(p->floats, *floats, anchored, span->measure - (int)(span->width - span->shrink));
	*floats = fit.end;
	span->width += fit.height;
	if (fit.end.note < due)
		span->demerits += (gint64)DEMERITS_LATER * (due - fit.end.note);
	span->demerits += (gint64)DEMERITS_LATE * (anchored - MAX(fit.end.note, due));
}

static gboolean weigh_page(void *user, const BreakNode *from, gssize to, int alternative, BreakSpan *span)
{
	Pager *p = user;
	guint a = page_list_number(p->list, from->position), b = page_list_number(p->list, to);
	gboolean last = b == stream_last(p->stream);
	NotePoint start = unpack_notes(from->state), floats = unpack_floats(from->state);
	guint page = from->line + page_float_count(p->layout, p->sequence, &(FloatPages){.from = a, .page = from->line, .all = alternative > 0}, &floats);
	span->lines = page - from->line + (page_needs_blank(p->sequence, a, page) ? 2 : 1);
	span->measure = measure_of(p, from->line + span->lines - 1, last);
	NoteFit fit = note_list_fit(p->notes, start, b, span->measure - (int)(span->width - span->shrink));
	gboolean possible = fit.possible;
	if (alternative > 0)
		span->demerits += (gint64)DEMERITS_WITHOUT * (page - from->line);
	span->width += possible ? fit.height : MAX(fit.height, span->measure + span->shrink + 1 - span->width);
	if (fit.split)
		span->demerits += DEMERITS_SPLIT + (gint64)fit.cost * fit.cost;
	if (possible && note_list_length(p->floats) > 0)
		weigh_floats(p, from, b, span, &floats);
	span->more = alternative == 0 && floats.note < note_list_before(p->floats, a);
	int class = 0;
	weigh_height(p, from, b, span, &class);
	if (fit.split && span->badness > 0 && span->width <= span->measure)
		span->badness = 0;
	pack_state(span->state, fit.end, floats, alternative > 0 ? class | WITHOUT : class);
	return possible;
}

/* ---- the outcome ---- */

void page_add_rest(Layout *l, Sequence *s, NotePoint notes, NotePoint floats)
{
	guint last = stream_last(s->stream);
	while (notes.note < note_list_length(s->notes)) {
		NoteFit fit = note_list_fill(s->notes, notes, page_body(l, s, s->breaks->len, FALSE)->bpd);
		page_add(s, (PageBreak){.from = last, .to = last, .notes = {notes, fit.end}, .floats = {floats, floats}, .overfull = !fit.possible, .ragged = TRUE});
		notes = fit.end;
	}
	page_float_add(l, s, &(FloatPages){.from = last, .page = s->breaks->len, .notes = notes}, &floats);
}

static void take_points(Pager *p, const GArray *points)
{
	guint from = 0;
	NotePoint notes = {0, 0}, floats = {0, 0};
	for (guint i = 0; i < points->len; i++) {
		const BreakPoint *point = &g_array_index(points, BreakPoint, i);
		guint to = page_list_number(p->list, point->position);
		NoteRange noted = {notes, unpack_notes(point->state)};
		FloatPages before = {.from = from, .page = p->sequence->breaks->len, .notes = notes, .all = (point->state[1] & WITHOUT) != 0};
		page_float_add(p->layout, p->sequence, &before, &floats);
		if (page_needs_blank(p->sequence, from, p->sequence->breaks->len))
			page_add(p->sequence, (PageBreak){.from = from, .to = from, .notes = {notes, notes}, .floats = {floats, floats}, .blank = TRUE});
		gboolean ragged = stream_item(p->stream, to)->force != FORCE_NONE || to == stream_last(p->stream);
		page_add(p->sequence, (PageBreak){.from = from, .to = to, .notes = noted, .floats = {floats, unpack_floats(point->state)},
		                                  .overfull = point->overfull, .ragged = ragged});
		from = to;
		notes = noted.to;
		floats = unpack_floats(point->state);
	}
	page_add_rest(p->layout, p->sequence, notes, floats);
}

void page_break(Layout *l, Sequence *s)
{
	Pager p = {.layout = l, .sequence = s, .stream = s->stream, .notes = s->notes, .floats = s->floats};
	p.list = page_list_new(s->stream, 0, stream_last(s->stream));
	p.measures = g_array_new(FALSE, FALSE, sizeof(int));
	BreakSettings settings = page_list_settings(measure_of(&p, 0, FALSE));
	settings.adjust = weigh_page;
	settings.user = &p;
	if (note_list_length(s->floats) > 0)
		settings.first_least = 0; /* they may leave less room */
	g_autoptr(GArray) points = page_list_break(p.list, &settings);
	g_array_set_size(s->breaks, 0);
	take_points(&p, points);
	page_list_free(p.list);
	g_array_unref(p.measures);
}
