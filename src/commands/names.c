/* rotonde names: the list of real names. What it prints has never a name in it. */
#include "base/file.h"
#include "commands/command.h"
#include "document/document.h"
#include "pipeline/names.h"

#include <signal.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios usual; /* the terminal as it was, for who interrupts */

static void give_back(int number)
{
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual);
	raise(number); /* the handler is gone after its first call */
}

/* What was typed before is thrown away: it was seen. FALSE: the terminal does not let itself be silenced. */
static gboolean silence(void)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
	const struct sigaction action = {.sa_handler = give_back, .sa_flags = (int)SA_RESETHAND};
	struct termios quiet;

	if (tcgetattr(STDIN_FILENO, &usual) != 0)
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
		sigaction(signals[i], &action, NULL);
	quiet = usual;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	return tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
}

/* A line from standard input; on a terminal asked for, and unseen when it is secret: then the terminal is silent before the question stands there. NULL: there is
 * none. The caller's. */
static char *ask(const char *question, gboolean secret)
{
	gboolean terminal = isatty(STDIN_FILENO) != 0;
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	if (terminal && secret && !silence())
		return NULL;
	if (terminal)
		fputs(question, stderr);
	length = getline(&line, &size, stdin);
	if (terminal && secret) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual);
		fputc('\n', stderr);
	}
	g_autofree char *text = length > 0 ? g_strdup(line) : NULL;
	free(line);
	return text != NULL && *g_strstrip(text) != '\0' ? g_steal_pointer(&text) : NULL;
}

static int add(CommandContext *c, const char *path, Diagnostics *d)
{
	g_autofree char *name = ask(_("Real name (you do not see what you type; other names after a slash): "), TRUE);
	g_autofree char *pseudonym = c->arguments[1] != NULL ? g_strdup(c->arguments[1]) : name != NULL ? ask(_("Pseudonym: "), FALSE) : NULL;
	guint entry;

	if (name == NULL || pseudonym == NULL)
		return command_usage_error(c->command, "%s", _("a real name and a pseudonym are needed; nothing was added"));
	if (privacy_list_add(path, name, pseudonym, &entry, d) && !c->json)
		printf(_("Added as entry %u of %s\n"), entry, path);
	return command_report(c, d);
}

static int count(CommandContext *c, const char *path, Diagnostics *d)
{
	g_autoptr(PrivacyList) list = privacy_list_load(path, d);

	if (list == NULL || c->json)
		return command_report(c, d);
	printf(ngettext("%u person in %s\n", "%u persons in %s\n", privacy_list_count(list)), privacy_list_count(list), path);
	if (privacy_list_allowed(list) > 0)
		printf(ngettext("%u phrase is allowed\n", "%u phrases are allowed\n", privacy_list_allowed(list)), privacy_list_allowed(list));
	return EXIT_FINE;
}

/* All of standard input. NULL with error set: it cannot be read to its end, or is larger than a file may be. */
static GBytes *read_input(GError **error)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	guint8 part[65536];
	ssize_t n;

	while ((n = read(STDIN_FILENO, part, sizeof part)) > 0 && bytes->len <= FILE_LIMIT)
		g_byte_array_append(bytes, part, (guint)n);
	if (n < 0 || bytes->len > FILE_LIMIT) {
		int reason = n < 0 ? errno : EFBIG;
		g_set_error_literal(error, G_FILE_ERROR, (int)g_file_error_from_errno(reason), g_strerror(reason));
		return NULL;
	}
	return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

static void test_one(CommandContext *c, PrivacyScanner *s, const char *name, Diagnostics *d)
{
	g_autofree char *path = g_canonicalize_filename(name, c->directory);
	gboolean input = strcmp(name, "-") == 0;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = input ? read_input(&error) : file_load(path, FILE_LIMIT, &error);

	if (bytes == NULL) {
		diagnose(d, MSG_FILE_MISSING, NULL, name, error->message);
		return;
	}
	if (!input)
		names_check_path(s, name, d);
	names_check_bytes(s, input ? "-" : name, bytes, d);
}

static int test(CommandContext *c, const char *path, Diagnostics *d)
{
	Names names = {.list = privacy_list_load(path, d)};
	g_autoptr(PrivacyScanner) s = NULL;
	int status;

	if (names.list == NULL)
		return command_report(c, d);
	s = privacy_scanner_new(names.list);
	if (c->arguments[1] == NULL)
		test_one(c, s, "-", d);
	for (char **name = c->arguments + 1; *name != NULL; name++)
		test_one(c, s, *name, d);
	diagnostics_set_root(d, c->directory);
	diagnostics_sort(d);
	names_redact(&names, d);
	status = command_report(c, d);
	if (status == EXIT_FINE && !c->json)
		puts(_("No known name found."));
	names_close(&names);
	return status;
}

int command_names(int argc, char **argv, const Command *self)
{
	static const struct {
		const char *name;
		int (*run)(CommandContext *c, const char *path, Diagnostics *d);
	} actions[] = {{"add", add}, {"test", test}, {"count", count}};
	g_autofree char *asked = NULL, *path = NULL;
	int status;
	const GOptionEntry own[] = {{"names", 0, 0, G_OPTION_ARG_FILENAME, &asked, N_("the list of real names"), N_("FILE")}, {NULL, 0, 0, 0, NULL, NULL, NULL}};
	g_auto(CommandContext) c = {0};
	g_autoptr(Diagnostics) d = diagnostics_new();

	if (!command_start(&c, argc, argv, self, own, &status))
		return status;
	path = names_find(c.directory, asked);
	for (guint i = 0; i < G_N_ELEMENTS(actions) && c.arguments[0] != NULL; i++)
		if (strcmp(actions[i].name, c.arguments[0]) == 0)
			return actions[i].run(&c, path, d);
	return command_usage_error(self, "%s", _("names takes add, test or count"));
}
