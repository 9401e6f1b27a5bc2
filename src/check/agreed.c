/* What the rules ask about consent, as functions of XPath. */
#include "check/brief.h"

#include "transform/transform.h"

#include <libxml/xpathInternals.h>
#include <string.h>

static Consent read_consent(const xmlNode *n)
{
	const char *role = xml_attribute(n, "role");

	return (Consent){.status = xml_attribute(n, "status"),
	                 .purposes = xml_attribute(n, "for"),
	                 .by = xml_attribute(n, "by"),
	                 .on = xml_attribute(n, "on"),
	                 .until = xml_attribute(n, "until"),
	                 .scope = xml_attribute(n, "scope"),
	                 .guardian = g_strcmp0(role, "parent") == 0 || g_strcmp0(role, "guardian") == 0,
	                 .line = xml_position(n).line};
}

static ConsentVerdict judge(const xmlNode *person, const char *purpose, const char *today, const ConsentPolicy *policy, int *line)
{
	g_autoptr(GArray) consents = g_array_new(FALSE, FALSE, sizeof(Consent));
	ConsentPerson p = {xml_attribute(person, "role"), xml_attribute(person, "age-band"), xml_attribute(person, "next-band"), NULL, 0};
	ConsentVerdict verdict;

	for (const xmlNode *n = xml_first(person, "consent"); n != NULL; n = xml_next(n, "consent")) {
		Consent c = read_consent(n);
		g_array_append_val(consents, c);
	}
	p.consents = (const Consent *)(void *)consents->data;
	p.length = consents->len;
	verdict = consent_judge(policy, &p, purpose, today);
	*line = verdict.by != NULL ? verdict.by->line : xml_position(person).line;
	if (verdict.by != NULL && (verdict.state != CONSENT_GIVEN || verdict.since == NULL))
		verdict.since = verdict.by->on;
	verdict.by = NULL; /* it goes with the array */
	return verdict;
}

/* Pops a person: the first node of a set, NULL when it is empty. The set is the caller's. */
static const xmlNode *pop_person(xmlXPathParserContext *context, xmlXPathObject **set)
{
	*set = valuePop(context);
	return *set != NULL && (*set)->nodesetval != NULL && (*set)->nodesetval->nodeNr > 0 ? (*set)->nodesetval->nodeTab[0] : NULL;
}

static char *part_of(const ConsentVerdict *v, int line, const char *what)
{
	if (strcmp(what, "state") == 0)
		return g_strdup(consent_state_name(v->state));
	if (strcmp(what, "line") == 0)
		return g_strdup_printf("%d", line);
	return g_strdup(strcmp(what, "until") == 0 ? v->until : v->since);
}

/* A file that is checked by itself, or a list of what there is, rests on no consent; a publication does. */
static gboolean is_publication(const xmlXPathParserContext *context)
{
	const xmlDoc *doc = context->context->doc;

	return doc != NULL && xml_attribute(xmlDocGetRootElement((xmlDoc *)doc), "profile") != NULL;
}

/* r:agreed(person, purpose, today, policy, what). Without a policy: "given", there is nothing to say. Of somebody who is not found nothing is known:
 * "none", in a publication. */
void rule_function_agreed(xmlXPathParserContext *context, int n)
{
	if (n != 5) {
		xmlXPathSetArityError(context);
		return;
	}
	xmlChar *what = xmlXPathPopString(context), *line = xmlXPathPopString(context), *today = xmlXPathPopString(context);
	xmlChar *purpose = xmlXPathPopString(context);
	xmlXPathObject *set;
	const xmlNode *person = pop_person(context, &set);
	ConsentVerdict verdict = {CONSENT_GIVEN, NULL, NULL, NULL};
	ConsentPolicy policy;
	int at = 0;

	consent_policy_parse(&policy, (const char *)line);
	if (person != NULL && policy.length > 0)
		verdict = judge(person, (const char *)purpose, (const char *)today, &policy, &at);
	else if (policy.length > 0 && is_publication(context))
		verdict.state = CONSENT_NONE;
	g_autofree char *part = part_of(&verdict, at, (const char *)what);
	xmlXPathReturnString(context, xmlStrdup(BAD_CAST(part != NULL ? part : "")));
	xmlXPathFreeObject(set);
	xmlFree(purpose);
	xmlFree(today);
	xmlFree(line);
	xmlFree(what);
}

/* r:expiring(person, today, policy): the first day on which something they gave ends, when that is soon; else "". */
void rule_function_expiring(xmlXPathParserContext *context, int n)
{
	static const char *const purposes[] = {"text", "quote", "photo", "name"};

	if (n != 3) {
		xmlXPathSetArityError(context);
		return;
	}
	xmlChar *line = xmlXPathPopString(context), *today = xmlXPathPopString(context);
	xmlXPathObject *set;
	const xmlNode *person = pop_person(context, &set);
	const char *first = NULL;
	ConsentPolicy policy;
	int at;

	consent_policy_parse(&policy, (const char *)line);
	g_autofree char *limit = consent_day_after((const char *)today, policy.within);
	for (gsize i = 0; i < G_N_ELEMENTS(purposes) && person != NULL && policy.length > 0; i++) {
		ConsentVerdict v = judge(person, purposes[i], (const char *)today, &policy, &at);
		if (v.state == CONSENT_GIVEN && v.until != NULL && strcmp(v.until, limit) <= 0 && (first == NULL || strcmp(v.until, first) < 0))
			first = v.until;
	}
	xmlXPathReturnString(context, xmlStrdup(BAD_CAST(first != NULL ? first : "")));
	xmlXPathFreeObject(set);
	xmlFree(today);
	xmlFree(line);
}

typedef struct {
	char *line, *names;
} Bands;

static void bands_free(gpointer data)
{
	Bands *bands = data;

	g_free(bands->line);
	g_free(bands->names);
	g_free(bands);
}

/* Of the policy that was asked for last on this thread: every person of every file asks for the same. */
static const char *names_of_bands(const char *line)
{
	static GPrivate last = G_PRIVATE_INIT(bands_free);
	Bands *bands = g_private_get(&last);

	if (bands == NULL || strcmp(bands->line, line) != 0) {
		ConsentPolicy policy;
		consent_policy_parse(&policy, line);
		bands = g_new(Bands, 1);
		*bands = (Bands){g_strdup(line), consent_policy_bands(&policy)};
		g_private_replace(&last, bands);
	}
	return bands->names;
}

/* r:bands(policy): the names of the age groups. */
void rule_function_bands(xmlXPathParserContext *context, int n)
{
	if (n != 1) {
		xmlXPathSetArityError(context);
		return;
	}
	xmlChar *line = xmlXPathPopString(context);

	xmlXPathReturnString(context, xmlStrdup(BAD_CAST names_of_bands((const char *)line)));
	xmlFree(line);
}
