/* Slips of the pen: what its author took for Markdown and would be printed as it stands, and what a word processor or git left behind. */
#include "source/markdown.h"

#include "base/text.h"

#include <string.h>

#define NO_BREAK_SPACE "\xC2\xA0"

/* A line of seven equal signs below an empty one: below a text they would make a heading of it. */
static gboolean is_divider(const Locator *t, const char *hit)
{
	const char *end = t->text + t->size, *stop = hit + 7;

	if (memcmp(hit, "=======", MIN(7, (gsize)(end - hit))) != 0 || (stop < end && *stop != '\n' && *stop != '\r'))
		return FALSE;
	return hit - t->text > 1 && (hit[-2] == '\n' || (hit[-2] == '\r' && hit - t->text > 2 && hit[-3] == '\n'));
}

gboolean slips_conflict(Source *s)
{
	static const char *const marks[] = {"<<<<<<< ", "||||||| ", ">>>>>>> ", "======="};
	Locator *t = &s->text;
	const char *end = t->text + t->size;
	gboolean found = FALSE, whole = FALSE; /* whole: the beginning is there, and one message for it */

	for (guint i = 0; i < G_N_ELEMENTS(marks); i++) {
		for (const char *hit = t->text; !(whole && i > 0) && (hit = text_find(hit, (gsize)(end - hit), marks[i])) != NULL; hit += strlen(marks[i])) {
			g_autofree char *mark = g_strndup(marks[i], 7);
			Position at;
			if ((hit > t->text && hit[-1] != '\n') || (*mark == '=' && !is_divider(t, hit)))
				continue;
			at = locator_position(t, (gsize)(hit - t->text), mark);
			if (*mark == '<')
				complain(s, MSG_SOURCE_CONFLICT, &at);
			else
				complain(s, MSG_SOURCE_CONFLICT_REST, &at, mark);
			found = TRUE;
			whole = whole || *mark == '<';
		}
	}
	return found;
}

/* Where the bracket of an address closes, with those within it. */
static gsize address_end(const char *rest)
{
	gsize end = strcspn(rest, "()\n");

	for (int depth = 0; rest[end] == '(' || (rest[end] == ')' && depth > 0); end += 1 + strcspn(rest + end + 1, "()\n"))
		depth += rest[end] == '(' ? 1 : -1;
	return end;
}

/* What keeps this from being a picture or a link. rest: behind the "](". */
static MessageId address_slip(const char *rest, char **name)
{
	gsize end = address_end(rest), quote = MIN(strcspn(rest, "\""), end);

	*name = g_strstrip(g_strndup(rest, quote));
	if (g_strstr_len(rest, (gssize)end, "\xE2\x80\x9C") != NULL || g_strstr_len(rest, (gssize)end, "\xE2\x80\x9D") != NULL)
		return MSG_BODY_LITERAL_CURLY;
	return rest[end] == ')' && strchr(*name, ' ') != NULL ? MSG_BODY_LITERAL_SPACES : MSG_BODY_LITERAL;
}

/* Whether what ends at close is in square brackets, and not a note's mark. picture: with a ! before them. */
static gboolean is_bracketed(const char *text, const char *close, gboolean *picture)
{
	const char *open = close, *from = close - text > FIND_LIMIT ? close - FIND_LIMIT : text;

	while (open > from && *open != '[')
		open--;
	*picture = open > text && open[-1] == '!';
	return *open == '[' && open[1] != '^';
}

/* "] (" before an address, or behind a picture's description. */
static gboolean is_gap(const char *text, const char *close)
{
	static const char *const addresses[] = {"http:", "https:", "www.", "../", "mailto:"};
	gboolean picture, address = FALSE;

	for (guint i = 0; i < G_N_ELEMENTS(addresses); i++)
		address = address || g_str_has_prefix(close + 3, addresses[i]);
	return is_bracketed(text, close, &picture) && (picture || address);
}

static int line_in(const char *text, const char *place, int line)
{
	for (const char *p = text; p < place; p++)
		line += *p == '\n';
	return line;
}

/* ** that opens nothing. */
static const char *find_stars(const char *text)
{
	for (const char *p = text; (p = strstr(p, "**")) != NULL; p += strspn(p, "*"))
		if (p[2] != '*' && (p == text || p[-1] != '*') && p[2] != '\0')
			return p;
	return NULL;
}

/* Obsidian's ==marked words==. */
static const char *find_marked(const char *text)
{
	for (const char *p = text, *end; (p = strstr(p, "==")) != NULL; p += strspn(p, "=")) {
		if (strspn(p, "=") != 2 || p[2] == '\0' || g_ascii_isspace(p[2]))
			continue;
		end = strstr(p + 2, "==");
		if (end != NULL && strspn(end, "=") == 2 && !g_ascii_isspace(end[-1]))
			return p;
	}
	return NULL;
}

/* What only other programs know: [[a note]] and ![[a picture]] of Obsidian or a wiki, %% a comment %% and {>> another <<}. */
static void check_foreign(Body *b, const char *text, int line)
{
	static const struct {
		const char *open, *close;
	} notes[] = {{"%%", "%%"}, {"{>>", "<<}"}};

	for (const char *p = text, *end; (p = strstr(p, "[[")) != NULL; p = end) {
		const gsize length = strcspn(p, "]\n");
		const gboolean picture = p > text && p[-1] == '!';
		end = p + length;
		if (length < 3 || !g_str_has_prefix(end, "]]") || g_ascii_isdigit(p[2]))
			continue;
		grumble(b, MSG_BODY_LITERAL_WIKI, line_in(text, p, line), picture ? "![[" : "[[");
	}
	for (guint i = 0; i < G_N_ELEMENTS(notes); i++)
		for (const char *p = text, *end; (p = strstr(p, notes[i].open)) != NULL && (end = strstr(p + strlen(notes[i].open), notes[i].close)) != NULL; p = end + strlen(notes[i].close))
			if (end > p + strlen(notes[i].open))
				grumble(b, MSG_BODY_COMMENT_FOREIGN, line_in(text, p, line), notes[i].open, notes[i].open);
	const char *marked = find_marked(text);
	if (marked != NULL) {
		g_autofree char *word = g_strndup(marked, 2 + strcspn(marked + 2, "= \n"));
		grumble(b, MSG_BODY_MARKED, line_in(text, marked, line), word);
	}
}

void slips_text(Body *b, const char *text, int line)
{
	g_autofree char *name = NULL;
	const char *place = strstr(text, "](");
	gboolean picture, literal = place != NULL && is_bracketed(text, place, &picture);
	MessageId id = literal ? address_slip(place + 2, &name) : MSG_BODY_LITERAL_GAP;

	place = literal ? place : NULL;
	for (const char *p = text; place == NULL && (p = strstr(p, "] (")) != NULL; p++)
		place = is_gap(text, p) ? p : NULL;
	if (place != NULL)
		grumble(b, id, line_in(text, place, line), id == MSG_BODY_LITERAL_GAP ? "] (" : "](", name != NULL ? name : "");
	check_foreign(b, text, line);
	place = b->merged ? NULL : find_stars(text);
	if (place != NULL)
		grumble(b, MSG_BODY_BOLD_LITERAL, line_in(text, place, line), "**");
}

/* "(1) ", "(a) ", "IV. ": its length; 0: it is none of them. */
static gsize numbered_mark(const char *text, gsize length)
{
	gsize inner = 0, roman = 0;

	while (*text == '(' && inner < 3 && inner + 1 < length && g_ascii_isalnum(text[inner + 1]))
		inner++;
	if (inner > 0 && inner + 3 < length && (inner == 1 || g_ascii_isdigit(text[1])) && text[inner + 1] == ')' && text[inner + 2] == ' ')
		return inner + 2;
	while (roman < 5 && roman < length && strchr("IVX", text[roman]) != NULL)
		roman++;
	return roman > 0 && roman < 5 && roman + 2 < length && text[roman] == '.' && text[roman + 1] == ' ' ? roman + 1 : 0;
}

/* The mark that a line begins with as the items of a list do in a word processor; 0 bytes: none. alone: one such line is enough to know. */
static gsize item_mark(const char *text, gsize length, gboolean *alone)
{
	static const char *const bullets[] = {"•", "◦", "▪", "●", "·", "‣", "\xEF\x82\xB7" /* Symbol's bullet */};
	static const char *const dashes[] = {"–", "—", "o", "-", "*", "§", "Ø", "ü"}; /* the last three are arrows and ticks of Wingdings */
	gsize digits = 0, n = 0;

	*alone = TRUE;
	if (length > 0 && strchr("(IVX", *text) != NULL && (n = numbered_mark(text, length)) > 0) {
		*alone = FALSE;
		return n;
	}
	if (length == 0 || (g_ascii_isalpha(*text) && *text != 'o' && (length < 4 || text[1] != ')'))) /* as most lines do */
		return 0;
	if (g_ascii_isalpha(*text) && length > 3 && text[1] == ')' && (text[2] == ' ' || text[2] == '\t')) { /* a) b) */
		*alone = FALSE;
		return 2;
	}
	for (guint i = 0; i < G_N_ELEMENTS(bullets); i++)
		if (length > strlen(bullets[i]) && memcmp(text, bullets[i], strlen(bullets[i])) == 0)
			return strlen(bullets[i]);
	for (guint i = 0; i < G_N_ELEMENTS(dashes) && n == 0; i++)
		n = length > strlen(dashes[i]) + 2 && memcmp(text, dashes[i], strlen(dashes[i])) == 0 ? strlen(dashes[i]) : 0;
	while (n == 0 && digits < MIN(length, 3) && g_ascii_isdigit(text[digits]))
		digits++;
	if (digits > 0 && digits + 3 < length && strchr(".)", text[digits]) != NULL)
		n = digits + 1;
	if (n == 0)
		return 0;
	if (memcmp(text + n, NO_BREAK_SPACE, 2) == 0)
		return n;
	*alone = FALSE;
	if (*text == '-' || *text == '*' || digits > 0)
		return *text != '*' && g_ascii_isalpha(text[n]) ? n : 0;
	return text[n] == ' ' || text[n] == '\t' ? n : 0;
}

/* What nobody sees at text, or cannot tell from a space: its bytes; 0: it is none of them. */
static gsize unseen_length(const char *text, gsize length)
{
	static const char *const unseen[] = {NO_BREAK_SPACE, "\xC2\xAD", "\xE2\x80\xAF", "\xE2\x81\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF"};

	if (length == 0 || (guchar)*text < 0xC2)
		return 0;
	if (length >= 3 && memcmp(text, "\xE2\x80", 2) == 0 && (guchar)text[2] >= 0x80 && (guchar)text[2] <= 0x8F) /* U+2000 to U+200F */
		return 3;
	for (guint i = 0; i < G_N_ELEMENTS(unseen); i++)
		if (length >= strlen(unseen[i]) && memcmp(text, unseen[i], strlen(unseen[i])) == 0)
			return strlen(unseen[i]);
	return 0;
}

/* Whether the line would become a quote, a heading, a list, a table, a picture or a note, did it begin here. in_quote: what precedes is a >. */
static gboolean is_opening(const char *text, gboolean in_quote)
{
	const gsize digits = strspn(text, "0123456789");

	if (*text == '>' || *text == '|' || g_str_has_prefix(text, "![") || g_str_has_prefix(text, "[^") || g_str_has_prefix(text, "```"))
		return TRUE;
	if (in_quote && g_str_has_prefix(text, "**"))
		return TRUE;
	if (*text == '#')
		return text[strspn(text, "#")] == ' ';
	return (*text != '\0' && strchr("-*+", *text) != NULL && text[1] == ' ') || (digits > 0 && digits < 4 && strchr(".)", text[digits]) != NULL && text[digits + 1] == ' ');
}

/* As strspn, within length bytes: a file has no NUL behind it. */
static gsize span(const char *text, gsize length, const char *signs)
{
	gsize n = 0;

	while (n < length && text[n] != '\0' && strchr(signs, text[n]) != NULL)
		n++;
	return n;
}

void slips_unseen(Body *b, int first, int last)
{
	for (int i = first; b->exact && b->lines == NULL && i <= last; i++) {
		gsize length, n, skipped = 0;
		const char *line = body_raw_line(b, i, &length), *text = line + span(line, length, " \t>");
		const gsize begin = (gsize)(text - line);
		while (begin + skipped < length && (n = unseen_length(text + skipped, length - begin - skipped)) > 0) {
			skipped += n;
			skipped += span(text + skipped, length - begin - skipped, " \t");
		}
		if (skipped == 0 || begin + skipped >= length)
			continue;
		g_autofree char *rest = g_strndup(text + skipped, MIN(8, length - begin - skipped));
		if (!is_opening(rest, memchr(line, '>', begin) != NULL))
			continue;
		g_autofree char *focus = g_strndup(text, unseen_length(text, length - begin));
		g_autofree char *code = g_strdup_printf("U+%04X", g_utf8_get_char(focus));
		grumble(b, MSG_BODY_UNSEEN, i, focus, code);
	}
}

/* "- [ ] still to do", "- [x] done": GitHub's and Obsidian's; once a list. */
void slips_tasks(Body *b, int first, int last)
{
	for (int i = first; b->exact && b->lines == NULL && i <= last; i++) {
		gsize length, mark;
		const char *text = body_bare_line(b, i, &length);
		g_autofree char *start = g_strndup(text, MIN(length, 16));
		mark = strspn(start, "-*+0123456789.)");
		mark += strspn(start + mark, " ");
		if (mark < 2 || start[mark] != '[' || start[mark + 1] == '\0' || strchr(" xX", start[mark + 1]) == NULL || !g_str_has_prefix(start + mark + 2, "] "))
			continue;
		start[mark + 3] = '\0';
		grumble(b, MSG_BODY_TASK, i, start + mark, start + mark);
		return;
	}
}

/* Items of a list that is none. Returns whether there were. */
static gboolean check_items(Body *b, int first, int last)
{
	g_autofree char *mark = NULL;
	int seen = 0, line = 0;

	for (int i = first; i <= last; i++) {
		gsize length, n;
		gboolean alone;
		const char *text = body_bare_line(b, i, &length);
		if ((n = item_mark(text, length, &alone)) == 0)
			continue;
		if (line == 0)
			mark = g_strndup(text, n);
		line = line == 0 ? i : line;
		seen += alone ? 2 : 1;
	}
	if (seen > 1)
		grumble(b, MSG_BODY_LIST_LITERAL, line, mark, mark);
	return seen > 1;
}

/* "&gt; **Naam:**", "< **Naam:**", "< timeline/>": what would have been a quote or a block with the right sign. */
static void check_sign(Body *b, int line)
{
	gsize length;
	const char *text = body_bare_line(b, line, &length);
	g_autofree char *start = g_strndup(text, length);
	const gsize sign = *start == '<' ? 1 : g_str_has_prefix(start, "&gt;") || g_str_has_prefix(start, "&lt;") ? 4 : g_str_has_prefix(start, "\\>") ? 2 : 0;
	const char *rest = start + sign + strspn(start + sign, " ");
	g_autofree char *shown = g_strndup(start, sign);

	if (sign > 0 && g_str_has_prefix(rest, "**"))
		grumble(b, MSG_BODY_QUOTE_SIGN, line, shown, shown);
	else if (sign == 1 && start[1] == ' ' && g_ascii_islower(*rest) && strstr(rest, "/>") != NULL)
		grumble(b, MSG_BODY_ISLAND_GAP, line, "<");
}

/* A line that is an order to another program, and nothing else. */
static void check_order(Body *b, int line)
{
	static const char *const orders[] = {"[toc]", ":::", "\\pagebreak", "\\newpage", "\\clearpage", "\\tableofcontents", "\\vspace", "{{", "{%", "+++", "!!! "};
	gsize length;
	const char *text = body_bare_line(b, line, &length);
	g_autofree char *start = g_strndup(text, MIN(length, 40));

	for (guint i = 0; i < G_N_ELEMENTS(orders); i++) {
		if (g_ascii_strncasecmp(start, orders[i], strlen(orders[i])) != 0)
			continue;
		g_autofree char *shown = g_strndup(start, strcspn(start, " \r\n"));
		grumble(b, MSG_BODY_ORDER, line, shown, shown);
		return;
	}
}

void slips_paragraph(Body *b, int first, int last)
{
	if (b->exact && b->lines == NULL)
		check_order(b, first);
	if (b->exact && b->lines == NULL)
		check_sign(b, first);
	if (!b->exact || b->lines != NULL || check_items(b, first, last))
		return;
	for (int i = first; i <= last; i++) {
		gsize length;
		const char *text = body_bare_line(b, i, &length);
		while (length > 0 && g_ascii_isspace(text[length - 1]))
			length--;
		if (memchr(text, '\t', length) == NULL)
			continue;
		grumble(b, MSG_BODY_TAB, i, "\t");
		return;
	}
}

/* A line without > goes on with the quote above it: so Markdown has it, and so somebody's words become another's. */
void slips_lazy(Body *b, int first, int last)
{
	for (int i = first + 1; b->quotes > 0 && b->exact && b->lines == NULL && i <= last; i++) {
		gsize length, blank = 0;
		const char *text = body_raw_line(b, i, &length);
		while (blank < length && g_ascii_isspace(text[blank]))
			blank++;
		if (blank < length && text[blank] == '>')
			continue;
		grumble(b, b->speaking ? MSG_BODY_QUOTE_LAZY : MSG_BODY_QUOTATION_LAZY, i, NULL);
		b->merged = TRUE;
		return;
	}
}
