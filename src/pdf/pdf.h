/* Areas to a tagged PDF (ISO 32000-1, built to ISO 14289-1), and a checker of finished files. */
#ifndef ROTONDE_PDF_PDF_H
#define ROTONDE_PDF_PDF_H

#include "base/diagnostic.h"
#include "layout/area.h"

typedef struct {
	const char *producer;  /* "Rotonde" */
	gint64 date;           /* seconds since 1970 for CreationDate and ModDate; -1: none */
	GPtrArray *looks;      /* receives, a page, a text of the caller's that is another when the page looks otherwise; NULL: nobody asks */
	gboolean quick;        /* compressed little: a third of the work, a sixth larger */
} PdfOptions;

/* The whole file in memory; the same areas give the same bytes. NULL after reporting. The caller's. */
GBytes *pdf_write(const AreaTree *t, const PdfOptions *options, Diagnostics *d);

/* One page (from 0) as a file of its own, to be drawn before the whole is there: without links to other pages. look receives, the caller's, a text that is
 * another when the page looks otherwise; NULL when that is the one that is known. The caller's. */
GBytes *pdf_write_page(const AreaTree *t, guint page, const char *known, char **look);

/* The machine-checkable conditions of the Matterhorn protocol that apply: structure, fonts, metadata, links. Reports each that fails; name is the
 * file's name for messages. FALSE when the bytes are no PDF (reported). */
gboolean pdf_check(GBytes *file, const char *name, Diagnostics *d);

#endif
