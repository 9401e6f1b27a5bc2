/* Functions that the rules may call. */
#include "check/brief.h"
#include "check/rules.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

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

/* Of the tree that a thread runs the rules on. Arrays are of nodes, in the document's order. */
static _Thread_local GHashTable *elements;   /* name -> GPtrArray */
static _Thread_local GHashTable *attributes; /* "name attribute" -> GHashTable: value -> GPtrArray; made when first asked for */

static GHashTable *index_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
}

static void add_to_index(GHashTable *index, const void *key, xmlNode *e)
{
	GPtrArray *same = g_hash_table_lookup(index, key);

	if (same == NULL)
		g_hash_table_insert(index, (gpointer)key, same = g_ptr_array_new());
	g_ptr_array_add(same, e);
}

/* Names are in the tree's dictionary, once: most are found again by where they stand. */
static void add_all(xmlDoc *doc)
{
	enum { SLOTS = 64 };
	struct {
		const xmlChar *name;
		GPtrArray *same;
	} seen[SLOTS] = {{NULL, NULL}};

	for (xmlNode *e = doc->children; e != NULL; e = xml_following(e, (const xmlNode *)doc)) {
		if (e->type != XML_ELEMENT_NODE)
			continue;
		gsize i = ((gsize)e->name >> 2) % SLOTS;
		if (seen[i].name == e->name) {
			g_ptr_array_add(seen[i].same, e);
			continue;
		}
		add_to_index(elements, e->name, e);
		seen[i].name = e->name;
		seen[i].same = g_hash_table_lookup(elements, e->name);
	}
}

void rule_functions_set_tree(xmlDoc *doc)
{
	g_clear_pointer(&elements, g_hash_table_unref);
	g_clear_pointer(&attributes, g_hash_table_unref);
	if (doc == NULL)
		return;
	elements = index_new();
	attributes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
	add_all(doc);
}

static const GPtrArray *find_elements(const char *name)
{
	return elements != NULL ? g_hash_table_lookup(elements, name) : NULL;
}

gboolean rule_functions_know(const char *const *names)
{
	for (; *names != NULL; names++)
		if (find_elements(*names) != NULL)
			return TRUE;
	return FALSE;
}

static const GPtrArray *find_by_attribute(const char *name, const char *attribute, const char *value)
{
	const GPtrArray *same = find_elements(name);
	g_autofree char *key = g_strdup_printf("%s %s", name, attribute);
	GHashTable *index;

	if (same == NULL)
		return NULL;
	index = g_hash_table_lookup(attributes, key);
	if (index == NULL) {
		g_hash_table_insert(attributes, g_steal_pointer(&key), index = index_new());
		for (guint i = 0; i < same->len; i++) {
			const char *own = xml_attribute(same->pdata[i], attribute);
			if (own != NULL)
				add_to_index(index, own, same->pdata[i]);
		}
	}
	return g_hash_table_lookup(index, value);
}

static void add_elements(xmlNodeSet *set, const GPtrArray *found)
{
	for (guint i = 0; found != NULL && i < found->len; i++)
		xmlXPathNodeSetAddUnique(set, found->pdata[i]);
}

/* r:elements(' a b '): all elements of the document with these names, one name after the other.
 * r:elements('a', 'attribute', value): those with this name whose attribute has this value. It is looked up, not searched: a publication may have
 * thousands of quotes and of persons, and each is asked for the other. */
static void function_elements(xmlXPathParserContext *context, int n)
{
	xmlNodeSet *set;
	xmlChar *names, *attribute = NULL, *value = NULL;

	if (n != 1 && n != 3) {
		xmlXPathSetArityError(context);
		return;
	}
	if (n == 3) {
		value = xmlXPathPopString(context);
		attribute = xmlXPathPopString(context);
	}
	names = xmlXPathPopString(context);
	set = xmlXPathNodeSetCreate(NULL);
	if (names != NULL && attribute != NULL && value != NULL)
		add_elements(set, find_by_attribute((const char *)names, (const char *)attribute, (const char *)value));
	for (char *rest = n == 1 ? (char *)names : NULL, *word; (word = strsep(&rest, " ")) != NULL;)
		add_elements(set, find_elements(word));
	xmlXPathReturnNodeSet(context, set);
	xmlFree(names);
	xmlFree(attribute);
	xmlFree(value);
}

/* 2025-03 as 20250300, or, counting to its end, as 20250399; NaN of what is not a date, or does not exist. */
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
	if (read == 3 && !g_date_valid_dmy((GDateDay)(number % 100), (GDateMonth)(number / 100 % 100), (GDateYear)(number / 10000)))
		return NAN;
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

/* The day of an attribute; NaN: there is none, or it is not a date. */
static double day_of(const xmlNode *element, const char *attribute, gboolean last)
{
	const char *moment = xml_attribute(element, attribute);

	return moment != NULL ? day_number(moment, last) : (double)NAN;
}

/* From the first @from to the last @to of the periods; one without @to goes on. What is not a date, and an end before the beginning, are for other rules
 * to say. */
static gboolean lies_within(const char *moment, const xmlNodeSet *periods)
{
	double begin = NAN, end = NAN;
	gboolean goes_on = FALSE;

	for (int i = 0; periods != NULL && i < periods->nodeNr; i++) {
		const xmlNode *period = periods->nodeTab[i];
		begin = fmin(begin, day_of(period, "from", FALSE)); /* the other, where one is NaN */
		end = fmax(end, day_of(period, "to", TRUE));
		goes_on = goes_on || xml_attribute(period, "to") == NULL;
	}
	if (isgreater(begin, end))
		return TRUE;
	return !isless(day_number(moment, TRUE), begin) && (goes_on || !isgreater(day_number(moment, FALSE), end));
}

/* r:within(moment, periods) */
static void function_within(xmlXPathParserContext *context, int n)
{
	xmlXPathObject *periods;
	xmlChar *moment;

	if (n != 2) {
		xmlXPathSetArityError(context);
		return;
	}
	periods = valuePop(context);
	moment = xmlXPathPopString(context);
	xmlXPathReturnBoolean(context, lies_within((const char *)moment, periods->nodesetval));
	xmlFree(moment);
	xmlXPathFreeObject(periods);
}

/* The first of the words, which a NUL ends each and another all of them, that is in the text; NULL: none. */
static const char *find_word(const char *text, const char *words)
{
	for (const char *word = words; *word != '\0'; word += strlen(word) + 1)
		if (strstr(text, word) != NULL)
			return word;
	return NULL;
}

/* In any of the texts below a node, each by itself. */
static const char *find_in_texts(const xmlNode *node, const char *words)
{
	const char *found = NULL;

	if (node->type == XML_ATTRIBUTE_NODE) {
		const xmlNode *text = node->children;
		return text != NULL && text->content != NULL ? find_word((const char *)text->content, words) : NULL;
	}
	for (const xmlNode *n = node->type == XML_DOCUMENT_NODE ? node->children : node; n != NULL && found == NULL; n = xml_following(n, node))
		if (n->type == XML_TEXT_NODE && n->content != NULL)
			found = find_word((const char *)n->content, words);
	return found;
}

/* "one|other" -> "one\0other\0\0"; the caller's, to be freed by g_free. */
static char *split_words(const xmlChar *words)
{
	const gsize length = strlen((const char *)words);
	char *split = g_malloc0(length + 2);

	memcpy(split, words, length);
	for (char *p = split; (p = strchr(p, '|')) != NULL;)
		*p++ = '\0';
	return split;
}

/* r:find(text, 'one|other'): the first of these words that is in the text, "" when none is. Of nodes every text is looked through by itself. */
static void function_find(xmlXPathParserContext *context, int n)
{
	xmlXPathObject *where;
	xmlChar *words;
	const char *found = NULL;

	if (n != 2) {
		xmlXPathSetArityError(context);
		return;
	}
	words = xmlXPathPopString(context);
	g_autofree char *split = split_words(words);
	where = valuePop(context);
	if (where->type == XPATH_STRING)
		found = find_word((const char *)where->stringval, split);
	for (int i = 0; where->nodesetval != NULL && i < where->nodesetval->nodeNr && found == NULL; i++)
		found = find_in_texts(where->nodesetval->nodeTab[i], split);
	xmlXPathReturnString(context, xmlStrdup(BAD_CAST(found != NULL ? found : "")));
	xmlXPathFreeObject(where);
	xmlFree(words);
}

/* r:blank(): whether there is nothing in the element at hand but white space. As normalize-space() = '', without a copy of its words. */
static void function_blank(xmlXPathParserContext *context, int n)
{
	const xmlNode *element = context->context->node;
	gboolean blank = TRUE;

	if (n != 0) {
		xmlXPathSetArityError(context);
		return;
	}
	for (const xmlNode *t = element; t != NULL && blank; t = xml_following(t, element))
		blank = (t->type != XML_TEXT_NODE && t->type != XML_CDATA_SECTION_NODE) || xmlIsBlankNode(t);
	xmlXPathReturnBoolean(context, blank);
}

const RuleFunction rule_functions[] = {
    {"contrast", function_contrast}, {"find", function_find}, {"elements", function_elements}, {"day", function_day}, {"within", function_within},
    {"blank", function_blank},
    {"agreed", rule_function_agreed}, {"expiring", rule_function_expiring}, {"bands", rule_function_bands}, {NULL, NULL},
};
