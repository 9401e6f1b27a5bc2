/* Fonts and hyphenation, opened in a thread of their own while the document is still being made. */
#include "layout/text.h"

typedef struct {
	LayoutOptions options;
	char **families, **languages;
} Preparation;

static gpointer prepare(gpointer data)
{
	Preparation *p = data;
	text_prepare(&p->options, (const char *const *)p->families, (const char *const *)p->languages);
	g_strfreev(p->families);
	g_strfreev(p->languages);
	g_free((char *)p->options.root);
	g_free((char *)p->options.fonts_conf);
	g_free(p);
	return NULL;
}

void layout_prepare(const LayoutOptions *options, const char *const *families, const char *const *languages)
{
	Preparation *p = g_new0(Preparation, 1);
	p->options = *options;
	p->options.root = g_strdup(options->root);
	p->options.fonts_conf = g_strdup(options->fonts_conf);
	p->families = g_strdupv((char **)families);
	p->languages = g_strdupv((char **)languages);
	GThread *thread = g_thread_try_new("layout_prepare", prepare, p, NULL);
	if (thread)
		g_thread_unref(thread);
	else
		prepare(p);
}
