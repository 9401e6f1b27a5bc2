/* rotonde list threads, quotes and voices: what was said, in rows and as JSON.
 *
 * JSON, as the manual page has it:
 *   quotes   [{case speaker label role session codes[] words text file line}]
 *   threads  {by columns[{id kind title}] rows[{id kind title quotes words cells[{quotes words}]}] total{quotes words cells[]}}
 *   voices   [{publication columns rows total}], columns and rows as above */
#include "commands/said.h"

#include <stdio.h>
#include <string.h>

void said_options_clear(SaidOptions *o)
{
	g_free(o->publication);
	g_free(o->cases);
	g_free(o->threads);
	g_free(o->rotondes);
	g_free(o->sessions);
	g_free(o->speakers);
	g_free(o->roles);
	g_free(o->kind);
	g_free(o->by);
}

gboolean said_is_kind(const char *kind)
{
	static const char *const kinds[] = {"threads", "quotes", "voices", NULL};

	return g_strv_contains(kinds, kind);
}

gboolean said_is_asked(const SaidOptions *o)
{
	return o->publication != NULL || o->cases != NULL || o->threads != NULL || o->rotondes != NULL || o->sessions != NULL ||
	       o->speakers != NULL || o->roles != NULL || o->kind != NULL || o->by != NULL;
}

/* ---- what is asked for must exist ---- */

static char *known_ids(const Workspace *w, const char *kind)
{
	g_autoptr(GPtrArray) entries = document_list(w, kind);
	g_autoptr(GStrvBuilder) ids = g_strv_builder_new();
	g_auto(GStrv) list = NULL;

	for (guint i = 0; i < entries->len; i++)
		if (((const DocumentEntry *)entries->pdata[i])->id != NULL)
			g_strv_builder_add(ids, ((const DocumentEntry *)entries->pdata[i])->id);
	list = g_strv_builder_end(ids);
	return g_strjoinv(" ", list);
}

/* Every word of *asked stands in known; commas in it become spaces. */
static gboolean check_words(const CommandContext *c, const char *option, char *asked, const char *known)
{
	g_auto(GStrv) words = asked != NULL ? g_strsplit(g_strdelimit(asked, ",", ' '), " ", -1) : NULL;
	g_auto(GStrv) all = g_strsplit(known, " ", -1);

	for (char **word = words; word != NULL && *word != NULL; word++) {
		if (**word == '\0' || g_strv_contains((const char *const *)all, *word))
			continue;
		g_autofree char *listed = g_strjoinv(", ", all);
		command_usage_error(c->command, _("%s: '%s' is not known; known are: %s"), option, *word, *listed != '\0' ? listed : _("none yet"));
		return FALSE;
	}
	return TRUE;
}

static gboolean check_ids(const CommandContext *c, const Workspace *w, const SaidOptions *o)
{
	const struct {
		const char *option, *kind;
		char *asked;
	} rows[] = {{"--publication", "publication", o->publication}, {"--case", "case", o->cases},          {"--thread", "thread", o->threads},
	            {"--rotonde", "rotonde", o->rotondes},             {"--session", "session", o->sessions}, {"--speaker", "person", o->speakers}};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *known = rows[i].asked != NULL ? known_ids(w, rows[i].kind) : NULL;
		if (known != NULL && !check_words(c, rows[i].option, rows[i].asked, known))
			return FALSE;
	}
	return check_words(c, "--role", o->roles, "youth parent guardian sibling relative professional researcher") &&
	       check_words(c, "--kind", o->kind, "helping not-helping") && check_words(c, "--by", o->by, "case kind role");
}

/* ---- words ---- */

static const char *column_word(const DocumentRow *column)
{
	static const struct {
		const char *kind, *word;
	} words[] = {{"helping", N_("helping")}, {"not-helping", N_("not helping")}, {"neither", N_("neither")},
	             {"youth", N_("youth")},     {"parents", N_("parents")},         {"family", N_("family")},
	             {"professionals", N_("professionals")}, {"researchers", N_("researchers")}};

	for (gsize i = 0; column->kind != NULL && i < G_N_ELEMENTS(words); i++)
		if (strcmp(words[i].kind, column->kind) == 0)
			return _(words[i].word);
	return column->id != NULL ? column->id : "";
}

static char *count_text(const DocumentCount *count, gboolean words)
{
	if (count->quotes == 0)
		return g_strdup("-");
	return words ? g_strdup_printf("%u (%u)", count->quotes, count->words) : g_strdup_printf("%u", count->quotes);
}

/* A row's name, and what stands in its columns and in all. */
static char **overview_row(const DocumentOverview *o, const DocumentRow *row, const char *name, gboolean words)
{
	GStrvBuilder *cells = g_strv_builder_new();
	char **out;

	g_strv_builder_add(cells, name);
	for (guint k = 0; k < o->columns->len; k++) {
		g_autofree char *text = row != NULL ? count_text(&row->cells[k], words) : g_strdup(column_word(o->columns->pdata[k]));
		g_strv_builder_add(cells, text);
	}
	g_autofree char *all = row != NULL ? count_text(&row->all, words) : g_strdup(_("in all"));
	g_strv_builder_add(cells, all);
	out = g_strv_builder_end(cells);
	g_strv_builder_unref(cells);
	return out;
}

static void print_overview(const DocumentOverview *o, const char *heading, gboolean words)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);

	g_ptr_array_add(rows, overview_row(o, NULL, heading, words));
	for (guint i = 0; i < o->rows->len; i++) {
		const DocumentRow *r = o->rows->pdata[i];
		g_autofree char *name = command_shorten(*r->title != '\0' ? r->title : r->id != NULL ? r->id : _("opening"), 40);
		g_ptr_array_add(rows, overview_row(o, r, name, words));
	}
	g_ptr_array_add(rows, overview_row(o, o->total, _("in all"), words));
	command_print_rows(rows);
}

/* ---- JSON ---- */

static JsonObject *add_count(JsonObject *out, const DocumentCount *count)
{
	json_object_set_int_member(out, "quotes", count->quotes);
	json_object_set_int_member(out, "words", count->words);
	return out;
}

static JsonObject *row_object(const DocumentOverview *o, const DocumentRow *row)
{
	JsonObject *out = json_object_new();
	JsonArray *cells;

	command_json_string(out, "id", row->id);
	command_json_string(out, "kind", row->kind);
	command_json_string(out, "title", *row->title != '\0' ? row->title : NULL);
	if (row->cells == NULL)
		return out;
	add_count(out, &row->all);
	cells = json_array_new();
	for (guint k = 0; k < o->columns->len; k++)
		json_array_add_object_element(cells, add_count(json_object_new(), &row->cells[k]));
	json_object_set_array_member(out, "cells", cells);
	return out;
}

static JsonArray *row_array(const DocumentOverview *o, const GPtrArray *rows)
{
	JsonArray *out = json_array_new();

	for (guint i = 0; i < rows->len; i++)
		json_array_add_object_element(out, row_object(o, rows->pdata[i]));
	return out;
}

static JsonObject *overview_object(const DocumentOverview *o)
{
	JsonObject *out = json_object_new();

	json_object_set_array_member(out, "columns", row_array(o, o->columns));
	json_object_set_array_member(out, "rows", row_array(o, o->rows));
	json_object_set_object_member(out, "total", row_object(o, o->total));
	return out;
}

static void print_node(JsonNode *node)
{
	g_autofree char *text = json_to_string(node, TRUE);

	puts(text);
	json_node_unref(node);
}

static JsonNode *array_node(JsonArray *array)
{
	JsonNode *node = json_node_new(JSON_NODE_ARRAY);

	json_node_take_array(node, array);
	return node;
}

/* ---- the three ---- */

static DocumentSelection selection_of(const SaidOptions *o)
{
	return (DocumentSelection){o->cases, o->threads, o->rotondes, o->speakers, o->sessions, o->roles, o->kind};
}

static JsonObject *quote_object(const DocumentQuote *q)
{
	JsonObject *out = json_object_new();
	JsonArray *codes = json_array_new();

	command_json_string(out, "case", q->owner);
	command_json_string(out, "speaker", q->speaker);
	command_json_string(out, "label", q->label);
	command_json_string(out, "role", q->role);
	command_json_string(out, "session", q->session);
	for (char **code = q->codes; *code != NULL; code++)
		json_array_add_string_element(codes, *code);
	json_object_set_array_member(out, "codes", codes);
	json_object_set_int_member(out, "words", q->words);
	command_json_string(out, "text", q->text);
	command_json_string(out, "file", q->file);
	json_object_set_int_member(out, "line", q->line);
	return out;
}

static guint list_quotes(CommandContext *c, const Workspace *w, const DocumentFile *publication, const DocumentSelection *s)
{
	g_autoptr(GPtrArray) quotes = document_quotes(w, publication, s);
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	JsonArray *list = json_array_new();

	for (guint i = 0; i < quotes->len; i++) {
		const DocumentQuote *q = quotes->pdata[i];
		g_autofree char *text = command_shorten(q->text, 50), *codes = g_strjoinv(" ", q->codes);
		g_autofree char *place = g_strdup_printf("%s:%d", q->file, q->line);
		char **row = g_new0(char *, 6);
		row[0] = g_strdup(q->owner);
		row[1] = g_strdup(q->label != NULL ? q->label : q->speaker);
		row[2] = g_steal_pointer(&text);
		row[3] = g_steal_pointer(&codes);
		row[4] = g_steal_pointer(&place);
		g_ptr_array_add(rows, row);
		json_array_add_object_element(list, quote_object(q));
	}
	if (c->json)
		print_node(array_node(list));
	else {
		command_print_rows(rows);
		json_array_unref(list);
	}
	return quotes->len;
}

static guint list_threads(CommandContext *c, const Workspace *w, const DocumentFile *publication, const SaidOptions *o)
{
	DocumentSelection s = selection_of(o);
	const char *by = o->by != NULL ? o->by : "case";
	g_autoptr(DocumentOverview) threads = document_threads(w, publication, &s, by);

	if (c->json) {
		JsonObject *object = overview_object(threads);
		JsonNode *node = json_node_new(JSON_NODE_OBJECT);
		json_object_set_string_member(object, "by", by);
		json_node_take_object(node, object);
		print_node(node);
	} else if (threads->rows->len > 0) {
		print_overview(threads, _("red thread"), FALSE);
	}
	return threads->total->all.quotes;
}

static guint list_voices(CommandContext *c, const Workspace *w, const DocumentFile *only, const DocumentSelection *s)
{
	JsonArray *list = json_array_new();
	guint quotes = 0;

	for (guint i = 0; i < workspace_length(w); i++) {
		const DocumentFile *file = workspace_file(w, i);
		if (g_strcmp0(file->kind, "publication") != 0 || (only != NULL && file != only))
			continue;
		g_autoptr(DocumentOverview) voices = document_voices(w, file, s);
		if (voices == NULL || voices->total->all.quotes == 0)
			continue;
		JsonObject *object = overview_object(voices);
		json_object_set_string_member(object, "publication", file->id);
		json_array_add_object_element(list, object);
		if (!c->json && quotes > 0)
			putchar('\n');
		if (!c->json)
			print_overview(voices, file->id, TRUE);
		quotes += voices->total->all.quotes;
	}
	if (c->json)
		print_node(array_node(list));
	else
		json_array_unref(list);
	return quotes;
}

/* What was looked for, as it was asked. */
static char *asked_text(const SaidOptions *o)
{
	const struct {
		const char *option, *asked;
	} rows[] = {{"--publication", o->publication}, {"--case", o->cases},       {"--thread", o->threads}, {"--rotonde", o->rotondes},
	            {"--session", o->sessions},        {"--speaker", o->speakers}, {"--role", o->roles},     {"--kind", o->kind}};
	GString *out = g_string_new(NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].asked != NULL)
			g_string_append_printf(out, "%s%s %s", out->len > 0 ? " " : "", rows[i].option, rows[i].asked);
	return g_string_free(out, FALSE);
}

int said_list(CommandContext *c, const Workspace *w, const char *kind, SaidOptions *o)
{
	DocumentSelection s;
	const DocumentFile *publication;
	guint quotes;

	if (strcmp(kind, "voices") == 0 && (o->threads || o->rotondes || o->sessions || o->speakers || o->roles || o->kind))
		return command_usage_error(c->command, _("list voices takes --publication and --case, and no other choice"));
	if (strcmp(kind, "threads") != 0 && o->by != NULL)
		return command_usage_error(c->command, _("--by belongs to list threads"));
	if (!check_ids(c, w, o))
		return EXIT_USAGE;
	s = selection_of(o);
	publication = o->publication != NULL ? workspace_lookup(w, o->publication) : NULL;
	if (strcmp(kind, "voices") == 0)
		quotes = list_voices(c, w, publication, &s);
	else
		quotes = strcmp(kind, "quotes") == 0 ? list_quotes(c, w, publication, &s) : list_threads(c, w, publication, o);
	if (quotes == 0) {
		g_autofree char *asked = asked_text(o);
		fprintf(stderr, _("rotonde: warning: no quotes found %s\n"), *asked != '\0' ? asked : _("in this workspace"));
	}
	return EXIT_FINE;
}
