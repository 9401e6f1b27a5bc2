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
	DEMERITS_FACING = 40,    /* times the difference in lines, squared ... */
	FACING = 4,              /* ... of which no more count: the foot of one of them is plainly empty */
	DEMERITS_IDLE = 30,      /* times the lines squared: an empty foot where more could stand */
	IDLE = 3 * LINE,         /* ... of this height at least: less may be for the facing page's sake. What is empty for a reason costs half */
	DEMERITS_SCRAP = 2500,   /* a last page with very little on it, where pages are of a usual height */
	SCRAP = 4 * LINE,
	USUAL_HEIGHT = 25 * LINE,
};

typedef struct {
	Layout *layout;
	Sequence *sequence;
	Stream *stream;
	PageList *list;
	PageMore *more;
	NoteList *notes, *floats;
	guint pages;      /* of the sequence that were found before */
	WidthTries width;
	gboolean whole;   /* no page is to end beside a float any more */
	guint never_last; /* this page is not to be the last: when it is, it is too narrow for that; 0: none */
} Pager;

/* ---- the pages it runs through ---- */

static const Region *choose_body(Layout *l, const Sequence *s, guint index, gboolean last)
{
	PageSituation at = {.index = index, .number = s->first_number + (int)index, .last = last};
	return &page_master_choose(l->masters, s->node, &at)->regions[REGION_BODY];
}

const Region *page_body(Layout *l, const Sequence *s, guint index, gboolean last)
{
	while (s->bodies->len <= 2 * index + 1)
		g_ptr_array_add(s->bodies, (gpointer)choose_body(l, s, s->bodies->len / 2, s->bodies->len % 2 != 0));
	return g_ptr_array_index(s->bodies, 2 * index + (last ? 1 : 0));
}

void page_add(Sequence *s, PageBreak page)
{
	page.grid = s->grid;
	g_array_append_val(s->breaks, page);
}

static const Region *field_of(const Pager *p, guint page, gboolean last)
{
	return page_body(p->layout, p->sequence, page, last);
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

static gboolean is_end(const Stream *s, guint item)
{
	return item == stream_last(s) && !s->cut;
}

/* There is a reason for an empty foot when what comes next does not fit. What brings notes or floats along is another matter: those can be divided, or wait. */
static void weigh_emptiness(const Pager *p, gssize position, guint to, BreakSpan *span)
{
	const PageMore *more = &p->more[position];
	gint64 empty = span->measure - span->width;
	gboolean brings = note_list_before(p->notes, more->to) > note_list_before(p->notes, to) ||
	                  note_list_before(p->floats, more->to) > note_list_before(p->floats, to);
	span->badness = page_emptiness(span);
	if (empty < IDLE || brings)
		return;
	if (more->height <= empty)
		span->demerits += DEMERITS_IDLE * (empty / LINE) * (empty / LINE);
	else
		span->badness /= 2;
}

static void weigh_height(const Pager *p, const BreakNode *from, gssize position, BreakSpan *span, int *class)
{
	guint to = page_list_number(p->list, position);
	int number = p->sequence->first_number + (int)(p->pages + from->line + span->lines - 1), before = (int)(from->state[1] & 15);
	gboolean begins = from->position < 0 || stream_item(p->stream, page_list_number(p->list, from->position))->force != FORCE_NONE;
	if (span->forced) {
		*class = CLASS_RAGGED;
		span->badness = 0;
		gboolean cut = p->stream->cut && to == stream_last(p->stream);
		if (!begins && !cut && span->width < SCRAP && span->measure > USUAL_HEIGHT)
			span->demerits += DEMERITS_SCRAP;
		return;
	}
	*class = depth_class(span);
	weigh_emptiness(p, position, to, span);
	if (number % 2 != 0 && !begins && before != CLASS_RAGGED) {
		int differs = MIN(ABS(*class - before), FACING);
		span->demerits += DEMERITS_FACING * differs * differs;
	}
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
	gboolean last = is_end(p->stream, b);
	NotePoint start = unpack_notes(from->state), floats = unpack_floats(from->state);
	guint first = p->pages + from->line;
	guint page = first + page_float_count(p->layout, p->sequence, &(FloatPages){.from = a, .page = first, .all = alternative > 0}, &floats);
	span->lines = page - first + (page_needs_blank(p->sequence, a, page) ? 2 : 1);
	span->measure = field_of(p, first + span->lines - 1, last)->bpd;
	NoteFit fit = note_list_fit(p->notes, start, b, span->measure - (int)(span->width - span->shrink));
	gboolean possible = fit.possible && !(p->whole && stream_item(p->stream, b)->parts) && !(last && p->never_last > 0 && first + span->lines - 1 == p->never_last);
	if (alternative > 0)
		span->demerits += (gint64)DEMERITS_WITHOUT * (page - first);
	span->width += possible ? fit.height : MAX(fit.height, span->measure + span->shrink + 1 - span->width);
	if (fit.split)
		span->demerits += DEMERITS_SPLIT + (gint64)fit.cost * fit.cost;
	if (possible && note_list_length(p->floats) > 0)
		weigh_floats(p, from, b, span, &floats);
	span->more = alternative == 0 && floats.note < note_list_before(p->floats, a);
	int class = 0;
	weigh_height(p, from, to, span, &class);
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

/* ---- pages of several widths ---- */

/* From this break on the text is set to another measure, that of the page at hand. Where that is the last only as long as it is wide, and narrow when it
 * is the last, something must be left for a page after it. FALSE: it cannot be. */
static gboolean change_measure(Pager *p, guint from, gboolean last)
{
	Sequence *s = p->sequence;
	if (!page_set_width(p->layout, s, &p->width, from, field_of(p, s->breaks->len, last)))
		return FALSE;
	if (p->width.tries > 0 && !last)
		p->never_last = s->breaks->len;
	return TRUE;
}

/* A line that calls more notes than a page holds, or a thing that leaves no room for its notes: as many as there is room for stand on the page, the
 * others begin after it. FALSE: all stand on it. */
static gboolean take_late(Pager *p, const PageBreak *page, PageStart *next)
{
	gint64 stretch, shrink, height = stream_height(p->stream, page->from, page->to);
	stream_room(p->stream, page->from, page->to, &stretch, &shrink);
	gint64 room = field_of(p, p->sequence->breaks->len, FALSE)->bpd - note_list_height(p->floats, &page->floats) - height + shrink;
	int height_of_notes = note_list_height(p->notes, &page->notes);
	if (height_of_notes == 0 || height_of_notes <= room)
		return FALSE;
	NoteFit fit = note_list_fill(p->notes, page->notes.from, (int)MAX(room, 0));
	next->notes = fit.possible ? fit.end : page->notes.from;
	return TRUE;
}

/* Pages for those that are left, until there is room for text beside them. */
static void add_late(Pager *p, PageStart *at)
{
	Sequence *s = p->sequence;
	for (int room; room = field_of(p, s->breaks->len, FALSE)->bpd, !note_list_fit(p->notes, at->notes, at->from, room - LINE).possible;) {
		NoteFit fit = note_list_fill(p->notes, at->notes, room);
		page_add(s, (PageBreak){.from = at->from, .to = at->from, .notes = {at->notes, fit.end}, .floats = {at->floats, at->floats},
		                        .overfull = !fit.possible, .ragged = TRUE});
		at->notes = fit.end;
	}
}

typedef enum { FOUND_ALL, FOUND_LATE, FOUND_WIDTH, FOUND_MORE, FOUND_COLUMNS } Found;

/* Adds the pages that were found, up to one of several columns, one to whose width the text is not set, one that ends where what is set of it ends, or
 * one after which there are notes that were not reckoned with. */
static Found take_points(Pager *p, const GArray *points, PageStart *at)
{
	Sequence *s = p->sequence;
	for (guint i = 0; i < points->len; i++) {
		const BreakPoint *point = &g_array_index(points, BreakPoint, i);
		guint to = page_list_number(p->list, point->position);
		if (s->stream->cut && to == stream_last(s->stream)) {
			page_see_further(p->layout, s, at->from, FALSE);
			return FOUND_MORE;
		}
		FloatPages before = {.from = at->from, .page = s->breaks->len, .notes = at->notes, .all = (point->state[1] & WITHOUT) != 0};
		page_float_add(p->layout, s, &before, &at->floats);
		if (page_needs_blank(s, at->from, s->breaks->len))
			page_add(s, (PageBreak){.from = at->from, .to = at->from, .notes = {at->notes, at->notes}, .floats = {at->floats, at->floats}, .blank = TRUE});
		gboolean last = is_end(p->stream, to);
		const Region *body = field_of(p, s->breaks->len, last);
		if (body->columns > 1)
			return FOUND_COLUMNS;
		if (!page_is_set(s, at->from, body) && change_measure(p, at->from, last))
			return FOUND_WIDTH;
		if (!p->whole && stream_item(s->stream, to)->parts && page_takes_long(s, &p->width)) {
			p->whole = TRUE;
			return FOUND_WIDTH;
		}
		PageStart next = {to, unpack_notes(point->state), unpack_floats(point->state)};
		gboolean ragged = stream_item(p->stream, to)->force != FORCE_NONE || last;
		PageBreak page = {.from = at->from, .to = to, .notes = {at->notes, next.notes}, .floats = {at->floats, next.floats}, .overfull = point->overfull, .ragged = ragged};
		page.late = page.overfull && take_late(p, &page, &next);
		page.notes.to = next.notes;
		page_add(s, page);
		*at = next;
		if (page.late && !last) {
			add_late(p, at);
			return FOUND_LATE;
		}
	}
	return FOUND_ALL;
}

static Found find_pages(Pager *p, PageStart *at)
{
	Sequence *s = p->sequence;
	p->stream = s->stream;
	p->notes = s->notes;
	p->floats = s->floats;
	p->pages = s->breaks->len;
	p->list = page_list_new(s->stream, at->from, stream_last(s->stream));
	p->more = page_list_more(p->list);
	BreakSettings settings = page_list_settings(field_of(p, p->pages, FALSE)->bpd);
	settings.adjust = weigh_page;
	settings.user = p;
	pack_state(settings.state, at->notes, at->floats, 0);
	if (note_list_length(s->floats) > 0)
		settings.first_least = 0; /* they may leave less room */
	g_autoptr(GArray) points = page_list_break(p->list, &settings);
	Found found = take_points(p, points, at);
	page_list_free(p->list);
	g_free(p->more);
	return found;
}

void page_break(Layout *l, Sequence *s)
{
	Pager p = {.layout = l, .sequence = s};
	PageStart at = {0};
	g_ptr_array_set_size(s->bodies, 0);
	g_array_set_size(s->breaks, 0);
	g_array_set_size(s->columns, 0);
	Found found = s->grid.count > 1 ? FOUND_COLUMNS : FOUND_WIDTH;
	while (found == FOUND_WIDTH || found == FOUND_LATE || found == FOUND_MORE)
		found = find_pages(&p, &at);
	if (found == FOUND_COLUMNS && s->stream->cut)
		page_see_further(l, s, at.from, TRUE);
	if (found == FOUND_COLUMNS)
		column_break(l, s, &at);
	else
		page_add_rest(l, s, at.notes, at.floats);
}
