/* Ahead: what a build will want is made in threads of their own while the workspace is being read. Nobody waits for these threads but who
 * needs what they make (run_take_checker, run_stylesheet and past_ask do, or make it themselves when nobody has begun); what goes wrong in them goes
 * wrong again there, and is told there. */
#include "pipeline/internal.h"

#include "base/parallel.h"

enum { MOST_THREADS = 4 };

typedef void (*Task)(Run *run, const Format *format, Diagnostics *unheard);

typedef struct {
	Task task;
	const Format *format; /* NULL: of no one form */
	gboolean later;       /* not before something is to be built: it wants the workspace */
} Step;

typedef enum { AHEAD_OPEN, AHEAD_BUILDING, AHEAD_STOPPED } AheadState;

struct Ahead {
	Run *run;
	Past *past;
	GArray *steps; /* Step */
	GThread *threads[MOST_THREADS];
	int next;      /* atomic: the first that nobody has begun */
	AheadState state;
	GMutex lock;   /* of the state */
	GCond changed;
};

static void make_stylesheet(Run *run, const Format *format, Diagnostics *unheard)
{
	if (format_is_printed(format))
		print_open(unheard);
	if (format->stylesheet != NULL)
		run_stylesheet(run, format->stylesheet, unheard);
}

static void ask_git(Run *run, const Format *format, Diagnostics *unheard)
{
	(void)format;
	(void)unheard;
	past_ask(run->ahead->past);
}

/* Who waits for the workspace does so the shortest when all read. */
static void read_along(Run *run, const Format *format, Diagnostics *unheard)
{
	(void)run;
	(void)format;
	(void)unheard;
	parallel_help();
}

static void make_checker(Run *run, const Format *format, Diagnostics *unheard)
{
	(void)format;
	if (run_take_checker(run, unheard) != NULL)
		run_give_checker(run);
}

static void prepare_print(Run *run, const Format *format, Diagnostics *unheard)
{
	(void)format;
	(void)unheard;
	print_prepare(run);
}

/* FALSE: it never will be. */
static gboolean await_build(Ahead *a)
{
	gboolean building;

	g_mutex_lock(&a->lock);
	while (a->state == AHEAD_OPEN)
		parallel_wait(&a->changed, &a->lock);
	building = a->state == AHEAD_BUILDING;
	g_mutex_unlock(&a->lock);
	return building;
}

static void set_state(Ahead *a, AheadState state)
{
	g_mutex_lock(&a->lock);
	a->state = state;
	g_cond_broadcast(&a->changed);
	g_mutex_unlock(&a->lock);
}

static const Step *take_step(Ahead *a)
{
	guint i = (guint)g_atomic_int_add(&a->next, 1);

	return i < a->steps->len ? &g_array_index(a->steps, Step, i) : NULL;
}

static gpointer work(gpointer data)
{
	Ahead *a = data;
	g_autoptr(Diagnostics) unheard = diagnostics_new();

	for (const Step *step; (step = take_step(a)) != NULL; parallel_settle())
		if (!step->later || await_build(a))
			step->task(a->run, step->format, unheard);
	return NULL;
}

static void add(GArray *steps, Task task, const Format *format, gboolean later)
{
	const Step step = {task, format, later};

	g_array_append_val(steps, step);
}

/* In the order in which it is wanted. The longest way is printing: its stylesheet is compiled first; the others when all else is begun, for who sets their
 * pages has checked before. */
static GArray *find_steps(const char *const *formats)
{
	GArray *steps = g_array_new(FALSE, FALSE, sizeof(Step));
	const Format *first = pipeline_format_lookup(*formats);

	for (const char *const *name = formats; *name != NULL && !format_is_printed(first); name++)
		first = format_is_printed(pipeline_format_lookup(*name)) ? pipeline_format_lookup(*name) : first;
	add(steps, ask_git, NULL, FALSE);
	add(steps, read_along, NULL, FALSE);
	add(steps, make_stylesheet, first, FALSE);
	add(steps, make_checker, NULL, FALSE);
	if (format_is_printed(first))
		add(steps, prepare_print, NULL, TRUE);
	for (const char *const *name = formats; *name != NULL; name++)
		if (pipeline_format_lookup(*name) != first)
			add(steps, make_stylesheet, pipeline_format_lookup(*name), FALSE);
	return steps;
}

/* One core is left to who reads the workspace. */
void ahead_start(Run *run, Past *past)
{
	const guint cores = run->options->jobs > 0 ? (guint)run->options->jobs : g_get_num_processors();
	Ahead *a;

	if (run->options->jobs == 1)
		return;
	run->ahead = a = g_new0(Ahead, 1);
	a->run = run;
	a->past = past;
	a->steps = find_steps(run->options->formats);
	g_mutex_init(&a->lock);
	g_cond_init(&a->changed);
	for (guint i = 0; i < CLAMP(cores - 1, 1, MOST_THREADS); i++)
		a->threads[i] = parallel_thread("ahead", work, a);
}

void ahead_build(Run *run)
{
	if (run->ahead != NULL)
		set_state(run->ahead, AHEAD_BUILDING);
}

void ahead_wait(Run *run)
{
	Ahead *a = run->ahead;

	if (a == NULL)
		return;
	for (guint i = 0; i < G_N_ELEMENTS(a->threads); i++)
		if (a->threads[i] != NULL)
			parallel_join(a->threads[i]);
	g_array_unref(a->steps);
	g_mutex_clear(&a->lock);
	g_cond_clear(&a->changed);
	g_clear_pointer(&run->ahead, g_free);
}

void ahead_finish(Run *run)
{
	if (run->ahead != NULL) {
		g_atomic_int_set(&run->ahead->next, G_MAXINT / 2); /* nothing more is begun */
		set_state(run->ahead, AHEAD_STOPPED);
	}
	ahead_wait(run);
}
