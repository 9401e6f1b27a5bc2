/* Marks what changed: changes OLD.xml NEW.xml writes the marked tree, one element a line. */
#include "changes/changes.h"

#include <libxml/xmlsave.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	g_autoptr(Diagnostics) d = diagnostics_new();

	xml_start();
	if (argc != 3)
		return 2;
	g_autoptr(xmlDoc) old = xml_load(argv[1], NULL, d), new = xml_load(argv[2], NULL, d);
	if (old == NULL || new == NULL)
		return 1;
	changes_mark(old, new);
	xmlSaveCtxt *out = xmlSaveToFd(1, "UTF-8", XML_SAVE_NO_DECL);
	xmlSaveDoc(out, new);
	return xmlSaveClose(out) < 0;
}
