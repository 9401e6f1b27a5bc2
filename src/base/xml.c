/* Strict parsing, and small steps through a tree. */
#include "base/xml.h"

#include "base/file.h"
#include "base/markup.h"
#include "base/parallel.h"
#include "base/text.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
	Diagnostics *d;
	const char *file;
	gboolean refused; /* xmlStopParser leaves a document that looks well-formed: this says that it is not */
} Parse;

static void out_of_memory(void)
{
	static const char text[] = "rotonde: out of memory\n";

	if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
		_exit(3);
	_exit(3);
}

/* Whatever takes long here asks for memory: about three times in a millisecond a thread looks where it stands. */
enum { SETTLE_AFTER = 4096 };

static void *checked_malloc(size_t size)
{
	static __thread guint asked;
	void *p = malloc(size);

	if (++asked % SETTLE_AFTER == 0)
		parallel_settle();
	if (p == NULL && size != 0)
		out_of_memory();
	return p;
}

static void *checked_realloc(void *old, size_t size)
{
	void *p = realloc(old, size);

	if (p == NULL && size != 0)
		out_of_memory();
	return p;
}

static char *checked_strdup(const char *s)
{
	char *p = strdup(s);

	if (p == NULL)
		out_of_memory();
	return p;
}

static xmlParserInputPtr refuse_entity(const char *url, const char *id, xmlParserCtxtPtr context)
{
	(void)url;
	(void)id;
	(void)context;
	return NULL;
}

static void ignore_error(void *data, const char *format, ...)
{
	(void)data;
	(void)format;
}

void xml_start(void)
{
	xmlMemSetup(free, checked_malloc, checked_realloc, checked_strdup);
	xmlInitParser();
	xmlSetExternalEntityLoader(refuse_entity);
	xmlSetGenericErrorFunc(NULL, ignore_error);
	xmlThrDefSetGenericErrorFunc(NULL, ignore_error);
}

static void on_doctype(void *data, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	xmlParserCtxtPtr context = data;
	Parse *parse = context->_private;
	Position at = {parse->file, context->input->line, 0, "<!DOCTYPE"};

	(void)name;
	(void)external;
	(void)system;
	parse->refused = TRUE;
	diagnose(parse->d, MSG_XML_DOCTYPE, &at);
	xmlStopParser(context);
}

static void on_start(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int spaces, const xmlChar **names,
                     int attributes, int defaulted, const xmlChar **values)
{
	xmlParserCtxtPtr context = data;
	Parse *parse = context->_private;

	if (context->nodeNr >= XML_DEPTH_LIMIT && !parse->refused) {
		Position at = {parse->file, context->input->line, 0, (const char *)local};
		parse->refused = TRUE;
		diagnose(parse->d, MSG_XML_DEPTH, &at, "64");
		xmlStopParser(context);
		return;
	}
	xmlSAX2StartElementNs(data, local, prefix, uri, spaces, names, attributes, defaulted, values);
}

static void on_error(void *data, xmlErrorPtr error)
{
	xmlParserCtxtPtr context = data;
	Parse *parse = context->_private;
	g_autofree char *text = g_strchomp(g_strdup(error->message != NULL ? error->message : "?"));
	Position at = {parse->file, error->line, error->int2, NULL};

	if (!parse->refused)
		diagnose(parse->d, MSG_XML_SYNTAX, &at, text);
}

/* libxml2's own sentences are the last resort: for texts in another encoding than UTF-8. */
static gboolean explain(const char *data, gsize size, const char *file, Diagnostics *d)
{
	Locator text;
	gboolean found;

	if (text_check_utf8(data, size) < size)
		return FALSE;
	locator_init(&text, data, size, file);
	found = markup_diagnose(&text, d);
	locator_clear(&text);
	return found;
}

xmlDoc *xml_parse(const char *data, gsize size, const char *file, Diagnostics *d)
{
	return xml_parse_shared(data, size, file, NULL, d);
}

xmlDoc *xml_parse_shared(const char *data, gsize size, const char *file, xmlDict *dict, Diagnostics *d)
{
	g_autoptr(Diagnostics) raw = diagnostics_new();
	Parse parse = {raw, file, FALSE};
	xmlParserCtxtPtr context;
	xmlDoc *doc;
	gboolean whole;

	if (size > FILE_LIMIT)
		return NULL;
	context = xmlNewParserCtxt();
	if (dict != NULL) {
		xmlDictFree(context->dict);
		context->dict = dict;
		xmlDictReference(dict);
	}
	context->_private = &parse;
	context->sax->internalSubset = on_doctype;
	context->sax->startElementNs = on_start;
	context->sax->serror = (xmlStructuredErrorFunc)on_error;
	doc = xmlCtxtReadMemory(context, data, (int)size, file, NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
	whole = context->wellFormed && !parse.refused;
	xmlFreeParserCtxt(context);
	if (whole) {
		xmlFree((xmlChar *)doc->URL); /* as a URI; we want the name */
		doc->URL = xmlStrdup(BAD_CAST file);
		diagnostics_merge(d, raw);
		return doc;
	}
	xmlFreeDoc(doc);
	if (parse.refused || !explain(data, size, file, d))
		diagnostics_merge(d, raw);
	return NULL;
}

xmlDoc *xml_load(const char *path, const char *name, Diagnostics *d)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = file_load(path, FILE_LIMIT, &error);
	gsize size;
	const char *data;

	if (bytes == NULL) {
		diagnose(d, MSG_FILE_MISSING, NULL, name != NULL ? name : path, error->message);
		return NULL;
	}
	data = g_bytes_get_data(bytes, &size);
	return xml_parse(data, size, name != NULL ? name : path, d);
}

Position xml_position(const xmlNode *node)
{
	Position at = {NULL, 0, 0, NULL};
	const xmlNode *here = node;

	for (; node != NULL && node->type != XML_DOCUMENT_NODE; node = node->parent) {
		const char *line, *file, *column;
		if (node->type != XML_ELEMENT_NODE)
			continue;
		line = xml_attribute(node, "line");
		if (at.line == 0 && line != NULL) {
			at.line = atoi(line);
			column = xml_attribute(node, "column");
			at.column = column != NULL ? atoi(column) : 0;
		}
		file = xml_attribute(node, "file");
		if (file != NULL) {
			at.file = file;
			break;
		}
	}
	if (at.file == NULL && at.line == 0 && here != NULL && here->doc != NULL) {
		at.file = (const char *)here->doc->URL;
		at.line = MAX((int)xmlGetLineNo((xmlNode *)here), 0);
	}
	return at;
}

const char *xml_attribute(const xmlNode *element, const char *name)
{
	if (element->type != XML_ELEMENT_NODE)
		return NULL;
	for (const xmlAttr *a = element->properties; a != NULL; a = a->next)
		if (a->ns == NULL && strcmp((const char *)a->name, name) == 0)
			return a->children != NULL ? (const char *)a->children->content : "";
	return NULL;
}

static xmlChar *keep_name(xmlDoc *doc, const char *name)
{
	return doc->dict != NULL ? (xmlChar *)xmlDictLookup(doc->dict, BAD_CAST name, -1) : xmlStrdup(BAD_CAST name);
}

xmlNode *xml_element_new(xmlDoc *doc, const char *name)
{
	return xmlNewDocNodeEatName(doc, NULL, keep_name(doc, name), NULL);
}

void xml_attribute_add(xmlNode *element, const char *name, const char *value)
{
	xmlNewNsPropEatName(element, NULL, keep_name(element->doc, name), BAD_CAST value);
}

void xml_number_add(xmlNode *element, const char *name, int value)
{
	xmlAttr *attribute = xmlNewNsPropEatName(element, NULL, keep_name(element->doc, name), NULL);
	xmlNode *text = xmlNewDocText(element->doc, NULL);
	char *end = (char *)&text->properties + 15, *p = end; /* where libxml2's own reader puts short texts */

	*p = '\0';
	for (int rest = MAX(value, 0); p == end || rest > 0; rest /= 10)
		*--p = (char)('0' + rest % 10);
	text->content = BAD_CAST memmove(&text->properties, p, (gsize)(end - p) + 1);
	text->parent = (xmlNode *)attribute;
	attribute->children = attribute->last = text;
}

gboolean xml_is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && (name == NULL || strcmp((const char *)node->name, name) == 0);
}

xmlNode *xml_first(const xmlNode *parent, const char *name)
{
	for (xmlNode *n = parent->children; n != NULL; n = n->next)
		if (xml_is(n, name))
			return n;
	return NULL;
}

xmlNode *xml_next(const xmlNode *node, const char *name)
{
	for (xmlNode *n = node->next; n != NULL; n = n->next)
		if (xml_is(n, name))
			return n;
	return NULL;
}

xmlNode *xml_following(const xmlNode *node, const xmlNode *top)
{
	if (node->children != NULL && node->type == XML_ELEMENT_NODE)
		return node->children;
	for (; node != NULL && node != top; node = node->parent)
		if (node->next != NULL)
			return node->next;
	return NULL;
}
