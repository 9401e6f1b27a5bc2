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

/* Adds the hits (PrivacyHit) of names in a normal form of text, and of patterns. Unordered, overlapping. */
void match_names(const NameTable *table, const Normal *n, const char *text, gsize size, GArray *hits);
void match_patterns(const Normal *n, const char *text, gsize size, GArray *hits);

/* Whether a word begins at unit i, or the text ends there: a gap, a capital behind a small letter, a digit beside a letter. */
gboolean match_is_boundary(const Normal *n, gsize i);

/* The unit behind a whole date that begins at unit start, a digit; 0: there is none. birth: a word for birth stands shortly before it. */
gsize match_date(const Normal *n, const char *text, gsize size, gsize start, gboolean *birth);

#endif
