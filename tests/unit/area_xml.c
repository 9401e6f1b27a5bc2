/* The area tree's XML: FOP's names for every kind of area, from a small tree made by hand. */
#include "layout/line.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <string.h>

static Area *add(AreaTree *t, Area *parent, AreaKind kind, const char *name, const int r[4])
{
	Area *a = area_new(t, kind, name);
	a->x = r[0];
	a->y = r[1];
	a->ipd = r[2];
	a->bpd = r[3];
	if (parent)
		area_append(parent, a);
	return a;
}
#define ADD(parent, kind, name, ...) add(t, (parent), (kind), (name), (const int[]){__VA_ARGS__})

static void add_text(AreaTree *t, Area *line, int x, int y, const char *text)
{
	static AreaFont font = {.family = (char *)"Lato", .weight = 400, .upem = 1000, .ascender = 800, .descender = -200};
	Area *a = ADD(line, AREA_TEXT, "text", x, y, 20000, 10000);
	a->u.text = area_alloc(t, sizeof *a->u.text);
	*a->u.text = (AreaText){.font = &font, .size = 10000, .colour = 0x00545fff, .text = (char *)text};
}

static AreaPage *add_page(AreaTree *t)
{
	AreaPage *p = area_alloc(t, sizeof *p);
	*p = (AreaPage){.width = 300000, .height = 400000, .number = 1, .label = (char *)"i", .master = "A4"};
	g_ptr_array_add(t->pages, p);
	return p;
}

static AreaTree *make_tree(void)
{
	AreaTree *t = area_tree_new();
	AreaPage *page = add_page(t);
	Area *body = page->first = page->last = ADD(NULL, AREA_REGION, "region-body", 30000, 60000, 240000, 280000);
	Area *block = ADD(body, AREA_BLOCK, "block", 34000, 64000, 232000, 15000);
	block->id = "b<1>";
	block->box = area_alloc(t, sizeof *block->box);
	*block->box = (AreaBox){.background = 0xeeeeeeff, .border = {1000, 1000, 1000, 1000}, .padding = {3000, 3000, 3000, 3000}};
	block->box->border_style[SIDE_START] = BORDER_SOLID;
	block->box->border_colour[SIDE_START] = 0xff0000ff;
	Area *line = ADD(block, AREA_LINE, "line", 34000, 64000, 232000, 15000);
	add_text(t, line, 36000, 75000, "twee  woor\xc2\xad");
	Area *inner = ADD(line, AREA_INLINE, "inline", 60000, 67000, 20000, 10000);
	inner->link = area_alloc(t, sizeof *inner->link);
	inner->link->destination = (char *)"b<1>";
	add_text(t, inner, 60000, 75000, "&<\x01");
	Area *rule = ADD(line, AREA_LEADER, "leader", 90000, 74000, 50000, 500);
	rule->u.leader.style = BORDER_DOTTED;
	rule->u.leader.thickness = 500;
	Area *small = ADD(body, AREA_BLOCK, "table", 150000, 100000, 60000, 20000);
	Area *cell = ADD(small, AREA_BLOCK, "table-cell", 150000, 100000, 60000, 20000);
	Area *view = ADD(cell, AREA_VIEWPORT, "block-container", 150000, 100000, 60000, 20000);
	view->u.viewport.rotate = 90;
	Area *table = ADD(body, AREA_BLOCK, "table", 30000, 130000, 100000, 40000), *part = ADD(table, AREA_BLOCK, "table-body", 30000, 130000, 100000, 40000);
	Area *row = ADD(part, AREA_BLOCK, "table-row", 30000, 130000, 100000, 20000), *next = ADD(part, AREA_BLOCK, "table-row", 30000, 150000, 100000, 20000);
	ADD(row, AREA_BLOCK, "table-cell", 30000, 130000, 50000, 40000)->id = "hoog";
	ADD(row, AREA_BLOCK, "table-cell", 80000, 130000, 50000, 20000)->id = "rechts";
	ADD(next, AREA_BLOCK, "table-cell", 80000, 150000, 50000, 20000)->id = "onder";
	ADD(table, AREA_BLOCK, "table-border", 30000, 150000, 100000, 0);
	row->box = area_alloc(t, sizeof *row->box);
	*row->box = (AreaBox){.background = 0x112233ff};
	Area *container = ADD(body, AREA_BLOCK, "absolute-container", 40000, 200000, 60000, 30000);
	ADD(container, AREA_BLOCK, "block", 45000, 200000, 50000, 12000);
	Area *notes = ADD(body, AREA_BLOCK, "footnotes", 30000, 320000, 240000, 20000);
	ADD(notes, AREA_BLOCK, "block", 30000, 330000, 240000, 10000);
	AreaDestination *d = area_alloc(t, sizeof *d);
	g_hash_table_insert(t->destinations, (char *)"b<1>", d);
	AreaOutline *o = area_alloc(t, sizeof *o);
	*o = (AreaOutline){.title = (char *)"Eerste", .destination = (char *)"b<1>"};
	g_ptr_array_add(t->outline, o);
	return t;
}

static const struct {
	const char *path, *value;
} answers[] = {
    {"string(/areaTree/pageSequence/pageViewport/@bounds)", "0 0 300000 400000"},
    {"string(//pageViewport/@key)", "P1"},
    {"string(//pageViewport/@formatted-nr)", "i"},
    {"string(//regionViewport/@rect)", "30000 60000 240000 280000"},
    {"string(//regionBody/@ctm)", "[1.0 0.0 0.0 1.0 30000.0 60000.0]"},
    {"string(//mainReference/span/flow/block[1]/@ipda)", "240000"},
    {"string(//flow/block[1]/@bpda)", "23000"},
    {"string(//flow/block[1]/@bap)", "4000 4000 4000 4000"},
    {"string(//flow/block[1]/@prod-id)", "b<1>"},
    {"string(//flow/block[1]/@background)", "color=#eeeeee"},
    {"string(//flow/block[1]/@border-start)", "(solid,#ff0000,1000)"},
    {"string(//flow/block[1]/@r:at)", "34000 64000"},
    {"string(//lineArea/@bpd)", "10000"},
    {"string(//lineArea/@bpda)", "15000"},
    {"string(//lineArea/@space-before)", "3000"},
    {"string(//lineArea/@space-after)", "2000"},
    {"string(//lineArea/@start-indent)", "2000"},
    {"string(//lineArea/text/@baseline)", "8000"},
    {"string(//lineArea/text/@offset)", "0"},
    {"string(//lineArea/text/@font-name)", "Lato"},
    {"string(//lineArea/text/@color)", "#00545f"},
    {"count(//lineArea/text/space)", "2"},
    {"string(//lineArea/text/word[2])", "woor-"},
    {"string(//inlineparent/@internal-link)", "(P1,b<1>)"},
    {"string(//inlineparent/text/word)", "&<\xef\xbf\xbd"},
    {"string(//leader/@ruleStyle)", "dotted"},
    {"string(//leader/@offset)", "7000"},
    {"string(//flow/block[2]/block/@positioning)", "absolute"},
    {"string(//flow/block[2]/block/@left-offset)", "120000"},
    {"string(//block[@is-viewport-area]/@ctm)", "[0.0 -1.0 1.0 0.0 0.0 20000.0]"},
    {"count(//mainReference/span/flow/block)", "4"},
    {"count(//beforeFloat)", "1"},
    {"string(//flow/block[3]/block[1]/@bkg-color)", "#112233"}, /* of the row, behind its cells */
    {"string(//flow/block[3]/block[2]/@prod-id)", "rechts"},     /* a cell comes when its last row does */
    {"string(//flow/block[3]/block[4]/@prod-id)", "hoog"},
    {"string(//flow/block[3]/block[5]/@prod-id)", "onder"},
    {"string(//flow/block[3]/block[5]/@top-offset)", "20000"},
    {"count(//flow/block[3]/r:border)", "1"},
    {"string(//flow/block[4]/@top-position)", "140000"},
    {"string(//flow/block[4]/@positioning)", "absolute"},
    {"string(//flow/block[4]/block[@is-reference-area]/@bpd)", "12000"},
    {"string(//flow/block[4]/block/block/@start-indent)", "5000"},
    {"string(//flow/block[4]/block/block/@visibility)", "visible"},
    {"string(//flow/@bpd)", "110000"},
    {"string(//lineArea/space/@ipd)", "4000"},
    {"string(//footnote/@top-offset)", "260000"},
    {"count(//footnote/block)", "1"},
    {"string(/areaTree/bookmarkTree/bookmark/@internal-link)", "(P1,b<1>)"},
    {"string(//bookmark/@title)", "Eerste"},
};

static void test_names(void)
{
	AreaTree *t = make_tree();
	g_autoptr(GBytes) xml = layout_to_xml(t);
	gsize size;
	const char *text = g_bytes_get_data(xml, &size);
	xmlDoc *doc = xmlReadMemory(text, (int)size, "areas", NULL, XML_PARSE_NONET);
	g_assert_nonnull(doc);
	xmlXPathContext *context = xmlXPathNewContext(doc);
	xmlXPathRegisterNs(context, BAD_CAST "r", BAD_CAST "urn:rotonde:areas");
	for (guint i = 0; i < G_N_ELEMENTS(answers); i++) {
		xmlXPathObject *found = xmlXPathEvalExpression(BAD_CAST answers[i].path, context);
		g_assert_nonnull(found);
		xmlChar *value = xmlXPathCastToString(found);
		if (strcmp((const char *)value, answers[i].value) != 0)
			g_test_message("%s is %s\n%s", answers[i].path, value, text);
		g_assert_cmpstr((const char *)value, ==, answers[i].value);
		xmlFree(value);
		xmlXPathFreeObject(found);
	}
	xmlXPathFreeContext(context);
	xmlFreeDoc(doc);
	area_tree_free(t);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	xml_start();
	g_test_add_func("/area_xml/names", test_names);
	return g_test_run();
}
