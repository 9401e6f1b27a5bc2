/* Fuzzing of lay-out and of the PDF writer: the bytes choose objects, properties and values for a document that is well-formed, so
 * that they get as far as the pages. After lay-out nothing may be lost, every area has its place, and the PDF is written. */
#include "fo/values.h"
#include "layout/layout.h"
#include "pdf/pdf.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH = 10, OBJECTS = 80 };

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

typedef struct {
	const guint8 *data, *end;
	GString *out;
	int objects, ids;
} Maker;

static char *fonts_conf;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	xml_start();
	fonts_conf = g_canonicalize_filename("tests/fonts.conf", NULL);
	return 0;
}

static guint next(Maker *m, guint below)
{
	return m->data < m->end ? *m->data++ % below : 0;
}

/* ---- values ---- */

static const char *const lengths[] = {
    "0pt",          "1pt",     "5pt",   "12pt", "40pt",         "100pt",       "300pt",
    "2em",          "-5pt",    "-60pt", "10%",  "50%",          "100%",        "250%",
    "100% - 30pt",  "0.001pt", "999in", "auto", "body-start()", "label-end()", "proportional-column-width(2)",
    "from-parent()"};
static const char *const numbers[] = {"0", "1", "2", "3", "7", "90", "-90", "180", "1.5", "1000", "-1", "auto", "always", "force"};
static const char *const strings[] = {
    "xsl-region-before", "xsl-footnote-separator", "a", "id1", "id2", "nl", "i", "001", "-", "tests/fo/graphics/vlak.png"};
static const char *const texts[] = {"tekst ",
				    "een wat langere tekst die over de regel heen loopt en nog verder gaat ",
				    "ontwikkelingsgerichtsamenwerkingsverband",
				    " ",
				    "\n\n",
				    "voor\xc2\xad"
				    "beeld\xc2\xa0nu",
				    "\xd7\x90\xd7\x91 ab \xd7\x92",
				    "\xe2\x80\xaf\xe2\x80\x8b\xef\xbb\xbf",
				    "a\xcc\x81\xcc\x82 \xf0\x9f\x98\x80 \xe4\xb8\xad",
				    "AV fi ffl"};

static const char *pick_keyword(Maker *m, const char *list, char word[64])
{
	g_auto(GStrv) words = g_strsplit(list, " ", -1);
	const char *picked = words[next(m, MAX(1, g_strv_length(words)))];
	g_strlcpy(word, picked + (*picked == '!'), 64);
	return word;
}

static void add_property(Maker *m)
{
	static const FoProperty liked[] = {FO_P_BREAK_BEFORE,
					   FO_P_BREAK_AFTER,
					   FO_P_KEEP_TOGETHER,
					   FO_P_KEEP_WITH_NEXT,
					   FO_P_SPACE_BEFORE,
					   FO_P_SPACE_AFTER,
					   FO_P_MARGIN,
					   FO_P_PADDING,
					   FO_P_HEIGHT,
					   FO_P_WIDTH,
					   FO_P_FONT_SIZE,
					   FO_P_LINE_HEIGHT,
					   FO_P_START_INDENT,
					   FO_P_TEXT_INDENT,
					   FO_P_TEXT_ALIGN,
					   FO_P_ABSOLUTE_POSITION,
					   FO_P_NUMBER_ROWS_SPANNED,
					   FO_P_NUMBER_COLUMNS_SPANNED,
					   FO_P_COLUMN_NUMBER,
					   FO_P_COLUMN_WIDTH,
					   FO_P_REFERENCE_ORIENTATION,
					   FO_P_WIDOWS,
					   FO_P_ORPHANS,
					   FO_P_LINEFEED_TREATMENT,
					   FO_P_LEADER_LENGTH,
					   FO_P_LEADER_PATTERN,
					   FO_P_HYPHENATE,
					   FO_P_LANGUAGE,
					   FO_P_REF_ID,
					   FO_P_INTERNAL_DESTINATION};
	guint which = next(m, 256);
	FoProperty p =
	    which < 128 ? liked[which % G_N_ELEMENTS(liked)] : (FoProperty)((which * 256 + next(m, 256)) % FO_PROPERTY_COUNT);
	const PropertyRow *row = &fo_properties[p];
	char word[64];
	const char *value = "5pt";
	if (*row->keywords && next(m, 3) > 0)
		value = pick_keyword(m, row->keywords, word);
	else if (row->type & (T_LENGTH | T_SHORTHAND))
		value = lengths[next(m, G_N_ELEMENTS(lengths))];
	else if (row->type & (T_INTEGER | T_NUMBER))
		value = numbers[next(m, G_N_ELEMENTS(numbers))];
	else if (row->type & (T_STRING | T_URI))
		value = strings[next(m, G_N_ELEMENTS(strings))];
	if (p != FO_P_ID && p != FO_P_MASTER_NAME && p != FO_P_MASTER_REFERENCE && p != FO_P_XML_LANG)
		g_string_append_printf(m->out, " %s='%s'", row->name, value);
}

/* What an object does little without. */
static const char *add_needed(Maker *m, FoKind kind)
{
	static const struct {
		FoKind kind;
		const char *name, *values[3];
	} needed[] = {{FO_PAGE_NUMBER_CITATION, "ref-id", {"id1", "id2", "id5"}},
		      {FO_PAGE_NUMBER_CITATION_LAST, "ref-id", {"id1", "id2", "id5"}},
		      {FO_BASIC_LINK, "internal-destination", {"id1", "id2", "id5"}},
		      {FO_MARKER, "marker-class-name", {"a", "a", "b"}},
		      {FO_RETRIEVE_MARKER, "retrieve-class-name", {"a", "a", "b"}},
		      {FO_RETRIEVE_TABLE_MARKER, "retrieve-class-name", {"a", "a", "b"}},
		      {FO_EXTERNAL_GRAPHIC, "src", {"tests/fo/graphics/vlak.png", "geen.png", "tests/fo/graphics/vlak.png"}},
		      {FO_FLOAT, "float", {"before", "start", "end"}},
		      {FO_CHANGE_BAR_BEGIN, "change-bar-class", {"a", "a", "b"}},
		      {FO_CHANGE_BAR_END, "change-bar-class", {"a", "a", "b"}},
		      {FO_CHARACTER, "character", {"x", " ", "\xe2\x80\xa8"}}};
	for (guint i = 0; i < G_N_ELEMENTS(needed); i++) {
		if (needed[i].kind != kind)
			continue;
		g_string_append_printf(m->out, " %s='%s'", needed[i].name, needed[i].values[next(m, 3)]);
		return needed[i].name;
	}
	return NULL;
}

/* An element may not have an attribute twice. */
static void add_properties(Maker *m, FoKind kind)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const char *needed = add_needed(m, kind);
	if (needed)
		g_hash_table_add(seen, g_strconcat(" ", needed, NULL));
	for (guint n = next(m, 5); n > 0; n--) {
		gsize before = m->out->len;
		add_property(m);
		const char *attribute = m->out->str + before;
		const char *equals = strchr(attribute, '=');
		if (equals && !g_hash_table_add(seen, g_strndup(attribute, (gsize)(equals - attribute))))
			g_string_truncate(m->out, before);
	}
}

/* ---- objects ---- */

static void add_objects(Maker *m, guint64 takes, int depth);

static void add_object(Maker *m, FoKind kind, int depth, guint64 takes)
{
	const ElementRow *row = &fo_elements[kind];
	m->objects++;
	g_string_append_printf(m->out, "<fo:%s", row->name);
	if (next(m, 4) == 0)
		g_string_append_printf(m->out, " id='id%d'", ++m->ids);
	add_properties(m, kind);
	g_string_append_c(m->out, '>');
	if (kind == FO_INSTREAM_FOREIGN_OBJECT)
		g_string_append(m->out, "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'/>");
	else
		add_objects(m, row->is & IS_NEUTRAL ? (takes | row->takes) & ~IS_MARKER : row->takes, depth + 1);
	g_string_append_printf(m->out, "</fo:%s>", row->name);
}

/* The next kind from a chosen one on that may stand here: often one of the common ones. */
static FoKind pick_kind(guint64 takes, guint choice)
{
	static const FoKind common[] = {FO_BLOCK,
					FO_INLINE,
					FO_FOOTNOTE,
					FO_LIST_BLOCK,
					FO_TABLE,
					FO_BLOCK_CONTAINER,
					FO_LIST_ITEM,
					FO_LIST_ITEM_BODY,
					FO_LIST_ITEM_LABEL,
					FO_TABLE_BODY,
					FO_TABLE_COLUMN,
					FO_TABLE_HEADER,
					FO_TABLE_ROW,
					FO_TABLE_CELL,
					FO_FOOTNOTE_BODY,
					FO_LEADER,
					FO_RETRIEVE_MARKER,
					FO_BLOCK,
					FO_EXTERNAL_GRAPHIC,
					FO_BASIC_LINK,
					FO_PAGE_NUMBER_CITATION,
					FO_MARKER,
					FO_BLOCK};
	for (guint i = 0; i < G_N_ELEMENTS(common) && choice % 8; i++) {
		FoKind kind = common[(choice + i) % G_N_ELEMENTS(common)];
		if (fo_elements[kind].is & takes)
			return kind;
	}
	for (guint i = 0; i < FO_TEXT; i++) {
		FoKind kind = (FoKind)((choice + i) % FO_TEXT);
		if (fo_elements[kind].is & takes && !(fo_elements[kind].how & DROPPED))
			return kind;
	}
	return FO_TEXT;
}

static void add_objects(Maker *m, guint64 takes, int depth)
{
	for (guint n = next(m, 5) + 1; n > 0 && depth < DEPTH && m->objects < OBJECTS; n--) {
		guint choice = next(m, 256);
		if (takes & IS_TEXT && choice < 140) {
			g_string_append(m->out, texts[choice % G_N_ELEMENTS(texts)]);
			continue;
		}
		FoKind kind = pick_kind(takes, choice);
		if (kind < FO_TEXT)
			add_object(m, kind, depth, takes);
	}
}

static void add_static(Maker *m, const char *flow_name)
{
	if (!next(m, 2))
		return;
	g_string_append_printf(m->out, "<fo:static-content flow-name='%s'>", flow_name);
	add_objects(m, fo_elements[FO_STATIC_CONTENT].takes, 0);
	g_string_append(m->out, "</fo:static-content>");
}

static void add_sequence(Maker *m)
{
	g_string_append_printf(m->out, "<fo:page-sequence master-reference='%s' force-page-count='%s'>", next(m, 4) ? "a" : "ab",
			       next(m, 4) ? "auto" : "even");
	add_static(m, "xsl-region-before");
	add_static(m, "xsl-region-start");
	add_static(m, "xsl-footnote-separator");
	add_static(m, "xsl-before-float-separator");
	g_string_append(m->out, "<fo:flow flow-name='xsl-region-body'>");
	do
		add_objects(m, fo_elements[FO_FLOW].takes, 0);
	while (m->data < m->end && m->objects < OBJECTS && next(m, 8));
	g_string_append(m->out, "</fo:flow></fo:page-sequence>");
}

/* Page masters: a; ab, whose pages are as a and, when they are even, narrower. */
static char *make_document(const guint8 *data, gsize size)
{
	Maker m = {.data = data, .end = data + size, .out = g_string_new(NULL)};
	static const char *const columns[] = {"1", "2", "3"};
	guint height = next(&m, 250) + 10;
	const char *count = columns[next(&m, 3)];
	g_string_append_printf(
	    m.out,
	    "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' xmlns:fox='http://xmlgraphics.apache.org/fop/extensions' "
	    "xmlns:rotonde='urn:rotonde:fo' font-family='Square' font-size='10pt' line-height='12pt'><fo:layout-master-set>"
	    "<fo:simple-page-master master-name='a' page-width='220pt' page-height='%upt' margin='10pt'>"
	    "<fo:region-body column-count='%s' margin='0pt 0pt 20pt 20pt'/><fo:region-before extent='12pt'/><fo:region-start extent='20pt'/>"
	    "</fo:simple-page-master><fo:simple-page-master master-name='b' page-width='%upt' page-height='%upt' margin='10pt'>"
	    "<fo:region-body column-count='%s'/></fo:simple-page-master><fo:page-sequence-master master-name='ab'>"
	    "<fo:repeatable-page-master-alternatives><fo:conditional-page-master-reference master-reference='b' odd-or-even='even'/>"
	    "<fo:conditional-page-master-reference master-reference='a'/></fo:repeatable-page-master-alternatives></fo:page-sequence-master>"
	    "</fo:layout-master-set>",
	    height, count, next(&m, 250), height, columns[next(&m, 3)]);
	do
		add_sequence(&m);
	while (m.data < m.end && m.objects < OBJECTS);
	g_string_append(m.out, "</fo:root>");
	return g_string_free(m.out, FALSE);
}

static void check_areas(const Area *first)
{
	for (const Area *a = first; a; a = a->next) {
		g_assert(ABS(a->x) < 2000000000 && ABS(a->y) < 2000000000);
		g_assert(a->kind != AREA_TEXT || a->u.text);
		check_areas(a->first);
	}
}

/* Whether something was left out and said to be: then the pages may hold less than the document. */
static gboolean was_told(const Diagnostics *d)
{
	static const MessageId told[] = {MSG_FO_REPEATED, MSG_FO_INCOMPLETE, MSG_FO_CHILD, MSG_FO_TEXT_IGNORED};
	for (guint i = 0; i < diagnostics_length(d); i++)
		for (guint k = 0; k < G_N_ELEMENTS(told); k++)
			if (diagnostics_peek(d, i)->id == told[k])
				return TRUE;
	return FALSE;
}

static void print(FoTree *t, Diagnostics *d)
{
	LayoutOptions options = {.root = ".", .fonts_conf = fonts_conf};
	g_autoptr(AreaTree) areas = layout_document(t, &options, d);
	if (!areas) {
		g_assert(diagnostics_count(d, LEVEL_ERROR) > 0);
		return;
	}
	for (guint i = 0; i < areas->pages->len; i++)
		check_areas(((AreaPage *)g_ptr_array_index(areas->pages, i))->first);
	if (!layout_check_loss(t, areas, d) && !was_told(d))
		abort(); /* text is lost */
	g_bytes_unref(layout_to_xml(areas));
	PdfOptions pdf = {.producer = "fuzz", .date = -1};
	g_autoptr(GBytes) file = pdf_write(areas, &pdf, d);
	g_assert(file);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	if (size < 8)
		return 0;
	g_autofree char *document = make_document(data, size);
	if (g_getenv("FUZZ_SHOW"))
		g_print("%s\n", document);
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(xmlDoc) doc = xml_parse(document, strlen(document), "fuzz.fo", d);
	g_assert(doc);
	g_autoptr(FoTree) t = fo_tree_new(doc, "fuzz.fo", d);
	g_assert(t);
	print(t, d);
	return 0;
}
