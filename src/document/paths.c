/* Paths inside the workspace: relative to its root, with '/', and never out of it. */
#include "document/room.h"

#include "base/file.h"

#include <string.h>
#include <sys/stat.h>

char *path_key(const char *name)
{
	gboolean ascii = TRUE;

	for (const char *p = name; *p != '\0' && ascii; p++)
		ascii = (guchar)*p < 0x80;
	if (ascii)
		return g_strdup(name);
	char *key = g_utf8_normalize(name, -1, G_NORMALIZE_NFC);
	return key != NULL ? key : g_strdup(name);
}

gboolean path_has_scheme(const char *href)
{
	const char *p = href;

	if (!g_ascii_isalpha(*p))
		return FALSE;
	while (g_ascii_isalnum(*p) || *p == '+' || *p == '-' || *p == '.')
		p++;
	return *p == ':';
}

char *path_resolve(const char *from, const char *href)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new();
	g_autofree char *folder = g_path_get_dirname(from);
	g_autofree char *whole = g_strconcat(strcmp(folder, ".") == 0 ? "" : folder, "/", href, NULL);
	g_auto(GStrv) steps = g_strsplit(whole, "/", -1);

	if (href[0] == '/' || path_has_scheme(href))
		return NULL;
	for (char **step = steps; *step != NULL; step++) {
		if (**step == '\0' || strcmp(*step, ".") == 0)
			continue;
		if (strcmp(*step, "..") != 0)
			g_ptr_array_add(parts, *step);
		else if (parts->len == 0)
			return NULL;
		else
			g_ptr_array_set_size(parts, (int)parts->len - 1);
	}
	g_ptr_array_add(parts, NULL);
	return g_strjoinv("/", (char **)parts->pdata);
}

char *path_relative(const char *from, const char *to)
{
	GString *out = g_string_new(NULL);
	gsize common = 0;

	for (gsize i = 0; from[i] != '\0' && from[i] == to[i]; i++)
		if (from[i] == '/')
			common = i + 1;
	for (const char *p = from + common; *p != '\0'; p++)
		if (*p == '/')
			g_string_append(out, "../");
	g_string_append(out, to + common);
	return g_string_free(out, FALSE);
}

gboolean path_matches(const char *pattern, const char *name)
{
	const char *star = NULL, *retry = NULL;

	for (;;) {
		if (*pattern == '*') {
			star = pattern++;
			retry = name;
		} else if (*pattern == *name) {
			if (*name == '\0')
				return TRUE;
			pattern++;
			name++;
		} else if (star != NULL && *retry != '\0' && *retry != '/') {
			pattern = star + 1;
			name = ++retry;
		} else {
			return FALSE;
		}
	}
}

GBytes *path_load(const Workspace *w, const char *name, gsize limit, GError **error)
{
	g_autofree char *path = w->source == NULL ? g_build_filename(w->root, name, NULL) : NULL;

	return path != NULL ? file_load(path, limit, error) : w->source->load(w->source->data, name, limit, error);
}

/* The names are sorted, so that those of one folder stand together. */
static void source_entries(const WorkspaceSource *source, const char *folder, GPtrArray *entries)
{
	g_autofree char *prefix = *folder != '\0' ? g_strconcat(folder, "/", NULL) : g_strdup("");
	gsize length = strlen(prefix);
	const char *last = NULL;

	for (const char *const *name = source->names; *name != NULL; name++) {
		if (strncmp(*name, prefix, length) != 0)
			continue;
		char *entry = g_strndup(*name + length, strcspn(*name + length, "/"));
		if (g_strcmp0(entry, last) == 0) {
			g_free(entry);
			continue;
		}
		g_ptr_array_add(entries, entry);
		last = entry;
	}
}

GPtrArray *path_entries(const Workspace *w, const char *folder)
{
	GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);

	if (w->source != NULL) {
		source_entries(w->source, folder, entries);
		return entries;
	}
	g_autofree char *path = g_build_filename(w->root, folder, NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	for (const char *entry; dir != NULL && (entry = g_dir_read_name(dir)) != NULL;)
		if (g_utf8_validate(entry, -1, NULL))
			g_ptr_array_add(entries, g_strdup(entry));
	return entries;
}

/* The entry of a folder that is the same name but for how its accents are written. */
static char *find_entry(const Workspace *w, const char *folder, const char *base)
{
	g_autofree char *key = path_key(base);
	g_autoptr(GPtrArray) entries = path_entries(w, folder);

	for (guint i = 0; i < entries->len; i++) {
		g_autofree char *other = path_key(entries->pdata[i]);
		if (strcmp(other, key) == 0)
			return g_strdup(entries->pdata[i]);
	}
	return g_strdup(base);
}

char *path_actual(const Workspace *w, const char *name)
{
	g_auto(GStrv) steps = g_strsplit(name, "/", -1);
	GString *found = g_string_new(NULL);

	for (char **step = steps; *step != NULL; step++) {
		gsize before = found->len;
		g_string_append_printf(found, "%s%s", before > 0 ? "/" : "", *step);
		if (path_state(w, found->str) != PATH_ABSENT)
			continue;
		g_string_truncate(found, before);
		gboolean there = found->len == 0 || path_state(w, found->str) == PATH_FOLDER;
		g_autofree char *entry = there ? find_entry(w, found->str, *step) : g_strdup(*step);
		g_string_append_printf(found, "%s%s", before > 0 ? "/" : "", entry);
	}
	return g_string_free(found, FALSE);
}

PathState path_state(const Workspace *w, const char *name)
{
	g_autofree char *path = g_build_filename(w->root, name, NULL);
	struct stat st;

	if (*name == '\0')
		return PATH_FOLDER;
	if (w->source != NULL)
		return w->source->state(w->source->data, name);
	for (char *p = path + strlen(w->root) + 1;; p++) {
		if (*p != '/' && *p != '\0')
			continue;
		char kept = *p;
		*p = '\0';
		if (lstat(path, &st) != 0)
			return PATH_ABSENT;
		if (S_ISLNK(st.st_mode))
			return PATH_LINK;
		if (kept == '\0')
			return S_ISDIR(st.st_mode) ? PATH_FOLDER : S_ISREG(st.st_mode) ? PATH_FILE : PATH_ABSENT;
		*p = kept;
	}
}
