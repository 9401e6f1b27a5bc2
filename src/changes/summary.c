/* The summary: an entry for every item that is new, changed, moved or withdrawn, with its blocks. */
#include "changes/room.h"

#include <string.h>

typedef struct {
	guint new, withdrawn;
} Count;

static guint count_words(const xmlNode *node)
{
	g_autofree char *text = tree_text(node);
	guint n = *text != '\0';

	for (const char *p = text; *p != '\0'; p++)
		n += *p == ' ';
	return n;
}

static void set_count(xmlNode *element, const Count *count)
{
	g_autofree char *new = g_strdup_printf("%u", count->new), *withdrawn = g_strdup_printf("%u", count->withdrawn);

	tree_set(element, "words-new", new);
	tree_set(element, "words-withdrawn", withdrawn);
}

static void set_when(xmlNode *element, const char *attribute, const char *value)
{
	if (value != NULL)
		tree_set(element, attribute, value);
}

/* ---- details ---- */

/* The next node of this item: not in items inside it. */
static xmlNode *following(const xmlNode *n, const xmlNode *item)
{
	xmlNode *next = xml_following(n, item);

	while (next != NULL && tree_is_item(next)) {
		const xmlNode *from = next;
		while (from != NULL && from != item && from->next == NULL)
			from = from->parent;
		if (from == NULL || from == item)
			return NULL;
		next = from->next;
	}
	return next;
}

/* The node after all that is in this one. */
static xmlNode *beyond(const xmlNode *n, const xmlNode *item)
{
	while (n != item && n->next == NULL)
		n = n->parent;
	if (n == item)
		return NULL;
	return tree_is_item(n->next) ? beyond(n->next, item) : n->next;
}

static gboolean has_mark(const xmlNode *top)
{
	for (const xmlNode *n = top->children; n != NULL; n = xml_following(n, top))
		if (n->type == XML_ELEMENT_NODE && (xml_attribute(n, "change") != NULL || xml_is(n, "ins") || xml_is(n, "del")))
			return TRUE;
	return FALSE;
}

/* Words and marks only. */
static void copy_words(xmlNode *to, const xmlNode *from)
{
	for (const xmlNode *n = from->children; n != NULL; n = n->next) {
		if (n->type == XML_TEXT_NODE) {
			xmlAddChild(to, xmlDocCopyNode((xmlNode *)n, to->doc, 1));
		} else if (xml_is(n, "ins") || xml_is(n, "del")) {
			copy_words(xmlNewChild(to, NULL, n->name, NULL), n);
		} else if (n->type == XML_ELEMENT_NODE && (!xml_is(n, "footnote") || has_mark(n))) {
			gboolean apart = tree_is_leaf(n) || xml_is(n, "footnote");
			if (apart && to->children != NULL)
				xmlNodeAddContent(to, BAD_CAST " ");
			copy_words(to, n);
		}
	}
}

static const char *section_title(const xmlNode *n, const xmlNode *item)
{
	for (const xmlNode *up = n->parent; up != NULL && up != item->parent; up = up->parent)
		if (xml_is(up, "section") && xml_first(up, "title") != NULL)
			return (const char *)xml_first(up, "title")->children->content;
	return NULL;
}

static const char *kind_of(const xmlNode *block)
{
	if (xml_is(block, "island") && xml_first(block, NULL) != NULL)
		return (const char *)xml_first(block, NULL)->name;
	return xml_is(block, "reflection") ? "reflections" : (const char *)block->name; /* of a session: a portrait is an item */
}

static void add_detail(xmlNode *entry, const xmlNode *item, const xmlNode *block)
{
	xmlNode *detail = xmlNewChild(entry, NULL, BAD_CAST "detail", NULL);
	const char *change = xml_attribute(block, "change");
	const xmlNode *words = xml_is(block, "section") ? xml_first(block, "title") : block;

	tree_set(detail, "change", change != NULL ? change : "changed");
	tree_set(detail, "kind", kind_of(block));
	set_when(detail, "section", section_title(block, item));
	set_when(detail, "label", xml_attribute(block, "label"));
	set_when(detail, "codes-were", xml_attribute(block, "codes-were"));
	set_when(detail, "picture", xml_attribute(block, "picture"));
	set_when(detail, "was", words != NULL && xml_is(words, "title") ? xml_attribute(words, "was") : xml_attribute(block, "was"));
	if (xml_is(block, "figure"))
		xmlNodeAddContent(detail, BAD_CAST xml_attribute(block, "alt"));
	else if (words != NULL && !xml_is(block, "island"))
		copy_words(detail, words);
}

static void count_marks(const xmlNode *block, Count *count)
{
	for (const xmlNode *n = block; n != NULL; n = xml_following(n, block)) {
		count->new += xml_is(n, "ins") ? count_words(n) : 0;
		count->withdrawn += xml_is(n, "del") ? count_words(n) : 0;
	}
}

static void add_details(xmlNode *entry, const xmlNode *item, Count *count)
{
	for (const xmlNode *n = item->children, *next; n != NULL; n = next) {
		const char *change = n->type == XML_ELEMENT_NODE ? xml_attribute(n, "change") : NULL;
		gboolean quote = xml_is(n, "quote") && has_mark(n);
		next = following(n, item);
		if (change == NULL && !quote)
			continue;
		if (tree_is_item(n)) {
			next = beyond(n, item);
			continue;
		}
		add_detail(entry, item, n);
		if (xml_is(n, "section"))
			continue;
		count_marks(n, count);
		next = beyond(n, item);
	}
}

/* ---- entries ---- */

static xmlNode *new_entry(xmlNode *summary, const xmlNode *item, const char *change)
{
	xmlNode *entry = xmlNewChild(summary, NULL, BAD_CAST "entry", NULL);
	const xmlNode *title = xml_first(item, "title");
	g_autofree char *text = title != NULL ? tree_text(title) : NULL;

	tree_set(entry, "change", change);
	tree_set(entry, "kind", xml_is(item, "publication") ? "opening" : (const char *)item->name);
	set_when(entry, "id", xml_attribute(item, "id"));
	set_when(entry, "title", text);
	set_when(entry, "was", title != NULL ? xml_attribute(title, "was") : NULL);
	set_when(entry, "file", xml_attribute(item, "file"));
	set_when(entry, "facts", xml_attribute(item, "facts"));
	set_when(entry, "picture", xml_attribute(item, "picture"));
	return entry;
}

static void count_body(const xmlNode *item, guint *words)
{
	const xmlNode *body = xml_first(item, "body");

	*words += body != NULL ? count_words(body) : 0;
}

static void add_entry(xmlNode *summary, xmlNode *item, Count *total)
{
	const char *change = xml_attribute(item, "change");
	Count count = {0, 0};
	xmlNode *entry = new_entry(summary, item, change != NULL ? change : "changed");

	if (g_strcmp0(change, "new") == 0)
		count_body(item, &count.new);
	else
		add_details(entry, item, &count);
	if (change == NULL && entry->children == NULL && xml_attribute(entry, "facts") == NULL && xml_attribute(entry, "picture") == NULL) {
		xmlUnlinkNode(entry);
		xmlFreeNode(entry);
		return;
	}
	tree_set(item, "change", xml_attribute(entry, "change"));
	set_count(entry, &count);
	total->new += count.new;
	total->withdrawn += count.withdrawn;
}

void summary_write(const Compare *c, xmlDoc *new)
{
	xmlNode *root = xmlDocGetRootElement(new), *summary = xmlNewDocNode(new, NULL, BAD_CAST "changes", NULL);
	Count total = {0, 0};

	for (xmlNode *n = root; n != NULL; n = xml_following(n, root))
		if (n == root || (n->type == XML_ELEMENT_NODE && tree_is_item(n)))
			add_entry(summary, n, &total);
	for (guint i = 0; i < c->gone->len; i++) {
		Count count = {0, 0};
		xmlNode *entry = new_entry(summary, c->gone->pdata[i], "withdrawn");
		count_body(c->gone->pdata[i], &count.withdrawn);
		set_count(entry, &count);
		total.withdrawn += count.withdrawn;
	}
	set_count(summary, &total);
	xmlAddPrevSibling(root->children, summary);
}
