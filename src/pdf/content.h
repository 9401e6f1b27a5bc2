/* Inside the PDF room: one page's content stream while it is written. Lengths are millipoints on the page as it is read, y down. */
#ifndef ROTONDE_PDF_CONTENT_H
#define ROTONDE_PDF_CONTENT_H

#include "pdf/writer.h"

typedef struct {
	PdfWriter *w;
	PdfPage *page;
	guint number;
	GString *s;
	int height;               /* of the page, or of the rotated viewport's own space */
	const AreaStructure *open; /* structure element of the marked content that is open */
	gboolean artifact;        /* an artifact is open */
	gboolean any_open;
	const PdfFont *font;      /* as set in the content stream; NULL: not */
	int size;
	guint32 fill;             /* colour as set */
	gboolean fill_known;
	GPtrArray *links;         /* LinkBox */
	int rotated;              /* depth of rotated viewports: no link boxes there */
} Content;

typedef struct {
	int x, y, width, height;
} Rectangle;

/* content.c */
void content_open_artifact(Content *c);

/* paint.c: what is drawn of boxes, and the small steps that all drawing is made of. A colour is 0xRRGGBBAA. */
void content_save(Content *c);
void content_restore(Content *c);
void content_set_alpha(Content *c, guint32 colour);
void content_set_fill(Content *c, guint32 colour);
void content_append_point(Content *c, int x, int y);
void content_append_rectangle(Content *c, int x, int y, int width, int height);
void content_fill(Content *c, const Rectangle *r, guint32 colour);
/* A line from the rectangle's corner to the opposite one; width or height is 0. */
void content_stroke_line(Content *c, const Rectangle *from_to, BorderStyle style, int thickness, guint32 colour);
void content_draw_picture(Content *c, const AreaPicture *picture, const Rectangle *r);
/* Background and borders of an area, as an artifact. */
void content_draw_box(Content *c, const Area *a);

#endif
