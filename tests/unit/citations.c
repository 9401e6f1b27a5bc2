/* Page numbers in the text: in documents of several page sequences made at random, every citation names the page that the text it cites stands on,
 * and every page number its own, however many passes that takes, and nothing of the text is lost. */
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
	g_string_append_printf(m->out, "<fo:page-sequence master-reference='a'%s><fo:flow flow-name='xsl-region-body'>", initials[pick(m, 0, 6)]);
	if (m->sequence == 0) /* "contents" that grow with the numbers in them */
		for (guint i = 0; i < 40; i++)
			g_string_append_printf(m->out, "<fo:block>c%u=<fo:page-number-citation ref-id='b%u'/>; %s</fo:block>", i, i, i % 7 ? "" : "and more");
	for (int i = pick(m, 40 / (int)m->sequences + 1, 20); i > 0; i--)
		add_block(m, cites);
	g_string_append(m->out, "</fo:flow></fo:page-sequence>");
	m->sequence++;
}

static char *make_document(guint seed)
{
	Maker m = {.out = g_string_new("<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' font-family='Square' font-size='10pt' line-height='12pt'>"
	                               "<fo:layout-master-set><fo:simple-page-master master-name='a' page-width='200pt' page-height='150pt' margin='10pt'>"
	                               "<fo:region-body/></fo:simple-page-master></fo:layout-master-set>"),
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
	for (guint seed = 1; seed <= 40; seed++)
		check_document(seed);
}

int main(int argc, char **argv)
{
	xml_start();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/citations/random", test_citations);
	return g_test_run();
}
