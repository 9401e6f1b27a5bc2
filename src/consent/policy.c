/* The policy: from which ages who must sign, and two numbers. */
#include "consent/consent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int number(const xmlNode *element, const char *name, int otherwise)
{
	const char *value = xml_attribute(element, name);

	return value != NULL ? atoi(value) : otherwise;
}

static guint signers_of(const char *list)
{
	guint signers = 0;

	if (list != NULL && strstr(list, "self") != NULL)
		signers |= CONSENT_SELF;
	if (list != NULL && strstr(list, "guardian") != NULL)
		signers |= CONSENT_GUARDIAN;
	return signers;
}

static void name_bands(ConsentPolicy *policy)
{
	for (guint i = 0; i < policy->length; i++) {
		ConsentBand *band = &policy->bands[i];
		if (i + 1 < policy->length)
			g_snprintf(band->name, sizeof band->name, "%d-%d", band->from % 100, (band[1].from - 1) % 100);
		else
			g_snprintf(band->name, sizeof band->name, "%d+", band->from % 100);
	}
}

gboolean consent_policy_read(ConsentPolicy *policy, const xmlDoc *doc, Diagnostics *d)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	gboolean fine = TRUE;

	*policy = (ConsentPolicy){.within = number(root, "expires-within", 60), .cell = number(root, "small-cell", 3)};
	for (const xmlNode *n = xml_first(root, "age"); n != NULL && policy->length < CONSENT_BANDS; n = xml_next(n, "age")) {
		int from = number(n, "from", 0);
		gboolean higher = policy->length == 0 ? from == 0 : from > policy->bands[policy->length - 1].from;
		if (!higher) {
			g_autofree char *focus = g_strdup_printf("from=\"%d\"", from);
			Position at = xml_position(n);
			at.focus = focus;
			diagnose(d, MSG_CONSENT_AGES, &at, xml_attribute(n, "from"));
			fine = FALSE;
		}
		policy->bands[policy->length++] = (ConsentBand){.from = from, .signers = signers_of(xml_attribute(n, "signers"))};
	}
	name_bands(policy);
	return fine;
}

char *consent_policy_write(const ConsentPolicy *policy)
{
	GString *line = g_string_new(NULL);

	if (policy->length == 0)
		return g_string_free(line, FALSE);
	g_string_printf(line, "%d %d", policy->within, policy->cell);
	for (guint i = 0; i < policy->length; i++)
		g_string_append_printf(line, " %d:%u", policy->bands[i].from, policy->bands[i].signers);
	return g_string_free(line, FALSE);
}

void consent_policy_parse(ConsentPolicy *policy, const char *line)
{
	char *end;

	memset(policy, 0, sizeof *policy);
	policy->within = (int)strtol(line, &end, 10);
	policy->cell = (int)strtol(end, &end, 10);
	while (*end == ' ' && policy->length < CONSENT_BANDS) {
		ConsentBand *band = &policy->bands[policy->length++];
		band->from = (int)strtol(end, &end, 10);
		band->signers = *end == ':' ? (guint)strtoul(end + 1, &end, 10) : 0;
	}
	name_bands(policy);
}

char *consent_policy_bands(const ConsentPolicy *policy)
{
	GString *names = g_string_new(NULL);

	for (guint i = 0; i < policy->length; i++)
		g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", policy->bands[i].name);
	return g_string_free(names, FALSE);
}
