/* Checks one file (schema and rules), a house style (.xml), or a folder with cases/ as a whole, and prints the messages in Dutch, then in English.
 * check FILE|FOLDER. Status 1 when there were any. The day is 2025-06-15. */
#include "base/file.h"
#include "check/check.h"
#include "pipeline/pipeline.h"
#include "source/source.h"
#include "transform/transform.h"

#include <stdio.h>

#define TODAY "2025-06-15"

static void check_folder(const char *root, Diagnostics *d)
{
	PipelineOptions options = {.root = root, .share = ".", .today = TODAY, .profile = PROFILE_REVIEW, .jobs = 1};

	pipeline_check(&options, NULL, d);
}

static void check_file(const char *path, Diagnostics *d)
{
	g_autoptr(GBytes) text = file_load(path, FILE_LIMIT, NULL);
	g_autofree char *name = g_path_get_basename(path);
	g_autoptr(xmlDoc) doc = text != NULL && g_str_has_suffix(path, ".md") ? source_read(text, name, "nl", d) : NULL;
	g_autoptr(Checker) checker = checker_new(".", d);
	CheckerParameters parameters = {"public", TODAY, NULL};

	if (text != NULL)
		diagnostics_set_text(d, name, text);
	if (checker != NULL && g_str_has_suffix(path, ".xml")) {
		checker_check_house_style(checker, path, name, d);
	} else if (doc != NULL && checker != NULL) {
		checker_validate(checker, doc, d);
		checker_run_rules(checker, doc, &parameters, d);
	}
	diagnostics_sort(d);
}

int main(int argc, char **argv)
{
	const char *const roots[] = {".", NULL};
	g_autoptr(Diagnostics) d = diagnostics_new();

	if (argc != 2)
		return 2;
	xml_start();
	if (g_file_test(argv[1], G_FILE_TEST_IS_DIR)) {
		check_folder(argv[1], d);
	} else {
		transform_start(roots);
		check_file(argv[1], d);
	}
	for (Language language = LANGUAGE_NL;; language = LANGUAGE_EN) {
		DiagnosticStyle style = {.language = language};
		g_autofree char *text = diagnostics_format(d, &style);
		fputs(text, stdout);
		if (language == LANGUAGE_EN || *text == '\0')
			break;
		fputs("\n", stdout);
	}
	return diagnostics_length(d) > 0 ? 1 : 0;
}
