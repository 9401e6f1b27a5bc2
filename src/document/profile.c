/* The public profile: what is for the editors' eyes only is taken out. The review profile keeps all. */
#include "document/room.h"

#include <string.h>

static gboolean is_internal(const xmlNode *node)
{
	return node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE || xml_is(node, "note") || xml_is(node, "consent") ||
	       xml_is(node, "consents");
}

/* An organisation that no person and no period of care names is printed nowhere. */
static gboolean is_unnamed(const xmlNode *node, GHashTable *named)
{
	const char *id;

	if (!xml_is(node, "organisation") || !xml_is(node->parent, "organisations"))
		return FALSE;
	id = xml_attribute(node, "id") != NULL ? xml_attribute(node, "id") : xml_attribute(node, "ref");
	return id != NULL && !g_hash_table_contains(named, id);
}

/* The values of @organisation in a tree, borrowed. The caller's. */
static GHashTable *named_organisations(xmlNode *root)
{
	GHashTable *named = g_hash_table_new(g_str_hash, g_str_equal);

	for (xmlNode *n = root; n != NULL; n = xml_following(n, root)) {
		const char *id = n->type == XML_ELEMENT_NODE ? xml_attribute(n, "organisation") : NULL;
		if (id != NULL)
			g_hash_table_add(named, (gpointer)id);
	}
	return named;
}

static gboolean is_text(const xmlNode *node)
{
	return node != NULL && node->type == XML_TEXT_NODE && node->content != NULL;
}

/* Between two spaces, or at the end of its block, a note leaves a space too many. */
static void close_gap(const xmlNode *note)
{
	const xmlNode *before = note->prev, *after = note->next;
	gboolean spaced = after == NULL || (is_text(after) && (after->content[0] == ' ' || after->content[0] == '\n'));

	if (!is_text(before) || !spaced)
		return;
	gsize length = strlen((const char *)before->content);
	while (length > 0 && (before->content[length - 1] == ' ' || before->content[length - 1] == '\n'))
		length--;
	before->content[length] = '\0';
}

static gboolean is_empty(const xmlNode *node)
{
	static const char *const containers[] = {"p", "li", "ul", "ol", "quotation", NULL};

	return g_strv_contains(containers, (const char *)node->name) &&
	       (node->children == NULL || (node->children->next == NULL && xmlIsBlankNode(node->children)));
}

/* Takes a node out, and the paragraph, item or list that was there for it alone. */
static void take_out(xmlNode *node)
{
	if (xml_is(node, "note"))
		close_gap(node);
	do {
		xmlNode *parent = node->parent;
		xmlUnlinkNode(node);
		xmlFreeNode(node);
		node = parent;
	} while (is_empty(node));
}

static void publish(xmlDoc *tree, gboolean coded)
{
	xmlNode *root = xmlDocGetRootElement(tree);
	g_autoptr(GPtrArray) internal = g_ptr_array_new();
	g_autoptr(GHashTable) named = named_organisations(root);

	node_set(root, "profile", "public");
	for (xmlNode *n = root, *next; n != NULL; n = next) {
		gboolean hidden = is_internal(n) || is_unnamed(n, named);
		next = hidden ? node_after(n, root) : xml_following(n, root);
		if (hidden) {
			g_ptr_array_add(internal, n);
		} else if (n->type == XML_ELEMENT_NODE) {
			if (!coded)
				node_unset(n, "codes");
			node_unset(n, "age-band");
			node_unset(n, "next-band");
			node_unset(n, "region");
			node_unset(n, "may-stand-out");
		}
	}
	for (guint i = 0; i < internal->len; i++)
		take_out(internal->pdata[i]);
}

void document_publish(xmlDoc *tree)
{
	publish(tree, FALSE);
}

void document_publish_coded(xmlDoc *tree)
{
	publish(tree, TRUE);
}

void document_drop_questions(xmlDoc *tree)
{
	xmlNode *root = xmlDocGetRootElement(tree);

	for (xmlNode *n = root, *next; n != NULL; n = next) {
		gboolean question = xml_is(n, "question");
		next = question ? node_after(n, root) : xml_following(n, root);
		if (!question)
			continue;
		xmlUnlinkNode(n);
		xmlFreeNode(n);
	}
}
