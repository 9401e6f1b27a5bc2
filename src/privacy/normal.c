/* The normal form: one pass over the bytes, plain letters by a table. */
#include "privacy/normal.h"

#include <libxml/HTMLparser.h>
#include <string.h>

void normal_init(Normal *n)
{
	memset(n, 0, sizeof *n);
	n->numbers = g_array_new(FALSE, FALSE, sizeof(guint32));
	n->ats = g_array_new(FALSE, FALSE, sizeof(guint32));
}

void normal_clear(Normal *n)
{
	g_clear_pointer(&n->units, g_free);
	g_clear_pointer(&n->marks, g_free);
	g_clear_pointer(&n->from, g_free);
	g_clear_pointer(&n->numbers, g_array_unref);
	g_clear_pointer(&n->ats, g_array_unref);
}

/* ---- characters as they are written ---- */

static int hex_pair(const char *p)
{
	int high = g_ascii_xdigit_value(p[0]), low = g_ascii_xdigit_value(p[1]);

	return high < 0 || low < 0 ? -1 : high << 4 | low;
}

static const struct {
	const char *name;
	gunichar c;
} more_entities[] = {{"ZeroWidthSpace", 0x200B}, {"NoBreak", 0x2060}, {"hyphen", 0x2010}, {"dash", 0x2010}, {"apos", '\''}, {"period", '.'}, {"lowbar", '_'},
                     {"Tab", ' '},       {"NewLine", '\n'},      {"inodot", 'i'},       {"imath", 'i'},      {"comma", ','},    {"lstrok", 'l'}, {"Lstrok", 'L'}};

/* An entity at p (on its &); 0 bytes: none. */
static gsize read_entity(const char *p, const char *end, gunichar *c)
{
	char name[32];
	gsize length = 1;

	while (p + length < end && length < sizeof name && (g_ascii_isalnum(p[length]) || p[length] == '#'))
		length++;
	if (p + length >= end || p[length] != ';' || length < 3)
		return 0;
	memcpy(name, p + 1, length - 1);
	name[length - 1] = '\0';
	if (name[0] == '#') {
		gboolean hex = name[1] == 'x' || name[1] == 'X';
		guint64 value = g_ascii_strtoull(name + (hex ? 2 : 1), NULL, hex ? 16 : 10);
		*c = value > 0 && g_unichar_validate((gunichar)MIN(value, 0x110000)) ? (gunichar)value : ' ';
		return length + 1;
	}
	for (guint i = 0; i < G_N_ELEMENTS(more_entities); i++)
		if (strcmp(more_entities[i].name, name) == 0) {
			*c = more_entities[i].c;
			return length + 1;
		}
	const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
	*c = entity != NULL ? entity->value : 0;
	return entity != NULL ? length + 1 : 0;
}

/* %XX, as many as make one character. */
static gsize read_percent(const char *p, const char *end, gunichar *c)
{
	char bytes[6];
	gsize count = 0;

	while (count < 4 && p + 3 * count + 2 < end && p[3 * count] == '%') {
		int value = hex_pair(p + 3 * count + 1);
		if (value < 0)
			break;
		bytes[count++] = (char)value;
		*c = g_utf8_get_char_validated(bytes, (gssize)count);
		if (*c < 0x110000)
			return *c == 0 ? 0 : 3 * count;
	}
	return 0;
}

static gsize read_escape(const char *p, const char *end, gunichar *c)
{
	int high, low;

	if (end - p < 6 || p[1] != 'u' || (high = hex_pair(p + 2)) < 0 || (low = hex_pair(p + 4)) < 0)
		return 0;
	*c = (gunichar)(high << 8 | low);
	return g_unichar_validate(*c) && *c != 0 ? 6 : 0;
}

/* The character at p, as meant. */
static gsize read_character(const char *p, const char *end, gunichar *c)
{
	gsize used = *p == '&' ? read_entity(p, end, c) : *p == '%' ? read_percent(p, end, c) : *p == '\\' ? read_escape(p, end, c) : 0;

	if (used > 0)
		return used;
	*c = (guchar)*p;
	if (*c < 0x80)
		return 1;
	*c = g_utf8_get_char_validated(p, end - p);
	if (*c < 0x110000)
		return (gsize)(g_utf8_skip[(guchar)*p]);
	*c = (guchar)*p;
	return 1;
}

gsize normal_width(const char *text, gsize size, gsize offset)
{
	gunichar c;

	return offset < size ? read_character(text + offset, text + size, &c) : 0;
}

/* ---- characters as they count ---- */

/* What looks Latin and is not taken apart by NFKD: pairs of the letter and what it looks like. */
static const char *const confusables[] = {
    "а" "a", "е" "e", "о" "o", "р" "p", "с" "c", "у" "y", "х" "x", "і" "i", "ј" "j", "ѕ" "s", "һ" "h", "ԁ" "d", "ԛ" "q", "ԝ" "w", "ӏ" "l", "в" "b", "к" "k",
    "м" "m", "н" "h", "т" "t", "г" "r", "п" "n", "А" "A", "В" "B", "Е" "E", "К" "K", "М" "M", "Н" "H", "О" "O", "Р" "P", "С" "C", "Т" "T", "У" "Y", "Х" "X",
    "І" "I", "Ј" "J", "Ѕ" "S", "Ԛ" "Q", "Ԝ" "W", "Ԍ" "G", "Ӏ" "I", "α" "a", "ε" "e", "ι" "i", "κ" "k", "ν" "v", "ο" "o", "ρ" "p", "τ" "t", "υ" "u", "χ" "x",
    "γ" "y", "η" "n", "ω" "w", "Α" "A", "Β" "B", "Ε" "E", "Ζ" "Z", "Η" "H", "Ι" "I", "Κ" "K", "Μ" "M", "Ν" "N", "Ο" "O", "Ρ" "P", "Τ" "T", "Υ" "Y", "Χ" "X",
    "ı" "i", "ȷ" "j", "ł" "l", "Ł" "L", "ø" "o", "Ø" "O", "đ" "d", "Đ" "D", "ð" "d", "Ð" "D", "ħ" "h", "Ħ" "H", "ŧ" "t", "Ŧ" "T", "ŋ" "n", "Ŋ" "N", "ɑ" "a",
    "ɡ" "g", "ɩ" "i", "ɪ" "i", "ʏ" "y", "ᴀ" "a", "ʙ" "b", "ᴄ" "c", "ᴅ" "d", "ᴇ" "e", "ꜰ" "f", "ɢ" "g", "ʜ" "h", "ᴊ" "j", "ᴋ" "k", "ʟ" "l", "ᴍ" "m", "ɴ" "n",
    "ᴏ" "o", "ᴘ" "p", "ʀ" "r", "ꜱ" "s", "ᴛ" "t", "ᴜ" "u", "ᴠ" "v", "ᴡ" "w", "ᴢ" "z", "ƒ" "f", "ƙ" "k", "ɓ" "b", "ɗ" "d", "ƴ" "y", "ɛ" "e", "ə" "e", "ӕ" "æ"};

static gpointer make_confusables(gpointer unused)
{
	GHashTable *table = g_hash_table_new(NULL, NULL);

	(void)unused;
	for (guint i = 0; i < G_N_ELEMENTS(confusables); i++)
		g_hash_table_insert(table, GUINT_TO_POINTER(g_utf8_get_char(confusables[i])), GUINT_TO_POINTER(g_utf8_get_char(g_utf8_next_char(confusables[i]))));
	return table;
}

/* White letters in a black circle or square, which NFKD leaves as they are. */
static gunichar black_letter(gunichar c)
{
	static const gunichar first[] = {0x1F150, 0x1F170};

	for (guint i = 0; i < G_N_ELEMENTS(first); i++)
		if (c >= first[i] && c < first[i] + 26)
			return 'A' + (c - first[i]);
	return c;
}

static gunichar look_alike(gunichar c)
{
	static GOnce once = G_ONCE_INIT;
	GHashTable *table = g_once(&once, make_confusables, NULL);
	gpointer value = g_hash_table_lookup(table, GUINT_TO_POINTER(c));

	return value != NULL ? GPOINTER_TO_UINT(value) : black_letter(c);
}

typedef struct {
	Normal *n;
	const char *text;
	gsize size, at;
	Gap gap;     /* since the last unit */
	guint lines; /* line ends in it */
	guint marks; /* characters in it that are neither blank nor markup */
	gboolean hyphen; /* nothing but a hyphen, and blank space after it */
	gboolean bare;
} Reader;

static void grow(Normal *n, gsize room)
{
	if (n->room >= room)
		return;
	n->room = room;
	n->units = g_realloc(n->units, room);
	n->marks = g_realloc(n->marks, room);
	n->from = g_realloc(n->from, room * sizeof *n->from);
}

static Gap settle_gap(const Reader *r)
{
	if (r->lines > 1 || r->marks > 6)
		return GAP_STOP;
	if (r->hyphen && r->lines == 1)
		return GAP_LINE;
	return r->gap == GAP_JOIN && r->marks > 1 ? GAP_SPACE : r->gap;
}

static void add_unit(Reader *r, guint8 unit, guint8 marks)
{
	Normal *n = r->n;
	gsize i = n->length;

	if (r->gap != GAP_NONE) {
		marks |= (guint8)settle_gap(r);
		r->gap = GAP_NONE;
		r->lines = r->marks = 0;
		r->hyphen = FALSE;
	}
	if (i + 8 > n->room)
		grow(n, n->room * 2 + 64);
	n->units[i] = unit;
	n->marks[i] = marks;
	n->from[i] = (guint32)r->at;
	n->length = i + 1;
	if ((marks & UNIT_DIGIT) != 0 && (i == 0 || (n->marks[i - 1] & UNIT_DIGIT) == 0 || (marks & UNIT_GAP) != 0)) {
		guint32 index = (guint32)i;
		g_array_append_val(n->numbers, index);
	}
}

static void add_gap(Reader *r, Gap gap)
{
	r->gap = MAX(r->gap, gap);
	if (gap >= GAP_JOIN)
		r->hyphen = FALSE;
}

static void add_mark(Reader *r, Gap gap)
{
	add_gap(r, gap);
	r->marks++;
}

static void add_blank(Reader *r, gboolean line)
{
	gboolean hyphen = r->hyphen;

	add_gap(r, GAP_SPACE);
	r->hyphen = hyphen;
	r->lines += line;
}

/* At the end of a line it is a hyphen like any other. */
static void add_soft_hyphen(Reader *r)
{
	gboolean first = r->gap <= GAP_FORMAT;

	add_gap(r, GAP_FORMAT);
	r->hyphen = first;
}

static void add_hyphen(Reader *r)
{
	gboolean first = r->gap <= GAP_FORMAT;

	add_mark(r, GAP_JOIN);
	r->hyphen = first;
}

static void add_letter(Reader *r, gunichar c)
{
	guint8 marks = g_unichar_isupper(c) || g_unichar_istitle(c) ? UNIT_CAPITAL : 0;
	static const struct {
		gunichar c;
		char two[3];
	} pairs[] = {{0xDF, "ss"}, {0x1E9E, "ss"}, {0xE6, "ae"}, {0x153, "oe"}, {0xFE, "th"}};
	char bytes[6];

	c = g_unichar_tolower(c);
	for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
		if (pairs[i].c == c) {
			add_unit(r, (guint8)pairs[i].two[0], marks);
			add_unit(r, (guint8)pairs[i].two[1], marks);
			return;
		}
	for (int i = 0, n = g_unichar_to_utf8(c, bytes); i < n; i++)
		add_unit(r, (guint8)bytes[i], marks);
}

static void add_at(Reader *r)
{
	guint32 offset = (guint32)r->at;

	g_array_append_val(r->n->ats, offset);
	add_mark(r, GAP_SPACE);
}

/* A letter for Unicode that shows nothing: the fillers of Korean. */
static gboolean is_blank_letter(gunichar c)
{
	return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
}

/* What stands for an apostrophe and is a letter for Unicode: OʼBrien, Kaʻba. */
static gboolean is_apostrophe(gunichar c)
{
	return c >= 0x2B9 && c <= 0x2BF;
}

/* One character of the decomposition. */
static void add_part(Reader *r, gunichar c)
{
	int digit;

	c = look_alike(c);
	if (is_blank_letter(c)) {
		add_gap(r, GAP_FORMAT);
		return;
	}
	if (is_apostrophe(c)) {
		add_mark(r, GAP_JOIN);
		return;
	}
	switch (g_unichar_type(c)) {
	case G_UNICODE_NON_SPACING_MARK:
	case G_UNICODE_ENCLOSING_MARK:
		break;
	case G_UNICODE_FORMAT:
	case G_UNICODE_CONTROL:
		if (c == 0xAD) {
			add_soft_hyphen(r);
			break;
		}
		add_gap(r, c == '\n' || c == '\r' || c == '\t' ? GAP_SPACE : GAP_FORMAT);
		r->lines += c == '\n';
		break;
	case G_UNICODE_DASH_PUNCTUATION:
		add_hyphen(r);
		break;
	case G_UNICODE_SPACE_SEPARATOR:
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR:
		add_blank(r, FALSE);
		break;
	default:
		digit = g_unichar_digit_value(c);
		if (digit >= 0)
			add_unit(r, (guint8)('0' + digit), UNIT_DIGIT);
		else if (g_unichar_isalnum(c) || g_unichar_ismark(c))
			add_letter(r, c);
		else if (c == '@')
			add_at(r);
		else
			add_mark(r, c == 0x2019 || c == '\'' || c == '.' || c == '/' || c == 0x2027 || c == 0xB7 ? GAP_JOIN : GAP_SPACE);
	}
}

static void add_character(Reader *r, gunichar c)
{
	gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
	if (c == 0xB4) { /* an accent that found no letter: Rene´e */
		add_mark(r, GAP_JOIN);
		return;
	}
	gsize n = g_unichar_fully_decompose(c, TRUE, parts, G_N_ELEMENTS(parts));

	for (gsize i = 0; i < n; i++)
		add_part(r, parts[i]);
}

/* ---- the pass ---- */

typedef enum { IS_OTHER, IS_SMALL, IS_CAPITAL, IS_DIGIT, IS_BLANK, IS_LINE, IS_HYPHEN, IS_JOIN, IS_MARKUP, IS_NOTHING, IS_MARK, IS_AT, IS_TAG, IS_BRACKET } Class;

static guint8 class_of[256];

/* Of a byte for the quick way through words. */
enum { IS_WORD = 128, IS_SIGN = 64 };
static guint8 mark_of[256];

static gpointer make_classes(gpointer unused)
{
	(void)unused;
	for (int c = 0; c < 128; c++)
		class_of[c] = g_ascii_islower(c) ? IS_SMALL : g_ascii_isupper(c) ? IS_CAPITAL : g_ascii_isdigit(c) ? IS_DIGIT : c < 0x20 || c == 0x7F ? IS_NOTHING : IS_MARK;
	for (const char *p = " \t\r\f\v"; *p != '\0'; p++)
		class_of[(guchar)*p] = IS_BLANK;
	for (const char *p = ".'/"; *p != '\0'; p++)
		class_of[(guchar)*p] = IS_JOIN;
	for (const char *p = "*_`~[]"; *p != '\0'; p++)
		class_of[(guchar)*p] = IS_MARKUP;
	class_of['\n'] = IS_LINE;
	class_of['-'] = IS_HYPHEN;
	class_of['@'] = IS_AT;
	class_of['<'] = IS_TAG;
	class_of[']'] = IS_BRACKET;
	for (const char *p = "&%\\"; *p != '\0'; p++)
		class_of[(guchar)*p] = IS_OTHER;
	for (int c = 'a'; c <= 'z'; c++) {
		mark_of[c] = IS_WORD;
		mark_of[c - 'a' + 'A'] = IS_WORD | UNIT_CAPITAL;
	}
	mark_of['.'] = mark_of[','] = IS_SIGN;
	return NULL;
}

enum { TAG_LIMIT = 4096 /* bytes: what opens and does not close must not be looked for to the end each time */ };

/* The end of what is no text at p: a comment, a tag, a link's target, a note's mark. NULL: it is text. */
static const char *skip_markup(const char *p, const char *end)
{
	const char *stop;

	if (*p == '<' && end - p >= 7 && memcmp(p, "<!--", 4) == 0) {
		stop = g_strstr_len(p + 4, MIN(end - p - 4, TAG_LIMIT), "-->");
		return stop != NULL ? stop + 3 : NULL;
	}
	if (*p == '<') {
		if (end - p < 3 || !(g_ascii_isalpha(p[1]) || p[1] == '/' || p[1] == '?' || p[1] == '!'))
			return NULL;
		stop = memchr(p, '>', (gsize)MIN(end - p, TAG_LIMIT));
		return stop != NULL ? stop + 1 : NULL;
	}
	if (end - p >= 3 && ((p[0] == ']' && (p[1] == '(' || p[1] == '[')) || (p[0] == '[' && p[1] == '^'))) {
		stop = memchr(p + 2, p[1] == '(' ? ')' : ']', (gsize)MIN(end - p - 2, TAG_LIMIT));
		return stop != NULL ? stop + 1 : NULL;
	}
	return NULL;
}

static gboolean is_wordy(guchar c)
{
	return c >= 0x80 || g_ascii_isalpha(c) || c == '&';
}

/* Markup at p, when it stands within a word: skipped in the bare form, and noted in the other. */
static gsize read_markup(Reader *r, const char *p, const char *end)
{
	const char *stop = r->gap <= GAP_MARKUP && r->n->length > 0 ? skip_markup(p, end) : NULL;
	const char *next = stop;
	gboolean within;

	while (next != NULL && next < end && (*next == '<' || class_of[(guchar)*next] == IS_MARKUP))
		next = *next == '<' ? skip_markup(next, end) : next + 1;
	within = next != NULL && next < end && is_wordy((guchar)*next);

	r->n->inside |= within;
	if (!within || !r->bare) {
		add_mark(r, *p == '<' ? GAP_SPACE : GAP_MARKUP);
		return 1;
	}
	add_gap(r, GAP_MARKUP);
	return (gsize)(next - p);
}

/* Bytes of the data at p in a data: address; 0: there are none. They are letters by chance: thousands of them, as the faces of a web page are, have a
 * name or a postcode in them sooner or later. A few are taken for words. */
static gsize packed_length(const char *p, const char *end)
{
	enum { LEAST = 32 };
	static const char mark[] = ";base64,";
	const char *start = p + sizeof mark - 1, *stop = start;

	if (end - p < (gssize)sizeof mark || memcmp(p, mark, sizeof mark - 1) != 0)
		return 0;
	while (stop < end && (g_ascii_isalnum(*stop) || *stop == '+' || *stop == '/' || *stop == '='))
		stop++;
	return stop - start >= LEAST ? (gsize)(stop - p) : 0;
}

static gsize read_one(Reader *r, const char *p, const char *end)
{
	guchar b = (guchar)*p;
	gunichar c;
	gsize used;

	switch (b < 0x80 ? class_of[b] : IS_OTHER) {
	case IS_DIGIT:
		add_unit(r, b, UNIT_DIGIT);
		return 1;
	case IS_BLANK:
		add_blank(r, FALSE);
		return 1;
	case IS_LINE:
		add_blank(r, TRUE);
		return 1;
	case IS_HYPHEN:
		add_hyphen(r);
		return 1;
	case IS_JOIN:
		add_mark(r, GAP_JOIN);
		return 1;
	case IS_MARKUP:
		if (b == '[' && p + 1 < end && p[1] == '^') /* the mark of a note */
			return read_markup(r, p, end);
		add_gap(r, GAP_MARKUP);
		return 1;
	case IS_NOTHING:
		add_gap(r, b == 0 ? GAP_MARKUP : GAP_FORMAT); /* between two strings, or between any two letters of UTF-16 */
		return 1;
	case IS_AT:
		add_at(r);
		return 1;
	case IS_TAG:
	case IS_BRACKET:
		return read_markup(r, p, end);
	case IS_MARK:
		if (b == '>' && r->hyphen && r->lines == 1) { /* the next line of a quote, in the middle of a word */
			add_blank(r, FALSE);
			return 1;
		}
		used = b == ';' ? packed_length(p, end) : 0;
		add_mark(r, used > 0 ? GAP_STOP : GAP_SPACE);
		return MAX(used, 1);
	default:
		used = read_character(p, end, &c);
		if (b == '\\' && used == 1)
			add_gap(r, GAP_MARKUP);
		else
			add_character(r, c);
		return used;
	}
}


/* Bytes of a gap at p that is no more than a blank, a comma or a full stop with one, and has a letter behind it; 0: another gap. */
static gsize plain_gap(const guchar *p)
{
	gsize length = *p == ' ' ? 1 : (mark_of[*p] & IS_SIGN) != 0 && p[1] == ' ' ? 2 : 0;

	return length > 0 && (mark_of[p[length]] & IS_WORD) != 0 ? length : 0;
}

/* What most of a text is: letters, and between words a plain gap. Only the first can have another gap before it. */
static void read_words(Reader *r)
{
	enum { AHEAD = 2 /* bytes that a gap is looked at beyond its first */ };
	Normal *n = r->n;
	const guchar *text = (const guchar *)r->text;
	gsize at = r->at, i, last;

	add_unit(r, text[at] | 0x20, mark_of[text[at]] & UNIT_CAPITAL);
	last = MIN(r->size, at + n->room - n->length);
	last -= MIN(last, AHEAD);
	guint8 *units = n->units, *marks = n->marks; /* ours: what is written through them might be n itself, for all that C knows */
	guint32 *from = n->from;
	for (at++, i = n->length; at < last; i++, at++) {
		guint8 mark = mark_of[text[at]], gap_mark = GAP_NONE;
		if ((mark & IS_WORD) == 0) {
			gsize gap = plain_gap(text + at);
			if (gap == 0)
				break;
			at += gap;
			mark = mark_of[text[at]];
			gap_mark = GAP_SPACE;
		}
		units[i] = text[at] | 0x20;
		marks[i] = (guint8)(mark & UNIT_CAPITAL) | gap_mark;
		from[i] = (guint32)at;
	}
	n->length = i;
	r->at = at;
}

void normal_read(Normal *n, const char *text, gsize size, gboolean bare)
{
	static GOnce once = G_ONCE_INIT;
	Reader r = {.n = n, .text = text, .size = size, .bare = bare};
	const char *end = text + size;

	g_once(&once, make_classes, NULL);
	n->length = 0;
	n->inside = FALSE;
	g_array_set_size(n->numbers, 0);
	g_array_set_size(n->ats, 0);
	grow(n, size + 64);
	while (r.at < size) {
		if ((mark_of[(guchar)text[r.at]] & IS_WORD) != 0)
			read_words(&r);
		else
			r.at += read_one(&r, text + r.at, end);
	}
}
