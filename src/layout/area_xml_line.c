/* Lines of the area tree's XML, and what stands in them. */
#include "layout/area_xml.h"

#include <string.h>

/* ---- text ---- */

/* The extent of what stands in a line, above and below without border and padding: FOP's line area is only as high as that, the
 * rest is its space-before and -after. */
static void extent(const Area *a, int *top, int *bottom, int *left, int *right)
{
	int ascent = 0;
	if (a->kind == AREA_TEXT)
		ascent = a->u.text->font ? (int)((gint64)a->u.text->font->ascender * a->u.text->size / (int)a->u.text->font->upem)
					 : a->bpd;
	*top = MIN(*top, a->y - ascent);
	*bottom = MAX(*bottom, a->y - ascent + a->bpd);
	*left = MIN(*left, a->x - area_xml_edge(a, SIDE_START));
	*right = MAX(*right, a->x + a->ipd + area_xml_edge(a, SIDE_END));
}

static void write_piece(AreaXml *w, const char *element, const char *text, gsize length)
{
	g_autofree char *piece = g_strndup(text, length);
	gsize hyphen = strlen("\xc2\xad");
	gboolean hyphenated = length > hyphen && memcmp(piece + length - hyphen, "\xc2\xad", hyphen) == 0;
	if (hyphenated)
		piece[length - hyphen] = '\0';
	area_xml_indent(w);
	g_string_append_printf(w->out, "<%s>", element);
	area_xml_escape(w->out, piece);
	g_string_append_printf(w->out, "%s</%s>\n", hyphenated ? "-" : "", element);
}

/* Of the space that text begins with, one that no line breaks at included; 0: none. */
static gsize space_length(const char *text)
{
	return *text == ' ' ? 1 : g_str_has_prefix(text, "\xc2\xa0") ? strlen("\xc2\xa0") : 0;
}

static void write_words(AreaXml *w, const char *text, gboolean last)
{
	const char *rest = text + strlen(text);

	while (last && rest > text && rest[-1] == ' ')
		rest--;
	while (text < rest) {
		gsize space = space_length(text), letters = 0;
		while (space == 0 && text + letters < rest && space_length(text + letters) == 0)
			letters++;
		write_piece(w, space ? "space" : "word", text, space + letters);
		text += space + letters;
	}
}

/* What offsets are counted from: what holds the area, a line or an inline in it. */
static int offset_base(const AreaXml *w, const Area *a)
{
	gboolean held = a->parent && (a->parent->kind == AREA_LINE || a->parent->kind == AREA_INLINE);

	return held ? w->line_top : a->y;
}

static void write_score(AreaXml *w, const char *name, gboolean there, guint32 colour)
{
	g_autofree char *colour_name = g_strconcat(name, "-color", NULL);

	if (!there)
		return;
	area_xml_text(w, name, "true");
	area_xml_colour(w, colour_name, colour);
}

/* Spaces at the end of a line are in the text for who copies it; FOP's lines end with a word. */
static gboolean ends_line(const Area *a)
{
	for (; a && a->kind != AREA_LINE; a = a->parent)
		if (a->next)
			return FALSE;
	return a != NULL;
}

void area_xml_write_text(AreaXml *w, const Area *a)
{
	const AreaText *t = a->u.text;
	int top = G_MAXINT, bottom = G_MININT, left = G_MAXINT, right = G_MININT;
	extent(a, &top, &bottom, &left, &right);
	area_xml_begin(w, "text");
	area_xml_number(w, "offset", top - offset_base(w, a));
	area_xml_number(w, "baseline", a->y - top);
	area_xml_size(w, a, a->bpd);
	area_xml_common(w, a);
	if (t->font) {
		area_xml_text(w, "font-name", t->font->family);
		area_xml_text(w, "font-style", t->font->italic ? "italic" : "normal");
		area_xml_number(w, "font-weight", t->font->weight);
	}
	area_xml_number(w, "font-size", t->size);
	area_xml_colour(w, "color", t->colour);
	write_score(w, "underline-score", t->underline, t->colour);
	write_score(w, "overline-score", t->overline, t->colour);
	write_score(w, "through-score", t->line_through, t->colour);
	area_xml_finish_begin(w);
	write_words(w, t->text ? t->text : "", ends_line(a));
	area_xml_end(w, "text");
}

/* ---- lines and inlines ---- */

static void write_space(AreaXml *w, int ipd)
{
	const Area space = {.ipd = ipd};

	if (ipd <= 0)
		return;
	area_xml_begin(w, "space");
	area_xml_size(w, &space, 0);
	area_xml_number(w, "offset", 0);
	area_xml_finish_empty(w);
}

void area_xml_write_gap(AreaXml *w, const Area *before, const Area *a)
{
	if (a->parent && (a->parent->kind == AREA_LINE || a->parent->kind == AREA_INLINE))
		write_space(w, a->x - area_xml_edge(a, SIDE_START) - before->x - before->ipd - area_xml_edge(before, SIDE_END));
}

void area_xml_write_line(AreaXml *w, const Area *a)
{
	int top = G_MAXINT, bottom = G_MININT, left = G_MAXINT, right = G_MININT;
	for (const Area *c = a->first; c; c = c->next)
		extent(c, &top, &bottom, &left, &right);
	if (!a->first)
		top = a->y, bottom = a->y + a->bpd, left = right = a->x;
	area_xml_begin(w, "lineArea");
	area_xml_number(w, "ipd", a->ipd);
	area_xml_number(w, "bpd", bottom - top);
	area_xml_number_if(w, "ipda", a->ipd);
	area_xml_number_if(w, "bpda", a->y + a->bpd - w->next);
	g_string_append(w->out, " bap=\"0 0 0 0\"");
	area_xml_number_if(w, "start-indent", left - (a->parent && a->parent->kind == AREA_BLOCK ? a->parent->x : a->x));
	area_xml_number_if(w, "end-indent", a->x + a->ipd - right);
	area_xml_number_if(w, "space-before", top - w->next);
	area_xml_number_if(w, "space-after", a->y + a->bpd - bottom);
	area_xml_common(w, a);
	w->line_top = top;
	area_xml_children(w, a, "lineArea");
	w->next = a->y + a->bpd;
}

/* Of the contents of an inline. */
static int top_of(const Area *a)
{
	int top = G_MAXINT, bottom = G_MININT, left = G_MAXINT, right = G_MININT;

	for (const Area *c = a->first; c; c = c->next)
		extent(c, &top, &bottom, &left, &right);
	return a->first ? top : a->y;
}

void area_xml_write_inline(AreaXml *w, const Area *a)
{
	const int outside = w->line_top, top = top_of(a);

	area_xml_begin(w, "inlineparent");
	area_xml_size(w, a, a->bpd);
	area_xml_number(w, "offset", top - offset_base(w, a));
	area_xml_common(w, a);
	area_xml_finish_begin(w);
	if (a->first)
		write_space(w, a->first->x - area_xml_edge(a->first, SIDE_START) - a->x);
	w->line_top = top;
	area_xml_areas(w, a->first, NULL, a->y);
	w->line_top = outside;
	area_xml_end(w, "inlineparent");
}

void area_xml_write_leader(AreaXml *w, const Area *a)
{
	static const char *const styles[] = {"none", "solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset"};
	area_xml_begin(w, "leader");
	area_xml_size(w, a, a->bpd);
	area_xml_colour(w, "color", a->u.leader.colour);
	area_xml_number(w, "offset", a->y - offset_base(w, a));
	area_xml_text(w, "ruleStyle", styles[a->u.leader.style]);
	area_xml_number(w, "ruleThickness", a->u.leader.thickness);
	area_xml_common(w, a);
	area_xml_finish_empty(w);
}

void area_xml_write_image(AreaXml *w, const Area *a)
{
	const AreaPicture *p = a->u.image.picture;
	area_xml_begin(w, "viewport");
	area_xml_size(w, a, a->bpd);
	area_xml_number(w, "offset", a->y - offset_base(w, a));
	area_xml_rectangle(w, "pos", (const int[]){a->u.image.x - a->x, a->u.image.y - a->y, a->u.image.width, a->u.image.height});
	area_xml_common(w, a);
	area_xml_finish_begin(w);
	area_xml_begin(w, p && p->name ? "image" : "foreignObject");
	g_string_append(w->out, " ipd=\"0\" bpd=\"0\" bap=\"0 0 0 0\"");
	area_xml_text(w, p && p->name ? "url" : "ns", p && p->name ? p->name : "http://www.w3.org/2000/svg");
	area_xml_finish_empty(w);
	area_xml_end(w, "viewport");
}
