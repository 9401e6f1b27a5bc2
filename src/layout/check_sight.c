/* What nobody can read, though it is set: text and pictures off the page; and words that run over its edge. */
#include "layout/layout.h"

#include <string.h>

enum {
	HALF = 2,    /* an area is unseen when less than one in so many parts of it is on the page */
	LETTER = 2,  /* a letter is one in so many parts of its font size wide */
	ACCENT = 4,  /* less than one in so many parts of it above or below the page is not missed */
};

typedef struct {
	Diagnostics *d;
	gboolean whole; /* no letter may be off the page */
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

/* Of this text a letter or more is not on the page, or the heads or feet of its letters. */
static gboolean is_cut(const Area *a, const Window *page)
{
	const Window w = window_of(a);
	const int letter = a->u.text->size / LETTER, accent = a->u.text->size / ACCENT;
	return w.left + letter < page->left || w.right - letter > page->right || w.top + accent < page->top || w.bottom - accent > page->bottom;
}

/* Its first word, or the name of the picture. */
static char *name_of(const Area *a)
{
	if (a->kind == AREA_IMAGE)
		return g_strdup(a->u.image.picture->name);
	const char *word = a->u.text->text + strspn(a->u.text->text, " ");
	return g_strndup(word, strcspn(word, " "));
}

static void report(Sight *s, MessageId id, const Area *a)
{
	Position at = a->at;
	if (a->order > 0 && a->order == s->before)
		return;
	s->before = a->order;
	g_autofree char *name = name_of(a);
	at.focus = name;
	s->good &= id != MSG_LAYOUT_CUT;
	diagnose(s->d, id, &at, name);
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
	const gboolean text = a->kind == AREA_TEXT, there = shows(a), unseen = there && is_unseen(a, page);
	if (unseen || (there && text && is_cut(a, page)))
		report(s, text && s->whole ? MSG_LAYOUT_CUT : unseen ? MSG_LAYOUT_UNSEEN : MSG_LAYOUT_EDGE, a);
	const Window inside = a->kind == AREA_VIEWPORT ? look_through(page, a) : *page;
	for (const Area *child = a->first; child; child = child->next)
		look_at(s, child, &inside);
}

gboolean layout_check_sight(const AreaTree *t, gboolean whole, Diagnostics *d)
{
	Sight s = {.d = d, .whole = whole, .good = TRUE};
	for (guint i = 0; i < t->pages->len; i++) {
		const AreaPage *p = g_ptr_array_index(t->pages, i);
		const Window page = {0, 0, p->width, p->height};
		for (const Area *a = p->first; a; a = a->next)
			look_at(&s, a, &page);
	}
	return s.good;
}
