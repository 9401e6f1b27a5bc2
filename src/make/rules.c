/* What make runs to compile the rules with the program: rules SHARE writes to standard output what check/rules.c looks for beside it. */
#include "base/xml.h"
#include "check/check.h"
#include "transform/transform.h"

#include <stdio.h>

int main(int argc, char **argv)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(xmlDoc) rules = NULL;

	if (argc != 2) {
		fprintf(stderr, "Usage: rules SHARE\n");
		return 2;
	}
	xml_start();
	transform_start((const char *const[]){argv[1], NULL});
	rules = checker_compile_rules(argv[1], d);
	if (rules == NULL) {
		g_autofree char *text = diagnostics_format(d, &(DiagnosticStyle){LANGUAGE_EN, FALSE, ""});
		fputs(text, stderr);
		return 1;
	}
	return xmlDocDump(stdout, rules) < 0 || fflush(stdout) != 0;
}
