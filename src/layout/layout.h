/* From formatting objects to pages of areas. */
#ifndef ROTONDE_LAYOUT_LAYOUT_H
#define ROTONDE_LAYOUT_LAYOUT_H

#include "fo/fo.h"
#include "layout/area.h"

typedef struct {
	const char *root;         /* folder that relative picture paths start from; pictures outside it are refused */
	const char *fonts_conf;   /* a fontconfig file to use instead of the house's private set-up and the system's; NULL: none */
	gboolean plain_metrics;   /* no kerning, no ligatures: for comparison with other formatters */
	gboolean whole;           /* a character that no font has is an error: for a document that is to be published */
	int threads;              /* at most; 0: one a core. The areas are the same */
} LayoutOptions;

/* Opens fonts and dictionaries, so that they are open when layout_document wants them. families, languages: NULL-terminated, or NULL. From any thread; optional. */
void layout_prepare(const LayoutOptions *options, const char *const *families, const char *const *languages);

/* Never fails on real text: what does not fit is set overfull and reported with its line. NULL only after a reported error. */
AreaTree *layout_document(const FoTree *tree, const LayoutOptions *options, Diagnostics *d);

/* No silent loss: compares the words of the areas with those of the flows, footnotes included, one by one. FALSE after reporting the first difference
 * with its line. */
gboolean layout_check_loss(const FoTree *tree, const AreaTree *areas, Diagnostics *d);

/* Reports texts and pictures that stand off the page, and texts that run over an edge of it. whole: it is a document that is to be published, so that a
 * text past an edge is an error, and FALSE; in another the author of its FO is warned. */
gboolean layout_check_sight(const AreaTree *areas, gboolean whole, Diagnostics *d);

/* The area tree as XML with Apache FOP's element and attribute names, lengths in millipoints. The caller's. */
GBytes *layout_to_xml(const AreaTree *t);

#endif
