/* Objects and the file around them. */
#include "pdf/file.h"

#include "base/parallel.h"

#include <libdeflate.h>
#include <string.h>

typedef struct {
	char *dictionary;  /* its entries but for /Length and /Filter */
	GBytes *data;      /* as it was given, then as it stands in the file */
	gboolean compress;
} Stream;

typedef struct {
	GString *text;     /* of a plain object */
	Stream *stream;    /* NULL: it is plain; does not move, for the second thread works on it */
	gsize offset;      /* of a stream in the file */
	int holder, index; /* of a plain object: its object stream and its place in it */
} Object;

/* Streams are compressed in a second thread while the first still draws. */
struct PdfFile {
	GArray *objects;     /* Object; number 0 is the free list's head */
	GAsyncQueue *waiting; /* Stream: to be compressed; at the end the mark */
	GThread *thread;     /* NULL: none yet */
	int level;           /* of compression */
};

enum { OBJECTS_A_STREAM = 200, LEVEL = 6, LEVEL_QUICK = 1 };

static Stream mark; /* in the queue: nothing follows */

static void stream_free(Stream *stream)
{
	g_free(stream->dictionary);
	g_bytes_unref(stream->data);
	g_free(stream);
}

static void object_clear(gpointer data)
{
	Object *o = data;

	if (o->text != NULL)
		g_string_free(o->text, TRUE);
	g_clear_pointer(&o->stream, stream_free);
}

PdfFile *pdf_file_new(gboolean quick)
{
	PdfFile *f = g_new0(PdfFile, 1);

	f->objects = g_array_new(FALSE, TRUE, sizeof(Object));
	g_array_set_clear_func(f->objects, object_clear);
	f->waiting = g_async_queue_new();
	f->level = quick ? LEVEL_QUICK : LEVEL;
	pdf_file_reserve(f);
	return f;
}

static void join(PdfFile *f)
{
	if (f->thread == NULL)
		return;
	g_async_queue_push(f->waiting, &mark);
	parallel_join(g_steal_pointer(&f->thread));
}

void pdf_file_free(PdfFile *f)
{
	if (f == NULL)
		return;
	join(f);
	g_async_queue_unref(f->waiting);
	g_array_unref(f->objects);
	g_free(f);
}

int pdf_file_reserve(PdfFile *f)
{
	g_array_set_size(f->objects, f->objects->len + 1);
	return (int)f->objects->len - 1;
}

static Object *object_at(PdfFile *f, int number)
{
	return &g_array_index(f->objects, Object, number);
}

void pdf_file_set(PdfFile *f, int number, GString *text)
{
	object_at(f, number)->text = text;
}

int pdf_file_add(PdfFile *f, GString *text)
{
	int number = pdf_file_reserve(f);

	pdf_file_set(f, number, text);
	return number;
}

static void compress(Stream *stream, struct libdeflate_compressor *compressor)
{
	gsize size, bound;
	const void *raw = g_bytes_get_data(stream->data, &size);
	void *packed;

	bound = libdeflate_zlib_compress_bound(compressor, size);
	packed = g_malloc(bound);
	size = libdeflate_zlib_compress(compressor, raw, size, packed, bound);
	g_bytes_unref(stream->data);
	stream->data = g_bytes_new_take(packed, size);
}

static struct libdeflate_compressor *new_compressor(const PdfFile *f)
{
	struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(f->level);

	if (compressor == NULL)
		g_error("out of memory");
	return compressor;
}

static gpointer compress_waiting(gpointer data)
{
	PdfFile *f = data;
	struct libdeflate_compressor *compressor = new_compressor(f);

	for (Stream *stream; (stream = g_async_queue_pop(f->waiting)) != &mark;)
		compress(stream, compressor);
	libdeflate_free_compressor(compressor);
	return NULL;
}

/* What still waits, together with the second thread. */
static void compress_rest(PdfFile *f)
{
	struct libdeflate_compressor *compressor = new_compressor(f);

	for (Stream *stream; (stream = g_async_queue_try_pop(f->waiting)) != NULL;)
		compress(stream, compressor);
	libdeflate_free_compressor(compressor);
	join(f);
}

void pdf_file_set_stream(PdfFile *f, int number, const char *dictionary, const void *data, gsize size, gboolean compressed)
{
	Stream *stream = g_new(Stream, 1);

	*stream = (Stream){g_strdup(dictionary), g_bytes_new(data, size), compressed};
	object_at(f, number)->stream = stream;
	if (!compressed)
		return;
	g_async_queue_push(f->waiting, stream);
	if (f->thread == NULL)
		f->thread = parallel_thread("compress", compress_waiting, f);
}

static void append_stream(GString *file, const Object *o, int number)
{
	const Stream *stream = o->stream;
	gsize size;
	const char *data = g_bytes_get_data(stream->data, &size);

	g_string_append_printf(file, "%d 0 obj\n<< %s%s/Length %zu >>\nstream\n", number, stream->dictionary, stream->compress ? " /Filter /FlateDecode " : " ",
	                       size);
	g_string_append_len(file, data, (gssize)size);
	g_string_append(file, "\nendstream\nendobj\n");
}

/* Puts all plain objects into object streams (7.5.7). The streams become objects themselves. */
static void pack_objects(PdfFile *f)
{
	int count = (int)f->objects->len;

	for (int first = 1; first < count;) {
		g_autoptr(GString) head = g_string_new(NULL), body = g_string_new(NULL);
		g_autofree char *dictionary = NULL;
		int holder, n = 0, number = first;
		holder = pdf_file_reserve(f);
		for (; number < count && n < OBJECTS_A_STREAM; number++) {
			Object *o = object_at(f, number);
			if (o->stream != NULL)
				continue;
			o->holder = holder;
			o->index = n++;
			g_string_append_printf(head, "%d %zu ", number, body->len);
			if (o->text != NULL)
				g_string_append_len(body, o->text->str, (gssize)o->text->len);
			else
				g_string_append(body, "null");
			g_string_append_c(body, '\n');
		}
		first = number;
		dictionary = g_strdup_printf("/Type /ObjStm /N %d /First %zu", n, head->len);
		g_string_append_len(head, body->str, (gssize)body->len);
		pdf_file_set_stream(f, holder, dictionary, head->str, head->len, TRUE);
	}
}

static void append_field(GString *table, gsize value, int bytes)
{
	for (int i = bytes - 1; i >= 0; i--)
		g_string_append_c(table, (char)(value >> (8 * i)));
}

static void append_digest(GString *s, const GString *file)
{
	g_autofree char *digest = g_compute_checksum_for_data(G_CHECKSUM_MD5, (const guchar *)file->str, file->len);

	g_string_append_printf(s, "/ID [<%s> <%s>]", digest, digest);
}

GBytes *pdf_file_finish(PdfFile *f, int root, int info)
{
	GString *file = g_string_sized_new(1 << 18);
	g_autoptr(GString) table = g_string_new(NULL), dictionary = g_string_new(NULL);
	int xref;
	gsize start;

	g_string_append(file, "%PDF-1.7\n%\342\343\317\323\n");
	pack_objects(f);
	compress_rest(f);
	for (int i = 1; i < (int)f->objects->len; i++) {
		Object *o = object_at(f, i);
		if (o->stream == NULL)
			continue;
		o->offset = file->len;
		append_stream(file, o, i);
	}
	xref = pdf_file_reserve(f);
	start = file->len;
	object_at(f, xref)->offset = start;
	for (int i = 0; i <= xref; i++) {
		const Object *o = object_at(f, i);
		gboolean plain = o->holder > 0;
		append_field(table, i == 0 ? 0 : plain ? 2 : 1, 1);
		append_field(table, plain ? (gsize)o->holder : o->offset, 4);
		append_field(table, i == 0 ? 65535 : plain ? (gsize)o->index : 0, 2);
	}
	g_string_append_printf(dictionary, "/Type /XRef /Size %d /W [1 4 2] /Root %d 0 R /Info %d 0 R ", xref + 1, root, info);
	append_digest(dictionary, file);
	pdf_file_set_stream(f, xref, dictionary->str, table->str, table->len, TRUE);
	compress_rest(f);
	append_stream(file, object_at(f, xref), xref);
	g_string_append_printf(file, "startxref\n%zu\n%%%%EOF\n", start);
	return g_string_free_to_bytes(file);
}

/* Writes value / 10^digits without trailing zeros. */
static void append_scaled(GString *s, gint64 value, int digits)
{
	char buffer[32], *p = buffer + sizeof buffer;
	gboolean negative = value < 0, started = FALSE;
	guint64 rest = negative ? (guint64)-value : (guint64)value;

	*--p = ' ';
	for (int i = 0; i < digits; i++, rest /= 10) {
		if (rest % 10 == 0 && !started)
			continue;
		started = TRUE;
		*--p = (char)('0' + rest % 10);
	}
	if (started)
		*--p = '.';
	do
		*--p = (char)('0' + rest % 10);
	while ((rest /= 10) > 0);
	if (negative)
		*--p = '-';
	g_string_append_len(s, p, buffer + sizeof buffer - p);
}

void pdf_append_points(GString *s, gint64 millipoints)
{
	append_scaled(s, millipoints, 3);
}

void pdf_append_number(GString *s, double value)
{
	append_scaled(s, (gint64)(value * 10000 + (value < 0 ? -0.5 : 0.5)), 4);
}

void pdf_append_text(GString *s, const char *utf8)
{
	gboolean plain = TRUE;

	for (const char *p = utf8; *p != '\0' && plain; p++)
		plain = *p >= 0x20 && *p < 0x7f;
	if (plain) {
		g_string_append_c(s, '(');
		for (const char *p = utf8; *p != '\0'; p++) {
			if (*p == '(' || *p == ')' || *p == '\\')
				g_string_append_c(s, '\\');
			g_string_append_c(s, *p);
		}
		g_string_append_c(s, ')');
		return;
	}
	g_string_append(s, "<FEFF");
	for (const char *p = utf8; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (c > 0xFFFF)
			g_string_append_printf(s, "%04X%04X", 0xD800 + ((c - 0x10000) >> 10), 0xDC00 + ((c - 0x10000) & 0x3FF));
		else
			g_string_append_printf(s, "%04X", c);
	}
	g_string_append_c(s, '>');
}

void pdf_append_name(GString *s, const char *name)
{
	g_string_append_c(s, '/');
	for (const char *p = name; *p != '\0'; p++) {
		if (g_ascii_isalnum(*p) || *p == '-' || *p == '_' || *p == '+' || *p == '.')
			g_string_append_c(s, *p);
		else
			g_string_append_printf(s, "#%02X", (guchar)*p);
	}
}
