/* Inside the room only: the rules of typography on a row of characters. typeset.c brings the characters from the tree and back. */
#ifndef ROTONDE_SOURCE_TYPOGRAPHY_H
#define ROTONDE_SOURCE_TYPOGRAPHY_H

#include <glib.h>

enum {
	GONE = 0x110000,   /* a character that a rule has taken away */
	OBJECT = 0xFFFC,   /* stands for code or a picture: text before and after it is joined to it */
	NO_BREAK = 0x00A0,
	NARROW = 0x202F,   /* no-break, narrow */
};

typedef struct Tongue Tongue;

/* The rules of a language (BCP 47), NULL when it has none. */
const Tongue *tongue_lookup(const char *language);

typedef struct {
	const Tongue *tongue;
	gunichar *c; /* a block's characters, through all its inline elements */
	guint n;
	guint8 *fixed; /* characters of addresses, not to be touched; NULL: none */
	guint first, last; /* set: the first and the last that were changed; first > last: none */
	gboolean single_open, double_open; /* a quotation goes on from the paragraph before; left as it stands at the end */
} Typography;

/* Changes characters in place; never lengthens the row. */
void typography_apply(Typography *t);

#endif
