/* What there is in a workspace, for listing: plain data. */
#include "document/room.h"

#include <string.h>

static void entry_free(gpointer data)
{
	DocumentEntry *e = data;

	g_free(e->kind);
	g_free(e->id);
	g_free(e->title);
	g_free(e->date);
	g_free(e->file);
	g_free(e->owner);
	g_free(e->role);
	g_free(e->band);
	g_free(e->next);
	g_free(e->region);
	g_free(e->excuse);
	g_strfreev(e->used_in);
	g_ptr_array_unref(e->consents);
	g_free(e);
}

static void consent_free(gpointer data)
{
	DocumentConsent *c = data;

	g_free(c->status);
	g_free(c->purposes);
	g_free(c->by);
	g_free(c->on);
	g_free(c->until);
	g_free(c->scope);
	g_free(c->form);
	g_free(c);
}

/* The words by which people know it: a title, a label, a name, or the element's own text. */
static char *entity_title(const xmlNode *node)
{
	static const char *const names[] = {"title", "label", "name"};

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		const xmlNode *n = xml_first(node, names[i]);
		if (n != NULL)
			return node_text(n);
	}
	return xml_is(node, "organisation") ? node_text(node) : g_strdup("");
}

static char *entity_date(const xmlNode *node)
{
	const char *attribute = xml_attribute(node, xml_is(node, "rotonde") ? "when" : "date");
	const xmlNode *child = xml_first(node, "date");

	if (attribute != NULL)
		return g_strdup(attribute);
	return child != NULL ? node_text(child) : NULL;
}

static void add_consents(DocumentEntry *e, const xmlNode *holder)
{
	for (const xmlNode *n = xml_first(holder, "consent"); n != NULL; n = xml_next(n, "consent")) {
		DocumentConsent *c = g_new0(DocumentConsent, 1);
		c->status = g_strdup(xml_attribute(n, "status"));
		c->purposes = g_strdup(xml_attribute(n, "for"));
		c->by = g_strdup(xml_attribute(n, "by"));
		c->on = g_strdup(xml_attribute(n, "on"));
		c->until = g_strdup(xml_attribute(n, "until"));
		c->scope = g_strdup(xml_attribute(n, "scope"));
		c->form = g_strdup(xml_attribute(n, "form"));
		c->line = xml_position(n).line;
		g_ptr_array_add(e->consents, c);
	}
}

static int entry_line(const xmlNode *node)
{
	return xml_position(node).line;
}

/* publications: DocumentFile -> GPtrArray of the ids of the publications that take it in. */
static DocumentEntry *entry_new(const xmlNode *node, const DocumentFile *file, GHashTable *publications)
{
	DocumentEntry *e = g_new0(DocumentEntry, 1);
	const GPtrArray *used = g_hash_table_lookup(publications, file);
	const xmlNode *portrayed = xml_is(node, "reflection") ? xml_first(node, "person") : NULL;

	e->kind = g_strdup((const char *)node->name);
	e->id = g_strdup(xml_attribute(node, "id"));
	e->title = entity_title(node);
	e->date = entity_date(node);
	e->file = g_strdup(file->name);
	e->line = entry_line(node);
	e->role = g_strdup(xml_attribute(node, "role"));
	e->band = g_strdup(xml_attribute(node, "age-band"));
	e->next = g_strdup(xml_attribute(node, "next-band"));
	e->excuse = g_strdup(xml_attribute(node, "may-stand-out"));
	e->used_in = g_new0(char *, used != NULL ? used->len + 1 : 1);
	for (guint i = 0; used != NULL && i < used->len; i++)
		e->used_in[i] = g_strdup(used->pdata[i]);
	e->consents = g_ptr_array_new_with_free_func(consent_free);
	add_consents(e, portrayed != NULL ? portrayed : node);
	return e;
}

static GHashTable *find_uses(const Workspace *w)
{
	GHashTable *uses = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);

	for (guint i = 0; i < w->files->len; i++) {
		const DocumentFile *file = w->files->pdata[i];
		if (g_strcmp0(file->kind, "publication") != 0)
			continue;
		g_autoptr(GHashTable) taken = workspace_taken(w, file);
		GHashTableIter k;
		gpointer key;
		g_hash_table_iter_init(&k, taken);
		while (g_hash_table_iter_next(&k, &key, NULL)) {
			GPtrArray *list = g_hash_table_lookup(uses, key);
			if (list == NULL) {
				list = g_ptr_array_new();
				g_hash_table_insert(uses, key, list);
			}
			g_ptr_array_add(list, file->id != NULL ? file->id : file->name);
		}
	}
	return uses;
}

static void list_file(const Workspace *w, const Record *r, const char *kind, GHashTable *uses, GPtrArray *list)
{
	for (guint i = 0; r->entities != NULL && i < r->entities->len; i++) {
		const Entity *entity = &g_array_index(r->entities, Entity, i);
		const xmlNode *element = kind == NULL || strcmp(kind, entity->kind) == 0 ? entity_element(w, entity) : NULL;
		if (element == NULL)
			continue;
		DocumentEntry *e = entry_new(element, &r->file, uses);
		if (i > 0)
			e->owner = g_strdup(entity->owner->id);
		if (entity->person != NULL)
			e->region = g_strdup(xml_attribute(case_root(w, entity->owner), "region"));
		g_ptr_array_add(list, e);
	}
}

static GPtrArray *list_files(const Workspace *w, const char *kind, gboolean taken)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(entry_free);
	g_autoptr(GHashTable) uses = find_uses(w);

	for (guint i = 0; i < w->files->len; i++)
		if (!taken || g_hash_table_contains(uses, w->files->pdata[i]))
			list_file(w, w->files->pdata[i], kind, uses, list);
	return list;
}

GPtrArray *document_list(const Workspace *w, const char *kind)
{
	return list_files(w, kind, FALSE);
}

GPtrArray *document_list_taken(const Workspace *w, const char *kind)
{
	return list_files(w, kind, TRUE);
}
