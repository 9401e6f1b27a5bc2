/* Where the areas of an area tree are, by its own sizes: Apache FOP's tree says of most areas only how large they are and what
 * comes before them, and its renderers stack them (AbstractRenderer and AbstractPathOrientedRenderer of FOP 2.8). The same is done
 * here, for its trees and ours, so that what ours says of places beside that (r:at) can be held against it. */
#ifndef ROTONDE_TESTS_STACKING_H
#define ROTONDE_TESTS_STACKING_H

#include "base/xml.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#define AREAS_NS "urn:rotonde:areas"

typedef struct {
	const xmlNode *node; /* block, lineArea, text (then: the start of its baseline) or viewport */
	int page;            /* from 1 */
	int x, y;            /* content's corner on the page, millipoints */
	gboolean turned;     /* by reference-orientation, it or what it stands in */
} Placed;

typedef struct {
	double m[6];
} Matrix;

typedef struct {
	GArray *places; /* Placed */
	Matrix at;
	int page;
} Stacking;

static int stacking_number(const xmlNode *n, const char *name)
{
	const char *text = xml_attribute(n, name);

	return text ? (int)g_ascii_strtoll(text, NULL, 10) : 0;
}

/* Border and padding: 0 start, 1 end, 2 before, 3 after. */
static int stacking_edge(const xmlNode *n, int side)
{
	const char *text = xml_attribute(n, "bap");
	gint64 value = 0;
	char *end = (char *)text;

	for (int i = 0; text && i <= side; i++)
		value = g_ascii_strtoll(end, &end, 10);
	return (int)value;
}

static Matrix stacking_matrix(const xmlNode *n)
{
	const char *text = xml_attribute(n, "ctm");
	Matrix m = {{1, 0, 0, 1, 0, 0}};
	char *end = (char *)(text ? text + 1 : text);

	for (int i = 0; text && i < 6; i++)
		m.m[i] = g_ascii_strtod(end, &end);
	return m;
}

/* Inner coordinates to those that outer is in. */
static Matrix stacking_join(Matrix inner, Matrix outer)
{
	const double *i = inner.m, *o = outer.m;

	return (Matrix){{i[0] * o[0] + i[1] * o[2], i[0] * o[1] + i[1] * o[3], i[2] * o[0] + i[3] * o[2], i[2] * o[1] + i[3] * o[3],
			 i[4] * o[0] + i[5] * o[2] + o[4], i[4] * o[1] + i[5] * o[3] + o[5]}};
}

static Matrix stacking_move(int x, int y, Matrix outer)
{
	return stacking_join((Matrix){{1, 0, 0, 1, x, y}}, outer);
}

static void stacking_note(Stacking *s, const xmlNode *n, int x, int y)
{
	const double *m = s->at.m;
	Placed p = {n, s->page, (int)(m[0] * x + m[2] * y + m[4]), (int)(m[1] * x + m[3] * y + m[5]), m[0] < 0.5};

	g_array_append_val(s->places, p);
}

static gboolean stacking_is(const xmlNode *n, const char *name, const char *value)
{
	return g_strcmp0(xml_attribute(n, name), value) == 0;
}

static gboolean stacking_is_foreign(const xmlNode *n)
{
	return n->ns && strcmp((const char *)n->ns->href, AREAS_NS) == 0;
}

static void stacking_inline(Stacking *s, const xmlNode *line, int x, int y)
{
	for (const xmlNode *n = line->children; n; n = n->next) {
		int top = y + stacking_number(n, "offset");
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (xml_is(n, "text"))
			stacking_note(s, n, x, top + stacking_number(n, "baseline"));
		else if (xml_is(n, "inlineparent"))
			stacking_inline(s, n, x + stacking_edge(n, 0), top);
		else if (xml_is(n, "viewport"))
			stacking_note(s, n, x + stacking_edge(n, 0), top + stacking_edge(n, 2));
		x += stacking_number(n, xml_attribute(n, "ipda") ? "ipda" : "ipd");
	}
}

static int stacking_blocks(Stacking *s, const xmlNode *parent, int x, int y);

/* A coordinate system of its own: y is where what it holds begins. */
static void stacking_inside(Stacking *s, const xmlNode *n, Matrix at, int y)
{
	Matrix outside = s->at;

	s->at = at;
	stacking_blocks(s, n, 0, y);
	s->at = outside;
}

static int stacking_viewport(Stacking *s, const xmlNode *n, int x, int y)
{
	gboolean fixed = stacking_is(n, "positioning", "fixed");
	Matrix outside = s->at, at;

	if (fixed || stacking_is(n, "positioning", "absolute")) {
		at = stacking_move(stacking_number(n, "left-position"), stacking_number(n, "top-position"),
				   fixed ? (Matrix){{1, 0, 0, 1, 0, 0}} : outside);
		s->at = at;
		stacking_note(s, n, 0, 0);
		s->at = outside;
		stacking_inside(s, n, stacking_join(stacking_matrix(n), at), 0);
		return y;
	}
	at = stacking_move(x, y + stacking_number(n, "space-before"), outside);
	stacking_note(s, n, x + stacking_number(n, "start-indent"), y + stacking_number(n, "space-before") + stacking_edge(n, 2));
	stacking_inside(s, n, stacking_join(stacking_matrix(n), at), 0);
	return y + stacking_number(n, "bpda");
}

/* Returns where the next one begins. */
static int stacking_block(Stacking *s, const xmlNode *n, int x, int y)
{
	int left = x + stacking_number(n, "left-offset"),
	    top = y + stacking_number(n, "top-offset") + stacking_number(n, "space-before");

	if (stacking_is(n, "is-viewport-area", "true"))
		return stacking_viewport(s, n, x, y);
	stacking_note(s, n, left + stacking_number(n, "start-indent"), top + stacking_edge(n, 2));
	if (stacking_is(n, "is-reference-area", "true")) {
		stacking_inside(s, n, stacking_move(left, top, s->at), stacking_edge(n, 2));
		return y;
	}
	stacking_blocks(s, n, left, top + stacking_edge(n, 2));
	return stacking_is(n, "positioning", "absolute") ? y : y + stacking_number(n, "bpda");
}

static int stacking_blocks(Stacking *s, const xmlNode *parent, int x, int y)
{
	for (const xmlNode *n = parent->children; n; n = n->next) {
		int left = x + (xml_is(parent, "block") ? stacking_number(parent, "start-indent") : 0);
		if (n->type != XML_ELEMENT_NODE || stacking_is_foreign(n))
			continue;
		if (xml_is(n, "block"))
			y = stacking_block(s, n, x, y);
		if (!xml_is(n, "lineArea"))
			continue;
		left += stacking_number(n, "start-indent");
		stacking_note(s, n, left, y + stacking_number(n, "space-before"));
		stacking_inline(s, n, left, y + stacking_number(n, "space-before"));
		y += stacking_number(n, "bpda");
	}
	return y;
}

/* The flows of a span lie side by side. */
static void stacking_span(Stacking *s, const xmlNode *span, int x, int y)
{
	gboolean leftwards = stacking_is(span, "inline-progression-direction", "rl");
	int gap = stacking_number(span->parent, "columnGap");

	x += leftwards ? stacking_number(span, "ipd") : 0;
	for (const xmlNode *f = span->children; f; f = f->next) {
		if (!xml_is(f, "flow"))
			continue;
		x -= leftwards ? stacking_number(f, "ipd") : 0;
		stacking_inside(s, f, stacking_move(x, y, s->at), 0);
		x += leftwards ? -gap : stacking_number(f, "ipd") + gap;
	}
}

static void stacking_region(Stacking *s, const xmlNode *region)
{
	int x = stacking_edge(region, 0), top = stacking_edge(region, 2), y = top;

	s->at = stacking_matrix(region);
	if (!xml_is(region, "regionBody"))
		stacking_blocks(s, region, x, y);
	for (const xmlNode *part = region->children; part; part = part->next) {
		if (xml_is(part, "beforeFloat"))
			y = stacking_blocks(s, part, x, y);
		for (const xmlNode *span = xml_is(part, "mainReference") ? part->children : NULL; span; span = span->next) {
			if (!xml_is(span, "span"))
				continue;
			stacking_span(s, span, x, y);
			y += stacking_number(span, "bpd");
		}
		if (xml_is(part, "footnote"))
			stacking_blocks(s, part, x, top + stacking_number(part, "top-offset"));
	}
}

/* The places of all areas, in the order of the tree. */
static GArray *stacking_places(const xmlDoc *areas)
{
	Stacking s = {.places = g_array_new(FALSE, FALSE, sizeof(Placed))};

	for (const xmlNode *n = xmlDocGetRootElement(areas); n; n = xml_following(n, (const xmlNode *)areas)) {
		s.page += xml_is(n, "pageViewport");
		if (n->type == XML_ELEMENT_NODE && n->parent && xml_is(n->parent, "regionViewport"))
			stacking_region(&s, n);
	}
	return s.places;
}

#endif
