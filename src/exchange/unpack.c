/* Reading a project that comes from anybody: its texts, their selections, what the codes are called, and what cannot be kept. */
#include "exchange/room.h"

#include "archive/archive.h"
#include "base/guid.h"
#include "base/text.h"

#include <string.h>

#define PROJECT_NS "urn:QDA-XML:project:1.0"

enum { SOURCES_LIMIT = 500, CODES_LIMIT = 5000, SELECTIONS_LIMIT = 20000, TEXT_LIMIT = 4 * 1024 * 1024, ID_LENGTH = 60 };

typedef struct {
	const ExchangeKnown *known;
	const char *file;
	GPtrArray *entries;
	xmlDoc *doc;
	const xmlNode *project;
	GHashTable *codes;     /* guid -> ExchangeCode's code; what is not known is not in it */
	GHashTable *names;     /* guid -> name of every code */
	GHashTable *lost;      /* name of a code that is not known -> how often, GUINT_TO_POINTER */
	GHashTable *variables; /* guid -> name, small letters */
	gboolean ours;         /* a project that Rotonde made */
	guint selections, memos;
	Diagnostics *d;
} Unpacking;

static Position whole(const Unpacking *u)
{
	return (Position){.file = u->file};
}

static gboolean too_many(Unpacking *u, guint limit, const char *what)
{
	g_autofree char *number = g_strdup_printf("%u", limit);
	Position at = whole(u);

	diagnose(u->d, MSG_IMPORT_LARGE, &at, number, what);
	return FALSE;
}

/* ---- codes ---- */

static gboolean same_words(const char *a, const char *b)
{
	g_autofree char *x = a != NULL ? text_slug(a) : NULL, *y = b != NULL ? text_slug(b) : NULL;

	return x != NULL && y != NULL && strcmp(x, y) == 0;
}

/* By identifier first: names may have been changed. */
static const char *find_code(const Unpacking *u, const char *guid, const char *name)
{
	for (const ExchangeCode *c = u->known->codes; c->code != NULL; c++) {
		g_autofree char *called = g_strdup_printf("%s %s", c->kind, c->code), *own = guid_of(called);
		if (strcmp(own, guid) == 0)
			return c->code;
	}
	for (const ExchangeCode *c = u->known->codes; c->code != NULL; c++)
		if (same_words(c->code, name) || same_words(c->title, name))
			return c->code;
	if (same_words("helping", name))
		return "helpend";
	return same_words("not helping", name) ? "niet-helpend" : NULL;
}

static gboolean read_codes(Unpacking *u)
{
	const xmlNode *book = xml_first(u->project, "CodeBook");

	for (const xmlNode *n = book; n != NULL; n = xml_following(n, book)) {
		g_autofree char *guid = xml_is(n, "Code") ? guid_read(xml_attribute(n, "guid")) : NULL;
		const char *name = guid != NULL ? xml_attribute(n, "name") : NULL;
		const char *code = guid != NULL ? find_code(u, guid, name) : NULL;
		if (guid == NULL)
			continue;
		if (g_hash_table_size(u->names) >= CODES_LIMIT)
			return too_many(u, CODES_LIMIT, "Code");
		g_hash_table_insert(u->names, g_strdup(guid), g_strdup(name != NULL ? name : guid));
		if (code != NULL)
			g_hash_table_insert(u->codes, g_steal_pointer(&guid), (gpointer)code);
	}
	return TRUE;
}

static void read_variables(Unpacking *u)
{
	const xmlNode *list = xml_first(u->project, "Variables");

	for (const xmlNode *n = list != NULL ? xml_first(list, "Variable") : NULL; n != NULL; n = xml_next(n, "Variable")) {
		char *guid = guid_read(xml_attribute(n, "guid"));
		if (guid != NULL && xml_attribute(n, "name") != NULL)
			g_hash_table_insert(u->variables, guid, g_ascii_strdown(xml_attribute(n, "name"), -1));
		else
			g_free(guid);
	}
}

static void lose_code(Unpacking *u, const char *guid)
{
	const char *name = g_hash_table_lookup(u->names, guid);
	guint n = GPOINTER_TO_UINT(g_hash_table_lookup(u->lost, name != NULL ? name : guid));

	g_hash_table_insert(u->lost, g_strdup(name != NULL ? name : guid), GUINT_TO_POINTER(n + 1));
}

/* ---- texts and their selections ---- */

static void selection_clear(gpointer data)
{
	g_ptr_array_unref(((Selection *)data)->codes);
}

static void transcript_clear(Transcript *t)
{
	g_free(t->name);
	g_free(t->file);
	g_clear_pointer(&t->bytes, g_bytes_unref);
	g_clear_pointer(&t->selections, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Transcript, transcript_clear)

/* A whole number as the standard writes one, of nine digits at most; -1: it is none. */
static glong read_place(const char *text)
{
	gsize n = text != NULL ? strspn(text, "0123456789") : 0;

	return n == 0 || n > 9 || text[n] != '\0' ? -1 : strtol(text, NULL, 10);
}

static GPtrArray *read_codings(Unpacking *u, const xmlNode *selection)
{
	GPtrArray *codes = g_ptr_array_new();

	for (const xmlNode *n = xml_first(selection, "Coding"); n != NULL; n = xml_next(n, "Coding")) {
		const xmlNode *ref = xml_first(n, "CodeRef");
		g_autofree char *guid = ref != NULL ? guid_read(xml_attribute(ref, "targetGUID")) : NULL;
		const char *code = guid != NULL ? g_hash_table_lookup(u->codes, guid) : NULL;
		if (code == NULL)
			lose_code(u, guid != NULL ? guid : "?");
		else if (!g_ptr_array_find_with_equal_func(codes, code, g_str_equal, NULL))
			g_ptr_array_add(codes, (gpointer)code);
	}
	return codes;
}

static gboolean read_selections(Unpacking *u, const xmlNode *source, Transcript *t)
{
	for (const xmlNode *n = xml_first(source, "PlainTextSelection"); n != NULL; n = xml_next(n, "PlainTextSelection")) {
		Selection s = {.start = read_place(xml_attribute(n, "startPosition")), .end = read_place(xml_attribute(n, "endPosition"))};
		if (u->selections++ >= SELECTIONS_LIMIT)
			return too_many(u, SELECTIONS_LIMIT, "PlainTextSelection");
		s.codes = read_codings(u, n);
		g_array_append_val(t->selections, s);
	}
	return TRUE;
}

/* The text itself: in the project, or in a file of the package. */
static gboolean read_bytes(Unpacking *u, const xmlNode *source, Transcript *t)
{
	const xmlNode *content = xml_first(source, "PlainTextContent");
	const char *path = xml_attribute(source, "plainTextPath");
	Position at = whole(u);
	GBytes *bytes = NULL;

	if (content != NULL) {
		xmlChar *text = xmlNodeGetContent(content);
		t->file = g_strdup("project.qde");
		t->bytes = g_bytes_new(text, strlen((const char *)text));
		xmlFree(text);
		return TRUE;
	}
	if (path != NULL && g_str_has_prefix(path, "internal://")) {
		t->file = g_strconcat("Sources/", path + strlen("internal://"), NULL);
		for (guint i = 0; i < u->entries->len && bytes == NULL; i++) {
			const ArchiveEntry *e = u->entries->pdata[i];
			if (g_ascii_strcasecmp(e->name, t->file) == 0)
				bytes = e->bytes;
		}
	}
	if (bytes == NULL || g_bytes_get_size(bytes) > TEXT_LIMIT) {
		diagnose(u->d, bytes == NULL ? MSG_IMPORT_TEXT_MISSING : MSG_ARCHIVE_LARGE, &at, t->name, path != NULL ? path : "-");
		return FALSE;
	}
	t->bytes = g_bytes_ref(bytes);
	return TRUE;
}

/* ---- what is known of a text ---- */

/* The value of a variable of that name (small letters). Borrowed by the caller's copy: free it. */
static char *variable_value(const Unpacking *u, const xmlNode *source, const char *name)
{
	for (const xmlNode *n = xml_first(source, "VariableValue"); n != NULL; n = xml_next(n, "VariableValue")) {
		const xmlNode *ref = xml_first(n, "VariableRef"), *value = ref != NULL ? xml_next(ref, NULL) : NULL;
		g_autofree char *guid = ref != NULL ? guid_read(xml_attribute(ref, "targetGUID")) : NULL;
		if (guid == NULL || value == NULL || g_strcmp0(g_hash_table_lookup(u->variables, guid), name) != 0)
			continue;
		xmlChar *text = xmlNodeGetContent(value);
		char *copy = g_strstrip(g_strdup((const char *)text));
		xmlFree(text);
		return copy;
	}
	return NULL;
}

static gboolean is_date(const char *text)
{
	g_autofree char *stamp = text != NULL && strlen(text) == 10 ? g_strconcat(text, "T00:00:00Z", NULL) : NULL;
	g_autoptr(GDateTime) parsed = stamp != NULL ? g_date_time_new_from_iso8601(stamp, NULL) : NULL;

	return parsed != NULL && text[4] == '-';
}

/* As its variable has it, else a date in its name. */
static char *find_date(const Unpacking *u, const xmlNode *source, const char *name)
{
	static const char *const called[] = {"date", "datum"};

	for (gsize i = 0; i < G_N_ELEMENTS(called); i++) {
		g_autofree char *value = variable_value(u, source, called[i]);
		if (is_date(value))
			return g_steal_pointer(&value);
	}
	for (const char *p = name; strlen(p) >= 10; p++) {
		g_autofree char *part = g_strndup(p, 10);
		if (g_ascii_isdigit(*p) && is_date(part))
			return g_steal_pointer(&part);
	}
	return NULL;
}

static char *find_kind(const Unpacking *u, const xmlNode *source)
{
	static const char *const kinds[] = {"family-interview", "professional-interview", "joint-meeting", "learning-session", NULL};
	g_autofree char *value = variable_value(u, source, "kind");

	return value != NULL && g_strv_contains(kinds, value) ? g_steal_pointer(&value) : NULL;
}

/* A name without the ending of a file. */
static char *bare_name(const char *name)
{
	char *bare = g_strdup(name), *dot = strrchr(bare, '.');

	if (dot != NULL && dot > bare && strlen(dot) <= 5)
		*dot = '\0';
	return bare;
}

/* Ours have their own; others get that of the case before it. */
static char *make_id(const Unpacking *u, const char *bare)
{
	g_autofree char *slug = text_slug(bare);

	if (strlen(slug) > ID_LENGTH)
		slug[ID_LENGTH] = '\0';
	while (strlen(slug) > 1 && slug[strlen(slug) - 1] == '-')
		slug[strlen(slug) - 1] = '\0';
	return u->ours && g_ascii_islower(*slug) ? g_steal_pointer(&slug) : g_strconcat(u->known->case_id, "-", slug, NULL);
}

static char *plain_line(const xmlNode *element)
{
	xmlChar *text = element != NULL ? xmlNodeGetContent(element) : NULL;
	GString *out = g_string_new(NULL);

	for (const char *p = (const char *)text; p != NULL && *p != '\0' && out->len < 300; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		gboolean gap = g_unichar_isspace(c) || g_unichar_iscntrl(c);
		if (!gap)
			g_string_append_unichar(out, c);
		else if (out->len > 0 && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	}
	xmlFree(text);
	return g_strchomp(g_string_free(out, FALSE));
}

/* ---- sessions ---- */

static void session_free(gpointer data)
{
	ExchangeSession *s = data;

	g_free(s->id);
	g_free(s->title);
	g_free(s->date);
	g_free(s->kind);
	g_free(s->body);
	g_strfreev(s->speakers);
	g_free(s);
}

/* Whether a text of ours is one of the case that is asked for. */
static gboolean belongs(const Unpacking *u, const xmlNode *source)
{
	const xmlNode *cases = xml_first(u->project, "Cases");
	g_autofree char *called = g_strconcat("case ", u->known->case_id, NULL), *wanted = guid_of(called);
	g_autofree char *guid = guid_read(xml_attribute(source, "guid"));
	gboolean found = !u->ours || guid == NULL;

	for (const xmlNode *c = cases != NULL ? xml_first(cases, "Case") : NULL; c != NULL && !found; c = xml_next(c, "Case")) {
		g_autofree char *of = guid_read(xml_attribute(c, "guid"));
		for (const xmlNode *n = g_strcmp0(of, wanted) == 0 ? xml_first(c, "SourceRef") : NULL; n != NULL && !found; n = xml_next(n, "SourceRef")) {
			g_autofree char *ref = guid_read(xml_attribute(n, "targetGUID"));
			found = g_strcmp0(ref, guid) == 0;
		}
	}
	return found;
}

static char *tell(Unpacking *u, const Transcript *t, GPtrArray *speakers)
{
	Telling telling = {.transcript = t, .known = u->known, .headings = u->ours, .at = whole(u), .d = u->d, .speakers = speakers};
	g_autofree gunichar *text = transcript_decode(t, &telling.length, &telling.at, u->d);

	telling.text = text;
	return text != NULL ? telling_write(&telling) : NULL;
}

/* text: the element that has the words and the selections, source itself or a part of it. */
static gboolean add_session(Unpacking *u, const xmlNode *source, const xmlNode *text, GPtrArray *sessions)
{
	g_auto(Transcript) t = {.name = g_strdup(xml_attribute(source, "name"))};
	g_autoptr(GPtrArray) speakers = g_ptr_array_new_with_free_func(g_free);
	/* to other programs a description is a memo */
	g_autofree char *body = NULL, *bare = NULL, *title = plain_line(u->ours ? xml_first(source, "Description") : NULL);
	ExchangeSession *s;

	if (t.name == NULL || *t.name == '\0') {
		g_free(t.name);
		t.name = g_strdup_printf("tekst-%u", sessions->len + 1);
	}
	t.selections = g_array_new(FALSE, FALSE, sizeof(Selection));
	g_array_set_clear_func(t.selections, selection_clear);
	if (!read_bytes(u, text, &t) || !read_selections(u, text, &t) || (body = tell(u, &t, speakers)) == NULL)
		return FALSE;
	s = g_new0(ExchangeSession, 1);
	bare = bare_name(t.name);
	*s = (ExchangeSession){.id = make_id(u, bare), .date = find_date(u, source, t.name), .kind = find_kind(u, source), .body = g_steal_pointer(&body)};
	s->title = *title != '\0' ? g_steal_pointer(&title) : g_steal_pointer(&bare);
	g_ptr_array_add(speakers, NULL);
	s->speakers = (char **)g_ptr_array_steal(speakers, NULL);
	g_ptr_array_add(sessions, s);
	return TRUE;
}

static void note_whole(Unpacking *u, const xmlNode *source)
{
	Position at = whole(u);
	guint n = 0;

	for (const xmlNode *c = xml_first(source, "Coding"); c != NULL; c = xml_next(c, "Coding"))
		n++;
	if (n == 0)
		return;
	g_autofree char *number = g_strdup_printf("%u", n);
	diagnose(u->d, MSG_LOST_WHOLE, &at, xml_attribute(source, "name") != NULL ? xml_attribute(source, "name") : "?", number);
}

/* Of a PDF its plain text, when the program has coded that. NULL: it has none. */
static const xmlNode *plain_text(const xmlNode *source)
{
	const xmlNode *text = xml_is(source, "TextSource") ? source : xml_is(source, "PDFSource") ? xml_first(source, "Representation") : NULL;

	return text != NULL && (xml_first(text, "PlainTextContent") != NULL || xml_attribute(text, "plainTextPath") != NULL) ? text : NULL;
}

static gboolean read_source(Unpacking *u, const xmlNode *source, GPtrArray *sessions)
{
	const char *name = xml_attribute(source, "name") != NULL ? xml_attribute(source, "name") : "?";
	const xmlNode *text = plain_text(source);
	Position at = whole(u);

	if (text == NULL) {
		diagnose(u->d, MSG_LOST_SOURCE, &at, name, (const char *)source->name);
		return TRUE;
	}
	if (!belongs(u, source)) {
		diagnose(u->d, MSG_LOST_OTHER_CASE, &at, name);
		return TRUE;
	}
	note_whole(u, source);
	return add_session(u, source, text, sessions);
}

static GPtrArray *read_sources(Unpacking *u)
{
	g_autoptr(GPtrArray) sessions = g_ptr_array_new_with_free_func(session_free);
	const xmlNode *sources = xml_first(u->project, "Sources");
	Position at = whole(u);
	guint n = 0;

	for (const xmlNode *s = sources != NULL ? xml_first(sources, NULL) : NULL; s != NULL; s = xml_next(s, NULL)) {
		if (n++ >= SOURCES_LIMIT) {
			too_many(u, SOURCES_LIMIT, "Source");
			return NULL;
		}
		if (!read_source(u, s, sessions))
			return NULL;
	}
	if (sessions->len > 0)
		return g_steal_pointer(&sessions);
	diagnose(u->d, MSG_IMPORT_NOTHING, &at, u->known->case_id);
	return NULL;
}

/* ---- what was lost ---- */

/* A note; or, in a project of another program, what somebody wrote about a text, a place in it or a case. */
static gboolean is_memo(const Unpacking *u, const xmlNode *n)
{
	static const char *const about[] = {"TextSource", "PDFSource", "PlainTextSelection", "Case", "Project", NULL};
	g_autofree char *words = NULL;

	if (xml_is(n, "Note"))
		return TRUE;
	if (u->ours || !xml_is(n, "Description") || !g_strv_contains(about, (const char *)n->parent->name))
		return FALSE;
	words = plain_line(n);
	return *words != '\0';
}

static void report_lost(Unpacking *u)
{
	static const char *const parts[] = {"Links", "Sets", "Graphs"};
	g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(u->lost), (GCompareFunc)strcmp);
	Position at = whole(u);
	guint memos = 0;

	for (const GList *l = names; l != NULL; l = l->next) {
		g_autofree char *n = g_strdup_printf("%u", GPOINTER_TO_UINT(g_hash_table_lookup(u->lost, l->data)));
		diagnose(u->d, MSG_LOST_CODE, &at, l->data, n);
	}
	for (const xmlNode *n = u->project; n != NULL; n = xml_following(n, u->project))
		memos += is_memo(u, n);
	if (memos > 0) {
		g_autofree char *n = g_strdup_printf("%u", memos);
		diagnose(u->d, MSG_LOST_MEMOS, &at, n);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
		const xmlNode *list = xml_first(u->project, parts[i]);
		guint count = 0;
		for (const xmlNode *n = list != NULL ? xml_first(list, NULL) : NULL; n != NULL; n = xml_next(n, NULL))
			count++;
		if (count > 0) {
			g_autofree char *n = g_strdup_printf("%u", count);
			diagnose(u->d, MSG_LOST_PARTS, &at, n, parts[i]);
		}
	}
}

/* ---- the package ---- */

static gboolean open_project(Unpacking *u)
{
	GBytes *bytes = archive_lookup(u->entries, "project.qde");
	g_autofree char *name = g_strconcat(u->file, ":project.qde", NULL);
	Position at = whole(u);
	gsize size;
	const char *data = bytes != NULL ? g_bytes_get_data(bytes, &size) : NULL;

	if (data != NULL) {
		u->doc = xml_parse(data, size, name, u->d);
		if (u->doc == NULL)
			return FALSE;
		u->project = xmlDocGetRootElement(u->doc);
	}
	if (u->project == NULL || !xml_is(u->project, "Project") || u->project->ns == NULL ||
	    strcmp((const char *)u->project->ns->href, PROJECT_NS) != 0) {
		diagnose(u->d, MSG_IMPORT_PROJECT, &at);
		return FALSE;
	}
	u->ours = xml_attribute(u->project, "origin") != NULL && g_str_has_prefix(xml_attribute(u->project, "origin"), "Rotonde");
	return TRUE;
}

GPtrArray *exchange_unpack(GBytes *package, const char *file, const ExchangeKnown *known, Diagnostics *d)
{
	static const ArchiveLimits limits = {.entries = 2000, .bytes = 32 << 20, .in_all = 64 << 20, .ratio = 50};
	Unpacking u = {.known = known, .file = file, .d = d};
	GPtrArray *sessions = NULL;

	u.entries = archive_read(package, &limits, file, d);
	if (u.entries == NULL)
		return NULL;
	u.codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	u.names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	u.lost = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	u.variables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	if (open_project(&u) && read_codes(&u)) {
		read_variables(&u);
		sessions = read_sources(&u);
		if (sessions != NULL)
			report_lost(&u);
	}
	g_hash_table_unref(u.variables);
	g_hash_table_unref(u.lost);
	g_hash_table_unref(u.names);
	g_hash_table_unref(u.codes);
	xmlFreeDoc(u.doc);
	g_ptr_array_unref(u.entries);
	return sessions;
}
