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
 *   An item's own attributes (other than href) stand beside those of the file's root. A part without @id has that of its chapter.
 *
 * and, on top of what source.h lists:
 *   every item, section, figure, table, box: @id, unique in the publication (anchors)
 *   @number on part ("1"), chapter ("1"; not on what stands before the first part, inside another chapter, or has numbered="no"),
 *   appendix ("A" when more than one), figure, table and footnote (through the publication)
 *   a with an internal target: @href="#ID", always the @id of an item, section, figure, table, box or a rotonde in an island
 *   cover, photo, logo, figure, image: @href relative to the workspace's root
 *   quote: @speaker (person id; in a portrait, for the person portrayed: the reflection's id) @label @role @case @session (when it
 *   stands in one); a quotation whose @label was wholly a known label has become a quote and lost these words
 *   participant, and reflection in a session: @label and @role of the person
 *   island/ELEMENT: filled with what it asks for. A copy has @ref (the id of the original) in the place of @id, and the
 *   original's @file and @line. "At hand": @case of the island (ids), else as below.
 *     timeline     case(@ref title organisations? care? rotonde(@ref @number ...)* session(@ref @date @kind title)*)* : the cases at hand
 *     rotondes     rotonde(@ref @id @case @number title description exit* question*)* : theirs; @number is its place in its case,
 *                  @confirmed the labels of those in @confirmed-by
 *     rotonde      (@ref) rotonde: the one
 *     quotes       (@thread @speaker @rotonde @session: ids; @role: roles; @kind: helping, not-helping) quote*: from the sessions by
 *                  date, then the chapters, threads and cases that are about the cases at hand, in this publication or not; the
 *                  same words of the same person once, with the codes of all their places; not what the island's own file says too
 *     elements     (the same attributes) group(@kind helping|not-helping, quote+)*
 *     matrix       (the same attributes, and @by case|kind|role; case without it) how many quotes stand by each thread: an overview
 *     voices       how much youth, parents and professionals say, by the items of the publication: an overview
 *       An overview: column(@ref @title | @kind)*, row(@ref @kind @title @quotes @words, cell(@quotes @words) for each column)*,
 *       total(as a row). A column of a case has its id and title; of a valuation @kind is helping, not-helping or neither; of a voice
 *       youth, parents, family, professionals or researchers. A row of the matrix is a thread; of the voices an item (@kind: its
 *       element; @ref: its @id), the opening text without @ref. Every quote is counted once in a cell, a row and the total, so that
 *       these need not add up: one quote may stand by two threads, or in two chapters.
 *     In a thread's file an island without @case is about every case of the publication, and quotes, elements without @thread
 *     are about that thread (it is set).
 *     persons      person(@ref @case @role @organisation label function? organisation?)*: organisation is its name
 *     sessions     session(@ref @date @kind @case title place? participants? discussed?)*: by date
 *     reflections  (@session @person) reflection(@person @label @role @session @date head? heart? hands?)*: by date
 *     editions, changes   edition(@number @date): the publication's own
 *   dossier, after body, only when asked for (document_assemble_dossier): for working forms
 *     said(@person @label) place(@file @line @date @kind title? NEIGHBOUR? quote(@asked) NEIGHBOUR?)*: one person's quotes, each with the
 *       block right before and after it; the same words once. Another's quote is a neighbour only where the person was present, or where
 *       the text stands in the publication
 *     story(@ref @file title timeline rotondes persons sessions turn(@ref elements)*)*: each case; a turn is what was said about that rotonde
 *     strand(@ref @file title definition? elements)*: each thread of the publication
 *   consents, after body: person(@ref @case @role @age-band? @next-band? label function? consent*)*, all persons of the cases that the
 *   publication or anybody quoted in it is about, each with the place where it was written; consent has the @role of who gave it, when that
 *   was not self; session(@ref @date)*, those that quotes come from
 *   public profile: no consents, no note, no @codes, no comment, and nothing of a person that is not printed (consent, age-band, next-band, region,
 *   may-stand-out)
 *
 * Whose persons speak in a file (labels), and whose rotondes its codes may name, the cases at hand: those in its @case; else itself,
 * when it is a case; else those of the item around it; else the case in whose folder it stands; else every case of the publication.
 * "Naam (id):" names a case outright. */
#ifndef ROTONDE_DOCUMENT_DOCUMENT_H
#define ROTONDE_DOCUMENT_DOCUMENT_H

#include "base/diagnostic.h"
#include "base/xml.h"

typedef enum { PROFILE_PUBLIC, PROFILE_REVIEW } Profile;

/* One file of the workspace, read. */
typedef struct {
	char *name; /* relative to the workspace's root */
	char *kind; /* name of its root element; NULL when it could not be read, or has no front matter */
	char *id;   /* may be NULL */
	xmlDoc *doc; /* as source_read gives it, without typography; NULL with kind, and when workspace_scan let it go */
} DocumentFile;

typedef struct Workspace Workspace;

/* The workspace's root: the nearest folder at or above start that holds cases/. NULL when there is none. The caller's. */
char *workspace_find(const char *start);

/* Reads every .md file below root/cases (symbolic links are not followed), on all cores, in name order; errors go to d. */
Workspace *workspace_load(const char *root, Diagnostics *d);

/* What a name in a workspace stands for. */
typedef enum { PATH_ABSENT, PATH_FILE, PATH_FOLDER, PATH_LINK } PathState;

/* A workspace that is no folder: a state that git remembers, a memory. Names are relative to its root, with '/'. load is called by several
 * threads at once. */
typedef struct {
	const char *const *names; /* every file and symbolic link below cases/, sorted bytewise; NULL-terminated */
	PathState (*state)(gpointer data, const char *name);
	/* The caller's. NULL with error set, as file_load does. */
	GBytes *(*load)(gpointer data, const char *name, gsize limit, GError **error);
	gpointer data;
} WorkspaceSource;

/* workspace_load of a source instead of a folder: the same errors, the same limits. source is borrowed while the workspace stands; root is
 * what workspace_root gives. */
Workspace *workspace_load_from(const WorkspaceSource *source, const char *root, Diagnostics *d);

/* The bytes of any file of the workspace, a picture too. NULL when it is not there. The caller's. */
GBytes *workspace_bytes(const Workspace *w, const char *name);

/* Sees every file whose bytes could be read, in the thread that read it. */
typedef struct {
	/* Once a thread; its result is the state below. Of w only the settings are there. */
	gpointer (*start)(gpointer data, const Workspace *w, Diagnostics *d);
	/* taken: some publication names the file. A file that could not be understood comes too, with doc NULL. */
	void (*look)(gpointer state, const DocumentFile *file, gboolean taken, Diagnostics *d);
	void (*finish)(gpointer state);
	gpointer data;
	int threads; /* at most; 0: one a core */
} WorkspaceVisitor;

/* workspace_load for checking, with a visitor (NULL: none, and nothing is let go). In a large workspace the trees of files that no
 * publication names are let go once the visitor has seen them: ten thousand of them cost more to keep than to read. What this header
 * offers works as before, but for document_digest of these files. */
Workspace *workspace_scan(const char *root, const WorkspaceVisitor *visitor, Diagnostics *d);

/* workspace_scan of the same root once more: a file that is byte by byte as it was, and of which nothing had to be said, keeps its tree.
 * before is used up. */
Workspace *workspace_scan_again(Workspace *before, Diagnostics *d);
void workspace_free(Workspace *w);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Workspace, workspace_free)

const char *workspace_root(const Workspace *w);
const char *workspace_language(const Workspace *w); /* "nl" unless cases/workspace.xml says otherwise */
gboolean workspace_is_fiction(const Workspace *w);
const char *workspace_house_style(const Workspace *w); /* path relative to the root, or NULL */
guint workspace_length(const Workspace *w);
const DocumentFile *workspace_file(const Workspace *w, guint i);
const DocumentFile *workspace_lookup(const Workspace *w, const char *id);        /* by id, NULL if unknown */
const DocumentFile *workspace_lookup_name(const Workspace *w, const char *name); /* by path */

/* The file's bytes as they were read, borrowed. NULL: they could not be, or were let go. */
GBytes *document_text(const DocumentFile *file);

/* The fingerprint of the file's bytes as they were read. NULL when they are not there. The caller's. */
char *document_digest(const DocumentFile *file);

/* Assembles the publication's tree as above. Every reference that does not hold is reported at its line (see messages.def, section
 * document). NULL only when there is nothing to show. inputs, when not NULL, receives the names (relative to the root, owned) of all
 * files that the result was made from, pictures included. The caller owns the result. */
xmlDoc *document_assemble(const Workspace *w, const DocumentFile *publication, Profile profile, GPtrArray *inputs, Diagnostics *d);

/* What a working form is about; NULL: all. Ids. */
typedef struct {
	const char *story, *person;
	gboolean said; /* the person's quotes too */
} DocumentWanted;

/* document_assemble in the review profile, with the dossier of what is wanted (NULL: none). A case or person that is not of this publication is
 * reported with those that are, a person without quotes or a dossier without anything is a warning. */
xmlDoc *document_assemble_dossier(const Workspace *w, const DocumentFile *publication, const DocumentWanted *wanted, GPtrArray *inputs, Diagnostics *d);

/* Makes a tree of the review profile one of the public profile. Rules are asked of the first: they need to see codes and consent. */
void document_publish(xmlDoc *tree);
/* Takes out what a guide asks, where no guide is made of the tree: no public page shows it, and so no public tree does. */
void document_drop_questions(xmlDoc *tree);

/* As document_assemble in the review profile, with more behind its contents, where it is not in them: the cases it is about and all threads,
 * without their bodies, and every session of these cases, by date. This is what is exchanged with programs for qualitative analysis. */
xmlDoc *document_assemble_sessions(const Workspace *w, const DocumentFile *publication, GPtrArray *inputs, Diagnostics *d);
/* document_publish that leaves quotes their codes. */
void document_publish_coded(xmlDoc *tree);

/* The files a publication takes in (DocumentFile, borrowed), itself first. Not those that its islands only draw from. The caller's. */
GPtrArray *document_files(const Workspace *w, const DocumentFile *publication);

/* The references of files that no publication takes in (persons, codes, hrefs), and of the workspace as a whole (ids unique). */
void document_check_references(const Workspace *w, Diagnostics *d);

/* Ids in these files (names; others than those of the workspace are passed over) that something before them in the workspace has already: what refers to
 * them would lead elsewhere. */
void document_check_ids(const Workspace *w, const GPtrArray *names, Diagnostics *d);

/* Warns of files in the own folder of a publication (NULL: of each) that none takes in: who forgets to name a new chapter reads of it here. */
void document_check_unused(const Workspace *w, const DocumentFile *publication, Diagnostics *d);

/* Warns of a path with a step that Windows cannot hold: nobody there gets the file out of git. Of what stands in cases/ it was said when that was read. */
void document_check_name(const char *name, const Position *at, Diagnostics *d);

/* What of the quotes is asked for: lists with spaces between, NULL: all. */
typedef struct {
	const char *cases, *threads, *rotondes, *speakers, *sessions; /* ids */
	const char *roles; /* of persons */
	const char *kind;  /* helping or not-helping */
} DocumentSelection;

typedef struct {
	char *text;    /* without notes and footnotes, spaces collapsed */
	char *speaker; /* id */
	char *label, *role, *owner; /* owner: id of the case */
	char *session; /* id, or NULL */
	char **codes;  /* as authors write them, without #; NULL-terminated */
	guint words;
	char *file; /* where it stands first */
	int line;
} DocumentQuote;

/* The quotes of the cases of a publication (NULL: of the workspace), each once, in the order of document.h's quotes. The caller's
 * (g_ptr_array_unref). */
GPtrArray *document_quotes(const Workspace *w, const DocumentFile *publication, const DocumentSelection *s);

typedef struct {
	guint quotes, words;
} DocumentCount;

/* A column, row or total of an overview, as the tree has them. */
typedef struct {
	char *id, *kind; /* either may be NULL */
	char *title;     /* "" where there is none */
	DocumentCount all;
	DocumentCount *cells; /* one a column; NULL in a column */
} DocumentRow;

typedef struct {
	GPtrArray *columns, *rows; /* DocumentRow */
	DocumentRow *total;
} DocumentOverview;

void document_overview_free(DocumentOverview *o);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DocumentOverview, document_overview_free)

/* Quotes by thread, over what by says: case, kind or role. publication NULL: of the workspace. The caller's. */
DocumentOverview *document_threads(const Workspace *w, const DocumentFile *publication, const DocumentSelection *s, const char *by);

/* Who speaks in a publication; of s only the cases count. The caller's; NULL when the publication cannot be assembled. */
DocumentOverview *document_voices(const Workspace *w, const DocumentFile *publication, const DocumentSelection *s);

/* What there is, for listing: a file's root, or a person, organisation or rotonde of a case. */
typedef struct {
	char *status, *purposes, *by, *on, *until, *scope, *form; /* as the attributes of consent; purposes is @for; NULL when absent */
	int line;
} DocumentConsent;

typedef struct {
	char *kind;  /* publication, chapter, case, session, reflection, thread, imprint, person, organisation, rotonde */
	char *id;    /* may be NULL */
	char *title; /* title, label or name; may be "" */
	char *date;  /* as written; of a rotonde when it was; NULL when it has none */
	char *file;
	int line;
	char *owner;         /* id of the case it belongs to, or NULL */
	char *role;          /* of a person, or NULL */
	char *band, *next;   /* of a person: @age-band, @next-band; or NULL */
	char *region;        /* of a person: that of their case, or NULL */
	char *excuse;        /* of a person: @may-stand-out, or NULL */
	char **used_in;      /* ids of the publications that take its file in; NULL-terminated */
	GPtrArray *consents; /* DocumentConsent: of a person, or of the person portrayed */
} DocumentEntry;

/* Everything of a kind (NULL: of all kinds), in file order. The caller's (g_ptr_array_unref). */
GPtrArray *document_list(const Workspace *w, const char *kind);
/* The same, only of files that a publication takes in. */
GPtrArray *document_list_taken(const Workspace *w, const char *kind);

/* A place that rests on somebody's consent. */
typedef struct {
	char *person;        /* id; of a portrait the reflection's */
	const char *purpose; /* text, quote, photo or name, as consent has them; text also: they are in a story of the publication */
	char *file;          /* relative to the root */
	int line;
} DocumentUse;

DocumentUse *document_use_copy(const DocumentUse *use); /* the caller's (document_use_free) */
void document_use_free(gpointer use);

/* Those in a tree of the review profile, in its order, each once. The caller's (g_ptr_array_unref). */
GPtrArray *document_uses(const xmlDoc *tree);

#endif
