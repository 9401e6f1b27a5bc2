/* Inside lay-out: runs of inlines to lines in a stream: beside floats, and along pages of several widths. */
#ifndef ROTONDE_LAYOUT_RUN_H
#define ROTONDE_LAYOUT_RUN_H

#include "layout/stream.h"

/* From first up to but not including end: siblings inside block; NULL end: to the last. */
typedef struct {
	const FoNode *block, *first, *end;
} Run;

/* Adds its lines. behind: receives the floats in it (FoNode) that stand beside none of them. */
void run_add(Stream *s, const Run *run, GPtrArray *behind);
/* Its lines at one measure, whatever stands beside them; NULL: it has none. They stay the paragraph's. */
GPtrArray *run_lines(Layout *l, const Run *run, int measure);
void run_cache_free(gpointer cache);

#endif
