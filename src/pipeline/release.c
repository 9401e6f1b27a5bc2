/* The release record: written, read strictly, and put together from builds of several days. */
#include "pipeline/release.h"

#include "base/file.h"
#include "base/locator.h"

#include <string.h>

#define RELEASE_FORMAT "rotonde release 1"

enum { DIGEST = 64 /* hexadecimal digits */ };

static void output_free(gpointer data)
{
	ReleaseOutput *o = data;

	g_free(o->file);
	g_free(o->format);
	g_free(o->sha256);
	g_free(o);
}

static void build_free(gpointer data)
{
	ReleaseBuild *b = data;

	json_value_free(b->statement);
	g_ptr_array_unref(b->outputs);
	g_free(b);
}

static ReleaseBuild *build_new(JsonValue *statement)
{
	ReleaseBuild *b = g_new0(ReleaseBuild, 1);

	b->statement = statement;
	b->outputs = g_ptr_array_new_with_free_func(output_free);
	return b;
}

Release *release_new(const char *publication)
{
	Release *r = g_new0(Release, 1);

	r->publication = g_strdup(publication);
	r->builds = g_ptr_array_new_with_free_func(build_free);
	return r;
}

void release_free(Release *r)
{
	if (r == NULL)
		return;
	g_free(r->publication);
	g_ptr_array_unref(r->builds);
	g_free(r);
}

ReleaseOutput *release_output_new(const char *file, const char *format, const char *sha256, gsize size, gboolean searched)
{
	ReleaseOutput *o = g_new0(ReleaseOutput, 1);

	*o = (ReleaseOutput){g_strdup(file), g_strdup(format), g_strdup(sha256), (gint64)size, searched};
	return o;
}

/* ---- reading ---- */

typedef struct {
	const char *text, *name;
	gsize size;
	Diagnostics *d;
} Reading;

static gboolean broken_at(const Reading *r, gsize offset, MessageId id, const char *what)
{
	Locator locator;
	Position at;

	locator_init(&locator, r->text, r->size, r->name);
	at = locator_position(&locator, MIN(offset, r->size), NULL);
	diagnose(r->d, id, &at, what);
	locator_clear(&locator);
	return FALSE;
}

static gboolean member_is(const JsonValue *v, const char *key, JsonType type)
{
	return json_member(v, key, type) != NULL;
}

static gboolean is_file_name(const char *name)
{
	return *name != '\0' && *name != '.' && strchr(name, '/') == NULL && strlen(name) < 256;
}

static gboolean is_digest(const char *text)
{
	return strlen(text) == DIGEST && strspn(text, "0123456789abcdef") == DIGEST;
}

static gboolean read_output(const Reading *r, const JsonValue *v, ReleaseBuild *b)
{
	const char *file = json_member_string(v, "file"), *format = json_member_string(v, "format"), *digest = json_member_string(v, "sha256");
	const JsonValue *bytes = json_member(v, "bytes", JSON_NUMBER), *searched = json_member(v, "searched", JSON_BOOL);
	ReleaseOutput *o;

	if (file == NULL || format == NULL || digest == NULL || bytes == NULL || searched == NULL || !is_file_name(file) || !is_digest(digest) || bytes->number < 0)
		return broken_at(r, v->at, MSG_RELEASE_FORM, "outputs");
	o = g_new0(ReleaseOutput, 1);
	*o = (ReleaseOutput){g_strdup(file), g_strdup(format), g_strdup(digest), bytes->number, searched->number != 0};
	g_ptr_array_add(b->outputs, o);
	return TRUE;
}

/* Controls, marks of direction, separators of lines and paragraphs. */
static gboolean is_printable(gunichar c)
{
	return g_unichar_isprint(c) && c != 0x2028 && c != 0x2029;
}

void release_clean(char *text)
{
	for (char *p = text, *next; *p != '\0'; p = next) {
		next = g_utf8_next_char(p);
		if (!is_printable(g_utf8_get_char(p)))
			memset(p, ' ', (gsize)(next - p));
	}
}

static const JsonValue *find_unprintable(const JsonValue *v)
{
	for (const char *p = v->string; p != NULL && *p != '\0'; p = g_utf8_next_char(p))
		if (!is_printable(g_utf8_get_char(p)))
			return v;
	for (guint i = 0; v->items != NULL && i < v->items->len; i++) {
		const JsonValue *found = find_unprintable(v->items->pdata[i]);
		if (found != NULL)
			return found;
	}
	return NULL;
}

static gboolean is_count(const JsonValue *v)
{
	return v != NULL && v->number >= 0 && v->number <= G_MAXINT;
}

/* All that verify tells of a build is there, and of the right type. */
static const char *missing_member(const JsonValue *v)
{
	static const struct {
		const char *key;
		JsonType type, other;
	} members[] = {{"program", JSON_STRING, JSON_STRING}, {"revision", JSON_STRING, JSON_NULL}, {"modified", JSON_BOOL, JSON_BOOL},
	               {"date", JSON_STRING, JSON_STRING},    {"content", JSON_STRING, JSON_STRING}, {"rules", JSON_OBJECT, JSON_OBJECT},
	               {"names", JSON_NUMBER, JSON_NULL},     {"found", JSON_ARRAY, JSON_ARRAY},    {"outputs", JSON_ARRAY, JSON_ARRAY}};

	for (guint i = 0; i < G_N_ELEMENTS(members); i++)
		if (!member_is(v, members[i].key, members[i].type) && !member_is(v, members[i].key, members[i].other))
			return members[i].key;
	if (!is_count(json_member(v, "names", JSON_NUMBER)) && !member_is(v, "names", JSON_NULL))
		return "names";
	return is_count(json_member(json_member(v, "rules", JSON_OBJECT), "count", JSON_NUMBER)) ? NULL : "rules";
}

static gboolean counts_are_right(const JsonValue *list, const char *key)
{
	for (guint i = 0; list != NULL && i < list->items->len; i++)
		if (!member_is(list->items->pdata[i], key, JSON_STRING) || !is_count(json_member(list->items->pdata[i], "count", JSON_NUMBER)))
			return FALSE;
	return TRUE;
}

/* Takes the item out of its array. */
static gboolean read_build(const Reading *r, JsonValue *v, Release *release)
{
	ReleaseBuild *b = build_new(v);
	const JsonValue *outputs;
	const char *missing = missing_member(v);
	guint at;

	g_ptr_array_add(release->builds, b);
	if (missing != NULL)
		return broken_at(r, v->at, MSG_RELEASE_FORM, missing);
	if (!counts_are_right(json_member(v, "found", JSON_ARRAY), "code") || !counts_are_right(json_member(v, "allowed", JSON_ARRAY), "kind"))
		return broken_at(r, v->at, MSG_RELEASE_FORM, "found");
	outputs = json_member(v, "outputs", JSON_ARRAY);
	if (outputs->items->len == 0)
		return broken_at(r, outputs->at, MSG_RELEASE_FORM, "outputs");
	for (guint i = 0; i < outputs->items->len; i++)
		if (!read_output(r, outputs->items->pdata[i], b))
			return FALSE;
	g_ptr_array_find(v->items, outputs, &at);
	g_ptr_array_remove_index(v->items, at);
	return TRUE;
}

Release *release_read(GBytes *bytes, const char *name, Diagnostics *d)
{
	Reading r = {.name = name, .d = d};
	const char *expected, *format, *id;
	gsize wrong;

	r.text = g_bytes_get_data(bytes, &r.size);
	r.text = r.size > 0 ? r.text : ""; /* no bytes: NULL */
	g_autoptr(JsonValue) v = json_parse(r.text, r.size, &wrong, &expected);
	const JsonValue *builds = json_member(v, "builds", JSON_ARRAY);
	g_autoptr(Release) release = NULL;

	if (v == NULL)
		return broken_at(&r, wrong, MSG_RELEASE_JSON, expected), NULL;
	if (find_unprintable(v) != NULL)
		return broken_at(&r, find_unprintable(v)->at, MSG_RELEASE_JSON, ""), NULL;
	format = json_member_string(v, "format");
	id = json_member_string(v, "publication");
	if (format != NULL && g_str_has_prefix(format, "rotonde release ") && strcmp(format, RELEASE_FORMAT) != 0)
		return broken_at(&r, json_member(v, "format", JSON_STRING)->at, MSG_RELEASE_NEWER, format), NULL;
	if (format == NULL || strcmp(format, RELEASE_FORMAT) != 0 || id == NULL || builds == NULL || builds->items->len == 0)
		return broken_at(&r, v->at, MSG_RELEASE_FORM, format == NULL || strcmp(format, RELEASE_FORMAT) != 0 ? "format" : id == NULL ? "publication" : "builds"), NULL;
	release = release_new(id);
	g_ptr_array_set_free_func(builds->items, NULL);
	for (guint i = 0; i < builds->items->len; i++)
		if (!read_build(&r, builds->items->pdata[i], release)) {
			for (i++; i < builds->items->len; i++)
				json_value_free(builds->items->pdata[i]);
			return NULL;
		}
	return g_steal_pointer(&release);
}

/* ---- putting together ---- */

static int compare_outputs(gconstpointer a, gconstpointer b)
{
	return strcmp((*(ReleaseOutput *const *)a)->file, (*(ReleaseOutput *const *)b)->file);
}

static int compare_builds(gconstpointer a, gconstpointer b)
{
	return compare_outputs(&(*(ReleaseBuild *const *)a)->outputs->pdata[0], &(*(ReleaseBuild *const *)b)->outputs->pdata[0]);
}

/* Builds without outputs go, the others stand in order: the same record, whichever was made first. */
static void settle(Release *r)
{
	for (guint i = r->builds->len; i > 0; i--) {
		const ReleaseBuild *b = r->builds->pdata[i - 1];
		if (b->outputs->len == 0)
			g_ptr_array_remove_index(r->builds, i - 1);
		else
			g_ptr_array_sort(b->outputs, compare_outputs);
	}
	g_ptr_array_sort(r->builds, compare_builds);
}

static void drop_output(Release *r, const char *file)
{
	for (guint i = 0; i < r->builds->len; i++) {
		GPtrArray *outputs = ((ReleaseBuild *)r->builds->pdata[i])->outputs;
		for (guint k = outputs->len; k > 0; k--)
			if (strcmp(((const ReleaseOutput *)outputs->pdata[k - 1])->file, file) == 0)
				g_ptr_array_remove_index(outputs, k - 1);
	}
}

void release_drop(Release *r, const GPtrArray *outputs)
{
	for (guint i = 0; i < outputs->len; i++)
		drop_output(r, ((const ReleaseOutput *)outputs->pdata[i])->file);
}

static char *statement_text(const JsonValue *statement)
{
	Json *j = json_start();

	json_value(j, statement);
	return json_finish(j);
}

void release_add(Release *r, const char *statement, GPtrArray *outputs)
{
	gsize wrong;
	const char *expected;
	JsonValue *v = json_parse(statement, strlen(statement), &wrong, &expected);
	g_autofree char *said = statement_text(v);
	ReleaseBuild *b = NULL;

	release_drop(r, outputs);
	for (guint i = 0; i < r->builds->len && b == NULL; i++) {
		g_autofree char *other = statement_text(((const ReleaseBuild *)r->builds->pdata[i])->statement);
		if (strcmp(said, other) == 0)
			b = r->builds->pdata[i];
	}
	if (b != NULL)
		json_value_free(v);
	else
		g_ptr_array_add(r->builds, b = build_new(v));
	for (guint i = 0; i < outputs->len; i++)
		g_ptr_array_add(b->outputs, outputs->pdata[i]);
	g_ptr_array_set_size(outputs, 0);
	settle(r);
}

void release_prune(Release *r, const char *folder)
{
	for (guint i = 0; i < r->builds->len; i++) {
		GPtrArray *outputs = ((ReleaseBuild *)r->builds->pdata[i])->outputs;
		for (guint k = outputs->len; k > 0; k--) {
			const ReleaseOutput *o = outputs->pdata[k - 1];
			g_autofree char *path = g_build_filename(folder, o->file, NULL);
			g_autoptr(GBytes) bytes = file_load(path, RELEASE_OUTPUT_LIMIT, NULL);
			g_autofree char *now = bytes != NULL ? file_digest(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : NULL;
			if (g_strcmp0(now, o->sha256) != 0)
				g_ptr_array_remove_index(outputs, k - 1);
		}
	}
	settle(r);
}

const ReleaseBuild *release_find(const Release *r, const char *file, const char *sha256, const ReleaseOutput **output)
{
	const ReleaseBuild *like = NULL;

	for (guint i = 0; i < r->builds->len; i++) {
		const ReleaseBuild *b = r->builds->pdata[i];
		for (guint k = 0; k < b->outputs->len; k++) {
			const ReleaseOutput *o = b->outputs->pdata[k];
			if (strcmp(o->file, file) == 0) {
				*output = o;
				return b;
			}
			if (like == NULL && sha256 != NULL && strcmp(o->sha256, sha256) == 0) {
				*output = o;
				like = b;
			}
		}
	}
	return like;
}

/* ---- writing ---- */

static void write_build(Json *j, const ReleaseBuild *b)
{
	json_object(j, NULL);
	for (guint i = 0; i < b->statement->items->len; i++)
		json_value(j, b->statement->items->pdata[i]);
	json_array(j, "outputs");
	for (guint i = 0; i < b->outputs->len; i++) {
		const ReleaseOutput *o = b->outputs->pdata[i];
		json_object(j, NULL);
		json_string(j, "file", o->file);
		json_string(j, "format", o->format);
		json_int(j, "bytes", o->bytes);
		json_string(j, "sha256", o->sha256);
		json_bool(j, "searched", o->searched);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

GBytes *release_write(const Release *r)
{
	Json *j = json_start();
	char *text;

	json_object(j, NULL);
	json_string(j, "format", RELEASE_FORMAT);
	json_string(j, "publication", r->publication);
	json_array(j, "builds");
	for (guint i = 0; i < r->builds->len; i++)
		write_build(j, r->builds->pdata[i]);
	json_end(j);
	json_end(j);
	g_autofree char *body = json_finish(j);
	text = g_strconcat(body, "\n", NULL);
	return g_bytes_new_take(text, strlen(text));
}
