/* Blocks to boxes, spaces and breaks. */
#include "layout/block.h"

#include <string.h>

/* ---- what every block-level object has around it ---- */

static ForceKind force_of(FoKeyword k)
{
	switch (k) {
	case FO_K_COLUMN:
		return FORCE_COLUMN;
	case FO_K_PAGE:
		return FORCE_PAGE;
	case FO_K_EVEN_PAGE:
		return FORCE_EVEN;
	case FO_K_ODD_PAGE:
		return FORCE_ODD;
	default:
		return FORCE_NONE;
	}
}

static int keep_of(const FoNode *n, FoProperty base)
{
	int column = fo_keep(n, base + 2), page = fo_keep(n, base + 3);
	return MAX(column, page);
}

void block_force_before(Stream *s, const FoNode *n)
{
	ForceKind force = force_of(fo_keyword(n, FO_P_BREAK_BEFORE));
	if (force)
		stream_force(s, force, FALSE);
}

void block_force_after(Stream *s, const FoNode *n)
{
	ForceKind force = force_of(fo_keyword(n, FO_P_BREAK_AFTER));
	if (force)
		stream_force(s, force, TRUE);
}

void block_begin(Stream *s, const FoNode *n)
{
	stream_sibling(s, 0);
	stream_keep(s, keep_of(n, FO_P_KEEP_WITH_PREVIOUS));
	block_force_before(s, n);
	stream_space(s, fo_space(n, FO_P_SPACE_BEFORE, stream_measure(s)));
}

void block_end(Stream *s, const FoNode *n)
{
	stream_space(s, fo_space(n, FO_P_SPACE_AFTER, stream_measure(s)));
	stream_keep(s, keep_of(n, FO_P_KEEP_WITH_NEXT));
	block_force_after(s, n);
}

/* ---- lines ---- */

typedef struct {
	GPtrArray *lines;
	GArray *measures; /* LineMeasure */
	gboolean changes; /* holds page numbers or citations */
	PageLabel label;  /* of the page that it began on in the pass before */
} ParagraphCache;

void block_cache_free(gpointer p)
{
	ParagraphCache *c = p;
	g_clear_pointer(&c->lines, g_ptr_array_unref);
	g_clear_pointer(&c->measures, g_array_unref);
	g_free(c);
}

/* A float that is set elsewhere: it does not part the text that it stands in. */
static gboolean is_floating(const FoNode *n)
{
	return n->kind == FO_FLOAT && float_place(n) != FLOAT_NONE;
}

static gboolean holds_page_number(const FoNode *n)
{
	if (n->kind == FO_PAGE_NUMBER || n->kind == FO_PAGE_NUMBER_CITATION || n->kind == FO_PAGE_NUMBER_CITATION_LAST)
		return TRUE;
	for (const FoNode *k = n->first; k; k = k->next)
		if (k->kind != FO_FOOTNOTE_BODY && !is_floating(k) && holds_page_number(k))
			return TRUE;
	return FALSE;
}

static gboolean run_changes(const FoNode *first, const FoNode *end)
{
	for (const FoNode *n = first; n && n != end; n = n->next)
		if (holds_page_number(n))
			return TRUE;
	return FALSE;
}

static gboolean same_measures(const GArray *a, const GArray *b)
{
	return a && a->len == b->len && memcmp(a->data, b->data, a->len * sizeof(LineMeasure)) == 0;
}

static GArray *measures_new(const LineMeasure *measures, guint count)
{
	GArray *copy = g_array_sized_new(FALSE, TRUE, sizeof(LineMeasure), count);
	return g_array_append_vals(copy, measures, count);
}

/* measures: LineMeasure. */
static ParagraphCache *set_lines_along(Layout *l, const FoNode *block, const FoNode *first, const FoNode *end, const GArray *measures)
{
	ParagraphCache *c = l->artifact ? NULL : g_hash_table_lookup(l->paragraphs, first);
	if (!c) {
		c = g_new0(ParagraphCache, 1);
		c->changes = run_changes(first, end);
		g_hash_table_insert(l->paragraphs, l->artifact ? (gpointer)c : (gpointer)first, c);
	} else if (!c->changes && same_measures(c->measures, measures)) {
		return c;
	}
	if (!l->artifact)
		l->c.page_label = c->label.text;
	LineParagraph *p;
	if (l->artifact || !l->ahead || !ahead_take(l->ahead, first, &l->c, &p))
		p = line_paragraph_new(&l->c, block, first, end);
	if (c->lines)
		g_ptr_array_add(l->spent, c->lines);
	g_clear_pointer(&c->measures, g_array_unref);
	c->measures = measures_new((const LineMeasure *)(const void *)measures->data, measures->len);
	c->lines = p ? line_paragraph_break_along(p, measures) : NULL;
	line_paragraph_free(p);
	return c;
}

static ParagraphCache *set_lines(Layout *l, const FoNode *block, const FoNode *first, const FoNode *end, int measure)
{
	LineMeasure one = {G_MAXUINT, MAX(measure, 1)};
	const GArray measures = {(char *)&one, 1};
	return set_lines_along(l, block, first, end, &measures);
}

/* The measures of a paragraph of so many lines that is set now, when the flow's changes in it; NULL: it does not. */
static GArray *measures_along(const Stream *s, guint lines)
{
	if (!s->changes || s->reference || s->changed >= s->changes->len || g_array_index(s->changes, MeasureChange, s->changed).boxes >= s->boxes + lines)
		return NULL;
	GArray *measures = g_array_new(FALSE, TRUE, sizeof(LineMeasure));
	int measure = stream_measure(s);
	LineMeasure m = {0, MAX(measure, 1)};
	for (guint i = s->changed; i < s->changes->len; i++) {
		const MeasureChange *c = &g_array_index(s->changes, MeasureChange, i);
		m.until = c->boxes - s->boxes;
		g_array_append_val(measures, m);
		m.measure = MAX(measure + c->ipd - s->ipd, 1);
	}
	m.until = G_MAXUINT;
	g_array_append_val(measures, m);
	return measures;
}

static int line_break_cost(const FoNode *block, guint before, guint after)
{
	if (before < (guint)MAX(fo_integer(block, FO_P_ORPHANS), 0) || after < (guint)MAX(fo_integer(block, FO_P_WIDOWS), 0))
		return COST_WIDOW;
	return 0;
}

/* A run of inlines as lines. */
static void add_lines(Stream *s, const FoNode *block, const FoNode *first, const FoNode *end)
{
	ParagraphCache *c = set_lines(s->layout, block, first, end, stream_measure(s));
	g_autoptr(GArray) along = c->lines ? measures_along(s, c->lines->len) : NULL;
	if (along)
		c = set_lines_along(s->layout, block, first, end, along);
	GPtrArray *lines = c->lines;
	int cost = 0;
	for (guint i = 0; lines && i < lines->len; i++) {
		LayoutLine *line = g_ptr_array_index(lines, i);
		stream_sibling(s, MAX(cost, i > 0 ? line_break_cost(block, i, lines->len - i) : 0));
		Item box = {.kind = ITEM_BOX, .box = BOX_LINE, .size = {line->bpd, line->bpd, line->bpd}, .u.line = line, .where = block};
		if (i == 0 && c->changes)
			box.label = &c->label;
		stream_box(s, box);
		s->hyphen = line->hyphenated;
		cost = line->name ? COST_NAME : 0;
	}
}

/* ---- children: runs of inlines, and blocks ---- */

static gboolean is_blank(const FoNode *n)
{
	return n->kind == FO_TEXT && strspn(n->text, " \t\r\n") == strlen(n->text);
}

/* What an inline holds: blocks that can be lines of the paragraph around them, or more than that. */
typedef struct {
	gboolean text, blocks, floats, others;
} Holding;

static void look_into(const FoNode *n, Holding *h)
{
	for (const FoNode *k = n->first; k; k = k->next) {
		if (k->kind == FO_BLOCK)
			h->blocks = TRUE;
		else if (is_floating(k))
			h->floats = TRUE;
		else if (k->kind == FO_FLOAT || fo_kind_is_block(k->kind))
			h->others = TRUE;
		else if (k->kind == FO_TEXT ? !is_blank(k) : !k->first && k->kind != FO_MARKER)
			h->text = TRUE;
		else if (k->kind != FO_FOOTNOTE && k->kind != FO_MARKER)
			look_into(k, h);
	}
}

/* An inline that holds nothing but blocks is as good as not there; so is one that holds tables or lists. */
static gboolean is_block_level(const FoNode *n)
{
	if (n->kind == FO_FLOAT || fo_kind_is_block(n->kind))
		return TRUE;
	if (n->kind == FO_FOOTNOTE || n->kind == FO_TEXT || n->kind == FO_MARKER)
		return FALSE;
	Holding h = {.text = FALSE};
	look_into(n, &h);
	return h.others || ((h.blocks || h.floats) && !h.text);
}

static gboolean is_nothing(const FoNode *n)
{
	return n->kind == FO_MARKER || n->kind == FO_INITIAL_PROPERTY_SET;
}

static gboolean is_empty_wrapper(const FoNode *n)
{
	return n->kind == FO_WRAPPER && !n->first;
}

static const FoNode *run_end(const FoNode *n)
{
	const FoNode *floats = NULL; /* the first of those that no text follows */
	for (; n && (is_floating(n) || !is_block_level(n)); n = n->next) {
		if (is_floating(n))
			floats = floats ? floats : n;
		else if (!is_blank(n))
			floats = NULL;
	}
	return floats ? floats : n;
}

/* White space before a float that a block begins with. */
static gboolean leads_to_float(const FoNode *n)
{
	while (n && (is_blank(n) || is_nothing(n)))
		n = n->next;
	return n && is_floating(n);
}

static void add_run(gpointer s, const FoNode *parent, const FoNode *first, const FoNode *end)
{
	add_lines(s, parent, first, end);
}

static void add_transparent(Stream *s, const FoNode *n)
{
	if (fo_string(n, FO_P_ID))
		stream_anchor(s, n, NULL);
	if (n->kind == FO_FLOAT && fo_keyword(n, FO_P_FLOAT) != FO_K_NONE)
		diagnose(s->layout->c.d, MSG_LAYOUT_FLOAT, &n->at);
	block_children(s, n);
}

static void add_block(Stream *s, const FoNode *n)
{
	block_begin(s, n);
	stream_open(s, block_frame(s, n, "block"));
	block_children(s, n);
	stream_close(s);
	block_end(s, n);
}

/* Only what a flow returns itself can stand across its columns. */
static gboolean stands_in_flow(const FoNode *n)
{
	const FoNode *p = n->parent;
	while (p && p->kind == FO_WRAPPER)
		p = p->parent;
	return p && p->kind == FO_FLOW;
}

static void add_node(gpointer user, const FoNode *n)
{
	Stream *s = user;
	if (s->span_ipd && n->kind != FO_WRAPPER && stands_in_flow(n))
		stream_span(s, fo_keyword(n, FO_P_SPAN) == FO_K_ALL);
	switch (n->kind) {
	case FO_BLOCK:
		add_block(s, n);
		break;
	case FO_BLOCK_CONTAINER:
		container_add(s, n);
		break;
	case FO_LIST_BLOCK:
		list_add(s, n);
		break;
	case FO_TABLE:
	case FO_TABLE_AND_CAPTION:
		table_add(s, n);
		break;
	case FO_FLOAT:
		if (float_place(n) == FLOAT_BEFORE) {
			stream_note(s, n);
			break;
		}
		/* fall through */
	default:
		add_transparent(s, n);
	}
}

void block_visit(const FoNode *parent, const BlockVisitor *v, gpointer user)
{
	gboolean inlines = parent->kind == FO_BLOCK || fo_kind_is_inline(parent->kind) || parent->kind == FO_WRAPPER;
	for (const FoNode *n = parent->first; n;) {
		if (is_nothing(n) || (n->kind == FO_TEXT && (!inlines || leads_to_float(n)))) {
			n = n->next;
		} else if (is_block_level(n) || (is_empty_wrapper(n) && !inlines)) {
			v->node(user, n);
			n = n->next;
		} else {
			const FoNode *end = run_end(n);
			v->run(user, parent, n, end);
			n = end;
		}
	}
}

void block_children(Stream *s, const FoNode *parent)
{
	static const BlockVisitor adder = {add_node, add_run};
	block_visit(parent, &adder, s);
}

static const FoNode *first_child(const FoNode *n)
{
	const FoNode *k = n->first;
	while (k && (is_nothing(k) || (k->kind == FO_TEXT && n->kind != FO_BLOCK)))
		k = k->next;
	return k;
}

int block_first_line(Stream *s, const FoNode *n)
{
	const FoNode *k = first_child(n);
	while (k && k->kind == FO_BLOCK) {
		n = k;
		if (area_box_new(&s->layout->c, n, s->ipd))
			return 0;
		k = first_child(n);
	}
	if (!k || n->kind != FO_BLOCK || is_block_level(k))
		return 0;
	const FoNode *end = run_end(k);
	Frame *f = block_frame(s, n, "block");
	GPtrArray *lines = set_lines(s->layout, n, k, end, f->ipd)->lines;
	return lines && lines->len > 0 ? ((LayoutLine *)g_ptr_array_index(lines, 0))->bpd : 0;
}
