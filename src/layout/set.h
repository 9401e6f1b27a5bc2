/* Inside lay-out's line files: one line while it is set. */
#ifndef ROTONDE_LAYOUT_SET_H
#define ROTONDE_LAYOUT_SET_H

#include "layout/paragraph.h"

/* An atom, or the part of it that stands on this line. */
typedef struct {
	const LineAtom *atom;
	const LinePiece *piece;
	LinePart part;
	const TextWord *word; /* NULL: an object */
	guint *origin;        /* LineShown.origin */
	int width;            /* with justification */
	int letter;           /* added behind each cluster */
	int shift;            /* of its baseline above the line's */
	gboolean trailing;    /* the space that the line was broken at: there to be copied, of no width */
} LineBit;

typedef struct {
	LineParagraph *p;
	const LineRange *range;
	GArray *bits;         /* LineBit: as read; after set_order as seen, from the left */
	int measure;
	int indent, end_indent;
	int above, below;     /* the baseline */
	LayoutLine *line;
} LineSetting;

/* fit.c: widths of the bits by justification; gives what is left over (negative: too wide). */
int set_fit(LineSetting *s, LineAlign align);

/* extent.c: line height, and the shifts of what is aligned to the line's edges. */
void set_extent(LineSetting *s);

/* emit.c: areas of the bits, the first at x. */
void set_emit(LineSetting *s, int x);

#endif
