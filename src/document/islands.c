/* Generated blocks: an element of ours alone in a paragraph is filled with copies of what it asks for, as document.h says. */
#include "document/room.h"

#include <string.h>

/* A copy says what it is a copy of in the place of its id; what a link could lead to in it gets an anchor of its own. */
static void detach_ids(Assembly *a, xmlNode *top)
{
	for (xmlNode *n = top; n != NULL; n = xml_following(n, top)) {
		g_autofree char *id = n->type == XML_ELEMENT_NODE ? g_strdup(xml_attribute(n, "id")) : NULL;
		if (xml_is(n, "figure") || xml_is(n, "table") || xml_is(n, "box")) {
			g_autofree char *fresh = anchors_unique(a, id != NULL ? id : (const char *)n->name, NULL);
			node_set(n, "id", fresh);
		} else if (id != NULL && n == top) {
			node_set(n, "ref", id);
			node_unset(n, "id");
		}
	}
}

static xmlNode *copy_to(const Island *island, xmlNode *to, const xmlNode *node)
{
	xmlNode *copy = xmlAddChild(to, xmlDocCopyNode((xmlNode *)node, island->a->tree, 1));

	detach_ids(island->a, copy);
	return copy;
}

/* A copy that says where it was written. */
xmlNode *island_copy(const Island *island, xmlNode *to, const xmlNode *node, const char *file)
{
	xmlNode *copy = copy_to(island, to, node);

	node_set(copy, "file", file);
	return copy;
}

/* An element with the attributes of another that are fit to print, and none of its children. */
static xmlNode *add_shell(xmlNode *to, const xmlNode *node, const char *file)
{
	static const char *const kept_back[] = {"id", "href", "age-band", "next-band", "region", "may-stand-out", NULL};
	xmlNode *shell = node_add(to, (const char *)node->name);

	for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next) {
		const char *name = (const char *)attribute->name;
		if (attribute->ns == NULL && !g_strv_contains(kept_back, name))
			node_set(shell, name, xml_attribute(node, name));
	}
	node_set(shell, "ref", xml_attribute(node, "id"));
	node_set(shell, "file", file);
	return shell;
}

static void copy_children(const Island *island, xmlNode *to, const xmlNode *from, const char *const *names)
{
	for (; *names != NULL; names++)
		for (const xmlNode *n = xml_first(from, *names); n != NULL; n = xml_next(n, *names))
			copy_to(island, to, n);
}

static void add_number(xmlNode *element, guint n)
{
	g_autofree char *text = g_strdup_printf("%u", n);

	node_set(element, "number", text);
}

/* Who confirmed it, as they are called in print. */
static void add_confirmed(const Island *island, xmlNode *rotonde)
{
	g_auto(GStrv) ids = split_words(xml_attribute(rotonde, "confirmed-by"));
	g_autoptr(GString) labels = g_string_new(NULL);

	for (char **id = ids; *id != NULL; id++) {
		const Entity *e = index_lookup(island->a->w, *id);
		if (e == NULL || e->person == NULL)
			continue; /* reported with the references */
		g_autofree char *label = assembly_label(island->a, e->person);
		g_string_append_printf(labels, "%s%s", labels->len > 0 ? ", " : "", label);
	}
	if (labels->len > 0)
		node_set(rotonde, "confirmed", labels->str);
}

/* A rotonde shown in full is where links to it lead: the first time. */
static void add_rotonde(const Island *island, xmlNode *to, const Case *c, const xmlNode *rotonde, guint number)
{
	xmlNode *copy = island_copy(island, to, rotonde, c->file->name);
	const char *id = xml_attribute(rotonde, "id");

	node_set(copy, "case", c->id);
	add_number(copy, number);
	add_confirmed(island, copy);
	if (id == NULL)
		return;
	g_autofree char *wanted = g_strconcat("rotonde-", id, NULL);
	g_autofree char *anchor = anchors_unique(island->a, wanted, NULL);
	node_set(copy, "id", anchor);
	if (!g_hash_table_contains(island->a->drawn, id))
		g_hash_table_insert(island->a->drawn, g_strdup(id), g_strdup(anchor));
}

static void each_rotonde(const Island *island, const char *only)
{
	for (guint i = 0; i < island->cases->len; i++) {
		const Case *c = island->cases->pdata[i];
		const xmlNode *list = xml_first(island_consult(island->a, c->file)->node, "rotondes");
		guint number = 0;
		for (const xmlNode *r = list != NULL ? xml_first(list, "rotonde") : NULL; r != NULL; r = xml_next(r, "rotonde")) {
			number++;
			if (only == NULL || g_strcmp0(xml_attribute(r, "id"), only) == 0)
				add_rotonde(island, island->to, c, r, number);
		}
	}
}

static void fill_rotondes(const Island *island)
{
	each_rotonde(island, NULL);
}

static void fill_rotonde(const Island *island)
{
	const Entity *e = index_lookup(island->a->w, xml_attribute(island->to, "ref"));
	g_autoptr(GPtrArray) owner = g_ptr_array_new();
	Island one = *island;

	if (e == NULL || strcmp(e->kind, "rotonde") != 0)
		return; /* reported with the references */
	g_ptr_array_add(owner, (gpointer)e->owner);
	one.cases = owner;
	each_rotonde(&one, e->id);
}

/* A person without what is nobody's business in print: how they are called, what they do, and for whom. */
static void fill_persons(const Island *island)
{
	static const char *const names[] = {"label", "function", NULL};

	for (guint i = 0; i < island->cases->len; i++) {
		const Case *c = island->cases->pdata[i];
		const xmlNode *list = xml_first(island_consult(island->a, c->file)->node, "persons");
		for (const xmlNode *p = list != NULL ? xml_first(list, "person") : NULL; p != NULL; p = xml_next(p, "person")) {
			const Entity *organisation = index_lookup(island->a->w, xml_attribute(p, "organisation"));
			xmlNode *to = add_shell(island->to, p, c->file->name);
			node_set(to, "case", c->id);
			copy_children(island, to, p, names);
			if (organisation != NULL && strcmp(organisation->kind, "organisation") == 0) {
				xmlNode *name = copy_to(island, to, entity_element(island->a->w, organisation));
				assembly_typeset(island->a, name, organisation->file);
				node_unset(name, "ref");
			}
		}
	}
}

/* The sessions among the sources, by date. */
static GPtrArray *sessions_of(const Island *island)
{
	GPtrArray *files = island_sources(island);
	guint n = 0;

	while (n < files->len && strcmp(((const DocumentFile *)files->pdata[n])->kind, "session") == 0)
		n++;
	g_ptr_array_set_size(files, (int)n);
	return files;
}

/* The sessions of one case, as marks in time. */
static void add_sessions(const Island *island, const GPtrArray *files, xmlNode *to, const Case *c)
{
	static const char *const names[] = {"title", NULL};

	for (guint i = 0; i < files->len; i++) {
		const Unit *unit = island_consult(island->a, files->pdata[i]);
		if (g_ptr_array_find(unit->cases, c, NULL) && !unit->all_cases)
			copy_children(island, add_shell(to, unit->node, unit->file->name), unit->node, names);
	}
}

static void fill_timeline(const Island *island)
{
	static const char *const names[] = {"title", "organisations", "care", NULL};
	g_autoptr(GPtrArray) files = sessions_of(island);

	for (guint i = 0; i < island->cases->len; i++) {
		const Case *c = island->cases->pdata[i];
		const xmlNode *root = island_consult(island->a, c->file)->node;
		const xmlNode *care = xml_first(root, "care"), *rotondes = xml_first(root, "rotondes");
		guint number = 0;
		if (care == NULL && rotondes == NULL)
			continue;
		xmlNode *to = add_shell(island->to, root, c->file->name);
		copy_children(island, to, root, names);
		for (const xmlNode *r = rotondes != NULL ? xml_first(rotondes, "rotonde") : NULL; r != NULL; r = xml_next(r, "rotonde"))
			add_number(island_copy(island, to, r, c->file->name), ++number);
		add_sessions(island, files, to, c);
	}
}

static void fill_sessions(const Island *island)
{
	static const char *const names[] = {"title", "place", "participants", "discussed", NULL};
	g_autoptr(GPtrArray) files = sessions_of(island);

	for (guint i = 0; i < files->len; i++) {
		const Unit *unit = island_consult(island->a, files->pdata[i]);
		copy_children(island, add_shell(island->to, unit->node, unit->file->name), unit->node, names);
	}
}

static void fill_reflections(const Island *island)
{
	g_autoptr(GPtrArray) files = sessions_of(island);

	for (guint i = 0; i < files->len; i++) {
		const Unit *unit = island_consult(island->a, files->pdata[i]);
		if (!word_listed(xml_attribute(island->to, "session"), unit->file->id))
			continue;
		for (const xmlNode *r = xml_first(unit->node, "reflection"); r != NULL; r = xml_next(r, "reflection")) {
			if (!word_listed(xml_attribute(island->to, "person"), xml_attribute(r, "person")))
				continue;
			xmlNode *copy = island_copy(island, island->to, r, unit->file->name);
			node_set(copy, "session", unit->file->id);
			node_set(copy, "date", xml_attribute(unit->node, "date"));
		}
	}
}

/* The publication's own edition; those before it come from its history. */
static void fill_editions(const Island *island)
{
	const xmlNode *root = xmlDocGetRootElement(island->a->tree);
	const xmlNode *edition = xml_first(root, "edition"), *date = xml_first(root, "date");
	xmlNode *to = node_add(island->to, "edition");

	if (edition != NULL) {
		g_autofree char *text = node_text(edition);
		node_set(to, "number", text);
	}
	if (date != NULL) {
		g_autofree char *text = node_text(date);
		node_set(to, "date", text);
	}
}

static void set_count(xmlNode *element, const DocumentCount *c)
{
	g_autofree char *quotes = g_strdup_printf("%u", c->quotes), *words = g_strdup_printf("%u", c->words);

	node_set(element, "quotes", quotes);
	node_set(element, "words", words);
}

static xmlNode *add_overview_row(xmlNode *to, const char *name, const DocumentRow *r, guint columns)
{
	xmlNode *row = node_add(to, name);

	node_set(row, "ref", r->id);
	node_set(row, "kind", r->kind);
	node_set(row, "title", *r->title != '\0' ? r->title : NULL);
	if (r->cells == NULL)
		return row;
	set_count(row, &r->all);
	for (guint k = 0; k < columns; k++)
		set_count(node_add(row, "cell"), &r->cells[k]);
	return row;
}

/* An overview in which nobody says anything leaves the island empty. */
static void add_overview(const Island *island, const DocumentOverview *o)
{
	if (o->total->all.quotes == 0)
		return;
	for (guint i = 0; i < o->columns->len; i++)
		add_overview_row(island->to, "column", o->columns->pdata[i], 0);
	for (guint i = 0; i < o->rows->len; i++)
		add_overview_row(island->to, "row", o->rows->pdata[i], o->columns->len);
	add_overview_row(island->to, "total", o->total, o->columns->len);
}

/* The ids of the island's cases, as a list. */
static char *case_list(const Island *island)
{
	g_autoptr(GStrvBuilder) ids = g_strv_builder_new();
	g_auto(GStrv) list = NULL;

	for (guint i = 0; i < island->cases->len; i++)
		if (((const Case *)island->cases->pdata[i])->id != NULL)
			g_strv_builder_add(ids, ((const Case *)island->cases->pdata[i])->id);
	list = g_strv_builder_end(ids);
	return g_strjoinv(" ", list);
}

static void fill_matrix(const Island *island)
{
	g_autoptr(GPtrArray) quotes = island_quotes(island);
	g_autofree char *cases = case_list(island);
	DocumentSelection selection = island_selection(island->to);
	const char *by = xml_attribute(island->to, "by");

	selection.cases = cases;
	g_autoptr(DocumentOverview) o = overview_of_threads(island->a, quotes, &selection, by != NULL ? by : "case");
	add_overview(island, o);
}

static void fill_voices(const Island *island)
{
	DocumentSelection selection = {.cases = xml_attribute(island->to, "case")};
	g_autoptr(DocumentOverview) o = overview_of_voices(xmlDocGetRootElement(island->a->tree), &selection);

	add_overview(island, o);
}

static const struct {
	const char *element;
	void (*fill)(const Island *island);
} fillers[] = {{"timeline", fill_timeline}, {"rotondes", fill_rotondes}, {"rotonde", fill_rotonde},
               {"quotes", island_fill_quotes}, {"elements", island_fill_elements}, {"persons", fill_persons},
               {"sessions", fill_sessions}, {"reflections", fill_reflections}, {"editions", fill_editions},
               {"changes", fill_editions}, {"matrix", fill_matrix}, {"voices", fill_voices}};

/* The island as its author wrote it, for messages. */
static char *as_written(const xmlNode *element)
{
	GString *out = g_string_new("<");

	g_string_append(out, (const char *)element->name);
	for (const xmlAttr *attribute = element->properties; attribute != NULL; attribute = attribute->next) {
		const char *name = (const char *)attribute->name;
		if (strcmp(name, "line") != 0 && strcmp(name, "column") != 0)
			g_string_append_printf(out, " %s=\"%s\"", name, xml_attribute(element, name));
	}
	g_string_append(out, "/>");
	return g_string_free(out, FALSE);
}

static char *case_names(const GPtrArray *cases)
{
	enum { SHOWN = 6 };
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < cases->len && i <= SHOWN; i++) {
		const Case *c = cases->pdata[i];
		g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", i == SHOWN ? "…" : c->id != NULL ? c->id : c->file->name);
	}
	return g_string_free(out, FALSE);
}

/* A thread runs through all cases, and the voices are those of the whole publication. */
static gboolean looks_everywhere(const Unit *unit, const xmlNode *element)
{
	static const char *const all[] = {"quotes", "elements", "matrix", NULL};

	return xml_is(element, "voices") ||
	       (strcmp(unit->file->kind, "thread") == 0 && g_strv_contains(all, (const char *)element->name));
}

/* In a thread's file quotes are those of the thread, unless another is asked for. */
static void default_thread(const Unit *unit, xmlNode *element)
{
	if (strcmp(unit->file->kind, "thread") == 0 && (xml_is(element, "quotes") || xml_is(element, "elements")) &&
	    xml_attribute(element, "thread") == NULL)
		node_set(element, "thread", unit->file->id);
}

/* The cases an island is about: those it names, or those at hand where it stands. */
static GPtrArray *island_cases(Assembly *a, const Unit *unit, const xmlNode *element)
{
	const char *written = xml_attribute(element, "case");
	GPtrArray *cases;

	if (written == NULL)
		return g_ptr_array_ref(unit->all_cases || looks_everywhere(unit, element) ? a->cases : unit->cases);
	cases = g_ptr_array_new();
	g_auto(GStrv) ids = split_words(written);
	for (char **id = ids; *id != NULL; id++) {
		const Case *c = index_case(a->w, *id);
		if (c != NULL && !g_ptr_array_find(cases, c, NULL))
			g_ptr_array_add(cases, (gpointer)c);
	}
	return cases;
}

static void note_cases(const Island *island)
{
	for (guint i = 0; i < island->cases->len; i++) {
		const Case *c = island->cases->pdata[i];
		assembly_note_input(island->a, c->file->name);
		if (c->id != NULL)
			g_hash_table_add(island->case_ids, (gpointer)c->id);
	}
}

/* Whether all that an island names exists; what does not was reported with the references. */
static gboolean all_known(Assembly *a, const xmlNode *element)
{
	static const char *const names[] = {"case", "thread", "speaker", "rotonde", "session", "person"};

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		g_auto(GStrv) words = split_words(xml_attribute(element, names[i]));
		for (char **word = words; *word != NULL; word++)
			if (index_lookup(a->w, *word) == NULL)
				return FALSE;
	}
	return TRUE;
}

static void fill_island(Assembly *a, const Unit *unit, xmlNode *element)
{
	g_autoptr(GPtrArray) cases = island_cases(a, unit, element);
	g_autofree char *written = as_written(element);
	g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
	Island island = {a, unit, element, cases, ids};

	default_thread(unit, element);
	Position at = xml_position(element);
	g_autofree char *opening = g_strconcat("<", (const char *)element->name, NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(fillers); i++) {
		if (!xml_is(element, fillers[i].element))
			continue;
		note_cases(&island);
		fillers[i].fill(&island);
		if (xml_first(element, NULL) != NULL || xml_is(element, "rotonde") || unit->uncertain || !all_known(a, element))
			return;
		at.focus = opening;
		g_autofree char *names = case_names(cases);
		diagnose(a->d, cases->len > 0 ? MSG_ISLAND_EMPTY : MSG_ISLAND_NO_CASE, &at, written, names);
	}
}

void island_gather(Assembly *a, const Unit *unit, xmlNode *element)
{
	g_autoptr(GPtrArray) cases = island_cases(a, unit, element);
	g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
	const Island island = {a, unit, element, cases, ids};

	note_cases(&island);
	for (gsize i = 0; i < G_N_ELEMENTS(fillers); i++)
		if (xml_is(element, fillers[i].element))
			fillers[i].fill(&island);
}

static void lead_to_drawn(Assembly *a)
{
	xmlNode *root = xmlDocGetRootElement(a->tree);

	for (xmlNode *n = root; n != NULL; n = xml_following(n, root)) {
		const char *href = xml_is(n, "a") ? xml_attribute(n, "href") : NULL;
		const Entity *e = href != NULL && *href == '#' ? index_lookup(a->w, href + 1) : NULL;
		if (e == NULL || strcmp(e->kind, "rotonde") != 0)
			continue;
		const char *drawn = g_hash_table_lookup(a->drawn, e->id);
		g_autofree char *key = g_strconcat(e->file->name, "\n", NULL);
		const char *id = drawn != NULL ? drawn : g_hash_table_lookup(a->anchors, key);
		if (id != NULL) {
			g_autofree char *target = g_strconcat("#", id, NULL);
			node_set(n, "href", target);
		}
	}
}

static void fill_all(Assembly *a, gboolean voices)
{
	for (guint i = 0; i < a->units->len; i++) {
		const Unit *unit = a->units->pdata[i];
		for (xmlNode *n = unit->node; n != NULL; n = unit_following(n, unit)) {
			xmlNode *element = xml_is(n, "island") ? xml_first(n, NULL) : NULL;
			if (element != NULL && xml_is(element, "voices") == voices)
				fill_island(a, unit, element);
		}
	}
}

void islands_fill(Assembly *a)
{
	fill_all(a, FALSE);
	fill_all(a, TRUE);
	lead_to_drawn(a);
}
