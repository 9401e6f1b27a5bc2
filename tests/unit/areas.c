/* Memory of the area tree and moving of areas. */
#include "layout/line.h"

static int released;

static void release(gpointer object)
{
	released = released * 10 + GPOINTER_TO_INT(object);
}

static void test_memory(void)
{
	AreaTree *t = area_tree_new();
	for (gsize size = 1; size < 200000; size += 997) {
		char *p = area_alloc(t, size);
		g_assert_cmpuint((guintptr)p % 16, ==, 0);
		g_assert_cmpint(p[0] | p[size - 1], ==, 0);
		p[0] = p[size - 1] = 1;
	}
	g_assert_cmpstr(area_strdup(t, "rotonde"), ==, "rotonde");
	g_assert_null(area_strdup(t, NULL));
	released = 0;
	area_own(t, GINT_TO_POINTER(1), release);
	area_own(t, GINT_TO_POINTER(2), release);
	area_tree_free(t);
	g_assert_cmpint(released, ==, 21);
	area_tree_free(NULL);
}

/* Everything moves, but what stands in a rotated viewport has coordinates of its own. */
static void test_move(void)
{
	g_autoptr(AreaTree) t = area_tree_new();
	Area *line = area_new(t, AREA_LINE, "line"), *viewport = area_new(t, AREA_VIEWPORT, "viewport");
	Area *turned = area_new(t, AREA_BLOCK, "block"), *image = area_new(t, AREA_IMAGE, "image");
	area_append(line, viewport);
	area_append(viewport, turned);
	area_append(line, image);
	viewport->u.viewport.rotate = 90;
	area_move(line, 10, 20);
	g_assert_cmpint(line->x, ==, 10);
	g_assert_cmpint(viewport->y, ==, 20);
	g_assert_cmpint(turned->x, ==, 0);
	g_assert_cmpint(image->u.image.y, ==, 20);
	viewport->u.viewport.rotate = 0;
	area_move(viewport, 1, 1);
	g_assert_cmpint(turned->x, ==, 1);
	g_assert_cmpint(image->x, ==, 10);
	g_assert_true(line->last == image && viewport->next == image && image->parent == line);
}

static void test_deep(void)
{
	g_autoptr(AreaTree) t = area_tree_new();
	Area *top = area_new(t, AREA_BLOCK, "block"), *a = top;
	for (int i = 0; i < 500000; i++) {
		Area *child = area_new(t, AREA_BLOCK, "block");
		area_append(a, child);
		a = child;
	}
	area_move(top, 3, 0);
	g_assert_cmpint(a->x, ==, 3);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/areas/memory", test_memory);
	g_test_add_func("/areas/move", test_move);
	g_test_add_func("/areas/deep", test_deep);
	return g_test_run();
}
