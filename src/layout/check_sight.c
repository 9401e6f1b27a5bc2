/* What nobody can read, though it is set: text and pictures off the page; and words that run over its edge. */
#include "layout/page.h"

#include <string.h>

enum { HALF = 2 }; /* an area is unseen when less than one in so many parts of it is on the page */

typedef struct {
	Diagnostics *d;
	gboolean edges; /* looked for is what runs over an edge, not what is unseen */
	gboolean good;
	guint before; /* order of what was reported last: not every piece of one text */
} Sight;

/* A rectangle by its edges, in the co-ordinates of the areas at hand. */
typedef struct {
	gint64 left, top, right, bottom;
} Window;

/* The page in the co-ordinates of what stands in a viewport (area.h). */
static Window look_through(const Window *w, const Area *view)
{
	gint64 left = w->left - view->x, right = w->right - view->x, top = w->top - view->y, bottom = w->bottom - view->y;
	switch (((view->u.viewport.rotate / 90) % 4 + 4) % 4) {
	case 1:
		return (Window){view->bpd - bottom, left, view->bpd - top, right};
	case 2:
		return (Window){view->ipd - right, view->bpd - bottom, view->ipd - left, view->bpd - top};
	case 3:
		return (Window){top, view->ipd - right, bottom, view->ipd - left};
	default:
		return *w;
	}
}

static Window window_of(const Area *a)
{
	gint64 above = 0;
	if (a->kind == AREA_TEXT && a->u.text->font && a->u.text->font->upem > 0)
		above = (gint64)a->u.text->font->ascender * a->u.text->size / a->u.text->font->upem;
	return (Window){a->x, a->y - above, (gint64)a->x + a->ipd, a->y - above + a->bpd};
}

static gboolean is_unseen(const Area *a, const Window *page)
{
	const Window w = window_of(a);
	gint64 width = MIN(w.right, page->right) - MAX(w.left, page->left), height = MIN(w.bottom, page->bottom) - MAX(w.top, page->top);
	return a->ipd > 0 && a->bpd > 0 && (width * HALF < a->ipd || height * HALF < a->bpd);
}

/* A letter or more of it is not on the page. */
static gboolean is_cut(const Area *a, const Window *page)
{
	const Window w = window_of(a);
	const int letter = a->kind == AREA_TEXT ? a->u.text->size / 2 : 0;
	return a->kind == AREA_TEXT && (w.left + letter < page->left || w.right - letter > page->right);
}

/* Its first word, or the name of the picture. */
static char *name_of(const Area *a)
{
	if (a->kind == AREA_IMAGE)
		return g_strdup(a->u.image.picture->name);
	const char *word = a->u.text->text + strspn(a->u.text->text, " ");
	return g_strndup(word, strcspn(word, " "));
}

static void report(Sight *s, const Area *a)
{
	Position at = a->at;
	if (a->order > 0 && a->order == s->before)
		return;
	s->before = a->order;
	g_autofree char *name = name_of(a);
	at.focus = name;
	s->good = FALSE;
	diagnose(s->d, s->edges ? MSG_LAYOUT_CUT : MSG_LAYOUT_UNSEEN, &at, name);
}

/* Spaces and the dots of a leader tell nobody anything. */
static gboolean shows(const Area *a)
{
	if (a->kind != AREA_TEXT)
		return a->kind == AREA_IMAGE && a->u.image.picture;
	return a->u.text && a->u.text->text && a->u.text->text[strspn(a->u.text->text, " .")] != '\0';
}

static void look_at(Sight *s, const Area *a, const Window *page)
{
	if (shows(a) && (s->edges ? is_cut(a, page) : is_unseen(a, page)))
		report(s, a);
	const Window inside = a->kind == AREA_VIEWPORT ? look_through(page, a) : *page;
	for (const Area *child = a->first; child; child = child->next)
		look_at(s, child, &inside);
}

static gboolean look_at_pages(const AreaTree *t, gboolean edges, Diagnostics *d)
{
	Sight s = {.d = d, .edges = edges, .good = TRUE};
	for (guint i = 0; i < t->pages->len; i++) {
		const AreaPage *p = g_ptr_array_index(t->pages, i);
		const Window page = {0, 0, p->width, p->height};
		for (const Area *a = p->first; a; a = a->next)
			look_at(&s, a, &page);
	}
	return s.good;
}

void area_check_sight(const AreaTree *t, Diagnostics *d)
{
	look_at_pages(t, FALSE, d);
}

gboolean layout_check_edges(const AreaTree *t, Diagnostics *d)
{
	return look_at_pages(t, TRUE, d);
}
