/* The syntax of PDF objects. */
#include "pdf/parse.h"

#include <string.h>

enum { DEPTH_MOST = 96, ITEMS_MOST = 4000000 };

static gboolean is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static gboolean is_regular(char c)
{
	return !is_blank(c) && strchr("()<>[]{}/%", c) == NULL;
}

static void skip_blank(Parser *p)
{
	while (p->at < p->end) {
		if (*p->at == '%')
			while (p->at < p->end && *p->at != '\n' && *p->at != '\r')
				p->at++;
		else if (is_blank(*p->at))
			p->at++;
		else
			return;
	}
}

gboolean parse_word(Parser *p, const char *word)
{
	gsize length = strlen(word);

	skip_blank(p);
	if ((gsize)(p->end - p->at) < length || memcmp(p->at, word, length) != 0 || (p->at + length < p->end && is_regular(p->at[length])))
		return FALSE;
	p->at += length;
	return TRUE;
}

/* Digits alone. */
static gboolean read_digits(Parser *p, gint64 *value)
{
	const char *start = p->at;

	*value = 0;
	for (; p->at < p->end && g_ascii_isdigit(*p->at); p->at++) {
		if (*value > G_MAXINT64 / 10 - 1)
			return FALSE;
		*value = 10 * *value + (*p->at - '0');
	}
	return p->at > start;
}

gboolean parse_integer(Parser *p, gint64 *value)
{
	skip_blank(p);
	return read_digits(p, value) && (p->at == p->end || !is_regular(*p->at));
}

/* ---- names and strings ---- */

static void set_text(Parser *p, PdfObject *o, PdfKind kind, const GString *text)
{
	char *copy = arena_alloc(p->arena, text->len + 1);

	memcpy(copy, text->str, text->len + 1);
	*o = (PdfObject){.kind = kind, .length = (guint32)text->len, .u.text = copy};
}

static gboolean read_name(Parser *p, PdfObject *o)
{
	const char *start = ++p->at;
	g_autoptr(GString) text = NULL;

	while (p->at < p->end && is_regular(*p->at))
		p->at++;
	text = g_string_sized_new((gsize)(p->at - start));
	for (const char *c = start; c < p->at; c++) {
		if (*c == '#' && p->at - c > 2 && g_ascii_isxdigit(c[1]) && g_ascii_isxdigit(c[2])) {
			g_string_append_c(text, (char)(g_ascii_xdigit_value(c[1]) << 4 | g_ascii_xdigit_value(c[2])));
			c += 2;
		} else {
			g_string_append_c(text, *c);
		}
	}
	set_text(p, o, PDF_NAME, text);
	return TRUE;
}

static void read_escape(Parser *p, GString *text)
{
	static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
	const char *known = *p->at != '\0' ? strchr(from, *p->at) : NULL;

	if (known != NULL) {
		g_string_append_c(text, to[known - from]);
	} else if (*p->at >= '0' && *p->at <= '7') {
		int value = 0;
		for (int i = 0; i < 3 && p->at < p->end && *p->at >= '0' && *p->at <= '7'; i++)
			value = 8 * value + (*p->at++ - '0');
		g_string_append_c(text, (char)value);
		return;
	} else if (*p->at == '\r' && p->at + 1 < p->end && p->at[1] == '\n') {
		p->at++; /* a line that goes on */
	} else if (*p->at != '\n' && *p->at != '\r') {
		g_string_append_c(text, *p->at);
	}
	p->at++;
}

static gboolean read_literal(Parser *p, PdfObject *o)
{
	g_autoptr(GString) text = g_string_new(NULL);
	int depth = 1;

	for (p->at++; p->at < p->end;) {
		char c = *p->at;
		if (c == '\\' && p->at + 1 < p->end) {
			p->at++;
			read_escape(p, text);
			continue;
		}
		depth += (c == '(') - (c == ')');
		p->at++;
		if (depth == 0) {
			set_text(p, o, PDF_STRING, text);
			return TRUE;
		}
		g_string_append_c(text, c);
	}
	return FALSE;
}

static gboolean read_hexadecimal(Parser *p, PdfObject *o)
{
	g_autoptr(GString) text = g_string_new(NULL);
	int high = -1;

	for (p->at++; p->at < p->end && *p->at != '>'; p->at++) {
		int digit = g_ascii_xdigit_value(*p->at);
		if (digit < 0 && !is_blank(*p->at))
			return FALSE;
		if (digit < 0)
			continue;
		if (high >= 0)
			g_string_append_c(text, (char)(high << 4 | digit));
		high = high >= 0 ? -1 : digit;
	}
	if (p->at == p->end)
		return FALSE;
	p->at++;
	if (high >= 0)
		g_string_append_c(text, (char)(high << 4));
	set_text(p, o, PDF_STRING, text);
	return TRUE;
}

/* ---- numbers and words ---- */

/* "G R" behind an integer. */
static gboolean read_reference(Parser *p, PdfObject *o)
{
	Parser ahead = *p;
	gint64 generation;

	if (ahead.at == ahead.end || !is_blank(*ahead.at) || !parse_integer(&ahead, &generation) || !parse_word(&ahead, "R"))
		return FALSE;
	o->kind = PDF_REFERENCE;
	p->at = ahead.at;
	return TRUE;
}

static gboolean read_number(Parser *p, PdfObject *o)
{
	const char *start = p->at;
	gboolean negative = *p->at == '-';
	gint64 whole = 0;

	if (*p->at == '-' || *p->at == '+')
		p->at++;
	if (p->at == p->end || (*p->at != '.' && !read_digits(p, &whole)))
		return FALSE;
	if (p->at < p->end && *p->at == '.') {
		double value = (double)whole, unit = 0.1;
		for (p->at++; p->at < p->end && g_ascii_isdigit(*p->at); p->at++, unit /= 10)
			value += unit * (*p->at - '0');
		*o = (PdfObject){.kind = PDF_REAL, .u.real = negative ? -value : value};
		return p->at > start + 1;
	}
	*o = (PdfObject){.kind = PDF_INTEGER, .u.integer = negative ? -whole : whole};
	if (g_ascii_isdigit(*start))
		read_reference(p, o);
	return TRUE;
}

static gboolean read_word(Parser *p, PdfObject *o)
{
	gboolean truth = parse_word(p, "true");

	if (truth || parse_word(p, "false"))
		*o = (PdfObject){.kind = PDF_BOOLEAN, .u.integer = truth};
	else if (parse_word(p, "null"))
		*o = (PdfObject){.kind = PDF_NULL};
	else
		return FALSE;
	return TRUE;
}

/* ---- arrays and dictionaries ---- */

static gboolean read_array(Parser *p, PdfObject *o)
{
	g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(PdfObject));

	for (p->at++;;) {
		PdfObject item;
		skip_blank(p);
		if (p->at < p->end && *p->at == ']')
			break;
		if (items->len > ITEMS_MOST || !parse_object(p, &item))
			return FALSE;
		g_array_append_val(items, item);
	}
	p->at++;
	*o = (PdfObject){.kind = PDF_ARRAY, .length = items->len, .u.items = arena_alloc(p->arena, MAX(items->len, 1) * sizeof(PdfObject))};
	if (items->len > 0)
		memcpy(o->u.items, items->data, items->len * sizeof(PdfObject));
	return TRUE;
}

static gboolean read_dictionary(Parser *p, PdfObject *o)
{
	g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(PdfEntry));

	for (p->at += 2;;) {
		PdfEntry entry;
		PdfObject key;
		skip_blank(p);
		if (p->end - p->at >= 2 && p->at[0] == '>' && p->at[1] == '>')
			break;
		if (entries->len > ITEMS_MOST || p->at == p->end || *p->at != '/' || !read_name(p, &key) || !parse_object(p, &entry.value))
			return FALSE;
		entry.key = key.u.text;
		g_array_append_val(entries, entry);
	}
	p->at += 2;
	*o = (PdfObject){.kind = PDF_DICTIONARY, .length = entries->len, .u.entries = arena_alloc(p->arena, MAX(entries->len, 1) * sizeof(PdfEntry))};
	if (entries->len > 0)
		memcpy(o->u.entries, entries->data, entries->len * sizeof(PdfEntry));
	return TRUE;
}

static gboolean read_any(Parser *p, PdfObject *o)
{
	switch (*p->at) {
	case '/':
		return read_name(p, o);
	case '(':
		return read_literal(p, o);
	case '[':
		return read_array(p, o);
	case '<':
		return p->end - p->at >= 2 && p->at[1] == '<' ? read_dictionary(p, o) : read_hexadecimal(p, o);
	case '-':
	case '+':
	case '.':
		return read_number(p, o);
	default:
		return g_ascii_isdigit(*p->at) ? read_number(p, o) : read_word(p, o);
	}
}

gboolean parse_object(Parser *p, PdfObject *o)
{
	gboolean fine;

	skip_blank(p);
	if (p->at >= p->end || p->depth >= DEPTH_MOST)
		return FALSE;
	p->depth++;
	fine = read_any(p, o);
	p->depth--;
	return fine;
}

/* ---- objects of a file ---- */

static gboolean read_stream(Parser *p, PdfObject *o)
{
	gint64 length = -1;

	for (guint i = 0; i < o->length; i++)
		if (strcmp(o->u.entries[i].key, "Length") == 0 && o->u.entries[i].value.kind == PDF_INTEGER)
			length = o->u.entries[i].value.u.integer;
	if (p->at < p->end && *p->at == '\r')
		p->at++;
	if (p->at == p->end || *p->at != '\n' || length < 0 || length > p->end - p->at - 1)
		return FALSE;
	o->kind = PDF_STREAM;
	o->data = p->at + 1;
	o->size = (gsize)length;
	p->at += 1 + length;
	return parse_word(p, "endstream");
}

gboolean parse_indirect(Parser *p, gint64 *number, PdfObject *o)
{
	gint64 n, generation;

	if (!parse_integer(p, &n) || !parse_integer(p, &generation) || !parse_word(p, "obj") || !parse_object(p, o))
		return FALSE;
	if (number != NULL)
		*number = n;
	if (o->kind == PDF_DICTIONARY && parse_word(p, "stream") && !read_stream(p, o))
		return FALSE;
	return parse_word(p, "endobj");
}

gint64 parse_start(const char *data, gsize size)
{
	static const char word[] = "startxref";
	gsize length = strlen(word), tail = MIN(size, 1024);
	gint64 offset;

	for (gsize i = length; i <= tail; i++) {
		Parser p = {.at = data + size - i, .start = data, .end = data + size};
		if (memcmp(p.at, word, length) == 0)
			return parse_word(&p, word) && parse_integer(&p, &offset) ? offset : -1;
	}
	return -1;
}
