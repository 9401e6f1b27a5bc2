/* Somebody's words in an ordinary sentence: "'Ik niet,' zei vader.", "Toen vroeg Noor: 'Mag ik mee?'" That is no quote and none is asked for, since a story is
 * told so; but the paragraph says whose words it has (@said), so that the rules can ask whether they may be printed. A name is heard that stands beside a
 * word of saying which stands beside a quotation mark, or before the colon of a quotation ("Vader is duidelijk: 'Nooit.'"), or in brackets behind one;
 * "zei ze" is nobody's. */
#include "document/room.h"

#include <string.h>

enum { LABEL_WORDS = 3, BETWEEN = 48 /* bytes from the word of saying to the colon */ };

static const char *const opening[] = {"‘", "“", "„", "«"}, *const closing[] = {"’", "”", "»"};

static gboolean begins_with(const char *text, const char *const *marks, guint count)
{
	for (guint i = 0; i < count; i++)
		if (g_str_has_prefix(text, marks[i]))
			return TRUE;
	return FALSE;
}

/* The last thing that is no blank or comma before a place in the text, nor "dat" or "zo", is a closing mark. */
static gboolean is_behind_words(const char *text, const char *at)
{
	static const char *const pointing[] = {" Dat ", " Zo ", " Dit ", " dat ", " zo ", " dit "};

	for (guint i = 0; i < G_N_ELEMENTS(pointing); i++) {
		gsize length = strlen(pointing[i]);
		if ((gsize)(at - text) > length && memcmp(at - length, pointing[i], length) == 0) {
			at -= length;
			break;
		}
	}
	while (at > text && strchr(" ,", at[-1]) != NULL)
		at--;
	for (guint i = 0; i < G_N_ELEMENTS(closing); i++) {
		gsize length = strlen(closing[i]);
		if ((gsize)(at - text) >= length && memcmp(at - length, closing[i], length) == 0)
			return TRUE;
	}
	return FALSE;
}

/* A colon and an opening mark follow before the sentence ends. */
static gboolean is_before_words(const char *at)
{
	gsize length = strcspn(at, ":.!?;");

	if (length > BETWEEN || at[length] != ':')
		return FALSE;
	at += length + 1;
	at += strspn(at, " ");
	return begins_with(at, opening, G_N_ELEMENTS(opening));
}

/* The one person at hand whom these words name; NULL: nobody, or one of several. */
static const Person *person_of(Assembly *a, const Unit *unit, const char *words, gsize length)
{
	g_autofree char *label = g_strndup(words, length), *folded = label_fold(label);
	g_autoptr(GPtrArray) persons = *folded != '\0' ? scope_find_persons(a, unit, folded) : NULL;

	return persons != NULL && persons->len == 1 ? persons->pdata[0] : NULL;
}

static gsize word_length(const char *at)
{
	return strcspn(at, " ,.:;!?()\n");
}

/* "zei vader", "zegt haar moeder": the longest label within the words that follow. */
static const Person *person_behind(Assembly *a, const Unit *unit, const char *at)
{
	for (guint skipped = 0; skipped < 2; skipped++) {
		const Person *found = NULL;
		const char *end = at + strspn(at, " ");
		at = end;
		for (guint words = 0; words < LABEL_WORDS && word_length(end) > 0; words++) {
			end += word_length(end);
			const Person *p = person_of(a, unit, at, (gsize)(end - at));
			found = p != NULL ? p : found;
			if (*end != ' ')
				break;
			end++;
		}
		if (found != NULL)
			return found;
		at += word_length(at);
	}
	return NULL;
}

/* "Haar vader zei": the longest label within the words before. */
static const Person *person_before(Assembly *a, const Unit *unit, const char *text, const char *at)
{
	const Person *found = NULL;
	const char *end = at, *start;

	while (end > text && end[-1] == ' ')
		end--;
	start = end;
	for (guint words = 0; words < LABEL_WORDS && start > text; words++) {
		while (start > text && strchr(" ,.:;!?()\n", start[-1]) == NULL)
			start--;
		const Person *p = person_of(a, unit, start, (gsize)(end - start));
		found = p != NULL ? p : found;
		if (start == text || start[-1] != ' ')
			break;
		start--;
	}
	return found;
}

static const Person *speaker_at(Assembly *a, const Unit *unit, const char *text, const char *word, gsize length)
{
	const Person *behind = NULL;

	if (is_behind_words(text, word))
		return person_behind(a, unit, word + length);
	if (!is_before_words(word + length))
		return NULL;
	behind = person_before(a, unit, text, word);
	return behind != NULL ? behind : person_behind(a, unit, word + length);
}

static gboolean is_saying(const char *word, gsize length)
{
	static const char *const words[] = {"zei", "zegt", "vroeg", "vraagt", "vertelde", "vertelt", "riep", "roept", "antwoordde", "antwoordt", "vond", "vindt", "dacht", "denkt", "schreef", "schrijft",
	                                    "fluisterde", "fluistert", "mompelde", "mompelt", "zuchtte", "zucht", "aldus", "said", "says", "asked", "asks", "wrote"};

	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		if ((words[i][0] | 0x20) == (word[0] | 0x20) && strlen(words[i]) == length && g_ascii_strncasecmp(word, words[i], length) == 0)
			return TRUE;
	return FALSE;
}

/* A quotation mark opens in the words of a paragraph. */
static gboolean has_mark(const xmlNode *p)
{
	for (const xmlNode *n = p->children; n != NULL; n = xml_following(n, p))
		if (n->type == XML_TEXT_NODE && n->content != NULL)
			for (guint i = 0; i < G_N_ELEMENTS(opening); i++)
				if (strstr((const char *)n->content, opening[i]) != NULL)
					return TRUE;
	return FALSE;
}

static void note_speaker(GString *said, const char *id)
{
	g_autofree char *padded = g_strdup_printf(" %s ", said->str), *sought = g_strdup_printf(" %s ", id);

	if (strstr(padded, sought) == NULL)
		g_string_append_printf(said, "%s%s", said->len > 0 ? " " : "", id);
}

/* Between a sentence's first word and a colon: the first person that is named there, unless a word of saying stands there, which tells more. */
static const Person *person_before_colon(Assembly *a, const Unit *unit, const char *text, const char *colon)
{
	static const char *const toward[] = {"aan", "tegen", "met", "over", "voor", "to", "about", "with", "for", NULL},
	                         *const between[] = {"de", "het", "een", "haar", "zijn", "mijn", "onze", "hun", "the", "his", "her", "their", NULL};
	const char *start = colon, *at;
	const Person *found = NULL;
	gboolean addressed = FALSE; /* whoever is named next is no speaker */

	while (start > text && strchr(".:!?;\n", start[-1]) == NULL)
		start--;
	for (at = start; at < colon; at += MAX(word_length(at), 1))
		if (word_length(at) > 0 && is_saying(at, word_length(at)))
			return NULL;
	for (at = start; at < colon && found == NULL; at += MAX(word_length(at), 1)) {
		const char *end = at;
		for (guint words = 0; !addressed && words < LABEL_WORDS && end < colon && word_length(end) > 0; words++) {
			end += word_length(end);
			const Person *p = person_of(a, unit, at, (gsize)(end - at));
			found = p != NULL ? p : found;
			end += *end == ' ';
		}
		if (word_length(at) > 0) {
			g_autofree char *word = g_ascii_strdown(at, (gssize)word_length(at));
			addressed = g_strv_contains(toward, word) || (addressed && g_strv_contains(between, word));
		}
	}
	return found;
}

/* "'Ik niet.' (Vader)", "'Ik niet.' (vader, 48)" */
static const Person *person_in_brackets(Assembly *a, const Unit *unit, const char *text, const char *open)
{
	return is_behind_words(text, open) ? person_of(a, unit, open + 1, strcspn(open + 1, "),")) : NULL;
}

static void note_person(GString *said, const Person *person)
{
	if (person != NULL && person->id != NULL)
		note_speaker(said, person->id);
}

void sentence_note_speakers(Assembly *a, const Unit *unit, xmlNode *p)
{
	g_autoptr(GString) said = NULL;
	g_autofree char *text = has_mark(p) ? node_text(p) : NULL;

	for (const char *word = text; word != NULL && *word != '\0';) {
		gsize length = word_length(word);
		if (said == NULL)
			said = g_string_new(NULL);
		if (length > 0 && is_saying(word, length))
			note_person(said, speaker_at(a, unit, text, word, length));
		else if (*word == ':' && is_before_words(word))
			note_person(said, person_before_colon(a, unit, text, word));
		else if (*word == '(')
			note_person(said, person_in_brackets(a, unit, text, word));
		word += MAX(length, 1);
	}
	if (said != NULL && said->len > 0)
		node_set(p, "said", said->str);
}
