/* Pictures as files: what they are, how large, and without what a camera or a program wrote into them beside the picture. Nothing is decoded, but for the question whether
 * a PNG's pixels are there. */
#ifndef ROTONDE_BASE_IMAGE_H
#define ROTONDE_BASE_IMAGE_H

#include "base/xml.h"

#include <glib.h>

typedef enum { IMAGE_UNKNOWN, IMAGE_JPEG, IMAGE_PNG, IMAGE_SVG } ImageFormat;

enum { IMAGE_LIMIT = 32 * 1024 * 1024 }; /* bytes of a file */

typedef struct {
	ImageFormat format;
	int width, height;   /* pixels, the right way up; SVG: user units, rounded */
	int orientation;     /* of a JPEG, as EXIF numbers it: 1 to 8; from 5 its rows stand upright. 1: as it is, or nothing says */
	double dpi_x, dpi_y; /* pixels an inch as the file says; 0: it does not */
} ImageInfo;

/* From the bytes, never from the name. FALSE: no picture we know, or broken (info->format still tells what it began as). */
gboolean image_read_info(GBytes *bytes, ImageInfo *info);

const char *image_mime_type(ImageFormat format);

/* Why a picture cannot be shown everywhere, as far as its structure tells: FLAW_CUT: its file ends before it does; FLAW_BROKEN: it is damaged; FLAW_KIND: a
 * JPEG or PNG of a kind that browsers or PDF do not know; FLAW_LARGE: more bytes than IMAGE_LIMIT, or more pixels than are unpacked; FLAW_SIZE: an SVG that
 * says no size. */
typedef enum { FLAW_NONE, FLAW_UNKNOWN, FLAW_CUT, FLAW_BROKEN, FLAW_KIND, FLAW_LARGE, FLAW_SIZE } ImageFlaw;
ImageFlaw image_flaw(GBytes *bytes);

/* What a file of IMAGE_UNKNOWN is: "HEIC", "WebP"; NULL: no picture that anybody sends. */
const char *image_other_format(GBytes *bytes);

/* The same picture without EXIF, XMP, IPTC, comments, thumbnails, texts and dates; colour profiles stay, and which way up a JPEG is. The picture's own data are copied as they are. An
 * SVG loses its comments, its <metadata>, what editors add under names of their own, ids, classes and parts that nothing uses and layers that are switched off (display: none) or wholly transparent (opacity: 0), and all that would do something or fetch something: scripts,
 * on... attributes, animations, foreignObject, links and addresses out of the file, in its style too. What is broken comes back as it is. The caller's. */
GBytes *image_strip(GBytes *bytes);

/* The first words of an SVG that nobody would see: they stand in a foreignObject, which image_strip takes out and no PDF shows, and nothing beside it says
 * them. NULL: there are none. The caller's. */
char *image_lost_words(GBytes *bytes);

/* The first address of what an SVG shows out of another file, or of a picture inside it that image_strip takes out or that has a flaw (its beginning then).
 * NULL: there is none. The caller's. */
char *image_lost_picture(GBytes *bytes);

/* An SVG as a tree. A DOCTYPE that declares nothing is passed over: drawing programs write one. NULL after reporting: it is broken. The caller's. */
xmlDoc *image_svg_parse(GBytes *bytes, Diagnostics *d);

/* Inside: an SVG (image_svg.c); a JPEG, that then says of itself which way up it is; the orientation in an EXIF segment's or chunk's bytes (image_exif.c); the segments of a JPEG and the chunks of a PNG. */
GBytes *image_strip_svg(GBytes *bytes);
GBytes *image_strip_jpeg(GBytes *bytes, int orientation);
int image_exif_orientation(const guchar *data, gsize size);
gboolean image_jpeg_segment(const guchar *p, gsize size, gsize *at, guchar *marker, gsize *length);
gsize image_jpeg_scan_end(const guchar *p, gsize size, gsize at);
gboolean image_jpeg_is_frame(guchar marker);
gboolean image_png_chunk(const guchar *p, gsize size, gsize at, gsize *length);

/* The texts that a picture holds beside what is seen: each with the name of where it stands ("EXIF", "XMP", "tEXt"), as bytes of whatever encoding.
 * Compressed ones are unpacked, up to 16 MiB; what stands behind the picture's end is given too. An SVG is one text, whole. */
typedef void (*ImageTextFound)(const char *where, const char *text, gsize size, gpointer data);
void image_texts(GBytes *bytes, ImageTextFound found, gpointer data);

/* It says where it was taken: in EXIF's GPS directory or in XMP (image_exif.c). */
gboolean image_tells_place(GBytes *bytes);

#endif
