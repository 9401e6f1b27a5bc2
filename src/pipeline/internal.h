/* Inside the hallway: what one run of a check or a build shares, and the record of what was built before. */
#ifndef ROTONDE_PIPELINE_INTERNAL_H
#define ROTONDE_PIPELINE_INTERNAL_H

#include "check/check.h"
#include "consent/consent.h"
#include "history/history.h"
#include "pipeline/names.h"
#include "privacy/coarse.h"
#include "pipeline/pipeline.h"
#include "transform/transform.h"

/* ---- formats.c: one row each ---- */

typedef enum { FINISH_SERIALISE, FINISH_PAGE, FINISH_STANDARD, FINISH_PDF, FINISH_AREAS } Finish;

typedef struct {
	const char *name, *suffix;
	const char *stylesheet; /* below stylesheets/; NULL: the assembled tree itself */
	Finish finish;          /* what is still done with the stylesheet's result */
	gboolean dossier;       /* a working form: it asks for the dossier, and its file is named after what it is about */
	gboolean part;          /* it shows a part of the publication's words */
} Format;

const Format *pipeline_format_lookup(const char *name);
gboolean format_is_printed(const Format *format); /* it needs the print module */
gboolean format_is_page(const Format *format);    /* it carries its faces with it */

/* ---- run.c ---- */

typedef struct Ahead Ahead;
typedef struct Past Past;

typedef struct {
	const PipelineOptions *options;
	Workspace *workspace;
	Workspace *before;       /* as it was while the run awaited; NULL: it did not, or has begun */
	Diagnostics *loading;    /* what reading the workspace reported */
	Checker *checker;        /* NULL until asked for */
	GHashTable *stylesheets; /* path below stylesheets/ -> Stylesheet */
	GHashTable *making;      /* what some thread is at: names of these */
	GMutex lock;             /* of the three above */
	GCond made;
	GMutex checking;         /* held by who has taken the checker */
	Ahead *ahead;            /* NULL: nothing is made ahead */
	gboolean several;        /* publications are built in this run: each frees what it used */
	GMutex once;             /* of the folder for outputs */
	char *digest;            /* of all that every output of this run depends on; NULL until asked for */
	char *policy;            /* of consent, for the rules */
	char *house_style;       /* path of the workspace's own; NULL: it has none */
	Names names;             /* the list, when there is one */
	Past *past;       /* what git knows; NULL: the workspace is not kept in git, or nobody asked */
	Past *past_before; /* what it knew while the run awaited: asked, so that the second asking finds libgit2 loaded. NULL: it did not await */
} Run;

/* Before run_start: compiles what the formats want, makes printing ready, and waits as options->await says. What was compiled goes again when schemas or
 * stylesheets have changed by then. */
void run_await(Run *run, const PipelineOptions *options);
/* Before run_start: the visitor looks with the list. */
void run_open_names(Run *run, const PipelineOptions *options, Diagnostics *d);
/* visitor: sees every file as it is read (NULL: none). */
void run_start(Run *run, const PipelineOptions *options, const WorkspaceVisitor *visitor, Diagnostics *d);
void run_finish(Run *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_finish)

/* Documents and what was compiled are left to the system to free: the process ends after this run. */
gboolean run_leaves_memory(const Run *run);

void run_progress(const PipelineOptions *options, const char *stage);
gboolean run_is_publication(const DocumentFile *file);
CheckerParameters run_rule_parameters(const Run *run);
/* Compiled once, by whichever thread asks first; NULL after reporting. A checker is one thread's at a time: the taker's until it is given back, and not
 * taken again by the same before. A stylesheet (run_stylesheet) may be applied by several at once: applying changes nothing in it. */
Checker *run_take_checker(Run *run, Diagnostics *d);
void run_give_checker(Run *run);
/* One that was made for something else (NULL: none) and is not needed there any more: it may be what is taken next. Takes it over. */
void run_keep_checker(Run *run, Checker *checker);
/* The tree against the schema alone, as soon as the checker is free. */
void run_validate(Run *run, xmlDoc *doc, Diagnostics *d);
/* Where there are errors, takes out the warnings that may be no more than their consequence: a block that found no quotes, a voice not heard. */
void run_silence_consequences(Diagnostics *d);
/* The workspace's own, when it has one. */
void run_check_house_style(const Run *run, Checker *checker, Diagnostics *d);
Stylesheet *run_stylesheet(Run *run, const char *path, Diagnostics *d);
/* Before something is written below options->out: a folder that is made for it in a work tree of git is kept out of git, for copies to work with hold more than
 * what is committed should. From any thread. */
void run_prepare_out(Run *run);
/* The families that the house style sets text in. The caller's. */
char **run_house_families(const Run *run);

/* ---- ahead.c ---- */

void ahead_start(Run *run, Past *past); /* past: that is asked; may be NULL */
void ahead_build(Run *run);  /* something is to be built: the workspace is known, and so fonts may be opened */
void ahead_wait(Run *run);   /* until all of it is made; after ahead_build */
void ahead_finish(Run *run); /* or as much of it as there is */

/* ---- build.c ---- */

/* That there is no publication with this id, and which are near it; NULL: that one must be named. */
void build_report_unknown(const Workspace *w, const char *id, Diagnostics *d);

/* ---- past.c: what git remembers ---- */

/* NULL outside git: nothing is loaded. */
Past *past_new(const PipelineOptions *options);
void past_free(Past *p);

/* Asks git, or waits for who does. All that follows does so by itself, when nobody did. p may be NULL. From any thread. */
void past_ask(Past *p);

/* Everything of git that an output depends on, as text; "" outside git. Borrowed. */
const char *past_key(Past *p);

/* HEAD, 40 digits; NULL: there is none. Borrowed. */
const char *past_revision(Past *p);

/* @revision, @revised and @dirty of the publication that was made from these files (names, relative to the root). */
void past_sign(const Run *run, xmlDoc *doc, const GPtrArray *inputs);

/* Fills the islands editions and changes of a publication's tree. What goes wrong with older states is a warning. */
void past_fill(Run *run, const DocumentFile *publication, xmlDoc *doc, Diagnostics *d);

/* What was wrong with the repository itself, as warnings, once. */
void past_report(Past *p, Diagnostics *d);

/* Seconds since 1970 that an output carries: SOURCE_DATE_EPOCH, else the commit's; -1: none. */
gint64 past_time(Past *p);

/* A publication as it was at a revision, assembled. NULL after reporting: it was not there yet, cannot be read, or git has lost a part of that
 * revision. What else is wrong with it goes to d as warnings, its files called NAME:FILE. */
xmlDoc *past_assemble(Run *run, History *h, const char *revision, const char *name, const char *id, Diagnostics *d);

/* The same without a word on what is wrong with it but in d, as it was found, and not validated. */
xmlDoc *past_read(Run *run, History *h, const char *revision, const char *id, Diagnostics *d);

/* The repository of past_ask; NULL: outside git, or it cannot be read. For who is alone with the run. */
History *past_history(Past *p);

/* ---- cells.c ---- */

/* Warns of persons in published cases who are one of fewer than the policy wants, at their lines. */
void cells_check(const Run *run, Diagnostics *d);

/* ---- pictures.c ---- */

/* Every picture of a document that says where it was taken is an error: what is printed loses that, the file in the workspace keeps it. */
void pictures_check(const Workspace *w, const xmlDoc *doc, Diagnostics *d);

/* @bytes of every element that shows a picture: the digest of what is in its file. As changes/changes.h wants it; pictures_forget takes it out again. */
void pictures_sign(const Workspace *w, xmlDoc *doc);
void pictures_forget(xmlDoc *doc);

/* A picture that is no longer there cannot be shown: its description takes its place. */
void pictures_drop(xmlDoc *doc, const char *folder);

/* ---- record.c: out/ID/.ID.build ---- */

typedef struct Record Record;

/* The record of an earlier build, empty when there is none. path is where it stands and is saved. */
Record *record_open(const char *path);
void record_free(Record *r);
/* As it stands there now: another build may have written it. */
void record_reload(Record *r);

/* Files other than texts of the workspace (pictures) that the outputs were made from. Borrowed, NULL-terminated, never NULL. */
const char *const *record_others(const Record *r);
void record_set_others(Record *r, char **others);

/* Digest of schemas and stylesheets. The caller's. */
char *record_share_digest(const Run *run);

/* Digest of the run's own (program, schemas, stylesheets, house style, texts, the day) and of these files below the root. The caller's. */
char *record_key(Run *run, const char *const *others);

/* Whether the output at path was made for this key and is still as it was written. */
gboolean record_is_current(const Record *r, const char *output, const char *path, const char *key);
void record_note(Record *r, const char *output, const char *key, GBytes *bytes);
void record_save(const Record *r);

/* What the build that wrote the output had to warn of; 0 when it was not noted. */
void record_note_warnings(Record *r, const char *output, guint warnings);
guint record_warnings(const Record *r, const char *output);

/* Whose words an output of this name holds (DocumentUse), for when somebody withdraws them; and whether it holds what this person gave for any of
 * these purposes (NULL-terminated). part: the output shows some of them. Unknown: it was never noted, or the file is no longer as it was, or it
 * shows a part. */
typedef enum { RECORD_FREE, RECORD_HOLDS, RECORD_UNKNOWN } RecordHolds;
void record_note_held(Record *r, const char *name, GBytes *bytes, const GPtrArray *uses, gboolean part);
RecordHolds record_holds(const Record *r, const char *name, GBytes *bytes, const char *person, const char *const *purposes);

/* Every use that was noted: the output's name, the person's id, the purpose. */
void record_each_held(const Record *r, void (*use)(const char *name, const char *person, const char *purpose, gpointer data), gpointer data);

/* ---- judging.c ---- */

typedef struct {
	ConsentPolicy policy; /* length 0: there is none, and nobody can be judged */
	GHashTable *by_id;    /* id -> DocumentEntry, borrowed */
	const char *today;
} Judging;

void judging_init(Judging *j, const Run *run, const GPtrArray *entries);
void judging_clear(Judging *j);
/* by is NULL. */
ConsentVerdict judging_verdict(const Judging *j, const DocumentEntry *e, const char *purpose);
/* The first day on which they took back what they gave for this, or may have given; NULL: they did not. Borrowed. */
const char *judging_taken_back(const Judging *j, const DocumentEntry *e, const char *purpose);

/* ---- held.c ---- */

/* Of the publications of these outputs (PipelineOutput): warns of every person who no longer agrees to what files of public builds hold, or who is in no
 * text any more; and, when d tells of a real name, of the files that hold one. */
void held_tell(const Run *run, const GPtrArray *outputs, Diagnostics *d);
/* The same of a report on what changed: who are in the earlier state (DocumentUse) and do not agree to that any more. */
void held_tell_report(const Run *run, const GPtrArray *uses, Diagnostics *d);

/* ---- track.c: from one assembled document to all its outputs, one stylesheet beside the other ---- */

typedef struct {
	const Format *format;
	GBytes *bytes; /* NULL: it could not be made, and the track's messages say why */
	gboolean searched; /* for names */
	char *digest;      /* of bytes, for the proof of a public build: after tracks_digest. NULL: none was wanted */
	gboolean makeshift; /* a draft, or for want of a face that may be installed tomorrow: not to be taken for what a build of the same inputs would make then */
	guint pages;
	GPtrArray *looks; /* of its pages (PipelineOutput) */
} TrackOutput;

typedef struct Tracks Tracks;

/* A track for each stylesheet among these formats (Format), with a copy of doc, which the transformation writes in. As many set out at once, in threads, as
 * leave a core to who checks (none when the run has one job), printing first; the others when tracks_finish is called. They make nothing before tracks_decide says that it is wanted: until then the document is still being checked. */
Tracks *tracks_start(Run *run, const char *name, const xmlDoc *doc, const GPtrArray *formats);
/* To be called once, and tracks_finish after it. Helps the threads until what they wait for is made. */
void tracks_decide(Tracks *tracks, gboolean wanted);
void tracks_finish(Tracks *tracks);
/* Waits for the digests, which are made while what is finished is written. */
void tracks_digest(Tracks *tracks);
/* NULL: no such output. tracks may be NULL. */
const TrackOutput *tracks_lookup(const Tracks *tracks, const Format *format);
void tracks_report(Tracks *tracks, Diagnostics *d);
void tracks_free(Tracks *tracks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tracks, tracks_free)

/* ---- coarsen.c: what is more exact than it needs to be (privacy/coarse.h) ---- */

/* In a workspace of fiction only when it is asked for. */
gboolean coarsen_is_wanted(const PipelineOptions *options, const Workspace *w);
/* Whether a file tells of a family: a case, session, thread or reflection, and a chapter that names its case. Handbooks and imprints do not. */
gboolean coarsen_concerns(const DocumentFile *file);
/* Checks these files (names) of the workspace. */
void coarsen_check_inputs(const Workspace *w, const GPtrArray *inputs, guint allowed[COARSE_KINDS], Diagnostics *d);

/* ---- proof.c: the release record of a public build ---- */

typedef struct Proof Proof;

/* folder: where the outputs of the publication with this id go. */
Proof *proof_new(Run *run, const char *folder, const char *id);
void proof_free(Proof *p);
void proof_reload(Proof *p); /* as record_reload */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Proof, proof_free)

/* The record that is there is the one of this key, and tells of this output. */
gboolean proof_is_current(const Proof *p, const Record *record, const char *path, const char *key);
/* That doc passed, what was said of it, and what its editors allowed; d is sorted. */
void proof_state(Proof *p, const xmlDoc *doc, const guint allowed[COARSE_KINDS], Diagnostics *d);
/* An output that was written. */
void proof_note(Proof *p, const char *path, const TrackOutput *made);
/* After the last output. Without one nothing is written. */
void proof_save(Proof *p, Record *record, const char *key, Diagnostics *d);

/* A publication and all sessions of its cases, through the same gate as a build: valid, by the rules, public when the profile is. Quotes keep
 * their codes. NULL after reporting. */
xmlDoc *build_exchange_tree(Run *run, const DocumentFile *file, Diagnostics *d);

/* ---- page.c: what a web page carries with it ---- */

/* The faces of one page: known when its stylesheet announces them (page.c says how), and then made with all characters that doc, which it is made from,
 * has: by whoever has time while its text is set. */
typedef struct Page Page;
Page *page_new(const xmlDoc *doc);
void page_free(Page *p);
/* For a StylesheetListener; page: Page. */
void page_begin(const char *rules, gpointer page);
/* In another thread than that which sets the page: waits until they are announced and makes them, unless that was done or given up. */
void page_help(Page *p);
/* Nothing will be announced any more: who waits for it is let go. */
void page_give_up(Page *p);
/* Those of the finished page. Those that were not announced so, lack a character that it shows or have one that it does not are made anew, with what it shows. Faces
 * that are not there are warned of. name: of the document, for messages. */
void page_find_faces(Page *p, const xmlDoc *page, const char *name, Diagnostics *d);
/* The page, serialised, with them in its style. The caller's. */
GBytes *page_write_faces(const Page *p, GBytes *page);

/* ---- print.c ---- */

/* The room's module; NULL after reporting. From any thread. */
const PrintModule *print_open(Diagnostics *d);

/* Loads what printing will want (fonts, hyphenation, the checker's library), and leaves it loaded. From any thread. */
void print_prepare(const Run *run);

/* An XSL-FO document to a PDF or area tree in memory, verified. NULL after reporting. *pages receives their number. */
GBytes *print_document(const PrintOptions *options, xmlDoc *fo, const char *name, guint *pages, Diagnostics *d);

#endif
