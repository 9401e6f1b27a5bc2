#include "source/internal.h"
void source_typeset(xmlNode *node, const char *language)
{
	(void)node; (void)language;
}
