/* The font files of this machine. Everything here is behind one lock a library; files and faces are never changed once they are made. */
#include "fonts/library.h"

#include "base/text.h"

#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <string.h>
#include <unistd.h>

typedef struct {
	FontFile file;
	guint number;       /* among the entries */
	FcPattern *pattern; /* NULL: the house's */
	hb_face_t *face;    /* NULL until wanted: a file takes memory as long as it is mapped */
} Entry;

struct FontLibrary {
	GMutex lock;
	char *conf;
	GPtrArray *entries;
	GHashTable *families; /* case-folded name -> GPtrArray of Entry */
	GHashTable *folders;  /* of the house, that were read */
	FcConfig *system;     /* NULL until wanted */
	gboolean system_tried;
};

/* Where Debian puts the fonts that the house style uses: its packages fonts-lato, fonts-vollkorn, fonts-dejavu-core. */
static const struct {
	const char *family, *folder;
} house[] = {
    {"lato", "/usr/share/fonts/truetype/lato"},
    {"vollkorn", "/usr/share/fonts/truetype/vollkorn"},
    {"dejavu", "/usr/share/fonts/truetype/dejavu"},
};

static const struct {
	const char *name, *families[3];
} generic[] = {
    {"serif", {"Vollkorn", "DejaVu Serif", NULL}},
    {"sans-serif", {"Lato", "DejaVu Sans", NULL}},
    {"monospace", {"DejaVu Sans Mono", NULL, NULL}},
    {"", {"DejaVu Serif", "DejaVu Sans", NULL}},
};

/* ---- reading what there is ---- */

static void add_name(FontLibrary *l, const char *name, Entry *e)
{
	g_autofree char *key = g_utf8_casefold(name, -1);
	GPtrArray *list = g_hash_table_lookup(l->families, key);
	if (!list) {
		list = g_ptr_array_new();
		g_hash_table_insert(l->families, g_steal_pointer(&key), list);
	}
	g_ptr_array_add(list, e);
}

static void add_entry(FontLibrary *l, Entry *e)
{
	e->number = l->entries->len;
	g_ptr_array_add(l->entries, e);
	add_name(l, e->file.family, e);
	if (e->file.alias && g_ascii_strcasecmp(e->file.alias, e->file.family) != 0)
		add_name(l, e->file.alias, e);
}

static char *face_name(hb_face_t *face, hb_ot_name_id_t id)
{
	char name[200];
	unsigned size = sizeof name;
	return hb_ot_name_get_utf8(face, id, HB_LANGUAGE_INVALID, &size, name) > 0 ? g_strdup(name) : NULL;
}

static hb_face_t *open_face(const char *path, unsigned index)
{
	hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
	if (!blob)
		return NULL;
	hb_face_t *face = hb_face_create(blob, index);
	hb_blob_destroy(blob);
	if (hb_face_get_glyph_count(face) == 0) {
		hb_face_destroy(face);
		return NULL;
	}
	hb_face_make_immutable(face);
	return face;
}

/* ---- what a file is, without mapping it ---- */

enum { SFNT_HEADER = 12, SFNT_ENTRY = 16, MOST_TABLES = 100 };

typedef struct {
	int file;
	guint count;
	guint8 entries[MOST_TABLES * SFNT_ENTRY];
} Directory;

static guint32 read32(const guint8 *p)
{
	return (guint32)p[0] << 24 | (guint32)p[1] << 16 | (guint32)p[2] << 8 | p[3];
}

static hb_blob_t *read_table(hb_face_t *face, hb_tag_t tag, void *data)
{
	enum { LARGEST = 1024 * 1024 };
	const Directory *d = data;

	(void)face;
	for (guint i = 0; i < d->count; i++) {
		const guint8 *entry = d->entries + i * SFNT_ENTRY;
		guint32 offset = read32(entry + 8), length = read32(entry + 12);
		if (read32(entry) != tag || length > LARGEST)
			continue;
		char *table = g_malloc(length);
		ssize_t n = pread(d->file, table, length, offset);
		return hb_blob_create(table, n > 0 ? (unsigned)n : 0, HB_MEMORY_MODE_WRITABLE, table, g_free);
	}
	return NULL;
}

static void directory_free(gpointer data)
{
	Directory *d = data;

	if (d->file >= 0)
		close(d->file);
	g_free(d);
}

/* A face to ask for its names and style: of each file in a folder a few tables are read, where mapping it touches a page for each. NULL: no font. */
static hb_face_t *open_briefly(const char *path)
{
	guint8 header[SFNT_HEADER];
	Directory *d = g_new0(Directory, 1);
	gsize size;
	hb_face_t *face;

	d->file = open(path, O_RDONLY | O_CLOEXEC);
	d->count = d->file >= 0 && pread(d->file, header, sizeof header, 0) == sizeof header ? MIN((guint)header[4] << 8 | header[5], MOST_TABLES) : 0;
	size = d->count * SFNT_ENTRY;
	if (d->count == 0 || pread(d->file, d->entries, size, SFNT_HEADER) != (ssize_t)size)
		d->count = 0;
	face = hb_face_create_for_tables(read_table, d, directory_free);
	if (hb_face_get_glyph_count(face) > 0)
		return face;
	hb_face_destroy(face);
	return NULL;
}

static void add_house_file(FontLibrary *l, char *path)
{
	hb_face_t *face = open_briefly(path);
	char *family = face ? face_name(face, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY) : NULL;
	char *alias = face ? face_name(face, HB_OT_NAME_ID_FONT_FAMILY) : NULL;
	if (!family)
		family = g_steal_pointer(&alias);
	if (!family) {
		hb_face_destroy(face);
		g_free(path);
		return;
	}
	hb_font_t *font = hb_font_create(face);
	Entry *e = g_new0(Entry, 1);
	e->file = (FontFile){
	    .path = path,
	    .family = family,
	    .alias = alias,
	    .weight = (int)hb_style_get_value(font, HB_STYLE_TAG_WEIGHT),
	    .width = (int)hb_style_get_value(font, HB_STYLE_TAG_WIDTH),
	    .italic = hb_style_get_value(font, HB_STYLE_TAG_ITALIC) > 0 || hb_style_get_value(font, HB_STYLE_TAG_SLANT_ANGLE) < 0,
	};
	hb_font_destroy(font);
	hb_face_destroy(face);
	add_entry(l, e);
}

static void read_folder(FontLibrary *l, const char *folder)
{
	if (!g_hash_table_add(l->folders, (gpointer)folder))
		return;
	GDir *dir = g_dir_open(folder, 0, NULL);
	if (!dir)
		return;
	g_autoptr(GPtrArray) paths = g_ptr_array_new();
	for (const char *name; (name = g_dir_read_name(dir));)
		if (g_str_has_suffix(name, ".ttf") || g_str_has_suffix(name, ".otf"))
			g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
	g_dir_close(dir);
	g_ptr_array_sort(paths, text_compare);
	for (guint i = 0; i < paths->len; i++)
		add_house_file(l, paths->pdata[i]);
}

static void read_house(FontLibrary *l, const char *family)
{
	for (guint i = 0; !l->conf && i < G_N_ELEMENTS(house); i++)
		if (!family || g_ascii_strncasecmp(family, house[i].family, strlen(house[i].family)) == 0)
			read_folder(l, house[i].folder);
}

static char *pattern_string(const FcPattern *p, const char *object, int n)
{
	FcChar8 *s = NULL;
	return FcPatternGetString(p, object, n, &s) == FcResultMatch ? g_strdup((const char *)s) : NULL;
}

static int pattern_number(const FcPattern *p, const char *object, int normal)
{
	double value = 0;
	return FcPatternGetDouble(p, object, 0, &value) == FcResultMatch ? (int)(value + 0.5) : normal;
}

static gboolean pattern_is_usable(const FcPattern *p)
{
	FcBool variable = FcFalse;
	g_autofree char *format = pattern_string(p, FC_FONTFORMAT, 0);
	FcPatternGetBool(p, FC_VARIABLE, 0, &variable);
	return !variable && (g_strcmp0(format, "TrueType") == 0 || g_strcmp0(format, "CFF") == 0);
}

static void add_system_file(FontLibrary *l, FcPattern *p)
{
	char *path = pattern_string(p, FC_FILE, 0), *family = pattern_string(p, FC_FAMILY, 0);
	if (!path || !family || !pattern_is_usable(p)) {
		g_free(path);
		g_free(family);
		return;
	}
	int index = 0, slant = FC_SLANT_ROMAN;
	FcPatternGetInteger(p, FC_INDEX, 0, &index);
	FcPatternGetInteger(p, FC_SLANT, 0, &slant);
	Entry *e = g_new0(Entry, 1);
	e->pattern = p;
	e->file = (FontFile){
	    .path = path,
	    .index = (unsigned)index & 0xffff,
	    .family = family,
	    .alias = pattern_string(p, FC_FAMILY, 1),
	    .weight = (int)(FcWeightToOpenTypeDouble(pattern_number(p, FC_WEIGHT, FC_WEIGHT_REGULAR)) + 0.5),
	    .width = pattern_number(p, FC_WIDTH, FC_WIDTH_NORMAL),
	    .italic = slant != FC_SLANT_ROMAN,
	};
	add_entry(l, e);
}

static int compare_patterns(gconstpointer a, gconstpointer b)
{
	FcChar8 *x = NULL, *y = NULL;
	int i = 0, j = 0;
	FcPatternGetString(*(FcPattern *const *)a, FC_FILE, 0, &x);
	FcPatternGetString(*(FcPattern *const *)b, FC_FILE, 0, &y);
	FcPatternGetInteger(*(FcPattern *const *)a, FC_INDEX, 0, &i);
	FcPatternGetInteger(*(FcPattern *const *)b, FC_INDEX, 0, &j);
	int order = g_strcmp0((const char *)x, (const char *)y);
	return order ? order : i - j;
}

static FcConfig *load_config(const char *conf)
{
	if (!conf)
		return FcInitLoadConfigAndFonts();
	FcConfig *c = FcConfigCreate();
	g_autofree char *path = g_canonicalize_filename(conf, NULL); /* fontconfig looks elsewhere for a relative one */
	if (!FcConfigParseAndLoad(c, (const FcChar8 *)path, FcTrue) || !FcConfigBuildFonts(c)) {
		FcConfigDestroy(c);
		return NULL;
	}
	return c;
}

static void read_system(FontLibrary *l)
{
	if (l->system_tried)
		return;
	l->system_tried = TRUE;
	l->system = load_config(l->conf);
	FcFontSet *set = l->system ? FcConfigGetFonts(l->system, FcSetSystem) : NULL;
	g_autoptr(GPtrArray) patterns = g_ptr_array_new();
	for (int i = 0; set && i < set->nfont; i++)
		g_ptr_array_add(patterns, set->fonts[i]);
	g_ptr_array_sort(patterns, compare_patterns);
	for (guint i = 0; i < patterns->len; i++)
		add_system_file(l, patterns->pdata[i]);
}

/* ---- choosing ---- */

/* Smaller is nearer: width first, then slope, then weight (CSS Fonts 3, 5.2). */
static int style_distance(const FontFile *f, const FontStyle *want)
{
	int d = ABS(f->width - want->width) * 100000 + (f->italic != want->italic) * 10000;
	int difference = f->weight - want->weight;
	int wrong_way;
	if (want->weight > 500)
		wrong_way = difference < 0 ? 1000 : 0;
	else if (want->weight < 400)
		wrong_way = difference > 0 ? 1000 : 0;
	else
		wrong_way = f->weight > 500 ? 1000 : difference < 0 ? 500 : 0;
	return d + ABS(difference) + wrong_way;
}

static Entry *nearest(const GPtrArray *entries, const FontStyle *style)
{
	Entry *best = NULL;
	for (guint i = 0; entries && i < entries->len; i++) {
		Entry *e = entries->pdata[i];
		if (!best || style_distance(&e->file, style) < style_distance(&best->file, style))
			best = e;
	}
	return best;
}

static Entry *lookup(FontLibrary *l, const char *family, const FontStyle *style)
{
	g_autofree char *key = g_utf8_casefold(family, -1);
	return nearest(g_hash_table_lookup(l->families, key), style);
}

static Entry *match(FontLibrary *l, const char *family, const FontStyle *style)
{
	read_house(l, family);
	Entry *e = lookup(l, family, style);
	if (!e) {
		read_system(l);
		e = lookup(l, family, style);
	}
	return e;
}

static Entry *substitute_from_house(FontLibrary *l, const char *family, const FontStyle *style)
{
	for (guint i = 0; i < G_N_ELEMENTS(generic); i++) {
		if (strcmp(family, generic[i].name) != 0)
			continue;
		for (const char *const *name = generic[i].families; *name; name++) {
			read_house(l, *name);
			Entry *e = lookup(l, *name, style);
			if (e)
				return e;
		}
	}
	return NULL;
}

/* fontconfig's aliases: metric equivalents and generic families. */
static Entry *substitute_from_system(FontLibrary *l, const char *family, const FontStyle *style)
{
	read_system(l);
	if (!l->system)
		return NULL;
	Entry *found = NULL;
	FcPattern *p = FcPatternCreate();
	FcPatternAddString(p, FC_FAMILY, (const FcChar8 *)family);
	FcConfigSubstitute(l->system, p, FcMatchPattern);
	FcChar8 *name = NULL;
	for (int i = 0; !found && FcPatternGetString(p, FC_FAMILY, i, &name) == FcResultMatch; i++)
		found = lookup(l, (const char *)name, style);
	FcPatternDestroy(p);
	return found;
}

const FontFile *font_library_match(FontLibrary *l, const char *family, const FontStyle *style)
{
	g_mutex_lock(&l->lock);
	Entry *e = match(l, family, style);
	g_mutex_unlock(&l->lock);
	return e ? &e->file : NULL;
}

const FontFile *font_library_substitute(FontLibrary *l, const char *family, const FontStyle *style)
{
	g_mutex_lock(&l->lock);
	Entry *e = l->conf ? NULL : substitute_from_house(l, family, style);
	if (!e)
		e = substitute_from_system(l, family, style);
	if (!e && !l->conf)
		e = substitute_from_house(l, "", style);
	if (!e)
		e = nearest(l->entries, style);
	g_mutex_unlock(&l->lock);
	return e ? &e->file : NULL;
}

static hb_face_t *entry_face(Entry *e)
{
	if (!e->face)
		e->face = open_face(e->file.path, e->file.index);
	return e->face;
}

static gboolean has_all(Entry *e, const gunichar *chars, guint length)
{
	FcCharSet *set = NULL;
	if (e->pattern) {
		if (FcPatternGetCharSet(e->pattern, FC_CHARSET, 0, &set) != FcResultMatch)
			return FALSE;
		for (guint i = 0; i < length; i++)
			if (!FcCharSetHasChar(set, chars[i]))
				return FALSE;
		return entry_face(e) != NULL;
	}
	if (!entry_face(e))
		return FALSE;
	hb_font_t *font = hb_font_create(e->face);
	hb_codepoint_t glyph;
	gboolean all = TRUE;
	for (guint i = 0; all && i < length; i++)
		all = hb_font_get_nominal_glyph(font, chars[i], &glyph);
	hb_font_destroy(font);
	return all;
}

static int compare_distances(gconstpointer a, gconstpointer b, gpointer style)
{
	const Entry *x = *(const Entry *const *)a, *y = *(const Entry *const *)b;
	int order = style_distance(&x->file, style) - style_distance(&y->file, style);
	return order != 0 ? order : x->number < y->number ? -1 : 1;
}

/* The nearest first, so that few files are opened. */
static Entry *nearest_cover(FontLibrary *l, const gunichar *chars, guint length, const FontStyle *style)
{
	g_autoptr(GPtrArray) sorted = g_ptr_array_copy(l->entries, NULL, NULL);
	g_ptr_array_sort_with_data(sorted, compare_distances, (gpointer)style);
	for (guint i = 0; i < sorted->len; i++)
		if (has_all(sorted->pdata[i], chars, length))
			return sorted->pdata[i];
	return NULL;
}

const FontFile *font_library_cover(FontLibrary *l, const gunichar *chars, guint length, const FontStyle *style)
{
	g_mutex_lock(&l->lock);
	read_house(l, NULL);
	Entry *e = nearest_cover(l, chars, length, style);
	if (!e && !l->system_tried) {
		read_system(l);
		e = nearest_cover(l, chars, length, style);
	}
	g_mutex_unlock(&l->lock);
	return e ? &e->file : NULL;
}

gboolean font_character_is_invisible(gunichar c)
{
	return c == 0xad || c == 0x34f || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
	       (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff || (c >= 0xe0100 && c <= 0xe01ef) || g_unichar_iscntrl(c);
}

hb_face_t *font_library_face(FontLibrary *l, const FontFile *file)
{
	g_mutex_lock(&l->lock);
	hb_face_t *face = entry_face((Entry *)(void *)file);
	if (face)
		hb_face_reference(face);
	g_mutex_unlock(&l->lock);
	return face;
}

/* ---- the libraries that are open ---- */

static FontLibrary *library_new(const char *conf)
{
	FontLibrary *l = g_new0(FontLibrary, 1);
	g_mutex_init(&l->lock);
	l->conf = g_strdup(conf);
	l->entries = g_ptr_array_new();
	l->families = g_hash_table_new(g_str_hash, g_str_equal);
	l->folders = g_hash_table_new(g_str_hash, g_str_equal);
	return l;
}

FontLibrary *font_library_open(const char *fonts_conf)
{
	static GMutex lock;
	static GHashTable *open; /* shared by all threads, hence the lock: opening one is what takes the time */
	const char *key = fonts_conf ? fonts_conf : "";
	g_mutex_lock(&lock);
	if (!open)
		open = g_hash_table_new(g_str_hash, g_str_equal);
	FontLibrary *l = g_hash_table_lookup(open, key);
	if (!l) {
		l = library_new(fonts_conf);
		g_hash_table_insert(open, g_strdup(key), l);
	}
	g_mutex_unlock(&lock);
	return l;
}
