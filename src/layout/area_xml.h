/* Inside area_xml*.c: writing the area tree as XML.
 *
 * Where both set a document alike, these elements differ from Apache FOP's (2.8, on all of tests/fo), and stay so:
 *   header and footer cells that retrieve markers   FOP writes them behind the rows of the page, since it sets them last
 *   change bars               FOP has a block for each in every block that it touches; ours is one r:block beside all of them
 *   borders that collapsed    r:border, beside what FOP says of them on the cells
 *   column backgrounds        FOP has an empty block for each cell; ours are on the cell, when nothing covers them
 *   columns                   of a page without text ours does not know them; FOP ends a page that ends in a span with an empty span
 *   leaders with content      one text; FOP has an inlineparent with a text for every repetition
 *   wrappers in a line, page numbers with spaces   no area of their own, a word for each part; FOP has an inline and one word
 *   space at a line's start   is in its start-indent; FOP has a space
 *   blocks in an inline       the lines of that inline; FOP has an inlineblockparent
 *   a row that a break in a cell that spans it leaves empty   has a cell without content; FOP writes none
 *   text                      without tlsadjust and twsadjust: stretched letters and spaces are in its ipd
 *   drawings                  foreignObject without the SVG, which the document has */
#ifndef ROTONDE_LAYOUT_AREA_XML_H
#define ROTONDE_LAYOUT_AREA_XML_H

#include "layout/layout.h"

typedef struct {
	GString *out;
	const AreaTree *tree;
	const AreaPage *page; /* at hand */
	int depth;
	int line_top; /* of what stands in the line or inline at hand */
	int origin; /* of what stands at a place of its own: top of the reference area at hand */
	int next;   /* where the next block or line begins when nothing comes between; from the top of what coordinates are counted
		       from */
} AreaXml;

/* area_xml_write.c: elements. An element is begun, gets its attributes, and is then opened (finish_begin, and later end) or empty.
 */
void area_xml_escape(GString *out, const char *text);
void area_xml_indent(AreaXml *w);
void area_xml_begin(AreaXml *w, const char *name);
void area_xml_finish_begin(AreaXml *w);
void area_xml_finish_empty(AreaXml *w);
void area_xml_end(AreaXml *w, const char *name);
void area_xml_open(AreaXml *w, const char *name); /* without attributes */

/* Attributes; _if: unless it is 0. */
void area_xml_text(AreaXml *w, const char *name, const char *value); /* NULL: none */
void area_xml_number(AreaXml *w, const char *name, int value);
void area_xml_number_if(AreaXml *w, const char *name, int value);
void area_xml_colour(AreaXml *w, const char *name, guint32 colour);
void area_xml_matrix(AreaXml *w, const Area *a, int x,
		     int y); /* ctm: of what a shows, turned if it is a viewport, placed at x and y */
void area_xml_rectangle(AreaXml *w, const char *name, const int r[4]);

/* Traits of an area. */
gboolean area_xml_is(const Area *a, const char *name); /* a block of this name */
gboolean area_xml_is_own(const Area *a);               /* stands in the body beside its blocks: a span, notes, floats */
int area_xml_edge(const Area *a, int side);            /* border and padding */
void area_xml_place(AreaXml *w, const Area *a);

/* ipd and bpd are those of the content; ipda and bpda with border and padding, which bap gives as start end before after, bpda with
 * the spaces before and after, too. */
void area_xml_size(AreaXml *w, const Area *a, int bpd);
void area_xml_spaced_size(AreaXml *w, const Area *a, int bpd, int spaces);

void area_xml_box(AreaXml *w, const AreaBox *b);
void area_xml_link(AreaXml *w, const char *uri, const char *destination);
void area_xml_common(AreaXml *w, const Area *a); /* place, id, box, link */

/* area_xml_line.c */
void area_xml_write_text(AreaXml *w, const Area *a);
void area_xml_write_gap(AreaXml *w, const Area *before, const Area *a); /* the space between two neighbours, in a line */
void area_xml_write_line(AreaXml *w, const Area *a);
void area_xml_write_inline(AreaXml *w, const Area *a);
void area_xml_write_leader(AreaXml *w, const Area *a);
void area_xml_write_image(AreaXml *w, const Area *a);

/* area_xml_block.c */
void area_xml_areas(AreaXml *w, const Area *first, const Area *stop, int top); /* stacked from top on, up to stop, NULL: all */
void area_xml_within(AreaXml *w, const Area *first, const Area *stop,
		     int top);                                             /* the same, in a reference area that begins at top */
void area_xml_children(AreaXml *w, const Area *a, const char *element);    /* and the end of element */
gboolean area_xml_is_apart(const Area *a);                                 /* stands beside the blocks of the flow, or over them */
void area_xml_write_apart(AreaXml *w, const Area *a, const char *element); /* FOP has none of these: an element of our own */
void area_xml_reference(const Area *a, int *left, int *right);             /* the edges that indents are counted from */
int area_xml_bottom(const Area *first, const Area *stop,
		    int top); /* of the lowest of these, with its border; top when there are none */

/* Begins a block in the stack: element, size, indents and spaces. What is returned is to be next when it is written. */
int area_xml_begin_stacked(AreaXml *w, const Area *a, const char *element);

/* area_xml_table.c */
void area_xml_write_table(AreaXml *w, const Area *a);
void area_xml_write_placed(AreaXml *w, const Area *a, int top); /* a cell or a float, with its place from there down */

#endif
