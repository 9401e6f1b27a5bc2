/* What the files of this room share: the job at hand, what it may read, how libxslt's complaints become messages. */
#ifndef ROTONDE_TRANSFORM_ROOM_H
#define ROTONDE_TRANSFORM_ROOM_H

#include "transform/transform.h"

#include "base/image.h"

#include <libxslt/security.h>
#include <libxslt/xsltInternals.h>

struct Stylesheet {
	xsltStylesheetPtr compiled;
};

/* The picture that was asked for last: a stylesheet asks three things of each, one after the other. */
typedef struct {
	char *path; /* as the stylesheet has it; NULL: none yet */
	GBytes *bytes;
	ImageInfo info;
} Picture;
void picture_clear(Picture *p);

/* One compilation or transformation. libxslt has one error handler for the whole process, so the job of a thread is found through
 * a variable of that thread. */
typedef struct {
	Diagnostics *d;
	xsltTransformContextPtr context; /* NULL while compiling */
	const StylesheetListener *listener; /* NULL: nobody listens */
	gboolean failed;
	GString *detail; /* what XPath or the parser said before libxslt says where */
	char *file;      /* place in a stylesheet that the next text belongs to; NULL: it belongs to none */
	int line;
	gboolean placed;
	MessageId refused; /* MSG_COUNT: nothing; else said when libxslt tells where, or at the end */
	char *refused_what;
	Picture picture;
} TransformJob;

/* Begins and ends a job on this thread; the handlers of libxml2 are put back afterwards. */
typedef struct {
	TransformJob *outer;
	xmlStructuredErrorFunc structured;
	void *structured_data;
	xmlGenericErrorFunc generic;
	void *generic_data;
} TransformSaved;
void job_begin(TransformJob *job, TransformSaved *saved);
void job_end(TransformJob *job, const TransformSaved *saved);
TransformJob *job_current(void);

/* Reports, with the place in the stylesheet that is being compiled or run, and makes the job fail; a running one stops at once. While
 * compiling, libxslt tells the place only afterwards. */
void job_refuse(MessageId id, const char *what);

/* Sets libxslt's process-wide error handler. */
void errors_start(void);

/* Sets the process-wide loader and security preferences; the folders to read below. */
void access_start(void);
void access_set_roots(const char *const *folders);
xsltSecurityPrefsPtr access_preferences(void);

/* The real path of a file below one of the roots; a relative path is looked for below each root. NULL when there is none, or it is elsewhere. */
char *access_resolve(const char *path, gboolean below_roots);

/* A path as a URI reference that libxml2 can build upon, and back (NULL: an address elsewhere). */
char *access_to_uri(const char *path);
char *access_from_uri(const char *uri);

/* Reads a stylesheet or a document for one; NULL after reporting. */
xmlDoc *access_load(const char *path, xmlDict *dict, TransformJob *job);

void functions_start(void);

#endif
