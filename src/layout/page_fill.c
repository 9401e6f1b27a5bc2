/* Pages as they were decided, with their areas: the floats, the text, the notes below it. */
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
	p->rtl = block_is_rtl(r->master->node);
	p->master = r->master->name;
	p->sequence = s->index;
	g_ptr_array_add(l->pages, r);
	return r;
}

/* ---- notes and floats ---- */

typedef struct {
	Placer *placer;
	const NoteList *list;
	Area *area;
	int y;
} Notes;

static void place_note(gpointer user, guint note, const Stretch *stretch)
{
	Notes *n = user;
	n->y += stream_place(n->placer, note_list_stream(n->list, note), stretch, n->area, n->area->x, n->y);
}

/* As wide as the page; where it would be higher or lower then, as wide as it was when notes were measured. */
static Stream *separator_here(Placer *p, const Sequence *s, FoKind kind)
{
	Stream *usual = note_list_separator(kind == FO_FLOAT ? s->floats : s->notes);
	const int ipd = p->page->body.ipd;

	if (!usual || usual->ipd == ipd)
		return usual;
	Stream *own = page_separator(p->layout, s, ipd, kind);
	if (stream_height(own, 0, stream_last(own)) == stream_height(usual, 0, stream_last(usual)))
		return own;
	stream_tell_width(p->layout, s->node);
	return usual;
}

/* Returns its height. */
static int place_separator(Placer *p, Stream *separator, Area *notes)
{
	if (!separator)
		return 0;
	Placer again = {.layout = p->layout, .page = p->page, .copy = TRUE, .quiet = TRUE};
	Stretch whole = {.from = 0, .to = stream_last(separator)};
	Area *a = area_new(p->layout->c.areas, AREA_BLOCK, "separator");
	a->x = notes->x;
	a->y = notes->y;
	a->ipd = notes->ipd;
	area_append(notes, a);
	a->bpd = stream_place(&again, separator, &whole, a, a->x, a->y);
	return a->bpd;
}

/* y: so far below the top of the body. Those that take less than no height end there. */
static void place_notes(Placer *p, const Sequence *s, const PageBreak *b, FoKind kind, int y)
{
	const PageField *body = &p->page->body;
	const NoteList *list = kind == FO_FLOAT ? s->floats : s->notes;
	const NoteRange *range = kind == FO_FLOAT ? &b->floats : &b->notes;
	int lead;
	if (!note_list_holds(list, range, &lead))
		return;
	Area *a = area_new(p->layout->c.areas, AREA_BLOCK, kind == FO_FLOAT ? "before-float" : "footnotes");
	a->x = body->x;
	a->y = body->y + y;
	a->ipd = body->ipd;
	a->bpd = note_list_height(list, range);
	area_append(body->area, a);
	Notes n = {.placer = p, .list = list, .area = a, .y = a->y + lead};
	n.y += place_separator(p, separator_here(p, s, kind), a);
	note_list_each(list, range, place_note, &n);
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
	const ColumnGrid own = page_grid(&r->master->regions[REGION_BODY]);
	if (!page_is_same_grid(&own, &b->grid) && !b->blank && b->to > b->from)
		stream_tell_width(l, s->node);
	int notes = note_list_height(s->notes, &b->notes), floats = note_list_height(s->floats, &b->floats), room = body->bpd - notes - floats;
	place_notes(&p, s, b, FO_FLOAT, 0);
	const FoNode *region = r->master->regions[REGION_BODY].node;
	if (b->columns_to > b->columns_from) {
		column_fill(&p, s, b, floats + aligned(region, room - column_height(s, b)));
	} else if (b->to > b->from) {
		Stretch stretch = {.from = b->from, .to = b->to, .extra = page_extra(s, b->from, b->to, room, b->ragged), .measure = b->grid.ipd};
		gint64 height = stream_height(s->stream, b->from, b->to) + stretch.extra;
		int shift = floats + aligned(region, room - (int)height);
		stream_place(&p, s->stream, &stretch, body->area, body->x, body->y + shift);
	}
	place_notes(&p, s, b, FO_FOOTNOTE, MAX(body->bpd - notes, 0));
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

/* A page ends where nothing was to be parted: in what is kept together, or between what is kept with what follows. */
static void report_divided(Layout *l, const Sequence *s, guint to)
{
	const Item *item = stream_item(s->stream, to);
	const FoNode *kept = NULL;
	if (item->force != FORCE_NONE || item->cost < COST_ALWAYS || to == stream_last(s->stream))
		return;
	for (const Frame *f = item->u.frame; f; f = f->parent)
		if (MAX(fo_keep(f->node, FO_P_KEEP_TOGETHER_WITHIN_PAGE), fo_keep(f->node, FO_P_KEEP_TOGETHER_WITHIN_COLUMN)) == FO_KEEP_ALWAYS)
			kept = f->node;
	for (guint i = to; !kept && i > 0; i--)
		kept = stream_item(s->stream, i)->where;
	diagnose(l->c.d, MSG_LAYOUT_DIVIDED, &(kept ? kept : s->flow)->at);
}

void page_report_overfull(Layout *l, Sequence *s)
{
	for (guint i = 0; i < s->breaks->len; i++) {
		const PageBreak *b = &g_array_index(s->breaks, PageBreak, i);
		const PageRecord *r = g_ptr_array_index(l->pages, s->first_page + i);
		int floats = note_list_height(s->floats, &b->floats), room = r->body.bpd - note_list_height(s->notes, &b->notes) - floats;
		if (b->floats.to.item > 0)
			diagnose(l->c.d, MSG_LAYOUT_DIVIDED, &note_list_node(s->floats, b->floats.to.note)->at);
		if (b->to <= b->from) {
			if (room < -10)
				layout_report_overfull(l, floats > 0 ? note_list_node(s->floats, b->floats.from.note) : note_list_node(s->notes, b->notes.from.note), -room);
			continue;
		}
		if (b->late)
			diagnose(l->c.d, MSG_LAYOUT_NOTE_LATE, &note_list_node(s->notes, b->notes.to.note)->at);
		if (b->columns_to == b->columns_from) {
			report_stretch(l, s, b->from, b->to, room);
			report_divided(l, s, b->to);
		}
		for (guint k = b->columns_from; k < b->columns_to; k++) {
			const ColumnBreak *c = &g_array_index(s->columns, ColumnBreak, k);
			report_stretch(l, s, c->from, c->to, c->room);
			report_divided(l, s, c->to);
		}
	}
}
