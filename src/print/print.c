/* What the module does: the stages of printing in their order. */
#include "print/print.h"

#include "fo/fo.h"
#include "layout/layout.h"
#include "pdf/pdf.h"

static void prepare(const char *root, const char *const *families, const char *const *languages)
{
	const LayoutOptions layout = {.root = root};

	layout_prepare(&layout, families, languages);
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

static GBytes *document(const PrintOptions *options, xmlDoc *fo, const char *name, guint *pages, Diagnostics *d)
{
	const PdfOptions pdf = {.producer = "Rotonde", .date = options->time > 0 ? options->time : -1};
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

__attribute__((visibility("default"))) extern const PrintModule print_module;
const PrintModule print_module = {prepare, document, pdf_check, pdf_texts};
