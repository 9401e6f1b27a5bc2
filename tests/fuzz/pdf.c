/* Any bytes as a finished PDF: the strict reader, and what the checker asks of what it read. */
#include "pdf/reader.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(const PdfReader *r, const PdfObject *o, int depth)
{
	g_autofree char *text = pdf_object_text(o);
	g_autoptr(GBytes) bytes = pdf_object_data(r, o);

	if (depth > 3)
		return;
	for (guint i = 0; i < pdf_object_length(o); i++)
		look(r, pdf_object_item(r, o, i, NULL), depth + 1);
	for (guint i = 0; (o->kind == PDF_DICTIONARY || o->kind == PDF_STREAM) && i < o->length; i++)
		look(r, pdf_object_key(r, o, o->u.entries[i].key, NULL), depth + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GBytes) file = g_bytes_new(data, size);
	g_autoptr(PdfReader) r = pdf_reader_read(file);

	if (r != NULL)
		look(r, pdf_reader_root(r), 0);
	for (guint i = 0; r != NULL && i < pdf_reader_page_count(r) && i < 200; i++)
		look(r, pdf_reader_page(r, i, NULL), 0);
	return 0;
}
