/* The checker: the structure tree. */
#include "pdf/check.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	PdfCheck *c;
	qpdf_oh roles;
	int heading;    /* level of the heading before; 0: none yet */
	GHashTable *ids;
	int left;       /* elements still to be looked at: a tree that runs in a circle ends */
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

/* The standard type that an element's type stands for; the caller's. */
static char *real_type(Tree *t, qpdf_oh element)
{
	const char *name = pdf_check_name(t->c, pdf_check_key(t->c, element, "/S"));
	g_autofree char *type = g_strdup(name != NULL ? name : "?"), *first = g_strdup(type);

	for (int step = 0; !g_strv_contains(standard, type); step++) {
		g_autofree char *key = g_strconcat("/", type, NULL);
		const char *next = pdf_check_name(t->c, pdf_check_key(t->c, t->roles, key));
		if (next == NULL || step > 20) {
			pdf_check_fail(t->c, next == NULL ? CONDITION_TYPE_UNMAPPED : CONDITION_TYPE_CIRCULAR, first);
			break;
		}
		g_free(type);
		type = g_strdup(next);
	}
	return g_steal_pointer(&type);
}

static int page_of(Tree *t, qpdf_oh element)
{
	qpdf_oh page = pdf_check_key(t->c, element, "/Pg");

	return page != 0 ? GPOINTER_TO_INT(g_hash_table_lookup(t->c->pages, GINT_TO_POINTER(t->c->f->qpdf_oh_get_object_id(t->c->q, page)))) : 0;
}

static gboolean has_attribute(Tree *t, qpdf_oh element, const char *key)
{
	const Qpdf *f = t->c->f;
	qpdf_oh a = pdf_check_key(t->c, element, "/A");
	int n;

	if (a == 0 || !f->qpdf_oh_is_array(t->c->q, a))
		return a != 0 && !pdf_check_is_null(t->c, pdf_check_key(t->c, a, key));
	n = f->qpdf_oh_get_array_n_items(t->c->q, a);
	for (int i = 0; i < n; i++)
		if (!pdf_check_is_null(t->c, pdf_check_key(t->c, f->qpdf_oh_get_array_item(t->c->q, a, i), key)))
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

static void check_note(Tree *t, qpdf_oh element)
{
	qpdf_oh id = pdf_check_key(t->c, element, "/ID");
	const char *text = id != 0 && t->c->f->qpdf_oh_is_string(t->c->q, id) ? t->c->f->qpdf_oh_get_utf8_value(t->c->q, id) : NULL;

	if (text == NULL || *text == '\0')
		pdf_check_fail(t->c, CONDITION_NOTE_NO_ID, "");
	else if (!g_hash_table_add(t->ids, g_strdup(text)))
		pdf_check_fail(t->c, CONDITION_NOTE_ID_TWICE, text);
}

static void check_element(Tree *t, qpdf_oh element, const char *type, const char *parent)
{
	g_autofree char *wrapped = g_strdup_printf(" %s ", parent);

	for (guint i = 0; i < G_N_ELEMENTS(placements); i++)
		if (strcmp(type, placements[i].child) == 0 && strstr(placements[i].parents, wrapped) == NULL)
			pdf_check_fail(t->c, placements[i].condition, type);
	if (type[0] == 'H' && type[1] >= '1' && type[1] <= '6' && type[2] == '\0')
		check_heading(t, type);
	if (strcmp(type, "Figure") == 0 && pdf_check_is_null(t->c, pdf_check_key(t->c, element, "/Alt")) &&
	    pdf_check_is_null(t->c, pdf_check_key(t->c, element, "/ActualText")))
		pdf_check_fail_page(t->c, CONDITION_FIGURE_NO_ALT, page_of(t, element));
	if (strcmp(type, "TH") == 0 && !has_attribute(t, element, "/Scope"))
		pdf_check_fail_page(t->c, CONDITION_HEADER_NO_SCOPE, page_of(t, element));
	if (strcmp(type, "Note") == 0)
		check_note(t, element);
}

static void note_mark(Tree *t, int page, int mcid)
{
	g_hash_table_add(t->c->marked, GINT_TO_POINTER(page << 16 | (mcid & 0xFFFF)));
}

static void walk(Tree *t, qpdf_oh element, const char *parent, int depth);

static void walk_kid(Tree *t, qpdf_oh kid, qpdf_oh element, const char *type, int depth)
{
	const Qpdf *f = t->c->f;
	const char *kind;

	if (f->qpdf_oh_is_integer(t->c->q, kid)) {
		note_mark(t, page_of(t, element), f->qpdf_oh_get_int_value_as_int(t->c->q, kid));
		return;
	}
	kind = pdf_check_name(t->c, pdf_check_key(t->c, kid, "/Type"));
	if (kind != NULL && strcmp(kind, "MCR") == 0) {
		int page = page_of(t, kid);
		note_mark(t, page != 0 ? page : page_of(t, element), f->qpdf_oh_get_int_value_as_int(t->c->q, pdf_check_key(t->c, kid, "/MCID")));
	} else if (kind != NULL && strcmp(kind, "OBJR") == 0) {
		if (strcmp(type, "Link") == 0)
			g_hash_table_add(t->c->links, GINT_TO_POINTER(f->qpdf_oh_get_object_id(t->c->q, pdf_check_key(t->c, kid, "/Obj"))));
	} else if (depth < 200) {
		walk(t, kid, type, depth + 1);
	}
}

static void walk(Tree *t, qpdf_oh element, const char *parent, int depth)
{
	const Qpdf *f = t->c->f;
	qpdf_oh kids = pdf_check_key(t->c, element, "/K");
	g_autofree char *type = NULL;

	if (--t->left < 0 || !f->qpdf_oh_is_dictionary(t->c->q, element))
		return;
	type = real_type(t, element);
	check_element(t, element, type, parent);
	if (pdf_check_is_null(t->c, kids)) {
		if (strcmp(type, "TD") != 0 && strcmp(type, "TH") != 0)
			pdf_check_fail(t->c, CONDITION_EMPTY_ELEMENT, type);
	} else if (f->qpdf_oh_is_array(t->c->q, kids)) {
		int n = f->qpdf_oh_get_array_n_items(t->c->q, kids);
		for (int i = 0; i < n; i++)
			walk_kid(t, f->qpdf_oh_get_array_item(t->c->q, kids, i), element, type, depth);
	} else {
		walk_kid(t, kids, element, type, depth);
	}
}

void pdf_check_structure(PdfCheck *c, qpdf_oh root)
{
	qpdf_oh tree = pdf_check_key(c, root, "/StructTreeRoot"), kids = pdf_check_key(c, tree, "/K");
	Tree t = {.c = c, .roles = pdf_check_key(c, tree, "/RoleMap"), .ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL), .left = 5000000};

	if (pdf_check_is_null(c, kids)) {
		pdf_check_fail(c, CONDITION_NOT_TAGGED, "");
	} else if (c->f->qpdf_oh_is_array(c->q, kids)) {
		int n = c->f->qpdf_oh_get_array_n_items(c->q, kids);
		for (int i = 0; i < n; i++)
			walk(&t, c->f->qpdf_oh_get_array_item(c->q, kids, i), "StructTreeRoot", 0);
	} else {
		walk(&t, kids, "StructTreeRoot", 0);
	}
	g_hash_table_unref(t.ids);
}
