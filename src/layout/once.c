/* Saying things once. */
#include "layout/once.h"

struct Once {
	GMutex lock;
	GHashTable *said;
};

typedef struct {
	char *key;
	Diagnostics *d;
} Kept;

static void kept_free(gpointer data)
{
	Kept *k = data;

	g_free(k->key);
	diagnostics_free(k->d);
	g_free(k);
}

GPtrArray *kept_new(void)
{
	return g_ptr_array_new_with_free_func(kept_free);
}

static GHashTable *keys_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

Once *once_new(void)
{
	Once *o = g_new0(Once, 1);

	g_mutex_init(&o->lock);
	o->said = keys_new();
	return o;
}

void once_free(Once *o)
{
	g_hash_table_unref(o->said);
	g_mutex_clear(&o->lock);
	g_free(o);
}

/* Takes key over. */
static gboolean add(Once *o, char *key)
{
	gboolean first;

	g_mutex_lock(&o->lock);
	first = g_hash_table_add(o->said, key);
	g_mutex_unlock(&o->lock);
	return first;
}

void once_tell(Once *o, GPtrArray *kept, Diagnostics *d)
{
	for (guint i = 0; i < kept->len; i++) {
		Kept *k = kept->pdata[i];
		if (add(o, g_steal_pointer(&k->key)))
			diagnostics_merge(d, k->d);
	}
	g_ptr_array_set_size(kept, 0);
}

void teller_init(Teller *t, Once *o, Diagnostics *d)
{
	*t = (Teller){o, d, NULL, keys_new()};
}

void teller_clear(Teller *t)
{
	g_hash_table_unref(t->told);
}

void teller_keep(Teller *t, GPtrArray *kept)
{
	t->kept = kept;
	g_hash_table_remove_all(t->told);
}

Diagnostics *teller_once(Teller *t, char *key)
{
	Kept *k;

	if (t->kept == NULL)
		return add(t->once, key) ? t->d : NULL;
	if (!g_hash_table_add(t->told, key))
		return NULL;
	k = g_new(Kept, 1);
	*k = (Kept){g_strdup(key), diagnostics_new()};
	g_ptr_array_add(t->kept, k);
	return k->d;
}
