/* Threads that begin on cores of their own, and the same step for many things on those that are left. */
#define _GNU_SOURCE
#include "base/parallel.h"

#include <sched.h>
#if __has_include(<sys/rseq.h>) /* glibc 2.35 */
#include <sys/rseq.h>
#endif
#include <unistd.h>

static GMutex lock;
static int limit; /* atomic; 0: one thread a core */

void parallel_limit(guint threads)
{
	g_atomic_int_set(&limit, (int)MIN(threads, G_MAXINT));
}

/* ---- threads ---- */

/* A thread that was started here or started one. */
typedef struct {
	GThreadFunc function; /* NULL: it was not started here */
	gpointer data;
	pid_t thread;                  /* under the lock, as what follows; 0: it has not begun */
	const volatile guint32 *seen;  /* the core on which it runs, or ran last: the kernel keeps it (rseq(2)) */
	guint32 core;                  /* the same, where the kernel does not */
	gboolean resting;              /* it waits for another */
} Place;

static void leave_place(gpointer place);

static GPtrArray *places; /* Place; NULL: there was none yet; under the lock */
static GPrivate own = G_PRIVATE_INIT(leave_place);

/* Under the lock. */
static gboolean is_working(const Place *place)
{
	return place->thread != 0 && !place->resting;
}

/* Whether another thread is there. Under the lock. */
static gboolean is_taken(guint core, const Place *except)
{
	for (guint i = 0; i < places->len; i++) {
		const Place *place = places->pdata[i];
		if (place != except && is_working(place) && *place->seen == core)
			return TRUE;
	}
	return FALSE;
}

/* -1: there is none. Under the lock. */
static int find_free_core(const cpu_set_t *allowed)
{
	for (int core = 0; core < CPU_SETSIZE; core++)
		if (CPU_ISSET(core, allowed) && !is_taken((guint)core, NULL))
			return core;
	return -1;
}

/* It may go elsewhere afterwards. Under the lock. */
static void move_to(Place *place, int core, const cpu_set_t *allowed)
{
	cpu_set_t only;

	CPU_ZERO(&only);
	CPU_SET(core, &only);
	if (sched_setaffinity(place->thread, sizeof only, &only) == 0)
		sched_setaffinity(place->thread, sizeof *allowed, allowed);
	place->core = (guint32)core;
}

/* Whose core another works on, too. Under the lock; NULL: nobody. */
static Place *find_crowded(gboolean resting, guint core)
{
	for (guint i = 0; i < places->len; i++) {
		Place *place = places->pdata[i];
		if (place->thread != 0 && place->resting == resting && *place->seen != core && is_taken(*place->seen, place))
			return place;
	}
	return NULL;
}

/* The core of a thread that ends or rests goes to one that shares its own; else to one that may just have been woken: if it still sleeps, nothing changes.
 * Under the lock. */
static void hand_over(void)
{
	const guint core = (guint)sched_getcpu();
	Place *place = find_crowded(FALSE, core);
	cpu_set_t allowed;

	if (place == NULL)
		place = find_crowded(TRUE, core);
	if (place != NULL && sched_getaffinity(0, sizeof allowed, &allowed) == 0)
		move_to(place, (int)core, &allowed);
}

static void leave_place(gpointer place)
{
	g_mutex_lock(&lock);
	g_ptr_array_remove_fast(places, place);
	hand_over();
	g_mutex_unlock(&lock);
	g_free(place);
}

/* Under the lock. */
static Place *add_place(GThreadFunc function, gpointer data)
{
	Place *place = g_new0(Place, 1);

	*place = (Place){.function = function, .data = data};
	if (places == NULL)
		places = g_ptr_array_new();
	g_ptr_array_add(places, place);
	return place;
}

/* In the thread itself. Under the lock. */
static void take_place(Place *place)
{
	place->thread = gettid();
	place->core = (guint32)sched_getcpu();
	place->seen = &place->core;
#ifdef RSEQ_SIG
	if (__rseq_size > 0)
		place->seen = &((const struct rseq *)((const char *)__builtin_thread_pointer() + __rseq_offset))->cpu_id;
#endif
	g_private_set(&own, place);
}

void parallel_settle(void)
{
	Place *place = g_private_get(&own);
	cpu_set_t allowed;
	int other = -1;

	if (place == NULL)
		return;
	g_mutex_lock(&lock);
	place->core = (guint32)sched_getcpu();
	if (is_taken(place->core, place) && sched_getaffinity(0, sizeof allowed, &allowed) == 0)
		other = find_free_core(&allowed);
	if (other >= 0)
		move_to(place, other, &allowed);
	g_mutex_unlock(&lock);
}

static void set_resting(gboolean resting)
{
	Place *place = g_private_get(&own);

	if (place == NULL)
		return;
	g_mutex_lock(&lock);
	place->resting = resting;
	if (resting)
		hand_over();
	g_mutex_unlock(&lock);
}

void parallel_wait(GCond *cond, GMutex *mutex)
{
	set_resting(TRUE);
	g_cond_wait(cond, mutex);
	set_resting(FALSE);
}

void parallel_join(GThread *thread)
{
	set_resting(TRUE);
	g_thread_join(thread);
	set_resting(FALSE);
}

static gpointer work(gpointer data)
{
	Place *place = data;

	g_mutex_lock(&lock);
	take_place(place);
	g_mutex_unlock(&lock);
	parallel_settle();
	return place->function(place->data);
}

GThread *parallel_thread(const char *name, GThreadFunc function, gpointer data)
{
	GThread *thread;
	Place *place;

	if (g_atomic_int_get(&limit) == 1)
		return NULL;
	g_mutex_lock(&lock);
	if (g_private_get(&own) == NULL)
		take_place(add_place(NULL, NULL));
	place = add_place(function, data);
	thread = g_thread_try_new(name, work, place, NULL);
	if (thread == NULL) {
		g_ptr_array_remove_fast(places, place);
		g_free(place);
	}
	g_mutex_unlock(&lock);
	return thread;
}

/* ---- the same step for many things ---- */

/* What is under way. */
typedef struct Shared Shared;
struct Shared {
	Shared *before; /* that was under way already; under the lock */
	const Parallel *work;
	Diagnostics *d;   /* of who runs it; under the lock */
	int next;         /* atomic: the first that nobody has begun */
	guint helpers;    /* that take part; under the lock */
};

static GCond left;
static Shared *latest; /* under the lock */

static void take_steps(Shared *shared, Diagnostics *d)
{
	const Parallel *work = shared->work;
	gpointer state = work->start != NULL ? work->start(work->data, d) : NULL;

	for (;;) {
		guint first = (guint)g_atomic_int_add(&shared->next, (int)work->at_once);
		if (first >= work->count)
			break;
		for (guint i = first; i < MIN(first + work->at_once, work->count); i++) {
			work->step(work->data, state, i, d);
			parallel_settle();
		}
	}
	if (work->finish != NULL)
		work->finish(work->data, state);
}

/* Under the lock. */
static void leave(Shared *shared)
{
	shared->helpers--;
	g_cond_broadcast(&left);
}

/* With a d of its own, which is told when it is done. ends: the thread has nothing to do afterwards, and its core is free for what is run next, though it
 * takes a moment until it is gone. */
static void take_part(Shared *shared, gboolean ends)
{
	Diagnostics *d = diagnostics_new();

	take_steps(shared, d);
	g_mutex_lock(&lock);
	diagnostics_merge(shared->d, d);
	if (ends)
		((Place *)g_private_get(&own))->resting = TRUE;
	leave(shared);
	g_mutex_unlock(&lock);
	diagnostics_free(d);
}

static gpointer take_part_and_end(gpointer data)
{
	take_part(data, TRUE);
	return NULL;
}

static gboolean is_left(Shared *shared)
{
	return (guint)g_atomic_int_get(&shared->next) < shared->work->count;
}

/* A thread is not worth its start for less than two goes. */
static guint count_threads(const Parallel *work)
{
	const guint allowed = (guint)g_atomic_int_get(&limit), cores = allowed > 0 ? allowed : g_get_num_processors();
	guint busy = 0, most;

	g_mutex_lock(&lock);
	for (guint i = 0; places != NULL && i < places->len; i++)
		busy += places->pdata[i] != g_private_get(&own) && !((Place *)places->pdata[i])->resting;
	g_mutex_unlock(&lock);
	most = work->threads > 0 ? (guint)work->threads : cores - MIN(busy, cores - 1);
	return MIN(CLAMP(most, 1, 64), work->count / (2 * work->at_once) + 1);
}

static void start_thread(Shared *shared)
{
	GThread *thread;

	g_mutex_lock(&lock);
	shared->helpers++;
	g_mutex_unlock(&lock);
	thread = parallel_thread("parallel", take_part_and_end, shared);
	if (thread != NULL) {
		g_thread_unref(thread);
		return;
	}
	g_mutex_lock(&lock);
	leave(shared);
	g_mutex_unlock(&lock);
}

static void publish(Shared *shared)
{
	g_mutex_lock(&lock);
	shared->before = latest;
	latest = shared;
	g_mutex_unlock(&lock);
}

static void withdraw(Shared *shared)
{
	Place *place = g_private_get(&own);
	Shared **at = &latest;

	g_mutex_lock(&lock);
	while (*at != shared)
		at = &(*at)->before;
	*at = shared->before;
	if (place != NULL)
		place->resting = TRUE;
	while (shared->helpers > 0)
		g_cond_wait(&left, &lock);
	if (place != NULL)
		place->resting = FALSE;
	g_mutex_unlock(&lock);
}

void parallel_run(const Parallel *work, Diagnostics *d)
{
	Diagnostics *mine = diagnostics_new();
	Shared shared = {.work = work, .d = d};

	for (guint n = count_threads(work); n > 1; n--)
		start_thread(&shared);
	publish(&shared);
	take_steps(&shared, mine);
	withdraw(&shared);
	diagnostics_merge(d, mine);
	diagnostics_free(mine);
}

void parallel_help(void)
{
	Shared *shared;

	g_mutex_lock(&lock);
	for (shared = latest; shared != NULL && !is_left(shared); shared = shared->before)
		;
	if (shared != NULL)
		shared->helpers++;
	g_mutex_unlock(&lock);
	if (shared != NULL)
		take_part(shared, FALSE);
}
