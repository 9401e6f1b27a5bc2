/* Why two settings of a document differ: explain REASONS NAME FILE.fo OTHER.xml OURS.xml DIFFERENCES
 *
 * REASONS has a reason a paragraph: "NAME...: why", and under it, indented, what must be so for it to be the reason. NAME is
 * GROUP/NAME of the document, or GROUP; the document's own come first. OTHER.xml and OURS.xml are area trees, DIFFERENCES is what
 * compare said, or the message of what failed. Conditions, a line each: only KIND...      there are no other differences than
 * these: pages, text, line, place fo XPATH          of the document, true fop XPATH         of Apache FOP's areas ours XPATH of our
 * areas fails TEXT        Apache FOP makes no PDF, and its message has TEXT overlaps          with Apache FOP text lies over other
 * text, with ours it does not outside           with Apache FOP text lies outside the page, with ours it does not lost Apache FOP's
 * areas hold fewer letters than ours more              Apache FOP's areas hold more letters than ours Prints why, and each
 * condition that is not met. Exit status 0: all are; 1: not; 2: there is no reason. explain --facts OTHER.xml OURS.xml says what
 * could be said of the two. */
#include "stacking.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

typedef struct {
	xmlDoc *fo, *fop, *ours; /* NULL: there is none */
	char *differences;
} Case;

/* ---- facts ---- */

typedef struct {
	int page, left, top, right, bottom;
} Rectangle;

static gboolean has_text(const xmlNode *line)
{
	for (const xmlNode *n = line->children; n; n = xml_following(n, line))
		if (xml_is(n, "word"))
			return TRUE;
	return FALSE;
}

static int width_of(const xmlNode *line)
{
	int width = 0;

	for (const xmlNode *n = line->children; n; n = n->next)
		width += n->type == XML_ELEMENT_NODE ? stacking_number(n, xml_attribute(n, "ipda") ? "ipda" : "ipd") : 0;
	return MAX(width, 1);
}

static GArray *lines_of(const xmlDoc *doc)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(Rectangle)), *places = stacking_places(doc);

	for (guint i = 0; i < places->len; i++) {
		const Placed *p = &g_array_index(places, Placed, i);
		if (!xml_is(p->node, "lineArea") || p->turned || !has_text(p->node))
			continue;
		Rectangle r = {p->page, p->x, p->y, p->x + width_of(p->node), p->y + stacking_number(p->node, "bpd")};
		g_array_append_val(lines, r);
	}
	g_array_unref(places);
	return lines;
}

static gboolean overlaps(const xmlDoc *doc)
{
	g_autoptr(GArray) lines = lines_of(doc);

	for (guint i = 0; i < lines->len; i++)
		for (guint k = i + 1; k < lines->len; k++) {
			const Rectangle *a = &g_array_index(lines, Rectangle, i), *b = &g_array_index(lines, Rectangle, k);
			if (a->page == b->page && MIN(a->right, b->right) - MAX(a->left, b->left) > 1000 &&
			    MIN(a->bottom, b->bottom) - MAX(a->top, b->top) > 2000)
				return TRUE;
		}
	return FALSE;
}

static void page_size(const xmlDoc *doc, int page, int *width, int *height)
{
	for (const xmlNode *n = xmlDocGetRootElement(doc); n; n = xml_following(n, (const xmlNode *)doc)) {
		page -= xml_is(n, "pageViewport");
		if (page == 0) {
			const char *bounds = xml_attribute(n, "bounds");
			sscanf(bounds ? bounds : "", "%*d %*d %d %d", width, height);
			return;
		}
	}
}

static gboolean outside(const xmlDoc *doc)
{
	g_autoptr(GArray) lines = lines_of(doc);

	for (guint i = 0; i < lines->len; i++) {
		const Rectangle *r = &g_array_index(lines, Rectangle, i);
		int width = 0, height = 0;
		page_size(doc, r->page, &width, &height);
		if (r->left < -1000 || r->top < -1000 || r->bottom > height + 1000 || r->right > width + 1000)
			return TRUE;
	}
	return FALSE;
}

static int letters(const xmlDoc *doc)
{
	int count = 0;

	for (const xmlNode *n = xmlDocGetRootElement(doc); n; n = xml_following(n, (const xmlNode *)doc)) {
		xmlChar *text = xml_is(n, "word") ? xmlNodeGetContent(n) : NULL;
		for (const char *p = (const char *)text; p && *p; p = g_utf8_next_char(p))
			count += g_unichar_isalnum(g_utf8_get_char(p));
		xmlFree(text);
	}
	return count;
}

/* ---- conditions ---- */

static gboolean holds(xmlDoc *doc, const char *question)
{
	if (!doc)
		return FALSE;
	xmlXPathContext *context = xmlXPathNewContext(doc);
	xmlXPathRegisterNs(context, BAD_CAST "fo", BAD_CAST "http://www.w3.org/1999/XSL/Format");
	xmlXPathRegisterNs(context, BAD_CAST "fox", BAD_CAST "http://xmlgraphics.apache.org/fop/extensions");
	xmlXPathRegisterNs(context, BAD_CAST "r", BAD_CAST AREAS_NS);
	xmlXPathObject *found = xmlXPathEvalExpression(BAD_CAST question, context);
	gboolean yes = found && xmlXPathCastToBoolean(found);
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	return yes;
}

static gboolean are_only(const Case *c, const char *kinds)
{
	g_auto(GStrv) allowed = g_strsplit(kinds, " ", -1), lines = g_strsplit(c->differences, "\n", -1);

	for (char **l = lines; *l; l++) {
		g_autofree char *kind = g_strndup(*l, strcspn(*l, ":"));
		if (**l && **l != ' ' && !g_strv_contains((const char *const *)allowed, kind))
			return FALSE;
	}
	return c->fop != NULL;
}

static gboolean fails(const Case *c, const char *texts)
{
	g_auto(GStrv) alternatives = g_strsplit(texts, " | ", -1);
	gboolean found = FALSE;

	for (char **t = alternatives; *t; t++)
		found = found || strstr(c->differences, *t) != NULL;
	return found;
}

static gboolean is_met(const Case *c, const char *condition)
{
	const char *rest = condition + strcspn(condition, " ");

	rest += *rest == ' ';
	if (g_str_has_prefix(condition, "only "))
		return are_only(c, rest);
	if (g_str_has_prefix(condition, "fo "))
		return holds(c->fo, rest);
	if (g_str_has_prefix(condition, "fop "))
		return holds(c->fop, rest);
	if (g_str_has_prefix(condition, "ours "))
		return holds(c->ours, rest);
	if (g_str_has_prefix(condition, "fails "))
		return fails(c, rest);
	if (!c->fop || !c->ours)
		return FALSE;
	if (strcmp(condition, "overlaps") == 0)
		return overlaps(c->fop) && !overlaps(c->ours);
	if (strcmp(condition, "outside") == 0)
		return outside(c->fop) && !outside(c->ours);
	if (strcmp(condition, "lost") == 0)
		return letters(c->fop) < letters(c->ours);
	return strcmp(condition, "more") == 0 && letters(c->fop) > letters(c->ours);
}

static gboolean is_named(const char *heading, const char *name)
{
	g_auto(GStrv) names = g_strsplit(heading, " ", -1);

	return g_strv_contains((const char *const *)names, name);
}

/* The lines of the reason for name; NULL: there is none. */
static char **find_reason(const char *reasons, const char *name)
{
	g_auto(GStrv) paragraphs = g_strsplit(reasons, "\n\n", -1);

	for (char **p = paragraphs; *p; p++) {
		const char *text = *p;
		while (*text == '#') /* a remark before it */
			text += strcspn(text, "\n") + (strchr(text, '\n') != NULL);
		g_autofree char *heading = g_strndup(text, strcspn(text, ":\n"));
		if (is_named(heading, name))
			return g_strsplit(text, "\n", -1);
	}
	return NULL;
}

static int explain(const Case *c, char **reason)
{
	gboolean met = TRUE;
	int conditions = 0;

	puts(g_strstrip(strchr(reason[0], ':') + 1));
	for (char **l = reason + 1; *l; l++) {
		if (!*g_strstrip(*l))
			continue;
		conditions++;
		if (!is_met(c, *l)) {
			printf("    but this is not so: %s\n", *l);
			met = FALSE;
		}
	}
	if (conditions == 0)
		puts("    but nothing says how that is known");
	return met && conditions > 0 ? 0 : 1;
}

/* ---- the whole ---- */

static xmlDoc *load(const char *path)
{
	return g_file_test(path, G_FILE_TEST_EXISTS)
		   ? xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)
		   : NULL;
}

static int tell_facts(const char *other, const char *ours)
{
	xmlDoc *a = load(other), *b = load(ours);

	if (!a || !b)
		return 1;
	printf("overlaps %d %d; outside %d %d; letters %d %d\n", overlaps(a), overlaps(b), outside(a), outside(b), letters(a),
	       letters(b));
	return 0;
}

static char *words_of(const xmlNode *line)
{
	GString *text = g_string_new(NULL);

	for (const xmlNode *n = line->children; n; n = xml_following(n, line)) {
		xmlChar *word = xml_is(n, "word") ? xmlNodeGetContent(n) : NULL;
		g_string_append(text, word ? (const char *)word : "");
		xmlFree(word);
	}
	return g_string_free(text, FALSE);
}

/* The lines of text, each where its rectangle and its text begin. */
static GArray *text_lines(const xmlDoc *doc)
{
	GArray *places = stacking_places(doc), *lines = g_array_new(FALSE, FALSE, sizeof(Placed));

	for (guint i = 0; i + 1 < places->len; i++) {
		Placed line = g_array_index(places, Placed, i);
		if (!xml_is(line.node, "lineArea") || line.turned || !has_text(line.node))
			continue;
		line.x = g_array_index(places, Placed, i + 1).x;
		line.y -= stacking_number(line.node, "space-before");
		g_array_append_val(lines, line);
	}
	g_array_unref(places);
	return lines;
}

static int distance(const Placed *a, const Placed *b)
{
	return ABS(a->x - b->x) + ABS(a->y - b->y);
}

/* The nearest line of the same text on the same page. */
static const Placed *find_line(const GArray *lines, const Placed *like)
{
	g_autofree char *text = words_of(like->node);
	const Placed *best = NULL;

	for (guint i = 0; i < lines->len; i++) {
		const Placed *p = &g_array_index(lines, Placed, i);
		g_autofree char *other = words_of(p->node);
		if (p->page == like->page && strcmp(text, other) == 0 && (!best || distance(p, like) < distance(best, like)))
			best = p;
	}
	return best;
}

enum { SHOWN = 3, TOLERANCE = 500 };

static int tell_places(const char *other, const char *ours)
{
	xmlDoc *a = load(other), *b = load(ours);
	int found = 0;

	if (!a || !b)
		return 0;
	g_autoptr(GArray) first = text_lines(a), second = text_lines(b);
	for (guint i = 0; i < first->len; i++) {
		const Placed *p = &g_array_index(first, Placed, i), *q = find_line(second, p);
		if (!q || (ABS(p->x - q->x) <= TOLERANCE && ABS(p->y - q->y) <= TOLERANCE) || found++ >= SHOWN)
			continue;
		g_autofree char *text = words_of(p->node);
		printf("areas: page %d: '%.30s' %.1f pt to the right, %.1f pt lower\n", p->page, text, (q->x - p->x) / 1000.0,
		       (q->y - p->y) / 1000.0);
	}
	if (found > SHOWN)
		printf("  and %d more of these\n", found - SHOWN);
	return found > 0;
}

int main(int argc, char **argv)
{
	g_autofree char *reasons = NULL, *group = NULL;
	Case c = {0};

	if (argc == 4 && strcmp(argv[1], "--facts") == 0)
		return tell_facts(argv[2], argv[3]);
	if (argc == 4 && strcmp(argv[1], "--places") == 0)
		return tell_places(argv[2], argv[3]);
	if (argc != 7 || !g_file_get_contents(argv[1], &reasons, NULL, NULL) ||
	    !g_file_get_contents(argv[6], &c.differences, NULL, NULL))
		return 3;
	group = g_strndup(argv[2], strcspn(argv[2], "/"));
	g_auto(GStrv) reason = find_reason(reasons, argv[2]);
	if (!reason)
		reason = find_reason(reasons, group);
	if (!reason)
		return 2;
	c.fo = load(argv[3]);
	c.fop = load(argv[4]);
	c.ours = load(argv[5]);
	return explain(&c, reason);
}
