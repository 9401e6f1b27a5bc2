/* An edition: a publication that passes, built from what git has, and tagged there. */
#include "pipeline/internal.h"

#include <string.h>

static char *text_of(const DocumentFile *file, const char *name)
{
	const xmlNode *n = file->doc != NULL ? xml_first(xmlDocGetRootElement(file->doc), name) : NULL;
	xmlChar *content = n != NULL ? xmlNodeGetContent(n) : NULL;
	char *text = g_strstrip(g_strdup(content != NULL ? (const char *)content : ""));

	xmlFree(content);
	return text;
}

/* The publication's own number. NULL after reporting; *message is what the tag will say. */
static char *read_edition(const PipelineOptions *options, const char *id, char **message, Diagnostics *d)
{
	g_autoptr(Diagnostics) unheard = diagnostics_new(); /* the build tells */
	g_autoptr(Workspace) w = workspace_load(options->root, unheard);
	const DocumentFile *file = workspace_lookup(w, id);

	if (file == NULL || !run_is_publication(file)) {
		build_report_unknown(w, id, d);
		return NULL;
	}
	g_autofree char *edition = text_of(file, "edition"), *title = text_of(file, "title"), *date = text_of(file, "date");
	Position at = {file->name, 1, 0, NULL};
	if (*edition == '\0') {
		diagnose(d, MSG_EDITION_NONE, &at);
		return NULL;
	}
	*message = g_strdup_printf("%s\n\nedition %s, %s\n", title, edition, date);
	return g_steal_pointer(&edition);
}

/* "3" after "2", when there is no "3"; "" after what is no number. */
static char *next_edition(History *h, const char *id, const char *edition)
{
	char *end;
	gint64 n = g_ascii_strtoll(edition, &end, 10);
	g_autofree char *next = *end == '\0' && n >= 0 && n < G_MAXINT ? g_strdup_printf("%" G_GINT64_FORMAT, n + 1) : g_strdup("");

	return *next != '\0' && history_has_edition(h, id, next) ? next_edition(h, id, next) : g_steal_pointer(&next);
}

/* The state that an edition can be made of. FALSE after reporting. */
static gboolean is_settled(History *h, HistoryState *state, Diagnostics *d)
{
	if (!history_state(h, NULL, state, d))
		return FALSE;
	if (state->revision == NULL)
		diagnose(d, MSG_EDITION_EMPTY, NULL);
	else if (state->dirty)
		diagnose(d, MSG_EDITION_DIRTY, NULL, state->changed);
	return state->revision != NULL && !state->dirty;
}

/* Paths are told too. What the build says was covered by it. */
static GPtrArray *refuse(const PipelineOptions *options, Diagnostics *d)
{
	g_autoptr(Diagnostics) unheard = diagnostics_new();
	Names names;

	names_open(&names, options->root, options->names, unheard);
	names_redact(&names, d);
	names_close(&names);
	return g_ptr_array_new();
}

GPtrArray *pipeline_edition(const PipelineOptions *options, const char *id, char **tag, char **revision, Diagnostics *d)
{
	const char *ids[] = {id, NULL};
	g_autofree char *message = NULL, *edition = NULL;
	g_autoptr(History) h = history_open(options->root, d);
	g_auto(HistoryState) before = {0}, after = {0};
	GPtrArray *outputs;

	*tag = *revision = NULL;
	edition = h != NULL && is_settled(h, &before, d) ? read_edition(options, id, &message, d) : NULL;
	if (edition == NULL)
		return refuse(options, d);
	if (history_has_edition(h, id, edition)) {
		g_autofree char *name = g_strconcat(id, "/", edition, NULL), *next = next_edition(h, id, edition);
		diagnose(d, MSG_EDITION_EXISTS, NULL, name, next);
		return refuse(options, d);
	}
	outputs = pipeline_build(options, ids, d);
	/* a file may have been saved while it was built */
	if (diagnostics_count(d, LEVEL_ERROR) > 0 || !is_settled(h, &after, d) || !history_tag(h, id, edition, message, d))
		return outputs;
	*tag = g_strconcat(id, "/", edition, NULL);
	*revision = g_steal_pointer(&after.revision);
	return outputs;
}
