/* The gate before git: what is committed, what is pushed, and all that ever was. */
#include "pipeline/names.h"

#include "base/file.h"
#include "base/text.h"
#include "history/history.h"

#include <string.h>

enum { MESSAGE_LIMIT = 1024 * 1024, SHORT_ID = 10 };

/* ---- a piece of history ---- */

typedef struct {
	PrivacyScanner *s;
	const HistoryPiece *piece;
	const char *text;
	Diagnostics *d;
} Search;

/* Where a piece is, in a language: "the message of 1a2b3c4d5e". The caller's. */
static char *describe(const Search *search, gsize offset, Language language)
{
	static const char *const words[][2] = {
	    [HISTORY_MESSAGE] = {"the message of commit", "de beschrijving van vastlegging"},
	    [HISTORY_PERSON] = {"the author of commit", "de auteur van vastlegging"},
	    [HISTORY_PATH] = {"the name of a file or folder in commit", "de naam van een bestand of map in vastlegging"},
	    [HISTORY_FILE] = {"commit", "vastlegging"},
	    [HISTORY_TAG] = {"tag", "merk"},
	    [HISTORY_REF] = {"the name of a branch or tag at", "de naam van een tak of merk bij"},
	};
	const HistoryPiece *p = search->piece;
	const char *in = p->loose ? language == LANGUAGE_NL ? "het losse object" : "the loose object" : words[p->kind][language];
	g_autofree char *id = g_strndup(p->revision, SHORT_ID);
	int line, column;

	if (p->kind != HISTORY_FILE && p->kind != HISTORY_PATH)
		return g_strdup_printf("%s %s", words[p->kind][language], id);
	if (p->kind == HISTORY_PATH)
		return g_strdup_printf("%s %s (%s)", words[p->kind][language], id, p->path);
	text_locate(search->text, offset, &line, &column);
	if (p->path == NULL)
		return g_strdup_printf("%s %s, %d:%d", in, id, line, column);
	return g_strdup_printf("%s:%d:%d, %s %s", p->path, line, column, in, id);
}

static void report(const PrivacyHit *hit, gpointer data)
{
	const Search *search = data;
	g_autofree char *entry = g_strdup_printf("%u", hit->entry);
	g_autofree char *en = describe(search, hit->offset, LANGUAGE_EN), *nl = describe(search, hit->offset, LANGUAGE_NL);
	const char *const english[] = {entry, en, NULL}, *const dutch[] = {entry, nl, NULL};
	const char *const *const both[2] = {[LANGUAGE_EN] = english, [LANGUAGE_NL] = dutch};

	if (hit->kind <= PRIVACY_BSN)
		diagnostics_add_each(search->d, hit->kind != PRIVACY_NAME ? MSG_BSN_IN_HISTORY : search->piece->loose ? MSG_NAME_IN_LOOSE : MSG_NAME_IN_HISTORY, NULL, both);
}

static void look_at_part(const char *where, const char *text, gsize size, gpointer data)
{
	Search *search = data;

	(void)where;
	search->text = text;
	privacy_scan(search->s, text, size, report, search);
}

static gboolean look_at_piece(const HistoryPiece *piece, gpointer data)
{
	Search *search = data;
	gsize size;
	const char *text = g_bytes_get_data(piece->bytes, &size);

	search->piece = piece;
	if (size == 0)
		return TRUE;
	if (piece->kind == HISTORY_FILE)
		names_each_part(piece->path != NULL ? piece->path : "", piece->bytes, look_at_part, search);
	else
		look_at_part(NULL, text, size, search);
	return TRUE;
}

void names_check_history(const Names *n, const char *root, Diagnostics *d)
{
	g_autoptr(PrivacyScanner) s = privacy_scanner_new(n->list);
	Search search = {.s = s, .d = d};
	const HistoryVisitor visitor = {look_at_piece, &search};
	g_autoptr(History) h = history_open(root, d);

	if (h != NULL)
		history_each_piece(h, &visitor, d);
}

/* ---- committing ---- */

typedef struct {
	PrivacyScanner *s;
	Diagnostics *d;
} Staged;

static gboolean look_at_staged(const char *path, GBytes *bytes, gpointer data)
{
	const Staged *staged = data;

	diagnostics_set_text(staged->d, path, bytes); /* what is shown is what would be committed */
	names_check_path(staged->s, path, staged->d);
	names_check_bytes(staged->s, path, bytes, staged->d);
	return TRUE;
}

static void check_word(PrivacyScanner *s, HistoryKind kind, const char *revision, const char *text, Diagnostics *d)
{
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	const HistoryPiece piece = {kind, revision, NULL, bytes, FALSE};
	Search search = {.s = s, .d = d};

	look_at_piece(&piece, &search);
}

void names_check_staged(const Names *n, const char *root, Diagnostics *d)
{
	g_autoptr(PrivacyScanner) s = privacy_scanner_new(n->list);
	Staged staged = {s, d};
	g_autoptr(History) h = history_open(root, d);
	g_autofree char *branch = h != NULL ? history_branch(h) : NULL;

	if (h == NULL)
		return;
	history_each_staged(h, look_at_staged, &staged, d);
	if (branch != NULL)
		check_word(s, HISTORY_REF, "HEAD", branch, d);
}

static void report_message(const PrivacyHit *hit, gpointer data)
{
	g_autofree char *entry = g_strdup_printf("%u", hit->entry);

	if (hit->kind == PRIVACY_NAME)
		diagnose(data, MSG_NAME_IN_MESSAGE, NULL, entry);
	else if (hit->kind == PRIVACY_BSN)
		diagnose(data, MSG_PATTERN_BSN, NULL, entry);
}

/* Without the remarks that git leaves out: lines with #, and all behind its scissors. The caller's. */
static char *message_text(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GString *out = g_string_new(NULL);

	for (char **line = lines; *line != NULL && !(**line == '#' && strstr(*line, ">8") != NULL); line++)
		if (**line != '#')
			g_string_append_printf(out, "%s\n", *line);
	return g_string_free(out, FALSE);
}

void names_check_message(const Names *n, const char *path, Diagnostics *d)
{
	static const char *const who[] = {"GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"};
	g_autoptr(PrivacyScanner) s = privacy_scanner_new(n->list);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = file_load(path, MESSAGE_LIMIT, &error);

	if (bytes == NULL) {
		diagnose(d, MSG_FILE_MISSING, NULL, path, error->message);
		return;
	}
	g_autofree char *raw = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)), *text = message_text(raw);
	privacy_scan(s, text, strlen(text), report_message, d);
	for (guint i = 0; i < G_N_ELEMENTS(who); i++)
		if (g_getenv(who[i]) != NULL)
			check_word(s, HISTORY_PERSON, "HEAD", g_getenv(who[i]), d);
}

/* ---- pushing ---- */

typedef struct {
	char *prefix;     /* of the remote's branches as they were last seen */
	GPtrArray *known;
} Known;

static gboolean note_known(const char *name, const char *target, gpointer data)
{
	const Known *known = data;

	if (g_str_has_prefix(name, known->prefix) && *target != '\0')
		g_ptr_array_add(known->known, g_strdup(target));
	return TRUE;
}

static gboolean is_nothing(const char *id)
{
	return strspn(id, "0") == strlen(id);
}

static void check_line(History *h, Search *search, const char *line, const GPtrArray *remote)
{
	g_auto(GStrv) words = g_strsplit(line, " ", -1);
	g_autoptr(GPtrArray) known = g_ptr_array_new();
	const HistoryVisitor visitor = {look_at_piece, search};

	if (g_strv_length(words) < 4 || is_nothing(words[1])) /* a branch is deleted there: nothing leaves but its name, which is there */
		return;
	for (guint i = 0; i < remote->len; i++)
		g_ptr_array_add(known, remote->pdata[i]);
	if (!is_nothing(words[3]))
		g_ptr_array_add(known, words[3]);
	g_ptr_array_add(known, NULL);
	check_word(search->s, HISTORY_REF, words[1], words[2], search->d);
	history_each_leaving(h, words[1], (const char *const *)known->pdata, &visitor, search->d);
}

void names_check_push(const Names *n, const char *root, const char *remote, const char *lines, Diagnostics *d)
{
	g_autoptr(PrivacyScanner) s = privacy_scanner_new(n->list);
	g_autoptr(History) h = history_open(root, d);
	g_autofree char *prefix = g_strdup_printf("refs/remotes/%s/", remote);
	g_autoptr(GPtrArray) seen = g_ptr_array_new_with_free_func(g_free);
	Known known = {prefix, seen};
	g_auto(GStrv) all = g_strsplit(lines, "\n", -1);
	Search search = {.s = s, .d = d};

	if (h == NULL || !history_each_ref(h, note_known, &known, d))
		return;
	for (char **line = all; *line != NULL; line++)
		check_line(h, &search, *line, seen);
}
