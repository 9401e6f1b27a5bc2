/* Areas made by hand, the file that comes of them, and what the checker says of it and of files that are wrong. */
#include "base/xml.h"
#include "layout/line.h"
#include "pdf/file.h"
#include "pdf/pdf.h"
#include "pdf/texts.h"

#include <string.h>

#define FONT "/usr/share/fonts/truetype/lato/Lato-Regular.ttf"

typedef struct {
	AreaTree *tree;
	AreaFont font;
	AreaStructure document, heading, paragraph, figure, link_element;
	AreaLink link;
	AreaPage pages[2];
	guint order;
} Sample;

static AreaStructure *add_structure(AreaStructure *s, const char *type, AreaStructure *parent, guint order)
{
	s->type = type;
	s->parent = parent;
	s->order = order;
	s->children = g_ptr_array_new();
	if (parent != NULL)
		g_ptr_array_add(parent->children, s);
	return s;
}

static Area *add_text(Sample *s, AreaPage *page, const char *text, int y)
{
	Area *a = area_new(s->tree, AREA_TEXT, "text");
	AreaText *t = area_alloc(s->tree, sizeof *t);
	hb_buffer_t *buffer = hb_buffer_create();
	hb_font_t *font = hb_font_create(s->font.face);
	hb_glyph_info_t *info;
	hb_glyph_position_t *position;

	hb_buffer_add_utf8(buffer, text, -1, 0, -1);
	hb_buffer_guess_segment_properties(buffer);
	hb_shape(font, buffer, NULL, 0);
	info = hb_buffer_get_glyph_infos(buffer, &t->length);
	position = hb_buffer_get_glyph_positions(buffer, &t->length);
	*t = (AreaText){.font = &s->font, .size = 10000, .colour = 0x000000FF, .text = area_strdup(s->tree, text), .length = t->length};
	t->glyphs = area_alloc(s->tree, t->length * sizeof *t->glyphs);
	for (guint i = 0; i < t->length; i++) {
		t->glyphs[i] = (AreaGlyph){info[i].codepoint, (int)((gint64)position[i].x_advance * t->size / s->font.upem), 0, 0, info[i].cluster};
		a->ipd += t->glyphs[i].advance;
	}
	a->x = 72000;
	a->y = y;
	a->bpd = 12000;
	a->order = ++s->order;
	a->u.text = t;
	hb_buffer_destroy(buffer);
	hb_font_destroy(font);
	if (page->last != NULL)
		page->last->next = a;
	else
		page->first = a;
	page->last = a;
	return a;
}

static void sample_start(Sample *s)
{
	hb_blob_t *blob = hb_blob_create_from_file(FONT);

	memset(s, 0, sizeof *s);
	s->tree = area_tree_new();
	s->font = (AreaFont){.file = (char *)FONT, .family = (char *)"Lato", .weight = 400, .face = hb_face_create(blob, 0)};
	hb_blob_destroy(blob);
	s->font.upem = hb_face_get_upem(s->font.face);
	s->font.ascender = (int)s->font.upem;
	s->font.descender = -(int)s->font.upem / 5;
	g_ptr_array_add(s->tree->fonts, &s->font);
	s->tree->structure = add_structure(&s->document, "Document", NULL, 0);
	add_structure(&s->heading, "H1", &s->document, 1);
	add_structure(&s->paragraph, "P", &s->document, 2);
	add_structure(&s->link_element, "Link", &s->paragraph, 4);
	s->tree->language = area_strdup(s->tree, "nl");
	s->tree->title = area_strdup(s->tree, "Een proef");
	for (int i = 0; i < 2; i++) {
		s->pages[i] = (AreaPage){.width = 595276, .height = 841890, .number = i + 1, .label = (char *)(i == 0 ? "1" : "2")};
		g_ptr_array_add(s->tree->pages, &s->pages[i]);
	}
	add_text(s, &s->pages[0], "Kop van de proef", 100000)->structure = &s->heading;
	add_text(s, &s->pages[0], "Een fiets met efficiënte f\xC2\xADl", 130000)->structure = &s->paragraph;
	Area *linked = add_text(s, &s->pages[0], "en een verwijzing", 150000);
	linked->structure = &s->link_element;
	linked->link = &s->link;
	s->link = (AreaLink){.uri = (char *)"https://example.org/", .structure = &s->link_element, .contents = (char *)"example.org"};
	add_text(s, &s->pages[0], "bladzijde 1", 800000);
	add_text(s, &s->pages[1], "Vervolg op de tweede bladzijde", 130000)->structure = &s->paragraph;
}

static void sample_end(Sample *s)
{
	GPtrArray *children[] = {s->document.children, s->heading.children, s->paragraph.children, s->link_element.children, s->figure.children};

	for (guint i = 0; i < G_N_ELEMENTS(children); i++)
		if (children[i] != NULL)
			g_ptr_array_unref(children[i]);
	hb_face_destroy(s->font.face);
	g_ptr_array_set_size(s->tree->fonts, 0);
	g_ptr_array_set_size(s->tree->pages, 0);
	area_tree_free(s->tree);
}

static GBytes *write_sample(const Sample *s)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	GBytes *bytes = pdf_write(s->tree, &(PdfOptions){.producer = "Rotonde", .date = -1}, d);

	g_assert_nonnull(bytes);
	g_assert_cmpuint(diagnostics_length(d), ==, 0);
	return bytes;
}

/* The codes that the checker reports, each followed by a space. */
static char *check(GBytes *bytes)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	GString *codes = g_string_new(NULL);

	pdf_check(bytes, "x.pdf", d);
	for (guint i = 0; i < diagnostics_length(d); i++)
		g_string_append_printf(codes, "%s ", diagnostics_peek(d, i)->code);
	return g_string_free(codes, FALSE);
}

static void test_good(void)
{
	Sample s;

	sample_start(&s);
	g_autoptr(GBytes) one = write_sample(&s), two = write_sample(&s);
	g_autofree char *codes = check(one);
	g_assert_cmpstr(codes, ==, "");
	g_assert_true(g_bytes_equal(one, two));
	sample_end(&s);
}

static GPtrArray *looks_of(const Sample *s)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	GPtrArray *looks = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GBytes) bytes = pdf_write(s->tree, &(PdfOptions){.producer = "Rotonde", .date = -1, .looks = looks}, d);

	g_assert_nonnull(bytes);
	g_assert_cmpuint(looks->len, ==, 2);
	return looks;
}

/* Which pages look otherwise: "1", "2", "12" or "". */
static char *changed_looks(const GPtrArray *before, const Sample *s)
{
	g_autoptr(GPtrArray) now = looks_of(s);

	return g_strdup_printf("%s%s", strcmp(before->pdata[0], now->pdata[0]) != 0 ? "1" : "", strcmp(before->pdata[1], now->pdata[1]) != 0 ? "2" : "");
}

static void add_found(const PdfText *text, gpointer data)
{
	if (text->page > 0)
		g_string_append(data, text->text);
}

/* The text of a page that is written alone; NULL: it was not, for it looks as is known. look: see pdf_write_page. */
static char *page_text(const Sample *s, guint page, const char *known, char **look)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(GBytes) bytes = pdf_write_page(s->tree, page, known, look);
	GString *text = g_string_new(NULL);

	if (bytes == NULL)
		return g_string_free(text, TRUE);
	g_assert_true(pdf_texts(bytes, "x.pdf", add_found, text, d));
	g_assert_cmpuint(diagnostics_length(d), ==, 0);
	return g_string_free(text, FALSE);
}

/* A page alone: its words and no others, and nothing when it still looks as it did. */
static void test_page(void)
{
	Sample s;
	g_autofree char *first = NULL, *second = NULL, *known = NULL, *look = NULL, *other = NULL;

	sample_start(&s);
	first = page_text(&s, 0, NULL, &known);
	second = page_text(&s, 1, "", &other);
	g_assert_nonnull(strstr(first, "Kop van de proef"));
	g_assert_null(strstr(first, "Vervolg"));
	g_assert_nonnull(strstr(second, "Vervolg op de tweede bladzijde"));
	g_assert_null(strstr(second, "Kop van de proef"));
	g_assert_cmpstr(known, !=, other);
	g_assert_null(page_text(&s, 0, known, &look));
	g_assert_cmpstr(look, ==, known);
	add_text(&s, &s.pages[0], "erbij", 200000);
	g_free(g_steal_pointer(&look));
	g_free(first);
	first = page_text(&s, 0, known, &look);
	g_assert_nonnull(strstr(first, "erbij"));
	g_assert_cmpstr(look, !=, known);
	sample_end(&s);
}

static void test_looks(void)
{
	static const char text[] = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>";
	g_autoptr(GBytes) svg = g_bytes_new_static(text, strlen(text));
	AreaPicture one = {PICTURE_SVG, svg, (char *)"x.svg", (char *)"one"}, other = {PICTURE_SVG, svg, (char *)"x.svg", (char *)"other"};
	Sample s;

	sample_start(&s);
	Area *a = area_new(s.tree, AREA_IMAGE, "image");
	a->ipd = a->bpd = a->u.image.width = a->u.image.height = 100000;
	a->u.image.picture = &one;
	s.pages[1].last->next = a;
	g_autoptr(GPtrArray) looks = looks_of(&s);
	g_autofree char *same = changed_looks(looks, &s);
	g_assert_cmpstr(same, ==, "");
	a->u.image.picture = &other; /* under the same number */
	g_autofree char *picture = changed_looks(looks, &s);
	g_assert_cmpstr(picture, ==, "2");
	a->u.image.picture = &one;
	s.pages[0].first->x += 1000;
	g_autofree char *moved = changed_looks(looks, &s);
	g_assert_cmpstr(moved, ==, "1");
	s.pages[0].first->x -= 1000;
	s.pages[1].height += 1000;
	g_autofree char *higher = changed_looks(looks, &s);
	g_assert_cmpstr(higher, ==, "2");
	s.pages[1].height -= 1000;
	s.font.file = (char *)"/another.ttf"; /* under the same number */
	g_autofree char *font = changed_looks(looks, &s);
	g_assert_cmpstr(font, ==, "12");
	sample_end(&s);
}

static void test_bad(void)
{
	Sample s;

	sample_start(&s);
	s.tree->language = NULL;
	s.tree->title = NULL;
	s.heading.type = "H3";
	s.link.contents = NULL;
	s.link_element.type = "Span";
	g_autoptr(GBytes) bytes = write_sample(&s);
	g_autofree char *codes = check(bytes);
	g_assert_cmpstr(codes, ==, "pdf-06-003 pdf-11-006 pdf-14-002 pdf-28-011 pdf-28-012 ");
	sample_end(&s);
}

static void test_figure(void)
{
	Sample s;
	Area *a;

	sample_start(&s);
	add_structure(&s.figure, "Figure", &s.document, 9);
	a = add_text(&s, &s.pages[1], "een tekening van letters", 300000);
	a->structure = &s.figure;
	g_autoptr(GBytes) without = write_sample(&s);
	g_autofree char *codes = check(without);
	g_assert_cmpstr(codes, ==, "pdf-13-004 ");
	s.figure.alt = (char *)"Letters";
	g_autoptr(GBytes) with = write_sample(&s);
	g_autofree char *none = check(with);
	g_assert_cmpstr(none, ==, "");
	sample_end(&s);
}

/* Drawn by us when we can, else through librsvg: an area of colour is there in both, and no picture is lost without a word. */
static void test_drawings(void)
{
	static const struct {
		const char *svg;
		gboolean good;
	} rows[] = {
	    {"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'><rect width='10' height='10' fill='#00545f' opacity='.5'/>"
	     "<path d='M0 0L5 5a2 2 0 0 1 3 3zm1 1q2 2 3 3t1 1'/><text x='1' y='9' font-family='Lato' font-size='3'>af<tspan>b</tspan></text></svg>",
	     TRUE},
	    {"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><defs><linearGradient id='g'><stop offset='0' stop-color='red'/>"
	     "<stop offset='1' stop-color='blue'/></linearGradient></defs><rect width='10' height='10' fill='url(#g)'/></svg>",
	     TRUE},
	    {"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><g opacity='.5'><circle r='4'/><circle r='5'/></g></svg>", TRUE},
	    {"<svg xmlns='http://www.w3.org/2000/svg' width='0' height='0'/>", FALSE},
	    {"<svg", FALSE},
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Diagnostics) d = diagnostics_new();
		g_autoptr(GBytes) svg = g_bytes_new_static(rows[i].svg, strlen(rows[i].svg));
		AreaPicture picture = {PICTURE_SVG, svg, (char *)"x.svg", (char *)"digest"};
		Sample s;
		sample_start(&s);
		add_structure(&s.figure, "Figure", &s.document, 9);
		s.figure.alt = (char *)"Een tekening";
		Area *a = area_new(s.tree, AREA_IMAGE, "image");
		a->structure = &s.figure;
		a->x = a->u.image.x = 100000;
		a->y = a->u.image.y = 400000;
		a->ipd = a->bpd = a->u.image.width = a->u.image.height = 100000;
		a->u.image.picture = &picture;
		s.pages[1].last->next = a;
		g_autoptr(GBytes) bytes = pdf_write(s.tree, &(PdfOptions){.producer = "Rotonde", .date = -1}, d);
		g_autofree char *codes = check(bytes);
		g_assert_cmpstr(codes, ==, "");
		g_assert_cmpuint(diagnostics_count(d, LEVEL_ERROR), ==, rows[i].good ? 0 : 1);
		sample_end(&s);
	}
}

static void test_broken(void)
{
	static const char *const texts[] = {"", "%PDF-1.7\n", "geen pdf", "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"};

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new_static(texts[i], strlen(texts[i]));
		g_autofree char *codes = check(bytes);
		g_assert_cmpstr(codes, !=, "");
	}
}

static void test_numbers(void)
{
	static const struct {
		gint64 millipoints;
		const char *text;
	} rows[] = {{0, "0 "}, {1, "0.001 "}, {-1, "-0.001 "}, {1000, "1 "}, {595276, "595.276 "}, {-12340, "-12.34 "}, {10, "0.01 "}};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) s = g_string_new(NULL);
		pdf_append_points(s, rows[i].millipoints);
		g_assert_cmpstr(s->str, ==, rows[i].text);
	}
}

static void test_strings(void)
{
	static const struct {
		const char *text, *written;
	} rows[] = {{"abc", "(abc)"}, {"a(b)\\", "(a\\(b\\)\\\\)"}, {"é", "<FEFF00E9>"}, {"\xF0\x9F\x99\x82", "<FEFFD83DDE42>"}};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) s = g_string_new(NULL);
		pdf_append_text(s, rows[i].text);
		g_assert_cmpstr(s->str, ==, rows[i].written);
	}
}

int main(int argc, char **argv)
{
	xml_start();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pdf/looks", test_looks);
	g_test_add_func("/pdf/a page alone", test_page);
	g_test_add_func("/pdf/numbers", test_numbers);
	g_test_add_func("/pdf/strings", test_strings);
	g_test_add_func("/pdf/a good file", test_good);
	g_test_add_func("/pdf/a file with faults", test_bad);
	g_test_add_func("/pdf/a figure needs alt text", test_figure);
	g_test_add_func("/pdf/drawings", test_drawings);
	g_test_add_func("/pdf/what is no PDF", test_broken);
	return g_test_run();
}
