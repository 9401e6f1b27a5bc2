/* What the FO room has to say, once where once is enough. */
#include "base/text.h"
#include "fo/report.h"

#include <string.h>

/* Takes key over. Nothing is said when a marker's content is made again. */
static gboolean is_first(FoBuilder *b, char *key)
{
	return g_hash_table_add(b->reported, key) && b->d;
}

/* The text to underline stands on that line only when the place is the FO's own. */
static Position place(const FoBuilder *b, const char *focus)
{
	Position at = b->draft.node->at;
	at.focus = at.file && b->name && strcmp(at.file, b->name) == 0 ? focus : NULL;
	return at;
}

static char *number_text(double n)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	return g_strdup(g_ascii_formatd(text, sizeof text, "%.9g", n));
}

static char *length_text(const FoValue *v)
{
	g_autofree char *points = number_text(v->length / 1000.0), *percent = number_text(v->u.number * 100);
	if (v->u.number == 0)
		return g_strconcat(points, "pt", NULL);
	if (v->length == 0)
		return g_strconcat(percent, "%", NULL);
	return g_strconcat(percent, "%", v->length > 0 ? "+" : "", points, "pt", NULL);
}

char *fo_value_describe(const FoValue *v)
{
	g_autofree char *number = NULL;
	switch ((FoValueType)v->type) {
	case V_KEYWORD:
		return g_strdup(fo_keyword_name((FoKeyword)v->keyword));
	case V_NUMBER:
		return number_text(v->u.number);
	case V_LENGTH:
		return length_text(v);
	case V_PROPORTION:
		number = number_text(v->u.number);
		return v->length ? g_strdup_printf("%s*%+dmpt", number, v->length) : g_strconcat(number, "*", NULL);
	case V_COLOUR:
		return v->u.colour & 0xff ? g_strdup_printf("#%06x", (guint)(v->u.colour >> 8)) : g_strdup("transparent");
	case V_STRING:
		return g_strdup(v->u.string);
	case V_STRINGS:
		return g_strjoinv(",", (char **)v->u.strings);
	}
	return NULL;
}

static char *describe(FoBuilder *b, FoProperty p)
{
	return fo_properties[p].type & T_SHORTHAND ? g_strdup("") : fo_value_describe(fo_draft_peek(&b->draft, p));
}

/* The words a property takes, without those that are not supported. */
static char *list_keywords(FoProperty p)
{
	g_auto(GStrv) words = g_strsplit(fo_properties[p].keywords, " ", -1);
	GString *list = g_string_new(NULL);
	for (guint i = 0; words[i]; i++)
		if (*words[i] && *words[i] != '!')
			g_string_append_printf(list, "%s%s", list->len ? ", " : "", words[i]);
	if (fo_properties[p].type & (T_LENGTH | T_NUMBER | T_INTEGER | T_COLOUR))
		g_string_truncate(list, 0);
	return g_string_free(list, FALSE);
}

void fo_report_value(FoBuilder *b, FoProperty p, FoSpan text, gboolean unsupported)
{
	const char *name = fo_properties[p].name;
	if (!b->d)
		return;
	g_autofree char *value = g_utf8_make_valid(text.text, (gssize)MIN(text.length, 60));
	Position at = place(b, value);
	if (unsupported) {
		if (is_first(b, g_strconcat(name, "=", value, NULL)))
			diagnose(b->d, MSG_FO_UNSUPPORTED_VALUE, &at, name, value);
		return;
	}
	g_autofree char *taken = describe(b, p), *words = list_keywords(p);
	if (*taken)
		diagnose(b->d, MSG_FO_VALUE, &at, name, value, taken, words);
	else
		diagnose(b->d, MSG_FO_VALUE_IGNORED, &at, name, value);
}

void fo_report_attribute(FoBuilder *b, const char *name)
{
	if (!is_first(b, g_strconcat("@", name, NULL)))
		return;
	const char *names[FO_PROPERTY_COUNT + 1];
	const char *dot = strchr(name, '.');
	g_autofree char *compound = dot ? g_strndup(name, (gsize)(dot - name)) : NULL;
	Position at = place(b, name);
	if (compound && g_hash_table_contains(b->properties, compound)) {
		diagnose(b->d, MSG_FO_UNSUPPORTED_PROPERTY, &at, name);
		return;
	}
	for (guint p = 0; p < FO_PROPERTY_COUNT; p++)
		names[p] = fo_properties[p].name;
	names[FO_PROPERTY_COUNT] = NULL;
	const char *near = text_closest(name, names);
	diagnose(b->d, MSG_FO_UNKNOWN_PROPERTY, &at, name, near ? near : "");
}

void fo_report_property(FoBuilder *b, FoProperty p)
{
	const char *name = fo_properties[p].name;
	Position at = place(b, name);
	if (is_first(b, g_strconcat("@", name, NULL)))
		diagnose(b->d, MSG_FO_UNSUPPORTED_PROPERTY, &at, name);
}

void fo_report_element(FoBuilder *b, MessageId id, const Position *at, const char *name)
{
	if (id == MSG_FO_UNKNOWN_OBJECT && b->d) {
		const char *names[FO_TEXT + 1];
		for (guint k = 0; k < FO_TEXT; k++)
			names[k] = fo_elements[k].name;
		names[FO_TEXT] = NULL;
		const char *near = text_closest(name, names);
		diagnose(b->d, id, at, name, near ? near : "");
	} else if (is_first(b, g_strconcat("<", name, NULL))) {
		diagnose(b->d, id, at, name);
	}
}

void fo_report_child(FoBuilder *b, MessageId id, const FoNode *parent, const Position *at, const char *name)
{
	if (b->d)
		diagnose(b->d, id, at, name, fo_kind_name(parent->kind));
}
