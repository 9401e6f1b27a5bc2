/* Expressions compiled once, evaluated in one context that is kept. */
#include "check/brief.h"

#include <libxml/xpathInternals.h>
#include <string.h>

typedef struct {
	char *name;
	xmlXPathCompExpr *value;
} Let;

typedef struct {
	xmlXPathCompExpr *elements;
	xmlXPathCompExpr *test; /* of one element; where there are no lets, elements has it as a predicate, and this is NULL */
	GArray *lets;           /* Let */
} Rule;

struct Brief {
	xmlXPathContext *context;
	GArray *lets;  /* Let */
	GArray *rules; /* Rule */
};

static void let_clear(gpointer data)
{
	Let *let = data;

	g_free(let->name);
	xmlXPathFreeCompExpr(let->value);
}

static void rule_clear(gpointer data)
{
	Rule *rule = data;

	xmlXPathFreeCompExpr(rule->elements);
	if (rule->test != NULL)
		xmlXPathFreeCompExpr(rule->test);
	g_array_unref(rule->lets);
}

void brief_free(Brief *b)
{
	if (b == NULL)
		return;
	g_array_unref(b->lets);
	g_array_unref(b->rules);
	xmlXPathFreeContext(b->context);
	g_free(b);
}

static void hear_nothing(void *data, xmlError *error)
{
	(void)data;
	(void)error;
}

static void current(xmlXPathParserContext *context, int n)
{
	if (n != 0) {
		xmlXPathSetArityError(context);
		return;
	}
	xmlXPathReturnNodeSet(context, xmlXPathNodeSetCreate(context->context->userData));
}

static GArray *read_lets(Brief *b, const xmlNode *parent)
{
	static const char *const given[] = {"today", "profile", "policy", NULL}; /* by the program */
	GArray *lets = g_array_new(FALSE, FALSE, sizeof(Let));

	g_array_set_clear_func(lets, let_clear);
	for (const xmlNode *n = xml_first(parent, "let"); n != NULL; n = xml_next(n, "let")) {
		if (g_strv_contains(given, xml_attribute(n, "name")))
			continue;
		Let let = {g_strdup(xml_attribute(n, "name")), xmlXPathCtxtCompile(b->context, BAD_CAST xml_attribute(n, "value"))};
		g_array_append_val(lets, let);
	}
	return lets;
}

static gboolean lets_are_good(const GArray *lets)
{
	for (guint i = 0; i < lets->len; i++)
		if (g_array_index(lets, Let, i).value == NULL)
			return FALSE;
	return TRUE;
}

/* FALSE: an expression is wrong. */
static gboolean read_rule(Brief *b, const xmlNode *from)
{
	const char *elements = xml_attribute(from, "elements"), *test = xml_attribute(from, "test");
	Rule rule = {.lets = read_lets(b, from)};
	g_autofree char *whole = g_strdup_printf("(%s)[%s]", elements, test);
	gboolean one = rule.lets->len == 0 && strstr(test, "current()") == NULL;

	rule.elements = xmlXPathCtxtCompile(b->context, BAD_CAST(one ? whole : elements));
	rule.test = one ? NULL : xmlXPathCtxtCompile(b->context, BAD_CAST test);
	g_array_append_val(b->rules, rule);
	return rule.elements != NULL && (one || rule.test != NULL) && lets_are_good(rule.lets);
}

Brief *brief_new(const xmlDoc *doc, const char *path, Diagnostics *d)
{
	Brief *b = g_new0(Brief, 1);
	const xmlNode *root = xmlDocGetRootElement((xmlDoc *)doc);
	gboolean good;

	b->context = xmlXPathNewContext(NULL);
	b->context->error = hear_nothing;
	for (const RuleFunction *f = rule_functions; f->name != NULL; f++)
		xmlXPathRegisterFuncNS(b->context, BAD_CAST f->name, BAD_CAST CHECK_NS, f->function);
	xmlXPathRegisterFunc(b->context, BAD_CAST "current", current);
	for (const xmlNode *n = xml_first(root, "ns"); n != NULL; n = xml_next(n, "ns"))
		xmlXPathRegisterNs(b->context, BAD_CAST xml_attribute(n, "prefix"), BAD_CAST xml_attribute(n, "uri"));
	b->lets = read_lets(b, root);
	b->rules = g_array_new(FALSE, FALSE, sizeof(Rule));
	g_array_set_clear_func(b->rules, rule_clear);
	good = lets_are_good(b->lets);
	for (const xmlNode *n = xml_first(root, "rule"); n != NULL && good; n = xml_next(n, "rule"))
		good = read_rule(b, n);
	if (good)
		return b;
	diagnose(d, MSG_SCHEMA_UNUSABLE, NULL, path, b->context->lastError.message != NULL ? b->context->lastError.message : "XPath");
	brief_free(b);
	return NULL;
}

/* FALSE: no value. */
static gboolean set_variable(Brief *b, const char *name, xmlXPathObject *value)
{
	return value != NULL && xmlXPathRegisterVariable(b->context, BAD_CAST name, value) == 0;
}

static gboolean set_lets(Brief *b, const GArray *lets)
{
	for (guint i = 0; i < lets->len; i++) {
		const Let *let = &g_array_index(lets, Let, i);
		if (!set_variable(b, let->name, xmlXPathCompiledEval(let->value, b->context)))
			return FALSE;
	}
	return TRUE;
}

static gboolean element_found(Brief *b, const Rule *rule, xmlNode *element)
{
	b->context->node = element;
	b->context->userData = element;
	return !set_lets(b, rule->lets) || xmlXPathCompiledEvalToBoolean(rule->test, b->context) != 0;
}

static gboolean rule_finds(Brief *b, const Rule *rule, xmlDoc *doc)
{
	xmlXPathObject *elements;
	gboolean found;

	b->context->node = (xmlNode *)doc;
	elements = xmlXPathCompiledEval(rule->elements, b->context);
	if (elements == NULL)
		return TRUE;
	found = rule->test == NULL && elements->nodesetval != NULL && elements->nodesetval->nodeNr > 0;
	for (int i = 0; rule->test != NULL && elements->nodesetval != NULL && i < elements->nodesetval->nodeNr && !found; i++)
		found = element_found(b, rule, elements->nodesetval->nodeTab[i]);
	xmlXPathFreeObject(elements);
	return found;
}

/* Steps that all rules together may take: as many as a transformation of a document without nodes. */
enum { STEPS = 5000000 };

gboolean brief_finds(Brief *b, xmlDoc *doc, const CheckerParameters *parameters)
{
	gboolean found;

	b->context->doc = doc;
	b->context->node = (xmlNode *)doc;
	b->context->opLimit = STEPS;
	b->context->opCount = 0;
	found = !set_variable(b, "today", xmlXPathNewCString(parameters->today)) ||
	        !set_variable(b, "profile", xmlXPathNewCString(parameters->profile)) ||
	        !set_variable(b, "policy", xmlXPathNewCString(parameters->policy != NULL ? parameters->policy : "")) || !set_lets(b, b->lets);
	for (guint i = 0; i < b->rules->len && !found; i++)
		found = rule_finds(b, &g_array_index(b->rules, Rule, i), doc);
	xmlXPathRegisteredVariablesCleanup(b->context);
	return found;
}
