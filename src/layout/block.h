/* Inside lay-out: block-level objects to the items of a stream. */
#ifndef ROTONDE_LAYOUT_BLOCK_H
#define ROTONDE_LAYOUT_BLOCK_H

#include "layout/page.h"

/* Space, keeps and breaks before and after a block-level object. */
void block_begin(Stream *s, const FoNode *n);
void block_end(Stream *s, const FoNode *n);
void block_force_before(Stream *s, const FoNode *n);
void block_force_after(Stream *s, const FoNode *n);
void block_children(Stream *s, const FoNode *parent);
void block_content(Stream *s, const FoNode *n); /* the children of an object that has no area of its own, and its id */
/* What block_children sees: the block-level children, and the runs of inlines from first up to but not including end. */
typedef struct {
	void (*node)(gpointer user, const FoNode *n);
	void (*run)(gpointer user, const FoNode *parent, const FoNode *first, const FoNode *end);
} BlockVisitor;
void block_visit(const FoNode *parent, const BlockVisitor *v, gpointer user);
/* What block_children does with them. */
void block_add_node(Stream *s, const FoNode *n);
void block_add_run(Stream *s, const FoNode *block, const FoNode *first, const FoNode *end);

/* A new frame between the object's indents, not yet open. */
Frame *block_frame(Stream *s, const FoNode *n, const char *name);
void block_indents(const Stream *s, const FoNode *n, int *x, int *ipd); /* where that would be */
int block_frame_room(const Frame *f); /* of one that turns: the width of what it stands in */
int block_room_beside(const Frame *f, const Narrowing *n); /* the same, where floats take that of the room */
/* The box of a part of a frame that goes on over the page at a side: without what is not retained there. */
AreaBox *block_cut_box(Layout *l, const Frame *f, int side, AreaBox *box);
gboolean block_is_rtl(const FoNode *n);

/* step.c: the space after a block whose frame f has just been closed; with a step (else 0) so that the block and its spaces are a multiple of that. from: it
 * was opened behind this item. */
FoSpace block_step_space(const Stream *s, const Frame *f, guint from, int step);

/* Height of the first line of what n holds, when it begins with one; else 0. */
int block_first_line(Stream *s, const FoNode *n);

/* ahead.c: paragraphs made ahead in a second thread, on a machine that has a core for it. Each is given once, and must be freed before ahead_free.
 * FALSE: this one is not there, make it; else p is NULL where there is nothing to set. d: receives what the thread had to say. */
Ahead *ahead_new(Layout *l);
gboolean ahead_take(Ahead *a, const FoNode *first, LayoutContext *c, LineParagraph **p);
void ahead_free(Ahead *a, Diagnostics *d);

/* table_running.c: a table's header and footer when they hold what the rows on their page say. A part of the table begins on a page, this is where its
 * header (0) or footer (1) comes to stand, and it has ended: then they are set, x from the page's left. Returns how much higher they are than was thought. */
typedef void (*RunningVisitor)(gpointer user, Stream *s, guint from, guint to);
void running_each(Running *r, int which, RunningVisitor visit, gpointer user); /* the items that stand in it, as far as they are known */
void running_begin(Placer *p, Frame *f);
void running_stands(Running *r, int which, gboolean repeated, int y);
int running_end(Placer *p, Frame *f, int x);

/* table_lines.c: what stands of a table on a page is set; broken: it goes on on the next. Draws its collapsed borders. */
void table_lines_set(Placer *p, Frame *f, gboolean broken);

/* list.c, table.c, container.c */
void list_add(Stream *s, const FoNode *n);
void table_add(Stream *s, const FoNode *n);
void container_add(Stream *s, const FoNode *n);
void container_place(Placer *p, Container *c, Area *frame);
/* outer: the area of the stream's reference area. x, y: where it would stand in the flow. */
void container_place_absolute(Placer *p, Container *c, Area *parent, Area *outer, int x, int y);

#endif
