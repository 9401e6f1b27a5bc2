/* Footnotes: their texts are taken out before cmark parses (it would read "[^1]: Zie" as a link's address and drop it), and come back
 * where their mark stands. */
#include "source/markdown.h"

#include "base/text.h"

#include <string.h>

typedef struct {
	char *label;
	int line;      /* of the note in the file */
	int used;      /* line of its mark; 0: none yet */
	GString *text; /* without the mark; its lines follow one another from line on */
} Note;

static void note_free(gpointer data)
{
	Note *note = data;

	g_free(note->label);
	g_string_free(note->text, TRUE);
	g_free(note);
}

/* Length of "[^label]:" at text; 0 when there is none. */
static gsize definition_length(const char *text, gsize length)
{
	gsize n = 2;

	if (length < 5 || text[0] != '[' || text[1] != '^')
		return 0;
	while (n < MIN(length, 100) && strchr("[] \t", text[n]) == NULL)
		n++;
	return n > 2 && n + 1 < length && text[n] == ']' && text[n + 1] == ':' ? n + 2 : 0;
}

/* As definition_length, of what is nearly one: indented, with a space before the colon, or without it where a sentence begins. */
static gsize loose_definition_length(const char *text, gsize length)
{
	gsize n = 0, end;

	while (n < MIN(length, 3) && text[n] == ' ')
		n++;
	if (length - n < 5 || text[n] != '[' || text[n + 1] != '^')
		return 0;
	for (end = n + 2; end < length && strchr("[] \t", text[end]) == NULL;)
		end++;
	if (end == n + 2 || end >= length || text[end] != ']')
		return 0;
	while (++end < length && text[end] == ' ')
		;
	if (n == 0 && end + 1 < length && text[end - 1] == ' ' && (g_ascii_isupper(text[end]) || (guchar)text[end] >= 0x80))
		return end;
	return end < length && text[end] == ':' ? end + 1 : 0;
}

static gboolean is_blank(const char *text, gsize length)
{
	for (gsize i = 0; i < length; i++)
		if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r')
			return FALSE;
	return TRUE;
}

/* The columns that a note's later paragraphs are indented by; 0: this line is not indented enough. */
static gsize indent(const char *text, gsize length)
{
	if (length > 0 && text[0] == '\t')
		return 1;
	return length >= 4 && memcmp(text, "    ", 4) == 0 ? 4 : 0;
}

/* A line directly below that opens something of its own is not the note's. */
static gboolean opens_block(const char *text, gsize length)
{
	static const char *const openers[] = {"#", ">", "```", "~~~", "<", "|", "- ", "* ", "+ ", "---", "***"};

	for (guint i = 0; i < G_N_ELEMENTS(openers); i++)
		if (length >= strlen(openers[i]) && memcmp(text, openers[i], strlen(openers[i])) == 0)
			return TRUE;
	return definition_length(text, length) > 0;
}

typedef struct {
	char *text, *end;
	int line; /* of the file */
} Cursor;

static gsize line_length(const Cursor *c)
{
	const char *stop = memchr(c->text, '\n', (gsize)(c->end - c->text));

	return (gsize)((stop != NULL ? stop : c->end) - c->text);
}

static void next_line(Cursor *c, gsize length)
{
	c->text += length + (c->text + length < c->end);
	c->line++;
}

/* Moves a line's text, from skip on, into the note and blanks it. */
static void take_line(Cursor *c, gsize length, gsize skip, GString *to)
{
	g_string_append_len(to, c->text + skip, (gssize)(length - skip));
	g_string_append_c(to, '\n');
	memset(c->text, ' ', length);
	next_line(c, length);
}

/* The lines after a note's first. Blank ones belong to it when an indented one follows. */
static void take_rest(Cursor *c, GString *to)
{
	for (;;) {
		Cursor ahead = *c;
		gsize length = 0;
		while (ahead.text < ahead.end && is_blank(ahead.text, length = line_length(&ahead)))
			next_line(&ahead, length);
		if (ahead.text >= ahead.end || (ahead.line > c->line && indent(ahead.text, length) == 0))
			return;
		if (ahead.line == c->line && indent(ahead.text, length) == 0 && opens_block(ahead.text, length))
			return;
		for (; c->line < ahead.line; next_line(c, line_length(c)))
			g_string_append_c(to, '\n');
		length = line_length(c);
		take_line(c, length, indent(c->text, length), to);
	}
}

static void take_note(Body *b, Cursor *c, gsize length, gsize mark)
{
	const char *open = strchr(c->text, '^') + 1;
	char *label = g_strndup(open, strcspn(open, "]"));
	Note *note = g_new0(Note, 1), *earlier = g_hash_table_lookup(b->notes, label);

	note->label = label;
	note->line = c->line;
	note->text = g_string_new(NULL);
	take_line(c, length, mark, note->text);
	take_rest(c, note->text);
	if (is_blank(note->text->str, strcspn(note->text->str, "\n")) && note->text->len == strcspn(note->text->str, "\n") + 1)
		grumble(b, MSG_BODY_NOTE_EMPTY, note->line, label, label);
	if (earlier == NULL) {
		g_hash_table_insert(b->notes, label, note);
		return;
	}
	g_autofree char *line = g_strdup_printf("%d", earlier->line);
	grumble(b, MSG_BODY_NOTE_DOUBLE, note->line, label, label, line);
	note_free(note);
}

void notes_collect(Body *b, char *text, gsize size, const gboolean *opaque)
{
	Cursor c = {text, text + size, b->offset + 1};
	gboolean free_above = TRUE; /* the line above is blank or a note's */

	while (c.text < c.end) {
		gsize length = line_length(&c);
		gsize mark = opaque[c.line - b->offset] ? 0 : definition_length(c.text, length);
		gsize loose = mark == 0 && free_above && !opaque[c.line - b->offset] ? loose_definition_length(c.text, length) : 0;
		if (loose > 0) {
			g_autofree char *focus = g_strstrip(g_strndup(c.text, loose));
			grumble(b, MSG_BODY_NOTE_FORM, c.line, focus);
			mark = loose;
		}
		if (mark == 0) {
			free_above = is_blank(c.text, length);
			next_line(&c, length);
			continue;
		}
		if (!free_above) {
			g_autofree char *focus = g_strndup(c.text, mark);
			grumble(b, MSG_BODY_NOTE_BLANK, c.line, focus);
		}
		if (g_hash_table_size(b->notes) >= NOTE_LIMIT) {
			grumble(b, MSG_BODY_NOTE_MANY, c.line, NULL, G_STRINGIFY(2000));
			return;
		}
		take_note(b, &c, length, mark);
		free_above = TRUE;
	}
}

static void report_unknown(Body *b, const char *label, const Position *at)
{
	g_autofree const char **labels = (const char **)g_hash_table_get_keys_as_array(b->notes, NULL);
	const char *near = strlen(label) > 2 ? text_closest(label, labels) : NULL;

	grumble_at(b, near != NULL ? MSG_BODY_NOTE_UNKNOWN_NEAR : MSG_BODY_NOTE_UNKNOWN, at, label, near != NULL ? near : label);
}

void notes_mark(Body *b, const char *label, xmlNode *parent, int line)
{
	Note *note = g_hash_table_lookup(b->notes, label);
	g_autofree char *focus = g_strdup_printf("[^%s]", label);
	Position at = body_find(b, line, focus);
	Body inner = *b;
	cmark_node *document;
	xmlNode *footnote;

	if (note == NULL) {
		report_unknown(b, label, &at);
		body_text(b, parent, focus, strlen(focus)); /* as it stands: without it the spaces around it would seem to be two */
		return;
	}
	if (b->in_note || note->used > 0) {
		g_autofree char *earlier = g_strdup_printf("%d", note->used);
		grumble_at(b, b->in_note ? MSG_BODY_NOTE_INSIDE : MSG_BODY_NOTE_TWICE, &at, label, earlier);
		note->used = MAX(note->used, 1);
		body_text(b, parent, focus, strlen(focus));
		return;
	}
	note->used = at.line;
	footnote = body_element(b, parent, "footnote", at.line);
	if (at.column > 1)
		xml_number_add(footnote, "column", at.column);
	body_attribute(b, footnote, "label", label);
	inner.offset = note->line - 1;
	inner.lines = NULL;
	inner.exact = FALSE;
	inner.in_note = TRUE;
	inner.begun = TRUE;
	references_check_place(&inner, note->text->str, note->text->len);
	references_append(b, note->text);
	document = body_parse(note->text->str, note->text->len);
	body_blocks(&inner, cmark_node_first_child(document), footnote);
	cmark_node_free(document);
}

static int compare_lines(gconstpointer x, gconstpointer y)
{
	return (*(Note *const *)x)->line - (*(Note *const *)y)->line;
}

void notes_check_used(Body *b)
{
	g_autoptr(GPtrArray) notes = g_ptr_array_new();
	GHashTableIter all;
	gpointer value;

	g_hash_table_iter_init(&all, b->notes);
	while (g_hash_table_iter_next(&all, NULL, &value))
		g_ptr_array_add(notes, value);
	g_ptr_array_sort(notes, compare_lines);
	for (guint i = 0; i < notes->len; i++) {
		const Note *note = notes->pdata[i];
		g_autofree char *focus = g_strdup_printf("[^%s]", note->label);
		if (note->used == 0)
			grumble(b, MSG_BODY_NOTE_UNUSED, note->line, focus, note->label);
	}
}

void notes_init(Body *b)
{
	b->notes = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, note_free);
}
