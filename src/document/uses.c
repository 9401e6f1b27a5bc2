/* Where an assembled publication holds what people gave: their words, portraits, photos, names, and that they are in a story. */
#include "document/room.h"

#include <string.h>

typedef struct {
	GPtrArray *uses;
	GHashTable *seen;
} Uses;

DocumentUse *document_use_copy(const DocumentUse *use)
{
	DocumentUse *copy = g_new0(DocumentUse, 1);

	*copy = (DocumentUse){g_strdup(use->person), use->purpose, g_strdup(use->file), use->line};
	return copy;
}

void document_use_free(gpointer data)
{
	DocumentUse *use = data;

	g_free(use->person);
	g_free(use->file);
	g_free(use);
}

static void note(Uses *u, const char *person, const char *purpose, const xmlNode *where)
{
	Position at = xml_position(where);
	g_autofree char *key = g_strdup_printf("%s\n%s\n%s\n%d", person != NULL ? person : "", purpose, at.file != NULL ? at.file : "", at.line);

	if (person == NULL || !g_hash_table_add(u->seen, g_steal_pointer(&key)))
		return;
	g_ptr_array_add(u->uses, document_use_copy(&(DocumentUse){(char *)person, purpose, (char *)(at.file != NULL ? at.file : ""), at.line}));
}

static void note_portrait(Uses *u, const xmlNode *portrait, const xmlNode *person)
{
	const char *id = xml_attribute(portrait, "id");
	const xmlNode *name = xml_first(person, "name"), *photo = xml_first(person, "photo");

	note(u, id, "text", portrait);
	if (photo != NULL)
		note(u, id, "photo", photo);
	if (name != NULL)
		note(u, id, "name", name);
}

/* Words quoted within a sentence: @said names everybody whose they are. */
static void note_said(Uses *u, const xmlNode *n)
{
	g_auto(GStrv) persons = split_words(xml_attribute(n, "said"));

	for (guint i = 0; persons != NULL && persons[i] != NULL; i++)
		note(u, persons[i], "quote", n);
}

static void note_node(Uses *u, const xmlNode *n)
{
	note_said(u, n);
	if (xml_is(n, "quote")) {
		note(u, xml_attribute(n, "speaker"), "quote", n);
	} else if (xml_is(n, "reflection")) {
		const xmlNode *person = xml_first(n, "person");
		note(u, xml_attribute(n, "person"), "quote", n);
		if (person != NULL)
			note_portrait(u, n, person);
	} else if (xml_is(n, "person") && xml_is(n->parent, "consents")) {
		note(u, xml_attribute(n, "ref"), "text", n);
	}
}

GPtrArray *document_uses(const xmlDoc *tree)
{
	const xmlNode *root = xmlDocGetRootElement(tree);
	Uses u = {g_ptr_array_new_with_free_func(document_use_free), g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};

	for (const xmlNode *n = root; n != NULL; n = xml_following(n, root))
		if (n->type == XML_ELEMENT_NODE)
			note_node(&u, n);
	g_hash_table_unref(u.seen);
	return u.uses;
}
