/* cases/workspace.xml: what holds for the whole workspace. */
#include "document/room.h"

#include "base/file.h"
#include "base/markup.h"
#include "base/text.h"

#include <string.h>

#define SETTINGS "cases/workspace.xml"

typedef struct {
	Workspace *w;
	Diagnostics *d;
	const char *text;
	gsize size;
	gboolean misnamed; /* the root is: one mistake, reported once; the rest is read as it was meant */
} Settings;

static Position place(const xmlNode *element, const char *focus)
{
	Position at = xml_position(element);

	at.file = SETTINGS;
	at.focus = focus;
	return at;
}

static Position place_of(const Settings *s, const xmlNode *element, const char *attribute)
{
	return place_attribute_in(s->text, s->size, place(element, NULL), element, attribute, xml_attribute(element, attribute));
}

static void report_unknown(const Settings *s, const Position *at, const char *name, const char *const *known)
{
	const char *near = text_closest(name, known);
	g_autofree char *list = g_strjoinv(", ", (char **)known);

	if (s->misnamed)
		return;
	diagnose(s->d, MSG_SETTINGS_UNKNOWN, at, name, list, near != NULL ? near : "");
}

/* Every attribute must be among the known ones ("xml:lang" is checked by itself). */
static void check_attributes(const Settings *s, const xmlNode *element, const char *const *known)
{
	for (const xmlAttr *a = element->properties; a != NULL; a = a->next) {
		const char *name = (const char *)a->name;
		gboolean ours = strcmp(name, "line") == 0 || strcmp(name, "column") == 0;
		if (ours || (a->ns != NULL && strcmp(name, "lang") == 0) || (a->ns == NULL && g_strv_contains(known, name)))
			continue;
		Position at = place_of(s, element, name);
		at.column = MAX(at.column - (int)g_utf8_strlen(name, -1) - (int)strlen("=\""), 1);
		at.focus = name;
		report_unknown(s, &at, name, known);
	}
}

static void read_workspace(const Settings *s, const xmlNode *root)
{
	static const char *const known[] = {"xml:lang", "content", NULL}, *const contents[] = {"private", "fiction", NULL};
	g_autofree char *language = node_language(root);
	const char *content = xml_attribute(root, "content");

	check_attributes(s, root, known);
	if (language != NULL && *language != '\0') {
		g_free(s->w->language);
		s->w->language = g_steal_pointer(&language);
	}
	s->w->fiction = g_strcmp0(content, "fiction") == 0;
	if (content != NULL && !g_strv_contains(contents, content)) {
		const char *near = text_closest(content, contents);
		Position at = place_of(s, root, "content");
		diagnose(s->d, MSG_SETTINGS_CONTENT, &at, content, near != NULL ? near : "");
	}
}

static void read_house_style(const Settings *s, const xmlNode *element)
{
	static const char *const known[] = {"href", NULL};
	const char *href = xml_attribute(element, "href");
	g_autofree char *name = href != NULL ? path_resolve(SETTINGS, href) : NULL;
	Position at = href != NULL ? place_of(s, element, "href") : place(element, NULL);

	check_attributes(s, element, known);
	if (href == NULL || s->w->house_style != NULL)
		diagnose(s->d, MSG_SETTINGS_HOUSE_STYLE, &at);
	else if (name == NULL)
		diagnose(s->d, MSG_PATH_OUTSIDE, &at, href);
	else if (path_state(s->w, name) != PATH_FILE)
		diagnose(s->d, MSG_PATH_ABSENT, &at, href, "");
	else
		s->w->house_style = g_steal_pointer(&name);
}

/* The first words that stand where none belong, as they are in the file. */
static void report_text(const Settings *s, const xmlNode *root, const xmlNode *text)
{
	g_autofree char *words = g_strstrip(g_strdup((const char *)text->content));
	Position at = place(root, NULL);

	words[strcspn(words, "\n")] = '\0';
	const char *hit = g_strstr_len(s->text, (gssize)s->size, words);
	if (hit != NULL)
		text_locate(s->text, (gsize)(hit - s->text), &at.line, &at.column);
	at.focus = words;
	diagnose(s->d, MSG_SETTINGS_TEXT, &at);
}

static void read_tree(Settings *s, const xmlNode *root)
{
	static const char *const roots[] = {"workspace", NULL}, *const known[] = {"house-style", NULL};

	if (!xml_is(root, "workspace")) {
		Position at = place(root, (const char *)root->name);
		report_unknown(s, &at, (const char *)root->name, roots);
		s->misnamed = TRUE;
	}
	read_workspace(s, root);
	for (const xmlNode *n = root->children; n != NULL; n = n->next) {
		if (n->type == XML_TEXT_NODE && !xmlIsBlankNode((xmlNode *)n)) {
			report_text(s, root, n);
		} else if (xml_is(n, "house-style")) {
			read_house_style(s, n);
		} else if (n->type == XML_ELEMENT_NODE) {
			Position at = place(n, (const char *)n->name);
			report_unknown(s, &at, (const char *)n->name, known);
		}
	}
}

static void read_settings(Settings *s)
{
	Locator locator;
	Markup m;

	if (s->size >= 3 && memcmp(s->text, "\xEF\xBB\xBF", 3) == 0) {
		s->text += 3;
		s->size -= 3;
	}
	gsize bad = text_check_utf8(s->text, s->size);
	locator_init(&locator, s->text, s->size, SETTINGS);
	if (bad < s->size) {
		g_autofree char *byte = g_strdup_printf("%02X", (guchar)s->text[bad]);
		Position at = locator_position(&locator, bad, NULL);
		diagnose(s->d, MSG_FILE_ENCODING, &at, byte);
	} else {
		m = markup_read(&locator, 0, s->size, s->d);
		if (m.doc != NULL)
			read_tree(s, xmlDocGetRootElement(m.doc));
		gsize rest = m.doc != NULL && m.ended ? m.end : s->size;
		while (rest < s->size && g_ascii_isspace(s->text[rest]))
			rest++;
		if (rest < s->size && g_strstr_len(s->text + rest, (gssize)(s->size - rest), "<!--") != s->text + rest) {
			Position at = locator_position(&locator, rest, NULL);
			diagnose(s->d, MSG_SETTINGS_TEXT, &at);
		}
		xmlFreeDoc(m.doc);
	}
	locator_clear(&locator);
}

void workspace_read_settings(Workspace *w, Diagnostics *d)
{
	Position at = {SETTINGS, 0, 0, NULL};
	g_autoptr(GError) error = NULL;
	PathState state = path_state(w, SETTINGS);

	if (state == PATH_ABSENT)
		return;
	diagnostics_note_file(d, SETTINGS);
	if (state == PATH_LINK) {
		diagnose(d, MSG_FILE_LINK, &at);
		return;
	}
	g_autoptr(GBytes) bytes = path_load(w, SETTINGS, FILE_LIMIT / 64, &error);
	if (bytes == NULL) {
		diagnose(d, MSG_FILE_MISSING, NULL, SETTINGS, error->message);
		return;
	}
	Settings s = {.w = w, .d = d};
	s.text = g_bytes_get_data(bytes, &s.size);
	if (s.text != NULL)
		read_settings(&s);
}
