/* The live preview: rebuilds what a save touches, and shows it in the browser, on this machine only.
 *
 * Every build is a process of its own (the program itself: "build ID --to html,pdf,timeline --format json"), so that nothing a document does can
 * hurt the preview, however often it is saved. What was built last stays in memory: a broken file, a full disk or a folder that is gone
 * shows its message over the page that was.
 *
 * It listens on 127.0.0.1 alone; everything it has lies below a random token; a request of another site, or for another host name, is refused.
 * Below /TOKEN/ (GET and HEAD; ID and PROFILE as in build, SERIAL grows with every change):
 *   (nothing), preview.css, preview.js          the page itself, from stylesheets/preview/
 *   state?id=ID&profile=PROFILE&seen=SERIAL     as JSON what there is to see, as soon as SERIAL is no longer the newest (25 s at most);
 *                                               &views=web,pdf,timeline are those that are kept up to date (web and pdf without it);
 *                                               &pages=7,8&dpi=R are those in sight: they are drawn before they are asked for again
 *   web/ID/PROFILE/DIGEST, timeline/..., pdf/...  what was built
 *   page/ID/PROFILE/LOOK/N?dpi=R                a page of the PDF as JPEG; LOOK (in the state's "pages") is another when the page looks otherwise */
#ifndef ROTONDE_PREVIEW_PREVIEW_H
#define ROTONDE_PREVIEW_PREVIEW_H

#include <glib.h>

typedef struct {
	const char *root;     /* the workspace */
	const char *share;    /* holds stylesheets/, and is watched too */
	const char *program;  /* path of rotonde */
	const char *language; /* nl or en */
	const char *id;       /* the publication to show first; NULL: the first there is */
	const char *editor;   /* address that opens an editor; %f is the file's path, %l the line, %c the column */
	guint port;           /* 0: any that is free */
	/* Once it can be visited; again, with a line to print, after each build (line NULL the first time). Borrowed. */
	void (*told)(gpointer data, const char *address, const char *line);
	gpointer data;
} PreviewOptions;

/* This room is a module (base/module.h), build/preview.so; its one symbol, preview_module, is of this type. */
typedef struct {
	/* Serves until SIGINT or SIGTERM. FALSE with error set when it cannot begin: no libsoup (G_FILE_ERROR_NOSYS), no such port. */
	gboolean (*run)(const PreviewOptions *options, GError **error);
	/* Shows an address in the user's browser. FALSE with error set. */
	gboolean (*browse)(const char *address, GError **error);
} PreviewModule;

#endif
