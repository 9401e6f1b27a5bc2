/* Where the words of a paragraph may be hyphenated: by the dictionary, by soft hyphens, and, when a word would not fit otherwise, wherever it can be. */
#include "layout/paragraph.h"

#include <string.h>

enum { PENALTY = 50, PENALTY_NAME = 150, PENALTY_SHORT = 60, PENALTY_SOFT = 25, PENALTY_FORCED = 3000, PENALTY_BARE = 4000 };

typedef struct {
	LineParagraph *p;
	const gunichar *chars;
	guint length;
	guint mark; /* the first that was not passed */
	gboolean all;
	GArray *found;
} Finder;

static gboolean is_letter(gunichar c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c != 0xd7 && c != 0xf7 && (g_unichar_isalpha(c) || g_unichar_ismark(c)));
}

static gboolean is_apostrophe(gunichar c)
{
	return c == '\'' || c == 0x2019;
}

static guint word_end(const Finder *f, guint i)
{
	while (i < f->length && (is_letter(f->chars[i]) || (is_apostrophe(f->chars[i]) && i + 1 < f->length && is_letter(f->chars[i + 1]))))
		i++;
	return i;
}

/* Part of an address on the web or of e-mail. */
static gboolean is_address(const Finder *f, guint start, guint end)
{
	if (start > 0 && f->chars[start - 1] < 128 && strchr("/@_.~#=&?\\", (int)f->chars[start - 1]))
		return TRUE;
	if (end >= f->length || f->chars[end] >= 128)
		return FALSE;
	if (strchr("/@_\\", (int)f->chars[end]))
		return f->chars[end] != 0;
	return (f->chars[end] == '.' || f->chars[end] == ':') && end + 1 < f->length && (g_unichar_isalnum(f->chars[end + 1]) || f->chars[end + 1] == '/');
}

static gboolean is_acronym(const Finder *f, guint start, guint end, const LineStyle *s)
{
	for (guint i = start + 1; i < end && s->transform != FO_K_UPPERCASE; i++)
		if (g_unichar_isupper(f->chars[i]))
			return TRUE;
	return FALSE;
}

static void add_hyphen(Finder *f, LineHyphen h)
{
	if (h.at > 0 && h.at < f->length && !f->p->breaks[h.at])
		g_array_append_val(f->found, h);
}

/* The author's own soft hyphens in the word; there may be none. */
static gboolean add_soft(Finder *f, guint start, guint end)
{
	gboolean any = FALSE;
	for (; f->mark < f->p->marks->len; f->mark++) {
		const LineMark *m = &g_array_index(f->p->marks, LineMark, f->mark);
		if (m->at > end)
			break;
		if (m->kind != MARK_SOFT_HYPHEN || m->at <= start || m->at == end)
			continue;
		add_hyphen(f, (LineHyphen){.at = m->at, .penalty = PENALTY_SOFT});
		any = TRUE;
	}
	return any;
}

static void add_dictionary(Finder *f, guint start, guint end, const LineStyle *s)
{
	const HyphenWord *w = hyphenate_word(text_hyphenation(f->p->c->fonts), s->language, f->chars + start, end - start);
	gboolean name = g_unichar_isupper(f->chars[start]);
	gboolean forced = f->all && !s->hyphenate;
	int remain = f->all ? 2 : MAX(s->remain, 1), push = f->all ? 2 : MAX(s->push, 1);
	int penalty = forced ? PENALTY_FORCED : name ? PENALTY_NAME : PENALTY;
	for (guint i = 0; i < w->length; i++) {
		const HyphenPoint *point = &w->points[i];
		gboolean changes = point->before_cut || point->before_length || point->after_cut || point->after_length;
		if ((int)point->at < remain || (int)(end - start - point->at) < push)
			continue;
		gboolean is_short = point->at < 3 || end - start - point->at < 3; /* two letters left alone read badly */
		add_hyphen(f, (LineHyphen){start + point->at, is_short ? penalty + PENALTY_SHORT : penalty, changes ? point : NULL, FALSE, name});
	}
}

static void add_bare(Finder *f, guint start, guint end)
{
	for (guint i = start + 1; i < end; i++)
		add_hyphen(f, (LineHyphen){.at = i, .penalty = PENALTY_BARE, .bare = TRUE});
}

static void find_in_word(Finder *f, guint start, guint end, const LineStyle *s)
{
	if (add_soft(f, start, end) || (!s->hyphenate && !f->all) || !s->wrap || s->keep)
		return;
	if (is_address(f, start, end)) {
		if (f->all)
			add_bare(f, start, end);
		return;
	}
	if (s->language && (f->all || !is_acronym(f, start, end, s)))
		add_dictionary(f, start, end, s);
}

GArray *line_find_hyphens(LineParagraph *p, gboolean all)
{
	Finder f = {.p = p, .chars = (const gunichar *)(void *)p->chars->data, .length = p->chars->len, .all = all};
	f.found = text_borrow_array(p->c->fonts, sizeof(LineHyphen));
	guint piece = 0;
	for (guint i = 0; i < f.length;) {
		if (!is_letter(f.chars[i])) {
			i++;
			continue;
		}
		while (piece + 1 < p->pieces->len && g_array_index(p->pieces, LinePiece, piece).end <= i)
			piece++;
		const LinePiece *at = &g_array_index(p->pieces, LinePiece, piece);
		guint end = word_end(&f, i);
		if (!at->generated)
			find_in_word(&f, i, end, at->style);
		i = end;
	}
	return text_keep_array(p->c->fonts, p->arena, f.found);
}
