#include "source/markdown.h"
gboolean body_table(Body *b, cmark_node *node, xmlNode *parent)
{
	(void)b; (void)node; (void)parent;
	return FALSE;
}
