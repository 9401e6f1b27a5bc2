/* Pictures without what a camera wrote into them: nothing of it stays, wherever in the file it stood, and the picture itself does.
 */
#define _GNU_SOURCE /* memmem */
#include "base/image.h"
#include "base/xml.h"

#include <string.h>
#include <zlib.h>

#define APP1                                                                                                                       \
	"\xFF\xE1\x00\x0E"                                                                                                         \
	"Exif\0\0SECRET"
#define COMMENT                                                                                                                    \
	"\xFF\xFE\x00\x08"                                                                                                         \
	"SECRET"
#define FRAME "\xFF\xC0\x00\x0B\x08\x00\x02\x00\x03\x01\x01\x11\x00"
#define SCAN                                                                                                                       \
	"\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00"                                                                                 \
	"pix\xFF\x00\xFF\xD0"                                                                                                      \
	"els"
#define JPEG(...) __VA_ARGS__, sizeof(__VA_ARGS__) - 1

static gboolean holds(GBytes *bytes, const char *what, gsize length)
{
	gsize size;
	const char *p = g_bytes_get_data(bytes, &size);

	for (gsize at = 0; at + length <= size; at++)
		if (memcmp(p + at, what, length) == 0)
			return TRUE;
	return FALSE;
}

static void test_jpeg(void)
{
	static const struct {
		const char *data;
		gsize size;
	} rows[] = {
	    {JPEG("\xFF\xD8" APP1 COMMENT FRAME SCAN "\xFF\xD9")},
	    {JPEG("\xFF\xD8\xFF\xFF" APP1 FRAME SCAN "\xFF\xD9")},       /* fill bytes before a segment */
	    {JPEG("\xFF\xD8" FRAME "\xFF\xFF" COMMENT SCAN "\xFF\xD9")}, /* after the frame */
	    {JPEG("\xFF\xD8" FRAME SCAN COMMENT APP1 SCAN "\xFF\xD9")},  /* between scans */
	    {JPEG("\xFF\xD8" FRAME SCAN "\xFF\xD9"
		  "\xFF\xD8" APP1 FRAME SCAN "\xFF\xD9")}, /* a second picture after the end */
	    {JPEG("\xFF\xD8" FRAME SCAN "\xFF\xD9"
		  "SECRET trailer")},
	    {JPEG("\xFF\xD8" FRAME SCAN "\xFF\xE1\x7F\x00SECRET")}, /* a segment longer than the file */
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) photo = g_bytes_new_static(rows[i].data, rows[i].size), clean = image_strip(photo);
		ImageInfo info;
		g_assert_true(holds(photo, "SECRET", 6));
		g_assert_false(holds(clean, "SECRET", 6));
		g_assert_true(holds(clean, SCAN, sizeof SCAN - 1));
		g_assert_true(image_read_info(clean, &info));
		g_assert_cmpint(info.width, ==, 3);
		g_assert_cmpint(info.height, ==, 2);
	}
}

#define HEAD                                                                                                                       \
	"\x89PNG\r\n\x1a\n"                                                                                                        \
	"\0\0\0\x0D"                                                                                                               \
	"IHDR\0\0\0\x03\0\0\0\x02\x08\0\0\0\0CRC1"
#define DATA                                                                                                                       \
	"\0\0\0\x02"                                                                                                               \
	"IDAT"                                                                                                                     \
	"xyCRC2"
#define END                                                                                                                        \
	"\0\0\0\0"                                                                                                                 \
	"IENDCRC3"

#define TIFF_II(tag) "II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1A\0\0\0\0\0\0\0\x01\0" tag "\0\x05\0\x03\0\0\0\x2C\0\0\0\0\0\0\0"
#define TIFF_MM(tag) "MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1A\0\0\0\0\0\x01\0" tag "\0\x05\0\0\0\x03\0\0\0\x2C\0\0\0\0"
#define EXIF(tiff) "\xFF\xE1\0\x34" "Exif\0\0" tiff

static void test_place(void)
{
	static const struct {
		const char *data;
		gsize size;
		gboolean tells;
	} rows[] = {
	    {JPEG("\xFF\xD8" EXIF(TIFF_II("\x02")) FRAME SCAN "\xFF\xD9"), TRUE},
	    {JPEG("\xFF\xD8" EXIF(TIFF_MM("\x04")) FRAME SCAN "\xFF\xD9"), TRUE},
	    {JPEG("\xFF\xD8" EXIF(TIFF_II("\x1D")) FRAME SCAN "\xFF\xD9"), FALSE}, /* the date of the satellites only */
	    {JPEG("\xFF\xD8" APP1 FRAME SCAN "\xFF\xD9"), FALSE},
	    {JPEG("\xFF\xD8\xFF\xE1\0\x17http://x\0GPSLatitude=" FRAME SCAN "\xFF\xD9"), TRUE},
	    {JPEG(HEAD "\x00\x00\x00\x8AtEXtRaw profile type exif\x00\x0A\x65xif\x0A      50\x0A\x34\x35\x37\x38\x36\x39\x36\x36\x30\x30\x30\x30\x34\x39\x34\x39\x32\x61\x30\x30\x30\x38\x30\x30\x30\x30\x30\x30\x30\x31\x30\x30\x32\x35\x38\x38\x30\x34\x30\x30\x30\x31\x30\x30\x30\x30\x30\x30\x31\x61\x30\x30\x30\x30\x30\x30\x30\x30\x30\x30\x30\x30\x30\x30\x30\x31\x30\x30\x30\x32\x30\x30\x30\x32\x30\x30\x30\x32\x30\x30\x30\x30\x30\x30\x34\x65\x30\x30\x30\x30\x30\x30\x30\x30\x30\x30\x30\x30\x30\x30\x0A\xDB\xBAN\xC4" DATA END ""), TRUE}, /* a PNG of ImageMagick */
	    {JPEG(HEAD "\x00\x00\x00[zTXtRaw profile type exif\x00\x00x\x9C\xE3J\xAD\xC8L\xE3R\x00\x03S\x03.\x13Ss\x0B\x33K33\x03 0\xB1\x34\xB1\x34J\x04\x32,\x0C \xC0\xD0\xC0\xC0\xC8\xD4\xC2\xC2\xC0\x04\xC2\x06\x0B%\x1A\xA0\x02\x90\xB8\x11\x12\x06\x99\x93\x8A\xAA\x84\x0B\x00P\x13\x16\xD1\x0E\xA6\xFFY" DATA END ""), TRUE}, /* packed */
	    {JPEG(HEAD "\x00\x00\x00JiTXtXML:com.adobe.xmp\x00\x00\x00\x00\x00<\x00x\x00 \x00\x65\x00x\x00i\x00\x66\x00:\x00G\x00P\x00S\x00L\x00\x61\x00t\x00i\x00t\x00u\x00\x64\x00\x65\x00=\x00\x22\x00\x35\x00\x32\x00\x22\x00/\x00>\x00{\xF4}c" DATA END ""), TRUE}, /* XMP in UTF-16 */
	    {JPEG(HEAD "" DATA END "Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00%\x88\x04\x00\x01\x00\x00\x00\x1A\x00\x00\x00\x00\x00\x00\x00\x01\x00\x02\x00\x02\x00\x02\x00\x00\x00N\x00\x00\x00\x00\x00\x00\x00"), TRUE}, /* behind the end */
	    {JPEG(HEAD "\x00\x00\x00+tEXtRaw profile type iptc\x00\x0Aiptc\x0A       4\x0A\x33\x38\x34\x32\x34\x0A\xE4\x97L\xE2" DATA END), FALSE},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new_static(rows[i].data, rows[i].size);
		g_autoptr(GBytes) clean = image_strip(bytes);
		g_assert_cmpint(image_tells_place(bytes), ==, rows[i].tells);
		g_assert_false(image_tells_place(clean));
		for (gsize cut = 0; cut < rows[i].size; cut++) { /* read to its end and not beyond */
			g_autofree char *part = g_memdup2(rows[i].data, cut);
			g_autoptr(GBytes) short_bytes = g_bytes_new(part, cut);
			g_assert_true(!image_tells_place(short_bytes) || (rows[i].tells && cut > 12));
		}
	}
}

static void test_png(void)
{
	static const char data[] = HEAD "\0\0\0\x09"
					"tEXtA\0SECRET.CRC0"
					"\0\0\0\x06"
					"eXIfSECRETCRC0" DATA END "\0\0\0\x06"
					"IDATSECRETCRC0"
					"SECRET";
	g_autoptr(GBytes) photo = g_bytes_new_static(data, sizeof data - 1), clean = image_strip(photo);
	g_autoptr(GBytes) wanted = g_bytes_new_static(HEAD DATA END, sizeof(HEAD DATA END) - 1);

	g_assert_true(g_bytes_equal(clean, wanted));
}

typedef struct {
	const char *where, *words;
	gsize size;
	gboolean found;
} Sought;

static void seek(const char *where, const char *text, gsize size, gpointer data)
{
	Sought *s = data;

	if (strcmp(where, s->where) == 0 && memmem(text, size, s->words, s->size) != NULL)
		s->found = TRUE;
}

/* A colour profile has the name of a screen, which may be its owner's, packed. */
static void test_profile(void)
{
	static const char data[] = HEAD "\0\0\0\x20"
					"iCCPScherm\0\0"
					"\x78\xDA\xCB\xCD\x29\x4D\x66\x00\x81\x60\x06\x57\x06\x67\x86\x20\x20\x19\x02\x00\x29\xF9\x03\x78" "CRC0" DATA END;
	static const char words[] = "\0S\0E\0C\0R\0E\0T";
	g_autoptr(GBytes) photo = g_bytes_new_static(data, sizeof data - 1);
	Sought name = {"iCCP", "Scherm", strlen("Scherm"), FALSE}, packed = {"iCCP", words, sizeof words - 1, FALSE};

	image_texts(photo, seek, &name);
	image_texts(photo, seek, &packed);
	g_assert_true(name.found);
	g_assert_true(packed.found);
}

/* A photo inside a drawing. */
static void test_svg(void)
{
	static const char jpeg[] = "\xFF\xD8" APP1 FRAME SCAN "\xFF\xD9", bare[] = "\xFF\xD8" FRAME SCAN "\xFF\xD9";
	g_autofree char *dirty = g_base64_encode((const guchar *)jpeg, sizeof jpeg - 1),
			*wanted = g_base64_encode((const guchar *)bare, sizeof bare - 1);
	g_autofree char *text = g_strdup_printf(
	    "<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'><!-- SECRET --><image href='data:image/jpeg;base64,%s'/>"
	    "<image href='data:text/plain,SECRET'/><use href='#kept'/></svg>",
	    dirty);
	g_autoptr(GBytes) drawing = g_bytes_new_static(text, strlen(text)), clean = image_strip(drawing);

	g_assert_false(holds(clean, "SECRET", 6));
	g_assert_false(holds(clean, dirty, strlen(dirty)));
	g_assert_true(holds(clean, wanted, strlen(wanted)));
	g_assert_true(holds(clean, "#kept", 5));
}

/* What nobody sees: layers that are switched off, parts that nothing uses, names of an editor's own. */
static void test_hidden(void)
{
	static const struct {
		const char *inside;
		gboolean stays; /* what is called "word" */
	} rows[] = {{"<g display='none'><text>word</text></g>", FALSE},
	            {"<g style='fill:red; display : none'><text>word</text></g>", FALSE},
	            {"<g display='none' style='display:inline'><text>word</text></g>", TRUE},
	            {"<g display='none'><g><text id='a'>word</text></g></g><use href='#a'/>", TRUE},
	            {"<g display='none'><text>word</text><path id='a'/></g><use href='#a'/>", FALSE},
	            {"<g display='none'><linearGradient id='word'/></g><rect style='fill:url(#word)'/>", TRUE},
	            {"<style>g{display:inline}</style><g display='none'><text>word</text></g>", TRUE},
	            {"<style>/* word */ g{fill:red}</style>", FALSE},
	            {"<style>g{content:'/* word */'}</style>", TRUE},
	            {"<style>.word{fill:red}</style><g class='a'/>", TRUE},
	            {"<switch><text display='none'>word</text><text>b</text></switch>", TRUE},
	            {"<defs><g id='b'><text>word</text></g></defs>", FALSE},
	            {"<defs><g id='b'><text>word</text></g></defs><use href='#b'/>", TRUE},
	            {"<text visibility='hidden'>word</text>", FALSE},
	            {"<text style='opacity:0'>word</text>", FALSE},
	            {"<text style='opacity:0.5'>word</text>", TRUE},
	            {"<text opacity='.0'><tspan>word</tspan></text>", FALSE},
	            {"<g style='opacity: 0%'><text>word</text></g>", FALSE},
	            {"<g opacity='0'><text id='a'>word</text></g><use href='#a'/>", TRUE},
	            {"<style>g{opacity:1}</style><g opacity='0'><text>word</text></g>", TRUE},
	            {"<linearGradient id='a'><stop opacity='0' class='word'/></linearGradient><rect fill='url(#a)'/><style>b{}</style>", TRUE},
	            {"<g style='Display: NONE'><text>word</text></g>", FALSE},
	            {"<g style='display:none !important; display:inline'><text>word</text></g>", FALSE},
	            {"<g style='display:inline!IMPORTANT;display:none'><text>word</text></g>", TRUE},
	            {"<g style='/* layer; */display:none'><text>word</text></g>", FALSE},
	            {"<g display='none'><use href='#b'/></g><defs><g id='b'><text>word</text></g></defs>", FALSE},
	            {"<use href='#c'/><defs><g id='b'><text>word</text></g><g id='c'><use href='#b'/></g></defs>", TRUE},
	            {"<g display='none'><style>.word{fill:red}</style></g><g class='word'/>", TRUE},
	            {"<g display='none'><g id='a'>word</g></g><use href='\xEF\xBB\xBF#a'/>", FALSE},
	            {"<rect id='word' class='a' data-a='b'/>", FALSE},
	            {"<rect class='word'/>", FALSE},
	            {"<rect data-a='word'/>", FALSE},
	            {"<g aria-labelledby='word'><title id='word'>a</title></g>", TRUE}};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		char *svg = g_strdup_printf("<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'>%s</svg>", rows[i].inside);
		g_autoptr(GBytes) bytes = g_bytes_new_take(svg, strlen(svg)), clean = image_strip(bytes), again = image_strip(clean);
		g_test_message("%s", rows[i].inside);
		g_assert_cmpint(holds(clean, "word", 4), ==, rows[i].stays);
		g_assert_true(g_bytes_equal(clean, again));
	}
}

/* What a browser would run or fetch. */
static void test_active(void)
{
	static const char text[] =
	    "<?xml-stylesheet href='http://h/BAD'?><svg xmlns='http://www.w3.org/2000/svg' xmlns:l='http://www.w3.org/1999/xlink' width='3' height='2' onload='BAD()' xml:base='http://h/BAD'>"
	    "<script>BAD()</script><style>@import url(http://h/BAD;x); @IMPORT 'BAD)'; .a{fill:url( \"http://h/BAD)\" );stroke:red} .b{fill:url('#kept1')} "
	    "@font-face{src:url(data:font/woff;base64,kept2)}</style><style>.c{fill:u\\72l(http://h/BAD)}</style>"
	    "<switch><foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>BAD</p></foreignObject><text>kept3</text></switch>"
	    "<image l:href='http://h/BAD'/><image href='//h/BAD'/><image href=' data:text/html,BAD'/><use l:href='http://h/BAD#x'/><use href=' #kept4'/>"
	    "<a l:href=' javascript:BAD()' ping='http://h/BAD'><rect onClick='BAD()' style='fill:URL(http://h/BAD);stroke:kept5'/></a>"
	    "<a href='http://h/BAD'><set attributeName='href' to='BAD'/><animate attributeName='l:href' values='BAD'/></a>"
	    "<rect fill='url(http://h/BAD#a) kept6' filter='url(#kept7)' mask='image-set(\"http://h/BAD\" 1x)'/></svg>";
	g_autoptr(GBytes) drawing = g_bytes_new_static(text, strlen(text)), clean = image_strip(drawing), again = image_strip(clean);

	g_assert_false(holds(clean, "BAD", 3));
	g_assert_false(holds(clean, "http://h", 8));
	g_assert_false(holds(clean, "javascript", 10));
	for (char kept[] = "kept1"; kept[4] <= '7'; kept[4]++)
		g_assert_true(holds(clean, kept, 5));
	g_assert_true(holds(clean, "stroke:red", 10));
	g_assert_true(g_bytes_equal(clean, again));
}

/* Of EXIF only which way up the picture is stays, behind JFIF's header; size and resolution are those of the picture upright. Not in a drawing. */
static void test_orientation(void)
{
#define JFIF "\xFF\xE0\0\x10JFIF\0\1\1\1\0\x48\0\x60\0\0"
#define TURNED(o) "\xFF\xE1\0\x2A" "Exif\0\0MM\0*\0\0\0\x08\0\x02\x01\x0F\0\x02\0\0\0\4SECR\x01\x12\0\3\0\0\0\1\0" o "\0\0"
	static const struct {
		const char *data;
		gsize size;
		int orientation, width, dpi_x;
	} rows[] = {{JPEG("\xFF\xD8" JFIF TURNED("\6") FRAME SCAN "\xFF\xD9"), 6, 2, 96},
	            {JPEG("\xFF\xD8" JFIF TURNED("\3") FRAME SCAN "\xFF\xD9"), 3, 3, 72},
	            {JPEG("\xFF\xD8" TURNED("\x08") JFIF FRAME SCAN "\xFF\xD9"), 8, 2, 96},
	            {JPEG("\xFF\xD8" JFIF TURNED("\x09") FRAME SCAN "\xFF\xD9"), 1, 3, 72}};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) photo = g_bytes_new_static(rows[i].data, rows[i].size), clean = image_strip(photo), again = image_strip(clean);
		ImageInfo before, after;
		g_assert_true(image_read_info(photo, &before));
		g_assert_true(image_read_info(clean, &after));
		g_assert_cmpint(before.orientation, ==, rows[i].orientation);
		g_assert_cmpint(before.width, ==, rows[i].width);
		g_assert_cmpint((int)before.dpi_x, ==, rows[i].dpi_x);
		g_assert_cmpint(after.orientation, ==, rows[i].orientation);
		g_assert_cmpint(after.width, ==, rows[i].width);
		g_assert_cmpint((int)after.dpi_x, ==, rows[i].dpi_x);
		g_assert_false(holds(clean, "SECR", 4));
		g_assert_cmpint(holds(clean, "Exif", 4), ==, rows[i].orientation > 1);
		g_assert_true(g_bytes_equal(clean, again));
		g_autofree char *data = g_base64_encode((const guchar *)rows[i].data, rows[i].size);
		char *svg = g_strdup_printf("<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'><image href='data:image/jpeg;base64,%s'/></svg>", data);
		g_autoptr(GBytes) drawing = g_bytes_new_take(svg, strlen(svg)), quiet = image_strip(drawing);
		g_assert_false(holds(quiet, "RXhpZ", 5)); /* "Exif" */
	}
}

/* Every beginning of a picture is cut or broken, and read no further than it goes. */
static void test_flaws(void)
{
	static const struct {
		const char *data;
		gsize size;
		ImageFlaw flaw;
	} rows[] = {{JPEG("\xFF\xD8" FRAME SCAN "\xFF\xD9"), FLAW_NONE},
	            {JPEG("\xFF\xD8" FRAME SCAN "\xFF\xD9" "more"), FLAW_NONE},
	            {JPEG("\xFF\xD8\xFF\xC9\x00\x0B\x08\x00\x02\x00\x03\x01\x01\x11\x00" SCAN "\xFF\xD9"), FLAW_KIND}, /* arithmetic */
	            {JPEG("\xFF\xD8\xFF\xC1\x00\x0B\x0C\x00\x02\x00\x03\x01\x01\x11\x00" SCAN "\xFF\xD9"), FLAW_KIND}, /* 12 bits */
	            {JPEG("\xFF\xD8\xFF\xC0\x00\x0B\x08\x00\x02\x00\x03\x02\x01\x11\x00" SCAN "\xFF\xD9"), FLAW_KIND}, /* two components */
	            {JPEG("\xFF\xD8\xFF\xC0\x00\x0B\x08\x00\x00\x00\x03\x01\x01\x11\x00" SCAN "\xFF\xD9"), FLAW_BROKEN}, /* no height */
	            {JPEG("\xFF\xD8" FRAME "\xFF\xD9"), FLAW_BROKEN},
	            {JPEG("\xFF\xD8" FRAME "noise and noise"), FLAW_BROKEN},
	            {JPEG(HEAD DATA END), FLAW_BROKEN}, /* the sums are wrong */
	            {JPEG("RIFF\0\0\0\0WEBPVP8 "), FLAW_UNKNOWN}};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new_static(rows[i].data, rows[i].size);
		g_assert_cmpint(image_flaw(bytes), ==, rows[i].flaw);
		for (gsize cut = 0; cut + (i == 1 ? 4 : 0) < rows[i].size; cut++) {
			g_autofree char *part = g_memdup2(rows[i].data, cut);
			g_autoptr(GBytes) beginning = g_bytes_new(part, cut);
			g_assert_cmpint(image_flaw(beginning), !=, FLAW_NONE);
			image_other_format(beginning);
		}
	}
	g_autoptr(GBytes) webp = g_bytes_new_static(rows[9].data, rows[9].size);
	g_assert_cmpstr(image_other_format(webp), ==, "WebP");
}

static void append_chunk(GByteArray *png, const char *name, const guchar *data, gsize length)
{
	const guint32 size = GUINT32_TO_BE((guint32)length), sum = GUINT32_TO_BE((guint32)crc32(crc32(0, (const Bytef *)name, 4), data, (uInt)length));

	g_byte_array_append(png, (const guint8 *)&size, 4);
	g_byte_array_append(png, (const guint8 *)name, 4);
	g_byte_array_append(png, data, (guint)length);
	g_byte_array_append(png, (const guint8 *)&sum, 4);
}

/* What a file says of its pixels is whole, and the pixels may not be: too few, of a filter that is none, or not to be unpacked. */
static void test_pixels(void)
{
	static const struct {
		guchar side, bits, colour, interlaced;
		gsize bytes;
		guchar filter;
		int damage; /* to this byte of the data, from the end; 0: none */
		ImageFlaw flaw;
	} rows[] = {{8, 8, 0, 0, 72, 0, 0, FLAW_NONE},  {8, 8, 0, 0, 71, 0, 0, FLAW_BROKEN}, {8, 8, 0, 0, 80, 0, 0, FLAW_NONE},   {8, 8, 0, 0, 72, 4, 0, FLAW_NONE},
	            {8, 8, 0, 0, 72, 5, 0, FLAW_BROKEN}, {9, 1, 0, 0, 27, 0, 0, FLAW_NONE},  {9, 1, 0, 0, 26, 0, 0, FLAW_BROKEN}, {4, 16, 6, 0, 132, 0, 0, FLAW_NONE},
	            {8, 8, 0, 1, 79, 0, 0, FLAW_NONE},  {8, 8, 0, 1, 78, 0, 0, FLAW_BROKEN}, {1, 8, 2, 1, 4, 0, 0, FLAW_NONE},    {200, 8, 2, 0, 120200, 1, 0, FLAW_NONE},
	            {8, 8, 0, 0, 72, 0, 5, FLAW_BROKEN}};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GByteArray) png = g_byte_array_new();
		const guchar header[13] = {0, 0, 0, rows[i].side, 0, 0, 0, rows[i].side, rows[i].bits, rows[i].colour, 0, 0, rows[i].interlaced};
		g_autofree guchar *raw = g_malloc(rows[i].bytes);
		uLongf length = compressBound(rows[i].bytes);
		g_autofree guchar *packed = g_malloc(length);
		memset(raw, rows[i].filter, rows[i].bytes); /* every byte: wherever a row begins */
		compress(packed, &length, raw, rows[i].bytes);
		if (rows[i].damage > 0)
			memset(packed + length - rows[i].damage, 0xFF, (gsize)rows[i].damage);
		g_byte_array_append(png, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
		append_chunk(png, "IHDR", header, sizeof header);
		append_chunk(png, "IDAT", packed, 3); /* in two, one of which ends anywhere */
		append_chunk(png, "IDAT", packed + 3, length - 3);
		append_chunk(png, "IEND", (const guchar *)"", 0);
		g_autoptr(GBytes) bytes = g_bytes_new(png->data, png->len);
		g_test_message("row %u", (guint)i);
		g_assert_cmpint(image_flaw(bytes), ==, rows[i].flaw);
	}
}

/* What its pixels are is not there to be read. */
static void test_headless(void)
{
	static const guchar noise[40] = {[0 ... 39] = 0xFF};
	g_autoptr(GByteArray) png = g_byte_array_new();

	g_byte_array_append(png, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
	append_chunk(png, "IDAT", noise, sizeof noise);
	append_chunk(png, "IEND", (const guchar *)"", 0);
	g_autoptr(GBytes) bytes = g_bytes_new(png->data, png->len);
	g_assert_cmpint(image_flaw(bytes), ==, FLAW_BROKEN);
}

/* What drawing programs write before the drawing is passed over; what declares something is not. */
static void test_doctype(void)
{
	static const struct {
		const char *before;
		gboolean read;
	} rows[] = {{"<?xml version='1.0'?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n \"http://www.w3.org/svg11.dtd\">\n", TRUE},
	            {"<!-- a > b --><!DOCTYPE svg>", TRUE},
	            {"<!DOCTYPE svg [<!ENTITY a 'b'>]>", FALSE},
	            {"<!DOCTYPE svg SYSTEM 'file:///etc/passwd'", FALSE}};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		char *svg = g_strconcat(rows[i].before, "<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'/>", NULL);
		g_autoptr(GBytes) bytes = g_bytes_new_take(svg, strlen(svg)), clean = image_strip(bytes);
		ImageInfo info;
		g_assert_cmpint(image_read_info(bytes, &info), ==, rows[i].read);
		g_assert_cmpint(image_flaw(bytes), ==, rows[i].read ? FLAW_NONE : FLAW_BROKEN);
		g_assert_cmpint(holds(clean, "DOCTYPE", 7), ==, !rows[i].read);
	}
}

static void test_lost_pictures(void)
{
	static const struct {
		const char *inside, *lost;
	} drawings[] = {{"<use href='#a'/><image href=''/>", NULL},
	                {"<a href='https://voorbeeld.example'><rect/></a>", NULL},
	                {"<image href=' foto.jpg'/>", "foto.jpg"},
	                {"<g><filter><feImage href='https://h/x.png'/></filter></g>", "https://h/x.png"},
	                {"<image href='data:image/webp;base64,AAAA'/>", "data:image/webp"},
	                {"<image href='data:image/png,%89PNG'/>", "data:image/png"}};

	for (gsize i = 0; i < G_N_ELEMENTS(drawings); i++) {
		char *svg = g_strdup_printf("<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'>%s</svg>", drawings[i].inside);
		g_autoptr(GBytes) bytes = g_bytes_new_take(svg, strlen(svg));
		g_autofree char *lost = image_lost_picture(bytes);
		g_assert_cmpstr(lost, ==, drawings[i].lost);
	}
}

static void test_lost_words(void)
{
	static const struct {
		const char *inside, *lost;
	} drawings[] = {{"<text>gezien</text>", NULL},
	                {"<foreignObject><div xmlns='http://www.w3.org/1999/xhtml'> niet\n <b>gezien</b></div></foreignObject>", "niet gezien"},
	                {"<foreignObject> </foreignObject>", NULL},
	                {"<switch><foreignObject>mooi</foreignObject><text>gewoon</text></switch>", NULL},
	                {"<switch><foreignObject>mooi</foreignObject><rect/></switch>", "mooi"},
	                {"<g><switch><foreignObject>een</foreignObject><text>een</text></switch><foreignObject>twee</foreignObject></g>", "twee"}};

	for (gsize i = 0; i < G_N_ELEMENTS(drawings); i++) {
		char *svg = g_strdup_printf("<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'>%s</svg>", drawings[i].inside);
		g_autoptr(GBytes) bytes = g_bytes_new_take(svg, strlen(svg));
		g_autofree char *lost = image_lost_words(bytes);
		g_assert_cmpstr(lost, ==, drawings[i].lost);
	}
	g_autoptr(GBytes) none = g_bytes_new_static("geen tekening", 13);
	g_assert_null(image_lost_words(none));
}

int main(int argc, char **argv)
{
	xml_start();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/image/active", test_active);
	g_test_add_func("/image/doctype", test_doctype);
	g_test_add_func("/image/flaws", test_flaws);
	g_test_add_func("/image/pixels", test_pixels);
	g_test_add_func("/image/headless", test_headless);
	g_test_add_func("/image/jpeg", test_jpeg);
	g_test_add_func("/image/lost-pictures", test_lost_pictures);
	g_test_add_func("/image/orientation", test_orientation);
	g_test_add_func("/image/place", test_place);
	g_test_add_func("/image/png", test_png);
	g_test_add_func("/image/profile", test_profile);
	g_test_add_func("/image/svg", test_svg);
	g_test_add_func("/image/hidden", test_hidden);
	g_test_add_func("/image/lost-words", test_lost_words);
	return g_test_run();
}
