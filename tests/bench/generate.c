/* Writes a workspace of N case files of 3 to 10 KB, each valid: persons, care, rotondes, a story with quotes. The same N gives the same bytes.
 * Usage: generate FOLDER N */
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const sentences[] = {
    "Op maandag bleef de telefoon stil.", "De gezinswerker kwam om tien uur en ging om elf uur weer weg.", "Niemand vroeg wie er 's nachts thuis was.",
    "Pas in het derde gesprek kwam de brief op tafel.", "School had het gezien, maar wist niet bij wie het hoorde.",
    "Er was een plek, alleen niet in de buurt.", "Vader had een map bijgehouden, van achter naar voren.", "In de zomer stopte alles tegelijk.",
    "De groep was vol, de wachtlijst ook, en iedereen had gelijk.", "Ze fietste er zelf heen, elke woensdag, ook als het regende.",
    "Daarna is er nooit meer iemand langs geweest.", "Het overleg duurde een uur en leverde een nieuwe afspraak op."};

static guint32 state;

static guint pick(guint n)
{
	state = state * 1664525u + 1013904223u;
	return (state >> 8) % n;
}

static void paragraph(GString *s, const char *before)
{
	g_string_append(s, before);
	for (guint i = 3 + pick(4); i > 0; i--)
		g_string_append_printf(s, "%s%s", sentences[pick(G_N_ELEMENTS(sentences))], i > 1 ? " " : "");
	g_string_append(s, "\n\n");
}

static void case_file(GString *s, int n)
{
	guint rotondes = 2 + pick(4), sections = 2 + pick(7);

	g_string_append_printf(s, "<case id=\"verhaal-%d\">\n  <title>Het verhaal van nummer %d</title>\n  <persons>\n", n, n);
	g_string_append_printf(s,
	                       "    <person id=\"jongere-%d\" role=\"youth\" age-band=\"16-17\"><label>Jongere</label></person>\n"
	                       "    <person id=\"vader-%d\" role=\"parent\" age-band=\"18+\"><label>Vader</label></person>\n"
	                       "    <person id=\"hulp-%d\" role=\"professional\" organisation=\"team-%d\"><label>Hulpverlener</label></person>\n  </persons>\n",
	                       n, n, n, n);
	g_string_append_printf(s, "  <organisations><organisation id=\"team-%d\">Team %d</organisation></organisations>\n  <care>\n", n, n);
	g_string_append_printf(s, "    <period from=\"2016-01\" to=\"2023-06\" kind=\"ambulatory\" organisation=\"team-%d\"><title>Hulp aan huis</title></period>\n  </care>\n",
	                       n);
	g_string_append(s, "  <rotondes>\n");
	for (guint r = 1; r <= rotondes; r++) {
		g_string_append_printf(s, "    <rotonde id=\"v%d-r%u\" when=\"20%02u-0%u\" stagnation=\"factual\" confirmed-by=\"jongere-%d\">\n", n, r, 16 + r, 1 + pick(9), n);
		g_string_append_printf(s, "      <title>Rotonde %u</title>\n      <exit taken=\"yes\" at=\"%s\">%s</exit>\n      <exit>%s</exit>\n    </rotonde>\n", r,
		                       sentences[pick(12)], sentences[pick(12)], sentences[pick(12)]);
	}
	g_string_append(s, "  </rotondes>\n</case>\n\n");
	paragraph(s, "");
	for (guint i = 1; i <= sections; i++) {
		g_string_append_printf(s, "# Deel %u\n\n", i);
		paragraph(s, "");
		paragraph(s, "");
		g_string_append_printf(s, "> **%s:** ", i % 2 == 0 ? "Vader" : "Jongere");
		g_string_append_printf(s, "%s #helpend #v%d-r1\n\n", sentences[pick(12)], n);
	}
}

int main(int argc, char **argv)
{
	int count = argc > 2 ? atoi(argv[2]) : 0;

	if (count < 1)
		return 2;
	for (int n = 1; n <= count; n++) {
		g_autofree char *folder = g_strdup_printf("%s/cases/groep-%03d/verhaal-%d", argv[1], n / 100, n), *path = g_build_filename(folder, "case.md", NULL);
		GString *s = g_string_new(NULL);
		state = (guint32)n * 2654435761u;
		case_file(s, n);
		if (g_mkdir_with_parents(folder, 0777) != 0 || !g_file_set_contents(path, s->str, (gssize)s->len, NULL))
			return 1;
		g_string_free(s, TRUE);
	}
	return 0;
}
