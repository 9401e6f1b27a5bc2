/* Fuzzing of pictures: what they say they are, and what is left of them without metadata. A picture that can be read can still be read when it
 * is stripped, with the same size; one without a flaw can be read, and stripping it again changes nothing. */
#include "base/image.h"
#include "base/xml.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	xml_start();
	return 0;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, size);
	g_autoptr(GBytes) once = image_strip(bytes);
	g_autoptr(GBytes) twice = image_strip(once);
	ImageInfo before, after;
	gboolean good = image_read_info(bytes, &before);

	g_assert(image_read_info(once, &after) == good);
	g_assert(after.format == before.format);
	if (good)
		g_assert(after.width == before.width && after.height == before.height);
	g_assert(image_flaw(bytes) != FLAW_NONE || g_bytes_equal(once, twice));
	g_assert(good || image_flaw(bytes) != FLAW_NONE);
	g_assert(before.format != IMAGE_UNKNOWN || image_flaw(bytes) == FLAW_UNKNOWN || image_flaw(bytes) == FLAW_LARGE);
	image_other_format(bytes);
	image_tells_place(bytes);
	g_autofree char *words = image_lost_words(bytes), *picture = image_lost_picture(bytes);
	return 0;
}
