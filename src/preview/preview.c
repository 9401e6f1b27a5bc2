/* The preview: what is asked for is built when it is asked for and again when something changes; who waits is told. */
#include "preview/preview.h"

#include "base/file.h"
#include "preview/pages.h"
#include "preview/server.h"
#include "preview/state.h"
#include "preview/target.h"
#include "preview/watcher.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <string.h>

enum {
	WAIT = 25,      /* seconds after which who waits for news is told that there is none */
	INTEREST = 120, /* seconds for which what was asked for is kept up to date */
	DPI = 96, DPI_LEAST = 36, DPI_MOST = 220,
	REST = 400, /* milliseconds after a build that are left to those who show what was built */
};

typedef struct {
	const PreviewOptions *options;
	GMainLoop *loop;
	Server *server;
	Watcher *watcher;
	Pages *pages;
	GPtrArray *targets; /* Target */
	GPtrArray *waits;   /* Wait */
	JsonNode *publications; /* as rotonde list publication --format json has it; NULL: not known yet */
	gboolean listing, list_stale;
	guint list_serial, rest; /* rest: a source */
	gboolean building; /* one target at a time, so that each has the whole machine */
} Preview;

typedef struct {
	Preview *preview;
	ServerRequest *request;
	Target *target; /* NULL: none there is yet */
	guint timeout;
} Wait;

static const ServerReply not_found = {404, "text/plain", NULL, FALSE};

/* ---- the state ---- */

/* Changes whenever what is told of the state does. */
static guint state_serial(const Preview *p, const Target *t)
{
	return p->list_serial * 100000 + (t != NULL ? t->serial : 0);
}

/* ---- who waits ---- */

static void wait_end(Wait *w)
{
	static const ServerReply reply = {200, "application/json", NULL, FALSE};
	g_autoptr(GBytes) json = state_json(state_serial(w->preview, w->target), w->preview->publications, w->target);

	if (w->timeout != 0)
		g_source_remove(w->timeout);
	server_reply(w->request, &reply, json);
	g_free(w);
}

static gboolean wait_over(gpointer data)
{
	Wait *w = data;

	w->timeout = 0;
	g_ptr_array_remove_fast(w->preview->waits, w);
	wait_end(w);
	return G_SOURCE_REMOVE;
}

/* t NULL: all of them. */
static void tell(Preview *p, const Target *t)
{
	for (guint i = p->waits->len; i-- > 0;) {
		Wait *w = p->waits->pdata[i];
		if (t != NULL && w->target != t)
			continue;
		g_ptr_array_remove_index_fast(p->waits, i);
		wait_end(w);
	}
}

/* ---- building ---- */

static gboolean wanted(const Preview *p, const Target *t)
{
	for (guint i = 0; i < p->waits->len; i++)
		if (((const Wait *)p->waits->pdata[i])->target == t)
			return TRUE;
	return g_get_monotonic_time() - t->asked < (gint64)INTEREST * G_USEC_PER_SEC;
}

static void build_next(Preview *p)
{
	for (guint i = 0; i < p->targets->len && !p->building; i++) {
		Target *t = p->targets->pdata[i];
		if (!t->stale || !wanted(p, t))
			continue;
		p->building = TRUE;
		pages_forget_ahead(p->pages);
		for (guint k = 0; k < p->targets->len; k++)
			if (k != i)
				target_rest(p->targets->pdata[k]);
		t->serial++; /* whoever waits may say that it is being built */
		target_build(t);
		tell(p, t);
	}
}

static void list_publications(Preview *p);

static void watch_elsewhere(Preview *p)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new();

	for (guint i = 0; i < p->targets->len; i++)
		for (char **file = ((Target *)p->targets->pdata[i])->elsewhere; file != NULL && *file != NULL; file++)
			g_ptr_array_add(files, *file);
	g_ptr_array_add(files, NULL);
	watcher_set_files(p->watcher, (const char *const *)files->pdata);
}

static void draw_page(Preview *p, const Target *t, guint page, guint dpi, ServerRequest *request);

static void page_seen(gpointer data, const Target *t, guint place, GBytes *pdf)
{
	const PageWanted wanted = {t->sight[place].look, pdf, t->sight[place].page, t->dpi};

	pages_draw_ahead(((Preview *)data)->pages, &wanted);
}

/* Nobody has asked yet, but who looks at these pages will. */
static void draw_sight(Preview *p, const Target *t)
{
	for (guint i = 0; i < SIGHT; i++) {
		guint page = t->sight[i].page;
		if (t->views[VIEW_PDF] == NULL || page == 0 || page > t->pages)
			continue;
		g_autofree char *look = state_page_look(t, page);
		const PageWanted wanted = {look, NULL, page, t->dpi};
		if (!t->old)
			pages_adopt(p->pages, &wanted);
		draw_page(p, t, page, t->dpi, NULL);
	}
}

/* The target that was asked for last; NULL: none. */
static Target *last_asked(const Preview *p)
{
	Target *last = NULL;

	for (guint i = 0; i < p->targets->len; i++)
		if (last == NULL || ((Target *)p->targets->pdata[i])->asked > last->asked)
			last = p->targets->pdata[i];
	return last;
}

static guint sight_count(const Target *t)
{
	guint n = 0;

	for (guint i = 0; i < SIGHT; i++)
		n += t->sight[i].page != 0;
	return n;
}

static gboolean rested(gpointer data)
{
	Preview *p = data;
	const Target *t = last_asked(p);

	p->rest = 0;
	if (p->building)
		return G_SOURCE_REMOVE;
	if (t != NULL && t->wanted[VIEW_PDF])
		pages_expect(p->pages, sight_count(t), t->dpi);
	if (p->list_stale)
		list_publications(p);
	return G_SOURCE_REMOVE;
}

static void built(gpointer data, Target *t)
{
	Preview *p = data;
	g_autofree char *line = NULL;

	p->building = FALSE;
	draw_sight(p, t);
	watch_elsewhere(p);
	tell(p, t);
	if (p->options->told != NULL) {
		line = g_strdup_printf("%s (%s): %" G_GINT64_FORMAT " / %" G_GINT64_FORMAT ", %.0f ms", t->id, t->profile, t->errors, t->warnings, t->seconds * 1000);
		p->options->told(p->options->data, server_address(p->server), line);
	}
	if (p->rest == 0)
		p->rest = g_timeout_add(REST, rested, p);
	build_next(p);
}

static Target *find_target(Preview *p, const char *id, const char *profile)
{
	Target *t;

	for (guint i = 0; i < p->targets->len; i++) {
		t = p->targets->pdata[i];
		if (strcmp(t->id, id) == 0 && strcmp(t->profile, profile) == 0)
			return t;
	}
	return NULL;
}

/* ---- the list of publications ---- */

static void listed(GObject *source, GAsyncResult *result, gpointer data)
{
	Preview *p = data;
	g_autoptr(GSubprocess) process = G_SUBPROCESS(source);
	g_autoptr(JsonParser) parser = json_parser_new();
	g_autofree char *out = NULL, *before = p->publications != NULL ? json_to_string(p->publications, FALSE) : NULL, *now = NULL;

	p->listing = FALSE;
	g_subprocess_communicate_utf8_finish(process, result, &out, NULL, NULL);
	if (out != NULL && json_parser_load_from_data(parser, out, -1, NULL) && json_parser_get_root(parser) != NULL &&
	    JSON_NODE_HOLDS_ARRAY(json_parser_get_root(parser))) {
		now = json_to_string(json_parser_get_root(parser), FALSE);
		if (g_strcmp0(before, now) != 0) {
			g_clear_pointer(&p->publications, json_node_unref);
			p->publications = json_node_copy(json_parser_get_root(parser));
			p->list_serial++;
			tell(p, NULL);
		}
	}
	if (p->list_stale)
		list_publications(p);
}

static void list_publications(Preview *p)
{
	const char *words[] = {p->options->program, "list", "publication", "--format", "json", "-C", p->options->root, NULL};
	GSubprocess *process;

	p->list_stale = p->listing;
	if (p->listing || !target_has_workspace(p->options))
		return;
	process = g_subprocess_newv(words, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
	if (process == NULL)
		return;
	p->listing = TRUE;
	g_subprocess_communicate_utf8_async(process, NULL, NULL, listed, p);
}

static void changed(gpointer data)
{
	Preview *p = data;

	for (guint i = 0; i < p->targets->len; i++)
		((Target *)p->targets->pdata[i])->stale = TRUE;
	p->list_stale = TRUE; /* the build first: somebody looks at it */
	build_next(p);
	if (!p->building)
		list_publications(p);
}

/* ---- answering ---- */

static const char *query_value(GHashTable *query, const char *name)
{
	return query != NULL ? g_hash_table_lookup(query, name) : NULL;
}

static gboolean is_id(const char *text)
{
	if (text == NULL || *text == '\0' || *text == '-' || strlen(text) > 200)
		return FALSE;
	for (; *text != '\0'; text++)
		if (!g_ascii_isalnum(*text) && *text != '-' && *text != '_' && *text != '.' && (guchar)*text < 0x80)
			return FALSE;
	return TRUE;
}

static gboolean is_profile(const char *text)
{
	return g_strcmp0(text, "public") == 0 || g_strcmp0(text, "review") == 0;
}

static guint read_dpi(const char *text)
{
	guint dpi = text != NULL ? (guint)g_ascii_strtoull(text, NULL, 10) : DPI;

	return CLAMP(dpi, DPI_LEAST, DPI_MOST);
}

/* views: "web,pdf". What is looked at now and was not built when nobody did, is stale. */
static void want_views(Target *t, const char *names)
{
	g_auto(GStrv) asked = g_strsplit(names != NULL ? names : "web,pdf", ",", VIEWS);

	for (View view = 0; view < VIEWS; view++) {
		gboolean now = g_strv_contains((const char *const *)asked, view_name(view));
		t->stale |= now && !t->wanted[view];
		t->wanted[view] = now;
	}
	if (!t->wanted[VIEW_TIMELINE] && !t->wanted[VIEW_PDF])
		t->wanted[VIEW_WEB] = TRUE;
}

static char *known_look(const Target *t, guint page)
{
	for (guint i = 0; i < SIGHT; i++)
		if (t->sight[i].page == page)
			return g_strdup(t->sight[i].look);
	return NULL;
}

/* pages: "7,8", those in sight. */
static void note_sight(Target *t, const char *pages, const char *dpi)
{
	g_auto(GStrv) numbers = g_strsplit(pages != NULL ? pages : "", ",", SIGHT + 1);
	guint n = g_strv_length(numbers);
	Sighted now[SIGHT] = {0};

	for (guint i = 0; i < MIN(n, SIGHT); i++) {
		now[i].page = (guint)g_ascii_strtoull(numbers[i], NULL, 10);
		now[i].look = known_look(t, now[i].page);
	}
	for (guint i = 0; i < SIGHT; i++)
		g_free(t->sight[i].look);
	memcpy(t->sight, now, sizeof now);
	t->dpi = read_dpi(dpi);
}

static void answer_state(Preview *p, ServerRequest *request, GHashTable *query)
{
	const char *id = query_value(query, "id"), *profile = query_value(query, "profile"), *seen = query_value(query, "seen");
	Target *t = NULL;
	Wait *w = g_new0(Wait, 1);

	if (is_id(id) && is_profile(profile)) {
		t = find_target(p, id, profile);
		if (t == NULL) {
			t = target_new(p->options, id, profile);
			target_listen(t, built, page_seen, p);
			g_ptr_array_add(p->targets, t);
		}
		t->asked = g_get_monotonic_time();
		want_views(t, query_value(query, "views"));
		note_sight(t, query_value(query, "pages"), query_value(query, "dpi"));
	}
	*w = (Wait){.preview = p, .request = request, .target = t};
	if (seen == NULL || g_ascii_strtoull(seen, NULL, 10) != state_serial(p, t)) {
		wait_end(w);
	} else {
		w->timeout = g_timeout_add_seconds(WAIT, wait_over, w);
		g_ptr_array_add(p->waits, w);
	}
	build_next(p);
}

static void page_ready(gpointer data, GBytes *picture)
{
	static const ServerReply reply = {200, "image/jpeg", NULL, TRUE};

	server_reply(data, picture != NULL ? &reply : &not_found, picture);
}

/* request NULL: it is drawn ahead. */
static void draw_page(Preview *p, const Target *t, guint page, guint dpi, ServerRequest *request)
{
	g_autofree char *look = state_page_look(t, page);
	const PageWanted wanted = {look, t->views[VIEW_PDF], page, dpi};

	pages_draw(p->pages, &wanted, request != NULL ? page_ready : NULL, request);
}

/* view/ID/PROFILE/DIGEST */
static void answer_view(Preview *p, ServerRequest *request, char **parts)
{
	/* a page of ours loads nothing, and runs nothing */
	static const char policy[] = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; "
	                             "frame-ancestors 'self'";
	static const ServerReply replies[VIEWS] = {
	    {200, "text/html; charset=utf-8", policy, TRUE}, {200, "text/html; charset=utf-8", policy, TRUE}, {200, "application/pdf", NULL, TRUE}};
	View view = view_lookup(parts[0], strlen(parts[0]));
	const Target *t = view < VIEWS ? find_target(p, parts[1], parts[2]) : NULL;

	if (t != NULL && g_strcmp0(t->digests[view], parts[3]) == 0)
		server_reply(request, &replies[view], t->views[view]);
	else
		server_reply(request, &not_found, NULL);
}

/* page/ID/PROFILE/LOOK/N */
static void answer_page(Preview *p, ServerRequest *request, char **parts, GHashTable *query)
{
	const Target *t = find_target(p, parts[1], parts[2]);
	guint page = (guint)g_ascii_strtoull(parts[4], NULL, 10);
	g_autofree char *look = t != NULL && t->views[VIEW_PDF] != NULL && page >= 1 && page <= t->pages ? state_page_look(t, page) : NULL;

	if (g_strcmp0(look, parts[3]) == 0)
		draw_page(p, t, page, read_dpi(query_value(query, "dpi")), request);
	else
		server_reply(request, &not_found, NULL);
}

static void answer_file(Preview *p, ServerRequest *request, const char *name)
{
	static const char policy[] = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
	                             "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
	static const struct {
		const char *name, *file;
		ServerReply reply;
	} files[] = {{"", "index.html", {200, "text/html; charset=utf-8", policy, FALSE}},
	             {"preview.css", "preview.css", {200, "text/css; charset=utf-8", NULL, FALSE}},
	             {"preview.js", "preview.js", {200, "text/javascript; charset=utf-8", NULL, FALSE}}};

	for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
		if (strcmp(files[i].name, name) != 0)
			continue;
		g_autofree char *path = g_build_filename(p->options->share, "stylesheets", "preview", files[i].file, NULL), *text = NULL;
		if (!g_file_get_contents(path, &text, NULL, NULL))
			break;
		GString *filled = g_string_new(text);
		g_string_replace(filled, "@LANGUAGE@", p->options->language, 0);
		g_string_replace(filled, "@PUBLICATION@", is_id(p->options->id) ? p->options->id : "", 0);
		g_autoptr(GBytes) bytes = g_string_free_to_bytes(filled);
		server_reply(request, &files[i].reply, bytes);
		return;
	}
	server_reply(request, &not_found, NULL);
}

static void answer(gpointer data, ServerRequest *request, const char *path, GHashTable *query)
{
	Preview *p = data;
	g_auto(GStrv) parts = g_strsplit(path, "/", 6);
	guint n = g_strv_length(parts);

	if (strcmp(path, "state") == 0)
		answer_state(p, request, query);
	else if (n == 4)
		answer_view(p, request, parts);
	else if (n == 5 && strcmp(parts[0], "page") == 0)
		answer_page(p, request, parts, query);
	else
		answer_file(p, request, path);
}

/* ---- the whole ---- */

static gboolean stop(gpointer data)
{
	g_main_loop_quit(((Preview *)data)->loop);
	return G_SOURCE_CONTINUE;
}

static gboolean run(const PreviewOptions *options, GError **error)
{
	Preview p = {.options = options};
	g_autofree char *cases = g_build_filename(options->root, "cases", NULL);
	g_autofree char *stylesheets = g_build_filename(options->share, "stylesheets", NULL);
	g_autofree char *schemas = g_build_filename(options->share, "schemas", NULL);
	const char *folders[] = {cases, stylesheets, schemas, NULL};
	guint signals[2];

	p.server = server_new(options->port, answer, &p, error);
	if (p.server == NULL)
		return FALSE;
	p.loop = g_main_loop_new(NULL, FALSE);
	p.pages = pages_new();
	p.targets = g_ptr_array_new();
	p.waits = g_ptr_array_new();
	p.watcher = watcher_new(folders, changed, &p);
	signals[0] = g_unix_signal_add(SIGINT, stop, &p);
	signals[1] = g_unix_signal_add(SIGTERM, stop, &p);
	list_publications(&p);
	if (options->told != NULL)
		options->told(options->data, server_address(p.server), NULL);
	g_main_loop_run(p.loop);
	g_source_remove(signals[0]);
	g_source_remove(signals[1]);
	g_clear_handle_id(&p.rest, g_source_remove);
	watcher_free(p.watcher);
	tell(&p, NULL);
	pages_free(p.pages);
	server_free(p.server);
	/* targets are left: a build may still be going on, and the process ends here */
	g_ptr_array_unref(p.waits);
	g_clear_pointer(&p.publications, json_node_unref);
	g_main_loop_unref(p.loop);
	return TRUE;
}

static gboolean browse(const char *address, GError **error)
{
	return g_app_info_launch_default_for_uri(address, NULL, error);
}

__attribute__((visibility("default"))) extern const PreviewModule preview_module;
const PreviewModule preview_module = {run, browse};
