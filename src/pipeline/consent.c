/* What everybody agreed to, where it is used, and after a withdrawal every edition and finished output that held it. */
#include "pipeline/internal.h"

#include "base/file.h"
#include "base/text.h"
#include "pipeline/release.h"

#include <glib/gi18n.h>
#include <string.h>

const char *const pipeline_purposes[CONSENT_PURPOSES + 1] = {"text", "quote", "photo", "name", NULL};

typedef struct {
	Run *run;
	PipelineConsents *report;
	Judging judging;
	char *limit; /* the last day that is soon */
	const char *wanted; /* id of a person; NULL: all */
	Diagnostics *d;
} Search;

/* ---- what belongs to the report ---- */

static void held_free(gpointer data)
{
	PipelineHeld *h = data;

	g_free(h->publication);
	g_free(h->tag);
	g_free(h->date);
	g_ptr_array_unref(h->places);
	g_free(h);
}

static void stale_free(gpointer data)
{
	g_free(((PipelineStale *)data)->path);
	g_free(data);
}

static void person_free(gpointer data)
{
	PipelineConsent *p = data;

	for (gsize i = 0; i < CONSENT_PURPOSES; i++)
		g_free(p->until[i]);
	g_free(p->withdrawn);
	g_ptr_array_unref(p->used);
	g_ptr_array_unref(p->editions);
	g_ptr_array_unref(p->outputs);
	g_free(p);
}

static PipelineConsent *person_new(const DocumentEntry *e)
{
	PipelineConsent *p = g_new0(PipelineConsent, 1);

	p->entry = e;
	p->used = g_ptr_array_new_with_free_func(held_free);
	p->editions = g_ptr_array_new_with_free_func(held_free);
	p->outputs = g_ptr_array_new_with_free_func(stale_free);
	return p;
}

void pipeline_consents_free(PipelineConsents *c)
{
	if (c == NULL)
		return;
	g_ptr_array_unref(c->persons);
	g_ptr_array_unref(c->entries);
	g_free(c);
}

/* ---- judging ---- */

static void judge(const Search *s, PipelineConsent *p)
{
	for (gsize i = 0; i < CONSENT_PURPOSES; i++) {
		ConsentVerdict v = judging_verdict(&s->judging, p->entry, pipeline_purposes[i]);
		const char *gone = v.state != CONSENT_GIVEN ? judging_taken_back(&s->judging, p->entry, pipeline_purposes[i]) : NULL;
		p->states[i] = consent_state_name(v.state);
		if (v.state == CONSENT_GIVEN && v.until != NULL) {
			p->until[i] = g_strdup(v.until);
			p->ends[i] = strcmp(v.until, s->limit) <= 0;
		}
		p->gone[i] = gone != NULL;
		if (gone != NULL && (p->withdrawn == NULL || strcmp(gone, p->withdrawn) < 0)) {
			g_free(p->withdrawn);
			p->withdrawn = g_strdup(gone);
		}
	}
}

static gboolean is_withdrawn(const PipelineConsent *p, const char *purpose)
{
	for (gsize i = 0; i < CONSENT_PURPOSES; i++)
		if (strcmp(pipeline_purposes[i], purpose) == 0)
			return p->gone[i];
	return FALSE;
}

/* ---- where it is ---- */

/* The same by person. They borrow. */
static GHashTable *group_uses(const GPtrArray *uses)
{
	GHashTable *groups = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);

	for (guint i = 0; i < uses->len; i++) {
		const DocumentUse *use = uses->pdata[i];
		GPtrArray *own = g_hash_table_lookup(groups, use->person);
		if (own == NULL)
			g_hash_table_insert(groups, use->person, own = g_ptr_array_new());
		g_ptr_array_add(own, (gpointer)use);
	}
	return groups;
}

/* What is this person's among the uses, and (withdrawn) no longer agreed to; NULL: nothing. */
static PipelineHeld *held_new(const PipelineConsent *p, GHashTable *groups, gboolean withdrawn)
{
	const GPtrArray *uses = g_hash_table_lookup(groups, p->entry->id);
	PipelineHeld *h;
	g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(document_use_free);

	for (guint i = 0; uses != NULL && i < uses->len; i++) {
		const DocumentUse *use = uses->pdata[i];
		if (!withdrawn || is_withdrawn(p, use->purpose))
			g_ptr_array_add(places, document_use_copy(use));
	}
	if (places->len == 0)
		return NULL;
	h = g_new0(PipelineHeld, 1);
	h->places = g_steal_pointer(&places);
	return h;
}

static void find_current(const Search *s)
{
	const Workspace *w = s->run->workspace;
	g_autoptr(Diagnostics) unheard = diagnostics_new(); /* check tells */

	for (guint i = 0; i < workspace_length(w); i++) {
		const DocumentFile *file = workspace_file(w, i);
		g_autoptr(xmlDoc) doc = run_is_publication(file) ? document_assemble(w, file, PROFILE_REVIEW, NULL, unheard) : NULL;
		g_autoptr(GPtrArray) uses = doc != NULL ? document_uses(doc) : NULL;
		g_autoptr(GHashTable) groups = uses != NULL ? group_uses(uses) : NULL;
		for (guint k = 0; groups != NULL && k < s->report->persons->len; k++) {
			PipelineConsent *p = s->report->persons->pdata[k];
			PipelineHeld *h = held_new(p, groups, FALSE);
			if (h == NULL)
				continue;
			h->publication = g_strdup(file->id != NULL ? file->id : file->name);
			g_ptr_array_add(p->used, h);
		}
	}
}

/* ---- editions ---- */

static void note_edition(const Search *s, const char *id, const HistoryEdition *e, const GPtrArray *uses)
{
	g_autoptr(GHashTable) groups = group_uses(uses);

	for (guint i = 0; i < s->report->persons->len; i++) {
		PipelineConsent *p = s->report->persons->pdata[i];
		PipelineHeld *h = p->withdrawn != NULL || p->absent ? held_new(p, groups, TRUE) : NULL;
		if (h == NULL)
			continue;
		h->publication = g_strdup(id);
		h->tag = g_strdup(e->tag);
		h->date = g_strdup(e->date);
		h->after = p->withdrawn != NULL && strcmp(e->date, p->withdrawn) >= 0;
		g_ptr_array_add(p->editions, h);
	}
}

static void search_edition(const Search *s, History *h, const char *id, const HistoryEdition *e)
{
	g_autoptr(Diagnostics) found = diagnostics_new();
	g_autoptr(xmlDoc) doc = past_read(s->run, h, e->revision, id, found);
	g_autoptr(GPtrArray) uses = doc != NULL ? document_uses(doc) : NULL;

	if (doc == NULL || diagnostics_count(found, LEVEL_ERROR) > 0)
		diagnose(s->d, MSG_CONSENT_EDITION, NULL, e->tag);
	if (uses != NULL)
		note_edition(s, id, e, uses);
}

/* "ID" of refs/tags/ID/EDITION: publications that are gone too. */
static gboolean note_id(const char *name, const char *target, gpointer data)
{
	static const char prefix[] = "refs/tags/";
	const char *slash = g_str_has_prefix(name, prefix) ? strrchr(name, '/') : NULL;

	(void)target;
	if (slash > name + strlen(prefix))
		g_hash_table_add(data, g_strndup(name + strlen(prefix), (gsize)(slash - name) - strlen(prefix)));
	return TRUE;
}

static void search_editions(const Search *s, History *h)
{
	g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	history_each_ref(h, note_id, ids, s->d);
	g_autoptr(GList) sorted = g_list_sort(g_hash_table_get_keys(ids), (GCompareFunc)strcmp);
	if (history_is_shallow(h))
		diagnose(s->d, MSG_CONSENT_SHALLOW, NULL);
	for (const GList *id = sorted; id != NULL; id = id->next) {
		g_autoptr(GPtrArray) editions = history_editions(h, id->data, TRUE);
		for (guint i = 0; i < editions->len; i++)
			search_edition(s, h, id->data, editions->pdata[i]);
	}
}

/* ---- finished outputs ---- */

static char *shown_path(const Search *s, const char *path)
{
	gsize length = strlen(s->run->options->root);
	gboolean below = strncmp(path, s->run->options->root, length) == 0 && path[length] == '/';

	return g_strdup(below ? path + length + 1 : path);
}

static void note_output(const Search *s, const Record *record, const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autoptr(GBytes) bytes = file_load(path, FILE_LIMIT, NULL);

	for (guint i = 0; i < s->report->persons->len; i++) {
		PipelineConsent *p = s->report->persons->pdata[i];
		const char *purposes[CONSENT_PURPOSES + 1] = {NULL};
		guint n = 0;
		for (gsize k = 0; k < CONSENT_PURPOSES; k++)
			if (is_withdrawn(p, pipeline_purposes[k]))
				purposes[n++] = pipeline_purposes[k];
		RecordHolds holds = n > 0 ? record_holds(record, name, bytes, p->entry->id, purposes) : RECORD_FREE;
		if (holds == RECORD_FREE)
			continue;
		PipelineStale *stale = g_new0(PipelineStale, 1);
		*stale = (PipelineStale){shown_path(s, path), holds == RECORD_HOLDS};
		g_ptr_array_add(p->outputs, stale);
	}
}

static Record *open_record(const char *folder, const char *id, const char *suffix)
{
	g_autofree char *name = g_strconcat(".", id, suffix, ".build", NULL), *path = g_build_filename(folder, name, NULL);

	return record_open(path);
}

enum { FOLDER_DEPTH = 8 };

/* What a folder and those in it hold. A build's record lies in out/ID; of what else lies in out nothing is known. */
static void search_folder(const Search *s, const char *folder, int depth)
{
	g_autofree char *id = g_path_get_basename(folder), *copy = g_strconcat(id, "-review", NULL);
	g_autoptr(GPtrArray) names = file_names(folder);
	Record *public = open_record(folder, id, ""), *review = open_record(folder, id, "-review");

	for (guint i = 0; names != NULL && i < names->len; i++) {
		const char *name = names->pdata[i];
		g_autofree char *path = g_build_filename(folder, name, NULL);
		if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
			if (!g_str_has_suffix(name, RELEASE_SUFFIX))
				note_output(s, g_str_has_prefix(name, copy) ? review : public, folder, name);
		} else if (depth < FOLDER_DEPTH) {
			search_folder(s, path, depth + 1);
		}
	}
	record_free(public);
	record_free(review);
}

/* ---- all together ---- */

/* Entries have a person's consent: persons of cases, and portraits. */
static gboolean is_person(const DocumentEntry *e)
{
	return e->id != NULL && (strcmp(e->kind, "person") == 0 || (strcmp(e->kind, "reflection") == 0 && e->consents->len > 0));
}

static void add_persons(const Search *s, const char *wanted)
{
	for (guint i = 0; i < s->report->entries->len; i++) {
		const DocumentEntry *e = s->report->entries->pdata[i];
		PipelineConsent *p;
		if (!is_person(e) || (wanted != NULL && strcmp(e->id, wanted) != 0))
			continue;
		p = person_new(e);
		judge(s, p);
		g_ptr_array_add(s->report->persons, p);
	}
}

/* Whoever was taken out of the texts wholly: all that they gave is gone, and no more is known of them. */
static void add_absent(const Search *s, const char *id)
{
	DocumentEntry *e = g_new0(DocumentEntry, 1);
	PipelineConsent *p;

	e->kind = g_strdup("person");
	e->id = g_strdup(id);
	e->title = g_strdup("");
	e->consents = g_ptr_array_new();
	e->used_in = g_new0(char *, 1);
	g_ptr_array_add(s->report->entries, e);
	p = person_new(e);
	p->absent = TRUE;
	for (gsize i = 0; i < CONSENT_PURPOSES; i++) {
		p->states[i] = consent_state_name(CONSENT_NONE);
		p->gone[i] = TRUE;
	}
	g_ptr_array_add(s->report->persons, p);
}

typedef struct {
	const Search *search;
	const char *folder;
} Absent;

static void note_absent(const char *name, const char *person, const char *purpose, gpointer data)
{
	const Search *s = ((const Absent *)data)->search;
	g_autofree char *path = g_build_filename(((const Absent *)data)->folder, name, NULL);

	(void)purpose;
	if ((s->wanted != NULL && strcmp(s->wanted, person) != 0) || !g_file_test(path, G_FILE_TEST_EXISTS))
		return;
	for (guint i = 0; i < s->report->entries->len; i++)
		if (g_strcmp0(((const DocumentEntry *)s->report->entries->pdata[i])->id, person) == 0)
			return;
	add_absent(s, person);
}

/* Those whose words finished outputs hold. */
static void find_absent(const Search *s)
{
	g_autoptr(GPtrArray) folders = file_names(s->run->options->out);

	for (guint i = 0; folders != NULL && i < folders->len; i++) {
		g_autofree char *folder = g_build_filename(s->run->options->out, folders->pdata[i], NULL);
		Record *public = open_record(folder, folders->pdata[i], ""), *review = open_record(folder, folders->pdata[i], "-review");
		Absent a = {s, folder};
		record_each_held(public, note_absent, &a);
		record_each_held(review, note_absent, &a);
		record_free(public);
		record_free(review);
	}
}

static void report_unknown(const Search *s, const char *wanted)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	const char *near;

	for (guint i = 0; i < s->report->entries->len; i++)
		if (is_person(s->report->entries->pdata[i]))
			g_ptr_array_add(ids, ((const DocumentEntry *)s->report->entries->pdata[i])->id);
	g_ptr_array_add(ids, NULL);
	near = text_closest(wanted, (const char *const *)ids->pdata);
	g_autofree char *list = g_strjoinv(", ", (char **)ids->pdata);
	if (near != NULL)
		diagnose(s->d, MSG_PERSON_UNKNOWN, NULL, wanted, near);
	else
		diagnose(s->d, MSG_PERSON_UNKNOWN_LIST, NULL, wanted, list);
}

static gboolean has_withdrawal(const PipelineConsents *c)
{
	for (guint i = 0; i < c->persons->len; i++)
		if (((const PipelineConsent *)c->persons->pdata[i])->withdrawn != NULL || ((const PipelineConsent *)c->persons->pdata[i])->absent)
			return TRUE;
	return FALSE;
}

static void search_withdrawn(const Search *s)
{
	History *h = past_history(s->run->past);

	s->report->kept = h != NULL;
	if (!has_withdrawal(s->report))
		return;
	run_progress(s->run->options, _("looking through earlier editions"));
	if (h != NULL)
		search_editions(s, h);
	else if (s->run->past == NULL)
		diagnose(s->d, MSG_CONSENT_NO_GIT, NULL);
	search_folder(s, s->run->options->out, 0);
}

/* Who was asked for is in no text of today: they may be in an output or an edition; or the error that there is nobody. */
static void search_absent(const Search *s)
{
	const PipelineConsent *p;

	find_absent(s);
	if (s->report->persons->len > 0) {
		search_withdrawn(s);
		return;
	}
	add_absent(s, s->wanted);
	search_withdrawn(s);
	p = s->report->persons->pdata[0];
	if (p->editions->len > 0)
		return;
	g_ptr_array_set_size(s->report->persons, 0);
	g_ptr_array_remove_index(s->report->entries, s->report->entries->len - 1);
	report_unknown(s, s->wanted);
}

static void cover_held(PrivacyScanner *s, GPtrArray *list)
{
	for (guint i = 0; i < list->len; i++) {
		PipelineHeld *h = list->pdata[i];
		names_cover(s, &h->publication);
		names_cover(s, &h->tag);
		for (guint k = 0; k < h->places->len; k++) {
			names_cover(s, &((DocumentUse *)h->places->pdata[k])->file);
			names_cover(s, &((DocumentUse *)h->places->pdata[k])->person);
		}
	}
}

static void cover(const Search *s)
{
	g_autoptr(PrivacyScanner) scanner = s->run->names.list != NULL ? privacy_scanner_new(s->run->names.list) : NULL;

	if (scanner == NULL)
		return;
	names_cover_entries(scanner, s->report->entries);
	for (guint i = 0; i < s->report->persons->len; i++) {
		PipelineConsent *p = s->report->persons->pdata[i];
		cover_held(scanner, p->used);
		cover_held(scanner, p->editions);
		for (guint k = 0; k < p->outputs->len; k++)
			names_cover(scanner, &((PipelineStale *)p->outputs->pdata[k])->path);
	}
}

PipelineConsents *pipeline_consents(const PipelineOptions *options, const char *person, int within, Diagnostics *d)
{
	PipelineConsents *report = g_new0(PipelineConsents, 1);
	g_auto(Run) run = {0};
	Search s = {.run = &run, .report = report, .wanted = person, .d = d};
	g_autofree char *limit = consent_day_after(options->today, within);

	run_open_names(&run, options, d);
	run_start(&run, options, NULL, d);
	diagnostics_merge(d, run.loading);
	s.limit = limit;
	report->entries = document_list(run.workspace, NULL);
	report->persons = g_ptr_array_new_with_free_func(person_free);
	judging_init(&s.judging, &run, report->entries);
	const gboolean broken = run.names.broken || s.judging.policy.length == 0; /* nobody would know what is to be covered, or who must sign */
	if (!broken)
		add_persons(&s, person);
	if (broken) {
		report->kept = FALSE;
	} else if (report->persons->len == 0 && person != NULL) {
		search_absent(&s);
	} else {
		if (person == NULL)
			find_absent(&s);
		find_current(&s);
		search_withdrawn(&s);
	}
	judging_clear(&s.judging);
	past_report(run.past, d);
	diagnostics_sort(d);
	names_redact(&run.names, d);
	cover(&s);
	return report;
}
