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

#endif
