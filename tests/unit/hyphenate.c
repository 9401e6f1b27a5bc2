/* Hyphenation: Dutch and English words, accents, spelling that changes at the break. */
#include "layout/hyphenate.h"

#include <glib/gstdio.h>

/* "hulp-ver-le-ning", with what is written before and after each break where spelling changes. */
static char *hyphenated(Hyphenation *h, const char *language, const char *word)
{
	glong length;
	g_autofree gunichar *chars = g_utf8_to_ucs4_fast(word, -1, &length);
	const HyphenWord *w = hyphenate_word(h, language, chars, (guint)length);
	GString *s = g_string_new(NULL);
	guint from = 0;
	for (guint i = 0; i < w->length; i++) {
		const HyphenPoint *p = &w->points[i];
		for (; from < p->at - p->before_cut; from++)
			g_string_append_unichar(s, chars[from]);
		for (guint k = 0; k < p->before_length; k++)
			g_string_append_unichar(s, p->before[k]);
		g_string_append_c(s, '-');
		for (guint k = 0; k < p->after_length; k++)
			g_string_append_unichar(s, p->after[k]);
		from = p->at + p->after_cut;
	}
	for (; from < (guint)length; from++)
		g_string_append_unichar(s, chars[from]);
	return g_string_free(s, FALSE);
}

static void check(const char *language, const char *const *pairs)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(Hyphenation) h = hyphenation_new(arena);
	for (; pairs[0]; pairs += 2) {
		g_autofree char *got = hyphenated(h, language, pairs[0]);
		g_assert_cmpstr(got, ==, pairs[1]);
		g_autofree char *again = hyphenated(h, language, pairs[0]);
		g_assert_cmpstr(again, ==, pairs[1]);
	}
}

static void test_dutch(void)
{
	check("nl", (const char *const[]){"hulpverlening", "hulp-ver-le-ning", "Jeugdzorg", "Jeugd-zorg", "GEZINSVOOGD", "GE-ZINS-VOOGD", "crisisopvang",
	                                  "cri-sis-op-vang", "moe", "moe", "straatje", "straat-je", "", "", NULL});
}

static void test_accents(void)
{
	check("nl-NL", (const char *const[]){"scènes", "scè-nes", "één", "één", "ideeën", "idee-en", "categorieën", "ca-te-go-rie-en", "privéleven", "pri-véle-ven",
	                                     "überhaupt", "über-haupt", NULL});
}

static void test_diaeresis(void)
{
	check("nl", (const char *const[]){"beïnvloeden", "be-in-vloe-den", "reünie", "re-u-nie", "Oekraïne", "Oek-ra-i-ne", "coördinator", "co-or-di-na-tor", NULL});
}

static void test_diminutive(void)
{
	check("nl", (const char *const[]){"omaatje", "oma-tje", "fotootjes", "fo-to-tjes", "grootmamaatje", "groot-ma-ma-tje", "bootje", "boot-je", NULL});
}

static void test_apostrophe(void)
{
	check("nl", (const char *const[]){"collega's", "col-le-ga's", "collega\u2019s", "col-le-ga\u2019s", "baby\u2019tje", "ba-by\u2019tje", NULL});
}

static void test_english(void)
{
	check("en-US", (const char *const[]){"hyphenation", "hy-phen-ation", "roundabout", "round-about", NULL});
	check("en", (const char *const[]){"roundabout", "round-about", NULL});
}

static void test_foreign(void)
{
	g_assert_false(hyphenation_load("tlh"));
	g_assert_false(hyphenation_load("../nl"));
	g_assert_false(hyphenation_load(""));
	g_assert_true(hyphenation_load("nl-BE"));
	check("tlh", (const char *const[]){"hulpverlening", "hulpverlening", NULL});
	check("nl", (const char *const[]){"помощник", "помощник", NULL}); /* cannot be written in the dictionary's encoding */
}

/* What a dictionary says of changed spelling: libhyphen's own examples. */
static void test_changes(void)
{
	g_autofree char *folder = g_dir_make_tmp("hyphenXXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "hyph.dic", NULL);
	g_assert_true(g_file_set_contents(path, "UTF-8\nf1f/ff=f,1,2\ns1sz/sz=sz,1,3\n.schif1fahrt/ff=f,5,2\nb1ő1s/=,2,1\n", -1, NULL));
	g_assert_true(hyphenation_load_file("xx", path));
	check("xx", (const char *const[]){"schiffahrt", "schiff-fahrt", "asszonnyal", "asz-szonnyal", NULL});
	g_unlink(path);
	g_rmdir(folder);
}

static void test_long(void)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(Hyphenation) h = hyphenation_new(arena);
	g_autoptr(GString) s = g_string_new(NULL);
	for (int i = 0; i < 5000; i++)
		g_string_append(s, "hulp");
	g_autofree char *got = hyphenated(h, "nl", s->str);
	g_assert_cmpstr(got, ==, s->str);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/hyphenate/dutch", test_dutch);
	g_test_add_func("/hyphenate/accents", test_accents);
	g_test_add_func("/hyphenate/diaeresis", test_diaeresis);
	g_test_add_func("/hyphenate/diminutive", test_diminutive);
	g_test_add_func("/hyphenate/apostrophe", test_apostrophe);
	g_test_add_func("/hyphenate/english", test_english);
	g_test_add_func("/hyphenate/foreign", test_foreign);
	g_test_add_func("/hyphenate/changes", test_changes);
	g_test_add_func("/hyphenate/long", test_long);
	return g_test_run();
}
