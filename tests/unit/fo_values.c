/* Computed values: what is written on an object and its parent, and what lay-out then reads. One row a case. */
#include "fo/values.h"

#include <string.h>

typedef struct {
	const char *parent, *object; /* attributes */
	const char *property, *value;
} Case;

static const Case expressions[] = {
    {"", "font-size='10mm'", "font-size", "28.346pt"},
    {"", "start-indent='1in + 1pt'", "start-indent", "73pt"},
    {"", "start-indent='1in-12pt'", "start-indent", "60pt"},
    {"", "start-indent='2.54cm'", "start-indent", "72pt"},
    {"", "start-indent='2pc'", "start-indent", "24pt"},
    {"", "start-indent='4px'", "start-indent", "3pt"},
    {"", "start-indent='.5pt'", "start-indent", "0.5pt"},
    {"", "start-indent='2 * 3pt + 1pt'", "start-indent", "7pt"},
    {"", "start-indent='2 * (3pt + 1pt)'", "start-indent", "8pt"},
    {"", "start-indent='(10pt div 4pt) * 2pt'", "start-indent", "5pt"},
    {"", "start-indent='10pt mod 4pt'", "start-indent", "2pt"},
    {"", "start-indent='-10pt'", "start-indent", "-10pt"},
    {"", "start-indent='5pt - -10pt'", "start-indent", "15pt"},
    {"", "start-indent='+3pt'", "start-indent", "3pt"},
    {"", "start-indent='0'", "start-indent", "0pt"},
    {"", "start-indent='min(3pt, 1in)'", "start-indent", "3pt"},
    {"", "start-indent='max(3pt, 1in)'", "start-indent", "72pt"},
    {"", "start-indent='abs(3pt - 5pt)'", "start-indent", "2pt"},
    {"", "start-indent='floor(1.4in div 1.0in) * 1.0in'", "start-indent", "72pt"},
    {"", "start-indent='ceiling(1.4in div 1.0in) * 1.0in'", "start-indent", "144pt"},
    {"", "start-indent='round(2.5) * 1pt'", "start-indent", "3pt"},
    {"", "start-indent='round(-2.5) * 1pt'", "start-indent", "-2pt"},
    {"", "start-indent='50% - 10pt'", "start-indent", "50%-10pt"},
    {"", "start-indent='2 * 25%'", "start-indent", "50%"},
    {"", "start-indent='max(20%, 30%)'", "start-indent", "30%"},
    {"font-size='20pt'", "font-size='1.5em'", "font-size", "30pt"},
    {"font-size='20pt'", "font-size='50%'", "font-size", "10pt"},
    {"font-size='20pt'", "text-indent='1.5em' font-size='10pt'", "text-indent", "15pt"},
    {"font-size='20pt'", "font-size='larger'", "font-size", "24pt"},
    {"font-size='18pt'", "font-size='smaller'", "font-size", "15pt"},
    {"font-size='18pt'", "font-size='medium'", "font-size", "12pt"},
    {"font-size='18pt'", "font-size='x-large'", "font-size", "17.28pt"},
    {"", "color='#abc'", "color", "#aabbcc"},
    {"", "color='#00545f'", "color", "#00545f"},
    {"", "color='teal'", "color", "#008080"},
    {"", "color='rgb(255, 128, 0)'", "color", "#ff8000"},
    {"", "color='rgb(100%, 50%, 300)'", "color", "#ff80ff"},
    {"", "color='rgb-icc(1, 2, 3, profile, 0.1)'", "color", "#010203"},
    {"", "color='cmyk(0, 0, 0, 1)'", "color", "#000000"},
    {"", "background-color='transparent'", "background-color", "transparent"},
    {"font-weight='bold'", "font-weight='bolder'", "font-weight", "900"},
    {"font-weight='bold'", "font-weight='lighter'", "font-weight", "400"},
    {"", "font-weight='bolder'", "font-weight", "700"},
    {"", "font-weight='600'", "font-weight", "600"},
    {"", "widows='2.6'", "widows", "3"},
    {"", "orphans='0'", "orphans", "1"},
    {"", "reference-orientation='-90'", "reference-orientation", "270"},
    {"", "language='nl'", "language", "nl"},
    {"", "hyphenation-character='-'", "hyphenation-character", "-"},
    {"", "font-family=\"'Times New Roman', Lato ,serif\"", "font-family", "Times New Roman,Lato,serif"},
    {"", "background-image=\"url('a b.png')\"", "background-image", "a b.png"},
    {"", "background-image=\"'url(a.png)'\"", "background-image", "a.png"},
    {"", "background-image='a.png'", "background-image", "a.png"},
};

static const Case inheritance[] = {
    {"color='red'", "", "color", "#ff0000"},
    {"background-color='red'", "", "background-color", "transparent"},
    {"background-color='red'", "background-color='inherit'", "background-color", "#ff0000"},
    {"border-top-width='3pt'", "border-before-width='inherit'", "border-before-width", "3pt"},
    {"color='red'", "background-color='inherited-property-value(color)'", "background-color", "#ff0000"},
    {"space-before='5pt'", "space-before='inherit' space-before.maximum='9pt'", "space-before", "5pt"},
    {"space-before.minimum='2pt'", "space-before='inherit'", "space-before.minimum", "2pt"},
    {"space-before='5pt'", "space-after='from-parent(space-before) * 2'", "space-after", "10pt"},
    {"space-before='5pt'", "space-after='from-parent(space-before) * 2'", "space-after.minimum", "10pt"},
    {"padding='3pt'", "padding='from-parent()'", "padding-end", "3pt"},
    {"font='italic 14pt Lato'", "font='inherit'", "font-style", "italic"},
    {"", "text-indent='from-nearest-specified-value(font-size)'", "text-indent", "12pt"},
    {"line-height='1.5'", "font-size='20pt'", "line-height", "1.5"},
    {"line-height='150%'", "font-size='20pt'", "line-height", "18pt"},
    {"keep-together='always'", "", "keep-together.within-page", "always"},
    {"keep-with-next='always'", "", "keep-with-next.within-page", "auto"},
    {"text-decoration='underline'", "", "text-decoration", "1"},
    {"text-decoration='underline'", "text-decoration='line-through'", "text-decoration", "5"},
    {"text-decoration='underline line-through'", "text-decoration='no-underline'", "text-decoration", "4"},
    {"text-decoration='underline'", "text-decoration='none'", "text-decoration", "0"},
    {"xml:lang='nl-BE'", "", "country", "BE"},
    {"xml:lang='nl-BE'", "xml:lang='en'", "country", "none"},
    {"xml:lang='sr-Latn-RS'", "", "script", "Latn"},
    {"reference-orientation='90'", "", "reference-orientation", "0"},
};

static const Case shorthands[] = {
    {"", "padding='1pt'", "padding-start", "1pt"},
    {"", "padding='1pt 2pt'", "padding-end", "2pt"},
    {"", "padding='1pt 2pt 3pt'", "padding-start", "2pt"},
    {"", "padding='1pt 2pt 3pt 4pt'", "padding-start", "4pt"},
    {"", "padding='1pt' padding-left='9pt'", "padding-start", "9pt"},
    {"", "border='1pt solid red'", "border-after-color", "#ff0000"},
    {"", "border='solid'", "border-after-width", "1pt"},
    {"", "border='thick double'", "border-after-width", "2pt"},
    {"", "border='red 2pt dotted'", "border-start-style", "dotted"},
    {"", "border-top='3pt solid blue' border='1pt solid red'", "border-before-width", "3pt"},
    {"", "border-width='1pt 2pt' border-style='solid'", "border-end-width", "2pt"},
    {"", "border-style='solid dashed' border-top='none'", "border-before-style", "none"},
    {"", "border='1pt solid red' border-before-color='blue'", "border-before-color", "#0000ff"},
    {"", "margin='1pt 2pt' margin-left='7pt'", "margin-left", "7pt"},
    {"", "font='12pt Lato'", "font-family", "Lato"},
    {"", "font='bold italic 10pt/14pt \"Source Serif\", serif'", "font-family", "Source Serif,serif"},
    {"", "font='bold italic 10pt/14pt Lato'", "line-height", "14pt"},
    {"", "font='bold italic 10pt / 1.4 Lato'", "line-height", "1.4"},
    {"font-style='italic'", "font='bold 10pt Lato'", "font-style", "normal"},
    {"", "font='bold 10pt Lato' font-size='11pt'", "font-size", "11pt"},
    {"", "background='#eee url(a.png) no-repeat right 10%'", "background-color", "#eeeeee"},
    {"", "background='#eee url(a.png) no-repeat right 10%'", "background-image", "a.png"},
    {"", "background='#eee url(a.png) no-repeat right 10%'", "background-position-horizontal", "100%"},
    {"", "background='#eee url(a.png) no-repeat right 10%'", "background-position-vertical", "10%"},
    {"", "background-position='top right'", "background-position-horizontal", "100%"},
    {"", "background-position='center'", "background-position-vertical", "50%"},
    {"", "white-space='pre'", "linefeed-treatment", "preserve"},
    {"", "white-space='nowrap'", "wrap-option", "no-wrap"},
    {"", "page-break-before='right'", "break-before", "odd-page"},
    {"", "page-break-after='avoid'", "keep-with-next.within-page", "always"},
    {"", "page-break-inside='avoid'", "keep-together.within-column", "always"},
    {"", "vertical-align='super'", "baseline-shift", "super"},
    {"", "vertical-align='20%'", "baseline-shift", "20%"},
    {"", "vertical-align='middle'", "alignment-baseline", "middle"},
    {"", "border-spacing='1pt 2pt'", "border-separation", "2pt"},
    {"", "border-spacing='1pt'", "border-separation.inline-progression-direction", "1pt"},
    {"", "fox:border-radius='3pt'", "fox:border-after-end-radius", "3pt"},
    {"", "position='absolute'", "absolute-position", "absolute"},
};

static const Case compounds[] = {
    {"", "space-before='10pt'", "space-before.minimum", "10pt"},
    {"", "space-before.optimum='10pt'", "space-before.minimum", "0pt"},
    {"", "space-before='10pt' space-before.precedence='force'", "space-before.precedence", "force"},
    {"", "space-before.maximum='12pt' space-before='10pt'", "space-before.maximum", "12pt"},
    {"", "space-before='10pt'", "space-before.conditionality", "discard"},
    {"", "padding-before='3pt' padding-before.conditionality='retain'", "padding-before.conditionality", "retain"},
    {"", "border-before-width.length='3pt'", "border-before-width", "3pt"},
    {"", "keep-together='5'", "keep-together.within-column", "5"},
    {"", "keep-together.within-line='always'", "keep-together.within-page", "auto"},
    {"", "keep-with-next='always' keep-with-next.within-page='3'", "keep-with-next.within-page", "3"},
    {"", "leader-length.maximum='50%'", "leader-length", "12pt"},
    {"", "leader-length='50%'", "leader-length.minimum", "50%"},
    {"", "inline-progression-dimension='5pt'", "inline-progression-dimension.maximum", "5pt"},
    {"", "border-separation.block-progression-direction='5pt'", "border-separation.inline-progression-direction", "0pt"},
    {"", "line-height.optimum='14pt'", "line-height", "14pt"},
};

static const Case corresponding[] = {
    {"", "margin-top='4pt'", "space-before", "4pt"},
    {"", "margin-top='4pt'", "space-before.conditionality", "retain"},
    {"", "margin-top='4pt' space-before='9pt'", "space-before", "4pt"},
    {"", "margin='4pt' space-before='9pt'", "space-before", "9pt"},
    {"start-indent='10pt'", "", "start-indent", "10pt"},
    {"start-indent='10pt'", "padding='3pt' border='1pt solid'", "start-indent", "10pt"},
    {"start-indent='10pt'", "margin-left='5pt'", "start-indent", "15pt"},
    {"start-indent='10pt'", "margin-left='5pt' padding-left='3pt' border-left='1pt solid'", "start-indent", "19pt"},
    {"start-indent='10pt'", "margin-left='5pt' border-left-width='1pt'", "start-indent", "15pt"},
    {"start-indent='10pt'", "margin='5pt' start-indent='2pt'", "start-indent", "2pt"},
    {"start-indent='10pt'", "margin-left='5pt' start-indent='2pt'", "start-indent", "15pt"},
    {"end-indent='10pt'", "margin-right='-5pt'", "end-indent", "5pt"},
    {"start-indent='10%'", "margin-left='50%'", "start-indent", "55%"},
    {"start-indent='10pt' end-indent='6pt'", "margin-left='50%'", "start-indent", "50%+2pt"},
    {"", "writing-mode='rl-tb' padding-left='3pt'", "padding-end", "3pt"},
    {"", "writing-mode='rl-tb' margin-left='3pt'", "end-indent", "3pt"},
    {"", "padding-left='3pt' padding-start='9pt'", "padding-left", "3pt"},
    {"", "padding-start='9pt'", "padding-left", "9pt"},
    {"", "padding='3pt' padding-start='9pt'", "padding-left", "9pt"},
    {"", "text-align='left'", "text-align", "start"},
    {"", "text-align-last='right'", "text-align-last", "end"},
    {"", "writing-mode='rl'", "writing-mode", "rl-tb"},
};

static const struct {
	Case c;
	const char *element;
} elements[] = {
    {{"start-indent='10pt'", "margin-left='5pt'", "start-indent", "5pt"}, "block-container"},
    {{"", "width='50%'", "inline-progression-dimension.maximum", "50%"}, "block-container"},
    {{"", "height='20pt' min-height='10pt'", "block-progression-dimension.minimum", "10pt"}, "block-container"},
    {{"", "min-height='10pt'", "block-progression-dimension", "auto"}, "block-container"},
    {{"", "block-progression-dimension='9pt' max-height='10pt'", "block-progression-dimension", "auto"}, "block-container"},
    {{"", "max-height='none'", "block-progression-dimension.maximum", "auto"}, "block-container"},
    {{"", "block-progression-dimension='9pt'", "height", "9pt"}, "block-container"},
    {{"", "margin-left='5pt'", "space-start", "5pt"}, "inline"},
    {{"start-indent='10pt'", "margin-left='5pt'", "start-indent", "10pt"}, "inline"},
};

/* Values that cannot be: one warning (or "unsupported"), and the object is as if nothing had been written. */
static const struct {
	Case c;
	MessageId message;
} faults[] = {
    {{"color='red'", "color='notacolour'", "color", "#ff0000"}, MSG_FO_VALUE},
    {{"", "color='12pt'", "color", "#000000"}, MSG_FO_VALUE},
    {{"", "font-size='-3pt'", "font-size", "12pt"}, MSG_FO_VALUE},
    {{"", "font-size='12'", "font-size", "12pt"}, MSG_FO_VALUE},
    {{"", "font-size='12qq'", "font-size", "12pt"}, MSG_FO_VALUE},
    {{"", "font-size=''", "font-size", "12pt"}, MSG_FO_VALUE},
    {{"", "font-size='12pt 13pt'", "font-size", "12pt"}, MSG_FO_VALUE},
    {{"", "start-indent='1pt + 1'", "start-indent", "0pt"}, MSG_FO_VALUE},
    {{"", "start-indent='1pt * 1pt'", "start-indent", "0pt"}, MSG_FO_VALUE},
    {{"", "start-indent='1pt div 0'", "start-indent", "0pt"}, MSG_FO_VALUE},
    {{"", "start-indent='(1pt'", "start-indent", "0pt"}, MSG_FO_VALUE},
    {{"", "start-indent='nosuch(1pt)'", "start-indent", "0pt"}, MSG_FO_VALUE},
    {{"", "start-indent='min(1pt)'", "start-indent", "0pt"}, MSG_FO_VALUE},
    {{"", "start-indent='floor(1.5pt)'", "start-indent", "0pt"}, MSG_FO_VALUE},
    {{"", "start-indent='min(10pt, 20%)'", "start-indent", "0pt"}, MSG_FO_VALUE},
    {{"", "start-indent='body-start()'", "start-indent", "0pt"}, MSG_FO_VALUE},
    {{"", "start-indent='from-parent(font-family)'", "start-indent", "0pt"}, MSG_FO_VALUE},
    {{"", "start-indent='from-table-column()'", "start-indent", "0pt"}, MSG_FO_VALUE},
    {{"", "text-align='middle'", "text-align", "start"}, MSG_FO_VALUE},
    {{"", "letter-spacing='20%'", "letter-spacing", "normal"}, MSG_FO_VALUE},
    {{"", "reference-orientation='45'", "reference-orientation", "0"}, MSG_FO_VALUE},
    {{"", "hyphenation-character='ab'", "hyphenation-character", "\xe2\x80\x90"}, MSG_FO_VALUE},
    {{"", "font-weight='5000'", "font-weight", "400"}, MSG_FO_VALUE},
    {{"", "padding='1pt 2pt 3pt 4pt 5pt'", "padding-start", "0pt"}, MSG_FO_VALUE_IGNORED},
    {{"", "border='1pt solid nocolour'", "border-before-style", "none"}, MSG_FO_VALUE_IGNORED},
    {{"", "writing-mode='tb-rl'", "writing-mode", "lr-tb"}, MSG_FO_UNSUPPORTED_VALUE},
    {{"", "margin='0pt auto'", "margin-left", "0pt"}, MSG_FO_UNSUPPORTED_VALUE},
    {{"", "z-index='3'", "z-index", "auto"}, MSG_FO_UNSUPPORTED_PROPERTY},
    {{"", "colr='red'", "color", "#000000"}, MSG_FO_UNKNOWN_PROPERTY},
    {{"", "border-before='1pt solid red'", "border-before-style", "none"}, MSG_FO_UNKNOWN_PROPERTY},
    {{"", "fox:no-such='red'", "color", "#000000"}, MSG_FO_UNKNOWN_PROPERTY},
};

static FoTree *build(const Case *c, const char *element, xmlDoc **doc, Diagnostics *d)
{
	g_autofree char *xml = g_strdup_printf(
	    "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' xmlns:fox='http://xmlgraphics.apache.org/fop/extensions'>"
	    "<fo:layout-master-set><fo:simple-page-master master-name='a'><fo:region-body/></fo:simple-page-master>"
	    "</fo:layout-master-set><fo:page-sequence master-reference='a'><fo:flow flow-name='xsl-region-body'>"
	    "<fo:block %s><fo:%s id='x' %s/></fo:block></fo:flow></fo:page-sequence></fo:root>",
	    c->parent, element, c->object);
	*doc = xml_parse(xml, strlen(xml), "test.fo", d);
	g_assert_nonnull(*doc);
	return fo_tree_new(*doc, "test.fo", d);
}

static FoProperty find_property(const char *name)
{
	for (guint p = 0; p < FO_PROPERTY_COUNT; p++)
		if (strcmp(fo_properties[p].name, name) == 0)
			return (FoProperty)p;
	g_error("no property %s", name);
}

static void check(const Case *c, const char *element, int messages, MessageId id)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	xmlDoc *parsed = NULL;
	g_autoptr(FoTree) t = build(c, element, &parsed, d);
	g_autoptr(xmlDoc) doc = parsed;
	g_assert_nonnull(t);
	const FoNode *n = fo_tree_lookup(t, "x");
	FoProperty p = find_property(c->property);
	g_autofree char *value = fo_value_describe(fo_values_peek(n->values, fo_property_home(n->values, p)));
	if (strcmp(value, c->value) != 0)
		g_test_message("<%s> in <%s>: %s is %s, not %s", c->object, c->parent, c->property, value, c->value);
	g_assert_cmpstr(value, ==, c->value);
	if ((int)diagnostics_length(d) != messages || (messages && diagnostics_peek(d, 0)->id != id))
		g_test_message("%s: %u messages, the first: %s", c->object, diagnostics_length(d),
		               diagnostics_length(d) ? diagnostics_peek(d, 0)->text[0] : "");
	g_assert_cmpint((int)diagnostics_length(d), ==, messages);
	if (messages)
		g_assert_cmpint(diagnostics_peek(d, 0)->id, ==, id);
}

#define TEST_TABLE(name) \
	static void test_##name(void) \
	{ \
		for (guint i = 0; i < G_N_ELEMENTS(name); i++) \
			check(&name[i], "block", 0, MSG_COUNT); \
	}
TEST_TABLE(expressions)
TEST_TABLE(inheritance)
TEST_TABLE(shorthands)
TEST_TABLE(compounds)
TEST_TABLE(corresponding)

static void test_elements(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(elements); i++)
		check(&elements[i].c, elements[i].element, 0, MSG_COUNT);
}

static void test_faults(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(faults); i++)
		check(&faults[i].c, "block", 1, faults[i].message);
}

/* The rows themselves: every keyword of a row exists, keywords are in order, inherited rows come first, components follow. */
static void test_tables(void)
{
	for (FoKeyword k = 2; k < FO_KEYWORD_COUNT; k++)
		g_assert_cmpstr(fo_keyword_name(k - 1), <, fo_keyword_name(k));
	for (guint p = 0; p < FO_PROPERTY_COUNT; p++) {
		const PropertyRow *row = &fo_properties[p];
		g_assert_cmpint(row->inherited, ==, p < INHERITED_COUNT);
		for (guint i = 1; i <= fo_property_components((FoProperty)p); i++)
			g_assert_true(g_str_has_prefix(fo_properties[p + i].name, row->name));
		g_auto(GStrv) words = g_strsplit(row->keywords, " ", -1);
		for (char **w = words; *w; w++) {
			FoKeyword k;
			const char *word = **w == '!' ? *w + 1 : *w;
			if (*word && (row->type & T_DECORATION) == 0)
				g_assert_true(fo_keyword_lookup(word, strlen(word), &k));
		}
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	xml_start();
	g_test_add_func("/fo/tables", test_tables);
	g_test_add_func("/fo/expressions", test_expressions);
	g_test_add_func("/fo/inheritance", test_inheritance);
	g_test_add_func("/fo/shorthands", test_shorthands);
	g_test_add_func("/fo/compounds", test_compounds);
	g_test_add_func("/fo/corresponding", test_corresponding);
	g_test_add_func("/fo/elements", test_elements);
	g_test_add_func("/fo/faults", test_faults);
	return g_test_run();
}
