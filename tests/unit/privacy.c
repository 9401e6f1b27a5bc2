/* The room of names: normal form, expansion, automaton, each pattern at its boundaries, the list's own errors. */
#include "pipeline/names.h"
#include "privacy/room.h"

#include <string.h>

/* ---- normal form ---- */

static void check_normal(const char *text, gboolean bare, const char *units)
{
	Normal n;

	normal_init(&n);
	normal_read(&n, text, strlen(text), bare);
	g_autofree char *got = g_strndup((const char *)n.units, n.length);
	g_assert_cmpstr(got, ==, units);
	for (gsize i = 1; i < n.length; i++)
		g_assert_cmpuint(n.from[i - 1], <=, n.from[i]);
	normal_clear(&n);
}

static void test_normal(void)
{
	static const struct {
		const char *text, *units;
	} cases[] = {
	    {"Denise", "denise"},
	    {"RENÉE", "renee"},
	    {"Rene\xCC\x81", "rene"},
	    {"De\xC2\xADni\xE2\x80\x8Bse", "denise"},
	    {"De\xEF\xBB\xBFnise", "denise"},
	    {"&#68;&#x65;nis&eacute;", "denise"},
	    {"De&shy;nise", "denise"},
	    {"De&ZeroWidthSpace;nise", "denise"},
	    {"D%C3%A9nise%20B", "deniseb"},
	    {"100% de", "100de"},
	    {"5%be", "5be"},
	    {"D\\u00e9nise", "denise"},
	    {"Dеnisе", "denise"}, /* with Cyrillic ie */
	    {"Ｄｅｎｉｓｅ", "denise"},
	    {"𝐃𝐞𝐧𝐢𝐬𝐞", "denise"},
	    {"Đurić", "duric"},
	    {"Strauß", "strauss"},
	    {"Ĳsbrand", "ijsbrand"},
	    {"Łukasz Ø", "lukaszo"},
	    {"a<b>c</b>", "abcb"},
	    {"\xE9\xE9n", "een"}, /* Latin-1 */
	    {"a;base64,QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\nb", "ab"},
	    {"a;base64,b", "abase64b"},
	    {"", ""},
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
		check_normal(cases[i].text, FALSE, cases[i].units);
	check_normal("De<em>ni</em>se <!-- x -->b", TRUE, "denisexb");
	check_normal("De<!-- x -->nise", TRUE, "denise");
	check_normal("De[ni](http://x.nl)se", TRUE, "denise");
	check_normal("a < b, c", TRUE, "abc");
	check_normal("a <b", TRUE, "ab");
}

static void check_gap(const char *text, Gap gap)
{
	Normal n;

	normal_init(&n);
	normal_read(&n, text, strlen(text), FALSE);
	g_assert_cmpuint(n.length, ==, 2);
	g_assert_cmpint(n.marks[1] & UNIT_GAP, ==, gap);
	normal_clear(&n);
}

static void test_gaps(void)
{
	check_gap("ab", GAP_NONE);
	check_gap("a\xC2\xAD" "b", GAP_FORMAT);
	check_gap("a*b", GAP_MARKUP);
	check_gap("a-\nb", GAP_LINE);
	check_gap("a-\r\n  b", GAP_LINE);
	check_gap("a-b", GAP_JOIN);
	check_gap("a.b", GAP_JOIN);
	check_gap("a. b", GAP_SPACE);
	check_gap("a\n> b", GAP_SPACE);
	check_gap("a\n\nb", GAP_STOP);
	check_gap("a ........ b", GAP_STOP);
}

static void test_width(void)
{
	static const char text[] = "&eacute;%C3%A9\xC3\xA9x";

	g_assert_cmpuint(normal_width(text, sizeof text - 1, 0), ==, 8);
	g_assert_cmpuint(normal_width(text, sizeof text - 1, 8), ==, 6);
	g_assert_cmpuint(normal_width(text, sizeof text - 1, 14), ==, 2);
	g_assert_cmpuint(normal_width(text, sizeof text - 1, 16), ==, 1);
	g_assert_cmpuint(normal_width(text, sizeof text - 1, 17), ==, 0);
}

/* ---- automaton ---- */

static void count_hits(const char *const *words, const char *text, GString *out)
{
	g_autoptr(GArray) patterns = g_array_new(FALSE, FALSE, sizeof(AutomatonPattern));
	guint32 state = 0;

	for (; *words != NULL; words++) {
		const AutomatonPattern p = {(const guint8 *)*words, (guint)strlen(*words)};
		g_array_append_val(patterns, p);
	}
	g_array_sort(patterns, (GCompareFunc)automaton_compare);
	const AutomatonPattern *sorted = (const AutomatonPattern *)(const void *)patterns->data;
	Automaton *a = automaton_new(sorted, patterns->len);
	for (gsize end = 0; automaton_find(a, (const guint8 *)text, strlen(text), &end, &state);) {
		guint first, last;
		guint32 at = state;
		g_assert_true(automaton_next(a, &at, &first, &last));
		at = state;
		while (automaton_next(a, &at, &first, &last))
			for (guint k = first; k < last; k++)
				g_string_append_printf(out, "%.*s@%zu ", (int)sorted[k].length, (const char *)sorted[k].bytes, end - sorted[k].length);
	}
	automaton_free(a);
}

static void test_automaton(void)
{
	static const char *const words[] = {"he", "she", "his", "hers", "s\xC3\xA9", "he", NULL};
	g_autoptr(GString) out = g_string_new(NULL);

	count_hits(words, "ushers", out); /* the example of the paper */
	g_assert_cmpstr(out->str, ==, "she@1 he@2 he@2 hers@2 ");
	g_string_truncate(out, 0);
	count_hits(words, "\xC3s\xC3\xA9!his", out);
	g_assert_cmpstr(out->str, ==, "s\xC3\xA9@1 his@5 ");
	g_string_truncate(out, 0);
	count_hits((const char *const[]){NULL}, "abc", out);
	g_assert_cmpstr(out->str, ==, "");
}

/* Against plain search, with more states than have rows of their own. */
static void test_automaton_large(void)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) text = g_string_new(NULL), out = g_string_new(NULL);
	guint32 seed = 7;
	guint expected = 0, got = 0;

	for (int i = 0; i < 3000; i++) {
		char word[9] = "";
		int length = 2 + (int)((seed = seed * 1664525u + 1013904223u) >> 16) % 6;
		for (int k = 0; k < length; k++)
			word[k] = (char)('a' + ((seed = seed * 1664525u + 1013904223u) >> 16) % 6);
		g_ptr_array_add(words, g_strdup(word));
	}
	g_ptr_array_add(words, NULL);
	for (int i = 0; i < 20000; i++)
		g_string_append_c(text, (char)('a' + ((seed = seed * 1664525u + 1013904223u) >> 16) % 6));
	for (guint i = 0; words->pdata[i] != NULL; i++)
		for (const char *p = text->str; (p = strstr(p, words->pdata[i])) != NULL; p++)
			expected++;
	count_hits((const char *const *)words->pdata, text->str, out);
	for (const char *p = out->str; *p != '\0'; p++)
		got += *p == '@';
	g_assert_cmpuint(got, ==, expected);
}

/* ---- expansion ---- */

static char *variants(const char *name)
{
	g_autoptr(GArray) patterns = g_array_new(FALSE, FALSE, sizeof(NamePattern));
	GStringChunk *store = g_string_chunk_new(256);
	g_autoptr(GString) out = g_string_new(" ");

	expand_name(name, 1, patterns, store);
	for (guint i = 0; i < patterns->len; i++) {
		const NamePattern *p = &g_array_index(patterns, NamePattern, i);
		g_string_append_printf(out, "%.*s ", (int)p->length, (const char *)p->bytes);
	}
	g_string_chunk_free(store);
	return g_strdup(out->str);
}

static void assert_variant(const char *name, const char *variant, gboolean wanted)
{
	g_autofree char *all = variants(name), *padded = g_strdup_printf(" %s ", variant);

	if ((strstr(all, padded) != NULL) != wanted)
		g_error("%s: '%s' %s among%s", name, variant, wanted ? "is not" : "is", all);
}

static void test_expand(void)
{
	static const char *const wanted[] = {"denise", "eva", "deniseeva", "berg", "vandenberg", "vdberg", "vdenberg", "vandberg", "denisevandenberg", "deniseberg",
	                                     "deniseevavandenberg", "devandenberg", "dvandenberg", "deberg", "vandenbergdenise", "bergdenise", "dvdb", "devdb", "denisevdb"};
	for (guint i = 0; i < G_N_ELEMENTS(wanted); i++)
		assert_variant("Denise Eva van den Berg", wanted[i], TRUE);
	assert_variant("Denise Eva van den Berg", "van", FALSE);
	assert_variant("D.E. van den Berg", "de", FALSE); /* two initials are no name */
	assert_variant("D.E. van den Berg", "devandenberg", TRUE);
	assert_variant("Ben de Vries", "ben", TRUE);
	assert_variant("van den Berg", "vandenberg", TRUE);
	assert_variant("Anne-Marie Jansen-de Boer", "annemarie", TRUE);
	assert_variant("Anne-Marie Jansen-de Boer", "jansen", TRUE);
	assert_variant("Anne-Marie Jansen-de Boer", "marie", TRUE);
	assert_variant("Jan-Willem Bos", "willem", TRUE);
	assert_variant("Jan-Willem Bos", "jan", FALSE); /* too short to be sure of */
	assert_variant("Denise", "denise", TRUE);
	assert_variant("Berg, Denise van den", "dvdb", TRUE); /* as registers have it */
	assert_variant("Berg, Denise van den", "denisevandenberg", TRUE);
	assert_variant("van den Berg, Denise", "denisevandenberg", TRUE);
	assert_variant("Berg, van den, Denise", "denisevandenberg", TRUE);
	assert_variant("Berg, Denise, van den", "denisevandenberg", TRUE);
	assert_variant("Berg, Denise van den", "den", FALSE);
	assert_variant("Pieter Jansen", "pj", TRUE);
	assert_variant("Bert Veen", "bv", FALSE); /* any company */
	g_assert_false(expand_name("-", 1, NULL, NULL));
	g_assert_true(expand_is_word((const guint8 *)"roos", 4));
	g_assert_true(expand_is_word((const guint8 *)"bo", 2));
	g_assert_false(expand_is_word((const guint8 *)"denise", 6));
}

/* ---- looking ---- */

static const char list_text[] = "# wie is wie\n"
                                "Denise Eva van den Berg / Dees = Noor\n"
                                "Roos Mees = Lena\n"
                                "Anne-Marie Jansen-de Boer = Bente\n"
                                "Mohamed El Amrani = Ilyas\n"
                                "Emma Bram = Sofie\n"
                                "allow: de Groene Roos\n";

static void note_hit(const PrivacyHit *hit, gpointer data)
{
	g_string_append_printf(data, "%d:%u:%zu+%zu ", hit->kind, hit->entry, hit->offset, hit->length);
}

static char *look(PrivacyScanner *s, const char *text)
{
	GString *out = g_string_new(NULL);

	privacy_scan(s, text, strlen(text), note_hit, out);
	return g_string_free(out, FALSE);
}

static PrivacyList *list_of(const char *text, const char *codes)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(GString) got = g_string_new(NULL);
	PrivacyList *list = privacy_list_parse(text, strlen(text), "lijst", d);

	for (guint i = 0; i < diagnostics_length(d); i++)
		g_string_append_printf(got, "%s%d:%s", i > 0 ? " " : "", diagnostics_peek(d, i)->line, diagnostics_peek(d, i)->code);
	g_assert_cmpstr(got->str, ==, codes);
	return list;
}

static void test_scan(void)
{
	static const struct {
		const char *text, *hits;
	} cases[] = {
	    {"Denise", "0:2:0+6 "},
	    {"Denises moeder", "0:2:0+6 "},
	    {"Denise's moeder", "0:2:0+6 "},
	    {"Denisetje", "0:2:0+6 "},
	    {"Emmaatje", "0:6:0+4 "},
	    {"Brammetje", "0:6:0+4 "},
	    {"Bram", "0:6:0+4 "},
	    {"Denisering", ""},
	    {"Verdenise", ""},
	    {"D.E. van den Berg", "0:2:0+17 "},
	    {"D. v.d. Berg", "0:2:0+12 "},
	    {"D. van den B.", "0:2:0+12 "},
	    {"d van den b", ""},
	    {"DeniseVanDenBerg", "0:2:0+16 "},
	    {"xdenisevandenbergx", "0:2:1+16 "},
	    {"denise-van-den-berg.md", "0:2:0+19 "},
	    {"Denise\n> van den\n> Berg", "0:2:0+23 "},
	    {"Denise\n\nMeer", "0:2:0+6 "},
	    {"De*ni*se", "0:2:0+8 "},
	    {"De<em>ni</em>se", "0:2:0+15 "},
	    {"De<!-- x -->nise", "0:2:0+16 "},
	    {"D e n i s e", "0:2:0+11 "},
	    {"Deni-\nse", "0:2:0+8 "},
	    {"De-ni-se", "0:2:0+8 "},
	    {"de nise", ""},
	    {"een roos en een mees", ""},
	    {"Roos en Mees", "0:3:0+4 0:3:8+4 "},
	    {"roos mees", "0:3:0+9 "},
	    {"In de Groene Roos eten we", ""},
	    {"In de groene Roos, en Roos", "0:3:22+4 "},
	    {"van den berg af", ""},
	    {"Van den Berg", "0:2:0+12 "},
	    {"vandenberg", "0:2:0+10 "},
	    {"AnneMarie", "0:4:0+9 "},
	    {"Anne Marie", "0:4:0+10 "},
	    {"mevrouw Jansen", "0:4:8+6 "},
	    {"El Amrani, M.", "0:5:0+9 "},
	    {"M\xC3\xB2hamed", "0:5:0+8 "},
	    {"url(data:font/woff;base64,d09GRgABAAAAADNQ/Bram+AAAAY0AAAAAAAAAAAA)Denise", "0:2:67+6 "},
	    {"a;base64,Denise is er", "0:2:9+6 "},
	    {"", ""},
	    /* the first letters of two names, alone */
	    {"met R.M. gesproken", "0:3:4+3 "},
	    {"met R. M. gesproken", "0:3:4+4 "},
	    {"R.M. Hij zei niets", "0:3:0+3 "},
	    {"R.M. Smits schreef", ""},
	    {"R.M. van der Smits", ""},
	    {"A.R.M.", ""},
	    {"R.M.S.", ""},
	    {"r.m.", ""},
	    {"RM", ""},
	    {"D.E.B.", "0:2:0+5 "},
	    /* in one word with a word for kin */
	    {"moederdenise", "0:2:6+6 "},
	    {"emmagezin", "0:6:0+4 "},
	    {"zusjeemma", "0:6:5+4 "},
	    {"huisroos", ""},
	    {"dilemmagezin", ""},
	};
	g_autoptr(PrivacyList) list = list_of(list_text, "");
	g_autoptr(PrivacyScanner) s = privacy_scanner_new(list);

	g_assert_cmpuint(privacy_list_count(list), ==, 5);
	g_assert_cmpuint(privacy_list_allowed(list), ==, 1);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = look(s, cases[i].text);
		if (strcmp(got, cases[i].hits) != 0)
			g_test_message("'%s': %s, not %s", cases[i].text, got, cases[i].hits), g_test_fail();
	}
}

static void test_mask(void)
{
	g_autoptr(PrivacyList) list = list_of(list_text, "");
	g_autoptr(PrivacyScanner) s = privacy_scanner_new(list);
	g_autofree char *masked = privacy_mask(s, "met Denise en Roos."), *none = privacy_mask(s, "niets");

	g_assert_cmpstr(masked, ==, "met ▒▒▒ en ▒▒▒.");
	g_assert_null(none);
}

static void test_patterns(void)
{
	static const struct {
		const char *text, *hits;
	} cases[] = {
	    {"111222333", "1:0:0+9 "}, /* passes the 11-test */
	    {"111222334", ""},
	    {"000000000", ""},
	    {"1112.22.333", "1:0:0+11 "},
	    {"111 222 333", ""}, /* spaces need a word that says so */
	    {"BSN 111 222 333", "1:0:4+11 "},
	    {"0111222333", "4:0:0+10 "},
	    {"1112223331", ""},
	    {"geboren op 3 maart 2008", "2:0:11+12 "},
	    {"geb. 03-03-2008", "2:0:5+10 "},
	    {"geboortedatum: 2008-03-03", "2:0:15+10 "},
	    {"op 3 maart 2008", ""},
	    {"geboren op 33-03-2008", ""},
	    {"geboren op 3-13-2008", ""},
	    {"Dorpsstraat 12, 1234 AB", "7:0:0+14 3:0:16+7 "},
	    {"1234AB 12", "3:0:0+6 "},
	    {"1234 AB", "3:0:0+7 "},
	    {"in 1234AB.", "3:0:3+6 "},
	    {"2008 EN", ""},
	    {"postcode 2008 EN", "3:0:9+7 "},
	    {"1234 KM", ""},
	    {"1234 Ab", ""},
	    {"x1234 AB", ""},
	    {"-1234 AB", ""},
	    {"form=\"1234 AB\"", ""},
	    {"1234 SS 12", ""},
	    {"0234 AB 12", ""},
	    {"1234 ab 12", ""},
	    {"1234 ABC 12", ""},
	    {"bel 06-12345678", "4:0:4+11 "},
	    {"06 12 34 56 78", "4:0:0+14 "},
	    {"020-123 45 67", "4:0:0+13 "},
	    {"+31 6 12345678", "4:0:1+13 "},
	    {"+31 (0)6 12345678", "4:0:1+16 "},
	    {"0031612345678", "4:0:0+13 "},
	    {"0800-1234567", ""},
	    {"06-1234567", ""},
	    {"06-123456789", ""},
	    {"a.b@voorbeeld.nl", "5:0:0+16 "},
	    {"a@b.nl.", "5:0:0+6 "},
	    {"a@b", ""},
	    {"post@uitgever.example", ""},
	    {"lisa (at) voorbeeld.example", ""},
	    {"@naam.nl", "9:0:0+8 "},
	    {"volg @lisa_08!", "9:0:5+8 "},
	    {"(@lisa.08).", "9:0:1+8 "},
	    {"@li", ""},
	    {"@2024", ""},
	    {"a@lisa", ""},
	    {"\"@href\"", ""},
	    {"op Instagram: lisa.08", "9:0:14+7 "},
	    {"haar snapchat is lisa_08.", "9:0:17+7 "},
	    {"op TikTok heet ze 'lisa08'", "9:0:19+6 "},
	    {"op Instagram: daar zag ze het", ""},
	    {"op Instagram zag ze lisa_08", ""},
	    {"ik snap 3 dingen", ""},
	    {"instagram.com/lisa.08", "9:0:0+21 "},
	    {"https://www.tiktok.com/@lisa en", "9:0:12+16 "},
	    {"snapchat.com/add/lisa", "9:0:0+21 "},
	    {"instagram.com/p/abc", ""},
	    {"52.0907, 5.1214", "6:0:0+15 "},
	    {"52.09, 5.12", ""},
	    {"49.0907, 5.1214", ""},
	    {"52.0907, 9.1214", ""},
	    /* a word behind a date, and what is a date beside such a word only */
	    {"Op 3 maart 2008 werd zij geboren.", "2:0:3+12 "},
	    {"Op 3 maart 2008 kwam hij. Zij is geboren in Ede.", ""},
	    {"de 17-jarige kwam op 3 maart 2008", ""},
	    {"zij is jarig op 3 maart", "2:0:16+7 "},
	    {"geboren op 3 mrt 08", "2:0:11+8 "},
	    {"geboren: 20080303", "2:0:9+8 "},
	    {"geboren in 2008, in maart", ""},
	    {"born on March 3, 2008", "2:0:14+7 "},
	    /* in words */
	    {"geboren op de derde maart 2008", "2:0:14+16 "},
	    {"geboren op drie maart tweeduizendacht", "2:0:11+26 "},
	    {"geboren op drie maart tweeduizend acht", "2:0:11+27 "},
	    {"op eenendertigste mei werd zij geboren", "2:0:3+18 "},
	    {"zij is jarig op tweede\njuni", "2:0:16+11 "},
	    {"op de derde maart 2008", ""},
	    {"geboren in de derde week van maart", ""},
	    {"geboren op vierentwintig meisjes", ""},
	    /* alone between brackets, behind a name */
	    {"Lisa (3-3-2008)", "2:0:6+8 "},
	    {"*Lisa* (2008-03-03)", "2:0:8+10 "},
	    {"Lisa (3-3-08)", ""},
	    {"lisa (3-3-2008)", ""},
	    {"Lisa (op 3-3-2008)", ""},
	    {"Bijeenkomst (3-3-2008)", ""},
	    {"Jeugdwet (1-1-2015)", ""},
	    {"BSN 12345672", "1:0:4+8 "},
	    {"12345672", ""},
	    {"postcode 1234 ab", "3:0:9+7 "},
	    {"1234ab 12", "3:0:0+6 "},
	    {"1234 AB huisnummer 12", "3:0:0+7 "},
	    {"in 2010 en 12 keer", ""},
	    {"+49 170 1234567", "4:0:1+14 "},
	    {"+100.000.000", ""},
	    {"lisa (at) voorbeeld.nl", "5:0:0+22 "},
	    {"lisa @ voorbeeld.nl", "5:0:0+19 "},
	    {"lisa\\@voorbeeld.nl", "5:0:0+18 "},
	    {"lisa&#64;voorbeeld.nl", "5:0:0+21 "},
	    {"lisa\xEF\xBC\xA0voorbeeld.nl", "5:0:0+19 "},
	    {"lisa%40voorbeeld.nl", "5:0:0+19 "},
	    {"kom @ school.nl", "5:0:0+15 "},
	    {"wij @school", ""},
	    {"52\xC2\xB0""05'26\"N 5\xC2\xB0""07'17\"E", "6:0:0+2 "},
	    {"50\xC2\xB0 en 60\xC2\xB0", ""},
	    {"maps/@52.0907374,5.1214201,17z", "6:0:6+20 "},
	    {"aan de Kerkweg nr. 12", "7:0:7+14 "},
	    {"burgemeester jansenlaan 5a", "7:0:13+12 "},
	    {"Van Goghlaan 112-II", "7:0:4+12 "},
	    {"Onderweg 3 keer", ""},
	    {"aan het Lange Voorhout 12", "7:0:8+17 "},
	    {"Oude Delft 45a", "7:0:0+13 "},
	    {"Kerkhof 7", "7:0:0+9 "},
	    {"het kerkhof 7", ""},
	    {"Lange Mars 2019", ""},
	    {"de lange Tocht 3", ""},
	    {"Nieuwe Wereld 3", ""},
	    {"de straat 3", ""},
	    {"de Dorpsstraat 2019", ""},
	    {"de snelweg 12", ""},
	    {"Dorpsstraat 12,5 procent", ""},
	    {"NL91 ABNA 0417 1643 00", "8:0:0+22 "},
	    {"NL92 ABNA 0417 1643 00", "4:0:10+12 "},
	    {"de auto met 12-ABC-3", "8:0:12+8 "},
	    {"12-abc-3", ""},
	    {"12-AB-CDE", ""},
	    {"form=\"AB-12-CD\"", ""},
	    {"dossiernummer 2024-1234", "8:0:14+9 "},
	    {"dossiernummer 12", ""},
	};
	g_autoptr(PrivacyScanner) s = privacy_scanner_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = look(s, cases[i].text);
		if (strcmp(got, cases[i].hits) != 0)
			g_test_message("'%s': %s, not %s", cases[i].text, got, cases[i].hits), g_test_fail();
	}
}

static void test_list(void)
{
	g_assert_null(list_of("", "0:namenlijst-leeg"));
	g_assert_null(list_of("# niets\n\n", "0:namenlijst-leeg"));
	g_assert_null(list_of("Denise\n", "1:namenlijst-regel"));
	g_assert_null(list_of("Denise =\n", "1:namenlijst-regel"));
	g_assert_null(list_of("= Noor\n", "1:namenlijst-regel"));
	g_assert_null(list_of("Denise = Noor = Lena\n", "1:namenlijst-regel"));
	g_assert_null(list_of("D = Noor\n", "1:namenlijst-regel"));
	g_assert_null(list_of("Denise / = Noor\n", "1:namenlijst-regel"));
	g_assert_null(list_of("allow:\n", "1:namenlijst-regel"));
	g_assert_null(list_of("Denise Bos = Noor\nDENISE-BOS = Lena\n", "2:naam-dubbel"));
	g_assert_null(list_of("Denise Bos = Noor\nAnna Mol = Noor\n", "2:pseudoniem-dubbel"));
	g_assert_null(list_of("Denise Bos = Noor\nNoor Mol = Lena\n", "1:pseudoniem-echt"));
	g_assert_null(list_of("Denise Bos = Denise\n", "1:pseudoniem-echt"));
	g_assert_null(list_of("Den\xFFise = Noor\n", "1:bestand-codering"));
	privacy_list_free(list_of("\xEF\xBB\xBF" "Denise Bos = Noor\r\nAnna Mol = Lena\r\n", ""));
}

/* ---- outputs ---- */

/* A revision of git is no citizen service number, whatever its digits; anything longer, shorter or otherwise written is looked at. */
static void test_revision(void)
{
	static const struct {
		const char *text;
		NamesVerdict verdict;
	} cases[] = {{"versie f089232677", NAMES_CLEAN},  {"versie 089232677a", NAMES_CLEAN},  {"f089232677", NAMES_CLEAN},          {"versie 089232677", NAMES_FOUND},
	             {"versie g089232677", NAMES_FOUND},  {"versie F089232677", NAMES_FOUND},  {"versie ff089232677", NAMES_FOUND}, {"bsn f 089232677", NAMES_FOUND}};
	g_autoptr(Diagnostics) d = diagnostics_new();
	const Names names = {.list = privacy_list_parse("Denise Bos = Noor\n", 18, "lijst", d)};

	g_assert_nonnull(names.list);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new_static(cases[i].text, strlen(cases[i].text));
		g_assert_cmpint(names_check_output(&names, "html", bytes, "cases/x/publication.md", d), ==, cases[i].verdict);
	}
	privacy_list_free(names.list);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/privacy/normal", test_normal);
	g_test_add_func("/privacy/gaps", test_gaps);
	g_test_add_func("/privacy/width", test_width);
	g_test_add_func("/privacy/automaton", test_automaton);
	g_test_add_func("/privacy/automaton-large", test_automaton_large);
	g_test_add_func("/privacy/expand", test_expand);
	g_test_add_func("/privacy/scan", test_scan);
	g_test_add_func("/privacy/mask", test_mask);
	g_test_add_func("/privacy/patterns", test_patterns);
	g_test_add_func("/privacy/list", test_list);
	g_test_add_func("/privacy/revision", test_revision);
	return g_test_run();
}
