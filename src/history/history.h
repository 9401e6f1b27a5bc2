/* What git remembers of a workspace: revisions, editions, the files as they were. Through libgit2, which is begun when a repository is
 * found and not before: outside git nothing is begun and nothing is asked. Only objects are read; the work tree and the index stay as they are.
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

/* The top of the work tree that holds this folder; NULL: none does. The caller's. */
char *history_top(const char *root);

/* What git's configuration says under this key ("rotonde.names"), as a path: the repository's own, else the user's, else the system's. NULL: nothing.
 * libgit2 is only begun when one of these files speaks of us. The caller's. */
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
	gboolean dirty; /* a file of the workspace is not as committed, or below cases/ and not known to git, which may have been told to ignore it */
	char *changed;  /* the first such file, relative to the workspace's root; NULL when not dirty */
} HistoryState;

/* below: only files in this folder of the workspace ("cases") can make it dirty, which is told in a tenth of the time; NULL: all of the
 * workspace. FALSE after reporting. */
gboolean history_state(History *h, const char *below, HistoryState *state, Diagnostics *d);
/* Whether there is a version at all. FALSE after reporting (MSG_GIT_EMPTY, or what is broken). */
gboolean history_is_begun(History *h, Diagnostics *d);
/* A file of the workspace is not as committed, or not known to git. */
gboolean history_is_changed(History *h, const char *file);
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

/* The editions of a publication that HEAD grew from, or all that there are, also on branches that were never merged; oldest first. The caller's
 * (g_ptr_array_unref). */
GPtrArray *history_editions(History *h, const char *id, gboolean all);

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

/* The first file that was asked for and that git no longer has, though this revision had it; NULL: none. Borrowed. */
const char *history_lost(const HistoryTree *t);

/* For workspace_load_from; borrowed. */
const WorkspaceSource *history_source(const HistoryTree *t);

/* ---- walking, for those who look for something in all of it (walk.c). A visitor that gives FALSE ends the walk. FALSE: git failed, which is
 * reported. ---- */

/* Branches, tags, remote branches, the stash: name, and what it names (40 digits; "" when symbolic). */
gboolean history_each_ref(History *h, gboolean (*visit)(const char *name, const char *target, gpointer data), gpointer data, Diagnostics *d);

/* Files in the index (that of GIT_INDEX_FILE, when git says so to a hook) that are not as in HEAD: path relative to the repository, and the bytes
 * that stand ready; of a submodule none. */
gboolean history_each_staged(History *h, gboolean (*visit)(const char *path, GBytes *bytes, gpointer data), gpointer data, Diagnostics *d);

/* ---- everything, a piece at a time (sweep.c): for who looks for something that must not be there ---- */

typedef enum {
	HISTORY_MESSAGE, /* of a commit */
	HISTORY_PERSON,  /* author or committer: "Name <address>" */
	HISTORY_PATH,    /* of a file, folder or submodule */
	HISTORY_FILE,    /* what is in it */
	HISTORY_TAG,     /* an annotated tag: its name, who made it, its message */
	HISTORY_REF      /* the whole name of a branch, tag, remote branch, the stash */
} HistoryKind;

typedef struct {
	HistoryKind kind;
	const char *revision; /* the commit it is in; where nothing leads to it, the object itself */
	const char *path;     /* of PATH and FILE; NULL: nothing leads to it */
	GBytes *bytes;
	gboolean loose;       /* nothing leads to it: git sends it to nobody, and may clear it away */
} HistoryPiece;

typedef gboolean (*HistoryVisit)(const HistoryPiece *piece, gpointer data); /* FALSE: it has seen enough */
typedef struct {
	HistoryVisit visit;
	gpointer data;
} HistoryVisitor;

/* Every commit, path and file, each once with the newest commit it is in; then what nothing leads to any more (commits that were amended, dropped
 * stashes); then every name. FALSE after reporting. */
gboolean history_each_piece(History *h, const HistoryVisitor *visitor, Diagnostics *d);

/* What leaves when tip (40 digits of a commit or tag) is sent to who has the known ones already (NULL-terminated; those that are not here are left
 * out): all commits in between, and all that is in them and not in the known ones. FALSE after reporting. */
gboolean history_each_leaving(History *h, const char *tip, const char *const *known, const HistoryVisitor *visitor, Diagnostics *d);

/* The whole name of the branch that is checked out ("refs/heads/main"), also before its first commit. NULL: none is. The caller's. */
char *history_branch(History *h);

/* The folder in which git looks for hooks. The caller's. */
char *history_hooks(History *h);

#endif
