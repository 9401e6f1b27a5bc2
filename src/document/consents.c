/* Who speak in a publication and what they agreed to, gathered where the rules look for it: the case that is only quoted is not in the tree. */
#include "document/room.h"

#include <string.h>

/* Words of somebody: their case, and the session they were said in. */
static void note_words(Assembly *a, const xmlNode *element, GPtrArray *cases, GPtrArray *sessions)
{
	const Case *c = index_case(a->w, xml_attribute(element, "case"));
	const Entity *speaker = index_lookup(a->w, xml_attribute(element, xml_is(element, "quote") ? "speaker" : "person"));
	const Entity *session = index_lookup(a->w, xml_attribute(element, "session"));

	if (c == NULL && speaker != NULL && speaker->person != NULL)
		c = speaker->owner;
	if (c != NULL && !g_ptr_array_find(cases, c, NULL))
		g_ptr_array_add(cases, (gpointer)c);
	if (session != NULL && strcmp(session->kind, "session") == 0 && !g_ptr_array_find(sessions, session, NULL))
		g_ptr_array_add(sessions, (gpointer)session);
}

static void collect(Assembly *a, GPtrArray *cases, GPtrArray *sessions)
{
	xmlNode *root = xmlDocGetRootElement(a->tree);

	for (guint i = 0; i < a->cases->len; i++)
		g_ptr_array_add(cases, a->cases->pdata[i]);
	for (const xmlNode *n = root; n != NULL; n = xml_following(n, root))
		if (xml_is(n, "quote") || (xml_is(n, "reflection") && xml_attribute(n, "person") != NULL))
			note_words(a, n, cases, sessions);
}

static void set_signer(const Assembly *a, xmlNode *consent)
{
	const Entity *by = index_lookup(a->w, xml_attribute(consent, "by"));

	if (by != NULL && by->person != NULL)
		node_set(consent, "role", by->person->role);
}

static void add_person(Assembly *a, xmlNode *to, const Case *c, const xmlNode *person)
{
	static const char *const names[] = {"role", "age-band", "next-band", "line"};
	xmlNode *copy = node_add(to, "person");

	node_set(copy, "ref", xml_attribute(person, "id"));
	node_set(copy, "case", c->id);
	node_set(copy, "file", c->file->name);
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		node_set(copy, names[i], xml_attribute(person, names[i]));
	for (const xmlNode *n = xml_first(person, NULL); n != NULL; n = xml_next(n, NULL)) {
		xmlNode *child = xmlAddChild(copy, xmlDocCopyNode((xmlNode *)n, a->tree, 1));
		if (xml_is(n, "consent"))
			set_signer(a, child);
	}
}

void consents_add(Assembly *a)
{
	g_autoptr(GPtrArray) cases = g_ptr_array_new(), sessions = g_ptr_array_new();
	xmlNode *to;

	collect(a, cases, sessions);
	if (cases->len == 0)
		return;
	to = node_add(xmlDocGetRootElement(a->tree), "consents");
	for (guint i = 0; i < cases->len; i++) {
		const Case *c = cases->pdata[i];
		const xmlNode *persons = xml_first(case_root(a->w, c), "persons");
		assembly_note_input(a, c->file->name);
		for (const xmlNode *p = persons != NULL ? xml_first(persons, "person") : NULL; p != NULL; p = xml_next(p, "person"))
			add_person(a, to, c, p);
	}
	for (guint i = 0; i < sessions->len; i++) {
		const Entity *session = sessions->pdata[i];
		xmlNode *n = node_add(to, "session");
		node_set(n, "ref", session->id);
		node_set(n, "date", ((const Record *)session->file)->date);
	}
}
