/* What stands in a line: emphasis, code, links, pictures, marks of notes. */
#include "source/markdown.h"

#include <string.h>

typedef struct {
	Body *b;
	xmlNode *parent;
	GString *text; /* what is not yet in the tree */
	int line;      /* where it began */
	int now;       /* where we are */
} Run;

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789^"

static const char *const schemes[] = {"http", "https", "mailto", "tel", NULL};

/* The scheme of an address, lower case, as a browser would find it (spaces and controls do not count); NULL: none. */
static char *find_scheme(const char *address)
{
	GString *out = g_string_new(NULL);

	for (const char *p = address; *p != '\0'; p++) {
		if ((guchar)*p <= 0x20)
			continue;
		if (*p == ':' && out->len > 0)
			return g_string_free(out, FALSE);
		if (!g_ascii_isalnum(*p) && strchr("+-.", *p) == NULL)
			break;
		g_string_append_c(out, g_ascii_tolower(*p));
	}
	g_string_free(out, TRUE);
	return NULL;
}

/* address is looked for behind what was seen of the block so far. */
static void check_address(Body *b, const char *address, gboolean picture, int line)
{
	gboolean empty = *address == '\0';
	g_autofree char *scheme = find_scheme(address);
	gboolean bare = scheme != NULL && (g_str_has_suffix(address, ":") || (g_str_has_prefix(scheme, "http") && strstr(address, "://") == NULL)); /* "mailto:", "https:/x" */
	g_autofree char *shown = NULL;
	Position at;

	if (!empty && !g_str_has_prefix(address, "//") && !bare && (scheme == NULL || (!picture && g_strv_contains(schemes, scheme))))
		return;
	shown = g_strdup(empty ? "](" : address);
	escape_show(shown, FALSE);
	at = body_find(b, line, shown);
	if (empty)
		grumble_at(b, picture ? MSG_BODY_IMAGE_EMPTY : MSG_BODY_LINK_EMPTY, &at);
	else
		grumble_at(b, picture ? MSG_BODY_IMAGE_ADDRESS : MSG_BODY_LINK_SCHEME, &at, shown);
}

/* The element's place: where start is found. */
static Position set_position(Body *b, xmlNode *element, const char *start)
{
	Position at = body_find(b, (int)xmlGetLineNo(element), start);

	if (at.column > 1)
		xml_number_add(element, "column", at.column);
	return at;
}

/* In a title nothing is a comment. */
static void check_title(Body *b, cmark_node *node, int line)
{
	const char *title = cmark_node_get_title(node);
	const char *sign = strstr(title, "<!") != NULL ? "<!" : strstr(title, "-->") != NULL ? "-->" : NULL;

	if (sign == NULL)
		return;
	Position at = body_find(b, line, sign);
	grumble_at(b, MSG_BODY_COMMENT_TITLE, &at);
}

void body_image(Body *b, cmark_node *node, xmlNode *element)
{
	const char *address = cmark_node_get_url(node);
	g_autofree char *alt = body_plain(node);
	Position at = set_position(b, element, "![");

	if (*g_strstrip(alt) == '\0')
		grumble_at(b, MSG_BODY_IMAGE_ALT, &at);
	body_check_comments(b, alt, at.line);
	check_title(b, node, at.line);
	check_address(b, address, TRUE, at.line);
	body_attribute(b, element, "href", address);
	body_attribute(b, element, "alt", alt);
}

/* Length of the web address at text, 0 when there is none; as GitHub's autolinks. */
static gsize bare_address(const char *text)
{
	gsize n = g_str_has_prefix(text, "https://") ? 8 : g_str_has_prefix(text, "http://") ? 7 : 0;
	gsize first = n;
	int parentheses = 0;

	if (n == 0)
		return 0;
	while (text[n] != '\0' && !g_ascii_isspace(text[n]) && text[n] != '<' && text[n] != '[' && (guchar)text[n] < 0x80) {
		parentheses += (text[n] == '(') - (text[n] == ')');
		n++;
	}
	while (n > first && (strchr("?!.,:;*_~'\"", text[n - 1]) != NULL || (text[n - 1] == ')' && parentheses < 0))) {
		parentheses += text[n - 1] == ')';
		n--;
	}
	return n > first && g_ascii_isalnum(text[first]) ? n : 0;
}

static void add_bare_link(Run *r, const char *text, gsize length, int line)
{
	g_autofree char *address = g_strndup(text, length);
	xmlNode *a = body_element(r->b, r->parent, "a", line);

	body_attribute(r->b, a, "href", address);
	body_text(r->b, a, address, length);
}

/* Length of a note's mark at text, brackets and all; 0 when there is none. */
static gsize mark_length(const char *text)
{
	gsize n = strncmp(text, "[^", 2) == 0 ? 2 + strcspn(text + 2, "] \t\n[") : 0;

	return n > 2 && n < 100 && text[n] == ']' ? n + 1 : 0;
}

static void check_text(Run *r)
{
	static const char *const codes[] = {"#helpend", "#niet-helpend"};
	const char *open = strstr(r->text->str, "~~");
	gboolean hash = !r->b->in_quote && strchr(r->text->str, '#') != NULL;

	body_check_comments(r->b, r->text->str, r->line);
	slips_text(r->b, r->text->str, r->line);
	strays_text(r->b, r->text->str, r->line);
	if (open != NULL && !g_ascii_isspace(open[2]) && open[2] != '~' && strstr(open + 2, "~~") != NULL)
		grumble(r->b, MSG_BODY_STRIKETHROUGH, r->line, "~~");
	for (int i = 0; i < 2 && hash; i++)
		if (strstr(r->text->str, codes[i]) != NULL)
			grumble(r->b, MSG_BODY_CODE_OUTSIDE, r->line, codes[i], codes[i]);
}

static void flush(Run *r)
{
	const char *text = r->text->str, *from = text;
	int line = r->line;

	if (*text == '\0') {
		r->line = r->now;
		return;
	}
	for (char *bad = r->text->str; (bad = strpbrk(bad, "\xFE\xFF")) != NULL; *bad = '?') /* see clean() */
		grumble(r->b, MSG_SOURCE_CONTROL, line, "&#", "&#...;");
	check_text(r);
	for (const char *p = strchr(text, '[') != NULL || strstr(text, "http") != NULL ? text : NULL; p != NULL && (p = strpbrk(p, "[h\n")) != NULL;) {
		gsize mark = *p == '[' ? mark_length(p) : 0;
		gsize address = *p == 'h' && !r->b->in_link && (p == text || !g_ascii_isalnum(p[-1])) ? bare_address(p) : 0;
		line += *p == '\n';
		if (mark == 0 && address == 0) {
			p++;
			continue;
		}
		body_text(r->b, r->parent, from, (gsize)(p - from));
		if (mark > 0) {
			g_autofree char *label = g_strndup(p + 2, mark - 3);
			notes_mark(r->b, label, r->parent, line);
		} else {
			add_bare_link(r, p, address, line);
		}
		p += mark + address;
		from = p;
	}
	body_text(r->b, r->parent, from, strlen(from));
	g_string_truncate(r->text, 0);
	r->line = r->now;
}

static void convert_link(Run *r, cmark_node *node)
{
	Body *b = r->b;
	const char *address = cmark_node_get_url(node), *title = cmark_node_get_title(node);
	cmark_node *first = cmark_node_first_child(node);
	const char *literal = first != NULL && cmark_node_get_literal(first) != NULL ? cmark_node_get_literal(first) : "";
	g_autofree char *start = g_strdup_printf("[%.*s", (int)strspn(literal, LETTERS), literal);
	xmlNode *a = body_element(b, r->parent, "a", r->now);
	gboolean automatic = first != NULL && (strcmp(literal, address) == 0 || g_str_has_prefix(address, "mailto:"));
	Position at = automatic ? (Position){.file = b->s->text.file, .line = r->now} : set_position(b, a, first != NULL ? start : "[](");

	if (literal[0] == '^')
		grumble_at(b, MSG_BODY_NOTE_LINK, &at, literal);
	if (first == NULL)
		grumble_at(b, MSG_BODY_LINK_TEXT, &at);
	check_title(b, node, at.line);
	body_attribute(b, a, "href", address);
	if (*title != '\0')
		body_attribute(b, a, "title", title);
	b->in_link = TRUE;
	body_inlines(b, first, a, r->now);
	b->in_link = FALSE;
	check_address(b, address, FALSE, at.line);
}

static void convert_image(Run *r, cmark_node *node)
{
	xmlNode *image = body_element(r->b, r->parent, "image", r->now);

	g_autofree char *title = g_strdup(cmark_node_get_title(node));

	body_image(r->b, node, image);
	escape_show(title, FALSE);
	if (*title != '\0') /* it has no place within a line */
		grumble(r->b, MSG_BODY_IMAGE_CAPTION, r->now, title, title);
}

static void convert_code(Run *r, cmark_node *node)
{
	g_autofree char *code = g_strdup(cmark_node_get_literal(node));
	const char *comment = strstr(code, "<!--");

	escape_show(code, TRUE);
	if (comment > code) /* alone it is an example of one; behind words, it was to be one */
		grumble(r->b, MSG_BODY_COMMENT_TICKS, r->now, "<!--");
	body_text(r->b, body_element(r->b, r->parent, "code", r->now), code, strlen(code));
}

static void convert_inline(Run *r, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_EMPH:
		swallow_stars(r->b, node, r->now);
		body_inlines(r->b, cmark_node_first_child(node), body_element(r->b, r->parent, "em", r->now), r->now);
		break;
	case CMARK_NODE_STRONG:
		swallow_stars(r->b, node, r->now);
		body_inlines(r->b, cmark_node_first_child(node), body_element(r->b, r->parent, "strong", r->now), r->now);
		break;
	case CMARK_NODE_CODE:
		convert_code(r, node);
		break;
	case CMARK_NODE_LINK:
		convert_link(r, node);
		break;
	case CMARK_NODE_IMAGE:
		convert_image(r, node);
		break;
	case CMARK_NODE_HTML_INLINE:
		body_html_inline(r->b, cmark_node_get_literal(node), r->parent, r->now);
		break;
	default: /* LINEBREAK */
		body_element(r->b, r->parent, "br", r->now);
		r->now++;
		r->line = r->now;
	}
}

void body_inlines(Body *b, cmark_node *first, xmlNode *parent, int line)
{
	g_autoptr(GString) text = g_string_new(NULL);
	Run r = {b, parent, text, line, line};

	if (first != NULL && b->depth >= NESTING_LIMIT) {
		grumble(b, MSG_BODY_NESTING, line, NULL, G_STRINGIFY(48));
		return;
	}
	b->depth++;
	for (cmark_node *node = first; node != NULL; node = cmark_node_next(node)) {
		cmark_node_type type = cmark_node_get_type(node);
		if (type == CMARK_NODE_SOFTBREAK) {
			g_string_append_c(text, '\n');
			r.now++;
			continue;
		}
		r.now = body_inline_line(b, node, r.now);
		if (text->len == 0)
			r.line = r.now;
		if (type == CMARK_NODE_TEXT) {
			g_string_append(text, cmark_node_get_literal(node));
			continue;
		}
		flush(&r);
		convert_inline(&r, node);
	}
	flush(&r);
	b->depth--;
}
