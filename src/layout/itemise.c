/* Characters to atoms: stretches of one piece, direction, script and font, cut at spaces, and shaped. Fonts, scripts (Pango) and directions (FriBidi) are
 * looked into only where the text is not plain Latin. */
#include "layout/paragraph.h"
#include "layout/space.h"

#include <fribidi.h>
#include <pango/pango.h>
#include <string.h>

typedef struct {
	LineParagraph *p;
	const gunichar *chars;
	guint length;
	FriBidiLevel *levels; /* NULL: all of the base level */
	hb_script_t *scripts; /* NULL: all Latin */
} Text;

/* ---- directions and scripts ---- */

/* Below U+0590 nothing goes from right to left. */
static gboolean needs_bidi(const LineParagraph *p, const gunichar *chars, guint length)
{
	if (p->rtl)
		return TRUE;
	for (guint i = 0; i < length; i++)
		if (chars[i] >= 0x590 && (FRIBIDI_IS_RTL(fribidi_get_bidi_type(chars[i])) || (chars[i] >= 0x202a && chars[i] <= 0x202e) ||
		                          (chars[i] >= 0x2066 && chars[i] <= 0x2069)))
			return TRUE;
	return FALSE;
}

static FriBidiLevel *find_levels(const LineParagraph *p, const gunichar *chars, guint length)
{
	g_autofree FriBidiCharType *types = g_new(FriBidiCharType, length);
	g_autofree FriBidiBracketType *brackets = g_new(FriBidiBracketType, length);
	FriBidiLevel *levels = g_new0(FriBidiLevel, length);
	FriBidiParType base = p->rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
	fribidi_get_bidi_types(chars, (FriBidiStrIndex)length, types);
	/* a line feed inside is no new paragraph */
	for (guint i = 0; i < length; i++)
		if (chars[i] == CHAR_LINEFEED)
			types[i] = FRIBIDI_TYPE_WS;
	fribidi_get_bracket_types(chars, (FriBidiStrIndex)length, types, brackets);
	if (fribidi_get_par_embedding_levels_ex(types, brackets, (FriBidiStrIndex)length, &base, levels) == 0)
		memset(levels, p->rtl ? 1 : 0, length);
	return levels;
}

static gboolean is_plain_script(const gunichar *chars, guint length)
{
	for (guint i = 0; i < length; i++)
		if (chars[i] >= 0x300 && !(chars[i] >= 0x2000 && chars[i] < 0x2c00) && chars[i] != CHAR_OBJECT)
			return FALSE;
	return TRUE;
}

static hb_script_t *find_scripts(const gunichar *chars, guint length)
{
	glong size;
	g_autofree char *text = g_ucs4_to_utf8(chars, length, NULL, &size, NULL);
	hb_script_t *scripts = g_new(hb_script_t, length);
	PangoScriptIter *iter = pango_script_iter_new(text, (int)size);
	const char *start, *end;
	PangoScript script;
	guint i = 0;
	do {
		pango_script_iter_get_range(iter, &start, &end, &script);
		guint32 tag = g_unicode_script_to_iso15924((GUnicodeScript)script);
		hb_script_t found = script == PANGO_SCRIPT_COMMON ? HB_SCRIPT_LATIN : hb_script_from_iso15924_tag(tag);
		for (const char *c = start; c < end && i < length; c = g_utf8_next_char(c))
			scripts[i++] = found;
	} while (pango_script_iter_next(iter));
	pango_script_iter_free(iter);
	return scripts;
}

/* ---- fonts ---- */

static gboolean joins_last(gunichar c)
{
	return g_unichar_ismark(c) || c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0x1f3fb && c <= 0x1f3ff);
}

static guint cluster_end(const gunichar *chars, guint start, guint end)
{
	guint i = start + 1;
	while (i < end && (joins_last(chars[i]) || chars[i - 1] == 0x200d))
		i++;
	return i;
}

/* HarfBuzz makes these of others when a font does not have them. */
static gboolean is_always_there(gunichar c)
{
	return c == ' ' || c == CHAR_NO_BREAK_SPACE || c == CHAR_LINEFEED || (c >= 0x2000 && c <= 0x200f) || c == 0x2011 ||
	       (c >= 0x2028 && c <= 0x202f) || c == 0x205f || (c >= 0x2060 && c <= 0x206f);
}

static AreaFont *cluster_font(const Text *t, const LinePiece *piece, guint start, guint end)
{
	const LineStyle *s = piece->style;
	if (end == start + 1 && (is_always_there(t->chars[start]) || !s->font || text_font_has(s->font, t->chars[start])))
		return s->font;
	return text_set_cover(t->p->c->fonts, s->fonts, t->chars + start, end - start, &piece->node->at);
}

/* ---- shaping ---- */

const TextWord *line_atom_shape(LineParagraph *p, const LineAtom *a, const gunichar *chars, guint length)
{
	if (!a->upper)
		return text_shape(p->c->fonts, &a->shape, chars, length);
	g_autofree gunichar *capitals = g_new(gunichar, length);
	for (guint i = 0; i < length; i++)
		capitals[i] = g_unichar_toupper(chars[i]);
	return text_shape(p->c->fonts, &a->shape, capitals, length);
}

static guint count_clusters(const TextWord *w)
{
	guint count = 0;
	for (guint i = 0; i < w->length; i++)
		count += i == 0 || w->glyphs[i].cluster != w->glyphs[i - 1].cluster;
	return count;
}

static const LineStyle *atom_style(const LineParagraph *p, const LineAtom *a)
{
	return g_array_index(p->pieces, LinePiece, a->piece).style;
}

int line_atom_width(LineParagraph *p, const LineAtom *a, const TextWord *word)
{
	const LineStyle *s = atom_style(p, a);
	gint64 width = text_scale(a->shape.font, word->width, a->size);
	if (s->letter_spacing != 0)
		width += (gint64)s->letter_spacing * count_clusters(word);
	if (s->word_spacing != 0 && (a->kind == ATOM_SPACE || a->kind == ATOM_FIXED_SPACE))
		width += s->word_spacing;
	return text_far(width);
}

static void shape_atom(const Text *t, LineAtom *a)
{
	LineParagraph *p = t->p;
	if (!a->shape.font)
		return;
	a->word = line_atom_shape(p, a, t->chars + a->start, a->end - a->start);
	a->width = line_atom_width(p, a, a->word);
}

/* A space is as wide as the kerning with its neighbours makes it, when they are of its own font and size. */
static void kern_space(const Text *t, LineAtom *a, const LineAtom *before)
{
	const LinePiece *piece = &g_array_index(t->p->pieces, LinePiece, a->piece);
	gboolean same = before && before->kind == ATOM_WORD && before->shape.font == a->shape.font && before->size == a->size;
	gunichar last = same ? t->chars[a->start - 1] : 0, next = a->end < piece->end ? t->chars[a->end] : 0;
	int units = text_space(t->p->c->fonts, &a->shape, last, t->chars[a->start], next == CHAR_LINEFEED || next == ' ' ? 0 : next);
	a->width += text_scale(a->shape.font, units, a->size) - text_scale(a->shape.font, a->word->width, a->size);
}

/* ---- atoms ---- */

static AtomKind char_kind(gunichar c)
{
	switch (c) {
	case ' ':
		return ATOM_SPACE;
	case CHAR_NO_BREAK_SPACE:
		return ATOM_FIXED_SPACE;
	case CHAR_LINEFEED:
	case 0x2028:
		return ATOM_LINEFEED;
	default:
		return ATOM_WORD;
	}
}

static gboolean makes_capitals(const LineStyle *s, gunichar c)
{
	return s->small_caps && g_unichar_islower(c) && s->font && !text_font_has_feature(s->font, HB_TAG('s', 'm', 'c', 'p'));
}

static unsigned shape_flags(const LineStyle *s, gboolean rtl, gboolean capitals)
{
	unsigned flags = rtl ? TEXT_RTL : 0;
	if (s->letter_spacing != 0)
		flags |= TEXT_NO_LIGATURES;
	if (s->small_caps && !capitals)
		flags |= TEXT_SMALL_CAPS;
	return flags;
}

static guint8 level_at(const Text *t, guint i)
{
	return (guint8)(t->levels && i < t->length ? t->levels[i] : t->p->rtl);
}

/* An atom of one character or cluster, not yet shaped. */
static LineAtom start_atom(const Text *t, guint piece, guint start, guint end)
{
	const LinePiece *piece_at = &g_array_index(t->p->pieces, LinePiece, piece);
	const LineStyle *s = piece_at->style;
	LineAtom a = {
	    .kind = char_kind(t->chars[start]),
	    .level = level_at(t, start),
	    .upper = makes_capitals(s, t->chars[start]) ? 1 : 0,
	    .start = start,
	    .end = end,
	    .piece = piece,
	};
	a.size = a.upper ? (int)((gint64)s->size * 4 / 5) : s->size;
	a.shape = (TextShape){
	    .font = cluster_font(t, piece_at, start, end),
	    .script = t->scripts ? t->scripts[start] : HB_SCRIPT_LATIN,
	    .language = s->hb_language,
	    .flags = shape_flags(s, a.level & 1, a.upper),
	};
	return a;
}

static gboolean goes_on(const LineAtom *a, const LineAtom *b)
{
	return a->kind == ATOM_WORD && b->kind == ATOM_WORD && a->level == b->level && a->upper == b->upper && a->shape.font == b->shape.font &&
	       a->shape.script == b->shape.script;
}

static void finish_atom(const Text *t, LineAtom *a)
{
	GArray *atoms = t->p->atoms;
	if (a->kind != ATOM_LINEFEED)
		shape_atom(t, a);
	if (a->kind == ATOM_SPACE && a->word)
		kern_space(t, a, atoms->len > 0 ? &g_array_index(atoms, LineAtom, atoms->len - 1) : NULL);
	g_array_append_val(atoms, *a);
}

/* Most characters just go on with the word: plain text of one direction and script, and in the first font. */
static gboolean is_plain_rest(const Text *t, const LineAtom *a, const LinePiece *at, guint i)
{
	gunichar c = t->chars[i];
	const LineStyle *s = at->style;
	return c < 0x300 && a->kind == ATOM_WORD && char_kind(c) == ATOM_WORD && !t->levels && !t->scripts && !s->small_caps && s->font &&
	       a->shape.font == s->font && (i + 1 == at->end || t->chars[i + 1] < 0x300) && text_font_has(s->font, c);
}

static void add_text(const Text *t, guint piece)
{
	const LinePiece *at = &g_array_index(t->p->pieces, LinePiece, piece);
	LineAtom a = {.start = G_MAXUINT};
	for (guint i = at->start, next; i < at->end; i = next) {
		if (a.start != G_MAXUINT && is_plain_rest(t, &a, at, i)) {
			a.end = next = i + 1;
			continue;
		}
		next = cluster_end(t->chars, i, at->end);
		LineAtom b = start_atom(t, piece, i, next);
		if (a.start != G_MAXUINT && goes_on(&a, &b)) {
			a.end = next;
			continue;
		}
		if (a.start != G_MAXUINT)
			finish_atom(t, &a);
		a = b;
	}
	if (a.start != G_MAXUINT)
		finish_atom(t, &a);
}

static void add_object(const Text *t, guint piece, AtomKind kind)
{
	const LinePiece *at = &g_array_index(t->p->pieces, LinePiece, piece);
	LineAtom a = {.kind = (guint8)kind, .level = level_at(t, at->start), .start = at->start, .end = at->end, .piece = piece};
	if (kind == ATOM_EDGE) {
		a.width = line_edge_fence(at) + line_edge_space(at)->optimum;
		a.level = level_at(t, at->kind == PIECE_OPEN ? at->start : at->start > 0 ? at->start - 1 : 0);
	}
	if (kind != ATOM_EDGE || a.width != 0 || space_counts(line_edge_space(at)))
		g_array_append_val(t->p->atoms, a);
}

static void add_atoms(const Text *t)
{
	for (guint i = 0; i < t->p->pieces->len; i++) {
		switch (g_array_index(t->p->pieces, LinePiece, i).kind) {
		case PIECE_TEXT:
			add_text(t, i);
			break;
		case PIECE_GRAPHIC:
			add_object(t, i, ATOM_GRAPHIC);
			break;
		case PIECE_LEADER:
			add_object(t, i, ATOM_LEADER);
			break;
		default:
			add_object(t, i, ATOM_EDGE);
		}
	}
}

/* ---- where lines may begin ---- */

static void apply_marks(LineParagraph *p, guint length)
{
	for (guint i = 0; i < p->marks->len; i++) {
		const LineMark *mark = &g_array_index(p->marks, LineMark, i);
		if (mark->at == 0 || mark->at >= length)
			continue;
		gboolean after_space = g_array_index(p->chars, gunichar, mark->at - 1) == ' ';
		if (mark->kind == MARK_BREAK)
			p->breaks[mark->at] = 1;
		else if (mark->kind == MARK_NO_BREAK && !after_space)
			p->breaks[mark->at] = 0;
	}
}

static void forbid_breaks(LineParagraph *p)
{
	for (guint k = 0; k < p->pieces->len; k++) {
		const LinePiece *piece = &g_array_index(p->pieces, LinePiece, k);
		for (guint i = piece->start; i < piece->end; i++) {
			gboolean inside = i > piece->start;
			if (!piece->style->wrap || (piece->style->keep && (inside || piece->start > (piece->within ? piece->within->start : 0))))
				p->breaks[i] = 0;
		}
	}
}

void line_itemise(LineParagraph *p)
{
	Text t = {.p = p, .chars = (const gunichar *)(void *)p->chars->data, .length = p->chars->len};
	if (needs_bidi(p, t.chars, t.length))
		t.levels = find_levels(p, t.chars, t.length);
	if (!is_plain_script(t.chars, t.length))
		t.scripts = find_scripts(t.chars, t.length);
	p->breaks = arena_alloc(p->arena, t.length + 1);
	line_find_breaks(t.chars, t.length, p->style->language, p->breaks);
	apply_marks(p, t.length);
	forbid_breaks(p);
	add_atoms(&t);
	line_settle_edges(p);
	g_free(t.levels);
	g_free(t.scripts);
}
