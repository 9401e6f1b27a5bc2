/* What changed between two states of a publication. Documents are compared, not lines: stories, sessions, portraits, sections, quotes,
 * paragraphs, and within a paragraph the words.
 *
 * The result is the new tree, marked, so that every stylesheet for publications reads it (stylesheets/changes/ adds what marks look like):
 *
 *   @change on an item, section, block, row, list item: new, changed, moved (changed or not). withdrawn: a block of the old tree that stands
 *     where it stood; withdrawn sections, boxes, tables and pictures have become paragraphs, withdrawn items are in the summary only
 *   ins, del around words in p, lead, td, th: new and withdrawn ones. In an item that is wholly new nothing is marked but its blocks
 *   title/@was, quote/@was: what the title or the speaker's label was
 *   quote/@codes-were: what its codes were, when they are others
 *   @picture="replaced": of a figure, the picture itself; of an item, one in its front matter (cover, photo, logo)
 *   publication/changes, first child: the summary
 *     @words-new @words-withdrawn
 *     entry(@change @kind @id @title @was @file @facts @picture @words-new @words-withdrawn): an item; kind is its element's name ("opening" for
 *       the publication's own text); facts="changed": something in its front matter other than the title and what is in the pictures
 *       detail(@change @kind @section @label @was @codes-were @picture): a block; its words, with ins and del
 *
 * Elements that show a picture (figure, image, cover, photo, logo) may have @bytes, a digest of what is in the file: then @href is only where it lies.
 *
 * Items are the same by id, else by file, else by what they say; blocks by what they say, in order; what stands elsewhere with (nearly) the same
 * words has moved. */
#ifndef ROTONDE_CHANGES_CHANGES_H
#define ROTONDE_CHANGES_CHANGES_H

#include "base/xml.h"

/* Marks new. old stays as it is. Both assembled by document_assemble, of one profile. */
void changes_mark(xmlDoc *old, xmlDoc *new);

/* Matches two sequences of numbers: match[i] becomes the place in b of a[i], or -1; in order, as many as there can be (E. W. Myers, An O(ND)
 * difference algorithm and its variations, Algorithmica 1986, with linear space). Where they differ in more than thousands of places the
 * search is given up, and the rest counts as different. */
void changes_match(const int *a, int n, const int *b, int m, int *match);

#endif
