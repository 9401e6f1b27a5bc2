/* Inside the room of names: what is shared between the list, the search and the patterns. */
#ifndef ROTONDE_PRIVACY_ROOM_H
#define ROTONDE_PRIVACY_ROOM_H

#include "privacy/automaton.h"
#include "privacy/expand.h"
#include "privacy/normal.h"
#include "privacy/privacy.h"

/* What names are looked for with: the list's, or one that a test made. */
typedef struct {
	GArray *patterns; /* NamePattern, sorted */
	GArray *keys;     /* AutomatonPattern, as the automaton wants them */
	GStringChunk *store;
	Automaton *automaton;
} NameTable;

NameTable *name_table_new(void);
/* After the last expand_...(): sorts and builds. */
void name_table_seal(NameTable *t);

const NameTable *privacy_list_table(const PrivacyList *list);

/* A word beside which something of somebody is told: its units. */
enum { TOLD_SITE, TOLD_BIRTH };
typedef struct {
	guint what;
	gsize start, end;
} Told;

/* Adds those words to a table; one of nothing else, shared by all. */
void pattern_expand_told(NameTable *t);
const NameTable *pattern_told_table(void);

/* Adds the hits (PrivacyHit) of names in a normal form of text, and of patterns. Unordered, overlapping. told: what match_names adds to, in order
 * (Told), and match_patterns reads. */
void match_names(const NameTable *table, const Normal *n, const char *text, gsize size, GArray *told, GArray *hits);
void match_patterns(const Normal *n, const char *text, gsize size, const GArray *told, GArray *hits);

/* Whether a word begins at unit i, or the text ends there: a gap, a capital behind a small letter, a digit beside a letter. */
gboolean match_is_boundary(const Normal *n, gsize i);

/* The unit behind a whole date whose first digit is unit start; 0: there is none. *first is where it begins: "derde maart 2008" before its digits. */
gsize match_date(const Normal *n, const char *text, gsize size, gsize start, gsize *first);

#endif
