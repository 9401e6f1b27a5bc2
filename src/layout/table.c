#include "layout/block.h"
void table_add(Stream *s, const FoNode *n)
{
	block_children(s, n);
}
