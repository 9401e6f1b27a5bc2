/* Inside lay-out: footnotes as insertions: how many of them, and how much of the last, stand on a page. */
#ifndef ROTONDE_LAYOUT_NOTE_H
#define ROTONDE_LAYOUT_NOTE_H

#include "layout/stream.h"

/* All notes before note are set, and of it what comes before the break item (0: nothing yet). */
typedef struct {
	guint note, item;
} NotePoint;

typedef struct {
	NotePoint end;
	int height;        /* with the separator; 0 when there are none */
	int cost;          /* penalty of the break in the last one */
	gboolean split;    /* the last one goes on on the next page */
	gboolean possible; /* every note whose mark is on the page starts there */
} NoteFit;

typedef struct NoteList NoteList;
/* The notes of a stream in the order of their marks, each set ipd wide. separator: what their separator takes. */
NoteList *note_list_new(Layout *l, Stream *flow, int ipd, int separator);
void note_list_free(NoteList *n);
guint note_list_length(const NoteList *n);
Stream *note_list_stream(const NoteList *n, guint note);
const FoNode *note_list_node(const NoteList *n, guint note);

/* The notes of a page that begins with those at start and whose text ends before item to of the flow, in room height. */
NoteFit note_list_fit(const NoteList *n, NotePoint start, guint to, int room);
/* As much as room takes, and something in any case. */
NoteFit note_list_fill(const NoteList *n, NotePoint start, int room);

#endif
