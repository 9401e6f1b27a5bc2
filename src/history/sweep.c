/* Everything that a history holds, a piece at a time: for who looks for something that must not be in it. */
#include "history/room.h"

#include <string.h>

enum { TREE_DEPTH = 64 };

typedef struct {
	History *h;
	GHashTable *seen; /* of every object given: GBytes of its id */
	HistoryVisit visit;
	gpointer data;
	gboolean stopped;
	const char *revision; /* of the commit at hand, 40 digits; NULL: nothing leads to it */
} Sweep;

/* FALSE: it was seen before. */
static gboolean see(Sweep *s, const git_oid *id)
{
	return g_hash_table_add(s->seen, g_bytes_new(id->id, GIT_OID_RAWSZ));
}

static void give(Sweep *s, HistoryKind kind, const char *revision, const char *path, const char *text)
{
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	const HistoryPiece piece = {kind, revision, path, bytes, kind == HISTORY_PATH && s->revision == NULL};

	s->stopped = s->stopped || !s->visit(&piece, s->data);
}

static void sweep_blob(Sweep *s, const git_oid *id, const char *path)
{
	const Git *g = &s->h->git;
	git_blob *blob = NULL;
	char hex[GIT_OID_HEXSZ + 1];

	if (!see(s, id) || s->visit == NULL || g->git_blob_lookup(&blob, s->h->repository, id) != 0)
		return;
	g_autoptr(GBytes) bytes = g_bytes_new(g->git_blob_rawcontent(blob), (gsize)g->git_blob_rawsize(blob));
	const HistoryPiece piece = {HISTORY_FILE, s->revision != NULL ? s->revision : g->git_oid_tostr(hex, sizeof hex, id), path, bytes, s->revision == NULL};
	s->stopped = s->stopped || !s->visit(&piece, s->data);
	g->git_blob_free(blob);
}

/* Without a visitor the objects only count as seen. */
static void sweep_tree(Sweep *s, const git_oid *id, const char *folder, int depth)
{
	const Git *g = &s->h->git;
	git_tree *tree = NULL;
	char hex[GIT_OID_HEXSZ + 1];

	if (depth > TREE_DEPTH || !see(s, id) || g->git_tree_lookup(&tree, s->h->repository, id) != 0)
		return;
	for (gsize i = 0; i < g->git_tree_entrycount(tree) && !s->stopped; i++) {
		const git_tree_entry *entry = g->git_tree_entry_byindex(tree, i);
		const git_object_t type = g->git_tree_entry_type(entry);
		g_autofree char *path = g_strconcat(folder, *folder != '\0' ? "/" : "", g->git_tree_entry_name(entry), NULL);
		if (s->visit != NULL)
			give(s, HISTORY_PATH, s->revision != NULL ? s->revision : g->git_oid_tostr(hex, sizeof hex, id), path, path);
		if (type == GIT_OBJECT_TREE)
			sweep_tree(s, g->git_tree_entry_id(entry), path, depth + 1);
		else if (type == GIT_OBJECT_BLOB) /* else a submodule: its objects are elsewhere */
			sweep_blob(s, g->git_tree_entry_id(entry), path);
	}
	g->git_tree_free(tree);
}

static void give_person(Sweep *s, const char *revision, const git_signature *who)
{
	g_autofree char *text = who != NULL ? g_strdup_printf("%s <%s>", who->name, who->email) : g_strdup("");

	give(s, HISTORY_PERSON, revision, NULL, text);
}

static void sweep_commit(Sweep *s, const git_oid *id)
{
	const Git *g = &s->h->git;
	git_commit *commit = NULL;
	git_tree *tree = NULL;
	char hex[GIT_OID_HEXSZ + 1];

	if (!see(s, id) || g->git_commit_lookup(&commit, s->h->repository, id) != 0)
		return; /* in a shallow clone */
	g->git_oid_tostr(hex, sizeof hex, id);
	if (s->visit != NULL) {
		give(s, HISTORY_MESSAGE, hex, NULL, g->git_commit_message(commit));
		give_person(s, hex, g->git_commit_author(commit));
		give_person(s, hex, g->git_commit_committer(commit));
	}
	s->revision = hex;
	if (g->git_commit_tree(&tree, commit) == 0)
		sweep_tree(s, g->git_object_id((git_object *)tree), "", 0);
	s->revision = NULL;
	g->git_tree_free(tree);
	g->git_commit_free(commit);
}

/* A tag's own text: its first line names the object it stands on by its digits, which are no text. */
static void sweep_tag(Sweep *s, const git_oid *id)
{
	const Git *g = &s->h->git;
	git_odb *objects = NULL;
	git_odb_object *object = NULL;
	char hex[GIT_OID_HEXSZ + 1];

	if (!see(s, id) || s->visit == NULL || g->git_repository_odb(&objects, s->h->repository) != 0)
		return;
	if (g->git_odb_read(&object, objects, id) == 0) {
		g_autofree char *text = g_strndup(g->git_odb_object_data(object), g->git_odb_object_size(object));
		const char *rest = strchr(text, '\n');
		give(s, HISTORY_TAG, g->git_oid_tostr(hex, sizeof hex, id), NULL, rest != NULL ? rest + 1 : "");
		g->git_odb_object_free(object);
	}
	g->git_odb_free(objects);
}

/* The commit that a tip names, its tags on the way given. */
static gboolean push_tip(Sweep *s, git_revwalk *walk, const char *tip, gboolean hidden)
{
	const Git *g = &s->h->git;
	git_object *object = NULL, *commit = NULL;
	gboolean pushed = FALSE;
	git_oid id;

	if (g->git_oid_fromstr(&id, tip) != 0 || g->git_object_lookup(&object, s->h->repository, &id, GIT_OBJECT_ANY) != 0)
		return hidden; /* the other side may have what is not here */
	if (!hidden && g->git_object_type(object) == GIT_OBJECT_TAG)
		sweep_tag(s, &id);
	if (g->git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0)
		pushed = (hidden ? g->git_revwalk_hide(walk, g->git_object_id(commit)) : g->git_revwalk_push(walk, g->git_object_id(commit))) == 0;
	g->git_object_free(commit);
	g->git_object_free(object);
	return pushed;
}

/* What hidden commits hold the other side has. */
static void know(Sweep *s, const char *tip)
{
	HistoryVisit visit = s->visit;
	git_oid id;

	s->visit = NULL;
	if (s->h->git.git_oid_fromstr(&id, tip) == 0)
		sweep_commit(s, &id);
	s->visit = visit;
}

static Sweep sweep_new(History *h, HistoryVisit visit, gpointer data)
{
	return (Sweep){h, g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL), visit, data, FALSE, NULL};
}

static int sweep_walk(Sweep *s, git_revwalk *walk)
{
	int result = 0;
	git_oid id;

	while (!s->stopped && (result = s->h->git.git_revwalk_next(&id, walk)) == 0)
		sweep_commit(s, &id);
	return result == GIT_ITEROVER ? 0 : result;
}

gboolean history_each_leaving(History *h, const char *tip, const char *const *known, const HistoryVisitor *visitor, Diagnostics *d)
{
	Sweep s = sweep_new(h, visitor->visit, visitor->data);
	git_revwalk *walk = NULL;
	int result = h->git.git_revwalk_new(&walk, h->repository);

	for (; result == 0 && *known != NULL; known++) {
		push_tip(&s, walk, *known, TRUE);
		know(&s, *known);
	}
	if (result == 0)
		result = push_tip(&s, walk, tip, FALSE) ? sweep_walk(&s, walk) : -1;
	h->git.git_revwalk_free(walk);
	g_hash_table_unref(s.seen);
	return result == 0 || git_failed(h, d);
}

static int sweep_rest(const git_oid *id, void *data)
{
	Sweep *s = data;
	const Git *g = &s->h->git;
	git_object *object = NULL;

	if (g->git_object_lookup(&object, s->h->repository, id, GIT_OBJECT_ANY) != 0)
		return 0;
	switch (g->git_object_type(object)) {
	case GIT_OBJECT_COMMIT:
		sweep_commit(s, id);
		break;
	case GIT_OBJECT_TREE:
		sweep_tree(s, id, "", 0);
		break;
	case GIT_OBJECT_BLOB:
		sweep_blob(s, id, NULL);
		break;
	case GIT_OBJECT_TAG:
		sweep_tag(s, id);
		break;
	default:
		break;
	}
	g->git_object_free(object);
	return s->stopped ? 1 : 0;
}

static gboolean give_ref(const char *name, const char *target, gpointer data)
{
	Sweep *s = data;

	give(s, HISTORY_REF, target, NULL, name);
	return !s->stopped;
}

gboolean history_each_piece(History *h, const HistoryVisitor *visitor, Diagnostics *d)
{
	Sweep s = sweep_new(h, visitor->visit, visitor->data);
	git_odb *objects = NULL;
	git_revwalk *walk = NULL;
	int result = h->git.git_revwalk_new(&walk, h->repository);

	if (result == 0) {
		h->git.git_revwalk_push_glob(walk, "*");
		h->git.git_revwalk_push_head(walk);
		result = sweep_walk(&s, walk);
	}
	h->git.git_revwalk_free(walk);
	if (result == 0 && (result = h->git.git_repository_odb(&objects, h->repository)) == 0)
		result = h->git.git_odb_foreach(objects, sweep_rest, &s);
	h->git.git_odb_free(objects);
	gboolean good = result >= 0 && history_each_ref(h, give_ref, &s, d);
	g_hash_table_unref(s.seen);
	return good || git_failed(h, d);
}

char *history_branch(History *h)
{
	const Git *g = &h->git;
	git_reference *head = NULL;
	char *name = NULL;

	if (g->git_reference_lookup(&head, h->repository, "HEAD") == 0)
		name = g_strdup(g->git_reference_symbolic_target(head));
	g->git_reference_free(head);
	return name;
}

char *history_hooks(History *h)
{
	const Git *g = &h->git;
	git_config *config = NULL;
	git_buf path = GIT_BUF_INIT;
	char *folder = NULL;

	if (g->git_repository_config_snapshot(&config, h->repository) == 0 && g->git_config_get_path(&path, config, "core.hooksPath") == 0)
		folder = g_canonicalize_filename(path.ptr, g->git_repository_workdir(h->repository));
	else if (g->git_repository_item_path(&path, h->repository, GIT_REPOSITORY_ITEM_HOOKS) == 0)
		folder = g_strdup(path.ptr);
	g->git_buf_dispose(&path);
	g->git_config_free(config);
	return folder;
}
