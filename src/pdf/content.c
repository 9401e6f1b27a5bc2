/* One page: its areas as content operators, every piece of real content marked with its structure element, the rest an artifact. */
#include "pdf/content.h"

#include <math.h>
#include <string.h>

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

void content_open_artifact(Content *c)
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
		content_open_artifact(c);
	else if (!c->any_open || c->open != a->structure)
		begin_mark(c, a, NULL);
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
		content_open_artifact(c);
		content_fill(c, &(Rectangle){a->x, a->y + heights[i] - thickness / 2, a->ipd, thickness}, t->colour);
	}
}

static void draw_text(Content *c, const Area *a)
{
	const AreaText *t = a->u.text;
	PdfFont *font = pdf_font(c->w, t->font);
	gboolean seen_through = (t->colour & 0xFF) != 0xFF;

	open_mark(c, a);
	if (seen_through)
		content_save(c);
	content_set_alpha(c, t->colour);
	content_set_fill(c, t->colour);
	g_string_append(c->s, "BT\n");
	set_font(c, font, t->size);
	draw_glyphs(c, a, font);
	g_string_append(c->s, "ET\n");
	if (seen_through)
		content_restore(c);
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
		content_save(c);
		content_append_rectangle(c, a->x, a->y, a->ipd, a->bpd);
		g_string_append(c->s, "W n\n");
	}
	content_draw_picture(c, a->u.image.picture, &r);
	if (clipped)
		content_restore(c);
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
	content_save(c);
	if (a->u.viewport.clip) {
		content_append_rectangle(c, a->x, a->y, a->ipd, a->bpd);
		g_string_append(c->s, "W n\n");
	}
	if (quarter != 0) {
		for (int i = 0; i < 4; i++)
			g_string_append_printf(c->s, "%d ", matrix[quarter][i]);
		content_append_point(c, x, y);
		g_string_append(c->s, "cm\n");
		c->height = own_height;
		c->rotated++;
	}
	draw_children(c, a);
	close_mark(c);
	if (quarter != 0)
		c->rotated--;
	c->height = height;
	content_restore(c);
}

static void draw_area(Content *c, const Area *a)
{
	if (a->kind != AREA_TEXT)
		content_draw_box(c, a);
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
		content_open_artifact(c);
		content_stroke_line(c, &middle, a->u.leader.style, a->u.leader.thickness, a->u.leader.colour);
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
	if (w->options->looks != NULL)
		g_ptr_array_add(w->options->looks, pdf_page_look(w, number, s));
	page->contents = pdf_file_reserve(w->file);
	pdf_file_set_stream(w->file, page->contents, "", s->str, s->len, TRUE);
}
