/* Choosing fonts: a family list and a style to faces, and a font for every character. */
#include "layout/font.h"

#include <hb-ot.h>
#include <string.h>

static TextFaces *faces_new(AreaTree *areas, const LayoutOptions *options)
{
	TextFaces *t = g_new0(TextFaces, 1);
	g_mutex_init(&t->lock);
	t->areas = areas;
	t->arena = area_own(areas, arena_new(), (GDestroyNotify)arena_free);
	t->library = font_library_open(options->fonts_conf);
	t->fonts = g_hash_table_new(NULL, NULL);
	t->sets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	t->once = once_new();
	return t;
}

static void faces_free(TextFaces *t)
{
	g_hash_table_unref(t->fonts);
	g_hash_table_unref(t->sets);
	once_free(t->once);
	g_mutex_clear(&t->lock);
	g_free(t);
}

static TextFonts *fonts_new(TextFaces *faces, const LayoutOptions *options, Diagnostics *d)
{
	TextFonts *f = g_new0(TextFonts, 1);
	f->faces = faces;
	f->options = options;
	teller_init(&f->teller, faces->once, d);
	f->arena = arena_new();
	f->kerns = g_hash_table_new(NULL, NULL);
	f->buffer = hb_buffer_create();
	f->hyphenation = hyphenation_new(f->arena);
	f->spare = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
	f->pictures = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	text_words_start(f);
	return f;
}

TextFonts *text_fonts_new(AreaTree *areas, const LayoutOptions *options, Diagnostics *d)
{
	return fonts_new(faces_new(areas, options), options, d);
}

TextFonts *text_fonts_branch(TextFonts *f, Diagnostics *d)
{
	TextFonts *branch = fonts_new(f->faces, f->options, d);
	branch->branch = TRUE;
	return branch;
}

void text_fonts_free(TextFonts *f)
{
	if (!f)
		return;
	text_words_stop(f);
	teller_clear(&f->teller);
	hyphenation_free(f->hyphenation);
	g_ptr_array_unref(f->spare);
	g_hash_table_unref(f->pictures);
	g_hash_table_unref(f->kerns);
	hb_buffer_destroy(f->buffer);
	if (!f->branch)
		faces_free(f->faces);
	arena_free(f->arena);
	g_free(f);
}

void text_fonts_keep(TextFonts *f, GPtrArray *kept)
{
	teller_keep(&f->teller, kept);
	f->last_set = NULL; /* a family that is not there is said again */
}

void text_fonts_tell(TextFonts *f, GPtrArray *kept, Diagnostics *d)
{
	once_tell(f->faces->once, kept, d);
}

Diagnostics *text_fonts_once(TextFonts *f, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char *key = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return teller_once(&f->teller, key);
}

Hyphenation *text_hyphenation(TextFonts *f)
{
	return f->hyphenation;
}

GArray *text_borrow_array(TextFonts *f, guint element)
{
	for (guint i = f->spare->len; i > 0; i--)
		if (g_array_get_element_size(f->spare->pdata[i - 1]) == element)
			return g_ptr_array_steal_index_fast(f->spare, i - 1);
	return g_array_new(FALSE, FALSE, element);
}

void text_return_array(TextFonts *f, GArray *a)
{
	g_array_set_size(a, 0);
	g_ptr_array_add(f->spare, a);
}

GArray *text_keep_array(TextFonts *f, Arena *arena, GArray *a)
{
	GArray *kept = arena_alloc(arena, sizeof *kept);
	kept->data = arena_copy(arena, a->data, a->len * g_array_get_element_size(a));
	kept->len = a->len;
	text_return_array(f, a);
	return kept;
}

void layout_prepare(const LayoutOptions *options, const char *const *families, const char *const *languages)
{
	static const FontStyle styles[] = {{400, 100, FALSE}, {700, 100, FALSE}, {400, 100, TRUE}};
	FontLibrary *l = font_library_open(options->fonts_conf);
	for (; families && *families; families++) {
		for (guint i = 0; i < G_N_ELEMENTS(styles); i++) {
			const FontFile *file = font_library_match(l, *families, &styles[i]);
			hb_face_t *face = file ? font_library_face(l, file) : NULL;
			hb_face_destroy(face);
		}
	}
	for (; languages && *languages; languages++)
		hyphenation_load(*languages);
}

/* ---- faces ---- */

static void release_font(gpointer font)
{
	hb_font_destroy(font);
}

static void release_face(gpointer face)
{
	hb_face_destroy(face);
}

static int metric(hb_font_t *font, hb_ot_metrics_tag_t tag, int otherwise)
{
	hb_position_t value;
	return hb_ot_metrics_get_position(font, tag, &value) && value != 0 ? value : otherwise;
}

static void read_metrics(AreaFont *a, hb_font_t *font)
{
	hb_font_extents_t extents;
	int upem = (int)a->upem;
	a->ascender = upem * 4 / 5;
	a->descender = -upem / 5;
	if (hb_font_get_h_extents(font, &extents) && extents.ascender > extents.descender) {
		a->ascender = extents.ascender;
		a->descender = extents.descender;
	}
	a->cap_height = metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT, upem * 7 / 10);
	a->x_height = metric(font, HB_OT_METRICS_TAG_X_HEIGHT, upem / 2);
	a->underline_position = metric(font, HB_OT_METRICS_TAG_UNDERLINE_OFFSET, -upem / 10);
	a->underline_thickness = metric(font, HB_OT_METRICS_TAG_UNDERLINE_SIZE, upem / 20);
}

/* The font of a file in this run; NULL when the file cannot be read. */
static TextFont *open_font(TextFaces *f, const FontFile *file)
{
	TextFont *t = g_hash_table_lookup(f->fonts, file);
	if (t)
		return t;
	hb_face_t *face = font_library_face(f->library, file);
	if (!face)
		return NULL;
	t = arena_alloc(f->arena, sizeof *t);
	t->file = file;
	t->known = arena_alloc(f->arena, KNOWN_CHARS);
	t->area = (AreaFont){
	    .file = arena_strdup(f->arena, file->path),
	    .index = file->index,
	    .family = arena_strdup(f->arena, file->family),
	    .weight = file->weight,
	    .italic = file->italic,
	    .face = arena_own(f->arena, face, release_face),
	    .upem = hb_face_get_upem(face),
	};
	t->font = arena_own(f->arena, hb_font_create(face), release_font);
	hb_font_set_scale(t->font, (int)t->area.upem, (int)t->area.upem);
	read_metrics(&t->area, t->font);
	g_ptr_array_add(f->areas->fonts, &t->area);
	g_hash_table_insert(f->fonts, (gpointer)file, t);
	return t;
}

gboolean text_font_has(const AreaFont *font, gunichar c)
{
	const TextFont *t = (const TextFont *)(const void *)font;
	hb_codepoint_t glyph;
	if (c >= KNOWN_CHARS)
		return hb_font_get_nominal_glyph(t->font, c, &glyph);
	guint8 known = __atomic_load_n(&t->known[c], __ATOMIC_RELAXED);
	if (known == 0) {
		known = hb_font_get_nominal_glyph(t->font, c, &glyph) ? 2 : 1;
		__atomic_store_n(&t->known[c], known, __ATOMIC_RELAXED);
	}
	return known == 2;
}

gboolean text_font_has_feature(const AreaFont *font, hb_tag_t feature)
{
	hb_tag_t tags[64];
	unsigned offset = 0, count;
	do {
		count = G_N_ELEMENTS(tags);
		hb_ot_layout_table_get_feature_tags(font->face, HB_OT_TAG_GSUB, offset, &count, tags);
		for (unsigned i = 0; i < count; i++)
			if (tags[i] == feature)
				return TRUE;
		offset += count;
	} while (count == G_N_ELEMENTS(tags));
	return FALSE;
}

int text_scale(const AreaFont *font, int units, int size)
{
	gint64 product = (gint64)units * size, half = font->upem / 2;
	return text_far((product >= 0 ? product + half : product - half) / (gint64)font->upem);
}

/* ---- families ---- */

static gboolean is_generic(const char *family)
{
	static const char *const names[] = {"serif", "sans-serif", "monospace", "cursive", "fantasy", NULL};
	return g_strv_contains(names, family);
}

/* The next font of the list that is there; NULL when the list is at its end. */
static TextFont *next_font(TextFaces *f, TextFontSet *set)
{
	while (set->families[set->tried]) {
		const char *family = set->families[set->tried++];
		const FontFile *file = is_generic(family) ? font_library_substitute(f->library, family, &set->style)
							  : font_library_match(f->library, family, &set->style);
		TextFont *t = file ? open_font(f, file) : NULL;
		if (t) {
			g_ptr_array_add(set->fonts, t);
			return t;
		}
	}
	return NULL;
}

static void find_primary(TextFonts *f, TextFontSet *set)
{
	const char *wanted = set->families[0] ? set->families[0] : "serif";
	TextFont *t = next_font(f->faces, set);
	gboolean as_asked = t && set->tried == 1;
	if (!t) {
		const FontFile *file = font_library_substitute(f->faces->library, wanted, &set->style);
		t = file ? open_font(f->faces, file) : NULL;
		if (t)
			g_ptr_array_add(set->fonts, t);
	}
	set->primary = t;
	if (!as_asked && !(t && is_generic(wanted)))
		set->missed = arena_strdup(f->faces->arena, wanted);
}

static void report_family(TextFonts *f, const TextFontSet *set, const Position *at)
{
	Diagnostics *d = text_fonts_once(f, "family %s", set->missed);
	if (d && set->primary)
		diagnose(d, MSG_FONT_MISSING, at, set->missed, set->primary->area.family);
	else if (d)
		diagnose(d, MSG_FONT_NONE, at, set->missed);
}

static char *set_key(const TextRequest *r)
{
	GString *s = g_string_new(NULL);
	g_string_printf(s, "%d %d %d", r->weight, r->width, r->italic);
	for (const char *const *name = r->families; name && *name; name++)
		g_string_append_printf(s, "\n%s", *name);
	return g_string_free(s, FALSE);
}

static TextFontSet *set_new(TextFonts *f, const TextRequest *r)
{
	Arena *arena = f->faces->arena;
	TextFontSet *set = arena_alloc(arena, sizeof *set);
	set->style = (FontStyle){r->weight, r->width, r->italic};
	guint count = r->families ? g_strv_length((char **)r->families) : 0;
	set->families = arena_alloc(arena, (count + 1) * sizeof(char *));
	for (guint i = 0; i < count; i++)
		set->families[i] = arena_strdup(arena, r->families[i]);
	set->fonts = arena_own(arena, g_ptr_array_new(), (GDestroyNotify)g_ptr_array_unref);
	find_primary(f, set);
	return set;
}

TextFontSet *text_fonts_select(TextFonts *f, const TextRequest *r, const Position *at)
{
	const TextRequest *last = &f->last_request; /* families are shared by all objects that inherit them */
	if (f->last_set && last->families == r->families && last->weight == r->weight && last->width == r->width && last->italic == r->italic)
		return f->last_set;
	g_autofree char *key = set_key(r);
	g_mutex_lock(&f->faces->lock);
	TextFontSet *set = g_hash_table_lookup(f->faces->sets, key);
	if (!set) {
		set = set_new(f, r);
		g_hash_table_insert(f->faces->sets, g_steal_pointer(&key), set);
	}
	g_mutex_unlock(&f->faces->lock);
	if (set->missed)
		report_family(f, set, at);
	f->last_request = *r;
	f->last_set = set;
	return set;
}

AreaFont *text_set_primary(const TextFontSet *set)
{
	return set->primary ? (AreaFont *)&set->primary->area : NULL;
}

/* ---- characters ---- */

static gboolean covers(const TextFont *t, const gunichar *cluster, guint length)
{
	gunichar composed;
	if (length == 2 && g_unichar_compose(cluster[0], cluster[1], &composed) && text_font_has(&t->area, composed))
		return TRUE;
	for (guint i = 0; i < length; i++)
		if (!font_character_is_invisible(cluster[i]) && !text_font_has(&t->area, cluster[i]))
			return FALSE;
	return TRUE;
}

static void report_character(TextFonts *f, const TextFontSet *set, gunichar c, const AreaFont *fallback, const Position *at)
{
	char utf8[7] = "", code[16];
	utf8[g_unichar_to_utf8(c, utf8)] = '\0';
	g_snprintf(code, sizeof code, "U+%04X", c);
	const char *family = text_set_primary(set)->family;
	GUnicodeScript script = g_unichar_get_script(c);
	gboolean writing = fallback && script > G_UNICODE_SCRIPT_INHERITED && script != G_UNICODE_SCRIPT_LATIN; /* a text in another script: once, not for every letter of it */
	Diagnostics *d = writing ? text_fonts_once(f, "script %d %s %s", script, family, fallback->family) : text_fonts_once(f, "character %x %s", c, family);
	Position here = at ? *at : (Position){NULL, 0, 0, NULL};
	here.focus = utf8;
	if (d && fallback)
		diagnose(d, MSG_GLYPH_FALLBACK, &here, utf8, code, family, fallback->family);
	else if (d)
		diagnose(d, f->options->whole ? MSG_GLYPH_NONE : MSG_GLYPH_MISSING, &here, utf8, code, family);
}

static gunichar first_missing(const TextFont *t, const gunichar *cluster, guint length)
{
	for (guint i = 0; i < length; i++)
		if (!font_character_is_invisible(cluster[i]) && !text_font_has(&t->area, cluster[i]))
			return cluster[i];
	return cluster[0];
}

static AreaFont *find_cover(TextFonts *f, TextFontSet *set, const gunichar *cluster, guint length, const Position *at)
{
	for (guint i = 0;; i++) {
		TextFont *t = i < set->fonts->len ? set->fonts->pdata[i] : next_font(f->faces, set);
		if (!t)
			break;
		if (covers(t, cluster, length))
			return &t->area;
	}
	if (set->fonts->len == 0)
		return NULL;
	const FontFile *file = font_library_cover(f->faces->library, cluster, length, &set->style);
	TextFont *fallback = file ? open_font(f->faces, file) : NULL;
	report_character(f, set, first_missing(set->fonts->pdata[0], cluster, length), fallback ? &fallback->area : NULL, at);
	return fallback ? &fallback->area : text_set_primary(set);
}

AreaFont *text_set_cover(TextFonts *f, TextFontSet *set, const gunichar *cluster, guint length, const Position *at)
{
	g_mutex_lock(&f->faces->lock);
	AreaFont *font = find_cover(f, set, cluster, length, at);
	g_mutex_unlock(&f->faces->lock);
	return font;
}
