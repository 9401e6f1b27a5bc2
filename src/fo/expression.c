/* The expression language of XSL 1.1, section 5.9: one value, from text to an operand, from operand to what the property takes.
 *
 * A numeric operand is linear: an absolute part, a multiple of the percentage's base (which only lay-out may know) and shares of
 * proportional-column-width(); its power is 0 for a number, 1 for a length. */
#include "fo/build.h"
#include "fo/expression.h"

#include <math.h>
#include <string.h>

enum { DEPTH = 32, ARGUMENTS = 16 };

typedef struct {
	FoReading *r;
	const char *at, *end;
	int depth;
} Parser;

static gboolean parse_sum(Parser *p, FoOperand *out);

static void skip_space(Parser *p)
{
	while (p->at < p->end && g_ascii_isspace(*p->at))
		p->at++;
}

static gboolean is_name_start(char c)
{
	return g_ascii_isalpha(c) || c == '_' || (c & 0x80);
}

static gboolean is_name(char c)
{
	return is_name_start(c) || g_ascii_isdigit(c) || c == '-' || c == '.' || c == ':';
}

static const struct {
	const char *name;
	double millipoints;
} units[] = {{"pt", 1000}, {"mm", 72000 / 25.4}, {"cm", 720000 / 25.4}, {"in", 72000}, {"pc", 12000}, {"px", 750}, {"em", 0}};

/* The font size that em and percentages refer to: that of the parent where the size itself is being set. */
static double reference_size(Parser *p)
{
	FoReading *r = p->r;
	r->contextual = TRUE;
	const FoValue *v = r->p == FO_P_FONT_SIZE ? fo_values_peek(r->b->draft.parent, FO_P_FONT_SIZE)
						  : fo_draft_peek(&r->b->draft, FO_P_FONT_SIZE);
	return v->length;
}

static gboolean parse_number(Parser *p, FoOperand *out)
{
	double value = 0, scale = 1;
	gboolean digits = FALSE, fraction = FALSE;
	for (; p->at < p->end && (g_ascii_isdigit(*p->at) || (*p->at == '.' && !fraction)); p->at++) {
		if (*p->at == '.') {
			fraction = TRUE;
			continue;
		}
		digits = TRUE;
		value = value * 10 + (*p->at - '0');
		if (fraction)
			scale *= 10;
	}
	if (!digits)
		return FALSE;
	value /= scale;
	if (p->at < p->end && *p->at == '%') {
		p->at++;
		*out = (FoOperand){.kind = OPERAND_NUMERIC, .power = 1};
		if (fo_properties[p->r->p].percent == OF_FONT)
			out->absolute = value / 100 * reference_size(p);
		else
			out->relative = value / 100;
		return isfinite(value);
	}
	const char *unit = p->at;
	while (p->at < p->end && g_ascii_isalpha(*p->at))
		p->at++;
	*out = (FoOperand){.kind = OPERAND_NUMERIC, .power = 0, .absolute = value};
	if (p->at == unit)
		return isfinite(value);
	for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
		if ((gsize)(p->at - unit) != strlen(units[i].name) ||
		    g_ascii_strncasecmp(unit, units[i].name, (gsize)(p->at - unit)) != 0)
			continue;
		out->power = 1;
		out->absolute = value * (units[i].millipoints > 0 ? units[i].millipoints : reference_size(p));
		return isfinite(out->absolute);
	}
	return FALSE;
}

static gboolean parse_hash(Parser *p, FoOperand *out)
{
	guint32 c = 0;
	int n = 0;
	for (p->at++; p->at < p->end && g_ascii_isxdigit(*p->at); p->at++, n++)
		c = c << 4 | (guint32)g_ascii_xdigit_value(*p->at);
	if (n == 3)
		c = (c & 0xf00) * 0x1100 | (c & 0x0f0) * 0x110 | (c & 0x00f) * 0x11;
	*out = (FoOperand){.kind = OPERAND_COLOUR, .colour = n == 8 ? c : c << 8 | 0xff};
	return n == 3 || n == 6 || n == 8;
}

static gboolean parse_string(Parser *p, FoOperand *out)
{
	const char *close = memchr(p->at + 1, *p->at, (gsize)(p->end - p->at - 1));
	if (!close)
		return FALSE;
	*out = (FoOperand){.kind = OPERAND_STRING, .span = {p->at + 1, (gsize)(close - p->at - 1)}};
	p->at = close + 1;
	return TRUE;
}

static gboolean parse_call(Parser *p, FoSpan name, FoOperand *out)
{
	FoOperand arguments[ARGUMENTS];
	guint n = 0;
	p->at++;
	skip_space(p);
	while (p->at < p->end && *p->at != ')') {
		if (n == ARGUMENTS || !parse_sum(p, &arguments[n]))
			return FALSE;
		n++;
		skip_space(p);
		if (p->at < p->end && *p->at == ',')
			p->at++;
		else if (p->at >= p->end || *p->at != ')')
			return FALSE;
	}
	if (p->at >= p->end)
		return FALSE;
	p->at++;
	return fo_function_call(p->r, name, arguments, n, out);
}

static gboolean parse_primary(Parser *p, FoOperand *out)
{
	skip_space(p);
	if (p->at >= p->end)
		return FALSE;
	char c = *p->at;
	if (c == '(') {
		p->at++;
		if (!parse_sum(p, out))
			return FALSE;
		skip_space(p);
		return p->at < p->end && *p->at++ == ')';
	}
	if (g_ascii_isdigit(c) || c == '.')
		return parse_number(p, out);
	if (c == '#')
		return parse_hash(p, out);
	if (c == '\'' || c == '"')
		return parse_string(p, out);
	if (!is_name_start(c))
		return FALSE;
	FoSpan name = {p->at, 0};
	while (p->at < p->end && is_name(*p->at))
		p->at++;
	name.length = (gsize)(p->at - name.text);
	if (p->at < p->end && *p->at == '(')
		return parse_call(p, name, out);
	*out = (FoOperand){.kind = OPERAND_WORD, .span = name};
	return TRUE;
}

static gboolean parse_unary(Parser *p, FoOperand *out)
{
	skip_space(p);
	if (p->at >= p->end || (*p->at != '-' && *p->at != '+'))
		return parse_primary(p, out);
	gboolean minus = *p->at++ == '-';
	if (++p->depth > DEPTH || !parse_unary(p, out) || out->kind != OPERAND_NUMERIC)
		return FALSE;
	p->depth--;
	if (minus) {
		out->absolute = -out->absolute;
		out->relative = -out->relative;
		out->shares = -out->shares;
	}
	return TRUE;
}

static gboolean is_linear(const FoOperand *o)
{
	return o->relative != 0 || o->shares != 0;
}

static gboolean multiply(FoOperand *a, const FoOperand *b, char operator)
{
	if (a->kind != OPERAND_NUMERIC || b->kind != OPERAND_NUMERIC)
		return FALSE;
	if (operator== '*') {
		FoOperand x = *a, y = *b;
		if (is_linear(&y))
			*a = y, y = x;
		if (is_linear(&y))
			return FALSE;
		a->power = x.power + b->power;
		a->absolute *= y.absolute;
		a->relative *= y.absolute;
		a->shares *= y.absolute;
		return TRUE;
	}
	if (is_linear(b) || b->absolute == 0)
		return FALSE;
	if (operator== 'm') {
		a->absolute = fmod(a->absolute, b->absolute);
		return !is_linear(a) && a->power == b->power;
	}
	a->power -= b->power;
	a->absolute /= b->absolute;
	a->relative /= b->absolute;
	a->shares /= b->absolute;
	return TRUE;
}

static char peek_operator(Parser *p)
{
	skip_space(p);
	gsize left = (gsize)(p->end - p->at);
	if (left > 0 && *p->at == '*')
		return '*';
	if (left > 3 && strncmp(p->at, "div", 3) == 0 && !is_name(p->at[3]))
		return 'd';
	if (left > 3 && strncmp(p->at, "mod", 3) == 0 && !is_name(p->at[3]))
		return 'm';
	return '\0';
}

static gboolean parse_product(Parser *p, FoOperand *out)
{
	if (!parse_unary(p, out))
		return FALSE;
	for (char operator; (operator= peek_operator(p)) != '\0';) {
		FoOperand right;
		p->at += operator== '*' ? 1 : 3;
		if (!parse_unary(p, &right) || !multiply(out, &right, operator))
			return FALSE;
	}
	return TRUE;
}

static gboolean parse_sum(Parser *p, FoOperand *out)
{
	if (++p->depth > DEPTH || !parse_product(p, out))
		return FALSE;
	for (skip_space(p); p->at < p->end && (*p->at == '+' || *p->at == '-'); skip_space(p)) {
		FoOperand right;
		double sign = *p->at++ == '-' ? -1 : 1;
		if (!parse_product(p, &right) || out->kind != OPERAND_NUMERIC || right.kind != OPERAND_NUMERIC ||
		    out->power != right.power)
			return FALSE;
		out->absolute += sign * right.absolute;
		out->relative += sign * right.relative;
		out->shares += sign * right.shares;
	}
	p->depth--;
	return TRUE;
}

/* ---- from operand to value ---- */

static gboolean is_listed(const char *list, FoSpan word, gboolean *unsupported)
{
	for (const char *at = list; *at;) {
		gboolean mark = *at == '!';
		at += mark;
		gsize n = strcspn(at, " ");
		if (n == word.length && strncmp(at, word.text, n) == 0) {
			*unsupported = mark;
			return TRUE;
		}
		at += n + (at[n] == ' ');
	}
	return FALSE;
}

static gboolean length_value(double millipoints, FoValue *out)
{
	*out = (FoValue){.type = V_LENGTH, .length = fo_length_round(millipoints)};
	return TRUE;
}

static gboolean number_value(double number, FoValue *out)
{
	*out = (FoValue){.type = V_NUMBER, .u.number = number};
	return TRUE;
}

static gboolean font_size_value(FoReading *r, FoKeyword k, FoValue *out)
{
	static const FoKeyword scale[] = {FO_K_XX_SMALL, FO_K_X_SMALL, FO_K_SMALL,   FO_K_MEDIUM,
					  FO_K_LARGE,    FO_K_X_LARGE, FO_K_XX_LARGE};
	for (guint i = 0; i < G_N_ELEMENTS(scale); i++)
		if (scale[i] == k)
			return length_value(fo_properties[FO_P_FONT_SIZE].initial.length * pow(1.2, (int)i - 3), out);
	r->contextual = TRUE;
	double parent = fo_values_peek(r->b->draft.parent, FO_P_FONT_SIZE)->length;
	return length_value(k == FO_K_LARGER ? parent * 1.2 : parent / 1.2, out);
}

static gboolean font_weight_value(FoReading *r, FoKeyword k, FoValue *out)
{
	if (k == FO_K_NORMAL || k == FO_K_BOLD)
		return number_value(k == FO_K_BOLD ? 700 : 400, out);
	r->contextual = TRUE;
	double parent = fo_values_peek(r->b->draft.parent, FO_P_FONT_WEIGHT)->u.number;
	if (k == FO_K_BOLDER)
		return number_value(parent < 400 ? 400 : parent < 600 ? 700 : 900, out);
	return number_value(parent > 700 ? 700 : parent > 500 ? 400 : 100, out);
}

/* left is start, top is before ... where a property knows both; lr is lr-tb. */
static FoKeyword relative_side(const char *keywords, FoKeyword k)
{
	static const struct {
		FoKeyword from, to;
		const char *known;
	} sides[] = {{FO_K_LEFT, FO_K_START, "start "},    {FO_K_RIGHT, FO_K_END, "start "}, {FO_K_TOP, FO_K_BEFORE, "before "},
		     {FO_K_BOTTOM, FO_K_AFTER, "before "}, {FO_K_LR, FO_K_LR_TB, "lr-tb"},   {FO_K_RL, FO_K_RL_TB, "rl-tb"}};
	for (guint i = 0; i < G_N_ELEMENTS(sides); i++)
		if (sides[i].from == k && strstr(keywords, sides[i].known))
			return sides[i].to;
	return k;
}

static gboolean word_value(FoReading *r, FoSpan word, FoValue *out)
{
	const PropertyRow *row = &fo_properties[r->p];
	guint32 colour;
	if (row->type & T_COLOUR && fo_colour_lookup(word.text, word.length, &colour)) {
		*out = (FoValue){.type = V_COLOUR, .u.colour = colour};
		return TRUE;
	}
	FoKeyword k;
	if (!is_listed(row->keywords, word, &r->unsupported) || r->unsupported || !fo_keyword_lookup(word.text, word.length, &k))
		return FALSE;
	k = relative_side(row->keywords, k);
	if (r->p == FO_P_FONT_SIZE)
		return font_size_value(r, k, out);
	if (r->p == FO_P_FONT_WEIGHT)
		return font_weight_value(r, k, out);
	if (row->type & T_LENGTH && (k == FO_K_THIN || k == FO_K_MEDIUM || k == FO_K_THICK))
		return length_value(k == FO_K_THIN ? 500 : k == FO_K_MEDIUM ? 1000 : 2000, out);
	*out = (FoValue){.type = V_KEYWORD, .keyword = (guint16)k};
	if (row->type & T_EDGE) {
		gboolean first = k == FO_K_LEFT || k == FO_K_TOP;
		*out = (FoValue){.type = V_LENGTH, .u.number = k == FO_K_CENTER ? 0.5 : first ? 0 : 1};
	}
	return TRUE;
}

static gboolean plain_number_value(FoReading *r, const FoOperand *o, FoValue *out)
{
	guint32 type = fo_properties[r->p].type;
	double n = o->absolute;
	if (!(type & (T_NUMBER | T_INTEGER)))
		return type & T_LENGTH && n == 0 && length_value(0, out);
	if (type & T_INTEGER)
		n = floor(n + 0.5);
	if ((type & T_POSITIVE && n < 0) || fabs(n) > 1e9 || (r->p == FO_P_FONT_WEIGHT && (n < 1 || n > 1000)))
		return FALSE;
	if (type & T_ANGLE) {
		if (fmod(n, 90) != 0)
			return FALSE;
		n = fmod(fmod(n, 360) + 360, 360);
	}
	return number_value(type & T_INTEGER && type & T_POSITIVE ? MAX(n, 1) : n, out);
}

static gboolean numeric_value(FoReading *r, const FoOperand *o, FoValue *out)
{
	const PropertyRow *row = &fo_properties[r->p];
	if (o->power == 0)
		return plain_number_value(r, o, out);
	if (o->power != 1 || !(row->type & T_LENGTH) || !isfinite(o->absolute) || !isfinite(o->relative))
		return FALSE;
	if (o->relative != 0 && (row->percent == OF_NOTHING || fabs(o->relative) > 1e6))
		return FALSE;
	if (row->type & T_POSITIVE && !is_linear(o) && o->absolute < 0)
		return FALSE;
	if (row->type & T_POSITIVE && (o->relative < 0 && o->absolute <= 0))
		return FALSE;
	length_value(o->absolute, out);
	out->u.number = o->relative;
	if (o->shares != 0) {
		out->type = V_PROPORTION;
		out->u.number = o->shares;
		return row->type & T_PROPORTION && o->shares > 0 && isfinite(o->shares) && o->relative == 0;
	}
	return TRUE;
}

/* The value of another property, where this one could have it. */
static gboolean other_value(FoReading *r, const FoValue *v, FoValue *out)
{
	const PropertyRow *row = &fo_properties[r->p];
	gboolean mark;
	*out = *v;
	if (v->type == V_KEYWORD) {
		const char *name = fo_keyword_name((FoKeyword)v->keyword);
		return v->keyword == row->initial.keyword || is_listed(row->keywords, (FoSpan){name, strlen(name)}, &mark);
	}
	return row->type & (v->type == V_STRING ? T_STRING | T_URI : v->type == V_STRINGS ? T_FAMILY : T_PROPORTION);
}

gboolean fo_expression_read(FoReading *r, FoValue *out)
{
	Parser p = {.r = r, .at = r->text.text, .end = r->text.text + r->text.length};
	FoOperand o;
	if (!parse_sum(&p, &o))
		return FALSE;
	skip_space(&p);
	if (p.at != p.end)
		return FALSE;
	switch (o.kind) {
	case OPERAND_NUMERIC:
		return numeric_value(r, &o, out);
	case OPERAND_WORD:
		return word_value(r, o.span, out);
	case OPERAND_COLOUR:
		*out = (FoValue){.type = V_COLOUR, .u.colour = o.colour};
		return (fo_properties[r->p].type & T_COLOUR) != 0;
	case OPERAND_VALUE:
		return other_value(r, &o.value, out);
	default:
		return FALSE;
	}
}
