/* Blocks of the area tree's XML.
 *
 * Apache FOP's blocks are fewer and more than ours: a table has cells and nothing between, a block-container is a viewport and the
 * reference area that it shows. What only ours have (borders that collapsed, change bars) is in our own namespace, so that FOP's
 * are found where they are counted. */
#include "layout/area_xml.h"

#include <string.h>

static void write_area(AreaXml *w, const Area *a);

void area_xml_areas(AreaXml *w, const Area *first, const Area *stop)
{
	for (const Area *a = first, *before = NULL; a && a != stop; before = a, a = a->next) {
		if (before)
			area_xml_write_gap(w, before, a);
		write_area(w, a);
	}
}

void area_xml_children(AreaXml *w, const Area *a, const char *element)
{
	if (!a->first) {
		area_xml_finish_empty(w);
		return;
	}
	area_xml_finish_begin(w);
	area_xml_areas(w, a->first, NULL);
	area_xml_end(w, element);
}

/* What stands beside the blocks of the flow, or is drawn over them. */
static gboolean is_apart(const Area *a)
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
		if (!is_apart(a))
			bottom = MAX(bottom, a->y + a->bpd + area_xml_edge(a, SIDE_AFTER));
	return bottom;
}

/* ---- block-containers ---- */

static void write_matrix(AreaXml *w, int rotate, int ipd, int bpd)
{
	static const char *const turns[] = {"1.0 0.0 0.0 1.0", "0.0 -1.0 1.0 0.0", "-1.0 0.0 0.0 -1.0", "0.0 1.0 -1.0 0.0"};
	int turn = (rotate / 90) & 3;

	g_string_append_printf(w->out, " ctm=\"[%s %d.0 %d.0]\"", turns[turn], turn == 2 || turn == 3 ? ipd : 0,
			       turn == 1 || turn == 2 ? bpd : 0);
}

/* What a viewport shows, or a container that needs none. */
static void write_reference(AreaXml *w, const Area *a, const Area *first, const char *id)
{
	const int top = a->kind == AREA_VIEWPORT && a->u.viewport.rotate != 0 ? 0 : a->y;
	const Area inner = {.ipd = a->kind == AREA_VIEWPORT && a->u.viewport.rotate % 180 != 0 ? a->bpd : a->ipd};

	area_xml_begin(w, "block");
	area_xml_size(w, &inner, area_xml_bottom(first, NULL, top) - top);
	area_xml_text(w, "prod-id", id);
	area_xml_text(w, "is-reference-area", "true");
	area_xml_finish_begin(w);
	area_xml_areas(w, first, NULL);
	area_xml_end(w, "block");
}

/* The area whose edges indents are counted from: a cell, a container or its viewport, a column or a region. */
static void reference_edges(const Area *a, int *left, int *right)
{
	const Area *r = a->parent;

	while (r && r->parent && r->kind == AREA_BLOCK && !area_xml_is(r, "table-cell") && !is_container(r) &&
	       !area_xml_is(r, "flow"))
		r = r->parent;
	gboolean turned = r && r->kind == AREA_VIEWPORT && r->u.viewport.rotate != 0;
	*left = !r || turned ? 0 : r->x;
	*right = *left + (!r ? a->ipd : turned && r->u.viewport.rotate % 180 != 0 ? r->bpd : r->ipd);
}

static void write_indents(AreaXml *w, const Area *a)
{
	int left, right;

	reference_edges(a, &left, &right);
	area_xml_number_if(w, "start-indent", a->x - left);
	area_xml_number_if(w, "end-indent", right - a->x - a->ipd);
	area_xml_number_if(w, "space-start", a->x - left - area_xml_edge(a, SIDE_START));
	area_xml_number_if(w, "space-end", right - a->x - a->ipd - area_xml_edge(a, SIDE_END));
}

static void write_spaces(AreaXml *w, const Area *a)
{
	area_xml_number_if(w, "space-before", a->u.block.space_before);
	area_xml_number_if(w, "space-after", a->u.block.space_after);
}

static void write_container(AreaXml *w, const Area *a, const char *positioning)
{
	const Area *view = a->first && a->first->kind == AREA_VIEWPORT ? a->first : NULL;
	int left, right;

	area_xml_begin(w, "block");
	area_xml_size(w, a, a->bpd);
	area_xml_text(w, "is-viewport-area", "true");
	if (positioning) {
		area_xml_number_if(w, "left-position", a->x - area_xml_edge(a, SIDE_START) - (a->parent ? a->parent->x : 0));
		area_xml_number_if(w, "top-position", a->y - area_xml_edge(a, SIDE_BEFORE) - (a->parent ? a->parent->y : 0));
	} else {
		reference_edges(a, &left, &right);
		area_xml_number_if(w, "start-indent", a->x - left);
		area_xml_number_if(w, "space-start", a->x - left - area_xml_edge(a, SIDE_START));
		write_spaces(w, a);
	}
	write_matrix(w, view ? view->u.viewport.rotate : 0, a->ipd, a->bpd);
	area_xml_text(w, "clipped", view && view->u.viewport.clip ? "true" : NULL);
	area_xml_text(w, "positioning", positioning);
	area_xml_text(w, "r:name", a->name);
	area_xml_common(w, a);
	area_xml_finish_begin(w);
	write_reference(w, view ? view : a, view ? view->first : a->first, a->id ? a->id : view ? view->id : NULL);
	area_xml_end(w, "block");
}

/* ---- tables ---- */

typedef struct {
	const Area *cell;
	const AreaBox *behind[2]; /* of its part of the table, and of its row */
} Cell;

static void collect_cells(GArray *cells, const Area *a, const AreaBox *part, const AreaBox *row)
{
	for (const Area *c = a->first; c; c = c->next) {
		const Cell cell = {c, {part, row}};
		if (area_xml_is(c, "table-cell"))
			g_array_append_val(cells, cell);
		else if (area_xml_is(c, "table-row"))
			collect_cells(cells, c, part, c->box);
		else if (!is_apart(c))
			collect_cells(cells, c, c->box, NULL);
	}
}

/* FOP places a cell when its last row is done. */
static int compare_cells(gconstpointer a, gconstpointer b)
{
	const Area *x = ((const Cell *)a)->cell, *y = ((const Cell *)b)->cell;
	int end_x = x->y + x->bpd + area_xml_edge(x, SIDE_AFTER), end_y = y->y + y->bpd + area_xml_edge(y, SIDE_AFTER);

	return end_x != end_y ? (end_x > end_y) - (end_x < end_y) : (x->x > y->x) - (x->x < y->x);
}

static void write_offsets(AreaXml *w, const Area *a, const Area *table)
{
	area_xml_number_if(w, "left-offset", a->x - area_xml_edge(a, SIDE_START) - table->x);
	area_xml_number_if(w, "top-offset", a->y - area_xml_edge(a, SIDE_BEFORE) - table->y);
	area_xml_text(w, "positioning", "absolute");
}

static void write_background(AreaXml *w, const Area *cell, const AreaBox *box, const Area *table)
{
	const AreaBox background = {.background = box->background, .background_picture = box->background_picture};
	Area behind = *cell;

	if (!(box->background & 0xff) && !box->background_picture)
		return;
	behind.box = NULL;
	behind.ipd += area_xml_edge(cell, SIDE_START) + area_xml_edge(cell, SIDE_END);
	area_xml_begin(w, "block");
	area_xml_size(w, &behind, cell->bpd + area_xml_edge(cell, SIDE_BEFORE) + area_xml_edge(cell, SIDE_AFTER));
	area_xml_box(w, &background);
	write_offsets(w, cell, table);
	area_xml_finish_empty(w);
}

static void write_cell(AreaXml *w, const Area *a, const Area *table)
{
	area_xml_begin(w, "block");
	area_xml_size(w, a, a->bpd);
	area_xml_text(w, "is-reference-area", "true");
	write_offsets(w, a, table);
	area_xml_text(w, "r:name", a->name);
	area_xml_common(w, a);
	area_xml_children(w, a, "block");
}

static void write_drawn(AreaXml *w, const Area *a)
{
	area_xml_begin(w, "r:border");
	area_xml_size(w, a, a->bpd);
	area_xml_text(w, "r:name", a->name);
	area_xml_common(w, a);
	area_xml_children(w, a, "r:border");
}

static void write_borders(AreaXml *w, const Area *a)
{
	for (const Area *c = a->first; c; c = c->next)
		if (area_xml_is(c, "table-border"))
			write_drawn(w, c);
		else if (!area_xml_is(c, "table-cell"))
			write_borders(w, c);
}

static void write_table(AreaXml *w, const Area *a)
{
	g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(Cell));

	collect_cells(cells, a, NULL, NULL);
	g_array_sort(cells, compare_cells); /* stable */
	area_xml_begin(w, "block");
	area_xml_size(w, a, a->bpd);
	write_spaces(w, a);
	area_xml_text(w, "r:name", a->name);
	area_xml_common(w, a);
	area_xml_finish_begin(w);
	for (guint i = 0; i < cells->len; i++) {
		const Cell *c = &g_array_index(cells, Cell, i);
		for (guint k = 0; k < G_N_ELEMENTS(c->behind); k++)
			if (c->behind[k])
				write_background(w, c->cell, c->behind[k], a);
		write_cell(w, c->cell, a);
	}
	write_borders(w, a);
	area_xml_end(w, "block");
}

/* ---- others ---- */

static void write_viewport(AreaXml *w, const Area *a)
{
	area_xml_begin(w, "block");
	area_xml_size(w, a, a->bpd);
	area_xml_text(w, "is-viewport-area", "true");
	write_matrix(w, a->u.viewport.rotate, a->ipd, a->bpd);
	area_xml_text(w, "clipped", a->u.viewport.clip ? "true" : NULL);
	area_xml_common(w, a);
	area_xml_finish_begin(w);
	write_reference(w, a, a->first, NULL);
	area_xml_end(w, "block");
}

static void write_plain(AreaXml *w, const Area *a)
{
	gboolean item = area_xml_is(a, "list-item-label") || area_xml_is(a, "list-item-body"),
		 floats = area_xml_is(a, "side-float");
	const char *element = is_apart(a) && !floats ? "r:block" : "block";

	area_xml_begin(w, element);
	area_xml_size(w, a, a->bpd);
	write_indents(w, a);
	write_spaces(w, a);
	area_xml_text(w, "visibility", area_xml_is(a, "block") ? "visible" : NULL);
	area_xml_text(w, "is-reference-area", floats ? "true" : NULL);
	area_xml_text(w, "positioning", item || floats ? "absolute" : NULL);
	area_xml_text(w, "r:name", a->name);
	area_xml_common(w, a);
	area_xml_children(w, a, element);
}

static void write_block(AreaXml *w, const Area *a)
{
	if (area_xml_is(a, "table"))
		write_table(w, a);
	else if (area_xml_is(a, "table-cell") && a->parent)
		write_cell(w, a, a->parent);
	else if (area_xml_is(a, "block-container"))
		write_container(w, a, NULL);
	else if (area_xml_is(a, "absolute-container"))
		write_container(w, a, "absolute");
	else if (area_xml_is(a, "fixed-container"))
		write_container(w, a, "fixed");
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
