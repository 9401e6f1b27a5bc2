/* Any bytes as a package of a project; an even first byte: as the project itself, in a package that is right, beside a text. */
#include "archive/archive.h"
#include "base/text.h"
#include "exchange/exchange.h"

#include "demand.h"

#include <string.h>

static GBytes *pack(const guint8 *data, size_t size)
{
	g_autoptr(GPtrArray) entries = archive_new();
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(GBytes) project = g_bytes_new(data, size), text = g_bytes_new_static("Vader: Ja. Nee.\r\nNoor: Zo 1. is #het.\n", 39);

	archive_add(entries, "project.qde", project, FALSE);
	archive_add(entries, "Sources/a.txt", text, FALSE);
	return archive_write(entries, d);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	xml_start();
	return 0;
}

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size)
{
	static const ExchangeCode codes[] = {{"helpend", "code", NULL}, {"vertragen", "thread", "Vertragen"}, {NULL, NULL, NULL}};
	static const ExchangePerson persons[] = {{"noor-v", "Noor"}, {"vader", "Vader"}, {NULL, NULL}};
	static const ExchangeKnown known = {"noor", codes, persons};
	g_autoptr(Diagnostics) d = diagnostics_new();

	if (size == 0)
		return 0;
	g_autoptr(GBytes) package = (data[0] & 1) == 0 ? pack(data + 1, size - 1) : g_bytes_new(data + 1, size - 1);
	g_autoptr(GPtrArray) sessions = exchange_unpack(package, "x.qdpx", &known, d);
	demand((sessions == NULL) == (diagnostics_count(d, LEVEL_ERROR) > 0));
	for (guint i = 0; sessions != NULL && i < sessions->len; i++) {
		const ExchangeSession *s = sessions->pdata[i];
		demand(g_ascii_islower(*s->id) && strspn(s->id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(s->id));
		demand(g_utf8_validate(s->body, -1, NULL) && g_utf8_validate(s->title, -1, NULL));
	}
	return 0;
}
