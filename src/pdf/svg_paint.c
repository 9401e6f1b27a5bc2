/* Paint of SVG elements: presentation attributes and style="". */
#include "pdf/svg.h"

#include "base/xml.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PAINT_NONE = -1, PAINT_UNKNOWN = -2 };

static const struct {
	const char *name;
	int rgb;
} colours[] = {{"black", 0x000000}, {"white", 0xFFFFFF}, {"red", 0xFF0000},  {"green", 0x008000}, {"blue", 0x0000FF}, {"gray", 0x808080},
               {"grey", 0x808080},  {"yellow", 0xFFFF00}, {"orange", 0xFFA500}, {"silver", 0xC0C0C0}, {"navy", 0x000080}, {"teal", 0x008080}};

void svg_paint_start(SvgPaint *paint)
{
	*paint = (SvgPaint){.fill = 0,
	                    .stroke = PAINT_NONE,
	                    .fill_opacity = 1,
	                    .stroke_opacity = 1,
	                    .opacity = 1,
	                    .stroke_width = 1,
	                    .miter_limit = 4,
	                    .font_size = 16,
	                    .weight = 400};
}

static gint64 read_colour(const char *value, gint64 current)
{
	if (strcmp(value, "none") == 0 || strcmp(value, "transparent") == 0)
		return PAINT_NONE;
	if (strcmp(value, "currentColor") == 0)
		return current;
	if (*value == '#' && strlen(value) == 7)
		return strtol(value + 1, NULL, 16);
	if (*value == '#' && strlen(value) == 4) {
		long v = strtol(value + 1, NULL, 16);
		return (v >> 8 & 15) * 0x110000 | (v >> 4 & 15) * 0x1100 | (v & 15) * 0x11;
	}
	if (g_str_has_prefix(value, "rgb(")) {
		const char *p = value + 4;
		double r, g, b;
		if (svg_read_number(&p, &r) && svg_read_number(&p, &g) && svg_read_number(&p, &b) && *p == ')')
			return (gint64)CLAMP(r, 0, 255) << 16 | (gint64)CLAMP(g, 0, 255) << 8 | (gint64)CLAMP(b, 0, 255);
	}
	for (guint i = 0; i < G_N_ELEMENTS(colours); i++)
		if (g_ascii_strcasecmp(value, colours[i].name) == 0)
			return colours[i].rgb;
	return PAINT_UNKNOWN;
}

static void read_into(const char *value, double *number)
{
	const char *p = value;
	double n;

	if (svg_read_number(&p, &n))
		*number = *p == '%' ? n / 100 : n;
}

static int find_word(const char *value, const char *const *words)
{
	for (int i = 0; words[i] != NULL; i++)
		if (strcmp(value, words[i]) == 0)
			return i;
	return 0;
}

static void read_dash(SvgPaint *paint, const char *value)
{
	g_autoptr(GString) s = g_string_new(NULL);
	double n;

	if (strcmp(value, "none") != 0)
		for (const char *p = value; svg_read_number(&p, &n) && n >= 0;)
			pdf_append_number(s, n);
	g_strlcpy(paint->dash, s->str, sizeof paint->dash);
}

static void read_weight(SvgPaint *paint, const char *value)
{
	if (strcmp(value, "bold") == 0)
		paint->weight = 700;
	else if (strcmp(value, "normal") == 0)
		paint->weight = 400;
	else if (g_ascii_isdigit(*value))
		paint->weight = CLAMP(atoi(value), 100, 900);
}

/* FALSE: a property that changes the picture and that we do not draw. */
static gboolean read_property(SvgPaint *paint, const char *name, const char *value)
{
	static const char *const caps[] = {"butt", "round", "square", NULL}, *const joins[] = {"miter", "round", "bevel", NULL};
	static const char *const anchors[] = {"start", "middle", "end", NULL};
	static const char *const foreign[] = {"filter", "mask", "clip-path", "mix-blend-mode", "marker", "marker-start", "marker-end", "marker-mid", NULL};

	if (strcmp(name, "fill") == 0)
		paint->fill = read_colour(value, paint->colour);
	else if (strcmp(name, "stroke") == 0)
		paint->stroke = read_colour(value, paint->colour);
	else if (strcmp(name, "color") == 0)
		paint->colour = MAX(read_colour(value, paint->colour), 0);
	else if (strcmp(name, "fill-opacity") == 0)
		read_into(value, &paint->fill_opacity);
	else if (strcmp(name, "stroke-opacity") == 0)
		read_into(value, &paint->stroke_opacity);
	else if (strcmp(name, "opacity") == 0)
		read_into(value, &paint->opacity);
	else if (strcmp(name, "stroke-width") == 0)
		read_into(value, &paint->stroke_width);
	else if (strcmp(name, "stroke-miterlimit") == 0)
		read_into(value, &paint->miter_limit);
	else if (strcmp(name, "stroke-linecap") == 0)
		paint->cap = find_word(value, caps);
	else if (strcmp(name, "stroke-linejoin") == 0)
		paint->join = find_word(value, joins);
	else if (strcmp(name, "stroke-dasharray") == 0)
		read_dash(paint, value);
	else if (strcmp(name, "stroke-dashoffset") == 0)
		read_into(value, &paint->dash_offset);
	else if (strcmp(name, "fill-rule") == 0)
		paint->even_odd = strcmp(value, "evenodd") == 0;
	else if (strcmp(name, "font-size") == 0)
		read_into(value, &paint->font_size);
	else if (strcmp(name, "font-family") == 0)
		g_strlcpy(paint->family, value, sizeof paint->family);
	else if (strcmp(name, "font-weight") == 0)
		read_weight(paint, value);
	else if (strcmp(name, "font-style") == 0)
		paint->italic = strcmp(value, "italic") == 0 || strcmp(value, "oblique") == 0;
	else if (strcmp(name, "text-anchor") == 0)
		paint->anchor = find_word(value, anchors);
	else if (strcmp(name, "display") == 0 || strcmp(name, "visibility") == 0)
		return strcmp(value, "none") != 0 && strcmp(value, "hidden") != 0;
	else
		return !g_strv_contains(foreign, name) || strcmp(value, "none") == 0;
	return paint->fill != PAINT_UNKNOWN && paint->stroke != PAINT_UNKNOWN;
}

void svg_paint_read(Svg *svg, const xmlNode *element, SvgPaint *paint)
{
	const char *style = xml_attribute(element, "style");

	paint->opacity = 1;
	for (const xmlAttr *a = element->properties; a != NULL; a = a->next)
		if (a->ns == NULL && a->children != NULL && !read_property(paint, (const char *)a->name, (const char *)a->children->content))
			svg->failed = TRUE;
	if (style != NULL) {
		g_auto(GStrv) rows = g_strsplit(style, ";", -1);
		for (char **row = rows; *row != NULL; row++) {
			char *colon = strchr(*row, ':');
			if (colon == NULL)
				continue;
			*colon = '\0';
			if (!read_property(paint, g_strstrip(*row), g_strstrip(colon + 1)))
				svg->failed = TRUE;
		}
	}
}

static void append_rgb(GString *s, gint64 colour, const char *operator)
{
	for (int shift = 16; shift >= 0; shift -= 8)
		pdf_append_number(s, (double)((colour >> shift) & 0xFF) / 255.0);
	g_string_append(s, operator);
}

void svg_paint_append(Svg *svg, const SvgPaint *paint)
{
	double opacity = paint->opacity * (paint->fill >= 0 ? paint->fill_opacity : paint->stroke_opacity);
	guint alpha = (guint)(CLAMP(opacity, 0, 1) * 255 + 0.5);

	if (paint->fill >= 0 && paint->stroke >= 0 && fabs(paint->fill_opacity - paint->stroke_opacity) > 1e-6)
		svg->failed = TRUE; /* one graphics state cannot say it */
	if (alpha < 255) {
		g_hash_table_add(svg->alphas, GUINT_TO_POINTER(alpha));
		g_string_append_printf(svg->s, "/A%u gs ", alpha);
	}
	if (paint->fill >= 0)
		append_rgb(svg->s, paint->fill, "rg ");
	if (paint->stroke < 0)
		return;
	append_rgb(svg->s, paint->stroke, "RG ");
	pdf_append_number(svg->s, paint->stroke_width);
	g_string_append_printf(svg->s, "w %d J %d j ", paint->cap, paint->join);
	pdf_append_number(svg->s, MAX(paint->miter_limit, 1));
	g_string_append(svg->s, "M ");
	if (*paint->dash != '\0') {
		g_string_append_printf(svg->s, "[%s] ", paint->dash);
		pdf_append_number(svg->s, paint->dash_offset);
		g_string_append(svg->s, "d ");
	}
}

const char *svg_paint_operator(const SvgPaint *paint)
{
	gboolean stroke = paint->stroke >= 0 && paint->stroke_width > 0;

	if (paint->fill >= 0)
		return stroke ? (paint->even_odd ? "B*" : "B") : (paint->even_odd ? "f*" : "f");
	return stroke ? "S" : "n";
}
