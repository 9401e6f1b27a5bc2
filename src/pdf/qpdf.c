/* libqpdf, loaded when a file is to be read. */
#define _GNU_SOURCE /* memfd_create */
#include "pdf/qpdf.h"

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE_A_SECOND = 8 << 20, MEMORY_MOST = 1 << 30, WAIT_MOST = 30 /* seconds for each of processor time */ }; /* of the child that rewrites a file */

gboolean qpdf_load(Qpdf *f)
{
	void *library = dlopen("libqpdf.so.29", RTLD_LAZY | RTLD_LOCAL);

	if (library == NULL)
		library = dlopen("libqpdf.so", RTLD_LAZY | RTLD_LOCAL);
	if (library == NULL)
		return FALSE;
#define LOAD(name) \
	f->name = (__typeof__(name) *)dlsym(library, #name); \
	if (f->name == NULL) \
		return FALSE;
	QPDF_FUNCTIONS(LOAD)
#undef LOAD
	return TRUE;
}

qpdf_data qpdf_start(const Qpdf *f, const char *name, GBytes *file)
{
	qpdf_data q = f->qpdf_init();
	gsize size;
	const char *data = g_bytes_get_data(file, &size);

	f->qpdf_silence_errors(q);
	f->qpdf_set_suppress_warnings(q, QPDF_TRUE);
	if ((f->qpdf_read_memory(q, name, data, size, NULL) & QPDF_ERRORS) == 0)
		return q;
	qpdf_end(f, q);
	return NULL;
}

void qpdf_end(const Qpdf *f, qpdf_data q)
{
	if (f->qpdf_has_error(q)) /* it prints an error that nobody asked for when it is cleaned up */
		f->qpdf_get_error(q);
	f->qpdf_cleanup(&q);
}

/* What follows runs in the child. */

static void limit_child(gsize size)
{
	const struct itimerval time = {.it_value = {1 + (time_t)(size / SIZE_A_SECOND), 0}};
	const struct rlimit memory = {MEMORY_MOST, MEMORY_MOST};
	sigset_t ends;

	sigemptyset(&ends);
	sigaddset(&ends, SIGPROF);
	sigaddset(&ends, SIGALRM);
	signal(SIGPROF, SIG_DFL);
	sigprocmask(SIG_UNBLOCK, &ends, NULL);
	setitimer(ITIMER_PROF, &time, NULL);
	signal(SIGALRM, SIG_DFL);
	alarm(WAIT_MOST + (unsigned)(WAIT_MOST * (size / SIZE_A_SECOND))); /* one that waits for a lock of the parent's takes no processor time */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	setrlimit(RLIMIT_DATA, &memory);
#else
	(void)memory;
#endif
}

static gboolean write_all(int to, const unsigned char *data, gsize size)
{
	while (size > 0) {
		ssize_t n = write(to, data, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return FALSE;
		data += n;
		size -= (gsize)n;
	}
	return TRUE;
}

static QpdfFate rewrite(const Qpdf *f, const char *name, GBytes *file, int to)
{
	gboolean encrypted;
	qpdf_data q;

	limit_child(g_bytes_get_size(file));
	q = qpdf_start(f, name, file);
	if (q == NULL)
		return QPDF_UNREADABLE;
	encrypted = f->qpdf_is_encrypted(q) != 0;
	if ((f->qpdf_init_write_memory(q) & QPDF_ERRORS) != 0)
		return QPDF_UNREADABLE;
	f->qpdf_set_object_stream_mode(q, qpdf_o_disable);
	f->qpdf_set_compress_streams(q, QPDF_FALSE);
	f->qpdf_set_decode_level(q, qpdf_dl_generalized);
	f->qpdf_set_preserve_encryption(q, QPDF_FALSE);
	f->qpdf_set_preserve_unreferenced_objects(q, QPDF_TRUE);
	if ((f->qpdf_write(q) & QPDF_ERRORS) != 0 || !write_all(to, f->qpdf_get_buffer(q), f->qpdf_get_buffer_length(q)))
		return QPDF_UNREADABLE;
	return encrypted ? QPDF_DECRYPTED : QPDF_PLAIN;
}

/* And this in the parent. */

static QpdfFate await(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return QPDF_UNREADABLE;
	if (WIFEXITED(status))
		return (QpdfFate)MIN(WEXITSTATUS(status), QPDF_UNREADABLE);
	return WIFSIGNALED(status) && (WTERMSIG(status) == SIGPROF || WTERMSIG(status) == SIGALRM) ? QPDF_ENDLESS : QPDF_UNREADABLE;
}

static GBytes *read_back(int from)
{
	GMappedFile *mapped = g_mapped_file_new_from_fd(from, FALSE, NULL);
	GBytes *bytes = mapped != NULL ? g_mapped_file_get_bytes(mapped) : NULL;

	g_clear_pointer(&mapped, g_mapped_file_unref);
	return bytes;
}

GBytes *qpdf_rewrite(const Qpdf *f, const char *name, GBytes *file, QpdfFate *fate)
{
	int between = memfd_create("pdf", MFD_CLOEXEC);
	pid_t child = between >= 0 ? fork() : -1;
	GBytes *plain = NULL;

	if (child == 0)
		_exit((int)rewrite(f, name, file, between));
	*fate = child > 0 ? await(child) : QPDF_UNREADABLE;
	if (*fate == QPDF_PLAIN || *fate == QPDF_DECRYPTED)
		plain = read_back(between);
	if (between >= 0)
		close(between);
	return plain;
}

char **qpdf_keys(const Qpdf *f, qpdf_data q, qpdf_oh dictionary)
{
	g_autoptr(GStrvBuilder) keys = g_strv_builder_new();

	if (f->qpdf_oh_is_dictionary(q, dictionary)) {
		f->qpdf_oh_begin_dict_key_iter(q, dictionary);
		while (f->qpdf_oh_dict_more_keys(q))
			g_strv_builder_add(keys, f->qpdf_oh_dict_next_key(q));
	}
	return g_strv_builder_end(keys);
}
