/* Small helpers for text. */
#define _GNU_SOURCE /* memmem */
#include "base/text.h"

#include <string.h>
#include <zlib.h>

const char *text_find(const char *text, gsize size, const char *what)
{
	const gsize length = strlen(what);
	const char *end = text + size;

	/* faster than memmem, for short words that begin with what is rare */
	while ((text = memchr(text, *what, (gsize)(end - text))) != NULL && (gsize)(end - text) >= length) {
		if (memcmp(text, what, length) == 0)
			return text;
		text++;
	}
	return NULL;
}

gsize text_skip_plain(const char *text, gsize size, gsize from)
{
	const guint64 ones = G_GUINT64_CONSTANT(0x0101010101010101), high = ones * 0x80;

	for (guint64 word; from + sizeof word <= size; from += sizeof word) {
		memcpy(&word, text + from, sizeof word);
		if (((word | ((word - ones * 0x20) & ~word)) & high) != 0)
			break;
	}
	while (from < size && (guchar)text[from] >= 0x20 && (guchar)text[from] < 0x80)
		from++;
	return from;
}

gsize text_check_utf8(const char *text, gsize size)
{
	gsize i = 0;

	while (i < size) {
		i = text_skip_plain(text, size, i);
		if (i >= size || text[i] == '\0')
			break;
		if ((guchar)text[i] < 0x80) {
			i++;
		} else {
			gunichar c = g_utf8_get_char_validated(text + i, (gssize)(size - i));
			if (c >= 0x110000)
				break;
			i += (gsize)g_unichar_to_utf8(c, NULL);
		}
	}
	return MIN(i, size);
}

void text_locate(const char *text, gsize offset, int *line, int *column)
{
	const char *start = text;

	*line = 1;
	for (const char *p = text; p < text + offset; p++) {
		if (*p == '\n') {
			++*line;
			start = p + 1;
		}
	}
	*column = 1;
	for (const char *p = start; p < text + offset; p++)
		*column += ((guchar)*p & 0xC0) != 0x80;
}

int text_distance(const char *a, const char *b)
{
	g_autofree char *fold_a = g_utf8_casefold(a, -1), *fold_b = g_utf8_casefold(b, -1);
	glong n, m;
	g_autofree gunichar *x = g_utf8_to_ucs4_fast(fold_a, -1, &n);
	g_autofree gunichar *y = g_utf8_to_ucs4_fast(fold_b, -1, &m);
	g_autofree int *cell = g_new0(int, (gsize)((n + 1) * (m + 1)));

#define AT(i, j) cell[(i) * (m + 1) + (j)]
	for (glong i = 0; i <= n; i++)
		AT(i, 0) = (int)i;
	for (glong j = 0; j <= m; j++)
		AT(0, j) = (int)j;
	for (glong i = 1; i <= n; i++) {
		for (glong j = 1; j <= m; j++) {
			int cost = x[i - 1] != y[j - 1];
			int best = MIN(MIN(AT(i - 1, j), AT(i, j - 1)) + 1, AT(i - 1, j - 1) + cost);
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
				best = MIN(best, AT(i - 2, j - 2) + 1);
			AT(i, j) = best;
		}
	}
	return AT(n, m);
#undef AT
}

int text_compare(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *text_closest(const char *word, const char *const *candidates)
{
	glong length = g_utf8_strlen(word, -1);
	int best = (int)CLAMP(length / 3, 1, 3) + 1;
	const char *found = NULL;

	if (length > 100)
		return NULL;
	for (; *candidates != NULL; candidates++) {
		if (ABS(g_utf8_strlen(*candidates, -1) - length) >= best)
			continue;
		int distance = text_distance(word, *candidates);
		if (distance < best) {
			best = distance;
			found = *candidates;
		}
	}
	return found;
}

char *text_slug(const char *text)
{
	g_autofree char *ascii = g_str_to_ascii(text, "C");
	GString *out = g_string_new(NULL);

	for (const char *p = ascii; *p != '\0'; p++) {
		if (g_ascii_isalnum(*p))
			g_string_append_c(out, g_ascii_tolower(*p));
		else if (out->len > 0 && out->str[out->len - 1] != '-' && *p != '\'')
			g_string_append_c(out, '-');
	}
	while (out->len > 0 && out->str[out->len - 1] == '-')
		g_string_truncate(out, out->len - 1);
	if (out->len == 0)
		g_string_append_c(out, 'x');
	return g_string_free(out, FALSE);
}

static gboolean is_wild(gunichar c)
{
	return g_unichar_iscntrl(c) || c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

char *text_tame(const char *text)
{
	GString *out = g_string_new(NULL);

	while (*text != '\0') {
		gunichar c = g_utf8_get_char_validated(text, -1);
		gboolean valid = c <= 0x10FFFF;
		if (valid && !is_wild(c))
			g_string_append_unichar(out, c);
		else
			g_string_append_c(out, '?');
		text += valid ? g_unichar_to_utf8(c, NULL) : 1;
	}
	return g_string_free(out, FALSE);
}

GBytes *text_inflate(const char *packed, gsize size, gsize limit)
{
	g_autofree char *text = NULL;
	int result = Z_BUF_ERROR;
	uLongf length = 0;

	for (gsize room = 4096; result == Z_BUF_ERROR && room <= limit; room *= 4) {
		text = g_realloc(text, room);
		length = room;
		result = uncompress((Bytef *)text, &length, (const Bytef *)packed, size);
	}
	return result == Z_OK ? g_bytes_new_take(g_steal_pointer(&text), length) : NULL;
}
