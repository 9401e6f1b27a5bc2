/* The program: the command table, the options before a command, the exit status. */
#include "base/text.h"
#include "base/xml.h"
#include "commands/command.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#ifndef ROTONDE_VERSION
#define ROTONDE_VERSION "0"
#endif

/* Stylesheets and documents that grow without end are stopped here, when their own limits have not. */
static void limit_resources(void)
{
	const struct rlimit memory = {4UL << 30, RLIM_INFINITY}, time = {900, RLIM_INFINITY};

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	setrlimit(RLIMIT_DATA, &memory);
#else
	(void)memory;
#endif
	setrlimit(RLIMIT_CPU, &time);
	signal(SIGCHLD, SIG_DFL); /* who starts us may have asked not to be told, and that is inherited */
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is told as a full disk is, and leaves nothing half */
}

static void print_help(void)
{
	printf(_("Usage: rotonde COMMAND [OPTION...] [ARGUMENT...]\n\n"
	         "Turns case stories in Markdown with XML front matter into checked publications.\n\nCommands:\n"));
	for (const Command *c = command_table; c->name != NULL; c++)
		printf("  %-8s %s\n", c->name, _(c->summary));
	printf(_("\nrotonde COMMAND --help explains a command, with examples.\n"
	         "Every command takes -C DIR, --lang nl|en and --format text|json.\n"
	         "Exit status: 0 fine, 1 the content has errors, 2 wrong usage, 3 the machine failed.\n"));
}

/* An option of every command, with a word behind it. */
static gboolean takes_word(const char *option)
{
	static const char *const all[] = {"-C", "--directory", "--lang", "--format", NULL};

	return g_strv_contains(all, option);
}

/* Moves options that stand before the command behind it: rotonde -C DIR check is rotonde check -C DIR. */
static char **command_first(int argc, char **argv)
{
	GStrvBuilder *words = g_strv_builder_new();
	int at = 1;
	char **result;

	while (at < argc && argv[at][0] == '-')
		at += takes_word(argv[at]) ? 2 : 1;
	g_strv_builder_add(words, argv[0]);
	if (at < argc)
		g_strv_builder_add(words, argv[at]);
	for (int i = 1; i < argc; i++)
		if (i != at)
			g_strv_builder_add(words, argv[i]);
	result = g_strv_builder_end(words);
	g_strv_builder_unref(words);
	return result;
}

/* Without a command, what the options before it ask for. */
static gboolean is_asked(char **words, const char *what, const char *short_form)
{
	for (char **word = words + 1; *word != NULL; word++)
		if (strcmp(*word, what) == 0 || strcmp(*word, short_form) == 0)
			return TRUE;
	return FALSE;
}

static int unknown_command(const char *name)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	const char *near;

	for (const Command *c = command_table; c->name != NULL; c++)
		g_ptr_array_add(names, (char *)c->name);
	g_ptr_array_add(names, NULL);
	near = text_closest(name, (const char *const *)names->pdata);
	if (near != NULL)
		return command_usage_error(NULL, _("unknown command '%s'; did you mean '%s'?"), name, near);
	return command_usage_error(NULL, _("unknown command '%s'"), name);
}

int main(int argc, char **argv)
{
	g_auto(GStrv) words = NULL;

	limit_resources();
	xml_start();
	command_set_language(argc, argv);
	words = command_first(argc, argv);
	gboolean bare = words[1] == NULL || words[1][0] == '-';
	if (words[1] == NULL || (bare && is_asked(words, "--help", "-h")) || strcmp(words[1], "help") == 0) {
		print_help();
		return words[1] == NULL ? EXIT_USAGE : EXIT_FINE;
	}
	if (bare && is_asked(words, "--version", "-V")) {
		printf("rotonde %s\n", ROTONDE_VERSION);
		return EXIT_FINE;
	}
	if (bare && takes_word(words[1])) {
		print_help();
		return EXIT_USAGE;
	}
	for (const Command *c = command_table; c->name != NULL; c++)
		if (strcmp(c->name, words[1]) == 0)
			return c->run(argc - 1, words + 1, c);
	return words[1][0] == '-' ? command_usage_error(NULL, _("unknown option %s"), words[1]) : unknown_command(words[1]);
}
