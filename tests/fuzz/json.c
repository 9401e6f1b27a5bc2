/* Any bytes as JSON: what is read is written and read again as the same, and what is refused is refused at a place in it. */
#include "base/json.h"

#include "demand.h"

#include <string.h>

static char *write(const JsonValue *v)
{
	Json *j = json_start();

	json_value(j, v);
	return json_finish(j);
}

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size)
{
	const char *expected = NULL;
	gsize wrong = 0;
	g_autoptr(JsonValue) v = json_parse((const char *)data, size, &wrong, &expected);

	demand((v == NULL) == (expected != NULL) && wrong <= size);
	if (v == NULL)
		return 0;
	demand(size > 0 && memchr(data, '\0', size) == NULL && g_utf8_validate((const char *)data, (gssize)size, NULL));
	g_autofree char *once = write(v);
	g_autoptr(JsonValue) again = json_parse(once, strlen(once), &wrong, &expected);
	demand(again != NULL);
	g_autofree char *twice = write(again);
	demand(strcmp(once, twice) == 0);
	return 0;
}
