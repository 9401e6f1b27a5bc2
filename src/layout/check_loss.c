/* No silent loss: the text of every object in the flows against the text of its areas, letter by letter; white space and what only steers line
 * breaking does not count. */
#include "layout/layout.h"
#include "layout/page.h"

#include <stdlib.h>

typedef struct Piece {
	const char *text;
	struct Piece *next;
} Piece;

typedef struct {
	Piece *first, *last;
	gboolean rtl; /* some run from right to left: they do not stand in the order of the text */
} Pieces;

/* ---- what the pages say ---- */

typedef struct {
	Pieces *by_order;
	guint count;
	GPtrArray *memory;
	GHashTable *left_out;
} Found;

static void add_piece(Found *f, const Area *a)
{
	if (a->kind != AREA_TEXT || a->order == 0 || a->order >= f->count || !a->u.text || !a->u.text->text)
		return;
	Piece *piece = g_new0(Piece, 1);
	g_ptr_array_add(f->memory, piece);
	piece->text = a->u.text->text;
	Pieces *list = &f->by_order[a->order];
	if (list->last)
		list->last->next = piece;
	else
		list->first = piece;
	list->last = piece;
	list->rtl |= a->u.text->rtl;
}

static void collect(Found *f, const Area *top)
{
	for (const Area *a = top;;) {
		add_piece(f, a);
		if (a->first) {
			a = a->first;
			continue;
		}
		while (a != top && !a->next)
			a = a->parent;
		if (a == top)
			return;
		a = a->next;
	}
}

/* ---- comparing ---- */

static gboolean counts(gunichar c)
{
	GUnicodeType type = g_unichar_type(c);
	return type != G_UNICODE_FORMAT && type != G_UNICODE_CONTROL && !g_unichar_isspace(c);
}

static char *letters(const char *text)
{
	GString *out = g_string_new(NULL);
	for (; *text; text = g_utf8_next_char(text))
		if (counts(g_utf8_get_char(text)))
			g_string_append_unichar(out, g_utf8_get_char(text));
	return g_string_free(out, FALSE);
}

static char *letters_of_pieces(const Pieces *pieces)
{
	g_autoptr(GString) all = g_string_new(NULL);
	for (const Piece *p = pieces->first; p; p = p->next)
		g_string_append(all, p->text);
	return letters(all->str);
}

static char *fold(const char *text)
{
	g_autofree char *folded = g_utf8_casefold(text, -1);
	return g_utf8_normalize(folded, -1, G_NORMALIZE_ALL);
}

static gboolean is_transformed(const FoNode *n)
{
	return fo_keyword(n, FO_P_TEXT_TRANSFORM) != FO_K_NONE;
}

static int compare_letters(gconstpointer a, gconstpointer b)
{
	gunichar x = *(const gunichar *)a, y = *(const gunichar *)b;
	return (x > y) - (x < y);
}

static char *sorted(const char *text)
{
	glong length = 0;
	g_autofree gunichar *all = g_utf8_to_ucs4_fast(text, -1, &length);
	qsort(all, (size_t)length, sizeof *all, compare_letters);
	return g_ucs4_to_utf8(all, length, NULL, NULL, NULL);
}

static gboolean same(const FoNode *n, const char *a, const char *b, gboolean ordered)
{
	if (g_str_equal(a, b))
		return TRUE;
	if (!is_transformed(n) && ordered)
		return FALSE;
	g_autofree char *x = is_transformed(n) ? fold(a) : g_strdup(a), *y = is_transformed(n) ? fold(b) : g_strdup(b);
	if (ordered)
		return g_str_equal(x, y);
	g_autofree char *p = sorted(x), *q = sorted(y);
	return g_str_equal(p, q);
}

/* The word of text that holds its letter number at. */
static char *word_at(const char *text, glong at)
{
	const char *start = text, *p = text;
	glong seen = 0;
	for (; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (g_unichar_isspace(c))
			start = g_utf8_next_char(p);
		else if (counts(c) && seen++ == at)
			break;
	}
	const char *end = p;
	while (*end && !g_unichar_isspace(g_utf8_get_char(end)))
		end = g_utf8_next_char(end);
	return g_strndup(start, (gsize)(end - start));
}

static void report(const FoNode *n, const char *text, const Pieces *pieces, Diagnostics *d)
{
	g_autofree char *wanted = letters(text), *got = letters_of_pieces(pieces);
	glong at = 0;
	const char *a = wanted, *b = got;
	while (*a && *b && g_utf8_get_char(a) == g_utf8_get_char(b)) {
		a = g_utf8_next_char(a);
		b = g_utf8_next_char(b);
		at++;
	}
	g_autofree char *word = word_at(text, at);
	if (!*b) {
		diagnose(d, MSG_LAYOUT_LOSS, &n->at, word);
		return;
	}
	g_autofree char *instead = g_utf8_substring(got, at, at + MIN(20, g_utf8_strlen(b, -1)));
	diagnose(d, MSG_LAYOUT_LOSS_ADDED, &n->at, word, instead);
}

static gboolean check_text(const Found *f, const FoNode *n, const char *text, Diagnostics *d)
{
	const Pieces *pieces = &f->by_order[n->order];
	g_autofree char *wanted = letters(text), *got = letters_of_pieces(pieces);
	if (same(n, wanted, got, !pieces->rtl))
		return TRUE;
	report(n, text, pieces, d);
	return FALSE;
}

static gboolean check_below(const Found *f, const FoNode *parent, Diagnostics *d)
{
	for (const FoNode *n = parent->first; n; n = n->next) {
		const char *text = n->kind == FO_CHARACTER ? fo_string(n, FO_P_CHARACTER) : n->text;
		if (fo_keyword(n, FO_P_VISIBILITY) != FO_K_VISIBLE) /* the document asks for its place, not for its text */
			text = NULL;
		if (n->kind == FO_MARKER || n->kind == FO_FOREIGN || n->kind == FO_LEADER || g_hash_table_contains(f->left_out, GUINT_TO_POINTER(n->order)))
			continue;
		if ((text && !check_text(f, n, text, d)) || !check_below(f, n, d))
			return FALSE;
	}
	return TRUE;
}

static gboolean check_flows(const Found *f, const FoNode *parent, Diagnostics *d)
{
	for (const FoNode *n = parent->first; n; n = n->next) {
		if (n->kind == FO_FLOW ? !check_below(f, n, d)
		                       : (n->kind == FO_PAGE_SEQUENCE || n->kind == FO_PAGE_SEQUENCE_WRAPPER) && !check_flows(f, n, d))
			return FALSE;
	}
	return TRUE;
}

gboolean layout_check_loss(const FoTree *tree, const AreaTree *areas, Diagnostics *d)
{
	Found f = {.count = fo_tree_count(tree), .memory = g_ptr_array_new_with_free_func(g_free), .left_out = areas->left_out};
	f.by_order = g_new0(Pieces, f.count + 1);
	for (guint i = 0; i < areas->pages->len; i++)
		for (const Area *a = ((AreaPage *)g_ptr_array_index(areas->pages, i))->first; a; a = a->next)
			collect(&f, a);
	gboolean whole = check_flows(&f, fo_tree_root(tree), d);
	g_ptr_array_unref(f.memory);
	g_free(f.by_order);
	return whole;
}
