/* Page masters: where the regions of a page are, and which master a page gets. */
#include "layout/block.h"

struct PageMasters {
	Layout *layout;
	GHashTable *by_name;  /* master-name -> FoNode */
	GHashTable *made;     /* simple-page-master's FoNode -> PageMaster */
	GHashTable *reported; /* FoNodes and names that a message was about */
	const PageMaster *fallback;
};

enum {
	A4_WIDTH = 595276,
	A4_HEIGHT = 841890,
	SMALLEST = 3000, LARGEST = 14400000, /* pages that every reader of PDF takes (ISO 32000-1, annex C.2) */
	NARROWEST = 1000,                    /* a column */
};

static const PageMaster *master_of(PageMasters *m, const FoNode *n);

/* All are made, also those that no page will have: what is wrong with one is said. */
static void register_masters(PageMasters *m, const FoNode *root)
{
	for (const FoNode *set = root->first; set; set = set->next) {
		if (set->kind != FO_LAYOUT_MASTER_SET)
			continue;
		for (const FoNode *n = set->first; n; n = n->next) {
			const char *name = fo_string(n, FO_P_MASTER_NAME);
			if (name && !g_hash_table_contains(m->by_name, name))
				g_hash_table_insert(m->by_name, (gpointer)name, (gpointer)n);
			const PageMaster *made = n->kind == FO_SIMPLE_PAGE_MASTER ? master_of(m, n) : NULL;
			if (!m->fallback)
				m->fallback = made;
		}
	}
}

/* ---- geometry ---- */

typedef struct {
	int x, y, width, height;
} Rectangle;

static int length(const FoNode *n, FoProperty p, int base)
{
	int value = fo_length(n, p, base);
	return value == FO_AUTO ? 0 : value;
}

static void inset(Rectangle *r, int left, int top, int right, int bottom)
{
	r->x += left;
	r->y += top;
	r->width = MAX(r->width - left - right, 0);
	r->height = MAX(r->height - top - bottom, 0);
}

static int quarter_turns(const FoNode *n)
{
	int degrees = fo_integer(n, FO_P_REFERENCE_ORIENTATION) % 360;
	return degrees < 0 ? degrees + 360 : degrees;
}

/* As it is read. */
static Rectangle whole_page(const PageMaster *m)
{
	gboolean turned = quarter_turns(m->node) % 180 != 0;
	return (Rectangle){0, 0, turned ? m->height : m->width, turned ? m->width : m->height};
}

/* By the margins of n; those that leave nothing are passed over. Percentages are of the page, across and along it (XSL 1.1, 7.10.1). */
static void inset_margins(Layout *l, const PageMaster *m, const FoNode *n, Rectangle *r)
{
	const Rectangle page = whole_page(m);
	int left = length(n, FO_P_MARGIN_LEFT, page.width), right = length(n, FO_P_MARGIN_RIGHT, page.width);
	int top = length(n, FO_P_MARGIN_TOP, page.height), bottom = length(n, FO_P_MARGIN_BOTTOM, page.height);
	gboolean wide = (gint64)left + right > 0 && (gint64)left + right >= r->width, high = (gint64)top + bottom > 0 && (gint64)top + bottom >= r->height;
	if (wide || high)
		diagnose(l->c.d, MSG_LAYOUT_MARGINS, &n->at, fo_kind_name(n->kind));
	inset(r, wide ? 0 : left, high ? 0 : top, wide ? 0 : right, high ? 0 : bottom);
}

static RegionKind region_kind(FoKind kind)
{
	switch (kind) {
	case FO_REGION_BODY:
		return REGION_BODY;
	case FO_REGION_BEFORE:
		return REGION_BEFORE;
	case FO_REGION_AFTER:
		return REGION_AFTER;
	case FO_REGION_START:
		return REGION_START;
	case FO_REGION_END:
		return REGION_END;
	default:
		return REGION_COUNT;
	}
}

/* The border rectangle of a region within the page's content rectangle. */
static Rectangle place_region(Layout *l, const PageMaster *m, RegionKind kind, Rectangle page)
{
	const FoNode *n = m->regions[kind].node;
	int extent[REGION_COUNT] = {0};
	gboolean precedence[REGION_COUNT] = {FALSE};
	for (int k = REGION_BEFORE; k < REGION_COUNT; k++) {
		const FoNode *region = m->regions[k].node;
		if (!region)
			continue;
		extent[k] = length(region, FO_P_EXTENT, k <= REGION_AFTER ? whole_page(m).height : whole_page(m).width); /* 7.27.4 */
		precedence[k] = k <= REGION_AFTER && fo_keyword(region, FO_P_PRECEDENCE) == FO_K_TRUE;
	}
	Rectangle r = page;
	switch (kind) {
	case REGION_BODY:
		inset_margins(l, m, n, &r);
		break;
	case REGION_BEFORE:
	case REGION_AFTER:
		if (!precedence[kind])
			inset(&r, extent[block_is_rtl(m->node) ? REGION_END : REGION_START], 0, extent[block_is_rtl(m->node) ? REGION_START : REGION_END], 0);
		r.y += kind == REGION_AFTER ? r.height - extent[kind] : 0;
		r.height = extent[kind];
		break;
	default:
		inset(&r, 0, precedence[REGION_BEFORE] ? extent[REGION_BEFORE] : 0, 0, precedence[REGION_AFTER] ? extent[REGION_AFTER] : 0);
		r.x += (kind == REGION_END) != block_is_rtl(m->node) ? r.width - extent[kind] : 0;
		r.width = extent[kind];
	}
	return r;
}

/* From the co-ordinates of a turned page to those of the sheet. */
static Rectangle turn(Rectangle r, int degrees, const PageMaster *m)
{
	switch (degrees) {
	case 90:
		return (Rectangle){r.y, m->height - r.x - r.width, r.height, r.width};
	case 180:
		return (Rectangle){m->width - r.x - r.width, m->height - r.y - r.height, r.width, r.height};
	case 270:
		return (Rectangle){m->width - r.y - r.height, r.x, r.height, r.width};
	default:
		return r;
	}
}

/* As many as were asked for, while each is at least a point wide. */
static void divide_columns(Layout *l, Region *region)
{
	int asked = MAX(fo_integer(region->node, FO_P_COLUMN_COUNT), 1);
	int gap = length(region->node, FO_P_COLUMN_GAP, region->ipd);
	int most = (int)CLAMP(((gint64)region->ipd + gap) / ((gint64)NARROWEST + gap), 1, G_MAXINT);
	region->gap = gap;
	region->columns = (guint)MIN(asked, most);
	region->column_ipd = (int)((region->ipd - (gint64)gap * (region->columns - 1)) / region->columns);
	if (asked <= most)
		return;
	g_autofree char *text = g_strdup_printf("%d", asked);
	diagnose(l->c.d, MSG_FO_UNSUPPORTED_VALUE, &region->node->at, "column-count", text);
}

static void make_region(Layout *l, PageMaster *m, RegionKind kind, Rectangle page)
{
	static const char *const names[REGION_COUNT] = {"region-body", "region-before", "region-after", "region-start", "region-end"};
	Region *region = &m->regions[kind];
	Rectangle r = place_region(l, m, kind, page);
	region->name = names[kind];
	region->box = area_box_new(&l->c, region->node, page.width);
	if (region->box) {
		const int *b = region->box->border, *p = region->box->padding;
		inset(&r, b[SIDE_START] + p[SIDE_START], b[SIDE_BEFORE] + p[SIDE_BEFORE], b[SIDE_END] + p[SIDE_END],
		      b[SIDE_AFTER] + p[SIDE_AFTER]);
	}
	int own = quarter_turns(region->node), sheet = quarter_turns(m->node);
	region->ipd = own % 180 == 0 ? r.width : r.height;
	region->bpd = own % 180 == 0 ? r.height : r.width;
	region->rotate = (own + sheet) % 360;
	if (kind == REGION_BODY)
		divide_columns(l, region);
	r = turn(r, sheet, m);
	region->x = r.x;
	region->y = r.y;
	region->width = r.width;
	region->height = r.height;
}

static int page_length(Layout *l, const FoNode *n, FoProperty p, int otherwise)
{
	int value = fo_length(n, p, 0);
	if (value == FO_AUTO || (value >= SMALLEST && value <= LARGEST))
		return value == FO_AUTO ? otherwise : value;
	int taken = value < SMALLEST ? otherwise : LARGEST;
	char said[G_ASCII_DTOSTR_BUF_SIZE], instead[G_ASCII_DTOSTR_BUF_SIZE];
	g_autofree char *wrong = g_strconcat(g_ascii_formatd(said, sizeof said, "%.10g", value / 1000.0), "pt", NULL);
	g_autofree char *right = g_strconcat(g_ascii_formatd(instead, sizeof instead, "%.10g", taken / 1000.0), "pt", NULL);
	diagnose(l->c.d, MSG_FO_VALUE, &n->at, p == FO_P_PAGE_WIDTH ? "page-width" : "page-height", wrong, right);
	return taken;
}

static PageMaster *make_master(Layout *l, const FoNode *n)
{
	PageMaster *m = layout_alloc(l, sizeof *m);
	m->node = n;
	m->name = area_strdup(l->c.areas, fo_string(n, FO_P_MASTER_NAME));
	m->width = page_length(l, n, FO_P_PAGE_WIDTH, A4_WIDTH);
	m->height = page_length(l, n, FO_P_PAGE_HEIGHT, A4_HEIGHT);
	Rectangle page = whole_page(m);
	inset_margins(l, m, n, &page);
	for (const FoNode *r = n->first; r; r = r->next) {
		RegionKind kind = region_kind(r->kind);
		if (kind != REGION_COUNT && !m->regions[kind].node)
			m->regions[kind].node = r;
	}
	for (int kind = 0; kind < REGION_COUNT; kind++)
		if (m->regions[kind].node)
			make_region(l, m, (RegionKind)kind, page);
	Region *body = &m->regions[REGION_BODY];
	if (!body->node)
		*body = (Region){.node = n, .name = "region-body", .x = page.x, .y = page.y, .width = page.width, .height = page.height,
		                 .ipd = page.width, .bpd = page.height, .columns = 1, .column_ipd = page.width};
	return m;
}

Area *page_region_area(Layout *l, const Region *region, PageField *field)
{
	Area *a = area_new(l->c.areas, AREA_REGION, region->name);
	a->x = region->x;
	a->y = region->y;
	a->ipd = region->width;
	a->bpd = region->height;
	a->box = region->box;
	a->at = region->node->at;
	*field = (PageField){a, region->x, region->y, region->ipd, region->bpd};
	if (!region->rotate)
		return a;
	Area *view = area_add_view(l->c.areas, a);
	view->u.viewport.rotate = region->rotate;
	*field = (PageField){view, 0, 0, region->ipd, region->bpd};
	return a;
}

static const PageMaster *master_of(PageMasters *m, const FoNode *n)
{
	PageMaster *made = g_hash_table_lookup(m->made, n);
	if (!made) {
		made = make_master(m->layout, n);
		g_hash_table_insert(m->made, (gpointer)n, made);
	}
	return made;
}

PageMasters *page_masters_new(Layout *l)
{
	PageMasters *m = g_new0(PageMasters, 1);
	m->layout = l;
	m->by_name = g_hash_table_new(g_str_hash, g_str_equal);
	m->made = g_hash_table_new(NULL, NULL);
	m->reported = g_hash_table_new(NULL, NULL);
	register_masters(m, fo_tree_root(l->c.tree));
	if (!m->fallback)
		m->fallback = make_master(l, fo_tree_root(l->c.tree));
	return m;
}

void page_masters_free(PageMasters *m)
{
	if (!m)
		return;
	g_hash_table_unref(m->by_name);
	g_hash_table_unref(m->made);
	g_hash_table_unref(m->reported);
	g_free(m);
}

/* ---- choice ---- */

static const FoNode *lookup(PageMasters *m, const FoNode *n)
{
	const char *name = fo_string(n, FO_P_MASTER_REFERENCE);
	const FoNode *found = name ? g_hash_table_lookup(m->by_name, name) : NULL;
	if (!found && g_hash_table_add(m->reported, (gpointer)n))
		diagnose(m->layout->c.d, MSG_LAYOUT_MASTER_MISSING, &n->at, name ? name : "");
	return found;
}

static gboolean suits(const FoNode *n, const PageSituation *at)
{
	gboolean first = at->index == 0, odd = at->number % 2 != 0;
	FoKeyword parity = fo_keyword(n, FO_P_ODD_OR_EVEN), blank = fo_keyword(n, FO_P_BLANK_OR_NOT_BLANK);
	if ((parity == FO_K_ODD && !odd) || (parity == FO_K_EVEN && odd))
		return FALSE;
	if ((blank == FO_K_BLANK && !at->blank) || (blank == FO_K_NOT_BLANK && at->blank))
		return FALSE;
	switch (fo_keyword(n, FO_P_PAGE_POSITION)) {
	case FO_K_FIRST:
		return first;
	case FO_K_LAST:
		return at->last;
	case FO_K_ONLY:
		return first && at->last;
	case FO_K_REST:
		return !first && !at->last;
	default:
		return TRUE;
	}
}

static const FoNode *choose_alternative(PageMasters *m, const FoNode *alternatives, const PageSituation *at)
{
	for (const FoNode *n = alternatives->first; n; n = n->next)
		if (n->kind == FO_CONDITIONAL_PAGE_MASTER_REFERENCE && suits(n, at))
			return lookup(m, n);
	if (!at->guess && g_hash_table_add(m->reported, (gpointer)alternatives))
		diagnose(m->layout->c.d, MSG_LAYOUT_MASTER_NONE, &alternatives->at);
	for (const FoNode *n = alternatives->first; n; n = n->next)
		if (n->kind == FO_CONDITIONAL_PAGE_MASTER_REFERENCE)
			return lookup(m, n);
	return NULL;
}

static guint repeats(const FoNode *n)
{
	if (n->kind == FO_SINGLE_PAGE_MASTER_REFERENCE)
		return 1;
	int most = fo_integer(n, FO_P_MAXIMUM_REPEATS);
	return most == FO_FORCE ? G_MAXUINT : (guint)MAX(most, 0);
}

static gboolean is_subsequence(const FoNode *n)
{
	return n->kind == FO_SINGLE_PAGE_MASTER_REFERENCE || n->kind == FO_REPEATABLE_PAGE_MASTER_REFERENCE ||
	       n->kind == FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES;
}

/* The subsequence that page index falls in; when all are used up, the last goes on. */
static const FoNode *subsequence_of(PageMasters *m, const FoNode *master, guint index)
{
	const FoNode *last = NULL;
	for (const FoNode *n = master->first; n; n = n->next) {
		if (!is_subsequence(n) || repeats(n) == 0)
			continue;
		last = n;
		if (index < repeats(n))
			return n;
		index -= repeats(n);
	}
	if (g_hash_table_add(m->reported, (gpointer)master))
		diagnose(m->layout->c.d, MSG_LAYOUT_MASTER_EXHAUSTED, &master->at);
	return last;
}

const PageMaster *page_master_choose(PageMasters *m, const FoNode *sequence, const PageSituation *at)
{
	const FoNode *n = lookup(m, sequence);
	for (int depth = 0; n && n->kind == FO_PAGE_SEQUENCE_MASTER && depth < 8; depth++) {
		const FoNode *sub = subsequence_of(m, n, at->index);
		if (!sub)
			n = NULL;
		else if (sub->kind == FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES)
			n = choose_alternative(m, sub, at);
		else
			n = lookup(m, sub);
	}
	return n && n->kind == FO_SIMPLE_PAGE_MASTER ? master_of(m, n) : m->fallback;
}

/* ---- the lowest ---- */

typedef struct {
	const PageMasters *masters;
	GHashTable *seen; /* page-sequence-masters */
	int height;
} Lowest;

static void see_references(Lowest *l, const FoNode *parent);

static void see_master(Lowest *l, const FoNode *reference)
{
	const char *name = fo_string(reference, FO_P_MASTER_REFERENCE);
	const FoNode *n = name ? g_hash_table_lookup(l->masters->by_name, name) : NULL;
	if (n && n->kind == FO_SIMPLE_PAGE_MASTER) {
		int height = fo_length(n, FO_P_PAGE_HEIGHT, 0);
		l->height = height == FO_AUTO || height < SMALLEST ? l->height : MIN(l->height, height);
	} else if (n && n->kind == FO_PAGE_SEQUENCE_MASTER && g_hash_table_add(l->seen, (gpointer)n)) {
		see_references(l, n);
	}
}

/* Those that a page-sequence-master or its alternatives name. */
static void see_references(Lowest *l, const FoNode *parent)
{
	for (const FoNode *n = parent->first; n; n = n->next) {
		if (is_subsequence(n) && repeats(n) == 0)
			continue;
		if (n->kind == FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES)
			see_references(l, n);
		else if (n->kind != FO_CONDITIONAL_PAGE_MASTER_REFERENCE || fo_keyword(n, FO_P_BLANK_OR_NOT_BLANK) != FO_K_BLANK)
			see_master(l, n);
	}
}

int page_masters_lowest(const PageMasters *m, const FoNode *sequence)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	Lowest l = {m, seen, G_MAXINT};
	see_master(&l, sequence);
	return l.height;
}
