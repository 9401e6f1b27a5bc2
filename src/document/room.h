/* What the files of this room share. Nobody else includes it.
 *
 * A workspace is read-only once loaded: publications may be assembled from it by several threads at once. */
#ifndef ROTONDE_DOCUMENT_ROOM_H
#define ROTONDE_DOCUMENT_ROOM_H

#include "document/document.h"

typedef struct Case Case;

typedef struct {
	const char *id; /* may be NULL */
	const char *label;
	const char *role; /* may be NULL */
	char *folded; /* the label as label_fold gives it */
	const Case *owner;
	const xmlNode *node;
} Person;

struct Case {
	const DocumentFile *file;
	const xmlNode *root;
	const char *id;
	GPtrArray *persons; /* Person */
	GPtrArray *sources; /* DocumentFile: sessions, chapters and the case itself that say they are about it; name order */
};

/* Something with an id: a file's root, a person, an organisation, a rotonde. */
typedef struct {
	const char *id;   /* may be NULL */
	const char *kind; /* the element's name */
	const xmlNode *node;
	const DocumentFile *file;
	const Person *person; /* of a person */
	const Case *owner;    /* of what stands in a case */
} Entity;

typedef struct {
	DocumentFile file; /* first: a DocumentFile of ours is a Record */
	GBytes *text;
	gboolean plain; /* Markdown without front matter: no document of ours, and no error */
	const Case *folder; /* the case in whose folder the file stands */
} Record;

struct Workspace {
	char *root;
	char *language;
	char *house_style;
	gboolean fiction;
	GPtrArray *files;       /* Record, name order */
	GHashTable *by_name;    /* name (NFC) -> Record */
	GHashTable *by_base;    /* last part of the name, case folded -> Record, the first */
	GPtrArray *entities;    /* Entity, file order */
	GHashTable *ids;        /* id -> Entity, the first */
	GHashTable *kinds;      /* kind -> GPtrArray of ids, NULL-terminated */
	GPtrArray *cases;       /* Case, file order */
	GHashTable *case_roots; /* DocumentFile -> Case */
	GHashTable *lost;       /* ids in files that could not be read well: not known, and not worth a second error */
	gboolean lost_case;     /* one of these files is a case */
};

/* workspace.c, index.c */
void index_build(Workspace *w);
void index_free(Workspace *w);
const Entity *index_lookup(const Workspace *w, const char *id);
gboolean index_is_lost(const Workspace *w, const char *id);
const Case *index_case(const Workspace *w, const char *id);
char *label_fold(const char *label);
void workspace_read_settings(Workspace *w, Diagnostics *d);

/* paths.c */
char *path_resolve(const char *from, const char *href); /* NULL: outside the workspace; "" : its root */
char *path_relative(const char *from, const char *to);
gboolean path_matches(const char *pattern, const char *name); /* '*' is anything but '/' */
typedef enum { PATH_ABSENT, PATH_FILE, PATH_FOLDER, PATH_LINK } PathState;
PathState path_state(const Workspace *w, const char *name); /* no link is followed on the way */
char *path_key(const char *name); /* NFC */

/* locate.c: the author's exact place, and what was meant */
Position place_attribute(const Workspace *w, const xmlNode *element, const char *attribute, const char *part);
Position place_attribute_in(const char *text, gsize size, Position at, const xmlNode *element, const char *attribute, const char *part);
Position place_text(const Workspace *w, const xmlNode *element, const char *text);
char *place_name(const xmlNode *node); /* "file:line" */
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
};

/* One publication being assembled (tree set), or files being checked on their own (tree NULL: nothing is changed). */
typedef struct {
	const Workspace *w;
	const DocumentFile *publication;
	Profile profile;
	xmlDoc *tree;
	Diagnostics *d;
	GPtrArray *inputs;     /* names; may be NULL */
	GHashTable *inputs_seen;
	GPtrArray *units;      /* Unit, in reading order */
	GHashTable *taken;     /* DocumentFile -> Unit */
	GPtrArray *cases;      /* Case: of the whole publication */
	GHashTable *case_set;  /* the same */
	GHashTable *labels;    /* folded label -> GPtrArray of Person, of these cases */
	GPtrArray *unscoped;   /* Unit: sessions and chapters of no case in particular */
	GHashTable *ids;       /* every id in the tree */
	GHashTable *anchors;   /* "file\nslug" -> id */
	GHashTable *drawn;     /* id -> id of the place where an island first shows it in full */
	GHashTable *consulted; /* DocumentFile -> Unit: read for the islands, not taken in */
	guint64 budget;        /* comparisons left for did-you-mean */
} Assembly;

void assembly_start(Assembly *a, const Workspace *w, Diagnostics *d);
void assembly_finish(Assembly *a);
void assembly_note_input(Assembly *a, const char *name);
Unit *assembly_add_unit(Assembly *a, const DocumentFile *file, xmlNode *node, const Unit *parent);
xmlNode *unit_following(const xmlNode *node, const Unit *unit); /* as xml_following, but not into other units */
const char *assembly_suggest(Assembly *a, const char *word, const char *const *candidates);

/* contents.c: what a publication takes in, in order */
const char *item_kind(const xmlNode *element); /* the kind of file this item takes; NULL: no item */
GPtrArray *contents_resolve(Assembly *a, const xmlNode *item); /* DocumentFiles that the item's href names; reports */
char *contents_suggest(Assembly *a, const char *from, const char *name); /* a file name near one that is absent, or "" */

GHashTable *workspace_taken(const Workspace *w, const DocumentFile *publication); /* the DocumentFiles it takes in, itself too */

/* scope.c */
void scope_find(Assembly *a, Unit *unit);
void scope_collect(Assembly *a); /* the publication's cases and labels, from its units */

const Person *scope_find_person(const Case *c, const char *folded);
GPtrArray *scope_find_persons(Assembly *a, const Unit *unit, const char *folded); /* all with that label; may be NULL */
GPtrArray *scope_labels(Assembly *a, const Unit *unit);                            /* theirs, once each, NULL-terminated */
gboolean scope_has(Assembly *a, const Unit *unit, const Case *c);

/* the passes, in the order in which they run on every unit or on the tree */
void speakers_resolve(Assembly *a, const Unit *unit);
void references_check(Assembly *a, const Unit *unit);
void anchors_set(Assembly *a);
char *anchors_unique(Assembly *a, const char *wanted, const char *prefix);
void links_resolve(Assembly *a, const Unit *unit);
void islands_fill(Assembly *a);
void numbers_set(Assembly *a);
void profile_strip(Assembly *a);

/* A generated block while it is filled. */
typedef struct {
	Assembly *a;
	const Unit *unit; /* where it stands */
	xmlNode *to;      /* its element */
	GPtrArray *cases; /* Case: what it is about */
	GHashTable *case_ids;
} Island;

xmlNode *island_copy(const Island *island, xmlNode *to, const xmlNode *node, const char *file);
gboolean word_listed(const char *list, const char *word); /* TRUE as well when there is no list */
GPtrArray *island_sources(const Island *island);          /* DocumentFiles: sessions by date, then the rest */
const Unit *island_consult(Assembly *a, const DocumentFile *file);
void island_fill_quotes(const Island *island);
void island_fill_elements(const Island *island);

#endif
