/* The public profile: what is for the editors' eyes only is taken out. The review profile keeps all. */
#include "document/room.h"

#include <string.h>

static gboolean is_internal(const xmlNode *node)
{
	return node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE || xml_is(node, "note") || xml_is(node, "consent");
}

void profile_strip(Assembly *a)
{
	xmlNode *root = xmlDocGetRootElement(a->tree), *next;

	if (a->profile != PROFILE_PUBLIC)
		return;
	for (xmlNode *n = root; n != NULL; n = next) {
		if (!is_internal(n)) {
			if (n->type == XML_ELEMENT_NODE) {
				node_unset(n, "codes");
				node_unset(n, "age-band");
			}
			next = xml_following(n, root);
			continue;
		}
		xmlNode *last = n;
		while (last->last != NULL)
			last = last->last;
		next = xml_following(last, root);
		xmlUnlinkNode(n);
		xmlFreeNode(n);
	}
}
