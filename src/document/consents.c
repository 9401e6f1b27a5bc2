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

/* ---- who is written about, though the case itself is not taken in ---- */

typedef struct {
	GHashTable *stories;  /* Case: a chapter, a thread or a session is about it */
	GHashTable *families; /* ids of cases: a block tells what happened to them, not who helped */
	GHashTable *persons;  /* ids: a block names them */
} Told;

static void told_by_units(const Assembly *a, Told *told)
{
	for (guint i = 0; i < a->units->len; i++) {
		const Unit *u = a->units->pdata[i];
		for (guint k = 0; !u->consulted && !u->all_cases && k < u->cases->len; k++)
			g_hash_table_add(told->stories, u->cases->pdata[k]);
	}
}

static void told_by_block(const xmlNode *n, Told *told)
{
	const char *ref = xml_attribute(n, "ref"), *owner = xml_attribute(n, "case");

	if (xml_is(n, "person") || xml_is(n, "participant"))
		g_hash_table_add(told->persons, (gpointer)ref);
	else if (xml_is(n, "case") && ref != NULL)
		g_hash_table_add(told->families, (gpointer)ref);
	else if (xml_is(n, "rotonde") && owner != NULL)
		g_hash_table_add(told->families, (gpointer)owner);
}

static void told_find(const Assembly *a, Told *told)
{
	const xmlNode *root = xmlDocGetRootElement(a->tree), *island = NULL, *end = NULL;

	*told = (Told){g_hash_table_new(NULL, NULL), g_hash_table_new(g_str_hash, g_str_equal), g_hash_table_new(g_str_hash, g_str_equal)};
	told_by_units(a, told);
	for (const xmlNode *n = root; n != NULL; n = xml_following(n, root)) {
		if (n == end)
			island = NULL;
		if (island == NULL && xml_is(n, "island")) {
			island = n;
			end = node_after(n, root);
		} else if (island != NULL && n->type == XML_ELEMENT_NODE && (xml_attribute(n, "ref") != NULL || xml_attribute(n, "case") != NULL)) {
			told_by_block(n, told);
		}
	}
}

static int compare_cases(gconstpointer a, gconstpointer b)
{
	return strcmp((*(const Case *const *)a)->file->name, (*(const Case *const *)b)->file->name);
}

/* Their cases, which nothing else may lead to. */
static void told_cases(const Assembly *a, const Told *told, GPtrArray *cases)
{
	g_autoptr(GPtrArray) more = g_ptr_array_new();
	GHashTableIter i;
	gpointer id;

	g_hash_table_iter_init(&i, told->families);
	while (g_hash_table_iter_next(&i, &id, NULL))
		if (index_case(a->w, id) != NULL)
			g_ptr_array_add(more, (gpointer)index_case(a->w, id));
	g_hash_table_iter_init(&i, told->persons);
	while (g_hash_table_iter_next(&i, &id, NULL)) {
		const Entity *e = index_lookup(a->w, id);
		if (e != NULL && e->person != NULL && e->owner != NULL)
			g_ptr_array_add(more, (gpointer)e->owner);
	}
	g_ptr_array_sort(more, compare_cases); /* a hash has no order */
	for (guint k = 0; k < more->len; k++)
		if (!g_ptr_array_find(cases, more->pdata[k], NULL))
			g_ptr_array_add(cases, more->pdata[k]);
}

static gboolean told_has(const Told *told, const Case *c, const xmlNode *person)
{
	static const char *const helpers[] = {"professional", "researcher", NULL};
	const char *id = xml_attribute(person, "id"), *role = xml_attribute(person, "role");

	return g_hash_table_contains(told->stories, c) || (id != NULL && g_hash_table_contains(told->persons, id)) ||
	       (c->id != NULL && g_hash_table_contains(told->families, c->id) && !(role != NULL && g_strv_contains(helpers, role)));
}

static void told_free(Told *told)
{
	g_hash_table_unref(told->stories);
	g_hash_table_unref(told->families);
	g_hash_table_unref(told->persons);
}

/* Then its persons are in the tree, where the rules find them. */
static gboolean is_taken(const Assembly *a, const Case *c)
{
	const Unit *u = g_hash_table_lookup(a->taken, c->file);

	return u != NULL && !u->consulted;
}

/* ---- what they agreed to ---- */

static void set_signer(const Assembly *a, xmlNode *consent)
{
	const Entity *by = index_lookup(a->w, xml_attribute(consent, "by"));

	if (by != NULL && by->person != NULL)
		node_set(consent, "role", by->person->role);
}

/* told: somebody reads of this person. */
static void add_person(Assembly *a, xmlNode *to, const Case *c, const xmlNode *person, gboolean told)
{
	static const char *const names[] = {"role", "age-band", "next-band", "line"};
	xmlNode *copy = node_add(to, "person");

	node_set(copy, "ref", xml_attribute(person, "id"));
	node_set(copy, "case", c->id);
	node_set(copy, "file", c->file->name);
	node_set(copy, "told", told ? "yes" : NULL);
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
	Told told;

	collect(a, cases, sessions);
	told_find(a, &told);
	told_cases(a, &told, cases);
	if (cases->len == 0) {
		told_free(&told);
		return;
	}
	to = node_add(xmlDocGetRootElement(a->tree), "consents");
	for (guint i = 0; i < cases->len; i++) {
		const Case *c = cases->pdata[i];
		const xmlNode *persons = xml_first(case_root(a->w, c), "persons");
		assembly_note_input(a, c->file->name);
		for (const xmlNode *p = persons != NULL ? xml_first(persons, "person") : NULL; p != NULL; p = xml_next(p, "person"))
			add_person(a, to, c, p, !is_taken(a, c) && told_has(&told, c, p));
	}
	told_free(&told);
	for (guint i = 0; i < sessions->len; i++) {
		const Entity *session = sessions->pdata[i];
		xmlNode *n = node_add(to, "session");
		node_set(n, "ref", session->id);
		node_set(n, "date", ((const Record *)session->file)->date);
	}
}
