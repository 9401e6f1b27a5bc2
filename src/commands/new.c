/* rotonde new: a file from a template, in the right folder, valid as it stands. Asks nothing, overwrites nothing. */
#include "base/file.h"
#include "base/text.h"
#include "commands/command.h"
#include "document/document.h"
#include "pipeline/pipeline.h"
#include "source/source.h"

#include <stdio.h>
#include <string.h>

typedef struct {
	CommandContext *c;
	const char *kind, *id;
	char *title, *date, *case_id, *folder; /* as asked; NULL: none. folder is relative to the workspace */
	Workspace *workspace;
	GPtrArray *made; /* paths relative to the workspace */
} NewFile;

/* Where a file of each kind stands; %s is its id, %d the date, %c the case, %f the folder asked for or found. A row may make a second file. */
static const struct {
	const char *kind, *path, *second_template, *second_path;
} places[] = {
    {"publication", "cases/%s/publication.md", "publication-chapter", "cases/%s/%s-1.md"},
    {"case", "cases/%s/case.md", NULL, NULL},
    {"session", "cases/%c/sessions/%d-%s.md", NULL, NULL},
    {"thread", "cases/threads/%s.md", NULL, NULL},
    {"chapter", "%f/%s.md", NULL, NULL},
    {"reflection", "%f/reflections/%s.md", NULL, NULL},
    {"imprint", "%f/%s.md", NULL, NULL},
};

/* A text that will be shown, without names of the list. */
static void cover(const NewFile *n, char **text)
{
	pipeline_cover_text(&(PipelineOptions){.root = n->c->root, .share = n->c->share}, text);
}

static char *list_ids(const Workspace *w, const char *kind, const char **only)
{
	g_autoptr(GStrvBuilder) ids = g_strv_builder_new();
	g_auto(GStrv) list = NULL;

	*only = NULL;
	for (guint i = 0; i < workspace_length(w); i++) {
		const DocumentFile *file = workspace_file(w, i);
		if (g_strcmp0(file->kind, kind) != 0 || file->id == NULL)
			continue;
		g_strv_builder_add(ids, file->id);
		*only = file->id;
	}
	list = g_strv_builder_end(ids);
	if (g_strv_length(list) != 1)
		*only = NULL;
	return g_strjoinv(", ", list);
}

/* The case of a new session: as asked, else the one whose folder the user stands in, else the only one. */
static gboolean find_case(NewFile *n)
{
	const char *only;
	g_autofree char *known = list_ids(n->workspace, "case", &only);
	cover(n, &known);
	g_autofree char *cases = g_build_filename(n->c->root, "cases", "", NULL);

	if (n->case_id != NULL) {
		const DocumentFile *file = workspace_lookup(n->workspace, n->case_id);
		if (file != NULL && g_strcmp0(file->kind, "case") == 0)
			return TRUE;
		if (*known != '\0')
			command_usage_error(n->c->command, _("there is no case '%s'; known here: %s"), n->case_id, known);
		else
			command_usage_error(n->c->command, _("there is no case yet; make it first: rotonde new case %s"), n->case_id);
		return FALSE;
	}
	if (g_str_has_prefix(n->c->directory, cases)) {
		g_auto(GStrv) parts = g_strsplit(n->c->directory + strlen(cases), "/", 2);
		const DocumentFile *file = parts[0] != NULL ? workspace_lookup(n->workspace, parts[0]) : NULL;
		if (file != NULL && g_strcmp0(file->kind, "case") == 0)
			only = file->id;
	}
	if (only == NULL)
		command_usage_error(n->c->command, _("say which case the session belongs to with --case; known here: %s"),
		                    *known != '\0' ? known : _("none yet"));
	n->case_id = g_strdup(only);
	return only != NULL;
}

/* The folder for kinds that may stand anywhere: as asked, else where the user stands below cases/, else that of the only publication. */
static gboolean find_folder(NewFile *n)
{
	const char *only;
	g_autofree char *known = list_ids(n->workspace, "publication", &only);
	cover(n, &known);
	g_autofree char *cases = g_build_filename(n->c->root, "cases", "", NULL);
	g_autofree char *asked = g_canonicalize_filename(n->folder != NULL ? n->folder : ".", n->c->directory);

	if (g_str_has_prefix(asked, cases)) {
		g_free(n->folder);
		n->folder = g_strdup(asked + strlen(n->c->root) + 1);
		return TRUE;
	}
	if (n->folder != NULL) {
		g_autofree char *meant = g_build_filename("cases", n->folder, NULL), *whole = g_build_filename(n->c->root, meant, NULL);
		if (g_file_test(whole, G_FILE_TEST_IS_DIR))
			command_usage_error(n->c->command, _("--in must name a folder below %s; did you mean '%s'?"), cases, meant);
		else
			command_usage_error(n->c->command, _("--in must name a folder below %s"), cases);
		return FALSE;
	}
	if (only == NULL) {
		command_usage_error(n->c->command, _("say where it belongs with --in FOLDER; publications here: %s"),
		                    *known != '\0' ? known : _("none yet"));
		return FALSE;
	}
	n->folder = g_path_get_dirname(workspace_lookup(n->workspace, only)->name);
	return TRUE;
}

static char *fill_path(const NewFile *n, const char *pattern)
{
	GString *path = g_string_new(NULL);

	for (const char *p = pattern; *p != '\0'; p++) {
		if (*p != '%') {
			g_string_append_c(path, *p);
			continue;
		}
		p++;
		g_string_append(path, *p == 's' ? n->id : *p == 'd' ? n->date : *p == 'c' ? n->case_id : n->folder);
	}
	return g_string_free(path, FALSE);
}

static gboolean load_template(const NewFile *n, const char *name, GString **text)
{
	const char *language = g_str_has_prefix(workspace_language(n->workspace), "en") ? "en" : "nl";
	g_autofree char *file = g_strconcat(name, ".md", NULL);
	g_autofree char *path = g_build_filename(n->c->share, "stylesheets", "templates", language, file, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = file_load(path, FILE_LIMIT, &error);

	if (bytes == NULL) {
		fprintf(stderr, _("rotonde: cannot read %s: %s\n"), path, error->message);
		return FALSE;
	}
	*text = g_string_new_len(g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes));
	return TRUE;
}

/* The young person and the parents of the case, else whoever comes first: a session has somebody in it. */
static char *participants(const NewFile *n)
{
	g_autoptr(GPtrArray) persons = document_list(n->workspace, "person");
	GString *family = g_string_new(NULL);
	g_autofree char *first = NULL;

	for (guint i = 0; i < persons->len; i++) {
		const DocumentEntry *e = persons->pdata[i];
		g_autofree char *row = NULL;
		if (n->case_id == NULL || g_strcmp0(e->owner, n->case_id) != 0 || e->id == NULL)
			continue;
		row = g_strdup_printf("    <participant ref=\"%s\"/>\n", e->id);
		if (first == NULL)
			first = g_strdup(row);
		if (g_strcmp0(e->role, "youth") == 0 || g_strcmp0(e->role, "parent") == 0)
			g_string_append(family, row);
	}
	if (family->len == 0 && first != NULL)
		g_string_append(family, first);
	return g_string_free(family, FALSE);
}

static int write_file(NewFile *n, const char *template, const char *pattern)
{
	g_autofree char *name = fill_path(n, pattern), *path = g_build_filename(n->c->root, name, NULL);
	g_autofree char *title = g_markup_escape_text(n->title, -1), *present = participants(n);
	g_autoptr(GError) error = NULL;
	GString *text;

	if (!load_template(n, template, &text))
		return EXIT_MACHINE;
	g_string_replace(text, "@PARTICIPANTS@\n", present, 0);
	g_string_replace(text, "@ID@", n->id, 0);
	g_string_replace(text, "@TITLE@", title, 0);
	g_string_replace(text, "@DATE@", n->date, 0);
	g_string_replace(text, "@CASE@", n->case_id != NULL ? n->case_id : "", 0);
	gboolean saved = file_save(path, text->str, text->len, &error);
	g_string_free(text, TRUE);
	if (!saved) {
		fprintf(stderr, _("rotonde: cannot write %s: %s\n"), path, error->message);
		return EXIT_MACHINE;
	}
	g_ptr_array_add(n->made, g_steal_pointer(&name));
	return EXIT_FINE;
}

static gboolean exists(const NewFile *n, const char *pattern)
{
	g_autofree char *name = fill_path(n, pattern), *path = g_build_filename(n->c->root, name, NULL);

	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return FALSE;
	command_usage_error(n->c->command, _("%s exists already and is left as it is"), name);
	return TRUE;
}

static gboolean is_good_id(const char *id)
{
	if (!g_ascii_islower(*id))
		return FALSE;
	for (; *id != '\0'; id++)
		if (!g_ascii_islower(*id) && !g_ascii_isdigit(*id) && *id != '-')
			return FALSE;
	return TRUE;
}

static char *title_of(const char *id)
{
	char *title = g_strdelimit(g_strdup(id), "-", ' ');

	*title = g_ascii_toupper(*title);
	return title;
}

static gboolean check_date(const NewFile *n)
{
	g_autofree char *stamp = g_strconcat(n->date, "T00:00:00Z", NULL);
	g_autoptr(GDateTime) parsed = strlen(n->date) == 10 ? g_date_time_new_from_iso8601(stamp, NULL) : NULL;

	if (parsed == NULL)
		command_usage_error(n->c->command, _("'%s' is no date; write it as 2025-03-14"), n->date);
	return parsed != NULL;
}

static gboolean check_id(const NewFile *n)
{
	const DocumentFile *other = workspace_lookup(n->workspace, n->id);
	g_autofree char *slug = text_slug(n->id);

	if (!is_good_id(n->id)) {
		command_usage_error(n->c->command, _("an id has small letters, digits and hyphens and begins with a letter: '%s' could be '%s'"),
		                    n->id, slug);
		return FALSE;
	}
	if (other != NULL) {
		g_autofree char *name = g_strdup(other->name);
		cover(n, &name);
		command_usage_error(n->c->command, _("the id '%s' is in use in %s"), n->id, name);
	}
	return other == NULL;
}

/* A real name must not get into a file's name or its head: from there it gets into git, and never out of it. */
static gboolean check_names(const NewFile *n)
{
	g_autofree char *asked = g_strdup_printf("%s\n\n%s", n->id, n->title), *covered = g_strdup(asked);

	cover(n, &covered);
	if (*covered == '\0' || strcmp(asked, covered) == 0) /* nothing at all: the list is not in order, which is for others to say */
		return TRUE;
	command_usage_error(n->c->command, _("the id or the title has a real name of the list in it; use the pseudonym"));
	return FALSE;
}

static int make(NewFile *n)
{
	guint row = 0;
	int status;

	while (row < G_N_ELEMENTS(places) && strcmp(places[row].kind, n->kind) != 0)
		row++;
	if (row == G_N_ELEMENTS(places) && source_kind_meant(n->kind) != NULL)
		return command_usage_error(n->c->command, _("unknown kind '%s'; did you mean '%s'?"), n->kind, source_kind_meant(n->kind));
	if (row == G_N_ELEMENTS(places))
		return command_usage_error(n->c->command, _("unknown kind '%s'; known: publication, chapter, case, session, reflection, thread, imprint"),
		                           n->kind);
	if (!check_names(n) || !check_id(n) || !check_date(n))
		return EXIT_USAGE;
	if (strstr(places[row].path, "%c") != NULL && !find_case(n))
		return EXIT_USAGE;
	if (strstr(places[row].path, "%f") != NULL && !find_folder(n))
		return EXIT_USAGE;
	if (strstr(places[row].path, "/reflections/") != NULL && g_str_has_suffix(n->folder, "/reflections"))
		n->folder[strlen(n->folder) - strlen("/reflections")] = '\0';
	if (exists(n, places[row].path) || (places[row].second_path != NULL && exists(n, places[row].second_path)))
		return EXIT_USAGE;
	status = write_file(n, n->kind, places[row].path);
	if (status == EXIT_FINE && places[row].second_path != NULL)
		status = write_file(n, places[row].second_template, places[row].second_path);
	return status;
}

int command_new(int argc, char **argv, const Command *self)
{
	g_autofree char *case_id = NULL, *date = NULL, *folder = NULL, *title = NULL;
	g_auto(CommandContext) c = {0};
	g_autoptr(Diagnostics) ignored = diagnostics_new(); /* what is wrong in other files is no business of a new one */
	g_autoptr(GPtrArray) made = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(Workspace) workspace = NULL;
	int status;
	const GOptionEntry own[] = {{"case", 0, 0, G_OPTION_ARG_STRING, &case_id, N_("the case a session belongs to"), "ID"},
	                            {"date", 0, 0, G_OPTION_ARG_STRING, &date, N_("date, as 2025-03-14; without it today"), N_("DATE")},
	                            {"title", 0, 0, G_OPTION_ARG_STRING, &title, N_("title; without it made from the id"), N_("TEXT")},
	                            {"in", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("folder below cases/ for a chapter, reflection or imprint"), N_("DIR")},
	                            {NULL, 0, 0, 0, NULL, NULL, NULL}};

	if (!command_start(&c, argc, argv, self, own, &status))
		return status;
	if (g_strv_length(c.arguments) != 2)
		return command_usage_error(self, _("new takes a kind and an id"));
	if (!command_find_workspace(&c))
		return EXIT_USAGE;
	workspace = workspace_load(c.root, ignored);
	NewFile n = {.c = &c,
	             .kind = c.arguments[0],
	             .id = c.arguments[1],
	             .title = title != NULL ? g_steal_pointer(&title) : title_of(c.arguments[1]),
	             .date = date != NULL ? g_steal_pointer(&date) : g_strdup(c.today),
	             .case_id = g_steal_pointer(&case_id),
	             .folder = g_steal_pointer(&folder),
	             .workspace = workspace,
	             .made = made};
	status = make(&n);
	for (guint i = 0; i < made->len; i++) {
		g_autofree char *shown = command_show_path(&c, made->pdata[i]);
		printf(_("%s made\n"), shown);
	}
	g_free(n.title);
	g_free(n.date);
	g_free(n.case_id);
	g_free(n.folder);
	return status;
}
