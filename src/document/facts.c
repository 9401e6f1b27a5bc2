/* What the rest of the workspace has to know of a file: its ids and persons, and what it asks of others. Strings are copied, so
 * that the tree may go. */
#include "document/room.h"

#include <string.h>

static const char *keep(GStringChunk *strings, const char *text)
{
	return text != NULL ? g_string_chunk_insert(strings, text) : NULL;
}

static Person *new_person(const xmlNode *node, GStringChunk *strings)
{
	const xmlNode *label = xml_first(node, "label");
	g_autofree char *text = label != NULL ? node_text(label) : g_strdup("");
	g_autofree char *folded = label_fold(text);
	Person *p = g_new0(Person, 1);

	p->label = keep(strings, text);
	p->folded = keep(strings, folded);
	p->role = keep(strings, xml_attribute(node, "role"));
	p->id = keep(strings, xml_attribute(node, "id"));
	return p;
}

static void add_entity(Record *r, const xmlNode *node, GStringChunk *strings)
{
	Entity e = {.file = &r->file};

	e.id = keep(strings, xml_attribute(node, "id"));
	e.kind = g_intern_string((const char *)node->name);
	e.line = xml_position(node).line;
	if (xml_is(node, "person") && xml_is(node->parent, "persons"))
		e.person = new_person(node, strings);
	g_array_append_val(r->entities, e);
}

static void collect_entities(Record *r, const xmlNode *root, GStringChunk *strings)
{
	r->entities = g_array_new(FALSE, FALSE, sizeof(Entity));
	add_entity(r, root, strings);
	if (!xml_is(root, "case"))
		return;
	for (const xmlNode *group = xml_first(root, NULL); group != NULL; group = xml_next(group, NULL)) {
		if (!xml_is(group, "persons") && !xml_is(group, "organisations") && !xml_is(group, "rotondes"))
			continue;
		for (const xmlNode *n = xml_first(group, NULL); n != NULL; n = xml_next(n, NULL))
			add_entity(r, n, strings);
	}
}

static void ask_quote(Record *r, const xmlNode *quote, GStringChunk *strings)
{
	const char *label = xml_attribute(quote, "label"), *codes = xml_attribute(quote, "codes");
	Question q = {NULL, keep(strings, xml_attribute(quote, "case")), ASK_LABEL};

	if (label != NULL) {
		g_autofree char *folded = label_fold(label);
		q.word = keep(strings, folded);
		g_array_append_val(r->questions, q);
	}
	g_auto(GStrv) words = split_words(codes);
	for (char **word = words; *word != NULL; word++) {
		q.word = keep(strings, *word);
		q.what = ASK_CODE;
		g_array_append_val(r->questions, q);
	}
}

static void ask_heading(Record *r, const xmlNode *title, GStringChunk *strings)
{
	g_autofree char *label = unquoted_heading(title), *folded = label != NULL ? label_fold(label) : NULL;
	const Question q = {folded != NULL ? keep(strings, folded) : NULL, NULL, ASK_STRANGER};

	if (q.word != NULL)
		g_array_append_val(r->questions, q);
}

static gboolean is_remote(const char *href)
{
	static const char *const schemes[] = {"https://", "http://", "mailto:"};

	for (gsize i = 0; href != NULL && i < G_N_ELEMENTS(schemes); i++)
		if (g_str_has_prefix(href, schemes[i]))
			return TRUE;
	return FALSE;
}

/* Questions are for what nearly every file has. What else leads elsewhere makes the file doubtful: it will be read once more. */
static void collect_questions(Record *r, const xmlNode *root, GStringChunk *strings)
{
	r->questions = g_array_new(FALSE, FALSE, sizeof(Question));
	for (const xmlNode *n = root; n != NULL; n = xml_following(n, root)) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		references_ask(n, r->questions, strings);
		if (xml_is(n, "quote") || (xml_is(n, "quotation") && xml_attribute(n, "label") == NULL))
			ask_quote(r, n, strings);
		else if (xml_is(n, "title"))
			ask_heading(r, n, strings);
		else if (xml_is(n, "quotation") || (xml_attribute(n, "href") != NULL && !is_remote(xml_attribute(n, "href"))))
			r->doubtful = TRUE;
		r->doubtful = r->doubtful || unquoted_may(n);
	}
}

void facts_collect(Record *r, gboolean questions, GStringChunk *strings)
{
	const xmlNode *root = r->file.doc != NULL ? xmlDocGetRootElement(r->file.doc) : NULL;

	if (root == NULL)
		return;
	r->cases = keep(strings, xml_attribute(root, "case"));
	r->date = keep(strings, xml_attribute(root, "date"));
	collect_entities(r, root, strings);
	if (questions)
		collect_questions(r, root, strings);
}
