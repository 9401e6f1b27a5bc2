/* What a public build leaves as proof: what it checked and found, on which state of the texts, and what came of it (release.h). */
#include "pipeline/internal.h"

#include "pipeline/release.h"

#include "base/file.h"

#include <string.h>

#ifndef ROTONDE_VERSION
#define ROTONDE_VERSION "0"
#endif

struct Proof {
	Run *run;
	char *folder, *path, *id;
	char *statement;    /* NULL: nothing passed */
	GPtrArray *outputs; /* ReleaseOutput */
	Release *earlier;   /* the record that is there; NULL: none, or none that can be read */
};

static Release *read_earlier(const Proof *p)
{
	g_autoptr(Diagnostics) ignored = diagnostics_new();
	g_autoptr(GBytes) bytes = file_load(p->path, RELEASE_LIMIT, NULL);
	g_autoptr(Release) r = bytes != NULL ? release_read(bytes, p->path, ignored) : NULL;

	return r != NULL && strcmp(r->publication, p->id) == 0 ? g_steal_pointer(&r) : NULL;
}

Proof *proof_new(Run *run, const char *folder, const char *id)
{
	g_autofree char *name = g_strconcat(id, RELEASE_SUFFIX, NULL);
	Proof *p = g_new0(Proof, 1);

	*p = (Proof){.run = run, .folder = g_strdup(folder), .path = g_build_filename(folder, name, NULL), .id = g_strdup(id)};
	p->outputs = g_ptr_array_new();
	p->earlier = read_earlier(p);
	return p;
}

void proof_free(Proof *p)
{
	if (p == NULL)
		return;
	g_free(p->folder);
	g_free(p->path);
	g_free(p->id);
	g_free(p->statement);
	g_ptr_array_unref(p->outputs);
	release_free(p->earlier);
	g_free(p);
}

void proof_reload(Proof *p)
{
	release_free(p->earlier);
	p->earlier = read_earlier(p);
}

gboolean proof_is_current(const Proof *p, const Record *record, const char *path, const char *key)
{
	g_autofree char *file = g_path_get_basename(path);
	const ReleaseOutput *output;

	return p->earlier != NULL && release_find(p->earlier, file, NULL, &output) != NULL && record_is_current(record, "release", p->path, key);
}

/* ---- what is said ---- */

static void say_revision(Json *j, const Run *run, const xmlNode *root)
{
	gint64 time = past_time(run->past);
	g_autoptr(GDateTime) when = time >= 0 ? g_date_time_new_from_unix_utc(time) : NULL;
	g_autofree char *day = when != NULL ? g_date_time_format(when, "%Y-%m-%d") : g_strdup(run->options->today);

	json_string(j, "revision", past_revision(run->past));
	json_bool(j, "modified", xml_attribute(root, "dirty") != NULL);
	json_string(j, "date", day);
}

static void say_rules(Json *j, Run *run, Diagnostics *d)
{
	g_autofree char *digest = NULL;
	Checker *checker = run_take_checker(run, d);
	guint count = checker != NULL ? checker_rules(checker, &digest) : 0;

	if (checker != NULL)
		run_give_checker(run);
	json_object(j, "rules");
	json_int(j, "count", count);
	json_string(j, "sha256", digest);
	json_end(j);
	json_string(j, "consent", run->policy);
}

/* Not the reasons: they may tell what was covered. */
static void say_allowed(Json *j, const guint allowed[COARSE_KINDS])
{
	json_array(j, "allowed");
	for (guint kind = 0; kind < COARSE_KINDS; kind++) {
		if (allowed[kind] == 0)
			continue;
		json_object(j, NULL);
		json_string(j, "kind", coarse_kind_name(kind, LANGUAGE_EN));
		json_int(j, "count", allowed[kind]);
		json_end(j);
	}
	json_end(j);
}

static int compare_found(gconstpointer a, gconstpointer b)
{
	const Diagnostic *x = *(const Diagnostic *const *)a, *y = *(const Diagnostic *const *)b;

	return x->level != y->level ? (int)y->level - (int)x->level : strcmp(x->code, y->code);
}

/* Warnings and notes by code: how many, not where or what. */
static void say_found(Json *j, Diagnostics *d)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	guint i = 0;

	for (guint k = 0; k < diagnostics_length(d); k++)
		g_ptr_array_add(all, (gpointer)diagnostics_peek(d, k));
	g_ptr_array_sort(all, compare_found);
	json_array(j, "found");
	while (i < all->len) {
		const Diagnostic *m = all->pdata[i];
		guint first = i;
		while (i < all->len && compare_found(&all->pdata[first], &all->pdata[i]) == 0)
			i++;
		json_object(j, NULL);
		json_string(j, "level", level_name(m->level, LANGUAGE_EN));
		json_string(j, "code", m->code);
		json_int(j, "count", i - first);
		json_end(j);
	}
	json_end(j);
}

void proof_state(Proof *p, const xmlDoc *doc, const guint allowed[COARSE_KINDS], Diagnostics *d)
{
	Run *run = p->run;
	const xmlNode *root = xmlDocGetRootElement(doc), *edition = xml_first(root, "edition");
	Json *j = json_start();

	diagnostics_sort(d); /* what is said twice counts once */
	json_object(j, NULL);
	json_string(j, "program", "rotonde " ROTONDE_VERSION);
	if (edition != NULL) {
		xmlChar *content = xmlNodeGetContent(edition);
		release_clean((char *)content);
		json_string(j, "edition", g_strstrip((char *)content));
		xmlFree(content);
	}
	say_revision(j, run, root);
	json_string(j, "content", workspace_is_fiction(run->workspace) ? "fiction" : "private");
	say_rules(j, run, d);
	if (run->names.list != NULL)
		json_int(j, "names", privacy_list_count(run->names.list));
	else
		json_string(j, "names", NULL);
	say_allowed(j, allowed);
	say_found(j, d);
	json_end(j);
	g_free(p->statement);
	p->statement = json_finish(j);
}

/* ---- what came of it ---- */

void proof_note(Proof *p, const char *path, const TrackOutput *made)
{
	g_autofree char *file = g_path_get_basename(path);

	g_ptr_array_add(p->outputs, release_output_new(file, made->format->name, made->digest, g_bytes_get_size(made->bytes), made->searched));
}

void proof_save(Proof *p, Record *record, const char *key, Diagnostics *d)
{
	g_autoptr(Release) r = NULL;
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(GError) error = NULL;

	if (p->statement == NULL || p->outputs->len == 0)
		return;
	r = p->earlier != NULL ? g_steal_pointer(&p->earlier) : release_new(p->id);
	release_drop(r, p->outputs);
	release_prune(r, p->folder);
	release_add(r, p->statement, p->outputs);
	bytes = release_write(r);
	if (file_save(p->path, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), &error))
		record_note(record, "release", key, bytes);
	else
		diagnose(d, MSG_FILE_WRITE, NULL, p->path, error->message);
}
