/* Suggestions to be less exact, where a text tells of a family. */
#include "pipeline/internal.h"

#include <string.h>

gboolean coarsen_is_wanted(const PipelineOptions *options, const Workspace *w)
{
	return options->coarsen || !workspace_is_fiction(w);
}

gboolean coarsen_concerns(const DocumentFile *file)
{
	static const char *const kinds[] = {"case", "session", "thread", "reflection", NULL};

	if (file->doc == NULL || file->kind == NULL)
		return FALSE;
	return g_strv_contains(kinds, file->kind) || (strcmp(file->kind, "chapter") == 0 && xml_attribute(xmlDocGetRootElement(file->doc), "case") != NULL);
}

void coarsen_check_inputs(const Workspace *w, const GPtrArray *inputs, guint allowed[COARSE_KINDS], Diagnostics *d)
{
	g_autoptr(CoarseScanner) s = coarse_scanner_new();

	for (guint i = 0; i < inputs->len; i++) {
		const DocumentFile *file = workspace_lookup_name(w, inputs->pdata[i]);
		GBytes *text = file != NULL && coarsen_concerns(file) ? document_text(file) : NULL;
		if (text != NULL)
			coarse_check(s, file->name, text, allowed, d);
	}
}
