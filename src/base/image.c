/* Headers of JPEG (ITU-T T.81), PNG (ISO 15948) and SVG files. */
#define _GNU_SOURCE /* memmem */
#include "base/image.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

#define SVG_NS "http://www.w3.org/2000/svg"

static guint read16(const guchar *p)
{
	return (guint)p[0] << 8 | p[1];
}

static guint32 read32(const guchar *p)
{
	return (guint32)read16(p) << 16 | read16(p + 2);
}

/* ---- JPEG ---- */

gboolean image_jpeg_is_frame(guchar marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* The segment at *at, past the fill bytes that may stand before it: its marker and, with its length bytes, its size. FALSE at the
 * end and at what is broken. */
gboolean image_jpeg_segment(const guchar *p, gsize size, gsize *at, guchar *marker, gsize *length)
{
	while (*at + 1 < size && p[*at] == 0xFF && p[*at + 1] == 0xFF)
		(*at)++;
	if (*at + 4 > size || p[*at] != 0xFF)
		return FALSE;
	*marker = p[*at + 1];
	*length = read16(p + *at + 2);
	return *marker != 0xD9 && *length >= 2 && *at + 2 + *length <= size;
}

/* Where the coded data of a scan end: at the next marker that is neither a stuffed byte nor a restart. */
gsize image_jpeg_scan_end(const guchar *p, gsize size, gsize at)
{
	while (at + 1 < size && (p[at] != 0xFF || p[at + 1] == 0 || p[at + 1] == 0xFF || (p[at + 1] >= 0xD0 && p[at + 1] <= 0xD7)))
		at++;
	return at + 1 < size ? at : size;
}

static gboolean read_jpeg(const guchar *p, gsize size, ImageInfo *info)
{
	guchar marker;
	gsize length;

	for (gsize at = 2; image_jpeg_segment(p, size, &at, &marker, &length) && marker != 0xDA; at += 2 + length) {
		const guchar *body = p + at + 4;
		if (marker == 0xE0 && length >= 14 && memcmp(body, "JFIF", 5) == 0 && body[7] > 0) {
			double unit = body[7] == 2 ? 2.54 : 1;
			info->dpi_x = read16(body + 8) * unit;
			info->dpi_y = read16(body + 10) * unit;
		}
		if (marker == 0xE1 && length >= 8 && memcmp(body, "Exif", 4) == 0)
			info->orientation = image_exif_orientation(body, length - 2);
		if (image_jpeg_is_frame(marker) && length >= 8) {
			gboolean turned = info->orientation > 4;
			info->height = (int)read16(turned ? body + 3 : body + 1);
			info->width = (int)read16(turned ? body + 1 : body + 3);
			if (turned) {
				double dpi = info->dpi_x;
				info->dpi_x = info->dpi_y;
				info->dpi_y = dpi;
			}
			return info->width > 0 && info->height > 0;
		}
	}
	return FALSE;
}

/* JFIF's own header, colour profiles and Adobe's note on colours stay; every other application segment and comment goes. */
static gboolean jpeg_keeps(guchar marker, const guchar *body, gsize length)
{
	if (marker == 0xFE)
		return FALSE;
	if (marker < 0xE0 || marker > 0xEF)
		return TRUE;
	return (marker == 0xE0 && length >= 7 && memcmp(body, "JFIF", 5) == 0) ||
	       (marker == 0xE2 && length >= 14 && memcmp(body, "ICC_PROFILE", 12) == 0) ||
	       (marker == 0xEE && length >= 7 && memcmp(body, "Adobe", 5) == 0);
}

static void append_jfif(GByteArray *out, const guchar *segment)
{
	guchar jfif[18]; /* a thumbnail follows JFIF's header: without it */

	memcpy(jfif, segment, sizeof jfif);
	jfif[2] = 0;
	jfif[3] = 16;
	jfif[16] = jfif[17] = 0;
	g_byte_array_append(out, jfif, sizeof jfif);
}

/* EXIF with nothing in it but which way up the picture is. */
static void append_orientation(GByteArray *out, int orientation)
{
	guchar exif[] = "\xFF\xE1\0\x22" "Exif\0\0" "MM\0*\0\0\0\x08" "\0\x01" "\x01\x12\0\x03\0\0\0\x01\0\0\0" "\0\0\0\0";

	exif[29] = (guchar)orientation;
	g_byte_array_append(out, exif, 36);
}

/* Between the scans of a progressive picture segments may stand too; what follows its end (telephones put a second picture there,
 * with metadata of its own) goes, and so does all that is not a segment. */
GBytes *image_strip_jpeg(GBytes *bytes, int orientation)
{
	static const guchar end[2] = {0xFF, 0xD9};
	gsize size;
	const guchar *p = g_bytes_get_data(bytes, &size);
	GByteArray *out = g_byte_array_sized_new((guint)size);
	gsize at = 2, length;
	guchar marker;

	g_byte_array_append(out, p, 2);
	while (image_jpeg_segment(p, size, &at, &marker, &length)) {
		gsize next = at + 2 + length;
		if (orientation > 1 && marker != 0xE0) { /* behind JFIF's header, which comes first */
			append_orientation(out, orientation);
			orientation = 1;
		}
		if (marker == 0xDA)
			next = image_jpeg_scan_end(p, size, next);
		if (marker == 0xE0 && length > 16 && jpeg_keeps(marker, p + at + 4, length))
			append_jfif(out, p + at);
		else if (jpeg_keeps(marker, p + at + 4, length))
			g_byte_array_append(out, p + at, (guint)(next - at));
		at = next;
	}
	g_byte_array_append(out, end, sizeof end);
	return g_byte_array_free_to_bytes(out);
}

/* ---- PNG ---- */

gboolean image_png_chunk(const guchar *p, gsize size, gsize at, gsize *length)
{
	if (at + 12 > size)
		return FALSE;
	*length = read32(p + at);
	return *length <= size - at - 12;
}

static gboolean read_png(const guchar *p, gsize size, ImageInfo *info)
{
	gsize length;

	if (!image_png_chunk(p, size, 8, &length) || memcmp(p + 12, "IHDR", 4) != 0 || length < 13)
		return FALSE;
	info->width = (int)MIN(read32(p + 16), (guint32)G_MAXINT);
	info->height = (int)MIN(read32(p + 20), (guint32)G_MAXINT);
	for (gsize at = 8; image_png_chunk(p, size, at, &length); at += 12 + length) {
		if (memcmp(p + at + 4, "pHYs", 4) != 0 || length < 9 || p[at + 16] != 1)
			continue;
		info->dpi_x = read32(p + at + 8) * 0.0254;
		info->dpi_y = read32(p + at + 12) * 0.0254;
	}
	return info->width > 0 && info->height > 0;
}

static GBytes *strip_png(const guchar *p, gsize size)
{
	static const char kept[][5] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA",
				       "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs"};
	GByteArray *out = g_byte_array_sized_new((guint)size);
	gsize length;

	g_byte_array_append(out, p, 8);
	for (gsize at = 8; image_png_chunk(p, size, at, &length); at += 12 + length) {
		for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
			if (memcmp(p + at + 4, kept[i], 4) == 0)
				g_byte_array_append(out, p + at, (guint)(12 + length));
		if (memcmp(p + at + 4, "IEND", 4) == 0)
			break;
	}
	return g_byte_array_free_to_bytes(out);
}

/* ---- SVG ---- */

/* A length in user units (CSS: 96 to the inch); 0 when it is relative. */
static double svg_length(const char *value)
{
	static const struct {
		const char *unit;
		double pixels;
	} units[] = {{"px", 1}, {"pt", 96.0 / 72}, {"pc", 16}, {"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}};
	char *end;
	double n = value != NULL ? g_ascii_strtod(value, &end) : 0;

	if (value == NULL || !isfinite(n) || n <= 0)
		return 0;
	if (*end == '\0')
		return n;
	for (guint i = 0; i < G_N_ELEMENTS(units); i++)
		if (strcmp(end, units[i].unit) == 0)
			return n * units[i].pixels;
	return 0;
}

static gboolean read_svg(GBytes *bytes, ImageInfo *info)
{
	g_autoptr(Diagnostics) ignored = diagnostics_new();
	g_autoptr(xmlDoc) doc = image_svg_parse(bytes, ignored);
	const xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	const char *view;
	double width, height;

	if (root == NULL || !xml_is(root, "svg") || root->ns == NULL || strcmp((const char *)root->ns->href, SVG_NS) != 0)
		return FALSE;
	width = svg_length(xml_attribute(root, "width"));
	height = svg_length(xml_attribute(root, "height"));
	view = xml_attribute(root, "viewBox");
	if ((width == 0 || height == 0) && view != NULL) {
		g_auto(GStrv) parts = g_strsplit_set(view, " ,", -1);
		double n[4] = {0};
		int count = 0;
		for (char **part = parts; *part != NULL && count < 4; part++)
			if (**part != '\0')
				n[count++] = g_ascii_strtod(*part, NULL);
		width = n[2];
		height = n[3];
	}
	info->width = (int)CLAMP(width + 0.5, 0, 1e6);
	info->height = (int)CLAMP(height + 0.5, 0, 1e6);
	return info->width > 0 && info->height > 0;
}

static gboolean looks_like_svg(const guchar *p, gsize size)
{
	gsize at = size >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

	while (at < size && g_ascii_isspace(p[at]))
		at++;
	return at < size && p[at] == '<' && memmem(p, size, "<svg", 4) != NULL;
}

static ImageFormat sniff(const guchar *p, gsize size)
{
	if (size >= 4 && p[0] == 0xFF && p[1] == 0xD8)
		return IMAGE_JPEG;
	if (size >= 33 && memcmp(p, "\x89PNG\r\n\x1a\n", 8) == 0)
		return IMAGE_PNG;
	return size > 0 && looks_like_svg(p, size) ? IMAGE_SVG : IMAGE_UNKNOWN;
}

gboolean image_read_info(GBytes *bytes, ImageInfo *info)
{
	gsize size;
	const guchar *p = g_bytes_get_data(bytes, &size);

	*info = (ImageInfo){.orientation = 1};
	info->format = sniff(p, size);
	switch (info->format) {
	case IMAGE_JPEG:
		return read_jpeg(p, size, info);
	case IMAGE_PNG:
		return read_png(p, size, info);
	case IMAGE_SVG:
		return read_svg(bytes, info);
	default:
		return FALSE;
	}
}

const char *image_mime_type(ImageFormat format)
{
	static const char *const types[] = {"application/octet-stream", "image/jpeg", "image/png", "image/svg+xml"};

	return types[format];
}

GBytes *image_strip(GBytes *bytes)
{
	gsize size;
	const guchar *p = g_bytes_get_data(bytes, &size);
	ImageInfo info;

	if (!image_read_info(bytes, &info))
		return g_bytes_ref(bytes);
	if (info.format == IMAGE_JPEG)
		return image_strip_jpeg(bytes, info.orientation);
	return info.format == IMAGE_PNG ? strip_png(p, size) : image_strip_svg(bytes);
}

/* ---- texts ---- */

static const char *jpeg_text_name(guchar marker, const guchar *body, gsize length)
{
	if (marker == 0xFE)
		return "COM";
	if (marker < 0xE0 || marker > 0xEF)
		return NULL;
	if (marker == 0xE1)
		return length >= 6 && memcmp(body, "Exif", 4) == 0 ? "EXIF" : "XMP";
	return marker == 0xED ? "IPTC" : "APP";
}

static void jpeg_texts(const guchar *p, gsize size, ImageTextFound found, gpointer data)
{
	gsize at = 2, length;
	guchar marker;

	while (image_jpeg_segment(p, size, &at, &marker, &length)) {
		const char *name = jpeg_text_name(marker, p + at + 4, length - 2);
		if (name != NULL)
			found(name, (const char *)p + at + 4, length - 2, data);
		at += 2 + length;
		if (marker == 0xDA)
			at = image_jpeg_scan_end(p, size, at);
	}
	if (at + 2 < size) /* after the end */
		found("JPEG", (const char *)p + at + 2, size - at - 2, data);
}

/* tEXt and the like: a keyword, and for zTXt and iTXt perhaps a compressed text. A colour profile (iCCP) is made as zTXt is, and says whose screen it is of. */
static void png_text(const char *name, const char *body, gsize length, ImageTextFound found, gpointer data)
{
	const char *keyword_end = memchr(body, '\0', length), *packed = NULL;
	g_autoptr(GBytes) text = NULL;
	gsize size;

	found(name, body, length, data);
	if (keyword_end != NULL && (strcmp(name, "zTXt") == 0 || strcmp(name, "iCCP") == 0) && keyword_end + 2 < body + length)
		packed = keyword_end + 2;
	if (keyword_end != NULL && strcmp(name, "iTXt") == 0 && keyword_end + 3 < body + length && keyword_end[1] == 1) {
		packed = memchr(keyword_end + 3, '\0', length - (gsize)(keyword_end + 3 - body)); /* language */
		packed =
		    packed != NULL ? memchr(packed + 1, '\0', length - (gsize)(packed + 1 - body)) : NULL; /* translated keyword */
		packed = packed != NULL ? packed + 1 : NULL;
	}
	if (packed == NULL)
		return;
	text = text_inflate(packed, length - (gsize)(packed - body), 16 * 1024 * 1024);
	const char *plain = text != NULL ? g_bytes_get_data(text, &size) : NULL;
	if (plain != NULL)
		found(name, plain, size, data);
}

static void png_texts(const guchar *p, gsize size, ImageTextFound found, gpointer data)
{
	static const char pixels[][5] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM",
					 "sRGB", "sBIT", "bKGD", "pHYs", "hIST", "tIME"};
	gsize at = 8, length;

	for (; image_png_chunk(p, size, at, &length); at += 12 + length) {
		char name[5] = "";
		gboolean text = TRUE;
		memcpy(name, p + at + 4, 4);
		for (guint i = 0; i < G_N_ELEMENTS(pixels); i++)
			text = text && strcmp(name, pixels[i]) != 0;
		if (text)
			png_text(strcmp(name, "eXIf") == 0 ? "EXIF" : name, (const char *)p + at + 8, length, found, data);
	}
	if (at < size)
		found("PNG", (const char *)p + at, size - at, data);
}

void image_texts(GBytes *bytes, ImageTextFound found, gpointer data)
{
	gsize size;
	const guchar *p = g_bytes_get_data(bytes, &size);
	ImageFormat format = sniff(p, size);

	if (format == IMAGE_JPEG)
		jpeg_texts(p, size, found, data);
	else if (format == IMAGE_PNG)
		png_texts(p, size, found, data);
	else if (format == IMAGE_SVG)
		found("SVG", (const char *)p, size, data);
}
