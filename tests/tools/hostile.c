/* Files that mean harm, or are harmed. Each must be refused with the message of this code, at a line of the file, in both languages; never with
 * a crash or in silence. Prints TAP. With names: only those. */
#include "source/source.h"

#include <stdio.h>
#include <string.h>

typedef struct {
	const char *name, *text;
	gsize size;
	const char *code;
} Input;

/* clang-format off */
static const Input inputs[] = {
    {"xxe-file", "<!DOCTYPE chapter [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<chapter id=\"a\"><title>&x;</title></chapter>\n", 106, "xml-doctype"},
    {"xxe-http", "<!DOCTYPE chapter [<!ENTITY x SYSTEM \"http://127.0.0.1:1/x\">]>\n<chapter id=\"a\"><title>&x;</title></chapter>\n", 108, "xml-doctype"},
    {"xxe-public", "<!DOCTYPE chapter [<!ENTITY x PUBLIC \"-//X\" \"file:///etc/passwd\">]>\n<chapter id=\"a\"><title>&x;</title></chapter>\n", 113, "xml-doctype"},
    {"xxe-parameter", "<!DOCTYPE chapter [<!ENTITY % x SYSTEM \"file:///etc/passwd\"> %x;]>\n<chapter id=\"a\"><title>T</title></chapter>\n", 110, "xml-doctype"},
    {"xxe-dtd", "<!DOCTYPE chapter SYSTEM \"http://127.0.0.1:1/x.dtd\">\n<chapter id=\"a\"><title>T</title></chapter>\n", 96, "xml-doctype"},
    {"xxe-dtd-local", "<!DOCTYPE chapter SYSTEM \"file:///usr/share/xml/x.dtd\">\n<chapter id=\"a\"><title>T</title></chapter>\n", 99, "xml-doctype"},
    {"xxe-utf7", "<\?xml version=\"1.0\" encoding=\"UTF-7\"\?>\n+ADwAIQ-DOCTYPE x+AD4-\n<chapter id=\"a\"><title>T</title></chapter>\n", 105, "bestand-zonder-kop"},
    {"laughs", "<!DOCTYPE c [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]>\n<chapter id=\"a\"><title>&d;</title></chapter>\n", 217, "xml-doctype"},
    {"laughs-recursive", "<!DOCTYPE c [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]>\n<chapter id=\"a\"><title>&a;</title></chapter>\n", 95, "xml-doctype"},
    {"doctype-empty", "<!DOCTYPE chapter>\n<chapter id=\"a\"><title>T</title></chapter>\n", 62, "xml-doctype"},
    {"doctype-open", "<!DOCTYPE chapter [\n<chapter id=\"a\"><title>T</title></chapter>\n", 63, "xml-doctype"},
    {"doctype-attlist", "<!DOCTYPE chapter [<!ATTLIST chapter id CDATA \"x\">]>\n<chapter id=\"a\"><title>T</title></chapter>\n", 96, "xml-doctype"},
    {"doctype-lower", "<!doctype chapter>\n<chapter id=\"a\"><title>T</title></chapter>\n", 62, "xml-onleesbaar"},
    {"doctype-late", "<chapter id=\"a\"><!DOCTYPE x><title>T</title></chapter>\n", 55, "xml-onleesbaar"},
    {"entity-unknown", "<chapter id=\"a\"><title>&xxe;</title></chapter>\n", 47, "xml-onbekend-teken"},
    {"entity-parameter", "<chapter id=\"a\"><title>%xxe;&</title></chapter>\n", 48, "xml-en-teken"},
    {"entity-attribute", "<chapter id=\"&x;\"/>", 19, "xml-onbekend-teken"},
    {"charref-nul", "<chapter id=\"a\"><title>&#0;</title></chapter>\n", 46, "xml-teken"},
    {"charref-surrogate", "<chapter id=\"a\"><title>&#xD800;</title></chapter>\n", 50, "xml-teken"},
    {"charref-huge", "<chapter id=\"a\"><title>&#x110000;</title></chapter>\n", 52, "xml-teken"},
    {"charref-overflow", "<chapter id=\"a\"><title>&#99999999999999999999;</title></chapter>\n", 65, "xml-teken"},
    {"charref-empty", "<chapter id=\"a\"><title>&#;</title></chapter>\n", 45, "xml-teken"},
    {"charref-open", "<chapter id=\"a\"><title>&#65</title></chapter>\n", 46, "xml-teken"},
    {"xinclude", "<chapter xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"/etc/passwd\"/></chapter>", 94, "xml-naamruimte"},
    {"stylesheet", "<\?xml-stylesheet href=\"file:///etc/passwd\"\?>\n<chapter id=\"a\"><title>T</title></chapter>\n", 88, "xml-instructie"},
    {"instruction", "<chapter id=\"a\"><title><\?php system(\"id\") \?></title></chapter>\n", 63, "xml-instructie"},
    {"instruction-open", "<chapter id=\"a\"><title><\?php</title></chapter>\n", 47, "xml-onleesbaar"},
    {"instruction-xml", "<chapter id=\"a\"><title><\?xml version=\"1.0\"\?></title></chapter>\n", 63, "xml-onleesbaar"},
    {"cdata-open", "<chapter id=\"a\"><title><![CDATA[x</title></chapter>\n", 52, "xml-onleesbaar"},
    {"comment-open", "<!-- <chapter id=\"a\"><title>T</title></chapter>\n", 48, "xml-opmerking"},
    {"comment-inside", "<chapter id=\"a\"><title><!-- x</title></chapter>\n", 48, "xml-opmerking"},
    {"namespace", "<chapter xmlns=\"urn:rotonde:source\"/>", 37, "xml-naamruimte"},
    {"namespace-prefix", "<x:chapter xmlns:x=\"urn:x\"/>", 28, "xml-naamruimte"},
    {"namespace-xsl", "<chapter><xsl:value-of select=\"/\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"/></chapter>", 94, "xml-naamruimte"},
    {"reserved-file", "<chapter file=\"/etc/passwd\"/>", 29, "xml-gereserveerd"},
    {"reserved-line", "<chapter><title line=\"99999999999\"/></chapter>", 46, "xml-gereserveerd"},
    {"reserved-broken", "<chapter broken=\"no\"/>", 22, "xml-gereserveerd"},
    {"nul-front", "<chapter id=\"a\x00""b\"/>", 19, "bestand-codering"},
    {"root-html", "<html><body onload=\"alert(1)\"/></html>", 38, "soort-onbekend"},
    {"root-script", "<script>alert(1)</script>", 25, "soort-onbekend"},
    {"root-svg", "<svg onload=\"alert(1)\"/>", 24, "soort-onbekend"},
    {"root-xsl", "<xsl:stylesheet/>", 17, "xml-naamruimte"},
    {"root-workspace", "<workspace content=\"fiction\"/>", 30, "soort-onbekend"},
    {"root-island", "<timeline/>", 11, "soort-onbekend"},
    {"root-two-unclosed", "<chapter><chapter>", 18, "xml-niet-gesloten"},
    {"root-end", "</chapter>", 10, "xml-eindteken"},
    {"root-dash", "<-chapter/>", 11, "xml-kleiner-dan"},
    {"root-only", "<", 1, "xml-kleiner-dan"},
    {"root-open", "<chapter", 8, "xml-haakje"},
    {"empty", "", 0, "bestand-zonder-kop"},
    {"spaces", " \n\x09\n ", 5, "bestand-zonder-kop"},
    {"bom-only", "\xEF\xBB\xBF", 3, "bestand-zonder-kop"},
    {"bom-twice", "\xEF\xBB\xBF\xEF\xBB\xBF<chapter/>", 16, "bestand-zonder-kop"},
    {"markdown-only", "# Titel\n\nTekst.\n", 16, "bestand-zonder-kop"},
    {"yaml", "---\ntitle: T\n---\n", 17, "bestand-zonder-kop"},
    {"toml", "+++\ntitle = \"T\"\n+++\n", 20, "bestand-zonder-kop"},
    {"binary-png", "\x89PNG\x0D\n\x1A\n\x00\x00\x00\x0DIHDR", 16, "bestand-codering"},
    {"binary-zip", "PK\x03\x04\x14\x00", 6, "bestand-codering"},
    {"binary-pdf", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", 15, "bestand-codering"},
    {"binary-elf", "\x7F""ELF\x02\x01\x01\x00", 8, "bestand-codering"},
    {"utf16-le", "\xFF\xFE<\x00""c\x00h\x00""a\x00p\x00t\x00""e\x00r\x00/\x00>\x00", 22, "bestand-codering"},
    {"utf16-be", "\xFE\xFF\x00<\x00""c\x00h\x00""a\x00p\x00t\x00""e\x00r\x00/\x00>", 22, "bestand-codering"},
    {"utf16-bare", "<\x00""c\x00h\x00""a\x00p\x00t\x00""e\x00r\x00/\x00>\x00", 20, "bestand-codering"},
    {"utf32", "\xFF\xFE\x00\x00<\x00\x00\x00""c\x00\x00\x00h\x00\x00\x00""a\x00\x00\x00p\x00\x00\x00t\x00\x00\x00""e\x00\x00\x00r\x00\x00\x00/\x00\x00\x00>\x00\x00\x00", 44, "bestand-codering"},
    {"latin1", "<chapter><title>caf\xE9</title></chapter>", 38, "bestand-codering"},
    {"ebcdic", "Lo\xA7\x94\x93@\xA5\x85\x99\xA2\x89\x96\x95~\x7F\xF1K\xF0\x7Fon", 21, "bestand-codering"},
    {"utf8-overlong", "<chapter id=\"a\"><title>T</title></chapter>\n\n\xC0\xBCscript>", 53, "bestand-codering"},
    {"utf8-overlong-slash", "<chapter id=\"a\"><title>T</title></chapter>\n\n\xE0\x80\xAF", 47, "bestand-codering"},
    {"utf8-surrogate", "<chapter id=\"a\"><title>T</title></chapter>\n\n\xED\xA0\x80", 47, "bestand-codering"},
    {"utf8-five", "<chapter id=\"a\"><title>T</title></chapter>\n\n\xF8\x88\x80\x80\x80", 49, "bestand-codering"},
    {"utf8-beyond", "<chapter id=\"a\"><title>T</title></chapter>\n\n\xF4\x90\x80\x80", 48, "bestand-codering"},
    {"utf8-lone", "<chapter id=\"a\"><title>T</title></chapter>\n\na\x80""b", 47, "bestand-codering"},
    {"utf8-cut", "<chapter id=\"a\"><title>T</title></chapter>\n\na\xE2\x82", 47, "bestand-codering"},
    {"nul", "<chapter id=\"a\"><title>T</title></chapter>\n\na\x00""b", 47, "bestand-codering"},
    {"escape", "<chapter id=\"a\"><title>T</title></chapter>\n\n\x1B[31mrood\x1B[0m", 57, "teken"},
    {"bell", "<chapter id=\"a\"><title>T</title></chapter>\n\na\x07", 46, "teken"},
    {"backspace", "<chapter id=\"a\"><title>T</title></chapter>\n\na\x08""b", 47, "teken"},
    {"form-feed", "<chapter id=\"a\"><title>T</title></chapter>\n\na\x0C""b", 47, "teken"},
    {"noncharacter", "<chapter id=\"a\"><title>T</title></chapter>\n\na\xEF\xBF\xBF", 48, "teken"},
    {"noncharacter-escape", "<chapter id=\"a\"><title>T</title></chapter>\n\na\xEF\xB7\x92helpend", 55, "teken"},
    {"cr", "<chapter id=\"a\"><title>T</title></chapter>\n\na\x0D""b", 47, "regeleinde"},
    {"charref-control", "<chapter id=\"a\"><title>T</title></chapter>\n\na&#1;b", 50, "teken"},
    {"charref-escape", "<chapter id=\"a\"><title>T</title></chapter>\n\na&#27;[31m", 54, "teken"},
    {"charref-fffe", "<chapter id=\"a\"><title>T</title></chapter>\n\na&#xFFFE;", 53, "teken"},
    {"charref-link", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](x&#1;y)", 55, "teken"},
    {"charref-alt", "<chapter id=\"a\"><title>T</title></chapter>\n\n![a&#1;](x.png)", 59, "teken"},
    {"html-script", "<chapter id=\"a\"><title>T</title></chapter>\n\n<script>alert(1)</script>", 69, "html"},
    {"html-script-upper", "<chapter id=\"a\"><title>T</title></chapter>\n\n<SCRIPT SRC=//x.nl/x.js></SCRIPT>", 77, "html"},
    {"html-script-inline", "<chapter id=\"a\"><title>T</title></chapter>\n\na <script>alert(1)</script>", 71, "html"},
    {"html-img-onerror", "<chapter id=\"a\"><title>T</title></chapter>\n\n<img src=x onerror=alert(1)>", 72, "html"},
    {"html-svg-onload", "<chapter id=\"a\"><title>T</title></chapter>\n\n<svg onload=alert(1)>", 65, "html"},
    {"html-iframe", "<chapter id=\"a\"><title>T</title></chapter>\n\n<iframe src=\"file:///etc/passwd\"></iframe>", 86, "html"},
    {"html-object", "<chapter id=\"a\"><title>T</title></chapter>\n\n<object data=\"x\"></object>", 70, "html"},
    {"html-embed", "<chapter id=\"a\"><title>T</title></chapter>\n\n<embed src=\"x\">", 59, "html"},
    {"html-style", "<chapter id=\"a\"><title>T</title></chapter>\n\n<style>@import \"http://x.nl\"</style>", 80, "html"},
    {"html-link-tag", "<chapter id=\"a\"><title>T</title></chapter>\n\n<link rel=stylesheet href=\"http://x.nl\">", 84, "html"},
    {"html-meta", "<chapter id=\"a\"><title>T</title></chapter>\n\n<meta http-equiv=refresh content=\"0;url=http://x.nl\">", 97, "html"},
    {"html-base", "<chapter id=\"a\"><title>T</title></chapter>\n\n<base href=\"http://x.nl\">", 69, "html"},
    {"html-form", "<chapter id=\"a\"><title>T</title></chapter>\n\n<form action=\"http://x.nl\"><input></form>", 85, "html"},
    {"html-a-javascript", "<chapter id=\"a\"><title>T</title></chapter>\n\n<a href=\"javascript:alert(1)\">x</a>", 79, "html"},
    {"html-details", "<chapter id=\"a\"><title>T</title></chapter>\n\n<details open ontoggle=alert(1)>", 76, "html"},
    {"html-math", "<chapter id=\"a\"><title>T</title></chapter>\n\n<math><mtext></mtext></math>", 72, "html"},
    {"html-template", "<chapter id=\"a\"><title>T</title></chapter>\n\n<template><p></template>", 68, "html"},
    {"html-body-tag", "<chapter id=\"a\"><title>T</title></chapter>\n\n<body onload=alert(1)>", 66, "html"},
    {"html-marquee", "<chapter id=\"a\"><title>T</title></chapter>\n\na <marquee onstart=alert(1)>b", 73, "html"},
    {"html-div", "<chapter id=\"a\"><title>T</title></chapter>\n\n<div style=\"position:fixed\">x</div>", 79, "html"},
    {"html-processing", "<chapter id=\"a\"><title>T</title></chapter>\n\n<\?php system(\"id\"); \?>", 66, "html"},
    {"html-processing-inline", "<chapter id=\"a\"><title>T</title></chapter>\n\na <\?php system(\"id\"); \?>", 68, "html"},
    {"html-declaration", "<chapter id=\"a\"><title>T</title></chapter>\n\n<!ELEMENT x ANY>", 60, "html"},
    {"html-cdata", "<chapter id=\"a\"><title>T</title></chapter>\n\n<![CDATA[<script>]]>", 64, "html"},
    {"html-cdata-inline", "<chapter id=\"a\"><title>T</title></chapter>\n\na <![CDATA[<script>]]>", 66, "html"},
    {"html-fo-block", "<chapter id=\"a\"><title>T</title></chapter>\n\n<fo:block>x</fo:block>", 66, "link-adres"},
    {"html-in-list", "<chapter id=\"a\"><title>T</title></chapter>\n\n- <script>alert(1)</script>", 71, "html"},
    {"html-in-quote", "<chapter id=\"a\"><title>T</title></chapter>\n\n> <script>alert(1)</script>", 71, "html"},
    {"html-in-table", "<chapter id=\"a\"><title>T</title></chapter>\n\n| <script>alert(1)</script> |\n|---|", 79, "html"},
    {"html-in-note", "<chapter id=\"a\"><title>T</title></chapter>\n\na[^1]\n\n[^1]: <script>alert(1)</script>", 82, "html"},
    {"html-in-heading", "<chapter id=\"a\"><title>T</title></chapter>\n\n# <script>alert(1)</script>", 71, "html"},
    {"html-in-link", "<chapter id=\"a\"><title>T</title></chapter>\n\n[<img src=x>](x.md)", 63, "html"},
    {"html-in-alt", "<chapter id=\"a\"><title>T</title></chapter>\n\n<b>![<b>x](x.png)</b>", 65, "html"},
    {"link-javascript", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](javascript:alert(1))", 68, "link-adres"},
    {"link-javascript-case", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](JaVaScRiPt:alert(1))", 68, "link-adres"},
    {"link-javascript-entity", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](javascript&#58;alert(1))", 72, "link-adres"},
    {"link-javascript-entity-name", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](javascript&colon;alert(1))", 74, "link-adres"},
    {"link-javascript-entity-first", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](&#106;avascript:alert(1))", 73, "link-adres"},
    {"link-javascript-tab", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](<java\x09script:alert(1)>)", 71, "link-adres"},
    {"link-javascript-space", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](< javascript:alert(1)>)", 71, "link-adres"},
    {"link-javascript-auto", "<chapter id=\"a\"><title>T</title></chapter>\n\n<javascript:alert(1)>", 65, "link-adres"},
    {"link-javascript-reference", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a][b]\n\n[b]: javascript:alert(1)", 76, "link-adres"},
    {"link-javascript-title", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](javascript:alert(1) \"t\")", 72, "link-adres"},
    {"link-javascript-image", "<chapter id=\"a\"><title>T</title></chapter>\n\n[![x](x.png)](javascript:alert(1))", 78, "link-adres"},
    {"link-javascript-note", "<chapter id=\"a\"><title>T</title></chapter>\n\na[^1]\n\n[^1]: [a](javascript:alert(1))", 81, "link-adres"},
    {"link-javascript-table", "<chapter id=\"a\"><title>T</title></chapter>\n\n| [a](javascript:x) |\n|---|", 71, "link-adres"},
    {"link-vbscript", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](vbscript:msgbox)", 64, "link-adres"},
    {"link-data", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](data:text/html;base64,PHNjcmlwdD4=)", 83, "link-adres"},
    {"link-data-case", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](DATA:text/html,x)", 65, "link-adres"},
    {"link-file", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](file:///etc/passwd)", 67, "link-adres"},
    {"link-file-host", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](file://host/x)", 62, "link-adres"},
    {"link-ftp", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](ftp://x.nl)", 59, "link-adres"},
    {"link-blob", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](blob:x)", 55, "link-adres"},
    {"link-about", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](about:blank)", 60, "link-adres"},
    {"link-protocol-relative", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](//x.nl)", 55, "link-adres"},
    {"link-windows", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](C:\\Users\\x)", 59, "link-adres"},
    {"link-ssh", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](ssh://x)", 56, "link-adres"},
    {"link-empty", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a]()", 49, "link-adres"},
    {"link-empty-angle", "<chapter id=\"a\"><title>T</title></chapter>\n\n[a](<>)", 51, "link-adres"},
    {"link-no-text", "<chapter id=\"a\"><title>T</title></chapter>\n\n[](x.md)", 52, "link-tekst"},
    {"image-http", "<chapter id=\"a\"><title>T</title></chapter>\n\n![a](http://x.nl/x.png)", 67, "afbeelding-adres"},
    {"image-data", "<chapter id=\"a\"><title>T</title></chapter>\n\n![a](data:image/svg+xml,<svg/>)", 75, "afbeelding-adres"},
    {"image-file", "<chapter id=\"a\"><title>T</title></chapter>\n\n![a](file:///etc/passwd)", 68, "afbeelding-adres"},
    {"image-relative-host", "<chapter id=\"a\"><title>T</title></chapter>\n\n![a](//x.nl/x.png)", 62, "afbeelding-adres"},
    {"image-reference", "<chapter id=\"a\"><title>T</title></chapter>\n\n![a][b]\n\n[b]: http://x.nl/x.png", 75, "afbeelding-adres"},
    {"image-empty", "<chapter id=\"a\"><title>T</title></chapter>\n\n![a]()", 50, "afbeelding-adres"},
    {"image-alt", "<chapter id=\"a\"><title>T</title></chapter>\n\n![](x.png)", 54, "afbeelding-zonder-tekst"},
    {"image-alt-space", "<chapter id=\"a\"><title>T</title></chapter>\n\n![  ](x.png)", 56, "afbeelding-zonder-tekst"},
    {"reference-lost", "<chapter id=\"a\"><title>T</title></chapter>\n\n[Noor]: ik wil niet", 63, "regel-verdwijnt"},
    {"note-lost", "<chapter id=\"a\"><title>T</title></chapter>\n\nTekst.\n\n[^1]: Nooit gedrukt", 71, "noot-ongebruikt"},
    {"note-unknown", "<chapter id=\"a\"><title>T</title></chapter>\n\na[^1]", 49, "noot-onbekend"},
    {"note-inside", "<chapter id=\"a\"><title>T</title></chapter>\n\na[^1]\n\n[^1]: b[^2]\n\n[^2]: c", 71, "noot-in-noot"},
    {"note-itself", "<chapter id=\"a\"><title>T</title></chapter>\n\na[^1]\n\n[^1]: b[^1]", 62, "noot-in-noot"},
    {"note-twice", "<chapter id=\"a\"><title>T</title></chapter>\n\na[^1] b[^1]\n\n[^1]: c", 64, "noot-dubbel"},
    {"comment-swallows", "<chapter id=\"a\"><title>T</title></chapter>\n\n<!-- open\n\nde rest van het verhaal", 78, "opmerking-open"},
    {"comment-hides", "<chapter id=\"a\"><title>T</title></chapter>\n\n<!-- x --> tekst", 60, "opmerking-plaats"},
    {"fence-swallows", "<chapter id=\"a\"><title>T</title></chapter>\n\n```\nde rest van het verhaal", 71, "code-open"},
    {"island-xxe", "<chapter id=\"a\"><title>T</title></chapter>\n\n<timeline case=\"&x;\"/>", 66, "xml-onbekend-teken"},
    {"island-file", "<chapter id=\"a\"><title>T</title></chapter>\n\n<timeline file=\"/etc/passwd\"/>", 74, "xml-gereserveerd"},
    {"island-namespace", "<chapter id=\"a\"><title>T</title></chapter>\n\n<timeline xmlns=\"urn:x\"/>", 69, "xml-naamruimte"},
    {"island-content", "<chapter id=\"a\"><title>T</title></chapter>\n\n<quotes><script>alert(1)</script></quotes>", 86, "blok-inhoud"},
    {"island-inline", "<chapter id=\"a\"><title>T</title></chapter>\n\na <timeline/>", 57, "blok-plaats"},
    {"island-unknown", "<chapter id=\"a\"><title>T</title></chapter>\n\n<timelime/>", 55, "blok-onbekend"},
    {"nesting-quotes", "<chapter id=\"a\"><title>T</title></chapter>\n\n> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > a", 245, "nesting"},
    {"nesting-lists", "<chapter id=\"a\"><title>T</title></chapter>\n\n- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - a", 245, "nesting"},
    {"nesting-emphasis", "<chapter id=\"a\"><title>T</title></chapter>\n\n*a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b *a _b _ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *_ *", 584, "nesting"},
    {"table-columns", "<chapter id=\"a\"><title>T</title></chapter>\n\n|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|\n|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|\n", 168, "tabel-te-groot"},
    {"table-cells", "<chapter id=\"a\"><title>T</title></chapter>\n\n|a|\n|-|\n|a|verdwijnt|", 65, "tabel-cellen"},
};
/* clang-format on */

/* The tree must hold nothing that a browser or a file system could be made to act upon. */
static gboolean is_clean(xmlDoc *doc)
{
	xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;

	for (xmlNode *n = root; n != NULL; n = xml_following(n, root))
		if (n->type != XML_ELEMENT_NODE && n->type != XML_TEXT_NODE)
			return FALSE;
	return doc == NULL || (doc->intSubset == NULL && doc->extSubset == NULL);
}

/* What is wrong with how it was dealt with; NULL: nothing. */
static char *judge(const Input *input)
{
	g_autoptr(GBytes) bytes = g_bytes_new_static(input->text, input->size);
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(xmlDoc) doc = source_read(bytes, "x.md", "nl", d);
	gboolean found = FALSE;

	for (guint i = 0; i < diagnostics_length(d); i++) {
		const Diagnostic *m = diagnostics_peek(d, i);
		if (m->line < 1 || g_strcmp0(m->file, "x.md") != 0)
			return g_strdup("a message without a line");
		if (m->text[LANGUAGE_NL] == NULL || m->text[LANGUAGE_EN] == NULL || strcmp(m->text[LANGUAGE_NL], m->text[LANGUAGE_EN]) == 0)
			return g_strdup("a message in one language");
		found = found || strcmp(m->code, input->code) == 0;
	}
	if (diagnostics_count(d, LEVEL_ERROR) == 0)
		return g_strdup("no error");
	if (!found)
		return g_strdup(diagnostics_peek(d, 0)->code);
	return is_clean(doc) ? NULL : g_strdup("something in the tree that is neither element nor text");
}

int main(int argc, char **argv)
{
	int failed = 0;

	xml_start();
	for (guint i = 0; i < G_N_ELEMENTS(inputs); i++) {
		g_autofree char *wrong = NULL;
		if (argc > 1 && !g_strv_contains((const char *const *)argv + 1, inputs[i].name))
			continue;
		wrong = judge(&inputs[i]);
		failed += wrong != NULL;
		if (wrong == NULL)
			printf("ok - hostile/%s\n", inputs[i].name);
		else
			printf("not ok - hostile/%s\n# expected %s, got: %s\n", inputs[i].name, inputs[i].code, wrong);
	}
	return failed > 0 ? 1 : 0;
}
