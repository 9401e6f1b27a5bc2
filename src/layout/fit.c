/* Justification: leaders take what there is, then spaces; letters only when the spaces would become holes. */
#include "layout/set.h"

static LineBit *bit_at(const LineSetting *s, guint i)
{
	return &g_array_index(s->bits, LineBit, i);
}

static gboolean is_space(const LineBit *b)
{
	return !b->trailing && (b->atom->kind == ATOM_SPACE || b->atom->kind == ATOM_FIXED_SPACE);
}

static int natural_width(const LineSetting *s)
{
	gint64 width = 0;
	for (guint i = 0; i < s->bits->len; i++)
		width += bit_at(s, i)->width;
	return (int)CLAMP(width, 0, G_MAXINT / 4);
}

/* Gives room to the leaders, within their limits, in equal parts; what remains of it comes back. */
static int fit_leaders(LineSetting *s, int room)
{
	guint count = 0;
	for (guint i = 0; i < s->bits->len; i++)
		count += bit_at(s, i)->atom->kind == ATOM_LEADER;
	for (guint i = 0; i < s->bits->len && count > 0; i++) {
		LineBit *b = bit_at(s, i);
		if (b->atom->kind != ATOM_LEADER)
			continue;
		FoSpace length = line_leader_length(s->p, b->atom, s->measure);
		int share = room / (int)count--, before = b->width;
		b->width = CLAMP(before + share, length.minimum, length.maximum);
		room -= b->width - before;
	}
	return room;
}

static gint64 space_weights(const LineSetting *s)
{
	gint64 sum = 0;
	for (guint i = 0; i < s->bits->len; i++)
		if (is_space(bit_at(s, i)))
			sum += MAX(bit_at(s, i)->width, 1);
	return sum;
}

static gboolean gives_letters(const LineBit *b)
{
	return b->atom->kind == ATOM_WORD && b->word && !b->piece->style->spaced;
}

static int count_letters(const LineSetting *s)
{
	guint count = 0;
	for (guint i = 0; i < s->bits->len; i++)
		if (gives_letters(bit_at(s, i)))
			count += bit_at(s, i)->word->length;
	return (int)count;
}

/* Spaces of more than twice and a half their width look like holes: then letters give a little, too, at most a fortieth of the size. */
static int fit_letters(LineSetting *s, int room, gint64 spaces)
{
	int letters = count_letters(s), excess = (int)MIN(room - spaces * 3 / 2, G_MAXINT);
	if (excess <= 0 || letters < 2)
		return room;
	int each = MIN(excess / letters, s->p->style->size / 40);
	for (guint i = 0; i < s->bits->len; i++) {
		LineBit *b = bit_at(s, i);
		if (!gives_letters(b))
			continue;
		b->letter = each;
		b->width += each * (int)b->word->length;
		room -= each * (int)b->word->length;
	}
	return room;
}

static int fit_spaces(LineSetting *s, int room)
{
	gint64 sum = space_weights(s), passed = 0;
	if (sum == 0)
		return room;
	if (room > 0)
		room = fit_letters(s, room, sum);
	int given = 0;
	for (guint i = 0; i < s->bits->len; i++) {
		LineBit *b = bit_at(s, i);
		if (!is_space(b))
			continue;
		passed += MAX(b->width, 1);
		int upto = (int)((gint64)room * passed / sum);
		b->width += upto - given;
		given = upto;
	}
	return room - given;
}

int set_fit(LineSetting *s, LineAlign align)
{
	int room = s->measure - s->indent - s->end_indent - natural_width(s);
	if (align != ALIGN_JUSTIFY && room >= 0)
		return room;
	room = fit_leaders(s, room);
	if (align == ALIGN_JUSTIFY && room != 0) {
		gint64 least = -space_weights(s) / 3; /* no space becomes narrower than two thirds */
		int rest = room < least ? (int)(room - least) : 0;
		return fit_spaces(s, room - rest) + rest;
	}
	return room;
}
