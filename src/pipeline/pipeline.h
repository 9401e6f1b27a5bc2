/* The hallway: the stages of a check and of a build, in their order. Commands call this; it calls the rooms. */
#ifndef ROTONDE_PIPELINE_PIPELINE_H
#define ROTONDE_PIPELINE_PIPELINE_H

#include "base/diagnostic.h"
#include "document/document.h"
#include "print/print.h"

typedef struct {
	const char *root;  /* the workspace */
	const char *share; /* holds schemas/ and stylesheets/ */
	const char *out;   /* folder for outputs, absolute */
	const char *today; /* ISO date: the only clock that rules know */
	Profile profile;
	gboolean history;  /* look for names in all that git remembers too */
	DocumentWanted wanted; /* what working forms are about */
	gboolean coarsen;  /* look for what is too exact in a workspace of fiction too */
	const char *names; /* the list of real names; NULL: where it usually is */
	guint *names_sought; /* receives how many persons were looked for; 0: there is no list. May be NULL */
	gboolean once;     /* the process ends after this: what it read is left to the system to free (an eighth of the time of a large check) */
	gboolean force;    /* build what is up to date too */
	int jobs;          /* threads; 0: one a core */
	const char *const *formats; /* names of pipeline_formats, NULL-terminated */
	void (*progress)(gpointer data, const char *stage); /* may be NULL; stage is translated */
	gpointer progress_data;
	/* Of a build that is started before it is wanted: called once all is ready that does not depend on what the workspace holds; the build begins when it
	 * returns. today may be another by then. NULL: the build begins at once. */
	void (*await)(gpointer data);
	gpointer await_data;
	const PrintSight *sight; /* who looks at pages meanwhile; await may still change it. NULL: nobody */
} PipelineOptions;

typedef enum { OUTPUT_WRITTEN, OUTPUT_CURRENT, OUTPUT_REFUSED } OutputState;

typedef struct {
	char *id;
	char *path; /* absolute */
	OutputState state;
	guint warnings; /* of the build that wrote it, when it is current: they are not told again */
	guint pages; /* 0: it has none */
	GPtrArray *looks; /* a page, a text that is another when the page looks otherwise; NULL: it was not made now, or is no PDF */
	char **elsewhere; /* files outside cases/ that it was made from (pictures, the house style), relative to the root; NULL: none is known */
} PipelineOutput;

/* Names of the output formats, in the order of the table, NULL-terminated; and those of a build that asks for none. */
const char *const *pipeline_formats(void);
const char *const *pipeline_default_formats(void);

/* Checks the whole workspace: every file, every publication, references, rules. paths (relative to the root; none: all) limits what is reported
 * to files at or below them. */
void pipeline_check(const PipelineOptions *options, const char *const *paths, Diagnostics *d);

/* Builds the publications with these ids (none: all). A publication with errors is reported and refused; its old outputs stay. The result
 * (PipelineOutput) is the caller's. */
GPtrArray *pipeline_build(const PipelineOptions *options, const char *const *ids, Diagnostics *d);

typedef struct {
	const char *from, *to; /* tags, commits, dates; from NULL: each publication's last edition; to NULL: the work tree */
	const char *id;        /* one publication; NULL: all */
	const char *const *forms; /* html, pdf, fo: written to out/ID/ID-changes.html and so on; NULL-terminated */
} PipelineCompare;

typedef struct {
	char *id, *from, *to; /* to: NULL, the work tree */
	xmlDoc *doc;          /* marked, as changes/changes.h says */
} PipelineComparison;

/* The change report: both states assembled, and compared. What is wrong with either is a warning: a report on it comes all the same. outputs
 * (PipelineOutput) is added to. The result (PipelineComparison) is the caller's. */
GPtrArray *pipeline_diff(const PipelineOptions *options, const PipelineCompare *what, GPtrArray *outputs, Diagnostics *d);

/* ---- consent: what everybody gave, and where it went ---- */

enum { CONSENT_PURPOSES = 4 };
extern const char *const pipeline_purposes[CONSENT_PURPOSES + 1]; /* text, quote, photo, name; NULL */

typedef struct {
	char *publication; /* id */
	char *tag;         /* of the edition; NULL: as it is now */
	char *date;        /* of the edition's commit: day; NULL with tag */
	gboolean after;    /* the edition was made on or after the day of the withdrawal */
	GPtrArray *places; /* DocumentUse */
} PipelineHeld;

typedef struct {
	char *path;     /* relative to the workspace's root where it is below it */
	gboolean known; /* that it holds what was withdrawn; FALSE: it was not built by a program that noted it, or was changed since */
} PipelineStale;

typedef struct {
	const DocumentEntry *entry; /* a person, or the reflection that portrays one; the report's */
	const char *states[CONSENT_PURPOSES]; /* as consent_state_name has them */
	char *until[CONSENT_PURPOSES]; /* of what is given: the last day, when it ends; NULL otherwise */
	gboolean ends[CONSENT_PURPOSES]; /* within the days that were asked */
	gboolean gone[CONSENT_PURPOSES]; /* withdrawn, or refused after it was given; also by who need not sign any more */
	char *withdrawn; /* the first day of that; NULL: nothing is gone, or absent */
	gboolean absent; /* in no text any more: known from editions and outputs alone; all they gave is gone, the entry has an id only */
	GPtrArray *used;     /* PipelineHeld: publications as they are now */
	GPtrArray *editions; /* PipelineHeld: that hold what was withdrawn, oldest first */
	GPtrArray *outputs;  /* PipelineStale: that hold, or may hold, what was withdrawn */
} PipelineConsent;

typedef struct {
	GPtrArray *entries; /* DocumentEntry */
	GPtrArray *persons; /* PipelineConsent: in file order */
	gboolean kept;      /* in git: editions could be looked for */
} PipelineConsents;

/* person: an id, of a reflection too; NULL: all. within: days. Known real names are covered in all of it; with a list of names that
 * is not in order nobody is in it. The caller's. */
PipelineConsents *pipeline_consents(const PipelineOptions *options, const char *person, int within, Diagnostics *d);
void pipeline_consents_free(PipelineConsents *c);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PipelineConsents, pipeline_consents_free)

/* Cover the known real names in a list of what there is (DocumentEntry), of what was said (DocumentQuote), of an overview (DocumentRow). With a list of
 * names that is not in order nobody knows what is to be covered: nothing stays in them. */
void pipeline_cover_entries(const PipelineOptions *options, GPtrArray *entries, Diagnostics *d);
void pipeline_cover_quotes(const PipelineOptions *options, GPtrArray *quotes, Diagnostics *d);
void pipeline_cover_rows(const PipelineOptions *options, GPtrArray *rows, Diagnostics *d);
/* A text of ours that names ids of the workspace. */
void pipeline_cover_text(const PipelineOptions *options, char **text);

/* An empty list of PipelineOutput. */
GPtrArray *pipeline_outputs_new(void);

/* Builds one publication and, when that passes, tags HEAD as its edition. Refuses, before it builds, where the work tree is not as committed or
 * the edition is there already. *tag receives the tag's name and *revision what it names, the caller's; both NULL when nothing was tagged. */
GPtrArray *pipeline_edition(const PipelineOptions *options, const char *id, char **tag, char **revision, Diagnostics *d);

/* Formats one XSL-FO file. FALSE after reporting; an old output stays until the new one is whole. */
gboolean pipeline_format(const PrintOptions *options, const char *path, const char *output, guint *pages, Diagnostics *d);

/* A codebook (.qdc) or project (.qdpx) in REFI-QDA 1.0 of a publication and all sessions of its cases, through the same gate as a build. NULL after
 * reporting. The caller's. */
typedef enum { EXCHANGE_CODEBOOK, EXCHANGE_PROJECT } ExchangeKind;
GBytes *pipeline_export(const PipelineOptions *options, ExchangeKind kind, const char *id, Diagnostics *d);

typedef struct {
	const char *package; /* path of a .qdpx */
	const char *case_id;
	const char *kind; /* of the sessions it makes, where the package does not say; NULL: an interview with the family */
	const char *date; /* the same; NULL: today, and a warning */
} ImportOptions;

/* Makes session files, valid as they stand, of the texts of a REFI-QDA project: all or, after reporting an error, none. What cannot be kept is
 * told as warnings. The names of the files, relative to the root; NULL: none were made. The caller's. */
GPtrArray *pipeline_import(const PipelineOptions *options, const ImportOptions *import, Diagnostics *d);

/* Checks a finished PDF. */
void pipeline_check_pdf(const char *path, Diagnostics *d);

#endif
