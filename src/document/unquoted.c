/* Somebody's words that are no quote, so that no rule asks whether they may be printed and no block finds them: a name and a colon without the >, in
 * the middle of a quotation, or the name behind the words. Labels are known here; whether words are somebody's own is guessed, and so these are warnings,
 * but for a bold name in a quotation, which can be nothing else. */
#include "document/room.h"

#include "base/text.h"

#include <string.h>

enum { OPENING_LIMIT = 60, TAIL_LIMIT = 60 /* bytes */ };

/* ---- whose words ---- */

/* Whether somebody at hand is called so. */
static gboolean is_known(Assembly *a, const Unit *unit, const char *label)
{
	g_autofree char *folded = label_fold(label);
	g_autoptr(GPtrArray) persons = *folded != '\0' ? scope_find_persons(a, unit, folded) : NULL;

	return persons != NULL || (*folded != '\0' && speakers_is_portrayed(a, unit, folded));
}

/* The label that words begin with: all of them, or those before a comma, a bracket or one of "zei", "en" and their like. NULL: nobody's. The caller's. */
static char *find_label(Assembly *a, const Unit *unit, const char *words)
{
	static const char *const stops[] = {",", "(", " zei", " zegt", " vertel", " vindt", " en ", " said", " says", " and ", " &", NULL};
	g_autofree char *all = g_strstrip(g_strdup(words));

	if (*all == '\0' || strlen(all) > OPENING_LIMIT)
		return NULL;
	if (is_known(a, unit, all))
		return g_steal_pointer(&all);
	for (guint i = 0; stops[i] != NULL; i++) {
		const char *stop = strstr(all, stops[i]);
		g_autofree char *part = stop != NULL ? g_strchomp(g_strndup(all, (gsize)(stop - all))) : NULL;
		if (part != NULL && *part != '\0' && is_known(a, unit, part))
			return g_steal_pointer(&part);
	}
	const char *other = strstr(all, " en ") != NULL ? strstr(all, " en ") + 4 : strstr(all, " and ") != NULL ? strstr(all, " and ") + 5 : NULL;
	if (other != NULL && is_known(a, unit, other))
		return g_strdup(other);
	return NULL;
}

static gboolean is_own_word(const char *word, gsize length)
{
	static const char *const own[] = {"ik", "mij", "mijn", "me", "m'n", "m’n", "we", "wij", "ons", "onze", "mezelf", "i", "my", "our", "us", "myself"};

	for (guint i = 0; i < G_N_ELEMENTS(own); i++)
		if (g_ascii_strncasecmp(word, own[i], length) == 0 && own[i][length] == '\0')
			return TRUE;
	return FALSE;
}

/* Words in which somebody speaks: of oneself, or between quotation marks. */
static gboolean is_speech(const char *text)
{
	static const char *const opening[] = {"'", "\"", "‘", "“", "„", "«"};
	static const char apart[] = " \n.,;:!?()";

	while (g_ascii_isspace(*text))
		text++;
	for (guint i = 0; i < G_N_ELEMENTS(opening); i++)
		if (g_str_has_prefix(text, opening[i]))
			return TRUE;
	for (gsize length; *text != '\0'; text += length + (text[length] != '\0')) {
		length = strcspn(text, apart);
		if (length > 0 && is_own_word(text, length))
			return TRUE;
	}
	return FALSE;
}

/* ---- the name before the words ---- */

/* The first thing in a paragraph that a reader sees. */
static const xmlNode *first_seen(const xmlNode *p)
{
	const xmlNode *n = p->children;

	while (n != NULL && (xml_is(n, "note") || xmlIsBlankNode(n)))
		n = n->next;
	return n;
}

/* Whether a colon may stand near its beginning, before a sentence ends: in most paragraphs none does, and they need not be looked at. */
static gboolean opens_with_colon(const xmlNode *p)
{
	gsize length = 0;

	for (const xmlNode *n = p->children, *next; n != NULL; n = next) {
		next = xml_is(n, "note") || xml_is(n, "footnote") ? node_after(n, p) : xml_following(n, p);
		if ((n->type != XML_TEXT_NODE && n->type != XML_CDATA_SECTION_NODE) || n->content == NULL)
			continue;
		for (const char *c = (const char *)n->content; *c != '\0' && length <= OPENING_LIMIT; c++) {
			if (*c == ':')
				return TRUE;
			if (*c == '.' || *c == ';' || *c == '!' || *c == '?' || *c == '"')
				return FALSE;
			length += *c != ' ' && *c != '\n';
		}
	}
	return FALSE;
}

/* What stands before the first colon of a paragraph, when that can be a name; *stressed: in bold or italic. *rest: the words behind it. NULL: nothing. The
 * caller's. */
static char *opening_words(const xmlNode *p, gboolean *stressed, char **rest)
{
	const xmlNode *first = first_seen(p);

	*stressed = first != NULL && (xml_is(first, "strong") || xml_is(first, "em"));
	if (!opens_with_colon(p))
		return NULL;
	g_autofree char *text = node_text(p);
	gsize length = strcspn(text, ":.;!?\"\n");
	if (text[length] != ':' || length < 2 || length > OPENING_LIMIT || (text[length + 1] != ' ' && text[length + 1] != '\0'))
		return NULL;
	*rest = g_strdup(text + length + 1);
	return g_strndup(text, length);
}

static void report(Assembly *a, const xmlNode *p, MessageId id, const char *label)
{
	Position at = place_text(a->w, p, label);

	diagnose(a->d, id, &at, label);
}

/* Whether it stands in an element of that name, within its unit. */
static const xmlNode *within(const xmlNode *n, const char *name)
{
	for (n = n->parent; n != NULL && n->type == XML_ELEMENT_NODE && !xml_is(n, "body"); n = n->parent)
		if (xml_is(n, name))
			return n;
	return NULL;
}

/* It becomes a quote, or was reported as one. */
static gboolean is_resolved(Assembly *a, const Unit *unit, const xmlNode *quotation)
{
	const char *label = xml_attribute(quotation, "label");

	return label != NULL && is_known(a, unit, label);
}

static void check_opening(Assembly *a, const Unit *unit, const xmlNode *p)
{
	gboolean stressed;
	g_autofree char *rest = NULL, *words = opening_words(p, &stressed, &rest);
	g_autofree char *label = words != NULL ? find_label(a, unit, words) : NULL;
	const xmlNode *quotation = within(p, "quotation");
	gboolean first = quotation != NULL && xml_first(quotation, NULL) == p;

	if (label == NULL || (first && is_resolved(a, unit, quotation)))
		return;
	if (quotation != NULL && stressed && p->parent == quotation)
		report(a, p, MSG_SPEAKER_UNQUOTED_BLOCK, label);
	else if (quotation != NULL && (first || stressed))
		report(a, p, MSG_SPEAKER_UNQUOTED, label);
	else if (is_speech(rest))
		report(a, p, MSG_SPEAKER_UNQUOTED, label);
}

/* As node_text, with the ends of its lines; the caller's. */
static char *lines_of(const xmlNode *p)
{
	GString *out = g_string_new(NULL);

	for (const xmlNode *n = p->children, *next; n != NULL; n = next) {
		gboolean apart = xml_is(n, "note") || xml_is(n, "footnote");
		next = apart ? node_after(n, p) : xml_following(n, p);
		if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content != NULL)
			g_string_append(out, (const char *)n->content);
		else if (xml_is(n, "br"))
			g_string_append_c(out, '\n');
	}
	return g_strstrip(g_string_free(out, FALSE));
}

/* The label that a quotation begins with though no colon follows: "**Vader** Ik niet.", "Vader – Ik niet.", "Vader" on a line of its own. NULL: none. The
 * caller's. */
static char *plain_label(Assembly *a, const Unit *unit, const xmlNode *p)
{
	static const char *const stops[] = {"–", "—", " - ", "\n", ";", "\xEF\xBC\x9A" /* a wide colon */};
	const xmlNode *first = first_seen(p);
	gboolean stressed = first != NULL && (xml_is(first, "strong") || xml_is(first, "em"));
	g_autofree char *text = stressed ? node_text(first) : lines_of(p);
	const char *from = text + strspn(text, "\"'"), *end = from + strlen(from);

	for (guint i = 0; i < G_N_ELEMENTS(stops); i++) {
		const char *stop = strstr(from, stops[i]);
		end = stop != NULL && stop < end ? stop : end;
	}
	while (end > from && (end[-1] == ' ' || g_str_has_prefix(end - MIN(2, end - from), "\xC2\xA0")))
		end -= end[-1] == ' ' ? 1 : 2;
	g_autofree char *label = g_strndup(from, (gsize)(end - from));
	return *label != '\0' && strlen(label) <= OPENING_LIMIT && is_known(a, unit, label) ? g_steal_pointer(&label) : NULL;
}

static void check_plain_label(Assembly *a, const Unit *unit, const xmlNode *quotation)
{
	const xmlNode *first = xml_first(quotation, NULL);
	gboolean stressed, plain = first != NULL && xml_is(first, "p") && !is_resolved(a, unit, quotation);
	g_autofree char *rest = NULL, *words = plain ? opening_words(first, &stressed, &rest) : NULL; /* with a colon: told above */
	g_autofree char *label = plain && words == NULL ? plain_label(a, unit, first) : NULL;

	if (label != NULL)
		report(a, first, MSG_SPEAKER_UNQUOTED, label);
}

char *unquoted_heading(const xmlNode *title)
{
	const xmlNode *below = xml_next(title, NULL);
	g_autofree char *label = NULL;

	if (!(xml_is(title->parent, "section") || xml_is(title->parent, "box")) || below == NULL || !xml_is(below, "p"))
		return NULL;
	label = g_strstrip(node_text(title));
	if (g_str_has_suffix(label, ":"))
		label[strlen(label) - 1] = '\0';
	return *label != '\0' && strlen(label) <= OPENING_LIMIT ? g_steal_pointer(&label) : NULL;
}

static void check_heading(Assembly *a, const Unit *unit, const xmlNode *title)
{
	g_autofree char *label = unquoted_heading(title);

	if (label == NULL || !is_known(a, unit, label))
		return;
	g_autofree char *words = node_text(xml_next(title, NULL));
	if (is_speech(words))
		report(a, title, MSG_SPEAKER_UNQUOTED, label);
}

/* A table of who says what: a name in one cell, words in the next. */
static void check_cell(Assembly *a, const Unit *unit, const xmlNode *cell)
{
	const xmlNode *next = xmlNextElementSibling((xmlNode *)cell);
	g_autofree char *text = next != NULL ? node_text(cell) : g_strdup(""), *beside = next != NULL ? node_text(next) : NULL;
	gsize length = strlen(text);

	if (length > 0 && text[length - 1] == ':')
		text[length - 1] = '\0';
	g_autofree char *label = *text != '\0' && is_speech(beside) ? find_label(a, unit, text) : NULL;
	if (label != NULL)
		report(a, cell, MSG_SPEAKER_UNQUOTED, label);
}

/* ---- the name behind the words ---- */

/* "… – Noor", "(Noor, 16 jaar)", "… aldus Noor": what stands behind the last of such signs. NULL: none. */
static const char *signature(const char *text)
{
	static const char *const signs[] = {"– ", "— ", "- ", "(", "zei ", "zegt ", "vertelt ", "vertelde ", "aldus ", "volgens ", "said ", "says "};
	gsize length = strlen(text);
	const char *from = length > TAIL_LIMIT ? g_utf8_find_next_char(text + length - TAIL_LIMIT, NULL) : text, *found = NULL;

	for (guint i = 0; from != NULL && i < G_N_ELEMENTS(signs); i++) {
		const char *hit = g_strrstr(from, signs[i]);
		if (hit != NULL && hit + strlen(signs[i]) > (found != NULL ? found : from))
			found = hit + strlen(signs[i]);
	}
	return found;
}

/* The last paragraph in a quotation that nobody was found to speak. */
static void check_signature(Assembly *a, const Unit *unit, const xmlNode *quotation)
{
	const xmlNode *last = NULL;

	for (const xmlNode *n = quotation->children; n != NULL; n = xml_following(n, quotation))
		last = xml_is(n, "p") ? n : last;
	if (last == NULL || within(last, "quote") != NULL || is_resolved(a, unit, quotation))
		return;
	g_autofree char *text = node_text(last), *lines = lines_of(last);
	const char *behind = signature(text), *line = strrchr(lines, '\n');
	gboolean alone = xml_first(quotation, NULL) != last;
	g_autofree char *words = g_strdup(behind != NULL ? behind : line != NULL ? line + 1 : alone ? text : "");
	gsize length = strlen(words);
	while (length > 0 && strchr(".)!? \"'", words[length - 1]) != NULL)
		words[--length] = '\0';
	g_autofree char *label = find_label(a, unit, words);
	if (label != NULL)
		report(a, last, MSG_SPEAKER_UNQUOTED, label);
}

/* As the three above, of who is not known yet. */
gboolean unquoted_may(const xmlNode *n)
{
	if (strchr("tplq", n->name[0]) == NULL || xml_is(n, "title") || within(n, "quote") != NULL)
		return FALSE;
	if (xml_is(n, "td") || xml_is(n, "th")) {
		const xmlNode *next = xmlNextElementSibling((xmlNode *)n);
		g_autofree char *beside = next != NULL ? node_text(next) : g_strdup("");
		if (is_speech(beside))
			return TRUE;
	} else if (xml_is(n, "quotation")) {
		return TRUE;
	} else if (!xml_is(n, "p") && !xml_is(n, "lead")) {
		return FALSE;
	}
	gboolean stressed;
	g_autofree char *rest = NULL, *words = opening_words(n, &stressed, &rest);
	return words != NULL && (within(n, "quotation") != NULL || is_speech(rest));
}

/* What is printed in sentences, and is no quote. */
static gboolean is_told(const xmlNode *n)
{
	static const char *const told[] = {"p", "lead", "td", "th", "title", "caption", "definition", "description", "exit", NULL};

	return g_strv_contains(told, (const char *)n->name) && within(n, "quote") == NULL && within(n, "quotation") == NULL; /* there it is warned of */
}

void unquoted_check(Assembly *a, const Unit *unit)
{
	for (xmlNode *n = unit->node; n != NULL; n = unit_following(n, unit)) {
		if (n->type != XML_ELEMENT_NODE || strchr("tplqcde", n->name[0]) == NULL)
			continue;
		gboolean cell = xml_is(n, "td") || xml_is(n, "th"), words = cell || xml_is(n, "p") || xml_is(n, "lead");
		if (cell && within(n, "quote") == NULL)
			check_cell(a, unit, n);
		if (a->tree != NULL && is_told(n))
			sentence_note_speakers(a, unit, n);
		if (words && within(n, "quote") == NULL)
			check_opening(a, unit, n);
		else if (xml_is(n, "quotation")) {
			check_plain_label(a, unit, n);
			check_signature(a, unit, n);
		} else if (xml_is(n, "title")) {
			check_heading(a, unit, n);
		}
	}
}
