/* Atoms to boxes, glue and penalties. */
#include "layout/paragraph.h"

#include <string.h>

enum {
	PENALTY_AFTER_HYPHEN = 50, /* a break at a hyphen that is written */
	PENALTY_PLAIN = 20,        /* at a dash or a slash */
	LONG_WORD = 200,
};

typedef struct {
	LineParagraph *p;
	int measure;
	gboolean justify;      /* spaces stretch */
	gboolean justify_last; /* and in the last line, too */
	const GArray *hyphens;
	guint hyphen;          /* the next of them */
	guint decided;         /* whether to break before this character was settled */
	gboolean begins;       /* the spaces at hand are at the start of a line */
} Builder;

static gunichar char_at(const LineParagraph *p, guint i)
{
	return g_array_index(p->chars, gunichar, i);
}

static const LineStyle *style_of(const LineParagraph *p, const LineAtom *a)
{
	return g_array_index(p->pieces, LinePiece, a->piece).style;
}

/* ---- items ---- */

static void push(Builder *b, BreakItem item, guint atom, guint at, const LineHyphen *hyphen)
{
	LineItemRef ref = {atom, at, hyphen};
	g_array_append_val(b->p->items.all, item);
	g_array_append_val(b->p->items.refs, ref);
}

static void push_box(Builder *b, int width, guint atom, guint at)
{
	push(b, (BreakItem){.kind = BREAK_BOX, .width = width}, atom, at, NULL);
}

static void push_glue(Builder *b, int width, int stretch, int shrink, const LineItemRef *ref)
{
	push(b, (BreakItem){.kind = BREAK_GLUE, .width = width, .stretch = stretch, .shrink = shrink}, ref->atom, ref->at, NULL);
}

static void push_penalty(Builder *b, int penalty, gboolean flagged, const LineItemRef *ref)
{
	push(b, (BreakItem){.kind = BREAK_PENALTY, .flagged = flagged != FALSE, .penalty = penalty}, ref->atom, ref->at, ref->hyphen);
}

static gboolean ends_in_hyphen(const LineParagraph *p, guint at)
{
	gunichar c = char_at(p, at - 1);
	return c == '-' || c == 0x2010;
}

/* A break before a character that no space precedes. */
static void push_plain_break(Builder *b, guint atom, guint at)
{
	LineParagraph *p = b->p;
	if (at == 0 || at >= p->chars->len || at == b->decided || !p->breaks[at] || char_at(p, at - 1) == ' ')
		return;
	gboolean hyphen = ends_in_hyphen(p, at);
	push_penalty(b, hyphen ? PENALTY_AFTER_HYPHEN : PENALTY_PLAIN, hyphen, &(LineItemRef){atom, at, NULL});
	b->decided = at;
}

/* ---- words ---- */

/* How a word stands unbroken, read once from the left: widths up to a character, and whether breaking there changes nothing else. */
typedef struct {
	const LineAtom *atom;
	int letter_spacing;
	GArray *units, *safe; /* int, guint8: by character; NULL units: not read yet */
} WordScale;

static void scale_read(WordScale *w, TextFonts *f)
{
	const LineAtom *a = w->atom;
	guint length = a->end - a->start;
	w->units = text_borrow_array(f, sizeof(int));
	w->safe = text_borrow_array(f, sizeof(guint8));
	g_array_set_size(w->units, 2 * length);
	g_array_set_size(w->safe, length);
	int *units = (int *)(void *)w->units->data;
	guint8 *safe = (guint8 *)w->safe->data;
	memset(units, 0, 2 * length * sizeof(int));
	memset(safe, 0, length);
	for (guint i = 0; i < a->word->length; i++) {
		const TextGlyph *g = &a->word->glyphs[i];
		guint at = MIN(g->cluster, length - 1);
		units[2 * at] += g->advance;
		units[2 * at + 1] = 1;
		safe[at] = !g->unsafe;
	}
	for (guint i = 1; i < length; i++) {
		units[2 * i] += units[2 * i - 2];
		units[2 * i + 1] += units[2 * i - 1];
	}
}

static void scale_clear(WordScale *w, TextFonts *f)
{
	if (!w->units)
		return;
	text_return_array(f, w->units);
	text_return_array(f, w->safe);
}

/* Of the characters before at. */
static int prefix_width(const WordScale *w, guint at)
{
	const LineAtom *a = w->atom;
	guint i = 2 * (at - a->start - 1);
	return text_scale(a->shape.font, g_array_index(w->units, int, i), a->size) + g_array_index(w->units, int, i + 1) * w->letter_spacing;
}

static gboolean is_safe(const WordScale *w, guint at)
{
	/* so long a word is not shaped again at each of its breaks: the line it comes on sets it right */
	return g_array_index(w->safe, guint8, at - w->atom->start) || w->atom->end - w->atom->start > LONG_WORD;
}

static int piece_width(LineParagraph *p, const LineAtom *a, guint from, guint to, const LineHyphen *end, const LineHyphen *start)
{
	LineShown shown;
	line_show(p, a, &(LinePart){from, to, end, start}, &shown);
	int width = line_atom_width(p, a, line_atom_shape(p, a, shown.chars, shown.length));
	line_shown_clear(&shown);
	return width;
}

static int hyphen_width(LineParagraph *p, const LineAtom *a)
{
	gunichar hyphen = style_of(p, a)->hyphen;
	return line_atom_width(p, a, line_atom_shape(p, a, &hyphen, 1));
}

/* A place to break inside an atom; what stands on both sides may be shaped otherwise then. */
static void push_inner_break(Builder *b, const WordScale *w, const LineItemRef *ref, int prefix)
{
	guint at = ref->at;
	const LineHyphen *h = ref->hyphen;
	LineParagraph *p = b->p;
	const LineAtom *a = w->atom;
	gboolean added = h && !h->bare;
	BreakItem item = {.kind = BREAK_PENALTY};
	item.flagged = added || (!h && ends_in_hyphen(p, at));
	item.penalty = h ? h->penalty : item.flagged ? PENALTY_AFTER_HYPHEN : PENALTY_PLAIN;
	if (h && h->point && (h->point->before_cut > at - a->start || h->point->after_cut > a->end - at))
		return;
	if ((h && h->point && a->end - a->start <= LONG_WORD) || !is_safe(w, at)) {
		item.width = piece_width(p, a, a->start, at, h, NULL) - prefix;
		item.after = piece_width(p, a, at, a->end, NULL, h) - (a->width - prefix);
	} else {
		item.width = added ? hyphen_width(p, a) : 0;
	}
	push(b, item, ref->atom, at, h);
}

static void push_word(Builder *b, guint atom)
{
	LineParagraph *p = b->p;
	const LineAtom *a = &g_array_index(p->atoms, LineAtom, atom);
	push_plain_break(b, atom, a->start);
	guint from = a->start;
	int before = 0;
	WordScale w = {.atom = a, .letter_spacing = style_of(p, a)->letter_spacing};
	if (!a->word) {
		push_box(b, a->width, atom, a->start);
		return;
	}
	for (guint at = a->start + 1; at < a->end; at++) {
		while (b->hyphen < b->hyphens->len && g_array_index(b->hyphens, LineHyphen, b->hyphen).at < at)
			b->hyphen++;
		const LineHyphen *h = b->hyphen < b->hyphens->len ? &g_array_index(b->hyphens, LineHyphen, b->hyphen) : NULL;
		if (h && h->at != at)
			h = NULL;
		if (!h && !p->breaks[at]) {
			guint next = b->hyphen < b->hyphens->len ? g_array_index(b->hyphens, LineHyphen, b->hyphen).at : a->end;
			while (at + 1 < MIN(next, a->end) && !p->breaks[at + 1])
				at++;
			continue;
		}
		if (!w.units)
			scale_read(&w, p->c->fonts);
		int prefix = prefix_width(&w, at);
		push_box(b, prefix - before, atom, from);
		push_inner_break(b, &w, &(LineItemRef){atom, at, p->breaks[at] ? NULL : h}, prefix);
		before = prefix;
		from = at;
	}
	push_box(b, a->width - before, atom, from);
	scale_clear(&w, p->c->fonts);
}

/* ---- spaces and objects ---- */

/* A space that was not dropped at the start of a line is to be seen there. Spaces come in order. */
static gboolean begins_line(Builder *b, guint at)
{
	if (at == 0 || char_at(b->p, at - 1) != ' ')
		b->begins = at == 0 || char_at(b->p, at - 1) == CHAR_LINEFEED;
	return b->begins;
}

static void push_space(Builder *b, guint atom)
{
	LineParagraph *p = b->p;
	const LineAtom *a = &g_array_index(p->atoms, LineAtom, atom);
	const LineStyle *s = style_of(p, a);
	guint next = a->end;
	while (next < p->chars->len && char_at(p, next) == ' ')
		next++;
	LineItemRef ref = {atom, a->start, NULL};
	gboolean may_break = next < p->chars->len && p->breaks[next] && a->kind == ATOM_SPACE, begins = begins_line(b, a->start);
	if (a->kind == ATOM_SPACE && (s->treatment == FO_K_PRESERVE || begins)) {
		push_box(b, a->width, atom, a->start);
		if (may_break && next == a->end)
			push_penalty(b, 0, FALSE, &(LineItemRef){atom, a->end, NULL});
		return;
	}
	if (a->kind == ATOM_FIXED_SPACE)
		push_box(b, 0, atom, a->start); /* stays at a line's start */
	if (!may_break)
		push_penalty(b, BREAK_NEVER, FALSE, &ref);
	if (b->justify)
		push_glue(b, a->width, LINE_STRETCH(a->width), LINE_SHRINK(a->width), &ref);
	else
		push_glue(b, a->width, 0, 0, &ref);
}

static void push_leader(Builder *b, guint atom)
{
	LineAtom *a = &g_array_index(b->p->atoms, LineAtom, atom);
	LineItemRef ref = {atom, a->start, NULL};
	FoSpace length = line_leader_length(b->p, a, b->measure);
	a->width = length.optimum;
	if (!b->justify && !b->justify_last) {
		push_box(b, length.optimum, atom, a->start);
		return;
	}
	push_box(b, 0, atom, a->start);
	push_penalty(b, BREAK_NEVER, FALSE, &ref);
	push_glue(b, length.optimum, length.maximum - length.optimum, length.optimum - length.minimum, &ref);
	push_penalty(b, BREAK_NEVER, FALSE, &ref);
}

static void push_graphic(Builder *b, guint atom)
{
	LineAtom *a = &g_array_index(b->p->atoms, LineAtom, atom);
	const FoNode *n = g_array_index(b->p->pieces, LinePiece, a->piece).node;
	a->graphic = graphic_new(b->p->c, n, b->measure, FO_AUTO);
	a->width = a->graphic->ipd + a->graphic->edge[SIDE_START] + a->graphic->edge[SIDE_END] + fo_space(n, FO_P_SPACE_START, b->measure).optimum +
		   fo_space(n, FO_P_SPACE_END, b->measure).optimum;
	push_plain_break(b, atom, a->start);
	push_box(b, a->width, atom, a->start);
}

static void push_edge(Builder *b, guint atom)
{
	const LineAtom *a = &g_array_index(b->p->atoms, LineAtom, atom);
	if (g_array_index(b->p->pieces, LinePiece, a->piece).kind == PIECE_OPEN)
		push_plain_break(b, atom, a->start);
	push_box(b, a->width, atom, a->start);
}

static void push_end(Builder *b, guint atom, guint at, int indent)
{
	LineItemRef ref = {atom, at, NULL};
	if (indent != 0)
		push_box(b, indent, atom, at);
	push_penalty(b, BREAK_NEVER, FALSE, &ref);
	if (!b->justify_last)
		push_glue(b, 0, BREAK_FILL, 0, &ref);
	push_penalty(b, BREAK_FORCED, FALSE, &ref);
}

static void build(Builder *b)
{
	LineParagraph *p = b->p;
	int indent = line_indent(p->block, FO_P_TEXT_INDENT, b->measure), end = line_indent(p->block, FO_P_LAST_LINE_END_INDENT, b->measure);
	guint count = p->atoms->len;
	if (indent != 0)
		push_box(b, indent, 0, 0);
	for (guint i = 0; i < count; i++) {
		const LineAtom *a = &g_array_index(p->atoms, LineAtom, i);
		switch ((AtomKind)a->kind) {
		case ATOM_WORD:
			push_word(b, i);
			break;
		case ATOM_SPACE:
		case ATOM_FIXED_SPACE:
			push_space(b, i);
			break;
		case ATOM_LINEFEED:
			push_end(b, i, a->start, end);
			break;
		case ATOM_GRAPHIC:
			push_graphic(b, i);
			break;
		case ATOM_LEADER:
			push_leader(b, i);
			break;
		case ATOM_EDGE:
			push_edge(b, i);
			break;
		}
	}
	if (count == 0 || g_array_index(p->atoms, LineAtom, count - 1).kind != ATOM_LINEFEED)
		push_end(b, count, p->chars->len, end);
}

/* They are kept: lines beside floats are found many times. */
void line_build_items(LineParagraph *p, int measure, const GArray *hyphens)
{
	LineItems *items = &p->items;
	if (items->all && items->measure == measure && items->hyphens == hyphens)
		return;
	line_clear_items(p);
	*items = (LineItems){.measure = measure, .hyphens = hyphens};
	items->all = text_borrow_array(p->c->fonts, sizeof(BreakItem));
	items->refs = text_borrow_array(p->c->fonts, sizeof(LineItemRef));
	build(&(Builder){
	    .p = p,
	    .measure = measure,
	    .justify = line_align(p->block, FALSE) == ALIGN_JUSTIFY,
	    .justify_last = line_align(p->block, TRUE) == ALIGN_JUSTIFY,
	    .decided = G_MAXUINT,
	    .hyphens = hyphens,
	});
}

void line_clear_items(LineParagraph *p)
{
	if (!p->items.all)
		return;
	text_return_array(p->c->fonts, p->items.all);
	text_return_array(p->c->fonts, p->items.refs);
	p->items.all = p->items.refs = NULL;
}
