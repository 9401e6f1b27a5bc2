/* Inside the preview: the HTTP server, and who may ask it anything. */
#ifndef ROTONDE_PREVIEW_SERVER_H
#define ROTONDE_PREVIEW_SERVER_H

#include <glib.h>

typedef struct Server Server;
typedef struct ServerRequest ServerRequest;

/* A request that may be answered: path is what follows the token and its slash, query may be NULL. Answered by server_reply, now or later. */
typedef void (*ServerHandler)(gpointer data, ServerRequest *request, const char *path, GHashTable *query);

/* Listens on 127.0.0.1. port 0: any. NULL with error set. */
Server *server_new(guint port, ServerHandler handler, gpointer data, GError **error);
void server_free(Server *s);

/* "http://127.0.0.1:PORT/TOKEN/". Borrowed. */
const char *server_address(const Server *s);

typedef struct {
	guint status;     /* 200, 404, ... */
	const char *type; /* media type */
	const char *policy; /* Content-Security-Policy; NULL: nothing may be loaded */
	gboolean lasting; /* it never changes at this address */
} ServerReply;

/* Answers, and ends the request. body may be NULL. */
void server_reply(ServerRequest *request, const ServerReply *how, GBytes *body);

#endif
