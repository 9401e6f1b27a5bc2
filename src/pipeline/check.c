/* Checking: the whole workspace, every error, in file order. */
#include "pipeline/internal.h"

#include "base/file.h"
#include "pdf/pdf.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
	const Run *run;
	GHashTable *used; /* names of files that some publication takes in: rules run on the publication */
	Diagnostics **found; /* one a file, made by the thread that checks it */
	int next;            /* atomic */
} FileCheck;

static gpointer check_files_thread(gpointer data)
{
	FileCheck *work = data;
	const Run *run = work->run;
	CheckerParameters parameters = run_rule_parameters(run->options);
	Diagnostics *own = diagnostics_new();
	g_autoptr(Checker) checker = checker_new(run->options->share, own);
	int n = (int)workspace_length(run->workspace);

	for (int i; checker != NULL && (i = g_atomic_int_add(&work->next, 1)) < n;) {
		const DocumentFile *file = workspace_file(run->workspace, (guint)i);
		if (file->doc == NULL)
			continue;
		work->found[i] = diagnostics_new();
		checker_validate(checker, file->doc, work->found[i]);
		if (!g_hash_table_contains(work->used, file->name))
			checker_run_rules(checker, file->doc, &parameters, work->found[i]);
	}
	return own;
}

/* Every file by itself, on all cores. */
static void check_files(const Run *run, GHashTable *used, Diagnostics *d)
{
	guint n = workspace_length(run->workspace);
	int threads = run->options->jobs > 0 ? run->options->jobs : (int)g_get_num_processors();
	g_autofree Diagnostics **found = g_new0(Diagnostics *, MAX(n, 1));
	FileCheck work = {run, used, found, 0};
	g_autofree GThread **thread = g_new0(GThread *, (gsize)threads);

	threads = CLAMP(threads, 1, (int)(n / 16) + 1); /* a thread compiles its own checker: not for a handful */
	for (int i = 1; i < threads; i++)
		thread[i] = g_thread_new("check", check_files_thread, &work);
	g_autoptr(Diagnostics) mine = check_files_thread(&work);
	diagnostics_merge(d, mine);
	for (int i = 1; i < threads; i++) {
		g_autoptr(Diagnostics) other = g_thread_join(thread[i]);
		diagnostics_merge(d, other);
	}
	for (guint i = 0; i < n; i++) {
		if (found[i] == NULL)
			continue;
		diagnostics_merge(d, found[i]);
		diagnostics_free(found[i]);
	}
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

	if (m->file == NULL)
		return TRUE;
	for (; *paths != NULL; paths++)
		if (below_path(m->file, *paths))
			return TRUE;
	return FALSE;
}

static void check_publications(Run *run, GHashTable *used, Diagnostics *d)
{
	CheckerParameters parameters = run_rule_parameters(run->options);

	for (guint i = 0; i < workspace_length(run->workspace); i++) {
		const DocumentFile *file = workspace_file(run->workspace, i);
		if (!run_is_publication(file))
			continue;
		g_autoptr(GPtrArray) files = document_files(run->workspace, file);
		g_autoptr(xmlDoc) doc = document_assemble(run->workspace, file, run->options->profile, NULL, d);
		for (guint k = 0; k < files->len; k++)
			g_hash_table_add(used, ((const DocumentFile *)files->pdata[k])->name);
		if (doc == NULL)
			continue;
		if (run_checker(run, d) != NULL)
			checker_run_rules(run->checker, doc, &parameters, d);
	}
}

void pipeline_check(const PipelineOptions *options, const char *const *paths, Diagnostics *d)
{
	g_auto(Run) run = {0};
	g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);

	run_start(&run, options, d);
	diagnostics_merge(d, run.loading);
	run_progress(options, _("checking publications"));
	check_publications(&run, used, d);
	run_progress(options, _("checking files"));
	check_files(&run, used, d);
	document_check_references(run.workspace, d);
	if (paths != NULL && *paths != NULL)
		diagnostics_filter(d, wanted, (gpointer)paths);
	diagnostics_sort(d);
}

void pipeline_check_pdf(const char *path, Diagnostics *d)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = file_load(path, FILE_LIMIT, &error);

	if (bytes == NULL)
		diagnose(d, MSG_FILE_MISSING, NULL, path, error->message);
	else
		pdf_check(bytes, path, d);
}
