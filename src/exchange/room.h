/* What the files of this room share. Nobody else includes it. */
#ifndef ROTONDE_EXCHANGE_ROOM_H
#define ROTONDE_EXCHANGE_ROOM_H

#include "exchange/exchange.h"

/* A selection of a text: code points from start up to end; what it is coded with (ExchangeCode's code, borrowed). */
typedef struct {
	glong start, end;
	GPtrArray *codes;
	gboolean seen; /* some of it was written */
} Selection;

/* A text of the project. */
typedef struct {
	char *name;      /* as its program calls it */
	char *file;      /* in the package, for messages */
	GBytes *bytes;   /* as it stands there */
	GArray *selections; /* Selection */
} Transcript;

/* text.c: the text with LF and without a byte order mark, its selections moved to fit. NULL after reporting. */
gunichar *transcript_decode(const Transcript *t, glong *length, const Position *at, Diagnostics *d);

/* markdown.c */
typedef struct {
	const Transcript *transcript;
	const gunichar *text;
	glong length;
	const ExchangeKnown *known;
	gboolean headings; /* lines that begin with # are headings: the text is one of ours */
	Position at;
	Diagnostics *d;
	GPtrArray *speakers; /* ids, each once */
} Telling;
char *telling_write(Telling *t);

#endif
