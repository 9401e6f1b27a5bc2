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

/* Draws a page of a publication that is being built, of which it is not yet known whether it may be shown. pdf: that page alone, NULL: it looks as it did; look:
 * of the page alone, another than that of the page in its document. What was drawn before is not drawn again. */
void pages_draw_ahead(Pages *p, const PageWanted *wanted);
/* The publication is there, and may be shown: this page of it is the one that was drawn ahead; pdf does not count. */
void pages_adopt(Pages *p, const PageWanted *wanted);
/* Another build begins: what was drawn ahead for the last one and not adopted is not its own. */
void pages_forget_ahead(Pages *p);

/* Starts n processes that will draw a page ahead, so that they need only be handed the file; those of an earlier call go. */
void pages_expect(Pages *p, guint n, guint dpi);

#endif
