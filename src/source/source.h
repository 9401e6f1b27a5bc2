/* Reading an author's file: XML front matter where it stands, then Markdown, into one XML tree.
 *
 * The tree: the front matter's root element (its name is the kind) with its children as written, then one <body> made from the
 * Markdown. Every element carries @line (its line in the file) and, where it is not simply the first thing on that line, @column;
 * the root carries @file, and @broken="yes" when the front matter was faulty: what the schema would say of it is then not worth telling.
 * Nothing refers to other files here: labels, codes, links and ids are only read, not looked up.
 *
 *   section(title, block*)        from # headings; @level 1-6; nested
 *   p  ul ol(@start) li(block*; @tight="yes" on a list without empty lines between its items)  pre(@lang)  table(thead(tr(th)) tbody(tr(td)); @align on cells)  break (---)
 *   quotation(block+)             a block quote; @label holds a plain "Naam:" it may open with, and the words stay in the text
 *   quote(block+)                 a block quote that opens with **Naam:**; @label without colon, @case from "Naam (id):", @codes
 *                                 (space separated, without #) from the end of its last paragraph. A quotation may have @codes too.
 *   box(title, block*)            a block quote whose first block is a heading
 *   figure(caption?)              a paragraph that is only an image: @href @alt; caption from the image's title
 *   lead                          first paragraph of the body (a heading may precede it), wholly bold (one wrapping strong removed)
 *   island(ELEMENT)               an element of our own alone in a paragraph, attributes as written
 *   note                          <!-- ... -->: text; block or inline
 *   em strong code a(@href @title) image(@href @alt) br   inline
 *   footnote(block+)              inline, at its mark: @label as the author named it
 */
#ifndef ROTONDE_SOURCE_SOURCE_H
#define ROTONDE_SOURCE_SOURCE_H

#include "base/diagnostic.h"
#include "base/markup.h"
#include "base/xml.h"

enum {
	SOURCE_FRONT_LIMIT = MARKUP_LIMIT, /* bytes of front matter */
	SOURCE_LIMIT = 256 * 1024,      /* bytes of Markdown a file */
};

/* Reads one file's text. name is its path relative to the workspace, as messages and @file say it. language (a BCP 47 tag) is that of
 * the typography unless the root has an xml:lang; NULL: none is done, whatever the root has (for who calls source_typeset later). Every error is reported to d; NULL only when no front matter could be read, else a
 * tree that may lack what was wrong. The caller owns the result. */
xmlDoc *source_read(GBytes *text, const char *name, const char *language, Diagnostics *d);

/* The kind of file that somebody meant who wrote this: a slip of the pen, or its Dutch name. NULL: none is near. */
const char *source_kind_meant(const char *word);

/* Sets quotation marks, apostrophes, dashes, ellipses and spaces in the text below node as the language has them ("nl", "en"; other
 * languages: untouched). Never in code, pre, attribute values other than alt, title, label and at, or note. Used by source_read. */
void source_typeset(xmlNode *node, const char *language);

#endif
