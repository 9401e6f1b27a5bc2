/* Finished outputs of earlier builds: what a person in them does not agree to any more, told at every build for as long as they lie there. */
#include "pipeline/internal.h"

#include "base/file.h"
#include "base/text.h"

#include <string.h>

typedef struct {
	const Judging *judging;
	const Record *record;
	const char *folder;
	GHashTable *files; /* id of a person -> GPtrArray of names of files */
} Held;

/* Whether this may not be given away any more. That somebody is written about without being asked is a warning in an interim publication, and of no
 * old file more than of a new one. */
static gboolean is_gone(const Judging *j, const char *person, const char *purpose)
{
	const DocumentEntry *e = g_hash_table_lookup(j->by_id, person);

	if (e == NULL)
		return TRUE;
	if (judging_verdict(j, e, purpose).state == CONSENT_GIVEN)
		return FALSE;
	return strcmp(purpose, "text") != 0 || judging_taken_back(j, e, purpose) != NULL;
}

static void note_use(const char *file, const char *person, const char *purpose, gpointer data)
{
	Held *h = data;
	GPtrArray *files = g_hash_table_lookup(h->files, person);
	const char *purposes[] = {purpose, NULL};

	if ((files != NULL && strcmp(files->pdata[files->len - 1], file) == 0) || !is_gone(h->judging, person, purpose))
		return;
	g_autofree char *path = g_build_filename(h->folder, file, NULL);
	g_autoptr(GBytes) bytes = file_load(path, FILE_LIMIT, NULL);
	if (bytes == NULL || record_holds(h->record, file, bytes, person, purposes) == RECORD_FREE)
		return;
	if (files == NULL)
		g_hash_table_insert(h->files, g_strdup(person), files = g_ptr_array_new_with_free_func(g_free));
	g_ptr_array_add(files, g_strdup(file));
}

/* One publication's: id is its own, folder where its files lie, as it is shown. */
static void tell(const Judging *judging, const char *out, const char *id, Diagnostics *d)
{
	g_autofree char *folder = g_build_filename(out, id, NULL), *name = g_strconcat(".", id, ".build", NULL), *path = g_build_filename(folder, name, NULL);
	g_autoptr(GHashTable) files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
	Record *record = record_open(path);
	Held h = {judging, record, folder, files};

	record_each_held(record, note_use, &h);
	record_free(record);
	g_autoptr(GList) persons = g_list_sort(g_hash_table_get_keys(files), (GCompareFunc)strcmp);
	for (const GList *person = persons; person != NULL; person = person->next) {
		GPtrArray *names = g_hash_table_lookup(files, person->data);
		g_ptr_array_sort(names, text_compare);
		g_ptr_array_add(names, NULL);
		g_autofree char *list = g_strjoinv(", ", (char **)names->pdata), *place = g_path_get_basename(out), *shown = g_build_filename(place, id, NULL);
		diagnose(d, MSG_CONSENT_HELD, NULL, person->data, shown, list);
	}
}

/* ---- real names ---- */

static gboolean holds_name(const Names *names, const char *path, const char *file)
{
	g_autoptr(Diagnostics) unheard = diagnostics_new();
	g_autoptr(GBytes) bytes = file_load(path, FILE_LIMIT, NULL);

	return bytes != NULL && names_check_output(names, file, bytes, file, unheard) == NAMES_FOUND;
}

static void tell_names(const Names *names, const char *out, const char *id, Diagnostics *d)
{
	g_autofree char *folder = g_build_filename(out, id, NULL), *place = g_path_get_basename(out), *shown = g_build_filename(place, id, NULL);
	g_autoptr(GPtrArray) files = file_names(folder), found = g_ptr_array_new();

	for (guint i = 0; files != NULL && i < files->len; i++) {
		g_autofree char *path = g_build_filename(folder, files->pdata[i], NULL);
		if (holds_name(names, path, files->pdata[i]))
			g_ptr_array_add(found, files->pdata[i]);
	}
	if (found->len == 0)
		return;
	g_ptr_array_add(found, NULL);
	g_autofree char *list = g_strjoinv(", ", (char **)found->pdata);
	diagnose(d, MSG_NAME_HELD, NULL, shown, list);
}

/* Since the last build a name came into the list, or into the texts. */
static gboolean is_named(const Diagnostics *d)
{
	for (guint i = 0; i < diagnostics_length(d); i++) {
		MessageId id = diagnostics_peek(d, i)->id;
		if (id == MSG_NAME_FOUND || id == MSG_NAME_IN_PATH || id == MSG_NAME_IN_PICTURE || id == MSG_NAME_IN_OUTPUT)
			return TRUE;
	}
	return FALSE;
}

/* ---- all together ---- */

void held_tell(const Run *run, const GPtrArray *outputs, Diagnostics *d)
{
	g_autoptr(GPtrArray) entries = document_list(run->workspace, NULL);
	const gboolean named = run->names.list != NULL && is_named(d);
	const char *last = "";
	Judging judging;

	judging_init(&judging, run, entries);
	for (guint i = 0; i < outputs->len; i++) {
		const PipelineOutput *output = outputs->pdata[i];
		if (strcmp(output->id, last) == 0)
			continue;
		if (judging.policy.length > 0)
			tell(&judging, run->options->out, output->id, d);
		if (named)
			tell_names(&run->names, run->options->out, output->id, d);
		last = output->id;
	}
	judging_clear(&judging);
}

void held_tell_report(const Run *run, const GPtrArray *uses, Diagnostics *d)
{
	g_autoptr(GPtrArray) entries = document_list(run->workspace, NULL);
	g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
	Judging judging;

	judging_init(&judging, run, entries);
	for (guint i = 0; judging.policy.length > 0 && i < uses->len; i++) {
		const DocumentUse *use = uses->pdata[i];
		if (is_gone(&judging, use->person, use->purpose) && g_hash_table_add(told, use->person))
			diagnose(d, MSG_DIFF_GONE, NULL, use->person);
	}
	judging_clear(&judging);
}
