/* Inside the PDF room: one run of the checker. */
#ifndef ROTONDE_PDF_CHECK_H
#define ROTONDE_PDF_CHECK_H

#include "pdf/pdf.h"
#include "pdf/reader.h"

typedef enum {
#define CONDITION(id, key, en, nl) CONDITION_##id,
#include "pdf/conditions.def"
#undef CONDITION
	CONDITION_COUNT
} Condition;

typedef struct {
	const PdfReader *r;
	const char *name;
	Diagnostics *d;
	gboolean failed;
	GHashTable *reported; /* condition and its argument, once each */
	GHashTable *names;    /* GBytes -> destination (PdfObject), of the name tree */
	GHashTable *pages;    /* object number -> page number from 1 */
	GHashTable *marked;   /* pdf_check_mark, of content that the structure tree claims */
	gsize *content;       /* bytes of content that were looked through; atomic */
	GHashTable *glyphs;   /* font (PdfObject) -> how many glyphs it has; complete before content is looked through */
	GHashTable *links;    /* annotations (PdfObject) that Link elements hold */
} PdfCheck;

void pdf_check_fail(PdfCheck *c, Condition condition, const char *about);
void pdf_check_fail_page(PdfCheck *c, Condition condition, int page);

static inline const PdfObject *pdf_check_key(const PdfCheck *c, const PdfObject *o, const char *key)
{
	return pdf_object_key(c->r, o, key, NULL);
}

/* Marked content, as a key of a table: a page (from 1) has it under any number that a PDF can write. */
static inline gpointer pdf_check_mark(int page, gint64 mcid)
{
	return GSIZE_TO_POINTER((gsize)page << 32 | (guint32)CLAMP(mcid, 0, G_MAXUINT32));
}

void pdf_check_structure(PdfCheck *c);  /* check_structure.c */
/* check_content.c. A page's content by itself: c is changed by nothing but what fails. Every font's glyphs were counted before. */
void pdf_check_count_glyphs(PdfCheck *c, const PdfObject *font);
void pdf_check_content(PdfCheck *c, int page, const PdfObject *o);

#endif
