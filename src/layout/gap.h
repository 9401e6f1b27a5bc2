/* Inside lay-out: the gap between two boxes of a stream that is being built: spaces, blocks that end, a place to break, blocks that begin. What it
 * comes to is known when the next box arrives; then it is settled twice, as it is when the page goes on and when it ends there. */
#ifndef ROTONDE_LAYOUT_GAP_H
#define ROTONDE_LAYOUT_GAP_H

#include "layout/stream.h"

typedef enum { GAP_SPACE, GAP_CLEAR, GAP_OPEN, GAP_CLOSE, GAP_SIBLING, GAP_ANCHOR } GapKind;

typedef struct {
	GapKind kind;
	FoSpace space;
	gint64 clear;           /* GAP_CLEAR: what comes next does not stand before this place, measured from the start of the stream */
	Extent normal, broken;
	Frame *frame;
	const FoNode *node;
	Container *absolute;
	const FoNode *note;
	Stream *beside;
} GapPart;

static inline GapPart *gap_part(const Stream *s, guint i)
{
	return &g_array_index(s->gap, GapPart, i);
}

/* Writes it out; at_end: nothing follows it. */
void gap_flush(Stream *s, gboolean at_end);
/* Where it ends when no page ends in it, from the start of the stream. */
gint64 gap_end(Stream *s);
Item *gap_add_item(Stream *s, ItemKind kind);

#endif
