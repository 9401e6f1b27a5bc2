/* Diagnostics: what is wrong, where in the author's own file, and what to do about it.
 *
 * Every message is one row of messages.def: a level, a code, an English and a Dutch text, and a hint in both.
 * A room that finds something wrong adds a row there and calls diagnose(); nobody prints on their own.
 * A collector belongs to one thread; merge collectors afterwards with diagnostics_merge(). */
#ifndef ROTONDE_BASE_DIAGNOSTIC_H
#define ROTONDE_BASE_DIAGNOSTIC_H

#include <glib.h>

typedef enum {
	LEVEL_NOTE,
	LEVEL_UNSUPPORTED, /* valid input that this program does not (yet) honour; nothing is lost but the looks */
	LEVEL_WARNING,
	LEVEL_ERROR, /* the content is wrong: exit status 1 */
	LEVEL_FATAL  /* the machine failed (disk full, unreadable file): exit status 3 */
} Level;

typedef enum { LANGUAGE_EN, LANGUAGE_NL } Language;

typedef enum {
#define MESSAGE(id, level, code, en, nl, hint_en, hint_nl) MSG_##id,
#include "base/messages.def"
#undef MESSAGE
	MSG_COUNT
} MessageId;

/* A place in an author's file. file is relative to the workspace (NULL: no file). line and column count from 1, column in
 * code points; 0 is unknown. focus, when not NULL, is the text to underline: it is looked up in that line from the column on, then in
 * the lines after it (a paragraph, a tag's attributes), which gives line and column. A " in it stands for ' as well. */
typedef struct {
	const char *file;
	int line;
	int column;
	const char *focus;
} Position;

typedef struct {
	Level level;
	MessageId id; /* MSG_COUNT when the text came from outside the table (a Schematron rule) */
	char *code;   /* "spreker-onbekend": the same in every language, so that it can be looked up in the manual */
	char *file;
	int line;
	int column;
	char *focus;
	gboolean withheld; /* the line it is about is not shown: there are secrets in it */
	char *text[2]; /* by Language */
	char *hint[2]; /* by Language; NULL: none */
} Diagnostic;

typedef struct Diagnostics Diagnostics;

Diagnostics *diagnostics_new(void);
void diagnostics_free(Diagnostics *d);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Diagnostics, diagnostics_free)

/* Adds one message. The arguments are strings that stand for %1, %2 ... %9 in the texts of its row. A hint is left out when an
 * argument it names is "" . Copies all it is given. */
#define diagnose(d, id, at, ...) diagnostics_add((d), (id), (at), (const char *const[]){"", ##__VA_ARGS__, NULL} + 1)
void diagnostics_add(Diagnostics *d, MessageId id, const Position *at, const char *const *arguments);

/* As diagnostics_add, where the words to fill in differ by language: arguments[LANGUAGE_EN], arguments[LANGUAGE_NL]. */
void diagnostics_add_each(Diagnostics *d, MessageId id, const Position *at, const char *const *const arguments[2]);

/* Adds a message whose texts do not stand in the table; a NULL text in one language falls back on the other. */
void diagnostics_add_text(Diagnostics *d, Level level, const char *code, const Position *at, const char *const text[2],
                          const char *const hint[2]);

/* Moves all of from's messages to the end of d's. */
void diagnostics_merge(Diagnostics *d, Diagnostics *from);

/* Keeps only what wanted says; copies to d what wanted says of from. */
typedef gboolean (*DiagnosticPredicate)(const Diagnostic *m, gpointer data);
void diagnostics_filter(Diagnostics *d, DiagnosticPredicate wanted, gpointer data);
void diagnostics_copy(Diagnostics *d, const Diagnostics *from, DiagnosticPredicate wanted, gpointer data);

/* Turns what was found in something that is not at stake (an older state, an optional part) into remarks: nothing stays above most, and with
 * where (may be NULL) a file is called "where:file". */
void diagnostics_soften(Diagnostics *d, Level most, const char *where);

/* Orders by file (in the order in which diagnostics_note_file saw them, others after, by name), line, column; drops exact
 * repetitions. */
void diagnostics_sort(Diagnostics *d);
void diagnostics_note_file(Diagnostics *d, const char *file);

/* Covers what may not be seen. mask gives a text without its secrets, or NULL when there are none. It is asked of every text, hint and file name;
 * a line near which there is a secret is not shown. Call after sorting: what is covered can no longer be looked up. */
void diagnostics_redact(Diagnostics *d, char *(*mask)(const char *text, gpointer data), gpointer data);

/* The number of messages at this level or above. */
guint diagnostics_count(const Diagnostics *d, Level at_least);
guint diagnostics_length(const Diagnostics *d);
const Diagnostic *diagnostics_peek(const Diagnostics *d, guint i);

/* The text of a file, for showing the line a message is about. Without one the file is read from below root (borrowed, NULL: the
 * current folder). */
void diagnostics_set_root(Diagnostics *d, const char *root);
void diagnostics_set_text(Diagnostics *d, const char *file, GBytes *text);

/* "file:line:column: error: text [code]", the line with a marker, the hint. The result is the caller's. prefix stands before every
 * file name (the path from where the user stands to the root; "" or "../"). */
typedef struct {
	Language language;
	gboolean colour;
	const char *prefix;
} DiagnosticStyle;
char *diagnostics_format(Diagnostics *d, const DiagnosticStyle *style);

const char *level_name(Level level, Language language);

#endif
