/* Inside the room: one comparison. */
#ifndef ROTONDE_CHANGES_ROOM_H
#define ROTONDE_CHANGES_ROOM_H

#include "changes/changes.h"

/* An old block without a partner, and where it stood in the new tree. */
typedef struct {
	xmlNode *old;
	xmlNode *parent, *before; /* in the new tree; before NULL: at the end */
} Withdrawn;

typedef struct {
	GHashTable *partner;   /* item of the new tree -> item of the old */
	GHashTable *words;     /* word -> number */
	GArray *withdrawn;     /* Withdrawn */
	GPtrArray *added;      /* blocks of the new tree without a partner */
	GPtrArray *gone;       /* items of the old tree without a partner */
} Compare;

/* tree.c: what both trees are asked */
gboolean tree_is_item(const xmlNode *node);
gboolean tree_is_new_item(const xmlNode *node);  /* node stands in an item that is marked new */
gboolean tree_is_leaf(const xmlNode *block);     /* its children are words */
char *tree_text(const xmlNode *node);            /* spaces collapsed */
char *tree_key(const xmlNode *node);             /* all that a reader sees of it */
char *tree_key_but(const xmlNode *node, const char *attribute); /* the same without this one */
char *tree_pictures(const xmlNode *node);        /* what is in its pictures: digests */
void tree_set(xmlNode *element, const char *attribute, const char *value);
int number_of(GHashTable *numbers, const char *word);

/* similar.c: how much two blocks say the same, 0 to 1 (Dice's coefficient of their words) */
GArray *similar_words(Compare *c, const xmlNode *node); /* int, sorted */
double similar(const GArray *a, const GArray *b);

/* blocks.c */
void blocks_compare(Compare *c, xmlNode *old, xmlNode *new); /* the children of two that are partners */
void block_pair(Compare *c, xmlNode *old, xmlNode *new);
void title_compare(const xmlNode *old, xmlNode *new);

/* words.c: the words of two leaves; marks new */
void words_compare(Compare *c, xmlNode *old, xmlNode *new);
void words_wrap(xmlNode *leaf, const char *element);

/* withdraw.c: moved blocks found, the rest set in the new tree */
void withdraw_apply(Compare *c);

/* summary.c */
void summary_write(const Compare *c, xmlDoc *new);

#endif
