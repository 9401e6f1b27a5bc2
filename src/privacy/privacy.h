/* Names that must not leave the house: the list of real names, and the search for them, and for numbers and addresses of people, in any text.
 *
 * The list is a file of the privacy officer's own, outside every repository, readable by nobody else (mode 0600). A line each:
 *
 *     Denise van der Berg / Dees = Noor      a person: real name (other names she is known by after a slash) = pseudonym
 *     allow: De Groene Roos                  words in which a name is no name: what stands inside them is never a hit
 *     # ...                                  a comment; empty lines too
 *
 * An entry is known by the number of its line. Nobody prints a name: a hit is a kind, an entry, an offset and a length, and what must be
 * printed of a text goes through privacy_mask first.
 *
 * What is compared is a normal form (normal.h): entities and percent signs decoded, NFKD, without marks and format characters, confusable
 * letters of other scripts made Latin, case folded; spaces, hyphens and dots are remembered but do not count. A name is expanded (expand.c)
 * into the ways it is written, and one automaton (automaton.h) finds all of them in one pass. */
#ifndef ROTONDE_PRIVACY_PRIVACY_H
#define ROTONDE_PRIVACY_PRIVACY_H

#include "base/diagnostic.h"

typedef enum {
	PRIVACY_NAME,
	PRIVACY_BSN,         /* citizen service number: nine digits that pass the 11-test */
	PRIVACY_BIRTH_DATE,  /* a whole date before or after a word for birth, a day of the year after one */
	PRIVACY_POSTCODE,    /* Dutch postcode */
	PRIVACY_TELEPHONE,
	PRIVACY_EMAIL,
	PRIVACY_COORDINATES, /* latitude and longitude within the Netherlands, three decimals or more */
	PRIVACY_ADDRESS,     /* a street with a house number */
	PRIVACY_NUMBER,      /* of a car, an account, a file at an office */
	PRIVACY_ACCOUNT,     /* on social media: @lisa_08, instagram.com/lisa_08 */
	PRIVACY_KINDS
} PrivacyKind;

typedef struct {
	PrivacyKind kind;
	guint entry;          /* the line of the list; 0 unless it is a name */
	gsize offset, length; /* bytes in the text that was given */
} PrivacyHit;

/* ---- the list ---- */

typedef struct PrivacyList PrivacyList;

/* The place where the list stands unless somebody says otherwise: rotonde/names in the user's configuration folder. The caller's. */
char *privacy_list_place(void);

/* Reads the list and makes it ready. NULL after reporting all that is wrong with the file (unreadable, readable by others, in a repository, empty)
 * or with its lines (no form, a name or pseudonym twice, a pseudonym that is somebody's real name), at the line, without the line. Read-only from
 * then on: threads may share it. */
PrivacyList *privacy_list_load(const char *path, Diagnostics *d);
/* As privacy_list_load, of a text; name is what messages call it. */
PrivacyList *privacy_list_parse(const char *text, gsize size, const char *name, Diagnostics *d);
void privacy_list_free(PrivacyList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PrivacyList, privacy_list_free)

/* Adds a person at the end of the list, which is made (mode 0600) when it is not there. FALSE after reporting: the file, or the list with the new
 * line, is not in order; then nothing is written. *entry receives the line. */
gboolean privacy_list_add(const char *path, const char *name, const char *pseudonym, guint *entry, Diagnostics *d);

/* The number of persons, and of allowed phrases. */
guint privacy_list_count(const PrivacyList *list);
guint privacy_list_allowed(const PrivacyList *list);

/* ---- looking ---- */

typedef void (*PrivacyFound)(const PrivacyHit *hit, gpointer data);

/* What a thread looks with: it owns room for normal forms and uses it again. list is borrowed; NULL: the patterns only. */
typedef struct PrivacyScanner PrivacyScanner;
PrivacyScanner *privacy_scanner_new(const PrivacyList *list);
void privacy_scanner_free(PrivacyScanner *s);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PrivacyScanner, privacy_scanner_free)

/* Every hit in a text of any kind (Markdown, XML, plain words, the strings in a binary file: what is not UTF-8 is taken for Latin-1 and a NUL for
 * nothing), with the markup in it and without it, each place once, in order; only a name in an address is given beside the address. At most 2 GiB. */
void privacy_scan(PrivacyScanner *s, const char *text, gsize size, PrivacyFound found, gpointer data);

/* The text with every hit replaced by blocks (always three, so that its length tells nothing). NULL: there is none. The caller's. */
char *privacy_mask(PrivacyScanner *s, const char *text);

#endif
