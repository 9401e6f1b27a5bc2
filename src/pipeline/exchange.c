/* Exchange with programs for qualitative analysis: out through the gate of a build. */
#include "pipeline/internal.h"

#include "exchange/exchange.h"

#include <glib/gi18n.h>

#ifndef ROTONDE_VERSION
#define ROTONDE_VERSION "0"
#endif

static gboolean has_sessions(const xmlDoc *doc)
{
	const xmlNode *root = xmlDocGetRootElement(doc), *contents = xml_first(root, "contents");

	for (const xmlNode *n = contents; n != NULL; n = xml_following(n, contents))
		if (xml_is(n, "session") && xml_attribute(n, "href") != NULL)
			return TRUE;
	return FALSE;
}

/* The publication with that id; without one, the only one. NULL after reporting. */
static const DocumentFile *find_publication(Run *run, const char *id, Diagnostics *d)
{
	const DocumentFile *file = id != NULL ? workspace_lookup(run->workspace, id) : NULL;
	guint found = 0;

	for (guint i = 0; id == NULL && i < workspace_length(run->workspace); i++)
		if (run_is_publication(workspace_file(run->workspace, i))) {
			file = workspace_file(run->workspace, i);
			found++;
		}
	if (file != NULL && run_is_publication(file) && found <= 1)
		return file;
	build_report_unknown(run->workspace, id, d);
	return NULL;
}

static GBytes *transform(Run *run, ExchangeKind kind, xmlDoc *doc, const char *name, Diagnostics *d)
{
	const char *parameters[] = {"version", ROTONDE_VERSION, NULL};
	Stylesheet *stylesheet = run_stylesheet(run, kind == EXCHANGE_PROJECT ? "export/project.xsl" : "export/codebook.xsl", d);
	g_autoptr(xmlDoc) made = stylesheet != NULL ? stylesheet_apply(stylesheet, doc, parameters, d) : NULL;
	g_autoptr(GBytes) bytes = made != NULL ? stylesheet_serialise(stylesheet, made, d) : NULL; /* the texts are still in it */

	if (bytes == NULL || names_check_output(&run->names, kind == EXCHANGE_PROJECT ? "qdpx" : "qdc", bytes, name, d) == NAMES_FOUND)
		return NULL;
	return kind == EXCHANGE_PROJECT ? exchange_pack(made, d) : g_steal_pointer(&bytes);
}

static GBytes *export(Run *run, ExchangeKind kind, const char *id, Diagnostics *d)
{
	const DocumentFile *file = find_publication(run, id, d);
	g_autoptr(xmlDoc) doc = file != NULL ? build_exchange_tree(run, file, d) : NULL;

	if (doc == NULL)
		return NULL;
	if (kind == EXCHANGE_PROJECT && !has_sessions(doc)) {
		diagnose(d, MSG_EXPORT_NOTHING, NULL, file->id);
		return NULL;
	}
	return transform(run, kind, doc, file->name, d);
}

GBytes *pipeline_export(const PipelineOptions *options, ExchangeKind kind, const char *id, Diagnostics *d)
{
	g_auto(Run) run = {0};
	GBytes *bytes;

	run_open_names(&run, options, d);
	run_start(&run, options, NULL, d);
	run_progress(options, _("exporting"));
	bytes = export(&run, kind, id, d);
	diagnostics_sort(d);
	names_redact(&run.names, d);
	return bytes;
}
