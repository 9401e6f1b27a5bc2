/* Pages as pictures: at most two are drawn at a time, the last asked for first, and the newest are kept. Who asks for a page that is being drawn
 * waits for that drawing. */
#include "preview/pages.h"

#include <gio/gio.h>

enum { AT_ONCE = 2, KEPT = 96 };

struct Pages {
	GHashTable *drawn; /* key -> GBytes */
	GQueue order;      /* keys, oldest first */
	GQueue waiting;    /* Drawing: not begun */
	GHashTable *coming; /* key -> Drawing, begun or not */
	guint running;
	GPtrArray *expected; /* Expected */
	GPtrArray *ahead;    /* Ahead: of the build at hand */
};

/* A process that has been started, and waits for its PDF. */
typedef struct {
	GSubprocess *process;
	guint dpi;
} Expected;

/* A page that was drawn, or is, before its look is known. */
typedef struct {
	guint page, dpi;
	char *key;
} Ahead;

typedef struct {
	Pages *pages;
	char *key, *also; /* also: a second one for the same picture; NULL: none */
	GBytes *pdf;
	guint page, dpi;
	GArray *asked; /* Asked: who waits for it */
} Drawing;

typedef struct {
	PagesReady ready;
	gpointer data;
} Asked;

static void expected_free(gpointer data)
{
	Expected *e = data;

	if (e->process != NULL)
		g_subprocess_force_exit(e->process);
	g_clear_object(&e->process);
	g_free(e);
}

static void ahead_free(gpointer data)
{
	Ahead *a = data;

	g_free(a->key);
	g_free(a);
}

Pages *pages_new(void)
{
	Pages *p = g_new0(Pages, 1);

	p->drawn = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
	p->expected = g_ptr_array_new_with_free_func(expected_free);
	p->ahead = g_ptr_array_new_with_free_func(ahead_free);
	p->coming = g_hash_table_new(g_str_hash, g_str_equal);
	g_queue_init(&p->order);
	g_queue_init(&p->waiting);
	return p;
}

static void add_asked(Drawing *d, PagesReady ready, gpointer data)
{
	const Asked asked = {ready, data};

	if (ready != NULL)
		g_array_append_val(d->asked, asked);
}

/* Tells all who wait for it. picture NULL: it could not be drawn. */
static void drawing_end(Drawing *d, GBytes *picture)
{
	g_hash_table_remove(d->pages->coming, d->key);
	if (d->also != NULL)
		g_hash_table_remove(d->pages->coming, d->also);
	for (guint i = 0; i < d->asked->len; i++) {
		const Asked *asked = &g_array_index(d->asked, Asked, i);
		asked->ready(asked->data, picture);
	}
	g_array_unref(d->asked);
	g_bytes_unref(d->pdf);
	g_free(d->key);
	g_free(d->also);
	g_free(d);
}

/* What is being drawn is left to the end of the process. */
void pages_free(Pages *p)
{
	for (Drawing *d; (d = g_queue_pop_head(&p->waiting)) != NULL;)
		drawing_end(d, NULL);
	g_queue_clear(&p->order);
	g_hash_table_unref(p->coming);
	g_ptr_array_unref(p->expected);
	g_ptr_array_unref(p->ahead);
	g_hash_table_unref(p->drawn);
	g_free(p);
}

static void keep(Pages *p, const char *key, GBytes *picture)
{
	char *copy = g_strdup(key);

	if (g_hash_table_contains(p->drawn, key)) {
		g_free(copy);
		return;
	}
	g_hash_table_insert(p->drawn, copy, g_bytes_ref(picture));
	g_queue_push_tail(&p->order, copy);
	while (g_queue_get_length(&p->order) > KEPT)
		g_hash_table_remove(p->drawn, g_queue_pop_head(&p->order));
}

static void draw_next(Pages *p);

static void drawn(GObject *source, GAsyncResult *result, gpointer data)
{
	Drawing *d = data;
	Pages *p = d->pages;
	g_autoptr(GSubprocess) process = G_SUBPROCESS(source);
	g_autoptr(GBytes) picture = NULL;

	if (!g_subprocess_communicate_finish(process, result, &picture, NULL, NULL) || !g_subprocess_get_successful(process))
		g_clear_pointer(&picture, g_bytes_unref);
	if (picture != NULL && g_bytes_get_size(picture) > 0) {
		keep(p, d->key, picture);
		if (d->also != NULL)
			keep(p, d->also, picture);
	}
	drawing_end(d, picture);
	p->running--;
	draw_next(p);
}

/* NULL: there is no such program, or no room for another process. */
static GSubprocess *start_drawing(guint page, guint dpi)
{
	g_autofree char *number = g_strdup_printf("%u", page), *resolution = g_strdup_printf("%u", dpi);
	const char *words[] = {"pdftoppm", "-q", "-jpeg", "-jpegopt", "quality=92", "-r", resolution, "-f", number, "-l", number, "-singlefile", "-", NULL};

	return g_subprocess_newv(words, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
}

static GSubprocess *take_expected(Pages *p, guint page, guint dpi)
{
	for (guint i = 0; i < p->expected->len; i++) {
		Expected *e = p->expected->pdata[i];
		if (page != 1 || e->dpi != dpi)
			continue;
		GSubprocess *process = g_steal_pointer(&e->process);
		g_ptr_array_remove_index_fast(p->expected, i);
		return process;
	}
	return start_drawing(page, dpi);
}

void pages_expect(Pages *p, guint n, guint dpi)
{
	g_ptr_array_set_size(p->expected, 0);
	for (guint i = 0; i < MIN(n, AT_ONCE); i++) {
		GSubprocess *process = start_drawing(1, dpi);
		Expected *e;
		if (process == NULL)
			continue;
		e = g_new0(Expected, 1);
		*e = (Expected){process, dpi};
		g_ptr_array_add(p->expected, e);
	}
}

static void draw_next(Pages *p)
{
	while (p->running < AT_ONCE && !g_queue_is_empty(&p->waiting)) {
		Drawing *d = g_queue_pop_head(&p->waiting);
		GSubprocess *process = take_expected(p, d->page, d->dpi);
		if (process == NULL) {
			drawing_end(d, NULL);
			continue;
		}
		p->running++;
		g_subprocess_communicate_async(process, d->pdf, NULL, drawn, d);
	}
}

/* Takes key over. */
static Drawing *begin(Pages *p, char *key, const PageWanted *wanted)
{
	Drawing *d = g_new0(Drawing, 1);

	*d = (Drawing){p, key, NULL, g_bytes_ref(wanted->pdf), wanted->page, wanted->dpi, g_array_new(FALSE, FALSE, sizeof(Asked))};
	g_hash_table_insert(p->coming, d->key, d);
	g_queue_push_head(&p->waiting, d);
	return d;
}

void pages_draw_ahead(Pages *p, const PageWanted *wanted)
{
	const PageWanted alone = {NULL, wanted->pdf, 1, wanted->dpi};
	Ahead *a = g_new(Ahead, 1);

	*a = (Ahead){wanted->page, wanted->dpi, g_strdup_printf("alone/%s/%u", wanted->look, wanted->dpi)};
	g_ptr_array_add(p->ahead, a);
	if (wanted->pdf == NULL || g_hash_table_contains(p->drawn, a->key) || g_hash_table_contains(p->coming, a->key))
		return;
	begin(p, g_strdup(a->key), &alone);
	draw_next(p);
}

void pages_adopt(Pages *p, const PageWanted *wanted)
{
	g_autofree char *key = g_strdup_printf("%s/%u", wanted->look, wanted->dpi);

	for (guint i = 0; i < p->ahead->len; i++) {
		const Ahead *a = p->ahead->pdata[i];
		GBytes *picture = g_hash_table_lookup(p->drawn, a->key);
		Drawing *d = g_hash_table_lookup(p->coming, a->key);
		if (a->page != wanted->page || a->dpi != wanted->dpi || g_hash_table_contains(p->coming, key))
			continue;
		if (picture != NULL) {
			keep(p, key, picture);
		} else if (d != NULL && d->also == NULL && !g_hash_table_contains(p->drawn, key)) {
			d->also = g_steal_pointer(&key);
			g_hash_table_insert(p->coming, d->also, d);
			return;
		}
	}
}

void pages_forget_ahead(Pages *p)
{
	g_ptr_array_set_size(p->ahead, 0);
}

void pages_draw(Pages *p, const PageWanted *wanted, PagesReady ready, gpointer data)
{
	g_autofree char *key = g_strdup_printf("%s/%u", wanted->look, wanted->dpi);
	GBytes *picture = g_hash_table_lookup(p->drawn, key);
	Drawing *d;

	if (picture != NULL) {
		if (ready != NULL)
			ready(data, picture);
		return;
	}
	d = g_hash_table_lookup(p->coming, key);
	if (d != NULL) {
		add_asked(d, ready, data);
		return;
	}
	d = begin(p, g_steal_pointer(&key), wanted);
	add_asked(d, ready, data);
	draw_next(p);
}
