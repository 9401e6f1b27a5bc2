/* Inside the PDF room: the objects of a file, and the file itself (ISO 32000-1, 7.5: object streams and a cross-reference stream).
 *
 * libqpdf reads and checks files for us (check.c); for writing it costs a third of a whole build (2,000 structure elements: 24 ms to make,
 * 28 ms to write, against 1 ms here, measured), so the few rules of 7.5 are kept here. */
#ifndef ROTONDE_PDF_FILE_H
#define ROTONDE_PDF_FILE_H

#include <glib.h>

typedef struct PdfFile PdfFile;

PdfFile *pdf_file_new(gboolean quick); /* quick: streams are compressed little */
void pdf_file_free(PdfFile *f);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfFile, pdf_file_free)

/* A number for an object that is set later. */
int pdf_file_reserve(PdfFile *f);
/* The object's text ("<< ... >>"), taken over. */
void pdf_file_set(PdfFile *f, int number, GString *text);
int pdf_file_add(PdfFile *f, GString *text);
/* A stream: dictionary holds its entries but for /Length and /Filter; compressed when compress. Copies data. */
void pdf_file_set_stream(PdfFile *f, int number, const char *dictionary, const void *data, gsize size, gboolean compress);

/* The whole file; /ID is a digest of its content, so that the same content gives the same bytes. The caller's. */
GBytes *pdf_file_finish(PdfFile *f, int root, int info);

/* Pieces of syntax. */
void pdf_append_points(GString *s, gint64 millipoints); /* "12.345", no exponent, no locale; a space behind it */
void pdf_append_number(GString *s, double value);        /* at most four decimals; a space behind it */
void pdf_append_text(GString *s, const char *utf8);      /* a text string, literal or UTF-16 */
void pdf_append_name(GString *s, const char *name);      /* with its slash, escaped */

#endif
