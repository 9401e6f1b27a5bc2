/* The consents of listed persons, judged as the rules judge them; and what was taken back. */
#include "pipeline/internal.h"

#include <string.h>

void judging_init(Judging *j, const Run *run, const GPtrArray *entries)
{
	*j = (Judging){.today = run->options->today, .by_id = g_hash_table_new(g_str_hash, g_str_equal)};
	consent_policy_parse(&j->policy, run->policy);
	for (guint i = 0; i < entries->len; i++)
		if (((const DocumentEntry *)entries->pdata[i])->id != NULL)
			g_hash_table_insert(j->by_id, ((DocumentEntry *)entries->pdata[i])->id, entries->pdata[i]);
}

void judging_clear(Judging *j)
{
	g_clear_pointer(&j->by_id, g_hash_table_unref);
}

static const char *role_of(const Judging *j, const char *id)
{
	const DocumentEntry *e = id != NULL ? g_hash_table_lookup(j->by_id, id) : NULL;

	return e != NULL ? e->role : NULL;
}

static GArray *consents_of(const Judging *j, const DocumentEntry *e)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(Consent));

	for (guint i = 0; i < e->consents->len; i++) {
		const DocumentConsent *c = e->consents->pdata[i];
		const char *role = role_of(j, c->by);
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

ConsentVerdict judging_verdict(const Judging *j, const DocumentEntry *e, const char *purpose)
{
	g_autoptr(GArray) consents = consents_of(j, e);
	const ConsentPerson person = {e->role, e->band, e->next, (const Consent *)(void *)consents->data, consents->len};
	ConsentVerdict v = consent_judge(&j->policy, &person, purpose, j->today);

	v.by = NULL;
	return v;
}

const char *judging_taken_back(const Judging *j, const DocumentEntry *e, const char *purpose)
{
	const char *first = NULL;

	for (guint i = 0; i < e->consents->len; i++) {
		const DocumentConsent *c = e->consents->pdata[i];
		if (takes_back(e, c, purpose, j->today) && (first == NULL || strcmp(c->on, first) < 0))
			first = c->on;
	}
	return first;
}
