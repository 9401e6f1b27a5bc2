/* What a page looks like, in a few letters: its stream draws, and the fonts and pictures that the stream knows by number are what it draws with. */
#include "pdf/writer.h"

#include "base/fingerprint.h"

static void add_fonts(Fingerprint *f, const PdfPage *page)
{
	g_autoptr(GList) fonts = g_list_sort(g_hash_table_get_keys(page->fonts), pdf_font_compare);

	for (const GList *i = fonts; i != NULL; i = i->next) {
		const AreaFont *face = pdf_font_face(i->data);
		const int numbers[] = {pdf_font_number(i->data), (int)face->index};
		fingerprint_add(f, numbers, sizeof numbers);
		fingerprint_add_text(f, face->file);
	}
}

static int compare_texts(gconstpointer a, gconstpointer b)
{
	return g_strcmp0(a, b);
}

static void add_pictures(Fingerprint *f, const PdfWriter *w, const PdfPage *page)
{
	g_autoptr(GList) digests = g_list_sort(g_hash_table_get_keys(w->pictures), compare_texts);

	for (const GList *i = digests; i != NULL; i = i->next) {
		const PdfPicture *p = g_hash_table_lookup(w->pictures, i->data);
		if (!g_hash_table_contains(page->pictures, GINT_TO_POINTER(p->object)))
			continue;
		fingerprint_add_text(f, i->data);
		fingerprint_add(f, &p->object, sizeof p->object);
	}
}

char *pdf_page_look(const PdfWriter *w, guint number, const GString *content)
{
	const AreaPage *area = w->tree->pages->pdata[number];
	const PdfPage *page = w->pages->pdata[number];
	const int size[] = {area->width, area->height};
	Fingerprint *f = fingerprint_start();

	fingerprint_add(f, size, sizeof size);
	add_fonts(f, page);
	add_pictures(f, w, page);
	fingerprint_add(f, content->str, content->len);
	return fingerprint_finish(f);
}
