/* Inside the PDF room: libqpdf, for reading. It is loaded when it is needed: linked in, it costs every start of the program 4 ms. */
#ifndef ROTONDE_PDF_QPDF_H
#define ROTONDE_PDF_QPDF_H

#include <glib.h>
#include <qpdf/qpdf-c.h>

/* Every function of libqpdf that we call. */
#define QPDF_FUNCTIONS(F) \
	F(qpdf_init) F(qpdf_cleanup) F(qpdf_read_memory) F(qpdf_silence_errors) F(qpdf_set_suppress_warnings) F(qpdf_is_encrypted) F(qpdf_get_root) \
	F(qpdf_get_num_pages) F(qpdf_get_page_n) F(qpdf_oh_get_key) F(qpdf_oh_get_key_if_dict) F(qpdf_oh_is_dictionary) F(qpdf_oh_is_array) F(qpdf_oh_is_name) F(qpdf_oh_is_integer) \
	F(qpdf_oh_is_stream) F(qpdf_oh_is_null) F(qpdf_oh_is_string) F(qpdf_oh_is_indirect) F(qpdf_oh_get_name) F(qpdf_oh_get_utf8_value) \
	F(qpdf_oh_get_int_value_as_int) F(qpdf_oh_get_bool_value) F(qpdf_oh_get_array_n_items) F(qpdf_oh_get_array_item) F(qpdf_oh_get_object_id) \
	F(qpdf_get_trailer) F(qpdf_get_object_by_id) F(qpdf_oh_release_all) F(qpdf_oh_get_dict) F(qpdf_oh_get_stream_data) F(qpdf_oh_get_page_content_data) F(qpdf_oh_begin_dict_key_iter) F(qpdf_oh_dict_more_keys) \
	F(qpdf_oh_dict_next_key) F(qpdf_oh_unparse) F(qpdf_init_write_memory) F(qpdf_set_object_stream_mode) F(qpdf_set_compress_streams) F(qpdf_set_decode_level) \
	F(qpdf_set_preserve_encryption) F(qpdf_set_preserve_unreferenced_objects) F(qpdf_write) F(qpdf_get_buffer_length) F(qpdf_get_buffer) F(qpdf_get_error) F(qpdf_has_error)

typedef struct {
#define MEMBER(name) __typeof__(name) *name;
	QPDF_FUNCTIONS(MEMBER)
#undef MEMBER
} Qpdf;

/* FALSE: it is not installed. */
gboolean qpdf_load(Qpdf *f);

/* Reads a file from memory. NULL when it is no PDF, or too damaged. End with qpdf_end. */
qpdf_data qpdf_start(const Qpdf *f, const char *name, GBytes *file);
void qpdf_end(const Qpdf *f, qpdf_data q);

typedef enum { QPDF_PLAIN, QPDF_DECRYPTED, QPDF_ENDLESS, QPDF_UNREADABLE } QpdfFate;

/* The file anew, with nothing packed, compressed (as far as libqpdf decodes it) or encrypted. NULL when it cannot be read, or not in time (a second of
 * processor time, and one more for every 8 MiB). In a process of its own, so that no file can hold this one up or bring it down. The caller's. */
GBytes *qpdf_rewrite(const Qpdf *f, const char *name, GBytes *file, QpdfFate *fate);

/* The keys of a dictionary, NULL-terminated. The caller's. */
char **qpdf_keys(const Qpdf *f, qpdf_data q, qpdf_oh dictionary);

#endif
