/* Fuzzing of formatting objects. What begins with < is a whole document. Anything else is the value of a property: its row is the first two
 * bytes, and the rest stands, escaped, as that attribute on an object inside others that set something to inherit. Every value is read back. */
#include "fo/values.h"

#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	xml_start();
	return 0;
}

/* All that lay-out could ask of a node. */
static guint read_back(const FoNode *n)
{
	guint64 sum = 0;
	for (FoProperty p = 0; p < FO_PROPERTY_COUNT; p++) {
		g_autofree char *text = fo_value_describe(fo_values_peek(n->values, fo_property_home(n->values, p)));
		const char *string = fo_string(n, p);
		const char *const *strings = fo_strings(n, p);
		FoSpace space = fo_space(n, p, 200000);
		if (space.optimum != FO_AUTO && space.maximum != FO_AUTO && fo_properties[p].type & T_SPACE)
			g_assert(space.minimum <= space.optimum && space.optimum <= space.maximum);
		sum += (guint)fo_length(n, p, 200000) + (guint)fo_keep(n, p) + fo_keyword(n, p) + (guint)fo_integer(n, p) +
		       fo_colour(n, p);
		sum += fo_proportion(n, p) > 0;
		sum += (text ? strlen(text) : 0) + (string ? strlen(string) : 0) + (strings && *strings ? strlen(*strings) : 0);
	}
	return (guint)sum;
}

static void read_tree(const FoTree *t)
{
	static guint sink;
	guint count = 0;
	const FoNode *marker = NULL, *retrieve = NULL;
	for (const FoNode *n = fo_tree_root(t); n;) {
		count++;
		if (count < 20)
			sink ^= read_back(n);
		marker = n->kind == FO_MARKER ? n : marker;
		retrieve = n->kind == FO_RETRIEVE_MARKER ? n : retrieve;
		if (n->first) {
			n = n->first;
			continue;
		}
		while (n && !n->next)
			n = n->parent;
		n = n ? n->next : NULL;
	}
	g_assert(count < fo_tree_count(t) + 1);
	g_assert(sink != 0x5eedf00d); /* so that nothing is optimised away */
	if (marker && retrieve) {
		const FoNode *copy = fo_marker_retrieve(t, marker, retrieve);
		g_assert(copy == fo_marker_retrieve(t, marker, retrieve));
		for (const FoNode *n = copy->first; n; n = n->next)
			sink ^= read_back(n);
	}
}

static void format(const char *text, gsize size)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(xmlDoc) doc = xml_parse(text, size, "fuzz.fo", d);
	g_autoptr(FoTree) t = doc ? fo_tree_new(doc, "fuzz.fo", d) : NULL;
	if (t)
		read_tree(t);
	else
		g_assert(diagnostics_count(d, LEVEL_ERROR) > 0);
	DiagnosticStyle style = {.language = LANGUAGE_NL, .prefix = ""};
	g_free(diagnostics_format(d, &style));
}

static char *make_document(const guint8 *data, gsize size)
{
	const char *name = fo_properties[(data[0] | data[1] << 8) % FO_PROPERTY_COUNT].name;
	g_autofree char *raw = g_utf8_make_valid((const char *)data + 2, (gssize)size - 2);
	g_autofree char *value = g_markup_escape_text(raw, -1);
	return g_strdup_printf(
	    "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' xmlns:fox='http://xmlgraphics.apache.org/fop/extensions' "
	    "xmlns:rotonde='urn:rotonde:fo' font-size='11pt' start-indent='3pt'>"
	    "<fo:layout-master-set><fo:simple-page-master master-name='a'><fo:region-body/></fo:simple-page-master>"
	    "</fo:layout-master-set><fo:page-sequence master-reference='a'><fo:flow flow-name='xsl-region-body'>"
	    "<fo:list-block><fo:list-item><fo:list-item-label><fo:block/></fo:list-item-label><fo:list-item-body>"
	    "<fo:table><fo:table-column text-align='end' column-width='3pt'/><fo:table-body><fo:table-cell>"
	    "<fo:block margin-left='10%%' padding='2pt' border='1pt solid red'><fo:block %s=\"%s\">x</fo:block></fo:block>"
	    "</fo:table-cell></fo:table-body></fo:table>"
	    "</fo:list-item-body></fo:list-item></fo:list-block></fo:flow></fo:page-sequence></fo:root>",
	    name, value);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	if (size < 3)
		return 0;
	if (data[0] == '<') {
		format((const char *)data, size);
		return 0;
	}
	g_autofree char *document = make_document(data, size);
	format(document, strlen(document));
	return 0;
}
