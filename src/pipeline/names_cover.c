/* The gate that no known name passes, for what commands show: lists, quotes, reports on changes. */
#include "pipeline/internal.h"

#include <string.h>

void names_cover(PrivacyScanner *s, char **text)
{
	char *covered = *text != NULL ? privacy_mask(s, *text) : NULL;

	if (covered == NULL)
		return;
	g_free(*text);
	*text = covered;
}

void names_cover_entries(PrivacyScanner *s, GPtrArray *entries)
{
	for (guint i = 0; i < entries->len; i++) {
		DocumentEntry *e = entries->pdata[i];
		char **const texts[] = {&e->id, &e->title, &e->date, &e->file, &e->owner, &e->role, &e->band, &e->next, &e->region, &e->excuse};
		for (gsize k = 0; k < G_N_ELEMENTS(texts); k++)
			names_cover(s, texts[k]);
		for (guint k = 0; k < e->consents->len; k++) {
			DocumentConsent *c = e->consents->pdata[k];
			char **const parts[] = {&c->status, &c->purposes, &c->by, &c->on, &c->until, &c->scope, &c->form};
			for (gsize n = 0; n < G_N_ELEMENTS(parts); n++)
				names_cover(s, parts[n]);
		}
		for (char **id = e->used_in; *id != NULL; id++)
			names_cover(s, id);
	}
}

static void cover_quotes(PrivacyScanner *s, GPtrArray *quotes)
{
	for (guint i = 0; i < quotes->len; i++) {
		DocumentQuote *q = quotes->pdata[i];
		char **const texts[] = {&q->text, &q->speaker, &q->label, &q->owner, &q->session, &q->file};
		for (gsize k = 0; k < G_N_ELEMENTS(texts); k++)
			names_cover(s, texts[k]);
		for (char **code = q->codes; *code != NULL; code++)
			names_cover(s, code);
	}
}

static void cover_rows(PrivacyScanner *s, GPtrArray *rows)
{
	for (guint i = 0; i < rows->len; i++) {
		DocumentRow *row = rows->pdata[i];
		names_cover(s, &row->id);
		names_cover(s, &row->title);
	}
}

/* As privacy_mask, with letters that the fonts of a page have. */
static char *mask_in_print(PrivacyScanner *s, const char *text)
{
	char *masked = privacy_mask(s, text);
	g_auto(GStrv) parts = masked != NULL ? g_strsplit(masked, "▒", -1) : NULL;

	g_free(masked);
	return parts != NULL ? g_strjoinv("•", parts) : NULL;
}

/* Words of one text may be parted by marks: each part is looked at, and the whole. */
static void cover_content(PrivacyScanner *s, xmlNode *element)
{
	xmlChar *whole = xmlNodeGetContent(element);
	g_autofree char *covered = NULL;

	for (xmlNode *n = element; n != NULL; n = xml_following(n, element)) {
		g_autofree char *part = n->type == XML_TEXT_NODE && n->content != NULL ? mask_in_print(s, (const char *)n->content) : NULL;
		if (part != NULL)
			xmlNodeSetContent(n, BAD_CAST part);
	}
	g_autofree char *before = whole != NULL ? mask_in_print(s, (const char *)whole) : NULL;
	xmlFree(whole);
	whole = xmlNodeGetContent(element);
	covered = before != NULL && whole != NULL ? mask_in_print(s, (const char *)whole) : NULL;
	if (covered != NULL) { /* it lies over several parts */
		xmlNodeSetContent(element, NULL);
		xmlNodeAddContent(element, BAD_CAST covered);
	}
	xmlFree(whole);
}

static void cover_attribute(PrivacyScanner *s, xmlAttr *a)
{
	xmlChar *value = xmlNodeGetContent((xmlNode *)a);
	g_autofree char *covered = value != NULL ? mask_in_print(s, (const char *)value) : NULL;

	if (covered != NULL)
		xmlSetProp(a->parent, a->name, BAD_CAST covered);
	xmlFree(value);
}

void names_cover_summary(PrivacyScanner *s, xmlNode *summary)
{
	for (xmlNode *n = summary; n != NULL; n = xml_following(n, summary)) {
		for (xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties : NULL; a != NULL; a = a->next)
			cover_attribute(s, a);
		if (xml_is(n, "detail"))
			cover_content(s, n);
	}
}

/* What holds words, and none of its own kind. */
static gboolean is_leaf(const xmlNode *n)
{
	static const char *const leaves[] = {"p",    "lead",     "td",       "th",   "pre",  "title",       "subtitle",   "caption",  "label",        "name",
	                                     "function", "author", "description", "definition", "question", "exit", "head", "heart", "hands", "place", "organisation", NULL};

	return n->type == XML_ELEMENT_NODE && g_strv_contains(leaves, (const char *)n->name);
}

/* Ids become anchors in a page: one in which a name stands becomes another, the same wherever it stands. In place of value, a word or several; the
 * caller's, NULL when there is none. */
static char *cover_ids(PrivacyScanner *s, GHashTable *others, const char *value)
{
	g_auto(GStrv) words = g_strsplit(value, " ", -1);
	gboolean covered = FALSE;

	for (char **word = words; *word != NULL; word++) {
		const gboolean link = **word == '#';
		g_autofree char *masked = privacy_mask(s, *word);
		if (masked == NULL)
			continue;
		if (!g_hash_table_contains(others, *word + link))
			g_hash_table_insert(others, g_strdup(*word + link), g_strdup_printf("x%u-x", g_hash_table_size(others) + 1));
		char *other = g_strconcat(link ? "#" : "", g_hash_table_lookup(others, *word + link), NULL);
		g_free(*word);
		*word = other;
		covered = TRUE;
	}
	return covered ? g_strjoinv(" ", words) : NULL;
}

static void cover_id(PrivacyScanner *s, GHashTable *others, xmlAttr *a)
{
	static const char *const places[] = {"href", "src", "file", NULL}; /* files that are still to be read, or told of */
	xmlChar *value = xmlNodeGetContent((xmlNode *)a);
	const gboolean place = g_strv_contains(places, (const char *)a->name) && value != NULL && *value != '#';
	g_autofree char *covered = value != NULL && !place ? cover_ids(s, others, (const char *)value) : NULL;

	if (covered != NULL)
		xmlSetProp(a->parent, a->name, BAD_CAST covered);
	xmlFree(value);
}

void names_cover_tree(PrivacyScanner *s, GHashTable *others, xmlDoc *doc)
{
	static const char *const shown[] = {"alt", "label", "title", "was", NULL};
	const xmlNode *root = xmlDocGetRootElement(doc);

	for (xmlNode *n = (xmlNode *)root; n != NULL; n = xml_following(n, root)) {
		for (xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties : NULL; a != NULL; a = a->next)
			if (g_strv_contains(shown, (const char *)a->name))
				cover_attribute(s, a);
			else
				cover_id(s, others, a);
		if (is_leaf(n))
			cover_content(s, n);
	}
}

/* ---- for the commands ---- */

typedef void (*Cover)(PrivacyScanner *s, GPtrArray *list);

static void cover_list(const PipelineOptions *options, Cover cover, GPtrArray *list, Diagnostics *d)
{
	Names names;

	names_open(&names, options->root, options->names, d);
	if (names.list != NULL) {
		g_autoptr(PrivacyScanner) s = privacy_scanner_new(names.list);
		cover(s, list);
		diagnostics_sort(d);
		names_redact(&names, d);
	}
	if (names.broken)
		g_ptr_array_set_size(list, 0);
	names_close(&names);
}

void pipeline_cover_entries(const PipelineOptions *options, GPtrArray *entries, Diagnostics *d)
{
	cover_list(options, names_cover_entries, entries, d);
}

void pipeline_cover_quotes(const PipelineOptions *options, GPtrArray *quotes, Diagnostics *d)
{
	cover_list(options, cover_quotes, quotes, d);
}

static void cover_texts(PrivacyScanner *s, GPtrArray *texts)
{
	for (guint i = 0; i < texts->len; i++)
		names_cover(s, (char **)&texts->pdata[i]);
}

void pipeline_cover_text(const PipelineOptions *options, char **text)
{
	g_autoptr(Diagnostics) unheard = diagnostics_new();
	g_autoptr(GPtrArray) list = g_ptr_array_new();

	g_ptr_array_add(list, *text);
	cover_list(options, cover_texts, list, unheard);
	*text = list->len > 0 ? list->pdata[0] : g_strdup("");
}

void pipeline_cover_rows(const PipelineOptions *options, GPtrArray *rows, Diagnostics *d)
{
	cover_list(options, cover_rows, rows, d);
}
