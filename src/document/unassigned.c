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
	const xmlNode *root = read_root(w, publication);
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

static void check_ids(const Workspace *w, const Record *r, Diagnostics *d)
{
	for (guint i = 0; r->entities != NULL && i < r->entities->len; i++) {
		const Entity *e = &g_array_index(r->entities, Entity, i), *first = index_lookup(w, e->id);
		const xmlNode *element = first != NULL && e != first ? entity_element(w, e) : NULL;
		if (element == NULL)
			continue;
		Position at = place_attribute(w, element, "id", e->id);
		g_autofree char *place = g_strdup_printf("%s:%d", first->file->name, first->line);
		diagnose(d, MSG_ID_TWICE, &at, e->id, place);
	}
}

void document_check_ids(const Workspace *w, const GPtrArray *names, Diagnostics *d)
{
	for (guint i = 0; i < names->len; i++) {
		const DocumentFile *file = workspace_lookup_name(w, names->pdata[i]);
		if (file != NULL)
			check_ids(w, (const Record *)file, d);
	}
}

/* Whether all that a file whose tree was let go asks of the workspace has a plain answer. */
static gboolean all_answered(Assembly *a, const Unit *unit)
{
	const Record *r = (const Record *)unit->file;

	for (guint i = 0; i < r->questions->len; i++) {
		const Question *q = &g_array_index(r->questions, Question, i);
		if (!(q->what < 0 ? speakers_hold(a, unit, q) : references_hold(a->w, q)))
			return FALSE;
	}
	return TRUE;
}

static void check_unit(gpointer data, gpointer state, guint i, Diagnostics *d)
{
	Assembly a = *(const Assembly *)data;
	Unit unit = *(const Unit *)a.units->pdata[i];
	const Record *r = (const Record *)unit.file;

	(void)state;
	a.d = d;
	if (r->questions != NULL && !r->doubtful && all_answered(&a, &unit))
		return;
	unit.node = read_root(a.w, unit.file);
	if (unit.node == NULL)
		return;
	speakers_resolve(&a, &unit);
	references_check(&a, &unit);
	links_resolve(&a, &unit);
}

/* The files that some publication takes in. */
static GHashTable *all_taken(const Workspace *w)
{
	GHashTable *taken = g_hash_table_new(NULL, NULL);

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
	return taken;
}

/* The folder of a publication, with its slash; "cases/" is nobody's own. The caller's. */
static char *own_folder(const DocumentFile *publication)
{
	const char *base = strrchr(publication->name, '/');

	return base != NULL && strchr(publication->name, '/') != base ? g_strndup(publication->name, (gsize)(base - publication->name) + 1) : NULL;
}

/* all: what any publication takes in, made when it is asked for. */
static void check_own_folder(const Workspace *w, const DocumentFile *publication, GHashTable **all, Diagnostics *d)
{
	g_autofree char *folder = own_folder(publication);
	g_autoptr(GHashTable) taken = workspace_taken(w, publication);

	for (guint i = 0; folder != NULL && i < w->files->len; i++) {
		const DocumentFile *file = w->files->pdata[i];
		const Position at = {file->name, 1, 0, NULL};
		if (!g_str_has_prefix(file->name, folder) || file->kind == NULL || strcmp(file->kind, "publication") == 0 || g_hash_table_contains(taken, file))
			continue;
		if (strcmp(file->kind, "session") == 0) /* is data: blocks draw from it */
			continue;
		if (*all == NULL)
			*all = all_taken(w);
		if (!g_hash_table_contains(*all, file))
			diagnose(d, MSG_FILE_UNUSED, &at, publication->id != NULL ? publication->id : "", file->kind, file->name + strlen(folder));
	}
}

void document_check_unused(const Workspace *w, const DocumentFile *publication, Diagnostics *d)
{
	GHashTable *all = NULL;

	for (guint i = 0; i < w->files->len; i++) {
		const DocumentFile *file = w->files->pdata[i];
		if (g_strcmp0(file->kind, "publication") == 0 && (publication == NULL || publication == file))
			check_own_folder(w, file, &all, d);
	}
	g_clear_pointer(&all, g_hash_table_unref);
}

void document_check_references(const Workspace *w, Diagnostics *d)
{
	g_autoptr(GHashTable) taken = all_taken(w);
	Assembly a;
	Parallel work = {.at_once = 16, .data = &a, .step = check_unit};

	assembly_start(&a, w, d);
	for (guint i = 0; i < w->files->len; i++) {
		const Record *r = w->files->pdata[i];
		check_ids(w, r, d);
		if (read_is_readable(&r->file) && !g_hash_table_contains(taken, r))
			assembly_add_unit(&a, &r->file, NULL, NULL);
	}
	scope_collect(&a);
	work.count = a.units->len;
	parallel_run(&work, d);
	assembly_finish(&a);
}
