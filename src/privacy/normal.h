/* Inside the room of names: the normal form in which texts and names are compared.
 *
 * Of every letter and digit one unit or more: a-z and 0-9, of other scripts the bytes of UTF-8. What stands between two units is a gap of some
 * kind and no unit. Decoded on the way: entities (HTML 4's by libxml2, and numbers), %XX when it makes UTF-8, \uXXXX, bytes that are no UTF-8
 * as Latin-1. Decomposed by NFKD (Unicode 15, GLib); marks and format characters vanish; letters of other scripts that look Latin become it
 * (the part of UTS 39's confusables that Cyrillic, Greek, small capitals and phonetic letters make up). */
#ifndef ROTONDE_PRIVACY_NORMAL_H
#define ROTONDE_PRIVACY_NORMAL_H

#include <glib.h>

typedef enum {
	GAP_NONE,
	GAP_FORMAT, /* soft hyphen, zero width: nobody sees it */
	GAP_MARKUP, /* * _ ` ~ [ ] \ NUL or, without markup, a tag */
	GAP_LINE,   /* a word broken at the end of a line by a hyphen */
	GAP_JOIN,   /* one hyphen, dot, apostrophe, slash */
	GAP_SPACE,  /* blank space, other punctuation */
	GAP_STOP,   /* an empty line, a row of marks: another thing begins */
} Gap;

enum { UNIT_GAP = 7, UNIT_CAPITAL = 8, UNIT_DIGIT = 16 };

typedef struct {
	guint8 *units;
	guint8 *marks; /* of each: UNIT_GAP is the gap before it, UNIT_CAPITAL, UNIT_DIGIT */
	guint32 *from; /* of each: the offset of the character it comes from */
	gsize length, room;
	GArray *numbers; /* guint32: units at which a row of digits begins */
	GArray *ats;     /* guint32: offsets of @ */
	gboolean inside; /* markup stands within a word: without it the text reads otherwise */
} Normal;

void normal_init(Normal *n);
void normal_clear(Normal *n);

/* Replaces what n holds. bare: tags, comments and link targets that stand within a word are no text but GAP_MARKUP. */
void normal_read(Normal *n, const char *text, gsize size, gboolean bare);

/* The bytes of the character at an offset (an entity is one). */
gsize normal_width(const char *text, gsize size, gsize offset);

#endif
