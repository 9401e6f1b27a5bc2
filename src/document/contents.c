/* What the items of a publication's contents name: an href, or a pattern with '*', to files of the right kind. */
#include "document/room.h"

#include "base/text.h"

#include <string.h>

static const struct {
	const char *item, *kind;
} items[] = {{"part", "chapter"},     {"chapter", "chapter"},       {"case", "case"},       {"thread", "thread"},
             {"session", "session"},  {"reflection", "reflection"}, {"appendix", "chapter"}, {"imprint", "imprint"}};

const char *item_kind(const xmlNode *element)
{
	for (gsize i = 0; i < G_N_ELEMENTS(items); i++)
		if (xml_is(element, items[i].item))
			return items[i].kind;
	return NULL;
}

/* Where the names that begin with a prefix start in the sorted list. */
static guint find_prefix(const Workspace *w, const char *prefix, gsize length)
{
	guint low = 0, high = w->files->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;
		const Record *r = w->files->pdata[middle];
		if (strncmp(r->file.name, prefix, length) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The nearest file name to one that is not there, as it would be written in from; "" when none is near. */
char *contents_suggest(Assembly *a, const char *from, const char *name)
{
	const Workspace *w = a->w;
	g_autofree char *folder = g_path_get_dirname(name);
	g_autofree char *base = g_path_get_basename(name);
	g_autofree char *folded = g_utf8_casefold(base, -1);
	g_autoptr(GPtrArray) near = g_ptr_array_new_with_free_func(g_free);
	const Record *elsewhere = g_hash_table_lookup(w->by_base, folded);
	gsize length = strlen(folder);

	for (guint i = find_prefix(w, folder, length); i < w->files->len; i++) {
		const char *other = ((const Record *)w->files->pdata[i])->file.name;
		if (strncmp(other, folder, length) != 0)
			break;
		if (other[length] == '/' && strchr(other + length + 1, '/') == NULL)
			g_ptr_array_add(near, g_strdup(other + length + 1));
	}
	g_ptr_array_add(near, NULL);
	const char *found = assembly_suggest(base, (const char *const *)near->pdata);
	if (found != NULL) {
		g_autofree char *whole = g_strconcat(folder, "/", found, NULL);
		return path_relative(from, whole);
	}
	return elsewhere != NULL ? path_relative(from, elsewhere->file.name) : g_strdup("");
}

/* Whether a name fits a pattern; .MD at its end is .md, as it is for who reads the files. */
static gboolean is_match(const char *pattern, const char *file)
{
	g_autofree char *name = path_key(file);
	gsize length = strlen(name);

	for (gsize i = length - MIN(length, 3); i < length; i++)
		name[i] = g_ascii_tolower(name[i]);
	return path_matches(pattern, name);
}

static void add_matches(const Assembly *a, const char *pattern, GPtrArray *files)
{
	const Workspace *w = a->w;
	g_autofree char *key = path_key(pattern);
	gsize length = strcspn(pattern, "*");
	gboolean plain = g_str_is_ascii(pattern); /* else the names may write its accents in another way: look at them all */

	for (guint i = plain ? find_prefix(w, pattern, length) : 0; i < w->files->len; i++) {
		Record *r = w->files->pdata[i];
		if (plain && strncmp(r->file.name, pattern, length) != 0)
			break;
		if (!r->plain && &r->file != a->publication && is_match(key, r->file.name))
			g_ptr_array_add(files, r);
	}
}

static void report_missing(Assembly *a, const xmlNode *item, const char *href, const char *name)
{
	Position at = place_attribute(a->w, item, "href", href);
	PathState state = path_state(a->w, name);

	if (state == PATH_LINK) {
		diagnose(a->d, MSG_INCLUDE_LINK, &at, href);
	} else if (state == PATH_FILE) {
		diagnose(a->d, MSG_INCLUDE_NOT_READ, &at, href);
	} else {
		g_autofree char *inside = g_strconcat(name, "/", item_kind(item), ".md", NULL), *text = g_strconcat(name, ".txt", NULL);
		const gboolean holds = workspace_lookup_name(a->w, inside) != NULL, folder = state == PATH_FOLDER && !holds;
		g_autofree char *near = holds ? path_relative(at.file, inside) : strchr(href, '\\') != NULL ? g_strdelimit(g_strdup(href), "\\", '/') : contents_suggest(a, at.file, name);
		diagnose(a->d, folder ? MSG_INCLUDE_FOLDER : path_state(a->w, text) == PATH_FILE ? MSG_INCLUDE_TXT : MSG_INCLUDE_MISSING, &at, href, near);
	}
}

/* Whether a file may stand at an item; reports why not, unless that was done when the file was read. */
static gboolean is_fit(Assembly *a, const xmlNode *item, const char *href, const Record *r)
{
	const char *kind = item_kind(item);
	Position at = place_attribute(a->w, item, "href", href);

	if (r->plain && read_is_quiet(r->file.name))
		diagnose(a->d, MSG_INCLUDE_PLAIN, &at, r->file.name, kind);
	else if (r->plain)
		return FALSE;
	else if (&r->file == a->publication)
		diagnose(a->d, MSG_INCLUDE_ITSELF, &at);
	else if (read_is_readable(&r->file) && strcmp(r->file.kind, kind) != 0)
		diagnose(a->d, MSG_INCLUDE_KIND, &at, r->file.name, r->file.kind, kind, (const char *)item->name);
	else
		return read_is_readable(&r->file);
	return FALSE;
}

/* All that an item's href names, fit or not; reports when that is nothing. */
GPtrArray *contents_named(Assembly *a, const xmlNode *item)
{
	GPtrArray *files = g_ptr_array_new();
	const char *href = xml_attribute(item, "href");
	Position at = place_attribute(a->w, item, "href", href);
	g_autofree char *name = href != NULL && *href != '\0' ? path_resolve(at.file, href) : NULL;

	if (href == NULL || *href == '\0')
		return files;
	if (name == NULL) {
		diagnose(a->d, MSG_PATH_OUTSIDE, &at, href);
	} else if (strchr(name, '*') != NULL) {
		add_matches(a, name, files);
		if (files->len == 0)
			diagnose(a->d, MSG_INCLUDE_NONE, &at, href);
	} else {
		const DocumentFile *file = workspace_lookup_name(a->w, name);
		if (file == NULL)
			report_missing(a, item, href, name);
		else
			g_ptr_array_add(files, (gpointer)file);
	}
	return files;
}

GPtrArray *contents_resolve(Assembly *a, const xmlNode *item)
{
	GPtrArray *files = contents_named(a, item);

	for (guint i = 0; i < files->len;) {
		if (is_fit(a, item, xml_attribute(item, "href"), files->pdata[i]))
			i++;
		else
			g_ptr_array_remove_index(files, i);
	}
	return files;
}
