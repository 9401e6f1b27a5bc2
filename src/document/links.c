/* Links and pictures: every one leads somewhere, and inside the publication to an anchor. */
#include "document/room.h"

#include "base/text.h"

#include <string.h>

static gboolean is_remote(const char *href)
{
	static const char *const schemes[] = {"http:", "https:", "mailto:", "tel:"};

	for (gsize i = 0; i < G_N_ELEMENTS(schemes); i++)
		if (g_ascii_strncasecmp(href, schemes[i], strlen(schemes[i])) == 0)
			return TRUE;
	return FALSE;
}

static char *decode(const char *text)
{
	char *decoded = g_uri_unescape_string(text, NULL);

	return decoded != NULL && g_utf8_validate(decoded, -1, NULL) ? decoded : (g_free(decoded), g_strdup(text));
}

/* Where something with an id is shown in this publication: itself, or the item it belongs to. NULL: not in this publication. */
static const char *shown_id(Assembly *a, const Entity *e)
{
	const char *drawn = g_hash_table_lookup(a->drawn, e->id);

	if (drawn != NULL)
		return drawn;
	if (!g_hash_table_contains(a->taken, e->file))
		return NULL;
	g_autofree char *key = g_strconcat(e->file->name, "\n", NULL);
	return g_hash_table_lookup(a->anchors, key);
}

typedef struct {
	Assembly *a;
	const Unit *unit;
	xmlNode *link;
	const char *href;
} Link;

static void report(const Link *link, MessageId id, const char *word, const char *near)
{
	if (link->unit->consulted) {
		node_unset(link->link, "href");
		return;
	}
	Position at = place_text(link->a->w, link->link, link->href);
	diagnose(link->a->d, id, &at, word, near);
}

/* The slugs of the headings of a file that is only checked. */
static gboolean has_heading(const Workspace *w, const DocumentFile *file, const char *slug)
{
	const xmlNode *root = read_root(w, file);

	for (const xmlNode *n = root; n != NULL; n = xml_following(n, root)) {
		const xmlNode *title = xml_is(n, "section") || xml_is(n, "box") ? xml_first(n, "title") : NULL;
		if (title == NULL)
			continue;
		g_autofree char *text = node_text(title);
		g_autofree char *own = text_slug(text);
		if (strcmp(own, slug) == 0)
			return TRUE;
	}
	return FALSE;
}

static const char *suggest_anchor(const Link *link, const DocumentFile *file, const char *slug)
{
	g_autoptr(GPtrArray) near = g_ptr_array_new();
	gsize length = strlen(file->name);
	GHashTableIter i;
	gpointer key;

	g_hash_table_iter_init(&i, link->a->anchors);
	while (g_hash_table_iter_next(&i, &key, NULL))
		if (strncmp(key, file->name, length) == 0 && ((char *)key)[length] == '\n' && ((char *)key)[length + 1] != '\0')
			g_ptr_array_add(near, (char *)key + length + 1);
	g_ptr_array_sort(near, (GCompareFunc)g_strcmp0);
	g_ptr_array_add(near, NULL);
	return assembly_suggest(slug, (const char *const *)near->pdata);
}

static void set_target(const Link *link, const char *id)
{
	if (link->a->tree == NULL)
		return;
	g_autofree char *href = g_strconcat("#", id, NULL);
	node_set(link->link, "href", href);
}

static gboolean follow_id(const Link *link, const char *id)
{
	const Entity *e = index_lookup(link->a->w, id);
	const char *shown = e != NULL && link->a->tree != NULL ? shown_id(link->a, e) : id;

	if (e == NULL)
		return FALSE;
	if (shown == NULL)
		report(link, MSG_LINK_NOT_TAKEN, e->file->name, NULL);
	else /* a rotonde's place is known when the islands have been filled */
		set_target(link, strcmp(e->kind, "rotonde") == 0 ? id : shown);
	return TRUE;
}

/* A heading of the file (slug as GitHub makes it, or nearly), or an id. */
static void follow_anchor(const Link *link, const DocumentFile *file, const char *fragment)
{
	g_autofree char *decoded = decode(fragment);
	g_autofree char *slug = text_slug(decoded);
	g_autofree char *key = g_strconcat(file->name, "\n", slug, NULL);
	const char *id = g_hash_table_lookup(link->a->anchors, key);

	if (id != NULL) {
		set_target(link, id);
	} else if (link->a->tree == NULL && has_heading(link->a->w, file, slug)) {
		return;
	} else if (!follow_id(link, decoded) && !index_is_lost(link->a->w, decoded)) {
		const char *near = suggest_anchor(link, file, slug);
		report(link, MSG_LINK_ANCHOR, decoded, near != NULL ? near : "");
	}
}

static void follow_file(const Link *link, const DocumentFile *file, const char *fragment)
{
	if (link->a->tree != NULL && !g_hash_table_contains(link->a->taken, file)) {
		if (read_is_readable(file) || ((const Record *)file)->plain)
			report(link, MSG_LINK_NOT_TAKEN, file->name, NULL);
		return;
	}
	if (!read_is_readable(file))
		return;
	if (fragment != NULL && *fragment != '\0') {
		follow_anchor(link, file, fragment);
		return;
	}
	g_autofree char *key = g_strconcat(file->name, "\n", NULL);
	const char *id = g_hash_table_lookup(link->a->anchors, key);
	if (id != NULL)
		set_target(link, id);
}

static void follow_path(const Link *link, const char *path, const char *fragment)
{
	g_autofree char *decoded = decode(path);
	g_autofree char *name = path_resolve(link->unit->file->name, path);
	g_autofree char *other = path_resolve(link->unit->file->name, decoded);
	const DocumentFile *file = name != NULL ? workspace_lookup_name(link->a->w, name) : NULL;

	if (file == NULL && other != NULL)
		file = workspace_lookup_name(link->a->w, other);
	if (file != NULL) {
		follow_file(link, file, fragment);
	} else if (other == NULL) {
		report(link, MSG_PATH_OUTSIDE, link->href, NULL);
	} else if (strpbrk(decoded, "/.") != NULL || !follow_id(link, decoded)) {
		g_autofree char *near = g_ascii_strncasecmp(path, "www.", 4) == 0 ? g_strconcat("https://", path, NULL)
		                                  : strchr(path, '\\') != NULL ? g_strdelimit(g_strdup(path), "\\", '/')
		                                                                : contents_suggest(link->a, link->unit->file->name, other);
		report(link, MSG_LINK_ABSENT, path, near);
	}
}

static void resolve_link(Assembly *a, const Unit *unit, xmlNode *node)
{
	g_autofree char *href = g_strdup(xml_attribute(node, "href"));
	Link link = {a, unit, node, href};

	if (href == NULL || is_remote(href) || path_has_scheme(href)) /* another scheme was refused when the text was read */
		return;
	char *hash = strchr(href, '#');
	g_autofree char *path = hash != NULL ? g_strndup(href, (gsize)(hash - href)) : g_strdup(href);
	if (*href == '\0' || strcmp(href, "#") == 0)
		report(&link, MSG_LINK_EMPTY, "", NULL);
	else if (*path == '\0')
		follow_anchor(&link, unit->file, hash + 1);
	else
		follow_path(&link, path, hash != NULL ? hash + 1 : NULL);
}

static gboolean is_picture(const xmlNode *node)
{
	static const char *const pictures[] = {"figure", "image", "cover", "photo", "logo", NULL};

	return g_strv_contains(pictures, (const char *)node->name);
}

/* The place of a picture's href: an attribute in the front matter, words in the text. */
static Position picture_position(Assembly *a, const xmlNode *node, const char *href)
{
	if (xml_is(node, "figure") || xml_is(node, "image"))
		return place_text(a->w, node, href);
	return place_attribute(a->w, node, "href", href);
}

/* Pictures near one that is not there: the names in the same folder. */
static char *suggest_picture(Assembly *a, const char *from, const char *name)
{
	g_autofree char *folder = g_path_get_dirname(name);
	g_autofree char *base = g_path_get_basename(name);
	gboolean there = path_state(a->w, folder) == PATH_FOLDER;
	g_autoptr(GPtrArray) near = there ? path_entries(a->w, folder) : g_ptr_array_new();

	g_ptr_array_sort(near, (GCompareFunc)g_strcmp0);
	g_ptr_array_add(near, NULL);
	const char *found = assembly_suggest(base, (const char *const *)near->pdata);
	if (found == NULL)
		return g_strdup("");
	g_autofree char *whole = g_strconcat(folder, "/", found, NULL);
	return path_relative(from, whole);
}

/* Where a picture is: as its address is written, with its %20 read, or with its accents written in the other way. */
static PathState find_picture(Assembly *a, const Unit *unit, const char *href, char **name)
{
	g_autofree char *decoded = decode(href);
	g_autofree char *actual = NULL;
	PathState state;

	*name = path_resolve(unit->file->name, href);
	state = *name != NULL ? path_state(a->w, *name) : PATH_ABSENT;
	if (state == PATH_ABSENT && strcmp(decoded, href) != 0) {
		g_free(*name);
		*name = path_resolve(unit->file->name, decoded);
		state = *name != NULL ? path_state(a->w, *name) : PATH_ABSENT;
	}
	if (state != PATH_ABSENT || *name == NULL || g_str_is_ascii(*name))
		return state;
	actual = path_actual(a->w, *name);
	state = path_state(a->w, actual);
	if (state != PATH_ABSENT) {
		g_free(*name);
		*name = g_steal_pointer(&actual);
	}
	return state;
}

static void resolve_picture(Assembly *a, const Unit *unit, xmlNode *node)
{
	g_autofree char *href = g_strdup(xml_attribute(node, "href")), *name = NULL;

	if (href == NULL || *href == '\0')
		return;
	PathState state = find_picture(a, unit, href, &name);
	if (state == PATH_FILE) {
		if (a->tree != NULL)
			node_set(node, "href", name);
		assembly_note_input(a, name);
		return;
	}
	if (unit->consulted || (path_has_scheme(href) && (xml_is(node, "figure") || xml_is(node, "image"))))
		return; /* in the text, a scheme was refused when it was read */
	Position at = picture_position(a, node, href);
	if (is_remote(href)) {
		diagnose(a->d, MSG_PICTURE_REMOTE, &at, href);
	} else if (name == NULL) {
		diagnose(a->d, MSG_PATH_OUTSIDE, &at, href);
	} else if (state == PATH_LINK) {
		diagnose(a->d, MSG_INCLUDE_LINK, &at, href);
	} else {
		g_autofree char *near = strchr(href, '\\') != NULL ? g_strdelimit(g_strdup(href), "\\", '/') : suggest_picture(a, unit->file->name, name);
		diagnose(a->d, MSG_PICTURE_ABSENT, &at, href, near);
	}
}

void links_resolve(Assembly *a, const Unit *unit)
{
	for (xmlNode *n = unit->node; n != NULL; n = unit_following(n, unit)) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (xml_is(n, "a"))
			resolve_link(a, unit, n);
		else if (is_picture(n))
			resolve_picture(a, unit, n);
	}
}
