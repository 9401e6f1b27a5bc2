/* Pipe tables: a paragraph whose second line is a row of dashes. cmark gave us its lines as one paragraph; they are read again from the file,
 * and cmark parses each cell as the text of a heading, since that is the one block that holds nothing but a line. */
#include "source/markdown.h"

#include <string.h>

typedef struct {
	GPtrArray *cells; /* char * */
	int line;
} Row;

static void row_free(gpointer data)
{
	Row *row = data;

	g_ptr_array_unref(row->cells);
	g_free(row);
}

/* Splits at every | that no backslash precedes; \| becomes |. */
static Row *row_new(const char *text, gsize length, int line)
{
	Row *row = g_new0(Row, 1);
	GString *cell = g_string_new(NULL);
	gsize i = 0;

	row->cells = g_ptr_array_new_with_free_func(g_free);
	row->line = line;
	while (length > 0 && g_ascii_isspace(text[length - 1]))
		length--;
	for (i = length > 0 && text[0] == '|' ? 1 : 0; i < length; i++) {
		if (text[i] == '|') {
			g_ptr_array_add(row->cells, g_strstrip(g_string_free(cell, FALSE)));
			cell = g_string_new(NULL);
			continue;
		}
		if (text[i] == '\\' && i + 1 < length && text[i + 1] != '|')
			g_string_append_c(cell, text[i++]);
		else if (text[i] == '\\' && i + 1 < length)
			i++;
		g_string_append_c(cell, text[i]);
	}
	if (cell->len > 0)
		g_ptr_array_add(row->cells, g_strstrip(g_string_free(cell, FALSE)));
	else
		g_string_free(cell, TRUE);
	return row;
}

static gboolean is_delimiter(const char *text, gsize length)
{
	gboolean dash = FALSE, pipe = FALSE;

	for (gsize i = 0; i < length; i++) {
		if (strchr("|:- \t", text[i]) == NULL || text[i] == '\0')
			return FALSE;
		dash = dash || text[i] == '-';
		pipe = pipe || text[i] == '|';
	}
	return dash && pipe;
}

static const char *alignment(const char *dashes)
{
	gsize n = strlen(dashes);
	gboolean left = n > 0 && dashes[0] == ':', right = n > 1 && dashes[n - 1] == ':';

	return left && right ? "center" : right ? "right" : left ? "left" : NULL;
}

/* All cells as one text, a heading a line; lines receives the file's line of each. */
static char *join_cells(const Body *b, const GPtrArray *rows, guint columns, GArray *lines)
{
	GString *out = g_string_new(NULL);
	int none = 0;

	g_array_append_val(lines, none);
	for (guint i = 0; i < rows->len; i++) {
		const Row *row = rows->pdata[i];
		for (guint k = 0; k < columns; k++) {
			g_string_append_printf(out, "# %s #\n", k < row->cells->len ? (char *)row->cells->pdata[k] : "");
			g_array_append_val(lines, row->line);
		}
	}
	references_append(b, out);
	return g_string_free(out, FALSE);
}

static void convert_row(Body *b, cmark_node **cell, xmlNode *parent, const Row *row, const Row *dashes, const char *name)
{
	xmlNode *tr = body_element(b, parent, "tr", row->line);

	b->cursor = locator_line_start(&b->s->text, row->line);
	b->limit = locator_line_end(&b->s->text, row->line);

	for (guint k = 0; k < dashes->cells->len; k++) {
		xmlNode *element = body_element(b, tr, name, row->line);
		const char *align = alignment(dashes->cells->pdata[k]);
		if (align != NULL)
			body_attribute(b, element, "align", align);
		if (*cell == NULL)
			continue;
		body_inlines(b, cmark_node_first_child(*cell), element, row->line);
		*cell = cmark_node_next(*cell);
	}
}

static void convert_rows(Body *b, const GPtrArray *rows, const Row *dashes, xmlNode *table)
{
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(int));
	g_autofree char *text = join_cells(b, rows, dashes->cells->len, lines);
	cmark_node *document = body_parse(text, strlen(text)), *cell = cmark_node_first_child(document);
	gboolean exact = b->exact;
	const int *outer = b->lines;
	xmlNode *group;

	b->lines = (const int *)(void *)lines->data;
	b->exact = FALSE;
	for (guint i = 0; i < rows->len; i++) {
		const Row *row = rows->pdata[i];
		if (i < 2)
			group = body_element(b, table, i == 0 ? "thead" : "tbody", row->line);
		convert_row(b, &cell, group, row, dashes, i == 0 ? "th" : "td");
	}
	b->lines = outer;
	b->exact = exact;
	cmark_node_free(document);
}

static gboolean check_counts(Body *b, const GPtrArray *rows, const Row *dashes)
{
	guint columns = dashes->cells->len;
	g_autofree char *wanted = g_strdup_printf("%u", columns);
	gboolean good = TRUE;

	if (columns > TABLE_COLUMN_LIMIT || rows->len > TABLE_ROW_LIMIT) {
		grumble(b, MSG_BODY_TABLE_SIZE, dashes->line - 1, NULL, G_STRINGIFY(20), G_STRINGIFY(500));
		return FALSE;
	}
	for (guint i = 0; i < rows->len; i++) {
		const Row *row = rows->pdata[i];
		g_autofree char *found = g_strdup_printf("%u", row->cells->len);
		if (row->cells->len > columns || (i == 0 && row->cells->len < columns)) {
			grumble(b, i == 0 ? MSG_BODY_TABLE_HEAD : MSG_BODY_TABLE_CELLS, row->line, NULL, found, wanted);
			good = FALSE;
		}
	}
	return good;
}

/* A line of the paragraph; its first may stand behind the mark of a list. */
static const char *row_text(const Body *b, cmark_node *paragraph, int line, gsize *length)
{
	gsize start = (gsize)MAX(cmark_node_get_start_column(paragraph), 1) - 1;
	const char *text;

	if (!b->exact || line > body_line(b, paragraph))
		return body_bare_line(b, line, length);
	text = body_raw_line(b, line, length);
	start = MIN(start, *length);
	*length -= start;
	return text + start;
}

/* A ruler of a table that is drawn: +-----+-----+, ----+----, and what a terminal draws (U+2500 to U+257F, E2 94 80 to E2 95 BF). */
static gboolean is_ruler(const char *text, gsize length)
{
	gboolean plus = FALSE, dash = FALSE;

	if (length > 2 && (guchar)text[0] == 0xE2 && ((guchar)text[1] == 0x94 || (guchar)text[1] == 0x95))
		return strchr("\x80\x81\x90", text[2]) == NULL; /* a line that is horizontal only is no table */
	for (gsize i = 0; i < length; i++) {
		if (strchr("+-=|: \t\r\n", text[i]) == NULL || text[i] == '\0')
			return FALSE;
		plus = plus || text[i] == '+';
		dash = dash || ((text[i] == '-' || text[i] == '=') && i + 1 < length && text[i + 1] == text[i]);
	}
	return plus && dash;
}

/* Lines with pipes that do not make a table. */
static void check_pipes(Body *b, cmark_node *node, int first, int last)
{
	gsize length;
	gboolean all = TRUE;

	for (int line = first; line <= last; line++) {
		const char *text = row_text(b, node, line, &length);
		gboolean pipe = length > 0 && *text == '|';
		if (is_ruler(text, length)) {
			grumble(b, MSG_BODY_TABLE_DRAWN, line, NULL);
			return;
		}
		if (pipe && line > first + 1 && is_delimiter(text, length)) {
			grumble(b, MSG_BODY_TABLE_BEFORE, line - 1, NULL);
			return;
		}
		all = all && pipe;
	}
	const char *only = row_text(b, node, first, &length);
	while (length > 0 && g_ascii_isspace(only[length - 1]))
		length--;
	if (all && last > first)
		grumble(b, MSG_BODY_TABLE_DASHES, first + 1, NULL);
	else if (all && length > 2 && only[length - 1] == '|' && memchr(only + 1, '|', length - 2) != NULL)
		grumble(b, MSG_BODY_TABLE_ROW, first, NULL);
}

gboolean body_table(Body *b, cmark_node *node, xmlNode *parent)
{
	int first = body_line(b, node), last = first + cmark_node_get_end_line(node) - cmark_node_get_start_line(node);
	g_autoptr(GPtrArray) rows = NULL;
	Row *dashes;
	const char *text;
	gsize length;

	if (b->lines != NULL)
		return FALSE;
	if (last == first) {
		check_pipes(b, node, first, last);
		return FALSE;
	}
	text = body_bare_line(b, first + 1, &length);
	if (!is_delimiter(text, length)) {
		check_pipes(b, node, first, last);
		return FALSE;
	}
	dashes = row_new(text, length, first + 1);
	rows = g_ptr_array_new_with_free_func(row_free);
	for (int line = first; line <= last && rows->len <= TABLE_ROW_LIMIT; line++) {
		text = row_text(b, node, line, &length);
		if (line != first + 1)
			g_ptr_array_add(rows, row_new(text, length, line));
	}
	if (check_counts(b, rows, dashes))
		convert_rows(b, rows, dashes, body_element(b, parent, "table", first));
	row_free(dashes);
	return TRUE;
}
