/* Quotes, threads and voices of a workspace or a publication, for listing: plain data. */
#include "document/room.h"

/* Everything in the workspace in which somebody may speak of a case. */
static GPtrArray *all_sources(const Workspace *w)
{
	GPtrArray *files = g_ptr_array_new();

	for (guint i = 0; i < w->files->len; i++) {
		const DocumentFile *file = w->files->pdata[i];
		if (source_is_kind(file->kind) && read_is_readable(file))
			g_ptr_array_add(files, (gpointer)file);
	}
	return sources_sorted(files);
}

/* What a listing works in: an assembly, and the quotes of its cases. */
typedef struct {
	Assembly a;
	xmlDoc *tree;
	Diagnostics *ignored; /* what is wrong with the texts is told by a check */
	GHashTable *case_ids;
	GString *cases;
	GPtrArray *quotes;
} Listing;

static void listing_start(Listing *l, const Workspace *w, const DocumentFile *publication)
{
	Island all;

	l->ignored = diagnostics_new();
	assembly_start(&l->a, w, l->ignored);
	l->a.publication = publication;
	l->tree = assembly_open(&l->a);
	l->case_ids = g_hash_table_new(g_str_hash, g_str_equal);
	l->cases = g_string_new(NULL);
	for (guint i = 0; i < l->a.cases->len; i++) {
		const Case *c = l->a.cases->pdata[i];
		if (c->id != NULL && g_hash_table_add(l->case_ids, (gpointer)c->id))
			g_string_append_printf(l->cases, "%s%s", i > 0 ? " " : "", c->id);
	}
	all = (Island){.a = &l->a, .cases = l->a.cases, .case_ids = l->case_ids};
	g_autoptr(GPtrArray) files = publication != NULL ? island_sources(&all) : all_sources(w);
	l->quotes = quotes_collect(&l->a, files, l->case_ids, NULL);
}

static void listing_finish(Listing *l)
{
	g_ptr_array_unref(l->quotes);
	g_string_free(l->cases, TRUE);
	g_hash_table_unref(l->case_ids);
	assembly_finish(&l->a);
	xmlFreeDoc(l->tree);
	diagnostics_free(l->ignored);
}

static void document_quote_free(gpointer data)
{
	DocumentQuote *q = data;

	g_free(q->text);
	g_free(q->speaker);
	g_free(q->label);
	g_free(q->role);
	g_free(q->owner);
	g_free(q->session);
	g_strfreev(q->codes);
	g_free(q->file);
	g_free(q);
}

static DocumentQuote *document_quote_new(const Quote *q)
{
	DocumentQuote *out = g_new0(DocumentQuote, 1);

	*out = (DocumentQuote){.text = node_text(q->node),
	                       .speaker = g_strdup(xml_attribute(q->node, "speaker")),
	                       .label = g_strdup(xml_attribute(q->node, "label")),
	                       .role = g_strdup(xml_attribute(q->node, "role")),
	                       .owner = g_strdup(xml_attribute(q->node, "case")),
	                       .session = g_strdup(xml_attribute(q->node, "session")),
	                       .codes = split_words(q->codes),
	                       .words = q->words,
	                       .file = g_strdup(q->file->name),
	                       .line = xml_position(q->node).line};
	return out;
}

GPtrArray *document_quotes(const Workspace *w, const DocumentFile *publication, const DocumentSelection *s)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(document_quote_free);
	Listing l;

	listing_start(&l, w, publication);
	for (guint i = 0; i < l.quotes->len; i++)
		if (quote_is_chosen(l.quotes->pdata[i], s))
			g_ptr_array_add(list, document_quote_new(l.quotes->pdata[i]));
	listing_finish(&l);
	return list;
}

DocumentOverview *document_threads(const Workspace *w, const DocumentFile *publication, const DocumentSelection *s, const char *by)
{
	DocumentSelection all = *s;
	DocumentOverview *o;
	Listing l;

	listing_start(&l, w, publication);
	if (all.cases == NULL)
		all.cases = l.cases->str;
	o = overview_of_threads(&l.a, l.quotes, &all, by);
	listing_finish(&l);
	return o;
}

DocumentOverview *document_voices(const Workspace *w, const DocumentFile *publication, const DocumentSelection *s)
{
	g_autoptr(Diagnostics) ignored = diagnostics_new();
	g_autoptr(xmlDoc) tree = document_assemble(w, publication, PROFILE_REVIEW, NULL, ignored);

	return tree != NULL ? overview_of_voices(xmlDocGetRootElement(tree), s) : NULL;
}
