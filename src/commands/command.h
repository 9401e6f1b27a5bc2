/* What every command shares: its options, its language, where the workspace and the program's own files are, how it prints. */
#ifndef ROTONDE_COMMANDS_COMMAND_H
#define ROTONDE_COMMANDS_COMMAND_H

#include "base/diagnostic.h"
#include "document/document.h"
#include "base/json.h"

#include <glib/gi18n.h>

enum {
	EXIT_FINE = 0,
	EXIT_CONTENT = 1, /* the content has errors */
	EXIT_USAGE = 2,   /* wrong usage */
	EXIT_MACHINE = 3, /* disk full, unreadable file */
};

typedef struct Command {
	const char *name;
	const char *arguments; /* "[ID...]", for the usage line */
	const char *summary;   /* one line, N_() */
	const char *help;      /* paragraphs and examples behind the options, N_() */
	int (*run)(int argc, char **argv, const struct Command *self);
} Command;

/* One row a command; command_table ends with a row without a name. */
extern const Command command_table[];

int command_new(int argc, char **argv, const Command *self);
int command_check(int argc, char **argv, const Command *self);
int command_build(int argc, char **argv, const Command *self);
int command_list(int argc, char **argv, const Command *self);
int command_hook(int argc, char **argv, const Command *self);
int command_names(int argc, char **argv, const Command *self);
int command_diff(int argc, char **argv, const Command *self);
int command_edition(int argc, char **argv, const Command *self);
int command_export(int argc, char **argv, const Command *self);
int command_import(int argc, char **argv, const Command *self);
int command_format(int argc, char **argv, const Command *self);
int command_verify(int argc, char **argv, const Command *self);
int command_consent(int argc, char **argv, const Command *self);
int command_watch(int argc, char **argv, const Command *self);

typedef struct {
	const Command *command;
	char *directory; /* -C, absolute; the current folder without it */
	char *root;      /* the workspace; NULL until command_find_workspace */
	char *share;     /* holds schemas/ and stylesheets/ */
	char today[16];  /* ISO date */
	Language language;
	gboolean json;
	char **arguments; /* what is left after the options */
	struct CommandProgress *progress;
} CommandContext;

/* Sets the language of messages before anything is printed: --lang in argv, else the locale. */
Language command_set_language(int argc, char **argv);

/* Parses the shared options and the command's own (entries may be NULL). FALSE: *status is the exit status (a wrong option is reported, --help is
 * printed). */
gboolean command_start(CommandContext *c, int argc, char **argv, const Command *self, const GOptionEntry *own, int *status);
/* Sets today: the system's, or ROTONDE_TODAY. */
void command_set_today(CommandContext *c);
void command_finish(CommandContext *c);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CommandContext, command_finish)

/* Finds the workspace; FALSE after saying how to get one. */
gboolean command_find_workspace(CommandContext *c);

/* Reports a mistake in the command line on standard error, with a pointer to --help; returns EXIT_USAGE. */
int command_usage_error(const Command *self, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* --profile: public without it. FALSE after reporting another name. */
gboolean command_read_profile(const Command *self, const char *name, gboolean *review);

/* Prints the diagnostics on standard error (JSON on standard output when asked, with its totals) and gives the exit status they mean. */
int command_report(CommandContext *c, Diagnostics *d);

/* Writes the members diagnostics, errors and warnings, as --format json has them; prints what was written and frees it. */
void command_write_diagnostics(const CommandContext *c, Diagnostics *d, Json *j);
void command_print_json(Json *j);

/* What a publication is made from, as a rule for make (depend.c); the exit status. */
int depend_print(const Workspace *w, const char *id);

/* Prints only; text form. */
void command_print_diagnostics(CommandContext *c, Diagnostics *d);
int command_status(const Diagnostics *d);

/* A line on the terminal once work takes longer than half a second; never in a pipe. context: a CommandContext, as PipelineOptions
 * hand it on; stage: translated. */
void command_progress(gpointer context, const char *stage);
void command_progress_end(CommandContext *c);

/* Rows (GStrv) in columns as wide as what stands in them; numbers to the right. Empty columns are left out. What stands in them is tamed first
 * (base/text): names of files are among it. */
void command_print_rows(const GPtrArray *rows);

/* At most so many characters, the last an ellipsis when some were left out. The caller's. */
char *command_shorten(const char *text, glong length);

/* A path as the user would type it from where they stand, tamed (base/text): for showing. The caller's. */
char *command_show_path(const CommandContext *c, const char *path);

#endif
