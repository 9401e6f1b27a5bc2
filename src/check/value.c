/* Values against simple types: libxml2 knows the built-in ones, the facets are read from the schema's text. */
#include "check/value.h"

#include <libxml/xmlregexp.h>
#include <libxml/xmlschemastypes.h>
#include <string.h>

void value_fault_clear(ValueFault *fault)
{
	g_clear_pointer(&fault->part, g_free);
}

static const struct {
	const char *type;
	ValueKind kind;
} kinds[] = {{"id", VALUE_ID}, {"date", VALUE_DATE}, {"moment", VALUE_MOMENT}, {"number", VALUE_NUMBER}};

static ValueKind kind_of(const xmlNode *type)
{
	const char *name = xml_attribute(type, "name");

	for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (g_strcmp0(name, kinds[i].type) == 0)
			return kinds[i].kind;
	return VALUE_FORM;
}

/* As XSD's whiteSpace="collapse". */
static char *collapse(const char *value)
{
	GString *out = g_string_new(NULL);

	for (const char *p = value; *p != '\0'; p++) {
		if (!g_ascii_isspace(*p))
			g_string_append_c(out, *p);
		else if (out->len > 0 && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	}
	if (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, FALSE);
}

static gboolean built_in_accepts(const char *name, const char *value)
{
	xmlSchemaTypePtr type = xmlSchemaGetPredefinedType(BAD_CAST name, BAD_CAST "http://www.w3.org/2001/XMLSchema");

	return type == NULL || xmlSchemaValidatePredefinedType(type, BAD_CAST value, NULL) == 0;
}

static gboolean pattern_accepts(const char *pattern, const char *value)
{
	xmlRegexpPtr regexp = xmlRegexpCompile(BAD_CAST pattern);
	gboolean fits = regexp != NULL && xmlRegexpExec(regexp, BAD_CAST value) == 1;

	xmlRegFreeRegexp(regexp);
	return fits;
}

static gboolean bounds_accept(const char *facet, const char *limit, const char *value)
{
	gint64 n = g_ascii_strtoll(limit, NULL, 10), length = g_utf8_strlen(value, -1);

	if (strcmp(facet, "minLength") == 0)
		return length >= n;
	if (strcmp(facet, "maxLength") == 0)
		return length <= n;
	if (strcmp(facet, "totalDigits") == 0)
		return (gint64)strlen(value + strspn(value, "+0")) <= n;
	if (strcmp(facet, "maxInclusive") == 0)
		return g_ascii_strtoll(value, NULL, 10) <= n;
	if (strcmp(facet, "minInclusive") == 0)
		return g_ascii_strtoll(value, NULL, 10) >= n;
	return TRUE;
}

static ValueFault check_name(const Schema *s, const char *name, const char *value);

static ValueFault fault_new(ValueKind kind, const xmlNode *type, const char *part)
{
	return (ValueFault){kind, type, g_strdup(part)};
}

/* The facets of one step of restriction; patterns and enumerations of one step are alternatives. */
static ValueFault check_facets(const xmlNode *restriction, const xmlNode *type, const char *value)
{
	gboolean patterns = FALSE, fits = FALSE, choices = FALSE, chosen = FALSE;

	for (const xmlNode *n = xml_first(restriction, NULL); n != NULL; n = xml_next(n, NULL)) {
		const char *facet = (const char *)n->name, *limit = xml_attribute(n, "value");
		if (xml_is(n, "pattern")) {
			patterns = TRUE;
			fits = fits || pattern_accepts(limit, value);
		} else if (xml_is(n, "enumeration")) {
			choices = TRUE;
			chosen = chosen || strcmp(limit, value) == 0;
		} else if (limit != NULL && !bounds_accept(facet, limit, value)) {
			return fault_new(kind_of(type), type, value);
		}
	}
	if (choices && !chosen)
		return fault_new(VALUE_CHOICE, type, value);
	return patterns && !fits ? fault_new(kind_of(type), type, value) : (ValueFault){VALUE_FINE, NULL, NULL};
}

static ValueFault check_list(const Schema *s, const xmlNode *list, const char *value)
{
	g_auto(GStrv) words = g_strsplit(value, " ", -1);

	for (char **word = words; *word != NULL; word++) {
		ValueFault fault = check_name(s, xml_attribute(list, "itemType"), *word);
		if (fault.kind != VALUE_FINE)
			return fault;
	}
	return (ValueFault){VALUE_FINE, NULL, NULL};
}

static ValueFault check_union(const Schema *s, const xmlNode *of, const xmlNode *type, const char *value)
{
	g_auto(GStrv) members = g_strsplit(xml_attribute(of, "memberTypes"), " ", -1);

	for (char **member = members; *member != NULL; member++) {
		g_auto(ValueFault) fault = check_name(s, *member, value);
		if (fault.kind == VALUE_FINE)
			return (ValueFault){VALUE_FINE, NULL, NULL};
	}
	return fault_new(kind_of(type), type, value);
}

static gboolean is_list(const Schema *s, const xmlNode *type)
{
	const xmlNode *restriction = xml_first(type, "restriction");
	const xmlNode *base = restriction != NULL ? schema_lookup(s, "simpleType", xml_attribute(restriction, "base")) : NULL;

	return xml_first(type, "list") != NULL || (base != NULL && is_list(s, base));
}

static ValueFault check_type(const Schema *s, const xmlNode *type, const char *value)
{
	const xmlNode *list = xml_first(type, "list"), *of = xml_first(type, "union"), *restriction = xml_first(type, "restriction");
	ValueFault fault;

	if (list != NULL)
		return check_list(s, list, value);
	if (of != NULL)
		return check_union(s, of, type, value);
	if (*value == '\0' && is_list(s, type)) /* its restriction is minLength 1: that is all that lists have */
		return fault_new(VALUE_EMPTY, type, value);
	fault = check_name(s, xml_attribute(restriction, "base"), value);
	if (fault.kind != VALUE_FINE) {
		/* what the type itself says explains more than its base does */
		if (!is_list(s, type) && (fault.kind == VALUE_FORM || fault.type == NULL)) {
			fault.type = type;
			fault.kind = kind_of(type);
		}
		return fault;
	}
	return is_list(s, type) ? fault : check_facets(restriction, type, value);
}

static ValueFault check_name(const Schema *s, const char *name, const char *value)
{
	const xmlNode *type = schema_lookup(s, "simpleType", name);

	if (type != NULL)
		return check_type(s, type, value);
	if (g_str_has_prefix(name, "xs:") && !built_in_accepts(name + 3, value))
		return fault_new(VALUE_FORM, NULL, value);
	return (ValueFault){VALUE_FINE, NULL, NULL};
}

ValueFault value_check(const Schema *s, const xmlNode *holder, const char *value)
{
	const char *name = xml_attribute(holder, xml_is(holder, "extension") ? "base" : "type");
	const xmlNode *type = xml_first(holder, "simpleType");
	gboolean raw = g_strcmp0(name, "xs:string") == 0;
	g_autofree char *text = raw ? g_strdup(value) : collapse(value);
	ValueFault fault = type != NULL ? check_type(s, type, text)
	                   : name != NULL ? check_name(s, name, text) : (ValueFault){VALUE_FINE, NULL, NULL};

	if (fault.kind != VALUE_FINE && *text == '\0')
		fault.kind = VALUE_EMPTY;
	return fault;
}
