/* The area tree as XML: Apache FOP's element and attribute names, lengths in millipoints, so that the same XPath can be asked of
 * both.
 *
 * FOP's areas are placed by stacking; ours know where they are, which r:at tells beside FOP's own attributes: the top left corner
 * of the content on the page (text: the start of its baseline). */
#include "layout/area_xml.h"

#include <string.h>

#define AREAS_NS "urn:rotonde:areas"

/* ---- pages ---- */

/* What FOP has beside the spans of a body. */
static gboolean is_own(const Area *a)
{
	return area_xml_is(a, "span") || area_xml_is(a, "footnotes") || area_xml_is(a, "before-float");
}

/* FOP's span and flow are as high as what they hold. */
static void write_flow(AreaXml *w, const Area *column, const Area *first, const Area *stop)
{
	area_xml_begin(w, "flow");
	area_xml_size(w, column, area_xml_bottom(first, stop, column->y) - column->y);
	g_string_append(w->out, " is-reference-area=\"true\"");
	area_xml_place(w, column);
	area_xml_finish_begin(w);
	area_xml_areas(w, first, stop);
	area_xml_end(w, "flow");
}

static void begin_span(AreaXml *w, const Area *a, int columns, int bpd)
{
	area_xml_begin(w, "span");
	if (columns > 1)
		area_xml_number(w, "columnCount", columns);
	area_xml_size(w, a, bpd);
	area_xml_text(w, "is-reference-area", "true");
	area_xml_text(w, "inline-progression-direction", w->page->rtl ? "rl" : "lr");
	area_xml_text(w, "block-progression-direction", "tb");
	area_xml_place(w, a);
	area_xml_finish_begin(w);
}

/* Blocks that stand in the body by themselves are those of a span of one column. */
static const Area *write_plain_span(AreaXml *w, const Area *body, const Area *first)
{
	const Area *stop = first;

	while (stop && !is_own(stop))
		stop = stop->next;
	begin_span(w, body, 1, area_xml_bottom(first, stop, body->y) - body->y);
	write_flow(w, body, first, stop);
	area_xml_end(w, "span");
	return stop;
}

/* All its columns, also those that nothing is left for. */
static void write_span(AreaXml *w, const Area *span)
{
	int bpd = 0, columns = 0;

	for (const Area *c = span->first; c; c = c->next)
		bpd = MAX(bpd, area_xml_bottom(c->first, NULL, c->y) - c->y);
	begin_span(w, span, span->u.span.columns, bpd);
	for (const Area *c = span->first; c; c = c->next, columns++)
		write_flow(w, c, c->first, NULL);
	for (Area empty = *span->last; columns < span->u.span.columns; columns++) {
		empty.x += (empty.ipd + span->u.span.gap) * (w->page->rtl ? -1 : 1);
		write_flow(w, &empty, NULL, NULL);
	}
	area_xml_end(w, "span");
}

/* There is always one, empty where nothing is. */
static void write_conditional(AreaXml *w, const char *element, const Area *body, const char *name)
{
	const Area *a = body->first;

	while (a && !area_xml_is(a, name))
		a = a->next;
	area_xml_begin(w, element);
	if (strcmp(element, "footnote") == 0)
		area_xml_number(w, "top-offset", a ? a->y - body->y : 0);
	if (a) {
		area_xml_place(w, a);
		area_xml_children(w, a, element);
	} else {
		area_xml_finish_empty(w);
	}
}

/* Of a page with columns: the gap between them; 0: it has none. */
static int column_gap(const Area *body, int *columns)
{
	for (const Area *a = body->first; a; a = a->next) {
		*columns = area_xml_is(a, "span") ? a->u.span.columns : 1;
		if (*columns > 1)
			return a->u.span.gap;
	}
	return 0;
}

static void write_body(AreaXml *w, const Area *body, int gap)
{
	const Area *a = body->first;
	gboolean empty = TRUE;

	write_conditional(w, "beforeFloat", body, "before-float");
	area_xml_begin(w, "mainReference");
	g_string_append(w->out, " ipd=\"0\" bpd=\"0\" bap=\"0 0 0 0\" is-reference-area=\"true\"");
	area_xml_number_if(w, "columnGap", gap);
	area_xml_finish_begin(w);
	while (a) {
		empty = empty && is_own(a) && !area_xml_is(a, "span");
		if (area_xml_is(a, "span"))
			write_span(w, a);
		a = is_own(a) ? a->next : write_plain_span(w, body, a);
	}
	if (empty)
		write_plain_span(w, body, NULL);
	area_xml_end(w, "mainReference");
	write_conditional(w, "footnote", body, "footnotes");
}

/* In the order in which FOP writes them. */
static const struct {
	const char *name, *element;
} regions[] = {{"region-before", "regionBefore"},
	       {"region-start", "regionStart"},
	       {"region-body", "regionBody"},
	       {"region-end", "regionEnd"},
	       {"region-after", "regionAfter"}};

static void write_region(AreaXml *w, const Area *a, const char *element)
{
	area_xml_begin(w, "regionViewport");
	area_xml_size(w, a, a->bpd);
	area_xml_text(w, "is-viewport-area", "true");
	area_xml_rectangle(w, "rect", (const int[]){a->x, a->y, a->ipd, a->bpd});
	area_xml_box(w, a->box);
	area_xml_finish_begin(w);
	area_xml_begin(w, element);
	area_xml_size(w, a, a->bpd);
	g_autofree char *name = g_strconcat("xsl-", a->name, NULL);
	area_xml_text(w, "is-reference-area", "true");
	area_xml_text(w, "name", name);
	g_string_append_printf(w->out, " ctm=\"[1.0 0.0 0.0 1.0 %d.0 %d.0]\"", a->x, a->y);
	int columns = 1, gap = column_gap(a, &columns);
	if (columns > 1) {
		area_xml_number(w, "columnGap", gap);
		area_xml_number(w, "columnCount", columns);
	}
	area_xml_finish_begin(w);
	if (strcmp(element, "regionBody") == 0)
		write_body(w, a, gap);
	else
		area_xml_areas(w, a->first, NULL);
	area_xml_end(w, element);
	area_xml_end(w, "regionViewport");
}

static void write_page(AreaXml *w, const AreaPage *p, guint index)
{
	w->page = p;
	area_xml_begin(w, "pageViewport");
	area_xml_rectangle(w, "bounds", (const int[]){0, 0, p->width, p->height});
	g_string_append_printf(w->out, " key=\"P%u\"", index + 1);
	area_xml_number(w, "nr", p->number);
	area_xml_text(w, "formatted-nr", p->label);
	area_xml_text(w, "simple-page-master-name", p->master);
	area_xml_text(w, "blank", p->blank ? "true" : NULL);
	area_xml_finish_begin(w);
	area_xml_open(w, "page");
	for (guint i = 0; i < G_N_ELEMENTS(regions); i++)
		for (const Area *a = p->first; a; a = a->next)
			if (g_strcmp0(a->name, regions[i].name) == 0)
				write_region(w, a, regions[i].element);
	area_xml_end(w, "page");
	area_xml_end(w, "pageViewport");
}

static void write_pages(AreaXml *w)
{
	const AreaPage *last = NULL;
	for (guint i = 0; i < w->tree->pages->len; i++) {
		const AreaPage *p = g_ptr_array_index(w->tree->pages, i);
		if (!last || p->sequence != last->sequence) {
			if (last)
				area_xml_end(w, "pageSequence");
			area_xml_begin(w, "pageSequence");
			area_xml_text(w, "xml:lang", w->tree->language);
			area_xml_finish_begin(w);
		}
		write_page(w, p, i);
		last = p;
	}
	if (last)
		area_xml_end(w, "pageSequence");
}

static void write_bookmarks(AreaXml *w, const GPtrArray *bookmarks)
{
	for (guint i = 0; bookmarks && i < bookmarks->len; i++) {
		const AreaOutline *o = g_ptr_array_index(bookmarks, i);
		area_xml_begin(w, "bookmark");
		area_xml_text(w, "title", o->title ? o->title : "");
		area_xml_text(w, "show-children", o->open ? "true" : "false");
		area_xml_link(w, o->uri, o->destination);
		if (!o->children || o->children->len == 0) {
			area_xml_finish_empty(w);
			continue;
		}
		area_xml_finish_begin(w);
		write_bookmarks(w, o->children);
		area_xml_end(w, "bookmark");
	}
}

GBytes *layout_to_xml(const AreaTree *t)
{
	AreaXml w = {.out = g_string_sized_new(64 * 1024), .tree = t};
	g_string_append(w.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	area_xml_begin(&w, "areaTree");
	g_string_append(w.out, " version=\"2.0\" xmlns:r=\"" AREAS_NS "\"");
	area_xml_finish_begin(&w);
	write_pages(&w);
	if (t->outline && t->outline->len) {
		area_xml_open(&w, "bookmarkTree");
		write_bookmarks(&w, t->outline);
		area_xml_end(&w, "bookmarkTree");
	}
	area_xml_end(&w, "areaTree");
	return g_string_free_to_bytes(w.out);
}
