/* Inside the preview: pages of a PDF as pictures, drawn by poppler's pdftoppm. */
#ifndef ROTONDE_PREVIEW_PAGES_H
#define ROTONDE_PREVIEW_PAGES_H

#include <glib.h>

typedef struct Pages Pages;
/* picture (JPEG: PNG takes five times as long) is NULL when the page could not be drawn. */
typedef void (*PagesReady)(gpointer data, GBytes *picture);

Pages *pages_new(void);
void pages_free(Pages *p);

typedef struct {
	const char *look;   /* the same for all pages that look the same */
	GBytes *pdf;
	guint page;         /* from 1 */
	guint dpi;
} PageWanted;

/* Draws a page, or gives the picture that was drawn before; ready is called once, now or later. ready NULL: it is drawn for who will ask for it. */
void pages_draw(Pages *p, const PageWanted *wanted, PagesReady ready, gpointer data);

/* Starts what will draw these pages of a PDF that is still to come (numbers from 1; 0: none), so that it need only be handed the file; those of an earlier
 * call go. */
void pages_expect(Pages *p, const guint *pages, guint n, guint dpi);

#endif
