/* Inside the room only: what a language's typography needs to know of its words. Lists are of lower case, NULL-terminated. */
#ifndef ROTONDE_SOURCE_TONGUE_H
#define ROTONDE_SOURCE_TONGUE_H

#include <glib.h>

struct Tongue {
	const char *language;
	const char *const *elided;        /* words that begin with an apostrophe: 's avonds, 't */
	const char *const *before_number; /* p. 12, hoofdstuk 3 */
	const char *const *after_number;  /* 18 jaar, 3 maart */
	const char *const *units;         /* 5 km: a narrow space */
	const char *const *titles;        /* dr. Jansen */
	gboolean bare_titles;             /* Dr Jansen too */
	const char *const *particles;     /* J. van Dijk */
	gunichar dash[4];                 /* for one spaced hyphen, two hyphens between spaces, two between letters, three */
};

#endif
