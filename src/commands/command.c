/* What every command shares. */
#include "commands/command.h"

#include "base/text.h"
#include "document/document.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct CommandProgress {
	GThread *thread;
	GMutex lock;
	GCond changed;
	const char *stage;
	gboolean over, shown;
} CommandProgress;

/* The folder with schemas/ and stylesheets/: of the source tree when the program stands in its build folder, else ../share/rotonde. */
static char *share_folder(void)
{
	g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = g_path_get_dirname(program != NULL ? program : "/usr/local/bin/rotonde");
	g_autofree char *up = g_path_get_dirname(folder);
	char *above = g_strdup(up);

	for (int i = 0; i < 2; i++) {
		g_autofree char *mark = g_build_filename(above, "stylesheets", "templates", NULL);
		if (g_file_test(mark, G_FILE_TEST_IS_DIR))
			return above;
		g_autofree char *below = above;
		above = g_path_get_dirname(below);
	}
	g_free(above);
	return g_build_filename(up, "share", "rotonde", NULL);
}

static void bind_translations(void)
{
	g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = g_path_get_dirname(program != NULL ? program : "/usr/local/bin/rotonde");
	g_autofree char *local = g_build_filename(folder, "locale", NULL);
	g_autofree char *up = g_path_get_dirname(folder);
	g_autofree char *installed = g_build_filename(up, "share", "locale", NULL);

	bindtextdomain("rotonde", g_file_test(local, G_FILE_TEST_IS_DIR) ? local : installed);
	bind_textdomain_codeset("rotonde", "UTF-8");
	textdomain("rotonde");
}

static const char *asked_language(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			return argv[i + 1];
		if (g_str_has_prefix(argv[i], "--lang="))
			return argv[i] + strlen("--lang=");
	}
	return NULL;
}

static const char *locale_language(void)
{
	static const char *const variables[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};

	for (guint i = 0; i < G_N_ELEMENTS(variables); i++) {
		const char *value = g_getenv(variables[i]);
		if (value != NULL && *value != '\0')
			return value;
	}
	return "C";
}

Language command_set_language(int argc, char **argv)
{
	const char *name = asked_language(argc, argv);
	Language language;

	if (name == NULL)
		name = locale_language();
	language = g_ascii_strncasecmp(name, "nl", 2) == 0 ? LANGUAGE_NL : LANGUAGE_EN;
	if (asked_language(argc, argv) != NULL && g_ascii_strncasecmp(name, "nl", 2) != 0 && g_ascii_strncasecmp(name, "en", 2) != 0)
		language = g_ascii_strncasecmp(locale_language(), "nl", 2) == 0 ? LANGUAGE_NL : LANGUAGE_EN; /* an unknown one is told in one's own */
	/* gettext translates in no locale named "C", so that one is left; LANGUAGE then names the language itself. */
	setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_MESSAGES, "C.UTF-8");
	g_setenv("LANGUAGE", language == LANGUAGE_NL ? "nl" : "en", TRUE);
	bind_translations();
	return language;
}

static char *usage_text(const Command *self)
{
	return g_strdup_printf("%s\n\n%s", _(self->summary), _(self->help));
}

static gboolean check_shared(const Command *self, const char *language, const char *format, int *status)
{
	if (language != NULL && strcmp(language, "nl") != 0 && strcmp(language, "en") != 0) {
		*status = command_usage_error(self, _("--lang takes nl or en, not '%s'"), language);
		return FALSE;
	}
	if (format != NULL && strcmp(format, "text") != 0 && strcmp(format, "json") != 0) {
		*status = command_usage_error(self, _("--format takes text or json, not '%s'"), format);
		return FALSE;
	}
	return TRUE;
}

/* GLib's own words are translated by its own catalogue, which may not be there: ours are. */
static char *option_error_text(const GError *error)
{
	const char *name = strchr(error->message, '-');

	if (g_error_matches(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION) && name != NULL)
		return g_strdup_printf(_("unknown option %s"), name);
	return g_strdup(error->message);
}

void command_set_today(CommandContext *c)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_local();
	g_autofree char *today = g_date_time_format(now, "%Y-%m-%d");
	const char *fixed = g_getenv("ROTONDE_TODAY");

	g_strlcpy(c->today, fixed != NULL && *fixed != '\0' ? fixed : today, sizeof c->today);
}

static const GOptionEntry *find_option(const GOptionEntry *options, char letter)
{
	while (options != NULL && options->long_name != NULL && options->short_name != letter)
		options++;
	return options != NULL && options->long_name != NULL ? options : NULL;
}

/* Where in a word of options by their letters (-fj4, -oFOLDER) the value of the last one begins; 0: none stands in it. */
static gsize value_start(const char *word, const GOptionEntry *own, const GOptionEntry *shared)
{
	for (gsize i = 1; word[0] == '-' && word[1] != '-' && word[i] != '\0'; i++) {
		const GOptionEntry *option = find_option(own, word[i]);
		if (option == NULL)
			option = find_option(shared, word[i]);
		if (option == NULL || option->arg != G_OPTION_ARG_NONE)
			return option != NULL && word[i + 1] != '\0' ? i + 1 : 0;
	}
	return 0;
}

/* -j4 is -j 4: GLib takes a value only as a word of its own. */
static char **split_values(char **argv, const GOptionEntry *own, const GOptionEntry *shared)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();

	for (gboolean options = TRUE; *argv != NULL; argv++) {
		const char *word = *argv;
		options = options && strcmp(word, "--") != 0;
		gsize value = options ? value_start(word, own, shared) : 0;
		if (value > 0)
			g_ptr_array_add(words, g_strndup(word, value));
		word += value;
		g_ptr_array_add(words, g_strdup(word));
	}
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
}

gboolean command_start(CommandContext *c, int argc, char **argv, const Command *self, const GOptionEntry *own, int *status)
{
	g_autofree char *directory = NULL, *language = NULL, *format = NULL, *help = usage_text(self);
	char **rest = NULL;
	gboolean want_help = FALSE;
	const GOptionEntry shared[] = {
	    {"directory", 'C', 0, G_OPTION_ARG_FILENAME, &directory, N_("work as if started in DIR"), N_("DIR")},
	    {"lang", 0, 0, G_OPTION_ARG_STRING, &language, N_("language of messages: nl or en"), "nl|en"},
	    {"format", 0, 0, G_OPTION_ARG_STRING, &format, N_("form of what is printed: text or json"), "text|json"},
	    {"help", 'h', 0, G_OPTION_ARG_NONE, &want_help, N_("show this help"), NULL},
	    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, NULL},
	    {NULL, 0, 0, 0, NULL, NULL, NULL}};
	g_autoptr(GOptionContext) options = g_option_context_new(self->arguments);
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) words = split_values(argv, own, shared);
	g_autofree char *program = g_strdup_printf("rotonde %s", self->name);

	(void)argc;
	memset(c, 0, sizeof *c);
	c->command = self;
	c->language = strcmp(g_getenv("LANGUAGE"), "nl") == 0 ? LANGUAGE_NL : LANGUAGE_EN;
	g_set_prgname(program);
	g_option_context_set_help_enabled(options, FALSE);
	g_option_context_set_translation_domain(options, "rotonde");
	if (own != NULL)
		g_option_context_add_main_entries(options, own, "rotonde");
	g_option_context_add_main_entries(options, shared, "rotonde");
	g_option_context_set_description(options, help);
	if (!g_option_context_parse_strv(options, &words, &error)) {
		g_autofree char *text = option_error_text(error);
		*status = command_usage_error(self, "%s", text);
		g_strfreev(rest);
		return FALSE;
	}
	c->arguments = rest != NULL ? rest : g_new0(char *, 1);
	if (want_help) {
		g_autofree char *text = g_option_context_get_help(options, FALSE, NULL);
		fputs(text, stdout);
		*status = EXIT_FINE;
		command_finish(c);
		return FALSE;
	}
	if (!check_shared(self, language, format, status)) {
		command_finish(c);
		return FALSE;
	}
	c->json = g_strcmp0(format, "json") == 0;
	c->directory = g_canonicalize_filename(directory != NULL ? directory : ".", NULL);
	c->share = share_folder();
	command_set_today(c);
	return TRUE;
}

void command_finish(CommandContext *c)
{
	command_progress_end(c);
	g_clear_pointer(&c->directory, g_free);
	g_clear_pointer(&c->root, g_free);
	g_clear_pointer(&c->share, g_free);
	g_clear_pointer(&c->arguments, g_strfreev);
}

gboolean command_find_workspace(CommandContext *c)
{
	c->root = workspace_find(c->directory);
	if (c->root != NULL)
		return TRUE;
	fprintf(stderr, _("rotonde: there is no folder 'cases' in %s or above it\n"), c->directory);
	fprintf(stderr, _("hint: go to the folder that holds 'cases', or name it with -C; for a new workspace: mkdir cases\n"));
	return FALSE;
}

int command_usage_error(const Command *self, const char *format, ...)
{
	va_list arguments;

	fputs(_("rotonde: "), stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	if (self != NULL)
		fprintf(stderr, _("hint: rotonde %s --help shows what it takes, with examples\n"), self->name);
	else
		fprintf(stderr, _("hint: rotonde --help lists the commands\n"));
	return EXIT_USAGE;
}

gboolean command_read_profile(const Command *self, const char *name, gboolean *review)
{
	*review = g_strcmp0(name, "review") == 0;
	if (name == NULL || *review || strcmp(name, "public") == 0)
		return TRUE;
	command_usage_error(self, _("--profile takes public or review, not '%s'"), name);
	return FALSE;
}

static const char *level_key(Level level)
{
	return level_name(level == LEVEL_FATAL ? LEVEL_ERROR : level, LANGUAGE_EN);
}

static void write_diagnostic(Json *j, const Diagnostic *m, Language language)
{
	json_object(j, NULL);
	json_string(j, "level", level_key(m->level));
	json_string(j, "code", m->code);
	json_string(j, "file", m->file);
	json_int(j, "line", m->line);
	json_int(j, "column", m->column);
	json_string(j, "text", m->text[language]);
	json_string(j, "hint", m->hint[language]);
	json_end(j);
}

void command_write_diagnostics(const CommandContext *c, Diagnostics *d, Json *j)
{
	g_autofree char *ignored = diagnostics_format(d, &(DiagnosticStyle){c->language, FALSE, NULL}); /* settles the columns */

	json_array(j, "diagnostics");
	for (guint i = 0; i < diagnostics_length(d); i++)
		write_diagnostic(j, diagnostics_peek(d, i), c->language);
	json_end(j);
	json_int(j, "errors", diagnostics_count(d, LEVEL_ERROR));
	json_int(j, "warnings", diagnostics_count(d, LEVEL_UNSUPPORTED) - diagnostics_count(d, LEVEL_ERROR));
}

void command_print_json(Json *j)
{
	g_autofree char *text = json_finish(j);

	puts(text);
}

static void report_json(CommandContext *c, Diagnostics *d)
{
	Json *j = json_start();

	json_object(j, NULL);
	command_write_diagnostics(c, d, j);
	json_end(j);
	command_print_json(j);
}

/* The length of what two absolute paths have in common, in whole names; the slash behind it not counted. */
static gsize common_length(const char *a, const char *b)
{
	gsize common = 0;

	for (gsize i = 0;; i++) {
		gboolean ends_a = a[i] == '/' || a[i] == '\0', ends_b = b[i] == '/' || b[i] == '\0';
		if (ends_a && ends_b)
			common = i;
		if (a[i] != b[i] || a[i] == '\0')
			return common;
	}
}

char *command_show_path(const CommandContext *c, const char *path)
{
	g_autofree char *absolute = g_canonicalize_filename(path, c->root);
	g_autofree char *here = g_get_current_dir();
	gsize common = strcmp(here, "/") == 0 ? 0 : common_length(here, absolute);
	GString *shown = g_string_new(NULL);

	if (common == 0 && strcmp(here, "/") != 0) { /* nothing in common but the root */
		g_string_free(shown, TRUE);
		return text_tame(absolute);
	}
	for (const char *up = here + common; *up != '\0'; up++)
		if (*up == '/' && up[1] != '\0')
			g_string_append(shown, "../");
	if (absolute[common] == '/')
		g_string_append(shown, absolute + common + 1);
	g_autofree char *path_shown = g_string_free(shown, FALSE);
	return text_tame(path_shown);
}

void command_print_diagnostics(CommandContext *c, Diagnostics *d)
{
	g_autofree char *root = c->root != NULL ? command_show_path(c, ".") : g_strdup("");
	g_autofree char *prefix = *root == '\0' || g_str_has_suffix(root, "/") ? g_strdup(root) : g_strconcat(root, "/", NULL);
	DiagnosticStyle style = {c->language, isatty(STDERR_FILENO) != 0 && g_getenv("NO_COLOR") == NULL, prefix};
	g_autofree char *text = diagnostics_format(d, &style);

	command_progress_end(c);
	fputs(text, stderr);
}

int command_status(const Diagnostics *d)
{
	if (diagnostics_count(d, LEVEL_FATAL) > 0)
		return EXIT_MACHINE;
	return diagnostics_count(d, LEVEL_ERROR) > 0 ? EXIT_CONTENT : EXIT_FINE;
}

int command_report(CommandContext *c, Diagnostics *d)
{
	command_progress_end(c);
	if (c->json)
		report_json(c, d);
	else
		command_print_diagnostics(c, d);
	return command_status(d);
}

static gpointer progress_thread(gpointer data)
{
	CommandProgress *p = data;
	gint64 start = g_get_monotonic_time(), tick = start + G_USEC_PER_SEC / 2;

	g_mutex_lock(&p->lock);
	while (!p->over) {
		if (g_cond_wait_until(&p->changed, &p->lock, tick))
			continue;
		fprintf(stderr, "\r\033[K%s … %.0f s", p->stage, (double)(tick - start) / G_USEC_PER_SEC);
		p->shown = TRUE;
		tick += G_USEC_PER_SEC / 5;
	}
	if (p->shown)
		fputs("\r\033[K", stderr);
	g_mutex_unlock(&p->lock);
	return NULL;
}

void command_progress(gpointer context, const char *stage)
{
	CommandContext *c = context;
	CommandProgress *p = c->progress;

	if (!isatty(STDERR_FILENO))
		return;
	if (p != NULL) {
		g_mutex_lock(&p->lock);
		p->stage = stage;
		g_mutex_unlock(&p->lock);
		return;
	}
	p = c->progress = g_new0(CommandProgress, 1);
	g_mutex_init(&p->lock);
	g_cond_init(&p->changed);
	p->stage = stage;
	p->thread = g_thread_try_new("progress", progress_thread, p, NULL); /* without one nothing is shown */
}

void command_progress_end(CommandContext *c)
{
	CommandProgress *p = c->progress;

	if (p == NULL)
		return;
	g_mutex_lock(&p->lock);
	p->over = TRUE;
	g_cond_signal(&p->changed);
	g_mutex_unlock(&p->lock);
	if (p->thread != NULL)
		g_thread_join(p->thread);
	g_mutex_clear(&p->lock);
	g_cond_clear(&p->changed);
	g_clear_pointer(&c->progress, g_free);
}
