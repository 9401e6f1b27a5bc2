/* rotonde hook: git asks us before it commits and before it pushes. */
#include "base/file.h"
#include "commands/command.h"
#include "history/history.h"
#include "pipeline/names.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const hooks[] = {"pre-commit", "commit-msg", "pre-push"};
static const char mark[] = "# rotonde hook: looks for real names; 'rotonde hook remove' takes it away.\n";

typedef enum { HOOK_ABSENT, HOOK_OURS, HOOK_BROKEN, HOOK_FOREIGN } HookState;

/* ---- the scripts ---- */

static char *kept_path(const char *path)
{
	return g_strconcat(path, ".eigen", NULL);
}

static HookState hook_state(const char *path, char **program)
{
	g_autofree char *text = NULL;
	const char *start;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return g_file_test(path, G_FILE_TEST_EXISTS) ? HOOK_FOREIGN : HOOK_ABSENT;
	if (strstr(text, mark) == NULL)
		return HOOK_FOREIGN;
	start = strstr(text, "\nrotonde=");
	g_auto(GStrv) words = NULL;
	g_autofree char *line = start != NULL ? g_strndup(start + 9, strcspn(start + 9, "\n")) : g_strdup("");
	if (!g_shell_parse_argv(line, NULL, &words, NULL))
		return HOOK_BROKEN;
	*program = g_strdup(words[0]);
	return g_file_test(words[0], G_FILE_TEST_IS_EXECUTABLE) && g_file_test(path, G_FILE_TEST_IS_EXECUTABLE) ? HOOK_OURS : HOOK_BROKEN;
}

/* Runs the user's own hook first, with the same arguments and input; then us, by our place when it was installed. */
static char *script(const char *name, const char *names)
{
	g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *quoted = g_shell_quote(program != NULL ? program : "/usr/local/bin/rotonde");
	g_autofree char *list = names != NULL ? g_shell_quote(names) : NULL;
	const char *gone = _("it is not there any more, so that real names cannot be looked for; git does nothing until 'rotonde hook install' is run again");
	g_autofree char *gone_quoted = g_shell_quote(gone);
	gboolean input = strcmp(name, "pre-push") == 0;

	return g_strdup_printf("#!/bin/sh\n%s"
	                       "rotonde=%s\n"
	                       "own=\"$0.eigen\"\n"
	                       "%s"
	                       "if [ -x \"$own\" ]; then %s\"$own\" \"$@\" || exit $?; fi\n"
	                       "if [ ! -x \"$rotonde\" ]; then echo \"rotonde: $rotonde: \"%s >&2; exit 1; fi\n"
	                       "%s\"$rotonde\" hook %s%s run %s \"$@\" || exit 1\n",
	                       mark, quoted, input ? "input=$(cat)\n" : "", input ? "printf '%s\\n' \"$input\" | " : "", gone_quoted, input ? "printf '%s\\n' \"$input\" | " : "",
	                       list != NULL ? "--names " : "", list != NULL ? list : "", name);
}

/* ---- install, remove, status ---- */

/* FALSE after reporting. */
static gboolean keep_own(const char *path, Diagnostics *d)
{
	g_autofree char *kept = kept_path(path), *program = NULL;

	if (hook_state(path, &program) != HOOK_FOREIGN)
		return TRUE;
	if (g_file_test(kept, G_FILE_TEST_EXISTS)) {
		diagnose(d, MSG_HOOK_OTHER_KEPT, NULL, kept);
		return FALSE;
	}
	if (g_rename(path, kept) != 0) {
		diagnose(d, MSG_FILE_WRITE, NULL, kept, g_strerror(errno));
		return FALSE;
	}
	printf(_("Your own hook is kept as %s, and runs first\n"), kept);
	return TRUE;
}

static void install_one(const char *folder, const char *name, const char *names, Diagnostics *d)
{
	g_autofree char *path = g_build_filename(folder, name, NULL), *text = script(name, names);
	g_autoptr(GError) error = NULL;

	if (!keep_own(path, d))
		return;
	if (!file_save(path, text, strlen(text), &error) || g_chmod(path, 0755) != 0)
		diagnose(d, MSG_FILE_WRITE, NULL, path, error != NULL ? error->message : g_strerror(errno));
	else
		printf(_("%s installed\n"), path);
}

static void remove_one(const char *folder, const char *name, Diagnostics *d)
{
	g_autofree char *path = g_build_filename(folder, name, NULL), *kept = kept_path(path), *program = NULL;
	HookState state = hook_state(path, &program);

	if (state == HOOK_FOREIGN)
		printf(_("%s is not ours, and stays\n"), path);
	if (state != HOOK_OURS && state != HOOK_BROKEN)
		return;
	if (g_unlink(path) != 0 || (g_file_test(kept, G_FILE_TEST_EXISTS) && g_rename(kept, path) != 0))
		diagnose(d, MSG_FILE_WRITE, NULL, path, g_strerror(errno));
	else
		printf(g_file_test(path, G_FILE_TEST_EXISTS) ? _("%s removed; your own hook is back\n") : _("%s removed\n"), path);
}

static gboolean show_one(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL), *program = NULL;
	HookState state = hook_state(path, &program);

	if (state == HOOK_OURS)
		printf(_("%s: installed, calls %s\n"), name, program);
	else if (state == HOOK_BROKEN)
		printf(_("%s: installed, but %s cannot be run: install it again\n"), name, program != NULL ? program : "rotonde");
	else
		printf(state == HOOK_FOREIGN ? _("%s: another hook is there\n") : _("%s: not installed\n"), name);
	return state == HOOK_OURS;
}

/* ---- when git asks ---- */

static char *read_input(void)
{
	GString *text = g_string_new(NULL);
	char part[4096];
	size_t n;

	while ((n = fread(part, 1, sizeof part, stdin)) > 0)
		g_string_append_len(text, part, (gssize)n);
	return g_string_free(text, FALSE);
}

static void look(const CommandContext *c, const Names *names, Diagnostics *d)
{
	const char *hook = c->arguments[1], *argument = c->arguments[2] != NULL ? c->arguments[2] : "";

	if (strcmp(hook, "pre-commit") == 0) {
		names_check_staged(names, c->directory, d);
	} else if (strcmp(hook, "commit-msg") == 0) {
		g_autofree char *path = g_canonicalize_filename(argument, c->directory);
		names_check_message(names, path, d);
	} else {
		g_autofree char *lines = read_input();
		names_check_push(names, c->directory, argument, lines, d);
	}
}

/* Closed when anything is not as it should be. */
static int run(CommandContext *c, const char *asked, Diagnostics *d)
{
	Names names;
	int status;

	names_open(&names, c->directory, asked, d);
	if (names.list != NULL) {
		look(c, &names, d);
	} else if (!names.broken) {
		g_autofree char *place = names_find(c->directory, asked);
		diagnose(d, MSG_HOOK_NO_LIST, NULL, place);
	}
	diagnostics_sort(d);
	names_redact(&names, d);
	status = command_report(c, d);
	names_close(&names);
	return status;
}

static int manage(CommandContext *c, const char *action, const char *names, Diagnostics *d)
{
	g_autoptr(History) h = history_open(c->directory, d);
	g_autofree char *folder = h != NULL ? history_hooks(h) : NULL;
	gboolean all = TRUE;

	for (guint i = 0; folder != NULL && i < G_N_ELEMENTS(hooks); i++) {
		if (strcmp(action, "install") == 0)
			install_one(folder, hooks[i], names, d);
		else if (strcmp(action, "remove") == 0)
			remove_one(folder, hooks[i], d);
		else
			all = show_one(folder, hooks[i]) && all;
	}
	int status = command_report(c, d);
	return status == EXIT_FINE && !all ? EXIT_CONTENT : status;
}

int command_hook(int argc, char **argv, const Command *self)
{
	static const char *const actions[] = {"install", "remove", "status", NULL};
	g_autofree char *asked = NULL, *names = NULL, *top = NULL;
	int status;
	const GOptionEntry own[] = {{"names", 0, 0, G_OPTION_ARG_FILENAME, &asked, N_("the list of real names"), N_("FILE")}, {NULL, 0, 0, 0, NULL, NULL, NULL}};
	g_auto(CommandContext) c = {0};
	g_autoptr(Diagnostics) d = diagnostics_new();

	if (!command_start(&c, argc, argv, self, own, &status))
		return status;
	names = asked != NULL ? g_canonicalize_filename(asked, NULL) : NULL;
	top = history_top(c.directory);
	if (top != NULL) {
		g_free(c.directory);
		c.directory = g_steal_pointer(&top);
	}
	if (c.arguments[0] != NULL && c.arguments[1] == NULL && g_strv_contains(actions, c.arguments[0]))
		return manage(&c, c.arguments[0], names, d);
	if (g_strcmp0(c.arguments[0], "run") == 0 && c.arguments[1] != NULL)
		for (guint i = 0; i < G_N_ELEMENTS(hooks); i++)
			if (strcmp(c.arguments[1], hooks[i]) == 0)
				return run(&c, names, d);
	return command_usage_error(self, "%s", _("hook takes install, remove or status"));
}
