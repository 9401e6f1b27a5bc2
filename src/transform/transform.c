/* Compiling, applying and serialising. */
#include "transform/room.h"

#include <libxslt/extensions.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltutils.h>
#include <string.h>

enum { MAX_DEPTH = 500, MAX_VARIABLES = 5000 };

/* Steps of XSLT and of XPath that a transformation may take: so many in any case, and so many for each node of the document. Ours take
 * some 5 and 90 a node (print), 2 and 20 (html); all that is allowed takes about a second. */
enum { STEPS_BASE = 200000, STEPS_PER_NODE = 100, XPATH_STEPS_BASE = 5000000, XPATH_STEPS_PER_NODE = 2000 };

/* Put off until something is compiled, by whatever thread does so first. */
static void start_libxslt(void)
{
	static gsize started;

	if (!g_once_init_enter(&started))
		return;
	xsltInit();
	functions_start();
	xsltMaxDepth = MAX_DEPTH;
	xsltMaxVars = MAX_VARIABLES;
	errors_start();
	access_start();
	g_once_init_leave(&started, 1);
}

void transform_start(const char *const *folders)
{
	access_set_roots(folders);
}

void transform_register(const char *name, const char *space, xmlXPathFunction function)
{
	start_libxslt();
	xsltRegisterExtModuleFunction(BAD_CAST name, BAD_CAST space, function);
}

static Stylesheet *stylesheet_alloc(void)
{
	Stylesheet *s = g_new0(Stylesheet, 1);

	start_libxslt();
	return s;
}

/* Takes doc over. FALSE after reporting. */
static gboolean compile(Stylesheet *s, xmlDoc *doc, TransformJob *job)
{
	s->compiled = xsltNewStylesheet();
	if (xsltParseStylesheetUser(s->compiled, doc) == 0)
		return !job->failed;
	if (!job->failed)
		job_refuse(MSG_STYLESHEET_ERROR, job->detail->str);
	gboolean detached = s->compiled->doc == NULL; /* as it does with most errors: the tree would leak */
	xsltFreeStylesheet(g_steal_pointer(&s->compiled));
	if (detached)
		xmlFreeDoc(doc);
	return FALSE;
}

Stylesheet *stylesheet_load(const char *path, Diagnostics *d)
{
	g_autoptr(Stylesheet) s = stylesheet_alloc();
	TransformJob job = {.d = d};
	TransformSaved saved;
	xmlDoc *doc;
	gboolean good;

	job_begin(&job, &saved);
	doc = access_load(path, NULL, &job);
	good = doc != NULL && compile(s, doc, &job);
	job_end(&job, &saved);
	return good ? g_steal_pointer(&s) : NULL;
}

Stylesheet *stylesheet_new(xmlDoc *doc, const char *base, Diagnostics *d)
{
	g_autoptr(Stylesheet) s = stylesheet_alloc();
	g_autofree char *uri = access_to_uri(base);
	TransformJob job = {.d = d};
	TransformSaved saved;
	gboolean good;

	xmlFree((xmlChar *)doc->URL);
	doc->URL = xmlStrdup((const xmlChar *)uri);
	job_begin(&job, &saved);
	good = compile(s, doc, &job);
	job_end(&job, &saved);
	return good ? g_steal_pointer(&s) : NULL;
}

void stylesheet_free(Stylesheet *s)
{
	if (s == NULL)
		return;
	if (s->compiled != NULL)
		xsltFreeStylesheet(s->compiled);
	g_free(s);
}

static unsigned long count_nodes(const xmlDoc *doc)
{
	unsigned long n = 0;

	for (const xmlNode *node = doc->children; node != NULL; node = xml_following(node, (const xmlNode *)doc))
		n++;
	return n;
}

static xsltTransformContextPtr new_context(Stylesheet *s, xmlDoc *doc)
{
	xsltTransformContextPtr context = xsltNewTransformContext(s->compiled, doc);
	unsigned long nodes = count_nodes(doc);

	xsltSetCtxtSecurityPrefs(access_preferences(), context);
	context->opLimit = STEPS_BASE + nodes * STEPS_PER_NODE;
	context->xpathCtxt->opLimit = XPATH_STEPS_BASE + nodes * XPATH_STEPS_PER_NODE;
	return context;
}

static xmlDoc *run(Stylesheet *s, xmlDoc *doc, const char *const *parameters, TransformJob *job)
{
	xmlDoc *result = NULL;

	if (xsltQuoteUserParams(job->context, (const char **)parameters) == 0)
		result = xsltApplyStylesheetUser(s->compiled, doc, NULL, NULL, NULL, job->context);
	if (job->context->state != XSLT_STATE_OK && !job->failed)
		job_refuse(MSG_STYLESHEET_ERROR, job->detail->len > 0 ? job->detail->str : "?");
	if (!job->failed)
		return result;
	xmlFreeDoc(result);
	return NULL;
}

xmlDoc *stylesheet_apply_heard(Stylesheet *s, xmlDoc *doc, const char *const *parameters, const StylesheetListener *listener, Diagnostics *d)
{
	TransformJob job = {.d = d, .listener = listener};
	TransformSaved saved;
	xmlDoc *result;

	job_begin(&job, &saved);
	job.context = new_context(s, doc);
	result = run(s, doc, parameters, &job);
	xsltFreeTransformContext(job.context);
	job_end(&job, &saved);
	return result;
}

xmlDoc *stylesheet_apply(Stylesheet *s, xmlDoc *doc, const char *const *parameters, Diagnostics *d)
{
	return stylesheet_apply_heard(s, doc, parameters, NULL, d);
}

GBytes *stylesheet_serialise(Stylesheet *s, xmlDoc *result, Diagnostics *d)
{
	TransformJob job = {.d = d};
	TransformSaved saved;
	xmlChar *text = NULL;
	int size = 0;
	int status;

	job_begin(&job, &saved);
	status = xsltSaveResultToString(&text, &size, result, s->compiled);
	if (status < 0 && !job.failed)
		job_refuse(MSG_STYLESHEET_ERROR, job.detail->str);
	job_end(&job, &saved);
	if (status < 0) {
		xmlFree(text);
		return NULL;
	}
	return g_bytes_new_with_free_func(text != NULL ? text : (xmlChar *)xmlStrdup((const xmlChar *)""), (gsize)size, (GDestroyNotify)xmlFree, text);
}
