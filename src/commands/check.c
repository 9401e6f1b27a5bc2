/* rotonde check: the whole workspace, every error, no output. */
#include "commands/command.h"
#include "pipeline/pipeline.h"

#include <stdio.h>
#include <string.h>

/* Paths as typed become paths relative to the workspace. FALSE: one does not exist or lies outside. */
static gboolean relative_paths(CommandContext *c, GPtrArray *paths)
{
	g_autofree char *below = g_str_has_suffix(c->root, "/") ? g_strdup(c->root) : g_strconcat(c->root, "/", NULL);

	for (char **p = c->arguments; *p != NULL; p++) {
		g_autofree char *path = g_canonicalize_filename(*p, c->directory);
		gboolean inside = strcmp(path, c->root) == 0 || g_str_has_prefix(path, below);
		if (!inside || !g_file_test(path, G_FILE_TEST_EXISTS)) {
			command_usage_error(c->command, inside ? _("'%s' does not exist") : _("'%s' is not in this workspace"), *p);
			return FALSE;
		}
		g_ptr_array_add(paths, g_strdup(strcmp(path, c->root) == 0 ? "." : path + strlen(below)));
	}
	g_ptr_array_add(paths, NULL);
	return TRUE;
}

/* Takes the finished files out of the arguments and checks them. TRUE: there is nothing else to check. */
static gboolean check_pdfs(CommandContext *c, Diagnostics *d)
{
	guint n = 0, others = 0;

	for (char **p = c->arguments; *p != NULL; p++) {
		if (!g_str_has_suffix(*p, ".pdf")) {
			c->arguments[others++] = *p;
			continue;
		}
		g_autofree char *path = g_canonicalize_filename(*p, c->directory);
		pipeline_check_pdf(path, d);
		g_free(*p);
		n++;
	}
	c->arguments[others] = NULL;
	return n > 0 && others == 0;
}

static void print_total(const Diagnostics *d)
{
	guint errors = diagnostics_count(d, LEVEL_ERROR);
	guint warnings = diagnostics_count(d, LEVEL_UNSUPPORTED) - errors;
	g_autofree char *first = g_strdup_printf(ngettext("%u error", "%u errors", errors), errors);
	g_autofree char *second = g_strdup_printf(ngettext("%u warning", "%u warnings", warnings), warnings);

	if (errors == 0 && warnings == 0)
		puts(_("Nothing wrong."));
	else
		printf("%s, %s\n", first, second);
}

/* Never more than is known: not that nobody can be recognised. */
static void print_names(const Diagnostics *d, guint sought)
{
	static const MessageId found[] = {MSG_NAME_FOUND, MSG_NAME_IN_PATH, MSG_NAME_IN_PICTURE, MSG_NAME_IN_OUTPUT, MSG_NAME_IN_HISTORY, MSG_NAME_IN_LOOSE, MSG_NAME_IN_MESSAGE};
	guint hits = 0;

	for (guint i = 0; i < diagnostics_length(d); i++)
		for (guint k = 0; k < G_N_ELEMENTS(found); k++)
			hits += diagnostics_peek(d, i)->id == found[k];
	if (sought > 0 && hits == 0)
		printf(ngettext("No known name found (%u person looked for).\n", "No known name found (%u persons looked for).\n", sought), sought);
}

static int finish(CommandContext *c, Diagnostics *d, guint sought)
{
	int status = command_report(c, d);

	if (!c->json)
		print_total(d);
	if (!c->json)
		print_names(d, sought);
	return status;
}

int command_check(int argc, char **argv, const Command *self)
{
	int jobs = 0, status;
	gboolean history = FALSE, coarsen = FALSE;
	guint sought = 0;
	g_autofree char *names = NULL;
	const GOptionEntry own[] = {{"jobs", 'j', 0, G_OPTION_ARG_INT, &jobs, N_("threads; without it one a core"), "N"},
	                            {"history", 0, 0, G_OPTION_ARG_NONE, &history, N_("look for names in all that git remembers too"), NULL},
	                            {"coarsen", 0, 0, G_OPTION_ARG_NONE, &coarsen, N_("point at exact places, dates, ages and institutions in fiction too"), NULL},
	                            {"names", 0, 0, G_OPTION_ARG_FILENAME, &names, N_("the list of real names"), N_("FILE")},
	                            {NULL, 0, 0, 0, NULL, NULL, NULL}};
	g_auto(CommandContext) c = {0};
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);

	if (!command_start(&c, argc, argv, self, own, &status))
		return status;
	if (check_pdfs(&c, d))
		return finish(&c, d, 0);
	if (!command_find_workspace(&c) || !relative_paths(&c, paths))
		return EXIT_USAGE;
	PipelineOptions options = {.root = c.root,
	                           .share = c.share,
	                           .today = c.today,
	                           .once = TRUE,
	                           .profile = PROFILE_REVIEW,
	                           .jobs = jobs,
	                           .history = history,
	                           .coarsen = coarsen,
	                           .names = names,
	                           .names_sought = &sought,
	                           .progress = command_progress,
	                           .progress_data = &c};
	pipeline_check(&options, (const char *const *)paths->pdata, d);
	return finish(&c, d, sought);
}
