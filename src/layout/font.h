/* Inside lay-out's text files (font.c, shape.c): what is behind text.h's types. */
#ifndef ROTONDE_LAYOUT_FONT_H
#define ROTONDE_LAYOUT_FONT_H

#include "base/arena.h"
#include "layout/hyphenate.h"
#include "layout/library.h"
#include "layout/line.h"
#include "layout/text.h"

enum { KNOWN_CHARS = 0x2200, KERNED_CHARS = 0x180 };

/* Kerning with the space of common characters, for the script and flags that were asked last. */
typedef struct {
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
	int space_kerns; /* 0: not yet known; 1: no; 2: yes */
	SpaceKerns *kerns;
	guint8 *known;   /* of the first KNOWN_CHARS: 0 not yet known, 1 has not, 2 has */
} TextFont;

struct TextFontSet {
	FontStyle style;
	char **families;
	GPtrArray *fonts; /* TextFont, one a family that is there, as far as looked */
	guint tried;      /* families looked for */
};

struct TextFonts {
	AreaTree *areas;
	const LayoutOptions *options;
	Diagnostics *d;
	FontLibrary *library;
	Arena *arena;
	GHashTable *fonts;    /* FontFile -> TextFont */
	GHashTable *sets;     /* key -> TextFontSet */
	GHashTable *reported; /* missing families and characters */
	GHashTable *words;    /* shape.c */
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
