/* Verifying: the bytes that are there against those that a release record says were checked. */
#include "pipeline/verify.h"

#include "base/file.h"
#include "history/history.h"

#include <string.h>

enum { FOLDER_DEPTH = 8 };

typedef struct {
	Verification *v;
	const char *directory, *record; /* record: asked for; NULL */
	GHashTable *revisions;          /* those that were looked up */
	Diagnostics *d;
} Verifier;

static void verified_free(gpointer data)
{
	VerifiedFile *f = data;

	g_free(f->path);
	g_free(f->record);
	g_free(f);
}

void verification_free(Verification *v)
{
	if (v == NULL)
		return;
	g_ptr_array_unref(v->files);
	g_hash_table_unref(v->records);
	g_free(v);
}

static void release_free_any(gpointer data)
{
	release_free(data);
}

static GBytes *load(const Verifier *v, const char *path, gsize limit, GError **error)
{
	g_autofree char *absolute = g_canonicalize_filename(path, v->directory);

	return file_load(absolute, limit, error);
}

static gboolean is_record(const char *path)
{
	return g_str_has_suffix(path, RELEASE_SUFFIX);
}

static void report(const Verifier *v, MessageId id, const char *path, const char *argument)
{
	const Position at = {path, 0, 0, NULL};

	diagnose(v->d, id, &at, argument);
}

/* ---- records ---- */

static Release *read_record(Verifier *v, const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = load(v, path, RELEASE_LIMIT, &error);

	if (bytes != NULL) {
		diagnostics_set_text(v->d, path, bytes);
		return release_read(bytes, path, v->d);
	}
	if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
		report(v, MSG_RELEASE_LARGE, path, G_STRINGIFY(256));
	else
		diagnose(v->d, MSG_FILE_MISSING, NULL, path, error->message);
	return NULL;
}

/* NULL: it cannot be read, which is reported once. */
static const Release *open_record(Verifier *v, const char *path)
{
	gpointer release;

	if (!g_hash_table_lookup_extended(v->v->records, path, NULL, &release)) {
		release = read_record(v, path);
		g_hash_table_insert(v->v->records, g_strdup(path), release);
	}
	return release;
}

static GPtrArray *list_folder(const Verifier *v, const char *folder)
{
	g_autofree char *absolute = g_canonicalize_filename(folder, v->directory);

	return file_names(absolute);
}

/* The record beside a file: one that has other bytes under its name (two records may not contradict each other), else one that knows it, else the first
 * that can be read, else the first. The caller's; NULL: there is none. */
static char *find_record(Verifier *v, const char *path, const char *digest)
{
	g_autofree char *folder = g_path_get_dirname(path), *file = g_path_get_basename(path);
	g_autoptr(GPtrArray) names = list_folder(v, folder);
	g_autofree char *first = NULL, *readable = NULL, *good = NULL;
	const ReleaseOutput *output;

	for (guint i = 0; names != NULL && i < names->len; i++) {
		if (!is_record(names->pdata[i]))
			continue;
		g_autofree char *record = strcmp(folder, ".") == 0 && !g_str_has_prefix(path, "./") ? g_strdup(names->pdata[i]) : g_build_filename(folder, names->pdata[i], NULL);
		const Release *release = open_record(v, record);
		gboolean known = release != NULL && release_find(release, file, NULL, &output) != NULL;
		if (known && strcmp(output->sha256, digest) != 0)
			return g_steal_pointer(&record);
		if (known && good == NULL)
			good = g_strdup(record);
		if (release != NULL && readable == NULL)
			readable = g_strdup(record);
		if (first == NULL)
			first = g_strdup(record);
	}
	if (good != NULL)
		return g_steal_pointer(&good);
	return readable != NULL ? g_steal_pointer(&readable) : g_steal_pointer(&first);
}

/* ---- files ---- */

static VerifiedFile *add_file(Verifier *v, const char *path, const char *record)
{
	VerifiedFile *f = g_new0(VerifiedFile, 1);

	f->path = g_strdup(path);
	f->record = g_strdup(record);
	g_ptr_array_add(v->v->files, f);
	return f;
}

/* What a good record still leaves open. */
static void tell_limits(const Verifier *v, const VerifiedFile *f)
{
	const JsonValue *names = json_member(f->build->statement, "names", JSON_NUMBER);

	if (names == NULL && g_strcmp0(json_member_string(f->build->statement, "content"), "fiction") != 0)
		report(v, MSG_RELEASE_NO_NAMES, f->path, "");
	if (names != NULL && !f->output->searched)
		report(v, MSG_RELEASE_UNSEARCHED, f->path, f->output->format);
}

/* Only where there is a repository: elsewhere nothing can be said of it. */
static void tell_revision(const Verifier *v, const VerifiedFile *f)
{
	const char *revision = json_member_string(f->build->statement, "revision");
	g_autoptr(Diagnostics) ignored = diagnostics_new();
	g_autoptr(History) h = NULL;
	g_autofree char *date = NULL, *brief = NULL;

	if (revision == NULL || g_hash_table_contains(v->revisions, revision) || !history_is_kept(v->directory))
		return;
	g_hash_table_add(v->revisions, (gpointer)revision);
	h = history_open(v->directory, ignored);
	date = h != NULL ? history_date(h, revision) : NULL;
	brief = g_strndup(revision, 10);
	if (h != NULL && date == NULL)
		report(v, MSG_RELEASE_REVISION, f->path, brief);
}

static VerifyState judge(Verifier *v, VerifiedFile *f, GBytes *bytes, const char *digest)
{
	g_autofree char *file = g_path_get_basename(f->path);
	const Release *release = f->record != NULL ? open_record(v, f->record) : NULL;
	const ReleaseOutput *output = NULL;
	const ReleaseBuild *build = release != NULL ? release_find(release, file, digest, &output) : NULL;

	if (f->record == NULL)
		return VERIFY_NO_RECORD;
	if (release == NULL)
		return VERIFY_BROKEN;
	if (build == NULL)
		return VERIFY_UNLISTED;
	if (strcmp(output->sha256, digest) != 0 || output->bytes != (gint64)g_bytes_get_size(bytes))
		return VERIFY_CHANGED;
	f->release = release;
	f->build = build;
	f->output = output;
	return VERIFY_RELEASED;
}

/* record: the one to hold it against; NULL: that beside it. */
static void verify_output(Verifier *v, const char *path, const char *record)
{
	static const MessageId messages[] = {[VERIFY_CHANGED] = MSG_RELEASE_CHANGED, [VERIFY_UNLISTED] = MSG_RELEASE_UNLISTED, [VERIFY_NO_RECORD] = MSG_RELEASE_NONE};
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = load(v, path, RELEASE_OUTPUT_LIMIT, &error);
	g_autofree char *beside = NULL, *digest = NULL, *file = g_path_get_basename(path);
	VerifiedFile *f;

	if (bytes == NULL) {
		diagnose(v->d, MSG_FILE_MISSING, NULL, path, error->message);
		return;
	}
	record = v->record != NULL ? v->record : record;
	digest = file_digest(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	beside = record == NULL ? find_record(v, path, digest) : g_strdup(record);
	f = add_file(v, path, beside);
	f->state = judge(v, f, bytes, digest);
	if (f->state == VERIFY_RELEASED) {
		tell_limits(v, f);
		tell_revision(v, f);
	} else if (f->state != VERIFY_BROKEN) {
		report(v, messages[f->state], path, f->state == VERIFY_CHANGED ? file : beside != NULL ? beside : "");
	}
}

/* Everything that a record names, beside it. gone: only what is not there. */
static void verify_record(Verifier *v, const char *record, gboolean gone)
{
	const Release *release = open_record(v, record);
	g_autofree char *folder = g_path_get_dirname(record);

	if (release == NULL && !gone)
		add_file(v, record, record)->state = VERIFY_BROKEN;
	for (guint i = 0; release != NULL && i < release->builds->len; i++) {
		const GPtrArray *outputs = ((const ReleaseBuild *)release->builds->pdata[i])->outputs;
		for (guint k = 0; k < outputs->len; k++) {
			const char *name = ((const ReleaseOutput *)outputs->pdata[k])->file;
			g_autofree char *path = strcmp(folder, ".") == 0 ? g_strdup(name) : g_build_filename(folder, name, NULL);
			g_autofree char *absolute = g_canonicalize_filename(path, v->directory);
			if (!g_file_test(absolute, G_FILE_TEST_EXISTS)) {
				add_file(v, path, record)->state = VERIFY_GONE;
				report(v, MSG_RELEASE_GONE, path, record);
			} else if (!gone) {
				verify_output(v, path, record);
			}
		}
	}
}

static void verify_folder(Verifier *v, const char *folder, int depth)
{
	g_autoptr(GPtrArray) names = list_folder(v, folder);

	for (guint i = 0; names != NULL && i < names->len; i++) {
		g_autofree char *path = strcmp(folder, ".") == 0 ? g_strdup(names->pdata[i]) : g_build_filename(folder, names->pdata[i], NULL);
		g_autofree char *absolute = g_canonicalize_filename(path, v->directory);
		if (is_record(path))
			verify_record(v, path, TRUE);
		else if (!g_file_test(absolute, G_FILE_TEST_IS_DIR))
			verify_output(v, path, NULL);
		else if (depth < FOLDER_DEPTH && !g_file_test(absolute, G_FILE_TEST_IS_SYMLINK))
			verify_folder(v, path, depth + 1);
		else
			report(v, MSG_RELEASE_SKIPPED, path, "");
	}
}

static void verify_path(Verifier *v, const char *path)
{
	g_autofree char *absolute = g_canonicalize_filename(path, v->directory);
	guint before = v->v->files->len;

	if (is_record(path))
		verify_record(v, path, FALSE);
	else if (!g_file_test(absolute, G_FILE_TEST_IS_DIR))
		verify_output(v, path, NULL);
	else {
		verify_folder(v, path, 0);
		if (v->v->files->len == before)
			report(v, MSG_RELEASE_EMPTY, path, "");
	}
}

Verification *pipeline_verify(const char *directory, const char *const *paths, const char *record, Diagnostics *d)
{
	Verification *v = g_new0(Verification, 1);
	g_autoptr(GHashTable) revisions = g_hash_table_new(g_str_hash, g_str_equal);
	Verifier verifier = {v, directory, record, revisions, d};

	v->files = g_ptr_array_new_with_free_func(verified_free);
	v->records = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, release_free_any);
	diagnostics_set_root(d, directory);
	for (; *paths != NULL; paths++)
		verify_path(&verifier, *paths);
	return v;
}
