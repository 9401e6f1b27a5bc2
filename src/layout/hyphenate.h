/* Inside lay-out: where a word may be hyphenated, and how it is written then. Dictionaries are libhyphen's, loaded once a process. */
#ifndef ROTONDE_LAYOUT_HYPHENATE_H
#define ROTONDE_LAYOUT_HYPHENATE_H

#include "base/arena.h"

enum { HYPHEN_CHANGE = 4 };

/* A break in a word, before its character at. Where spelling changes ("omaatje": oma-tje; "beïnvloed": be-invloed) the last before_cut characters
 * before it are replaced by before[], the first after_cut after it by after[]. */
typedef struct {
	guint at;
	guint8 before_cut, before_length, after_cut, after_length;
	gunichar before[HYPHEN_CHANGE], after[HYPHEN_CHANGE];
} HyphenPoint;

typedef struct {
	const HyphenPoint *points;
	guint length;
} HyphenWord;

/* Results of one lay-out run, for one thread. Memory comes from the arena. */
typedef struct Hyphenation Hyphenation;
Hyphenation *hyphenation_new(Arena *arena);
void hyphenation_free(Hyphenation *h);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Hyphenation, hyphenation_free)

/* Whether there is a dictionary for a language ("nl", "en-GB"); loads it. */
gboolean hyphenation_load(const char *language);

/* A dictionary file of libhyphen's format for a language that has none open yet. */
gboolean hyphenation_load_file(const char *language, const char *path);

/* The points of a word (letters and apostrophes only), in order; at least two characters stand on either side. Borrowed. */
const HyphenWord *hyphenate_word(Hyphenation *h, const char *language, const gunichar *chars, guint length);

#endif
