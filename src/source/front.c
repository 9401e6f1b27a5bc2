/* The front matter: which element it is, and what to say when there is none. */
#include "source/internal.h"

#include "base/markup.h"
#include "base/text.h"

#include <string.h>

static const char *const kinds[] = {"publication", "chapter", "case", "session", "reflection", "thread", "imprint", NULL};

/* The offset of the first thing that is neither space, comment nor declaration. */
static gsize skip_prolog(const Locator *t)
{
	gsize i = 0;

	for (;;) {
		const char *close, *closing;
		while (i < t->size && g_ascii_isspace(t->text[i]))
			i++;
		if (t->size - i >= 4 && memcmp(t->text + i, "<!--", 4) == 0)
			closing = "-->";
		else if (t->size - i >= 2 && memcmp(t->text + i, "<?", 2) == 0)
			closing = "?>";
		else
			return i;
		close = g_strstr_len(t->text + i, (gssize)(t->size - i), closing);
		if (close == NULL)
			return i;
		i = (gsize)(close - t->text) + strlen(closing);
	}
}

static gboolean starts(const Locator *t, gsize i, const char *with)
{
	return t->size - i >= strlen(with) && memcmp(t->text + i, with, strlen(with)) == 0;
}

static gboolean check_beginning(Source *s)
{
	Locator *t = &s->text;
	gsize i = skip_prolog(t);
	Position at = locator_position(t, i, NULL);

	if (i < t->size && t->text[i] == '<')
		return TRUE;
	if (starts(t, i, "---") || starts(t, i, "+++"))
		complain(s, MSG_FRONT_FENCE, &at);
	else
		complain(s, MSG_FRONT_MISSING, &at);
	return FALSE;
}

const char *source_kind_meant(const char *word)
{
	static const char *const dutch[][2] = {
	    {"publicatie", "publication"}, {"rapport", "publication"}, {"hoofdstuk", "chapter"}, {"bijlage", "chapter"},
	    {"appendix", "chapter"}, {"casus", "case"}, {"verhaal", "case"}, {"sessie", "session"}, {"bijeenkomst", "session"},
	    {"gesprek", "session"}, {"interview", "session"}, {"reflectie", "reflection"}, {"portret", "reflection"},
	    {"draad", "thread"}, {"rode-draad", "thread"}, {"colofon", "imprint"},
	};

	for (guint i = 0; i < G_N_ELEMENTS(dutch); i++)
		if (g_ascii_strcasecmp(dutch[i][0], word) == 0)
			return dutch[i][1];
	return text_closest(word, kinds);
}

gboolean front_is_kind(const char *name)
{
	return g_strv_contains(kinds, name);
}

static gboolean check_kind(Source *s, const xmlNode *root, gsize start)
{
	const char *name = (const char *)root->name, *near;
	Position at = locator_position(&s->text, start, name);

	if (front_is_kind(name))
		return TRUE;
	near = source_kind_meant(name);
	if (near != NULL)
		complain(s, MSG_FRONT_KIND, &at, name, near);
	else
		complain(s, MSG_FRONT_KIND_UNKNOWN, &at, name);
	return FALSE;
}

gsize front_read(Source *s)
{
	gsize size = s->text.size;
	guint before = diagnostics_length(s->d);
	Markup m;

	if (!check_beginning(s))
		return 0;
	m = markup_read(&s->text, 0, MIN(size, SOURCE_FRONT_LIMIT), s->d);
	s->errors += (int)(diagnostics_length(s->d) - before);
	s->doc = m.doc;
	if (m.doc == NULL)
		return 0;
	if (!check_kind(s, xmlDocGetRootElement(m.doc), m.start)) {
		g_clear_pointer(&s->doc, xmlFreeDoc);
		return 0;
	}
	if (m.broken)
		xmlSetProp(xmlDocGetRootElement(m.doc), BAD_CAST "broken", BAD_CAST "yes");
	return m.end;
}
