/* rotonde watch: rebuild on every save, and show it in the browser. */
#include "base/module.h"
#include "commands/command.h"
#include "preview/preview.h"

#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct {
	gboolean open;
	const PreviewModule *module;
} Told;

static void open_browser(const PreviewModule *module, const char *address)
{
	g_autoptr(GError) error = NULL;

	if (!module->browse(address, &error))
		fprintf(stderr, _("rotonde: no browser could be opened: %s\n"), error->message);
}

static void told(gpointer data, const char *address, const char *line)
{
	const Told *t = data;

	if (line != NULL) {
		puts(line);
	} else {
		printf(_("The preview is at %s\nCtrl+C ends it.\n"), address);
		if (t->open)
			open_browser(t->module, address);
	}
	fflush(stdout);
}

/* A preview runs for days; what it starts has limits of its own. */
static void lift_time_limit(void)
{
	struct rlimit time;

	if (getrlimit(RLIMIT_CPU, &time) == 0) {
		time.rlim_cur = time.rlim_max;
		setrlimit(RLIMIT_CPU, &time);
	}
}

static int run(CommandContext *c, PreviewOptions *options, Told *t)
{
	g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Diagnostics) d = diagnostics_new();

	options->program = program != NULL ? program : "rotonde";
	lift_time_limit();
	t->module = module_open("preview", "preview_module", d);
	if (t->module == NULL)
		return command_report(c, d);
	if (t->module->run(options, &error))
		return EXIT_FINE;
	if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOSYS))
		fputs(_("rotonde: the preview needs the library libsoup\nhint: install the package libsoup-3.0-0\n"), stderr);
	else
		fprintf(stderr, _("rotonde: the preview cannot be served: %s\nhint: without --port it takes one that is free\n"), error->message);
	return EXIT_MACHINE;
}

int command_watch(int argc, char **argv, const Command *self)
{
	g_autofree char *editor = NULL;
	int port = 0, status;
	Told t = {FALSE, NULL};
	const char *set = g_getenv("ROTONDE_EDITOR");
	const GOptionEntry own[] = {
	    {"open", 0, 0, G_OPTION_ARG_NONE, &t.open, N_("open the browser too"), NULL},
	    {"port", 0, 0, G_OPTION_ARG_INT, &port, N_("port to listen on; without it any that is free"), "N"},
	    {"editor", 0, 0, G_OPTION_ARG_STRING, &editor, N_("address that opens an editor: %f file, %l line, %c column"), N_("ADDRESS")},
	    {NULL, 0, 0, 0, NULL, NULL, NULL}};
	g_auto(CommandContext) c = {0};

	if (!command_start(&c, argc, argv, self, own, &status))
		return status;
	if (g_strv_length(c.arguments) > 1)
		return command_usage_error(self, _("watch takes one publication"));
	if (port < 0 || port > 65535)
		return command_usage_error(self, _("--port takes a number from 1 to 65535"));
	if (!command_find_workspace(&c))
		return EXIT_USAGE;
	PreviewOptions options = {.root = c.root,
	                          .share = c.share,
	                          .language = c.language == LANGUAGE_NL ? "nl" : "en",
	                          .id = c.arguments[0],
	                          .editor = editor != NULL ? editor : set != NULL ? set : "vscode://file%f:%l:%c",
	                          .port = (guint)port,
	                          .told = told,
	                          .data = &t};
	return run(&c, &options, &t);
}
