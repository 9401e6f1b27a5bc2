/* rotonde format: the typesetter alone, on any XSL-FO document. */
#include "commands/command.h"
#include "pipeline/pipeline.h"

#include <stdio.h>
#include <string.h>

static char *output_beside(const char *input, gboolean areas)
{
	const char *dot = strrchr(input, '.');
	g_autofree char *stem = dot != NULL && strchr(dot, '/') == NULL ? g_strndup(input, (gsize)(dot - input)) : g_strdup(input);

	return g_strconcat(stem, areas ? ".areas.xml" : ".pdf", NULL);
}

int command_format(int argc, char **argv, const Command *self)
{
	g_autofree char *to = NULL, *out = NULL, *fonts = NULL, *input = NULL, *output = NULL, *folder = NULL, *root = NULL;
	gboolean plain = FALSE;
	guint pages = 0;
	int status;
	const GOptionEntry own[] = {{"to", 't', 0, G_OPTION_ARG_STRING, &to, N_("form of output: pdf or areas"), "pdf|areas"},
	                            {"out", 'o', 0, G_OPTION_ARG_FILENAME, &out, N_("file to write; without it beside the input"), N_("FILE")},
	                            {"fonts", 0, 0, G_OPTION_ARG_FILENAME, &fonts, N_("fontconfig file to take fonts from"), N_("FILE")},
	                            {"root", 0, 0, G_OPTION_ARG_FILENAME, &root, N_("folder that pictures are looked for from; without it that of the file"), N_("DIR")},
	                            {"plain-metrics", 0, 0, G_OPTION_ARG_NONE, &plain, N_("no kerning and no ligatures, for comparison"), NULL},
	                            {NULL, 0, 0, 0, NULL, NULL, NULL}};
	g_auto(CommandContext) c = {0};
	g_autoptr(Diagnostics) d = diagnostics_new();

	if (!command_start(&c, argc, argv, self, own, &status))
		return status;
	if (g_strv_length(c.arguments) != 1)
		return command_usage_error(self, _("format takes one XSL-FO file"));
	if (to != NULL && strcmp(to, "pdf") != 0 && strcmp(to, "areas") != 0)
		return command_usage_error(self, _("--to takes pdf or areas, not '%s'"), to);
	input = g_canonicalize_filename(c.arguments[0], c.directory);
	folder = root != NULL ? g_canonicalize_filename(root, c.directory) : g_path_get_dirname(input);
	PrintOptions options = {.root = folder, .fonts_conf = fonts, .areas = g_strcmp0(to, "areas") == 0, .plain_metrics = plain};
	output = out != NULL ? g_canonicalize_filename(out, c.directory) : output_beside(input, options.areas);
	command_progress(&c, _("formatting"));
	gboolean written = pipeline_format(&options, input, output, &pages, d);
	diagnostics_sort(d);
	status = command_report(&c, d);
	if (written && !c.json) {
		g_autofree char *shown = command_show_path(&c, output);
		printf(ngettext("%s written (%u page)\n", "%s written (%u pages)\n", pages), shown, pages);
	}
	return status;
}
