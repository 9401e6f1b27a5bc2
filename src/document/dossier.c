/* What working forms (posters, guides, check copies) need beside a publication: its cases and threads with all that was said about each, drawn
 * together with the same means as generated blocks. */
#include "document/room.h"

#include <string.h>

typedef struct {
	Assembly *a;
	const Unit *unit; /* the publication */
	const DocumentWanted *wanted;
	xmlNode *to;
} Dossier;

/* An element that islands fill, asking for these. */
static void gather_block(const Dossier *dossier, xmlNode *to, const char *name, const char *attribute, const char *value)
{
	xmlNode *element = node_add(to, name);

	if (attribute != NULL)
		node_set(element, attribute, value);
	island_gather(dossier->a, dossier->unit, element);
}

static void add_title(const Dossier *dossier, xmlNode *to, const xmlNode *from, const char *name)
{
	const xmlNode *child = xml_first(from, name);

	if (child != NULL)
		xmlAddChild(to, xmlDocCopyNode((xmlNode *)child, dossier->a->tree, 1));
}

static xmlNode *add_heading(const Dossier *dossier, const char *element, const DocumentFile *file, const xmlNode *root)
{
	xmlNode *to = node_add(dossier->to, element);

	node_set(to, "ref", file->id);
	node_set(to, "file", file->name);
	add_title(dossier, to, root, "title");
	return to;
}

static void add_story(const Dossier *dossier, const Case *c)
{
	const xmlNode *root = island_consult(dossier->a, c->file)->node, *list = xml_first(root, "rotondes");
	xmlNode *story = add_heading(dossier, "story", c->file, root);
	static const char *const blocks[] = {"timeline", "rotondes", "persons", "sessions"};

	for (gsize i = 0; i < G_N_ELEMENTS(blocks); i++)
		gather_block(dossier, story, blocks[i], "case", c->id);
	for (const xmlNode *r = list != NULL ? xml_first(list, "rotonde") : NULL; r != NULL; r = xml_next(r, "rotonde")) {
		xmlNode *turn = node_add(story, "turn");
		node_set(turn, "ref", xml_attribute(r, "id"));
		gather_block(dossier, turn, "elements", "rotonde", xml_attribute(r, "id"));
	}
}

static void add_thread(const Dossier *dossier, const Unit *thread)
{
	xmlNode *to = add_heading(dossier, "strand", thread->file, thread->node);

	add_title(dossier, to, thread->node, "definition");
	gather_block(dossier, to, "elements", "thread", thread->file->id);
}

/* ---- one person's quotes, each where it stands ---- */

static gboolean was_there(const Unit *unit, const char *person)
{
	const xmlNode *list = xml_first(unit->node, "participants");

	for (const xmlNode *p = list != NULL ? xml_first(list, "participant") : NULL; p != NULL; p = xml_next(p, "participant"))
		if (g_strcmp0(xml_attribute(p, "ref"), person) == 0)
			return TRUE;
	return FALSE;
}

/* What stands right beside a quote. Another's quote only where this person has heard it, or everybody will read it. */
static void add_neighbour(const Dossier *dossier, xmlNode *place, const Unit *unit, const xmlNode *n)
{
	static const char *const texts[] = {"p", "lead", "quote", "quotation", "ul", "ol", NULL};
	const char *person = dossier->wanted->person;

	if (n == NULL || !g_strv_contains(texts, (const char *)n->name))
		return;
	if (xml_is(n, "quote") && g_strcmp0(xml_attribute(n, "speaker"), person) != 0 && unit->consulted && !was_there(unit, person))
		return;
	xmlNode *copy = xmlAddChild(place, xmlDocCopyNode((xmlNode *)n, dossier->a->tree, 1));
	node_unset(copy, "id");
}

static const xmlNode *text_beside(const xmlNode *n, gboolean after)
{
	do
		n = after ? n->next : n->prev;
	while (n != NULL && (n->type != XML_ELEMENT_NODE || xml_is(n, "note")));
	return n;
}

static void add_place(const Dossier *dossier, xmlNode *to, const Unit *unit, const xmlNode *quote)
{
	xmlNode *place = node_add(to, "place");
	const char *line = xml_attribute(quote, "line");

	node_set(place, "file", unit->file->name);
	if (line != NULL)
		node_set(place, "line", line);
	node_set(place, "date", xml_attribute(unit->node, "date"));
	node_set(place, "kind", unit->file->kind);
	add_title(dossier, place, xml_is(unit->node, "body") ? unit->node->parent : unit->node, "title");
	add_neighbour(dossier, place, unit, text_beside(quote, FALSE));
	xmlNode *copy = xmlAddChild(place, xmlDocCopyNode((xmlNode *)quote, dossier->a->tree, 1));
	node_unset(copy, "id");
	node_set(copy, "asked", "yes");
	add_neighbour(dossier, place, unit, text_beside(quote, TRUE));
}

/* The same words once: where they will be published before where they were written down. */
static void add_places(const Dossier *dossier, xmlNode *to, const Unit *unit, GHashTable *seen)
{
	for (const xmlNode *q = unit->node; q != NULL; q = unit_following(q, unit)) {
		if (!xml_is(q, "quote") || g_strcmp0(xml_attribute(q, "speaker"), dossier->wanted->person) != 0 || xml_is(q->parent, "quotes") ||
		    xml_is(q->parent, "group"))
			continue;
		char *words = node_text(q);
		if (g_hash_table_add(seen, words))
			add_place(dossier, to, unit, q);
	}
}

static void add_person(const Dossier *dossier, const Entity *e)
{
	Assembly *a = dossier->a;
	xmlNode *to = node_add(dossier->to, "said");
	g_autofree char *label = assembly_label(a, e->person);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GPtrArray) cases = g_ptr_array_new();
	g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
	const Island island = {a, dossier->unit, to, cases, ids};

	g_ptr_array_add(cases, (gpointer)e->owner);
	node_set(to, "person", e->id);
	node_set(to, "label", label);
	for (guint i = 0; i < a->units->len; i++)
		add_places(dossier, to, a->units->pdata[i], seen);
	g_autoptr(GPtrArray) sources = island_sources(&island);
	for (guint i = 0; i < sources->len; i++)
		add_places(dossier, to, island_consult(a, sources->pdata[i]), seen);
	if (xml_first(to, "place") == NULL)
		diagnose(a->d, MSG_DOSSIER_NO_QUOTES, NULL, e->id, e->owner->id);
}

/* ---- what was asked for ---- */

static gboolean of_publication(const Assembly *a, const Entity *e, const char *kind)
{
	return e != NULL && strcmp(e->kind, kind) == 0 && e->owner != NULL && g_ptr_array_find(a->cases, e->owner, NULL);
}

/* Reports, with those that there are. */
static void report_unknown(const Assembly *a, MessageId id, const char *asked, const char *kind)
{
	g_autoptr(GPtrArray) known = g_ptr_array_new();

	for (guint i = 0; i < a->cases->len; i++) {
		const Case *c = a->cases->pdata[i];
		if (strcmp(kind, "case") == 0 && c->id != NULL)
			g_ptr_array_add(known, (gpointer)c->id);
		for (guint k = 0; strcmp(kind, "person") == 0 && k < c->persons->len; k++)
			if (((const Person *)c->persons->pdata[k])->id != NULL)
				g_ptr_array_add(known, (gpointer)((const Person *)c->persons->pdata[k])->id);
	}
	g_ptr_array_add(known, NULL);
	g_autofree char *list = g_strjoinv(", ", (char **)known->pdata);
	diagnose(a->d, id, NULL, asked, list);
}

void dossier_add(Assembly *a, const DocumentWanted *wanted)
{
	const Entity *person = wanted->person != NULL ? index_lookup(a->w, wanted->person) : NULL;
	const Entity *story = wanted->story != NULL ? index_lookup(a->w, wanted->story) : NULL;
	xmlNode *root = xmlDocGetRootElement(a->tree);
	Dossier dossier = {a, a->units->pdata[0], wanted, node_add(root, "dossier")};

	if (wanted->person != NULL && !of_publication(a, person, "person"))
		report_unknown(a, MSG_DOSSIER_PERSON, wanted->person, "person");
	else if (person != NULL && wanted->said)
		add_person(&dossier, person);
	if (wanted->story != NULL && !of_publication(a, story, "case"))
		report_unknown(a, MSG_DOSSIER_CASE, wanted->story, "case");
	for (guint i = 0; i < a->cases->len; i++)
		if ((story == NULL || story->owner == a->cases->pdata[i]) && (person == NULL || person->owner == a->cases->pdata[i]))
			add_story(&dossier, a->cases->pdata[i]);
	for (guint i = 0; i < a->units->len; i++)
		if (xml_is(((const Unit *)a->units->pdata[i])->node, "thread"))
			add_thread(&dossier, a->units->pdata[i]);
	if (xml_first(dossier.to, NULL) == NULL)
		diagnose(a->d, MSG_DOSSIER_EMPTY, NULL, a->publication->id, NULL);
}
