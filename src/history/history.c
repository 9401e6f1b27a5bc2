/* The repository: libgit2 loaded, the work tree found, its state. */
#include "history/room.h"

#include "base/file.h"

#include <dlfcn.h>
#include <string.h>
#include <stdlib.h>

#ifdef HISTORY_LINKED

gboolean git_load(Git *g)
{
#define LOAD(name) g->name = name;
	GIT_FUNCTIONS(LOAD)
#undef LOAD
	return TRUE;
}

#else

/* mbedTLS's, in its place: libgit2 reads every certificate of the machine when it starts, a third of the time that it costs a build, and nothing here
 * ever goes over the network. The program's own symbols are found before those of a library that is opened later. */
int mbedtls_x509_crt_parse_file(void *chain, const char *path);

__attribute__((visibility("default"))) int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return 0; /* all of them were taken */
}

gboolean git_load(Git *g)
{
	void *library = dlopen("libgit2.so." LIBGIT2_SOVERSION, RTLD_LAZY | RTLD_LOCAL);

	if (library == NULL)
		return FALSE;
#define LOAD(name) \
	g->name = (__typeof__(name) *)dlsym(library, #name); \
	if (g->name == NULL) \
		return FALSE;
	GIT_FUNCTIONS(LOAD)
#undef LOAD
	return TRUE;
}

#endif

/* The nearest folder at or above root that holds .git. NULL: none. The caller's. */
static char *find_kept(const char *root)
{
	char *folder = realpath(root, NULL);

	while (folder != NULL) {
		g_autofree char *mark = g_build_filename(folder, ".git", NULL);
		if (g_file_test(mark, G_FILE_TEST_EXISTS))
			break;
		char *parent = g_path_get_dirname(folder);
		gboolean top = strcmp(parent, folder) == 0;
		g_free(folder);
		folder = parent;
		if (top)
			g_clear_pointer(&folder, g_free);
	}
	return folder;
}

char *history_top(const char *root)
{
	return find_kept(root);
}

gboolean history_is_kept(const char *root)
{
	g_autofree char *folder = find_kept(root);

	return folder != NULL;
}

gboolean git_failed(const History *h, Diagnostics *d)
{
	const git_error *error = h->git.git_error_last();

	diagnose(d, MSG_GIT_BROKEN, NULL, error != NULL && error->message != NULL ? error->message : "?");
	return FALSE;
}

/* The workspace's place in the work tree. NULL: it is not in it. */
static char *find_prefix(const History *h, const char *root)
{
	const char *tree = h->git.git_repository_workdir(h->repository);
	g_autofree char *top = tree != NULL ? realpath(tree, NULL) : NULL, *here = realpath(root, NULL);
	gsize length = top != NULL ? strlen(top) : 0;

	if (top == NULL || here == NULL || strncmp(here, top, length) != 0)
		return NULL;
	if (here[length] == '\0')
		return g_strdup("");
	return here[length] == '/' ? g_strconcat(here + length + 1, "/", NULL) : NULL;
}

/* Where the work tree stands is known, or nothing was ever committed. */
static gboolean has_head(const History *h, Diagnostics *d)
{
	git_reference *head = NULL;
	int result = h->git.git_repository_head(&head, h->repository);

	if (head != NULL)
		h->git.git_reference_free(head);
	return result == 0 || result == GIT_EUNBORNBRANCH || result == GIT_ENOTFOUND || git_failed(h, d);
}

/* A repository without a work tree that lies here itself. */
static gboolean is_bare(const char *root)
{
	static const char *const parts[] = {"HEAD", "objects", "refs"};
	gboolean all = TRUE;

	for (gsize i = 0; i < G_N_ELEMENTS(parts) && all; i++) {
		g_autofree char *path = g_build_filename(root, parts[i], NULL);
		all = g_file_test(path, G_FILE_TEST_EXISTS);
	}
	return all;
}

/* Where .git of a folder points, when it is a file that points at what is not there. The caller's. */
static char *find_gone(const char *folder)
{
	g_autofree char *mark = g_build_filename(folder, ".git", NULL), *text = NULL, *place = NULL;

	if (!g_file_get_contents(mark, &text, NULL, NULL) || !g_str_has_prefix(text, "gitdir:"))
		return NULL;
	place = g_canonicalize_filename(g_strstrip(text + strlen("gitdir:")), folder);
	return g_file_test(place, G_FILE_TEST_EXISTS) ? NULL : g_steal_pointer(&place);
}

static gboolean open_failed(const History *h, const char *folder, int result, Diagnostics *d)
{
	const git_error *error = h->git.git_error_last();
	const char *said = error != NULL && error->message != NULL ? error->message : "";
	g_autofree char *gone = find_gone(folder);

	/* libgit2 1.5 says so when it looks for the owners that are trusted and no file of configuration has any */
	if (result == GIT_EOWNER || strstr(said, "safe.directory") != NULL)
		diagnose(d, MSG_GIT_OWNER, NULL, folder);
	else if (gone != NULL)
		diagnose(d, MSG_GIT_MOVED, NULL, folder, gone);
	else if (g_str_has_prefix(said, "unsupported extension"))
		diagnose(d, MSG_GIT_KIND, NULL, said);
	else
		git_failed(h, d);
	return FALSE;
}

static gboolean open_repository(History *h, const char *folder, const char *root, Diagnostics *d)
{
	int result = h->git.git_repository_open(&h->repository, folder);

	if (result != 0)
		return open_failed(h, folder, result, d);
	if (h->git.git_repository_is_bare(h->repository)) {
		diagnose(d, MSG_GIT_BARE, NULL, folder);
		return FALSE;
	}
	if (!has_head(h, d))
		return FALSE;
	h->prefix = find_prefix(h, root);
	if (h->prefix == NULL)
		diagnose(d, MSG_GIT_NONE, NULL, root);
	return h->prefix != NULL;
}

History *history_open(const char *root, Diagnostics *d)
{
	g_autofree char *folder = find_kept(root);
	g_autoptr(History) h = NULL;

	if (folder == NULL) {
		diagnose(d, is_bare(root) ? MSG_GIT_BARE : MSG_GIT_NONE, NULL, root);
		return NULL;
	}
	h = g_new0(History, 1);
	g_mutex_init(&h->lock);
	if (!git_load(&h->git)) {
		memset(&h->git, 0, sizeof h->git);
		diagnose(d, MSG_GIT_LIBRARY, NULL, "libgit2-" LIBGIT2_SOVERSION);
		return NULL;
	}
	h->git.git_libgit2_init();
	return open_repository(h, folder, root, d) ? g_steal_pointer(&h) : NULL;
}

void history_close(History *h)
{
	if (h == NULL)
		return;
	if (h->repository != NULL)
		h->git.git_repository_free(h->repository);
	if (h->git.git_libgit2_shutdown != NULL)
		h->git.git_libgit2_shutdown();
	g_mutex_clear(&h->lock);
	g_free(h->prefix);
	g_free(h);
}

gboolean history_is_shallow(const History *h)
{
	return h->git.git_repository_is_shallow(h->repository) == 1;
}

/* ---- state ---- */

char *git_day(const Git *g, const git_commit *commit)
{
	gint64 local = g->git_commit_time(commit) + 60 * (gint64)g->git_commit_time_offset(commit);
	g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(local);

	return when != NULL ? g_date_time_format(when, "%Y-%m-%d") : g_strdup("");
}

typedef struct {
	const History *h;
	char *cases; /* the folder in the work tree */
	char *found;
} Look;

enum { FOLDER_DEPTH = 32 };

/* A file that publications are made of, or a folder with one: for what git was told to ignore, which is mostly what programs leave behind. */
static gboolean holds_source(const char *path, int depth)
{
	static const char *const sources[] = {".md", ".xml", ".svg", ".png", ".jpg", ".jpeg", NULL};
	g_autoptr(GPtrArray) names = file_names(path);
	gboolean holds = FALSE;

	for (guint i = 0; names == NULL && sources[i] != NULL && !holds; i++)
		holds = g_str_has_suffix(path, sources[i]);
	for (guint i = 0; names != NULL && depth < FOLDER_DEPTH && i < names->len && !holds; i++) {
		g_autofree char *below = g_build_filename(path, names->pdata[i], NULL);
		holds = holds_source(below, depth + 1);
	}
	return holds;
}

static gboolean is_ignored_source(const Look *look, const char *path)
{
	const char *top = look->h->git.git_repository_workdir(look->h->repository);
	g_autofree char *file = top != NULL ? g_build_filename(top, path, NULL) : NULL;

	if (file == NULL || strstr(path, "/.") != NULL)
		return FALSE;
	if (g_str_has_prefix(path, look->cases))
		return holds_source(file, 0);
	if (!g_str_has_prefix(look->cases, path))
		return FALSE;
	g_autofree char *cases = g_build_filename(top, look->cases, NULL); /* a folder that holds cases/ is ignored whole */
	return holds_source(cases, 0);
}

/* Of what git does not know only what lies below cases/ (or is a folder that holds it) can be in a publication. */
static int look_at(const char *path, unsigned int flags, void *data)
{
	Look *look = data;
	gsize length = strlen(look->h->prefix);

	if (flags == GIT_STATUS_IGNORED && !is_ignored_source(look, path))
		return 0;
	if (flags == GIT_STATUS_WT_NEW && !g_str_has_prefix(path, look->cases) && !g_str_has_prefix(look->cases, path))
		return 0;
	if (strncmp(path, look->h->prefix, length) != 0 && !g_str_has_prefix(look->h->prefix, path))
		return 0;
	look->found = g_strdup(strlen(path) > length ? path + length : path);
	return 1;
}

static char *find_changed(History *h, const char *below)
{
	Look look = {h, g_strconcat(h->prefix, "cases/", NULL), NULL};
	g_autofree char *folder = g_strconcat(h->prefix, below, NULL);
	git_status_options options;

	h->git.git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
	options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
	options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_INCLUDE_IGNORED | GIT_STATUS_OPT_EXCLUDE_SUBMODULES;
	if (below != NULL) {
		options.flags |= GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH;
		options.pathspec = (git_strarray){&folder, 1};
	}
	h->git.git_status_foreach_ext(h->repository, &options, look_at, &look);
	g_free(look.cases);
	return look.found;
}

gboolean history_is_changed(History *h, const char *file)
{
	g_autofree char *path = g_strconcat(h->prefix, file, NULL);
	unsigned int flags = GIT_STATUS_CURRENT;

	return h->git.git_status_file(&flags, h->repository, path) != 0 || flags != GIT_STATUS_CURRENT;
}

/* The commit that is checked out; *commit NULL: nothing was ever committed. FALSE after reporting. */
static gboolean read_head(History *h, git_object **commit, Diagnostics *d)
{
	git_reference *head = NULL;
	int result = h->git.git_repository_head(&head, h->repository);

	*commit = NULL;
	if (result == GIT_EUNBORNBRANCH || result == GIT_ENOTFOUND)
		return TRUE;
	if (result == 0)
		result = h->git.git_reference_peel(commit, head, GIT_OBJECT_COMMIT);
	h->git.git_reference_free(head);
	return result == 0 || git_failed(h, d);
}

gboolean history_is_begun(History *h, Diagnostics *d)
{
	git_object *object;
	gboolean begun;

	if (!read_head(h, &object, d))
		return FALSE;
	begun = object != NULL;
	h->git.git_object_free(object);
	if (!begun)
		diagnose(d, MSG_GIT_EMPTY, NULL);
	return begun;
}

gboolean history_state(History *h, const char *below, HistoryState *state, Diagnostics *d)
{
	git_object *object;
	char hex[GIT_OID_HEXSZ + 1];

	*state = (HistoryState){.time = -1};
	if (!read_head(h, &object, d))
		return FALSE;
	if (object != NULL) {
		const git_commit *commit = (const git_commit *)object;
		state->revision = g_strdup(h->git.git_oid_tostr(hex, sizeof hex, h->git.git_object_id(object)));
		state->time = h->git.git_commit_time(commit);
		state->date = git_day(&h->git, commit);
	}
	h->git.git_object_free(object);
	state->changed = find_changed(h, below);
	state->dirty = state->changed != NULL;
	return TRUE;
}

void history_state_clear(HistoryState *state)
{
	g_clear_pointer(&state->revision, g_free);
	g_clear_pointer(&state->date, g_free);
	g_clear_pointer(&state->changed, g_free);
}
