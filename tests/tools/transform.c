/* Applies a stylesheet to a tree: transform [--lang nl|en] STYLESHEET TREE [NAME VALUE]...   the result on standard output.
 * transform --time N STYLESHEET TREE [NAME VALUE]...   medians in milliseconds of compiling, applying and serialising. */
#include "transform/transform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int tell(Diagnostics *d, Language language)
{
	DiagnosticStyle style = {.language = language};
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
			return tell(d, LANGUAGE_EN);
	}
	for (int k = 0; k < 3; k++)
		qsort(times + k * n, (size_t)n, sizeof *times, compare);
	printf("compile %.2f  apply %.2f  serialise %.2f ms\n", times[n / 2], times[n + n / 2], times[2 * n + n / 2]);
	return 0;
}

static int apply(Language language, const char *stylesheet, const char *tree, const char *const *parameters)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(xmlDoc) doc = xml_load(tree, NULL, d);
	g_autoptr(Stylesheet) s = stylesheet_load(stylesheet, d);
	g_autoptr(xmlDoc) result = doc != NULL && s != NULL ? stylesheet_apply(s, doc, parameters, d) : NULL;
	g_autoptr(GBytes) bytes = result != NULL ? stylesheet_serialise(s, result, d) : NULL;

	tell(d, language);
	if (bytes == NULL)
		return 1;
	fwrite(g_bytes_get_data(bytes, NULL), 1, g_bytes_get_size(bytes), stdout);
	return diagnostics_count(d, LEVEL_ERROR) > 0;
}

int main(int argc, char **argv)
{
	int n = argc > 2 && strcmp(argv[1], "--time") == 0 ? atoi(argv[2]) : 0;
	gboolean has_language = argc > 2 && strcmp(argv[1], "--lang") == 0;
	Language language = has_language && strcmp(argv[2], "nl") == 0 ? LANGUAGE_NL : LANGUAGE_EN;
	char **rest = argv + 1 + (n > 0 || has_language ? 2 : 0);

	if (g_strv_length(rest) < 2) {
		fputs("transform: [--time N | --lang nl|en] STYLESHEET TREE [NAME VALUE]...\n", stderr);
		return 2;
	}
	xml_start();
	transform_start((const char *const[]){".", NULL});
	if (n > 0)
		return measure(n, rest[0], rest[1], (const char *const *)rest + 2);
	return apply(language, rest[0], rest[1], (const char *const *)rest + 2);
}
