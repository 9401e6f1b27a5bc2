/* The workspace: finding it, the names of its files, and what it offers. */
#include "document/room.h"

#include "base/file.h"
#include "base/fingerprint.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CASES "cases"

enum { FOLDER_DEPTH = 32 };

static gboolean is_folder(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

char *workspace_find(const char *start)
{
	g_autofree char *folder = g_canonicalize_filename(start, NULL);

	for (;;) {
		g_autofree char *cases = g_build_filename(folder, CASES, NULL);
		if (is_folder(cases))
			return g_steal_pointer(&folder);
		char *parent = g_path_get_dirname(folder);
		gboolean top = strcmp(parent, folder) == 0;
		g_free(folder);
		folder = parent;
		if (top)
			return NULL;
	}
}

static void record_free(gpointer data)
{
	Record *r = data;

	g_free(r->file.name);
	g_free(r->file.kind);
	g_free(r->file.id);
	xmlFreeDoc(r->file.doc);
	xmlFreeDoc(r->again);
	g_clear_pointer(&r->text, g_bytes_unref);
	for (guint i = 0; r->entities != NULL && i < r->entities->len; i++)
		g_free(g_array_index(r->entities, Entity, i).person);
	g_clear_pointer(&r->entities, g_array_unref);
	g_clear_pointer(&r->questions, g_array_unref);
	g_free(r);
}

static gboolean is_markdown(const char *name)
{
	gsize n = strlen(name);

	return n > 3 && g_ascii_strcasecmp(name + n - 3, ".md") == 0;
}

/* A text that was meant to take part: a program has put something behind .md, unasked and perhaps unseen, or has another name for Markdown. */
static gboolean is_misnamed(const char *name)
{
	static const char *const ends[] = {".md.txt", ".markdown", ".mdown", ".mkd", ".md.", ".md "};
	gsize n = strlen(name);

	for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
		if (n > strlen(ends[i]) && g_ascii_strcasecmp(name + n - strlen(ends[i]), ends[i]) == 0)
			return TRUE;
	return FALSE;
}

static void report_link(const char *name, const char *base, Diagnostics *d)
{
	Position at = {name, 0, 0, NULL};

	if (is_markdown(base) || strchr(base, '.') == NULL)
		diagnose(d, MSG_FILE_LINK, &at);
}

static unsigned char entry_type(int folder, const struct dirent *entry)
{
	struct stat st;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type;
	if (fstatat(folder, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return DT_UNKNOWN;
	return S_ISDIR(st.st_mode) ? DT_DIR : S_ISREG(st.st_mode) ? DT_REG : S_ISLNK(st.st_mode) ? DT_LNK : DT_UNKNOWN;
}

/* One level of folders, listed by all threads at once: in a large workspace every case has its own. */
typedef struct {
	const char *root;
	GPtrArray *folders; /* names of this level */
	GPtrArray *below;   /* names of the next */
	GPtrArray *names;   /* Markdown files */
	GMutex lock;        /* of below and names */
} Listing;

static void note(Listing *listing, GPtrArray *where, char **path)
{
	g_mutex_lock(&listing->lock);
	g_ptr_array_add(where, g_steal_pointer(path));
	g_mutex_unlock(&listing->lock);
}

/* names: of the folder's entries, to be added to. */
static void list_entry(Listing *listing, int fd, const char *folder, const struct dirent *entry, GPtrArray *names, Diagnostics *d)
{
	g_autofree char *path = g_strconcat(folder, "/", entry->d_name, NULL);
	unsigned char type = entry_type(fd, entry);

	if (!g_utf8_validate(entry->d_name, -1, NULL)) {
		g_autofree char *shown = g_utf8_make_valid(path, -1);
		if (type == DT_DIR || is_markdown(entry->d_name))
			diagnose(d, MSG_FILE_NAME, NULL, shown);
		return;
	}
	g_ptr_array_add(names, g_strdup(entry->d_name));
	if (type == DT_REG && is_misnamed(entry->d_name)) {
		const Position at = {path, 0, 0, NULL};
		const char *end = strrchr(entry->d_name, '.');
		diagnose(d, MSG_FILE_MISNAMED, &at, end[1] != '\0' ? end : end - strlen(".md"));
		return;
	}
	portable_check_entry(path, d);
	if (type == DT_DIR) {
		note(listing, listing->below, &path);
	} else if (type == DT_LNK) {
		report_link(path, entry->d_name, d);
	} else if (type == DT_REG && is_markdown(entry->d_name)) {
		note(listing, listing->names, &path);
	}
}

static void list_folder(gpointer data, gpointer state, guint i, Diagnostics *d)
{
	Listing *listing = data;
	const char *name = listing->folders->pdata[i];
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *path = g_build_filename(listing->root, name, NULL);
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;

	(void)state;
	if (folder == NULL) {
		diagnose(d, MSG_FILE_SHUT, NULL, name, g_strerror(errno));
		if (fd >= 0)
			close(fd);
		return;
	}
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
		if (entry->d_name[0] != '.')
			list_entry(listing, fd, name, entry, names, d);
	closedir(folder);
	portable_check_folder(name, names, d);
}

/* The names of all Markdown files below cases/, in order, relative to the root. */
static GPtrArray *list_all(const char *root, Diagnostics *d)
{
	Listing listing = {.root = root, .names = g_ptr_array_new()};

	g_mutex_init(&listing.lock);
	listing.folders = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(listing.folders, g_strdup(CASES));
	for (int depth = 0; listing.folders->len > 0; depth++) {
		Parallel work = {.count = listing.folders->len, .at_once = 16, .data = &listing, .step = list_folder};
		if (depth >= FOLDER_DEPTH) {
			diagnose(d, MSG_FILE_MISSING, NULL, listing.folders->pdata[0], g_strerror(ELOOP));
			break;
		}
		listing.below = g_ptr_array_new_with_free_func(g_free);
		parallel_run(&work, d);
		g_ptr_array_unref(listing.folders);
		listing.folders = listing.below;
	}
	g_ptr_array_unref(listing.folders);
	g_mutex_clear(&listing.lock);
	g_ptr_array_sort(listing.names, text_compare);
	return listing.names;
}

/* Whether a folder on the way, or the file itself, is hidden. */
static gboolean is_hidden(const char *name)
{
	return name[0] == '.' || strstr(name, "/.") != NULL;
}

/* As list_all, of a source. */
static GPtrArray *list_source(const WorkspaceSource *source, Diagnostics *d)
{
	GPtrArray *names = g_ptr_array_new();

	for (const char *const *name = source->names; *name != NULL; name++) {
		const char *base = strrchr(*name, '/') != NULL ? strrchr(*name, '/') + 1 : *name;
		g_autofree char *shown = g_utf8_make_valid(*name, -1);
		if (is_hidden(*name))
			continue;
		if (source->state(source->data, *name) == PATH_LINK)
			report_link(*name, base, d);
		else if (is_markdown(base) && strcmp(shown, *name) != 0)
			diagnose(d, MSG_FILE_NAME, NULL, shown);
		else if (is_markdown(base))
			g_ptr_array_add(names, g_strdup(*name));
	}
	return names;
}

static Workspace *workspace_new(const char *root, const WorkspaceSource *source)
{
	Workspace *w = g_new0(Workspace, 1);

	w->source = source;
	w->root = g_canonicalize_filename(root, NULL);
	w->language = g_strdup("nl");
	w->files = g_ptr_array_new_with_free_func(record_free);
	w->chunks = g_ptr_array_new_with_free_func((GDestroyNotify)g_string_chunk_free);
	g_mutex_init(&w->lock);
	return w;
}

static Workspace *fill(Workspace *w, const WorkspaceVisitor *visitor, Diagnostics *d)
{
	workspace_read_settings(w, d);
	g_autoptr(GPtrArray) names = w->source != NULL ? list_source(w->source, d) : list_all(w->root, d);
	for (guint i = 0; i < names->len; i++) {
		Record *r = g_new0(Record, 1);
		r->file.name = names->pdata[i];
		g_ptr_array_add(w->files, r);
		diagnostics_note_file(d, r->file.name);
	}
	index_names(w);
	read_all(w, visitor, d);
	index_build(w);
	return w;
}

Workspace *workspace_scan(const char *root, const WorkspaceVisitor *visitor, Diagnostics *d)
{
	return fill(workspace_new(root, NULL), visitor, d);
}

Workspace *workspace_scan_again(Workspace *before, Diagnostics *d)
{
	Workspace *w = workspace_new(before->root, NULL);

	w->before = before;
	fill(w, NULL, d);
	g_clear_pointer(&w->before, workspace_free);
	return w;
}

Workspace *workspace_load(const char *root, Diagnostics *d)
{
	return fill(workspace_new(root, NULL), NULL, d);
}

Workspace *workspace_load_from(const WorkspaceSource *source, const char *root, Diagnostics *d)
{
	return fill(workspace_new(root, source), NULL, d);
}

GBytes *workspace_bytes(const Workspace *w, const char *name)
{
	return path_state(w, name) == PATH_FILE ? path_load(w, name, FILE_LIMIT, NULL) : NULL;
}

void workspace_free(Workspace *w)
{
	if (w == NULL)
		return;
	index_free(w);
	g_ptr_array_unref(w->files);
	g_ptr_array_unref(w->chunks);
	g_mutex_clear(&w->lock);
	g_free(w->root);
	g_free(w->language);
	g_free(w->house_style);
	g_free(w);
}

const char *workspace_root(const Workspace *w)
{
	return w->root;
}

const char *workspace_language(const Workspace *w)
{
	return w->language;
}

gboolean workspace_is_fiction(const Workspace *w)
{
	return w->fiction;
}

const char *workspace_house_style(const Workspace *w)
{
	return w->house_style;
}

guint workspace_length(const Workspace *w)
{
	return w->files->len;
}

const DocumentFile *workspace_file(const Workspace *w, guint i)
{
	return w->files->pdata[i];
}

const DocumentFile *workspace_lookup(const Workspace *w, const char *id)
{
	const Entity *e = index_lookup(w, id);

	return e != NULL && g_strcmp0(e->file->id, id) == 0 ? e->file : NULL;
}

const DocumentFile *workspace_lookup_name(const Workspace *w, const char *name)
{
	g_autofree char *key = path_key(name);

	return g_hash_table_lookup(w->by_name, key);
}

GBytes *document_text(const DocumentFile *file)
{
	return ((const Record *)file)->text;
}

char *document_digest(const DocumentFile *file)
{
	const Record *r = (const Record *)file;

	return r->text != NULL ? fingerprint_of(r->text) : NULL;
}
