/* What one run shares: the workspace, and what is compiled once. */
#include "pipeline/internal.h"

#include <glib/gi18n.h>
#include <string.h>

void run_progress(const PipelineOptions *options, const char *stage)
{
	if (options->progress != NULL)
		options->progress(options->progress_data, stage);
}

void run_start(Run *run, const PipelineOptions *options, const WorkspaceVisitor *visitor, Diagnostics *d)
{
	const char *own;
	const char *roots[] = {options->root, options->share, NULL};

	memset(run, 0, sizeof *run);
	run->options = options;
	run->loading = diagnostics_new();
	run->stylesheets = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)stylesheet_free);
	transform_start(roots);
	run_progress(options, visitor != NULL ? _("checking files") : _("reading"));
	run->workspace = workspace_scan(options->root, visitor, run->loading);
	own = workspace_house_style(run->workspace);
	run->house_style = own != NULL ? g_build_filename(options->root, own, NULL) : NULL;
	diagnostics_set_root(d, options->root);
	for (guint i = 0; i < workspace_length(run->workspace); i++)
		diagnostics_note_file(d, workspace_file(run->workspace, i)->name);
}

void run_finish(Run *run)
{
	g_clear_pointer(&run->stylesheets, g_hash_table_unref);
	checker_free(run->checker);
#if !defined(__SANITIZE_ADDRESS__)
	if (run->options == NULL || !run->options->once)
#endif
		workspace_free(run->workspace);
	diagnostics_free(run->loading);
	g_free(run->house_style);
	g_free(run->digest);
}

gboolean run_is_publication(const DocumentFile *file)
{
	return file->doc != NULL && g_strcmp0(file->kind, "publication") == 0;
}

CheckerParameters run_rule_parameters(const PipelineOptions *options)
{
	return (CheckerParameters){options->profile == PROFILE_PUBLIC ? "public" : "review", options->today};
}

Checker *run_checker(Run *run, Diagnostics *d)
{
	if (run->checker == NULL)
		run->checker = checker_new(run->options->share, d);
	return run->checker;
}

Stylesheet *run_stylesheet(Run *run, const char *path, Diagnostics *d)
{
	g_autofree char *file = NULL;
	Stylesheet *stylesheet;

	g_mutex_lock(&run->lock);
	stylesheet = g_hash_table_lookup(run->stylesheets, path);
	g_mutex_unlock(&run->lock);
	if (stylesheet != NULL)
		return stylesheet;
	file = g_build_filename(run->options->share, "stylesheets", path, NULL);
	stylesheet = stylesheet_load(file, d);
	if (stylesheet == NULL)
		return NULL;
	g_mutex_lock(&run->lock);
	g_hash_table_insert(run->stylesheets, (gpointer)path, stylesheet);
	g_mutex_unlock(&run->lock);
	return stylesheet;
}

void run_check_house_style(Run *run, Diagnostics *d)
{
	if (run->house_style != NULL && run_checker(run, d) != NULL)
		checker_check_house_style(run->checker, run->house_style, workspace_house_style(run->workspace), d);
}
