/* What git remembers, for a build: the revision that an output is made from, and the editions before it. */
#include "pipeline/internal.h"

#include "changes/changes.h"

#include <stdlib.h>
#include <string.h>

struct Past {
	char *root;
	gboolean answered; /* under asking */
	History *history; /* NULL: the repository cannot be read */
	HistoryState state;
	GString *tags;   /* names and what they name */
	char *key;
	Diagnostics *d;
	GMutex lock;     /* of history, which is one thread's at a time */
	GMutex asking;   /* held by who asks */
};

static gboolean note_tag(const char *name, const char *target, gpointer data)
{
	if (g_str_has_prefix(name, "refs/tags/"))
		g_string_append_printf(data, "%s %s\n", name, target);
	return TRUE;
}

static void ask(Past *p)
{
	p->history = history_open(p->root, p->d);
	if (p->history != NULL && !history_state(p->history, "cases", &p->state, p->d))
		g_clear_pointer(&p->history, history_close);
	if (p->history != NULL)
		history_each_ref(p->history, note_tag, p->tags, p->d);
}

/* The standard of reproducible-builds.org. */
static gint64 asked_time(void)
{
	const char *epoch = g_getenv("SOURCE_DATE_EPOCH");
	char *end = NULL;
	gint64 time = epoch != NULL ? g_ascii_strtoll(epoch, &end, 10) : -1;

	return epoch != NULL && *epoch != '\0' && *end == '\0' && time >= 0 ? time : -1;
}

Past *past_new(const PipelineOptions *options)
{
	Past *p;

	if (!history_is_kept(options->root))
		return NULL;
	p = g_new0(Past, 1);
	p->root = g_strdup(options->root);
	p->state.time = -1;
	p->tags = g_string_new(NULL);
	p->d = diagnostics_new();
	g_mutex_init(&p->lock);
	g_mutex_init(&p->asking);
	return p;
}

void past_ask(Past *p)
{
	if (p == NULL)
		return;
	g_mutex_lock(&p->asking);
	if (!p->answered)
		ask(p);
	p->answered = TRUE;
	g_mutex_unlock(&p->asking);
}

void past_free(Past *p)
{
	if (p == NULL)
		return;
	history_close(p->history);
	history_state_clear(&p->state);
	g_string_free(p->tags, TRUE);
	diagnostics_free(p->d);
	g_mutex_clear(&p->lock);
	g_mutex_clear(&p->asking);
	g_free(p->root);
	g_free(p->key);
	g_free(p);
}

const char *past_key(Past *p)
{
	gint64 time = past_time(p); /* asks */

	if (p == NULL)
		return "";
	g_mutex_lock(&p->lock);
	if (p->key == NULL)
		p->key = g_strdup_printf("%s %d %" G_GINT64_FORMAT "\n%s", p->state.revision != NULL ? p->state.revision : "", p->state.dirty, time, p->tags->str);
	g_mutex_unlock(&p->lock);
	return p->key;
}

const char *past_revision(Past *p)
{
	past_ask(p);
	return p != NULL ? p->state.revision : NULL;
}

gint64 past_time(Past *p)
{
	gint64 asked = asked_time();

	past_ask(p);
	return asked >= 0 ? asked : p != NULL ? p->state.time : -1;
}

void past_report(Past *p, Diagnostics *d)
{
	past_ask(p);
	if (p == NULL)
		return;
	diagnostics_soften(p->d, LEVEL_WARNING, NULL);
	diagnostics_merge(d, p->d);
}

/* A picture or a house style that lies elsewhere than the texts. */
static gboolean is_changed(Past *p, const char *file)
{
	gboolean changed;

	if (file == NULL || g_str_has_prefix(file, "cases/"))
		return FALSE;
	g_mutex_lock(&p->lock);
	changed = history_is_changed(p->history, file);
	g_mutex_unlock(&p->lock);
	return changed;
}

void past_sign(const Run *run, xmlDoc *doc, const GPtrArray *inputs)
{
	enum { SHOWN = 10 };
	xmlNode *root = xmlDocGetRootElement(doc);
	Past *p = run->past;
	gboolean dirty;

	past_ask(p);
	if (p == NULL || p->state.revision == NULL)
		return;
	g_autofree char *revision = g_strndup(p->state.revision, SHOWN);
	g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(p->state.time);
	g_autofree char *revised = when != NULL ? g_date_time_format(when, "%Y-%m-%dT%H:%M:%SZ") : NULL;
	xmlSetProp(root, BAD_CAST "revision", BAD_CAST revision);
	if (revised != NULL)
		xmlSetProp(root, BAD_CAST "revised", BAD_CAST revised);
	dirty = p->state.dirty || is_changed(p, workspace_house_style(run->workspace));
	for (guint i = 0; i < inputs->len && !dirty; i++)
		dirty = is_changed(p, inputs->pdata[i]);
	if (dirty)
		xmlSetProp(root, BAD_CAST "dirty", BAD_CAST "yes");
}

/* ---- older states ---- */

/* The workspace as it was; the files come from *tree. NULL: it cannot be read. */
static Workspace *load_past(const Run *run, History *h, const char *revision, HistoryTree **tree, Diagnostics *d)
{
	*tree = history_read(h, revision, d);
	return *tree != NULL ? workspace_load_from(history_source(*tree), run->options->root, d) : NULL;
}

static xmlDoc *assemble_past(const Workspace *w, const char *id, Diagnostics *d)
{
	const DocumentFile *file = w != NULL ? workspace_lookup(w, id) : NULL;

	return file != NULL ? document_assemble(w, file, PROFILE_REVIEW, NULL, d) : NULL;
}

xmlDoc *past_read(Run *run, History *h, const char *revision, const char *id, Diagnostics *d)
{
	g_autoptr(HistoryTree) tree = NULL;
	g_autoptr(Workspace) w = load_past(run, h, revision, &tree, d);

	return assemble_past(w, id, d);
}

xmlDoc *past_assemble(Run *run, History *h, const char *revision, const char *name, const char *id, Diagnostics *d)
{
	g_autoptr(Diagnostics) found = diagnostics_new();
	g_autoptr(HistoryTree) tree = history_read(h, revision, d);
	g_autoptr(Workspace) w = tree != NULL ? workspace_load_from(history_source(tree), run->options->root, found) : NULL;
	g_autoptr(xmlDoc) doc = assemble_past(w, id, found);

	if (doc != NULL) {
		run_validate(run, doc, found);
		pictures_sign(w, doc);
	}
	if (tree != NULL && history_lost(tree) != NULL) { /* what git has lost would be called new, or withdrawn */
		diagnose(d, MSG_GIT_LOST, NULL, name, history_lost(tree));
		return NULL;
	}
	if (doc != NULL && run->options->profile == PROFILE_PUBLIC)
		document_publish(doc);
	diagnostics_soften(found, LEVEL_WARNING, name);
	diagnostics_sort(found);
	diagnostics_merge(d, found);
	if (tree != NULL && doc == NULL)
		diagnose(d, MSG_DIFF_ABSENT, NULL, name, id);
	return g_steal_pointer(&doc);
}

History *past_history(Past *p)
{
	past_ask(p);
	return p != NULL ? p->history : NULL;
}

/* ---- the islands ---- */

static char *field(const xmlNode *root, const char *name)
{
	const xmlNode *n = xml_first(root, name);
	xmlChar *text = n != NULL ? xmlNodeGetContent(n) : NULL;
	char *copy = text != NULL ? g_strstrip(g_strdup((const char *)text)) : NULL;

	xmlFree(text);
	return copy;
}

static void set(xmlNode *n, const char *attribute, const char *value)
{
	if (value != NULL && *value != '\0')
		xmlSetProp(n, BAD_CAST attribute, BAD_CAST value);
}

/* What a history names: the items, not what an island copies from them. */
static gboolean is_listed(const xmlNode *n)
{
	static const char *const kinds[] = {"chapter", "case", "thread", "session", "reflection", "appendix", NULL};

	return n->type == XML_ELEMENT_NODE && g_strv_contains(kinds, (const char *)n->name) && xml_attribute(n, "href") != NULL &&
	       xml_attribute(n, "id") != NULL;
}

/* An item of today by its id. */
static const xmlNode *find_today(const xmlDoc *doc, const char *id)
{
	const xmlNode *contents = xml_first(xmlDocGetRootElement(doc), "contents");

	for (const xmlNode *n = contents; id != NULL && n != NULL; n = xml_following(n, contents))
		if (is_listed(n) && strcmp(xml_attribute(n, "id"), id) == 0)
			return n;
	return NULL;
}

static void add_entry(xmlNode *to, const char *change, const xmlNode *item)
{
	xmlNode *entry = xmlNewChild(to, NULL, BAD_CAST "entry", NULL);
	g_autofree char *title = field(item, "title");

	set(entry, "change", change);
	set(entry, "kind", (const char *)item->name);
	set(entry, "ref", xml_attribute(item, "id"));
	set(entry, "title", title);
	if (xml_is(item, "session"))
		set(entry, "date", xml_attribute(item, "date"));
}

static void add_count(xmlNode *to, const char *change, const char *kind, guint count)
{
	xmlNode *entry = count > 0 ? xmlNewChild(to, NULL, BAD_CAST "entry", NULL) : NULL;
	g_autofree char *number = g_strdup_printf("%u", count);

	if (entry == NULL)
		return;
	set(entry, "change", change);
	set(entry, "kind", kind);
	set(entry, "count", number);
}

/* What the summary of a comparison says, in words that may be printed: what there is today is called what it is called today; what was
 * withdrawn is counted and never named, for whoever withdrew it did so with a reason. Quotes are counted. */
static void add_summary(xmlNode *to, const xmlNode *summary, const xmlDoc *today)
{
	static const char *const kinds[] = {"chapter", "case", "thread", "session", "reflection", "appendix"}, *const changes[] = {"new", "changed", "withdrawn"};
	guint withdrawn[G_N_ELEMENTS(kinds)] = {0}, quotes[G_N_ELEMENTS(changes)] = {0};

	for (const xmlNode *e = xml_first(summary, "entry"); e != NULL; e = xml_next(e, "entry")) {
		const char *change = xml_attribute(e, "change"), *kind = xml_attribute(e, "kind");
		const xmlNode *item = find_today(today, xml_attribute(e, "id"));
		for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++)
			withdrawn[k] += strcmp(change, "withdrawn") == 0 && strcmp(kind, kinds[k]) == 0;
		for (const xmlNode *detail = xml_first(e, "detail"); detail != NULL; detail = xml_next(detail, "detail"))
			for (gsize k = 0; k < G_N_ELEMENTS(changes); k++)
				quotes[k] += strcmp(xml_attribute(detail, "kind"), "quote") == 0 && strcmp(xml_attribute(detail, "change"), changes[k]) == 0;
		if (item != NULL && strcmp(change, "withdrawn") != 0)
			add_entry(to, change, item);
	}
	for (gsize k = 0; k < G_N_ELEMENTS(changes); k++)
		add_count(to, changes[k], "quote", quotes[k]);
	for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++)
		add_count(to, "withdrawn", kinds[k], withdrawn[k]);
}

/* Today's tree compared with an older one: its summary, in *marked. */
static const xmlNode *summarise(const Run *run, xmlDoc *old, const xmlDoc *today, xmlDoc **marked)
{
	*marked = xmlCopyDoc((xmlDoc *)today, 1);
	pictures_sign(run->workspace, *marked);
	if (run->options->profile == PROFILE_PUBLIC)
		document_publish(*marked); /* as the older one was */
	changes_mark(old, *marked);
	return xml_first(xmlDocGetRootElement(*marked), "changes");
}

/* The ids of the items of a tree, and of the sessions that its islands draw from. */
static GHashTable *ids_of(const xmlDoc *doc)
{
	GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const xmlNode *root = xmlDocGetRootElement(doc);

	for (const xmlNode *n = root; n != NULL; n = xml_following(n, root)) {
		const char *session = n->type != XML_ELEMENT_NODE ? NULL : xml_is(n, "session") ? xml_attribute(n, "ref") : xml_attribute(n, "session");
		const char *id = is_listed(n) ? xml_attribute(n, "id") : session;
		if (id != NULL)
			g_hash_table_add(ids, g_strdup(id));
	}
	return ids;
}

static int compare_dates(gconstpointer a, gconstpointer b)
{
	return g_strcmp0(xml_attribute(*(xmlNode *const *)a, "date"), xml_attribute(*(xmlNode *const *)b, "date"));
}

/* Sessions of today's workspace among these ids, by date. */
static GPtrArray *sessions_among(const Workspace *w, GHashTable *ids)
{
	GPtrArray *sessions = g_ptr_array_new();
	GHashTableIter iter;
	gpointer id;

	g_hash_table_iter_init(&iter, ids);
	while (g_hash_table_iter_next(&iter, &id, NULL)) {
		const DocumentFile *file = workspace_lookup(w, id);
		if (file != NULL && file->doc != NULL && strcmp(file->kind, "session") == 0)
			g_ptr_array_add(sessions, xmlDocGetRootElement(file->doc));
	}
	g_ptr_array_sort(sessions, compare_dates);
	return sessions;
}

/* What is there today, came with this state, and was not in those before: items as they stand, then sessions that only islands draw from. */
static void add_new(const Workspace *w, xmlNode *to, const xmlDoc *state, const xmlDoc *today, GHashTable *seen)
{
	gboolean first = g_hash_table_size(seen) == 0; /* all of the first edition was new */
	g_autoptr(GHashTable) ids = ids_of(state), now = ids_of(today);
	g_autoptr(GPtrArray) sessions = sessions_among(w, now);
	const xmlNode *contents = xml_first(xmlDocGetRootElement(today), "contents");

	for (const xmlNode *n = contents; n != NULL; n = xml_following(n, contents))
		if (is_listed(n) && g_hash_table_contains(ids, xml_attribute(n, "id")) && g_hash_table_add(seen, g_strdup(xml_attribute(n, "id"))) && !first)
			add_entry(to, "new", n);
	for (guint i = 0; i < sessions->len; i++) {
		const char *id = xml_attribute(sessions->pdata[i], "id");
		if (g_hash_table_contains(ids, id) && g_hash_table_add(seen, g_strdup(id)) && !first)
			add_entry(to, "new", sessions->pdata[i]);
	}
}

static xmlNode *add_edition(xmlNode *to, const xmlDoc *state)
{
	xmlNode *edition = xmlNewChild(to, NULL, BAD_CAST "edition", NULL);
	g_autofree char *number = field(xmlDocGetRootElement(state), "edition"), *date = field(xmlDocGetRootElement(state), "date");

	set(edition, "number", number);
	set(edition, "date", date);
	return edition;
}

typedef struct {
	Run *run;
	const char *id;
	xmlDoc *today;
	GPtrArray *editions; /* HistoryEdition: before today's */
	Diagnostics *d;
} Filling;

/* The editions before today's, oldest first. The tag of today's own edition, once it is there, changes nothing: the same bytes come out. */
static GPtrArray *earlier_editions(Past *p, const char *id, const xmlDoc *today)
{
	GPtrArray *editions = history_editions(p->history, id, FALSE);
	g_autofree char *own = field(xmlDocGetRootElement(today), "edition");

	for (guint i = editions->len; i-- > 0;)
		if (g_strcmp0(((const HistoryEdition *)editions->pdata[i])->edition, own) == 0)
			g_ptr_array_remove_index(editions, i);
	return editions;
}

static void fill_editions(const Filling *f, xmlNode *to)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	while (to->children != NULL) {
		xmlNode *child = to->children;
		xmlUnlinkNode(child);
		xmlFreeNode(child);
	}
	for (guint i = 0; i < f->editions->len; i++) {
		const HistoryEdition *e = f->editions->pdata[i];
		g_autoptr(xmlDoc) state = past_assemble(f->run, f->run->past->history, e->revision, e->tag, f->id, f->d);
		if (state == NULL)
			continue;
		xmlNode *edition = add_edition(to, state);
		set(edition, "number", e->edition);
		add_new(f->run->workspace, edition, state, f->today, seen);
	}
	add_new(f->run->workspace, add_edition(to, f->today), f->today, f->today, seen);
}

static const HistoryEdition *find_edition(const Filling *f, const char *since)
{
	for (guint i = 0; i < f->editions->len; i++) {
		const HistoryEdition *e = f->editions->pdata[i];
		if (strcmp(e->edition, since) == 0 || strcmp(e->tag, since) == 0)
			return e;
	}
	return NULL;
}

static Position place_changes(const xmlNode *changes)
{
	Position at = xml_position(changes);

	at.focus = "<changes";
	return at;
}

static void fill_changes(const Filling *f, xmlNode *to)
{
	const char *since = xml_attribute(to, "since");
	const HistoryEdition *e = f->editions->len > 0 ? f->editions->pdata[f->editions->len - 1] : NULL;
	g_autoptr(xmlDoc) marked = NULL;

	if (since != NULL && *since != '\0')
		e = find_edition(f, since);
	if (e == NULL) {
		const Position at = place_changes(to);
		diagnose(f->d, MSG_EDITION_UNKNOWN, &at, since != NULL ? since : "", f->id);
		return;
	}
	g_autoptr(xmlDoc) state = past_assemble(f->run, f->run->past->history, e->revision, e->tag, f->id, f->d);
	if (state == NULL)
		return;
	const xmlNode *summary = summarise(f->run, state, f->today, &marked);
	xmlNode *edition = xml_first(to, "edition");
	set(to, "since", e->edition);
	if (edition != NULL)
		add_summary(edition, summary, f->today);
}

static void fill_all(const Filling *f, gboolean changes)
{
	xmlNode *root = xmlDocGetRootElement(f->today);

	for (xmlNode *n = root; n != NULL; n = xml_following(n, root)) {
		xmlNode *island = xml_is(n, "island") ? xml_first(n, NULL) : NULL;
		if (island != NULL && changes && xml_is(island, "changes"))
			fill_changes(f, island);
		else if (island != NULL && !changes && xml_is(island, "editions"))
			fill_editions(f, island);
	}
}

static gboolean has_island(const xmlDoc *doc)
{
	const xmlNode *root = xmlDocGetRootElement(doc);

	for (const xmlNode *n = root; n != NULL; n = xml_following(n, root))
		if (xml_is(n, "island") && xml_first(n, NULL) != NULL && (xml_is(xml_first(n, NULL), "editions") || xml_is(xml_first(n, NULL), "changes")))
			return TRUE;
	return FALSE;
}

/* Outside git there is nothing that today could be compared with. */
static void report_unkept(const xmlDoc *doc, Diagnostics *d)
{
	const xmlNode *root = xmlDocGetRootElement(doc);

	for (const xmlNode *n = root; n != NULL; n = xml_following(n, root))
		if (xml_is(n, "changes") && xml_is(n->parent, "island")) {
			const Position at = place_changes(n);
			diagnose(d, MSG_CHANGES_UNKEPT, &at);
		}
}

void past_fill(Run *run, const DocumentFile *publication, xmlDoc *doc, Diagnostics *d)
{
	Past *p = run->past;

	if (!has_island(doc))
		return;
	past_ask(p);
	if (p == NULL)
		report_unkept(doc, d);
	if (p == NULL || p->history == NULL)
		return;
	g_mutex_lock(&p->lock);
	g_autoptr(Diagnostics) found = diagnostics_new();
	g_autoptr(GPtrArray) editions = earlier_editions(p, publication->id, doc);
	const Filling f = {run, publication->id, doc, editions, found};
	if (history_is_shallow(p->history))
		diagnose(found, MSG_EDITIONS_SHALLOW, NULL);
	fill_all(&f, TRUE);
	fill_all(&f, FALSE);
	g_mutex_unlock(&p->lock);
	diagnostics_soften(found, LEVEL_WARNING, NULL);
	diagnostics_merge(d, found);
}
