/* Zip files in memory, through libarchive, which is loaded when the first is asked for.
 *
 * What is written is the same every time: entries in the order given, dated 1980-01-01 (the first day a zip knows), mode 0644, nobody's.
 * What is read comes from anybody: nothing is taken out to disk, and a package that is broken, too large, or whose names lead elsewhere is refused
 * whole. */
#ifndef ROTONDE_ARCHIVE_ARCHIVE_H
#define ROTONDE_ARCHIVE_ARCHIVE_H

#include "base/diagnostic.h"

typedef struct {
	char *name; /* path inside the package, with / between its parts */
	GBytes *bytes;
	gboolean stored; /* when writing: not compressed (the mimetype of an e-book) */
} ArchiveEntry;

/* The caller's (g_ptr_array_unref); add with archive_add. */
GPtrArray *archive_new(void);
void archive_add(GPtrArray *entries, const char *name, GBytes *bytes, gboolean stored);

/* The package of these entries (ArchiveEntry). NULL after reporting. The caller's. */
GBytes *archive_write(const GPtrArray *entries, Diagnostics *d);

typedef struct {
	guint entries;  /* at most */
	gsize bytes;    /* of one entry, uncompressed */
	gsize in_all;   /* of all entries together, uncompressed */
	guint ratio;    /* of an entry: uncompressed to the whole package, at most */
} ArchiveLimits;

/* The files of a package, in its order; folders are left out. file is the name for messages. NULL after reporting: no zip, encrypted, cut off,
 * over a limit, a link or device, an absolute path or one with .., a name twice (also when only its capitals differ). The caller's. */
GPtrArray *archive_read(GBytes *package, const ArchiveLimits *limits, const char *file, Diagnostics *d);

/* NULL: no entry of that name. Borrowed. */
GBytes *archive_lookup(const GPtrArray *entries, const char *name);

#endif
