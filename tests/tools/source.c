/* Reads one file as the program does. source FILE [NAME]: the tree on standard output, the messages in Dutch, then in English, on standard
 * error. source --time N FILE: the processor time of N readings, in microseconds each. Status 1 when there were errors. */
#include "base/file.h"
#include "source/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int measure(GBytes *bytes, int times)
{
	double start = now();

	for (int i = 0; i < times; i++) {
		g_autoptr(Diagnostics) d = diagnostics_new();
		g_autoptr(xmlDoc) doc = source_read(bytes, "x.md", "nl", d);
	}
	printf("%.1f\n", (now() - start) / times);
	return 0;
}

static void print_messages(Diagnostics *d)
{
	for (Language language = LANGUAGE_NL;; language = LANGUAGE_EN) {
		DiagnosticStyle style = {.language = language};
		g_autofree char *text = diagnostics_format(d, &style);
		fputs(text, stderr);
		if (language == LANGUAGE_EN || *text == '\0')
			return;
		fputs("\n", stderr);
	}
}

/* Indentation in the front matter would keep libxml2 from indenting the rest. */
static void drop_blanks(xmlNode *root)
{
	for (xmlNode *n = root, *next; n != NULL; n = next) {
		next = xml_is(n, "body") ? NULL : xml_following(n, root);
		if (xmlIsBlankNode(n)) {
			xmlUnlinkNode(n);
			xmlFreeNode(n);
		}
	}
}

static void print_tree(xmlDoc *doc)
{
	xmlChar *text;
	int size;

	drop_blanks(xmlDocGetRootElement(doc));
	xmlDocDumpFormatMemoryEnc(doc, &text, &size, "UTF-8", 1);
	fwrite(text, 1, (gsize)size, stdout);
	xmlFree(text);
}

static int show(GBytes *bytes, const char *name)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(xmlDoc) doc = source_read(bytes, name, "nl", d);

	if (doc != NULL)
		print_tree(doc);
	diagnostics_sort(d);
	diagnostics_set_text(d, name, bytes);
	print_messages(d);
	return diagnostics_count(d, LEVEL_ERROR) > 0 ? 1 : 0;
}

int main(int argc, char **argv)
{
	gboolean timing = argc > 3 && strcmp(argv[1], "--time") == 0;
	const char *path = argc > 1 ? argv[timing ? 3 : 1] : NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = path != NULL ? file_load(path, FILE_LIMIT, &error) : NULL;

	if (bytes == NULL) {
		fprintf(stderr, "source: %s\n", error != NULL ? error->message : "which file?");
		return 3;
	}
	xml_start();
	return timing ? measure(bytes, atoi(argv[2])) : show(bytes, argc > 2 ? argv[2] : path);
}
