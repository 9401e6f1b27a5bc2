/* rotonde consent: who agreed to what, where it is used, and what a withdrawal touches. */
#include "base/text.h"
#include "commands/said.h"
#include "pipeline/pipeline.h"

#include <stdio.h>
#include <string.h>

enum { WITHIN = 90, WITHIN_MOST = 9999 };

/* ---- JSON ---- */

static void write_held(Json *j, const char *key, const GPtrArray *list)
{
	json_array(j, key);
	for (guint i = 0; i < list->len; i++) {
		const PipelineHeld *h = list->pdata[i];
		json_object(j, NULL);
		json_string(j, "publication", h->publication);
		if (h->tag != NULL) {
			json_string(j, "edition", h->tag);
			json_string(j, "date", h->date);
			json_bool(j, "after_withdrawal", h->after);
		}
		json_array(j, "places");
		for (guint k = 0; k < h->places->len; k++) {
			const DocumentUse *use = h->places->pdata[k];
			json_object(j, NULL);
			json_string(j, "for", use->purpose);
			json_string(j, "file", use->file);
			json_int(j, "line", use->line);
			json_end(j);
		}
		json_end(j);
		json_end(j);
	}
	json_end(j);
}

static void write_states(Json *j, const PipelineConsent *p)
{
	json_array(j, "now");
	for (gsize i = 0; i < CONSENT_PURPOSES; i++) {
		json_object(j, NULL);
		json_string(j, "for", pipeline_purposes[i]);
		json_string(j, "state", p->states[i]);
		json_string(j, "until", p->until[i]);
		json_bool(j, "ends_soon", p->ends[i]);
		json_bool(j, "withdrawn", p->gone[i]);
		json_end(j);
	}
	json_end(j);
}

static void write_person(Json *j, const PipelineConsent *p)
{
	const DocumentEntry *e = p->entry;

	json_object(j, NULL);
	json_string(j, "kind", e->kind);
	json_string(j, "id", e->id);
	json_string(j, "title", e->title);
	json_string(j, "case", e->owner);
	json_string(j, "role", e->role);
	json_string(j, "file", e->file);
	json_int(j, "line", e->line);
	said_write_consents(j, e->consents);
	write_states(j, p);
	json_string(j, "withdrawn_on", p->withdrawn);
	json_bool(j, "in_texts", !p->absent);
	write_held(j, "used_in", p->used);
	write_held(j, "editions", p->editions);
	json_array(j, "outputs");
	for (guint i = 0; i < p->outputs->len; i++) {
		const PipelineStale *o = p->outputs->pdata[i];
		json_object(j, NULL);
		json_string(j, "path", o->path);
		json_bool(j, "certain", o->known);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

static void print_json(const CommandContext *c, const PipelineConsents *report, Diagnostics *d)
{
	Json *j = json_start();

	json_object(j, NULL);
	json_array(j, "persons");
	for (guint i = 0; i < report->persons->len; i++)
		write_person(j, report->persons->pdata[i]);
	json_end(j);
	json_bool(j, "editions_known", report->kept);
	command_write_diagnostics(c, d, j);
	json_end(j);
	command_print_json(j);
}

/* ---- text ---- */

static char **consent_row(const DocumentConsent *c)
{
	char **row = g_new0(char *, 8);
	g_autofree char *purposes = said_words(c->purposes != NULL ? c->purposes : "?");

	row[0] = g_strconcat("  ", said_word(c->status != NULL ? c->status : "?"), NULL);
	row[1] = g_steal_pointer(&purposes);
	row[2] = g_strdup(c->on != NULL ? c->on : "?");
	row[3] = g_strdup_printf(_("by %s"), c->by != NULL ? said_word(c->by) : "?");
	row[4] = g_strdup_printf(_("for a %s"), c->scope != NULL ? said_word(c->scope) : "?");
	row[5] = c->until != NULL ? g_strdup_printf(_("until %s"), c->until) : g_strdup("");
	row[6] = c->form != NULL ? g_strdup_printf(_("form %s"), c->form) : g_strdup("");
	return row;
}

static void print_consents(const DocumentEntry *e)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);

	for (guint i = 0; i < e->consents->len; i++)
		g_ptr_array_add(rows, consent_row(e->consents->pdata[i]));
	if (rows->len > 0)
		command_print_rows(rows);
	else
		puts(_("  nothing is written down"));
}

static const char *shown_state(const char *state)
{
	static const struct {
		const char *state, *words;
	} states[] = {{"none", N_("nothing is known")},
	              {"other", N_("only for something else")},
	              {"session", N_("for the session only")},
	              {"expired", N_("expired")},
	              {"no-self", N_("the person did not sign")},
	              {"no-guardian", N_("no parent or guardian signed")},
	              {"no-band", N_("the age is not known")}};

	for (gsize i = 0; i < G_N_ELEMENTS(states); i++)
		if (strcmp(states[i].state, state) == 0)
			return _(states[i].words);
	return said_word(state);
}

/* "text, quote: given; photo: refused": purposes of the same state together. */
static void print_states(const PipelineConsent *p)
{
	GString *line = g_string_new(NULL);
	gboolean told[CONSENT_PURPOSES] = {FALSE};

	for (gsize i = 0; i < CONSENT_PURPOSES; i++) {
		for (gsize k = i; k < CONSENT_PURPOSES && !told[i]; k++)
			if (strcmp(p->states[k], p->states[i]) == 0)
				g_string_append_printf(line, "%s%s", k == i ? (line->len > 0 ? "; " : "") : ", ", said_word(pipeline_purposes[k]));
		if (!told[i])
			g_string_append_printf(line, ": %s", shown_state(p->states[i]));
		for (gsize k = CONSENT_PURPOSES; k-- > i;)
			told[k] = told[k] || strcmp(p->states[k], p->states[i]) == 0;
	}
	printf(_("  now: %s\n"), line->str);
	g_string_free(line, TRUE);
}

static void print_ends(const PipelineConsent *p)
{
	for (gsize i = 0; i < CONSENT_PURPOSES; i++)
		if (p->ends[i])
			printf(_("  ends: %s on %s\n"), said_word(pipeline_purposes[i]), p->until[i]);
}

/* How many of each purpose: "quote 12, text 1". */
static char *held_counts(const PipelineHeld *h)
{
	GString *text = g_string_new(NULL);

	for (gsize i = 0; i < CONSENT_PURPOSES; i++) {
		guint n = 0;
		for (guint k = 0; k < h->places->len; k++)
			n += strcmp(((const DocumentUse *)h->places->pdata[k])->purpose, pipeline_purposes[i]) == 0;
		if (n > 0)
			g_string_append_printf(text, "%s%s %u", text->len > 0 ? ", " : "", said_word(pipeline_purposes[i]), n);
	}
	return g_string_free(text, FALSE);
}

static void print_places(const PipelineHeld *h)
{
	for (guint k = 0; k < h->places->len; k++) {
		const DocumentUse *use = h->places->pdata[k];
		g_autofree char *file = text_tame(use->file);
		printf("    %s:%d %s\n", file, use->line, said_word(use->purpose));
	}
}

static void print_withdrawn(const PipelineConsent *p, gboolean kept)
{
	if (p->withdrawn != NULL)
		printf(_("  withdrawn on %s\n"), p->withdrawn);
	for (guint i = 0; i < p->editions->len; i++) {
		const PipelineHeld *h = p->editions->pdata[i];
		printf(h->after ? _("  edition %s of %s, which is not before that day, holds it:\n") : _("  edition %s of %s holds it:\n"), h->tag, h->date);
		print_places(h);
	}
	if (kept && p->editions->len == 0)
		puts(_("  no edition holds it"));
	for (guint i = 0; i < p->outputs->len; i++) {
		const PipelineStale *o = p->outputs->pdata[i];
		g_autofree char *path = text_tame(o->path);
		printf(o->known ? _("  %s holds it: build it anew or take it away\n") : _("  %s may hold it: build it anew or take it away\n"), path);
	}
}

static void print_person(const PipelineConsent *p, gboolean all_places, gboolean kept)
{
	const DocumentEntry *e = p->entry;

	if (p->absent) {
		printf(_("%s  is in no text any more\n"), e->id);
		print_withdrawn(p, kept);
		return;
	}
	g_autofree char *title = text_tame(e->title), *file = text_tame(e->file);
	printf("%s  %s  %s:%d\n", e->id, title, file, e->line);
	print_consents(e);
	print_states(p);
	print_ends(p);
	for (guint i = 0; i < p->used->len; i++) {
		const PipelineHeld *h = p->used->pdata[i];
		g_autofree char *counts = held_counts(h);
		printf(_("  used in %s: %s\n"), h->publication, counts);
		if (all_places)
			print_places(h);
	}
	if (p->used->len == 0)
		puts(_("  used in no publication"));
	if (p->withdrawn != NULL)
		print_withdrawn(p, kept);
}

int command_consent(int argc, char **argv, const Command *self)
{
	int within = WITHIN, status;
	g_autofree char *names = NULL, *folder = NULL;
	const GOptionEntry own[] = {
	    {"within", 0, 0, G_OPTION_ARG_INT, &within, N_("tell what ends within so many days; without it 90"), N_("DAYS")},
	    {"names", 0, 0, G_OPTION_ARG_FILENAME, &names, N_("the list of real names"), N_("FILE")},
	    {NULL, 0, 0, 0, NULL, NULL, NULL}};
	g_auto(CommandContext) c = {0};
	g_autoptr(Diagnostics) d = diagnostics_new();

	if (!command_start(&c, argc, argv, self, own, &status))
		return status;
	if (g_strv_length(c.arguments) > 1)
		return command_usage_error(self, _("consent takes the id of one person"));
	if (within < 0 || within > WITHIN_MOST)
		return command_usage_error(self, _("--within takes a number of days, 0 to 9999"));
	if (!command_find_workspace(&c))
		return EXIT_USAGE;
	folder = g_build_filename(c.root, "out", NULL);
	const PipelineOptions options = {.root = c.root,
	                                 .share = c.share,
	                                 .out = folder,
	                                 .today = c.today,
	                                 .profile = PROFILE_REVIEW,
	                                 .names = names,
	                                 .progress = command_progress,
	                                 .progress_data = &c};
	g_autoptr(PipelineConsents) report = pipeline_consents(&options, c.arguments[0], within, d);
	command_progress_end(&c);
	if (c.json) {
		print_json(&c, report, d);
		return command_status(d);
	}
	for (guint i = 0; i < report->persons->len; i++)
		print_person(report->persons->pdata[i], c.arguments[0] != NULL, report->kept);
	command_print_diagnostics(&c, d);
	return command_status(d);
}
