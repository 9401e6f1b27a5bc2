/* XSL-FO made at random: blocks, lists, tables, containers, notes, floats and columns, with spaces, keeps and breaks, of numbered words. The same seed
 * makes the same document. Included once, by the test that sets them. */
#ifndef ROTONDE_UNIT_RANDOM_FO_H
#define ROTONDE_UNIT_RANDOM_FO_H

#include <glib.h>

static const char head[] = "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' xmlns:fox='http://xmlgraphics.apache.org/fop/extensions' "
                           "font-family='Square' font-size='10pt' line-height='12pt'>";

typedef struct {
	GRand *rand;
	GString *out;
	guint words, notes, floated;
	gboolean in_note;
	gboolean floats, sides; /* has them, at the top of pages and at their sides */
} Maker;

typedef struct {
	int columns; /* of odd pages, and when 10 or more, of even pages the tens */
	gboolean floats, sides;
	gboolean widths; /* the first, the last, odd and even pages differ in width */
} Variety;

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
	static const char *const displacing[] = {"auto", "line", "indent", "block"};
	if (m->sides && chance(m, 10))
		g_string_append_printf(o, " intrusion-displace='%s'", displacing[pick(m, 0, 3)]);
	if (m->sides && chance(m, 10))
		g_string_append_printf(o, " clear='%s'", chance(m, 50) ? "both" : "left");
	if (chance(m, 10))
		g_string_append_printf(o, " widows='%d' orphans='%d'", pick(m, 1, 5), pick(m, 1, 5));
}

static void add_note(Maker *m);
static void add_before_float(Maker *m);
static void add_side_float(Maker *m);

static void add_words(Maker *m, int count)
{
	for (int i = 0; i < count; i++) {
		g_string_append_printf(m->out, "w%u ", m->words++);
		if (!m->in_note && chance(m, 3))
			add_note(m);
		if (!m->in_note && m->floats && chance(m, 4))
			add_before_float(m);
		if (!m->in_note && m->sides && chance(m, 4))
			add_side_float(m);
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

static void add_before_float(Maker *m)
{
	guint number = m->floated++;
	m->in_note = TRUE;
	g_string_append_printf(m->out, "a%u <fo:float float='before'><fo:block padding-bottom='%dpt'>z%u ", number, pick(m, 0, chance(m, 10) ? 500 : 60), number);
	add_words(m, pick(m, 0, 20));
	g_string_append(m->out, "</fo:block>");
	if (chance(m, 20))
		add_paragraph(m);
	g_string_append(m->out, "</fo:float>");
	m->in_note = FALSE;
}

static void add_side_float(Maker *m)
{
	static const char *const sides[] = {"start", "end", "left", "right", "inside", "outside"}, *const clears[] = {"none", "both", "left", "right"};
	gboolean was = m->in_note;
	m->in_note = TRUE;
	g_string_append_printf(m->out, "<fo:float float='%s' clear='%s'>", sides[pick(m, 0, 5)], clears[chance(m, 20) ? pick(m, 1, 3) : 0]);
	if (chance(m, 70))
		g_string_append_printf(m->out, "<fo:block-container width='%d%s' start-indent='0pt' end-indent='0pt'>", pick(m, 10, 60), chance(m, 70) ? "pt" : "%");
	else
		g_string_append(m->out, "<fo:block-container start-indent='0pt' end-indent='0pt'>");
	g_string_append_printf(m->out, "<fo:block padding-bottom='%dpt'>", chance(m, 1) ? 500 : pick(m, 0, 40));
	add_words(m, pick(m, 0, chance(m, 10) ? 80 : 8));
	g_string_append(m->out, "</fo:block></fo:block-container></fo:float>");
	m->in_note = was;
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
	g_string_append(m->out, "<fo:block-container");
	add_attributes(m);
	if (chance(m, 20))
		g_string_append_printf(m->out, " block-progression-dimension.minimum='%dpt'", pick(m, 5, 60));
	g_string_append(m->out, "><fo:block start-indent='0pt'>"); /* what is inside is indented from the container's own edge */
	add_blocks(m, depth - 1);
	g_string_append(m->out, "</fo:block></fo:block-container>");
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
		if (m->sides && !m->in_note && chance(m, 15))
			add_side_float(m);
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

/* Every kind of page of a width of its own, and of at most so many columns. */
static void add_wide_masters(Maker *m, int columns)
{
	static const char *const pages[][2] = {{"first", "page-position='first'"}, {"last", "page-position='last'"}, {"odd", "odd-or-even='odd'"}, {"even", "odd-or-even='even'"}};
	g_string_append(m->out, "<fo:layout-master-set>");
	for (gsize i = 0; i < G_N_ELEMENTS(pages); i++)
		g_string_append_printf(m->out,
		                       "<fo:simple-page-master master-name='%s' page-width='%dpt' page-height='%dpt' margin='10pt'><fo:region-body column-count='%d'/></fo:simple-page-master>",
		                       pages[i][0], columns > 1 ? pick(m, 400, 600) : pick(m, 150, 350), pick(m, 120, 500), columns > 1 ? pick(m, 1, columns) : 1);
	g_string_append(m->out, "<fo:page-sequence-master master-name='both'><fo:repeatable-page-master-alternatives>");
	for (gsize i = 0; i < G_N_ELEMENTS(pages); i++)
		g_string_append_printf(m->out, "<fo:conditional-page-master-reference master-reference='%s' %s/>", pages[i][0], pages[i][1]);
	g_string_append(m->out, "</fo:repeatable-page-master-alternatives></fo:page-sequence-master></fo:layout-master-set><fo:page-sequence master-reference='both'>");
}

static char *make_document(guint seed, const Variety *v)
{
	Maker m = {.rand = g_rand_new_with_seed(seed), .out = g_string_new(head), .floats = v->floats, .sides = v->sides};
	const int odd = v->columns % 10, even = v->columns < 10 ? v->columns : v->columns / 10;
	const int heights[] = {pick(&m, 120, 500), pick(&m, 120, 500), pick(&m, 0, 30)};
	if (v->widths)
		add_wide_masters(&m, v->columns);
	else
		g_string_append_printf(m.out,
	                       "<fo:layout-master-set><fo:simple-page-master master-name='odd' page-width='250pt' page-height='%dpt' margin='10pt'>"
	                       "<fo:region-body column-count='%d'/></fo:simple-page-master><fo:simple-page-master master-name='even' page-width='250pt' page-height='%dpt' "
	                       "margin='10pt'><fo:region-body column-count='%d' margin-top='%dpt'/></fo:simple-page-master><fo:page-sequence-master master-name='both'>"
	                       "<fo:repeatable-page-master-alternatives><fo:conditional-page-master-reference master-reference='odd' odd-or-even='odd'/>"
	                       "<fo:conditional-page-master-reference master-reference='even' odd-or-even='even'/></fo:repeatable-page-master-alternatives>"
	                       "</fo:page-sequence-master></fo:layout-master-set><fo:page-sequence master-reference='both'>",
	                       heights[0], odd, heights[1], even, heights[2]);
	if (chance(&m, 50))
		g_string_append(m.out, "<fo:static-content flow-name='xsl-footnote-separator'><fo:block>---</fo:block></fo:static-content>");
	g_string_append(m.out, "<fo:flow flow-name='xsl-region-body'>");
	for (int i = pick(&m, 1, 3); i > 0; i--) {
		add_blocks(&m, pick(&m, 1, 3));
		if (odd == 1 && even == 1)
			continue;
		g_string_append(m.out, "<fo:block span='all' keep-with-next='always'>");
		add_words(&m, 12);
		g_string_append(m.out, "</fo:block>");
	}
	g_string_append(m.out, "</fo:flow></fo:page-sequence></fo:root>");
	g_rand_free(m.rand);
	return g_string_free(m.out, FALSE);
}

#endif
