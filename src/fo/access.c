/* Reading computed values. */
#include "fo/build.h"

#include <math.h>

static gboolean is_right_to_left(const FoValues *v)
{
	return fo_values_peek(v, FO_P_WRITING_MODE)->keyword == FO_K_RL_TB;
}

/* The groups of four absolute sides (top bottom left right), in the order of props.def: where their relative ones begin, how far
 * apart. */
static const struct {
	FoProperty relative;
	int stride;
} sides[] = {
    {FO_P_BORDER_BEFORE_WIDTH, 2},
    {FO_P_BORDER_BEFORE_STYLE, 1},
    {FO_P_BORDER_BEFORE_COLOR, 1},
    {FO_P_PADDING_BEFORE, 2},
};

FoProperty fo_side_home(FoProperty p, gboolean rtl)
{
	guint group = (guint)(p - FO_P_BORDER_TOP_WIDTH) / 4, side = (guint)(p - FO_P_BORDER_TOP_WIDTH) % 4;
	if (side >= 2 && rtl)
		side = 5 - side;
	return sides[group].relative + side * (guint)sides[group].stride;
}

FoProperty fo_property_home(const FoValues *v, FoProperty p)
{
	static const FoProperty sizes[] = {
	    FO_P_INLINE_PROGRESSION_DIMENSION,         FO_P_BLOCK_PROGRESSION_DIMENSION,
	    FO_P_INLINE_PROGRESSION_DIMENSION_MINIMUM, FO_P_BLOCK_PROGRESSION_DIMENSION_MINIMUM,
	    FO_P_INLINE_PROGRESSION_DIMENSION_MAXIMUM, FO_P_BLOCK_PROGRESSION_DIMENSION_MAXIMUM,
	};
	if (p >= FO_P_WIDTH && p <= FO_P_MAX_HEIGHT)
		return sizes[p - FO_P_WIDTH];
	return p >= FO_P_BORDER_TOP_WIDTH && p <= FO_P_PADDING_RIGHT ? fo_side_home(p, is_right_to_left(v)) : p;
}

const FoValue *fo_values_peek(const FoValues *v, FoProperty p)
{
	if (p < INHERITED_COUNT)
		return &v->chunk[p / CHUNK]->row[p % CHUNK];
	const FoSet *present = &v->own->present;
	if (!fo_set_has(present, p))
		return &fo_properties[p].initial;
	guint64 below = present->word[p / 64] & ((G_GUINT64_CONSTANT(1) << (p % 64)) - 1);
	return &v->own->value[v->own->before[p / 64] + (guint)__builtin_popcountll(below)];
}

static const FoValue *peek(const FoNode *n, FoProperty p)
{
	return fo_values_peek(n->values, fo_property_home(n->values, p));
}

int fo_length_round(double millipoints)
{
	return (int)CLAMP(rint(millipoints), -1e9, 1e9);
}

/* A border without a style has no width, whatever was written. */
static gboolean is_invisible_border(const FoNode *n, FoProperty p)
{
	if (p < FO_P_BORDER_BEFORE_WIDTH || p > FO_P_BORDER_RIGHT_WIDTH)
		return FALSE;
	FoProperty home = fo_property_home(n->values, p);
	if (home >= FO_P_BORDER_BEFORE_STYLE)
		return FALSE;
	FoKeyword style = fo_keyword(n, FO_P_BORDER_BEFORE_STYLE + (home - FO_P_BORDER_BEFORE_WIDTH) / 2);
	return style == FO_K_NONE || style == FO_K_HIDDEN;
}

int fo_length(const FoNode *n, FoProperty p, int base)
{
	const FoValue *v = peek(n, p);
	if (is_invisible_border(n, p))
		return 0;
	switch ((FoValueType)v->type) {
	case V_LENGTH:
		return v->u.number == 0 ? v->length : fo_length_round(v->length + v->u.number * base);
	case V_PROPORTION:
		return v->length;
	case V_NUMBER: /* line-height: a factor, inherited as such */
		return fo_length_round(v->u.number * fo_length(n, FO_P_FONT_SIZE, 0));
	default:
		return FO_AUTO;
	}
}

static int between(int value, int minimum, int maximum)
{
	return value == FO_AUTO ? value : MAX(minimum, MIN(value, maximum == FO_AUTO ? value : maximum));
}

FoSpace fo_space(const FoNode *n, FoProperty p, int base)
{
	FoSpace s = {.optimum = fo_length(n, p, base)};
	guint32 type = fo_properties[p].type;
	s.minimum = type & (T_SPACE | T_RANGE) ? fo_length(n, p + 1, base) : s.optimum;
	s.maximum = type & (T_SPACE | T_RANGE) ? fo_length(n, p + 2, base) : s.optimum;
	/* what was written holds; what was not follows */
	if (s.optimum != FO_AUTO && s.maximum < s.optimum && s.maximum != FO_AUTO && !fo_is_specified(n, p + 2))
		s.maximum = s.optimum;
	if (s.maximum != FO_AUTO && s.maximum < s.minimum)
		s.maximum = s.minimum;
	s.optimum = between(s.optimum, s.minimum, s.maximum);
	if (type & T_SPACE) {
		s.precedence = fo_integer(n, p + 3);
		s.retain = fo_keyword(n, p + 4) == FO_K_RETAIN;
	} else if (type & T_CONDITIONAL) {
		s.retain = fo_keyword(n, p + 1) == FO_K_RETAIN;
	}
	return s;
}

int fo_keep(const FoNode *n, FoProperty p)
{
	const FoValue *v = peek(n, p);
	if (v->type == V_NUMBER)
		return (int)v->u.number;
	return v->keyword == FO_K_ALWAYS ? FO_KEEP_ALWAYS : 0;
}

FoKeyword fo_keyword(const FoNode *n, FoProperty p)
{
	const FoValue *v = peek(n, p);
	return v->type == V_KEYWORD ? (FoKeyword)v->keyword : FO_K_NONE;
}

/* What a collapsed border is worth by where it was written. */
static int border_precedence(FoKind kind)
{
	static const FoKind order[] = {FO_TABLE_FOOTER, FO_TABLE_HEADER, FO_TABLE_BODY, FO_TABLE_ROW,
				       FO_TABLE_COLUMN, FO_TABLE_CELL,   FO_TABLE};
	for (guint i = 0; i < G_N_ELEMENTS(order); i++)
		if (order[i] == kind)
			return (int)i;
	return 0;
}

int fo_integer(const FoNode *n, FoProperty p)
{
	const FoValue *v = peek(n, p);
	if (p >= FO_P_BORDER_BEFORE_PRECEDENCE && p <= FO_P_BORDER_END_PRECEDENCE && v->type == V_KEYWORD &&
	    v->keyword == FO_K_NONE)
		return border_precedence(n->kind);
	if (v->type == V_KEYWORD && (v->keyword == FO_K_FORCE || v->keyword == FO_K_NO_LIMIT))
		return FO_FORCE;
	return v->type == V_NUMBER ? (int)CLAMP(rint(v->u.number), -1e9, 1e9) : 0;
}

FoColour fo_colour(const FoNode *n, FoProperty p)
{
	const FoValue *v = peek(n, p);
	if (v->type == V_KEYWORD && v->keyword == FO_K_CURRENTCOLOR)
		v = peek(n, FO_P_COLOR);
	return v->type == V_COLOUR ? (FoColour)v->u.colour : 0;
}

const char *fo_string(const FoNode *n, FoProperty p)
{
	const FoValue *v = peek(n, p);
	return v->type == V_STRING ? v->u.string : NULL;
}

const char *const *fo_strings(const FoNode *n, FoProperty p)
{
	const FoValue *v = peek(n, p);
	return v->type == V_STRINGS ? v->u.strings : NULL;
}

gboolean fo_is_percentage(const FoNode *n, FoProperty p)
{
	const FoValue *v = peek(n, p);
	return v->type == V_LENGTH && v->u.number != 0;
}

gboolean fo_is_specified(const FoNode *n, FoProperty p)
{
	return fo_set_has(&n->values->own->specified, fo_property_home(n->values, p));
}

double fo_proportion(const FoNode *n, FoProperty p)
{
	const FoValue *v = peek(n, p);
	return v->type == V_PROPORTION ? v->u.number : 0;
}
