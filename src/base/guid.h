/* Identifiers that are the same every time: version 5 UUIDs (RFC 9562, 5.5: SHA-1 of a namespace and a name). */
#ifndef ROTONDE_BASE_GUID_H
#define ROTONDE_BASE_GUID_H

#include <glib.h>

/* The UUID of a name in Rotonde's own namespace, 36 characters in lower case. The caller's. */
char *guid_of(const char *name);

/* The digits of a UUID as others write it: in lower case, without braces. NULL when it is none. The caller's. */
char *guid_read(const char *text);

#endif
