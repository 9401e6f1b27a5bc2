/* libxml2 judges a tree by the schema; only a tree that is not valid is looked at again, to explain it. */
#include "check/judge.h"

#include "check/explain.h"

#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

struct Judge {
	xmlDoc *doc;
	xmlSchema *compiled;
	xmlSchemaValidCtxt *context;
	Schema *schema;       /* made when first needed */
	const xmlNode *fault; /* of the last validation: where the first mistake is */
	GPtrArray *doubles;   /* and elements whose key another has */
};

void judge_free(Judge *j)
{
	if (j == NULL)
		return;
	g_ptr_array_unref(j->doubles);
	schema_free(j->schema);
	xmlSchemaFreeValidCtxt(j->context);
	xmlSchemaFree(j->compiled);
	xmlFreeDoc(j->doc);
	g_free(j);
}

static void keep_first(void *data, xmlError *error)
{
	char **first = data;

	if (*first == NULL)
		*first = g_strchomp(g_strdup_printf("%d: %s", error->line, error->message));
}

static void note_fault(void *data, xmlError *error)
{
	Judge *j = data;

	if (error->code == XML_SCHEMAV_CVC_IDC)
		g_ptr_array_add(j->doubles, error->node);
	else if (j->fault == NULL)
		j->fault = error->node;
}

static void drop_keys(xmlNode *root)
{
	static const char *const names[] = {"key", "keyref", "unique", NULL};

	for (xmlNode *element = xml_first(root, "element"); element != NULL; element = xml_next(element, "element")) {
		for (xmlNode *n = xml_first(element, NULL), *next; n != NULL; n = next) {
			next = xml_next(n, NULL);
			if (!g_strv_contains(names, (const char *)n->name))
				continue;
			xmlUnlinkNode(n);
			xmlFreeNode(n);
		}
	}
}

static gboolean compile(Judge *j, const char *path, Diagnostics *d)
{
	static gsize types;
	g_autofree char *error = NULL;
	xmlSchemaParserCtxt *parser;

	if (g_once_init_enter(&types)) {
		xmlSchemaInitTypes(); /* libxml2's own table, not made for two threads at once */
		g_once_init_leave(&types, 1);
	}
	parser = xmlSchemaNewDocParserCtxt(j->doc);
	xmlSchemaSetParserStructuredErrors(parser, (xmlStructuredErrorFunc)keep_first, &error);
	j->compiled = xmlSchemaParse(parser);
	xmlSchemaFreeParserCtxt(parser);
	if (j->compiled == NULL) {
		diagnose(d, MSG_SCHEMA_UNUSABLE, NULL, path, error != NULL ? error : "?");
		return FALSE;
	}
	j->context = xmlSchemaNewValidCtxt(j->compiled);
	xmlSchemaSetValidStructuredErrors(j->context, (xmlStructuredErrorFunc)note_fault, j);
	return TRUE;
}

Judge *judge_new(const char *path, gboolean without_keys, Diagnostics *d)
{
	g_autoptr(Judge) j = g_new0(Judge, 1);

	j->doubles = g_ptr_array_new();
	j->doc = xml_load(path, NULL, d);
	if (j->doc == NULL)
		return NULL;
	if (without_keys)
		drop_keys(xmlDocGetRootElement(j->doc));
	return compile(j, path, d) ? g_steal_pointer(&j) : NULL;
}

static void explain(Judge *j, const xmlDoc *doc, Diagnostics *d)
{
	gboolean passed_over = FALSE;
	g_autofree char *focus = NULL;

	if (j->schema == NULL)
		j->schema = schema_new(j->doc);
	if (explain_tree(j->schema, doc, &passed_over, d) > 0 || passed_over)
		return;
	const xmlNode *element = j->fault->type == XML_ELEMENT_NODE ? j->fault : j->fault->parent;
	Position at = place_element(element, &focus);
	diagnose(d, MSG_SCHEMA_OTHER, &at, (const char *)element->name);
}

static void report_double(const xmlNode *element, Diagnostics *d)
{
	const char *name = xml_attribute(element, "name");
	g_autofree char *focus = NULL;
	Position at = place_property(element, "name", name, &focus);

	diagnose(d, MSG_ROW_TWICE, &at, (const char *)element->name, name != NULL ? name : "");
}

gboolean judge_validate(Judge *j, xmlDoc *doc, Diagnostics *d)
{
	j->fault = NULL;
	g_ptr_array_set_size(j->doubles, 0);
	if (xmlSchemaValidateDoc(j->context, doc) == 0)
		return TRUE;
	if (j->fault != NULL)
		explain(j, doc, d);
	for (guint i = 0; i < j->doubles->len; i++)
		report_double(j->doubles->pdata[i], d);
	return FALSE;
}
