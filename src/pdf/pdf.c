/* Areas to a tagged PDF: pages first, for only drawing tells what fonts, pictures and structure elements are used. */
#include "pdf/writer.h"

static void page_free(gpointer data)
{
	PdfPage *p = data;

	g_ptr_array_unref(p->elements);
	g_array_unref(p->annotations);
	g_hash_table_unref(p->fonts);
	g_hash_table_unref(p->pictures);
	g_hash_table_unref(p->alphas);
	g_free(p);
}

static void element_free(gpointer data)
{
	PdfElement *e = data;

	g_array_unref(e->marks);
	g_array_unref(e->annotations);
	g_free(e);
}

static PdfPage *page_new(PdfWriter *w)
{
	PdfPage *p = g_new0(PdfPage, 1);

	p->object = pdf_file_reserve(w->file);
	p->elements = g_ptr_array_new();
	p->annotations = g_array_new(FALSE, FALSE, sizeof(int));
	p->fonts = g_hash_table_new(NULL, NULL);
	p->pictures = g_hash_table_new(NULL, NULL);
	p->alphas = g_hash_table_new(NULL, NULL);
	return p;
}

static int compare_numbers(gconstpointer a, gconstpointer b)
{
	return GPOINTER_TO_INT(a) - GPOINTER_TO_INT(b);
}

static void append_resources(GString *s, const PdfPage *page)
{
	g_autoptr(GList) pictures = g_list_sort(g_hash_table_get_keys(page->pictures), compare_numbers);

	g_string_append(s, "/Resources << ");
	pdf_append_fonts(s, page->fonts);
	if (pictures != NULL) {
		g_string_append(s, "/XObject << ");
		for (const GList *i = pictures; i != NULL; i = i->next)
			g_string_append_printf(s, "/X%d %d 0 R ", GPOINTER_TO_INT(i->data), GPOINTER_TO_INT(i->data));
		g_string_append(s, ">> ");
	}
	pdf_append_alphas(s, page->alphas);
	g_string_append(s, ">> ");
}

static void write_page(PdfWriter *w, guint number)
{
	const AreaPage *area = w->tree->pages->pdata[number];
	const PdfPage *page = w->pages->pdata[number];
	GString *s = g_string_new("<< /Type /Page /MediaBox [0 0 ");

	pdf_append_points(s, area->width);
	pdf_append_points(s, area->height);
	g_string_append_printf(s, "] /Parent %d 0 R /Contents %d 0 R /StructParents %u ", w->page_root, page->contents, number);
	append_resources(s, page);
	if (page->annotations->len > 0) {
		g_string_append(s, "/Tabs /S /Annots [");
		for (guint i = 0; i < page->annotations->len; i++)
			g_string_append_printf(s, "%d 0 R ", g_array_index(page->annotations, int, i));
		g_string_append(s, "] ");
	}
	g_string_append(s, ">>");
	pdf_file_set(w->file, page->object, s);
}

static void write_page_tree(PdfWriter *w)
{
	GString *s = g_string_new("<< /Type /Pages /Kids [");

	for (guint i = 0; i < w->pages->len; i++)
		g_string_append_printf(s, "%d 0 R ", ((PdfPage *)w->pages->pdata[i])->object);
	g_string_append_printf(s, "] /Count %u >>", w->pages->len);
	pdf_file_set(w->file, w->page_root, s);
}

static void write_catalog(PdfWriter *w)
{
	int parent_tree, structure = pdf_structure_write(w, &parent_tree), outline = pdf_outline_write(w);
	GString *s = g_string_new("<< /Type /Catalog ");

	g_string_append_printf(s, "/Pages %d 0 R /StructTreeRoot %d 0 R /MarkInfo << /Marked true >> /Metadata %d 0 R ", w->page_root, structure,
	                       pdf_metadata_write(w));
	g_string_append(s, "/ViewerPreferences << /DisplayDocTitle true >> ");
	if (w->tree->language != NULL) {
		g_string_append(s, "/Lang ");
		pdf_append_text(s, w->tree->language);
		g_string_append_c(s, ' ');
	}
	if (outline != 0)
		g_string_append_printf(s, "/Outlines %d 0 R /PageMode /UseOutlines ", outline);
	pdf_append_page_labels(w, s);
	g_string_append(s, ">>");
	pdf_file_set(w->file, w->catalog, s);
}

static void write_fonts(PdfWriter *w)
{
	g_autoptr(GList) fonts = g_list_sort(g_hash_table_get_values(w->fonts), pdf_font_compare);

	for (const GList *i = fonts; i != NULL; i = i->next)
		pdf_font_write(w, i->data);
}

static void writer_start(PdfWriter *w, const AreaTree *t, const PdfOptions *options, Diagnostics *d)
{
	*w = (PdfWriter){.tree = t,
	                 .options = options,
	                 .d = d,
	                 .file = pdf_file_new(options->quick),
	                 .elements = g_hash_table_new_full(NULL, NULL, NULL, element_free),
	                 .fonts = g_hash_table_new_full(NULL, NULL, NULL, pdf_font_free),
	                 .pictures = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free),
	                 .pages = g_ptr_array_new_with_free_func(page_free),
	                 .parents = g_ptr_array_new()};
	w->catalog = pdf_file_reserve(w->file);
	w->page_root = pdf_file_reserve(w->file);
	for (guint i = 0; i < t->pages->len; i++)
		g_ptr_array_add(w->pages, page_new(w));
	for (guint i = 0; i < t->pages->len; i++)
		pdf_content_write(w, i);
}

static GBytes *writer_finish(PdfWriter *w)
{
	for (guint i = 0; i < w->pages->len; i++)
		write_page(w, i);
	write_fonts(w);
	write_page_tree(w);
	write_catalog(w);
	return pdf_file_finish(w->file, w->catalog, pdf_info_write(w));
}

static void writer_clear(PdfWriter *w)
{
	pdf_file_free(w->file);
	g_hash_table_unref(w->elements);
	g_hash_table_unref(w->fonts);
	g_hash_table_unref(w->pictures);
	g_ptr_array_unref(w->pages);
	g_ptr_array_unref(w->parents);
}

GBytes *pdf_write(const AreaTree *t, const PdfOptions *options, Diagnostics *d)
{
	PdfWriter w;
	GBytes *bytes;

	writer_start(&w, t, options, d);
	bytes = writer_finish(&w);
	writer_clear(&w);
	return bytes;
}

GBytes *pdf_write_page(const AreaTree *t, guint page, const char *known, char **look)
{
	g_autoptr(Diagnostics) unheard = diagnostics_new(); /* the whole file says it again */
	g_autoptr(GPtrArray) pages = g_ptr_array_new(), outline = g_ptr_array_new(), looks = g_ptr_array_new();
	g_autoptr(GHashTable) destinations = g_hash_table_new(g_str_hash, g_str_equal);
	const PdfOptions options = {.producer = "Rotonde", .date = -1, .looks = looks, .quick = TRUE};
	AreaTree one = *t;
	GBytes *bytes = NULL;
	PdfWriter w;

	g_ptr_array_add(pages, t->pages->pdata[page]);
	one.pages = pages;
	one.outline = outline;
	one.destinations = destinations;
	writer_start(&w, &one, &options, unheard);
	*look = looks->pdata[0];
	if (g_strcmp0(*look, known) != 0)
		bytes = writer_finish(&w);
	writer_clear(&w);
	return bytes;
}
