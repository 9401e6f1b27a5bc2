/* The checker: the structure tree. */
#include "pdf/check.h"

#include <string.h>

typedef struct {
	PdfCheck *c;
	const PdfObject *roles;
	int heading;    /* level of the heading before; 0: none yet */
	GHashTable *ids, *standard;
	int left;       /* kids still to be looked at: a tree that runs in a circle ends */
} Tree;

/* What may stand where (ISO 32000-1, tables 336 and 337): child and the parents it may have. */
static const struct {
	const char *child, *parents;
	Condition condition;
} placements[] = {{"TR", " Table THead TBody TFoot ", CONDITION_TABLE_STRUCTURE}, {"THead", " Table ", CONDITION_TABLE_STRUCTURE},
                  {"TBody", " Table ", CONDITION_TABLE_STRUCTURE},                {"TFoot", " Table ", CONDITION_TABLE_STRUCTURE},
                  {"TH", " TR ", CONDITION_TABLE_STRUCTURE},                      {"TD", " TR ", CONDITION_TABLE_STRUCTURE},
                  {"LI", " L ", CONDITION_LIST_STRUCTURE},                        {"LBody", " LI ", CONDITION_LIST_STRUCTURE},
                  {"TOCI", " TOC ", CONDITION_LIST_STRUCTURE}};

static const char *const standard[] = {"Document", "Part", "Art",   "Sect", "Div", "BlockQuote", "Caption", "TOC",   "TOCI", "Index", "NonStruct", "Private",
                                       "P",        "H",    "H1",    "H2",   "H3",  "H4",         "H5",      "H6",    "L",    "LI",    "Lbl",       "LBody",
                                       "Table",    "TR",   "TH",    "TD",   "THead", "TBody",    "TFoot",   "Span",  "Quote", "Note", "Reference", "BibEntry",
                                       "Code",     "Link", "Annot", "Ruby", "RB",  "RT",         "RP",      "Warichu", "WT", "WP",    "Figure",    "Formula",
                                       "Form",     NULL};

static gboolean is_standard(const Tree *t, const char *type)
{
	return g_hash_table_contains(t->standard, type);
}

/* The standard type that an element's type stands for. Borrowed from the file. */
static const char *real_type(Tree *t, const PdfObject *element)
{
	const char *type = pdf_object_name(pdf_check_key(t->c, element, "S")), *first = type != NULL ? type : "?";

	type = first;
	for (int step = 0; !is_standard(t, type); step++) {
		const char *next = pdf_object_name(pdf_check_key(t->c, t->roles, type));
		if (next == NULL || step > 20) {
			pdf_check_fail(t->c, next == NULL ? CONDITION_TYPE_UNMAPPED : CONDITION_TYPE_CIRCULAR, first);
			break;
		}
		type = next;
	}
	return type;
}

static int page_of(Tree *t, const PdfObject *element)
{
	int number;

	pdf_object_key(t->c->r, element, "Pg", &number);
	return number != 0 ? GPOINTER_TO_INT(g_hash_table_lookup(t->c->pages, GINT_TO_POINTER(number))) : 0;
}

static gboolean has_attribute(Tree *t, const PdfObject *element, const char *key)
{
	const PdfObject *a = pdf_check_key(t->c, element, "A");

	if (a->kind != PDF_ARRAY)
		return pdf_check_key(t->c, a, key)->kind != PDF_NULL;
	for (guint i = 0; i < a->length; i++)
		if (pdf_check_key(t->c, pdf_object_item(t->c->r, a, i, NULL), key)->kind != PDF_NULL)
			return TRUE;
	return FALSE;
}

static void check_heading(Tree *t, const char *type)
{
	int level = type[1] - '0';

	if (t->heading == 0 && level != 1)
		pdf_check_fail(t->c, CONDITION_HEADING_FIRST, type);
	else if (level > t->heading + 1)
		pdf_check_fail(t->c, CONDITION_HEADING_SKIPPED, type);
	t->heading = level;
}

static void check_note(Tree *t, const PdfObject *element)
{
	g_autofree char *text = pdf_object_text(pdf_check_key(t->c, element, "ID"));

	if (text == NULL || *text == '\0')
		pdf_check_fail(t->c, CONDITION_NOTE_NO_ID, "");
	else if (!g_hash_table_add(t->ids, g_strdup(text)))
		pdf_check_fail(t->c, CONDITION_NOTE_ID_TWICE, text);
}

/* Whether " parent " is among parents. */
static gboolean is_among(const char *parents, const char *parent)
{
	gsize length = strlen(parent);

	for (const char *p = parents; (p = strstr(p, parent)) != NULL; p++)
		if (p > parents && p[-1] == ' ' && p[length] == ' ')
			return TRUE;
	return FALSE;
}

static void check_element(Tree *t, const PdfObject *element, const char *type, const char *parent)
{
	for (guint i = 0; i < G_N_ELEMENTS(placements); i++)
		if (strcmp(type, placements[i].child) == 0 && !is_among(placements[i].parents, parent))
			pdf_check_fail(t->c, placements[i].condition, type);
	if (type[0] == 'H' && type[1] >= '1' && type[1] <= '6' && type[2] == '\0')
		check_heading(t, type);
	if (strcmp(type, "Figure") == 0 && pdf_check_key(t->c, element, "Alt")->kind == PDF_NULL && pdf_check_key(t->c, element, "ActualText")->kind == PDF_NULL)
		pdf_check_fail_page(t->c, CONDITION_FIGURE_NO_ALT, page_of(t, element));
	if (strcmp(type, "TH") == 0 && !has_attribute(t, element, "Scope"))
		pdf_check_fail_page(t->c, CONDITION_HEADER_NO_SCOPE, page_of(t, element));
	if (strcmp(type, "Note") == 0)
		check_note(t, element);
}

static void note_mark(Tree *t, int page, gint64 mcid)
{
	g_hash_table_add(t->c->marked, pdf_check_mark(page, mcid));
}

static void walk(Tree *t, const PdfObject *element, const char *parent, int depth);

typedef struct {
	const char *type;
	int page, depth;
} Element;

static void walk_kid(Tree *t, const PdfObject *kid, const Element *of)
{
	const char *kind;

	if (--t->left < 0)
		return;
	if (kid->kind == PDF_INTEGER) {
		note_mark(t, of->page, kid->u.integer);
		return;
	}
	kind = pdf_object_name(pdf_check_key(t->c, kid, "Type"));
	if (g_strcmp0(kind, "MCR") == 0) {
		int page = page_of(t, kid);
		note_mark(t, page != 0 ? page : of->page, pdf_check_key(t->c, kid, "MCID")->u.integer);
	} else if (g_strcmp0(kind, "OBJR") == 0) {
		if (strcmp(of->type, "Link") == 0)
			g_hash_table_add(t->c->links, (gpointer)pdf_check_key(t->c, kid, "Obj"));
	} else if (of->depth < 200) {
		walk(t, kid, of->type, of->depth + 1);
	}
}

static void walk(Tree *t, const PdfObject *element, const char *parent, int depth)
{
	const PdfObject *kids = pdf_check_key(t->c, element, "K");
	Element e = {.depth = depth};

	if (--t->left < 0 || element->kind != PDF_DICTIONARY)
		return;
	e.type = real_type(t, element);
	e.page = page_of(t, element);
	check_element(t, element, e.type, parent);
	if (kids->kind == PDF_NULL || (kids->kind == PDF_ARRAY && kids->length == 0)) {
		if (strcmp(e.type, "TD") != 0 && strcmp(e.type, "TH") != 0)
			pdf_check_fail(t->c, CONDITION_EMPTY_ELEMENT, e.type);
	} else if (kids->kind == PDF_ARRAY) {
		for (guint i = 0; i < kids->length && t->left > 0; i++)
			walk_kid(t, pdf_object_item(t->c->r, kids, i, NULL), &e);
	} else {
		walk_kid(t, kids, &e);
	}
}

void pdf_check_structure(PdfCheck *c)
{
	const PdfObject *tree = pdf_check_key(c, pdf_reader_root(c->r), "StructTreeRoot"), *kids = pdf_check_key(c, tree, "K");
	Tree t = {.c = c,
	          .roles = pdf_check_key(c, tree, "RoleMap"),
	          .ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	          .standard = g_hash_table_new(g_str_hash, g_str_equal),
	          .left = 5000000};

	for (const char *const *type = standard; *type != NULL; type++)
		g_hash_table_add(t.standard, (gpointer)*type);
	if (kids->kind == PDF_NULL)
		pdf_check_fail(c, CONDITION_NOT_TAGGED, "");
	else if (kids->kind == PDF_ARRAY)
		for (guint i = 0; i < kids->length; i++)
			walk(&t, pdf_object_item(c->r, kids, i, NULL), "StructTreeRoot", 0);
	else
		walk(&t, kids, "StructTreeRoot", 0);
	g_hash_table_unref(t.ids);
	g_hash_table_unref(t.standard);
}
