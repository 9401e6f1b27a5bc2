/* Walking the names in a repository, and what is staged. */
#include "history/room.h"

#include <string.h>

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
