/* Pictures as XObjects: JPEG and PNG passed through without their metadata where the PDF can hold them as they are, SVG as drawing operators. */
#include "pdf/writer.h"

#include "base/image.h"

#include <png.h>
#include <string.h>

static guint32 read32(const guchar *p)
{
	return (guint32)p[0] << 24 | (guint32)p[1] << 16 | (guint32)p[2] << 8 | p[3];
}

/* ---- JPEG: its frame header tells size and components ---- */

typedef struct {
	int width, height, components, bits;
	gboolean adobe;
} Jpeg;

static gboolean read_jpeg(const guchar *p, gsize size, Jpeg *j)
{
	memset(j, 0, sizeof *j);
	for (gsize at = 2; at + 9 < size && p[at] == 0xFF;) {
		guchar marker = p[at + 1];
		gsize length = (gsize)p[at + 2] << 8 | p[at + 3];
		if (marker == 0xEE && length >= 12 && memcmp(p + at + 4, "Adobe", 5) == 0)
			j->adobe = TRUE;
		if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
			j->bits = p[at + 4];
			j->height = p[at + 5] << 8 | p[at + 6];
			j->width = p[at + 7] << 8 | p[at + 8];
			j->components = p[at + 9];
			return j->width > 0 && j->height > 0 && (j->components == 1 || j->components == 3 || j->components == 4);
		}
		at += 2 + length;
	}
	return FALSE;
}

static gboolean write_jpeg(PdfWriter *w, PdfPicture *p, GBytes *bytes)
{
	g_autoptr(GBytes) clean = image_strip(bytes);
	gsize size;
	const guchar *data = g_bytes_get_data(clean, &size);
	g_autofree char *dictionary = NULL;
	ImageInfo info;
	Jpeg j;

	if (!read_jpeg(data, size, &j))
		return FALSE;
	image_read_info(bytes, &info);
	p->width = info.width;
	p->height = info.height;
	p->orientation = info.orientation;
	dictionary = g_strdup_printf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent %d /ColorSpace /%s %s/Filter /DCTDecode ", j.width,
	                             j.height, j.bits, j.components == 1 ? "DeviceGray" : j.components == 3 ? "DeviceRGB" : "DeviceCMYK",
	                             j.components == 4 && j.adobe ? "/Decode [1 0 1 0 1 0 1 0] " : "");
	pdf_file_set_stream(w->file, p->object, dictionary, data, size, FALSE);
	return TRUE;
}

/* ---- PNG: compressed data passed through when it has neither alpha nor interlacing ---- */

typedef struct {
	guint32 width, height;
	int bits, colour, interlace;
	gboolean transparent;
	const guchar *palette;
	gsize palette_size;
	GByteArray *data;
} Png;

static gboolean read_png(const guchar *p, gsize size, Png *png)
{
	if (size < 33 || memcmp(p + 12, "IHDR", 4) != 0)
		return FALSE;
	png->width = read32(p + 16);
	png->height = read32(p + 20);
	png->bits = p[24];
	png->colour = p[25];
	png->interlace = p[28];
	for (gsize at = 33; at + 12 <= size;) {
		guint32 length = read32(p + at);
		if (length > size - at - 12)
			return FALSE;
		if (memcmp(p + at + 4, "PLTE", 4) == 0) {
			png->palette = p + at + 8;
			png->palette_size = length;
		} else if (memcmp(p + at + 4, "tRNS", 4) == 0) {
			png->transparent = TRUE;
		} else if (memcmp(p + at + 4, "IDAT", 4) == 0) {
			g_byte_array_append(png->data, p + at + 8, length);
		} else if (memcmp(p + at + 4, "IEND", 4) == 0) {
			break;
		}
		at += 12 + length;
	}
	return png->width > 0 && png->height > 0 && png->data->len > 0;
}

static void pass_png(PdfWriter *w, const PdfPicture *p, const Png *png)
{
	g_autoptr(GString) s = g_string_new("/Type /XObject /Subtype /Image ");
	int colours = png->colour == 2 ? 3 : 1;

	g_string_append_printf(s, "/Width %u /Height %u /BitsPerComponent %d /ColorSpace ", png->width, png->height, png->bits);
	if (png->colour == 3) {
		g_string_append_printf(s, "[/Indexed /DeviceRGB %d <", (int)(png->palette_size / 3) - 1);
		for (gsize i = 0; i < png->palette_size; i++)
			g_string_append_printf(s, "%02X", png->palette[i]);
		g_string_append(s, ">] ");
	} else {
		g_string_append(s, colours == 3 ? "/DeviceRGB " : "/DeviceGray ");
	}
	g_string_append_printf(s, "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors %d /BitsPerComponent %d /Columns %u >> ", colours, png->bits,
	                       png->width);
	pdf_file_set_stream(w->file, p->object, s->str, png->data->data, png->data->len, FALSE);
}

/* Decoded by libpng to RGB and a soft mask. */
static gboolean decode_png(PdfWriter *w, const PdfPicture *p, GBytes *bytes)
{
	png_image image = {.version = PNG_IMAGE_VERSION};
	g_autofree guchar *pixels = NULL, *colour = NULL, *alpha = NULL;
	g_autofree char *dictionary = NULL, *mask = NULL;
	gsize n;
	int mask_object;

	if (!png_image_begin_read_from_memory(&image, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)))
		return FALSE;
	image.format = PNG_FORMAT_RGBA;
	n = (gsize)image.width * image.height;
	if (n > 100u * 1000 * 1000) {
		png_image_free(&image);
		return FALSE;
	}
	pixels = g_malloc(n * 4);
	if (!png_image_finish_read(&image, NULL, pixels, 0, NULL))
		return FALSE;
	colour = g_malloc(n * 3);
	alpha = g_malloc(n);
	for (gsize i = 0; i < n; i++) {
		memcpy(colour + 3 * i, pixels + 4 * i, 3);
		alpha[i] = pixels[4 * i + 3];
	}
	mask_object = pdf_file_reserve(w->file);
	mask = g_strdup_printf("/Type /XObject /Subtype /Image /Width %u /Height %u /BitsPerComponent 8 /ColorSpace /DeviceGray", image.width, image.height);
	pdf_file_set_stream(w->file, mask_object, mask, alpha, n, TRUE);
	dictionary = g_strdup_printf("/Type /XObject /Subtype /Image /Width %u /Height %u /BitsPerComponent 8 /ColorSpace /DeviceRGB /SMask %d 0 R", image.width,
	                             image.height, mask_object);
	pdf_file_set_stream(w->file, p->object, dictionary, colour, n * 3, TRUE);
	return TRUE;
}

static gboolean write_png(PdfWriter *w, PdfPicture *p, GBytes *bytes)
{
	g_autoptr(GByteArray) data = g_byte_array_new();
	Png png = {.data = data};

	if (!read_png(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), &png))
		return FALSE;
	p->width = (int)png.width;
	p->height = (int)png.height;
	if (png.interlace == 0 && !png.transparent && png.colour < 4 && png.bits <= 8 && (png.colour != 3 || png.palette_size >= 3)) {
		pass_png(w, p, &png);
		return TRUE;
	}
	return decode_png(w, p, bytes);
}

/* ---- SVG ---- */

static gboolean write_svg(PdfWriter *w, PdfPicture *p, GBytes *bytes)
{
	g_autoptr(GString) content = g_string_new(NULL), dictionary = g_string_new("/Type /XObject /Subtype /Form /BBox [0 0 ");
	g_autoptr(GHashTable) alphas = g_hash_table_new(NULL, NULL), fonts = g_hash_table_new(NULL, NULL);
	PdfDrawing drawing = {content, alphas, fonts, 0, 0};

	p->form = TRUE;
	if (!pdf_svg_draw(w, bytes, &drawing))
		return pdf_foreign_draw(w, bytes, p);
	p->box_width = drawing.width;
	p->box_height = drawing.height;
	pdf_append_number(dictionary, drawing.width);
	pdf_append_number(dictionary, drawing.height);
	g_string_append(dictionary, "] /Group << /S /Transparency /CS /DeviceRGB >> /Resources << ");
	pdf_append_fonts(dictionary, fonts);
	pdf_append_alphas(dictionary, alphas);
	g_string_append(dictionary, ">>");
	pdf_file_set_stream(w->file, p->object, dictionary->str, content->str, content->len, TRUE);
	return TRUE;
}

const PdfPicture *pdf_picture(PdfWriter *w, const AreaPicture *picture)
{
	static gboolean (*const writers[])(PdfWriter *, PdfPicture *, GBytes *) = {
	    [PICTURE_JPEG] = write_jpeg, [PICTURE_PNG] = write_png, [PICTURE_SVG] = write_svg};
	PdfPicture *p = g_hash_table_lookup(w->pictures, picture->digest);

	if (p != NULL)
		return p;
	p = g_new0(PdfPicture, 1);
	p->object = pdf_file_reserve(w->file);
	g_hash_table_insert(w->pictures, picture->digest, p);
	if (!writers[picture->format](w, p, picture->data)) {
		diagnose(w->d, MSG_PDF_PICTURE, NULL, picture->name);
		p->object = 0;
	}
	return p;
}
