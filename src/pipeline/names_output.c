/* The gate once more, for what is about to be written: nothing that a stylesheet, a picture or the typesetter put together gets out unseen. */
#include "pipeline/names.h"

#include "pipeline/internal.h"

#include "base/image.h"
#include "base/text.h"

#include <string.h>

typedef struct {
	PrivacyScanner *s;
	const char *format, *source;
	guint page;        /* 0: not on a page */
	const char *where; /* key; NULL: the text itself */
	const char *text;  /* that is looked at */
	gsize size;
	Diagnostics *d;
	gboolean clean;
} Output;

/* An output says which revision of git it is made from, in ten hexadecimal digits (past_sign): where one of them is a letter, the nine beside it may pass the
 * 11-test. What an author wrote so was found in the source. */
static gboolean is_revision(const Output *o, const PrivacyHit *hit)
{
	enum { REVISION = 10 };
	gsize start = hit->offset, end = hit->offset + hit->length;

	while (start > 0 && g_ascii_isalnum(o->text[start - 1]))
		start--;
	while (end < o->size && g_ascii_isalnum(o->text[end]))
		end++;
	for (gsize i = start; i < end; i++)
		if (!g_ascii_isdigit(o->text[i]) && (o->text[i] < 'a' || o->text[i] > 'f'))
			return FALSE;
	return end - start == REVISION;
}

static void report(const PrivacyHit *hit, gpointer data)
{
	Output *o = data;
	g_autofree char *entry = g_strdup_printf("%u", hit->entry);
	g_autofree char *en = o->page > 0 ? g_strdup_printf("page %u", o->page) : g_strdup(o->where != NULL ? o->where : "text");
	g_autofree char *nl = o->page > 0 ? g_strdup_printf("bladzijde %u", o->page) : g_strdup(o->where != NULL ? o->where : "tekst");
	const Position at = {o->source, 0, 0, NULL};
	const char *format = o->format + (g_str_has_prefix(o->format, "changes-") ? strlen("changes-") : 0); /* as --to has it */
	const char *const english[] = {entry, format, en, NULL}, *const dutch[] = {entry, format, nl, NULL};
	const char *const *const both[2] = {[LANGUAGE_EN] = english, [LANGUAGE_NL] = dutch};

	if (hit->kind > PRIVACY_BSN) /* the sources were warned about; a publisher's own address belongs in print */
		return;
	if (hit->kind == PRIVACY_BSN && is_revision(o, hit))
		return;
	o->clean = FALSE;
	diagnostics_add_each(o->d, hit->kind == PRIVACY_NAME ? MSG_NAME_IN_OUTPUT : MSG_BSN_IN_OUTPUT, &at, both);
}

static void look(Output *o, guint page, const char *where, const char *text, gsize size)
{
	o->page = page;
	o->where = where;
	o->text = text;
	o->size = size;
	privacy_scan(o->s, text, size, report, o);
}

gboolean names_pdf_texts(GBytes *file, const char *name, void (*found)(const PdfText *text, gpointer data), gpointer data, Diagnostics *d)
{
	const PrintModule *module = print_open(d);

	return module != NULL && module->texts(file, name, found, data, d);
}

static void look_at_pdf(const PdfText *text, gpointer data)
{
	look(data, text->page, text->key, text->text, text->size);
}

static void look_at_part(const char *where, const char *text, gsize size, gpointer data)
{
	look(data, 0, where, text, size);
}

NamesVerdict names_check_output(const Names *n, const char *format, GBytes *bytes, const char *source, Diagnostics *d)
{
	g_autoptr(PrivacyScanner) s = n->list != NULL ? privacy_scanner_new(n->list) : NULL;
	Output o = {.s = s, .format = format, .source = source, .d = d, .clean = TRUE};
	const Position at = {source, 0, 0, NULL};
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size);

	if (s == NULL)
		return NAMES_UNSEARCHED;
	if (size >= 4 && memcmp(data, "%PDF", 4) == 0)
		o.clean = names_pdf_texts(bytes, format, look_at_pdf, &o, d) && o.clean;
	else if (size > 0 && text_check_utf8(data, size) == size)
		names_each_part(format, bytes, look_at_part, &o);
	else if (size > 0) {
		diagnose(d, MSG_OUTPUT_NOT_CHECKED, &at, format);
		return NAMES_UNSEARCHED;
	}
	return o.clean ? NAMES_CLEAN : NAMES_FOUND;
}
