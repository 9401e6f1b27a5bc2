/* The leash: what stylesheets may do, what is refused, and how their errors are told. Everything happens in a folder of its own. */
#include "transform/transform.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define XSL "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns:r='urn:rotonde:functions' " \
	    "xmlns:exsl='http://exslt.org/common' xmlns:str='http://exslt.org/strings' xmlns:set='http://exslt.org/sets' " \
	    "xmlns:date='http://exslt.org/dates-and-times' exclude-result-prefixes='r exsl str set date'>"
#define END "</xsl:stylesheet>"
#define ROOT_TEMPLATE(body) XSL "<xsl:output omit-xml-declaration='yes'/><xsl:template match='/'>" body "</xsl:template>" END

static char *top;     /* top/inside is the only root, top/outside is not */
static char *inside;

static void put(const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(top, name, NULL);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void put_bytes(const char *name, const void *data, gsize size)
{
	g_autofree char *path = g_build_filename(top, name, NULL);

	g_assert_true(g_file_set_contents(path, data, (gssize)size, NULL));
}

static Stylesheet *load(const char *text, Diagnostics *d)
{
	g_autofree char *path = g_build_filename(inside, "main.xsl", NULL);

	put("inside/main.xsl", text);
	return stylesheet_load(path, d);
}

static xmlDoc *input(void)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	static const char text[] = "<case file='cases/a.md' line='1'><p line='7'>tekst</p><p line='9'>meer</p></case>";

	return xml_parse(text, strlen(text), "input", d);
}

/* The result as text, or NULL. */
static char *apply(const char *text, const char *const *parameters, Diagnostics *d)
{
	g_autoptr(Stylesheet) s = load(text, d);
	g_autoptr(xmlDoc) doc = input();
	g_autoptr(xmlDoc) result = s != NULL ? stylesheet_apply(s, doc, parameters, d) : NULL;
	g_autoptr(GBytes) bytes = result != NULL ? stylesheet_serialise(s, result, d) : NULL;

	return bytes != NULL ? g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : NULL;
}

static void assert_result(const char *text, const char *expected)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autofree char *result = apply(text, NULL, d);

	if (result == NULL) {
		DiagnosticStyle style = {.language = LANGUAGE_EN};
		g_autofree char *said = diagnostics_format(d, &style);
		g_test_message("%s", said);
	}
	g_assert_cmpuint(diagnostics_length(d), ==, 0);
	g_assert_cmpstr(g_strchomp(result), ==, expected);
}

/* Nothing comes out, and the first error has this code, this line (0: any), and this in its text. */
static void assert_refused(const char *text, const char *code, int line, const char *says)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autofree char *result = apply(text, NULL, d);
	const Diagnostic *m;

	g_assert_null(result);
	g_assert_cmpuint(diagnostics_count(d, LEVEL_ERROR), >, 0);
	m = diagnostics_peek(d, 0);
	g_assert_cmpstr(m->code, ==, code);
	if (line != 0)
		g_assert_cmpint(m->line, ==, line);
	if (strstr(m->text[LANGUAGE_EN], says) == NULL)
		g_error("'%s' does not say '%s'", m->text[LANGUAGE_EN], says);
}

static void test_plain(void)
{
	assert_result(ROOT_TEMPLATE("<a><xsl:value-of select='count(//p)'/></a>"), "<a>2</a>");
}

static void test_parameters(void)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	const char *const parameters[] = {"who", "it's \"x\" ]]> &", NULL};
	g_autofree char *result = apply(XSL "<xsl:output method='text'/><xsl:param name='who'/>"
					    "<xsl:template match='/'><xsl:value-of select='$who'/></xsl:template>" END,
					parameters, d);

	g_assert_cmpstr(result, ==, "it's \"x\" ]]> &");
}

static void note(const char *text, gpointer heard)
{
	g_string_append_printf(heard, "[%s]", text);
}

/* What is announced is heard in its order and stands in the result too; without a listener it just stands there. */
static void test_announce(void)
{
	static const char sheet[] = ROOT_TEMPLATE("<a><xsl:value-of select='r:announce(\"one\")'/>, <xsl:for-each select='//p'><xsl:value-of select='r:announce(string(.))'/>;</xsl:for-each></a>");
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(GString) heard = g_string_new(NULL);
	const StylesheetListener listener = {note, heard};
	g_autoptr(Stylesheet) s = load(sheet, d);
	g_autoptr(xmlDoc) doc = input();
	g_autoptr(xmlDoc) result = stylesheet_apply_heard(s, doc, NULL, &listener, d);

	g_assert_nonnull(result);
	g_assert_cmpstr(heard->str, ==, "[one][tekst][meer]");
	assert_result(sheet, "<a>one, tekst;meer;</a>");
	g_assert_cmpstr(heard->str, ==, "[one][tekst][meer]");
}

static void test_exslt(void)
{
	assert_result(ROOT_TEMPLATE("<a><xsl:for-each select='str:tokenize(\"x y\")'>[<xsl:value-of select='.'/>]</xsl:for-each>"
				    "<xsl:value-of select='count(set:distinct(//p/@line))'/>"
				    "<xsl:variable name='v'><i/><i/></xsl:variable><xsl:value-of select='count(exsl:node-set($v)/i)'/></a>"),
		      "<a>[x][y]22</a>");
	assert_refused(ROOT_TEMPLATE("<a><xsl:value-of select='date:date-time()'/></a>"), "opmaak-fout", 0, "date-time");
}

static void test_dates(void)
{
	assert_result(ROOT_TEMPLATE("<a><xsl:value-of select='r:format-date(\"2025-03-14\", \"nl\")'/>, "
				    "<xsl:value-of select='r:format-date(\"2025-08\", \"en-GB\")'/>, "
				    "<xsl:value-of select='r:format-date(\"2025\", \"nl\")'/>, "
				    "<xsl:value-of select='r:format-date(\"2025-13-01\", \"nl\")'/></a>"),
		      "<a>14 maart 2025, August 2025, 2025, 2025-13-01</a>");
}

static const guchar png[] = {
    0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0, 1, 2, 3, 4,
    0, 0, 0, 9, 't', 'E', 'X', 't', 'n', 'a', 'a', 'm', 0, 'N', 'o', 'o', 'r', 1, 2, 3, 4, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 1, 2, 3, 4,
};

static void test_pictures(void)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autofree char *result = NULL;
	g_autofree guchar *clean = NULL;
	gsize size;

	put_bytes("inside/een plaat.png", png, sizeof png);
	assert_result(ROOT_TEMPLATE("<a><xsl:value-of select='r:image-width(\"een plaat.png\")'/>x<xsl:value-of "
				    "select='r:image-height(\"een plaat.png\")'/></a>"),
		      "<a>3x2</a>");
	result = apply(ROOT_TEMPLATE("<xsl:value-of select='r:data-uri(\"een plaat.png\")'/>"), NULL, d);
	g_strchomp(result);
	g_assert_true(g_str_has_prefix(result, "data:image/png;base64,"));
	clean = g_base64_decode(strchr(result, ',') + 1, &size);
	g_assert_cmpuint(size, ==, sizeof png - 21);
	g_assert_null(g_strstr_len((char *)clean, (gssize)size, "Noor"));
}

static void test_drawing(void)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autofree char *result = NULL;
	g_autofree guchar *clean = NULL;
	gsize size;

	put("inside/tekening.svg", "<?xml version='1.0'?><!-- Denise --><svg xmlns='http://www.w3.org/2000/svg' xmlns:i='urn:inkscape' viewBox='0 0 4 2' "
				   "i:export='/home/denise/a.png'><metadata><x xmlns=''>Denise</x></metadata><i:view by='Denise'><g/></i:view><!-- Denise -->"
				   "<title>Ring</title><g><circle r='1' i:label='Denise'/><!-- Denise --></g><rect/></svg>");
	result = apply(ROOT_TEMPLATE("<xsl:value-of select='r:data-uri(\"tekening.svg\")'/>"), NULL, d);
	g_strchomp(result);
	g_assert_true(g_str_has_prefix(result, "data:image/svg+xml;base64,"));
	clean = g_base64_decode(strchr(result, ',') + 1, &size);
	g_assert_null(g_strstr_len((char *)clean, (gssize)size, "enise"));
	g_assert_nonnull(g_strstr_len((char *)clean, (gssize)size, "<title>Ring</title><g><circle r=\"1\"/></g><rect/></svg>"));
}

static void test_picture_outside(void)
{
	static const char *const bad[] = {"../outside/secret.png", "link.png", "/etc/passwd", "absent.png", "main.xsl"};

	put_bytes("outside/secret.png", png, sizeof png);
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autofree char *sheet = g_strdup_printf(ROOT_TEMPLATE("<xsl:for-each select='//p[2]'><a><xsl:value-of select='r:data-uri(\"%s\")'/></a>"
								       "</xsl:for-each>"), bad[i]);
		g_autoptr(Diagnostics) d = diagnostics_new();
		g_autofree char *result = apply(sheet, NULL, d);
		const Diagnostic *m = diagnostics_peek(d, 0);
		g_assert_null(strstr(result != NULL ? result : "", "data:"));
		g_assert_cmpuint(diagnostics_count(d, LEVEL_ERROR), ==, 1);
		g_assert_cmpstr(m->code, ==, "afbeelding-onleesbaar");
		g_assert_cmpstr(m->file, ==, "cases/a.md");
		g_assert_cmpint(m->line, ==, 9);
	}
}

static void test_read(void)
{
	put("inside/sub/data.xml", "<d>gelezen</d>");
	put("inside/sub/more.xsl", XSL "<xsl:template name='t'><xsl:value-of select=\"document('data.xml')/d\"/></xsl:template>" END);
	assert_result(XSL "<xsl:import href='sub/more.xsl'/><xsl:output omit-xml-declaration='yes'/><xsl:template match='/'><a><xsl:call-template name='t'/></a></xsl:template>" END,
		      "<a>gelezen</a>");
	assert_result(XSL "<xsl:include href='sub/more.xsl'/><xsl:output omit-xml-declaration='yes'/><xsl:template match='/'><a><xsl:call-template name='t'/></a></xsl:template>" END,
		      "<a>gelezen</a>");
	assert_result(ROOT_TEMPLATE("<a><xsl:value-of select=\"count(document('')//*) > 0\"/></a>"), "<a>true</a>");
	put("inside/sub/spatie é.xml", "<d>ook</d>");
	assert_result(ROOT_TEMPLATE("<a><xsl:value-of select=\"document(r:uri('sub/spatie é.xml'))/d\"/></a>"), "<a>ook</a>");
}

static void test_from_memory(void)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autofree char *base = g_build_filename(inside, "made.xsl", NULL);
	g_autoptr(xmlDoc) doc = input();
	g_autoptr(xmlDoc) result = NULL;
	g_autoptr(Stylesheet) s = NULL;
	static const char text[] = XSL "<xsl:import href='sub/more.xsl'/><xsl:template match='/'><a><xsl:call-template name='t'/></a></xsl:template>" END;

	put("inside/sub/more.xsl", XSL "<xsl:template name='t'>ja</xsl:template>" END);
	s = stylesheet_new(xml_parse(text, strlen(text), "made", d), base, d);
	g_assert_nonnull(s);
	result = stylesheet_apply(s, doc, NULL, d);
	g_assert_cmpstr((const char *)xmlDocGetRootElement(result)->children->content, ==, "ja");
}

/* ---- escapes ---- */

static void test_read_outside(void)
{
	g_autofree char *absolute = g_strdup_printf(ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('%s/outside/secret.xml')\"/></a>"), top);
	g_autofree char *uri = g_strdup_printf(ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('file://%s/outside/secret.xml')\"/></a>"), top);

	assert_refused(absolute, "opmaak-toegang", 1, "outside/secret.xml");
	assert_refused(uri, "opmaak-toegang", 1, "outside/secret.xml");
	assert_refused(ROOT_TEMPLATE("\n<a><xsl:copy-of select=\"document('../outside/secret.xml')\"/></a>"), "opmaak-toegang", 2, "secret.xml");
	assert_refused(ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('%2e%2e/outside/secret.xml')\"/></a>"), "opmaak-toegang", 1, "secret.xml");
	assert_refused(ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('link.xml')\"/></a>"), "opmaak-toegang", 1, "link.xml");
	assert_refused(ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('linked/secret.xml')\"/></a>"), "opmaak-toegang", 1, "secret.xml");
	assert_refused(ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('absent.xml')\"/></a>"), "opmaak-ontbreekt", 1, "absent.xml");
	assert_refused(ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('/dev/zero')\"/></a>"), "opmaak-ontbreekt", 1, "/dev/zero");
	assert_refused(ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('/etc/passwd')\"/></a>"), "opmaak-toegang", 1, "/etc/passwd");
	assert_refused(XSL "<xsl:import href='../outside/secret.xsl'/>" END, "opmaak-toegang", 0, "secret.xsl");
	assert_refused(XSL "<xsl:include href='link.xsl'/>" END, "opmaak-toegang", 0, "link.xsl");
	assert_refused(XSL "<xsl:include href='absent.xsl'/>" END, "opmaak-ontbreekt", 0, "absent.xsl");
}

static void test_prefix_is_no_folder(void)
{
	put("inside-not/secret.xml", "<geheim/>");
	assert_refused(ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('../inside-not/secret.xml')\"/></a>"), "opmaak-toegang", 1, "secret.xml");
}

static void test_entities(void)
{
	put("inside/entity.xml", "<!DOCTYPE d [<!ENTITY e SYSTEM '../outside/secret.xml'>]><d>&e;</d>");
	put("inside/parameter.xml", "<!DOCTYPE d [<!ENTITY % p SYSTEM '../outside/secret.dtd'> %p;]><d/>");
	put("inside/laughs.xml", "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><d>&b;</d>");
	put("inside/xinclude.xml", "<d xmlns:i='http://www.w3.org/2001/XInclude'><i:include href='../outside/secret.xml'/></d>");
	assert_refused(ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('entity.xml')\"/></a>"), "xml-doctype", 1, "DOCTYPE");
	assert_refused(ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('parameter.xml')\"/></a>"), "xml-doctype", 1, "DOCTYPE");
	assert_refused(ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('laughs.xml')\"/></a>"), "xml-doctype", 1, "DOCTYPE");
	assert_result(ROOT_TEMPLATE("<a><xsl:value-of select=\"document('xinclude.xml')\"/></a>"), "<a/>");
	assert_refused("<!DOCTYPE x [<!ENTITY e SYSTEM '../outside/secret.xml'>]>" XSL "<xsl:template match='/'>&e;</xsl:template>" END,
		       "xml-doctype", 1, "DOCTYPE");
}

/* A server that would see a connection. */
static int listen_here(int *port)
{
	return *port = 0, socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
}

static void test_network(void)
{
	static const char *const forms[] = {
	    ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('http://127.0.0.1:%d/x.xml')\"/></a>"),
	    ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('ftp://127.0.0.1:%d/x.xml')\"/></a>"),
	    ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('//127.0.0.1:%d/x.xml')\"/></a>"),
	    ROOT_TEMPLATE("<a><xsl:copy-of select=\"document('file://127.0.0.1:%d/x.xml')\"/></a>"),
	    XSL "<xsl:import href='http://127.0.0.1:%d/x.xsl'/>" END,
	    XSL "<xsl:include href='http://127.0.0.1:%d/x.xsl'/>" END,
	};
	int port, s = listen_here(&port);

	g_assert_cmpint(s, >=, 0);
	struct {
		guint16 family, port;
		guint8 rest[12];
	} address = {AF_INET, 0, {127, 0, 0, 1}};
	socklen_t length = sizeof address;
	g_assert_cmpint(bind(s, (struct sockaddr *)&address, sizeof address), ==, 0);
	g_assert_cmpint(listen(s, 5), ==, 0);
	g_assert_cmpint(getsockname(s, (struct sockaddr *)&address, &length), ==, 0);
	port = GUINT16_FROM_BE(address.port);
	for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		g_autofree char *sheet = g_strdup_printf(forms[i], port);
#pragma GCC diagnostic pop
		assert_refused(sheet, "opmaak-toegang", 0, "127.0.0.1");
		g_assert_cmpint(accept(s, NULL, NULL), ==, -1);
		g_assert_cmpint(errno, ==, EAGAIN);
	}
	close(s);
}

#define WRITER "<xsl:stylesheet version='1.1' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns:exsl='http://exslt.org/common' " \
	       "xmlns:saxon='http://icl.com/saxon' xmlns:xalan='org.apache.xalan.xslt.extensions.Redirect' xmlns:xt='http://www.jclark.com/xt' " \
	       "extension-element-prefixes='exsl saxon xalan xt'><xsl:template match='/'>"
#define WRITER_END "</xsl:template></xsl:stylesheet>"

static void test_write(void)
{
	static const char *const forms[] = {
	    WRITER "<xsl:document href='%s'><x/></xsl:document>" WRITER_END,
	    WRITER "<exsl:document href='%s'><x/></exsl:document>" WRITER_END,
	    WRITER "<saxon:output href='%s'><x/></saxon:output>" WRITER_END,
	    WRITER "<xalan:write file='%s'><x/></xalan:write>" WRITER_END,
	    WRITER "<xt:document href='%s'><x/></xt:document>" WRITER_END,
	};
	static const char *const targets[] = {"inside/new.xml", "outside/new.xml", "inside/new/folder/x.xml"};

	for (guint i = 0; i < G_N_ELEMENTS(forms); i++)
		for (guint k = 0; k < G_N_ELEMENTS(targets); k++) {
			g_autofree char *path = g_build_filename(top, targets[k], NULL);
			g_autofree char *folder = g_path_get_dirname(path);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
			g_autofree char *sheet = g_strdup_printf(forms[i], path);
#pragma GCC diagnostic pop
			g_autoptr(Diagnostics) d = diagnostics_new();
			g_autofree char *result = apply(sheet, NULL, d);
			g_assert_null(result);
			g_assert_cmpuint(diagnostics_count(d, LEVEL_ERROR), >, 0);
			if (i == 0) /* libxslt's own; the others are not even known */
				g_assert_cmpstr(diagnostics_peek(d, 0)->code, ==, "opmaak-toegang");
			g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
			if (k == 2)
				g_assert_false(g_file_test(folder, G_FILE_TEST_EXISTS));
		}
}

/* ---- limits and errors ---- */

static void test_limits(void)
{
	assert_refused(XSL "<xsl:template match='/'><xsl:call-template name='t'/></xsl:template>"
			   "<xsl:template name='t'><xsl:call-template name='t'/></xsl:template>" END,
		       "opmaak-eindeloos", 1, "");
	assert_refused(XSL "<xsl:template match='/'><xsl:call-template name='t'><xsl:with-param name='n' select='9'/></xsl:call-template></xsl:template>"
			   "<xsl:template name='t'><xsl:param name='n'/><xsl:if test='$n > 0'>"
			   "<xsl:for-each select='document(\"\")//node()|document(\"\")//@*'><xsl:call-template name='t'><xsl:with-param name='n' select='$n - 1'/>"
			   "</xsl:call-template></xsl:for-each></xsl:if></xsl:template>" END,
		       "opmaak-eindeloos", 1, "");
	assert_refused(ROOT_TEMPLATE("<xsl:value-of select='count(document(\"\")//*[count(//node()[count(//node()[count(//node()[count(//node()) > 0]) > 0]) > 0]) > 0])'/>"
				     "<a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/>"),
		       "opmaak-eindeloos", 1, "");
}

static void test_errors(void)
{
	assert_refused(ROOT_TEMPLATE("\n<xsl:value-of select='1 +'/>"), "opmaak-fout", 2, "1 +");
	assert_refused(XSL "\n\n<xsl:template match='/'><xsl:bad/></xsl:template>" END, "opmaak-fout", 3, "bad");
	assert_refused(ROOT_TEMPLATE("\n\n<xsl:value-of select='$absent'/>"), "opmaak-fout", 3, "absent");
	assert_refused(ROOT_TEMPLATE("\n<xsl:value-of select='r:absent()'/>"), "opmaak-fout", 2, "absent");
	assert_refused(ROOT_TEMPLATE("\n<xsl:call-template name='absent'/>"), "opmaak-fout", 2, "absent");
	assert_refused(XSL "<xsl:template", "xml-haakje", 1, "");
	assert_refused("<niets/>", "opmaak-fout", 0, "");
}

static void test_error_in_import(void)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autofree char *result = NULL;
	const Diagnostic *m;

	put("inside/sub/more é.xsl", XSL "\n\n<xsl:template match='p'><xsl:value-of select='$absent'/></xsl:template>" END);
	result = apply(XSL "<xsl:include href='sub/more%20%C3%A9.xsl'/>" END, NULL, d);
	g_assert_null(result);
	g_assert_cmpuint(diagnostics_length(d), ==, 1);
	m = diagnostics_peek(d, 0);
	g_assert_true(g_str_has_suffix(m->file, "/inside/sub/more é.xsl"));
	g_assert_cmpint(m->line, ==, 3);
	g_assert_nonnull(strstr(m->hint[LANGUAGE_EN], "cases/a.md:7"));
}

static void test_messages(void)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autofree char *result = apply(ROOT_TEMPLATE("<xsl:message>let op</xsl:message><a/>"), NULL, d);

	g_assert_cmpstr(g_strchomp(result), ==, "<a/>");
	g_assert_cmpuint(diagnostics_length(d), ==, 1);
	g_assert_cmpstr(diagnostics_peek(d, 0)->text[LANGUAGE_EN], ==, "the stylesheet says: let op");

	g_autoptr(Diagnostics) other = diagnostics_new();
	g_autofree char *none = apply(ROOT_TEMPLATE("<xsl:message terminate='yes'>het gaat niet</xsl:message><a/>"), NULL, other);
	g_assert_null(none);
	g_assert_cmpuint(diagnostics_count(other, LEVEL_ERROR), ==, 1);
	g_assert_nonnull(strstr(diagnostics_peek(other, diagnostics_length(other) - 1)->text[LANGUAGE_EN], "het gaat niet"));
}

static void test_html(void)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autofree char *result = apply(XSL "<xsl:output method='html' doctype-system='about:legacy-compat' encoding='UTF-8' indent='no'/>"
					    "<xsl:template match='/'><html><body><br/>é</body></html></xsl:template>" END, NULL, d);

	g_assert_true(g_str_has_prefix(result, "<!DOCTYPE html>"));
	g_assert_nonnull(strstr(result, "<br>é"));
}

/* The same on several threads at once, each with a stylesheet of its own, half of them with errors. */
static gpointer work(gpointer data)
{
	g_autofree char *path = g_build_filename(inside, GPOINTER_TO_INT(data) % 2 ? "thread-bad.xsl" : "thread-good.xsl", NULL);

	for (int i = 0; i < 50; i++) {
		g_autoptr(Diagnostics) d = diagnostics_new();
		g_autoptr(Stylesheet) s = stylesheet_load(path, d);
		g_autoptr(xmlDoc) doc = input();
		g_autoptr(xmlDoc) result = stylesheet_apply(s, doc, NULL, d);
		g_assert_cmpuint(diagnostics_length(d), ==, GPOINTER_TO_INT(data) % 2 ? 1 : 0);
		g_assert_true((result == NULL) == (GPOINTER_TO_INT(data) % 2 != 0));
	}
	return NULL;
}

static void test_threads(void)
{
	GThread *threads[4];

	put("inside/thread-good.xsl", ROOT_TEMPLATE("<a><xsl:value-of select='str:replace(//p[1], \"t\", \"d\")'/></a>"));
	put("inside/thread-bad.xsl", ROOT_TEMPLATE("<a><xsl:value-of select='r:absent()'/></a>"));
	for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
		threads[i] = g_thread_new("work", work, GINT_TO_POINTER(i));
	for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
		g_thread_join(threads[i]);
}

static void prepare(void)
{
	static const char *const folders[] = {"inside/sub", "outside", "inside-not"};
	static const struct {
		const char *target, *name;
	} links[] = {{"../outside/secret.xml", "inside/link.xml"}, {"../outside/secret.xsl", "inside/link.xsl"},
		     {"../outside/secret.png", "inside/link.png"}, {"../outside", "inside/linked"}};

	for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *path = g_build_filename(top, folders[i], NULL);
		g_assert_cmpint(g_mkdir_with_parents(path, 0700), ==, 0);
	}
	put("outside/secret.xml", "<geheim>Denise</geheim>");
	put("outside/secret.dtd", "<!ENTITY x 'y'>");
	put("outside/secret.xsl", XSL END);
	for (guint i = 0; i < G_N_ELEMENTS(links); i++) {
		g_autofree char *path = g_build_filename(top, links[i].name, NULL);
		g_assert_cmpint(symlink(links[i].target, path), ==, 0);
	}
}

static void clean(const char *path)
{
	g_autoptr(GDir) folder = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);

	for (const char *name = folder != NULL ? g_dir_read_name(folder) : NULL; name != NULL; name = g_dir_read_name(folder)) {
		g_autofree char *child = g_build_filename(path, name, NULL);
		clean(child);
	}
	g_remove(path);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*run)(void);
	} tests[] = {
	    {"/transform/plain", test_plain},
	    {"/transform/parameters", test_parameters},
	    {"/transform/exslt", test_exslt},
	    {"/transform/announce", test_announce},
	    {"/transform/dates", test_dates},
	    {"/transform/pictures", test_pictures},
	    {"/transform/drawing", test_drawing},
	    {"/transform/picture-outside", test_picture_outside},
	    {"/transform/read", test_read},
	    {"/transform/from-memory", test_from_memory},
	    {"/transform/read-outside", test_read_outside},
	    {"/transform/prefix", test_prefix_is_no_folder},
	    {"/transform/entities", test_entities},
	    {"/transform/network", test_network},
	    {"/transform/write", test_write},
	    {"/transform/limits", test_limits},
	    {"/transform/errors", test_errors},
	    {"/transform/error-in-import", test_error_in_import},
	    {"/transform/messages", test_messages},
	    {"/transform/html", test_html},
	    {"/transform/threads", test_threads},
	};
	int status;

	g_test_init(&argc, &argv, NULL);
	xml_start();
	top = g_dir_make_tmp("rotonde-XXXXXX", NULL);
	inside = g_build_filename(top, "inside", NULL);
	prepare();
	transform_start((const char *const[]){inside, NULL});
	for (guint i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add_func(tests[i].name, tests[i].run);
	status = g_test_run();
	clean(top);
	g_free(top);
	g_free(inside);
	return status;
}
