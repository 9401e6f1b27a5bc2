/* The tables as C data, and looking words up in them. */
#include "fo/build.h"
#include "fo/values.h"

#include <stdlib.h>
#include <string.h>

const ElementRow fo_elements[] = {
#define ELEMENT(id, name, is, takes, how) {name, is, takes, how},
#include "fo/elements.def"
#undef ELEMENT
};

/* What the words of the column "initial" stand for. */
#define INITIAL_PT(n)                                                                                                              \
	{                                                                                                                          \
		.type = V_LENGTH, .length = (n)*1000                                                                               \
	}
#define INITIAL_PERCENT(n)                                                                                                         \
	{                                                                                                                          \
		.type = V_LENGTH, .u.number = (n) / 100.0                                                                          \
	}
#define INITIAL_NUM(n)                                                                                                             \
	{                                                                                                                          \
		.type = V_NUMBER, .u.number = (n)                                                                                  \
	}
#define INITIAL_KW(id)                                                                                                             \
	{                                                                                                                          \
		.type = V_KEYWORD, .keyword = FO_K_##id                                                                            \
	}
#define INITIAL_COLOUR(c)                                                                                                          \
	{                                                                                                                          \
		.type = V_COLOUR, .u.colour = (c)                                                                                  \
	}
#define INITIAL_STR(s)                                                                                                             \
	{                                                                                                                          \
		.type = V_STRING, .u.string = (s)                                                                                  \
	}
#define INITIAL_FAMILY(s)                                                                                                          \
	{                                                                                                                          \
		.type = V_STRINGS, .u.strings = (const char *const[])                                                              \
		{                                                                                                                  \
			s, NULL                                                                                                    \
		}                                                                                                                  \
	}
#define YES TRUE
#define NO FALSE

const PropertyRow fo_properties[] = {
#define PROPERTY(id, name, type, initial, inherited, percent, keywords)                                                            \
	{name, type, INITIAL_##initial, inherited, percent, keywords},
#include "fo/props.def"
#undef PROPERTY
};

static const char *const keyword_names[] = {
    "none",
#define KEYWORD(id, name) name,
#include "fo/keywords.def"
#undef KEYWORD
};

const char *fo_keyword_name(FoKeyword k)
{
	return keyword_names[k];
}

static int compare_keywords(gconstpointer span, gconstpointer keyword)
{
	const FoSpan *wanted = span;
	const char *name = *(const char *const *)keyword;
	int order = strncmp(wanted->text, name, wanted->length);
	return order == 0 && name[wanted->length] ? -1 : order;
}

gboolean fo_keyword_lookup(const char *name, gsize length, FoKeyword *found)
{
	*found = FO_K_NONE;
	if (length == 4 && memcmp(name, "none", 4) == 0)
		return TRUE;
	const char *const *keyword = bsearch(&(FoSpan){name, length}, keyword_names + 1, FO_KEYWORD_COUNT - 1, sizeof *keyword_names, compare_keywords);
	if (keyword)
		*found = (FoKeyword)(keyword - keyword_names);
	return keyword != NULL;
}

guint fo_property_components(FoProperty p)
{
	guint32 type = fo_properties[p].type;
	return type & T_SPACE ? 4 : type & T_KEEP ? 3 : type & T_RANGE ? 2 : type & (T_CONDITIONAL | T_PAIR) ? 1 : 0;
}

const char *fo_kind_name(FoKind kind)
{
	return kind == FO_TEXT ? "#text" : kind == FO_FOREIGN ? "#foreign" : fo_elements[kind].name;
}

gboolean fo_kind_is_block(FoKind kind)
{
	return kind < FO_TEXT && fo_elements[kind].is & IS_BLOCK;
}

gboolean fo_kind_is_inline(FoKind kind)
{
	return kind == FO_TEXT || (kind < FO_TEXT && fo_elements[kind].is & IS_INLINE);
}
