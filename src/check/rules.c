/* Compiling rules.sch, running it, and its report (SVRL) as messages. */
#include "check/rules.h"

#include "transform/transform.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

#define CHECK_NS "urn:rotonde:check"

static void function_contrast(xmlXPathParserContext *context, int n)
{
	xmlChar *one, *other;

	if (n != 2) {
		xmlXPathSetArityError(context);
		return;
	}
	other = xmlXPathPopString(context);
	one = xmlXPathPopString(context);
	xmlXPathReturnNumber(context, rules_contrast((const char *)one, (const char *)other));
	xmlFree(one);
	xmlFree(other);
}

/* r:elements(' a b '): all elements of the document with these names, in its order. */
static void function_elements(xmlXPathParserContext *context, int n)
{
	const xmlNode *top = (const xmlNode *)context->context->doc;
	xmlNodeSet *set = xmlXPathNodeSetCreate(NULL);
	xmlChar *names;

	if (n != 1) {
		xmlXPathSetArityError(context);
		return;
	}
	names = xmlXPathPopString(context);
	g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
	g_auto(GStrv) words = g_strsplit((const char *)names, " ", -1);
	for (char **word = words; *word != NULL; word++)
		g_hash_table_add(known, *word);
	for (xmlNode *e = top->children; e != NULL; e = xml_following(e, top))
		if (e->type == XML_ELEMENT_NODE && g_hash_table_contains(known, e->name))
			xmlXPathNodeSetAddUnique(set, e);
	xmlXPathReturnNodeSet(context, set);
	xmlFree(names);
}

/* 2025-03 as 20250300, or, counting to its end, as 20250399; NaN of what is not a date. */
static double day_number(const char *moment, gboolean last)
{
	static const int digits[] = {4, 2, 2};
	int number = 0, read = 0;

	for (gsize i = 0; i < G_N_ELEMENTS(digits); i++) {
		gboolean given = *moment != '\0' && read == (int)i && (i == 0 || *moment++ == '-');
		for (int k = 0; k < digits[i]; k++) {
			if (given && !g_ascii_isdigit(*moment))
				return NAN;
			number = number * 10 + (given ? *moment++ - '0' : last ? 9 : 0);
		}
		read += given;
	}
	return *moment == '\0' && read > 0 ? (double)number : (double)NAN;
}

/* r:day(moments, 'first' or 'last'): the first or last of them. */
static void function_day(xmlXPathParserContext *context, int n)
{
	xmlXPathObject *moments;
	xmlChar *which;
	gboolean last;
	double found = NAN;

	if (n != 2) {
		xmlXPathSetArityError(context);
		return;
	}
	which = xmlXPathPopString(context);
	last = xmlStrEqual(which, BAD_CAST "last");
	moments = valuePop(context);
	for (int i = 0; moments->nodesetval != NULL && i < moments->nodesetval->nodeNr; i++) {
		const xmlNode *attribute = moments->nodesetval->nodeTab[i];
		const xmlNode *text = attribute->children;
		double day = text != NULL && text->content != NULL ? day_number((const char *)text->content, last) : NAN;
		if (isnan(found) || (last ? day > found : day < found))
			found = day;
	}
	if (moments->type == XPATH_STRING)
		found = day_number((const char *)moments->stringval, last);
	xmlXPathReturnNumber(context, found);
	xmlXPathFreeObject(moments);
	xmlFree(which);
}

/* r:find(text, 'one|other'): the first of these words that is in the text, "" when none is. */
static void function_find(xmlXPathParserContext *context, int n)
{
	xmlChar *text, *words;
	const char *found = "";

	if (n != 2) {
		xmlXPathSetArityError(context);
		return;
	}
	words = xmlXPathPopString(context);
	text = xmlXPathPopString(context);
	for (char *word = (char *)words, *next; word != NULL && *found == '\0'; word = next) {
		next = strchr(word, '|');
		if (next != NULL)
			*next++ = '\0';
		if (strstr((const char *)text, word) != NULL)
			found = word;
	}
	xmlXPathReturnString(context, xmlStrdup(BAD_CAST found));
	xmlFree(text);
	xmlFree(words);
}

/* Two compilations of the same rules: the brief one tells whether there is anything to say, the full one, made when there is, what. */
struct Rules {
	char *path;
	xmlDoc *doc;
	Stylesheet *compiler, *brief, *full;
};

static Stylesheet *compile(Rules *r, const char *brief, Diagnostics *d)
{
	xmlDoc *compiled = stylesheet_apply(r->compiler, r->doc, (const char *const[]){"brief", brief, NULL}, d);

	return compiled != NULL ? stylesheet_new(compiled, r->path, d) : NULL;
}

Rules *rules_new(const char *share, Diagnostics *d)
{
	g_autofree char *compiler = g_build_filename(share, "stylesheets", "rules", "schematron.xsl", NULL);
	g_autoptr(Rules) r = g_new0(Rules, 1);

	transform_register("contrast", CHECK_NS, function_contrast);
	transform_register("find", CHECK_NS, function_find);
	transform_register("elements", CHECK_NS, function_elements);
	transform_register("day", CHECK_NS, function_day);
	r->path = g_build_filename(share, "schemas", "rules.sch", NULL);
	r->doc = xml_load(r->path, NULL, d);
	r->compiler = r->doc != NULL ? stylesheet_load(compiler, d) : NULL;
	r->brief = r->compiler != NULL ? compile(r, "yes", d) : NULL;
	return r->brief != NULL ? g_steal_pointer(&r) : NULL;
}

void rules_free(Rules *r)
{
	if (r == NULL)
		return;
	stylesheet_free(r->full);
	stylesheet_free(r->brief);
	stylesheet_free(r->compiler);
	xmlFreeDoc(r->doc);
	g_free(r->path);
	g_free(r);
}

static Level level_of(const xmlNode *finding)
{
	const char *role = xml_attribute(finding, "role");

	if (g_strcmp0(role, "warning") == 0)
		return LEVEL_WARNING;
	return g_strcmp0(role, "note") == 0 ? LEVEL_NOTE : LEVEL_ERROR;
}

static char *attribute_in(const xmlNode *element, const char *name)
{
	xmlChar *value = xmlGetNsProp(element, BAD_CAST name, BAD_CAST CHECK_NS);
	char *copy = value != NULL && *value != '\0' ? g_strdup((const char *)value) : NULL;

	xmlFree(value);
	return copy;
}

/* Text with its spaces collapsed; NULL when there is none. */
static char *tidy(const GString *text)
{
	GString *out = g_string_new(NULL);

	for (const char *p = text->str; *p != '\0'; p++) {
		if (!g_ascii_isspace(*p))
			g_string_append_c(out, *p);
		else if (out->len > 0 && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	}
	if (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, out->len == 0);
}

/* What a diagnostic says, and what its tip does. */
static void read_diagnostic(const xmlNode *diagnostic, char **text, char **hint)
{
	g_autoptr(GString) said = g_string_new(NULL), tip = g_string_new(NULL);

	for (const xmlNode *n = diagnostic->children; n != NULL; n = n->next) {
		gboolean is_tip = xml_is(n, "span") && g_strcmp0(xml_attribute(n, "class"), "tip") == 0;
		xmlChar *content = xmlNodeGetContent(n);
		g_string_append(is_tip ? tip : said, (const char *)content);
		xmlFree(content);
	}
	*text = tidy(said);
	*hint = tidy(tip);
}

static Language language_of(const xmlNode *diagnostic)
{
	xmlChar *lang = xmlNodeGetLang(diagnostic);
	Language language = g_strcmp0((const char *)lang, "nl") == 0 ? LANGUAGE_NL : LANGUAGE_EN;

	xmlFree(lang);
	return language;
}

static void report(const xmlNode *finding, Diagnostics *d)
{
	g_autofree char *file = attribute_in(finding, "file"), *line = attribute_in(finding, "line");
	g_autofree char *column = attribute_in(finding, "column"), *focus = attribute_in(finding, "focus");
	const xmlNode *property = xml_first(finding, "property-reference"), *assertion = xml_first(finding, "text");
	char *text[2] = {NULL, NULL}, *hint[2] = {NULL, NULL};

	for (const xmlNode *n = xml_first(finding, "diagnostic-reference"); n != NULL; n = xml_next(n, "diagnostic-reference")) {
		Language language = language_of(n);
		read_diagnostic(n, &text[language], &hint[language]);
	}
	if (text[LANGUAGE_EN] == NULL && text[LANGUAGE_NL] == NULL)
		read_diagnostic(assertion, &text[LANGUAGE_EN], &hint[LANGUAGE_EN]);
	if (property != NULL && property->children != NULL) {
		g_free(focus);
		focus = g_strdup((const char *)property->children->content);
	}
	Position at = {file, line != NULL ? atoi(line) : 0, column != NULL ? atoi(column) : 0, focus};
	diagnostics_add_text(d, level_of(finding), xml_attribute(finding, "id"), &at, (const char *const *)text, (const char *const *)hint);
	for (int i = 0; i < 2; i++) {
		g_free(text[i]);
		g_free(hint[i]);
	}
}

void rules_run(Rules *r, xmlDoc *doc, const CheckerParameters *parameters, Diagnostics *d)
{
	const char *values[] = {"today", parameters->today, "profile", parameters->profile, NULL};
	g_autoptr(xmlDoc) short_report = stylesheet_apply(r->brief, doc, values, d);

	if (short_report == NULL || xml_first(xmlDocGetRootElement(short_report), NULL) == NULL)
		return;
	if (r->full == NULL && (r->full = compile(r, "no", d)) == NULL)
		return;
	g_autoptr(xmlDoc) svrl = stylesheet_apply(r->full, doc, values, d);
	for (const xmlNode *n = svrl != NULL ? xml_first(xmlDocGetRootElement(svrl), NULL) : NULL; n != NULL; n = xml_next(n, NULL))
		report(n, d);
}
