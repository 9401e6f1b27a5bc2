/* Reading whole files, and writing them so that there is never half a file. Paths are in the file system's encoding (UTF-8). */
#ifndef ROTONDE_BASE_FILE_H
#define ROTONDE_BASE_FILE_H

#include <glib.h>

enum { FILE_LIMIT = 64 * 1024 * 1024 }; /* bytes; for files that have no limit of their own */

/* The bytes of a regular file of at most limit bytes. NULL with error set (G_FILE_ERROR; G_FILE_ERROR_NOSPC when it is larger).
 * The caller owns the result. */
GBytes *file_load(const char *path, gsize limit, GError **error);

/* Names in a folder, those that begin with a dot left out, in the order of their bytes. The caller's (g_ptr_array_unref); NULL: it cannot be listed. */
GPtrArray *file_names(const char *folder);

/* Writes through a temporary file in the same folder (without a name, where the file system has that: nothing of it is left when the process is
 * killed), fsync, rename, fsync of the folder: after a crash or on a full disk the old file is there, whole, or the new one. Makes missing parent folders. FALSE with error set (G_FILE_ERROR); the message names the
 * reason, not the path. */
gboolean file_save(const char *path, const void *data, gsize size, GError **error);

/* As file_save, for what can be made again: it is not waited for until the disk has it, so that after a crash of the machine the file may be
 * the old one, or empty. */
gboolean file_save_lightly(const char *path, const void *data, gsize size, GError **error);

/* Lower-case hexadecimal SHA-256 of the bytes. The result is the caller's. */
char *file_digest(const void *data, gsize size);

/* Waits until no other process has locked this folder, which is made when it is not there. What is given is for file_unlock_folder; -1: it could not be
 * locked (a file system without locks, a folder that cannot be made), and who writes there does so unguarded. */
int file_lock_folder(const char *folder);
void file_unlock_folder(int lock);

#endif
