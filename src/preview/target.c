/* Building one publication, in a process of its own. */
#include "preview/target.h"

#include "base/file.h"
#include "base/fingerprint.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

enum {
	TIME_LIMIT = 180, /* seconds a build may take */
	REST = 400,       /* milliseconds after a build that the machine is left to those who show what was built */
};

static const struct {
	const char *name, *format, *suffix; /* the longer suffix before the one that ends it */
} views[VIEWS] = {{"timeline", "timeline", "-timeline.html"}, {"web", "html", ".html"}, {"pdf", "pdf", ".pdf"}};

const char *view_name(View view)
{
	return views[view].name;
}

View view_lookup(const char *name, gsize length)
{
	View view = 0;

	while (view < VIEWS && (strlen(views[view].name) != length || strncmp(views[view].name, name, length) != 0))
		view++;
	return view;
}

Target *target_new(const PreviewOptions *options, const char *id, const char *profile)
{
	Target *t = g_new0(Target, 1);

	t->options = options;
	t->id = g_strdup(id);
	t->profile = g_strdup(profile);
	t->stale = TRUE;
	return t;
}

void target_listen(Target *t, TargetDone done, TargetSeen seen, gpointer data)
{
	t->done = done;
	t->seen = seen;
	t->data = data;
}

/* ---- what the process said ---- */

static View view_of(const char *path)
{
	View view = 0;

	while (view < VIEWS && !g_str_has_suffix(path, views[view].suffix))
		view++;
	return view;
}

static void take_pages(Target *t, JsonObject *output)
{
	JsonArray *looks = json_object_has_member(output, "looks") ? json_object_get_array_member(output, "looks") : NULL;
	g_autoptr(GStrvBuilder) texts = g_strv_builder_new();

	t->pages = (guint)json_object_get_int_member(output, "pages");
	g_clear_pointer(&t->looks, g_strfreev);
	if (looks == NULL || json_array_get_length(looks) != t->pages)
		return;
	for (guint i = 0; i < t->pages; i++)
		g_strv_builder_add(texts, json_array_get_string_element(looks, i));
	t->looks = g_strv_builder_end(texts);
}

static void take_elsewhere(Target *t, JsonObject *output)
{
	JsonArray *files = json_object_has_member(output, "elsewhere") ? json_object_get_array_member(output, "elsewhere") : NULL;
	g_autoptr(GStrvBuilder) paths = g_strv_builder_new();

	for (guint i = 0; files != NULL && i < json_array_get_length(files); i++) {
		g_autofree char *path = g_build_filename(t->options->root, json_array_get_string_element(files, i), NULL);
		g_strv_builder_add(paths, path);
	}
	g_strfreev(t->elsewhere);
	t->elsewhere = g_strv_builder_end(paths);
}

static void take_output(Target *t, JsonObject *output)
{
	const char *path = json_object_get_string_member_with_default(output, "path", ""), *state = json_object_get_string_member_with_default(output, "state", "");
	View view = view_of(path);
	g_autoptr(GBytes) bytes = NULL;

	if (view == VIEWS)
		return;
	t->checked = t->checked || strcmp(state, "current") != 0;
	take_elsewhere(t, output);
	if (strcmp(state, "refused") == 0) {
		t->refused = TRUE;
		return;
	}
	bytes = file_load(path, FILE_LIMIT, NULL);
	if (bytes == NULL) { /* it is gone already: what is shown is an older one */
		t->refused = TRUE;
		return;
	}
	g_clear_pointer(&t->views[view], g_bytes_unref);
	g_free(t->digests[view]);
	t->digests[view] = fingerprint_of(bytes);
	t->views[view] = g_steal_pointer(&bytes);
	if (json_object_has_member(output, "pages"))
		take_pages(t, output);
}

/* What is up to date was not checked again, and the build has nothing to say of it: what was said when it was made still holds. */
static void take_diagnostics(Target *t, JsonObject *report)
{
	const gboolean kept = !t->checked && t->made != NULL;

	g_clear_pointer(&t->diagnostics, json_node_unref);
	t->diagnostics = kept ? json_node_ref(t->made) : json_object_dup_member(report, "diagnostics");
	t->errors = kept ? 0 : json_object_get_int_member_with_default(report, "errors", 0);
	t->warnings = kept ? t->made_warnings : json_object_get_int_member_with_default(report, "warnings", 0);
	if (t->checked && !t->refused) {
		g_clear_pointer(&t->made, json_node_unref);
		t->made = json_node_ref(t->diagnostics);
		t->made_warnings = t->warnings;
	}
}

/* FALSE: it is not what build --format json prints. */
static gboolean take_report(Target *t, const char *text)
{
	g_autoptr(JsonParser) parser = json_parser_new();
	JsonNode *root;
	JsonObject *report;
	JsonArray *outputs;

	if (text == NULL || !json_parser_load_from_data(parser, text, -1, NULL) || (root = json_parser_get_root(parser)) == NULL || !JSON_NODE_HOLDS_OBJECT(root))
		return FALSE;
	report = json_node_get_object(root);
	if (!json_object_has_member(report, "outputs") || !json_object_has_member(report, "diagnostics"))
		return FALSE;
	outputs = json_object_get_array_member(report, "outputs");
	t->checked = json_array_get_length(outputs) == 0;
	for (guint i = 0; i < json_array_get_length(outputs); i++)
		take_output(t, json_array_get_object_element(outputs, i));
	take_diagnostics(t, report);
	return TRUE;
}

static void start(Target *t, gboolean fresh);

static void fail(Target *t, const char *why)
{
	t->old = TRUE;
	t->errors = MAX(t->errors, 1);
	g_free(t->failure);
	t->failure = g_strdup(why);
}

static char *wanted_formats(const Target *t)
{
	GString *s = g_string_new(NULL);

	for (View view = 0; view < VIEWS; view++)
		if (t->wanted[view])
			g_string_append_printf(s, "%s%s", s->len > 0 ? "," : "", views[view].format);
	return g_string_free(s, FALSE);
}

/* NULL with error set. await: it waits for a line. */
static GSubprocess *new_process(const Target *t, const char *formats, gboolean await, GError **error)
{
	/* without an output of its own to compare with, its number of pages is not known; nor, of one that was made before, what was said of it */
	const char *force = t->unsaid || (t->wanted[VIEW_PDF] && t->views[VIEW_PDF] == NULL) ? "--force" : "--";
	const char *words[] = {t->options->program, "build", "--to", formats, "--profile", t->profile, "--format", "json",
	                       "--lang", t->options->language, "-C", t->options->root, await ? "--await" : force, await ? "--" : t->id, await ? t->id : NULL, NULL};

	return g_subprocess_newv(words, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE | (await ? G_SUBPROCESS_FLAGS_STDIN_PIPE : 0), error);
}

void target_rest(Target *t)
{
	g_clear_handle_id(&t->rest, g_source_remove);
	if (t->next != NULL)
		g_subprocess_force_exit(t->next);
	g_clear_object(&t->next);
	g_clear_pointer(&t->next_formats, g_free);
}

/* The next build, started now: when it is wanted it has read and compiled what does not change. */
static gboolean start_next(gpointer data)
{
	Target *t = data;

	t->rest = 0;
	if (t->building || (t->wanted[VIEW_PDF] && t->views[VIEW_PDF] == NULL))
		return G_SOURCE_REMOVE;
	t->next_formats = wanted_formats(t);
	t->next = new_process(t, t->next_formats, TRUE, NULL);
	return G_SOURCE_REMOVE;
}

/* The caller's. */
static char *heard(Target *t, Hearing which)
{
	return g_string_free(g_steal_pointer(&t->heard[which]), FALSE);
}

static void finish(Target *t)
{
	g_autofree char *out = heard(t, HEAR_OUT), *err = heard(t, HEAR_ERR);
	gboolean timely = t->limit != 0, told;

	g_clear_handle_id(&t->limit, g_source_remove);
	g_clear_object(&t->running);
	told = take_report(t, out);
	if (!told && t->again && timely) { /* the one that waited may have died of waiting */
		start(t, TRUE);
		return;
	}
	t->unsaid = told && !t->checked && t->made == NULL && timely;
	if (t->unsaid) {
		start(t, TRUE);
		t->unsaid = FALSE;
		return;
	}
	t->building = FALSE;
	t->seconds = (double)(g_get_monotonic_time() - t->started) / G_USEC_PER_SEC;
	if (told) {
		t->old = t->refused;
		g_clear_pointer(&t->failure, g_free);
		target_rest(t);
		t->rest = g_timeout_add(REST, start_next, t);
	} else if (!timely) {
		g_autofree char *why = g_strdup_printf("> %d s", TIME_LIMIT);
		fail(t, why);
	} else {
		fail(t, *g_strstrip(err) != '\0' ? err : "?");
	}
	t->serial++;
	t->done(t->data, t);
}

/* A line that the build prints before its report: {"page": 7, "look": "...", "pdf": "..."} */
static void take_page(Target *t, const char *line, gsize length)
{
	g_autoptr(JsonParser) parser = json_parser_new();
	JsonObject *page;
	gsize size;
	guchar *pdf;
	guint number;
	g_autoptr(GBytes) bytes = NULL;

	if (!json_parser_load_from_data(parser, line, (gssize)length, NULL))
		return;
	page = json_node_get_object(json_parser_get_root(parser));
	pdf = g_base64_decode(json_object_get_string_member_with_default(page, "pdf", ""), &size);
	bytes = g_bytes_new_take(pdf, size);
	number = (guint)json_object_get_int_member_with_default(page, "page", 0);
	for (guint i = 0; i < SIGHT; i++) {
		if (t->sight[i].page != number || number == 0)
			continue;
		g_free(t->sight[i].look);
		t->sight[i].look = g_strdup(json_object_get_string_member_with_default(page, "look", ""));
		t->seen(t->data, t, i, size > 0 ? bytes : NULL);
	}
}

static void take_pages_seen(Target *t, GString *text)
{
	for (char *end; g_str_has_prefix(text->str, "{\"page\"") && (end = memchr(text->str, '\n', text->len)) != NULL;) {
		take_page(t, text->str, (gsize)(end - text->str));
		g_string_erase(text, 0, end + 1 - text->str);
	}
}

typedef struct {
	Target *target;
	Hearing which;
	char buffer[1 << 16];
} Ear;

static void listen(Ear *ear, GInputStream *from);

static void heard_some(GObject *stream, GAsyncResult *result, gpointer data)
{
	Ear *ear = data;
	Target *t = ear->target;
	gssize n = g_input_stream_read_finish(G_INPUT_STREAM(stream), result, NULL);

	if (n > 0) {
		g_string_append_len(t->heard[ear->which], ear->buffer, n);
		if (ear->which == HEAR_OUT)
			take_pages_seen(t, t->heard[HEAR_OUT]);
		listen(ear, G_INPUT_STREAM(stream));
		return;
	}
	g_free(ear);
	g_input_stream_close(G_INPUT_STREAM(stream), NULL, NULL);
	if (--t->hearing == 0)
		finish(t);
}

static void listen(Ear *ear, GInputStream *from)
{
	g_input_stream_read_async(from, ear->buffer, sizeof ear->buffer, G_PRIORITY_DEFAULT, NULL, heard_some, ear);
}

/* All that it prints, and no more: the end of the process itself, which gives back its memory, is not waited for. */
static void hear(Target *t, Hearing which, GInputStream *from)
{
	Ear *ear = g_new(Ear, 1);

	ear->target = t;
	ear->which = which;
	t->heard[which] = g_string_new(NULL);
	t->hearing++;
	listen(ear, from);
}

/* Says that the one that waits is wanted, and which pages are in sight. One that has died says nothing, and is seen by that. */
static void release(const Target *t)
{
	g_autoptr(GString) line = g_string_new(NULL);

	for (guint i = 0; i < SIGHT; i++)
		g_string_append_printf(line, "%u=%s%s", t->wanted[VIEW_PDF] ? t->sight[i].page : 0, t->sight[i].look != NULL ? t->sight[i].look : "", i + 1 < SIGHT ? "," : "\n");
	g_output_stream_write_all(g_subprocess_get_stdin_pipe(t->running), line->str, line->len, NULL, NULL, NULL);
}

static gboolean time_is_up(gpointer data)
{
	Target *t = data;

	t->limit = 0;
	g_subprocess_force_exit(t->running);
	return G_SOURCE_REMOVE;
}

static void give_up(Target *t, const char *why)
{
	t->building = FALSE;
	fail(t, why);
	t->serial++;
	t->done(t->data, t);
}

gboolean target_has_workspace(const PreviewOptions *options)
{
	g_autofree char *cases = g_build_filename(options->root, "cases", NULL);

	return g_file_test(cases, G_FILE_TEST_IS_DIR);
}

/* fresh: not the process that waits. */
static void start(Target *t, gboolean fresh)
{
	g_autofree char *formats = wanted_formats(t);
	g_autoptr(GError) error = NULL;

	g_clear_handle_id(&t->rest, g_source_remove);
	if (!target_has_workspace(t->options)) { /* the build would look for another in the folders above */
		g_autofree char *why = g_strdup_printf(_("the folder 'cases' is gone from %s; as soon as it is back, the preview goes on"), t->options->root);
		target_rest(t);
		give_up(t, why);
		return;
	}
	if (fresh || g_strcmp0(formats, t->next_formats) != 0)
		target_rest(t);
	t->again = t->next != NULL;
	t->running = t->next != NULL ? g_steal_pointer(&t->next) : new_process(t, formats, FALSE, &error);
	if (t->running == NULL) {
		give_up(t, error->message);
		return;
	}
	t->refused = FALSE;
	t->building = TRUE;
	t->limit = g_timeout_add_seconds(TIME_LIMIT, time_is_up, t);
	hear(t, HEAR_OUT, g_subprocess_get_stdout_pipe(t->running));
	hear(t, HEAR_ERR, g_subprocess_get_stderr_pipe(t->running));
	if (t->again)
		release(t);
}

void target_build(Target *t)
{
	if (t->building)
		return;
	t->stale = FALSE;
	t->started = g_get_monotonic_time();
	start(t, FALSE);
}
