/* The languages whose typography we know. */
#include "source/tongue.h"

#include "source/typography.h"

#include <string.h>

#define WORDS (const char *const[])
#define MONTHS_NL "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"
#define MONTHS_EN "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"
#define UNITS "%", "‰", "°", "°c", "km", "m", "cm", "mm", "m²", "km²", "kg", "g", "mg", "l", "ml", "kb", "mb", "gb", "m2", "€"

static const struct Tongue tongues[] = {
    {
        .language = "nl",
        .elided = WORDS{"s", "t", "n", "k", "m", "r", "z", "d", "ns", "tzelfde", "tis", "twas", NULL},
        .before_number = WORDS{"p.",      "pp.",   "blz.",  "pag.",      "nr.",      "nrs.",    "no.",     "art.",     "hfst.",
                               "par.",    "fig.",  "tab.",  "bijl.",     "jg.",      "afl.",    "dl.",     "vgl.",     "ca.",
                               "rotonde", "deel",  "lid",   "hoofdstuk", "paragraaf", "bijlage", "tabel",   "figuur",   "noot",
                               "artikel", "pagina", "bladzijde", "nummer", "week",   "groep",   "klas",    "stap",     "fase",
                               "versie",  "editie", "kader", NULL},
        .after_number = WORDS{"jaar",    "jaren",   "jarige",    "maand",    "maanden",  "week",   "weken",    "dag",   "dagen",
                              "uur",     "uren",    "minuut",    "minuten",  "seconde",  "seconden", "keer",   "maal",  "procent",
                              "euro",    "kilometer", "meter",   "centimeter", "kilo",   "gram",   "liter",    "graden", "miljoen",
                              "miljard", "duizend", "x",         MONTHS_NL, NULL},
        .units = WORDS{UNITS, NULL},
        .titles = WORDS{"dr.",   "drs.", "mr.",  "ir.",  "ing.", "prof.", "mw.", "mevr.", "dhr.", "hr.", "ds.", "st.", "bc.",
                        "h.",    "fam.", "jhr.", NULL},
        .particles = WORDS{"van", "de", "den", "der", "ter", "ten", "te", "von", "'t", "el", NULL},
        .dash = {0x2013, 0x2013, 0x2013, 0x2013},
    },
    {
        .language = "en",
        .elided = WORDS{"tis", "twas", "twere", "em", "til", NULL},
        .before_number = WORDS{"p.",   "pp.",     "no.",      "nos.",  "art.",   "ch.",  "sec.", "fig.", "vol.",  "ca.",  "part",
                               "chapter", "section", "appendix", "table", "figure", "note", "page", "week", "step", "roundabout",
                               "version", "edition", NULL},
        .after_number = WORDS{"year",   "years",   "month", "months", "week",   "weeks", "day",     "days",    "hour",  "hours", "minute",
                              "minutes", "second", "seconds", "times", "percent", "euro", "euros", "metres",  "miles", "million",
                              "billion", "thousand", "a.m.", "p.m.", MONTHS_EN, NULL},
        .units = WORDS{UNITS, NULL},
        .titles = WORDS{"dr.", "mr.", "mrs.", "ms.", "prof.", "rev.", "st.", "dr", "mr", "mrs", "ms", "prof", NULL},
        .bare_titles = TRUE,
        .particles = WORDS{"van", "de", "der", "von", NULL},
        .dash = {0x2013, 0x2013, 0x2014, 0x2014},
    },
};

const Tongue *tongue_lookup(const char *language)
{
	for (guint i = 0; language != NULL && i < G_N_ELEMENTS(tongues); i++) {
		gsize n = strlen(tongues[i].language);
		if (g_ascii_strncasecmp(language, tongues[i].language, n) == 0 && !g_ascii_isalnum(language[n]))
			return &tongues[i];
	}
	return NULL;
}
