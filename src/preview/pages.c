/* Pages as pictures: at most two are drawn at a time, the last asked for first, and the newest are kept. */
#include "preview/pages.h"

#include <gio/gio.h>

enum { AT_ONCE = 2, KEPT = 96 };

struct Pages {
	GHashTable *drawn; /* key -> GBytes */
	GQueue order;      /* keys, oldest first */
	GQueue waiting;    /* Drawing */
	guint running;
};

typedef struct {
	Pages *pages;
	char *key;
	GBytes *pdf;
	guint page, dpi;
	PagesReady ready;
	gpointer data;
} Drawing;

Pages *pages_new(void)
{
	Pages *p = g_new0(Pages, 1);

	p->drawn = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
	g_queue_init(&p->order);
	g_queue_init(&p->waiting);
	return p;
}

static void drawing_free(Drawing *d)
{
	g_bytes_unref(d->pdf);
	g_free(d->key);
	g_free(d);
}

/* What is being drawn is left to the end of the process. */
void pages_free(Pages *p)
{
	for (Drawing *d; (d = g_queue_pop_head(&p->waiting)) != NULL;) {
		d->ready(d->data, NULL);
		drawing_free(d);
	}
	g_queue_clear(&p->order);
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
	if (picture != NULL && g_bytes_get_size(picture) > 0)
		keep(p, d->key, picture);
	d->ready(d->data, picture);
	drawing_free(d);
	p->running--;
	draw_next(p);
}

static void draw_next(Pages *p)
{
	while (p->running < AT_ONCE && !g_queue_is_empty(&p->waiting)) {
		Drawing *d = g_queue_pop_head(&p->waiting);
		g_autofree char *page = g_strdup_printf("%u", d->page), *dpi = g_strdup_printf("%u", d->dpi);
		const char *words[] = {"pdftoppm", "-q", "-jpeg", "-jpegopt", "quality=92", "-r", dpi, "-f", page, "-l", page, "-singlefile", "-", NULL};
		GSubprocess *process = g_subprocess_newv(words, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
		if (process == NULL) {
			d->ready(d->data, NULL);
			drawing_free(d);
			continue;
		}
		p->running++;
		g_subprocess_communicate_async(process, d->pdf, NULL, drawn, d);
	}
}

void pages_draw(Pages *p, const PageWanted *wanted, PagesReady ready, gpointer data)
{
	g_autofree char *key = g_strdup_printf("%s/%u/%u", wanted->digest, wanted->page, wanted->dpi);
	GBytes *picture = g_hash_table_lookup(p->drawn, key);
	Drawing *d;

	if (picture != NULL) {
		ready(data, picture);
		return;
	}
	d = g_new0(Drawing, 1);
	*d = (Drawing){p, g_steal_pointer(&key), g_bytes_ref(wanted->pdf), wanted->page, wanted->dpi, ready, data};
	g_queue_push_head(&p->waiting, d);
	draw_next(p);
}
