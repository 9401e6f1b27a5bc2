/* Who agreed to what: the consents of one person put together, and judged.
 *
 * A consent counts from the day it was given to the last day it holds, that day included. Of each who signs, the latest counts; on one day
 * a no goes before a yes. That somebody was asked takes nothing away from what they gave. A given consent counts for a publication
 * when that is its scope; a refusal or a withdrawal counts whatever its scope. Whoever does not want to, is not made to: one's own no counts
 * at every age, that of a parent or guardian as long as one of them has to sign.
 *
 * Ages and who must sign are not in this code: they are the policy, read from schemas/consent.xml or the workspace's cases/consent.xml. */
#ifndef ROTONDE_CONSENT_CONSENT_H
#define ROTONDE_CONSENT_CONSENT_H

#include "base/xml.h"

#define CONSENT_FILE "cases/consent.xml" /* of the workspace, when it has its own */

enum { CONSENT_SELF = 1, CONSENT_GUARDIAN = 2 }; /* who must sign: one or both */
enum { CONSENT_BANDS = 12 };

typedef struct {
	int from;       /* years; to the next band's, the last one without end */
	guint signers;
	char name[8];   /* as @age-band has it: "12-15", "18+" */
} ConsentBand;

typedef struct {
	ConsentBand bands[CONSENT_BANDS]; /* from 0 upwards */
	guint length;                     /* 0: there is no policy */
	int within;                       /* days: of what expires sooner a note is made */
	int cell;                         /* a combination of role, age and region rarer than this gets a warning; 0: none does */
} ConsentPolicy;

/* From a tree that is valid by schemas/consent.xsd. FALSE after reporting ages that do not go up from 0. */
gboolean consent_policy_read(ConsentPolicy *policy, const xmlDoc *doc, Diagnostics *d);

/* As one line and back, so that it can be a parameter of the rules; "" when no ages are known. The caller's. */
char *consent_policy_write(const ConsentPolicy *policy);
void consent_policy_parse(ConsentPolicy *policy, const char *line);
char *consent_policy_bands(const ConsentPolicy *policy); /* "0-11, 12-15, 16-17, 18+"; the caller's */

typedef struct {
	const char *status, *purposes, *by, *on, *until, *scope; /* as the attributes of consent; NULL when absent */
	gboolean guardian; /* by is the id of a parent or guardian */
	int line;
} Consent;

typedef struct {
	const char *role;  /* may be NULL */
	const char *band;  /* @age-band, may be NULL: a youth's or sibling's is then unknown, everybody else is of the last band */
	const char *next;  /* @next-band: the day, month or year from which the next band holds; while that is not sure, both hold. May be NULL */
	const Consent *consents;
	guint length;
} ConsentPerson;

typedef enum {
	CONSENT_GIVEN,
	CONSENT_NONE,      /* nothing is known */
	CONSENT_OTHER,     /* given, for another purpose */
	CONSENT_ASKED,
	CONSENT_REFUSED,
	CONSENT_WITHDRAWN,
	CONSENT_EXPIRED,
	CONSENT_SESSION,   /* given, for the session only */
	CONSENT_NO_SELF,   /* a parent or guardian signed, the person did not */
	CONSENT_NO_GUARDIAN,
	CONSENT_NO_BAND    /* it is not known how old they are, so not who must sign */
} ConsentState;

typedef struct {
	ConsentState state;
	const Consent *by; /* the consent that decided; NULL: none did */
	const char *since; /* GIVEN: the day from which all who must had signed first */
	const char *until; /* GIVEN: the first day on which one of them ends, that day included; NULL: none does */
} ConsentVerdict;

/* Whether, on that day, a publication may rest on their consent for this purpose (text, quote, photo, name). */
ConsentVerdict consent_judge(const ConsentPolicy *policy, const ConsentPerson *person, const char *purpose, const char *today);

/* "given", "none", "other" ... : the names that the rules know. */
const char *consent_state_name(ConsentState state);

/* That many days after a day, as a date; the day itself when it is none. The caller's. */
char *consent_day_after(const char *day, int days);

#endif
