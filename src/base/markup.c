/* libxml2's SAX interface over the text itself: positions, limits, the exact end, and faults gathered before they are told. */
#include "base/markup_reader.h"

#include "base/xml.h"

#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include <string.h>

gsize markup_cursor(const MarkupReader *r)
{
	const xmlParserInput *in = r->context->input;

	return MIN(r->to, r->from + (gsize)in->consumed + (gsize)(in->cur - in->base));
}

void markup_fault(MarkupReader *r, MessageId id, gsize offset, const char *focus, const char *const *arguments)
{
	MarkupFault f = {.id = id, .offset = offset, .focus = g_strdup(focus)};

	for (int i = 0; i < 3 && arguments[i] != NULL; i++)
		f.arguments[i] = g_strdup(arguments[i]);
	g_array_append_val(r->faults, f);
	if (r->faults->len >= MARKUP_ERROR_LIMIT) {
		markup_stop(r);
		r->context->instate = XML_PARSER_EOF;
	}
}

void markup_stop(MarkupReader *r)
{
	r->stopped = TRUE;
	r->context->disableSAX = 1;
	r->context->wellFormed = 0;
}

static void clear_fault(gpointer data)
{
	MarkupFault *f = data;

	g_free(f->focus);
	for (int i = 0; i < 3; i++)
		g_free(f->arguments[i]);
}

static void clear_tag(gpointer data)
{
	g_free(((MarkupTag *)data)->name);
}

static void on_doctype(void *data, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	MarkupReader *r = ((xmlParserCtxtPtr)data)->_private;
	gsize offset = markup_cursor(r);

	(void)name;
	(void)external;
	(void)system;
	if (r->stopped)
		return;
	while (offset > r->from && r->text->text[offset - 1] != '<')
		offset--;
	fault(r, MSG_XML_DOCTYPE, offset - (offset > r->from), "<!DOCTYPE");
	markup_stop(r);
}

static const char *const reserved[] = {"line", "column", "file", "broken", NULL};

static gboolean check_attributes(MarkupReader *r, gsize offset, const xmlChar **values, int count)
{
	gboolean taken = FALSE;

	for (int i = 0; i < count; i++) {
		const char *name = (const char *)values[5 * i];
		if (strchr("lcfb", *name) != NULL && values[5 * i + 1] == NULL && g_strv_contains(reserved, name)) {
			fault(r, MSG_MARKUP_RESERVED, offset, name, name);
			taken = TRUE;
		}
	}
	return taken;
}

static void add_position(MarkupReader *r, gsize offset, gboolean taken)
{
	Position at = locator_position(r->text, offset, NULL);
	xmlNode *node = r->context->node;

	for (int i = 0; taken && reserved[i] != NULL; i++)
		xmlUnsetProp(node, BAD_CAST reserved[i]);
	xml_number_add(node, "line", at.line);
	node->line = (unsigned short)MIN(at.line, 65535);
	if (!locator_is_first(r->text, offset))
		xml_number_add(node, "column", at.column);
}

/* Leaves what can be written and read again. */
static void tidy(xmlNode *element)
{
	const char *colon = strrchr((const char *)element->name, ':');

	for (xmlAttr *a = element->properties, *next; a != NULL; a = next) {
		gboolean twice = FALSE;
		next = a->next;
		for (const xmlAttr *b = element->properties; b != a; b = b->next)
			twice = twice || (b->ns == a->ns && strcmp((const char *)a->name, (const char *)b->name) == 0);
		if (twice || strchr((const char *)a->name, ':') != NULL)
			xmlRemoveProp(a);
	}
	if (colon != NULL) {
		g_autofree char *name = g_strdup_printf("x%s", colon + 1);
		xmlNodeSetName(element, BAD_CAST name);
	}
}

static void on_start(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int spaces, const xmlChar **names,
                     int attributes, int defaulted, const xmlChar **values)
{
	MarkupReader *r = ((xmlParserCtxtPtr)data)->_private;
	MarkupTag tag = {.offset = markup_cursor(r)};
	const char *name = (const char *)local;
	gboolean taken = FALSE;

	if (r->stopped)
		return;
	while (tag.offset > r->from && r->text->text[tag.offset - 1] != '<')
		tag.offset--;
	tag.offset -= tag.offset > r->from;
	if (r->open->len >= XML_DEPTH_LIMIT)
		fault(r, MSG_XML_DEPTH, tag.offset, name, "64");
	if (attributes > MARKUP_ATTRIBUTE_LIMIT)
		fault(r, MSG_MARKUP_ATTRIBUTES, tag.offset, name, name, "64");
	if (r->open->len >= XML_DEPTH_LIMIT || attributes > MARKUP_ATTRIBUTE_LIMIT) {
		markup_stop(r);
		return;
	}
	if (r->open->len == 0)
		r->start = tag.offset;
	if (r->fragment) {
		if (uri != NULL || spaces > 0)
			fault(r, MSG_MARKUP_NAMESPACE, tag.offset, NULL, name);
		prefix = uri = NULL;
		spaces = 0;
		taken = check_attributes(r, tag.offset, values, attributes);
	}
	tag.name = prefix != NULL ? g_strconcat((const char *)prefix, ":", name, NULL) : g_strdup(name);
	g_array_append_val(r->open, tag);
	r->seen = markup_cursor(r);
	xmlSAX2StartElementNs(data, local, prefix, uri, spaces, names, attributes, defaulted, values);
	if (r->untidy && r->context->node != NULL)
		tidy(r->context->node);
	r->untidy = FALSE;
	if (r->fragment && r->context->node != NULL)
		add_position(r, tag.offset, taken);
}

static void on_end(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	MarkupReader *r = ((xmlParserCtxtPtr)data)->_private;

	if (r->stopped || r->open->len == 0)
		return;
	xmlSAX2EndElementNs(data, local, prefix, uri);
	r->seen = r->closed = markup_cursor(r);
	g_array_set_size(r->open, r->open->len - 1);
	if (r->open->len > 0)
		return;
	r->end = r->closed;
	if (r->fragment)
		xmlStopParser(r->context);
}

static void on_error(void *data, xmlErrorPtr error)
{
	MarkupReader *r = ((xmlParserCtxtPtr)data)->_private;

	if (r->stopped && error->code == XML_ERR_HYPHEN_IN_COMMENT)
		r->context->instate = XML_PARSER_EOF; /* of this comment: else it goes on composing errors, each with a copy of all of it */
	else if (!r->stopped && !(r->fragment && r->end > 0) && error->level >= XML_ERR_ERROR)
		markup_explain(r, error);
}

static void on_comment(void *data, const xmlChar *text)
{
	MarkupReader *r = ((xmlParserCtxtPtr)data)->_private;

	r->seen = markup_cursor(r);
	if (!r->fragment)
		xmlSAX2Comment(data, text);
}

static void on_instruction(void *data, const xmlChar *target, const xmlChar *text)
{
	MarkupReader *r = ((xmlParserCtxtPtr)data)->_private;

	r->seen = markup_cursor(r);
	if (!r->fragment)
		xmlSAX2ProcessingInstruction(data, target, text);
	else if (!r->stopped)
		fault(r, MSG_MARKUP_INSTRUCTION, r->seen, (const char *)target, (const char *)target);
}

static void on_reference(void *data, const xmlChar *name)
{
	(void)data;
	(void)name; /* an entity that is not known was reported; nothing of it enters the tree */
}

/* Where the element's end tag seems to stand, when the parser could not tell. */
static gsize guess_end(const MarkupReader *r, const char *name, gsize from)
{
	const Locator *t = r->text;
	gsize length = strlen(name);

	for (gsize i = from; i + length + 3 <= r->to; i++) {
		if (t->text[i] != '<' || t->text[i + 1] != '/' || strncmp(t->text + i + 2, name, length) != 0)
			continue;
		for (i += 2 + length; i < r->to && g_ascii_isspace(t->text[i]); i++)
			;
		if (i < r->to && t->text[i] == '>')
			return i + 1;
	}
	return 0;
}

/* An element without an end swallows the text after it, and what seems wrong there is not. */
static gsize settle(MarkupReader *r)
{
	MarkupTag *root = &g_array_index(r->open, MarkupTag, 0);
	gsize last = r->faults->len > 0 ? g_array_index(r->faults, MarkupFault, r->faults->len - 1).offset : r->seen;
	gsize end = guess_end(r, root->name, MAX(r->seen, MIN(last, r->to)));

	if (end == 0)
		end = guess_end(r, root->name, root->offset);
	if (end > 0 || r->to - r->from >= MARKUP_LIMIT)
		return end;
	for (guint i = r->faults->len; i > 0 && g_array_index(r->faults, MarkupFault, i - 1).offset > r->closed; i--)
		g_array_set_size(r->faults, i - 1);
	g_array_set_size(r->open, 1);
	markup_explain_unclosed(r, "", r->text->size);
	return 0;
}

static void report(MarkupReader *r)
{
	for (guint i = 0; i < r->faults->len; i++) {
		MarkupFault *f = &g_array_index(r->faults, MarkupFault, i);
		Position at = locator_position(r->text, f->offset, f->focus);
		diagnostics_add(r->d, f->id, &at, (const char *const *)f->arguments);
	}
}

static xmlDoc *run(MarkupReader *r, const char *file)
{
	xmlSAXHandler *sax;
	xmlDoc *doc;

	r->open = g_array_new(FALSE, FALSE, sizeof(MarkupTag));
	r->faults = g_array_new(FALSE, FALSE, sizeof(MarkupFault));
	g_array_set_clear_func(r->open, clear_tag);
	g_array_set_clear_func(r->faults, clear_fault);
	r->context = xmlNewParserCtxt();
	r->context->_private = r;
	sax = r->context->sax;
	sax->internalSubset = on_doctype;
	sax->startElementNs = on_start;
	sax->endElementNs = on_end;
	sax->comment = on_comment;
	sax->processingInstruction = on_instruction;
	sax->reference = on_reference;
	sax->serror = (xmlStructuredErrorFunc)on_error;
	doc = xmlCtxtReadMemory(r->context, r->text->text + r->from, (int)(r->to - r->from), file, NULL,
	                        XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_RECOVER | XML_PARSE_IGNORE_ENC);
	return doc;
}

static void clear(MarkupReader *r)
{
	g_array_unref(r->open);
	g_array_unref(r->faults);
	xmlFreeParserCtxt(r->context);
}

Markup markup_read(Locator *text, gsize from, gsize to, Diagnostics *d)
{
	MarkupReader r = {.text = text, .from = from, .to = to, .d = d, .seen = from, .closed = from, .fragment = TRUE};
	Markup result = {.doc = run(&r, NULL), .end = text->size};

	if (result.doc != NULL && xmlDocGetRootElement(result.doc) == NULL)
		g_clear_pointer(&result.doc, xmlFreeDoc);
	result.start = r.start;
	result.ended = r.end > 0;
	if (result.ended)
		result.end = r.end;
	else if (r.open->len > 0)
		result.end = settle(&r);
	result.end = result.end > 0 ? result.end : text->size;
	result.broken = r.faults->len > 0 || !result.ended;
	report(&r);
	clear(&r);
	return result;
}

gboolean markup_diagnose(Locator *text, Diagnostics *d)
{
	MarkupReader r = {.text = text, .to = text->size, .d = d};
	gboolean found;

	xmlFreeDoc(run(&r, NULL));
	found = r.faults->len > 0;
	report(&r);
	clear(&r);
	return found;
}
