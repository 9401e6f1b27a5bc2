/* Documents of several page sequences, made at random. Every citation names the page that the text it cites stands on, and every page number its own, however
 * many passes that takes; nothing of the text is lost; and with several threads the areas and the messages are those that one makes. */
#include "layout/layout.h"

#include <string.h>

typedef struct {
	GString *out;
	GRand *rand;
	guint ids, sequence, sequences;
} Maker;

static int pick(Maker *m, int from, int to)
{
	return g_rand_int_range(m->rand, from, to + 1);
}

/* "cN" cites the block N, "sN" is the page number beside block N itself. */
static void add_citation(Maker *m, guint id)
{
	g_string_append_printf(m->out, " <fo:inline>c%u=<fo:page-number-citation ref-id='b%u'/>;</fo:inline>", id, id);
}

static void add_block(Maker *m, gboolean cites)
{
	guint id = m->ids++;
	g_string_append_printf(m->out, "<fo:block id='b%u' space-before='%dpt'>b%u;", id, pick(m, 0, 40), id);
	for (int words = pick(m, 1, 60); words > 0; words--)
		g_string_append(m->out, " word");
	if (cites && pick(m, 0, 3) == 0)
		g_string_append_printf(m->out, " s%u=<fo:page-number/>;", id);
	for (int i = cites ? pick(m, 0, 3) : 0; i > 0; i--)
		add_citation(m, (guint)pick(m, 0, (int)id));
	g_string_append(m->out, "</fo:block>");
}

static void add_sequence(Maker *m)
{
	static const char *const initials[] = {"", "", "", " initial-page-number='auto-odd'", " initial-page-number='1'", " force-page-count='even'",
	                                       " format='i'"};
	gboolean cites = pick(m, 0, 2) == 0;
	g_string_append_printf(m->out, "<fo:page-sequence master-reference='%s'%s><fo:flow flow-name='xsl-region-body'>", pick(m, 0, 1) ? "a" : "b", initials[pick(m, 0, 6)]);
	if (pick(m, 0, 2) == 0)
		g_string_append(m->out, "<fo:block font-family='Nowhere'>Not in that family: &#x2603; <fo:external-graphic src='nowhere.png'/> &#x2604;</fo:block>");
	if (pick(m, 0, 3) == 0)
		g_string_append(m->out, "<fo:block wrap-option='no-wrap'>one line that is much wider than the page can be, however wide it is, even then</fo:block>");
	if (m->sequence == 0) /* "contents" that grow with the numbers in them */
		for (guint i = 0; i < 40; i++)
			g_string_append_printf(m->out, "<fo:block>c%u=<fo:page-number-citation ref-id='b%u'/>; %s</fo:block>", i, i, i % 7 ? "" : "and more");
	for (int i = pick(m, 12, 24); i > 0; i--)
		add_block(m, cites);
	g_string_append(m->out, "</fo:flow></fo:page-sequence>");
	m->sequence++;
}

static char *make_document(guint seed)
{
	Maker m = {.out = g_string_new("<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' font-family='Square' font-size='10pt' line-height='12pt'>"
	                               "<fo:layout-master-set><fo:simple-page-master master-name='a' page-width='200pt' page-height='150pt' margin='10pt'>"
	                               "<fo:region-body/></fo:simple-page-master>"
	                               "<fo:simple-page-master master-name='b-odd' page-width='240pt' page-height='150pt' margin='10pt'><fo:region-body/></fo:simple-page-master>"
	                               "<fo:simple-page-master master-name='b-even' page-width='180pt' page-height='170pt' margin='10pt'><fo:region-body/></fo:simple-page-master>"
	                               "<fo:page-sequence-master master-name='b'><fo:repeatable-page-master-alternatives>"
	                               "<fo:conditional-page-master-reference master-reference='b-odd' odd-or-even='odd'/>"
	                               "<fo:conditional-page-master-reference master-reference='b-even' odd-or-even='even'/>"
	                               "</fo:repeatable-page-master-alternatives></fo:page-sequence-master></fo:layout-master-set>"),
	           .rand = g_rand_new_with_seed(seed), .sequences = 6};
	for (guint i = 0; i < m.sequences; i++)
		add_sequence(&m);
	while (m.ids < 40) { /* all that the first one cites are there */
		m.sequence = 1;
		add_sequence(&m);
	}
	g_string_append(m.out, "</fo:root>");
	g_rand_free(m.rand);
	return g_string_free(m.out, FALSE);
}

/* ---- what was printed ---- */

static void gather(const Area *a, GString *text)
{
	for (; a; a = a->next) {
		if (a->kind == AREA_TEXT)
			g_string_append(text, a->u.text->text);
		gather(a->first, text);
	}
}

static void check_words(GHashTable *labels, const AreaPage *page, gboolean definitions, guint seed)
{
	g_autoptr(GString) text = g_string_new(NULL);
	gather(page->first, text);
	for (const char *at = text->str; *at; at++) {
		if (!strchr("bcs", *at) || !g_ascii_isdigit(at[1]))
			continue;
		char *end;
		guint id = (guint)g_ascii_strtoull(at + 1, &end, 10);
		g_autofree char *shown = *end == '=' ? g_strndup(end + 1, strcspn(end + 1, ";")) : NULL;
		if (definitions && *at == 'b')
			g_hash_table_insert(labels, GUINT_TO_POINTER(id), page->label);
		if (definitions || !shown)
			continue;
		const char *wanted = g_hash_table_lookup(labels, GUINT_TO_POINTER(id));
		gboolean here = *at == 's' && strcmp(shown, page->label) == 0; /* of a block that goes on here */
		if (!here && g_strcmp0(shown, wanted) != 0)
			g_error("seed %u: block %u is on page %s, %c says %s", seed, id, wanted, *at, shown);
	}
}

/* All areas and all messages; the caller's. */
static char *outcome(const AreaTree *areas, Diagnostics *d)
{
	g_autoptr(GBytes) xml = layout_to_xml(areas);
	gsize size;
	const char *text = g_bytes_get_data(xml, &size);

	diagnostics_sort(d);
	g_autofree char *messages = diagnostics_format(d, &(DiagnosticStyle){.prefix = ""});
	return g_strdup_printf("%.*s\n%s", (int)size, text, messages);
}

static char *set_with(const char *fo, int threads)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	LayoutOptions options = {.root = ".", .fonts_conf = "tests/fonts.conf", .threads = threads};
	xmlDoc *doc = xml_parse(fo, strlen(fo), "test.fo", d);
	FoTree *tree = fo_tree_new(doc, "test.fo", d);
	AreaTree *areas = layout_document(tree, &options, d);
	char *all = outcome(areas, d);

	area_tree_free(areas);
	fo_tree_free(tree);
	xmlFreeDoc(doc);
	return all;
}

static void test_threads(void)
{
	for (guint seed = 1; seed <= 8; seed++) {
		g_autofree char *fo = make_document(seed), *one = set_with(fo, 1);
		for (int threads = 2; threads <= 5; threads += 3) {
			g_autofree char *several = set_with(fo, threads);
			if (strcmp(one, several) != 0)
				g_error("seed %u: %d threads make something else", seed, threads);
		}
	}
}

/* What is said once is said of the first place in the document, though another sequence comes to it much sooner. */
static void test_once(void)
{
	static const char start[] = "<fo:page-sequence master-reference='a'><fo:flow flow-name='xsl-region-body'>", end[] = "</fo:flow></fo:page-sequence>",
	                  reason[] = "\n<fo:block font-family='Nowhere'>&#x2603; <fo:external-graphic src='nowhere.png'/></fo:block>";
	g_autoptr(GString) fo = g_string_new("<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'><fo:layout-master-set><fo:simple-page-master master-name='a' "
	                                     "page-width='200pt' page-height='150pt'><fo:region-body/></fo:simple-page-master></fo:layout-master-set>");
	for (int i = 0; i < 4; i++) {
		g_string_append(fo, start);
		for (int k = 0; k < 150 && i != 2; k++)
			g_string_append(fo, "<fo:block>Words before it, some of them <fo:inline>inside</fo:inline> others.</fo:block>");
		g_string_append(fo, reason);
		g_string_append(fo, end);
	}
	g_string_append(fo, "</fo:root>");
	for (int threads = 1; threads <= 3; threads++) {
		g_autofree char *said = set_with(fo->str, threads);
		const char *messages = strstr(said, "\ntest.fo:2:");
		g_assert_nonnull(messages);
		g_assert_null(strstr(said, "\ntest.fo:3:"));
		g_assert_null(strstr(said, "\ntest.fo:4:"));
		g_assert_null(strstr(said, "\ntest.fo:5:"));
	}
}

static void check_document(guint seed)
{
	g_autofree char *fo = make_document(seed);
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(GHashTable) labels = g_hash_table_new(NULL, NULL);
	LayoutOptions options = {.root = ".", .fonts_conf = "tests/fonts.conf"};
	xmlDoc *doc = xml_parse(fo, strlen(fo), "test.fo", d);
	FoTree *tree = fo_tree_new(doc, "test.fo", d);
	AreaTree *areas = layout_document(tree, &options, d);

	g_assert_true(layout_check_loss(tree, areas, d));
	for (guint i = 0; i < areas->pages->len; i++)
		check_words(labels, areas->pages->pdata[i], TRUE, seed);
	for (guint i = 0; i < areas->pages->len; i++)
		check_words(labels, areas->pages->pdata[i], FALSE, seed);
	g_assert_cmpuint(g_hash_table_size(labels), >=, 40);
	area_tree_free(areas);
	fo_tree_free(tree);
	xmlFreeDoc(doc);
}

static void test_citations(void)
{
	for (guint seed = 1; seed <= 16; seed++)
		check_document(seed);
}

int main(int argc, char **argv)
{
	xml_start();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sequences/citations", test_citations);
	g_test_add_func("/sequences/threads", test_threads);
	g_test_add_func("/sequences/once", test_once);
	return g_test_run();
}
