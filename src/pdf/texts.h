/* Every text of a finished PDF, for who looks for something in it. */
#ifndef ROTONDE_PDF_TEXTS_H
#define ROTONDE_PDF_TEXTS_H

#include "base/diagnostic.h"

typedef struct {
	guint page;       /* what is shown on this page, from 1; 0: what stands elsewhere in the file */
	const char *key;  /* elsewhere: the key it stands under ("Title", "Alt", "URI", "Metadata", "EmbeddedFile", "EXIF"); NULL on a page */
	const char *text; /* UTF-8, but for embedded files and what pictures hold, which are bytes */
	gsize size;
} PdfText;

/* Shown text is decoded by the fonts' ToUnicode maps in the order of the content streams (forms inside included), an ActualText in the place of
 * what it covers; a line end where the text goes to another height, a * where it is set anew on the same, a hyphen where a soft one is shown.
 * Then every string and name of every object, XMP, embedded files and the metadata of JPEG pictures. FALSE after reporting: it could not be read. */
gboolean pdf_texts(GBytes *file, const char *name, void (*found)(const PdfText *text, gpointer data), gpointer data, Diagnostics *d);

#endif
