/* Any bytes as the Markdown of a file whose front matter is right. The first chooses the language. */
#include "source.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	xml_start();
	return 0;
}

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size)
{
	g_autoptr(GString) file = g_string_new("<chapter id=\"a\"><title>T</title></chapter>\n\n");

	if (size == 0)
		return 0;
	g_string_append_len(file, (const char *)data + 1, (gssize)size - 1);
	read_file(file->str, file->len, data[0] % 4 == 0 ? "en" : data[0] % 4 == 1 ? "fr" : "nl");
	return 0;
}
