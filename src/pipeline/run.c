/* What one run shares: the workspace, and what is compiled once. */
#include "pipeline/internal.h"

#include "base/file.h"
#include "base/parallel.h"

#include <glib/gi18n.h>
#include <string.h>

void run_progress(const PipelineOptions *options, const char *stage)
{
	if (options->progress != NULL)
		options->progress(options->progress_data, stage);
}

void run_open_names(Run *run, const PipelineOptions *options, Diagnostics *d)
{
	names_open(&run->names, options->root, options->names, d);
	if (options->names_sought != NULL)
		*options->names_sought = run->names.list != NULL ? privacy_list_count(run->names.list) : 0;
}

static void read_policy(Run *run)
{
	ConsentPolicy policy;

	checker_read_policy(run->options->share, run->options->root, &policy, run->loading);
	run->policy = consent_policy_write(&policy);
}

static void find_workspace(Run *run, const WorkspaceVisitor *visitor)
{
	const char *root = run->options->root, *own;

	if (run->before != NULL)
		run->workspace = workspace_scan_again(g_steal_pointer(&run->before), run->loading);
	else
		run->workspace = workspace_scan(root, visitor, run->loading);
	own = workspace_house_style(run->workspace);
	run->house_style = own != NULL ? g_build_filename(root, own, NULL) : NULL;
}

static void prepare(Run *run, const PipelineOptions *options)
{
	const char *roots[] = {options->root, options->share, NULL};

	run->options = options;
	parallel_limit((guint)MAX(options->jobs, 0));
	run->stylesheets = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)stylesheet_free);
	run->making = g_hash_table_new(g_str_hash, g_str_equal);
	transform_start(roots);
}

static void forget_compiled(Run *run)
{
	g_hash_table_remove_all(run->stylesheets);
	g_clear_pointer(&run->checker, checker_free);
}

/* The workspace as it is now: what stays so is not read again. It tells language and house style: fonts and patterns are loaded by them, and stay when it
 * turns out to be otherwise. */
static void await_workspace(Run *run)
{
	run->loading = diagnostics_new();
	find_workspace(run, NULL);
	ahead_build(run);
	ahead_wait(run);
	run->before = g_steal_pointer(&run->workspace);
	g_clear_pointer(&run->house_style, g_free);
	g_clear_pointer(&run->loading, diagnostics_free);
}

void run_await(Run *run, const PipelineOptions *options)
{
	g_autofree char *before = NULL, *now = NULL;

	prepare(run, options);
	before = record_share_digest(run);
	run->past_before = past_new(options);
	ahead_start(run, run->past_before);
	await_workspace(run);
	past_ask(run->past_before);
	options->await(options->await_data);
	now = record_share_digest(run);
	if (strcmp(before, now) != 0)
		forget_compiled(run);
}

void run_start(Run *run, const PipelineOptions *options, const WorkspaceVisitor *visitor, Diagnostics *d)
{
	if (run->options == NULL)
		prepare(run, options);
	run->loading = diagnostics_new();
	run->past = visitor == NULL ? past_new(options) : NULL; /* checking asks nothing of git */
	read_policy(run);
	if (options->formats != NULL)
		ahead_start(run, run->past);
	run_progress(options, visitor != NULL ? _("checking files") : _("reading"));
	find_workspace(run, visitor);
	diagnostics_set_root(d, options->root);
	for (guint i = 0; i < workspace_length(run->workspace); i++)
		diagnostics_note_file(d, workspace_file(run->workspace, i)->name);
}

gboolean run_leaves_memory(const Run *run)
{
#if defined(__SANITIZE_ADDRESS__)
	return FALSE;
#else
	return run->options->once && !run->several;
#endif
}

void run_finish(Run *run)
{
	if (run->options == NULL)
		return;
	ahead_finish(run);
	if (!run_leaves_memory(run)) {
		g_hash_table_unref(run->stylesheets);
		checker_free(run->checker);
		workspace_free(run->workspace);
		workspace_free(run->before);
		past_free(run->past);
		past_free(run->past_before);
	}
	g_hash_table_unref(run->making);
	names_close(&run->names);
	diagnostics_free(run->loading);
	g_free(run->policy);
	g_free(run->house_style);
	g_free(run->digest);
}

gboolean run_is_publication(const DocumentFile *file)
{
	return file->doc != NULL && g_strcmp0(file->kind, "publication") == 0;
}

CheckerParameters run_rule_parameters(const Run *run)
{
	return (CheckerParameters){run->options->profile == PROFILE_PUBLIC ? "public" : "review", run->options->today, run->policy};
}

/* TRUE: name is this thread's to make, and end_making is to be called. FALSE: *found is it; it may have been waited for. */
static gboolean begin_making(Run *run, const char *name, gpointer (*find)(Run *run, const char *name), gpointer *found)
{
	g_mutex_lock(&run->lock);
	while (g_hash_table_contains(run->making, name))
		parallel_wait(&run->made, &run->lock);
	*found = find(run, name);
	if (*found == NULL)
		g_hash_table_add(run->making, (gpointer)name);
	g_mutex_unlock(&run->lock);
	return *found == NULL;
}

static void end_making(Run *run, const char *name, void (*keep)(Run *run, const char *name, gpointer made), gpointer made)
{
	g_mutex_lock(&run->lock);
	if (made != NULL)
		keep(run, name, made);
	g_hash_table_remove(run->making, name);
	g_cond_broadcast(&run->made);
	g_mutex_unlock(&run->lock);
}

static gpointer find_checker(Run *run, const char *name)
{
	(void)name;
	return run->checker;
}

static void keep_checker(Run *run, const char *name, gpointer made)
{
	(void)name;
	run->checker = made;
}

static Checker *make_checker(Run *run, Diagnostics *d)
{
	gpointer checker;

	if (!begin_making(run, "checker", find_checker, &checker))
		return checker;
	checker = checker_new(run->options->share, d);
	if (checker != NULL)
		checker_prepare(checker, d);
	end_making(run, "checker", keep_checker, checker);
	return checker;
}

void run_keep_checker(Run *run, Checker *checker)
{
	g_mutex_lock(&run->lock);
	if (run->checker == NULL)
		run->checker = g_steal_pointer(&checker);
	g_mutex_unlock(&run->lock);
	checker_free(checker);
}

static gpointer find_stylesheet(Run *run, const char *path)
{
	return g_hash_table_lookup(run->stylesheets, path);
}

static void keep_stylesheet(Run *run, const char *path, gpointer made)
{
	g_hash_table_insert(run->stylesheets, (gpointer)path, made);
}

Stylesheet *run_stylesheet(Run *run, const char *path, Diagnostics *d)
{
	g_autofree char *file = g_build_filename(run->options->share, "stylesheets", path, NULL);
	gpointer stylesheet;

	if (!begin_making(run, path, find_stylesheet, &stylesheet))
		return stylesheet;
	stylesheet = stylesheet_load(file, d);
	end_making(run, path, keep_stylesheet, stylesheet);
	return stylesheet;
}

void run_prepare_out(Run *run)
{
	const PipelineOptions *options = run->options;
	g_autofree char *ignore = g_build_filename(options->out, ".gitignore", NULL), *below = g_strconcat(options->root, "/", NULL);

	g_mutex_lock(&run->once);
	if (g_str_has_prefix(options->out, below) && !g_file_test(options->out, G_FILE_TEST_EXISTS) && history_is_kept(options->root))
		file_save_lightly(ignore, "*\n", 2, NULL); /* what goes wrong will be told of what is written next */
	g_mutex_unlock(&run->once);
}

char **run_house_families(const Run *run)
{
	g_autofree char *path = g_build_filename(run->options->share, "stylesheets", "house-style.xml", NULL);
	g_autoptr(Diagnostics) ignored = diagnostics_new(); /* the stylesheet that reads it will tell */
	g_autoptr(xmlDoc) doc = xml_load(run->house_style != NULL ? run->house_style : path, NULL, ignored);
	g_autoptr(GStrvBuilder) families = g_strv_builder_new();
	const xmlNode *top = doc != NULL ? xmlDocGetRootElement(doc) : NULL;

	for (const xmlNode *n = top; n != NULL; n = xml_following(n, top))
		if (xml_is(n, "font") && xml_attribute(n, "family") != NULL)
			g_strv_builder_add(families, xml_attribute(n, "family"));
	return g_strv_builder_end(families);
}

/* What is said of what is missing: where something else is wrong, that may be why. */
static gboolean is_no_consequence(const Diagnostic *m, gpointer unused)
{
	static const char *const codes[] = {"blok-leeg", "stem-draad", "stem-casus", NULL};

	(void)unused;
	return m->level >= LEVEL_ERROR || !g_strv_contains(codes, m->code);
}

void run_silence_consequences(Diagnostics *d)
{
	if (diagnostics_count(d, LEVEL_ERROR) > 0)
		diagnostics_filter(d, is_no_consequence, NULL);
}

Checker *run_take_checker(Run *run, Diagnostics *d)
{
	Checker *checker = make_checker(run, d);

	if (checker != NULL)
		g_mutex_lock(&run->checking);
	return checker;
}

void run_give_checker(Run *run)
{
	g_mutex_unlock(&run->checking);
}

void run_validate(Run *run, xmlDoc *doc, Diagnostics *d)
{
	Checker *checker = run_take_checker(run, d);

	if (checker == NULL)
		return;
	checker_validate(checker, doc, d);
	run_give_checker(run);
}

void run_check_house_style(const Run *run, Checker *checker, Diagnostics *d)
{
	if (run->house_style != NULL)
		checker_check_house_style(checker, run->house_style, workspace_house_style(run->workspace), d);
}
