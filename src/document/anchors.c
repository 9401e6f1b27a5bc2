/* Anchors: an id for every place a link can lead to, unique in the publication; and the numbers of what is numbered. */
#include "document/room.h"

#include "base/text.h"

#include <string.h>

enum { SLUG_LENGTH = 60 };

/* A slug that is not longer than an anchor should be, cut between words. */
static char *short_slug(const char *text)
{
	char *slug = text_slug(text);

	if (strlen(slug) > SLUG_LENGTH) {
		slug[SLUG_LENGTH] = '\0';
		char *last = strrchr(slug, '-');
		if (last != NULL)
			*last = '\0';
	}
	return slug;
}

/* wanted, or prefix-wanted, or one of these with a number: the first that is free. Taken from then on. */
char *anchors_unique(Assembly *a, const char *wanted, const char *prefix)
{
	g_autofree char *longer = prefix != NULL ? g_strconcat(prefix, "-", wanted, NULL) : g_strdup(wanted);
	char *id = g_strdup(wanted);

	for (guint i = 1; !g_hash_table_add(a->ids, g_strdup(id)); i++) {
		g_free(id);
		id = i == 1 ? g_strdup(longer) : g_strdup_printf("%s-%u", longer, i);
	}
	return id;
}

static void note_ids(Assembly *a)
{
	xmlNode *root = xmlDocGetRootElement(a->tree);

	for (xmlNode *n = root; n != NULL; n = xml_following(n, root)) {
		const char *id = n->type == XML_ELEMENT_NODE ? xml_attribute(n, "id") : NULL;
		if (id != NULL)
			g_hash_table_add(a->ids, g_strdup(id));
	}
}

static const struct {
	const char *element, *titled, *otherwise;
} anchored[] = {
    {"section", "title", "section"}, {"box", "title", "box"},        {"figure", "caption", "figure"}, {"table", NULL, "table"},
    {"part", "title", "part"},       {"chapter", "title", NULL},     {"case", "title", NULL},         {"thread", "title", NULL},
    {"session", "title", NULL},      {"reflection", "title", NULL},  {"appendix", "title", NULL},     {"imprint", "name", NULL},
    {"publication", "title", NULL},
};

/* The words an element's anchor is made of; NULL when it gets none. */
static char *anchor_words(const xmlNode *element)
{
	for (gsize i = 0; i < G_N_ELEMENTS(anchored); i++) {
		if (!xml_is(element, anchored[i].element))
			continue;
		if (anchored[i].otherwise == NULL && xml_attribute(element, "file") == NULL)
			return NULL; /* a reflection in a session is no item */
		const xmlNode *title = anchored[i].titled != NULL ? xml_first(element, anchored[i].titled) : NULL;
		g_autofree char *words = title != NULL ? node_text(title) : NULL;
		if (words != NULL && *words != '\0')
			return g_steal_pointer(&words);
		return g_strdup(anchored[i].otherwise != NULL ? anchored[i].otherwise : anchored[i].element);
	}
	return NULL;
}

static void note_anchor(Assembly *a, const Unit *unit, const char *slug, const char *id)
{
	char *key = g_strconcat(unit->file->name, "\n", slug, NULL);

	if (g_hash_table_contains(a->anchors, key))
		g_free(key);
	else
		g_hash_table_insert(a->anchors, key, g_strdup(id));
}

static const char *enclosing_id(const xmlNode *node)
{
	for (; node != NULL && node->type == XML_ELEMENT_NODE; node = node->parent)
		if ((xml_attribute(node, "file") != NULL || xml_is(node, "part")) && xml_attribute(node, "id") != NULL)
			return xml_attribute(node, "id");
	return NULL;
}

static void set_anchor(Assembly *a, const Unit *unit, xmlNode *element)
{
	g_autofree char *words = anchor_words(element);

	if (words == NULL)
		return;
	g_autofree char *slug = short_slug(words);
	if (xml_attribute(element, "id") == NULL) {
		g_autofree char *id = anchors_unique(a, slug, enclosing_id(element->parent));
		node_set(element, "id", id);
	}
	g_autofree char *whole = text_slug(words);
	note_anchor(a, unit, whole, xml_attribute(element, "id"));
	note_anchor(a, unit, slug, xml_attribute(element, "id"));
	if (element == unit->node)
		note_anchor(a, unit, "", xml_attribute(element, "id"));
}

void anchors_set(Assembly *a)
{
	note_ids(a);
	for (guint i = 0; i < a->units->len; i++) {
		const Unit *unit = a->units->pdata[i];
		if (xml_is(unit->node, "body"))
			set_anchor(a, unit, unit->node->parent);
		for (xmlNode *n = unit->node; n != NULL; n = unit_following(n, unit))
			if (n->type == XML_ELEMENT_NODE)
				set_anchor(a, unit, n);
		if (xml_is(unit->node, "body"))
			note_anchor(a, unit, "", xml_attribute(unit->node->parent, "id"));
	}
}

static void set_number(xmlNode *element, guint n)
{
	g_autofree char *text = g_strdup_printf("%u", n);

	node_set(element, "number", text);
}

/* Parts, the chapters right below the contents or a part, and appendices: the rest are sections of something numbered. */
static void number_items(const xmlNode *contents)
{
	gboolean parts = xml_first(contents, "part") != NULL;
	guint part = 0, chapter = 0, appendix = 0, appendices = 0;

	for (const xmlNode *n = xml_first(contents, "appendix"); n != NULL; n = xml_next(n, "appendix"))
		appendices++;
	for (const xmlNode *n = xml_first(contents, NULL); n != NULL; n = xml_next(n, NULL)) {
		if (xml_is(n, "part"))
			set_number((xmlNode *)n, ++part);
		if (xml_is(n, "appendix") && appendices > 1) {
			char letter[] = {(char)('A' + appendix % 26), '\0'};
			appendix++;
			node_set((xmlNode *)n, "number", letter);
		}
		for (xmlNode *c = xml_is(n, "part") ? xml_first(n, "chapter") : (xmlNode *)n; c != NULL && (part > 0 || !parts);
		     c = xml_is(n, "part") ? xml_next(c, "chapter") : NULL)
			if (xml_is(c, "chapter") && g_strcmp0(xml_attribute(c, "numbered"), "no") != 0)
				set_number(c, ++chapter);
	}
}

void numbers_set(Assembly *a)
{
	static const char *const counted[] = {"figure", "table", "footnote"};
	guint counts[G_N_ELEMENTS(counted)] = {0};
	xmlNode *root = xmlDocGetRootElement(a->tree);
	const xmlNode *contents = xml_first(root, "contents");

	if (contents != NULL)
		number_items(contents);
	for (xmlNode *n = root; n != NULL; n = xml_following(n, root))
		for (gsize i = 0; i < G_N_ELEMENTS(counted); i++)
			if (xml_is(n, counted[i]))
				set_number(n, ++counts[i]);
}
