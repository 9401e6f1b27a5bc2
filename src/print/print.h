/* Printing: XSL-FO to areas to a PDF, verified before anybody sees it. This room and those it stands on (fo, layout, pdf) are a module of their
 * own, build/print.so: what needs no printing starts without the dozen libraries that printing needs. pipeline/printer.c opens it. */
#ifndef ROTONDE_PRINT_PRINT_H
#define ROTONDE_PRINT_PRINT_H

#include "base/diagnostic.h"
#include "base/xml.h"
#include "pdf/texts.h"

/* Who looks at some pages while the document is made again. */
typedef struct {
	struct {
		guint page;     /* from 1; 0: none */
		char look[40];  /* that it had when it was seen last, as seen said; "": it was not */
	} pages[4];
	/* Called for each of them as soon as all pages are laid out, in a thread of its own, with that page alone as a PDF: it can be drawn, but not shown,
	 * for the document may yet be refused. look: another when the page looks otherwise; pdf is NULL when it looks as it did. */
	void (*seen)(gpointer data, guint page, const char *look, GBytes *pdf);
	gpointer data;
} PrintSight;

typedef struct {
	const char *root;       /* folder that relative paths of pictures start from */
	const char *fonts_conf; /* fontconfig file to use instead of the house's; NULL: none */
	gboolean areas;         /* the area tree instead of a PDF */
	gboolean plain_metrics; /* no kerning, no ligatures */
	int threads;            /* for laying out, at most; 0: one a core */
	gboolean ours;          /* a document of ours: its PDF is checked too */
	gboolean draft;         /* but not this one: its reader waits for it */
	GPtrArray *looks;       /* as PdfOptions has it */
	const PrintSight *sight; /* NULL: nobody looks */
	gint64 time;            /* seconds since 1970 that the PDF says it was made; 0: it says nothing */
} PrintOptions;

/* The module's one symbol, print_module, is of this type. */
typedef struct {
	/* Loads what printing will want (fonts, hyphenation, the checker's library) in threads of its own, and leaves it loaded. families and
	 * languages: NULL-terminated, borrowed during the call. Optional. */
	void (*prepare)(const char *root, const char *const *families, const char *const *languages);
	/* An XSL-FO document to a PDF or area tree in memory, verified. name: of the document, for messages. NULL after reporting. *pages
	 * receives their number. */
	GBytes *(*document)(const PrintOptions *options, xmlDoc *fo, const char *name, guint *pages, Diagnostics *d);
	/* Checks a finished PDF; FALSE when it is none (reported). */
	gboolean (*check)(GBytes *file, const char *name, Diagnostics *d);
	/* Every text in a PDF: see pdf/texts.h. */
	gboolean (*texts)(GBytes *file, const char *name, void (*found)(const PdfText *text, gpointer data), gpointer data, Diagnostics *d);
} PrintModule;

#endif
