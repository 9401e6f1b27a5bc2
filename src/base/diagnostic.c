/* The one place where messages are collected, ordered and printed. */
#include "base/diagnostic.h"

#include "base/file.h"
#include "base/text.h"

#include <string.h>

struct Diagnostics {
	GPtrArray *list;    /* Diagnostic */
	GHashTable *order;  /* file name -> rank + 1 */
	GHashTable *texts;  /* file name -> GBytes */
	char *root;
};

typedef struct {
	Level level;
	const char *code;
	const char *text[2];
	const char *hint[2];
} Row;

static const Row rows[] = {
#define MESSAGE(id, level, code, en, nl, hint_en, hint_nl) {LEVEL_##level, code, {en, nl}, {hint_en, hint_nl}},
#include "base/messages.def"
#undef MESSAGE
};

static void diagnostic_free(gpointer data)
{
	Diagnostic *m = data;

	g_free(m->code);
	g_free(m->file);
	g_free(m->focus);
	for (int i = 0; i < 2; i++) {
		g_free(m->text[i]);
		g_free(m->hint[i]);
	}
	g_free(m);
}

Diagnostics *diagnostics_new(void)
{
	Diagnostics *d = g_new0(Diagnostics, 1);

	d->list = g_ptr_array_new_with_free_func(diagnostic_free);
	d->order = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	d->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
	return d;
}

void diagnostics_free(Diagnostics *d)
{
	if (d == NULL)
		return;
	g_ptr_array_unref(d->list);
	g_hash_table_unref(d->order);
	g_hash_table_unref(d->texts);
	g_free(d->root);
	g_free(d);
}

enum { LONGEST = 600 }; /* bytes of what a message quotes: what a file holds may be of any length */

static void append_argument(GString *out, const char *value)
{
	gsize length = strlen(value);

	if (length > LONGEST) {
		const char *end = g_utf8_find_prev_char(value, value + LONGEST);
		length = end != NULL ? (gsize)(end - value) : LONGEST;
	}
	g_autofree char *line = g_strndup(value, length), *tame = text_tame(g_strdelimit(line, "\n\t", ' ')); /* a name may hold what looks like another message */
	g_string_append(out, tame);
	if (value[length] != '\0')
		g_string_append(out, "\u2026");
}

/* Fills in %1 ... %9. NULL when a named argument is empty and that is not allowed. */
static char *fill(const char *template, const char *const *arguments, gboolean empty_allowed)
{
	guint n = g_strv_length((char **)arguments);
	GString *out;

	if (template == NULL)
		return NULL;
	out = g_string_new(NULL);
	for (const char *p = template; *p != '\0'; p++) {
		if (*p != '%' || !g_ascii_isdigit(p[1]) || p[1] == '0') {
			g_string_append_c(out, *p);
			continue;
		}
		guint k = (guint)(*++p - '1');
		const char *value = k < n ? arguments[k] : "";
		if (*value == '\0' && !empty_allowed) {
			g_string_free(out, TRUE);
			return NULL;
		}
		append_argument(out, value);
	}
	return g_string_free(out, FALSE);
}

static Diagnostic *diagnostic_new(Level level, const char *code, const Position *at)
{
	Diagnostic *m = g_new0(Diagnostic, 1);

	m->level = level;
	m->code = g_strdup(code);
	if (at != NULL) {
		m->file = g_strdup(at->file);
		m->line = at->line;
		m->column = at->column;
		m->focus = g_strdup(at->focus);
	}
	return m;
}

void diagnostics_add_each(Diagnostics *d, MessageId id, const Position *at, const char *const *const arguments[2])
{
	const Row *row = &rows[id];
	Diagnostic *m = diagnostic_new(row->level, row->code, at);

	m->id = id;
	for (int i = 0; i < 2; i++) {
		m->text[i] = fill(row->text[i], arguments[i], TRUE);
		m->hint[i] = fill(row->hint[i], arguments[i], FALSE);
	}
	g_ptr_array_add(d->list, m);
}

void diagnostics_add(Diagnostics *d, MessageId id, const Position *at, const char *const *arguments)
{
	diagnostics_add_each(d, id, at, (const char *const *const[]){arguments, arguments});
}

void diagnostics_add_text(Diagnostics *d, Level level, const char *code, const Position *at, const char *const text[2],
                          const char *const hint[2])
{
	Diagnostic *m = diagnostic_new(level, code, at);

	m->id = MSG_COUNT;
	for (int i = 0; i < 2; i++) {
		m->text[i] = g_strdup(text[i] != NULL ? text[i] : text[1 - i]);
		if (hint != NULL)
			m->hint[i] = g_strdup(hint[i] != NULL ? hint[i] : hint[1 - i]);
	}
	g_ptr_array_add(d->list, m);
}

void diagnostics_merge(Diagnostics *d, Diagnostics *from)
{
	GHashTableIter i;
	gpointer key, value;

	g_ptr_array_extend_and_steal(d->list, g_steal_pointer(&from->list));
	from->list = g_ptr_array_new_with_free_func(diagnostic_free);
	g_hash_table_iter_init(&i, from->texts);
	while (g_hash_table_iter_next(&i, &key, &value))
		g_hash_table_replace(d->texts, g_strdup(key), g_bytes_ref(value));
}

void diagnostics_filter(Diagnostics *d, DiagnosticPredicate wanted, gpointer data)
{
	guint kept = 0;

	for (guint i = 0; i < d->list->len; i++) {
		gpointer m = d->list->pdata[i];
		if (!wanted(m, data))
			continue;
		d->list->pdata[i] = d->list->pdata[kept];
		d->list->pdata[kept++] = m;
	}
	g_ptr_array_set_size(d->list, (int)kept); /* frees the others, which are behind now */
}

void diagnostics_copy(Diagnostics *d, const Diagnostics *from, DiagnosticPredicate wanted, gpointer data)
{
	for (guint i = 0; i < from->list->len; i++) {
		const Diagnostic *m = from->list->pdata[i];
		Diagnostic *copy;
		if (!wanted(m, data))
			continue;
		copy = g_memdup2(m, sizeof *m);
		copy->code = g_strdup(m->code);
		copy->file = g_strdup(m->file);
		copy->focus = g_strdup(m->focus);
		for (int k = 0; k < 2; k++) {
			copy->text[k] = g_strdup(m->text[k]);
			copy->hint[k] = g_strdup(m->hint[k]);
		}
		g_ptr_array_add(d->list, copy);
	}
}

void diagnostics_note_file(Diagnostics *d, const char *file)
{
	if (!g_hash_table_contains(d->order, file))
		g_hash_table_insert(d->order, g_strdup(file), GUINT_TO_POINTER(g_hash_table_size(d->order) + 1));
}

guint diagnostics_count(const Diagnostics *d, Level at_least)
{
	guint n = 0;

	for (guint i = 0; i < d->list->len; i++)
		n += ((Diagnostic *)d->list->pdata[i])->level >= at_least;
	return n;
}

guint diagnostics_length(const Diagnostics *d)
{
	return d->list->len;
}

const Diagnostic *diagnostics_peek(const Diagnostics *d, guint i)
{
	return d->list->pdata[i];
}

void diagnostics_set_root(Diagnostics *d, const char *root)
{
	g_free(d->root);
	d->root = g_strdup(root);
}

void diagnostics_soften(Diagnostics *d, Level most, const char *where)
{
	for (guint i = 0; i < d->list->len; i++) {
		Diagnostic *m = d->list->pdata[i];
		m->level = MIN(m->level, most);
		if (where == NULL || m->file == NULL)
			continue;
		char *name = g_strconcat(where, ":", m->file, NULL);
		GBytes *text = g_hash_table_lookup(d->texts, m->file);
		if (text != NULL)
			diagnostics_set_text(d, name, text);
		g_free(m->file);
		m->file = name;
	}
}

void diagnostics_set_text(Diagnostics *d, const char *file, GBytes *text)
{
	g_hash_table_replace(d->texts, g_strdup(file), g_bytes_ref(text));
}

/* Longer ones no author wrote, and each message would look through all of it. */
enum { LONGEST_LINE = 64 * 1024 /* bytes */ };

/* The line a message is about, without its end; NULL when it cannot be had. */
static char *source_line(Diagnostics *d, const Diagnostic *m)
{
	GBytes *text;
	const char *p, *end;
	gsize size;

	if (m->file == NULL || m->line <= 0 || m->withheld)
		return NULL;
	text = g_hash_table_lookup(d->texts, m->file);
	if (text == NULL) {
		g_autofree char *path = d->root != NULL ? g_build_filename(d->root, m->file, NULL) : g_strdup(m->file);
		text = file_load(path, FILE_LIMIT, NULL);
		if (text == NULL)
			text = g_bytes_new(NULL, 0);
		g_hash_table_insert(d->texts, g_strdup(m->file), text);
	}
	p = g_bytes_get_data(text, &size);
	if (p == NULL)
		return NULL;
	end = p + size;
	for (int line = 1; line < m->line; line++) {
		p = memchr(p, '\n', (gsize)(end - p));
		if (p == NULL)
			return NULL;
		p++;
	}
	const char *stop = memchr(p, '\n', (gsize)(end - p));
	if ((stop != NULL ? stop : end) - p > LONGEST_LINE)
		return NULL;
	if (stop == NULL)
		stop = end;
	if (stop > p && stop[-1] == '\r')
		stop--;
	return g_utf8_make_valid(p, stop - p);
}

static const char *find_focus(const char *in, const char *focus)
{
	for (; *in != '\0'; in++) {
		gsize n = 0;
		while (focus[n] != '\0' && (focus[n] == in[n] || (focus[n] == '"' && in[n] == '\'')))
			n++;
		if (focus[n] == '\0')
			return in;
	}
	return NULL;
}

/* From the column on, then the whole line. */
static const char *find_in_line(const Diagnostic *m, const char *line)
{
	const char *from = line, *hit;

	if (m->column > 0 && g_utf8_strlen(line, -1) >= m->column - 1)
		from = g_utf8_offset_to_pointer(line, m->column - 1);
	hit = find_focus(from, m->focus);
	return hit != NULL ? hit : find_focus(line, m->focus);
}

enum { LINES_AHEAD = 40 };

/* Gives a message the line and column of its focus. */
static void settle(Diagnostics *d, Diagnostic *m)
{
	Diagnostic at = *m;

	for (int i = 0; m->focus != NULL && *m->focus != '\0' && i <= LINES_AHEAD; i++, at.line++, at.column = 0) {
		g_autofree char *line = source_line(d, &at);
		const char *hit = line != NULL ? find_in_line(&at, line) : NULL;
		if (hit != NULL) {
			m->line = at.line;
			m->column = (int)g_utf8_pointer_to_offset(line, hit) + 1;
		}
		if (hit != NULL || line == NULL)
			return;
	}
}

static int compare(gconstpointer a, gconstpointer b, gpointer data)
{
	const Diagnostic *x = *(Diagnostic *const *)a, *y = *(Diagnostic *const *)b;
	const Diagnostics *d = data;
	guint rx = x->file == NULL ? 0 : GPOINTER_TO_UINT(g_hash_table_lookup(d->order, x->file));
	guint ry = y->file == NULL ? 0 : GPOINTER_TO_UINT(g_hash_table_lookup(d->order, y->file));
	int order;

	if (rx != ry)
		return rx - 1 < ry - 1 ? -1 : 1; /* 0, not noted, wraps round to the end */
	order = g_strcmp0(x->file, y->file);
	if (order == 0)
		order = (x->line > y->line) - (x->line < y->line);
	if (order == 0)
		order = (x->column > y->column) - (x->column < y->column);
	return order != 0 ? order : g_strcmp0(x->code, y->code);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
	const Diagnostic *x = a, *y = b;

	return x->line == y->line && x->column == y->column && g_strcmp0(x->code, y->code) == 0 && g_strcmp0(x->file, y->file) == 0 &&
	       g_strcmp0(x->text[0], y->text[0]) == 0;
}

static guint hash_said(gconstpointer a)
{
	const Diagnostic *m = a;

	return (guint)m->line * 31 + (guint)m->column + (m->text[0] != NULL ? g_str_hash(m->text[0]) : 0);
}

/* What was not said before. */
static gboolean is_new(const Diagnostic *m, gpointer said)
{
	return g_hash_table_add(said, (gpointer)m);
}

void diagnostics_sort(Diagnostics *d)
{
	g_autoptr(GHashTable) said = g_hash_table_new(hash_said, same);

	for (guint i = 0; i < d->list->len; i++)
		settle(d, d->list->pdata[i]);
	g_ptr_array_sort_with_data(d->list, compare, d);
	diagnostics_filter(d, is_new, said);
}

static void redact_text(char **text, char *(*mask)(const char *text, gpointer data), gpointer data)
{
	char *masked = *text != NULL ? mask(*text, data) : NULL;

	if (masked == NULL)
		return;
	g_free(*text);
	*text = masked;
}

/* Its line with the ones around it: a secret may go over a line's end. */
static char *surroundings(Diagnostics *d, const Diagnostic *m)
{
	GString *text = g_string_new(NULL);

	for (int i = -1; i <= 1; i++) {
		Diagnostic at = *m;
		at.line += i;
		g_autofree char *line = source_line(d, &at);
		g_string_append_printf(text, "%s\n", line != NULL ? line : "");
	}
	return g_string_free(text, FALSE);
}

void diagnostics_redact(Diagnostics *d, char *(*mask)(const char *text, gpointer data), gpointer data)
{
	for (guint i = 0; i < d->list->len; i++) {
		Diagnostic *m = d->list->pdata[i];
		g_autofree char *around = surroundings(d, m), *masked = mask(around, data);
		m->withheld = m->withheld || masked != NULL;
		if (m->withheld)
			g_clear_pointer(&m->focus, g_free);
		redact_text(&m->file, mask, data);
		redact_text(&m->focus, mask, data);
		for (int k = 0; k < 2; k++) {
			redact_text(&m->text[k], mask, data);
			redact_text(&m->hint[k], mask, data);
		}
	}
}

/* Finds column and length (code points) of what to underline. */
static void find_marker(Diagnostic *m, const char *line, int *length)
{
	const char *hit = m->focus != NULL && *m->focus != '\0' ? find_in_line(m, line) : NULL;

	*length = hit != NULL ? (int)g_utf8_strlen(m->focus, -1) : 1;
	if (hit == NULL && m->column <= 0)
		hit = line + strspn(line, " \t");
	if (hit != NULL)
		m->column = (int)g_utf8_pointer_to_offset(line, hit) + 1;
}

const char *level_name(Level level, Language language)
{
	static const char *const names[][2] = {
	    {"note", "opmerking"}, {"unsupported", "niet ondersteund"}, {"warning", "waarschuwing"}, {"error", "fout"}, {"error", "fout"}};

	return names[level][language];
}

/* A long line is shown around its marker only: an author's paragraph is often one line of a thousand characters. */
enum { LINE_SHOWN = 100, LINE_BEFORE = 40 };

static void format_line(GString *out, const Diagnostic *m, const char *line, int length, const char *colour, const char *off)
{
	g_autofree char *number = g_strdup_printf("%d", m->line);
	int width = MAX(6, (int)strlen(number));
	int all = (int)g_utf8_strlen(line, -1);
	int first = all > LINE_SHOWN && m->column > LINE_BEFORE ? m->column - LINE_BEFORE : 0;
	int shown = MIN(all - first, LINE_SHOWN);
	g_autofree char *part = g_utf8_substring(line, first, first + shown);
	const char *before = first > 0 ? "…" : "", *after = first + shown < all ? "…" : "";
	int indent = m->column - 1 - first + (first > 0 ? 1 : 0);

	for (char *p = part; *p != '\0'; p++)
		if (*p == '\t' || (guchar)*p < 0x20)
			*p = ' ';
	g_string_append_printf(out, "%*s | %s%s%s\n", width, number, before, part, after);
	length = CLAMP(length, 1, MAX(1, first + shown - m->column + 1));
	g_string_append_printf(out, "%*s | %*s%s^", width, "", MAX(indent, 0), "", colour);
	for (int i = 1; i < length; i++)
		g_string_append_c(out, '~');
	g_string_append_printf(out, "%s\n", off);
}

static void format_one(Diagnostics *d, Diagnostic *m, const DiagnosticStyle *style, GString *out)
{
	static const char *const colours[] = {"\033[36m", "\033[35m", "\033[33;1m", "\033[31;1m", "\033[31;1m"};
	const char *colour = style->colour ? colours[m->level] : "", *off = style->colour ? "\033[0m" : "";
	const char *bold = style->colour ? "\033[1m" : "";
	g_autofree char *line = source_line(d, m);
	int length = 1;

	if (line != NULL)
		find_marker(m, line, &length);
	if (m->file != NULL) {
		g_autofree char *name = text_tame(m->file); /* it may hold what steers a terminal, or what looks like another message */
		g_string_append_printf(out, "%s%s%s", bold, style->prefix != NULL && !g_path_is_absolute(name) ? style->prefix : "", name);
		if (m->line > 0)
			g_string_append_printf(out, ":%d", m->line);
		if (m->line > 0 && m->column > 0)
			g_string_append_printf(out, ":%d", m->column);
		g_string_append_printf(out, ":%s ", off);
	}
	g_string_append_printf(out, "%s%s:%s %s [%s]\n", colour, level_name(m->level, style->language), off, m->text[style->language],
	                       m->code);
	if (line != NULL && *line != '\0')
		format_line(out, m, line, length, colour, off);
	if (m->hint[style->language] != NULL)
		g_string_append_printf(out, "%s: %s\n", style->language == LANGUAGE_NL ? "tip" : "hint", m->hint[style->language]);
}

char *diagnostics_format(Diagnostics *d, const DiagnosticStyle *style)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < d->list->len; i++)
		format_one(d, d->list->pdata[i], style, out);
	return g_string_free(out, FALSE);
}
