/* Pictures as files: what they are, how large, and without what a camera or a program wrote into them beside the picture. Nothing is decoded. */
#ifndef ROTONDE_BASE_IMAGE_H
#define ROTONDE_BASE_IMAGE_H

#include <glib.h>

typedef enum { IMAGE_UNKNOWN, IMAGE_JPEG, IMAGE_PNG, IMAGE_SVG } ImageFormat;

typedef struct {
	ImageFormat format;
	int width, height;   /* pixels; SVG: user units, rounded */
	double dpi_x, dpi_y; /* pixels an inch as the file says; 0: it does not */
} ImageInfo;

/* From the bytes, never from the name. FALSE: no picture we know, or broken (info->format still tells what it began as). */
gboolean image_read_info(GBytes *bytes, ImageInfo *info);

const char *image_mime_type(ImageFormat format);

/* The same picture without EXIF, XMP, IPTC, comments, thumbnails, texts and dates; colour profiles stay. The picture's own data are copied as they are. An
 * SVG loses its comments, its <metadata> and what editors add under names of their own, and all that would do something or fetch something: scripts,
 * on... attributes, animations, foreignObject, links and addresses out of the file, in its style too. What is broken comes back as it is. The caller's. */
GBytes *image_strip(GBytes *bytes);

/* The first words of an SVG that nobody would see: they stand in a foreignObject, which image_strip takes out and no PDF shows, and nothing beside it says
 * them. NULL: there are none. The caller's. */
char *image_lost_words(GBytes *bytes);

/* Inside: an SVG (image_svg.c). */
GBytes *image_strip_svg(GBytes *bytes);

/* The texts that a picture holds beside what is seen: each with the name of where it stands ("EXIF", "XMP", "tEXt"), as bytes of whatever encoding.
 * Compressed ones are unpacked, up to 16 MiB; what stands behind the picture's end is given too. An SVG is one text, whole. */
typedef void (*ImageTextFound)(const char *where, const char *text, gsize size, gpointer data);
void image_texts(GBytes *bytes, ImageTextFound found, gpointer data);

/* It says where it was taken: in EXIF's GPS directory or in XMP (image_place.c). */
gboolean image_tells_place(GBytes *bytes);

#endif
