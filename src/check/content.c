/* Content models: Thompson's construction over the particles of a type, simulated with sets of states. */
#include "check/content.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	guint from, to;
	const char *name; /* NULL: nothing is read */
} Edge;

struct Content {
	const Schema *schema;
	GArray *edges;
	guint states, end;
};

struct ContentPlace {
	guint n;
	guint8 in[]; /* by state */
};

static guint new_state(Content *c)
{
	return c->states++;
}

static void add_edge(Content *c, guint from, guint to, const char *name)
{
	Edge edge = {from, to, name};

	g_array_append_val(c->edges, edge);
}

static guint build(Content *c, const xmlNode *particle, guint from);

static guint build_once(Content *c, const xmlNode *particle, guint from)
{
	guint to;

	if (xml_is(particle, "element")) {
		to = new_state(c);
		add_edge(c, from, to, schema_name(particle));
		return to;
	}
	if (xml_is(particle, "group")) {
		const xmlNode *group = schema_lookup(c->schema, "group", xml_attribute(particle, "ref"));
		const xmlNode *inner = xml_first(group, NULL);
		return build(c, inner != NULL && xml_is(inner, "annotation") ? xml_next(inner, NULL) : inner, from);
	}
	if (xml_is(particle, "choice")) {
		to = new_state(c);
		for (const xmlNode *n = xml_first(particle, NULL); n != NULL; n = xml_next(n, NULL))
			if (!xml_is(n, "annotation"))
				add_edge(c, build(c, n, from), to, NULL);
		return to;
	}
	for (const xmlNode *n = xml_first(particle, NULL); n != NULL; n = xml_next(n, NULL))
		if (!xml_is(n, "annotation"))
			from = build(c, n, from);
	return from;
}

static guint build(Content *c, const xmlNode *particle, guint from)
{
	const char *least = xml_attribute(particle, "minOccurs"), *most = xml_attribute(particle, "maxOccurs");
	int min = least != NULL ? atoi(least) : 1, max = most != NULL ? atoi(most) : 1;
	guint to;

	for (int i = 0; i < min; i++)
		from = build_once(c, particle, from);
	if (g_strcmp0(most, "unbounded") == 0) {
		to = new_state(c); /* a state of its own, so that nothing that follows can be read inside the loop */
		add_edge(c, from, to, NULL);
		add_edge(c, build_once(c, particle, to), to, NULL);
		from = to;
		to = new_state(c);
		add_edge(c, from, to, NULL);
		return to;
	}
	to = new_state(c);
	add_edge(c, from, to, NULL);
	for (int i = min; i < max; i++) {
		from = build_once(c, particle, from);
		add_edge(c, from, to, NULL);
	}
	return to;
}

static guint build_type(Content *c, const xmlNode *type, guint from)
{
	const xmlNode *base = schema_base(c->schema, type), *particle = schema_particle(type);

	if (base != NULL)
		from = build_type(c, base, from);
	return particle != NULL ? build(c, particle, from) : from;
}

Content *content_new(const Schema *s, const xmlNode *type)
{
	Content *c = g_new0(Content, 1);

	c->schema = s;
	c->edges = g_array_new(FALSE, FALSE, sizeof(Edge));
	c->end = build_type(c, type, new_state(c));
	return c;
}

void content_free(Content *c)
{
	if (c == NULL)
		return;
	g_array_unref(c->edges);
	g_free(c);
}

static ContentPlace *place_new(const Content *c)
{
	ContentPlace *at = g_malloc0(sizeof *at + c->states);

	at->n = c->states;
	return at;
}

void content_place_free(ContentPlace *at)
{
	g_free(at);
}

static void close_over(const Content *c, ContentPlace *at)
{
	gboolean grown = TRUE;

	while (grown) {
		grown = FALSE;
		for (guint i = 0; i < c->edges->len; i++) {
			const Edge *e = &g_array_index(c->edges, Edge, i);
			if (e->name == NULL && at->in[e->from] && !at->in[e->to])
				grown = at->in[e->to] = TRUE;
		}
	}
}

ContentPlace *content_start(const Content *c)
{
	ContentPlace *at = place_new(c);

	at->in[0] = TRUE;
	close_over(c, at);
	return at;
}

gboolean content_step(const Content *c, ContentPlace *at, const char *name)
{
	g_autoptr(ContentPlace) next = place_new(c);
	gboolean any = FALSE;

	for (guint i = 0; i < c->edges->len; i++) {
		const Edge *e = &g_array_index(c->edges, Edge, i);
		if (e->name != NULL && at->in[e->from] && strcmp(e->name, name) == 0)
			any = next->in[e->to] = TRUE;
	}
	if (!any)
		return FALSE;
	close_over(c, next);
	memcpy(at->in, next->in, at->n);
	return TRUE;
}

static gboolean is_goal(const Content *c, guint state, const char *name)
{
	if (name == NULL)
		return state == c->end;
	for (guint i = 0; i < c->edges->len; i++) {
		const Edge *e = &g_array_index(c->edges, Edge, i);
		if (e->from == state && e->name != NULL && strcmp(e->name, name) == 0)
			return TRUE;
	}
	return FALSE;
}

static GPtrArray *walk_back(const Content *c, const int *by, guint state)
{
	GPtrArray *path = g_ptr_array_new();

	while (by[state] >= 0) {
		const Edge *e = &g_array_index(c->edges, Edge, (guint)by[state]);
		if (e->name != NULL)
			g_ptr_array_insert(path, 0, (gpointer)e->name);
		state = e->from;
	}
	return path;
}

/* Bellman and Ford's, an element costing 1: models are small. */
GPtrArray *content_path(const Content *c, const ContentPlace *at, const char *name)
{
	enum { FAR = 1 << 20 };
	g_autofree int *cost = g_new(int, c->states), *by = g_new(int, c->states);
	gboolean shorter = TRUE;
	guint best = G_MAXUINT;

	for (guint i = 0; i < c->states; i++) {
		cost[i] = at->in[i] ? 0 : FAR;
		by[i] = -1;
	}
	while (shorter) {
		shorter = FALSE;
		for (guint i = 0; i < c->edges->len; i++) {
			const Edge *e = &g_array_index(c->edges, Edge, i);
			int through = cost[e->from] + (e->name != NULL ? 1 : 0);
			if (through < cost[e->to]) {
				cost[e->to] = through;
				by[e->to] = (int)i;
				shorter = TRUE;
			}
		}
	}
	for (guint i = 0; i < c->states; i++)
		if (cost[i] < FAR && (best == G_MAXUINT || cost[i] < cost[best]) && is_goal(c, i, name))
			best = i;
	return best != G_MAXUINT ? walk_back(c, by, best) : NULL;
}

gboolean content_repeats(const Content *c, const char *name)
{
	g_autoptr(ContentPlace) after = place_new(c);

	for (guint i = 0; i < c->edges->len; i++) {
		const Edge *e = &g_array_index(c->edges, Edge, i);
		if (e->name != NULL && strcmp(e->name, name) == 0)
			after->in[e->to] = TRUE;
	}
	close_over(c, after);
	g_autoptr(GPtrArray) path = content_path(c, after, name);
	return path != NULL;
}
