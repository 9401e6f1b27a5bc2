/* cases/workspace.xml: what holds for the whole workspace. */
#include "document/room.h"

#include "base/text.h"

#include <string.h>
#include <sys/stat.h>

#define SETTINGS "cases/workspace.xml"

static Position settings_position(const xmlNode *node, const char *focus)
{
	return (Position){SETTINGS, (int)xmlGetLineNo(node), 0, focus};
}

static void report_unknown(Diagnostics *d, const xmlNode *element, const char *name, const char *const *known)
{
	Position at = settings_position(element, name);
	const char *near = text_closest(name, known);
	g_autofree char *list = g_strjoinv(", ", (char **)known);

	diagnose(d, MSG_SETTINGS_UNKNOWN, &at, name, list, near != NULL ? near : "");
}

static void read_content(Workspace *w, const xmlNode *root, const char *value, Diagnostics *d)
{
	static const char *const known[] = {"private", "fiction", NULL};
	Position at = settings_position(root, value);

	w->fiction = strcmp(value, "fiction") == 0;
	if (!g_strv_contains(known, value)) {
		const char *near = text_closest(value, known);
		diagnose(d, MSG_SETTINGS_CONTENT, &at, value, near != NULL ? near : "");
	}
}

static void read_attributes(Workspace *w, const xmlNode *root, Diagnostics *d)
{
	static const char *const known[] = {"xml:lang", "content", NULL};
	g_autofree char *language = node_language(root);

	if (language != NULL && *language != '\0') {
		g_free(w->language);
		w->language = g_steal_pointer(&language);
	}
	for (const xmlAttr *a = root->properties; a != NULL; a = a->next) {
		const char *name = (const char *)a->name;
		if (a->ns != NULL && strcmp(name, "lang") == 0)
			continue;
		if (a->ns == NULL && strcmp(name, "content") == 0)
			read_content(w, root, xml_attribute(root, "content"), d);
		else
			report_unknown(d, root, name, known);
	}
}

static void read_house_style(Workspace *w, const xmlNode *element, Diagnostics *d)
{
	static const char *const known[] = {"href", NULL};
	const char *href = xml_attribute(element, "href");
	Position at = settings_position(element, href);
	g_autofree char *name = href != NULL ? path_resolve(SETTINGS, href) : NULL;

	for (const xmlAttr *a = element->properties; a != NULL; a = a->next)
		if (strcmp((const char *)a->name, "href") != 0)
			report_unknown(d, element, (const char *)a->name, known);
	if (href == NULL || w->house_style != NULL)
		diagnose(d, MSG_SETTINGS_HOUSE_STYLE, &at);
	else if (name == NULL)
		diagnose(d, MSG_PATH_OUTSIDE, &at, href);
	else if (path_state(w, name) != PATH_FILE)
		diagnose(d, MSG_PATH_ABSENT, &at, href, "");
	else
		w->house_style = g_steal_pointer(&name);
}

static void read_children(Workspace *w, const xmlNode *root, Diagnostics *d)
{
	static const char *const known[] = {"house-style", NULL};

	for (const xmlNode *n = root->children; n != NULL; n = n->next) {
		Position at = settings_position(root, NULL);
		if (n->type == XML_ELEMENT_NODE && xml_is(n, "house-style"))
			read_house_style(w, n, d);
		else if (n->type == XML_ELEMENT_NODE)
			report_unknown(d, n, (const char *)n->name, known);
		else if (n->type == XML_TEXT_NODE && !xmlIsBlankNode(n))
			diagnose(d, MSG_SETTINGS_TEXT, &at);
	}
}

void workspace_read_settings(Workspace *w, Diagnostics *d)
{
	static const char *const known[] = {"workspace", NULL};
	g_autofree char *path = g_build_filename(w->root, SETTINGS, NULL);
	struct stat st;

	if (lstat(path, &st) != 0)
		return;
	diagnostics_note_file(d, SETTINGS);
	if (S_ISLNK(st.st_mode)) {
		Position at = {SETTINGS, 0, 0, NULL};
		diagnose(d, MSG_FILE_LINK, &at);
		return;
	}
	g_autoptr(xmlDoc) doc = xml_load(path, SETTINGS, d);
	xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	if (root == NULL)
		return;
	if (!xml_is(root, "workspace")) {
		report_unknown(d, root, (const char *)root->name, known);
		return;
	}
	read_attributes(w, root, d);
	read_children(w, root, d);
}
