/* Brings the text of each block, through its inline elements, to the rules of typography, and back. */
#include "source/internal.h"
#include "source/typography.h"

#include <string.h>

typedef struct {
	xmlNode *text;
	guint start, end; /* in rules.c; what lies between two pieces stands for something else */
} Piece;

typedef struct {
	Typography rules;
	guint room;    /* characters allocated in rules.c */
	GArray *piece; /* Piece */
	gboolean addresses; /* there may be some */
} Typesetter;

static const char *const untouched[] = {"code",  "pre",       "note",  "island",  "date", "isbn",
                                        "address", "telephone", "email", "website", NULL};
static const char *const inlines[] = {"em", "strong", "a", "q", "code", "image", "br", "note", "footnote", NULL};
static const char *const attributes[] = {"alt", "title", "label", "at", NULL}; /* those that are printed; at: of an exit */

static gboolean is_named(const char *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (**names == *name && strcmp(*names, name) == 0)
			return TRUE;
	return FALSE;
}

static gboolean is_one_of(const xmlNode *node, const char *const *names)
{
	return node->type == XML_ELEMENT_NODE && is_named((const char *)node->name, names);
}

static void make_room(Typesetter *s, gsize more)
{
	if (s->rules.n + more <= s->room)
		return;
	s->room = (guint)(s->rules.n + more) * 2;
	s->rules.c = g_renew(gunichar, s->rules.c, s->room);
}

static void add_character(Typesetter *s, gunichar c)
{
	make_room(s, 1);
	s->rules.c[s->rules.n++] = c;
}

/* UTF-8 to characters; returns where the next one would go. */
static gunichar *widen(const char *p, const char *end, gunichar *to)
{
	while (p < end) {
		guint64 word = 0;
		if (end - p >= 8)
			memcpy(&word, p, sizeof word);
		if (word != 0 && (word & G_GUINT64_CONSTANT(0x8080808080808080)) == 0) {
			for (int k = 0; k < 8; k++)
				to[k] = (guchar)p[k];
			to += 8;
			p += 8;
		} else {
			*to++ = g_utf8_get_char(p);
			p = g_utf8_next_char(p);
		}
	}
	return to;
}

static void add_text(Typesetter *s, xmlNode *text)
{
	const char *p = (const char *)text->content, *end = p + strlen(p);
	Piece piece = {text, s->rules.n, 0};

	s->addresses = s->addresses || memchr(p, '@', (gsize)(end - p)) != NULL || strstr(p, "://") != NULL || strstr(p, "www.") != NULL;
	make_room(s, (gsize)(end - p));
	s->rules.n = piece.end = (guint)(widen(p, end, s->rules.c + s->rules.n) - s->rules.c);
	g_array_append_val(s->piece, piece);
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
	const gunichar *c = s->rules.c;
	guint n = s->rules.n;
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

static void put_back(const Typesetter *s, const Piece *piece)
{
	g_autofree char *out = g_malloc(6 * (gsize)(piece->end - piece->start) + 1);
	char *to = out;

	for (guint k = piece->start; k < piece->end; k++) {
		gunichar c = s->rules.c[k];
		if (c < 0x80)
			*to++ = (char)c;
		else if (c != GONE)
			to += g_unichar_to_utf8(c, to);
	}
	*to = '\0';
	escape_show(out, FALSE);
	xmlNodeSetContent(piece->text, BAD_CAST out);
}

static gboolean has_escape(const Piece *piece)
{
	return strchr((const char *)piece->text->content, 0xEF) != NULL;
}

static void set_gathered(Typesetter *s)
{
	g_autofree guint8 *fixed = s->rules.tongue != NULL && s->addresses ? find_addresses(s) : NULL;

	s->rules.fixed = fixed;
	s->rules.first = G_MAXUINT;
	if (s->rules.tongue != NULL)
		typography_apply(&s->rules);
	for (guint i = 0; i < s->piece->len; i++) {
		const Piece *piece = &g_array_index(s->piece, Piece, i);
		if ((s->rules.first < piece->end && s->rules.last >= piece->start) || has_escape(piece))
			put_back(s, piece);
	}
	g_array_set_size(s->piece, 0);
	s->rules.n = 0;
	s->addresses = FALSE;
}

static void set_attributes(Typesetter *s, const xmlNode *element)
{
	for (const xmlAttr *a = element->properties; a != NULL; a = a->next) {
		if (!is_named((const char *)a->name, attributes) || a->children == NULL || a->children->content == NULL)
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

	s.piece = g_array_new(FALSE, FALSE, sizeof(Piece));
	if (node->type == XML_ELEMENT_NODE)
		set_element(&s, node, FALSE);
	g_array_unref(s.piece);
	g_free(s.rules.c);
}
