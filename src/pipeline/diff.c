/* The change report: two states of every publication assembled and compared, and made into what was asked for. */
#include "pipeline/internal.h"

#include "base/file.h"
#include "changes/changes.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
	Run *run;
	History *history;
	const PipelineCompare *what;
	char *from, *to; /* revisions; NULL: the last edition, the work tree */
	PrivacyScanner *scanner; /* NULL: there is no list */
	GPtrArray *outputs;
} Report;

static void comparison_free(gpointer data)
{
	PipelineComparison *c = data;

	g_free(c->id);
	g_free(c->from);
	g_free(c->to);
	xmlFreeDoc(c->doc);
	g_free(c);
}

/* ---- the two states ---- */

/* The last edition of a publication that is not the commit the new state stands on. NULL: none yet. */
static char *last_edition(const Report *r, const char *id, char **name)
{
	g_autoptr(GPtrArray) editions = history_editions(r->history, id, FALSE);
	const HistoryEdition *last = editions->len > 0 ? editions->pdata[editions->len - 1] : NULL;

	if (last == NULL)
		return NULL;
	*name = g_strdup(last->tag);
	return g_strdup(last->revision);
}

static gboolean is_of(const Diagnostic *m, gpointer data)
{
	GPtrArray *inputs = data;

	for (guint i = 0; m->file != NULL && i < inputs->len; i++)
		if (strcmp(inputs->pdata[i], m->file) == 0)
			return TRUE;
	return m->file == NULL;
}

/* The new state: errors in it are told, as warnings, for a report on unfinished work is a report. */
static xmlDoc *assemble_new(const Report *r, const DocumentFile *file, Diagnostics *d)
{
	Run *run = r->run;
	g_autoptr(Diagnostics) found = diagnostics_new();
	g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(g_free);
	xmlDoc *doc;

	if (r->to != NULL) {
		doc = past_assemble(run, r->history, r->to, r->what->to, file->id, d);
		if (doc != NULL)
			pictures_drop(doc, run->options->root);
		return doc;
	}
	doc = document_assemble(run->workspace, file, PROFILE_REVIEW, inputs, found);
	diagnostics_copy(found, run->loading, is_of, inputs);
	if (doc != NULL) {
		run_validate(run, doc, found);
		pictures_sign(run->workspace, doc);
	}
	diagnostics_soften(found, LEVEL_WARNING, NULL);
	diagnostics_set_root(found, run->options->root);
	diagnostics_merge(d, found);
	if (doc != NULL && run->options->profile == PROFILE_PUBLIC)
		document_publish(doc);
	if (doc != NULL)
		past_sign(run, doc, inputs);
	return doc;
}

static void describe(const Report *r, xmlDoc *doc, const char *revision, const char *from, const char *to)
{
	xmlNode *summary = xml_first(xmlDocGetRootElement(doc), "changes");
	g_autofree char *date = history_date(r->history, revision), *until = r->to != NULL ? history_date(r->history, r->to) : NULL;

	xmlSetProp(summary, BAD_CAST "id", BAD_CAST "_changes");
	xmlSetProp(summary, BAD_CAST "from", BAD_CAST from);
	if (date != NULL)
		xmlSetProp(summary, BAD_CAST "from-date", BAD_CAST date);
	if (to != NULL)
		xmlSetProp(summary, BAD_CAST "to", BAD_CAST to);
	if (until != NULL)
		xmlSetProp(summary, BAD_CAST "to-date", BAD_CAST until);
}

/* ---- what comes of it ---- */

static void write_output(const Report *r, const DocumentFile *file, const Format *format, const TrackOutput *made, Diagnostics *d)
{
	g_autofree char *name = g_strconcat(file->id, format->suffix, NULL);
	g_autofree char *path = g_build_filename(r->run->options->out, file->id, name, NULL);
	g_autoptr(GError) error = NULL;
	PipelineOutput *output = g_new0(PipelineOutput, 1);

	*output = (PipelineOutput){.id = g_strdup(file->id), .path = path, .state = OUTPUT_REFUSED, .pages = made != NULL ? made->pages : 0};
	if (made != NULL && made->bytes != NULL) {
		run_prepare_out(r->run);
		if (file_save(path, g_bytes_get_data(made->bytes, NULL), g_bytes_get_size(made->bytes), &error))
			output->state = OUTPUT_WRITTEN;
		else
			diagnose(d, MSG_FILE_WRITE, NULL, path, error->message);
	}
	path = NULL;
	g_ptr_array_add(r->outputs, output);
}

static void make_outputs(const Report *r, const DocumentFile *file, xmlDoc *doc, Diagnostics *d)
{
	g_autoptr(GPtrArray) formats = g_ptr_array_new();
	g_autoptr(Tracks) tracks = NULL;

	for (const char *const *name = r->what->forms; name != NULL && *name != NULL; name++) {
		g_autofree char *full = g_strconcat("changes-", *name, NULL);
		g_ptr_array_add(formats, (gpointer)pipeline_format_lookup(full));
	}
	if (formats->len == 0)
		return;
	tracks = tracks_start(r->run, file->name, doc, formats);
	tracks_decide(tracks, TRUE);
	tracks_finish(tracks);
	for (guint i = 0; i < formats->len; i++)
		write_output(r, file, formats->pdata[i], tracks_lookup(tracks, formats->pdata[i]), d);
	tracks_report(tracks, d);
}

static PipelineComparison *compare(const Report *r, const DocumentFile *file, Diagnostics *d)
{
	g_autofree char *name = g_strdup(r->what->from), *revision = r->from != NULL ? g_strdup(r->from) : last_edition(r, file->id, &name);
	g_autoptr(xmlDoc) old = NULL, new = NULL;
	PipelineComparison *c;

	if (revision == NULL) {
		diagnose(d, history_is_shallow(r->history) ? MSG_DIFF_SHALLOW : MSG_DIFF_NO_EDITION, NULL, file->id);
		return NULL;
	}
	old = past_assemble(r->run, r->history, revision, name, file->id, d);
	new = old != NULL ? assemble_new(r, file, d) : NULL;
	if (new == NULL)
		return NULL;
	g_autoptr(GPtrArray) uses = document_uses(old);
	held_tell_report(r->run, uses, d);
	if (r->scanner != NULL) { /* a state may be older than the pseudonyms in it: the report can be made all the same */
		g_autoptr(GHashTable) others = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
		names_cover_tree(r->scanner, others, old);
		names_cover_tree(r->scanner, others, new);
	}
	changes_mark(old, new);
	pictures_forget(new);
	describe(r, new, revision, name, r->what->to);
	if (r->scanner != NULL) /* versions have names, too */
		names_cover_summary(r->scanner, xml_first(xmlDocGetRootElement(new), "changes"));
	make_outputs(r, file, new, d);
	c = g_new0(PipelineComparison, 1);
	*c = (PipelineComparison){g_strdup(file->id), g_steal_pointer(&name), g_strdup(r->what->to), g_steal_pointer(&new)};
	return c;
}

static gboolean is_asked(const PipelineCompare *what, const DocumentFile *file)
{
	return run_is_publication(file) && (what->id == NULL || strcmp(what->id, file->id) == 0);
}

static void compare_all(const Report *r, GPtrArray *found, Diagnostics *d)
{
	const Workspace *w = r->run->workspace;
	gboolean any = FALSE;

	for (guint i = 0; i < workspace_length(w); i++) {
		if (!is_asked(r->what, workspace_file(w, i)))
			continue;
		PipelineComparison *c = compare(r, workspace_file(w, i), d);
		any = TRUE;
		if (c != NULL)
			g_ptr_array_add(found, c);
	}
	if (!any && r->what->id != NULL)
		build_report_unknown(w, r->what->id, d);
}

/* What was written is looked through as every output; this is what will be shown. */
static void cover_all(PrivacyScanner *s, GPtrArray *found)
{
	for (guint i = 0; s != NULL && i < found->len; i++) {
		PipelineComparison *c = found->pdata[i];
		xmlNode *summary = xml_first(xmlDocGetRootElement(c->doc), "changes");
		names_cover(s, &c->id);
		names_cover(s, &c->from);
		names_cover(s, &c->to);
		if (summary != NULL)
			names_cover_summary(s, summary);
	}
}

/* A revision, of which an author may have given the publication's name. NULL after reporting. */
static char *find_revision(const Report *r, const char *name, Diagnostics *d)
{
	const DocumentFile *file = workspace_lookup(r->run->workspace, name);
	g_autoptr(Diagnostics) found = diagnostics_new();
	char *revision = history_find(r->history, name, found);

	if (revision == NULL && file != NULL && run_is_publication(file))
		diagnose(d, MSG_DIFF_PUBLICATION, NULL, name);
	else
		diagnostics_merge(d, found);
	return revision;
}

/* Both revisions; the work tree is compared with the last edition only where there is a version at all. FALSE after reporting. */
static gboolean find_revisions(Report *r, Diagnostics *d)
{
	const char *from = r->what->from, *to = r->what->to;

	if (from == NULL)
		return history_is_begun(r->history, d);
	r->from = find_revision(r, from, d);
	r->to = to != NULL ? find_revision(r, to, d) : NULL;
	return r->from != NULL && (to == NULL || r->to != NULL);
}

GPtrArray *pipeline_diff(const PipelineOptions *options, const PipelineCompare *what, GPtrArray *outputs, Diagnostics *d)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(comparison_free);
	g_autoptr(History) h = history_open(options->root, d);
	Report r = {.history = h, .what = what, .outputs = outputs};
	g_auto(Run) run = {0};

	run_open_names(&run, options, d);
	run_start(&run, options, NULL, d);
	run_progress(options, _("comparing"));
	r.run = &run;
	r.scanner = run.names.list != NULL ? privacy_scanner_new(run.names.list) : NULL;
	/* with a list that is not in order nobody knows what is to be covered */
	if (h != NULL && !run.names.broken && find_revisions(&r, d))
		compare_all(&r, found, d);
	diagnostics_sort(d);
	names_redact(&run.names, d);
	cover_all(r.scanner, found);
	g_clear_pointer(&r.scanner, privacy_scanner_free);
	g_free(r.from);
	g_free(r.to);
	return found;
}
