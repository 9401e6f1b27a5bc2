/* The structure tree and the parent tree (ISO 32000-1, 14.7): elements in document order, with the content that was drawn for them. */
#include "pdf/writer.h"

#include <string.h>

/* The standard structure types (14.8.4); any other is mapped to Div. */
static const char *const standard_types[] = {
    "Document", "Part", "Art",   "Sect",  "Div",      "BlockQuote", "Caption", "TOC",  "TOCI", "Index", "NonStruct", "Private", "P",
    "H",        "H1",   "H2",    "H3",    "H4",       "H5",         "H6",      "L",    "LI",   "Lbl",   "LBody",     "Table",   "TR",
    "TH",       "TD",   "THead", "TBody", "TFoot",    "Span",       "Quote",   "Note", "Reference", "BibEntry", "Code", "Link", "Annot",
    "Ruby",     "RB",   "RT",    "RP",    "Warichu",  "WT",         "WP",      "Figure", "Formula", "Form"};

typedef struct {
	PdfWriter *w;
	GHashTable *used;   /* structure elements that have content somewhere below them */
	GHashTable *mapped; /* types that are not standard */
	GPtrArray *id_rows;
} Writer;

PdfElement *pdf_element(PdfWriter *w, const AreaStructure *s)
{
	PdfElement *e = g_hash_table_lookup(w->elements, s);

	if (e != NULL)
		return e;
	e = g_new0(PdfElement, 1);
	e->marks = g_array_new(FALSE, FALSE, sizeof(PdfMark));
	e->annotations = g_array_new(FALSE, FALSE, sizeof(int));
	e->box[0] = 1;
	g_hash_table_insert(w->elements, (gpointer)s, e);
	return e;
}

static void mark_used(Writer *t, const AreaStructure *s)
{
	for (; s != NULL && g_hash_table_add(t->used, (gpointer)s); s = s->parent)
		;
}

/* One kid of an element: a child element, marked content, or an annotation. */
typedef struct {
	guint order, rank; /* rank: as found, to keep the order of equals */
	const AreaStructure *child;
	const PdfMark *mark;
	int annotation;
} Kid;

static int compare_kids(gconstpointer a, gconstpointer b)
{
	const Kid *x = a, *y = b;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static GArray *collect_kids(Writer *t, const AreaStructure *s, const PdfElement *e)
{
	GArray *kids = g_array_new(FALSE, TRUE, sizeof(Kid));

	for (guint i = 0; i < e->marks->len; i++) {
		const PdfMark *m = &g_array_index(e->marks, PdfMark, i);
		Kid kid = {.order = m->order, .rank = kids->len, .mark = m};
		g_array_append_val(kids, kid);
	}
	for (guint i = 0; s->children != NULL && i < s->children->len; i++) {
		const AreaStructure *child = s->children->pdata[i];
		Kid kid = {.order = child->order, .rank = kids->len, .child = child};
		if (g_hash_table_contains(t->used, child))
			g_array_append_val(kids, kid);
	}
	g_array_sort(kids, compare_kids);
	for (guint i = 0; i < e->annotations->len; i++) {
		Kid kid = {.annotation = g_array_index(e->annotations, int, i)};
		g_array_append_val(kids, kid);
	}
	return kids;
}

static void append_kids(Writer *t, GString *text, const GArray *kids)
{
	int page = -1;

	for (guint i = 0; i < kids->len && page < 0; i++)
		if (g_array_index(kids, Kid, i).mark != NULL)
			page = (int)g_array_index(kids, Kid, i).mark->page;
	if (page >= 0)
		g_string_append_printf(text, "/Pg %d 0 R ", ((PdfPage *)t->w->pages->pdata[page])->object);
	g_string_append(text, "/K [");
	for (guint i = 0; i < kids->len; i++) {
		const Kid *kid = &g_array_index(kids, Kid, i);
		if (kid->child != NULL)
			g_string_append_printf(text, "%d 0 R ", pdf_element(t->w, kid->child)->object);
		else if (kid->mark == NULL)
			g_string_append_printf(text, "<< /Type /OBJR /Obj %d 0 R >> ", kid->annotation);
		else if ((int)kid->mark->page == page)
			g_string_append_printf(text, "%d ", kid->mark->mcid);
		else
			g_string_append_printf(text, "<< /Type /MCR /Pg %d 0 R /MCID %d >> ",
			                       ((PdfPage *)t->w->pages->pdata[kid->mark->page])->object, kid->mark->mcid);
	}
	g_string_append(text, "] ");
}

static void append_attributes(GString *text, const AreaStructure *s, const PdfElement *e)
{
	g_autoptr(GString) all = g_string_new(NULL);

	if (s->scope != NULL || s->colspan > 1 || s->rowspan > 1) {
		g_string_append(all, "<< /O /Table ");
		if (s->scope != NULL)
			g_string_append_printf(all, "/Scope /%s ", s->scope);
		if (s->colspan > 1)
			g_string_append_printf(all, "/ColSpan %d ", s->colspan);
		if (s->rowspan > 1)
			g_string_append_printf(all, "/RowSpan %d ", s->rowspan);
		g_string_append(all, ">> ");
	}
	if (s->numbering != NULL)
		g_string_append_printf(all, "<< /O /List /ListNumbering /%s >> ", s->numbering);
	if (e->box[2] >= e->box[0]) {
		g_string_append_printf(all, "<< /O /Layout /Placement /%s /BBox [", s->role_placement ? "Block" : "Inline");
		for (int i = 0; i < 4; i++)
			pdf_append_points(all, e->box[i]);
		g_string_append(all, "] >> ");
	} else if (s->role_placement && (strcmp(s->type, "Note") == 0 || strcmp(s->type, "Link") == 0)) {
		g_string_append(all, "<< /O /Layout /Placement /Block >> ");
	}
	if (all->len > 0)
		g_string_append_printf(text, "/A [%s] ", all->str);
}

static void append_string(GString *text, const char *key, const char *value)
{
	if (value == NULL)
		return;
	g_string_append_printf(text, "/%s ", key);
	pdf_append_text(text, value);
	g_string_append_c(text, ' ');
}

static gboolean is_standard(const char *type)
{
	for (guint i = 0; i < G_N_ELEMENTS(standard_types); i++)
		if (strcmp(type, standard_types[i]) == 0)
			return TRUE;
	return FALSE;
}

/* Notes need an /ID (ISO 14289-1, 7.9); other elements get theirs when they have one. */
static void append_id(Writer *t, GString *text, const AreaStructure *s, const PdfElement *e)
{
	g_autofree char *id = s->id != NULL ? g_strdup(s->id) : strcmp(s->type, "Note") == 0 ? g_strdup_printf("note-%u", s->order) : NULL;
	g_autofree char *row = NULL;

	if (id == NULL)
		return;
	append_string(text, "ID", id);
	row = g_strdup_printf("%s\n%d", id, e->object);
	g_ptr_array_add(t->id_rows, g_steal_pointer(&row));
}

static void write_element(Writer *t, const AreaStructure *s)
{
	PdfElement *e = pdf_element(t->w, s);
	g_autoptr(GArray) kids = collect_kids(t, s, e);
	int parent = s->parent != NULL ? pdf_element(t->w, s->parent)->object : t->w->structure_root;
	GString *text = g_string_sized_new(160);

	for (guint i = 0; i < kids->len; i++) {
		const AreaStructure *child = g_array_index(kids, Kid, i).child;
		if (child != NULL)
			pdf_element(t->w, child)->object = pdf_file_reserve(t->w->file);
	}
	if (!is_standard(s->type))
		g_hash_table_add(t->mapped, (gpointer)s->type);
	g_string_append(text, "<< /Type /StructElem /S ");
	pdf_append_name(text, s->type);
	g_string_append_printf(text, " /P %d 0 R ", parent);
	append_string(text, "Alt", s->alt);
	append_string(text, "Lang", s->language);
	append_string(text, "T", s->title);
	append_id(t, text, s, e);
	append_attributes(text, s, e);
	append_kids(t, text, kids);
	g_string_append(text, ">>");
	pdf_file_set(t->w->file, e->object, text);
}

/* All elements with content, parents first: a loop over a queue, for trees may be deep. */
static void write_elements(Writer *t)
{
	const AreaStructure *top = t->w->tree->structure;
	GQueue queue = G_QUEUE_INIT;

	pdf_element(t->w, top)->object = pdf_file_reserve(t->w->file);
	g_queue_push_tail(&queue, (gpointer)top);
	while (!g_queue_is_empty(&queue)) {
		const AreaStructure *s = g_queue_pop_head(&queue);
		write_element(t, s);
		for (guint i = 0; s->children != NULL && i < s->children->len; i++)
			if (g_hash_table_contains(t->used, s->children->pdata[i]))
				g_queue_push_tail(&queue, s->children->pdata[i]);
	}
}

static int write_parent_tree(const Writer *t)
{
	PdfWriter *w = t->w;
	GString *text = g_string_new("<< /Nums [");
	guint row = 0;

	for (; row < w->pages->len; row++) {
		const PdfPage *page = w->pages->pdata[row];
		GString *list = g_string_new("[");
		for (guint i = 0; i < page->elements->len; i++)
			g_string_append_printf(list, "%d 0 R ", pdf_element(w, page->elements->pdata[i])->object);
		g_string_append_c(list, ']');
		g_string_append_printf(text, "%u %d 0 R ", row, pdf_file_add(w->file, list));
	}
	for (guint i = 0; i < w->parents->len; i++, row++)
		g_string_append_printf(text, "%u %d 0 R ", row, pdf_element(w, w->parents->pdata[i])->object);
	g_string_append(text, "] >>");
	return pdf_file_add(w->file, text);
}

static int compare_rows(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void append_id_tree(Writer *t, GString *text)
{
	if (t->id_rows->len == 0)
		return;
	g_ptr_array_sort(t->id_rows, compare_rows);
	g_string_append(text, "/IDTree << /Names [");
	for (guint i = 0; i < t->id_rows->len; i++) {
		char *row = t->id_rows->pdata[i], *number = strchr(row, '\n');
		*number++ = '\0';
		pdf_append_text(text, row);
		g_string_append_printf(text, " %s 0 R ", number);
	}
	g_string_append(text, "] >> ");
}

static void append_role_map(Writer *t, GString *text)
{
	g_autoptr(GList) types = g_list_sort(g_hash_table_get_keys(t->mapped), (GCompareFunc)strcmp);

	if (types == NULL)
		return;
	g_string_append(text, "/RoleMap << ");
	for (const GList *i = types; i != NULL; i = i->next) {
		pdf_append_name(text, i->data);
		g_string_append(text, " /Div ");
	}
	g_string_append(text, ">> ");
}

int pdf_structure_write(PdfWriter *w, int *parent_tree)
{
	Writer t = {.w = w,
	            .used = g_hash_table_new(NULL, NULL),
	            .mapped = g_hash_table_new(g_str_hash, g_str_equal),
	            .id_rows = g_ptr_array_new_with_free_func(g_free)};
	GHashTableIter i;
	gpointer key, value;
	GString *text = g_string_new("<< /Type /StructTreeRoot ");

	g_hash_table_iter_init(&i, w->elements);
	while (g_hash_table_iter_next(&i, &key, &value))
		mark_used(&t, key);
	w->structure_root = pdf_file_reserve(w->file);
	write_elements(&t);
	*parent_tree = write_parent_tree(&t);
	g_string_append_printf(text, "/K [%d 0 R] /ParentTree %d 0 R /ParentTreeNextKey %u ", pdf_element(w, w->tree->structure)->object, *parent_tree,
	                       w->pages->len + w->parents->len);
	append_role_map(&t, text);
	append_id_tree(&t, text);
	g_string_append(text, ">>");
	pdf_file_set(w->file, w->structure_root, text);
	g_hash_table_unref(t.used);
	g_hash_table_unref(t.mapped);
	g_ptr_array_unref(t.id_rows);
	return w->structure_root;
}
