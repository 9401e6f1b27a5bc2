/* Exchange with programs for qualitative analysis: a project becomes sessions of a case. */
#include "pipeline/internal.h"

#include "base/file.h"
#include "base/text.h"
#include "exchange/exchange.h"
#include "source/source.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
	Run *run;
	const ImportOptions *import;
	GPtrArray *entries; /* DocumentEntry: everything */
	GArray *codes;      /* ExchangeCode */
	GArray *persons;    /* ExchangePerson */
	Diagnostics *d;
} Import;

/* A file still to be written. */
typedef struct {
	char *name; /* relative to the root */
	GString *text;
} Draft;

static void draft_free(gpointer data)
{
	Draft *draft = data;

	g_free(draft->name);
	g_string_free(draft->text, TRUE);
	g_free(draft);
}

/* The codes that a session of this case may have, and the persons who may speak in it. */
static void collect_known(Import *i)
{
	static const ExchangeCode helping[] = {{"helpend", "code", NULL}, {"niet-helpend", "code", NULL}};

	g_array_append_vals(i->codes, helping, G_N_ELEMENTS(helping));
	for (guint k = 0; k < i->entries->len; k++) {
		const DocumentEntry *e = i->entries->pdata[k];
		gboolean ours = g_strcmp0(e->owner, i->import->case_id) == 0;
		if (e->id == NULL)
			continue;
		if (strcmp(e->kind, "thread") == 0 || (strcmp(e->kind, "rotonde") == 0 && ours)) {
			const ExchangeCode code = {e->id, e->kind, e->title};
			g_array_append_val(i->codes, code);
		} else if (strcmp(e->kind, "person") == 0 && ours && *e->title != '\0') {
			const ExchangePerson person = {e->id, e->title};
			g_array_append_val(i->persons, person);
		}
	}
}

static void append_element(GString *out, const char *name, const char *text)
{
	g_autofree char *escaped = g_markup_escape_text(text, -1);

	g_string_append_printf(out, "  <%s>%s</%s>\n", name, escaped, name);
}

/* Those who speak; when that is nobody, the youth and parents, else whoever comes first: a session has somebody in it. */
static void append_participants(const Import *i, GString *out, char **speakers)
{
	gsize start;

	g_string_append(out, "  <participants>\n");
	start = out->len;
	for (; *speakers != NULL; speakers++)
		g_string_append_printf(out, "    <participant ref=\"%s\"/>\n", *speakers);
	for (guint k = 0; out->len == start && k < i->entries->len; k++) {
		const DocumentEntry *e = i->entries->pdata[k];
		if (strcmp(e->kind, "person") == 0 && g_strcmp0(e->owner, i->import->case_id) == 0 && e->id != NULL)
			g_string_append_printf(out, "    <participant ref=\"%s\"/>\n", e->id);
	}
	g_string_append(out, "  </participants>\n");
}

/* The id without the case and the date that stand in the path already; the case when nothing else is left. */
static const char *file_stem(const char *id, const char *case_id, const char *date)
{
	const char *rest = id;

	if (g_str_has_prefix(rest, case_id) && rest[strlen(case_id)] == '-')
		rest += strlen(case_id) + 1;
	if (g_str_has_prefix(rest, date))
		rest += strlen(date) + (rest[strlen(date)] == '-');
	return *rest != '\0' ? rest : case_id;
}

static Draft *draft_new(const Import *i, const DocumentFile *about, const ExchangeSession *s)
{
	const char *date = s->date != NULL ? s->date : i->import->date != NULL ? i->import->date : i->run->options->today;
	const char *kind = s->kind != NULL ? s->kind : i->import->kind != NULL ? i->import->kind : "family-interview";
	g_autofree char *folder = g_path_get_dirname(about->name);
	Draft *draft = g_new0(Draft, 1);
	Position at = {.file = i->import->package};

	if (s->date == NULL && i->import->date == NULL)
		diagnose(i->d, MSG_LOST_DATE, &at, s->title, date);
	draft->name = g_strdup_printf("%s/sessions/%s-%s.md", folder, date, file_stem(s->id, i->import->case_id, date));
	draft->text = g_string_new(NULL);
	g_string_append_printf(draft->text, "<session id=\"%s\" case=\"%s\" date=\"%s\" kind=\"%s\">\n", s->id, i->import->case_id, date, kind);
	append_element(draft->text, "title", s->title);
	append_participants(i, draft->text, s->speakers);
	g_string_append(draft->text, "</session>\n\n");
	g_string_append(draft->text, s->body);
	return draft;
}

/* What is there already stays as it is. */
static gboolean is_here(Import *i, const Draft *draft, const char *id, GHashTable *names)
{
	g_autofree char *path = g_build_filename(i->run->options->root, draft->name, NULL);
	const DocumentFile *other = workspace_lookup(i->run->workspace, id);
	Position at = {.file = i->import->package};

	if (other == NULL && !g_file_test(path, G_FILE_TEST_EXISTS) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK) &&
	    g_hash_table_add(names, g_strdup(id)))
		return FALSE;
	diagnose(i->d, MSG_IMPORT_EXISTS, &at, id, other != NULL ? other->name : draft->name);
	return TRUE;
}

/* As the schema says. */
static gboolean check_draft(Import *i, const Draft *draft)
{
	g_autoptr(GBytes) bytes = g_bytes_new(draft->text->str, draft->text->len);
	guint before = diagnostics_count(i->d, LEVEL_ERROR);

	diagnostics_set_text(i->d, draft->name, bytes);
	g_autoptr(xmlDoc) doc = source_read(bytes, draft->name, NULL, i->d);
	if (doc != NULL)
		run_validate(i->run, doc, i->d);
	return diagnostics_count(i->d, LEVEL_ERROR) == before;
}

static GPtrArray *make_drafts(Import *i, const DocumentFile *about, const GPtrArray *sessions)
{
	g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func(draft_free);
	g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Position at = {.file = i->import->package};
	gboolean fine = TRUE;

	for (guint k = 0; k < sessions->len; k++) {
		const ExchangeSession *s = sessions->pdata[k];
		Draft *draft = draft_new(i, about, s);
		if (is_here(i, draft, s->id, names)) {
			draft_free(draft);
			continue;
		}
		g_ptr_array_add(drafts, draft);
		fine = check_draft(i, draft) && fine;
	}
	if (fine && drafts->len == 0)
		diagnose(i->d, MSG_IMPORT_ALL_HERE, &at);
	return fine && drafts->len > 0 ? g_steal_pointer(&drafts) : NULL;
}

/* All of them, or none. */
static GPtrArray *write_drafts(const Import *i, const GPtrArray *drafts)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

	for (guint k = 0; k < drafts->len; k++) {
		const Draft *draft = drafts->pdata[k];
		g_autofree char *path = g_build_filename(i->run->options->root, draft->name, NULL);
		g_autoptr(GError) error = NULL;
		if (file_save(path, draft->text->str, draft->text->len, &error)) {
			g_ptr_array_add(names, g_strdup(draft->name));
			continue;
		}
		diagnose(i->d, MSG_FILE_WRITE, NULL, path, error->message);
		for (guint n = 0; n < names->len; n++) {
			g_autofree char *gone = g_build_filename(i->run->options->root, names->pdata[n], NULL);
			g_unlink(gone);
		}
		return NULL;
	}
	return g_steal_pointer(&names);
}

static GPtrArray *import_package(Import *i, const DocumentFile *about, GBytes *package)
{
	const ExchangeCode no_code = {0};
	const ExchangePerson nobody = {0};

	collect_known(i);
	g_array_append_val(i->codes, no_code);
	g_array_append_val(i->persons, nobody);
	ExchangeKnown known = {i->import->case_id, (const ExchangeCode *)(gpointer)i->codes->data, (const ExchangePerson *)(gpointer)i->persons->data};
	g_autoptr(GPtrArray) sessions = exchange_unpack(package, i->import->package, &known, i->d);
	g_autoptr(GPtrArray) drafts = sessions != NULL ? make_drafts(i, about, sessions) : NULL;
	return drafts != NULL ? write_drafts(i, drafts) : NULL;
}

static void report_case(const Import *i)
{
	g_autoptr(GStrvBuilder) ids = g_strv_builder_new();
	g_auto(GStrv) list = NULL;

	for (guint k = 0; k < i->entries->len; k++) {
		const DocumentEntry *e = i->entries->pdata[k];
		if (strcmp(e->kind, "case") == 0 && e->id != NULL)
			g_strv_builder_add(ids, e->id);
	}
	list = g_strv_builder_end(ids);
	g_autofree char *known = g_strjoinv(", ", list);
	diagnose(i->d, MSG_CASE_UNKNOWN_LIST, NULL, i->import->case_id, known);
}

GPtrArray *pipeline_import(const PipelineOptions *options, const ImportOptions *import, Diagnostics *d)
{
	g_auto(Run) run = {0};
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) package = file_load(import->package, FILE_LIMIT, &error);
	Import i = {.run = &run, .import = import, .d = d};
	GPtrArray *made = NULL;

	if (package == NULL) {
		diagnose(d, MSG_FILE_MISSING, NULL, import->package, error->message);
		return NULL;
	}
	run_open_names(&run, options, d); /* what is told of a text must not tell a name */
	run_start(&run, options, NULL, d);
	run_progress(options, _("importing"));
	i.entries = document_list(run.workspace, NULL);
	i.codes = g_array_new(FALSE, FALSE, sizeof(ExchangeCode));
	i.persons = g_array_new(FALSE, FALSE, sizeof(ExchangePerson));
	const DocumentFile *about = workspace_lookup(run.workspace, import->case_id);
	if (about != NULL && g_strcmp0(about->kind, "case") == 0)
		made = import_package(&i, about, package);
	else
		report_case(&i);
	g_array_unref(i.persons);
	g_array_unref(i.codes);
	g_ptr_array_unref(i.entries);
	names_redact(&run.names, d);
	return made;
}
