/* The flows of an area tree as lines and their text, and where the text of one setting stands in that of another. */
#ifndef ROTONDE_TESTS_FLOW_H
#define ROTONDE_TESTS_FLOW_H

#include "stacking.h"

typedef struct {
	const xmlNode *node, *block;
	int page, x, y;    /* from 1; millipoints: where its text and its rectangle begin */
	int measure, room; /* what the line could be wide, and what of that remained */
	int height, size;  /* with the spaces above and below; of the largest type in it */
	gsize start, end;  /* in the text of its flow */
	gboolean hyphenated, picture;
} Line;

typedef struct {
	GArray *lines; /* Line */
	GString *text; /* without spaces, hyphens and the dots of leaders */
	GHashTable *full; /* a set of pages that it fills */
} Flow;

typedef struct {
	gsize a, b, length;
} Segment; /* the same text in both */

/* ---- reading ---- */

static gboolean counts_as_text(gunichar c)
{
	return !g_unichar_isspace(c) && c != '-' && c != 0xad && c != '.';
}

static void read_line(Flow *flow, Line *l)
{
	gunichar last = 0;

	l->start = flow->text->len;
	for (const xmlNode *n = l->node->children; n; n = xml_following(n, l->node)) {
		l->picture |= xml_is(n, "image") || xml_is(n, "foreignObject");
		l->size = MAX(l->size, stacking_number(n, "font-size"));
		xmlChar *word = xml_is(n, "word") ? xmlNodeGetContent(n) : NULL;
		for (const char *p = (const char *)word; p && *p; p = g_utf8_next_char(p)) {
			last = g_utf8_get_char(p);
			if (counts_as_text(last))
				g_string_append_unichar(flow->text, last);
		}
		xmlFree(word);
	}
	l->hyphenated = last == '-' || last == 0xad;
	l->end = flow->text->len;
}

static gboolean is_cell(const xmlNode *n)
{
	return xml_is(n, "block") && stacking_is(n, "is-reference-area", "true") && stacking_is(n, "positioning", "absolute");
}

static int compare_cells(gconstpointer a, gconstpointer b)
{
	const xmlNode *l = *(xmlNode *const *)a, *r = *(xmlNode *const *)b;
	int down = stacking_number(l, "top-offset") - stacking_number(r, "top-offset");

	if (!is_cell(l) || !is_cell(r))
		return 0;
	return down ? down : stacking_number(l, "left-offset") - stacking_number(r, "left-offset");
}

typedef struct {
	Flow *flow;
	GHashTable *places; /* node -> Placed */
} Reader;

static void read_areas(const Reader *r, const xmlNode *parent)
{
	g_autoptr(GPtrArray) children = g_ptr_array_new();

	for (const xmlNode *n = parent->children; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE && !stacking_is_foreign(n))
			g_ptr_array_add(children, (gpointer)n);
	g_ptr_array_sort(children, compare_cells); /* stable */
	for (guint i = 0; i < children->len; i++) {
		const xmlNode *n = g_ptr_array_index(children, i);
		const Placed *p = g_hash_table_lookup(r->places, n);
		if (!xml_is(n, "lineArea")) {
			read_areas(r, n);
			continue;
		}
		Line l = {.node = n, .block = parent, .page = p->page, .x = p->x, .y = p->y - stacking_number(n, "space-before")};
		l.measure = stacking_number(n, "ipd");
		l.room = stacking_number(n, "end-indent");
		l.height = stacking_number(n, "bpda");
		read_line(r->flow, &l);
		if (l.end > l.start || l.picture)
			g_array_append_val(r->flow->lines, l);
	}
}

static gboolean flow_is_full(const Flow *f, int page)
{
	return g_hash_table_contains(f->full, GINT_TO_POINTER(page));
}

enum { ROUNDING = 500 }; /* of Apache FOP's, in the spaces of a page */

/* Down to the end of the body, or to its notes. */
static void read_fullness(const Flow *f, const xmlNode *flow)
{
	const Line *last = f->lines->len > 0 ? &g_array_index(f->lines, Line, f->lines->len - 1) : NULL;
	const xmlNode *body = flow;

	while (body && !xml_is(body, "regionBody"))
		body = body->parent;
	int room = body ? stacking_number(body, "bpd") : 0;
	for (const xmlNode *n = body ? body->children : NULL; n; n = n->next)
		if (xml_is(n, "footnote") && n->children)
			room = stacking_number(n, "top-offset");
	if (last && ABS(room - stacking_number(flow, "bpd")) <= ROUNDING)
		g_hash_table_add(f->full, GINT_TO_POINTER(last->page));
}

/* The flows of a document, one a page sequence. */
static GPtrArray *read_flows(const xmlDoc *doc)
{
	GPtrArray *flows = g_ptr_array_new();
	GArray *placed = stacking_places(doc); /* kept: the lines' nodes lead to them */
	Reader r = {NULL, g_hash_table_new(NULL, NULL)};

	for (guint i = 0; i < placed->len; i++)
		g_hash_table_insert(r.places, (gpointer)g_array_index(placed, Placed, i).node, &g_array_index(placed, Placed, i));
	for (const xmlNode *n = xmlDocGetRootElement(doc); n; n = xml_following(n, (const xmlNode *)doc)) {
		if (xml_is(n, "pageSequence")) {
			r.flow = g_new0(Flow, 1);
			r.flow->lines = g_array_new(FALSE, FALSE, sizeof(Line));
			r.flow->text = g_string_new(NULL);
			r.flow->full = g_hash_table_new(NULL, NULL);
			g_ptr_array_add(flows, r.flow);
		}
		if (!xml_is(n, "flow"))
			continue;
		read_areas(&r, n);
		read_fullness(r.flow, n);
	}
	g_hash_table_unref(r.places);
	return flows;
}

/* ---- the text of one in the other's ---- */

enum { ENOUGH = 24, FAR = 4000 }; /* characters that must be the same for the text to go on, and how far away that is looked for */

static gsize common(const char *a, const char *b)
{
	gsize length = 0;

	while (a[length] && a[length] == b[length])
		length++;
	return length;
}

/* How much of text is to be left out for it to go on as other does; G_MAXSIZE: it does not. */
static gsize find_on(const char *text, const char *other)
{
	gsize most = MIN(strlen(text), FAR), need = MIN(strlen(other), ENOUGH);

	for (gsize i = 0; i < most; i++)
		if (need > 0 && strncmp(text + i, other, need) == 0)
			return i;
	return G_MAXSIZE;
}

static gboolean starts_line(const Flow *f, gsize at)
{
	for (guint i = 0; i < f->lines->len; i++)
		if (g_array_index(f->lines, Line, i).start == at)
			return TRUE;
	return FALSE;
}

/* What is left out begins with a line, when it can: it may be preceded by what it ends with. */
static gsize slide(const Flow *f, gsize from, gsize length, gsize most)
{
	for (gsize back = 0; length > 0 && back <= most; back++) {
		if (starts_line(f, from - back))
			return back;
		if (back == most || f->text->str[from - back - 1] != f->text->str[from - back - 1 + length])
			return 0;
	}
	return 0;
}

/* What one has and the other does not have there. */
typedef struct {
	const GString *text, *other;
	gsize from, length, at; /* in text; where the other goes on */
	const char *whose;
} LeftOut;

static GArray *align(const Flow *a, const Flow *b, void (*leave_out)(const LeftOut *l))
{
	GArray *segments = g_array_new(FALSE, FALSE, sizeof(Segment));
	gsize i = 0, j = 0;

	while (i < a->text->len || j < b->text->len) {
		Segment s = {i, j, common(a->text->str + i, b->text->str + j)};
		i += s.length;
		j += s.length;
		gsize skip_a = find_on(a->text->str + i, b->text->str + j), skip_b = find_on(b->text->str + j, a->text->str + i);
		if (skip_a == G_MAXSIZE && skip_b == G_MAXSIZE)
			skip_a = a->text->len - i, skip_b = b->text->len - j;
		else if (skip_a <= skip_b)
			skip_b = 0;
		else
			skip_a = 0;
		gsize back = skip_a ? slide(a, i, skip_a, s.length) : slide(b, j, skip_b, s.length);
		s.length -= back;
		i -= back;
		j -= back;
		if (s.length > 0)
			g_array_append_val(segments, s);
		leave_out(&(LeftOut){a->text, b->text, i, skip_a, j, "Apache FOP"});
		leave_out(&(LeftOut){b->text, a->text, j, skip_b, i, "ours"});
		i += skip_a;
		j += skip_b;
	}
	return segments;
}

static gboolean in_both(const GArray *segments, gsize a)
{
	for (guint i = 0; i < segments->len; i++) {
		const Segment *s = &g_array_index(segments, Segment, i);
		if (a >= s->a && a < s->a + s->length)
			return TRUE;
	}
	return FALSE;
}

/* In the first text, where the second one's character is; G_MAXSIZE: nowhere. */
static gsize in_first(const GArray *segments, gsize b)
{
	for (guint i = 0; i < segments->len; i++) {
		const Segment *s = &g_array_index(segments, Segment, i);
		if (b >= s->b && b < s->b + s->length)
			return s->a + b - s->b;
	}
	return G_MAXSIZE;
}

#endif
