/* rotonde list: what there is, and its state. */
#include "base/text.h"
#include "commands/said.h"
#include "pipeline/pipeline.h"
#include "source/source.h"

#include <stdio.h>
#include <string.h>

static const char *const kinds[] = {"publication", "chapter",      "case",    "session", "reflection", "thread", "imprint",
                                    "person",      "organisation", "rotonde", "threads", "quotes",     "voices", NULL};

/* What somebody meant who writes the kind in Dutch, or nearly right; NULL: nobody knows. */
static const char *kind_meant(const char *word)
{
	static const char *const dutch[][2] = {
	    {"publicaties", "publication"}, {"hoofdstukken", "chapter"}, {"verhalen", "case"}, {"casussen", "case"}, {"sessies", "session"}, {"bijeenkomsten", "session"},
	    {"portretten", "reflection"}, {"persoon", "person"}, {"personen", "person"}, {"mensen", "person"}, {"organisaties", "organisation"}, {"organisatie", "organisation"},
	    {"draden", "threads"}, {"rode-draden", "threads"}, {"citaat", "quotes"}, {"citaten", "quotes"}, {"stemmen", "voices"},
	};
	const char *near = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(dutch) && near == NULL; i++)
		near = g_ascii_strcasecmp(dutch[i][0], word) == 0 ? dutch[i][1] : NULL;
	near = near != NULL ? near : text_closest(word, kinds);
	return near != NULL ? near : source_kind_meant(word);
}

static void write_consent(Json *j, const DocumentConsent *c)
{
	json_object(j, NULL);
	json_string(j, "status", c->status);
	json_string(j, "for", c->purposes);
	json_string(j, "by", c->by);
	json_string(j, "on", c->on);
	json_string(j, "until", c->until);
	json_string(j, "scope", c->scope);
	json_string(j, "form", c->form);
	json_int(j, "line", c->line);
	json_end(j);
}

void said_write_consents(Json *j, const GPtrArray *consents)
{
	json_array(j, "consents");
	for (guint k = 0; k < consents->len; k++)
		write_consent(j, consents->pdata[k]);
	json_end(j);
}

static void write_entry(Json *j, const DocumentEntry *e)
{
	json_object(j, NULL);
	json_string(j, "kind", e->kind);
	json_string(j, "id", e->id);
	json_string(j, "title", e->title);
	json_string(j, "date", e->date);
	json_string(j, "file", e->file);
	json_int(j, "line", e->line);
	json_string(j, "case", e->owner);
	json_string(j, "role", e->role);
	json_array(j, "used_in");
	for (char **id = e->used_in; id != NULL && *id != NULL; id++)
		json_string(j, NULL, *id);
	json_end(j);
	said_write_consents(j, e->consents);
	json_end(j);
}

static void print_json(const GPtrArray *entries)
{
	Json *j = json_start();

	json_array(j, NULL);
	for (guint i = 0; i < entries->len; i++)
		write_entry(j, entries->pdata[i]);
	json_end(j);
	command_print_json(j);
}

const char *said_word(const char *word)
{
	static const char *const words[] = {N_("publication"), N_("chapter"), N_("case"),    N_("session"), N_("reflection"),   N_("thread"),  N_("imprint"),
	                                    N_("person"),      N_("rotonde"), N_("organisation"), N_("text"), N_("quote"), N_("photo"), N_("name"),
	                                    N_("asked"),       N_("given"),   N_("refused"), N_("withdrawn"), N_("self"), NULL};

	return g_strv_contains(words, word) ? _(word) : word;
}

char *said_words(const char *list)
{
	g_auto(GStrv) words = g_strsplit(list, " ", -1);
	g_autoptr(GPtrArray) shown = g_ptr_array_new();

	for (char **word = words; *word != NULL; word++)
		if (**word != '\0')
			g_ptr_array_add(shown, (gpointer)said_word(*word));
	g_ptr_array_add(shown, NULL);
	return g_strjoinv(", ", (char **)shown->pdata);
}

/* Whether what was given for a purpose was taken back since, by who gave it. */
static gboolean is_taken_back(const GPtrArray *consents, const DocumentConsent *given, const char *purpose)
{
	for (guint i = 0; i < consents->len; i++) {
		const DocumentConsent *c = consents->pdata[i];
		gboolean no = g_strcmp0(c->status, "withdrawn") == 0 || g_strcmp0(c->status, "refused") == 0;
		if (c == given || !no || g_strcmp0(c->by, given->by) != 0 || c->purposes == NULL || g_strcmp0(c->on, given->on) < 0)
			continue;
		g_auto(GStrv) words = g_strsplit(c->purposes, " ", -1);
		if (g_strv_contains((const char *const *)words, purpose))
			return TRUE;
	}
	return FALSE;
}

/* The purposes of a consent that still hold, in the user's words. The caller's. */
static char *purposes_text(const GPtrArray *consents, const DocumentConsent *c)
{
	g_auto(GStrv) words = g_strsplit(c->purposes != NULL ? c->purposes : "?", " ", -1);
	g_autoptr(GString) kept = g_string_new(NULL);

	for (char **word = words; *word != NULL; word++)
		if (g_strcmp0(c->status, "given") != 0 || !is_taken_back(consents, c, *word))
			g_string_append_printf(kept, "%s ", *word);
	return said_words(kept->str);
}

/* "text, quote: given until 2035-12-31; photo: refused" in the user's words. */
static char *consent_text(const GPtrArray *consents)
{
	GString *s = g_string_new(NULL);

	for (guint i = 0; consents != NULL && i < consents->len; i++) {
		const DocumentConsent *c = consents->pdata[i];
		g_autofree char *purposes = purposes_text(consents, c);
		if (*purposes == '\0')
			continue;
		g_string_append_printf(s, "%s%s: %s", s->len > 0 ? "; " : "", purposes, said_word(c->status != NULL ? c->status : "?"));
		if (c->until != NULL)
			g_string_append_printf(s, _(" until %s"), c->until);
	}
	return g_string_free(s, FALSE);
}

enum { COLUMNS = 6 };

static char **entry_row(const DocumentEntry *e)
{
	char **row = g_new0(char *, COLUMNS + 1);
	g_autofree char *used = g_strjoinv(", ", e->used_in);
	g_autofree char *consents = consent_text(e->consents);

	row[0] = g_strdup(said_word(e->kind));
	row[1] = g_strdup(e->id != NULL ? e->id : "-");
	row[2] = g_strdup(e->date != NULL ? e->date : "");
	row[3] = command_shorten(e->title, 50);
	row[4] = g_strdup(*consents != '\0' ? consents : strcmp(e->kind, "person") == 0 ? _("nothing is known") : used);
	row[5] = g_strdup_printf("%s:%d", e->file, e->line);
	return row;
}

static void print_table(const GPtrArray *entries)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);

	for (guint i = 0; i < entries->len; i++)
		g_ptr_array_add(rows, entry_row(entries->pdata[i]));
	command_print_rows(rows);
}

int command_list(int argc, char **argv, const Command *self)
{
	gboolean ids = FALSE;
	g_autofree char *depend = NULL;
	int status;
	g_auto(SaidOptions) said = {0};
	const GOptionEntry own[] = {
	    {"ids", 0, 0, G_OPTION_ARG_NONE, &ids, N_("print nothing but the ids, one a line"), NULL},
	    {"depend", 0, 0, G_OPTION_ARG_STRING, &depend, N_("what a publication is made from, as a rule for make"), "ID"},
	    {"publication", 0, 0, G_OPTION_ARG_STRING, &said.publication, N_("threads, quotes, voices: of this publication"), "ID"},
	    {"case", 0, 0, G_OPTION_ARG_STRING, &said.cases, N_("of these cases"), "IDS"},
	    {"thread", 0, 0, G_OPTION_ARG_STRING, &said.threads, N_("quotes on these threads"), "IDS"},
	    {"rotonde", 0, 0, G_OPTION_ARG_STRING, &said.rotondes, N_("quotes about these rotondes"), "IDS"},
	    {"session", 0, 0, G_OPTION_ARG_STRING, &said.sessions, N_("quotes from these sessions"), "IDS"},
	    {"speaker", 0, 0, G_OPTION_ARG_STRING, &said.speakers, N_("quotes by these persons"), "IDS"},
	    {"role", 0, 0, G_OPTION_ARG_STRING, &said.roles, N_("quotes by persons with these roles"), N_("ROLES")},
	    {"kind", 0, 0, G_OPTION_ARG_STRING, &said.kind, N_("what helped, or what did not"), "helping|not-helping"},
	    {"by", 0, 0, G_OPTION_ARG_STRING, &said.by, N_("threads: what is counted by; without it case"), "case|kind|role"},
	    {"names", 0, 0, G_OPTION_ARG_FILENAME, &said.names, N_("the list of real names"), N_("FILE")},
	    {NULL, 0, 0, 0, NULL, NULL, NULL}};
	g_auto(CommandContext) c = {0};
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(Workspace) w = NULL;
	g_autoptr(GPtrArray) entries = NULL;

	if (!command_start(&c, argc, argv, self, own, &status))
		return status;
	if (g_strv_length(c.arguments) == 1 && !g_strv_contains(kinds, c.arguments[0]) && kind_meant(c.arguments[0]) != NULL)
		return command_usage_error(self, _("unknown kind '%s'; did you mean '%s'?"), c.arguments[0], kind_meant(c.arguments[0]));
	if (g_strv_length(c.arguments) > 1 || (c.arguments[0] != NULL && !g_strv_contains(kinds, c.arguments[0]))) {
		g_autofree char *known = g_strjoinv(", ", (char **)kinds);
		return command_usage_error(self, _("list takes one kind: %s"), known);
	}
	if (!command_find_workspace(&c))
		return EXIT_USAGE;
	diagnostics_set_root(d, c.root);
	w = workspace_load(c.root, d);
	if (depend != NULL)
		return depend_print(w, depend);
	if (c.arguments[0] != NULL && said_is_kind(c.arguments[0])) {
		status = said_list(&c, w, c.arguments[0], &said);
		g_autoptr(GPtrArray) none = g_ptr_array_new();
		pipeline_cover_rows(&(PipelineOptions){.root = c.root, .share = c.share, .names = said.names}, none, d); /* what is wrong with the list is told once */
		command_print_diagnostics(&c, d);
		return MAX(status, command_status(d));
	}
	if (said_is_asked(&said))
		return command_usage_error(self, _("these options belong to list threads, list quotes and list voices"));
	entries = document_list(w, c.arguments[0]);
	pipeline_cover_entries(&(PipelineOptions){.root = c.root, .share = c.share, .names = said.names}, entries, d);
	if (c.json)
		print_json(entries);
	else if (!ids)
		print_table(entries);
	for (guint i = 0; ids && !c.json && i < entries->len; i++)
		if (((const DocumentEntry *)entries->pdata[i])->id != NULL)
			puts(((const DocumentEntry *)entries->pdata[i])->id);
	if (!ids)
		command_print_diagnostics(&c, d);
	return command_status(d);
}
