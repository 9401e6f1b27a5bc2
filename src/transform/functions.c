/* The functions that stylesheets may call: a few of EXSLT's, and our own. */
#include "transform/room.h"

#include "base/file.h"
#include "base/guid.h"

#include <dlfcn.h>
#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>
#include <libxslt/extra.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltutils.h>
#include <math.h>
#include <string.h>

#define FUNCTIONS_NS "urn:rotonde:functions"

/* ---- pictures ---- */

/* The next argument as a string of GLib's; NULL when its type is wrong. */
static char *pop_string(xmlXPathParserContextPtr context)
{
	xmlChar *text = xmlXPathPopString(context);
	char *copy = text != NULL && xmlXPathGetError(context) == XPATH_EXPRESSION_OK ? g_strdup((const char *)text) : NULL;

	xmlFree(text);
	return copy;
}

static gboolean check_arity(xmlXPathParserContextPtr context, int given, int wanted)
{
	if (given == wanted)
		return TRUE;
	xmlXPathErr(context, XPATH_INVALID_ARITY);
	return FALSE;
}

/* At the author's line, which the current node has. */
static void report_at(xmlXPathParserContextPtr context, MessageId id, const char *word)
{
	TransformJob *job = job_current();
	xsltTransformContextPtr running = xsltXPathGetTransformContext(context);
	Position at = running != NULL && running->node != NULL ? xml_position(running->node) : (Position){NULL, 0, 0, NULL};

	if (job == NULL)
		return;
	diagnose(job->d, id, &at, word);
}

void picture_clear(Picture *p)
{
	g_clear_pointer(&p->path, g_free);
	g_clear_pointer(&p->bytes, g_bytes_unref);
}

/* NULL: it cannot be read. Borrowed, until the next one. */
static const Picture *load_picture(const char *path)
{
	Picture *p = &job_current()->picture;

	if (p->path == NULL || strcmp(p->path, path) != 0) {
		g_autofree char *real = access_resolve(path, TRUE);
		picture_clear(p);
		p->path = g_strdup(path);
		p->bytes = real != NULL ? file_load(real, IMAGE_LIMIT, NULL) : NULL;
		if (p->bytes != NULL && !image_read_info(p->bytes, &p->info))
			g_clear_pointer(&p->bytes, g_bytes_unref);
	}
	return p->bytes != NULL ? p : NULL;
}

/* A data URI of these bytes; libxml2's. */
static xmlChar *encode_picture(const Picture *picture)
{
	g_autoptr(GBytes) clean = image_strip(picture->bytes);
	g_autofree char *opening = g_strdup_printf("data:%s;base64,", image_mime_type(picture->info.format));
	gsize size, length = strlen(opening);
	const guchar *data = g_bytes_get_data(clean, &size);
	char *uri = xmlMalloc(length + (size / 3 + 1) * 4 + 5);
	int state = 0, save = 0;

	memcpy(uri, opening, length);
	length += g_base64_encode_step(data, size, FALSE, uri + length, &state, &save);
	length += g_base64_encode_close(FALSE, uri + length, &state, &save);
	uri[length] = '\0';
	return (xmlChar *)uri;
}

static void data_uri(xmlXPathParserContextPtr context, int arguments)
{
	g_autofree char *path = check_arity(context, arguments, 1) ? pop_string(context) : NULL;
	const Picture *picture = path != NULL ? load_picture(path) : NULL;

	if (path == NULL)
		return;
	if (picture != NULL) {
		xmlXPathReturnString(context, encode_picture(picture));
		return;
	}
	report_at(context, MSG_PICTURE_FORMAT, path);
	xmlXPathReturnEmptyString(context);
}

static void image_size(xmlXPathParserContextPtr context, int arguments, gboolean height)
{
	g_autofree char *path = check_arity(context, arguments, 1) ? pop_string(context) : NULL;
	const Picture *picture = path != NULL ? load_picture(path) : NULL;

	if (path != NULL)
		xmlXPathReturnNumber(context, picture == NULL ? 0 : height ? picture->info.height : picture->info.width);
}

static void image_width(xmlXPathParserContextPtr context, int arguments)
{
	image_size(context, arguments, FALSE);
}

static void image_height(xmlXPathParserContextPtr context, int arguments)
{
	image_size(context, arguments, TRUE);
}

/* ---- text ---- */

static const char *const months[2][12] = {
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
    {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
};

static gboolean all_digits(const char *text, gsize from, gsize to)
{
	for (gsize i = from; i < to; i++)
		if (!g_ascii_isdigit(text[i]))
			return FALSE;
	return TRUE;
}

/* "2025-03-14" as "14 maart 2025", "2025-03" as "maart 2025"; anything else as it is. */
static char *format_date(const char *iso, gboolean dutch)
{
	gsize length = strlen(iso);
	int month;

	if ((length != 7 && length != 10) || iso[4] != '-' || !all_digits(iso, 0, 4) || !all_digits(iso, 5, 7))
		return g_strdup(iso);
	month = (iso[5] - '0') * 10 + iso[6] - '0';
	if (month < 1 || month > 12)
		return g_strdup(iso);
	if (length == 7)
		return g_strdup_printf("%s %.4s", months[dutch][month - 1], iso);
	if (iso[7] != '-' || !all_digits(iso, 8, 10))
		return g_strdup(iso);
	return g_strdup_printf("%d %s %.4s", (iso[8] - '0') * 10 + iso[9] - '0', months[dutch][month - 1], iso);
}

static void date(xmlXPathParserContextPtr context, int arguments)
{
	g_autofree char *language = check_arity(context, arguments, 2) ? pop_string(context) : NULL;
	g_autofree char *iso = language != NULL ? pop_string(context) : NULL;
	g_autofree char *text = NULL;

	if (iso == NULL)
		return;
	text = format_date(iso, g_ascii_strncasecmp(language, "nl", 2) == 0);
	xmlXPathReturnString(context, xmlStrdup((const xmlChar *)text));
}

static void path_uri(xmlXPathParserContextPtr context, int arguments)
{
	g_autofree char *path = check_arity(context, arguments, 1) ? pop_string(context) : NULL;
	g_autofree char *uri = path != NULL ? access_to_uri(path) : NULL;

	if (uri != NULL)
		xmlXPathReturnString(context, xmlStrdup((const xmlChar *)uri));
}

/* ---- what there is to say ---- */

/* r:announce(text): text, for who listens. */
static void announce(xmlXPathParserContextPtr context, int arguments)
{
	g_autofree char *text = check_arity(context, arguments, 1) ? pop_string(context) : NULL;
	const StylesheetListener *listener = job_current() != NULL ? job_current()->listener : NULL;

	if (text == NULL)
		return;
	if (listener != NULL)
		listener->hear(text, listener->data);
	valuePush(context, xmlXPathNewString(BAD_CAST text));
}

/* r:warn(name, word): what a stylesheet found out, at the author's line of the current node. */
static void warn(xmlXPathParserContextPtr context, int arguments)
{
	static const struct {
		const char *name;
		MessageId id;
	} known[] = {{"no-rotondes", MSG_DOSSIER_NO_TURNS}};
	g_autofree char *word = check_arity(context, arguments, 2) ? pop_string(context) : NULL;
	g_autofree char *name = word != NULL ? pop_string(context) : NULL;

	if (name == NULL)
		return;
	for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
		if (strcmp(known[i].name, name) == 0)
			report_at(context, known[i].id, word);
	xmlXPathReturnEmptyString(context);
}

/* ---- identifiers ---- */

static void guid(xmlXPathParserContextPtr context, int arguments)
{
	g_autofree char *name = check_arity(context, arguments, 1) ? pop_string(context) : NULL;
	g_autofree char *made = name != NULL ? guid_of(name) : NULL;

	if (made != NULL)
		valuePush(context, xmlXPathNewString(BAD_CAST made));
}

/* ---- EXSLT ---- */

/* Nothing here asks a clock, writes or evaluates; nor does what else libexslt registers with them. */
static const struct {
	const char *space;
	const char *names[8];
} exslt[] = {
    {"http://exslt.org/strings", {"tokenize", "replace", "concat"}},
    {"http://exslt.org/sets", {"distinct", "difference", "intersection", "has-same-node", "leading", "trailing"}},
};

/* For the first stylesheet that calls one, not when the program starts: libexslt brings a library of ciphers with it, and a millisecond. */
static gpointer open_exslt(gpointer unused)
{
	static const char *const doors[] = {"exsltStrRegister", "exsltSetsRegister"};
	void *library = dlopen("libexslt.so.0", RTLD_LAZY | RTLD_LOCAL);

	(void)unused;
	for (guint i = 0; i < G_N_ELEMENTS(doors); i++) {
		void (*function)(void) = library != NULL ? (void (*)(void))dlsym(library, doors[i]) : NULL;
		if (function != NULL)
			function();
	}
	return library;
}

/* Stands for all of them until they are there. XPath says which one it calls. */
static void call_exslt(xmlXPathParserContextPtr context, int arguments)
{
	static GOnce once = G_ONCE_INIT;
	xmlXPathFunction function;

	g_once(&once, open_exslt, NULL);
	function = xsltExtModuleFunctionLookup(context->context->function, context->context->functionURI);
	if (function != NULL && function != call_exslt)
		function(context, arguments);
	else
		xmlXPathErr(context, XPATH_UNKNOWN_FUNC_ERROR);
}

/* ---- registering ---- */

static void register_exslt(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(exslt); i++)
		for (guint k = 0; exslt[i].names[k] != NULL; k++)
			xsltRegisterExtModuleFunction((const xmlChar *)exslt[i].names[k], (const xmlChar *)exslt[i].space, call_exslt);
	xsltRegisterExtModuleFunction((const xmlChar *)"node-set", (const xmlChar *)"http://exslt.org/common", xsltFunctionNodeSet);
}

void functions_start(void)
{
	static const struct {
		const char *name;
		xmlXPathFunction function;
	} ours[] = {
	    {"announce", announce}, {"data-uri", data_uri}, {"format-date", date}, {"guid", guid}, {"image-height", image_height}, {"image-width", image_width}, {"uri", path_uri}, {"warn", warn},
	};

	register_exslt();
	for (guint i = 0; i < G_N_ELEMENTS(ours); i++)
		xsltRegisterExtModuleFunction((const xmlChar *)ours[i].name, (const xmlChar *)FUNCTIONS_NS, ours[i].function);
}
