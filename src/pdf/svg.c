/* Static SVG to content operators: elements and transforms. */
#include "pdf/svg.h"

#include "base/image.h"

#include <math.h>
#include <string.h>

static double number_of(const xmlNode *element, const char *name, double otherwise)
{
	const char *p = xml_attribute(element, name);
	double value;

	return p != NULL && svg_read_number(&p, &value) ? value : otherwise;
}

/* ---- shapes: one function each, all with the same form ---- */

static void shape_rect(GString *s, const xmlNode *e)
{
	double x = number_of(e, "x", 0), y = number_of(e, "y", 0), width = number_of(e, "width", 0), height = number_of(e, "height", 0);
	double rx = number_of(e, "rx", number_of(e, "ry", 0)), ry = number_of(e, "ry", rx);
	const double k = 1 - 0.5522847;
	g_autoptr(GString) path = NULL;

	if (width <= 0 || height <= 0)
		return;
	rx = MIN(rx, width / 2);
	ry = MIN(ry, height / 2);
	if (rx <= 0 || ry <= 0) {
		pdf_append_number(s, x);
		pdf_append_number(s, y);
		pdf_append_number(s, width);
		pdf_append_number(s, height);
		g_string_append(s, "re ");
		return;
	}
	const double right = x + width, bottom = y + height;
	const double points[][6] = {{right - rx * k, y, right, y + ry * k, right, y + ry},
	                            {right, bottom - ry * k, right - rx * k, bottom, right - rx, bottom},
	                            {x + rx * k, bottom, x, bottom - ry * k, x, bottom - ry},
	                            {x, y + ry * k, x + rx * k, y, x + rx, y}};
	const double lines[][2] = {{right - rx, y}, {right, bottom - ry}, {x + rx, bottom}, {x, y + ry}};
	pdf_append_number(s, x + rx);
	pdf_append_number(s, y);
	g_string_append(s, "m ");
	for (int i = 0; i < 4; i++) {
		pdf_append_number(s, lines[i][0]);
		pdf_append_number(s, lines[i][1]);
		g_string_append(s, "l ");
		for (int j = 0; j < 6; j++)
			pdf_append_number(s, points[i][j]);
		g_string_append(s, "c ");
	}
	g_string_append(s, "h ");
}

static void shape_circle(GString *s, const xmlNode *e)
{
	double r = number_of(e, "r", 0);

	if (r > 0)
		svg_append_ellipse(s, number_of(e, "cx", 0), number_of(e, "cy", 0), r, r);
}

static void shape_ellipse(GString *s, const xmlNode *e)
{
	double rx = number_of(e, "rx", 0), ry = number_of(e, "ry", 0);

	if (rx > 0 && ry > 0)
		svg_append_ellipse(s, number_of(e, "cx", 0), number_of(e, "cy", 0), rx, ry);
}

static void shape_line(GString *s, const xmlNode *e)
{
	pdf_append_number(s, number_of(e, "x1", 0));
	pdf_append_number(s, number_of(e, "y1", 0));
	g_string_append(s, "m ");
	pdf_append_number(s, number_of(e, "x2", 0));
	pdf_append_number(s, number_of(e, "y2", 0));
	g_string_append(s, "l ");
}

static void shape_polyline(GString *s, const xmlNode *e)
{
	const char *p = xml_attribute(e, "points");
	gboolean first = TRUE;
	double x, y;

	while (p != NULL && svg_read_number(&p, &x) && svg_read_number(&p, &y)) {
		pdf_append_number(s, x);
		pdf_append_number(s, y);
		g_string_append(s, first ? "m " : "l ");
		first = FALSE;
	}
	if (!first && xml_is(e, "polygon"))
		g_string_append(s, "h ");
}

static void shape_path(GString *s, const xmlNode *e)
{
	const char *data = xml_attribute(e, "d");

	if (data != NULL)
		svg_append_path(s, data);
}

static const struct {
	const char *name;
	void (*append)(GString *s, const xmlNode *e);
} shapes[] = {{"rect", shape_rect},         {"circle", shape_circle},     {"ellipse", shape_ellipse}, {"line", shape_line},
              {"polyline", shape_polyline}, {"polygon", shape_polyline}, {"path", shape_path}};

/* ---- transforms (SVG 1.1, 7.6) ---- */

static gboolean matrix_of(const char *name, const double n[6], int count, double m[6])
{
	double a = n[0] * G_PI / 180;

	if (strcmp(name, "matrix") == 0 && count == 6) {
		memcpy(m, n, 6 * sizeof(double));
	} else if (strcmp(name, "translate") == 0 && count >= 1) {
		memcpy(m, (double[]){1, 0, 0, 1, n[0], count > 1 ? n[1] : 0}, 6 * sizeof(double));
	} else if (strcmp(name, "scale") == 0 && count >= 1) {
		memcpy(m, (double[]){n[0], 0, 0, count > 1 ? n[1] : n[0], 0, 0}, 6 * sizeof(double));
	} else if (strcmp(name, "rotate") == 0 && (count == 1 || count == 3)) {
		double cx = count == 3 ? n[1] : 0, cy = count == 3 ? n[2] : 0;
		memcpy(m, (double[]){cos(a), sin(a), -sin(a), cos(a), cx - cos(a) * cx + sin(a) * cy, cy - sin(a) * cx - cos(a) * cy}, 6 * sizeof(double));
	} else if (strcmp(name, "skewX") == 0 && count == 1) {
		memcpy(m, (double[]){1, 0, tan(a), 1, 0, 0}, 6 * sizeof(double));
	} else if (strcmp(name, "skewY") == 0 && count == 1) {
		memcpy(m, (double[]){1, tan(a), 0, 1, 0, 0}, 6 * sizeof(double));
	} else {
		return FALSE;
	}
	return TRUE;
}

static gboolean append_transform(GString *s, const char *value)
{
	for (const char *p = value; *p != '\0';) {
		char name[16] = "";
		double n[6] = {0}, m[6];
		int length = 0, count = 0;
		while (g_ascii_isspace(*p) || *p == ',')
			p++;
		while (g_ascii_isalpha(*p) && length < 15)
			name[length++] = *p++;
		while (g_ascii_isspace(*p))
			p++;
		if (*p != '(')
			return *p == '\0' && length == 0;
		p++;
		while (count < 6 && svg_read_number(&p, &n[count]))
			count++;
		if (*p != ')' || !matrix_of(name, n, count, m))
			return FALSE;
		p++;
		for (int i = 0; i < 6; i++)
			pdf_append_number(s, m[i]);
		g_string_append(s, "cm ");
		while (g_ascii_isspace(*p))
			p++;
	}
	return TRUE;
}

/* ---- the tree ---- */

static void draw_element(Svg *svg, const xmlNode *e, const SvgPaint *inherited);

static void draw_group(Svg *svg, const xmlNode *e, const SvgPaint *paint)
{
	if (paint->opacity < 1) {
		svg->failed = TRUE; /* a group of its own transparency needs a form of its own */
		return;
	}
	for (const xmlNode *child = xml_first(e, NULL); child != NULL; child = xml_next(child, NULL))
		draw_element(svg, child, paint);
}

static void draw_shape(Svg *svg, const xmlNode *e, const SvgPaint *paint)
{
	for (guint i = 0; i < G_N_ELEMENTS(shapes); i++) {
		if (!xml_is(e, shapes[i].name))
			continue;
		svg_paint_append(svg, paint);
		shapes[i].append(svg->s, e);
		g_string_append(svg->s, svg_paint_operator(paint));
		g_string_append_c(svg->s, '\n');
		return;
	}
	svg->failed = TRUE;
}

static void draw_element(Svg *svg, const xmlNode *e, const SvgPaint *inherited)
{
	static const char *const silent[] = {"title", "desc", "metadata", NULL};
	const char *transform = xml_attribute(e, "transform");
	SvgPaint paint = *inherited;

	if (svg->failed || g_strv_contains(silent, (const char *)e->name))
		return;
	if (xml_is(e, "defs")) {
		svg->failed |= xml_first(e, NULL) != NULL;
		return;
	}
	svg_paint_read(svg, e, &paint);
	g_string_append(svg->s, "q ");
	if (transform != NULL && !append_transform(svg->s, transform))
		svg->failed = TRUE;
	if (xml_is(e, "g") || xml_is(e, "a"))
		draw_group(svg, e, &paint);
	else if (xml_is(e, "text"))
		svg_draw_text(svg, e, &paint);
	else
		draw_shape(svg, e, &paint);
	g_string_append(svg->s, "Q\n");
}

/* The box in user units, and the size of the drawing. */
static gboolean read_box(const xmlNode *root, double box[4])
{
	const char *view = xml_attribute(root, "viewBox");

	box[0] = box[1] = 0;
	box[2] = number_of(root, "width", 0);
	box[3] = number_of(root, "height", 0);
	if (view != NULL)
		for (int i = 0; i < 4; i++)
			if (!svg_read_number(&view, &box[i]))
				return FALSE;
	return box[2] > 0 && box[3] > 0;
}

gboolean pdf_svg_draw(PdfWriter *w, GBytes *bytes, PdfDrawing *drawing)
{
	g_autoptr(Diagnostics) ignored = diagnostics_new();
	g_autoptr(xmlDoc) doc = image_svg_parse(bytes, ignored);
	Svg svg = {.w = w, .s = drawing->content, .alphas = drawing->alphas, .fonts = drawing->fonts};
	const xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	SvgPaint paint;
	double box[4];

	if (root == NULL || !xml_is(root, "svg") || !read_box(root, box))
		return FALSE;
	svg_paint_start(&paint);
	svg_paint_read(&svg, root, &paint);
	drawing->width = box[2];
	drawing->height = box[3];
	g_string_append(svg.s, "1 0 0 -1 ");
	pdf_append_number(svg.s, -box[0]);
	pdf_append_number(svg.s, box[1] + box[3]);
	g_string_append(svg.s, "cm\n");
	draw_group(&svg, root, &paint);
	return !svg.failed;
}
