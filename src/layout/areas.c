/* Memory of the area tree: areas, texts and glyphs come from a few large chunks and go all at once; what owns something itself (faces,
 * pictures' bytes, arrays) is noted beside them and let go with them. */
#include "layout/line.h"

#include <string.h>

enum { CHUNK = 64 * 1024, ALIGNMENT = 16 };

typedef struct Chunk {
	struct Chunk *next;
	char *data;
} Chunk;

typedef struct {
	gpointer object;
	GDestroyNotify release;
} Owned;

struct AreaStore {
	Chunk *chunks;
	gsize used, size; /* of the first chunk */
	GArray *owned;
};

AreaTree *area_tree_new(void)
{
	AreaTree *t = g_new0(AreaTree, 1);
	t->store = g_new0(struct AreaStore, 1);
	t->store->owned = g_array_new(FALSE, FALSE, sizeof(Owned));
	t->pages = g_ptr_array_new();
	t->fonts = g_ptr_array_new();
	t->outline = g_ptr_array_new();
	t->destinations = g_hash_table_new(g_str_hash, g_str_equal);
	return t;
}

void area_tree_free(AreaTree *t)
{
	if (!t)
		return;
	for (guint i = t->store->owned->len; i > 0; i--) {
		Owned *o = &g_array_index(t->store->owned, Owned, i - 1);
		o->release(o->object);
	}
	g_array_unref(t->store->owned);
	g_ptr_array_unref(t->pages);
	g_ptr_array_unref(t->fonts);
	g_ptr_array_unref(t->outline);
	g_hash_table_unref(t->destinations);
	for (Chunk *c = t->store->chunks, *next; c; c = next) {
		next = c->next;
		g_free(c->data);
		g_free(c);
	}
	g_free(t->store);
	g_free(t);
}

static void add_chunk(struct AreaStore *s, gsize size)
{
	Chunk *c = g_new(Chunk, 1);
	c->data = g_malloc0(size);
	c->next = s->chunks;
	s->chunks = c;
	s->size = size;
	s->used = 0;
}

void *area_alloc(AreaTree *t, gsize size)
{
	struct AreaStore *s = t->store;
	size = (size + ALIGNMENT - 1) & ~(gsize)(ALIGNMENT - 1);
	if (size == 0 || !s->chunks || s->used + size > s->size)
		add_chunk(s, MAX(size, CHUNK));
	char *p = s->chunks->data + s->used;
	s->used += size;
	return p;
}

char *area_strdup(AreaTree *t, const char *text)
{
	if (!text)
		return NULL;
	gsize size = strlen(text) + 1;
	return memcpy(area_alloc(t, size), text, size);
}

gpointer area_own(AreaTree *t, gpointer object, GDestroyNotify release)
{
	Owned o = {object, release};
	if (object)
		g_array_append_val(t->store->owned, o);
	return object;
}

Area *area_new(AreaTree *t, AreaKind kind, const char *name)
{
	Area *a = area_alloc(t, sizeof *a);
	a->kind = kind;
	a->name = name;
	return a;
}

void area_append(Area *parent, Area *child)
{
	child->parent = parent;
	child->next = NULL;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

static gboolean is_rotated(const Area *a)
{
	return a->kind == AREA_VIEWPORT && a->u.viewport.rotate != 0;
}

/* Document order without recursion: areas may be nested deeply. */
static Area *following(Area *a, const Area *top)
{
	if (a->first && !is_rotated(a))
		return a->first;
	while (a != top && !a->next)
		a = a->parent;
	return a == top ? NULL : a->next;
}

void area_move(Area *a, int dx, int dy)
{
	if (dx == 0 && dy == 0)
		return;
	for (Area *at = a; at; at = following(at, a)) {
		at->x += dx;
		at->y += dy;
		if (at->kind == AREA_IMAGE) {
			at->u.image.x += dx;
			at->u.image.y += dy;
		}
	}
}
