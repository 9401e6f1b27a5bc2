/* The reader of finished PDFs: the syntax of objects, where they stand, and files that are wrong. */
#include "pdf/parse.h"
#include "pdf/reader.h"

#include <string.h>

static PdfObject parse(Arena *arena, const char *text)
{
	PdfObject o = {.kind = PDF_NULL};
	Parser p = {.at = text, .start = text, .end = text + strlen(text), .arena = arena};

	g_assert_true(parse_object(&p, &o));
	return o;
}

static void test_objects(void)
{
	g_autoptr(Arena) arena = arena_new();
	PdfObject o = parse(arena, " % remark\n -12");

	g_assert_cmpint(o.kind, ==, PDF_INTEGER);
	g_assert_cmpint(o.u.integer, ==, -12);
	o = parse(arena, "-.25");
	g_assert_cmpint(o.kind, ==, PDF_REAL);
	g_assert_cmpfloat_with_epsilon(o.u.real, -0.25, 1e-9);
	o = parse(arena, "12 0 R");
	g_assert_cmpint(o.kind, ==, PDF_REFERENCE);
	g_assert_cmpint(o.u.integer, ==, 12);
	o = parse(arena, "/A#20B");
	g_assert_cmpstr(pdf_object_name(&o), ==, "A B");
	o = parse(arena, "(a\\(b\\051 (c) \\\n\\101)");
	g_assert_cmpstr(o.u.text, ==, "a(b) (c) A");
	o = parse(arena, "<48 656C6c 6F7>");
	g_assert_cmpstr(o.u.text, ==, "Hellop");
	o = parse(arena, "[1 2 0 R /x [true null] << /K (v) >>]");
	g_assert_cmpint(o.kind, ==, PDF_ARRAY);
	g_assert_cmpint(o.length, ==, 5);
	g_assert_cmpint(o.u.items[1].kind, ==, PDF_REFERENCE);
	g_assert_cmpint(o.u.items[3].length, ==, 2);
	g_assert_cmpstr(o.u.items[4].u.entries[0].key, ==, "K");
}

static void test_wrong_objects(void)
{
	static const char *const wrong[] = {"", "(a", "<4G>", "<41", "[1 2", "<< /A >>", "<< 1 2 >>", "<< /A 1", "nul", "truer", "+", "99999999999999999999", NULL};
	g_autoptr(Arena) arena = arena_new();
	g_autofree char *deep = g_strnfill(100000, '[');

	for (const char *const *text = wrong; *text != NULL; text++) {
		PdfObject o;
		Parser p = {.at = *text, .start = *text, .end = *text + strlen(*text), .arena = arena};
		g_assert_false(parse_object(&p, &o));
	}
	PdfObject o;
	Parser p = {.at = deep, .start = deep, .end = deep + strlen(deep), .arena = arena};
	g_assert_false(parse_object(&p, &o));
}

static void test_text(void)
{
	g_autoptr(Arena) arena = arena_new();
	PdfObject a = parse(arena, "<FEFF00E900E9>"), b = parse(arena, "<EFBBBFC3A9>"), c = parse(arena, "(\\351)"), d = parse(arena, "/n");
	g_autofree char *x = pdf_object_text(&a), *y = pdf_object_text(&b), *z = pdf_object_text(&c);

	g_assert_cmpstr(x, ==, "éé");
	g_assert_cmpstr(y, ==, "é");
	g_assert_cmpstr(z, ==, "é");
	g_assert_null(pdf_object_text(&d));
}

/* A file of two pages with a table of cross-references; objects holds them in order, from number 1. */
static GBytes *file_of(const char *const *objects)
{
	GString *s = g_string_new("%PDF-1.7\n");
	g_autoptr(GArray) offsets = g_array_new(FALSE, FALSE, sizeof(gsize));
	gsize start;

	for (guint i = 0; objects[i] != NULL; i++) {
		g_array_append_val(offsets, s->len);
		g_string_append_printf(s, "%u 0 obj\n%s\nendobj\n", i + 1, objects[i]);
	}
	start = s->len;
	g_string_append_printf(s, "xref\n0 %u\n0000000000 65535 f \n", offsets->len + 1);
	for (guint i = 0; i < offsets->len; i++)
		g_string_append_printf(s, "%010zu 00000 n \n", g_array_index(offsets, gsize, i));
	g_string_append_printf(s, "trailer\n<< /Size %u /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", offsets->len + 1, start);
	return g_string_free_to_bytes(s);
}

static const char *const two_pages[] = {"<< /Type /Catalog /Pages 2 0 R /Lang (nl) >>",
                                        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
                                        "<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>",
                                        "<< /Type /Page /Parent 2 0 R /Contents [5 0 R 5 0 R] >>",
                                        "<< /Length 3 >>\nstream\nq Q\nendstream",
                                        NULL};

static void test_file(void)
{
	g_autoptr(GBytes) file = file_of(two_pages);
	g_autoptr(PdfReader) r = pdf_reader_read(file);
	int number;

	g_assert_nonnull(r);
	g_assert_cmpuint(pdf_reader_page_count(r), ==, 2);
	const PdfObject *page = pdf_reader_page(r, 1, &number);
	g_assert_cmpint(number, ==, 4);
	const PdfObject *contents = pdf_object_key(r, page, "Contents", &number);
	g_assert_cmpint(number, ==, 0);
	g_autoptr(GBytes) data = pdf_object_data(r, pdf_object_item(r, contents, 1, &number));
	g_assert_cmpint(number, ==, 5);
	g_assert_cmpmem(g_bytes_get_data(data, NULL), (int)g_bytes_get_size(data), "q Q", 3);
	g_assert_cmpint(pdf_object_key(r, page, "Nothing", NULL)->kind, ==, PDF_NULL);
}

static void test_wrong_files(void)
{
	static const struct {
		guint object;
		const char *text;
	} wrong[] = {{1, "<< /Type /Pages /Kids [2 0 R] >>"},                    /* the tree of pages runs in a circle */
	             {1, "<< /Type /Pages /Kids 3 >>"},
	             {4, "<< /Length 30000 >>\nstream\nq Q\nendstream"},         /* longer than the file */
	             {4, "<< /Length 3 /Filter /LZWDecode >>\nstream\nq Q\nendstream"}, /* libqpdf's */
	             {4, "<< /Length 2 >>\nstream\nq Q\nendstream"},
	             {0, "[]"}};

	for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
		const char *objects[G_N_ELEMENTS(two_pages)];
		memcpy(objects, two_pages, sizeof objects);
		objects[wrong[i].object] = wrong[i].text;
		g_autoptr(GBytes) file = file_of(objects);
		g_autoptr(PdfReader) r = pdf_reader_read(file);
		if (i == 1)
			g_assert_true(r == NULL || pdf_reader_page_count(r) < 2);
		else
			g_assert_null(r);
	}
}

/* Cut short anywhere, and with any byte another: an answer, whatever it is. */
static void test_damaged(void)
{
	g_autoptr(GBytes) file = file_of(two_pages);
	gsize size;
	const char *data = g_bytes_get_data(file, &size);

	for (gsize i = 0; i < size; i++) {
		g_autoptr(GBytes) cut = g_bytes_new(data, i);
		g_autoptr(PdfReader) r = pdf_reader_read(cut);
		g_assert_true(r == NULL || i > size - 8); /* but for the last line, it is whole */
		for (int k = 0; k < 4; k++) {
			g_autofree char *copy = g_memdup2(data, size);
			copy[i] = "9</\xff"[k];
			g_autoptr(GBytes) changed = g_bytes_new(copy, size);
			g_autoptr(PdfReader) other = pdf_reader_read(changed);
			if (other != NULL)
				pdf_object_key(other, pdf_reader_root(other), "Lang", NULL);
		}
	}
}

static void append_row(GString *rows, guint type, gsize second)
{
	g_string_append_printf(rows, "%02X%04zX00", type, second);
}

/* Twenty numbers in an object stream, each at a place of its own, or all of them the same long array. */
static GBytes *packed_file(gboolean overlapping)
{
	GString *s = g_string_new("%PDF-1.7\n");
	g_autoptr(GString) head = g_string_new(NULL), body = g_string_new(NULL), rows = g_string_new("00000000");
	gsize start;

	for (guint i = 0; i < 20; i++) {
		g_string_append_printf(head, "%u %zu ", 5 + i, overlapping ? 0 : body->len);
		g_string_append(body, overlapping ? "[ 1 2 3 4 5 6 7 8 " : "1 ");
	}
	for (guint i = 0; overlapping && i < 20; i++)
		g_string_append_c(body, ']');
	append_row(rows, 1, s->len);
	g_string_append(s, "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n");
	append_row(rows, 1, s->len);
	g_string_append(s, "2 0 obj << /Type /Pages /Kids [] >> endobj\n");
	append_row(rows, 1, s->len);
	g_string_append_printf(s, "3 0 obj << /N 20 /First %zu /Length %zu >> stream\n%s%s\nendstream endobj\n", head->len, head->len + body->len, head->str, body->str);
	start = s->len;
	append_row(rows, 1, start);
	for (guint i = 0; i < 20; i++)
		append_row(rows, 2, 3);
	g_string_append_printf(s, "4 0 obj << /Size 25 /Root 1 0 R /W [1 2 1] /Length %zu >> stream\n", rows->len / 2);
	for (gsize i = 0; i < rows->len; i += 2)
		g_string_append_c(s, (char)(g_ascii_xdigit_value(rows->str[i]) << 4 | g_ascii_xdigit_value(rows->str[i + 1])));
	g_string_append_printf(s, "\nendstream endobj\nstartxref\n%zu\n%%%%EOF\n", start);
	return g_string_free_to_bytes(s);
}

static void test_overlapping(void)
{
	g_autoptr(GBytes) good = packed_file(FALSE), bad = packed_file(TRUE);
	g_autoptr(PdfReader) r = pdf_reader_read(good), none = pdf_reader_read(bad);

	g_assert_nonnull(r);
	g_assert_null(none);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pdf-reader/objects", test_objects);
	g_test_add_func("/pdf-reader/wrong-objects", test_wrong_objects);
	g_test_add_func("/pdf-reader/text", test_text);
	g_test_add_func("/pdf-reader/file", test_file);
	g_test_add_func("/pdf-reader/wrong-files", test_wrong_files);
	g_test_add_func("/pdf-reader/damaged", test_damaged);
	g_test_add_func("/pdf-reader/overlapping", test_overlapping);
	return g_test_run();
}
