/* Which of two collapsing borders is drawn (CSS 2.1, 17.6.2.1; XSL 1.1, 7.28). */
#include "layout/table.h"

static TableBorder border(FoKeyword style, int width)
{
	return (TableBorder){.style = style, .width = style == FO_K_HIDDEN ? 0 : width};
}

static void test_styles(void)
{
	static const FoKeyword order[] = {FO_K_DOUBLE, FO_K_SOLID, FO_K_DASHED, FO_K_DOTTED, FO_K_RIDGE, FO_K_OUTSET, FO_K_GROOVE, FO_K_INSET};
	for (guint i = 0; i < G_N_ELEMENTS(order); i++) {
		for (guint k = 0; k < G_N_ELEMENTS(order); k++) {
			TableBorder a = border(order[i], 1000), b = border(order[k], 1000);
			g_assert_cmpint(table_border_beats(&a, &b, FALSE), ==, i < k);
		}
	}
}

static void test_widths(void)
{
	TableBorder thin = border(FO_K_DOUBLE, 1000), thick = border(FO_K_INSET, 1001);
	g_assert_true(table_border_beats(&thick, &thin, FALSE));
	g_assert_false(table_border_beats(&thin, &thick, FALSE));
}

static void test_hidden_and_none(void)
{
	TableBorder hidden = border(FO_K_HIDDEN, 0), none = border(FO_K_NONE, 0), thick = border(FO_K_DOUBLE, 9000);
	g_assert_true(table_border_beats(&hidden, &thick, FALSE));
	g_assert_false(table_border_beats(&thick, &hidden, FALSE));
	g_assert_true(table_border_beats(&hidden, &none, FALSE));
	g_assert_true(table_border_beats(&thick, &none, FALSE));
	g_assert_false(table_border_beats(&none, &thick, FALSE));
	g_assert_false(table_border_beats(&none, &none, FALSE));
	g_assert_false(table_border_beats(&none, &hidden, FALSE));
	g_assert_false(table_border_beats(&hidden, &hidden, FALSE));
}

static void test_precedence(void)
{
	TableBorder thick = border(FO_K_DOUBLE, 9000), thin = border(FO_K_DOTTED, 100), hidden = border(FO_K_HIDDEN, 0), none = border(FO_K_NONE, 0);
	thick.precedence = 4;
	thin.precedence = 5;
	hidden.precedence = 3;
	none.precedence = FO_FORCE;
	g_assert_true(table_border_beats(&thin, &thick, TRUE));
	g_assert_false(table_border_beats(&thick, &thin, TRUE));
	g_assert_true(table_border_beats(&thick, &thin, FALSE));
	g_assert_false(table_border_beats(&hidden, &thin, TRUE));
	g_assert_false(table_border_beats(&none, &thin, TRUE));
	thick.precedence = FO_FORCE;
	g_assert_true(table_border_beats(&thick, &thin, TRUE));
	hidden.precedence = FO_FORCE;
	g_assert_true(table_border_beats(&hidden, &thick, TRUE));
}

/* Whatever two borders meet, at most one beats the other: the order in which they come does not matter but among equals. */
static void test_order(void)
{
	static const FoKeyword styles[] = {FO_K_NONE, FO_K_HIDDEN, FO_K_SOLID, FO_K_DASHED, FO_K_GROOVE};
	const guint count = G_N_ELEMENTS(styles) * 4;
	for (guint i = 0; i < count * count; i++) {
		guint x = i % count, y = i / count;
		TableBorder a = border(styles[x / 4], 1000 + (int)(x & 1)), b = border(styles[y / 4], 1000 + (int)(y & 1));
		a.precedence = (int)(x >> 1 & 1);
		b.precedence = (int)(y >> 1 & 1);
		for (int by = 0; by < 2; by++)
			g_assert_false(table_border_beats(&a, &b, by) && table_border_beats(&b, &a, by));
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/styles", test_styles);
	g_test_add_func("/widths", test_widths);
	g_test_add_func("/hidden and none", test_hidden_and_none);
	g_test_add_func("/precedence", test_precedence);
	g_test_add_func("/order", test_order);
	return g_test_run();
}
