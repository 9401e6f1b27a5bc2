/* Watching folders: the system says that something happened (a monitor a folder), and a look at names, sizes and times says whether it matters.
 * Every two seconds that look is taken anyway: a folder that was deleted, moved or put back is found again by it. */
#include "preview/watcher.h"

#include "base/file.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>

enum {
	MOMENT = 15,        /* milliseconds; an editor's save is several events */
	PATIENCE = 2000,    /* milliseconds between two looks that nothing asked for */
	DEPTH = 32,
};

struct Watcher {
	char **folders, **files;
	GHashTable *monitors; /* folder and its inode -> GFileMonitor: one that is deleted and made again is another */
	char *seen;           /* digest of what was there */
	guint moment, patience; /* sources */
	void (*changed)(gpointer data);
	gpointer data;
};

typedef struct {
	Watcher *w;
	GChecksum *sum;
	GHashTable *found; /* folders */
} Look;

static gboolean settle(gpointer data);

static void happened(GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer data)
{
	Watcher *w = data;

	(void)monitor;
	(void)file;
	(void)other;
	if (event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT || event == G_FILE_MONITOR_EVENT_RENAMED || event == G_FILE_MONITOR_EVENT_MOVED_IN) {
		g_clear_handle_id(&w->moment, g_source_remove); /* a save is over: nothing is waited for */
		w->moment = g_idle_add_full(G_PRIORITY_DEFAULT, settle, w, NULL);
	} else if (w->moment == 0) {
		w->moment = g_timeout_add(MOMENT, settle, w);
	}
}

static void monitor_folder(Look *look, const char *path, const struct stat *s)
{
	Watcher *w = look->w;
	g_autofree char *key = g_strdup_printf("%s/%" G_GUINT64_FORMAT, path, (guint64)s->st_ino);

	g_hash_table_add(look->found, g_strdup(key));
	if (g_hash_table_contains(w->monitors, key))
		return;
	g_autoptr(GFile) file = g_file_new_for_path(path);
	GFileMonitor *monitor = g_file_monitor_directory(file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
	if (monitor == NULL)
		return; /* the two-second look will do */
	g_file_monitor_set_rate_limit(monitor, MOMENT);
	g_signal_connect(monitor, "changed", G_CALLBACK(happened), w);
	g_hash_table_insert(w->monitors, g_steal_pointer(&key), monitor);
}

static void look_at(Look *look, const char *path, int depth)
{
	g_autoptr(GPtrArray) names = NULL;
	struct stat s;

	if (lstat(path, &s) != 0)
		return;
	if (S_ISREG(s.st_mode)) {
		const gint64 state[] = {(gint64)s.st_size, (gint64)s.st_mtim.tv_sec, (gint64)s.st_mtim.tv_nsec, (gint64)s.st_ino};
		g_checksum_update(look->sum, (const guchar *)path, (gssize)strlen(path) + 1);
		g_checksum_update(look->sum, (const guchar *)state, sizeof state);
		return;
	}
	if (!S_ISDIR(s.st_mode) || depth >= DEPTH || (names = file_names(path)) == NULL)
		return;
	monitor_folder(look, path, &s);
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *below = g_build_filename(path, names->pdata[i], NULL);
		look_at(look, below, depth + 1);
	}
}

static gboolean is_gone(gpointer folder, gpointer monitor, gpointer found)
{
	(void)monitor;
	return !g_hash_table_contains(found, folder);
}

/* TRUE: it is not as it was at the last look. */
static gboolean take_look(Watcher *w)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_MD5);
	g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Look look = {w, sum, found};
	gboolean same;

	for (char **folder = w->folders; *folder != NULL; folder++)
		look_at(&look, *folder, 0);
	for (char **file = w->files; file != NULL && *file != NULL; file++)
		look_at(&look, *file, DEPTH);
	g_hash_table_foreach_remove(w->monitors, is_gone, found);
	same = g_strcmp0(w->seen, g_checksum_get_string(sum)) == 0;
	g_free(w->seen);
	w->seen = g_strdup(g_checksum_get_string(sum));
	return !same;
}

static gboolean settle(gpointer data)
{
	Watcher *w = data;

	w->moment = 0;
	if (take_look(w))
		w->changed(w->data);
	return G_SOURCE_REMOVE;
}

static gboolean look_again(gpointer data)
{
	Watcher *w = data;

	if (take_look(w))
		w->changed(w->data);
	return G_SOURCE_CONTINUE;
}

Watcher *watcher_new(const char *const *folders, void (*changed)(gpointer data), gpointer data)
{
	Watcher *w = g_new0(Watcher, 1);

	w->folders = g_strdupv((char **)folders);
	w->monitors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_object_unref);
	w->changed = changed;
	w->data = data;
	take_look(w);
	w->patience = g_timeout_add(PATIENCE, look_again, w);
	return w;
}

void watcher_set_files(Watcher *w, const char *const *files)
{
	if (w->files != NULL && g_strv_equal((const char *const *)w->files, files))
		return;
	g_strfreev(w->files);
	w->files = g_strdupv((char **)files);
	take_look(w);
}

void watcher_free(Watcher *w)
{
	if (w == NULL)
		return;
	g_source_remove(w->patience);
	if (w->moment != 0)
		g_source_remove(w->moment);
	g_hash_table_unref(w->monitors);
	g_strfreev(w->folders);
	g_strfreev(w->files);
	g_free(w->seen);
	g_free(w);
}
