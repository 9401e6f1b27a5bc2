/* The way to the room where printing is done: a module, opened when a run prints. */
#include "pipeline/internal.h"

#include "base/file.h"
#include "base/module.h"

const PrintModule *print_open(Diagnostics *d)
{
	static GMutex lock;
	static const PrintModule *module;

	g_mutex_lock(&lock);
	if (module == NULL)
		module = module_open("print", "print_module", d);
	g_mutex_unlock(&lock);
	return module;
}

void print_prepare(const Run *run)
{
	g_autoptr(Diagnostics) ignored = diagnostics_new(); /* who prints will be told */
	const PrintModule *module = print_open(ignored);
	const char *languages[] = {workspace_language(run->workspace), NULL};
	g_auto(GStrv) families = run_house_families(run);

	if (module != NULL)
		module->prepare(run->options->root, (const char *const *)families, languages);
}

GBytes *print_document(const PrintOptions *options, xmlDoc *fo, const char *name, guint *pages, Diagnostics *d)
{
	const PrintModule *module = print_open(d);

	return module != NULL ? module->document(options, fo, name, pages, d) : NULL;
}

gboolean pipeline_format(const PrintOptions *options, const char *path, const char *output, guint *pages, Diagnostics *d)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(xmlDoc) fo = xml_load(path, path, d);
	g_autoptr(GBytes) bytes = fo != NULL ? print_document(options, fo, path, pages, d) : NULL;
	gsize size;
	const void *data;

	if (bytes == NULL)
		return FALSE;
	data = g_bytes_get_data(bytes, &size);
	if (file_save(output, data, size, &error))
		return TRUE;
	diagnose(d, MSG_FILE_WRITE, NULL, output, error->message);
	return FALSE;
}

void pipeline_check_pdf(const char *path, Diagnostics *d)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = file_load(path, FILE_LIMIT, &error);
	const PrintModule *module = bytes != NULL ? print_open(d) : NULL;

	if (bytes == NULL)
		diagnose(d, MSG_FILE_MISSING, NULL, path, error->message);
	else if (module != NULL)
		module->check(bytes, path, d);
}
