/* Aho-Corasick over sorted patterns: a state is a range of them that begin alike. */
#include "privacy/automaton.h"

#include <string.h>

enum { DENSE = 2048 /* states with a row of their own: 38 columns of 4 bytes each stay in the second cache */, COLUMNS = 38 };
#define HIT 0x80000000u

typedef struct {
	guint32 children; /* number of its first child */
	guint32 fail;
	guint32 shorter;  /* the nearest state along failure links in which a pattern ends; 0: none */
	guint16 count;    /* of children */
	guint8 byte;      /* that leads to it */
	guint8 hit;       /* a pattern ends here, or in shorter */
	guint32 first, last; /* patterns that end here */
} State;

struct Automaton {
	GArray *states; /* State */
	guint32 (*rows)[COLUMNS]; /* the state that follows, and HIT when it is one */
	guint dense;
	guint8 column[256]; /* a-z, 0-9; the last but one is any other byte, which has no transition in a row */
};

int automaton_compare(const AutomatonPattern *a, const AutomatonPattern *b)
{
	int order = memcmp(a->bytes, b->bytes, MIN(a->length, b->length));

	return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

static State *state_at(const Automaton *a, guint32 i)
{
	return &g_array_index(a->states, State, i);
}

/* The child by this byte; 0: none (the root is nobody's child). */
static guint32 child_of(const Automaton *a, guint32 state, guint8 byte)
{
	const State *s = state_at(a, state);
	guint32 low = s->children, high = s->children + s->count;

	while (high - low > 4) {
		guint32 middle = (low + high) / 2;
		if (state_at(a, middle)->byte <= byte)
			low = middle;
		else
			high = middle;
	}
	for (; low < high; low++)
		if (state_at(a, low)->byte == byte)
			return low;
	return 0;
}

static guint32 follow(const Automaton *a, guint32 state, guint8 byte)
{
	for (;;) {
		guint32 next = child_of(a, state, byte);
		if (next != 0 || state == 0)
			return next;
		state = state_at(a, state)->fail;
	}
}

typedef struct {
	guint first, last, depth;
} Range;

/* The states below one: its range of patterns, split by their next byte. */
static void add_children(Automaton *a, GArray *ranges, const AutomatonPattern *patterns, guint32 state)
{
	Range range = g_array_index(ranges, Range, state);
	guint i = range.first;

	while (i < range.last && patterns[i].length == range.depth)
		i++;
	state_at(a, state)->first = range.first;
	state_at(a, state)->last = range.depth > 0 ? i : range.first;
	state_at(a, state)->children = a->states->len;
	while (i < range.last) {
		State child = {.byte = patterns[i].bytes[range.depth]};
		Range below = {i, i, range.depth + 1};
		while (i < range.last && patterns[i].bytes[range.depth] == child.byte)
			i++;
		below.last = i;
		state_at(a, state)->count++;
		g_array_append_val(a->states, child);
		g_array_append_val(ranges, below);
	}
}

static void link_children(Automaton *a, guint32 state)
{
	for (guint32 k = 0; k < state_at(a, state)->count; k++) {
		guint32 child = state_at(a, state)->children + k;
		State *s = state_at(a, child);
		s->fail = state != 0 ? follow(a, state_at(a, state)->fail, s->byte) : 0;
		const State *fail = state_at(a, s->fail);
		s->shorter = fail->first < fail->last ? s->fail : fail->shorter;
		s->hit = s->first < s->last || s->shorter != 0;
	}
}

static void fill_rows(Automaton *a)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";

	memset(a->column, COLUMNS - 1, sizeof a->column);
	for (guint i = 0; letters[i] != '\0'; i++)
		a->column[(guchar)letters[i]] = (guint8)i;
	a->dense = MIN(a->states->len, DENSE);
	a->rows = g_malloc0((gsize)a->dense * sizeof *a->rows);
	for (guint32 s = 0; s < a->dense; s++)
		for (guint i = 0; letters[i] != '\0'; i++) {
			guint32 next = follow(a, s, (guint8)letters[i]);
			a->rows[s][i] = next | (state_at(a, next)->hit ? HIT : 0);
		}
}

Automaton *automaton_new(const AutomatonPattern *patterns, guint count)
{
	Automaton *a = g_new0(Automaton, 1);
	g_autoptr(GArray) ranges = g_array_new(FALSE, FALSE, sizeof(Range));
	const State root = {0};
	const Range all = {0, count, 0};

	a->states = g_array_new(FALSE, FALSE, sizeof(State));
	g_array_append_val(a->states, root);
	g_array_append_val(ranges, all);
	for (guint32 s = 0; s < a->states->len; s++)
		add_children(a, ranges, patterns, s);
	for (guint32 s = 0; s < a->states->len; s++)
		link_children(a, s);
	fill_rows(a);
	return a;
}

void automaton_free(Automaton *a)
{
	if (a == NULL)
		return;
	g_array_unref(a->states);
	g_free(a->rows);
	g_free(a);
}

/* Where there is no row, or the byte has no column. */
static guint32 step(const Automaton *a, guint32 state, guint8 byte)
{
	guint8 column = a->column[byte];

	while (state >= a->dense || column == COLUMNS - 1) {
		guint32 next = child_of(a, state, byte);
		if (next != 0 || state == 0)
			return next | (state_at(a, next)->hit ? HIT : 0);
		state = state_at(a, state)->fail;
	}
	return a->rows[state][column];
}

gboolean automaton_find(const Automaton *a, const guint8 *units, gsize length, gsize *at, guint32 *state)
{
	const guint32(*rows)[COLUMNS] = (const guint32(*)[COLUMNS])a->rows;
	const guint32 dense = a->dense;
	guint32 now = *state;
	gsize i = *at;

	while (i < length && (now & HIT) == 0) {
		const guint8 unit = units[i++], column = a->column[unit];
		now = now < dense && column < COLUMNS - 1 ? rows[now][column] : step(a, now, unit);
	}
	*state = now & ~HIT;
	*at = i;
	return (now & HIT) != 0;
}

gboolean automaton_next(const Automaton *a, guint32 *state, guint *first, guint *last)
{
	const State *s = state_at(a, *state);

	while (s->first == s->last) {
		if (s->shorter == 0)
			return FALSE;
		*state = s->shorter;
		s = state_at(a, *state);
	}
	*first = s->first;
	*last = s->last;
	*state = s->shorter;
	return TRUE;
}
