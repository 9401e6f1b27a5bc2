/* What git remembers of a workspace: revisions, editions, the files as they were. Through libgit2, which is loaded when a repository is
 * found and not before: outside git nothing is loaded and nothing is asked. Only objects are read; the work tree and the index stay as they are.
 *
 * A History belongs to one thread; what history_read gives may be read by several. A revision is a commit's 40 hexadecimal digits. Dates are
 * ISO 8601, in the time zone that the commit itself names, so that they are the same on every computer. */
#ifndef ROTONDE_HISTORY_HISTORY_H
#define ROTONDE_HISTORY_HISTORY_H

#include "base/diagnostic.h"
#include "document/document.h"

typedef struct History History;

/* Whether a repository holds this folder: a look upward for .git, some microseconds. */
gboolean history_is_kept(const char *root);

/* What git's configuration says under this key ("rotonde.names"), as a path: the repository's own, else the user's, else the system's. NULL: nothing.
 * libgit2 is only loaded when one of these files speaks of us. The caller's. */
char *history_config(const char *root, const char *key);

/* The repository whose work tree holds the workspace. NULL after reporting why not (MSG_GIT_...): outside git too. */
History *history_open(const char *root, Diagnostics *d);
void history_close(History *h);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(History, history_close)

/* ---- the state of the work tree ---- */

typedef struct {
	char *revision; /* of HEAD; NULL: nothing was ever committed */
	char *date;     /* of that commit: day */
	gint64 time;    /* seconds since 1970, UTC */
	gboolean dirty; /* a file of the workspace is not as committed, or below cases/ and not known to git */
	char *changed;  /* the first such file, relative to the workspace's root; NULL when not dirty */
} HistoryState;

/* FALSE after reporting. */
gboolean history_state(History *h, HistoryState *state, Diagnostics *d);
void history_state_clear(HistoryState *state);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(HistoryState, history_state_clear)

/* Only a part of the commits is here: editions may be missing. */
gboolean history_is_shallow(const History *h);

/* ---- editions: tags "ID/EDITION" ---- */

typedef struct {
	char *edition;  /* "2" */
	char *tag;      /* "samen-verder-kijken/2" */
	char *revision; /* the commit it names */
	char *date;
	gint64 time;
} HistoryEdition;

/* The editions of a publication that HEAD grew from, oldest first. The caller's (g_ptr_array_unref). */
GPtrArray *history_editions(History *h, const char *id);

/* Makes the annotated tag ID/EDITION at HEAD. FALSE after reporting (it exists, the name is none that git takes, who you are is not known). */
gboolean history_tag(History *h, const char *id, const char *edition, const char *message, Diagnostics *d);
gboolean history_has_edition(History *h, const char *id, const char *edition);

/* ---- revisions and their files ---- */

/* The commit that is meant: a tag, a branch, a commit (its first digits), HEAD~2, or a date (2025-03-14 or 2025-03: the last commit up to
 * and with that day or month). NULL after reporting, with what may have been meant. The caller's. */
char *history_find(History *h, const char *name, Diagnostics *d);

/* The day of a commit. The caller's; NULL when there is no such commit. */
char *history_date(History *h, const char *revision);

typedef struct HistoryTree HistoryTree;

/* All files below the workspace's cases/ as they were. NULL after reporting. Needs h to stay open. */
HistoryTree *history_read(History *h, const char *revision, Diagnostics *d);
void history_tree_free(HistoryTree *t);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HistoryTree, history_tree_free)

/* For workspace_load_from; borrowed. */
const WorkspaceSource *history_source(const HistoryTree *t);

/* ---- walking, for those who look for something in all of it (walk.c). A visitor that gives FALSE ends the walk. FALSE: git failed, which is
 * reported. ---- */

typedef struct {
	const char *revision, *message; /* message: whole, UTF-8 made valid */
	const char *author, *committer; /* "Name <address>" */
} HistoryCommit;
/* Every commit that a branch, a tag, HEAD or the stash leads to; newest first. */
gboolean history_each_commit(History *h, gboolean (*visit)(const HistoryCommit *commit, gpointer data), gpointer data, Diagnostics *d);

/* kind: commit, tree, blob, tag. Every object in the database, what nothing leads to any more too. */
gboolean history_each_object(History *h, gboolean (*visit)(const char *kind, const char *id, GBytes *bytes, gpointer data), gpointer data,
                             Diagnostics *d);

/* Branches, tags, remote branches, the stash: name, and what it names (40 digits; "" when symbolic). */
gboolean history_each_ref(History *h, gboolean (*visit)(const char *name, const char *target, gpointer data), gpointer data, Diagnostics *d);

/* Files in the index that are not as in HEAD: path relative to the repository, and the bytes that stand ready. */
gboolean history_each_staged(History *h, gboolean (*visit)(const char *path, GBytes *bytes, gpointer data), gpointer data, Diagnostics *d);

#endif
