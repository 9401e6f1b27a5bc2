/* lettering FILE: where the words of the drawings in FILE come to stand, measured with the house's own letters. Says which overlap, and which stick
 * out of their drawing. Exit status 1 when some do. */
#include "base/diagnostic.h"
#include "base/xml.h"

#include <pango/pangoft2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	double left, top, right, bottom;
	const char *words;
} Label;

static const char *inherited(const xmlNode *n, const char *name, const char *otherwise)
{
	for (; n != NULL && n->type == XML_ELEMENT_NODE; n = n->parent)
		if (xml_attribute(n, name) != NULL)
			return xml_attribute(n, name);
	return otherwise;
}

/* Measured at a hundredfold, so that rounding to pixels does not count. */
static Label measure(PangoContext *context, const xmlNode *text)
{
	const double size = atof(inherited(text, "font-size", "1")), x = atof(xml_attribute(text, "x")), y = atof(xml_attribute(text, "y"));
	const char *anchor = inherited(text, "text-anchor", "start");
	g_autofree char *words = (char *)xmlNodeGetContent(text);
	PangoLayout *layout = pango_layout_new(context);
	PangoFontDescription *font = pango_font_description_from_string("Lato");
	int width;

	pango_font_description_set_weight(font, (PangoWeight)atoi(inherited(text, "font-weight", "400")));
	pango_font_description_set_absolute_size(font, size * 100 * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_layout_set_text(layout, words, -1);
	pango_layout_get_size(layout, &width, NULL);
	const double wide = (double)width / PANGO_SCALE / 100;
	const double left = x - (strcmp(anchor, "middle") == 0 ? wide / 2 : strcmp(anchor, "end") == 0 ? wide : 0);
	pango_font_description_free(font);
	g_object_unref(layout);
	return (Label){left, y - 0.78 * size, left + wide, y + 0.22 * size, g_strdup(words)};
}

static gboolean check_drawing(PangoContext *context, const xmlNode *svg)
{
	g_autoptr(GArray) labels = g_array_new(FALSE, FALSE, sizeof(Label));
	g_auto(GStrv) box = g_strsplit(xml_attribute(svg, "viewBox"), " ", 4);
	const double left = atof(box[0]), top = atof(box[1]), right = left + atof(box[2]), bottom = top + atof(box[3]);
	gboolean good = TRUE;

	for (const xmlNode *n = svg; n != NULL; n = xml_following(n, svg)) {
		if (!xml_is(n, "text"))
			continue;
		Label own = measure(context, n);
		if (own.left < left || own.right > right || own.top < top || own.bottom > bottom) {
			printf("sticks out: %s\n", own.words);
			good = FALSE;
		}
		for (guint i = 0; i < labels->len; i++) {
			const Label *other = &g_array_index(labels, Label, i);
			if (own.left < other->right && other->left < own.right && own.top < other->bottom && other->top < own.bottom) {
				printf("overlap: %s | %s\n", own.words, other->words);
				good = FALSE;
			}
		}
		g_array_append_val(labels, own);
	}
	printf("%u labels\n", labels->len);
	return good;
}

int main(int argc, char **argv)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(xmlDoc) doc = argc == 2 ? xml_load(argv[1], argv[1], d) : NULL;
	PangoFontMap *map = pango_ft2_font_map_new();
	PangoContext *context = pango_font_map_create_context(map);
	gboolean good = doc != NULL;

	for (const xmlNode *n = doc != NULL ? xmlDocGetRootElement(doc) : NULL; n != NULL; n = xml_following(n, xmlDocGetRootElement(doc)))
		if (xml_is(n, "svg"))
			good &= check_drawing(context, n);
	g_object_unref(context);
	g_object_unref(map);
	return good ? 0 : 1;
}
