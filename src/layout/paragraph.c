/* A paragraph from its formatting objects to atoms, once; then it can be broken at any measure. */
#include "layout/paragraph.h"

static void free_contents(LineParagraph *p)
{
	for (guint i = 0; i < p->pieces->len; i++)
		line_paragraph_free(g_array_index(p->pieces, LinePiece, i).content);
}

void line_paragraph_free(LineParagraph *p)
{
	if (!p)
		return;
	free_contents(p);
	line_clear_items(p);
	arena_free(p->arena);
	g_free(p);
}

void line_paragraph_adopt(LineParagraph *p, LayoutContext *c)
{
	if (!p)
		return;
	p->c = c;
	for (guint i = 0; i < p->pieces->len; i++)
		line_paragraph_adopt(g_array_index(p->pieces, LinePiece, i).content, c);
}

static gboolean is_rtl(const FoNode *n)
{
	FoKeyword mode = fo_keyword(n, FO_P_WRITING_MODE);
	return mode == FO_K_RL_TB || mode == FO_K_RL || fo_keyword(n, FO_P_DIRECTION) == FO_K_RTL;
}

LineParagraph *line_paragraph_new(LayoutContext *c, const FoNode *block, const FoNode *first, const FoNode *end)
{
	LineParagraph *p = g_new0(LineParagraph, 1);
	p->c = c;
	p->block = block;
	p->rtl = is_rtl(block);
	p->arena = arena_new();
	p->chars = text_borrow_array(c->fonts, sizeof(gunichar));
	p->pieces = text_borrow_array(c->fonts, sizeof(LinePiece));
	p->atoms = text_borrow_array(c->fonts, sizeof(LineAtom));
	p->marks = text_borrow_array(c->fonts, sizeof(LineMark));
	p->style = line_style_new(c, p->arena, block, NULL);
	line_collect(p, first, end);
	line_itemise(p);
	p->chars = text_keep_array(c->fonts, p->arena, p->chars);
	p->pieces = text_keep_array(c->fonts, p->arena, p->pieces);
	p->atoms = text_keep_array(c->fonts, p->arena, p->atoms);
	p->marks = text_keep_array(c->fonts, p->arena, p->marks);
	if (p->atoms->len > 0 || p->marks->len > 0)
		return p;
	line_paragraph_free(p);
	return NULL;
}

/* The widest line when every break is taken, and when none is. */
void line_paragraph_widths(LineParagraph *p, int *minimum, int *maximum)
{
	gint64 word = 0, line = 0, widest = 0, longest = 0;
	for (guint i = 0; i < p->atoms->len; i++) {
		const LineAtom *a = &g_array_index(p->atoms, LineAtom, i);
		gunichar before = a->start > 0 ? g_array_index(p->chars, gunichar, a->start - 1) : 0;
		gboolean breaks = a->kind != ATOM_EDGE && a->start > 0 && a->start < p->chars->len && p->breaks[a->start];
		int width = a->width;
		if (a->kind == ATOM_GRAPHIC)
			width = graphic_new(p->c, g_array_index(p->pieces, LinePiece, a->piece).node, 0, FO_AUTO)->ipd;
		else if (a->kind == ATOM_LEADER)
			width = line_leader_length(p, a, 0).optimum;
		if (a->kind == ATOM_LINEFEED || (breaks && before != ' ')) {
			widest = MAX(widest, word);
			word = 0;
		}
		if (a->kind == ATOM_LINEFEED) {
			longest = MAX(longest, line);
			line = 0;
		} else if (a->kind == ATOM_SPACE) {
			gboolean breakable = a->end < p->chars->len && p->breaks[a->end];
			widest = MAX(widest, word);
			word = breakable ? 0 : word + width;
			line += width;
		} else {
			word += width;
			line += width;
		}
	}
	int indent = MAX(line_indent(p->block, FO_P_TEXT_INDENT, 0), 0);
	*minimum = (int)MIN(MAX(widest, word) + indent, G_MAXINT / 2);
	*maximum = (int)MIN(MAX(longest, line) + indent, G_MAXINT / 2);
}
