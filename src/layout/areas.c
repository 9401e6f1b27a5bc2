/* The area tree's memory, and the areas in it. */
#include "layout/line.h"

#include "base/arena.h"

struct AreaStore {
	Arena *arena;
};

AreaTree *area_tree_new(void)
{
	AreaTree *t = g_new0(AreaTree, 1);
	t->store = g_new0(struct AreaStore, 1);
	t->store->arena = arena_new();
	t->pages = g_ptr_array_new();
	t->fonts = g_ptr_array_new();
	t->outline = g_ptr_array_new();
	t->destinations = g_hash_table_new(g_str_hash, g_str_equal);
	t->left_out = g_hash_table_new(NULL, NULL);
	return t;
}

void area_tree_free(AreaTree *t)
{
	if (!t)
		return;
	g_ptr_array_unref(t->pages);
	g_ptr_array_unref(t->fonts);
	g_ptr_array_unref(t->outline);
	g_hash_table_unref(t->destinations);
	g_hash_table_unref(t->left_out);
	arena_free(t->store->arena);
	g_free(t->store);
	g_free(t);
}

void *area_alloc(AreaTree *t, gsize size)
{
	return arena_alloc(t->store->arena, size);
}

char *area_strdup(AreaTree *t, const char *s)
{
	return arena_strdup(t->store->arena, s);
}

gpointer area_own(AreaTree *t, gpointer object, GDestroyNotify release)
{
	return arena_own(t->store->arena, object, release);
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

Area *area_add_view(AreaTree *t, Area *a)
{
	Area *view = area_new(t, AREA_VIEWPORT, "viewport");
	view->x = a->x;
	view->y = a->y;
	view->ipd = a->ipd;
	view->bpd = a->bpd;
	view->order = a->order;
	view->structure = a->structure;
	area_append(a, view);
	return view;
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
