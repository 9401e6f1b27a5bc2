/* Brings the text of each block, through its inline elements, to the rules of typography, and back. */
#include "source/internal.h"
#include "source/typography.h"

#include <string.h>

typedef struct {
	Typography rules;
	GArray *c;       /* gunichar */
	GPtrArray *text; /* xmlNode: the text nodes, in order; */
	GArray *end;     /* guint: where each ends in c; what lies between two stands for something else */
	GArray *start;
} Typesetter;

static const char *const untouched[] = {"code",  "pre",       "note",  "island",  "date", "isbn",
                                        "address", "telephone", "email", "website", NULL};
static const char *const inlines[] = {"em", "strong", "a", "q", "code", "image", "br", "note", "footnote", NULL};
static const char *const attributes[] = {"alt", "title", "label", "at", NULL}; /* those that are printed; at: of an exit */

static gboolean is_one_of(const xmlNode *node, const char *const *names)
{
	return node->type == XML_ELEMENT_NODE && g_strv_contains(names, (const char *)node->name);
}

static void add_character(Typesetter *s, gunichar c)
{
	g_array_append_val(s->c, c);
}

static void add_text(Typesetter *s, xmlNode *text)
{
	const guchar *p = text->content;
	guint at = s->c->len;

	g_ptr_array_add(s->text, text);
	g_array_append_val(s->start, at);
	while (*p != '\0') {
		gunichar c = *p < 0x80 ? *p : g_utf8_get_char((const char *)p);
		g_array_append_val(s->c, c);
		p = *p < 0x80 ? p + 1 : (const guchar *)g_utf8_next_char((const char *)p);
	}
	at = s->c->len;
	g_array_append_val(s->end, at);
}

static void gather(Typesetter *s, const xmlNode *parent)
{
	for (xmlNode *n = parent->children; n != NULL; n = n->next) {
		if (n->type == XML_TEXT_NODE && n->content != NULL)
			add_text(s, n);
		else if (xml_is(n, "code") || xml_is(n, "image"))
			add_character(s, OBJECT);
		else if (xml_is(n, "br"))
			add_character(s, '\n');
		else if (xml_is(n, "q")) {
			add_character(s, 0x201C);
			gather(s, n);
			add_character(s, 0x201D);
		} else if (n->type == XML_ELEMENT_NODE && !xml_is(n, "note") && !xml_is(n, "footnote"))
			gather(s, n);
	}
}

static gboolean is_gap(gunichar c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '<' || c == '>';
}

/* Words that are an address of the web or of mail. */
static guint8 *find_addresses(const Typesetter *s)
{
	const gunichar *c = (const gunichar *)(const void *)s->c->data;
	guint n = s->c->len;
	guint8 *fixed = NULL;

	for (guint i = 1; i + 2 < n; i++) {
		gboolean web = (c[i] == ':' && c[i + 1] == '/' && c[i + 2] == '/') || (c[i] == 'w' && c[i + 1] == 'w' && c[i + 2] == '.');
		gboolean mail = c[i] == '@' && !is_gap(c[i - 1]) && !is_gap(c[i + 1]);
		if (!web && !mail)
			continue;
		if (fixed == NULL)
			fixed = g_malloc0(n);
		guint k = i;
		for (; k > 0 && !is_gap(c[k - 1]) && !fixed[k - 1]; k--)
			fixed[k - 1] = 1;
		while (k < i && strchr("('\"", (int)MIN(c[k], 0x7F)) != NULL)
			fixed[k++] = 0;
		for (; i < n && !is_gap(c[i]); i++)
			fixed[i] = 1;
		while (i > 0 && strchr("'\".,;:!?)", (int)MIN(c[i - 1], 0x7F)) != NULL)
			fixed[--i] = 0;
	}
	return fixed;
}

static void put_back(Typesetter *s)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (guint i = 0; i < s->text->len; i++) {
		xmlNode *text = s->text->pdata[i];
		g_string_truncate(out, 0);
		for (guint k = g_array_index(s->start, guint, i); k < g_array_index(s->end, guint, i); k++) {
			gunichar c = g_array_index(s->c, gunichar, k);
			if (c >= ESCAPE_FIRST && c <= ESCAPE_LAST)
				c = (gunichar)ESCAPABLE[c - ESCAPE_FIRST];
			if (c < 0x80)
				g_string_append_c(out, (char)c);
			else if (c != GONE)
				g_string_append_unichar(out, c);
		}
		if (strcmp(out->str, (const char *)text->content) != 0)
			xmlNodeSetContent(text, BAD_CAST out->str);
	}
}

static void set_gathered(Typesetter *s)
{
	g_autofree guint8 *fixed = s->rules.tongue != NULL ? find_addresses(s) : NULL;

	s->rules.c = (gunichar *)(void *)s->c->data;
	s->rules.n = s->c->len;
	s->rules.fixed = fixed;
	if (s->rules.tongue != NULL)
		typography_apply(&s->rules);
	put_back(s);
	g_array_set_size(s->c, 0);
	g_array_set_size(s->start, 0);
	g_array_set_size(s->end, 0);
	g_ptr_array_set_size(s->text, 0);
}

static void set_attributes(Typesetter *s, const xmlNode *element)
{
	for (const xmlAttr *a = element->properties; a != NULL; a = a->next) {
		if (!g_strv_contains(attributes, (const char *)a->name) || a->children == NULL || a->children->content == NULL)
			continue;
		s->rules.single_open = s->rules.double_open = FALSE;
		add_text(s, a->children);
		set_gathered(s);
	}
}

static gboolean is_blank(const xmlNode *text)
{
	return ((const char *)text->content)[strspn((const char *)text->content, " \t\r\n")] == '\0';
}

/* An element with text of its own, or with something that belongs in a line. */
static gboolean is_block(const xmlNode *element)
{
	for (const xmlNode *n = element->children; n != NULL; n = n->next)
		if ((n->type == XML_TEXT_NODE && n->content != NULL && !is_blank(n)) || is_one_of(n, inlines))
			return TRUE;
	return FALSE;
}

static const xmlNode *previous_element(const xmlNode *node)
{
	for (node = node->prev; node != NULL && node->type != XML_ELEMENT_NODE;)
		node = node->prev;
	return node;
}

static void set_block(Typesetter *s, const xmlNode *element)
{
	const xmlNode *previous = previous_element(element);

	if (!xml_is(element, "p") || previous == NULL || !xml_is(previous, "p"))
		s->rules.single_open = s->rules.double_open = FALSE;
	gather(s, element);
	set_gathered(s);
}

/* A footnote's blocks are set after the block they stand in: they have quotations of their own. */
static void set_element(Typesetter *s, const xmlNode *element, gboolean within)
{
	gboolean single, twice;

	set_attributes(s, element);
	if (is_one_of(element, untouched))
		return;
	within = within && !xml_is(element, "footnote");
	if (!within && is_block(element)) {
		set_block(s, element);
		within = TRUE;
	}
	single = s->rules.single_open;
	twice = s->rules.double_open;
	for (const xmlNode *n = element->children; n != NULL; n = n->next)
		if (n->type == XML_ELEMENT_NODE)
			set_element(s, n, within);
	if (within) {
		s->rules.single_open = single;
		s->rules.double_open = twice;
	}
}

void source_typeset(xmlNode *node, const char *language)
{
	Typesetter s = {.rules.tongue = tongue_lookup(language)};

	s.c = g_array_new(FALSE, FALSE, sizeof(gunichar));
	s.text = g_ptr_array_new();
	s.start = g_array_new(FALSE, FALSE, sizeof(guint));
	s.end = g_array_new(FALSE, FALSE, sizeof(guint));
	if (node->type == XML_ELEMENT_NODE)
		set_element(&s, node, FALSE);
	g_array_unref(s.c);
	g_ptr_array_unref(s.text);
	g_array_unref(s.start);
	g_array_unref(s.end);
}
