/* Inside the PDF room: static SVG as content operators, the part that diagrams and drawings use: shapes, paths, groups, transforms, fill and stroke,
 * opacity, text. Filters, gradients, patterns, masks, clips, style sheets, pictures and animation are not: such a drawing goes through librsvg. */
#ifndef ROTONDE_PDF_SVG_H
#define ROTONDE_PDF_SVG_H

#include "pdf/writer.h"

#include <libxml/tree.h>

/* Inherited paint (SVG 1.1, 11). Colours 0xRRGGBB, -1: none. */
typedef struct {
	gint64 fill, stroke, colour;
	double fill_opacity, stroke_opacity, opacity;
	double stroke_width, miter_limit;
	int cap, join;
	gboolean even_odd;
	char dash[200]; /* numbers, empty: none */
	double dash_offset;
	double font_size;
	char family[200];
	int weight;
	gboolean italic;
	int anchor; /* 0 start, 1 middle, 2 end */
} SvgPaint;

typedef struct {
	PdfWriter *w;
	GString *s;
	GHashTable *alphas, *fonts;
	gboolean failed; /* something that is not ours to draw */
} Svg;

/* svg_path.c: path data to operators. FALSE on an error in it (what stands before it is drawn). */
gboolean svg_append_path(GString *s, const char *data);
void svg_append_ellipse(GString *s, double cx, double cy, double rx, double ry);
/* Reads a number; moves *p behind it and the white space and comma after it. */
gboolean svg_read_number(const char **p, double *value);

/* svg_paint.c */
void svg_paint_start(SvgPaint *paint);
/* Attributes and style="" of an element on top of what it inherits. */
void svg_paint_read(Svg *svg, const xmlNode *element, SvgPaint *paint);
void svg_paint_append(Svg *svg, const SvgPaint *paint);
/* "S", "f*", "B" ... or "n" */
const char *svg_paint_operator(const SvgPaint *paint);

/* svg_text.c */
void svg_draw_text(Svg *svg, const xmlNode *text, const SvgPaint *paint);

#endif
