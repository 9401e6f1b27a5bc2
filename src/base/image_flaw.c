/* What keeps a picture from being shown: structure only, nothing is unpacked. JPEG: ITU-T T.81, Annex B; PNG: ISO 15948, clauses 5 and 11. */
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

/* The chunks without which there is no picture must be whole; the others are passed over by all who read it. */
static ImageFlaw png_flaw(const guchar *p, gsize size)
{
	gboolean palette = FALSE, data = FALSE;
	gsize length;

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
			return data ? FLAW_NONE : FLAW_BROKEN;
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
