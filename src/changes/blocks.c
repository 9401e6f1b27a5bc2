/* Blocks: which of the old are which of the new, in order. What is wholly the same first, then in what is left between them what says about the
 * same. */
#include "changes/room.h"

#include <string.h>

enum { PAIRS_LIMIT = 40000 };     /* in one gap; beyond, only what has the same place */
static const double near_enough = 0.4;

/* The children that are blocks: not the title, not items (matched by themselves), not the fields of front matter. */
static GPtrArray *blocks_of(xmlNode *parent)
{
	GPtrArray *blocks = g_ptr_array_new();

	for (xmlNode *n = xml_first(parent, NULL); n != NULL; n = xml_next(n, NULL))
		if (!xml_is(n, "title") && !xml_is(n, "caption") && !tree_is_item(n))
			g_ptr_array_add(blocks, n);
	return blocks;
}

static gboolean same_attribute(const xmlNode *a, const xmlNode *b, const char *name)
{
	return g_strcmp0(xml_attribute(a, name), xml_attribute(b, name)) == 0;
}

static gboolean may_pair(const xmlNode *a, const xmlNode *b)
{
	if (strcmp((const char *)a->name, (const char *)b->name) != 0)
		return FALSE;
	if (xml_is(a, "island"))
		return xml_first(a, NULL) != NULL && xml_first(b, NULL) != NULL && xml_is(xml_first(a, NULL), (const char *)xml_first(b, NULL)->name);
	return !xml_is(a, "figure") || same_attribute(a, b, "href") || same_attribute(a, b, "alt") || same_attribute(a, b, "bytes");
}

/* ---- a gap: DP over similarities ---- */

typedef struct {
	GPtrArray *old, *new; /* all blocks */
	guint o, n, p, m;     /* old[o..o+n), new[p..p+m) */
} Gap;

static double weigh(const xmlNode *a, const xmlNode *b, const GArray *words_a, const GArray *words_b)
{
	if (!may_pair(a, b))
		return 0;
	if (xml_is(a, "island") || xml_is(a, "figure"))
		return 1;
	double s = similar(words_a, words_b);
	if (xml_is(a, "section") && same_attribute(a, b, "id"))
		s = MAX(s, 0.9);
	if (xml_is(a, "reflection") && same_attribute(a, b, "person") && same_attribute(a, b, "session"))
		s = MAX(s, 0.9);
	return s >= near_enough ? s : 0;
}

static GPtrArray *words_of(Compare *c, const GPtrArray *blocks, guint from, guint count)
{
	GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);

	for (guint i = 0; i < count; i++)
		g_ptr_array_add(all, similar_words(c, blocks->pdata[from + i]));
	return all;
}

/* Fills match[o..o+n) with places in new, so that the sum of similarities is greatest. */
static void match_gap(Compare *c, const Gap *g, int *match)
{
	gsize width = g->m + 1;

	if (g->n == 0 || g->m == 0 || (gsize)g->n * g->m > PAIRS_LIMIT)
		return;
	g_autoptr(GPtrArray) old_words = words_of(c, g->old, g->o, g->n), new_words = words_of(c, g->new, g->p, g->m);
	g_autofree double *weight = g_new0(double, g->n *(gsize)g->m), *best = g_new0(double, (g->n + 1) * width);
	for (guint i = 0; i < g->n; i++)
		for (guint k = 0; k < g->m; k++)
			weight[i * g->m + k] = weigh(g->old->pdata[g->o + i], g->new->pdata[g->p + k], old_words->pdata[i], new_words->pdata[k]);
	for (guint i = g->n; i-- > 0;)
		for (guint k = g->m; k-- > 0;) {
			double pair = weight[i * g->m + k] > 0 ? weight[i * g->m + k] + best[(i + 1) * width + k + 1] : 0;
			best[i * width + k] = MAX(pair, MAX(best[(i + 1) * width + k], best[i * width + k + 1]));
		}
	for (guint i = 0, k = 0; i < g->n && k < g->m;) {
		double here = best[i * width + k];
		if (here == best[(i + 1) * width + k]) {
			i++;
		} else if (here == best[i * width + k + 1]) {
			k++;
		} else {
			match[g->o + i++] = (int)(g->p + k++);
		}
	}
}

static void match_same(Compare *c, const GPtrArray *old, const GPtrArray *new, int *match)
{
	g_autofree int *a = g_new(int, old->len + 1), *b = g_new(int, new->len + 1);

	for (guint i = 0; i < old->len; i++) {
		g_autofree char *key = tree_key(old->pdata[i]);
		a[i] = number_of(c->words, key);
	}
	for (guint i = 0; i < new->len; i++) {
		g_autofree char *key = tree_key(new->pdata[i]);
		b[i] = number_of(c->words, key);
	}
	changes_match(a, (int)old->len, b, (int)new->len, match);
}

/* A section that is new or gone counts as its parts: when one is split, or two become one, what they say has only moved. */
static void note_added(Compare *c, xmlNode *block)
{
	g_ptr_array_add(c->added, block);
	if (!xml_is(block, "section"))
		return;
	g_autoptr(GPtrArray) parts = blocks_of(block);
	for (guint i = 0; i < parts->len; i++)
		note_added(c, parts->pdata[i]);
}

static void note_withdrawn(Compare *c, xmlNode *old, xmlNode *parent, xmlNode *before)
{
	const Withdrawn w = {xml_is(old, "section") ? xml_first(old, "title") : old, parent, before};

	if (w.old != NULL)
		g_array_append_val(c->withdrawn, w);
	if (!xml_is(old, "section"))
		return;
	g_autoptr(GPtrArray) parts = blocks_of(old);
	for (guint i = 0; i < parts->len; i++)
		note_withdrawn(c, parts->pdata[i], parent, before);
}

/* Pairs in order; what stands between two of them is withdrawn (before the second) or new. */
static void settle(Compare *c, xmlNode *parent, const GPtrArray *old, const GPtrArray *new, const int *match)
{
	guint k = 0;

	for (guint i = 0; i < old->len; i++) {
		if (match[i] < 0) {
			note_withdrawn(c, old->pdata[i], parent, k < new->len ? new->pdata[k] : NULL);
			continue;
		}
		for (; k < (guint)match[i]; k++)
			note_added(c, new->pdata[k]);
		block_pair(c, old->pdata[i], new->pdata[k++]);
	}
	for (; k < new->len; k++)
		note_added(c, new->pdata[k]);
}

void blocks_compare(Compare *c, xmlNode *old_parent, xmlNode *new_parent)
{
	g_autoptr(GPtrArray) old = blocks_of(old_parent), new = blocks_of(new_parent);
	g_autofree int *match = g_new(int, old->len + 1);
	guint from = 0, at = 0;

	match_same(c, old, new, match);
	for (guint i = 0; i <= old->len; i++) {
		if (i < old->len && match[i] < 0)
			continue;
		guint to = i < old->len ? (guint)match[i] : new->len;
		const Gap gap = {old, new, from, i - from, at, to - at};
		match_gap(c, &gap, match);
		from = i + 1;
		at = to + 1;
	}
	settle(c, new_parent, old, new, match);
}

/* ---- two that are the same ---- */

void title_compare(const xmlNode *old, xmlNode *new)
{
	const xmlNode *before = xml_first(old, "title");
	xmlNode *after = xml_first(new, "title");
	g_autofree char *was = before != NULL ? tree_text(before) : NULL, *is = after != NULL ? tree_text(after) : NULL;

	if (was == NULL || is == NULL || strcmp(was, is) == 0)
		return;
	tree_set(after, "was", was);
	tree_set(new, "change", "changed");
}

static guint columns(const xmlNode *table)
{
	const xmlNode *head = xml_first(table, "thead"), *row = head != NULL ? xml_first(head, "tr") : NULL;
	guint n = 0;

	for (const xmlNode *cell = row != NULL ? xml_first(row, NULL) : NULL; cell != NULL; cell = xml_next(cell, NULL))
		n++;
	return n;
}

static void compare_cells(Compare *c, xmlNode *old, xmlNode *new)
{
	xmlNode *a = xml_first(old, NULL), *b = xml_first(new, NULL);

	for (; a != NULL && b != NULL; a = xml_next(a, NULL), b = xml_next(b, NULL))
		block_pair(c, a, b);
}

/* Who says it, and what it is about. */
static void quote_compare(const xmlNode *old, xmlNode *new)
{
	static const struct {
		const char *attribute, *was;
	} facts[] = {{"label", "was"}, {"codes", "codes-were"}};

	for (gsize i = 0; i < G_N_ELEMENTS(facts); i++) {
		const char *before = xml_attribute(old, facts[i].attribute);
		if (same_attribute(old, new, facts[i].attribute))
			continue;
		tree_set(new, facts[i].was, before != NULL ? before : "");
		tree_set(new, "change", "changed");
	}
}

/* What an author wrote, brought together by a generated block, is compared as where it was written; what the program counts or draws is only another. */
static void island_compare(Compare *c, xmlNode *old, xmlNode *new)
{
	static const char *const written[] = {"quotes", "reflections", NULL};
	xmlNode *before = xml_first(old, NULL), *after = xml_first(new, NULL);

	if (before != NULL && after != NULL && g_strv_contains(written, (const char *)after->name))
		blocks_compare(c, before, after);
	else
		tree_set(new, "change", "changed");
}

void block_pair(Compare *c, xmlNode *old, xmlNode *new)
{
	static const char *const holders[] = {"section", "box",   "ul",    "ol",    "li",   "quote",
	                                      "quotation", "table", "thead", "tbody", "footnote", "group", "reflection", NULL};
	g_autofree char *was = tree_key(old), *is = tree_key(new);

	if (strcmp(was, is) == 0)
		return;
	title_compare(old, new);
	if (xml_is(new, "quote"))
		quote_compare(old, new);
	if (xml_is(new, "figure") && !same_attribute(old, new, "bytes") && xml_attribute(old, "bytes") != NULL)
		tree_set(new, "picture", "replaced");
	if (tree_is_leaf(new))
		words_compare(c, old, new);
	else if (xml_is(new, "island"))
		island_compare(c, old, new);
	else if (xml_is(new, "tr"))
		compare_cells(c, old, new);
	else if (g_strv_contains(holders, (const char *)new->name) && (!xml_is(new, "table") || columns(old) == columns(new)))
		blocks_compare(c, old, new);
	else
		tree_set(new, "change", "changed");
}
