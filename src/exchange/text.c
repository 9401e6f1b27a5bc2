/* Where selections really are. The standard counts code points; programs differ in whether they count a byte order mark and the second half of a line end of
 * two. A text that has these is taken only when one way of counting, and no other, puts every selection between words. */
#include "exchange/room.h"

#include "base/text.h"

#include <string.h>

/* A text as one program may count it: from its places to those of the clean text. */
typedef struct {
	GArray *places; /* glong; one more than there are code points */
	gboolean plausible;
} Counting;

static gboolean is_break(gunichar c)
{
	return c == '\n' || c == '\r';
}

/* What has no place in a line becomes a space. */
static gunichar clean(gunichar c)
{
	if (c == '\r' || c == 0x2028 || c == 0x2029)
		return '\n';
	return c != '\n' && g_unichar_iscntrl(c) ? ' ' : c;
}

static Counting count(const gunichar *raw, glong length, gboolean mark, gboolean both)
{
	Counting c = {g_array_new(FALSE, FALSE, sizeof(glong)), TRUE};
	glong place = 0;

	for (glong i = 0; i < length; i++) {
		gboolean second = i > 0 && raw[i] == '\n' && raw[i - 1] == '\r', first = i == 0 && raw[i] == 0xFEFF;
		if ((first && mark) || (second && both) || (!first && !second))
			g_array_append_val(c.places, place);
		place += !first && !second;
	}
	g_array_append_val(c.places, place);
	return c;
}

static glong place_at(const Counting *c, glong i)
{
	return g_array_index(c->places, glong, i);
}

static gboolean in_range(const Counting *c, const Selection *s)
{
	return s->start >= 0 && s->start <= s->end && s->end < (glong)c->places->len;
}

/* A selection that begins or ends inside a word was counted otherwise. */
static gboolean cuts_word(const gunichar *text, glong length, glong at)
{
	return at > 0 && at < length && g_unichar_isalnum(text[at - 1]) && g_unichar_isalnum(text[at]);
}

static gboolean begins_or_ends_in_space(const gunichar *text, glong start, glong end)
{
	return start < end && (g_unichar_isspace(text[start]) || g_unichar_isspace(text[end - 1]));
}

static void judge(Counting *c, const Transcript *t, const gunichar *text, glong length)
{
	for (guint i = 0; c->plausible && i < t->selections->len; i++) {
		const Selection *s = &g_array_index(t->selections, Selection, i);
		c->plausible = in_range(c, s);
		if (!c->plausible)
			return;
		glong start = place_at(c, s->start), end = place_at(c, s->end);
		c->plausible = !cuts_word(text, length, start) && !cuts_word(text, length, end) && !begins_or_ends_in_space(text, start, end);
	}
}

static gboolean same_places(const Counting *a, const Counting *b, const Transcript *t)
{
	for (guint i = 0; i < t->selections->len; i++) {
		const Selection *s = &g_array_index(t->selections, Selection, i);
		if (place_at(a, s->start) != place_at(b, s->start) || place_at(a, s->end) != place_at(b, s->end))
			return FALSE;
	}
	return TRUE;
}

static const Counting *choose(const Counting *countings, guint n, const Transcript *t)
{
	const Counting *chosen = NULL;

	for (guint i = 0; i < n; i++) {
		if (!countings[i].plausible)
			continue;
		if (chosen != NULL && !same_places(chosen, &countings[i], t))
			return NULL;
		chosen = chosen != NULL ? chosen : &countings[i];
	}
	return chosen;
}

static void move(const Transcript *t, const Counting *c)
{
	for (guint i = 0; i < t->selections->len; i++) {
		Selection *s = &g_array_index(t->selections, Selection, i);
		s->start = place_at(c, s->start);
		s->end = place_at(c, s->end);
	}
}

static gboolean check_range(const Transcript *t, const Counting *c, const Position *at, Diagnostics *d)
{
	for (guint i = 0; i < t->selections->len; i++) {
		const Selection *s = &g_array_index(t->selections, Selection, i);
		if (in_range(c, s))
			continue;
		g_autofree char *start = g_strdup_printf("%ld", s->start), *end = g_strdup_printf("%ld", s->end);
		diagnose(d, MSG_IMPORT_RANGE, at, t->name, start, end);
		return FALSE;
	}
	return TRUE;
}

/* The ways of counting that a text leaves open: one when it has neither a mark nor line ends of two. */
static gboolean settle(const Transcript *t, const gunichar *raw, glong length, gunichar *text, glong clean_length, const Position *at, Diagnostics *d)
{
	gboolean mark = length > 0 && raw[0] == 0xFEFF, pairs = FALSE, fine;
	Counting countings[4];
	const Counting *chosen = NULL;

	for (glong i = 1; i < length; i++)
		pairs = pairs || (raw[i] == '\n' && raw[i - 1] == '\r');
	for (guint i = 0; i < G_N_ELEMENTS(countings); i++) {
		countings[i] = count(raw, length, (i & 1) != 0, (i & 2) != 0);
		if (mark || pairs)
			judge(&countings[i], t, text, clean_length);
	}
	fine = mark || pairs || check_range(t, &countings[0], at, d);
	if (fine) {
		chosen = mark || pairs ? choose(countings, G_N_ELEMENTS(countings), t) : &countings[0];
		if (chosen != NULL)
			move(t, chosen);
		else
			diagnose(d, MSG_IMPORT_PLACES, at, t->name);
	}
	for (guint i = 0; i < G_N_ELEMENTS(countings); i++)
		g_array_unref(countings[i].places);
	return chosen != NULL;
}

gunichar *transcript_decode(const Transcript *t, glong *length, const Position *at, Diagnostics *d)
{
	gsize size;
	const char *bytes = g_bytes_get_data(t->bytes, &size);
	g_autofree gunichar *raw = NULL;
	gunichar *text;
	glong n, out = 0;

	if (text_check_utf8(bytes, size) != size) {
		diagnose(d, MSG_IMPORT_ENCODING, at, t->file);
		return NULL;
	}
	raw = g_utf8_to_ucs4_fast(bytes, (glong)size, &n);
	text = g_new(gunichar, n + 1);
	for (glong i = 0; i < n; i++)
		if (!(i == 0 && raw[i] == 0xFEFF) && !(i > 0 && raw[i] == '\n' && is_break(raw[i - 1]) && raw[i - 1] == '\r'))
			text[out++] = clean(raw[i]);
	text[out] = 0;
	*length = out;
	if (settle(t, raw, n, text, out, at, d))
		return text;
	g_free(text);
	return NULL;
}
