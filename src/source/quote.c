/* Block quotes: a quote by somebody, a box, a plain quotation; and the codes at their end. */
#include "source/markdown.h"

#include <string.h>

typedef struct {
	char *label;
	char *scope; /* the case between brackets behind it, or NULL */
} Speaker;

static void speaker_clear(Speaker *s)
{
	g_free(s->label);
	g_free(s->scope);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Speaker, speaker_clear)

/* "Moeder (noor)" in its two parts. */
static Speaker speaker_new(const char *text, gsize length)
{
	g_autofree char *whole = g_strstrip(g_strndup(text, length));
	char *open = strrchr(whole, '(');
	gsize end = strlen(whole);
	Speaker s = {NULL, NULL};

	if (open != NULL && open > whole && whole[end - 1] == ')') {
		s.scope = g_strstrip(g_strndup(open + 1, end - (gsize)(open - whole) - 2));
		*open = '\0';
	}
	s.label = g_strdup(g_strstrip(whole));
	return s;
}

static gboolean is_type(cmark_node *node, cmark_node_type type)
{
	return node != NULL && cmark_node_get_type(node) == type;
}

static void drop_leading_space(cmark_node *paragraph)
{
	for (cmark_node *n; (n = cmark_node_first_child(paragraph)) != NULL;) {
		if (is_type(n, CMARK_NODE_TEXT)) {
			g_autofree char *rest = g_strchug(g_strdup(cmark_node_get_literal(n)));
			if (*rest != '\0') {
				cmark_node_set_literal(n, rest);
				return;
			}
		} else if (!is_type(n, CMARK_NODE_SOFTBREAK) && !is_type(n, CMARK_NODE_LINEBREAK)) {
			return;
		}
		cmark_node_free(n);
	}
}

/* Only the words of a name are kept: what else stands between its marks would be lost. */
static void check_name(Body *b, cmark_node *strong)
{
	cmark_iter *i = cmark_iter_new(strong);
	gboolean more = FALSE;

	while (cmark_iter_next(i) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(i);
		more = more || is_type(n, CMARK_NODE_HTML_INLINE) || is_type(n, CMARK_NODE_IMAGE) || is_type(n, CMARK_NODE_LINK);
	}
	cmark_iter_free(i);
	if (more)
		grumble(b, MSG_BODY_QUOTE_NAME, body_inline_line(b, strong, body_line(b, cmark_node_parent(strong))), "**");
}

/* **Naam:** or **Naam**: at the beginning; taken out of cmark's tree. */
static gboolean take_bold_speaker(Body *b, cmark_node *paragraph, Speaker *speaker)
{
	cmark_node *strong = cmark_node_first_child(paragraph), *after;
	g_autofree char *name = NULL;
	gsize length;

	if (!is_type(strong, CMARK_NODE_STRONG))
		return FALSE;
	name = g_strchomp(body_plain(strong));
	length = strlen(name);
	after = cmark_node_next(strong);
	if (length > 1 && name[length - 1] == ':') {
		*speaker = speaker_new(name, length - 1);
	} else if (length > 0 && is_type(after, CMARK_NODE_TEXT) && cmark_node_get_literal(after)[0] == ':') {
		g_autofree char *rest = g_strdup(cmark_node_get_literal(after) + 1);
		*speaker = speaker_new(name, length);
		cmark_node_set_literal(after, rest);
	} else {
		return FALSE;
	}
	check_name(b, strong);
	cmark_node_free(strong);
	drop_leading_space(paragraph);
	return TRUE;
}

/* A plain "Naam:" that may be a speaker's: at most four words without the marks of a sentence. The words stay in the text. */
static gboolean peek_plain_speaker(cmark_node *paragraph, Speaker *speaker)
{
	cmark_node *first = cmark_node_first_child(paragraph);
	const char *text = is_type(first, CMARK_NODE_TEXT) ? cmark_node_get_literal(first) : "";
	gsize length = strcspn(text, ":.,;!?\"\n");
	int words = 1;

	if (text[length] != ':' || length < 2 || length > 60)
		return FALSE;
	if (text[length + 1] != ' ' && (text[length + 1] != '\0' || cmark_node_next(first) == NULL))
		return FALSE;
	for (gsize i = 0; i < length; i++)
		words += text[i] == ' ';
	if (words > 4)
		return FALSE;
	*speaker = speaker_new(text, length);
	return *speaker->label != '\0';
}

static gboolean is_code(const char *word, gsize length)
{
	if (length < 2 || word[0] != '#')
		return FALSE;
	for (gsize i = 1; i < length; i++)
		if (!g_ascii_isalnum(word[i]) && strchr("-_.", word[i]) == NULL && (guchar)word[i] < 0x80)
			return FALSE;
	return TRUE;
}

static gsize trim_end(const char *text, gsize length)
{
	while (length > 0 && (g_ascii_isspace(text[length - 1]) || strchr(",;.", text[length - 1]) != NULL))
		length--;
	return length;
}

/* Cuts the row of codes off the end of text and returns them, in order; NULL: none. */
static char *cut_codes(char *text)
{
	g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func(g_free);
	GString *out;
	gsize end = strlen(text);

	for (;;) {
		gsize last = trim_end(text, end), first = last;
		while (first > 0 && !g_ascii_isspace(text[first - 1]))
			first--;
		if (!is_code(text + first, last - first))
			break;
		g_ptr_array_add(codes, g_strndup(text + first + 1, last - first - 1));
		end = first;
	}
	if (codes->len == 0)
		return NULL;
	while (end > 0 && g_ascii_isspace(text[end - 1]))
		end--;
	text[end] = '\0';
	out = g_string_new(codes->pdata[codes->len - 1]);
	for (guint i = codes->len - 1; i > 0; i--)
		g_string_append_printf(out, " %s", (char *)codes->pdata[i - 1]);
	return g_string_free(out, FALSE);
}

static gboolean is_blank_text(const xmlNode *n)
{
	return n->type == XML_TEXT_NODE && strspn((const char *)n->content, " \t\n") == strlen((const char *)n->content);
}

/* The last thing in it that a reader sees: not an editor's note. */
static xmlNode *last_but_notes(xmlNode *parent)
{
	xmlNode *last = xmlGetLastChild(parent);

	while (last != NULL && (xml_is(last, "note") || (last->next != NULL && is_blank_text(last))))
		last = last->prev;
	return last;
}

/* Notes stay, when nothing else of their paragraph does. */
static void drop_paragraph(xmlNode *p)
{
	for (xmlNode *n = p->children, *next; n != NULL; n = next) {
		next = n->next;
		if (xml_is(n, "note"))
			xmlAddPrevSibling(p, n);
	}
	xmlUnlinkNode(p);
	xmlFreeNode(p);
}

static void take_codes(Body *b, xmlNode *quote)
{
	xmlNode *p = last_but_notes(quote), *text;
	g_autofree char *content = NULL, *codes = NULL;

	if (p == NULL || !xml_is(p, "p") || (text = last_but_notes(p)) == NULL || text->type != XML_TEXT_NODE)
		return;
	content = g_strdup((const char *)text->content);
	codes = cut_codes(content);
	if (codes == NULL)
		return;
	body_attribute(b, quote, "codes", codes);
	if (*content != '\0') {
		xmlNodeSetContent(text, NULL);
		xmlNodeAddContent(text, BAD_CAST content);
		return;
	}
	xmlUnlinkNode(text);
	xmlFreeNode(text);
	if (last_but_notes(p) == NULL)
		drop_paragraph(p);
}

/* Length of the row of codes at text, of which length bytes are the first. */
static gsize row_length(const char *text, gsize length)
{
	for (;;) {
		gsize space = strspn(text + length, " \t,"), word = 1 + strcspn(text + length + space + (text[length + space] != '\0'), " \t\n,;.!?()\"");
		if (space == 0 || text[length + space] != '#' || !is_code(text + length + space, word))
			return length;
		length += space + word;
	}
}

static gboolean is_printed(const xmlNode *text)
{
	return !xml_is(text->parent, "code") && !xml_is(text->parent, "pre") && !xml_is(text->parent, "note");
}

/* A code anywhere but at the end would be printed. */
static void check_codes(Body *b, xmlNode *quote)
{
	for (xmlNode *n = quote; n != NULL; n = xml_following(n, quote)) {
		const char *text = n->type == XML_TEXT_NODE && is_printed(n) ? (const char *)n->content : NULL;
		for (const char *p = text; p != NULL && (p = strchr(p, '#')) != NULL; p++) {
			gsize length = 1 + strcspn(p + 1, " \t\n,;.!?()\"");
			g_autofree char *word = g_strndup(p, length);
			if ((p == text || g_ascii_isspace(p[-1]) || p[-1] == '(') && is_code(word, length) && g_ascii_isalpha(word[1])) {
				grumble(b, MSG_BODY_CODE_PLACE, xml_position(n->parent).line, word, word);
				p += row_length(p, length) - 1;
			} else if ((p == text || g_ascii_isspace(p[-1])) && p[1] == ' ' && g_ascii_islower(p[2])) {
				g_autofree char *loose = g_strndup(p, 2 + strcspn(p + 2, " \t\n,;.!?()\""));
				grumble(b, MSG_BODY_CODE_SPACE, xml_position(n->parent).line, loose, loose + 2);
			}
		}
	}
}

/* **Naam:** at the beginning of a line, where the quote has a speaker already: two quotes without an empty line between them. */
static void check_second_speaker(Body *b, cmark_node *paragraph, gboolean first)
{
	for (cmark_node *n = cmark_node_first_child(paragraph); n != NULL; n = cmark_node_next(n)) {
		cmark_node *before = cmark_node_previous(n), *after = cmark_node_next(n);
		gboolean opens = before == NULL ? !first : is_type(before, CMARK_NODE_SOFTBREAK) || is_type(before, CMARK_NODE_LINEBREAK);
		if (!opens || !is_type(n, CMARK_NODE_STRONG))
			continue;
		g_autofree char *name = g_strchomp(body_plain(n));
		gsize length = strlen(name);
		gboolean behind = is_type(after, CMARK_NODE_TEXT) && cmark_node_get_literal(after)[0] == ':';
		if (length < 2 || length > 60 || (name[length - 1] != ':' && !behind))
			continue;
		name[length - (name[length - 1] == ':')] = '\0';
		grumble(b, MSG_BODY_QUOTE_SECOND, body_inline_line(b, n, body_line(b, paragraph)), name, name);
		b->merged = TRUE;
	}
}

/* **Naam: of which the stars make no bold: the name would be taken for what was said. */
static gboolean check_stars(Body *b, cmark_node *paragraph, int line)
{
	cmark_node *first = cmark_node_first_child(paragraph);
	g_autofree char *text = is_type(first, CMARK_NODE_TEXT) ? body_plain(paragraph) : g_strdup("");

	if (strncmp(text, "**", 2) != 0 || text[strcspn(text, ":.,;!?\"")] != ':')
		return FALSE;
	grumble(b, MSG_BODY_QUOTE_STARS, line, "**");
	return TRUE;
}

/* "[!quote] Noor", as another program begins a box. */
static void check_callout(Body *b, cmark_node *paragraph, int line)
{
	g_autofree char *text = body_plain(paragraph);
	gsize length = strcspn(text, "] \n");

	if (strncmp(text, "[!", 2) != 0 || length < 3 || text[length] != ']')
		return;
	text[length + 1] = '\0';
	grumble(b, MSG_BODY_CALLOUT, line, text, text);
}

static void convert_box(Body *b, cmark_node *node, xmlNode *parent)
{
	cmark_node *heading = cmark_node_first_child(node);
	int line = body_line(b, node), title_line = body_line(b, heading);
	xmlNode *box = body_element(b, parent, "box", line);

	if (cmark_node_first_child(heading) == NULL)
		grumble(b, MSG_BODY_HEADING_EMPTY, title_line, NULL);
	body_leaf(b, heading, body_element(b, box, "title", title_line), title_line);
	body_blocks(b, cmark_node_next(heading), box);
	if (cmark_node_next(heading) == NULL)
		grumble(b, MSG_BODY_BOX_EMPTY, line, NULL);
}

static void convert_quote(Body *b, cmark_node *node, xmlNode *parent)
{
	cmark_node *first = cmark_node_first_child(node);
	gboolean paragraph = is_type(first, CMARK_NODE_PARAGRAPH), outer = b->in_quote, spoken = b->speaking, merged = b->merged;
	g_auto(Speaker) speaker = {NULL, NULL};
	gboolean bold = paragraph && take_bold_speaker(b, first, &speaker), stars;
	int line = body_line(b, node);
	xmlNode *quote = body_element(b, parent, bold ? "quote" : "quotation", line);

	if (paragraph && !bold)
		check_callout(b, first, line);
	stars = paragraph && !bold && check_stars(b, first, line);
	if (bold || (paragraph && !stars && peek_plain_speaker(first, &speaker))) {
		body_attribute(b, quote, "label", speaker.label);
		if (speaker.scope != NULL)
			body_attribute(b, quote, "case", speaker.scope);
	}
	if (bold && cmark_node_first_child(first) == NULL) {
		cmark_node_free(first);
		first = cmark_node_first_child(node);
	}
	b->in_quote = TRUE;
	b->speaking = speaker.label != NULL;
	b->merged = stars;
	for (cmark_node *n = first; bold && n != NULL; n = cmark_node_next(n))
		if (is_type(n, CMARK_NODE_PARAGRAPH))
			check_second_speaker(b, n, n == first);
	body_blocks(b, first, quote);
	take_codes(b, quote);
	if (!outer && !b->merged)
		check_codes(b, quote);
	b->in_quote = outer;
	b->speaking = spoken;
	b->merged = merged;
	if (quote->children == NULL)
		grumble(b, MSG_BODY_QUOTE_EMPTY, line, NULL);
}

void body_quote(Body *b, cmark_node *node, xmlNode *parent)
{
	b->quotes++;
	if (is_type(cmark_node_first_child(node), CMARK_NODE_HEADING))
		convert_box(b, node, parent);
	else
		convert_quote(b, node, parent);
	b->quotes--;
}
