/* Tables of the area tree's XML: cells and nothing between them, each placed by itself, in the order in which FOP is done with
 * them. */
#include "layout/area_xml.h"

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
		else if (!area_xml_is_apart(c))
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

/* Of its content from the start edge of the reference area that it stands in, and of its border from top. */
static void write_offsets(AreaXml *w, const Area *a, int top)
{
	int left, right;

	area_xml_reference(a, &left, &right);
	area_xml_number_if(w, "left-offset", a->x - left);
	area_xml_number_if(w, "top-offset", a->y - area_xml_edge(a, SIDE_BEFORE) - top);
	area_xml_text(w, "positioning", "absolute");
}

static void write_background(AreaXml *w, const Area *cell, const AreaBox *box, const Area *table)
{
	const AreaBox background = {.background = box->background, .background_picture = box->background_picture};
	Area behind = *cell;

	if (!(box->background & 0xff) && !box->background_picture)
		return;
	behind.box = NULL;
	behind.x -= area_xml_edge(cell, SIDE_START);
	behind.y -= area_xml_edge(cell, SIDE_BEFORE);
	behind.ipd += area_xml_edge(cell, SIDE_START) + area_xml_edge(cell, SIDE_END);
	area_xml_begin(w, "block");
	area_xml_size(w, &behind, cell->bpd + area_xml_edge(cell, SIDE_BEFORE) + area_xml_edge(cell, SIDE_AFTER));
	area_xml_box(w, &background);
	write_offsets(w, &behind, table->y);
	area_xml_finish_empty(w);
}

void area_xml_write_placed(AreaXml *w, const Area *a, int top)
{
	area_xml_begin(w, "block");
	area_xml_size(w, a, a->bpd);
	area_xml_text(w, "is-reference-area", "true");
	write_offsets(w, a, top);
	area_xml_text(w, "r:name", a->name);
	area_xml_common(w, a);
	area_xml_finish_begin(w);
	area_xml_within(w, a->first, NULL, a->y);
	area_xml_end(w, "block");
}

static void write_borders(AreaXml *w, const Area *a)
{
	for (const Area *c = a->first; c; c = c->next)
		if (area_xml_is(c, "table-border"))
			area_xml_write_apart(w, c, "r:border");
		else if (!area_xml_is(c, "table-cell"))
			write_borders(w, c);
}

void area_xml_write_table(AreaXml *w, const Area *a)
{
	g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(Cell));

	collect_cells(cells, a, NULL, NULL);
	g_array_sort(cells, compare_cells); /* stable */
	const int next = area_xml_begin_stacked(w, a, "block");
	area_xml_text(w, "r:name", a->name);
	area_xml_common(w, a);
	area_xml_finish_begin(w);
	for (guint i = 0; i < cells->len; i++) {
		const Cell *c = &g_array_index(cells, Cell, i);
		for (guint k = 0; k < G_N_ELEMENTS(c->behind); k++)
			if (c->behind[k])
				write_background(w, c->cell, c->behind[k], a);
		area_xml_write_placed(w, c->cell, a->y);
	}
	write_borders(w, a);
	area_xml_end(w, "block");
	w->next = next;
}
