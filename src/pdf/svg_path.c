/* SVG path data (SVG 1.1, 8.3) to PDF path operators. */
#include "pdf/svg.h"

#include <math.h>
#include <string.h>

typedef struct {
	GString *s;
	double x, y, start_x, start_y; /* current point, start of the subpath */
	double control_x, control_y;   /* last control point, for S and T */
	char last;
} Path;

gboolean svg_read_number(const char **p, double *value)
{
	char *end;

	while (g_ascii_isspace(**p) || **p == ',')
		(*p)++;
	if (!g_ascii_isdigit(**p) && **p != '-' && **p != '+' && **p != '.')
		return FALSE;
	*value = g_ascii_strtod(*p, &end);
	if (end == *p || !isfinite(*value) || fabs(*value) > 1e7)
		return FALSE;
	*p = end;
	while (g_ascii_isspace(**p) || **p == ',')
		(*p)++;
	return TRUE;
}

static void append_pair(GString *s, double x, double y)
{
	pdf_append_number(s, x);
	pdf_append_number(s, y);
}

static void move_to(Path *p, double x, double y)
{
	append_pair(p->s, x, y);
	g_string_append(p->s, "m ");
	p->x = p->start_x = x;
	p->y = p->start_y = y;
}

static void line_to(Path *p, double x, double y)
{
	append_pair(p->s, x, y);
	g_string_append(p->s, "l ");
	p->x = x;
	p->y = y;
}

static void curve_to(Path *p, const double c[6])
{
	for (int i = 0; i < 6; i += 2)
		append_pair(p->s, c[i], c[i + 1]);
	g_string_append(p->s, "c ");
	p->control_x = c[2];
	p->control_y = c[3];
	p->x = c[4];
	p->y = c[5];
}

static void quadratic_to(Path *p, double cx, double cy, double x, double y)
{
	curve_to(p, (double[]){p->x + 2.0 / 3 * (cx - p->x), p->y + 2.0 / 3 * (cy - p->y), x + 2.0 / 3 * (cx - x), y + 2.0 / 3 * (cy - y), x, y});
	p->control_x = cx;
	p->control_y = cy;
}

/* Part of an ellipse round (cx, cy), turned by phi, from angle a over at most a right angle. */
static void arc_piece(Path *p, const double e[5], double a, double delta)
{
	double k = 4.0 / 3 * tan(delta / 4), cos_phi = cos(e[4]), sin_phi = sin(e[4]);
	double u[6] = {cos(a) - k * sin(a), sin(a) + k * cos(a), cos(a + delta) + k * sin(a + delta), sin(a + delta) - k * cos(a + delta), cos(a + delta),
	               sin(a + delta)};
	double c[6];

	for (int i = 0; i < 6; i += 2) {
		c[i] = e[0] + cos_phi * e[2] * u[i] - sin_phi * e[3] * u[i + 1];
		c[i + 1] = e[1] + sin_phi * e[2] * u[i] + cos_phi * e[3] * u[i + 1];
	}
	curve_to(p, c);
}

/* From end points to centre: SVG 1.1, appendix F.6.5. a: rx ry rotation large sweep x y. */
static void arc_to(Path *p, const double a[7])
{
	double rx = fabs(a[0]), ry = fabs(a[1]), phi = a[2] * G_PI / 180, cos_phi = cos(phi), sin_phi = sin(phi);
	double dx = (p->x - a[5]) / 2, dy = (p->y - a[6]) / 2;
	double x1 = cos_phi * dx + sin_phi * dy, y1 = -sin_phi * dx + cos_phi * dy, big, factor, cx1, cy1, from, delta;
	int pieces;

	if ((p->x == a[5] && p->y == a[6]) || rx == 0 || ry == 0) {
		line_to(p, a[5], a[6]);
		return;
	}
	big = x1 * x1 / (rx * rx) + y1 * y1 / (ry * ry);
	if (big > 1) {
		rx *= sqrt(big);
		ry *= sqrt(big);
	}
	factor = (rx * rx * ry * ry - rx * rx * y1 * y1 - ry * ry * x1 * x1) / (rx * rx * y1 * y1 + ry * ry * x1 * x1);
	factor = sqrt(MAX(factor, 0)) * ((a[3] != 0) == (a[4] != 0) ? -1 : 1);
	cx1 = factor * rx * y1 / ry;
	cy1 = -factor * ry * x1 / rx;
	double e[5] = {cos_phi * cx1 - sin_phi * cy1 + (p->x + a[5]) / 2, sin_phi * cx1 + cos_phi * cy1 + (p->y + a[6]) / 2, rx, ry, phi};
	from = atan2((y1 - cy1) / ry, (x1 - cx1) / rx);
	delta = atan2((-y1 - cy1) / ry, (-x1 - cx1) / rx) - from;
	if (a[4] != 0 && delta < 0)
		delta += 2 * G_PI;
	if (a[4] == 0 && delta > 0)
		delta -= 2 * G_PI;
	pieces = MAX((int)ceil(fabs(delta) / (G_PI / 2) - 1e-9), 1);
	for (int i = 0; i < pieces; i++)
		arc_piece(p, e, from + delta * i / pieces, delta / pieces);
}

/* How many numbers each command takes. */
static int operand_count(char command)
{
	static const struct {
		char command;
		int count;
	} rows[] = {{'M', 2}, {'L', 2}, {'H', 1}, {'V', 1}, {'C', 6}, {'S', 4}, {'Q', 4}, {'T', 2}, {'A', 7}, {'Z', 0}};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].command == command)
			return rows[i].count;
	return -1;
}

static void make_absolute(const Path *p, char upper, double n[7], int count)
{
	if (upper == 'H')
		n[0] += p->x;
	else if (upper == 'V')
		n[0] += p->y;
	else
		for (int i = upper == 'A' ? 5 : 0; i < count; i++)
			n[i] += (i % 2 == 0) != (upper == 'A') ? p->x : p->y;
}

static void draw_command(Path *p, char upper, const double n[7])
{
	gboolean cubic = p->last == 'C' || p->last == 'S', quadratic = p->last == 'Q' || p->last == 'T';
	double mirror_x = 2 * p->x - p->control_x, mirror_y = 2 * p->y - p->control_y;

	switch (upper) {
	case 'M':
		move_to(p, n[0], n[1]);
		break;
	case 'L':
		line_to(p, n[0], n[1]);
		break;
	case 'H':
		line_to(p, n[0], p->y);
		break;
	case 'V':
		line_to(p, p->x, n[0]);
		break;
	case 'C':
		curve_to(p, n);
		break;
	case 'S':
		curve_to(p, (double[]){cubic ? mirror_x : p->x, cubic ? mirror_y : p->y, n[0], n[1], n[2], n[3]});
		break;
	case 'Q':
		quadratic_to(p, n[0], n[1], n[2], n[3]);
		break;
	case 'T':
		quadratic_to(p, quadratic ? mirror_x : p->x, quadratic ? mirror_y : p->y, n[0], n[1]);
		break;
	case 'A':
		arc_to(p, n);
		break;
	default:
		g_string_append(p->s, "h ");
		p->x = p->start_x;
		p->y = p->start_y;
	}
	p->last = upper;
}

/* The flags of an arc are single digits that may stand against the next number. */
static gboolean read_operands(const char **at, char upper, int count, double n[7])
{
	for (int i = 0; i < count; i++) {
		if (upper == 'A' && (i == 3 || i == 4)) {
			if (**at != '0' && **at != '1')
				return FALSE;
			n[i] = *(*at)++ - '0';
			while (g_ascii_isspace(**at) || **at == ',')
				(*at)++;
		} else if (!svg_read_number(at, &n[i])) {
			return FALSE;
		}
	}
	return TRUE;
}

gboolean svg_append_path(GString *s, const char *data)
{
	Path p = {.s = s};
	const char *at = data;
	char command = 0;
	double n[7];

	while (g_ascii_isspace(*at))
		at++;
	while (*at != '\0') {
		char upper;
		int count;
		gboolean named = g_ascii_isalpha(*at);
		if (named)
			command = *at++;
		else if (command == 0 || g_ascii_toupper(command) == 'Z')
			return FALSE;
		else if (g_ascii_toupper(command) == 'M')
			command = command == 'M' ? 'L' : 'l';
		upper = g_ascii_toupper(command);
		count = operand_count(upper);
		if (count < 0 || (p.last == 0 && upper != 'M') || !read_operands(&at, upper, count, n))
			return FALSE;
		if (g_ascii_islower(command))
			make_absolute(&p, upper, n, count);
		draw_command(&p, upper, n);
		while (g_ascii_isspace(*at))
			at++;
	}
	return TRUE;
}

void svg_append_ellipse(GString *s, double cx, double cy, double rx, double ry)
{
	Path p = {.s = s};
	const double e[5] = {cx, cy, rx, ry, 0};

	move_to(&p, cx + rx, cy);
	for (int i = 0; i < 4; i++)
		arc_piece(&p, e, i * G_PI / 2, G_PI / 2);
	g_string_append(s, "h ");
}
