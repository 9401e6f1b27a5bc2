/* Blocks of the area tree's XML.
 *
 * Apache FOP's blocks are fewer and more than ours: a table has cells and nothing between, a block-container is a viewport and the
 * reference area that it shows. What only ours have (borders that collapsed, change bars) is in our own namespace, so that FOP's
 * are found where they are counted. */
#include "layout/area_xml.h"

#include <string.h>

static void write_area(AreaXml *w, const Area *a);

void area_xml_areas(AreaXml *w, const Area *first, const Area *stop, int top)
{
	const int outside = w->next;

	w->next = top;
	for (const Area *a = first, *before = NULL; a && a != stop; before = a, a = a->next) {
		if (before)
			area_xml_write_gap(w, before, a);
		write_area(w, a);
	}
	w->next = outside;
}

void area_xml_children(AreaXml *w, const Area *a, const char *element)
{
	if (!a->first) {
		area_xml_finish_empty(w);
		return;
	}
	area_xml_finish_begin(w);
	area_xml_areas(w, a->first, NULL, a->y);
	area_xml_end(w, element);
}

/* What stands beside the blocks of the flow, or is drawn over them. */
gboolean area_xml_is_apart(const Area *a)
{
	static const char *const names[] = {"table-border",       "change-bar",      "side-float",
					    "absolute-container", "fixed-container", NULL};

	return a->kind == AREA_BLOCK && a->name && g_strv_contains(names, a->name);
}

static gboolean is_container(const Area *a)
{
	return area_xml_is(a, "block-container") || area_xml_is(a, "absolute-container") || area_xml_is(a, "fixed-container");
}

int area_xml_bottom(const Area *first, const Area *stop, int top)
{
	int bottom = top;

	for (const Area *a = first; a && a != stop; a = a->next)
		if (!area_xml_is_apart(a))
			bottom = MAX(bottom, a->y + a->bpd + area_xml_edge(a, SIDE_AFTER));
	return bottom;
}

/* ---- stacking ---- */

/* The area that indents and positions are counted from: a cell, a container or its viewport, a float, a column or a region. */
static const Area *reference_of(const Area *a)
{
	const Area *r = a->parent;

	while (r && r->parent && r->kind == AREA_BLOCK && !area_xml_is(r, "table-cell") && !area_xml_is(r, "side-float") &&
	       !is_container(r) && !area_xml_is(r, "flow"))
		r = r->parent;
	return r;
}

static gboolean is_turned(const Area *a)
{
	return a && a->kind == AREA_VIEWPORT && a->u.viewport.rotate != 0;
}

void area_xml_reference(const Area *a, int *left, int *right)
{
	const Area *r = reference_of(a);

	*left = !r || is_turned(r) ? 0 : r->x;
	*right = *left + (!r ? a->ipd : is_turned(r) && r->u.viewport.rotate % 180 != 0 ? r->bpd : r->ipd);
}

static void write_indents(AreaXml *w, const Area *a)
{
	int left, right;

	area_xml_reference(a, &left, &right);
	area_xml_number_if(w, "start-indent", a->x - left);
	area_xml_number_if(w, "space-start", a->x - left - area_xml_edge(a, SIDE_START));
	if (is_container(a)) /* its width is its own */
		return;
	area_xml_number_if(w, "end-indent", right - a->x - a->ipd);
	area_xml_number_if(w, "space-end", right - a->x - a->ipd - area_xml_edge(a, SIDE_END));
}

/* Where its border begins and ends in the stack, also if relative-position moved it. */
static int stacked_top(const Area *a)
{
	return a->y - area_xml_edge(a, SIDE_BEFORE) - (a->kind == AREA_BLOCK ? a->u.block.shift : 0);
}

static int stacked_bottom(const Area *a)
{
	return a->y + a->bpd + area_xml_edge(a, SIDE_AFTER) - (a->kind == AREA_BLOCK ? a->u.block.shift : 0);
}

/* Between this area and the one stacked after it, or the end of what holds both. */
static int gap_after(const Area *a, const Area *next)
{
	if (next)
		return stacked_top(next) - stacked_bottom(a);
	return area_xml_is(a->parent, "flow") || a->parent->kind != AREA_BLOCK ? 0
									       : a->parent->y + a->parent->bpd - stacked_bottom(a);
}

/* FOP stacks its blocks, each with what remains of the space before and after it. Of two spaces that met the wider one remains. */
static int space_after(const Area *a)
{
	const Area *next = a->next;
	int wanted = a->u.block.space_after;

	while (next && area_xml_is_apart(next))
		next = next->next;
	if (next && area_xml_is_own(next))
		next = NULL;
	if (wanted <= 0 || !a->parent || (next && next->kind == AREA_BLOCK && next->u.block.space_before > wanted))
		return 0;
	return CLAMP(gap_after(a, next), 0, wanted);
}

int area_xml_begin_stacked(AreaXml *w, const Area *a, const char *element)
{
	const int before = stacked_top(a) - w->next, after = space_after(a);

	area_xml_begin(w, element);
	area_xml_spaced_size(w, a, a->bpd, before + after);
	write_indents(w, a);
	area_xml_number_if(w, "space-before", before);
	area_xml_number_if(w, "space-after", after);
	area_xml_number_if(w, "top-offset", a->u.block.shift);
	return stacked_bottom(a) + after;
}

/* What display-align moves is moved by a block that holds nothing. */
static int write_filler(AreaXml *w, const Area *first, int top)
{
	const Area *a = first;
	int spaces = 0;

	while (a && area_xml_is_apart(a))
		a = a->next;
	int height = a && a->kind == AREA_BLOCK ? stacked_top(a) - top : 0;
	for (const Area *c = a; c && c->kind == AREA_BLOCK; c = c->first)
		spaces += c->u.block.space_before;
	if (height <= MAX(spaces, 0))
		return top;
	area_xml_begin(w, "block");
	area_xml_size(w, &(const Area){0}, height);
	area_xml_finish_empty(w);
	return top + height;
}

void area_xml_within(AreaXml *w, const Area *first, const Area *stop, int top)
{
	const int outside = w->origin;

	w->origin = top;
	area_xml_areas(w, first, stop, write_filler(w, first, top));
	w->origin = outside;
}

/* ---- block-containers ---- */

/* What a viewport shows, or a container that needs none. */
static void write_reference(AreaXml *w, const Area *a, const Area *first, const char *id)
{
	const int top = is_turned(a) ? 0 : a->y;
	const Area inner = {.ipd = a->kind == AREA_VIEWPORT && a->u.viewport.rotate % 180 != 0 ? a->bpd : a->ipd};

	area_xml_begin(w, "block");
	area_xml_size(w, &inner, area_xml_bottom(first, NULL, top) - top);
	area_xml_text(w, "prod-id", id);
	area_xml_text(w, "is-reference-area", "true");
	area_xml_finish_begin(w);
	area_xml_within(w, first, NULL, top);
	area_xml_end(w, "block");
}

/* What stands at a place of its own is counted from the corner of its reference area, or of the page. */
static void begin_positioned(AreaXml *w, const Area *a, const Area *view, const char *positioning)
{
	const Area *r = reference_of(a);
	gboolean page = strcmp(positioning, "fixed") == 0;

	area_xml_begin(w, "block");
	area_xml_size(w, a, a->bpd);
	area_xml_text(w, "is-viewport-area", "true");
	area_xml_number(w, "left-position", a->x - (page || !r || is_turned(r) ? 0 : r->x));
	area_xml_number(w, "top-position", a->y - (page ? 0 : w->origin));
	area_xml_matrix(w, view ? view : a, 0, 0);
	area_xml_text(w, "clipped", view && view->u.viewport.clip ? "true" : NULL);
	area_xml_text(w, "positioning", positioning);
}

static int begin_viewport(AreaXml *w, const Area *a, const Area *view)
{
	int left, right, next = area_xml_begin_stacked(w, a, "block");

	area_xml_reference(a, &left, &right);
	area_xml_text(w, "is-viewport-area", "true");
	area_xml_matrix(w, view ? view : a, a->x - left, area_xml_edge(a, SIDE_BEFORE));
	area_xml_text(w, "clipped", view && view->u.viewport.clip ? "true" : NULL);
	return next;
}

static void write_container(AreaXml *w, const Area *a, const char *positioning)
{
	const Area *view = a->first && a->first->kind == AREA_VIEWPORT ? a->first : NULL;
	int next = w->next;

	if (positioning)
		begin_positioned(w, a, view, positioning);
	else
		next = begin_viewport(w, a, view);
	area_xml_text(w, "r:name", a->name);
	area_xml_common(w, a);
	if (!a->id && view)
		area_xml_text(w, "prod-id", view->id);
	area_xml_finish_begin(w);
	write_reference(w, view ? view : a, view ? view->first : a->first, a->id ? a->id : view ? view->id : NULL);
	area_xml_end(w, "block");
	w->next = next;
}
/* ---- others ---- */

static void write_viewport(AreaXml *w, const Area *a)
{
	area_xml_begin(w, "block");
	area_xml_size(w, a, a->bpd);
	area_xml_text(w, "is-viewport-area", "true");
	area_xml_matrix(w, a, 0, 0);
	area_xml_text(w, "clipped", a->u.viewport.clip ? "true" : NULL);
	area_xml_common(w, a);
	area_xml_finish_begin(w);
	write_reference(w, a, a->first, NULL);
	area_xml_end(w, "block");
}

void area_xml_write_apart(AreaXml *w, const Area *a, const char *element)
{
	area_xml_begin(w, element);
	area_xml_size(w, a, a->bpd);
	area_xml_text(w, "r:name", a->name);
	area_xml_common(w, a);
	area_xml_children(w, a, element);
}

static void write_plain(AreaXml *w, const Area *a)
{
	gboolean beside = area_xml_is(a, "list-item-label") || area_xml_is(a, "list-item-body");
	int here = w->next, next = area_xml_begin_stacked(w, a, "block");

	area_xml_text(w, "visibility", area_xml_is(a, "block") ? "visible" : NULL);
	area_xml_text(w, "positioning", beside ? "absolute" : NULL);
	area_xml_text(w, "r:name", a->name);
	area_xml_common(w, a);
	area_xml_children(w, a, "block");
	w->next = beside ? here : next;
}

static void write_block(AreaXml *w, const Area *a)
{
	if (area_xml_is(a, "table"))
		area_xml_write_table(w, a);
	else if (area_xml_is(a, "table-cell") && a->parent)
		area_xml_write_placed(w, a, a->parent->y);
	else if (area_xml_is(a, "side-float"))
		area_xml_write_placed(w, a, w->next);
	else if (area_xml_is(a, "block-container"))
		write_container(w, a, NULL);
	else if (area_xml_is(a, "absolute-container"))
		write_container(w, a, "absolute");
	else if (area_xml_is(a, "fixed-container"))
		write_container(w, a, "fixed");
	else if (area_xml_is_apart(a))
		area_xml_write_apart(w, a, "r:block");
	else
		write_plain(w, a);
}

static void write_area(AreaXml *w, const Area *a)
{
	switch (a->kind) {
	case AREA_TEXT:
		area_xml_write_text(w, a);
		break;
	case AREA_LINE:
		area_xml_write_line(w, a);
		break;
	case AREA_INLINE:
		area_xml_write_inline(w, a);
		break;
	case AREA_LEADER:
		area_xml_write_leader(w, a);
		break;
	case AREA_IMAGE:
		area_xml_write_image(w, a);
		break;
	case AREA_VIEWPORT:
		write_viewport(w, a);
		break;
	case AREA_BLOCK:
	case AREA_REGION:
		write_block(w, a);
		break;
	}
}
