/* Inside the room only. source.c reads a file: front.c its front matter, body.c its Markdown, typeset.c its typography. */
#ifndef ROTONDE_SOURCE_INTERNAL_H
#define ROTONDE_SOURCE_INTERNAL_H

#include "base/locator.h"
#include "source/source.h"

#include <cmark.h>

enum {
	ERROR_LIMIT = 100,       /* messages a file: beyond these an author reads no further */
	IMAGE_LIMIT = 2000,      /* "![" a block: cmark's one quadratic input */
	MARKER_LIMIT = 64,       /* block markers opening one line */
	INDENT_LIMIT = 256,      /* columns before such a marker */
	TABLE_COLUMN_LIMIT = 20,
	TABLE_ROW_LIMIT = 500,
	NOTE_LIMIT = 2000,
	FIND_LIMIT = 4096,       /* bytes to look ahead for the place of a message */
};

typedef struct {
	Locator text;
	Diagnostics *d;
	int errors;
	xmlDoc *doc;
} Source;

/* diagnose() that stops at ERROR_LIMIT. */
#define complain(s, id, at, ...) source_complain((s), (id), (at), (const char *const[]){"", ##__VA_ARGS__, NULL} + 1)
void source_complain(Source *s, MessageId id, const Position *at, const char *const *arguments);

/* Reports the conflicts that git left in the text; FALSE: there are none. */
gboolean slips_conflict(Source *s);

/* Fills in s->doc from the text's first element and returns the offset behind it; 0 when there is none (reported). */
gsize front_read(Source *s);

/* Whether a front matter may be called so. */
gboolean front_is_kind(const char *name);

/* Reads the Markdown in text[from, ...) into a <body> at the end of root. */
void body_read(Source *s, gsize from, xmlNode *root);

/* Authors' backslashes (\' \" \# \[ \- \. \< \> \* \]) are kept through cmark as non-characters, which a file cannot contain, so that an
 * escaped mark is never taken for typography, a code, a note or a comment. */
#define ESCAPABLE "'\"#[-.<>*]"
enum { ESCAPE_FIRST = 0xFDD0, ESCAPE_LAST = 0xFDD9 };
char *escape_hide(const char *text, gsize size, gsize *length); /* NULL: nothing to hide */
void escape_show(char *text, gboolean literally); /* in place; literally: with its backslash, as in code */

#endif
