/* Looking: a text in its normal forms, the hits in order, and what is left of it when they are covered. */
#include "privacy/room.h"

#include <string.h>

struct PrivacyScanner {
	const NameTable *table;
	Normal normal;
	GArray *hits; /* PrivacyHit */
	GArray *told; /* Told */
};

static PrivacyScanner *scanner_new_for(const NameTable *table)
{
	PrivacyScanner *s = g_new0(PrivacyScanner, 1);

	s->table = table;
	normal_init(&s->normal);
	s->hits = g_array_new(FALSE, FALSE, sizeof(PrivacyHit));
	s->told = g_array_new(FALSE, FALSE, sizeof(Told));
	return s;
}

PrivacyScanner *privacy_scanner_new(const PrivacyList *list)
{
	return scanner_new_for(list != NULL ? privacy_list_table(list) : pattern_told_table());
}

void privacy_scanner_free(PrivacyScanner *s)
{
	if (s == NULL)
		return;
	normal_clear(&s->normal);
	g_array_unref(s->hits);
	g_array_unref(s->told);
	g_free(s);
}

/* Where several begin, the longest; before names the words in which they are none. */
static int compare_hits(gconstpointer a, gconstpointer b)
{
	const PrivacyHit *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	if (x->length != y->length)
		return x->length > y->length ? -1 : 1;
	return x->kind != y->kind ? (int)x->kind - (int)y->kind : (x->entry > y->entry) - (x->entry < y->entry);
}

static gboolean is_allowed(const PrivacyHit *hit)
{
	return hit->kind == PRIVACY_NAME && hit->entry == 0;
}

static void collect(PrivacyScanner *s, const char *text, gsize size, gboolean bare)
{
	normal_read(&s->normal, text, size, bare);
	g_array_set_size(s->told, 0);
	match_names(s->table, &s->normal, text, size, s->told, s->hits);
	if (!bare)
		match_patterns(&s->normal, text, size, s->told, s->hits);
}

void privacy_scan(PrivacyScanner *s, const char *text, gsize size, PrivacyFound found, gpointer data)
{
	gsize ends[2] = {0, 0}, allowed = 0; /* what was reported, patterns and names apart, and what is allowed, up to here */

	g_array_set_size(s->hits, 0);
	collect(s, text, size, FALSE);
	if (s->normal.inside)
		collect(s, text, size, TRUE);
	if (s->hits->len == 0)
		return;
	g_array_sort(s->hits, compare_hits);
	for (guint i = 0; i < s->hits->len; i++) {
		PrivacyHit hit = g_array_index(s->hits, PrivacyHit, i);
		if (is_allowed(&hit))
			allowed = MAX(allowed, hit.offset + hit.length);
		gsize *end = &ends[hit.kind == PRIVACY_NAME];
		if (is_allowed(&hit) || hit.offset < *end || (hit.kind == PRIVACY_NAME && hit.offset + hit.length <= allowed))
			continue;
		*end = hit.offset + hit.length;
		found(&hit, data);
	}
}

typedef struct {
	const char *text;
	GString *out;
	gsize done;
} Mask;

static void cover(const PrivacyHit *hit, gpointer data)
{
	Mask *m = data;

	if (m->out == NULL)
		m->out = g_string_new(NULL);
	if (hit->offset >= m->done) {
		g_string_append_len(m->out, m->text + m->done, (gssize)(hit->offset - m->done));
		g_string_append(m->out, "▒▒▒");
	}
	m->done = MAX(m->done, hit->offset + hit->length);
}

char *privacy_mask(PrivacyScanner *s, const char *text)
{
	Mask m = {text, NULL, 0};

	privacy_scan(s, text, strlen(text), cover, &m);
	if (m.out == NULL)
		return NULL;
	g_string_append(m.out, text + m.done);
	return g_string_free(m.out, FALSE);
}
