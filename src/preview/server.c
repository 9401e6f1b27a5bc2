/* The HTTP server. Whoever has not the token gets nothing, not even to know that it is here; a page of another site, and a name that somebody
 * points at 127.0.0.1 (DNS rebinding), are refused before that. */
#include "preview/server.h"

#include "preview/soup.h"

#include <string.h>
#include <sys/random.h>

enum {
	TOKEN_BYTES = 16,
	MOST_UNASKED = 64, /* connections that have not asked anything yet; a browser has six */
};

struct Server {
	Soup soup;
	SoupServer *server;
	ServerHandler handler;
	gpointer data;
	char *token, *host, *address;
	GQueue unasked; /* SoupServerMessage: of which the request is not read yet, oldest first. Borrowed */
};

struct ServerRequest {
	Server *server;
	SoupServerMessage *message;
	gboolean waiting; /* paused: the handler has returned without an answer */
	gboolean gone;    /* nobody is there any more */
	gulong finished;
};

/* ---- who may ask ---- */

static char *random_token(void)
{
	guchar bytes[TOKEN_BYTES];
	GString *s = g_string_new(NULL);

	if (getrandom(bytes, sizeof bytes, 0) != (gssize)sizeof bytes)
		g_error("no random numbers");
	for (guint i = 0; i < sizeof bytes; i++)
		g_string_append_printf(s, "%02x", bytes[i]);
	return g_string_free(s, FALSE);
}

/* In a time that does not tell how much of it was right. */
static gboolean same_token(const char *token, const char *given)
{
	gsize length = strlen(token);
	guchar difference = 0;

	if (strlen(given) < length)
		return FALSE;
	for (gsize i = 0; i < length; i++)
		difference |= (guchar)(token[i] ^ given[i]);
	return difference == 0;
}

/* One that is given twice is none of those allowed. */
static gboolean header_is(Server *s, SoupServerMessage *message, const char *name, const char *const *allowed)
{
	const char *value = s->soup.soup_message_headers_get_list(s->soup.soup_server_message_get_request_headers(message), name);

	return value == NULL || g_strv_contains(allowed, value);
}

static gboolean may_ask(Server *s, SoupServerMessage *message)
{
	g_autofree char *origin = g_strconcat("http://", s->host, NULL);
	const char *method = s->soup.soup_server_message_get_method(message);
	const char *hosts[] = {s->host, NULL}, *origins[] = {origin, NULL}, *sites[] = {"same-origin", "none", NULL};
	SoupMessageHeaders *headers = s->soup.soup_server_message_get_request_headers(message);
	const char *target = g_uri_get_host(s->soup.soup_server_message_get_uri(message)); /* of the whole address, where that is asked for */

	return (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0) && s->soup.soup_message_headers_get_list(headers, "Host") != NULL &&
	       g_strcmp0(target, "127.0.0.1") == 0 && header_is(s, message, "Host", hosts) && header_is(s, message, "Origin", origins) && header_is(s, message, "Sec-Fetch-Site", sites);
}

/* ---- who only takes room ---- */

static void unasked_gone(gpointer data, GObject *message)
{
	g_queue_remove(&((Server *)data)->unasked, message);
}

static void unasked_drop(Server *s, SoupServerMessage *message)
{
	if (g_queue_remove(&s->unasked, message))
		g_object_weak_unref(G_OBJECT(message), unasked_gone, s);
}

/* A connection that never asks anything costs a file; without any left libsoup would hear nobody ever again. The one that has been silent longest goes. */
static void request_started(SoupServer *server, SoupServerMessage *message, gpointer data)
{
	Server *s = data;

	(void)server;
	if (g_queue_get_length(&s->unasked) >= MOST_UNASKED) {
		SoupServerMessage *oldest = g_queue_peek_head(&s->unasked);
		GSocket *socket = s->soup.soup_server_message_get_socket(oldest);
		unasked_drop(s, oldest);
		if (socket != NULL)
			g_socket_shutdown(socket, TRUE, TRUE, NULL);
	}
	g_queue_push_tail(&s->unasked, message);
	g_object_weak_ref(G_OBJECT(message), unasked_gone, s);
}

/* Nothing that is sent along is wanted: it takes no memory. */
static void drop_body(SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
	const Soup *f = &((Server *)data)->soup;

	(void)server;
	(void)path;
	(void)query;
	f->soup_message_body_set_accumulate(f->soup_server_message_get_request_body(message), FALSE);
}

/* ---- asking and answering ---- */

static void request_over(SoupServerMessage *message, gpointer data)
{
	(void)message;
	((ServerRequest *)data)->gone = TRUE;
}

static void set_headers(ServerRequest *r, const ServerReply *how)
{
	const Soup *f = &r->server->soup;
	SoupMessageHeaders *headers = f->soup_server_message_get_response_headers(r->message);

	f->soup_message_headers_set_content_type(headers, how->type, NULL);
	f->soup_message_headers_replace(headers, "Content-Security-Policy", how->policy != NULL ? how->policy : "default-src 'none'; frame-ancestors 'self'");
	f->soup_message_headers_replace(headers, "Cache-Control", how->lasting ? "private, max-age=3600, immutable" : "no-store");
	f->soup_message_headers_replace(headers, "X-Content-Type-Options", "nosniff");
	f->soup_message_headers_replace(headers, "Referrer-Policy", "no-referrer");
	f->soup_message_headers_replace(headers, "Cross-Origin-Resource-Policy", "same-origin");
	f->soup_message_headers_replace(headers, "Cross-Origin-Opener-Policy", "same-origin");
}

void server_reply(ServerRequest *r, const ServerReply *how, GBytes *body)
{
	const Soup *f = &r->server->soup;

	if (!r->gone) {
		set_headers(r, how);
		f->soup_server_message_set_status(r->message, how->status, NULL);
		if (body != NULL)
			f->soup_message_body_append_bytes(f->soup_server_message_get_response_body(r->message), body);
		if (r->waiting)
			f->soup_server_message_unpause(r->message);
	}
	g_signal_handler_disconnect(r->message, r->finished);
	g_object_unref(r->message);
	g_free(r);
}

static void handle(SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
	static const ServerReply refused = {403, "text/plain", NULL, FALSE}, unknown = {404, "text/plain", NULL, FALSE};
	Server *s = data;
	ServerRequest *r = g_new0(ServerRequest, 1);
	gsize length = strlen(s->token);

	(void)server;
	unasked_drop(s, message);
	r->server = s;
	r->message = g_object_ref(message);
	r->finished = g_signal_connect(message, "finished", G_CALLBACK(request_over), r);
	if (!may_ask(s, message)) {
		server_reply(r, &refused, NULL);
		return;
	}
	if (*path != '/' || !same_token(s->token, path + 1) || path[1 + length] != '/') {
		server_reply(r, &unknown, NULL);
		return;
	}
	/* paused first: an answer that comes at once sets it going again, and a later one finds it waiting */
	r->waiting = TRUE;
	s->soup.soup_server_message_pause(message);
	s->handler(s->data, r, path + length + 2, query);
}

Server *server_new(guint port, ServerHandler handler, gpointer data, GError **error)
{
	Server *s = g_new0(Server, 1);
	GSList *uris;

	s->handler = handler;
	s->data = data;
	if (!soup_load(&s->soup)) {
		g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_NOSYS, "libsoup-3.0");
		g_free(s);
		return NULL;
	}
	s->server = s->soup.soup_server_new("server-header", NULL, NULL);
	s->soup.soup_server_add_handler(s->server, NULL, handle, s, NULL);
	s->soup.soup_server_add_early_handler(s->server, NULL, drop_body, s, NULL);
	g_queue_init(&s->unasked);
	g_signal_connect(s->server, "request-started", G_CALLBACK(request_started), s);
	if (!s->soup.soup_server_listen_local(s->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error)) {
		server_free(s);
		return NULL;
	}
	uris = s->soup.soup_server_get_uris(s->server);
	s->token = random_token();
	s->host = g_strdup_printf("127.0.0.1:%d", g_uri_get_port(uris->data));
	s->address = g_strdup_printf("http://%s/%s/", s->host, s->token);
	g_slist_free_full(uris, (GDestroyNotify)g_uri_unref);
	return s;
}

void server_free(Server *s)
{
	if (s == NULL)
		return;
	g_signal_handlers_disconnect_by_data(s->server, s);
	while (!g_queue_is_empty(&s->unasked))
		unasked_drop(s, g_queue_peek_head(&s->unasked));
	s->soup.soup_server_disconnect(s->server);
	g_object_unref(s->server);
	g_free(s->token);
	g_free(s->host);
	g_free(s->address);
	g_free(s);
}

const char *server_address(const Server *s)
{
	return s->address;
}
