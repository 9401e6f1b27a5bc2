/* Inside lay-out's text files (font.c, shape.c): what is behind text.h's types. */
#ifndef ROTONDE_LAYOUT_FONT_H
#define ROTONDE_LAYOUT_FONT_H

#include "base/arena.h"
#include "layout/hyphenate.h"
#include "fonts/library.h"
#include "layout/line.h"
#include "layout/once.h"
#include "layout/text.h"

enum { KNOWN_CHARS = 0x2200, KERNED_CHARS = 0x180 };

/* Kerning of a font with the space of common characters, for the script and flags that were asked last. */
typedef struct {
	gboolean none;   /* the font has no such kerning */
	hb_script_t script;
	hb_language_t language;
	unsigned flags;
	int width;
	gint16 before[KERNED_CHARS], after[KERNED_CHARS]; /* G_MININT16: not yet known */
} SpaceKerns;

typedef struct {
	AreaFont area; /* first: an AreaFont of this room is one of these */
	const FontFile *file;
	hb_font_t *font; /* at scale 1 unit = 1 */
	guint8 *known;   /* of the first KNOWN_CHARS: 0 not yet known, 1 has not, 2 has; atomic */
} TextFont;

struct TextFontSet {
	FontStyle style;
	char **families;
	TextFont *primary; /* never changes */
	char *missed;     /* the family that was asked for and is not there; NULL: it is */
	GPtrArray *fonts; /* TextFont, one a family that is there, as far as looked */
	guint tried;      /* families looked for */
};

/* The faces of a run: what its threads share. */
typedef struct {
	GMutex lock;          /* of all that follows */
	AreaTree *areas;
	Arena *arena;         /* lives as long as the areas */
	FontLibrary *library;
	GHashTable *fonts;    /* FontFile -> TextFont */
	GHashTable *sets;     /* key -> TextFontSet */
	Once *once;           /* missing families, characters, pictures; has a lock of its own */
} TextFaces;

struct TextFonts {
	TextFaces *faces;
	gboolean branch;      /* of another TextFonts, which has the faces */
	const LayoutOptions *options;
	Teller teller;
	Arena *arena;
	GHashTable *words;    /* shape.c */
	GHashTable *kerns;    /* TextFont -> SpaceKerns */
	hb_buffer_t *buffer;
	Hyphenation *hyphenation;
	GHashTable *pictures; /* graphic.c: uri -> what was read there */
	GPtrArray *spare;     /* GArray: emptied, to be used again */
	TextRequest last_request; /* what text_fonts_select was asked last, and gave */
	TextFontSet *last_set;
};

void text_words_start(TextFonts *f);
void text_words_stop(TextFonts *f);

#endif
