/* Writing JSON (RFC 8259), for --format json. json-glib would do it too, but opening it and the libraries below it takes two milliseconds of every
 * start of the program, and there is nothing here to read.
 *
 *     Json *j = json_start();
 *     json_object(j, NULL);
 *     json_string(j, "id", id);
 *     json_array(j, "used_in");
 *     json_string(j, NULL, name);
 *     json_end(j);
 *     json_end(j);
 *     g_autofree char *text = json_finish(j);
 */
#ifndef ROTONDE_BASE_JSON_H
#define ROTONDE_BASE_JSON_H

#include <glib.h>

typedef struct Json Json;

Json *json_start(void);
/* The text, two spaces a level, without a newline at its end. Frees j. The caller's. */
char *json_finish(Json *j);

/* key: of the member, inside an object; NULL inside an array and at the top. json_end ends the innermost object or array. */
void json_object(Json *j, const char *key);
void json_array(Json *j, const char *key);
void json_end(Json *j);
void json_string(Json *j, const char *key, const char *value); /* UTF-8; NULL is null */
void json_int(Json *j, const char *key, gint64 value);
void json_bool(Json *j, const char *key, gboolean value);

#endif
