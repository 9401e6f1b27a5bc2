/* Authors' backslashes, kept through cmark. */
#include "source/internal.h"

#include <string.h>

static gboolean is_escape(const char *p, gsize left)
{
	return left >= 2 && p[0] == '\\' && p[1] != '\0' && strchr(ESCAPABLE, p[1]) != NULL;
}

char *escape_hide(const char *text, gsize size, gsize *length)
{
	const char *p = text, *end = text + size;
	GString *out;

	while ((p = memchr(p, '\\', (gsize)(end - p))) != NULL && !is_escape(p, (gsize)(end - p)))
		p += MIN(2, end - p);
	if (p == NULL)
		return NULL;
	out = g_string_sized_new(size + size / 8);
	for (p = text; p < end; p++) {
		if (is_escape(p, (gsize)(end - p)))
			g_string_append_unichar(out, ESCAPE_FIRST + (gunichar)(strchr(ESCAPABLE, *++p) - ESCAPABLE));
		else if (*p == '\\' && p + 1 < end && p[1] != '\n' && p[1] != '\r')
			g_string_append_len(out, p++, 2);
		else
			g_string_append_c(out, *p);
	}
	*length = out->len;
	return g_string_free(out, FALSE);
}

/* U+FDD0 to U+FDD9 are EF B7 90 to EF B7 99: three bytes make room for the two that come back. */
void escape_show(char *text, gboolean literally)
{
	char *to = strstr(text, "\xEF\xB7");

	if (to == NULL)
		return;
	for (const char *p = to; *p != '\0'; p++) {
		guint k = (guint)(guchar)p[0] == 0xEF && (guchar)p[1] == 0xB7 ? (guint)(guchar)p[2] - 0x90 : G_MAXUINT;
		if (k > ESCAPE_LAST - ESCAPE_FIRST) {
			*to++ = *p;
			continue;
		}
		if (literally)
			*to++ = '\\';
		*to++ = ESCAPABLE[k];
		p += 2;
	}
	*to = '\0';
}
