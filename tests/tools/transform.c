/* Applies a stylesheet to a tree: transform STYLESHEET TREE [NAME VALUE]...   the result on standard output.
 * transform --time N STYLESHEET TREE [NAME VALUE]...   medians in milliseconds of compiling, applying and serialising. */
#include "transform/transform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(Diagnostics *d)
{
	DiagnosticStyle style = {.language = LANGUAGE_EN};
	g_autofree char *text = diagnostics_format(d, &style);

	fputs(text, stderr);
	return 1;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double lap(gint64 *since)
{
	gint64 now = g_get_monotonic_time();
	double ms = (double)(now - *since) / 1000;

	*since = now;
	return ms;
}

static int measure(int n, const char *stylesheet, const char *tree, const char *const *parameters)
{
	g_autofree double *times = g_new(double, 3 * (gsize)n);

	for (int i = 0; i < n; i++) {
		g_autoptr(Diagnostics) d = diagnostics_new();
		g_autoptr(xmlDoc) doc = xml_load(tree, NULL, d);
		gint64 since = g_get_monotonic_time();
		g_autoptr(Stylesheet) s = stylesheet_load(stylesheet, d);
		times[i] = lap(&since);
		g_autoptr(xmlDoc) result = doc != NULL && s != NULL ? stylesheet_apply(s, doc, parameters, d) : NULL;
		times[n + i] = lap(&since);
		g_autoptr(GBytes) bytes = result != NULL ? stylesheet_serialise(s, result, d) : NULL;
		times[2 * n + i] = lap(&since);
		if (bytes == NULL)
			return fail(d);
	}
	for (int k = 0; k < 3; k++)
		qsort(times + k * n, (size_t)n, sizeof *times, compare);
	printf("compile %.2f  apply %.2f  serialise %.2f ms\n", times[n / 2], times[n + n / 2], times[2 * n + n / 2]);
	return 0;
}

static int apply(const char *stylesheet, const char *tree, const char *const *parameters)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(xmlDoc) doc = xml_load(tree, NULL, d);
	g_autoptr(Stylesheet) s = stylesheet_load(stylesheet, d);
	g_autoptr(xmlDoc) result = doc != NULL && s != NULL ? stylesheet_apply(s, doc, parameters, d) : NULL;
	g_autoptr(GBytes) bytes = result != NULL ? stylesheet_serialise(s, result, d) : NULL;

	if (bytes == NULL || diagnostics_length(d) > 0)
		fail(d);
	if (bytes == NULL)
		return 1;
	fwrite(g_bytes_get_data(bytes, NULL), 1, g_bytes_get_size(bytes), stdout);
	return diagnostics_count(d, LEVEL_ERROR) > 0;
}

int main(int argc, char **argv)
{
	int n = argc > 2 && strcmp(argv[1], "--time") == 0 ? atoi(argv[2]) : 0;
	char **rest = argv + 1 + (n > 0 ? 2 : 0);

	if (g_strv_length(rest) < 2) {
		fputs("transform: [--time N] STYLESHEET TREE [NAME VALUE]...\n", stderr);
		return 2;
	}
	xml_start();
	transform_start((const char *const[]){".", NULL});
	return n > 0 ? measure(n, rest[0], rest[1], (const char *const *)rest + 2) : apply(rest[0], rest[1], (const char *const *)rest + 2);
}
