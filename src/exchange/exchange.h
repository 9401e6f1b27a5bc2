/* Exchange with programs for qualitative analysis: projects in REFI-QDA 1.0 (a zip with project.qde and Sources/GUID.txt).
 *
 * Places in a text are code points from 0; a selection goes from startPosition up to endPosition, which is no longer in it.
 * Identifiers are guid_of() what our own things are called: "case ID", "person ID", "session ID", "thread ID", "rotonde ID", "code helpend",
 * "code niet-helpend", "variable date|kind|role"; a selection's is that of its session, speaker and words, a coding's that of selection and code. */
#ifndef ROTONDE_EXCHANGE_EXCHANGE_H
#define ROTONDE_EXCHANGE_EXCHANGE_H

#include "base/diagnostic.h"
#include "base/xml.h"

/* The package of what stylesheets/export/project.xsl makes; made is written in. NULL after reporting. */
GBytes *exchange_pack(xmlDoc *made, Diagnostics *d);

/* ---- reading ---- */

/* What the texts may be about: of a case, whose persons and codes they are mapped to. Lists end with a row without a code or label. */
typedef struct {
	const char *code;  /* as authors write it, without # */
	const char *kind;  /* thread, rotonde or code: with the code it makes the identifier */
	const char *title; /* other programs may know it by this; may be NULL */
} ExchangeCode;
typedef struct {
	const char *id, *label;
} ExchangePerson;
typedef struct {
	const char *case_id;
	const ExchangeCode *codes;
	const ExchangePerson *persons;
} ExchangeKnown;

/* A text that has become a session. */
typedef struct {
	char *id;    /* a good id, made from the text's name */
	char *title;
	char *date;  /* ISO date, or NULL: the package does not say */
	char *kind;  /* one of the kinds of sessions, or NULL */
	char *body;  /* Markdown */
	char **speakers; /* ids of persons */
} ExchangeSession;

/* The texts of a package, which may come from anybody (archive/archive.h), as sessions. file is the name for messages. What cannot be kept is told as
 * warnings; NULL after reporting an error: the package is refused whole. The caller's (g_ptr_array_unref). */
GPtrArray *exchange_unpack(GBytes *package, const char *file, const ExchangeKnown *known, Diagnostics *d);

#endif
