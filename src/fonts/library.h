/* The font files of this machine, for the whole process and all its threads. The house's own fonts are known by their folders; the
 * system's (fontconfig) are looked at only when those do not do. */
#ifndef ROTONDE_FONTS_LIBRARY_H
#define ROTONDE_FONTS_LIBRARY_H

#include <glib.h>
#include <hb.h>

typedef struct FontLibrary FontLibrary;

typedef struct {
	char *path;
	unsigned index; /* face in a collection */
	char *family;   /* as a designer names it: "Lato" */
	char *alias;    /* another name for it: "Lato Black"; may be NULL */
	int weight;     /* 100-900 */
	int width;      /* per cent of normal */
	gboolean italic;
} FontFile;

typedef struct {
	int weight, width;
	gboolean italic;
} FontStyle;

/* The library for a fontconfig file, or, with NULL, the house's set-up. Opened once, never closed. */
FontLibrary *font_library_open(const char *fonts_conf);

/* The face of a family nearest to a style; NULL when there is no such family. Borrowed, like all FontFiles. */
const FontFile *font_library_match(FontLibrary *l, const char *family, const FontStyle *style);

/* What stands in for a family that is missing or generic ("serif", "sans-serif", "monospace"). NULL: this machine has no fonts at all. */
const FontFile *font_library_substitute(FontLibrary *l, const char *family, const FontStyle *style);

/* A face that has all these characters; NULL: none. */
const FontFile *font_library_cover(FontLibrary *l, const gunichar *chars, guint length, const FontStyle *style);

/* A character that is not drawn needs no glyph: soft hyphens, marks of direction, variation selectors. */
gboolean font_character_is_invisible(gunichar c);

/* The face itself, mapped from its file. The caller's; NULL when the file cannot be read. */
hb_face_t *font_library_face(FontLibrary *l, const FontFile *file);

#endif
