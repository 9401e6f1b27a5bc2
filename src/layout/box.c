/* Border, padding and background of a formatting object. */
#include "layout/graphic.h"

BorderStyle area_border_style(FoKeyword k)
{
	static const struct {
		FoKeyword keyword;
		BorderStyle style;
	} styles[] = {{FO_K_SOLID, BORDER_SOLID}, {FO_K_DASHED, BORDER_DASHED}, {FO_K_DOTTED, BORDER_DOTTED}, {FO_K_DOUBLE, BORDER_DOUBLE},
	              {FO_K_GROOVE, BORDER_GROOVE}, {FO_K_RIDGE, BORDER_RIDGE}, {FO_K_INSET, BORDER_INSET}, {FO_K_OUTSET, BORDER_OUTSET}};
	for (guint i = 0; i < G_N_ELEMENTS(styles); i++)
		if (styles[i].keyword == k)
			return styles[i].style;
	return BORDER_NONE;
}

static gboolean is_rtl(const FoNode *n)
{
	FoKeyword mode = fo_keyword(n, FO_P_WRITING_MODE);
	return mode == FO_K_RL_TB || mode == FO_K_RL;
}

static int definite(int length)
{
	return length == FO_AUTO ? 0 : length;
}

/* It keeps its place, and nothing of it is seen. */
static gboolean is_hidden(const FoNode *n)
{
	return fo_keyword(n, FO_P_VISIBILITY) != FO_K_VISIBLE;
}

static gboolean read_sides(AreaBox *box, const FoNode *n, int ipd)
{
	gboolean any = FALSE, rtl = is_rtl(n), hidden = is_hidden(n);
	for (int side = 0; side < 4; side++) {
		int to = side >= SIDE_START && rtl ? SIDE_START + SIDE_END - side : side;
		box->border[to] = definite(fo_length(n, FO_P_BORDER_BEFORE_WIDTH + 2 * side, ipd));
		box->padding[to] = definite(fo_length(n, FO_P_PADDING_BEFORE + 2 * side, ipd));
		if (box->border[to] != 0 && !hidden) {
			box->border_style[to] = area_border_style(fo_keyword(n, FO_P_BORDER_BEFORE_STYLE + side));
			box->border_colour[to] = fo_colour(n, FO_P_BORDER_BEFORE_COLOR + side);
		}
		any |= box->border[to] != 0 || box->padding[to] != 0;
	}
	return any;
}

static void read_radii(AreaBox *box, const FoNode *n, int ipd)
{
	static const FoProperty rows[4] = {FO_P_BORDER_BEFORE_START_RADIUS, FO_P_BORDER_BEFORE_END_RADIUS, FO_P_BORDER_AFTER_END_RADIUS,
	                                   FO_P_BORDER_AFTER_START_RADIUS};
	for (int i = 0; i < 4; i++)
		box->radius[i] = definite(fo_length(n, rows[i], ipd));
}

enum { WHOLE = 1000000 };

/* A length, and apart from it what is a percentage, in millionths. */
static int read_position(const FoNode *n, FoProperty p, int *share)
{
	int length = definite(fo_length(n, p, 0));
	*share = definite(fo_length(n, p, WHOLE)) - length;
	return length;
}

/* Whether a picture is repeated: across, down. */
static void read_background(LayoutContext *c, AreaBox *box, const FoNode *n)
{
	const char *uri = fo_string(n, FO_P_BACKGROUND_IMAGE);
	if (!uri || !*uri)
		return;
	FoKeyword repeat = fo_keyword(n, FO_P_BACKGROUND_REPEAT);
	box->background_picture = graphic_load(c, uri, &n->at);
	box->background_x = read_position(n, FO_P_BACKGROUND_POSITION_HORIZONTAL, &box->background_share_x);
	box->background_y = read_position(n, FO_P_BACKGROUND_POSITION_VERTICAL, &box->background_share_y);
	box->background_repeat_x = repeat == FO_K_REPEAT || repeat == FO_K_REPEAT_X;
	box->background_repeat_y = repeat == FO_K_REPEAT || repeat == FO_K_REPEAT_Y;
}

AreaBox *area_box_new(LayoutContext *c, const FoNode *n, int ipd)
{
	AreaBox box = {.background = is_hidden(n) ? 0 : fo_colour(n, FO_P_BACKGROUND_COLOR)};
	gboolean any = read_sides(&box, n, ipd);
	if ((box.background & 0xff) == 0)
		box.background = 0;
	if (!is_hidden(n))
		read_background(c, &box, n);
	if (!any && !box.background && !box.background_picture)
		return NULL;
	read_radii(&box, n, ipd);
	AreaBox *kept = area_alloc(c->areas, sizeof box);
	*kept = box;
	return kept;
}
