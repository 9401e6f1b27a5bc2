/* Which elements may stand in an element, and in which order: what is unknown, misplaced, doubled or missing. After each mistake the
 * walk goes on as if the author had mended it, so that one mistake gives one message and hides no other. */
#include "check/content.h"
#include "check/explain.h"

#include <string.h>

typedef struct {
	Explain *e;
	const xmlNode *parent, *type;
	GPtrArray *known;     /* declarations of what may stand in the parent */
	GPtrArray *children;  /* the elements in it */
	gboolean *used;       /* by child: dealt with before its turn */
	Content *content;
	ContentPlace *at;
	GPtrArray *placed;    /* names that were in their place, in order */
	GPtrArray *placed_at; /* their elements */
	GPtrArray *displaced; /* names of those that were not: they are not missing */
} Order;

static Words tag_of(const xmlNode *element)
{
	return words_same((const char *)element->name);
}

static Words line_of(const xmlNode *element)
{
	return words_number(xml_position(element).line);
}

static void place(Order *o, const xmlNode *child, const char *name)
{
	g_ptr_array_add(o->placed, (gpointer)name);
	g_ptr_array_add(o->placed_at, (gpointer)child);
}

static gboolean is_displaced(const Order *o, const char *name)
{
	for (guint i = 0; i < o->displaced->len; i++)
		if (strcmp(o->displaced->pdata[i], name) == 0)
			return TRUE;
	return FALSE;
}

static guint find_later(const Order *o, guint from, const char *name)
{
	for (guint i = from; i < o->children->len; i++)
		if (!o->used[i] && xml_is(o->children->pdata[i], name))
			return i;
	return G_MAXUINT;
}

/* ---- names that are not known in this place ---- */

/* Where in this kind of file an element of that name does belong: the name of its parent, NULL when nowhere. Generated blocks and the
 * program's own elements do not count. */
static const char *find_home(Explain *e, const xmlNode *declaration, const char *name, GHashTable *seen)
{
	const xmlNode *type = schema_type(e->schema, declaration);
	g_autoptr(GPtrArray) elements = NULL;
	const char *home = NULL;

	if (type == NULL || !g_hash_table_add(seen, (gpointer)type) || strcmp(schema_name(declaration), "body") == 0)
		return NULL;
	elements = schema_elements(e->schema, type);
	if (schema_find(elements, name) != NULL)
		return schema_name(declaration);
	for (guint i = 0; i < elements->len && home == NULL; i++)
		home = find_home(e, elements->pdata[i], name, seen);
	return home;
}

static void report_unknown(Order *o, const xmlNode *child, const xmlNode *meant)
{
	Explain *e = o->e;
	const char *name = (const char *)child->name, *home;
	const xmlNode *root = schema_lookup(e->schema, "element", (const char *)e->root->name);
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	g_autofree char *focus = NULL;
	Position at = place_element(child, &focus);

	if (meant != NULL) {
		say(e, MSG_ELEMENT_UNKNOWN, &at, words_same(name), words_same(schema_name(meant)), words_about(meant));
		return;
	}
	home = root != NULL ? find_home(e, root, name, seen) : NULL;
	if (home != NULL)
		say(e, MSG_ELEMENT_PLACE, &at, words_same(name), tag_of(o->parent), words_same(home));
	else
		say(e, MSG_ELEMENT_UNKNOWN_LIST, &at, words_same(name), tag_of(o->parent), words_tags(o->known));
}

/* As if the author had written the name that was meant. */
static void take_unknown(Order *o, const xmlNode *child)
{
	const xmlNode *meant = schema_suggest(o->known, (const char *)child->name);

	report_unknown(o, child, meant);
	if (meant == NULL)
		return;
	if (content_step(o->content, o->at, schema_name(meant)))
		place(o, child, schema_name(meant));
	else
		g_ptr_array_add(o->displaced, (gpointer)schema_name(meant));
	explain_element(o->e, child, meant);
}

/* ---- what is missing ---- */

/* before: the element it must come before; NULL or the body: the end of the parent. */
static void report_missing(Order *o, const char *name, const xmlNode *before)
{
	const xmlNode *declaration = schema_find(o->known, name), *first = o->children->len > 0 ? o->children->pdata[0] : NULL;
	gboolean end = before == NULL || schema_is_program(schema_find(o->known, (const char *)before->name));
	g_autofree char *tag = g_strconcat(end ? "/" : "", (const char *)(end ? o->parent : before)->name, NULL);
	g_autofree char *focus = NULL;
	Position at = place_element(o->parent, &focus);

	if (first == NULL || (end && first == before))
		say(o->e, MSG_ELEMENT_MISSING, &at, tag_of(o->parent), words_same(name),
		    words_take(schema_snippet(o->e->schema, declaration)), words_about(declaration));
	else
		say(o->e, MSG_ELEMENT_MISSING_BEFORE, &at, tag_of(o->parent), words_same(name),
		    words_take(schema_snippet(o->e->schema, declaration)), words_about(declaration), words_same(tag));
}

static void report_order(Order *o, const xmlNode *child, MessageId id, const xmlNode *beside)
{
	g_autofree char *focus = NULL;
	Position at = place_element(child, &focus);

	say(o->e, id, &at, tag_of(child), tag_of(beside), line_of(beside));
}

/* The names on the path that come later after all; the last of them. */
static guint count_later(const Order *o, const GPtrArray *path, guint from, guint *last)
{
	guint n = 0;

	for (guint i = 0; i < path->len; i++) {
		guint later = find_later(o, from, path->pdata[i]);
		if (later == G_MAXUINT)
			continue;
		*last = later;
		n++;
	}
	return n;
}

/* child could stand here if the names on path had come before it. */
static void take_early(Order *o, guint i, const GPtrArray *path)
{
	const xmlNode *child = o->children->pdata[i];
	guint last = 0, later = count_later(o, path, i + 1, &last);

	if (later > 0 && later == path->len) {
		report_order(o, child, MSG_ELEMENT_ORDER_AFTER, o->children->pdata[last]);
		g_ptr_array_add(o->displaced, (gpointer)child->name);
		return;
	}
	for (guint k = 0; k < path->len; k++) {
		guint at = find_later(o, i + 1, path->pdata[k]);
		content_step(o->content, o->at, path->pdata[k]);
		if (at != G_MAXUINT) {
			o->used[at] = TRUE;
			report_order(o, o->children->pdata[at], MSG_ELEMENT_ORDER_BEFORE, child);
			explain_element(o->e, o->children->pdata[at], schema_find(o->known, path->pdata[k]));
		} else if (!is_displaced(o, path->pdata[k])) {
			report_missing(o, path->pdata[k], child);
		}
	}
	content_step(o->content, o->at, (const char *)child->name);
	place(o, child, (const char *)child->name);
}

/* ---- what comes too late, or twice ---- */

/* The first of the elements already placed before which name could have stood; NULL: none. */
static const xmlNode *find_place(const Order *o, const char *name)
{
	for (guint k = 0; k < o->placed->len; k++) {
		g_autoptr(ContentPlace) at = content_start(o->content);
		gboolean fits = TRUE;
		for (guint i = 0; i < o->placed->len && fits; i++)
			fits = (i != k || content_step(o->content, at, name)) && content_step(o->content, at, o->placed->pdata[i]);
		if (fits)
			return o->placed_at->pdata[k];
	}
	return NULL;
}

static void take_late(Order *o, const xmlNode *child)
{
	const char *name = (const char *)child->name;
	const xmlNode *same = NULL, *before;

	for (guint i = 0; i < o->placed->len; i++)
		if (strcmp(o->placed->pdata[i], name) == 0)
			same = o->placed_at->pdata[i];
	g_ptr_array_add(o->displaced, (gpointer)name);
	if (same != NULL && content_repeats(o->content, name)) {
		report_order(o, child, MSG_ELEMENT_ORDER_AFTER, same);
		return;
	}
	before = same == NULL ? find_place(o, name) : NULL;
	if (before != NULL) {
		report_order(o, child, MSG_ELEMENT_ORDER_BEFORE, before);
		return;
	}
	g_autofree char *focus = NULL;
	Position at = place_element(child, &focus);
	if (same != NULL)
		say(o->e, MSG_ELEMENT_TWICE, &at, words_same(name), tag_of(o->parent), line_of(same));
	else
		say(o->e, MSG_ELEMENT_UNKNOWN_LIST, &at, words_same(name), tag_of(o->parent), words_tags(o->known));
}

/* ---- the walk ---- */

static void take_child(Order *o, guint i)
{
	const xmlNode *child = o->children->pdata[i];
	const char *name = (const char *)child->name;
	const xmlNode *declaration = schema_find(o->known, name);
	g_autoptr(GPtrArray) path = NULL;

	if (declaration == NULL) {
		take_unknown(o, child);
		return;
	}
	if (content_step(o->content, o->at, name)) {
		place(o, child, name);
	} else {
		path = content_path(o->content, o->at, name);
		if (path == NULL)
			take_late(o, child);
		else
			take_early(o, i, path);
	}
	explain_element(o->e, child, declaration);
}

static void take_end(Order *o)
{
	g_autoptr(GPtrArray) path = content_path(o->content, o->at, NULL);

	for (guint i = 0; path != NULL && i < path->len; i++)
		if (!is_displaced(o, path->pdata[i]))
			report_missing(o, path->pdata[i], NULL);
}

/* In a publication's own file an item names a file and holds no more than items: the rest of its type is for the assembled tree. */
static gboolean is_bare_item(const Explain *e, const xmlNode *type)
{
	const char *name = xml_attribute(type, "name");

	return !e->assembled && name != NULL && g_str_has_suffix(name, "-item");
}

static void explain_item(Explain *e, const xmlNode *item, const xmlNode *type)
{
	const xmlNode *group = schema_lookup(e->schema, "group", "item");
	const char *href = xml_attribute(item, "href");
	g_autoptr(GPtrArray) items = schema_elements(e->schema, type);

	for (guint i = 0; i < items->len;)
		if (((const xmlNode *)items->pdata[i])->parent->parent != group && ((const xmlNode *)items->pdata[i])->parent != group)
			g_ptr_array_remove_index(items, i);
		else
			i++;
	for (const xmlNode *n = xml_first(item, NULL); n != NULL; n = xml_next(n, NULL)) {
		const xmlNode *declaration = schema_find(items, (const char *)n->name);
		g_autofree char *focus = NULL;
		Position at = place_element(n, &focus);
		if (declaration != NULL)
			explain_element(e, n, declaration);
		else
			say(e, MSG_ITEM_CONTENT, &at, tag_of(n), tag_of(item), words_same(href));
	}
}

void explain_order(Explain *e, const xmlNode *element, const xmlNode *type)
{
	g_autoptr(Content) content = NULL;
	g_autoptr(ContentPlace) start = NULL;
	g_autoptr(GPtrArray) known = NULL, children = g_ptr_array_new(), placed = g_ptr_array_new(), placed_at = g_ptr_array_new();
	g_autoptr(GPtrArray) displaced = g_ptr_array_new();
	g_autofree gboolean *used = NULL;

	if (is_bare_item(e, type)) {
		explain_item(e, element, type);
		return;
	}
	known = schema_elements(e->schema, type);
	content = content_new(e->schema, type);
	start = content_start(content);
	for (xmlNode *n = xml_first(element, NULL); n != NULL; n = xml_next(n, NULL))
		g_ptr_array_add(children, n);
	used = g_new0(gboolean, children->len + 1);
	Order o = {e, element, type, known, children, used, content, start, placed, placed_at, displaced};
	for (guint i = 0; i < children->len; i++)
		if (!used[i])
			take_child(&o, i);
	take_end(&o);
}
