/* rotonde verify: whether finished files are what was released, and what was checked then. */
#include "base/text.h"
#include "commands/command.h"
#include "pipeline/verify.h"
#include "privacy/coarse.h"

#include <stdio.h>
#include <string.h>

static const char *state_key(VerifyState state)
{
	static const char *const keys[] = {"released", "changed", "unlisted", "no-record", "broken-record", "gone"};

	return keys[state];
}

static gint64 member_number(const JsonValue *v, const char *key)
{
	const JsonValue *number = json_member(v, key, JSON_NUMBER);

	return number != NULL ? number->number : 0;
}

static gboolean is_modified(const JsonValue *statement)
{
	return json_member(statement, "modified", JSON_BOOL)->number != 0;
}

/* ---- text ---- */

/* "stem-casus 2, plaats-precies 1"; "" when there is nothing. The caller's. */
static char *found_text(const JsonValue *list)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; list != NULL && i < list->items->len; i++)
		g_string_append_printf(out, "%s%s %" G_GINT64_FORMAT, out->len > 0 ? ", " : "", json_member_string(list->items->pdata[i], "code"),
		                       member_number(list->items->pdata[i], "count"));
	return g_string_free(out, FALSE);
}

static void print_version(const JsonValue *s)
{
	const char *revision = json_member_string(s, "revision"), *date = json_member_string(s, "date");

	if (revision == NULL)
		printf(_("  made on %s, outside git"), date);
	else
		printf(_("  made from version %.10s of %s"), revision, date);
	if (is_modified(s))
		fputs(_(", with changes that were not committed"), stdout);
	printf(_(", by %s\n"), json_member_string(s, "program"));
}

/* What editors allowed, in the reader's language. The caller's. */
static char *allowed_text(const JsonValue *list, Language language)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; list != NULL && i < list->items->len; i++)
		for (guint kind = 0; kind < COARSE_KINDS; kind++)
			if (strcmp(coarse_kind_name(kind, LANGUAGE_EN), json_member_string(list->items->pdata[i], "kind")) == 0)
				g_string_append_printf(out, "%s%s %" G_GINT64_FORMAT, out->len > 0 ? ", " : "", coarse_kind_name(kind, language),
				                       member_number(list->items->pdata[i], "count"));
	return g_string_free(out, FALSE);
}

static void print_checks(const JsonValue *s, Language language)
{
	gint64 rules = member_number(json_member(s, "rules", JSON_OBJECT), "count"), names = member_number(s, "names");
	g_autofree char *found = found_text(json_member(s, "found", JSON_ARRAY)), *allowed = allowed_text(json_member(s, "allowed", JSON_ARRAY), language);

	printf(ngettext("  checked: %u rule", "  checked: %u rules", (gulong)rules), (guint)rules);
	if (json_member(s, "names", JSON_NUMBER) != NULL)
		printf(ngettext("; %u person looked for, no known name found\n", "; %u persons looked for, no known name found\n", (gulong)names), (guint)names);
	else
		puts(_("; no names were looked for"));
	if (*found != '\0')
		printf(_("  remarks: %s\n"), found);
	if (*allowed != '\0')
		printf(_("  allowed by the editors: %s\n"), allowed);
}

static void print_build(const VerifiedFile *f, Language language)
{
	const char *edition = json_member_string(f->build->statement, "edition");

	if (edition != NULL)
		printf(_("  publication %s, edition %s\n"), f->release->publication, edition);
	else
		printf(_("  publication %s\n"), f->release->publication);
	print_version(f->build->statement);
	print_checks(f->build->statement, language);
}

/* What a build says is told once, below its last file. */
static void print_text(const Verification *v, Language language)
{
	guint good = 0;

	for (guint i = 0; i < v->files->len; i++) {
		const VerifiedFile *f = v->files->pdata[i], *next = i + 1 < v->files->len ? v->files->pdata[i + 1] : NULL;
		g_autofree char *file = g_path_get_basename(f->path), *shown = text_tame(f->path);
		if (f->state != VERIFY_RELEASED)
			continue;
		good++;
		if (strcmp(file, f->output->file) == 0)
			printf(_("%s is as it was released\n"), shown);
		else
			printf(_("%s is as it was released, as %s\n"), shown, f->output->file);
		if (next == NULL || next->build != f->build)
			print_build(f, language);
	}
	if (v->files->len > 1)
		printf(_("%u of %u files are as they were released.\n"), good, v->files->len);
}

/* ---- JSON ---- */

static void write_release(Json *j, const VerifiedFile *f)
{
	static const char *const own[] = {"path", "state", "record", "publication", "released_as", "searched", NULL};
	const GPtrArray *items = f->build->statement->items;

	json_string(j, "publication", f->release->publication);
	json_string(j, "released_as", f->output->file);
	json_bool(j, "searched", f->output->searched);
	for (guint i = 0; i < items->len; i++)
		if (!g_strv_contains(own, ((const JsonValue *)items->pdata[i])->key)) /* a record may hold anything */
			json_value(j, items->pdata[i]);
}

static void print_json(const CommandContext *c, const Verification *v, Diagnostics *d)
{
	Json *j = json_start();

	json_object(j, NULL);
	json_array(j, "files");
	for (guint i = 0; i < v->files->len; i++) {
		const VerifiedFile *f = v->files->pdata[i];
		json_object(j, NULL);
		json_string(j, "path", f->path);
		json_string(j, "state", state_key(f->state));
		json_string(j, "record", f->record);
		if (f->state == VERIFY_RELEASED)
			write_release(j, f);
		json_end(j);
	}
	json_end(j);
	command_write_diagnostics(c, d, j);
	json_end(j);
	command_print_json(j);
}

int command_verify(int argc, char **argv, const Command *self)
{
	g_autofree char *record = NULL;
	int status;
	const GOptionEntry own[] = {{"record", 'r', 0, G_OPTION_ARG_FILENAME, &record, N_("the release record; without it the one beside each file"), N_("FILE")},
	                            {NULL, 0, 0, 0, NULL, NULL, NULL}};
	g_auto(CommandContext) c = {0};
	g_autoptr(Diagnostics) d = diagnostics_new();

	if (!command_start(&c, argc, argv, self, own, &status))
		return status;
	if (c.arguments[0] == NULL)
		return command_usage_error(self, "%s", _("verify takes the files to look at, or their folder"));
	g_autoptr(Verification) v = pipeline_verify(c.directory, (const char *const *)c.arguments, record, d);
	if (c.json)
		print_json(&c, v, d);
	else {
		command_print_diagnostics(&c, d);
		print_text(v, c.language);
	}
	return command_status(d);
}
