/* Revisions by name or date, editions, and the files of a workspace as a revision has them. */
#include "history/room.h"

#include "base/text.h"

#include <string.h>

/* ---- finding ---- */

typedef struct {
	guint year, month, day; /* day 0: the whole month */
	gboolean iso;           /* written "2025-03-14" or "2025-03" */
} Date;

/* What somebody may mean by a date: its parts in this or the other order, with other marks between. FALSE: it is none. */
static gboolean read_date(const char *name, Date *date)
{
	g_auto(GStrv) parts = g_strsplit_set(name, "-/. ", 4);
	guint n = g_strv_length(parts), number[3] = {0};
	gsize length[3] = {0};

	if (n == 0 || n > 3)
		return FALSE;
	for (guint i = 0; i < n; i++) {
		length[i] = strlen(parts[i]);
		if (length[i] == 0 || length[i] > 4 || strspn(parts[i], "0123456789") != length[i])
			return FALSE;
		number[i] = (guint)g_ascii_strtoull(parts[i], NULL, 10);
	}
	if (length[0] == 4) {
		*date = (Date){number[0], number[1], number[2], n > 1 && length[1] == 2 && (n == 2 || length[2] == 2) && strpbrk(name, "/. ") == NULL};
		return TRUE;
	}
	*date = n == 3 ? (Date){number[2], number[1], number[0], FALSE} : (Date){number[1], number[0], 0, FALSE};
	return n > 1 && length[n - 1] == 4;
}

static gboolean date_exists(const Date *date)
{
	return g_date_valid_dmy((GDateDay)(date->day > 0 ? date->day : 1), (GDateMonth)date->month, (GDateYear)date->year);
}

static void report_date(const char *name, const Date *date, Diagnostics *d)
{
	g_autofree char *day = g_strdup_printf("%04u-%02u-%02u", date->year, date->month, date->day);

	diagnose(d, MSG_GIT_DATE_FORM, NULL, name, date->day > 0 && date_exists(date) ? day : "2025-03-14");
}

/* The newest commit of HEAD's history whose own day is not after this one. NULL: none, or *result tells what failed. */
static char *find_by_date(History *h, const char *date, int *result)
{
	const Git *g = &h->git;
	git_revwalk *walk = NULL;
	char *found = NULL, hex[GIT_OID_HEXSZ + 1];
	git_oid id;

	*result = g->git_revwalk_new(&walk, h->repository);
	if (*result != 0)
		return NULL;
	g->git_revwalk_sorting(walk, GIT_SORT_TIME);
	*result = g->git_revwalk_push_head(walk);
	while (found == NULL && *result == 0 && (*result = g->git_revwalk_next(&id, walk)) == 0) {
		git_commit *commit = NULL;
		*result = g->git_commit_lookup(&commit, h->repository, &id);
		if (*result != 0)
			break;
		g_autofree char *day = git_day(g, commit);
		if (strncmp(day, date, strlen(date)) <= 0)
			found = g_strdup(g->git_oid_tostr(hex, sizeof hex, &id));
		g->git_commit_free(commit);
	}
	g->git_revwalk_free(walk);
	return found;
}

/* Names a user may have meant: tags and branches, without refs/heads/ and the like. */
static GPtrArray *list_names(const History *h)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	git_strarray all = {0};

	if (h->git.git_reference_list(&all, h->repository) == 0)
		for (gsize i = 0; i < all.count; i++) {
			const char *slash = g_str_has_prefix(all.strings[i], "refs/") ? strchr(all.strings[i] + strlen("refs/"), '/') : NULL;
			if (slash != NULL)
				g_ptr_array_add(names, g_strdup(slash + 1));
		}
	h->git.git_strarray_dispose(&all);
	g_ptr_array_add(names, NULL);
	return names;
}

static void report_unknown(History *h, const char *name, Diagnostics *d)
{
	g_autoptr(GPtrArray) names = list_names(h);
	const char *near = text_closest(name, (const char *const *)names->pdata);

	if (near == NULL && !history_is_begun(h, d))
		return;
	if (near != NULL)
		diagnose(d, MSG_GIT_UNKNOWN_NEAR, NULL, name, near);
	else
		diagnose(d, history_is_shallow(h) ? MSG_GIT_UNKNOWN_SHALLOW : MSG_GIT_UNKNOWN, NULL, name);
}

static char *find_date(History *h, const char *name, const Date *date, Diagnostics *d)
{
	int result = 0;
	char *found = NULL;

	if (!date->iso || !date_exists(date)) {
		report_date(name, date, d);
		return NULL;
	}
	if (!history_is_begun(h, d))
		return NULL;
	found = find_by_date(h, name, &result);
	if (found == NULL && history_is_shallow(h))
		diagnose(d, MSG_GIT_UNKNOWN_SHALLOW, NULL, name);
	else if (found == NULL && (result == GIT_ITEROVER || git_failed(h, d)))
		diagnose(d, MSG_GIT_DATE, NULL, name);
	return found;
}

/* A name that git knows, of what it does not have. */
static gboolean is_name(const History *h, const char *name)
{
	g_autoptr(GPtrArray) names = list_names(h);

	return g_strv_contains((const char *const *)names->pdata, name);
}

char *history_find(History *h, const char *name, Diagnostics *d)
{
	git_object *object = NULL, *commit = NULL;
	char *found = NULL, hex[GIT_OID_HEXSZ + 1];
	Date date;

	if (h->git.git_revparse_single(&object, h->repository, name) == 0 && h->git.git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0)
		found = g_strdup(h->git.git_oid_tostr(hex, sizeof hex, h->git.git_object_id(commit)));
	h->git.git_object_free(commit);
	h->git.git_object_free(object);
	if (found != NULL)
		return found;
	if (is_name(h, name))
		diagnose(d, MSG_GIT_LOST, NULL, name, name);
	else if (read_date(name, &date))
		return find_date(h, name, &date, d);
	else
		report_unknown(h, name, d);
	return NULL;
}

static git_commit *lookup(History *h, const char *revision)
{
	git_commit *commit = NULL;
	git_oid id;

	if (h->git.git_oid_fromstr(&id, revision) == 0 && h->git.git_commit_lookup(&commit, h->repository, &id) == 0)
		return commit;
	return NULL;
}

char *history_date(History *h, const char *revision)
{
	git_commit *commit = lookup(h, revision);
	char *day = commit != NULL ? git_day(&h->git, commit) : NULL;

	h->git.git_commit_free(commit);
	return day;
}

/* ---- editions ---- */

static void edition_free(gpointer data)
{
	HistoryEdition *e = data;

	g_free(e->edition);
	g_free(e->tag);
	g_free(e->revision);
	g_free(e->date);
	g_free(e);
}

static int compare_editions(gconstpointer x, gconstpointer y)
{
	const HistoryEdition *a = *(HistoryEdition *const *)x, *b = *(HistoryEdition *const *)y;
	gint64 order = a->time - b->time;
	int numbers = (int)(g_ascii_strtoll(a->edition, NULL, 10) - g_ascii_strtoll(b->edition, NULL, 10));

	return order != 0 ? (order < 0 ? -1 : 1) : numbers != 0 ? numbers : strcmp(a->edition, b->edition);
}

/* The commit that a tag names; when head is not NULL, only if that is it or grew from it. */
static HistoryEdition *read_edition(History *h, const char *tag, const git_oid *head)
{
	const Git *g = &h->git;
	g_autofree char *name = g_strconcat("refs/tags/", tag, NULL);
	git_reference *reference = NULL;
	git_object *object = NULL;
	HistoryEdition *e = NULL;
	char hex[GIT_OID_HEXSZ + 1];

	if (g->git_reference_lookup(&reference, h->repository, name) == 0 && g->git_reference_peel(&object, reference, GIT_OBJECT_COMMIT) == 0) {
		const git_oid *id = g->git_object_id(object);
		if (head == NULL || g->git_oid_equal(id, head) || g->git_graph_descendant_of(h->repository, head, id) == 1) {
			const git_commit *commit = (const git_commit *)object;
			e = g_new0(HistoryEdition, 1);
			*e = (HistoryEdition){.tag = g_strdup(tag), .edition = g_strdup(strchr(tag, '/') + 1), .date = git_day(g, commit),
			                      .revision = g_strdup(g->git_oid_tostr(hex, sizeof hex, id)), .time = g->git_commit_time(commit)};
		}
	}
	g->git_object_free(object);
	g->git_reference_free(reference);
	return e;
}

GPtrArray *history_editions(History *h, const char *id, gboolean all)
{
	GPtrArray *editions = g_ptr_array_new_with_free_func(edition_free);
	g_autofree char *pattern = g_strconcat(id, "/*", NULL);
	git_object *head = NULL;
	git_strarray tags = {0};

	if (h->git.git_revparse_single(&head, h->repository, "HEAD^{commit}") == 0 &&
	    h->git.git_tag_list_match(&tags, pattern, h->repository) == 0) {
		for (gsize i = 0; i < tags.count; i++) {
			HistoryEdition *e = read_edition(h, tags.strings[i], all ? NULL : h->git.git_object_id(head));
			if (e != NULL)
				g_ptr_array_add(editions, e);
		}
	}
	h->git.git_strarray_dispose(&tags);
	h->git.git_object_free(head);
	g_ptr_array_sort(editions, compare_editions);
	return editions;
}

gboolean history_has_edition(History *h, const char *id, const char *edition)
{
	g_autofree char *name = g_strconcat("refs/tags/", id, "/", edition, NULL);
	git_reference *reference = NULL;
	gboolean has = h->git.git_reference_lookup(&reference, h->repository, name) == 0;

	h->git.git_reference_free(reference);
	return has;
}

gboolean history_tag(History *h, const char *id, const char *edition, const char *message, Diagnostics *d)
{
	g_autofree char *name = g_strconcat(id, "/", edition, NULL);
	git_signature *who = NULL;
	git_object *head = NULL;
	git_oid tag;
	int valid = 0, result = -1;

	if (h->git.git_tag_name_is_valid(&valid, name) != 0 || !valid) {
		diagnose(d, MSG_EDITION_NAME, NULL, edition);
		return FALSE;
	}
	if (h->git.git_signature_default(&who, h->repository) != 0) {
		diagnose(d, MSG_GIT_WHO, NULL);
		return FALSE;
	}
	if (h->git.git_revparse_single(&head, h->repository, "HEAD^{commit}") == 0)
		result = h->git.git_tag_create(&tag, h->repository, name, head, who, message, 0);
	h->git.git_object_free(head);
	h->git.git_signature_free(who);
	return result == 0 || git_failed(h, d);
}

/* ---- the files of a revision ---- */

struct HistoryTree {
	History *h;
	GPtrArray *names;     /* NULL-terminated */
	GHashTable *ids;      /* name -> git_oid; links have none */
	GHashTable *folders;  /* names */
	const char *lost;     /* one of names */
	WorkspaceSource source;
};

typedef struct {
	HistoryTree *t;
	const char *top; /* what the tree that is walked is called in the workspace */
} Walk;

static int note_entry(const char *folder, const git_tree_entry *entry, void *data)
{
	const Walk *walk = data;
	HistoryTree *t = walk->t;
	const Git *g = &t->h->git;
	char *name = g_strconcat(walk->top, "/", folder, g->git_tree_entry_name(entry), NULL);
	git_object_t type = g->git_tree_entry_type(entry);
	gboolean link = g->git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK;

	if (type == GIT_OBJECT_TREE)
		g_hash_table_add(t->folders, name);
	else if (type == GIT_OBJECT_BLOB)
		g_ptr_array_add(t->names, name);
	else
		g_free(name);
	if (type == GIT_OBJECT_BLOB)
		g_hash_table_insert(t->ids, name, link ? NULL : g_memdup2(g->git_tree_entry_id(entry), sizeof(git_oid)));
	return 0;
}

static PathState state_of(gpointer data, const char *name)
{
	const HistoryTree *t = data;
	gpointer id;

	if (g_hash_table_contains(t->folders, name))
		return PATH_FOLDER;
	if (!g_hash_table_lookup_extended(t->ids, name, NULL, &id))
		return PATH_ABSENT;
	return id != NULL ? PATH_FILE : PATH_LINK;
}

static GBytes *load_blob(gpointer data, const char *name, gsize limit, GError **error)
{
	HistoryTree *t = data;
	const Git *g = &t->h->git;
	const git_oid *id = g_hash_table_lookup(t->ids, name);
	git_blob *blob = NULL;
	GBytes *bytes = NULL;

	g_mutex_lock(&t->h->lock);
	if (id == NULL || g->git_blob_lookup(&blob, t->h->repository, id) != 0) {
		if (id != NULL && t->lost == NULL)
			g_hash_table_lookup_extended(t->ids, name, (gpointer *)&t->lost, NULL);
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "%s", id != NULL && g->git_error_last() != NULL ? g->git_error_last()->message : "?");
	} else if ((gsize)g->git_blob_rawsize(blob) > limit) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "%s", name);
	} else {
		bytes = g_bytes_new(g->git_blob_rawcontent(blob), (gsize)g->git_blob_rawsize(blob));
	}
	g->git_blob_free(blob);
	g_mutex_unlock(&t->h->lock);
	return bytes;
}

/* The tree of a folder in a commit; NULL when it has none. *lost: it has one that git no longer has. */
static git_tree *open_folder(History *h, const char *revision, const char *folder, gboolean *lost)
{
	const Git *g = &h->git;
	git_commit *commit = lookup(h, revision);
	git_tree *top = NULL, *tree = NULL;
	git_tree_entry *entry = NULL;

	*lost = commit == NULL || g->git_commit_tree(&top, commit) != 0;
	if (!*lost && g->git_tree_entry_bypath(&entry, top, folder) == 0 && g->git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		*lost = g->git_tree_lookup(&tree, h->repository, g->git_tree_entry_id(entry)) != 0;
	g->git_tree_entry_free(entry);
	g->git_tree_free(top);
	g->git_commit_free(commit);
	return tree;
}

HistoryTree *history_read(History *h, const char *revision, Diagnostics *d)
{
	g_autofree char *folder = g_strconcat(h->prefix, "cases", NULL), *shown = g_strndup(revision, 10);
	gboolean lost;
	git_tree *tree = open_folder(h, revision, folder, &lost);
	g_autoptr(HistoryTree) t = NULL;

	if (tree == NULL) {
		diagnose(d, lost ? MSG_GIT_LOST : MSG_GIT_NO_CASES, NULL, shown, folder);
		return NULL;
	}
	t = g_new0(HistoryTree, 1);
	*t = (HistoryTree){.h = h, .names = g_ptr_array_new_with_free_func(g_free), .ids = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free),
	                   .folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
	g_hash_table_add(t->folders, g_strdup("cases"));
	Walk walk = {t, "cases"};
	int result = h->git.git_tree_walk(tree, GIT_TREEWALK_PRE, note_entry, &walk);
	h->git.git_tree_free(tree);
	if (result != 0) {
		diagnose(d, MSG_GIT_LOST, NULL, shown, folder);
		return NULL;
	}
	g_ptr_array_sort(t->names, text_compare);
	g_ptr_array_add(t->names, NULL);
	t->source = (WorkspaceSource){(const char *const *)t->names->pdata, state_of, load_blob, t};
	return g_steal_pointer(&t);
}

void history_tree_free(HistoryTree *t)
{
	if (t == NULL)
		return;
	g_hash_table_unref(t->ids);
	g_hash_table_unref(t->folders);
	g_ptr_array_unref(t->names);
	g_free(t);
}

const char *history_lost(const HistoryTree *t)
{
	return t->lost;
}

const WorkspaceSource *history_source(const HistoryTree *t)
{
	return &t->source;
}
