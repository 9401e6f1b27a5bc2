/* Page sequences: what each is made of, its stream, and the pages that it becomes. */
#include "layout/block.h"

#include "layout/text.h"

static gboolean names_inside(const FoNode *n)
{
	FoKeyword place = fo_keyword(n, FO_P_FLOAT), clear = fo_keyword(n, FO_P_CLEAR);
	return place == FO_K_INSIDE || place == FO_K_OUTSIDE || clear == FO_K_INSIDE || clear == FO_K_OUTSIDE;
}

static gboolean depends_on_pages(const FoNode *parent)
{
	for (const FoNode *n = parent->first; n; n = n->next)
		if (names_inside(n) || n->kind == FO_PAGE_NUMBER || n->kind == FO_PAGE_NUMBER_CITATION || n->kind == FO_PAGE_NUMBER_CITATION_LAST ||
		    n->kind == FO_RETRIEVE_TABLE_MARKER || depends_on_pages(n))
			return TRUE;
	return FALSE;
}

/* Running heads and feet do not count: they are set when all pages are there. */
static gboolean sequence_cites(const FoNode *sequence)
{
	for (const FoNode *n = sequence->first; n; n = n->next) {
		const char *name = n->kind == FO_STATIC_CONTENT ? fo_string(n, FO_P_FLOW_NAME) : NULL;
		gboolean separates = g_strcmp0(name, "xsl-footnote-separator") == 0 || g_strcmp0(name, "xsl-before-float-separator") == 0;
		if ((n->kind == FO_FLOW || separates) && depends_on_pages(n))
			return TRUE;
	}
	return FALSE;
}

void sequences_collect(Layout *l, const FoNode *parent)
{
	for (const FoNode *n = parent->first; n; n = n->next) {
		if (n->kind == FO_PAGE_SEQUENCE_WRAPPER)
			sequences_collect(l, n);
		if (n->kind != FO_PAGE_SEQUENCE)
			continue;
		const FoNode *flow = n->first;
		while (flow && flow->kind != FO_FLOW)
			flow = flow->next;
		if (!flow)
			continue;
		Sequence *s = layout_alloc(l, sizeof *s);
		*s = (Sequence){.node = n, .index = l->sequences->len, .flow = flow, .cites = sequence_cites(n)};
		g_ptr_array_add(l->sequences, s);
	}
}

static GArray *array_new(Layout *own, guint element)
{
	return area_own(own->scratch, g_array_new(FALSE, TRUE, element), (GDestroyNotify)g_array_unref);
}

/* What it needs to be made beside others: memory and tables of its own. The rest it shares. */
static void branch(Layout *l, Sequence *s)
{
	Layout *own = s->own = layout_alloc(l, sizeof *own);
	*own = *l;
	own->c.areas = area_own(l->c.areas, area_tree_new(), (GDestroyNotify)area_tree_free);
	own->scratch = area_own(l->scratch, area_tree_new(), (GDestroyNotify)area_tree_free);
	layout_own(own);
	s->breaks = array_new(own, sizeof(PageBreak));
	s->changes = array_new(own, sizeof(MeasureChange));
	s->columns = array_new(own, sizeof(ColumnBreak));
	s->bodies = area_own(own->scratch, g_ptr_array_new(), (GDestroyNotify)g_ptr_array_unref);
	area_own(own->scratch, s, flow_drop);
}

void sequences_branch(Layout *l)
{
	for (guint i = 0; i < l->sequences->len; i++)
		branch(l, g_ptr_array_index(l->sequences, i));
}

int sequence_first_number(const Layout *l, const Sequence *s)
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

Stream *page_separator(Layout *l, const Sequence *s, int ipd, FoKind notes)
{
	const FoNode *n = static_lookup(s->node, notes == FO_FLOAT ? "xsl-before-float-separator" : "xsl-footnote-separator");
	if (!n)
		return NULL;
	Stream *stream = layout_stream(l, ipd, FO_AUTO);
	l->artifact = TRUE;
	block_children(stream, n);
	stream_finish(stream);
	l->artifact = FALSE;
	return stream;
}

void sequence_stream(Sequence *s, const PageMaster *master)
{
	Layout *own = s->own;
	const Region *body = &master->regions[REGION_BODY];
	own->page_width = master->width;
	own->page_height = master->height;
	own->body_height = body->bpd;
	own->lowest_page = MIN(master->height, page_masters_lowest(own->masters, s->node));
	s->master = master;
	s->grid = page_grid(body);
	g_array_set_size(s->changes, 0);
	s->horizon = 0;
	g_ptr_array_set_size(own->spent, 0);
	own->refilled_all = own->last_refilled = 0;
	flow_drop(s);
	flow_set(own, s, 0);
}

void sequence_set(Layout *l, Sequence *s)
{
	Layout *own = s->own;
	PageSituation at = {.number = s->first_number};
	const PageMaster *master = page_master_choose(l->masters, s->node, &at);
	gboolean made = l->abreast && abreast_take(l->abreast, s, master); /* until then own is another thread's */
	own->c.fonts = l->c.fonts;
	own->c.d = l->c.d;
	own->ahead = l->ahead;
	own->pass = l->pass;
	own->pages = l->pages;
	own->places = l->places;
	own->cited = l->cited;
	own->unsettled = FALSE;
	if (!made)
		sequence_stream(s, master);
	page_break(own, s);
	page_fill(own, s);
	s->page_count = l->pages->len - s->first_page;
	l->unsettled |= own->unsettled;
}

/* A set of nodes' orders. */
static void add_all(GHashTable *to, GHashTable *from)
{
	GHashTableIter i;
	gpointer key;
	g_hash_table_iter_init(&i, from);
	while (g_hash_table_iter_next(&i, &key, NULL))
		g_hash_table_add(to, key);
}

void sequence_finish(Layout *l, Sequence *s)
{
	s->own->pages = l->pages;
	page_report_overfull(s->own, s);
	add_all(l->c.areas->left_out, s->own->c.areas->left_out);
}
