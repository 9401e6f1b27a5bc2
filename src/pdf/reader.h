/* Inside the PDF room: reading a finished file (ISO 32000-1, 7.2 to 7.5), strictly.
 *
 * Every object is read when the file is opened, streams are decoded when they are asked for. What this reader does not take (encryption,
 * predictors, filters other than FlateDecode in the file's own structure, anything that is damaged) libqpdf, loaded then, first writes
 * anew as a plain file in memory, and that is read. Nothing of a file is believed: offsets, counts, lengths and depths are checked, and nothing is
 * read over and over: what is read of a file is no more than there is of it. */
#ifndef ROTONDE_PDF_READER_H
#define ROTONDE_PDF_READER_H

#include "base/diagnostic.h"

typedef enum { PDF_NULL, PDF_BOOLEAN, PDF_INTEGER, PDF_REAL, PDF_STRING, PDF_NAME, PDF_ARRAY, PDF_DICTIONARY, PDF_STREAM, PDF_REFERENCE } PdfKind;

typedef struct PdfObject PdfObject;
typedef struct PdfEntry PdfEntry;

struct PdfObject {
	PdfKind kind;
	guint32 length; /* bytes of a string or name, items of an array, entries of a dictionary or of a stream's */
	union {
		gint64 integer; /* PDF_INTEGER, PDF_BOOLEAN; PDF_REFERENCE: the object's number */
		double real;
		const char *text; /* PDF_STRING, PDF_NAME (without its slash): also ends in a NUL */
		PdfObject *items;
		PdfEntry *entries; /* PDF_DICTIONARY, PDF_STREAM */
	} u;
	const char *data; /* PDF_STREAM: as it stands in the file ... */
	gsize size;       /* ... and how many bytes of it */
};

struct PdfEntry {
	const char *key; /* without its slash */
	PdfObject value;
};

typedef struct PdfReader PdfReader;

/* The file as it stands, without libqpdf's help; NULL when it wants that. */
PdfReader *pdf_reader_read(GBytes *file);

/* NULL after reporting: it is no PDF or too damaged, it takes longer than a file may, or libqpdf is wanted and not there. The reader keeps the bytes. */
PdfReader *pdf_reader_open(GBytes *file, const char *name, Diagnostics *d);
void pdf_reader_free(PdfReader *r);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfReader, pdf_reader_free)

/* The bytes that were read: of the file, or as libqpdf has written it anew. Objects in them do not overlap. Borrowed. */
GBytes *pdf_reader_file(const PdfReader *r);

/* The file was encrypted (libqpdf has undone it). */
gboolean pdf_reader_is_encrypted(const PdfReader *r);

/* Objects are borrowed from the reader; never NULL: what is not there is a null object. References are followed. */
const PdfObject *pdf_reader_root(const PdfReader *r);
guint pdf_reader_page_count(const PdfReader *r);
const PdfObject *pdf_reader_page(const PdfReader *r, guint i, int *number); /* number, when not NULL: its object's */

/* The value of a key of a dictionary or a stream's; the item of an array. number, when not NULL: of the object, when it is a reference; else 0. */
const PdfObject *pdf_object_key(const PdfReader *r, const PdfObject *o, const char *key, int *number);
const PdfObject *pdf_object_item(const PdfReader *r, const PdfObject *o, guint i, int *number);
static inline guint pdf_object_length(const PdfObject *o)
{
	return o->kind == PDF_ARRAY ? o->length : 0;
}
/* NULL when it is no name. */
static inline const char *pdf_object_name(const PdfObject *o)
{
	return o->kind == PDF_NAME ? o->u.text : NULL;
}
/* A text string as UTF-8 (7.9.2.2); NULL when it is no string. The caller's. */
char *pdf_object_text(const PdfObject *o);

/* A stream's data, decoded; NULL when it is no stream, or has a filter that is not FlateDecode. The caller's. */
GBytes *pdf_object_data(const PdfReader *r, const PdfObject *o);

#endif
