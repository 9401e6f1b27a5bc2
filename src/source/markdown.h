/* Inside the room only: cmark's tree to ours. body.c blocks and sections, inline.c what stands in a line, quote.c quotes and boxes,
 * html.c comments and generated blocks, note.c footnotes, table.c tables, slips.c what was meant as one of these and is not, strays.c signs of other programs, swallow.c what was not meant so and is. */
#ifndef ROTONDE_SOURCE_MARKDOWN_H
#define ROTONDE_SOURCE_MARKDOWN_H

#include "source/internal.h"

enum { NESTING_LIMIT = 48 }; /* of Markdown; with body, sections and what a publication puts around them it stays below XML_DEPTH_LIMIT */

typedef struct {
	Source *s;
	int offset;         /* line in the file = cmark's line + offset, */
	const int *lines;   /* or lines[cmark's line] */
	int depth;
	gboolean exact;     /* cmark's text is the file's own, line by line */
	gsize cursor;       /* in the block at hand: where in the file the inline things that were seen end, */
	gsize limit;        /* and where the block ends */
	gboolean front_again; /* a second front matter began: its elements need no message of their own */
	GHashTable *refused; /* names of the tags refused: their end tags need no message of their own */
	gsize comment_end;  /* behind a comment that was found wrong */
	gboolean in_note;   /* notes have no notes */
	gboolean in_link;
	gboolean in_quote;
	int quotes;         /* quotes and boxes that are open */
	gboolean speaking;  /* the quote at hand has a speaker, */
	gboolean merged;    /* and something in it was reported that is not that speaker's */
	gboolean begun;     /* a paragraph was seen: no lead any more */
	guint unpaired;     /* paragraphs of the section at hand with a quotation mark that has no fellow: of more than one nothing is said, */
	int unpaired_line;  /* since what somebody says may go on in the next; */
	char *unpaired_word; /* where the last one is */
	GHashTable *notes;  /* by label: see note.c */
	GHashTable *references; /* the file's link definitions by label, for texts that are parsed on their own; NULL: none */
	GHashTable *defining; /* the lines of these in the file; NULL: none */
} Body;

#define grumble(b, id, line, focus, ...) \
	body_complain((b), (id), (line), (focus), (const char *const[]){"", ##__VA_ARGS__, NULL} + 1)
void body_complain(Body *b, MessageId id, int line, const char *focus, const char *const *arguments);

/* Line in the file of a block; of an inline node, or fallback when cmark does not say. */
int body_line(const Body *b, cmark_node *node);
int body_inline_line(const Body *b, cmark_node *node, int fallback);

/* Finds the next place of what in the block at hand, at or after line, and moves the cursor behind it. cmark's columns are of no use after
 * tabs, escapes and entities, its lines not after link definitions. When it is not found only line is known. */
Position body_find(Body *b, int line, const char *what);
#define grumble_at(b, id, at, ...) complain((b)->s, (id), (at), ##__VA_ARGS__)

/* The line, without its end, borrowed from the file; blank outside it. */
const char *body_raw_line(const Body *b, int line, gsize *length);

/* As raw_line, without what a quote or list puts before it. */
const char *body_bare_line(const Body *b, int line, gsize *length);

/* cmark with our options; the caller frees it (cmark_node_free). */
cmark_node *body_parse(const char *text, gsize size);

xmlNode *body_element(Body *b, xmlNode *parent, const char *name, int line);
void body_attribute(Body *b, xmlNode *element, const char *name, const char *value); /* without what XML cannot hold */
void body_text(Body *b, xmlNode *parent, const char *text, gsize size);

/* Converts siblings from first on. */
void body_blocks(Body *b, cmark_node *first, xmlNode *parent);
void body_inlines(Body *b, cmark_node *first, xmlNode *parent, int line);
void body_leaf(Body *b, cmark_node *node, xmlNode *parent, int line); /* all of a paragraph's or heading's inlines */
char *body_plain(cmark_node *node); /* all text below it */

/* Reports what was meant as a comment and is none: text would be printed that must not be. text: of one block, as cmark gives it, from line on. */
void body_check_comments(Body *b, const char *text, int line);

void body_image(Body *b, cmark_node *node, xmlNode *element); /* its attributes but for the title */
void body_quote(Body *b, cmark_node *node, xmlNode *parent);
void body_html_block(Body *b, cmark_node *node, xmlNode *parent);
gboolean body_html_paragraph(Body *b, cmark_node *node, xmlNode *parent); /* FALSE: it is not one */
void body_html_inline(Body *b, const char *literal, xmlNode *parent, int line);
gboolean body_table(Body *b, cmark_node *node, xmlNode *parent); /* FALSE: it is not one */


/* Takes the notes out of the text (a copy, to be changed): their lines become blank. opaque says by line (from 1) what is code or
 * HTML. */
void notes_init(Body *b);
void notes_collect(Body *b, char *text, gsize size, const gboolean *opaque);
void notes_mark(Body *b, const char *label, xmlNode *parent, int line); /* [^label] was met */
void notes_check_used(Body *b);


/* reference.c: collects the definitions of links ("[label]: address"). Reports those that nothing uses: cmark drops the line, and what its
 * author meant as text would be lost. text is whole (of the same size) without the notes. */
void references_collect(Body *b, const char *text, const char *whole, gsize size, const gboolean *opaque);
/* Appends the definitions that text uses. */
void references_append(const Body *b, GString *text);

/* Reports what cmark would drop as a definition where it is none of ours: in a quote, a list, a note. text is without the notes, or that of one. */
void references_check_place(Body *b, const char *text, gsize size);

gsize references_label(const char *text, gsize length); /* of the label in "[label]:" at text; 0: there is none */

/* slips.c: reports what was meant as Markdown and would be printed as it stands: in text from line on, in a paragraph's lines; and lines
 * that a quote takes in without their >. */
void slips_text(Body *b, const char *text, int line);
void slips_paragraph(Body *b, int first, int last);
void slips_unseen(Body *b, int first, int last); /* what keeps a line from becoming what it looks like */
void slips_tasks(Body *b, int first, int last); /* of a whole list */
void slips_lazy(Body *b, int first, int last);

/* strays.c: the same, of signs that mean something to other programs, in text from line on; of a line that begins with a colon, below a term; of quotation
 * marks that are not in pairs, in each paragraph and then for the section. */
void strays_text(Body *b, const char *text, int line);
void strays_term(Body *b, int first, int last);
void strays_marks(Body *b, cmark_node *node, int line);
void strays_section(Body *b);

/* swallow.c: reports what Markdown takes out of a sentence: the asterisks of an emphasis that begins within a word or a sum; numbers of a list that
 * would be printed otherwise; the sign that a broken line begins with (node: the list, quotation or heading that it became). */
void swallow_stars(Body *b, cmark_node *node, int line);
void swallow_numbers(Body *b, cmark_node *list);
void swallow_sign(Body *b, cmark_node *node);

/* limits.c: FALSE, with a message, when cmark must not see this text. */
gboolean limits_check(Body *b, const char *text, gsize size);

#endif
