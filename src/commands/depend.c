/* rotonde list --depend ID: what a publication's outputs are made from, as a rule for make. */
#include "commands/command.h"
#include "document/document.h"

#include <stdio.h>
#include <string.h>

/* As make wants it in a rule. */
static void print_path(const char *path)
{
	for (; *path != '\0'; path++) {
		if (*path == ' ' || *path == '#' || *path == '\\')
			putchar('\\');
		if (*path == '$')
			putchar('$');
		putchar(*path);
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
