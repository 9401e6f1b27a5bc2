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
	ConsentPolicy policy;
	char *limit; /* the last day that is soon */
	GHashTable *by_id; /* id -> DocumentEntry */
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

void pipeline_consents_free(PipelineConsents *c)
{
	if (c == NULL)
		return;
	g_ptr_array_unref(c->persons);
	g_ptr_array_unref(c->entries);
	g_free(c);
}

/* ---- judging ---- */

static const char *role_of(const Search *s, const char *id)
{
	const DocumentEntry *e = id != NULL ? g_hash_table_lookup(s->by_id, id) : NULL;

	return e != NULL ? e->role : NULL;
}

static GArray *consents_of(const Search *s, const DocumentEntry *e)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(Consent));

	for (guint i = 0; i < e->consents->len; i++) {
		const DocumentConsent *c = e->consents->pdata[i];
		const char *role = role_of(s, c->by);
		const Consent consent = {c->status, c->purposes, c->by, c->on, c->until, c->scope,
		                         g_strcmp0(role, "parent") == 0 || g_strcmp0(role, "guardian") == 0, c->line};
		g_array_append_val(list, consent);
	}
	return list;
}

static gboolean is_for(const DocumentConsent *c, const char *purpose)
{
	g_auto(GStrv) words = g_strsplit(c->purposes != NULL ? c->purposes : "", " ", -1);

	return g_strv_contains((const char *const *)words, purpose);
}

/* Whether one of these who signs said yes to a purpose after (or, earlier, up to) the day of a no. */
static gboolean said_yes(const DocumentEntry *e, const DocumentConsent *no, const char *purpose, gboolean earlier)
{
	for (guint i = 0; i < e->consents->len; i++) {
		const DocumentConsent *c = e->consents->pdata[i];
		if (g_strcmp0(c->status, "given") != 0 || c->on == NULL || !is_for(c, purpose))
			continue;
		if (earlier ? strcmp(c->on, no->on) <= 0 : strcmp(c->on, no->on) > 0 && g_strcmp0(c->by, no->by) == 0)
			return TRUE;
	}
	return FALSE;
}

/* Whether this took back what may have been published. */
static gboolean takes_back(const DocumentEntry *e, const DocumentConsent *c, const char *purpose, const char *today)
{
	gboolean withdrawn = g_strcmp0(c->status, "withdrawn") == 0, refused = g_strcmp0(c->status, "refused") == 0;

	if (!(withdrawn || refused) || c->on == NULL || strcmp(c->on, today) > 0 || !is_for(c, purpose))
		return FALSE;
	return !said_yes(e, c, purpose, FALSE) && (withdrawn || said_yes(e, c, purpose, TRUE));
}

static void note_no(PipelineConsent *p, gsize i, const char *today)
{
	for (guint k = 0; k < p->entry->consents->len; k++) {
		const DocumentConsent *c = p->entry->consents->pdata[k];
		if (!takes_back(p->entry, c, pipeline_purposes[i], today))
			continue;
		p->gone[i] = TRUE;
		if (p->withdrawn == NULL || strcmp(c->on, p->withdrawn) < 0) {
			g_free(p->withdrawn);
			p->withdrawn = g_strdup(c->on);
		}
	}
}

static void judge(const Search *s, PipelineConsent *p)
{
	const DocumentEntry *e = p->entry;
	const char *today = s->run->options->today;
	g_autoptr(GArray) consents = consents_of(s, e);
	const ConsentPerson person = {e->role, e->band, e->next, (const Consent *)(void *)consents->data, consents->len};

	for (gsize i = 0; i < CONSENT_PURPOSES; i++) {
		ConsentVerdict v = consent_judge(&s->policy, &person, pipeline_purposes[i], today);
		p->states[i] = consent_state_name(v.state);
		if (v.state == CONSENT_GIVEN && v.until != NULL) {
			p->until[i] = g_strdup(v.until);
			p->ends[i] = strcmp(v.until, s->limit) <= 0;
		}
		if (v.state != CONSENT_GIVEN)
			note_no(p, i, today);
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
		PipelineHeld *h = p->withdrawn != NULL ? held_new(p, groups, TRUE) : NULL;
		if (h == NULL)
			continue;
		h->publication = g_strdup(id);
		h->tag = g_strdup(e->tag);
		h->date = g_strdup(e->date);
		h->after = strcmp(e->date, p->withdrawn) >= 0;
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
		p = g_new0(PipelineConsent, 1);
		p->entry = e;
		p->used = g_ptr_array_new_with_free_func(held_free);
		p->editions = g_ptr_array_new_with_free_func(held_free);
		p->outputs = g_ptr_array_new_with_free_func(stale_free);
		judge(s, p);
		g_ptr_array_add(s->report->persons, p);
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
		if (((const PipelineConsent *)c->persons->pdata[i])->withdrawn != NULL)
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
	Search s = {.run = &run, .report = report, .d = d};
	g_autofree char *limit = consent_day_after(options->today, within);

	run_open_names(&run, options, d);
	run_start(&run, options, NULL, d);
	diagnostics_merge(d, run.loading);
	s.limit = limit;
	consent_policy_parse(&s.policy, run.policy);
	report->entries = document_list(run.workspace, NULL);
	report->persons = g_ptr_array_new_with_free_func(person_free);
	g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < report->entries->len; i++)
		if (((const DocumentEntry *)report->entries->pdata[i])->id != NULL)
			g_hash_table_insert(by_id, ((DocumentEntry *)report->entries->pdata[i])->id, report->entries->pdata[i]);
	s.by_id = by_id;
	const gboolean broken = run.names.broken || s.policy.length == 0; /* nobody would know what is to be covered, or who must sign */
	if (!broken)
		add_persons(&s, person);
	if (broken) {
		report->kept = FALSE;
	} else if (report->persons->len == 0 && person != NULL) {
		report_unknown(&s, person);
	} else {
		find_current(&s);
		search_withdrawn(&s);
	}
	past_report(run.past, d);
	diagnostics_sort(d);
	names_redact(&run.names, d);
	cover(&s);
	return report;
}
