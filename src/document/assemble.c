/* Assembling one publication: every item of its contents becomes the document it names, then the passes run over the whole. */
#include "document/room.h"

#include "base/text.h"
#include "source/source.h"

#include <libxml/dict.h>
#include <string.h>

static void unit_free(gpointer data)
{
	Unit *u = data;

	g_ptr_array_unref(u->cases);
	g_free(u);
}

static void consulted_free(gpointer data)
{
	Unit *u = data;

	xmlFreeNode(u->node);
	unit_free(u);
}

void assembly_start(Assembly *a, const Workspace *w, Diagnostics *d)
{
	*a = (Assembly){.w = w, .d = d};
	a->inputs_seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	a->units = g_ptr_array_new_with_free_func(unit_free);
	a->taken = g_hash_table_new(NULL, NULL);
	a->cases = g_ptr_array_new();
	a->case_set = g_hash_table_new(NULL, NULL);
	a->labels = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
	a->unscoped = g_ptr_array_new();
	a->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	a->anchors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	a->drawn = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	a->consulted = g_hash_table_new_full(NULL, NULL, NULL, consulted_free);
}

void assembly_finish(Assembly *a)
{
	g_hash_table_unref(a->consulted);
	g_hash_table_unref(a->drawn);
	g_hash_table_unref(a->anchors);
	g_hash_table_unref(a->ids);
	g_ptr_array_unref(a->unscoped);
	g_hash_table_unref(a->labels);
	g_hash_table_unref(a->case_set);
	g_ptr_array_unref(a->cases);
	g_hash_table_unref(a->taken);
	g_ptr_array_unref(a->units);
	g_hash_table_unref(a->inputs_seen);
}

void assembly_note_input(Assembly *a, const char *name)
{
	if (a->inputs != NULL && g_hash_table_add(a->inputs_seen, g_strdup(name)))
		g_ptr_array_add(a->inputs, g_strdup(name));
}

Unit *assembly_add_unit(Assembly *a, const DocumentFile *file, xmlNode *node, const Unit *parent)
{
	Unit *u = g_new0(Unit, 1);

	*u = (Unit){.file = file, .node = node, .parent = parent, .cases = g_ptr_array_new()};
	g_ptr_array_add(a->units, u);
	g_hash_table_insert(a->taken, (gpointer)file, u);
	assembly_note_input(a, file->name);
	return u;
}

const char *assembly_suggest(const char *word, const char *const *candidates)
{
	return g_strv_length((char **)candidates) <= SUGGESTIONS_LIMIT ? text_closest(word, candidates) : NULL;
}

xmlNode *unit_following(const xmlNode *node, const Unit *unit)
{
	xmlNode *next = xml_following(node, unit->node);

	while (next != NULL && next->type == XML_ELEMENT_NODE && xml_attribute(next, "file") != NULL)
		next = node_after(next, unit->node);
	return next;
}

enum { COPY_WHOLE = 1, COPY_ATTRIBUTES = 2 }; /* as xmlDocCopyNode counts them */

static xmlNode *copy_below(Assembly *a, const xmlNode *node, xmlNode *parent, int how)
{
	return xmlAddChild(parent, xmlDocCopyNode((xmlNode *)node, a->tree, how));
}

/* Quotation marks and spaces are set when a text is printed, not when it is only checked. */
void assembly_typeset(const Assembly *a, xmlNode *node, const DocumentFile *file)
{
	const xmlNode *root = read_root(a->w, file), *publication = a->publication != NULL ? read_root(a->w, a->publication) : NULL;
	g_autofree char *own = root != NULL ? node_language(root) : NULL;
	g_autofree char *general = own == NULL && publication != NULL ? node_language(publication) : NULL;

	source_typeset(node, own != NULL ? own : general != NULL ? general : a->w->language);
}

char *assembly_label(const Assembly *a, const Person *p)
{
	xmlNode *element = xmlNewDocNode(a->tree, NULL, BAD_CAST "label", NULL);
	char *label;

	xmlNodeAddContent(element, BAD_CAST p->label);
	assembly_typeset(a, element, p->owner->file);
	label = node_text(element);
	xmlFreeNode(element);
	return label;
}

static void copy_item_attributes(const xmlNode *item, xmlNode *to, const char *href)
{
	for (const xmlAttr *attribute = item->properties; attribute != NULL; attribute = attribute->next) {
		const char *name = (const char *)attribute->name;
		if (attribute->ns == NULL && strcmp(name, "line") != 0 && strcmp(name, "column") != 0 && strcmp(name, "href") != 0 &&
		    xml_attribute(to, name) == NULL)
			node_set(to, name, xml_attribute(item, name));
	}
	node_set(to, "href", href);
}

/* FALSE, after reporting, when the publication has the file already. */
static gboolean take(Assembly *a, const xmlNode *item, const DocumentFile *file)
{
	const Unit *first = g_hash_table_lookup(a->taken, file);
	const char *href = xml_attribute(item, "href");
	Position at = place_attribute(a->w, item, "href", href);

	if (first == NULL)
		return TRUE;
	g_autofree char *line = g_strdup_printf("%d", first->item_line);
	diagnose(a->d, MSG_INCLUDE_TWICE, &at, file->name, line);
	return FALSE;
}

static void add_items(Assembly *a, const xmlNode *from, xmlNode *to, const Unit *parent);

static void add_item(Assembly *a, const xmlNode *item, xmlNode *to, const Unit *parent)
{
	g_autoptr(GPtrArray) files = contents_resolve(a, item);

	for (guint i = 0; i < files->len; i++) {
		const DocumentFile *file = files->pdata[i];
		if (!take(a, item, file))
			continue;
		xmlNode *node = copy_below(a, read_root(a->w, file), to, COPY_WHOLE);
		assembly_typeset(a, node, file);
		xmlNodeSetName(node, item->name);
		g_autofree char *href = path_relative(a->publication->name, file->name);
		copy_item_attributes(item, node, href);
		Unit *unit = assembly_add_unit(a, file, node, parent);
		unit->item_line = xml_position(item).line;
		add_items(a, item, node, unit);
	}
}

/* A part has a head of its own: what the head of the chapter that opens it says otherwise is in no output, which is told. */
static void report_unprinted(Assembly *a, const xmlNode *part, const xmlNode *root, const DocumentFile *file)
{
	static const char *const heads[] = {"title", "subtitle", "author"};
	g_autofree char *line = g_strdup_printf("%d", xml_position(part).line);

	for (gsize i = 0; i < G_N_ELEMENTS(heads); i++)
		for (const xmlNode *n = xml_first(root, heads[i]); n != NULL; n = xml_next(n, heads[i])) {
			const xmlNode *own = xml_first(part, heads[i]);
			g_autofree char *words = node_text(n), *printed = own != NULL ? node_text(own) : NULL;
			g_autofree char *opening = g_strconcat("<", heads[i], NULL);
			Position at = xml_position(n);
			at.file = file->name;
			at.focus = opening;
			if (g_strcmp0(words, printed) != 0)
				diagnose(a->d, MSG_PART_HEAD, &at, heads[i], a->publication->name, line);
		}
}

/* A part's own words, then the body of the chapter that opens it, then its items. */
static void add_part(Assembly *a, const xmlNode *item, xmlNode *to, const Unit *parent)
{
	xmlNode *part = copy_below(a, item, to, COPY_ATTRIBUTES);
	g_autoptr(GPtrArray) files = contents_resolve(a, item);
	const DocumentFile *file = files->len > 0 ? files->pdata[0] : NULL;

	for (const xmlNode *n = xml_first(item, NULL); n != NULL; n = xml_next(n, NULL))
		if (item_kind(n) == NULL)
			assembly_typeset(a, copy_below(a, n, part, COPY_WHOLE), a->publication);
	if (file != NULL && take(a, item, file)) {
		const xmlNode *root = read_root(a->w, file), *body = xml_first(root, "body");
		if (xml_attribute(part, "id") == NULL)
			node_set(part, "id", file->id);
		xmlNode *copy = body != NULL ? copy_below(a, body, part, COPY_WHOLE) : node_add(part, "body");
		node_set(copy, "file", file->name);
		assembly_typeset(a, copy, file);
		report_unprinted(a, item, root, file);
		Unit *unit = assembly_add_unit(a, file, copy, parent);
		unit->item_line = xml_position(item).line;
		parent = unit;
	}
	add_items(a, item, part, parent);
}

static void add_items(Assembly *a, const xmlNode *from, xmlNode *to, const Unit *parent)
{
	for (const xmlNode *n = xml_first(from, NULL); n != NULL; n = xml_next(n, NULL)) {
		if (xml_is(n, "part"))
			add_part(a, n, to, parent);
		else if (item_kind(n) != NULL)
			add_item(a, n, to, parent);
		else if (xml_is(from, "contents"))
			copy_below(a, n, to, COPY_WHOLE);
	}
}

static void build_tree(Assembly *a)
{
	const xmlNode *from = read_root(a->w, a->publication);
	xmlNode *root = xmlDocCopyNode((xmlNode *)from, a->tree, COPY_ATTRIBUTES);
	g_autofree char *language = node_language(root);

	xmlDocSetRootElement(a->tree, root);
	node_set(root, "profile", "review");
	if (language == NULL)
		xmlNodeSetLang(root, BAD_CAST a->w->language);
	Unit *unit = assembly_add_unit(a, a->publication, root, NULL);
	for (const xmlNode *n = from->children; n != NULL; n = n->next) {
		if (xml_is(n, "contents"))
			add_items(a, n, copy_below(a, n, root, COPY_ATTRIBUTES), unit);
		else if (n->type == XML_ELEMENT_NODE)
			assembly_typeset(a, copy_below(a, n, root, COPY_WHOLE), a->publication);
	}
}

/* A file that no item names, as one more item. */
static Unit *add_file(Assembly *a, const DocumentFile *file)
{
	xmlNode *contents = xml_first(xmlDocGetRootElement(a->tree), "contents");
	xmlNode *node = copy_below(a, read_root(a->w, file), contents, COPY_WHOLE);
	g_autofree char *href = path_relative(a->publication->name, file->name);

	assembly_typeset(a, node, file);
	node_set(node, "href", href);
	return assembly_add_unit(a, file, node, a->units->pdata[0]);
}

/* What a file is, without what it tells: for the names of codes. */
static void add_bare(Assembly *a, const DocumentFile *file)
{
	if (g_hash_table_contains(a->taken, file) || !read_is_readable(file))
		return;
	Unit *unit = add_file(a, file);
	xmlNode *body = xml_first(unit->node, "body");
	while (body != NULL && body->children != NULL) {
		xmlNode *child = body->children;
		xmlUnlinkNode(child);
		xmlFreeNode(child);
	}
	scope_add(a, unit);
}

static void add_sessions(Assembly *a)
{
	const GPtrArray *threads = g_hash_table_lookup(a->w->kinds, "thread");
	g_autoptr(GPtrArray) files = g_ptr_array_new();

	if (xml_first(xmlDocGetRootElement(a->tree), "contents") == NULL)
		return;
	for (guint i = 0; i < a->cases->len; i++)
		add_bare(a, ((const Case *)a->cases->pdata[i])->file);
	for (guint i = 0; threads != NULL && threads->pdata[i] != NULL; i++)
		add_bare(a, index_lookup(a->w, threads->pdata[i])->file);
	for (guint i = 0; i < a->cases->len; i++) {
		const Case *c = a->cases->pdata[i];
		for (guint k = 0; k < c->sources->len; k++) {
			const DocumentFile *file = c->sources->pdata[k];
			if (strcmp(file->kind, "session") == 0 && !g_hash_table_contains(a->taken, file) && !g_ptr_array_find(files, file, NULL))
				g_ptr_array_add(files, (gpointer)file);
		}
	}
	sources_sorted(files);
	for (guint i = 0; i < files->len; i++)
		scope_add(a, add_file(a, files->pdata[i]));
}

xmlDoc *assembly_open(Assembly *a)
{
	a->tree = xmlNewDoc(BAD_CAST "1.0");
	a->tree->dict = xmlDictCreate();
	if (a->publication != NULL)
		build_tree(a);
	scope_collect(a);
	if (a->all_sessions)
		add_sessions(a);
	for (guint i = 0; i < a->units->len; i++) {
		speakers_resolve(a, a->units->pdata[i]);
		references_check(a, a->units->pdata[i]);
	}
	return a->tree;
}

static void run_passes(Assembly *a, const DocumentWanted *wanted)
{
	anchors_set(a);
	for (guint i = 0; i < a->units->len; i++)
		links_resolve(a, a->units->pdata[i]);
	islands_fill(a);
	if (wanted != NULL)
		dossier_add(a, wanted);
	numbers_set(a);
	consents_add(a);
	references_check_strays(a);
}

typedef struct {
	gboolean all_sessions;
	const DocumentWanted *wanted; /* NULL: no dossier */
} Extras;

static xmlDoc *assemble(const Workspace *w, const DocumentFile *publication, Extras extras, GPtrArray *inputs, Diagnostics *d)
{
	Assembly a;
	xmlDoc *tree;

	if (publication->doc == NULL || g_strcmp0(publication->kind, "publication") != 0)
		return NULL;
	assembly_start(&a, w, d);
	a.publication = publication;
	a.all_sessions = extras.all_sessions;
	a.inputs = inputs;
	tree = assembly_open(&a);
	run_passes(&a, extras.wanted);
	assembly_finish(&a);
	return tree;
}

xmlDoc *document_assemble_dossier(const Workspace *w, const DocumentFile *publication, const DocumentWanted *wanted, GPtrArray *inputs, Diagnostics *d)
{
	return assemble(w, publication, (Extras){.wanted = wanted}, inputs, d);
}

xmlDoc *document_assemble(const Workspace *w, const DocumentFile *publication, Profile profile, GPtrArray *inputs, Diagnostics *d)
{
	xmlDoc *tree = document_assemble_dossier(w, publication, NULL, inputs, d);

	if (tree != NULL && profile == PROFILE_PUBLIC)
		document_publish(tree);
	return tree;
}

xmlDoc *document_assemble_sessions(const Workspace *w, const DocumentFile *publication, GPtrArray *inputs, Diagnostics *d)
{
	return assemble(w, publication, (Extras){.all_sessions = TRUE}, inputs, d);
}
