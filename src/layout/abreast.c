/* Sequences abreast: their streams are made by several threads, the next one that nobody has begun by whoever is free. What is made does not depend on who makes
 * it, nor on what is made before: which master a first page has depends on its number, which is guessed; where pages of that number are of another
 * size, what was made is thrown away. Pages are then decided one sequence after the other. */
#include "layout/page.h"

#include "base/parallel.h"
#include "layout/once.h"
#include "layout/text.h"

enum { MOST_THREADS = 16, GUESS = 1 };

typedef enum { WAITING, BEGUN, DONE } State;

typedef struct {
	Sequence *sequence;
	const PageMaster *master; /* NULL: it is not made here */
	State state;
	Diagnostics *d;
	GPtrArray *kept; /* see once.h */
} Lane;

struct Abreast {
	Layout *l;
	Lane *lanes;   /* one a sequence */
	guint count, next; /* next: the first that nobody has begun */
	GMutex lock;   /* of states and next */
	GCond done;
	GThread *threads[MOST_THREADS];
};

/* Markers that a table's header retrieves become objects of the tree, which has one owner. */
static gboolean holds_table_marker(const FoNode *parent)
{
	for (const FoNode *n = parent->first; n; n = n->next)
		if (n->kind == FO_RETRIEVE_TABLE_MARKER || holds_table_marker(n))
			return TRUE;
	return FALSE;
}

static guint count_objects(const FoNode *parent)
{
	guint count = 1;
	for (const FoNode *n = parent->first; n; n = n->next)
		count += count_objects(n);
	return count;
}

/* It is worth it when there is more beside the longest of them. */
static gboolean is_worth_it(const Layout *l)
{
	enum { FEW = 500 };
	guint longest = 0, all = 0;
	for (guint i = 0; i < l->sequences->len; i++) {
		guint count = count_objects(((Sequence *)g_ptr_array_index(l->sequences, i))->flow);
		longest = MAX(longest, count);
		all += count;
	}
	return all >= FEW && longest <= all / 2;
}

/* ---- making one ---- */

static Lane *begin_next(Abreast *a)
{
	Lane *lane = NULL;
	g_mutex_lock(&a->lock);
	while (!lane && a->next < a->count) {
		Lane *k = &a->lanes[a->next++];
		if (k->state == WAITING && k->master)
			lane = k;
	}
	if (lane)
		lane->state = BEGUN;
	g_mutex_unlock(&a->lock);
	return lane;
}

static void make_lane(Abreast *a, Lane *lane, TextFonts *fonts)
{
	Layout *own = lane->sequence->own;
	own->c.fonts = fonts;
	own->c.d = lane->d;
	own->ahead = NULL;
	text_fonts_keep(fonts, lane->kept);
	sequence_stream(lane->sequence, lane->master);
	text_fonts_keep(fonts, NULL);
	g_mutex_lock(&a->lock);
	lane->state = DONE;
	g_cond_broadcast(&a->done);
	g_mutex_unlock(&a->lock);
}

static gpointer run(gpointer user)
{
	Abreast *a = user;
	TextFonts *fonts = text_fonts_branch(a->l->c.fonts, a->l->c.d);
	for (Lane *lane; (lane = begin_next(a));)
		make_lane(a, lane, fonts);
	text_fonts_free(fonts);
	return NULL;
}

/* ---- the whole ---- */

static const PageMaster *guess_master(Layout *l, const Sequence *s)
{
	PageSituation at = {.number = GUESS, .guess = TRUE};
	return holds_table_marker(s->flow) ? NULL : page_master_choose(l->masters, s->node, &at);
}

Abreast *abreast_new(Layout *l)
{
	int wanted = l->c.options->threads > 0 ? l->c.options->threads : (int)g_get_num_processors();
	int threads = MIN(MIN(wanted, (int)l->sequences->len), MOST_THREADS) - 1;
	if (threads < 1 || !is_worth_it(l))
		return NULL;
	Abreast *a = g_new0(Abreast, 1);
	a->l = l;
	a->count = l->sequences->len;
	a->lanes = g_new0(Lane, a->count);
	g_mutex_init(&a->lock);
	g_cond_init(&a->done);
	for (guint i = 0; i < a->count; i++) {
		Sequence *s = g_ptr_array_index(l->sequences, i);
		a->lanes[i] = (Lane){s, guess_master(l, s), WAITING, diagnostics_new(), kept_new()};
	}
	for (int i = 0; i < threads; i++)
		a->threads[i] = parallel_thread("sequences", run, a);
	return a;
}

static gboolean is_same_size(const PageMaster *a, const PageMaster *b)
{
	const Region *x = &a->regions[REGION_BODY], *y = &b->regions[REGION_BODY];
	return a->width == b->width && a->height == b->height && x->ipd == y->ipd && x->bpd == y->bpd && x->columns == y->columns &&
	       x->column_ipd == y->column_ipd && x->gap == y->gap;
}

/* Until it is done, others are made. */
static void wait_for(Abreast *a, const Lane *lane)
{
	for (;;) {
		g_mutex_lock(&a->lock);
		gboolean done = lane->state == DONE;
		g_mutex_unlock(&a->lock);
		if (done)
			return;
		Lane *other = begin_next(a);
		if (other) {
			make_lane(a, other, a->l->c.fonts);
			continue;
		}
		g_mutex_lock(&a->lock);
		while (lane->state != DONE)
			parallel_wait(&a->done, &a->lock);
		g_mutex_unlock(&a->lock);
	}
}

gboolean abreast_take(Abreast *a, Sequence *s, const PageMaster *master)
{
	Lane *lane = &a->lanes[s->index];
	Layout *own = s->own;
	if (!lane->master)
		return FALSE;
	wait_for(a, lane);
	if (!is_same_size(master, lane->master)) {
		layout_own(own);
		g_hash_table_remove_all(own->c.areas->left_out);
		return FALSE;
	}
	s->master = master;
	diagnostics_merge(a->l->c.d, lane->d);
	text_fonts_tell(a->l->c.fonts, lane->kept, a->l->c.d);
	return TRUE;
}

void abreast_free(Abreast *a)
{
	for (guint i = 0; i < MOST_THREADS; i++)
		if (a->threads[i])
			parallel_join(a->threads[i]);
	for (guint i = 0; i < a->count; i++) {
		diagnostics_free(a->lanes[i].d);
		g_ptr_array_unref(a->lanes[i].kept);
	}
	g_mutex_clear(&a->lock);
	g_cond_clear(&a->done);
	g_free(a->lanes);
	g_free(a);
}
