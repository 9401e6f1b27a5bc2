/* The same step for many things: each is done once, whatever threads there are; and no more threads than are asked for. */
#include "base/parallel.h"

enum { COUNT = 400 };

typedef struct {
	int done[COUNT]; /* atomic, as what follows */
	int states, strangers;
	GThread *first;
} Steps;

static gpointer start(gpointer data, Diagnostics *d)
{
	Steps *s = data;

	(void)d;
	g_atomic_int_inc(&s->states);
	return s;
}

static void step(gpointer data, gpointer state, guint i, Diagnostics *d)
{
	Steps *s = data;
	const Position at = {"a.md", (int)i + 1, 1, NULL};

	g_assert_true(state == data);
	g_atomic_int_inc(&s->done[i]);
	g_atomic_int_add(&s->strangers, g_thread_self() != s->first);
	if (i % 100 == 0)
		diagnose(d, MSG_PDF_UNREADABLE, &at);
	g_usleep(10);
}

static void finish(gpointer data, gpointer state)
{
	g_assert_true(state == data);
	g_atomic_int_add(&((Steps *)data)->states, -1);
}

static int run_steps(guint limit)
{
	Steps s = {.first = g_thread_self()};
	const Parallel work = {.count = COUNT, .at_once = 3, .data = &s, .start = start, .step = step, .finish = finish};
	g_autoptr(Diagnostics) d = diagnostics_new();

	parallel_limit(limit);
	parallel_run(&work, d);
	for (guint i = 0; i < COUNT; i++)
		g_assert_cmpint(s.done[i], ==, 1);
	g_assert_cmpint(s.states, ==, 0);
	diagnostics_sort(d);
	g_assert_cmpuint(diagnostics_length(d), ==, COUNT / 100);
	for (guint i = 0; i < diagnostics_length(d); i++)
		g_assert_cmpint(diagnostics_peek(d, i)->line, ==, (int)i * 100 + 1);
	return s.strangers;
}

static gpointer help(gpointer ended)
{
	while (!g_atomic_int_get((int *)ended))
		parallel_help();
	return NULL;
}

static void test_steps(void)
{
	int ended = 0;

	run_steps(0);
	run_steps(7);
	GThread *helper = parallel_thread("helper", help, &ended);
	g_assert_nonnull(helper);
	for (guint i = 0; i < 50; i++)
		run_steps(i % 4 + 2);
	g_atomic_int_set(&ended, 1);
	parallel_join(helper);
}

static void test_limit(void)
{
	int strangers = 0;

	g_assert_cmpint(run_steps(1), ==, 0);
	g_assert_null(parallel_thread("none", help, NULL));
	for (guint i = 0; i < 50; i++)
		strangers += run_steps(4);
	g_assert_cmpint(strangers, >, 0);
	parallel_limit(0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/parallel/steps", test_steps);
	g_test_add_func("/parallel/limit", test_limit);
	return g_test_run();
}
