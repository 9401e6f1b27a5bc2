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

/* What may have been lost is looked for in a second thread, while the file is written. */
typedef struct {
	const FoTree *tree;
	const AreaTree *areas;
	Diagnostics *d;
	gboolean good;
} Loss;

static gpointer check_loss(gpointer data)
{
	Loss *loss = data;

	loss->good = layout_check_loss(loss->tree, loss->areas, loss->d);
	return NULL;
}

/* NULL after reporting: it cannot be written, or something would be lost. */
static GBytes *write_areas(const PrintOptions *options, const FoTree *tree, const AreaTree *areas, Diagnostics *d)
{
	const PdfOptions pdf = {.producer = "Rotonde", .date = options->time > 0 ? options->time : -1, .looks = options->looks};
	g_autoptr(Diagnostics) lost = diagnostics_new();
	Loss loss = {tree, areas, lost, FALSE};
	GThread *thread = g_thread_try_new("loss", check_loss, &loss, NULL);
	g_autoptr(GBytes) bytes = options->areas ? layout_to_xml(areas) : pdf_write(areas, &pdf, d);

	if (thread != NULL)
		g_thread_join(thread);
	else
		check_loss(&loss);
	diagnostics_merge(d, lost);
	return loss.good ? g_steal_pointer(&bytes) : NULL;
}

static GBytes *document(const PrintOptions *options, xmlDoc *fo, const char *name, guint *pages, Diagnostics *d)
{
	const LayoutOptions layout = {.root = options->root, .fonts_conf = options->fonts_conf, .plain_metrics = options->plain_metrics};
	guint errors = diagnostics_count(d, LEVEL_ERROR);
	FoTree *tree = fo_tree_new(fo, name, d);
	AreaTree *areas = tree != NULL ? layout_document(tree, &layout, d) : NULL;
	g_autoptr(GBytes) bytes = NULL;

	if (areas != NULL && !(options->ours && diagnostics_count(d, LEVEL_ERROR) > errors)) {
		*pages = areas->pages->len;
		bytes = write_areas(options, tree, areas, d);
	}
	/* before the checker reads the file: together they are the most memory of a build */
	g_clear_pointer(&tree, fo_tree_free);
	g_clear_pointer(&areas, area_tree_free);
	if (bytes != NULL && options->ours && !options->draft && !options->areas && !pdf_check(bytes, name, d))
		return NULL;
	return g_steal_pointer(&bytes);
}

__attribute__((visibility("default"))) extern const PrintModule print_module;
const PrintModule print_module = {prepare, document, pdf_check, pdf_texts};
