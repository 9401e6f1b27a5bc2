/* An SVG without what nobody sees: what editors wrote into it, layers that are switched off, what would run in a browser, and what would be fetched from elsewhere. */
#include "base/image.h"

#include "base/text.h"

#include <string.h>

#define SVG_NS "http://www.w3.org/2000/svg"
#define XLINK_NS "http://www.w3.org/1999/xlink"

/* The data up to the DOCTYPE that they hold, if that only says that this is an SVG: from *from up to *to. */
static gboolean find_doctype(const char *data, gsize size, gsize *from, gsize *to)
{
	const char *start = g_strstr_len(data, (gssize)size, "<!DOCTYPE"), *svg = g_strstr_len(data, (gssize)size, "<svg"), *end;

	if (start == NULL || svg == NULL || svg < start)
		return FALSE;
	end = memchr(start, '>', (gsize)(svg - start));
	if (end == NULL || memchr(start, '[', (gsize)(end - start)) != NULL)
		return FALSE;
	*from = (gsize)(start - data);
	*to = (gsize)(end + 1 - data);
	return TRUE;
}

xmlDoc *image_svg_parse(GBytes *bytes, Diagnostics *d)
{
	gsize size, from = 0, to = 0;
	const char *data = g_bytes_get_data(bytes, &size);
	g_autoptr(Diagnostics) said = diagnostics_new();
	g_autofree char *plain = NULL;
	xmlDoc *doc;

	if (find_doctype(data, size, &from, &to)) {
		plain = g_memdup2(data, size);
		for (gsize i = from; i < to; i++)
			if (plain[i] != '\n')
				plain[i] = ' ';
	}
	doc = xml_parse(plain != NULL ? plain : data, size, "svg", said);
	if (diagnostics_count(said, LEVEL_ERROR) > 0) /* a prefix that nothing declares: browsers show nothing then */
		g_clear_pointer(&doc, xmlFreeDoc);
	diagnostics_merge(d, said);
	return doc;
}

/* The caller's, never NULL. */
static char *attribute_text(const xmlAttr *a)
{
	xmlChar *raw = xmlNodeListGetString(a->doc, a->children, 1);
	char *text = g_strdup(raw != NULL ? (const char *)raw : "");

	xmlFree(raw);
	return text;
}

/* ---- styles ---- */

/* Behind what begins at text and ends at one of the bytes in stop, or at the end; what is in quotes does not end it. */
static const char *style_end(const char *text, const char *stop)
{
	char quote = '\0';

	for (; *text != '\0'; text++) {
		if (quote == '\0' && strchr(stop, *text) != NULL)
			return text + 1;
		if (quote != '\0' ? *text == quote : *text == '"' || *text == '\'')
			quote = quote != '\0' ? '\0' : *text;
	}
	return text;
}

/* Whether url( with this in it stays in the file: a part of the drawing, a typeface. */
static gboolean is_inside(const char *address)
{
	address += strspn(address, " \t\n\r\f\"'");
	return *address == '#' || g_ascii_strncasecmp(address, "data:font/", 10) == 0 || g_ascii_strncasecmp(address, "data:application/", 17) == 0;
}

/* What fetches something at text, a byte of a style: its length, and 0 when nothing does. */
static gsize fetching(const char *text)
{
	static const char *const functions[] = {"url(", "src(", "image(", "image-set(", "cross-fade(", "element("};

	if (g_ascii_strncasecmp(text, "@import", 7) == 0)
		return (gsize)(style_end(text, ";") - text);
	for (guint i = 0; i < G_N_ELEMENTS(functions); i++) {
		gsize length = strlen(functions[i]);
		if (g_ascii_strncasecmp(text, functions[i], length) == 0 && !(i == 0 && is_inside(text + length)))
			return (gsize)(style_end(text + length, ")") - text);
	}
	return 0;
}

/* CSS, or the value of a property, that fetches nothing from elsewhere. NULL: it does not. An escape may spell anything: nothing is left then. The caller's. */
static char *quiet_style(const char *css)
{
	GString *out = g_string_new(NULL);
	gboolean other = FALSE;
	gsize length;

	if (strchr(css, '\\') != NULL && (strchr(css, '(') != NULL || strchr(css, '@') != NULL || strchr(css, '{') != NULL))
		return g_string_free(out, FALSE);
	for (const char *p = css; *p != '\0'; p += MAX(length, 1)) {
		length = fetching(p);
		other = other || length > 0;
		if (length == 0)
			g_string_append_c(out, *p);
		else if (*p != '@')
			g_string_append(out, "none");
	}
	return g_string_free(out, !other);
}

/* A style without its comments. The caller's. */
static char *uncommented(const char *css)
{
	GString *out = g_string_new(NULL);
	char quote = '\0';

	for (const char *p = css; *p != '\0'; p++) {
		if (quote == '\0' && p[0] == '/' && p[1] == '*') {
			const char *end = strstr(p + 2, "*/");
			if (end == NULL)
				break;
			p = end + 1;
			continue;
		}
		if (quote != '\0' ? *p == quote : *p == '"' || *p == '\'')
			quote = quote != '\0' ? '\0' : *p;
		g_string_append_c(out, *p);
	}
	return g_string_free(out, FALSE);
}

/* The next node in document order that is not inside node. */
static xmlNode *skip_node(const xmlNode *node, const xmlNode *top)
{
	for (; node != NULL && node != top; node = node->parent)
		if (node->next != NULL)
			return node->next;
	return NULL;
}

/* ---- what is never shown: layers that are switched off, parts that nothing uses ---- */

typedef struct {
	GHashTable *used; /* ids that something shown refers to */
	GHashTable *named; /* id -> element, the first that has it */
	GHashTable *walked; /* elements */
	GQueue found;     /* ids of used, borrowed, whose elements are to be looked into */
	gboolean styled;  /* there is a <style>, */
	gboolean shows;   /* and it may show what is hidden */
} Hidden;

/* Takes name over. */
static void note_name(Hidden *h, char *name)
{
	if (g_hash_table_contains(h->used, name)) {
		g_free(name);
		return;
	}
	g_hash_table_add(h->used, name);
	g_queue_push_tail(&h->found, name);
}

/* Every #name in a text; with words, its words too. */
static void note_names(Hidden *h, const char *text, gboolean words)
{
	static const char *const ends = " \t\r\n\"'(){}[],;:.<>#+~*=";

	for (const char *p = text; (p = strchr(p, '#')) != NULL;) {
		gsize length = strcspn(++p, ends);
		note_name(h, g_strndup(p, length));
	}
	if (words) {
		g_auto(GStrv) names = g_strsplit_set(text, " \t\r\n", -1);
		for (char **name = names; *name != NULL; name++)
			note_name(h, g_strdup(*name));
	}
}

static void note_attributes(Hidden *h, const xmlNode *element)
{
	for (const xmlAttr *a = element->properties; a != NULL; a = a->next) {
		g_autofree char *value = attribute_text(a);
		note_names(h, value, g_str_has_prefix((const char *)a->name, "aria-"));
	}
}

static void note_style(Hidden *h, const xmlNode *style)
{
	xmlChar *css = xmlNodeGetContent(style);

	note_names(h, (const char *)css, FALSE);
	h->styled = TRUE;
	h->shows = h->shows || strstr((const char *)css, "display") != NULL;
	xmlFree(css);
}

/* Takes off "!important". TRUE: it was there. */
static gboolean take_importance(char *value)
{
	char *mark = strrchr(value, '!');

	if (mark == NULL || g_ascii_strcasecmp(g_strstrip(mark + 1), "important") != 0)
		return FALSE;
	*mark = '\0';
	g_strchomp(value);
	return TRUE;
}

/* A property as an element's own attributes say; its style has the last word. NULL: they do not. The caller's. */
static char *own_value(const xmlNode *element, const char *name)
{
	const char *style = xml_attribute(element, "style");
	g_autofree char *plain = style != NULL ? uncommented(style) : g_strdup("");
	g_auto(GStrv) properties = g_strsplit(plain, ";", -1);
	char *own = g_strdup(xml_attribute(element, name));
	gboolean settled = FALSE; /* by one that is important */

	for (char **property = properties; *property != NULL; property++) {
		char *value = strchr(*property, ':');
		if (value == NULL)
			continue;
		*value++ = '\0';
		gboolean important = take_importance(g_strstrip(value));
		if (g_ascii_strcasecmp(g_strstrip(*property), name) != 0 || (settled && !important))
			continue;
		settled = important;
		g_free(own);
		own = g_strdup(value);
	}
	return own;
}

static gboolean has_value(const xmlNode *element, const char *name, const char *value)
{
	g_autofree char *own = own_value(element, name);

	return own != NULL && g_ascii_strcasecmp(g_strstrip(own), value) == 0;
}

/* Nothing in it shows, whatever it says of itself. */
static gboolean is_transparent(const xmlNode *element)
{
	g_autofree char *opacity = own_value(element, "opacity");
	char *end = opacity;

	return opacity != NULL && g_ascii_strtod(opacity, &end) <= 0 && end != opacity;
}

static gboolean is_hidden(const Hidden *h, const xmlNode *element)
{
	const gboolean text = xml_is(element, "text");

	if (!h->shows && has_value(element, "display", "none"))
		return TRUE;
	if (h->styled || !(text || xml_is(element, "g")))
		return FALSE;
	return is_transparent(element) || (text && xml_first(element, NULL) == NULL && has_value(element, "visibility", "hidden"));
}

/* In <defs> stands what is drawn elsewhere, if anything does. */
static gboolean is_stored(const xmlNode *element)
{
	static const char *const kinds[] = {"g", "text", "path", "use", "image", "symbol", NULL};

	return xml_is(element->parent, "defs") && g_strv_contains(kinds, (const char *)element->name);
}

static gboolean is_out(const Hidden *h, const xmlNode *n)
{
	return n->type == XML_ELEMENT_NODE && n->parent->type == XML_ELEMENT_NODE && !xml_is(n->parent, "switch") && (is_hidden(h, n) || is_stored(n));
}

static gboolean is_used(const Hidden *h, const xmlNode *element)
{
	const char *id = xml_attribute(element, "id");

	return xml_is(element, "style") || (id != NULL && g_hash_table_contains(h->used, id));
}

/* What is shown with an element refers to more. */
static void walk_shown(Hidden *h, const xmlNode *from)
{
	for (const xmlNode *n = from, *next; n != NULL; n = next) {
		gboolean passed = (n != from && is_out(h, n)) || (n->type == XML_ELEMENT_NODE && !g_hash_table_add(h->walked, (gpointer)n));
		next = passed ? skip_node(n, from) : xml_following(n, from);
		if (!passed && n->type == XML_ELEMENT_NODE)
			note_attributes(h, n);
	}
}

static void note_uses(Hidden *h, const xmlDoc *doc)
{
	const xmlNode *root = xmlDocGetRootElement((xmlDoc *)doc);

	for (const xmlNode *n = root; n != NULL; n = xml_following(n, root)) {
		const char *id = n->type == XML_ELEMENT_NODE ? xml_attribute(n, "id") : NULL;
		if (id != NULL && !g_hash_table_contains(h->named, id))
			g_hash_table_insert(h->named, (gpointer)id, (gpointer)n);
		if (xml_is(n, "style"))
			note_style(h, n);
	}
	walk_shown(h, root);
	for (const char *id; (id = g_queue_pop_head(&h->found)) != NULL;) {
		const xmlNode *element = g_hash_table_lookup(h->named, id);
		if (element != NULL)
			walk_shown(h, element);
	}
}

static gboolean holds_used(const Hidden *h, const xmlNode *element)
{
	for (const xmlNode *n = element; n != NULL; n = xml_following(n, element))
		if (n->type == XML_ELEMENT_NODE && is_used(h, n))
			return TRUE;
	return FALSE;
}

/* Takes an element out that is not shown, but for what in it is shown elsewhere. */
static void take_hidden(const Hidden *h, xmlNode *element)
{
	xmlNode *next;

	if (is_used(h, element))
		return;
	if (!holds_used(h, element)) {
		xmlUnlinkNode(element);
		xmlFreeNode(element);
		return;
	}
	for (xmlNode *child = element->children; child != NULL; child = next) {
		next = child->next;
		if (child->type == XML_ELEMENT_NODE)
			take_hidden(h, child);
	}
}

/* Names that nothing refers to are an editor's own. */
static void take_names(const Hidden *h, xmlNode *element)
{
	if (!is_used(h, element))
		xmlUnsetProp(element, BAD_CAST "id");
	if (!h->styled)
		xmlUnsetProp(element, BAD_CAST "class");
}

static void strip_svg_hidden(xmlDoc *doc)
{
	Hidden h = {.used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	            .named = g_hash_table_new(g_str_hash, g_str_equal),
	            .walked = g_hash_table_new(NULL, NULL)};
	g_autoptr(GPtrArray) hidden = g_ptr_array_new();
	const xmlNode *top = (const xmlNode *)doc;

	note_uses(&h, doc);
	for (xmlNode *n = doc->children, *next; n != NULL; n = next) {
		gboolean out = is_out(&h, n);
		next = out ? skip_node(n, top) : xml_following(n, top);
		if (out)
			g_ptr_array_add(hidden, n);
	}
	for (guint i = 0; i < hidden->len; i++)
		take_hidden(&h, hidden->pdata[i]);
	for (xmlNode *n = doc->children; n != NULL; n = xml_following(n, top))
		if (n->type == XML_ELEMENT_NODE)
			take_names(&h, n);
	g_hash_table_unref(h.used);
	g_hash_table_unref(h.named);
	g_hash_table_unref(h.walked);
	g_queue_clear(&h.found);
}

/* ---- the drawing ---- */

/* Editors keep names of people, files and folders in comments, in <metadata> and in names of their own. The others do something; a foreignObject
 * without what it holds would hide the text that stands there for who cannot show it. */
static gboolean svg_keeps(const xmlNode *node)
{
	static const char *const dropped[] = {"metadata", "script", "foreignObject", "set", "animate", "animateColor", "animateMotion", "animateTransform", "discard",
	                                      "handler", "listener", "iframe", "audio", "video", "canvas", NULL};

	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
		return TRUE;
	return node->type == XML_ELEMENT_NODE && node->ns != NULL && strcmp((const char *)node->ns->href, SVG_NS) == 0 &&
	       !g_strv_contains(dropped, (const char *)node->name);
}

/* A photo that stands inside the drawing is stripped as it would be alone; one that is no picture we know goes, and so does an address elsewhere. */
static void strip_svg_link(xmlAttr *href)
{
	g_autofree char *value = g_strchug(attribute_text(href)), *text = NULL;
	const char *data = strstr(value, ";base64,");
	g_autoptr(GBytes) photo = NULL, clean = NULL;
	ImageInfo info;
	guchar *bytes;
	gsize size;

	if (*value == '#')
		return;
	if (data == NULL || g_ascii_strncasecmp(value, "data:", 5) != 0) {
		xmlRemoveProp(href);
		return;
	}
	bytes = g_base64_decode(data + strlen(";base64,"), &size);
	photo = g_bytes_new_take(bytes, size);
	if (!image_read_info(photo, &info) || info.format == IMAGE_SVG) {
		xmlRemoveProp(href);
		return;
	}
	clean = info.format == IMAGE_JPEG ? image_strip_jpeg(photo, 1) : image_strip(photo); /* librsvg does not turn it */
	text = g_base64_encode(g_bytes_get_data(clean, NULL), g_bytes_get_size(clean));
	g_free(value);
	value = g_strconcat("data:", image_mime_type(info.format), ";base64,", text, NULL);
	xmlNodeSetContent((xmlNode *)href, (const xmlChar *)value);
}

/* A property whose value fetches something is without it; a <style> is without those rules' addresses. */
static void strip_svg_attribute(xmlAttr *a)
{
	g_autofree char *value = attribute_text(a), *quiet = quiet_style(value);

	if (quiet != NULL && *quiet != '\0')
		xmlNodeSetContent((xmlNode *)a, BAD_CAST quiet);
	else if (quiet != NULL)
		xmlRemoveProp(a);
}

static void strip_svg_style(xmlNode *style)
{
	xmlChar *css = xmlNodeGetContent(style);
	g_autofree char *plain = uncommented((const char *)css), *quiet = quiet_style(plain);

	xmlNodeSetContent(style, NULL);
	xmlNodeAddContent(style, BAD_CAST(quiet != NULL ? quiet : plain));
	xmlFree(css);
}

static void strip_svg_attributes(xmlNode *element)
{
	xmlAttr *next;

	for (xmlAttr *a = element->properties; a != NULL; a = next) {
		next = a->next;
		if (a->ns != NULL && strcmp((const char *)a->ns->href, XLINK_NS) != 0 &&
		    strcmp((const char *)a->ns->href, (const char *)XML_XML_NAMESPACE) != 0)
			xmlRemoveProp(a);
		else if (g_ascii_strncasecmp((const char *)a->name, "on", 2) == 0 || strcmp((const char *)a->name, "base") == 0 || strcmp((const char *)a->name, "ping") == 0 ||
		         g_str_has_prefix((const char *)a->name, "data-"))
			xmlRemoveProp(a);
		else if (strcmp((const char *)a->name, "href") == 0)
			strip_svg_link(a);
		else
			strip_svg_attribute(a);
	}
}

static void strip_svg_nodes(xmlDoc *doc)
{
	const xmlNode *top = (const xmlNode *)doc;
	xmlNode *next;

	for (xmlNode *node = doc->children; node != NULL; node = next) {
		if (svg_keeps(node)) {
			if (node->type == XML_ELEMENT_NODE)
				strip_svg_attributes(node);
			if (xml_is(node, "style"))
				strip_svg_style(node);
			next = xml_following(node, top);
		} else {
			next = skip_node(node, top);
			xmlUnlinkNode(node);
			xmlFreeNode(node);
		}
	}
}

/* ---- words ---- */

/* The words in an element, on one line; "": none. The caller's. */
static char *words_of(const xmlNode *element)
{
	xmlChar *content = xmlNodeGetContent(element);
	g_auto(GStrv) parts = g_strsplit_set(content != NULL ? (const char *)content : "", " \t\r\n", -1);
	GString *words = g_string_new(NULL);

	for (char **part = parts; *part != NULL; part++)
		if (**part != '\0')
			g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", *part);
	xmlFree(content);
	return g_string_free(words, FALSE);
}

/* In a <switch> something else may say it to who shows no foreignObject. */
static gboolean is_said_beside(const xmlNode *foreign)
{
	if (!xml_is(foreign->parent, "switch"))
		return FALSE;
	for (const xmlNode *n = xml_first(foreign->parent, NULL); n != NULL; n = xml_next(n, NULL)) {
		g_autofree char *words = n != foreign ? words_of(n) : g_strdup("");
		if (*words != '\0')
			return TRUE;
	}
	return FALSE;
}

char *image_lost_words(GBytes *bytes)
{
	g_autoptr(Diagnostics) ignored = diagnostics_new();
	ImageInfo info;
	g_autoptr(xmlDoc) doc = image_read_info(bytes, &info) && info.format == IMAGE_SVG ? image_svg_parse(bytes, ignored) : NULL;

	for (const xmlNode *n = doc != NULL ? doc->children : NULL; n != NULL; n = xml_following(n, (const xmlNode *)doc)) {
		g_autofree char *words = xml_is(n, "foreignObject") && !is_said_beside(n) ? words_of(n) : g_strdup("");
		if (*words != '\0')
			return g_steal_pointer(&words);
	}
	return NULL;
}

/* ---- pictures ---- */

/* Whether an address of something that is drawn is that of what stays: a part of the drawing, a whole photo inside it. */
static gboolean is_shown(const char *address)
{
	const char *data = strstr(address, ";base64,");
	g_autoptr(GBytes) photo = NULL;
	ImageInfo info;
	guchar *bytes;
	gsize size;

	if (*address == '#' || *address == '\0')
		return TRUE;
	if (data == NULL || g_ascii_strncasecmp(address, "data:", 5) != 0)
		return FALSE;
	bytes = g_base64_decode(data + strlen(";base64,"), &size);
	photo = g_bytes_new_take(bytes, size);
	return image_read_info(photo, &info) && info.format != IMAGE_SVG && image_flaw(photo) == FLAW_NONE;
}

char *image_lost_picture(GBytes *bytes)
{
	enum { SHOWN = 60 /* bytes of an address */ };
	static const char *const drawn[] = {"image", "use", "feImage", NULL};
	g_autoptr(Diagnostics) ignored = diagnostics_new();
	ImageInfo info;
	g_autoptr(xmlDoc) doc = image_read_info(bytes, &info) && info.format == IMAGE_SVG ? image_svg_parse(bytes, ignored) : NULL;

	for (const xmlNode *n = doc != NULL ? doc->children : NULL; n != NULL; n = xml_following(n, (const xmlNode *)doc)) {
		if (n->type != XML_ELEMENT_NODE || !g_strv_contains(drawn, (const char *)n->name))
			continue;
		for (const xmlAttr *a = n->properties; a != NULL; a = a->next) {
			g_autofree char *address = strcmp((const char *)a->name, "href") == 0 ? g_strstrip(attribute_text(a)) : NULL;
			if (address == NULL || is_shown(address))
				continue;
			if (g_ascii_strncasecmp(address, "data:", 5) == 0)
				address[strcspn(address, ";,")] = '\0';
			if (strlen(address) > SHOWN)
				*g_utf8_find_prev_char(address, address + SHOWN + 1) = '\0';
			return g_steal_pointer(&address);
		}
	}
	return NULL;
}

GBytes *image_strip_svg(GBytes *bytes)
{
	g_autoptr(Diagnostics) ignored = diagnostics_new();
	g_autoptr(xmlDoc) doc = image_svg_parse(bytes, ignored);
	xmlChar *text = NULL;
	int length = 0;

	if (doc == NULL)
		return g_bytes_ref(bytes);
	strip_svg_nodes(doc);
	strip_svg_hidden(doc);
	xmlDocDumpMemoryEnc(doc, &text, &length, "UTF-8");
	return g_bytes_new_with_free_func(text, (gsize)length, (GDestroyNotify)xmlFree, text);
}
