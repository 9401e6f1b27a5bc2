/* Reading packages that come from anybody. */
#include "archive/archive.h"
#include "archive/library.h"

#include "base/text.h"

#include <string.h>
#include <sys/stat.h>

typedef struct {
	const ArchiveLibrary *l;
	struct archive *a;
	const ArchiveLimits *limits;
	Position at;
	Diagnostics *d;
	GHashTable *names; /* folded */
	gsize size;        /* of the package */
	gsize in_all;
	GPtrArray *entries;
} Reading;

static gboolean refuse(Reading *r, MessageId id, const char *name)
{
	diagnose(r->d, id, &r->at, name);
	return FALSE;
}

/* A plain path downwards: parts of letters, none of them empty, . or .., no drive, no backslash, no control characters. */
static gboolean is_plain_path(const char *name)
{
	g_auto(GStrv) parts = g_strsplit(name, "/", -1);

	if (*name == '\0' || strlen(name) > 512 || strchr(name, '\\') != NULL || strchr(name, ':') != NULL)
		return FALSE;
	for (const char *p = name; *p != '\0'; p = g_utf8_next_char(p))
		if (g_unichar_iscntrl(g_utf8_get_char(p)))
			return FALSE;
	for (char **part = parts; *part != NULL; part++)
		if (**part == '\0' || strcmp(*part, ".") == 0 || strcmp(*part, "..") == 0)
			return FALSE;
	return TRUE;
}

/* The entry's name without the slash of a folder; NULL after reporting. */
static char *entry_name(Reading *r, struct archive_entry *header)
{
	const char *name = r->l->archive_entry_pathname_utf8(header);
	g_autofree char *copy = NULL;

	if (name == NULL)
		name = r->l->archive_entry_pathname(header);
	if (name == NULL || text_check_utf8(name, strlen(name)) != strlen(name)) {
		refuse(r, MSG_ARCHIVE_NAME, "?");
		return NULL;
	}
	copy = g_strdup(name);
	if (*copy != '\0' && copy[strlen(copy) - 1] == '/')
		copy[strlen(copy) - 1] = '\0';
	if (!is_plain_path(copy)) {
		g_autofree char *shown = g_strescape(name, "");
		refuse(r, MSG_ARCHIVE_NAME, shown);
		return NULL;
	}
	return g_steal_pointer(&copy);
}

static gboolean read_bytes(Reading *r, const char *name, GByteArray *out)
{
	enum { BLOCK = 64 * 1024 };
	g_autofree guint8 *block = g_malloc(BLOCK);
	la_ssize_t n;

	while ((n = r->l->archive_read_data(r->a, block, BLOCK)) > 0) {
		g_byte_array_append(out, block, (guint)n);
		r->in_all += (gsize)n;
		if (out->len > r->limits->bytes || r->in_all > r->limits->in_all || out->len / r->limits->ratio > r->size)
			return refuse(r, MSG_ARCHIVE_LARGE, name);
	}
	return n == 0 || refuse(r, MSG_ARCHIVE_BROKEN, name);
}

static gboolean read_entry(Reading *r, struct archive_entry *header)
{
	g_autofree char *name = entry_name(r, header);
	unsigned type = r->l->archive_entry_filetype(header);
	g_autoptr(GByteArray) data = NULL;

	if (name == NULL)
		return FALSE;
	if (r->l->archive_entry_is_encrypted(header))
		return refuse(r, MSG_ARCHIVE_SECRET, name);
	if (r->l->archive_entry_symlink(header) != NULL || r->l->archive_entry_hardlink(header) != NULL || (type != S_IFREG && type != S_IFDIR))
		return refuse(r, MSG_ARCHIVE_LINK, name);
	if (g_hash_table_size(r->names) >= r->limits->entries)
		return refuse(r, MSG_ARCHIVE_LARGE, name);
	if (!g_hash_table_add(r->names, g_utf8_casefold(name, -1)))
		return refuse(r, MSG_ARCHIVE_TWICE, name);
	if (type == S_IFDIR)
		return TRUE;
	data = g_byte_array_new();
	if (!read_bytes(r, name, data))
		return FALSE;
	g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(g_steal_pointer(&data));
	archive_add(r->entries, name, bytes, FALSE);
	return TRUE;
}

static gboolean read_all(Reading *r)
{
	struct archive_entry *header;
	int status;

	while ((status = r->l->archive_read_next_header(r->a, &header)) == ARCHIVE_OK || status == ARCHIVE_WARN)
		if (!read_entry(r, header))
			return FALSE;
	if (status != ARCHIVE_EOF)
		return refuse(r, MSG_ARCHIVE_BROKEN, r->at.file);
	return r->entries->len > 0 || refuse(r, MSG_ARCHIVE_BROKEN, r->at.file);
}

/* A zip begins with an entry, or (empty) with its end. */
static gboolean looks_like_zip(const guint8 *data, gsize size)
{
	return size >= 22 && memcmp(data, "PK\003\004", 4) == 0;
}

GPtrArray *archive_read(GBytes *package, const ArchiveLimits *limits, const char *file, Diagnostics *d)
{
	Reading r = {.l = archive_library(), .limits = limits, .at = {.file = file}, .d = d};
	gsize size;
	const guint8 *data = g_bytes_get_data(package, &size);
	gboolean fine;

	if (r.l == NULL) {
		diagnose(d, MSG_ARCHIVE_LIBRARY, NULL);
		return NULL;
	}
	if (!looks_like_zip(data, size)) {
		refuse(&r, MSG_ARCHIVE_NONE, file);
		return NULL;
	}
	r.size = size;
	r.names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	r.entries = archive_new();
	r.a = r.l->archive_read_new();
	r.l->archive_read_support_format_zip(r.a);
	fine = r.l->archive_read_open_memory(r.a, data, size) == ARCHIVE_OK ? read_all(&r) : refuse(&r, MSG_ARCHIVE_BROKEN, file);
	r.l->archive_read_free(r.a);
	g_hash_table_unref(r.names);
	if (fine)
		return r.entries;
	g_ptr_array_unref(r.entries);
	return NULL;
}
