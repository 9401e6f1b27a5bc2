/* Names that not every system can hold: who works under Windows or macOS would not get these files out of git. */
#include "document/room.h"

#include "base/text.h"

#include <string.h>

/* Windows keeps these for devices, whatever stands behind a dot. */
static gboolean is_device(const char *base)
{
	static const char *const devices[] = {"con", "prn", "aux", "nul", "com", "lpt"}; /* the last two with a digit */
	const gsize length = strcspn(base, ".");

	for (guint i = 0; i < G_N_ELEMENTS(devices); i++)
		if (g_ascii_strncasecmp(base, devices[i], 3) == 0 && (i < 4 ? length == 3 : length == 4 && base[3] >= '1' && base[3] <= '9'))
			return TRUE;
	return FALSE;
}

/* One step of a path. Returns whether it was reported. */
static gboolean check_step(const char *step, const Position *at, Diagnostics *d)
{
	const gsize length = strlen(step);
	const char *sign = step;

	while (*sign != '\0' && (guchar)*sign >= ' ' && strchr("<>:\"|?*\\", *sign) == NULL)
		sign++;
	if (*sign != '\0') {
		const char text[] = {(guchar)*sign >= ' ' ? *sign : ' ', '\0'};
		diagnose(d, (guchar)*sign >= ' ' ? MSG_FILE_NAME_CHARACTER : MSG_FILE_NAME_CONTROL, at, step, text);
	} else if (length > 0 && strchr(". ", step[length - 1]) != NULL) {
		diagnose(d, step[length - 1] == '.' ? MSG_FILE_NAME_DOT : MSG_FILE_NAME_SPACE, at, step);
	} else if (is_device(step)) {
		diagnose(d, MSG_FILE_NAME_DEVICE, at, step);
	} else {
		return FALSE;
	}
	return TRUE;
}

void document_check_name(const char *name, const Position *at, Diagnostics *d)
{
	g_auto(GStrv) steps = g_strsplit(name, "/", -1);

	for (char **step = steps; *step != NULL; step++)
		if (check_step(*step, at, d))
			return;
}

void portable_check_entry(const char *name, Diagnostics *d)
{
	const char *slash = strrchr(name, '/');
	const Position at = {name, 0, 0, NULL};

	check_step(slash != NULL ? slash + 1 : name, &at, d);
}

void portable_check_folder(const char *folder, GPtrArray *names, Diagnostics *d)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	g_ptr_array_sort(names, text_compare);
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *key = path_key(names->pdata[i]);
		char *folded = g_utf8_casefold(key, -1);
		const char *other = g_hash_table_lookup(seen, folded);
		if (other == NULL) {
			g_hash_table_insert(seen, folded, names->pdata[i]);
			continue;
		}
		g_autofree char *path = g_strconcat(folder, "/", names->pdata[i], NULL);
		const Position at = {path, 0, 0, NULL};
		diagnose(d, MSG_FILE_NAME_CASE, &at, names->pdata[i], other);
		g_free(folded);
	}
}
