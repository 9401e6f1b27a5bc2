/* What the files of a workspace name: ids, cases with their persons, and which files are about which case. Linear. */
#include "document/room.h"

#include <string.h>

/* Nearly every label: letters of ASCII, single spaces. NULL: it is not. */
static char *fold_plain(const char *label)
{
	char *folded = g_strdup(label);

	for (char *p = folded; *p != '\0'; p++) {
		if ((guchar)*p >= 0x80 || (guchar)*p < ' ' || (*p == ' ' && (p == folded || p[1] == ' ' || p[1] == '\0'))) {
			g_free(folded);
			return NULL;
		}
		*p = g_ascii_tolower(*p);
	}
	return folded;
}

/* As label_fold, with the colon that may stand at its end. */
static char *fold(const char *label)
{
	char *plain = fold_plain(label);

	if (plain != NULL)
		return plain;
	g_autofree char *whole = g_utf8_normalize(label, -1, G_NORMALIZE_NFC);
	GString *out = g_string_new(NULL);

	for (const char *p = whole != NULL ? whole : label; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (g_unichar_type(c) == G_UNICODE_FORMAT) /* what nobody sees: a soft hyphen, a character without width */
			continue;
		if (g_unichar_isspace(c) || c == 0x202F) {
			if (out->len > 0 && out->str[out->len - 1] != ' ')
				g_string_append_c(out, ' ');
		} else {
			g_string_append_unichar(out, c == 0x2019 || c == 0x2018 ? '\'' : c);
		}
	}
	if (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	char *folded = g_utf8_casefold(out->str, (gssize)out->len);
	g_string_free(out, TRUE);
	return folded;
}

char *label_fold(const char *label)
{
	char *folded = fold(label);
	gsize length = strlen(folded);

	while (length > 1 && (folded[length - 1] == ':' || folded[length - 1] == ' '))
		folded[--length] = '\0';
	return folded;
}

static void case_free(gpointer data)
{
	Case *c = data;

	g_ptr_array_unref(c->persons);
	g_ptr_array_unref(c->sources);
	g_free(c);
}

static void add_entity(Workspace *w, Entity *e)
{
	GPtrArray *kind;

	if (e->id == NULL || *e->id == '\0' || g_hash_table_contains(w->ids, e->id))
		return;
	g_hash_table_insert(w->ids, (gpointer)e->id, e);
	kind = g_hash_table_lookup(w->kinds, e->kind);
	if (kind == NULL) {
		kind = g_ptr_array_new();
		g_hash_table_insert(w->kinds, (gpointer)e->kind, kind);
	}
	g_ptr_array_add(kind, (gpointer)e->id);
}

static void index_file(Workspace *w, Record *r)
{
	Case *c = NULL;

	for (guint i = 0; r->entities != NULL && i < r->entities->len; i++) {
		Entity *e = &g_array_index(r->entities, Entity, i);
		if (i == 0 && strcmp(e->kind, "case") == 0) {
			c = g_new0(Case, 1);
			*c = (Case){&r->file, r->file.id, g_ptr_array_new(), g_ptr_array_new()};
			g_ptr_array_add(w->cases, c);
			g_hash_table_insert(w->case_roots, r, c);
		}
		e->owner = c;
		if (e->person != NULL && c != NULL) {
			r->doubtful = r->doubtful || scope_find_person(c, e->person->folded) != NULL;
			e->person->owner = c;
			g_ptr_array_add(c->persons, e->person);
		}
		add_entity(w, e);
	}
}

/* The folder that a case stands in is about that case, down to the next case. A folder with two cases is about neither. */
static void find_folders(Workspace *w)
{
	g_autoptr(GHashTable) folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < w->cases->len; i++) {
		Case *c = w->cases->pdata[i];
		char *folder = g_path_get_dirname(c->file->name);
		gboolean shared = g_hash_table_contains(folders, folder);
		g_hash_table_replace(folders, folder, shared ? NULL : c);
	}
	for (guint i = 0; i < w->files->len; i++) {
		Record *r = w->files->pdata[i];
		g_autofree char *folder = g_strdup(r->file.name);
		for (char *slash; r->folder == NULL && (slash = strrchr(folder, '/')) != NULL;) {
			*slash = '\0';
			if (g_hash_table_lookup_extended(folders, folder, NULL, (gpointer *)&r->folder))
				break;
		}
	}
}

static void add_source(const Case *c, const DocumentFile *file)
{
	if (c != NULL && (c->sources->len == 0 || c->sources->pdata[c->sources->len - 1] != file))
		g_ptr_array_add(c->sources, (gpointer)file);
}

static gboolean is_kind(const DocumentFile *file, const char *kind)
{
	return g_strcmp0(file->kind, kind) == 0;
}

/* Whether what is said in such a file is gathered. */
gboolean source_is_kind(const char *kind)
{
	static const char *const kinds[] = {"session", "chapter", "case", "thread", NULL};

	return kind != NULL && g_strv_contains(kinds, kind);
}

static void find_sources(Workspace *w)
{
	for (guint i = 0; i < w->files->len; i++) {
		Record *r = w->files->pdata[i];
		if (!source_is_kind(r->file.kind))
			continue;
		g_auto(GStrv) ids = split_words(r->cases);
		for (char **id = ids; *id != NULL; id++)
			add_source(index_case(w, *id), &r->file);
		if (is_kind(&r->file, "case"))
			add_source(g_hash_table_lookup(w->case_roots, r), &r->file);
		else if (r->cases == NULL)
			add_source(r->folder, &r->file);
	}
}

/* The ids that stand in a text which is not (good) XML. */
static void note_lost_ids(Workspace *w, const char *text, gsize size)
{
	const char *end = text + size;

	for (const char *p = text; (p = g_strstr_len(p, (gssize)(end - p), " id=")) != NULL;) {
		p += strlen(" id=");
		if (p >= end || (*p != '"' && *p != '\''))
			continue;
		const char *close = memchr(p + 1, *p, (gsize)(end - p - 1));
		if (close == NULL)
			return;
		g_hash_table_add(w->lost, g_strndup(p + 1, (gsize)(close - p - 1)));
		p = close;
	}
}

static void find_lost(Workspace *w)
{
	for (guint i = 0; i < w->files->len; i++) {
		Record *r = w->files->pdata[i];
		gsize size = 0;
		const char *text = r->text != NULL ? g_bytes_get_data(r->text, &size) : NULL;
		if (text == NULL || r->plain || (read_is_readable(&r->file) && !r->broken))
			continue;
		note_lost_ids(w, text, size);
		w->lost_case = w->lost_case || g_strstr_len(text, (gssize)size, "<case") != NULL;
	}
}

void index_names(Workspace *w)
{
	w->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	w->by_base = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < w->files->len; i++) {
		Record *r = w->files->pdata[i];
		g_autofree char *base = g_path_get_basename(r->file.name);
		g_autofree char *folded = g_utf8_casefold(base, -1);
		g_hash_table_insert(w->by_name, path_key(r->file.name), r);
		if (!g_hash_table_contains(w->by_base, folded))
			g_hash_table_insert(w->by_base, g_steal_pointer(&folded), r);
	}
}

void index_build(Workspace *w)
{
	GHashTableIter i;
	gpointer kind;

	w->ids = g_hash_table_new(g_str_hash, g_str_equal);
	w->kinds = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
	w->cases = g_ptr_array_new_with_free_func(case_free);
	w->case_roots = g_hash_table_new(NULL, NULL);
	w->lost = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	find_lost(w);
	for (guint f = 0; f < w->files->len; f++)
		index_file(w, w->files->pdata[f]);
	g_hash_table_iter_init(&i, w->kinds);
	while (g_hash_table_iter_next(&i, NULL, &kind))
		g_ptr_array_add(kind, NULL);
	find_folders(w);
	find_sources(w);
}

void index_free(Workspace *w)
{
	g_clear_pointer(&w->by_name, g_hash_table_unref);
	g_clear_pointer(&w->by_base, g_hash_table_unref);
	g_clear_pointer(&w->lost, g_hash_table_unref);
	g_clear_pointer(&w->ids, g_hash_table_unref);
	g_clear_pointer(&w->kinds, g_hash_table_unref);
	g_clear_pointer(&w->case_roots, g_hash_table_unref);
	g_clear_pointer(&w->cases, g_ptr_array_unref);
}

const Entity *index_lookup(const Workspace *w, const char *id)
{
	return id != NULL ? g_hash_table_lookup(w->ids, id) : NULL;
}

gboolean index_is_lost(const Workspace *w, const char *id)
{
	return g_hash_table_contains(w->lost, id);
}

const Case *index_case(const Workspace *w, const char *id)
{
	const Entity *e = index_lookup(w, id);

	return e != NULL && strcmp(e->kind, "case") == 0 ? e->owner : NULL;
}

const xmlNode *entity_element(const Workspace *w, const Entity *e)
{
	const xmlNode *root = read_root(w, e->file);

	if (root == NULL || xml_position(root).line == e->line)
		if (root == NULL || (xml_is(root, e->kind) && g_strcmp0(xml_attribute(root, "id"), e->id) == 0))
			return root;
	for (const xmlNode *group = xml_first(root, NULL); group != NULL; group = xml_next(group, NULL))
		for (const xmlNode *n = xml_first(group, e->kind); n != NULL; n = xml_next(n, e->kind))
			if (g_strcmp0(xml_attribute(n, "id"), e->id) == 0 && xml_position(n).line == e->line)
				return n;
	return NULL;
}

const xmlNode *case_root(const Workspace *w, const Case *c)
{
	return read_root(w, c->file);
}
