/* The checker: what libxml2 finds invalid is explained, and nothing else is; dates; what an author cannot bring about. */
#include "base/file.h"
#include "check/check.h"
#include "check/content.h"
#include "check/explain.h"
#include "check/rules.h"
#include "check/value.h"
#include "source/source.h"
#include "transform/transform.h"

#include <glib/gstdio.h>
#include <libxml/xmlschemas.h>
#include <math.h>
#include <string.h>

typedef struct {
	xmlDoc *xsd;
	xmlSchema *compiled;
	xmlSchemaValidCtxt *context;
	Schema *schema;
	gboolean invalid;
} Fixture;

static void note_error(void *data, xmlError *error)
{
	Fixture *f = data;

	f->invalid = f->invalid || error->code != XML_SCHEMAV_CVC_IDC;
}

static void set_up(Fixture *f, gconstpointer data)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	xmlSchemaParserCtxt *parser;

	(void)data;
	f->xsd = xml_load("schemas/rotonde.xsd", NULL, d);
	parser = xmlSchemaNewDocParserCtxt(f->xsd);
	f->compiled = xmlSchemaParse(parser);
	xmlSchemaFreeParserCtxt(parser);
	f->context = xmlSchemaNewValidCtxt(f->compiled);
	xmlSchemaSetValidStructuredErrors(f->context, (xmlStructuredErrorFunc)note_error, f);
	f->schema = schema_new(f->xsd);
}

static void tear_down(Fixture *f, gconstpointer data)
{
	(void)data;
	schema_free(f->schema);
	xmlSchemaFreeValidCtxt(f->context);
	xmlSchemaFree(f->compiled);
	xmlFreeDoc(f->xsd);
}

static gboolean is_valid(Fixture *f, xmlDoc *doc)
{
	f->invalid = FALSE;
	xmlSchemaValidateDoc(f->context, doc);
	return !f->invalid;
}

/* ---- random damage ---- */

static const char *const names[] = {"title", "label", "person", "persons", "exit", "date", "subtitle", "titel", "case", "chapter", "x",
                                    "body", "author", "head", "em", "consent", "rotonde", "lead", "name", "keyword"};
static const char *const attributes[] = {"role", "kind", "date", "status", "href", "alt", "taken", "priority", "from", "until", "kleur",
                                         "stagnation", "for", "age-band", "numbered", "scope"};
static const char *const values[] = {"", "youth", "school", "2024-02-30", "2024-03-08", "2024-13", "2019", "yes", "3", "0", "ja",
                                     "text quote", "factual", "text qoute", " interim ", "18+", "none", "publication"};

#define PICK(list) ((list)[g_rand_int_range(r, 0, G_N_ELEMENTS(list))])

static xmlNode *pick_element(GRand *r, xmlNode *root)
{
	guint n = 0;
	xmlNode *found = root;

	for (xmlNode *e = root; e != NULL; e = xml_following(e, root)) {
		if (xml_is(e, "body"))
			break; /* what the program makes of Markdown cannot be wrong in these ways */
		if (e->type == XML_ELEMENT_NODE && g_rand_int_range(r, 0, (gint32)++n) == 0)
			found = e;
	}
	return found;
}

static void damage(GRand *r, xmlNode *root)
{
	xmlNode *a = pick_element(r, root), *b = pick_element(r, root);

	switch (g_rand_int_range(r, 0, 8)) {
	case 0:
		if (a != root) {
			xmlUnlinkNode(a);
			xmlFreeNode(a);
		}
		break;
	case 1:
		if (a != root)
			xmlNodeSetName(a, BAD_CAST PICK(names));
		break;
	case 2:
		xmlAddNextSibling(b != root ? b : root->children, xmlDocCopyNode(a, root->doc, 1));
		break;
	case 3:
		if (a != root && b->parent != NULL && b != root && a != b->parent && xml_following(a, a) == NULL)
			xmlAddPrevSibling(b, a);
		break;
	case 4:
		xmlAddChild(a, xmlNewDocText(root->doc, BAD_CAST "losse tekst"));
		break;
	case 5:
		xmlSetProp(a, BAD_CAST PICK(attributes), BAD_CAST PICK(values));
		break;
	case 6:
		if (a->properties != NULL)
			xmlUnsetProp(a, a->properties->name);
		break;
	default:
		xmlNewChild(a, NULL, BAD_CAST PICK(names), g_rand_boolean(r) ? BAD_CAST "iets" : NULL);
	}
}

static const char *const samples[] = {"tests/check/element-ontbreekt/good.md",    "tests/check/waarde-onbekend/good.md",
                                      "tests/check/tekst-los/good.md",            "tests/check/element-in-tekst/good.md",
                                      "tests/check/eigenschap-ontbreekt/good.md", "tests/check/datum-bestaat-niet/good.md",
                                      "tests/check/element-plaats/good.md",       "tests/check/onderdeel-inhoud/good.md"};

static void test_explains_exactly_what_is_invalid(Fixture *f, gconstpointer data)
{
	GRand *r = g_rand_new_with_seed(4711);
	guint wrong = 0;

	(void)data;
	for (guint i = 0; i < 6000; i++) {
		const char *path = samples[i % G_N_ELEMENTS(samples)];
		g_autoptr(GBytes) text = file_load(path, FILE_LIMIT, NULL);
		g_autoptr(Diagnostics) d = diagnostics_new();
		g_autoptr(xmlDoc) doc = source_read(text, "x.md", "nl", d);
		int times = g_rand_int_range(r, 1, 4);
		g_assert_cmpuint(diagnostics_length(d), ==, 0);
		for (int k = 0; k < times; k++)
			damage(r, xmlDocGetRootElement(doc));
		gboolean valid = is_valid(f, doc);
		guint said = explain_tree(f->schema, doc, NULL, d);
		wrong += !valid;
		if (valid != (said == 0)) {
			xmlDocDump(stderr, doc);
			g_error("%s: valid %d, messages %u: %s", path, valid, said, said > 0 ? diagnostics_peek(d, 0)->text[LANGUAGE_EN] : "");
		}
	}
	g_assert_cmpuint(wrong, >, 3000);
	g_assert_cmpuint(wrong, <, 5900);
	g_rand_free(r);
}

static void test_each_single_mistake_once(Fixture *f, gconstpointer data)
{
	GRand *r = g_rand_new_with_seed(17);

	(void)data;
	for (guint i = 0; i < 3000; i++) {
		g_autoptr(GBytes) text = file_load(samples[i % G_N_ELEMENTS(samples)], FILE_LIMIT, NULL);
		g_autoptr(Diagnostics) d = diagnostics_new();
		g_autoptr(xmlDoc) doc = source_read(text, "x.md", "nl", d);
		xmlNode *root = xmlDocGetRootElement(doc), *a = pick_element(r, root);
		if (i % 2 == 0 && a->properties != NULL)
			xmlUnsetProp(a, a->properties->name);
		else if (a->next != NULL)
			xmlAddNextSibling(a->next, a);
		guint said = explain_tree(f->schema, doc, NULL, d);
		if (said > 1) {
			xmlDocDump(stderr, doc);
			g_error("%u messages: %s; %s", said, diagnostics_peek(d, 0)->text[LANGUAGE_EN], diagnostics_peek(d, 1)->text[LANGUAGE_EN]);
		}
	}
	g_rand_free(r);
}

/* ---- documentation ---- */

static void check_documented(const char *path)
{
	static const char *const documented[] = {"element", "attribute", "enumeration", "anyAttribute", NULL};
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(xmlDoc) xsd = xml_load(path, NULL, d);
	xmlNode *root = xmlDocGetRootElement(xsd);
	guint n = 0;

	for (xmlNode *e = root; e != NULL; e = xml_following(e, root)) {
		if (e->type != XML_ELEMENT_NODE || !g_strv_contains(documented, (const char *)e->name))
			continue;
		for (Language language = LANGUAGE_EN; language <= LANGUAGE_NL; language++) {
			g_autofree char *words = schema_words(e, language);
			if (*words == '\0')
				g_error("%s:%ld: <%s> '%s' is not documented", path, xmlGetLineNo(e), (const char *)e->name, schema_name(e));
		}
		n++;
	}
	g_assert_cmpuint(n, >, 50);
}

static void test_everything_is_documented(void)
{
	check_documented("schemas/rotonde.xsd");
}

/* ---- dates ---- */

static void test_guesses_dates(void)
{
	static const struct {
		const char *written, *day, *moment;
	} rows[] = {{"14-03-2025", "2025-03-14", "2025-03-14"}, {"14/3/2025", "2025-03-14", "2025-03-14"},
	            {"14.3.2025", "2025-03-14", "2025-03-14"},  {"3/14/2025", "2025-03-14", "2025-03-14"},
	            {"2025-3-4", "2025-03-04", "2025-03-04"},   {"2025-14-03", "2025-03-14", "2025-03-14"},
	            {"20250314", "2025-03-14", "2025-03-14"},   {"14 maart 2025", "2025-03-14", "2025-03-14"},
	            {"14 mrt. 2025", "2025-03-14", "2025-03-14"}, {"March 14, 2025", "2025-03-14", "2025-03-14"},
	            {"vrijdag 14 mei 2025", "2025-05-14", "2025-05-14"}, {"maart 2025", NULL, "2025-03"},
	            {"03-2025", NULL, "2025-03"},               {"2025/3", NULL, "2025-03"},
	            {"zomer 2025", NULL, "2025"},               {"14-03-25", NULL, NULL},
	            {"31-02-2025", NULL, NULL},                 {"heden", NULL, NULL},
	            {"", NULL, NULL},                           {"99999999", NULL, NULL}};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *day = value_guess_date(rows[i].written, FALSE), *moment = value_guess_date(rows[i].written, TRUE);
		g_assert_cmpstr(day, ==, rows[i].day);
		g_assert_cmpstr(moment, ==, rows[i].moment);
	}
	g_assert_cmpint(value_month_length("2025-02-30"), ==, 28);
	g_assert_cmpint(value_month_length("2024-02-30"), ==, 29);
	g_assert_cmpint(value_month_length("2025-13-01"), ==, 0);
	g_assert_cmpint(value_month_length("2025-2-30"), ==, -1);
}

/* ---- what an author cannot bring about ---- */

static void test_unusable_schema(void)
{
	g_autofree char *share = g_dir_make_tmp("rotonde-XXXXXX", NULL);
	g_autofree char *folder = g_build_filename(share, "schemas", NULL), *path = g_build_filename(folder, "rotonde.xsd", NULL);
	static const char text[] = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='x' type='y'/></xs:schema>";
	g_autoptr(Diagnostics) d = diagnostics_new();

	g_assert_true(file_save(path, text, strlen(text), NULL));
	g_assert_null(checker_new(share, d));
	g_assert_cmpuint(diagnostics_length(d), ==, 1);
	g_assert_cmpstr(diagnostics_peek(d, 0)->code, ==, "schema-onbruikbaar");
	remove(path);
	remove(folder);
	remove(share);
}

/* An element in a namespace of its own is invalid, and looks right to the explainer. */
static void test_says_something_of_the_unexplained(void)
{
	static const char text[] = "<chapter id='x' file='x.md' line='1'><t:title xmlns:t='urn:t' line='2'>A</t:title><body/></chapter>";
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(Checker) checker = checker_new(".", d);
	g_autoptr(xmlDoc) doc = xml_parse(text, strlen(text), "x.md", d);

	checker_validate(checker, doc, d);
	g_assert_cmpuint(diagnostics_length(d), ==, 1);
	g_assert_cmpstr(diagnostics_peek(d, 0)->code, ==, "schema");
	g_assert_cmpstr(diagnostics_peek(d, 0)->file, ==, "x.md");
}

static void test_broken_front_matter_is_passed_over(void)
{
	static const char text[] = "<chapter broken='yes' file='x.md' line='1'><titel line='2'>A</titel><body/></chapter>";
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(Checker) checker = checker_new(".", d);
	g_autoptr(xmlDoc) doc = xml_parse(text, strlen(text), "x.md", d);

	checker_validate(checker, doc, d);
	g_assert_cmpuint(diagnostics_length(d), ==, 0);
}

/* ---- rules ---- */

static void test_contrast(void)
{
	g_assert_cmpfloat_with_epsilon(rules_contrast("#000000", "#ffffff"), 21, 0.001);
	g_assert_cmpfloat_with_epsilon(rules_contrast("#ffffff", "#777777"), 4.478, 0.001);
	g_assert_cmpfloat_with_epsilon(rules_contrast("#00545F", "#00545f"), 1, 0.001);
	g_assert_true(isnan(rules_contrast("#fff", "#000000")));
	g_assert_true(isnan(rules_contrast("#000000", "grey")));
	g_assert_true(isnan(rules_contrast("", "#00000g")));
}

static gboolean has_code(const Diagnostics *d, const char *code)
{
	for (guint i = 0; i < diagnostics_length(d); i++)
		if (strcmp(diagnostics_peek(d, i)->code, code) == 0)
			return TRUE;
	return FALSE;
}

/* Words of somebody whom nobody knows do not slip through for want of a person to ask about. */
static void test_nobody_is_no_consent(void)
{
	static const struct {
		const char *document;
		gboolean refused;
	} cases[] = {{"<publication id='p' profile='public'><body><quote speaker='x' label='X'><p>Ja.</p></quote></body></publication>", TRUE},
	             {"<publication id='p' profile='public'><consents><person ref='x' role='parent'><label>X</label>"
	              "<consent status='given' on='2020-01-01' by='self' for='quote' scope='publication'/></person></consents>"
	              "<body><quote speaker='x' label='X'><p>Ja.</p></quote></body></publication>", FALSE},
	             {"<chapter id='p'><body><quote speaker='x' label='X'><p>Ja.</p></quote></body></chapter>", FALSE}};
	g_autoptr(Diagnostics) found = diagnostics_new();
	g_autoptr(Checker) checker = checker_new(".", found);
	ConsentPolicy policy;

	g_assert_true(checker_read_policy(".", "tests", &policy, found));
	g_autofree char *line = consent_policy_write(&policy);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Diagnostics) d = diagnostics_new();
		g_autoptr(xmlDoc) doc = xmlReadMemory(cases[i].document, (int)strlen(cases[i].document), NULL, NULL, XML_PARSE_NONET);
		CheckerParameters parameters = {.profile = "public", .today = "2025-06-01", .policy = line};
		checker_run_rules(checker, doc, &parameters, d);
		g_assert_cmpint(has_code(d, "toestemming-ontbreekt"), ==, cases[i].refused);
	}
}

/* A share folder of its own, with these rules. */
static Diagnostics *run_rules(const char *pattern, const char *document)
{
	g_autofree char *share = g_dir_make_tmp("rotonde-XXXXXX", NULL), *schemas = g_build_filename(share, "schemas", NULL);
	g_autofree char *sheets = g_build_filename(share, "stylesheets", NULL), *rules = g_build_filename(sheets, "rules", NULL);
	g_autofree char *path = g_build_filename(schemas, "rules.sch", NULL), *compiler = g_build_filename(rules, "schematron.xsl", NULL);
	g_autofree char *text = g_strdup_printf("<sch:schema xmlns:sch='http://purl.oclc.org/dsdl/schematron' xml:lang='en'>%s</sch:schema>", pattern);
	g_autoptr(GBytes) source = file_load("stylesheets/rules/schematron.xsl", FILE_LIMIT, NULL);
	const char *const roots[] = {share, NULL}, *const usual[] = {".", NULL};
	Diagnostics *d = diagnostics_new();
	CheckerParameters parameters = {"public", "2025-06-15", NULL};

	g_assert_true(file_save(path, text, strlen(text), NULL));
	g_assert_true(file_save(compiler, g_bytes_get_data(source, NULL), g_bytes_get_size(source), NULL));
	transform_start(roots);
	g_autoptr(Rules) compiled = rules_new(share, d);
	g_autoptr(xmlDoc) doc = xml_parse(document, strlen(document), "x.md", d);
	if (compiled != NULL)
		rules_run(compiled, doc, &parameters, d);
	diagnostics_sort(d);
	transform_start(usual);
	g_remove(path);
	g_remove(compiler);
	g_rmdir(rules);
	g_rmdir(sheets);
	g_rmdir(schemas);
	g_rmdir(share);
	return d;
}

static char *codes(const Diagnostics *d)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < diagnostics_length(d); i++)
		g_string_append_printf(out, "%s%s:%d", i > 0 ? " " : "", diagnostics_peek(d, i)->code, diagnostics_peek(d, i)->line);
	return g_string_free(out, FALSE);
}

#define TREE "<a file='x.md' line='1'><b line='2' x='1'><c line='3'>one</c></b><b line='4'><c line='5'/></b></a>"

static void test_compiles_schematron(void)
{
	static const struct {
		const char *pattern, *found;
	} rows[] = {
	    {"<sch:pattern><sch:rule context='b'><sch:assert id='k' test='@x'>t</sch:assert></sch:rule></sch:pattern>", "k:4"},
	    {"<sch:pattern><sch:rule context='b'><sch:report id='k' test='@x'>t</sch:report></sch:rule></sch:pattern>", "k:2"},
	    /* the first rule that fits is the one that counts, in each pattern for itself */
	    {"<sch:pattern><sch:rule context='b[@x]'><sch:report id='k' test='true()'>t</sch:report></sch:rule>"
	     "<sch:rule context='b | c'><sch:report id='l' test='true()'>t</sch:report></sch:rule></sch:pattern>"
	     "<sch:pattern><sch:rule context='a/b'><sch:report id='m' test='c = \"one\"'>t</sch:report></sch:rule></sch:pattern>",
	     "k:2 m:2 l:3 l:4 l:5"},
	    /* abstract rules, variables of schema, pattern and rule, the subject's place */
	    {"<sch:let name='v' value='1'/><sch:pattern><sch:let name='w' value='$v'/><sch:rule abstract='true' id='r'><sch:let name='z' value='$w'/>"
	     "<sch:assert id='k' subject='c' test='count(c) &gt; $z'>t</sch:assert></sch:rule><sch:rule context='b'><sch:extends rule='r'/></sch:rule>"
	     "</sch:pattern>",
	     "k:3 k:5"},
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Diagnostics) d = run_rules(rows[i].pattern, TREE);
		g_autofree char *found = codes(d);
		g_assert_cmpstr(found, ==, rows[i].found);
	}
}

static void test_schematron_words(void)
{
	g_autoptr(Diagnostics) d =
	    run_rules("<sch:pattern><sch:rule context='c'><sch:report id='k' role='note' test='. != \"\"' diagnostics='n' properties='p'>about <sch:name/>"
	              "</sch:report></sch:rule></sch:pattern><sch:diagnostics><sch:diagnostic id='n' xml:lang='nl'>over <sch:value-of select='.'/>\n"
	              " <sch:span class='tip'>doe iets met <sch:name path='..'/></sch:span></sch:diagnostic></sch:diagnostics>"
	              "<sch:properties><sch:property id='p'><sch:value-of select='substring(., 2)'/></sch:property></sch:properties>",
	              TREE);

	g_assert_cmpuint(diagnostics_length(d), ==, 1);
	const Diagnostic *m = diagnostics_peek(d, 0);
	g_assert_cmpint(m->level, ==, LEVEL_NOTE);
	g_assert_cmpstr(m->text[LANGUAGE_NL], ==, "over one");
	g_assert_cmpstr(m->hint[LANGUAGE_NL], ==, "doe iets met b");
	g_assert_cmpstr(m->text[LANGUAGE_EN], ==, "over one");
	g_assert_cmpstr(m->focus, ==, "ne");
}

/* What the compiler cannot do is refused, not passed over. */
static void test_refuses_schematron(void)
{
	static const char *const patterns[] = {
	    "<sch:pattern><sch:rule context='*'><sch:report id='k' test='1'>t</sch:report></sch:rule></sch:pattern>",
	    "<sch:pattern><sch:rule context='a/@x'><sch:report id='k' test='1'>t</sch:report></sch:rule></sch:pattern>",
	    "<sch:pattern><sch:rule context='a[b]/c'><sch:report id='k' test='1'>t</sch:report></sch:rule></sch:pattern>",
	    "<sch:pattern><sch:rule context='a'><sch:extends rule='r'/></sch:rule></sch:pattern>",
	    "<sch:pattern><sch:rule context='a'><sch:report id='k' test='('>t</sch:report></sch:rule></sch:pattern>",
	};

	for (guint i = 0; i < G_N_ELEMENTS(patterns); i++) {
		g_autoptr(Diagnostics) d = run_rules(patterns[i], TREE);
		g_assert_cmpuint(diagnostics_count(d, LEVEL_ERROR), >, 0);
	}
}

int main(int argc, char **argv)
{
	const char *const roots[] = {".", NULL};

	g_test_init(&argc, &argv, NULL);
	xml_start();
	transform_start(roots);
	g_test_add("/check/explains-exactly-what-is-invalid", Fixture, NULL, set_up, test_explains_exactly_what_is_invalid, tear_down);
	g_test_add("/check/each-single-mistake-once", Fixture, NULL, set_up, test_each_single_mistake_once, tear_down);
	g_test_add_func("/check/everything-is-documented", test_everything_is_documented);
	g_test_add_func("/check/guesses-dates", test_guesses_dates);
	g_test_add_func("/check/unusable-schema", test_unusable_schema);
	g_test_add_func("/check/says-something-of-the-unexplained", test_says_something_of_the_unexplained);
	g_test_add_func("/check/broken-front-matter-is-passed-over", test_broken_front_matter_is_passed_over);
	g_test_add_func("/check/contrast", test_contrast);
	g_test_add_func("/check/nobody-is-no-consent", test_nobody_is_no_consent);
	g_test_add_func("/check/compiles-schematron", test_compiles_schematron);
	g_test_add_func("/check/schematron-words", test_schematron_words);
	g_test_add_func("/check/refuses-schematron", test_refuses_schematron);
	return g_test_run();
}
