/* Expressions compiled once, evaluated in one context that is kept; a let when it is first asked for. */
#include "check/brief.h"

#include <libxml/xpathInternals.h>
#include <string.h>

typedef struct {
	char *name;
	xmlXPathCompExpr *expression; /* NULL: given by the program */
	xmlXPathObject *value;        /* NULL: nobody asked for it yet */
} Let;

typedef struct {
	char **names; /* of the elements that it is about */
	xmlXPathCompExpr *when; /* of the whole tree; NULL: always */
	xmlXPathCompExpr *elements;
	xmlXPathCompExpr *test; /* of one element; where there are no lets, elements has it as a predicate, and this is NULL */
	GArray *lets;           /* Let */
} Rule;

enum { TODAY, PROFILE, POLICY, GIVEN };
static const char *const given_names[GIVEN + 1] = {"today", "profile", "policy", NULL};

struct Brief {
	xmlXPathContext *context;
	GArray *lets;        /* Let: first the given ones */
	GArray *rules;       /* Rule */
	const GArray *inner; /* Let, of the rule that is looked at; may be NULL */
	xmlNode *element;    /* that is looked at: what the inner lets are of; NULL: none yet */
};

static void forget_value(Let *let)
{
	if (let->value != NULL)
		xmlXPathFreeObject(let->value);
	let->value = NULL;
}

static void forget_values(const GArray *lets)
{
	for (guint i = 0; i < lets->len; i++)
		forget_value(&g_array_index(lets, Let, i));
}

static void let_clear(gpointer data)
{
	Let *let = data;

	forget_value(let);
	g_free(let->name);
	if (let->expression != NULL)
		xmlXPathFreeCompExpr(let->expression);
}

static void rule_clear(gpointer data)
{
	Rule *rule = data;

	g_strfreev(rule->names);
	if (rule->when != NULL)
		xmlXPathFreeCompExpr(rule->when);
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

/* The context as it is, kept while a let of another node is evaluated. */
static xmlXPathObject *evaluate_at(Brief *b, xmlXPathCompExpr *expression, xmlNode *node, void *element)
{
	xmlXPathContext *c = b->context;
	xmlNode *old_node = c->node;
	void *old_element = c->userData;
	int size = c->contextSize, position = c->proximityPosition;
	xmlXPathObject *value;

	c->node = node;
	c->userData = element;
	value = xmlXPathCompiledEval(expression, c);
	c->node = old_node;
	c->userData = old_element;
	c->contextSize = size;
	c->proximityPosition = position;
	return value;
}

static Let *find_let(const GArray *lets, const char *name)
{
	for (guint i = 0; lets != NULL && i < lets->len; i++)
		if (strcmp(g_array_index(lets, Let, i).name, name) == 0)
			return &g_array_index(lets, Let, i);
	return NULL;
}

static xmlXPathObject *look_up(void *data, const xmlChar *name, const xmlChar *uri)
{
	Brief *b = data;
	Let *let = uri == NULL ? find_let(b->inner, (const char *)name) : NULL;
	gboolean inner = let != NULL;

	if (!inner && uri == NULL)
		let = find_let(b->lets, (const char *)name);
	if (let != NULL && let->value == NULL && let->expression != NULL)
		let->value = evaluate_at(b, let->expression, inner ? b->element : (xmlNode *)b->context->doc, inner ? b->element : NULL);
	return let != NULL && let->value != NULL ? xmlXPathObjectCopy(let->value) : NULL;
}

static void current(xmlXPathParserContext *context, int n)
{
	if (n != 0) {
		xmlXPathSetArityError(context);
		return;
	}
	xmlXPathReturnNodeSet(context, xmlXPathNodeSetCreate(context->context->userData));
}

static void read_lets(Brief *b, const xmlNode *parent, GArray *lets)
{
	for (const xmlNode *n = xml_first(parent, "let"); n != NULL; n = xml_next(n, "let")) {
		if (g_strv_contains(given_names, xml_attribute(n, "name")))
			continue;
		Let let = {g_strdup(xml_attribute(n, "name")), xmlXPathCtxtCompile(b->context, BAD_CAST xml_attribute(n, "value")), NULL};
		g_array_append_val(lets, let);
	}
}

static GArray *lets_new(void)
{
	GArray *lets = g_array_new(FALSE, FALSE, sizeof(Let));

	g_array_set_clear_func(lets, let_clear);
	return lets;
}

static gboolean lets_are_good(const GArray *lets, guint first)
{
	for (guint i = first; i < lets->len; i++)
		if (g_array_index(lets, Let, i).expression == NULL)
			return FALSE;
	return TRUE;
}

/* FALSE: an expression is wrong. */
static gboolean read_rule(Brief *b, const xmlNode *from)
{
	const char *elements = xml_attribute(from, "elements"), *when = xml_attribute(from, "when"), *test = xml_attribute(from, "test");
	Rule rule = {.names = g_strsplit(xml_attribute(from, "names"), " ", -1), .lets = lets_new()};
	g_autofree char *whole = g_strdup_printf("(%s)[%s]", elements, test);
	gboolean one;

	read_lets(b, from, rule.lets);
	one = rule.lets->len == 0 && strstr(test, "current()") == NULL;
	rule.when = when != NULL ? xmlXPathCtxtCompile(b->context, BAD_CAST when) : NULL;
	rule.elements = xmlXPathCtxtCompile(b->context, BAD_CAST(one ? whole : elements));
	rule.test = one ? NULL : xmlXPathCtxtCompile(b->context, BAD_CAST test);
	g_array_append_val(b->rules, rule);
	return (when == NULL || rule.when != NULL) && rule.elements != NULL && (one || rule.test != NULL) && lets_are_good(rule.lets, 0);
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
	xmlXPathRegisterVariableLookup(b->context, look_up, b);
	xmlXPathContextSetCache(b->context, 1, -1, 0);
	b->lets = lets_new();
	for (int i = 0; i < GIVEN; i++) {
		Let let = {g_strdup(given_names[i]), NULL, NULL};
		g_array_append_val(b->lets, let);
	}
	read_lets(b, root, b->lets);
	b->rules = g_array_new(FALSE, FALSE, sizeof(Rule));
	g_array_set_clear_func(b->rules, rule_clear);
	good = lets_are_good(b->lets, GIVEN);
	for (const xmlNode *n = xml_first(root, "rule"); n != NULL && good; n = xml_next(n, "rule"))
		good = read_rule(b, n);
	if (good)
		return b;
	diagnose(d, MSG_SCHEMA_UNUSABLE, NULL, path, b->context->lastError.message != NULL ? b->context->lastError.message : "XPath");
	brief_free(b);
	return NULL;
}

static gboolean element_found(Brief *b, const Rule *rule, xmlNode *element)
{
	b->element = element;
	b->context->node = element;
	b->context->userData = element;
	forget_values(rule->lets);
	return xmlXPathCompiledEvalToBoolean(rule->test, b->context) != 0;
}

static gboolean rule_finds(Brief *b, const Rule *rule, xmlDoc *doc)
{
	xmlXPathObject *elements;
	gboolean found;

	if (!rule_functions_know((const char *const *)rule->names))
		return FALSE;
	b->context->node = (xmlNode *)doc;
	if (rule->when != NULL && xmlXPathCompiledEvalToBoolean(rule->when, b->context) == 0)
		return FALSE;
	elements = xmlXPathCompiledEval(rule->elements, b->context);
	if (elements == NULL)
		return TRUE;
	found = rule->test == NULL && elements->nodesetval != NULL && elements->nodesetval->nodeNr > 0;
	b->inner = rule->lets;
	for (int i = 0; rule->test != NULL && elements->nodesetval != NULL && i < elements->nodesetval->nodeNr && !found; i++)
		found = element_found(b, rule, elements->nodesetval->nodeTab[i]);
	b->inner = NULL;
	forget_values(rule->lets);
	xmlXPathFreeObject(elements);
	return found;
}

static void give(Brief *b, guint i, const char *value)
{
	g_array_index(b->lets, Let, i).value = xmlXPathNewCString(value != NULL ? value : "");
}

/* Steps that all rules together may take: as many as a transformation of a document without nodes. */
enum { STEPS = 5000000 };

gboolean brief_finds(Brief *b, xmlDoc *doc, const CheckerParameters *parameters)
{
	gboolean found = FALSE;

	b->context->doc = doc;
	b->context->opLimit = STEPS;
	b->context->opCount = 0;
	give(b, TODAY, parameters->today);
	give(b, PROFILE, parameters->profile);
	give(b, POLICY, parameters->policy);
	for (guint i = 0; i < b->rules->len && !found; i++)
		found = rule_finds(b, &g_array_index(b->rules, Rule, i), doc);
	forget_values(b->lets);
	return found;
}
