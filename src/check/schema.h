/* Inside the room only. An XSD as its own text says it, for explaining to authors what libxml2 found wrong: declarations are the nodes
 * xs:element, xs:attribute, xs:enumeration of its tree, types its xs:complexType and xs:simpleType. Covers what our schemas use:
 * global elements, named types and groups, sequence, choice, extension, restriction, list, union; no imports, no ref to elements. */
#ifndef ROTONDE_CHECK_SCHEMA_H
#define ROTONDE_CHECK_SCHEMA_H

#include "base/xml.h"

typedef struct Schema Schema;

Schema *schema_new(const xmlDoc *xsd); /* borrows it */
void schema_free(Schema *s);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Schema, schema_free)

/* A global component by its element name in XSD ("element", "complexType", "simpleType", "group", "attributeGroup") and name. */
const xmlNode *schema_lookup(const Schema *s, const char *component, const char *name);

/* With which element a document begins: the first that is declared. NULL: none is. */
const xmlNode *schema_root(const Schema *s);

/* The type of an element or attribute: xs:complexType or xs:simpleType; NULL for a built-in one. */
const xmlNode *schema_type(const Schema *s, const xmlNode *declaration);

/* What may stand in an element of this type, once each, in the schema's order. The caller's (g_ptr_array_unref). */
GPtrArray *schema_elements(const Schema *s, const xmlNode *type);
GPtrArray *schema_attributes(const Schema *s, const xmlNode *type);
const xmlNode *schema_find(const GPtrArray *declarations, const char *name);

/* The node whose @base or @type names the simple type of an element's text; NULL when its type allows elements, or nothing. */
const xmlNode *schema_text_type(const Schema *s, const xmlNode *type);
/* Whether anything may stand in it: elements that the schema does not name, attributes that it does not name. */
gboolean schema_is_open(const xmlNode *type);
gboolean schema_is_mixed(const Schema *s, const xmlNode *type);
gboolean schema_is_required(const xmlNode *attribute);
gboolean schema_is_program(const xmlNode *declaration); /* the program writes it, not an author */

/* The particle (sequence, choice, group) at the top of a type, NULL when it is empty; that of the type it extends. */
const xmlNode *schema_particle(const xmlNode *type);
const xmlNode *schema_base(const Schema *s, const xmlNode *type);

/* The first sentence of the documentation, without capital and full stop, to stand in a hint; "" when there is none. The caller's. */
char *schema_words(const xmlNode *declaration, Language language);
/* appinfo with this source ("alias", "example"); NULL when absent. The caller's. */
char *schema_note(const xmlNode *declaration, const char *source);

/* The declaration that an author meant by this name: exactly by an alias, nearly by a name or alias; NULL: none is near.
 * Works for elements, attributes and enumerations (by @value). */
const xmlNode *schema_suggest(const GPtrArray *declarations, const char *word);
const char *schema_name(const xmlNode *declaration);

/* How an element is written, with its required attributes: <participant ref="noor-v"/>, <title>…</title>. The caller's. */
char *schema_snippet(const Schema *s, const xmlNode *declaration);
/* A value to show: the attribute's own example, or its type's, or its first enumeration; "…" when there is none. The caller's. */
char *schema_example(const Schema *s, const xmlNode *declaration);
/* The xs:enumeration nodes of a simple type, those of a list's items included; empty when it has none. The caller's. */
GPtrArray *schema_enumerations(const Schema *s, const xmlNode *type);

#endif
