/* The checker: content streams. Everything shown is tagged or an artifact, and what is tagged has its place in the structure tree. */
#include "pdf/check.h"

#include <stdlib.h>
#include <string.h>

enum { CONTENT_LIMIT = 128 << 20 }; /* of all pages: they may share what they show */

typedef enum { MARK_OTHER, MARK_ARTIFACT, MARK_TAGGED } Mark;

typedef struct {
	PdfCheck *c;
	int page;
	Mark stack[64];
	int depth;
	int artifacts, tagged; /* how many of each are open */
	const char *last_name; /* the operand before last that was a name, and its length */
	gsize last_name_length;
	long mcid;             /* in the dictionary just read; -1: none */
	const PdfObject *fonts; /* of the page's resources */
	int glyphs;             /* that the font at hand has; 0: not known */
	int saved[64];          /* the same, of every q that no Q has ended */
	int states;             /* how many of those; beyond the room for them nothing is known */
	gboolean notdef;        /* the string just read holds a glyph that the font lacks */
} Scan;

static gboolean is_delimiter(char ch)
{
	return strchr("()<>[]{}/%", ch) != NULL && ch != '\0';
}

static gboolean is_blank(char ch)
{
	return ch == ' ' || ch == '\n' || ch == '\r' || ch == '\t' || ch == '\f' || ch == '\0';
}

static const char *skip_string(const char *p, const char *end)
{
	int depth = 0;

	for (; p < end; p++) {
		if (*p == '\\')
			p++;
		else if (*p == '(')
			depth++;
		else if (*p == ')' && --depth == 0)
			return p + 1;
	}
	return end;
}

/* How many glyphs an embedded TrueType font has: maxp.numGlyphs (OpenType 1.9). 0: that cannot be told. */
static int read_glyphs(GBytes *file)
{
	gsize size = 0;
	const guchar *data = file != NULL ? g_bytes_get_data(file, &size) : NULL;
	gsize tables = size >= 12 ? (gsize)data[4] << 8 | data[5] : 0;

	for (gsize i = 0; i < tables && 12 + (i + 1) * 16 <= size; i++) {
		const guchar *table = data + 12 + i * 16;
		gsize at = (gsize)table[8] << 24 | (gsize)table[9] << 16 | (gsize)table[10] << 8 | table[11];
		if (memcmp(table, "maxp", 4) == 0 && at < size && size - at >= 6)
			return data[at + 4] << 8 | data[at + 5];
	}
	return 0;
}

/* Of a font whose codes are its glyphs, as ours are. */
void pdf_check_count_glyphs(PdfCheck *c, const PdfObject *font)
{
	const PdfObject *below = pdf_object_item(c->r, pdf_check_key(c, font, "DescendantFonts"), 0, NULL);
	gboolean plain = g_strcmp0(pdf_object_name(pdf_check_key(c, font, "Encoding")), "Identity-H") == 0 &&
	                 g_strcmp0(pdf_object_name(pdf_check_key(c, below, "CIDToGIDMap")), "Identity") == 0;
	g_autoptr(GBytes) file = plain ? pdf_object_data(c->r, pdf_check_key(c, pdf_check_key(c, below, "FontDescriptor"), "FontFile2")) : NULL;

	g_hash_table_insert(c->glyphs, (gpointer)font, GINT_TO_POINTER(read_glyphs(file)));
}

/* A hexadecimal string; two bytes a glyph in the fonts we write. */
static const char *skip_hex(Scan *s, const char *p, const char *end)
{
	int digits = 0, glyph = 0;

	for (p++; p < end && *p != '>'; p++) {
		if (!g_ascii_isxdigit(*p))
			continue;
		glyph = glyph << 4 | g_ascii_xdigit_value(*p);
		if (++digits % 4 == 0) {
			s->notdef = s->notdef || glyph == 0 || (s->glyphs > 0 && glyph >= s->glyphs);
			glyph = 0;
		}
	}
	return p < end ? p + 1 : end;
}

/* << ... >>, remembering /MCID. */
static const char *skip_dictionary(Scan *s, const char *p, const char *end)
{
	int depth = 0;

	while (p < end) {
		if (*p == '(') {
			p = skip_string(p, end);
		} else if (*p == '<' && p + 1 < end && p[1] == '<') {
			depth++;
			p += 2;
		} else if (*p == '>' && p + 1 < end && p[1] == '>') {
			p += 2;
			if (--depth == 0)
				return p;
		} else if (end - p > 5 && memcmp(p, "/MCID", 5) == 0) {
			s->mcid = strtol(p + 5, NULL, 10);
			p += 5;
		} else {
			p++;
		}
	}
	return end;
}

static void begin_mark(Scan *s)
{
	gboolean artifact = s->last_name != NULL && s->last_name_length == strlen("Artifact") && memcmp(s->last_name, "Artifact", 8) == 0;
	Mark mark = artifact ? MARK_ARTIFACT : s->mcid >= 0 ? MARK_TAGGED : MARK_OTHER;

	if (artifact && s->tagged > 0)
		pdf_check_fail_page(s->c, CONDITION_ARTIFACT_IN_TAGGED, s->page);
	if (mark == MARK_TAGGED && s->artifacts > 0)
		pdf_check_fail_page(s->c, CONDITION_TAGGED_IN_ARTIFACT, s->page);
	if (mark == MARK_TAGGED && !g_hash_table_contains(s->c->marked, pdf_check_mark(s->page, s->mcid)))
		pdf_check_fail_page(s->c, CONDITION_PARENT_MISSING, s->page);
	s->artifacts += mark == MARK_ARTIFACT;
	s->tagged += mark == MARK_TAGGED;
	if (s->depth < (int)G_N_ELEMENTS(s->stack))
		s->stack[s->depth] = mark;
	s->depth++;
}

static void end_mark(Scan *s)
{
	Mark mark;

	if (s->depth == 0)
		return;
	mark = --s->depth < (int)G_N_ELEMENTS(s->stack) ? s->stack[s->depth] : MARK_OTHER;
	s->artifacts -= mark == MARK_ARTIFACT;
	s->tagged -= mark == MARK_TAGGED;
}

/* The font is part of the graphics state (9.3.1). */
static void save_state(Scan *s)
{
	if (s->states < (int)G_N_ELEMENTS(s->saved))
		s->saved[s->states] = s->glyphs;
	s->states++;
}

static void restore_state(Scan *s)
{
	if (s->states > 0)
		s->glyphs = --s->states < (int)G_N_ELEMENTS(s->saved) ? s->saved[s->states] : 0;
}

static void run_operator(Scan *s, const char *word, gsize length)
{
	static const char *const showing[] = {"Tj", "TJ", "'", "\"", "Do", "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "BI", NULL};
	char name[8] = "";

	if (length < sizeof name)
		memcpy(name, word, length);
	if (strcmp(name, "Tf") == 0 && s->last_name != NULL) {
		g_autofree char *font = g_strndup(s->last_name, s->last_name_length);
		s->glyphs = GPOINTER_TO_INT(g_hash_table_lookup(s->c->glyphs, pdf_check_key(s->c, s->fonts, font)));
	} else if (strcmp(name, "q") == 0) {
		save_state(s);
	} else if (strcmp(name, "Q") == 0) {
		restore_state(s);
	} else if (strcmp(name, "BDC") == 0 || strcmp(name, "BMC") == 0) {
		begin_mark(s);
	} else if (strcmp(name, "EMC") == 0) {
		end_mark(s);
	} else if (g_strv_contains(showing, name)) {
		if (s->artifacts == 0 && s->tagged == 0)
			pdf_check_fail_page(s->c, CONDITION_UNMARKED_CONTENT, s->page);
		if (s->notdef && name[0] == 'T')
			pdf_check_fail_page(s->c, CONDITION_GLYPH_MISSING, s->page);
	}
	s->last_name = NULL;
	s->mcid = -1;
	s->notdef = FALSE;
}

static void scan(Scan *s, const char *p, const char *end)
{
	while (p < end) {
		const char *start = p;
		if (is_blank(*p) || *p == '[' || *p == ']') {
			p++;
		} else if (*p == '%') {
			while (p < end && *p != '\n' && *p != '\r')
				p++;
		} else if (*p == '(') {
			p = skip_string(p, end);
		} else if (*p == '<') {
			p = p + 1 < end && p[1] == '<' ? skip_dictionary(s, p, end) : skip_hex(s, p, end);
		} else if (*p == '/') {
			for (p++; p < end && !is_blank(*p) && !is_delimiter(*p);)
				p++;
			s->last_name = start + 1;
			s->last_name_length = (gsize)(p - start - 1);
		} else {
			while (p < end && !is_blank(*p) && !is_delimiter(*p))
				p++;
			if (p == start)
				p++;
			else if (!g_ascii_isdigit(*start) && *start != '-' && *start != '.' && *start != '+')
				run_operator(s, start, (gsize)(p - start));
		}
	}
}

/* A page's streams are one text, with white space between (7.8.2). */
static void append_content(PdfCheck *c, GString *text, const PdfObject *stream)
{
	g_autoptr(GBytes) data = pdf_object_data(c->r, stream);
	gsize size;
	const char *start = data != NULL ? g_bytes_get_data(data, &size) : NULL;

	if (start != NULL)
		g_string_append_len(text, start, (gssize)size);
	g_string_append_c(text, '\n');
}

void pdf_check_content(PdfCheck *c, int page, const PdfObject *o)
{
	Scan s = {.c = c, .page = page, .mcid = -1, .fonts = pdf_check_key(c, pdf_check_key(c, o, "Resources"), "Font")};
	const PdfObject *contents = pdf_check_key(c, o, "Contents");
	g_autoptr(GString) text = g_string_new(NULL);

	if (__atomic_load_n(c->content, __ATOMIC_RELAXED) > CONTENT_LIMIT)
		return;
	if (contents->kind == PDF_STREAM)
		append_content(c, text, contents);
	for (guint i = 0; i < pdf_object_length(contents); i++)
		append_content(c, text, pdf_object_item(c->r, contents, i, NULL));
	if (__atomic_add_fetch(c->content, text->len, __ATOMIC_RELAXED) > CONTENT_LIMIT) {
		const Position at = {c->name, 0, 0, NULL};
		diagnose(c->d, MSG_PDF_UNREADABLE, &at);
		c->failed = TRUE;
		return;
	}
	scan(&s, text->str, text->str + text->len);
}
