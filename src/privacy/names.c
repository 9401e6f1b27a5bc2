/* The list of real names: where it may stand, its lines, and what must not be in them. */
#include "privacy/room.h"

#include "base/file.h"
#include "base/locator.h"
#include "base/text.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LIST_LIMIT = 16 * 1024 * 1024 /* bytes */, LINE_LIMIT = 1024 };

struct PrivacyList {
	NameTable *table;
	guint persons, allowed;
};

/* ---- the table ---- */

NameTable *name_table_new(void)
{
	NameTable *t = g_new0(NameTable, 1);

	t->patterns = g_array_new(FALSE, FALSE, sizeof(NamePattern));
	t->keys = g_array_new(FALSE, FALSE, sizeof(AutomatonPattern));
	t->store = g_string_chunk_new(64 * 1024);
	return t;
}

static int compare_patterns(gconstpointer a, gconstpointer b)
{
	const NamePattern *x = a, *y = b;
	const AutomatonPattern p = {x->bytes, x->length}, q = {y->bytes, y->length};
	int order = automaton_compare(&p, &q);

	if (order != 0)
		return order;
	if (x->flags != y->flags)
		return x->flags - y->flags;
	if (x->capital != y->capital)
		return y->capital - x->capital;
	if (x->breaks != y->breaks)
		return x->breaks < y->breaks ? -1 : 1;
	return (x->entry > y->entry) - (x->entry < y->entry);
}

static gboolean is_same(const NamePattern *a, const NamePattern *b)
{
	return a->length == b->length && a->flags == b->flags && a->capital == b->capital && a->breaks == b->breaks && memcmp(a->bytes, b->bytes, a->length) == 0;
}

void name_table_seal(NameTable *t)
{
	NamePattern *patterns = (NamePattern *)(void *)t->patterns->data;
	guint kept = 0;

	g_array_sort(t->patterns, compare_patterns);
	for (guint i = 0; i < t->patterns->len; i++)
		if (kept == 0 || !is_same(&patterns[kept - 1], &patterns[i]))
			patterns[kept++] = patterns[i];
	g_array_set_size(t->patterns, kept);
	for (guint i = 0; i < kept; i++) {
		const AutomatonPattern key = {patterns[i].bytes, patterns[i].length};
		g_array_append_val(t->keys, key);
	}
	t->automaton = automaton_new((const AutomatonPattern *)(const void *)t->keys->data, kept);
}

static void name_table_free(NameTable *t)
{
	if (t == NULL)
		return;
	automaton_free(t->automaton);
	g_array_unref(t->patterns);
	g_array_unref(t->keys);
	g_string_chunk_free(t->store);
	g_free(t);
}

/* ---- lines ---- */

typedef struct {
	PrivacyList *list;
	const char *name;       /* of the file */
	GHashTable *reals;      /* normal form -> line */
	GHashTable *pseudonyms; /* normal form -> line */
	GPtrArray *written;     /* pseudonyms as written, owned, one a person */
	GArray *lines;          /* guint: the line of each */
	Diagnostics *d;
} Reading;

static void complain(const Reading *r, MessageId id, guint line, guint other)
{
	Position at = {r->name, (int)line, 0, NULL};
	g_autofree char *number = g_strdup_printf("%u", other);

	diagnose(r->d, id, &at, number);
}

/* The letters and digits of a name, for comparing. "": it has none. The caller's. */
static char *plain_form(const char *text)
{
	Normal n;
	char *form;

	normal_init(&n);
	normal_read(&n, text, strlen(text), FALSE);
	form = g_strndup((const char *)n.units, n.length);
	normal_clear(&n);
	return form;
}

/* FALSE: it stands in the table already, at another line or this one; that is reported. */
static gboolean note_once(const Reading *r, GHashTable *table, const char *text, guint line, MessageId twice)
{
	char *form = plain_form(text);
	guint other = GPOINTER_TO_UINT(g_hash_table_lookup(table, form));

	if (other != 0) {
		complain(r, twice, line, other);
		g_free(form);
		return FALSE;
	}
	g_hash_table_insert(table, form, GUINT_TO_POINTER(line));
	return TRUE;
}

static const char *after_keyword(const char *line)
{
	static const char *const keywords[] = {"allow", "toegestaan"};

	for (guint i = 0; i < G_N_ELEMENTS(keywords); i++) {
		gsize length = strlen(keywords[i]), colon = length + strspn(line + MIN(length, strlen(line)), " \t");
		if (g_ascii_strncasecmp(line, keywords[i], length) == 0 && line[colon] == ':')
			return line + colon + 1;
	}
	return NULL;
}

/* A remark between brackets, or a date: its words would be looked for as names. */
static gboolean has_remark(const char *name)
{
	g_auto(GStrv) words = g_strsplit_set(name, " \t,", -1);

	for (char **word = words; *word != NULL; word++)
		if (strpbrk(*word, "()[]{}") != NULL || (**word != '\0' && strspn(*word, "0123456789-.") == strlen(*word) && strpbrk(*word, "0123456789") != NULL))
			return TRUE;
	return FALSE;
}

static void read_person(Reading *r, char *line, char *equals, guint number)
{
	g_auto(GStrv) names = NULL;
	char *pseudonym = g_strstrip(equals + 1);
	NameTable *t = r->list->table;

	*equals = '\0';
	names = g_strsplit(line, "/", -1);
	g_autofree char *form = plain_form(pseudonym);
	gboolean good = names[0] != NULL && *form != '\0' && strchr(pseudonym, '=') == NULL, brief = FALSE;
	for (char **name = names; *name != NULL; name++) {
		g_autofree char *real = plain_form(*name);
		good = good && *real != '\0';
		brief = brief || strlen(real) == 1;
	}
	if (!good || brief) {
		complain(r, good ? MSG_NAMES_SHORT : MSG_NAMES_LINE, number, number);
		return;
	}
	for (char **name = names; *name != NULL; name++)
		if (has_remark(*name)) {
			complain(r, MSG_NAMES_REMARK, number, number);
			return;
		}
	for (char **name = names; *name != NULL; name++)
		if (note_once(r, r->reals, *name, number, MSG_NAMES_TWICE))
			expand_name(g_strstrip(*name), number, t->patterns, t->store);
	if (note_once(r, r->pseudonyms, pseudonym, number, MSG_NAMES_PSEUDONYM_TWICE)) {
		g_ptr_array_add(r->written, g_strdup(pseudonym));
		g_array_append_val(r->lines, number);
	}
	r->list->persons++;
}

static void read_line(Reading *r, char *line, guint number)
{
	const char *allowed;
	char *equals;

	g_strstrip(line);
	if (*line == '\0' || *line == '#')
		return;
	allowed = after_keyword(line);
	if (allowed != NULL && expand_allowed(allowed, number, r->list->table->patterns, r->list->table->store)) {
		r->list->allowed++;
		return;
	}
	equals = strchr(line, '=');
	if (allowed != NULL || equals == NULL || strlen(line) > LINE_LIMIT)
		complain(r, MSG_NAMES_LINE, number, number);
	else
		read_person(r, line, equals, number);
}

typedef struct {
	const Reading *r;
	guint line;
	gboolean told;
} Pseudonym;

static void pseudonym_is_real(const PrivacyHit *hit, gpointer data)
{
	Pseudonym *p = data;

	if (hit->kind == PRIVACY_NAME && !p->told)
		complain(p->r, MSG_NAMES_PSEUDONYM_REAL, p->line, hit->entry);
	p->told = TRUE;
}

static void check_pseudonyms(const Reading *r)
{
	g_autoptr(PrivacyScanner) s = privacy_scanner_new(r->list);

	for (guint i = 0; i < r->written->len; i++) {
		Pseudonym p = {r, g_array_index(r->lines, guint, i), FALSE};
		const char *text = r->written->pdata[i];
		privacy_scan(s, text, strlen(text), pseudonym_is_real, &p);
	}
}

static gboolean check_bytes(const char *text, gsize size, const char *name, Diagnostics *d)
{
	gsize bad = text_check_utf8(text, size);
	Position at = {.file = name};

	if (bad >= size)
		return TRUE;
	text_locate(text, bad, &at.line, &at.column);
	g_autofree char *byte = g_strdup_printf("%02X", (guchar)text[bad]);
	diagnose(d, MSG_FILE_ENCODING, &at, byte);
	return FALSE;
}

PrivacyList *privacy_list_parse(const char *text, gsize size, const char *name, Diagnostics *d)
{
	guint errors = diagnostics_count(d, LEVEL_ERROR);
	Reading r = {.name = name, .d = d};
	Position at = {name, 0, 0, NULL};
	g_autoptr(GBytes) nothing = g_bytes_new(NULL, 0);

	diagnostics_set_text(d, name, nothing); /* a message never shows a line of it */
	if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
		text += 3;
		size -= 3;
	}
	if (!check_bytes(text, size, name, d))
		return NULL;
	g_autofree char *copy = g_strndup(text, size);
	g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);
	r.list = g_new0(PrivacyList, 1);
	r.list->table = name_table_new();
	r.reals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	r.pseudonyms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	r.written = g_ptr_array_new_with_free_func(g_free);
	r.lines = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint i = 0; lines[i] != NULL; i++)
		read_line(&r, lines[i], i + 1);
	pattern_expand_told(r.list->table);
	name_table_seal(r.list->table);
	check_pseudonyms(&r);
	if (r.list->persons == 0 && diagnostics_count(d, LEVEL_ERROR) == errors)
		diagnose(d, MSG_NAMES_EMPTY, &at);
	g_hash_table_unref(r.reals);
	g_hash_table_unref(r.pseudonyms);
	g_ptr_array_unref(r.written);
	g_array_unref(r.lines);
	if (diagnostics_count(d, LEVEL_ERROR) == errors)
		return r.list;
	privacy_list_free(r.list);
	return NULL;
}

/* ---- the file ---- */

char *privacy_list_place(void)
{
	return g_build_filename(g_get_user_config_dir(), "rotonde", "names", NULL);
}

/* Whether a folder or one above it is a git repository. */
static gboolean is_in_repository(const char *path)
{
	g_autofree char *folder = g_canonicalize_filename(path, NULL);

	for (;;) {
		g_autofree char *git = g_build_filename(folder, ".git", NULL);
		g_autofree char *head = g_build_filename(folder, "HEAD", NULL);
		g_autofree char *objects = g_build_filename(folder, "objects", NULL);
		if (g_file_test(git, G_FILE_TEST_EXISTS) || (g_file_test(head, G_FILE_TEST_IS_REGULAR) && g_file_test(objects, G_FILE_TEST_IS_DIR)))
			return TRUE;
		char *parent = g_path_get_dirname(folder);
		gboolean top = strcmp(parent, folder) == 0;
		g_free(folder);
		folder = parent;
		if (top)
			return FALSE;
	}
}

/* Readable by its owner alone, and where git does not come: the name as given, and where a symbolic link leads. */
static gboolean check_place(const char *path, Diagnostics *d)
{
	g_autofree char *real = realpath(path, NULL);
	g_autofree char *folder = g_path_get_dirname(path), *real_folder = real != NULL ? g_path_get_dirname(real) : NULL;
	Position at = {path, 0, 0, NULL};
	struct stat st;
	gboolean good = TRUE;

	if (stat(path, &st) != 0) {
		diagnose(d, MSG_NAMES_READ, &at, g_strerror(errno));
		return FALSE;
	}
	if (S_ISDIR(st.st_mode)) {
		diagnose(d, MSG_NAMES_READ, &at, g_strerror(EISDIR));
		return FALSE;
	}
	if (is_in_repository(folder) || (real_folder != NULL && is_in_repository(real_folder))) {
		diagnose(d, MSG_NAMES_REPOSITORY, &at);
		good = FALSE;
	}
	if ((st.st_mode & 077) != 0) {
		g_autofree char *mode = g_strdup_printf("%03o", (guint)st.st_mode & 0777);
		diagnose(d, MSG_NAMES_MODE, &at, mode, path);
		good = FALSE;
	}
	return good;
}

PrivacyList *privacy_list_load(const char *path, Diagnostics *d)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = NULL;
	Position at = {path, 0, 0, NULL};
	gsize size;

	if (!check_place(path, d))
		return NULL;
	bytes = file_load(path, LIST_LIMIT, &error);
	if (bytes == NULL) {
		diagnose(d, MSG_NAMES_READ, &at, error->message);
		return NULL;
	}
	const char *text = g_bytes_get_data(bytes, &size);
	return privacy_list_parse(text != NULL ? text : "", size, path, d);
}

/* What is there, without blank lines at its end. NULL after reporting. */
static GString *read_for_adding(const char *path, Diagnostics *d)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = NULL;
	Position at = {path, 0, 0, NULL};
	GString *text = g_string_new(NULL);
	gsize size = 0;

	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return text;
	bytes = check_place(path, d) ? file_load(path, LIST_LIMIT, &error) : NULL;
	if (bytes == NULL) {
		if (error != NULL)
			diagnose(d, MSG_NAMES_READ, &at, error->message);
		g_string_free(text, TRUE);
		return NULL;
	}
	const char *data = g_bytes_get_data(bytes, &size);
	g_string_append_len(text, data, (gssize)size);
	if (text->len > 0 && text->str[text->len - 1] != '\n')
		g_string_append_c(text, '\n');
	return text;
}

static gboolean save_list(const char *path, const GString *text, Diagnostics *d)
{
	g_autofree char *folder = g_path_get_dirname(path), *real = realpath(path, NULL);
	g_autoptr(GError) error = NULL;
	mode_t mask = umask(077);
	gboolean saved = g_mkdir_with_parents(folder, 0700) == 0 && file_save(real != NULL ? real : path, text->str, text->len, &error);

	umask(mask);
	if (!saved)
		diagnose(d, MSG_FILE_WRITE, NULL, path, error != NULL ? error->message : g_strerror(errno));
	return saved;
}

gboolean privacy_list_add(const char *path, const char *name, const char *pseudonym, guint *entry, Diagnostics *d)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autoptr(PrivacyList) list = NULL;
	Position at = {path, 0, 0, NULL};
	GString *text;
	gboolean saved = FALSE;

	if (is_in_repository(folder)) {
		diagnose(d, MSG_NAMES_REPOSITORY, &at);
		return FALSE;
	}
	text = read_for_adding(path, d);
	if (text == NULL)
		return FALSE;
	*entry = 1;
	for (gsize i = 0; i < text->len; i++)
		*entry += text->str[i] == '\n';
	g_string_append_printf(text, "%s = %s\n", name, pseudonym);
	list = privacy_list_parse(text->str, text->len, path, d);
	if (list != NULL)
		saved = save_list(path, text, d);
	g_string_free(text, TRUE);
	return saved;
}

void privacy_list_free(PrivacyList *list)
{
	if (list == NULL)
		return;
	name_table_free(list->table);
	g_free(list);
}

guint privacy_list_count(const PrivacyList *list)
{
	return list->persons;
}

guint privacy_list_allowed(const PrivacyList *list)
{
	return list->allowed;
}

const NameTable *privacy_list_table(const PrivacyList *list)
{
	return list->table;
}
