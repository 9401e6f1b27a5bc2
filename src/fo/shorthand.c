/* Shorthands: one attribute that stands for several rows. */
#include "fo/build.h"

#include <string.h>

enum { PIECES = 16, LONGHANDS = 12 };

typedef enum {
	SPREAD_BOX,   /* one to four values: top, right, bottom, left */
	SPREAD_ANY,   /* one value for each longhand, in any order; those left out get their initial value */
	SPREAD_ANY_4, /* the same, for each of four sides */
	SPREAD_PAIR,  /* one value for both, or two */
	SPREAD_ALL,   /* one value for all */
	SPREAD_WORDS, /* by the words table */
	SPREAD_FONT,
	SPREAD_LANGUAGE,
	SPREAD_BACKGROUND,
} Spread;

/* From the less specific to the more: the order in which they are read. */
static const struct {
	FoProperty p;
	Spread how;
	FoProperty longhands[LONGHANDS]; /* up to the first 0 */
} shorthands[] = {
    {FO_P_FONT,
     SPREAD_FONT,
     {FO_P_FONT_STYLE, FO_P_FONT_VARIANT, FO_P_FONT_WEIGHT, FO_P_FONT_STRETCH, FO_P_FONT_SIZE, FO_P_LINE_HEIGHT, FO_P_FONT_FAMILY}},
    {FO_P_BACKGROUND,
     SPREAD_BACKGROUND,
     {FO_P_BACKGROUND_COLOR, FO_P_BACKGROUND_REPEAT, FO_P_BACKGROUND_ATTACHMENT, FO_P_BACKGROUND_IMAGE}}, /* any word could name a picture */
    {FO_P_BACKGROUND_POSITION, SPREAD_PAIR, {FO_P_BACKGROUND_POSITION_HORIZONTAL, FO_P_BACKGROUND_POSITION_VERTICAL}},
    {FO_P_BORDER,
     SPREAD_ANY_4,
     {FO_P_BORDER_TOP_WIDTH, FO_P_BORDER_TOP_STYLE, FO_P_BORDER_TOP_COLOR, FO_P_BORDER_RIGHT_WIDTH, FO_P_BORDER_RIGHT_STYLE,
      FO_P_BORDER_RIGHT_COLOR, FO_P_BORDER_BOTTOM_WIDTH, FO_P_BORDER_BOTTOM_STYLE, FO_P_BORDER_BOTTOM_COLOR, FO_P_BORDER_LEFT_WIDTH,
      FO_P_BORDER_LEFT_STYLE, FO_P_BORDER_LEFT_COLOR}},
    {FO_P_BORDER_WIDTH,
     SPREAD_BOX,
     {FO_P_BORDER_TOP_WIDTH, FO_P_BORDER_RIGHT_WIDTH, FO_P_BORDER_BOTTOM_WIDTH, FO_P_BORDER_LEFT_WIDTH}},
    {FO_P_BORDER_STYLE,
     SPREAD_BOX,
     {FO_P_BORDER_TOP_STYLE, FO_P_BORDER_RIGHT_STYLE, FO_P_BORDER_BOTTOM_STYLE, FO_P_BORDER_LEFT_STYLE}},
    {FO_P_BORDER_COLOR,
     SPREAD_BOX,
     {FO_P_BORDER_TOP_COLOR, FO_P_BORDER_RIGHT_COLOR, FO_P_BORDER_BOTTOM_COLOR, FO_P_BORDER_LEFT_COLOR}},
    {FO_P_BORDER_TOP, SPREAD_ANY, {FO_P_BORDER_TOP_WIDTH, FO_P_BORDER_TOP_STYLE, FO_P_BORDER_TOP_COLOR}},
    {FO_P_BORDER_BOTTOM, SPREAD_ANY, {FO_P_BORDER_BOTTOM_WIDTH, FO_P_BORDER_BOTTOM_STYLE, FO_P_BORDER_BOTTOM_COLOR}},
    {FO_P_BORDER_LEFT, SPREAD_ANY, {FO_P_BORDER_LEFT_WIDTH, FO_P_BORDER_LEFT_STYLE, FO_P_BORDER_LEFT_COLOR}},
    {FO_P_BORDER_RIGHT, SPREAD_ANY, {FO_P_BORDER_RIGHT_WIDTH, FO_P_BORDER_RIGHT_STYLE, FO_P_BORDER_RIGHT_COLOR}},
    {FO_P_BORDER_RADIUS,
     SPREAD_ALL,
     {FO_P_BORDER_BEFORE_START_RADIUS, FO_P_BORDER_BEFORE_END_RADIUS, FO_P_BORDER_AFTER_END_RADIUS,
      FO_P_BORDER_AFTER_START_RADIUS}},
    {FO_P_PADDING, SPREAD_BOX, {FO_P_PADDING_TOP, FO_P_PADDING_RIGHT, FO_P_PADDING_BOTTOM, FO_P_PADDING_LEFT}},
    {FO_P_MARGIN, SPREAD_BOX, {FO_P_MARGIN_TOP, FO_P_MARGIN_RIGHT, FO_P_MARGIN_BOTTOM, FO_P_MARGIN_LEFT}},
    {FO_P_BORDER_SPACING, SPREAD_PAIR, {FO_P_BORDER_SEPARATION_INLINE, FO_P_BORDER_SEPARATION}},
    {FO_P_SIZE, SPREAD_PAIR, {FO_P_PAGE_WIDTH, FO_P_PAGE_HEIGHT}},
    {FO_P_XML_LANG, SPREAD_LANGUAGE, {FO_P_LANGUAGE, FO_P_COUNTRY, FO_P_SCRIPT}},
    {FO_P_WHITE_SPACE,
     SPREAD_WORDS,
     {FO_P_LINEFEED_TREATMENT, FO_P_WHITE_SPACE_COLLAPSE, FO_P_WHITE_SPACE_TREATMENT, FO_P_WRAP_OPTION}},
    {FO_P_PAGE_BREAK_BEFORE, SPREAD_WORDS, {FO_P_BREAK_BEFORE, FO_P_KEEP_WITH_PREVIOUS}},
    {FO_P_PAGE_BREAK_AFTER, SPREAD_WORDS, {FO_P_BREAK_AFTER, FO_P_KEEP_WITH_NEXT}},
    {FO_P_PAGE_BREAK_INSIDE, SPREAD_WORDS, {FO_P_KEEP_TOGETHER}},
    {FO_P_POSITION, SPREAD_WORDS, {FO_P_RELATIVE_POSITION, FO_P_ABSOLUTE_POSITION}},
    {FO_P_VERTICAL_ALIGN,
     SPREAD_WORDS,
     {FO_P_ALIGNMENT_BASELINE, FO_P_ALIGNMENT_ADJUST, FO_P_BASELINE_SHIFT, FO_P_DOMINANT_BASELINE}},
};

/* A word of a shorthand and what it means, in the order of the longhands. "." leaves one as it is. A row without a word takes any
 * value, which stands at "=". */
static const struct {
	FoProperty p;
	const char *word;
	const char *values[4];
} words[] = {
    {FO_P_WHITE_SPACE, "normal", {"treat-as-space", "true", "ignore-if-surrounding-linefeed", "wrap"}},
    {FO_P_WHITE_SPACE, "pre", {"preserve", "false", "preserve", "no-wrap"}},
    {FO_P_WHITE_SPACE, "nowrap", {"treat-as-space", "true", "ignore-if-surrounding-linefeed", "no-wrap"}},
    {FO_P_PAGE_BREAK_BEFORE, "auto", {"auto", "auto"}},
    {FO_P_PAGE_BREAK_BEFORE, "always", {"page", "auto"}},
    {FO_P_PAGE_BREAK_BEFORE, "avoid", {"auto", "always"}},
    {FO_P_PAGE_BREAK_BEFORE, "left", {"even-page", "auto"}},
    {FO_P_PAGE_BREAK_BEFORE, "right", {"odd-page", "auto"}},
    {FO_P_PAGE_BREAK_AFTER, "auto", {"auto", "auto"}},
    {FO_P_PAGE_BREAK_AFTER, "always", {"page", "auto"}},
    {FO_P_PAGE_BREAK_AFTER, "avoid", {"auto", "always"}},
    {FO_P_PAGE_BREAK_AFTER, "left", {"even-page", "auto"}},
    {FO_P_PAGE_BREAK_AFTER, "right", {"odd-page", "auto"}},
    {FO_P_PAGE_BREAK_INSIDE, "auto", {"auto"}},
    {FO_P_PAGE_BREAK_INSIDE, "avoid", {"always"}},
    {FO_P_SIZE, "landscape", {"297mm", "210mm"}},
    {FO_P_SIZE, "portrait", {"210mm", "297mm"}},
    {FO_P_POSITION, "static", {"static", "auto"}},
    {FO_P_POSITION, "relative", {"relative", "auto"}},
    {FO_P_POSITION, "absolute", {"static", "absolute"}},
    {FO_P_POSITION, "fixed", {"static", "fixed"}},
    {FO_P_VERTICAL_ALIGN, "baseline", {"baseline", "auto", "baseline", "auto"}},
    {FO_P_VERTICAL_ALIGN, "top", {"before-edge", "auto", "baseline", "auto"}},
    {FO_P_VERTICAL_ALIGN, "text-top", {"text-before-edge", "auto", "baseline", "auto"}},
    {FO_P_VERTICAL_ALIGN, "middle", {"middle", "auto", "baseline", "auto"}},
    {FO_P_VERTICAL_ALIGN, "bottom", {"after-edge", "auto", "baseline", "auto"}},
    {FO_P_VERTICAL_ALIGN, "text-bottom", {"text-after-edge", "auto", "baseline", "auto"}},
    {FO_P_VERTICAL_ALIGN, "sub", {"baseline", "auto", "sub", "auto"}},
    {FO_P_VERTICAL_ALIGN, "super", {"baseline", "auto", "super", "auto"}},
    {FO_P_VERTICAL_ALIGN, NULL, {"baseline", "auto", "=", "auto"}},
};

typedef struct {
	FoBuilder *b;
	guint index; /* in shorthands */
	FoSpan text;
	FoSpan piece[PIECES];
	guint pieces;
	gboolean *unsupported;
} Spreading;

static FoSpan span_of(const char *text)
{
	return (FoSpan){text, strlen(text)};
}

static gboolean is_word(FoSpan s, const char *word)
{
	return s.length == strlen(word) && memcmp(s.text, word, s.length) == 0;
}

/* Words and expressions between white space that stands outside parentheses and quotation marks. */
static gboolean split(Spreading *s)
{
	const char *at = s->text.text, *end = at + s->text.length;
	while (at < end) {
		int depth = 0;
		char quote = '\0';
		const char *from = at;
		for (; at < end && (depth > 0 || quote || !g_ascii_isspace(*at)); at++) {
			if (quote)
				quote = *at == quote ? '\0' : quote;
			else if (*at == '\'' || *at == '"')
				quote = *at;
			else
				depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
		}
		if (at > from) {
			if (s->pieces == PIECES)
				return FALSE;
			s->piece[s->pieces++] = (FoSpan){from, (gsize)(at - from)};
		} else {
			at++;
		}
	}
	return s->pieces > 0;
}

static const FoProperty *longhands_of(const Spreading *s)
{
	return shorthands[s->index].longhands;
}

static gboolean read(Spreading *s, FoProperty p, FoSpan text)
{
	return fo_property_read(s->b, p, text, s->unsupported);
}

static gboolean spread_box(Spreading *s)
{
	static const guint which[4][4] = {{0, 0, 0, 0}, {0, 1, 0, 1}, {0, 1, 2, 1}, {0, 1, 2, 3}};
	if (s->pieces > 4)
		return FALSE;
	for (guint side = 0; side < 4; side++)
		if (!read(s, longhands_of(s)[side], s->piece[which[s->pieces - 1][side]]))
			return FALSE;
	return TRUE;
}

static gboolean spread_any(Spreading *s, const FoProperty *longhands, guint n)
{
	guint taken = 0;
	for (guint i = 0; i < n; i++)
		fo_draft_set(s->b, longhands[i], &fo_properties[longhands[i]].initial);
	for (guint piece = 0; piece < s->pieces; piece++) {
		guint i = 0;
		while (i < n && (taken & 1u << i || !read(s, longhands[i], s->piece[piece])))
			i++;
		if (i == n)
			return FALSE;
		taken |= 1u << i;
	}
	return TRUE;
}

static gboolean spread_any_4(Spreading *s)
{
	for (guint side = 0; side < 4; side++)
		if (!spread_any(s, longhands_of(s) + 3 * side, 3))
			return FALSE;
	return TRUE;
}

static gboolean spread_words(Spreading *s)
{
	const FoProperty *longhands = longhands_of(s);
	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		if (words[i].p != shorthands[s->index].p || (words[i].word && !is_word(s->text, words[i].word)))
			continue;
		for (guint v = 0; v < 4 && words[i].values[v]; v++)
			if (!read(s, longhands[v], *words[i].values[v] == '=' ? s->text : span_of(words[i].values[v])))
				return FALSE;
		return TRUE;
	}
	return FALSE;
}

/* background-position may name its words in any order; a size may be one word. */
static gboolean spread_pair(Spreading *s)
{
	const FoProperty *longhands = longhands_of(s);
	FoSpan second = s->piece[s->pieces > 1 ? 1 : 0];
	if (s->pieces > 2)
		return FALSE;
	if (spread_words(s))
		return TRUE;
	if (longhands[0] == FO_P_BACKGROUND_POSITION_HORIZONTAL && s->pieces == 1)
		second = span_of("center");
	/* the second first: border-separation as a whole would set its .inline-progression-direction, too */
	if (read(s, longhands[1], second) && read(s, longhands[0], s->piece[0]))
		return TRUE;
	return longhands[0] == FO_P_BACKGROUND_POSITION_HORIZONTAL && read(s, longhands[1], s->piece[0]) &&
	       read(s, longhands[0], second);
}

static gboolean spread_all(Spreading *s)
{
	for (const FoProperty *p = longhands_of(s); p < longhands_of(s) + LONGHANDS && *p; p++)
		if (!read(s, *p, s->text))
			return FALSE;
	return TRUE;
}

/* "nl", "nl-BE", "sr-Latn-RS" */
static gboolean spread_language(Spreading *s)
{
	fo_draft_set(s->b, FO_P_COUNTRY, &fo_properties[FO_P_COUNTRY].initial);
	const char *at = s->text.text, *end = at + s->text.length;
	for (guint part = 0; at < end; part++) {
		const char *dash = memchr(at, '-', (gsize)(end - at));
		FoSpan piece = {at, (gsize)((dash ? dash : end) - at)};
		FoProperty p = part == 0 ? FO_P_LANGUAGE : piece.length == 4 ? FO_P_SCRIPT : FO_P_COUNTRY;
		if (piece.length == 0 || (part == 0 && piece.length > 8))
			return FALSE;
		if (part == 0 || piece.length <= 4)
			read(s, p, piece);
		at = dash ? dash + 1 : end;
	}
	return s->text.length > 0;
}

/* The position is what neither colour, picture, repetition nor attachment could take. */
static gboolean spread_background(Spreading *s)
{
	FoSpan position = {NULL, 0};
	guint n = 0;
	for (guint i = 0; i < s->pieces; i++) {
		FoSpan piece = s->piece[i];
		gboolean start = g_ascii_isdigit(*piece.text) || *piece.text == '-' || *piece.text == '.';
		if (!start && !is_word(piece, "left") && !is_word(piece, "right") && !is_word(piece, "center") &&
		    !is_word(piece, "top") && !is_word(piece, "bottom")) {
			s->piece[n++] = piece;
			continue;
		}
		if (!position.text)
			position = piece;
		position.length = (gsize)(piece.text + piece.length - position.text);
	}
	s->pieces = n;
	return spread_any(s, longhands_of(s), 4) &&
	       (!position.text || fo_shorthand_read(s->b, FO_P_BACKGROUND_POSITION, position, s->unsupported));
}

/* [ style || variant || weight || stretch ]? size [ / line-height ]? family */
static gboolean spread_font(Spreading *s)
{
	static const FoProperty style[] = {FO_P_FONT_STYLE, FO_P_FONT_VARIANT, FO_P_FONT_WEIGHT, FO_P_FONT_STRETCH};
	static const FoProperty reset[] = {FO_P_FONT_STYLE, FO_P_FONT_VARIANT, FO_P_FONT_WEIGHT, FO_P_FONT_STRETCH,
					   FO_P_LINE_HEIGHT};
	guint i = 0;
	for (guint r = 0; r < G_N_ELEMENTS(reset); r++)
		fo_draft_set(s->b, reset[r], &fo_properties[reset[r]].initial);
	for (gboolean found = TRUE; i < s->pieces && found; i += found) {
		found = is_word(s->piece[i], "normal");
		for (guint k = 0; k < G_N_ELEMENTS(style) && !found; k++)
			found = !is_word(s->piece[i], "inherit") && !g_ascii_isspace(*s->piece[i].text) &&
				read(s, style[k], s->piece[i]);
	}
	if (i + 1 >= s->pieces)
		return FALSE;
	FoSpan size = s->piece[i++], height = {NULL, 0};
	const char *slash = memchr(size.text, '/', size.length);
	if (slash) {
		height = (FoSpan){slash + 1, (gsize)(size.text + size.length - slash - 1)};
		size.length = (gsize)(slash - size.text);
	} else if (i + 1 < s->pieces && *s->piece[i].text == '/') {
		height = (FoSpan){s->piece[i].text + 1, s->piece[i].length - 1};
		i++;
	}
	if (height.text && height.length == 0 && i < s->pieces)
		height = s->piece[i++];
	if (i >= s->pieces || !read(s, FO_P_FONT_SIZE, size) || (height.text && !read(s, FO_P_LINE_HEIGHT, height)))
		return FALSE;
	return read(s, FO_P_FONT_FAMILY, (FoSpan){s->piece[i].text, (gsize)(s->text.text + s->text.length - s->piece[i].text)});
}

static gboolean spread(Spreading *s)
{
	switch (shorthands[s->index].how) {
	case SPREAD_BOX:
		return spread_box(s);
	case SPREAD_ANY:
		return spread_any(s, longhands_of(s), 3);
	case SPREAD_ANY_4:
		return spread_any_4(s);
	case SPREAD_PAIR:
		return spread_pair(s);
	case SPREAD_ALL:
		return spread_all(s);
	case SPREAD_WORDS:
		return spread_words(s);
	case SPREAD_FONT:
		return spread_font(s);
	case SPREAD_LANGUAGE:
		return spread_language(s);
	case SPREAD_BACKGROUND:
		return spread_background(s);
	}
	return FALSE;
}

static gboolean spread_function(Spreading *s, const char *function)
{
	s->text = span_of(function);
	return spread_all(s);
}

static int find(FoProperty p)
{
	for (guint i = 0; i < G_N_ELEMENTS(shorthands); i++)
		if (shorthands[i].p == p)
			return (int)i;
	return -1;
}

int fo_shorthand_rank(FoProperty p)
{
	return find(p);
}

gboolean fo_shorthand_read(FoBuilder *b, FoProperty p, FoSpan text, gboolean *unsupported)
{
	int index = find(p);
	const char *function = fo_whole_function(p, text);
	Spreading s = {.b = b, .index = (guint)index, .text = text, .unsupported = unsupported};
	if (index < 0 || !split(&s))
		return FALSE;
	return function ? spread_function(&s, function) : spread(&s);
}
