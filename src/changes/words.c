/* The words of a paragraph: two leaves become one, with ins and del around what differs. */
#include "changes/room.h"

#include <string.h>

/* A word, a mark, or an element that is taken whole. */
typedef struct {
	xmlNode *node;       /* the text it stands in, or the element */
	int start, length;   /* bytes in the text; length 0: the element */
	char *space;         /* what stands before it, as it is; may be "" */
	int number;          /* the same words in the same dress have the same */
	gboolean letters;    /* not just a mark */
} Token;

static void token_clear(gpointer data)
{
	g_free(((Token *)data)->space);
}

/* ---- from a leaf to its words ---- */

static gboolean is_whole(const xmlNode *node)
{
	static const char *const names[] = {"footnote", "image", "br", "note", NULL};

	return node->type == XML_ELEMENT_NODE && g_strv_contains(names, (const char *)node->name);
}

static gboolean is_space(gunichar c)
{
	return g_unichar_isspace(c) || c == 0xA0 || c == 0x202F || c == 0x2009;
}

static gboolean is_letter(gunichar c)
{
	return g_unichar_isalnum(c) || g_unichar_ismark(c) || c == 0xAD || c == 0x2019 || c == '\'' || c == '-';
}

/* "em a(#x) " for a word in a link in emphasis. */
static char *dress_of(const xmlNode *node, const xmlNode *leaf)
{
	GString *dress = g_string_new(NULL);

	for (const xmlNode *n = node->parent; n != leaf; n = n->parent) {
		const char *href = xml_attribute(n, "href");
		g_string_append_printf(dress, "%s(%s) ", (const char *)n->name, href != NULL ? href : "");
	}
	return g_string_free(dress, FALSE);
}

static void add_token(GArray *tokens, GHashTable *numbers, Token token, const char *dress, GString *space)
{
	const char *content = (const char *)token.node->content;
	g_autofree char *word = token.length > 0 ? g_strndup(content + token.start, (gsize)token.length) : NULL;
	g_autofree char *whole = word == NULL && !xml_is(token.node, "footnote") ? tree_key(token.node) : NULL;
	/* a footnote is a footnote: what it says is compared by itself */
	g_autofree char *key = g_strconcat(dress, "\n", word != NULL ? word : whole != NULL ? whole : "<footnote>", NULL);

	token.space = g_strdup(space->str);
	token.number = number_of(numbers, key);
	g_string_truncate(space, 0);
	g_array_append_val(tokens, token);
}

static void add_text(GArray *tokens, GHashTable *numbers, xmlNode *text, const char *dress, GString *space)
{
	const char *start = (const char *)text->content;

	for (const char *p = start; *p != '\0';) {
		gunichar c = g_utf8_get_char(p);
		const char *end = g_utf8_next_char(p);
		if (is_space(c)) {
			g_string_append_len(space, p, end - p);
			p = end;
			continue;
		}
		while (is_letter(c) && is_letter(g_utf8_get_char(end)))
			end = g_utf8_next_char(end);
		add_token(tokens, numbers, (Token){.node = text, .start = (int)(p - start), .length = (int)(end - p), .letters = g_unichar_isalnum(c)}, dress,
		          space);
		p = end;
	}
}

static GArray *tokens_of(Compare *c, xmlNode *leaf)
{
	GArray *tokens = g_array_new(FALSE, FALSE, sizeof(Token));
	g_autoptr(GString) space = g_string_new(NULL);

	g_array_set_clear_func(tokens, token_clear);
	for (xmlNode *n = leaf->children, *next; n != NULL; n = next) {
		gboolean whole = is_whole(n);
		next = xml_following(n, leaf);
		while (whole && next != NULL) { /* past what is inside */
			const xmlNode *up = next;
			while (up != NULL && up != n)
				up = up->parent;
			if (up == NULL)
				break;
			next = xml_following(next, leaf);
		}
		if (!whole && n->type != XML_TEXT_NODE)
			continue;
		g_autofree char *dress = dress_of(n, leaf);
		if (whole)
			add_token(tokens, c->words, (Token){.node = n}, dress, space);
		else
			add_text(tokens, c->words, n, dress, space);
	}
	return tokens;
}

/* ---- which are the same ---- */

static guint count_letters(const GArray *tokens, guint from, guint to)
{
	guint n = 0;

	for (guint i = from; i < to; i++)
		n += g_array_index(tokens, Token, i).letters;
	return n;
}

/* A word or two that happen to be the same between longer changes only make them hard to read. */
static void drop_islets(const GArray *a, const GArray *b, int *match)
{
	enum { ISLET = 2 };
	guint n = a->len, before_a = 0, before_b = 0; /* where the change before the run begins */

	for (guint i = 0; i < n;) {
		if (match[i] < 0) {
			i++;
			continue;
		}
		guint from = i, first = (guint)match[i];
		while (i < n && match[i] >= 0 && (guint)match[i] == first + (i - from))
			i++;
		guint after_a = i, after_b = first + (i - from), end_a = after_a;
		while (end_a < n && match[end_a] < 0)
			end_a++;
		guint end_b = end_a < n ? (guint)match[end_a] : b->len;
		guint run = count_letters(a, from, i);
		guint left = MIN(count_letters(a, before_a, from), count_letters(b, before_b, first));
		guint right = MIN(count_letters(a, after_a, end_a), count_letters(b, after_b, end_b));
		if (run <= ISLET && left > run && right > run)
			for (guint k = from; k < after_a; k++)
				match[k] = -1;
		else
			before_a = after_a, before_b = after_b;
	}
}

static int *match_tokens(const GArray *a, const GArray *b)
{
	g_autofree int *x = g_new(int, a->len + 1), *y = g_new(int, b->len + 1);
	int *match = g_new(int, a->len + 1);

	for (guint i = 0; i < a->len; i++)
		x[i] = g_array_index(a, Token, i).number;
	for (guint i = 0; i < b->len; i++)
		y[i] = g_array_index(b, Token, i).number;
	changes_match(x, (int)a->len, y, (int)b->len, match);
	drop_islets(a, b, match);
	return match;
}

/* ---- one paragraph of two ---- */

typedef enum { KEPT, INSERTED, DELETED } Fate;

typedef struct {
	xmlNode *top;
	GPtrArray *from;  /* elements that are open, outermost first: as they were */
	GPtrArray *open;  /* and their copies */
	xmlNode *mark;    /* the ins or del that is open in the innermost */
	Fate fate;        /* of mark */
	xmlNode *old_leaf, *new_leaf;
} Weaver;

static xmlNode *innermost(const Weaver *w)
{
	return w->open->len > 0 ? w->open->pdata[w->open->len - 1] : w->top;
}

static void add_words(xmlNode *to, const char *words, gsize length)
{
	if (length > 0)
		xmlAddChild(to, xmlNewDocTextLen(to->doc, BAD_CAST words, (int)length));
}

static gboolean same_dress(const xmlNode *a, const xmlNode *b)
{
	return strcmp((const char *)a->name, (const char *)b->name) == 0 && g_strcmp0(xml_attribute(a, "href"), xml_attribute(b, "href")) == 0;
}

/* Closes and opens elements until those around the token are open; the space before it comes in between. */
static void dress(Weaver *w, const Token *t, Fate fate, const char *space)
{
	const xmlNode *leaf = fate == DELETED ? w->old_leaf : w->new_leaf;
	g_autoptr(GPtrArray) chain = g_ptr_array_new();
	guint common = 0;

	for (xmlNode *n = t->node->parent; n != leaf; n = n->parent)
		g_ptr_array_insert(chain, 0, n);
	while (common < chain->len && common < w->from->len && same_dress(chain->pdata[common], w->from->pdata[common]))
		common++;
	gboolean stays = common == w->from->len && common == chain->len && w->mark != NULL && w->fate == fate;
	if (!stays)
		w->mark = NULL;
	g_ptr_array_set_size(w->from, (int)common);
	g_ptr_array_set_size(w->open, (int)common);
	add_words(stays ? w->mark : innermost(w), space, strlen(space));
	for (guint i = common; i < chain->len; i++) {
		xmlNode *copy = xmlDocCopyNode(chain->pdata[i], w->top->doc, 2);
		xmlUnsetProp(copy, BAD_CAST "id");
		xmlAddChild(innermost(w), copy);
		g_ptr_array_add(w->from, chain->pdata[i]);
		g_ptr_array_add(w->open, copy);
	}
	if (fate != KEPT && w->mark == NULL)
		w->mark = xmlNewChild(innermost(w), NULL, BAD_CAST(fate == INSERTED ? "ins" : "del"), NULL);
	w->fate = fate;
}

/* An old element cannot stand among the new: its words can. */
static void add_flat(xmlNode *to, const xmlNode *whole)
{
	g_autofree char *text = xml_is(whole, "image") ? g_strdup(xml_attribute(whole, "alt")) : tree_text(whole);
	g_autofree char *shown = text != NULL && *text != '\0' ? g_strdup_printf(" [%s]", text) : g_strdup("");

	add_words(to, shown, strlen(shown));
}

static void weave(Weaver *w, const Token *t, Fate fate)
{
	dress(w, t, fate, t->space);
	xmlNode *to = w->mark != NULL && fate != KEPT ? w->mark : innermost(w);
	if (t->length > 0) {
		add_words(to, (const char *)t->node->content + t->start, (gsize)t->length);
	} else if (fate == DELETED) {
		add_flat(to, t->node);
	} else {
		xmlUnlinkNode(t->node);
		xmlAddChild(to, t->node);
	}
}

static void weave_all(Compare *c, Weaver *w, const GArray *a, const GArray *b, const int *match)
{
	guint k = 0;

	for (guint i = 0; i <= a->len; i++) {
		if (i < a->len && match[i] < 0) {
			weave(w, &g_array_index(a, Token, i), DELETED);
			continue;
		}
		guint to = i < a->len ? (guint)match[i] : b->len;
		for (; k < to; k++)
			weave(w, &g_array_index(b, Token, k), INSERTED);
		if (i == a->len)
			break;
		const Token *before = &g_array_index(a, Token, i), *now = &g_array_index(b, Token, k++);
		if (now->length == 0 && xml_is(now->node, "footnote"))
			block_pair(c, before->node, now->node);
		w->mark = NULL;
		weave(w, now, KEPT);
	}
}

void words_compare(Compare *c, xmlNode *old, xmlNode *new)
{
	g_autoptr(GArray) a = tokens_of(c, old), b = tokens_of(c, new);
	g_autofree int *match = match_tokens(a, b);
	g_autoptr(GPtrArray) from = g_ptr_array_new(), open = g_ptr_array_new();
	xmlNode *top = xmlNewDocNode(new->doc, NULL, new->name, NULL);
	Weaver w = {.top = top, .from = from, .open = open, .old_leaf = old, .new_leaf = new};

	weave_all(c, &w, a, b, match);
	xmlNode *before = new->children;
	new->children = new->last = NULL;
	xmlFreeNodeList(before);
	for (xmlNode *n = top->children, *next; n != NULL; n = next) {
		next = n->next;
		xmlUnlinkNode(n);
		xmlAddChild(new, n);
	}
	xmlFreeNode(top);
	tree_set(new, "change", "changed");
}

void words_wrap(xmlNode *leaf, const char *element)
{
	xmlNode *mark = xmlNewDocNode(leaf->doc, NULL, BAD_CAST element, NULL);

	for (xmlNode *n = leaf->children, *next; n != NULL; n = next) {
		next = n->next;
		xmlUnlinkNode(n);
		xmlAddChild(mark, n);
	}
	xmlAddChild(leaf, mark);
}
