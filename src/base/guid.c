#include "base/guid.h"

#include <string.h>

enum { BYTES = 16, LENGTH = 36 };

/* 5a1c6b0e-7d2f-4c38-9b41-d3e8f0a2c774: drawn once, for good. */
static const guchar ours[BYTES] = {0x5a, 0x1c, 0x6b, 0x0e, 0x7d, 0x2f, 0x4c, 0x38, 0x9b, 0x41, 0xd3, 0xe8, 0xf0, 0xa2, 0xc7, 0x74};

char *guid_of(const char *name)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA1);
	guint8 b[20];
	gsize length = sizeof b;

	g_checksum_update(sum, ours, sizeof ours);
	g_checksum_update(sum, (const guchar *)name, (gssize)strlen(name));
	g_checksum_get_digest(sum, b, &length);
	b[6] = (guint8)((b[6] & 0x0f) | 0x50); /* version 5 */
	b[8] = (guint8)((b[8] & 0x3f) | 0x80); /* variant of the RFC */
	return g_strdup_printf("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2], b[3], b[4], b[5], b[6],
	                       b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

char *guid_read(const char *text)
{
	gboolean braces = text != NULL && *text == '{';
	char *digits;

	if (text == NULL || strlen(text) != (gsize)(LENGTH + 2 * braces) || (braces && text[LENGTH + 1] != '}'))
		return NULL;
	digits = g_ascii_strdown(text + braces, LENGTH);
	for (int i = 0; i < LENGTH; i++) {
		gboolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
		if (hyphen ? digits[i] != '-' : !g_ascii_isxdigit(digits[i])) {
			g_free(digits);
			return NULL;
		}
	}
	return digits;
}
