/* The author's exact place of an attribute's value or of words in the text, found in the file as it was written; and small steps
 * through the tree that this room takes often. */
#include "document/room.h"

#include "base/text.h"

#include <string.h>

enum { LINES_AHEAD = 60 };

/* The part of the text in which something of the element may be written: from its line on. */
static const char *line_window(const char *text, gsize size, int line, gsize *length)
{
	const char *end = text + size, *p = text, *stop;

	for (int i = 1; i < line; i++) {
		p = memchr(p, '\n', (gsize)(end - p));
		if (p == NULL)
			return NULL;
		p++;
	}
	stop = p;
	for (int i = 0; i < LINES_AHEAD && stop < end; i++) {
		const char *next = memchr(stop, '\n', (gsize)(end - stop));
		stop = next != NULL ? next + 1 : end;
	}
	*length = (gsize)(stop - p);
	return p;
}

static gboolean is_name_byte(char c)
{
	return g_ascii_isalnum(c) || c == '-' || c == '_' || (guchar)c >= 0x80;
}

/* The words of a list are looked for whole, so that 'noor' is not found in 'vader-noor'. */
static const char *find_word(const char *p, gsize size, const char *word)
{
	gsize n = strlen(word);

	for (const char *hit = p; (hit = g_strstr_len(hit, (gssize)(p + size - hit), word)) != NULL; hit++) {
		gboolean open = hit == p || !is_name_byte(hit[-1]) || !is_name_byte(*word);
		gboolean closed = hit + n == p + size || !is_name_byte(hit[n]) || (n > 0 && !is_name_byte(word[n - 1]));
		if (open && closed)
			return hit;
	}
	return NULL;
}

/* A value as libxml2 gives it, as long as it is in the file: there a space may be the end of a line. NULL: it is another value. */
static const char *match_value(const char *p, const char *end, const char *value)
{
	for (; *value != '\0' && p < end; value++, p++) {
		if (*p == '\r' && p + 1 < end && p[1] == '\n')
			p++;
		if (*p != *value && !(*value == ' ' && g_ascii_isspace(*p)))
			return NULL;
	}
	return *value == '\0' && p < end ? p : NULL;
}

/* Finds attribute="value" and in it part. */
static const char *find_value(const char *p, gsize size, const char *attribute, const char *value, const char *part)
{
	const char *end = p + size, *close;

	for (const char *hit = p; (hit = find_word(hit, (gsize)(end - hit), attribute)) != NULL; hit++) {
		const char *q = hit + strlen(attribute);
		while (q < end && g_ascii_isspace(*q))
			q++;
		if (q >= end || *q != '=')
			continue;
		for (q++; q < end && g_ascii_isspace(*q);)
			q++;
		if (q >= end || (*q != '"' && *q != '\''))
			continue;
		close = match_value(q + 1, end, value);
		if (close != NULL && *close == *q)
			return find_word(q + 1, (gsize)(close - q - 1), part);
	}
	return NULL;
}

Position place_attribute_in(const char *text, gsize size, Position at, const xmlNode *element, const char *attribute,
                            const char *part)
{
	const char *value = xml_attribute(element, attribute), *hit = NULL;
	gsize length = 0;
	const char *window = text != NULL && at.line > 0 ? line_window(text, size, at.line, &length) : NULL;

	at.focus = part;
	if (window != NULL && value != NULL)
		hit = find_value(window, length, attribute, value, part);
	if (hit != NULL)
		text_locate(text, (gsize)(hit - text), &at.line, &at.column);
	return at;
}

Position place_attribute(const Workspace *w, const xmlNode *element, const char *attribute, const char *part)
{
	Position at = xml_position(element);
	gsize size = 0;
	g_autoptr(GBytes) owned = NULL;
	const DocumentFile *file = at.file != NULL ? workspace_lookup_name(w, at.file) : NULL;
	const char *text = file != NULL ? read_text(w, file, &size, &owned) : NULL;

	return place_attribute_in(text, size, at, element, attribute, part);
}

Position place_text(const Workspace *w, const xmlNode *element, const char *words)
{
	Position at = xml_position(element);
	gsize size = 0, length = 0;
	g_autoptr(GBytes) owned = NULL;
	const DocumentFile *file = at.file != NULL ? workspace_lookup_name(w, at.file) : NULL;
	const char *text = file != NULL ? read_text(w, file, &size, &owned) : NULL;
	const char *window = text != NULL && at.line > 0 ? line_window(text, size, at.line, &length) : NULL;

	at.focus = words;
	if (window != NULL) {
		if (at.column > 1) {
			const char *start = window;
			for (int i = 1; i < at.column && start < window + length && *start != '\n'; i++)
				start = g_utf8_next_char(start);
			length -= (gsize)(start - window);
			window = start;
		}
		const char *hit = find_word(window, length, words);
		if (hit != NULL)
			text_locate(text, (gsize)(hit - text), &at.line, &at.column);
	}
	return at;
}

xmlNode *node_after(const xmlNode *node, const xmlNode *top)
{
	while (node != top && node->next == NULL)
		node = node->parent;
	return node != top ? node->next : NULL;
}

static void add_words(GString *out, const char *text)
{
	static const char blank[] = " \n\t\r";

	while (*text != '\0') {
		const gsize spaces = strspn(text, blank), letters = strcspn(text + spaces, blank);
		if (spaces > 0 && out->len > 0 && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
		g_string_append_len(out, text + spaces, (gssize)letters);
		text += spaces + letters;
	}
}

char *node_text(const xmlNode *node)
{
	GString *out = g_string_new(NULL);

	for (const xmlNode *n = node->children, *next; n != NULL; n = next) {
		gboolean apart = xml_is(n, "note") || xml_is(n, "footnote");
		next = apart ? node_after(n, node) : xml_following(n, node);
		if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content != NULL)
			add_words(out, (const char *)n->content);
	}
	if (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, FALSE);
}

xmlNode *node_add(xmlNode *parent, const char *name)
{
	return xmlNewChild(parent, NULL, BAD_CAST name, NULL);
}

void node_set(xmlNode *element, const char *attribute, const char *value)
{
	if (value != NULL)
		xmlSetProp(element, BAD_CAST attribute, BAD_CAST value);
}

void node_unset(xmlNode *element, const char *attribute)
{
	xmlUnsetProp(element, BAD_CAST attribute);
}

char *node_language(const xmlNode *element)
{
	xmlChar *value = xmlGetNsProp(element, BAD_CAST "lang", XML_XML_NAMESPACE);
	char *language = g_strdup((const char *)value);

	xmlFree(value);
	return language;
}

char **split_words(const char *list)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();

	for (const char *p = list != NULL ? list : ""; *p != '\0';) {
		gsize n = strcspn(p, " \t\r\n");
		if (n > 0)
			g_ptr_array_add(words, g_strndup(p, n));
		p += n + strspn(p + n, " \t\r\n");
	}
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
}
