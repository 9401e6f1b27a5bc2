/* What both trees are asked: items, leaves, words, and what a reader sees. */
#include "changes/room.h"

#include "base/text.h"

#include <string.h>

static gboolean is_one_of(const xmlNode *node, const char *const *names)
{
	return node->type == XML_ELEMENT_NODE && g_strv_contains(names, (const char *)node->name);
}

gboolean tree_is_item(const xmlNode *node)
{
	static const char *const items[] = {"part", "chapter", "case", "thread", "session", "reflection", "appendix", "imprint", NULL};
	static const char *const holders[] = {"contents", "part", "chapter", "case", "thread", "session", "reflection", "appendix", NULL};

	if (!is_one_of(node, items) || node->parent == NULL || !is_one_of(node->parent, holders))
		return FALSE;
	return !xml_is(node, "reflection") || xml_first(node, "title") != NULL; /* what a session holds is no portrait */
}

gboolean tree_is_new_item(const xmlNode *node)
{
	for (const xmlNode *n = node; n != NULL && n->type == XML_ELEMENT_NODE; n = n->parent)
		if (tree_is_item(n))
			return g_strcmp0(xml_attribute(n, "change"), "new") == 0;
	return FALSE;
}

gboolean tree_is_leaf(const xmlNode *block)
{
	static const char *const leaves[] = {"p", "lead", "td", "th", "head", "heart", "hands", NULL};

	return is_one_of(block, leaves);
}

/* Spaces of every kind count as one, and a soft hyphen as nothing. */
char *tree_text(const xmlNode *node)
{
	xmlChar *content = xmlNodeGetContent(node);
	GString *out = g_string_new(NULL);
	gboolean space = FALSE;

	for (const char *p = (const char *)content; p != NULL && *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (g_unichar_isspace(c) || c == 0xA0 || c == 0x202F) {
			space = out->len > 0;
			continue;
		}
		if (c == 0xAD)
			continue;
		if (space)
			g_string_append_c(out, ' ');
		space = FALSE;
		g_string_append_unichar(out, c);
	}
	xmlFree(content);
	return g_string_free(out, FALSE);
}

/* Where something stands is no part of it. */
static gboolean is_seen(const xmlAttr *a)
{
	static const char *const unseen[] = {"line", "column", "file", "id", "number", "level", NULL};

	if (xmlStrcmp(a->name, BAD_CAST "href") == 0 && xml_attribute(a->parent, "bytes") != NULL)
		return FALSE; /* a picture is what is in its file */
	return !g_strv_contains(unseen, (const char *)a->name);
}

/* The order in which an author writes attributes is nobody's business. */
static void append_attributes(GString *out, const xmlNode *node, const char *but)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);

	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		gboolean asked = is_seen(a) && g_strcmp0((const char *)a->name, but) != 0;
		g_autofree char *value = asked && a->children != NULL ? tree_text(a->children) : NULL;
		if (value != NULL)
			g_ptr_array_add(all, g_strdup_printf(" %s=\"%s\"", (const char *)a->name, value));
	}
	g_ptr_array_sort(all, text_compare);
	for (guint i = 0; i < all->len; i++)
		g_string_append(out, all->pdata[i]);
}

char *tree_key(const xmlNode *node)
{
	return tree_key_but(node, NULL);
}

char *tree_pictures(const xmlNode *node)
{
	GString *out = g_string_new(NULL);

	for (const xmlNode *n = node; n != NULL; n = xml_following(n, node)) {
		const char *bytes = n->type == XML_ELEMENT_NODE ? xml_attribute(n, "bytes") : NULL;
		if (bytes != NULL)
			g_string_append_printf(out, " %s", bytes);
	}
	return g_string_free(out, FALSE);
}

char *tree_key_but(const xmlNode *node, const char *attribute)
{
	GString *out = g_string_new(NULL);

	for (const xmlNode *n = node; n != NULL; n = xml_following(n, node)) {
		if (n->type == XML_ELEMENT_NODE) {
			g_string_append_printf(out, "<%s", (const char *)n->name);
			append_attributes(out, n, attribute);
			g_string_append_c(out, '>');
		} else if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
			g_autofree char *text = tree_text(n);
			g_string_append(out, text);
		}
	}
	return g_string_free(out, FALSE);
}

void tree_set(xmlNode *element, const char *attribute, const char *value)
{
	xmlSetProp(element, BAD_CAST attribute, BAD_CAST value);
}

int number_of(GHashTable *numbers, const char *word)
{
	gpointer known;

	if (g_hash_table_lookup_extended(numbers, word, NULL, &known))
		return GPOINTER_TO_INT(known);
	int fresh = (int)g_hash_table_size(numbers) + 1;
	g_hash_table_insert(numbers, g_strdup(word), GINT_TO_POINTER(fresh));
	return fresh;
}
