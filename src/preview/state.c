/* What the browser is told, as JSON. */
#include "preview/state.h"

#include <string.h>

char *state_page_look(const Target *t, guint page)
{
	return t->looks != NULL ? g_strdup(t->looks[page - 1]) : g_strdup_printf("%s-%u", t->digests[VIEW_PDF], page);
}

static char *editor_link(const PreviewOptions *options, JsonObject *diagnostic)
{
	g_autofree char *path = g_build_filename(options->root, json_object_get_string_member_with_default(diagnostic, "file", ""), NULL);
	g_autofree char *escaped = g_uri_escape_string(path, "/", FALSE);
	GString *link = g_string_new(options->editor);

	g_string_replace(link, "%f", escaped, 0);
	for (int i = 0; i < 2; i++) {
		g_autofree char *number =
		    g_strdup_printf("%" G_GINT64_FORMAT, MAX(1, json_object_get_int_member_with_default(diagnostic, i == 0 ? "line" : "column", 1)));
		g_string_replace(link, i == 0 ? "%l" : "%c", number, 0);
	}
	return g_string_free(link, FALSE);
}

static void add_diagnostics(const PreviewOptions *options, JsonBuilder *b, JsonArray *diagnostics)
{
	for (guint i = 0; i < json_array_get_length(diagnostics); i++) {
		JsonNode *copy = json_node_copy(json_array_get_element(diagnostics, i));
		JsonObject *o = json_node_get_object(copy);
		if (json_object_get_string_member_with_default(o, "file", NULL) != NULL && *options->editor != '\0') {
			g_autofree char *link = editor_link(options, o);
			json_object_set_string_member(o, "link", link);
		}
		json_builder_add_value(b, copy);
	}
}

static void add_string(JsonBuilder *b, const char *name, const char *value)
{
	json_builder_set_member_name(b, name);
	if (value != NULL)
		json_builder_add_string_value(b, value);
	else
		json_builder_add_null_value(b);
}

static void add_number(JsonBuilder *b, const char *name, gint64 value)
{
	json_builder_set_member_name(b, name);
	json_builder_add_int_value(b, value);
}

static void add_truth(JsonBuilder *b, const char *name, gboolean value)
{
	json_builder_set_member_name(b, name);
	json_builder_add_boolean_value(b, value);
}

static void add_target(JsonBuilder *b, const Target *t)
{
	add_string(b, "id", t->id);
	add_string(b, "profile", t->profile);
	for (View view = 0; view < VIEWS; view++)
		add_string(b, view_name(view), t->digests[view]);
	json_builder_set_member_name(b, "pages");
	json_builder_begin_array(b);
	for (guint i = 1; t->views[VIEW_PDF] != NULL && i <= t->pages; i++) {
		g_autofree char *look = state_page_look(t, i);
		json_builder_add_string_value(b, look);
	}
	json_builder_end_array(b);
	add_number(b, "errors", t->errors);
	add_number(b, "warnings", t->warnings);
	add_number(b, "milliseconds", (gint64)(t->seconds * 1000));
	add_truth(b, "building", t->building || t->stale);
	add_truth(b, "old", t->old);
	add_string(b, "failure", t->failure);
	json_builder_set_member_name(b, "diagnostics");
	json_builder_begin_array(b);
	if (t->diagnostics != NULL && t->failure == NULL)
		add_diagnostics(t->options, b, json_node_get_array(t->diagnostics));
	json_builder_end_array(b);
}

GBytes *state_json(guint serial, JsonNode *publications, const Target *t)
{
	g_autoptr(JsonBuilder) b = json_builder_new();
	g_autoptr(JsonNode) root = NULL;
	char *text;

	json_builder_begin_object(b);
	add_number(b, "serial", serial);
	json_builder_set_member_name(b, "publications");
	if (publications != NULL)
		json_builder_add_value(b, json_node_copy(publications));
	else
		json_builder_add_null_value(b);
	if (t != NULL)
		add_target(b, t);
	json_builder_end_object(b);
	root = json_builder_get_root(b);
	text = json_to_string(root, FALSE);
	return g_bytes_new_take(text, strlen(text));
}
