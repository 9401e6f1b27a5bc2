/* What a block says about its lines. */
#include "layout/paragraph.h"

static LineAlign alignment(FoKeyword k)
{
	switch (k) {
	case FO_K_CENTER:
		return ALIGN_CENTER;
	case FO_K_END:
	case FO_K_RIGHT:
	case FO_K_OUTSIDE:
		return ALIGN_END;
	case FO_K_JUSTIFY:
		return ALIGN_JUSTIFY;
	default:
		return ALIGN_START;
	}
}

LineAlign line_align(const FoNode *block, gboolean last)
{
	LineAlign all = alignment(fo_keyword(block, FO_P_TEXT_ALIGN));
	FoKeyword k = fo_keyword(block, FO_P_TEXT_ALIGN_LAST);
	if (!last)
		return all;
	if (k == FO_K_RELATIVE || k == FO_K_NONE)
		return all == ALIGN_JUSTIFY ? ALIGN_START : all;
	return alignment(k);
}

int line_indent(const FoNode *block, FoProperty indent, int measure)
{
	int length = fo_length(block, indent, measure);
	return length == FO_AUTO ? 0 : CLAMP(length, -100 * 1000 * 1000, 100 * 1000 * 1000);
}

gboolean line_is_balanced(const FoNode *block)
{
	return fo_keyword(block, FO_P_TEXT_WRAP) == FO_K_BALANCE;
}
