/* The checker of finished files: catalogue, metadata, fonts, links, outline. Structure and content have files of their own. */
#include "pdf/check.h"

#include <string.h>

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

qpdf_oh pdf_check_key(PdfCheck *c, qpdf_oh o, const char *key)
{
	return o != 0 ? c->f->qpdf_oh_get_key_if_dict(c->q, o, key) : 0;
}

const char *pdf_check_name(PdfCheck *c, qpdf_oh o)
{
	const char *name = o != 0 ? c->f->qpdf_oh_get_name(c->q, o) : NULL; /* "" when it is none */

	return name != NULL && *name == '/' ? name + 1 : NULL;
}

gboolean pdf_check_is_null(PdfCheck *c, qpdf_oh o)
{
	return o == 0 || c->f->qpdf_oh_is_null(c->q, o);
}

gboolean pdf_check_leads_somewhere(PdfCheck *c, qpdf_oh holder)
{
	qpdf_oh destination = pdf_check_key(c, holder, "/Dest"), action = pdf_check_key(c, holder, "/A"), first;
	const char *kind = pdf_check_name(c, pdf_check_key(c, action, "/S"));

	if (kind != NULL && strcmp(kind, "URI") == 0)
		return !pdf_check_is_null(c, pdf_check_key(c, action, "/URI"));
	if (kind != NULL && strcmp(kind, "GoTo") == 0)
		destination = pdf_check_key(c, action, "/D");
	if (destination == 0 || !c->f->qpdf_oh_is_array(c->q, destination))
		return !pdf_check_is_null(c, destination); /* a name: its tree is not followed */
	if (c->f->qpdf_oh_get_array_n_items(c->q, destination) < 1)
		return FALSE;
	first = c->f->qpdf_oh_get_array_item(c->q, destination, 0);
	return g_hash_table_contains(c->pages, GINT_TO_POINTER(c->f->qpdf_oh_get_object_id(c->q, first)));
}

static void check_metadata(PdfCheck *c, qpdf_oh root)
{
	qpdf_oh stream = pdf_check_key(c, root, "/Metadata");
	unsigned char *data = NULL;
	size_t size = 0;
	QPDF_BOOL filtered;

	if (stream == 0 || !c->f->qpdf_oh_is_stream(c->q, stream) ||
	    c->f->qpdf_oh_get_stream_data(c->q, stream, qpdf_dl_generalized, &filtered, &data, &size) != QPDF_SUCCESS) {
		pdf_check_fail(c, CONDITION_XMP_MISSING, "");
		return;
	}
	if (g_strstr_len((char *)data, (gssize)size, "pdfuaid:part") == NULL)
		pdf_check_fail(c, CONDITION_XMP_NO_UA, "");
	if (g_strstr_len((char *)data, (gssize)size, "<dc:title") == NULL)
		pdf_check_fail(c, CONDITION_XMP_NO_TITLE, "");
	free(data);
}

static void check_catalog(PdfCheck *c, qpdf_oh root)
{
	qpdf_oh show = pdf_check_key(c, pdf_check_key(c, root, "/ViewerPreferences"), "/DisplayDocTitle");
	qpdf_oh marked = pdf_check_key(c, pdf_check_key(c, root, "/MarkInfo"), "/Marked"), language = pdf_check_key(c, root, "/Lang");

	check_metadata(c, root);
	if (show == 0 || !c->f->qpdf_oh_get_bool_value(c->q, show))
		pdf_check_fail(c, CONDITION_TITLE_NOT_SHOWN, "");
	if (marked == 0 || !c->f->qpdf_oh_get_bool_value(c->q, marked))
		pdf_check_fail(c, CONDITION_NOT_TAGGED, "");
	if (language == 0 || !c->f->qpdf_oh_is_string(c->q, language) || *c->f->qpdf_oh_get_utf8_value(c->q, language) == '\0')
		pdf_check_fail(c, CONDITION_NO_LANGUAGE, "");
	if (!pdf_check_is_null(c, pdf_check_key(c, pdf_check_key(c, root, "/Names"), "/EmbeddedFiles")))
		pdf_check_fail(c, CONDITION_FILE_ATTACHED, "");
	if (!pdf_check_is_null(c, pdf_check_key(c, pdf_check_key(c, root, "/AcroForm"), "/XFA")))
		pdf_check_fail(c, CONDITION_XFA, "");
	if (c->f->qpdf_is_encrypted(c->q))
		pdf_check_fail(c, CONDITION_ENCRYPTED, "");
}

/* ---- fonts ---- */

static void check_font(PdfCheck *c, qpdf_oh font)
{
	const char *base = pdf_check_name(c, pdf_check_key(c, font, "/BaseFont")), *subtype;
	g_autofree char *name = g_strdup(base != NULL ? base : "?");
	qpdf_oh descendants = pdf_check_key(c, font, "/DescendantFonts"), holder = font, descriptor;
	static const char *const files[] = {"/FontFile", "/FontFile2", "/FontFile3"};
	gboolean embedded = FALSE;

	if (descendants != 0 && c->f->qpdf_oh_is_array(c->q, descendants) && c->f->qpdf_oh_get_array_n_items(c->q, descendants) > 0)
		holder = c->f->qpdf_oh_get_array_item(c->q, descendants, 0);
	descriptor = pdf_check_key(c, holder, "/FontDescriptor");
	for (guint i = 0; i < G_N_ELEMENTS(files); i++)
		embedded |= !pdf_check_is_null(c, pdf_check_key(c, descriptor, files[i]));
	if (!embedded)
		pdf_check_fail(c, CONDITION_FONT_NOT_EMBEDDED, name);
	subtype = pdf_check_name(c, pdf_check_key(c, holder, "/Subtype"));
	if (subtype != NULL && strcmp(subtype, "CIDFontType2") == 0 && pdf_check_is_null(c, pdf_check_key(c, holder, "/CIDToGIDMap")))
		pdf_check_fail(c, CONDITION_FONT_NO_GID_MAP, name);
	if (pdf_check_is_null(c, pdf_check_key(c, font, "/ToUnicode")))
		pdf_check_fail(c, CONDITION_NO_UNICODE, name);
}

static void check_fonts_of(PdfCheck *c, qpdf_oh holder, GHashTable *seen, int depth)
{
	qpdf_oh resources = pdf_check_key(c, holder, "/Resources");
	qpdf_oh fonts = pdf_check_key(c, resources, "/Font"), objects = pdf_check_key(c, resources, "/XObject");

	for (int pass = 0; pass < 2; pass++) {
		qpdf_oh dictionary = pass == 0 ? fonts : objects;
		g_auto(GStrv) keys = dictionary != 0 ? qpdf_keys(c->f, c->q, dictionary) : NULL;
		for (char **key = keys; key != NULL && *key != NULL; key++) {
			qpdf_oh o = c->f->qpdf_oh_get_key(c->q, dictionary, *key);
			if (!g_hash_table_add(seen, GINT_TO_POINTER(c->f->qpdf_oh_get_object_id(c->q, o))))
				continue;
			if (pass == 0)
				check_font(c, o);
			else if (depth < 8)
				check_fonts_of(c, c->f->qpdf_oh_is_stream(c->q, o) ? c->f->qpdf_oh_get_dict(c->q, o) : o, seen, depth + 1);
		}
	}
}

/* ---- links ---- */

static void check_annotations(PdfCheck *c, int number, qpdf_oh page)
{
	qpdf_oh list = pdf_check_key(c, page, "/Annots");
	const char *tabs;
	int n;

	if (list == 0 || !c->f->qpdf_oh_is_array(c->q, list) || (n = c->f->qpdf_oh_get_array_n_items(c->q, list)) == 0)
		return;
	tabs = pdf_check_name(c, pdf_check_key(c, page, "/Tabs"));
	if (tabs == NULL || strcmp(tabs, "S") != 0)
		pdf_check_fail_page(c, CONDITION_TAB_ORDER, number);
	for (int i = 0; i < n; i++) {
		qpdf_oh a = c->f->qpdf_oh_get_array_item(c->q, list, i);
		const char *subtype = pdf_check_name(c, pdf_check_key(c, a, "/Subtype"));
		if (subtype == NULL || strcmp(subtype, "Link") != 0)
			continue;
		if (!g_hash_table_contains(c->links, GINT_TO_POINTER(c->f->qpdf_oh_get_object_id(c->q, a))))
			pdf_check_fail_page(c, CONDITION_LINK_UNTAGGED, number);
		if (pdf_check_is_null(c, pdf_check_key(c, a, "/Contents")))
			pdf_check_fail_page(c, CONDITION_LINK_NO_CONTENTS, number);
		if (!pdf_check_leads_somewhere(c, a))
			pdf_check_fail_page(c, CONDITION_LINK_BROKEN, number);
	}
}

static void check_outline(PdfCheck *c, qpdf_oh item, int *left)
{
	for (; !pdf_check_is_null(c, item) && --*left > 0; item = pdf_check_key(c, item, "/Next")) {
		qpdf_oh title = pdf_check_key(c, item, "/Title");
		if (!pdf_check_leads_somewhere(c, item))
			pdf_check_fail(c, CONDITION_OUTLINE_BROKEN, title != 0 ? c->f->qpdf_oh_get_utf8_value(c->q, title) : "");
		check_outline(c, pdf_check_key(c, item, "/First"), left);
	}
}

static void check_file(PdfCheck *c)
{
	qpdf_oh root = c->f->qpdf_get_root(c->q);
	int n = c->f->qpdf_get_num_pages(c->q), left = 100000;
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	if (n < 1)
		pdf_check_fail(c, CONDITION_NO_PAGES, "");
	for (int i = 0; i < n; i++)
		g_hash_table_insert(c->pages, GINT_TO_POINTER(c->f->qpdf_oh_get_object_id(c->q, c->f->qpdf_get_page_n(c->q, (size_t)i))), GINT_TO_POINTER(i + 1));
	check_catalog(c, root);
	pdf_check_structure(c, root);
	for (int i = 0; i < n; i++) {
		qpdf_oh page = c->f->qpdf_get_page_n(c->q, (size_t)i);
		check_fonts_of(c, page, seen, 0);
		check_annotations(c, i + 1, page);
		pdf_check_content(c, i + 1, page);
	}
	check_outline(c, pdf_check_key(c, pdf_check_key(c, root, "/Outlines"), "/First"), &left);
}

void pdf_prepare(void)
{
	Qpdf f;

	qpdf_load(&f);
}

gboolean pdf_check(GBytes *file, const char *name, Diagnostics *d)
{
	Qpdf f;
	PdfCheck c = {.f = &f, .name = name, .d = d};
	const Position at = {name, 0, 0, NULL};

	if (!qpdf_load(&f)) {
		diagnose(d, MSG_PDF_NO_CHECKER, &at);
		return FALSE;
	}
	c.q = qpdf_start(&f, name, file);
	if (c.q == NULL) {
		diagnose(d, MSG_PDF_UNREADABLE, &at);
		return FALSE;
	}
	c.reported = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	c.pages = g_hash_table_new(NULL, NULL);
	c.marked = g_hash_table_new(NULL, NULL);
	c.links = g_hash_table_new(NULL, NULL);
	check_file(&c);
	g_hash_table_unref(c.reported);
	g_hash_table_unref(c.pages);
	g_hash_table_unref(c.marked);
	g_hash_table_unref(c.links);
	qpdf_end(&f, c.q);
	return !c.failed;
}
