/* Inside the room: libarchive, its functions looked up by name. */
#ifndef ROTONDE_ARCHIVE_LIBRARY_H
#define ROTONDE_ARCHIVE_LIBRARY_H

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>

#define ARCHIVE_FUNCTIONS(X) \
	X(archive_read_new) X(archive_read_support_format_zip) X(archive_read_open_memory) X(archive_read_next_header) X(archive_read_data) \
	X(archive_read_free) X(archive_read_has_encrypted_entries) X(archive_write_new) X(archive_write_set_format_zip) \
	X(archive_write_zip_set_compression_deflate) X(archive_write_zip_set_compression_store) X(archive_write_set_options) \
	X(archive_write_set_bytes_in_last_block) X(archive_write_open) X(archive_write_header) X(archive_write_data) X(archive_write_close) \
	X(archive_write_free) X(archive_error_string) X(archive_entry_new) X(archive_entry_free) X(archive_entry_clear) \
	X(archive_entry_set_pathname_utf8) X(archive_entry_set_size) X(archive_entry_set_filetype) X(archive_entry_set_perm) \
	X(archive_entry_filetype) X(archive_entry_pathname_utf8) X(archive_entry_pathname) \
	X(archive_entry_is_encrypted) X(archive_entry_symlink) X(archive_entry_hardlink)

typedef struct {
#define FIELD(name) __typeof__(name) *name;
	ARCHIVE_FUNCTIONS(FIELD)
#undef FIELD
} ArchiveLibrary;

/* NULL when it is not installed. Loaded once, for good. */
const ArchiveLibrary *archive_library(void);

#endif
