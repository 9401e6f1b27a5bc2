/* Where a module stands, and opening it. */
#include "base/module.h"

#include <dlfcn.h>

char *module_file(const char *name)
{
	g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = g_path_get_dirname(program != NULL ? program : "/usr/local/bin/rotonde");
	g_autofree char *above = g_path_get_dirname(folder);
	g_autofree char *beside = g_build_filename(folder, name, NULL);

	return g_file_test(beside, G_FILE_TEST_EXISTS) ? g_steal_pointer(&beside) : g_build_filename(above, "lib", "rotonde", name, NULL);
}

char *module_path(const char *name)
{
	g_autofree char *file = g_strconcat(name, ".so", NULL);

	return module_file(file);
}

gconstpointer module_open(const char *name, const char *symbol, Diagnostics *d)
{
	g_autofree char *path = module_path(name);
	void *module = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
	gconstpointer found = module != NULL ? dlsym(module, symbol) : NULL;

	if (found == NULL)
		diagnose(d, MSG_MODULE_UNUSABLE, NULL, path, dlerror());
	return found;
}
