/* Tags in Markdown: notes between editors and blocks of our own; everything else is refused. */
#include "source/markdown.h"

#include "base/markup.h"
#include "base/text.h"

#include <string.h>

static const char *const islands[] = {"timeline", "rotondes",    "rotonde",  "quotes",  "elements", "persons",
                                      "sessions", "reflections", "editions", "changes", "matrix",  "voices",  NULL};

/* What an author who knows HTML meant, in Markdown; "": there is nothing like it. */
static const struct {
	const char *name, *instead;
} html[] = {
    {"a", "[…](https://…)"}, {"b", "**…**"}, {"blockquote", "> …"}, {"br", "…\\ ↵"}, {"code", "`…`"}, {"del", ""}, {"details", ""},
    {"div", ""}, {"em", "*…*"}, {"figure", "![…](….jpg \"…\")"}, {"font", ""}, {"h1", "# …"}, {"h2", "## …"}, {"h3", "### …"},
    {"hr", "---"}, {"i", "*…*"}, {"iframe", ""}, {"img", "![…](….jpg)"}, {"li", "- …"}, {"ol", "1. …"}, {"p", ""}, {"pre", "```"},
    {"script", ""}, {"span", ""}, {"strong", "**…**"}, {"style", ""}, {"sub", ""}, {"sup", "[^1]"}, {"table", "| … | … |"},
    {"td", "| … | … |"}, {"tr", "| … | … |"}, {"u", "*…*"}, {"ul", "- …"},
};

static char *tag_name(const char *tag)
{
	const char *p = tag + 1 + (tag[1] == '/');
	gsize n = 0;

	while (n < 40 && (g_ascii_isalnum(p[n]) || p[n] == '-' || p[n] == '_'))
		n++;
	return g_strndup(p, n);
}

static gboolean is_island(const char *tag)
{
	g_autofree char *name = tag_name(tag);

	return tag[1] != '/' && g_strv_contains(islands, name);
}

static const char *instead_of(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(html); i++)
		if (g_ascii_strcasecmp(html[i].name, name) == 0)
			return html[i].instead;
	return NULL;
}

static void refuse(Body *b, const char *tag, int line)
{
	gboolean closing = tag[1] == '/';
	g_autofree char *name = tag_name(tag);
	g_autofree char *shown = *name != '\0' ? g_strdup_printf("<%s%s", closing ? "/" : "", name) : g_strndup(tag, 2);
	const char *instead = instead_of(name), *near = instead == NULL ? text_closest(name, islands) : NULL;
	Position at = body_find(b, line, shown);

	if ((closing && g_hash_table_contains(b->refused, name)) || b->front_again)
		return;
	b->front_again = !closing && front_is_kind(name);
	g_hash_table_add(b->refused, g_strdup(name));
	if (front_is_kind(name))
		grumble_at(b, closing ? MSG_BODY_FRONT_CLOSED : MSG_BODY_FRONT_SECOND, &at, name);
	else if (g_strv_contains(islands, name))
		grumble_at(b, MSG_BODY_ISLAND_ALONE, &at, name);
	else if (near != NULL)
		grumble_at(b, MSG_BODY_ISLAND_UNKNOWN, &at, name, near);
	else if (!closing && instead == NULL && tag[strcspn(tag, ">")] == '>' && tag[strcspn(tag, ">") - 1] == '/') {
		g_autofree char *known = g_strjoinv("/>, <", (char **)islands);
		grumble_at(b, MSG_BODY_ISLAND_NONE, &at, name, known);
	} else {
		grumble_at(b, MSG_BODY_HTML, &at, shown, instead != NULL ? instead : "");
	}
}

static int count_lines(const char *text, gsize length)
{
	int n = 0;

	for (gsize i = 0; i < length; i++)
		n += text[i] == '\n';
	return n;
}

static void add_note(Body *b, const char *text, gsize length, xmlNode *parent, int line)
{
	g_autofree char *content = g_strstrip(g_strndup(text, length));

	if (*content == '\0')
		return;
	escape_show(content, TRUE);
	body_text(b, body_element(b, parent, "note", line), content, strlen(content));
}

/* Where a comment seems to end that cmark took for text; 0: nowhere in its block. CommonMark 0.30 has no comment with two hyphens in it. */
static gsize comment_end(const Body *b)
{
	const char *text = b->s->text.text, *from = text + b->cursor;
	const char *end = g_strstr_len(from, (gssize)(b->limit - MIN(b->cursor, b->limit)), "-->");
	const char *other = g_strstr_len(from, (gssize)(b->limit - MIN(b->cursor, b->limit)), "<!--");

	return end != NULL && (other == NULL || end < other) ? (gsize)(end - text) + 3 : 0;
}

void body_check_comments(Body *b, const char *text, int line)
{
	for (const char *p = text; (p = strpbrk(p, "<-\n")) != NULL; p++) {
		line += *p == '\n';
		if (strncmp(p, "<!", 2) == 0) {
			gsize length = strncmp(p, "<!--", 4) == 0 ? 4 : 2;
			g_autofree char *shown = g_strndup(p, length);
			Position at = body_find(b, line, shown);
			gsize end = length == 4 && at.column > 0 ? comment_end(b) : 0;
			grumble_at(b, end > 0 ? MSG_BODY_COMMENT_HYPHENS : MSG_BODY_COMMENT_PRINTED, &at);
			b->comment_end = end > 0 ? end : b->limit;
			return;
		}
		if (strncmp(p, "-->", 3) == 0) {
			Position at = body_find(b, line, "-->");
			if (at.column == 0 || b->cursor > b->comment_end)
				grumble_at(b, MSG_BODY_COMMENT_END, &at);
			return;
		}
	}
}

/* Comments at the beginning of text, one after another. Returns what follows them, NULL when one is not closed. */
static const char *take_comments(Body *b, const char *text, xmlNode *parent, int *line)
{
	for (;;) {
		gsize space = strspn(text, " \t\n");
		const char *end, *other;
		*line += count_lines(text, space);
		text += space;
		if (strncmp(text, "<!--", 4) != 0)
			return text;
		end = strstr(text + 4, "-->");
		if (end == NULL) {
			grumble(b, MSG_BODY_COMMENT_OPEN, *line, "<!--");
			return NULL;
		}
		other = g_strstr_len(text + 4, end - text - 4, "<!--");
		if (other != NULL) {
			g_autofree char *own = g_strdup_printf("%d", *line);
			grumble(b, MSG_BODY_COMMENT_INSIDE, *line + count_lines(text, (gsize)(other - text)), "<!--", own);
			return NULL;
		}
		add_note(b, text + 4, (gsize)(end - text) - 4, parent, *line);
		*line += count_lines(text, (gsize)(end - text));
		text = end + 3;
	}
}

static gboolean is_blank(const char *text, gsize length)
{
	for (gsize i = 0; i < length; i++)
		if (!g_ascii_isspace(text[i]))
			return FALSE;
	return TRUE;
}

/* A start tag that is not closed, neither in itself nor by an end tag. */
static gboolean is_left_open(const char *tag, const char *end)
{
	const char *close = memchr(tag, '>', (gsize)(end - tag));

	return close != NULL && close[-1] != '/' && g_strstr_len(tag, end - tag, "</") == NULL;
}

/* The element in the file's lines first to last, parsed where it stands. */
static void add_island(Body *b, const char *tag, xmlNode *parent, int first, int last)
{
	Locator *t = &b->s->text;
	gsize from = locator_line_start(t, first), to = locator_line_end(t, last);
	g_autofree char *name = tag_name(tag);
	const char *open = g_strstr_len(t->text + from, (gssize)(to - from), "<");
	guint before = diagnostics_length(b->s->d);
	xmlNode *root, *copy;
	Markup m;

	if (b->s->errors >= ERROR_LIMIT) { /* enough is enough */
		grumble(b, MSG_BODY_ISLAND_ALONE, first, name, name);
		return;
	}
	if (!b->exact || open == NULL) {
		grumble(b, MSG_BODY_ISLAND_ALONE, first, name, name);
		return;
	}
	if (is_left_open(open, t->text + to)) {
		grumble(b, MSG_BODY_ISLAND_OPEN, first, name, name);
		return;
	}
	m = markup_read(t, (gsize)(open - t->text), to, b->s->d);
	b->s->errors += (int)(diagnostics_length(b->s->d) - before);
	root = m.doc != NULL ? xmlDocGetRootElement(m.doc) : NULL;
	if (!m.broken && root != NULL) {
		if (!is_blank(t->text + m.end, to - m.end))
			grumble(b, MSG_BODY_ISLAND_AFTER, locator_position(t, m.end, NULL).line, NULL, name);
		if (root->children != NULL)
			grumble(b, MSG_BODY_ISLAND_CONTENT, first, name, name);
		copy = xmlDocCopyNode(root, b->s->doc, 2);
		xmlAddChild(body_element(b, parent, "island", first), copy);
	}
	xmlFreeDoc(m.doc);
}

void body_html_block(Body *b, cmark_node *node, xmlNode *parent)
{
	int first = body_line(b, node), line = first;
	const char *literal = cmark_node_get_literal(node);
	const char *rest = take_comments(b, literal, parent, &line);
	gsize length = rest != NULL ? strlen(rest) : 0;

	while (length > 0 && g_ascii_isspace(rest[length - 1]))
		length--;
	if (length == 0)
		return;
	if (rest[0] == '<' && is_island(rest))
		add_island(b, rest, parent, line, line + count_lines(rest, length));
	else if (rest[0] == '<') {
		b->cursor = locator_line_start(&b->s->text, line);
		b->limit = b->s->text.size;
		refuse(b, rest, line);
	}
	else {
		g_autofree char *focus = g_strndup(rest, MIN(length, strcspn(rest, "\n")));
		grumble(b, MSG_BODY_COMMENT_AFTER, line, focus);
	}
}

/* The paragraph's last thing is the end tag of tag. */
static gboolean ends_with(cmark_node *paragraph, const char *tag)
{
	cmark_node *last = cmark_node_last_child(paragraph);
	g_autofree char *name = tag_name(tag);
	g_autofree char *end = NULL;

	if (cmark_node_get_type(last) != CMARK_NODE_HTML_INLINE)
		return FALSE;
	end = tag_name(cmark_node_get_literal(last));
	return cmark_node_get_literal(last)[1] == '/' && strcmp(name, end) == 0;
}

/* A paragraph of tags only: comments, or one block of our own with an end tag. */
gboolean body_html_paragraph(Body *b, cmark_node *node, xmlNode *parent)
{
	cmark_node *child = cmark_node_first_child(node);
	const char *first = NULL;
	int line = body_line(b, node), last = line;
	gboolean comments = TRUE;

	for (; child != NULL; child = cmark_node_next(child)) {
		cmark_node_type type = cmark_node_get_type(child);
		const char *literal = cmark_node_get_literal(child);
		if (type == CMARK_NODE_TEXT && is_blank(literal, strlen(literal)))
			continue;
		if (type == CMARK_NODE_SOFTBREAK) {
			last++;
			continue;
		}
		if (type != CMARK_NODE_HTML_INLINE) {
			if (first == NULL || !is_island(first) || !ends_with(node, first))
				return FALSE;
			continue; /* text in a block of our own: an error of its own */
		}
		first = first != NULL ? first : literal;
		comments = comments && strncmp(literal, "<!--", 4) == 0;
		last += count_lines(literal, strlen(literal));
	}
	if (first == NULL || (!comments && !is_island(first)))
		return FALSE;
	if (!comments) {
		add_island(b, first, parent, line, last);
		return TRUE;
	}
	for (child = cmark_node_first_child(node); child != NULL; child = cmark_node_next(child)) {
		line = body_inline_line(b, child, line);
		if (cmark_node_get_type(child) == CMARK_NODE_HTML_INLINE)
			take_comments(b, cmark_node_get_literal(child), parent, &line);
	}
	return TRUE;
}

void body_html_inline(Body *b, const char *literal, xmlNode *parent, int line)
{
	if (strncmp(literal, "<!--", 4) == 0) {
		take_comments(b, literal, parent, &line);
		return;
	}
	refuse(b, literal, line);
	body_text(b, parent, literal, strlen(literal)); /* as it stands: without it the spaces around it would seem to be two */
}
