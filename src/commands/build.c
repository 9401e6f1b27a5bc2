/* rotonde build: check, then write the publications. */
#include "base/text.h"
#include "commands/command.h"
#include "pipeline/pipeline.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { NICENESS = 19 }; /* the most there is */

/* --to may be given several times and hold several names with commas between. FALSE: one is unknown. */
static gboolean read_formats(const Command *self, char **asked, GPtrArray *formats)
{
	for (; asked != NULL && *asked != NULL; asked++) {
		g_auto(GStrv) names = g_strsplit(*asked, ",", -1);
		for (char **name = names; *name != NULL; name++) {
			const char *const *known = pipeline_formats();
			while (*known != NULL && strcmp(*known, *name) != 0)
				known++;
			if (*known == NULL) {
				g_autofree char *all = g_strjoinv(", ", (char **)pipeline_formats());
				command_usage_error(self, _("--to does not know '%s'; it takes %s"), *name, all);
				return FALSE;
			}
			g_ptr_array_add(formats, (gpointer)*known);
		}
	}
	if (formats->len == 0)
		for (const char *const *name = pipeline_default_formats(); *name != NULL; name++)
			g_ptr_array_add(formats, (gpointer)*name);
	g_ptr_array_add(formats, NULL);
	return TRUE;
}

static const char *state_key(OutputState state)
{
	static const char *const keys[] = {"written", "current", "refused"};

	return keys[state];
}

/* What is up to date was not checked again: its warnings still hold, and were told when it was made. */
static void print_current(const char *path, guint warnings)
{
	if (warnings > 0)
		printf(ngettext("%s is up to date (%u warning when it was made)\n", "%s is up to date (%u warnings when it was made)\n", warnings), path, warnings);
	else
		printf(_("%s is up to date\n"), path);
}

static void print_text(CommandContext *c, GPtrArray *outputs)
{
	gboolean untold = FALSE;

	for (guint i = 0; i < outputs->len; i++) {
		const PipelineOutput *output = outputs->pdata[i];
		g_autofree char *path = command_show_path(c, output->path);
		untold = untold || output->warnings > 0;
		if (output->state == OUTPUT_WRITTEN && output->pages > 0)
			printf(ngettext("%s written (%u page)\n", "%s written (%u pages)\n", output->pages), path, output->pages);
		else if (output->state == OUTPUT_WRITTEN)
			printf(_("%s written\n"), path);
		else if (output->state == OUTPUT_CURRENT)
			print_current(path, output->warnings);
		else if (g_file_test(output->path, G_FILE_TEST_EXISTS))
			fprintf(stderr, _("%s not made: first mend the errors above; the earlier one still lies there\n"), path);
		else
			fprintf(stderr, _("%s not made: first mend the errors above\n"), path);
	}
	if (untold)
		fputs(_("hint: rotonde check shows the warnings; those about pages are shown by rotonde build --force\n"), stderr);
}

static void print_json(const CommandContext *c, GPtrArray *outputs, Diagnostics *d)
{
	Json *j = json_start();

	json_object(j, NULL);
	json_array(j, "outputs");
	for (guint i = 0; i < outputs->len; i++) {
		const PipelineOutput *output = outputs->pdata[i];
		json_object(j, NULL);
		json_string(j, "id", output->id);
		json_string(j, "path", output->path);
		json_string(j, "state", state_key(output->state));
		if (output->state == OUTPUT_CURRENT)
			json_int(j, "warnings", output->warnings);
		if (output->pages > 0)
			json_int(j, "pages", output->pages);
		if (output->looks != NULL) {
			json_array(j, "looks");
			for (guint k = 0; k < output->looks->len; k++)
				json_string(j, NULL, output->looks->pdata[k]);
			json_end(j);
		}
		json_array(j, "elsewhere");
		for (char **file = output->elsewhere; file != NULL && *file != NULL; file++)
			json_string(j, NULL, *file);
		json_end(j);
		json_end(j);
	}
	json_end(j);
	command_write_diagnostics(c, d, j);
	json_end(j);
	command_print_json(j);
}

/* What one participant sees is made for one participant. */
static gboolean needs_person(const GPtrArray *formats)
{
	for (guint i = 0; i + 1 < formats->len; i++)
		if (g_str_has_prefix(formats->pdata[i], "check-copy"))
			return TRUE;
	return FALSE;
}

typedef struct {
	CommandContext *context;
	PrintSight sight;
} Awaiting;

/* The preview starts a build before it is wanted, and says when it is: with a line, of the pages that are in sight and their looks ("7=abc,8=").
 * Without one it is not wanted any more. */
static void await_line(gpointer data)
{
	Awaiting *a = data;
	char line[256];

	if (fgets(line, sizeof line, stdin) == NULL)
		_exit(EXIT_FINE);
	g_auto(GStrv) pages = g_strsplit(line, ",", -1);
	for (guint i = 0; i < G_N_ELEMENTS(a->sight.pages) && pages[i] != NULL; i++) {
		char *end;
		a->sight.pages[i].page = (guint)g_ascii_strtoull(g_strchomp(pages[i]), &end, 10);
		g_strlcpy(a->sight.pages[i].look, *end == '=' ? end + 1 : "", sizeof a->sight.pages[i].look);
	}
	command_set_today(a->context);
}

/* A line before the report: that page, to be drawn meanwhile. */
static void print_page(gpointer data, guint page, const char *look, GBytes *pdf)
{
	gsize size = 0;
	const guchar *bytes = pdf != NULL ? g_bytes_get_data(pdf, &size) : NULL;
	g_autofree char *text = g_base64_encode(bytes, size);

	(void)data;
	printf("{\"page\": %u, \"look\": \"%s\", \"pdf\": \"%s\"}\n", page, look, text);
	fflush(stdout);
}

int command_build(int argc, char **argv, const Command *self)
{
	g_auto(GStrv) to = NULL;
	g_autofree char *story = NULL, *person = NULL, *profile_name = NULL, *out = NULL, *folder = NULL, *names = NULL;
	g_autofree char *known = g_strjoinv(", ", (char **)pipeline_formats());
	g_autofree char *forms = g_strdup_printf(_("form of output: %s; may be repeated"), known);
	gboolean force = FALSE, await = FALSE;
	int jobs = 0, status;
	gboolean review;
	const GOptionEntry own[] = {
	    {"to", 't', 0, G_OPTION_ARG_STRING_ARRAY, &to, forms, N_("FORM")},
	    {"profile", 'p', 0, G_OPTION_ARG_STRING, &profile_name, N_("public (the default) or review"), "public|review"},
	    {"out", 'o', 0, G_OPTION_ARG_FILENAME, &out, N_("folder to write to; without it: out"), N_("DIR")},
	    {"case", 0, 0, G_OPTION_ARG_STRING, &story, N_("poster, guide: of this case only"), "ID"},
	    {"person", 0, 0, G_OPTION_ARG_STRING, &person, N_("guide, check-copy: of this person only"), "ID"},
	    {"names", 0, 0, G_OPTION_ARG_FILENAME, &names, N_("the list of real names"), N_("FILE")},
	    {"force", 'f', 0, G_OPTION_ARG_NONE, &force, N_("build what is up to date too"), NULL},
	    {"jobs", 'j', 0, G_OPTION_ARG_INT, &jobs, N_("threads; without it one a core"), "N"},
	    {"await", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &await, NULL, NULL},
	    {NULL, 0, 0, 0, NULL, NULL, NULL}};
	g_auto(CommandContext) c = {0};
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(GPtrArray) formats = g_ptr_array_new(), outputs = NULL;

	if (!command_start(&c, argc, argv, self, own, &status))
		return status;
	if (!read_formats(self, to, formats) || !command_read_profile(self, profile_name, &review) || !command_find_workspace(&c))
		return EXIT_USAGE;
	if (person == NULL && needs_person(formats)) {
		command_usage_error(self, _("--to check-copy needs --person ID: whose quotes are to be checked"));
		return EXIT_USAGE;
	}
	folder = out != NULL ? g_canonicalize_filename(out, c.directory) : g_build_filename(c.root, "out", NULL);
	Awaiting awaiting = {&c, {.seen = print_page}};
	PipelineOptions options = {.root = c.root,
	                           .share = c.share,
	                           .out = folder,
	                           .today = c.today,
	                           .once = TRUE,
	                           .profile = review ? PROFILE_REVIEW : PROFILE_PUBLIC,
	                           .wanted = {story, person, needs_person(formats)},
	                           .force = force,
	                           .jobs = jobs,
	                           .names = names,
	                           .formats = (const char *const *)formats->pdata,
	                           .progress = command_progress,
	                           .progress_data = &c,
	                           .await = await ? await_line : NULL,
	                           .await_data = &awaiting,
	                           .sight = await && c.json ? &awaiting.sight : NULL};
	outputs = pipeline_build(&options, (const char *const *)c.arguments, d);
	command_print_diagnostics(&c, d);
	if (c.json)
		print_json(&c, outputs, d);
	else
		print_text(&c, outputs);
	if (outputs->len == 0 && diagnostics_count(d, LEVEL_ERROR) == 0)
		fputs(_("rotonde: there is no publication here\nhint: rotonde new publication ID makes one\n"), stderr);
	if (await) { /* who waits for the end of this need not wait for the end of the process too, nor share the machine with it */
		setpriority(PRIO_PROCESS, 0, NICENESS);
		fclose(stdout);
		fclose(stderr);
	}
	return command_status(d);
}
