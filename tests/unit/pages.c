/* Pages: spaces, known documents, and many made at random, of which must hold: no word is lost, notes begin on the page of their mark, floats
 * on that of their anchor or after it and in order, what is outside the page was reported, and the same document gives the same pages. */
#include "layout/space.h"

#include "random_fo.h"

#include <string.h>

/* ---- setting a document ---- */

typedef struct {
	xmlDoc *doc;
	FoTree *tree;
	AreaTree *areas;
	Diagnostics *d;
} Set;

static Set set_document(const char *fo)
{
	Set s = {.d = diagnostics_new()};
	s.doc = xml_parse(fo, strlen(fo), "test.fo", s.d);
	g_assert_nonnull(s.doc);
	s.tree = fo_tree_new(s.doc, "test.fo", s.d);
	g_assert_nonnull(s.tree);
	LayoutOptions options = {.root = ".", .fonts_conf = "tests/fonts.conf"};
	s.areas = layout_document(s.tree, &options, s.d);
	g_assert_nonnull(s.areas);
	return s;
}

static void set_clear(Set *s)
{
	area_tree_free(s->areas);
	fo_tree_free(s->tree);
	xmlFreeDoc(s->doc);
	diagnostics_free(s->d);
}

static Set set_flow(const char *height, const char *flow)
{
	g_autofree char *fo = g_strdup_printf("%s<fo:layout-master-set><fo:simple-page-master master-name='a' page-width='220pt' page-height='%s' "
	                                      "margin='10pt'><fo:region-body/></fo:simple-page-master></fo:layout-master-set>"
	                                      "<fo:page-sequence master-reference='a'><fo:flow flow-name='xsl-region-body'>%s</fo:flow></fo:page-sequence></fo:root>",
	                                      head, height, flow);
	return set_document(fo);
}

static guint count_messages(const Set *s, MessageId id)
{
	guint count = 0;
	for (guint i = 0; i < diagnostics_length(s->d); i++)
		count += diagnostics_peek(s->d, i)->id == id;
	return count;
}

static Area *following(Area *a, const Area *top)
{
	if (a->first)
		return a->first;
	while (a != top && !a->next)
		a = a->parent;
	return a == top ? NULL : a->next;
}

typedef void (*TextVisitor)(gpointer user, guint page, Area *text);

static void each_text(const AreaTree *t, TextVisitor visit, gpointer user)
{
	for (guint i = 0; i < t->pages->len; i++)
		for (Area *r = ((AreaPage *)g_ptr_array_index(t->pages, i))->first; r; r = r->next)
			for (Area *a = r; a; a = following(a, r))
				if (a->kind == AREA_TEXT)
					visit(user, i, a);
}

/* ---- spaces ---- */

static void test_space(void)
{
	FoSpace small = {2, 4, 9, 0, FALSE}, large = {6, 8, 10, 0, FALSE}, equal = {7, 8, 9, 0, TRUE}, high = {1, 1, 1, 3, FALSE},
	        force = {5, 5, 5, FO_FORCE, FALSE};
	const FoSpace *const row[] = {&small, &large, &equal, &high, &force};
	Extent e[5], *out[5] = {&e[0], &e[1], &e[2], &e[3], &e[4]};
	space_resolve(row, 2, FALSE, FALSE, out);
	g_assert_cmpint(e[0].optimum, ==, 0);
	g_assert_cmpint(e[1].optimum, ==, 8);
	space_resolve(row, 3, FALSE, FALSE, out); /* equal optima: the narrowest room of both, once */
	g_assert_cmpint(e[1].optimum, ==, 0);
	g_assert_cmpint(e[2].minimum, ==, 7);
	g_assert_cmpint(e[2].maximum, ==, 9);
	space_resolve(row, 3, TRUE, FALSE, out); /* the first two vanish at the start */
	g_assert_cmpint(e[0].optimum + e[1].optimum, ==, 0);
	g_assert_cmpint(e[2].optimum, ==, 8);
	space_resolve(row, 2, FALSE, TRUE, out);
	g_assert_cmpint(e[0].optimum + e[1].optimum, ==, 0);
	space_resolve(row, 4, FALSE, FALSE, out);
	g_assert_cmpint(e[3].optimum, ==, 1);
	g_assert_cmpint(e[2].optimum, ==, 0);
	space_resolve(row, 5, FALSE, FALSE, out);
	g_assert_cmpint(e[4].optimum, ==, 5);
	g_assert_cmpint(e[3].optimum, ==, 0);
}

/* ---- loss ---- */

static void drop_word(gpointer user, guint page, Area *text)
{
	(void)page;
	if (g_str_has_prefix(text->u.text->text, user))
		text->u.text->text = (char *)"";
}

static void test_loss(void)
{
	Set s = set_flow("200pt", "<fo:block>een twee</fo:block>\n<fo:block>drie <fo:inline color='red'>vier</fo:inline> vijf</fo:block>");
	g_assert_true(layout_check_loss(s.tree, s.areas, s.d));
	g_assert_cmpuint(diagnostics_length(s.d), ==, 0);
	each_text(s.areas, drop_word, (gpointer) "vier");
	g_assert_false(layout_check_loss(s.tree, s.areas, s.d));
	g_assert_cmpuint(count_messages(&s, MSG_LAYOUT_LOSS), ==, 1);
	g_assert_cmpint(diagnostics_peek(s.d, 0)->line, ==, 2);
	g_assert_nonnull(strstr(diagnostics_peek(s.d, 0)->text[LANGUAGE_NL], "'vier'"));
	set_clear(&s);
}

static void spoil_word(gpointer user, guint page, Area *text)
{
	(void)page;
	if (g_str_has_prefix(text->u.text->text, user))
		text->u.text->text = (char *)"noof";
}

static void test_loss_in_note(void)
{
	Set s = set_flow("200pt", "<fo:block>een<fo:footnote><fo:inline>1</fo:inline><fo:footnote-body>\n<fo:block>noot</fo:block></fo:footnote-body></fo:footnote></fo:block>");
	g_assert_true(layout_check_loss(s.tree, s.areas, s.d));
	each_text(s.areas, spoil_word, (gpointer) "noot");
	g_assert_false(layout_check_loss(s.tree, s.areas, s.d));
	g_assert_cmpuint(count_messages(&s, MSG_LAYOUT_LOSS_ADDED), ==, 1);
	g_assert_cmpint(diagnostics_peek(s.d, 0)->line, ==, 2);
	set_clear(&s);
}

/* ---- what does not fit ---- */

static void test_overfull(void)
{
	Set s = set_flow("100pt", "<fo:block>een</fo:block>\n<fo:block-container height='200pt'><fo:block>hoog</fo:block></fo:block-container><fo:block>drie</fo:block>");
	g_assert_cmpuint(count_messages(&s, MSG_LAYOUT_OVERFULL_PAGE), ==, 1);
	g_assert_cmpint(diagnostics_peek(s.d, 0)->line, ==, 2);
	g_assert_true(layout_check_loss(s.tree, s.areas, s.d));
	set_clear(&s);
}

static void test_no_room_at_all(void)
{
	Set s = set_flow("20pt", "<fo:block>een</fo:block><fo:block>twee<fo:footnote><fo:inline>1</fo:inline><fo:footnote-body><fo:block>noot</fo:block>"
	                         "<fo:block>noot</fo:block></fo:footnote-body></fo:footnote></fo:block>"
	                         "<fo:table><fo:table-header><fo:table-cell><fo:block>kop</fo:block></fo:table-cell></fo:table-header><fo:table-body>"
	                         "<fo:table-cell><fo:block>a</fo:block></fo:table-cell></fo:table-body></fo:table>");
	g_assert_cmpuint(s.areas->pages->len, >=, 3);
	g_assert_true(layout_check_loss(s.tree, s.areas, s.d));
	set_clear(&s);
}

/* ---- nothing stands over anything else ---- */

/* What a text takes: the height of its line and, of its width, what is within all that it stands in: a word may be too wide for a narrow cell. */
typedef struct {
	guint page;
	const Area *text, *line;
	int left, right;
	gboolean wide; /* it sticks out of its line */
} Placed;

static const Area *line_of(const Area *text)
{
	while (text->kind != AREA_LINE)
		text = text->parent;
	return text;
}

static void see_place(gpointer user, guint page, Area *text)
{
	Placed p = {page, text, line_of(text), text->x, text->x + text->ipd, FALSE};
	for (const Area *a = text->parent; a; a = a->parent) {
		if (a->kind != AREA_INLINE) {
			p.left = MAX(p.left, a->x);
			p.right = MIN(p.right, a->x + a->ipd);
		}
		if (a == p.line)
			p.wide = text->ipd - (p.right - p.left) > 500; /* half a point is let pass */
	}
	g_array_append_val((GArray *)user, p);
}

static gboolean is_inserted(const Area *a)
{
	while (a && strcmp(a->name, "footnotes") != 0 && strcmp(a->name, "before-float") != 0)
		a = a->parent;
	return a != NULL;
}

static gboolean overlap(const Placed *a, const Placed *b)
{
	const int allowed = 100; /* as exactly as columns are balanced */
	if (a->page != b->page || MIN(a->right, b->right) - MAX(a->left, b->left) <= allowed)
		return FALSE;
	return MIN(a->line->y + a->line->bpd, b->line->y + b->line->bpd) - MAX(a->line->y, b->line->y) > allowed;
}

/* crowded: something was reported as too high for its page, and may stand over the notes or floats there. */
static void check_places(const Set *s, guint seed, gboolean crowded)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Placed));
	gboolean wide = FALSE;
	each_text(s->areas, see_place, all);
	for (guint i = 0; i < all->len; i++) {
		const Placed *a = &g_array_index(all, Placed, i);
		wide |= a->wide;
		for (guint k = i + 1; k < all->len && a->page == g_array_index(all, Placed, k).page; k++) {
			const Placed *b = &g_array_index(all, Placed, k);
			if (overlap(a, b) && !(crowded && is_inserted(a->text) != is_inserted(b->text)))
				g_error("seed %u: on page %u, '%s' at %d,%d stands over '%s' at %d,%d", seed, a->page + 1, a->text->u.text->text, a->left, a->line->y,
				        b->text->u.text->text, b->left, b->line->y);
		}
	}
	if (wide && count_messages(s, MSG_LINE_OVERFULL) == 0)
		g_error("seed %u: a text is wider than its line, unreported", seed);
}

/* ---- a long text over pages of two widths ---- */

static const char two_widths[] =
    "<fo:layout-master-set><fo:simple-page-master master-name='odd' page-width='120pt' page-height='200pt' margin='10pt'><fo:region-body/></fo:simple-page-master>"
    "<fo:simple-page-master master-name='even' page-width='180pt' page-height='200pt' margin='10pt'><fo:region-body/></fo:simple-page-master>"
    "<fo:page-sequence-master master-name='both'><fo:repeatable-page-master-alternatives><fo:conditional-page-master-reference master-reference='odd' "
    "odd-or-even='odd'/><fo:conditional-page-master-reference master-reference='even' odd-or-even='even'/></fo:repeatable-page-master-alternatives>"
    "</fo:page-sequence-master></fo:layout-master-set><fo:page-sequence master-reference='both'><fo:flow flow-name='xsl-region-body'>";

static void see_width(gpointer user, guint page, Area *text)
{
	guint *seen = user;
	g_assert_cmpint(line_of(text)->ipd, ==, page % 2 == 0 ? 100000 : 160000);
	*seen = MAX(*seen, page);
}

/* So many pages that the flow is set piece by piece. */
static void test_two_widths(void)
{
	g_autoptr(GString) fo = g_string_new(head);
	g_string_append(fo, two_widths);
	for (guint i = 0; i < 600; i++)
		g_string_append_printf(fo, "<fo:block>w%u is een woord in een zin die tot op de derde regel komt<fo:block>en dan nog wat</fo:block></fo:block>", i);
	g_string_append(fo, "</fo:flow></fo:page-sequence></fo:root>");
	Set s = set_document(fo->str);
	guint pages = 0;
	each_text(s.areas, see_width, &pages);
	g_assert_cmpuint(pages, >, 100);
	g_assert_cmpuint(count_messages(&s, MSG_LAYOUT_WIDTHS), ==, 0);
	g_assert_true(layout_check_loss(s.tree, s.areas, s.d));
	check_places(&s, 0, FALSE);
	set_clear(&s);
}

/* ---- documents at random ---- */

typedef struct {
	GHashTable *marks, *notes, *anchors, *floats; /* "12" -> page + 1 */
	const Set *set;
	GHashTable *began;      /* order of what has areas -> page + 1 of the first */
	gboolean outside;
	gboolean width; /* is looked at */
} Seen;

static void see_words(Seen *seen, const char *text, guint page)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	for (char **w = words; *w; w++) {
		GHashTable *to = **w == 'm' ? seen->marks : **w == 'n' ? seen->notes : **w == 'a' ? seen->anchors : **w == 'z' ? seen->floats : NULL;
		if (to && !g_hash_table_contains(to, *w + 1))
			g_hash_table_insert(to, g_strdup(*w + 1), GUINT_TO_POINTER(page + 1));
	}
}

static const FoNode *node_at(const FoNode *n, guint order)
{
	while (n && n->order != order)
		n = n->next && n->next->order <= order ? n->next : n->first;
	return n;
}

static gboolean began_before(const Seen *seen, guint page, guint order)
{
	guint began = GPOINTER_TO_UINT(g_hash_table_lookup(seen->began, GUINT_TO_POINTER(order)));
	return began > 0 && began <= page;
}

/* A cell of the row before reaches into it, and they began on a page before. */
static gboolean is_bound(const Seen *seen, guint page, const FoNode *row)
{
	gboolean bound = FALSE;
	const FoNode *before = row ? row->parent->first : NULL;
	while (before && before != row && before->next != row)
		before = before->next;
	for (const FoNode *cell = before && before != row ? before->first : NULL; cell; cell = cell->next)
		bound |= fo_integer(cell, FO_P_NUMBER_ROWS_SPANNED) > 1;
	return bound && began_before(seen, page, before->order);
}

/* What does not break line by line keeps the width of the page that it began on. */
static gboolean keeps_width(const Seen *seen, guint page, const Area *a)
{
	const FoNode *n = node_at(fo_tree_root(seen->set->tree), a->order);
	if (strcmp(a->name, "table-row") == 0)
		return began_before(seen, page, a->order) || is_bound(seen, page, n);
	if (!began_before(seen, page, a->order))
		return FALSE;
	if (strcmp(a->name, "block-container") != 0)
		return strcmp(a->name, "list-item") == 0;
	return !n || fo_space(n, FO_P_BLOCK_PROGRESSION_DIMENSION, 0).minimum > 0;
}

/* A line, or the row of a table that it stands in, is wider than its page or column. */
static gboolean is_too_wide(const Seen *seen, guint page, const Area *line)
{
	const Area *a = line, *around = line;
	for (; around->parent && strcmp(around->name, "flow") != 0; around = around->parent) {
		if (strcmp(around->name, "side-float") == 0 || strcmp(around->name, "footnotes") == 0 || strcmp(around->name, "before-float") == 0 || keeps_width(seen, page, around))
			return FALSE;
		if (strcmp(around->name, "table-row") == 0)
			a = around;
	}
	return a->x + a->ipd > around->x + around->ipd;
}

static void note_begun(Seen *seen, guint page, const Area *line)
{
	for (const Area *a = line->parent; a && a->parent; a = a->parent)
		if (!g_hash_table_contains(seen->began, GUINT_TO_POINTER(a->order)))
			g_hash_table_insert(seen->began, GUINT_TO_POINTER(a->order), GUINT_TO_POINTER(page + 1));
}

static void see_text(gpointer user, guint page, Area *text)
{
	Seen *seen = user;
	const Area *line = line_of(text), *region = text;
	while (region->parent)
		region = region->parent;
	see_words(seen, text->u.text->text, page);
	gboolean out = line->y < region->y || line->y + 12000 > region->y + region->bpd + 20;
	out |= seen->width && is_too_wide(seen, page, line);
	note_begun(seen, page, line);
	if (out && !seen->outside && g_getenv("SEED"))
		g_printerr("page %u: %s at %d, page ends at %d\n", page + 1, text->u.text->text, line->y, region->y + region->bpd);
	seen->outside |= out;
}

static void check_notes(const Seen *seen, guint seed, gboolean excused)
{
	GHashTableIter i;
	gpointer number, page;
	g_hash_table_iter_init(&i, seen->marks);
	while (g_hash_table_iter_next(&i, &number, &page)) {
		gpointer at = g_hash_table_lookup(seen->notes, number);
		if (at != page && !excused)
			g_error("seed %u: the mark of note %s is on page %u, the note on %u", seed, (char *)number, GPOINTER_TO_UINT(page), GPOINTER_TO_UINT(at));
	}
}

static guint page_of(GHashTable *seen, guint number)
{
	g_autofree char *key = g_strdup_printf("%u", number);
	return GPOINTER_TO_UINT(g_hash_table_lookup(seen, key));
}

/* By the pages of their anchors: in cells side by side these do not stand in the order of the text. parted: a float that is too high to float may stand
 * between what is seen of an anchor and the anchor. */
static void check_floats(const Seen *seen, guint seed, gboolean parted)
{
	guint count = g_hash_table_size(seen->anchors);
	for (guint i = 0; i < count; i++) {
		guint anchor = page_of(seen->anchors, i), page = page_of(seen->floats, i);
		if (page < anchor)
			g_error("seed %u: the anchor of float %u is on page %u, the float on %u", seed, i, anchor, page);
		for (guint k = 0; k < count && !parted; k++)
			if (page_of(seen->anchors, k) < anchor && page_of(seen->floats, k) > page)
				g_error("seed %u: float %u on page %u overtakes float %u", seed, i, page, k);
	}
}

static GHashTable *new_pages(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void check_document(guint seed, const Variety *v)
{
	g_autofree char *fo = make_document(seed, v);
	Set s = set_document(fo), again = set_document(fo);
	Seen seen = {.marks = new_pages(), .notes = new_pages(), .anchors = new_pages(), .floats = new_pages(), .began = g_hash_table_new(NULL, NULL)};
	seen.set = &s;
	seen.width = v->widths && count_messages(&s, MSG_LAYOUT_WIDTHS) == 0;
	if (!layout_check_loss(s.tree, s.areas, s.d)) {
		g_autofree char *text = diagnostics_format(s.d, &(DiagnosticStyle){.prefix = ""});
		g_error("seed %u: %s", seed, text);
	}
	each_text(s.areas, see_text, &seen);
	gboolean reported = count_messages(&s, MSG_LAYOUT_OVERFULL_PAGE) > 0;
	if (seen.outside && !reported)
		g_error("seed %u: something stands outside its page, unreported", seed);
	check_places(&s, seed, reported);
	check_notes(&seen, seed, reported || count_messages(&s, MSG_LAYOUT_NOTE_LATE) > 0);
	check_floats(&seen, seed, count_messages(&s, MSG_LAYOUT_FLOAT) > 0);
	g_autoptr(GBytes) one = layout_to_xml(s.areas), two = layout_to_xml(again.areas);
	g_assert_true(g_bytes_equal(one, two));
	g_hash_table_unref(seen.marks);
	g_hash_table_unref(seen.notes);
	g_hash_table_unref(seen.anchors);
	g_hash_table_unref(seen.floats);
	g_hash_table_unref(seen.began);
	set_clear(&s);
	set_clear(&again);
}

/* Few enough for every day; SEEDS=200 looks further. */
static guint usual_count(const Variety *v)
{
	if (v->widths)
		return v->floats ? 3 : 8;
	return v->sides || v->columns > 10 ? 6 : v->columns > 1 ? 12 : 30;
}

/* Of documents of one column with widths, with or without side floats: something stood off the page in them. */
static const struct {
	gboolean sides;
	guint seed;
} found[] = {{FALSE, 17}, {TRUE, 27}, {TRUE, 28}, {TRUE, 41}};

static void check_found(const Variety *v)
{
	for (guint i = 0; i < G_N_ELEMENTS(found); i++)
		if (v->widths && v->columns == 1 && !v->floats && v->sides == found[i].sides)
			check_document(found[i].seed, v);
}

static void test_random(gconstpointer data)
{
	const Variety *v = data;
	const char *only = g_getenv("SEED"), *many = g_getenv("SEEDS");
	guint first = only ? (guint)atoi(only) : 1, count = only ? 1 : many ? (guint)atoi(many) : usual_count(v);
	if (only && g_getenv("DUMP")) {
		g_autofree char *fo = make_document(first, v);
		g_file_set_contents(g_getenv("DUMP"), fo, -1, NULL);
	}
	for (guint seed = first; seed < first + count; seed++)
		check_document(seed, v);
	if (!only)
		check_found(v);
}

int main(int argc, char **argv)
{
	xml_start();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pages/space", test_space);
	g_test_add_func("/pages/loss", test_loss);
	g_test_add_func("/pages/loss-in-note", test_loss_in_note);
	g_test_add_func("/pages/overfull", test_overfull);
	g_test_add_func("/pages/no-room", test_no_room_at_all);
	g_test_add_func("/pages/two-widths", test_two_widths);
	static const struct {
		const char *name;
		Variety variety;
	} random[] = {{"/pages/random", {1, FALSE, FALSE, FALSE}},
	              {"/pages/random-columns", {2, FALSE, FALSE, FALSE}},
	              {"/pages/random-three-columns", {3, FALSE, FALSE, FALSE}},
	              {"/pages/random-one-and-two-columns", {21, FALSE, FALSE, FALSE}},
	              {"/pages/random-three-and-two-columns", {23, FALSE, FALSE, FALSE}},
	              {"/pages/random-two-and-one-columns", {12, FALSE, FALSE, FALSE}},
	              {"/pages/random-floats", {1, TRUE, FALSE, FALSE}},
	              {"/pages/random-floats-columns", {2, TRUE, FALSE, FALSE}},
	              {"/pages/random-widths", {1, FALSE, FALSE, TRUE}},
	              {"/pages/random-widths-columns", {3, FALSE, FALSE, TRUE}},
	              {"/pages/random-widths-floats", {1, TRUE, FALSE, TRUE}},
	              {"/pages/random-side-floats", {1, FALSE, TRUE, FALSE}},
	              {"/pages/random-all-floats-columns", {2, TRUE, TRUE, FALSE}},
	              {"/pages/random-widths-side-floats", {1, FALSE, TRUE, TRUE}}};
	for (gsize i = 0; i < G_N_ELEMENTS(random); i++)
		g_test_add_data_func(random[i].name, &random[i].variety, test_random);
	return g_test_run();
}
