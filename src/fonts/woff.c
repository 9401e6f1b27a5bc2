/* WOFF: a header, a directory of tables in the order of their names, and each table packed by itself (sections 3 to 5 of the standard). */
#include "fonts/woff.h"

#include <libdeflate.h>
#include <string.h>

enum { SFNT_HEADER = 12, SFNT_ENTRY = 16, WOFF_HEADER = 44, WOFF_ENTRY = 20 };

/* A fiftieth larger than at the usual level, in half the time. */
enum { LEVEL = 1 };

typedef struct {
	const char *entry; /* of the sfnt's directory: tag, checksum, offset, length */
	guint32 offset, length;
} Table;

static guint32 read32(const char *p)
{
	guint32 value;

	memcpy(&value, p, sizeof value);
	return GUINT32_FROM_BE(value);
}

static void append16(GByteArray *out, guint16 value)
{
	value = GUINT16_TO_BE(value);
	g_byte_array_append(out, (const guint8 *)&value, sizeof value);
}

static void append32(GByteArray *out, guint32 value)
{
	value = GUINT32_TO_BE(value);
	g_byte_array_append(out, (const guint8 *)&value, sizeof value);
}

static void write32(GByteArray *out, gsize at, guint32 value)
{
	value = GUINT32_TO_BE(value);
	memcpy(out->data + at, &value, sizeof value);
}

static int compare_tables(gconstpointer a, gconstpointer b)
{
	return memcmp(((const Table *)a)->entry, ((const Table *)b)->entry, 4);
}

/* NULL: it is no font file. */
static GArray *read_tables(const char *font, gsize size)
{
	guint count = size >= SFNT_HEADER ? (guint)((guint8)font[4] << 8 | (guint8)font[5]) : 0;
	g_autoptr(GArray) tables = g_array_new(FALSE, FALSE, sizeof(Table));

	if (count == 0 || size < SFNT_HEADER + (gsize)count * SFNT_ENTRY)
		return NULL;
	for (guint i = 0; i < count; i++) {
		const char *entry = font + SFNT_HEADER + (gsize)i * SFNT_ENTRY;
		const Table t = {entry, read32(entry + 8), read32(entry + 12)};
		if (t.offset > size || t.length > size - t.offset)
			return NULL;
		g_array_append_val(tables, t);
	}
	g_array_sort(tables, compare_tables);
	return g_steal_pointer(&tables);
}

static guint32 padded(guint32 length)
{
	return (length + 3) & ~3u;
}

static void write_header(GByteArray *out, const char *font, const GArray *tables)
{
	guint32 whole = SFNT_HEADER + tables->len * SFNT_ENTRY;

	for (guint i = 0; i < tables->len; i++)
		whole += padded(g_array_index(tables, Table, i).length);
	append32(out, 0x774F4646); /* "wOFF" */
	append32(out, read32(font));
	append32(out, 0); /* the length of it all: when it is known */
	append16(out, (guint16)tables->len);
	append16(out, 0);
	append32(out, whole);
	g_byte_array_set_size(out, WOFF_HEADER + tables->len * WOFF_ENTRY);
	memset(out->data + 20, 0, out->len - 20); /* no version, no metadata, no private data */
}

/* Packed, or as it is when that is not smaller. */
static void write_table(GByteArray *out, gsize entry, const char *font, const Table *t, struct libdeflate_compressor *compressor)
{
	gsize at = out->len, length = 0;

	g_byte_array_set_size(out, (guint)at + padded(t->length));
	if (t->length > 0)
		length = libdeflate_zlib_compress(compressor, font + t->offset, t->length, out->data + at, t->length - 1);
	if (length == 0) {
		memcpy(out->data + at, font + t->offset, t->length);
		length = t->length;
	}
	g_byte_array_set_size(out, (guint)at + padded((guint32)length));
	memset(out->data + at + length, 0, out->len - at - length);
	memcpy(out->data + entry, t->entry, 4);
	write32(out, entry + 4, (guint32)at);
	write32(out, entry + 8, (guint32)length);
	write32(out, entry + 12, t->length);
	memcpy(out->data + entry + 16, t->entry + 4, 4);
}

GBytes *woff_pack(const char *font, gsize size)
{
	g_autoptr(GArray) tables = read_tables(font, size);
	struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
	GByteArray *out;

	if (compressor == NULL)
		g_error("out of memory");
	if (tables == NULL) {
		libdeflate_free_compressor(compressor);
		return NULL;
	}
	out = g_byte_array_new();
	write_header(out, font, tables);
	for (guint i = 0; i < tables->len; i++)
		write_table(out, WOFF_HEADER + (gsize)i * WOFF_ENTRY, font, &g_array_index(tables, Table, i), compressor);
	write32(out, 8, out->len);
	libdeflate_free_compressor(compressor);
	return g_byte_array_free_to_bytes(out);
}
