/* source_read as its callers meet it: what it owns, what it leaves out, and many threads at once. */
#include "source/source.h"

#include <string.h>

static const char sample[] = "<case id=\"a\">\n  <title>'t <em>Huis</em></title>\n</case>\n\n# Kop\n\n> **Vader:** \"Ja\"[^1] -- en\n> nee. #helpend #r1\n\n"
                             "| a | b |\n|---|:-:|\n| [c][d] | e |\n\n<timeline case=\"a\"/>\n\n[d]: https://x.nl\n\n[^1]: Een noot.\n";

static char *serialise(xmlDoc *doc)
{
	xmlChar *text;
	int size;
	char *copy;

	xmlDocDumpMemoryEnc(doc, &text, &size, "UTF-8");
	copy = g_strndup((const char *)text, (gsize)size);
	xmlFree(text);
	return copy;
}

static char *read_text(const char *text, gsize size, guint *errors)
{
	g_autoptr(GBytes) bytes = g_bytes_new_static(text, size);
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(xmlDoc) doc = source_read(bytes, "a.md", "nl", d);

	*errors = diagnostics_count(d, LEVEL_ERROR);
	return doc != NULL ? serialise(doc) : NULL;
}

/* The bytes need not end in NUL, and may be empty. */
static void bounds(void)
{
	gsize size = strlen(sample);

	for (gsize n = 0; n <= size; n++) {
		g_autofree char *exact = g_memdup2(sample, n);
		guint errors;
		g_autofree char *tree = read_text(exact, n, &errors);
		g_assert_true(tree != NULL || errors > 0);
	}
}

static void broken(void)
{
	static const char text[] = "<case id=\"a\"><title>R&D</title></case>\n\nTekst\n";
	guint errors;
	g_autofree char *tree = read_text(text, strlen(text), &errors);

	g_assert_cmpuint(errors, ==, 1);
	g_assert_nonnull(strstr(tree, "broken=\"yes\""));
	g_assert_nonnull(strstr(tree, "id=\"a\""));
	g_assert_nonnull(strstr(tree, "<p line=\"3\">Tekst</p>"));
}

static void sizes(void)
{
	g_autoptr(GString) text = g_string_new("<case id=\"a\"><title>T</title></case>\n\n");
	g_autofree char *tree = NULL;
	guint errors;

	while (text->len < SOURCE_LIMIT - 10)
		g_string_append(text, "woord ");
	tree = read_text(text->str, text->len, &errors);
	g_assert_cmpuint(errors, ==, 0);
	while (text->len < SOURCE_LIMIT + 100)
		g_string_append(text, "woord ");
	g_free(tree);
	tree = read_text(text->str, text->len, &errors);
	g_assert_cmpuint(errors, ==, 1);
}

static void long_front(void)
{
	g_autoptr(GString) text = g_string_new("<case id=\"a\"><title>");
	guint errors;

	while (text->len < SOURCE_FRONT_LIMIT - 30)
		g_string_append(text, "woord ");
	gsize fits = text->len;
	g_string_append(text, "</title></case>\n\nTekst\n");
	g_autofree char *good = read_text(text->str, text->len, &errors);
	g_assert_cmpuint(errors, ==, 0);
	g_assert_nonnull(strstr(good, ">Tekst</p>"));
	g_string_insert(text, (gssize)fits, "en nog een heel eind verder met woorden voorbij de grens ");
	g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(xmlDoc) bad = source_read(bytes, "a.md", "nl", d);
	g_assert_cmpuint(diagnostics_length(d), ==, 1);
	g_assert_cmpint(diagnostics_peek(d, 0)->id, ==, MSG_MARKUP_TOO_LONG);
}

/* Wherever in a tag the front matter is cut off for being too long: that is what is wrong, not the tag. */
static void long_front_cut(void)
{
	for (int spaces = 0; spaces < 30; spaces++) {
		g_autoptr(GString) text = g_string_new("<case id=\"a\"><title>T</title>");
		for (int i = 0; i < spaces; i++)
			g_string_append_c(text, ' ');
		while (text->len < SOURCE_FRONT_LIMIT + 100)
			g_string_append(text, "<keyword id=\"w\">a &amp; b</keyword>\n");
		g_string_append(text, "</case>\n\nTekst\n");
		g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
		g_autoptr(Diagnostics) d = diagnostics_new();
		g_autoptr(xmlDoc) bad = source_read(bytes, "a.md", "nl", d);
		g_assert_cmpuint(diagnostics_length(d), ==, 1);
		g_assert_cmpint(diagnostics_peek(d, 0)->id, ==, MSG_MARKUP_TOO_LONG);
	}
}

typedef struct {
	const char *expected;
	int wrong;
} Race;

static gpointer read_many(gpointer data)
{
	Race *race = data;

	for (int i = 0; i < 300; i++) {
		guint errors;
		g_autofree char *tree = read_text(sample, strlen(sample), &errors);
		if (errors != 0 || strcmp(tree, race->expected) != 0)
			g_atomic_int_inc(&race->wrong);
	}
	return NULL;
}

static void threads(void)
{
	guint errors;
	g_autofree char *expected = read_text(sample, strlen(sample), &errors);
	Race race = {expected, 0};
	GThread *running[8];

	g_assert_cmpuint(errors, ==, 0);
	for (guint i = 0; i < G_N_ELEMENTS(running); i++)
		running[i] = g_thread_new("reader", read_many, &race);
	for (guint i = 0; i < G_N_ELEMENTS(running); i++)
		g_thread_join(running[i]);
	g_assert_cmpint(race.wrong, ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	xml_start();
	g_test_add_func("/source/bounds", bounds);
	g_test_add_func("/source/broken", broken);
	g_test_add_func("/source/sizes", sizes);
	g_test_add_func("/source/long-front", long_front);
	g_test_add_func("/source/long-front-cut", long_front_cut);
	g_test_add_func("/source/threads", threads);
	return g_test_run();
}
