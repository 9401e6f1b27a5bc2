/* Walking all that a repository holds: commits, objects, names, what is staged. */
#include "history/room.h"

#include <string.h>

static char *who(const git_signature *s)
{
	g_autofree char *text = s != NULL ? g_strdup_printf("%s <%s>", s->name, s->email) : g_strdup("");

	return g_utf8_make_valid(text, -1);
}

static gboolean visit_commit(History *h, const git_oid *id, gboolean (*visit)(const HistoryCommit *commit, gpointer data), gpointer data)
{
	const Git *g = &h->git;
	git_commit *commit = NULL;
	char hex[GIT_OID_HEXSZ + 1];

	if (g->git_commit_lookup(&commit, h->repository, id) != 0)
		return TRUE; /* in a shallow clone */
	g_autofree char *message = g_utf8_make_valid(g->git_commit_message(commit), -1);
	g_autofree char *author = who(g->git_commit_author(commit)), *committer = who(g->git_commit_committer(commit));
	const HistoryCommit c = {g->git_oid_tostr(hex, sizeof hex, id), message, author, committer};
	gboolean further = visit(&c, data);
	g->git_commit_free(commit);
	return further;
}

gboolean history_each_commit(History *h, gboolean (*visit)(const HistoryCommit *commit, gpointer data), gpointer data, Diagnostics *d)
{
	const Git *g = &h->git;
	git_revwalk *walk = NULL;
	git_oid id;
	int result;

	if (g->git_revwalk_new(&walk, h->repository) != 0)
		return git_failed(h, d);
	g->git_revwalk_sorting(walk, GIT_SORT_TIME);
	g->git_revwalk_push_glob(walk, "*");
	g->git_revwalk_push_head(walk); /* fails where nothing was committed: then there is nothing to walk */
	while ((result = g->git_revwalk_next(&id, walk)) == 0)
		if (!visit_commit(h, &id, visit, data))
			break;
	g->git_revwalk_free(walk);
	return result == 0 || result == GIT_ITEROVER || git_failed(h, d);
}

typedef struct {
	History *h;
	git_odb *objects;
	gboolean (*visit)(const char *kind, const char *id, GBytes *bytes, gpointer data);
	gpointer data;
} ObjectWalk;

static int visit_object(const git_oid *id, void *data)
{
	const ObjectWalk *walk = data;
	const Git *g = &walk->h->git;
	git_odb_object *object = NULL;
	char hex[GIT_OID_HEXSZ + 1];

	if (g->git_odb_read(&object, walk->objects, id) != 0)
		return -1;
	g_autoptr(GBytes) bytes = g_bytes_new(g->git_odb_object_data(object), g->git_odb_object_size(object));
	gboolean further = walk->visit(g->git_object_type2string(g->git_odb_object_type(object)), g->git_oid_tostr(hex, sizeof hex, id), bytes, walk->data);
	g->git_odb_object_free(object);
	return further ? 0 : 1;
}

gboolean history_each_object(History *h, gboolean (*visit)(const char *kind, const char *id, GBytes *bytes, gpointer data), gpointer data,
                             Diagnostics *d)
{
	ObjectWalk walk = {h, NULL, visit, data};
	int result = h->git.git_repository_odb(&walk.objects, h->repository);

	if (result == 0)
		result = h->git.git_odb_foreach(walk.objects, visit_object, &walk);
	h->git.git_odb_free(walk.objects);
	return result >= 0 || git_failed(h, d);
}

gboolean history_each_ref(History *h, gboolean (*visit)(const char *name, const char *target, gpointer data), gpointer data, Diagnostics *d)
{
	const Git *g = &h->git;
	git_reference_iterator *all = NULL;
	git_reference *one = NULL;
	gboolean further = TRUE;
	char hex[GIT_OID_HEXSZ + 1];
	int result = g->git_reference_iterator_new(&all, h->repository);

	while (result == 0 && further && (result = g->git_reference_next(&one, all)) == 0) {
		const git_oid *target = g->git_reference_target(one);
		further = visit(g->git_reference_name(one), target != NULL ? g->git_oid_tostr(hex, sizeof hex, target) : "", data);
		g->git_reference_free(one);
	}
	g->git_reference_iterator_free(all);
	return result == 0 || result == GIT_ITEROVER || git_failed(h, d);
}

/* FALSE: the visitor has seen enough. */
static gboolean visit_staged(History *h, const git_diff_file *file, gboolean (*visit)(const char *path, GBytes *bytes, gpointer data), gpointer data)
{
	const Git *g = &h->git;
	git_blob *blob = NULL;
	gboolean further = TRUE;

	gboolean found = g->git_blob_lookup(&blob, h->repository, &file->id) == 0; /* a submodule has none: only its path counts */
	g_autoptr(GBytes) bytes = found ? g_bytes_new(g->git_blob_rawcontent(blob), (gsize)g->git_blob_rawsize(blob)) : g_bytes_new(NULL, 0);
	further = visit(file->path, bytes, data);
	g->git_blob_free(blob);
	return further;
}

gboolean history_each_staged(History *h, gboolean (*visit)(const char *path, GBytes *bytes, gpointer data), gpointer data, Diagnostics *d)
{
	const Git *g = &h->git;
	git_index *index = NULL;
	git_object *tree = NULL;
	git_diff *diff = NULL;
	const char *other = g_getenv("GIT_INDEX_FILE"); /* git commit FILE and git commit -a make one of their own, and name it to hooks */
	int result = other != NULL && *other != '\0' ? g->git_index_open(&index, other) : g->git_repository_index(&index, h->repository);

	g->git_revparse_single(&tree, h->repository, "HEAD^{tree}"); /* NULL where nothing was committed: all is new then */
	if (result == 0)
		result = g->git_diff_tree_to_index(&diff, h->repository, (git_tree *)tree, index, NULL);
	for (gsize i = 0; result == 0 && i < g->git_diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = g->git_diff_get_delta(diff, i);
		if (delta->status != GIT_DELTA_DELETED && !visit_staged(h, &delta->new_file, visit, data))
			break;
	}
	g->git_diff_free(diff);
	g->git_object_free(tree);
	g->git_index_free(index);
	return result == 0 || git_failed(h, d);
}
