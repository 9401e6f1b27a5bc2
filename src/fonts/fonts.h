/* The faces that a web page carries with it. This room is a module of its own, build/fonts.so (and a part of the module that prints): what makes no page
 * starts without HarfBuzz. library.h knows the font files of this machine, subset.h makes them small, woff.h packs them. pipeline/page.c opens it. */
#ifndef ROTONDE_FONTS_FONTS_H
#define ROTONDE_FONTS_FONTS_H

#include <glib.h>

typedef enum {
	FONTS_ABSENT,    /* this machine has no such family */
	FONTS_FORBIDDEN, /* its maker does not let it be put in a document */
	FONTS_SAME,      /* an earlier face has the same file: a browser makes the bold or oblique one of it */
	FONTS_MADE,
} FontsState;

/* What it points to is the owner's of the list, to be freed with GLib. */
typedef struct {
	char *family; /* NULL: what stands in for characters that some face before it lacks */
	int weight;   /* 100-900 */
	gboolean italic;
	FontsState state;
	GBytes *file;  /* WOFF; NULL unless it was made */
	GArray *range; /* gunichar, in their order: the characters of a face that stands in; NULL: all */
} FontsFace;

/* The module's one symbol, fonts_module, is of this type. From any thread. */
typedef struct {
	/* faces (FontsFace): family, weight and italic of each are given, the rest is filled in. To each go those of the characters (gunichar) that its file
	 * has; for characters that a face lacks further faces are added at the end, as far as this machine has any. The same call gives the same bytes. Who has
	 * nothing else to do may help (base/parallel.h). */
	void (*embed)(GArray *faces, const GArray *characters);
} FontsModule;

#endif
