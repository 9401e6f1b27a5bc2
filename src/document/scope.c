/* The cases at hand: whose persons speak in a file, and whose rotondes its codes may name. */
#include "document/room.h"

#include <string.h>

static gboolean lacks_case(const Workspace *w, const Unit *unit, const char *written)
{
	g_auto(GStrv) ids = split_words(written);

	for (char **id = ids; *id != NULL; id++)
		if (index_case(w, *id) == NULL)
			return TRUE;
	return unit->all_cases && w->lost_case;
}

static gboolean is_broken(const Case *c)
{
	return ((const Record *)c->file)->broken;
}

static gboolean has_broken_case(const Unit *unit)
{
	for (guint i = 0; i < unit->cases->len; i++)
		if (is_broken(unit->cases->pdata[i]))
			return TRUE;
	return FALSE;
}

gboolean scope_may_hold(const Unit *unit, const char *label)
{
	g_autofree char *sought = g_utf8_strdown(label, -1);

	for (guint i = 0; i < unit->cases->len && !unit->lacking; i++) {
		const Case *c = unit->cases->pdata[i];
		if (!is_broken(c))
			continue;
		GBytes *bytes = document_text(c->file);
		g_autofree char *text = bytes != NULL ? g_utf8_strdown(g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes)) : NULL;
		if (text == NULL || strstr(text, sought) != NULL)
			return TRUE;
	}
	return unit->lacking;
}

/* The file's own word: its @case, or itself when it is a case, or that of the item around it, or that of the folder it is in. */
void scope_find(Assembly *a, Unit *unit)
{
	const char *written = ((const Record *)unit->file)->cases;
	const Case *own = g_hash_table_lookup(a->w->case_roots, unit->file);
	const Case *folder = ((const Record *)unit->file)->folder;

	if (written != NULL) {
		g_auto(GStrv) ids = split_words(written);
		for (char **id = ids; *id != NULL; id++) {
			const Case *c = index_case(a->w, *id);
			if (c != NULL && !g_ptr_array_find(unit->cases, c, NULL))
				g_ptr_array_add(unit->cases, (gpointer)c);
		}
	} else if (own != NULL) {
		g_ptr_array_add(unit->cases, (gpointer)own);
	} else if (unit->parent != NULL && unit->parent->parent != NULL && !unit->parent->all_cases) {
		for (guint i = 0; i < unit->parent->cases->len; i++)
			g_ptr_array_add(unit->cases, unit->parent->cases->pdata[i]);
	} else if (folder != NULL && strcmp(unit->file->kind, "publication") != 0) {
		g_ptr_array_add(unit->cases, (gpointer)folder);
	} else {
		unit->all_cases = TRUE;
	}
	unit->lacking = lacks_case(a->w, unit, written);
	unit->uncertain = unit->lacking || has_broken_case(unit);
}

static void add_case(Assembly *a, const Case *c)
{
	if (!g_hash_table_add(a->case_set, (gpointer)c))
		return;
	g_ptr_array_add(a->cases, (gpointer)c);
	for (guint i = 0; i < c->persons->len; i++) {
		const Person *p = c->persons->pdata[i];
		GPtrArray *same = g_hash_table_lookup(a->labels, p->folded);
		if (same == NULL) {
			same = g_ptr_array_new();
			g_hash_table_insert(a->labels, (gpointer)p->folded, same);
		}
		g_ptr_array_add(same, (gpointer)p);
	}
}

void scope_add(Assembly *a, Unit *unit)
{
	scope_find(a, unit);
	if (unit->all_cases && source_is_kind(unit->file->kind))
		g_ptr_array_add(a->unscoped, unit);
	for (guint k = 0; k < unit->cases->len; k++)
		add_case(a, unit->cases->pdata[k]);
}

void scope_collect(Assembly *a)
{
	for (guint i = 0; i < a->units->len; i++)
		scope_add(a, a->units->pdata[i]);
	if (a->publication == NULL)
		for (guint i = 0; i < a->w->cases->len; i++)
			add_case(a, a->w->cases->pdata[i]);
}

const Person *scope_find_person(const Case *c, const char *folded)
{
	for (guint i = 0; i < c->persons->len; i++) {
		const Person *p = c->persons->pdata[i];
		if (strcmp(p->folded, folded) == 0)
			return p;
	}
	return NULL;
}

GPtrArray *scope_find_persons(Assembly *a, const Unit *unit, const char *folded)
{
	GPtrArray *found;

	if (unit->all_cases) {
		found = g_hash_table_lookup(a->labels, folded);
		return found != NULL ? g_ptr_array_ref(found) : NULL;
	}
	found = g_ptr_array_new();
	for (guint i = 0; i < unit->cases->len; i++) {
		const Person *p = scope_find_person(unit->cases->pdata[i], folded);
		if (p != NULL)
			g_ptr_array_add(found, (gpointer)p);
	}
	if (found->len > 0)
		return found;
	g_ptr_array_unref(found);
	return NULL;
}

GPtrArray *scope_labels(Assembly *a, const Unit *unit)
{
	const GPtrArray *cases = unit->all_cases ? a->cases : unit->cases;
	GPtrArray *labels = g_ptr_array_new();
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < cases->len && labels->len <= SUGGESTIONS_LIMIT; i++) {
		const Case *c = cases->pdata[i];
		for (guint k = 0; k < c->persons->len; k++) {
			const Person *p = c->persons->pdata[k];
			if (*p->label != '\0' && g_hash_table_add(seen, (gpointer)p->folded))
				g_ptr_array_add(labels, (gpointer)p->label);
		}
	}
	g_ptr_array_add(labels, NULL);
	return labels;
}

gboolean scope_has(Assembly *a, const Unit *unit, const Case *c)
{
	return unit->all_cases ? g_hash_table_contains(a->case_set, c) : g_ptr_array_find(unit->cases, c, NULL);
}
