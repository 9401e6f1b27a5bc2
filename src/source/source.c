/* One file of the workspace: checked bytes, front matter, body, typography. */
#include "source/internal.h"

#include "base/text.h"

#include <string.h>

void source_complain(Source *s, MessageId id, const Position *at, const char *const *arguments)
{
	g_auto(GStrv) valid = g_new0(char *, 10);

	for (int i = 0; i < 9 && arguments[i] != NULL; i++) /* text that cmark made may not be */
		valid[i] = g_utf8_make_valid(arguments[i], -1);
	if (s->errors < ERROR_LIMIT)
		diagnostics_add(s->d, id, at, (const char *const *)valid);
	else if (s->errors == ERROR_LIMIT)
		diagnose(s->d, MSG_SOURCE_MANY, at, G_STRINGIFY(100));
	s->errors++;
}

/* Characters that are valid UTF-8 but have no place in a text: controls, the non-characters, and U+FFFD, which a program once put in the
 * place of what it could not read. The offset of the first, or size. */
static gsize find_control(const char *text, gsize size, gsize from)
{
	for (gsize i = text_skip_plain(text, size, from); i < size; i = text_skip_plain(text, size, i + 1)) {
		guchar c = (guchar)text[i];
		if (c < 0x20 && c != '\n' && c != '\t' && (c != '\r' || i + 1 >= size || text[i + 1] != '\n'))
			return i;
		if (c == 0xEF && i + 2 < size) {
			guint low = (guint)(guchar)text[i + 1] << 8 | (guchar)text[i + 2];
			if ((low >= 0xB790 && low <= 0xB7AF) || low >= 0xBFBD)
				return i;
		}
	}
	return size;
}

static gboolean check_characters(Source *s)
{
	Locator *t = &s->text;
	gsize bad = text_check_utf8(t->text, t->size);
	int found = 0;

	if (bad < t->size) {
		Position at = locator_position(t, bad, NULL);
		g_autofree char *byte = g_strdup_printf("%02X", (guchar)t->text[bad]);
		complain(s, MSG_FILE_ENCODING, &at, byte);
		return FALSE;
	}
	for (gsize i = find_control(t->text, t->size, 0); i < t->size; i = find_control(t->text, t->size, i + 1)) {
		Position at = locator_position(t, i, NULL);
		g_autofree char *code = g_strdup_printf("U+%04X", g_utf8_get_char(t->text + i));
		complain(s, t->text[i] == '\r' ? MSG_SOURCE_LINE_END : MSG_SOURCE_CONTROL, &at, code);
		if (++found >= 10 || t->text[i] == '\r')
			break;
	}
	return found == 0;
}

static gboolean check_size(Source *s, gsize size, gsize limit)
{
	if (size <= limit)
		return TRUE;
	Position at = {s->text.file, 1, 1, NULL};
	g_autofree char *kib = g_strdup_printf("%" G_GSIZE_FORMAT, limit / 1024);

	complain(s, MSG_FILE_TOO_LARGE, &at, kib);
	return FALSE;
}

static void read_checked(Source *s)
{
	gsize end = front_read(s);
	xmlNode *root;

	if (end == 0)
		return;
	root = xmlDocGetRootElement(s->doc);
	xmlSetProp(root, BAD_CAST "file", BAD_CAST s->text.file);
	if (check_size(s, s->text.size - end, SOURCE_LIMIT))
		body_read(s, end, root);
}

xmlDoc *source_read(GBytes *bytes, const char *name, const char *language, Diagnostics *d)
{
	Source s = {.d = d};
	gsize size;
	const char *text = g_bytes_get_data(bytes, &size);

	if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
		text += 3;
		size -= 3;
	}
	locator_init(&s.text, text != NULL ? text : "", size, name);
	if (check_size(&s, size, SOURCE_FRONT_LIMIT + SOURCE_LIMIT) && check_characters(&s) && !slips_conflict(&s))
		read_checked(&s);
	if (s.doc != NULL && language != NULL) {
		xmlNode *root = xmlDocGetRootElement(s.doc);
		xmlChar *own = xmlNodeGetLang(root);
		source_typeset(root, own != NULL ? (const char *)own : language);
		xmlFree(own);
	}
	if (s.errors > 0)
		diagnostics_set_text(d, name, bytes);
	locator_clear(&s.text);
	return s.doc;
}
