/* The memory of an FO tree: an arena, and a table of everything that is stored once (strings, chunks of values). */
#include "base/arena.h"
#include "fo/values.h"

#include <string.h>

typedef struct {
	const void *data;
	gsize size;
	guint hash;
} Interned;

struct FoStore {
	Arena *arena;
	Interned *table; /* open addressing; capacity a power of two */
	guint capacity, count;
};

FoStore *fo_store_new(void)
{
	FoStore *s = g_new0(FoStore, 1);
	s->arena = arena_new();
	s->capacity = 512;
	s->table = g_new0(Interned, s->capacity);
	return s;
}

void fo_store_free(FoStore *s)
{
	if (!s)
		return;
	arena_free(s->arena);
	g_free(s->table);
	g_free(s);
}

void *fo_store_alloc(FoStore *s, gsize size)
{
	return arena_alloc(s->arena, size);
}

void *fo_store_copy(FoStore *s, const void *data, gsize size)
{
	return arena_copy(s->arena, data, size);
}

static guint hash_bytes(const void *data, gsize size)
{
	const char *p = data;
	guint64 h = G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) ^ size, w;
	for (; size >= 8; size -= 8, p += 8) {
		memcpy(&w, p, 8);
		h = (h ^ w) * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
		h ^= h >> 32;
	}
	w = 0;
	memcpy(&w, p, size);
	h = (h ^ w) * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
	return (guint)(h >> 32);
}

static Interned *find_slot(Interned *table, guint capacity, const Interned *wanted)
{
	for (guint i = wanted->hash;; i++) {
		Interned *slot = &table[i & (capacity - 1)];
		if (!slot->data || (slot->hash == wanted->hash && slot->size == wanted->size &&
				    memcmp(slot->data, wanted->data, wanted->size) == 0))
			return slot;
	}
}

static void grow(FoStore *s)
{
	guint capacity = s->capacity * 2;
	Interned *table = g_new0(Interned, capacity);
	for (guint i = 0; i < s->capacity; i++)
		if (s->table[i].data)
			*find_slot(table, capacity, &s->table[i]) = s->table[i];
	g_free(s->table);
	s->table = table;
	s->capacity = capacity;
}

const void *fo_store_intern(FoStore *s, const void *data, gsize size)
{
	Interned wanted = {data, size, hash_bytes(data, size)};
	Interned *slot = find_slot(s->table, s->capacity, &wanted);
	if (slot->data)
		return slot->data;
	const void *copy = fo_store_copy(s, data, size);
	*slot = (Interned){copy, size, wanted.hash};
	if (++s->count > s->capacity / 2)
		grow(s);
	return copy;
}

/* Interned with a NUL behind it that is part of the bytes compared, so that no string equals the head of other data. */
const char *fo_store_string(FoStore *s, const char *text, gsize length)
{
	char small[256];
	if (length >= sizeof small) {
		char *copy = g_strndup(text, length);
		const char *found = fo_store_intern(s, copy, length + 1);
		g_free(copy);
		return found;
	}
	memcpy(small, text, length);
	small[length] = '\0';
	return fo_store_intern(s, small, length + 1);
}
