/* Between markup.c and markup_explain.c only: one reading in progress. */
#ifndef ROTONDE_BASE_MARKUP_READER_H
#define ROTONDE_BASE_MARKUP_READER_H

#include "base/markup.h"

#include <libxml/parser.h>

typedef struct {
	char *name;
	gsize offset; /* of its < */
} MarkupTag;

typedef struct {
	MessageId id;
	gsize offset;
	char *focus;
	char *arguments[4]; /* the last is NULL */
} MarkupFault;

typedef struct {
	Locator *text;
	gsize from, to;
	Diagnostics *d;
	xmlParserCtxtPtr context;
	GArray *open;      /* MarkupTag */
	GArray *faults;    /* MarkupFault; given to d at the end, when it is known which of them mean something */
	gsize start, end;  /* of the root; end is 0 until it was found */
	gsize seen;        /* behind the last thing that the parser reported */
	gsize closed;      /* behind the last element that ended well */
	gboolean untidy;   /* the tag at hand has an attribute twice or a colon in a name: libxml2 would keep them */
	gboolean stopped;  /* what follows cannot be understood; libxml2 goes on, nobody listens */
	gboolean fragment; /* the element stands in an author's text: give it positions, stop at its end */
} MarkupReader;

gsize markup_cursor(const MarkupReader *r);
void markup_fault(MarkupReader *r, MessageId id, gsize offset, const char *focus, const char *const *arguments);
void markup_stop(MarkupReader *r);

/* What libxml2 found wrong, as an author should read it. */
void markup_explain(MarkupReader *r, const xmlError *error);

/* Reports the innermost open element as not closed, and that the reading cannot go on. before names the end tag that came instead ("": the end
 * of the text). */
void markup_explain_unclosed(MarkupReader *r, const char *before, gsize offset);

#define fault(r, id, offset, focus, ...) \
	markup_fault((r), (id), (offset), (focus), (const char *const[]){"", ##__VA_ARGS__, NULL} + 1)

#endif
