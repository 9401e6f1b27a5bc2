/* One XML element read where it stands in a larger text: front matter before Markdown, a block of our own within it. libxml2 parses
 * and finds the end; errors are said in the author's terms, at the author's place, as many as can be found at once. */
#ifndef ROTONDE_BASE_MARKUP_H
#define ROTONDE_BASE_MARKUP_H

#include "base/diagnostic.h"
#include "base/locator.h"

#include <libxml/tree.h>

enum {
	MARKUP_LIMIT = 64 * 1024, /* bytes of one element: callers give no more */
	MARKUP_ATTRIBUTE_LIMIT = 64,
	MARKUP_ERROR_LIMIT = 50,
};

typedef struct {
	xmlDoc *doc;     /* the caller's; NULL when not even the start of the root could be read */
	gsize start;     /* offset of the root's < */
	gsize end;       /* offset behind the root's > */
	gboolean ended;  /* the end was found by the parser; else end is where its end tag seems to stand, or the end of the text */
	gboolean broken; /* something was wrong: the tree may lack it */
} Markup;

/* Reads the first element in text[from, to); comments, spaces and an XML declaration may stand before it. Every element gets @line and,
 * unless it is the first thing on its line, @column. Comments are dropped. */
Markup markup_read(Locator *text, gsize from, gsize to, Diagnostics *d);

/* Says what is wrong with a whole document (UTF-8) that could not be parsed. FALSE: nothing was found to say. */
gboolean markup_diagnose(Locator *text, Diagnostics *d);

#endif
