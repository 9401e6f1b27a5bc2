/* Elements, attributes and traits of the area tree's XML. */
#include "layout/area_xml.h"

#include <string.h>

/* ---- elements ---- */

void area_xml_escape(GString *out, const char *text)
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

void area_xml_indent(AreaXml *w)
{
	for (int i = 0; i < w->depth; i++)
		g_string_append(w->out, "  ");
}

void area_xml_begin(AreaXml *w, const char *name)
{
	area_xml_indent(w);
	g_string_append_printf(w->out, "<%s", name);
}

void area_xml_finish_begin(AreaXml *w)
{
	g_string_append(w->out, ">\n");
	w->depth++;
}

void area_xml_finish_empty(AreaXml *w)
{
	g_string_append(w->out, "/>\n");
}

void area_xml_end(AreaXml *w, const char *name)
{
	w->depth--;
	area_xml_indent(w);
	g_string_append_printf(w->out, "</%s>\n", name);
}

void area_xml_open(AreaXml *w, const char *name)
{
	area_xml_begin(w, name);
	area_xml_finish_begin(w);
}

void area_xml_text(AreaXml *w, const char *name, const char *value)
{
	if (!value)
		return;
	g_string_append_printf(w->out, " %s=\"", name);
	area_xml_escape(w->out, value);
	g_string_append_c(w->out, '"');
}

void area_xml_number(AreaXml *w, const char *name, int value)
{
	g_string_append_printf(w->out, " %s=\"%d\"", name, value);
}

void area_xml_number_if(AreaXml *w, const char *name, int value)
{
	if (value != 0)
		area_xml_number(w, name, value);
}

void area_xml_place(AreaXml *w, const Area *a)
{
	g_string_append_printf(w->out, " r:at=\"%d %d\"", a->x, a->y);
}

void area_xml_colour(AreaXml *w, const char *name, guint32 colour)
{
	g_string_append_printf(w->out, " %s=\"#%06x\"", name, colour >> 8);
}

void area_xml_rectangle(AreaXml *w, const char *name, const int r[4])
{
	g_string_append_printf(w->out, " %s=\"%d %d %d %d\"", name, r[0], r[1], r[2], r[3]);
}

void area_xml_matrix(AreaXml *w, const Area *a, int x, int y)
{
	static const char *const turns[] = {"1.0 0.0 0.0 1.0", "0.0 -1.0 1.0 0.0", "-1.0 0.0 0.0 -1.0", "0.0 1.0 -1.0 0.0"};
	int turn = a->kind == AREA_VIEWPORT ? (a->u.viewport.rotate / 90) & 3 : 0;

	g_string_append_printf(w->out, " ctm=\"[%s %d.0 %d.0]\"", turns[turn], x + (turn == 2 || turn == 3 ? a->ipd : 0),
			       y + (turn == 1 || turn == 2 ? a->bpd : 0));
}

/* ---- traits ---- */

gboolean area_xml_is(const Area *a, const char *name)
{
	return a->kind == AREA_BLOCK && g_strcmp0(a->name, name) == 0;
}

gboolean area_xml_is_own(const Area *a)
{
	return area_xml_is(a, "span") || area_xml_is(a, "footnotes") || area_xml_is(a, "before-float");
}

int area_xml_edge(const Area *a, int side)
{
	return a->box ? a->box->border[side] + a->box->padding[side] : 0;
}

void area_xml_spaced_size(AreaXml *w, const Area *a, int bpd, int spaces)
{
	const int bap[] = {area_xml_edge(a, SIDE_START), area_xml_edge(a, SIDE_END), area_xml_edge(a, SIDE_BEFORE),
			   area_xml_edge(a, SIDE_AFTER)};
	area_xml_number(w, "ipd", a->ipd);
	area_xml_number(w, "bpd", bpd);
	area_xml_number_if(w, "ipda", a->ipd + bap[0] + bap[1]);
	area_xml_number_if(w, "bpda", bpd + bap[2] + bap[3] + spaces);
	area_xml_rectangle(w, "bap", bap);
}

void area_xml_size(AreaXml *w, const Area *a, int bpd)
{
	area_xml_spaced_size(w, a, bpd, 0);
}

/* Where the picture's place depends on its size, only the PDF's writer knows it. */
static void write_background(AreaXml *w, const AreaBox *b)
{
	static const char *const repeats[] = {"no-repeat", "repeat-x", "repeat-y", "repeat"};
	const char *repeat = repeats[(b->background_repeat_x ? 1 : 0) + (b->background_repeat_y ? 2 : 0)];
	gboolean placed = b->background_share_x == 0 && b->background_share_y == 0;
	g_autoptr(GString) value = g_string_new(NULL);

	if (b->background & 0xff)
		g_string_append_printf(value, "color=#%06x", b->background >> 8);
	if (b->background_picture)
		g_string_append_printf(value, "%surl=url(%s),repeat=%s", value->len ? "," : "", b->background_picture->name,
				       repeat);
	if (b->background_picture && placed)
		g_string_append_printf(value, ",horiz=%d,vertical=%d", b->background_x, b->background_y);
	area_xml_text(w, "background", value->len ? value->str : NULL);
	if (b->background & 0xff)
		area_xml_colour(w, "bkg-color", b->background);
	if (!b->background_picture)
		return;
	g_autofree char *url = g_strdup_printf("url(%s)", b->background_picture->name);
	area_xml_text(w, "bkg-img", url);
	area_xml_text(w, "bkg-repeat", repeat);
	if (placed) {
		area_xml_number(w, "bkg-horz-offset", b->background_x);
		area_xml_number(w, "bkg-vert-offset", b->background_y);
	}
}

void area_xml_box(AreaXml *w, const AreaBox *b)
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
	write_background(w, b);
	for (int i = 0; i < 4; i++)
		if (b->border[sides[i].side] > 0)
			g_string_append_printf(w->out, " %s=\"(%s,#%06x,%d)\"", sides[i].border,
					       styles[b->border_style[sides[i].side]], b->border_colour[sides[i].side] >> 8,
					       b->border[sides[i].side]);
	for (int i = 0; i < 4; i++)
		area_xml_number_if(w, sides[i].padding, b->padding[sides[i].side]);
	if (b->radius[0] || b->radius[1] || b->radius[2] || b->radius[3])
		area_xml_rectangle(w, "r:radius", b->radius);
}

static void destination_attribute(AreaXml *w, const char *id)
{
	const AreaDestination *d = w->tree->destinations ? g_hash_table_lookup(w->tree->destinations, id) : NULL;
	g_autofree char *value = d ? g_strdup_printf("(P%u,%s)", d->page + 1, id) : g_strdup_printf("(,%s)", id);
	area_xml_text(w, "internal-link", value);
}

void area_xml_link(AreaXml *w, const char *uri, const char *destination)
{
	g_autofree char *value = uri ? g_strconcat("newWindow=false,dest=", uri, NULL) : NULL;
	area_xml_text(w, "external-link", value);
	if (destination)
		destination_attribute(w, destination);
}

void area_xml_common(AreaXml *w, const Area *a)
{
	area_xml_place(w, a);
	area_xml_text(w, "prod-id", a->id);
	area_xml_box(w, a->box);
	if (a->link)
		area_xml_link(w, a->link->uri, a->link->destination);
}
