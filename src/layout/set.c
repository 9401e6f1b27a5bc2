/* A line's part of the paragraph to a line of areas. */
#include "layout/set.h"

static void line_free(gpointer data)
{
	LayoutLine *l = data;
	if (l->notes)
		g_ptr_array_unref(l->notes);
	if (l->ids)
		g_ptr_array_unref(l->ids);
	g_free(l);
}

/* ---- bits ---- */

static void shape_part(LineParagraph *p, LineBit *bit)
{
	const LineAtom *a = bit->atom;
	gboolean whole = bit->part.from == a->start && bit->part.to == a->end && !bit->part.hyphen && !bit->part.carried;
	if (whole || !a->word) {
		bit->word = a->word;
		bit->width = a->width;
		return;
	}
	LineShown shown;
	line_show(p, a, &bit->part, &shown);
	bit->word = line_atom_shape(p, a, shown.chars, shown.length);
	bit->width = line_atom_width(p, a, bit->word);
	if (shown.origin)
		bit->origin = arena_copy(p->arena, shown.origin, shown.length * sizeof *shown.origin);
	line_shown_clear(&shown);
}

static LineBit bit_of(LineSetting *s, guint atom)
{
	LineParagraph *p = s->p;
	const LineRange *r = s->range;
	LineBit bit = {.atom = &g_array_index(p->atoms, LineAtom, atom)};
	bit.piece = &g_array_index(p->pieces, LinePiece, bit.atom->piece);
	bit.part = (LinePart){bit.atom->start, bit.atom->end, NULL, NULL};
	bit.shift = bit.piece->style->shift;
	bit.width = bit.atom->width;
	if (bit.atom->kind != ATOM_WORD)
		bit.word = bit.atom->word;
	if (bit.atom->kind != ATOM_WORD)
		return bit;
	if (atom == r->first_atom && r->start > bit.part.from) {
		bit.part.from = r->start;
		bit.part.carried = r->carried;
	}
	if (atom + 1 == r->end_atom && r->end < bit.part.to) {
		bit.part.to = r->end;
		bit.part.hyphen = r->hyphen;
	} else if (r->hyphen && bit.part.to == r->end && atom + 1 == r->end_atom) {
		bit.part.hyphen = r->hyphen;
	}
	shape_part(p, &bit);
	return bit;
}

/* The space at the break is set without width, so that words that are copied stay apart. */
static void add_trailing_space(LineSetting *s)
{
	const LineRange *r = s->range;
	if (r->end >= r->next || r->end_atom >= s->p->atoms->len)
		return;
	LineBit bit = bit_of(s, r->end_atom);
	if (bit.atom->kind != ATOM_SPACE || !bit.word)
		return;
	bit.width = 0;
	bit.trailing = TRUE;
	g_array_append_val(s->bits, bit);
}

static gboolean is_edge(const LineBit *b)
{
	return b->atom->kind == ATOM_EDGE;
}

static void trim_edges(LineBit *bits, guint count, gboolean at_start, gboolean at_end)
{
	const gboolean at[2] = {at_start, at_end};
	g_autofree const LinePiece **edges = g_new(const LinePiece *, count);
	g_autofree int *widths = g_new(int, count);
	for (guint i = 0; i < count; i++)
		edges[i] = bits[i].piece;
	line_edges_resolve(edges, count, at, widths);
	for (guint i = 0; i < count; i++)
		bits[i].width = widths[i];
}

/* At a line's ends the space around an inline is discarded, and letter spacing stands between letters only. */
static void trim_ends(LineSetting *s)
{
	LineBit *bits = (LineBit *)(void *)s->bits->data;
	guint length = s->bits->len, first = 0, end = length;
	while (first < length && is_edge(&bits[first]))
		first++;
	while (end > first && is_edge(&bits[end - 1]))
		end--;
	if (first > 0)
		trim_edges(bits, first, TRUE, first == length);
	if (end < length)
		trim_edges(bits + end, length - end, FALSE, TRUE);
	if (end == 0)
		return;
	LineBit *last = &bits[end - 1];
	if (last->word && last->atom->kind == ATOM_WORD)
		last->width -= last->piece->style->letter_spacing;
}

static void find_bits(LineSetting *s)
{
	const LineRange *r = s->range;
	for (guint i = r->first_atom; i < r->end_atom; i++) {
		LineBit bit = bit_of(s, i);
		if (bit.atom->kind != ATOM_LINEFEED)
			g_array_append_val(s->bits, bit);
	}
	trim_ends(s);
	add_trailing_space(s);
}

/* ---- order (UAX 9, L2) ---- */

static void reverse(GArray *bits, guint from, guint to)
{
	while (from + 1 < to) {
		LineBit *a = &g_array_index(bits, LineBit, from++), *b = &g_array_index(bits, LineBit, --to), c = *a;
		*a = *b;
		*b = c;
	}
}

static void order_bits(LineSetting *s)
{
	GArray *bits = s->bits;
	int base = s->p->rtl ? 1 : 0, highest = 0, lowest_odd = G_MAXINT;
	guint length = bits->len;
	if (length > 0 && g_array_index(bits, LineBit, length - 1).trailing && !s->p->rtl)
		length--; /* stays at the end */
	for (guint i = 0; i < length; i++) {
		int level = g_array_index(bits, LineBit, i).atom->level;
		highest = MAX(highest, level);
		if (level & 1)
			lowest_odd = MIN(lowest_odd, level);
	}
	if (base == 1)
		lowest_odd = 1;
	for (int level = highest; level >= lowest_odd; level--) {
		for (guint i = 0; i < length; i++) {
			guint from = i;
			while (i < length && g_array_index(bits, LineBit, i).atom->level >= level)
				i++;
			if (i > from)
				reverse(bits, from, i);
		}
	}
}

/* ---- what the caller must know of a line ---- */

static void add_node(GPtrArray **list, const FoNode *n)
{
	if (!*list)
		*list = g_ptr_array_new();
	g_ptr_array_add(*list, (gpointer)n);
}

static void note_marks(LineSetting *s)
{
	const LineRange *r = s->range;
	for (guint i = 0; i < s->p->marks->len; i++) {
		const LineMark *m = &g_array_index(s->p->marks, LineMark, i);
		if (!s->range->first && m->at < r->start)
			continue;
		if (m->at >= r->next && !r->last)
			break;
		if (m->kind == MARK_ID)
			add_node(&s->line->ids, m->node);
		else if (m->kind == MARK_NOTE)
			add_node(&s->line->notes, m->node);
	}
}

/* ---- too wide ---- */

static char *widest_word(const LineSetting *s)
{
	const LineBit *widest = NULL;
	for (guint i = 0; i < s->bits->len; i++) {
		const LineBit *b = &g_array_index(s->bits, LineBit, i);
		if (b->word && (!widest || b->width > widest->width))
			widest = b;
	}
	if (!widest)
		return g_strdup(fo_kind_name(g_array_index(s->bits, LineBit, 0).piece->node->kind));
	return g_ucs4_to_utf8(&g_array_index(s->p->chars, gunichar, widest->part.from), widest->part.to - widest->part.from, NULL, NULL, NULL);
}

static void report_overfull(LineSetting *s, int excess)
{
	LineParagraph *p = s->p;
	if (p->reported || excess <= LINE_TOLERANCE || s->bits->len == 0)
		return;
	p->reported = TRUE;
	g_autofree char *word = widest_word(s);
	const FoNode *node = g_array_index(s->bits, LineBit, 0).piece->node;
	if (p->c->wide && !g_hash_table_add(p->c->wide, g_strdup_printf("%p %s", (const void *)node, word)))
		return;
	char millimetres[32];
	g_ascii_formatd(millimetres, sizeof millimetres, "%.1f", excess * 25.4 / 72000);
	Position at = node->at;
	at.focus = word;
	diagnose(p->c->d, MSG_LINE_OVERFULL, &at, word, millimetres);
}

/* ---- the line ---- */

/* Where its content begins, given the room that is left. */
static int start_of(const LineSetting *s, LineAlign align, int left)
{
	int before = s->p->rtl ? s->end_indent : s->indent;
	if (left < 0) /* too wide: sticks out at its end */
		return s->p->rtl ? before + left : before;
	switch (align) {
	case ALIGN_CENTER:
		return before + left / 2;
	case ALIGN_END:
		return s->p->rtl ? before : before + left;
	default:
		return s->p->rtl ? before + left : before;
	}
}

static LayoutLine *line_new(LineSetting *s)
{
	LayoutLine *l = g_new0(LayoutLine, 1);
	const LineRange *r = s->range;
	l->area = area_new(s->p->c->areas, AREA_LINE, "line");
	l->area->ipd = s->measure;
	l->area->order = s->p->block->order;
	l->area->at = s->p->block->at;
	l->hyphenated = r->hyphen && !r->hyphen->bare;
	l->name = r->hyphen && r->hyphen->name;
	l->forced = r->forced;
	l->last = r->last;
	l->end = (LineEnd){r->next_atom, r->next, r->added, r->hyphen, s->p->all};
	return l;
}

static LayoutLine *set_line(LineParagraph *p, const LineRange *r, int measure)
{
	LineSetting s = {.p = p, .range = r, .measure = measure};
	s.bits = text_borrow_array(p->c->fonts, sizeof(LineBit));
	s.line = line_new(&s);
	s.indent = r->first ? line_indent(p->block, FO_P_TEXT_INDENT, measure) : 0;
	s.end_indent = r->forced ? line_indent(p->block, FO_P_LAST_LINE_END_INDENT, measure) : 0;
	find_bits(&s);
	LineAlign align = line_align(p->block, r->forced);
	int left = set_fit(&s, align);
	s.line->width = measure - left;
	report_overfull(&s, -left);
	note_marks(&s);
	order_bits(&s);
	set_extent(&s);
	set_emit(&s, start_of(&s, align, left));
	text_return_array(p->c->fonts, s.bits);
	return s.line;
}

/* ---- all lines ---- */

GArray *line_measures_new(int measure)
{
	GArray *measures = g_array_new(FALSE, TRUE, sizeof(LineMeasure));
	LineMeasure m = {G_MAXUINT, MAX(measure, 1)};
	return g_array_append_val(measures, m);
}

void line_measures_change(GArray *measures, guint line, int measure)
{
	g_array_index(measures, LineMeasure, measures->len - 1).until = line;
	LineMeasure m = {G_MAXUINT, MAX(measure, 1)};
	g_array_append_val(measures, m);
}

static LayoutLine *set_inset_line(LineParagraph *p, const LineRange *r, int measure, LineInset inset)
{
	gboolean narrowed = inset.left + inset.right > 0, reported = p->reported;
	p->reported |= narrowed;
	LayoutLine *line = set_line(p, r, MAX(measure - inset.left - inset.right, 1));
	if (narrowed)
		p->reported = reported;
	line->x = inset.left;
	return line;
}

static GPtrArray *set_lines(LineParagraph *p, const LineShape *shape)
{
	g_autoptr(GArray) ranges = line_find_ranges(p, shape);
	GPtrArray *lines = g_ptr_array_new_full(ranges->len, line_free);
	const LineMeasure *m = (const LineMeasure *)(const void *)shape->measures->data;
	for (guint i = 0; i < ranges->len; i++) {
		while (i >= m->until)
			m++;
		LineInset inset = shape->insets && i < shape->insets->len ? g_array_index(shape->insets, LineInset, i) : (LineInset){0, 0};
		g_ptr_array_add(lines, set_inset_line(p, &g_array_index(ranges, LineRange, i), m->measure, inset));
	}
	return lines;
}

GPtrArray *line_array_take(GPtrArray *to, GPtrArray *from, guint count)
{
	if (!to)
		to = g_ptr_array_new_with_free_func(line_free);
	for (guint i = 0; i < count; i++)
		g_ptr_array_add(to, g_ptr_array_index(from, i));
	g_ptr_array_set_free_func(from, NULL);
	g_ptr_array_remove_range(from, 0, count);
	g_ptr_array_set_free_func(from, line_free);
	return to;
}

GPtrArray *line_paragraph_break(LineParagraph *p, int measure)
{
	g_autoptr(GArray) measures = line_measures_new(measure);
	return set_lines(p, &(LineShape){.measures = measures});
}

GPtrArray *line_paragraph_break_along(LineParagraph *p, const GArray *measures)
{
	return set_lines(p, &(LineShape){.measures = measures});
}

GPtrArray *line_paragraph_break_beside(LineParagraph *p, const LayoutLine *after, int measure, const GArray *insets, guint most)
{
	g_autoptr(GArray) measures = line_measures_new(measure);
	return set_lines(p, &(LineShape){.measures = measures, .insets = insets, .after = after ? &after->end : NULL, .most = most});
}
