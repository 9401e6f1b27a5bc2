/* Git through libgit2: the state of a work tree, revisions by name and date, editions, a workspace from objects, walking. */
#include "history/history.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>

/* A repository of its own, made with git itself. */
typedef struct {
	char *root;
} Fixture;

static void git(const Fixture *f, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void git(const Fixture *f, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	g_autofree char *arguments = g_strdup_vprintf(format, list);
	va_end(list);
	g_autofree char *command = g_strdup_printf("cd '%s' && git -c init.defaultBranch=main -c user.name=A -c user.email=a@example.org %s >/dev/null 2>&1",
	                                           f->root, arguments);
	g_assert_cmpint(system(command), ==, 0);
}

static void put(const Fixture *f, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(f->root, name, NULL);

	g_assert_true(file_save(path, text, strlen(text), NULL));
}

static void commit(const Fixture *f, const char *day)
{
	g_autofree char *when = g_strdup_printf("%sT23:30:00+0200", day);

	g_setenv("GIT_COMMITTER_DATE", when, TRUE);
	g_setenv("GIT_AUTHOR_DATE", when, TRUE);
	git(f, "add -A");
	git(f, "commit -m 'van %s'", day);
}

static void set_up(Fixture *f, gconstpointer unused)
{
	(void)unused;
	f->root = g_dir_make_tmp("history-XXXXXX", NULL);
	git(f, "init");
	put(f, "cases/een.md", "<chapter id=\"een\"><title>Een</title></chapter>\n\nOude tekst.\n");
	put(f, "cases/plaatjes/p.png", "geen plaatje");
	commit(f, "2025-01-10");
	git(f, "tag -a -m eerste p/1");
	put(f, "cases/een.md", "<chapter id=\"een\"><title>Een</title></chapter>\n\nNieuwe tekst.\n");
	put(f, "cases/twee.md", "<chapter id=\"twee\"><title>Twee</title></chapter>\n\nTekst.\n");
	commit(f, "2025-02-10");
	git(f, "tag -a -m tweede p/2");
	put(f, "cases/drie.md", "<chapter id=\"drie\"><title>Drie</title></chapter>\n\nTekst.\n");
	commit(f, "2025-03-10");
}

static void tear_down(Fixture *f, gconstpointer unused)
{
	g_autofree char *command = g_strdup_printf("rm -rf '%s'", f->root);

	(void)unused;
	g_assert_cmpint(system(command), ==, 0);
	g_free(f->root);
}

static const char *first_code(const Diagnostics *d)
{
	return diagnostics_length(d) > 0 ? diagnostics_peek(d, 0)->code : NULL;
}

static void test_state(Fixture *f, gconstpointer unused)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(History) h = history_open(f->root, d);
	g_auto(HistoryState) clean = {0}, changed = {0}, unknown = {0};

	(void)unused;
	g_assert_nonnull(h);
	g_assert_true(history_state(h, NULL, &clean, d));
	g_assert_false(clean.dirty);
	g_assert_cmpuint(strlen(clean.revision), ==, 40);
	g_assert_cmpstr(clean.date, ==, "2025-03-10"); /* where the commit was made it was still that day */
	put(f, "los.txt", "buiten cases");
	g_assert_true(history_state(h, NULL, &unknown, d));
	g_assert_false(unknown.dirty);
	put(f, "cases/vier.md", "<chapter id=\"vier\"/>");
	g_assert_true(history_state(h, NULL, &changed, d));
	g_assert_true(changed.dirty);
	g_assert_cmpstr(changed.changed, ==, "cases/vier.md");
	g_assert_cmpuint(diagnostics_length(d), ==, 0);
}

static void test_find(Fixture *f, gconstpointer unused)
{
	static const char *const same[] = {"p/2", "HEAD~1", "2025-02", "2025-02-10", "2025-03-09", "refs/tags/p/2"};
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(History) h = history_open(f->root, d);
	g_autofree char *second = history_find(h, "p/2", d);

	(void)unused;
	for (gsize i = 0; i < G_N_ELEMENTS(same); i++) {
		g_autofree char *found = history_find(h, same[i], d);
		g_assert_cmpstr(found, ==, second);
	}
	g_autofree char *day = history_date(h, second);
	g_assert_cmpstr(day, ==, "2025-02-10");
	g_assert_cmpuint(diagnostics_length(d), ==, 0);
	g_assert_null(history_find(h, "p/3", d));
	g_assert_cmpstr(diagnostics_peek(d, 0)->hint[LANGUAGE_NL], ==, "bedoelt u 'p/1'?");
	g_assert_null(history_find(h, "2024-12-31", d));
	g_assert_cmpstr(diagnostics_peek(d, 1)->text[LANGUAGE_EN], ==, "nothing was committed on or before 2024-12-31");
}

static void test_editions(Fixture *f, gconstpointer unused)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(History) h = history_open(f->root, d);
	g_autoptr(GPtrArray) editions = history_editions(h, "p", FALSE), none = history_editions(h, "q", FALSE);

	(void)unused;
	g_assert_cmpuint(none->len, ==, 0);
	g_assert_cmpuint(editions->len, ==, 2);
	g_assert_cmpstr(((HistoryEdition *)editions->pdata[0])->edition, ==, "1");
	g_assert_cmpstr(((HistoryEdition *)editions->pdata[1])->date, ==, "2025-02-10");
	g_assert_true(history_has_edition(h, "p", "2"));
	g_assert_false(history_has_edition(h, "p", "3"));
	git(f, "config user.name B");
	git(f, "config user.email b@example.org");
	g_assert_true(history_tag(h, "p", "3", "derde", d));
	g_assert_true(history_has_edition(h, "p", "3"));
	g_assert_false(history_tag(h, "p", "3", "nog eens", d));
	g_assert_false(history_tag(h, "p", "3..4", "geen naam", d));
	g_assert_cmpstr(diagnostics_peek(d, 1)->code, ==, "editie-naam");
	git(f, "checkout p/1"); /* what came later is not its past */
	g_autoptr(GPtrArray) before = history_editions(h, "p", FALSE);
	g_assert_cmpuint(before->len, ==, 1);
	g_autoptr(GPtrArray) all = history_editions(h, "p", TRUE);
	g_assert_cmpuint(all->len, ==, 3);
}

static void test_read(Fixture *f, gconstpointer unused)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(History) h = history_open(f->root, d);
	g_autofree char *first = history_find(h, "p/1", d), *head = history_find(h, "HEAD", d);
	g_autoptr(HistoryTree) old = history_read(h, first, d), now = history_read(h, head, d);
	g_autoptr(Workspace) then = workspace_load_from(history_source(old), f->root, d);
	g_autoptr(Workspace) copy = workspace_load_from(history_source(now), f->root, d), disk = workspace_load(f->root, d);
	g_autoptr(GBytes) picture = workspace_bytes(then, "cases/plaatjes/p.png"), none = workspace_bytes(then, "cases/twee.md");

	(void)unused;
	g_assert_cmpuint(workspace_length(then), ==, 1);
	g_assert_cmpuint(g_bytes_get_size(picture), ==, strlen("geen plaatje"));
	g_assert_null(none);
	g_assert_cmpuint(workspace_length(copy), ==, workspace_length(disk));
	for (guint i = 0; i < workspace_length(disk); i++) {
		g_autofree char *a = document_digest(workspace_file(disk, i)), *b = document_digest(workspace_file(copy, i));
		g_assert_cmpstr(a, ==, b);
		g_assert_cmpstr(workspace_file(disk, i)->name, ==, workspace_file(copy, i)->name);
	}
	g_assert_cmpuint(diagnostics_length(d), ==, 0);
}

static gboolean see_ref(const char *name, const char *target, gpointer data)
{
	*(int *)data += g_str_has_prefix(name, "refs/tags/p/") && *target != '\0';
	return TRUE;
}

static gboolean see_staged(const char *path, GBytes *bytes, gpointer data)
{
	g_assert_cmpstr(path, ==, "cases/klaar.md");
	g_assert_cmpuint(g_bytes_get_size(bytes), ==, 5);
	(*(int *)data)++;
	return TRUE;
}

static void test_walk(Fixture *f, gconstpointer unused)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(History) h = history_open(f->root, d);
	int refs = 0, staged = 0;

	(void)unused;
	put(f, "cases/klaar.md", "klaar");
	git(f, "add -A");
	put(f, "cases/klaar.md", "nog niet klaar");
	g_assert_true(history_each_ref(h, see_ref, &refs, d));
	g_assert_true(history_each_staged(h, see_staged, &staged, d));
	g_assert_cmpint(refs, ==, 2);
	g_assert_cmpint(staged, ==, 1);
}

static void test_bad(Fixture *f, gconstpointer unused)
{
	g_autoptr(Diagnostics) none = diagnostics_new(), bare = diagnostics_new(), broken = diagnostics_new();
	g_autofree char *head = g_build_filename(f->root, ".git", "HEAD", NULL);

	(void)unused;
	g_assert_false(history_is_kept("/proc"));
	g_assert_null(history_open("/proc", none));
	g_assert_cmpstr(first_code(none), ==, "git-geen");
	git(f, "config core.bare true");
	g_assert_null(history_open(f->root, bare));
	g_assert_cmpstr(first_code(bare), ==, "git-kaal");
	git(f, "config core.bare false");
	g_assert_true(file_save(head, "ref", 3, NULL));
	g_assert_true(history_is_kept(f->root));
	g_autoptr(History) h = history_open(f->root, broken);
	g_auto(HistoryState) state = {0};
	g_assert_false(h != NULL && history_state(h, NULL, &state, broken));
	g_assert_cmpstr(first_code(broken), ==, "git-stuk");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_setenv("GIT_CONFIG_NOSYSTEM", "1", TRUE);
	xml_start();
#define ADD(name) g_test_add("/history/" #name, Fixture, NULL, set_up, test_##name, tear_down)
	ADD(state);
	ADD(find);
	ADD(editions);
	ADD(read);
	ADD(walk);
	ADD(bad);
	return g_test_run();
}
