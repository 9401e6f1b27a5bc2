/* Inside the PDF room: the syntax of objects (ISO 32000-1, 7.2 and 7.3). */
#ifndef ROTONDE_PDF_PARSE_H
#define ROTONDE_PDF_PARSE_H

#include "base/arena.h"
#include "pdf/reader.h"

typedef struct {
	const char *at, *start, *end; /* what is still to be read, and the whole it stands in */
	Arena *arena;                 /* objects are allocated here, names and strings copied */
	int depth;
} Parser;

/* Each reads what stands next, white space and comments before it passed over, and moves on; FALSE: it is something else (the place is then where it
 * was for parse_word, anywhere for the others). */
gboolean parse_word(Parser *p, const char *word);
gboolean parse_integer(Parser *p, gint64 *value);
gboolean parse_object(Parser *p, PdfObject *o);
/* "N G obj ... endobj", a stream too: its Length must be given outright. number may be NULL. */
gboolean parse_indirect(Parser *p, gint64 *number, PdfObject *o);

/* Where the newest cross-reference section begins, by the last "startxref"; -1: nowhere. */
gint64 parse_start(const char *data, gsize size);

#endif
