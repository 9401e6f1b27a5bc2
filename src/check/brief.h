/* Inside the room only. Whether there is anything in a tree for the rules to report: what stylesheets/rules/schematron.xsl makes of rules.sch when it is
 * asked to be brief, evaluated by libxml2 alone. A transformation costs more to set up than most files cost to judge.
 *
 *   brief(@sources @count)                    rules.c adds these: the fingerprint of what it was made from, and how many assertions and reports that has
 *     ns(@prefix @uri)*
 *     let(@name @value)*                      of the whole tree, in order
 *     rule(@names @when? @elements @test)*: let(@name @value)*   names: of the elements that it is about, "p title"; when: of the whole tree, without
 *                                             it nothing is to be said; elements: a node-set of them; test, for each: something is to be said; let: before it
 *
 * Functions are those that rules_function tells, and current(), the element that is looked at. */
#ifndef ROTONDE_CHECK_BRIEF_H
#define ROTONDE_CHECK_BRIEF_H

#include "check/check.h"

#include <libxml/xpath.h>

typedef struct Brief Brief;

/* NULL after reporting; path is what messages call it. doc is borrowed during the call. */
Brief *brief_new(const xmlDoc *doc, const char *path, Diagnostics *d);
void brief_free(Brief *b);

/* TRUE as well when it could not be told (a limit was reached): the report then says why. */
gboolean brief_finds(Brief *b, xmlDoc *doc, const CheckerParameters *parameters);

/* functions.c: those of the rules, in their namespace; ends with a row without a name. */
#define CHECK_NS "urn:rotonde:check"
typedef struct {
	const char *name;
	xmlXPathFunction function;
} RuleFunction;
extern const RuleFunction rule_functions[];
/* agreed.c: those of them that ask for consent: r:agreed(person, purpose, today, policy, what), where what is state, on (the day
 * of the consent that decides), line, since or until; r:expiring(person, today, policy), the first day on which something they gave ends, when
 * that is soon, else ""; r:bands(policy). */
void rule_function_agreed(xmlXPathParserContext *context, int n);
void rule_function_expiring(xmlXPathParserContext *context, int n);
void rule_function_bands(xmlXPathParserContext *context, int n);

/* The tree whose elements r:elements tells, on this thread; NULL: none any more. */
void rule_functions_set_tree(xmlDoc *doc);
gboolean rule_functions_know(const char *const *names); /* whether it has an element of one of these names */

#endif
