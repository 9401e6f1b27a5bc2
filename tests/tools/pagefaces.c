/* The faces that web pages carry: pagefaces FILE...   each of them, with what it can do; then every character that the page shows and a family of it has
 * not (status 1), not counting those that need no glyph; then the names that are left in the files. SOUGHT=CHARACTERS: which of these some face has, too. */
#include "base/file.h"
#include "base/xml.h"
#include "fonts/library.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_SFNT_NAMES_H
#include <hb-ft.h>
#include <hb-ot.h>
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <string.h>

typedef struct {
	char *family, *rest; /* rest: weight, style, range */
	FT_Face face;
	guchar *data;
} Face;

static FT_Library library;

static gboolean read_face(const char *rule, const char *packed, GArray *faces)
{
	g_autofree char *copy = g_strndup(packed, strcspn(packed, ")"));
	const char *name = rule + strlen("@font-face{font-family:");
	Face f = {.family = g_strndup(name, strcspn(name, ";"))};
	gsize size;

	f.rest = g_strndup(strchr(name, ';') + 1, (gsize)(strstr(name, ";src:") - strchr(name, ';') - 1));
	f.data = g_base64_decode(copy, &size);
	if (FT_New_Memory_Face(library, f.data, (FT_Long)size, 0, &f.face) != 0)
		return FALSE;
	g_array_append_val(faces, f);
	return TRUE;
}

static gboolean read_faces(const char *page, GArray *faces)
{
	static const char mark[] = "src:url(data:font/woff;base64,";

	for (const char *rule = page; (rule = strstr(rule, "@font-face{")) != NULL; rule++) {
		const char *packed = strstr(rule, mark);
		if (packed == NULL || packed > rule + 2000 || !read_face(rule, packed + strlen(mark), faces)) {
			printf("not a face: %.60s\n", rule);
			return FALSE;
		}
	}
	return TRUE;
}

static void print_feature(hb_face_t *face, hb_tag_t table, const char *feature)
{
	guint index;

	for (guint i = 0; i < hb_ot_layout_table_get_feature_tags(face, table, 0, NULL, NULL); i++) {
		hb_tag_t tag;
		index = 1;
		hb_ot_layout_table_get_feature_tags(face, table, i, &index, &tag);
		if (tag == hb_tag_from_string(feature, -1)) {
			printf(" %s", feature);
			return;
		}
	}
}

static void print_face(const Face *f)
{
	static const char *const substituted[] = {"liga", "lnum", "onum"};
	hb_face_t *face = hb_ft_face_create_referenced(f->face);

	printf("%s;%s:", f->family, f->rest);
	print_feature(face, HB_OT_TAG_GPOS, "kern");
	for (guint i = 0; i < G_N_ELEMENTS(substituted); i++)
		print_feature(face, HB_OT_TAG_GSUB, substituted[i]);
	putchar('\n');
	hb_face_destroy(face);
}

/* One line a name, whatever its platform. */
static void print_names(const Face *f)
{
	FT_SfntName name;

	for (guint i = 0; i < FT_Get_Sfnt_Name_Count(f->face); i++) {
		if (FT_Get_Sfnt_Name(f->face, i, &name) != 0)
			continue;
		printf("name %u of %s:", name.name_id, f->family);
		for (guint k = 0; k < name.string_len; k++)
			if (name.string[k] != 0)
				putchar(name.string[k] < 127 ? name.string[k] : '?');
		putchar('\n');
	}
}

static gboolean stands_in(const Face *f)
{
	return strcmp(f->family, "stand-in") == 0;
}

/* All the house's faces have it, or one that stands in. */
static gboolean is_there(const GArray *faces, gunichar c)
{
	gboolean all = TRUE, instead = FALSE;

	for (guint i = 0; i < faces->len; i++) {
		const Face *f = &g_array_index(faces, Face, i);
		gboolean here = FT_Get_Char_Index(f->face, c) != 0;
		all = all && (here || stands_in(f));
		instead = instead || (here && stands_in(f));
	}
	return all || instead;
}

static gboolean look_for(const GArray *faces, const char *text)
{
	gboolean good = TRUE;

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);
		if (font_character_is_invisible(c) || g_unichar_isspace(c) || is_there(faces, c))
			continue;
		printf("missing: U+%04X\n", c);
		good = FALSE;
	}
	return good;
}

/* Which of these some face has. */
static void print_held(const GArray *faces, const char *sought)
{
	for (; sought != NULL && *sought != '\0'; sought = g_utf8_next_char(sought))
		for (guint i = 0; i < faces->len; i++)
			if (FT_Get_Char_Index(g_array_index(faces, Face, i).face, g_utf8_get_char(sought)) != 0)
				printf("held: U+%04X\n", g_utf8_get_char(sought));
}

static gboolean look_at(const char *path)
{
	g_autoptr(GArray) faces = g_array_new(FALSE, FALSE, sizeof(Face));
	g_autoptr(GBytes) bytes = file_load(path, FILE_LIMIT, NULL);
	gsize size = 0;
	const char *data = bytes != NULL ? g_bytes_get_data(bytes, &size) : "";
	g_autofree char *page = g_strndup(data, size);
	htmlDocPtr doc = htmlReadMemory(page, (int)size, NULL, "UTF-8", HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
	gboolean good = size > 0 && doc != NULL && read_faces(page, faces) && faces->len > 0;

	for (guint i = 0; i < faces->len; i++)
		print_face(&g_array_index(faces, Face, i));
	print_held(faces, g_getenv("SOUGHT"));
	for (xmlNode *root = xmlDocGetRootElement(doc), *n = root; n != NULL; n = xml_following(n, root))
		if (n->type == XML_TEXT_NODE)
			good = look_for(faces, (const char *)n->content) && good;
	for (guint i = 0; i < faces->len; i++) {
		Face *f = &g_array_index(faces, Face, i);
		print_names(f);
		FT_Done_Face(f->face);
		g_free(f->data);
		g_free(f->family);
		g_free(f->rest);
	}
	xmlFreeDoc(doc);
	return good;
}

int main(int argc, char **argv)
{
	gboolean good = argc > 1;

	if (FT_Init_FreeType(&library) != 0)
		return 3;
	for (int i = 1; i < argc; i++)
		good = look_at(argv[i]) && good;
	FT_Done_FreeType(library);
	xmlCleanupParser();
	return good ? 0 : 1;
}
