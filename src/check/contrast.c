/* Contrast of colours, WCAG 2.1: by the relative luminance of sRGB. */
#include "check/rules.h"

#include <math.h>
#include <string.h>

static double channel(const char *digits)
{
	char pair[] = {digits[0], digits[1], '\0'};
	double c = (double)g_ascii_strtoull(pair, NULL, 16) / 255;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(const char *colour)
{
	if (colour[0] != '#' || strlen(colour) != 7 || strspn(colour + 1, "0123456789abcdefABCDEF") != 6)
		return NAN;
	return 0.2126 * channel(colour + 1) + 0.7152 * channel(colour + 3) + 0.0722 * channel(colour + 5);
}

double rules_contrast(const char *one, const char *other)
{
	double a = luminance(one), b = luminance(other);

	return (MAX(a, b) + 0.05) / (MIN(a, b) + 0.05) + (a - a) + (b - b); /* a NaN in either stays one */
}
