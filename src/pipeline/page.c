/* A web page carries its faces with it, as far as this machine has them. Its stylesheet names in the style those that it is set in, as rules
 *     @font-face{font-family:Lato;font-weight:700;font-style:normal}
 * and, last, the family that stands in for characters which they do not have: @font-face{font-family:NAME}. Here each rule gets its file, as a data:
 * address, or goes: a browser then has what a reader's own machine has under that name. */
#include "pipeline/internal.h"

#include "base/module.h"
#include "base/parallel.h"
#include "fonts/fonts.h"

#include <stdio.h>
#include <string.h>

#define RULE "@font-face{font-family:"

enum { UNICODE_END = 0x110000, FIRST_MARK = 0x300 };

/* A set of characters. */
typedef struct {
	guint8 *has;      /* a bit for every character there can be */
	GArray *list;     /* gunichar: those of these bits */
} Characters;

typedef enum { FACES_UNKNOWN, FACES_ANNOUNCED, FACES_BEGUN, FACES_MADE } FacesState;

struct Page {
	Characters expected; /* all that the publication has: its faces are begun before it is known which of them the page shows */
	GArray *faces;       /* FontsFace */
	char *rules;         /* that ask for them, as the stylesheet announced them; NULL: not yet */
	FacesState state;    /* of what was announced */
	GMutex lock;         /* of state */
	GCond changed;
};

/* ---- characters ---- */

static void characters_init(Characters *set)
{
	set->has = g_new0(guint8, UNICODE_END / 8);
	set->list = g_array_new(FALSE, FALSE, sizeof(gunichar));
}

static void characters_clear(Characters *set)
{
	g_free(set->has);
	g_array_unref(set->list);
}

static gboolean has_character(const Characters *set, gunichar c)
{
	return (set->has[c >> 3] & 1 << (c & 7)) != 0;
}

/* TRUE: it is new. */
static gboolean add_character(Characters *set, gunichar c)
{
	if (c >= UNICODE_END || has_character(set, c) || g_unichar_iscntrl(c))
		return FALSE;
	set->has[c >> 3] |= (guint8)(1 << (c & 7));
	g_array_append_val(set->list, c);
	return TRUE;
}

/* As it is, in capitals (labels are), and put together with the letter before it. */
static void add_text(Characters *set, const char *text)
{
	gunichar before = 0, whole;

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = (guchar)*text < 0x80 ? (guchar)*text : g_utf8_get_char(text);
		if (!has_character(set, c) && add_character(set, c))
			add_character(set, g_unichar_toupper(c));
		if (c >= FIRST_MARK && before != 0 && g_unichar_compose(before, c, &whole))
			add_character(set, whole);
		before = c;
	}
}

/* What a browser adds by itself: numbers of lists, points, hyphens. */
static void add_always(Characters *set)
{
	add_text(set, "0123456789.-‐• \u00a0");
}

static void add_part(Characters *set, const char *text, const char *end)
{
	g_autofree char *part = g_strndup(text, (gsize)(end - text));

	add_text(set, part);
}

/* Words of the style: quotation marks, a mark on every page. */
static void add_style_strings(Characters *set, const char *style)
{
	for (const char *open = strchr(style, '"'), *close; open != NULL; open = strchr(close + 1, '"')) {
		close = strchr(open + 1, '"');
		if (close == NULL)
			break;
		add_part(set, open + 1, close);
	}
}

/* A page has these in its head, where nobody reads them. */
static gboolean is_head_matter(const xmlNode *text)
{
	return xml_is(text->parent, "keyword") || xml_is(text->parent, "description");
}

/* All text of a publication or a page but that of a style, which is given: NULL when there is none. */
static xmlNode *add_document(Characters *set, const xmlDoc *doc)
{
	xmlNode *root = xmlDocGetRootElement(doc), *style = NULL;

	add_always(set);
	for (xmlNode *n = root; n != NULL; n = xml_following(n, root)) {
		if (xml_is(n, "style") && style == NULL)
			style = n;
		else if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && !xml_is(n->parent, "style") && !is_head_matter(n))
			add_text(set, (const char *)n->content);
	}
	return style;
}

/* What our stylesheets write beside what is in the publication: labels, quotation marks, arrows of notes, marks between. */
static void add_stylesheets(Characters *set)
{
	add_text(set, "abcdefghijklmnopqrstuvwxyz#/:,·–‘’“”↑↩\ufe0e\u2002");
}

static int compare_characters(gconstpointer a, gconstpointer b)
{
	gunichar x = *(const gunichar *)a, y = *(const gunichar *)b;

	return x < y ? -1 : x > y;
}

static gboolean is_part(const Characters *set, const Characters *of)
{
	for (guint i = 0; i < set->list->len; i++)
		if (!has_character(of, g_array_index(set->list, gunichar, i)))
			return FALSE;
	return TRUE;
}

/* ---- its rules ---- */

static void face_clear(gpointer data)
{
	FontsFace *face = data;

	g_free(face->family);
	g_clear_pointer(&face->file, g_bytes_unref);
	g_clear_pointer(&face->range, g_array_unref);
}

typedef struct {
	const char *start, *end; /* in the style */
	char family[200], slant[16];
	int weight; /* 0: it is the one of what stands in */
} Rule;

/* From at on. FALSE: there is none. */
static gboolean find_rule(const char *at, Rule *r)
{
	int length = 0;

	for (; (r->start = strstr(at, RULE)) != NULL; at = r->start + strlen(RULE)) {
		r->weight = 0;
		if (sscanf(r->start, RULE "%199[^;{}];font-weight:%d;font-style:%15[a-z]}%n", r->family, &r->weight, r->slant, &length) != 3 || length == 0)
			sscanf(r->start, RULE "%199[^;{}]}%n", r->family, &length);
		if (length == 0)
			continue;
		r->end = r->start + length + (r->start[length] == '\n');
		return TRUE;
	}
	return FALSE;
}

static GArray *read_rules(const char *style)
{
	GArray *faces = g_array_new(FALSE, TRUE, sizeof(FontsFace));
	Rule r;

	g_array_set_clear_func(faces, face_clear);
	for (; find_rule(style, &r); style = r.end) {
		const FontsFace face = {.family = r.weight > 0 ? g_strdup(r.family) : NULL, .weight = r.weight, .italic = strcmp(r.slant, "normal") != 0};
		if (face.family != NULL)
			g_array_append_val(faces, face);
	}
	return faces;
}

static void append_range(GString *out, const GArray *range)
{
	for (guint i = 0; i < range->len; i++)
		g_string_append_printf(out, "%sU+%X", i == 0 ? ";unicode-range:" : ",", g_array_index(range, gunichar, i));
}

static void append_base64(GString *out, const guchar *data, gsize size)
{
	int state = 0, save = 0;
	gsize at = out->len;

	g_string_set_size(out, at + (size / 3 + 2) * 4);
	at += g_base64_encode_step(data, size, FALSE, out->str + at, &state, &save);
	at += g_base64_encode_close(FALSE, out->str + at, &state, &save);
	g_string_truncate(out, at);
}

static void append_rule(GString *out, const char *family, const FontsFace *face)
{
	gsize size;
	const guchar *data = face->file != NULL ? g_bytes_get_data(face->file, &size) : NULL;

	if (data == NULL)
		return;
	g_string_append_printf(out, "@font-face{font-family:%s;font-weight:%d;font-style:%s", family, face->weight, face->italic ? "italic" : "normal");
	if (face->range != NULL)
		append_range(out, face->range);
	g_string_append(out, ";src:url(data:font/woff;base64,");
	append_base64(out, data, size);
	g_string_append(out, ") format(\"woff\")}\n");
}

/* The style with a file in each rule. */
static void append_style(GString *out, const Page *p, const char *style)
{
	guint next = 0; /* face that has no rule yet */
	Rule r;

	for (; find_rule(style, &r); style = r.end) {
		guint end = r.weight > 0 ? next + 1 : p->faces->len;
		g_string_append_len(out, style, r.start - style);
		for (; next < end; next++)
			append_rule(out, r.family, &g_array_index(p->faces, FontsFace, next));
	}
	g_string_append(out, style);
}

static gsize count_bytes(const GArray *faces)
{
	gsize bytes = 0;

	for (guint i = 0; i < faces->len; i++)
		if (g_array_index(faces, FontsFace, i).file != NULL)
			bytes += g_bytes_get_size(g_array_index(faces, FontsFace, i).file);
	return bytes;
}

GBytes *page_write_faces(const Page *p, GBytes *page)
{
	gsize size;
	const char *data = g_bytes_get_data(page, &size), *end = data + size;
	const char *start = g_strstr_len(data, (gssize)size, "<style>");
	const char *stop = start != NULL ? g_strstr_len(start, end - start, "</style>") : NULL;

	if (stop == NULL || p->faces == NULL)
		return g_bytes_ref(page);
	g_autofree char *style = g_strndup(start, (gsize)(stop - start));
	GString *out = g_string_sized_new(size + count_bytes(p->faces) * 4 / 3 + 4096);
	g_string_append_len(out, data, start - data);
	append_style(out, p, style);
	g_string_append_len(out, stop, end - stop);
	return g_string_free_to_bytes(out);
}

static void report_absent(const Page *p, const char *name, Diagnostics *d)
{
	g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
	const Position at = {name, 0, 0, NULL};

	for (guint i = 0; i < p->faces->len; i++) {
		const FontsFace *face = &g_array_index(p->faces, FontsFace, i);
		if (face->state == FONTS_MADE || face->state == FONTS_SAME || !g_hash_table_add(told, face->family))
			continue;
		diagnose(d, face->state == FONTS_FORBIDDEN ? MSG_FONT_FORBIDDEN : MSG_FONT_NOT_IN_PAGE, &at, face->family);
	}
}

/* ---- making them ---- */

static void make(GArray *faces, GArray *characters)
{
	g_autoptr(Diagnostics) ignored = diagnostics_new(); /* without the module no face is there: that is told */
	const FontsModule *module = module_open("fonts", "fonts_module", ignored);

	g_array_sort(characters, compare_characters);
	if (module != NULL && faces->len > 0)
		module->embed(faces, characters);
}

Page *page_new(const xmlDoc *doc)
{
	Page *p = g_new0(Page, 1);

	characters_init(&p->expected);
	add_document(&p->expected, doc);
	add_stylesheets(&p->expected);
	g_mutex_init(&p->lock);
	g_cond_init(&p->changed);
	return p;
}

void page_free(Page *p)
{
	if (p == NULL)
		return;
	characters_clear(&p->expected);
	g_clear_pointer(&p->faces, g_array_unref);
	g_free(p->rules);
	g_mutex_clear(&p->lock);
	g_cond_clear(&p->changed);
	g_free(p);
}

static void set_state(Page *p, FacesState state)
{
	g_mutex_lock(&p->lock);
	p->state = state;
	g_cond_broadcast(&p->changed);
	g_mutex_unlock(&p->lock);
}

void page_begin(const char *rules, gpointer page)
{
	Page *p = page;

	if (p->rules != NULL)
		return;
	p->rules = g_strdup(rules);
	p->faces = read_rules(rules);
	set_state(p, FACES_ANNOUNCED);
}

/* TRUE: they were announced and are to be made by who asks. FALSE: they are made, or never will be. */
static gboolean take_faces(Page *p)
{
	gboolean taken;

	parallel_help(); /* who makes them already */
	g_mutex_lock(&p->lock);
	while (p->state == FACES_UNKNOWN || p->state == FACES_BEGUN)
		parallel_wait(&p->changed, &p->lock);
	taken = p->state == FACES_ANNOUNCED;
	if (taken)
		p->state = FACES_BEGUN;
	g_mutex_unlock(&p->lock);
	return taken;
}

static void make_expected(Page *p)
{
	if (!take_faces(p))
		return;
	make(p->faces, p->expected.list);
	set_state(p, FACES_MADE);
}

void page_help(Page *p)
{
	make_expected(p);
}

void page_give_up(Page *p)
{
	if (p->rules == NULL)
		set_state(p, FACES_MADE);
}

/* The style has the rules that were announced, and no others. */
static gboolean has_rules(const char *style, const char *rules)
{
	const char *at = strstr(style, rules);

	return at != NULL && strstr(style, RULE) >= at && strstr(at + strlen(rules), RULE) == NULL;
}

/* Whether what was begun is what the page came to ask for: with every character that it shows, and none that it does not but those of our stylesheets.
 * Which signs a text has that nobody is shown is nobody's business. */
static gboolean is_as_expected(const Page *p, const char *style, const Characters *shown)
{
	Characters known;
	gboolean as_expected;

	if (p->rules == NULL || !has_rules(style, p->rules) || !is_part(shown, &p->expected))
		return FALSE;
	characters_init(&known);
	add_stylesheets(&known);
	for (guint i = 0; i < shown->list->len; i++)
		add_character(&known, g_array_index(shown->list, gunichar, i));
	as_expected = is_part(&p->expected, &known);
	characters_clear(&known);
	return as_expected;
}

static void settle_faces(Page *p, const xmlNode *element, Characters *shown, const char *name, Diagnostics *d)
{
	xmlChar *style = xmlNodeGetContent(element);

	add_style_strings(shown, (const char *)style);
	if (p->rules != NULL)
		make_expected(p);
	if (!is_as_expected(p, (const char *)style, shown)) {
		g_clear_pointer(&p->faces, g_array_unref);
		p->faces = read_rules((const char *)style);
		make(p->faces, shown->list);
	}
	xmlFree(style);
	report_absent(p, name, d);
}

void page_find_faces(Page *p, const xmlDoc *doc, const char *name, Diagnostics *d)
{
	Characters shown;
	xmlNode *style;

	page_give_up(p);
	characters_init(&shown);
	style = add_document(&shown, doc);
	if (style != NULL)
		settle_faces(p, style, &shown, name, d);
	characters_clear(&shown);
}
