/* The checker: schemas and rules, each compiled once and when first needed. */
#include "check/check.h"

#include "base/file.h"
#include "check/judge.h"
#include "check/rules.h"

#include <string.h>

struct Checker {
	char *share;
	Judge *content, *style;
	Rules *rules;
};

/* Keys and references in content are not ours: the document room looks at all files for them, and libxml2 takes as long for them as for
 * the rest. */
Checker *checker_new(const char *share, Diagnostics *d)
{
	g_autofree char *path = g_build_filename(share, "schemas", "rotonde.xsd", NULL);
	g_autoptr(Checker) c = g_new0(Checker, 1);

	c->share = g_strdup(share);
	c->content = judge_new(path, TRUE, d);
	return c->content != NULL ? g_steal_pointer(&c) : NULL;
}

void checker_free(Checker *c)
{
	if (c == NULL)
		return;
	judge_free(c->content);
	judge_free(c->style);
	rules_free(c->rules);
	g_free(c->share);
	g_free(c);
}

void checker_validate(Checker *c, xmlDoc *doc, Diagnostics *d)
{
	judge_validate(c->content, doc, d);
}

void checker_prepare(Checker *c, Diagnostics *d)
{
	if (c->rules == NULL)
		c->rules = rules_new(c->share, d);
}

void checker_run_rules(Checker *c, xmlDoc *doc, const CheckerParameters *parameters, Diagnostics *d)
{
	checker_prepare(c, d);
	if (c->rules != NULL)
		rules_run(c->rules, doc, parameters, d);
}

/* ---- consent ---- */

static gboolean read_own_policy(const char *share, const char *path, ConsentPolicy *policy, Diagnostics *d)
{
	g_autofree char *schema = g_build_filename(share, "schemas", "consent.xsd", NULL);
	g_autoptr(xmlDoc) doc = xml_load(path, CONSENT_FILE, d);
	g_autoptr(Judge) judge = doc != NULL ? judge_new(schema, FALSE, d) : NULL;
	ConsentPolicy own;

	if (judge == NULL || !judge_validate(judge, doc, d) || !consent_policy_read(&own, doc, d))
		return FALSE;
	*policy = own;
	return TRUE;
}

gboolean checker_read_policy(const char *share, const char *root, ConsentPolicy *policy, Diagnostics *d)
{
	g_autofree char *ours = g_build_filename(share, "schemas", "consent.xml", NULL), *own = g_build_filename(root, CONSENT_FILE, NULL);
	g_autoptr(xmlDoc) doc = xml_load(ours, NULL, d);

	*policy = (ConsentPolicy){.length = 0};
	if (doc == NULL || !consent_policy_read(policy, doc, d))
		return FALSE;
	if (!g_file_test(own, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
		return TRUE;
	diagnostics_note_file(d, CONSENT_FILE);
	if (read_own_policy(share, own, policy, d))
		return TRUE;
	policy->length = 0;
	return FALSE;
}

/* ---- house style ---- */

static gboolean is_same_row(const xmlNode *a, const xmlNode *b)
{
	static const char *const keys[] = {"name", "text", "background", NULL};

	for (const char *const *key = keys; *key != NULL; key++)
		if (g_strcmp0(xml_attribute(a, *key), xml_attribute(b, *key)) != 0)
			return FALSE;
	return xml_is(a, (const char *)b->name);
}

static void set_line(xmlNode *element, const Position *at)
{
	g_autofree char *line = g_strdup_printf("%d", at->line);

	xmlSetProp(element, BAD_CAST "line", BAD_CAST line);
}

/* The tree as the rules want it: with the places of its rows. */
static void set_places(xmlNode *root, xmlNode *colours)
{
	Position at = xml_position(root);

	for (xmlNode *row = xml_first(colours, NULL); row != NULL; row = xml_next(row, NULL)) {
		Position here = xml_position(row);
		set_line(row, &here);
	}
	xmlSetProp(root, BAD_CAST "file", BAD_CAST at.file);
}

/* The workspace's rows in the place of those of the program, each with the place where it was written. */
static void take_over_colours(xmlNode *colours, const xmlNode *own)
{
	for (const xmlNode *row = own != NULL ? xml_first(own, NULL) : NULL; row != NULL; row = xml_next(row, NULL)) {
		xmlNode *copy = xmlDocCopyNode((xmlNode *)row, colours->doc, 1), *old = xml_first(colours, NULL);
		Position at = xml_position(row);
		set_line(copy, &at);
		xmlSetProp(copy, BAD_CAST "file", BAD_CAST at.file);
		while (old != NULL && !is_same_row(old, row))
			old = xml_next(old, NULL);
		if (old != NULL)
			xmlFreeNode(xmlReplaceNode(old, copy));
		else
			xmlAddChild(colours, copy);
	}
}

static xmlDoc *load_style(Checker *c, const char *path, const char *name, Diagnostics *d)
{
	g_autoptr(xmlDoc) doc = xml_load(path, name, d);

	if (doc == NULL)
		return NULL;
	if (c->style == NULL) {
		g_autofree char *schema = g_build_filename(c->share, "schemas", "house-style.xsd", NULL);
		c->style = judge_new(schema, FALSE, d);
	}
	return c->style != NULL && judge_validate(c->style, doc, d) ? g_steal_pointer(&doc) : NULL;
}

void checker_check_house_style(Checker *c, const char *path, const char *name, Diagnostics *d)
{
	g_autofree char *ours = g_build_filename(c->share, "stylesheets", "house-style.xml", NULL);
	g_autoptr(xmlDoc) base = load_style(c, ours, NULL, d), own = path != NULL ? load_style(c, path, name, d) : NULL;
	xmlNode *colours = base != NULL ? xml_first(xmlDocGetRootElement(base), "colours") : NULL;
	CheckerParameters parameters = {"public", "9999-12-31", NULL};

	if (colours == NULL || (path != NULL && own == NULL))
		return;
	set_places(xmlDocGetRootElement(base), colours);
	if (own != NULL)
		take_over_colours(colours, xml_first(xmlDocGetRootElement(own), "colours"));
	checker_run_rules(c, base, &parameters, d);
}

guint checker_rules(const Checker *c, char **digest)
{
	*digest = NULL;
	return c != NULL && c->rules != NULL ? rules_describe(c->rules, digest) : 0;
}
