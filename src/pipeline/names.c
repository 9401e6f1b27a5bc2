/* The gate that no known name passes: sources, their paths, pictures, and what is read of them in messages. */
#include "pipeline/names.h"

#include "pipeline/internal.h"

#include "base/file.h"
#include "base/image.h"
#include "base/locator.h"
#include "base/text.h"
#include "history/history.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

/* ---- the list ---- */

char *names_find(const char *root, const char *asked)
{
	char *configured;

	if (asked != NULL)
		return g_canonicalize_filename(asked, NULL);
	configured = root != NULL ? history_config(root, "rotonde.names") : NULL;
	return configured != NULL ? configured : privacy_list_place();
}

void names_open(Names *n, const char *root, const char *asked, Diagnostics *d)
{
	g_autofree char *own = privacy_list_place();
	g_autofree char *path = names_find(root, asked);
	g_autoptr(GBytes) bytes = NULL;
	gsize size = 0;

	*n = (Names){.list = NULL};
	if (strcmp(path, own) == 0 && !g_file_test(path, G_FILE_TEST_EXISTS))
		return;
	n->list = privacy_list_load(path, d);
	n->broken = n->list == NULL;
	bytes = n->broken ? NULL : file_load(path, FILE_LIMIT, NULL);
	if (bytes == NULL)
		return;
	const void *data = g_bytes_get_data(bytes, &size);
	n->digest = file_digest(data, size);
}

void names_close(Names *n)
{
	g_clear_pointer(&n->list, privacy_list_free);
	g_clear_pointer(&n->digest, g_free);
}

/* ---- texts ---- */

static const MessageId messages[PRIVACY_KINDS] = {MSG_NAME_FOUND,        MSG_PATTERN_BSN,   MSG_PATTERN_BIRTH,      MSG_PATTERN_POSTCODE,
                                                  MSG_PATTERN_TELEPHONE, MSG_PATTERN_EMAIL, MSG_PATTERN_COORDINATES, MSG_PATTERN_ADDRESS,
                                                  MSG_PATTERN_NUMBER,    MSG_PATTERN_ACCOUNT};

typedef struct {
	const char *file, *text, *where;
	gsize size;
	NamesKind kind;
	Locator locator; /* made at the first hit */
	Diagnostics *d;
} Look;

static void report_text(const PrivacyHit *hit, gpointer data)
{
	Look *look = data;
	g_autofree char *entry = g_strdup_printf("%u", hit->entry);
	Position at;

	if (look->kind == NAMES_IMPRINT && hit->kind > PRIVACY_BSN)
		return;
	if (look->locator.lines == NULL)
		locator_init(&look->locator, look->text, look->size, look->file);
	at = locator_position(&look->locator, hit->offset, NULL);
	diagnose(look->d, messages[hit->kind], &at, entry);
}

void names_check_text(PrivacyScanner *s, const char *file, GBytes *bytes, NamesKind kind, Diagnostics *d)
{
	Look look = {.file = file, .kind = kind, .d = d};

	look.text = g_bytes_get_data(bytes, &look.size);
	if (look.size > 0)
		privacy_scan(s, look.text, look.size, report_text, &look);
	if (look.locator.lines != NULL)
		locator_clear(&look.locator);
}

static void report_path(const PrivacyHit *hit, gpointer data)
{
	const Look *look = data;
	g_autofree char *entry = g_strdup_printf("%u", hit->entry);
	Position at = {look->file, 0, 0, NULL};

	if (hit->kind == PRIVACY_NAME)
		diagnose(look->d, MSG_NAME_IN_PATH, &at, entry);
}

void names_check_path(PrivacyScanner *s, const char *file, Diagnostics *d)
{
	Look look = {.file = file, .d = d};

	privacy_scan(s, file, strlen(file), report_path, &look);
}

/* ---- pictures, and files of other kinds ---- */

typedef struct {
	PrivacyScanner *s;
	GBytes *bytes;
	Look look;
} Picture;

static void report_picture(const PrivacyHit *hit, gpointer data)
{
	const Look *look = data;
	g_autofree char *entry = g_strdup_printf("%u", hit->entry);
	Position at = {look->file, 0, 0, NULL};

	if (hit->kind == PRIVACY_NAME)
		diagnose(look->d, MSG_NAME_IN_PICTURE, &at, entry, look->where);
}

/* The parts of a file, handed to a function with where they stand. */
typedef struct {
	void (*part)(const char *where, const char *text, gsize size, gpointer data);
	gpointer data;
} Parts;

static void pdf_part(const PdfText *text, gpointer data)
{
	const Parts *parts = data;

	g_autofree char *page = g_strdup_printf("p. %u", text->page);

	parts->part(text->key != NULL ? text->key : page, text->text, text->size, parts->data);
}

/* A picture or a text in the data: address that begins at packed. */
static void embedded_part(const char *packed, gsize length, const Parts *parts)
{
	g_autofree char *copy = g_strndup(packed, length);
	gsize size = 0;
	guchar *data = g_base64_decode(copy, &size);
	g_autoptr(GBytes) bytes = g_bytes_new_take(data, size);
	ImageInfo info;

	image_read_info(bytes, &info);
	if (info.format != IMAGE_UNKNOWN)
		image_texts(bytes, parts->part, parts->data);
	else if (size > 0 && text_check_utf8((const char *)data, size) == size)
		parts->part("data:", (const char *)data, size, parts->data);
}

/* The text, in which the letters of data: addresses say nothing by themselves; then what is in those. */
static void text_parts(const char *text, gsize size, const Parts *parts)
{
	static const char mark[] = ";base64,";
	const char *end = text + size, *stop;

	parts->part(NULL, text, size, parts->data);
	for (const char *at = text; (at = g_strstr_len(at, end - at, mark)) != NULL; at = stop) {
		at += strlen(mark);
		for (stop = at; stop < end && (g_ascii_isalnum(*stop) || strchr("+/=\n\r", *stop) != NULL) && *stop != '\0';)
			stop++;
		embedded_part(at, (gsize)(stop - at), parts);
	}
}

/* Text of another time, Latin-1 or UTF-16: no control characters in it, but for the NULs of UTF-16. */
static const char *other_encoding(const char *text, gsize size)
{
	if (size >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0))
		return "UTF-16";
	for (gsize i = 0; i < size; i++)
		if ((guchar)text[i] < 0x20 && strchr("\t\n\r\f", text[i]) == NULL)
			return NULL;
	return memchr(text, '\0', size) == NULL ? "ISO 8859-1" : NULL;
}

gboolean names_each_part(const char *file, GBytes *bytes, void (*part)(const char *where, const char *text, gsize size, gpointer data), gpointer data)
{
	g_autoptr(Diagnostics) ignored = diagnostics_new();
	Parts parts = {part, data};
	ImageInfo info;
	gsize size;
	const char *text = g_bytes_get_data(bytes, &size);

	image_read_info(bytes, &info);
	if (info.format == IMAGE_JPEG || info.format == IMAGE_PNG)
		image_texts(bytes, part, data);
	else if (size >= 4 && memcmp(text, "%PDF", 4) == 0)
		return names_pdf_texts(bytes, file, pdf_part, &parts, ignored);
	else if (text_check_utf8(text, size) == size)
		text_parts(text, size, &parts);
	else if (other_encoding(text, size) != NULL)
		part(other_encoding(text, size), text, size, data);
	else
		return FALSE;
	return TRUE;
}

static void look_at_part(const char *where, const char *text, gsize size, gpointer data)
{
	Picture *p = data;

	p->look.where = where;
	if (where == NULL)
		names_check_text(p->s, p->look.file, p->bytes, NAMES_TEXT, p->look.d);
	else
		privacy_scan(p->s, text, size, report_picture, &p->look);
}

void names_check_bytes(PrivacyScanner *s, const char *file, GBytes *bytes, Diagnostics *d)
{
	Picture p = {s, bytes, {.file = file, .d = d}};
	Position at = {file, 0, 0, NULL};

	if (g_bytes_get_size(bytes) > 0 && !names_each_part(file, bytes, look_at_part, &p))
		diagnose(d, MSG_FILE_NOT_CHECKED, &at);
}

/* ---- the workspace ---- */

static gboolean is_markdown(const char *name)
{
	return g_str_has_suffix(name, ".md") || g_str_has_suffix(name, ".MD");
}

static void check_file(PrivacyScanner *s, const char *root, const char *name, Diagnostics *d)
{
	g_autofree char *path = g_build_filename(root, name, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = file_load(path, FILE_LIMIT, &error);

	if (bytes != NULL)
		names_check_bytes(s, name, bytes, d);
	else
		diagnose(d, MSG_FILE_MISSING, NULL, name, error->message);
}

typedef struct {
	PrivacyScanner *s;
	const char *root;
	GQueue folders; /* names, to be looked into */
	Diagnostics *d;
} Tree;

/* Only the entry's own name is looked at: the folder's was before. */
static void check_entry(Tree *t, const char *folder, const char *base)
{
	g_autofree char *name = g_build_filename(folder, base, NULL), *path = g_build_filename(t->root, name, NULL), *shown = g_utf8_make_valid(name, -1);
	guint before = diagnostics_length(t->d);
	Look look = {.file = shown, .d = t->d};
	struct stat st;

	privacy_scan(t->s, base, strlen(base), report_path, &look);
	if (diagnostics_length(t->d) == before) /* a name that goes over two folders: noor/van/der/berg */
		names_check_path(t->s, shown, t->d);
	if (lstat(path, &st) != 0)
		return;
	if (S_ISDIR(st.st_mode) && strcmp(base, ".git") != 0)
		g_queue_push_tail(&t->folders, g_steal_pointer(&name));
	else if (S_ISREG(st.st_mode) && (!is_markdown(base) || *base == '.'))
		check_file(t->s, t->root, name, t->d);
}

void names_check_tree(const Names *n, const char *root, Diagnostics *d)
{
	g_autoptr(PrivacyScanner) s = privacy_scanner_new(n->list);
	Tree t = {s, root, G_QUEUE_INIT, d};
	char *folder;

	g_queue_push_tail(&t.folders, g_strdup("cases"));
	while ((folder = g_queue_pop_head(&t.folders)) != NULL) {
		g_autofree char *path = g_build_filename(root, folder, NULL);
		DIR *dir = opendir(path);
		for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;)
			if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
				check_entry(&t, folder, entry->d_name);
		if (dir != NULL)
			closedir(dir);
		g_free(folder);
	}
}

void names_check_input(PrivacyScanner *s, const Workspace *w, const char *name, Diagnostics *d)
{
	const DocumentFile *file = workspace_lookup_name(w, name);
	GBytes *text = file != NULL ? document_text(file) : NULL;

	names_check_path(s, name, d);
	if (text != NULL)
		names_check_text(s, name, text, g_strcmp0(file->kind, "imprint") == 0 ? NAMES_IMPRINT : NAMES_TEXT, d);
	else
		check_file(s, workspace_root(w), name, d);
}

/* ---- messages ---- */

static char *mask(const char *text, gpointer data)
{
	return privacy_mask(data, text);
}

void names_redact(const Names *n, Diagnostics *d)
{
	g_autoptr(PrivacyScanner) s = n->list != NULL ? privacy_scanner_new(n->list) : NULL;

	if (s != NULL)
		diagnostics_redact(d, mask, s);
}
