/* Inside the PDF room: one run of the checker. libqpdf is loaded when it is needed: linked in, it costs every start of the program 4 ms. */
#ifndef ROTONDE_PDF_CHECK_H
#define ROTONDE_PDF_CHECK_H

#include "pdf/pdf.h"

#include <qpdf/qpdf-c.h>

/* Every function of libqpdf that we call. */
#define QPDF_FUNCTIONS(F) \
	F(qpdf_init) F(qpdf_cleanup) F(qpdf_read_memory) F(qpdf_silence_errors) F(qpdf_set_suppress_warnings) F(qpdf_is_encrypted) F(qpdf_get_root) \
	F(qpdf_get_num_pages) F(qpdf_get_page_n) F(qpdf_oh_get_key) F(qpdf_oh_has_key) F(qpdf_oh_is_dictionary) F(qpdf_oh_is_array) F(qpdf_oh_is_name) \
	F(qpdf_oh_is_integer) F(qpdf_oh_is_stream) F(qpdf_oh_is_null) F(qpdf_oh_is_string) F(qpdf_oh_get_name) F(qpdf_oh_get_utf8_value) \
	F(qpdf_oh_get_int_value_as_int) F(qpdf_oh_get_bool_value) F(qpdf_oh_get_array_n_items) F(qpdf_oh_get_array_item) F(qpdf_oh_get_object_id) \
	F(qpdf_oh_get_dict) F(qpdf_oh_get_stream_data) F(qpdf_oh_get_page_content_data) F(qpdf_oh_begin_dict_key_iter) F(qpdf_oh_dict_more_keys) \
	F(qpdf_oh_dict_next_key) F(qpdf_get_error) F(qpdf_has_error)

typedef struct {
#define MEMBER(name) __typeof__(name) *name;
	QPDF_FUNCTIONS(MEMBER)
#undef MEMBER
} Qpdf;

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
