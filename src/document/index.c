/* What the files of a workspace name: ids, cases with their persons, and which files are about which case. Linear in their number. */
#include "document/room.h"

#include <string.h>

char *label_fold(const char *label)
{
	g_autofree char *whole = g_utf8_normalize(label, -1, G_NORMALIZE_NFC);
	GString *out = g_string_new(NULL);

	for (const char *p = whole != NULL ? whole : label; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (g_unichar_isspace(c) || c == 0x202F) {
			if (out->len > 0 && out->str[out->len - 1] != ' ')
				g_string_append_c(out, ' ');
		} else {
			g_string_append_unichar(out, c == 0x2019 || c == 0x2018 ? '\'' : c);
		}
	}
	if (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	char *folded = g_utf8_casefold(out->str, (gssize)out->len);
	g_string_free(out, TRUE);
	return folded;
}

static void person_free(gpointer data)
{
	Person *p = data;

	g_free((char *)p->label);
	g_free(p->folded);
	g_free(p);
}

static void case_free(gpointer data)
{
	Case *c = data;

	g_ptr_array_unref(c->persons);
	g_ptr_array_unref(c->sources);
	g_free(c);
}

static Person *case_add_person(Case *c, const xmlNode *node)
{
	const xmlNode *label = xml_first(node, "label");
	Person *p = g_new0(Person, 1);

	p->id = xml_attribute(node, "id");
	p->role = xml_attribute(node, "role");
	p->label = label != NULL ? node_text(label) : g_strdup("");
	p->folded = label_fold(p->label);
	p->owner = c;
	p->node = node;
	g_ptr_array_add(c->persons, p);
	return p;
}

static void add_entity(Workspace *w, const Entity *entity)
{
	Entity *e;
	GPtrArray *kind;

	e = g_memdup2(entity, sizeof *entity);
	g_ptr_array_add(w->entities, e);
	if (e->id == NULL || *e->id == '\0' || g_hash_table_contains(w->ids, e->id))
		return;
	g_hash_table_insert(w->ids, (gpointer)e->id, e);
	kind = g_hash_table_lookup(w->kinds, e->kind);
	if (kind == NULL) {
		kind = g_ptr_array_new();
		g_hash_table_insert(w->kinds, (gpointer)e->kind, kind);
	}
	g_ptr_array_add(kind, (gpointer)e->id);
}

/* A case's persons, organisations and rotondes; the other kinds hold nothing with an id but themselves. */
static void index_case_parts(Workspace *w, Case *c)
{
	for (const xmlNode *group = xml_first(c->root, NULL); group != NULL; group = xml_next(group, NULL)) {
		if (!xml_is(group, "persons") && !xml_is(group, "organisations") && !xml_is(group, "rotondes"))
			continue;
		for (const xmlNode *n = xml_first(group, NULL); n != NULL; n = xml_next(n, NULL)) {
			Person *person = xml_is(n, "person") ? case_add_person(c, n) : NULL;
			add_entity(w, &(Entity){xml_attribute(n, "id"), (const char *)n->name, n, c->file, person, c});
		}
	}
}

static void index_file(Workspace *w, Record *r)
{
	const xmlNode *root = r->file.doc != NULL ? xmlDocGetRootElement(r->file.doc) : NULL;
	Case *c = NULL;

	if (root == NULL)
		return;
	if (xml_is(root, "case")) {
		c = g_new0(Case, 1);
		*c = (Case){&r->file, root, r->file.id, g_ptr_array_new_with_free_func(person_free), g_ptr_array_new()};
		g_ptr_array_add(w->cases, c);
		g_hash_table_insert(w->case_roots, r, c);
	}
	add_entity(w, &(Entity){r->file.id, (const char *)root->name, root, &r->file, NULL, c});
	if (c != NULL)
		index_case_parts(w, c);
}

/* The folder that a case stands in is about that case, down to the next case. A folder with two cases is about neither. */
static void find_folders(Workspace *w)
{
	g_autoptr(GHashTable) folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < w->cases->len; i++) {
		Case *c = w->cases->pdata[i];
		char *folder = g_path_get_dirname(c->file->name);
		gboolean shared = g_hash_table_contains(folders, folder);
		g_hash_table_replace(folders, folder, shared ? NULL : c);
	}
	for (guint i = 0; i < w->files->len; i++) {
		Record *r = w->files->pdata[i];
		g_autofree char *folder = g_strdup(r->file.name);
		for (char *slash; r->folder == NULL && (slash = strrchr(folder, '/')) != NULL;) {
			*slash = '\0';
			if (g_hash_table_lookup_extended(folders, folder, NULL, (gpointer *)&r->folder))
				break;
		}
	}
}

static void add_source(const Case *c, const DocumentFile *file)
{
	if (c != NULL && (c->sources->len == 0 || c->sources->pdata[c->sources->len - 1] != file))
		g_ptr_array_add(c->sources, (gpointer)file);
}

static void find_sources(Workspace *w)
{
	for (guint i = 0; i < w->files->len; i++) {
		Record *r = w->files->pdata[i];
		const xmlNode *root = r->file.doc != NULL ? xmlDocGetRootElement(r->file.doc) : NULL;
		if (root == NULL || (!xml_is(root, "session") && !xml_is(root, "chapter") && !xml_is(root, "case")))
			continue;
		const char *cases = xml_attribute(root, "case");
		g_auto(GStrv) ids = split_words(cases);
		for (char **id = ids; *id != NULL; id++)
			add_source(index_case(w, *id), &r->file);
		if (xml_is(root, "case"))
			add_source(g_hash_table_lookup(w->case_roots, r), &r->file);
		else if (cases == NULL)
			add_source(r->folder, &r->file);
	}
}

/* The ids that stand in a text which is not (good) XML. */
static void note_lost_ids(Workspace *w, const char *text, gsize size)
{
	const char *end = text + size;

	for (const char *p = text; (p = g_strstr_len(p, (gssize)(end - p), " id=")) != NULL;) {
		p += strlen(" id=");
		if (p >= end || (*p != '"' && *p != '\''))
			continue;
		const char *close = memchr(p + 1, *p, (gsize)(end - p - 1));
		if (close == NULL)
			return;
		g_hash_table_add(w->lost, g_strndup(p + 1, (gsize)(close - p - 1)));
		p = close;
	}
}

static void find_lost(Workspace *w)
{
	for (guint i = 0; i < w->files->len; i++) {
		Record *r = w->files->pdata[i];
		const xmlNode *root = r->file.doc != NULL ? xmlDocGetRootElement(r->file.doc) : NULL;
		gsize size = 0;
		const char *text = r->text != NULL ? g_bytes_get_data(r->text, &size) : NULL;
		if (text == NULL || r->plain || (root != NULL && xml_attribute(root, "broken") == NULL))
			continue;
		note_lost_ids(w, text, size);
		w->lost_case = w->lost_case || g_strstr_len(text, (gssize)size, "<case") != NULL;
	}
}

static void index_names(Workspace *w)
{
	for (guint i = 0; i < w->files->len; i++) {
		Record *r = w->files->pdata[i];
		g_autofree char *base = g_path_get_basename(r->file.name);
		g_autofree char *folded = g_utf8_casefold(base, -1);
		g_hash_table_insert(w->by_name, path_key(r->file.name), r);
		if (!g_hash_table_contains(w->by_base, folded))
			g_hash_table_insert(w->by_base, g_steal_pointer(&folded), r);
	}
}

void index_build(Workspace *w)
{
	GHashTableIter i;
	gpointer kind;

	w->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	w->by_base = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	w->entities = g_ptr_array_new_with_free_func(g_free);
	w->ids = g_hash_table_new(g_str_hash, g_str_equal);
	w->kinds = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
	w->cases = g_ptr_array_new_with_free_func(case_free);
	w->case_roots = g_hash_table_new(NULL, NULL);
	w->lost = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	index_names(w);
	find_lost(w);
	for (guint f = 0; f < w->files->len; f++)
		index_file(w, w->files->pdata[f]);
	g_hash_table_iter_init(&i, w->kinds);
	while (g_hash_table_iter_next(&i, NULL, &kind))
		g_ptr_array_add(kind, NULL);
	find_folders(w);
	find_sources(w);
}

void index_free(Workspace *w)
{
	g_clear_pointer(&w->by_name, g_hash_table_unref);
	g_clear_pointer(&w->by_base, g_hash_table_unref);
	g_clear_pointer(&w->lost, g_hash_table_unref);
	g_clear_pointer(&w->ids, g_hash_table_unref);
	g_clear_pointer(&w->kinds, g_hash_table_unref);
	g_clear_pointer(&w->case_roots, g_hash_table_unref);
	g_clear_pointer(&w->entities, g_ptr_array_unref);
	g_clear_pointer(&w->cases, g_ptr_array_unref);
}

const Entity *index_lookup(const Workspace *w, const char *id)
{
	return id != NULL ? g_hash_table_lookup(w->ids, id) : NULL;
}

gboolean index_is_lost(const Workspace *w, const char *id)
{
	return g_hash_table_contains(w->lost, id);
}

const Case *index_case(const Workspace *w, const char *id)
{
	const Entity *e = index_lookup(w, id);

	return e != NULL && strcmp(e->kind, "case") == 0 ? e->owner : NULL;
}
