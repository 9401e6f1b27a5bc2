/* What keeps a picture from being shown: its structure, and of a PNG that its pixels can be unpacked and are all there. JPEG: ITU-T T.81, Annex B; PNG:
 * ISO 15948, clauses 5, 8 to 11. */
#include "base/image.h"

#include <string.h>
#include <zlib.h>

enum { PIXEL_LIMIT = 100 * 1000 * 1000, SIDE_LIMIT = 1000 * 1000 };

static guint32 read32(const guchar *p)
{
	return (guint32)p[0] << 24 | (guint32)p[1] << 16 | (guint32)p[2] << 8 | p[3];
}

/* Baseline, extended and progressive, in Huffman's code, of 8 bits: what PDF (ISO 32000-1, 7.4.8) and browsers share. */
static gboolean jpeg_is_common(guchar marker, const guchar *frame, gsize length)
{
	return marker <= 0xC2 && length >= 8 && frame[0] == 8 && (frame[5] == 1 || frame[5] == 3 || frame[5] == 4);
}

static ImageFlaw jpeg_flaw(const guchar *p, gsize size)
{
	gboolean frame = FALSE, scan = FALSE;
	gsize at = 2, length;
	guchar marker;

	while (image_jpeg_segment(p, size, &at, &marker, &length)) {
		if (image_jpeg_is_frame(marker) && !jpeg_is_common(marker, p + at + 4, length))
			return FLAW_KIND;
		frame = frame || image_jpeg_is_frame(marker);
		scan = scan || (frame && marker == 0xDA);
		at += 2 + length;
		if (marker == 0xDA)
			at = image_jpeg_scan_end(p, size, at);
	}
	if (at + 2 <= size && p[at] == 0xFF && p[at + 1] == 0xD9)
		return frame && scan ? FLAW_NONE : FLAW_BROKEN;
	return at + 4 > size || p[at] == 0xFF ? FLAW_CUT : FLAW_BROKEN;
}

/* The number of bits that a PNG's colours may have, as a sum. */
static gboolean png_is_common(const guchar *header)
{
	static const guchar bits[] = {[0] = 1 | 2 | 4 | 8 | 16, [2] = 8 | 16, [3] = 1 | 2 | 4 | 8, [4] = 8 | 16, [6] = 8 | 16};
	guchar depth = header[8], colour = header[9];

	return colour < sizeof bits && (bits[colour] & depth) != 0 && (depth & (depth - 1)) == 0 && header[10] == 0 && header[11] == 0 && header[12] <= 1;
}

static gboolean png_is_large(const guchar *header)
{
	guint64 width = read32(header), height = read32(header + 4);

	return width > SIDE_LIMIT || height > SIDE_LIMIT || width * height > PIXEL_LIMIT;
}

/* ---- the pixels of a PNG ---- */

typedef struct {
	z_stream z;
	gsize row;    /* bytes, with the one that says how it is filtered; 0: rows of several lengths (Adam7) */
	guint64 size; /* of all rows */
	guint64 seen;
	gboolean broken, ended;
} Pixels;

static guint64 rows_size(guint64 width, guint64 height, guint bits)
{
	return width > 0 && height > 0 ? height * (1 + (width * bits + 7) / 8) : 0;
}

static void pixels_begin(Pixels *x, const guchar *header)
{
	static const guchar channels[] = {[0] = 1, [2] = 3, [3] = 1, [4] = 2, [6] = 4};
	static const struct {
		guchar left, top, across, down;
	} passes[] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
	const guint64 width = read32(header), height = read32(header + 4);
	const guint bits = channels[header[9]] * header[8];

	*x = (Pixels){0};
	if (header[12] == 0) {
		x->row = (gsize)rows_size(width, 1, bits);
		x->size = rows_size(width, height, bits);
	}
	for (guint i = 0; header[12] == 1 && i < G_N_ELEMENTS(passes); i++)
		x->size += rows_size((width + passes[i].across - 1u - passes[i].left) / passes[i].across, (height + passes[i].down - 1u - passes[i].top) / passes[i].down, bits);
	x->broken = inflateInit(&x->z) != Z_OK;
}

/* Rows of one length begin with the number of a filter, of which there are five. */
static gboolean has_filters(const Pixels *x, const guchar *out, gsize length)
{
	if (x->row == 0)
		return TRUE;
	for (guint64 at = (x->row - x->seen % x->row) % x->row; at < length && x->seen + at < x->size; at += x->row)
		if (out[at] > 4)
			return FALSE;
	return TRUE;
}

/* One IDAT chunk more. What is more than the rows is passed over, as by all who read it. */
static void pixels_add(Pixels *x, const guchar *data, gsize length)
{
	guchar out[32 * 1024];

	x->z.next_in = (Bytef *)data;
	x->z.avail_in = (uInt)length;
	while (!x->broken && !x->ended && x->seen < x->size) {
		x->z.next_out = out;
		x->z.avail_out = sizeof out;
		const int result = inflate(&x->z, Z_NO_FLUSH);
		const gsize got = sizeof out - x->z.avail_out;
		x->broken = (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) || !has_filters(x, out, got);
		x->ended = result == Z_STREAM_END;
		x->seen += got;
		if (got == 0 && !x->ended) /* it waits for the next chunk */
			break;
	}
}

static gboolean pixels_end(Pixels *x)
{
	inflateEnd(&x->z);
	return !x->broken && x->seen >= x->size;
}

static gboolean png_has_pixels(const guchar *p, gsize size)
{
	Pixels x;
	gsize length;

	pixels_begin(&x, p + 16);
	for (gsize at = 8; image_png_chunk(p, size, at, &length); at += 12 + length)
		if (memcmp(p + at + 4, "IDAT", 4) == 0)
			pixels_add(&x, p + at + 8, length);
	return pixels_end(&x);
}

/* The chunks without which there is no picture must be whole; the others are passed over by all who read it. */
static ImageFlaw png_flaw(const guchar *p, gsize size)
{
	gboolean palette = FALSE, data = FALSE;
	gsize length;

	if (memcmp(p + 12, "IHDR", 4) != 0)
		return FLAW_BROKEN;
	for (gsize at = 8; image_png_chunk(p, size, at, &length); at += 12 + length) {
		const guchar *name = p + at + 4, *body = name + 4;
		if (g_ascii_islower((char)name[0]))
			continue;
		if (crc32(0, name, (uInt)length + 4) != read32(body + length))
			return FLAW_BROKEN;
		if (memcmp(name, "IHDR", 4) == 0 && (at != 8 || length != 13 || !png_is_common(body)))
			return FLAW_BROKEN;
		if (memcmp(name, "IHDR", 4) == 0 && png_is_large(body))
			return FLAW_LARGE;
		if (memcmp(name, "IEND", 4) == 0)
			return data && png_has_pixels(p, size) ? FLAW_NONE : FLAW_BROKEN;
		if (memcmp(name, "PLTE", 4) == 0)
			palette = length > 0 && length <= 768 && length % 3 == 0;
		else if (memcmp(name, "IDAT", 4) == 0 && p[25] == 3 && !palette)
			return FLAW_BROKEN;
		else if (memcmp(name, "IDAT", 4) == 0)
			data = TRUE;
		else if (memcmp(name, "IHDR", 4) != 0)
			return FLAW_KIND;
	}
	return FLAW_CUT;
}

static ImageFlaw svg_flaw(GBytes *bytes)
{
	g_autoptr(Diagnostics) ignored = diagnostics_new();
	g_autoptr(xmlDoc) doc = image_svg_parse(bytes, ignored);
	const xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;

	if (root == NULL)
		return FLAW_BROKEN;
	return xml_is(root, "svg") && root->ns != NULL ? FLAW_SIZE : FLAW_UNKNOWN;
}

ImageFlaw image_flaw(GBytes *bytes)
{
	ImageInfo info;
	gboolean known = image_read_info(bytes, &info);
	ImageFlaw flaw;
	gsize size;
	const guchar *p = g_bytes_get_data(bytes, &size);

	if (size > IMAGE_LIMIT)
		return FLAW_LARGE;
	switch (info.format) {
	case IMAGE_JPEG:
		flaw = jpeg_flaw(p, size);
		return flaw != FLAW_NONE || known ? flaw : FLAW_BROKEN;
	case IMAGE_PNG:
		flaw = png_flaw(p, size);
		return flaw != FLAW_NONE || known ? flaw : FLAW_BROKEN;
	case IMAGE_SVG:
		return known ? FLAW_NONE : svg_flaw(bytes);
	default:
		return FLAW_UNKNOWN;
	}
}

const char *image_other_format(GBytes *bytes)
{
	static const struct {
		gsize at;
		const char *magic, *name;
	} rows[] = {{8, "WEBP", "WebP"}, {4, "ftyphei", "HEIC"}, {4, "ftypmif", "HEIC"}, {4, "ftypavi", "AVIF"}, {0, "GIF8", "GIF"}, {0, "II*", "TIFF"},
	            {0, "MM\0*", "TIFF"}, {0, "BM", "BMP"}, {0, "%PDF", "PDF"}, {0, "\x1F\x8B", "SVGZ"}, {0, "PK\x03\x04", "ZIP"}};
	gsize size;
	const char *p = g_bytes_get_data(bytes, &size);

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		gsize length = rows[i].magic[0] == 'M' ? 4 : strlen(rows[i].magic);
		if (rows[i].at + length <= size && memcmp(p + rows[i].at, rows[i].magic, length) == 0)
			return rows[i].name;
	}
	return NULL;
}
