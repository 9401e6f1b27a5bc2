/* Tracks: the outputs of one stylesheet each, made side by side from copies of one document (libxslt writes in the tree it reads). */
#include "pipeline/internal.h"

#include "base/file.h"
#include "base/parallel.h"

#include <string.h>

typedef enum { VERDICT_NONE, VERDICT_WANTED, VERDICT_UNWANTED } Verdict;

typedef struct {
	Tracks *all;
	const char *stylesheet; /* NULL: the document itself */
	xmlDoc *doc;            /* its own */
	GArray *outputs;        /* TrackOutput */
	Diagnostics *d;
	Page *page; /* NULL: no page that carries its faces is made */
	gboolean made; /* its outputs are, but for their digests; under the lock of all */
	GThread *thread;
} Track;

struct Tracks {
	Run *run;
	const char *name; /* of the publication's file, for messages */
	GPtrArray *list;  /* Track */
	Verdict verdict;
	GMutex lock; /* of the verdict, and of what is made */
	GCond told;
};

static void output_clear(gpointer data)
{
	TrackOutput *output = data;

	g_clear_pointer(&output->bytes, g_bytes_unref);
	g_clear_pointer(&output->looks, g_ptr_array_unref);
	g_free(output->digest);
}

static void track_free(gpointer data)
{
	Track *t = data;

	if (!run_leaves_memory(t->all->run))
		xmlFreeDoc(t->doc);
	g_array_unref(t->outputs);
	page_free(t->page);
	diagnostics_free(t->d);
	g_free(t);
}

static Track *track_new(Tracks *all, const char *stylesheet)
{
	Track *t = g_new0(Track, 1);

	*t = (Track){all, stylesheet, NULL, g_array_new(FALSE, FALSE, sizeof(TrackOutput)), diagnostics_new(), NULL, FALSE, NULL};
	g_array_set_clear_func(t->outputs, output_clear);
	g_ptr_array_add(all->list, t);
	return t;
}

static void add_output(Tracks *all, const Format *format)
{
	const TrackOutput output = {.format = format};
	Track *t = NULL;

	for (guint k = 0; k < all->list->len && t == NULL; k++)
		if (g_strcmp0(((Track *)all->list->pdata[k])->stylesheet, format->stylesheet) == 0)
			t = all->list->pdata[k];
	if (t == NULL)
		t = track_new(all, format->stylesheet);
	g_array_append_val(t->outputs, output);
}

static GBytes *serialise_tree(xmlDoc *doc)
{
	xmlChar *text = NULL;
	int size = 0;

	xmlDocDumpMemoryEnc(doc, &text, &size, "UTF-8");
	return g_bytes_new_with_free_func(text, (gsize)size, (GDestroyNotify)xmlFree, text);
}

static xmlDoc *transform(const Track *t, Stylesheet *stylesheet, const StylesheetListener *listener)
{
	const PipelineOptions *options = t->all->run->options;
	const char *house_style = t->all->run->house_style;
	const char *parameters[] = {"profile", options->profile == PROFILE_PUBLIC ? "public" : "review",   "root",
	                            options->root, "policy", t->all->run->policy, "person", options->wanted.person != NULL ? options->wanted.person : "", house_style != NULL ? "house-style" : NULL, house_style, NULL};

	return stylesheet_apply_heard(stylesheet, t->doc, parameters, listener, t->d);
}

static gboolean is_ours(const xmlNs *ns)
{
	return ns != NULL && ns->href != NULL && g_str_has_prefix((const char *)ns->href, "urn:rotonde:");
}

static void drop_attributes(xmlNode *element)
{
	for (xmlAttr *a = element->properties, *next; a != NULL; a = next) {
		next = a->next;
		if (is_ours(a->ns))
			xmlRemoveProp(a);
	}
}

static void drop_namespaces(xmlNode *element)
{
	for (xmlNs **ns = &element->nsDef; *ns != NULL;) {
		xmlNs *gone = *ns;
		if (!is_ours(gone)) {
			ns = &gone->next;
			continue;
		}
		*ns = gone->next;
		xmlFreeNs(gone);
	}
}

/* A formatter that takes nothing but the standard (Apache FOP) refuses attributes of our own: where the author wrote it, balanced headings.
 * No element is in these namespaces, so that their declarations go once no attribute uses them. */
static GBytes *serialise_standard(Stylesheet *stylesheet, xmlDoc *result, Diagnostics *d)
{
	g_autoptr(xmlDoc) copy = xmlCopyDoc(result, 1);
	xmlNode *root = xmlDocGetRootElement(copy);

	for (xmlNode *n = root; n != NULL; n = xml_following(n, root))
		if (n->type == XML_ELEMENT_NODE)
			drop_attributes(n);
	for (xmlNode *n = root; n != NULL; n = xml_following(n, root))
		if (n->type == XML_ELEMENT_NODE)
			drop_namespaces(n);
	return stylesheet_serialise(stylesheet, copy, d);
}

/* Made for who sees it at once, and made again with the next save: a PDF is neither checked nor packed well, a page has no faces of its own. A build makes
 * it anew. */
static gboolean is_draft(const Track *t)
{
	const PipelineOptions *options = t->all->run->options;

	return options->await != NULL && options->profile == PROFILE_REVIEW;
}

static GBytes *serialise_page(Track *t, Stylesheet *stylesheet, xmlDoc *result)
{
	g_autoptr(GBytes) bare = stylesheet_serialise(stylesheet, result, t->d);

	return bare != NULL ? page_write_faces(t->page, bare) : NULL;
}

static GBytes *finish(Track *t, Stylesheet *stylesheet, xmlDoc *result, TrackOutput *output)
{
	const Finish how = output->format->finish;
	PrintOptions print = {.root = t->all->run->options->root, .areas = how == FINISH_AREAS, .ours = TRUE,
	                      .draft = is_draft(t),
	                      .threads = t->all->run->options->jobs,
	                      .time = past_time(t->all->run->past),
	                      .sight = t->all->run->options->sight};

	if (how == FINISH_PAGE && t->page != NULL)
		return serialise_page(t, stylesheet, result);
	if (how == FINISH_SERIALISE || how == FINISH_PAGE)
		return stylesheet_serialise(stylesheet, result, t->d);
	if (how == FINISH_STANDARD)
		return serialise_standard(stylesheet, result, t->d);
	if (how == FINISH_PDF)
		print.looks = output->looks = g_ptr_array_new_with_free_func(g_free);
	return print_document(&print, result, t->all->name, &output->pages, t->d);
}

static gboolean makes_page(const Track *t)
{
	for (guint i = 0; i < t->outputs->len && !is_draft(t); i++)
		if (format_is_page(g_array_index(t->outputs, TrackOutput, i).format))
			return TRUE;
	return FALSE;
}

/* What needs no verdict: it is done while others still check. */
static xmlDoc *make_result(const Track *t, Stylesheet *stylesheet)
{
	const StylesheetListener listener = {page_begin, t->page};
	xmlDoc *result = stylesheet != NULL ? transform(t, stylesheet, t->page != NULL ? &listener : NULL) : NULL;

	if (t->page != NULL && result != NULL)
		page_find_faces(t->page, result, t->all->name, t->d);
	else if (t->page != NULL)
		page_give_up(t->page);
	return result;
}

/* Waits until it is known. */
static gboolean is_wanted(Tracks *all)
{
	Verdict verdict;

	g_mutex_lock(&all->lock);
	while (all->verdict == VERDICT_NONE)
		parallel_wait(&all->told, &all->lock);
	verdict = all->verdict;
	g_mutex_unlock(&all->lock);
	return verdict == VERDICT_WANTED;
}

static gboolean wants_faces(const Track *t)
{
	for (guint i = 0; i < diagnostics_length(t->d); i++) {
		MessageId id = diagnostics_peek(t->d, i)->id;
		if (id == MSG_FONT_NOT_IN_PAGE || id == MSG_FONT_MISSING)
			return TRUE;
	}
	return FALSE;
}

/* Whatever its stylesheet gives, to be written: result is NULL when there is none. */
static void make_output(Track *t, Stylesheet *stylesheet, xmlDoc *result, TrackOutput *output)
{
	NamesVerdict verdict;

	if (t->stylesheet == NULL)
		output->bytes = serialise_tree(t->doc);
	else if (result != NULL)
		output->bytes = finish(t, stylesheet, result, output);
	if (output->bytes == NULL)
		return;
	verdict = names_check_output(&t->all->run->names, output->format->name, output->bytes, t->all->name, t->d);
	output->searched = verdict == NAMES_CLEAN;
	output->makeshift = is_draft(t) || wants_faces(t);
	if (verdict == NAMES_FOUND)
		g_clear_pointer(&output->bytes, g_bytes_unref);
}

static void tell_made(Track *t)
{
	g_mutex_lock(&t->all->lock);
	t->made = TRUE;
	g_cond_broadcast(&t->all->told);
	g_mutex_unlock(&t->all->lock);
}

static gpointer track_run(gpointer data)
{
	Track *t = data;
	Stylesheet *stylesheet = t->stylesheet != NULL ? run_stylesheet(t->all->run, t->stylesheet, t->d) : NULL;
	xmlDoc *result = make_result(t, stylesheet);
	gboolean wanted = is_wanted(t->all);

	for (guint i = 0; wanted && i < t->outputs->len; i++)
		make_output(t, stylesheet, result, &g_array_index(t->outputs, TrackOutput, i));
	tell_made(t);
	for (guint i = 0; i < t->outputs->len && t->all->run->options->profile == PROFILE_PUBLIC; i++) {
		TrackOutput *output = &g_array_index(t->outputs, TrackOutput, i);
		if (output->bytes != NULL)
			output->digest = file_digest(g_bytes_get_data(output->bytes, NULL), g_bytes_get_size(output->bytes));
	}
	if (!run_leaves_memory(t->all->run))
		xmlFreeDoc(result);
	return NULL;
}

static gboolean is_printed(const Track *t)
{
	for (guint i = 0; i < t->outputs->len; i++)
		if (format_is_printed(g_array_index(t->outputs, TrackOutput, i).format))
			return TRUE;
	return FALSE;
}

/* The longest way first. */
static int compare_ways(gconstpointer a, gconstpointer b)
{
	return is_printed(*(const Track *const *)b) - is_printed(*(const Track *const *)a);
}

/* The document is copied here, before anybody checks it. */
static void set_out(Track *t, const xmlDoc *doc, gboolean in_thread)
{
	t->doc = xmlCopyDoc((xmlDoc *)doc, 1);
	if (t->all->run->options->profile == PROFILE_PUBLIC) {
		document_publish(t->doc);
		if (t->stylesheet == NULL)
			document_drop_questions(t->doc);
	}
	t->page = makes_page(t) ? page_new(t->doc) : NULL;
	if (in_thread)
		t->thread = parallel_thread("track", track_run, t);
}

Tracks *tracks_start(Run *run, const char *name, const xmlDoc *doc, const GPtrArray *formats)
{
	const guint jobs = run->options->jobs > 0 ? (guint)run->options->jobs : g_get_num_processors();
	Tracks *all = g_new0(Tracks, 1);

	all->run = run;
	all->name = name;
	all->list = g_ptr_array_new_with_free_func(track_free);
	for (guint i = 0; i < formats->len; i++)
		add_output(all, formats->pdata[i]);
	g_ptr_array_sort(all->list, compare_ways);
	for (guint i = 0; i < all->list->len; i++)
		set_out(all->list->pdata[i], doc, i + 1 < MAX(jobs, 2) && run->options->jobs != 1);
	return all;
}

void tracks_decide(Tracks *all, gboolean wanted)
{
	g_mutex_lock(&all->lock);
	all->verdict = wanted ? VERDICT_WANTED : VERDICT_UNWANTED;
	g_cond_broadcast(&all->told);
	g_mutex_unlock(&all->lock);
	for (guint i = 0; wanted && i < all->list->len; i++) {
		const Track *t = all->list->pdata[i];
		if (t->page != NULL && t->thread != NULL)
			page_help(t->page);
	}
}

static void wait_for(Track *t)
{
	g_mutex_lock(&t->all->lock);
	while (!t->made)
		parallel_wait(&t->all->told, &t->all->lock);
	g_mutex_unlock(&t->all->lock);
}

void tracks_finish(Tracks *all)
{
	for (guint i = 0; i < all->list->len; i++) {
		Track *t = all->list->pdata[i];
		if (t->thread == NULL && all->verdict == VERDICT_WANTED)
			track_run(t);
	}
	for (guint i = 0; i < all->list->len; i++) {
		Track *t = all->list->pdata[i];
		if (t->thread != NULL)
			wait_for(t);
	}
}

void tracks_digest(Tracks *all)
{
	for (guint i = 0; i < all->list->len; i++) {
		Track *t = all->list->pdata[i];
		if (t->thread != NULL)
			parallel_join(t->thread);
		t->thread = NULL;
	}
}

const TrackOutput *tracks_lookup(const Tracks *all, const Format *format)
{
	for (guint i = 0; all != NULL && i < all->list->len; i++) {
		const Track *t = all->list->pdata[i];
		for (guint k = 0; k < t->outputs->len; k++)
			if (g_array_index(t->outputs, TrackOutput, k).format == format)
				return &g_array_index(t->outputs, TrackOutput, k);
	}
	return NULL;
}

void tracks_report(Tracks *all, Diagnostics *d)
{
	for (guint i = 0; i < all->list->len; i++)
		diagnostics_merge(d, ((Track *)all->list->pdata[i])->d);
}

void tracks_free(Tracks *all)
{
	if (all == NULL)
		return;
	tracks_digest(all);
	g_ptr_array_unref(all->list);
	g_free(all);
}
