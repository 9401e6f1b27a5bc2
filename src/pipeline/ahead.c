/* Ahead: what a build will want is made in threads of their own while the workspace is being read. Nobody waits for these threads but who
 * needs what they make (run_take_checker and run_stylesheet do); what goes wrong in them goes wrong again there, and is told there. */
#include "pipeline/internal.h"

struct Ahead {
	Run *run;
	GThread *threads[2];
	int stop; /* atomic */
};

static gboolean goes_on(Ahead *a)
{
	return g_atomic_int_get(&a->stop) == 0;
}

static gpointer make_checker(gpointer data)
{
	Ahead *a = data;
	g_autoptr(Diagnostics) unheard = diagnostics_new();

	if (run_take_checker(a->run, unheard) != NULL)
		run_give_checker(a->run);
	return NULL;
}

/* The longest way first: printing. */
static gpointer make_stylesheets(gpointer data)
{
	Ahead *a = data;
	g_autoptr(Diagnostics) unheard = diagnostics_new();
	g_autoptr(GPtrArray) paths = g_ptr_array_new();

	for (const char *const *name = a->run->options->formats; *name != NULL; name++) {
		const Format *format = pipeline_format_lookup(*name);
		if (format_is_printed(format) && goes_on(a))
			print_open(unheard);
		if (format->stylesheet != NULL)
			g_ptr_array_insert(paths, format_is_printed(format) ? 0 : -1, (gpointer)format->stylesheet);
	}
	for (guint i = 0; i < paths->len && goes_on(a); i++)
		run_stylesheet(a->run, paths->pdata[i], unheard);
	return NULL;
}

void ahead_start(Run *run)
{
	static const GThreadFunc work[] = {make_checker, make_stylesheets};

	if (run->options->jobs == 1)
		return;
	run->ahead = g_new0(Ahead, 1);
	run->ahead->run = run;
	for (guint i = 0; i < G_N_ELEMENTS(work); i++)
		run->ahead->threads[i] = g_thread_try_new("ahead", work[i], run->ahead, NULL);
}

void ahead_wait(Run *run)
{
	Ahead *a = run->ahead;

	if (a == NULL)
		return;
	for (guint i = 0; i < G_N_ELEMENTS(a->threads); i++)
		if (a->threads[i] != NULL)
			g_thread_join(a->threads[i]);
	g_clear_pointer(&run->ahead, g_free);
}

void ahead_finish(Run *run)
{
	if (run->ahead != NULL)
		g_atomic_int_set(&run->ahead->stop, 1);
	ahead_wait(run);
}
