/* libqpdf, loaded when a file is to be read. */
#include "pdf/qpdf.h"

#include <dlfcn.h>

gboolean qpdf_load(Qpdf *f)
{
	void *library = dlopen("libqpdf.so.29", RTLD_LAZY | RTLD_LOCAL);

	if (library == NULL)
		library = dlopen("libqpdf.so", RTLD_LAZY | RTLD_LOCAL);
	if (library == NULL)
		return FALSE;
#define LOAD(name) \
	f->name = (__typeof__(name) *)dlsym(library, #name); \
	if (f->name == NULL) \
		return FALSE;
	QPDF_FUNCTIONS(LOAD)
#undef LOAD
	return TRUE;
}

qpdf_data qpdf_start(const Qpdf *f, const char *name, GBytes *file)
{
	qpdf_data q = f->qpdf_init();
	gsize size;
	const char *data = g_bytes_get_data(file, &size);

	f->qpdf_silence_errors(q);
	f->qpdf_set_suppress_warnings(q, QPDF_TRUE);
	if ((f->qpdf_read_memory(q, name, data, size, NULL) & QPDF_ERRORS) == 0)
		return q;
	qpdf_end(f, q);
	return NULL;
}

void qpdf_end(const Qpdf *f, qpdf_data q)
{
	if (f->qpdf_has_error(q)) /* it prints an error that nobody asked for when it is cleaned up */
		f->qpdf_get_error(q);
	f->qpdf_cleanup(&q);
}

GBytes *qpdf_rewrite(const Qpdf *f, const char *name, GBytes *file, gboolean *encrypted)
{
	qpdf_data q = qpdf_start(f, name, file);
	GBytes *plain = NULL;

	if (q == NULL)
		return NULL;
	*encrypted = f->qpdf_is_encrypted(q) != 0;
	if ((f->qpdf_init_write_memory(q) & QPDF_ERRORS) == 0) {
		f->qpdf_set_object_stream_mode(q, qpdf_o_disable);
		f->qpdf_set_compress_streams(q, QPDF_FALSE);
		f->qpdf_set_decode_level(q, qpdf_dl_generalized);
		f->qpdf_set_preserve_encryption(q, QPDF_FALSE);
		if ((f->qpdf_write(q) & QPDF_ERRORS) == 0)
			plain = g_bytes_new(f->qpdf_get_buffer(q), f->qpdf_get_buffer_length(q));
	}
	qpdf_end(f, q);
	return plain;
}

char **qpdf_keys(const Qpdf *f, qpdf_data q, qpdf_oh dictionary)
{
	g_autoptr(GStrvBuilder) keys = g_strv_builder_new();

	if (f->qpdf_oh_is_dictionary(q, dictionary)) {
		f->qpdf_oh_begin_dict_key_iter(q, dictionary);
		while (f->qpdf_oh_dict_more_keys(q))
			g_strv_builder_add(keys, f->qpdf_oh_dict_next_key(q));
	}
	return g_strv_builder_end(keys);
}
