/* From the FO tree to pages: every page sequence becomes a stream, its pages are decided and filled; again while page numbers in the text
 * change; then running heads and all else that needs the finished pages. */
#include "layout/block.h"

#include "layout/run.h"
#include "layout/text.h"

#include <string.h>

enum { PASSES = 4 };

Stream *layout_stream(Layout *l, int ipd, int bpd)
{
	Stream *s = stream_new(l, ipd, bpd);
	area_own(l->scratch, s, (GDestroyNotify)stream_free);
	return s;
}

void layout_report_overfull(Layout *l, const FoNode *n, int excess)
{
	if (!g_hash_table_add(l->reported, (gpointer)n))
		return;
	g_autofree char *points = g_strdup_printf("%.1f", excess / 1000.0);
	diagnose(l->c.d, MSG_LAYOUT_OVERFULL_PAGE, &n->at, points);
}

/* ---- sequences ---- */

static void drop_stream(gpointer sequence)
{
	Sequence *s = sequence;
	g_clear_pointer(&s->notes, note_list_free);
	g_clear_pointer(&s->floats, note_list_free);
	g_clear_pointer(&s->stream, stream_free);
}

static gboolean holds_numbers(const FoNode *parent)
{
	for (const FoNode *n = parent->first; n; n = n->next)
		if (n->kind == FO_PAGE_NUMBER || n->kind == FO_PAGE_NUMBER_CITATION || n->kind == FO_PAGE_NUMBER_CITATION_LAST ||
		    n->kind == FO_RETRIEVE_TABLE_MARKER || holds_numbers(n))
			return TRUE;
	return FALSE;
}

/* Running heads and feet do not count: they are set when all pages are there. */
static gboolean sequence_cites(const FoNode *sequence)
{
	for (const FoNode *n = sequence->first; n; n = n->next) {
		const char *name = n->kind == FO_STATIC_CONTENT ? fo_string(n, FO_P_FLOW_NAME) : NULL;
		gboolean separates = g_strcmp0(name, "xsl-footnote-separator") == 0 || g_strcmp0(name, "xsl-before-float-separator") == 0;
		if ((n->kind == FO_FLOW || separates) && holds_numbers(n))
			return TRUE;
	}
	return FALSE;
}

static void collect_sequences(Layout *l, const FoNode *parent)
{
	for (const FoNode *n = parent->first; n; n = n->next) {
		if (n->kind == FO_PAGE_SEQUENCE_WRAPPER)
			collect_sequences(l, n);
		if (n->kind != FO_PAGE_SEQUENCE)
			continue;
		Sequence *s = area_own(l->scratch, layout_alloc(l, sizeof *s), drop_stream);
		s->node = n;
		s->index = l->sequences->len;
		s->breaks = area_own(l->scratch, g_array_new(FALSE, TRUE, sizeof(PageBreak)), (GDestroyNotify)g_array_unref);
		s->changes = area_own(l->scratch, g_array_new(FALSE, TRUE, sizeof(MeasureChange)), (GDestroyNotify)g_array_unref);
		s->columns = area_own(l->scratch, g_array_new(FALSE, TRUE, sizeof(ColumnBreak)), (GDestroyNotify)g_array_unref);
		for (const FoNode *k = n->first; k && !s->flow; k = k->next)
			if (k->kind == FO_FLOW)
				s->flow = k;
		s->cites = sequence_cites(n);
		if (s->flow)
			g_ptr_array_add(l->sequences, s);
	}
}

static int first_number(const Layout *l, const Sequence *s)
{
	int before = 0;
	if (l->pages->len > 0)
		before = ((PageRecord *)g_ptr_array_index(l->pages, l->pages->len - 1))->page->number;
	FoKeyword initial = fo_keyword(s->node, FO_P_INITIAL_PAGE_NUMBER);
	int number = fo_integer(s->node, FO_P_INITIAL_PAGE_NUMBER);
	if (initial == FO_K_AUTO_ODD)
		return before + 1 + before % 2;
	if (initial == FO_K_AUTO_EVEN)
		return before + 1 + (before + 1) % 2;
	return number > 0 ? number : before + 1;
}

static Stream *separator(Layout *l, const Sequence *s, int ipd, const char *flow_name)
{
	const FoNode *n = static_lookup(s->node, flow_name);
	if (!n)
		return NULL;
	Stream *stream = layout_stream(l, ipd, FO_AUTO);
	l->artifact = TRUE;
	block_children(stream, n);
	stream_finish(stream);
	l->artifact = FALSE;
	return stream;
}

static Stream *flow_stream(Layout *l, const Sequence *s, const Region *body)
{
	Stream *stream = stream_new(l, body->column_ipd, body->bpd);
	if (s->changes->len > 0)
		stream_set_changes(stream, s->changes);
	if (body->columns > 1) {
		stream->column_ipd = body->column_ipd;
		stream->span_ipd = body->ipd;
	}
	block_children(stream, s->flow);
	stream_finish(stream);
	stream->ipd = body->column_ipd;
	return stream;
}

static void collect_notes(Layout *l, Sequence *s, int ipd)
{
	NoteListSettings floats = {.kind = FO_FLOAT, .ipd = ipd, .separator = separator(l, s, ipd, "xsl-before-float-separator")};
	s->floats = note_list_new(l, s->stream, &floats);
	NoteListSettings notes = {.kind = FO_FOOTNOTE, .ipd = ipd, .separator = separator(l, s, ipd, "xsl-footnote-separator"), .floats = s->floats};
	s->notes = note_list_new(l, s->stream, &notes);
}

void page_stream(Layout *l, Sequence *s)
{
	const Region *body = page_body(l, s, 0, FALSE);
	drop_stream(s);
	s->stream = flow_stream(l, s, body);
	collect_notes(l, s, body->ipd);
}

static void set_sequence(Layout *l, Sequence *s)
{
	PageSituation at = {.number = s->first_number};
	const PageMaster *master = page_master_choose(l->masters, s->node, &at);
	const Region *body = &master->regions[REGION_BODY];
	l->page_width = master->width;
	l->page_height = master->height;
	l->body_height = body->bpd;
	s->grid = (ColumnGrid){body->columns, body->column_ipd, body->gap};
	s->measure = body->column_ipd;
	g_array_set_size(s->changes, 0);
	g_ptr_array_set_size(l->spent, 0);
	page_stream(l, s);
	(body->columns > 1 ? column_break : page_break)(l, s);
	page_fill(l, s);
	s->page_count = l->pages->len - s->first_page;
}

/* ---- passes ---- */

static GHashTable *new_places(void)
{
	return g_hash_table_new(g_str_hash, g_str_equal);
}

static void drop_pages(const GPtrArray *pages, guint from, guint count)
{
	for (guint i = from; i < from + count; i++)
		g_clear_pointer(&((PageRecord *)g_ptr_array_index(pages, i))->markers, g_hash_table_unref);
}

/* The pages of a sequence as the pass before made them, and what stands on them. */
static void keep_sequence(Layout *l, const Sequence *s, const GPtrArray *before)
{
	GHashTableIter i;
	gpointer id, value;
	for (guint k = s->first_page; k < s->first_page + s->page_count; k++)
		g_ptr_array_add(l->pages, g_ptr_array_index(before, k));
	g_hash_table_iter_init(&i, l->cited);
	while (g_hash_table_iter_next(&i, &id, &value)) {
		const PagePlace *place = value;
		if (place->first >= s->first_page && place->first < s->first_page + s->page_count)
			g_hash_table_insert(l->places, id, value);
	}
}

static void run_sequence(Layout *l, Sequence *s, GPtrArray *before)
{
	int number = first_number(l, s);
	guint page = l->pages->len;
	if (l->pass > 0 && !s->cites && number == s->first_number && page == s->first_page) {
		keep_sequence(l, s, before);
		return;
	}
	drop_pages(before, s->first_page, s->page_count);
	s->first_number = number;
	s->first_page = page;
	set_sequence(l, s);
}

/* TRUE when all page numbers in the text are those of the pages it made. */
static gboolean run_pass(Layout *l)
{
	g_autoptr(GPtrArray) before = g_steal_pointer(&l->pages);
	l->pages = g_ptr_array_new();
	l->unsettled = FALSE;
	l->places = new_places();
	for (guint i = 0; i < l->sequences->len; i++)
		run_sequence(l, g_ptr_array_index(l->sequences, i), before);
	page_places_settle(l);
	gboolean settled = !l->unsettled && page_places_agree(l);
	g_clear_pointer(&l->cited, g_hash_table_unref);
	return settled;
}

static void run_passes(Layout *l)
{
	l->ahead = ahead_new(l);
	gboolean settled = run_pass(l);
	ahead_free(g_steal_pointer(&l->ahead), l->c.d);
	for (; !settled && l->pass + 1 < PASSES; settled = run_pass(l)) {
		l->cited = g_steal_pointer(&l->places);
		l->pass++;
	}
	if (!settled)
		diagnose(l->c.d, MSG_LAYOUT_UNSETTLED, &fo_tree_root(l->c.tree)->at);
}

static void finish_pages(Layout *l)
{
	for (guint i = 0; i < l->pages->len; i++) {
		PageRecord *r = g_ptr_array_index(l->pages, i);
		change_bars_set(l, r);
		static_fill(l, r);
		g_ptr_array_add(l->c.areas->pages, r->page);
	}
}

/* ---- the run ---- */

static void start(Layout *l)
{
	l->scratch = area_tree_new();
	l->sequences = g_ptr_array_new();
	l->pages = g_ptr_array_new();
	l->paragraphs = g_hash_table_new_full(NULL, NULL, NULL, run_cache_free);
	l->spent = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	l->links = g_hash_table_new(NULL, NULL);
	l->citations = g_hash_table_new(g_str_hash, g_str_equal);
	l->carried = g_hash_table_new(g_str_hash, g_str_equal);
	l->running = g_hash_table_new(NULL, NULL);
	l->roles = g_hash_table_new(g_str_hash, g_str_equal);
	l->reported = g_hash_table_new(NULL, NULL);
	l->masters = page_masters_new(l);
	l->c.page_of = page_of;
	l->c.structure_of = structure_of;
	l->c.link_of = structure_link;
	l->c.marker_of = marker_find;
	l->bars = change_bars_new(l);
	collect_sequences(l, fo_tree_root(l->c.tree));
}

static void stop(Layout *l)
{
	drop_pages(l->pages, 0, l->pages->len);
	g_hash_table_unref(l->paragraphs);
	g_ptr_array_unref(l->spent);
	g_clear_pointer(&l->places, g_hash_table_unref);
	g_clear_pointer(&l->cited, g_hash_table_unref);
	g_hash_table_unref(l->links);
	g_hash_table_unref(l->citations);
	g_hash_table_unref(l->carried);
	g_hash_table_unref(l->running);
	g_hash_table_unref(l->reported);
	g_hash_table_unref(l->roles);
	g_ptr_array_unref(l->sequences);
	g_ptr_array_unref(l->pages);
	page_masters_free(l->masters);
	area_tree_free(l->scratch);
}

static int compare_fonts(gconstpointer a, gconstpointer b)
{
	const AreaFont *x = *(const AreaFont *const *)a, *y = *(const AreaFont *const *)b;
	int order = strcmp(x->file, y->file);
	return order != 0 ? order : x->index < y->index ? -1 : x->index > y->index;
}

/* In an order that does not depend on which thread needed one first. */
static void sort_fonts(AreaTree *t)
{
	g_ptr_array_sort(t->fonts, compare_fonts);
}

AreaTree *layout_document(const FoTree *tree, const LayoutOptions *options, Diagnostics *d)
{
	Layout l = {.c = {.tree = tree, .options = options, .d = d}};
	l.c.areas = area_tree_new();
	l.c.fonts = text_fonts_new(l.c.areas, options, d);
	start(&l);
	structure_make(&l);
	outline_collect_citations(&l, fo_tree_root(tree));
	run_passes(&l);
	for (guint i = 0; i < l.sequences->len; i++)
		page_report_overfull(&l, g_ptr_array_index(l.sequences, i));
	finish_pages(&l);
	page_places_report(&l);
	outline_make(&l);
	sort_fonts(l.c.areas);
	stop(&l);
	text_fonts_free(l.c.fonts);
	return l.c.areas;
}
