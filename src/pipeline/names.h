/* Inside the hallway: the gate that no known name passes. It is there when a list of names is; what goes through it is named in
 * privacy/privacy.h. */
#ifndef ROTONDE_PIPELINE_NAMES_H
#define ROTONDE_PIPELINE_NAMES_H

#include "document/document.h"
#include "print/print.h"
#include "privacy/privacy.h"

typedef struct {
	PrivacyList *list;       /* NULL: there is none, or it is not in order */
	char *digest;            /* of the list's bytes: outputs are made anew when it changes */
	gboolean broken;         /* a list was found, and reported as not in order */
} Names;

/* Finds the list: asked (NULL: nobody named one), else rotonde.names in git's configuration, else the user's own; and loads it. */
void names_open(Names *n, const char *root, const char *asked, Diagnostics *d);
void names_close(Names *n);

/* Where the list is, or would be looked for last. The caller's. */
char *names_find(const char *root, const char *asked);

/* ---- one thread's search; NULL list: nothing is found ---- */

/* What kind of text it is, for what counts in it. */
typedef enum {
	NAMES_TEXT,   /* everything */
	NAMES_IMPRINT /* addresses of the publisher: names and BSNs only */
} NamesKind;

void names_check_text(PrivacyScanner *s, const char *file, GBytes *bytes, NamesKind kind, Diagnostics *d);
void names_check_path(PrivacyScanner *s, const char *file, Diagnostics *d);
/* The texts in a file of any kind: a text itself (where is NULL) and what its data: addresses hold, or what a picture or PDF holds. FALSE: its form is not known. */
gboolean names_each_part(const char *file, GBytes *bytes, void (*part)(const char *where, const char *text, gsize size, gpointer data), gpointer data);
/* A file of any kind by its bytes: text, picture, PDF; of others it is said that they were not looked into. */
void names_check_bytes(PrivacyScanner *s, const char *file, GBytes *bytes, Diagnostics *d);

/* ---- the workspace ---- */

/* The names of all files and folders below cases/, and what is in those that are no Markdown. */
void names_check_tree(const Names *n, const char *root, Diagnostics *d);
/* The file of this name, relative to the root: its path and its bytes. */
void names_check_input(PrivacyScanner *s, const Workspace *w, const char *name, Diagnostics *d);

/* ---- outputs ---- */

/* pdf_texts, through the module that has it. */
gboolean names_pdf_texts(GBytes *file, const char *name, void (*found)(const PdfText *text, gpointer data), gpointer data, Diagnostics *d);

typedef enum { NAMES_CLEAN, NAMES_FOUND, NAMES_UNSEARCHED } NamesVerdict;

/* A finished output before it is written; with NAMES_FOUND, after reporting, it must not be. Unsearched: there is no list, or its form is not known, which is
 * reported. format is its name for messages, source the publication's file. */
NamesVerdict names_check_output(const Names *n, const char *format, GBytes *bytes, const char *source, Diagnostics *d);

/* Covers every known name in what will be shown. */
void names_redact(const Names *n, Diagnostics *d);

/* A text of ours that will be shown, the same way; may be NULL. */
void names_cover(PrivacyScanner *s, char **text);
void names_cover_entries(PrivacyScanner *s, GPtrArray *entries); /* DocumentEntry */
/* All that a reader of it would see, and its ids, which become anchors. others: what they were -> what they are, texts of the table's own, for trees that
 * are compared. */
void names_cover_tree(PrivacyScanner *s, GHashTable *others, xmlDoc *doc);
void names_cover_summary(PrivacyScanner *s, xmlNode *summary);   /* of a comparison, as changes/changes.h has it */

/* ---- git (names_git.c): root is a folder in the work tree ---- */

/* Every object, path, message, author and name in the repository. */
void names_check_history(const Names *n, const char *root, Diagnostics *d);
/* What stands ready to be committed, and the branch's name. */
void names_check_staged(const Names *n, const char *root, Diagnostics *d);
/* The message in a file that git made for it. */
void names_check_message(const Names *n, const char *path, Diagnostics *d);
/* What git push sends: lines of "local-name local-id remote-name remote-id" as pre-push gets them. */
void names_check_push(const Names *n, const char *root, const char *remote, const char *lines, Diagnostics *d);

#endif
