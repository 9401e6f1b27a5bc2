/* Blocks to boxes, spaces and breaks. */
#include "layout/block.h"

#include "layout/float.h"
#include "layout/run.h"

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
	float_clear(s, n);
}

static void end_with(Stream *s, const FoNode *n, FoSpace after)
{
	stream_space(s, after);
	stream_keep(s, keep_of(n, FO_P_KEEP_WITH_NEXT));
	block_force_after(s, n);
}

void block_end(Stream *s, const FoNode *n)
{
	end_with(s, n, fo_space(n, FO_P_SPACE_AFTER, stream_measure(s)));
}

/* ---- floats ---- */

/* One that cannot float. */
static void add_fixed_float(Stream *s, const FoNode *n)
{
	if (fo_keyword(n, FO_P_FLOAT) != FO_K_NONE)
		diagnose(s->layout->c.d, MSG_LAYOUT_FLOAT, &n->at);
	block_content(s, n);
}

static gboolean add_side_float(Stream *s, const FoNode *n)
{
	SideFloat f;
	if (float_stands(s, n))
		return TRUE;
	if (!float_make(s, n, &f))
		return FALSE;
	float_push(s, &f);
	return TRUE;
}

static void add_float(Stream *s, const FoNode *n)
{
	FloatPlace place = float_place(n);
	if (place == FLOAT_BEFORE)
		stream_note(s, n);
	else if (place == FLOAT_NONE || !add_side_float(s, n))
		add_fixed_float(s, n);
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
		else if (float_place(k) != FLOAT_NONE)
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

/* Floats that a block begins with which is displaced as a whole: they displace it, too. */
static void add_first_floats(Stream *s, const FoNode *n)
{
	if (fo_keyword(n, FO_P_INTRUSION_DISPLACE) != FO_K_BLOCK)
		return;
	for (const FoNode *k = n->first; k && (is_blank(k) || is_nothing(k) || float_place(k) == FLOAT_SIDE); k = k->next)
		if (float_place(k) == FLOAT_SIDE)
			add_side_float(s, k);
}

static const FoNode *run_end(const FoNode *n)
{
	const FoNode *floats = NULL; /* the first before-float of those that no text follows */
	for (; n && (float_place(n) != FLOAT_NONE || !is_block_level(n)); n = n->next) {
		if (float_place(n) != FLOAT_NONE)
			floats = floats || float_place(n) == FLOAT_SIDE ? floats : n;
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
	return n && float_place(n) != FLOAT_NONE;
}

void block_add_run(Stream *s, const FoNode *block, const FoNode *first, const FoNode *end)
{
	if (stream_stops(s))
		return;
	g_autoptr(GPtrArray) behind = g_ptr_array_new();
	run_add(s, &(Run){block, first, end}, behind);
	for (guint i = 0; i < behind->len; i++)
		add_float(s, g_ptr_array_index(behind, i));
}

void block_content(Stream *s, const FoNode *n)
{
	if (fo_string(n, FO_P_ID))
		stream_anchor(s, n, NULL);
	block_children(s, n);
}

static void add_block(Stream *s, const FoNode *n)
{
	FloatScope outside;
	guint from = s->items->len;
	block_begin(s, n);
	add_first_floats(s, n);
	float_enter(s, n, FLOAT_LINES, &outside);
	Frame *f = block_frame(s, n, "block");
	stream_open(s, f);
	block_children(s, n);
	float_leave(s, &outside);
	stream_close(s);
	end_with(s, n, block_step_space(s, f, from, fo_length(n, FO_P_BLOCK_STEP, 0)));
}

/* Only what a flow returns itself can stand across its columns. */
static gboolean stands_in_flow(const FoNode *n)
{
	const FoNode *p = n->parent;
	while (p && p->kind == FO_WRAPPER)
		p = p->parent;
	return p && p->kind == FO_FLOW;
}

void block_add_node(Stream *s, const FoNode *n)
{
	if (stream_stops(s))
		return;
	if (n->kind != FO_WRAPPER && stands_in_flow(n))
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
		add_float(s, n);
		break;
	default:
		block_content(s, n);
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

static void add_node(gpointer stream, const FoNode *n)
{
	block_add_node(stream, n);
}

static void add_run(gpointer stream, const FoNode *block, const FoNode *first, const FoNode *end)
{
	block_add_run(stream, block, first, end);
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
	Frame *f = block_frame(s, n, "block");
	GPtrArray *lines = run_lines(s->layout, &(Run){n, k, run_end(k)}, f->ipd);
	return lines && lines->len > 0 ? ((LayoutLine *)g_ptr_array_index(lines, 0))->bpd : 0;
}
