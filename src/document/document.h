/* The workspace, and the assembling of one publication into one tree.
 *
 * The assembled tree, validated by schemas/rotonde.xsd and read by every stylesheet and rule:
 *
 *   publication(@id @status @xml:lang @profile @file @line)
 *     front matter as written, except that each item in contents has become the document that its href names:
 *     contents/ITEM is the item's element name (part chapter case thread reflection session appendix imprint) with the attributes
 *     and children of the file's root (so @id, @file), the item's @href, then body, then the item's own items.
 *     A part keeps its own title, subtitle and lead; with an @href, the body of that chapter (with its own @file) follows them.
 *     Globs have become one item a match, in name order.
 *   body (the opening text), after contents.
 *
 * and, on top of what source.h lists:
 *   every item, section, figure, table, box: @id, unique in the publication (anchors)
 *   @number on part ("1"), chapter ("1"; not on what stands before the first part or a chapter marked unnumbered), appendix ("A" when more than one),
 *   figure, table and footnote (through the publication)
 *   a with an internal target: @href="#ID"
 *   quote: @speaker (person id) @label @role @case @session (when it stands in one); a quotation whose @label was nearly or wholly
 *   a known label has become a quote and lost these words
 *   island/ELEMENT: filled with what it asks for: copies of case, rotonde, session, quote, person, reflection elements
 *   public profile: no note, no @codes, and nothing of a person that is not printed (consent, age-band) */
#ifndef ROTONDE_DOCUMENT_DOCUMENT_H
#define ROTONDE_DOCUMENT_DOCUMENT_H

#include "base/diagnostic.h"
#include "base/xml.h"

typedef enum { PROFILE_PUBLIC, PROFILE_REVIEW } Profile;

/* One file of the workspace, read. */
typedef struct {
	char *name;   /* relative to the workspace's root */
	char *kind;   /* name of its root element */
	char *id;     /* may be NULL */
	char *digest; /* SHA-256 of its bytes */
	xmlDoc *doc;  /* NULL when it could not be read */
} DocumentFile;

typedef struct Workspace Workspace;

/* The workspace's root: the nearest folder at or above start that holds cases/. NULL when there is none. The caller's. */
char *workspace_find(const char *start);

/* Reads every .md file below root/cases (symbolic links are not followed), on all cores, in name order; errors go to d. */
Workspace *workspace_load(const char *root, Diagnostics *d);
void workspace_free(Workspace *w);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Workspace, workspace_free)

const char *workspace_root(const Workspace *w);
const char *workspace_language(const Workspace *w); /* "nl" unless cases/workspace.xml says otherwise */
gboolean workspace_is_fiction(const Workspace *w);
const char *workspace_house_style(const Workspace *w); /* path relative to the root, or NULL */
guint workspace_length(const Workspace *w);
const DocumentFile *workspace_file(const Workspace *w, guint i);
const DocumentFile *workspace_lookup(const Workspace *w, const char *id);       /* by id, NULL if unknown */
const DocumentFile *workspace_lookup_name(const Workspace *w, const char *name); /* by path */

/* Assembles the publication's tree as above. Every reference that does not hold is reported at its line (see messages.def, section
 * document). NULL only when there is nothing to show. inputs, when not NULL, receives the names (relative to the root, owned) of all files that
 * the result was made from, pictures included. The caller owns the result. */
xmlDoc *document_assemble(const Workspace *w, const DocumentFile *publication, Profile profile, GPtrArray *inputs, Diagnostics *d);

/* The references of files that no publication takes in (persons, codes, hrefs), and of the workspace as a whole (ids unique). */
void document_check_references(const Workspace *w, Diagnostics *d);

#endif
