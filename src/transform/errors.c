/* What libxslt and libxml2 complain of, as messages at the stylesheet's own file and line. libxslt says where in one call and what in the next. */
#include "transform/room.h"

#include "base/file.h"

#include <libxml/xmlerror.h>
#include <libxslt/xsltutils.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local TransformJob *current;

TransformJob *job_current(void)
{
	return current;
}

static void forget_place(TransformJob *job)
{
	g_clear_pointer(&job->file, g_free);
	job->line = 0;
	job->placed = FALSE;
}

static void stop(TransformJob *job)
{
	job->failed = TRUE;
	if (job->context != NULL)
		job->context->state = XSLT_STATE_STOPPED;
}

/* The stylesheet's line is shown with the message, wherever the messages' own root is. */
static void show_file(TransformJob *job, const char *file)
{
	g_autoptr(GBytes) text = file != NULL ? file_load(file, FILE_LIMIT, NULL) : NULL;

	if (text != NULL)
		diagnostics_set_text(job->d, file, text);
}

/* The instruction that runs. */
static void place_at_instruction(TransformJob *job)
{
	const xmlNode *inst = job->context != NULL ? job->context->inst : NULL;

	if (job->placed || inst == NULL || inst->doc == NULL || inst->doc->URL == NULL)
		return;
	g_free(job->file);
	job->file = access_from_uri((const char *)inst->doc->URL);
	job->line = (int)xmlGetLineNo(inst);
}

/* "cases/a.md:12": where in the author's text the stylesheet was; "" while compiling. */
static char *input_place(const TransformJob *job)
{
	const xmlNode *node = job->context != NULL ? job->context->node : NULL;
	Position at = node != NULL ? xml_position(node) : (Position){NULL, 0, 0, NULL};

	return at.file != NULL && at.line > 0 ? g_strdup_printf("%s:%d", at.file, at.line) : g_strdup("");
}

static void report(TransformJob *job, MessageId id, const char *text)
{
	g_autofree char *input = input_place(job);
	Position at;

	place_at_instruction(job);
	at = (Position){job->file, job->line, 0, NULL};
	show_file(job, job->file);
	diagnose(job->d, id, &at, text, input);
	forget_place(job);
	g_string_truncate(job->detail, 0);
}

static void report_refused(TransformJob *job)
{
	g_autofree char *what = g_steal_pointer(&job->refused_what);
	MessageId id = job->refused;

	job->refused = MSG_COUNT;
	if (id != MSG_COUNT)
		report(job, id, what);
}

void job_refuse(MessageId id, const char *what)
{
	TransformJob *job = current;

	if (job == NULL)
		return;
	report_refused(job);
	if (job->context != NULL) {
		report(job, id, what);
	} else {
		job->refused = id;
		job->refused_what = g_strdup(what);
	}
	stop(job);
}

/* "runtime error: file stylesheets/a%20b.xsl line 12 element value-of" */
static gboolean read_place(TransformJob *job, const char *text)
{
	static const char *const kinds[] = {"compilation error", "runtime error", "compilation warning", "error"};
	const char *rest = NULL, *end;

	for (guint i = 0; i < G_N_ELEMENTS(kinds) && rest == NULL; i++)
		if (g_str_has_prefix(text, kinds[i]) && strchr(":\n", text[strlen(kinds[i])]) != NULL)
			rest = text + strlen(kinds[i]);
	if (rest == NULL)
		return FALSE;
	forget_place(job);
	job->placed = TRUE;
	if (!g_str_has_prefix(rest, ": file "))
		return TRUE;
	rest += strlen(": file ");
	end = rest + strcspn(rest, " \n");
	g_autofree char *uri = g_strndup(rest, (gsize)(end - rest));
	job->file = access_from_uri(uri);
	if (g_str_has_prefix(end, " line "))
		job->line = atoi(end + strlen(" line "));
	return TRUE;
}

static void add_detail(TransformJob *job, const char *text)
{
	if (strstr(job->detail->str, text) != NULL)
		return;
	if (job->detail->len > 0)
		g_string_append(job->detail, "; ");
	g_string_append(job->detail, text);
}

/* An xsl:message: it comes without a place, and as one argument. */
static void on_message(TransformJob *job, const char *text)
{
	const xmlNode *inst = job->context->inst;
	const char *terminate = inst != NULL ? xml_attribute(inst, "terminate") : NULL;

	if (g_strcmp0(terminate, "yes") != 0) {
		report(job, MSG_STYLESHEET_MESSAGE, text);
		return;
	}
	report(job, MSG_STYLESHEET_STOPPED, text);
	stop(job);
}

/* Without the name of the function in libxslt or libxml2 that says it. */
static const char *skip_function(const char *text)
{
	const char *colon = strstr(text, ": ");

	if ((g_str_has_prefix(text, "xslt") || g_str_has_prefix(text, "xml")) && colon != NULL && strcspn(text, " ") > (gsize)(colon - text))
		return colon + 2;
	return text;
}

static gboolean is_limit(const char *text)
{
	static const char *const limits[] = {"infinite template recursion", "Operation limit exceeded", "maximum number of variables"};

	for (guint i = 0; i < G_N_ELEMENTS(limits); i++)
		if (strstr(text, limits[i]) != NULL)
			return TRUE;
	return FALSE;
}

static void on_text(TransformJob *job, const char *text)
{
	g_autofree char *whole = job->detail->len > 0 ? g_strdup_printf("%s (%s)", text, job->detail->str) : g_strdup(text);

	if (job->refused != MSG_COUNT)
		report_refused(job);
	else if (job->failed && job->context != NULL) /* stopped already: what follows is only the consequence */
		forget_place(job);
	else if (is_limit(whole))
		report(job, MSG_STYLESHEET_ENDLESS, "");
	else
		report(job, MSG_STYLESHEET_ERROR, whole);
	stop(job);
}

G_GNUC_PRINTF(2, 3) static void on_error(void *data, const char *format, ...)
{
	TransformJob *job = current;
	g_autofree char *text = NULL;
	va_list arguments;

	(void)data;
	if (job == NULL)
		return;
	va_start(arguments, format);
	text = g_strchomp(g_strdup_vprintf(format, arguments));
	va_end(arguments);
	if (*text == '\0' || read_place(job, text))
		return;
	if (!job->placed && job->context != NULL && strcmp(format, "%s") == 0)
		on_message(job, text);
	else
		on_text(job, skip_function(text));
}

static void on_structured(void *data, xmlErrorPtr error)
{
	g_autofree char *text = g_strchomp(g_strdup(error->message != NULL ? error->message : "?"));

	add_detail(data, skip_function(text));
}

G_GNUC_PRINTF(2, 3) static void on_generic(void *data, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strchomp(g_strdup_vprintf(format, arguments));
	va_end(arguments);
	if (*text != '\0')
		add_detail(data, skip_function(text));
}

void job_begin(TransformJob *job, TransformSaved *saved)
{
	*saved = (TransformSaved){current, xmlStructuredError, xmlStructuredErrorContext, xmlGenericError, xmlGenericErrorContext};
	job->detail = g_string_new(NULL);
	job->refused = MSG_COUNT;
	current = job;
	xmlSetStructuredErrorFunc(job, (xmlStructuredErrorFunc)on_structured);
	xmlSetGenericErrorFunc(job, on_generic);
}

void job_end(TransformJob *job, const TransformSaved *saved)
{
	report_refused(job);
	xmlSetStructuredErrorFunc(saved->structured_data, saved->structured);
	xmlSetGenericErrorFunc(saved->generic_data, saved->generic);
	current = saved->outer;
	forget_place(job);
	g_string_free(job->detail, TRUE);
	picture_clear(&job->picture);
}

void errors_start(void)
{
	xsltSetGenericErrorFunc(NULL, on_error);
}
