/* Chunked memory. */
#include "base/arena.h"

#include <string.h>

/* Chunks double from the first size to the last: a paragraph's arena is small, a document's is not. */
enum { FIRST_CHUNK = 2 * 1024, LAST_CHUNK = 64 * 1024, ALIGNMENT = 16 };

typedef struct Chunk {
	struct Chunk *next;
	char *data;
} Chunk;

typedef struct {
	gpointer object;
	GDestroyNotify release;
} Owned;

struct Arena {
	Chunk *chunks;
	gsize used, size; /* of the first chunk */
	GArray *owned; /* NULL: nothing yet */
};

Arena *arena_new(void)
{
	Arena *a = g_new0(Arena, 1);
	return a;
}

void arena_free(Arena *a)
{
	if (!a)
		return;
	for (guint i = a->owned ? a->owned->len : 0; i > 0; i--) {
		Owned *o = &g_array_index(a->owned, Owned, i - 1);
		o->release(o->object);
	}
	g_clear_pointer(&a->owned, g_array_unref);
	for (Chunk *c = a->chunks, *next; c; c = next) {
		next = c->next;
		g_free(c->data);
		g_free(c);
	}
	g_free(a);
}

static void add_chunk(Arena *a, gsize size)
{
	Chunk *c = g_new(Chunk, 1);
	c->data = g_malloc(size);
	c->next = a->chunks;
	a->chunks = c;
	a->size = size;
	a->used = 0;
}

void *arena_alloc(Arena *a, gsize size)
{
	g_return_val_if_fail(size <= G_MAXSSIZE, NULL);
	size = (MAX(size, 1) + ALIGNMENT - 1) & ~(gsize)(ALIGNMENT - 1);
	if (!a->chunks || a->used + size > a->size)
		add_chunk(a, MAX(size, a->size == 0 ? (gsize)FIRST_CHUNK : MIN(a->size * 2, (gsize)LAST_CHUNK)));
	char *p = a->chunks->data + a->used;
	a->used += size;
	return memset(p, 0, size);
}

void *arena_copy(Arena *a, const void *data, gsize size)
{
	void *p = arena_alloc(a, size);
	return size > 0 ? memcpy(p, data, size) : p;
}

char *arena_strdup(Arena *a, const char *s)
{
	return s ? arena_copy(a, s, strlen(s) + 1) : NULL;
}

gpointer arena_own(Arena *a, gpointer object, GDestroyNotify release)
{
	Owned o = {object, release};
	if (!a->owned)
		a->owned = g_array_new(FALSE, FALSE, sizeof(Owned));
	if (object)
		g_array_append_val(a->owned, o);
	return object;
}
