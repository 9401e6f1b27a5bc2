/* References by id: every attribute that names something, one row each. */
#include "document/room.h"

#include <string.h>

enum { LIST = 1, SELF = 2, LABELLED = 4 };

/* By element. */
static const struct {
	const char *element, *attribute, *kind;
	int flags;
} rows[] = {
    {"appendix", "case", "case", LIST},
    {"chapter", "case", "case", LIST},
    {"consent", "by", "person", SELF},
    {"discussed", "rotondes", "rotonde", LIST},
    {"elements", "thread", "thread", LIST},
    {"elements", "speaker", "person", LIST},
    {"elements", "case", "case", LIST},
    {"elements", "rotonde", "rotonde", LIST},
    {"elements", "session", "session", LIST},
    {"matrix", "thread", "thread", LIST},
    {"matrix", "speaker", "person", LIST},
    {"matrix", "case", "case", LIST},
    {"matrix", "rotonde", "rotonde", LIST},
    {"matrix", "session", "session", LIST},
    {"participant", "ref", "person", LABELLED},
    {"period", "organisation", "organisation", 0},
    {"person", "organisation", "organisation", 0},
    {"persons", "case", "case", LIST},
    {"quotes", "thread", "thread", LIST},
    {"quotes", "speaker", "person", LIST},
    {"quotes", "case", "case", LIST},
    {"quotes", "rotonde", "rotonde", LIST},
    {"quotes", "session", "session", LIST},
    {"reflection", "person", "person", LABELLED},
    {"reflection", "case", "case", LIST},
    {"reflections", "case", "case", LIST},
    {"reflections", "session", "session", LIST},
    {"reflections", "person", "person", LIST},
    {"rotonde", "confirmed-by", "person", LIST},
    {"rotonde", "ref", "rotonde", 0},
    {"rotondes", "case", "case", LIST},
    {"session", "case", "case", LIST},
    {"sessions", "case", "case", LIST},
    {"thread", "case", "case", LIST},
    {"timeline", "case", "case", LIST},
    {"voices", "case", "case", LIST},
};

static const struct {
	const char *kind;
	MessageId near, list; /* with the one that was meant, with those that are known */
} messages[] = {{"person", MSG_PERSON_UNKNOWN, MSG_PERSON_UNKNOWN_LIST},
                {"organisation", MSG_ORGANISATION_UNKNOWN, MSG_ORGANISATION_UNKNOWN_LIST},
                {"rotonde", MSG_ROTONDE_UNKNOWN, MSG_ROTONDE_UNKNOWN_LIST},
                {"case", MSG_CASE_UNKNOWN, MSG_CASE_UNKNOWN_LIST},
                {"session", MSG_SESSION_UNKNOWN, MSG_SESSION_UNKNOWN_LIST},
                {"thread", MSG_THREAD_UNKNOWN, MSG_THREAD_UNKNOWN_LIST}};

/* The ids of a kind that the cases at hand hold; NULL-terminated. */
static GPtrArray *ids_at_hand(Assembly *a, const Unit *unit, const char *kind)
{
	enum { CASES = 20 };
	const GPtrArray *cases = unit->all_cases ? a->cases : unit->cases;
	GPtrArray *ids = g_ptr_array_new();

	for (guint i = 0; i < cases->len && i < CASES; i++) {
		const Case *c = cases->pdata[i];
		for (const xmlNode *group = xml_first(case_root(a->w, c), NULL); group != NULL; group = xml_next(group, NULL))
			for (const xmlNode *n = xml_first(group, kind); n != NULL; n = xml_next(n, kind))
				if (xml_attribute(n, "id") != NULL)
					g_ptr_array_add(ids, (gpointer)xml_attribute(n, "id"));
	}
	g_ptr_array_add(ids, NULL);
	return ids;
}

/* A dozen that are known: at hand, else in the whole workspace. */
static char *list_known(Assembly *a, const Unit *unit, const char *kind)
{
	enum { LISTED = 12 };
	g_autoptr(GPtrArray) near = ids_at_hand(a, unit, kind);
	const GPtrArray *all = g_hash_table_lookup(a->w->kinds, kind);
	const GPtrArray *ids = near->len > 1 || all == NULL ? near : all;
	GString *out = g_string_new(NULL);

	for (guint i = 0; i <= LISTED && ids->pdata[i] != NULL; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", i < LISTED ? (const char *)ids->pdata[i] : "…");
	return g_string_free(out, FALSE);
}

static void report_unknown(Assembly *a, const Unit *unit, const Position *at, const char *kind, const char *word, const char *near)
{
	gsize i = 0;

	while (strcmp(messages[i].kind, kind) != 0)
		i++;
	if (near != NULL) {
		diagnose(a->d, messages[i].near, at, word, near);
		return;
	}
	g_autofree char *known = list_known(a, unit, kind);
	diagnose(a->d, messages[i].list, at, word, known);
}

/* Somebody's label where their id belongs. */
static const char *suggest_by_label(Assembly *a, const Unit *unit, const char *word)
{
	g_autofree char *folded = label_fold(word);
	g_autoptr(GPtrArray) persons = scope_find_persons(a, unit, folded);

	return persons != NULL && persons->len > 0 ? ((const Person *)persons->pdata[0])->id : NULL;
}

/* First among what the cases at hand hold, then in the whole workspace. */
static const char *suggest(Assembly *a, const Unit *unit, const char *kind, const char *word)
{
	const GPtrArray *all = g_hash_table_lookup(a->w->kinds, kind);
	g_autoptr(GPtrArray) near = ids_at_hand(a, unit, kind);
	const char *found = strcmp(kind, "person") == 0 ? suggest_by_label(a, unit, word) : NULL;

	if (found != NULL || all == NULL)
		return found;
	found = assembly_suggest(word, (const char *const *)near->pdata);
	return found != NULL ? found : assembly_suggest(word, (const char *const *)all->pdata);
}

static void check_word(Assembly *a, const Unit *unit, xmlNode *element, gsize row, const char *word)
{
	const Entity *e = index_lookup(a->w, word);
	const char *kind = rows[row].kind;

	if (e != NULL && strcmp(e->kind, kind) == 0) {
		if ((rows[row].flags & LABELLED) != 0 && a->tree != NULL) {
			g_autofree char *label = assembly_label(a, e->person);
			node_set(element, "label", label);
			node_set(element, "role", e->person->role);
		}
		return;
	}
	if (e == NULL && index_is_lost(a->w, word))
		return;
	Position at = place_attribute(a->w, element, rows[row].attribute, word);
	if (e != NULL) {
		g_autofree char *known = list_known(a, unit, kind);
		diagnose(a->d, MSG_REFERENCE_KIND, &at, word, e->kind, kind, known);
	} else {
		report_unknown(a, unit, &at, kind, word, suggest(a, unit, kind, word));
	}
}

static void check_row(Assembly *a, const Unit *unit, xmlNode *element, gsize row)
{
	const char *value = xml_attribute(element, rows[row].attribute);

	if (value == NULL || *value == '\0' || ((rows[row].flags & SELF) != 0 && strcmp(value, "self") == 0))
		return; /* of an empty value the schema speaks */
	if ((rows[row].flags & LIST) == 0) {
		check_word(a, unit, element, row, value);
		return;
	}
	g_auto(GStrv) words = split_words(value);
	for (char **word = words; *word != NULL; word++)
		check_word(a, unit, element, row, *word);
}

/* Two persons of one case who bear the same label cannot be told apart in its quotes. */
static void check_labels(Assembly *a, const Unit *unit)
{
	const Case *c = g_hash_table_lookup(a->w->case_roots, unit->file);
	const xmlNode *persons = c != NULL ? xml_first(case_root(a->w, c), "persons") : NULL;
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (const xmlNode *n = persons != NULL ? xml_first(persons, "person") : NULL; n != NULL; n = xml_next(n, "person")) {
		const xmlNode *element = xml_first(n, "label");
		g_autofree char *label = element != NULL ? node_text(element) : g_strdup("");
		char *folded = label_fold(label);
		const xmlNode *first = g_hash_table_lookup(seen, folded);
		if (*label == '\0' || first == NULL) {
			g_hash_table_insert(seen, folded, (gpointer)n);
			continue;
		}
		Position at = xml_position(element);
		g_autofree char *place = g_strdup_printf("%s:%d", unit->file->name, xml_position(first).line);
		at.file = unit->file->name;
		at.focus = label;
		diagnose(a->d, MSG_LABEL_TWICE, &at, label, place);
		g_free(folded);
	}
}

static guint8 first_rows[26]; /* by the initial of an element: the first row, or how many there are */

static gpointer find_initials(gpointer unused)
{
	(void)unused;
	memset(first_rows, G_N_ELEMENTS(rows), sizeof first_rows);
	for (gsize i = G_N_ELEMENTS(rows); i-- > 0;)
		first_rows[rows[i].element[0] - 'a'] = (guint8)i;
	return NULL;
}

/* The rows of an element are those from the first on until one more. Every element of every file asks. */
static gsize first_row(const xmlNode *element, gsize *end)
{
	static GOnce once = G_ONCE_INIT;
	const char initial = ((const char *)element->name)[0];
	gsize i = G_N_ELEMENTS(rows);

	g_once(&once, find_initials, NULL);
	if (element->properties != NULL && g_ascii_islower(initial))
		i = first_rows[initial - 'a'];
	while (i < G_N_ELEMENTS(rows) && rows[i].element[0] == initial && !xml_is(element, rows[i].element))
		i++;
	*end = i;
	while (*end < G_N_ELEMENTS(rows) && xml_is(element, rows[*end].element))
		++*end;
	return i;
}

static void check_element(Assembly *a, const Unit *unit, xmlNode *element)
{
	gsize end;

	if (element->type != XML_ELEMENT_NODE)
		return;
	for (gsize i = first_row(element, &end); i < end; i++)
		check_row(a, unit, element, i);
}

void references_check(Assembly *a, const Unit *unit)
{
	if (xml_is(unit->node, "body")) /* of a part: its chapter's own element is not in the tree */
		check_element(a, unit, read_root(a->w, unit->file));
	for (xmlNode *n = unit->node; n != NULL; n = unit_following(n, unit))
		check_element(a, unit, n);
	check_labels(a, unit);
}

/* A case that a file of quotes names and that nobody knows: which publication would have drawn from it nobody knows either. */
void references_check_strays(Assembly *a)
{
	for (guint i = 0; i < a->w->files->len; i++) {
		const Record *r = a->w->files->pdata[i];
		g_auto(GStrv) ids = source_is_kind(r->file.kind) ? split_words(r->cases) : NULL;
		gboolean known = TRUE;
		for (char **id = ids; id != NULL && *id != NULL; id++)
			known = known && index_case(a->w, *id) != NULL;
		if (known || g_hash_table_contains(a->taken, r) || g_hash_table_contains(a->consulted, r))
			continue;
		Unit unit = {.file = &r->file, .node = read_root(a->w, &r->file), .cases = a->cases};
		if (unit.node != NULL)
			check_element(a, &unit, unit.node);
	}
}

void references_ask(const xmlNode *element, GArray *questions, GStringChunk *strings)
{
	gsize end;

	for (gsize i = first_row(element, &end); i < end; i++) {
		const char *value = xml_attribute(element, rows[i].attribute);
		if (value == NULL || ((rows[i].flags & SELF) != 0 && strcmp(value, "self") == 0))
			continue;
		g_auto(GStrv) words = (rows[i].flags & LIST) != 0 ? split_words(value) : g_strsplit(value, "\n", 1);
		for (char **word = words; *word != NULL; word++) {
			Question q = {g_string_chunk_insert(strings, *word), NULL, (int)i};
			g_array_append_val(questions, q);
		}
	}
}

gboolean references_hold(const Workspace *w, const Question *question)
{
	const Entity *e = index_lookup(w, question->word);

	return e != NULL && strcmp(e->kind, rows[question->what].kind) == 0;
}
