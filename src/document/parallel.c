/* The same step for many things, on all cores. What the threads report is in no particular order: diagnostics_sort makes one. */
#include "document/room.h"

typedef struct {
	const Parallel *work;
	Diagnostics *d;
	int *next; /* atomic */
} Worker;

static gpointer run(gpointer data)
{
	Worker *worker = data;
	const Parallel *work = worker->work;
	gpointer state = work->start != NULL ? work->start(work->data, worker->d) : NULL;

	for (;;) {
		guint first = (guint)g_atomic_int_add(worker->next, (int)work->at_once);
		if (first >= work->count)
			break;
		for (guint i = first; i < MIN(first + work->at_once, work->count); i++)
			work->step(work->data, state, i, worker->d);
	}
	if (work->finish != NULL)
		work->finish(work->data, state);
	return NULL;
}

void parallel_run(const Parallel *work, Diagnostics *d)
{
	guint most = work->threads > 0 ? (guint)work->threads : g_get_num_processors();
	guint n = MIN(CLAMP(most, 1, 64), work->count / (2 * work->at_once) + 1);
	g_autofree Worker *workers = g_new0(Worker, n);
	g_autofree GThread **threads = g_new0(GThread *, n);
	int next = 0;

	for (guint i = 0; i < n; i++) {
		workers[i] = (Worker){work, diagnostics_new(), &next};
		if (i > 0)
			threads[i] = g_thread_try_new("workspace", run, &workers[i], NULL);
	}
	run(&workers[0]);
	for (guint i = 0; i < n; i++) {
		if (threads[i] != NULL)
			g_thread_join(threads[i]);
		diagnostics_merge(d, workers[i].d);
		diagnostics_free(workers[i].d);
	}
}
