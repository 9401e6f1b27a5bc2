/* The walk over a tree that is not valid: attributes, values and loose text; order.c does what stands where. */
#include "check/explain.h"

#include "base/text.h"
#include "check/value.h"

#include <string.h>

/* ---- values ---- */

/* What a value belongs to: an attribute, or the text of an element. */
typedef struct {
	const xmlNode *element, *declaration;
	const char *attribute; /* NULL: the text */
} Owner;

static void explain_date(Explain *e, const Position *at, const Owner *owner, const ValueFault *fault)
{
	gboolean moment = fault->kind == VALUE_MOMENT;
	g_autofree char *guess = value_guess_date(fault->part, moment);
	int days = value_month_length(fault->part);

	if (guess != NULL)
		say(e, MSG_VALUE_DATE, at, words_same(fault->part), words_same(guess));
	else if (days > 0)
		say(e, MSG_VALUE_DATE_ABSENT, at, words_same(fault->part), words_number(days));
	else if (!moment)
		say(e, MSG_VALUE_DATE_FORM, at, words_same(fault->part));
	else if (owner->attribute != NULL && !schema_is_required(owner->declaration))
		say(e, MSG_VALUE_MOMENT_OPTIONAL, at, words_same(fault->part), words_same(owner->attribute));
	else
		say(e, MSG_VALUE_MOMENT, at, words_same(fault->part));
}

static void explain_choice(Explain *e, const Position *at, const Owner *owner, const ValueFault *fault)
{
	g_autoptr(GPtrArray) choices = schema_enumerations(e->schema, fault->type);
	const xmlNode *meant = schema_suggest(choices, fault->part);

	if (meant != NULL)
		say(e, MSG_VALUE_CHOICE, at, words_same(owner->attribute), words_same(fault->part), words_same(schema_name(meant)),
		    words_about(meant));
	else
		say(e, MSG_VALUE_CHOICE_LIST, at, words_same(owner->attribute), words_same(fault->part), words_choices(choices));
}

static void explain_id(Explain *e, const Position *at, const Owner *owner, const ValueFault *fault)
{
	g_autofree char *slug = text_slug(fault->part);
	g_autofree char *id = g_ascii_isalpha(*slug) ? g_strdup(slug) : g_strconcat((const char *)owner->element->name, "-", slug, NULL);

	say(e, MSG_VALUE_ID, at, words_same(fault->part), words_same(id));
}

static void explain_form(Explain *e, const Position *at, const Owner *owner, const ValueFault *fault)
{
	g_autofree char *name = owner->attribute != NULL ? g_strdup_printf("%s=\"…\"", owner->attribute)
	                                                 : g_strdup_printf("<%s>", (const char *)owner->element->name);

	say(e, MSG_VALUE_FORM, at, words_same(name), words_same(fault->part),
	    fault->type != NULL ? words_about(fault->type) : words_about(owner->declaration),
	    words_take(fault->type != NULL ? schema_note(fault->type, "example") : NULL));
}

static void explain_value(Explain *e, const Position *at, const Owner *owner, const ValueFault *fault)
{
	switch (fault->kind) {
	case VALUE_FINE:
		break;
	case VALUE_EMPTY:
		say(e, MSG_VALUE_EMPTY, at, words_same(owner->attribute), words_about(owner->declaration));
		break;
	case VALUE_CHOICE:
		explain_choice(e, at, owner, fault);
		break;
	case VALUE_ID:
		explain_id(e, at, owner, fault);
		break;
	case VALUE_DATE:
	case VALUE_MOMENT:
		explain_date(e, at, owner, fault);
		break;
	case VALUE_NUMBER:
		say(e, MSG_VALUE_NUMBER, at, words_same(fault->part));
		break;
	case VALUE_FORM:
		explain_form(e, at, owner, fault);
	}
}

/* ---- attributes ---- */

/* Other elements' ids are looked up by the document room, which says more of one that is not there than that it is badly written. */
static gboolean is_reference(const char *name, const ValueFault *fault)
{
	return fault->kind == VALUE_ID && strcmp(name, "id") != 0;
}

static void explain_attribute(Explain *e, const xmlNode *element, const xmlAttr *attribute, const GPtrArray *known)
{
	const char *name = (const char *)attribute->name, *value = xml_attribute(element, name);
	const xmlNode *declaration = schema_find(known, name), *meant;
	g_autofree char *focus = NULL;
	Position at = place_property(element, name, value, &focus);

	if (declaration != NULL) {
		g_auto(ValueFault) fault = value_check(e->schema, declaration, value);
		if (is_reference(name, &fault))
			e->passed_over = TRUE;
		else
			explain_value(e, &at, &(Owner){element, declaration, name}, &fault);
		return;
	}
	meant = schema_suggest(known, name);
	if (meant != NULL && xml_attribute(element, schema_name(meant)) != NULL)
		meant = NULL;
	if (meant != NULL) {
		say(e, MSG_ATTRIBUTE_UNKNOWN, &at, words_same((const char *)element->name), words_same(name), words_same(schema_name(meant)),
		    words_about(meant));
		return;
	}
	GString *list = g_string_new(strcmp(name, "lang") == 0 && xml_is(element, "publication") ? "xml:lang" : NULL); /* the schema has it from elsewhere */
	for (guint i = 0; i < known->len; i++)
		if (!schema_is_program(known->pdata[i]))
			g_string_append_printf(list, "%s%s", list->len > 0 ? ", " : "", schema_name(known->pdata[i]));
	say(e, MSG_ATTRIBUTE_UNKNOWN_LIST, &at, words_same((const char *)element->name), words_same(name),
	    words_take(g_string_free(list, FALSE)));
}

/* An id made of what the element is called. */
static char *propose_id(const xmlNode *element)
{
	static const char *const names[] = {"title", "label", "name", NULL};
	const xmlNode *named = NULL;

	for (const char *const *name = names; *name != NULL && named == NULL; name++)
		named = xml_first(element, *name);
	if (named == NULL && xml_first(element, NULL) == NULL)
		named = element;
	xmlChar *text = named != NULL ? xmlNodeGetContent(named) : NULL;
	g_autofree char *slug = text_slug(text != NULL ? (const char *)text : "");
	xmlFree(text);
	return strlen(slug) > 1 && strlen(slug) <= 40 && g_ascii_isalpha(*slug) ? g_steal_pointer(&slug) : NULL;
}

static char *propose_value(Explain *e, const xmlNode *element, const xmlNode *declaration)
{
	char *id = strcmp(schema_name(declaration), "id") == 0 ? propose_id(element) : NULL;

	return id != NULL ? id : schema_example(e->schema, declaration);
}

static void explain_missing(Explain *e, const xmlNode *element, const xmlNode *declaration)
{
	const char *name = schema_name(declaration);
	const xmlNode *type = schema_type(e->schema, declaration);
	g_autoptr(GPtrArray) choices = schema_enumerations(e->schema, type);
	g_autofree char *focus = NULL;
	Position at = place_element(element, &focus);

	if (choices->len > 1)
		say(e, MSG_ATTRIBUTE_MISSING_CHOICE, &at, words_same((const char *)element->name), words_same(name), words_choices(choices));
	else
		say(e, MSG_ATTRIBUTE_MISSING, &at, words_same((const char *)element->name), words_same(name),
		    words_take(propose_value(e, element, declaration)), words_about(declaration));
}

/* A wrong name that means a required attribute is one mistake, not two. */
static gboolean is_misspelt(const xmlNode *element, const GPtrArray *known, const xmlNode *declaration)
{
	for (const xmlAttr *a = element->properties; a != NULL; a = a->next)
		if (a->ns == NULL && schema_find(known, (const char *)a->name) == NULL &&
		    schema_suggest(known, (const char *)a->name) == declaration)
			return TRUE;
	return FALSE;
}

static void explain_attributes(Explain *e, const xmlNode *element, const xmlNode *type)
{
	g_autoptr(GPtrArray) known = schema_attributes(e->schema, type);

	for (const xmlAttr *a = element->properties; a != NULL; a = a->next)
		if (a->ns == NULL)
			explain_attribute(e, element, a, known);
	for (guint i = 0; i < known->len; i++)
		if (schema_is_required(known->pdata[i]) && xml_attribute(element, schema_name(known->pdata[i])) == NULL &&
		    !is_misspelt(element, known, known->pdata[i]))
			explain_missing(e, element, known->pdata[i]);
}

/* ---- text ---- */

/* The first words of the first text that is not blank; NULL: there is none. */
static char *loose_text(const xmlNode *element)
{
	for (const xmlNode *n = element->children; n != NULL; n = n->next) {
		const char *text = n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE ? (const char *)n->content : "";
		text += strspn(text, " \t\r\n");
		if (*text != '\0') {
			g_autofree char *line = g_strndup(text, strcspn(text, "\r\n"));
			return g_strchomp(g_utf8_substring(line, 0, MIN(40, g_utf8_strlen(line, -1))));
		}
	}
	return NULL;
}

static gboolean holds_text(const Explain *e, const xmlNode *declaration)
{
	const xmlNode *type = schema_type(e->schema, declaration);

	return !schema_is_program(declaration) &&
	       (type == NULL || schema_text_type(e->schema, type) != NULL || schema_is_mixed(e->schema, type));
}

static void explain_loose_text(Explain *e, const xmlNode *element, const xmlNode *declaration, const xmlNode *type)
{
	g_autofree char *text = loose_text(element);
	g_autoptr(GPtrArray) elements = schema_elements(e->schema, type), fit = g_ptr_array_new();
	Position at = xml_position(element);

	if (text == NULL)
		return;
	at.focus = text;
	for (guint i = 0; i < elements->len; i++)
		if (holds_text(e, elements->pdata[i]))
			g_ptr_array_add(fit, elements->pdata[i]);
	if (elements->len == 0)
		say(e, MSG_TEXT_NONE, &at, words_same((const char *)element->name), words_take(schema_snippet(e->schema, declaration)));
	else if (fit->len == 0)
		say(e, MSG_TEXT_LOOSE_LIST, &at, words_same((const char *)element->name), words_tags(elements));
	else
		say(e, MSG_TEXT_LOOSE, &at, words_same((const char *)element->name), words_tags(fit));
}

static void explain_plain_text(Explain *e, const xmlNode *element, const xmlNode *declaration, const xmlNode *holder)
{
	const xmlNode *child = xml_first(element, NULL);
	g_autofree char *focus = NULL;
	Position at;

	if (child != NULL) {
		at = place_element(child, &focus);
		say(e, MSG_ELEMENT_IN_TEXT, &at, words_same((const char *)element->name), words_same((const char *)child->name));
		return;
	}
	xmlChar *text = xmlNodeGetContent(element);
	g_auto(ValueFault) fault = value_check(e->schema, holder, (const char *)text);
	at = xml_position(element);
	if (fault.kind == VALUE_EMPTY) {
		at = place_element(element, &focus);
		say(e, MSG_ELEMENT_EMPTY, &at, words_same((const char *)element->name), words_about(declaration));
	} else if (fault.kind != VALUE_FINE) {
		at.focus = fault.part;
		explain_value(e, &at, &(Owner){element, declaration, NULL}, &fault);
	}
	xmlFree(text);
}

/* ---- elements ---- */

void explain_element(Explain *e, const xmlNode *element, const xmlNode *declaration)
{
	const xmlNode *type = schema_type(e->schema, declaration), *holder;

	if (xml_attribute(element, "broken") != NULL) { /* the author knows, and what could be read of it is not what was written */
		e->passed_over = TRUE;
		return;
	}
	if (type == NULL || xml_is(type, "simpleType")) {
		explain_plain_text(e, element, declaration, declaration);
		return;
	}
	if (schema_is_open(type))
		return;
	explain_attributes(e, element, type);
	holder = schema_text_type(e->schema, type);
	if (holder != NULL) {
		explain_plain_text(e, element, declaration, holder);
		return;
	}
	if (!schema_is_mixed(e->schema, type))
		explain_loose_text(e, element, declaration, type);
	explain_order(e, element, type);
}

static void explain_root(Explain *e, const xmlNode *root)
{
	const xmlNode *meant = schema_root(e->schema);
	g_autofree char *focus = NULL;
	Position at = place_element(root, &focus);

	if (meant != NULL)
		say(e, MSG_ROOT_UNKNOWN, &at, words_same((const char *)root->name), words_same(schema_name(meant)));
}

guint explain_tree(const Schema *s, const xmlDoc *doc, gboolean *passed_over, Diagnostics *d)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	const xmlNode *declaration = schema_lookup(s, "element", (const char *)root->name);
	Explain e = {.schema = s, .d = d, .root = root, .assembled = xml_attribute(root, "profile") != NULL};
	guint before = diagnostics_length(d);

	if (declaration != NULL)
		explain_element(&e, root, declaration);
	else
		explain_root(&e, root);
	if (passed_over != NULL)
		*passed_over = e.passed_over;
	return diagnostics_length(d) - before;
}
