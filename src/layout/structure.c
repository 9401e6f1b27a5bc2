/* The structure of the PDF: one element an object, by its role or else by its kind; text that stands in a grouping element gets a P. */
#include "layout/page.h"

#include <string.h>

typedef enum { GROUP, PARAGRAPH, CELL, INLINE } ElementClass;

/* Standard structure types (ISO 32000-1, 14.8.4) and what they take: GROUP holds elements only, PARAGRAPH text, CELL both. */
static const struct {
	const char *type;
	ElementClass class;
} types[] = {
    {"Document", GROUP},  {"Part", GROUP},   {"Art", GROUP},     {"Sect", GROUP},     {"Div", GROUP},       {"BlockQuote", GROUP},
    {"Caption", CELL},    {"TOC", GROUP},    {"TOCI", GROUP},    {"Index", GROUP},    {"NonStruct", GROUP}, {"Private", GROUP},
    {"H", PARAGRAPH},     {"H1", PARAGRAPH}, {"H2", PARAGRAPH},  {"H3", PARAGRAPH},   {"H4", PARAGRAPH},    {"H5", PARAGRAPH},
    {"H6", PARAGRAPH},    {"P", PARAGRAPH},  {"L", GROUP},       {"LI", GROUP},       {"Lbl", PARAGRAPH},   {"LBody", CELL},
    {"Table", GROUP},     {"TR", GROUP},     {"TH", CELL},       {"TD", CELL},        {"THead", GROUP},     {"TBody", GROUP},
    {"TFoot", GROUP},     {"Span", INLINE},  {"Quote", INLINE},  {"Note", CELL},      {"Reference", INLINE}, {"BibEntry", INLINE},
    {"Code", INLINE},     {"Link", INLINE},  {"Annot", INLINE},  {"Figure", INLINE},  {"Formula", INLINE},  {"Form", INLINE},
};

/* Types of PDF 2.0 that have no equal in 1.7. */
static const char *older_type(const char *name)
{
	return name && (g_ascii_strcasecmp(name, "Em") == 0 || g_ascii_strcasecmp(name, "Strong") == 0) ? "Span" : name;
}

static int type_lookup(const char *name)
{
	name = older_type(name);
	for (guint i = 0; name && i < G_N_ELEMENTS(types); i++)
		if (g_ascii_strcasecmp(types[i].type, name) == 0)
			return (int)i;
	return -1;
}

static ElementClass class_of(const AreaStructure *e)
{
	int i = type_lookup(e->type);
	return i < 0 ? CELL : types[i].class;
}

/* ---- making elements ---- */

static void free_children(gpointer children)
{
	g_ptr_array_unref(children);
}

static AreaStructure *element_new(Layout *l, const char *type, AreaStructure *parent, guint order)
{
	AreaStructure *e = area_alloc(l->c.areas, sizeof *e);
	e->type = type;
	e->parent = parent;
	e->order = order;
	e->children = g_ptr_array_new();
	area_own(l->c.areas, e->children, free_children);
	if (parent)
		g_ptr_array_add(parent->children, e);
	return e;
}

static char *language_of(Layout *l, const FoNode *n)
{
	const char *language = fo_string(n, FO_P_LANGUAGE), *country = fo_string(n, FO_P_COUNTRY);
	if (!language)
		return NULL;
	g_autofree char *both = country ? g_strdup_printf("%s-%s", language, country) : g_strdup(language);
	return area_strdup(l->c.areas, both);
}

static const char *language_around(const AreaStructure *e)
{
	while (e && !e->language)
		e = e->parent;
	return e ? e->language : NULL;
}

static gboolean changes_language(const FoNode *n, const AreaStructure *parent)
{
	const char *language = fo_string(n, FO_P_LANGUAGE), *country = fo_string(n, FO_P_COUNTRY), *around = language_around(parent);
	if (!language)
		return FALSE;
	gsize length = strlen(language);
	if (!around || strncmp(around, language, length) != 0)
		return TRUE;
	if (!country)
		return around[length] != '\0';
	return around[length] != '-' || strcmp(around + length + 1, country) != 0;
}

/* ---- which element an object has ---- */

static gboolean holds_blocks(const FoNode *n)
{
	for (const FoNode *k = n->first; k; k = k->next)
		if (fo_kind_is_block(k->kind) || (!fo_kind_is_inline(k->kind) && k->kind != FO_FOOTNOTE && float_place(k) == FLOAT_NONE && holds_blocks(k)))
			return TRUE;
	return FALSE;
}

static const char *default_type(const FoNode *n)
{
	switch (n->kind) {
	case FO_BLOCK:
		return holds_blocks(n) ? "Div" : "P";
	case FO_LIST_BLOCK:
		return "L";
	case FO_LIST_ITEM:
		return "LI";
	case FO_LIST_ITEM_LABEL:
		return "Lbl";
	case FO_LIST_ITEM_BODY:
		return "LBody";
	case FO_TABLE_AND_CAPTION:
		return "Table";
	case FO_TABLE:
		return n->parent->kind == FO_TABLE_AND_CAPTION ? NULL : "Table";
	case FO_TABLE_CAPTION:
		return "Caption";
	case FO_TABLE_HEADER:
		return "THead";
	case FO_TABLE_FOOTER:
		return "TFoot";
	case FO_TABLE_BODY:
		return "TBody";
	case FO_TABLE_ROW:
		return "TR";
	case FO_TABLE_CELL:
		return n->parent->kind == FO_TABLE_HEADER || n->parent->parent->kind == FO_TABLE_HEADER ? "TH" : "TD";
	case FO_BASIC_LINK:
		return "Link";
	case FO_EXTERNAL_GRAPHIC:
	case FO_INSTREAM_FOREIGN_OBJECT:
		return "Figure";
	case FO_FOOTNOTE_BODY:
		return "Note";
	default:
		return NULL;
	}
}

static gboolean is_artifact(const FoNode *n)
{
	const char *role = fo_string(n, FO_P_ROLE), *alt = fo_string(n, FO_P_ALT_TEXT);
	if (role && g_ascii_strcasecmp(role, "artifact") == 0)
		return TRUE;
	if (n->kind == FO_EXTERNAL_GRAPHIC || n->kind == FO_INSTREAM_FOREIGN_OBJECT)
		return alt && !*alt;
	return n->kind == FO_LEADER || n->kind == FO_MARKER;
}

/* Blocks inside something that holds text only are part of that text; so is the one block of a label, and a list that is a heading. */
static gboolean is_swallowed(const FoNode *n, const AreaStructure *parent)
{
	gboolean block = n->kind == FO_BLOCK || n->kind == FO_BLOCK_CONTAINER;
	gboolean item = n->kind == FO_LIST_ITEM || n->kind == FO_LIST_ITEM_LABEL || n->kind == FO_LIST_ITEM_BODY;
	return (block || item) && class_of(parent) == PARAGRAPH;
}

static const char *type_of(Layout *l, const FoNode *n, const AreaStructure *parent)
{
	const char *role = fo_string(n, FO_P_ROLE);
	int i = type_lookup(role);
	if (i >= 0)
		return types[i].type;
	if (role && g_ascii_strcasecmp(role, "none") != 0 && g_hash_table_add(l->roles, (gpointer)role))
		diagnose(l->c.d, MSG_LAYOUT_ROLE, &n->at, role);
	if (is_swallowed(n, parent))
		return NULL;
	const char *type = default_type(n);
	if (!type && fo_kind_is_inline(n->kind) && n->kind != FO_TEXT && n->first && changes_language(n, parent))
		return "Span";
	return type;
}

/* ---- details ---- */

static const char *numbering_of(const FoNode *list)
{
	const FoNode *n = list->first;
	while (n && n->kind != FO_LIST_ITEM)
		n = n->next;
	while (n && n->kind != FO_TEXT)
		n = n->first;
	if (!n)
		return "None";
	const char *text = n->text;
	while (g_ascii_isspace(*text) || *text == '(')
		text++;
	if (g_ascii_isdigit(*text))
		return "Decimal";
	if (g_ascii_islower(*text))
		return "LowerAlpha";
	if (g_ascii_isupper(*text))
		return "UpperAlpha";
	return g_str_has_prefix(text, "\xe2\x97\xa6") ? "Circle" : *text ? "Disc" : "None";
}

static int span_of(const FoNode *n, FoProperty p)
{
	int span = fo_integer(n, p);
	return span > 1 ? span : 0;
}

static void describe(Layout *l, const FoNode *n, AreaStructure *e)
{
	const char *alt = fo_string(n, FO_P_ALT_TEXT);
	if (alt && n->kind != FO_BASIC_LINK) /* its words are read aloud; the annotation tells the rest */
		e->alt = area_strdup(l->c.areas, alt);
	if (changes_language(n, e->parent))
		e->language = language_of(l, n);
	if (strcmp(e->type, "L") == 0)
		e->numbering = n->kind == FO_LIST_BLOCK ? numbering_of(n) : "None";
	if (n->kind == FO_TABLE_CELL) {
		e->colspan = span_of(n, FO_P_NUMBER_COLUMNS_SPANNED);
		e->rowspan = span_of(n, FO_P_NUMBER_ROWS_SPANNED);
	}
	if (strcmp(e->type, "TH") == 0)
		e->scope = strcmp(e->parent->type, "TR") == 0 && e->parent->parent && strcmp(e->parent->parent->type, "THead") == 0 ? "Column" : "Row";
	if (strcmp(e->type, "Note") == 0) {
		g_autofree char *id = g_strdup_printf("note-%u", ++l->note_count);
		e->id = area_strdup(l->c.areas, id);
	}
	e->role_placement = fo_kind_is_block(n->kind) || n->kind == FO_FOOTNOTE_BODY;
}

/* ---- the walk ---- */

static gboolean visit(Layout *l, const FoNode *n, AreaStructure *parent);

static gboolean holds_rows(const AreaStructure *e)
{
	static const char *const parents[] = {"Table", "THead", "TBody", "TFoot", NULL};
	return g_strv_contains(parents, e->type);
}

/* A P around a run of inlines where the parent takes elements only; a TR around cells without a row. */
static AreaStructure *around(Layout *l, const FoNode *n, AreaStructure *parent, AreaStructure **anonymous)
{
	gboolean cell = n->kind == FO_TABLE_CELL && holds_rows(parent); /* a table for looks only has other roles */
	gboolean text = class_of(parent) == GROUP && strcmp(parent->type, "Table") != 0 && !fo_kind_is_block(n->kind) &&
	                (fo_kind_is_inline(n->kind) || n->kind == FO_FOOTNOTE) && !holds_blocks(n);
	if (float_place(n) != FLOAT_NONE) /* comes after the paragraph that it stands in */
		return parent;
	if (cell && fo_keyword(n, FO_P_STARTS_ROW) == FO_K_TRUE)
		*anonymous = NULL;
	if (!cell && !text) {
		*anonymous = NULL;
		return parent;
	}
	if (!*anonymous)
		*anonymous = element_new(l, cell ? "TR" : "P", parent, n->order);
	return *anonymous;
}

static gboolean is_blank_text(const FoNode *n)
{
	return n->kind == FO_TEXT && strspn(n->text, " \t\r\n") == strlen(n->text);
}

static void drop_if_empty(AreaStructure *e, gboolean content)
{
	if (content || !e->parent)
		return;
	GPtrArray *siblings = e->parent->children;
	guint i = siblings->len;
	while (i > 0 && g_ptr_array_index(siblings, i - 1) != e)
		i--;
	if (i > 0)
		g_ptr_array_remove_index(siblings, i - 1);
}

static gboolean visit_children(Layout *l, const FoNode *n, AreaStructure *parent)
{
	AreaStructure *anonymous = NULL;
	gboolean any = FALSE, filled = FALSE;
	for (const FoNode *k = n->first; k; k = k->next) {
		if (is_blank_text(k) && class_of(parent) == GROUP && !anonymous)
			continue;
		AreaStructure *before = anonymous;
		AreaStructure *to = parent ? around(l, k, parent, &anonymous) : NULL;
		if (before && before != anonymous)
			drop_if_empty(before, filled);
		if (before != anonymous)
			filled = FALSE;
		gboolean content = visit(l, k, to);
		filled |= content;
		any |= content;
	}
	if (anonymous)
		drop_if_empty(anonymous, filled);
	return any;
}

static gboolean is_content(const FoNode *n)
{
	switch (n->kind) {
	case FO_TEXT:
		return !is_blank_text(n);
	case FO_CHARACTER:
	case FO_EXTERNAL_GRAPHIC:
	case FO_INSTREAM_FOREIGN_OBJECT:
	case FO_PAGE_NUMBER:
	case FO_PAGE_NUMBER_CITATION:
	case FO_PAGE_NUMBER_CITATION_LAST:
	case FO_TABLE_CELL:
	case FO_RETRIEVE_TABLE_MARKER: /* perhaps: that depends on the page */
		return TRUE;
	default:
		return FALSE;
	}
}

/* What floats from a paragraph comes after it, so that no sentence is read in two parts. */
static AreaStructure *around_paragraph(AreaStructure *e)
{
	while (e && e->parent && (class_of(e) == PARAGRAPH || class_of(e) == INLINE))
		e = e->parent;
	return e;
}

/* What stands below n and belonged to an element that is dropped, blanks, belongs to the element around it. */
static void pass_on(Layout *l, const FoNode *n, const AreaStructure *from, AreaStructure *to)
{
	for (const FoNode *k = n; k; k = k->next) {
		if (l->structures[k->order] == from)
			l->structures[k->order] = to;
		if (k->first)
			pass_on(l, k->first, from, to);
	}
}

/* TRUE when n has something to show in its parent. */
static gboolean visit(Layout *l, const FoNode *n, AreaStructure *parent)
{
	if (is_artifact(n) || (n->kind == FO_RETRIEVE_TABLE_MARKER && class_of(parent) == GROUP)) /* rows and cells of markers have no elements */
		return FALSE;
	AreaStructure *to = float_place(n) != FLOAT_NONE ? around_paragraph(parent) : parent, *e = to;
	if (to != parent) {
		visit(l, n, to);
		return FALSE;
	}
	const char *type = type_of(l, n, parent);
	if (type) {
		e = element_new(l, type, parent, n->order);
		describe(l, n, e);
	}
	l->structures[n->order] = e;
	gboolean content = is_content(n);
	if (n->kind != FO_INSTREAM_FOREIGN_OBJECT)
		content |= visit_children(l, n, e);
	if (type)
		drop_if_empty(e, content);
	if (type && !content && class_of(e) == INLINE) {
		l->structures[n->order] = to;
		pass_on(l, n->first, e, to);
	}
	return content;
}

void structure_make(Layout *l)
{
	const FoNode *root = fo_tree_root(l->c.tree);
	AreaTree *t = l->c.areas;
	l->structures = layout_alloc(l, sizeof(AreaStructure *) * (fo_tree_count(l->c.tree) + 1));
	t->structure = element_new(l, "Document", NULL, 0);
	t->language = language_of(l, root);
	for (guint i = 0; !t->language && i < l->sequences->len; i++)
		t->language = language_of(l, ((Sequence *)g_ptr_array_index(l->sequences, i))->node);
	t->structure->language = t->language;
	for (guint i = 0; i < l->sequences->len; i++) {
		const Sequence *s = g_ptr_array_index(l->sequences, i);
		AreaStructure *e = t->structure;
		if (is_artifact(s->node) || is_artifact(s->flow))
			continue;
		if (type_lookup(fo_string(s->node, FO_P_ROLE)) >= 0) {
			e = element_new(l, type_of(l, s->node, e), e, s->node->order);
			describe(l, s->node, e);
		}
		visit(l, s->flow, e);
	}
}

AreaStructure *structure_of(LayoutContext *c, const FoNode *n)
{
	Layout *l = (Layout *)c;
	return l->artifact || !n ? NULL : l->structures[n->order];
}

/* ---- links ---- */

static void append_text(GString *out, const FoNode *n)
{
	if (n->kind == FO_TEXT)
		g_string_append(out, n->text);
	else if (fo_string(n, FO_P_ALT_TEXT))
		g_string_append(out, fo_string(n, FO_P_ALT_TEXT));
	for (const FoNode *k = n->first; k; k = k->next)
		append_text(out, k);
}

static char *link_contents(Layout *l, const FoNode *n)
{
	const char *alt = fo_string(n, FO_P_ALT_TEXT);
	if (alt)
		return area_strdup(l->c.areas, alt);
	g_autoptr(GString) text = g_string_new(NULL);
	append_text(text, n);
	g_strdelimit(text->str, "\n\r\t", ' ');
	g_strstrip(text->str);
	return area_strdup(l->c.areas, text->str);
}

AreaLink *structure_link(LayoutContext *c, const FoNode *n)
{
	Layout *l = (Layout *)c;
	AreaLink *link = g_hash_table_lookup(l->links, n);
	const char *uri = fo_string(n, FO_P_EXTERNAL_DESTINATION), *id = fo_string(n, FO_P_INTERNAL_DESTINATION);
	if (link || (!uri && !id))
		return link;
	link = area_alloc(c->areas, sizeof *link);
	if (id)
		link->destination = area_strdup(c->areas, id);
	else
		link->uri = area_strdup(c->areas, uri);
	link->structure = structure_of(c, n);
	link->contents = link_contents(l, n);
	g_hash_table_insert(l->links, (gpointer)n, link);
	return link;
}

AreaLink *structure_link_around(Layout *l, const FoNode *n)
{
	for (; n && n->kind != FO_FLOW && n->kind != FO_STATIC_CONTENT; n = n->parent)
		if (n->kind == FO_BASIC_LINK)
			return structure_link(&l->c, n);
	return NULL;
}
