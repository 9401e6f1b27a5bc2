/* Fonts in the file: subset by HarfBuzz, CIDFontType2 or CIDFontType0C with Identity-H, widths, and the map back to Unicode. */
#include "pdf/writer.h"

#include "fonts/subset.h"

#include <hb-ot.h>
#include <string.h>

struct PdfFont {
	const AreaFont *font;
	int number, object;
	hb_set_t *glyphs;
	GHashTable *unicode; /* glyph -> text */
	double *widths;      /* by glyph, in thousandths; -1: not asked yet */
	guint glyph_count;
	hb_font_t *measure;
};

/* The hyphen stands for itself, whichever use of it comes first; one that line breaking added is told by ActualText. */
static void map_hyphen(PdfFont *f)
{
	hb_codepoint_t glyph;

	if (hb_font_get_nominal_glyph(f->measure, '-', &glyph))
		g_hash_table_insert(f->unicode, GUINT_TO_POINTER(glyph), g_strdup("-"));
}

PdfFont *pdf_font(PdfWriter *w, const AreaFont *font)
{
	PdfFont *f = g_hash_table_lookup(w->fonts, font);

	if (f != NULL)
		return f;
	f = g_new0(PdfFont, 1);
	f->font = font;
	f->number = (int)g_hash_table_size(w->fonts) + 1;
	f->object = pdf_file_reserve(w->file);
	f->glyphs = hb_set_create();
	f->unicode = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
	f->glyph_count = hb_face_get_glyph_count(font->face);
	f->widths = g_new(double, MAX(f->glyph_count, 1));
	for (guint i = 0; i < f->glyph_count; i++)
		f->widths[i] = -1;
	f->measure = hb_font_create(font->face);
	hb_font_set_scale(f->measure, (int)font->upem, (int)font->upem);
	hb_set_add(f->glyphs, 0);
	map_hyphen(f);
	g_hash_table_insert(w->fonts, (gpointer)font, f);
	return f;
}

void pdf_font_free(gpointer data)
{
	PdfFont *f = data;

	hb_set_destroy(f->glyphs);
	hb_font_destroy(f->measure);
	g_hash_table_unref(f->unicode);
	g_free(f->widths);
	g_free(f);
}

const AreaFont *pdf_font_face(const PdfFont *f)
{
	return f->font;
}

int pdf_font_number(const PdfFont *f)
{
	return f->number;
}

int pdf_font_compare(gconstpointer a, gconstpointer b)
{
	return ((const PdfFont *)a)->number - ((const PdfFont *)b)->number;
}

void pdf_append_fonts(GString *s, GHashTable *fonts)
{
	g_autoptr(GList) list = g_list_sort(g_hash_table_get_keys(fonts), pdf_font_compare);

	if (list == NULL)
		return;
	g_string_append(s, "/Font << ");
	for (const GList *i = list; i != NULL; i = i->next)
		g_string_append_printf(s, "/F%d %d 0 R ", ((const PdfFont *)i->data)->number, ((const PdfFont *)i->data)->object);
	g_string_append(s, ">> ");
}

double pdf_font_width(const PdfFont *f, guint glyph)
{
	if (glyph >= f->glyph_count)
		return 0;
	if (f->widths[glyph] < 0) /* rounded as it will stand in /W, so that what is drawn and what is declared agree */
		f->widths[glyph] = (int)(hb_font_get_glyph_h_advance(f->measure, glyph) * 1000.0 / f->font->upem + 0.5);
	return f->widths[glyph];
}

gboolean pdf_font_use(PdfFont *f, guint glyph, const char *text, gsize length)
{
	const char *known = g_hash_table_lookup(f->unicode, GUINT_TO_POINTER(glyph));

	hb_set_add(f->glyphs, glyph);
	if (known != NULL)
		return strlen(known) == length && memcmp(known, text, length) == 0;
	if (length == 0)
		return FALSE;
	g_hash_table_insert(f->unicode, GUINT_TO_POINTER(glyph), g_strndup(text, length));
	return TRUE;
}

static void append_utf16(GString *s, const char *text)
{
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (c > 0xFFFF)
			g_string_append_printf(s, "%04X%04X", 0xD800 + ((c - 0x10000) >> 10), 0xDC00 + ((c - 0x10000) & 0x3FF));
		else
			g_string_append_printf(s, "%04X", c);
	}
}

/* The ToUnicode CMap (9.10.3), in blocks of at most 100 rows. */
static int write_unicode(PdfWriter *w, const PdfFont *f)
{
	g_autoptr(GString) s = g_string_new("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
	                                    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
	                                    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
	                                    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
	g_autoptr(GString) block = g_string_new(NULL);
	hb_codepoint_t glyph = HB_SET_VALUE_INVALID;
	int rows = 0, number = pdf_file_reserve(w->file);

	while (hb_set_next(f->glyphs, &glyph)) {
		const char *text = g_hash_table_lookup(f->unicode, GUINT_TO_POINTER(glyph));
		if (text == NULL)
			continue;
		g_string_append_printf(block, "<%04X> <", glyph);
		append_utf16(block, text);
		g_string_append(block, ">\n");
		if (++rows == 100) {
			g_string_append_printf(s, "%d beginbfchar\n%sendbfchar\n", rows, block->str);
			g_string_truncate(block, 0);
			rows = 0;
		}
	}
	if (rows > 0)
		g_string_append_printf(s, "%d beginbfchar\n%sendbfchar\n", rows, block->str);
	g_string_append(s, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
	pdf_file_set_stream(w->file, number, "", s->str, s->len, TRUE);
	return number;
}

static gboolean has_cff(const hb_face_t *face)
{
	hb_blob_t *blob = hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
	gboolean has = hb_blob_get_length(blob) > 0;

	hb_blob_destroy(blob);
	return has;
}

static int write_file(PdfWriter *w, const PdfFont *f, gboolean cff)
{
	hb_face_t *face = font_subset_glyphs(f->font->face, f->glyphs);
	hb_blob_t *blob = hb_face_reference_blob(face != NULL ? face : f->font->face);
	hb_blob_t *table = cff ? hb_face_reference_table(face != NULL ? face : f->font->face, HB_TAG('C', 'F', 'F', ' ')) : NULL;
	guint length;
	const char *data = hb_blob_get_data(cff ? table : blob, &length);
	int number = pdf_file_reserve(w->file);
	g_autofree char *dictionary = cff ? g_strdup("/Subtype /CIDFontType0C") : g_strdup_printf("/Length1 %u", length);

	pdf_file_set_stream(w->file, number, dictionary, data, length, TRUE);
	if (table != NULL)
		hb_blob_destroy(table);
	hb_blob_destroy(blob);
	if (face != NULL)
		hb_face_destroy(face);
	return number;
}

/* "ABCDEF+Name": the tag is a digest of the glyphs, so that the same subset has the same name. */
static char *subset_name(const PdfFont *f)
{
	char name[128] = "";
	guint size = sizeof name;
	guint32 digest = 2166136261u;
	hb_codepoint_t glyph = HB_SET_VALUE_INVALID;
	char tag[7] = "";

	hb_ot_name_get_utf8(f->font->face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
	while (hb_set_next(f->glyphs, &glyph))
		digest = (digest ^ glyph) * 16777619u;
	for (int i = 0; i < 6; i++, digest /= 26)
		tag[i] = (char)('A' + digest % 26);
	return g_strdup_printf("%s+%s", tag, *name != '\0' ? name : f->font->family);
}

static void append_widths(GString *s, const PdfFont *f)
{
	hb_codepoint_t glyph = HB_SET_VALUE_INVALID, expected = HB_SET_VALUE_INVALID;

	g_string_append(s, "/W [");
	while (hb_set_next(f->glyphs, &glyph)) {
		if (glyph != expected)
			g_string_append_printf(s, "%s%u [", expected == HB_SET_VALUE_INVALID ? "" : "] ", glyph);
		else
			g_string_append_c(s, ' ');
		g_string_append_printf(s, "%d", (int)pdf_font_width(f, glyph));
		expected = glyph + 1;
	}
	g_string_append(s, expected == HB_SET_VALUE_INVALID ? "] " : "]] ");
}

static int write_descriptor(PdfWriter *w, const PdfFont *f, const char *name, gboolean cff)
{
	const AreaFont *a = f->font;
	GString *s = g_string_new("<< /Type /FontDescriptor /FontName ");
	double unit = 1000.0 / a->upem;
	double angle = hb_style_get_value(f->measure, HB_STYLE_TAG_SLANT_ANGLE);

	pdf_append_name(s, name);
	g_string_append_printf(s, " /Flags %d /ItalicAngle ", 4 | (a->italic ? 64 : 0));
	pdf_append_number(s, a->italic && angle == 0 ? -10 : angle);
	g_string_append_printf(s, "/Ascent %d /Descent %d /CapHeight %d /StemV %d ", (int)(a->ascender * unit), (int)(a->descender * unit),
	                       (int)((a->cap_height > 0 ? a->cap_height : a->ascender) * unit), 50 + (a->weight - 400) / 8 + 30);
	g_string_append_printf(s, "/FontBBox [-500 %d 2000 %d] /%s %d 0 R >>", (int)(a->descender * unit * 1.3), (int)(a->ascender * unit * 1.3),
	                       cff ? "FontFile3" : "FontFile2", write_file(w, f, cff));
	return pdf_file_add(w->file, s);
}

void pdf_font_write(PdfWriter *w, PdfFont *f)
{
	g_autofree char *name = subset_name(f);
	gboolean cff = has_cff(f->font->face);
	int unicode = write_unicode(w, f), descriptor = write_descriptor(w, f, name, cff), child;
	GString *s = g_string_new("<< /Type /Font /Subtype ");

	g_string_append_printf(s, "%s /BaseFont ", cff ? "/CIDFontType0" : "/CIDFontType2");
	pdf_append_name(s, name);
	g_string_append_printf(s, " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R %s/DW 0 ",
	                       descriptor, cff ? "" : "/CIDToGIDMap /Identity ");
	append_widths(s, f);
	g_string_append(s, ">>");
	child = pdf_file_add(w->file, s);
	s = g_string_new("<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /BaseFont ");
	pdf_append_name(s, name);
	g_string_append_printf(s, " /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", child, unicode);
	pdf_file_set(w->file, f->object, s);
}
