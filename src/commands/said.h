/* rotonde list threads, quotes and voices: what was said. */
#ifndef ROTONDE_COMMANDS_SAID_H
#define ROTONDE_COMMANDS_SAID_H

#include "commands/command.h"
#include "document/document.h"

/* As asked on the command line: ids and roles with commas or spaces between; NULL: all. */
typedef struct {
	char *publication, *cases, *threads, *rotondes, *sessions, *speakers, *roles, *kind, *by;
	char *names; /* the list of real names, which are covered; NULL: the one that is set up */
} SaidOptions;
void said_options_clear(SaidOptions *o);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SaidOptions, said_options_clear)

gboolean said_is_kind(const char *kind);
gboolean said_is_asked(const SaidOptions *o);

/* Prints it. The exit status: wrong usage when something asked for does not exist. */
int said_list(CommandContext *c, const Workspace *w, const char *kind, SaidOptions *o);

/* list.c, for consent.c too: words of the schema in the user's language; one that is not known stays as it is. said_words: the caller's. */
const char *said_word(const char *word);
char *said_words(const char *list);
/* The member consents (DocumentConsent). */
void said_write_consents(Json *j, const GPtrArray *consents);

#endif
