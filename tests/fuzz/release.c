/* Any bytes as a release record: refused with an error at a line of it, or read; then it is written and read again as the same, also when
 * builds were added to it. */
#include "pipeline/release.h"

#include "demand.h"

#include <string.h>

#define STATEMENT(modified) \
	"{\"program\": \"x\", \"revision\": null, \"modified\": " modified ", \"date\": \"2026-01-01\", \"content\": \"fiction\", " \
	"\"rules\": {\"count\": 1, \"sha256\": \"\"}, \"names\": null, \"found\": []}"

static Release *read(GBytes *bytes)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	Release *r = release_read(bytes, "x.release.json", d);

	demand((r == NULL) == (diagnostics_count(d, LEVEL_ERROR) == 1));
	if (r == NULL)
		demand(diagnostics_peek(d, 0)->line > 0);
	return r;
}

/* Written, read and written: the same bytes. */
static void turn_round(const Release *r)
{
	g_autoptr(GBytes) once = release_write(r);
	g_autoptr(Release) again = read(once);

	demand(again != NULL);
	g_autoptr(GBytes) twice = release_write(again);
	demand(g_bytes_equal(once, twice));
}

/* A build takes in what it made; what another made under the same name leaves the record. */
static void add(Release *r, const char *statement, gsize size)
{
	static const char digest[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
	g_autoptr(GPtrArray) outputs = g_ptr_array_new();
	const ReleaseOutput *found = NULL;

	g_ptr_array_add(outputs, release_output_new("a.pdf", "pdf", digest, size, TRUE));
	release_add(r, statement, outputs);
	demand(release_find(r, "a.pdf", NULL, &found) != NULL && found->bytes == (gint64)size);
	turn_round(r);
}

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, size);
	g_autoptr(Release) r = read(bytes);

	if (r == NULL)
		return 0;
	turn_round(r);
	add(r, STATEMENT("true"), 7);
	add(r, STATEMENT("false"), 8);
	return 0;
}
