/* Building: assemble, validate, rules, transform, write. A publication with errors is refused whole, and what was there stays. */
#include "pipeline/internal.h"

#include "base/file.h"
#include "base/parallel.h"
#include "base/text.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
	Run *run;
	const DocumentFile *file;
	char *folder, *stem;
	Record *record;
	Proof *proof;       /* NULL: not a public build */
	GPtrArray *inputs; /* names of the files it is made from */
	Diagnostics *d;
	guint allowed[COARSE_KINDS]; /* by its editors */
	char **others;     /* names of those inputs that are no texts of the workspace: pictures */
	char *key;         /* of what it is made from (record.c); this and the three above are known once it is assembled */
	GPtrArray *uses;   /* DocumentUse: what it holds of whom; NULL: not known yet */
	gboolean exchange; /* with all sessions of its cases, and with the codes of quotes */
} Job;

static void job_start(Job *job, Run *run, const DocumentFile *file)
{
	g_autofree char *name = NULL, *path = NULL;

	*job = (Job){.run = run, .file = file};
	job->folder = g_build_filename(run->options->out, file->id, NULL);
	job->stem = g_strdup_printf("%s%s", file->id, run->options->profile == PROFILE_REVIEW ? "-review" : "");
	name = g_strdup_printf(".%s.build", job->stem);
	path = g_build_filename(job->folder, name, NULL);
	job->record = record_open(path);
	if (run->options->profile == PROFILE_PUBLIC)
		job->proof = proof_new(run, job->folder, file->id);
	job->inputs = g_ptr_array_new_with_free_func(g_free);
	job->d = diagnostics_new();
	diagnostics_set_root(job->d, run->options->root);
}

static void job_finish(Job *job)
{
	g_free(job->folder);
	g_free(job->stem);
	g_strfreev(job->others);
	g_free(job->key);
	record_free(job->record);
	proof_free(job->proof);
	g_ptr_array_unref(job->inputs);
	if (job->uses != NULL)
		g_ptr_array_unref(job->uses);
	diagnostics_free(job->d);
}

/* For one person, who is named by the id that nothing public has: no release is made of it. */
static gboolean is_personal(const Job *job, const Format *format)
{
	return format->dossier && job->run->options->wanted.person != NULL;
}

static char *job_path(const Job *job, const Format *format)
{
	const DocumentWanted *wanted = &job->run->options->wanted;
	const char *about = wanted->person != NULL ? wanted->person : wanted->story;
	const char *extension = strrchr(format->suffix, '.');
	g_autofree char *name = format->dossier && about != NULL
	                            ? g_strdup_printf("%s%.*s-%s%s", job->stem, (int)(extension - format->suffix), format->suffix, about, extension)
	                            : g_strconcat(job->stem, format->suffix, NULL);

	return g_build_filename(job->folder, name, NULL);
}

/* It could not take part, so that nobody knows for which publication it was meant: nothing may go missing unseen. */
static gboolean is_left_out(const Workspace *w, const Diagnostic *m)
{
	const DocumentFile *file = workspace_lookup_name(w, m->file);

	return file != NULL ? file->kind == NULL : m->id == MSG_FILE_LINK || m->id == MSG_FILE_MISNAMED;
}

/* Of the file itself, or of a folder that it stands in. */
static gboolean is_about(const Diagnostic *m, const char *input)
{
	const gsize length = strlen(m->file);

	return strncmp(input, m->file, length) == 0 && (input[length] == '\0' || input[length] == '/');
}

static gboolean concerns_job(const Diagnostic *m, gpointer data)
{
	const Job *job = data;

	if (m->file == NULL || strcmp(m->file, job->file->name) == 0 || strcmp(m->file, CONSENT_FILE) == 0 || is_left_out(job->run->workspace, m))
		return TRUE;
	for (guint i = 0; i < job->inputs->len; i++)
		if (is_about(m, job->inputs->pdata[i]))
			return TRUE;
	return FALSE;
}

/* Each file that closes this publication without being known to be a part of it: why, and what to do. */
static void report_left_out(Job *job)
{
	g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < diagnostics_length(job->run->loading); i++) {
		const Diagnostic *m = diagnostics_peek(job->run->loading, i);
		const Position at = {m->file, 0, 0, NULL};
		if (m->level >= LEVEL_ERROR && m->file != NULL && is_left_out(job->run->workspace, m) && g_hash_table_add(told, m->file))
			diagnose(job->d, MSG_FILE_LEFT_OUT, &at, job->file->id);
	}
}

/* Every file it is made from, by its path and its text; and what says how it looks. */
static void job_check_names(Job *job)
{
	const Workspace *w = job->run->workspace;
	const char *house_style = workspace_house_style(w);
	g_autoptr(PrivacyScanner) s = NULL;

	if (job->run->names.list == NULL)
		return;
	s = privacy_scanner_new(job->run->names.list);
	for (guint i = 0; i < job->inputs->len; i++)
		names_check_input(s, w, job->inputs->pdata[i], job->d);
	if (house_style != NULL)
		names_check_input(s, w, house_style, job->d);
}

/* Valid, and by the rules; or job->d says what is not. */
static gboolean job_check(Job *job, xmlDoc *doc)
{
	Run *run = job->run;
	CheckerParameters parameters = run_rule_parameters(run);
	g_autoptr(GPtrArray) files = document_files(run->workspace, job->file);
	Checker *checker = run_take_checker(run, job->d);

	if (checker == NULL)
		return FALSE;
	/* each file as it was written too: assembling puts the titles that an item has in the place of a file's own */
	for (guint i = 0; i < files->len; i++)
		if (((const DocumentFile *)files->pdata[i])->doc != NULL)
			checker_validate(checker, ((const DocumentFile *)files->pdata[i])->doc, job->d);
	checker_validate(checker, doc, job->d);
	run_check_house_style(run, checker, job->d);
	checker_run_rules(checker, doc, &parameters, job->d);
	run_give_checker(run);
	pictures_check(run->workspace, doc, job->d);
	return diagnostics_count(job->d, LEVEL_ERROR) == 0;
}

static gboolean wants_dossier(const GPtrArray *formats)
{
	for (guint i = 0; i < formats->len; i++)
		if (((const Format *)formats->pdata[i])->dossier)
			return TRUE;
	return FALSE;
}

/* NULL when there is nothing to show; what is wrong with it is in job->d. */
static xmlDoc *job_assemble(Job *job, const DocumentWanted *wanted)
{
	Run *run = job->run;
	xmlDoc *doc = job->exchange ? document_assemble_sessions(run->workspace, job->file, job->inputs, job->d)
	                            : document_assemble_dossier(run->workspace, job->file, wanted, job->inputs, job->d);

	diagnostics_copy(job->d, run->loading, concerns_job, job);
	report_left_out(job);
	document_check_ids(run->workspace, job->inputs, job->d);
	job_check_names(job);
	if (coarsen_is_wanted(run->options, run->workspace))
		coarsen_check_inputs(run->workspace, job->inputs, job->allowed, job->d);
	return doc;
}

static void job_find_key(Job *job)
{
	g_autoptr(GStrvBuilder) others = g_strv_builder_new();

	for (guint i = 0; i < job->inputs->len; i++)
		if (workspace_lookup_name(job->run->workspace, job->inputs->pdata[i]) == NULL)
			g_strv_builder_add(others, job->inputs->pdata[i]);
	job->others = g_strv_builder_end(others);
	job->key = record_key(job->run, (const char *const *)job->others);
}

/* Assembles, and makes these formats while it is being checked. NULL: refused, and job->d says why. */
static Tracks *job_make(Job *job, const GPtrArray *formats)
{
	Run *run = job->run;
	xmlDoc *doc = job_assemble(job, wants_dossier(formats) ? &run->options->wanted : NULL);
	g_autoptr(Tracks) tracks = NULL;
	gboolean good;

	if (doc == NULL)
		return NULL;
	past_fill(run, job->file, doc, job->d);
	past_sign(run, doc, job->inputs);
	if (diagnostics_count(job->d, LEVEL_ERROR) == 0)
		tracks = tracks_start(run, job->file->name, doc, formats);
	job->uses = document_uses(doc);
	good = job_check(job, doc);
	if (good && job->proof != NULL)
		proof_state(job->proof, doc, job->allowed, job->d);
	if (tracks != NULL)
		tracks_decide(tracks, good);
	if (good)
		job_find_key(job);
	if (tracks != NULL)
		tracks_finish(tracks);
	if (!run_leaves_memory(run))
		xmlFreeDoc(doc);
	return good ? g_steal_pointer(&tracks) : NULL;
}

static gboolean job_write(Job *job, const Format *format, GBytes *bytes)
{
	g_autofree char *path = job_path(job, format);
	g_autoptr(GError) error = NULL;
	gsize size;
	const void *data = g_bytes_get_data(bytes, &size);

	run_prepare_out(job->run);
	/* the preview's is made again at the next save: its reader does not wait for the disk */
	if ((job->run->options->await != NULL ? file_save_lightly : file_save)(path, data, size, &error))
		return TRUE;
	diagnose(job->d, MSG_FILE_WRITE, NULL, path, error->message);
	return FALSE;
}

static void output_free(gpointer data)
{
	PipelineOutput *output = data;

	g_free(output->id);
	g_free(output->path);
	g_clear_pointer(&output->looks, g_ptr_array_unref);
	g_strfreev(output->elsewhere);
	g_free(output);
}

/* made NULL: it was not made. */
static void add_output(GPtrArray *outputs, const Job *job, const Format *format, OutputState state, const TrackOutput *made)
{
	PipelineOutput *output = g_new0(PipelineOutput, 1);

	output->id = g_strdup(job->file->id);
	output->path = job_path(job, format);
	output->state = state;
	output->warnings = state == OUTPUT_CURRENT ? record_warnings(job->record, format->name) : 0;
	output->pages = made != NULL ? made->pages : 0;
	output->looks = made != NULL && made->looks != NULL ? g_ptr_array_ref(made->looks) : NULL;
	g_ptr_array_add(outputs, output);
}

/* A file could not take part, or worse: what is there already is not known to be right. */
static gboolean is_doubtful(Job *job)
{
	g_autoptr(Diagnostics) d = diagnostics_new();

	diagnostics_copy(d, job->run->loading, concerns_job, job);
	return diagnostics_count(d, LEVEL_ERROR) > 0;
}

/* The asked formats that are not current; those that are go to outputs. */
static GPtrArray *job_old_formats(Job *job, GPtrArray *outputs)
{
	const PipelineOptions *options = job->run->options;
	gboolean force = options->force || is_doubtful(job);
	/* nothing is waited for that nobody asks: the key wants git's answer */
	g_autofree char *key = force ? NULL : record_key(job->run, record_others(job->record));
	GPtrArray *old = g_ptr_array_new();

	for (const char *const *name = options->formats; *name != NULL; name++) {
		const Format *format = pipeline_format_lookup(*name);
		g_autofree char *path = job_path(job, format);
		if (!force && record_is_current(job->record, format->name, path, key) &&
		    (job->proof == NULL || is_personal(job, format) || proof_is_current(job->proof, job->record, path, key)))
			add_output(outputs, job, format, OUTPUT_CURRENT, NULL);
		else
			g_ptr_array_add(old, (gpointer)format);
	}
	return old;
}

static void job_note(const Job *job, const TrackOutput *made, const char *path)
{
	g_autofree char *name = g_path_get_basename(path);

	record_note(job->record, made->format->name, made->makeshift ? "" : job->key, made->bytes);
	record_note_held(job->record, name, made->bytes, job->uses, made->format->part);
}

/* Another build of the same publication writes before or after, and what it noted of its outputs is kept. */
static int job_lock(Job *job)
{
	run_prepare_out(job->run);
	int lock = file_lock_folder(job->folder);

	record_reload(job->record);
	if (job->proof != NULL)
		proof_reload(job->proof);
	return lock;
}

/* What was written of these formats, whose outputs begin at the first. */
static void job_prove(Job *job, const Tracks *tracks, const GPtrArray *formats, const GPtrArray *outputs, guint first)
{
	for (guint i = 0; job->proof != NULL && i < formats->len; i++) {
		const PipelineOutput *output = outputs->pdata[first + i];
		if (output->state == OUTPUT_WRITTEN && !is_personal(job, formats->pdata[i]))
			proof_note(job->proof, output->path, tracks_lookup(tracks, formats->pdata[i]));
	}
}

static gboolean is_warning(const Diagnostic *m, gpointer data)
{
	(void)data;
	return m->level == LEVEL_WARNING || m->level == LEVEL_UNSUPPORTED;
}

/* How many warnings were told with these formats, whose outputs begin at the first: what is up to date is not checked again. */
static void job_note_warnings(const Job *job, const GPtrArray *formats, const GPtrArray *outputs, guint first)
{
	g_autoptr(Diagnostics) d = diagnostics_new();

	diagnostics_set_root(d, job->run->options->root);
	diagnostics_copy(d, job->d, is_warning, NULL);
	diagnostics_sort(d); /* a repetition is told once */
	for (guint i = 0; i < formats->len; i++)
		if (((const PipelineOutput *)outputs->pdata[first + i])->state == OUTPUT_WRITTEN)
			record_note_warnings(job->record, ((const Format *)formats->pdata[i])->name, diagnostics_length(d));
}

static void job_build(Job *job, GPtrArray *outputs)
{
	g_autoptr(GPtrArray) old = job_old_formats(job, outputs);
	const guint first = outputs->len;
	g_autoptr(Tracks) tracks = NULL;

	if (old->len == 0)
		return;
	ahead_build(job->run);
	tracks = job_make(job, old);
	const int lock = tracks != NULL ? job_lock(job) : -1;
	for (guint i = 0; i < old->len; i++) {
		const Format *format = old->pdata[i];
		const TrackOutput *made = tracks_lookup(tracks, format);
		gboolean written = made != NULL && made->bytes != NULL && job_write(job, format, made->bytes);
		g_autofree char *path = written ? job_path(job, format) : NULL;
		if (written)
			job_note(job, made, path);
		add_output(outputs, job, format, written ? OUTPUT_WRITTEN : OUTPUT_REFUSED, made);
	}
	if (tracks == NULL)
		return;
	tracks_digest(tracks);
	job_prove(job, tracks, old, outputs, first);
	tracks_report(tracks, job->d);
	if (job->proof != NULL)
		proof_save(job->proof, job->record, job->key, job->d);
	job_note_warnings(job, old, outputs, first);
	record_set_others(job->record, job->others);
	record_save(job->record);
	file_unlock_folder(lock);
}

/* A list that is not in order, or none where there must be one: no output, not even one that is there already. */
static gboolean is_closed(const Run *run)
{
	return run->names.broken || (run->names.list == NULL && run->options->profile == PROFILE_PUBLIC && !workspace_is_fiction(run->workspace));
}

/* Of a list that is broken it was said when it was opened. */
static void report_closed(const Run *run, Diagnostics *d)
{
	g_autofree char *place = is_closed(run) && !run->names.broken ? privacy_list_place() : NULL;

	if (place != NULL)
		diagnose(d, MSG_NAMES_ABSENT, NULL, place);
}

static void refuse_all(Job *job, GPtrArray *outputs)
{
	for (const char *const *name = job->run->options->formats; *name != NULL; name++)
		add_output(outputs, job, pipeline_format_lookup(*name), OUTPUT_REFUSED, NULL);
}

/* Paths are printed too. */
static void redact_outputs(const Names *names, GPtrArray *outputs)
{
	g_autoptr(PrivacyScanner) s = names->list != NULL ? privacy_scanner_new(names->list) : NULL;

	for (guint i = 0; s != NULL && i < outputs->len; i++) {
		PipelineOutput *output = outputs->pdata[i];
		names_cover(s, &output->id);
		names_cover(s, &output->path);
		for (char **file = output->elsewhere; file != NULL && *file != NULL; file++)
			names_cover(s, file);
	}
}

/* The caller's. */
static char **job_elsewhere(const Job *job)
{
	g_autoptr(GStrvBuilder) files = g_strv_builder_new();
	const char *style = workspace_house_style(job->run->workspace);

	if (style != NULL && !g_str_has_prefix(style, "cases/"))
		g_strv_builder_add(files, style);
	for (const char *const *other = record_others(job->record); *other != NULL; other++)
		if (!g_str_has_prefix(*other, "cases/"))
			g_strv_builder_add(files, *other);
	return g_strv_builder_end(files);
}

static void build_one(Run *run, const DocumentFile *file, GPtrArray *outputs, Diagnostics *d)
{
	guint first = outputs->len;
	Job job;

	job_start(&job, run, file);
	if (is_closed(run))
		refuse_all(&job, outputs);
	else
		job_build(&job, outputs);
	document_check_unused(run->workspace, file, job.d);
	for (guint i = first; i < outputs->len; i++)
		((PipelineOutput *)outputs->pdata[i])->elsewhere = job_elsewhere(&job);
	run_silence_consequences(job.d);
	diagnostics_merge(d, job.d);
	job_finish(&job);
}

xmlDoc *build_exchange_tree(Run *run, const DocumentFile *file, Diagnostics *d)
{
	g_autoptr(xmlDoc) doc = NULL;
	gboolean good;
	Job job;

	report_closed(run, d);
	if (is_closed(run))
		return NULL;
	job_start(&job, run, file);
	job.exchange = TRUE;
	doc = job_assemble(&job, NULL);
	good = doc != NULL && job_check(&job, doc);
	diagnostics_merge(d, job.d);
	job_finish(&job);
	if (good && run->options->profile == PROFILE_PUBLIC)
		document_publish_coded(doc);
	return good ? g_steal_pointer(&doc) : NULL;
}

void build_report_unknown(const Workspace *w, const char *id, Diagnostics *d)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	g_autofree char *list = NULL;
	const char *near;

	for (guint i = 0; i < workspace_length(w); i++)
		if (run_is_publication(workspace_file(w, i)))
			g_ptr_array_add(ids, workspace_file(w, i)->id);
	g_ptr_array_add(ids, NULL);
	list = g_strjoinv(", ", (char **)ids->pdata);
	if (id == NULL) {
		diagnose(d, MSG_PUBLICATION_WHICH, NULL, list);
		return;
	}
	near = text_closest(id, (const char *const *)ids->pdata);
	if (near != NULL)
		diagnose(d, MSG_PUBLICATION_UNKNOWN_NEAR, NULL, id, near, list);
	else
		diagnose(d, MSG_PUBLICATION_UNKNOWN, NULL, id, list);
}

/* A publication that could not even be read must not pass unseen in a build of everything. */
static gboolean is_broken_publication(const Diagnostic *m, gpointer data)
{
	(void)data;
	return m->file != NULL && g_str_has_suffix(m->file, "/publication.md") && m->level >= LEVEL_ERROR;
}

GPtrArray *pipeline_outputs_new(void)
{
	return g_ptr_array_new_with_free_func(output_free);
}

/* ---- several at once ---- */

typedef struct {
	const DocumentFile *file;
	GPtrArray *outputs;
	Diagnostics *d;
} Build;

typedef struct {
	Run *run;
	GArray *list; /* Build */
	int next;     /* atomic: the first that nobody has begun */
} Builds;

static gpointer build_some(gpointer data)
{
	Builds *all = data;

	for (guint i; (i = (guint)g_atomic_int_add(&all->next, 1)) < all->list->len;) {
		Build *build = &g_array_index(all->list, Build, i);
		build_one(all->run, build->file, build->outputs, build->d);
	}
	return NULL;
}

static void add_build(Builds *all, const DocumentFile *file)
{
	const Build build = {file, pipeline_outputs_new(), diagnostics_new()};

	diagnostics_set_root(build.d, all->run->options->root);
	g_array_append_val(all->list, build);
}

/* Whatever order they were made in, they are told in that of the list. */
static void tell_build(Build *build, GPtrArray *outputs, Diagnostics *d)
{
	g_ptr_array_extend_and_steal(outputs, build->outputs);
	diagnostics_merge(d, build->d);
	diagnostics_free(build->d);
}

static void build_list(Builds *all, GPtrArray *outputs, Diagnostics *d)
{
	guint jobs = all->run->options->jobs > 0 ? (guint)all->run->options->jobs : g_get_num_processors();
	guint n = MIN(all->list->len, jobs);
	g_autofree GThread **helpers = g_new0(GThread *, n);

	all->run->several = all->list->len > 1;
	for (guint i = 1; i < n; i++)
		helpers[i] = parallel_thread("build", build_some, all);
	build_some(all);
	for (guint i = 1; i < n; i++)
		if (helpers[i] != NULL)
			parallel_join(helpers[i]);
	for (guint i = 0; i < all->list->len; i++)
		tell_build(&g_array_index(all->list, Build, i), outputs, d);
}

GPtrArray *pipeline_build(const PipelineOptions *options, const char *const *ids, Diagnostics *d)
{
	GPtrArray *outputs = pipeline_outputs_new();
	g_auto(Run) run = {0};
	g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(Build));
	Builds builds = {&run, list, 0};
	gboolean all = ids == NULL || *ids == NULL;

	if (options->await != NULL)
		run_await(&run, options);
	run_open_names(&run, options, d);
	run_start(&run, options, NULL, d);
	report_closed(&run, d);
	run_progress(options, _("building"));
	for (guint i = 0; all && i < workspace_length(run.workspace); i++)
		if (run_is_publication(workspace_file(run.workspace, i)))
			add_build(&builds, workspace_file(run.workspace, i));
	if (all)
		diagnostics_copy(d, run.loading, is_broken_publication, NULL);
	for (; !all && *ids != NULL; ids++) {
		const DocumentFile *file = workspace_lookup(run.workspace, *ids);
		if (file != NULL && run_is_publication(file))
			add_build(&builds, file);
		else
			build_report_unknown(run.workspace, *ids, d);
	}
	build_list(&builds, outputs, d);
	if (options->profile == PROFILE_PUBLIC && list->len > 0)
		held_tell(&run, outputs, d);
	past_report(run.past, d);
	diagnostics_sort(d);
	names_redact(&run.names, d);
	redact_outputs(&run.names, outputs);
	return outputs;
}
