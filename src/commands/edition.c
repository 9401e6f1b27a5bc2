/* rotonde edition: build, and tag what was built. */
#include "base/json.h"
#include "commands/command.h"
#include "pipeline/pipeline.h"

#include <stdio.h>

static void print_json(const char *tag, const char *revision)
{
	Json *j = json_start();

	json_object(j, NULL);
	json_string(j, "tag", tag);
	json_string(j, "revision", revision);
	json_end(j);
	g_autofree char *text = json_finish(j);
	puts(text);
}

static void print_text(const CommandContext *c, const GPtrArray *outputs, const char *tag, const char *revision)
{
	for (guint i = 0; i < outputs->len; i++) {
		g_autofree char *shown = command_show_path(c, ((const PipelineOutput *)outputs->pdata[i])->path);
		puts(shown);
	}
	printf(_("edition %s is version %.10s\n"), tag, revision);
	fputs(_("hint: git push --tags shares it with the others\n"), stderr);
}

int command_edition(int argc, char **argv, const Command *self)
{
	int status;
	g_auto(CommandContext) c = {0};
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autofree char *tag = NULL, *revision = NULL, *folder = NULL;

	if (!command_start(&c, argc, argv, self, NULL, &status))
		return status;
	if (g_strv_length(c.arguments) != 1)
		return command_usage_error(self, _("edition takes the id of one publication"));
	if (!command_find_workspace(&c))
		return EXIT_USAGE;
	folder = g_build_filename(c.root, "out", NULL);
	const PipelineOptions options = {.root = c.root,
	                                 .share = c.share,
	                                 .out = folder,
	                                 .today = c.today,
	                                 .profile = PROFILE_PUBLIC,
	                                 .formats = pipeline_default_formats(),
	                                 .progress = command_progress,
	                                 .progress_data = &c};
	g_autoptr(GPtrArray) outputs = pipeline_edition(&options, c.arguments[0], &tag, &revision, d);
	if (c.json && tag != NULL)
		print_json(tag, revision);
	if (c.json && tag == NULL)
		return command_report(&c, d);
	command_print_diagnostics(&c, d);
	if (tag != NULL && !c.json)
		print_text(&c, outputs, tag, revision);
	return command_status(d);
}
