/* The checker of finished files: catalogue, metadata, fonts, links, outline. Structure and content have files of their own. */
#include "pdf/check.h"

#include "base/parallel.h"
#include "base/xml.h"

#include <string.h>

#define RDF_NS "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

static const struct {
	const char *key;
	const char *text[2];
} conditions[] = {
#define CONDITION(id, key, en, nl) {key, {en, nl}},
#include "pdf/conditions.def"
#undef CONDITION
};

static char *fill(const char *template, const char *about)
{
	g_auto(GStrv) parts = g_strsplit(template, "%1", 2);

	return g_strjoinv(about, parts);
}

void pdf_check_fail(PdfCheck *c, Condition condition, const char *about)
{
	g_autofree char *en = fill(conditions[condition].text[LANGUAGE_EN], about), *nl = fill(conditions[condition].text[LANGUAGE_NL], about);
	g_autofree char *code = g_strconcat("pdf-", conditions[condition].key, NULL);
	const Position at = {c->name, 0, 0, NULL};
	const char *text[2];

	text[LANGUAGE_EN] = en;
	text[LANGUAGE_NL] = nl;
	c->failed = TRUE;
	if (!g_hash_table_add(c->reported, g_strconcat(code, " ", about, NULL)))
		return;
	diagnostics_add_text(c->d, LEVEL_ERROR, code, &at, text, NULL);
}

void pdf_check_fail_page(PdfCheck *c, Condition condition, int page)
{
	g_autofree char *about = g_strdup_printf("%d", page);

	pdf_check_fail(c, condition, about);
}

/* The names of a name tree (7.9.6), whose limits are not believed; every node once, so that a tree that runs in circles ends. */
static void collect_names(PdfCheck *c, const PdfObject *node, GHashTable *seen, int depth)
{
	const PdfObject *names = pdf_check_key(c, node, "Names"), *kids = pdf_check_key(c, node, "Kids");

	if (depth > 20 || !g_hash_table_add(seen, (gpointer)node))
		return;
	for (guint i = 0; i + 1 < pdf_object_length(names); i += 2) {
		const PdfObject *key = pdf_object_item(c->r, names, i, NULL);
		GBytes *name = key->kind == PDF_STRING ? g_bytes_new_static(key->u.text, key->length) : NULL;
		if (name != NULL && !g_hash_table_contains(c->names, name))
			g_hash_table_insert(c->names, name, (gpointer)pdf_object_item(c->r, names, i + 1, NULL));
		else if (name != NULL)
			g_bytes_unref(name);
	}
	for (guint i = 0; i < pdf_object_length(kids); i++)
		collect_names(c, pdf_object_item(c->r, kids, i, NULL), seen, depth + 1);
}

/* A null object: it is not there. */
static const PdfObject *find_name(PdfCheck *c, const PdfObject *name)
{
	g_autoptr(GBytes) key = g_bytes_new_static(name->u.text, name->length);
	const PdfObject *found = g_hash_table_lookup(c->names, key);

	return found != NULL ? found : pdf_check_key(c, name, "");
}

/* Destination or action leads to a page of this file, or out of it by a URI. */
static gboolean leads_somewhere(PdfCheck *c, const PdfObject *holder)
{
	const PdfObject *destination = pdf_check_key(c, holder, "Dest"), *action = pdf_check_key(c, holder, "A");
	const char *kind = pdf_object_name(pdf_check_key(c, action, "S"));
	int page;

	if (g_strcmp0(kind, "URI") == 0)
		return pdf_check_key(c, action, "URI")->kind != PDF_NULL;
	if (g_strcmp0(kind, "GoTo") == 0)
		destination = pdf_check_key(c, action, "D");
	if (destination->kind == PDF_NAME)
		destination = pdf_check_key(c, pdf_check_key(c, pdf_reader_root(c->r), "Dests"), pdf_object_name(destination));
	else if (destination->kind == PDF_STRING)
		destination = find_name(c, destination);
	if (destination->kind == PDF_DICTIONARY)
		destination = pdf_check_key(c, destination, "D");
	if (destination->kind != PDF_ARRAY)
		return FALSE;
	pdf_object_item(c->r, destination, 0, &page);
	return g_hash_table_contains(c->pages, GINT_TO_POINTER(page));
}

static gboolean is_in(const xmlNs *ns, const char *address)
{
	return ns != NULL && strcmp((const char *)ns->href, address) == 0;
}

/* A property of XMP (ISO 16684-1): an element, or an attribute of rdf:Description, with words in it. */
static gboolean has_property(const xmlDoc *xmp, const char *address, const char *name)
{
	gboolean found = FALSE;

	for (const xmlNode *top = xmlDocGetRootElement((xmlDoc *)xmp), *n = top; n != NULL && !found; n = xml_following(n, top)) {
		xmlChar *words = xml_is(n, name) && is_in(n->ns, address)            ? xmlNodeGetContent(n)
		                 : xml_is(n, "Description") && is_in(n->ns, RDF_NS) ? xmlGetNsProp(n, BAD_CAST name, BAD_CAST address)
		                                                                    : NULL;
		found = words != NULL && words[strspn((const char *)words, " \t\r\n")] != '\0';
		xmlFree(words);
	}
	return found;
}

static void check_metadata(PdfCheck *c, const PdfObject *root)
{
	g_autoptr(GBytes) data = pdf_object_data(c->r, pdf_check_key(c, root, "Metadata"));

	g_autoptr(Diagnostics) unheard = diagnostics_new();
	g_autoptr(xmlDoc) xmp = data != NULL ? xml_parse(g_bytes_get_data(data, NULL), g_bytes_get_size(data), c->name, unheard) : NULL;

	if (xmp == NULL) {
		pdf_check_fail(c, CONDITION_XMP_MISSING, "");
		return;
	}
	if (!has_property(xmp, "http://www.aiim.org/pdfua/ns/id/", "part"))
		pdf_check_fail(c, CONDITION_XMP_NO_UA, "");
	if (!has_property(xmp, "http://purl.org/dc/elements/1.1/", "title"))
		pdf_check_fail(c, CONDITION_XMP_NO_TITLE, "");
}

static gboolean is_true(const PdfObject *o)
{
	return o->kind == PDF_BOOLEAN && o->u.integer;
}

static void check_catalog(PdfCheck *c, const PdfObject *root)
{
	const PdfObject *language = pdf_check_key(c, root, "Lang");

	check_metadata(c, root);
	if (!is_true(pdf_check_key(c, pdf_check_key(c, root, "ViewerPreferences"), "DisplayDocTitle")))
		pdf_check_fail(c, CONDITION_TITLE_NOT_SHOWN, "");
	if (!is_true(pdf_check_key(c, pdf_check_key(c, root, "MarkInfo"), "Marked")))
		pdf_check_fail(c, CONDITION_NOT_TAGGED, "");
	if (language->kind != PDF_STRING || language->length == 0)
		pdf_check_fail(c, CONDITION_NO_LANGUAGE, "");
	if (pdf_check_key(c, pdf_check_key(c, root, "Names"), "EmbeddedFiles")->kind != PDF_NULL)
		pdf_check_fail(c, CONDITION_FILE_ATTACHED, "");
	if (pdf_check_key(c, pdf_check_key(c, root, "AcroForm"), "XFA")->kind != PDF_NULL)
		pdf_check_fail(c, CONDITION_XFA, "");
	if (pdf_reader_is_encrypted(c->r))
		pdf_check_fail(c, CONDITION_ENCRYPTED, "");
}

/* ---- fonts ---- */

static void check_font(PdfCheck *c, const PdfObject *font)
{
	static const char *const files[] = {"FontFile", "FontFile2", "FontFile3"};
	const char *base = pdf_object_name(pdf_check_key(c, font, "BaseFont")), *name = base != NULL ? base : "?";
	const PdfObject *descendants = pdf_check_key(c, font, "DescendantFonts");
	const PdfObject *holder = pdf_object_length(descendants) > 0 ? pdf_object_item(c->r, descendants, 0, NULL) : font;
	const PdfObject *descriptor = pdf_check_key(c, holder, "FontDescriptor");
	gboolean embedded = FALSE;

	for (guint i = 0; i < G_N_ELEMENTS(files); i++)
		embedded |= pdf_check_key(c, descriptor, files[i])->kind != PDF_NULL;
	if (!embedded)
		pdf_check_fail(c, CONDITION_FONT_NOT_EMBEDDED, name);
	if (g_strcmp0(pdf_object_name(pdf_check_key(c, holder, "Subtype")), "CIDFontType2") == 0 && pdf_check_key(c, holder, "CIDToGIDMap")->kind == PDF_NULL)
		pdf_check_fail(c, CONDITION_FONT_NO_GID_MAP, name);
	if (pdf_check_key(c, font, "ToUnicode")->kind == PDF_NULL)
		pdf_check_fail(c, CONDITION_NO_UNICODE, name);
	pdf_check_count_glyphs(c, font);
}

static void check_fonts_of(PdfCheck *c, const PdfObject *holder, GHashTable *seen, int depth)
{
	const PdfObject *resources = pdf_check_key(c, holder, "Resources");
	const PdfObject *dictionaries[] = {pdf_check_key(c, resources, "Font"), pdf_check_key(c, resources, "XObject")};

	for (guint pass = 0; pass < G_N_ELEMENTS(dictionaries); pass++) {
		const PdfObject *dictionary = dictionaries[pass];
		for (guint i = 0; dictionary->kind == PDF_DICTIONARY && i < dictionary->length; i++) {
			const PdfObject *o = pdf_check_key(c, dictionary, dictionary->u.entries[i].key);
			if (!g_hash_table_add(seen, (gpointer)o))
				continue;
			if (pass == 0)
				check_font(c, o);
			else if (depth < 8)
				check_fonts_of(c, o, seen, depth + 1);
		}
	}
}

/* ---- links ---- */

static void check_annotations(PdfCheck *c, int number, const PdfObject *page)
{
	const PdfObject *list = pdf_check_key(c, page, "Annots");

	if (pdf_object_length(list) == 0)
		return;
	if (g_strcmp0(pdf_object_name(pdf_check_key(c, page, "Tabs")), "S") != 0)
		pdf_check_fail_page(c, CONDITION_TAB_ORDER, number);
	for (guint i = 0; i < pdf_object_length(list); i++) {
		const PdfObject *a = pdf_object_item(c->r, list, i, NULL);
		if (g_strcmp0(pdf_object_name(pdf_check_key(c, a, "Subtype")), "Link") != 0)
			continue;
		if (!g_hash_table_contains(c->links, a))
			pdf_check_fail_page(c, CONDITION_LINK_UNTAGGED, number);
		if (pdf_check_key(c, a, "Contents")->kind == PDF_NULL)
			pdf_check_fail_page(c, CONDITION_LINK_NO_CONTENTS, number);
		if (!leads_somewhere(c, a))
			pdf_check_fail_page(c, CONDITION_LINK_BROKEN, number);
	}
}

static void check_outline(PdfCheck *c, const PdfObject *item, int *left, int depth)
{
	for (; item->kind != PDF_NULL && --*left > 0 && depth < 100; item = pdf_check_key(c, item, "Next")) {
		if (!leads_somewhere(c, item)) {
			g_autofree char *title = pdf_object_text(pdf_check_key(c, item, "Title"));
			pdf_check_fail(c, CONDITION_OUTLINE_BROKEN, title != NULL ? title : "");
		}
		check_outline(c, pdf_check_key(c, item, "First"), left, depth + 1);
	}
}

/* ---- content, page by page, on the cores that there are ---- */

typedef struct {
	const PdfCheck *c;
	PdfCheck *pages; /* what fails on each */
} Contents;

static GHashTable *new_reported(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void check_page(gpointer data, gpointer state, guint i, Diagnostics *d)
{
	const Contents *contents = data;
	PdfCheck *own = &contents->pages[i];

	(void)state;
	(void)d;
	*own = *contents->c;
	own->d = diagnostics_new();
	own->reported = new_reported();
	own->failed = FALSE;
	pdf_check_content(own, (int)i + 1, pdf_reader_page(own->r, i, NULL));
}

static void check_contents(PdfCheck *c, guint n)
{
	g_autofree PdfCheck *pages = g_new0(PdfCheck, n);
	Contents contents = {c, pages};
	const Parallel work = {.count = n, .at_once = 4, .data = &contents, .step = check_page};

	parallel_run(&work, c->d);
	for (guint i = 0; i < n; i++) {
		diagnostics_merge(c->d, pages[i].d);
		diagnostics_free(pages[i].d);
		g_hash_table_unref(pages[i].reported);
		c->failed = c->failed || pages[i].failed;
	}
}

static void check_file(PdfCheck *c)
{
	const PdfObject *root = pdf_reader_root(c->r);
	guint n = pdf_reader_page_count(c->r);
	int left = 100000;
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL), nodes = g_hash_table_new(NULL, NULL);

	if (n < 1)
		pdf_check_fail(c, CONDITION_NO_PAGES, "");
	for (guint i = 0; i < n; i++) {
		int number;
		pdf_reader_page(c->r, i, &number);
		g_hash_table_insert(c->pages, GINT_TO_POINTER(number), GUINT_TO_POINTER(i + 1));
	}
	collect_names(c, pdf_check_key(c, pdf_check_key(c, root, "Names"), "Dests"), nodes, 0);
	check_catalog(c, root);
	pdf_check_structure(c);
	for (guint i = 0; i < n; i++) {
		const PdfObject *page = pdf_reader_page(c->r, i, NULL);
		check_fonts_of(c, page, seen, 0);
		check_annotations(c, (int)i + 1, page);
	}
	check_contents(c, n);
	check_outline(c, pdf_check_key(c, pdf_check_key(c, root, "Outlines"), "First"), &left, 0);
}

gboolean pdf_check(GBytes *file, const char *name, Diagnostics *d)
{
	gsize content = 0;
	PdfCheck c = {.name = name, .d = d, .content = &content};
	g_autoptr(PdfReader) reader = pdf_reader_open(file, name, d);

	if (reader == NULL)
		return FALSE;
	c.r = reader;
	c.reported = new_reported();
	c.names = g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
	c.pages = g_hash_table_new(NULL, NULL);
	c.marked = g_hash_table_new(NULL, NULL);
	c.links = g_hash_table_new(NULL, NULL);
	c.glyphs = g_hash_table_new(NULL, NULL);
	check_file(&c);
	g_hash_table_unref(c.reported);
	g_hash_table_unref(c.names);
	g_hash_table_unref(c.pages);
	g_hash_table_unref(c.marked);
	g_hash_table_unref(c.links);
	g_hash_table_unref(c.glyphs);
	return !c.failed;
}
