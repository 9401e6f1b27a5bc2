/* The bits of a line as areas: texts of one font and object each, inside the inlines they belong to. */
#include "layout/set.h"

#include <string.h>

enum { INLINE_NESTING = 64 };

/* An inline that is open while the line is written from left to right. */
typedef struct {
	const LineInline *inl;
	Area *area;
	int end; /* where its content ends; G_MININT: not yet known */
	gboolean starts, ends; /* an edge of its own was seen */
} Open;

typedef struct {
	LineSetting *s;
	LayoutContext *c;
	Open open[INLINE_NESTING];
	guint depth;
	int x;
	GString *text;   /* of the area being made */
	GArray *offsets; /* guint: where each character of the bit at hand began in it, from the bit's first */
} Emitter;

static LineBit *bit_at(const Emitter *e, guint i)
{
	return &g_array_index(e->s->bits, LineBit, i);
}

static Area *parent_area(const Emitter *e)
{
	return e->depth > 0 ? e->open[e->depth - 1].area : e->s->line->area;
}

/* ---- inlines ---- */

static gboolean begins_here(const Emitter *e, const LineInline *i)
{
	const LineRange *r = e->s->range;
	return i->start >= r->start || r->first;
}

static gboolean ends_here(const Emitter *e, const LineInline *i)
{
	const LineRange *r = e->s->range;
	return i->end <= r->end || r->last;
}

/* The box as it is on this line: an inline that goes on has no edge where the line ends. */
static AreaBox *box_here(const Emitter *e, const LineInline *i)
{
	gboolean left = e->s->p->rtl ? ends_here(e, i) : begins_here(e, i), right = e->s->p->rtl ? begins_here(e, i) : ends_here(e, i);
	if (!i->box || (left && right))
		return (AreaBox *)i->box;
	AreaBox *box = area_alloc(e->c->areas, sizeof *box);
	*box = *i->box;
	if (!left)
		box->border[SIDE_START] = box->padding[SIDE_START] = box->radius[0] = box->radius[3] = 0;
	if (!right)
		box->border[SIDE_END] = box->padding[SIDE_END] = box->radius[1] = box->radius[2] = 0;
	return box;
}

static AreaLink *link_around(const Emitter *e, const LineInline *i)
{
	for (; i && e->c->link_of; i = i->parent)
		if (i->node->kind == FO_BASIC_LINK)
			return e->c->link_of(e->c, i->node);
	return NULL;
}

static void open_inline(Emitter *e, const LineInline *i)
{
	const LineStyle *s = i->style;
	Area *a = area_new(e->c->areas, AREA_INLINE, i->node->kind == FO_BASIC_LINK ? "basic-link" : "inline");
	a->x = e->x;
	a->y = e->s->above - s->shift - s->ascent;
	a->bpd = s->ascent + s->descent;
	a->box = box_here(e, i);
	a->order = i->node->order;
	a->at = i->node->at;
	a->id = begins_here(e, i) ? area_strdup(e->c->areas, fo_string(i->node, FO_P_ID)) : NULL;
	if (i->node->kind == FO_BASIC_LINK && e->c->link_of)
		a->link = e->c->link_of(e->c, i->node);
	area_append(parent_area(e), a);
	e->open[e->depth++] = (Open){i, a, G_MININT, FALSE, FALSE};
}

static void close_inline(Emitter *e)
{
	Open *o = &e->open[--e->depth];
	o->area->ipd = MAX((o->end != G_MININT ? o->end : e->x) - o->area->x, 0);
}

static guint chain_length(const LineInline *i)
{
	guint length = 0;
	for (; i; i = i->parent)
		length++;
	return length;
}

static const LineInline *ancestor(const LineInline *i, guint up)
{
	while (up-- > 0)
		i = i->parent;
	return i;
}

/* Closes and opens inlines until the innermost open one is i. */
static void enter_inline(Emitter *e, const LineInline *i)
{
	guint length = chain_length(i), shared = 0;
	while (length > INLINE_NESTING) {
		i = i->parent;
		length--;
	}
	while (shared < MIN(length, e->depth) && e->open[shared].inl == ancestor(i, length - shared - 1))
		shared++;
	while (e->depth > shared)
		close_inline(e);
	for (guint k = shared; k < length; k++)
		open_inline(e, ancestor(i, length - k - 1));
}

static void advance(Emitter *e, int width)
{
	e->x = text_far((gint64)e->x + width);
}

/* Border, padding and space of an inline at one of its ends. */
static void emit_edge(Emitter *e, const LineBit *b)
{
	Open *o = &e->open[e->depth - 1];
	if (!o->area->first && o->area->x == e->x) {
		advance(e, b->width);
		o->area->x = e->x;
	} else {
		o->end = e->x;
		advance(e, b->width);
	}
}

/* ---- text ---- */

static gboolean is_text(const LineBit *b)
{
	return b->word != NULL;
}

static gboolean goes_on(const LineBit *a, const LineBit *b)
{
	if (!is_text(b) || a->piece != b->piece || a->atom->shape.font != b->atom->shape.font || a->atom->size != b->atom->size ||
	    (a->atom->level & 1) != (b->atom->level & 1) || a->shift != b->shift || a->part.hyphen || b->part.carried)
		return FALSE;
	return a->atom->level & 1 ? b->part.to == a->part.from : a->part.to == b->part.from;
}

static guint glyph_count(const Emitter *e, guint from, guint to)
{
	guint count = 0;
	for (guint i = from; i < to; i++)
		count += bit_at(e, i)->word->length;
	return count;
}

static gboolean adds_hyphen(const LineBit *b)
{
	return b->part.hyphen && !b->part.hyphen->bare;
}

/* The bit's glyphs, from byte offset base of the text on; offsets: of each character of the paragraph's part, in bytes from base. */
static int put_glyphs(const LineBit *b, AreaGlyph *to, guint base, const guint *offsets)
{
	const AreaFont *font = b->atom->shape.font;
	const LineStyle *s = b->piece->style;
	int units = 0, x = 0;
	gint64 spacing = 0;
	for (guint i = 0; i < b->word->length; i++) {
		const TextGlyph *g = &b->word->glyphs[i];
		gboolean last = i + 1 == b->word->length;
		units += g->advance;
		if (last || b->word->glyphs[i + 1].cluster != g->cluster)
			spacing += s->letter_spacing;
		spacing += b->letter;
		int next = last ? b->width : text_far(text_scale(font, units, b->atom->size) + spacing);
		guint origin = b->origin ? b->origin[g->cluster] : g->cluster;
		to[i] = (AreaGlyph){g->id, next - x, text_scale(font, g->dx, b->atom->size), text_scale(font, g->dy, b->atom->size), base + offsets[origin]};
		x = next;
	}
	return b->width;
}

static void add_characters(const Emitter *e, const LineBit *b)
{
	gsize base = e->text->len;
	guint length = b->part.to - b->part.from;
	g_array_set_size(e->offsets, length + 1);
	guint *offsets = (guint *)(void *)e->offsets->data;
	for (guint i = 0; i < length; i++) {
		gunichar c = g_array_index(e->s->p->chars, gunichar, b->part.from + i);
		offsets[i] = (guint)(e->text->len - base);
		if (c < 0x80)
			g_string_append_c(e->text, (char)c);
		else
			g_string_append_unichar(e->text, c);
	}
	offsets[length] = (guint)(e->text->len - base);
	if (adds_hyphen(b))
		g_string_append_unichar(e->text, CHAR_SOFT_HYPHEN);
}

/* Characters in the order they are read, glyphs in that in which they are seen: for right-to-left text the bits run backwards. */
static void fill_text(const Emitter *e, Area *a, guint from, guint to)
{
	AreaText *t = a->u.text;
	g_string_truncate(e->text, 0);
	guint put = t->rtl ? t->length : 0;
	for (guint k = 0; k < to - from; k++) {
		const LineBit *b = bit_at(e, t->rtl ? to - 1 - k : from + k);
		guint base = (guint)e->text->len;
		add_characters(e, b);
		if (t->rtl)
			put -= b->word->length;
		a->ipd = text_far((gint64)a->ipd + put_glyphs(b, t->glyphs + put, base, (const guint *)(void *)e->offsets->data));
		if (!t->rtl)
			put += b->word->length;
	}
	t->text = area_strdup(e->c->areas, e->text->str);
}

static void set_common(const Emitter *e, Area *a, const LineBit *b)
{
	const FoNode *n = b->piece->node;
	a->order = n->order;
	a->at = n->at;
	a->structure = e->c->structure_of ? e->c->structure_of(e->c, n) : NULL;
	a->link = link_around(e, b->piece->within);
}

static void emit_text(Emitter *e, guint from, guint to)
{
	const LineBit *b = bit_at(e, from);
	const LineStyle *s = b->piece->style;
	const AreaFont *font = b->atom->shape.font;
	Area *a = area_new(e->c->areas, AREA_TEXT, "text");
	AreaText *t = a->u.text = area_alloc(e->c->areas, sizeof *t);
	*t = (AreaText){
	    .font = (AreaFont *)font,
	    .size = b->atom->size,
	    .colour = s->colour,
	    .underline = (s->decoration & FO_UNDERLINE) != 0,
	    .overline = (s->decoration & FO_OVERLINE) != 0,
	    .line_through = (s->decoration & FO_LINE_THROUGH) != 0,
	    .baseline_shift = b->shift,
	    .rtl = b->atom->level & 1,
	    .length = glyph_count(e, from, to),
	};
	t->glyphs = area_alloc(e->c->areas, t->length * sizeof *t->glyphs);
	set_common(e, a, b);
	a->x = e->x;
	a->y = e->s->above - b->shift;
	a->bpd = text_scale(font, font->ascender - font->descender, b->atom->size);
	fill_text(e, a, from, to);
	if (b->piece->node->kind != FO_TEXT)
		a->id = area_strdup(e->c->areas, fo_string(b->piece->node, FO_P_ID));
	advance(e, a->ipd);
	if (!s->hidden)
		area_append(parent_area(e), a);
}

/* ---- objects ---- */

static void emit_graphic(Emitter *e, const LineBit *b)
{
	const Graphic *g = b->atom->graphic;
	const FoNode *n = b->piece->node;
	Area *a = graphic_area(e->c, n, g);
	a->link = link_around(e, b->piece->within);
	int x = e->x + fo_space(n, FO_P_SPACE_START, e->s->measure).optimum + g->edge[SIDE_START];
	area_move(a, x, e->s->above - b->shift - g->edge[SIDE_AFTER] - g->bpd);
	area_append(parent_area(e), a);
	advance(e, b->width);
}

static void emit_leader(Emitter *e, const LineBit *b)
{
	Area place = {.x = e->x, .y = e->s->above - b->shift, .ipd = b->width, .order = b->piece->node->order, .at = b->piece->node->at};
	if (!b->piece->style->hidden)
		line_leader_add(e->s->p, b->atom, parent_area(e), &place, e->s->measure);
	advance(e, b->width);
}

void set_emit(LineSetting *s, int x)
{
	Emitter e = {.s = s, .c = s->p->c, .x = x, .text = g_string_sized_new(128)};
	e.offsets = text_borrow_array(e.c->fonts, sizeof(guint));
	for (guint i = 0, next; i < s->bits->len; i = next) {
		const LineBit *b = bit_at(&e, i);
		next = i + 1;
		enter_inline(&e, b->piece->within);
		if (b->atom->kind == ATOM_EDGE) {
			emit_edge(&e, b);
		} else if (b->atom->kind == ATOM_GRAPHIC) {
			emit_graphic(&e, b);
		} else if (b->atom->kind == ATOM_LEADER) {
			emit_leader(&e, b);
		} else if (is_text(b)) {
			while (next < s->bits->len && goes_on(bit_at(&e, next - 1), bit_at(&e, next)))
				next++;
			emit_text(&e, i, next);
		}
	}
	while (e.depth > 0)
		close_inline(&e);
	g_string_free(e.text, TRUE);
	text_return_array(e.c->fonts, e.offsets);
}
