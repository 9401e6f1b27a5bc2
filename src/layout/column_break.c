/* Where columns end, on pages that have several: page by page. A page is filled with spans from the top down, each of one or more columns; the
 * columns of a span are broken by total fit, with a look ahead at the page that follows. Notes stand below all columns: what they take is
 * found by setting the page again until it leaves room for those that it calls. */
#include "layout/page.h"

#include <string.h>

enum {
	DEMERITS_HYPHEN = 400, /* a word is divided at the foot of a column */
	MOST_NOTES = 70,       /* per cent of a page that notes take before the last one is split */
	STEPS = 30,            /* of a page, by which its text is shortened until the notes of all its marks begin on it */
	AHEAD = 1,             /* pages looked ahead */
	EXACT = 100,           /* balancing: columns are at most this much higher than they need be */
};

/* What is known of a page where the last one of the sequence has a width of its own: nothing, that it is the last, or not. */
typedef enum { PAGE_ANY, PAGE_OPEN, PAGE_LAST, PAGE_NOT_LAST } PageKind;

typedef struct {
	Layout *layout;
	Sequence *sequence;
	Stream *stream;
	GArray *columns;     /* ColumnBreak, of the page at hand */
	WidthTries width;
	PageKind kind;
	guint count;         /* columns of the page */
	int floats;          /* height of the floats at the top of the page */
	int height;          /* of the page's body, below them */
	int room;            /* of it, without what is kept for notes */
	gboolean late;       /* not all its notes begin on it */
} Columns;

/* One run of a flow, up to where something else begins, in the columns of one page. */
typedef struct {
	const PageList *list;
	guint count;
	int room, following; /* height of these columns, and of those on the pages that follow */
	guint end;           /* where the run ends; the list may end before it */
	const gint64 *left;  /* while it is balanced: the least height of what follows an item of the list; NULL: not known */
} Run;

/* What is found for it. */
typedef struct {
	GArray *points;      /* BreakPoint; those beyond the page's columns are only what was looked ahead at */
	int dearest;         /* penalty among the breaks taken */
	gboolean overfull;
	gboolean whole;      /* the run ends on this page */
} Found;

static void found_clear(Found *f)
{
	g_clear_pointer(&f->points, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Found, found_clear)

/* ---- one run ---- */

/* What follows does not fit into the columns that are left: of many breaks only few are then worth a look. */
static gboolean leaves_too_much(const Run *r, const BreakNode *from, gssize to)
{
	return r->left && from->line < r->count && r->left[to] > (gint64)(r->count - from->line - 1) * r->room;
}

static gboolean weigh_column(void *user, const BreakNode *from, gssize to, int alternative, BreakSpan *span)
{
	const Run *r = user;
	(void)alternative;
	span->measure = from->line < r->count ? r->room : r->following;
	span->badness = span->forced ? 0 : page_emptiness(span);
	if (stream_item(r->list->stream, page_list_number(r->list, to))->hyphen)
		span->demerits += DEMERITS_HYPHEN;
	return !leaves_too_much(r, from, to);
}

static Found find_columns(Run *r)
{
	BreakSettings settings = page_list_settings(MAX(r->room, 1));
	settings.adjust = weigh_column;
	settings.user = r;
	Found f = {.points = page_list_break(r->list, &settings)};
	for (guint i = 0; i < MIN(f.points->len, r->count); i++) {
		const BreakPoint *p = &g_array_index(f.points, BreakPoint, i);
		guint number = page_list_number(r->list, p->position);
		f.overfull |= p->overfull;
		if (number != r->end)
			f.dearest = MAX(f.dearest, stream_item(r->list->stream, number)->cost);
		f.whole |= number == r->end;
	}
	return f;
}

/* A run that ends before something that spans all columns: they become as low as they can without breaking worse than in full height. */
static Found balance(Run *r, Found full)
{
	g_autofree gint64 *left = page_list_left(r->list);
	gint64 least = stream_height(r->list->stream, r->list->from, r->end) / (gint64)r->count;
	int low = (int)CLAMP(least - EXACT, 0, r->room), high = r->room;
	r->left = left;
	while (high - low > EXACT) {
		r->room = low + (high - low) / 2;
		g_auto(Found) tried = find_columns(r);
		gboolean good = tried.whole && !tried.overfull && tried.dearest <= full.dearest;
		*(good ? &high : &low) = r->room;
	}
	r->room = high;
	found_clear(&full);
	return find_columns(r);
}

/* The break up to which the page at hand and those that are looked ahead at can reach, and the end of the run. */
static guint find_window(const Columns *c, guint from, guint count, guint *end)
{
	Stream *s = c->stream;
	guint last = stream_last(s), forced = 0;
	gint64 most = (gint64)count * c->room + (gint64)AHEAD * c->count * c->height;
	guint i = from + 1;
	for (; i < last && stream_item(s, i)->force < FORCE_SPAN; i++) {
		const Item *item = stream_item(s, i);
		if (item->kind != ITEM_BREAK || item->cost >= BREAK_NEVER)
			continue;
		forced += item->force != FORCE_NONE;
		gint64 height = stream_height(s, from, i);
		if (height > 2 * most || (item->cost < COST_KEEP && height > most) || forced > count + AHEAD * c->count) {
			*end = G_MAXUINT;
			return i;
		}
	}
	*end = i;
	return i;
}

static int column_extent(const Stream *s, const ColumnBreak *b)
{
	return (int)MIN(stream_height(s, b->from, b->to), G_MAXINT / 4);
}

/* ---- one page ---- */

static int add_columns(Columns *c, const Run *r, const Found *f, int top)
{
	guint from = r->list->from, taken = MIN(f->points->len, r->count);
	int height = 0;
	for (guint i = 0; i < taken; i++) {
		const BreakPoint *p = &g_array_index(f->points, BreakPoint, i);
		guint to = page_list_number(r->list, p->position);
		ColumnBreak b = {.from = from, .to = to, .index = i, .count = r->count, .top = top, .room = r->room, .overfull = p->overfull};
		b.ragged = to == r->end || stream_item(c->stream, to)->force != FORCE_NONE;
		g_array_append_val(c->columns, b);
		height = MAX(height, MIN(column_extent(c->stream, &b), r->room));
		from = to;
	}
	return height;
}

/* Sets the run that begins at a break below top, up to limit (a break; G_MAXUINT: as far as it goes). FALSE: there is no room for it on this page. */
static gboolean add_run(Columns *c, guint from, guint limit, int *top)
{
	Run r = {.count = stream_item(c->stream, from)->spans ? 1 : c->count, .room = c->room - *top, .following = c->height};
	guint window = find_window(c, from, r.count, &r.end);
	if (limit < window)
		window = r.end = limit;
	g_autoptr(PageList) list = page_list_new(c->stream, from, window);
	r.list = list;
	if (*top > 0 && r.room <= 0)
		return FALSE;
	g_auto(Found) f = find_columns(&r);
	const BreakPoint *first = &g_array_index(f.points, BreakPoint, 0);
	const Item *end = stream_item(c->stream, page_list_number(list, first->position));
	if (*top > 0 && (f.overfull || (end->force == FORCE_NONE && end->cost >= COST_KEEP)))
		return FALSE;
	if (f.whole && r.count > 1 && stream_item(c->stream, r.end)->force == FORCE_SPAN && !f.overfull) {
		Found full = f;
		memset(&f, 0, sizeof f);
		f = balance(&r, full);
	}
	*top += add_columns(c, &r, &f, *top);
	return TRUE;
}

static const ColumnBreak *last_column(const Columns *c)
{
	return &g_array_index(c->columns, ColumnBreak, c->columns->len - 1);
}

/* The last break within a run where it may end without parting what is kept together; from: there is none. */
static guint last_free_break(const Stream *s, guint from, guint to)
{
	for (guint i = to - 1; i > from; i--)
		if (stream_item(s, i)->kind == ITEM_BREAK && stream_item(s, i)->cost < COST_KEEP)
			return i;
	return from;
}

/* What is kept with the next span does not stay alone on the page: the last run ends earlier, or goes along whole. */
static void drop_kept(Columns *c, guint from)
{
	int top = last_column(c)->top;
	guint to = last_column(c)->to, run = to;
	if (!stream_item(c->stream, to)->kept)
		return;
	while (c->columns->len > 0 && last_column(c)->top == top && run != from) {
		run = last_column(c)->from;
		g_array_set_size(c->columns, c->columns->len - 1);
	}
	guint limit = last_free_break(c->stream, run, to);
	if (limit > run)
		add_run(c, run, limit, &top);
	else if (c->columns->len == 0)
		add_run(c, run, G_MAXUINT, &top);
}

/* Sets a page from a break on; returns where it ends. */
static guint set_page(Columns *c, guint from)
{
	guint at = from, last = stream_last(c->stream);
	int top = 0;
	g_array_set_size(c->columns, 0);
	do {
		if (!add_run(c, at, G_MAXUINT, &top)) {
			drop_kept(c, from);
			break;
		}
		at = last_column(c)->to;
	} while (at != last && stream_item(c->stream, at)->force == FORCE_SPAN);
	return last_column(c)->to;
}

static int used_height(const Columns *c)
{
	int height = 0;
	for (guint i = 0; i < c->columns->len; i++) {
		const ColumnBreak *b = &g_array_index(c->columns, ColumnBreak, i);
		int extent = column_extent(c->stream, b);
		height = MAX(height, b->top + (b->overfull ? extent : MIN(extent, b->room)));
	}
	return height;
}

/* No column is stretched over the notes. */
static void leave_room(Columns *c, int notes)
{
	for (guint i = 0; i < c->columns->len; i++) {
		ColumnBreak *b = &g_array_index(c->columns, ColumnBreak, i);
		b->room = MIN(b->room, MAX(c->height - notes - b->top, 0));
	}
}

/* How much to keep for the notes at the next try; 0: it will not become better. */
static int keep_more(const Columns *c, const NoteFit *fit, int kept, int whole)
{
	int most = (int)((gint64)c->height * MOST_NOTES / 100);
	if (kept < most)
		return fit->possible && !fit->split ? 0 : whole > kept && whole < most ? whole : most;
	int more = kept + MAX(c->height / STEPS, 1);
	return fit->possible || more >= c->height ? 0 : more;
}

/* Sets a page with the notes that it calls, which begin at start. */
static guint set_page_with_notes(Columns *c, guint from, NotePoint start, NotePoint *end)
{
	const NoteList *notes = c->sequence->notes;
	for (int kept = 0, good = -1;;) { /* good: the most that was kept without forcing a column */
		c->room = c->height - kept;
		guint to = set_page(c, from);
		gboolean forced = g_array_index(c->columns, ColumnBreak, 0).overfull;
		if (forced && good >= 0) {
			c->room = c->height - good;
			to = set_page(c, from);
		}
		int left = c->height - used_height(c);
		NoteFit fit = note_list_fit(notes, start, to, left);
		int more = forced ? 0 : keep_more(c, &fit, kept, note_list_fit(notes, start, to, G_MAXINT / 4).height);
		if (more > 0) {
			good = kept;
			kept = more;
			continue;
		}
		c->late = !fit.possible;
		if (!fit.possible)
			fit = note_list_fill(notes, start, left);
		*end = fit.possible ? fit.end : start;
		leave_room(c, fit.possible ? fit.height : 0);
		return to;
	}
}

/* ---- all pages ---- */

/* less: how much of its height is left empty. */
static guint try_page(Columns *c, guint from, gboolean last, int less, NotePoint start, NotePoint *end)
{
	const Region *body = page_body(c->layout, c->sequence, c->sequence->breaks->len, last);
	c->count = c->sequence->grid.count;
	c->height = body->bpd - c->floats - less;
	return set_page_with_notes(c, from, start, end);
}

/* A page from a break on. Where the last page has a master of its own, it may take less, and is then not the last: something is left for one that is. */
static guint find_page(Columns *c, guint from, NotePoint start, NotePoint *end)
{
	guint last = stream_last(c->stream), to = try_page(c, from, c->kind == PAGE_LAST, 0, start, end);
	if (to != last || c->kind == PAGE_OPEN || c->kind == PAGE_LAST || (c->kind == PAGE_ANY && try_page(c, from, TRUE, 0, start, end) == last))
		return to;
	int height = page_body(c->layout, c->sequence, c->sequence->breaks->len, FALSE)->bpd - c->floats, step = MAX(height / STEPS, 1);
	for (int less = 0; to == last && less < height; less += step)
		to = try_page(c, from, FALSE, less, start, end);
	return to;
}

static void add_page(Columns *c, PageBreak page)
{
	GArray *all = c->sequence->columns;
	page.columns_from = all->len;
	g_array_append_vals(all, c->columns->data, c->columns->len);
	page.columns_to = all->len;
	page_add(c->sequence, page);
}

/* The page with these floats at its top; FALSE: not all of their anchors stand on it then, or nothing else fits on it. */
static gboolean try_floats(Columns *c, const NoteFit *fit, PageBreak *page)
{
	c->floats = fit->height;
	page->floats.to = fit->end;
	page->to = find_page(c, page->from, page->notes.from, &page->notes.to);
	return note_list_before(c->sequence->floats, page->to) >= fit->end.note && !g_array_index(c->columns, ColumnBreak, 0).overfull;
}

/* Decides a page: with the floats that are due, and of those that are anchored on it as many as leave their anchors there. */
static void decide_page(Columns *c, PageBreak *page)
{
	const NoteList *floats = c->sequence->floats;
	NotePoint start = page->floats.from;
	int height = page_body(c->layout, c->sequence, c->sequence->breaks->len, FALSE)->bpd;
	guint due = note_list_before(floats, page->from);
	NoteFit first = note_list_fit_whole(floats, start, due, height);
	try_floats(c, &first, page);
	if (first.end.note < due || note_list_before(floats, page->to) == due)
		return;
	NoteFit fit = note_list_fit_whole(floats, start, note_list_before(floats, page->to), height);
	while (fit.end.note > due) {
		if (try_floats(c, &fit, page))
			return;
		gboolean overfull = g_array_index(c->columns, ColumnBreak, 0).overfull;
		guint left = MIN(overfull ? G_MAXUINT : note_list_before(floats, page->to), fit.end.note - 1);
		fit = note_list_fit_whole(floats, start, MAX(left, due), height);
	}
	try_floats(c, &first, page);
}

/* ... of a kind, to whose width the text is set. */
static void decide_kind(Columns *c, PageBreak *page, PageKind kind)
{
	Sequence *s = c->sequence;
	const Region *body = page_body(c->layout, s, s->breaks->len, kind == PAGE_LAST);
	if (!page_is_set(s, page->from, body))
		page_set_width(c->layout, s, &c->width, page->from, body);
	c->stream = s->stream;
	c->kind = kind;
	decide_page(c, page);
}

/* Where a last page is of another width, it is the last when all fits on it; else something is left for one after it. */
static void decide_any(Columns *c, PageBreak *page)
{
	guint index = c->sequence->breaks->len;
	const PageBreak start = *page;
	const ColumnGrid open = page_grid(page_body(c->layout, c->sequence, index, FALSE)), last = page_grid(page_body(c->layout, c->sequence, index, TRUE));
	if (page_is_same_grid(&open, &last)) {
		decide_kind(c, page, PAGE_ANY);
		return;
	}
	static const PageKind kinds[] = {PAGE_OPEN, PAGE_LAST, PAGE_NOT_LAST};
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		*page = start;
		decide_kind(c, page, kinds[i]);
		if ((page->to == stream_last(c->stream)) == (kinds[i] == PAGE_LAST))
			return;
	}
}

void column_break(Layout *l, Sequence *s, const PageStart *start)
{
	Columns c = {.layout = l, .sequence = s, .width.far = TRUE, .columns = g_array_new(FALSE, TRUE, sizeof(ColumnBreak))};
	PageBreak page = {.from = start->from, .notes.from = start->notes, .floats.from = start->floats};
	while (page.from != stream_last(s->stream)) {
		page_float_add(l, s, &(FloatPages){.from = page.from, .page = s->breaks->len, .notes = page.notes.from}, &page.floats.from);
		if (page_needs_blank(s, page.from, s->breaks->len))
			page_add(s, (PageBreak){.from = page.from, .to = page.from, .notes = {page.notes.from, page.notes.from},
			                        .floats = {page.floats.from, page.floats.from}, .blank = TRUE});
		decide_any(&c, &page);
		page.late = c.late;
		add_page(&c, page);
		page = (PageBreak){.from = page.to, .notes.from = page.notes.to, .floats.from = page.floats.to};
	}
	page_add_rest(l, s, page.notes.from, page.floats.from);
	g_array_unref(c.columns);
}
