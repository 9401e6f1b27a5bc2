/* Inside the room of names: many patterns in one pass (Aho and Corasick, "Efficient string matching", 1975). No library of Debian's offers
 * it to C, so that it is here: a trie whose states are numbered breadth first, so that the children of one stand beside each other; the
 * states next to the root, where a text spends its time, have a row of their own, the others follow failure links. */
#ifndef ROTONDE_PRIVACY_AUTOMATON_H
#define ROTONDE_PRIVACY_AUTOMATON_H

#include <glib.h>

typedef struct Automaton Automaton;

typedef struct {
	const guint8 *bytes;
	guint length;
} AutomatonPattern;

/* patterns must be sorted by automaton_compare, outlive the automaton, and not be empty; equal ones may stand beside each other. */
Automaton *automaton_new(const AutomatonPattern *patterns, guint count);
void automaton_free(Automaton *a);

int automaton_compare(const AutomatonPattern *a, const AutomatonPattern *b);

/* From this unit and state on (the first state is 0) to behind the next unit at which a pattern ends; *state is the one there. FALSE: there is none. */
gboolean automaton_find(const Automaton *a, const guint8 *units, gsize length, gsize *at, guint32 *state);

/* The patterns that end in a state, longest first: starts with the state itself, then asks on with what the last call gave. FALSE: no more. [*first, *last)
 * are equal patterns, as numbers in the sorted array. */
gboolean automaton_next(const Automaton *a, guint32 *state, guint *first, guint *last);

#endif
