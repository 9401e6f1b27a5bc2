/* What only the finished tree can tell: properties and children that an object must have, and names that must exist. */
#include "base/text.h"
#include "fo/build.h"

#include <string.h>

enum { HINTS = 20 }; /* nearest names are looked for this often at most */

static const struct {
	FoKind kind;
	FoProperty p;
} required[] = {
    {FO_SIMPLE_PAGE_MASTER, FO_P_MASTER_NAME},
    {FO_PAGE_SEQUENCE_MASTER, FO_P_MASTER_NAME},
    {FO_SINGLE_PAGE_MASTER_REFERENCE, FO_P_MASTER_REFERENCE},
    {FO_REPEATABLE_PAGE_MASTER_REFERENCE, FO_P_MASTER_REFERENCE},
    {FO_CONDITIONAL_PAGE_MASTER_REFERENCE, FO_P_MASTER_REFERENCE},
    {FO_PAGE_SEQUENCE, FO_P_MASTER_REFERENCE},
    {FO_FLOW, FO_P_FLOW_NAME},
    {FO_STATIC_CONTENT, FO_P_FLOW_NAME},
    {FO_CHARACTER, FO_P_CHARACTER},
    {FO_EXTERNAL_GRAPHIC, FO_P_SRC},
    {FO_PAGE_NUMBER_CITATION, FO_P_REF_ID},
    {FO_PAGE_NUMBER_CITATION_LAST, FO_P_REF_ID},
    {FO_CHANGE_BAR_BEGIN, FO_P_CHANGE_BAR_CLASS},
    {FO_CHANGE_BAR_END, FO_P_CHANGE_BAR_CLASS},
    {FO_MARKER, FO_P_MARKER_CLASS_NAME},
    {FO_RETRIEVE_MARKER, FO_P_RETRIEVE_CLASS_NAME},
    {FO_RETRIEVE_TABLE_MARKER, FO_P_RETRIEVE_CLASS_NAME},
};

static const struct {
	FoKind parent, child;
	gboolean needed, single;
} children[] = {
    {FO_PAGE_SEQUENCE, FO_FLOW, TRUE, TRUE},
    {FO_SIMPLE_PAGE_MASTER, FO_REGION_BODY, TRUE, TRUE},
    {FO_LIST_ITEM, FO_LIST_ITEM_LABEL, TRUE, TRUE},
    {FO_LIST_ITEM, FO_LIST_ITEM_BODY, TRUE, TRUE},
    {FO_TABLE, FO_TABLE_BODY, TRUE, FALSE},
    {FO_TABLE, FO_TABLE_HEADER, FALSE, TRUE},
    {FO_TABLE, FO_TABLE_FOOTER, FALSE, TRUE},
    {FO_TABLE_AND_CAPTION, FO_TABLE, TRUE, TRUE},
    {FO_FOOTNOTE, FO_FOOTNOTE_BODY, TRUE, TRUE},
    {FO_BOOKMARK, FO_BOOKMARK_TITLE, TRUE, TRUE},
    {FO_INSTREAM_FOREIGN_OBJECT, FO_FOREIGN, TRUE, TRUE},
};

/* A property that names what another one declares. */
typedef enum { NAME_MASTER, NAME_REGION, NAME_ID, NAME_KINDS } NameKind;
static const struct {
	FoProperty p;
	NameKind kind;
} references[] = {
    {FO_P_MASTER_REFERENCE, NAME_MASTER},
    {FO_P_FLOW_NAME, NAME_REGION},
    {FO_P_REF_ID, NAME_ID},
    {FO_P_INTERNAL_DESTINATION, NAME_ID},
};

typedef struct {
	FoBuilder *b;
	GHashTable *names[NAME_KINDS];
	int hints;
} Check;

static void check_required(Check *c, const FoNode *n)
{
	for (guint i = 0; i < G_N_ELEMENTS(required); i++)
		if (required[i].kind == n->kind && !fo_string(n, required[i].p))
			diagnose(c->b->d, MSG_FO_REQUIRED, &n->at, fo_kind_name(n->kind), fo_properties[required[i].p].name);
}

static int count(const FoNode *n, FoKind kind)
{
	int found = 0;
	for (n = n->first; n; n = n->next)
		found += n->kind == kind || (n->kind == FO_WRAPPER && count(n, kind) > 0);
	return found;
}

static void check_children(Check *c, const FoNode *n)
{
	for (guint i = 0; i < G_N_ELEMENTS(children); i++) {
		if (children[i].parent != n->kind)
			continue;
		int found = count(n, children[i].child);
		const char *child = children[i].child == FO_FOREIGN ? "svg" : fo_kind_name(children[i].child);
		if (found == 0 && children[i].needed)
			diagnose(c->b->d, MSG_FO_INCOMPLETE, &n->at, fo_kind_name(n->kind), child);
		else if (found > 1 && children[i].single)
			diagnose(c->b->d, MSG_FO_REPEATED, &n->at, fo_kind_name(n->kind), child);
	}
}

static void check_references(Check *c, const FoNode *n)
{
	for (guint i = 0; i < G_N_ELEMENTS(references); i++) {
		const char *name = fo_is_specified(n, references[i].p) ? fo_string(n, references[i].p) : NULL;
		GHashTable *known = c->names[references[i].kind];
		if (!name || !*name || g_hash_table_contains(known, name))
			continue;
		g_autofree const char **all = NULL;
		if (c->hints++ < HINTS)
			all = (const char **)g_hash_table_get_keys_as_array(known, NULL);
		const char *near = all ? text_closest(name, all) : NULL;
		diagnose(c->b->d, MSG_FO_UNKNOWN_NAME, &n->at, fo_properties[references[i].p].name, name, near ? near : "");
	}
}

static void check_place(Check *c, const FoNode *n)
{
	if (n->kind != FO_RETRIEVE_TABLE_MARKER)
		return;
	const FoNode *p = n->parent;
	while (p && p->kind != FO_TABLE_HEADER && p->kind != FO_TABLE_FOOTER)
		p = p->parent;
	if (!p)
		diagnose(c->b->d, MSG_FO_TABLE_MARKER, &n->at);
}

static const FoNode *following(const FoNode *n)
{
	if (n->first)
		return n->first;
	while (n && !n->next)
		n = n->parent;
	return n ? n->next : NULL;
}

static void collect_masters(Check *c, const FoNode *root)
{
	static const char *const flows[] = {"xsl-footnote-separator", "xsl-before-float-separator"};
	for (guint i = 0; i < G_N_ELEMENTS(flows); i++)
		g_hash_table_add(c->names[NAME_REGION], (char *)flows[i]);
	for (const FoNode *n = root; n && n->kind != FO_PAGE_SEQUENCE; n = following(n)) {
		const char *name =
		    fo_string(n, n->kind >= FO_REGION_BODY && n->kind <= FO_REGION_END ? FO_P_REGION_NAME : FO_P_MASTER_NAME);
		if (name && n->kind >= FO_REGION_BODY && n->kind <= FO_REGION_END)
			g_hash_table_add(c->names[NAME_REGION], (char *)name);
		else if (name && !g_hash_table_add(c->names[NAME_MASTER], (char *)name))
			diagnose(c->b->d, MSG_FO_DUPLICATE_ID, &n->at, name);
	}
}

void fo_check_tree(FoBuilder *b, const FoNode *root, GHashTable *ids)
{
	g_autoptr(GHashTable) masters = g_hash_table_new(g_str_hash, g_str_equal),
			      regions = g_hash_table_new(g_str_hash, g_str_equal);
	Check c = {.b = b, .names = {masters, regions, ids}};
	collect_masters(&c, root);
	for (const FoNode *n = root; n; n = following(n)) {
		if (n->kind >= FO_TEXT)
			continue;
		check_required(&c, n);
		check_children(&c, n);
		check_references(&c, n);
		check_place(&c, n);
	}
	const GPtrArray *points = fo_tree_points(b->tree);
	for (guint i = 0; i < points->len; i++)
		check_required(&c, g_ptr_array_index(points, i));
}
