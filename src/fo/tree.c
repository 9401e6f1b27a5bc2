/* Building the tree of formatting objects: which objects, where from, with what values. */
#include "fo/build.h"
#include "fo/report.h"

#include <string.h>

#define FO_NS "http://www.w3.org/1999/XSL/Format"

enum { DEPTH_LIMIT = 256 };

struct FoTree {
	FoStore *store;
	FoNode *root;
	GHashTable *ids;       /* id -> FoNode */
	GPtrArray *points;     /* FoNode */
	GHashTable *retrieved; /* (retrieve-marker, marker) -> FoNode */
	GHashTable *parts;     /* (header or footer, markers) -> FoNode */
	FoBuilder *builder;
};

/* What children see of their parent. */
typedef struct {
	FoNode *node;
	guint64 takes;
	gboolean authored; /* an ancestor tells the author's place */
	int depth;
} Scope;

static void build_children(FoBuilder *b, const xmlNode *element, Scope scope);

static gboolean is_fo(const xmlNode *n)
{
	return n->ns && strcmp((const char *)n->ns->href, FO_NS) == 0;
}

/* ---- places ---- */

static const char *source_attribute(const xmlNode *element, const char *name)
{
	for (const xmlAttr *a = element->properties; a; a = a->next)
		if (a->ns && strcmp((const char *)a->name, name) == 0 && strcmp((const char *)a->ns->href, XML_SOURCE_NS) == 0)
			return a->children && a->children->content ? (const char *)a->children->content : "";
	return NULL;
}

static Position locate(FoBuilder *b, const xmlNode *n, Scope *scope)
{
	const char *file = source_attribute(n, "file"), *line = source_attribute(n, "line");
	Position at = scope->node ? scope->node->at : (Position){.file = b->name};
	if (file || line) {
		scope->authored = TRUE;
		at.file = file ? file : at.file;
		at.line = line ? (int)g_ascii_strtoll(line, NULL, 10) : 0;
	} else if (!scope->authored) {
		at = (Position){.file = b->name, .line = (int)xmlGetLineNo((xmlNode *)n)};
	}
	return at;
}

/* ---- nodes ---- */

static FoNode *add_node(FoBuilder *b, FoKind kind, const xmlNode *element, FoNode *parent)
{
	FoNode *n = fo_store_alloc(b->store, sizeof *n);
	n->kind = kind;
	n->element = element;
	n->order = b->retrieving ? b->retrieving : ++b->order;
	n->parent = parent;
	if (parent) {
		n->at = parent->at;
		n->previous = parent->last;
		*(parent->last ? &parent->last->next : &parent->first) = n;
		parent->last = n;
	}
	return n;
}

static const FoValues *inherit_of(FoBuilder *b, const FoNode *parent)
{
	return fo_values_inherit(b, parent->values);
}

/* Inline content where only blocks may stand gets a block of its own. */
static FoNode *anonymous_block(FoBuilder *b, FoNode *parent, const Position *at, const char *what)
{
	if (parent->last && parent->last->kind == FO_BLOCK && parent->last->element == parent->element)
		return parent->last;
	fo_report_child(b, MSG_FO_CHILD_WRAPPED, parent, at, what);
	FoNode *block = add_node(b, FO_BLOCK, parent->element, parent);
	block->at = *at;
	block->values = inherit_of(b, parent);
	return block;
}

static gboolean needs_block(guint64 takes)
{
	return takes & IS_BLOCK && !(takes & IS_TEXT);
}

/* ---- text ---- */

static gboolean is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

static gboolean is_blank_text(const xmlNode *n)
{
	return n->type == XML_TEXT_NODE && n->content && is_blank((const char *)n->content);
}

static const xmlNode *next_significant(const xmlNode *n)
{
	do
		n = n->next;
	while (n && (n->type == XML_COMMENT_NODE || n->type == XML_PI_NODE || is_blank_text(n)));
	return n;
}

static gboolean is_block_element(FoBuilder *b, const xmlNode *n)
{
	gpointer kind = n->type == XML_ELEMENT_NODE && is_fo(n) ? g_hash_table_lookup(b->elements, n->name) : NULL;
	return kind && fo_kind_is_block((FoKind)(GPOINTER_TO_UINT(kind) - 1));
}

/* White space beside a block-level object in a block is only how the document was indented. */
static gboolean is_indentation(FoBuilder *b, const xmlNode *text, const FoNode *parent)
{
	if (parent->kind != FO_BLOCK || !is_blank((const char *)text->content) ||
	    fo_keyword(parent, FO_P_LINEFEED_TREATMENT) == FO_K_PRESERVE ||
	    fo_keyword(parent, FO_P_WHITE_SPACE_COLLAPSE) == FO_K_FALSE)
		return FALSE;
	const xmlNode *next = next_significant(text);
	gboolean after_block = parent->last && fo_kind_is_block(parent->last->kind);
	gboolean before_block = next && is_block_element(b, next);
	return (after_block && (before_block || !next)) || (before_block && !parent->last);
}

static void build_text(FoBuilder *b, const xmlNode *text, Scope scope)
{
	const char *content = (const char *)text->content;
	FoNode *parent = scope.node;
	if (!content || !*content)
		return;
	if (!(scope.takes & IS_TEXT)) {
		if (is_blank(content))
			return;
		if (!needs_block(scope.takes)) {
			fo_report_child(b, MSG_FO_TEXT_IGNORED, parent, &parent->at, "");
			return;
		}
		parent = anonymous_block(b, parent, &scope.node->at, "text");
	} else if (is_indentation(b, text, parent)) {
		return;
	}
	FoNode *n = add_node(b, FO_TEXT, parent->element, parent);
	n->text = content;
	n->values = inherit_of(b, parent);
}

/* ---- elements ---- */

static void register_id(FoBuilder *b, FoNode *n)
{
	const char *id = fo_string(n, FO_P_ID);
	if (!id || !b->d)
		return;
	if (g_hash_table_contains(b->tree->ids, id))
		diagnose(b->d, MSG_FO_DUPLICATE_ID, &n->at, id);
	else
		g_hash_table_insert(b->tree->ids, (char *)id, n);
}

static void build_foreign(FoBuilder *b, const xmlNode *element, Scope scope)
{
	FoNode *parent = scope.node;
	Position at = locate(b, element, &scope);
	if (parent->kind != FO_INSTREAM_FOREIGN_OBJECT && parent->kind != FO_DECLARATIONS) {
		fo_report_element(b, MSG_FO_FOREIGN, &at, (const char *)element->name);
		return;
	}
	FoNode *n = add_node(b, FO_FOREIGN, element, parent);
	n->at = at;
	n->foreign = element;
	n->values = inherit_of(b, parent);
}

static gboolean is_allowed(FoKind kind, guint64 takes)
{
	guint64 is = fo_elements[kind].is;
	return is & takes || is & IS_POINT || (is & IS_MARKER && takes & (IS_BLOCK | IS_INLINE));
}

/* Something at a place between other objects, which none of them needs to pass over. */
static void build_point(FoBuilder *b, FoKind kind, const xmlNode *element, Scope *scope)
{
	if (b->retrieving)
		return;
	FoNode *n = add_node(b, kind, element, NULL);
	n->parent = scope->node;
	n->at = locate(b, element, scope);
	fo_properties_read(b, n, scope->node->values);
	register_id(b, n);
	g_ptr_array_add(b->tree->points, n);
}

static gboolean is_hidden_case(const xmlNode *n)
{
	return g_strcmp0(xml_attribute(n, "starting-state"), "hide") == 0;
}

/* Of the cases of a switch the first that is not hidden is shown (XSL 1.1, 6.9.3). */
static gboolean is_shown_case(const xmlNode *n)
{
	const xmlNode *shown = n->parent->children;
	while (shown != n && (!xml_is(shown, "multi-case") || !is_fo(shown) || is_hidden_case(shown)))
		shown = shown->next;
	return shown == n && !is_hidden_case(n);
}

static void build_known(FoBuilder *b, FoKind kind, const xmlNode *element, Scope scope)
{
	const ElementRow *row = &fo_elements[kind];
	FoNode *parent = scope.node;
	Position at = locate(b, element, &scope);
	if (row->how & (DROPPED | TRANSPARENT))
		fo_report_element(b, MSG_FO_UNSUPPORTED_OBJECT, &at, row->name);
	if (row->how & DROPPED || (kind == FO_MULTI_CASE && !is_shown_case(element)))
		return;
	if (row->how & ASIDE) {
		build_point(b, kind, element, &scope);
		return;
	}
	if (!is_allowed(kind, scope.takes)) {
		if (!needs_block(scope.takes) || !(row->is & (IS_INLINE | IS_NEUTRAL))) {
			fo_report_child(b, MSG_FO_CHILD, parent, &at, row->name);
			return;
		}
		parent = anonymous_block(b, parent, &at, row->name);
	}
	FoNode *n = add_node(b, row->how & TRANSPARENT ? FO_WRAPPER : kind, element, parent);
	n->at = at;
	fo_properties_read(b, n, parent->values);
	register_id(b, n);
	scope.node = n;
	scope.takes = row->takes | (row->how & LIKE_PARENT ? scope.takes : 0);
	build_children(b, element, scope);
}

static void build_element(FoBuilder *b, const xmlNode *element, Scope scope)
{
	if (!is_fo(element)) {
		build_foreign(b, element, scope);
		return;
	}
	gpointer found = g_hash_table_lookup(b->elements, element->name);
	if (found) {
		build_known(b, (FoKind)(GPOINTER_TO_UINT(found) - 1), element, scope);
		return;
	}
	Position at = locate(b, element, &scope);
	fo_report_element(b, MSG_FO_UNKNOWN_OBJECT, &at, (const char *)element->name);
	build_children(b, element, scope);
}

static void build_children(FoBuilder *b, const xmlNode *element, Scope scope)
{
	if (++scope.depth > DEPTH_LIMIT) {
		fo_report_element(b, MSG_FO_DEPTH, &scope.node->at, (const char *)element->name);
		return;
	}
	for (const xmlNode *c = element->children; c; c = c->next) {
		if (c->type == XML_ELEMENT_NODE)
			build_element(b, c, scope);
		else if (c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE)
			build_text(b, c, scope);
	}
}

/* ---- the whole ---- */

static FoBuilder *builder_new(FoTree *t, const char *name, Diagnostics *d)
{
	FoBuilder *b = g_new0(FoBuilder, 1);
	b->tree = t;
	b->store = t->store;
	b->d = d;
	b->name = name ? fo_store_string(t->store, name, strlen(name)) : NULL;
	b->elements = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint k = 0; k < FO_TEXT; k++)
		g_hash_table_insert(b->elements, (char *)fo_elements[k].name, GUINT_TO_POINTER(k + 1));
	b->reported = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	fo_properties_start(b);
	return b;
}

static void builder_free(FoBuilder *b)
{
	if (!b)
		return;
	fo_properties_stop(b);
	g_hash_table_unref(b->elements);
	g_hash_table_unref(b->reported);
	g_free(b);
}

static gboolean has_child(const FoNode *n, FoKind kind)
{
	for (n = n->first; n; n = n->next)
		if (n->kind == kind || (n->kind == FO_PAGE_SEQUENCE_WRAPPER && has_child(n, kind)))
			return TRUE;
	return FALSE;
}

static gboolean build_root(FoBuilder *b, const xmlNode *element)
{
	Scope scope = {.takes = IS_ROOT};
	Position at = {.file = b->name, .line = element ? (int)xmlGetLineNo((xmlNode *)element) : 0};
	if (!element || !is_fo(element) || strcmp((const char *)element->name, "root") != 0) {
		diagnose(b->d, MSG_FO_NOT_FO, &at, element ? (const char *)element->name : "");
		return FALSE;
	}
	FoNode *root = add_node(b, FO_ROOT, element, NULL);
	root->at = locate(b, element, &scope);
	fo_properties_read(b, root, fo_values_initial(b));
	b->tree->root = root;
	scope.node = root;
	scope.takes = fo_elements[FO_ROOT].takes;
	build_children(b, element, scope);
	const FoKind needed[] = {FO_LAYOUT_MASTER_SET, FO_PAGE_SEQUENCE};
	for (guint i = 0; i < G_N_ELEMENTS(needed); i++) {
		if (has_child(root, needed[i]))
			continue;
		diagnose(b->d, MSG_FO_MISSING, &root->at, fo_kind_name(needed[i]));
		return FALSE;
	}
	fo_check_tree(b, root, b->tree->ids);
	return TRUE;
}

static guint hash_pair(gconstpointer pair)
{
	const FoNode *const *p = pair;
	return p[0]->order * 31 + p[1]->order;
}

static gboolean equal_pair(gconstpointer a, gconstpointer b)
{
	return memcmp(a, b, 2 * sizeof(FoNode *)) == 0;
}

FoTree *fo_tree_new(xmlDoc *doc, const char *name, Diagnostics *d)
{
	g_autoptr(FoTree) t = g_new0(FoTree, 1);
	t->store = fo_store_new();
	t->ids = g_hash_table_new(g_str_hash, g_str_equal);
	t->points = g_ptr_array_new();
	t->retrieved = g_hash_table_new(hash_pair, equal_pair);
	t->parts = g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
	t->builder = builder_new(t, name, d);
	if (!build_root(t->builder, xmlDocGetRootElement(doc)))
		return NULL;
	t->builder->d = NULL;
	return g_steal_pointer(&t);
}

void fo_tree_free(FoTree *t)
{
	if (!t)
		return;
	builder_free(t->builder);
	g_hash_table_unref(t->retrieved);
	g_hash_table_unref(t->parts);
	g_ptr_array_unref(t->points);
	g_hash_table_unref(t->ids);
	fo_store_free(t->store);
	g_free(t);
}

FoNode *fo_tree_root(const FoTree *t)
{
	return t->root;
}

FoNode *fo_tree_lookup(const FoTree *t, const char *id)
{
	return g_hash_table_lookup(t->ids, id);
}

const GPtrArray *fo_tree_points(const FoTree *t)
{
	return t->points;
}

guint fo_tree_count(const FoTree *t)
{
	return t->builder->order + 1;
}

/* ---- markers ---- */

static guint64 takes_of(const FoNode *n)
{
	while (n->parent && fo_elements[n->kind].is & IS_NEUTRAL)
		n = n->parent;
	return fo_elements[n->kind].takes;
}

FoNode *fo_marker_retrieve(const FoTree *t, const FoNode *marker, const FoNode *retrieve)
{
	const FoNode *pair[] = {marker, retrieve};
	FoNode *found = g_hash_table_lookup(t->retrieved, pair);
	if (found)
		return found;
	FoBuilder *b = t->builder;
	b->retrieving = retrieve->order;
	FoNode *copy = add_node(b, FO_WRAPPER, marker->element, NULL);
	copy->parent = retrieve->parent;
	copy->at = marker->at;
	copy->values = fo_values_inherit(b, retrieve->values);
	Scope scope = {.node = copy, .takes = takes_of(retrieve), .authored = TRUE};
	build_children(b, marker->element, scope);
	b->retrieving = 0;
	g_hash_table_insert(t->retrieved, fo_store_copy(t->store, pair, sizeof pair), copy);
	return copy;
}

/* ---- markers in the headers and footers of tables ---- */

typedef struct {
	const FoTree *tree;
	GPtrArray *found; /* the part itself, then the marker of each retriever in it, or NULL */
	guint next;
} Retrieval;

/* What stands in the header or footer of a table inside asks that table. */
static gboolean is_table_part(const FoNode *n)
{
	return n->kind == FO_TABLE_HEADER || n->kind == FO_TABLE_FOOTER;
}

gboolean fo_table_part_retrieves(const FoNode *part)
{
	for (const FoNode *n = part->first; n; n = n->next)
		if (n->kind == FO_RETRIEVE_TABLE_MARKER || (!is_table_part(n) && fo_table_part_retrieves(n)))
			return TRUE;
	return FALSE;
}

static void find_markers(GPtrArray *found, const FoNode *part, FoMarkerFinder find, gpointer user)
{
	for (const FoNode *n = part->first; n; n = n->next) {
		if (n->kind == FO_RETRIEVE_TABLE_MARKER)
			g_ptr_array_add(found, (gpointer)find(user, n));
		else if (!is_table_part(n))
			find_markers(found, n, find, user);
	}
}

static FoNode *copy_node(const FoTree *t, const FoNode *n, FoNode *parent)
{
	FoNode *copy = fo_store_copy(t->store, n, sizeof *n);
	copy->first = copy->last = copy->next = copy->previous = NULL;
	if (!parent)
		return copy;
	copy->parent = parent;
	copy->previous = parent->last;
	*(parent->last ? &parent->last->next : &parent->first) = copy;
	parent->last = copy;
	return copy;
}

static void retrieve_here(Retrieval *r, const FoNode *retrieve, FoNode *to)
{
	const FoNode *marker = g_ptr_array_index(r->found, r->next++);
	if (!marker)
		return;
	FoBuilder *b = r->tree->builder;
	Scope scope = {.node = to, .takes = takes_of(retrieve), .authored = TRUE};
	b->retrieving = retrieve->order;
	build_children(b, marker->element, scope);
	b->retrieving = 0;
}

static void copy_children(Retrieval *r, const FoNode *from, FoNode *to, gboolean own)
{
	for (const FoNode *n = from->first; n; n = n->next) {
		if (own && n->kind == FO_RETRIEVE_TABLE_MARKER)
			retrieve_here(r, n, to);
		else
			copy_children(r, n, copy_node(r->tree, n, to), own && !is_table_part(n));
	}
}

FoNode *fo_table_part_retrieve(const FoTree *t, const FoNode *part, FoMarkerFinder find, gpointer user)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	g_ptr_array_add(found, (gpointer)part);
	find_markers(found, part, find, user);
	g_autoptr(GBytes) key = g_bytes_new(found->pdata, found->len * sizeof(gpointer));
	FoNode *copy = g_hash_table_lookup(t->parts, key);
	if (copy)
		return copy;
	Retrieval r = {t, found, 1};
	copy = copy_node(t, part, NULL);
	copy_children(&r, part, copy, TRUE);
	g_hash_table_insert(t->parts, g_steal_pointer(&key), copy);
	return copy;
}
