/* What stylesheets may touch: files to read below the roots, parsed by our own parser. Nothing to write, nothing on a network. */
#include "transform/room.h"

#include "base/file.h"

#include <libxml/uri.h>
#include <libxslt/documents.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Set by transform_start, before any other thread looks. */
static GPtrArray *roots;
static xsltSecurityPrefsPtr preferences;

static gboolean is_file(const char *path)
{
	struct stat s;

	return stat(path, &s) == 0 && S_ISREG(s.st_mode);
}

static gboolean is_below(const char *path, const char *root)
{
	gsize length = strlen(root);

	return strncmp(path, root, length) == 0 && (path[length] == '/' || strcmp(root, "/") == 0);
}

/* Real and below a root, or NULL. */
static char *permit(const char *path)
{
	g_autofree char *real = NULL;
	char *found = realpath(path, NULL);

	real = g_strdup(found);
	free(found);
	if (real == NULL || roots == NULL || !is_file(real))
		return NULL;
	for (guint i = 0; i < roots->len; i++)
		if (is_below(real, roots->pdata[i]))
			return g_steal_pointer(&real);
	return NULL;
}

char *access_resolve(const char *path, gboolean below_roots)
{
	if (!below_roots || g_path_is_absolute(path))
		return permit(path);
	for (guint i = 0; roots != NULL && i < roots->len; i++) {
		g_autofree char *candidate = g_build_filename(roots->pdata[i], path, NULL);
		char *found = permit(candidate);
		if (found != NULL)
			return found;
	}
	return NULL;
}

char *access_to_uri(const char *path)
{
	return g_uri_escape_string(path, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, FALSE);
}

char *access_from_uri(const char *uri)
{
	xmlURIPtr parts = xmlParseURIRaw(uri, 1);
	char *path = NULL;

	if (parts != NULL && (parts->scheme == NULL || strcmp(parts->scheme, "file") == 0) && (parts->server == NULL || *parts->server == '\0') &&
	    parts->path != NULL)
		path = g_uri_unescape_string(parts->path, NULL);
	if (parts != NULL)
		xmlFreeURI(parts);
	return path;
}

xmlDoc *access_load(const char *path, xmlDict *dict, TransformJob *job)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *real = access_resolve(path, FALSE);
	g_autofree char *uri = NULL;
	g_autoptr(GBytes) bytes = NULL;
	const char *data;
	gsize size;
	xmlDoc *doc;

	if (real == NULL) {
		job_refuse(is_file(path) ? MSG_STYLESHEET_READ : MSG_STYLESHEET_ABSENT, path);
		return NULL;
	}
	bytes = file_load(real, FILE_LIMIT, &error);
	if (bytes == NULL) {
		diagnose(job->d, MSG_FILE_MISSING, NULL, path, error->message);
		job->failed = TRUE;
		return NULL;
	}
	data = g_bytes_get_data(bytes, &size);
	diagnostics_set_text(job->d, path, bytes);
	doc = xml_parse_shared(data, size, path, dict, job->d);
	if (doc == NULL) {
		job->failed = TRUE;
		return NULL;
	}
	uri = access_to_uri(path);
	xmlFree((xmlChar *)doc->URL);
	doc->URL = xmlStrdup((const xmlChar *)uri);
	return doc;
}

/* What xsl:import, xsl:include and document() load. */
static xmlDocPtr load(const xmlChar *uri, xmlDictPtr dict, int options, void *context, xsltLoadType type)
{
	TransformJob *job = job_current();
	g_autofree char *path = access_from_uri((const char *)uri);

	(void)options;
	(void)context;
	(void)type;
	if (job == NULL)
		return NULL;
	if (path != NULL)
		return access_load(path, dict, job);
	job_refuse(MSG_STYLESHEET_NETWORK, (const char *)uri);
	return NULL;
}

static int allow(xsltSecurityPrefsPtr sec, xsltTransformContextPtr context, const char *value)
{
	(void)sec;
	(void)context;
	(void)value;
	return 1; /* the loader decides */
}

static int refuse_network(xsltSecurityPrefsPtr sec, xsltTransformContextPtr context, const char *value)
{
	(void)sec;
	(void)context;
	job_refuse(MSG_STYLESHEET_NETWORK, value);
	return 0;
}

static int refuse_write(xsltSecurityPrefsPtr sec, xsltTransformContextPtr context, const char *value)
{
	(void)sec;
	(void)context;
	job_refuse(MSG_STYLESHEET_WRITE, value);
	return 0;
}

xsltSecurityPrefsPtr access_preferences(void)
{
	return preferences;
}

void access_set_roots(const char *const *folders)
{
	if (roots != NULL)
		g_ptr_array_unref(roots);
	roots = g_ptr_array_new_with_free_func(g_free);
	for (; *folders != NULL; folders++) {
		char *real = realpath(*folders, NULL);
		if (real != NULL)
			g_ptr_array_add(roots, g_strdup(real));
		free(real);
	}
}

void access_start(void)
{
	preferences = xsltNewSecurityPrefs();
	xsltSetSecurityPrefs(preferences, XSLT_SECPREF_READ_FILE, allow);
	xsltSetSecurityPrefs(preferences, XSLT_SECPREF_READ_NETWORK, refuse_network);
	xsltSetSecurityPrefs(preferences, XSLT_SECPREF_WRITE_FILE, refuse_write);
	xsltSetSecurityPrefs(preferences, XSLT_SECPREF_WRITE_NETWORK, refuse_write);
	xsltSetSecurityPrefs(preferences, XSLT_SECPREF_CREATE_DIRECTORY, refuse_write);
	xsltSetDefaultSecurityPrefs(preferences);
	xsltSetLoaderFunc(load);
}
