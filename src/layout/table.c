/* Tables: widths of columns, and the parts one after the other: header, bodies, footer. */
#include "layout/float.h"
#include "layout/table.h"

static int definite(int length)
{
	return length == FO_AUTO ? 0 : length;
}

/* ---- columns ---- */

static void describe_columns(Table *t)
{
	guint at = 0;
	for (const FoNode *n = t->node->first; n; n = n->next) {
		if (n->kind != FO_TABLE_COLUMN)
			continue;
		int number = fo_integer(n, FO_P_COLUMN_NUMBER), repeated = MAX(fo_integer(n, FO_P_NUMBER_COLUMNS_REPEATED), 1);
		if (number > 0)
			at = (guint)number - 1;
		for (int i = 0; i < repeated && at < t->all_columns; i++)
			t->all_described[at++] = n;
	}
}

typedef struct {
	int width;
	double shares; /* proportional-column-width; columns without a width count for one */
} ColumnWidth;

static ColumnWidth column_width(const FoNode *column, int table_width)
{
	if (!column)
		return (ColumnWidth){0, 1};
	double shares = fo_proportion(column, FO_P_COLUMN_WIDTH);
	int width = fo_length(column, FO_P_COLUMN_WIDTH, table_width);
	if (width == FO_AUTO)
		return (ColumnWidth){0, 1};
	return (ColumnWidth){width, shares};
}

/* Shares are handed out by their sum, so that the columns fill the width to the millipoint. Returns the width of all. */
static int set_columns(Table *t, int table_width)
{
	gint64 fixed = 0;
	double shares = 0, so_far = 0;
	int *edges = t->width->edges;
	for (guint i = 0; i < t->all_columns; i++) {
		ColumnWidth w = column_width(t->all_described[i], table_width);
		fixed += w.width;
		shares += w.shares;
	}
	double room = (double)MAX(table_width - fixed, 0);
	gint64 x = 0;
	for (guint i = 0; i < t->all_columns; i++) {
		ColumnWidth w = column_width(t->all_described[i], table_width);
		x += w.width;
		so_far += w.shares;
		edges[i + 1] = (int)x + (shares > 0 ? (int)(room * so_far / shares) : 0);
	}
	return edges[t->all_columns];
}

/* A column that is not shown takes no room: the table is narrower by it (CSS 2, 17.5.5). Returns by how much. */
static int drop_columns(Table *t)
{
	int dropped = 0, begin = 0, *edges = t->width->edges;
	guint kept = 0;
	guint *map = layout_alloc(t->layout, sizeof(guint) * (t->all_columns + 1));
	for (guint i = 0; i < t->all_columns; i++) {
		const FoNode *column = t->all_described[i];
		int end = edges[i + 1], width = end - begin;
		begin = end;
		map[i] = kept;
		if (column && fo_keyword(column, FO_P_VISIBILITY) == FO_K_COLLAPSE) {
			dropped += width;
			continue;
		}
		t->described[kept++] = column;
		edges[kept] = end - dropped;
	}
	map[t->all_columns] = kept;
	if (kept == t->all_columns)
		return 0;
	t->map = map;
	t->columns = MAX(kept, 1);
	if (kept == 0)
		edges[1] = 0;
	return dropped;
}

/* In a table-and-caption a table that leaves room stands as its text-align says (XSL 1.1, 7.16.9). */
static int displacement(const FoNode *n, int room)
{
	FoKeyword align = n->parent->kind == FO_TABLE_AND_CAPTION ? fo_keyword(n->parent, FO_P_TEXT_ALIGN) : FO_K_START;
	gboolean rtl = block_is_rtl(n), right = align == FO_K_RIGHT || align == (rtl ? FO_K_START : FO_K_END) || (rtl && align == FO_K_JUSTIFY);
	return align == FO_K_CENTER ? room / 2 : right ? room : 0;
}

enum {
	TOLERANCE = 500,  /* millipoints: nobody sees it */
};

static void report_width(Table *t, int excess)
{
	Layout *l = t->layout;
	if (excess <= TOLERANCE || !layout_tells(l, t->node, TOLD_WIDE))
		return;
	char millimetres[G_ASCII_DTOSTR_BUF_SIZE];
	g_ascii_formatd(millimetres, sizeof millimetres, "%.1f", excess * 25.4 / 72000);
	diagnose(l->c.d, MSG_TABLE_OVERFULL, &t->node->at, millimetres);
}

int table_width(const FoNode *table, int room)
{
	FoSpace limits = fo_space(table, FO_P_INLINE_PROGRESSION_DIMENSION, room);
	int width = fo_length(table, FO_P_WIDTH, room), given = width == FO_AUTO ? room : width;
	if (limits.maximum != FO_AUTO && given > limits.maximum)
		given = width = limits.maximum;
	return limits.minimum != FO_AUTO && given < limits.minimum ? limits.minimum : width;
}

static void set_width(Table *t, int width)
{
	Frame *f = t->frame;
	int given = width == FO_AUTO ? f->ipd : width;
	t->width->edges = layout_alloc(t->layout, sizeof(int) * (t->all_columns + 1));
	int total = set_columns(t, given);
	gboolean fixed = width == FO_AUTO;
	for (guint i = 0; i < t->all_columns && fixed; i++)
		fixed = column_width(t->all_described[i], given).shares == 0;
	if (fixed)
		given = total;
	f->sized = fixed || width != FO_AUTO;
	int dropped = drop_columns(t);
	given -= dropped;
	report_width(t, MAX(given, total - dropped) - f->ipd);
	t->width->x = f->x + displacement(t->node, f->ipd - given);
	t->width->ipd = given;
}

/* ---- the table ---- */

const FoNode *table_child(const FoNode *n, FoKind kind)
{
	for (const FoNode *child = n->first; child; child = child->next)
		if (child->kind == kind)
			return child;
	return NULL;
}

static Table *table_new(Stream *s, const FoNode *n)
{
	Layout *l = s->layout;
	Table *t = layout_alloc(l, sizeof *t);
	t->layout = l;
	t->node = n;
	t->all_columns = t->columns = MAX(table_count_columns(n), 1);
	t->all_described = layout_alloc(l, sizeof(FoNode *) * t->columns);
	t->described = layout_alloc(l, sizeof(FoNode *) * t->columns);
	t->page = s->bpd == FO_AUTO ? l->lowest_page : MIN(s->bpd, l->lowest_page);
	t->collapse = fo_keyword(n, FO_P_BORDER_COLLAPSE) != FO_K_SEPARATE;
	t->by_precedence = fo_keyword(n, FO_P_BORDER_COLLAPSE) == FO_K_COLLAPSE_WITH_PRECEDENCE;
	t->pieces = area_own(l->scratch, g_array_new(FALSE, FALSE, sizeof(TablePiece)), (GDestroyNotify)g_array_unref);
	t->placed = area_own(l->scratch, g_array_new(FALSE, FALSE, sizeof(TablePlacedCell)), (GDestroyNotify)g_array_unref);
	t->ends[0] = table_child(n, FO_TABLE_HEADER);
	t->ends[1] = table_child(n, FO_TABLE_FOOTER);
	t->parts = area_own(l->scratch, g_ptr_array_new(), (GDestroyNotify)g_ptr_array_unref);
	t->widths = area_own(l->scratch, g_ptr_array_new(), (GDestroyNotify)g_ptr_array_unref);
	if (!t->collapse) {
		t->separation[0] = definite(fo_length(n, FO_P_BORDER_SEPARATION, s->ipd));
		t->separation[1] = definite(fo_length(n, FO_P_BORDER_SEPARATION_INLINE, s->ipd));
	}
	describe_columns(t);
	return t;
}

static void add_part(Table *t, const FoNode *n)
{
	if (n)
		g_ptr_array_add(t->parts, table_part_new(t, n));
}

static TablePart *part_at(const Table *t, guint i)
{
	return i < t->parts->len ? g_ptr_array_index(t->parts, i) : NULL;
}

/* The nearest part with rows from number i on, step by step. */
static TablePart *nearest(const Table *t, guint i, int step)
{
	TablePart *p = part_at(t, i);
	while (p && p->rows->len == 0)
		p = part_at(t, i += (guint)step);
	return p;
}

static void collect_parts(Table *t)
{
	add_part(t, t->ends[0]);
	for (const FoNode *n = t->node->first; n; n = n->next)
		if (n->kind == FO_TABLE_BODY)
			add_part(t, n);
	add_part(t, t->ends[1]);
	for (guint i = 0; t->collapse && i < t->parts->len; i++)
		table_collapse(t, part_at(t, i), nearest(t, i - 1, -1), nearest(t, i + 1, 1));
}

/* The borders of the table itself stand in its cells when they collapse, and it has no padding then (CSS 2, 17.6.2). */
static void drop_borders(Frame *f)
{
	for (int side = 0; f->box && side < 4; side++)
		f->box->border[side] = f->box->padding[side] = 0;
	f->edge[0] = f->edge[1] = f->retained[0] = f->retained[1] = 0;
	f->shares = NULL;
}

/* Room is kept for it. One that is higher than half a page is set as it would be if the table were not broken. */
static gboolean is_running(const Table *t, int which)
{
	return t->frame->running && running_room(t->frame->running, which, FALSE, t->page) >= 0;
}

/* A header (0) or footer (1) by itself, for where the table breaks. */
Stream *table_part_stream(Table *t, TablePart *part, int which)
{
	Stream *s = layout_stream(t->layout, t->frame->ipd, FO_AUTO);
	if (t->collapse)
		table_collapse(t, part, which == 1 ? nearest(t, t->parts->len - 2, -1) : NULL, which == 0 ? nearest(t, 1, 1) : NULL);
	Frame *frame = t->frame;
	Frame root = *frame;
	root.x = 0;
	t->frame = &root;
	table_add_part(t, s, part, COST_ALWAYS);
	t->frame = frame;
	stream_finish(s);
	return s;
}

enum { NESTING = 3 };

/* Whatever stands in a header is set several times, and what stands in a header in that as many times again: there is an end to that. */
static gboolean is_too_deep(const FoNode *table)
{
	int depth = 0;
	for (const FoNode *n = table->parent; n; n = n->parent)
		depth += n->kind == FO_TABLE_HEADER || n->kind == FO_TABLE_FOOTER;
	return depth > NESTING;
}

static void note_at_break(Table *t, int which, TablePart *part)
{
	t->at_break[which] = part && part->rows->len > 0 ? part : NULL;
}

/* A header or footer that stands again on every page, when it leaves room for anything else. */
static void repeat_part(Table *t, int which)
{
	static const FoProperty omit[] = {FO_P_TABLE_OMIT_HEADER_AT_BREAK, FO_P_TABLE_OMIT_FOOTER_AT_BREAK};
	FrameRepeat *r = &t->width->repeat[which];
	if (!t->ends[which] || fo_keyword(t->node, omit[which]) == FO_K_TRUE || is_too_deep(t->node))
		return;
	if (is_running(t, which)) {
		int room = running_room(t->frame->running, which, TRUE, t->page);
		r->set = room >= 0;
		r->height = MAX(room, 0);
		r->unrepeated = room < 0 ? t->ends[which] : NULL;
		note_at_break(t, which, room >= 0 ? part_at(t, which == 0 ? 0 : t->parts->len - 1) : NULL);
		return;
	}
	TablePart *part = table_part_new(t, t->ends[which]);
	Stream *again = table_part_stream(t, part, which);
	int height = (int)stream_height(again, 0, stream_last(again));
	if (height > t->page / 2) {
		r->unrepeated = t->ends[which];
		return;
	}
	*r = (FrameRepeat){.set = TRUE, .stream = again, .height = height};
	note_at_break(t, which, part);
}

/* Room for what is set when it is known which rows stand on the page. */
static void add_room(Table *t, Stream *s, int which)
{
	int room = running_room(t->frame->running, which, FALSE, t->page);
	Item box = {.kind = ITEM_BOX, .box = BOX_RUNNING, .part = (guint)which, .size = {room, room, room}, .u.running = t->frame->running};
	box.where = t->ends[which];
	stream_sibling(s, which == 0 ? 0 : COST_ALWAYS);
	stream_box(s, box);
}

static void add_parts(Table *t, Stream *s)
{
	for (guint i = 0; i < t->parts->len; i++) {
		TablePart *p = part_at(t, i), *before = i > 0 ? part_at(t, i - 1) : NULL;
		gboolean bound = before && (before->node->kind == FO_TABLE_HEADER || p->node->kind == FO_TABLE_FOOTER);
		int which = p->node->kind == FO_TABLE_FOOTER;
		if (p->node->kind != FO_TABLE_BODY && is_running(t, which))
			add_room(t, s, which);
		else
			table_add_part(t, s, p, bound ? COST_ALWAYS : 0);
	}
}

/* ---- on pages of several widths ---- */

static gboolean find_width(Table *t, int measure)
{
	t->width = NULL;
	for (guint i = 0; i < t->widths->len && !t->width; i++) {
		TableWidth *w = g_ptr_array_index(t->widths, i);
		t->width = w->measure == measure ? w : NULL;
	}
	return t->width != NULL;
}

static void add_width(Table *t, int measure, int width)
{
	t->width = layout_alloc(t->layout, sizeof *t->width);
	t->width->measure = measure;
	g_ptr_array_add(t->widths, t->width);
	set_width(t, width);
}

static void take_width(Table *t)
{
	t->frame->x = t->width->x;
	t->frame->ipd = t->width->ipd;
}

static void set_repeats(Table *t)
{
	for (int which = 0; which < 2; which++) {
		repeat_part(t, which);
		t->frame->repeat[which] = t->width->repeat[which];
	}
}

static int width_in(const Table *t, int room)
{
	return t->fills ? room : table_width(t->node, room);
}

static void turned(Frame *f)
{
	Table *t = f->user;
	gboolean known = find_width(t, f->measure);
	if (!known)
		add_width(t, f->measure, width_in(t, block_room_beside(f, &t->outside)));
	take_width(t);
	if (!known)
		set_repeats(t);
	for (int which = 0; which < 2; which++)
		f->repeat[which] = t->width->repeat[which];
}

/* ---- all of it ---- */

/* What it must have beside a float: the width that is given to it, or to its columns. One that takes what there is, when it is to be displaced, as
 * much as its columns need; else it stands below. */
static int needed_width(const Table *t, int width, int room)
{
	FoKeyword displace = fo_keyword(t->node, FO_P_INTRUSION_DISPLACE);
	gint64 columns = 0;
	gboolean given = TRUE;
	for (guint i = 0; i < t->all_columns; i++) {
		ColumnWidth w = column_width(t->all_described[i], room);
		given &= w.shares == 0;
		columns += w.width + (w.shares > 0 ? TABLE_LEAST_COLUMN * fo_length(t->node, FO_P_FONT_SIZE, 0) : 0);
	}
	if (width != FO_AUTO)
		return MAX(width, 1);
	if (!given && displace != FO_K_BLOCK && displace != FO_K_INDENT)
		return G_MAXINT;
	return (int)CLAMP(columns, 1, G_MAXINT);
}

int table_needs(Stream *s, const FoNode *n)
{
	int room = stream_measure(s);
	return needed_width(table_new(s, n), table_width(n, room), room);
}

void table_add_bare(Stream *s, const FoNode *n, gboolean fills)
{
	Table *t = table_new(s, n);
	t->fills = fills;
	int width = width_in(t, stream_measure(s));
	FloatScope outside;
	block_begin(s, n);
	float_enter(s, n, needed_width(t, width, stream_measure(s)), &outside);
	t->outside = outside.narrowed;
	t->frame = block_frame(s, n, "table");
	t->frame->turned = turned;
	t->frame->user = t;
	add_width(t, t->frame->measure, width);
	take_width(t);
	t->frame->running = running_new(t);
	collect_parts(t);
	if (t->collapse) {
		drop_borders(t->frame);
		t->frame->table = t;
	}
	if (t->frame->running && is_too_deep(n))
		g_clear_pointer(&t->frame->running, running_stop);
	else if (t->frame->running)
		running_measure(t->frame->running);
	set_repeats(t);
	stream_open(s, t->frame);
	add_parts(t, s);
	float_leave(s, &outside);
	stream_close(s);
	block_end(s, n);
}
