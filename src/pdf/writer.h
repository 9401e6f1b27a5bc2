/* Inside the PDF room: what the parts of one run of pdf_write share. */
#ifndef ROTONDE_PDF_WRITER_H
#define ROTONDE_PDF_WRITER_H

#include "pdf/file.h"
#include "pdf/pdf.h"

typedef struct PdfFont PdfFont;

/* One piece of marked content on a page. */
typedef struct {
	guint page;
	int mcid;
	guint order;
} PdfMark;

/* What belongs to one structure element, besides its children. */
typedef struct {
	int object;      /* its number, 0: not (yet) in the file */
	GArray *marks;   /* PdfMark */
	GArray *annotations; /* object numbers of link annotations */
	int box[4];      /* millipoints, PDF's own axes, of a figure on its first page; box[2] < box[0]: none */
} PdfElement;

typedef struct {
	int object, contents;
	GPtrArray *elements;  /* by MCID: const AreaStructure */
	GArray *annotations;  /* object numbers */
	GHashTable *fonts, *pictures; /* PdfFont -> used here; object number of picture */
	GHashTable *alphas;   /* opacity in 1/255 */
} PdfPage;

typedef struct PdfWriter {
	const AreaTree *tree;
	const PdfOptions *options;
	Diagnostics *d;
	PdfFile *file;
	GHashTable *elements; /* const AreaStructure -> PdfElement */
	GHashTable *fonts;    /* const AreaFont -> PdfFont */
	GHashTable *pictures; /* digest -> PdfPicture */
	GPtrArray *pages;     /* PdfPage */
	GPtrArray *parents;   /* rows of the parent tree behind those of the pages: const AreaStructure of each annotation */
	int catalog, page_root, structure_root;
} PdfWriter;

PdfElement *pdf_element(PdfWriter *w, const AreaStructure *s);

/* font.c */
PdfFont *pdf_font(PdfWriter *w, const AreaFont *font);
int pdf_font_number(const PdfFont *f);
/* Notes that glyph stands for text (of length bytes, not NUL-terminated). FALSE: it stands for something else already, use ActualText. */
gboolean pdf_font_use(PdfFont *f, guint glyph, const char *text, gsize length);
double pdf_font_width(const PdfFont *f, guint glyph); /* in thousandths of the size */
void pdf_font_write(PdfWriter *w, PdfFont *f);
const AreaFont *pdf_font_face(const PdfFont *f);
int pdf_font_compare(gconstpointer a, gconstpointer b);
void pdf_font_free(gpointer f);

/* content.c: one page's content stream and annotations. */
void pdf_content_write(PdfWriter *w, guint page);

/* look.c: see PdfOptions; content is the page's own stream. */
char *pdf_page_look(const PdfWriter *w, guint page, const GString *content);

/* picture.c: the XObject of a picture; 0 after reporting. */
typedef struct {
	int object;
	int width, height; /* in pixels, the right way up; it is drawn in a unit: an image 1 x 1, a form its own box, in user units */
	int orientation;   /* see ImageInfo; 0: none */
	gboolean form;
	double box_width, box_height;
} PdfPicture;
const PdfPicture *pdf_picture(PdfWriter *w, const AreaPicture *picture);

/* svg.c: the drawing as content operators, when it holds nothing but what we draw ourselves; else FALSE. */
typedef struct {
	GString *content;
	GHashTable *alphas, *fonts; /* as those of a page */
	double width, height;       /* of the drawing's box, in its own units */
} PdfDrawing;
gboolean pdf_svg_draw(PdfWriter *w, GBytes *bytes, PdfDrawing *drawing);

/* foreign.c: any other drawing, through librsvg; FALSE when it is no SVG or the library is not installed. Sets the object and the box. */
gboolean pdf_foreign_draw(PdfWriter *w, GBytes *svg, PdfPicture *p);

/* structure.c */
int pdf_structure_write(PdfWriter *w, int *parent_tree);

/* metadata.c */
int pdf_metadata_write(PdfWriter *w);
int pdf_info_write(PdfWriter *w);
int pdf_outline_write(PdfWriter *w);
void pdf_append_destination(PdfWriter *w, GString *s, const char *id); /* "[page /XYZ x y null]" or "null" */
void pdf_append_page_labels(PdfWriter *w, GString *s);
void pdf_append_fonts(GString *s, GHashTable *fonts);    /* the /Font entry, or nothing */
void pdf_append_alphas(GString *s, GHashTable *alphas); /* the /ExtGState entry, or nothing */

#endif
