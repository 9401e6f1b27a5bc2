/* What a reader sees around the pages: XMP, document information, outline, destinations, page labels. */
#include "pdf/writer.h"

#include <string.h>

static void append_escaped(GString *s, const char *before, const char *value, const char *after)
{
	g_autofree char *text = value != NULL && *value != '\0' ? g_markup_escape_text(value, -1) : NULL;

	if (text != NULL)
		g_string_append_printf(s, "%s%s%s\n", before, text, after);
}

static char *iso_date(gint64 seconds)
{
	g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(seconds);

	return date != NULL ? g_date_time_format(date, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

/* XMP (ISO 16684-1) with the mark of ISO 14289-1. */
int pdf_metadata_write(PdfWriter *w)
{
	const AreaTree *t = w->tree;
	g_autoptr(GString) s = g_string_new("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	                                    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
	                                    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	                                    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
	                                    "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
	                                    "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
	                                    "<pdfuaid:part>1</pdfuaid:part>\n<dc:format>application/pdf</dc:format>\n");
	g_autofree char *date = w->options->date >= 0 ? iso_date(w->options->date) : NULL;
	int number = pdf_file_reserve(w->file);

	append_escaped(s, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", t->title, "</rdf:li></rdf:Alt></dc:title>");
	append_escaped(s, "<dc:creator><rdf:Seq><rdf:li>", t->author, "</rdf:li></rdf:Seq></dc:creator>");
	append_escaped(s, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", t->subject, "</rdf:li></rdf:Alt></dc:description>");
	append_escaped(s, "<dc:language><rdf:Bag><rdf:li>", t->language, "</rdf:li></rdf:Bag></dc:language>");
	append_escaped(s, "<pdf:Keywords>", t->keywords, "</pdf:Keywords>");
	append_escaped(s, "<xmpMM:VersionID xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\">", t->version, "</xmpMM:VersionID>");
	append_escaped(s, "<pdf:Producer>", w->options->producer, "</pdf:Producer>");
	append_escaped(s, "<xmp:CreateDate>", date, "</xmp:CreateDate>");
	append_escaped(s, "<xmp:ModifyDate>", date, "</xmp:ModifyDate>");
	g_string_append(s, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
	pdf_file_set_stream(w->file, number, "/Type /Metadata /Subtype /XML", s->str, s->len, FALSE);
	return number;
}

static void append_info(GString *s, const char *key, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	g_string_append_printf(s, "/%s ", key);
	pdf_append_text(s, value);
	g_string_append_c(s, ' ');
}

int pdf_info_write(PdfWriter *w)
{
	const AreaTree *t = w->tree;
	GString *s = g_string_new("<< ");

	append_info(s, "Title", t->title);
	append_info(s, "Author", t->author);
	append_info(s, "Subject", t->subject);
	append_info(s, "Keywords", t->keywords);
	append_info(s, "Version", t->version);
	append_info(s, "Producer", w->options->producer);
	if (w->options->date >= 0) {
		g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(w->options->date);
		g_autofree char *text = date != NULL ? g_date_time_format(date, "D:%Y%m%d%H%M%SZ") : NULL;
		append_info(s, "CreationDate", text);
		append_info(s, "ModDate", text);
	}
	g_string_append(s, ">>");
	return pdf_file_add(w->file, s);
}

static int page_height(const PdfWriter *w, guint page)
{
	return ((const AreaPage *)w->tree->pages->pdata[page])->height;
}

void pdf_append_destination(PdfWriter *w, GString *s, const char *id)
{
	const AreaDestination *d = id != NULL ? g_hash_table_lookup(w->tree->destinations, id) : NULL;

	if (d == NULL || d->page >= w->pages->len) {
		g_string_append(s, "null");
		return;
	}
	g_string_append_printf(s, "[%d 0 R /XYZ ", ((PdfPage *)w->pages->pdata[d->page])->object);
	pdf_append_points(s, d->x);
	pdf_append_points(s, page_height(w, d->page) - d->y);
	g_string_append(s, "null]");
}

/* Writes the items of one level; adds to *shown what an open parent shows. */
static void write_level(PdfWriter *w, const GPtrArray *items, int parent, GString *of_parent, int *shown)
{
	g_autofree int *numbers = g_new0(int, items->len + 2);

	for (guint i = 1; i <= items->len; i++)
		numbers[i] = pdf_file_reserve(w->file);
	for (guint i = 1; i <= items->len; i++) {
		const AreaOutline *item = items->pdata[i - 1];
		GString *s = g_string_new("<< /Title ");
		int below = 0;
		pdf_append_text(s, item->title != NULL ? item->title : "");
		g_string_append_printf(s, " /Parent %d 0 R ", parent);
		if (numbers[i - 1] != 0)
			g_string_append_printf(s, "/Prev %d 0 R ", numbers[i - 1]);
		if (numbers[i + 1] != 0)
			g_string_append_printf(s, "/Next %d 0 R ", numbers[i + 1]);
		if (item->uri != NULL) {
			g_string_append(s, "/A << /S /URI /URI ");
			pdf_append_text(s, item->uri);
			g_string_append(s, " >> ");
		} else {
			g_string_append(s, "/Dest ");
			pdf_append_destination(w, s, item->destination);
			g_string_append_c(s, ' ');
		}
		if (item->children != NULL && item->children->len > 0) {
			write_level(w, item->children, numbers[i], s, &below);
			g_string_append_printf(s, "/Count %d ", item->open ? below : -below);
		}
		g_string_append(s, ">>");
		pdf_file_set(w->file, numbers[i], s);
		*shown += 1 + (item->open ? below : 0);
	}
	g_string_append_printf(of_parent, "/First %d 0 R /Last %d 0 R ", numbers[1], numbers[items->len]);
}

int pdf_outline_write(PdfWriter *w)
{
	GString *s;
	int number, shown = 0;

	if (w->tree->outline == NULL || w->tree->outline->len == 0)
		return 0;
	s = g_string_new("<< /Type /Outlines ");
	number = pdf_file_reserve(w->file);
	write_level(w, w->tree->outline, number, s, &shown);
	g_string_append_printf(s, "/Count %d >>", shown);
	pdf_file_set(w->file, number, s);
	return number;
}

/* A run of labels that count on in one style is one entry (12.4.2). */
void pdf_append_page_labels(PdfWriter *w, GString *s)
{
	const char *style = NULL;
	int expected = 0;

	g_string_append(s, "/PageLabels << /Nums [");
	for (guint i = 0; i < w->tree->pages->len; i++) {
		const AreaPage *page = w->tree->pages->pdata[i];
		const char *label = page->label != NULL ? page->label : "";
		const char *now = g_ascii_isdigit(*label)                                ? "D"
		                  : *label != '\0' && strspn(label, "ivxlcdm") == strlen(label) ? "r"
		                  : *label != '\0' && strspn(label, "IVXLCDM") == strlen(label) ? "R"
		                                                                           : "D";
		if (style == NULL || strcmp(now, style) != 0 || page->number != expected)
			g_string_append_printf(s, "%u << /S /%s /St %d >> ", i, now, MAX(page->number, 1));
		style = now;
		expected = page->number + 1;
	}
	g_string_append(s, "] >> ");
}

void pdf_append_alphas(GString *s, GHashTable *alphas)
{
	if (g_hash_table_size(alphas) == 0)
		return;
	g_string_append(s, "/ExtGState << ");
	for (guint alpha = 0; alpha < 256; alpha++) {
		if (!g_hash_table_contains(alphas, GUINT_TO_POINTER(alpha)))
			continue;
		g_string_append_printf(s, "/A%u << /ca ", alpha);
		pdf_append_number(s, alpha / 255.0);
		g_string_append(s, "/CA ");
		pdf_append_number(s, alpha / 255.0);
		g_string_append(s, ">> ");
	}
	g_string_append(s, ">> ");
}
