/* The stream of a flow, its notes and floats. Where the flow comes to a page of another width it is set again: from the last place before that where
 * nothing is open, so that the time for it does not grow with what stands before. */
#include "layout/block.h"

#include "layout/float.h"
#include "layout/gap.h"

enum { MARK_EVERY = 10 }; /* boxes */

/* The stream as it was before an object of the flow. */
typedef struct {
	const FoNode *node;
	Stream stream;
	guint items;
	GArray *gap;
	FloatList floats;    /* all: a copy; NULL: there were none */
} FlowMark;

struct FlowMarks {
	GArray *all;         /* FlowMark, by place */
	const FoNode *from;  /* what stands before this object is there; NULL: it is all to be set */
};

static void clear_mark(gpointer mark)
{
	FlowMark *m = mark;
	g_clear_pointer(&m->gap, g_array_unref);
	g_clear_pointer(&m->floats.all, g_array_unref);
}

static FlowMark *mark_at(const FlowMarks *marks, guint i)
{
	return &g_array_index(marks->all, FlowMark, i);
}

static FlowMarks *marks_new(void)
{
	FlowMarks *marks = g_new0(FlowMarks, 1);
	marks->all = g_array_new(FALSE, FALSE, sizeof(FlowMark));
	g_array_set_clear_func(marks->all, clear_mark);
	return marks;
}

static void marks_free(FlowMarks *marks)
{
	g_array_unref(marks->all);
	g_free(marks);
}

void flow_drop(gpointer sequence)
{
	Sequence *s = sequence;
	g_clear_pointer(&s->notes, note_list_free);
	g_clear_pointer(&s->floats, note_list_free);
	g_clear_pointer(&s->marks, marks_free);
	g_clear_pointer(&s->stream, stream_free);
}

/* ---- marks ---- */

static void add_mark(FlowMarks *marks, const Stream *s, const FoNode *n)
{
	if (s->top || (marks->all->len > 0 && s->boxes < mark_at(marks, marks->all->len - 1)->stream.boxes + MARK_EVERY))
		return;
	FlowMark m = {.node = n, .stream = *s, .items = s->items->len, .gap = g_array_copy(s->gap)};
	if (s->floats) {
		m.floats = *s->floats;
		m.floats.all = g_array_copy(s->floats->all);
	}
	g_array_append_val(marks->all, m);
}

static void take_array(GArray *to, const GArray *from)
{
	g_array_set_size(to, 0);
	g_array_append_vals(to, from->data, from->len);
}

/* The stream is what it was then. */
static void go_back(Stream *s, const FlowMark *m)
{
	FloatList *floats = s->floats;
	g_clear_pointer(&s->sums, g_array_unref);
	*s = m->stream;
	g_array_set_size(s->items, m->items);
	take_array(s->gap, m->gap);
	s->floats = floats;
	if (!floats)
		return;
	GArray *all = floats->all;
	*floats = m->floats;
	floats->all = all;
	if (m->floats.all)
		take_array(all, m->floats.all);
	else
		g_array_set_size(all, 0);
}

/* To the last mark before so many boxes; those before it are not gone back to any more. FALSE: there is none. */
static gboolean resume(FlowMarks *marks, Stream *s, guint boxes)
{
	guint count = 0;
	while (count < marks->all->len && mark_at(marks, count)->stream.boxes < boxes)
		count++;
	g_array_set_size(marks->all, count);
	if (count == 0)
		return FALSE;
	g_array_remove_range(marks->all, 0, count - 1);
	go_back(s, mark_at(marks, 0));
	marks->from = mark_at(marks, 0)->node;
	return TRUE;
}

/* ---- setting it ---- */

typedef struct {
	Sequence *sequence;
	Stream *stream;
} Filling;

/* FALSE: it is there. */
static gboolean begins(const Filling *f, const FoNode *n)
{
	FlowMarks *marks = f->sequence->marks;
	if (marks->from == n)
		marks->from = NULL;
	if (marks->from)
		return FALSE;
	f->stream->layout->refilled = 0;
	if (f->sequence->changes->len > 0)
		add_mark(marks, f->stream, n);
	return TRUE;
}

static void fill_node(gpointer user, const FoNode *n)
{
	Filling *f = user;
	if (begins(f, n))
		block_add_node(f->stream, n);
}

static void fill_run(gpointer user, const FoNode *block, const FoNode *first, const FoNode *end)
{
	Filling *f = user;
	if (begins(f, first))
		block_add_run(f->stream, block, first, end);
}

static void fill(Sequence *s, const Region *body)
{
	static const BlockVisitor filler = {fill_node, fill_run};
	Stream *stream = s->stream;
	stream->horizon = s->horizon;
	stream->cut = FALSE;
	block_visit(s->flow, &filler, &(Filling){s, stream});
	stream_finish(stream);
	stream->ipd = body->column_ipd;
}

static void begin(Layout *l, Sequence *s, const Region *body)
{
	flow_drop(s);
	s->marks = marks_new();
	s->stream = stream_new(l, body->column_ipd, body->bpd);
	s->stream->measure = (FlowMeasure){body->column_ipd, body->ipd, body->columns > 1};
	s->stream->columns = body->columns > 1;
	if (s->changes->len > 0)
		stream_set_changes(s->stream, s->changes);
}

static void collect_notes(Layout *l, Sequence *s, int ipd)
{
	NoteListSettings floats = {.kind = FO_FLOAT, .ipd = ipd, .separator = page_separator(l, s, ipd, FO_FLOAT)};
	s->floats = note_list_new(l, s->stream, &floats);
	NoteListSettings notes = {.kind = FO_FOOTNOTE, .ipd = ipd, .separator = page_separator(l, s, ipd, FO_FOOTNOTE), .floats = s->floats};
	s->notes = note_list_new(l, s->stream, &notes);
}

void flow_set(Layout *l, Sequence *s, guint boxes)
{
	const Region *body = &s->master->regions[REGION_BODY];
	gboolean resumed = s->marks && resume(s->marks, s->stream, boxes);
	if (!resumed)
		begin(l, s, body);
	guint there = s->stream->items->len;
	l->flow = s->stream;
	fill(s, body);
	if (!resumed) {
		collect_notes(l, s, body->ipd);
		return;
	}
	note_list_update(s->floats, l, s->stream, there);
	note_list_update(s->notes, l, s->stream, there);
}
