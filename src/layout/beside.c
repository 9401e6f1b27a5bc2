/* Lines beside floats, and floats in lines. A run is broken with what the floats leave of its measure, line by line; since that can move the lines it
 * is done again until they stand where they were thought to. A float that comes from a line stands beside that line, unless it would push its
 * own anchor to a later line: then it stands below it. Lines above the float before it, and those far above it, stay as they are, and those far below it
 * are not looked at yet: so the time for a float does not grow with the paragraph. */
#include "layout/block.h"
#include "layout/float.h"

enum {
	FREE_ROUNDS = 4,  /* of breaking, before what floats take of a line may only grow */
	LEAST_ROOM = 5,   /* beside a float, in ems */
	MOST_LINES = 80,  /* that are found at once */
	NEAR_LINES = 20,  /* above a float: they may change for it */
};

typedef struct {
	const FoNode *node;
	guint number;      /* among the floats of the stream */
} Anchored;

typedef struct {
	Stream *stream;
	const BesideRun *run;
	const LayoutLine *after;
	int x, ipd;          /* of the block */
	gint64 y;            /* of the first line */
	FoKeyword displace;
	int widest;          /* word */
	int least;           /* narrower than this, a line stands below the float */
	guint most;          /* lines that are found; 0: all */
	GPtrArray *lines;    /* LayoutLine: those found last ... */
	GArray *insets;      /* LineInset */
	GArray *tops;        /* gint64; ... and both of them */
	GPtrArray *done;     /* LayoutLine: those above them; they stay as they are */
	GArray *anchored;    /* Anchored: in lines */
	guint placed;        /* floats, in done, too */
} Beside;

/* ---- breaking ---- */

static LayoutLine *line_at(const GPtrArray *lines, guint i)
{
	return g_ptr_array_index(lines, MIN(i, lines->len - 1));
}

static LineInset inset_of(const Beside *b, gint64 y, int height)
{
	return b->displace == FO_K_NONE ? (LineInset){0, 0} : float_inset(b->stream, y, height, b->x, b->ipd);
}

static int *start_of(const Beside *b, LineInset *inset)
{
	return block_is_rtl(b->run->block) ? &inset->right : &inset->left;
}

/* All lines are indented as much as the one that floats take most of, and those that come to be more for that; their ends are not. */
static void indent_all(const Beside *b, GArray *insets, guint lines)
{
	int most = b->stream->indented ? *b->stream->indented : 0;
	g_array_set_size(insets, MAX(insets->len, 2 * lines));
	for (guint i = 0; i < lines; i++)
		most = MAX(most, *start_of(b, &g_array_index(insets, LineInset, i)));
	for (guint i = 0; i < insets->len; i++)
		*start_of(b, &g_array_index(insets, LineInset, i)) = most;
}

/* Where the lines stand, and what is taken of each, as far down as there are floats. */
static void find_places(const Beside *b, const GPtrArray *lines, GArray *insets, GArray *tops)
{
	const Stream *s = b->stream;
	gint64 y = b->y, end = float_bottom(s, FLOAT_SIDES);
	g_array_set_size(insets, 0);
	g_array_set_size(tops, 0);
	for (guint i = 0; i < lines->len || y < end; i++) {
		int height = MAX(line_at(lines, i)->bpd, 1);
		LineInset inset = inset_of(b, y, height);
		while (inset.left + inset.right > 0 && b->ipd - inset.left - inset.right < b->least) {
			y = float_next_end(s, y);
			inset = inset_of(b, y, height);
		}
		g_array_append_val(insets, inset);
		g_array_append_val(tops, y);
		y += height;
	}
	if (b->displace == FO_K_INDENT)
		indent_all(b, insets, lines->len);
}

static LineInset inset_at(const GArray *insets, guint i)
{
	return i < insets->len ? g_array_index(insets, LineInset, i) : (LineInset){0, 0};
}

static gboolean agree(const GArray *one, const GArray *other, guint lines)
{
	for (guint i = 0; i < lines; i++) {
		LineInset a = inset_at(one, i), b = inset_at(other, i);
		if (a.left != b.left || a.right != b.right)
			return FALSE;
	}
	return TRUE;
}

static void widen(GArray *insets, const GArray *other)
{
	for (guint i = 0; i < insets->len; i++) {
		LineInset *inset = &g_array_index(insets, LineInset, i), o = inset_at(other, i);
		inset->left = MAX(inset->left, o.left);
		inset->right = MAX(inset->right, o.right);
	}
}

/* Breaks until the lines stand where it was thought that they would. */
static GPtrArray *set_lines(Beside *b)
{
	g_autoptr(GArray) wanted = g_array_new(FALSE, TRUE, sizeof(LineInset));
	g_array_set_size(b->insets, 0);
	GPtrArray *lines = line_paragraph_break_beside(b->run->p, b->after, b->ipd, NULL, b->most);
	for (int round = 0;; round++) {
		find_places(b, lines, wanted, b->tops);
		if (agree(wanted, b->insets, lines->len))
			return lines;
		if (round >= FREE_ROUNDS)
			widen(wanted, b->insets);
		g_array_set_size(b->insets, 0);
		g_array_append_vals(b->insets, wanted->data, wanted->len);
		g_ptr_array_unref(lines);
		lines = line_paragraph_break_beside(b->run->p, b->after, b->ipd, b->insets, b->most);
	}
}

static gboolean any_wide(const GPtrArray *lines, const GArray *insets)
{
	for (guint i = 0; i < lines->len; i++)
		if (line_at(lines, i)->width - line_at(lines, i)->area->ipd > LINE_TOLERANCE && inset_at(insets, i).left + inset_at(insets, i).right > 0)
			return TRUE;
	return FALSE;
}

/* A word that is too wide beside a float stands below it. */
static GPtrArray *set_fitting_lines(Beside *b)
{
	int ipd = b->ipd;
	b->least = MIN(ipd, LEAST_ROOM * fo_length(b->run->block, FO_P_FONT_SIZE, 0));
	GPtrArray *lines = set_lines(b);
	const int steps[] = {MIN(b->widest, ipd), ipd};
	for (guint i = 0; i < G_N_ELEMENTS(steps) && any_wide(lines, b->insets); i++) {
		b->least = MAX(b->least, steps[i]);
		g_ptr_array_unref(lines);
		lines = set_lines(b);
	}
	return lines;
}

/* ---- floats in the lines ---- */

/* Of the lines from one on. */
static GPtrArray *floats_of(const GPtrArray *lines, guint from)
{
	GPtrArray *found = g_ptr_array_new();
	for (guint i = from; i < lines->len; i++) {
		const GPtrArray *notes = line_at(lines, i)->notes;
		for (guint k = 0; notes && k < notes->len; k++) {
			FoNode *n = g_ptr_array_index(notes, k);
			if (float_place(n) == FLOAT_SIDE)
				g_ptr_array_add(found, n);
		}
	}
	return found;
}

static guint line_of(const GPtrArray *lines, const FoNode *anchored)
{
	for (guint i = 0; i < lines->len; i++) {
		const GPtrArray *notes = line_at(lines, i)->notes;
		for (guint k = 0; notes && k < notes->len; k++)
			if (g_ptr_array_index(notes, k) == anchored)
				return i;
	}
	return 0;
}

static const Anchored *anchored_at(const Beside *b, guint i)
{
	return &g_array_index(b->anchored, Anchored, i);
}

/* No float stands above the line that it comes from. */
static gboolean all_below(const Beside *b, const GPtrArray *lines)
{
	for (guint i = 0; i < b->anchored->len; i++) {
		const Anchored *a = anchored_at(b, i);
		const SideFloat *f = &g_array_index(b->stream->floats->all, SideFloat, a->number);
		if (f->top != FLOAT_NOWHERE && f->top < g_array_index(b->tops, gint64, line_of(lines, a->node)))
			return FALSE;
	}
	return TRUE;
}

static void take_lines(Beside *b, GPtrArray *lines)
{
	g_ptr_array_unref(b->lines);
	b->lines = lines;
}

/* Tries the lines one by one, from that of its anchor on. FALSE: it stands beside none of them. */
static gboolean add_float(Beside *b, const SideFloat *f)
{
	g_autoptr(GArray) tops = g_array_copy(b->tops);
	Anchored a = {f->node, float_push(b->stream, f)};
	g_array_append_val(b->anchored, a);
	for (guint i = line_of(b->lines, f->node); i < b->lines->len; i++) {
		float_place_at(b->stream, a.number, g_array_index(tops, gint64, i));
		GPtrArray *tried = set_fitting_lines(b);
		if (all_below(b, tried)) {
			take_lines(b, tried);
			return TRUE;
		}
		g_ptr_array_unref(tried);
	}
	g_array_set_size(b->stream->floats->all, a.number);
	g_array_set_size(b->anchored, b->anchored->len - 1);
	take_lines(b, set_fitting_lines(b));
	return FALSE;
}

/* ---- from float to float ---- */

/* The first lines stay as they are. */
static void settle(Beside *b, guint count)
{
	if (count == 0)
		return;
	guint anchored = 0;
	while (anchored < b->anchored->len && line_of(b->lines, anchored_at(b, anchored)->node) < count)
		anchored++;
	g_array_remove_range(b->anchored, 0, anchored);
	for (guint i = 0; i < count; i++)
		line_at(b->lines, i)->top = g_array_index(b->tops, gint64, i);
	b->done = line_array_take(b->done, b->lines, count);
	b->after = line_at(b->done, b->done->len - 1);
	b->y = b->after->top + MAX(b->after->bpd, 1);
	g_array_remove_range(b->tops, 0, count);
	g_array_remove_range(b->insets, 0, MIN(count, b->insets->len));
}

/* Those above the next float, which stands in a line, and through the last one. Returns how many. */
static guint settle_above(Beside *b, guint line)
{
	guint through = 0;
	if (b->anchored->len > 0)
		through = line_of(b->lines, anchored_at(b, b->anchored->len - 1)->node) + 1;
	guint count = MAX(MIN(through, line), line - MIN(line, NEAR_LINES));
	settle(b, count);
	return count;
}

static gboolean is_whole(const Beside *b)
{
	return line_at(b->lines, b->lines->len - 1)->last;
}

/* The next one in the lines; where those end above it, or not far enough below, the next lines are found. NULL: there are no more. */
static const FoNode *next_float(Beside *b)
{
	for (;;) {
		g_autoptr(GPtrArray) floats = floats_of(b->lines, 0);
		const FoNode *n = b->anchored->len < floats->len ? g_ptr_array_index(floats, b->anchored->len) : NULL;
		gboolean whole = is_whole(b);
		if (b->most == 0 || (whole && !n))
			return n;
		guint line = n ? line_of(b->lines, n) : b->lines->len, below = b->lines->len - line, settled = settle_above(b, line);
		if (n && (whole || settled == 0 || b->anchored->len > 0 || below >= NEAR_LINES))
			return n;
		if (settled == 0)
			settle(b, 1);
		take_lines(b, set_fitting_lines(b));
	}
}

/* The floats in the lines, one by one, until one stands nowhere: none stands above one that comes before it. */
static void add_floats(Beside *b)
{
	SideFloat f;
	const FoNode *n = next_float(b);
	for (; n && float_make(b->stream, n, &f) && add_float(b, &f); b->placed++)
		n = next_float(b);
}

/* All lines, without more floats. */
static void finish_lines(Beside *b)
{
	if (!is_whole(b)) {
		settle_above(b, b->lines->len);
		b->most = 0;
		take_lines(b, set_fitting_lines(b));
	}
	if (b->displace == FO_K_INDENT && b->insets->len > 0 && b->stream->indented)
		*b->stream->indented = *start_of(b, &g_array_index(b->insets, LineInset, 0));
	settle(b, b->lines->len);
	g_ptr_array_unref(b->lines);
}

GPtrArray *beside_break(Stream *s, const BesideRun *run, const LayoutLine *after)
{
	Beside b = {.stream = s, .run = run, .after = after, .x = s->top ? s->top->x : 0, .ipd = stream_measure(s), .y = stream_next(s)};
	int all;
	line_paragraph_widths(run->p, &b.widest, &all);
	b.displace = fo_keyword(run->block, FO_P_INTRUSION_DISPLACE);
	b.most = b.displace == FO_K_INDENT ? 0 : MOST_LINES;
	g_autoptr(GArray) insets = b.insets = g_array_new(FALSE, FALSE, sizeof(LineInset));
	g_autoptr(GArray) tops = b.tops = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(GArray) anchored = b.anchored = g_array_new(FALSE, FALSE, sizeof(Anchored));
	if (s->floats)
		float_settle(s, b.y);
	b.lines = set_fitting_lines(&b);
	if (run->behind->len == 0)
		add_floats(&b);
	finish_lines(&b);
	g_autoptr(GPtrArray) floats = floats_of(b.done, 0);
	for (guint i = b.placed; i < floats->len; i++)
		g_ptr_array_add(run->behind, g_ptr_array_index(floats, i));
	return b.done;
}

void beside_take_back(Stream *s, const BesideRun *run, const GPtrArray *lines, guint from)
{
	g_autoptr(GPtrArray) floats = floats_of(lines, from);
	for (guint i = 0; i < floats->len; i++) {
		g_ptr_array_remove(run->behind, g_ptr_array_index(floats, i));
		float_drop(s, g_ptr_array_index(floats, i));
	}
}
