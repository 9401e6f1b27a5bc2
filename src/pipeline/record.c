/* What an output was made from, by content and never by time stamp: out/ID/.ID.build. */
#define _GNU_SOURCE /* dl_iterate_phdr */
#include "pipeline/internal.h"

#include "base/file.h"
#include "base/fingerprint.h"
#include "base/module.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <unistd.h>

struct Record {
	GKeyFile *keys;
	char *path;
	char **others;
};

static void load(Record *r)
{
	g_clear_pointer(&r->keys, g_key_file_unref);
	g_strfreev(r->others);
	r->keys = g_key_file_new();
	g_key_file_load_from_file(r->keys, r->path, G_KEY_FILE_NONE, NULL);
	r->others = g_key_file_get_string_list(r->keys, "inputs", "others", NULL, NULL);
	if (r->others == NULL)
		r->others = g_new0(char *, 1);
}

Record *record_open(const char *path)
{
	Record *r = g_new0(Record, 1);

	r->path = g_strdup(path);
	load(r);
	return r;
}

void record_reload(Record *r)
{
	load(r);
}

void record_free(Record *r)
{
	if (r == NULL)
		return;
	g_key_file_unref(r->keys);
	g_strfreev(r->others);
	g_free(r->path);
	g_free(r);
}

const char *const *record_others(const Record *r)
{
	return (const char *const *)r->others;
}

void record_set_others(Record *r, char **others)
{
	g_strfreev(r->others);
	r->others = g_strdupv(others);
	g_key_file_set_string_list(r->keys, "inputs", "others", (const char *const *)others, g_strv_length(others));
}

/* ---- digests ---- */

static void add_file(Fingerprint *sum, const char *path)
{
	g_autoptr(GBytes) bytes = file_load(path, FILE_LIMIT, NULL);
	gsize size = 0;
	const void *data = bytes != NULL ? g_bytes_get_data(bytes, &size) : NULL;

	fingerprint_add(sum, &size, sizeof size);
	fingerprint_add(sum, data, size);
}

/* The linker's own digest of the program (its build id): there is no need to read the file itself. */
static int add_build_id(struct dl_phdr_info *info, size_t size, void *sum)
{
	(void)size;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const char *p = (const char *)info->dlpi_addr + info->dlpi_phdr[i].p_vaddr, *end = p + info->dlpi_phdr[i].p_memsz;
		if (info->dlpi_phdr[i].p_type != PT_NOTE)
			continue;
		while (p + sizeof(ElfW(Nhdr)) <= end) {
			const ElfW(Nhdr) *note = (const ElfW(Nhdr) *)(const void *)p;
			const char *id = p + sizeof *note + ((note->n_namesz + 3) & ~3u);
			if (note->n_type == NT_GNU_BUILD_ID && id + note->n_descsz <= end)
				fingerprint_add(sum, id, note->n_descsz);
			p = id + ((note->n_descsz + 3) & ~3u);
		}
	}
	return 1; /* the first object is the program itself */
}

/* The same of a module, which may not be loaded: the linker's digest stands on its first page. */
static void add_module(Fingerprint *sum, const char *name)
{
	g_autofree char *path = module_path(name);
	char page[4096];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, page, sizeof page) : 0;

	fingerprint_add(sum, page, (gsize)MAX(n, 0));
	if (fd >= 0)
		close(fd);
}

static void add_folder(Fingerprint *sum, const char *path)
{
	g_autoptr(GPtrArray) names = file_names(path);

	for (guint i = 0; names != NULL && i < names->len; i++) {
		g_autofree char *child = g_build_filename(path, names->pdata[i], NULL);
		fingerprint_add_text(sum, names->pdata[i]);
		if (g_file_test(child, G_FILE_TEST_IS_DIR))
			add_folder(sum, child);
		else
			add_file(sum, child);
	}
}

char *record_share_digest(const Run *run)
{
	static const char *const folders[] = {"schemas", "stylesheets"};
	Fingerprint *sum = fingerprint_start();

	for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *path = g_build_filename(run->options->share, folders[i], NULL);
		add_folder(sum, path);
	}
	return fingerprint_finish(sum);
}

/* Program, schemas, stylesheets, house style, the day (rules know it), the revision and every text of the workspace. The caller's. */
static char *make_digest(const Run *run)
{
	g_autofree char *share = record_share_digest(run);
	Fingerprint *sum = fingerprint_start();

	dl_iterate_phdr(add_build_id, sum);
	add_module(sum, "print");
	add_module(sum, "fonts");
	fingerprint_add_text(sum, share);
	if (run->house_style != NULL)
		add_file(sum, run->house_style);
	fingerprint_add_text(sum, run->options->today);
	fingerprint_add_text(sum, run->policy);
	fingerprint_add_text(sum, run->names.digest != NULL ? run->names.digest : "");
	fingerprint_add_text(sum, past_key(run->past));
	for (guint i = 0; i < workspace_length(run->workspace); i++) {
		const DocumentFile *file = workspace_file(run->workspace, i);
		g_autofree char *digest = document_digest(file);
		fingerprint_add_text(sum, file->name);
		fingerprint_add_text(sum, digest != NULL ? digest : "");
	}
	return fingerprint_finish(sum);
}

static const char *run_digest(Run *run)
{
	g_mutex_lock(&run->once);
	if (run->digest == NULL)
		run->digest = make_digest(run);
	g_mutex_unlock(&run->once);
	return run->digest;
}

char *record_key(Run *run, const char *const *others)
{
	Fingerprint *sum = fingerprint_start();

	fingerprint_add_text(sum, run_digest(run));
	for (; *others != NULL; others++) {
		g_autofree char *path = g_build_filename(run->options->root, *others, NULL);
		fingerprint_add_text(sum, *others);
		add_file(sum, path);
	}
	return fingerprint_finish(sum);
}

/* ---- outputs ---- */

gboolean record_is_current(const Record *r, const char *output, const char *path, const char *key)
{
	g_autofree char *made_from = g_key_file_get_string(r->keys, output, "inputs", NULL);
	g_autofree char *digest = g_key_file_get_string(r->keys, output, "output", NULL);
	g_autofree char *now = NULL;
	g_autoptr(GBytes) bytes = NULL;

	if (made_from == NULL || digest == NULL || strcmp(made_from, key) != 0)
		return FALSE;
	bytes = file_load(path, FILE_LIMIT, NULL);
	if (bytes == NULL)
		return FALSE;
	now = fingerprint_of(bytes);
	return strcmp(now, digest) == 0;
}

void record_note(Record *r, const char *output, const char *key, GBytes *bytes)
{
	g_autofree char *digest = fingerprint_of(bytes);

	g_key_file_set_string(r->keys, output, "inputs", key);
	g_key_file_set_string(r->keys, output, "output", digest);
}

void record_note_warnings(Record *r, const char *output, guint warnings)
{
	g_key_file_set_integer(r->keys, output, "warnings", (int)warnings);
}

guint record_warnings(const Record *r, const char *output)
{
	return (guint)MAX(g_key_file_get_integer(r->keys, output, "warnings", NULL), 0);
}

/* ---- whose words they hold ---- */

enum { HELD_DIGEST, HELD_PART, HELD_FIRST };

void record_note_held(Record *r, const char *name, GBytes *bytes, const GPtrArray *uses, gboolean part)
{
	g_autoptr(GPtrArray) held = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	g_ptr_array_add(held, fingerprint_of(bytes));
	g_ptr_array_add(held, g_strdup(part ? "part" : "whole"));
	for (guint i = 0; uses != NULL && i < uses->len; i++) {
		const DocumentUse *use = uses->pdata[i];
		char *word = g_strconcat(use->person, " ", use->purpose, NULL);
		if (g_hash_table_contains(seen, word)) {
			g_free(word);
			continue;
		}
		g_hash_table_add(seen, word);
		g_ptr_array_add(held, word);
	}
	g_key_file_set_string_list(r->keys, "held", name, (const char *const *)held->pdata, held->len);
}

RecordHolds record_holds(const Record *r, const char *name, GBytes *bytes, const char *person, const char *const *purposes)
{
	g_auto(GStrv) held = g_key_file_get_string_list(r->keys, "held", name, NULL, NULL);
	g_autofree char *now = bytes != NULL ? fingerprint_of(bytes) : NULL;

	if (held == NULL || now == NULL || g_strv_length(held) < HELD_FIRST || strcmp(held[HELD_DIGEST], now) != 0)
		return RECORD_UNKNOWN;
	for (; *purposes != NULL; purposes++) {
		g_autofree char *word = g_strconcat(person, " ", *purposes, NULL);
		if (g_strv_contains((const char *const *)held + HELD_FIRST, word))
			return strcmp(held[HELD_PART], "part") == 0 ? RECORD_UNKNOWN : RECORD_HOLDS;
	}
	return RECORD_FREE;
}

void record_each_held(const Record *r, void (*use)(const char *name, const char *person, const char *purpose, gpointer data), gpointer data)
{
	g_auto(GStrv) names = g_key_file_get_keys(r->keys, "held", NULL, NULL);

	for (char **name = names; name != NULL && *name != NULL; name++) {
		g_auto(GStrv) held = g_key_file_get_string_list(r->keys, "held", *name, NULL, NULL);
		for (guint i = HELD_FIRST; held != NULL && i < g_strv_length(held); i++) {
			char *purpose = strchr(held[i], ' ');
			if (purpose == NULL)
				continue;
			*purpose++ = '\0';
			use(*name, held[i], purpose, data);
		}
	}
}

void record_save(const Record *r)
{
	gsize size;
	g_autofree char *text = g_key_file_to_data(r->keys, &size, NULL);

	file_save_lightly(r->path, text, size, NULL); /* without it the next build only does more work */
}
