/* Runs of inlines to lines. They are kept from one pass to the next, and from one setting of the flow to another, where they are the same then. */
#include "layout/run.h"

#include "base/parallel.h"
#include "layout/block.h"
#include "layout/float.h"

#include <string.h>

enum { MOST_SETTINGS = 12 }; /* of one run that are kept */

typedef struct {
	GPtrArray *lines;
	GArray *measures; /* LineMeasure; NULL: they depend on where they stand, too */
} Setting;

typedef struct {
	GPtrArray *lines; /* those of the setting at hand */
	GArray *measures;
	GArray *others;   /* Setting, of other measures; NULL: there were none */
	gboolean changes; /* holds page numbers or citations */
	gboolean floats;  /* ... or floats at a side */
	PageLabel label;  /* of the page that it began on in the pass before */
} ParagraphCache;

static void clear_setting(gpointer p)
{
	Setting *s = p;
	g_clear_pointer(&s->lines, g_ptr_array_unref);
	g_clear_pointer(&s->measures, g_array_unref);
}

void run_cache_free(gpointer p)
{
	ParagraphCache *c = p;
	g_clear_pointer(&c->lines, g_ptr_array_unref);
	g_clear_pointer(&c->measures, g_array_unref);
	g_clear_pointer(&c->others, g_array_unref);
	g_free(c);
}

/* ---- what a run holds ---- */

static gboolean is_page_number(const FoNode *n)
{
	return n->kind == FO_PAGE_NUMBER || n->kind == FO_PAGE_NUMBER_CITATION || n->kind == FO_PAGE_NUMBER_CITATION_LAST;
}

static gboolean is_side_float(const FoNode *n)
{
	return float_place(n) == FLOAT_SIDE;
}

typedef gboolean (*Wanted)(const FoNode *n);

static gboolean holds(const FoNode *n, Wanted wanted)
{
	if (wanted(n))
		return TRUE;
	if (n->kind == FO_FOOTNOTE_BODY || float_place(n) != FLOAT_NONE)
		return FALSE;
	for (const FoNode *k = n->first; k; k = k->next)
		if (holds(k, wanted))
			return TRUE;
	return FALSE;
}

static gboolean run_holds(const Run *run, Wanted wanted)
{
	for (const FoNode *n = run->first; n && n != run->end; n = n->next)
		if (holds(n, wanted))
			return TRUE;
	return FALSE;
}

/* ---- its paragraph ---- */

static ParagraphCache *cache_of(Layout *l, const Run *run)
{
	ParagraphCache *c = l->artifact ? NULL : g_hash_table_lookup(l->paragraphs, run->first);
	if (c)
		return c;
	c = g_new0(ParagraphCache, 1);
	c->changes = run_holds(run, is_page_number);
	c->floats = run_holds(run, is_side_float);
	g_hash_table_insert(l->paragraphs, l->artifact ? (gpointer)c : (gpointer)run->first, c);
	return c;
}

static LineParagraph *paragraph_of(Layout *l, const Run *run, const ParagraphCache *c)
{
	LineParagraph *p;
	parallel_settle();
	if (!l->artifact)
		l->c.page_label = c->label.text;
	if (l->artifact || !l->ahead || !ahead_take(l->ahead, run->first, &l->c, &p))
		p = line_paragraph_new(&l->c, run->block, run->first, run->end);
	return p;
}

/* Those at hand, where they do not depend on anything but their measures; the oldest ones make room. */
static void put_aside(Layout *l, ParagraphCache *c)
{
	if (!c->others) {
		c->others = g_array_new(FALSE, FALSE, sizeof(Setting));
		g_array_set_clear_func(c->others, clear_setting);
	}
	if (c->others->len == MOST_SETTINGS) {
		g_ptr_array_add(l->spent, g_steal_pointer(&g_array_index(c->others, Setting, 0).lines));
		g_array_remove_index(c->others, 0);
	}
	Setting s = {c->lines, c->measures};
	g_array_append_val(c->others, s);
	c->measures = NULL;
}

/* measures: the caller's no more. */
static void keep_lines(Layout *l, ParagraphCache *c, GPtrArray *lines, GArray *measures)
{
	if (c->lines && c->measures && measures && !c->changes)
		put_aside(l, c);
	else if (c->lines)
		g_ptr_array_add(l->spent, c->lines);
	g_clear_pointer(&c->measures, g_array_unref);
	c->lines = lines;
	c->measures = measures;
}

/* ---- lines of one measure, and along pages of several ---- */

static gboolean same_measures(const GArray *a, const GArray *b)
{
	return a && a->len == b->len && memcmp(a->data, b->data, a->len * sizeof(LineMeasure)) == 0;
}

/* They become those at hand. FALSE: there are none. */
static gboolean take_kept(ParagraphCache *c, const GArray *measures)
{
	for (guint i = 0; c->others && c->lines && c->measures && i < c->others->len; i++) {
		Setting *s = &g_array_index(c->others, Setting, i);
		if (!same_measures(s->measures, measures))
			continue;
		const Setting now = {c->lines, c->measures};
		c->lines = s->lines;
		c->measures = s->measures;
		*s = now;
		return TRUE;
	}
	return FALSE;
}

static ParagraphCache *set_lines_along(Layout *l, const Run *run, GArray *measures)
{
	ParagraphCache *c = cache_of(l, run);
	if (!c->changes && (same_measures(c->measures, measures) || take_kept(c, measures)))
		return c;
	LineParagraph *p = paragraph_of(l, run, c);
	keep_lines(l, c, p ? line_paragraph_break_along(p, measures) : NULL, g_array_ref(measures));
	line_paragraph_free(p);
	return c;
}

static ParagraphCache *set_lines(Layout *l, const Run *run, int measure)
{
	g_autoptr(GArray) measures = line_measures_new(measure);
	return set_lines_along(l, run, measures);
}

/* The measures of a paragraph of so many lines that is set now, when the flow's changes in it; NULL: it does not. */
static GArray *measures_along(Stream *s, guint lines)
{
	if (!s->changes || s->changed >= s->changes->len || g_array_index(s->changes, MeasureChange, s->changed).boxes >= s->boxes + lines)
		return NULL;
	GArray *measures = line_measures_new(stream_measure(s));
	const MeasureChange *change = &g_array_index(s->changes, MeasureChange, s->changed);
	for (guint i = s->changed; i < s->changes->len && change->boxes < s->boxes + lines; i++, change++)
		line_measures_change(measures, change->boxes - s->boxes, stream_measure_behind(s, i));
	return measures;
}

static int line_break_cost(const FoNode *block, guint before, guint after)
{
	if (before < (guint)MAX(fo_integer(block, FO_P_ORPHANS), 0) || after < (guint)MAX(fo_integer(block, FO_P_WIDOWS), 0))
		return COST_WIDOW;
	return 0;
}

static LayoutLine *line_at(const ParagraphCache *c, guint i)
{
	return g_ptr_array_index(c->lines, i);
}

static void begin_line(Stream *s, const Run *run, const ParagraphCache *c, guint i)
{
	const LayoutLine *before = i > 0 ? line_at(c, i - 1) : NULL;
	int cost = before && before->name ? COST_NAME : 0;
	stream_sibling(s, before ? MAX(cost, line_break_cost(run->block, i, c->lines->len - i)) : 0);
	if (s->floats)
		float_keep_clear(s, line_at(c, i)->top);
}

static void add_line(Stream *s, const Run *run, ParagraphCache *c, guint i)
{
	LayoutLine *line = line_at(c, i);
	Item box = {.kind = ITEM_BOX, .box = BOX_LINE, .size = {line->bpd, line->bpd, line->bpd}, .u.line = line, .where = run->block};
	if (i == 0 && c->changes)
		box.label = &c->label;
	stream_box(s, box);
	s->hyphen = line->hyphenated;
}

/* Its lines as they are kept are those along the changes in it. */
static gboolean is_set_along(Stream *s, const ParagraphCache *c)
{
	g_autoptr(GArray) along = c->lines && !c->changes ? measures_along(s, c->lines->len) : NULL;
	return along && same_measures(c->measures, along);
}

static ParagraphCache *set_along(Stream *s, const Run *run)
{
	ParagraphCache *c = set_lines(s->layout, run, stream_measure(s));
	for (guint lines = 0; c->lines && c->lines->len > lines;) { /* more of them may come to more changes */
		lines = c->lines->len;
		g_autoptr(GArray) along = measures_along(s, lines);
		if (along)
			c = set_lines_along(s->layout, run, along);
	}
	return c;
}

static void add_along(Stream *s, const Run *run)
{
	ParagraphCache *c = s->changes && !s->layout->artifact ? cache_of(s->layout, run) : NULL;
	if (!c || !is_set_along(s, c))
		c = set_along(s, run);
	for (guint i = 0; c->lines && i < c->lines->len; i++) {
		begin_line(s, run, c, i);
		add_line(s, run, c, i);
	}
}

GPtrArray *run_lines(Layout *l, const Run *run, int measure)
{
	return set_lines(l, run, measure)->lines;
}

/* ---- lines beside floats, or with some in them ---- */

static gboolean stands_beside(Stream *s, const FoNode *block)
{
	if (!s->floats || fo_keyword(block, FO_P_INTRUSION_DISPLACE) == FO_K_NONE)
		return FALSE;
	if (s->indented && *s->indented > 0)
		return TRUE;
	gint64 y = stream_next(s);
	float_settle(s, y);
	return float_bottom(s, FLOAT_SIDES) > y;
}

/* The lines from one on, once more: the flow's measure has changed. */
static void set_rest(Stream *s, const BesideRun *run, ParagraphCache *c, guint from)
{
	beside_take_back(s, run, c->lines, from);
	GPtrArray *rest = beside_break(s, run, from > 0 ? line_at(c, from - 1) : NULL);
	g_ptr_array_set_size(c->lines, (int)from);
	g_ptr_array_extend_and_steal(c->lines, rest);
}

/* They depend on where they stand: those of a pass before are of no use. */
static void add_beside(Stream *s, const Run *run, ParagraphCache *c, GPtrArray *behind)
{
	LineParagraph *p = paragraph_of(s->layout, run, c);
	const BesideRun beside = {run->block, p, behind};
	keep_lines(s->layout, c, p ? beside_break(s, &beside, NULL) : NULL, NULL);
	for (guint i = 0, changed = s->changed; p && i < c->lines->len; i++) {
		do {
			if (s->changed > changed)
				set_rest(s, &beside, c, i);
			changed = s->changed;
			begin_line(s, run, c, i);
		} while (s->changed > changed);
		add_line(s, run, c, i);
	}
	line_paragraph_free(p);
}

void run_add(Stream *s, const Run *run, GPtrArray *behind)
{
	ParagraphCache *c = cache_of(s->layout, run);
	if (c->floats || stands_beside(s, run->block))
		add_beside(s, run, c, behind);
	else
		add_along(s, run);
}
