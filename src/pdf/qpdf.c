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
