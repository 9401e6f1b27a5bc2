/* JSON as it is printed: every value on a line of its own. */
#include "base/json.h"

#include <string.h>

struct Json {
	GString *out;
	GString *open;  /* what ends each level: '}' or ']' */
	gboolean empty; /* nothing stands in the innermost level yet */
};

Json *json_start(void)
{
	Json *j = g_new0(Json, 1);

	j->out = g_string_new(NULL);
	j->open = g_string_new(NULL);
	j->empty = TRUE;
	return j;
}

char *json_finish(Json *j)
{
	char *text = g_string_free(j->out, FALSE);

	g_string_free(j->open, TRUE);
	g_free(j);
	return text;
}

static void new_line(Json *j)
{
	g_string_append_printf(j->out, "\n%*s", (int)j->open->len * 2, "");
}

static void write_string(GString *out, const char *text)
{
	static const char plain[] = "\"\\\b\f\n\r\t", escaped[] = "\"\\bfnrt";

	g_string_append_c(out, '"');
	for (; *text != '\0'; text++) {
		const char *special = strchr(plain, *text);
		if (special != NULL)
			g_string_append_printf(out, "\\%c", escaped[special - plain]);
		else if ((guchar)*text < 0x20 || *text == 0x7f)
			g_string_append_printf(out, "\\u%04x", (guint)*text);
		else
			g_string_append_c(out, *text);
	}
	g_string_append_c(out, '"');
}

static void start_value(Json *j, const char *key)
{
	if (!j->empty)
		g_string_append_c(j->out, ',');
	if (j->open->len > 0)
		new_line(j);
	j->empty = FALSE;
	if (key == NULL)
		return;
	write_string(j->out, key);
	g_string_append(j->out, " : ");
}

static void begin(Json *j, const char *key, const char *pair)
{
	start_value(j, key);
	g_string_append_c(j->out, pair[0]);
	g_string_append_c(j->open, pair[1]);
	j->empty = TRUE;
}

void json_object(Json *j, const char *key)
{
	begin(j, key, "{}");
}

void json_array(Json *j, const char *key)
{
	begin(j, key, "[]");
}

void json_end(Json *j)
{
	char end = j->open->str[j->open->len - 1];

	g_string_truncate(j->open, j->open->len - 1);
	if (!j->empty)
		new_line(j);
	g_string_append_c(j->out, end);
	j->empty = FALSE;
}

void json_string(Json *j, const char *key, const char *value)
{
	start_value(j, key);
	if (value != NULL)
		write_string(j->out, value);
	else
		g_string_append(j->out, "null");
}

void json_int(Json *j, const char *key, gint64 value)
{
	start_value(j, key);
	g_string_append_printf(j->out, "%" G_GINT64_FORMAT, value);
}

void json_bool(Json *j, const char *key, gboolean value)
{
	start_value(j, key);
	g_string_append(j->out, value ? "true" : "false");
}
