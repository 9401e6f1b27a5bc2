/* Shows the tree of formatting objects of a document: fotree FILE.fo [PROPERTY...]
 * One object a line, indented by depth, with its line in the file; for each property asked for, its computed value where it was
 * written on the object, or on every object with "PROPERTY!". "-" as the only property shows all that is written. Messages follow.
 */
#include "fo/values.h"

#include <stdio.h>
#include <string.h>

static void show_value(const FoNode *n, FoProperty p)
{
	g_autofree char *value = fo_value_describe(fo_values_peek(n->values, fo_property_home(n->values, p)));
	printf(" %s=%s", fo_properties[p].name, value);
}

static void show_node(const FoNode *n, int depth, char **asked)
{
	printf("%*s%s:%d", 2 * depth, "", fo_kind_name(n->kind), n->at.line);
	for (guint p = 0; p < FO_PROPERTY_COUNT; p++) {
		gboolean written = fo_set_has(&n->values->own->specified, p), shown = FALSE;
		for (char **a = asked; *a && !shown; a++) {
			gsize length = strlen(*a);
			gboolean always = length > 0 && (*a)[length - 1] == '!';
			length -= always;
			gboolean is = strlen(fo_properties[p].name) == length && strncmp(*a, fo_properties[p].name, length) == 0;
			shown = is ? written || always : strcmp(*a, "-") == 0 && written;
		}
		if (shown)
			show_value(n, p);
	}
	if (n->kind == FO_TEXT) {
		g_autofree char *text = g_strescape(n->text, "\xc2\xa0");
		printf(" \"%s\"", text);
	}
	puts("");
	for (const FoNode *c = n->first; c; c = c->next)
		show_node(c, depth + 1, asked);
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	xml_start();
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(xmlDoc) doc = xml_load(argv[1], argv[1], d);
	g_autoptr(FoTree) t = doc ? fo_tree_new(doc, argv[1], d) : NULL;
	if (t)
		show_node(fo_tree_root(t), 0, argv + 2);
	for (guint i = 0; i < diagnostics_length(d); i++) {
		const Diagnostic *m = diagnostics_peek(d, i);
		printf("%d: %s: %s [%s]%s%s\n", m->line, level_name(m->level, LANGUAGE_EN), m->text[0], m->code,
		       m->hint[0] ? " -- " : "", m->hint[0] ? m->hint[0] : "");
	}
	return t ? 0 : 1;
}
