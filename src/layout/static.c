/* Static content: the regions beside the body, set when all pages and their numbers are known. */
#include "layout/block.h"

static const char *default_name(RegionKind kind)
{
	static const char *const names[REGION_COUNT] = {"xsl-region-body", "xsl-region-before", "xsl-region-after", "xsl-region-start",
	                                                "xsl-region-end"};
	return names[kind];
}

const FoNode *static_lookup(const FoNode *sequence, const char *name)
{
	for (const FoNode *n = sequence->first; n; n = n->next)
		if (n->kind == FO_STATIC_CONTENT && g_strcmp0(fo_string(n, FO_P_FLOW_NAME), name) == 0)
			return n;
	return NULL;
}

static void set_content(Layout *l, PageRecord *r, const FoNode *content, const FoNode *region, const PageField *field)
{
	Stream *s = layout_stream(l, field->ipd, field->bpd);
	block_children(s, content);
	stream_finish(s);
	guint last = stream_last(s);
	int height = (int)stream_height(s, 0, last), free_height = field->bpd - height;
	FoKeyword align = fo_keyword(region, FO_P_DISPLAY_ALIGN);
	int shift = free_height <= 0 ? 0 : align == FO_K_AFTER ? free_height : align == FO_K_CENTER ? free_height / 2 : 0;
	Placer p = {.layout = l, .page = r, .quiet = TRUE};
	Stretch whole = {.from = 0, .to = last};
	stream_place(&p, s, &whole, field->area, field->x, field->y + shift);
	if (free_height < -10)
		layout_report_overfull(l, content, -free_height);
}

static void add_area(PageRecord *r, Area *a)
{
	if (r->page->last)
		r->page->last->next = a;
	else
		r->page->first = a;
	r->page->last = a;
}

static void fill_region(Layout *l, PageRecord *r, RegionKind kind)
{
	const Region *region = &r->master->regions[kind];
	if (!region->node)
		return;
	const char *name = fo_string(region->node, FO_P_REGION_NAME);
	const FoNode *content = static_lookup(r->sequence->node, name ? name : default_name(kind));
	PageField field;
	Area *a = page_region_area(l, region, &field);
	if (content)
		set_content(l, r, content, region->node, &field);
	add_area(r, a);
}

void static_fill(Layout *l, PageRecord *r)
{
	static const RegionKind order[] = {REGION_BEFORE, REGION_START, REGION_END, REGION_AFTER};
	l->at = r;
	l->artifact = TRUE;
	l->c.page_label = r->page->label;
	l->page_width = r->page->width;
	l->page_height = l->lowest_page = r->page->height;
	for (guint i = 0; i < G_N_ELEMENTS(order); i++)
		fill_region(l, r, order[i]);
	add_area(r, r->region);
	l->artifact = FALSE;
	l->at = NULL;
	marker_carry(l, r);
}
