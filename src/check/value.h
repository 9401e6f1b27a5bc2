/* Inside the room only. What is wrong with a value, in terms that can be explained. */
#ifndef ROTONDE_CHECK_VALUE_H
#define ROTONDE_CHECK_VALUE_H

#include "check/schema.h"

typedef enum {
	VALUE_FINE,
	VALUE_EMPTY,
	VALUE_CHOICE, /* not one of those listed */
	VALUE_ID,
	VALUE_DATE,   /* a day is wanted */
	VALUE_MOMENT, /* a day, month or year */
	VALUE_NUMBER,
	VALUE_FORM    /* anything else: the type's documentation says what is wanted */
} ValueKind;

typedef struct {
	ValueKind kind;
	const xmlNode *type; /* the xs:simpleType that says what is wanted; may be NULL */
	char *part;          /* the word that is wrong: of a list one, else all */
} ValueFault;

void value_fault_clear(ValueFault *fault);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ValueFault, value_fault_clear)

/* holder names the simple type: an xs:attribute, xs:element, or what schema_text_type gives. */
ValueFault value_check(const Schema *s, const xmlNode *holder, const char *value);

/* What an author may have meant by a date, as 2025-03-14 (moment: or 2025-03, 2025); NULL: no idea. The caller's. */
char *value_guess_date(const char *text, gboolean moment);

/* The number of days in the month of a date that is written well but does not exist (2025-02-30): 28; 0 when its month does not exist;
 * -1 when it is not written well. */
int value_month_length(const char *date);

#endif
