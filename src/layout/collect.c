/* Inline content, flattened: characters with their white space treated and their case changed, and the pieces they come in. */
#include "layout/paragraph.h"

#include <string.h>

enum { NESTING = 256 };

typedef struct {
	LineParagraph *p;
	const LineStyle *style;
	LineInline *within;
	int depth;
} Place;

static void collect_children(const Place *at, const FoNode *first, const FoNode *end);

static LinePiece *add_piece(const Place *at, PieceKind kind, const FoNode *n)
{
	LineParagraph *p = at->p;
	LinePiece piece = {.kind = kind, .start = p->chars->len, .end = p->chars->len, .node = n, .style = at->style, .within = at->within};
	g_array_append_val(p->pieces, piece);
	return &g_array_index(p->pieces, LinePiece, p->pieces->len - 1);
}

static void add_mark(LineParagraph *p, MarkKind kind, const FoNode *n)
{
	LineMark mark = {kind, p->chars->len, n};
	g_array_append_val(p->marks, mark);
}

/* ---- text ---- */

static gunichar transformed(FoKeyword transform, gunichar c, gunichar before, gunichar two_before)
{
	switch (transform) {
	case FO_K_UPPERCASE:
		return g_unichar_toupper(c);
	case FO_K_LOWERCASE:
		return g_unichar_tolower(c);
	case FO_K_CAPITALIZE:
		if (!g_unichar_isalnum(before) && before != '\'' && before != 0x2019)
			return g_unichar_totitle(c);
		/* the Dutch ij is one letter */
		return c == 'j' && before == 'I' && !g_unichar_isalnum(two_before) ? 'J' : c;
	default:
		return c;
	}
}

static gunichar char_before(const LineParagraph *p, guint back)
{
	return p->chars->len >= back ? g_array_index(p->chars, gunichar, p->chars->len - back) : 0;
}

static void add_char(LineParagraph *p, const LineStyle *s, gunichar c)
{
	if (c == CHAR_SOFT_HYPHEN) {
		add_mark(p, MARK_SOFT_HYPHEN, NULL);
		return;
	}
	if (c == CHAR_ZERO_WIDTH_SPACE) {
		add_mark(p, MARK_BREAK, NULL);
		return;
	}
	if (c == CHAR_OBJECT)
		c = 0xfffd;
	if (s->transform == FO_K_UPPERCASE && c == 0xdf) {
		g_array_append_val(p->chars, (gunichar){'S'});
		c = 'S';
	} else if (s->transform != FO_K_NONE) {
		c = transformed(s->transform, c, char_before(p, 1), char_before(p, 2));
	}
	g_array_append_val(p->chars, c);
}

static void add_text(const Place *at, const FoNode *n, const char *text, gboolean generated)
{
	LineParagraph *p = at->p;
	LinePiece *piece = add_piece(at, PIECE_TEXT, n);
	piece->generated = generated;
	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);
		if (c == '\r' || c == '\t')
			c = ' ';
		add_char(p, at->style, c);
	}
	piece->end = p->chars->len;
}

/* ---- objects ---- */

static void add_object(const Place *at, PieceKind kind, const FoNode *n)
{
	const gunichar object = CHAR_OBJECT;
	LinePiece *piece = add_piece(at, kind, n);
	g_array_append_val(at->p->chars, object);
	piece->end = at->p->chars->len;
}

static void add_citation(const Place *at, const FoNode *n)
{
	LayoutContext *c = at->p->c;
	const char *id = fo_string(n, FO_P_REF_ID), *label = NULL;
	if (id && c->page_of)
		label = c->page_of(c, id, n->kind == FO_PAGE_NUMBER_CITATION_LAST);
	add_text(at, n, label ? label : "00", TRUE);
}

static void add_leader(const Place *at, const FoNode *n)
{
	LineParagraph *content = NULL;
	if (n->first && fo_keyword(n, FO_P_LEADER_PATTERN) == FO_K_USE_CONTENT)
		content = line_paragraph_new(at->p->c, n, n->first, NULL);
	add_mark(at->p, MARK_NO_BREAK, NULL);
	add_object(at, PIECE_LEADER, n);
	g_array_index(at->p->pieces, LinePiece, at->p->pieces->len - 1).content = content;
	add_mark(at->p, MARK_NO_BREAK, NULL);
}

static void add_line_break(LineParagraph *p, const Place *at)
{
	if (p->chars->len == 0 || char_before(p, 1) == CHAR_LINEFEED || p->block->kind == FO_LEADER)
		return;
	const gunichar feed = CHAR_LINEFEED;
	LinePiece *piece = add_piece(at, PIECE_TEXT, at->style->node);
	piece->generated = TRUE;
	g_array_append_val(p->chars, feed);
	piece->end = p->chars->len;
}

/* Embedding of directions becomes the characters that ask for it; they have no glyphs. */
static gunichar direction_char(const FoNode *n)
{
	gboolean rtl = fo_keyword(n, FO_P_DIRECTION) == FO_K_RTL;
	switch (fo_keyword(n, FO_P_UNICODE_BIDI)) {
	case FO_K_EMBED:
		return rtl ? 0x202b : 0x202a;
	case FO_K_BIDI_OVERRIDE:
		return rtl ? 0x202e : 0x202d;
	default:
		return 0;
	}
}

static void add_control(const Place *at, gunichar c)
{
	LinePiece *piece = add_piece(at, PIECE_TEXT, at->style->node);
	piece->generated = TRUE;
	g_array_append_val(at->p->chars, c);
	piece->end = at->p->chars->len;
}

static void add_inline(const Place *at, const FoNode *n)
{
	LineParagraph *p = at->p;
	LineInline *i = arena_alloc(p->arena, sizeof *i);
	Place inner = *at;
	inner.style = i->style = line_style_new(p->c, p->arena, n, at->style);
	inner.within = i;
	i->node = n;
	i->parent = at->within;
	i->box = area_box_new(p->c, n, 0);
	i->space[0] = fo_space(n, FO_P_SPACE_START, 0);
	i->space[1] = fo_space(n, FO_P_SPACE_END, 0);
	gunichar control = direction_char(n);
	i->start = p->chars->len;
	if (control)
		add_control(&inner, control);
	add_piece(&inner, PIECE_OPEN, n);
	collect_children(&inner, n->first, NULL);
	add_piece(&inner, PIECE_CLOSE, n);
	if (control)
		add_control(&inner, 0x202c);
	i->end = p->chars->len;
}

/* Of a note that cannot go to the foot of the page: in lines of their own. */
static void add_bodies_here(const Place *at, const FoNode *parent)
{
	for (const FoNode *n = parent->first; n; n = n->next) {
		if (n->kind == FO_WRAPPER)
			add_bodies_here(at, n);
		if (n->kind != FO_FOOTNOTE_BODY)
			continue;
		add_line_break(at->p, at);
		collect_children(at, n->first, NULL);
		add_line_break(at->p, at);
	}
}

static void add_footnote(const Place *at, const FoNode *n)
{
	LineParagraph *p = at->p;
	guint before = p->chars->len;
	if (before > 0)
		add_mark(p, MARK_NO_BREAK, NULL);
	for (const FoNode *child = n->first; child; child = child->next)
		if (child->kind != FO_FOOTNOTE_BODY)
			collect_children(at, child, child->next);
	if (!note_has_foot(n)) {
		diagnose(p->c->d, MSG_LAYOUT_NOTE_HERE, &n->at);
		add_bodies_here(at, n);
		return;
	}
	LineMark mark = {MARK_NOTE, p->chars->len > before ? p->chars->len - 1 : before, n};
	g_array_append_val(p->marks, mark);
}

static void add_marker(const Place *at, const FoNode *n)
{
	const FoNode *content = at->p->c->marker_of ? at->p->c->marker_of(at->p->c, n) : NULL;
	if (content)
		collect_children(at, content->first, NULL);
}

static gboolean has_marker(const FoNode *n)
{
	for (const FoNode *child = n->first; child && child->kind == FO_MARKER; child = child->next)
		return TRUE;
	return FALSE;
}

static void collect_transparent(const Place *at, const FoNode *n)
{
	Place inner = *at;
	inner.style = line_style_new(at->p->c, at->p->arena, n, at->style);
	collect_children(&inner, n->first, NULL);
}

static void collect_node(const Place *at, const FoNode *n)
{
	LineParagraph *p = at->p;
	if (n->kind != FO_TEXT && n != p->block && (fo_string(n, FO_P_ID) || has_marker(n)))
		add_mark(p, MARK_ID, n);
	switch (n->kind) {
	case FO_TEXT:
		add_text(at, n, n->text, FALSE);
		break;
	case FO_CHARACTER: {
		Place inner = *at;
		const char *c = fo_string(n, FO_P_CHARACTER);
		inner.style = line_style_new(p->c, p->arena, n, at->style);
		add_text(&inner, n, c ? c : "", FALSE);
		break;
	}
	case FO_PAGE_NUMBER: {
		Place inner = *at;
		inner.style = line_style_new(p->c, p->arena, n, at->style);
		add_text(&inner, n, p->c->page_label ? p->c->page_label : "00", TRUE);
		break;
	}
	case FO_PAGE_NUMBER_CITATION:
	case FO_PAGE_NUMBER_CITATION_LAST: {
		Place inner = *at;
		inner.style = line_style_new(p->c, p->arena, n, at->style);
		add_citation(&inner, n);
		break;
	}
	case FO_EXTERNAL_GRAPHIC:
	case FO_INSTREAM_FOREIGN_OBJECT:
		add_object(at, PIECE_GRAPHIC, n);
		break;
	case FO_LEADER: {
		Place inner = *at;
		inner.style = line_style_new(p->c, p->arena, n, at->style);
		add_leader(&inner, n);
		break;
	}
	case FO_INLINE:
	case FO_BASIC_LINK:
	case FO_BIDI_OVERRIDE:
		add_inline(at, n);
		break;
	case FO_FOOTNOTE:
		add_footnote(at, n);
		break;
	case FO_RETRIEVE_MARKER:
		add_marker(at, n);
		break;
	case FO_MARKER:
	case FO_FOOTNOTE_BODY:
	case FO_FOREIGN:
		break;
	default: {
		if (float_place(n) != FLOAT_NONE) {
			LineMark mark = {MARK_NOTE, MAX(p->chars->len, 1) - 1, n}; /* stays with what stands before it */
			g_array_append_val(p->marks, mark);
			break;
		}
		/* blocks (floats, too) inside an inline: lines of their own */
		gboolean block = fo_kind_is_block(n->kind) || n->kind == FO_FLOAT;
		if (block)
			add_line_break(p, at);
		collect_transparent(at, n);
		if (block)
			add_line_break(p, at);
	}
	}
}

static void collect_children(const Place *at, const FoNode *first, const FoNode *end)
{
	if (at->depth >= NESTING)
		return;
	Place inner = *at;
	inner.depth++;
	for (const FoNode *n = first; n && n != end; n = n->next)
		collect_node(&inner, n);
}

/* ---- white space (XSL 1.1, 7.16.7 and 7.17) ---- */

typedef enum { KEEP, DROP, FEED } Fate;

static gboolean drops_before_feed(FoKeyword treatment)
{
	return treatment == FO_K_IGNORE_IF_BEFORE_LINEFEED || treatment == FO_K_IGNORE_IF_SURROUNDING_LINEFEED;
}

static gboolean drops_after_feed(FoKeyword treatment)
{
	return treatment == FO_K_IGNORE_IF_AFTER_LINEFEED || treatment == FO_K_IGNORE_IF_SURROUNDING_LINEFEED;
}

/* Line feeds first: dropped, made spaces, or kept. */
static void treat_linefeeds(LineParagraph *p, gunichar *chars, guint8 *fate, const LinePiece *piece)
{
	for (guint i = piece->start; i < piece->end; i++) {
		if (chars[i] != CHAR_LINEFEED || piece->generated)
			fate[i] = chars[i] == CHAR_LINEFEED ? FEED : KEEP;
		else if (piece->style->linefeed == FO_K_PRESERVE)
			fate[i] = FEED;
		else if (piece->style->linefeed == FO_K_TREAT_AS_SPACE)
			chars[i] = ' ';
		else
			fate[i] = DROP;
		if (fate[i] == DROP && piece->style->linefeed == FO_K_TREAT_AS_ZERO_WIDTH_SPACE)
			g_array_append_val(p->marks, ((LineMark){MARK_BREAK, i, NULL}));
	}
}

/* after: what stands before the spaces is a line's start. Spaces up to the next feed or end are dropped from behind where they must be. */
static void treat_spaces(const LineParagraph *p, const gunichar *chars, guint8 *fate)
{
	gboolean after_feed = TRUE, after_space = FALSE;
	for (guint k = 0; k < p->pieces->len; k++) {
		const LinePiece *piece = &g_array_index(p->pieces, LinePiece, k);
		for (guint i = piece->start; i < piece->end; i++) {
			if (fate[i] == DROP)
				continue;
			if (chars[i] != ' ' || piece->kind != PIECE_TEXT) {
				after_feed = fate[i] == FEED;
				after_space = FALSE;
				continue;
			}
			const LineStyle *s = piece->style;
			if (s->treatment == FO_K_IGNORE || (after_feed && drops_after_feed(s->treatment)) || (after_space && s->collapse))
				fate[i] = DROP;
			else
				after_space = TRUE;
		}
	}
	gboolean before_feed = TRUE;
	for (guint k = p->pieces->len; k-- > 0;) {
		const LinePiece *piece = &g_array_index(p->pieces, LinePiece, k);
		for (guint i = piece->end; i-- > piece->start;) {
			if (fate[i] == FEED || chars[i] != ' ')
				before_feed = fate[i] == DROP ? before_feed : fate[i] == FEED;
			else if (before_feed && drops_before_feed(piece->style->treatment))
				fate[i] = DROP;
			else if (fate[i] == KEEP)
				before_feed = FALSE;
		}
	}
}

/* Moves what is kept together; to[i] is where character i went. */
static guint compact(gunichar *chars, const guint8 *fate, guint length, guint *to)
{
	guint kept = 0;
	for (guint i = 0; i < length; i++) {
		to[i] = kept;
		if (fate[i] != DROP)
			chars[kept++] = chars[i];
	}
	to[length] = kept;
	return kept;
}

static int compare_marks(gconstpointer a, gconstpointer b)
{
	const LineMark *x = a, *y = b;
	return x->at < y->at ? -1 : x->at > y->at;
}

static void treat_white_space(LineParagraph *p)
{
	guint length = p->chars->len;
	gunichar *chars = (gunichar *)(void *)p->chars->data;
	g_autofree guint8 *fate = g_malloc0(length + 1);
	g_autofree guint *to = g_new(guint, length + 1);
	for (guint k = 0; k < p->pieces->len; k++)
		treat_linefeeds(p, chars, fate, &g_array_index(p->pieces, LinePiece, k));
	treat_spaces(p, chars, fate);
	g_array_set_size(p->chars, compact(chars, fate, length, to));
	GHashTable *moved = g_hash_table_new(NULL, NULL);
	for (guint k = 0; k < p->pieces->len; k++) {
		LinePiece *piece = &g_array_index(p->pieces, LinePiece, k);
		piece->start = to[MIN(piece->start, length)];
		piece->end = to[MIN(piece->end, length)];
		for (LineInline *i = piece->within; i && g_hash_table_add(moved, i); i = i->parent) {
			i->start = to[MIN(i->start, length)];
			i->end = to[MIN(i->end, length)];
		}
	}
	g_hash_table_unref(moved);
	for (guint k = 0; k < p->marks->len; k++) {
		LineMark *mark = &g_array_index(p->marks, LineMark, k);
		mark->at = to[MIN(mark->at, length)];
	}
	g_array_sort(p->marks, compare_marks);
}

void line_collect(LineParagraph *p, const FoNode *first, const FoNode *end)
{
	Place at = {.p = p, .style = p->style};
	collect_children(&at, first, end);
	while (p->chars->len > 0 && char_before(p, 1) == CHAR_LINEFEED && g_array_index(p->pieces, LinePiece, p->pieces->len - 1).generated) {
		g_array_index(p->pieces, LinePiece, p->pieces->len - 1).end--;
		g_array_set_size(p->chars, p->chars->len - 1);
	}
	treat_white_space(p);
}
