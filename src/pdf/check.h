/* Inside the PDF room: one run of the checker. */
#ifndef ROTONDE_PDF_CHECK_H
#define ROTONDE_PDF_CHECK_H

#include "pdf/pdf.h"
#include "pdf/qpdf.h"

typedef enum {
#define CONDITION(id, key, en, nl) CONDITION_##id,
#include "pdf/conditions.def"
#undef CONDITION
	CONDITION_COUNT
} Condition;

typedef struct {
	const Qpdf *f;
	qpdf_data q;
	const char *name;
	Diagnostics *d;
	gboolean failed;
	GHashTable *reported; /* condition and its argument, once each */
	GHashTable *pages;    /* object number -> page number from 1 */
	GHashTable *marked;   /* page << 16 | mcid, of content that the structure tree claims */
	GHashTable *links;    /* object numbers of annotations that Link elements hold */
} PdfCheck;

void pdf_check_fail(PdfCheck *c, Condition condition, const char *about);
void pdf_check_fail_page(PdfCheck *c, Condition condition, int page);

/* Dictionary entry; a null object when there is none (also when o is no dictionary). */
qpdf_oh pdf_check_key(PdfCheck *c, qpdf_oh o, const char *key);
/* A name without its slash, or NULL. Borrowed until the next call into libqpdf. */
const char *pdf_check_name(PdfCheck *c, qpdf_oh o);
gboolean pdf_check_is_null(PdfCheck *c, qpdf_oh o);
/* Destination or action leads to a page of this file, or out of it by a URI. */
gboolean pdf_check_leads_somewhere(PdfCheck *c, qpdf_oh holder);

void pdf_check_structure(PdfCheck *c, qpdf_oh root);  /* check_structure.c */
void pdf_check_content(PdfCheck *c, int page, qpdf_oh o); /* check_content.c */

#endif
