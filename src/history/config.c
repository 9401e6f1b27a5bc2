/* git's configuration. */
#include "history/room.h"

#include "base/file.h"

#include <string.h>

enum { CONFIG_LIMIT = 1024 * 1024 };

/* The file may set the key, itself or through another. */
static gboolean speaks_of(const char *path, const char *section)
{
	g_autoptr(GBytes) bytes = file_load(path, CONFIG_LIMIT, NULL);
	gsize size = 0;
	const char *data = bytes != NULL ? g_bytes_get_data(bytes, &size) : NULL;
	g_autofree char *lower = data != NULL ? g_ascii_strdown(data, (gssize)size) : NULL;

	return lower != NULL && (g_strstr_len(lower, (gssize)size, section) != NULL || g_strstr_len(lower, (gssize)size, "include") != NULL);
}

/* Whether it is worth to load libgit2. */
static gboolean is_likely(const char *root, const char *section)
{
	g_autofree char *own = g_build_filename(g_get_home_dir(), ".gitconfig", NULL);
	g_autofree char *other = g_build_filename(g_get_user_config_dir(), "git", "config", NULL);
	g_autofree char *folder = g_canonicalize_filename(root, NULL);

	if (speaks_of(own, section) || speaks_of(other, section) || speaks_of("/etc/gitconfig", section))
		return TRUE;
	for (;;) {
		g_autofree char *mark = g_build_filename(folder, ".git", NULL);
		g_autofree char *config = g_build_filename(mark, "config", NULL);
		char *parent = g_path_get_dirname(folder);
		gboolean top = strcmp(parent, folder) == 0;
		g_free(folder);
		folder = parent;
		if (g_file_test(mark, G_FILE_TEST_EXISTS))
			return !g_file_test(mark, G_FILE_TEST_IS_DIR) || speaks_of(config, section); /* a file: a work tree or submodule */
		if (top)
			return FALSE;
	}
}

static char *read_path(const Git *g, git_config *config, const char *key)
{
	git_buf value = GIT_BUF_INIT;
	char *path = NULL;

	if (config != NULL && g->git_config_get_path(&value, config, key) == 0)
		path = g_strdup(value.ptr);
	g->git_buf_dispose(&value);
	g->git_config_free(config);
	return path;
}

char *history_config(const char *root, const char *key)
{
	g_autofree char *section = g_strndup(key, strcspn(key, "."));
	g_autoptr(Diagnostics) ignored = diagnostics_new();
	git_config *config = NULL;
	char *path = NULL;
	Git g;

	if (!is_likely(root, section) || !git_load(&g))
		return NULL;
	g.git_libgit2_init();
	g_autoptr(History) h = history_is_kept(root) ? history_open(root, ignored) : NULL;
	if (h != NULL ? g.git_repository_config_snapshot(&config, h->repository) == 0 : g.git_config_open_default(&config) == 0)
		path = read_path(&g, config, key);
	g_clear_pointer(&h, history_close);
	g.git_libgit2_shutdown();
	return path;
}
