/* The reader: where objects stand (cross-reference tables and streams), and what they hold. pdf/parse.c reads their syntax. */
#include "pdf/reader.h"

#include "base/arena.h"
#include "pdf/parse.h"
#include "pdf/qpdf.h"

#include <libdeflate.h>
#include <string.h>

enum {
	OBJECTS_MOST = 8388607, /* ISO 32000-1, annex C */
	CHAIN_MOST = 1000,      /* cross-reference sections */
	PAGE_DEPTH = 64,
	DATA_MOST = 256 << 20,  /* bytes of one stream, decoded */
	UNPACKED_MOST = 512 << 20, /* of all streams that are read when the file is opened */
};

typedef struct {
	guint8 type;   /* 0: free; 1: at an offset; 2: in an object stream */
	gboolean known;
	gsize offset;  /* 1: in the file; 2: number of the object stream */
} Place;

typedef struct {
	const PdfObject *object;
	int number;
} Page;

struct PdfReader {
	GBytes *file;
	const char *data;
	gsize size;
	Arena *arena;
	GArray *places;   /* Place, by object number */
	PdfObject *objects; /* by object number */
	guint count;
	PdfObject trailer;
	gboolean encrypted;
	GArray *pages;    /* Page */
	gsize packed;     /* bytes that streams read so far have given */
};

static const PdfObject null_object = {.kind = PDF_NULL};

/* ---- looking things up ---- */

static const PdfObject *follow(const PdfReader *r, const PdfObject *o, int *number)
{
	if (number != NULL)
		*number = 0;
	for (int step = 0; o->kind == PDF_REFERENCE; step++) {
		if (step > 16 || o->u.integer < 0 || o->u.integer >= r->count)
			return &null_object;
		if (number != NULL)
			*number = (int)o->u.integer;
		o = &r->objects[o->u.integer];
	}
	return o;
}

const PdfObject *pdf_object_key(const PdfReader *r, const PdfObject *o, const char *key, int *number)
{
	if (number != NULL)
		*number = 0;
	if (o->kind != PDF_DICTIONARY && o->kind != PDF_STREAM)
		return &null_object;
	for (guint i = 0; i < o->length; i++)
		if (o->u.entries[i].key[0] == key[0] && strcmp(o->u.entries[i].key, key) == 0)
			return follow(r, &o->u.entries[i].value, number);
	return &null_object;
}

const PdfObject *pdf_object_item(const PdfReader *r, const PdfObject *o, guint i, int *number)
{
	if (number != NULL)
		*number = 0;
	return i < pdf_object_length(o) ? follow(r, &o->u.items[i], number) : &null_object;
}

const PdfObject *pdf_reader_root(const PdfReader *r)
{
	return pdf_object_key(r, &r->trailer, "Root", NULL);
}

guint pdf_reader_page_count(const PdfReader *r)
{
	return r->pages->len;
}

const PdfObject *pdf_reader_page(const PdfReader *r, guint i, int *number)
{
	const Page *page = &g_array_index(r->pages, Page, i);

	if (number != NULL)
		*number = page->number;
	return page->object;
}

GBytes *pdf_reader_file(const PdfReader *r)
{
	return r->file;
}

gboolean pdf_reader_is_encrypted(const PdfReader *r)
{
	return r->encrypted;
}

/* ---- streams ---- */

static GBytes *inflate(const char *data, gsize size)
{
	struct libdeflate_decompressor *z = libdeflate_alloc_decompressor();
	enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
	gsize room = MAX(4 * size, 4096), used = 0;
	char *out = NULL;

	for (; z != NULL && result == LIBDEFLATE_INSUFFICIENT_SPACE && room <= DATA_MOST; room *= 2) {
		g_free(out);
		out = g_malloc(room);
		result = libdeflate_zlib_decompress(z, data, size, out, room, &used);
	}
	libdeflate_free_decompressor(z);
	if (result == LIBDEFLATE_SUCCESS)
		return g_bytes_new_take(g_realloc(out, MAX(used, 1)), used);
	g_free(out);
	return NULL;
}

/* "FlateDecode", alone or as the only one of a list. */
static gboolean is_flate(const PdfReader *r, const PdfObject *filter)
{
	if (pdf_object_length(filter) == 1)
		filter = pdf_object_item(r, filter, 0, NULL);
	return g_strcmp0(pdf_object_name(filter), "FlateDecode") == 0;
}

GBytes *pdf_object_data(const PdfReader *r, const PdfObject *o)
{
	const PdfObject *filter = pdf_object_key(r, o, "Filter", NULL), *parameters = pdf_object_key(r, o, "DecodeParms", NULL);

	if (o->kind != PDF_STREAM)
		return NULL;
	if (filter->kind == PDF_NULL || (filter->kind == PDF_ARRAY && filter->length == 0))
		return g_bytes_new_static(o->data, o->size);
	if (!is_flate(r, filter) || parameters->kind != PDF_NULL)
		return NULL;
	return inflate(o->data, o->size);
}

/* ---- where objects stand ---- */

static Place *place_at(PdfReader *r, guint number)
{
	if (number >= r->places->len)
		g_array_set_size(r->places, number + 1);
	return &g_array_index(r->places, Place, number);
}

/* The first that is said of an object holds: newer sections come first. */
static gboolean set_place(PdfReader *r, guint64 number, guint8 type, guint64 offset)
{
	Place *place;

	if (number > OBJECTS_MOST || (type == 1 && offset >= r->size))
		return FALSE;
	place = place_at(r, (guint)number);
	if (!place->known)
		*place = (Place){type, TRUE, (gsize)offset};
	return TRUE;
}

/* "N M" and M rows of twenty bytes, until "trailer". */
static gboolean read_table(PdfReader *r, Parser *p, PdfObject *trailer)
{
	while (!parse_word(p, "trailer")) {
		gint64 first, count;
		if (!parse_integer(p, &first) || !parse_integer(p, &count) || first < 0 || count < 0 || count > (p->end - p->at) / 18)
			return FALSE;
		for (gint64 i = 0; i < count; i++) {
			gint64 offset, generation;
			gboolean used;
			if (!parse_integer(p, &offset) || !parse_integer(p, &generation) || offset < 0)
				return FALSE;
			used = parse_word(p, "n");
			if ((!used && !parse_word(p, "f")) || !set_place(r, (guint64)(first + i), used ? 1 : 0, used ? (guint64)offset : 0))
				return FALSE;
		}
	}
	return parse_object(p, trailer) && trailer->kind == PDF_DICTIONARY;
}

static guint64 field(const guchar **at, int width)
{
	guint64 value = 0;

	while (width-- > 0)
		value = value << 8 | *(*at)++;
	return value;
}

typedef struct {
	const guchar *at, *end;
	int widths[3];
} Rows;

static gboolean read_rows(PdfReader *r, Rows *rows, gint64 first, gint64 count)
{
	int width = rows->widths[0] + rows->widths[1] + rows->widths[2];

	if (first < 0 || count < 0 || first > OBJECTS_MOST || width == 0 || count > (rows->end - rows->at) / width)
		return FALSE;
	for (gint64 i = 0; i < count; i++) {
		guint64 type = rows->widths[0] > 0 ? field(&rows->at, rows->widths[0]) : 1, second = field(&rows->at, rows->widths[1]);
		field(&rows->at, rows->widths[2]);
		if (type > 2 || !set_place(r, (guint64)(first + i), (guint8)type, second))
			return FALSE;
	}
	return TRUE;
}

/* The data of a stream in which the file keeps itself; NULL also when such streams give too much. The caller's. */
static GBytes *unpack(PdfReader *r, const PdfObject *stream)
{
	GBytes *bytes = r->packed <= UNPACKED_MOST ? pdf_object_data(r, stream) : NULL;

	r->packed += bytes != NULL ? g_bytes_get_size(bytes) : 0;
	return bytes;
}

/* A cross-reference stream (7.5.8). */
static gboolean read_xref_stream(PdfReader *r, Parser *p, PdfObject *stream)
{
	g_autoptr(GBytes) bytes = NULL;
	const PdfObject *widths, *index;
	Rows rows;
	gsize size;

	if (!parse_indirect(p, NULL, stream) || stream->kind != PDF_STREAM || (bytes = unpack(r, stream)) == NULL)
		return FALSE;
	rows.at = g_bytes_get_data(bytes, &size);
	rows.end = rows.at + size;
	widths = pdf_object_key(r, stream, "W", NULL);
	for (guint i = 0; i < 3; i++) {
		const PdfObject *width = pdf_object_item(r, widths, i, NULL);
		if (width->kind != PDF_INTEGER || width->u.integer < 0 || width->u.integer > 8)
			return FALSE;
		rows.widths[i] = (int)width->u.integer;
	}
	index = pdf_object_key(r, stream, "Index", NULL);
	if (index->kind == PDF_NULL)
		return read_rows(r, &rows, 0, pdf_object_key(r, stream, "Size", NULL)->u.integer);
	for (guint i = 0; i + 1 < pdf_object_length(index); i += 2)
		if (!read_rows(r, &rows, pdf_object_item(r, index, i, NULL)->u.integer, pdf_object_item(r, index, i + 1, NULL)->u.integer))
			return FALSE;
	return TRUE;
}

static gboolean read_places(PdfReader *r)
{
	gint64 offset = parse_start(r->data, r->size);
	gsize left = r->size; /* sections do not overlap either */
	gboolean first = TRUE;

	for (int sections = 0; sections < CHAIN_MOST; sections++) {
		PdfObject trailer = {.kind = PDF_NULL};
		const PdfObject *before;
		if (offset < 0 || (gsize)offset >= r->size)
			return FALSE;
		Parser p = {.at = r->data + offset, .start = r->data, .end = r->data + r->size, .arena = r->arena};
		if (!(parse_word(&p, "xref") ? read_table(r, &p, &trailer) : read_xref_stream(r, &p, &trailer)))
			return FALSE;
		if ((gsize)(p.at - r->data) - (gsize)offset > left)
			return FALSE;
		left -= (gsize)(p.at - r->data) - (gsize)offset;
		if (pdf_object_key(r, &trailer, "XRefStm", NULL)->kind != PDF_NULL) /* a hybrid file: libqpdf's */
			return FALSE;
		if (first)
			r->trailer = trailer;
		first = FALSE;
		before = pdf_object_key(r, &trailer, "Prev", NULL);
		if (before->kind == PDF_NULL)
			return TRUE;
		if (before->kind != PDF_INTEGER)
			return FALSE;
		offset = before->u.integer;
	}
	return FALSE;
}

/* ---- what they hold ---- */

/* Objects do not overlap: those that do would be read over and over. */
static gboolean read_direct(PdfReader *r)
{
	gsize left = r->size;

	for (guint i = 0; i < r->count; i++) {
		const Place *place = &g_array_index(r->places, Place, i);
		gint64 number;
		if (place->type != 1)
			continue;
		Parser p = {.at = r->data + place->offset, .start = r->data, .end = r->data + r->size, .arena = r->arena};
		if (!parse_indirect(&p, &number, &r->objects[i]) || number != i || (gsize)(p.at - r->data) - place->offset > left)
			return FALSE;
		left -= (gsize)(p.at - r->data) - place->offset;
	}
	return TRUE;
}

/* The objects of one object stream (7.5.7) that the cross-reference says are there. */
static gboolean read_object_stream(PdfReader *r, guint holder)
{
	const PdfObject *stream = &r->objects[holder], *n = pdf_object_key(r, stream, "N", NULL), *first = pdf_object_key(r, stream, "First", NULL);
	g_autoptr(GBytes) bytes = unpack(r, stream); /* names and strings are copied: it can go */
	gsize size, left;
	const char *data;

	if (bytes == NULL)
		return FALSE;
	data = g_bytes_get_data(bytes, &size);
	Parser head = {.at = data, .start = data, .end = data + size, .arena = r->arena};
	if (n->kind != PDF_INTEGER || first->kind != PDF_INTEGER || first->u.integer < 0 || (gsize)first->u.integer > size)
		return FALSE;
	left = size;
	for (gint64 i = 0; i < n->u.integer; i++) {
		gint64 number, offset;
		if (!parse_integer(&head, &number) || !parse_integer(&head, &offset) || number < 0 || offset < 0 ||
		    (gsize)offset > size - (gsize)first->u.integer)
			return FALSE;
		if (number >= r->count)
			continue;
		const Place *place = &g_array_index(r->places, Place, (guint)number);
		if (place->type != 2 || place->offset != holder)
			continue;
		Parser p = {.at = data + first->u.integer + offset, .start = data, .end = data + size, .arena = r->arena};
		const char *start = p.at;
		if (!parse_object(&p, &r->objects[number]) || (gsize)(p.at - start) > left)
			return FALSE;
		left -= (gsize)(p.at - start);
	}
	return TRUE;
}

static gboolean read_packed(PdfReader *r)
{
	g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
	gboolean fine = TRUE;

	for (guint i = 0; i < r->count && fine; i++) {
		const Place *place = &g_array_index(r->places, Place, i);
		if (place->type != 2 || !g_hash_table_add(done, GSIZE_TO_POINTER(place->offset)))
			continue;
		fine = place->offset < r->count && g_array_index(r->places, Place, (guint)place->offset).type == 1 &&
		       read_object_stream(r, (guint)place->offset);
	}
	return fine;
}

typedef struct {
	PdfReader *r;
	GHashTable *seen;
} PageWalk;

static gboolean collect_pages(PageWalk *w, const PdfObject *node, int number, int depth)
{
	const PdfObject *kids = pdf_object_key(w->r, node, "Kids", NULL);

	if (depth > PAGE_DEPTH || !g_hash_table_add(w->seen, (gpointer)node))
		return FALSE;
	if (kids->kind != PDF_ARRAY) {
		Page page = {node, number};
		if (node->kind == PDF_DICTIONARY)
			g_array_append_val(w->r->pages, page);
		return node->kind == PDF_DICTIONARY;
	}
	for (guint i = 0; i < kids->length; i++) {
		int kid_number;
		const PdfObject *kid = pdf_object_item(w->r, kids, i, &kid_number);
		if (!collect_pages(w, kid, kid_number, depth + 1))
			return FALSE;
	}
	return TRUE;
}

static gboolean read_pages(PdfReader *r)
{
	PageWalk w = {r, g_hash_table_new(NULL, NULL)};
	int number;
	const PdfObject *top = pdf_object_key(r, pdf_reader_root(r), "Pages", &number);
	gboolean fine = top->kind == PDF_DICTIONARY && collect_pages(&w, top, number, 0);

	g_hash_table_unref(w.seen);
	return fine;
}

/* What this reader can decode: else libqpdf decodes it for good. */
static gboolean is_plain(const PdfReader *r, const PdfObject *stream)
{
	const PdfObject *filter = pdf_object_key(r, stream, "Filter", NULL);

	return stream->kind != PDF_STREAM || ((filter->kind == PDF_NULL || is_flate(r, filter)) && pdf_object_key(r, stream, "DecodeParms", NULL)->kind == PDF_NULL);
}

static gboolean are_contents_plain(const PdfReader *r)
{
	for (guint i = 0; i < r->pages->len; i++) {
		const PdfObject *contents = pdf_object_key(r, pdf_reader_page(r, i, NULL), "Contents", NULL);
		if (!is_plain(r, contents))
			return FALSE;
		for (guint k = 0; k < pdf_object_length(contents); k++)
			if (!is_plain(r, pdf_object_item(r, contents, k, NULL)))
				return FALSE;
	}
	return TRUE;
}

static gboolean read_all(PdfReader *r)
{
	if (r->size < 8 || memcmp(r->data, "%PDF-", 5) != 0 || !read_places(r))
		return FALSE;
	for (guint i = 0; i < r->trailer.length; i++)
		if (strcmp(r->trailer.u.entries[i].key, "Encrypt") == 0)
			return FALSE;
	r->count = r->places->len;
	r->objects = arena_alloc(r->arena, MAX(r->count, 1) * sizeof *r->objects);
	return read_direct(r) && read_packed(r) && read_pages(r) && are_contents_plain(r);
}

PdfReader *pdf_reader_read(GBytes *file)
{
	PdfReader *r = g_new0(PdfReader, 1);

	r->file = g_bytes_ref(file);
	r->data = g_bytes_get_data(file, &r->size);
	r->arena = arena_new();
	r->places = g_array_new(FALSE, TRUE, sizeof(Place));
	r->pages = g_array_new(FALSE, FALSE, sizeof(Page));
	if (read_all(r))
		return r;
	pdf_reader_free(r);
	return NULL;
}

void pdf_reader_free(PdfReader *r)
{
	if (r == NULL)
		return;
	g_bytes_unref(r->file);
	arena_free(r->arena);
	g_array_unref(r->places);
	g_array_unref(r->pages);
	g_free(r);
}

PdfReader *pdf_reader_open(GBytes *file, const char *name, Diagnostics *d)
{
	PdfReader *r = pdf_reader_read(file);
	const Position at = {name, 0, 0, NULL};
	g_autoptr(GBytes) plain = NULL;
	QpdfFate fate;
	Qpdf f;

	if (r != NULL)
		return r;
	if (!qpdf_load(&f)) {
		diagnose(d, MSG_PDF_NO_CHECKER, &at);
		return NULL;
	}
	plain = qpdf_rewrite(&f, name, file, &fate);
	r = plain != NULL ? pdf_reader_read(plain) : NULL;
	if (r != NULL)
		r->encrypted = fate == QPDF_DECRYPTED;
	else
		diagnose(d, fate == QPDF_ENDLESS ? MSG_PDF_ENDLESS : MSG_PDF_UNREADABLE, &at);
	return r;
}

/* ---- text strings ---- */

char *pdf_object_text(const PdfObject *o)
{
	const guchar *b;

	if (o->kind != PDF_STRING)
		return NULL;
	b = (const guchar *)o->u.text;
	if (o->length >= 2 && b[0] == 0xFE && b[1] == 0xFF)
		return g_convert_with_fallback(o->u.text + 2, o->length - 2, "UTF-8", "UTF-16BE", "?", NULL, NULL, NULL);
	if (o->length >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF)
		return g_utf8_make_valid(o->u.text + 3, o->length - 3);
	return g_convert_with_fallback(o->u.text, o->length, "UTF-8", "ISO-8859-1", "?", NULL, NULL, NULL);
}
