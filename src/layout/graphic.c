/* Pictures: read once, measured by their headers, sized as XSL 1.1 7.15 says. */
#include "layout/graphic.h"

#include "base/file.h"
#include "base/image.h"
#include "layout/font.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MILLIPOINTS_A_PIXEL = 750 };

/* ---- reading ---- */

/* The file below the root that a uri names; NULL when there is none there, or it is elsewhere. */
static char *find_file(const char *root, const char *uri)
{
	const char *name = g_str_has_prefix(uri, "file:") ? uri + strlen("file:") : uri;
	g_autofree char *decoded = g_uri_unescape_string(name, NULL);
	g_autofree char *joined = g_build_filename(root ? root : ".", decoded ? decoded : name, NULL);
	char *real = realpath(g_path_is_absolute(decoded ? decoded : name) ? (decoded ? decoded : name) : joined, NULL);
	g_autofree char *base = realpath(root ? root : ".", NULL);
	gsize length = base ? strlen(base) : 0;
	if (real && base && strncmp(real, base, length) == 0 && (real[length] == '/' || strcmp(base, "/") == 0))
		return real;
	free(real);
	return NULL;
}

static void release_bytes(gpointer bytes)
{
	g_bytes_unref(bytes);
}

/* A picture and its own size, in millipoints. */
typedef struct {
	AreaPicture *picture; /* NULL: it is not there, or is none */
	double width, height;
} Loaded;

static const Loaded missing = {NULL, 72000, 72000}, unknown = {NULL, 72000, 72000};

static AreaPicture *picture_new(LayoutContext *c, GBytes *data, const char *name, const ImageInfo *info)
{
	static const PictureFormat formats[] = {[IMAGE_JPEG] = PICTURE_JPEG, [IMAGE_PNG] = PICTURE_PNG, [IMAGE_SVG] = PICTURE_SVG};
	g_autofree char *digest = file_digest(g_bytes_get_data(data, NULL), g_bytes_get_size(data));
	AreaPicture *p = area_alloc(c->areas, sizeof *p);
	p->format = formats[info->format];
	p->data = area_own(c->areas, data, release_bytes);
	p->name = area_strdup(c->areas, name);
	p->digest = area_strdup(c->areas, digest);
	return p;
}

/* Takes data over. */
static const Loaded *loaded_new(LayoutContext *c, GBytes *data, const char *name)
{
	ImageInfo info;
	if (!image_read_info(data, &info) || info.width <= 0 || info.height <= 0) {
		g_bytes_unref(data);
		return &unknown;
	}
	Loaded *l = area_alloc(c->areas, sizeof *l);
	l->picture = picture_new(c, data, name, &info);
	l->width = info.dpi_x > 0 ? info.width * 72000 / info.dpi_x : info.width * (double)MILLIPOINTS_A_PIXEL;
	l->height = info.dpi_y > 0 ? info.height * 72000 / info.dpi_y : info.height * (double)MILLIPOINTS_A_PIXEL;
	return l;
}

static const Loaded *load(LayoutContext *c, const char *uri, const Position *at)
{
	const Loaded *l = g_hash_table_lookup(c->fonts->pictures, uri);
	if (!l) {
		g_autofree char *path = find_file(c->options->root, uri);
		GBytes *data = path ? file_load(path, IMAGE_LIMIT, NULL) : NULL;
		l = data ? loaded_new(c, data, uri) : &missing;
		g_hash_table_insert(c->fonts->pictures, g_strdup(uri), (gpointer)l);
	}
	Diagnostics *d = l->picture ? NULL : text_fonts_once(c->fonts, "picture %s", uri);
	if (d)
		diagnose(d, l == &missing ? MSG_GRAPHIC_MISSING : MSG_GRAPHIC_UNKNOWN, at, uri);
	return l;
}

AreaPicture *graphic_load(LayoutContext *c, const char *uri, const Position *at)
{
	return load(c, uri, at)->picture;
}

static GBytes *serialise(const xmlNode *root)
{
	xmlDoc *doc = xmlNewDoc(BAD_CAST "1.0");
	xmlNode *copy = xmlDocCopyNode((xmlNode *)root, doc, 1);
	xmlDocSetRootElement(doc, copy);
	xmlReconciliateNs(doc, copy);
	xmlChar *text = NULL;
	int size = 0;
	xmlDocDumpMemoryEnc(doc, &text, &size, "UTF-8");
	GBytes *data = g_bytes_new(text, (gsize)size);
	xmlFree(text);
	xmlFreeDoc(doc);
	return data;
}

/* The drawing inside an fo:instream-foreign-object, as a document of its own. */
static const Loaded *load_foreign(LayoutContext *c, const FoNode *n)
{
	const FoNode *root = n->first;
	while (root && !root->foreign)
		root = root->next;
	if (!root)
		return &missing;
	char *key = g_strdup_printf("#%u", n->order);
	const Loaded *l = g_hash_table_lookup(c->fonts->pictures, key);
	if (l) {
		g_free(key);
		return l;
	}
	l = loaded_new(c, serialise(root->foreign), NULL);
	if (!l->picture)
		diagnose(c->d, MSG_GRAPHIC_UNKNOWN, &n->at, (const char *)root->foreign->name);
	g_hash_table_insert(c->fonts->pictures, key, (gpointer)l);
	return l;
}

/* ---- sizes ---- */

typedef struct {
	int fixed;       /* the viewport's own size; FO_AUTO: none */
	int room;        /* what scale-to-fit fits in; FO_AUTO: unknown */
	FoKeyword scale; /* SCALE_TO_FIT ...; NONE: */
	int content;     /* the picture's size as asked; FO_AUTO */
	double intrinsic;
} Axis;

static Axis read_axis(const FoNode *n, FoProperty viewport, FoProperty content, int base, double intrinsic)
{
	Axis a = {.intrinsic = intrinsic, .scale = fo_keyword(n, content)};
	gboolean known = base != FO_AUTO;
	a.fixed = fo_is_percentage(n, viewport) && !known ? FO_AUTO : fo_length(n, viewport, known ? base : 0);
	a.room = a.fixed != FO_AUTO ? a.fixed : base;
	a.content = fo_length(n, content, (int)CLAMP(intrinsic, 0, 1e9));
	return a;
}

/* The factor that an axis asks for; 0: it leaves that to the other. */
static double axis_scale(const Axis *a)
{
	if (a->content != FO_AUTO)
		return a->content / a->intrinsic;
	if (a->room == FO_AUTO || (a->scale != FO_K_SCALE_TO_FIT && a->scale != FO_K_SCALE_DOWN_TO_FIT && a->scale != FO_K_SCALE_UP_TO_FIT))
		return 0;
	double scale = a->room / a->intrinsic;
	return a->scale == FO_K_SCALE_DOWN_TO_FIT ? MIN(scale, 1) : a->scale == FO_K_SCALE_UP_TO_FIT ? MAX(scale, 1) : scale;
}

static gboolean is_fitted(const Axis *a)
{
	return a->content == FO_AUTO && axis_scale(a) > 0;
}

static void find_scale(const FoNode *n, const Axis *x, const Axis *y, double scale[2])
{
	double sx = axis_scale(x), sy = axis_scale(y);
	if (fo_keyword(n, FO_P_SCALING) == FO_K_NON_UNIFORM) {
		scale[0] = sx > 0 ? sx : 1;
		scale[1] = sy > 0 ? sy : 1;
		return;
	}
	double both = sx > 0 && sy > 0 ? MIN(sx, sy) : MAX(sx, sy);
	if (sx > 0 && sy > 0 && !is_fitted(x) && !is_fitted(y)) { /* both sizes given: as asked */
		scale[0] = sx;
		scale[1] = sy;
		return;
	}
	scale[0] = scale[1] = both > 0 ? both : 1;
}

/* Where the picture stands in a viewport larger or smaller than it. */
static int displaced(FoKeyword align, int room)
{
	return align == FO_K_CENTER ? room / 2 : align == FO_K_END || align == FO_K_RIGHT || align == FO_K_AFTER ? room : 0;
}

static int length_in(const FoNode *n, FoProperty range, int base, int length)
{
	int least = fo_length(n, range + 1, base), most = fo_length(n, range + 2, base);
	if (most != FO_AUTO && length > most)
		length = most;
	return least != FO_AUTO && length < least ? least : length;
}

const Graphic *graphic_new(LayoutContext *c, const FoNode *n, int measure, int height)
{
	Graphic *g = area_alloc(c->areas, sizeof *g);
	const char *src = fo_string(n, FO_P_SRC);
	const Loaded *l = n->kind == FO_INSTREAM_FOREIGN_OBJECT ? load_foreign(c, n) : src && *src ? load(c, src, &n->at) : &missing;
	double w = l->width, h = l->height, scale[2];
	g->picture = l->picture;
	Axis x = read_axis(n, FO_P_INLINE_PROGRESSION_DIMENSION, FO_P_CONTENT_WIDTH, measure, w);
	Axis y = read_axis(n, FO_P_BLOCK_PROGRESSION_DIMENSION, FO_P_CONTENT_HEIGHT, height, h);
	find_scale(n, &x, &y, scale);
	g->width = (int)CLAMP(rint(w * scale[0]), 0, 1e8);
	g->height = (int)CLAMP(rint(h * scale[1]), 0, 1e8);
	g->ipd = x.fixed != FO_AUTO ? x.fixed : length_in(n, FO_P_INLINE_PROGRESSION_DIMENSION, measure, g->width);
	g->bpd = y.fixed != FO_AUTO ? y.fixed : length_in(n, FO_P_BLOCK_PROGRESSION_DIMENSION, height == FO_AUTO ? 0 : height, g->height);
	g->x = displaced(fo_keyword(n, FO_P_TEXT_ALIGN), g->ipd - g->width);
	g->y = displaced(fo_keyword(n, FO_P_DISPLAY_ALIGN), g->bpd - g->height);
	g->box = area_box_new(c, n, measure);
	for (int side = 0; g->box && side < 4; side++)
		g->edge[side] = g->box->border[side] + g->box->padding[side];
	return g;
}

/* ---- areas ---- */

enum { FRAME_COLOUR = 0x808080ff, FRAME_WIDTH = 500, FRAME_INSET = 3000 };

/* The alt text, as much as fits on one line of the frame. */
static void add_alt(LayoutContext *c, const FoNode *n, Area *frame)
{
	const char *alt = fo_string(n, FO_P_ALT_TEXT);
	if (!alt || !*alt)
		alt = fo_string(n, FO_P_SRC);
	TextRequest r = {fo_strings(n, FO_P_FONT_FAMILY), 400, 100, TRUE};
	TextFontSet *set = text_fonts_select(c->fonts, &r, &n->at);
	if (!alt || !text_set_primary(set))
		return;
	Area *a = text_area_new(c, text_set_primary(set), 8000, alt, MAX(frame->ipd - 2 * FRAME_INSET, 0));
	if (!a)
		return;
	a->order = n->order;
	a->structure = frame->structure;
	a->at = n->at;
	area_append(frame, a);
	area_move(a, frame->x + FRAME_INSET, frame->y + FRAME_INSET + text_scale(text_set_primary(set), text_set_primary(set)->ascender, 8000));
}

static Area *frame_new(LayoutContext *c, const FoNode *n, const Graphic *g)
{
	Area *a = area_new(c->areas, AREA_BLOCK, "missing");
	a->ipd = g->ipd;
	a->bpd = g->bpd;
	a->box = area_alloc(c->areas, sizeof *a->box);
	for (int side = 0; side < 4; side++) {
		a->box->border_style[side] = BORDER_SOLID;
		a->box->border_colour[side] = FRAME_COLOUR;
		a->box->border[side] = FRAME_WIDTH;
	}
	a->structure = c->structure_of ? c->structure_of(c, n) : NULL;
	add_alt(c, n, a);
	return a;
}

Area *graphic_area(LayoutContext *c, const FoNode *n, const Graphic *g)
{
	Area *a;
	if (fo_keyword(n, FO_P_VISIBILITY) != FO_K_VISIBLE) {
		a = area_new(c->areas, AREA_BLOCK, "image");
		a->ipd = g->ipd;
		a->bpd = g->bpd;
	} else if (g->picture) {
		a = area_new(c->areas, AREA_IMAGE, "image");
		a->u.image.picture = g->picture;
		a->u.image.x = g->x;
		a->u.image.y = g->y;
		a->u.image.width = g->width;
		a->u.image.height = g->height;
		a->ipd = g->ipd;
		a->bpd = g->bpd;
		a->structure = c->structure_of ? c->structure_of(c, n) : NULL;
		a->box = g->box;
	} else {
		a = frame_new(c, n, g);
	}
	a->order = n->order;
	a->at = n->at;
	a->id = area_strdup(c->areas, fo_string(n, FO_P_ID));
	return a;
}
