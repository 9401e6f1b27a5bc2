/* A coded transcript as an author would have written it: what a known person says becomes a quote, with the codes of the selection it is;
 * everything else stays a paragraph. */
#include "exchange/room.h"

#include <string.h>

enum { LABEL_LIMIT = 60, COLUMNS = 96, SHOWN = 60 };

static gboolean is_space(gunichar c)
{
	return g_unichar_isspace(c) && c != 0x202F && c != 0xA0;
}

static char *excerpt(const Telling *t, glong start, glong end)
{
	g_autofree char *whole = g_ucs4_to_utf8(t->text + start, MIN(end - start, SHOWN), NULL, NULL, NULL);
	char *shown = g_strconcat(whole, end - start > SHOWN ? "…" : "", NULL);

	return g_strdelimit(shown, "\n", ' ');
}

/* ---- words that must not mean anything to Markdown ---- */

static gboolean is_marked(gunichar c, gunichar next)
{
	if (c < 128 && strchr("\\`*_[]<", (int)c) != NULL && c != 0)
		return TRUE;
	return (c == '&' && (next == '#' || g_unichar_isalpha(next))) || c == '#';
}

/* At the beginning of a line, other characters have a meaning too. */
static gboolean is_marked_first(const gunichar *word, glong n)
{
	return n > 0 && word[0] < 128 && strchr(">-+=|~:", (int)word[0]) != NULL;
}

/* "12." at the beginning of a line counts a list. */
static glong list_number(const gunichar *word, glong n)
{
	glong i = 0;

	while (i < n && word[i] < 128 && g_ascii_isdigit((char)word[i]))
		i++;
	return i > 0 && i < n && (word[i] == '.' || word[i] == ')') ? i : -1;
}

typedef struct {
	GString *out;
	const char *prefix; /* of every line */
	int column;         /* 0: at the beginning of a line */
} Lines;

static void put_word(Lines *l, const gunichar *word, glong n)
{
	glong number;

	if (l->column > 0 && l->column + 1 + n > COLUMNS) {
		g_string_append_printf(l->out, "\n%s", l->prefix);
		l->column = 0;
	} else if (l->column > 0) {
		g_string_append_c(l->out, ' ');
		l->column++;
	}
	number = l->column == 0 ? list_number(word, n) : -1;
	if (l->column == 0 && is_marked_first(word, n))
		g_string_append_c(l->out, '\\');
	for (glong i = 0; i < n; i++) {
		gboolean arrow = i > 0 && word[i - 1] == '-' && word[i] == '>'; /* "-->" would end a comment */
		if (i == number || arrow || is_marked(word[i], i + 1 < n ? word[i + 1] : 0))
			g_string_append_c(l->out, '\\');
		g_string_append_unichar(l->out, word[i]);
	}
	l->column += (int)n;
}

static void put_range(Lines *l, const Telling *t, glong start, glong end)
{
	for (glong i = start; i < end;) {
		glong from;
		while (i < end && is_space(t->text[i]))
			i++;
		for (from = i; i < end && !is_space(t->text[i]);)
			i++;
		if (i > from)
			put_word(l, t->text + from, i - from);
	}
}

/* ---- blocks ---- */

/* Lines that belong together. */
typedef struct {
	const ExchangePerson *speaker; /* NULL: nobody that is known */
	glong start, end;              /* of what is said */
} Block;

static void trim(const Telling *t, glong *start, glong *end)
{
	while (*start < *end && g_unichar_isspace(t->text[*start]))
		(*start)++;
	while (*end > *start && g_unichar_isspace(t->text[*end - 1]))
		(*end)--;
}

/* Where the words before a colon at the beginning of a line end; -1: there are none. */
static glong label_end(const Telling *t, glong start, glong end)
{
	for (glong i = start; i < end && i - start <= LABEL_LIMIT; i++)
		if (t->text[i] == ':')
			return i > start ? i : -1;
	return -1;
}

static const ExchangePerson *find_speaker(const Telling *t, glong start, glong colon)
{
	g_autofree char *label = g_ucs4_to_utf8(t->text + start, colon - start, NULL, NULL, NULL);
	g_autofree char *folded = g_utf8_casefold(g_strstrip(label), -1);

	for (const ExchangePerson *p = t->known->persons; p->label != NULL; p++) {
		g_autofree char *known = g_utf8_casefold(p->label, -1);
		if (strcmp(known, folded) == 0)
			return p;
	}
	return NULL;
}

static GArray *find_blocks(const Telling *t)
{
	GArray *blocks = g_array_new(FALSE, FALSE, sizeof(Block));
	gboolean open = FALSE; /* a line without a label goes on with the last block */

	for (glong i = 0; i < t->length;) {
		glong start = i, end = i, colon;
		while (end < t->length && t->text[end] != '\n')
			end++;
		i = end + 1;
		trim(t, &start, &end);
		if (start == end) {
			open = FALSE;
			continue;
		}
		colon = label_end(t, start, end);
		Block b = {colon > 0 ? find_speaker(t, start, colon) : NULL, start, end};
		if (b.speaker != NULL) {
			b.start = colon + 1;
			trim(t, &b.start, &b.end);
		}
		if (b.speaker == NULL && open && blocks->len > 0)
			g_array_index(blocks, Block, blocks->len - 1).end = end;
		else
			g_array_append_val(blocks, b);
		open = g_array_index(blocks, Block, blocks->len - 1).speaker != NULL;
	}
	return blocks;
}

static void put_paragraph(GString *out, const char *prefix, const Telling *t, glong start, glong end)
{
	Lines l = {out, prefix, 0};

	g_string_append(out, prefix);
	put_range(&l, t, start, end);
	g_string_append_c(out, '\n');
}

static void put_codes(GString *out, const GPtrArray *codes)
{
	for (guint i = 0; i < codes->len; i++)
		g_string_append_printf(out, "%s#%s", i > 0 ? " " : "> ", (const char *)codes->pdata[i]);
	if (codes->len > 0)
		g_string_append_c(out, '\n');
}

/* What somebody said, a paragraph a line of the transcript. */
static void put_quote(GString *out, const Telling *t, const ExchangePerson *speaker, glong start, glong end, const GPtrArray *codes)
{
	gboolean first = TRUE;

	while (start < end) {
		glong from = start, to;
		while (start < end && t->text[start] != '\n')
			start++;
		to = start++;
		trim(t, &from, &to);
		if (from == to)
			continue;
		if (!first)
			g_string_append(out, ">\n");
		Lines l = {out, "> ", 0};
		g_string_append(out, "> ");
		if (first && speaker != NULL) {
			g_string_append_printf(out, "**%s:** ", speaker->label);
			l.column = (int)g_utf8_strlen(speaker->label, -1) + 4;
			g_string_truncate(out, out->len - 1); /* the first word brings its own space */
		}
		put_range(&l, t, from, to);
		g_string_append_c(out, '\n');
		first = FALSE;
	}
	if (codes != NULL)
		put_codes(out, codes);
	g_string_append_c(out, '\n');
}

static void add_speaker(const Telling *t, const ExchangePerson *speaker)
{
	for (guint i = 0; i < t->speakers->len; i++)
		if (strcmp(t->speakers->pdata[i], speaker->id) == 0)
			return;
	g_ptr_array_add(t->speakers, g_strdup(speaker->id));
}

static gboolean has_words(const Telling *t, glong start, glong end)
{
	for (glong i = start; i < end; i++)
		if (g_unichar_isalnum(t->text[i]))
			return TRUE;
	return FALSE;
}

/* A paragraph that begins with "Somebody:" cannot be a quotation: that would name a speaker who is not known. */
static gboolean looks_spoken(const Telling *t, const Block *b)
{
	glong colon = label_end(t, b->start, b->end);

	for (glong i = b->start; i < colon; i++)
		if (t->text[i] == '.' || t->text[i] == '!' || t->text[i] == '?' || t->text[i] == ',')
			return FALSE;
	return colon > 0;
}

static void put_plain(GString *out, const Telling *t, const Block *b)
{
	if (t->headings && t->text[b->start] == '#') {
		glong hashes = b->start;
		while (hashes < b->end && t->text[hashes] == '#')
			hashes++;
		if (hashes - b->start <= 6 && hashes < b->end && t->text[hashes] == ' ') {
			Lines l = {out, "", 1};
			g_string_append_len(out, "######", hashes - b->start);
			g_string_append_c(out, ' ');
			l.column = 0;
			for (glong i = hashes; i < b->end;) { /* a heading is one line, however long */
				glong from;
				while (i < b->end && is_space(t->text[i]))
					i++;
				for (from = i; i < b->end && !is_space(t->text[i]);)
					i++;
				l.column = MIN(l.column, 1);
				if (i > from)
					put_word(&l, t->text + from, i - from);
			}
			g_string_append(out, "\n\n");
			return;
		}
	}
	put_paragraph(out, "", t, b->start, b->end);
	g_string_append_c(out, '\n');
}

static void put_part(GString *out, Telling *t, const Block *b, glong start, glong end, const Selection *s)
{
	trim(t, &start, &end);
	if (!has_words(t, start, end))
		return;
	if (b->speaker != NULL) {
		add_speaker(t, b->speaker);
		put_quote(out, t, b->speaker, start, end, s != NULL ? s->codes : NULL);
	} else if (s == NULL || s->codes->len == 0) {
		const Block part = {NULL, start, end};
		put_plain(out, t, &part);
	} else {
		put_quote(out, t, NULL, start, end, s->codes);
	}
}

/* Cuts a block where selections begin and end. */
static void put_block(GString *out, Telling *t, const Block *b, GArray *selections, guint *next)
{
	const gboolean stranger = b->speaker == NULL && looks_spoken(t, b); /* the words stay together, and no code on them is kept */
	glong at = b->start;

	for (; *next < selections->len; (*next)++) {
		Selection *s = &g_array_index(selections, Selection, *next);
		glong start = MAX(s->start, at), end = MIN(s->end, b->end);
		if (s->start >= b->end)
			break;
		if (start >= end)
			continue;
		if (!stranger) {
			put_part(out, t, b, at, start, NULL);
			put_part(out, t, b, start, end, s);
		} else if (s->codes->len > 0) {
			g_autofree char *shown = excerpt(t, start, end);
			diagnose(t->d, MSG_LOST_SPEAKER, &t->at, t->transcript->name, shown);
		}
		if (s->seen || s->end > b->end) {
			if (!s->seen) {
				g_autofree char *shown = excerpt(t, s->start, s->end);
				diagnose(t->d, MSG_LOST_SPLIT, &t->at, t->transcript->name, shown);
			}
			s->seen = TRUE;
		}
		at = stranger ? at : end;
		if (s->end > b->end)
			break;
	}
	put_part(out, t, b, at, b->end, NULL);
}

/* ---- selections ---- */

static int compare_selections(gconstpointer x, gconstpointer y)
{
	const Selection *a = x, *b = y;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->end == b->end ? 0 : a->end > b->end ? -1 : 1;
}

static void add_codes(GPtrArray *to, const GPtrArray *from)
{
	for (guint i = 0; i < from->len; i++)
		if (!g_ptr_array_find_with_equal_func(to, from->pdata[i], g_str_equal, NULL))
			g_ptr_array_add(to, from->pdata[i]);
}

/* The same place selected twice is one selection; of two that overlap the first is kept, and in full. Words are whole, and the punctuation behind
 * them goes along. */
static GArray *tidy_selections(Telling *t)
{
	GArray *tidy = g_array_new(FALSE, FALSE, sizeof(Selection)), *all = t->transcript->selections;

	g_array_sort(all, compare_selections);
	for (guint i = 0; i < all->len; i++) {
		Selection s = g_array_index(all, Selection, i);
		Selection *last = tidy->len > 0 ? &g_array_index(tidy, Selection, tidy->len - 1) : NULL;
		trim(t, &s.start, &s.end);
		if (!has_words(t, s.start, s.end))
			continue;
		while (s.start > 0 && g_unichar_isalnum(t->text[s.start]) && g_unichar_isalnum(t->text[s.start - 1]))
			s.start--;
		while (s.end < t->length && g_unichar_isalnum(t->text[s.end - 1]) && g_unichar_isalnum(t->text[s.end]))
			s.end++;
		while (s.end < t->length && !g_unichar_isspace(t->text[s.end]) && !g_unichar_isalnum(t->text[s.end]))
			s.end++;
		if (last != NULL && s.start == last->start && s.end == last->end) {
			add_codes(last->codes, s.codes);
		} else if (last != NULL && s.start < last->end) {
			if (s.codes->len > 0) {
				g_autofree char *shown = excerpt(t, s.start, s.end);
				diagnose(t->d, MSG_LOST_OVERLAP, &t->at, t->transcript->name, shown);
			}
		} else {
			g_array_append_val(tidy, s);
		}
	}
	return tidy;
}

char *telling_write(Telling *t)
{
	g_autoptr(GArray) selections = tidy_selections(t), blocks = find_blocks(t);
	GString *out = g_string_new(NULL);
	guint next = 0;

	for (guint i = 0; i < blocks->len; i++)
		put_block(out, t, &g_array_index(blocks, Block, i), selections, &next);
	while (out->len > 0 && out->str[out->len - 1] == '\n')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
	return g_string_free(out, FALSE);
}
