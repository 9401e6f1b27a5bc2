/* Inside the preview: tells when something below some folders has changed. */
#ifndef ROTONDE_PREVIEW_WATCHER_H
#define ROTONDE_PREVIEW_WATCHER_H

#include <glib.h>

typedef struct Watcher Watcher;

/* Calls changed, from the main loop, a moment after a file at or below one of these folders was written, made, moved or deleted: once for all that
 * happens within that moment. Folders may come and go. Names that begin with a dot, and symbolic links, are passed over. */
Watcher *watcher_new(const char *const *folders, void (*changed)(gpointer data), gpointer data);
/* These files too (paths; those of a former call are forgotten): within two seconds after they changed. */
void watcher_set_files(Watcher *w, const char *const *files);
void watcher_free(Watcher *w);

#endif
