/* One page: its areas as content operators, every piece of real content marked with its structure element, the rest an artifact. */
#include "pdf/writer.h"

#include <math.h>
#include <string.h>

typedef struct {
	PdfWriter *w;
	PdfPage *page;
	guint number;
	GString *s;
	int height;               /* of the page, or of the rotated viewport's own space */
	const AreaStructure *open; /* structure element of the marked content that is open */
	gboolean artifact;        /* an artifact is open */
	gboolean any_open;
	const PdfFont *font;      /* as set in the content stream; NULL: not */
	int size;
	guint32 fill;             /* colour as set */
	gboolean fill_known;
	GPtrArray *links;         /* LinkBox */
	int rotated;              /* depth of rotated viewports: no link boxes there */
} Content;

typedef struct {
	const AreaLink *link;
	int x0, y0, x1, y1;
	const AreaStructure *structure;
} LinkBox;

/* ---- marked content ---- */

static void close_mark(Content *c)
{
	if (c->any_open)
		g_string_append(c->s, "EMC\n");
	c->any_open = FALSE;
	c->open = NULL;
	c->artifact = FALSE;
}

static void open_artifact(Content *c)
{
	if (c->any_open && c->artifact)
		return;
	close_mark(c);
	g_string_append(c->s, "/Artifact BMC\n");
	c->any_open = c->artifact = TRUE;
}

/* Opens a mark for an area that has an element. actual: the text it stands for, when its glyphs do not say so (NULL: they do). */
static void begin_mark(Content *c, const Area *a, const char *actual)
{
	PdfElement *element;
	PdfMark mark;

	close_mark(c);
	element = pdf_element(c->w, a->structure);
	mark = (PdfMark){c->number, (int)c->page->elements->len, a->order};
	g_array_append_val(element->marks, mark);
	g_ptr_array_add(c->page->elements, a->structure);
	pdf_append_name(c->s, a->structure->type);
	g_string_append_printf(c->s, " <</MCID %d", mark.mcid);
	if (actual != NULL) {
		g_string_append(c->s, " /ActualText ");
		pdf_append_text(c->s, actual);
	}
	g_string_append(c->s, ">> BDC\n");
	c->any_open = TRUE;
	c->open = actual == NULL ? a->structure : NULL;
}

/* Leaves with the same element share a mark as long as nothing comes between. */
static void open_mark(Content *c, const Area *a)
{
	if (a->structure == NULL)
		open_artifact(c);
	else if (!c->any_open || c->open != a->structure)
		begin_mark(c, a, NULL);
}

/* ---- paint ---- */

static void set_alpha(Content *c, guint32 colour)
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

static void set_fill(Content *c, guint32 colour)
{
	if (c->fill_known && c->fill == colour)
		return;
	append_colour(c->s, colour);
	g_string_append(c->s, "rg\n");
	c->fill = colour;
	c->fill_known = TRUE;
}

static void save(Content *c)
{
	g_string_append(c->s, "q\n");
}

static void restore(Content *c)
{
	g_string_append(c->s, "Q\n");
	c->font = NULL;
	c->fill_known = FALSE;
}

static void append_point(Content *c, int x, int y)
{
	pdf_append_points(c->s, x);
	pdf_append_points(c->s, c->height - y);
}

static void append_rectangle(Content *c, int x, int y, int width, int height)
{
	append_point(c, x, y + height);
	pdf_append_points(c->s, width);
	pdf_append_points(c->s, height);
	g_string_append(c->s, "re ");
}

/* A quarter of an ellipse as a curve: control points at 0.5523 of the radius. */
static void append_curve(Content *c, const int p[6])
{
	append_point(c, p[0], p[1]);
	append_point(c, p[2], p[3]);
	append_point(c, p[4], p[5]);
	g_string_append(c->s, "c ");
}

static void append_rounded(Content *c, int x, int y, int width, int height, const int radius[4])
{
	int r[4], k[4], x1 = x + width, y1 = y + height;

	for (int i = 0; i < 4; i++) {
		r[i] = CLAMP(radius[i], 0, MIN(width, height) / 2);
		k[i] = (int)(r[i] * (1 - 0.5523));
	}
	append_point(c, x + r[0], y);
	g_string_append(c->s, "m ");
	append_point(c, x1 - r[1], y);
	g_string_append(c->s, "l ");
	append_curve(c, (int[]){x1 - k[1], y, x1, y + k[1], x1, y + r[1]});
	append_point(c, x1, y1 - r[2]);
	g_string_append(c->s, "l ");
	append_curve(c, (int[]){x1, y1 - k[2], x1 - k[2], y1, x1 - r[2], y1});
	append_point(c, x + r[3], y1);
	g_string_append(c->s, "l ");
	append_curve(c, (int[]){x + k[3], y1, x, y1 - k[3], x, y1 - r[3]});
	append_point(c, x, y + r[0]);
	g_string_append(c->s, "l ");
	append_curve(c, (int[]){x, y + k[0], x + k[0], y, x + r[0], y});
	g_string_append(c->s, "h ");
}

static gboolean is_rounded(const AreaBox *box)
{
	return box->radius[0] > 0 || box->radius[1] > 0 || box->radius[2] > 0 || box->radius[3] > 0;
}

typedef struct {
	int x, y, width, height;
} Rectangle;

static Rectangle border_rectangle(const Area *a)
{
	const AreaBox *b = a->box;
	int start = b->border[SIDE_START] + b->padding[SIDE_START], before = b->border[SIDE_BEFORE] + b->padding[SIDE_BEFORE];
	int end = b->border[SIDE_END] + b->padding[SIDE_END], after = b->border[SIDE_AFTER] + b->padding[SIDE_AFTER];

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

static void stroke_line(Content *c, const Rectangle *from_to, BorderStyle style, int thickness, guint32 colour)
{
	save(c);
	set_alpha(c, colour);
	append_colour(c->s, colour);
	g_string_append(c->s, "RG ");
	pdf_append_points(c->s, style == BORDER_DOUBLE ? thickness / 3 : thickness);
	g_string_append(c->s, "w ");
	set_dash(c, style, thickness);
	for (int i = 0; i < (style == BORDER_DOUBLE ? 2 : 1); i++) {
		int shift = style == BORDER_DOUBLE ? (i == 0 ? -thickness / 3 : thickness / 3) : 0;
		gboolean upright = from_to->width == 0;
		append_point(c, from_to->x + (upright ? shift : 0), from_to->y + (upright ? 0 : shift));
		g_string_append(c->s, "m ");
		append_point(c, from_to->x + from_to->width + (upright ? shift : 0), from_to->y + from_to->height + (upright ? 0 : shift));
		g_string_append(c->s, "l S\n");
	}
	restore(c);
}

static void fill_side(Content *c, const Rectangle *r, guint32 colour)
{
	gboolean seen_through = (colour & 0xFF) != 0xFF;

	if (seen_through)
		save(c);
	set_alpha(c, colour);
	set_fill(c, colour);
	append_rectangle(c, r->x, r->y, r->width, r->height);
	g_string_append(c->s, "f\n");
	if (seen_through)
		restore(c);
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
			stroke_line(c, &middle, b->border_style[side], t, b->border_colour[side]);
		} else {
			fill_side(c, &bar, b->border_colour[side]);
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
	save(c);
	set_alpha(c, b->border_colour[SIDE_BEFORE]);
	append_colour(c->s, b->border_colour[SIDE_BEFORE]);
	g_string_append(c->s, "RG ");
	pdf_append_points(c->s, t);
	g_string_append(c->s, "w ");
	append_rounded(c, r->x + t / 2, r->y + t / 2, r->width - t, r->height - t, radius);
	g_string_append(c->s, "S\n");
	restore(c);
}

static void draw_picture(Content *c, const AreaPicture *picture, const Rectangle *r)
{
	const PdfPicture *p = pdf_picture(c->w, picture);
	double width, height;

	if (p == NULL || p->object == 0 || r->width <= 0 || r->height <= 0)
		return;
	g_hash_table_add(c->page->pictures, GINT_TO_POINTER(p->object));
	width = r->width / 1000.0 / (p->form ? p->box_width : 1);
	height = r->height / 1000.0 / (p->form ? p->box_height : 1);
	g_string_append(c->s, "q ");
	pdf_append_number(c->s, width);
	g_string_append(c->s, "0 0 ");
	pdf_append_number(c->s, height);
	append_point(c, r->x, r->y + r->height);
	g_string_append_printf(c->s, "cm /X%d Do Q\n", p->object);
}

static void draw_background_picture(Content *c, const AreaBox *b, const Rectangle *r)
{
	const PdfPicture *p = pdf_picture(c->w, b->background_picture);
	int width, height, x0 = r->x + b->background_x, y0 = r->y + b->background_y;

	if (p == NULL || p->object == 0)
		return;
	width = p->form ? (int)(p->box_width * 1000) : p->width * 750;
	height = p->form ? (int)(p->box_height * 1000) : p->height * 750;
	if (width <= 0 || height <= 0 || (gint64)(r->width / width + 2) * (r->height / height + 2) > 10000)
		return;
	save(c);
	append_rectangle(c, r->x, r->y, r->width, r->height);
	g_string_append(c->s, "W n\n");
	for (int y = y0; y < r->y + r->height; y += height) {
		for (int x = x0; x < r->x + r->width; x += width) {
			draw_picture(c, b->background_picture, &(Rectangle){x, y, width, height});
			if (!b->background_repeat_x)
				break;
		}
		if (!b->background_repeat_y)
			break;
	}
	restore(c);
}

static void draw_box(Content *c, const Area *a)
{
	const AreaBox *b = a->box;
	Rectangle r;
	gboolean any = FALSE;

	if (b == NULL)
		return;
	for (int i = 0; i < 4; i++)
		any |= b->border[i] > 0 && b->border_style[i] != BORDER_NONE;
	if (!any && (b->background & 0xFF) == 0 && b->background_picture == NULL)
		return;
	r = border_rectangle(a);
	open_artifact(c);
	if ((b->background & 0xFF) != 0) {
		gboolean seen_through = (b->background & 0xFF) != 0xFF;
		if (seen_through)
			save(c);
		set_alpha(c, b->background);
		set_fill(c, b->background);
		if (is_rounded(b))
			append_rounded(c, r.x, r.y, r.width, r.height, b->radius);
		else
			append_rectangle(c, r.x, r.y, r.width, r.height);
		g_string_append(c->s, "f\n");
		if (seen_through)
			restore(c);
	}
	if (b->background_picture != NULL)
		draw_background_picture(c, b, &r);
	if (is_rounded(b))
		draw_rounded_border(c, b, &r);
	else
		draw_borders(c, b, &r);
}

/* ---- text ---- */

static gsize next_cluster(const AreaText *t, guint i)
{
	gsize next = strlen(t->text);

	/* glyphs stand in visual order: the next cluster to the right, or, in right-to-left text, to the left */
	if (!t->rtl) {
		for (guint k = i + 1; k < t->length; k++)
			if (t->glyphs[k].cluster > t->glyphs[i].cluster)
				return t->glyphs[k].cluster;
	} else {
		for (guint k = i; k-- > 0;)
			if (t->glyphs[k].cluster > t->glyphs[i].cluster)
				return t->glyphs[k].cluster;
	}
	return next;
}

typedef struct {
	gboolean open;  /* a TJ array and in it a string */
	double pen;     /* where the viewer's pen is, from the start of the text, millipoints */
	int y;          /* offset the text matrix was set with */
} Run;

static void close_string(Content *c, Run *run)
{
	if (run->open)
		g_string_append(c->s, ">] TJ\n");
	run->open = FALSE;
}

/* x: from the start of the text; dy: up. */
static void set_position(Content *c, Run *run, const Area *a, double x, int dy)
{
	g_string_append(c->s, "1 0 0 1 ");
	pdf_append_points(c->s, a->x + (gint64)floor(x + 0.5));
	pdf_append_points(c->s, c->height - a->y + dy);
	g_string_append(c->s, "Tm\n");
	run->pen = x;
	run->y = dy;
}

static void show_glyph(Content *c, Run *run, const Area *a, const PdfFont *font, const AreaGlyph *g, double x)
{
	static const char hex[] = "0123456789ABCDEF";
	double gap;

	if (run->y != g->dy) {
		close_string(c, run);
		set_position(c, run, a, x + g->dx, g->dy);
	}
	gap = x + g->dx - run->pen;
	if (!run->open) {
		g_string_append(c->s, "[<");
		run->open = TRUE;
	}
	if (fabs(gap) >= 4 && c->size > 0) { /* four thousandths of a point are seen by nobody */
		double units = -gap * 1000 / c->size;
		g_string_append_c(c->s, '>');
		pdf_append_number(c->s, units);
		g_string_append_c(c->s, '<');
		run->pen += gap;
	}
	for (int shift = 12; shift >= 0; shift -= 4)
		g_string_append_c(c->s, hex[(g->id >> shift) & 15]);
	run->pen += pdf_font_width(font, g->id) * c->size / 1000;
}

static void set_font(Content *c, PdfFont *font, int size)
{
	if (c->font == font && c->size == size)
		return;
	g_string_append_printf(c->s, "/F%d ", pdf_font_number(font));
	pdf_append_points(c->s, size);
	g_string_append(c->s, "Tf\n");
	c->font = font;
	c->size = size;
	g_hash_table_add(c->page->fonts, font);
}

/* Which glyphs, from i on, must be shown under one ActualText because the map from glyphs to text cannot say it. 0: none. */
static guint needs_actual_text(PdfFont *font, const AreaText *t, guint i, gsize *from, gsize *to)
{
	guint end = i + 1;
	gsize next = next_cluster(t, i);

	*from = t->glyphs[i].cluster;
	*to = next;
	while (end < t->length && t->glyphs[end].cluster == t->glyphs[i].cluster) {
		pdf_font_use(font, t->glyphs[end].id, "", 0);
		end++;
	}
	if (!pdf_font_use(font, t->glyphs[i].id, t->text + *from, *to - *from) || end > i + 1)
		return end - i;
	return 0;
}

/* Glyphs that stand for another text than they map to get marked content of their own: readers lose what follows an ActualText that is nested in
 * marked content (seen in poppler 22). */
static void begin_actual_text(Content *c, Run *run, const Area *a, double x, gsize from, gsize to)
{
	g_autofree char *part = g_strndup(a->u.text->text + from, to - from);

	close_string(c, run);
	g_string_append(c->s, "ET\n");
	begin_mark(c, a, part);
	g_string_append(c->s, "BT\n");
	set_position(c, run, a, x, 0);
}

static void end_actual_text(Content *c, Run *run, const Area *a, double x)
{
	close_string(c, run);
	g_string_append(c->s, "ET\n");
	open_mark(c, a);
	g_string_append(c->s, "BT\n");
	set_position(c, run, a, x, 0);
}

static void draw_glyphs(Content *c, const Area *a, PdfFont *font)
{
	const AreaText *t = a->u.text;
	Run run = {.y = 0};
	double x = 0;

	set_position(c, &run, a, 0, 0);
	for (guint i = 0; i < t->length;) {
		gsize from = 0, to = 0;
		guint group = needs_actual_text(font, t, i, &from, &to);
		gboolean marked = group > 0 && a->structure != NULL && to > from;
		if (marked)
			begin_actual_text(c, &run, a, x, from, to);
		for (guint k = 0; k < MAX(group, 1); k++, i++) {
			show_glyph(c, &run, a, font, &t->glyphs[i], x);
			x += t->glyphs[i].advance;
		}
		if (marked && i < t->length)
			end_actual_text(c, &run, a, x);
	}
	close_string(c, &run);
}

static void draw_decoration(Content *c, const Area *a)
{
	const AreaText *t = a->u.text;
	const AreaFont *f = t->font;
	int thickness = MAX((int)((gint64)t->size * f->underline_thickness / f->upem), t->size / 20);
	int below = -(int)((gint64)t->size * f->underline_position / f->upem);
	const int heights[3] = {t->underline ? below : G_MAXINT, t->overline ? -(int)((gint64)t->size * f->ascender / f->upem) : G_MAXINT,
	                        t->line_through ? -(int)((gint64)t->size * f->x_height / f->upem / 2) : G_MAXINT};

	for (int i = 0; i < 3; i++) {
		if (heights[i] == G_MAXINT)
			continue;
		open_artifact(c);
		fill_side(c, &(Rectangle){a->x, a->y + heights[i] - thickness / 2, a->ipd, thickness}, t->colour);
	}
}

static void draw_text(Content *c, const Area *a)
{
	const AreaText *t = a->u.text;
	PdfFont *font = pdf_font(c->w, t->font);
	gboolean seen_through = (t->colour & 0xFF) != 0xFF;

	open_mark(c, a);
	if (seen_through)
		save(c);
	set_alpha(c, t->colour);
	set_fill(c, t->colour);
	g_string_append(c->s, "BT\n");
	set_font(c, font, t->size);
	draw_glyphs(c, a, font);
	g_string_append(c->s, "ET\n");
	if (seen_through)
		restore(c);
	draw_decoration(c, a);
}

/* ---- the tree ---- */

static void note_link(Content *c, const Area *a)
{
	int ascent = a->kind == AREA_TEXT ? (int)((gint64)a->u.text->size * a->u.text->font->ascender / a->u.text->font->upem) : 0;
	LinkBox box = {a->link, a->x, a->y - ascent, a->x + a->ipd, a->y - ascent + a->bpd, a->link->structure};

	if (c->rotated > 0)
		return;
	for (guint i = 0; i < c->links->len; i++) {
		LinkBox *other = c->links->pdata[i];
		if (other->link == a->link && other->y1 > box.y0 && other->y0 < box.y1 && ABS(other->x1 - box.x0) < 20000) {
			other->x0 = MIN(other->x0, box.x0);
			other->x1 = MAX(other->x1, box.x1);
			other->y0 = MIN(other->y0, box.y0);
			other->y1 = MAX(other->y1, box.y1);
			return;
		}
	}
	g_ptr_array_add(c->links, g_memdup2(&box, sizeof box));
}

static void draw_image(Content *c, const Area *a)
{
	Rectangle r = {a->u.image.x, a->u.image.y, a->u.image.width, a->u.image.height};
	gboolean clipped = r.x < a->x || r.y < a->y || r.x + r.width > a->x + a->ipd || r.y + r.height > a->y + a->bpd;
	PdfElement *element = a->structure != NULL ? pdf_element(c->w, a->structure) : NULL;

	open_mark(c, a);
	if (element != NULL && element->box[2] < element->box[0]) {
		element->box[0] = a->x;
		element->box[1] = c->height - a->y - a->bpd;
		element->box[2] = a->x + a->ipd;
		element->box[3] = c->height - a->y;
	}
	if (clipped) {
		save(c);
		append_rectangle(c, a->x, a->y, a->ipd, a->bpd);
		g_string_append(c->s, "W n\n");
	}
	draw_picture(c, a->u.image.picture, &r);
	if (clipped)
		restore(c);
}

static void draw_area(Content *c, const Area *a);

static void draw_children(Content *c, const Area *a)
{
	for (const Area *child = a->first; child != NULL; child = child->next)
		draw_area(c, child);
}

/* A viewport clips; turned, its children have coordinates of their own from its content rectangle's corner. */
static void draw_viewport(Content *c, const Area *a)
{
	int turn = a->u.viewport.rotate, height = c->height;
	static const int matrix[4][4] = {{1, 0, 0, 1}, {0, 1, -1, 0}, {-1, 0, 0, -1}, {0, -1, 1, 0}};
	int quarter = ((turn / 90) % 4 + 4) % 4;
	int own_height = quarter % 2 == 1 ? a->ipd : a->bpd;
	/* where the lower left corner of the unturned content comes to lie */
	int x = quarter == 0 || quarter == 3 ? a->x : a->x + a->ipd, y = quarter < 2 ? a->y + a->bpd : a->y;

	close_mark(c);
	save(c);
	if (a->u.viewport.clip) {
		append_rectangle(c, a->x, a->y, a->ipd, a->bpd);
		g_string_append(c->s, "W n\n");
	}
	if (quarter != 0) {
		for (int i = 0; i < 4; i++)
			g_string_append_printf(c->s, "%d ", matrix[quarter][i]);
		append_point(c, x, y);
		g_string_append(c->s, "cm\n");
		c->height = own_height;
		c->rotated++;
	}
	draw_children(c, a);
	close_mark(c);
	if (quarter != 0)
		c->rotated--;
	c->height = height;
	restore(c);
}

static void draw_area(Content *c, const Area *a)
{
	if (a->kind != AREA_TEXT)
		draw_box(c, a);
	if (a->link != NULL && (a->kind == AREA_TEXT || a->kind == AREA_IMAGE))
		note_link(c, a);
	switch (a->kind) {
	case AREA_TEXT:
		draw_text(c, a);
		break;
	case AREA_IMAGE:
		draw_image(c, a);
		break;
	case AREA_LEADER: {
		Rectangle middle = {a->x, a->y, a->ipd, 0};
		open_artifact(c);
		stroke_line(c, &middle, a->u.leader.style, a->u.leader.thickness, a->u.leader.colour);
		break;
	}
	case AREA_VIEWPORT:
		draw_viewport(c, a);
		break;
	default:
		draw_children(c, a);
	}
}

/* ---- links ---- */

static void write_link(Content *c, const LinkBox *box)
{
	PdfWriter *w = c->w;
	GString *s = g_string_new("<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [");
	int number = pdf_file_reserve(w->file);

	pdf_append_points(s, box->x0);
	pdf_append_points(s, c->height - box->y1);
	pdf_append_points(s, box->x1);
	pdf_append_points(s, c->height - box->y0);
	g_string_append(s, "] ");
	if (box->link->uri != NULL) {
		g_string_append(s, "/A << /S /URI /URI ");
		pdf_append_text(s, box->link->uri);
		g_string_append(s, " >> ");
	} else {
		g_string_append(s, "/Dest ");
		pdf_append_destination(w, s, box->link->destination);
		g_string_append_c(s, ' ');
	}
	if (box->link->contents != NULL) {
		g_string_append(s, "/Contents ");
		pdf_append_text(s, box->link->contents);
		g_string_append_c(s, ' ');
	}
	if (box->structure != NULL) {
		g_string_append_printf(s, "/StructParent %u ", w->tree->pages->len + w->parents->len);
		g_ptr_array_add(w->parents, (gpointer)box->structure);
		g_array_append_val(pdf_element(w, box->structure)->annotations, number);
	}
	g_string_append(s, ">>");
	pdf_file_set(w->file, number, s);
	g_array_append_val(c->page->annotations, number);
}

void pdf_content_write(PdfWriter *w, guint number)
{
	const AreaPage *area = w->tree->pages->pdata[number];
	PdfPage *page = w->pages->pdata[number];
	g_autoptr(GString) s = g_string_sized_new(1 << 15);
	g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(g_free);
	Content c = {.w = w, .page = page, .number = number, .s = s, .height = area->height, .links = links};

	for (const Area *a = area->first; a != NULL; a = a->next)
		draw_area(&c, a);
	close_mark(&c);
	for (guint i = 0; i < links->len; i++)
		write_link(&c, links->pdata[i]);
	page->contents = pdf_file_reserve(w->file);
	pdf_file_set_stream(w->file, page->contents, "", s->str, s->len, TRUE);
}
