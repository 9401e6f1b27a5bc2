/* Pages as they were decided, with their areas: the text, the notes below it. */
#include "layout/block.h"

static PageRecord *add_page(Layout *l, Sequence *s, gboolean blank, gboolean last)
{
	PageRecord *r = layout_alloc(l, sizeof *r);
	guint index = l->pages->len - s->first_page;
	PageSituation at = {.index = index, .number = s->first_number + (int)index, .last = last, .blank = blank};
	r->sequence = s;
	r->number = l->pages->len;
	r->master = page_master_choose(l->masters, s->node, &at);
	AreaPage *p = r->page = area_alloc(l->c.areas, sizeof *p);
	p->width = r->master->width;
	p->height = r->master->height;
	p->number = at.number;
	p->label = page_label(l, s->node, at.number);
	p->blank = blank;
	p->master = r->master->name;
	p->sequence = s->index;
	g_ptr_array_add(l->pages, r);
	return r;
}

/* ---- notes ---- */

static int note_height(const NoteList *n, guint note, guint from, guint to, gboolean joined)
{
	Stream *s = note_list_stream(n, note);
	int lead = joined && from == 0 ? -stream_item(s, 0)->after : 0;
	return (int)stream_height(s, from, to) + lead;
}

typedef void (*NoteVisitor)(gpointer user, guint note, guint from, guint to, gboolean joined);

static void each_note(const NoteList *n, const PageBreak *b, NoteVisitor visit, gpointer user)
{
	NotePoint at = b->notes_from;
	for (gboolean joined = FALSE; at.note < b->notes_to.note; joined = TRUE) {
		visit(user, at.note, at.item, stream_last(note_list_stream(n, at.note)), joined);
		at = (NotePoint){at.note + 1, 0};
	}
	if (b->notes_to.item > at.item && at.note == b->notes_to.note)
		visit(user, at.note, at.item, b->notes_to.item, at.note > b->notes_from.note);
}

typedef struct {
	Placer *placer;
	Sequence *sequence;
	Area *area;
	int height, y;
} Notes;

static void measure_note(gpointer user, guint note, guint from, guint to, gboolean joined)
{
	Notes *n = user;
	n->height += note_height(n->sequence->notes, note, from, to, joined);
}

static void place_note(gpointer user, guint note, guint from, guint to, gboolean joined)
{
	Notes *n = user;
	Stretch stretch = {.from = from, .to = to, .joined = joined};
	n->y += stream_place(n->placer, note_list_stream(n->sequence->notes, note), &stretch, n->area, n->area->x, n->y);
}

static int separator_height(const Sequence *s)
{
	return s->separator ? (int)stream_height(s->separator, 0, stream_last(s->separator)) : 0;
}

static int notes_height(Sequence *s, const PageBreak *b)
{
	Notes n = {.sequence = s};
	each_note(s->notes, b, measure_note, &n);
	return n.height > 0 ? n.height + separator_height(s) : 0;
}

static void place_notes(Placer *p, Sequence *s, const PageBreak *b, int height)
{
	const PageField *body = &p->page->body;
	Area *a = area_new(p->layout->c.areas, AREA_BLOCK, "footnotes");
	a->x = body->x;
	a->y = body->y + MAX(body->bpd - height, 0);
	a->ipd = body->ipd;
	a->bpd = height;
	area_append(body->area, a);
	Notes n = {.placer = p, .sequence = s, .area = a, .y = a->y};
	if (s->separator) {
		Placer again = {.layout = p->layout, .page = p->page, .copy = TRUE, .quiet = TRUE};
		Stretch whole = {.from = 0, .to = stream_last(s->separator)};
		n.y += stream_place(&again, s->separator, &whole, a, a->x, a->y);
	}
	each_note(s->notes, b, place_note, &n);
}

/* ---- text ---- */

int page_extra(const Sequence *s, guint from, guint to, int room, gboolean ragged)
{
	gint64 stretch, shrink, height = stream_height(s->stream, from, to);
	stream_room(s->stream, from, to, &stretch, &shrink);
	gint64 free_height = room - height;
	if (free_height < 0)
		return (int)-MIN(-free_height, shrink);
	return !ragged && free_height <= stretch ? (int)free_height : 0;
}

static int aligned(const FoNode *region, int free_height)
{
	FoKeyword align = fo_keyword(region, FO_P_DISPLAY_ALIGN);
	if (free_height <= 0)
		return 0;
	return align == FO_K_AFTER ? free_height : align == FO_K_CENTER ? free_height / 2 : 0;
}

static void fill_page(Layout *l, Sequence *s, const PageBreak *b, gboolean last)
{
	PageRecord *r = add_page(l, s, b->blank, last);
	const PageField *body = &r->body;
	r->region = page_region_area(l, &r->master->regions[REGION_BODY], &r->body);
	Placer p = {.layout = l, .page = r};
	page_note_point(&p, s->node, 0, 0);
	page_note_point(&p, s->flow, 0, 0);
	int measure = r->master->regions[REGION_BODY].column_ipd;
	if (measure != s->stream->ipd && !b->blank && b->to > b->from && g_hash_table_add(l->reported, (gpointer)s->node))
		diagnose(l->c.d, MSG_LAYOUT_WIDTHS, &s->node->at);
	int notes = notes_height(s, b), room = body->bpd - notes;
	const FoNode *region = r->master->regions[REGION_BODY].node;
	if (b->columns_to > b->columns_from) {
		column_fill(&p, s, b, aligned(region, room - column_height(s, b)));
	} else if (b->to > b->from) {
		Stretch stretch = {.from = b->from, .to = b->to, .extra = page_extra(s, b->from, b->to, room, b->ragged)};
		gint64 height = stream_height(s->stream, b->from, b->to) + stretch.extra;
		int shift = aligned(region, room - (int)height);
		stream_place(&p, s->stream, &stretch, body->area, body->x, body->y + shift);
	}
	if (notes > 0)
		place_notes(&p, s, b, notes);
}

/* ---- how many pages ---- */

static gboolean needs_last_blank(const Layout *l, const Sequence *s, guint count)
{
	int last_number = s->first_number + (int)count - 1;
	FoKeyword force = fo_keyword(s->node, FO_P_FORCE_PAGE_COUNT);
	if (force == FO_K_EVEN || force == FO_K_ODD)
		return (count % 2 != 0) == (force == FO_K_EVEN);
	if (force == FO_K_END_ON_EVEN || force == FO_K_END_ON_ODD)
		return (last_number % 2 != 0) == (force == FO_K_END_ON_EVEN);
	if (force == FO_K_NO_FORCE || s->index + 1 >= l->sequences->len)
		return FALSE;
	const Sequence *next = g_ptr_array_index(l->sequences, s->index + 1);
	const FoNode *n = next->node;
	FoKeyword initial = fo_keyword(n, FO_P_INITIAL_PAGE_NUMBER);
	if (initial == FO_K_AUTO_ODD || initial == FO_K_AUTO_EVEN)
		return (last_number % 2 != 0) == (initial == FO_K_AUTO_ODD);
	int number = fo_integer(n, FO_P_INITIAL_PAGE_NUMBER);
	return number > 0 && (last_number % 2 != 0) == (number % 2 != 0);
}

void page_fill(Layout *l, Sequence *s)
{
	guint count = s->breaks->len;
	gboolean blank = needs_last_blank(l, s, count);
	for (guint i = 0; i < count; i++)
		fill_page(l, s, &g_array_index(s->breaks, PageBreak, i), !blank && i + 1 == count);
	if (blank)
		fill_page(l, s, &(PageBreak){.blank = TRUE}, TRUE);
}

/* ---- what did not fit ---- */

/* The first thing on a page that does not fit on it. */
static const FoNode *find_overfull(const Sequence *s, guint from, guint to, int room)
{
	gint64 height = stream_item(s->stream, from)->after;
	const FoNode *last = s->flow;
	for (guint i = from + 1; i < to; i++) {
		const Item *item = stream_item(s->stream, i);
		height += item->size.minimum;
		if (item->where)
			last = item->where;
		if (height > room && item->kind == ITEM_BOX)
			break;
	}
	return last;
}

static void report_stretch(Layout *l, const Sequence *s, guint from, guint to, int room)
{
	gint64 height = stream_height(s->stream, from, to) + page_extra(s, from, to, room, FALSE);
	if (height > room + 10)
		layout_report_overfull(l, find_overfull(s, from, to, room), (int)height - room);
}

static void report_late(Layout *l, const FoNode *note)
{
	if (g_hash_table_add(l->reported, (gpointer)note))
		diagnose(l->c.d, MSG_LAYOUT_NOTE_LATE, &note->at);
}

void page_report_overfull(Layout *l, Sequence *s)
{
	for (guint i = 0; i < s->breaks->len; i++) {
		const PageBreak *b = &g_array_index(s->breaks, PageBreak, i);
		const PageRecord *r = g_ptr_array_index(l->pages, s->first_page + i);
		int room = r->body.bpd - notes_height(s, b);
		if (b->to <= b->from) {
			if (room < -10)
				layout_report_overfull(l, note_list_node(s->notes, b->notes_from.note), -room);
			continue;
		}
		if (b->late)
			report_late(l, note_list_node(s->notes, b->notes_to.note));
		if (b->columns_to == b->columns_from)
			report_stretch(l, s, b->from, b->to, room);
		for (guint k = b->columns_from; k < b->columns_to; k++) {
			const ColumnBreak *c = &g_array_index(s->columns, ColumnBreak, k);
			report_stretch(l, s, c->from, c->to, c->room);
		}
	}
}
