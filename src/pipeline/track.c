/* Tracks: the outputs of one stylesheet each, made side by side from copies of one document (libxslt writes in the tree it reads). */
#include "pipeline/internal.h"

#include <string.h>

typedef struct {
	Run *run;
	const char *name;       /* of the publication's file, for messages */
	const char *stylesheet; /* NULL: the document itself */
	xmlDoc *doc;            /* the first track's is the caller's own, every other has a copy */
	gboolean copied;
	GArray *outputs;        /* TrackOutput */
	Diagnostics *d;
} Track;

static void output_clear(gpointer data)
{
	g_clear_pointer(&((TrackOutput *)data)->bytes, g_bytes_unref);
}

static void track_free(gpointer data)
{
	Track *t = data;

	if (t->copied)
		xmlFreeDoc(t->doc);
	g_array_unref(t->outputs);
	diagnostics_free(t->d);
	g_free(t);
}

GPtrArray *tracks_new(Run *run, const char *name, xmlDoc *doc, const GPtrArray *formats)
{
	GPtrArray *tracks = g_ptr_array_new_with_free_func(track_free);

	for (guint i = 0; i < formats->len; i++) {
		const Format *format = formats->pdata[i];
		const TrackOutput output = {.format = format};
		Track *t = NULL;
		for (guint k = 0; k < tracks->len && t == NULL; k++)
			if (g_strcmp0(((Track *)tracks->pdata[k])->stylesheet, format->stylesheet) == 0)
				t = tracks->pdata[k];
		if (t == NULL) {
			t = g_new0(Track, 1);
			*t = (Track){run,  name, format->stylesheet, i > 0 ? xmlCopyDoc(doc, 1) : doc, i > 0, g_array_new(FALSE, FALSE, sizeof(TrackOutput)),
			             diagnostics_new()};
			g_array_set_clear_func(t->outputs, output_clear);
			g_ptr_array_add(tracks, t);
		}
		g_array_append_val(t->outputs, output);
	}
	return tracks;
}

static GBytes *serialise_tree(xmlDoc *doc)
{
	xmlChar *text = NULL;
	int size = 0;

	xmlDocDumpMemoryEnc(doc, &text, &size, "UTF-8");
	return g_bytes_new_with_free_func(text, (gsize)size, (GDestroyNotify)xmlFree, text);
}

static xmlDoc *transform(const Track *t, Stylesheet *stylesheet)
{
	const PipelineOptions *options = t->run->options;
	const char *house_style = t->run->house_style;
	const char *parameters[] = {"profile", options->profile == PROFILE_PUBLIC ? "public" : "review",   "root",
	                            options->root, house_style != NULL ? "house-style" : NULL, house_style, NULL};

	return stylesheet_apply(stylesheet, t->doc, parameters, t->d);
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

static GBytes *finish(Track *t, Stylesheet *stylesheet, xmlDoc *result, TrackOutput *output)
{
	const Finish how = output->format->finish;
	PrintOptions print = {.root = t->run->options->root, .areas = how == FINISH_AREAS, .ours = TRUE};

	if (how == FINISH_SERIALISE)
		return stylesheet_serialise(stylesheet, result, t->d);
	if (how == FINISH_STANDARD)
		return serialise_standard(stylesheet, result, t->d);
	return print_document(&print, result, t->name, &output->pages, t->d);
}

static gpointer track_run(gpointer data)
{
	Track *t = data;
	Stylesheet *stylesheet = t->stylesheet != NULL ? run_stylesheet(t->run, t->stylesheet, t->d) : NULL;
	g_autoptr(xmlDoc) result = stylesheet != NULL ? transform(t, stylesheet) : NULL;

	for (guint i = 0; i < t->outputs->len; i++) {
		TrackOutput *output = &g_array_index(t->outputs, TrackOutput, i);
		if (t->stylesheet == NULL)
			output->bytes = serialise_tree(t->doc);
		else if (result != NULL)
			output->bytes = finish(t, stylesheet, result, output);
	}
	return NULL;
}

void tracks_run(GPtrArray *tracks, gboolean threads)
{
	g_autofree GThread **others = g_new0(GThread *, MAX(tracks->len, 1));

	for (guint i = 1; i < tracks->len && threads; i++)
		others[i] = g_thread_new("track", track_run, tracks->pdata[i]);
	for (guint i = 0; i < tracks->len; i++)
		if (others[i] == NULL)
			track_run(tracks->pdata[i]);
	for (guint i = 1; i < tracks->len; i++)
		if (others[i] != NULL)
			g_thread_join(others[i]);
}

const TrackOutput *tracks_lookup(const GPtrArray *tracks, const Format *format)
{
	for (guint i = 0; tracks != NULL && i < tracks->len; i++) {
		const Track *t = tracks->pdata[i];
		for (guint k = 0; k < t->outputs->len; k++)
			if (g_array_index(t->outputs, TrackOutput, k).format == format)
				return &g_array_index(t->outputs, TrackOutput, k);
	}
	return NULL;
}

void tracks_report(GPtrArray *tracks, Diagnostics *d)
{
	for (guint i = 0; tracks != NULL && i < tracks->len; i++)
		diagnostics_merge(d, ((Track *)tracks->pdata[i])->d);
}
