/* Matching sequences: what is matched is the same, in order, and as much as can be; and hopeless cases end. */
#include "changes/changes.h"

/* The length of a longest common subsequence, the slow and certain way. */
static int longest(const int *a, int n, const int *b, int m)
{
	g_autofree int *best = g_new0(int, (gsize)(n + 1) * (gsize)(m + 1));

	for (int i = n - 1; i >= 0; i--)
		for (int k = m - 1; k >= 0; k--)
			best[i * (m + 1) + k] = a[i] == b[k] ? 1 + best[(i + 1) * (m + 1) + k + 1]
			                                     : MAX(best[(i + 1) * (m + 1) + k], best[i * (m + 1) + k + 1]);
	return best[0];
}

static int check(const int *a, int n, const int *b, int m)
{
	g_autofree int *match = g_new(int, n + 1);
	int last = -1, count = 0;

	changes_match(a, n, b, m, match);
	for (int i = 0; i < n; i++) {
		if (match[i] < 0)
			continue;
		g_assert_cmpint(match[i], >, last);
		g_assert_cmpint(match[i], <, m);
		g_assert_cmpint(a[i], ==, b[match[i]]);
		last = match[i];
		count++;
	}
	return count;
}

static void test_random(void)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(7);

	for (int round = 0; round < 3000; round++) {
		int a[24], b[24], n = g_rand_int_range(random, 0, 24), m = g_rand_int_range(random, 0, 24), kinds = g_rand_int_range(random, 1, 9);
		for (int i = 0; i < n; i++)
			a[i] = g_rand_int_range(random, 0, kinds);
		for (int i = 0; i < m; i++)
			b[i] = g_rand_int_range(random, 0, kinds);
		g_assert_cmpint(check(a, n, b, m), ==, longest(a, n, b, m));
	}
}

static void test_edges(void)
{
	static const int one[] = {1, 2, 3}, other[] = {4, 5, 6, 7};

	g_assert_cmpint(check(one, 0, one, 0), ==, 0);
	g_assert_cmpint(check(one, 3, one, 0), ==, 0);
	g_assert_cmpint(check(one, 3, one, 3), ==, 3);
	g_assert_cmpint(check(one, 3, other, 4), ==, 0);
}

/* Nothing in common, and much of it: the search is given up, what is the same at both ends is found. */
static void test_hopeless(void)
{
	enum { N = 60000 };
	g_autofree int *a = g_new(int, N), *b = g_new(int, N);

	for (int i = 0; i < N; i++) {
		a[i] = i;
		b[i] = -i;
	}
	a[N - 1] = b[N - 1] = 5;
	g_assert_cmpint(check(a, N, b, N), >=, 2);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/changes/random", test_random);
	g_test_add_func("/changes/edges", test_edges);
	g_test_add_func("/changes/hopeless", test_hopeless);
	return g_test_run();
}
