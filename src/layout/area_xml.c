/* The area tree as XML: Apache FOP's element and attribute names, lengths in millipoints, so that the same XPath can be asked of
 * both.
 *
 * FOP's areas are placed by stacking. Ours know where they are, which r:at tells beside FOP's own attributes (the top left corner
 * of the content on the page; of text, the start of its baseline); the tests hold that the sizes and spaces lead there, too. */
#include "layout/area_xml.h"

#include <string.h>

#define AREAS_NS "urn:rotonde:areas"

/* ---- pages ---- */

/* FOP's span and flow are as high as what they hold. */
static void write_flow(AreaXml *w, const Area *column, const Area *first, const Area *stop)
{
	area_xml_begin(w, "flow");
	area_xml_size(w, column, area_xml_bottom(first, stop, column->y) - column->y);
	g_string_append(w->out, " is-reference-area=\"true\"");
	area_xml_place(w, column);
	area_xml_finish_begin(w);
	area_xml_within(w, first, stop, column->y);
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

/* A span reaches down to the next one: FOP stacks them. */
static int span_height(const AreaXml *w, const Area *next, int bottom)
{
	while (next && !area_xml_is(next, "span"))
		next = next->next;
	return (next ? next->y : bottom) - w->next;
}

/* Blocks that stand in the body by themselves are those of a span of one column. */
static const Area *write_plain_span(AreaXml *w, const Area *body, const Area *first)
{
	const Area *stop = first;
	Area column = *body;

	while (stop && !area_xml_is_own(stop))
		stop = stop->next;
	column.y = w->next;
	int bpd = span_height(w, first ? stop : NULL, area_xml_bottom(first, stop, w->next));
	begin_span(w, &column, 1, bpd);
	write_flow(w, &column, first, stop);
	area_xml_end(w, "span");
	w->next += bpd;
	return stop;
}

/* All its columns, also those that nothing is left for. */
static void write_span(AreaXml *w, const Area *span)
{
	const int step = (span->last->ipd + span->u.span.gap) * (w->page->rtl ? -1 : 1);
	int bottom = w->next, columns = 0;
	Area whole = *span, column = *span->last;

	for (const Area *c = span->first; c; c = c->next)
		bottom = MAX(bottom, area_xml_bottom(c->first, NULL, c->y));
	int bpd = span_height(w, span->next, bottom);
	whole.y = column.y = w->next;
	begin_span(w, &whole, span->u.span.columns, bpd);
	for (const Area *c = span->first; c; c = c->next, columns++) {
		column.x = c->x;
		column.ipd = c->ipd;
		write_flow(w, &column, c->first, NULL);
	}
	for (; columns < span->u.span.columns; columns++) {
		column.x += step;
		write_flow(w, &column, NULL, NULL);
	}
	area_xml_end(w, "span");
	w->next += bpd;
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
	w->next = body->y;
	for (const Area *f = body->first; f; f = f->next)
		if (area_xml_is(f, "before-float"))
			w->next = f->y + f->bpd;
	area_xml_begin(w, "mainReference");
	g_string_append(w->out, " ipd=\"0\" bpd=\"0\" bap=\"0 0 0 0\" is-reference-area=\"true\"");
	area_xml_number_if(w, "columnGap", gap);
	area_xml_finish_begin(w);
	while (a) {
		empty = empty && area_xml_is_own(a) && !area_xml_is(a, "span");
		if (area_xml_is(a, "span"))
			write_span(w, a);
		a = area_xml_is_own(a) ? a->next : write_plain_span(w, body, a);
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

/* What a region holds, as it is read: reference-orientation turns it, overflow cuts it off. */
static Area content_of(const Area *region, const Area *view)
{
	Area a = *region;

	if (!view)
		return a;
	a.first = view->first;
	if (view->u.viewport.rotate != 0)
		a.x = a.y = 0;
	if (view->u.viewport.rotate % 180 != 0) {
		a.ipd = region->bpd;
		a.bpd = region->ipd;
	}
	return a;
}

static void begin_region(AreaXml *w, const Area *a, const Area *content, const char *element)
{
	g_autofree char *name = g_strconcat("xsl-", a->name, NULL);

	area_xml_begin(w, element);
	area_xml_size(w, content, content->bpd);
	area_xml_text(w, "is-reference-area", "true");
	area_xml_text(w, "name", name);
}

static void write_region(AreaXml *w, const Area *a, const char *element)
{
	const Area *view = a->first && !a->first->next && a->first->kind == AREA_VIEWPORT ? a->first : NULL;
	const Area content = content_of(a, view);
	int columns = 1, gap = column_gap(&content, &columns);

	area_xml_begin(w, "regionViewport");
	area_xml_size(w, &content, content.bpd);
	area_xml_text(w, "is-viewport-area", "true");
	area_xml_text(w, "clipped", view && view->u.viewport.clip ? "true" : NULL);
	area_xml_rectangle(w, "rect", (const int[]){a->x, a->y, a->ipd, a->bpd});
	area_xml_box(w, a->box);
	area_xml_finish_begin(w);
	begin_region(w, a, &content, element);
	area_xml_matrix(w, view ? view : a, a->x, a->y);
	if (columns > 1) {
		area_xml_number(w, "columnGap", gap);
		area_xml_number(w, "columnCount", columns);
	}
	area_xml_finish_begin(w);
	if (strcmp(element, "regionBody") == 0)
		write_body(w, &content, gap);
	else
		area_xml_within(w, content.first, NULL, content.y);
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
