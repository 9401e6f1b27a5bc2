/* What the module does: files for families, subsets of them, and others for what they lack. */
#include "fonts/fonts.h"

#include "base/parallel.h"
#include "fonts/library.h"
#include "fonts/subset.h"
#include "fonts/woff.h"

/* A file that is to be made, by whichever thread comes first. */
typedef struct {
	hb_face_t *face;
	hb_set_t *characters; /* what goes into it */
	GBytes *made;
} Part;

typedef struct {
	FontLibrary *library;
	const GArray *characters; /* gunichar */
	GArray *faces;            /* FontsFace */
	GPtrArray *files;         /* const FontFile, one a face; NULL: none */
	GArray *parts;            /* Part, one a face */
	hb_set_t *missing;        /* characters that some face lacks */
} Embedding;

static const char signs[] = "DejaVu Sans"; /* the house's own for what other faces do not have */

/* ---- what goes into a face ---- */

static gboolean has(hb_font_t *font, gunichar c)
{
	hb_codepoint_t glyph;

	return hb_font_get_nominal_glyph(font, c, &glyph);
}

/* Shaping makes a space of any width out of the common one, and a hyphen that does not break out of one that does. */
static gboolean is_made_by_shaping(gunichar c)
{
	enum { NON_BREAKING_HYPHEN = 0x2011 };

	return font_character_is_invisible(c) || g_unichar_isspace(c) || c == NON_BREAKING_HYPHEN;
}

/* A letter with its accent that a face has apart. */
static gboolean add_decomposed(hb_set_t *set, hb_font_t *font, gunichar c)
{
	gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
	gsize length = g_unichar_fully_decompose(c, FALSE, parts, G_N_ELEMENTS(parts));

	for (gsize i = 0; i < length; i++)
		if (!has(font, parts[i]))
			return FALSE;
	for (gsize i = 0; i < length; i++)
		hb_set_add(set, parts[i]);
	return TRUE;
}

static hb_set_t *choose_characters(const Embedding *e, hb_face_t *face)
{
	hb_set_t *set = hb_set_create();
	hb_font_t *font = hb_font_create(face);

	for (guint i = 0; i < e->characters->len; i++) {
		gunichar c = g_array_index(e->characters, gunichar, i);
		if (has(font, c))
			hb_set_add(set, c);
		else if (!is_made_by_shaping(c) && !add_decomposed(set, font, c))
			hb_set_add(e->missing, c);
	}
	hb_font_destroy(font);
	return set;
}

/* ---- files ---- */

static void add_part(Embedding *e, hb_face_t *face, hb_set_t *characters)
{
	const Part part = {face, characters, NULL};

	g_array_append_val(e->parts, part);
}

static void part_clear(gpointer data)
{
	Part *part = data;

	hb_face_destroy(part->face);
	hb_set_destroy(part->characters);
}

static GBytes *make_file(const Part *part)
{
	hb_face_t *face = font_subset_characters(part->face, part->characters);
	hb_blob_t *blob = face != NULL ? hb_face_reference_blob(face) : NULL;
	guint size = 0;
	const char *data = blob != NULL ? hb_blob_get_data(blob, &size) : NULL;
	GBytes *file = data != NULL ? woff_pack(data, size) : NULL;

	hb_blob_destroy(blob);
	hb_face_destroy(face);
	return file;
}

static void make_part(gpointer data, gpointer state, guint i, Diagnostics *d)
{
	const Embedding *e = data;
	Part *part = &g_array_index(e->parts, Part, i);

	(void)state;
	(void)d;
	if (part->face != NULL)
		part->made = make_file(part);
}

static void make_all_files(Embedding *e)
{
	const Parallel work = {.count = e->parts->len, .at_once = 1, .data = e, .step = make_part};
	g_autoptr(Diagnostics) nothing = diagnostics_new();

	parallel_run(&work, nothing);
	for (guint i = 0; i < e->parts->len; i++) {
		FontsFace *face = &g_array_index(e->faces, FontsFace, i);
		face->file = g_array_index(e->parts, Part, i).made;
		if (face->state == FONTS_MADE && face->file == NULL)
			face->state = FONTS_ABSENT;
	}
}

/* ---- which ---- */

static hb_face_t *open_file(const Embedding *e, const FontFile *file, FontsState *state)
{
	hb_face_t *face = file != NULL ? font_library_face(e->library, file) : NULL;

	*state = face == NULL ? FONTS_ABSENT : font_may_be_embedded(face) ? FONTS_MADE : FONTS_FORBIDDEN;
	if (*state == FONTS_MADE)
		return face;
	hb_face_destroy(face);
	return NULL;
}

static void find_face(Embedding *e, FontsFace *asked)
{
	const FontStyle style = {asked->weight, 100, asked->italic};
	const FontFile *file = font_library_match(e->library, asked->family, &style);
	hb_face_t *face = NULL;

	if (file != NULL && g_ptr_array_find(e->files, file, NULL))
		asked->state = FONTS_SAME;
	else
		face = open_file(e, file, &asked->state);
	g_ptr_array_add(e->files, (gpointer)file);
	add_part(e, face, face != NULL ? choose_characters(e, face) : NULL);
}

/* All missing characters that this face has, out of those that are missing. */
static GArray *take_range(Embedding *e, hb_face_t *face, hb_set_t *taken)
{
	GArray *range = g_array_new(FALSE, FALSE, sizeof(gunichar));
	hb_font_t *font = hb_font_create(face);

	for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(e->missing, &c);) {
		if (!has(font, c))
			continue;
		g_array_append_val(range, c);
		hb_set_add(taken, c);
	}
	hb_set_subtract(e->missing, taken);
	hb_font_destroy(font);
	return range;
}

/* That, or whichever is nearest. */
static hb_face_t *find_cover(const Embedding *e, gunichar c, const FontStyle *style, FontsState *state)
{
	hb_face_t *face = open_file(e, font_library_match(e->library, signs, style), state);
	hb_font_t *font = hb_font_create(face);
	gboolean covers = face != NULL && has(font, c);

	hb_font_destroy(font);
	if (covers)
		return face;
	hb_face_destroy(face);
	return open_file(e, font_library_cover(e->library, &c, 1, style), state);
}

static void stand_in(Embedding *e)
{
	static const FontStyle plain = {400, 100, FALSE};

	for (hb_codepoint_t c; (c = hb_set_get_min(e->missing)) != HB_SET_VALUE_INVALID; hb_set_del(e->missing, c)) {
		FontsFace more = {.weight = plain.weight};
		hb_face_t *face = find_cover(e, c, &plain, &more.state);
		hb_set_t *taken;
		if (face == NULL)
			continue;
		taken = hb_set_create();
		more.range = take_range(e, face, taken);
		g_array_append_val(e->faces, more);
		add_part(e, face, taken);
	}
}

static void embed(GArray *faces, const GArray *characters)
{
	Embedding e = {.library = font_library_open(NULL), .characters = characters, .faces = faces};

	e.files = g_ptr_array_new();
	e.parts = g_array_new(FALSE, TRUE, sizeof(Part));
	g_array_set_clear_func(e.parts, part_clear);
	e.missing = hb_set_create();
	for (guint i = 0; i < faces->len; i++)
		find_face(&e, &g_array_index(faces, FontsFace, i));
	stand_in(&e);
	make_all_files(&e);
	hb_set_destroy(e.missing);
	g_array_unref(e.parts);
	g_ptr_array_unref(e.files);
}

__attribute__((visibility("default"))) extern const FontsModule fonts_module;
const FontsModule fonts_module = {embed};
