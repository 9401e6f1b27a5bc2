/* What the module does: the stages of printing in their order. */
#include "print/print.h"

#include "base/parallel.h"
#include "fo/fo.h"
#include "layout/layout.h"
#include "pdf/pdf.h"

static void prepare(const char *root, const char *const *families, const char *const *languages)
{
	const LayoutOptions layout = {.root = root};

	layout_prepare(&layout, families, languages);
}

/* What may have been lost is looked for in a second thread, while the file is written; first the pages in sight. */
typedef struct {
	const PrintOptions *options;
	const FoTree *tree;
	const AreaTree *areas;
	Diagnostics *d;
	gboolean good;
} Second;

static void write_sight(const PrintSight *sight, const AreaTree *areas)
{
	for (guint i = 0; sight != NULL && i < G_N_ELEMENTS(sight->pages); i++) {
		guint page = sight->pages[i].page;
		g_autofree char *look = NULL;
		g_autoptr(GBytes) pdf = NULL;
		if (page == 0 || page > areas->pages->len)
			continue;
		pdf = pdf_write_page(areas, page - 1, sight->pages[i].look, &look);
		sight->seen(sight->data, page, look, pdf);
	}
}

static gpointer second(gpointer data)
{
	Second *s = data;

	if (!s->options->areas)
		write_sight(s->options->sight, s->areas);
	s->good = layout_check_loss(s->tree, s->areas, s->d);
	s->good &= layout_check_sight(s->areas, s->options->ours && !s->options->draft, s->d);
	return NULL;
}

/* NULL after reporting: it cannot be written, or something would be lost. */
static GBytes *write_areas(const PrintOptions *options, const FoTree *tree, const AreaTree *areas, Diagnostics *d)
{
	const PdfOptions pdf = {.producer = "Rotonde", .date = options->time > 0 ? options->time : -1, .looks = options->looks, .quick = options->draft};
	g_autoptr(Diagnostics) lost = diagnostics_new();
	Second other = {options, tree, areas, lost, FALSE};
	GThread *thread = parallel_thread("second", second, &other);
	g_autoptr(GBytes) bytes = options->areas ? layout_to_xml(areas) : pdf_write(areas, &pdf, d);

	if (thread != NULL)
		parallel_join(thread);
	else
		second(&other);
	diagnostics_merge(d, lost);
	return other.good ? g_steal_pointer(&bytes) : NULL;
}

static GBytes *document(const PrintOptions *options, xmlDoc *fo, const char *name, guint *pages, Diagnostics *d)
{
	const LayoutOptions layout = {.root = options->root, .fonts_conf = options->fonts_conf, .plain_metrics = options->plain_metrics, .threads = options->threads, .whole = options->ours && !options->draft};
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
