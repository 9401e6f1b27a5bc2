/* The words of the schema in messages of ours, in both languages. */
#include "check/explain.h"

#include <string.h>

Words words_same(const char *text)
{
	return (Words){{g_strdup(text != NULL ? text : ""), g_strdup(text != NULL ? text : "")}};
}

Words words_take(char *text)
{
	return (Words){{text, g_strdup(text)}};
}

Words words_number(int n)
{
	return words_take(g_strdup_printf("%d", n));
}

Words words_about(const xmlNode *declaration)
{
	return (Words){{schema_words(declaration, LANGUAGE_EN), schema_words(declaration, LANGUAGE_NL)}};
}

Words words_choices(const GPtrArray *enumerations)
{
	Words words;

	for (int language = 0; language < 2; language++) {
		GString *out = g_string_new(NULL);
		for (guint i = 0; i < enumerations->len; i++) {
			const xmlNode *choice = enumerations->pdata[i];
			g_autofree char *about = schema_words(choice, (Language)language);
			g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", schema_name(choice));
			if (*about != '\0' && strcmp(about, schema_name(choice)) != 0)
				g_string_append_printf(out, " (%s)", about);
		}
		words.in[language] = g_string_free(out, FALSE);
	}
	return words;
}

Words words_tags(const GPtrArray *elements)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < elements->len; i++)
		if (!schema_is_program(elements->pdata[i]))
			g_string_append_printf(out, "%s<%s>", out->len > 0 ? ", " : "", schema_name(elements->pdata[i]));
	return words_take(g_string_free(out, FALSE));
}

void say_all(Explain *e, MessageId id, const Position *at, Words *words, guint n)
{
	const char *arguments[2][10] = {{NULL}};

	for (guint i = 0; i < n && i < 9; i++)
		for (int language = 0; language < 2; language++)
			arguments[language][i] = words[i].in[language];
	diagnostics_add_each(e->d, id, at, (const char *const *const[]){arguments[0], arguments[1]});
	for (guint i = 0; i < n; i++)
		for (int language = 0; language < 2; language++)
			g_free(words[i].in[language]);
}

Position place_element(const xmlNode *element, char **focus)
{
	Position at = xml_position(element);

	*focus = g_strconcat("<", (const char *)element->name, NULL);
	at.focus = *focus;
	return at;
}

Position place_property(const xmlNode *element, const char *name, const char *value, char **focus)
{
	Position at = xml_position(element);

	*focus = g_strdup_printf("%s=\"%s\"", name, value);
	at.focus = *focus;
	return at;
}
