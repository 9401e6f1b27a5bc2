/* Texts that a careless reader takes quadratic time for, at n and 4n bytes: the processor time may grow at most sixfold, unless the text is
 * refused (errors, in a time that is bounded). Prints TAP. Times below the floor say nothing and pass. With names: only those. */
#include "source/source.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#ifdef __SANITIZE_ADDRESS__ /* everything is slow then: a look for faults, not at the clock */
enum { SMALL = 15 * 1024, FRONT_SMALL = 4 * 1024, REPEAT = 1 };
static const double floor_ms = 1500, ratio = 6, refused_ms = 5000;
#else
enum { SMALL = 60 * 1024, FRONT_SMALL = 15 * 1024, REPEAT = 3 };
static const double floor_ms = 150, ratio = 6, refused_ms = 500;
#endif

typedef enum { BODY, FRONT, NEST, GROW } Shape; /* NEST: unit n times, then last n times; GROW: unit followed by 1, 2, 3 ... times last */

typedef struct {
	const char *name;
	Shape shape;
	const char *first, *unit, *last;
} Input;

static const Input inputs[] = {
    {"strong-emphasis", NEST, "", "*a **a ", "** b*"},
    {"emphasis-closers", BODY, "", "a_ ", ""},
    {"emphasis-openers", BODY, "", "_a ", ""},
    {"mismatched", BODY, "", "*a_ ", ""},
    {"multiples-of-three", BODY, "", "a**b c* ", ""},
    {"stars", BODY, "", "*", ""},
    {"stars-letters", BODY, "", "**x* ", ""},
    {"link-closers", BODY, "", "a]", ""},
    {"link-openers", BODY, "", "[a", ""},
    {"link-openers-emphasis", BODY, "", "[ a_", ""},
    {"brackets", NEST, "", "[", "]"},
    {"brackets-parentheses", BODY, "", "[ (](", ""},
    {"links", BODY, "", "[a](b) ", ""},
    {"links-emphasis", BODY, "", "**x [a*b**c*](d)", ""},
    {"links-unclosed", BODY, "", "[a](<b", ""},
    {"links-unclosed-round", BODY, "", "[a](b", ""},
    {"links-lines", BODY, "", "[a](\n b) ", ""},
    {"images", BODY, "", "![[]()", ""},
    {"images-short", BODY, "", "![a](b)\n\n", ""},
    {"images-nested", NEST, "", "![", "](b)"},
    {"autolinks", BODY, "", "<https://a.b> ", ""},
    {"addresses", BODY, "", "https://a.b ", ""},
    {"addresses-joined", BODY, "", "https://", ""},
    {"addresses-parentheses", BODY, "https://a", ")", ""},
    {"addresses-points", BODY, "https://a", "...x", ""},
    {"mail", BODY, "", "a@b", ""},
    {"colons", BODY, "", "://'", ""},
    {"backticks", GROW, "", "e", "`"},
    {"code", BODY, "", "`a` ", ""},
    {"escapes", BODY, "", "\\[\\'", ""},
    {"backslashes", BODY, "", "\\", ""},
    {"entities", BODY, "", "&amp;", ""},
    {"entities-open", BODY, "", "&a", ""},
    {"numbers-bad", BODY, "", "&#1;", ""},
    {"quotes-nested", NEST, "", "> ", ""},
    {"quotes-lines", BODY, "", "> a\n", ""},
    {"quotes-many", BODY, "", "> a\n\n", ""},
    {"quotes-speakers", BODY, "", "> **V:** a #r1\n\n", ""},
    {"quotes-deep", BODY, "", "> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > a\n", ""},
    {"codes", BODY, "> a ", "#a ", ""},
    {"codes-inside", BODY, "> ", "#a b ", ""},
    {"codes-lines", BODY, "> a\n", "> #a\n", ""},
    {"labels", BODY, "", "> a:", "\n\n"},
    {"lists-line", NEST, "", "- ", ""},
    {"lists-line-blank", NEST, "", "- ", "\n"},
    {"lists-plus", NEST, "", "+ 1. ", ""},
    {"lists-deep", GROW, "", "- a\n", " "},
    {"lists-items", BODY, "", "- a\n", ""},
    {"lists-loose", BODY, "", "- a\n\n", ""},
    {"lists-alternate", BODY, "", "- a\n+ b\n", ""},
    {"lists-numbers", BODY, "", "1. ", "a"},
    {"lists-indented", BODY, "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - a\n", "\n", ""},
    {"lazy", BODY, "> > > > > > > > > > > > > > > > > > > > > > > > > > a\n", "a\n", ""},
    {"headings", BODY, "", "# a\n", ""},
    {"headings-empty", BODY, "", "#\n", ""},
    {"headings-hashes", BODY, "# ", "# ", ""},
    {"headings-underlined", BODY, "", "a\n---\n", ""},
    {"headings-long", BODY, "", "a\n", "---\n"},
    {"paragraphs", BODY, "", "a\n\n", ""},
    {"lines", BODY, "", "a\n", ""},
    {"line", BODY, "", "a", ""},
    {"blank", BODY, "", "\n", ""},
    {"spaces", BODY, "", " ", "a"},
    {"tabs", BODY, "", "\t", "a"},
    {"indents", BODY, "", " \n", ""},
    {"hard-breaks", BODY, "", "a  \n", ""},
    {"breaks", BODY, "", "---\n", ""},
    {"breaks-spaced", NEST, "", "* ", ""},
    {"fences", BODY, "", "```\n", ""},
    {"fences-open", BODY, "```\n", "a\n", ""},
    {"fences-growing", GROW, "", "\n", "`"},
    {"comments", BODY, "", "a <!-- b --> ", ""},
    {"comments-blocks", BODY, "", "<!-- b -->\n\n", ""},
    {"comments-open", BODY, "a ", "<!-- ", ""},
    {"comments-open-blocks", BODY, "", "<!--\n\n", ""},
    {"comments-hyphens", BODY, "<!-- ", "-", ""},
    {"instructions-open", BODY, "a ", "<?", ""},
    {"declarations-open", BODY, "a ", "<!A ", ""},
    {"cdata-open", BODY, "a ", "<![CDATA[", ""},
    {"tags", BODY, "", "a <b>", ""},
    {"tags-open", BODY, "", "a <b ", ""},
    {"tags-attributes", BODY, "a <b", " c='d'", ">"},
    {"tags-blocks", BODY, "", "<div>\n\n", ""},
    {"tags-closing", BODY, "a ", "</b>", ""},
    {"islands", BODY, "", "<timeline/>\n\n", ""},
    {"islands-attributes", BODY, "<timeline", " a='b'", "/>"},
    {"islands-open", BODY, "", "<timeline>\n\n", ""},
    {"islands-inline", BODY, "", "a <timeline/> ", ""},
    {"islands-lines", BODY, "<timeline", "\n", "/>"},
    {"references", BODY, "", "[a]: b\n", ""},
    {"references-used", BODY, "[a]: b\n\n", "[a] ", ""},
    {"references-long", BODY, "[a]: /", "b", "\n\n[a][a][a][a][a][a]"},
    {"references-open", BODY, "", "[a]:\n", ""},
    {"references-blank", BODY, "", "[a]: b\n\n", ""},
    {"notes-twice", BODY, "[^1]: b\n\n", "[^1] ", ""},
    {"notes-marks", BODY, "", "[^a] ", ""},
    {"notes-open", BODY, "", "[^", ""},
    {"notes-definitions", BODY, "", "[^a]: b\n", ""},
    {"notes-empty", BODY, "", "[^a]:\n", ""},
    {"notes-lines", BODY, "a[^a]\n\n[^a]: b\n", "    c\n", ""},
    {"notes-blank", BODY, "a[^a]\n\n[^a]: b\n", "\n", ""},
    {"notes-blank-many", BODY, "", "[^a]: b\n\n\n", ""},
    {"notes-inside", BODY, "a[^a]\n\n[^a]: b ", "[^a] ", ""},
    {"tables-pipes", BODY, "", "|", ""},
    {"tables-rows", BODY, "|a|b|\n|-|-|\n", "|a|b|\n", ""},
    {"tables-columns", BODY, "|a|\n|", "-|", "\n"},
    {"tables-many", BODY, "", "|a|\n|-|\n|b|\n\n", ""},
    {"tables-bare", BODY, "", "|a|\n", ""},
    {"tables-dashes", BODY, "", "|-|\n", ""},
    {"tables-cell", BODY, "|a|\n|-|\n|", "*a_ [", "|\n"},
    {"tables-references", BODY, "", "|[a]|\n|-|\n\n[a]: b\n\n", ""},
    {"strikethrough", BODY, "", "~~a", ""},
    {"marks-single", BODY, "", "'", ""},
    {"marks-double", BODY, "", "\"", ""},
    {"marks-words", BODY, "", "'a ", ""},
    {"marks-closing", BODY, "", "a' ", ""},
    {"marks-years", BODY, "", "'70 ", ""},
    {"marks-nested", NEST, "", "'\"a", "\"'"},
    {"marks-elided", BODY, "", "'s ", ""},
    {"marks-curly", BODY, "", "‘70 ", ""},
    {"dashes", BODY, "", " - ", ""},
    {"dashes-long", BODY, "", "-- ", ""},
    {"points", BODY, "", "... ", ""},
    {"points-long", BODY, "a", ".", ""},
    {"digits", BODY, "", "1' ", ""},
    {"digits-joined", BODY, "", "1", "\""},
    {"initials", BODY, "", "A. ", ""},
    {"numbers", BODY, "", "p. 12 jaar ", ""},
    {"wide", BODY, "", "é€😀", ""},
    {"combining", BODY, "", "\xCC\x81", ""},
    {"front-attributes", FRONT, "<chapter", " %s='x'", "></chapter>"},
    {"front-same-attribute", FRONT, "<chapter", " a='x'", "></chapter>"},
    {"front-elements", FRONT, "<chapter>", "<a/>", "</chapter>"},
    {"front-lines", FRONT, "<chapter>", "<a/>\n", "</chapter>"},
    {"front-open", FRONT, "<chapter>", "<a>", ""},
    {"front-mismatch", FRONT, "<chapter>", "<a></b>", "</chapter>"},
    {"front-ampersands", FRONT, "<chapter>", "& ", "</chapter>"},
    {"front-entities", FRONT, "<chapter>", "&a;", "</chapter>"},
    {"front-less", FRONT, "<chapter>", "< ", "</chapter>"},
    {"front-ends", FRONT, "<chapter>", "</a>", "</chapter>"},
    {"front-comments", FRONT, "", "<!-- a -->", "<chapter/>"},
    {"front-comment-open", FRONT, "<chapter>", "<!--", "</chapter>"},
    {"front-comment-hyphens", FRONT, "<chapter><!--", "-- ", "--></chapter>"},
    {"front-instructions", FRONT, "<chapter>", "<?a b?>", "</chapter>"},
    {"front-cdata", FRONT, "<chapter>", "<![CDATA[a]]>", "</chapter>"},
    {"front-cdata-end", FRONT, "<chapter>", "]]>", "</chapter>"},
    {"front-value", FRONT, "<chapter a='", "&amp;", "'></chapter>"},
    {"front-value-less", FRONT, "<chapter a='", "<", "'></chapter>"},
    {"front-quotes", FRONT, "<chapter", " a=\"", "></chapter>"},
    {"front-spaces", FRONT, "<chapter", " ", "></chapter>"},
    {"front-name", FRONT, "<chapter><", "a", "/></chapter>"},
    {"front-text", FRONT, "<chapter><title>", "a' ", "</title></chapter>"},
    {"front-namespaces", FRONT, "<chapter>", "<a:b xmlns:a='c'/>", "</chapter>"},
    {"front-none", BODY, "</title>", "a", ""},
};

static void append_many(GString *out, const char *text, gsize bytes)
{
	char name[32];

	for (guint i = 0; *text != '\0' && out->len < bytes; i++) {
		const char *hole = strstr(text, "%s");
		if (hole == NULL) {
			g_string_append(out, text);
			continue;
		}
		g_snprintf(name, sizeof name, "a%u", i);
		g_string_append_len(out, text, hole - text);
		g_string_append(out, name);
		g_string_append(out, hole + 2);
	}
}

static GBytes *make(const Input *input, gsize size)
{
	GString *out = g_string_new(input->shape == FRONT ? "" : "<chapter id='a'><title>T</title></chapter>\n\n");
	gsize start;

	g_string_append(out, input->first);
	start = out->len;
	if (input->shape == NEST) {
		append_many(out, input->unit, size / 2);
		g_string_append(out, "a");
		append_many(out, input->last, MAX(size, out->len + (out->len - start)));
	} else if (input->shape == GROW) {
		for (guint i = 1; out->len < size; i++) {
			g_string_append(out, input->unit);
			for (guint k = 0; k < i; k++)
				g_string_append(out, input->last);
		}
	} else {
		append_many(out, input->unit, size);
		g_string_append(out, input->last);
	}
	return g_string_free_to_bytes(out);
}

static double milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The best of a few, since others use this machine too. */
static double measure(GBytes *text, guint *errors)
{
	double best = G_MAXDOUBLE;

	for (int i = 0; i < REPEAT && (i == 0 || best > floor_ms); i++) {
		g_autoptr(Diagnostics) d = diagnostics_new();
		double start = milliseconds();
		xmlDoc *doc = source_read(text, "x.md", "nl", d);
		xmlFreeDoc(doc);
		best = MIN(best, milliseconds() - start);
		*errors = diagnostics_count(d, LEVEL_ERROR);
	}
	return best;
}

static gboolean run(const Input *input)
{
	gsize size = input->shape == FRONT ? FRONT_SMALL : SMALL;
	g_autoptr(GBytes) small = make(input, size), large = make(input, 4 * size);
	guint errors;
	double a = measure(small, &errors), b = measure(large, &errors);
	gboolean good = FALSE;

	/* a machine that is busy at the second moment and not at the first is no fault of the text */
	for (int i = 0; i < 5 && !(good = b < floor_ms || b <= ratio * a || (errors > 0 && b < refused_ms)); i++)
		b = MIN(b, measure(large, &errors));
	printf("%s - pathological/%s # %.1f ms, %.1f ms, %u errors\n", good ? "ok" : "not ok", input->name, a, b, errors);
	return good;
}

int main(int argc, char **argv)
{
	gboolean good = TRUE;

	xml_start();
	for (guint i = 0; i < G_N_ELEMENTS(inputs); i++)
		if (argc < 2 || g_strv_contains((const char *const *)argv + 1, inputs[i].name))
			good = run(&inputs[i]) && good;
	return good ? 0 : 1;
}
