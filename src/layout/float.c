/* Floats and footnotes: where they go. */
#include "layout/line.h"

/* XSL 1.1, 6.12.2: none inside another, in a note, in a running head, in a marker, or in what is placed absolutely. */
static gboolean may_float(const FoNode *n)
{
	for (n = n->parent; n && n->kind != FO_FLOW; n = n->parent) {
		FoKeyword position = n->kind == FO_BLOCK_CONTAINER ? fo_keyword(n, FO_P_ABSOLUTE_POSITION) : FO_K_AUTO;
		if (n->kind == FO_FLOAT || n->kind == FO_FOOTNOTE || n->kind == FO_STATIC_CONTENT || n->kind == FO_MARKER || n->kind == FO_LEADER ||
		    position == FO_K_ABSOLUTE || position == FO_K_FIXED)
			return FALSE;
	}
	return TRUE;
}

FloatPlace float_place(const FoNode *n)
{
	FoKeyword place = fo_keyword(n, FO_P_FLOAT);
	if (place == FO_K_NONE || !may_float(n))
		return FLOAT_NONE;
	return place == FO_K_BEFORE ? FLOAT_BEFORE : FLOAT_NONE;
}

/* XSL 1.1, 6.12.3: none inside another, or in a running head; nor in a leader, which is set as often as it fits. */
gboolean note_has_foot(const FoNode *n)
{
	for (n = n->parent; n && n->kind != FO_FLOW; n = n->parent)
		if (n->kind == FO_FOOTNOTE_BODY || n->kind == FO_STATIC_CONTENT || n->kind == FO_LEADER)
			return FALSE;
	return TRUE;
}
