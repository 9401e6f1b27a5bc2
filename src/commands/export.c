/* rotonde export: a codebook or a project for a program for qualitative analysis. */
#include "base/file.h"
#include "commands/command.h"
#include "pipeline/pipeline.h"

#include <stdio.h>
#include <string.h>

/* out/ID.qdpx, or that of a review with its own name, unless another is asked for. */
static char *output_path(const CommandContext *c, const char *asked, const char *id, const char *form, gboolean review)
{
	g_autofree char *name = NULL;

	if (asked != NULL)
		return g_canonicalize_filename(asked, c->directory);
	name = g_strdup_printf("%s%s.%s", id != NULL ? id : "rotonde", review ? "-review" : "", form);
	return g_build_filename(c->root, "out", name, NULL);
}

static int save(CommandContext *c, const char *path, GBytes *bytes)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *shown = command_show_path(c, path);
	gsize size;
	const void *data = g_bytes_get_data(bytes, &size);

	if (!file_save(path, data, size, &error)) {
		fprintf(stderr, _("rotonde: cannot write %s: %s\n"), path, error->message);
		return EXIT_MACHINE;
	}
	if (!c->json)
		printf(_("%s written\n"), shown);
	return EXIT_FINE;
}

int command_export(int argc, char **argv, const Command *self)
{
	g_autofree char *profile_name = NULL, *out = NULL, *folder = NULL, *path = NULL;
	int status;
	gboolean review;
	const GOptionEntry own[] = {
	    {"profile", 'p', 0, G_OPTION_ARG_STRING, &profile_name, N_("public (the default) or review"), "public|review"},
	    {"out", 'o', 0, G_OPTION_ARG_FILENAME, &out, N_("file to write; without it in out/"), N_("FILE")},
	    {NULL, 0, 0, 0, NULL, NULL, NULL}};
	g_auto(CommandContext) c = {0};
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(GBytes) bytes = NULL;

	if (!command_start(&c, argc, argv, self, own, &status))
		return status;
	const char *form = c.arguments[0], *id = form != NULL ? c.arguments[1] : NULL;
	if (form == NULL || (strcmp(form, "qdc") != 0 && strcmp(form, "qdpx") != 0) || (id != NULL && c.arguments[2] != NULL))
		return command_usage_error(self, _("export takes qdc or qdpx, and the id of a publication"));
	if (!command_read_profile(self, profile_name, &review) || !command_find_workspace(&c))
		return EXIT_USAGE;
	folder = g_build_filename(c.root, "out", NULL);
	PipelineOptions options = {.root = c.root, .share = c.share, .out = folder, .today = c.today, .once = TRUE, .profile = review ? PROFILE_REVIEW : PROFILE_PUBLIC,
	                           .progress = command_progress, .progress_data = &c};
	bytes = pipeline_export(&options, strcmp(form, "qdpx") == 0 ? EXCHANGE_PROJECT : EXCHANGE_CODEBOOK, id, d);
	status = command_report(&c, d);
	if (bytes == NULL)
		return status != EXIT_FINE ? status : EXIT_CONTENT;
	path = output_path(&c, out, id, form, review);
	return status != EXIT_FINE ? status : save(&c, path, bytes);
}
