/* Inside the room only. What is wrong with a tree that libxml2 has found invalid, in an author's words: explain.c walks the tree,
 * order.c says which element stands in the wrong place, say.c fills in words of the schema. */
#ifndef ROTONDE_CHECK_EXPLAIN_H
#define ROTONDE_CHECK_EXPLAIN_H

#include "check/schema.h"

typedef struct {
	const Schema *schema;
	Diagnostics *d;
	gboolean assembled; /* a whole publication: its items hold their files */
	gboolean passed_over; /* something is wrong that is said elsewhere: front matter that is broken, a reference */
	const xmlNode *root;
} Explain;

/* Reports every mistake in the tree; the number of them. passed_over, when not NULL, says whether there
 * are others that are reported elsewhere. */
guint explain_tree(const Schema *s, const xmlDoc *doc, gboolean *passed_over, Diagnostics *d);

void explain_element(Explain *e, const xmlNode *element, const xmlNode *declaration);
/* order.c: the elements in an element of this type; each is explained in turn. */
void explain_order(Explain *e, const xmlNode *element, const xmlNode *type);

/* One thing to fill in, in both languages; freed by say(). */
typedef struct {
	char *in[2];
} Words;

Words words_same(const char *text); /* NULL: "" */
Words words_take(char *text);       /* owns it */
Words words_number(int n);
Words words_about(const xmlNode *declaration);                          /* its documentation */
Words words_choices(const GPtrArray *enumerations);                     /* school (school), home (thuis, met hulp aan huis) */
Words words_tags(const GPtrArray *elements);                            /* <title>, <persons> */

/* diagnose() with Words, which it frees. */
#define say(e, id, at, ...) say_all((e), (id), (at), (Words[]){__VA_ARGS__}, G_N_ELEMENTS(((Words[]){__VA_ARGS__})))
void say_all(Explain *e, MessageId id, const Position *at, Words *words, guint n);

/* The place of an element's start tag, of an attribute; focus holds what to underline and must outlive the position. */
Position place_element(const xmlNode *element, char **focus);
Position place_property(const xmlNode *element, const char *name, const char *value, char **focus);

#endif
