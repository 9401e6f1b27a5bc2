/* Shaping with HarfBuzz, a word at a time, and each word once: what is set before comes from a cache. Kerning across spaces is kept apart, by the
 * characters on both sides of the space. */
#include "layout/font.h"

#include <hb-ot.h>
#include <string.h>

typedef struct {
	const AreaFont *font;
	hb_script_t script;
	hb_language_t language;
	unsigned flags;
	guint length;
	const gunichar *chars;
} WordKey;

static guint hash_word(gconstpointer key)
{
	const WordKey *k = key;
	guint64 h = (guintptr)k->font ^ ((guint64)k->flags << 56) ^ k->script;
	for (guint i = 0; i < k->length; i++)
		h = (h ^ k->chars[i]) * G_GUINT64_CONSTANT(0x100000001b3);
	return (guint)(h ^ h >> 32);
}

static gboolean equal_words(gconstpointer a, gconstpointer b)
{
	const WordKey *x = a, *y = b;
	return x->font == y->font && x->length == y->length && x->flags == y->flags && x->script == y->script && x->language == y->language &&
	       memcmp(x->chars, y->chars, x->length * sizeof(gunichar)) == 0;
}

void text_words_start(TextFonts *f)
{
	f->words = g_hash_table_new(hash_word, equal_words);
}

void text_words_stop(TextFonts *f)
{
	g_hash_table_unref(f->words);
}

static const WordKey *keep_key(TextFonts *f, const WordKey *k)
{
	WordKey *kept = arena_copy(f->arena, k, sizeof *k);
	kept->chars = arena_copy(f->arena, k->chars, k->length * sizeof(gunichar));
	return kept;
}

/* ---- HarfBuzz ---- */

static unsigned features_of(const TextFonts *f, unsigned flags, hb_feature_t *features)
{
	static const hb_tag_t ligatures[] = {HB_TAG('l', 'i', 'g', 'a'), HB_TAG('c', 'l', 'i', 'g'), HB_TAG('c', 'a', 'l', 't')};
	unsigned count = 0;
	if (f->options->plain_metrics || flags & TEXT_NO_LIGATURES)
		for (guint i = 0; i < G_N_ELEMENTS(ligatures); i++)
			features[count++] = (hb_feature_t){ligatures[i], 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
	if (f->options->plain_metrics)
		features[count++] = (hb_feature_t){HB_TAG('k', 'e', 'r', 'n'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
	if (flags & TEXT_SMALL_CAPS)
		features[count++] = (hb_feature_t){HB_TAG('s', 'm', 'c', 'p'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
	return count;
}

static void shape(TextFonts *f, const TextShape *how, const gunichar *chars, guint length)
{
	const TextFont *t = (const TextFont *)(const void *)how->font;
	hb_feature_t features[8];
	hb_buffer_clear_contents(f->buffer);
	hb_buffer_add_codepoints(f->buffer, chars, (int)length, 0, (int)length);
	hb_buffer_set_direction(f->buffer, how->flags & TEXT_RTL ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_script(f->buffer, how->script);
	hb_buffer_set_language(f->buffer, how->language);
	unsigned count = features_of(f, how->flags, features);
	hb_shape(t->font, f->buffer, features, count);
}

static TextWord *read_word(TextFonts *f)
{
	TextWord *w = arena_alloc(f->arena, sizeof *w);
	unsigned length;
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(f->buffer, &length);
	const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(f->buffer, NULL);
	TextGlyph *glyphs = arena_alloc(f->arena, length * sizeof *glyphs);
	for (unsigned i = 0; i < length; i++) {
		glyphs[i] = (TextGlyph){
		    .id = info[i].codepoint,
		    .advance = at[i].x_advance,
		    .dx = at[i].x_offset,
		    .dy = at[i].y_offset,
		    .cluster = info[i].cluster & 0x7fffffff,
		    .unsafe = (hb_glyph_info_get_glyph_flags(&info[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0,
		};
		w->width += at[i].x_advance;
	}
	w->glyphs = glyphs;
	w->length = length;
	return w;
}

static gboolean is_letter(gunichar c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static gboolean is_point(gunichar c)
{
	return c == '.' || c == ',' || c == ';' || c == ':' || c == '?' || c == '!' || c == ')' || c == 0x2019 || c == 0x201d;
}

/* A word with a point behind it is the word, the point, and the kerning between them: most words stand in the cache without it. NULL when the font does
 * more there than kerning. */
static TextWord *compose(TextFonts *f, const TextShape *how, const gunichar *chars, guint length)
{
	if (length < 3 || how->flags & TEXT_RTL || !is_point(chars[length - 1]) || !is_letter(chars[length - 2]))
		return NULL;
	const TextWord *letter = text_shape(f, how, chars + length - 2, 1), *pair = text_shape(f, how, chars + length - 2, 2);
	const TextWord *word = text_shape(f, how, chars, length - 1);
	const TextGlyph *last = word->length > 0 ? &word->glyphs[word->length - 1] : NULL;
	if (letter->length != 1 || pair->length != 2 || !last || last->cluster != length - 2 || last->id != letter->glyphs[0].id || last->id != pair->glyphs[0].id)
		return NULL;
	TextWord *w = arena_alloc(f->arena, sizeof *w);
	TextGlyph *glyphs = arena_alloc(f->arena, (word->length + 1) * sizeof *glyphs);
	int kern = pair->glyphs[0].advance - letter->glyphs[0].advance;
	memcpy(glyphs, word->glyphs, word->length * sizeof *glyphs);
	glyphs[word->length - 1].advance += kern;
	glyphs[word->length] = pair->glyphs[1];
	glyphs[word->length].cluster = (length - 1) & 0x7fffffff;
	*w = (TextWord){glyphs, word->length + 1, word->width + kern + pair->glyphs[1].advance};
	return w;
}

const TextWord *text_shape(TextFonts *f, const TextShape *how, const gunichar *chars, guint length)
{
	WordKey key = {how->font, how->script, how->language, how->flags, length, chars};
	TextWord *w = g_hash_table_lookup(f->words, &key);
	if (!w) {
		w = compose(f, how, chars, length);
		if (!w) {
			shape(f, how, chars, length);
			w = read_word(f);
		}
		g_hash_table_insert(f->words, (gpointer)keep_key(f, &key), w);
	}
	return w;
}

/* ---- spaces ---- */

static gboolean has_table(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *table = hb_face_reference_table(face, tag);
	gboolean has = hb_blob_get_length(table) > 0;
	hb_blob_destroy(table);
	return has;
}

/* Whether any kerning of the font knows the space: most do not, and then no pair need be tried. */
static gboolean kerns_space(const TextFont *t)
{
	hb_codepoint_t space;
	if (!hb_font_get_nominal_glyph(t->font, ' ', &space))
		return FALSE;
	if (!hb_ot_layout_has_positioning(t->area.face))
		return has_table(t->area.face, HB_TAG('k', 'e', 'r', 'n'));
	const hb_tag_t kern[] = {HB_TAG('k', 'e', 'r', 'n'), HB_TAG_NONE};
	hb_set_t *lookups = hb_set_create(), *glyphs = hb_set_create();
	hb_ot_layout_collect_lookups(t->area.face, HB_OT_TAG_GPOS, NULL, NULL, kern, lookups);
	hb_codepoint_t lookup = HB_SET_VALUE_INVALID;
	while (hb_set_next(lookups, &lookup))
		hb_ot_layout_lookup_collect_glyphs(t->area.face, HB_OT_TAG_GPOS, lookup, glyphs, glyphs, glyphs, NULL);
	gboolean found = hb_set_has(glyphs, space);
	hb_set_destroy(lookups);
	hb_set_destroy(glyphs);
	return found;
}

static int measure(TextFonts *f, const TextShape *how, const gunichar *chars, guint length)
{
	return text_shape(f, how, chars, length)->width;
}

/* What two characters are nearer to each other than alone. */
static int kerning(TextFonts *f, const TextShape *how, gunichar first, gunichar second)
{
	const gunichar chars[] = {first, second};
	return measure(f, how, chars, 2) - measure(f, how, &first, 1) - measure(f, how, &second, 1);
}

static SpaceKerns *space_kerns(TextFonts *f, const TextShape *how)
{
	static const gunichar space = ' ';
	TextFont *t = (TextFont *)(void *)how->font;
	SpaceKerns *k = g_hash_table_lookup(f->kerns, t);
	if (k && k->script == how->script && k->language == how->language && k->flags == how->flags)
		return k;
	if (!k) {
		k = arena_alloc(f->arena, sizeof *k);
		k->none = f->options->plain_metrics || !kerns_space(t);
		g_hash_table_insert(f->kerns, t, k);
	}
	k->script = how->script;
	k->language = how->language;
	k->flags = how->flags;
	k->width = measure(f, how, &space, 1);
	for (guint i = 0; i < KERNED_CHARS; i++)
		k->before[i] = k->after[i] = G_MININT16;
	return k;
}

static int known_kerning(TextFonts *f, const TextShape *how, gunichar first, gunichar second, gint16 *known)
{
	if (!known)
		return kerning(f, how, first, second);
	if (*known == G_MININT16)
		*known = (gint16)CLAMP(kerning(f, how, first, second), G_MININT16 + 1, G_MAXINT16);
	return *known;
}

int text_space(TextFonts *f, const TextShape *how, gunichar before, gunichar space, gunichar after)
{
	if (space != ' ')
		return measure(f, how, &space, 1);
	SpaceKerns *k = space_kerns(f, how);
	int width = k->width;
	if (before && !k->none)
		width += known_kerning(f, how, before, ' ', before < KERNED_CHARS ? &k->before[before] : NULL);
	if (after && !k->none)
		width += known_kerning(f, how, ' ', after, after < KERNED_CHARS ? &k->after[after] : NULL);
	return width;
}

/* ---- a line of our own ---- */

static guint fitting(const TextWord *w, const AreaFont *font, int size, int width)
{
	int x = 0;
	for (guint i = 0; i < w->length; i++) {
		x += text_scale(font, w->glyphs[i].advance, size);
		if (x > width)
			return i;
	}
	return w->length;
}

Area *text_area_new(LayoutContext *c, AreaFont *font, int size, const char *text, int width)
{
	glong length;
	g_autofree gunichar *chars = g_utf8_to_ucs4_fast(text, -1, &length);
	TextShape how = {font, HB_SCRIPT_LATIN, HB_LANGUAGE_INVALID, 0};
	const TextWord *w = text_shape(c->fonts, &how, chars, (guint)length);
	guint count = fitting(w, font, size, width);
	if (count == 0)
		return NULL;
	AreaTree *areas = c->areas;
	Area *a = area_new(areas, AREA_TEXT, "text");
	AreaText *t = a->u.text = area_alloc(areas, sizeof *t);
	g_autofree char *shown = g_ucs4_to_utf8(chars, count < w->length ? (glong)w->glyphs[count].cluster : length, NULL, NULL, NULL);
	*t = (AreaText){.font = font, .size = size, .colour = 0xff, .text = area_strdup(areas, shown), .length = count};
	t->glyphs = area_alloc(areas, count * sizeof *t->glyphs);
	for (guint i = 0; i < count; i++) {
		const TextGlyph *g = &w->glyphs[i];
		guint offset = (guint)(g_utf8_offset_to_pointer(text, (glong)g->cluster) - text);
		t->glyphs[i] = (AreaGlyph){g->id, text_scale(font, g->advance, size), text_scale(font, g->dx, size), text_scale(font, g->dy, size), offset};
		a->ipd += t->glyphs[i].advance;
	}
	a->bpd = text_scale(font, font->ascender - font->descender, size);
	return a;
}
