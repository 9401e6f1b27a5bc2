/* A face with no more in it than a document needs, by HarfBuzz. Without hints, signature and the names of the machine that made it: the same face and
 * the same set give the same bytes. Sets may be used by several threads at once, as long as nobody changes them. */
#ifndef ROTONDE_FONTS_SUBSET_H
#define ROTONDE_FONTS_SUBSET_H

#include <glib.h>
#include <hb.h>

/* These glyphs, which keep their numbers, and nothing that shapes text: for a PDF, in which it is set already. The caller's; NULL when HarfBuzz cannot. */
hb_face_t *font_subset_glyphs(hb_face_t *face, const hb_set_t *glyphs);

/* These characters, with what shaping makes of them: kerning, ligatures, old-style and lining figures. Copyright and licence stay in it, other names do
 * not (the SIL Open Font License reserves some for the whole typeface). The caller's; NULL when HarfBuzz cannot. */
hb_face_t *font_subset_characters(hb_face_t *face, const hb_set_t *characters);

/* Whether its maker lets a part of it be put in a document that everybody may have: installable, subsets allowed (OS/2, fsType). */
gboolean font_may_be_embedded(hb_face_t *face);

#endif
