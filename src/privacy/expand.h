/* Inside the room of names: a name as the ways in which it is written.
 *
 * Of "Denise Eva van den Berg": Denise; Eva; Denise (Eva) (van den) Berg, joined, spaced or with hyphens, in this order and with the surname first;
 * van den Berg, v.d. Berg, vdBerg, vandenBerg; Berg; D.E. van den Berg, D. Berg and so on; D. van den B.; D.E.; D.B.; DvdB; denisevdb; vermeulend; and all of this once more as somebody without the letters writes it: Mueller for Müller, Djordjevic for Đorđević, Wys for Wijs. Endings (s, 's, je, tje,
 * pje, etje) are no variants of their own: they are seen when a match is judged (match.c). */
#ifndef ROTONDE_PRIVACY_EXPAND_H
#define ROTONDE_PRIVACY_EXPAND_H

#include <glib.h>

enum {
	PATTERN_ANYWHERE = 1, /* in the middle of a word too: two words at least, nine letters */
	PATTERN_INITIALS = 2, /* "D. van den B.": something must stand between all of them */
	PATTERN_ALLOW = 4,    /* words in which a name is none */
	PATTERN_JOINED = 8,   /* "vermeulend": nothing may stand before its last letter */
	PATTERN_DOTTED = 16,  /* "D.E.": capitals, each with a full stop behind it */
	PATTERN_KIN = 32,     /* in one word with a word for kin too: "Jansengezin", "moedernoor"; a name of four letters or more that is no word */
	PATTERN_ALONE = 64,   /* no surname may follow: "P.J." is another's in "P.J. Boer" */
	PATTERN_TOLD = 128,   /* no name: a word beside which something of somebody is told, its entry says what */
	PATTERN_NO_CAPITAL = 0xFF
};

enum { PATTERN_LIMIT = 64 };

typedef struct {
	const guint8 *bytes; /* in the normal form; first, as an AutomatonPattern */
	guint length;        /* at most PATTERN_LIMIT */
	guint entry;         /* line of the list */
	guint64 breaks;      /* bit i: a word begins at unit i, and a gap may stand before it */
	guint8 capital;      /* the unit that must be a capital, or PATTERN_NO_CAPITAL */
	guint8 flags;
} NamePattern;

/* Adds the variants of a name to patterns (NamePattern), their bytes kept in store. FALSE: there is no letter in it. */
gboolean expand_name(const char *name, guint entry, GArray *patterns, GStringChunk *store);

/* Adds words as they are. */
gboolean expand_allowed(const char *words, guint entry, GArray *patterns, GStringChunk *store);

/* Adds a word beside which something is told (PATTERN_TOLD). */
void expand_told(const char *word, guint what, GArray *patterns, GStringChunk *store);

/* Whether a name (normal form) is a Dutch word, or so short that it may be one. */
gboolean expand_is_word(const guint8 *bytes, gsize length);

#endif
