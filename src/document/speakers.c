/* Who says what: labels of quotes become persons, and codes are looked up. */
#include "document/room.h"

#include "base/text.h"

#include <string.h>

enum { LABELS_LISTED = 12, NAME_LIMIT = 60 };

static char *join_labels(const GPtrArray *labels)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i <= LABELS_LISTED && labels->pdata[i] != NULL; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", i < LABELS_LISTED ? (const char *)labels->pdata[i] : "…");
	return g_string_free(out, FALSE);
}

/* "Ilyas (ilyas)", when somebody of another case of the publication is called so. */
static char *suggest_elsewhere(Assembly *a, const char *label)
{
	g_autofree char *folded = label_fold(label);
	const GPtrArray *persons = g_hash_table_lookup(a->labels, folded);
	const Person *p = persons != NULL ? persons->pdata[0] : NULL;

	return p != NULL && p->owner->id != NULL ? g_strdup_printf("%s (%s)", p->label, p->owner->id) : NULL;
}

static void report_unknown(Assembly *a, const Unit *unit, const xmlNode *quote, const char *label)
{
	if (unit->uncertain && scope_may_hold(unit, label))
		return;
	g_autoptr(GPtrArray) labels = scope_labels(a, unit);
	g_autofree char *known = join_labels(labels);
	const char *near = assembly_suggest(label, (const char *const *)labels->pdata);
	g_autofree char *elsewhere = near == NULL ? suggest_elsewhere(a, label) : NULL;
	Position at = place_text(a->w, quote, label);

	near = near != NULL ? near : elsewhere;
	if (near != NULL && *known != '\0')
		diagnose(a->d, MSG_SPEAKER_UNKNOWN, &at, label, near, known);
	else
		diagnose(a->d, *known != '\0' ? MSG_SPEAKER_UNKNOWN_LIST : MSG_SPEAKER_UNKNOWN_NONE, &at, label, known);
}

static void report_ambiguous(Assembly *a, const xmlNode *quote, const char *label, const GPtrArray *persons)
{
	const Person *first = persons->pdata[0], *second = first;
	Position at = place_text(a->w, quote, label);

	for (guint i = 1; i < persons->len && second->owner == first->owner; i++)
		second = persons->pdata[i];
	diagnose(a->d, MSG_SPEAKER_AMBIGUOUS, &at, label, first->owner->id != NULL ? first->owner->id : first->owner->file->name,
	         second->owner->id != NULL ? second->owner->id : second->owner->file->name);
}

static gboolean same_case(const GPtrArray *persons)
{
	for (guint i = 1; i < persons->len; i++)
		if (((const Person *)persons->pdata[i])->owner != ((const Person *)persons->pdata[0])->owner)
			return FALSE;
	return TRUE;
}

/* What became of a label. */
typedef struct {
	const Person *person; /* of a case, or */
	const char *portrait; /* the id of the reflection whose person speaks */
	gboolean reported;
} Speaker;

static void report_case(Assembly *a, const xmlNode *quote, const char *id)
{
	static const char *const none[] = {NULL};
	const GPtrArray *cases = g_hash_table_lookup(a->w->kinds, "case");
	const char *near = assembly_suggest(id, cases != NULL ? (const char *const *)cases->pdata : none);
	Position at = place_text(a->w, quote, id);

	if (near != NULL) {
		diagnose(a->d, MSG_CASE_UNKNOWN, &at, id, near);
		return;
	}
	g_autofree char *known = cases != NULL ? join_labels(cases) : g_strdup("");
	diagnose(a->d, MSG_CASE_UNKNOWN_LIST, &at, id, known);
}

/* "Moeder (noor)": the case is named. */
static Speaker find_in_case(Assembly *a, const Unit *unit, const xmlNode *quote, const char *label, const char *id)
{
	const Case *c = index_case(a->w, id);
	g_autofree char *folded = label_fold(label);
	Speaker speaker = {0};

	if (c == NULL) {
		if (!index_is_lost(a->w, id))
			report_case(a, quote, id);
		speaker.reported = TRUE;
		return speaker;
	}
	speaker.person = scope_find_person(c, folded);
	if (speaker.person == NULL) {
		g_autoptr(GPtrArray) one = g_ptr_array_new();
		Unit only = {.file = unit->file, .cases = one, .uncertain = ((const Record *)c->file)->broken};
		g_ptr_array_add(one, (gpointer)c);
		report_unknown(a, &only, quote, label);
		speaker.reported = TRUE;
	}
	return speaker;
}

/* In a portrait the person portrayed is known by their name, or their first name. */
static const char *find_portrayed(Assembly *a, const Unit *unit, const char *folded)
{
	const xmlNode *root = read_root(a->w, unit->file);
	const xmlNode *person = xml_is(root, "reflection") ? xml_first(root, "person") : NULL;
	const xmlNode *name = person != NULL ? xml_first(person, "name") : NULL;

	if (name == NULL)
		return NULL;
	g_autofree char *text = node_text(name);
	g_autofree char *whole = label_fold(text);
	gsize first = strcspn(whole, " ");
	if (strcmp(whole, folded) != 0 && (strlen(folded) != first || strncmp(whole, folded, first) != 0))
		return NULL;
	return unit->file->id != NULL ? unit->file->id : "";
}

/* Looks a label up among the cases at hand. Nobody found is no error yet. */
static Speaker find_at_hand(Assembly *a, const Unit *unit, const xmlNode *quote, const char *label)
{
	g_autofree char *folded = label_fold(label);
	g_autoptr(GPtrArray) persons = scope_find_persons(a, unit, folded);
	Speaker speaker = {NULL, find_portrayed(a, unit, folded), FALSE};

	if (speaker.portrait != NULL || persons == NULL)
		return speaker;
	if (same_case(persons)) {
		speaker.person = persons->pdata[0];
	} else {
		report_ambiguous(a, quote, label, persons);
		speaker.reported = TRUE;
	}
	return speaker;
}

gboolean speakers_is_portrayed(Assembly *a, const Unit *unit, const char *folded)
{
	return find_portrayed(a, unit, folded) != NULL;
}

static void set_speaker(Assembly *a, const Unit *unit, xmlNode *quote, const Speaker *speaker)
{
	const Person *p = speaker->person;

	if (a->tree == NULL)
		return;
	if (strcmp(unit->file->kind, "session") == 0)
		node_set(quote, "session", unit->file->id);
	if (p == NULL) {
		node_set(quote, "speaker", speaker->portrait);
		node_set(quote, "role", "professional");
		return;
	}
	g_autofree char *label = assembly_label(a, p);
	node_set(quote, "speaker", p->id);
	node_set(quote, "label", label);
	node_set(quote, "role", p->role);
	node_set(quote, "case", p->owner->id);
}

static void resolve_quote(Assembly *a, const Unit *unit, xmlNode *quote)
{
	const char *label = xml_attribute(quote, "label"), *id = xml_attribute(quote, "case");
	Speaker speaker;

	if (label == NULL)
		return;
	speaker = id != NULL ? find_in_case(a, unit, quote, label, id) : find_at_hand(a, unit, quote, label);
	if (speaker.person != NULL || speaker.portrait != NULL)
		set_speaker(a, unit, quote, &speaker);
	else if (!speaker.reported)
		report_unknown(a, unit, quote, label);
}

/* Whether a label is, or nearly is, one that is known: in the case, or among those at hand. */
static gboolean is_near(Assembly *a, const Unit *unit, const Case *c, const char *label)
{
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	Unit only = {.file = unit->file, .cases = one};

	if (c != NULL)
		g_ptr_array_add(one, (gpointer)c);
	g_autoptr(GPtrArray) labels = scope_labels(a, c != NULL ? &only : unit);
	return assembly_suggest(label, (const char *const *)labels->pdata) != NULL;
}

/* Takes the words "Naam:" from the beginning of a quotation. */
static void remove_label(xmlNode *quotation)
{
	xmlNode *p = xml_first(quotation, NULL);
	xmlNode *text = p != NULL ? p->children : NULL;
	const char *rest = text != NULL && text->type == XML_TEXT_NODE ? strchr((const char *)text->content, ':') : NULL;

	if (rest == NULL)
		return;
	for (rest++; *rest != '\0';) {
		gunichar c = g_utf8_get_char(rest);
		if (!g_unichar_isspace(c) && c != 0x202F)
			break;
		rest = g_utf8_next_char(rest);
	}
	if (*rest == '\0') {
		xmlUnlinkNode(text);
		xmlFreeNode(text);
		return;
	}
	g_autofree char *kept = g_strdup(rest);
	xmlNodeSetContent(text, NULL);
	xmlNodeAddContent(text, BAD_CAST kept);
}

/* A quotation that opens with plain words and a colon: it is a quote when these are a label at hand, a mistake when they nearly
 * are, and else a quotation like any other. */
static void resolve_quotation(Assembly *a, const Unit *unit, xmlNode *quotation)
{
	const char *label = xml_attribute(quotation, "label"), *id = xml_attribute(quotation, "case");
	Speaker speaker = {0};

	if (label == NULL)
		return;
	if (id != NULL && is_near(a, unit, index_case(a->w, id), label))
		speaker = find_in_case(a, unit, quotation, label, id);
	else if (id == NULL)
		speaker = find_at_hand(a, unit, quotation, label);
	if (speaker.person != NULL || speaker.portrait != NULL) {
		if (a->tree == NULL)
			return;
		remove_label(quotation);
		xmlNodeSetName(quotation, BAD_CAST "quote");
		set_speaker(a, unit, quotation, &speaker);
	} else if (id == NULL && !speaker.reported && is_near(a, unit, NULL, label)) {
		report_unknown(a, unit, quotation, label);
	}
}

static gboolean is_valuation(const char *code)
{
	static const char *const valuations[] = {"helpend", "niet-helpend", NULL};

	return g_strv_contains(valuations, code);
}

/* The rotondes of the cases at hand, the threads of the workspace, and the two valuations. */
static GPtrArray *known_codes(Assembly *a, const Unit *unit)
{
	const GPtrArray *cases = unit->all_cases ? a->cases : unit->cases;
	const GPtrArray *threads = g_hash_table_lookup(a->w->kinds, "thread");
	GPtrArray *codes = g_ptr_array_new();

	g_ptr_array_add(codes, "helpend");
	g_ptr_array_add(codes, "niet-helpend");
	for (guint i = 0; threads != NULL && threads->pdata[i] != NULL; i++)
		g_ptr_array_add(codes, threads->pdata[i]);
	for (guint i = 0; i < cases->len && codes->len <= SUGGESTIONS_LIMIT; i++) {
		const GArray *entities = ((const Record *)((const Case *)cases->pdata[i])->file)->entities;
		for (guint k = 0; k < entities->len; k++) {
			const Entity *e = &g_array_index(entities, Entity, k);
			if (e->id != NULL && strcmp(e->kind, "rotonde") == 0)
				g_ptr_array_add(codes, (gpointer)e->id);
		}
	}
	g_ptr_array_add(codes, NULL);
	return codes;
}

/* What an unknown code may have meant: a near one, or one that is only longer: r3 for noor-r3. */
static const char *suggest_code(const GPtrArray *codes, const char *code)
{
	gsize n = strlen(code);

	for (guint i = 0; codes->pdata[i] != NULL; i++) {
		const char *known = codes->pdata[i];
		gsize length = strlen(known);
		if (length > n + 1 && known[length - n - 1] == '-' && strcmp(known + length - n, code) == 0)
			return known;
	}
	return assembly_suggest(code, (const char *const *)codes->pdata);
}

static void check_code(Assembly *a, const Unit *unit, const xmlNode *quote, const char *code)
{
	const Entity *e = index_lookup(a->w, code);
	gboolean is_rotonde = e != NULL && strcmp(e->kind, "rotonde") == 0;
	const char *of = xml_attribute(quote, "case");

	if (is_valuation(code) || (e != NULL && strcmp(e->kind, "thread") == 0))
		return;
	if (is_rotonde && (scope_has(a, unit, e->owner) || g_strcmp0(of, e->owner->id) == 0))
		return;
	if (unit->uncertain ? e == NULL || is_rotonde : e == NULL && index_is_lost(a->w, code))
		return; /* a case that is not known, or not whole, may be the one with this code */
	g_autofree char *written = g_strconcat("#", code, NULL);
	Position at = place_text(a->w, quote, written);
	if (is_rotonde) {
		diagnose(a->d, MSG_CODE_OTHER_CASE, &at, code, e->owner->id != NULL ? e->owner->id : "?");
		return;
	}
	g_autoptr(GPtrArray) codes = known_codes(a, unit);
	const char *near = suggest_code(codes, code);
	g_autofree char *known = join_labels(codes);
	if (near != NULL)
		diagnose(a->d, MSG_CODE_UNKNOWN, &at, code, near);
	else
		diagnose(a->d, MSG_CODE_UNKNOWN_LIST, &at, code, known);
}

/* Length of the "Naam" that a line begins with, as "Naam: wat zij zegt" does; 0: it begins with nothing of the kind. */
static gsize name_length(const char *line)
{
	gsize length = strcspn(line, ":.,;!?\"\n");

	return line[length] == ':' && length >= 2 && length <= NAME_LIMIT && strchr(" \n", line[length + 1]) != NULL ? length : 0;
}

/* A line within a quote that begins with the plain name of somebody at hand. place: where it stands. */
static void check_line(Assembly *a, const Unit *unit, const char *line, Position place)
{
	gsize length = name_length(line), label = MIN(strcspn(line, "("), length); /* "Moeder (noor)" */
	g_autofree char *name = g_strchomp(g_strndup(line, label));
	g_autofree char *folded = label_fold(name);
	g_autoptr(GPtrArray) persons = *name != '\0' ? scope_find_persons(a, unit, folded) : NULL;

	if (*name == '\0' || (persons == NULL && find_portrayed(a, unit, folded) == NULL))
		return;
	place.focus = name;
	place.column = 0;
	diagnose(a->d, MSG_SPEAKER_SECOND, &place, name);
}

/* The lines of a paragraph; first: it opens the quote, and who speaks there is known. */
static void check_lines(Assembly *a, const Unit *unit, const xmlNode *p, gboolean first)
{
	Position place = xml_position(p);
	gboolean opens = !first; /* a line begins */

	for (const xmlNode *n = p->children; n != NULL; n = n->next) {
		const char *text = n->type == XML_TEXT_NODE ? (const char *)n->content : "";
		if (opens)
			check_line(a, unit, text, place);
		for (; (text = strchr(text, '\n')) != NULL; text++) {
			place.line++;
			check_line(a, unit, text + 1, place);
		}
		opens = xml_is(n, "br");
		place.line += opens;
	}
}

/* Who forgets the stars, or the empty line, has somebody speak in another's quote. */
static void check_names(Assembly *a, const Unit *unit, const xmlNode *quote)
{
	gboolean first = TRUE;

	for (const xmlNode *n = quote->children; n != NULL; n = n->next) {
		if (xml_is(n, "p"))
			check_lines(a, unit, n, first);
		first = first && n->type != XML_ELEMENT_NODE;
	}
}

void speakers_resolve(Assembly *a, const Unit *unit)
{
	for (xmlNode *n = unit->node; n != NULL; n = unit_following(n, unit)) {
		if (xml_is(n, "quote"))
			resolve_quote(a, unit, n);
		else if (xml_is(n, "quotation"))
			resolve_quotation(a, unit, n);
		else
			continue;
		check_names(a, unit, n);
		g_auto(GStrv) codes = split_words(xml_attribute(n, "codes"));
		for (char **code = codes; *code != NULL; code++)
			check_code(a, unit, n, *code);
	}
	unquoted_check(a, unit);
}

/* Whether a question about a quote or heading has a plain answer: one person with that label at hand, or none, a code that is known. */
gboolean speakers_hold(Assembly *a, const Unit *unit, const Question *question)
{
	const Entity *e;

	if (question->what == ASK_CODE) {
		e = index_lookup(a->w, question->word);
		return is_valuation(question->word) || (e != NULL && strcmp(e->kind, "thread") == 0) ||
		       (e != NULL && strcmp(e->kind, "rotonde") == 0 && scope_has(a, unit, e->owner));
	}
	if (question->of != NULL) {
		const Case *c = index_case(a->w, question->of);
		return c != NULL && scope_find_person(c, question->word) != NULL;
	}
	g_autoptr(GPtrArray) persons = scope_find_persons(a, unit, question->word);
	if (question->what == ASK_STRANGER) /* whom a portrait is of, its tree tells */
		return persons == NULL && strcmp(unit->file->kind, "reflection") != 0;
	return persons != NULL && same_case(persons);
}
