/* What both readers of an author's file must hold to, whatever it says. */
#ifndef FUZZ_SOURCE_H
#define FUZZ_SOURCE_H

#include "base/text.h"
#include "source/source.h"

#include "demand.h"

#include <libxml/xmlsave.h>
#include <string.h>

static inline void check_messages(Diagnostics *d, GBytes *bytes)
{
	DiagnosticStyle style = {.language = LANGUAGE_NL};
	gsize size;
	const char *text = g_bytes_get_data(bytes, &size);
	int lines = 1;

	for (gsize i = 0; i < size; i++)
		lines += text[i] == '\n';
	for (guint i = 0; i < diagnostics_length(d); i++) {
		const Diagnostic *m = diagnostics_peek(d, i);
		demand(m->line >= 1 && m->line <= lines && g_strcmp0(m->file, "x.md") == 0);
		demand(g_utf8_validate(m->text[0], -1, NULL) && g_utf8_validate(m->text[1], -1, NULL));
	}
	diagnostics_sort(d);
	g_free(diagnostics_format(d, &style));
}

/* The tree can be written, read back, and is no deeper than what follows can bear. */
static inline void check_tree(xmlDoc *doc)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	xmlChar *text;
	int size;

	xmlDocDumpMemoryEnc(doc, &text, &size, "UTF-8");
	demand(text != NULL && text_check_utf8((const char *)text, (gsize)size) == (gsize)size);
	xmlDoc *again = xml_parse((const char *)text, (gsize)size, "again.xml", d);
	demand(again != NULL && diagnostics_length(d) == 0);
	xmlFreeDoc(again);
	xmlFree(text);
}

static inline void read_file(const void *data, gsize size, const char *language)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, size);
	g_autoptr(Diagnostics) d = diagnostics_new();
	xmlDoc *doc = source_read(bytes, "x.md", language, d);

	if (doc != NULL)
		check_tree(doc);
	else
		demand(diagnostics_count(d, LEVEL_ERROR) > 0);
	check_messages(d, bytes);
	xmlFreeDoc(doc);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const guint8 *data, size_t size);

#endif
