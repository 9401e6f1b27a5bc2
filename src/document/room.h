/* What the files of this room share. Nobody else includes it.
 *
 * A workspace is read-only once loaded: publications may be assembled from it by several threads at once. */
#ifndef ROTONDE_DOCUMENT_ROOM_H
#define ROTONDE_DOCUMENT_ROOM_H

#include "base/parallel.h"
#include "document/document.h"

typedef struct Case Case;
typedef struct Record Record;

typedef struct {
	const char *label;
	const char *folded; /* the label as label_fold gives it */
	const char *role;   /* may be NULL */
	const char *id;     /* may be NULL */
	const Case *owner;
} Person;

/* Something with an id: a file's root, or a person, organisation or rotonde of a case. Its element: entity_element. */
typedef struct {
	const char *id;   /* may be NULL */
	const char *kind; /* the element's name */
	const DocumentFile *file;
	int line;
	Person *person;    /* of a person */
	const Case *owner; /* of what stands in a case, and of the case itself */
} Entity;

struct Case {
	const DocumentFile *file;
	const char *id;
	GPtrArray *persons; /* Person */
	GPtrArray *sources; /* DocumentFile: sessions, chapters, threads and the case itself that say they are about it; name order */
};

/* What a file asks of the rest of the workspace: that a word is known there. */
typedef struct {
	const char *word; /* an id, a folded label, a code */
	const char *of;   /* a label's or code's case, when it is named */
	int what;         /* ASK_LABEL, ASK_CODE, ASK_STRANGER, or a row of references.c */
} Question;
enum { ASK_LABEL = -1, ASK_CODE = -2, ASK_STRANGER = -3 /* that a folded label is nobody's */ };

/* What is kept of every file, whether its tree is or not. Strings live in the workspace's chunks. */
struct Record {
	DocumentFile file; /* first: a DocumentFile of ours is a Record */
	GBytes *text;      /* NULL when let go */
	xmlDoc *again;     /* its tree, read once more after it was let go */
	const char *cases; /* @case of the root, or NULL */
	const char *date;  /* @date of the root, or NULL */
	gboolean plain;    /* Markdown without front matter: no document of ours, and no error */
	gboolean broken;   /* read, but not all of it */
	gboolean quiet;    /* nothing had to be said when it was read */
	gboolean taken;    /* some publication names it */
	gboolean doubtful; /* its questions are not all: look at its tree */
	const Case *folder; /* the case in whose folder the file stands */
	GArray *entities;   /* Entity; the root first; NULL when it was not read */
	GArray *questions;  /* Question; NULL when its tree was kept */
};

struct Workspace {
	const WorkspaceSource *source; /* NULL: the folder root */
	Workspace *before;      /* while it is read: the same, as it was; NULL: nothing is known of that */
	char *root;
	char *language;
	char *house_style;
	gboolean fiction;
	GPtrArray *files;       /* Record, name order */
	GPtrArray *chunks;      /* GStringChunk, one a reading thread */
	GHashTable *by_name;    /* name (NFC) -> Record */
	GHashTable *by_base;    /* last part of the name, case folded -> Record, the first */
	GHashTable *ids;        /* id -> Entity, the first */
	GHashTable *kinds;      /* kind -> GPtrArray of ids, NULL-terminated */
	GPtrArray *cases;       /* Case, file order */
	GHashTable *case_roots; /* DocumentFile -> Case */
	GHashTable *lost;       /* ids in files that could not be read well: not known, and not worth a second error */
	gboolean lost_case;     /* one of these files is a case */
	GMutex lock;            /* of every record's again */
};

/* read.c, facts.c: from names to records */
gboolean read_is_readable(const DocumentFile *file);                      /* it has a tree, or had one */
gboolean read_is_quiet(const char *name);                                 /* a readme: nothing is said when it takes no part */
xmlNode *read_root(const Workspace *w, const DocumentFile *file);         /* its root element, read once more when it was let go */
const char *read_text(const Workspace *w, const DocumentFile *file, gsize *size, GBytes **owned); /* no byte order mark; NULL */
void read_all(Workspace *w, const WorkspaceVisitor *visitor, Diagnostics *d);
void facts_collect(Record *r, gboolean questions, GStringChunk *strings);
void references_ask(const xmlNode *element, GArray *questions, GStringChunk *strings);
gboolean references_hold(const Workspace *w, const Question *question);

/* workspace.c, index.c */
void index_names(Workspace *w);
void index_build(Workspace *w);
void index_free(Workspace *w);
const Entity *index_lookup(const Workspace *w, const char *id);
gboolean source_is_kind(const char *kind);
gboolean index_is_lost(const Workspace *w, const char *id);
const Case *index_case(const Workspace *w, const char *id);
const xmlNode *entity_element(const Workspace *w, const Entity *e);
const xmlNode *case_root(const Workspace *w, const Case *c);
char *label_fold(const char *label);
void workspace_read_settings(Workspace *w, Diagnostics *d);

/* paths.c */
char *path_resolve(const char *from, const char *href); /* NULL: outside the workspace; "" : its root */
gboolean path_has_scheme(const char *href); /* https:, javascript: */
char *path_relative(const char *from, const char *to);
gboolean path_matches(const char *pattern, const char *name); /* '*' is anything but '/' */
char *path_actual(const Workspace *w, const char *name); /* as the disk spells it: accents may be written in two ways */
PathState path_state(const Workspace *w, const char *name); /* no link is followed on the way */
GPtrArray *path_entries(const Workspace *w, const char *folder); /* names in a folder, as they are, in no order; the caller's */
GBytes *path_load(const Workspace *w, const char *name, gsize limit, GError **error); /* as file_load */
char *path_key(const char *name); /* NFC */

/* portable.c */
void portable_check_entry(const char *name, Diagnostics *d); /* of a file or folder, relative to the root: its last part */
void portable_check_folder(const char *folder, GPtrArray *names, Diagnostics *d); /* names, which it sorts, that are one where capitals do not count */

/* locate.c: the author's exact place, and what was meant */
Position place_attribute(const Workspace *w, const xmlNode *element, const char *attribute, const char *part);
Position place_attribute_in(const char *text, gsize size, Position at, const xmlNode *element, const char *attribute,
                            const char *part);
Position place_text(const Workspace *w, const xmlNode *element, const char *text);
xmlNode *node_after(const xmlNode *node, const xmlNode *top); /* the next in document order that is not below node */
char *node_text(const xmlNode *node);  /* without notes and footnotes, spaces collapsed */
xmlNode *node_add(xmlNode *parent, const char *name);
void node_set(xmlNode *element, const char *attribute, const char *value);
void node_unset(xmlNode *element, const char *attribute);
char *node_language(const xmlNode *element); /* xml:lang, NULL when absent */
char **split_words(const char *list);        /* NULL gives an empty one */

/* One file's part of what is being checked or assembled. */
typedef struct Unit Unit;
struct Unit {
	const DocumentFile *file;
	xmlNode *node;       /* its root in the tree (or in its own document, when only checked); the body of a part */
	const Unit *parent;  /* the unit whose item holds this one; NULL for the publication */
	int item_line;       /* where the publication takes it in */
	gboolean consulted;  /* read for an island only */
	gboolean all_cases;  /* nothing says whose persons speak here: those of the whole publication */
	GPtrArray *cases;    /* Case: at hand */
	gboolean uncertain;  /* one of these could not be read well: somebody who is unknown here may be in it */
	gboolean lacking;    /* one of them is not there, or could not be read at all */
};

/* One publication being assembled (tree set), or files being checked on their own (tree NULL: nothing is changed). */
typedef struct {
	const Workspace *w;
	const DocumentFile *publication;
	xmlDoc *tree;
	gboolean all_sessions; /* those of its cases that it does not take in are added to it */
	Diagnostics *d;
	GPtrArray *inputs;     /* names; may be NULL */
	GHashTable *inputs_seen;
	GPtrArray *units;      /* Unit, in reading order */
	GHashTable *taken;     /* DocumentFile -> Unit */
	GPtrArray *cases;      /* Case: of the whole publication */
	GHashTable *case_set;  /* the same */
	GHashTable *labels;    /* folded label -> GPtrArray of Person, of these cases */
	GPtrArray *unscoped;   /* Unit: sessions, chapters and threads of no case in particular */
	GHashTable *ids;       /* every id in the tree */
	GHashTable *anchors;   /* "file\nslug" -> id */
	GHashTable *drawn;     /* id -> id of the place where an island first shows it in full */
	GHashTable *consulted; /* DocumentFile -> Unit: read for the islands, not taken in */
} Assembly;

xmlDoc *assembly_open(Assembly *a); /* its tree, all units in it, speakers known; without a publication an empty one */
void assembly_start(Assembly *a, const Workspace *w, Diagnostics *d);
void assembly_finish(Assembly *a);
void assembly_note_input(Assembly *a, const char *name);
Unit *assembly_add_unit(Assembly *a, const DocumentFile *file, xmlNode *node, const Unit *parent);
xmlNode *unit_following(const xmlNode *node, const Unit *unit); /* as xml_following, but not into other units */
/* A workspace of ten thousand wrong files must not take hours: among more than these nothing is looked for. */
enum { SUGGESTIONS_LIMIT = 500 };

void assembly_typeset(const Assembly *a, xmlNode *node, const DocumentFile *file);
char *assembly_label(const Assembly *a, const Person *p); /* as it is printed */
const char *assembly_suggest(const char *word, const char *const *candidates);

/* contents.c: what a publication takes in, in order */
const char *item_kind(const xmlNode *element); /* the kind of file this item takes; NULL: no item */
GPtrArray *contents_resolve(Assembly *a, const xmlNode *item); /* DocumentFiles that the item's href names; reports */
GPtrArray *contents_named(Assembly *a, const xmlNode *item);   /* the same, before it is known what they are */
char *contents_suggest(Assembly *a, const char *from, const char *name); /* a file name near one that is absent, or "" */

GHashTable *workspace_taken(const Workspace *w, const DocumentFile *publication); /* the DocumentFiles it takes in, itself too */

/* scope.c */
void scope_find(Assembly *a, Unit *unit);
gboolean scope_may_hold(const Unit *unit, const char *label); /* one of the cases that could not be read well may have somebody called so */
void scope_add(Assembly *a, Unit *unit); /* with its cases and their labels */
void scope_collect(Assembly *a); /* the publication's cases and labels, from its units */

const Person *scope_find_person(const Case *c, const char *folded);
GPtrArray *scope_find_persons(Assembly *a, const Unit *unit, const char *folded); /* all with that label; may be NULL */
GPtrArray *scope_labels(Assembly *a, const Unit *unit);                            /* theirs, once each, NULL-terminated */
gboolean scope_has(Assembly *a, const Unit *unit, const Case *c);

/* the passes, in the order in which they run on every unit or on the tree */
void speakers_resolve(Assembly *a, const Unit *unit);
gboolean speakers_is_portrayed(Assembly *a, const Unit *unit, const char *folded); /* the person of the portrait at hand */
void unquoted_check(Assembly *a, const Unit *unit); /* words of somebody at hand that are no quote; when quotes are known */
void sentence_note_speakers(Assembly *a, const Unit *unit, xmlNode *p); /* @said of a paragraph: the ids of who is quoted within its sentences */
char *unquoted_heading(const xmlNode *title); /* a heading with words below it that may be a name; NULL: it is none. The caller's */
gboolean unquoted_may(const xmlNode *n); /* its words may be somebody's: what unquoted_check needs the file for */
gboolean speakers_hold(Assembly *a, const Unit *unit, const Question *question);
void references_check(Assembly *a, const Unit *unit);
void references_check_strays(Assembly *a); /* what is taken in nowhere and names a case that is not there */
void anchors_set(Assembly *a);
char *anchors_unique(Assembly *a, const char *wanted, const char *prefix);
void links_resolve(Assembly *a, const Unit *unit);
void islands_fill(Assembly *a);
void dossier_add(Assembly *a, const DocumentWanted *wanted);
void numbers_set(Assembly *a);
void consents_add(Assembly *a);

/* A generated block while it is filled. */
typedef struct {
	Assembly *a;
	const Unit *unit; /* where it stands */
	xmlNode *to;      /* its element */
	GPtrArray *cases; /* Case: what it is about */
	GHashTable *case_ids;
} Island;

xmlNode *island_copy(const Island *island, xmlNode *to, const xmlNode *node, const char *file);
GPtrArray *island_sources(const Island *island);          /* DocumentFiles: sessions by date, then the rest */
const Unit *island_consult(Assembly *a, const DocumentFile *file);
GPtrArray *island_quotes(const Island *island); /* Quote: of its cases; those of its own file are marked */
DocumentSelection island_selection(const xmlNode *asked); /* what its attributes ask for, but for the cases */
void island_gather(Assembly *a, const Unit *unit, xmlNode *element); /* fills it, and is not surprised when it stays empty */
void island_fill_quotes(const Island *island);
void island_fill_elements(const Island *island);
GPtrArray *sources_sorted(GPtrArray *files);   /* the same array */

/* quotes.c: a quote, however often it stands in the workspace. */
typedef struct {
	const xmlNode *node; /* where it stands first: @speaker @role @label @case, and @session where it has one */
	const DocumentFile *file;
	char *codes; /* of all its places, each once; NULL: none */
	guint words;
	gboolean here;
} Quote;
gboolean word_in(const char *list, const char *word);
gboolean word_listed(const char *list, const char *word); /* TRUE as well when there is no list */
const char *kind_code(const char *kind);                  /* of helping and not-helping, as authors write it */
char *quote_key(const xmlNode *quote);
guint quote_words(const xmlNode *quote);
gboolean quote_is_chosen(const Quote *q, const DocumentSelection *s);
GPtrArray *quotes_collect(Assembly *a, const GPtrArray *files, GHashTable *case_ids, const DocumentFile *here);

/* overview.c */
DocumentOverview *overview_of_threads(Assembly *a, const GPtrArray *quotes, const DocumentSelection *s, const char *by);
/* by: case (those in s), kind or role */
DocumentOverview *overview_of_voices(const xmlNode *publication, const DocumentSelection *s);

#endif
