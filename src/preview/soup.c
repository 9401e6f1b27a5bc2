/* libsoup, loaded when a preview begins. */
#include "preview/soup.h"

#include <dlfcn.h>

gboolean soup_load(Soup *f)
{
	void *library = dlopen("libsoup-3.0.so.0", RTLD_LAZY | RTLD_LOCAL);

	if (library == NULL)
		return FALSE;
#define LOAD(name) \
	f->name = (__typeof__(name) *)dlsym(library, #name); \
	if (f->name == NULL) \
		return FALSE;
	SOUP_FUNCTIONS(LOAD)
#undef LOAD
	return TRUE;
}
