/* What EXIF (CIPA DC-008-2019) says of a picture: which way up it is (4.6.4), and where it was taken (4.6.6), which XMP has words for, too. */
#define _GNU_SOURCE /* memmem */
#include "base/image.h"

#include <string.h>

enum { TAG_ORIENTATION = 0x0112, TAG_GPS = 0x8825, TAG_LATITUDE = 2, TAG_LONGITUDE = 4, TAG_DESTINATION_LATITUDE = 20, TAG_DESTINATION_LONGITUDE = 22 };

/* A TIFF header and what follows (TIFF 6.0, section 2). */
typedef struct {
	const guchar *data;
	gsize size;
	gboolean big; /* its numbers begin with the largest byte */
} Tiff;

static guint number(const Tiff *t, gsize at, gsize bytes)
{
	guint value = 0;

	for (gsize i = 0; i < bytes && at + bytes <= t->size; i++)
		value = value << 8 | t->data[t->big ? at + i : at + bytes - 1 - i];
	return value;
}

/* Where the entry of this tag stands in the directory at this place; 0: it has none. */
static gsize find_entry(const Tiff *t, gsize directory, guint tag)
{
	guint count = number(t, directory, 2);

	for (guint i = 0; directory >= 8 && i < count; i++) {
		gsize at = directory + 2 + 12 * (gsize)i;
		if (at + 12 > t->size)
			return 0;
		if (number(t, at, 2) == tag)
			return at;
	}
	return 0;
}

static gboolean open_tiff(Tiff *t, const guchar *data, gsize size)
{
	gsize skip = size >= 6 && memcmp(data, "Exif\0\0", 6) == 0 ? 6 : 0; /* in a JPEG, not in a PNG */

	if (size - skip < 8)
		return FALSE;
	*t = (Tiff){data + skip, size - skip, data[skip] == 'M'};
	return memcmp(t->data, t->big ? "MM\0*" : "II*\0", 4) == 0;
}

int image_exif_orientation(const guchar *data, gsize size)
{
	Tiff t;
	gsize entry = open_tiff(&t, data, size) ? find_entry(&t, number(&t, 4, 4), TAG_ORIENTATION) : 0;
	guint value = entry != 0 ? number(&t, entry + 8, 2) : 0;

	return value >= 1 && value <= 8 ? (int)value : 1;
}

static gboolean exif_tells_place(const guchar *data, gsize size)
{
	static const guint places[] = {TAG_LATITUDE, TAG_LONGITUDE, TAG_DESTINATION_LATITUDE, TAG_DESTINATION_LONGITUDE};
	Tiff t;
	gsize entry, gps;

	if (!open_tiff(&t, data, size))
		return FALSE;
	entry = find_entry(&t, number(&t, 4, 4), TAG_GPS);
	gps = entry != 0 ? number(&t, entry + 8, 4) : 0;
	for (gsize i = 0; gps != 0 && i < G_N_ELEMENTS(places); i++)
		if (find_entry(&t, gps, places[i]) != 0)
			return TRUE;
	return FALSE;
}

/* XMP, also in a PNG's text: in UTF-8, or in UTF-16, which is the same with NULs between. */
static gboolean words_tell_place(const char *text, gsize size)
{
	g_autofree char *plain = g_malloc(size + 1);
	gsize n = 0;

	for (gsize i = 0; i < size; i++)
		if (text[i] != '\0')
			plain[n++] = text[i];
	return memmem(plain, n, "GPSLatitude", 11) != NULL || memmem(plain, n, "GPSLongitude", 12) != NULL;
}

/* EXIF anywhere in what stands behind a picture's end. */
static gboolean rest_tells_place(const char *text, gsize size)
{
	const char *exif = memmem(text, size, "Exif\0\0", 6);

	return exif != NULL && exif_tells_place((const guchar *)exif, size - (gsize)(exif - text));
}

/* ImageMagick's way with a PNG: "Raw profile type exif", the size, and the bytes as hexadecimal digits. */
static gboolean profile_tells_place(const char *text, gsize size)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	const char *end = text + size, *p = text;
	int high = -1;

	for (int lines = 0; lines < 3 && p < end; p++)
		lines += *p == '\n';
	for (; p < end; p++) {
		int digit = g_ascii_xdigit_value(*p);
		guint8 byte = (guint8)(MAX(high, 0) << 4 | digit);
		if (digit < 0 && !g_ascii_isspace(*p))
			return FALSE;
		if (digit >= 0 && high >= 0)
			g_byte_array_append(bytes, &byte, 1);
		if (digit >= 0)
			high = high >= 0 ? -1 : digit;
	}
	return bytes->len > 0 && (exif_tells_place(bytes->data, bytes->len) || words_tell_place((const char *)bytes->data, bytes->len));
}

static void look(const char *where, const char *text, gsize size, gpointer data)
{
	gboolean *found = data;

	if (strcmp(where, "EXIF") == 0)
		*found |= exif_tells_place((const guchar *)text, size);
	else
		*found |= words_tell_place(text, size) || rest_tells_place(text, size) || profile_tells_place(text, size);
}

gboolean image_tells_place(GBytes *bytes)
{
	gboolean found = FALSE;

	image_texts(bytes, look, &found);
	return found;
}
