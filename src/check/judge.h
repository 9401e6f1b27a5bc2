/* Inside the room only. One schema, compiled: libxml2 judges, the explainer says why. */
#ifndef ROTONDE_CHECK_JUDGE_H
#define ROTONDE_CHECK_JUDGE_H

#include "base/xml.h"

typedef struct Judge Judge;

/* NULL after reporting. without_keys leaves out xs:key, keyref and unique. */
Judge *judge_new(const char *path, gboolean without_keys, Diagnostics *d);
void judge_free(Judge *j);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Judge, judge_free)

/* Reports what is wrong; TRUE when nothing is. */
gboolean judge_validate(Judge *j, xmlDoc *doc, Diagnostics *d);

#endif
