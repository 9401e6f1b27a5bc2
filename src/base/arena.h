/* Memory that is asked for in small pieces and let go all at once. An arena belongs to one thread. */
#ifndef ROTONDE_BASE_ARENA_H
#define ROTONDE_BASE_ARENA_H

#include <glib.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *a);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Arena, arena_free)

/* Zeroed, aligned for anything, valid until arena_free. */
void *arena_alloc(Arena *a, gsize size);
void *arena_copy(Arena *a, const void *data, gsize size);
char *arena_strdup(Arena *a, const char *s); /* NULL gives NULL */

/* Calls release(object) in arena_free, the last one owned first. Returns object. */
gpointer arena_own(Arena *a, gpointer object, GDestroyNotify release);

#endif
