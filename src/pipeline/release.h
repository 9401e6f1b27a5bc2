/* Inside the hallway: the release record, out/ID/ID.release.json, that a public build leaves beside its outputs. It tells what was checked, on which
 * state of the texts, and which bytes came of it; it has no secret in it: no name, no id of a person (what is made for one person is left out: its file is
 * called by it), no path of this computer, nothing of the list of names but its length (a digest of a few names could be guessed).
 *
 *     {"format": "rotonde release 1", "publication": ID,
 *      "builds": [{"program", "edition"?, "revision" (null outside git), "modified" (not as committed), "date" (SOURCE_DATE_EPOCH's, else the
 *                  commit's, else today), "content" (private or fiction), "rules": {"count", "sha256"}, "consent" (the policy, as one line), "names" (persons
 *                  sought; null: there was no list), "allowed": [{"kind", "count"}], "found": [{"level", "code", "count"}],
 *                  "outputs": [{"file", "format", "bytes", "sha256", "searched" (for names; false: its form is not known)}]}]}
 *
 * Outputs that were made from one state stand in one build; what is made again leaves the build it stood in, and so does what is no longer there, or is no
 * longer what it was. The same state gives the same bytes. */
#ifndef ROTONDE_PIPELINE_RELEASE_H
#define ROTONDE_PIPELINE_RELEASE_H

#include "base/diagnostic.h"
#include "base/json.h"

#define RELEASE_SUFFIX ".release.json"

enum { RELEASE_LIMIT = 256 * 1024 /* bytes */ };
#define RELEASE_OUTPUT_LIMIT ((gsize)2 * 1024 * 1024 * 1024) /* bytes of one output */

typedef struct {
	char *file; /* its name, without a folder */
	char *format, *sha256;
	gint64 bytes;
	gboolean searched;
} ReleaseOutput;

typedef struct {
	JsonValue *statement; /* an object: all of the build but its outputs */
	GPtrArray *outputs;   /* ReleaseOutput, by name */
} ReleaseBuild;

typedef struct {
	char *publication;
	GPtrArray *builds; /* ReleaseBuild, by the name of its first output */
} Release;

Release *release_new(const char *publication);
void release_free(Release *r);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Release, release_free)

/* NULL after reporting, at the line, what is not as a record is; name is what messages call it. */
Release *release_read(GBytes *bytes, const char *name, Diagnostics *d);
/* The caller's. */
GBytes *release_write(const Release *r);

/* Takes a build in: its outputs move from the array (which has no free function) to the record; statement is JSON. */
void release_add(Release *r, const char *statement, GPtrArray *outputs);
/* Leaves out what goes by the names of these outputs. */
void release_drop(Release *r, const GPtrArray *outputs);
/* Leaves out what is no longer as it was in this folder. */
void release_prune(Release *r, const char *folder);

/* What a record holds is printed: in place of what may steer a terminal or turn a line around comes a space. In place. */
void release_clean(char *text);

ReleaseOutput *release_output_new(const char *file, const char *format, const char *sha256, gsize size, gboolean searched);

/* The build that made an output of this name; with sha256 not NULL, or one with these bytes under another name. NULL: none. Borrowed. */
const ReleaseBuild *release_find(const Release *r, const char *file, const char *sha256, const ReleaseOutput **output);

#endif
