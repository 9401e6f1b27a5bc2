/* The total-fit breaker: exact results on small lists, optimality against trying everything, and lists that cannot be set well. */
#include "layout/break.h"

#include <math.h>
#include <string.h>

static GArray *items_new(void)
{
	return g_array_new(FALSE, TRUE, sizeof(BreakItem));
}

static const BreakItem *items_of(const GArray *a)
{
	return (const BreakItem *)(void *)a->data;
}

static void add_box(GArray *items, int width, guint insert)
{
	BreakItem item = {.kind = BREAK_BOX, .width = width, .insert = insert};
	g_array_append_val(items, item);
}

static void add_glue(GArray *items, int width, int stretch, int shrink)
{
	BreakItem item = {.kind = BREAK_GLUE, .width = width, .stretch = stretch, .shrink = shrink};
	g_array_append_val(items, item);
}

static void add_penalty(GArray *items, int penalty, int width, gboolean flagged)
{
	BreakItem item = {.kind = BREAK_PENALTY, .flagged = flagged != FALSE, .width = width, .penalty = penalty};
	g_array_append_val(items, item);
}

static void finish(GArray *items)
{
	add_penalty(items, BREAK_NEVER, 0, FALSE);
	add_glue(items, 0, BREAK_FILL, 0);
	add_penalty(items, BREAK_FORCED, 0, FALSE);
}

static GArray *find(const GArray *items, const BreakSettings *s, gint64 *demerits)
{
	return break_find(items_of(items), items->len, s, demerits);
}

static const BreakPoint *point(const GArray *points, guint i)
{
	g_assert_cmpuint(i, <, points->len);
	return &g_array_index(points, BreakPoint, i);
}

/* Words of the given widths (0 ends), spaces of 10 that stretch by 5 and shrink by 3. */
static GArray *words(const int *widths)
{
	GArray *items = items_new();
	for (guint i = 0; widths[i]; i++) {
		if (i > 0)
			add_glue(items, 10, 5, 3);
		add_box(items, widths[i], i);
	}
	finish(items);
	return items;
}

static void test_one_line(void)
{
	g_autoptr(GArray) items = words((int[]){30, 30, 0});
	BreakSettings s = {.measure = 100};
	gint64 demerits;
	g_autoptr(GArray) points = find(items, &s, &demerits);
	g_assert_cmpuint(points->len, ==, 1);
	g_assert_cmpint(point(points, 0)->position, ==, (gssize)items->len - 1);
	g_assert_cmpint(point(points, 0)->shortfall, ==, 30);
	g_assert_cmpint(demerits, ==, 100); /* (10 + 0)^2 */
}

/* Greedy fills the first line and leaves a bad second one; total fit does not. */
static void test_total_fit(void)
{
	g_autoptr(GArray) items = words((int[]){20, 20, 20, 20, 60, 20, 35, 35, 20, 0});
	BreakSettings s = {.measure = 100, .tolerance = BREAK_UNLIMITED, .emergency_stretch = -1};
	gint64 demerits;
	g_autoptr(GArray) points = find(items, &s, &demerits);
	g_assert_cmpuint(points->len, ==, 4);
	/* 20 20 20 (80 of 100) | 20 60 (90) | 20 35 35 (110, shrink 6: no) -> 20 35 (65) | 35 20 */
	g_assert_cmpint(point(points, 0)->position, ==, 5);
	g_assert_cmpint(point(points, 1)->position, ==, 9);
	g_assert_cmpint(point(points, 2)->position, ==, 13);
	g_assert_cmpfloat(point(points, 0)->ratio, ==, 2.0);
	g_assert_cmpint(point(points, 1)->first, ==, 6);
}

static void test_demerits(void)
{
	/* 40 10 40 = 90 in 100: ratio 10/5 = 2, badness 800, (10 + 800)^2 = 656100, very loose; then 50 and fill: normal, so 10000 and 100. */
	g_autoptr(GArray) items = words((int[]){40, 40, 50, 0});
	BreakSettings s = {.measure = 100, .tolerance = 1000};
	gint64 demerits;
	g_autoptr(GArray) points = find(items, &s, &demerits);
	g_assert_cmpuint(points->len, ==, 2);
	g_assert_cmpint(demerits, ==, 656100 + 10000 + 100);
}

static void test_penalty(void)
{
	/* exact fit at a penalty of 50 with a hyphen of 10: (10)^2 + 50^2, then the end after a flagged break: 100 + 5000 */
	g_autoptr(GArray) items = items_new();
	add_box(items, 90, 0);
	add_penalty(items, 50, 10, TRUE);
	add_box(items, 20, 1);
	finish(items);
	BreakSettings s = {.measure = 100};
	gint64 demerits;
	g_autoptr(GArray) points = find(items, &s, &demerits);
	g_assert_cmpuint(points->len, ==, 2);
	g_assert_cmpint(point(points, 0)->position, ==, 1);
	g_assert_false(point(points, 0)->overfull);
	g_assert_cmpint(demerits, ==, 100 + 2500 + 100 + 5000);
}

/* What a penalty adds to the line after it counts there: "oma|atje" set as "oma-" and "tje". */
static void test_after(void)
{
	g_autoptr(GArray) items = items_new();
	add_box(items, 80, 0);
	BreakItem odd = {.kind = BREAK_PENALTY, .width = 20, .after = -15, .penalty = 0};
	g_array_append_val(items, odd);
	add_box(items, 110, 1);
	add_penalty(items, BREAK_FORCED, 0, FALSE);
	BreakSettings s = {.measure = 100, .line_stretch = 10};
	g_autoptr(GArray) points = find(items, &s, NULL);
	g_assert_cmpuint(points->len, ==, 2);
	g_assert_cmpint(point(points, 0)->shortfall, ==, 0);
	g_assert_cmpint(point(points, 1)->shortfall, ==, 5);
}

static void test_forced(void)
{
	g_autoptr(GArray) items = items_new();
	add_box(items, 10, 0);
	add_glue(items, 0, BREAK_FILL, 0);
	add_penalty(items, BREAK_FORCED, 0, FALSE);
	add_penalty(items, BREAK_FORCED, 0, FALSE); /* an empty line */
	add_glue(items, 10, 0, 0);                  /* dropped */
	add_box(items, 20, 0);
	finish(items);
	BreakSettings s = {.measure = 100};
	g_autoptr(GArray) points = find(items, &s, NULL);
	g_assert_cmpuint(points->len, ==, 3);
	g_assert_cmpint(point(points, 0)->position, ==, 2);
	g_assert_cmpint(point(points, 1)->position, ==, 3);
	g_assert_cmpint(point(points, 1)->shortfall, ==, 100);
	g_assert_cmpint(point(points, 2)->shortfall, ==, 80);
	g_assert_cmpint(point(points, 2)->first, ==, 5);
}

/* A word wider than the measure: one overfull line, all others as they should be. */
static void test_overfull(void)
{
	g_autoptr(GArray) items = words((int[]){40, 40, 150, 40, 40, 40, 0});
	BreakSettings s = {.measure = 100};
	g_autoptr(GArray) points = find(items, &s, NULL);
	g_assert_cmpuint(points->len, ==, 4);
	for (guint i = 0; i < 4; i++)
		g_assert_cmpint(point(points, i)->overfull, ==, i == 1);
	g_assert_cmpint(point(points, 1)->shortfall, ==, -50);
}

/* Stretch that is given out with no break allowed at all. */
static void test_unbreakable(void)
{
	g_autoptr(GArray) items = items_new();
	for (int i = 0; i < 50; i++) {
		add_box(items, 30, 0);
		add_penalty(items, BREAK_NEVER, 0, FALSE);
	}
	finish(items);
	BreakSettings s = {.measure = 100};
	g_autoptr(GArray) points = find(items, &s, NULL);
	g_assert_cmpuint(points->len, ==, 1);
	g_assert_true(point(points, 0)->overfull);
}

/* Syllables of 35 with a hyphen of 5: any number of hyphens fits best, but no more than the ladder may stand in a row. */
static GArray *syllables(void)
{
	GArray *items = items_new();
	for (guint w = 0; w < 8; w++) {
		if (w > 0)
			add_glue(items, 10, 10, 5);
		for (guint i = 0; i < 5; i++) {
			if (i > 0)
				add_penalty(items, 0, 5, TRUE);
			add_box(items, 35, w);
		}
	}
	finish(items);
	return items;
}

static int longest_ladder(const GArray *items, const GArray *points)
{
	int run = 0, longest = 0;
	for (guint i = 0; i < points->len; i++) {
		run = items_of(items)[point(points, i)->position].flagged ? run + 1 : 0;
		longest = MAX(longest, run);
	}
	return longest;
}

static void test_ladder(void)
{
	g_autoptr(GArray) items = syllables();
	BreakSettings s = {.measure = 410, .flagged_demerits = -1, .final_demerits = -1, .line_stretch = 20};
	g_autoptr(GArray) free_points = find(items, &s, NULL);
	g_assert_cmpint(longest_ladder(items, free_points), >, 1);
	for (int limit = 1; limit < 3; limit++) {
		s.ladder = limit;
		g_autoptr(GArray) points = find(items, &s, NULL);
		g_assert_cmpint(longest_ladder(items, points), <=, limit);
	}
}

static void test_last_minimum(void)
{
	g_autoptr(GArray) items = words((int[]){40, 40, 40, 40, 10, 0});
	BreakSettings s = {.measure = 100, .line_stretch = 60};
	g_autoptr(GArray) points = find(items, &s, NULL);
	g_assert_cmpint(point(points, points->len - 1)->shortfall, ==, 90);
	s.last_minimum = 30;
	s.last_demerits = 10000000;
	g_autoptr(GArray) mended = find(items, &s, NULL);
	g_assert_cmpint(point(mended, mended->len - 1)->shortfall, ==, 40);
}

/* A line may be less than nothing wide; where no least width is asked for, that too costs nothing. */
static void test_last_negative(void)
{
	g_autoptr(GArray) items = words((int[]){-20, 0});
	BreakSettings s = {.measure = 100, .line_stretch = 60, .last_demerits = 10000000};
	g_autoptr(GArray) free_points = find(items, &s, NULL);
	g_assert_cmpuint(free_points->len, ==, 1);
	s.last_minimum = 30;
	g_autoptr(GArray) points = find(items, &s, NULL);
	g_assert_cmpint(point(points, 0)->shortfall, ==, 120);
}

/* ---- what adjust can do ---- */

static gboolean narrow_first(void *user, const BreakNode *from, gssize to, int alternative, BreakSpan *span)
{
	(void)user, (void)to, (void)alternative;
	span->measure = from->line == 0 ? 50 : 100;
	return TRUE;
}

static void test_adjust_measure(void)
{
	g_autoptr(GArray) items = words((int[]){40, 40, 40, 40, 0});
	BreakSettings s = {.measure = 100, .line_stretch = 30, .by_line = G_MAXUINT, .adjust = narrow_first};
	g_autoptr(GArray) points = find(items, &s, NULL);
	g_assert_cmpuint(points->len, ==, 3);
	g_assert_cmpint(point(points, 0)->shortfall, ==, 10);
	g_assert_cmpint(point(points, 1)->shortfall, ==, 10);
}

/* Each line may hold one unit of state or two at once, at a price: alternatives. At the end all three must be used. */
static gboolean carry(void *user, const BreakNode *from, gssize to, int alternative, BreakSpan *span)
{
	gssize end = *(gssize *)user;
	span->state[0] = from->state[0] + alternative;
	span->demerits = alternative == 2 ? 500 : 0;
	span->width += 5 * alternative;
	span->more = alternative < 2;
	return to < end || span->state[0] == 3;
}

static void test_adjust_state(void)
{
	g_autoptr(GArray) items = words((int[]){40, 40, 40, 40, 0});
	gssize end = (gssize)items->len - 1;
	BreakSettings s = {.measure = 100, .line_stretch = 100, .adjust = carry, .user = &end};
	g_autoptr(GArray) points = find(items, &s, NULL);
	g_assert_cmpuint(points->len, ==, 2);
	g_assert_cmpint(point(points, 1)->state[0], ==, 3);
	g_assert_cmpint(point(points, 0)->shortfall + point(points, 1)->shortfall, ==, 200 - 180 - 15);
}

/* ---- against trying everything ---- */

#define INFEASIBLE G_MAXINT64

typedef struct {
	const BreakItem *items;
	gsize length;
	const BreakSettings *s;
	gint64 best;
} Everything;

static int reference_fitness(double r)
{
	return r < -0.5 ? 0 : r <= 0.5 ? 1 : r <= 1 ? 2 : 3;
}

/* Demerits of one line by the definition, or INFEASIBLE. Written without the breaker's sums. */
static gint64 reference_line(const Everything *e, gssize from, gssize to, int *fitness)
{
	gint64 width = 0, stretch = 0, shrink = 0;
	gssize i = from + 1;
	if (from >= 0 && e->items[from].kind == BREAK_PENALTY)
		width += e->items[from].after;
	while (i < to && e->items[i].kind != BREAK_BOX)
		i++;
	for (; i < to; i++) {
		const BreakItem *x = &e->items[i];
		width += x->kind == BREAK_PENALTY ? 0 : x->width;
		stretch += x->kind == BREAK_GLUE ? x->stretch : 0;
		shrink += x->kind == BREAK_GLUE ? x->shrink : 0;
	}
	const BreakItem *end = &e->items[to];
	width += end->kind == BREAK_PENALTY ? end->width : 0;
	gint64 rest = e->s->measure - width;
	double r = rest == 0 ? 0 : rest > 0 ? (stretch ? (double)rest / (double)stretch : 1e6) : (shrink ? (double)rest / (double)shrink : -1e6);
	double bad = MIN(round(100 * fabs(r * r * r)), BREAK_UNLIMITED);
	if (r < -1 || bad > e->s->tolerance)
		return INFEASIBLE;
	gint64 d = (10 + (gint64)bad) * (10 + (gint64)bad);
	if (end->kind == BREAK_PENALTY && end->penalty > BREAK_FORCED)
		d += end->penalty * ABS(end->penalty);
	int before = *fitness;
	*fitness = reference_fitness(r);
	if (from >= 0 && ABS(before - *fitness) > 1)
		d += 10000;
	gboolean flagged = from >= 0 && e->items[from].flagged;
	d += flagged && end->flagged ? 10000 : 0;
	d += flagged && (gsize)to == e->length - 1 ? 5000 : 0;
	return d;
}

static void try_everything(Everything *e, gssize from, int fitness, gint64 sum)
{
	for (gssize to = from + 1; to < (gssize)e->length; to++) {
		const BreakItem *x = &e->items[to];
		gboolean legal = x->kind == BREAK_PENALTY ? x->penalty < BREAK_NEVER : x->kind == BREAK_GLUE && to > 0 && e->items[to - 1].kind == BREAK_BOX;
		if (!legal)
			continue;
		int after = fitness;
		gint64 d = reference_line(e, from, to, &after);
		if (d != INFEASIBLE && (gsize)to == e->length - 1)
			e->best = MIN(e->best, sum + d);
		else if (d != INFEASIBLE)
			try_everything(e, to, after, sum + d);
		if (x->kind == BREAK_PENALTY && x->penalty <= BREAK_FORCED)
			return;
	}
}

static GArray *random_items(GRand *random)
{
	GArray *items = items_new();
	int length = g_rand_int_range(random, 4, 12);
	for (int i = 0; i < length; i++) {
		if (i > 0)
			add_glue(items, g_rand_int_range(random, 8, 13), g_rand_int_range(random, 4, 40), g_rand_int_range(random, 2, 5));
		add_box(items, g_rand_int_range(random, 5, 60), 0);
		if (g_rand_int_range(random, 0, 3) == 0) {
			add_penalty(items, g_rand_int_range(random, -50, 100), g_rand_int_range(random, 0, 8), TRUE);
			add_box(items, g_rand_int_range(random, 5, 40), 0);
		}
	}
	finish(items);
	return items;
}

static void test_optimal(void)
{
	GRand *random = g_rand_new_with_seed(1981);
	int solved = 0;
	for (int i = 0; i < 2000; i++) {
		g_autoptr(GArray) items = random_items(random);
		BreakSettings s = {.measure = g_rand_int_range(random, 90, 200), .tolerance = 300};
		Everything e = {items_of(items), items->len, &s, INFEASIBLE};
		try_everything(&e, -1, 1, 0);
		gint64 demerits;
		g_autoptr(GArray) points = find(items, &s, &demerits);
		g_assert_cmpint(point(points, points->len - 1)->position, ==, (gssize)items->len - 1);
		if (e.best == INFEASIBLE)
			continue;
		solved++;
		g_assert_cmpint(demerits, ==, e.best);
	}
	g_assert_cmpint(solved, >, 500);
	g_rand_free(random);
}

/* ---- the paragraph of Knuth and Plass's article, by rough widths of its letters in 1/18 em ---- */

static const char frog[] =
    "In olden times when wishing still helped one, there lived a king whose daughters were all beau-ti-ful, but the young-est was so "
    "beau-ti-ful that the sun it-self, which has seen so much, was aston-ished when-ever it shone in her face. Close by the king's castle "
    "lay a great dark for-est, and un-der an old lime-tree in the for-est was a well, and when the day was very warm, the king's child went "
    "out into the for-est and sat down by the side of the cool foun-tain, and when she was bored she took a golden ball, and threw it up on "
    "high and caught it, and this ball was her favor-ite play-thing.";

static int letter_width(char c)
{
	static const char narrow[] = "iljft.,'", wide[] = "mwI";
	return strchr(wide, c) ? 14 : strchr(narrow, c) ? 5 : 9;
}

static GArray *frog_items(void)
{
	GArray *items = items_new();
	int width = 0;
	for (const char *p = frog; *p; p++) {
		if (*p != ' ' && *p != '-') {
			width += letter_width(*p);
			continue;
		}
		add_box(items, width, 0);
		width = 0;
		if (*p == '-')
			add_penalty(items, 50, 6, TRUE);
		else
			add_glue(items, 6, p[-1] == ',' ? 4 : p[-1] == '.' ? 8 : 3, p[-1] == ',' ? 2 : p[-1] == '.' ? 1 : 2);
	}
	add_box(items, width, 0);
	finish(items);
	return items;
}

static void test_frog(void)
{
	g_autoptr(GArray) items = frog_items();
	for (int measure = 250; measure < 600; measure += 10) {
		BreakSettings s = {.measure = measure};
		gint64 demerits;
		g_autoptr(GArray) points = find(items, &s, &demerits);
		for (guint i = 0; i < points->len; i++) {
			const BreakPoint *p = point(points, i);
			g_assert_false(p->overfull);
			g_assert_cmpuint(p->line, ==, i + 1);
			g_assert_cmpfloat(p->ratio, >=, -1);
		}
	}
	BreakSettings s = {.measure = 500};
	gint64 with, without;
	g_autoptr(GArray) points = find(items, &s, &with);
	s.line_demerits = 1;
	g_autoptr(GArray) same = find(items, &s, &without);
	g_assert_cmpint(without, <, with);
	for (guint i = 0; i < points->len; i++)
		g_assert_cmpfloat(point(points, i)->ratio, <, 1.3);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/break/one-line", test_one_line);
	g_test_add_func("/break/total-fit", test_total_fit);
	g_test_add_func("/break/demerits", test_demerits);
	g_test_add_func("/break/penalty", test_penalty);
	g_test_add_func("/break/after", test_after);
	g_test_add_func("/break/forced", test_forced);
	g_test_add_func("/break/overfull", test_overfull);
	g_test_add_func("/break/unbreakable", test_unbreakable);
	g_test_add_func("/break/ladder", test_ladder);
	g_test_add_func("/break/last-minimum", test_last_minimum);
	g_test_add_func("/break/last-negative", test_last_negative);
	g_test_add_func("/break/adjust-measure", test_adjust_measure);
	g_test_add_func("/break/adjust-state", test_adjust_state);
	g_test_add_func("/break/optimal", test_optimal);
	g_test_add_func("/break/frog", test_frog);
	return g_test_run();
}
