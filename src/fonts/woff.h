/* WOFF, the packing of a font file for the web (W3C, WOFF File Format 1.0). Its second version is a seventh smaller, but only with code of its own for
 * outlines; the first needs zlib's format alone, which this program packs PDFs with. */
#ifndef ROTONDE_FONTS_WOFF_H
#define ROTONDE_FONTS_WOFF_H

#include <glib.h>

/* font: a single TrueType or OpenType file. NULL when it is none. */
GBytes *woff_pack(const char *font, gsize size);

#endif
