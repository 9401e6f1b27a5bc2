/* Checking: the whole workspace, every error, in file order. */
#include "pipeline/internal.h"

#include "history/history.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a thread that reads files checks them with. */
typedef struct {
	Run *run;
	PrivacyScanner *scanner; /* NULL: there is no list */
	CoarseScanner *coarse;   /* NULL: not wanted */
	CheckerParameters parameters;
	Checker *checker; /* NULL when it could not be made: that was reported */
} FileCheck;

static gpointer start_check(gpointer data, const Workspace *w, Diagnostics *d)
{
	Run *run = data;
	FileCheck *check = g_new0(FileCheck, 1);

	check->run = run;
	check->scanner = run->names.list != NULL ? privacy_scanner_new(run->names.list) : NULL;
	check->coarse = coarsen_is_wanted(run->options, w) ? coarse_scanner_new() : NULL;
	check->parameters = run_rule_parameters(run);
	check->checker = checker_new(run->options->share, d);
	return check;
}

/* Every file by itself. On what a publication takes in, the rules run with the publication. */
static void check_file(gpointer state, const DocumentFile *file, gboolean taken, Diagnostics *d)
{
	FileCheck *check = state;

	if (check->scanner != NULL)
		names_check_text(check->scanner, file->name, document_text(file), g_strcmp0(file->kind, "imprint") == 0 ? NAMES_IMPRINT : NAMES_TEXT, d);
	if (check->coarse != NULL && coarsen_concerns(file))
		coarse_check(check->coarse, file->name, document_text(file), NULL, d);
	if (check->checker == NULL || file->doc == NULL)
		return;
	checker_validate(check->checker, file->doc, d);
	if (!taken)
		checker_run_rules(check->checker, file->doc, &check->parameters, d);
}

static void finish_check(gpointer state)
{
	FileCheck *check = state;

	run_keep_checker(check->run, check->checker);
	privacy_scanner_free(check->scanner);
	coarse_scanner_free(check->coarse);
	g_free(check);
}

static gboolean below_path(const char *file, const char *path)
{
	gsize length = strlen(path);

	while (length > 0 && path[length - 1] == '/')
		length--;
	return length == 0 || strcmp(path, ".") == 0 || (strncmp(file, path, length) == 0 && (file[length] == '\0' || file[length] == '/'));
}

static gboolean wanted(const Diagnostic *m, gpointer data)
{
	const char *const *paths = data;

	if (m->file == NULL || g_path_is_absolute(m->file)) /* the list of names concerns all */
		return TRUE;
	for (; *paths != NULL; paths++)
		if (below_path(m->file, *paths))
			return TRUE;
	return FALSE;
}

static void check_publications(Run *run, Diagnostics *d)
{
	CheckerParameters parameters = run_rule_parameters(run);
	Checker *checker = run_take_checker(run, d);

	for (guint i = 0; i < workspace_length(run->workspace); i++) {
		const DocumentFile *file = workspace_file(run->workspace, i);
		if (!run_is_publication(file))
			continue;
		g_autoptr(xmlDoc) doc = document_assemble(run->workspace, file, PROFILE_REVIEW, NULL, d);
		if (doc == NULL)
			continue;
		if (checker != NULL)
			checker_run_rules(checker, doc, &parameters, d);
		pictures_check(run->workspace, doc, d);
	}
	if (checker == NULL)
		return;
	run_check_house_style(run, checker, d);
	run_give_checker(run);
}

static void check_history(const Run *run, Diagnostics *d)
{
	g_autofree char *top = history_top(run->options->root), *place = names_find(run->options->root, run->options->names);

	run_progress(run->options, _("looking through the history"));
	if (run->names.list != NULL)
		names_check_history(&run->names, top != NULL ? top : run->options->root, d);
	else if (!run->names.broken)
		diagnose(d, MSG_HOOK_NO_LIST, NULL, place);
}

void pipeline_check(const PipelineOptions *options, const char *const *paths, Diagnostics *d)
{
	g_auto(Run) run = {0};
	WorkspaceVisitor visitor = {start_check, check_file, finish_check, &run, options->jobs};

	run_open_names(&run, options, d);
	run_start(&run, options, &visitor, d);
	diagnostics_merge(d, run.loading);
	run_progress(options, _("checking publications"));
	check_publications(&run, d);
	document_check_references(run.workspace, d);
	document_check_unused(run.workspace, NULL, d);
	cells_check(&run, d);
	if (run.names.list != NULL)
		names_check_tree(&run.names, options->root, d);
	if (options->history)
		check_history(&run, d);
	run_silence_consequences(d);
	if (paths != NULL && *paths != NULL)
		diagnostics_filter(d, wanted, (gpointer)paths);
	diagnostics_sort(d);
	names_redact(&run.names, d);
}
