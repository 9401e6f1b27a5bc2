/* The checker: libxml2 judges a tree by the schema; only a tree that is not valid is looked at again, to explain it. */
#include "check/check.h"

#include "check/explain.h"

#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>
#include <string.h>

typedef struct {
	xmlDoc *doc;
	xmlSchema *compiled;
	xmlSchemaValidCtxt *context;
	Schema *schema; /* made when first needed */
	const xmlNode *fault; /* of the last validation: where the first mistake is that this room explains */
} Judge;

struct Checker {
	char *share;
	Judge content;
};

static void judge_clear(Judge *j)
{
	schema_free(j->schema);
	xmlSchemaFreeValidCtxt(j->context);
	xmlSchemaFree(j->compiled);
	xmlFreeDoc(j->doc);
}

static void keep_first(void *data, xmlError *error)
{
	char **first = data;

	if (*first == NULL)
		*first = g_strchomp(g_strdup_printf("%d: %s", error->line, error->message));
}

/* Doubles and references are not ours: the document room looks at all files for them. */
static void note_fault(void *data, xmlError *error)
{
	Judge *j = data;

	if (error->code != XML_SCHEMAV_CVC_IDC && j->fault == NULL)
		j->fault = error->node;
}

static gboolean judge_compile(Judge *j, const char *path, Diagnostics *d)
{
	g_autofree char *error = NULL;
	xmlSchemaParserCtxt *parser;

	j->doc = xml_load(path, NULL, d);
	if (j->doc == NULL)
		return FALSE;
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

static void explain(Judge *j, const xmlDoc *doc, Diagnostics *d)
{
	gboolean broken = FALSE;
	g_autofree char *focus = NULL;

	if (j->schema == NULL)
		j->schema = schema_new(j->doc);
	if (explain_tree(j->schema, doc, &broken, d) > 0 || broken)
		return;
	const xmlNode *element = j->fault->type == XML_ELEMENT_NODE ? j->fault : j->fault->parent;
	Position at = place_element(element, &focus);
	diagnose(d, MSG_SCHEMA_OTHER, &at, (const char *)element->name);
}

Checker *checker_new(const char *share, Diagnostics *d)
{
	static gsize types;
	g_autofree char *path = g_build_filename(share, "schemas", "rotonde.xsd", NULL);
	g_autoptr(Checker) c = g_new0(Checker, 1);

	if (g_once_init_enter(&types)) {
		xmlSchemaInitTypes(); /* libxml2's own table, not made for two threads at once */
		g_once_init_leave(&types, 1);
	}
	c->share = g_strdup(share);
	return judge_compile(&c->content, path, d) ? g_steal_pointer(&c) : NULL;
}

void checker_free(Checker *c)
{
	if (c == NULL)
		return;
	judge_clear(&c->content);
	g_free(c->share);
	g_free(c);
}

void checker_validate(Checker *c, xmlDoc *doc, Diagnostics *d)
{
	Judge *j = &c->content;

	j->fault = NULL;
	if (xmlSchemaValidateDoc(j->context, doc) != 0 && j->fault != NULL)
		explain(j, doc, d);
}

void checker_run_rules(Checker *c, xmlDoc *doc, const CheckerParameters *parameters, Diagnostics *d)
{
	(void)c;
	(void)doc;
	(void)parameters;
	(void)d;
}
