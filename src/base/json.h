/* Writing JSON (RFC 8259), for --format json, and reading what we wrote. json-glib would do it too, but opening it and the libraries below it takes
 * two milliseconds of every start of the program, and it has no limits for what comes from elsewhere.
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

/* ---- reading ---- */

typedef enum { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT } JsonType;

typedef struct {
	JsonType type;
	char *key;        /* of a member; NULL elsewhere */
	char *string;
	gint64 number;    /* of a boolean: 0 or 1 */
	GPtrArray *items; /* JsonValue: of an array or object */
	gsize at;         /* where it begins: bytes */
} JsonValue;

/* Reads one value, strictly: UTF-8, whole numbers, no member twice, at most 16 levels and 20,000 values. NULL: *wrong is the offset of the first thing that is
 * not right and *expected what was expected there ("": the end). The caller's. */
JsonValue *json_parse(const char *text, gsize size, gsize *wrong, const char **expected);
void json_value_free(JsonValue *v);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JsonValue, json_value_free)

/* The member of an object, when it is of this type; NULL otherwise. v may be NULL. Borrowed. */
const JsonValue *json_member(const JsonValue *v, const char *key, JsonType type);
const char *json_member_string(const JsonValue *v, const char *key);

/* Writes a value that was read, under its own key. */
void json_value(Json *j, const JsonValue *v);

#endif
