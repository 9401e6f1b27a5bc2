/* Typography. */
#include "source/internal.h"

void source_typeset(xmlNode *node, const char *language)
{
	(void)language;
	for (xmlNode *n = node; n != NULL; n = xml_following(n, node))
		if (n->type == XML_TEXT_NODE && n->content != NULL)
			escape_show((char *)n->content, FALSE);
}
