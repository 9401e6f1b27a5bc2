/* Blocks and sections: cmark's tree to ours. */
#include "source/markdown.h"

#include "base/text.h"

#include <string.h>

void body_complain(Body *b, MessageId id, int line, const char *focus, const char *const *arguments)
{
	Position at = {b->s->text.file, line, 0, focus};

	source_complain(b->s, id, &at, arguments);
}

int body_line(const Body *b, cmark_node *node)
{
	int line = cmark_node_get_start_line(node);

	return b->lines != NULL ? b->lines[MAX(line, 0)] : line + b->offset;
}

int body_inline_line(const Body *b, cmark_node *node, int fallback)
{
	return cmark_node_get_start_line(node) > 0 ? body_line(b, node) : fallback;
}

Position body_find(Body *b, int line, const char *what)
{
	Locator *t = &b->s->text;
	gsize from = MAX(b->cursor, locator_line_start(t, line)), length = strlen(what);
	gsize window = from < b->limit ? MIN(b->limit - from, FIND_LIMIT) : 0;
	const char *hit = window > 0 && length > 0 ? g_strstr_len(t->text + from, (gssize)window, what) : NULL;

	if (hit == NULL)
		return (Position){t->file, line, 0, what};
	b->cursor = (gsize)(hit - t->text) + length;
	return locator_position(t, (gsize)(hit - t->text), what);
}

void body_leaf(Body *b, cmark_node *node, xmlNode *parent, int line)
{
	int lines = cmark_node_get_end_line(node) - cmark_node_get_start_line(node);

	b->cursor = locator_line_start(&b->s->text, line);
	b->limit = locator_line_end(&b->s->text, line + MAX(lines, 0));
	body_inlines(b, cmark_node_first_child(node), parent, line);
}

const char *body_raw_line(const Body *b, int line, gsize *length)
{
	gsize start = locator_line_start(&b->s->text, line);

	*length = locator_line_end(&b->s->text, line) - start;
	return b->s->text.text + start;
}

const char *body_bare_line(const Body *b, int line, gsize *length)
{
	const char *p = body_raw_line(b, line, length);

	for (; *length > 0 && strchr(" \t>", *p) != NULL; p++)
		--*length;
	return p;
}

cmark_node *body_parse(const char *text, gsize size)
{
	gsize length = 0;
	g_autofree char *hidden = escape_hide(text, size, &length);

	return hidden != NULL ? cmark_parse_document(hidden, length, CMARK_OPT_SOURCEPOS)
	                      : cmark_parse_document(text, size, CMARK_OPT_SOURCEPOS);
}

xmlNode *body_element(Body *b, xmlNode *parent, const char *name, int line)
{
	xmlNode *element = xml_element_new(b->s->doc, name);

	xml_number_add(element, "line", line);
	element->line = (unsigned short)MIN(line, 65535);
	return xmlAddChild(parent, element);
}

/* A character that XML cannot hold comes in by number only (&#1;). NULL: there is none; else a copy in which "?" has taken its place. */
static char *clean(Body *b, const char *text, gsize size, int line)
{
	char *copy = NULL;

	for (gsize i = text_skip_plain(text, size, 0); i < size; i = text_skip_plain(text, size, i + 1)) {
		const guchar *p = (const guchar *)text + i;
		gboolean low = (*p < 0x20 && *p != '\n' && *p != '\t' && *p != '\r') || *p >= 0xFE; /* cmark's U+FFFE, U+FFFF */
		gboolean high = *p == 0xEF && i + 2 < size && p[1] == 0xBF && p[2] >= 0xBD;
		if (!low && !high)
			continue;
		copy = copy != NULL ? copy : g_strndup(text, size);
		memset(copy + i, '?', low ? 1 : 3);
	}
	if (copy != NULL)
		grumble(b, MSG_SOURCE_CONTROL, line, "&#", "&#...;");
	return copy;
}

void body_attribute(Body *b, xmlNode *element, const char *name, const char *value)
{
	g_autofree char *good = clean(b, value, strlen(value), (int)xmlGetLineNo(element));

	if (good == NULL)
		good = g_strdup(value);
	escape_show(good, FALSE);
	xml_attribute_add(element, name, good);
}

void body_text(Body *b, xmlNode *parent, const char *text, gsize size)
{
	g_autofree char *good = NULL;

	if (size == 0)
		return;
	good = clean(b, text, size, (int)xmlGetLineNo(parent));
	xmlAddChild(parent, xmlNewDocTextLen(b->s->doc, BAD_CAST(good != NULL ? good : text), (int)size));
}

char *body_plain(cmark_node *node)
{
	cmark_iter *i = cmark_iter_new(node);
	GString *out = g_string_new(NULL);

	for (cmark_event_type e; (e = cmark_iter_next(i)) != CMARK_EVENT_DONE;) {
		cmark_node *n = cmark_iter_get_node(i);
		cmark_node_type type = cmark_node_get_type(n);
		if (e != CMARK_EVENT_ENTER)
			continue;
		if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
			g_string_append(out, cmark_node_get_literal(n));
		else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
			g_string_append_c(out, ' ');
	}
	cmark_iter_free(i);
	escape_show(out->str, FALSE);
	return g_string_free(out, FALSE);
}

static void convert_list(Body *b, cmark_node *node, xmlNode *parent)
{
	gboolean ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	xmlNode *list = body_element(b, parent, ordered ? "ol" : "ul", body_line(b, node));

	swallow_sign(b, node);
	if (ordered)
		swallow_numbers(b, node);
	if (ordered && cmark_node_get_list_start(node) != 1) {
		g_autofree char *start = g_strdup_printf("%d", cmark_node_get_list_start(node));
		body_attribute(b, list, "start", start);
	}
	if (cmark_node_get_list_tight(node))
		body_attribute(b, list, "tight", "yes");
	if (!xml_is(parent, "li"))
		slips_tasks(b, body_line(b, node), body_line(b, node) + cmark_node_get_end_line(node) - cmark_node_get_start_line(node));
	for (cmark_node *item = cmark_node_first_child(node); item != NULL; item = cmark_node_next(item))
		body_blocks(b, cmark_node_first_child(item), body_element(b, list, "li", body_line(b, item)));
}

/* The words of a line, behind the marks of the quotes, lists and note that it opens. */
static const char *opened_line(const Body *b, int line, gsize *length)
{
	const char *text = body_raw_line(b, line, length), *end = text + *length, *mark = b->in_note ? text_find(text, *length, "]:") : NULL;

	text = mark != NULL && text[0] == '[' && text[1] == '^' ? mark + 2 : text;
	while (text < end && strchr(" \t>-+*0123456789.)", *text) != NULL)
		text++;
	*length = (gsize)(end - text);
	return text;
}

/* The sign of the fence with which a block of code begins; NUL: its lines are indented, and then the first is part of it, whatever it says. */
static char fence_sign(const Body *b, const char *code, int line)
{
	gsize length, inside = strcspn(code, "\n");
	const char *first = opened_line(b, line, &length), *own = code;

	while (inside > 0 && (*own == ' ' || *own == '\t'))
		own++, inside--;
	while (length > 0 && first[length - 1] == '\r')
		length--;
	if (length < 3 || (*first != '`' && *first != '~') || (inside == length && memcmp(own, first, length) == 0))
		return '\0';
	return *first;
}

/* A fence that nobody closed swallows the rest of the text. */
static void check_fence(Body *b, cmark_node *node, int line)
{
	gsize length;
	const char fence = fence_sign(b, cmark_node_get_literal(node), line), *last;
	int end = cmark_node_get_end_line(node) - cmark_node_get_start_line(node) + line;

	if ((!b->exact && !b->in_note) || fence == '\0')
		return;
	last = body_bare_line(b, end, &length);
	while (length > 0 && g_ascii_isspace(last[length - 1]))
		length--;
	for (gsize i = 0; i < length; i++)
		if (last[i] != fence)
			length = 0;
	if (end == line || length < 3)
		grumble(b, MSG_BODY_FENCE, line, NULL);
}

/* Code by its indent alone: who pastes from a word processor meant a paragraph, or a note between editors. Between fences a note is an example of one when a
 * language says so. */
static void check_indented(Body *b, const char *code, const char *info, int line)
{
	const char *comment = strstr(code, "<!--");
	gboolean fenced = fence_sign(b, code, line) != '\0';

	if ((!b->exact && !b->in_note) || (fenced && (comment == NULL || *info != '\0')))
		return;
	line += fenced;
	for (const char *p = code; comment != NULL && p < comment; p++)
		line += *p == '\n';
	grumble(b, comment == NULL ? MSG_BODY_INDENTED : fenced ? MSG_BODY_COMMENT_FENCE : MSG_BODY_COMMENT_CODE, line, comment != NULL ? "<!--" : NULL);
}

/* Behind a fence stands the name of a language, and a word for who reads the file at most: a sentence would be lost. */
static void check_info(Body *b, const char *info, int line)
{
	int words = 1;

	for (const char *p = info; *p != '\0'; p++) {
		words += *p == ' ' && p[1] != ' ' && p[1] != '\0';
		if (words <= 2 && (g_ascii_isalnum(*p) || strchr(" +#._=-", *p) != NULL))
			continue;
		grumble(b, MSG_BODY_CODE_INFO, line, info, info);
		return;
	}
}

static void convert_code(Body *b, cmark_node *node, xmlNode *parent)
{
	int line = body_line(b, node);
	xmlNode *pre = body_element(b, parent, "pre", line);
	g_autofree char *code = g_strdup(cmark_node_get_literal(node)), *after = g_strdup(cmark_node_get_fence_info(node));

	escape_show(after, FALSE);
	g_auto(GStrv) info = g_strsplit(after, " ", 2);
	check_fence(b, node, line);
	check_indented(b, code, after, line);
	check_info(b, after, line);
	if (info[0] != NULL && *info[0] != '\0')
		body_attribute(b, pre, "lang", info[0]);
	escape_show(code, TRUE);
	body_text(b, pre, code, strlen(code));
}

static cmark_node *only_child(cmark_node *node, cmark_node_type type)
{
	cmark_node *child = cmark_node_first_child(node);

	return child != NULL && cmark_node_next(child) == NULL && cmark_node_get_type(child) == type ? child : NULL;
}

static void convert_figure(Body *b, cmark_node *image, xmlNode *parent, int line)
{
	xmlNode *figure = body_element(b, parent, "figure", line);
	const char *title = cmark_node_get_title(image);

	b->cursor = locator_line_start(&b->s->text, line);
	b->limit = b->s->text.size;
	body_image(b, image, figure);
	if (*title != '\0') {
		g_autofree char *caption = g_strdup(title);
		body_text(b, body_element(b, figure, "caption", line), caption, strlen(caption));
	}
}

/* What looks like a heading or a row of codes, and is neither. */
static void check_hash(Body *b, cmark_node *node, int line)
{
	cmark_node *text = cmark_node_first_child(node);
	const char *literal = text != NULL ? cmark_node_get_literal(text) : NULL;
	gsize hashes = literal != NULL ? strspn(literal, "#") : 0;
	gsize word;

	if (hashes > 6 && literal[hashes] == ' ' && !b->in_quote) {
		g_autofree char *marks = g_strndup(literal, hashes);
		grumble(b, MSG_BODY_HEADING_DEEP, line, marks, marks);
		return;
	}
	if (hashes == 0 || hashes > 6 || literal[hashes] == '\0' || literal[hashes] == ' ' || b->in_quote)
		return;
	word = strcspn(literal + hashes, " ") + hashes;
	g_autofree char *focus = g_strndup(literal, word);
	if (g_str_has_prefix(literal + hashes, "\xC2\xA0"))
		grumble(b, MSG_BODY_HEADING_NO_BREAK, line, focus);
	else if (hashes == 1 && (literal[word] == '\0' || literal[word + 1] == '#') && !g_unichar_isupper(g_utf8_get_char(literal + 1)))
		grumble(b, MSG_BODY_CODE_OUTSIDE, line, focus, focus);
	else
		grumble(b, MSG_BODY_HEADING_SPACE, line, focus, focus);
}

static void unwrap(cmark_node *node)
{
	while (cmark_node_first_child(node) != NULL)
		cmark_node_insert_before(node, cmark_node_first_child(node));
	cmark_node_free(node);
}

/* A paragraph's first line; cmark counts the link definitions that it took from it. */
static int first_line(const Body *b, cmark_node *node)
{
	int line = body_line(b, node), last = line + cmark_node_get_end_line(node) - cmark_node_get_start_line(node);
	gsize length;

	for (const char *text; line < last; line++) {
		text = body_bare_line(b, line, &length);
		if (references_label(text, length) == 0)
			break;
	}
	return line;
}

static void convert_paragraph(Body *b, cmark_node *node, xmlNode *parent)
{
	int line = first_line(b, node), last = body_line(b, node) + cmark_node_get_end_line(node) - cmark_node_get_start_line(node);
	cmark_node *child;
	xmlNode *p;

	slips_unseen(b, line, last);
	slips_lazy(b, line, last);
	if (body_table(b, node, parent) || body_html_paragraph(b, node, parent))
		return;
	child = only_child(node, CMARK_NODE_IMAGE);
	if (child != NULL) {
		convert_figure(b, child, parent, line);
		return;
	}
	check_hash(b, node, line);
	slips_paragraph(b, line, last);
	strays_term(b, line, last);
	strays_marks(b, node, line);
	child = !b->begun && b->depth == 1 ? only_child(node, CMARK_NODE_STRONG) : NULL;
	b->begun = TRUE;
	p = body_element(b, parent, child != NULL ? "lead" : "p", line);
	if (child != NULL)
		unwrap(child);
	body_leaf(b, node, p, line);
}

static void convert_block(Body *b, cmark_node *node, xmlNode *parent)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		convert_paragraph(b, node, parent);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		swallow_sign(b, node);
		body_quote(b, node, parent);
		break;
	case CMARK_NODE_LIST:
		convert_list(b, node, parent);
		break;
	case CMARK_NODE_CODE_BLOCK:
		convert_code(b, node, parent);
		break;
	case CMARK_NODE_HTML_BLOCK:
		body_html_block(b, node, parent);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		body_element(b, parent, "break", body_line(b, node));
		break;
	default:
		grumble(b, MSG_BODY_HEADING_PLACE, body_line(b, node), NULL);
	}
}

void body_blocks(Body *b, cmark_node *first, xmlNode *parent)
{
	if (first != NULL && b->depth >= NESTING_LIMIT) {
		grumble(b, MSG_BODY_NESTING, body_line(b, first), NULL, G_STRINGIFY(48));
		return;
	}
	b->depth++;
	for (cmark_node *node = first; node != NULL; node = cmark_node_next(node))
		convert_block(b, node, parent);
	b->depth--;
}

typedef struct {
	xmlNode *open[7]; /* by level; 0 is the body */
	int level;
} Sections;

static void convert_heading(Body *b, cmark_node *node, Sections *sections)
{
	int level = cmark_node_get_heading_level(node), line = body_line(b, node);
	g_autofree char *name = g_strdup_printf("%d", level);
	gsize length;
	const char *raw = body_raw_line(b, line, &length);
	xmlNode *parent, *section;

	if (memchr(raw, '#', MIN(length, 4)) == NULL)
		grumble(b, MSG_BODY_HEADING_UNDERLINED, line, NULL);
	else if (level > sections->level + 1) {
		g_autofree char *expected = g_strnfill((gsize)sections->level + 1, '#'), *found = g_strnfill((gsize)level, '#');
		grumble(b, MSG_BODY_HEADING_LEVEL, line, found, found, expected);
	}
	swallow_sign(b, node);
	parent = sections->open[0];
	for (int i = 1; i < level; i++)
		parent = sections->open[i] != NULL ? sections->open[i] : parent;
	section = body_element(b, parent, "section", line);
	body_attribute(b, section, "level", name);
	for (int i = level; i < 7; i++)
		sections->open[i] = NULL;
	sections->open[level] = section;
	sections->level = level;
	if (cmark_node_first_child(node) == NULL)
		grumble(b, MSG_BODY_HEADING_EMPTY, line, NULL);
	body_leaf(b, node, body_element(b, section, "title", line), line);
}

static void convert_document(Body *b, cmark_node *document, xmlNode *body)
{
	Sections sections = {.open = {body}};

	b->depth++;
	for (cmark_node *node = cmark_node_first_child(document); node != NULL; node = cmark_node_next(node)) {
		if (cmark_node_get_type(node) == CMARK_NODE_HEADING) {
			strays_section(b);
			convert_heading(b, node, &sections);
		}
		else
			convert_block(b, node, sections.open[sections.level]);
	}
	strays_section(b);
	b->depth--;
}

/* Which lines are code or HTML, by cmark's own account: in those nothing is a note or a link's definition. */
static gboolean *find_opaque(const char *text, gsize size, int lines)
{
	gboolean *opaque = g_new0(gboolean, lines + 2);
	cmark_node *document = body_parse(text, size);
	cmark_iter *i = cmark_iter_new(document);

	for (cmark_event_type e; (e = cmark_iter_next(i)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(i);
		cmark_node_type type = cmark_node_get_type(node);
		int first = cmark_node_get_start_line(node), last = cmark_node_get_end_line(node), own = first - 1;
		if (e != CMARK_EVENT_ENTER || (type != CMARK_NODE_CODE_BLOCK && type != CMARK_NODE_HTML_BLOCK))
			continue;
		for (const char *p = cmark_node_get_literal(node); *p != '\0'; p++)
			own += *p == '\n'; /* cmark 0.30 ends an HTML block a line early */
		for (int line = first; line <= MIN(MAX(last, own), lines); line++)
			opaque[line] = TRUE;
	}
	cmark_iter_free(i);
	cmark_node_free(document);
	return opaque;
}

/* A line that begins as a note or as a link's definition does. */
static gboolean has_definitions(const char *text, gsize size)
{
	const char *end = text + size;

	for (const char *p = text; p < end && (p = memchr(p, '[', (gsize)(end - p))) != NULL; p++) {
		const char *line = p;
		while (line > text && line[-1] == ' ')
			line--;
		if (line == text || line[-1] == '\n')
			return TRUE;
	}
	return FALSE;
}

static void read_markdown(Body *b, const char *text, gsize size, xmlNode *body)
{
	g_autofree char *copy = NULL;
	cmark_node *document;

	if (has_definitions(text, size)) {
		g_autofree gboolean *opaque = find_opaque(text, size, locator_line_count(&b->s->text) - b->offset);
		copy = g_strndup(text, size);
		notes_collect(b, copy, size, opaque);
		references_collect(b, copy, text, size, opaque);
	}
	references_check_place(b, copy != NULL ? copy : text, size);
	document = body_parse(copy != NULL ? copy : text, size);
	convert_document(b, document, body);
	cmark_node_free(document);
	notes_check_used(b);
}

void body_read(Source *s, gsize from, xmlNode *root)
{
	Body b = {.s = s, .offset = locator_position(&s->text, from, NULL).line - 1, .exact = TRUE};
	xmlNode *body = body_element(&b, root, "body", b.offset + 1);

	notes_init(&b);
	b.refused = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (limits_check(&b, s->text.text + from, s->text.size - from))
		read_markdown(&b, s->text.text + from, s->text.size - from, body);
	g_hash_table_unref(b.notes);
	g_hash_table_unref(b.refused);
	g_clear_pointer(&b.references, g_hash_table_unref);
	g_clear_pointer(&b.defining, g_hash_table_unref);
}
