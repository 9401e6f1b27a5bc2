/* libxml2's errors, by their number, in the terms of somebody who types front matter. What is wrong inside a tag is found by reading the
 * tag again: libxml2 knows that it is wrong, seldom what the author meant. */
#include "base/markup_reader.h"

#include <libxml/xmlerror.h>
#include <string.h>

static char at(const MarkupReader *r, gsize offset)
{
	return offset < r->to ? r->text->text[offset] : '\0';
}

/* The last place before offset where c stands; from when there is none. */
static gsize back(const MarkupReader *r, gsize offset, char c)
{
	while (offset > r->from && r->text->text[offset - 1] != c)
		offset--;
	return offset > r->from ? offset - 1 : r->from;
}

static gboolean is_name(char c)
{
	return g_ascii_isalnum(c) || (guchar)c >= 0x80 || (c != '\0' && strchr("_-.:", c) != NULL);
}

static gsize skip_space(const MarkupReader *r, gsize i)
{
	while (i < r->to && g_ascii_isspace(r->text->text[i]))
		i++;
	return i;
}

static char *take_name(const MarkupReader *r, gsize *i)
{
	gsize start = *i;

	while (*i < r->to && is_name(r->text->text[*i]) && *i - start < 100)
		++*i;
	return g_strndup(r->text->text + start, *i - start);
}

static char *line_of(const MarkupReader *r, gsize offset)
{
	return g_strdup_printf("%d", locator_position(r->text, offset, NULL).line);
}

/* Whether what stands at offset runs on to where the text was cut for being too long. */
static gboolean is_cut(const MarkupReader *r, gsize offset)
{
	return r->fragment && r->open->len > 0 && r->to - r->from >= MARKUP_LIMIT && offset <= r->to &&
	       memchr(r->text->text + offset, '>', r->to - offset) == NULL;
}

static void stop_with(MarkupReader *r, MessageId id, gsize offset, const char *const *arguments)
{
	if (is_cut(r, offset)) {
		const MarkupTag *root = &g_array_index(r->open, MarkupTag, 0);
		markup_fault(r, MSG_MARKUP_TOO_LONG, root->offset, root->name, (const char *const[]){root->name, "64", NULL});
	} else {
		markup_fault(r, id, offset, arguments[0], arguments);
	}
	markup_stop(r);
}
#define give_up(r, id, offset, ...) stop_with((r), (id), (offset), (const char *const[]){__VA_ARGS__, NULL})

/* The next start tag that does not seem to belong in this one: of the same name, or first on a line that is indented no deeper. end when
 * there is none. */
static gsize next_beside(const MarkupReader *r, const MarkupTag *tag, gsize end)
{
	const char *text = r->text->text;
	gsize length = strlen(tag->name), own = tag->offset - back(r, tag->offset, '\n'), line = end;

	for (gsize i = tag->offset + 1; i + 1 < end; i++) {
		if (text[i] == '\n')
			line = i;
		if (text[i] != '<' || !is_name(text[i + 1]))
			continue;
		if (strncmp(text + i + 1, tag->name, length) == 0 && !is_name(at(r, i + 1 + length)))
			return i;
		if (line < i && i - line <= own && skip_space(r, line) == i)
			return i;
	}
	return end;
}

/* Whether the line of a start tag goes on with text, and with nothing else, to its end. */
static gboolean text_follows(const MarkupReader *r, const MarkupTag *tag, gsize end)
{
	const char *text = r->text->text, *close = memchr(text + tag->offset, '>', end - tag->offset);
	gsize i = close != NULL ? (gsize)(close + 1 - text) : end, from = i;

	while (i < end && text[i] != '\n' && text[i] != '<')
		i++;
	return i < end && text[i] == '\n' && skip_space(r, from) < i;
}

void markup_explain_unclosed(MarkupReader *r, const char *before, gsize offset)
{
	const MarkupTag *tag = &g_array_index(r->open, MarkupTag, r->open->len - 1);
	gsize beside = next_beside(r, tag, offset), name_at = beside + 1;
	g_autofree char *line = *before != '\0' ? line_of(r, offset) : g_strdup("");
	g_autofree char *own = line_of(r, tag->offset), *other = line_of(r, beside);
	g_autofree char *next = take_name(r, &name_at);

	if (r->open->len == 1)
		give_up(r, MSG_MARKUP_ROOT_UNCLOSED, tag->offset, tag->name);
	else if (text_follows(r, tag, offset))
		give_up(r, MSG_MARKUP_UNCLOSED_LINE, tag->offset, tag->name, own);
	else if (beside < offset)
		give_up(r, MSG_MARKUP_UNCLOSED_BESIDE, tag->offset, tag->name, other, next);
	else
		give_up(r, MSG_MARKUP_UNCLOSED, tag->offset, tag->name, line, before);
}

/* A value that was never closed runs on into the next attribute: it then ends in "name=". */
static gboolean runs_on(const char *value, gsize length)
{
	gsize i = length;

	while (i > 0 && g_ascii_isspace(value[i - 1]))
		i--;
	if (i == 0 || value[i - 1] != '=')
		return FALSE;
	for (i--; i > 0 && is_name(value[i - 1]); i--)
		;
	return i > 0 && g_ascii_isspace(value[i - 1]);
}

/* One attribute's value, i behind its equals sign. FALSE when it was found wrong. */
static gboolean explain_value(MarkupReader *r, gsize *i, gsize name_at, const char *name)
{
	const char *text = r->text->text;
	char quote = at(r, *i);
	gsize start = *i + 1, end = start;

	if (quote != '"' && quote != '\'') {
		gboolean curly = r->to - *i >= 3 && quote == '\xE2' && text[*i + 1] == '\x80';
		while (*i < r->to && !g_ascii_isspace(text[*i]) && strchr("<>", text[*i]) == NULL)
			++*i;
		*i -= at(r, *i) == '>' && *i > start && text[*i - 1] == '/';
		g_autofree char *value = g_strndup(text + start - 1, MIN(*i - start + 1, 80));
		g_autofree char *valid = g_utf8_make_valid(value, -1);
		if (curly)
			give_up(r, MSG_MARKUP_CURLY_QUOTE, name_at, name);
		else
			give_up(r, MSG_MARKUP_UNQUOTED, name_at, name, valid);
		return FALSE;
	}
	while (end < r->to && text[end] != quote && text[end] != '<')
		end++;
	if (at(r, end) == '<') {
		const char *closing = memchr(text + end, quote, r->to - end);
		const char *line_end = memchr(text + start, '\n', r->to - start);
		if (closing != NULL && (line_end == NULL || closing < line_end)) {
			fault(r, MSG_MARKUP_LESS, end, "<");
			markup_stop(r);
			return FALSE;
		}
	}
	if (at(r, end) != quote || runs_on(text + start, end - start)) {
		give_up(r, MSG_MARKUP_QUOTE_OPEN, name_at, name);
		return FALSE;
	}
	*i = end + 1;
	return TRUE;
}

/* Reads the tag at offset as its author would, and reports the first thing that is wrong in it. */
static gboolean explain_tag(MarkupReader *r, gsize offset)
{
	gsize i = offset + 1;
	g_autofree char *element = take_name(r, &i);

	for (gboolean spaced; i < r->to; i = spaced ? i : i) {
		gsize before = i;
		i = skip_space(r, i);
		spaced = i > before;
		if (at(r, i) == '>' || (at(r, i) == '/' && at(r, i + 1) == '>'))
			return FALSE;
		gsize name_at = i;
		g_autofree char *name = take_name(r, &i);
		if (*name == '\0') {
			if (at(r, i) == '<' || i >= r->to) {
				give_up(r, MSG_MARKUP_TAG_OPEN, offset, element);
			} else {
				char *next = g_utf8_next_char(r->text->text + i);
				g_autofree char *odd = g_strndup(r->text->text + i, MIN((gsize)(next - r->text->text), r->to) - i);
				give_up(r, MSG_MARKUP_TAG_CHARACTER, i, odd, element);
			}
			return TRUE;
		}
		if (!spaced) {
			give_up(r, MSG_MARKUP_TAG_SPACE, name_at, name);
			return TRUE;
		}
		i = skip_space(r, i);
		if (at(r, i) != '=') {
			give_up(r, MSG_MARKUP_NO_VALUE, name_at, name);
			return TRUE;
		}
		i = skip_space(r, i + 1);
		if (!explain_value(r, &i, name_at, name))
			return TRUE;
	}
	give_up(r, MSG_MARKUP_TAG_OPEN, offset, element);
	return TRUE;
}

static void explain_end_tag(MarkupReader *r, gsize offset)
{
	gsize i = offset + 2;
	g_autofree char *name = take_name(r, &i);
	const MarkupTag *top;

	if (r->open->len == 0)
		return;
	top = &g_array_index(r->open, MarkupTag, r->open->len - 1);
	for (guint k = r->open->len - 1; k > 0; k--) {
		if (strcmp(g_array_index(r->open, MarkupTag, k - 1).name, name) == 0) {
			markup_explain_unclosed(r, name, offset);
			return;
		}
	}
	g_autofree char *line = line_of(r, top->offset);
	if (g_ascii_strcasecmp(name, top->name) == 0 && g_ascii_isupper(*top->name))
		fault(r, MSG_MARKUP_CAPITAL, top->offset + 1, top->name, top->name, name);
	else
		fault(r, MSG_MARKUP_MISMATCH, offset, name, name, top->name, line);
}

static void explain_ampersand(MarkupReader *r, const xmlError *error, gsize cursor)
{
	gsize offset = back(r, cursor, '&'), i = offset + 1;
	g_autofree char *name = take_name(r, &i);
	g_autofree char *reference = g_strdup_printf("&%s;", name);

	if (error->code == XML_ERR_UNDECLARED_ENTITY)
		fault(r, MSG_MARKUP_ENTITY, offset, reference, reference);
	else
		fault(r, MSG_MARKUP_AMPERSAND, offset, "&");
}

static void explain_comment(MarkupReader *r)
{
	for (gsize i = r->seen; i + 4 <= r->to; i++) {
		if (memcmp(r->text->text + i, "<!--", 4) == 0) {
			give_up(r, MSG_MARKUP_COMMENT_OPEN, i, "<!--");
			return;
		}
	}
	give_up(r, MSG_MARKUP_SYNTAX, r->seen, "");
}

static gboolean is_declaration(const MarkupReader *r, gsize cursor)
{
	gsize i = skip_space(r, r->from);

	if (r->to - i < 5 || memcmp(r->text->text + i, "<?xml", 5) != 0)
		return FALSE;
	while (i + 1 < cursor && (r->text->text[i] != '?' || r->text->text[i + 1] != '>'))
		i++;
	return i + 2 >= cursor;
}

static void explain_elsewhere(MarkupReader *r, gsize cursor)
{
	gsize open = back(r, cursor, '<');

	if (at(r, open) == '<' && at(r, open + 1) == '!' && (guchar)at(r, open + 2) >= 0x80)
		give_up(r, MSG_MARKUP_COMMENT_FORM, open, "<!");
	else if (is_declaration(r, cursor))
		give_up(r, MSG_MARKUP_DECLARATION, skip_space(r, r->from), "<?xml");
	else if (at(r, open) == '<' && at(r, open + 1) == '/')
		give_up(r, MSG_MARKUP_END_TAG, open, "</");
	else if (at(r, open) != '<' || !is_name(at(r, open + 1)) || !explain_tag(r, open))
		give_up(r, MSG_MARKUP_SYNTAX, cursor, "");
}

void markup_explain(MarkupReader *r, const xmlError *error)
{
	gsize cursor = markup_cursor(r);
	char last = cursor > r->from ? r->text->text[cursor - 1] : '\0';

	if (is_cut(r, cursor)) {
		give_up(r, MSG_MARKUP_TOO_LONG, cursor, "");
		return;
	}
	switch (error->code) {
	case XML_ERR_TAG_NAME_MISMATCH:
		explain_end_tag(r, back(r, cursor, '<'));
		break;
	case XML_ERR_TAG_NOT_FINISHED:
		if (r->open->len > 0)
			markup_explain_unclosed(r, "", r->to);
		break;
	case XML_ERR_ENTITYREF_SEMICOL_MISSING:
	case XML_ERR_UNDECLARED_ENTITY:
	case XML_ERR_ENTITYREF_NO_NAME:
		explain_ampersand(r, error, cursor);
		break;
	case XML_ERR_NAME_REQUIRED:
		if (last == '&')
			explain_ampersand(r, error, cursor);
		else if (last == '<' && at(r, cursor) != '/' && at(r, cursor) != '!')
			fault(r, MSG_MARKUP_LESS, cursor - 1, "<");
		else
			explain_elsewhere(r, cursor);
		break;
	case XML_ERR_ATTRIBUTE_REDEFINED:
		r->untidy = TRUE;
		fault(r, MSG_MARKUP_DUPLICATE, back(r, cursor, '<'), error->str1, error->str1);
		break;
	case XML_ERR_CDATA_NOT_FINISHED:
	case XML_ERR_PI_NOT_FINISHED:
		give_up(r, MSG_MARKUP_SYNTAX, r->seen, "");
		break;
	case XML_ERR_COMMENT_NOT_FINISHED:
		explain_comment(r);
		break;
	case XML_ERR_HYPHEN_IN_COMMENT:
		if (last == '!' && at(r, cursor) == '-') /* a comment in a comment: the first was not closed */
			explain_comment(r);
		else
			fault(r, MSG_MARKUP_COMMENT_HYPHENS, cursor, "--");
		break;
	case XML_ERR_INVALID_CHAR:
	case XML_ERR_INVALID_CHARREF:
	case XML_ERR_INVALID_DEC_CHARREF:
	case XML_ERR_INVALID_HEX_CHARREF:
		fault(r, MSG_MARKUP_CHARACTER, back(r, cursor, '&'), "&#");
		break;
	case XML_ERR_MISPLACED_CDATA_END:
		fault(r, MSG_MARKUP_CDATA_END, cursor, "]]>");
		break;
	case XML_NS_ERR_UNDEFINED_NAMESPACE:
	case XML_NS_ERR_XML_NAMESPACE:
	case XML_NS_ERR_QNAME:
	case XML_NS_ERR_COLON:
		r->untidy = TRUE;
		fault(r, MSG_MARKUP_NAMESPACE, back(r, cursor, '<'), NULL, error->str1 != NULL ? error->str1 : ":");
		break;
	case XML_ERR_DOCUMENT_END:
		fault(r, MSG_MARKUP_EXTRA, cursor, NULL);
		break;
	case XML_ERR_INTERNAL_ERROR: /* libxml2's second thought about what it reported before */
		if (r->faults->len > 0)
			break;
		/* fall through */
	default:
		explain_elsewhere(r, cursor);
	}
}
