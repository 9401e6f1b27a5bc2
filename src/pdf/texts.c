/* Reading a PDF for its texts: content streams by the operators that show text, everything else by walking the objects. */
#include "pdf/texts.h"

#include "base/image.h"
#include "pdf/qpdf.h"
#include "pdf/reader.h"

#include <stdlib.h>
#include <string.h>

enum { FORM_DEPTH = 8, WALK_DEPTH = 32, NAME_LENGTH = 64 };

/* A font's codes as text. */
typedef struct {
	GHashTable *map; /* code -> UTF-8; NULL: no ToUnicode, codes are Latin-1 */
	guint width;     /* bytes a code */
} Font;

typedef struct {
	const Qpdf *f;
	qpdf_data q;
	GHashTable *fonts; /* object number -> Font */
	GString *out;      /* of the page at hand */
	void (*found)(const PdfText *text, gpointer data);
	gpointer data;
} Reading;

static void font_free(gpointer data)
{
	Font *font = data;

	g_clear_pointer(&font->map, g_hash_table_unref);
	g_free(font);
}

static void give(const Reading *r, guint page, const char *key, const char *text, gsize size)
{
	const PdfText t = {page, key, text, size};

	if (size > 0)
		r->found(&t, r->data);
}

static qpdf_oh key_of(const Reading *r, qpdf_oh o, const char *key)
{
	if (o != 0 && r->f->qpdf_oh_is_stream(r->q, o))
		o = r->f->qpdf_oh_get_dict(r->q, o);
	return o != 0 ? r->f->qpdf_oh_get_key_if_dict(r->q, o, key) : 0;
}

static gboolean is_name(const Reading *r, qpdf_oh o, const char *name)
{
	return o != 0 && r->f->qpdf_oh_is_name(r->q, o) && strcmp(r->f->qpdf_oh_get_name(r->q, o), name) == 0;
}

/* The caller's (free); NULL: it is no stream, or cannot be unpacked so far. */
static unsigned char *stream_data(const Reading *r, qpdf_oh o, enum qpdf_stream_decode_level_e level, size_t *size)
{
	unsigned char *data = NULL;
	QPDF_BOOL filtered;

	*size = 0;
	if (o == 0 || !r->f->qpdf_oh_is_stream(r->q, o) || r->f->qpdf_oh_get_stream_data(r->q, o, level, &filtered, &data, size) != QPDF_SUCCESS)
		return NULL;
	return data;
}

/* ---- fonts ---- */

/* Hexadecimal digits up to > as bytes. The position behind it. */
static const char *read_hex(const char *p, const char *end, GString *bytes)
{
	int high = -1;

	g_string_truncate(bytes, 0);
	for (p++; p < end && *p != '>'; p++) {
		int digit = g_ascii_xdigit_value(*p);
		if (digit < 0)
			continue;
		if (high >= 0)
			g_string_append_c(bytes, (char)(high << 4 | digit));
		high = high >= 0 ? -1 : digit;
	}
	if (high >= 0)
		g_string_append_c(bytes, (char)(high << 4));
	return p < end ? p + 1 : end;
}

static guint code_of(const GString *bytes)
{
	guint code = 0;

	for (gsize i = 0; i < bytes->len; i++)
		code = code << 8 | (guchar)bytes->str[i];
	return code;
}

static void map_code(Font *font, guint code, const GString *utf16, guint step)
{
	g_autoptr(GString) units = g_string_new_len(utf16->str, (gssize)utf16->len);
	char *text;

	if (units->len < 2)
		return;
	guint last = ((guint)(guchar)units->str[units->len - 2] << 8 | (guchar)units->str[units->len - 1]) + step;
	units->str[units->len - 2] = (char)(last >> 8);
	units->str[units->len - 1] = (char)last;
	text = g_convert(units->str, (gssize)units->len, "UTF-8", "UTF-16BE", NULL, NULL, NULL);
	if (text != NULL)
		g_hash_table_replace(font->map, GUINT_TO_POINTER(code), text);
}

/* <from> <to> <text>, or <from> <to> [<text> ...], until endbfrange; <code> <text> until endbfchar. */
static const char *read_section(Font *font, const char *p, const char *end, gboolean range)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	guint from = 0, to = 0, at = 0, step = 0;
	gboolean list = FALSE;

	while (p < end && *p != 'e') {
		if (*p == '[' || *p == ']') {
			list = *p == '[';
			at = list ? at : 0;
			step = 0;
			p++;
			continue;
		}
		if (*p != '<') {
			p++;
			continue;
		}
		p = read_hex(p, end, bytes);
		if (at == 0) {
			from = to = code_of(bytes);
			font->width = (guint)MAX(1, bytes->len);
			at = range ? 1 : 2;
		} else if (at == 1) {
			to = MIN(code_of(bytes), from + 0xFFFF);
			at = 2;
		} else if (list) {
			map_code(font, from + step++, bytes, 0);
		} else {
			for (guint code = from; code <= to; code++)
				map_code(font, code, bytes, code - from);
			at = 0;
		}
	}
	return p;
}

static void read_map(Font *font, const char *p, gsize size)
{
	const char *end = p + size;

	font->map = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	while (p < end) {
		if ((gsize)(end - p) > 11 && memcmp(p, "beginbfchar", 11) == 0)
			p = read_section(font, p + 11, end, FALSE);
		else if ((gsize)(end - p) > 12 && memcmp(p, "beginbfrange", 12) == 0)
			p = read_section(font, p + 12, end, TRUE);
		else
			p++;
	}
}

static const Font *load_font(Reading *r, qpdf_oh o)
{
	int number = r->f->qpdf_oh_get_object_id(r->q, o);
	Font *font = g_hash_table_lookup(r->fonts, GINT_TO_POINTER(number));
	unsigned char *data;
	size_t size;

	if (font != NULL && number != 0)
		return font;
	font = g_new0(Font, 1);
	font->width = is_name(r, key_of(r, o, "/Subtype"), "/Type0") ? 2 : 1;
	data = stream_data(r, key_of(r, o, "/ToUnicode"), qpdf_dl_generalized, &size);
	if (data != NULL)
		read_map(font, (const char *)data, size);
	free(data);
	g_hash_table_replace(r->fonts, GINT_TO_POINTER(number), font);
	return font;
}

/* ---- content streams ---- */

typedef struct {
	Reading *r;
	qpdf_oh resources;
	const Font *font;
	GString *string;  /* the operand just read */
	GString *actual;  /* the ActualText in the dictionary just read */
	gboolean has_actual;
	char name[NAME_LENGTH];
	double numbers[6]; /* the last operands, newest first */
	double y;
	int covered;       /* depth of marked content inside an ActualText; 0: none */
	int depth;
} Content;

static void read_content(Reading *r, qpdf_oh resources, const char *p, gsize size, int depth);

static void show(Content *c)
{
	GString *out = c->r->out;
	guint width = c->font != NULL ? c->font->width : 1;

	for (gsize i = 0; i + width <= c->string->len && c->covered == 0; i += width) {
		guint code = 0;
		for (guint k = 0; k < width; k++)
			code = code << 8 | (guchar)c->string->str[i + k];
		const char *text = c->font != NULL && c->font->map != NULL ? g_hash_table_lookup(c->font->map, GUINT_TO_POINTER(code)) : NULL;
		if (text != NULL)
			g_string_append(out, text);
		else if (c->font == NULL || c->font->map == NULL)
			g_string_append_unichar(out, code);
	}
	g_string_truncate(c->string, 0);
}

static const char *read_literal(Content *c, const char *p, const char *end)
{
	int depth = 0;

	g_string_truncate(c->string, 0);
	for (; p < end; p++) {
		if (*p == '\\' && p + 1 < end) {
			p++;
			if (*p >= '0' && *p <= '7') {
				int value = 0, n = 0;
				for (; n < 3 && p < end && *p >= '0' && *p <= '7'; n++)
					value = value * 8 + *p++ - '0';
				p--;
				g_string_append_c(c->string, (char)value);
			} else {
				g_string_append_c(c->string, *p == 'n' ? '\n' : *p == 'r' ? '\r' : *p == 't' ? '\t' : *p);
			}
		} else if (*p == '(' && depth++ == 0) {
			continue;
		} else if (*p == ')' && --depth == 0) {
			return p + 1;
		} else {
			g_string_append_c(c->string, *p);
		}
	}
	return end;
}

static void keep_actual(Content *c)
{
	const char *s = c->string->str;
	gsize size = c->string->len;

	c->has_actual = TRUE;
	if (size >= 2 && memcmp(s, "\xFE\xFF", 2) == 0) {
		g_autofree char *text = g_convert(s + 2, (gssize)size - 2, "UTF-8", "UTF-16BE", NULL, NULL, NULL);
		g_string_assign(c->actual, text != NULL ? text : "");
	} else {
		g_autofree char *text = g_convert(s, (gssize)size, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
		g_string_assign(c->actual, text != NULL ? text : "");
	}
}

/* << ... >>: only its ActualText counts. */
static const char *read_dictionary(Content *c, const char *p, const char *end)
{
	int depth = 0;
	gboolean wanted = FALSE;

	while (p < end) {
		if (*p == '<' && p + 1 < end && p[1] == '<') {
			depth++;
			p += 2;
		} else if (*p == '>' && p + 1 < end && p[1] == '>') {
			p += 2;
			if (--depth == 0)
				break;
		} else if (*p == '(' || *p == '<') {
			p = *p == '(' ? read_literal(c, p, end) : read_hex(p, end, c->string);
			if (wanted)
				keep_actual(c);
			wanted = FALSE;
		} else if (end - p > 11 && memcmp(p, "/ActualText", 11) == 0) {
			wanted = TRUE;
			p += 11;
		} else {
			p++;
		}
	}
	g_string_truncate(c->string, 0);
	return p;
}

static void begin_marked(Content *c)
{
	GString *out = c->r->out;
	gboolean hyphen = c->actual->len == 0 || strcmp(c->actual->str, "\u00AD") == 0;

	if (c->covered > 0)
		c->covered++;
	if (c->covered == 0 && c->has_actual) {
		g_string_append(out, hyphen ? "-" : c->actual->str);
		c->covered = 1;
	}
	c->has_actual = FALSE;
}

static void set_font(Content *c)
{
	qpdf_oh fonts = key_of(c->r, c->resources, "/Font"), font = key_of(c->r, fonts, c->name);

	c->font = font != 0 && !c->r->f->qpdf_oh_is_null(c->r->q, font) ? load_font(c->r, font) : NULL;
}

static void draw_form(Content *c)
{
	qpdf_oh form = key_of(c->r, key_of(c->r, c->resources, "/XObject"), c->name), own;
	unsigned char *data;
	size_t size;

	if (c->depth >= FORM_DEPTH || !is_name(c->r, key_of(c->r, form, "/Subtype"), "/Form"))
		return;
	data = stream_data(c->r, form, qpdf_dl_generalized, &size);
	own = key_of(c->r, form, "/Resources");
	g_string_append_c(c->r->out, '\n');
	if (data != NULL)
		read_content(c->r, own != 0 ? own : c->resources, (const char *)data, size, c->depth + 1);
	g_string_append_c(c->r->out, '\n');
	free(data);
}

static void move(Content *c, double y)
{
	g_string_append_c(c->r->out, ABS(y - c->y) > 0.01 ? '\n' : '*');
	c->y = y;
}

static void run_operator(Content *c, const char *word, gsize length)
{
	static const char *const shows[] = {"Tj", "TJ", "'", "\"", NULL};
	char name[8] = "";

	if (length < sizeof name)
		memcpy(name, word, length);
	if (strcmp(name, "'") == 0 || strcmp(name, "\"") == 0 || strcmp(name, "T*") == 0)
		g_string_append_c(c->r->out, '\n');
	if (g_strv_contains(shows, name))
		show(c);
	else if (strcmp(name, "Tm") == 0)
		move(c, c->numbers[0]);
	else if (strcmp(name, "Td") == 0 || strcmp(name, "TD") == 0)
		move(c, c->y + c->numbers[0]);
	else if (strcmp(name, "Tf") == 0)
		set_font(c);
	else if (strcmp(name, "BDC") == 0 || strcmp(name, "BMC") == 0)
		begin_marked(c);
	else if (strcmp(name, "EMC") == 0 && c->covered > 0)
		c->covered--;
	else if (strcmp(name, "Do") == 0)
		draw_form(c);
	c->has_actual = FALSE;
	g_string_truncate(c->string, 0);
}

static gboolean is_word(char ch)
{
	return strchr(" \n\r\t\f()<>[]{}/%", ch) == NULL; /* NUL counts as blank */
}

static const char *read_token(Content *c, const char *p, const char *end)
{
	const char *start = p;

	while (p < end && is_word(*p))
		p++;
	if (p == start)
		return p + 1;
	if (g_ascii_isdigit(*start) || strchr("+-.", *start) != NULL) {
		memmove(c->numbers + 1, c->numbers, 5 * sizeof *c->numbers);
		c->numbers[0] = g_ascii_strtod(start, NULL);
	} else {
		run_operator(c, start, (gsize)(p - start));
	}
	return p;
}

/* In a TJ array a wide step stands for a space; the parts are shown as they come. */
static const char *read_array(Content *c, const char *p, const char *end)
{
	for (p++; p < end && *p != ']';) {
		if (*p == '(' || (*p == '<' && p + 1 < end && p[1] != '<')) {
			p = *p == '(' ? read_literal(c, p, end) : read_hex(p, end, c->string);
			show(c);
		} else if (is_word(*p)) {
			if (g_ascii_strtod(p, NULL) < -200 && c->covered == 0)
				g_string_append_c(c->r->out, ' ');
			while (p < end && is_word(*p))
				p++;
		} else {
			p++;
		}
	}
	return p < end ? p + 1 : end;
}

static void read_content(Reading *r, qpdf_oh resources, const char *p, gsize size, int depth)
{
	const char *end = p + size;
	Content c = {.r = r, .resources = resources, .depth = depth, .string = g_string_new(NULL), .actual = g_string_new(NULL)};

	while (p < end) {
		if (*p == '%') {
			while (p < end && *p != '\n' && *p != '\r')
				p++;
		} else if (*p == '(') {
			p = read_literal(&c, p, end);
		} else if (*p == '<') {
			p = p + 1 < end && p[1] == '<' ? read_dictionary(&c, p, end) : read_hex(p, end, c.string);
		} else if (*p == '[') {
			p = read_array(&c, p, end);
		} else if (*p == '/') {
			const char *start = p++;
			while (p < end && is_word(*p))
				p++;
			g_strlcpy(c.name, start, MIN((gsize)(p - start) + 1, sizeof c.name));
		} else {
			p = read_token(&c, p, end);
		}
	}
	g_string_free(c.string, TRUE);
	g_string_free(c.actual, TRUE);
}

static void read_page(Reading *r, guint number)
{
	qpdf_oh page = r->f->qpdf_get_page_n(r->q, number - 1);
	unsigned char *data = NULL;
	size_t size = 0;

	g_string_truncate(r->out, 0);
	if (r->f->qpdf_oh_get_page_content_data(r->q, page, &data, &size) == QPDF_SUCCESS && data != NULL)
		read_content(r, key_of(r, page, "/Resources"), (const char *)data, size, 0);
	free(data);
	give(r, number, NULL, r->out->str, r->out->len);
}

/* ---- objects ---- */

static void picture_text(const char *where, const char *text, gsize size, gpointer data)
{
	give(data, 0, where, text, size);
}

static void read_stream(const Reading *r, qpdf_oh o)
{
	gboolean embedded = is_name(r, key_of(r, o, "/Type"), "/EmbeddedFile"), xmp = is_name(r, key_of(r, o, "/Type"), "/Metadata");
	gboolean jpeg = is_name(r, key_of(r, o, "/Filter"), "/DCTDecode");
	unsigned char *data;
	size_t size;

	if (!embedded && !xmp && !jpeg)
		return;
	data = stream_data(r, o, jpeg ? qpdf_dl_none : qpdf_dl_generalized, &size);
	if (data == NULL)
		return;
	if (jpeg) {
		g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
		image_texts(bytes, picture_text, (gpointer)r);
	} else {
		give(r, 0, xmp ? "Metadata" : "EmbeddedFile", (const char *)data, size);
	}
	free(data);
}

static void read_object(const Reading *r, qpdf_oh o, const char *key, int depth)
{
	const Qpdf *f = r->f;

	if (depth > WALK_DEPTH || (depth > 0 && f->qpdf_oh_is_indirect(r->q, o)))
		return; /* seen by its own number */
	if (f->qpdf_oh_is_string(r->q, o)) {
		g_autofree char *text = g_strdup(f->qpdf_oh_get_utf8_value(r->q, o));
		give(r, 0, key, text, strlen(text));
	} else if (f->qpdf_oh_is_name(r->q, o)) {
		g_autofree char *text = g_strdup(f->qpdf_oh_get_name(r->q, o) + 1);
		give(r, 0, key, text, strlen(text));
	} else if (f->qpdf_oh_is_array(r->q, o)) {
		for (int i = 0, n = f->qpdf_oh_get_array_n_items(r->q, o); i < n; i++)
			read_object(r, f->qpdf_oh_get_array_item(r->q, o, i), key, depth + 1);
	} else if (f->qpdf_oh_is_dictionary(r->q, o) || f->qpdf_oh_is_stream(r->q, o)) {
		qpdf_oh dictionary = f->qpdf_oh_is_stream(r->q, o) ? f->qpdf_oh_get_dict(r->q, o) : o;
		g_auto(GStrv) keys = qpdf_keys(f, r->q, dictionary);
		for (char **k = keys; *k != NULL; k++)
			if (strcmp(*k, "/ID") != 0)
				read_object(r, f->qpdf_oh_get_key(r->q, dictionary, *k), *k + 1, depth + 1);
	}
}

static void read_objects(const Reading *r)
{
	qpdf_oh trailer = r->f->qpdf_get_trailer(r->q), size = key_of(r, trailer, "/Size");
	int count = size != 0 && r->f->qpdf_oh_is_integer(r->q, size) ? r->f->qpdf_oh_get_int_value_as_int(r->q, size) : 0;

	read_object(r, trailer, "", 0);
	for (int i = 1; i < count; i++) {
		qpdf_oh o = r->f->qpdf_get_object_by_id(r->q, i, 0);
		read_object(r, o, "", 0);
		if (r->f->qpdf_oh_is_stream(r->q, o))
			read_stream(r, o);
		r->f->qpdf_oh_release_all(r->q);
	}
}

gboolean pdf_texts(GBytes *file, const char *name, void (*found)(const PdfText *text, gpointer data), gpointer data, Diagnostics *d)
{
	const Position at = {name, 0, 0, NULL};
	g_autoptr(PdfReader) sound = pdf_reader_open(file, name, d); /* libqpdf would go on reading a file that is made for it */
	Qpdf f;
	Reading r = {.f = &f, .found = found, .data = data};

	if (sound == NULL)
		return FALSE;
	if (!qpdf_load(&f)) {
		diagnose(d, MSG_PDF_NO_CHECKER, &at);
		return FALSE;
	}
	r.q = qpdf_start(&f, name, pdf_reader_file(sound));
	if (r.q == NULL) {
		diagnose(d, MSG_PDF_UNREADABLE, &at);
		return FALSE;
	}
	r.fonts = g_hash_table_new_full(NULL, NULL, NULL, font_free);
	r.out = g_string_new(NULL);
	for (guint i = 1, n = (guint)f.qpdf_get_num_pages(r.q); i <= n; i++)
		read_page(&r, i);
	read_objects(&r);
	g_hash_table_unref(r.fonts);
	g_string_free(r.out, TRUE);
	qpdf_end(&f, r.q);
	return TRUE;
}
