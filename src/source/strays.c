/* Signs that would be printed as they stand: other programs' smileys and raised figures, a page number that was still to be filled in, a list of terms, a
 * quotation mark without its fellow. */
#include "source/markdown.h"

#include <string.h>

/* Moves from, which stands on line, to place: the whole text is gone through once, however much there is to tell. */
static int step_to(const char **from, const char *place, int line)
{
	for (; *from < place; ++*from)
		line += **from == '\n';
	return line;
}

static gboolean is_word(char c)
{
	return g_ascii_isalnum(c) || (guchar)c >= 0x80;
}

/* H~2~O, m^2^: Pandoc's. */
static void check_script(Body *b, const char *text, int line, char sign)
{
	enum { LONGEST = 6 };
	const char *from = text;

	for (const char *p = text; (p = strchr(p, sign)) != NULL; p++) {
		const gsize length = strspn(p + 1, "0123456789abcdefghijklmnopqrstuvwxyz+-");
		if (p == text || !g_ascii_isalnum(p[-1]) || length == 0 || length > LONGEST || p[length + 1] != sign || p[length + 2] == sign)
			continue;
		g_autofree char *shown = g_strndup(p, length + 2);
		line = step_to(&from, p, line);
		grumble(b, MSG_BODY_SCRIPT, line, shown, (const char[]){sign, '\0'});
		p += length + 1;
	}
}

/* :smile: of GitHub and Slack. */
static void check_smileys(Body *b, const char *text, int line)
{
	const char *from = text;

	for (const char *p = text; (p = strchr(p, ':')) != NULL; p++) {
		const gsize length = strspn(p + 1, "abcdefghijklmnopqrstuvwxyz0123456789_+-");
		if ((p > text && strchr(" \n(", p[-1]) == NULL) || length < 2 || p[length + 1] != ':' || is_word(p[length + 2]) || !(g_ascii_isalpha(p[1]) || strchr("+-", p[1]) != NULL))
			continue;
		g_autofree char *shown = g_strndup(p, length + 2);
		line = step_to(&from, p, line);
		grumble(b, MSG_BODY_SMILEY, line, shown, shown);
		p += length + 1;
	}
}

/* Where one of these words begins that ends right before place, a space between; NULL: none does. */
static const char *word_before(const char *text, const char *place, const char *const *words)
{
	const char *end = place;

	if (end > text && (end[-1] == ' ' || end[-1] == '\n'))
		end--;
	else if (end - text > 1 && memcmp(end - 2, "\xC2\xA0", 2) == 0)
		end -= 2;
	else
		return NULL;
	for (; *words != NULL; words++) {
		const gsize length = strlen(*words);
		if ((gsize)(end - text) >= length && g_ascii_strncasecmp(end - length, *words, length) == 0 && (end - length == text || !is_word(end[-1 - (gssize)length])))
			return end - length;
	}
	return NULL;
}

/* "zie pagina XX", "figuur ??". Three X are looked for everywhere by the rules; of a chapter XX is a Roman number. */
static void check_numbers(Body *b, const char *text, int line)
{
	static const char *const pages[] = {"pagina", "bladzijde", "pag.", "blz.", "p.", "page", "pages", "pp.", NULL};
	static const char *const parts[] = {"hoofdstuk", "paragraaf", "figuur", "tabel", "bijlage", "noot", "chapter", "section", "figure", "table", "appendix", "note", NULL};
	static const char *const blanks[] = {"XX", "??"};

	for (guint i = 0; i < G_N_ELEMENTS(blanks); i++) {
		const char *from = text;
		int now = line;
		for (const char *p = text; (p = strstr(p, blanks[i])) != NULL; p += strspn(p, blanks[i])) {
			const char *word = strspn(p, blanks[i]) == 2 && !is_word(p[2]) ? word_before(text, p, pages) : NULL;
			if (word == NULL && *p == '?' && strspn(p, "?") == 2)
				word = word_before(text, p, parts);
			if (word == NULL)
				continue;
			g_autofree char *shown = g_strndup(word, (gsize)(p + 2 - word));
			now = step_to(&from, word, now);
			grumble(b, MSG_BODY_NUMBER_OPEN, now, strchr(shown, '\n') != NULL ? NULL : shown, blanks[i]);
		}
	}
}

void strays_text(Body *b, const char *text, int line)
{
	check_script(b, text, line, '~');
	check_script(b, text, line, '^');
	check_smileys(b, text, line);
	check_numbers(b, text, line);
}

void strays_term(Body *b, int first, int last)
{
	for (int i = first; b->exact && b->lines == NULL && i <= last; i++) {
		gsize length;
		const char *text = body_bare_line(b, i, &length);
		if (length < 3 || text[0] != ':' || (text[1] != ' ' && text[1] != '\t'))
			continue;
		grumble(b, MSG_BODY_TERM, i, ":");
		return;
	}
}

/* ---- quotation marks ---- */

/* The double quotation mark at text: its bytes; 0: there is none. */
static gsize mark_size(const char *text)
{
	static const char *const curly[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E"};

	if (*text == '"')
		return 1;
	for (guint i = 0; i < G_N_ELEMENTS(curly); i++)
		if (g_str_has_prefix(text, curly[i]))
			return strlen(curly[i]);
	return 0;
}

typedef struct {
	guint count;
	gboolean begins; /* the paragraph's first sign is one */
	gboolean prime;  /* one may be an inch or a second */
	int line;        /* of the last one, */
	char *word;      /* and the word it stands at */
} Marks;

static void count_marks(const char *text, int line, gboolean first, Marks *m)
{
	const char *last = NULL;

	m->begins = m->begins || (first && mark_size(text) > 0);
	for (const char *p = text; *p != '\0'; p += MAX(mark_size(p), 1)) {
		if (mark_size(p) == 0)
			continue;
		m->count++;
		m->prime = m->prime || (*p == '"' && p > text && g_ascii_isdigit(p[-1]));
		last = p;
	}
	if (last == NULL)
		return;
	const char *from = last;
	while (from > text && !g_ascii_isspace(from[-1]))
		from--;
	g_free(m->word);
	m->word = g_strndup(from, (gsize)(last - from) + strcspn(last, " \t\n"));
	m->line = line;
}

void strays_marks(Body *b, cmark_node *node, int line)
{
	Marks m = {.line = line};
	gboolean first = TRUE;

	if (!b->exact || b->lines != NULL || b->in_note)
		return;
	cmark_iter *i = cmark_iter_new(node);
	for (cmark_event_type e; (e = cmark_iter_next(i)) != CMARK_EVENT_DONE;) {
		cmark_node *at = cmark_iter_get_node(i);
		if (e != CMARK_EVENT_ENTER || at == node || cmark_node_get_type(at) != CMARK_NODE_TEXT)
			continue;
		count_marks(cmark_node_get_literal(at), body_inline_line(b, at, line), first, &m);
		first = FALSE;
	}
	cmark_iter_free(i);
	if (m.count % 2 == 0) {
		b->unpaired += b->unpaired > 0 && m.begins; /* it goes on with what was said */
	} else {
		b->unpaired += m.prime ? 2 : 1;
		b->unpaired_line = m.line;
		g_free(b->unpaired_word);
		b->unpaired_word = g_steal_pointer(&m.word);
	}
	g_free(m.word);
}

void strays_section(Body *b)
{
	if (b->unpaired == 1)
		grumble(b, MSG_BODY_MARK_UNPAIRED, b->unpaired_line, b->unpaired_word);
	b->unpaired = 0;
	g_clear_pointer(&b->unpaired_word, g_free);
}
