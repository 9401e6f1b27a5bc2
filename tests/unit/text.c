/* Fonts and shaping: family lists, styles, what is missing, ligatures, kerning across spaces; where lines may begin. */
#include "layout/paragraph.h"

#include <pango/pango.h>
#include <string.h>

typedef struct {
	Diagnostics *d;
	AreaTree *areas;
	LayoutOptions options;
	TextFonts *fonts;
} Bench;

static Bench bench_new(const char *fonts_conf, gboolean plain)
{
	Bench b = {.d = diagnostics_new(), .areas = area_tree_new(), .options = {.fonts_conf = fonts_conf, .plain_metrics = plain}};
	LayoutOptions *kept = area_alloc(b.areas, sizeof *kept);
	*kept = b.options;
	b.fonts = text_fonts_new(b.areas, kept, b.d);
	return b;
}

static void bench_free(Bench *b)
{
	text_fonts_free(b->fonts);
	area_tree_free(b->areas);
	diagnostics_free(b->d);
}

static TextFontSet *select_font(const Bench *b, const char *family, const char *second, int weight, gboolean italic)
{
	const char **families = area_alloc(b->areas, 3 * sizeof *families);
	families[0] = family;
	families[1] = second;
	Position at = {.file = "a.md", .line = 7};
	return text_fonts_select(b->fonts, &(TextRequest){families, weight, 100, italic}, &at);
}

static const char *message(const Bench *b, guint i)
{
	return i < diagnostics_length(b->d) ? diagnostics_peek(b->d, i)->code : NULL;
}

static void test_styles(void)
{
	Bench b = bench_new("tests/fonts.conf", FALSE);
	AreaFont *regular = text_set_primary(select_font(&b, "Square", NULL, 400, FALSE));
	g_assert_cmpint(regular->weight, ==, 400);
	g_assert_cmpint(regular->ascender, ==, 800);
	g_assert_cmpint(regular->descender, ==, -200);
	g_assert_true(text_set_primary(select_font(&b, "square", NULL, 300, FALSE)) == regular);
	g_assert_cmpint(text_set_primary(select_font(&b, "Square", NULL, 600, FALSE))->weight, ==, 700);
	g_assert_cmpint(text_set_primary(select_font(&b, "Square", NULL, 500, FALSE))->weight, ==, 400);
	g_assert_true(text_set_primary(select_font(&b, "Square", NULL, 400, TRUE))->italic);
	g_assert_cmpuint(diagnostics_length(b.d), ==, 0);
	bench_free(&b);
}

static void test_missing_family(void)
{
	Bench b = bench_new("tests/fonts.conf", FALSE);
	g_assert_cmpstr(text_set_primary(select_font(&b, "Nergens", "Testsans", 400, FALSE))->family, ==, "Testsans");
	g_assert_cmpstr(message(&b, 0), ==, "lettertype-ontbreekt");
	g_assert_cmpint(diagnostics_peek(b.d, 0)->line, ==, 7);
	g_assert_nonnull(strstr(diagnostics_peek(b.d, 0)->text[LANGUAGE_EN], "Testsans"));
	g_assert_nonnull(text_set_primary(select_font(&b, "Nergens", NULL, 700, FALSE)));
	g_assert_cmpuint(diagnostics_length(b.d), ==, 1); /* once a family */
	bench_free(&b);
}

static void test_characters(void)
{
	Bench b = bench_new("tests/fonts.conf", FALSE);
	TextFontSet *set = select_font(&b, "Square", "Testserif", 400, FALSE);
	Position at = {.file = "a.md", .line = 3};
	const gunichar in_both = 'a', in_second = 0xc6, in_none = 0x2603, mark[] = {'e', 0x301};
	g_assert_cmpstr(text_set_cover(b.fonts, set, &in_both, 1, &at)->family, ==, "Square");
	g_assert_cmpstr(text_set_cover(b.fonts, set, &in_second, 1, &at)->family, ==, "Testserif");
	g_assert_cmpuint(diagnostics_length(b.d), ==, 0); /* as the list says */
	g_assert_cmpstr(text_set_cover(b.fonts, set, mark, 2, &at)->family, ==, "Square"); /* by composing: é */
	g_assert_cmpstr(text_set_cover(b.fonts, set, &in_none, 1, &at)->family, ==, "Square");
	text_set_cover(b.fonts, set, &in_none, 1, &at);
	g_assert_cmpuint(diagnostics_length(b.d), ==, 1);
	g_assert_cmpstr(message(&b, 0), ==, "teken-ontbreekt");
	g_assert_nonnull(strstr(diagnostics_peek(b.d, 0)->text[LANGUAGE_NL], "U+2603"));
	bench_free(&b);
}

static const TextWord *shape(const Bench *b, AreaFont *font, const char *text, unsigned flags)
{
	glong length;
	g_autofree gunichar *chars = g_utf8_to_ucs4_fast(text, -1, &length);
	TextShape how = {font, HB_SCRIPT_LATIN, hb_language_from_string("nl", -1), flags};
	return text_shape(b->fonts, &how, chars, (guint)length);
}

static void test_shaping(void)
{
	Bench b = bench_new("tests/fonts.conf", FALSE);
	AreaFont *font = text_set_primary(select_font(&b, "Testserif", NULL, 400, FALSE));
	const TextWord *w = shape(&b, font, "fiets", 0);
	g_assert_true(shape(&b, font, "fiets", 0) == w); /* from the cache */
	g_assert_true(shape(&b, font, "fiets", TEXT_NO_LIGATURES) != w);
	g_assert_cmpuint(shape(&b, font, "fiets", TEXT_NO_LIGATURES)->length, ==, 5);
	int sum = 0;
	for (guint i = 0; i < w->length; i++)
		sum += w->glyphs[i].advance;
	g_assert_cmpint(sum, ==, w->width);
	g_assert_cmpint(shape(&b, font, "AV", 0)->width, <, shape(&b, font, "A", 0)->width + shape(&b, font, "V", 0)->width);
	g_assert_cmpint(text_scale(font, (int)font->upem, 10200), ==, 10200);
	bench_free(&b);
}

static void test_plain_metrics(void)
{
	Bench b = bench_new("tests/fonts.conf", TRUE);
	AreaFont *font = text_set_primary(select_font(&b, "Testserif", NULL, 400, FALSE));
	g_assert_cmpint(shape(&b, font, "AV", 0)->width, ==, shape(&b, font, "A", 0)->width + shape(&b, font, "V", 0)->width);
	g_assert_cmpuint(shape(&b, font, "ffi", 0)->length, ==, 3);
	bench_free(&b);
}

/* Words that are shaped apart and a space with its kerning are as wide as the whole, for every pair of letters. */
static void test_space_kerning(void)
{
	Bench b = bench_new("tests/fonts.conf", FALSE);
	AreaFont *font = text_set_primary(select_font(&b, "Testserif", NULL, 400, FALSE));
	TextShape how = {font, HB_SCRIPT_LATIN, hb_language_from_string("nl", -1), 0};
	for (gunichar x = 'A'; x <= 'z'; x++) {
		for (gunichar y = 'A'; y <= 'z'; y++) {
			const gunichar whole[] = {x, ' ', y};
			int apart = text_shape(b.fonts, &how, &x, 1)->width + text_space(b.fonts, &how, x, ' ', y) + text_shape(b.fonts, &how, &y, 1)->width;
			g_assert_cmpint(apart, ==, text_shape(b.fonts, &how, whole, 3)->width);
		}
	}
	bench_free(&b);
}

static const TextWord *shape_whole(const Bench *b, AreaFont *font, const char *text)
{
	g_autofree char *longer = g_strconcat(text, "\xe2\x81\xa0", NULL); /* a word joiner: no glyph, but another word to the cache, and no point at its end */
	return shape(b, font, longer, 0);
}

/* A word with its point put together from the cache is what HarfBuzz makes of the whole. */
static void test_points(void)
{
	static const char *const points[] = {".", ",", ";", ":", "?", "!", ")", "\xe2\x80\x99"};
	static const char *const families[] = {"Testserif", "Testsans", "Square"};
	Bench b = bench_new("tests/fonts.conf", FALSE);
	for (guint k = 0; k < G_N_ELEMENTS(families); k++) {
		AreaFont *font = text_set_primary(select_font(&b, families[k], NULL, 400, FALSE));
		for (char c = 'A'; c <= 'z'; c++) {
			for (guint i = 0; i < G_N_ELEMENTS(points); i++) {
				g_autofree char *text = g_strdup_printf("of%cf%c%s", c, c, points[i]);
				const TextWord *w = shape(&b, font, text, 0), *whole = shape_whole(&b, font, text);
				g_assert_cmpint(w->width, ==, whole->width);
				for (guint g = 0; g < w->length; g++) {
					g_assert_cmpuint(w->glyphs[g].id, ==, whole->glyphs[g].id);
					g_assert_cmpint(w->glyphs[g].advance, ==, whole->glyphs[g].advance);
					g_assert_cmpuint(w->glyphs[g].cluster, ==, whole->glyphs[g].cluster);
				}
			}
		}
	}
	bench_free(&b);
}

/* ---- where lines may begin: the short way must say what Pango says, but for hyphens that a word begins with ---- */

static gboolean follows_hyphen(const gunichar *chars, glong i)
{
	return (chars[i - 1] == '-' || chars[i - 1] == 0x2010) && g_unichar_isalnum(chars[i]);
}

static void check_breaks(const char *text)
{
	glong length;
	g_autofree gunichar *chars = g_utf8_to_ucs4_fast(text, -1, &length);
	g_autofree guint8 *breaks = g_malloc0((gsize)length + 1);
	g_autofree PangoLogAttr *attrs = g_new0(PangoLogAttr, length + 1);
	pango_get_log_attrs(text, (int)strlen(text), -1, pango_language_from_string("nl"), attrs, (int)length + 1);
	line_find_breaks(chars, (guint)length, "nl", breaks);
	for (glong i = 1; i < length; i++)
		if (breaks[i] != (attrs[i].is_line_break != 0) && !(breaks[i] == 0 && follows_hyphen(chars, i)))
			g_error("'%s' before character %ld: %d, Pango: %d", text, i, breaks[i], attrs[i].is_line_break);
}

static void test_breaks_known(void)
{
	static const char *const texts[] = {
	    "", "a", "een twee", "een  twee", "jeugd-ggz en \xe2\x80\x98wat\xe2\x80\x99?", "p.\xc2\xa0" "12", "3,5 (of meer) is 1.000!",
	    "'s avonds, z\xe2\x80\x99n", "\xe2\x80\x9ezo\xe2\x80\x9d (ja)", "\xe2\x80\x9cja\xe2\x80\x9d (nee)", "en/of a\xe2\x80\x93z, 5 \xe2\x80\x93 6",
	    "dus \xe2\x80\xa6 en toen\xe2\x80\xa6 nee", "a ( b ) c", "( a", "x !", "https://a.nl/b?c=d", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d abc", "a\xe2\x80\x8b" "b",
	    "\xe6\xbc\xa2\xe5\xad\x97 kanji", "a%b 10% $5 5\xe2\x82\xac", "A+B=C", "[a] {b}", " voor", "na ",
	};
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		check_breaks(texts[i]);
}

static void test_hyphens(void)
{
	static const struct { const char *text, *parts; } cases[] = {
	    {"zet --help erbij", "zet |--help |erbij"},      {"het -tje van deur", "het |-tje |van |deur"},
	    {"(--lang nl)", "(--lang |nl)"},                 {"\xe2\x80\x98-achtig\xe2\x80\x99", "\xe2\x80\x98-achtig\xe2\x80\x99"},
	    {"-o map", "-o |map"},                           {"jeugd-ggz", "jeugd-|ggz"},
	    {"\xe2\x80\x9czo\xe2\x80\x9d-achtig", "\xe2\x80\x9czo\xe2\x80\x9d-|achtig"}, {"zee- en luchtvaart", "zee- |en |luchtvaart"},
	};
	for (guint k = 0; k < G_N_ELEMENTS(cases); k++) {
		glong length;
		g_autofree gunichar *chars = g_utf8_to_ucs4_fast(cases[k].text, -1, &length);
		g_autofree guint8 *breaks = g_malloc0((gsize)length + 1);
		g_autoptr(GString) parts = g_string_new(NULL);
		line_find_breaks(chars, (guint)length, "nl", breaks);
		for (glong i = 0; i < length; i++)
			g_string_append_unichar(breaks[i] ? g_string_append_c(parts, '|') : parts, chars[i]);
		g_assert_cmpstr(parts->str, ==, cases[k].parts);
	}
}

static void test_breaks_random(void)
{
	static const char *const pieces[] = {"a",  "B",  "\xc3\xa9", "7", " ",  " ",  " ",  ".",  ",",  ";", ":", "!", "?", "(", ")", "'", "\"", "\xe2\x80\x98", "\xe2\x80\x99", "\xe2\x80\x9c",
	                                     "\xe2\x80\x9d", "\xe2\x80\x9e", "\xe2\x80\xa6", "-", "\xe2\x80\x93", "\xe2\x80\x94", "/", "\xc2\xa0", "woord", "%", "\xd7\xa9", "\xe6\xbc\xa2"};
	GRand *random = g_rand_new_with_seed(14);
	for (int i = 0; i < 20000; i++) {
		g_autoptr(GString) s = g_string_new(NULL);
		for (int n = g_rand_int_range(random, 1, 14); n > 0; n--)
			g_string_append(s, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
		check_breaks(s->str);
	}
	g_rand_free(random);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/text/styles", test_styles);
	g_test_add_func("/text/missing-family", test_missing_family);
	g_test_add_func("/text/characters", test_characters);
	g_test_add_func("/text/shaping", test_shaping);
	g_test_add_func("/text/plain-metrics", test_plain_metrics);
	g_test_add_func("/text/space-kerning", test_space_kerning);
	g_test_add_func("/text/points", test_points);
	g_test_add_func("/text/breaks-known", test_breaks_known);
	g_test_add_func("/text/hyphens", test_hyphens);
	g_test_add_func("/text/breaks-random", test_breaks_random);
	return g_test_run();
}
