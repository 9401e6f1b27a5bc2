/* The same step for many things, on the cores that have nothing else to do.
 *
 * No more threads work than there are cores: of two that share one, a scheduler may leave both there for tens of milliseconds while another core idles
 * (Linux 6.18 on two cores: a fifth of a build's time). So threads for work that takes long are started and counted here, parallel_run starts threads for the
 * rest of the cores, and a thread that has done what it was started for takes part in what is under way. */
#ifndef ROTONDE_BASE_PARALLEL_H
#define ROTONDE_BASE_PARALLEL_H

#include "base/diagnostic.h"

/* start and finish run once a thread (NULL: nothing to do), in it; step runs for every i below count. Each thread has its own d; what they report is in
 * no particular order: diagnostics_sort makes one. */
typedef struct {
	guint count, at_once; /* at_once: how many a thread takes in one go */
	gpointer data;
	gpointer (*start)(gpointer data, Diagnostics *d);
	void (*step)(gpointer data, gpointer state, guint i, Diagnostics *d);
	void (*finish)(gpointer data, gpointer state);
	int threads; /* at most, helpers apart; 0: one a core that is free */
} Parallel;

/* Returns when all of it is done. Not from within a step. */
void parallel_run(const Parallel *work, Diagnostics *d);

/* Takes part in what another thread runs, until nothing of it is left to begin; at once when nothing is. */
void parallel_help(void);

/* From now on no more than this many threads work at once, as far as parallel_run decides (0: one a core that is free), and of 1 parallel_thread starts none. Of
 * the whole program: whoever asks for it has it all to himself. */
void parallel_limit(guint threads);

/* Starts a thread that works beside the one that starts it, until its function returns. It begins on a core of its own, when there is one. NULL: there is
 * no thread to be had. */
GThread *parallel_thread(const char *name, GThreadFunc function, gpointer data);

/* Goes to a core of its own when another of these threads has come to stand on the same one: to be called now and then by who works long. Costs
 * next to nothing when it stays. */
void parallel_settle(void);

/* g_cond_wait and g_thread_join of a thread that leaves its core to others meanwhile. */
void parallel_wait(GCond *cond, GMutex *mutex);
void parallel_join(GThread *thread);

#endif
