/* libxxhash, from its header alone: nothing to load. */
#include "base/fingerprint.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

struct Fingerprint {
	XXH3_state_t *state;
};

Fingerprint *fingerprint_start(void)
{
	Fingerprint *f = g_new0(Fingerprint, 1);

	f->state = XXH3_createState();
	if (f->state == NULL)
		g_error("out of memory");
	XXH3_128bits_reset(f->state);
	return f;
}

void fingerprint_add(Fingerprint *f, const void *data, gsize size)
{
	if (size > 0)
		XXH3_128bits_update(f->state, data, size);
}

void fingerprint_add_text(Fingerprint *f, const char *text)
{
	fingerprint_add(f, text, strlen(text) + 1);
}

char *fingerprint_finish(Fingerprint *f)
{
	XXH128_hash_t hash = XXH3_128bits_digest(f->state);

	XXH3_freeState(f->state);
	g_free(f);
	return g_strdup_printf("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", (guint64)hash.high64, (guint64)hash.low64);
}

char *fingerprint_of(GBytes *bytes)
{
	Fingerprint *f = fingerprint_start();
	gsize size;
	const void *data = g_bytes_get_data(bytes, &size);

	fingerprint_add(f, data, size);
	return fingerprint_finish(f);
}
