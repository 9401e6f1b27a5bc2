/* Inside lay-out: fonts and shaping. One TextFonts belongs to one thread of a lay-out run; its faces are shared by the threads of that run, the files
 * behind them (library.h) by all. */
#ifndef ROTONDE_LAYOUT_TEXT_H
#define ROTONDE_LAYOUT_TEXT_H

#include "layout/hyphenate.h"
#include "layout/layout.h"

typedef struct TextFonts TextFonts;

/* areas: receives the fonts that are used and keeps what is allocated here. All three are borrowed. */
TextFonts *text_fonts_new(AreaTree *areas, const LayoutOptions *options, Diagnostics *d);
/* For another thread of the same run: the same faces, words and arrays of its own. Freed before the other. */
TextFonts *text_fonts_branch(TextFonts *f, Diagnostics *d);
/* See once.h. kept NULL: at once. */
void text_fonts_keep(TextFonts *f, GPtrArray *kept);
void text_fonts_tell(TextFonts *f, GPtrArray *kept, Diagnostics *d);
/* Where to say what has this key; NULL: it was said. */
Diagnostics *text_fonts_once(TextFonts *f, const char *format, ...) G_GNUC_PRINTF(2, 3);
void text_fonts_free(TextFonts *f);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TextFonts, text_fonts_free)


Hyphenation *text_hyphenation(TextFonts *f);

/* Work arrays that are used again and again: an empty one of that size of element; giving it back; giving it back after copying what is in it to
 * an arena, just as large as it is, for reading (never to be unreffed or appended to). */
GArray *text_borrow_array(TextFonts *f, guint element);
void text_return_array(TextFonts *f, GArray *a);
GArray *text_keep_array(TextFonts *f, Arena *arena, GArray *a);

/* ---- choosing fonts ---- */

typedef struct {
	const char *const *families; /* NULL-terminated, borrowed */
	int weight;                  /* 100-900 */
	int width;                   /* per cent of normal: 100 */
	gboolean italic;
} TextRequest;

/* The faces of a family list in one style, in order of preference. */
typedef struct TextFontSet TextFontSet;

/* at: where to report a missing family (once each). Never NULL; a set's primary font is NULL only on a machine without any fonts. */
TextFontSet *text_fonts_select(TextFonts *f, const TextRequest *r, const Position *at);
AreaFont *text_set_primary(const TextFontSet *set);

/* The font for one cluster (a character with its marks): the first of the list that has it, else any on this machine (reported once a character),
 * else the primary, which shows its box for what is missing (reported once). */
AreaFont *text_set_cover(TextFonts *f, TextFontSet *set, const gunichar *cluster, guint length, const Position *at);

gboolean text_font_has(const AreaFont *font, gunichar c);
gboolean text_font_has_feature(const AreaFont *font, hb_tag_t feature);

/* ---- shaping ---- */

enum {
	TEXT_NO_LIGATURES = 1, /* letter-spacing */
	TEXT_SMALL_CAPS = 2,   /* the font's own */
	TEXT_RTL = 4,
};

typedef struct {
	AreaFont *font;
	hb_script_t script;
	hb_language_t language;
	unsigned flags;
} TextShape;

typedef struct {
	guint32 id;
	int advance, dx, dy; /* font units */
	guint32 cluster : 31; /* index of the character */
	guint32 unsafe : 1;   /* breaking before it needs the pieces to be shaped again */
} TextGlyph;

typedef struct {
	const TextGlyph *glyphs; /* in visual order */
	guint length;
	int width; /* font units */
} TextWord;

/* Glyphs of a piece of text without spaces, from the cache when it was shaped before. Borrowed; lives as long as f. */
const TextWord *text_shape(TextFonts *f, const TextShape *how, const gunichar *chars, guint length);

/* Width of a space between two characters (0: none), with the kerning that the font has around it. Font units. */
int text_space(TextFonts *f, const TextShape *how, gunichar before, gunichar space, gunichar after);

/* A line of text in one font at 0, 0 (its baseline), black, cut short at a width; NULL: nothing fits. For what lay-out itself has to say. */
struct LayoutContext;
Area *text_area_new(struct LayoutContext *c, AreaFont *font, int size, const char *text, int width);

/* No text is longer, and no place in a line farther: so much is far off any page, and sums of it still are numbers. */
enum { TEXT_FAR = 500000000 /* millipoints */ };
static inline int text_far(gint64 length)
{
	return (int)CLAMP(length, -TEXT_FAR, TEXT_FAR);
}

/* Font units to millipoints. */
int text_scale(const AreaFont *font, int units, int size);

#endif
