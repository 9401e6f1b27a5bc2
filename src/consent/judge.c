/* The consents of one person, put together. */
#include "consent/consent.h"

#include <stdio.h>
#include <string.h>

/* What one who signs has said in the end. */
typedef struct {
	const char *by;
	gboolean guardian;
	const Consent *last;    /* given, refused or withdrawn; NULL: never */
	const Consent *first;   /* the first that was given */
	const Consent *asked;   /* the last time they were asked */
	const Consent *session; /* given, for the session only */
} Signer;

static gboolean is_listed(const char *list, const char *word)
{
	gsize length = strlen(word);

	for (const char *p = list; p != NULL && *p != '\0'; p += strcspn(p, " ")) {
		p += strspn(p, " ");
		if (strncmp(p, word, length) == 0 && (p[length] == '\0' || p[length] == ' '))
			return TRUE;
	}
	return FALSE;
}

static gboolean is_status(const Consent *c, const char *status)
{
	return g_strcmp0(c->status, status) == 0;
}

static gboolean is_no(const Consent *c)
{
	return is_status(c, "refused") || is_status(c, "withdrawn");
}

static gboolean is_self(const Consent *c)
{
	return g_strcmp0(c->by, "self") == 0;
}

/* A later day counts; on one day a no. */
static void keep_later(const Consent **kept, const Consent *c)
{
	int order = *kept != NULL ? strcmp(c->on, (*kept)->on) : 1;

	if (order > 0 || (order == 0 && !is_no(*kept)))
		*kept = c;
}

static void note_consent(Signer *s, const Consent *c)
{
	gboolean publication = g_strcmp0(c->scope, "publication") == 0;

	if (is_status(c, "asked"))
		keep_later(&s->asked, c);
	else if (is_no(c) || publication)
		keep_later(&s->last, c);
	else
		keep_later(&s->session, c);
	if (is_status(c, "given") && publication && (s->first == NULL || strcmp(c->on, s->first->on) < 0))
		s->first = c;
}

static Signer *find_signer(GArray *signers, const Consent *c)
{
	Signer fresh = {.by = c->by, .guardian = c->guardian};

	for (guint i = 0; i < signers->len; i++)
		if (strcmp(g_array_index(signers, Signer, i).by, c->by) == 0)
			return &g_array_index(signers, Signer, i);
	g_array_append_val(signers, fresh);
	return &g_array_index(signers, Signer, signers->len - 1);
}

/* What has been said about this purpose up to that day, by each who may sign. */
static GArray *collect(const ConsentPerson *person, const char *purpose, const char *today)
{
	GArray *signers = g_array_new(FALSE, TRUE, sizeof(Signer));

	for (guint i = 0; i < person->length; i++) {
		const Consent *c = &person->consents[i];
		if (c->on != NULL && c->by != NULL && strcmp(c->on, today) <= 0 && is_listed(c->purposes, purpose) && (is_self(c) || c->guardian))
			note_consent(find_signer(signers, c), c);
	}
	return signers;
}

/* How a day lies to a day, month or year: before it, in it, after it. */
static int compare_moment(const char *day, const char *moment)
{
	return strncmp(day, moment, strlen(moment));
}

/* Who must sign; 0: it is not known. */
static guint required(const ConsentPolicy *policy, const ConsentPerson *person, const char *today)
{
	gboolean young = g_strcmp0(person->role, "youth") == 0 || g_strcmp0(person->role, "sibling") == 0;
	guint i = 0, next;

	if (person->band == NULL)
		return young || policy->length == 0 ? 0 : policy->bands[policy->length - 1].signers;
	while (i < policy->length && strcmp(policy->bands[i].name, person->band) != 0)
		i++;
	if (i == policy->length)
		return 0;
	next = MIN(i + 1, policy->length - 1);
	if (person->next == NULL || compare_moment(today, person->next) < 0)
		return policy->bands[i].signers;
	if (strlen(person->next) == strlen("2025-03-14") || compare_moment(today, person->next) > 0)
		return policy->bands[next].signers;
	return policy->bands[i].signers | policy->bands[next].signers;
}

/* The state of one who signs, by itself. */
static ConsentState state_of(const Signer *s, const char *today, const Consent **by)
{
	const Consent *last = s->last;
	ConsentState state = CONSENT_GIVEN;

	*by = last != NULL ? last : s->asked != NULL ? s->asked : s->session;
	if (last == NULL)
		state = s->session != NULL ? CONSENT_SESSION : CONSENT_ASKED;
	else if (is_no(last))
		return is_status(last, "refused") ? CONSENT_REFUSED : CONSENT_WITHDRAWN;
	else if (last->until != NULL && strcmp(last->until, today) < 0)
		state = CONSENT_EXPIRED;
	if (state != CONSENT_GIVEN && s->asked != NULL && strcmp(s->asked->on, (*by)->on) >= 0) {
		*by = s->asked;
		state = CONSENT_ASKED;
	} else if (state == CONSENT_SESSION) {
		*by = s->session;
	}
	return state;
}

/* The best that can be said of the person (guardian FALSE) or of their guardians; a guardian's no goes before another's yes. */
static ConsentVerdict side(const GArray *signers, gboolean guardian, const char *today)
{
	ConsentVerdict verdict = {CONSENT_NONE, NULL, NULL, NULL};

	for (guint i = 0; i < signers->len; i++) {
		const Signer *s = &g_array_index(signers, Signer, i);
		const Consent *by;
		ConsentState state;
		if (s->guardian != guardian)
			continue;
		state = state_of(s, today, &by);
		gboolean no = state == CONSENT_REFUSED || state == CONSENT_WITHDRAWN;
		if (!no && verdict.state == CONSENT_GIVEN)
			continue;
		verdict = (ConsentVerdict){state, by, s->first != NULL ? s->first->on : NULL, by->until};
		if (no)
			return verdict;
	}
	return verdict;
}

static const Consent *find_other(const ConsentPerson *person, const char *today)
{
	for (guint i = 0; i < person->length; i++) {
		const Consent *c = &person->consents[i];
		if (is_status(c, "given") && g_strcmp0(c->scope, "publication") == 0 && c->on != NULL && strcmp(c->on, today) <= 0)
			return c;
	}
	return NULL;
}

static ConsentVerdict nothing(const ConsentPerson *person, const char *today)
{
	const Consent *other = find_other(person, today);

	return (ConsentVerdict){other != NULL ? CONSENT_OTHER : CONSENT_NONE, other, NULL, NULL};
}

static const char *later(const char *a, const char *b)
{
	return a == NULL || (b != NULL && strcmp(b, a) > 0) ? b : a;
}

static const char *sooner(const char *a, const char *b)
{
	return a == NULL || (b != NULL && strcmp(b, a) < 0) ? b : a;
}

static gboolean is_refusal(const ConsentVerdict *v)
{
	return v->state == CONSENT_REFUSED || v->state == CONSENT_WITHDRAWN;
}

ConsentVerdict consent_judge(const ConsentPolicy *policy, const ConsentPerson *person, const char *purpose, const char *today)
{
	g_autoptr(GArray) signers = collect(person, purpose, today);
	ConsentVerdict self = side(signers, FALSE, today), guardian = side(signers, TRUE, today);
	guint wanted = required(policy, person, today);

	if (is_refusal(&self))
		return self;
	if (wanted == 0)
		return (ConsentVerdict){CONSENT_NO_BAND, NULL, NULL, NULL};
	if ((wanted & CONSENT_GUARDIAN) != 0 && is_refusal(&guardian))
		return guardian;
	if (signers->len == 0)
		return nothing(person, today);
	if ((wanted & CONSENT_SELF) != 0 && self.state != CONSENT_GIVEN) {
		if (self.state == CONSENT_NONE)
			self.state = CONSENT_NO_SELF;
		return self;
	}
	if ((wanted & CONSENT_GUARDIAN) != 0 && guardian.state != CONSENT_GIVEN) {
		if (guardian.state == CONSENT_NONE)
			guardian.state = CONSENT_NO_GUARDIAN;
		return guardian;
	}
	if (wanted == CONSENT_SELF)
		return self;
	if (wanted == CONSENT_GUARDIAN)
		return guardian;
	return (ConsentVerdict){CONSENT_GIVEN, self.by, later(self.since, guardian.since), sooner(self.until, guardian.until)};
}

const char *consent_state_name(ConsentState state)
{
	static const char *const names[] = {"given",     "none",    "other",   "asked",   "refused",    "withdrawn",
	                                    "expired", "session", "no-self", "no-guardian", "no-band"};

	return names[state];
}

char *consent_day_after(const char *day, int days)
{
	GDate date;
	int year, month, number;
	char text[16];

	if (sscanf(day, "%4d-%2d-%2d", &year, &month, &number) != 3 || month < 1 || number < 1 || year < 1 ||
	    !g_date_valid_dmy((GDateDay)number, (GDateMonth)month, (GDateYear)year))
		return g_strdup(day);
	g_date_set_dmy(&date, (GDateDay)number, (GDateMonth)month, (GDateYear)year);
	g_date_add_days(&date, (guint)MAX(days, 0));
	g_snprintf(text, sizeof text, "%04d-%02d-%02d", g_date_get_year(&date) % 10000, g_date_get_month(&date) % 100, g_date_get_day(&date) % 100);
	return g_strdup(text);
}
