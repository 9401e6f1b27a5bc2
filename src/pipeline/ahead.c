/* Ahead: what a build will want is made in threads of their own while the workspace is being read. Nobody waits for these threads but who
 * needs what they make (run_take_checker and run_stylesheet do); what goes wrong in them goes wrong again there, and is told there. */
#include "pipeline/internal.h"

enum { MOST_THREADS = 2 };

struct Ahead {
	Run *run;
	GPtrArray *wanted; /* Format, for its stylesheet; NULL among them: the checker */
	GThread *threads[MOST_THREADS];
	int next; /* atomic: the first that nobody has begun */
};

static void make_checker(Run *run, Diagnostics *unheard)
{
	if (run_take_checker(run, unheard) != NULL)
		run_give_checker(run);
}

static void make_stylesheet(Run *run, const Format *format, Diagnostics *unheard)
{
	if (format_is_printed(format))
		print_open(unheard);
	if (format->stylesheet != NULL)
		run_stylesheet(run, format->stylesheet, unheard);
}

static gpointer make(gpointer data)
{
	Ahead *a = data;
	g_autoptr(Diagnostics) unheard = diagnostics_new();

	for (guint i; (i = (guint)g_atomic_int_add(&a->next, 1)) < a->wanted->len;)
		if (a->wanted->pdata[i] != NULL)
			make_stylesheet(a->run, a->wanted->pdata[i], unheard);
		else
			make_checker(a->run, unheard);
	return NULL;
}

/* The longest way first: printing. The checker last: while it checks, the stylesheets work. */
static GPtrArray *find_wanted(const Run *run)
{
	GPtrArray *wanted = g_ptr_array_new();

	for (const char *const *name = run->options->formats; *name != NULL; name++) {
		const Format *format = pipeline_format_lookup(*name);
		g_ptr_array_insert(wanted, format_is_printed(format) ? 0 : -1, (gpointer)format);
	}
	g_ptr_array_add(wanted, NULL);
	return wanted;
}

/* One core is left to who reads the workspace. */
void ahead_start(Run *run)
{
	guint most = CLAMP(g_get_num_processors() - 1, 1, MOST_THREADS);

	if (run->options->jobs == 1)
		return;
	run->ahead = g_new0(Ahead, 1);
	run->ahead->run = run;
	run->ahead->wanted = find_wanted(run);
	for (guint i = 0; i < most; i++)
		run->ahead->threads[i] = g_thread_try_new("ahead", make, run->ahead, NULL);
}

void ahead_wait(Run *run)
{
	Ahead *a = run->ahead;

	if (a == NULL)
		return;
	for (guint i = 0; i < G_N_ELEMENTS(a->threads); i++)
		if (a->threads[i] != NULL)
			g_thread_join(a->threads[i]);
	g_ptr_array_unref(a->wanted);
	g_clear_pointer(&run->ahead, g_free);
}

void ahead_finish(Run *run)
{
	if (run->ahead != NULL)
		g_atomic_int_set(&run->ahead->next, G_MAXINT / 2); /* nothing more is begun */
	ahead_wait(run);
}
