/* Where a picture was taken, when it says so: the GPS directory of EXIF (CIPA DC-008-2019, 4.6.6), or XMP's words for it. */
#define _GNU_SOURCE /* memmem */
#include "base/image.h"

#include <string.h>

enum { TAG_GPS = 0x8825, TAG_LATITUDE = 2, TAG_LONGITUDE = 4, TAG_DESTINATION_LATITUDE = 20, TAG_DESTINATION_LONGITUDE = 22 };

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

static gboolean exif_tells_place(const guchar *data, gsize size)
{
	static const guint places[] = {TAG_LATITUDE, TAG_LONGITUDE, TAG_DESTINATION_LATITUDE, TAG_DESTINATION_LONGITUDE};
	gsize skip = size >= 6 && memcmp(data, "Exif\0\0", 6) == 0 ? 6 : 0; /* in a JPEG, not in a PNG */
	Tiff t = {data + skip, size - skip, FALSE};
	gsize entry, gps;

	if (t.size < 8 || (memcmp(t.data, "II*\0", 4) != 0 && memcmp(t.data, "MM\0*", 4) != 0))
		return FALSE;
	t.big = t.data[0] == 'M';
	entry = find_entry(&t, number(&t, 4, 4), TAG_GPS);
	gps = entry != 0 ? number(&t, entry + 8, 4) : 0;
	for (gsize i = 0; gps != 0 && i < G_N_ELEMENTS(places); i++)
		if (find_entry(&t, gps, places[i]) != 0)
			return TRUE;
	return FALSE;
}

/* The text may have a NUL in it: XMP stands behind its address. */
static gboolean holds(const char *text, gsize size, const char *word)
{
	return memmem(text, size, word, strlen(word)) != NULL;
}

static void look(const char *where, const char *text, gsize size, gpointer data)
{
	gboolean *found = data;

	if (strcmp(where, "EXIF") == 0)
		*found |= exif_tells_place((const guchar *)text, size);
	else /* XMP, also in a PNG's text */
		*found |= holds(text, size, "GPSLatitude") || holds(text, size, "GPSLongitude");
}

gboolean image_tells_place(GBytes *bytes)
{
	gboolean found = FALSE;

	image_texts(bytes, look, &found);
	return found;
}
