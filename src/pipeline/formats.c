/* The output formats: one row each. */
#include "pipeline/internal.h"

#include <string.h>

static const Format formats[] = {
    {"html", ".html", "html/publication.xsl", FINISH_PAGE, FALSE, FALSE},
    {"pdf", ".pdf", "print/publication.xsl", FINISH_PDF, FALSE, FALSE},
    {"fo", ".fo", "print/publication.xsl", FINISH_STANDARD, FALSE, FALSE},
    {"areas", ".areas.xml", "print/publication.xsl", FINISH_AREAS, FALSE, FALSE},
    {"timeline", "-timeline.html", "html/timeline.xsl", FINISH_PAGE, FALSE, TRUE},
    {"poster", "-poster.pdf", "poster/poster.xsl", FINISH_PDF, TRUE, TRUE},
    {"poster-fo", "-poster.fo", "poster/poster.xsl", FINISH_STANDARD, TRUE, TRUE},
    {"guide", "-guide.pdf", "guide/guide.xsl", FINISH_PDF, TRUE, TRUE},
    {"guide-fo", "-guide.fo", "guide/guide.xsl", FINISH_STANDARD, TRUE, TRUE},
    {"check-copy", "-check-copy.pdf", "guide/check-copy.xsl", FINISH_PDF, TRUE, TRUE},
    {"check-copy-fo", "-check-copy.fo", "guide/check-copy.xsl", FINISH_STANDARD, TRUE, TRUE},
    {"xml", ".xml", NULL, FINISH_SERIALISE, FALSE, FALSE},
    {"changes-html", "-changes.html", "changes/html.xsl", FINISH_PAGE, FALSE, FALSE},
    {"changes-pdf", "-changes.pdf", "changes/print.xsl", FINISH_PDF, FALSE, FALSE},
    {"changes-fo", "-changes.fo", "changes/print.xsl", FINISH_STANDARD, FALSE, FALSE},
};

const Format *pipeline_format_lookup(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(formats); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

const char *const *pipeline_formats(void)
{
	static const char *const names[] = {"html", "pdf", "fo", "areas", "timeline", "poster",
	                                    "poster-fo", "guide", "guide-fo", "check-copy", "check-copy-fo", "xml", NULL};

	return names;
}

const char *const *pipeline_default_formats(void)
{
	static const char *const names[] = {"html", "pdf", NULL};

	return names;
}

gboolean format_is_printed(const Format *format)
{
	return format->finish == FINISH_PDF || format->finish == FINISH_AREAS;
}

gboolean format_is_page(const Format *format)
{
	return format->finish == FINISH_PAGE;
}
