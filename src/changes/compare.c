/* Items: which of the old are which of the new; then what is in them. */
#include "changes/room.h"

#include <string.h>

static const double near_enough = 0.5;
enum { PAIRS_LIMIT = 40000 };

static GPtrArray *items_of(xmlDoc *doc)
{
	GPtrArray *items = g_ptr_array_new();
	xmlNode *root = xmlDocGetRootElement(doc);

	for (xmlNode *n = root; n != NULL; n = xml_following(n, root))
		if (n->type == XML_ELEMENT_NODE && tree_is_item(n))
			g_ptr_array_add(items, n);
	return items;
}

static void pair(Compare *c, GPtrArray *old, guint i, GPtrArray *new, guint k)
{
	g_hash_table_insert(c->partner, new->pdata[k], old->pdata[i]);
	old->pdata[i] = new->pdata[k] = NULL;
}

static void drop_paired(GPtrArray *items)
{
	for (guint i = items->len; i-- > 0;)
		if (items->pdata[i] == NULL)
			g_ptr_array_remove_index(items, i);
}

/* Items with the same value of an attribute. */
static void pair_by(Compare *c, GPtrArray *old, GPtrArray *new, const char *attribute)
{
	g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < old->len; i++) {
		const char *value = xml_attribute(old->pdata[i], attribute);
		if (value != NULL && !g_hash_table_contains(places, value))
			g_hash_table_insert(places, (gpointer)value, GUINT_TO_POINTER(i + 1));
	}
	for (guint k = 0; k < new->len; k++) {
		const char *value = xml_attribute(new->pdata[k], attribute);
		guint i = value != NULL ? GPOINTER_TO_UINT(g_hash_table_lookup(places, value)) : 0;
		if (i > 0 && old->pdata[i - 1] != NULL)
			pair(c, old, i - 1, new, k);
	}
	drop_paired(old);
	drop_paired(new);
}

/* The words of an item without those of the items in it would be fairer; a part that holds much is known by its id. */
static void pair_by_words(Compare *c, GPtrArray *old, GPtrArray *new)
{
	if ((gsize)old->len * new->len > PAIRS_LIMIT)
		return;
	for (guint k = 0; k < new->len; k++) {
		g_autoptr(GArray) words = similar_words(c, new->pdata[k]);
		double best = near_enough;
		int found = -1;
		for (guint i = 0; i < old->len; i++) {
			const xmlNode *candidate = old->pdata[i];
			if (candidate == NULL || strcmp((const char *)candidate->name, (const char *)((xmlNode *)new->pdata[k])->name) != 0)
				continue;
			g_autoptr(GArray) theirs = similar_words(c, candidate);
			double s = similar(words, theirs);
			if (s > best) {
				best = s;
				found = (int)i;
			}
		}
		if (found >= 0)
			pair(c, old, (guint)found, new, k);
	}
	drop_paired(old);
	drop_paired(new);
}

static void pair_items(Compare *c, xmlDoc *old_doc, xmlDoc *new_doc)
{
	g_autoptr(GPtrArray) old = items_of(old_doc), new = items_of(new_doc);

	pair_by(c, old, new, "id");
	pair_by(c, old, new, "file");
	pair_by_words(c, old, new);
	for (guint k = 0; k < new->len; k++)
		tree_set(new->pdata[k], "change", "new");
	for (guint i = 0; i < old->len; i++)
		g_ptr_array_add(c->gone, old->pdata[i]);
}

/* ---- what is in two that are the same ---- */

/* What the front matter says, but for the title and what has marks of its own; what is in its pictures goes to *pictures. */
static char *facts_of(const xmlNode *item, char **pictures)
{
	static const char *const others[] = {"title", "body", "lead", "contents", NULL};
	GString *facts = g_string_new(NULL), *shown = g_string_new(NULL);

	for (const xmlNode *n = xml_first(item, NULL); n != NULL; n = xml_next(n, NULL)) {
		if (g_strv_contains(others, (const char *)n->name) || tree_is_item(n))
			continue;
		g_autofree char *key = tree_key_but(n, "bytes"), *bytes = tree_pictures(n);
		g_string_append(facts, key);
		g_string_append(shown, bytes);
	}
	*pictures = g_string_free(shown, FALSE);
	return g_string_free(facts, FALSE);
}

static void compare_item(Compare *c, xmlNode *old, xmlNode *new)
{
	static const xmlNode nothing = {.type = XML_ELEMENT_NODE, .name = BAD_CAST "body"};
	xmlNode *old_body = xml_first(old, "body"), *new_body = xml_first(new, "body");
	xmlNode *old_lead = xml_first(old, "lead"), *new_lead = xml_first(new, "lead");
	g_autofree char *showed = NULL, *show = NULL, *were = facts_of(old, &showed), *are = facts_of(new, &show);

	title_compare(old, new);
	if (strcmp(were, are) != 0)
		tree_set(new, "facts", "changed");
	if (*showed != '\0' && *show != '\0' && strcmp(showed, show) != 0)
		tree_set(new, "picture", "replaced");
	if (old_lead != NULL && new_lead != NULL)
		block_pair(c, old_lead, new_lead);
	if (new_body != NULL)
		blocks_compare(c, old_body != NULL ? old_body : (xmlNode *)&nothing, new_body);
}

static void mark_new_blocks(Compare *c, xmlNode *item)
{
	xmlNode *body = xml_first(item, "body");

	for (xmlNode *n = body != NULL ? xml_first(body, NULL) : NULL; n != NULL; n = xml_next(n, NULL))
		g_ptr_array_add(c->added, n);
}

/* ---- the order of items ---- */

static GPtrArray *children_items(xmlNode *parent)
{
	GPtrArray *items = g_ptr_array_new();

	for (xmlNode *n = xml_first(parent, NULL); n != NULL; n = xml_next(n, NULL))
		if (tree_is_item(n))
			g_ptr_array_add(items, n);
	return items;
}

static int place_in(const GPtrArray *items, const xmlNode *item)
{
	guint i;

	return item != NULL && g_ptr_array_find((GPtrArray *)items, item, &i) ? (int)i + 1 : 0;
}

/* Of the items that were here before, the most that have kept their order have stayed; the others, and those from elsewhere, have moved. */
static void find_moved(Compare *c, xmlNode *old_parent, xmlNode *new_parent)
{
	g_autoptr(GPtrArray) old = old_parent != NULL ? children_items(old_parent) : g_ptr_array_new(), new = children_items(new_parent);
	g_autofree int *was = g_new0(int, old->len + 1), *is = g_new0(int, new->len + 1), *match = g_new(int, new->len + 1);

	for (guint i = 0; i < old->len; i++)
		was[i] = (int)i + 1;
	for (guint k = 0; k < new->len; k++) {
		is[k] = place_in(old, g_hash_table_lookup(c->partner, new->pdata[k]));
		is[k] = is[k] > 0 ? is[k] : -1 - (int)k;
	}
	changes_match(is, (int)new->len, was, (int)old->len, match);
	for (guint k = 0; k < new->len; k++) {
		if (match[k] < 0 && g_hash_table_contains(c->partner, new->pdata[k]))
			tree_set(new->pdata[k], "change", "moved");
		find_moved(c, g_hash_table_lookup(c->partner, new->pdata[k]), new->pdata[k]);
	}
}

static xmlNode *contents_of(xmlDoc *doc)
{
	xmlNode *root = xmlDocGetRootElement(doc);

	return root != NULL ? xml_first(root, "contents") : NULL;
}

void changes_mark(xmlDoc *old, xmlDoc *new)
{
	Compare c = {.partner = g_hash_table_new(NULL, NULL),
	             .words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	             .withdrawn = g_array_new(FALSE, FALSE, sizeof(Withdrawn)),
	             .added = g_ptr_array_new(),
	             .gone = g_ptr_array_new()};
	g_autoptr(GPtrArray) items = items_of(new);

	pair_items(&c, old, new);
	compare_item(&c, xmlDocGetRootElement(old), xmlDocGetRootElement(new));
	for (guint k = 0; k < items->len; k++) {
		xmlNode *partner = g_hash_table_lookup(c.partner, items->pdata[k]);
		if (partner != NULL)
			compare_item(&c, partner, items->pdata[k]);
		else
			mark_new_blocks(&c, items->pdata[k]);
	}
	if (contents_of(new) != NULL)
		find_moved(&c, contents_of(old), contents_of(new));
	withdraw_apply(&c);
	summary_write(&c, new);
	g_hash_table_unref(c.partner);
	g_hash_table_unref(c.words);
	g_array_unref(c.withdrawn);
	g_ptr_array_unref(c.added);
	g_ptr_array_unref(c.gone);
}
