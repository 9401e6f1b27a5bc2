/* Pages: spaces, known documents, and many made at random, of which must hold: no word is lost, notes begin on the page of their mark, what
 * is outside the page was reported, and the same document gives the same pages. */
#include "layout/space.h"

#include <string.h>

/* ---- setting a document ---- */

typedef struct {
	xmlDoc *doc;
	FoTree *tree;
	AreaTree *areas;
	Diagnostics *d;
} Set;

static const char head[] = "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' xmlns:fox='http://xmlgraphics.apache.org/fop/extensions' "
                           "font-family='Square' font-size='10pt' line-height='12pt'>";

static Set set_document(const char *fo)
{
	Set s = {.d = diagnostics_new()};
	s.doc = xml_parse(fo, strlen(fo), "test.fo", s.d);
	g_assert_nonnull(s.doc);
	s.tree = fo_tree_new(s.doc, "test.fo", s.d);
	g_assert_nonnull(s.tree);
	LayoutOptions options = {.root = ".", .fonts_conf = "tests/fonts.conf"};
	s.areas = layout_document(s.tree, &options, s.d);
	g_assert_nonnull(s.areas);
	return s;
}

static void set_clear(Set *s)
{
	area_tree_free(s->areas);
	fo_tree_free(s->tree);
	xmlFreeDoc(s->doc);
	diagnostics_free(s->d);
}

static Set set_flow(const char *height, const char *flow)
{
	g_autofree char *fo = g_strdup_printf("%s<fo:layout-master-set><fo:simple-page-master master-name='a' page-width='220pt' page-height='%s' "
	                                      "margin='10pt'><fo:region-body/></fo:simple-page-master></fo:layout-master-set>"
	                                      "<fo:page-sequence master-reference='a'><fo:flow flow-name='xsl-region-body'>%s</fo:flow></fo:page-sequence></fo:root>",
	                                      head, height, flow);
	return set_document(fo);
}

static guint count_messages(const Set *s, MessageId id)
{
	guint count = 0;
	for (guint i = 0; i < diagnostics_length(s->d); i++)
		count += diagnostics_peek(s->d, i)->id == id;
	return count;
}

static Area *following(Area *a, const Area *top)
{
	if (a->first)
		return a->first;
	while (a != top && !a->next)
		a = a->parent;
	return a == top ? NULL : a->next;
}

typedef void (*TextVisitor)(gpointer user, guint page, Area *text);

static void each_text(const AreaTree *t, TextVisitor visit, gpointer user)
{
	for (guint i = 0; i < t->pages->len; i++)
		for (Area *r = ((AreaPage *)g_ptr_array_index(t->pages, i))->first; r; r = r->next)
			for (Area *a = r; a; a = following(a, r))
				if (a->kind == AREA_TEXT)
					visit(user, i, a);
}

/* ---- spaces ---- */

static void test_space(void)
{
	FoSpace small = {2, 4, 9, 0, FALSE}, large = {6, 8, 10, 0, FALSE}, equal = {7, 8, 9, 0, TRUE}, high = {1, 1, 1, 3, FALSE},
	        force = {5, 5, 5, FO_FORCE, FALSE};
	const FoSpace *const row[] = {&small, &large, &equal, &high, &force};
	Extent e[5], *out[5] = {&e[0], &e[1], &e[2], &e[3], &e[4]};
	space_resolve(row, 2, FALSE, FALSE, out);
	g_assert_cmpint(e[0].optimum, ==, 0);
	g_assert_cmpint(e[1].optimum, ==, 8);
	space_resolve(row, 3, FALSE, FALSE, out); /* equal optima: the narrowest room of both, once */
	g_assert_cmpint(e[1].optimum, ==, 0);
	g_assert_cmpint(e[2].minimum, ==, 7);
	g_assert_cmpint(e[2].maximum, ==, 9);
	space_resolve(row, 3, TRUE, FALSE, out); /* the first two vanish at the start */
	g_assert_cmpint(e[0].optimum + e[1].optimum, ==, 0);
	g_assert_cmpint(e[2].optimum, ==, 8);
	space_resolve(row, 2, FALSE, TRUE, out);
	g_assert_cmpint(e[0].optimum + e[1].optimum, ==, 0);
	space_resolve(row, 4, FALSE, FALSE, out);
	g_assert_cmpint(e[3].optimum, ==, 1);
	g_assert_cmpint(e[2].optimum, ==, 0);
	space_resolve(row, 5, FALSE, FALSE, out);
	g_assert_cmpint(e[4].optimum, ==, 5);
	g_assert_cmpint(e[3].optimum, ==, 0);
}

/* ---- loss ---- */

static void drop_word(gpointer user, guint page, Area *text)
{
	(void)page;
	if (g_str_has_prefix(text->u.text->text, user))
		text->u.text->text = (char *)"";
}

static void test_loss(void)
{
	Set s = set_flow("200pt", "<fo:block>een twee</fo:block>\n<fo:block>drie <fo:inline color='red'>vier</fo:inline> vijf</fo:block>");
	g_assert_true(layout_check_loss(s.tree, s.areas, s.d));
	g_assert_cmpuint(diagnostics_length(s.d), ==, 0);
	each_text(s.areas, drop_word, (gpointer) "vier");
	g_assert_false(layout_check_loss(s.tree, s.areas, s.d));
	g_assert_cmpuint(count_messages(&s, MSG_LAYOUT_LOSS), ==, 1);
	g_assert_cmpint(diagnostics_peek(s.d, 0)->line, ==, 2);
	g_assert_nonnull(strstr(diagnostics_peek(s.d, 0)->text[LANGUAGE_NL], "'vier'"));
	set_clear(&s);
}

static void spoil_word(gpointer user, guint page, Area *text)
{
	(void)page;
	if (g_str_has_prefix(text->u.text->text, user))
		text->u.text->text = (char *)"noof";
}

static void test_loss_in_note(void)
{
	Set s = set_flow("200pt", "<fo:block>een<fo:footnote><fo:inline>1</fo:inline><fo:footnote-body>\n<fo:block>noot</fo:block></fo:footnote-body></fo:footnote></fo:block>");
	g_assert_true(layout_check_loss(s.tree, s.areas, s.d));
	each_text(s.areas, spoil_word, (gpointer) "noot");
	g_assert_false(layout_check_loss(s.tree, s.areas, s.d));
	g_assert_cmpuint(count_messages(&s, MSG_LAYOUT_LOSS_ADDED), ==, 1);
	g_assert_cmpint(diagnostics_peek(s.d, 0)->line, ==, 2);
	set_clear(&s);
}

/* ---- what does not fit ---- */

static void test_overfull(void)
{
	Set s = set_flow("100pt", "<fo:block>een</fo:block>\n<fo:block-container height='200pt'><fo:block>hoog</fo:block></fo:block-container><fo:block>drie</fo:block>");
	g_assert_cmpuint(count_messages(&s, MSG_LAYOUT_OVERFULL_PAGE), ==, 1);
	g_assert_cmpint(diagnostics_peek(s.d, 0)->line, ==, 2);
	g_assert_true(layout_check_loss(s.tree, s.areas, s.d));
	set_clear(&s);
}

static void test_no_room_at_all(void)
{
	Set s = set_flow("20pt", "<fo:block>een</fo:block><fo:block>twee<fo:footnote><fo:inline>1</fo:inline><fo:footnote-body><fo:block>noot</fo:block>"
	                         "<fo:block>noot</fo:block></fo:footnote-body></fo:footnote></fo:block>"
	                         "<fo:table><fo:table-header><fo:table-cell><fo:block>kop</fo:block></fo:table-cell></fo:table-header><fo:table-body>"
	                         "<fo:table-cell><fo:block>a</fo:block></fo:table-cell></fo:table-body></fo:table>");
	g_assert_cmpuint(s.areas->pages->len, >=, 3);
	g_assert_true(layout_check_loss(s.tree, s.areas, s.d));
	set_clear(&s);
}

/* ---- documents at random ---- */

typedef struct {
	GRand *rand;
	GString *out;
	guint words, notes;
	gboolean in_note;
} Maker;

static gboolean chance(Maker *m, int per_cent)
{
	return g_rand_int_range(m->rand, 0, 100) < per_cent;
}

static int pick(Maker *m, int from, int to)
{
	return g_rand_int_range(m->rand, from, to + 1);
}

static void add_attributes(Maker *m)
{
	static const char *const forces[] = {"page", "odd-page", "even-page", "column"};
	GString *o = m->out;
	if (chance(m, 30))
		g_string_append_printf(o, " space-before='%dpt'", pick(m, 0, 20));
	if (chance(m, 20))
		g_string_append_printf(o, " space-after.minimum='%dpt' space-after.optimum='10pt' space-after.maximum='%dpt'", pick(m, 0, 10), pick(m, 10, 30));
	if (chance(m, 10))
		g_string_append(o, " space-before.conditionality='retain'");
	if (chance(m, 5))
		g_string_append(o, " space-before.precedence='force'");
	if (chance(m, 15))
		g_string_append_printf(o, " padding='%dpt' background-color='#eee'", pick(m, 0, 8));
	if (chance(m, 10))
		g_string_append(o, " border='1pt solid red' border-after-width.conditionality='retain' padding-before.conditionality='retain'");
	if (chance(m, 15))
		g_string_append_printf(o, " keep-together.within-page='%s'", chance(m, 50) ? "always" : "3");
	if (chance(m, 15))
		g_string_append_printf(o, " keep-with-next.within-page='%s'", chance(m, 50) ? "always" : "5");
	if (chance(m, 8))
		g_string_append(o, " keep-with-previous.within-column='always'");
	if (chance(m, 4))
		g_string_append_printf(o, " break-%s='%s'", chance(m, 50) ? "before" : "after", forces[pick(m, 0, 3)]);
	if (chance(m, 10))
		g_string_append_printf(o, " widows='%d' orphans='%d'", pick(m, 1, 5), pick(m, 1, 5));
}

static void add_note(Maker *m);

static void add_words(Maker *m, int count)
{
	for (int i = 0; i < count; i++) {
		g_string_append_printf(m->out, "w%u ", m->words++);
		if (!m->in_note && chance(m, 3))
			add_note(m);
	}
}

static void add_paragraph(Maker *m)
{
	g_string_append(m->out, "<fo:block");
	add_attributes(m);
	g_string_append(m->out, ">");
	if (chance(m, 95))
		add_words(m, pick(m, 1, chance(m, 10) ? 300 : 40));
	g_string_append(m->out, "</fo:block>");
}

static void add_note(Maker *m)
{
	guint number = m->notes++;
	m->in_note = TRUE;
	g_string_append_printf(m->out, "<fo:footnote><fo:inline>m%u </fo:inline><fo:footnote-body><fo:block>n%u ", number, number);
	add_words(m, pick(m, 0, chance(m, 10) ? 200 : 20));
	g_string_append(m->out, "</fo:block>");
	if (chance(m, 20))
		add_paragraph(m);
	g_string_append(m->out, "</fo:footnote-body></fo:footnote>");
	m->in_note = FALSE;
}

static void add_blocks(Maker *m, int depth);

static void add_list(Maker *m, int depth)
{
	g_string_append(m->out, "<fo:list-block provisional-distance-between-starts='30pt'");
	add_attributes(m);
	g_string_append(m->out, ">");
	for (int i = pick(m, 1, 6); i > 0; i--) {
		g_string_append(m->out, "<fo:list-item");
		add_attributes(m);
		g_string_append(m->out, "><fo:list-item-label end-indent='label-end()'><fo:block>");
		add_words(m, chance(m, 90) ? 1 : 6);
		g_string_append(m->out, "</fo:block></fo:list-item-label><fo:list-item-body start-indent='body-start()'>");
		add_blocks(m, depth - 1);
		g_string_append(m->out, "</fo:list-item-body></fo:list-item>");
	}
	g_string_append(m->out, "</fo:list-block>");
}

static void add_cell(Maker *m, int depth, int rows)
{
	g_string_append_printf(m->out, "<fo:table-cell start-indent='0pt' end-indent='0pt' number-rows-spanned='%d'%s>", rows, chance(m, 30) ? " border='1pt solid blue' padding='2pt'" : "");
	add_blocks(m, depth > 1 && chance(m, 10) ? depth - 1 : 0);
	g_string_append(m->out, "</fo:table-cell>");
}

static void add_rows(Maker *m, int columns, int rows, int depth)
{
	for (int r = 0; r < rows; r++) {
		gboolean spans = columns > 1 && r + 1 < rows && chance(m, 15);
		g_string_append(m->out, "<fo:table-row");
		if (chance(m, 15))
			g_string_append(m->out, " keep-together.within-page='always'");
		g_string_append(m->out, ">");
		for (int c = 0; c < columns; c++)
			add_cell(m, depth, spans && c == 0 ? 2 : 1);
		g_string_append(m->out, "</fo:table-row>");
		if (!spans)
			continue;
		g_string_append(m->out, "<fo:table-row>");
		for (int c = 1; c < columns; c++)
			add_cell(m, depth, 1);
		g_string_append(m->out, "</fo:table-row>");
		r++;
	}
}

static void add_table(Maker *m, int depth)
{
	int columns = pick(m, 1, 4);
	g_string_append_printf(m->out, "<fo:table table-layout='fixed' width='100%%' border-collapse='%s'", chance(m, 50) ? "separate" : "collapse");
	add_attributes(m);
	g_string_append(m->out, ">");
	if (chance(m, 40)) {
		gboolean was = m->in_note;
		m->in_note = TRUE;
		g_string_append(m->out, "<fo:table-header>");
		add_rows(m, columns, 1, 0);
		g_string_append(m->out, "</fo:table-header>");
		m->in_note = was;
	}
	g_string_append(m->out, "<fo:table-body>");
	add_rows(m, columns, pick(m, 1, 6), depth);
	g_string_append(m->out, "</fo:table-body></fo:table>");
}

static void add_container(Maker *m, int depth)
{
	g_string_append(m->out, "<fo:block-container start-indent='0pt'");
	add_attributes(m);
	if (chance(m, 20))
		g_string_append_printf(m->out, " block-progression-dimension.minimum='%dpt'", pick(m, 5, 60));
	g_string_append(m->out, ">");
	add_blocks(m, depth - 1);
	g_string_append(m->out, "</fo:block-container>");
}

static void add_nested(Maker *m, int depth)
{
	g_string_append(m->out, "<fo:block start-indent='inherited-property-value(start-indent) + 5pt'");
	add_attributes(m);
	g_string_append(m->out, ">");
	if (chance(m, 30))
		add_words(m, 5);
	add_blocks(m, depth - 1);
	if (chance(m, 30))
		add_words(m, 5);
	g_string_append(m->out, "</fo:block>");
}

static void add_blocks(Maker *m, int depth)
{
	for (int i = depth > 0 ? pick(m, 1, 5) : 1; i > 0; i--) {
		int kind = depth > 0 ? pick(m, 0, 99) : 0;
		if (kind < 60)
			add_paragraph(m);
		else if (kind < 72)
			add_nested(m, depth);
		else if (kind < 84)
			add_list(m, depth);
		else if (kind < 94)
			add_table(m, depth);
		else
			add_container(m, depth);
	}
}

static char *make_document(guint seed, int columns)
{
	Maker m = {.rand = g_rand_new_with_seed(seed), .out = g_string_new(head)};
	const int heights[] = {pick(&m, 120, 500), pick(&m, 120, 500), pick(&m, 0, 30)};
	g_string_append_printf(m.out,
	                       "<fo:layout-master-set><fo:simple-page-master master-name='odd' page-width='250pt' page-height='%dpt' margin='10pt'>"
	                       "<fo:region-body column-count='%d'/></fo:simple-page-master><fo:simple-page-master master-name='even' page-width='250pt' page-height='%dpt' "
	                       "margin='10pt'><fo:region-body column-count='%d' margin-top='%dpt'/></fo:simple-page-master><fo:page-sequence-master master-name='both'>"
	                       "<fo:repeatable-page-master-alternatives><fo:conditional-page-master-reference master-reference='odd' odd-or-even='odd'/>"
	                       "<fo:conditional-page-master-reference master-reference='even' odd-or-even='even'/></fo:repeatable-page-master-alternatives>"
	                       "</fo:page-sequence-master></fo:layout-master-set><fo:page-sequence master-reference='both'>",
	                       heights[0], columns, heights[1], columns, heights[2]);
	if (chance(&m, 50))
		g_string_append(m.out, "<fo:static-content flow-name='xsl-footnote-separator'><fo:block>---</fo:block></fo:static-content>");
	g_string_append(m.out, "<fo:flow flow-name='xsl-region-body'>");
	for (int i = pick(&m, 1, 3); i > 0; i--) {
		add_blocks(&m, pick(&m, 1, 3));
		if (columns == 1)
			continue;
		g_string_append(m.out, "<fo:block span='all' keep-with-next='always'>");
		add_words(&m, 12);
		g_string_append(m.out, "</fo:block>");
	}
	g_string_append(m.out, "</fo:flow></fo:page-sequence></fo:root>");
	g_rand_free(m.rand);
	return g_string_free(m.out, FALSE);
}

typedef struct {
	GHashTable *marks, *notes; /* "12" -> page + 1 */
	const AreaTree *areas;
	gboolean outside;
} Seen;

static void see_words(Seen *seen, const char *text, guint page)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	for (char **w = words; *w; w++) {
		GHashTable *to = **w == 'm' ? seen->marks : **w == 'n' ? seen->notes : NULL;
		if (to && !g_hash_table_contains(to, *w + 1))
			g_hash_table_insert(to, g_strdup(*w + 1), GUINT_TO_POINTER(page + 1));
	}
}

static void see_text(gpointer user, guint page, Area *text)
{
	Seen *seen = user;
	const Area *line = text, *region = text;
	while (line->kind != AREA_LINE)
		line = line->parent;
	while (region->parent)
		region = region->parent;
	see_words(seen, text->u.text->text, page);
	gboolean out = line->y < region->y || line->y + 12000 > region->y + region->bpd + 20;
	if (out && !seen->outside && g_getenv("SEED"))
		g_printerr("page %u: %s at %d, page ends at %d\n", page + 1, text->u.text->text, line->y, region->y + region->bpd);
	seen->outside |= out;
}

static void check_notes(const Seen *seen, guint seed, gboolean excused)
{
	GHashTableIter i;
	gpointer number, page;
	g_hash_table_iter_init(&i, seen->marks);
	while (g_hash_table_iter_next(&i, &number, &page)) {
		gpointer at = g_hash_table_lookup(seen->notes, number);
		if (at != page && !excused)
			g_error("seed %u: the mark of note %s is on page %u, the note on %u", seed, (char *)number, GPOINTER_TO_UINT(page), GPOINTER_TO_UINT(at));
	}
}

static void check_document(guint seed, int columns)
{
	g_autofree char *fo = make_document(seed, columns);
	Set s = set_document(fo), again = set_document(fo);
	Seen seen = {.marks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	             .notes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	             .areas = s.areas};
	if (!layout_check_loss(s.tree, s.areas, s.d)) {
		g_autofree char *text = diagnostics_format(s.d, &(DiagnosticStyle){.prefix = ""});
		g_error("seed %u: %s", seed, text);
	}
	each_text(s.areas, see_text, &seen);
	gboolean reported = count_messages(&s, MSG_LAYOUT_OVERFULL_PAGE) > 0;
	if (seen.outside && !reported)
		g_error("seed %u: something stands outside its page, unreported", seed);
	check_notes(&seen, seed, reported || count_messages(&s, MSG_LAYOUT_NOTE_LATE) > 0);
	g_autoptr(GBytes) one = layout_to_xml(s.areas), two = layout_to_xml(again.areas);
	g_assert_true(g_bytes_equal(one, two));
	g_hash_table_unref(seen.marks);
	g_hash_table_unref(seen.notes);
	set_clear(&s);
	set_clear(&again);
}

static void test_random(gconstpointer data)
{
	int columns = GPOINTER_TO_INT(data);
	const char *only = g_getenv("SEED"), *many = g_getenv("SEEDS");
	guint first = only ? (guint)atoi(only) : 1, count = only ? 1 : many ? (guint)atoi(many) : columns == 1 ? 60 : 20;
	if (only && g_getenv("DUMP")) {
		g_autofree char *fo = make_document(first, columns);
		g_file_set_contents(g_getenv("DUMP"), fo, -1, NULL);
	}
	for (guint seed = first; seed < first + count; seed++)
		check_document(seed, columns);
}

int main(int argc, char **argv)
{
	xml_start();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pages/space", test_space);
	g_test_add_func("/pages/loss", test_loss);
	g_test_add_func("/pages/loss-in-note", test_loss_in_note);
	g_test_add_func("/pages/overfull", test_overfull);
	g_test_add_func("/pages/no-room", test_no_room_at_all);
	g_test_add_data_func("/pages/random", GINT_TO_POINTER(1), test_random);
	g_test_add_data_func("/pages/random-columns", GINT_TO_POINTER(2), test_random);
	g_test_add_data_func("/pages/random-three-columns", GINT_TO_POINTER(3), test_random);
	return g_test_run();
}
