/* What an inline object says about the text in it: font, colour, baseline, spacing, white space, hyphenation. */
#include "layout/paragraph.h"

#include <string.h>

static int width_of(FoKeyword stretch)
{
	static const struct {
		FoKeyword keyword;
		int width;
	} widths[] = {{FO_K_ULTRA_CONDENSED, 50}, {FO_K_EXTRA_CONDENSED, 62}, {FO_K_CONDENSED, 75},      {FO_K_SEMI_CONDENSED, 87},
	              {FO_K_SEMI_EXPANDED, 112},  {FO_K_EXPANDED, 125},       {FO_K_EXTRA_EXPANDED, 150}, {FO_K_ULTRA_EXPANDED, 200}};
	for (guint i = 0; i < G_N_ELEMENTS(widths); i++)
		if (widths[i].keyword == stretch)
			return widths[i].width;
	return 100;
}

static void read_font(LayoutContext *c, LineStyle *s)
{
	const FoNode *n = s->node;
	FoKeyword slope = fo_keyword(n, FO_P_FONT_STYLE);
	TextRequest r = {
	    .families = fo_strings(n, FO_P_FONT_FAMILY),
	    .weight = fo_integer(n, FO_P_FONT_WEIGHT),
	    .width = width_of(fo_keyword(n, FO_P_FONT_STRETCH)),
	    .italic = slope == FO_K_ITALIC || slope == FO_K_OBLIQUE || slope == FO_K_BACKSLANT,
	};
	if (r.weight <= 0)
		r.weight = 400;
	s->fonts = text_fonts_select(c->fonts, &r, &n->at);
	s->font = text_set_primary(s->fonts);
	s->size = fo_length(n, FO_P_FONT_SIZE, 0);
	if (s->font) {
		s->ascent = text_scale(s->font, s->font->ascender, s->size);
		s->descent = -text_scale(s->font, s->font->descender, s->size);
	}
	s->line_height = fo_length(n, FO_P_LINE_HEIGHT, s->size);
	if (s->line_height == FO_AUTO)
		s->line_height = (int)((gint64)s->size * 6 / 5);
}

static int x_height(const LineStyle *s)
{
	return s->font ? text_scale(s->font, s->font->x_height, s->size) : s->size / 2;
}

/* How far a baseline of the text stands above its alphabetic one (XSL 1.1, 7.14.1). */
static int baseline_height(const LineStyle *s, FoKeyword baseline)
{
	switch (baseline) {
	case FO_K_TEXT_BEFORE_EDGE:
	case FO_K_BEFORE_EDGE:
		return s->ascent;
	case FO_K_TEXT_AFTER_EDGE:
	case FO_K_AFTER_EDGE:
	case FO_K_IDEOGRAPHIC:
		return -s->descent;
	case FO_K_CENTRAL:
		return (s->ascent - s->descent) / 2;
	case FO_K_MIDDLE:
		return x_height(s) / 2;
	case FO_K_MATHEMATICAL:
		return s->ascent / 2;
	case FO_K_HANGING:
		return s->ascent * 8 / 10;
	default:
		return 0;
	}
}

int line_baseline_shift(const FoNode *n, const LineStyle *parent, int ascent, int descent)
{
	LineStyle own = {.ascent = ascent, .descent = descent, .size = ascent + descent};
	FoKeyword align = fo_keyword(n, FO_P_ALIGNMENT_BASELINE), adjust = fo_keyword(n, FO_P_ALIGNMENT_ADJUST);
	FoKeyword shift = fo_keyword(n, FO_P_BASELINE_SHIFT);
	int up = 0, length = fo_length(n, FO_P_BASELINE_SHIFT, parent->line_height), adjusted = fo_length(n, FO_P_ALIGNMENT_ADJUST, parent->line_height);
	if (shift == FO_K_SUPER)
		up += x_height(parent) / 2;
	else if (shift == FO_K_SUB)
		up -= x_height(parent) / 2;
	else if (length != FO_AUTO)
		up += length;
	up += baseline_height(parent, align);
	if (adjusted != FO_AUTO)
		up += adjusted; /* the point that is aligned lies so much lower */
	else if (n->kind == FO_EXTERNAL_GRAPHIC || n->kind == FO_INSTREAM_FOREIGN_OBJECT)
		up -= baseline_height(&own, adjust == FO_K_AUTO || adjust == FO_K_NONE ? (align == FO_K_MIDDLE ? FO_K_CENTRAL : align) : adjust);
	return up;
}

/* The same for text, whose own x-height counts. */
static void read_shift(LineStyle *s)
{
	const FoNode *n = s->node;
	FoKeyword align = fo_keyword(n, FO_P_ALIGNMENT_BASELINE), adjust = fo_keyword(n, FO_P_ALIGNMENT_ADJUST);
	if (!s->parent || n->parent == NULL)
		return;
	s->shift = s->parent->shift + line_baseline_shift(n, s->parent, s->ascent, s->descent);
	if (fo_length(n, FO_P_ALIGNMENT_ADJUST, 0) == FO_AUTO)
		s->shift -= baseline_height(s, adjust == FO_K_AUTO || adjust == FO_K_NONE ? align : adjust);
	s->edge = s->parent->edge;
	if (align == FO_K_BEFORE_EDGE || align == FO_K_AFTER_EDGE)
		s->edge = align;
}

static const char *language_tag(Arena *arena, const FoNode *n)
{
	const char *language = fo_string(n, FO_P_LANGUAGE), *country = fo_string(n, FO_P_COUNTRY);
	if (!language || !*language)
		return NULL;
	if (!country || !*country)
		return language;
	g_autofree char *both = g_strdup_printf("%s-%s", language, country);
	return arena_strdup(arena, both);
}

static int definite(int length)
{
	return length == FO_AUTO ? 0 : length;
}

static void read_hyphenation(Arena *arena, LineStyle *s)
{
	const FoNode *n = s->node;
	const char *hyphen = fo_string(n, FO_P_HYPHENATION_CHARACTER);
	s->hyphenate = fo_keyword(n, FO_P_HYPHENATE) == FO_K_TRUE;
	s->remain = fo_integer(n, FO_P_HYPHENATION_REMAIN_CHARACTER_COUNT);
	s->push = fo_integer(n, FO_P_HYPHENATION_PUSH_CHARACTER_COUNT);
	s->hyphen = hyphen && *hyphen ? g_utf8_get_char(hyphen) : '-';
	if (s->font && !text_font_has(s->font, s->hyphen))
		s->hyphen = '-';
	s->language = language_tag(arena, n);
	s->hb_language = s->language ? hb_language_from_string(s->language, -1) : HB_LANGUAGE_INVALID;
}

const LineStyle *line_style_new(LayoutContext *c, Arena *arena, const FoNode *n, const LineStyle *parent)
{
	LineStyle *s = arena_alloc(arena, sizeof *s);
	s->node = n;
	s->parent = parent;
	read_font(c, s);
	read_shift(s);
	read_hyphenation(arena, s);
	s->colour = fo_colour(n, FO_P_COLOR);
	s->decoration = (unsigned)fo_integer(n, FO_P_TEXT_DECORATION);
	s->spaced = fo_length(n, FO_P_LETTER_SPACING, s->size) != FO_AUTO;
	s->letter_spacing = definite(fo_length(n, FO_P_LETTER_SPACING, s->size));
	s->word_spacing = definite(fo_length(n, FO_P_WORD_SPACING, s->size));
	s->transform = fo_keyword(n, FO_P_TEXT_TRANSFORM);
	s->linefeed = fo_keyword(n, FO_P_LINEFEED_TREATMENT);
	s->treatment = fo_keyword(n, FO_P_WHITE_SPACE_TREATMENT);
	s->collapse = fo_keyword(n, FO_P_WHITE_SPACE_COLLAPSE) == FO_K_TRUE;
	s->wrap = fo_keyword(n, FO_P_WRAP_OPTION) != FO_K_NO_WRAP;
	/* "keep-together" on a block is about its lines, whatever the letter of XSL says */
	s->keep = parent && fo_keep(n, FO_P_KEEP_TOGETHER_WITHIN_LINE) == FO_KEEP_ALWAYS &&
		  (parent->keep || fo_is_specified(n, FO_P_KEEP_TOGETHER_WITHIN_LINE));
	s->small_caps = fo_keyword(n, FO_P_FONT_VARIANT) == FO_K_SMALL_CAPS;
	s->hidden = fo_keyword(n, FO_P_VISIBILITY) != FO_K_VISIBLE;
	return s;
}
