/* Counting quotes: by thread, and by who speaks in which part of a publication. */
#include "document/room.h"

#include <string.h>

/* Who counts as whom. */
static const struct {
	const char *voice, *roles;
	gboolean always; /* a column even when nothing is there: that they are silent is worth seeing */
} voices[] = {{"youth", "youth", TRUE},
              {"parents", "parent guardian", TRUE},
              {"family", "sibling relative", FALSE},
              {"professionals", "professional", TRUE},
              {"researchers", "researcher", FALSE}};

static void row_free(gpointer data)
{
	DocumentRow *r = data;

	g_free(r->id);
	g_free(r->kind);
	g_free(r->title);
	g_free(r->cells);
	g_free(r);
}

void document_overview_free(DocumentOverview *o)
{
	if (o == NULL)
		return;
	g_ptr_array_unref(o->columns);
	g_ptr_array_unref(o->rows);
	row_free(o->total);
	g_free(o);
}

static DocumentRow *row_new(const char *id, const char *kind, char *title)
{
	DocumentRow *r = g_new0(DocumentRow, 1);

	*r = (DocumentRow){.id = g_strdup(id), .kind = g_strdup(kind), .title = title != NULL ? title : g_strdup("")};
	return r;
}

static DocumentOverview *overview_new(void)
{
	DocumentOverview *o = g_new0(DocumentOverview, 1);

	o->columns = g_ptr_array_new_with_free_func(row_free);
	o->rows = g_ptr_array_new_with_free_func(row_free);
	o->total = row_new(NULL, NULL, NULL);
	return o;
}

static void add_column(DocumentOverview *o, const char *id, const char *kind, char *title)
{
	g_ptr_array_add(o->columns, row_new(id, kind, title));
}

static void add_voices(DocumentOverview *o)
{
	for (gsize i = 0; i < G_N_ELEMENTS(voices); i++)
		add_column(o, NULL, voices[i].voice, NULL);
}

static DocumentRow *add_row(DocumentOverview *o, DocumentRow *row)
{
	row->cells = g_new0(DocumentCount, o->columns->len);
	g_ptr_array_add(o->rows, row);
	return row;
}

static void count(DocumentCount *c, guint words)
{
	c->quotes++;
	c->words += words;
}

/* Columns in which nothing stands, and need not be shown empty, go. */
static void drop_columns(DocumentOverview *o, gboolean (*droppable)(const DocumentRow *column))
{
	for (guint k = o->columns->len; k-- > 0;) {
		if (o->total->cells[k].quotes > 0 || !droppable(o->columns->pdata[k]))
			continue;
		guint after = o->columns->len - k - 1;
		g_ptr_array_remove_index(o->columns, k);
		for (guint i = 0; i <= o->rows->len; i++) {
			DocumentCount *cells = (i < o->rows->len ? (DocumentRow *)o->rows->pdata[i] : o->total)->cells;
			memmove(cells + k, cells + k + 1, after * sizeof *cells);
		}
	}
}

static gboolean is_optional(const DocumentRow *column)
{
	for (gsize i = 0; i < G_N_ELEMENTS(voices); i++)
		if (g_strcmp0(column->kind, voices[i].voice) == 0)
			return !voices[i].always;
	return g_strcmp0(column->kind, "neither") == 0;
}

/* Whether a quote counts in a column. */
static gboolean in_column(const DocumentRow *column, const xmlNode *quote, const char *codes)
{
	if (column->id != NULL)
		return g_strcmp0(xml_attribute(quote, "case"), column->id) == 0;
	for (gsize i = 0; i < G_N_ELEMENTS(voices); i++)
		if (strcmp(column->kind, voices[i].voice) == 0)
			return word_in(voices[i].roles, xml_attribute(quote, "role"));
	if (strcmp(column->kind, "neither") == 0)
		return !word_in(codes, kind_code("helping")) && !word_in(codes, kind_code("not-helping"));
	return word_in(codes, kind_code(column->kind));
}

/* ---- threads ---- */

static char *typeset_title(const Assembly *a, const DocumentFile *file)
{
	const xmlNode *title = xml_first(read_root(a->w, file), "title");
	xmlNode *copy;
	char *text;

	if (title == NULL)
		return NULL;
	copy = xmlDocCopyNode((xmlNode *)title, a->tree, 1);
	assembly_typeset(a, copy, file);
	text = node_text(copy);
	xmlFreeNode(copy);
	return text;
}

static void add_columns(DocumentOverview *o, const Assembly *a, const DocumentSelection *s, const char *by)
{
	static const char *const kinds[] = {"helping", "not-helping", "neither"};
	g_auto(GStrv) ids = split_words(s->cases);

	if (strcmp(by, "role") == 0)
		add_voices(o);
	for (gsize i = 0; strcmp(by, "kind") == 0 && i < G_N_ELEMENTS(kinds); i++)
		add_column(o, NULL, kinds[i], NULL);
	for (char **id = ids; strcmp(by, "case") == 0 && *id != NULL; id++) {
		const Case *c = index_case(a->w, *id);
		if (c != NULL)
			add_column(o, c->id, NULL, typeset_title(a, c->file));
	}
}

static gboolean is_coded(const GPtrArray *quotes, const DocumentSelection *s, const char *thread)
{
	for (guint i = 0; i < quotes->len; i++)
		if (word_in(((const Quote *)quotes->pdata[i])->codes, thread) && quote_is_chosen(quotes->pdata[i], s))
			return TRUE;
	return FALSE;
}

/* The threads asked for; else those of the publication in its order, then others that quotes are coded with. */
static GPtrArray *find_threads(const Assembly *a, const GPtrArray *quotes, const DocumentSelection *s)
{
	const GPtrArray *all = g_hash_table_lookup(a->w->kinds, "thread");
	GPtrArray *threads = g_ptr_array_new();

	for (guint i = 0; i < a->units->len; i++) {
		const DocumentFile *file = ((const Unit *)a->units->pdata[i])->file;
		if (file->id != NULL && strcmp(file->kind, "thread") == 0 && word_listed(s->threads, file->id))
			g_ptr_array_add(threads, file->id);
	}
	for (guint i = 0; all != NULL && all->pdata[i] != NULL; i++) {
		const char *id = all->pdata[i];
		gboolean wanted = s->threads != NULL ? word_in(s->threads, id) : a->publication == NULL || is_coded(quotes, s, id);
		if (wanted && !g_ptr_array_find_with_equal_func(threads, id, g_str_equal, NULL))
			g_ptr_array_add(threads, (gpointer)id);
	}
	return threads;
}

static void count_quote(DocumentOverview *o, DocumentRow *row, const Quote *q)
{
	count(&row->all, q->words);
	for (guint k = 0; k < o->columns->len; k++)
		if (in_column(o->columns->pdata[k], q->node, q->codes))
			count(&row->cells[k], q->words);
}

DocumentOverview *overview_of_threads(Assembly *a, const GPtrArray *quotes, const DocumentSelection *s, const char *by)
{
	DocumentOverview *o = overview_new();
	g_autoptr(GPtrArray) threads = find_threads(a, quotes, s);

	add_columns(o, a, s, by);
	o->total->cells = g_new0(DocumentCount, o->columns->len);
	for (guint i = 0; i < threads->len; i++)
		add_row(o, row_new(threads->pdata[i], "thread", typeset_title(a, index_lookup(a->w, threads->pdata[i])->file)));
	for (guint i = 0; i < quotes->len; i++) {
		const Quote *q = quotes->pdata[i];
		gboolean counted = FALSE;
		if (!quote_is_chosen(q, s))
			continue;
		for (guint k = 0; k < o->rows->len; k++) {
			DocumentRow *row = o->rows->pdata[k];
			if (!word_in(q->codes, row->id))
				continue;
			count_quote(o, row, q);
			counted = TRUE;
		}
		if (counted)
			count_quote(o, o->total, q);
	}
	drop_columns(o, is_optional);
	return o;
}

/* ---- voices ---- */

/* What a quote stands in: the nearest item, or the publication itself. */
static const xmlNode *item_around(const xmlNode *node)
{
	const xmlNode *n = node->parent;

	while (n->parent != NULL && n->parent->type == XML_ELEMENT_NODE && !(item_kind(n) != NULL && xml_attribute(n, "href") != NULL) && !xml_is(n, "part"))
		n = n->parent;
	return n;
}

typedef struct {
	DocumentOverview *o;
	GHashTable *rows; /* item -> DocumentRow */
	GHashTable *seen; /* row's address and key of a quote */
} VoiceCount;

static DocumentRow *voice_row(VoiceCount *v, const xmlNode *item)
{
	DocumentRow *row = g_hash_table_lookup(v->rows, item);
	const xmlNode *title = xml_first(item, "title");
	gboolean opening = xml_is(item, "publication");

	if (row != NULL)
		return row;
	row = add_row(v->o, row_new(opening ? NULL : xml_attribute(item, "id"), opening ? "opening" : (const char *)item->name,
	                            !opening && title != NULL ? node_text(title) : NULL));
	g_hash_table_insert(v->rows, (gpointer)item, row);
	return row;
}

static void count_voice(VoiceCount *v, DocumentRow *row, const xmlNode *quote)
{
	g_autofree char *said = quote_key(quote);
	guint words = quote_words(quote);

	if (!g_hash_table_add(v->seen, g_strdup_printf("%p %s", (void *)row, said)))
		return;
	count(&row->all, words);
	for (guint k = 0; k < v->o->columns->len; k++)
		if (in_column(v->o->columns->pdata[k], quote, NULL))
			count(&row->cells[k], words);
}

/* The opening text stands behind the contents in the tree, and before them in print. */
static void lead_with_opening(GPtrArray *rows)
{
	const DocumentRow *last = rows->len > 0 ? rows->pdata[rows->len - 1] : NULL;

	if (last != NULL && strcmp(last->kind, "opening") == 0)
		g_ptr_array_insert(rows, 0, g_ptr_array_steal_index(rows, rows->len - 1));
}

DocumentOverview *overview_of_voices(const xmlNode *publication, const DocumentSelection *s)
{
	g_autoptr(GHashTable) rows = g_hash_table_new(NULL, NULL), seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	VoiceCount v = {overview_new(), rows, seen};

	add_voices(v.o);
	v.o->total->cells = g_new0(DocumentCount, v.o->columns->len);
	for (const xmlNode *n = publication; n != NULL; n = xml_following(n, publication)) {
		if (!xml_is(n, "quote") || xml_attribute(n, "role") == NULL || !word_listed(s->cases, xml_attribute(n, "case")))
			continue;
		count_voice(&v, voice_row(&v, item_around(n)), n);
		count_voice(&v, v.o->total, n);
	}
	drop_columns(v.o, is_optional);
	lead_with_opening(v.o->rows);
	return v.o;
}
