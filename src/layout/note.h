/* Inside lay-out: footnotes and before-floats as insertions: how many of them, and how much of the last note, stand on a page. Both are notes here. */
#ifndef ROTONDE_LAYOUT_NOTE_H
#define ROTONDE_LAYOUT_NOTE_H

#include "layout/stream.h"

/* All notes before note are set, and of it what comes before the break item (0: nothing yet). */
typedef struct {
	guint note, item;
} NotePoint;

/* What stands on one page. */
typedef struct {
	NotePoint from, to;
} NoteRange;

typedef struct {
	NotePoint end;
	int height;        /* with the separator; 0 when there are none */
	int cost;          /* penalty of the break in the last one */
	gboolean split;    /* the last one goes on on the next page */
	gboolean possible; /* every note whose mark is on the page starts there */
} NoteFit;

typedef struct NoteList NoteList;
typedef struct {
	FoKind kind;            /* FO_FOOTNOTE, FO_FLOAT */
	int ipd;                /* of each; where the flow's measure changes, that */
	Stream *separator;      /* between them and the text; NULL: none */
	const NoteList *floats; /* of the same stream: footnotes are looked for in them, too; NULL: none */
} NoteListSettings;

/* The notes of a stream in the order of their marks. */
NoteList *note_list_new(Layout *l, Stream *flow, const NoteListSettings *settings);
/* The stream is another from this item on. */
void note_list_update(NoteList *n, Layout *l, Stream *flow, guint from);
void note_list_free(NoteList *n);
guint note_list_length(const NoteList *n);
Stream *note_list_stream(const NoteList *n, guint note);
const FoNode *note_list_node(const NoteList *n, guint note);
Stream *note_list_separator(const NoteList *n);
guint note_list_before(const NoteList *n, guint item); /* notes whose mark stands before an item of the flow */
int note_list_height(const NoteList *n, const NoteRange *range); /* with the separator; never negative */
/* Something stands in it, even when it takes no height. lead: receives how much less than none it takes (negative spaces). */
gboolean note_list_holds(const NoteList *n, const NoteRange *range, int *lead);

/* The notes of a page that begins with those at start and whose text ends before item to of the flow, in room height. */
NoteFit note_list_fit(const NoteList *n, NotePoint start, guint to, int room);
/* As much as room takes, and something in any case. */
NoteFit note_list_fill(const NoteList *n, NotePoint start, int room);
/* Of those from start up to note limit, not included, as many as room takes, none of them split. */
NoteFit note_list_fit_whole(const NoteList *n, NotePoint start, guint limit, int room);

typedef void (*NoteVisitor)(gpointer user, guint note, const Stretch *stretch);
void note_list_each(const NoteList *n, const NoteRange *range, NoteVisitor visit, gpointer user);

#endif
