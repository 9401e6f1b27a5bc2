/* Paragraphs to lines: what stands in the areas (text, clusters, order), and that nothing is ever lost. The places of lines are tests/fo's to check. */
#include "base/xml.h"
#include "layout/line.h"
#include "layout/text.h"

#include <string.h>

typedef struct {
	Diagnostics *d;
	xmlDoc *doc;
	FoTree *tree;
	LayoutOptions options;
	LayoutContext c;
	const FoNode *block;
	LineParagraph *paragraph;
	GPtrArray *lines;
} Bench;

static const FoNode *find_kind(const FoNode *n, FoKind kind)
{
	if (n->kind == kind)
		return n;
	for (const FoNode *child = n->first; child; child = child->next) {
		const FoNode *found = find_kind(child, kind);
		if (found)
			return found;
	}
	return NULL;
}

static const char *label_of(LayoutContext *c, const char *id, gboolean last)
{
	(void)c;
	return strcmp(id, "ver") == 0 ? (last ? "14" : "12") : NULL;
}

/* Of the first block in a flow that holds block, broken at measure points. */
static Bench *set_block(const char *block, int measure)
{
	Bench *b = g_new0(Bench, 1);
	g_autofree char *fo = g_strdup_printf(
	    "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' xmlns:rotonde='urn:rotonde:fo' font-family='Square' font-size='10pt' xml:lang='nl'>"
	    "<fo:layout-master-set><fo:simple-page-master master-name='p'><fo:region-body/></fo:simple-page-master></fo:layout-master-set>"
	    "<fo:page-sequence master-reference='p'><fo:flow flow-name='xsl-region-body'>%s</fo:flow></fo:page-sequence></fo:root>",
	    block);
	b->d = diagnostics_new();
	b->doc = xml_parse(fo, strlen(fo), "a.fo", b->d);
	g_assert_nonnull(b->doc);
	b->tree = fo_tree_new(b->doc, "a.fo", b->d);
	b->options.fonts_conf = "tests/fonts.conf";
	b->c = (LayoutContext){.tree = b->tree, .options = &b->options, .d = b->d, .areas = area_tree_new(), .page_of = label_of, .page_label = "7"};
	b->c.fonts = text_fonts_new(b->c.areas, &b->options, b->d);
	b->block = find_kind(fo_tree_root(b->tree), FO_BLOCK);
	b->paragraph = line_paragraph_new(&b->c, b->block, b->block->first, NULL);
	b->lines = b->paragraph ? line_paragraph_break(b->paragraph, measure * 1000) : NULL;
	return b;
}

static void bench_free(Bench *b)
{
	if (b->lines)
		g_ptr_array_unref(b->lines);
	line_paragraph_free(b->paragraph);
	text_fonts_free(b->c.fonts);
	area_tree_free(b->c.areas);
	fo_tree_free(b->tree);
	xmlFreeDoc(b->doc);
	diagnostics_free(b->d);
	g_free(b);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bench, bench_free)

static const LayoutLine *line(const Bench *b, guint i)
{
	g_assert_cmpuint(i, <, b->lines->len);
	return b->lines->pdata[i];
}

static void add_text(GString *s, const Area *a)
{
	if (a->kind == AREA_TEXT)
		g_string_append(s, a->u.text->text);
	for (const Area *child = a->first; child; child = child->next)
		add_text(s, child);
}

/* The text of all lines, a | between them. */
static char *text_of(const Bench *b)
{
	GString *s = g_string_new(NULL);
	for (guint i = 0; b->lines && i < b->lines->len; i++) {
		if (i > 0)
			g_string_append_c(s, '|');
		add_text(s, line(b, i)->area);
	}
	return g_string_free(s, FALSE);
}

static void check(const char *block, int measure, const char *expected)
{
	g_autoptr(Bench) b = set_block(block, measure);
	g_autofree char *text = text_of(b);
	g_assert_cmpstr(text, ==, expected);
}

static const Area *nth_text(const Area *a, guint *n)
{
	if (a->kind == AREA_TEXT && (*n)-- == 0)
		return a;
	for (const Area *child = a->first; child; child = child->next) {
		const Area *found = nth_text(child, n);
		if (found)
			return found;
	}
	return NULL;
}

static const Area *text_area(const Bench *b, guint l, guint n)
{
	const Area *a = nth_text(line(b, l)->area, &n);
	g_assert_nonnull(a);
	return a;
}

/* ---- text ---- */

/* The space at a break is there, without width; a hyphen is a soft one for who copies it. */
static void test_copying(void)
{
	check("<fo:block>een twee drie</fo:block>", 40, "een twee |drie");
	check("<fo:block hyphenate='true'>hulpverlener</fo:block>", 40, "hulpver\xc2\xad|lener");
	check("<fo:block>hulp&#xad;verlener</fo:block>", 50, "hulp\xc2\xad|verlener");
	check("<fo:block>hulp&#xad;verlener</fo:block>", 100, "hulpverlener");
	check("<fo:block>een&#x200b;twee</fo:block>", 22, "een|twee");
	check("<fo:block> een \n  twee </fo:block>", 100, "een twee");
	check("<fo:block linefeed-treatment='preserve'>een\ntwee\n\ndrie</fo:block>", 100, "een|twee||drie");
	check("<fo:block text-transform='uppercase'>stra\xc3\x9f" "e</fo:block>", 100, "STRASSE");
	check("<fo:block text-transform='capitalize'>het ijs van z'n oma</fo:block>", 200, "Het IJs Van Z'n Oma");
}

/* Where spelling changes at the hyphen, what is copied is the word as it was written. */
static void test_spelling(void)
{
	g_autoptr(Bench) b = set_block("<fo:block hyphenate='true'>omaatje</fo:block>", 22);
	g_autofree char *text = text_of(b);
	g_assert_cmpstr(text, ==, "omaa\xc2\xad|tje");
	const AreaText *t = text_area(b, 0, 0)->u.text;
	g_assert_cmpuint(t->length, ==, 4); /* o m a - */
	g_assert_cmpuint(t->glyphs[3].cluster, ==, 3);
	g_autoptr(Bench) c = set_block("<fo:block hyphenate='true'>ge\xc3\xab" "erd</fo:block>", 22);
	g_autofree char *other = text_of(c);
	g_assert_cmpstr(other, ==, "ge\xc2\xad|\xc3\xab" "erd");
	const AreaText *i = text_area(c, 1, 0)->u.text;
	g_assert_cmpuint(i->length, ==, 4);
	g_assert_cmpuint(i->glyphs[0].cluster, ==, 0);
	g_assert_cmpuint(i->glyphs[1].cluster, ==, 2);
}

static void test_clusters(void)
{
	g_autoptr(Bench) b = set_block("<fo:block font-family='Testserif'>\xc3\xa9 fiets</fo:block>", 100);
	const AreaText *t = text_area(b, 0, 0)->u.text;
	g_assert_cmpstr(t->text, ==, "\xc3\xa9 fiets");
	for (guint i = 1; i < t->length; i++)
		g_assert_cmpuint(t->glyphs[i].cluster, >, t->glyphs[i - 1].cluster);
	g_assert_cmpuint(t->glyphs[1].cluster, ==, 2);
	int sum = 0;
	for (guint i = 0; i < t->length; i++)
		sum += t->glyphs[i].advance;
	g_assert_cmpint(sum, ==, text_area(b, 0, 0)->ipd);
}

static void test_right_to_left(void)
{
	g_autoptr(Bench) b = set_block("<fo:block>ab \xd7\x90\xd7\x91 \xd7\x92 cd</fo:block>", 100);
	const Area *hebrew = text_area(b, 0, 1);
	g_assert_true(hebrew->u.text->rtl);
	g_assert_cmpstr(hebrew->u.text->text, ==, "\xd7\x90\xd7\x91 \xd7\x92");
	for (guint i = 1; i < hebrew->u.text->length; i++)
		g_assert_cmpuint(hebrew->u.text->glyphs[i].cluster, <, hebrew->u.text->glyphs[i - 1].cluster);
	g_assert_cmpint(hebrew->x, ==, 12500);
}

static void test_generated(void)
{
	check("<fo:block><fo:page-number/> <fo:page-number-citation ref-id='ver'/> <fo:page-number-citation-last ref-id='ver'/></fo:block>", 100, "7 12 14");
	check("<fo:block>a<fo:character character='b'/>c</fo:block>", 100, "abc");
	check("<fo:block>een <fo:inline>twee<fo:block>drie</fo:block></fo:inline>vier</fo:block>", 100, "een twee|drie|vier");
}

static void test_order(void)
{
	g_autoptr(Bench) b = set_block("<fo:block>een <fo:inline font-weight='bold'>twee</fo:inline> drie</fo:block>", 100);
	const Area *first = text_area(b, 0, 0), *second = text_area(b, 0, 1), *third = text_area(b, 0, 2);
	g_assert_cmpuint(first->order, <, second->order);
	g_assert_cmpuint(second->order, <, third->order);
	g_assert_cmpint(second->u.text->font->weight, ==, 700);
	g_assert_cmpint(second->parent->kind, ==, AREA_INLINE);
	g_assert_cmpint(second->x, ==, first->x + first->ipd);
}

/* ---- lines ---- */

static void test_footnotes(void)
{
	g_autoptr(Bench) b = set_block("<fo:block>een<fo:footnote><fo:inline>1</fo:inline><fo:footnote-body><fo:block>x</fo:block></fo:footnote-body></fo:footnote> twee "
	                               "drie<fo:footnote><fo:inline>2</fo:inline><fo:footnote-body><fo:block>y</fo:block></fo:footnote-body></fo:footnote></fo:block>",
	                               27);
	g_autofree char *text = text_of(b);
	g_assert_cmpstr(text, ==, "een1 |twee |drie2");
	g_assert_cmpuint(line(b, 0)->notes->len, ==, 1);
	g_assert_null(line(b, 1)->notes);
	g_assert_cmpuint(line(b, 2)->notes->len, ==, 1);
	g_assert_cmpint(((const FoNode *)line(b, 2)->notes->pdata[0])->kind, ==, FO_FOOTNOTE);
}

static void test_beside(void)
{
	g_autoptr(Bench) b = set_block("<fo:block>een twee drie vier vijf zes zeven</fo:block>", 100);
	g_autoptr(GArray) insets = g_array_new(FALSE, FALSE, sizeof(LineInset));
	const LineInset first = {30000, 0}, second = {10000, 40000};
	g_array_append_val(insets, first);
	g_array_append_val(insets, second);
	g_ptr_array_unref(b->lines);
	b->lines = line_paragraph_break_beside(b->paragraph, NULL, 100000, insets, 0);
	g_autofree char *text = text_of(b);
	g_assert_cmpstr(text, ==, "een twee drie |vier vijf |zes zeven");
	g_assert_cmpint(line(b, 0)->x, ==, 30000);
	g_assert_cmpint(line(b, 0)->area->ipd, ==, 70000);
	g_assert_cmpint(line(b, 1)->x, ==, 10000);
	g_assert_cmpint(line(b, 1)->area->ipd, ==, 50000);
	g_assert_cmpint(line(b, 2)->x, ==, 0);
	g_assert_cmpint(line(b, 2)->area->ipd, ==, 100000);
	g_assert_cmpint(line(b, 2)->width, <, 100000);
}

/* A part at a time: whatever it stops at, what follows goes on there. */
static void test_beside_parts(void)
{
	g_autoptr(Bench) b = set_block("<fo:block>een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien "
	                               "negentien twintig</fo:block>", 100);
	g_autofree char *whole = text_of(b);
	guint count = b->lines->len;
	g_ptr_array_unref(b->lines);
	b->lines = line_paragraph_break_beside(b->paragraph, NULL, 100000, NULL, 4);
	guint first = b->lines->len;
	g_assert_cmpuint(first, >=, 3);
	g_assert_cmpuint(first, <, count);
	g_assert_false(line(b, first - 1)->last);
	g_autoptr(GPtrArray) rest = line_paragraph_break_beside(b->paragraph, line(b, first - 1), 100000, NULL, 0);
	b->lines = line_array_take(b->lines, rest, rest->len);
	g_assert_cmpuint(rest->len, ==, 0);
	g_assert_true(line(b, b->lines->len - 1)->last);
	g_autofree char *text = text_of(b);
	g_assert_cmpstr(text, ==, whole);
}

/* What is too wide beside something is left to the caller; elsewhere it is reported. */
static void test_beside_wide(void)
{
	g_autoptr(Bench) b = set_block("<fo:block>1234567890123 1</fo:block>", 90);
	g_autoptr(GArray) insets = g_array_new(FALSE, FALSE, sizeof(LineInset));
	const LineInset first = {60000, 0};
	g_array_append_val(insets, first);
	g_ptr_array_unref(b->lines);
	b->lines = line_paragraph_break_beside(b->paragraph, NULL, 90000, insets, 0);
	g_assert_cmpint(line(b, 0)->width, >, line(b, 0)->area->ipd + LINE_TOLERANCE);
	g_assert_cmpint(diagnostics_length(b->d), ==, 0);
}

static void test_ids(void)
{
	g_autoptr(Bench) b = set_block("<fo:block>een <fo:inline id='x'>twee</fo:inline> drie <fo:wrapper id='y'/></fo:block>", 27);
	g_assert_null(line(b, 0)->ids);
	g_assert_cmpuint(line(b, 1)->ids->len, ==, 1);
	g_assert_cmpuint(line(b, 2)->ids->len, ==, 1);
	g_assert_cmpint(line(b, 2)->forced, ==, TRUE);
	g_autoptr(Bench) alone = set_block("<fo:block><fo:wrapper id='z'/></fo:block>", 27);
	g_assert_true(alone->paragraph == NULL || line(alone, 0)->ids->len == 1);
}

static void test_hyphen_flags(void)
{
	g_autoptr(Bench) b = set_block("<fo:block hyphenate='true'>Noordwijkerhout hulpverlener</fo:block>", 52);
	gboolean name = FALSE;
	for (guint i = 0; i < b->lines->len; i++) {
		g_assert_true(!line(b, i)->name || line(b, i)->hyphenated);
		name |= line(b, i)->name;
	}
	g_assert_true(name);
}

static void test_too_wide(void)
{
	g_autoptr(Bench) b = set_block("<fo:block>een\nhulpverlenersorganisatie twee</fo:block>", 60);
	g_assert_cmpuint(diagnostics_length(b->d), ==, 0); /* hyphenated, though nobody asked for it: better than sticking out */
	g_autoptr(Bench) c = set_block("<fo:block>een 123456789012345678901234 twee</fo:block>", 60);
	g_assert_cmpuint(diagnostics_length(c->d), ==, 1);
	g_assert_cmpstr(diagnostics_peek(c->d, 0)->code, ==, "regel-te-breed");
	g_assert_cmpstr(diagnostics_peek(c->d, 0)->focus, ==, "123456789012345678901234");
	g_assert_cmpuint(c->lines->len, ==, 3);
	check("<fo:block>zie http://www.voorbeeld.nl/eenlangpad nu</fo:block>", 60, "zie http://|www.voor|beeld.nl/|eenlangpad |nu");
}

/* No word alone on the last line, lines as even as they can be, and no more of them. */
static void test_balance(void)
{
	check("<fo:block>aaaa bbbb cccc dddd eee</fo:block>", 97, "aaaa bbbb cccc dddd |eee");
	check("<fo:block rotonde:text-wrap='balance'>aaaa bbbb cccc dddd eee</fo:block>", 97, "aaaa bbbb |cccc dddd eee");
}

/* A short word does not stand alone on the last line where it can be helped; of two that are too short the longer one is better. */
static void test_runts(void)
{
	check("<fo:block>aaaa bbbb cccc dd e</fo:block>", 84, "aaaa bbbb cccc |dd e");
	check("<fo:block>aaaaaaaa bbbbbbbb cccccccc dddddddd eeeeeeee ffffffff gg h</fo:block>", 270,
	      "aaaaaaaa bbbbbbbb cccccccc dddddddd eeeeeeee ffffffff |gg h");
}

static void test_widths(void)
{
	g_autoptr(Bench) b = set_block("<fo:block>een twintig drie</fo:block>", 100);
	int minimum, maximum;
	line_paragraph_widths(b->paragraph, &minimum, &maximum);
	g_assert_cmpint(minimum, ==, 35000);
	g_assert_cmpint(maximum, ==, 15000 + 2500 + 35000 + 2500 + 20000);
	g_autoptr(Bench) c = set_block("<fo:block>een<fo:inline padding='2pt'>twee</fo:inline>\xc2\xa0x</fo:block>", 100);
	line_paragraph_widths(c->paragraph, &minimum, &maximum);
	g_assert_cmpint(minimum, ==, maximum);
	g_assert_cmpint(maximum, ==, 15000 + 4000 + 20000 + 2500 + 5000);
}

static void test_nothing(void)
{
	g_autoptr(Bench) b = set_block("<fo:block>  \n </fo:block>", 100);
	g_assert_null(b->paragraph);
	g_autoptr(Bench) c = set_block("<fo:block>a</fo:block>", 0);
	g_assert_cmpuint(c->lines->len, ==, 1);
}

/* ---- random content: nothing is lost, everything stands in the measure or is reported ---- */

static void add_random_text(GRand *random, GString *fo, GString *words)
{
	static const char *const pieces[] = {"een ", "hulpverlening ", "jeugd-ggz ", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d ", "(ja) ", "12,5 ", "caf\xc3\xa9 ", "\xc2\xab" "x\xc2\xbb ", "\xc2\xa0", "fi", "A",
	                                     "\xe2\x80\x94", "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7 ", "'s avonds ", "https://a.nl/b/c ", "e\xcc\x81 ", "\xe6\xbc\xa2\xe5\xad\x97 "};
	for (int n = g_rand_int_range(random, 0, 8); n > 0; n--) {
		const char *piece = pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))];
		g_string_append(fo, piece);
		g_string_append(words, piece);
	}
}

static void add_random(GRand *random, GString *fo, GString *words, int depth)
{
	static const char *const tags[] = {"<fo:inline font-weight='bold'>", "<fo:inline padding='1pt' border='1pt solid red' background-color='yellow'>",
	                                   "<fo:inline letter-spacing='1pt' baseline-shift='super' font-size='60%'>", "<fo:inline font-family='Testserif' font-variant='small-caps'>",
	                                   "<fo:inline space-start='3pt' text-decoration='underline'>", "<fo:inline keep-together.within-line='always'>"};
	for (int n = g_rand_int_range(random, 1, 4); n > 0; n--) {
		add_random_text(random, fo, words);
		if (depth > 3 || g_rand_int_range(random, 0, 2))
			continue;
		g_string_append(fo, tags[g_rand_int_range(random, 0, G_N_ELEMENTS(tags))]);
		add_random(random, fo, words, depth + 1);
		g_string_append(fo, "</fo:inline>");
	}
}

/* Letters only, sorted: order of areas is that of the eye, not of the reader, where directions mix. */
static int compare_chars(gconstpointer a, gconstpointer b)
{
	return (int)*(const gunichar *)a - (int)*(const gunichar *)b;
}

static GArray *letters(const char *text)
{
	GArray *chars = g_array_new(FALSE, FALSE, sizeof(gunichar));
	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);
		if (c != ' ' && c != '|' && c != 0xad)
			g_array_append_val(chars, c);
	}
	g_array_sort(chars, compare_chars);
	return chars;
}

static void check_inside(const Area *a, int measure)
{
	g_assert_cmpint(a->x, >=, -1000);
	g_assert_cmpint(a->x + a->ipd, <=, measure + 1000);
	for (const Area *child = a->first; child; child = child->next)
		check_inside(child, measure);
}

static void check_random(GRand *random)
{
	static const char *const aligns[] = {"start", "justify", "center", "end"};
	g_autoptr(GString) fo = g_string_new(NULL), words = g_string_new(NULL);
	g_string_printf(fo, "<fo:block hyphenate='true' text-align='%s' writing-mode='%s' text-indent='%dpt'>", aligns[g_rand_int_range(random, 0, 4)],
	                g_rand_int_range(random, 0, 4) ? "lr-tb" : "rl-tb", g_rand_int_range(random, 0, 12));
	add_random(random, fo, words, 0);
	g_string_append(fo, "</fo:block>");
	int measure = g_rand_int_range(random, 20, 300);
	g_autoptr(Bench) b = set_block(fo->str, measure);
	g_autofree char *text = text_of(b);
	g_autoptr(GArray) wanted = letters(words->str), got = letters(text);
	if (wanted->len != got->len || (wanted->len > 0 && memcmp(wanted->data, got->data, wanted->len * sizeof(gunichar)) != 0))
		g_error("%u and %u characters; %s at %d: '%s'", wanted->len, got->len, fo->str, measure, text);
	gboolean reported = FALSE;
	for (guint i = 0; i < diagnostics_length(b->d); i++)
		reported |= diagnostics_peek(b->d, i)->id == MSG_LINE_OVERFULL;
	for (guint i = 0; b->lines && !reported && i < b->lines->len; i++)
		check_inside(line(b, i)->area, measure * 1000);
}

static void test_random(void)
{
	GRand *random = g_rand_new_with_seed(2025);
	int count = g_test_slow() ? 20000 : 400;
	for (int i = 0; i < count; i++)
		check_random(random);
	g_rand_free(random);
}

int main(int argc, char **argv)
{
	xml_start();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/line/copying", test_copying);
	g_test_add_func("/line/spelling", test_spelling);
	g_test_add_func("/line/clusters", test_clusters);
	g_test_add_func("/line/right-to-left", test_right_to_left);
	g_test_add_func("/line/generated", test_generated);
	g_test_add_func("/line/order", test_order);
	g_test_add_func("/line/footnotes", test_footnotes);
	g_test_add_func("/line/beside", test_beside);
	g_test_add_func("/line/beside-parts", test_beside_parts);
	g_test_add_func("/line/beside-wide", test_beside_wide);
	g_test_add_func("/line/ids", test_ids);
	g_test_add_func("/line/hyphen-flags", test_hyphen_flags);
	g_test_add_func("/line/too-wide", test_too_wide);
	g_test_add_func("/line/balance", test_balance);
	g_test_add_func("/line/runts", test_runts);
	g_test_add_func("/line/widths", test_widths);
	g_test_add_func("/line/nothing", test_nothing);
	g_test_add_func("/line/random", test_random);
	return g_test_run();
}
