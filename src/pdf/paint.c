/* Backgrounds, borders, rules and pictures as content operators. */
#include "pdf/content.h"

void content_set_alpha(Content *c, guint32 colour)
{
	guint alpha = colour & 0xFF;

	if (alpha == 0xFF)
		return;
	g_hash_table_add(c->page->alphas, GUINT_TO_POINTER(alpha));
	g_string_append_printf(c->s, "/A%u gs ", alpha);
}

static void append_colour(GString *s, guint32 colour)
{
	for (int shift = 24; shift >= 8; shift -= 8)
		pdf_append_number(s, ((colour >> shift) & 0xFF) / 255.0);
}

void content_set_fill(Content *c, guint32 colour)
{
	if (c->fill_known && c->fill == colour)
		return;
	append_colour(c->s, colour);
	g_string_append(c->s, "rg\n");
	c->fill = colour;
	c->fill_known = TRUE;
}

void content_save(Content *c)
{
	g_string_append(c->s, "q\n");
}

void content_restore(Content *c)
{
	g_string_append(c->s, "Q\n");
	c->font = NULL;
	c->fill_known = FALSE;
}

void content_append_point(Content *c, int x, int y)
{
	pdf_append_points(c->s, x);
	pdf_append_points(c->s, c->height - y);
}

void content_append_rectangle(Content *c, int x, int y, int width, int height)
{
	content_append_point(c, x, y + height);
	pdf_append_points(c->s, width);
	pdf_append_points(c->s, height);
	g_string_append(c->s, "re ");
}

/* A quarter of an ellipse as a curve: control points at 0.5523 of the radius. */
static void append_curve(Content *c, const int p[6])
{
	content_append_point(c, p[0], p[1]);
	content_append_point(c, p[2], p[3]);
	content_append_point(c, p[4], p[5]);
	g_string_append(c->s, "c ");
}

static void append_rounded(Content *c, int x, int y, int width, int height, const int radius[4])
{
	int r[4], k[4], x1 = x + width, y1 = y + height;

	for (int i = 0; i < 4; i++) {
		r[i] = CLAMP(radius[i], 0, MIN(width, height) / 2);
		k[i] = (int)(r[i] * (1 - 0.5523));
	}
	content_append_point(c, x + r[0], y);
	g_string_append(c->s, "m ");
	content_append_point(c, x1 - r[1], y);
	g_string_append(c->s, "l ");
	append_curve(c, (int[]){x1 - k[1], y, x1, y + k[1], x1, y + r[1]});
	content_append_point(c, x1, y1 - r[2]);
	g_string_append(c->s, "l ");
	append_curve(c, (int[]){x1, y1 - k[2], x1 - k[2], y1, x1 - r[2], y1});
	content_append_point(c, x + r[3], y1);
	g_string_append(c->s, "l ");
	append_curve(c, (int[]){x + k[3], y1, x, y1 - k[3], x, y1 - r[3]});
	content_append_point(c, x, y + r[0]);
	g_string_append(c->s, "l ");
	append_curve(c, (int[]){x, y + k[0], x + k[0], y, x + r[0], y});
	g_string_append(c->s, "h ");
}

static gboolean is_rounded(const AreaBox *box)
{
	return box->radius[0] > 0 || box->radius[1] > 0 || box->radius[2] > 0 || box->radius[3] > 0;
}

static Rectangle border_rectangle(const Area *a)
{
	const AreaBox *b = a->box;
	int share = b->collapsed ? 2 : 1;
	int start = b->border[SIDE_START] / share + b->padding[SIDE_START], before = b->border[SIDE_BEFORE] / share + b->padding[SIDE_BEFORE];
	int end = b->border[SIDE_END] / share + b->padding[SIDE_END], after = b->border[SIDE_AFTER] / share + b->padding[SIDE_AFTER];

	return (Rectangle){a->x - start, a->y - before, a->ipd + start + end, a->bpd + before + after};
}

static void set_dash(Content *c, BorderStyle style, int thickness)
{
	if (style != BORDER_DASHED && style != BORDER_DOTTED)
		return;
	g_string_append_c(c->s, '[');
	pdf_append_points(c->s, style == BORDER_DOTTED ? 0 : 3 * thickness);
	pdf_append_points(c->s, 2 * thickness);
	g_string_append_printf(c->s, "] 0 d %s", style == BORDER_DOTTED ? "1 J " : "");
}

void content_stroke_line(Content *c, const Rectangle *from_to, BorderStyle style, int thickness, guint32 colour)
{
	content_save(c);
	content_set_alpha(c, colour);
	append_colour(c->s, colour);
	g_string_append(c->s, "RG ");
	pdf_append_points(c->s, style == BORDER_DOUBLE ? thickness / 3 : thickness);
	g_string_append(c->s, "w ");
	set_dash(c, style, thickness);
	for (int i = 0; i < (style == BORDER_DOUBLE ? 2 : 1); i++) {
		int shift = style == BORDER_DOUBLE ? (i == 0 ? -thickness / 3 : thickness / 3) : 0;
		gboolean upright = from_to->width == 0;
		content_append_point(c, from_to->x + (upright ? shift : 0), from_to->y + (upright ? 0 : shift));
		g_string_append(c->s, "m ");
		content_append_point(c, from_to->x + from_to->width + (upright ? shift : 0), from_to->y + from_to->height + (upright ? 0 : shift));
		g_string_append(c->s, "l S\n");
	}
	content_restore(c);
}

void content_fill(Content *c, const Rectangle *r, guint32 colour)
{
	gboolean seen_through = (colour & 0xFF) != 0xFF;

	if (seen_through)
		content_save(c);
	content_set_alpha(c, colour);
	content_set_fill(c, colour);
	content_append_rectangle(c, r->x, r->y, r->width, r->height);
	g_string_append(c->s, "f\n");
	if (seen_through)
		content_restore(c);
}

/* A third of the way to black, or to white. */
static guint32 shade(guint32 colour, gboolean light)
{
	guint32 shaded = colour & 0xFF;

	for (int shift = 8; shift <= 24; shift += 8) {
		guint32 part = (colour >> shift) & 0xFF;
		shaded |= (light ? part + (0xFF - part) / 3 : part - part / 3) << shift;
	}
	return shaded;
}

/* The light comes from above and from the left. */
static void draw_relief(Content *c, const Rectangle *bar, BorderStyle style, int side, guint32 colour)
{
	gboolean flat = side == SIDE_BEFORE || side == SIDE_AFTER, far = side == SIDE_AFTER || side == SIDE_END;
	Rectangle first = *bar, second = *bar;

	if (style == BORDER_INSET || style == BORDER_OUTSET) {
		content_fill(c, bar, shade(colour, far == (style == BORDER_INSET)));
		return;
	}
	*(flat ? &first.height : &first.width) /= 2;
	*(flat ? &second.y : &second.x) += flat ? first.height : first.width;
	*(flat ? &second.height : &second.width) -= flat ? first.height : first.width;
	content_fill(c, &first, shade(colour, style == BORDER_RIDGE));
	content_fill(c, &second, shade(colour, style == BORDER_GROOVE));
}

static void draw_borders(Content *c, const AreaBox *b, const Rectangle *r)
{
	for (int side = 0; side < 4; side++) {
		int t = b->border[side];
		gboolean flat = side == SIDE_BEFORE || side == SIDE_AFTER;
		Rectangle bar = {r->x, r->y, flat ? r->width : t, flat ? t : r->height};
		if (t <= 0 || b->border_style[side] == BORDER_NONE || (b->border_colour[side] & 0xFF) == 0)
			continue;
		if (side == SIDE_AFTER)
			bar.y = r->y + r->height - t;
		if (side == SIDE_END)
			bar.x = r->x + r->width - t;
		if (b->border_style[side] == BORDER_DASHED || b->border_style[side] == BORDER_DOTTED || b->border_style[side] == BORDER_DOUBLE) {
			Rectangle middle = {bar.x + (flat ? 0 : t / 2), bar.y + (flat ? t / 2 : 0), flat ? bar.width : 0, flat ? 0 : bar.height};
			content_stroke_line(c, &middle, b->border_style[side], t, b->border_colour[side]);
		} else if (b->border_style[side] == BORDER_SOLID) {
			content_fill(c, &bar, b->border_colour[side]);
		} else {
			draw_relief(c, &bar, b->border_style[side], side, b->border_colour[side]);
		}
	}
}

/* A rounded box with a border: one line of the width and colour of the before side, around. */
static void draw_rounded_border(Content *c, const AreaBox *b, const Rectangle *r)
{
	int t = b->border[SIDE_BEFORE], radius[4];

	if (t <= 0 || b->border_style[SIDE_BEFORE] == BORDER_NONE)
		return;
	for (int i = 0; i < 4; i++)
		radius[i] = MAX(b->radius[i] - t / 2, 0);
	content_save(c);
	content_set_alpha(c, b->border_colour[SIDE_BEFORE]);
	append_colour(c->s, b->border_colour[SIDE_BEFORE]);
	g_string_append(c->s, "RG ");
	pdf_append_points(c->s, t);
	g_string_append(c->s, "w ");
	append_rounded(c, r->x + t / 2, r->y + t / 2, r->width - t, r->height - t, radius);
	g_string_append(c->s, "S\n");
	content_restore(c);
}

void content_draw_picture(Content *c, const AreaPicture *picture, const Rectangle *r)
{
	/* Where the unit square goes, in parts of the rectangle's size: PDF's matrix, for each of EXIF's orientations. */
	static const signed char turns[][6] = {{1, 0, 0, 1, 0, 0},  {1, 0, 0, 1, 0, 0},   {-1, 0, 0, 1, 1, 0}, {-1, 0, 0, -1, 1, 1}, {1, 0, 0, -1, 0, 1},
	                                       {0, -1, -1, 0, 1, 1}, {0, -1, 1, 0, 0, 1}, {0, 1, 1, 0, 0, 0},  {0, 1, -1, 0, 1, 0}};
	const PdfPicture *p = pdf_picture(c->w, picture);
	double width, height;
	const signed char *turn;

	if (p == NULL || p->object == 0 || r->width <= 0 || r->height <= 0)
		return;
	g_hash_table_add(c->page->pictures, GINT_TO_POINTER(p->object));
	width = r->width / 1000.0 / (p->form ? p->box_width : 1);
	height = r->height / 1000.0 / (p->form ? p->box_height : 1);
	g_string_append(c->s, "q ");
	turn = turns[p->orientation];
	for (int i = 0; i < 4; i++)
		pdf_append_number(c->s, turn[i] * (i % 2 == 0 ? width : height));
	content_append_point(c, r->x + turn[4] * r->width, r->y + (1 - turn[5]) * r->height);
	g_string_append_printf(c->s, "cm /X%d Do Q\n", p->object);
}

/* The first of the tiles along one axis: as far before its place as reaches the edge when it is repeated. */
static int first_tile(int edge, int size, int offset, gboolean repeated)
{
	if (!repeated)
		return edge + offset;
	offset %= size;
	return edge + (offset > 0 ? offset - size : offset);
}

static int share(int millionths, int room)
{
	return (int)((gint64)millionths * room / 1000000);
}

static void draw_background_picture(Content *c, const AreaBox *b, const Rectangle *r)
{
	const PdfPicture *p = pdf_picture(c->w, b->background_picture);
	int width, height, x0, y0;

	if (p == NULL || p->object == 0)
		return;
	width = p->form ? (int)(p->box_width * 1000) : p->width * 750;
	height = p->form ? (int)(p->box_height * 1000) : p->height * 750;
	if (width <= 0 || height <= 0 || (gint64)(r->width / width + 2) * (r->height / height + 2) > 10000)
		return;
	x0 = first_tile(r->x, width, b->background_x + share(b->background_share_x, r->width - width), b->background_repeat_x);
	y0 = first_tile(r->y, height, b->background_y + share(b->background_share_y, r->height - height), b->background_repeat_y);
	content_save(c);
	content_append_rectangle(c, r->x, r->y, r->width, r->height);
	g_string_append(c->s, "W n\n");
	for (int y = y0; y < r->y + r->height; y += height) {
		for (int x = x0; x < r->x + r->width; x += width) {
			content_draw_picture(c, b->background_picture, &(Rectangle){x, y, width, height});
			if (!b->background_repeat_x)
				break;
		}
		if (!b->background_repeat_y)
			break;
	}
	content_restore(c);
}

void content_draw_box(Content *c, const Area *a)
{
	const AreaBox *b = a->box;
	Rectangle r;
	gboolean any = FALSE;

	if (b == NULL)
		return;
	for (int i = 0; i < 4; i++)
		any |= b->border[i] > 0 && b->border_style[i] != BORDER_NONE && !b->collapsed;
	if (!any && (b->background & 0xFF) == 0 && b->background_picture == NULL)
		return;
	r = border_rectangle(a);
	content_open_artifact(c);
	if ((b->background & 0xFF) != 0) {
		gboolean seen_through = (b->background & 0xFF) != 0xFF;
		if (seen_through)
			content_save(c);
		content_set_alpha(c, b->background);
		content_set_fill(c, b->background);
		if (is_rounded(b))
			append_rounded(c, r.x, r.y, r.width, r.height, b->radius);
		else
			content_append_rectangle(c, r.x, r.y, r.width, r.height);
		g_string_append(c->s, "f\n");
		if (seen_through)
			content_restore(c);
	}
	if (b->background_picture != NULL)
		draw_background_picture(c, b, &r);
	if (b->collapsed)
		return;
	if (is_rounded(b))
		draw_rounded_border(c, b, &r);
	else
		draw_borders(c, b, &r);
}
