/* Reading a schema's own text: what is declared where, what it is called, and how it is explained. */
#include "check/schema.h"

#include "base/text.h"

#include <string.h>

struct Schema {
	GHashTable *globals; /* "component name" -> node */
	const xmlNode *root;
};

Schema *schema_new(const xmlDoc *xsd)
{
	Schema *s = g_new0(Schema, 1);

	s->globals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (xmlNode *n = xml_first(xmlDocGetRootElement(xsd), NULL); n != NULL; n = xml_next(n, NULL))
		if (xml_attribute(n, "name") != NULL)
			g_hash_table_insert(s->globals, g_strconcat((const char *)n->name, " ", xml_attribute(n, "name"), NULL), n);
	s->root = xml_first(xmlDocGetRootElement(xsd), "element");
	return s;
}

void schema_free(Schema *s)
{
	if (s == NULL)
		return;
	g_hash_table_unref(s->globals);
	g_free(s);
}

const xmlNode *schema_lookup(const Schema *s, const char *component, const char *name)
{
	g_autofree char *key = name != NULL ? g_strconcat(component, " ", name, NULL) : NULL;

	return key != NULL ? g_hash_table_lookup(s->globals, key) : NULL;
}

const xmlNode *schema_root(const Schema *s)
{
	return s->root;
}

const xmlNode *schema_type(const Schema *s, const xmlNode *declaration)
{
	const char *name = xml_attribute(declaration, "type");
	const xmlNode *type = xml_first(declaration, "complexType");

	if (type == NULL)
		type = xml_first(declaration, "simpleType");
	if (type == NULL)
		type = schema_lookup(s, "complexType", name);
	return type != NULL ? type : schema_lookup(s, "simpleType", name);
}

/* xs:extension of a type with complex or simple content, or the type itself: the node that holds its particle and attributes. */
static const xmlNode *type_holder(const xmlNode *type)
{
	const xmlNode *content = xml_first(type, "complexContent");

	if (content == NULL)
		content = xml_first(type, "simpleContent");
	return content != NULL ? xml_first(content, "extension") : type;
}

const xmlNode *schema_base(const Schema *s, const xmlNode *type)
{
	return xml_first(type, "complexContent") != NULL ? schema_lookup(s, "complexType", xml_attribute(type_holder(type), "base")) : NULL;
}

const xmlNode *schema_particle(const xmlNode *type)
{
	static const char *const particles[] = {"sequence", "choice", "group", NULL};

	for (const xmlNode *n = xml_first(type_holder(type), NULL); n != NULL; n = xml_next(n, NULL))
		if (g_strv_contains(particles, (const char *)n->name))
			return n;
	return NULL;
}

static void add_once(GPtrArray *declarations, const xmlNode *declaration)
{
	if (schema_find(declarations, schema_name(declaration)) == NULL)
		g_ptr_array_add(declarations, (gpointer)declaration);
}

static void add_elements(const Schema *s, const xmlNode *particle, GPtrArray *to)
{
	if (xml_is(particle, "element"))
		add_once(to, particle);
	else if (xml_is(particle, "group") && xml_attribute(particle, "ref") != NULL)
		particle = schema_lookup(s, "group", xml_attribute(particle, "ref"));
	for (const xmlNode *n = xml_is(particle, "element") ? NULL : xml_first(particle, NULL); n != NULL; n = xml_next(n, NULL))
		add_elements(s, n, to);
}

GPtrArray *schema_elements(const Schema *s, const xmlNode *type)
{
	GPtrArray *to = g_ptr_array_new();

	for (; type != NULL; type = schema_base(s, type))
		if (schema_particle(type) != NULL)
			add_elements(s, schema_particle(type), to);
	return to;
}

static void add_attributes(const Schema *s, const xmlNode *holder, GPtrArray *to)
{
	for (const xmlNode *n = xml_first(holder, NULL); n != NULL; n = xml_next(n, NULL)) {
		if (xml_is(n, "attribute"))
			add_once(to, n);
		else if (xml_is(n, "attributeGroup"))
			add_attributes(s, schema_lookup(s, "attributeGroup", xml_attribute(n, "ref")), to);
	}
}

GPtrArray *schema_attributes(const Schema *s, const xmlNode *type)
{
	GPtrArray *to = g_ptr_array_new();

	for (; type != NULL && xml_is(type, "complexType"); type = schema_base(s, type))
		add_attributes(s, type_holder(type), to);
	return to;
}

const char *schema_name(const xmlNode *declaration)
{
	const char *name = xml_attribute(declaration, "name");

	return name != NULL ? name : xml_attribute(declaration, "value");
}

const xmlNode *schema_find(const GPtrArray *declarations, const char *name)
{
	for (guint i = 0; i < declarations->len; i++)
		if (strcmp(schema_name(declarations->pdata[i]), name) == 0)
			return declarations->pdata[i];
	return NULL;
}

const xmlNode *schema_text_type(const Schema *s, const xmlNode *type)
{
	const xmlNode *content = xml_is(type, "complexType") ? xml_first(type, "simpleContent") : NULL;

	(void)s;
	return content != NULL ? xml_first(content, "extension") : NULL;
}

gboolean schema_is_open(const xmlNode *type)
{
	const xmlNode *particle = schema_particle(type);

	return particle != NULL && xml_first(particle, "any") != NULL;
}

gboolean schema_is_mixed(const Schema *s, const xmlNode *type)
{
	for (; type != NULL; type = schema_base(s, type))
		if (g_strcmp0(xml_attribute(type, "mixed"), "true") == 0)
			return TRUE;
	return FALSE;
}

gboolean schema_is_required(const xmlNode *attribute)
{
	return g_strcmp0(xml_attribute(attribute, "use"), "required") == 0;
}

char *schema_note(const xmlNode *declaration, const char *source)
{
	const xmlNode *annotation = xml_first(declaration, "annotation");

	for (const xmlNode *n = annotation != NULL ? xml_first(annotation, "appinfo") : NULL; n != NULL; n = xml_next(n, "appinfo")) {
		if (g_strcmp0(xml_attribute(n, "source"), source) == 0)
			return g_strdup(n->children != NULL ? (const char *)n->children->content : "");
	}
	return NULL;
}

gboolean schema_is_program(const xmlNode *declaration)
{
	g_autofree char *note = schema_note(declaration, "program");

	return note != NULL;
}

/* "De titel, zoals die gedrukt wordt." as "de titel, zoals die gedrukt wordt". */
static char *as_words(const char *sentence)
{
	const char *stop = strstr(sentence, ". ");
	g_autofree char *text = g_strstrip(stop != NULL ? g_strndup(sentence, (gsize)(stop - sentence)) : g_strdup(sentence));
	gsize length = strlen(text);
	gunichar second = length > 0 ? g_utf8_get_char(g_utf8_next_char(text)) : 0;

	if (length > 0 && text[length - 1] == '.')
		text[length - 1] = '\0';
	if (!g_unichar_islower(second) && second != ' ')
		return g_steal_pointer(&text);
	g_autofree char *first = g_utf8_strdown(text, g_utf8_next_char(text) - text);
	return g_strconcat(first, g_utf8_next_char(text), NULL);
}

char *schema_words(const xmlNode *declaration, Language language)
{
	const xmlNode *annotation = xml_first(declaration, "annotation");
	const char *wanted = language == LANGUAGE_NL ? "nl" : "en";

	for (const xmlNode *n = annotation != NULL ? xml_first(annotation, "documentation") : NULL; n != NULL;
	     n = xml_next(n, "documentation")) {
		xmlChar *lang = xmlNodeGetLang(n);
		gboolean ours = g_strcmp0((const char *)lang, wanted) == 0;
		xmlFree(lang);
		if (ours && n->children != NULL)
			return as_words((const char *)n->children->content);
	}
	return g_strdup("");
}

static GPtrArray *list_aliases(const GPtrArray *declarations, GPtrArray *owners)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < declarations->len; i++) {
		g_autofree char *note = schema_note(declarations->pdata[i], "alias");
		g_auto(GStrv) list = g_strsplit(note != NULL ? note : "", " ", -1);
		for (char **word = list; *word != NULL; word++) {
			if (**word == '\0')
				continue;
			g_ptr_array_add(words, g_strdup(*word));
			g_ptr_array_add(owners, declarations->pdata[i]);
		}
	}
	return words;
}

static const xmlNode *suggest_alias(const GPtrArray *declarations, const char *word, gboolean exactly)
{
	g_autoptr(GPtrArray) owners = g_ptr_array_new();
	g_autoptr(GPtrArray) words = list_aliases(declarations, owners);
	const char *near;
	guint at;

	if (exactly) {
		for (guint i = 0; i < words->len; i++)
			if (text_distance(word, words->pdata[i]) == 0)
				return owners->pdata[i];
		return NULL;
	}
	g_ptr_array_add(words, NULL);
	near = text_closest(word, (const char *const *)words->pdata);
	return near != NULL && g_ptr_array_find(words, near, &at) ? owners->pdata[at] : NULL;
}

const xmlNode *schema_suggest(const GPtrArray *declarations, const char *word)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	const xmlNode *found = suggest_alias(declarations, word, TRUE);
	const char *near;

	if (found != NULL)
		return found;
	for (guint i = 0; i < declarations->len; i++)
		if (!schema_is_program(declarations->pdata[i]))
			g_ptr_array_add(names, (gpointer)schema_name(declarations->pdata[i]));
	g_ptr_array_add(names, NULL);
	if (g_utf8_strlen(word, -1) < 3) /* as near to anything as to what was meant */
		return NULL;
	near = text_closest(word, (const char *const *)names->pdata);
	return near != NULL ? schema_find(declarations, near) : suggest_alias(declarations, word, FALSE);
}

GPtrArray *schema_enumerations(const Schema *s, const xmlNode *type)
{
	GPtrArray *list = g_ptr_array_new();

	while (type != NULL) {
		const xmlNode *restriction = xml_first(type, "restriction"), *items = xml_first(type, "list");
		for (const xmlNode *n = restriction != NULL ? xml_first(restriction, "enumeration") : NULL; n != NULL;
		     n = xml_next(n, "enumeration"))
			g_ptr_array_add(list, (gpointer)n);
		if (list->len > 0)
			break;
		if (restriction != NULL)
			type = schema_lookup(s, "simpleType", xml_attribute(restriction, "base"));
		else
			type = items != NULL ? schema_lookup(s, "simpleType", xml_attribute(items, "itemType")) : NULL;
	}
	return list;
}

char *schema_example(const Schema *s, const xmlNode *declaration)
{
	const xmlNode *type = schema_type(s, declaration);
	const xmlNode *text = type != NULL ? schema_text_type(s, type) : NULL;
	char *own = schema_note(declaration, "example");

	if (text != NULL)
		type = schema_lookup(s, "simpleType", xml_attribute(text, "base"));
	if (own == NULL && type != NULL)
		own = schema_note(type, "example");
	if (own == NULL && type != NULL) {
		g_autoptr(GPtrArray) choices = schema_enumerations(s, type);
		own = choices->len > 0 ? g_strdup(schema_name(choices->pdata[0])) : NULL;
	}
	return own != NULL ? own : g_strdup("…");
}

char *schema_snippet(const Schema *s, const xmlNode *declaration)
{
	const char *name = schema_name(declaration);
	const xmlNode *type = schema_type(s, declaration);
	g_autoptr(GPtrArray) attributes = schema_attributes(s, type);
	GString *out = g_string_new("<");

	g_string_append(out, name);
	for (guint i = 0; i < attributes->len; i++) {
		if (!schema_is_required(attributes->pdata[i]))
			continue;
		g_autofree char *example = schema_example(s, attributes->pdata[i]);
		g_string_append_printf(out, " %s=\"%s\"", schema_name(attributes->pdata[i]), example);
	}
	if (type != NULL && schema_particle(type) == NULL && schema_text_type(s, type) == NULL && schema_base(s, type) == NULL) {
		g_string_append(out, "/>");
	} else {
		g_autofree char *example = type != NULL && schema_text_type(s, type) != NULL ? schema_example(s, declaration) : g_strdup("…");
		g_string_append_printf(out, ">%s</%s>", example, name);
	}
	return g_string_free(out, FALSE);
}
