/* What lay-out makes of an FO document: areas FILE.fo            the areas as XML
 *                                     areas FILE.fo EXPECTED   the questions of EXPECTED with their answers, to be compared with it
 *                                     areas --xml AREAS EXPECTED   the same, about areas that are there already (Apache FOP's, say)
 *
 * EXPECTED has a question a line; the rest of the line, from " = " on, is the answer:
 *   XPATH = VALUE   a string, number or boolean as XPath gives it; of a set of nodes the values of all, with " | " between them (of an
 *                   area the value is its text)
 *   lines           every line of text, answered by lines "| page x baseline text" (x and baseline in points)
 *   # ...           a remark
 * Lines that begin with "!" are the messages that formatting gave; they always come last. Of our own areas it is also held that their sizes
 * put them where they say that they are (stacking.h); "stacked elsewhere" tells of those that do not. */
#include "layout/layout.h"
#include "stacking.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

/* The text of an area as it is set; of any other node its string value. */
static char *text_of(const xmlNode *n)
{
	GString *text = g_string_new(NULL);
	gboolean set = FALSE;
	for (const xmlNode *c = n->type == XML_ELEMENT_NODE ? n : NULL; c; c = xml_following(c, n)) {
		if (!xml_is(c, "word") && !xml_is(c, "space"))
			continue;
		xmlChar *piece = xmlNodeGetContent(c);
		g_string_append(text, (const char *)piece);
		xmlFree(piece);
		set = TRUE;
	}
	xmlChar *value = set ? NULL : xmlXPathCastNodeToString((xmlNode *)n);
	if (value)
		g_string_append(text, g_strstrip((char *)value));
	xmlFree(value);
	return g_string_free(text, FALSE);
}

static void answer(xmlXPathContext *context, const char *question)
{
	xmlXPathObject *found = xmlXPathEvalExpression(BAD_CAST question, context);
	g_autoptr(GString) value = g_string_new(found ? NULL : "not a question");
	if (found && found->type == XPATH_NODESET) {
		for (int i = 0; found->nodesetval && i < found->nodesetval->nodeNr; i++) {
			g_autofree char *text = text_of(found->nodesetval->nodeTab[i]);
			g_string_append_printf(value, "%s%s", i ? " | " : "", text);
		}
	} else if (found) {
		xmlChar *text = xmlXPathCastToString(found);
		g_string_append(value, g_strstrip((char *)text));
		xmlFree(text);
	}
	printf("%s =%s%s\n", question, value->len ? " " : "", value->str);
	xmlXPathFreeObject(found);
}

/* ---- lines ---- */

static int page_of(const xmlNode *n)
{
	while (n && !xml_is(n, "pageViewport"))
		n = n->parent;
	int page = 1;
	for (const xmlNode *p = n ? n->doc->children : NULL; p && p != n; p = xml_following(p, (const xmlNode *)n->doc))
		page += xml_is(p, "pageViewport");
	return page;
}

static void print_points(const char *millipoints)
{
	char *end;
	gint64 first = g_ascii_strtoll(millipoints, &end, 10), second = g_ascii_strtoll(end, NULL, 10);
	char number[G_ASCII_DTOSTR_BUF_SIZE];
	printf(" %s", g_ascii_formatd(number, sizeof number, "%g", (double)first / 1000));
	printf(" %s", g_ascii_formatd(number, sizeof number, "%g", (double)second / 1000));
}

static void print_line(const xmlNode *line)
{
	printf("| %d", page_of(line));
	gboolean first = TRUE;
	for (const xmlNode *n = line->children; n; n = xml_following(n, line)) {
		const xmlNode *text = n->parent;
		gboolean word = xml_is(n, "word"), space = xml_is(n, "space") && (!first || xml_is(text, "text"));
		if ((word || space) && first) {
			xmlChar *at = xmlGetNsProp(text, BAD_CAST "at", BAD_CAST AREAS_NS);
			print_points(at ? (const char *)at : "0 0");
			xmlFree(at);
			putchar(' ');
			first = FALSE;
		}
		xmlChar *content = word ? xmlNodeGetContent(n) : NULL;
		printf("%s", word ? (const char *)content : space ? " " : xml_is(n, "leader") ? "~" : xml_is(n, "viewport") ? "[]" : "");
		xmlFree(content);
	}
	puts("");
}

static void print_lines(xmlDoc *doc)
{
	for (const xmlNode *n = xmlDocGetRootElement(doc); n; n = xml_following(n, (const xmlNode *)doc))
		if (xml_is(n, "lineArea"))
			print_line(n);
}

/* ---- the whole ---- */

/* The first " =" outside brackets, quotation marks and parentheses ends the question. */
static void cut_answer(char *line)
{
	int depth = 0;
	char quote = '\0';
	for (char *p = line; *p; p++) {
		if (quote)
			quote = *p == quote ? '\0' : quote;
		else if (*p == '\'' || *p == '"')
			quote = *p;
		else if (*p == '[' || *p == '(')
			depth++;
		else if (*p == ']' || *p == ')')
			depth--;
		else if (depth == 0 && p > line && p[-1] == ' ' && *p == '=' && (p[1] == ' ' || !p[1]))
			p[-1] = '\0';
		if (p > line && !p[-1])
			return;
	}
}

static void answer_all(xmlDoc *areas, const char *questions)
{
	xmlXPathContext *context = xmlXPathNewContext(areas);
	xmlXPathRegisterNs(context, BAD_CAST "r", BAD_CAST AREAS_NS);
	g_auto(GStrv) lines = g_strsplit(questions, "\n", -1);
	for (char **l = lines; *l; l++) {
		if (**l == '|' || **l == '!' || (!**l && !l[1]))
			continue;
		if (**l == '#' || !**l) {
			puts(*l);
		} else if (strcmp(*l, "lines") == 0) {
			puts(*l);
			print_lines(areas);
		} else {
			cut_answer(*l);
			answer(context, *l);
		}
	}
	xmlXPathFreeContext(context);
}

static void check_places(const xmlDoc *areas)
{
	GArray *places = stacking_places(areas);

	for (guint i = 0; i < places->len; i++) {
		const Placed *p = &g_array_index(places, Placed, i);
		xmlChar *said = xmlGetNsProp((xmlNode *)p->node, BAD_CAST "at", BAD_CAST AREAS_NS);
		char *end = (char *)said;
		gint64 x = said ? g_ascii_strtoll(end, &end, 10) : 0, y = said ? g_ascii_strtoll(end, &end, 10) : 0;
		gboolean line = xml_is(p->node, "lineArea"); /* which says where its rectangle begins, not its contents */
		if (said && !line && !p->turned && (ABS(x - p->x) > 2 || ABS(y - p->y) > 2)) {
			g_autofree char *text = text_of(p->node);
			printf("stacked elsewhere: page %d, %s '%.30s' at %d %d instead of %s\n", p->page, p->node->name, text, p->x, p->y, said);
		}
		xmlFree(said);
	}
	g_array_unref(places);
}

static xmlDoc *parse_areas(const char *text, gsize size)
{
	return xmlReadMemory(text, (int)size, "areas", NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
}

static GBytes *format(const char *path, Diagnostics *d)
{
	g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
	g_autofree char *fonts = g_canonicalize_filename("tests/fonts.conf", NULL);
	g_autoptr(xmlDoc) doc = xml_load(path, name, d);
	g_autoptr(FoTree) tree = doc ? fo_tree_new(doc, name, d) : NULL;
	LayoutOptions options = {.root = folder, .fonts_conf = fonts};
	g_autoptr(AreaTree) areas = tree ? layout_document(tree, &options, d) : NULL;
	if (areas) {
		layout_check_loss(tree, areas, d);
		layout_check_sight(areas, FALSE, d);
	}
	return areas ? layout_to_xml(areas) : NULL;
}

int main(int argc, char **argv)
{
	gboolean given = argc == 4 && strcmp(argv[1], "--xml") == 0;
	if (argc < 2 || argc > 4)
		return 2;
	xml_start();
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autofree char *text = NULL, *questions = NULL;
	gsize size = 0;
	g_autoptr(GBytes) xml = given ? NULL : format(argv[1], d);
	if (given && !g_file_get_contents(argv[2], &text, &size, NULL))
		return 3;
	const char *data = xml ? g_bytes_get_data(xml, &size) : given ? text : "<areaTree/>";
	size = xml || given ? size : strlen(data);
	if (argc == 2)
		fwrite(data, 1, size, stdout);
	if (argc > 2 && !g_file_get_contents(argv[argc - 1], &questions, NULL, NULL))
		questions = g_strdup("count(//pageViewport)\nlines\n");
	g_autoptr(xmlDoc) areas = questions ? parse_areas(data, size) : NULL;
	if (areas)
		answer_all(areas, questions);
	if (areas && xml)
		check_places(areas);
	for (guint i = 0; i < diagnostics_length(d); i++) {
		const Diagnostic *m = diagnostics_peek(d, i);
		fprintf(argc == 2 ? stderr : stdout, "! %d: %s: %s [%s]\n", m->line, level_name(m->level, LANGUAGE_EN), m->text[0], m->code);
	}
	return 0;
}
