/* Typography, a rule a test. In the tables ~ is a no-break space and _ a narrow one. */
#include "source/source.h"

#include <libxml/parser.h>
#include <libxml/xmlsave.h>
#include <string.h>

typedef struct {
	const char *written, *set;
} Sample;

static char *show_spaces(const char *text)
{
	GString *out = g_string_new(NULL);

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		g_string_append_unichar(out, c == 0xA0 ? '~' : c == 0x202F ? '_' : c);
	}
	return g_string_free(out, FALSE);
}

/* The content of <x>, typeset, as XML again. */
static char *set_text(const char *written, const char *language)
{
	g_autofree char *whole = g_strdup_printf("<x>%s</x>", written);
	xmlDoc *doc = xmlReadMemory(whole, (int)strlen(whole), NULL, "UTF-8", XML_PARSE_NONET);
	xmlBuffer *buffer = xmlBufferCreate();
	xmlSaveCtxt *save = xmlSaveToBuffer(buffer, "UTF-8", XML_SAVE_NO_DECL);
	char *shown;

	g_assert_nonnull(doc);
	source_typeset(xmlDocGetRootElement(doc), language);
	for (xmlNode *n = xmlDocGetRootElement(doc)->children; n != NULL; n = n->next)
		xmlSaveTree(save, n);
	xmlSaveClose(save);
	shown = show_spaces((const char *)xmlBufferContent(buffer));
	xmlBufferFree(buffer);
	xmlFreeDoc(doc);
	return shown;
}

static void check(const Sample *samples, const char *language)
{
	for (; samples->written != NULL; samples++) {
		g_autofree char *set = set_text(samples->written, language);
		if (strcmp(set, samples->set) != 0) {
			g_test_message("%s: expected %s, got %s", samples->written, samples->set, set);
			g_test_fail();
		}
	}
}

#define RULE(name, language, ...) \
	static void name(void) \
	{ \
		static const Sample samples[] = {__VA_ARGS__, {NULL, NULL}}; \
		check(samples, language); \
	}

RULE(elision, "nl", {"Het was 's avonds laat.", "Het was ’s avonds laat."}, {"'s Avonds niet", "’s Avonds niet"},
     {"In 't huis", "In ’t huis"}, {"'t Was laat", "’t Was laat"}, {"ik zag 'm en 'r", "ik zag ’m en ’r"},
     {"'s-Hertogenbosch", "’s-Hertogenbosch"}, {"zo'n en z'n en d'r", "zo’n en z’n en d’r"}, {"rock-'n-roll", "rock-’n-roll"},
     {"hij zei: ''s Avonds niet,' en ging", "hij zei: ‘’s Avonds niet,’ en ging"}, {"de letter 's'", "de letter ‘s’"})
RULE(apostrophe, "nl", {"A4'tjes", "A4’tjes"}, {"foto's", "foto’s"}, {"Denise's moeder", "Denise’s moeder"}, {"Hans' fiets", "Hans’ fiets"},
     {"tosti's om half twee 's nachts", "tosti’s om half twee ’s nachts"}, {"80'ers", "80’ers"}, {"'s avonds 't", "’s avonds ’t"})
RULE(decade, "nl", {"de jaren '70 en '80", "de jaren ’70 en ’80"}, {"'70", "’70"}, {"Hij zei: 'In '70 was dat gewoon.'", "Hij zei: ‘In ’70 was dat gewoon.’"},
     {"'70 procent van de ouders', zei hij", "‘70~procent van de ouders’, zei hij"}, {"'12-jarige' kinderen", "‘12-jarige’ kinderen"},
     {"in '70 was 'alles' anders", "in ’70 was ‘alles’ anders"})
RULE(single, "nl", {"'Kom', zei ze.", "‘Kom’, zei ze."}, {"de 'klant' centraal", "de ‘klant’ centraal"}, {"('zo')", "(‘zo’)"},
     {"onder 'werk': bakker", "onder ‘werk’: bakker"}, {"'Wat?' 'Niets.'", "‘Wat?’ ‘Niets.’"}, {"'Ik ben moe,' zegt ze, 'en u praat zacht.'", "‘Ik ben moe,’ zegt ze, ‘en u praat zacht.’"},
     {"het 'foto's maken'", "het ‘foto’s maken’"})
RULE(twice, "nl", {"\"Kom\", zei ze.", "“Kom”, zei ze."}, {"(\"zo\")", "(“zo”)"}, {"\"...en toen\"", "“…en toen”"}, {"\"Ik dacht --\" zei ze", "“Ik dacht~–” zei ze"},
     {"„Kom\"", "„Kom”"})
RULE(nested, "nl", {"\"Hij zei: 'Kom.'\"", "“Hij zei: ‘Kom.’”"}, {"'Hij zei: \"Kom.\"'", "‘Hij zei: “Kom.”’"}, {"\"'s Avonds\"", "“’s Avonds”"},
     {"\"'Kom,' zei hij\"", "“‘Kom,’ zei hij”"}, {"'\"Kom\", zei hij.'", "‘“Kom”, zei hij.’"})
RULE(elements, "nl", {"\"<em>Kom</em>\"", "“<em>Kom</em>”"}, {"<em>\"Kom\"</em>", "<em>“Kom”</em>"}, {"'<strong>Wat</strong>?' zei ze", "‘<strong>Wat</strong>?’ zei ze"},
     {"het \"<a href=\"x\">a</a>\"", "het “<a href=\"x\">a</a>”"}, {"de <em>foto</em>'s", "de <em>foto</em>’s"},
     {"p. <em>12</em>", "p.~<em>12</em>"}, {"<q>'s avonds</q>", "<q>’s avonds</q>"}, {"'<code>x</code>'", "‘<code>x</code>’"},
     {"woord<footnote><p>'noot'</p></footnote>\" zei hij", "woord<footnote><p>‘noot’</p></footnote>” zei hij"})
RULE(paragraphs, "nl", {"<p>\"Een.</p><p>\"Twee, hij is 12\"</p>", "<p>“Een.</p><p>“Twee, hij is 12”</p>"},
     {"<p>'Toen was hij 12.</p><p>In '70 was hij 12'</p>", "<p>‘Toen was hij 12.</p><p>In ’70 was hij 12’</p>"},
     {"<p>\"Een.</p><ul/><p>12\" hoog</p>", "<p>“Een.</p><ul/><p>12″ hoog</p>"})
RULE(curly, "nl", {"‘s avonds", "’s avonds"}, {"in ‘t huis", "in ’t huis"}, {"de jaren ‘70", "de jaren ’70"}, {"´s avonds", "’s avonds"}, {"‘Kom’", "‘Kom’"}, {"“Kom”", "“Kom”"})
RULE(prime, "nl", {"een scherm van 24\"", "een scherm van 24″"}, {"6' 2\"", "6′ 2″"}, {"\"hij was 12\"", "“hij was 12”"}, {"'hij was 12'", "‘hij was 12’"})
RULE(dash, "nl", {"hij kwam - eindelijk - binnen", "hij kwam~– eindelijk~– binnen"}, {"hij kwam -- eindelijk -- binnen", "hij kwam~– eindelijk~– binnen"},
     {"hij kwam --- eindelijk", "hij kwam~– eindelijk"}, {"hij kwam – eindelijk", "hij kwam~– eindelijk"}, {"2016--2018", "2016–2018"}, {"in- en uitstroom", "in- en uitstroom"},
     {"e-mail", "e-mail"}, {"---------", "---------"}, {"een -\ntwee", "een~–\ntwee"}, {"Maar --", "Maar~–"}, {"niet -5 graden", "niet -5~graden"}, {"rotonde --help", "rotonde –help"})
RULE(ellipsis, "nl", {"en toen...", "en toen…"}, {"en toen ... niets", "en toen~… niets"}, {"[...]", "[…]"}, {"weg....", "weg…."}, {"......", "......"}, {"a..b", "a..b"})
RULE(references, "nl", {"zie p. 12", "zie p.~12"}, {"blz. 3", "blz.~3"}, {"art. 5", "art.~5"}, {"rotonde 3", "rotonde~3"}, {"Hoofdstuk 2", "Hoofdstuk~2"},
     {"(nr. 4)", "(nr.~4)"}, {"§ 4", "§_4"}, {"wij zagen 12 kinderen", "wij zagen 12 kinderen"})
RULE(quantities, "nl", {"18 jaar", "18~jaar"}, {"om 9 uur", "om 9~uur"}, {"3 maart 2024", "3~maart 2024"}, {"1,5 uur", "1,5~uur"}, {"18\njaar", "18~jaar"},
     {"10 %", "10_%"}, {"€ 5", "€_5"}, {"5 km", "5_km"}, {"20 °C", "20_°C"}, {"12 stoelen", "12 stoelen"}, {"18 jaarplannen", "18 jaarplannen"})
RULE(names, "nl", {"dr. Jansen", "dr.~Jansen"}, {"mevr. De Vries", "mevr.~De Vries"}, {"J. Jansen", "J.~Jansen"}, {"J. P. Balkenende", "J._P.~Balkenende"},
     {"J. van Dijk", "J.~van Dijk"}, {"Klaar. Daarna", "Klaar. Daarna"}, {"de dr. zei", "de dr. zei"})
RULE(addresses, "nl", {"zie https://x.nl/a--b'c...d ok", "zie https://x.nl/a--b'c...d ok"}, {"mail o'b--c@x.nl.", "mail o'b--c@x.nl."}, {"www.a--b.nl", "www.a--b.nl"},
     {"'https://x.nl'", "‘https://x.nl’"}, {"<email>a--b@c.nl</email>", "<email>a--b@c.nl</email>"}, {"<date>'70 -- '80</date>", "<date>'70 -- '80</date>"})
RULE(untouched, "nl", {"<code>'a' -- \"b\"...</code>", "<code>'a' -- \"b\"...</code>"}, {"<pre>'a' -- ...</pre>", "<pre>'a' -- ...</pre>"},
     {"<note>'a' -- ...</note>", "<note>'a' -- ...</note>"}, {"<a href=\"a--b'c\">x</a>", "<a href=\"a--b'c\">x</a>"})
RULE(attributes, "nl", {"<figure alt=\"Noor's foto\"/>", "<figure alt=\"Noor’s foto\"/>"}, {"<a title=\"'s avonds\">x</a>", "<a title=\"’s avonds\">x</a>"})
RULE(english, "en-GB", {"'Come,' she said.", "‘Come,’ she said."}, {"don't", "don’t"}, {"'tis late", "’tis late"}, {"the '70s", "the ’70s"}, {"well--known", "well—known"},
     {"he came - at last - in", "he came~– at last~– in"}, {"p. 12", "p.~12"}, {"14 March 2024", "14~March 2024"}, {"Dr Jones", "Dr~Jones"}, {"18 years", "18~years"},
     {"\"He said 'no'\"", "“He said ‘no’”"}, {"the parents' wish", "the parents’ wish"}, {"'s avonds", "‘s avonds"})
RULE(other, "fr", {"'a' -- \"b\"...", "'a' -- \"b\"..."})

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	xml_start();
#define ADD(name) g_test_add_func("/typography/" #name, name)
	ADD(elision);
	ADD(apostrophe);
	ADD(decade);
	ADD(single);
	ADD(twice);
	ADD(nested);
	ADD(elements);
	ADD(paragraphs);
	ADD(curly);
	ADD(prime);
	ADD(dash);
	ADD(ellipsis);
	ADD(references);
	ADD(quantities);
	ADD(names);
	ADD(addresses);
	ADD(untouched);
	ADD(attributes);
	ADD(english);
	ADD(other);
	return g_test_run();
}
