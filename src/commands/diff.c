/* rotonde diff: the change report, on the terminal, as JSON, and written. */
#include "base/json.h"
#include "commands/command.h"
#include "pipeline/pipeline.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *attribute(const xmlNode *n, const char *name)
{
	const char *value = xml_attribute(n, name);

	return value != NULL ? value : "";
}

/* ---- words ---- */

static const struct {
	const char *key, *shown;
} words[] = {{"new", N_("new")},           {"changed", N_("changed")},   {"moved", N_("moved")},           {"withdrawn", N_("removed")},
             {"opening", N_("opening")},   {"part", N_("part")},         {"chapter", N_("chapter")},       {"case", N_("story")},
             {"thread", N_("red thread")}, {"session", N_("session")},   {"reflection", N_("portrait")},   {"appendix", N_("appendix")},
             {"imprint", N_("imprint")},   {"quote", N_("quote")},       {"p", N_("paragraph")},           {"section", N_("section")},
             {"figure", N_("picture")},    {"table", N_("table")},       {"ul", N_("list")},               {"ol", N_("list")},
             {"box", N_("box")},           {"quotation", N_("quotation")}, {"lead", N_("lead")},
             {"tr", N_("row")},            {"td", N_("cell")},           {"th", N_("head of a column")},  {"li", N_("list item")},        {"title", N_("heading")},
             {"caption", N_("caption")},   {"pre", N_("lines as written")}, {"footnote", N_("footnote")}, {"island", N_("generated block")},
             {"timeline", N_("timeline")}, {"rotondes", N_("roundabouts")}, {"rotonde", N_("roundabout")},      {"quotes", N_("quotes brought together")},
             {"elements", N_("elements")}, {"persons", N_("list of persons")}, {"sessions", N_("list of sessions")}, {"reflections", N_("head, heart and hands")},
             {"head", N_("head")}, {"heart", N_("heart")}, {"hands", N_("hands")},
             {"editions", N_("list of editions")}, {"changes", N_("list of changes")}, {"matrix", N_("matrix")}, {"voices", N_("overview of voices")}};

static const char *shown(const char *key)
{
	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		if (strcmp(words[i].key, key) == 0)
			return _(words[i].shown);
	return key;
}

/* ---- text ---- */

enum { AROUND = 40 }; /* characters of unchanged text that are shown beside a change */

/* Words between changes: their middle is left out when they are long. first, last: nothing changed stands before, after. */
static void append_kept(GString *out, const char *text, gboolean first, gboolean last)
{
	glong length = g_utf8_strlen(text, -1);
	const char *head = first ? text : g_utf8_offset_to_pointer(text, MIN(AROUND, length));
	const char *tail = last ? text + strlen(text) : g_utf8_offset_to_pointer(text, MAX(length - AROUND, 0));

	if (tail - head < 8 || (first && last)) {
		g_string_append(out, text);
		return;
	}
	while (head > text && head[-1] != ' ')
		head--;
	while (*tail != '\0' && *tail != ' ')
		tail++;
	g_string_append_len(out, text, head - text);
	g_string_append(out, "…");
	g_string_append(out, tail);
}

static char *flat(const xmlNode *n)
{
	xmlChar *content = xmlNodeGetContent(n);
	g_auto(GStrv) parts = g_strsplit_set((const char *)content, " \n\t", -1);
	GString *out = g_string_new(NULL);
	gboolean before = g_ascii_isspace(content[0]), after = *content != '\0' && g_ascii_isspace(content[strlen((const char *)content) - 1]);

	for (char **part = parts; *part != NULL; part++)
		if (**part != '\0')
			g_string_append_printf(out, "%s%s", out->len > 0 || before ? " " : "", *part);
	if (after && out->len > 0)
		g_string_append_c(out, ' ');
	if (out->len == 0 && before)
		g_string_append_c(out, ' ');
	xmlFree(content);
	return g_string_free(out, FALSE);
}

/* "nog [-lauw-]{+warm+} onder": so that it can be told apart without colour too. */
static char *marked_text(const xmlNode *detail, gboolean colour)
{
	GString *out = g_string_new(NULL);

	for (const xmlNode *n = detail->children; n != NULL; n = n->next) {
		g_autofree char *text = flat(n);
		if (xml_is(n, "ins"))
			g_string_append_printf(out, colour ? "\033[32m{+%s+}\033[0m" : "{+%s+}", text);
		else if (xml_is(n, "del"))
			g_string_append_printf(out, colour ? "\033[31m[-%s-]\033[0m" : "[-%s-]", text);
		else
			append_kept(out, text, n->prev == NULL, n->next == NULL);
	}
	return g_string_free(out, FALSE);
}

static void print_detail(const xmlNode *detail, gboolean colour)
{
	g_autofree char *text = marked_text(detail, colour);
	const char *label = attribute(detail, "label"), *section = attribute(detail, "section"), *was = attribute(detail, "was");

	printf("      %s, %s", shown(attribute(detail, "kind")), shown(attribute(detail, "change")));
	if (*label != '\0')
		printf(" (%s)", label);
	if (*section != '\0')
		printf(_(", in '%s'"), section);
	if (*was != '\0')
		printf(_(", was '%s'"), was);
	if (xml_attribute(detail, "codes-were") != NULL)
		printf(_(", other codes"));
	if (xml_attribute(detail, "picture") != NULL)
		printf(_(", another picture"));
	printf("%s%s\n", *text != '\0' ? ": " : "", text);
}

static void print_entry(const xmlNode *entry, gboolean colour)
{
	const char *title = attribute(entry, "title"), *was = attribute(entry, "was");

	printf(colour ? "  \033[1m%s: %s, %s\033[0m" : "  %s: %s, %s", shown(attribute(entry, "change")), shown(attribute(entry, "kind")), title);
	if (strcmp(attribute(entry, "words-new"), "0") != 0 || strcmp(attribute(entry, "words-withdrawn"), "0") != 0)
		printf(_(" (+%s -%s words)"), attribute(entry, "words-new"), attribute(entry, "words-withdrawn"));
	putchar('\n');
	if (*was != '\0')
		printf(_("      title, was '%s'\n"), was);
	if (strcmp(attribute(entry, "facts"), "changed") == 0)
		printf(_("      front matter, changed\n"));
	if (xml_attribute(entry, "picture") != NULL)
		printf(_("      picture, another one\n"));
	for (const xmlNode *detail = xml_first(entry, "detail"); detail != NULL; detail = xml_next(detail, "detail"))
		print_detail(detail, colour);
}

static void print_comparison(const PipelineComparison *c, gboolean colour)
{
	const xmlNode *summary = xml_first(xmlDocGetRootElement(c->doc), "changes");
	const xmlNode *entry = xml_first(summary, "entry");

	printf(colour ? "\033[1m%s\033[0m: %s (%s) … %s\n" : "%s: %s (%s) … %s\n", c->id, c->from, attribute(summary, "from-date"), c->to != NULL ? c->to : _("now"));
	if (entry == NULL)
		printf(_("  nothing changed\n"));
	for (; entry != NULL; entry = xml_next(entry, "entry"))
		print_entry(entry, colour);
}

/* ---- JSON ---- */

static void json_attributes(Json *j, const xmlNode *n)
{
	for (const xmlAttr *a = n->properties; a != NULL; a = a->next) {
		const char *name = (const char *)a->name, *value = xml_attribute(n, name);
		if (*value == '_')
			continue; /* the summary's own anchor */
		if (g_str_has_prefix(name, "words-"))
			json_int(j, name[6] == 'n' ? "words_new" : "words_withdrawn", g_ascii_strtoll(value, NULL, 10));
		else
			json_string(j, strcmp(name, "codes-were") == 0 ? "codes_were" : strcmp(name, "from-date") == 0 ? "from_date" : strcmp(name, "to-date") == 0 ? "to_date" : name, value);
	}
}

static void json_detail(Json *j, const xmlNode *detail)
{
	json_object(j, NULL);
	json_attributes(j, detail);
	json_array(j, "text");
	for (const xmlNode *n = detail->children; n != NULL; n = n->next) {
		g_autofree char *text = flat(n);
		json_object(j, NULL);
		json_string(j, "fate", xml_is(n, "ins") ? "new" : xml_is(n, "del") ? "withdrawn" : "kept");
		json_string(j, "words", text);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

static void json_comparison(Json *j, const PipelineComparison *c)
{
	const xmlNode *summary = xml_first(xmlDocGetRootElement(c->doc), "changes");

	json_object(j, NULL);
	json_string(j, "publication", c->id);
	json_attributes(j, summary);
	json_array(j, "entries");
	for (const xmlNode *entry = xml_first(summary, "entry"); entry != NULL; entry = xml_next(entry, "entry")) {
		json_object(j, NULL);
		json_attributes(j, entry);
		json_array(j, "details");
		for (const xmlNode *detail = xml_first(entry, "detail"); detail != NULL; detail = xml_next(detail, "detail"))
			json_detail(j, detail);
		json_end(j);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

static void print_json(const CommandContext *c, const GPtrArray *found, const GPtrArray *outputs, Diagnostics *d)
{
	Json *j = json_start();

	json_object(j, NULL);
	json_array(j, "comparisons");
	for (guint i = 0; i < found->len; i++)
		json_comparison(j, found->pdata[i]);
	json_end(j);
	json_array(j, "outputs");
	for (guint i = 0; i < outputs->len; i++)
		if (((const PipelineOutput *)outputs->pdata[i])->state == OUTPUT_WRITTEN)
			json_string(j, NULL, ((const PipelineOutput *)outputs->pdata[i])->path);
	json_end(j);
	command_write_diagnostics(c, d, j);
	json_end(j);
	command_print_json(j);
}

/* ---- the command ---- */

static void print_outputs(const CommandContext *c, const GPtrArray *outputs)
{
	for (guint i = 0; i < outputs->len; i++) {
		const PipelineOutput *output = outputs->pdata[i];
		g_autofree char *path = command_show_path(c, output->path);
		printf(output->state == OUTPUT_WRITTEN ? _("%s written\n") : _("%s not written\n"), path);
	}
}

/* --to may be given several times, and hold several names with commas between. */
static char **split_forms(char **to)
{
	g_autofree char *all = to != NULL ? g_strjoinv(",", to) : NULL;

	return all != NULL ? g_strsplit(all, ",", -1) : NULL;
}

static gboolean are_forms(char **to)
{
	static const char *const known[] = {"html", "pdf", "fo", NULL};

	for (; to != NULL && *to != NULL; to++)
		if (!g_strv_contains(known, *to))
			return FALSE;
	return TRUE;
}

int command_diff(int argc, char **argv, const Command *self)
{
	g_auto(GStrv) to = NULL, forms = NULL;
	g_autofree char *id = NULL, *out = NULL, *names = NULL, *folder = NULL;
	gboolean review = FALSE;
	int status;
	const GOptionEntry own[] = {
	    {"to", 't', 0, G_OPTION_ARG_STRING_ARRAY, &to, N_("form of output: html, pdf, fo; may be repeated"), N_("FORM")},
	    {"publication", 'p', 0, G_OPTION_ARG_STRING, &id, N_("this publication only"), "ID"},
	    {"review", 0, 0, G_OPTION_ARG_NONE, &review, N_("compare notes and codes too"), NULL},
	    {"names", 0, 0, G_OPTION_ARG_FILENAME, &names, N_("the list of real names"), N_("FILE")},
	    {"out", 'o', 0, G_OPTION_ARG_FILENAME, &out, N_("folder to write to; without it: out"), N_("DIR")},
	    {NULL, 0, 0, 0, NULL, NULL, NULL}};
	g_auto(CommandContext) c = {0};
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(GPtrArray) outputs = pipeline_outputs_new();

	if (!command_start(&c, argc, argv, self, own, &status))
		return status;
	if (g_strv_length(c.arguments) > 2)
		return command_usage_error(self, _("diff takes two versions at most"));
	forms = split_forms(to);
	if (!are_forms(forms))
		return command_usage_error(self, _("--to takes html, pdf or fo"));
	if (!command_find_workspace(&c))
		return EXIT_USAGE;
	folder = out != NULL ? g_canonicalize_filename(out, c.directory) : g_build_filename(c.root, "out", NULL);
	const PipelineOptions options = {.root = c.root,
	                                 .share = c.share,
	                                 .out = folder,
	                                 .today = c.today,
	                                 .names = names,
	                                 .profile = review ? PROFILE_REVIEW : PROFILE_PUBLIC,
	                                 .progress = command_progress,
	                                 .progress_data = &c};
	const char *from = c.arguments[0];
	const PipelineCompare what = {from, from != NULL ? c.arguments[1] : NULL, id, (const char *const *)forms};
	g_autoptr(GPtrArray) found = pipeline_diff(&options, &what, outputs, d);
	command_progress_end(&c);
	if (c.json) {
		print_json(&c, found, outputs, d);
		return command_status(d);
	}
	command_print_diagnostics(&c, d);
	for (guint i = 0; i < found->len; i++)
		print_comparison(found->pdata[i], isatty(STDOUT_FILENO) != 0 && g_getenv("NO_COLOR") == NULL);
	print_outputs(&c, outputs);
	return command_status(d);
}
