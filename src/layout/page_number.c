/* Page numbers as they are printed, and which page an object is on. */
#include "layout/page.h"

#include <string.h>

/* ---- labels ---- */

static void append_roman(GString *out, int number, gboolean upper)
{
	static const struct {
		int value;
		const char *text;
	} digits[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
	              {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
	gsize start = out->len;
	for (guint i = 0; i < G_N_ELEMENTS(digits); i++)
		for (; number >= digits[i].value; number -= digits[i].value)
			g_string_append(out, digits[i].text);
	for (gsize i = start; upper && i < out->len; i++)
		out->str[i] = g_ascii_toupper(out->str[i]);
}

static void append_letters(GString *out, int number, char first)
{
	char letters[16];
	guint count = 0;
	for (; number > 0 && count < sizeof letters; number = (number - 1) / 26)
		letters[count++] = (char)(first + (number - 1) % 26);
	while (count > 0)
		g_string_append_c(out, letters[--count]);
}

static void append_decimal(GString *out, int number, int width, const FoNode *sequence)
{
	const char *separator = fo_string(sequence, FO_P_GROUPING_SEPARATOR);
	int size = fo_integer(sequence, FO_P_GROUPING_SIZE);
	g_autofree char *digits = g_strdup_printf("%0*d", width, number);
	gsize length = strlen(digits);
	for (gsize i = 0; i < length; i++) {
		if (separator && size > 0 && i > 0 && (length - i) % (gsize)size == 0)
			g_string_append(out, separator);
		g_string_append_c(out, digits[i]);
	}
}

/* The format's first run of letters or digits is the number; what stands around it is kept. */
char *page_label(Layout *l, const FoNode *sequence, int number)
{
	const char *format = fo_string(sequence, FO_P_FORMAT);
	if (!format || !*format)
		format = "1";
	gsize lead = 0;
	while (format[lead] && !g_ascii_isalnum(format[lead]))
		lead++;
	gsize length = 0;
	while (g_ascii_isalnum(format[lead + length]))
		length++;
	g_autoptr(GString) out = g_string_new_len(format, (gssize)lead);
	char kind = length > 0 ? format[lead + length - 1] : '1';
	gboolean roman = (kind == 'i' || kind == 'I') && number > 0 && number < 5000, letter = (kind == 'a' || kind == 'A') && number > 0;
	if (roman)
		append_roman(out, number, kind == 'I');
	else if (letter)
		append_letters(out, number, kind);
	else
		append_decimal(out, number, kind == '1' && length > 1 ? (int)length : 1, sequence);
	g_string_append(out, format + lead + length);
	return area_strdup(l->c.areas, out->str);
}

/* ---- where objects are ---- */

static void note_id(Placer *p, const FoNode *n, Area *area, int x, int y)
{
	const char *id = fo_string(n, FO_P_ID);
	if (!id || p->quiet)
		return;
	Layout *l = p->layout;
	guint page = p->page->number;
	PagePlace *place = g_hash_table_lookup(l->places, id);
	if (!place) {
		place = layout_alloc(l, sizeof *place);
		*place = (PagePlace){.first = page, .x = x, .y = y};
		g_hash_table_insert(l->places, (gpointer)id, place);
		if (area && !area->id)
			area->id = area_strdup(p->layout->c.areas, id);
	}
	place->last = page;
}

void page_note_frame(Placer *p, const FoNode *n, Area *area, gboolean starts)
{
	int x = area->x, y = area->y;
	if (area->box) {
		x -= area->box->border[SIDE_START] + area->box->padding[SIDE_START];
		y -= area->box->border[SIDE_BEFORE] + area->box->padding[SIDE_BEFORE];
	}
	note_id(p, n, area, x, y);
	marker_note(p, n, starts);
}

void page_note_inline(Placer *p, const FoNode *n, Area *line)
{
	note_id(p, n, NULL, line->x, line->y);
	marker_note(p, n, TRUE);
	marker_note_end(p, n);
}

void page_note_point(Placer *p, const FoNode *n, int x, int y)
{
	note_id(p, n, NULL, x, y);
	marker_note(p, n, TRUE);
	marker_note_end(p, n);
}

void page_note_label(Placer *p, PageLabel *label)
{
	const char *now = p->page->page->label;
	if (!label->text || strcmp(label->text, now) != 0)
		p->layout->unsettled = TRUE;
	label->text = now;
}

gboolean page_turned(Layout *l, const FoNode *n)
{
	g_hash_table_add(l->sided, (gpointer)n);
	return g_hash_table_contains(l->turned, n);
}

void page_note_turned(Placer *p, const FoNode *n)
{
	Layout *l = p->layout;
	gboolean even = p->page->page->number % 2 == 0;
	if (p->quiet || !g_hash_table_contains(l->sided, n) || g_hash_table_contains(l->turned, n) == even)
		return;
	if (even)
		g_hash_table_add(l->turned, (gpointer)n);
	else
		g_hash_table_remove(l->turned, n);
	l->unsettled = TRUE;
}

/* ---- citations ---- */

static const char *label_of(const Layout *l, guint page)
{
	return page < l->pages->len ? ((PageRecord *)g_ptr_array_index(l->pages, page))->page->label : "?";
}

const char *page_of(LayoutContext *c, const char *id, gboolean last)
{
	Layout *l = (Layout *)c;
	if (!fo_tree_lookup(c->tree, id))
		return "?";
	if (!l->artifact && !l->cited)
		return NULL;
	const PagePlace *place = g_hash_table_lookup(l->artifact ? l->places : l->cited, id);
	if (!place)
		return "?";
	if (l->artifact)
		return label_of(l, last ? place->last : place->first);
	return last ? place->last_label : place->first_label;
}

void page_places_settle(Layout *l)
{
	GHashTableIter i;
	gpointer value;
	g_hash_table_iter_init(&i, l->places);
	while (g_hash_table_iter_next(&i, NULL, &value)) {
		PagePlace *place = value;
		place->first_label = label_of(l, place->first);
		place->last_label = label_of(l, place->last);
	}
}

void page_places_report(const Layout *l)
{
	GHashTableIter i;
	gpointer id;
	g_hash_table_iter_init(&i, l->citations);
	while (g_hash_table_iter_next(&i, &id, NULL)) {
		const FoNode *n = fo_tree_lookup(l->c.tree, id);
		if (n && !g_hash_table_contains(l->places, id))
			diagnose(l->c.d, MSG_LAYOUT_NO_PAGE, &n->at, id);
	}
}

gboolean page_places_agree(const Layout *l)
{
	GHashTableIter i;
	gpointer id;
	g_hash_table_iter_init(&i, l->citations);
	while (g_hash_table_iter_next(&i, &id, NULL)) {
		const PagePlace *now = g_hash_table_lookup(l->places, id), *before = l->cited ? g_hash_table_lookup(l->cited, id) : NULL;
		if (!now)
			continue;
		if (!before || strcmp(now->first_label, before->first_label) != 0 || strcmp(now->last_label, before->last_label) != 0)
			return FALSE;
	}
	return TRUE;
}
