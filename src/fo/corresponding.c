/* Absolute properties settle into the relative ones that lay-out reads (XSL 1.1, 5.3): sides, sizes, margins into spaces and
 * indents. */
#include "fo/build.h"

#include <string.h>

/* An absolute property wins when it was written itself, or through a shorthand while the relative one was not written at all. */
static gboolean wins(const FoDraft *d, FoProperty absolute, FoProperty relative)
{
	return fo_set_has(&d->direct, absolute) || (fo_set_has(&d->specified, absolute) && !fo_set_has(&d->specified, relative));
}

static void forget(FoDraft *d, FoProperty p)
{
	guint64 keep = ~(G_GUINT64_CONSTANT(1) << (p % 64));
	d->present.word[p / 64] &= keep;
	d->specified.word[p / 64] &= keep;
}

static void take(FoDraft *d, FoProperty p, const FoValue *v)
{
	d->value[p] = *v;
	fo_set_add(&d->present, p);
	fo_set_add(&d->specified, p);
}

static FoValue length_of(const FoValue *v)
{
	return v->type == V_LENGTH ? *v : (FoValue){.type = V_LENGTH};
}

static void add(FoValue *sum, FoValue part)
{
	sum->length = fo_length_round((double)sum->length + part.length);
	sum->u.number += part.u.number;
}

static gboolean is_right_to_left(const FoDraft *d)
{
	return fo_draft_peek(d, FO_P_WRITING_MODE)->keyword == FO_K_RL_TB;
}

static void settle_sides(FoDraft *d, gboolean rtl)
{
	for (FoProperty p = FO_P_BORDER_TOP_WIDTH; p <= FO_P_PADDING_RIGHT; p++) {
		if (!fo_set_has(&d->present, p))
			continue;
		FoProperty home = fo_side_home(p, rtl);
		if (wins(d, p, home))
			take(d, home, &d->value[p]);
		forget(d, p);
	}
}

/* width sets all of the range, min- and max-width one end of one that is otherwise auto. */
static void settle_size(FoDraft *d, FoProperty size, FoProperty range)
{
	FoProperty minimum = size + (FO_P_MIN_WIDTH - FO_P_WIDTH), maximum = size + (FO_P_MAX_WIDTH - FO_P_WIDTH);
	if (!fo_set_has(&d->present, size) && !fo_set_has(&d->present, minimum) && !fo_set_has(&d->present, maximum))
		return;
	const FoValue automatic = {.type = V_KEYWORD, .keyword = FO_K_AUTO};
	const FoValue *all = fo_set_has(&d->present, size) ? &d->value[size] : &automatic;
	for (FoProperty part = 0; part < 3; part++)
		take(d, range + part, all);
	if (fo_set_has(&d->present, minimum))
		take(d, range + 1, &d->value[minimum]);
	if (fo_set_has(&d->present, maximum))
		take(d, range + 2, d->value[maximum].type == V_KEYWORD ? &automatic : &d->value[maximum]);
	forget(d, size);
	forget(d, minimum);
	forget(d, maximum);
}

static void settle_space(FoDraft *d, FoProperty margin, FoProperty space)
{
	if (!wins(d, margin, space))
		return;
	FoValue v = length_of(&d->value[margin]);
	for (FoProperty part = 0; part < 3; part++)
		take(d, space + part, &v);
	take(d, space + 4, &(FoValue){.type = V_KEYWORD, .keyword = FO_K_RETAIN});
}

/* Percentages of margin and padding refer to the parent's measure, indents to that of the reference area around it: the parent's
 * own indents (its children's, in a reference area of its own) make the difference. */
static FoValue of_reference(const FoDraft *d, const FoValue *v)
{
	FoValue part = length_of(v);
	const FoNode *parent = d->node->parent;
	if (part.u.number == 0 || !parent || fo_elements[parent->kind].how & REFERENCE)
		return part;
	const FoValue start = length_of(fo_values_peek(d->parent, FO_P_START_INDENT));
	const FoValue end = length_of(fo_values_peek(d->parent, FO_P_END_INDENT));
	part.length = fo_length_round(part.length - part.u.number * ((double)start.length + end.length));
	part.u.number *= 1 - start.u.number - end.u.number;
	return part;
}

/* start-indent = inherited start-indent (not across a reference area) + margin + border + padding */
static void settle_indent(FoDraft *d, FoProperty margin, FoProperty indent, int side)
{
	if (!wins(d, margin, indent))
		return;
	FoValue sum = of_reference(d, &d->value[margin]);
	if (!(fo_elements[d->node->kind].how & REFERENCE))
		add(&sum, length_of(fo_values_peek(d->parent, indent)));
	const FoValue *style = fo_draft_peek(d, FO_P_BORDER_BEFORE_STYLE + (FoProperty)side);
	if (style->keyword != FO_K_NONE && style->keyword != FO_K_HIDDEN)
		add(&sum, length_of(fo_draft_peek(d, FO_P_BORDER_BEFORE_WIDTH + 2 * (FoProperty)side)));
	add(&sum, of_reference(d, fo_draft_peek(d, FO_P_PADDING_BEFORE + 2 * (FoProperty)side)));
	take(d, indent, &sum);
}

static void settle_margins(FoDraft *d, gboolean rtl)
{
	guint64 is = fo_elements[d->node->kind].is;
	FoProperty start = rtl ? FO_P_MARGIN_RIGHT : FO_P_MARGIN_LEFT, end = rtl ? FO_P_MARGIN_LEFT : FO_P_MARGIN_RIGHT;
	if (is & (IS_BLOCK | IS_LIST_ITEM)) {
		settle_space(d, FO_P_MARGIN_TOP, FO_P_SPACE_BEFORE);
		settle_space(d, FO_P_MARGIN_BOTTOM, FO_P_SPACE_AFTER);
		settle_indent(d, start, FO_P_START_INDENT, 2);
		settle_indent(d, end, FO_P_END_INDENT, 3);
	} else if (is & IS_INLINE) {
		settle_space(d, start, FO_P_SPACE_START);
		settle_space(d, end, FO_P_SPACE_END);
	}
}

static void settle_region_name(FoBuilder *b)
{
	FoDraft *d = &b->draft;
	FoKind kind = d->node->kind;
	if (kind < FO_REGION_BODY || kind > FO_REGION_END || fo_set_has(&d->present, FO_P_REGION_NAME))
		return;
	g_autofree char *name = g_strconcat("xsl-", fo_elements[kind].name, NULL);
	take(d, FO_P_REGION_NAME, &(FoValue){.type = V_STRING, .u.string = fo_store_string(b->store, name, strlen(name))});
}

void fo_corresponding_settle(FoBuilder *b)
{
	FoDraft *d = &b->draft;
	gboolean rtl = is_right_to_left(d);
	settle_sides(d, rtl);
	settle_size(d, FO_P_WIDTH, FO_P_INLINE_PROGRESSION_DIMENSION);
	settle_size(d, FO_P_HEIGHT, FO_P_BLOCK_PROGRESSION_DIMENSION);
	settle_margins(d, rtl);
	settle_region_name(b);
}
