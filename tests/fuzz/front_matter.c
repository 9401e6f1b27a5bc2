/* Any bytes as a whole file. The first chooses the language. */
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
	static const char *const languages[] = {"nl", "en-GB", "fr", ""};

	if (size > 0)
		read_file(data + 1, size - 1, languages[data[0] % 4]);
	return 0;
}
