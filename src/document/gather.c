/* Gathering quotes from all that was said in the cases at hand: sessions, chapters and the cases themselves, whether this
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

static gboolean listed(const char *list, const char *word)
{
	g_auto(GStrv) words = split_words(list);

	return word != NULL && g_strv_contains((const char *const *)words, word);
}

gboolean word_listed(const char *list, const char *word)
{
	return list == NULL || listed(list, word);
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
	g_ptr_array_sort(files, compare_sources);
	return files;
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

static const char *kind_code(const char *kind)
{
	if (kind == NULL)
		return NULL;
	return strcmp(kind, "helping") == 0 ? "helpend" : strcmp(kind, "not-helping") == 0 ? "niet-helpend" : kind;
}

static gboolean any_listed(const char *wanted, const char *codes)
{
	g_auto(GStrv) words = split_words(wanted);
	gboolean found = wanted == NULL;

	for (char **word = words; *word != NULL && !found; word++)
		found = listed(codes, *word);
	return found;
}

/* Whether a quote is among what the island's attributes ask for. */
static gboolean is_wanted(const Island *island, const xmlNode *quote, const char *kind)
{
	const xmlNode *asked = island->to;
	const char *codes = xml_attribute(quote, "codes"), *of = xml_attribute(quote, "case");
	gboolean ours = of != NULL && g_hash_table_contains(island->case_ids, of);

	return ours && xml_attribute(quote, "speaker") != NULL && any_listed(xml_attribute(asked, "thread"), codes) &&
	       any_listed(xml_attribute(asked, "rotonde"), codes) && any_listed(kind, codes) &&
	       word_listed(xml_attribute(asked, "speaker"), xml_attribute(quote, "speaker")) &&
	       word_listed(xml_attribute(asked, "session"), xml_attribute(quote, "session"));
}

/* Gathers quotes under to. The same words of the same person are one quote; what stands in the island's own text is not said again. */
static guint gather(const Island *island, xmlNode *to, const char *kind, GHashTable *seen)
{
	g_autoptr(GPtrArray) files = island_sources(island);
	guint n = 0;

	for (guint i = 0; i < files->len; i++) {
		const Unit *unit;
		if (files->pdata[i] == island->unit->file)
			continue;
		unit = island_consult(island->a, files->pdata[i]);
		for (const xmlNode *q = unit->node; q != NULL; q = unit_following(q, unit)) {
			if (!xml_is(q, "quote") || !is_wanted(island, q, kind))
				continue;
			g_autofree char *words = node_text(q);
			char *key = g_strconcat(xml_attribute(q, "speaker"), "\n", words, NULL);
			if (!g_hash_table_add(seen, key))
				continue;
			island_copy(island, to, q, unit->file->name);
			n++;
		}
	}
	return n;
}

void island_fill_quotes(const Island *island)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	gather(island, island->to, kind_code(xml_attribute(island->to, "kind")), seen);
}

void island_fill_elements(const Island *island)
{
	static const char *const kinds[] = {"helping", "not-helping"};
	const char *only = kind_code(xml_attribute(island->to, "kind"));

	for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		if (only != NULL && strcmp(only, kind_code(kinds[i])) != 0)
			continue;
		xmlNode *group = node_add(island->to, "group");
		node_set(group, "kind", kinds[i]);
		guint n = gather(island, group, kind_code(kinds[i]), seen);
		if (n == 0) {
			xmlUnlinkNode(group);
			xmlFreeNode(group);
		}
	}
}

