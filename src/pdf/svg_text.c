/* Text in drawings, in the faces that the document itself uses. */
#include "pdf/svg.h"

#include "base/xml.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	double x, y;
} Pen;

/* The face of the document nearest to what is asked: family first, then slope, then weight. */
static const AreaFont *find_face(const Svg *svg, const SvgPaint *paint)
{
	const GPtrArray *fonts = svg->w->tree->fonts;
	const AreaFont *best = NULL;
	int best_cost = G_MAXINT;

	for (guint i = 0; fonts != NULL && i < fonts->len; i++) {
		const AreaFont *f = fonts->pdata[i];
		const char *at = strstr(paint->family, f->family);
		int cost = (at == NULL ? 100000 : (int)(at - paint->family) * 1000) + (f->italic != paint->italic ? 50000 : 0) + abs(f->weight - paint->weight);
		if (cost < best_cost) {
			best_cost = cost;
			best = f;
		}
	}
	return best;
}

static void append_glyphs(Svg *svg, PdfFont *font, const char *text, const hb_glyph_info_t *info, guint count)
{
	for (guint i = 0; i < count; i++) {
		gsize end = i + 1 < count ? info[i + 1].cluster : strlen(text);
		pdf_font_use(font, info[i].codepoint, text + info[i].cluster, end > info[i].cluster ? end - info[i].cluster : 0);
		g_string_append_printf(svg->s, "%04X", info[i].codepoint);
	}
}

static void draw_run(Svg *svg, const char *text, const SvgPaint *paint, Pen *pen)
{
	const AreaFont *face = find_face(svg, paint);
	hb_buffer_t *buffer;
	hb_font_t *font;
	hb_glyph_info_t *info;
	guint count;
	double width = 0;
	PdfFont *pdf;

	if (face == NULL || paint->fill < 0) {
		svg->failed |= face == NULL;
		return;
	}
	pdf = pdf_font(svg->w, face);
	font = hb_font_create(face->face);
	buffer = hb_buffer_create();
	hb_buffer_add_utf8(buffer, text, -1, 0, -1);
	hb_buffer_guess_segment_properties(buffer);
	hb_shape(font, buffer, NULL, 0);
	info = hb_buffer_get_glyph_infos(buffer, &count);
	for (guint i = 0; i < count; i++)
		width += pdf_font_width(pdf, info[i].codepoint) * paint->font_size / 1000;
	g_hash_table_add(svg->fonts, pdf);
	g_string_append(svg->s, "q ");
	SvgPaint filled = *paint;
	filled.stroke = -1;
	svg_paint_append(svg, &filled);
	g_string_append_printf(svg->s, "BT /F%d ", pdf_font_number(pdf));
	pdf_append_number(svg->s, paint->font_size);
	g_string_append(svg->s, "Tf 1 0 0 -1 ");
	pdf_append_number(svg->s, pen->x - width * paint->anchor / 2);
	pdf_append_number(svg->s, pen->y);
	g_string_append(svg->s, "Tm <");
	append_glyphs(svg, pdf, text, info, count);
	g_string_append(svg->s, "> Tj ET Q\n");
	pen->x += width;
	hb_buffer_destroy(buffer);
	hb_font_destroy(font);
}

static void read_position(const xmlNode *element, const char *absolute, const char *relative, double *value)
{
	const char *p = xml_attribute(element, absolute), *q = xml_attribute(element, relative);
	double n;

	if (p != NULL && svg_read_number(&p, &n))
		*value = n;
	if (q != NULL && svg_read_number(&q, &n))
		*value += n;
}

static void draw_children(Svg *svg, const xmlNode *element, const SvgPaint *paint, Pen *pen)
{
	read_position(element, "x", "dx", &pen->x);
	read_position(element, "y", "dy", &pen->y);
	for (const xmlNode *n = element->children; n != NULL; n = n->next) {
		if (n->type == XML_TEXT_NODE && n->content != NULL) {
			g_autofree char *text = g_strdup((const char *)n->content);
			g_strdelimit(text, "\t\r\n", ' ');
			if (n->prev == NULL)
				g_strchug(text);
			if (n->next == NULL)
				g_strchomp(text);
			if (*text != '\0')
				draw_run(svg, text, paint, pen);
		} else if (xml_is(n, "tspan")) {
			SvgPaint own = *paint;
			svg_paint_read(svg, n, &own);
			own.opacity *= paint->opacity;
			draw_children(svg, n, &own, pen);
		} else if (n->type == XML_ELEMENT_NODE && !xml_is(n, "title") && !xml_is(n, "desc")) {
			svg->failed = TRUE;
		}
	}
}

void svg_draw_text(Svg *svg, const xmlNode *text, const SvgPaint *paint)
{
	Pen pen = {0, 0};

	draw_children(svg, text, paint, &pen);
}
