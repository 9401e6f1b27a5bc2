/* Inside the room of names: what the searches share for what is no name. patterns.c has numbers of persons, telephones, coordinates and postcodes; dates.c
 * births; accounts.c what has an @: e-mail, accounts on social media; traces.c what leads to a person by way of something else: an address, a car, a file. */
#ifndef ROTONDE_PRIVACY_PATTERNS_H
#define ROTONDE_PRIVACY_PATTERNS_H

#include "privacy/room.h"

enum { PATTERN_CONTEXT = 48 /* bytes beside a number in which a word says what it is */, PATTERN_GROUPS = 12 };

/* A row of digits with what divides it, from a unit on. */
typedef struct {
	char digits[40];
	guint count;                  /* of digits */
	guint groups[PATTERN_GROUPS]; /* digits of each */
	gsize starts[PATTERN_GROUPS]; /* unit at which each begins */
	guint group_count;
	gsize end;                    /* unit behind the last digit */
} Digits;

typedef struct {
	const Normal *n;
	const char *text;
	gsize size;
	GArray *hits;
	gsize done; /* units before this one are in a hit already */
} Search;

Digits pattern_read_digits(const Normal *n, gsize start);

/* The byte behind a unit's character: unit is the one after it. */
gsize pattern_unit_end(const Search *s, gsize unit);

/* Adds a hit over the units [first, end). */
void pattern_add(Search *s, PrivacyKind kind, gsize first, gsize end);

/* One of the words (lower case) stands shortly before the unit, on the line or the one before. */
gboolean pattern_has_context(const Search *s, gsize unit, const char *const *words);

/* Whether so many digits make a number within these bounds. */
gboolean pattern_is_between(const char *digits, guint count, int low, int high);

/* dates.c: somebody's birth in numbers; FALSE: it is none. Then what is spelled out in words beside a word for birth, at this unit. */
gboolean date_find_birth(Search *s, const Digits *d);
void date_find_spelled(Search *s, gsize unit);

/* accounts.c: what has an @: e-mail addresses and accounts; then accounts behind the name of a site, the units [first, end). */
void account_find(Search *s);
void account_find_told(Search *s, gsize first, gsize end);

/* traces.c; FALSE: it is none of these */
gboolean trace_address(Search *s, const Digits *d);
gboolean trace_account(Search *s, const Digits *d);
gboolean trace_plate(Search *s, const Digits *d);
gboolean trace_file(Search *s, const Digits *d);

#endif
