/* rotonde list --depend ID: what a publication's outputs are made from, as a rule for make. */
#include "commands/command.h"

#include "base/text.h"
#include "document/document.h"

#include <stdio.h>
#include <string.h>

/* As make wants it in a rule (tried with GNU make 4.3). What make has no way to write and what may not be shown is a wildcard there: ? for a byte,
 * * for more. */
static void print_path(const char *path)
{
	for (gsize size; *path != '\0'; path += size) {
		size = g_utf8_get_char_validated(path, -1) <= 0x10FFFF ? (gsize)(g_utf8_next_char(path) - path) : 1;
		g_autofree char *letter = g_strndup(path, size), *tame = text_tame(letter);
		if (strcmp(letter, tame) != 0 || strchr("\\;=%", *path) != NULL)
			fputs(size > 1 ? "*" : "?", stdout);
		else
			printf("%s%s", *path == '$' ? "$" : strchr(" #:|*?[]", *path) != NULL ? "\\" : "", letter);
	}
}

int depend_print(const Workspace *w, const char *id)
{
	g_autoptr(Diagnostics) unheard = diagnostics_new(); /* a build tells */
	g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(g_free);
	const DocumentFile *file = workspace_lookup(w, id);
	const char *style = workspace_house_style(w);

	if (file == NULL || g_strcmp0(file->kind, "publication") != 0)
		return command_usage_error(NULL, _("--depend takes the id of a publication, and '%s' is none"), id);
	g_autoptr(xmlDoc) doc = document_assemble(w, file, PROFILE_REVIEW, inputs, unheard);
	if (style != NULL)
		g_ptr_array_add(inputs, g_strdup(style));
	for (int i = 0; i < 2; i++) {
		g_autofree char *path = g_strdup_printf("out/%s/%s.%s", id, id, i == 0 ? "html" : "pdf");
		printf(i == 0 ? "" : " ");
		print_path(path);
	}
	printf(" &:");
	for (guint i = 0; i < inputs->len; i++) {
		printf(" \\\n  ");
		print_path(inputs->pdata[i]);
	}
	putchar('\n');
	return EXIT_FINE;
}
