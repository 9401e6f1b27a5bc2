/* Drawings with more in them than we draw ourselves (gradients, style sheets, masks): librsvg and cairo make a PDF page of them, and that page becomes a form
 * XObject of ours. Both libraries are loaded only when such a drawing comes by. */
#include "pdf/writer.h"

#include "pdf/qpdf.h"

#include <cairo-pdf.h>
#include <dlfcn.h>
#include <librsvg/rsvg.h>
#include <stdlib.h>
#include <string.h>

#define RSVG_FUNCTIONS(F) F(rsvg_handle_new_from_data) F(rsvg_handle_render_document) F(rsvg_handle_get_intrinsic_size_in_pixels) F(rsvg_handle_get_intrinsic_dimensions)
#define CAIRO_FUNCTIONS(F) \
	F(cairo_pdf_surface_create_for_stream) F(cairo_pdf_surface_set_metadata) F(cairo_create) F(cairo_destroy) F(cairo_surface_finish) \
	F(cairo_surface_destroy) F(cairo_surface_status)

typedef struct {
#define MEMBER(name) __typeof__(name) *name;
	RSVG_FUNCTIONS(MEMBER)
	CAIRO_FUNCTIONS(MEMBER)
#undef MEMBER
} Drawer;

static gboolean drawer_load(Drawer *f)
{
	void *rsvg = dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL), *cairo = dlopen("libcairo.so.2", RTLD_NOW | RTLD_LOCAL);

	if (rsvg == NULL || cairo == NULL)
		return FALSE;
#define LOAD(library, name) \
	f->name = (__typeof__(name) *)dlsym(library, #name); \
	if (f->name == NULL) \
		return FALSE;
#define LOAD_RSVG(name) LOAD(rsvg, name)
#define LOAD_CAIRO(name) LOAD(cairo, name)
	RSVG_FUNCTIONS(LOAD_RSVG)
	CAIRO_FUNCTIONS(LOAD_CAIRO)
	return TRUE;
}

static cairo_status_t append_bytes(void *closure, const unsigned char *data, unsigned int length)
{
	g_byte_array_append(closure, data, length);
	return CAIRO_STATUS_SUCCESS;
}

/* Size in user units: the drawing's own, else its view box. */
static gboolean read_size(const Drawer *f, RsvgHandle *handle, double *width, double *height)
{
	gboolean has_width, has_height, has_box;
	RsvgLength w, h;
	RsvgRectangle box;

	if (f->rsvg_handle_get_intrinsic_size_in_pixels(handle, width, height) && *width > 0 && *height > 0)
		return TRUE;
	f->rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &w, &has_height, &h, &has_box, &box);
	if (!has_box || box.width <= 0 || box.height <= 0)
		return FALSE;
	*width = box.width;
	*height = box.height;
	return TRUE;
}

/* The drawing as a PDF of one page; NULL when it cannot be read. */
static GBytes *draw(const Drawer *f, GBytes *svg, double *width, double *height)
{
	gsize size;
	const guint8 *data = g_bytes_get_data(svg, &size);
	g_autoptr(GError) error = NULL;
	RsvgHandle *handle = f->rsvg_handle_new_from_data(data, size, &error);
	GByteArray *bytes = g_byte_array_new();
	gboolean drawn = FALSE;

	if (handle != NULL && read_size(f, handle, width, height)) {
		cairo_surface_t *surface = f->cairo_pdf_surface_create_for_stream(append_bytes, bytes, *width, *height);
		cairo_t *cairo = f->cairo_create(surface);
		RsvgRectangle viewport = {0, 0, *width, *height};
		f->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
		drawn = f->rsvg_handle_render_document(handle, cairo, &viewport, &error);
		f->cairo_destroy(cairo);
		f->cairo_surface_finish(surface);
		drawn = drawn && f->cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
		f->cairo_surface_destroy(surface);
	}
	g_clear_object(&handle);
	if (drawn)
		return g_byte_array_free_to_bytes(bytes);
	g_byte_array_unref(bytes);
	return NULL;
}

/* ---- taking over the objects of another file ---- */

typedef struct {
	PdfWriter *w;
	const Qpdf *f;
	qpdf_data q;
	GHashTable *numbers; /* object number there -> object number here */
} Import;

static void append_object(Import *i, GString *s, qpdf_oh o, int depth);

static void append_entries(Import *i, GString *s, qpdf_oh dictionary, int depth, gboolean of_stream)
{
	g_auto(GStrv) keys = qpdf_keys(i->f, i->q, dictionary);

	for (char **key = keys; *key != NULL; key++) {
		if (of_stream && (strcmp(*key, "/Length") == 0 || strcmp(*key, "/Filter") == 0 || strcmp(*key, "/DecodeParms") == 0))
			continue;
		g_string_append_printf(s, "%s ", *key);
		append_object(i, s, i->f->qpdf_oh_get_key(i->q, dictionary, *key), depth + 1);
		g_string_append_c(s, ' ');
	}
}

static void import_stream(Import *i, int number, qpdf_oh stream)
{
	g_autoptr(GString) dictionary = g_string_new(NULL);
	unsigned char *data = NULL;
	size_t size = 0;
	QPDF_BOOL filtered;

	append_entries(i, dictionary, i->f->qpdf_oh_get_dict(i->q, stream), 0, TRUE);
	i->f->qpdf_oh_get_stream_data(i->q, stream, qpdf_dl_generalized, &filtered, &data, &size);
	pdf_file_set_stream(i->w->file, number, dictionary->str, data, size, TRUE);
	free(data);
}

static int import_object(Import *i, qpdf_oh o)
{
	int there = i->f->qpdf_oh_get_object_id(i->q, o);
	int here = GPOINTER_TO_INT(g_hash_table_lookup(i->numbers, GINT_TO_POINTER(there)));

	if (here != 0)
		return here;
	here = pdf_file_reserve(i->w->file);
	g_hash_table_insert(i->numbers, GINT_TO_POINTER(there), GINT_TO_POINTER(here));
	if (i->f->qpdf_oh_is_stream(i->q, o)) {
		import_stream(i, here, o);
	} else {
		GString *s = g_string_new(NULL);
		if (i->f->qpdf_oh_is_dictionary(i->q, o)) {
			g_string_append(s, "<< ");
			append_entries(i, s, o, 0, FALSE);
			g_string_append(s, ">>");
		} else {
			g_string_append(s, "null");
		}
		pdf_file_set(i->w->file, here, s);
	}
	return here;
}

static void append_object(Import *i, GString *s, qpdf_oh o, int depth)
{
	if (depth > 32) {
		g_string_append(s, "null");
	} else if (i->f->qpdf_oh_is_indirect(i->q, o)) {
		g_string_append_printf(s, "%d 0 R", import_object(i, o));
	} else if (i->f->qpdf_oh_is_dictionary(i->q, o)) {
		g_string_append(s, "<< ");
		append_entries(i, s, o, depth, FALSE);
		g_string_append(s, ">>");
	} else if (i->f->qpdf_oh_is_array(i->q, o)) {
		int n = i->f->qpdf_oh_get_array_n_items(i->q, o);
		g_string_append(s, "[");
		for (int k = 0; k < n; k++) {
			append_object(i, s, i->f->qpdf_oh_get_array_item(i->q, o, k), depth + 1);
			g_string_append_c(s, ' ');
		}
		g_string_append(s, "]");
	} else {
		g_string_append(s, i->f->qpdf_oh_unparse(i->q, o));
	}
}

static void import_page(Import *i, int number, double width, double height)
{
	qpdf_oh page = i->f->qpdf_get_page_n(i->q, 0), resources = i->f->qpdf_oh_get_key(i->q, page, "/Resources");
	g_autoptr(GString) dictionary = g_string_new("/Type /XObject /Subtype /Form /BBox [0 0 ");
	unsigned char *data = NULL;
	size_t size = 0;

	pdf_append_number(dictionary, width);
	pdf_append_number(dictionary, height);
	g_string_append(dictionary, "] /Group << /S /Transparency /CS /DeviceRGB >> /Resources << ");
	append_entries(i, dictionary, resources, 0, FALSE);
	g_string_append(dictionary, ">>");
	i->f->qpdf_oh_get_page_content_data(i->q, page, &data, &size);
	pdf_file_set_stream(i->w->file, number, dictionary->str, data, size, TRUE);
	free(data);
}

gboolean pdf_foreign_draw(PdfWriter *w, GBytes *svg, PdfPicture *p)
{
	Drawer drawer;
	Qpdf f;
	Import i = {.w = w, .f = &f};
	g_autoptr(GBytes) page = NULL;

	if (!drawer_load(&drawer) || !qpdf_load(&f))
		return FALSE;
	page = draw(&drawer, svg, &p->box_width, &p->box_height);
	i.q = page != NULL ? qpdf_start(&f, "drawing", page) : NULL;
	if (i.q == NULL || f.qpdf_get_num_pages(i.q) != 1)
		return FALSE;
	i.numbers = g_hash_table_new(NULL, NULL);
	import_page(&i, p->object, p->box_width, p->box_height);
	g_hash_table_unref(i.numbers);
	qpdf_end(&f, i.q);
	return TRUE;
}
