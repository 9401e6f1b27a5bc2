/* Total-fit breaking: see break.h. One walk over the items keeps the list of active breaks, from which a line could still begin; at each legal
 * break every active one is tried, and for each class of result only the cheapest way there is kept. */
#include "layout/break.h"

#include "base/arena.h"

#include <math.h>

enum { MOST_ACTIVE = 1000 };
enum { FITNESS_TIGHT, FITNESS_NORMAL, FITNESS_LOOSE, FITNESS_VERY_LOOSE };

typedef struct {
	const BreakItem *items;
	gsize length;
	const BreakSettings *settings;
	BreakNode *active; /* in order of creation */
	BreakNode **end;   /* where the next is put */
	guint count;       /* of them */
	Arena *arena;      /* of the nodes */
	int tolerance, never; /* never: penalty from which on there is no break */
	gint64 least;
	gboolean last_pass; /* underfull is fine, and an overfull line is taken when there is no other way */
	gint64 background;  /* stretch of every line */
	gboolean grows;     /* a line that ends later is never narrower, and the caller changes nothing */
	int most_before;    /* added at a line's start, at most */
	double widest;      /* a line that must stretch by more than this ratio will certainly not do */
	gint64 width, stretch, shrink; /* sums of all before the item at hand */
} Breaker;

/* The best of the candidates that will not do, for when there are no others. */
typedef struct {
	BreakNode node;
	gint64 excess;
	gboolean set;
} LastResort;

static int setting(int value, int normal)
{
	return value < 0 ? 0 : value > 0 ? value : normal;
}

static gboolean is_legal(const Breaker *b, gsize i)
{
	const BreakItem *item = &b->items[i];
	if (item->kind == BREAK_PENALTY)
		return item->penalty < b->never;
	return item->kind == BREAK_GLUE && i > 0 && b->items[i - 1].kind == BREAK_BOX;
}

static gboolean is_forced(const BreakItem *item)
{
	return item->kind == BREAK_PENALTY && item->penalty <= BREAK_FORCED;
}

/* Sums at the first item of a line that begins after a break at position. */
static void skip_discardable(const Breaker *b, BreakNode *n)
{
	gsize i = (gsize)(n->position + 1);
	n->width = b->width;
	n->stretch = b->stretch;
	n->shrink = b->shrink;
	if (n->position >= 0 && b->items[n->position].kind == BREAK_GLUE)
		i--;
	for (; i < b->length; i++) {
		const BreakItem *item = &b->items[i];
		if (item->kind == BREAK_BOX || is_forced(item))
			break;
		if (item->kind == BREAK_GLUE) {
			n->width += item->width;
			n->stretch += item->stretch;
			n->shrink += item->shrink;
		}
	}
	n->start = (gssize)i;
}

/* 100 ratio^3 */
static int badness_of(double ratio)
{
	double badness = 100 * fabs(ratio * ratio * ratio);
	return badness >= BREAK_UNLIMITED ? BREAK_UNLIMITED : (int)(badness + 0.5);
}

static double ratio_of(const BreakSpan *span, gint64 shortfall)
{
	if (shortfall == 0)
		return 0;
	gint64 room = shortfall > 0 ? span->stretch : span->shrink;
	return room > 0 ? (double)shortfall / (double)room : shortfall > 0 ? 1e6 : -1e6;
}

static int fitness_of(double ratio)
{
	return ratio < -0.5 ? FITNESS_TIGHT : ratio <= 0.5 ? FITNESS_NORMAL : ratio <= 1 ? FITNESS_LOOSE : FITNESS_VERY_LOOSE;
}

static gboolean is_flagged(const Breaker *b, gssize position)
{
	return position >= 0 && b->items[position].kind == BREAK_PENALTY && b->items[position].flagged;
}

static gint64 line_demerits(const Breaker *b, const BreakNode *from, const BreakNode *to, const BreakSpan *span)
{
	const BreakSettings *s = b->settings;
	const BreakItem *item = &b->items[to->position];
	gint64 base = setting(s->line_demerits, 10) + span->badness;
	gint64 d = base * base + span->demerits;
	if (item->kind == BREAK_PENALTY && item->penalty > BREAK_FORCED) {
		gint64 p = item->penalty;
		d += p > 0 ? p * p : -p * p;
	}
	if (is_flagged(b, from->position)) {
		if (is_flagged(b, to->position))
			d += setting(s->flagged_demerits, 10000);
		if ((gsize)to->position == b->length - 1)
			d += setting(s->final_demerits, 5000);
	}
	if ((gsize)to->position == b->length - 1 && s->last_minimum > 0 && span->width < s->last_minimum) /* a width may be negative */
		d += s->last_demerits / 2 + s->last_demerits * (s->last_minimum - MAX(span->width, 0)) / s->last_minimum;
	if (from->position >= 0 && ABS(from->fitness - to->fitness) > 1)
		d += setting(s->fitness_demerits, 10000);
	return d;
}

static void fill_span(const Breaker *b, const BreakNode *from, gsize to, BreakSpan *span)
{
	const BreakItem *start = from->position >= 0 ? &b->items[from->position] : NULL;
	const BreakItem *end = &b->items[to];
	gint64 before = start && start->kind == BREAK_PENALTY ? start->after : 0;
	gint64 after = end->kind == BREAK_PENALTY ? end->width : 0;
	*span = (BreakSpan){
	    .width = b->width - from->width + before + after,
	    .stretch = b->stretch - from->stretch + b->background,
	    .shrink = b->shrink - from->shrink,
	    .measure = b->settings->measure,
	    .lines = 1,
	    .state = {from->state[0], from->state[1]},
	    .badness = -1,
	    .first = from->start,
	    .forced = is_forced(end),
	};
	if ((gsize)from->start > to) { /* nothing but what a break discards */
		span->width = before + after;
		span->stretch = b->background;
		span->shrink = 0;
	}
}

/* A line that is far too short, known before anything else is worked out: most of those that are tried are. TRUE: so are all that begin later. */
static gboolean is_hopeless(const Breaker *b, const BreakNode *from, const BreakItem *end)
{
	gint64 width = b->width - from->width + b->most_before + (end->kind == BREAK_PENALTY ? end->width : 0);
	gint64 shortfall = (b->settings->measures ? b->settings->narrowest : b->settings->measure) - width;
	return shortfall > 0 && (double)shortfall > b->widest * (double)(b->stretch - from->stretch + b->background);
}

/* What the span makes of the break at the item: TRUE when the line will do. */
static gboolean weigh(const Breaker *b, const BreakNode *from, BreakSpan *span, BreakNode *n)
{
	gint64 shortfall = span->measure - span->width;
	n->ratio = ratio_of(span, shortfall);
	n->overfull = shortfall < 0 && -shortfall > span->shrink;
	if (span->badness < 0)
		span->badness = badness_of(n->ratio);
	n->previous = from;
	n->line = from->line + span->lines;
	n->fitness = fitness_of(n->ratio);
	n->ladder = is_flagged(b, n->position) ? from->ladder + 1 : 0;
	n->shortfall = (int)CLAMP(shortfall, G_MININT, G_MAXINT);
	n->state[0] = span->state[0];
	n->state[1] = span->state[1];
	n->demerits = from->demerits + line_demerits(b, from, n, span);
	if (n->overfull || (b->settings->ladder > 0 && n->ladder > b->settings->ladder))
		return FALSE;
	return span->badness <= b->tolerance;
}

static gboolean same_class(const Breaker *b, const BreakNode *x, const BreakNode *y)
{
	return x->fitness == y->fitness && x->state[0] == y->state[0] && x->state[1] == y->state[1] &&
	       MIN(x->line, b->settings->by_line) == MIN(y->line, b->settings->by_line) && (b->settings->ladder <= 0 || x->ladder == y->ladder);
}

static BreakNode *node_new(Breaker *b, const BreakNode *from)
{
	BreakNode *n = arena_alloc(b->arena, sizeof *n);
	*n = *from;
	n->next = NULL;
	return n;
}

static void keep_best(Breaker *b, BreakNode **created, const BreakNode *n)
{
	for (BreakNode *other = *created; other; other = other->next) {
		if (same_class(b, other, n)) {
			if (n->demerits < other->demerits) {
				BreakNode *next = other->next;
				*other = *n;
				other->next = next;
			}
			return;
		}
	}
	BreakNode *added = node_new(b, n);
	added->next = *created;
	*created = added;
}

static void keep_last_resort(LastResort *last, const BreakNode *n, const BreakSpan *span)
{
	gint64 excess = n->overfull ? span->width - span->shrink - span->measure : 0;
	if (last->set && (excess > last->excess || (excess == last->excess && n->demerits >= last->node.demerits)))
		return;
	last->node = *n;
	last->excess = excess;
	last->set = TRUE;
}

/* Tries the line from one active break to the item at to; TRUE when no later break can do from there. */
static gboolean try_from(Breaker *b, const BreakNode *from, gsize to, BreakNode **created, LastResort *last)
{
	const BreakSettings *s = b->settings;
	BreakSpan span;
	int alternative = 0;
	do {
		fill_span(b, from, to, &span);
		gboolean possible = !s->adjust || s->adjust(s->user, from, (gssize)to, alternative, &span);
		BreakNode n = {.position = (gssize)to};
		if (weigh(b, from, &span, &n) && possible)
			keep_best(b, created, &n);
		else if (b->last_pass)
			keep_last_resort(last, &n, &span);
		alternative++;
	} while (span.more);
	const BreakItem *end = &b->items[to];
	gint64 least = span.width - span.shrink - (end->kind == BREAK_PENALTY ? MAX(0, end->width) : 0);
	return span.forced || least > span.measure;
}

static void keep_cheapest(BreakNode **created, guint most)
{
	guint count = 0;
	for (BreakNode *n = *created; n; n = n->next)
		count++;
	for (; count > most; count--) {
		BreakNode **dearest = created;
		for (BreakNode **link = &(*created)->next; *link; link = &(*link)->next)
			if ((*link)->demerits > (*dearest)->demerits)
				dearest = link;
		*dearest = (*dearest)->next;
	}
}

/* Items without width would keep all breaks active, and each be tried from all of them. */
static void drop_oldest(Breaker *b)
{
	for (; b->count > MOST_ACTIVE && (!b->settings->adjust || b->settings->measures); b->count--)
		b->active = b->active->next;
}

static void try_break(Breaker *b, gsize to)
{
	BreakNode *created = NULL;
	LastResort last = {.set = FALSE};
	BreakNode **link = &b->active;
	const BreakItem *end = &b->items[to];
	gboolean forced = is_forced(end), filters = b->grows && !forced && !b->last_pass;
	while (*link) {
		BreakNode *from = *link;
		if (!forced && b->width - from->width < b->least)
			break; /* and those behind it are nearer still */
		if (filters && is_hopeless(b, from, end))
			break;
		if (!try_from(b, from, to, &created, &last)) {
			link = &from->next;
			continue;
		}
		*link = from->next;
		b->count--;
		if (b->end == &from->next)
			b->end = link;
	}
	if (!b->active && !created && last.set)
		created = node_new(b, &last.node);
	if (b->settings->most > 0)
		keep_cheapest(&created, b->settings->most);
	*b->end = created;
	for (BreakNode *n = created; n; n = n->next) {
		skip_discardable(b, n);
		b->end = &n->next;
		b->count++;
	}
	drop_oldest(b);
}

/* Whether lines only grow, and what may be added at their start. */
static void look_through(Breaker *b)
{
	b->grows = !b->settings->adjust || b->settings->measures;
	for (gsize i = 0; i < b->length; i++) {
		const BreakItem *item = &b->items[i];
		if (item->kind == BREAK_PENALTY)
			b->most_before = MAX(b->most_before, item->after);
		else if (item->width < 0 || (item->kind == BREAK_GLUE && item->stretch < 0))
			b->grows = FALSE;
	}
}

static void start_pass(Breaker *b, int pass)
{
	const BreakSettings *s = b->settings;
	int tolerance = setting(s->tolerance, 200);
	int emergency = setting(s->emergency_stretch, s->measure / 10);
	b->last_pass = pass == 2;
	b->tolerance = b->last_pass ? BREAK_UNLIMITED : pass == 1 ? MIN(tolerance, BREAK_UNLIMITED / 4) * 4 : tolerance;
	b->least = pass == 0 ? s->first_least : 0;
	b->never = pass == 0 && s->first_penalty > 0 ? s->first_penalty : BREAK_NEVER;
	b->background = s->line_stretch + (b->last_pass ? emergency : 0);
	b->widest = cbrt((b->tolerance + 1) / 100.0);
	b->width = b->stretch = b->shrink = 0;
	BreakNode start = {.position = -1, .fitness = FITNESS_NORMAL, .state = {b->settings->state[0], b->settings->state[1]}};
	skip_discardable(b, &start);
	b->active = node_new(b, &start);
	b->end = &b->active->next;
	b->count = 1;
}

/* The cheapest node at the end, or NULL when this pass does not get there. */
static const BreakNode *run_pass(Breaker *b, int pass)
{
	start_pass(b, pass);
	for (gsize i = 0; i < b->length; i++) {
		const BreakItem *item = &b->items[i];
		if (is_legal(b, i)) {
			try_break(b, i);
			if (!b->active)
				return NULL;
		}
		if (item->kind != BREAK_PENALTY)
			b->width += item->width;
		if (item->kind == BREAK_GLUE) {
			b->stretch += item->stretch;
			b->shrink += item->shrink;
		}
	}
	const BreakNode *best = NULL;
	for (const BreakNode *n = b->active; n; n = n->next)
		if ((gsize)n->position == b->length - 1 && (!best || n->demerits < best->demerits))
			best = n;
	return best;
}

GArray *break_find(const BreakItem *items, gsize length, const BreakSettings *settings, gint64 *demerits)
{
	GArray *points = g_array_new(FALSE, FALSE, sizeof(BreakPoint));
	if (demerits)
		*demerits = 0;
	if (length == 0)
		return points;
	g_return_val_if_fail(is_forced(&items[length - 1]), points);
	Breaker b = {.items = items, .length = length, .settings = settings};
	b.arena = arena_new();
	look_through(&b);
	const BreakNode *best = NULL;
	for (int pass = settings->tolerance >= BREAK_UNLIMITED ? 2 : 0; !best && pass < 3; pass++) {
		best = run_pass(&b, pass);
	}
	if (demerits && best)
		*demerits = best->demerits;
	guint count = 0;
	for (const BreakNode *n = best; n && n->previous; n = n->previous)
		count++;
	g_array_set_size(points, count);
	for (const BreakNode *n = best; n && n->previous; n = n->previous)
		g_array_index(points, BreakPoint, --count) =
		    (BreakPoint){n->position, n->previous->start, n->line, n->ratio, n->shortfall, n->overfull, {n->state[0], n->state[1]}};
	arena_free(b.arena);
	return points;
}
