/* The area tree as XML: Apache FOP's element and attribute names, lengths in millipoints, so that the same XPath can be asked of
 * both.
 *
 * FOP's areas are placed by stacking; ours know where they are, which r:at tells beside FOP's own attributes: the top left corner
 * of the content on the page (text: the start of its baseline). */
#include "layout/layout.h"

#include <string.h>

#define AREAS_NS "urn:rotonde:areas"

typedef struct {
	GString *out;
	const AreaTree *tree;
	int depth;
} Writer;

static void write_areas(Writer *w, const Area *first);

/* ---- elements ---- */

static void write_escaped(GString *out, const char *text)
{
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		guchar c = (guchar)*p;
		gboolean noncharacter = c == 0xef && (guchar)p[1] == 0xbf && (guchar)p[2] >= 0xbe;
		if (c == '&')
			g_string_append(out, "&amp;");
		else if (c == '<')
			g_string_append(out, "&lt;");
		else if (c == '>')
			g_string_append(out, "&gt;");
		else if (c == '"')
			g_string_append(out, "&quot;");
		else if (noncharacter || c < 0x20) /* no XML can hold these */
			g_string_append(out, "\xef\xbf\xbd");
		else
			g_string_append_len(out, p, g_utf8_next_char(p) - p);
	}
}

static void indent(Writer *w)
{
	for (int i = 0; i < w->depth; i++)
		g_string_append(w->out, "  ");
}

static void begin(Writer *w, const char *name)
{
	indent(w);
	g_string_append_printf(w->out, "<%s", name);
}

static void finish_begin(Writer *w)
{
	g_string_append(w->out, ">\n");
	w->depth++;
}

static void finish_empty(Writer *w)
{
	g_string_append(w->out, "/>\n");
}

static void end(Writer *w, const char *name)
{
	w->depth--;
	indent(w);
	g_string_append_printf(w->out, "</%s>\n", name);
}

static void open_plain(Writer *w, const char *name)
{
	begin(w, name);
	finish_begin(w);
}

static void text_attribute(Writer *w, const char *name, const char *value)
{
	if (!value)
		return;
	g_string_append_printf(w->out, " %s=\"", name);
	write_escaped(w->out, value);
	g_string_append_c(w->out, '"');
}

static void number_attribute(Writer *w, const char *name, int value)
{
	g_string_append_printf(w->out, " %s=\"%d\"", name, value);
}

static void number_attribute_if(Writer *w, const char *name, int value)
{
	if (value != 0)
		number_attribute(w, name, value);
}

static void place_attribute(Writer *w, const Area *a)
{
	g_string_append_printf(w->out, " r:at=\"%d %d\"", a->x, a->y);
}

static void colour_attribute(Writer *w, const char *name, guint32 colour)
{
	g_string_append_printf(w->out, " %s=\"#%06x\"", name, colour >> 8);
}

static void rectangle_attribute(Writer *w, const char *name, const int r[4])
{
	g_string_append_printf(w->out, " %s=\"%d %d %d %d\"", name, r[0], r[1], r[2], r[3]);
}

/* ---- traits ---- */

static int edge(const Area *a, int side)
{
	return a->box ? a->box->border[side] + a->box->padding[side] : 0;
}

/* ipd and bpd are those of the content; ipda and bpda with border and padding, which bap gives as start end before after. */
static void size_attributes(Writer *w, const Area *a, int bpd)
{
	const int bap[] = {edge(a, SIDE_START), edge(a, SIDE_END), edge(a, SIDE_BEFORE), edge(a, SIDE_AFTER)};
	number_attribute(w, "ipd", a->ipd);
	number_attribute(w, "bpd", bpd);
	number_attribute(w, "ipda", a->ipd + bap[0] + bap[1]);
	number_attribute(w, "bpda", bpd + bap[2] + bap[3]);
	rectangle_attribute(w, "bap", bap);
}

static void box_attributes(Writer *w, const AreaBox *b)
{
	static const char *const styles[] = {"none", "solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset"};
	static const struct {
		const char *border, *padding;
		int side;
	} sides[] = {{"border-start", "padding-start", SIDE_START},
		     {"border-end", "padding-end", SIDE_END},
		     {"border-before", "padding-before", SIDE_BEFORE},
		     {"border-after", "padding-after", SIDE_AFTER}};
	if (!b)
		return;
	if (b->background & 0xff) {
		g_string_append_printf(w->out, " background=\"color=#%06x\"", b->background >> 8);
		colour_attribute(w, "bkg-color", b->background);
	}
	if (b->background_picture)
		text_attribute(w, "bkg-img", b->background_picture->name);
	for (int i = 0; i < 4; i++)
		if (b->border[sides[i].side] > 0)
			g_string_append_printf(w->out, " %s=\"(%s,#%06x,%d)\"", sides[i].border,
					       styles[b->border_style[sides[i].side]], b->border_colour[sides[i].side] >> 8,
					       b->border[sides[i].side]);
	for (int i = 0; i < 4; i++)
		number_attribute_if(w, sides[i].padding, b->padding[sides[i].side]);
	if (b->radius[0] || b->radius[1] || b->radius[2] || b->radius[3])
		rectangle_attribute(w, "r:radius", b->radius);
}

static void destination_attribute(Writer *w, const char *id)
{
	const AreaDestination *d = w->tree->destinations ? g_hash_table_lookup(w->tree->destinations, id) : NULL;
	g_autofree char *value = d ? g_strdup_printf("(P%u,%s)", d->page + 1, id) : g_strdup_printf("(,%s)", id);
	text_attribute(w, "internal-link", value);
}

static void link_attributes(Writer *w, const char *uri, const char *destination)
{
	g_autofree char *value = uri ? g_strconcat("newWindow=false,dest=", uri, NULL) : NULL;
	text_attribute(w, "external-link", value);
	if (destination)
		destination_attribute(w, destination);
}

static void common_attributes(Writer *w, const Area *a)
{
	place_attribute(w, a);
	text_attribute(w, "prod-id", a->id);
	box_attributes(w, a->box);
	if (a->link)
		link_attributes(w, a->link->uri, a->link->destination);
}

/* ---- text ---- */

/* The extent of what stands in a line: FOP's line area is only as high as that, the rest is its space-before and -after. */
static void extent(const Area *a, int *top, int *bottom, int *left, int *right)
{
	int up = edge(a, SIDE_BEFORE), down = edge(a, SIDE_AFTER), ascent = 0;
	if (a->kind == AREA_TEXT)
		ascent = a->u.text->font ? (int)((gint64)a->u.text->font->ascender * a->u.text->size / (int)a->u.text->font->upem)
					 : a->bpd;
	*top = MIN(*top, a->y - ascent - up);
	*bottom = MAX(*bottom, a->y - ascent + a->bpd + down);
	*left = MIN(*left, a->x - edge(a, SIDE_START));
	*right = MAX(*right, a->x + a->ipd + edge(a, SIDE_END));
}

static void write_piece(Writer *w, const char *element, const char *text, gsize length)
{
	g_autofree char *piece = g_strndup(text, length);
	gsize hyphen = strlen("\xc2\xad");
	gboolean hyphenated = length > hyphen && memcmp(piece + length - hyphen, "\xc2\xad", hyphen) == 0;
	if (hyphenated)
		piece[length - hyphen] = '\0';
	indent(w);
	g_string_append_printf(w->out, "<%s>", element);
	write_escaped(w->out, piece);
	g_string_append_printf(w->out, "%s</%s>\n", hyphenated ? "-" : "", element);
}

static void write_words(Writer *w, const char *text)
{
	while (*text) {
		gsize spaces = strspn(text, " "), letters = strcspn(text + spaces, " ");
		for (gsize i = 0; i < spaces; i++)
			write_piece(w, "space", " ", 1);
		if (letters)
			write_piece(w, "word", text + spaces, letters);
		text += spaces + letters;
	}
}

static int line_top(const Area *a)
{
	int top = G_MAXINT, bottom = G_MININT, left = G_MAXINT, right = G_MININT;
	const Area *line = a->parent;
	while (line && line->kind != AREA_LINE)
		line = line->parent;
	for (const Area *c = line ? line->first : NULL; c; c = c->next)
		extent(c, &top, &bottom, &left, &right);
	return line ? top : a->y;
}

static void write_text(Writer *w, const Area *a)
{
	const AreaText *t = a->u.text;
	int top = G_MAXINT, bottom = G_MININT, left = G_MAXINT, right = G_MININT;
	extent(a, &top, &bottom, &left, &right);
	begin(w, "text");
	number_attribute(w, "offset", top - line_top(a));
	number_attribute(w, "baseline", a->y - top);
	size_attributes(w, a, a->bpd);
	common_attributes(w, a);
	if (t->font) {
		text_attribute(w, "font-name", t->font->family);
		text_attribute(w, "font-style", t->font->italic ? "italic" : "normal");
		number_attribute(w, "font-weight", t->font->weight);
	}
	number_attribute(w, "font-size", t->size);
	colour_attribute(w, "color", t->colour);
	text_attribute(w, "underline-score", t->underline ? "true" : NULL);
	text_attribute(w, "overline-score", t->overline ? "true" : NULL);
	text_attribute(w, "through-score", t->line_through ? "true" : NULL);
	finish_begin(w);
	write_words(w, t->text ? t->text : "");
	end(w, "text");
}

/* ---- lines and inlines ---- */

static void write_children(Writer *w, const Area *a, const char *element)
{
	if (!a->first) {
		finish_empty(w);
		return;
	}
	finish_begin(w);
	write_areas(w, a->first);
	end(w, element);
}

static void write_line(Writer *w, const Area *a)
{
	int top = G_MAXINT, bottom = G_MININT, left = G_MAXINT, right = G_MININT;
	for (const Area *c = a->first; c; c = c->next)
		extent(c, &top, &bottom, &left, &right);
	if (!a->first)
		top = a->y, bottom = a->y + a->bpd, left = right = a->x;
	begin(w, "lineArea");
	number_attribute(w, "ipd", a->ipd);
	number_attribute(w, "bpd", bottom - top);
	number_attribute(w, "ipda", a->ipd);
	number_attribute(w, "bpda", a->bpd);
	g_string_append(w->out, " bap=\"0 0 0 0\"");
	number_attribute_if(w, "start-indent", left - a->x);
	number_attribute_if(w, "end-indent", a->x + a->ipd - right);
	number_attribute_if(w, "space-before", top - a->y);
	number_attribute_if(w, "space-after", a->y + a->bpd - bottom);
	common_attributes(w, a);
	write_children(w, a, "lineArea");
}

static void write_inline(Writer *w, const Area *a)
{
	int top = G_MAXINT, bottom = G_MININT, left = G_MAXINT, right = G_MININT;
	for (const Area *c = a->first; c; c = c->next)
		extent(c, &top, &bottom, &left, &right);
	begin(w, "inlineparent");
	size_attributes(w, a, a->bpd);
	number_attribute(w, "offset", (a->first ? top : a->y) - line_top(a));
	common_attributes(w, a);
	write_children(w, a, "inlineparent");
}

static void write_leader(Writer *w, const Area *a)
{
	static const char *const styles[] = {"none", "solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset"};
	begin(w, "leader");
	size_attributes(w, a, a->bpd);
	colour_attribute(w, "color", a->u.leader.colour);
	number_attribute(w, "offset", a->y - line_top(a));
	text_attribute(w, "ruleStyle", styles[a->u.leader.style]);
	number_attribute(w, "ruleThickness", a->u.leader.thickness);
	common_attributes(w, a);
	finish_empty(w);
}

static void write_image(Writer *w, const Area *a)
{
	const AreaPicture *p = a->u.image.picture;
	begin(w, "viewport");
	size_attributes(w, a, a->bpd);
	number_attribute(w, "offset", a->y - line_top(a));
	rectangle_attribute(w, "pos", (const int[]){a->u.image.x - a->x, a->u.image.y - a->y, a->u.image.width, a->u.image.height});
	common_attributes(w, a);
	finish_begin(w);
	begin(w, p && p->name ? "image" : "foreignObject");
	g_string_append(w->out, " ipd=\"0\" bpd=\"0\" bap=\"0 0 0 0\"");
	text_attribute(w, p && p->name ? "url" : "ns", p && p->name ? p->name : "http://www.w3.org/2000/svg");
	finish_empty(w);
	end(w, "viewport");
}

/* ---- blocks ---- */

static void matrix_attribute(Writer *w, int rotate, int ipd, int bpd)
{
	static const char *const turns[] = {"1.0 0.0 0.0 1.0", "0.0 -1.0 1.0 0.0", "-1.0 0.0 0.0 -1.0", "0.0 1.0 -1.0 0.0"};
	int turn = (rotate / 90) & 3;
	g_string_append_printf(w->out, " ctm=\"[%s %d.0 %d.0]\"", turns[turn], turn == 2 || turn == 3 ? ipd : 0,
			       turn == 1 || turn == 2 ? bpd : 0);
}

static void write_viewport(Writer *w, const Area *a)
{
	const Area *parent = a->parent;
	begin(w, "block");
	size_attributes(w, a, a->bpd);
	text_attribute(w, "is-viewport-area", "true");
	number_attribute(w, "left-position", a->x - (parent ? parent->x : 0));
	number_attribute(w, "top-position", a->y - (parent ? parent->y : 0));
	matrix_attribute(w, a->u.viewport.rotate, a->ipd, a->bpd);
	text_attribute(w, "clip", a->u.viewport.clip ? "true" : NULL);
	common_attributes(w, a);
	write_children(w, a, "block");
}

static void write_block(Writer *w, const Area *a)
{
	gboolean cell = g_strcmp0(a->name, "table-cell") == 0;
	gboolean item = g_strcmp0(a->name, "list-item-label") == 0 || g_strcmp0(a->name, "list-item-body") == 0;
	begin(w, "block");
	size_attributes(w, a, a->bpd);
	text_attribute(w, "is-reference-area", cell ? "true" : NULL);
	if (cell && a->parent) {
		number_attribute_if(w, "left-offset", a->x - a->parent->x);
		number_attribute_if(w, "top-offset", a->y - edge(a, SIDE_BEFORE) - a->parent->y);
	}
	number_attribute_if(w, "start-indent", a->u.block.start_indent);
	number_attribute_if(w, "end-indent", a->u.block.end_indent);
	number_attribute_if(w, "space-before", a->u.block.space_before);
	number_attribute_if(w, "space-after", a->u.block.space_after);
	text_attribute(w, "positioning", cell || item ? "absolute" : NULL);
	text_attribute(w, "r:name", a->name);
	common_attributes(w, a);
	write_children(w, a, "block");
}

static void write_area(Writer *w, const Area *a)
{
	switch (a->kind) {
	case AREA_TEXT:
		write_text(w, a);
		break;
	case AREA_LINE:
		write_line(w, a);
		break;
	case AREA_INLINE:
		write_inline(w, a);
		break;
	case AREA_LEADER:
		write_leader(w, a);
		break;
	case AREA_IMAGE:
		write_image(w, a);
		break;
	case AREA_VIEWPORT:
		write_viewport(w, a);
		break;
	case AREA_BLOCK:
	case AREA_REGION:
		write_block(w, a);
		break;
	}
}

static void write_areas(Writer *w, const Area *first)
{
	for (const Area *a = first; a; a = a->next)
		write_area(w, a);
}

/* ---- pages ---- */

static gboolean is_named(const Area *a, const char *name)
{
	return a->kind == AREA_BLOCK && g_strcmp0(a->name, name) == 0;
}

static void open_reference(Writer *w, const char *element, const Area *a)
{
	begin(w, element);
	size_attributes(w, a, a->bpd);
	g_string_append(w->out, " is-reference-area=\"true\"");
	place_attribute(w, a);
	finish_begin(w);
}

/* Blocks that stand in the body by themselves are those of a span of one column. */
static const Area *write_plain_span(Writer *w, const Area *body, const Area *first)
{
	const Area *a = first;
	open_reference(w, "span", body);
	open_reference(w, "flow", body);
	for (; a && !is_named(a, "span") && !is_named(a, "footnotes") && !is_named(a, "before-float"); a = a->next)
		write_area(w, a);
	end(w, "flow");
	end(w, "span");
	return a;
}

static void write_span(Writer *w, const Area *span)
{
	open_reference(w, "span", span);
	for (const Area *c = span->first; c; c = c->next) {
		open_reference(w, "flow", c);
		write_areas(w, c->first);
		end(w, "flow");
	}
	end(w, "span");
}

static void write_conditional(Writer *w, const char *element, const Area *body, const char *name)
{
	for (const Area *a = body->first; a; a = a->next) {
		if (!is_named(a, name))
			continue;
		begin(w, element);
		number_attribute(w, "top-offset", a->y - body->y);
		place_attribute(w, a);
		write_children(w, a, element);
	}
}

static void write_body(Writer *w, const Area *body)
{
	write_conditional(w, "beforeFloat", body, "before-float");
	begin(w, "mainReference");
	g_string_append(w->out, " is-reference-area=\"true\"");
	finish_begin(w);
	for (const Area *a = body->first; a;) {
		if (is_named(a, "span"))
			write_span(w, a);
		a = is_named(a, "span") || is_named(a, "footnotes") || is_named(a, "before-float") ? a->next
												   : write_plain_span(w, body, a);
	}
	end(w, "mainReference");
	write_conditional(w, "footnote", body, "footnotes");
}

static void write_region(Writer *w, const Area *a)
{
	static const struct {
		const char *name, *element;
	} regions[] = {{"region-body", "regionBody"},
		       {"region-before", "regionBefore"},
		       {"region-after", "regionAfter"},
		       {"region-start", "regionStart"},
		       {"region-end", "regionEnd"}};
	const char *element = "regionBody";
	for (guint i = 0; i < G_N_ELEMENTS(regions); i++)
		if (g_strcmp0(a->name, regions[i].name) == 0)
			element = regions[i].element;
	begin(w, "regionViewport");
	size_attributes(w, a, a->bpd);
	text_attribute(w, "is-viewport-area", "true");
	rectangle_attribute(w, "rect", (const int[]){a->x, a->y, a->ipd, a->bpd});
	box_attributes(w, a->box);
	finish_begin(w);
	begin(w, element);
	size_attributes(w, a, a->bpd);
	g_autofree char *name = g_strconcat("xsl-", a->name, NULL);
	text_attribute(w, "is-reference-area", "true");
	text_attribute(w, "name", name);
	g_string_append_printf(w->out, " ctm=\"[1.0 0.0 0.0 1.0 %d.0 %d.0]\"", a->x, a->y);
	finish_begin(w);
	if (strcmp(element, "regionBody") == 0)
		write_body(w, a);
	else
		write_areas(w, a->first);
	end(w, element);
	end(w, "regionViewport");
}

static void write_page(Writer *w, const AreaPage *p, guint index)
{
	begin(w, "pageViewport");
	rectangle_attribute(w, "bounds", (const int[]){0, 0, p->width, p->height});
	g_string_append_printf(w->out, " key=\"P%u\"", index + 1);
	number_attribute(w, "nr", p->number);
	text_attribute(w, "formatted-nr", p->label);
	text_attribute(w, "simple-page-master-name", p->master);
	text_attribute(w, "blank", p->blank ? "true" : NULL);
	finish_begin(w);
	open_plain(w, "page");
	for (const Area *a = p->first; a; a = a->next)
		write_region(w, a);
	end(w, "page");
	end(w, "pageViewport");
}

static void write_pages(Writer *w)
{
	const AreaPage *last = NULL;
	for (guint i = 0; i < w->tree->pages->len; i++) {
		const AreaPage *p = g_ptr_array_index(w->tree->pages, i);
		if (!last || p->sequence != last->sequence) {
			if (last)
				end(w, "pageSequence");
			begin(w, "pageSequence");
			text_attribute(w, "xml:lang", w->tree->language);
			finish_begin(w);
		}
		write_page(w, p, i);
		last = p;
	}
	if (last)
		end(w, "pageSequence");
}

static void write_bookmarks(Writer *w, const GPtrArray *bookmarks)
{
	for (guint i = 0; bookmarks && i < bookmarks->len; i++) {
		const AreaOutline *o = g_ptr_array_index(bookmarks, i);
		begin(w, "bookmark");
		text_attribute(w, "title", o->title ? o->title : "");
		text_attribute(w, "show-children", o->open ? "true" : "false");
		link_attributes(w, o->uri, o->destination);
		if (!o->children || o->children->len == 0) {
			finish_empty(w);
			continue;
		}
		finish_begin(w);
		write_bookmarks(w, o->children);
		end(w, "bookmark");
	}
}

GBytes *layout_to_xml(const AreaTree *t)
{
	Writer w = {.out = g_string_sized_new(64 * 1024), .tree = t};
	g_string_append(w.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	begin(&w, "areaTree");
	g_string_append(w.out, " version=\"2.0\" xmlns:r=\"" AREAS_NS "\"");
	finish_begin(&w);
	write_pages(&w);
	if (t->outline && t->outline->len) {
		open_plain(&w, "bookmarkTree");
		write_bookmarks(&w, t->outline);
		end(&w, "bookmarkTree");
	}
	end(&w, "areaTree");
	return g_string_free_to_bytes(w.out);
}
