/* Printing: XSL-FO to areas to a PDF, verified before anybody sees it. */
#include "pipeline/internal.h"

#include "base/file.h"
#include "fo/fo.h"
#include "layout/layout.h"
#include "pdf/pdf.h"

static gpointer prepare_thread(gpointer unused)
{
	(void)unused;
	pdf_prepare();
	return NULL;
}

/* The families that the house style sets text in. The caller's. */
static char **house_families(const Run *run)
{
	g_autofree char *path = g_build_filename(run->options->share, "stylesheets", "house-style.xml", NULL);
	g_autoptr(Diagnostics) ignored = diagnostics_new(); /* the stylesheet that reads it will tell */
	g_autoptr(xmlDoc) doc = xml_load(run->house_style != NULL ? run->house_style : path, NULL, ignored);
	g_autoptr(GStrvBuilder) families = g_strv_builder_new();
	const xmlNode *top = doc != NULL ? xmlDocGetRootElement(doc) : NULL;

	for (const xmlNode *n = top; n != NULL; n = xml_following(n, top))
		if (xml_is(n, "font") && xml_attribute(n, "family") != NULL)
			g_strv_builder_add(families, xml_attribute(n, "family"));
	return g_strv_builder_end(families);
}

void print_prepare(const Run *run)
{
	const LayoutOptions layout = {.root = run->options->root};
	const char *languages[] = {workspace_language(run->workspace), NULL};
	g_auto(GStrv) families = house_families(run);

	layout_prepare(&layout, (const char *const *)families, languages);
	g_thread_unref(g_thread_new("prepare", prepare_thread, NULL));
}

/* Laid out, and nothing lost; or NULL after reporting. The tree of formatting objects is gone by then. */
static AreaTree *lay_out(const PrintOptions *options, xmlDoc *fo, const char *name, Diagnostics *d)
{
	const LayoutOptions layout = {.root = options->root, .fonts_conf = options->fonts_conf, .plain_metrics = options->plain_metrics};
	guint errors = diagnostics_count(d, LEVEL_ERROR);
	g_autoptr(FoTree) tree = fo_tree_new(fo, name, d);
	g_autoptr(AreaTree) areas = tree != NULL ? layout_document(tree, &layout, d) : NULL;

	if (areas == NULL || !layout_check_loss(tree, areas, d))
		return NULL;
	return options->ours && diagnostics_count(d, LEVEL_ERROR) > errors ? NULL : g_steal_pointer(&areas);
}

GBytes *print_document(const PrintOptions *options, xmlDoc *fo, const char *name, guint *pages, Diagnostics *d)
{
	const PdfOptions pdf = {.producer = "Rotonde", .date = -1};
	AreaTree *areas = lay_out(options, fo, name, d);
	g_autoptr(GBytes) bytes = NULL;

	if (areas == NULL)
		return NULL;
	*pages = areas->pages->len;
	bytes = options->areas ? layout_to_xml(areas) : pdf_write(areas, &pdf, d);
	area_tree_free(areas); /* before the checker reads the file: together they are the most memory of a build */
	if (bytes != NULL && options->ours && !options->areas && !pdf_check(bytes, name, d))
		return NULL;
	return g_steal_pointer(&bytes);
}

gboolean pipeline_format(const PrintOptions *options, const char *path, const char *output, guint *pages, Diagnostics *d)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(xmlDoc) fo = xml_load(path, path, d);
	g_autoptr(GBytes) bytes = fo != NULL ? print_document(options, fo, path, pages, d) : NULL;
	gsize size;
	const void *data;

	if (bytes == NULL)
		return FALSE;
	data = g_bytes_get_data(bytes, &size);
	if (file_save(output, data, size, &error))
		return TRUE;
	diagnose(d, MSG_FILE_WRITE, NULL, output, error->message);
	return FALSE;
}
