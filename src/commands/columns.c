/* Tables on the terminal. */
#include "commands/command.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

char *command_shorten(const char *text, glong length)
{
	g_autofree char *part = g_utf8_strlen(text, -1) > length ? g_utf8_substring(text, 0, length - 1) : NULL;

	return part != NULL ? g_strconcat(part, "…", NULL) : g_strdup(text);
}

static const char *cell_at(const GPtrArray *rows, guint i, guint k)
{
	return ((char **)rows->pdata[i])[k];
}

/* Figures, perhaps with more of them between brackets, or a dash for none; the first row may be a heading. */
static gboolean is_numeric(const GPtrArray *rows, guint k)
{
	gboolean some = FALSE;

	for (guint i = 1; i < rows->len; i++) {
		const char *cell = cell_at(rows, i, k);
		if (cell[strspn(cell, "0123456789() -")] != '\0')
			return FALSE;
		some = some || g_ascii_isdigit(*cell);
	}
	return some;
}

static void append_cell(GString *line, const char *cell, glong width, gboolean right)
{
	glong gap = width - g_utf8_strlen(cell, -1);

	g_string_append_printf(line, "%s%*s%s%*s", line->len > 0 ? "  " : "", right ? (int)gap : 0, "", cell, right ? 0 : (int)gap, "");
}

static void tame_cells(const GPtrArray *rows)
{
	for (guint i = 0; i < rows->len; i++)
		for (char **cell = rows->pdata[i]; *cell != NULL; cell++) {
			g_autofree char *wild = *cell;
			*cell = text_tame(wild);
		}
}

void command_print_rows(const GPtrArray *rows)
{
	guint columns = rows->len > 0 ? g_strv_length(rows->pdata[0]) : 0;
	g_autofree glong *widths = g_new0(glong, columns + 1);
	g_autofree gboolean *right = g_new0(gboolean, columns + 1);

	tame_cells(rows);
	for (guint k = 0; k < columns; k++) {
		right[k] = is_numeric(rows, k);
		for (guint i = 0; i < rows->len; i++)
			widths[k] = MAX(widths[k], g_utf8_strlen(cell_at(rows, i, k), -1));
	}
	for (guint i = 0; i < rows->len; i++) {
		GString *line = g_string_new(NULL);
		for (guint k = 0; k < columns; k++)
			if (widths[k] > 0)
				append_cell(line, cell_at(rows, i, k), widths[k], right[k]);
		puts(g_strchomp(line->str));
		g_string_free(line, TRUE);
	}
}
