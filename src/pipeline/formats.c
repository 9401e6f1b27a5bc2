/* The output formats: one row each. */
#include "pipeline/internal.h"

#include <string.h>

static const Format formats[] = {
    {"html", ".html", "html/publication.xsl", FINISH_SERIALISE},
    {"pdf", ".pdf", "print/publication.xsl", FINISH_PDF},
    {"fo", ".fo", "print/publication.xsl", FINISH_STANDARD},
    {"areas", ".areas.xml", "print/publication.xsl", FINISH_AREAS},
    {"timeline", "-timeline.html", "html/timeline.xsl", FINISH_SERIALISE},
    {"xml", ".xml", NULL, FINISH_SERIALISE},
    {"changes-html", "-changes.html", "changes/html.xsl", FINISH_SERIALISE},
    {"changes-pdf", "-changes.pdf", "changes/print.xsl", FINISH_PDF},
    {"changes-fo", "-changes.fo", "changes/print.xsl", FINISH_STANDARD},
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
	static const char *const names[] = {"html", "pdf", "fo", "areas", "timeline", "xml", NULL};

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
