/* From a project with its texts in it to a package: texts become files, quotes become selections with their places. */
#include "exchange/exchange.h"

#include "archive/archive.h"
#include "base/guid.h"

#include <string.h>

#define TEXT_NS "urn:rotonde:exchange"

typedef struct {
	GString *text;
	glong length;     /* code points of text */
	xmlNode *before;  /* selections are put before this */
	xmlNs *ns;        /* the project's */
	GHashTable *used; /* guids of selections */
	gboolean spaced;  /* a space is due before the next word of this line */
	gboolean begun;   /* this line has words */
} Plain;

static void put(Plain *p, const char *text)
{
	g_string_append(p->text, text);
	p->length += g_utf8_strlen(text, -1);
}

/* Words with one space between them. A space that does not break stays what it is. */
static void put_words(Plain *p, const char *text)
{
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		if (*text == ' ' || *text == '\n' || *text == '\t' || *text == '\r') {
			p->spaced = p->begun;
			continue;
		}
		if (p->spaced)
			put(p, " ");
		p->spaced = FALSE;
		p->begun = TRUE;
		g_string_append_len(p->text, text, g_utf8_next_char(text) - text);
		p->length++;
	}
}

static void put_paragraph(Plain *p, const xmlNode *paragraph)
{
	p->begun = p->spaced = FALSE;
	for (const xmlNode *n = xml_following(paragraph, paragraph); n != NULL; n = xml_following(n, paragraph)) {
		if (xml_is(n, "br")) {
			put(p, "\n");
			p->begun = p->spaced = FALSE;
		} else if (n->type == XML_TEXT_NODE) {
			put_words(p, (const char *)n->content);
		}
	}
}

static xmlNode *add_element(Plain *p, xmlNode *parent, const char *name)
{
	return xmlNewChild(parent, p->ns, BAD_CAST name, NULL);
}

static void set(xmlNode *element, const char *name, const char *value)
{
	xmlNewProp(element, BAD_CAST name, BAD_CAST value);
}

static void set_number(xmlNode *element, const char *name, glong value)
{
	char text[24];

	g_snprintf(text, sizeof text, "%ld", value);
	set(element, name, text);
}

/* The same words of the same person twice in one text: the second gets an identifier of its own. */
static char *selection_guid(Plain *p, const char *asked)
{
	char *guid = g_strdup(asked != NULL ? asked : "");

	while (!g_hash_table_add(p->used, g_strdup(guid))) {
		g_autofree char *last = guid;
		g_autofree char *again = g_strconcat(last, " again", NULL);
		guid = guid_of(again);
	}
	return guid;
}

/* Who made it and when: as the text it is in. */
static void set_creation(xmlNode *element, const xmlNode *source)
{
	static const char *const names[] = {"creatingUser", "creationDateTime"};

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		if (xml_attribute(source, names[i]) != NULL)
			set(element, names[i], xml_attribute(source, names[i]));
}

static void add_selection(Plain *p, const xmlNode *quote, glong start)
{
	g_autofree char *guid = selection_guid(p, xml_attribute(quote, "guid"));
	xmlNode *selection = xmlNewDocNode(quote->doc, p->ns, BAD_CAST "PlainTextSelection", NULL);

	xmlAddPrevSibling(p->before, selection);
	set(selection, "guid", guid);
	set(selection, "name", xml_attribute(quote, "label"));
	set_number(selection, "startPosition", start);
	set_number(selection, "endPosition", p->length);
	set_creation(selection, selection->parent);
	for (const xmlNode *code = xml_first(quote, "code"); code != NULL; code = xml_next(code, "code")) {
		g_autofree char *name = g_strconcat(guid, " ", xml_attribute(code, "guid"), NULL), *own = guid_of(name);
		xmlNode *coding = add_element(p, selection, "Coding");
		set(coding, "guid", own);
		set_creation(coding, selection->parent);
		set(add_element(p, coding, "CodeRef"), "targetGUID", xml_attribute(code, "guid"));
	}
}

static void put_quote(Plain *p, const xmlNode *quote)
{
	const char *label = xml_attribute(quote, "label");
	glong start;

	if (label != NULL && *label != '\0') {
		put(p, label);
		put(p, ": ");
	}
	start = p->length;
	for (const xmlNode *n = xml_first(quote, "p"); n != NULL; n = xml_next(n, "p")) {
		if (p->length > start)
			put(p, "\n");
		put_paragraph(p, n);
	}
	if (p->length > start)
		add_selection(p, quote, start);
}

static GBytes *plain_text(xmlNode *text, GHashTable *used)
{
	Plain p = {.text = g_string_new(NULL), .before = text, .ns = text->parent->ns, .used = used};

	for (const xmlNode *n = xml_first(text, NULL); n != NULL; n = xml_next(n, NULL)) {
		if (p.length > 0)
			put(&p, "\n\n");
		if (xml_is(n, "quote"))
			put_quote(&p, n);
		else
			put_paragraph(&p, n);
	}
	put(&p, "\n");
	return g_string_free_to_bytes(p.text);
}

static xmlNode *next_text(xmlDoc *doc)
{
	xmlNode *root = xmlDocGetRootElement(doc);

	for (xmlNode *n = root; n != NULL; n = xml_following(n, root))
		if (xml_is(n, "text") && n->ns != NULL && strcmp((const char *)n->ns->href, TEXT_NS) == 0)
			return n;
	return NULL;
}

/* Nothing is in the namespace of our own any more. */
static void drop_namespace(xmlDoc *doc)
{
	xmlNode *root = xmlDocGetRootElement(doc);

	for (xmlNode *n = root; n != NULL; n = xml_following(n, root)) {
		for (xmlNs **at = n->type == XML_ELEMENT_NODE ? &n->nsDef : NULL; at != NULL && *at != NULL;) {
			xmlNs *ns = *at;
			if (strcmp((const char *)ns->href, TEXT_NS) != 0) {
				at = &ns->next;
				continue;
			}
			*at = ns->next;
			xmlFreeNs(ns);
		}
	}
}

GBytes *exchange_pack(xmlDoc *made, Diagnostics *d)
{
	g_autoptr(GPtrArray) entries = archive_new(), sources = archive_new();
	g_autoptr(GHashTable) used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	xmlChar *written;
	int size;

	for (xmlNode *text; (text = next_text(made)) != NULL;) {
		g_autofree char *name = g_strdup_printf("Sources/%s.txt", xml_attribute(text, "guid"));
		g_autoptr(GBytes) bytes = plain_text(text, used);
		archive_add(sources, name, bytes, FALSE);
		xmlUnlinkNode(text);
		xmlFreeNode(text);
	}
	drop_namespace(made);
	xmlDocDumpFormatMemoryEnc(made, &written, &size, "UTF-8", 1);
	g_autoptr(GBytes) project = g_bytes_new(written, (gsize)size);
	xmlFree(written);
	archive_add(entries, "project.qde", project, FALSE);
	for (guint i = 0; i < sources->len; i++) {
		const ArchiveEntry *e = sources->pdata[i];
		archive_add(entries, e->name, e->bytes, FALSE);
	}
	return archive_write(entries, d);
}
