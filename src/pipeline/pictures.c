/* Pictures of a publication, when two of its states are compared: the same name may stand for another picture, another name for the same. */
#include "pipeline/internal.h"

#include "base/file.h"
#include "base/image.h"

#include <string.h>

/* The file of an element that shows one, relative to the root; NULL: it shows none. */
static const char *picture_of(const xmlNode *n)
{
	static const char *const pictures[] = {"figure", "image", "cover", "photo", "logo", NULL};

	return n->type == XML_ELEMENT_NODE && g_strv_contains(pictures, (const char *)n->name) ? xml_attribute(n, "href") : NULL;
}

void pictures_sign(const Workspace *w, xmlDoc *doc)
{
	const xmlNode *root = xmlDocGetRootElement(doc);

	for (xmlNode *n = (xmlNode *)root; n != NULL; n = xml_following(n, root)) {
		const char *name = picture_of(n);
		g_autoptr(GBytes) bytes = name != NULL ? workspace_bytes(w, name) : NULL;
		g_autofree char *digest = bytes != NULL ? file_digest(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : NULL;
		if (digest != NULL)
			xmlSetProp(n, BAD_CAST "bytes", BAD_CAST digest);
	}
}

/* Every form shows it, or none does. */
static void check_whole(GBytes *bytes, const Position *at, const char *name, Diagnostics *d)
{
	static const MessageId flaws[] = {[FLAW_CUT] = MSG_PICTURE_CUT, [FLAW_BROKEN] = MSG_PICTURE_BROKEN, [FLAW_KIND] = MSG_PICTURE_KIND,
	                                  [FLAW_LARGE] = MSG_PICTURE_LARGE, [FLAW_SIZE] = MSG_PICTURE_SIZE};
	ImageFlaw flaw = image_flaw(bytes);
	const char *other = flaw == FLAW_UNKNOWN ? image_other_format(bytes) : NULL;
	g_autofree char *lost = flaw == FLAW_NONE ? image_lost_picture(bytes) : NULL;

	if (flaw == FLAW_UNKNOWN)
		diagnose(d, other != NULL ? MSG_PICTURE_OTHER : MSG_PICTURE_NONE, at, name, other);
	else if (flaw != FLAW_NONE)
		diagnose(d, flaws[flaw], at, name);
	if (lost != NULL)
		diagnose(d, MSG_PICTURE_LINKED, at, lost, name);
}

static void check_picture(GBytes *bytes, const xmlNode *n, const char *name, Diagnostics *d)
{
	enum { SHOWN = 40 /* bytes of the words */ };
	g_autofree char *words = image_lost_words(bytes);
	Position at = xml_position(n);

	at.focus = name;
	check_whole(bytes, &at, name, d);
	if (image_tells_place(bytes))
		diagnose(d, MSG_PICTURE_PLACE, &at, name);
	if (!g_str_has_prefix(name, "cases/"))
		document_check_name(name, &at, d);
	if (words == NULL)
		return;
	if (strlen(words) > SHOWN)
		*g_utf8_find_prev_char(words, words + SHOWN + 1) = '\0';
	diagnose(d, MSG_PICTURE_WORDS, &at, words, name);
}

void pictures_check(const Workspace *w, const xmlDoc *doc, Diagnostics *d)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	const xmlNode *root = xmlDocGetRootElement((xmlDoc *)doc);

	for (const xmlNode *n = root; n != NULL; n = xml_following(n, root)) {
		const char *name = picture_of(n);
		g_autoptr(GBytes) bytes = name != NULL && g_hash_table_add(seen, (gpointer)name) ? workspace_bytes(w, name) : NULL;
		if (bytes != NULL)
			check_picture(bytes, n, name, d);
	}
}

void pictures_forget(xmlDoc *doc)
{
	const xmlNode *root = xmlDocGetRootElement(doc);

	for (xmlNode *n = (xmlNode *)root; n != NULL; n = xml_following(n, root))
		if (picture_of(n) != NULL)
			xmlUnsetProp(n, BAD_CAST "bytes");
}

/* What follows an element in the document's order and is not in it. */
static xmlNode *behind(xmlNode *n, const xmlNode *root)
{
	while (n != root && n->next == NULL)
		n = n->parent;
	return n != root ? n->next : NULL;
}

void pictures_drop(xmlDoc *doc, const char *folder)
{
	xmlNode *root = xmlDocGetRootElement(doc);

	for (xmlNode *n = root, *next; n != NULL; n = next) {
		const char *href = picture_of(n);
		g_autofree char *path = href != NULL ? g_build_filename(folder, href, NULL) : NULL;
		next = xml_following(n, root);
		if (path == NULL || g_file_test(path, G_FILE_TEST_IS_REGULAR))
			continue;
		const char *alt = xml_attribute(n, "alt");
		const xmlNode *caption = xml_first(n, "caption");
		xmlChar *below = caption != NULL ? xmlNodeGetContent(caption) : NULL;
		g_autofree char *words = g_strdup_printf("[%s]%s%s", alt != NULL ? alt : "", below != NULL ? " " : "", below != NULL ? (const char *)below : "");
		xmlFree(below);
		xmlNode *p = xml_is(n, "figure") ? xmlNewDocNode(doc, NULL, BAD_CAST "p", NULL) : NULL;
		next = behind(n, root);
		if (p != NULL) {
			xmlNodeAddContent(p, BAD_CAST words);
			xmlReplaceNode(n, p);
		} else {
			xmlUnlinkNode(n);
		}
		xmlFreeNode(n);
	}
}
