/* Inside area_xml*.c: writing the area tree as XML. */
#ifndef ROTONDE_LAYOUT_AREA_XML_H
#define ROTONDE_LAYOUT_AREA_XML_H

#include "layout/layout.h"

typedef struct {
	GString *out;
	const AreaTree *tree;
	const AreaPage *page; /* at hand */
	int depth;
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
void area_xml_rectangle(AreaXml *w, const char *name, const int r[4]);

/* Traits of an area. */
gboolean area_xml_is(const Area *a, const char *name); /* a block of this name */
int area_xml_edge(const Area *a, int side);            /* border and padding */
void area_xml_place(AreaXml *w, const Area *a);
void area_xml_size(AreaXml *w, const Area *a, int bpd);
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
void area_xml_areas(AreaXml *w, const Area *first, const Area *stop);   /* up to stop, NULL: all */
void area_xml_children(AreaXml *w, const Area *a, const char *element); /* and the end of element */
int area_xml_bottom(const Area *first, const Area *stop,
		    int top); /* of the lowest of these, with its border; top when there are none */

#endif
