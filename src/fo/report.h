/* What the FO room has to say. */
#ifndef ROTONDE_FO_REPORT_H
#define ROTONDE_FO_REPORT_H

#include "fo/build.h"

/* About the object whose attributes are being read. */
void fo_report_value(FoBuilder *b, FoProperty p, FoSpan text, gboolean unsupported);
void fo_report_attribute(FoBuilder *b, const char *name); /* an unknown property */
void fo_report_property(FoBuilder *b, FoProperty p);      /* known, not supported */

/* About an element: at its place, with one or two names. */
void fo_report_element(FoBuilder *b, MessageId id, const Position *at, const char *name);
void fo_report_child(FoBuilder *b, MessageId id, const FoNode *parent, const Position *at, const char *name);

#endif
