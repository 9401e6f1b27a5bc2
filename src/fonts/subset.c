/* Subsets. */
#include "fonts/subset.h"

#include <hb-ot.h>
#include <hb-subset.h>

#define ALL(list) list, G_N_ELEMENTS(list)

static void add_all(hb_set_t *set, const hb_tag_t *list, guint length)
{
	for (guint i = 0; i < length; i++)
		hb_set_add(set, list[i]);
}

static void remove_all(hb_set_t *set, const hb_tag_t *list, guint length)
{
	for (guint i = 0; i < length; i++)
		hb_set_del(set, list[i]);
}

static hb_face_t *run(hb_face_t *face, hb_subset_input_t *input)
{
	hb_face_t *made = hb_subset_or_fail(face, input);

	hb_subset_input_destroy(input);
	return made;
}

hb_face_t *font_subset_glyphs(hb_face_t *face, const hb_set_t *glyphs)
{
	static const hb_tag_t dropped[] = {HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
	                                   HB_TAG('n', 'a', 'm', 'e'), HB_TAG('D', 'S', 'I', 'G'), HB_TAG('p', 'o', 's', 't')};
	hb_subset_input_t *input = hb_subset_input_create_or_fail();

	if (input == NULL)
		return NULL;
	hb_set_union(hb_subset_input_glyph_set(input), glyphs);
	add_all(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG), ALL(dropped));
	hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING);
	return run(face, input);
}

hb_face_t *font_subset_characters(hb_face_t *face, const hb_set_t *characters)
{
	/* beside what HarfBuzz keeps by itself: kern, liga, clig, calt, ccmp, locl, mark, mkmk and what scripts other than ours need */
	static const hb_tag_t wanted[] = {HB_TAG('o', 'n', 'u', 'm'), HB_TAG('l', 'n', 'u', 'm')};
	static const hb_tag_t unwanted[] = {HB_TAG('f', 'r', 'a', 'c'), HB_TAG('n', 'u', 'm', 'r'), HB_TAG('d', 'n', 'o', 'm')};
	static const hb_tag_t dropped[] = {HB_TAG('D', 'S', 'I', 'G')};
	static const hb_tag_t names[] = {HB_OT_NAME_ID_COPYRIGHT, HB_OT_NAME_ID_LICENSE_URL};
	hb_subset_input_t *input = hb_subset_input_create_or_fail();

	if (input == NULL)
		return NULL;
	hb_set_union(hb_subset_input_unicode_set(input), characters);
	add_all(hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG), ALL(wanted));
	remove_all(hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG), ALL(unwanted));
	add_all(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG), ALL(dropped));
	hb_set_clear(hb_subset_input_set(input, HB_SUBSET_SETS_NAME_ID));
	add_all(hb_subset_input_set(input, HB_SUBSET_SETS_NAME_ID), ALL(names));
	hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
	return run(face, input);
}

gboolean font_may_be_embedded(hb_face_t *face)
{
	enum { FS_TYPE = 8, RESTRICTED = 0x000E, NO_SUBSETTING = 0x0100, BITMAPS_ONLY = 0x0200 };
	hb_blob_t *os2 = hb_face_reference_table(face, HB_TAG('O', 'S', '/', '2'));
	guint length, type = 0;
	const guint8 *data = (const guint8 *)hb_blob_get_data(os2, &length);

	if (length >= FS_TYPE + 2)
		type = (guint)(data[FS_TYPE] << 8 | data[FS_TYPE + 1]);
	hb_blob_destroy(os2);
	return (type & (RESTRICTED | NO_SUBSETTING | BITMAPS_ONLY)) == 0;
}
