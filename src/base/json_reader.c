/* JSON as it is read: strictly, into a tree of values, within limits that no file of ours comes near. */
#include "base/json.h"

#include "base/text.h"

#include <string.h>

enum { DEPTH = 16, VALUES = 20000 };

typedef struct {
	const char *text, *at, *end;
	int depth;
	guint values;
	const char *error; /* the first thing that is wrong; NULL: nothing yet */
} Reader;

static void value_free(gpointer data)
{
	json_value_free(data);
}

void json_value_free(JsonValue *v)
{
	if (v == NULL)
		return;
	g_free(v->key);
	g_free(v->string);
	if (v->items != NULL)
		g_ptr_array_unref(v->items);
	g_free(v);
}

static gboolean fail(Reader *r, const char *what)
{
	if (r->error == NULL)
		r->error = what;
	return FALSE;
}

static void skip_space(Reader *r)
{
	while (r->at < r->end && strchr(" \t\r\n", *r->at) != NULL)
		r->at++;
}

static gboolean take(Reader *r, char c)
{
	skip_space(r);
	if (r->at >= r->end || *r->at != c)
		return FALSE;
	r->at++;
	return TRUE;
}

static gboolean take_word(Reader *r, const char *word)
{
	gsize length = strlen(word);

	if ((gsize)(r->end - r->at) < length || memcmp(r->at, word, length) != 0)
		return FALSE;
	r->at += length;
	return TRUE;
}

/* ---- strings ---- */

static gboolean read_unit(Reader *r, gunichar *unit)
{
	*unit = 0;
	if (r->end - r->at < 4)
		return fail(r, "\\u");
	for (int i = 0; i < 4; i++) {
		int digit = g_ascii_xdigit_value(*r->at++);
		if (digit < 0)
			return fail(r, "\\u");
		*unit = *unit * 16 + (gunichar)digit;
	}
	return TRUE;
}

/* The four digits behind \u, and the second half of a pair. */
static gboolean read_code(Reader *r, GString *out)
{
	gunichar c, low;

	if (!read_unit(r, &c))
		return FALSE;
	if (c >= 0xD800 && c < 0xDC00) {
		if (!take_word(r, "\\u") || !read_unit(r, &low) || low < 0xDC00 || low > 0xDFFF)
			return fail(r, "\\u");
		c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
	}
	if (c == 0 || (c >= 0xD800 && c < 0xE000))
		return fail(r, "\\u");
	g_string_append_unichar(out, c);
	return TRUE;
}

static gboolean read_escape(Reader *r, GString *out)
{
	static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	const char *letter;

	if (r->at >= r->end)
		return fail(r, "\"");
	if (*r->at == 'u') {
		r->at++;
		return read_code(r, out);
	}
	letter = *r->at != '\0' ? strchr(letters, *r->at) : NULL;
	if (letter == NULL)
		return fail(r, "\\");
	r->at++;
	g_string_append_c(out, meant[letter - letters]);
	return TRUE;
}

/* Behind the opening mark. NULL after reporting. */
static char *read_string(Reader *r)
{
	GString *out = g_string_new(NULL);

	while (r->at < r->end && *r->at != '"' && (guchar)*r->at >= 0x20) {
		if (*r->at != '\\')
			g_string_append_c(out, *r->at++);
		else if (r->at++, !read_escape(r, out))
			break;
	}
	if (r->error == NULL && r->at < r->end && *r->at == '"') {
		r->at++;
		return g_string_free(out, FALSE);
	}
	fail(r, "\"");
	g_string_free(out, TRUE);
	return NULL;
}

/* ---- values ---- */

/* Whole numbers of at most 18 digits: we write no others. */
static gboolean read_number(Reader *r, JsonValue *v)
{
	const char *start = r->at, *digits = start + (*start == '-');

	for (r->at = digits; r->at < r->end && g_ascii_isdigit(*r->at); r->at++)
		v->number = r->at - digits < 18 ? v->number * 10 + (*r->at - '0') : v->number;
	if (r->at == digits || r->at - digits > 18 || (*digits == '0' && r->at - digits > 1) || (r->at < r->end && strchr(".eE", *r->at) != NULL))
		return fail(r, "0-9");
	if (digits > start)
		v->number = -v->number;
	v->type = JSON_NUMBER;
	return TRUE;
}

static gboolean read_value(Reader *r, JsonValue *v);

static gboolean read_item(Reader *r, JsonValue *v)
{
	JsonValue *item = g_new0(JsonValue, 1);

	g_ptr_array_add(v->items, item);
	if (++r->values > VALUES)
		return fail(r, "...");
	if (v->type == JSON_OBJECT) {
		if (!take(r, '"'))
			return fail(r, "\"");
		item->key = read_string(r);
		if (item->key == NULL)
			return FALSE;
		for (guint i = 0; i + 1 < v->items->len; i++)
			if (strcmp(((const JsonValue *)v->items->pdata[i])->key, item->key) == 0)
				return fail(r, "{ }");
		if (!take(r, ':'))
			return fail(r, ":");
	}
	return read_value(r, item);
}

static gboolean read_items(Reader *r, JsonValue *v, char close)
{
	v->items = g_ptr_array_new_with_free_func(value_free);
	if (++r->depth > DEPTH)
		return fail(r, "{ [");
	if (!take(r, close)) {
		do {
			if (!read_item(r, v))
				return FALSE;
		} while (take(r, ','));
		if (!take(r, close))
			return fail(r, close == '}' ? "}" : "]");
	}
	r->depth--;
	return TRUE;
}

static gboolean read_value(Reader *r, JsonValue *v)
{
	skip_space(r);
	if (r->at >= r->end)
		return fail(r, "{ [ \"");
	v->at = (gsize)(r->at - r->text);
	if (take(r, '{')) {
		v->type = JSON_OBJECT;
		return read_items(r, v, '}');
	}
	if (take(r, '[')) {
		v->type = JSON_ARRAY;
		return read_items(r, v, ']');
	}
	if (take(r, '"')) {
		v->type = JSON_STRING;
		v->string = read_string(r);
		return v->string != NULL;
	}
	if (take_word(r, "true") || take_word(r, "false")) {
		v->type = JSON_BOOL;
		v->number = r->at[-2] == 'u';
		return TRUE;
	}
	if (take_word(r, "null"))
		return TRUE;
	return g_ascii_isdigit(*r->at) || *r->at == '-' ? read_number(r, v) : fail(r, "{ [ \"");
}

JsonValue *json_parse(const char *text, gsize size, gsize *wrong, const char **expected)
{
	Reader r = {.text = text, .at = text, .end = text + size};
	JsonValue *v = g_new0(JsonValue, 1);
	gsize valid = text_check_utf8(text, size);

	if (valid < size) {
		r.at = text + valid;
		fail(&r, "UTF-8");
	} else if (read_value(&r, v)) {
		skip_space(&r);
		if (r.at < r.end)
			fail(&r, "");
	}
	*wrong = (gsize)(r.at - text);
	*expected = r.error;
	if (r.error != NULL)
		g_clear_pointer(&v, json_value_free);
	return v;
}

const JsonValue *json_member(const JsonValue *v, const char *key, JsonType type)
{
	for (guint i = 0; v != NULL && v->type == JSON_OBJECT && i < v->items->len; i++) {
		const JsonValue *item = v->items->pdata[i];
		if (strcmp(item->key, key) == 0)
			return item->type == type ? item : NULL;
	}
	return NULL;
}

const char *json_member_string(const JsonValue *v, const char *key)
{
	const JsonValue *item = json_member(v, key, JSON_STRING);

	return item != NULL ? item->string : NULL;
}

static void write_member(Json *j, const JsonValue *v)
{
	switch (v->type) {
	case JSON_OBJECT:
	case JSON_ARRAY:
		if (v->type == JSON_OBJECT)
			json_object(j, v->key);
		else
			json_array(j, v->key);
		for (guint i = 0; i < v->items->len; i++)
			write_member(j, v->items->pdata[i]);
		json_end(j);
		break;
	case JSON_STRING:
	case JSON_NULL:
		json_string(j, v->key, v->string);
		break;
	case JSON_NUMBER:
		json_int(j, v->key, v->number);
		break;
	case JSON_BOOL:
		json_bool(j, v->key, v->number != 0);
		break;
	}
}

void json_value(Json *j, const JsonValue *v)
{
	write_member(j, v);
}
