/* Compiling rules.sch, running it, and its report (SVRL) as messages. */
#include "check/rules.h"

#include "check/brief.h"

#include "base/file.h"
#include "base/fingerprint.h"
#include "base/module.h"
#include "transform/transform.h"

#include <stdlib.h>
#include <string.h>

/* Two compilations of the same rules: the brief one tells whether there is anything to say, the full one, made when there is, what. The brief one is
 * made with the program, as rules.xml beside it, and counts as long as @sources is the fingerprint of what it was made from; else it is made here. */
struct Rules {
	char *path, *compiler_path;
	xmlDoc *doc;          /* NULL until something is compiled, as the compiler */
	Stylesheet *compiler, *full;
	Brief *brief;
	guint count;
};

/* NULL: they cannot be read. */
static char *fingerprint_sources(const Rules *r)
{
	const char *const paths[] = {r->path, r->compiler_path};
	Fingerprint *sum = fingerprint_start();
	gboolean read = TRUE;

	for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
		g_autoptr(GBytes) bytes = file_load(paths[i], FILE_LIMIT, NULL);
		read = read && bytes != NULL;
		if (bytes != NULL)
			fingerprint_add(sum, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	}
	g_autofree char *text = fingerprint_finish(sum);
	return read ? g_steal_pointer(&text) : NULL;
}

static gboolean open_sources(Rules *r, Diagnostics *d)
{
	if (r->compiler != NULL)
		return TRUE;
	for (const RuleFunction *f = rule_functions; f->name != NULL; f++)
		transform_register(f->name, CHECK_NS, f->function);
	r->doc = xml_load(r->path, NULL, d);
	r->compiler = r->doc != NULL ? stylesheet_load(r->compiler_path, d) : NULL;
	return r->compiler != NULL;
}

static xmlDoc *compile(Rules *r, const char *brief, Diagnostics *d)
{
	return open_sources(r, d) ? stylesheet_apply(r->compiler, r->doc, (const char *const[]){"brief", brief, NULL}, d) : NULL;
}

static guint count_rules(const xmlDoc *doc)
{
	const xmlNode *root = xmlDocGetRootElement((xmlDoc *)doc);
	guint count = 0;

	for (xmlNode *n = (xmlNode *)root; n != NULL; n = xml_following(n, root))
		count += xml_is(n, "assert") || xml_is(n, "report");
	return count;
}

static xmlDoc *compile_brief(Rules *r, Diagnostics *d)
{
	g_autofree char *sources = fingerprint_sources(r);
	xmlDoc *brief = compile(r, "yes", d);

	if (brief == NULL || sources == NULL)
		return brief;
	g_autofree char *count = g_strdup_printf("%u", count_rules(r->doc));
	xmlSetProp(xmlDocGetRootElement(brief), BAD_CAST "sources", BAD_CAST sources);
	xmlSetProp(xmlDocGetRootElement(brief), BAD_CAST "count", BAD_CAST count);
	return brief;
}

/* NULL: there is none of these sources. */
static xmlDoc *load_brief(const Rules *r)
{
	g_autoptr(Diagnostics) unheard = diagnostics_new();
	g_autofree char *path = module_file("rules.xml"), *sources = fingerprint_sources(r);
	g_autoptr(xmlDoc) brief = g_file_test(path, G_FILE_TEST_EXISTS) ? xml_load(path, NULL, unheard) : NULL;
	gboolean same = brief != NULL && sources != NULL && g_strcmp0(xml_attribute(xmlDocGetRootElement(brief), "sources"), sources) == 0;

	return same ? g_steal_pointer(&brief) : NULL;
}

static Rules *rules_alloc(const char *share)
{
	Rules *r = g_new0(Rules, 1);

	r->path = g_build_filename(share, "schemas", "rules.sch", NULL);
	r->compiler_path = g_build_filename(share, "stylesheets", "rules", "schematron.xsl", NULL);
	return r;
}

Rules *rules_new(const char *share, Diagnostics *d)
{
	g_autoptr(Rules) r = rules_alloc(share);
	g_autoptr(xmlDoc) brief = load_brief(r);
	const char *count;

	if (brief == NULL)
		brief = compile_brief(r, d);
	count = brief != NULL ? xml_attribute(xmlDocGetRootElement(brief), "count") : NULL;
	r->count = count != NULL ? (guint)atoi(count) : 0;
	r->brief = brief != NULL ? brief_new(brief, r->path, d) : NULL;
	return r->brief != NULL ? g_steal_pointer(&r) : NULL;
}

xmlDoc *checker_compile_rules(const char *share, Diagnostics *d)
{
	g_autoptr(Rules) r = rules_alloc(share);

	return compile_brief(r, d);
}

void rules_free(Rules *r)
{
	if (r == NULL)
		return;
	stylesheet_free(r->full);
	brief_free(r->brief);
	stylesheet_free(r->compiler);
	xmlFreeDoc(r->doc);
	g_free(r->path);
	g_free(r->compiler_path);
	g_free(r);
}

/* A rule says error, warning or note; or gate: an error in what is made public, elsewhere a warning that it could not be; or consent: a warning
 * about consent, which a final publication does not accept. */
static Level level_of(const xmlNode *finding, gboolean public, gboolean final)
{
	static const struct {
		const char *role;
		Level level[3]; /* in a review copy, an interim publication, a final one */
	} levels[] = {{"error", {LEVEL_ERROR, LEVEL_ERROR, LEVEL_ERROR}},
	              {"gate", {LEVEL_WARNING, LEVEL_ERROR, LEVEL_ERROR}},
	              {"consent", {LEVEL_WARNING, LEVEL_WARNING, LEVEL_ERROR}},
	              {"warning", {LEVEL_WARNING, LEVEL_WARNING, LEVEL_WARNING}},
	              {"note", {LEVEL_NOTE, LEVEL_NOTE, LEVEL_NOTE}}};

	for (gsize i = 0; i < G_N_ELEMENTS(levels); i++)
		if (g_strcmp0(xml_attribute(finding, "role"), levels[i].role) == 0)
			return levels[i].level[public ? 1 + final : 0];
	return LEVEL_ERROR;
}

static char *attribute_in(const xmlNode *element, const char *name)
{
	xmlChar *value = xmlGetNsProp(element, BAD_CAST name, BAD_CAST CHECK_NS);
	char *copy = value != NULL && *value != '\0' ? g_strdup((const char *)value) : NULL;

	xmlFree(value);
	return copy;
}

/* Text with its spaces collapsed; NULL when there is none. */
static char *tidy(const GString *text)
{
	GString *out = g_string_new(NULL);

	for (const char *p = text->str; *p != '\0'; p++) {
		if (!g_ascii_isspace(*p))
			g_string_append_c(out, *p);
		else if (out->len > 0 && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	}
	if (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, out->len == 0);
}

/* What a diagnostic says, and what its tip does. */
static void read_diagnostic(const xmlNode *diagnostic, char **text, char **hint)
{
	g_autoptr(GString) said = g_string_new(NULL), tip = g_string_new(NULL);

	for (const xmlNode *n = diagnostic->children; n != NULL; n = n->next) {
		gboolean is_tip = xml_is(n, "span") && g_strcmp0(xml_attribute(n, "class"), "tip") == 0;
		xmlChar *content = xmlNodeGetContent(n);
		g_string_append(is_tip ? tip : said, (const char *)content);
		xmlFree(content);
	}
	*text = tidy(said);
	*hint = tidy(tip);
}

static Language language_of(const xmlNode *diagnostic)
{
	xmlChar *lang = xmlNodeGetLang(diagnostic);
	Language language = g_strcmp0((const char *)lang, "nl") == 0 ? LANGUAGE_NL : LANGUAGE_EN;

	xmlFree(lang);
	return language;
}

static void report(const xmlNode *finding, Level level, Diagnostics *d)
{
	g_autofree char *file = attribute_in(finding, "file"), *line = attribute_in(finding, "line");
	g_autofree char *column = attribute_in(finding, "column"), *focus = attribute_in(finding, "focus");
	const xmlNode *property = xml_first(finding, "property-reference"), *assertion = xml_first(finding, "text");
	char *text[2] = {NULL, NULL}, *hint[2] = {NULL, NULL};

	for (const xmlNode *n = xml_first(finding, "diagnostic-reference"); n != NULL; n = xml_next(n, "diagnostic-reference")) {
		Language language = language_of(n);
		read_diagnostic(n, &text[language], &hint[language]);
	}
	if (text[LANGUAGE_EN] == NULL && text[LANGUAGE_NL] == NULL)
		read_diagnostic(assertion, &text[LANGUAGE_EN], &hint[LANGUAGE_EN]);
	if (property != NULL && property->children != NULL) {
		g_free(focus);
		focus = g_strdup((const char *)property->children->content);
	}
	Position at = {file, line != NULL ? atoi(line) : 0, column != NULL ? atoi(column) : 0, focus};
	diagnostics_add_text(d, level, xml_attribute(finding, "id"), &at, (const char *const *)text, (const char *const *)hint);
	for (int i = 0; i < 2; i++) {
		g_free(text[i]);
		g_free(hint[i]);
	}
}

/* NULL after reporting. */
static Stylesheet *full_rules(Rules *r, Diagnostics *d)
{
	xmlDoc *compiled = r->full == NULL ? compile(r, "no", d) : NULL;

	if (compiled != NULL)
		r->full = stylesheet_new(compiled, r->path, d);
	return r->full;
}

static void run(Rules *r, xmlDoc *doc, const CheckerParameters *parameters, Diagnostics *d)
{
	const char *values[] = {"today",  parameters->today,  "profile", parameters->profile, parameters->policy != NULL ? "policy" : NULL,
	                        parameters->policy, NULL};
	gboolean public = strcmp(parameters->profile, "public") == 0;
	gboolean final = g_strcmp0(xml_attribute(xmlDocGetRootElement(doc), "status"), "final") == 0;
	Stylesheet *full = brief_finds(r->brief, doc, parameters) ? full_rules(r, d) : NULL;
	g_autoptr(xmlDoc) svrl = full != NULL ? stylesheet_apply(full, doc, values, d) : NULL;

	for (const xmlNode *n = svrl != NULL ? xml_first(xmlDocGetRootElement(svrl), NULL) : NULL; n != NULL; n = xml_next(n, NULL))
		report(n, level_of(n, public, final), d);
}

void rules_run(Rules *r, xmlDoc *doc, const CheckerParameters *parameters, Diagnostics *d)
{
	rule_functions_set_tree(doc);
	run(r, doc, parameters, d);
	rule_functions_set_tree(NULL);
}

guint rules_describe(const Rules *r, char **digest)
{
	g_autoptr(GBytes) bytes = file_load(r->path, FILE_LIMIT, NULL);

	*digest = bytes != NULL ? file_digest(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : NULL;
	return r->count;
}
