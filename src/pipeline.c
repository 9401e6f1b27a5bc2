/* The hallway: which room comes after which. */
#include "pipeline.h"

#include "base/file.h"
#include "base/text.h"
#include "check/check.h"
#include "transform/transform.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

/* ---- formats: one row each ---- */

typedef struct {
	const char *name, *suffix;
	const char *stylesheet; /* below stylesheets/; NULL: the assembled tree itself */
	gboolean by_default;
} Format;

static const Format formats[] = {
    {"html", ".html", "html/publication.xsl", TRUE},
    {"fo", ".fo", "print/publication.xsl", FALSE},
    {"xml", ".xml", NULL, FALSE},
};

const char *const *pipeline_formats(void)
{
	static const char *const names[] = {"html", "fo", "xml", NULL};

	return names;
}

const char *const *pipeline_default_formats(void)
{
	static const char *const names[] = {"html", NULL};

	return names;
}

static const Format *format_lookup(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(formats); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

/* ---- what a run shares ---- */

typedef struct {
	const PipelineOptions *options;
	Workspace *workspace;
	Diagnostics *loading;     /* what reading the workspace reported */
	Checker *checker;
	Stylesheet *stylesheets[G_N_ELEMENTS(formats)];
	char *machinery;          /* digest of program, schemas and stylesheets */
	char *house_style;        /* path */
} Run;

static void progress(const PipelineOptions *options, const char *stage)
{
	if (options->progress != NULL)
		options->progress(options->progress_data, stage);
}

static void run_start(Run *run, const PipelineOptions *options)
{
	const char *own;
	const char *roots[] = {options->share, options->root, NULL};

	memset(run, 0, sizeof *run);
	run->options = options;
	run->loading = diagnostics_new();
	transform_start(roots);
	progress(options, _("reading"));
	run->workspace = workspace_load(options->root, run->loading);
	own = workspace_house_style(run->workspace);
	run->house_style = own != NULL ? g_build_filename(options->root, own, NULL)
	                               : g_build_filename(options->share, "stylesheets", "house-style.xml", NULL);
}

static void run_finish(Run *run)
{
	for (guint i = 0; i < G_N_ELEMENTS(formats); i++)
		stylesheet_free(run->stylesheets[i]);
	checker_free(run->checker);
	workspace_free(run->workspace);
	diagnostics_free(run->loading);
	g_free(run->machinery);
	g_free(run->house_style);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_finish)

static gboolean is_publication(const DocumentFile *file)
{
	return file->doc != NULL && g_strcmp0(file->kind, "publication") == 0;
}

static CheckerParameters rule_parameters(const PipelineOptions *options)
{
	return (CheckerParameters){options->profile == PROFILE_PUBLIC ? "public" : "review", options->today};
}

/* ---- check ---- */

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
	CheckerParameters parameters = rule_parameters(run->options);
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
	CheckerParameters parameters = rule_parameters(run->options);

	for (guint i = 0; i < workspace_length(run->workspace); i++) {
		const DocumentFile *file = workspace_file(run->workspace, i);
		g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(g_free);
		if (!is_publication(file))
			continue;
		g_autoptr(xmlDoc) doc = document_assemble(run->workspace, file, run->options->profile, inputs, d);
		for (guint k = 0; k < inputs->len; k++)
			g_hash_table_add(used, g_strdup(inputs->pdata[k]));
		if (doc == NULL)
			continue;
		if (run->checker == NULL)
			run->checker = checker_new(run->options->share, d);
		if (run->checker != NULL)
			checker_run_rules(run->checker, doc, &parameters, d);
	}
}

void pipeline_check(const PipelineOptions *options, const char *const *paths, Diagnostics *d)
{
	g_auto(Run) run = {0};
	g_autoptr(GHashTable) used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	run_start(&run, options);
	diagnostics_set_root(d, options->root);
	for (guint i = 0; i < workspace_length(run.workspace); i++)
		diagnostics_note_file(d, workspace_file(run.workspace, i)->name);
	diagnostics_merge(d, run.loading);
	progress(options, _("checking publications"));
	check_publications(&run, used, d);
	progress(options, _("checking files"));
	check_files(&run, used, d);
	document_check_references(run.workspace, d);
	if (paths != NULL && *paths != NULL)
		diagnostics_filter(d, wanted, (gpointer)paths);
	diagnostics_sort(d);
}

/* ---- build ---- */

static void add_digest_of(GChecksum *sum, const char *path)
{
	g_autoptr(GBytes) bytes = file_load(path, FILE_LIMIT, NULL);
	gsize size = 0;
	const void *data = bytes != NULL ? g_bytes_get_data(bytes, &size) : NULL;

	g_checksum_update(sum, (const guchar *)path, (gssize)strlen(path) + 1);
	g_checksum_update(sum, (const guchar *)&size, sizeof size);
	if (size > 0)
		g_checksum_update(sum, data, (gssize)size);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_digest_of_folder(GChecksum *sum, const char *path)
{
	g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *name;

	while (folder != NULL && (name = g_dir_read_name(folder)) != NULL)
		if (*name != '.')
			g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, compare_names);
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *child = g_build_filename(path, names->pdata[i], NULL);
		if (g_file_test(child, G_FILE_TEST_IS_DIR))
			add_digest_of_folder(sum, child);
		else
			add_digest_of(sum, child);
	}
}

/* Program, schemas, stylesheets: a change in any of them makes every output old. */
static const char *machinery(Run *run)
{
	static const char *const folders[] = {"schemas", "stylesheets"};
	g_autoptr(GChecksum) sum = NULL;

	if (run->machinery != NULL)
		return run->machinery;
	sum = g_checksum_new(G_CHECKSUM_SHA256);
	add_digest_of(sum, "/proc/self/exe");
	for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *path = g_build_filename(run->options->share, folders[i], NULL);
		add_digest_of_folder(sum, path);
	}
	return run->machinery = g_strdup(g_checksum_get_string(sum));
}

typedef struct {
	Run *run;
	const DocumentFile *file;
	char *folder, *stem, *record_path;
	GKeyFile *record; /* of the build before: what it was made from, what it made */
	GPtrArray *inputs;
	Diagnostics *d;
} Job;

static void job_finish(Job *job)
{
	g_free(job->folder);
	g_free(job->stem);
	g_free(job->record_path);
	g_clear_pointer(&job->record, g_key_file_unref);
	g_clear_pointer(&job->inputs, g_ptr_array_unref);
	g_clear_pointer(&job->d, diagnostics_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Job, job_finish)

static void job_start(Job *job, Run *run, const DocumentFile *file)
{
	g_autofree char *name = NULL;

	*job = (Job){.run = run, .file = file};
	job->folder = g_build_filename(run->options->out, file->id, NULL);
	job->stem = g_strdup_printf("%s%s", file->id, run->options->profile == PROFILE_REVIEW ? "-review" : "");
	name = g_strdup_printf(".%s.build", job->stem);
	job->record_path = g_build_filename(job->folder, name, NULL);
	job->record = g_key_file_new();
	g_key_file_load_from_file(job->record, job->record_path, G_KEY_FILE_NONE, NULL);
	job->inputs = g_ptr_array_new_with_free_func(g_free);
	job->d = diagnostics_new();
	diagnostics_set_root(job->d, run->options->root);
}

/* Digest of all that the output depends on: the machinery, the day (rules know it), every text of the workspace, and the other files named. */
static char *job_key(const Job *job, char **others)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	const Run *run = job->run;

	g_checksum_update(sum, (const guchar *)machinery(job->run), -1);
	g_checksum_update(sum, (const guchar *)run->options->today, -1);
	for (guint i = 0; i < workspace_length(run->workspace); i++) {
		const DocumentFile *file = workspace_file(run->workspace, i);
		g_checksum_update(sum, (const guchar *)file->name, (gssize)strlen(file->name) + 1);
		g_autofree char *digest = document_digest(file);
		if (digest != NULL)
			g_checksum_update(sum, (const guchar *)digest, -1);
	}
	add_digest_of(sum, run->house_style);
	for (; others != NULL && *others != NULL; others++) {
		g_autofree char *path = g_build_filename(run->options->root, *others, NULL);
		add_digest_of(sum, path);
	}
	return g_strdup(g_checksum_get_string(sum));
}

static char *job_path(const Job *job, const Format *format)
{
	g_autofree char *name = g_strconcat(job->stem, format->suffix, NULL);

	return g_build_filename(job->folder, name, NULL);
}

/* Whether this output was made from just these inputs and still is what was written. */
static gboolean job_is_current(const Job *job, const Format *format, const char *key)
{
	g_autofree char *made_from = g_key_file_get_string(job->record, format->name, "inputs", NULL);
	g_autofree char *digest = g_key_file_get_string(job->record, format->name, "output", NULL);
	g_autofree char *path = NULL, *now = NULL;
	g_autoptr(GBytes) bytes = NULL;

	if (made_from == NULL || digest == NULL || strcmp(made_from, key) != 0)
		return FALSE;
	path = job_path(job, format);
	bytes = file_load(path, FILE_LIMIT, NULL);
	if (bytes == NULL)
		return FALSE;
	now = file_digest(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	return strcmp(now, digest) == 0;
}

static gboolean concerns_job(const Diagnostic *m, gpointer data)
{
	const Job *job = data;

	if (m->file == NULL || strcmp(m->file, job->file->name) == 0)
		return TRUE;
	for (guint i = 0; i < job->inputs->len; i++)
		if (strcmp(job->inputs->pdata[i], m->file) == 0)
			return TRUE;
	return FALSE;
}

/* Assembled, valid, by the rules: or NULL, and job->d says why. */
static xmlDoc *job_assemble(Job *job)
{
	Run *run = job->run;
	CheckerParameters parameters = rule_parameters(run->options);
	g_autoptr(xmlDoc) doc = document_assemble(run->workspace, job->file, run->options->profile, job->inputs, job->d);

	diagnostics_copy(job->d, run->loading, concerns_job, job);
	if (run->checker == NULL)
		run->checker = checker_new(run->options->share, job->d);
	if (doc != NULL && run->checker != NULL) {
		checker_validate(run->checker, doc, job->d);
		checker_run_rules(run->checker, doc, &parameters, job->d);
	}
	if (doc == NULL || diagnostics_count(job->d, LEVEL_ERROR) > 0)
		return NULL;
	return g_steal_pointer(&doc);
}

static Stylesheet *run_stylesheet(Run *run, const Format *format, Diagnostics *d)
{
	Stylesheet **slot = &run->stylesheets[format - formats];

	if (*slot == NULL) {
		g_autofree char *path = g_build_filename(run->options->share, "stylesheets", format->stylesheet, NULL);
		*slot = stylesheet_load(path, d);
	}
	return *slot;
}

static GBytes *serialise_tree(xmlDoc *doc)
{
	xmlChar *text = NULL;
	int size = 0;

	xmlDocDumpMemoryEnc(doc, &text, &size, "UTF-8");
	return g_bytes_new_with_free_func(text, (gsize)size, (GDestroyNotify)xmlFree, text);
}

static GBytes *job_transform(Job *job, xmlDoc *doc, const Format *format)
{
	Run *run = job->run;
	const char *parameters[] = {"profile",     run->options->profile == PROFILE_PUBLIC ? "public" : "review",
	                            "house-style", run->house_style,
	                            "root",        run->options->root,
	                            NULL};
	Stylesheet *stylesheet;
	g_autoptr(xmlDoc) result = NULL;

	if (format->stylesheet == NULL)
		return serialise_tree(doc);
	stylesheet = run_stylesheet(run, format, job->d);
	if (stylesheet == NULL)
		return NULL;
	result = stylesheet_apply(stylesheet, doc, parameters, job->d);
	return result != NULL ? stylesheet_serialise(stylesheet, result, job->d) : NULL;
}

static gboolean job_write(Job *job, const Format *format, GBytes *bytes, const char *key)
{
	g_autofree char *path = job_path(job, format), *digest = NULL;
	g_autoptr(GError) error = NULL;
	gsize size;
	const void *data = g_bytes_get_data(bytes, &size);

	if (!file_save(path, data, size, &error)) {
		diagnose(job->d, MSG_FILE_WRITE, NULL, path, error->message);
		return FALSE;
	}
	digest = file_digest(data, size);
	g_key_file_set_string(job->record, format->name, "inputs", key);
	g_key_file_set_string(job->record, format->name, "output", digest);
	return TRUE;
}

/* The files, other than texts of the workspace, that the document was made from: pictures. */
static char **job_others(const Job *job)
{
	g_autoptr(GStrvBuilder) others = g_strv_builder_new();

	for (guint i = 0; i < job->inputs->len; i++)
		if (workspace_lookup_name(job->run->workspace, job->inputs->pdata[i]) == NULL)
			g_strv_builder_add(others, job->inputs->pdata[i]);
	return g_strv_builder_end(others);
}

static void job_save_record(Job *job, char **others)
{
	g_autofree char *text = NULL;
	gsize size;

	g_key_file_set_string_list(job->record, "inputs", "others", (const char *const *)others, g_strv_length(others));
	text = g_key_file_to_data(job->record, &size, NULL);
	file_save(job->record_path, text, size, NULL); /* without it the next build only does more work */
}

static void add_output(GPtrArray *outputs, const Job *job, const Format *format, OutputState state)
{
	PipelineOutput *output = g_new0(PipelineOutput, 1);

	output->id = g_strdup(job->file->id);
	output->path = job_path(job, format);
	output->state = state;
	g_ptr_array_add(outputs, output);
}

static void output_free(gpointer data)
{
	PipelineOutput *output = data;

	g_free(output->id);
	g_free(output->path);
	g_free(output);
}

/* Builds those of the asked formats that are not current. */
static void job_build(Job *job, GPtrArray *outputs)
{
	const PipelineOptions *options = job->run->options;
	g_auto(GStrv) known = g_key_file_get_string_list(job->record, "inputs", "others", NULL, NULL);
	g_autofree char *key = job_key(job, known);
	g_autoptr(GPtrArray) old = g_ptr_array_new();
	g_autoptr(xmlDoc) doc = NULL;
	g_auto(GStrv) others = NULL;

	for (const char *const *name = options->formats; *name != NULL; name++) {
		const Format *format = format_lookup(*name);
		if (!options->force && job_is_current(job, format, key))
			add_output(outputs, job, format, OUTPUT_CURRENT);
		else
			g_ptr_array_add(old, (gpointer)format);
	}
	if (old->len == 0)
		return;
	doc = job_assemble(job);
	others = job_others(job);
	g_free(key);
	key = job_key(job, others);
	for (guint i = 0; i < old->len; i++) {
		const Format *format = old->pdata[i];
		g_autoptr(GBytes) bytes = doc != NULL ? job_transform(job, doc, format) : NULL;
		gboolean written = bytes != NULL && job_write(job, format, bytes, key);
		add_output(outputs, job, format, written ? OUTPUT_WRITTEN : OUTPUT_REFUSED);
	}
	if (doc != NULL)
		job_save_record(job, others);
}

static void report_unknown(const Run *run, const char *id, Diagnostics *d)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	g_autofree char *list = NULL;
	const char *near;

	for (guint i = 0; i < workspace_length(run->workspace); i++)
		if (is_publication(workspace_file(run->workspace, i)))
			g_ptr_array_add(ids, workspace_file(run->workspace, i)->id);
	g_ptr_array_add(ids, NULL);
	near = text_closest(id, (const char *const *)ids->pdata);
	list = g_strjoinv(", ", (char **)ids->pdata);
	if (near != NULL)
		diagnose(d, MSG_PUBLICATION_UNKNOWN_NEAR, NULL, id, near, list);
	else
		diagnose(d, MSG_PUBLICATION_UNKNOWN, NULL, id, list);
}

static void build_one(Run *run, const DocumentFile *file, GPtrArray *outputs, Diagnostics *d)
{
	g_auto(Job) job = {0};

	job_start(&job, run, file);
	job_build(&job, outputs);
	diagnostics_merge(d, job.d);
}

/* A publication that could not even be read must not pass unseen in a build of everything. */
static gboolean is_broken_publication(const Diagnostic *m, gpointer data)
{
	(void)data;
	return m->file != NULL && g_str_has_suffix(m->file, "/publication.md") && m->level >= LEVEL_ERROR;
}

GPtrArray *pipeline_build(const PipelineOptions *options, const char *const *ids, Diagnostics *d)
{
	GPtrArray *outputs = g_ptr_array_new_with_free_func(output_free);
	g_auto(Run) run = {0};
	gboolean all = ids == NULL || *ids == NULL;

	run_start(&run, options);
	diagnostics_set_root(d, options->root);
	for (guint i = 0; i < workspace_length(run.workspace); i++)
		diagnostics_note_file(d, workspace_file(run.workspace, i)->name);
	progress(options, _("building"));
	for (guint i = 0; all && i < workspace_length(run.workspace); i++)
		if (is_publication(workspace_file(run.workspace, i)))
			build_one(&run, workspace_file(run.workspace, i), outputs, d);
	if (all)
		diagnostics_copy(d, run.loading, is_broken_publication, NULL);
	for (; !all && *ids != NULL; ids++) {
		const DocumentFile *file = workspace_lookup(run.workspace, *ids);
		if (file != NULL && is_publication(file))
			build_one(&run, file, outputs, d);
		else
			report_unknown(&run, *ids, d);
	}
	diagnostics_sort(d);
	return outputs;
}
