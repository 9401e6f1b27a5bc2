/* libxslt, kept on a leash: compiled stylesheets, security preferences, limits, extension functions. Knows no document kind. */
#ifndef ROTONDE_TRANSFORM_TRANSFORM_H
#define ROTONDE_TRANSFORM_TRANSFORM_H

#include "base/diagnostic.h"
#include "base/xml.h"

#include <libxml/xpath.h>

typedef struct Stylesheet Stylesheet;

/* Call after xml_start and while no other thread transforms; again to change the folders. Files are read only below these folders (realpath;
 * NULL-terminated, copied), the workspace first: pictures are looked for below each in turn. */
void transform_start(const char *const *roots);

/* A function that stylesheets may call. From any thread; before the stylesheets that call it are compiled. */
void transform_register(const char *name, const char *space, xmlXPathFunction function);

/* Compiles path with all it includes and imports. NULL after reporting. Several threads may apply it at once, each to a document of its own. */
Stylesheet *stylesheet_load(const char *path, Diagnostics *d);
/* As stylesheet_load, from a tree made in memory (taken over); base is the path its imports are relative to. */
Stylesheet *stylesheet_new(xmlDoc *doc, const char *base, Diagnostics *d);
void stylesheet_free(Stylesheet *s);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stylesheet, stylesheet_free)

/* Applies it. parameters: NULL-terminated name, value pairs; values are plain strings, not XPath. A refused access, a failed message with
 * terminate, or a limit reached is reported and gives NULL. The caller owns the result. doc belongs to this call while it runs: libxslt
 * numbers its elements (and a stylesheet with xsl:strip-space takes nodes out of it: ours do not). */
xmlDoc *stylesheet_apply(Stylesheet *s, xmlDoc *doc, const char *const *parameters, Diagnostics *d);

/* Who hears what a stylesheet says with r:announce while it is being applied: in the thread that applies it, before the result is whole. */
typedef struct {
	void (*hear)(const char *text, gpointer data);
	gpointer data;
} StylesheetListener;
/* As stylesheet_apply. listener NULL: nobody listens. */
xmlDoc *stylesheet_apply_heard(Stylesheet *s, xmlDoc *doc, const char *const *parameters, const StylesheetListener *listener, Diagnostics *d);

/* The result as its xsl:output asks (method, doctype, encoding). NULL after reporting. */
GBytes *stylesheet_serialise(Stylesheet *s, xmlDoc *result, Diagnostics *d);

/* Extension functions for stylesheets, namespace "urn:rotonde:functions":
 *   r:data-uri(path)        the file (relative to the workspace's root, a picture) as a data: URI; JPEG and PNG without metadata
 *   r:format-date(iso, lang) "14 maart 2025", "maart 2025", "2025"
 *   r:image-width(path), r:image-height(path)  in pixels (SVG: user units), 0 when unknown
 *   r:guid(name)             a UUID that is always the same for this name (version 5, in our own namespace)
 *   r:warn(name, word)       "" ; reports what a stylesheet found out (functions.c has the names) at the author's line of the current node
 *   r:announce(text)         text, which who listens (StylesheetListener) hears
 *   r:uri(path)              a path as document() wants it (spaces and such escaped)
 * and of EXSLT: exsl:node-set, str:tokenize str:replace str:concat, set:distinct set:difference set:intersection set:has-same-node
 * set:leading set:trailing (functions.c has the table; none that knows the clock). */

#endif
