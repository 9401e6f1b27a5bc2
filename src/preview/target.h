/* Inside the preview: one publication in one profile, as it was last built, and the process that builds it. */
#ifndef ROTONDE_PREVIEW_TARGET_H
#define ROTONDE_PREVIEW_TARGET_H

#include "preview/preview.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

typedef enum { VIEW_TIMELINE, VIEW_WEB, VIEW_PDF, VIEWS } View;

enum { SIGHT = 4 };
typedef enum { HEAR_OUT, HEAR_ERR, HEARINGS } Hearing;

typedef struct Target Target;
typedef void (*TargetDone)(gpointer data, Target *t);
/* A page in sight of the PDF that is being built, alone in a file (NULL: it looks as it did): it can be drawn, and shown when the build is done and has not
 * refused it. */
typedef void (*TargetSeen)(gpointer data, const Target *t, guint place, GBytes *pdf);

/* A page that somebody looks at. */
typedef struct {
	guint page;  /* from 1; 0: none */
	char *look;  /* of the page alone, as the last build said; NULL: not known */
} Sighted;

struct Target {
	const PreviewOptions *options;
	char *id, *profile;
	GBytes *views[VIEWS];  /* NULL: not built yet, or it has none */
	char *digests[VIEWS];
	char **elsewhere;      /* paths of files outside cases/ that the views were made from; NULL: not known */
	guint pages;           /* of the PDF */
	char **looks;          /* of each page, a text that is another when it looks otherwise; NULL: not known */
	JsonNode *diagnostics; /* an array, as rotonde check --format json has it; NULL before the first build */
	gint64 errors, warnings;
	JsonNode *made;        /* the diagnostics of the build that made what is shown; NULL: not known */
	gint64 made_warnings;
	char *failure;         /* the program's own words when it could not say more; NULL: none */
	gboolean old;          /* what is shown is older than what was last tried */
	guint serial;          /* grows when any of this changes */
	gboolean building, stale; /* stale: built before the last change */
	double seconds;        /* that the last build took */
	gint64 asked;          /* monotonic time when somebody last asked for it */
	gboolean wanted[VIEWS]; /* the views that are looked at: no others are built */
	Sighted sight[SIGHT];   /* pages of the PDF that are in sight */
	guint dpi;              /* at which they are */
	/* inside */
	gint64 started;
	GSubprocess *running;  /* NULL: none */
	GString *heard[HEARINGS]; /* what it has printed */
	guint hearing;         /* how many of these have not come to an end */
	GSubprocess *next;     /* started, and waiting to be told that it is wanted; NULL: none */
	char *next_formats;    /* what it was started for */
	guint rest;            /* source: when it is over, next is started */
	guint limit;           /* source: the running one has had its time */
	gboolean refused;      /* the running one refused an output */
	gboolean checked;      /* the last one did not find all of it up to date */
	gboolean unsaid;       /* what is up to date has to be made again, since nothing is known of what was said of it */
	gboolean again;        /* should it fail, a fresh one is tried */
	TargetDone done;
	TargetSeen seen;
	gpointer data;
};

/* options is borrowed. */
Target *target_new(const PreviewOptions *options, const char *id, const char *profile);
/* Called from the main loop: done after each build, seen in the course of it. */
void target_listen(Target *t, TargetDone done, TargetSeen seen, gpointer data);

/* Whether the folder cases is still where it was when the preview began. */
gboolean target_has_workspace(const PreviewOptions *options);

/* Starts a build, unless one is going on; what changes meanwhile makes it stale again. */
void target_build(Target *t);

/* Ends the process that waits for the next build: it takes memory. */
void target_rest(Target *t);

/* The name of a view in an address, and back; VIEWS when there is none of that name. */
const char *view_name(View view);
View view_lookup(const char *name, gsize length);

#endif
