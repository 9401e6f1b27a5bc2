/* Reads a workspace and shows what became of it.
 * document tree public|review ROOT ID   the publication's assembled tree
 * document check nl|en ROOT             the messages of all its publications and files
 * document list ROOT [KIND]             what there is
 * document valid SCHEMA ROOT ID         whether both its trees are as the schema has them: what is not
 * document inputs ROOT ID               the files a publication is made from
 * document time N ROOT                  milliseconds: reading, assembling all publications and checking what is in none; median of N
 * document scan N ROOT                  the same, letting go of what is not needed */
#include "document/document.h"

#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const char *text)
{
	fprintf(stderr, "document: %s\n", text);
	return 2;
}

static void print_messages(Diagnostics *d, Language language)
{
	DiagnosticStyle style = {.language = language};
	g_autofree char *text = NULL;

	diagnostics_sort(d);
	text = diagnostics_format(d, &style);
	fputs(text, stdout);
}

static gboolean is_blank(const xmlNode *n)
{
	return n->type == XML_TEXT_NODE && xmlIsBlankNode((xmlNode *)n);
}

static int compare_names(const void *a, const void *b)
{
	const xmlAttr *x = *(xmlAttr *const *)a, *y = *(xmlAttr *const *)b;

	return strcmp((const char *)x->name, (const char *)y->name);
}

/* Attributes by name, without @column: what the reader makes of these is tested there. */
static void order_attributes(xmlNode *element)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new();

	xmlUnsetProp(element, BAD_CAST "column");
	for (xmlAttr *a = element->properties; a != NULL; a = a->next)
		g_ptr_array_add(list, a);
	qsort(list->pdata, list->len, sizeof(gpointer), compare_names);
	for (guint i = 0; i < list->len; i++) {
		xmlAttr *a = list->pdata[i];
		a->prev = i > 0 ? list->pdata[i - 1] : NULL;
		a->next = i + 1 < list->len ? list->pdata[i + 1] : NULL;
		element->properties = list->pdata[0];
	}
}

/* Spaces between elements go, so that the dump is laid out a line an element; where there is text they stay. */
static void tidy(xmlNode *parent)
{
	gboolean mixed = FALSE;

	order_attributes(parent);
	for (const xmlNode *n = parent->children; n != NULL; n = n->next)
		mixed = mixed || (n->type == XML_TEXT_NODE && !is_blank(n));
	for (xmlNode *n = parent->children, *next; n != NULL; n = next) {
		next = n->next;
		if (n->type == XML_ELEMENT_NODE) {
			tidy(n);
		} else if (!mixed && is_blank(n) && strchr((const char *)n->content, '\n') != NULL) {
			xmlUnlinkNode(n);
			xmlFreeNode(n);
		}
	}
}

static int show_tree(const char *profile, const char *root, const char *id)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(Workspace) w = workspace_load(root, d);
	const DocumentFile *file = workspace_lookup(w, id);
	g_autoptr(xmlDoc) tree =
	    file != NULL ? document_assemble(w, file, strcmp(profile, "review") == 0 ? PROFILE_REVIEW : PROFILE_PUBLIC, NULL, d) : NULL;

	if (tree == NULL)
		return fail("no such publication");
	tidy(xmlDocGetRootElement(tree));
	xmlDocFormatDump(stdout, tree, 1);
	return 0;
}

static void print_error(void *data, xmlErrorPtr error)
{
	(void)data;
	printf("%s", error->message);
}

static int validate(const char *path, const char *root, const char *id)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(Workspace) w = workspace_load(root, d);
	const DocumentFile *file = workspace_lookup(w, id);
	xmlDoc *written = xml_load(path, NULL, d);
	xmlSchemaParserCtxt *parser = written != NULL ? xmlSchemaNewDocParserCtxt(written) : NULL;
	xmlSchema *schema = parser != NULL ? xmlSchemaParse(parser) : NULL;
	int status = schema == NULL || file == NULL;

	for (int i = 0; i < 2 && status == 0; i++) {
		g_autoptr(xmlDoc) tree = document_assemble(w, file, i == 0 ? PROFILE_PUBLIC : PROFILE_REVIEW, NULL, d);
		xmlSchemaValidCtxt *context = xmlSchemaNewValidCtxt(schema);
		xmlSchemaSetValidStructuredErrors(context, (xmlStructuredErrorFunc)print_error, NULL);
		status = xmlSchemaValidateDoc(context, tree);
		xmlSchemaFreeValidCtxt(context);
	}
	xmlSchemaFree(schema);
	xmlSchemaFreeParserCtxt(parser);
	xmlFreeDoc(written);
	return status;
}

static void check_all(const Workspace *w, Diagnostics *d)
{
	for (guint i = 0; i < workspace_length(w); i++) {
		g_autoptr(xmlDoc) tree = document_assemble(w, workspace_file(w, i), PROFILE_REVIEW, NULL, d);
		(void)tree;
	}
	document_check_references(w, d);
	document_check_unused(w, NULL, d);
}

static int check(const char *language, const char *root)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(Workspace) w = NULL;

	diagnostics_set_root(d, root);
	w = workspace_load(root, d);
	check_all(w, d);
	print_messages(d, strcmp(language, "nl") == 0 ? LANGUAGE_NL : LANGUAGE_EN);
	return diagnostics_count(d, LEVEL_ERROR) > 0;
}

static int list(const char *root, const char *kind)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(Workspace) w = workspace_load(root, d);
	g_autoptr(GPtrArray) entries = document_list(w, kind);

	for (guint i = 0; i < entries->len; i++) {
		const DocumentEntry *e = entries->pdata[i];
		g_autofree char *used = g_strjoinv(" ", e->used_in);
		printf("%s\t%s\t%s\t%s\t%s:%d\t%s\t%s\t%s", e->kind, e->id != NULL ? e->id : "-", e->title, e->date != NULL ? e->date : "-", e->file,
		       e->line, e->owner != NULL ? e->owner : "-", e->role != NULL ? e->role : "-", used);
		for (guint k = 0; k < e->consents->len; k++) {
			const DocumentConsent *c = e->consents->pdata[k];
			printf("\t%s(%s by %s on %s until %s in %s)", c->status, c->purposes, c->by, c->on, c->until != NULL ? c->until : "-",
			       c->scope);
		}
		putchar('\n');
	}
	return 0;
}

static int inputs(const char *root, const char *id)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(Workspace) w = workspace_load(root, d);
	const DocumentFile *file = workspace_lookup(w, id);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(xmlDoc) tree = file != NULL ? document_assemble(w, file, PROFILE_PUBLIC, names, d) : NULL;

	for (guint i = 0; i < names->len; i++)
		puts(names->pdata[i]);
	return tree == NULL;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static gpointer start_nothing(gpointer data, const Workspace *w, Diagnostics *d)
{
	(void)w;
	(void)data;
	(void)d;
	return NULL;
}

static void look_at_nothing(gpointer state, const DocumentFile *file, gboolean taken, Diagnostics *d)
{
	(void)state;
	(void)file;
	(void)taken;
	(void)d;
}

static void finish_nothing(gpointer state)
{
	(void)state;
}

static int measure(int n, const char *root, gboolean let_go)
{
	static const WorkspaceVisitor visitor = {start_nothing, look_at_nothing, finish_nothing, NULL, 0};
	g_autofree double *reading = g_new0(double, n), *checking = g_new0(double, n);

	for (int i = 0; i < n; i++) {
		g_autoptr(Diagnostics) d = diagnostics_new();
		gint64 start = g_get_monotonic_time();
		g_autoptr(Workspace) w = let_go ? workspace_scan(root, &visitor, d) : workspace_load(root, d);
		gint64 read = g_get_monotonic_time();
		check_all(w, d);
		reading[i] = (double)(read - start) / 1000;
		checking[i] = (double)(g_get_monotonic_time() - read) / 1000;
	}
	qsort(reading, (size_t)n, sizeof *reading, compare);
	qsort(checking, (size_t)n, sizeof *checking, compare);
	printf("reading %.1f ms, checking %.1f ms\n", reading[n / 2], checking[n / 2]);
	return 0;
}

int main(int argc, char **argv)
{
	const char *command = argc > 2 ? argv[1] : "";

	xml_start();
	if (strcmp(command, "tree") == 0 && argc == 5)
		return show_tree(argv[2], argv[3], argv[4]);
	if (strcmp(command, "valid") == 0 && argc == 5)
		return validate(argv[2], argv[3], argv[4]);
	if (strcmp(command, "check") == 0 && argc == 4)
		return check(argv[2], argv[3]);
	if (strcmp(command, "list") == 0 && argc >= 3)
		return list(argv[2], argc > 3 ? argv[3] : NULL);
	if (strcmp(command, "inputs") == 0 && argc == 4)
		return inputs(argv[2], argv[3]);
	if (strcmp(command, "time") == 0 && argc == 4)
		return measure(MAX(atoi(argv[2]), 1), argv[3], FALSE);
	if (strcmp(command, "scan") == 0 && argc == 4)
		return measure(MAX(atoi(argv[2]), 1), argv[3], TRUE);
	return fail("tree PROFILE ROOT ID | valid SCHEMA ROOT ID | check LANGUAGE ROOT | list ROOT [KIND] | inputs ROOT ID | time N ROOT | scan N ROOT");
}
