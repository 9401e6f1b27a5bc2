/* Small helpers for text. All strings are UTF-8. */
#ifndef ROTONDE_BASE_TEXT_H
#define ROTONDE_BASE_TEXT_H

#include <glib.h>

/* The first place where what stands, which is not empty; NULL: there is none. */
const char *text_find(const char *text, gsize size, const char *what);

/* The offset of the first byte that is not valid UTF-8 (or is NUL), or size when all is well. */
gsize text_check_utf8(const char *text, gsize size);

/* The offset of the first byte at or after from that is a control or not ASCII, or size: what stands before needs no second look. */
gsize text_skip_plain(const char *text, gsize size, gsize from);

/* Line and column (from 1, column in code points) of a byte offset. */
void text_locate(const char *text, gsize offset, int *line, int *column);

/* For g_ptr_array_sort of strings: by their bytes, which for UTF-8 is by code points. */
int text_compare(gconstpointer a, gconstpointer b);

/* The candidate nearest to word by Damerau-Levenshtein distance without regard to case, when near enough to be what was meant
 * (a third of the length, 1 at least, 3 at most); else NULL. candidates: NULL-terminated; borrowed. */
const char *text_closest(const char *word, const char *const *candidates);

/* Edit distance in code points with transpositions (optimal string alignment; Damerau 1964), case folded. */
int text_distance(const char *a, const char *b);

/* ASCII letters, digits and single hyphens: "Wat wij déden" becomes "wat-wij-deden". The caller's; never empty ("x"). */
char *text_slug(const char *text);

/* A name or a line as it may be shown: a ? in the place of every control character (also those that are a byte in Latin-1 and two here), of what ends
 * a line or turns the direction of what follows, and of every byte that is no UTF-8. The caller's. */
char *text_tame(const char *text);

/* What a zlib stream holds, when that is at most limit bytes; NULL: it is broken or larger. The caller's. */
GBytes *text_inflate(const char *packed, gsize size, gsize limit);

#endif
