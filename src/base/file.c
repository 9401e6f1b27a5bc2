/* Files: read whole, written whole or not at all. */
#define _GNU_SOURCE /* O_TMPFILE */
#include "base/file.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void set_error(GError **error, int number)
{
	g_set_error_literal(error, G_FILE_ERROR, (int)g_file_error_from_errno(number), g_strerror(number));
}

static gboolean read_all(int fd, char *to, gsize size)
{
	while (size > 0) {
		ssize_t n = read(fd, to, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			errno = n == 0 ? EIO : errno;
			return FALSE;
		}
		to += n;
		size -= (gsize)n;
	}
	return TRUE;
}

static gboolean write_all(int fd, const char *from, gsize size)
{
	while (size > 0) {
		ssize_t n = write(fd, from, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return FALSE;
		from += n;
		size -= (gsize)n;
	}
	return TRUE;
}

GBytes *file_load(const char *path, gsize limit, GError **error)
{
	struct stat st;
	g_autofree char *data = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0) {
		set_error(error, errno);
		return NULL;
	}
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		set_error(error, S_ISDIR(st.st_mode) ? EISDIR : EINVAL);
		close(fd);
		return NULL;
	}
	if ((gsize)st.st_size > limit) {
		set_error(error, ENOSPC);
		close(fd);
		return NULL;
	}
	data = g_malloc((gsize)st.st_size + 1);
	if (!read_all(fd, data, (gsize)st.st_size)) {
		set_error(error, errno);
		close(fd);
		return NULL;
	}
	close(fd);
	data[st.st_size] = '\0';
	return g_bytes_new_take(g_steal_pointer(&data), (gsize)st.st_size);
}

static void sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	fsync(fd); /* a file system that cannot sync folders keeps its own promises */
	close(fd);
}

enum { STALE_SECONDS = 3600 };

/* Removes what an interrupted write of the same file left, once it is old enough not to be somebody's at work. */
static void clean_stale(const char *folder, const char *base)
{
	g_autofree char *prefix = g_strdup_printf(".%s.", base);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = NULL;
		struct stat st;
		if (!g_str_has_prefix(name, prefix) || strlen(name) != strlen(prefix) + 6)
			continue;
		path = g_build_filename(folder, name, NULL);
		if (lstat(path, &st) == 0 && S_ISREG(st.st_mode) && time(NULL) - st.st_mtime > STALE_SECONDS)
			unlink(path);
	}
}

static int sync_file(int fd)
{
	int result;

	do
		result = fsync(fd);
	while (result != 0 && errno == EINTR);
	return result;
}

typedef struct {
	char *folder, *name; /* of the temporary file: its name is there once it has one */
	int fd;
	gboolean nameless;
	char self[40]; /* what a nameless file can be reached by */
} Temporary;

/* A file without a name goes when the process does, however it goes. Not every file system has them, and giving one a name wants /proc. */
static gboolean open_nameless(Temporary *t)
{
	t->fd = open(t->folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	if (t->fd < 0)
		return FALSE;
	g_snprintf(t->self, sizeof t->self, "/proc/self/fd/%d", t->fd);
	t->nameless = access(t->self, F_OK) == 0;
	if (!t->nameless)
		close(t->fd);
	return t->nameless;
}

static gboolean open_temporary(Temporary *t)
{
	if (!open_nameless(t))
		t->fd = g_mkstemp_full(t->name, O_WRONLY | O_CLOEXEC, 0600);
	return t->fd >= 0;
}

/* Gives a nameless file a name for the moment until it is renamed: no call puts one in the place of another file. */
static gboolean give_name(Temporary *t)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	int result = -1;

	for (int attempt = 0; attempt < 100 && result != 0; attempt++) {
		for (char *c = t->name + strlen(t->name) - 6; *c != '\0'; c++)
			*c = letters[g_random_int_range(0, sizeof letters - 1)];
		result = linkat(AT_FDCWD, t->self, AT_FDCWD, t->name, AT_SYMLINK_FOLLOW);
		if (result != 0 && errno != EEXIST && errno != EINTR)
			break;
	}
	t->nameless = result != 0;
	return result == 0;
}

static gboolean fill(const Temporary *t, const void *data, gsize size, gboolean sync)
{
	mode_t mask = umask(0);

	umask(mask);
	return write_all(t->fd, data, size) && fchmod(t->fd, 0666 & ~mask) == 0 && (!sync || sync_file(t->fd) == 0);
}

static gboolean save(const char *path, const void *data, gsize size, gboolean sync, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *base = g_path_get_basename(path);
	g_autofree char *name = g_strdup_printf("%s/.%s.XXXXXX", folder, base);
	Temporary t = {.folder = folder, .name = name};
	int number;

	if (g_mkdir_with_parents(folder, 0777) != 0) {
		set_error(error, errno);
		return FALSE;
	}
	clean_stale(folder, base);
	if (!open_temporary(&t)) {
		set_error(error, errno);
		return FALSE;
	}
	number = fill(&t, data, size, sync) && (!t.nameless || give_name(&t)) ? 0 : errno;
	if (close(t.fd) != 0 && number == 0)
		number = errno;
	if (number == 0 && rename(name, path) != 0)
		number = errno;
	if (number != 0) {
		if (!t.nameless)
			unlink(name);
		set_error(error, number);
		return FALSE;
	}
	if (sync)
		sync_folder(folder);
	return TRUE;
}

int file_lock_folder(const char *folder)
{
	int fd = g_mkdir_with_parents(folder, 0777) == 0 ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	int result;

	if (fd < 0)
		return -1;
	do
		result = flock(fd, LOCK_EX);
	while (result != 0 && errno == EINTR);
	return fd;
}

void file_unlock_folder(int lock)
{
	if (lock >= 0)
		close(lock);
}

GPtrArray *file_names(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	GPtrArray *names = dir != NULL ? g_ptr_array_new_with_free_func(g_free) : NULL;
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL)
		if (*name != '.')
			g_ptr_array_add(names, g_strdup(name));
	if (names != NULL)
		g_ptr_array_sort(names, text_compare);
	return names;
}

gboolean file_save(const char *path, const void *data, gsize size, GError **error)
{
	return save(path, data, size, TRUE, error);
}

gboolean file_save_lightly(const char *path, const void *data, gsize size, GError **error)
{
	return save(path, data, size, FALSE, error);
}

char *file_digest(const void *data, gsize size)
{
	return g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, size);
}
