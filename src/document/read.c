/* Reading every file on all cores: what is a publication first, so that it is known which trees will be needed; then the rest. */
#include "document/room.h"

#include "base/file.h"
#include "source/source.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
	READ_AT_ONCE = 8,    /* files a thread takes in one go */
	KEEP_ALL = 500,      /* files; below that every tree is kept */
	SNIFF_LENGTH = 1024, /* bytes in which the root element is looked for */
	READ_LIMIT = SOURCE_FRONT_LIMIT + SOURCE_LIMIT
};

/* What comes after a byte order mark, blank space, an XML declaration and comments. NULL: that is not in these bytes. */
static const char *skip_prolog(const char *p, const char *end)
{
	if (end - p >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
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
			return p;
		if (stop == NULL)
			return NULL;
		p = stop + (stop[0] == '-' ? 3 : 2);
	}
}

static gboolean has_front_matter(const char *text, gsize size)
{
	const char *end = text + size, *p = size > 0 ? skip_prolog(text, end) : NULL;

	if (p == NULL)
		return FALSE;
	if (end - p >= 3 && (memcmp(p, "---", 3) == 0 || memcmp(p, "+++", 3) == 0))
		return TRUE; /* front matter of another kind: the reader says what is expected */
	if (end - p >= 8 && memcmp(p, "<<<<<<< ", 8) == 0)
		return TRUE; /* git's conflict: the reader says so */
	return end - p >= 2 && p[0] == '<' && (g_ascii_isalpha(p[1]) || p[1] == '!' || (guchar)p[1] >= 0x80 || p[1] == '_');
}

gboolean read_is_quiet(const char *name)
{
	const char *base = strrchr(name, '/');

	base = base != NULL ? base + 1 : name;
	return g_ascii_strncasecmp(base, "readme", 6) == 0 || g_ascii_strncasecmp(base, "leesmij", 7) == 0;
}

/* A file that takes no part may be a whole session: it is an error, and says what the file looks like. */
static void report_plain(const char *name, const guchar *data, gsize size, Diagnostics *d)
{
	Position at = {name, 1, 0, NULL}, whole = {name, 0, 0, NULL};

	if (!read_is_quiet(name))
		diagnose(d, size == 0                                                                                   ? MSG_FILE_EMPTY
		            : size >= 2 && ((data[0] == 0xFF && data[1] == 0xFE) || (data[0] == 0xFE && data[1] == 0xFF)) ? MSG_FILE_UTF16
		            : size >= 4 && (memcmp(data, "PK\3\4", 4) == 0 || memcmp(data, "\320\317\021\340", 4) == 0)   ? MSG_FILE_WORD
		                                                                                                        : MSG_FILE_PLAIN,
		         size == 0 || data[0] >= 0x80 || data[0] == 'P' ? &whole : &at);
}

static GBytes *load_text(const Workspace *w, const Record *r, Diagnostics *d)
{
	g_autoptr(GError) error = NULL;
	GBytes *text = path_load(w, r->file.name, READ_LIMIT, &error);
	Position at = {r->file.name, 0, 0, NULL};

	if (text == NULL && g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
		diagnose(d, MSG_FILE_TOO_LARGE, &at, G_STRINGIFY(256));
	else if (text == NULL)
		diagnose(d, MSG_FILE_SHUT, NULL, r->file.name, error->message);
	return text;
}

/* NULL: it is to be read. */
static xmlDoc *take_before(const Workspace *w, const Record *r)
{
	Record *old = w->before != NULL ? (Record *)workspace_lookup_name(w->before, r->file.name) : NULL;
	gboolean same = old != NULL && old->quiet && old->text != NULL && strcmp(old->file.name, r->file.name) == 0 && g_bytes_equal(old->text, r->text);

	return same ? g_steal_pointer(&old->file.doc) : NULL;
}

/* A <label> that was never closed has taken in what follows it: the name is what stands on its line, the rest goes behind it. */
static void mend_labels(xmlNode *root)
{
	for (xmlNode *n = root, *next; n != NULL; n = next) {
		const xmlNode *text = n->children;
		const char *line = xml_is(n, "label") && text != NULL && text->type == XML_TEXT_NODE ? (const char *)text->content : NULL;
		next = xml_following(n, root);
		if (line == NULL || (text->next == NULL && strchr(line + strspn(line, " \t\r\n"), '\n') == NULL))
			continue;
		while (n->last != text) {
			xmlNode *moved = n->last;
			xmlUnlinkNode(moved);
			xmlAddNextSibling(n, moved);
		}
		const char *start = line + strspn(line, " \t\r\n");
		g_autofree char *name = g_strndup(start, strcspn(start, "\r\n"));
		xmlNodeSetContent(n, NULL);
		xmlNodeAddContent(n, BAD_CAST name);
		next = xml_following(n, root);
	}
}

static void read_record(const Workspace *w, Record *r, Diagnostics *d)
{
	guint said = diagnostics_length(d);
	const xmlNode *root;
	gsize size;

	r->text = load_text(w, r, d);
	if (r->text == NULL)
		return;
	const char *text = g_bytes_get_data(r->text, &size);
	if (!has_front_matter(text, size)) {
		r->plain = TRUE;
		report_plain(r->file.name, (const guchar *)text, size, d);
		return;
	}
	r->file.doc = take_before(w, r);
	if (r->file.doc == NULL)
		r->file.doc = source_read(r->text, r->file.name, NULL, d);
	r->quiet = diagnostics_length(d) == said;
	root = r->file.doc != NULL ? xmlDocGetRootElement(r->file.doc) : NULL;
	if (root != NULL) {
		r->file.kind = g_strdup((const char *)root->name);
		r->file.id = g_strdup(xml_attribute(root, "id"));
		r->broken = xml_attribute(root, "broken") != NULL;
		if (r->broken)
			mend_labels(xmlDocGetRootElement(r->file.doc));
	}
}

gboolean read_is_readable(const DocumentFile *file)
{
	return file->kind != NULL;
}

/* Two threads may read the same file once more; the first to be ready is kept. */
static xmlDoc *read_again(const Workspace *w, Record *r)
{
	g_autoptr(Diagnostics) unheard = diagnostics_new(); /* it was said the first time */
	GMutex *lock = (GMutex *)&w->lock;
	xmlDoc *doc;

	g_mutex_lock(lock);
	doc = r->again;
	g_mutex_unlock(lock);
	if (doc != NULL)
		return doc;
	g_autoptr(GBytes) text = load_text(w, r, unheard);
	doc = text != NULL ? source_read(text, r->file.name, NULL, unheard) : NULL;
	g_mutex_lock(lock);
	if (r->again == NULL)
		r->again = g_steal_pointer(&doc);
	xmlFreeDoc(doc);
	doc = r->again;
	g_mutex_unlock(lock);
	return doc;
}

xmlNode *read_root(const Workspace *w, const DocumentFile *file)
{
	xmlDoc *doc = file->doc;

	if (doc == NULL && file->kind != NULL)
		doc = read_again(w, (Record *)file);
	return doc != NULL ? xmlDocGetRootElement(doc) : NULL;
}

const char *read_text(const Workspace *w, const DocumentFile *file, gsize *size, GBytes **owned)
{
	const Record *r = (const Record *)file;
	g_autoptr(Diagnostics) again = diagnostics_new();
	const char *text;

	*owned = r->text != NULL ? g_bytes_ref(r->text) : load_text(w, r, again);
	text = *owned != NULL ? g_bytes_get_data(*owned, size) : NULL;
	if (text == NULL || *size < 3 || memcmp(text, "\xEF\xBB\xBF", 3) != 0)
		return text;
	*size -= 3; /* a byte order mark is no column */
	return text + 3;
}

/* Publications are called publication.md. In a large workspace files with quite another name are not even opened to see whether
 * they are one: what such a publication names is read once more, and checked by itself as well. */
static gboolean is_named_so(const Workspace *w, const Record *r)
{
	const char *base = strrchr(r->file.name, '/');
	g_autofree char *folded = g_ascii_strdown(base != NULL ? base : r->file.name, -1);

	return w->files->len <= KEEP_ALL || strstr(folded, "publi") != NULL;
}

/* Whether a file may be a publication, from its first bytes. */
static gboolean sniff_publication(const Workspace *w, const Record *r)
{
	static const char tag[] = "<publication";
	g_autofree char *path = g_build_filename(w->root, r->file.name, NULL);
	char bytes[SNIFF_LENGTH];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
	ssize_t n = fd >= 0 ? read(fd, bytes, sizeof bytes) : 0;
	const char *p = n > 0 ? skip_prolog(bytes, bytes + n) : bytes;

	if (fd >= 0)
		close(fd);
	return p == NULL || (bytes + n - p >= (ssize_t)strlen(tag) && memcmp(p, tag, strlen(tag)) == 0);
}

/* One pass over all files, shared by the threads. */
typedef struct {
	Workspace *w;
	const WorkspaceVisitor *visitor;
	gboolean let_go;
} Pass;

/* A thread's own. */
typedef struct {
	GStringChunk *strings;
	gpointer visitor;
} Reader;

static gpointer start_reader(gpointer data, Diagnostics *d)
{
	const Pass *pass = data;
	Reader *reader = g_new0(Reader, 1);

	reader->strings = g_string_chunk_new(4096);
	reader->visitor = pass->visitor != NULL ? pass->visitor->start(pass->visitor->data, pass->w, d) : NULL;
	return reader;
}

static void finish_reader(gpointer data, gpointer state)
{
	const Pass *pass = data;
	Reader *reader = state;

	if (pass->visitor != NULL)
		pass->visitor->finish(reader->visitor);
	g_mutex_lock(&pass->w->lock);
	g_ptr_array_add(pass->w->chunks, reader->strings);
	g_mutex_unlock(&pass->w->lock);
	g_free(reader);
}

static void step_publication(gpointer data, gpointer state, guint i, Diagnostics *d)
{
	const Pass *pass = data;
	const Reader *reader = state;
	Record *r = pass->w->files->pdata[i];

	if (!is_named_so(pass->w, r) || !sniff_publication(pass->w, r))
		return;
	read_record(pass->w, r, d);
	facts_collect(r, FALSE, reader->strings);
}

static void step_file(gpointer data, gpointer state, guint i, Diagnostics *d)
{
	const Pass *pass = data;
	const Reader *reader = state;
	Record *r = pass->w->files->pdata[i];
	gboolean known = r->text != NULL, let_go;

	if (!known)
		read_record(pass->w, r, d);
	let_go = pass->let_go && !known && !r->taken && !r->broken && r->file.doc != NULL && strcmp(r->file.kind, "publication") != 0;
	if (!known)
		facts_collect(r, let_go, reader->strings);
	if (pass->visitor != NULL && r->text != NULL)
		pass->visitor->look(reader->visitor, &r->file, r->taken, d);
	if (!let_go)
		return;
	g_clear_pointer(&r->file.doc, xmlFreeDoc);
	g_clear_pointer(&r->text, g_bytes_unref);
}

/* Every file that an item of the contents names, whatever it turns out to be. */
static void note_taken(Workspace *w)
{
	g_autoptr(Diagnostics) unheard = diagnostics_new();
	Assembly a;

	assembly_start(&a, w, unheard);
	for (guint i = 0; i < w->files->len; i++) {
		Record *r = w->files->pdata[i];
		const xmlNode *root = r->file.doc != NULL ? xmlDocGetRootElement(r->file.doc) : NULL;
		const xmlNode *contents = root != NULL && xml_is(root, "publication") ? xml_first(root, "contents") : NULL;
		r->taken = r->taken || contents != NULL;
		for (const xmlNode *n = contents; n != NULL; n = xml_following(n, contents)) {
			if (n->type != XML_ELEMENT_NODE || item_kind(n) == NULL)
				continue;
			g_autoptr(GPtrArray) files = contents_named(&a, n);
			for (guint k = 0; k < files->len; k++)
				((Record *)files->pdata[k])->taken = TRUE;
		}
	}
	assembly_finish(&a);
}

void read_all(Workspace *w, const WorkspaceVisitor *visitor, Diagnostics *d)
{
	Pass pass = {w, NULL, FALSE};
	Parallel work = {w->files->len, READ_AT_ONCE, &pass, start_reader, step_publication, finish_reader, 0};

	if (visitor != NULL) {
		work.threads = visitor->threads;
		parallel_run(&work, d);
		note_taken(w);
	}
	pass = (Pass){w, visitor, visitor != NULL && w->files->len > KEEP_ALL};
	work.step = step_file;
	parallel_run(&work, d);
}
