/* The functions of the expression language (XSL 1.1, 5.10), and colour names. */
#include "fo/expression.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	FoReading *r;
	const FoOperand *arguments;
	guint n;
	FoOperand *out;
} Call;

typedef struct {
	const char *name; /* first */
	guint32 rgb;
} Colour;

static const Colour colours[] = {
#define COLOUR(name, rgb) {name, rgb},
#include "fo/colours.def"
#undef COLOUR
};

static int compare_colours(gconstpointer span, gconstpointer colour)
{
	const FoSpan *wanted = span;
	const char *name = *(const char *const *)colour;
	int order = g_ascii_strncasecmp(wanted->text, name, wanted->length);
	return order == 0 && name[wanted->length] ? -1 : order;
}

gboolean fo_colour_lookup(const char *name, gsize length, guint32 *colour)
{
	*colour = 0;
	if (length == strlen("transparent") && strncmp(name, "transparent", length) == 0)
		return TRUE;
	const Colour *found = bsearch(&(FoSpan){name, length}, colours, G_N_ELEMENTS(colours), sizeof *colours, compare_colours);
	if (found)
		*colour = found->rgb << 8 | 0xff;
	return found != NULL;
}

static gboolean give_value(Call *c, const FoValue *v)
{
	c->r->contextual = TRUE;
	*c->out = (FoOperand){.kind = OPERAND_VALUE, .value = *v};
	if (v->type == V_LENGTH)
		*c->out =
		    (FoOperand){.kind = OPERAND_NUMERIC, .power = 1, .absolute = v->length, .relative = v->u.number, .value = *v};
	else if (v->type == V_NUMBER)
		*c->out = (FoOperand){.kind = OPERAND_NUMERIC, .power = 0, .absolute = v->u.number, .value = *v};
	else if (v->type == V_COLOUR)
		*c->out = (FoOperand){.kind = OPERAND_COLOUR, .colour = (guint32)v->u.colour};
	return TRUE;
}

/* ---- numbers ---- */

static gboolean call_round(Call *c, double (*round_it)(double))
{
	const FoOperand *a = c->arguments;
	*c->out = *a;
	c->out->absolute = round_it(a->absolute);
	return a->kind == OPERAND_NUMERIC && a->power == 0;
}

static double half_up(double x)
{
	return floor(x + 0.5);
}

static gboolean call_floor(Call *c)
{
	return call_round(c, floor);
}

static gboolean call_ceiling(Call *c)
{
	return call_round(c, ceil);
}

static gboolean call_nearest(Call *c)
{
	return call_round(c, half_up);
}

static gboolean call_abs(Call *c)
{
	*c->out = *c->arguments;
	c->out->absolute = fabs(c->out->absolute);
	return c->out->kind == OPERAND_NUMERIC && c->out->relative == 0 && c->out->shares == 0;
}

/* Percentages can be compared among themselves only: their base is lay-out's to know. */
static gboolean choose(Call *c, gboolean greatest)
{
	const FoOperand *a = c->arguments, *b = a + 1;
	if (a->kind != OPERAND_NUMERIC || b->kind != OPERAND_NUMERIC || a->power != b->power || a->shares != b->shares)
		return FALSE;
	double difference = a->absolute - b->absolute;
	if (a->relative != b->relative) {
		if (difference != 0)
			return FALSE;
		difference = a->relative - b->relative;
	}
	*c->out = (difference > 0) == greatest ? *a : *b;
	return TRUE;
}

static gboolean call_min(Call *c)
{
	return choose(c, FALSE);
}

static gboolean call_max(Call *c)
{
	return choose(c, TRUE);
}

/* ---- colours ---- */

static gboolean read_part(const FoOperand *a, double full, double *out)
{
	if (a->kind != OPERAND_NUMERIC)
		return FALSE;
	double part = a->power == 1 && a->absolute == 0 ? a->relative * full : a->absolute;
	*out = CLAMP(part, 0, full) / full;
	return a->power == 0 || a->absolute == 0;
}

static gboolean give_rgb(Call *c, const double rgb[3])
{
	guint32 colour = 0;
	for (int i = 0; i < 3; i++)
		colour = colour << 8 | (guint32)lround(rgb[i] * 255);
	*c->out = (FoOperand){.kind = OPERAND_COLOUR, .colour = colour << 8 | 0xff};
	return TRUE;
}

static gboolean call_rgb(Call *c)
{
	double rgb[3];
	for (int i = 0; i < 3; i++)
		if (!read_part(&c->arguments[i], 255, &rgb[i]))
			return FALSE;
	return give_rgb(c, rgb);
}

static gboolean call_cmyk(Call *c)
{
	double ink[4];
	for (int i = 0; i < 4; i++)
		if (!read_part(&c->arguments[i], 1, &ink[i]))
			return FALSE;
	return give_rgb(c, (double[]){(1 - ink[0]) * (1 - ink[3]), (1 - ink[1]) * (1 - ink[3]), (1 - ink[2]) * (1 - ink[3])});
}

/* ---- lists and columns ---- */

static const FoNode *nearest(const FoNode *n, FoKind kind)
{
	while (n && n->kind != kind)
		n = n->parent;
	return n;
}

static gboolean give_list_edge(Call *c, gboolean label)
{
	FoDraft *draft = &c->r->b->draft;
	const FoNode *item = nearest(draft->node->parent, FO_LIST_ITEM);
	if (!item)
		return FALSE;
	c->r->contextual = TRUE;
	const FoValue *indent = fo_values_peek(item->values, FO_P_START_INDENT);
	const FoValue *distance = fo_draft_peek(draft, FO_P_PROVISIONAL_DISTANCE_BETWEEN_STARTS);
	const FoValue *separation = fo_draft_peek(draft, FO_P_PROVISIONAL_LABEL_SEPARATION);
	*c->out = (FoOperand){.kind = OPERAND_NUMERIC,
			      .power = 1,
			      .absolute = (double)indent->length + distance->length,
			      .relative = indent->u.number + distance->u.number};
	if (label) { /* what is left of the reference area's measure beyond the label */
		c->out->absolute = separation->length - c->out->absolute;
		c->out->relative = 1 + separation->u.number - c->out->relative;
	}
	return TRUE;
}

static gboolean call_body_start(Call *c)
{
	return give_list_edge(c, FALSE);
}

static gboolean call_label_end(Call *c)
{
	return give_list_edge(c, TRUE);
}

static gboolean call_proportional(Call *c)
{
	const FoOperand *a = c->arguments;
	*c->out = (FoOperand){.kind = OPERAND_NUMERIC, .power = 1, .shares = a->absolute};
	return a->kind == OPERAND_NUMERIC && a->power == 0;
}

/* ---- values of other objects ---- */

static gboolean read_property(Call *c, FoProperty *p)
{
	*p = c->r->p;
	if (c->n == 0)
		return TRUE;
	const FoOperand *a = c->arguments;
	if (a->kind != OPERAND_WORD && a->kind != OPERAND_STRING)
		return FALSE;
	g_autofree char *name = g_strndup(a->span.text, a->span.length);
	gpointer row = g_hash_table_lookup(c->r->b->properties, name);
	*p = GPOINTER_TO_UINT(row) - 1;
	return row && !(fo_properties[*p].type & T_SHORTHAND);
}

static gboolean call_parent(Call *c)
{
	FoProperty p;
	const FoValues *parent = c->r->b->draft.parent;
	return read_property(c, &p) && give_value(c, fo_values_peek(parent, fo_property_home(parent, p)));
}

static gboolean call_inherited(Call *c)
{
	FoProperty p;
	return read_property(c, &p) && fo_properties[p].inherited && give_value(c, fo_values_peek(c->r->b->draft.parent, p));
}

static gboolean call_nearest_specified(Call *c)
{
	FoProperty p;
	if (!read_property(c, &p))
		return FALSE;
	for (const FoNode *n = c->r->b->draft.node->parent; n; n = n->parent)
		if (fo_is_specified(n, p))
			return give_value(c, fo_values_peek(n->values, fo_property_home(n->values, p)));
	return give_value(c, &fo_properties[p].initial);
}

static gboolean call_table_column(Call *c)
{
	FoProperty p;
	const FoDraft *draft = &c->r->b->draft;
	if (!read_property(c, &p) || !nearest(draft->node, FO_TABLE_CELL))
		return FALSE;
	const FoNode *column = fo_table_column_of(draft);
	return give_value(c,
			  column ? fo_values_peek(column->values, fo_property_home(column->values, p)) : &fo_properties[p].initial);
}

static gboolean call_unsupported(Call *c)
{
	c->r->unsupported = TRUE;
	return FALSE;
}

static const struct {
	const char *name;
	guint minimum, maximum; /* arguments */
	gboolean (*call)(Call *c);
} functions[] = {
    {"floor", 1, 1, call_floor},
    {"ceiling", 1, 1, call_ceiling},
    {"round", 1, 1, call_nearest},
    {"abs", 1, 1, call_abs},
    {"min", 2, 2, call_min},
    {"max", 2, 2, call_max},
    {"rgb", 3, 3, call_rgb},
    {"rgb-icc", 4, 16, call_rgb},
    {"cmyk", 4, 4, call_cmyk},
    {"body-start", 0, 0, call_body_start},
    {"label-end", 0, 0, call_label_end},
    {"proportional-column-width", 1, 1, call_proportional},
    {"from-parent", 0, 1, call_parent},
    {"inherited-property-value", 0, 1, call_inherited},
    {"from-nearest-specified-value", 0, 1, call_nearest_specified},
    {"from-table-column", 0, 1, call_table_column},
    {"from-page-master-region", 0, 1, call_unsupported},
    {"merge-property-values", 0, 1, call_unsupported},
    {"system-color", 1, 1, call_unsupported},
    {"system-font", 1, 2, call_unsupported},
};

gboolean fo_function_call(FoReading *r, FoSpan name, const FoOperand *arguments, guint n, FoOperand *out)
{
	for (guint i = 0; i < G_N_ELEMENTS(functions); i++) {
		if (strlen(functions[i].name) != name.length || strncmp(functions[i].name, name.text, name.length) != 0)
			continue;
		return n >= functions[i].minimum && n <= functions[i].maximum && functions[i].call(&(Call){r, arguments, n, out});
	}
	return FALSE;
}
