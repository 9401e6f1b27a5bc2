/* Writing packages, and what both ways share. */
#include "archive/archive.h"
#include "archive/library.h"

#include <dlfcn.h>
#include <sys/stat.h>

const ArchiveLibrary *archive_library(void)
{
	static ArchiveLibrary library;
	static gsize state; /* 1: there, 2: not there */

	if (g_once_init_enter(&state)) {
		void *handle = dlopen("libarchive.so.13", RTLD_LAZY | RTLD_LOCAL);
		gboolean whole = handle != NULL || (handle = dlopen("libarchive.so", RTLD_LAZY | RTLD_LOCAL)) != NULL;
#define LOAD(name) \
	library.name = whole ? (__typeof__(name) *)dlsym(handle, #name) : NULL; \
	whole = whole && library.name != NULL;
		ARCHIVE_FUNCTIONS(LOAD)
#undef LOAD
		g_once_init_leave(&state, whole ? 1 : 2);
	}
	return state == 1 ? &library : NULL;
}

static void entry_free(gpointer data)
{
	ArchiveEntry *e = data;

	g_free(e->name);
	g_bytes_unref(e->bytes);
	g_free(e);
}

GPtrArray *archive_new(void)
{
	return g_ptr_array_new_with_free_func(entry_free);
}

void archive_add(GPtrArray *entries, const char *name, GBytes *bytes, gboolean stored)
{
	ArchiveEntry *e = g_new0(ArchiveEntry, 1);

	*e = (ArchiveEntry){g_strdup(name), g_bytes_ref(bytes), stored};
	g_ptr_array_add(entries, e);
}

GBytes *archive_lookup(const GPtrArray *entries, const char *name)
{
	for (guint i = 0; i < entries->len; i++)
		if (g_str_equal(((const ArchiveEntry *)entries->pdata[i])->name, name))
			return ((const ArchiveEntry *)entries->pdata[i])->bytes;
	return NULL;
}

static la_ssize_t append(struct archive *a, void *data, const void *bytes, size_t size)
{
	(void)a;
	g_byte_array_append(data, bytes, (guint)size);
	return (la_ssize_t)size;
}

/* Without a time an entry is dated 1980-01-01, in every time zone. */
static gboolean write_entry(const ArchiveLibrary *l, struct archive *a, struct archive_entry *header, const ArchiveEntry *e)
{
	gsize size;
	const void *data = g_bytes_get_data(e->bytes, &size);

	l->archive_entry_clear(header);
	l->archive_entry_set_pathname_utf8(header, e->name);
	l->archive_entry_set_size(header, (la_int64_t)size);
	l->archive_entry_set_filetype(header, S_IFREG);
	l->archive_entry_set_perm(header, 0644);
	if ((e->stored ? l->archive_write_zip_set_compression_store(a) : l->archive_write_zip_set_compression_deflate(a)) != ARCHIVE_OK)
		return FALSE;
	return l->archive_write_header(a, header) == ARCHIVE_OK && (size == 0 || l->archive_write_data(a, data, size) == (la_ssize_t)size);
}

GBytes *archive_write(const GPtrArray *entries, Diagnostics *d)
{
	const ArchiveLibrary *l = archive_library();
	GByteArray *out;
	struct archive *a;
	struct archive_entry *header;
	gboolean fine;

	if (l == NULL) {
		diagnose(d, MSG_ARCHIVE_LIBRARY, NULL);
		return NULL;
	}
	out = g_byte_array_new();
	a = l->archive_write_new();
	header = l->archive_entry_new();
	l->archive_write_set_format_zip(a);
	l->archive_write_set_options(a, "zip:hdrcharset=UTF-8");
	l->archive_write_set_bytes_in_last_block(a, 1);
	fine = l->archive_write_open(a, out, NULL, append, NULL) == ARCHIVE_OK;
	for (guint i = 0; fine && i < entries->len; i++)
		fine = write_entry(l, a, header, entries->pdata[i]);
	fine = l->archive_write_close(a) == ARCHIVE_OK && fine;
	if (!fine)
		diagnose(d, MSG_ARCHIVE_WRITE, NULL, l->archive_error_string(a) != NULL ? l->archive_error_string(a) : "");
	l->archive_entry_free(header);
	l->archive_write_free(a);
	if (fine)
		return g_byte_array_free_to_bytes(out);
	g_byte_array_unref(out);
	return NULL;
}
