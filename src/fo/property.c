/* From the attributes of one formatting object to its values. */
#include "fo/build.h"
#include "fo/report.h"

#include <string.h>

enum {
	NAMES = 512,
	VALUES = 2048,
	UNKNOWN = -1,
	OPTIMUM = 0x10000, /* marks a lookup: only the compound's own row, its .optimum or .length */
};

typedef struct FoNameCache {
	struct {
		const xmlChar *name;
		int p; /* UNKNOWN: not a property */
	} slot[NAMES];
} FoNameCache;

typedef struct FoValueCache {
	struct {
		FoProperty p;
		FoSpan text;
		FoValue value;
	} slot[VALUES];
} FoValueCache;

void fo_properties_start(FoBuilder *b)
{
	b->properties = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint p = 0; p < FO_PROPERTY_COUNT; p++)
		g_hash_table_insert(b->properties, (char *)fo_properties[p].name, GUINT_TO_POINTER(p + 1));
	b->names = g_new0(FoNameCache, 1);
	b->values = g_new0(FoValueCache, 1);
	b->attributes = g_array_new(FALSE, FALSE, sizeof(FoAttribute));
	b->packed = g_malloc(sizeof(FoOwn) + FO_PROPERTY_COUNT * sizeof(FoValue));
}

void fo_properties_stop(FoBuilder *b)
{
	g_clear_pointer(&b->properties, g_hash_table_unref);
	g_clear_pointer(&b->names, g_free);
	g_clear_pointer(&b->values, g_free);
	g_clear_pointer(&b->attributes, g_array_unref);
	g_clear_pointer(&b->packed, g_free);
}

/* ---- the draft ---- */

const FoValue *fo_draft_peek(const FoDraft *d, FoProperty p)
{
	if (fo_set_has(&d->present, p))
		return &d->value[p];
	return p < INHERITED_COUNT ? fo_values_peek(d->parent, p) : &fo_properties[p].initial;
}

static void put(FoDraft *d, FoProperty p, const FoValue *v)
{
	d->value[p] = *v;
	fo_set_add(&d->present, p);
	fo_set_add(&d->specified, p);
	if (!d->in_shorthand)
		fo_set_add(&d->direct, p);
}

void fo_draft_set(FoBuilder *b, FoProperty p, const FoValue *v)
{
	FoDraft *d = &b->draft;
	put(d, p, v);
	if (d->only_optimum)
		return;
	guint32 type = fo_properties[p].type;
	guint n = type & T_CONDITIONAL ? 0 : type & T_SPACE ? 2 : fo_property_components(p);
	for (guint i = 1; i <= n; i++)
		put(d, p + i, v);
}

/* ---- reading one value ---- */

static gboolean is_word(FoSpan s, const char *word)
{
	return s.length == strlen(word) && memcmp(s.text, word, s.length) == 0;
}

static FoSpan trim(FoSpan s)
{
	for (; s.length && g_ascii_isspace(*s.text); s.text++)
		s.length--;
	while (s.length && g_ascii_isspace(s.text[s.length - 1]))
		s.length--;
	return s;
}

static FoSpan unquote(FoSpan s)
{
	if (s.length >= 2 && (*s.text == '\'' || *s.text == '"') && s.text[s.length - 1] == *s.text)
		return (FoSpan){s.text + 1, s.length - 2};
	return s;
}

/* Whether text asks for all of p, a compound or a shorthand, from another object: FUNCTION() or FUNCTION(name of p). What to read
 * for each of the rows it stands for. */
const char *fo_whole_function(FoProperty p, FoSpan text)
{
	static const char *const functions[] = {"from-parent()", "inherited-property-value()", "from-nearest-specified-value()",
						"from-table-column()"};
	if (is_word(text, "inherit"))
		return functions[0];
	for (guint i = 0; i < G_N_ELEMENTS(functions); i++) {
		gsize open = strlen(functions[i]) - 1;
		if (text.length <= open || memcmp(text.text, functions[i], open) != 0 || text.text[text.length - 1] != ')')
			continue;
		FoSpan name = trim((FoSpan){text.text + open, text.length - open - 1});
		return name.length == 0 || is_word(name, fo_properties[p].name) ? functions[i] : NULL;
	}
	return NULL;
}

static void inherit(FoBuilder *b, FoProperty p)
{
	const FoValues *parent = b->draft.parent;
	put(&b->draft, p, fo_values_peek(parent, fo_property_home(parent, p)));
}

static gboolean read_family(FoReading *r, FoValue *out)
{
	const char *names[32];
	guint n = 0;
	const char *at = r->text.text, *end = at + r->text.length;
	while (at < end && n < G_N_ELEMENTS(names) - 1) {
		const char *comma = memchr(at, ',', (gsize)(end - at));
		FoSpan piece = unquote(trim((FoSpan){at, (gsize)((comma ? comma : end) - at)}));
		if (piece.length == 0)
			return FALSE;
		names[n++] = fo_store_string(r->b->store, piece.text, piece.length);
		at = comma ? comma + 1 : end;
	}
	names[n++] = NULL;
	*out = (FoValue){.type = V_STRINGS, .u.strings = fo_store_intern(r->b->store, names, n * sizeof *names)};
	return n > 1;
}

/* text-decoration: several words, added to what holds already. */
static gboolean read_decoration(FoReading *r, FoValue *out)
{
	static const struct {
		const char *word;
		int add, remove;
	} words[] = {{"none", 0, FO_UNDERLINE | FO_OVERLINE | FO_LINE_THROUGH},
		     {"underline", FO_UNDERLINE, 0},
		     {"overline", FO_OVERLINE, 0},
		     {"line-through", FO_LINE_THROUGH, 0},
		     {"no-underline", 0, FO_UNDERLINE},
		     {"no-overline", 0, FO_OVERLINE},
		     {"no-line-through", 0, FO_LINE_THROUGH},
		     {"blink", 0, 0},
		     {"no-blink", 0, 0}};
	int set = (int)fo_values_peek(r->b->draft.parent, FO_P_TEXT_DECORATION)->u.number;
	r->contextual = TRUE;
	const char *at = r->text.text, *end = at + r->text.length;
	while (at < end) {
		const char *from = at;
		while (at < end && !g_ascii_isspace(*at))
			at++;
		guint i = 0;
		while (i < G_N_ELEMENTS(words) && !is_word((FoSpan){from, (gsize)(at - from)}, words[i].word))
			i++;
		if (i == G_N_ELEMENTS(words))
			return FALSE;
		set = (set | words[i].add) & ~words[i].remove;
		while (at < end && g_ascii_isspace(*at))
			at++;
	}
	*out = (FoValue){.type = V_NUMBER, .u.number = set};
	return r->text.length > 0;
}

static FoSpan unwrap_uri(FoSpan s)
{
	s = unquote(trim(s));
	if (s.length > 5 && g_ascii_strncasecmp(s.text, "url(", 4) == 0 && s.text[s.length - 1] == ')')
		s = trim((FoSpan){s.text + 4, s.length - 5});
	return trim(unquote(s));
}

static gboolean read_text(FoReading *r, FoValue *out)
{
	guint32 type = fo_properties[r->p].type;
	FoSpan s = type & T_URI ? unwrap_uri(r->text) : type & T_CHARACTER ? r->text : trim(r->text);
	if (type & T_CHARACTER) {
		if (s.length > 2)
			s = unquote(s);
		if (s.length == 0 || g_utf8_strlen(s.text, (gssize)s.length) != 1)
			return FALSE;
	}
	gboolean word = (is_word(s, "none") || is_word(s, "auto")) &&
			strstr(fo_properties[r->p].keywords, is_word(s, "none") ? "none" : "auto");
	if (word) {
		*out = (FoValue){.type = V_KEYWORD, .keyword = is_word(s, "none") ? FO_K_NONE : FO_K_AUTO};
		return TRUE;
	}
	*out = (FoValue){.type = V_STRING, .u.string = fo_store_string(r->b->store, s.text, s.length)};
	return TRUE;
}

static gboolean read_value(FoReading *r, FoValue *out)
{
	guint32 type = fo_properties[r->p].type;
	if (type & T_FAMILY && !memchr(r->text.text, '(', r->text.length))
		return read_family(r, out);
	if (type & T_DECORATION)
		return read_decoration(r, out);
	if (type & (T_STRING | T_URI))
		return read_text(r, out);
	return fo_expression_read(r, out);
}

static guint cache_index(FoProperty p, FoSpan text)
{
	guint h = (guint)p * 2654435761u ^ (guint)text.length;
	for (gsize i = 0; i < text.length; i++)
		h = (h ^ (guchar)text.text[i]) * 16777619u;
	return (h ^ h >> 15) % VALUES;
}

static gboolean read_cached(FoBuilder *b, FoProperty p, FoSpan text, gboolean *unsupported)
{
	guint i = cache_index(p, text);
	FoValueCache *c = b->values;
	if (c->slot[i].text.text && c->slot[i].p == p && c->slot[i].text.length == text.length &&
	    memcmp(c->slot[i].text.text, text.text, text.length) == 0) {
		fo_draft_set(b, p, &c->slot[i].value);
		return TRUE;
	}
	FoReading r = {.b = b, .p = p, .text = text};
	FoValue v;
	if (!read_value(&r, &v)) {
		*unsupported = r.unsupported;
		return FALSE;
	}
	if (!r.contextual) {
		c->slot[i].p = p;
		c->slot[i].text = text;
		c->slot[i].value = v;
	}
	fo_draft_set(b, p, &v);
	return TRUE;
}

static gboolean read_row(FoBuilder *b, FoProperty p, FoSpan text, gboolean *unsupported)
{
	if (is_word(text, "inherit")) {
		inherit(b, p);
		return TRUE;
	}
	return read_cached(b, p, text, unsupported);
}

static gboolean read_whole_compound(FoBuilder *b, FoProperty p, const char *function, gboolean *unsupported)
{
	FoSpan text = {function, strlen(function)};
	b->draft.only_optimum = TRUE;
	gboolean read = TRUE;
	for (guint i = 0; i <= fo_property_components(p); i++)
		read = read_row(b, p + i, text, unsupported) && read;
	b->draft.only_optimum = FALSE;
	return read;
}

gboolean fo_property_read(FoBuilder *b, FoProperty p, FoSpan text, gboolean *unsupported)
{
	guint32 type = fo_properties[p].type;
	FoSpan trimmed = trim(text);
	if (type & T_SHORTHAND)
		return fo_shorthand_read(b, p, trimmed, unsupported);
	if (!(type & (T_STRING | T_URI)) || is_word(trimmed, "inherit"))
		text = trimmed;
	const char *function = type & T_COMPOUND && !b->draft.only_optimum ? fo_whole_function(p, text) : NULL;
	return function ? read_whole_compound(b, p, function, unsupported) : read_row(b, p, text, unsupported);
}

/* ---- attributes ---- */

static int lookup_name(FoBuilder *b, const char *name)
{
	gpointer found = g_hash_table_lookup(b->properties, name);
	if (found)
		return (int)GPOINTER_TO_UINT(found) - 1;
	const char *dot = strchr(name, '.');
	if (!dot)
		return UNKNOWN;
	g_autofree char *compound = g_strndup(name, (gsize)(dot - name));
	found = g_hash_table_lookup(b->properties, compound);
	int p = (int)GPOINTER_TO_UINT(found) - 1;
	if (!found || !(fo_properties[p].type & T_LENGTH))
		return UNKNOWN;
	if (strcmp(dot, fo_properties[p].type & T_CONDITIONAL ? ".length" : ".optimum") == 0)
		return p | OPTIMUM;
	return fo_properties[p].type & T_PAIR && strcmp(dot, ".block-progression-direction") == 0 ? p | OPTIMUM : UNKNOWN;
}

static int lookup_extension(FoBuilder *b, const char *uri, const char *name)
{
	static const struct {
		const char *uri, *prefix;
	} namespaces[] = {{"http://xmlgraphics.apache.org/fop/extensions", "fox:"},
	                  {FO_EXTENSION_NS, "rotonde:"},
	                  {(const char *)XML_XML_NAMESPACE, "xml:"}};
	for (guint i = 0; i < G_N_ELEMENTS(namespaces); i++) {
		if (strcmp(uri, namespaces[i].uri) != 0)
			continue;
		g_autofree char *full = g_strconcat(namespaces[i].prefix, name, NULL);
		int p = lookup_name(b, full);
		if (p == UNKNOWN && *full != 'x')
			fo_report_attribute(b, full);
		return p;
	}
	return UNKNOWN;
}

/* Plain names by their address: libxml2 keeps equal ones of a document at one. */
static int lookup_attribute(FoBuilder *b, const xmlAttr *a)
{
	const char *name = (const char *)a->name;
	if (a->ns)
		return lookup_extension(b, (const char *)a->ns->href, name);
	guint i = (guint)(((gsize)name >> 3) % NAMES);
	if (b->names->slot[i].name != a->name) {
		b->names->slot[i].name = a->name;
		b->names->slot[i].p = lookup_name(b, name);
	}
	if (b->names->slot[i].p < 0)
		fo_report_attribute(b, name);
	return b->names->slot[i].p;
}

/* font and font-size first (em refers to it) and the column (from-table-column() does), then from the less specific to the more. */
static int rank_of(FoProperty p)
{
	guint32 type = fo_properties[p].type;
	if (p == FO_P_FONT)
		return -2;
	if (p == FO_P_FONT_SIZE || p == FO_P_COLUMN_NUMBER || p == FO_P_NUMBER_COLUMNS_SPANNED)
		return -1;
	return type & T_SHORTHAND ? fo_shorthand_rank(p) : type & T_COMPOUND ? 1000 : 1001;
}

/* The text of an attribute that libxml2 keeps in pieces. */
static const char *attribute_content(FoBuilder *b, const xmlAttr *a)
{
	xmlChar *whole = xmlNodeListGetString(a->doc, a->children, 1);
	const char *text = whole ? fo_store_string(b->store, (const char *)whole, strlen((const char *)whole)) : "";
	xmlFree(whole);
	return text;
}

static void add_attribute(FoBuilder *b, GArray *list, const xmlAttr *a)
{
	int found = lookup_attribute(b, a);
	FoProperty p = (FoProperty)(found & ~OPTIMUM);
	if (found < 0 || fo_properties[p].type & T_AURAL)
		return;
	FoAttribute new = {.p = p, .text = {"", 0}, .only_optimum = (found & OPTIMUM) != 0};
	new.rank = rank_of(p) + new.only_optimum;
	const xmlNode *text = a->children;
	if (text && !text->next && text->type == XML_TEXT_NODE)
		new.text.text = (const char *)text->content;
	else if (text)
		new.text.text = attribute_content(b, a);
	new.text.length = strlen(new.text.text);
	guint i = list->len;
	while (i > 0 && g_array_index(list, FoAttribute, i - 1).rank > new.rank)
		i--;
	g_array_insert_val(list, i, new);
}

static void read_attribute(FoBuilder *b, const FoAttribute *a)
{
	if (fo_properties[a->p].type & T_UNSUPPORTED) {
		fo_report_property(b, a->p);
		return;
	}
	FoDraft *d = &b->draft;
	FoSet specified = d->specified, present = d->present, direct = d->direct;
	gboolean unsupported = FALSE;
	d->only_optimum = a->only_optimum;
	d->in_shorthand = (fo_properties[a->p].type & T_SHORTHAND) != 0;
	if (!fo_property_read(b, a->p, a->text, &unsupported)) { /* as if it had not been written */
		d->specified = specified;
		d->present = present;
		d->direct = direct;
		fo_report_value(b, a->p, a->text, unsupported);
	}
	d->in_shorthand = d->only_optimum = FALSE;
}

/* ---- from draft to values ---- */

static const FoOwn *freeze_own(FoBuilder *b)
{
	FoDraft *d = &b->draft;
	FoOwn *own = b->packed;
	guint n = 0;
	memset(own, 0, sizeof *own);
	own->specified = d->specified;
	for (guint w = INHERITED_COUNT / 64; w < WORDS; w++) {
		guint64 bits = d->present.word[w];
		if (w == INHERITED_COUNT / 64)
			bits &= ~((G_GUINT64_CONSTANT(1) << (INHERITED_COUNT % 64)) - 1);
		own->present.word[w] = bits;
		own->before[w] = (guint16)n;
		for (; bits; bits &= bits - 1)
			own->value[n++] = d->value[w * 64 + (guint)__builtin_ctzll(bits)];
	}
	return fo_store_intern(b->store, own, sizeof *own + n * sizeof(FoValue));
}

static const FoValues *freeze(FoBuilder *b)
{
	FoDraft *d = &b->draft;
	FoValues values = *d->parent;
	FoChunk chunk;
	int open = -1;
	for (guint w = 0; w <= (INHERITED_COUNT - 1) / 64; w++) {
		for (guint64 bits = d->present.word[w]; bits; bits &= bits - 1) {
			guint p = w * 64 + (guint)__builtin_ctzll(bits);
			if (p >= INHERITED_COUNT)
				break;
			if ((int)(p / CHUNK) != open) {
				if (open >= 0)
					values.chunk[open] = fo_store_intern(b->store, &chunk, sizeof chunk);
				open = (int)(p / CHUNK);
				chunk = *values.chunk[open];
			}
			chunk.row[p % CHUNK] = d->value[p];
		}
	}
	if (open >= 0)
		values.chunk[open] = fo_store_intern(b->store, &chunk, sizeof chunk);
	values.own = freeze_own(b);
	return fo_store_intern(b->store, &values, sizeof values);
}

void fo_properties_read(FoBuilder *b, FoNode *node, const FoValues *parent)
{
	FoDraft *d = &b->draft;
	d->node = node;
	d->parent = parent;
	d->in_shorthand = d->only_optimum = FALSE;
	memset(&d->specified, 0, sizeof d->specified);
	memset(&d->present, 0, sizeof d->present);
	memset(&d->direct, 0, sizeof d->direct);
	g_array_set_size(b->attributes, 0);
	for (const xmlAttr *a = node->element->properties; a; a = a->next)
		add_attribute(b, b->attributes, a);
	for (guint i = 0; i < b->attributes->len; i++)
		read_attribute(b, &g_array_index(b->attributes, FoAttribute, i));
	fo_corresponding_settle(b);
	node->values = freeze(b);
}

const FoValues *fo_values_inherit(FoBuilder *b, const FoValues *parent)
{
	static const FoOwn none;
	FoValues values = *parent;
	values.own = &none;
	return fo_store_intern(b->store, &values, sizeof values);
}

const FoValues *fo_values_initial(FoBuilder *b)
{
	static const FoOwn none;
	FoValues values = {.own = &none};
	for (guint c = 0; c < CHUNK_COUNT; c++) {
		FoChunk chunk = {0};
		for (guint i = 0; i < CHUNK && c * CHUNK + i < INHERITED_COUNT; i++)
			chunk.row[i] = fo_properties[c * CHUNK + i].initial;
		values.chunk[c] = fo_store_intern(b->store, &chunk, sizeof chunk);
	}
	return fo_store_intern(b->store, &values, sizeof values);
}
