/* Leaders: space, a rule, dots, or a repeated content. What they show is decoration and stands in no structure element. */
#include "layout/paragraph.h"

enum { COPIES = 10000 };

FoSpace line_leader_length(const LineParagraph *p, const LineAtom *a, int measure)
{
	const FoNode *n = g_array_index(p->pieces, LinePiece, a->piece).node;
	FoSpace length = fo_space(n, FO_P_LEADER_LENGTH, measure);
	if (length.minimum == FO_AUTO)
		length.minimum = 0;
	if (length.maximum == FO_AUTO)
		length.maximum = MAX(measure, length.optimum);
	length.optimum = MAX(length.optimum == FO_AUTO ? 12000 : length.optimum, length.minimum);
	length.maximum = MAX(length.maximum, length.optimum);
	return length;
}

static BorderStyle rule_style(FoKeyword k)
{
	switch (k) {
	case FO_K_NONE:
		return BORDER_NONE;
	case FO_K_DOTTED:
		return BORDER_DOTTED;
	case FO_K_DASHED:
		return BORDER_DASHED;
	case FO_K_DOUBLE:
		return BORDER_DOUBLE;
	case FO_K_GROOVE:
		return BORDER_GROOVE;
	case FO_K_RIDGE:
		return BORDER_RIDGE;
	default:
		return BORDER_SOLID;
	}
}

/* On the baseline, its thickness above it; y is the middle of the line that is drawn. */
static void add_rule(LineParagraph *p, const FoNode *n, Area *parent, const Area *place)
{
	BorderStyle style = rule_style(fo_keyword(n, FO_P_RULE_STYLE));
	int thickness = fo_length(n, FO_P_RULE_THICKNESS, 0);
	if (style == BORDER_NONE || thickness <= 0)
		return;
	Area *a = area_new(p->c->areas, AREA_LEADER, "leader");
	a->x = place->x;
	a->y = place->y - thickness / 2;
	a->ipd = place->ipd;
	a->bpd = thickness;
	a->order = place->order;
	a->at = place->at;
	a->u.leader.style = style;
	a->u.leader.thickness = thickness;
	a->u.leader.colour = fo_colour(n, FO_P_COLOR);
	area_append(parent, a);
}

static int pattern_width(const FoNode *n, int natural, int measure)
{
	int asked = fo_length(n, FO_P_LEADER_PATTERN_WIDTH, measure);
	return MAX(asked == FO_AUTO ? natural : MAX(asked, natural), 1);
}

/* Copies of a pattern stand on a grid from the line's end, so that those of lines below each other stand below each other. */
static int first_copy(const Area *place, int width, int end, int *count)
{
	int after = (end - place->x - place->ipd) % width;
	int last = place->x + place->ipd - (after < 0 ? after + width : after == 0 ? 0 : width - after);
	int room = last - place->x - width / 2; /* clear of what stands before */
	*count = MIN(room / width, COPIES);
	return last - *count * width;
}

static void add_dots(LineParagraph *p, const LineStyle *s, Area *parent, const Area *place, int end)
{
	if (!s->font)
		return;
	TextShape how = {s->font, HB_SCRIPT_LATIN, s->hb_language, 0};
	const gunichar dot = '.', space = ' ';
	const TextWord *w = text_shape(p->c->fonts, &how, &dot, 1);
	int natural = text_scale(s->font, w->width + text_shape(p->c->fonts, &how, &space, 1)->width, s->size), count;
	int width = pattern_width(s->node, natural, end), x = first_copy(place, width, end, &count);
	if (count <= 0 || w->length == 0)
		return;
	Area *a = area_new(p->c->areas, AREA_TEXT, "leader");
	AreaText *t = a->u.text = area_alloc(p->c->areas, sizeof *t);
	g_autofree char *text = g_strnfill((gsize)count, '.');
	*t = (AreaText){.font = s->font, .size = s->size, .colour = s->colour, .baseline_shift = s->shift, .length = (guint)count};
	t->text = area_strdup(p->c->areas, text);
	t->glyphs = area_alloc(p->c->areas, (gsize)count * sizeof *t->glyphs);
	for (int i = 0; i < count; i++)
		t->glyphs[i] = (AreaGlyph){w->glyphs[0].id, width, 0, 0, (guint)i};
	a->x = x;
	a->y = place->y;
	a->ipd = count * width;
	a->bpd = text_scale(s->font, s->font->ascender - s->font->descender, s->size);
	a->order = place->order;
	a->at = place->at;
	area_append(parent, a);
}

static void drop_structure(Area *a)
{
	a->structure = NULL;
	a->link = NULL;
	for (Area *child = a->first; child; child = child->next)
		drop_structure(child);
}

/* One copy of the content, its baseline at the leader's. */
static void add_copy(LineParagraph *content, Area *parent, int x, int y)
{
	int minimum, maximum;
	line_paragraph_widths(content, &minimum, &maximum);
	g_autoptr(GPtrArray) lines = line_paragraph_break(content, maximum);
	Area *line = ((LayoutLine *)g_ptr_array_index(lines, 0))->area;
	int up = line->u.block.baseline;
	for (Area *a = line->first, *next; a; a = next) {
		next = a->next;
		drop_structure(a);
		area_move(a, x, y - up);
		area_append(parent, a);
	}
}

static void add_content(LineParagraph *p, const LinePiece *piece, Area *parent, const Area *place, int end)
{
	int minimum, maximum, count;
	if (!piece->content)
		return;
	line_paragraph_widths(piece->content, &minimum, &maximum);
	int width = pattern_width(piece->node, maximum, end), x = first_copy(place, width, end, &count);
	(void)p;
	for (int i = 0; i < MIN(count, 1000); i++)
		add_copy(piece->content, parent, x + i * width, place->y);
}

void line_leader_add(LineParagraph *p, const LineAtom *a, Area *parent, const Area *place, int end)
{
	const LinePiece *piece = &g_array_index(p->pieces, LinePiece, a->piece);
	switch (fo_keyword(piece->node, FO_P_LEADER_PATTERN)) {
	case FO_K_RULE:
		add_rule(p, piece->node, parent, place);
		break;
	case FO_K_DOTS:
		add_dots(p, piece->style, parent, place, end);
		break;
	case FO_K_USE_CONTENT:
		add_content(p, piece, parent, place, end);
		break;
	default:
		break;
	}
}
