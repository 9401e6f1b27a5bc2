/* The shortest edit script between two sequences, by the middle of the path from both ends (Myers 1986, section 4b). */
#include "changes/changes.h"

enum { DIFFERENCES = 3000 }; /* from either end; beyond, the search costs more than it gives */

typedef struct {
	const int *a, *b;
	int *match;
	int *forward, *backward; /* furthest x by diagonal; the middle element is diagonal 0 */
	int offset;
} Search;

typedef struct {
	int a, n, b, m; /* a[a..a+n) against b[b..b+m) */
} Range;

/* A point on a shortest path. FALSE: given up. */
static gboolean find_middle(const Search *s, Range r, int *x_found, int *y_found)
{
	int delta = r.n - r.m, most = MIN((r.n + r.m + 1) / 2, DIFFERENCES);
	int *f = s->forward + s->offset, *g = s->backward + s->offset;

	f[1] = g[1] = 0;
	for (int d = 0; d <= most; d++) {
		for (int k = -d; k <= d; k += 2) {
			int x = k == -d || (k != d && f[k - 1] < f[k + 1]) ? f[k + 1] : f[k - 1] + 1, y = x - k, x0 = x, y0 = y;
			while (x < r.n && y < r.m && x >= 0 && y >= 0 && s->a[r.a + x] == s->b[r.b + y])
				x++, y++;
			f[k] = x;
			if (delta % 2 != 0 && k >= delta - (d - 1) && k <= delta + d - 1 && x + g[delta - k] >= r.n) {
				*x_found = MIN(x0, r.n);
				*y_found = MIN(y0, r.m);
				return TRUE;
			}
		}
		for (int k = -d; k <= d; k += 2) {
			int x = k == -d || (k != d && g[k - 1] < g[k + 1]) ? g[k + 1] : g[k - 1] + 1, y = x - k;
			while (x < r.n && y < r.m && x >= 0 && y >= 0 && s->a[r.a + r.n - 1 - x] == s->b[r.b + r.m - 1 - y])
				x++, y++;
			g[k] = x;
			if (delta % 2 == 0 && k >= delta - d && k <= delta + d && x + f[delta - k] >= r.n) {
				*x_found = r.n - x;
				*y_found = r.m - y;
				return TRUE;
			}
		}
	}
	return FALSE;
}

static void match_range(const Search *s, Range r)
{
	int x, y;

	for (;;) {
		while (r.n > 0 && r.m > 0 && s->a[r.a] == s->b[r.b]) {
			s->match[r.a] = r.b;
			r = (Range){r.a + 1, r.n - 1, r.b + 1, r.m - 1};
		}
		while (r.n > 0 && r.m > 0 && s->a[r.a + r.n - 1] == s->b[r.b + r.m - 1]) {
			r.n--, r.m--;
			s->match[r.a + r.n] = r.b + r.m;
		}
		if (r.n == 0 || r.m == 0 || !find_middle(s, r, &x, &y) || (x <= 0 && y <= 0) || (x >= r.n && y >= r.m))
			return;
		match_range(s, (Range){r.a, x, r.b, y});
		r = (Range){r.a + x, r.n - x, r.b + y, r.m - y};
	}
}

void changes_match(const int *a, int n, const int *b, int m, int *match)
{
	int size = MIN(n + m, DIFFERENCES) + 3, width = 2 * size + MAX(n, m) + 3;
	g_autofree int *forward = g_new0(int, 2 * (gsize)width), *backward = g_new0(int, 2 * (gsize)width);
	const Search s = {a, b, match, forward, backward, width};

	for (int i = 0; i < n; i++)
		match[i] = -1;
	match_range(&s, (Range){0, n, 0, m});
}
