/* Inside the room of git: libgit2, linked in without its network (offline.c), or else loaded when it is needed: with all that it brings for the network it
 * costs a start of the program several milliseconds. */
#ifndef ROTONDE_HISTORY_ROOM_H
#define ROTONDE_HISTORY_ROOM_H

#include "history/history.h"

#include <git2.h>

/* Every function of libgit2 that we call. */
#define GIT_FUNCTIONS(F) \
	F(git_libgit2_init) F(git_libgit2_shutdown) F(git_error_last) F(git_oid_fromstr) F(git_oid_tostr) F(git_oid_equal) \
	F(git_repository_open) F(git_repository_free) F(git_repository_workdir) F(git_repository_is_bare) F(git_repository_is_shallow) \
	F(git_repository_head) F(git_repository_odb) F(git_repository_index) \
	F(git_reference_free) F(git_reference_peel) F(git_reference_lookup) F(git_reference_name) F(git_reference_target) \
	F(git_reference_iterator_new) F(git_reference_next) F(git_reference_iterator_free) \
	F(git_reference_list) F(git_strarray_dispose) F(git_tag_list_match) F(git_tag_create) F(git_tag_name_is_valid) \
	F(git_revparse_single) F(git_object_free) F(git_object_peel) F(git_object_id) F(git_object_type2string) \
	F(git_commit_lookup) F(git_commit_free) F(git_commit_time) F(git_commit_time_offset) F(git_commit_tree) F(git_commit_id) \
	F(git_commit_message) F(git_commit_author) F(git_commit_committer) \
	F(git_tree_free) F(git_tree_walk) F(git_tree_entry_bypath) F(git_tree_lookup) F(git_tree_entry_id) F(git_tree_entry_name) \
	F(git_tree_entry_filemode) F(git_tree_entry_type) F(git_tree_entry_free) \
	F(git_blob_lookup) F(git_blob_free) F(git_blob_rawcontent) F(git_blob_rawsize) \
	F(git_odb_free) F(git_odb_foreach) F(git_odb_read) F(git_odb_object_free) F(git_odb_object_data) F(git_odb_object_size) F(git_odb_object_type) \
	F(git_odb_read_header) \
	F(git_revwalk_new) F(git_revwalk_free) F(git_revwalk_sorting) F(git_revwalk_push) F(git_revwalk_push_glob) F(git_revwalk_push_head) F(git_revwalk_next) \
	F(git_graph_descendant_of) F(git_signature_default) F(git_signature_free) F(git_status_options_init) F(git_status_foreach_ext) F(git_status_file) \
	F(git_tree_entrycount) F(git_tree_entry_byindex) F(git_object_lookup) F(git_object_type) F(git_revwalk_hide) F(git_reference_symbolic_target) \
	F(git_repository_item_path) F(git_index_open) F(git_repository_config_snapshot) F(git_config_open_default) F(git_config_get_path) F(git_config_free) F(git_buf_dispose) \
	F(git_diff_tree_to_index) F(git_diff_num_deltas) F(git_diff_get_delta) F(git_diff_free) F(git_index_free)

typedef struct {
#define MEMBER(name) __typeof__(name) *name;
	GIT_FUNCTIONS(MEMBER)
#undef MEMBER
} Git;

struct History {
	Git git;
	git_repository *repository;
	char *prefix; /* the workspace's root in the work tree: "" or "folder/" */
	GMutex lock;  /* of every call that a HistoryTree makes */
};

/* FALSE: libgit2 is not installed. */
gboolean git_load(Git *g);
/* A commit's own day. The caller's. */
char *git_day(const Git *g, const git_commit *commit);
/* Reports what libgit2 says went wrong; gives FALSE. */
gboolean git_failed(const History *h, Diagnostics *d);

#endif
