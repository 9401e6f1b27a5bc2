/* What no publication takes in is checked too; and what holds for the workspace as a whole. */
#include "document/room.h"

#include <string.h>

/* Every file that a publication takes in; what is wrong with its contents is said when it is assembled. */
static void note_taken(const Workspace *w, const DocumentFile *publication, const xmlNode *contents, GHashTable *taken)
{
	g_autoptr(Diagnostics) unheard = diagnostics_new();
	Assembly a;

	assembly_start(&a, w, unheard);
	a.publication = publication;
	a.budget = 0;
	for (const xmlNode *n = contents; n != NULL; n = xml_following(n, contents)) {
		if (n->type != XML_ELEMENT_NODE || item_kind(n) == NULL)
			continue;
		g_autoptr(GPtrArray) files = contents_resolve(&a, n);
		for (guint i = 0; i < files->len; i++)
			g_hash_table_add(taken, files->pdata[i]);
	}
	assembly_finish(&a);
}

GHashTable *workspace_taken(const Workspace *w, const DocumentFile *publication)
{
	GHashTable *taken = g_hash_table_new(NULL, NULL);
	const xmlNode *root = publication->doc != NULL ? xmlDocGetRootElement(publication->doc) : NULL;
	const xmlNode *contents = root != NULL && xml_is(root, "publication") ? xml_first(root, "contents") : NULL;

	if (root != NULL && xml_is(root, "publication"))
		g_hash_table_add(taken, (gpointer)publication);
	if (contents != NULL)
		note_taken(w, publication, contents, taken);
	return taken;
}

GPtrArray *document_files(const Workspace *w, const DocumentFile *publication)
{
	g_autoptr(GHashTable) taken = workspace_taken(w, publication);
	GPtrArray *files = g_ptr_array_new();

	if (g_hash_table_contains(taken, publication))
		g_ptr_array_add(files, (gpointer)publication);
	for (guint i = 0; i < w->files->len; i++)
		if (w->files->pdata[i] != publication && g_hash_table_contains(taken, w->files->pdata[i]))
			g_ptr_array_add(files, w->files->pdata[i]);
	return files;
}

static void check_ids(const Workspace *w, Diagnostics *d)
{
	for (guint i = 0; i < w->entities->len; i++) {
		const Entity *e = w->entities->pdata[i], *first = index_lookup(w, e->id);
		if (first == NULL || e == first)
			continue;
		Position at = place_attribute(w, e->node, "id", e->id);
		g_autofree char *place = place_name(first->node);
		diagnose(d, MSG_ID_TWICE, &at, e->id, place);
	}
}

void document_check_references(const Workspace *w, Diagnostics *d)
{
	g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);
	Assembly a;

	check_ids(w, d);
	for (guint i = 0; i < w->files->len; i++) {
		const DocumentFile *file = w->files->pdata[i];
		if (g_strcmp0(file->kind, "publication") != 0)
			continue;
		g_autoptr(GHashTable) own = workspace_taken(w, file);
		GHashTableIter k;
		gpointer key;
		g_hash_table_iter_init(&k, own);
		while (g_hash_table_iter_next(&k, &key, NULL))
			g_hash_table_add(taken, key);
	}
	assembly_start(&a, w, d);
	for (guint i = 0; i < w->files->len; i++) {
		const DocumentFile *file = w->files->pdata[i];
		if (file->doc != NULL && !g_hash_table_contains(taken, file))
			assembly_add_unit(&a, file, xmlDocGetRootElement(file->doc), NULL);
	}
	scope_collect(&a);
	for (guint i = 0; i < a.units->len; i++) {
		speakers_resolve(&a, a.units->pdata[i]);
		references_check(&a, a.units->pdata[i]);
		links_resolve(&a, a.units->pdata[i]);
	}
	assembly_finish(&a);
}
