/* Inside the room only. The rules of schemas/rules.sch, compiled to XSLT. */
#ifndef ROTONDE_CHECK_RULES_H
#define ROTONDE_CHECK_RULES_H

#include "check/check.h"

typedef struct Rules Rules;

/* NULL after reporting. */
Rules *rules_new(const char *share, Diagnostics *d);
void rules_free(Rules *r);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rules, rules_free)

/* Runs them on a tree, and adds a message for each finding. */
void rules_run(Rules *r, xmlDoc *doc, const CheckerParameters *parameters, Diagnostics *d);

/* How many they are, and the SHA-256 of their file (the caller's). */
guint rules_describe(const Rules *r, char **digest);

/* The contrast of two colours (#rrggbb) as WCAG 2.1 counts it, 1 to 21; NaN when one is not written so. */
double rules_contrast(const char *one, const char *other);

#endif
