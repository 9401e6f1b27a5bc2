/* Gathering quotes from all that was said in the cases at hand: sessions, chapters, threads and the cases themselves, whether this
 * publication takes them in or not. */
#include "document/room.h"

#include <string.h>

/* The island's sources in reading order: sessions by date, then the rest; each file once. */
static int compare_sources(gconstpointer x, gconstpointer y)
{
	const DocumentFile *a = *(DocumentFile *const *)x, *b = *(DocumentFile *const *)y;
	gboolean session_a = strcmp(a->kind, "session") == 0, session_b = strcmp(b->kind, "session") == 0;
	int order = session_b - session_a;

	if (order == 0 && session_a)
		order = g_strcmp0(((const Record *)a)->date, ((const Record *)b)->date);
	return order != 0 ? order : strcmp(a->name, b->name);
}

GPtrArray *sources_sorted(GPtrArray *files)
{
	g_ptr_array_sort(files, compare_sources);
	return files;
}

GPtrArray *island_sources(const Island *island)
{
	const Assembly *a = island->a;
	const GPtrArray *cases = island->cases;
	GPtrArray *files = g_ptr_array_new();
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < cases->len; i++) {
		const Case *c = cases->pdata[i];
		for (guint k = 0; k < c->sources->len; k++)
			if (g_hash_table_add(seen, c->sources->pdata[k]))
				g_ptr_array_add(files, c->sources->pdata[k]);
	}
	for (guint i = 0; i < a->unscoped->len; i++) {
		const Unit *unit = a->unscoped->pdata[i];
		if (g_hash_table_add(seen, (gpointer)unit->file))
			g_ptr_array_add(files, (gpointer)unit->file);
	}
	return sources_sorted(files);
}

/* Links in a text that is not in this publication lead nowhere: their words stay. */
static void loosen_links(xmlNode *top)
{
	for (xmlNode *n = top, *next; n != NULL; n = next) {
		next = xml_following(n, top);
		if (!xml_is(n, "a") || xml_attribute(n, "href") != NULL)
			continue;
		next = n->children != NULL ? n->children : next;
		while (n->children != NULL)
			xmlAddPrevSibling(n, n->children);
		xmlUnlinkNode(n);
		xmlFreeNode(n);
	}
}

/* A file of the workspace as this publication sees it: its place in the tree, or a copy that is looked into and left out. */
const Unit *island_consult(Assembly *a, const DocumentFile *file)
{
	Unit *unit = g_hash_table_lookup(a->taken, file);

	if (unit == NULL)
		unit = g_hash_table_lookup(a->consulted, file);
	if (unit != NULL)
		return unit;
	unit = g_new0(Unit, 1);
	unit->file = file;
	unit->consulted = TRUE;
	unit->cases = g_ptr_array_new();
	unit->node = xmlDocCopyNode(read_root(a->w, file), a->tree, 1);
	assembly_typeset(a, unit->node, file);
	g_hash_table_insert(a->consulted, (gpointer)file, unit);
	assembly_note_input(a, file->name);
	scope_find(a, unit);
	speakers_resolve(a, unit);
	references_check(a, unit);
	links_resolve(a, unit);
	loosen_links(unit->node);
	return unit;
}

DocumentSelection island_selection(const xmlNode *asked)
{
	return (DocumentSelection){.threads = xml_attribute(asked, "thread"),
	                           .rotondes = xml_attribute(asked, "rotonde"),
	                           .speakers = xml_attribute(asked, "speaker"),
	                           .sessions = xml_attribute(asked, "session"),
	                           .roles = xml_attribute(asked, "role"),
	                           .kind = xml_attribute(asked, "kind")};
}

/* Gathers quotes under to; what stands in the island's own text is not said again. */
static guint gather(const Island *island, xmlNode *to, const GPtrArray *quotes, const DocumentSelection *selection)
{
	guint n = 0;

	for (guint i = 0; i < quotes->len; i++) {
		const Quote *q = quotes->pdata[i];
		if (q->here || !quote_is_chosen(q, selection))
			continue;
		xmlNode *copy = island_copy(island, to, q->node, q->file->name);
		if (q->codes != NULL)
			node_set(copy, "codes", q->codes);
		n++;
	}
	return n;
}

GPtrArray *island_quotes(const Island *island)
{
	g_autoptr(GPtrArray) files = island_sources(island);

	return quotes_collect(island->a, files, island->case_ids, island->unit->file);
}

void island_fill_quotes(const Island *island)
{
	g_autoptr(GPtrArray) quotes = island_quotes(island);
	DocumentSelection selection = island_selection(island->to);

	gather(island, island->to, quotes, &selection);
}

void island_fill_elements(const Island *island)
{
	static const char *const kinds[] = {"helping", "not-helping"};
	g_autoptr(GPtrArray) quotes = island_quotes(island);
	DocumentSelection selection = island_selection(island->to);
	const char *only = selection.kind;

	for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (only != NULL && strcmp(only, kinds[i]) != 0)
			continue;
		xmlNode *group = node_add(island->to, "group");
		node_set(group, "kind", kinds[i]);
		selection.kind = kinds[i];
		if (gather(island, group, quotes, &selection) == 0) {
			xmlUnlinkNode(group);
			xmlFreeNode(group);
		}
	}
}
