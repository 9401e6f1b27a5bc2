/* The one strict XML parser, and where a node came from.
 *
 * Position in our trees: every element may carry @line (and @column, where that is known better than "the element's name on that
 * line"), and the root of what came from one file carries @file, relative to the workspace. A node's file is that of its nearest
 * ancestor-or-self with @file. In XSL-FO the same two stand in the namespace XML_SOURCE_NS. */
#ifndef ROTONDE_BASE_XML_H
#define ROTONDE_BASE_XML_H

#include "base/diagnostic.h"

#include <libxml/tree.h>

#define XML_SOURCE_NS "urn:rotonde:source"

enum { XML_DEPTH_LIMIT = 64 }; /* libxml2 and libxslt recurse; deeper trees overflow the stack */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlDoc, xmlFreeDoc)

/* Sets up libxml2 for the whole process: out of memory aborts, no entity or file is ever loaded from outside. Call once, first,
 * from the main thread. */
void xml_start(void);

/* Parses from memory: no network, no entities of its own, no DOCTYPE, no deeper than XML_DEPTH_LIMIT. NULL after reporting every
 * error at file:line:column. file is the name for messages (and is not opened). The caller owns the result. */
xmlDoc *xml_parse(const char *data, gsize size, const char *file, Diagnostics *d);

/* xml_parse with the names and short texts kept in dict (borrowed), as libxslt wants of what it loads. */
xmlDoc *xml_parse_shared(const char *data, gsize size, const char *file, xmlDict *dict, Diagnostics *d);

/* xml_parse of a file on disk. name is what messages call it (NULL: path). */
xmlDoc *xml_load(const char *path, const char *name, Diagnostics *d);

/* The author's place of a node: the nearest @file and @line upwards (element or other node); where the tree has neither, what xml_parse
 * knows of it. Borrowed from the tree. */
Position xml_position(const xmlNode *node);

/* Attribute without namespace, borrowed from the tree while it stands (entities cannot occur in it); NULL when absent. */
const char *xml_attribute(const xmlNode *element, const char *name);

/* An element in a document made by our parser, its name kept in the document's dictionary; attributes added unseen: they must not be there
 * yet. Numbers take no memory of their own. */
xmlNode *xml_element_new(xmlDoc *doc, const char *name);
void xml_attribute_add(xmlNode *element, const char *name, const char *value);
void xml_number_add(xmlNode *element, const char *name, int value);

/* First child element, next sibling element; name NULL is any. */
xmlNode *xml_first(const xmlNode *parent, const char *name);
xmlNode *xml_next(const xmlNode *node, const char *name);
gboolean xml_is(const xmlNode *node, const char *name);

/* Next node in document order below top (NULL at the end): a loop, no recursion. */
xmlNode *xml_following(const xmlNode *node, const xmlNode *top);

#endif
