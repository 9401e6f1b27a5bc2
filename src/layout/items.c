/* Atoms to boxes, glue and penalties; and the breaks that the breaker finds in those to lines. */
#include "layout/paragraph.h"

#include <string.h>

enum {
	PENALTY_AFTER_HYPHEN = 50, /* a break at a hyphen that is written */
	PENALTY_PLAIN = 20,        /* at a dash or a slash */
	LONG_WORD = 200,
};

/* What an item is of: an atom and a character in it. */
typedef struct {
	guint atom, at;
	const LineHyphen *hyphen;
} ItemRef;

typedef struct {
	LineParagraph *p;
	GArray *items, *refs;
	int measure;
	const GArray *insets;  /* LineInset, of the first lines; NULL: none */
	gboolean justify;      /* spaces stretch */
	gboolean justify_last; /* and in the last line, too */
	const GArray *hyphens;
	guint hyphen;          /* the next of them */
	guint decided;         /* whether to break before this character was settled */
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
	ItemRef ref = {atom, at, hyphen};
	g_array_append_val(b->items, item);
	g_array_append_val(b->refs, ref);
}

static void push_box(Builder *b, int width, guint atom, guint at)
{
	push(b, (BreakItem){.kind = BREAK_BOX, .width = width}, atom, at, NULL);
}

static void push_glue(Builder *b, int width, int stretch, int shrink, const ItemRef *ref)
{
	push(b, (BreakItem){.kind = BREAK_GLUE, .width = width, .stretch = stretch, .shrink = shrink}, ref->atom, ref->at, NULL);
}

static void push_penalty(Builder *b, int penalty, gboolean flagged, const ItemRef *ref)
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
	push_penalty(b, hyphen ? PENALTY_AFTER_HYPHEN : PENALTY_PLAIN, hyphen, &(ItemRef){atom, at, NULL});
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
static void push_inner_break(Builder *b, const WordScale *w, const ItemRef *ref, int prefix)
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
		push_inner_break(b, &w, &(ItemRef){atom, at, p->breaks[at] ? NULL : h}, prefix);
		before = prefix;
		from = at;
	}
	push_box(b, a->width - before, atom, from);
	scale_clear(&w, p->c->fonts);
}

/* ---- spaces and objects ---- */

static void push_space(Builder *b, guint atom)
{
	LineParagraph *p = b->p;
	const LineAtom *a = &g_array_index(p->atoms, LineAtom, atom);
	const LineStyle *s = style_of(p, a);
	guint next = a->end;
	while (next < p->chars->len && char_at(p, next) == ' ')
		next++;
	ItemRef ref = {atom, a->start, NULL};
	gboolean may_break = next < p->chars->len && p->breaks[next] && a->kind == ATOM_SPACE;
	if (s->treatment == FO_K_PRESERVE && a->kind == ATOM_SPACE) {
		push_box(b, a->width, atom, a->start);
		if (may_break && next == a->end)
			push_penalty(b, 0, FALSE, &(ItemRef){atom, a->end, NULL});
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
	ItemRef ref = {atom, a->start, NULL};
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
	ItemRef ref = {atom, at, NULL};
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

/* ---- breaks to lines ---- */

static const ItemRef *ref_at(const Builder *b, gssize i)
{
	return &g_array_index(b->refs, ItemRef, i);
}

static LineRange range_of(const Builder *b, const BreakPoint *point, gboolean last)
{
	LineParagraph *p = b->p;
	const BreakItem *item = &g_array_index(b->items, BreakItem, point->position);
	const ItemRef *end = ref_at(b, point->position), *start = point->first <= point->position ? ref_at(b, point->first) : end;
	LineRange r = {.first_atom = start->atom, .start = start->at, .end = end->at, .end_atom = end->atom, .ratio = point->ratio};
	r.overfull = point->overfull;
	r.last = last;
	r.forced = item->kind == BREAK_PENALTY && item->penalty <= BREAK_FORCED;
	r.hyphen = end->hyphen;
	if (end->atom < p->atoms->len && item->kind == BREAK_PENALTY && end->at > g_array_index(p->atoms, LineAtom, end->atom).start)
		r.end_atom++;
	return r;
}

static GArray *ranges_of(const Builder *b, const GArray *points, const LineEnd *after)
{
	GArray *ranges = g_array_sized_new(FALSE, FALSE, sizeof(LineRange), points->len);
	for (guint i = 0; i < points->len; i++) {
		LineRange r = range_of(b, &g_array_index(points, BreakPoint, i), i + 1 == points->len);
		g_array_append_val(ranges, r);
	}
	for (guint i = 0; i < ranges->len; i++) {
		LineRange *r = &g_array_index(ranges, LineRange, i);
		r->next = i + 1 < ranges->len ? g_array_index(ranges, LineRange, i + 1).start : b->p->chars->len;
		r->carried = i > 0 ? g_array_index(ranges, LineRange, i - 1).hyphen : after ? after->hyphen : NULL;
		r->first = i == 0 && !after;
		r->item = g_array_index(points, BreakPoint, i).position;
		r->next_item = i + 1 < ranges->len ? g_array_index(points, BreakPoint, i + 1).first : r->item;
	}
	return ranges;
}

static BreakSettings settings_of(const LineParagraph *p, int measure, gboolean justify)
{
	int ladder = fo_integer(p->block, FO_P_HYPHENATION_LADDER_COUNT), size = p->style->size;
	BreakSettings s = {
	    .measure = measure,
	    .ladder = ladder == FO_FORCE ? 0 : ladder,
	    .last_minimum = measure > 12 * size ? MAX(3 * size, measure / 8) : 0,
	    .last_demerits = 15000,
	    .flagged_demerits = 60000,
	};
	if (!justify)
		s.line_stretch = MIN(4 * size, measure / 3);
	return s;
}

static gboolean any_overfull(const GArray *points)
{
	for (guint i = 0; i < points->len; i++)
		if (g_array_index(points, BreakPoint, i).overfull)
			return TRUE;
	return FALSE;
}

/* The measure of each line, by its number. */
static gboolean narrow_line(void *user, const BreakNode *from, gssize to, int alternative, BreakSpan *span)
{
	const Builder *b = user;
	(void)to, (void)alternative;
	if (from->line < b->insets->len) {
		const LineInset *inset = &g_array_index(b->insets, LineInset, from->line);
		span->measure = MAX(span->measure - inset->left - inset->right, 1);
	}
	return TRUE;
}

static GArray *find(const Builder *b, const BreakSettings *s)
{
	return break_find((const BreakItem *)(void *)b->items->data, b->items->len, s, NULL);
}

/* The narrowest measure that takes no more lines: no word stands alone on the last one then. */
static GArray *find_balanced(const Builder *b, BreakSettings s)
{
	GArray *best = find(b, &s);
	guint lines = best->len;
	int low = s.measure / (int)MAX(lines, 1), high = s.measure;
	s.tolerance = BREAK_UNLIMITED;
	s.last_minimum = 0;
	while (lines > 1 && high - low > 500) {
		s.measure = low + (high - low) / 2;
		GArray *points = find(b, &s);
		if (points->len <= lines && !any_overfull(points)) {
			g_array_unref(best);
			best = points;
			high = s.measure;
		} else {
			g_array_unref(points);
			low = s.measure;
		}
	}
	return best;
}

/* ---- lines of several measures ---- */

/* From the line that begins at item first on, as if the paragraph began there. added: width at its start. */
static GArray *find_from(const Builder *b, const BreakSettings *s, gssize first, int added)
{
	gsize length = b->items->len - (gsize)first;
	g_autofree BreakItem *items = g_new(BreakItem, length + 1);
	items[0] = (BreakItem){.kind = BREAK_BOX, .width = added};
	memcpy(items + 1, &g_array_index(b->items, BreakItem, first), length * sizeof *items);
	GArray *points = break_find(items, length + 1, s, NULL);
	for (guint i = 0; i < points->len; i++) {
		BreakPoint *point = &g_array_index(points, BreakPoint, i);
		point->position += first - 1;
		point->first = MAX(point->first - 1, 0) + first;
	}
	return points;
}

static int added_after(const Builder *b, gssize end)
{
	const BreakItem *item = &g_array_index(b->items, BreakItem, end);
	return item->kind == BREAK_PENALTY ? item->after : 0;
}

/* The lines before until stay, those from it on are found again. */
static void find_rest(const Builder *b, GArray *points, guint until, int measure)
{
	const BreakSettings s = settings_of(b->p, measure, b->justify);
	int added = added_after(b, g_array_index(points, BreakPoint, until - 1).position);
	g_autoptr(GArray) rest = find_from(b, &s, g_array_index(points, BreakPoint, until).first, added);
	g_array_set_size(points, until);
	g_array_append_vals(points, rest->data, rest->len);
}

static void find_along(const Builder *b, const GArray *measures, GArray *points)
{
	for (guint i = 1; i < measures->len; i++) {
		guint until = g_array_index(measures, LineMeasure, i - 1).until;
		if (until > 0 && until < points->len)
			find_rest(b, points, until, g_array_index(measures, LineMeasure, i).measure);
	}
}

/* Each line as wide as what stands beside it leaves. */
static void narrow_lines(Builder *b, const GArray *insets, BreakSettings *s)
{
	if (!insets || insets->len == 0)
		return;
	b->insets = insets;
	s->adjust = narrow_line;
	s->user = b;
	s->measures = TRUE;
	s->narrowest = s->measure;
	for (guint i = 0; i < insets->len; i++) {
		const LineInset *inset = &g_array_index(insets, LineInset, i);
		s->narrowest = MIN(s->narrowest, MAX(s->measure - inset->left - inset->right, 1));
		if (inset->left + inset->right > 0)
			s->by_line = i + 1;
	}
}

static GArray *try_ranges(LineParagraph *p, const GArray *hyphens, const LineShape *shape, gboolean *overfull)
{
	int measure = g_array_index(shape->measures, LineMeasure, 0).measure;
	LineAlign align = line_align(p->block, FALSE), last = line_align(p->block, TRUE);
	Builder b = {.p = p, .measure = measure, .justify = align == ALIGN_JUSTIFY, .justify_last = last == ALIGN_JUSTIFY, .decided = G_MAXUINT, .hyphens = hyphens};
	b.items = text_borrow_array(p->c->fonts, sizeof(BreakItem));
	b.refs = text_borrow_array(p->c->fonts, sizeof(ItemRef));
	build(&b);
	BreakSettings s = settings_of(p, measure, b.justify);
	narrow_lines(&b, shape->insets, &s);
	const LineEnd *after = shape->after;
	g_autoptr(GArray) points = after ? find_from(&b, &s, after->next, added_after(&b, after->item)) :
	                           line_is_balanced(p->block) && !b.justify ? find_balanced(&b, s) : find(&b, &s);
	find_along(&b, shape->measures, points);
	*overfull = any_overfull(points);
	GArray *ranges = ranges_of(&b, points, after);
	text_return_array(p->c->fonts, b.items);
	text_return_array(p->c->fonts, b.refs);
	return ranges;
}

static const GArray *hyphens_of(LineParagraph *p, gboolean all)
{
	GArray **hyphens = all ? &p->all_hyphens : &p->hyphens;
	if (!*hyphens)
		*hyphens = line_find_hyphens(p, all);
	return *hyphens;
}

GArray *line_find_ranges(LineParagraph *p, const LineShape *shape)
{
	gboolean overfull, all = shape->after && shape->after->all;
	GArray *ranges = try_ranges(p, hyphens_of(p, all), shape, &overfull);
	p->all = all;
	if (!overfull || shape->after) /* whose place was found with the words divided as they are */
		return ranges;
	g_array_unref(ranges);
	p->all = TRUE;
	return try_ranges(p, hyphens_of(p, TRUE), shape, &overfull);
}
