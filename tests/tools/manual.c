/* The manual's appendices that are made from the sources: manual messages | conditions | fo. Prints the whole chapter. */
#include "base/diagnostic.h"
#include "fo/values.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	char *code, *text, *hint, *level;
} Row;

static const struct {
	const char *level, *code, *text, *hint;
} messages[] = {
#define MESSAGE(id, level, code, en, nl, hint_en, hint_nl) {#level, code, nl, hint_nl},
#include "base/messages.def"
#undef MESSAGE
};

static const struct {
	const char *key, *text;
} conditions[] = {
#define CONDITION(id, key, en, nl) {key, nl},
#include "pdf/conditions.def"
#undef CONDITION
};

/* What the checker does not look at; the protocol's own numbers of the checkpoints. */
static const struct {
	const char *key, *why;
} unchecked[] = {
    {"01-001, 01-002", "of wat opsmuk is ook echt opsmuk is, en wat getagd is inhoud: dat beslist de huisstijl"},
    {"03", "flikkering: er beweegt niets in wat Rotonde maakt"},
    {"04", "of kleur of contrast de enige drager van betekenis is: het contrast wordt bij de huisstijl nagerekend"},
    {"05", "geluid: er zit geen geluid in"},
    {"08", "tekst in beeld (OCR): er is geen ingescande tekst"},
    {"12, 16", "uitgerekte tekens en lagen: komen niet voor"},
    {"13-001, 13-005 tot 13-008", "of een alternatieve tekst de lading dekt: dat kan alleen een mens beoordelen"},
    {"17, 22, 23, 24, 27, 29, 30", "formules, draden, handtekeningen, invoervelden, navigatie, scripts en externe objecten: komen niet voor"},
};

static void row_free(gpointer data)
{
	Row *row = data;

	g_free(row->code);
	g_free(row->text);
	g_free(row->hint);
	g_free(row->level);
	g_free(row);
}

static void add_row(GPtrArray *rows, const char *level, const char *code, const char *text, const char *hint)
{
	Row *row = g_new0(Row, 1);

	row->level = g_strdup(level);
	row->code = g_strdup(code);
	row->text = g_strdup(text);
	row->hint = g_strdup(hint);
	g_ptr_array_add(rows, row);
}

/* One row a code, whatever the number of messages that share it: the first with a hint that holds no name. */
static int compare(gconstpointer a, gconstpointer b)
{
	return strcmp((*(const Row *const *)a)->code, (*(const Row *const *)b)->code);
}

/* "%1" becomes "…", "|" and "<" are escaped, so that the table holds. */
static void print_cell(const char *text)
{
	for (const char *p = text; p != NULL && *p != '\0'; p++) {
		if (*p == '%' && g_ascii_isdigit(p[1])) {
			fputs("…", stdout);
			p++;
		} else if (strchr("|<>#*_[]`\\", *p) != NULL) {
			printf("\\%c", *p);
		} else {
			putchar(*p);
		}
	}
}

static const char *attribute(const xmlNode *n, const char *name)
{
	for (const xmlAttr *a = n->properties; a != NULL; a = a->next)
		if (strcmp((const char *)a->name, name) == 0)
			return (const char *)a->children->content;
	return NULL;
}

/* The words of a diagnostic without white space around; a value that is filled in is %1. tip: those of its tip, else those outside it. */
static char *text_of(const xmlNode *node, gboolean tip)
{
	GString *s = g_string_new(NULL), *clean = g_string_new(NULL);

	for (const xmlNode *n = node->children; n != NULL; n = n->next) {
		gboolean is_tip = n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, "span") == 0;
		if (is_tip && tip) {
			g_autofree char *inner = text_of(n, FALSE);
			g_string_append(s, inner);
		} else if (!is_tip && !tip && n->type == XML_TEXT_NODE) {
			g_string_append(s, (const char *)n->content);
		} else if (!is_tip && !tip && n->type == XML_ELEMENT_NODE) {
			g_string_append(s, "%1");
		}
	}
	g_auto(GStrv) words = g_strsplit_set(s->str, " \n\t", -1);
	g_string_free(s, TRUE);
	for (char **word = words; *word != NULL; word++)
		if (**word != '\0')
			g_string_append_printf(clean, "%s%s", clean->len > 0 ? " " : "", *word);
	return g_string_free(clean, FALSE);
}

/* Dutch texts and tips of the Schematron's diagnostics; the code of a message is the id of its diagnostic without "-nl". */
static void add_rules(GPtrArray *rows, const xmlNode *node)
{
	for (const xmlNode *n = node; n != NULL; n = n->next) {
		const char *id = n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, "diagnostic") == 0 ? attribute(n, "id") : NULL;
		if (id != NULL && g_str_has_suffix(id, "-nl")) {
			g_autofree char *text = text_of(n, FALSE), *tip = text_of(n, TRUE), *code = g_strndup(id, strlen(id) - 3);
			add_row(rows, "", code, text, tip);
		}
		if (n->type == XML_ELEMENT_NODE)
			add_rules(rows, n->children);
	}
}

static void print_messages(void)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(row_free);
	const char *last = "";

	for (guint i = 0; i < G_N_ELEMENTS(messages); i++)
		if (!g_str_has_prefix(messages[i].code, "fo-"))
			add_row(rows, messages[i].level, messages[i].code, messages[i].text, messages[i].hint);
	xmlDoc *rules = xmlReadFile("schemas/rules.sch", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (rules != NULL)
		add_rules(rows, xmlDocGetRootElement(rules));
	xmlFreeDoc(rules);
	g_ptr_array_sort(rows, compare);
	printf("<chapter id=\"meldingen\">\n  <title>Alle meldingen</title>\n</chapter>\n\n"
	       "**Iedere melding met haar code, op volgorde van het alfabet. Waar … staat, komt wat er in uw bestand staat.**\n\n"
	       "| code | wat er aan de hand is | wat u doet |\n|---|---|---|\n");
	for (guint i = 0; i < rows->len; i++) {
		const Row *row = rows->pdata[i];
		if (strcmp(row->code, last) == 0)
			continue;
		last = row->code;
		printf("| `%s` | ", row->code);
		print_cell(row->text);
		printf(" | ");
		print_cell(row->hint);
		printf(" |\n");
	}
}

static void print_conditions(void)
{
	printf("<chapter id=\"pdf-controle\">\n  <title>Wat er aan een PDF wordt nagekeken</title>\n</chapter>\n\n"
	       "**Iedere PDF die Rotonde maakt, wordt gemaakt naar PDF/UA-1 en daarna gelezen door een eigen controle, langs de voorwaarden van het "
	       "Matterhorn-protocol die een machine kan toetsen. Klopt er iets niet, dan komt er geen PDF.**\n\n"
	       "# Wat wel\n\n| voorwaarde | wat een fout is |\n|---|---|\n");
	for (guint i = 0; i < G_N_ELEMENTS(conditions); i++) {
		printf("| `%s` | ", conditions[i].key);
		print_cell(conditions[i].text);
		printf(" |\n");
	}
	printf("\n# Wat niet\n\n| controlepunt | waarom niet |\n|---|---|\n");
	for (guint i = 0; i < G_N_ELEMENTS(unchecked); i++)
		printf("| %s | %s |\n", unchecked[i].key, unchecked[i].why);
	printf("\nEen bewijs van conformiteit is dit niet: dat beweren wij pas van een bestand wanneer ook een mens ernaar gekeken heeft.\n");
}

/* ---- what of XSL-FO is taken: never more than a test shows ---- */

static const struct {
	const char *name, *text;
} limits[] = {
#define LIMIT(name, en, nl) {name, nl},
#include "fo/limits.def"
#undef LIMIT
};

static const char *limit_of(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(limits); i++)
		if (strcmp(limits[i].name, name) == 0)
			return limits[i].text;
	return NULL;
}

/* The names of all elements ("<block") and attributes ("@color") in the documents of tests/fo. */
static void collect_names(GHashTable *names, const xmlNode *node)
{
	for (const xmlNode *n = node; n != NULL; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		g_hash_table_add(names, g_strconcat("<", (const char *)n->name, NULL));
		for (const xmlAttr *a = n->properties; a != NULL; a = a->next)
			g_hash_table_add(names, g_strconcat("@", (const char *)a->name, NULL));
		collect_names(names, n->children);
	}
}

static GHashTable *tested_names(void)
{
	GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GDir) groups = g_dir_open("tests/fo", 0, NULL);
	const char *group, *file;

	while (groups != NULL && (group = g_dir_read_name(groups)) != NULL) {
		g_autofree char *path = g_build_filename("tests/fo", group, NULL);
		g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
		while (folder != NULL && (file = g_dir_read_name(folder)) != NULL) {
			g_autofree char *name = g_build_filename(path, file, NULL);
			xmlDoc *doc = g_str_has_suffix(file, ".fo") ? xmlReadFile(name, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING) : NULL;
			if (doc != NULL)
				collect_names(names, xmlDocGetRootElement(doc));
			xmlFreeDoc(doc);
		}
	}
	return names;
}

typedef enum { FULL, PARTLY, NOT, SUPPORTS } Support;

/* The rows of a table for what is taken in part, and names one after the other for what is, and is not, taken. */
typedef struct {
	GString *names[SUPPORTS];
	guint counts[SUPPORTS];
} Conformance;

static void conformance_start(Conformance *c)
{
	*c = (Conformance){0};
	for (int i = 0; i < SUPPORTS; i++)
		c->names[i] = g_string_new(NULL);
}

static void conformance_add(Conformance *c, Support support, const char *name, const char *what)
{
	GString *s = c->names[support];

	c->counts[support]++;
	if (support == PARTLY)
		g_string_append_printf(s, "| `%s` | %s |\n", name, what);
	else
		g_string_append_printf(s, "%s`%s`%s%s", s->len > 0 ? ", " : "", name, what != NULL ? " " : "", what != NULL ? what : "");
}

static void conformance_print(Conformance *c, const char *thing)
{
	printf("Wel (%u): %s.\n\nNiet (%u): %s.\n\nDeels (%u):\n\n| %s | wat niet |\n|---|---|\n%s", c->counts[FULL], c->names[FULL]->str, c->counts[NOT],
	       c->names[NOT]->str, c->counts[PARTLY], thing, c->names[PARTLY]->str);
	for (int i = 0; i < SUPPORTS; i++)
		g_string_free(c->names[i], TRUE);
}

static void add_objects(Conformance *c, GHashTable *tested)
{
	static const char *const all[] = {
#define ELEMENT(id, name, is, takes, how) name,
#include "fo/elements.def"
#undef ELEMENT
	};

	for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
		const ElementRow *row = &fo_elements[i];
		g_autofree char *key = g_strconcat("<", row->name, NULL);
		const char *limit = row->how & TRANSPARENT ? "alleen de inhoud wordt gezet" : limit_of(row->name);
		if (limit == NULL && !g_hash_table_contains(tested, key))
			limit = "geen toets";
		conformance_add(c, row->how & DROPPED ? NOT : limit != NULL ? PARTLY : FULL, row->name, row->how & DROPPED ? NULL : limit);
	}
}

/* "niet: hide, page" of the keywords that are marked; NULL: none is. */
static char *refused_keywords(const char *keywords)
{
	g_auto(GStrv) words = g_strsplit(keywords, " ", -1);
	GString *s = g_string_new(NULL);

	for (char **word = words; *word != NULL; word++)
		if (**word == '!')
			g_string_append_printf(s, "%s%s", s->len > 0 ? ", " : "niet: ", *word + 1);
	return g_string_free(s, s->len == 0);
}

static gboolean is_tested_property(GHashTable *tested, const char *name)
{
	const char *local = strchr(name, ':') != NULL ? strchr(name, ':') + 1 : name;
	g_autofree char *key = g_strconcat("@", local, NULL);

	return g_hash_table_contains(tested, key);
}

static void add_properties(Conformance *c, GHashTable *tested)
{
	for (guint i = 0; i < FO_PROPERTY_COUNT; i++) {
		const PropertyRow *row = &fo_properties[i];
		g_autofree char *refused = refused_keywords(row->keywords);
		const char *limit = limit_of(row->name), *what = limit != NULL ? limit : refused;
		if (what == NULL && !is_tested_property(tested, row->name))
			what = "geen toets";
		if (row->type & T_UNSUPPORTED)
			conformance_add(c, NOT, row->name, NULL);
		else if (!(row->type & T_AURAL))
			conformance_add(c, what != NULL ? PARTLY : FULL, row->name, what);
	}
}

static void print_fo(void)
{
	g_autoptr(GHashTable) tested = tested_names();
	Conformance c;

	printf("<chapter id=\"xsl-fo\">\n  <title>Wat de zetter van XSL-FO kent</title>\n</chapter>\n\n"
	       "**Voor wie zelf opmaak schrijft, of een ander document laat zetten met `rotonde format`: ieder object en iedere eigenschap van XSL 1.1, zoals de "
	       "broncode ze kent. Wat hier volledig heet, heeft een toets.**\n\nWat niet wordt ondersteund, wordt bij het zetten gemeld, met de regel. De eigenschappen "
	       "voor geluid staan er niet bij: op papier doen zij niets.\n\n# Objecten\n\n");
	conformance_start(&c);
	add_objects(&c, tested);
	conformance_print(&c, "object");
	printf("\n# Eigenschappen\n\n");
	conformance_start(&c);
	add_properties(&c, tested);
	conformance_print(&c, "eigenschap");
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "messages") == 0)
		print_messages();
	else if (argc > 1 && strcmp(argv[1], "conditions") == 0)
		print_conditions();
	else if (argc > 1 && strcmp(argv[1], "fo") == 0)
		print_fo();
	else
		return 2;
	return 0;
}
