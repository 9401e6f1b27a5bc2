/* Writes packages that people and enemies might bring: packages FOLDER makes NAME.qdpx for each row below. */
#include "archive/archive.h"
#include "base/file.h"
#include "base/xml.h"

#include <stdio.h>
#include <string.h>

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"P\" origin=\"Elders 1.0\">"
#define G(n) "00000000-0000-0000-0000-00000000000" #n
#define BOOK "<CodeBook><Codes><Code guid=\"" G(1) "\" name=\"Helpend\" isCodable=\"true\"/><Code guid=\"" G(2) "\" name=\"Rust\" isCodable=\"true\"/>" \
	"<Code guid=\"" G(3) "\" name=\"Vreemd\" isCodable=\"true\"/></Codes></CodeBook>"
#define SOURCE "<TextSource guid=\"" G(7) "\" name=\"2024-05-06 Gesprek.txt\" plainTextPath=\"internal://t.txt\">"
#define SELECT(from, to, code) "<PlainTextSelection guid=\"" G(8) "\" startPosition=\"" #from "\" endPosition=\"" #to "\"><Coding guid=\"" G(9) \
	"\"><CodeRef targetGUID=\"" G(code) "\"/></Coding></PlainTextSelection>"
#define ONE(selections) HEAD BOOK "<Sources>" SOURCE selections "</TextSource></Sources></Project>"

static const char talk[] = "Interviewer: Hoe ging het?\nMila: Ze kwam langs. Dat was fijn.\nMoeder: Zéker *fijn* 😀 en [stil] #toen.\n\n1. Een lijstje\n";

/* A package with this project and this text; NULL: without. */
typedef struct {
	const char *name, *project, *text;
} Row;

static const Row rows[] = {
    {"goed", ONE(SELECT(33, 47, 1) SELECT(33, 47, 2) SELECT(48, 62, 3) SELECT(70, 101, 2)), talk},
    {"overlap", ONE(SELECT(33, 47, 1) SELECT(40, 62, 2)), talk},
    {"over-sprekers", ONE(SELECT(33, 90, 1)), talk},
    {"onbekende-spreker", ONE(SELECT(13, 26, 1)), talk},
    {"halve-woorden", ONE(SELECT(34, 40, 1)), talk},
    {"buiten-de-tekst", ONE(SELECT(33, 9999, 1)), talk},
    {"omgekeerd", ONE(SELECT(47, 33, 1)), talk},
    {"geen-getal", ONE(SELECT(-1, 99999999999999999999, 1)), talk},
    {"bom", ONE(SELECT(6, 20, 1)), "\xEF\xBB\xBFMila: Ze kwam langs.\n"},
    {"bom-meegeteld", ONE(SELECT(7, 21, 1)), "\xEF\xBB\xBFMila: Ze kwam langs.\n"},
    {"crlf-een", ONE(SELECT(17, 31, 1)), "Mila: Ja.\r\n\r\nMila: Ze kwam langs.\r\n"},
    {"crlf-twee", ONE(SELECT(19, 33, 1)), "Mila: Ja.\r\n\r\nMila: Ze kwam langs.\r\n"},
    {"crlf-onduidelijk", ONE(SELECT(13, 16, 1)), "Mila: Ja.\r\n\r\nMila: Ze kwam langs.\r\n"},
    {"latin-1", ONE(SELECT(0, 4, 1)), "Mila: Z\xE9ker.\n"},
    {"utf-16", ONE(SELECT(0, 4, 1)), "\xFF\xFEM\0i\0"},
    {"geen-project", NULL, talk},
    {"ander-xml", "<Project name=\"P\"/>", talk},
    {"kapot-xml", HEAD "<Sources>", talk},
    {"entiteit", "<!DOCTYPE Project [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"P\">&x;</Project>", talk},
    {"miljard-lachers", "<!DOCTYPE p [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"&b;\"/>", talk},
    {"tekst-ontbreekt", ONE(""), NULL},
    {"tekst-elders", HEAD "<Sources><TextSource guid=\"" G(7) "\" name=\"x\" plainTextPath=\"internal://../../../etc/passwd\"/></Sources></Project>", talk},
    {"tekst-absoluut", HEAD "<Sources><TextSource guid=\"" G(7) "\" name=\"x\" plainTextPath=\"absolute:///etc/passwd\"/></Sources></Project>", talk},
    {"alleen-beeld", HEAD "<Sources><PictureSource guid=\"" G(7) "\" name=\"foto.jpg\" path=\"internal://f.jpg\"/></Sources></Project>", NULL},
    {"van-alles",
     HEAD BOOK "<Sources><PictureSource guid=\"" G(6) "\" name=\"foto.jpg\" path=\"internal://f.jpg\"/>" SOURCE SELECT(33, 47, 1)
         "<Coding guid=\"" G(5) "\"><CodeRef targetGUID=\"" G(2) "\"/></Coding></TextSource></Sources><Notes><Note guid=\"" G(4)
         "\" name=\"memo\"><PlainTextContent>Denk.</PlainTextContent></Note></Notes><Links><Link guid=\"" G(3) "\"/></Links></Project>",
     talk},
    {"nare-naam", HEAD "<Sources><TextSource guid=\"" G(7) "\" name=\"../../../tmp/2024-05-06 &lt;b&gt;&amp;\"><PlainTextContent>Mila: Ja.</PlainTextContent></TextSource></Sources></Project>", NULL},
    {"opmaak", HEAD "<Sources><TextSource guid=\"" G(7) "\" name=\"2024-05-06\"><PlainTextContent># Geen kop\n&lt;!-- weg --&gt; &lt;quotes/&gt; &lt;b&gt;\n> geen blok\n- geen lijst\n"
                   "[x](javascript:1) ![y](z) `c` **v** _s_ \\ &amp;amp; |\n---\nMila: - 3. + > #rust #x\n![[[[[[\n</PlainTextContent></TextSource></Sources></Project>", NULL},
};

static GBytes *static_bytes(const char *text, gsize size)
{
	return g_bytes_new_static(text, size);
}

static GPtrArray *entries_of(const Row *row)
{
	GPtrArray *entries = archive_new();
	g_autoptr(GBytes) project = row->project != NULL ? static_bytes(row->project, strlen(row->project)) : NULL;
	g_autoptr(GBytes) text = row->text != NULL ? static_bytes(row->text, strlen(row->text)) : NULL;

	if (project != NULL)
		archive_add(entries, "project.qde", project, FALSE);
	if (text != NULL)
		archive_add(entries, "Sources/t.txt", text, FALSE);
	return entries;
}

static int save(const char *folder, const char *name, const void *data, gsize size)
{
	g_autofree char *file = g_strconcat(name, ".qdpx", NULL), *path = g_build_filename(folder, file, NULL);
	g_autoptr(GError) error = NULL;

	return file_save(path, data, size, &error) ? 0 : 3;
}

static int pack(const char *folder, const char *name, const GPtrArray *entries)
{
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(GBytes) bytes = archive_write(entries, d);
	gsize size = 0;
	const void *data = bytes != NULL ? g_bytes_get_data(bytes, &size) : NULL;

	return bytes != NULL ? save(folder, name, data, size) : 3;
}

/* As QualCoder 3 writes a project: byte order marks, its categories as codes that are not codable, the words of a selection as its name,
 * memos as descriptions, a PDF with its plain text beside it, and a creating user who is not in the list. */
static int pack_qualcoder(const char *folder)
{
	static const char book[] = "<CodeBook>\n<Codes>\n<Code guid=\"A0000000-0000-4000-8000-000000000001\" name=\"Wat hielp\" isCodable=\"false\" color=\"#dddddd\">\n"
	                           "<Code guid=\"A0000000-0000-4000-8000-000000000002\" name=\"helpend\" isCodable=\"true\" color=\"#aa0000\">\n<Description>memo bij de code</Description>\n</Code>\n"
	                           "</Code>\n<Code guid=\"A0000000-0000-4000-8000-000000000003\" name=\"rust\" isCodable=\"true\" color=\"#00aa00\">\n</Code>\n</Codes>\n</CodeBook>\n";
	static const char talk_selection[] = "<PlainTextSelection guid=\"B0000000-0000-4000-8000-00000000000%c\" startPosition=\"%d\" endPosition=\"%d\" name=\"Ze kwam langs.\" "
	                                     "creatingUser=\"C0000000-0000-4000-8000-000000000001\" creationDateTime=\"2026-03-02T10:11:12Z\">\n%s"
	                                     "<Coding guid=\"B0000000-0000-4000-8000-00000000001%c\" creatingUser=\"C0000000-0000-4000-8000-000000000001\" >\n"
	                                     "<CodeRef targetGUID=\"A0000000-0000-4000-8000-000000000002\" />\n</Coding>\n</PlainTextSelection>\n";
	static const char text[] = "\xEF\xBB\xBFInterviewer: Hoe ging het?\nMila: Ze kwam langs. Dat was fijn.\n", notes[] = "\xEF\xBB\xBF" "Dagboek van de onderzoeker.\n";
	g_autofree char *first = g_strdup_printf(talk_selection, '1', 33, 47, "<Description>mooi gezegd</Description>\n", '1');
	g_autofree char *second = g_strdup_printf(talk_selection, '2', 33, 47, "", '2');
	g_autofree char *project = g_strconcat(
	    "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" "
	    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" name=\"gesprekken.qda\" origin=\"QualCoder 3.6\" "
	    "creatingUserGUID=\"d0000000-0000-4000-8000-000000000009\" creationDateTime=\"2026-03-01T09:00:00Z\" xmlns=\"urn:QDA-XML:project:1.0\">\n<Users>\n"
	    "<User guid=\"C0000000-0000-4000-8000-000000000001\" name=\"default\" />\n</Users>\n",
	    book, "<Variables>\n<Variable guid=\"E0000000-0000-4000-8000-000000000001\" name=\"Datum\" typeOfVariable=\"Text\" >\n<Description />\n</Variable>\n</Variables>\n"
	    "<Cases>\n<Case guid=\"E0000000-0000-4000-8000-000000000002\" name=\"Mila\">\n<Description />\n<SourceRef targetGUID=\"f0000000-0000-4000-8000-000000000001\"/>\n</Case>\n"
	    "</Cases>\n<Sources>\n<TextSource richTextPath=\"internal://f0000000-0000-4000-8000-000000000001.docx\" "
	    "plainTextPath=\"internal://f0000000-0000-4000-8000-000000000002.txt\" creatingUser=\"C0000000-0000-4000-8000-000000000001\" "
	    "creationDateTime=\"2026-03-01T09:00:00Z\" guid=\"f0000000-0000-4000-8000-000000000001\" name=\"gesprek mila.docx\">\n<Description>opgenomen op kantoor</Description>\n",
	    first, "<VariableValue>\n<VariableRef targetGUID=\"E0000000-0000-4000-8000-000000000001\" />\n<TextValue>2024-05-06</TextValue>\n</VariableValue>\n"
	    "<NoteRef targetGUID=\"f0000000-0000-4000-8000-000000000007\" />\n</TextSource>\n<PDFSource path=\"internal://f0000000-0000-4000-8000-000000000003.pdf\" "
	    "guid=\"f0000000-0000-4000-8000-000000000003\" name=\"2024-05-06 tweede gesprek.pdf\">\n<Representation guid=\"f0000000-0000-4000-8000-000000000004\" "
	    "plainTextPath=\"internal://f0000000-0000-4000-8000-000000000005.txt\" name=\"2024-05-06 tweede gesprek.pdf\">\n",
	    second, "</Representation></PDFSource>\n</Sources>\n<Notes>\n<Note guid=\"f0000000-0000-4000-8000-000000000006\" name=\"dagboek\" "
	    " plainTextPath=\"internal://f0000000-0000-4000-8000-000000000006.txt\" >\n<Description /></Note>\n</Notes>\n<Description>waar dit over gaat</Description>\n</Project>", NULL);
	g_autoptr(GBytes) project_bytes = static_bytes(project, strlen(project)), text_bytes = static_bytes(text, sizeof text - 1);
	g_autoptr(GBytes) note_bytes = static_bytes(notes, sizeof notes - 1), other = static_bytes("%PDF-1.4 iets", 13);
	g_autoptr(GPtrArray) entries = archive_new();

	archive_add(entries, "Sources/f0000000-0000-4000-8000-000000000001.docx", other, FALSE);
	archive_add(entries, "Sources/f0000000-0000-4000-8000-000000000002.txt", text_bytes, FALSE);
	archive_add(entries, "Sources/f0000000-0000-4000-8000-000000000003.pdf", other, FALSE);
	archive_add(entries, "Sources/f0000000-0000-4000-8000-000000000005.txt", text_bytes, FALSE);
	archive_add(entries, "Sources/f0000000-0000-4000-8000-000000000006.txt", note_bytes, FALSE);
	archive_add(entries, "project.qde", project_bytes, FALSE);
	return pack(folder, "qualcoder", entries);
}

/* The right package with one more entry. */
static int pack_with(const char *folder, const char *name, const char *entry, const char *text, gsize size)
{
	g_autoptr(GPtrArray) entries = entries_of(&rows[0]);
	g_autoptr(GBytes) bytes = g_bytes_new(text, size);

	archive_add(entries, entry, bytes, FALSE);
	return pack(folder, name, entries);
}

static int bomb(const char *folder)
{
	enum { SIZE = 40 << 20 };
	g_autofree char *zeros = g_malloc0(SIZE);

	return pack_with(folder, "zipbom", "Sources/groot.txt", zeros, SIZE);
}

static int many(const char *folder)
{
	g_autoptr(GPtrArray) entries = entries_of(&rows[0]);
	g_autoptr(GBytes) nothing = g_bytes_new_static("x", 1);

	for (int i = 0; i < 3000; i++) {
		g_autofree char *name = g_strdup_printf("Sources/%d.txt", i);
		archive_add(entries, name, nothing, FALSE);
	}
	return pack(folder, "veel-bestanden", entries);
}

static int many_selections(const char *folder)
{
	g_autoptr(GPtrArray) entries = archive_new();
	GString *project = g_string_new(HEAD BOOK "<Sources>" SOURCE);

	for (int i = 0; i < 20002; i++)
		g_string_append_printf(project, "<PlainTextSelection guid=\"%08x-%04x-0000-0000-000000000008\" startPosition=\"%d\" endPosition=\"%d\"/>",
		                       (unsigned)i * 2654435761u, (unsigned)i * 40503u % 65536u, i % 97, 97 + i % 89);
	g_string_append(project, "</TextSource></Sources></Project>");
	g_autoptr(GBytes) bytes = g_string_free_to_bytes(project);
	g_autoptr(GBytes) text = static_bytes(talk, sizeof talk - 1);
	archive_add(entries, "project.qde", bytes, FALSE);
	archive_add(entries, "Sources/t.txt", text, FALSE);
	return pack(folder, "veel-selecties", entries);
}

/* Writes a package and changes it where a mark of the zip stands: at so many bytes after each. */
static int pack_changed(const char *folder, const char *name, const char *mark, gsize at, const char *change, gsize size)
{
	g_autoptr(GPtrArray) entries = entries_of(&rows[0]);
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(GBytes) bytes = archive_write(entries, d);
	gsize length;
	g_autofree char *data = g_memdup2(g_bytes_get_data(bytes, &length), g_bytes_get_size(bytes));

	length = g_bytes_get_size(bytes);
	for (gsize i = 0; i + at + size <= length; i++)
		if (memcmp(data + i, mark, 4) == 0)
			memcpy(data + i + at, change, size);
	return save(folder, name, data, length);
}

static int cut(const char *folder)
{
	g_autoptr(GPtrArray) entries = entries_of(&rows[0]);
	g_autoptr(Diagnostics) d = diagnostics_new();
	g_autoptr(GBytes) bytes = archive_write(entries, d);

	return save(folder, "afgebroken", g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes) / 3);
}

int main(int argc, char **argv)
{
	static const char link[] = {0, 0, (char)0xFF, (char)0xA1}; /* S_IFLNK | 0777, in the upper half */
	int status = 0;

	if (argc != 2)
		return 2;
	xml_start();
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GPtrArray) entries = entries_of(&rows[i]);
		status |= pack(argv[1], rows[i].name, entries);
	}
	status |= pack_with(argv[1], "naar-boven", "../../../tmp/kwaad.txt", "x", 1);
	status |= pack_with(argv[1], "absoluut", "/tmp/kwaad.txt", "x", 1);
	status |= pack_with(argv[1], "station", "C:\\kwaad.txt", "x", 1);
	status |= pack_with(argv[1], "dubbel", "PROJECT.qde", "x", 1);
	status |= pack_changed(argv[1], "koppeling", "PK\001\002", 38, link, sizeof link);
	status |= pack_changed(argv[1], "wachtwoord", "PK\003\004", 6, "\011", 1);
	status |= pack_changed(argv[1], "verkeerde-som", "PK\001\002", 16, "abcd", 4);
	status |= pack_qualcoder(argv[1]);
	status |= bomb(argv[1]) | many(argv[1]) | many_selections(argv[1]) | cut(argv[1]);
	status |= save(argv[1], "geen-zip", "Dit is tekst.\n", 14) | save(argv[1], "leeg", "", 0);
	return status;
}
