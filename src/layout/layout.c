/* From the FO tree to pages: the page sequences are set one after the other, again while page numbers in the text change; then running heads and all else that
 * needs the finished pages. */
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

/* What belongs to what is being set, not to the whole run. */
static GHashTable *table_new(Layout *l, GDestroyNotify free_value)
{
	return area_own(l->scratch, g_hash_table_new_full(NULL, NULL, NULL, free_value), (GDestroyNotify)g_hash_table_unref);
}

void layout_own(Layout *l)
{
	l->paragraphs = table_new(l, run_cache_free);
	l->spent = area_own(l->scratch, g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref), (GDestroyNotify)g_ptr_array_unref);
	l->links = table_new(l, NULL);
	l->running = table_new(l, NULL);
	l->reported = table_new(l, NULL);
	l->sided = table_new(l, NULL);
	l->turned = table_new(l, NULL);
	l->c.wide = area_own(l->scratch, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL), (GDestroyNotify)g_hash_table_unref);
}

gboolean layout_tells(Layout *l, const FoNode *n, Told what)
{
	guint told = GPOINTER_TO_UINT(g_hash_table_lookup(l->reported, n));
	g_hash_table_insert(l->reported, (gpointer)n, GUINT_TO_POINTER(told | what));
	return !(told & what);
}

void layout_report_overfull(Layout *l, const FoNode *n, int excess)
{
	if (!layout_tells(l, n, TOLD_HIGH))
		return;
	g_autofree char *points = g_strdup_printf("%.1f", excess / 1000.0);
	diagnose(l->c.d, MSG_LAYOUT_OVERFULL_PAGE, &n->at, points);
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
	int number = sequence_first_number(l, s);
	guint page = l->pages->len;
	if (l->pass > 0 && !s->cites && number == s->first_number && page == s->first_page) {
		keep_sequence(l, s, before);
		return;
	}
	drop_pages(before, s->first_page, s->page_count);
	s->first_number = number;
	s->first_page = page;
	sequence_set(l, s);
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
	sequences_branch(l);
	l->abreast = abreast_new(l);
	if (!l->abreast)
		l->ahead = ahead_new(l);
	gboolean settled = run_pass(l);
	g_clear_pointer(&l->abreast, abreast_free);
	if (l->ahead)
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
	l->citations = g_hash_table_new(g_str_hash, g_str_equal);
	l->carried = g_hash_table_new(g_str_hash, g_str_equal);
	l->roles = g_hash_table_new(g_str_hash, g_str_equal);
	layout_own(l);
	l->masters = page_masters_new(l);
	l->c.page_of = page_of;
	l->c.structure_of = structure_of;
	l->c.link_of = structure_link;
	l->c.marker_of = marker_find;
	l->bars = change_bars_new(l);
	sequences_collect(l, fo_tree_root(l->c.tree));
}

static void stop(Layout *l)
{
	drop_pages(l->pages, 0, l->pages->len);
	g_clear_pointer(&l->places, g_hash_table_unref);
	g_clear_pointer(&l->cited, g_hash_table_unref);
	g_hash_table_unref(l->citations);
	g_hash_table_unref(l->carried);
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
		sequence_finish(&l, g_ptr_array_index(l.sequences, i));
	finish_pages(&l);
	page_places_report(&l);
	outline_make(&l);
	sort_fonts(l.c.areas);
	stop(&l);
	text_fonts_free(l.c.fonts);
	return l.c.areas;
}
