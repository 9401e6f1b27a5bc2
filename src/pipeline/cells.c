/* Small cells: who, by role, age and region together, is one of few in all that is published. A reader who knows the region may guess who it is. */
#include "pipeline/internal.h"

#include <string.h>

/* Adults of whom no age is written count with the oldest; without a region is a region of its own. The caller's. */
static char *cell_of(const DocumentEntry *e, const ConsentPolicy *policy)
{
	gboolean young = g_strcmp0(e->role, "youth") == 0 || g_strcmp0(e->role, "sibling") == 0;
	const char *band = e->band != NULL ? e->band : young ? NULL : policy->bands[policy->length - 1].name;
	GString *cell = g_string_new(NULL);

	g_string_append_printf(cell, "role=\"%s\"", e->role != NULL ? e->role : "");
	if (band != NULL)
		g_string_append_printf(cell, " age-band=\"%s\"", band);
	if (e->region != NULL)
		g_string_append_printf(cell, " region=\"%s\"", e->region);
	return g_string_free(cell, FALSE);
}

static GHashTable *count_cells(const GPtrArray *persons, const ConsentPolicy *policy)
{
	GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < persons->len; i++) {
		char *cell = cell_of(persons->pdata[i], policy);
		int n = GPOINTER_TO_INT(g_hash_table_lookup(counts, cell)) + 1;
		g_hash_table_replace(counts, cell, GINT_TO_POINTER(n));
	}
	return counts;
}

static void report(const DocumentEntry *e, const char *cell, int count, int least, Diagnostics *d)
{
	g_autofree char *focus = g_strdup_printf("role=\"%s\"", e->role != NULL ? e->role : ""), *n = g_strdup_printf("%d", count);
	g_autofree char *wanted = g_strdup_printf("%d", least);
	const Position at = {e->file, e->line, 0, focus};

	diagnose(d, MSG_CELL_SMALL, &at, cell, n, wanted);
}

/* Invented people cannot be found out: a workspace of fiction is asked only when it has a policy of its own. */
static gboolean is_wanted(const Run *run, const ConsentPolicy *policy)
{
	g_autofree char *own = g_build_filename(run->options->root, CONSENT_FILE, NULL);

	return policy->cell > 0 && policy->length > 0 && (!workspace_is_fiction(run->workspace) || g_file_test(own, G_FILE_TEST_EXISTS));
}

void cells_check(const Run *run, Diagnostics *d)
{
	ConsentPolicy policy;

	consent_policy_parse(&policy, run->policy);
	if (!is_wanted(run, &policy))
		return;
	g_autoptr(GPtrArray) persons = document_list_taken(run->workspace, "person");
	g_autoptr(GHashTable) counts = count_cells(persons, &policy);
	for (guint i = 0; i < persons->len; i++) {
		const DocumentEntry *e = persons->pdata[i];
		g_autofree char *cell = cell_of(e, &policy);
		int count = GPOINTER_TO_INT(g_hash_table_lookup(counts, cell));
		if (count < policy.cell && e->excuse == NULL)
			report(e, cell, count, policy.cell, d);
	}
}
