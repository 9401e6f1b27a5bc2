/* Footnotes and before-floats: collected from the lines that hold their marks, through tables and lists, and measured. */
#include "layout/note.h"

#include "layout/block.h"
#include "layout/float.h"
#include "layout/grid.h"

#include "layout/break.h"

struct NoteList {
	GPtrArray *streams; /* Stream, of the run */
	GPtrArray *nodes;   /* fo:footnote, fo:float */
	GArray *sums;       /* int: height of all notes before, each with what it takes when it is not the first */
	guint *before;      /* by item of the flow: notes whose mark stands before it */
	NoteListSettings settings;
	int separator;      /* its height */
};

/* ---- collecting ---- */

const FoNode *note_list_node(const NoteList *n, guint note)
{
	return g_ptr_array_index(n->nodes, note);
}

/* Of a footnote, through wrappers. */
static void add_bodies(Stream *s, const FoNode *parent)
{
	for (const FoNode *n = parent->first; n; n = n->next) {
		if (n->kind == FO_FOOTNOTE_BODY)
			block_content(s, n);
		else if (n->kind == FO_WRAPPER)
			add_bodies(s, n);
	}
}

static void add_note(NoteList *n, Layout *l, const FoNode *node, int ipd)
{
	Stream *s = layout_stream(l, ipd, FO_AUTO);
	if (node->kind == FO_FLOAT)
		block_content(s, node);
	else
		add_bodies(s, node);
	stream_finish(s);
	g_ptr_array_add(n->streams, s);
	g_ptr_array_add(n->nodes, (gpointer)node);
}

static void add_whole(GPtrArray *found, Stream *s);

static void add_marks(GPtrArray *found, Stream *s, guint from, guint to)
{
	for (guint i = from; i < to; i++) {
		const Item *item = stream_item(s, i);
		if (item->kind == ITEM_ANCHOR && item->absolute)
			add_whole(found, item->absolute->stream);
		if (item->kind == ITEM_ANCHOR && item->aside)
			add_whole(found, item->aside->stream);
		if (item->kind == ITEM_ANCHOR && item->note)
			g_ptr_array_add(found, (gpointer)item->note);
		if (item->kind != ITEM_BOX)
			continue;
		if (item->box == BOX_CONTAINER)
			add_whole(found, item->u.container->stream);
		else if (item->box == BOX_GRID)
			grid_each(item->u.grid, item->part, (GridVisitor)add_marks, found);
		else if (item->box == BOX_RUNNING)
			running_each(item->u.running, (int)item->part, (RunningVisitor)add_marks, found);
		else if (item->box == BOX_LINE && item->u.line->notes)
			for (guint k = 0; k < item->u.line->notes->len; k++)
				g_ptr_array_add(found, g_ptr_array_index(item->u.line->notes, k));
	}
}

static void add_whole(GPtrArray *found, Stream *s)
{
	add_marks(found, s, 0, stream_last(s));
}

static void add_notes(NoteList *n, Layout *l, const GPtrArray *marks, int ipd)
{
	for (guint k = 0; k < marks->len; k++) {
		const FoNode *node = g_ptr_array_index(marks, k);
		if (node->kind == n->settings.kind && float_place(node) != FLOAT_SIDE)
			add_note(n, l, node, ipd);
	}
}

/* The marks at an item of the flow, and those in the floats that are anchored there. */
static void find_marks(const NoteList *n, GPtrArray *found, Stream *flow, guint item)
{
	const NoteList *floats = n->settings.floats;
	g_ptr_array_set_size(found, 0);
	add_marks(found, flow, item, item + 1);
	for (guint k = floats ? floats->before[item] : 0; floats && k < floats->before[item + 1]; k++)
		add_whole(found, note_list_stream(floats, k));
}

static int whole_height(Stream *s, gboolean joined)
{
	int lead = 0;
	const Item *start = stream_item(s, 0);
	if (joined)
		lead = -start->after;
	return (int)stream_height(s, 0, stream_last(s)) + lead;
}

NoteList *note_list_new(Layout *l, Stream *flow, const NoteListSettings *settings)
{
	NoteList *n = g_new0(NoteList, 1);
	n->streams = g_ptr_array_new();
	n->nodes = g_ptr_array_new();
	n->sums = g_array_new(FALSE, TRUE, sizeof(int));
	n->settings = *settings;
	n->separator = settings->separator ? (int)stream_height(settings->separator, 0, stream_last(settings->separator)) : 0;
	n->before = g_new0(guint, 1);
	int none = 0;
	g_array_append_val(n->sums, none);
	note_list_update(n, l, flow, 0);
	return n;
}

/* The break that the page of what stands at an item may begin with: what stands before it is set to the page before. */
static guint break_before(const Stream *flow, guint item)
{
	while (item > 0 && stream_item(flow, item)->kind != ITEM_BREAK)
		item--;
	return item;
}

void note_list_update(NoteList *n, Layout *l, Stream *flow, guint from)
{
	guint kept = n->before[from];
	g_ptr_array_set_size(n->streams, (int)kept);
	g_ptr_array_set_size(n->nodes, (int)kept);
	g_array_set_size(n->sums, kept + 1);
	n->before = g_renew(guint, n->before, flow->items->len + 1);
	g_autoptr(GPtrArray) marks = g_ptr_array_new();
	for (guint i = from, since = break_before(flow, from); i < flow->items->len; i++) {
		since = stream_item(flow, i)->kind == ITEM_BREAK ? i : since;
		n->before[i] = n->streams->len;
		find_marks(n, marks, flow, i);
		if (marks->len > 0)
			add_notes(n, l, marks, stream_span_at(flow, since, n->settings.ipd));
	}
	n->before[flow->items->len] = n->streams->len;
	for (guint i = kept; i < n->streams->len; i++) {
		int sum = g_array_index(n->sums, int, i) + whole_height(g_ptr_array_index(n->streams, i), TRUE);
		g_array_append_val(n->sums, sum);
	}
}

void note_list_free(NoteList *n)
{
	if (!n)
		return;
	g_ptr_array_unref(n->streams);
	g_ptr_array_unref(n->nodes);
	g_array_unref(n->sums);
	g_free(n->before);
	g_free(n);
}

guint note_list_length(const NoteList *n)
{
	return n->streams->len;
}

Stream *note_list_stream(const NoteList *n, guint note)
{
	return g_ptr_array_index(n->streams, note);
}

Stream *note_list_separator(const NoteList *n)
{
	return n->settings.separator;
}

guint note_list_before(const NoteList *n, guint item)
{
	return n->before[item];
}

/* ---- measuring ---- */

static int sum_at(const NoteList *n, guint note)
{
	return g_array_index(n->sums, int, note);
}

/* Height of the notes from start up to note end, not included. */
static int height_between(const NoteList *n, NotePoint start, guint end)
{
	if (start.note >= end)
		return 0;
	Stream *first = note_list_stream(n, start.note);
	return (int)stream_height(first, start.item, stream_last(first)) + sum_at(n, end) - sum_at(n, start.note + 1);
}

/* How far into a note room goes: a break after at least one box; one that parts what is kept together only when there is no other. 0: none. */
static guint furthest_break(Stream *s, guint from, gboolean joined, int room)
{
	guint good = 0, any = 0;
	int lead = from == 0 && joined ? -stream_item(s, 0)->after : 0;
	for (guint i = from + 1; i < stream_last(s); i++) {
		const Item *item = stream_item(s, i);
		if (item->kind != ITEM_BREAK || item->cost >= BREAK_NEVER)
			continue;
		if (stream_height(s, from, i) + lead > room)
			break;
		any = i;
		if (item->cost < COST_WIDOW)
			good = i;
	}
	return good ? good : any;
}

/* The first break at all, for a note of which not even a line fits. */
static guint first_break(Stream *s, guint from)
{
	guint i = from + 1;
	while (i < stream_last(s) && (stream_item(s, i)->kind != ITEM_BREAK || stream_item(s, i)->cost >= BREAK_NEVER))
		i++;
	return i;
}

static void end_in_note(NoteFit *fit, Stream *s, guint note, guint at)
{
	fit->end = at == stream_last(s) ? (NotePoint){note + 1, 0} : (NotePoint){note, at};
	fit->split = at != stream_last(s);
	fit->cost = MAX(stream_item(s, at)->cost, 0);
}

NoteFit note_list_fit(const NoteList *n, NotePoint start, guint to, int room)
{
	guint end = n->before[to];
	if (end == start.note && start.item == 0)
		return (NoteFit){.end = start, .possible = TRUE};
	NoteFit fit = {.end = {end, 0}, .possible = TRUE};
	if (end < start.note)
		fit.end = start;
	if (end <= start.note)
		return fit;
	int all = height_between(n, start, end);
	fit.height = n->separator + all;
	if (fit.height <= room)
		return fit;
	Stream *last = note_list_stream(n, end - 1);
	int before = end - 1 > start.note ? height_between(n, start, end - 1) : 0;
	guint from = end - 1 > start.note ? 0 : start.item;
	guint at = furthest_break(last, from, end - 1 > start.note, room - n->separator - before);
	if (at == 0) {
		fit.possible = FALSE;
		return fit;
	}
	int lead = end - 1 > start.note ? -stream_item(last, 0)->after : 0;
	end_in_note(&fit, last, end - 1, at);
	fit.height = n->separator + before + (int)stream_height(last, from, at) + lead;
	return fit;
}

NoteFit note_list_fill(const NoteList *n, NotePoint start, int room)
{
	guint end = start.note;
	while (end < n->streams->len && n->separator + height_between(n, start, end + 1) <= room)
		end++;
	NoteFit fit = {.end = {end, 0}, .possible = TRUE, .height = n->separator + height_between(n, start, end)};
	if (end == n->streams->len)
		return fit;
	Stream *s = note_list_stream(n, end);
	gboolean joined = end > start.note;
	guint from = joined ? 0 : start.item;
	guint at = furthest_break(s, from, joined, room - n->separator - (joined ? height_between(n, start, end) : 0));
	if (at == 0 && joined)
		return fit;
	fit.possible = at != 0;
	end_in_note(&fit, s, end, at ? at : first_break(s, from));
	return fit;
}

NoteFit note_list_fit_whole(const NoteList *n, NotePoint start, guint limit, int room)
{
	guint fits = start.note, beyond = MAX(limit, fits) + 1;
	while (beyond - fits > 1) {
		guint tried = fits + (beyond - fits) / 2;
		*(n->separator + height_between(n, start, tried) <= room ? &fits : &beyond) = tried;
	}
	NoteFit fit = {.end = start, .possible = TRUE};
	if (fits > start.note)
		fit = (NoteFit){.end = {fits, 0}, .possible = TRUE, .height = n->separator + height_between(n, start, fits)};
	return fit;
}

/* ---- what stands on a page ---- */

void note_list_each(const NoteList *n, const NoteRange *range, NoteVisitor visit, gpointer user)
{
	NotePoint at = range->from;
	for (gboolean joined = FALSE; at.note < range->to.note; joined = TRUE) {
		visit(user, at.note, &(Stretch){.from = at.item, .to = stream_last(note_list_stream(n, at.note)), .joined = joined});
		at = (NotePoint){at.note + 1, 0};
	}
	if (range->to.item > at.item && at.note == range->to.note)
		visit(user, at.note, &(Stretch){.from = at.item, .to = range->to.item, .joined = at.note > range->from.note});
}

typedef struct {
	const NoteList *list;
	int height;
	gboolean holds;   /* anything */
} Measured;

static void measure_note(gpointer user, guint note, const Stretch *stretch)
{
	Measured *m = user;
	Stream *s = note_list_stream(m->list, note);
	int lead = stretch->joined && stretch->from == 0 ? -stream_item(s, 0)->after : 0;
	m->height += (int)stream_height(s, stretch->from, stretch->to) + lead;
	for (guint i = stretch->from; i < stretch->to && !m->holds; i++)
		m->holds = stream_item(s, i)->kind == ITEM_BOX;
}

static Measured measure(const NoteList *n, const NoteRange *range)
{
	Measured m = {.list = n};
	note_list_each(n, range, measure_note, &m);
	m.holds |= m.height > 0;
	if (m.holds)
		m.height += n->separator;
	return m;
}

int note_list_height(const NoteList *n, const NoteRange *range)
{
	return MAX(measure(n, range).height, 0);
}

gboolean note_list_holds(const NoteList *n, const NoteRange *range, int *lead)
{
	Measured m = measure(n, range);
	*lead = MAX(-m.height, 0);
	return m.holds;
}
