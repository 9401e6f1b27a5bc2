/* Inside the room only. The order in which elements may stand in one of a type: an automaton made from the schema's particles. */
#ifndef ROTONDE_CHECK_CONTENT_H
#define ROTONDE_CHECK_CONTENT_H

#include "check/schema.h"

typedef struct Content Content;
typedef struct ContentPlace ContentPlace; /* how far we are: what has stood here so far */

Content *content_new(const Schema *s, const xmlNode *type);
void content_free(Content *c);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Content, content_free)

ContentPlace *content_start(const Content *c);
void content_place_free(ContentPlace *at);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ContentPlace, content_place_free)

/* Takes an element; FALSE, and nothing changed, when it cannot stand here. */
gboolean content_step(const Content *c, ContentPlace *at, const char *name);

/* The fewest names that must come first before name (NULL: the end) can stand here, in order; empty when it can at once; NULL when
 * it cannot stand here any more. Strings are borrowed from the schema; the array is the caller's. */
GPtrArray *content_path(const Content *c, const ContentPlace *at, const char *name);

/* Whether an element may stand again somewhere after itself. */
gboolean content_repeats(const Content *c, const char *name);

#endif
