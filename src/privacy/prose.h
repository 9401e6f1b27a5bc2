/* Inside the room of names: what of an author's file is prose, and what editors allow in it. */
#ifndef ROTONDE_PRIVACY_PROSE_H
#define ROTONDE_PRIVACY_PROSE_H

#include "base/locator.h"
#include "privacy/coarse.h"

typedef struct {
	gsize start, end; /* bytes of the whole comment */
} ProseComment;

/* The text with blanks in the place of all that is no prose, byte for byte, and a | where one element ends and another begins; its comments (ProseComment) are added to comments. The caller's. */
char *prose_read(const char *text, gsize size, GArray *comments);

typedef struct {
	guint kinds;   /* bit by CoarseKind */
	int first;     /* line that it begins on */
	int line;      /* that it allows */
	gboolean alone; /* on lines of its own */
	gsize offset;
	gboolean used[COARSE_KINDS];
} Allowance;

/* The allowances (Allowance) among the comments; what is wrong with one is reported. */
GArray *prose_allowances(const char *text, gsize size, const GArray *comments, Locator *locator, Diagnostics *d);

#endif
