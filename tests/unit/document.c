/* The document room: paths, labels, positions in the author's file, what is unique, and that threads change nothing. */
#include "document/room.h"

#include "base/file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static void write_file(const char *root, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(root, name, NULL);

	g_assert_true(file_save(path, text, strlen(text), NULL));
}

static void remove_tree(const char *path)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);

	for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;) {
		g_autofree char *below = g_build_filename(path, name, NULL);
		remove_tree(below);
	}
	g_remove(path);
}

static char *new_root(void)
{
	return g_dir_make_tmp("document-XXXXXX", NULL);
}

static void test_path_resolve(void)
{
	static const struct {
		const char *from, *href, *to;
	} rows[] = {
	    {"cases/a/b.md", "c.md", "cases/a/c.md"},      {"cases/a/b.md", "./c.md", "cases/a/c.md"},
	    {"cases/a/b.md", "../c.md", "cases/c.md"},     {"cases/a/b.md", "../../c.md", "c.md"},
	    {"cases/a/b.md", "../../../c.md", NULL},       {"cases/a/b.md", "x/../../../../c.md", NULL},
	    {"cases/a/b.md", "/c.md", NULL},               {"cases/a/b.md", "file:c.md", NULL},
	    {"cases/a/b.md", "https://x/c.md", NULL},      {"cases/a/b.md", "d//e.md", "cases/a/d/e.md"},
	    {"cases/a/b.md", "één é.md", "cases/a/één é.md"}, {"b.md", "c.md", "c.md"},
	    {"cases/a/b.md", "..", "cases"},               {"cases/a/b.md", "../..", ""},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *to = path_resolve(rows[i].from, rows[i].href);
		g_assert_cmpstr(to, ==, rows[i].to);
	}
}

static void test_path_relative(void)
{
	static const char *const rows[][3] = {{"cases/a/b.md", "cases/a/c.md", "c.md"},
	                                      {"cases/a/b.md", "cases/c/d.md", "../c/d.md"},
	                                      {"cases/a/b/c.md", "cases/d.md", "../../d.md"},
	                                      {"cases/ab/c.md", "cases/ac/d.md", "../ac/d.md"}};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *href = path_relative(rows[i][0], rows[i][1]);
		g_autofree char *back = path_resolve(rows[i][0], href);
		g_assert_cmpstr(href, ==, rows[i][2]);
		g_assert_cmpstr(back, ==, rows[i][1]);
	}
}

static void test_path_matches(void)
{
	g_assert_true(path_matches("a/*.md", "a/b.md"));
	g_assert_true(path_matches("a/*.md", "a/.md"));
	g_assert_false(path_matches("a/*.md", "a/b/c.md"));
	g_assert_true(path_matches("a/*/c*d.md", "a/b/ccxcd.md"));
	g_assert_false(path_matches("a/*/c*d.md", "a/b/e/cd.md"));
	g_assert_true(path_matches("*", "abc"));
	g_assert_false(path_matches("a*b*c", "abb"));
	g_assert_true(path_matches("a*b*c", "axbxbxc"));
}

static void test_label_fold(void)
{
	static const char *const same[][2] = {{"Moeder", "moeder"},     {"Moeder  van\tNoor ", "moeder van noor"},
	                                      {"Noor's oma", "Noor’s oma"}, {"Zoe\xCC\x88", "Zoë"},
	                                      {"A\xC2\xA0" "B", "a b"}, {"Moeder:", "moeder"},
	                                      {"Moe\xC2\xAD" "der\xE2\x80\x8B : ", "moeder"}};

	for (gsize i = 0; i < G_N_ELEMENTS(same); i++) {
		g_autofree char *a = label_fold(same[i][0]), *b = label_fold(same[i][1]);

		g_assert_cmpstr(a, ==, b);
	}
}

static void test_find(void)
{
	g_autofree char *root = new_root();
	g_autofree char *deep = g_build_filename(root, "cases", "a", "b", NULL);
	g_autofree char *found = NULL, *nothing = NULL;

	g_assert_cmpint(g_mkdir_with_parents(deep, 0777), ==, 0);
	found = workspace_find(deep);
	g_assert_cmpstr(found, ==, root);
	nothing = workspace_find("/");
	g_assert_null(nothing);
	remove_tree(root);
}

/* A place is that of the words in the file as it was written: attributes over several lines, whole words, behind a byte order mark. */
static void test_place(void)
{
	g_autofree char *root = new_root();
	g_autoptr(Diagnostics) d = diagnostics_new();

	write_file(root, "cases/a.md",
	           "\xEF\xBB\xBF<session id=\"a\" case=\"noor\"\r\n  date=\"2025-01-01\" kind=\"joint-meeting\"><title>x</title>\r\n"
	           "<discussed rotondes = 'vader-noor\r\n  noor\r\n  r2'/></session>\r\n\r\nTekst met [een link](noor.md) en noor.\r\n");
	g_autoptr(Workspace) w = workspace_load(root, d);
	const xmlNode *top = xmlDocGetRootElement(workspace_file(w, 0)->doc);
	Position at = place_attribute(w, top, "case", "noor");
	g_assert_cmpint(at.line, ==, 1);
	g_assert_cmpint(at.column, ==, 23);
	at = place_attribute(w, xml_first(top, "discussed"), "rotondes", "noor");
	g_assert_cmpint(at.line, ==, 4);
	g_assert_cmpint(at.column, ==, 3);
	at = place_text(w, xml_first(xml_first(top, "body"), "p"), "noor");
	g_assert_cmpint(at.line, ==, 7);
	g_assert_cmpint(at.column, ==, 22);
	at = place_attribute(w, top, "case", "iemand");
	g_assert_cmpint(at.line, ==, 1);
	remove_tree(root);
}

static char *many_messages(const char *root, int times)
{
	char *first = NULL;

	for (int i = 0; i < times; i++) {
		g_autoptr(Diagnostics) d = diagnostics_new();
		g_autoptr(Workspace) w = workspace_load(root, d);
		DiagnosticStyle style = {.language = LANGUAGE_NL};
		document_check_references(w, d);
		diagnostics_set_root(d, root);
		diagnostics_sort(d);
		g_autofree char *text = diagnostics_format(d, &style);
		if (first == NULL)
			first = g_steal_pointer(&text);
		else
			g_assert_cmpstr(text, ==, first);
	}
	return first;
}

/* The same messages in the same order, however the threads happened to run. */
static void test_threads(void)
{
	g_autofree char *root = new_root();

	for (int i = 0; i < 300; i++) {
		g_autofree char *name = g_strdup_printf("cases/m%d/f%d.md", i % 7, i);
		g_autofree char *text = g_strdup_printf("<session id=\"s%d\" case=\"geen\" date=\"2025-01-01\"><title>x</title></session>\n\n"
		                                        "# Kop\n\n### Te diep\n\n[weg](weg%d.md)\n",
		                                        i / 2, i);
		write_file(root, name, text);
	}
	g_autofree char *text = many_messages(root, 8);
	g_assert_nonnull(strstr(text, "[id-dubbel]"));
	g_assert_nonnull(strstr(text, "[link-ontbreekt]"));
	g_assert_nonnull(strstr(text, "[kop-niveau]"));
	remove_tree(root);
}

static gpointer start_counting(gpointer data, const Workspace *w, Diagnostics *d)
{
	(void)w;
	(void)d;
	return data;
}

static void count(gpointer state, const DocumentFile *file, gboolean taken, Diagnostics *d)
{
	(void)d;
	g_assert_nonnull(file->doc);
	g_atomic_int_add((int *)state + (taken ? 1 : 0), 1);
}

static void finish_counting(gpointer state)
{
	(void)state;
}

/* Everything that can be said about the workspace, in order. */
static char *all_messages(Workspace *w, const char *root, Diagnostics *d)
{
	DiagnosticStyle style = {.language = LANGUAGE_EN};

	for (guint i = 0; i < workspace_length(w); i++) {
		g_autoptr(xmlDoc) tree = document_assemble(w, workspace_file(w, i), PROFILE_PUBLIC, NULL, d);
		(void)tree;
	}
	document_check_references(w, d);
	diagnostics_set_root(d, root);
	diagnostics_sort(d);
	return diagnostics_format(d, &style);
}

/* A case and its sessions, the n-th of each with one of many mistakes. */
static void write_family(const char *root, int i)
{
	static const char *const bodies[] = {
	    "> **Moeder:** Goed.\n> #helpend #rust #k%d-r1\n", "> **Moedr:** Fout. %d\n", "> **Moeder:** Fout.\n> #k%d-r2\n", "> **Kind (k%d):** Goed.\n",
	    "> Mooder: Bijna goed. %d\n", "[weg](weg%d.md)\n", "![alt](weg%d.png)\n", "<quotes speaker=\"k%d-x\"/>\n", "[goed](case.md) %d\n"};
	g_autofree char *folder = g_strdup_printf("cases/m%03d", i), *name = g_strconcat(folder, "/case.md", NULL);
	g_autofree char *session = g_strconcat(folder, "/gesprek.md", NULL), *format = NULL, *body = NULL;
	g_autofree char *text = g_strdup_printf("<case id=\"k%d\"><title>x</title><persons><person id=\"k%d-p\" role=\"youth\"><label>Kind</label></person>"
	                                        "<person id=\"k%d-m\" role=\"parent\" organisation=\"%s\"><label>%s</label></person></persons>"
	                                        "<rotondes><rotonde id=\"k%d-r1\"><title>x</title></rotonde></rotondes></case>\n",
	                                        i, i, i / 50 * 50, i % 40 == 0 ? "geen" : "org", i % 30 == 0 ? "Kind" : "Moeder", i);
	format = g_strdup_printf("<session id=\"s%%d\" date=\"2025-01-01\"><title>x</title></session>\n\n%s", bodies[i % (int)G_N_ELEMENTS(bodies)]);
	for (char *p = format, *at; (at = strstr(p, "%d")) != NULL; p = at)
		memcpy(at, "@@", 2);
	g_auto(GStrv) parts = g_strsplit(format, "@@", -1);
	g_autofree char *number = g_strdup_printf("%d", i);
	body = g_strjoinv(number, parts);
	write_file(root, name, text);
	write_file(root, session, body);
}

/* In a large workspace trees are let go, and that changes nothing of what is said, or of a publication. */
static void check_scan(const char *publication, int taken)
{
	enum { FAMILIES = 300 };
	g_autofree char *root = new_root();
	int seen[2] = {0, 0};
	WorkspaceVisitor visitor = {start_counting, count, finish_counting, seen, 0};
	g_autoptr(Diagnostics) d = diagnostics_new(), e = diagnostics_new();

	for (int i = 0; i < FAMILIES; i++)
		write_family(root, i);
	write_file(root, "cases/rust.md", "<thread id=\"rust\"><title>Rust</title></thread>\n\n<quotes thread=\"rust\" case=\"k9 k18\"/>\n\n<timeline case=\"k7\"/>\n");
	write_file(root, "cases/org.md", "<case id=\"o\"><title>x</title><organisations><organisation id=\"org\">x</organisation></organisations></case>\n");
	write_file(root, publication,
	           "<!-- een publicatie -->\n<publication id=\"p\"><title>x</title><contents><thread href=\"rust.md\"/><session href=\"m00*/*.md\"/>"
	           "</contents></publication>\n");
	g_autoptr(Workspace) kept = workspace_load(root, d);
	g_autoptr(Workspace) gone = workspace_scan(root, &visitor, e);
	g_assert_cmpint(seen[0] + seen[1], ==, 2 * FAMILIES + 3);
	g_assert_cmpint(seen[1], ==, taken);
	g_assert_null(workspace_lookup(gone, "s50")->doc);
	g_assert_nonnull(workspace_lookup(gone, "p")->doc);
	g_autofree char *first = all_messages(kept, root, d), *second = all_messages(gone, root, e);
	g_assert_cmpuint(diagnostics_length(d), >, 200);
	g_assert_cmpstr(first, ==, second);
	g_autoptr(xmlDoc) x = document_assemble(kept, workspace_lookup(kept, "p"), PROFILE_REVIEW, NULL, d);
	g_autoptr(xmlDoc) y = document_assemble(gone, workspace_lookup(gone, "p"), PROFILE_REVIEW, NULL, e);
	xmlChar *one, *other;
	int size;
	xmlDocDumpMemory(x, &one, &size);
	xmlDocDumpMemory(y, &other, &size);
	g_assert_cmpstr((char *)one, ==, (char *)other);
	g_assert_nonnull(strstr((char *)one, "session=\"s9\""));
	xmlFree(one);
	xmlFree(other);
	g_autoptr(GPtrArray) listed = document_list(gone, "rotonde");
	g_assert_cmpuint(listed->len, ==, FAMILIES);
	remove_tree(root);
}

static void test_scan(void)
{
	check_scan("cases/publication.md", 2 + 20);
	check_scan("cases/p.md", 0);
}

/* A file from a system that writes é as e and an accent is found by who types é. */
static void test_accents(void)
{
	g_autofree char *root = new_root();
	g_autoptr(Diagnostics) d = diagnostics_new();

	write_file(root, "cases/mape\xCC\x81/e\xCC\x81n.md", "<chapter id=\"a\"><title>x</title></chapter>\n");
	write_file(root, "cases/mape\xCC\x81/e\xCC\x81n.png", "x");
	write_file(root, "cases/p.md", "<publication id=\"p\"><title>x</title><contents><chapter href=\"mapé/é*.md\"/></contents></publication>\n\n![alt](<mapé/én.png>)\n");
	g_autoptr(Workspace) w = workspace_load(root, d);
	g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(xmlDoc) tree = document_assemble(w, workspace_lookup(w, "p"), PROFILE_PUBLIC, inputs, d);
	g_assert_cmpuint(diagnostics_length(d), ==, 0);
	g_assert_cmpuint(inputs->len, ==, 3);
	g_assert_cmpstr(inputs->pdata[1], ==, "cases/mape\xCC\x81/e\xCC\x81n.md");
	g_assert_cmpstr(inputs->pdata[2], ==, "cases/mape\xCC\x81/e\xCC\x81n.png");
	g_assert_nonnull(workspace_lookup_name(w, "cases/mapé/én.md"));
	remove_tree(root);
}

static void test_unique(void)
{
	g_autofree char *root = new_root();
	g_autoptr(Diagnostics) d = diagnostics_new();
	Assembly a;

	write_file(root, "cases/a.md", "<chapter id=\"a\"><title>x</title></chapter>\n");
	g_autoptr(Workspace) w = workspace_load(root, d);
	assembly_start(&a, w, d);
	static const char *const expected[] = {"vooraf", "noor-vooraf", "noor-vooraf-2", "noor-vooraf-3"};
	for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
		g_autofree char *id = anchors_unique(&a, "vooraf", "noor");
		g_assert_cmpstr(id, ==, expected[i]);
	}
	assembly_finish(&a);
	remove_tree(root);
}

/* Nothing outside the workspace is read or named, whatever leads there. */
static void test_links_out(void)
{
	g_autofree char *root = new_root(), *other = new_root();
	g_autofree char *link = g_build_filename(root, "cases", "uit", NULL), *file = g_build_filename(root, "cases", "x.md", NULL);
	g_autofree char *target = g_build_filename(other, "geheim.md", NULL);
	g_autoptr(Diagnostics) d = diagnostics_new();

	write_file(other, "geheim.md", "<chapter id=\"geheim\"><title>x</title></chapter>\n");
	write_file(root, "cases/a.md", "<chapter id=\"a\"><title>x</title></chapter>\n\n![alt](uit/geheim.png)\n");
	g_assert_cmpint(symlink(other, link), ==, 0);
	g_assert_cmpint(symlink(target, file), ==, 0);
	g_autoptr(Workspace) w = workspace_load(root, d);
	g_assert_cmpuint(workspace_length(w), ==, 1);
	g_assert_null(workspace_lookup(w, "geheim"));
	g_assert_cmpint(path_state(w, "cases/uit/geheim.md"), ==, PATH_LINK);
	g_assert_cmpint(path_state(w, "cases/x.md"), ==, PATH_LINK);
	g_assert_cmpint(path_state(w, "cases/a.md"), ==, PATH_FILE);
	g_assert_cmpint(path_state(w, "cases"), ==, PATH_FOLDER);
	g_assert_cmpint(path_state(w, "cases/a.md/b"), ==, PATH_ABSENT);
	remove_tree(other);
	g_unlink(link);
	remove_tree(root);
}

/* All that a workspace holds, and what was said of it. */
static char *describe(const Workspace *w, Diagnostics *d)
{
	GString *s = g_string_new(NULL);

	for (guint i = 0; i < workspace_length(w); i++) {
		const DocumentFile *file = workspace_file(w, i);
		xmlChar *text = NULL;
		int size = 0;
		if (file->doc != NULL)
			xmlDocDumpMemory(file->doc, &text, &size);
		g_string_append_printf(s, "%s %s %s %s\n", file->name, file->kind, file->id, (const char *)text);
		xmlFree(text);
	}
	diagnostics_sort(d);
	for (guint i = 0; i < diagnostics_length(d); i++)
		g_string_append_printf(s, "%s:%d %s\n", diagnostics_peek(d, i)->file, diagnostics_peek(d, i)->line, diagnostics_peek(d, i)->code);
	return g_string_free(s, FALSE);
}

/* Read once more, a workspace is as if it were read for the first time; and what did not change was not read. */
static void test_scan_again(void)
{
	g_autofree char *root = new_root(), *once_more = NULL, *afresh = NULL;
	g_autoptr(Diagnostics) before = diagnostics_new(), d = diagnostics_new(), fresh_d = diagnostics_new();
	const xmlDoc *same, *wrong;
	Workspace *w;

	write_file(root, "cases/a.md", "<chapter id=\"a\" title=\"A\"/>\n\nBlijft.\n");
	write_file(root, "cases/b.md", "<chapter id=\"b\" title=\"B\"/>\n\nWordt anders.\n");
	write_file(root, "cases/c.md", "<chapter id=\"c\" title=\"C\"/>\n\nGaat weg.\n");
	write_file(root, "cases/e.md", "<chapter id=\"e\" title=\"E\"/>\n\n## Kop\n\n#### Te diep\n\n<b>x</b>\n");
	w = workspace_scan(root, NULL, before);
	same = workspace_lookup(w, "a")->doc;
	wrong = workspace_lookup(w, "e")->doc;
	g_assert_cmpuint(diagnostics_length(before), >, 0);
	write_file(root, "cases/b.md", "<chapter id=\"b\" title=\"B\"/>\n\nIs anders.\n");
	write_file(root, "cases/d.md", "<chapter id=\"d\" title=\"D\"/>\n\nIs nieuw.\n");
	g_autofree char *gone = g_build_filename(root, "cases/c.md", NULL);
	g_remove(gone);
	w = workspace_scan_again(w, d);
	g_autoptr(Workspace) fresh = workspace_scan(root, NULL, fresh_d);
	once_more = describe(w, d);
	afresh = describe(fresh, fresh_d);
	g_assert_cmpstr(once_more, ==, afresh);
	g_assert_true(workspace_lookup(w, "a")->doc == same);
	g_assert_true(workspace_lookup(w, "e")->doc != wrong);
	workspace_free(w);
	remove_tree(root);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	xml_start();
	g_test_add_func("/document/path-resolve", test_path_resolve);
	g_test_add_func("/document/path-relative", test_path_relative);
	g_test_add_func("/document/path-matches", test_path_matches);
	g_test_add_func("/document/label-fold", test_label_fold);
	g_test_add_func("/document/find", test_find);
	g_test_add_func("/document/place", test_place);
	g_test_add_func("/document/threads", test_threads);
	g_test_add_func("/document/scan", test_scan);
	g_test_add_func("/document/scan-again", test_scan_again);
	g_test_add_func("/document/accents", test_accents);
	g_test_add_func("/document/unique", test_unique);
	g_test_add_func("/document/links-out", test_links_out);
	return g_test_run();
}
