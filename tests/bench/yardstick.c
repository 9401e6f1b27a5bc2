/* The yardstick for checking: a bare loop that only reads every .md file below a folder, parses its front matter with libxml2 and the rest with cmark, and
 * frees both. No checks, no tree of our own. Usage: yardstick FOLDER [THREADS] */
#include <cmark.h>
#include <glib.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static GPtrArray *files;
static int next_file;

static void find(const char *path)
{
	GDir *folder = g_dir_open(path, 0, NULL);
	const char *name;

	while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
		char *child = g_build_filename(path, name, NULL);
		if (g_str_has_suffix(name, ".md"))
			g_ptr_array_add(files, child);
		else if (g_file_test(child, G_FILE_TEST_IS_DIR))
			find(child);
	}
	if (folder != NULL)
		g_dir_close(folder);
}

/* The front matter ends at a line that begins with "</": enough for a yardstick. */
static gpointer work(gpointer unused)
{
	(void)unused;
	for (int i; (i = g_atomic_int_add(&next_file, 1)) < (int)files->len;) {
		char *text;
		gsize size;
		if (!g_file_get_contents(files->pdata[i], &text, &size, NULL))
			exit(1);
		char *end = strstr(text, "\n</");
		end = end != NULL ? strchr(end + 1, '\n') : NULL;
		if (end == NULL)
			exit(1);
		xmlDoc *doc = xmlReadMemory(text, (int)(end - text), "x", NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
		cmark_node *body = cmark_parse_document(end, size - (gsize)(end - text), CMARK_OPT_DEFAULT);
		if (doc == NULL || body == NULL)
			exit(1);
		xmlFreeDoc(doc);
		cmark_node_free(body);
		g_free(text);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	int threads = argc > 2 ? atoi(argv[2]) : 1;
	GThread *other[64];

	xmlInitParser();
	files = g_ptr_array_new();
	find(argv[1]);
	for (int i = 1; i < threads && i < 64; i++)
		other[i] = g_thread_new("work", work, NULL);
	work(NULL);
	for (int i = 1; i < threads && i < 64; i++)
		g_thread_join(other[i]);
	printf("%u files\n", files->len);
	return 0;
}
