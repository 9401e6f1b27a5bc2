/* Paragraphs made ahead: a second thread collects, itemises and shapes the inline content of the flows in document order, while the first breaks it into
 * lines and pages. What a paragraph becomes does not depend on who makes it, so that the pages are the same without that thread. */
#include "layout/block.h"

#include "base/parallel.h"
#include "layout/paragraph.h"

enum {
	FEW = 32,    /* paragraphs that are not worth a thread */
	LEAD = 200,  /* so many may be made that nobody asked for yet: they take memory */
};

typedef struct {
	const FoNode *block, *first, *end;
	LineParagraph *p; /* until it is taken */
} Slot;

struct Ahead {
	Layout layout;    /* the thread's own: a copy, with fonts and memory of its own */
	GArray *slots;    /* Slot, in document order */
	GHashTable *index; /* first node of a run -> its slot's number + 1 */
	GThread *thread;
	GMutex lock;
	GCond made, wanted;
	guint done, asked; /* slots; asked: up to the furthest one */
};

/* ---- the list of paragraphs ---- */

static void plan(gpointer user, const FoNode *n);

static void plan_notes(Ahead *a, const FoNode *n)
{
	for (const FoNode *k = n->first; k; k = k->next) {
		if (k->kind == FO_FOOTNOTE_BODY || k->kind == FO_FLOAT)
			plan(a, k);
		else
			plan_notes(a, k);
	}
}

static void plan_run(gpointer user, const FoNode *parent, const FoNode *first, const FoNode *end)
{
	Ahead *a = user;
	Slot slot = {parent, first, end, NULL};
	g_array_append_val(a->slots, slot);
	g_hash_table_insert(a->index, (gpointer)first, GUINT_TO_POINTER(a->slots->len));
	for (const FoNode *n = first; n && n != end; n = n->next) {
		if (n->kind == FO_FLOAT)
			plan(a, n);
		else
			plan_notes(a, n);
	}
}

/* Tables and lists hold parts, all else holds blocks and runs of inlines. */
static gboolean holds_parts(FoKind kind)
{
	switch (kind) {
	case FO_TABLE_AND_CAPTION:
	case FO_TABLE:
	case FO_TABLE_HEADER:
	case FO_TABLE_FOOTER:
	case FO_TABLE_BODY:
	case FO_TABLE_ROW:
	case FO_LIST_BLOCK:
	case FO_LIST_ITEM:
		return TRUE;
	default:
		return FALSE;
	}
}

static void plan(gpointer user, const FoNode *n)
{
	static const BlockVisitor visitor = {plan, plan_run};
	if (!holds_parts(n->kind)) {
		block_visit(n, &visitor, user);
		return;
	}
	for (const FoNode *k = n->first; k; k = k->next)
		plan(user, k);
}

/* ---- the thread ---- */

static gpointer make(gpointer user)
{
	Ahead *a = user;
	for (guint i = 0; i < a->slots->len; i++) {
		Slot *slot = &g_array_index(a->slots, Slot, i);
		LineParagraph *p = line_paragraph_new(&a->layout.c, slot->block, slot->first, slot->end);
		g_mutex_lock(&a->lock);
		slot->p = p;
		a->done++;
		g_cond_signal(&a->made);
		while (a->asked != G_MAXUINT && a->done > a->asked + LEAD)
			parallel_wait(&a->wanted, &a->lock);
		gboolean stop = a->asked == G_MAXUINT;
		g_mutex_unlock(&a->lock);
		if (stop)
			break;
	}
	return NULL;
}

Ahead *ahead_new(Layout *l)
{
	Ahead *a = g_new0(Ahead, 1);
	a->slots = g_array_new(FALSE, FALSE, sizeof(Slot));
	a->index = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < l->sequences->len && l->c.options->threads != 1 && g_get_num_processors() > 1; i++)
		plan(a, ((Sequence *)g_ptr_array_index(l->sequences, i))->flow);
	a->layout = *l;
	a->layout.c.d = diagnostics_new();
	a->layout.c.areas = area_own(l->c.areas, area_tree_new(), (GDestroyNotify)area_tree_free);
	a->layout.c.fonts = text_fonts_branch(l->c.fonts, a->layout.c.d);
	g_mutex_init(&a->lock);
	g_cond_init(&a->made);
	g_cond_init(&a->wanted);
	if (a->slots->len >= FEW)
		a->thread = parallel_thread("paragraphs", make, a);
	return a;
}

gboolean ahead_take(Ahead *a, const FoNode *first, LayoutContext *c, LineParagraph **p)
{
	guint number = a->thread ? GPOINTER_TO_UINT(g_hash_table_lookup(a->index, first)) : 0;
	if (number == 0)
		return FALSE;
	g_hash_table_remove(a->index, first);
	g_mutex_lock(&a->lock);
	if (number > a->asked) {
		a->asked = number;
		g_cond_signal(&a->wanted);
	}
	while (a->done < number)
		parallel_wait(&a->made, &a->lock);
	*p = g_steal_pointer(&g_array_index(a->slots, Slot, number - 1).p);
	g_mutex_unlock(&a->lock);
	line_paragraph_adopt(*p, c);
	return TRUE;
}

void ahead_free(Ahead *a, Diagnostics *d)
{
	g_mutex_lock(&a->lock);
	a->asked = G_MAXUINT;
	g_cond_signal(&a->wanted);
	g_mutex_unlock(&a->lock);
	if (a->thread)
		parallel_join(a->thread);
	diagnostics_merge(d, a->layout.c.d);
	for (guint i = 0; i < a->slots->len; i++)
		line_paragraph_free(g_array_index(a->slots, Slot, i).p);
	g_array_unref(a->slots);
	g_hash_table_unref(a->index);
	text_fonts_free(a->layout.c.fonts);
	diagnostics_free(a->layout.c.d);
	g_mutex_clear(&a->lock);
	g_cond_clear(&a->made);
	g_cond_clear(&a->wanted);
	g_free(a);
}
