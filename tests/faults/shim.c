/* Loaded before the C library: the FAULT_AT-th call of write, fsync, fchmod, linkat or rename fails as FAULT says: ENOSPC, EIO, EINTR, short (half of a write
 * is done), or kill (the process is gone at that moment). Writing to the terminal's streams is left alone. With FAULT_NAMED there are no files without a name. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int count;

static int fault(void)
{
	const char *at = getenv("FAULT_AT"), *kind = getenv("FAULT"), *mark = getenv("FAULT_MARK");

	if (at == NULL || kind == NULL || ++count != atoi(at))
		return 0;
	if (mark != NULL)
		close(open(mark, O_CREAT | O_WRONLY, 0600));
	if (strcmp(kind, "kill") == 0)
		raise(SIGKILL);
	return strcmp(kind, "ENOSPC") == 0 ? ENOSPC : strcmp(kind, "EIO") == 0 ? EIO : strcmp(kind, "EINTR") == 0 ? EINTR : -1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t size)
{
	int error = fd > 2 ? fault() : 0;

	if (error > 0) {
		errno = error;
		return -1;
	}
	return NEXT(write)(fd, data, error < 0 && size > 1 ? size / 2 : size);
}

int fsync(int fd)
{
	int error = fault();

	if (error > 0) {
		errno = error;
		return -1;
	}
	return NEXT(fsync)(fd);
}

int fchmod(int fd, mode_t mode)
{
	int error = fault();

	if (error > 0) {
		errno = error;
		return -1;
	}
	return NEXT(fchmod)(fd, mode);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
	int error = fault();

	if (error > 0) {
		errno = error;
		return -1;
	}
	return NEXT(linkat)(from_folder, from, to_folder, to, flags);
}

int open(const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode;

	va_start(arguments, flags);
	mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
	va_end(arguments);
	if ((flags & O_TMPFILE) == O_TMPFILE && getenv("FAULT_NAMED") != NULL) {
		errno = EOPNOTSUPP;
		return -1;
	}
	return NEXT(open)(path, flags, mode);
}

int rename(const char *from, const char *to)
{
	int error = fault();

	if (error > 0) {
		errno = error;
		return -1;
	}
	return NEXT(rename)(from, to);
}
