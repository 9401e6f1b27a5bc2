/* Offsets in a text as lines and columns, and lines as offsets. For one thread. */
#ifndef ROTONDE_BASE_LOCATOR_H
#define ROTONDE_BASE_LOCATOR_H

#include "base/diagnostic.h"

typedef struct {
	const char *text;
	gsize size;
	const char *file;   /* name for messages */
	GArray *lines;      /* guint32: the offset of each line */
	gsize last;         /* the column of the offset asked for last, so that walking along a long line stays cheap */
	int last_line, last_column;
} Locator;

/* Borrows text and file, which must outlive it. */
void locator_init(Locator *l, const char *text, gsize size, const char *file);
void locator_clear(Locator *l);

/* The place of an offset. focus (borrowed) as in Position. */
Position locator_position(Locator *l, gsize offset, const char *focus);

/* The offset of a line's first byte, and of the byte behind its last (line end not counted). Lines outside the text are empty. */
gsize locator_line_start(const Locator *l, int line);
gsize locator_line_end(const Locator *l, int line);
int locator_line_count(const Locator *l);

/* Nothing but spaces and tabs between the line's start and offset. */
gboolean locator_is_first(Locator *l, gsize offset);

#endif
