/* What cmark must not see: inputs on which it, or what we make of it, takes too long or too deep. */
#include "source/markdown.h"

#include <string.h>

/* Counts the block markers (quotes and list items) that open a line; column receives where the last of them stands. */
static int count_markers(const char *p, const char *end, gsize *column)
{
	const char *start = p;
	gboolean only = TRUE; /* the same marker all along is a scene break: * * * */
	char first = '\0';
	int n = 0;

	*column = 0;
	while (p < end) {
		const char *mark = p;
		if (*p == ' ' || *p == '\t') {
			p++;
			continue;
		}
		if (*p >= '0' && *p <= '9') {
			while (p < end && *p >= '0' && *p <= '9' && p - mark < 10)
				p++;
			if (p >= end || (*p != '.' && *p != ')'))
				return n;
		} else if (strchr(">-*+", *p) == NULL) {
			return n;
		}
		if (*p != '>' && p + 1 < end && p[1] != ' ' && p[1] != '\t')
			return n;
		first = n == 0 ? *mark : first;
		only = only && *mark == first && (first == '-' || first == '*');
		*column = (gsize)(mark - start);
		n++;
		p++;
	}
	return only ? 0 : n;
}

gboolean limits_check(Body *b, const char *text, gsize size)
{
	const char *end = text + size;
	int line = b->offset + 1, images = 0;

	for (const char *p = text; p < end; line++) {
		const char *stop = memchr(p, '\n', (gsize)(end - p));
		const char *line_end = stop != NULL ? stop : end;
		gsize column;
		int markers = count_markers(p, line_end, &column);
		if (markers > MARKER_LIMIT || (markers > 0 && column > INDENT_LIMIT)) {
			grumble(b, MSG_BODY_NESTING, line, NULL, G_STRINGIFY(48));
			return FALSE;
		}
		while (p < line_end && g_ascii_isspace(*p))
			p++;
		images = p == line_end ? 0 : images;
		for (; (p = memchr(p, '!', (gsize)(line_end - p))) != NULL; p++)
			images += p + 1 < line_end && p[1] == '[';
		if (images > IMAGE_LIMIT) {
			grumble(b, MSG_BODY_IMAGES, line, "![", G_STRINGIFY(2000));
			return FALSE;
		}
		p = line_end + 1;
	}
	return TRUE;
}
