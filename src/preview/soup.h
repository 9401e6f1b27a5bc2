/* Inside the preview: libsoup, GLib's HTTP server, loaded when it is needed. */
#ifndef ROTONDE_PREVIEW_SOUP_H
#define ROTONDE_PREVIEW_SOUP_H

#include <libsoup/soup.h>

/* Every function of libsoup that we call. */
#define SOUP_FUNCTIONS(F) \
	F(soup_server_new) F(soup_server_listen_local) F(soup_server_get_uris) F(soup_server_add_handler) F(soup_server_add_early_handler) \
	F(soup_server_disconnect) F(soup_server_message_get_socket) F(soup_server_message_get_uri) F(soup_server_message_get_request_body) \
	F(soup_server_message_get_method) F(soup_server_message_get_request_headers) F(soup_server_message_get_response_headers) \
	F(soup_server_message_get_response_body) F(soup_server_message_set_status) F(soup_server_message_pause) F(soup_server_message_unpause) \
	F(soup_message_headers_get_list) F(soup_message_headers_replace) F(soup_message_headers_set_content_type) F(soup_message_body_append_bytes) \
	F(soup_message_body_set_accumulate)

typedef struct {
#define MEMBER(name) __typeof__(name) *name;
	SOUP_FUNCTIONS(MEMBER)
#undef MEMBER
} Soup;

/* FALSE: it is not installed. */
gboolean soup_load(Soup *f);

#endif
