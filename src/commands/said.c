/* rotonde list threads, quotes and voices: what was said, in rows and as JSON.
 *
 * JSON, as the manual page has it:
 *   quotes   [{case speaker label role session codes[] words text file line}]
 *   threads  {by columns[{id kind title}] rows[{id kind title quotes words cells[{quotes words}]}] total{quotes words cells[]}}
 *   voices   [{publication columns rows total}], columns and rows as above */
#include "commands/said.h"
#include "pipeline/pipeline.h"

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
	g_free(o->names);
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
		pipeline_cover_text(&(PipelineOptions){.root = c->root, .share = c->share}, &listed);
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

static void write_count(Json *j, const DocumentCount *count)
{
	json_int(j, "quotes", count->quotes);
	json_int(j, "words", count->words);
}

static void write_row(Json *j, const char *key, const DocumentOverview *o, const DocumentRow *row)
{
	json_object(j, key);
	json_string(j, "id", row->id);
	json_string(j, "kind", row->kind);
	json_string(j, "title", *row->title != '\0' ? row->title : NULL);
	if (row->cells != NULL) {
		write_count(j, &row->all);
		json_array(j, "cells");
		for (guint k = 0; k < o->columns->len; k++) {
			json_object(j, NULL);
			write_count(j, &row->cells[k]);
			json_end(j);
		}
		json_end(j);
	}
	json_end(j);
}

static void write_rows(Json *j, const char *key, const DocumentOverview *o, const GPtrArray *rows)
{
	json_array(j, key);
	for (guint i = 0; i < rows->len; i++)
		write_row(j, NULL, o, rows->pdata[i]);
	json_end(j);
}

/* about: what it is of, under that name. */
static void write_overview(Json *j, const DocumentOverview *o, const char *name, const char *about)
{
	json_object(j, NULL);
	write_rows(j, "columns", o, o->columns);
	write_rows(j, "rows", o, o->rows);
	write_row(j, "total", o, o->total);
	json_string(j, name, about);
	json_end(j);
}

/* ---- the three ---- */

static DocumentSelection selection_of(const SaidOptions *o)
{
	return (DocumentSelection){o->cases, o->threads, o->rotondes, o->speakers, o->sessions, o->roles, o->kind};
}

static void write_quote(Json *j, const DocumentQuote *q)
{
	json_object(j, NULL);
	json_string(j, "case", q->owner);
	json_string(j, "speaker", q->speaker);
	json_string(j, "label", q->label);
	json_string(j, "role", q->role);
	json_string(j, "session", q->session);
	json_array(j, "codes");
	for (char **code = q->codes; *code != NULL; code++)
		json_string(j, NULL, *code);
	json_end(j);
	json_int(j, "words", q->words);
	json_string(j, "text", q->text);
	json_string(j, "file", q->file);
	json_int(j, "line", q->line);
	json_end(j);
}

static void print_quotes_json(const GPtrArray *quotes)
{
	Json *j = json_start();

	json_array(j, NULL);
	for (guint i = 0; i < quotes->len; i++)
		write_quote(j, quotes->pdata[i]);
	json_end(j);
	command_print_json(j);
}

static void print_quotes(const GPtrArray *quotes)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);

	for (guint i = 0; i < quotes->len; i++) {
		const DocumentQuote *q = quotes->pdata[i];
		char **row = g_new0(char *, 6);
		row[0] = g_strdup(q->owner);
		row[1] = g_strdup(q->label != NULL ? q->label : q->speaker);
		row[2] = command_shorten(q->text, 50);
		row[3] = g_strjoinv(" ", q->codes);
		row[4] = g_strdup_printf("%s:%d", q->file, q->line);
		g_ptr_array_add(rows, row);
	}
	command_print_rows(rows);
}

static void cover_overview(const CommandContext *c, const SaidOptions *said, DocumentOverview *o)
{
	const PipelineOptions options = {.root = c->root, .share = c->share, .names = said->names};
	g_autoptr(Diagnostics) unheard = diagnostics_new();

	pipeline_cover_rows(&options, o->columns, unheard);
	pipeline_cover_rows(&options, o->rows, unheard);
}

static guint list_quotes(CommandContext *c, const Workspace *w, const DocumentFile *publication, const SaidOptions *o)
{
	DocumentSelection s = selection_of(o);
	g_autoptr(GPtrArray) quotes = document_quotes(w, publication, &s);
	const PipelineOptions options = {.root = c->root, .share = c->share, .names = o->names};
	g_autoptr(Diagnostics) unheard = diagnostics_new(); /* check tells what is wrong with the list */

	pipeline_cover_quotes(&options, quotes, unheard);
	if (c->json)
		print_quotes_json(quotes);
	else
		print_quotes(quotes);
	return quotes->len;
}

static guint list_threads(CommandContext *c, const Workspace *w, const DocumentFile *publication, const SaidOptions *o)
{
	DocumentSelection s = selection_of(o);
	const char *by = o->by != NULL ? o->by : "case";
	g_autoptr(DocumentOverview) threads = document_threads(w, publication, &s, by);
	cover_overview(c, o, threads);

	if (c->json) {
		Json *j = json_start();
		write_overview(j, threads, "by", by);
		command_print_json(j);
	} else if (threads->rows->len > 0) {
		print_overview(threads, _("red thread"), FALSE);
	}
	return threads->total->all.quotes;
}

static guint list_voices(CommandContext *c, const Workspace *w, const DocumentFile *only, const SaidOptions *o)
{
	DocumentSelection s = selection_of(o);
	Json *j = json_start();
	guint quotes = 0;

	json_array(j, NULL);
	for (guint i = 0; i < workspace_length(w); i++) {
		const DocumentFile *file = workspace_file(w, i);
		if (g_strcmp0(file->kind, "publication") != 0 || (only != NULL && file != only))
			continue;
		g_autoptr(DocumentOverview) voices = document_voices(w, file, &s);
		if (voices == NULL || voices->total->all.quotes == 0)
			continue;
		cover_overview(c, o, voices);
		write_overview(j, voices, "publication", file->id);
		if (!c->json && quotes > 0)
			putchar('\n');
		if (!c->json)
			print_overview(voices, file->id, TRUE);
		quotes += voices->total->all.quotes;
	}
	json_end(j);
	if (c->json)
		command_print_json(j);
	else
		g_free(json_finish(j));
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
	const DocumentFile *publication;
	guint quotes;

	if (strcmp(kind, "voices") == 0 && (o->threads || o->rotondes || o->sessions || o->speakers || o->roles || o->kind))
		return command_usage_error(c->command, _("list voices takes --publication and --case, and no other choice"));
	if (strcmp(kind, "threads") != 0 && o->by != NULL)
		return command_usage_error(c->command, _("--by belongs to list threads"));
	if (!check_ids(c, w, o))
		return EXIT_USAGE;
	publication = o->publication != NULL ? workspace_lookup(w, o->publication) : NULL;
	if (strcmp(kind, "voices") == 0)
		quotes = list_voices(c, w, publication, o);
	else
		quotes = strcmp(kind, "quotes") == 0 ? list_quotes(c, w, publication, o) : list_threads(c, w, publication, o);
	if (quotes == 0) {
		g_autofree char *asked = asked_text(o);
		fprintf(stderr, _("rotonde: warning: no quotes found %s\n"), *asked != '\0' ? asked : _("in this workspace"));
	}
	return EXIT_FINE;
}
