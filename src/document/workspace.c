/* The workspace: finding it, reading every file below cases/ on all cores, and its settings. */
#include "document/room.h"

#include "base/file.h"
#include "source/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CASES "cases"

enum { FOLDER_DEPTH = 32, READ_AT_ONCE = 8, READ_LIMIT = SOURCE_FRONT_LIMIT + SOURCE_LIMIT };

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
	g_clear_pointer(&r->text, g_bytes_unref);
	g_free(r);
}

static gboolean is_markdown(const char *name)
{
	gsize n = strlen(name);

	return n > 3 && g_ascii_strcasecmp(name + n - 3, ".md") == 0;
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

/* Adds the names of all Markdown files below a folder. name is relative to the root. */
static void list_folder(int parent, const char *base, const char *name, int depth, GPtrArray *names, Diagnostics *d)
{
	int fd = openat(parent, base, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;

	if (folder == NULL || depth > FOLDER_DEPTH) {
		diagnose(d, MSG_FILE_MISSING, NULL, name, g_strerror(folder == NULL ? errno : ELOOP));
		if (folder != NULL)
			closedir(folder);
		else if (fd >= 0)
			close(fd);
		return;
	}
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		if (entry->d_name[0] == '.')
			continue;
		g_autofree char *path = g_strconcat(name, "/", entry->d_name, NULL);
		unsigned char type = entry_type(fd, entry);
		if (!g_utf8_validate(entry->d_name, -1, NULL)) {
			g_autofree char *shown = g_utf8_make_valid(path, -1);
			if (type == DT_DIR || is_markdown(entry->d_name))
				diagnose(d, MSG_FILE_NAME, NULL, shown);
		} else if (type == DT_DIR) {
			list_folder(fd, entry->d_name, path, depth + 1, names, d);
		} else if (type == DT_LNK) {
			report_link(path, entry->d_name, d);
		} else if (type == DT_REG && is_markdown(entry->d_name)) {
			g_ptr_array_add(names, g_steal_pointer(&path));
		}
	}
	closedir(folder);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether a text begins with an element (after a byte order mark, blank space, an XML declaration and comments). */
static gboolean has_front_matter(const char *p, gsize size)
{
	const char *end = p + size;

	if (size >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
		p += 3;
	for (;;) {
		const char *stop;
		while (p < end && g_ascii_isspace(*p))
			p++;
		if (end - p >= 4 && memcmp(p, "<!--", 4) == 0)
			stop = g_strstr_len(p, end - p, "-->");
		else if (end - p >= 2 && memcmp(p, "<?", 2) == 0)
			stop = g_strstr_len(p, end - p, "?>");
		else
			break;
		if (stop == NULL)
			return FALSE;
		p = stop + (stop[0] == '-' ? 3 : 2);
	}
	if (end - p >= 3 && (memcmp(p, "---", 3) == 0 || memcmp(p, "+++", 3) == 0))
		return TRUE; /* front matter of another kind: the reader says what is expected */
	return end - p >= 2 && p[0] == '<' && (g_ascii_isalpha(p[1]) || p[1] == '!' || (guchar)p[1] >= 0x80 || p[1] == '_');
}

static void report_plain(const char *name, Diagnostics *d)
{
	const char *base = strrchr(name, '/');
	Position at = {name, 1, 0, NULL};

	base = base != NULL ? base + 1 : name;
	if (g_ascii_strncasecmp(base, "readme", 6) != 0 && g_ascii_strncasecmp(base, "leesmij", 7) != 0)
		diagnose(d, MSG_FILE_PLAIN, &at);
}

static void read_record(const Workspace *w, Record *r, Diagnostics *d)
{
	g_autofree char *path = g_build_filename(w->root, r->file.name, NULL);
	g_autoptr(GError) error = NULL;
	Position at = {r->file.name, 0, 0, NULL};
	const xmlNode *root;
	gsize size;

	r->text = file_load(path, READ_LIMIT, &error);
	if (r->text == NULL) {
		if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
			diagnose(d, MSG_FILE_TOO_LARGE, &at, G_STRINGIFY(256));
		else
			diagnose(d, MSG_FILE_MISSING, NULL, r->file.name, error->message);
		return;
	}
	const char *text = g_bytes_get_data(r->text, &size);
	if (!has_front_matter(text, size)) {
		r->plain = TRUE;
		report_plain(r->file.name, d);
		return;
	}
	r->file.doc = source_read(r->text, r->file.name, w->language, d);
	root = r->file.doc != NULL ? xmlDocGetRootElement(r->file.doc) : NULL;
	if (root != NULL) {
		r->file.kind = g_strdup((const char *)root->name);
		r->file.id = g_strdup(xml_attribute(root, "id"));
	}
}

/* One thread's part: the next few files, until there are none. */
typedef struct {
	Workspace *w;
	int *next;
	Diagnostics *d;
} Reader;

static gpointer read_some(gpointer data)
{
	Reader *reader = data;
	GPtrArray *files = reader->w->files;

	for (;;) {
		int first = g_atomic_int_add(reader->next, READ_AT_ONCE);
		int last = MIN(first + READ_AT_ONCE, (int)files->len);
		if (first >= (int)files->len)
			return NULL;
		for (int i = first; i < last; i++)
			read_record(reader->w, files->pdata[i], reader->d);
	}
}

static void read_all_records(Workspace *w, Diagnostics *d)
{
	guint n = CLAMP(g_get_num_processors(), 1, 64);
	int next = 0;
	g_autofree Reader *readers = g_new0(Reader, n);
	g_autofree GThread **threads = g_new0(GThread *, n);

	n = MIN(n, w->files->len / READ_AT_ONCE + 1);
	for (guint i = 0; i < n; i++) {
		readers[i] = (Reader){w, &next, diagnostics_new()};
		if (i > 0)
			threads[i] = g_thread_try_new("read", read_some, &readers[i], NULL);
	}
	read_some(&readers[0]);
	for (guint i = 0; i < n; i++) {
		if (threads[i] != NULL)
			g_thread_join(threads[i]);
		diagnostics_merge(d, readers[i].d);
		diagnostics_free(readers[i].d);
	}
}

Workspace *workspace_load(const char *root, Diagnostics *d)
{
	Workspace *w = g_new0(Workspace, 1);
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	w->root = g_canonicalize_filename(root, NULL);
	w->language = g_strdup("nl");
	w->files = g_ptr_array_new_with_free_func(record_free);
	workspace_read_settings(w, d);
	g_autofree char *cases = g_build_filename(w->root, CASES, NULL);
	list_folder(AT_FDCWD, cases, CASES, 0, names, d);
	g_ptr_array_sort(names, compare_names);
	for (guint i = 0; i < names->len; i++) {
		Record *r = g_new0(Record, 1);
		r->file.name = names->pdata[i];
		g_ptr_array_add(w->files, r);
		diagnostics_note_file(d, r->file.name);
	}
	read_all_records(w, d);
	index_build(w);
	return w;
}

void workspace_free(Workspace *w)
{
	if (w == NULL)
		return;
	index_free(w);
	g_ptr_array_unref(w->files);
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

char *document_digest(const DocumentFile *file)
{
	const Record *r = (const Record *)file;
	gsize size;
	const char *data = r->text != NULL ? g_bytes_get_data(r->text, &size) : NULL;

	return data != NULL ? file_digest(data, size) : NULL;
}
