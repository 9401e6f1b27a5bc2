/* rotonde import: coded transcripts from a program for qualitative analysis. */
#include "commands/command.h"
#include "pipeline/pipeline.h"

#include <stdio.h>
#include <string.h>

static gboolean is_date(const char *text)
{
	g_autofree char *stamp = g_strconcat(text, "T00:00:00Z", NULL);
	g_autoptr(GDateTime) parsed = strlen(text) == 10 ? g_date_time_new_from_iso8601(stamp, NULL) : NULL;

	return parsed != NULL;
}

static gboolean check_options(const Command *self, const char *case_id, const char *kind, const char *date)
{
	static const char *const kinds[] = {"family-interview", "professional-interview", "joint-meeting", "learning-session", NULL};
	g_autofree char *known = g_strjoinv(", ", (char **)kinds);

	if (case_id == NULL)
		command_usage_error(self, _("say which case the transcripts belong to with --case"));
	else if (kind != NULL && !g_strv_contains(kinds, kind))
		command_usage_error(self, _("--kind takes %s, not '%s'"), known, kind);
	else if (date != NULL && !is_date(date))
		command_usage_error(self, _("'%s' is no date; write it as 2025-03-14"), date);
	else
		return TRUE;
	return FALSE;
}

int command_import(int argc, char **argv, const Command *self)
{
	g_autofree char *case_id = NULL, *kind = NULL, *date = NULL, *package = NULL;
	int status;
	const GOptionEntry own[] = {
	    {"case", 0, 0, G_OPTION_ARG_STRING, &case_id, N_("the case that the transcripts belong to"), "ID"},
	    {"kind", 0, 0, G_OPTION_ARG_STRING, &kind, N_("kind of session, where the package does not say"), N_("KIND")},
	    {"date", 0, 0, G_OPTION_ARG_STRING, &date, N_("date, where the package does not say; without it today"), N_("DATE")},
	    {NULL, 0, 0, 0, NULL, NULL, NULL}};
	g_auto(CommandContext) c = {0};
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(GPtrArray) made = NULL;

	if (!command_start(&c, argc, argv, self, own, &status))
		return status;
	if (g_strv_length(c.arguments) != 2 || strcmp(c.arguments[0], "qdpx") != 0)
		return command_usage_error(self, _("import takes qdpx and a file"));
	if (!check_options(self, case_id, kind, date) || !command_find_workspace(&c))
		return EXIT_USAGE;
	package = g_canonicalize_filename(c.arguments[1], c.directory);
	PipelineOptions options = {.root = c.root, .share = c.share, .out = c.root, .today = c.today, .once = TRUE, .profile = PROFILE_REVIEW,
	                           .progress = command_progress, .progress_data = &c};
	ImportOptions import = {.package = package, .case_id = case_id, .kind = kind, .date = date};
	made = pipeline_import(&options, &import, d);
	for (guint i = 0; made != NULL && !c.json && i < made->len; i++) {
		g_autofree char *shown = command_show_path(&c, made->pdata[i]);
		printf(_("%s made\n"), shown);
	}
	return command_report(&c, d);
}
