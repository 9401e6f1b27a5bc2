/* What is left when all partners are found: blocks that have moved, new ones, and old ones that are set in the new tree where they stood. */
#include "changes/room.h"

#include <string.h>

enum { MOVED_WORDS = 6, MOVED_PAIRS = 250000 };
static const double moved_enough = 0.6;

/* ---- moved ---- */

static GPtrArray *all_words(Compare *c, gpointer (*node_at)(const Compare *c, guint i), guint n)
{
	GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);

	for (guint i = 0; i < n; i++)
		g_ptr_array_add(all, similar_words(c, node_at(c, i)));
	return all;
}

static gpointer withdrawn_at(const Compare *c, guint i)
{
	return g_array_index(c->withdrawn, Withdrawn, i).old;
}

static gpointer added_at(const Compare *c, guint i)
{
	return c->added->pdata[i];
}

/* The new block that says most of what an old one said; -1: none. */
static int find_moved(const Compare *c, guint i, const GArray *words, const GPtrArray *added)
{
	const xmlNode *old = withdrawn_at(c, i);
	double best = moved_enough;
	int found = -1;

	for (guint k = 0; k < added->len && words->len >= MOVED_WORDS; k++) {
		const xmlNode *new = c->added->pdata[k];
		double s = new != NULL && strcmp((const char *)old->name, (const char *)new->name) == 0 ? similar(words, added->pdata[k]) : 0;
		if (s > best) {
			best = s;
			found = (int)k;
		}
	}
	return found;
}

static void find_all_moved(Compare *c)
{
	guint n = c->withdrawn->len;

	if ((gsize)n * c->added->len > MOVED_PAIRS)
		return;
	g_autoptr(GPtrArray) old = all_words(c, withdrawn_at, n), new = all_words(c, added_at, c->added->len);
	for (guint i = 0; i < n; i++) {
		int k = find_moved(c, i, old->pdata[i], new);
		if (k < 0)
			continue;
		xmlNode *moved = c->added->pdata[k];
		c->added->pdata[k] = NULL;
		block_pair(c, g_array_index(c->withdrawn, Withdrawn, i).old, moved);
		g_array_index(c->withdrawn, Withdrawn, i).old = NULL;
		tree_set(moved, "change", "moved");
	}
}

/* ---- new ---- */

static void wrap_leaves(xmlNode *top, const char *element)
{
	for (xmlNode *n = top; n != NULL; n = xml_following(n, top))
		if (tree_is_leaf(n))
			words_wrap(n, element);
}

static void mark_added(Compare *c)
{
	for (guint i = 0; i < c->added->len; i++) {
		xmlNode *block = c->added->pdata[i];
		if (block == NULL)
			continue;
		tree_set(block, "change", "new");
		if (!xml_is(block, "section") && !xml_is(block, "island") && !tree_is_new_item(block))
			wrap_leaves(block, "ins");
	}
}

/* ---- withdrawn ---- */

static xmlNode *add_paragraph(const Withdrawn *w, const char *text)
{
	xmlNode *p = xmlNewDocNode(w->parent->doc, NULL, BAD_CAST "p", NULL);

	xmlNewTextChild(p, NULL, BAD_CAST "del", BAD_CAST text);
	tree_set(p, "change", "withdrawn");
	return w->before != NULL ? xmlAddPrevSibling(w->before, p) : xmlAddChild(w->parent, p);
}

/* What has a number or an address of its own cannot stand twice: its words can. */
static void flatten(xmlNode *copy)
{
	static const char *const numbered[] = {"footnote", "image", "figure", "table", "pre", "island", NULL};

	for (xmlNode *n = copy, *next; n != NULL; n = next) {
		next = xml_following(n, copy);
		if (n->type != XML_ELEMENT_NODE)
			continue;
		xmlUnsetProp(n, BAD_CAST "id");
		xmlUnsetProp(n, BAD_CAST "line");
		if (n == copy || !g_strv_contains(numbered, (const char *)n->name))
			continue;
		g_autofree char *alt = g_strdup(xml_attribute(n, "alt")), *text = alt != NULL ? g_steal_pointer(&alt) : tree_text(n);
		g_autofree char *shown = *text != '\0' ? g_strdup_printf(" [%s]", text) : g_strdup("");
		gboolean within = tree_is_leaf(n->parent) || xml_is(n, "footnote") || xml_is(n, "image");
		xmlNode *words = within ? xmlNewDocText(n->doc, BAD_CAST shown) : xmlNewDocNode(n->doc, NULL, BAD_CAST "p", NULL);
		if (!within)
			xmlNodeAddContent(words, BAD_CAST shown);
		next = n->next != NULL ? n->next : NULL;
		if (next == NULL)
			for (const xmlNode *up = n->parent; up != copy->parent && next == NULL; up = up->parent)
				next = up == copy ? NULL : up->next;
		xmlReplaceNode(n, words);
		xmlFreeNode(n);
	}
}

static void set_whole(const Withdrawn *w)
{
	xmlNode *copy = xmlDocCopyNode(w->old, w->parent->doc, 1);

	flatten(copy);
	if (xml_is(copy, "lead"))
		xmlNodeSetName(copy, BAD_CAST "p");
	wrap_leaves(copy, "del");
	tree_set(copy, "change", "withdrawn");
	if (w->before != NULL)
		xmlAddPrevSibling(w->before, copy);
	else
		xmlAddChild(w->parent, copy);
}

/* Row by row, title and all. */
static void set_parts(const Withdrawn *w)
{
	for (const xmlNode *n = w->old->children; n != NULL; n = xml_following(n, w->old)) {
		g_autofree char *text = tree_is_leaf(n) || xml_is(n, "title") || xml_is(n, "caption") ? tree_text(n) : NULL;
		if (text != NULL && *text != '\0')
			add_paragraph(w, text);
	}
}

static void set_withdrawn(const Withdrawn *w)
{
	static const char *const whole[] = {"p", "lead", "quote", "quotation", "ul", "ol", "li", "tr", NULL}, *const parts[] = {"table", "box", NULL};
	const char *name = (const char *)w->old->name;

	if (g_strv_contains(whole, name)) {
		set_whole(w);
	} else if (g_strv_contains(parts, name)) {
		set_parts(w);
	} else if (!xml_is(w->old, "island") && !xml_is(w->old, "break") && !xml_is(w->old, "note")) {
		g_autofree char *words = tree_text(w->old); /* of a figure: its caption */
		g_autofree char *shown = xml_is(w->old, "figure") ? g_strdup_printf("[%s] %s", xml_attribute(w->old, "alt"), words) : NULL;
		const char *text = shown != NULL ? g_strchomp(shown) : words;
		if (*text != '\0')
			add_paragraph(w, text);
	}
}

void withdraw_apply(Compare *c)
{
	find_all_moved(c);
	mark_added(c);
	for (guint i = 0; i < c->withdrawn->len; i++)
		if (g_array_index(c->withdrawn, Withdrawn, i).old != NULL)
			set_withdrawn(&g_array_index(c->withdrawn, Withdrawn, i));
}
