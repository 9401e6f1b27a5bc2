/* What readers find their way by: bookmarks, destinations; and what the document says about itself. */
#include "layout/page.h"

#include <libxml/xmlsave.h>

#include <string.h>

/* ---- bookmarks ---- */

static char *title_of(Layout *l, const FoNode *bookmark)
{
	g_autoptr(GString) title = g_string_new(NULL);
	for (const FoNode *n = bookmark->first; n; n = n->next)
		for (const FoNode *t = n->kind == FO_BOOKMARK_TITLE ? n->first : NULL; t; t = t->next)
			if (t->kind == FO_TEXT)
				g_string_append(title, t->text);
	g_auto(GStrv) words = g_strsplit_set(title->str, " \t\r\n", -1);
	g_string_truncate(title, 0);
	for (char **w = words; *w; w++) {
		if (!**w)
			continue;
		if (title->len > 0)
			g_string_append_c(title, ' ');
		g_string_append(title, *w);
	}
	return area_strdup(l->c.areas, title->str);
}

static void free_array(gpointer p)
{
	g_ptr_array_unref(p);
}

static void add_bookmarks(Layout *l, const FoNode *parent, GPtrArray *to)
{
	for (const FoNode *n = parent->first; n; n = n->next) {
		if (n->kind != FO_BOOKMARK)
			continue;
		AreaOutline *o = area_alloc(l->c.areas, sizeof *o);
		o->title = title_of(l, n);
		o->destination = area_strdup(l->c.areas, fo_string(n, FO_P_INTERNAL_DESTINATION));
		o->uri = area_strdup(l->c.areas, fo_string(n, FO_P_EXTERNAL_DESTINATION));
		o->open = fo_keyword(n, FO_P_STARTING_STATE) != FO_K_HIDE;
		o->children = g_ptr_array_new();
		area_own(l->c.areas, o->children, free_array);
		add_bookmarks(l, n, o->children);
		g_ptr_array_add(to, o);
	}
}

/* ---- destinations ---- */

static void add_destinations(Layout *l)
{
	GHashTableIter i;
	gpointer id, value;
	g_hash_table_iter_init(&i, l->places);
	while (g_hash_table_iter_next(&i, &id, &value)) {
		const PagePlace *place = value;
		AreaDestination *d = area_alloc(l->c.areas, sizeof *d);
		*d = (AreaDestination){.page = place->first, .x = place->x, .y = place->y};
		g_hash_table_insert(l->c.areas->destinations, area_strdup(l->c.areas, id), d);
	}
}

/* ---- metadata ---- */

static const xmlNode *find_element(const xmlNode *n, const char *name)
{
	for (; n; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (strcmp((const char *)n->name, name) == 0)
			return n;
		const xmlNode *inside = find_element(n->children, name);
		if (inside)
			return inside;
	}
	return NULL;
}

/* The text of a property: of its items where it is a list, joined. */
static char *metadata_text(Layout *l, const xmlNode *rdf, const char *property)
{
	const xmlNode *n = find_element(rdf->children, property);
	if (!n)
		return NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	const xmlNode *item = find_element(n->children, "li");
	for (; item; item = item->next) {
		if (item->type != XML_ELEMENT_NODE)
			continue;
		xmlChar *text = xmlNodeGetContent(item);
		g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", (const char *)text);
		xmlFree(text);
	}
	if (!find_element(n->children, "li")) {
		xmlChar *text = xmlNodeGetContent(n);
		g_string_append(out, (const char *)text);
		xmlFree(text);
	}
	g_strstrip(out->str);
	return *out->str ? area_strdup(l->c.areas, out->str) : NULL;
}

static void take_metadata(Layout *l, const xmlNode *rdf)
{
	AreaTree *t = l->c.areas;
	t->title = metadata_text(l, rdf, "title");
	t->author = metadata_text(l, rdf, "creator");
	t->subject = metadata_text(l, rdf, "description");
	t->keywords = metadata_text(l, rdf, "Keywords");
	t->version = metadata_text(l, rdf, "VersionID");
	if (!t->keywords)
		t->keywords = metadata_text(l, rdf, "subject");
	xmlDoc *doc = xmlNewDoc(BAD_CAST "1.0");
	xmlNode *copy = xmlDocCopyNode((xmlNode *)rdf, doc, 1);
	xmlDocSetRootElement(doc, copy);
	xmlReconciliateNs(doc, copy);
	xmlBuffer *buffer = xmlBufferCreate();
	xmlNodeDump(buffer, doc, copy, 0, 0);
	t->xmp = area_strdup(t, (const char *)xmlBufferContent(buffer));
	xmlBufferFree(buffer);
	xmlFreeDoc(doc);
}

void outline_make(Layout *l)
{
	for (const FoNode *n = fo_tree_root(l->c.tree)->first; n; n = n->next) {
		if (n->kind == FO_BOOKMARK_TREE)
			add_bookmarks(l, n, l->c.areas->outline);
		const xmlNode *rdf = n->kind == FO_DECLARATIONS && n->element ? find_element(n->element->children, "RDF") : NULL;
		if (rdf)
			take_metadata(l, rdf);
	}
	add_destinations(l);
}

/* ---- what is cited ---- */

void outline_collect_citations(Layout *l, const FoNode *parent)
{
	for (const FoNode *n = parent->first; n; n = n->next) {
		gboolean cites = n->kind == FO_PAGE_NUMBER_CITATION || n->kind == FO_PAGE_NUMBER_CITATION_LAST;
		const char *id = cites ? fo_string(n, FO_P_REF_ID) : NULL;
		if (id)
			g_hash_table_add(l->citations, (gpointer)id);
		if (n->kind != FO_STATIC_CONTENT)
			outline_collect_citations(l, n);
	}
}
