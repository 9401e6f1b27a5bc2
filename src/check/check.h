/* Checking trees: against schemas/rotonde.xsd with messages an author understands, and against schemas/rules.sch. transform_start comes
 * first: the rules are run by XSLT. */
#ifndef ROTONDE_CHECK_CHECK_H
#define ROTONDE_CHECK_CHECK_H

#include "base/diagnostic.h"
#include "base/xml.h"
#include "consent/consent.h"

typedef struct Checker Checker; /* compiled schema and rules; for use by one thread at a time */

/* share: the folder that holds schemas/ and stylesheets/. NULL after reporting. */
Checker *checker_new(const char *share, Diagnostics *d);
void checker_free(Checker *c);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Checker, checker_free)

/* Compiles the rules now, which the first checker_run_rules does otherwise. */
void checker_prepare(Checker *c, Diagnostics *d);

/* Validates one file's tree (as source_read gives it) or a whole assembled publication. */
void checker_validate(Checker *c, xmlDoc *doc, Diagnostics *d);

typedef struct {
	const char *profile; /* "public" or "review" */
	const char *today;   /* ISO date; the rules know no other clock */
	const char *policy;  /* of consent, as consent_policy_write gives it; NULL: what rests on it is not judged */
} CheckerParameters;

/* How many rules there are, and the SHA-256 of the file that holds them. c may be NULL: 0 and NULL. The caller's. */
guint checker_rules(const Checker *c, char **digest);

/* The rules as make keeps them beside the program (brief.h has their form), so that they need not be compiled in each run. NULL after reporting. The
 * caller's. */
xmlDoc *checker_compile_rules(const char *share, Diagnostics *d);

/* Runs the rules on a tree. */
void checker_run_rules(Checker *c, xmlDoc *doc, const CheckerParameters *parameters, Diagnostics *d);

/* Who must give consent: the workspace's own CONSENT_FILE below root, else the program's. FALSE after reporting that it is
 * wrong: then no policy is known (no ages), and what would follow from it is not reported, too. */
gboolean checker_read_policy(const char *share, const char *root, ConsentPolicy *policy, Diagnostics *d);

/* A workspace's own house style (path; name is what messages call it) against its schema, and its colours, with those it takes over from
 * the program's, against the rule of contrast. path NULL: the program's alone. */
void checker_check_house_style(Checker *c, const char *path, const char *name, Diagnostics *d);

#endif
